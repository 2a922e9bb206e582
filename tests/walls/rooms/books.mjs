// SPDX-License-Identifier: AGPL-3.0-or-later
// The books: any staff see the list; a book is had by who may read what it is made of.
import assert from 'node:assert/strict';
import { monthAgo, thisMonth } from '../../harness/days.mjs';
import { idOf } from '../shapes.mjs';

const READERS = ['clerk', 'secretary', 'head'];
const OLD = monthAgo(22);

export const holders = { CLOSE_BOOKS: ['secretary', 'head'] };

export const routes = {
    'GET /kantor/buku': { has: 'Buku' },
    'GET /kantor/buku/{buku}': { roles: READERS, path: async () => '/kantor/buku/b3', has: 'B.3 Buku Rekapitulasi' },
    'POST /kantor/buku/{buku}': {
        roles: READERS, path: async () => '/kantor/buku/b1', form: async () => ({ periode: thisMonth(), bentuk: 'csv' }),
        done: async ({ house, answer }) => assert.equal(house.sql(`SELECT kind FROM export_file WHERE id = ${idOf(answer.location)}`)[0][0], 'b1'),
    },
    'GET /kantor/buku/{buku}/tutup': { path: async () => '/kantor/buku/b3/tutup', has: 'Tutup' },
    'POST /kantor/buku/{buku}/tutup': {
        path: async () => '/kantor/buku/b3/tutup', form: async () => ({ periode: OLD }),
        before: (house) => house.sql(`DELETE FROM book_copy WHERE book = 'b3' AND period = '${OLD}'; UPDATE resident SET created_at = '${OLD}-01' ORDER BY id LIMIT 1`),
        done: async ({ house }) => assert.equal(house.sql(`SELECT COUNT(*) FROM book_copy WHERE book = 'b3' AND period = '${OLD}'`)[0][0], '1'),
    },
};
