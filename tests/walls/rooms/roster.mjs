// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { idOf, sealedWords } from '../shapes.mjs';

export const routes = {
    'GET /kantor/penduduk': { has: 'Penduduk', before: (house) => house.residentId() },
    'POST /kantor/penduduk': {
        form: async () => ({ cari: 'kenari' }), done: sealedWords,
        before: (house) => house.residentId(),
    },
    'POST /kantor/penduduk/unduh': {
        form: async () => ({ bentuk: 'csv' }),
        done: async ({ house, answer }) => assert.equal(house.sql(`SELECT kind FROM export_file WHERE id = ${idOf(answer.location)}`)[0][0], 'residents'),
    },
};
