// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { at, letter, idOf, titled } from '../shapes.mjs';

export const routes = {
    'POST /kantor/surat/{id}/pemberitahuan': {
        path: letter('issued', '/pemberitahuan'), form: async () => ({ kepada: 'warga' }), before: (house) => house.mailAddress(),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT recipient FROM notice WHERE letter_id = ${idOf(path)}`)[0][0], '2'),
    },
    'GET /kantor/penduduk/{id}/surel': {
        path: async (house) => `/kantor/penduduk/${house.residentId()}/surel`, has: (house) => titled(house.canary),
    },
    'POST /kantor/penduduk/{id}/surel': {
        path: async (house) => `/kantor/penduduk/${house.residentId()}/surel`, form: async () => ({ surel: 'kenari@contoh.id', setuju: '1' }),
        done: async ({ house }) => assert.equal(house.sql(`SELECT email FROM resident_email WHERE resident_id = ${house.residentId()}`)[0][0], 'kenari@contoh.id'),
    },
    'POST /kantor/penduduk/{id}/surel/hapus': {
        path: async (house) => `/kantor/penduduk/${house.residentId()}/surel/hapus`, before: (house) => house.mailAddress(),
        done: async ({ house }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident_email WHERE resident_id = ${house.residentId()}`)[0][0], '0'),
    },
    'GET /surat/ambil/{tanda}': { path: at(`/surat/ambil/${'a'.repeat(42)}A`), status: 404, has: 'Tautan ini tidak kami kenal' },
    'POST /surat/ambil/{tanda}': {
        path: at(`/surat/ambil/${'a'.repeat(42)}A`), status: 404, has: 'Tautan ini tidak kami kenal',
    },
    'GET /surat/berkas': { status: 410, has: 'Unduhan ini sudah ditutup' },
};
