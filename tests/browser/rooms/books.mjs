// SPDX-License-Identifier: AGPL-3.0-or-later
const last = () => new Date(Date.now() - new Date().getUTCDate() * 86400e3 - 12 * 3600e3).toISOString().slice(0, 7);

export const screens = async () => [
    { as: 'clerk', name: 'buku', path: '/kantor/buku', picture: 'the books of the village' },
    { as: 'clerk', name: 'buku-rekapitulasi', path: '/kantor/buku/b3', picture: 'one book: a month printed or closed' },
    { as: 'clerk', name: 'unduhan', path: '/kantor/unduhan' },
    { as: 'secretary', name: 'buku-tutup', path: `/kantor/buku/b3/tutup?periode=${last()}` },
];
