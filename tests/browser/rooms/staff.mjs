// SPDX-License-Identifier: AGPL-3.0-or-later
export const screens = async () => [
    { as: 'secretary', name: 'pengaturan', path: '/kantor/pengaturan', picture: "the village's identity" },
    { as: 'secretary', name: 'petugas', path: '/kantor/pengaturan/petugas', picture: 'staff' },
];
