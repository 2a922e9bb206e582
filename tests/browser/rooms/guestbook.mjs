// SPDX-License-Identifier: AGPL-3.0-or-later
export const screens = async () => [
    { as: 'clerk', name: 'buku-tamu', path: '/kantor/tamu' },
    { as: 'clerk', name: 'buku-tamu-catat', path: '/kantor/tamu/catat' },
];
