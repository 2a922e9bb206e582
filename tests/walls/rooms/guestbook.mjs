// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { dated, dayAgo, iso, today } from '../../harness/days.mjs';
import { asksFor, idOf, kept } from '../shapes.mjs';

export const holders = { READ_GUESTS: ['clerk', 'secretary', 'head'], WRITE_GUESTS: ['clerk', 'secretary'] };

const one = (tail) => async (house, isFresh) => `/kantor/tamu/${await house.one('guest', isFresh, async () => {
    house.sql(`INSERT INTO guest (name, origin, meets, purpose, came_on, written_by) VALUES ('${house.canary}', '${house.canary}', 'Kades', 'Uji', '${iso(today())}', 1)`);
    return Number(house.sql('SELECT MAX(id) FROM guest')[0][0]);
})}${tail}`;
const form = async () => ({ nama: 'Andi Tamu', asal: 'Kantor Camat', bertemu: 'Kepala desa', keperluan: 'Undangan', ...dated('tanggal', dayAgo(400)), jam: '09.30' });

export const routes = {
    'GET /kantor/tamu': { has: 'Buku tamu' },
    'POST /kantor/tamu': { form: async () => ({ cari: 'camat' }) },
    'POST /kantor/tamu/unduh': asksFor('guests'),
    'GET /kantor/tamu/catat': { has: 'Catat tamu' },
    'POST /kantor/tamu/catat': { form, done: async ({ house }) => assert.ok(house.sql("SELECT 1 FROM guest WHERE name = 'Andi Tamu' AND came_at = 570").length > 0) },
    'GET /kantor/tamu/{id}': { path: one(''), has: 'Bertemu dengan' },
    'GET /kantor/tamu/{id}/ubah': { path: one('/ubah'), has: 'Ubah catatan tamu' },
    'POST /kantor/tamu/{id}/ubah': {
        path: one('/ubah'), form: async () => ({ ...(await form()), versi: '1' }),
        done: async ({ house, path }) => assert.deepEqual(house.sql(`SELECT version, origin FROM guest WHERE id = ${idOf(path)}`), [['2', 'Kantor Camat']]),
    },
    ...kept('/kantor/tamu', 'guest', 'letter', one),
};
