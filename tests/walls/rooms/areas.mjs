// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { asksFor, idOf, kept } from '../shapes.mjs';

export const holders = { EDIT_AREAS: ['clerk', 'secretary'] };

/** A hamlet nobody lives in, of the canary's name; each fresh one has a number. */
const one = (tail) => async (house, isFresh) => `/kantor/wilayah/${await house.one('area', isFresh, async () => {
    house.sql(`INSERT INTO area (hamlet, head_name) VALUES ('${house.canary} ${house.serial()}', '${house.canary}')`);
    return Number(house.sql('SELECT MAX(id) FROM area')[0][0]);
})}${tail}`;
const into = (house) => {
    house.sql("INSERT IGNORE INTO area (hamlet) VALUES ('TUJUAN DINDING')");
    return house.sql("SELECT id FROM area WHERE hamlet = 'TUJUAN DINDING' AND rw = '-' AND rt = '-'")[0][0];
};
const gone = async ({ house, path }) => assert.deepEqual(house.sql(`SELECT is_retired FROM area WHERE id = ${idOf(path)}`), [['1']]);

export const routes = {
    'GET /kantor/wilayah': { has: 'Wilayah' },
    'POST /kantor/wilayah': { form: async () => ({ cari: 'padang' }) },
    'POST /kantor/wilayah/unduh': asksFor('areas'),
    'GET /kantor/wilayah/tambah': { has: 'Tambah wilayah' },
    'POST /kantor/wilayah/tambah': {
        form: async (house) => ({ dusun: `Baru ${house.serial()}`, rw: '1', rt: '' }),
        done: async ({ house }) => assert.ok(house.sql("SELECT 1 FROM area WHERE hamlet LIKE 'BARU %' AND rw = '001' AND rt = '-'").length > 0),
    },
    'GET /kantor/wilayah/{id}': { path: one(''), has: (house) => house.canary },
    'GET /kantor/wilayah/{id}/ubah': { path: one('/ubah'), has: 'Nama atau nomor' },
    'POST /kantor/wilayah/{id}/ubah': {
        path: one('/ubah'), form: async (house) => ({ versi: '1', nama: `Dinding ${house.serial()}`, nama_kepala: 'Andi Dinding', telepon: '081234567890' }),
        done: async ({ house, path }) => assert.deepEqual(house.sql(`SELECT head_name FROM area WHERE id = ${idOf(path)}`), [['Andi Dinding']]),
    },
    'GET /kantor/wilayah/{id}/gabung': { path: one('/gabung'), has: 'Gabungkan ke' },
    'POST /kantor/wilayah/{id}/gabung': {
        path: one('/gabung'),
        form: async (house, path) => {
            const values = { ke: into(house), alasan: 'uji dinding', langkah: 'simpan' };
            const form = `main form[action="${path}"]`, page = await house.clients.clerk.get(path);
            if (!page.page?.querySelector(form)) return values; // nobody here has read it
            const check = (await house.clients.clerk.submit(page, { ...values, langkah: 'periksa' }, form)).must(200, 'Periksa sebelum digabungkan');
            return { ...values, dibaca: check.page.querySelector('input[name="dibaca"]').getAttribute('value') };
        },
        done: gone,
    },
    'GET /kantor/wilayah/{id}/hapus': { path: one('/hapus'), has: 'Tidak ada warga yang tinggal' },
    'POST /kantor/wilayah/{id}/hapus': { path: one('/hapus'), form: async () => ({ alasan: 'uji dinding' }), done: gone },
    ...kept('/kantor/wilayah', 'area', 'decree', one),
};
