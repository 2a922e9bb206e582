// SPDX-License-Identifier: AGPL-3.0-or-later
import { monthAgo } from '../../harness/days.mjs';

export const screens = async () => [
    { as: 'clerk', name: 'buku', path: '/kantor/buku', picture: 'the books of the village' },
    { as: 'clerk', name: 'buku-rekapitulasi', path: '/kantor/buku/b3', picture: 'one book: a month printed or closed' },
    { as: 'clerk', name: 'unduhan', path: '/kantor/unduhan' },
    { as: 'secretary', name: 'buku-tutup', path: `/kantor/buku/b3/tutup?periode=${monthAgo(1)}` },
];
