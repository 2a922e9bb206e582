// SPDX-License-Identifier: AGPL-3.0-or-later
export const screens = async () => [
    { as: 'clerk', name: 'buku', path: '/kantor/buku' },
    { as: 'clerk', name: 'buku-rekapitulasi', path: '/kantor/buku/b3' },
];
