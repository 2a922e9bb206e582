// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { idOf } from '../shapes.mjs';

export const routes = {
    'GET /kantor/pengaturan/peran': { has: 'Pengurus barang' },
    'GET /kantor/pengaturan/peran/tambah': { has: 'Simpan peran' },
    'POST /kantor/pengaturan/peran/tambah': {
        form: async (house) => ({ nama: `Peran ${house.serial()}`, izin_read_letters: '1' }),
        done: async ({ house, form }) => assert.deepEqual(house.sql(`SELECT permissions FROM role WHERE label = '${form.nama}'`), [['read_letters']]),
    },
    'GET /kantor/pengaturan/peran/{id}': { path: async (house, f) => `/kantor/pengaturan/peran/${await house.role(f)}`, has: 'Melihat surat' },
    'GET /kantor/pengaturan/peran/{id}/jejak': { path: async (house, f) => `/kantor/pengaturan/peran/${await house.role(f)}/jejak`, has: 'Riwayat' },
    'POST /kantor/pengaturan/peran/{id}': {
        path: async (house, f) => `/kantor/pengaturan/peran/${await house.role(f)}`, form: async (house) => ({ versi: '1', nama: `Peran ${house.serial()}`, izin_read_residents: '1' }),
        done: async ({ house, path }) => assert.deepEqual(house.sql(`SELECT permissions FROM role WHERE id = ${idOf(path)}`), [['read_residents']]),
    },
    'POST /kantor/pengaturan/peran/{id}/hapus': {
        path: async (house, f) => `/kantor/pengaturan/peran/${await house.role(f)}/hapus`,
        done: async ({ house, path }) => assert.deepEqual(house.sql(`SELECT id FROM role WHERE id = ${idOf(path)}`), []),
    },
};
