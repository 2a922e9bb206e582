// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { idOf } from '../shapes.mjs';

export const holders = { READ_GUESTS: ['clerk', 'secretary', 'head'], WRITE_GUESTS: ['clerk', 'secretary'] };

const one = (tail) => async (house, isFresh) => `/kantor/tamu/${await house.one('guest', isFresh, async () => {
    house.sql(`INSERT INTO guest (name, origin, meets, purpose, came_on, written_by) VALUES ('${house.canary}', '${house.canary}', 'Kades', 'Uji', CURRENT_DATE, 1)`);
    return Number(house.sql('SELECT MAX(id) FROM guest')[0][0]);
})}${tail}`;
const form = async () => ({ nama: 'Andi Tamu', asal: 'Kantor Camat', bertemu: 'Kepala desa', keperluan: 'Undangan', tanggal_hari: '2', tanggal_bulan: '11', tanggal_tahun: '2024', jam: '09.30' });

/** A letter the guest brought. */
const brought = (tail) => async (house, isFresh) => {
    const home = await one('')(house, isFresh), path = `${home}/lampiran`, id = idOf(home);
    const has = () => house.sql(`SELECT MAX(id) FROM attachment WHERE owner = 'guest' AND owner_id = ${id} AND removed_at IS NULL`)[0][0];
    if (!has()) {
        const page = (await house.clients.clerk.get(path)).must(200);
        (await house.clients.clerk.submit(page, { jenis: 'letter', catatan: house.canary }, `form[action="${path}"]`,
            { files: [{ name: 'berkas', filename: 'surat.pdf', type: 'application/pdf', bytes: Buffer.from(`%PDF-1.4 kenari ${id}`) }] })).must(303);
    }
    return `${path}/${has()}${tail}`;
};

export const routes = {
    'GET /kantor/tamu': { has: 'Buku tamu' },
    'POST /kantor/tamu': { form: async () => ({ cari: 'camat' }) },
    'GET /kantor/tamu/catat': { has: 'Catat tamu' },
    'POST /kantor/tamu/catat': { form, done: async ({ house }) => assert.ok(house.sql("SELECT 1 FROM guest WHERE name = 'Andi Tamu' AND came_at = 570").length > 0) },
    'GET /kantor/tamu/{id}': { path: one(''), has: 'Bertemu dengan' },
    'GET /kantor/tamu/{id}/ubah': { path: one('/ubah'), has: 'Ubah catatan tamu' },
    'POST /kantor/tamu/{id}/ubah': {
        path: one('/ubah'), form: async () => ({ ...(await form()), versi: '1' }),
        done: async ({ house, path }) => assert.deepEqual(house.sql(`SELECT version, origin FROM guest WHERE id = ${idOf(path)}`), [['2', 'Kantor Camat']]),
    },
    'GET /kantor/tamu/{id}/lampiran': { path: async (house) => (await brought('')(house)).replace(/\/\d+$/, ''), has: (house) => house.canary },
    'GET /kantor/tamu/{id}/lampiran/{berkas}': { path: (house) => brought('')(house), has: 'kenari' },
    'GET /kantor/tamu/{id}/jejak': { path: async (house) => (await brought('')(house)).replace(/lampiran\/\d+$/, 'jejak'), has: 'Berkas disimpan' },
    'POST /kantor/tamu/{id}/lampiran': {
        path: one('/lampiran'), form: async () => ({ jenis: 'letter', catatan: 'uji dinding' }),
        files: async () => [{ name: 'berkas', filename: 'surat.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4 dinding') }],
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM attachment WHERE owner = 'guest' AND owner_id = ${idOf(path)} AND title = 'uji dinding'`)[0][0], '1'),
    },
    'POST /kantor/tamu/{id}/lampiran/{berkas}/tarik': {
        path: brought('/tarik'), form: async () => ({ alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT removed_reason FROM attachment WHERE id = ${/lampiran\/(\d+)/.exec(path)[1]}`)[0][0], 'uji dinding'),
    },
    'POST /kantor/tamu/{id}/catatan': {
        path: one('/catatan'), form: async () => ({ isi: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT text FROM note WHERE owner = 'guest' AND owner_id = ${idOf(path)}`)[0][0], 'uji dinding'),
    },
};
