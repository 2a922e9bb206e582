// SPDX-License-Identifier: AGPL-3.0-or-later
// Files that were asked for: of the clerk who asked, and of nobody else.
import { monthAgo } from '../../harness/days.mjs';
import { until } from '../../harness/stack.mjs';
import { post } from '../house.mjs';

export const routes = {
    'GET /kantor/unduhan': { has: 'Unduhan saya' },
    'GET /kantor/unduhan/{id}': { allowedAs: 'clerk', path: async (house, f) => `/kantor/unduhan/${await house.download(f)}`, has: 'Berkas siap' },
    'GET /kantor/unduhan/{id}/berkas': { allowedAs: 'clerk', path: async (house, f) => `/kantor/unduhan/${await house.download(f)}/berkas`, type: /^text\/csv/ },
    'GET /kantor/salinan/{id}': {
        roles: ['clerk', 'secretary', 'head'], type: /^application\/pdf/,
        path: (house) => house.one('bookCopy', false, async () => {
            house.sql(`UPDATE resident SET created_at = '${monthAgo(22)}-01' ORDER BY id LIMIT 1`);
            const period = monthAgo(21);
            const there = house.sql(`SELECT id FROM book_copy WHERE book = 'b3' AND period = '${period}'`); // another walk of the routes closed it
            if (there.length === 0) (await post(house.clients.secretary, '/kantor/buku/b3/tutup', { periode: period })).must(303);
            const made = await until('the copy is made', () => house.sql(`SELECT id FROM book_copy WHERE book = 'b3' AND period = '${period}' AND file_id IS NOT NULL`)[0]);
            return `/kantor/salinan/${made[0]}`;
        }),
    },
};
