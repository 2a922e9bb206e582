// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { pdf } from '../../harness/letters.mjs';
import { pdfOf, png } from '../../harness/pictures.mjs';
import { until } from '../../harness/stack.mjs';
import { person_, resident, titled } from '../shapes.mjs';

export const holders = { READ_RESIDENTS: ['clerk', 'secretary', 'head'], EDIT_RESIDENTS: ['clerk', 'secretary'] };

export const routes = {
    'GET /kantor/penduduk/{id}': {
        path: async (house) => `/kantor/penduduk/${house.residentId()}`, has: (house) => titled(house.canary),
    },
    'GET /kantor/penduduk/{id}/ubah': { path: person_('/ubah'), has: (house) => titled(house.canary) },
    'POST /kantor/penduduk/{id}/ubah': {
        path: person_('/ubah'),
        form: async (house) => ({ versi: house.sql(`SELECT version FROM resident WHERE id = ${house.residentId()}`)[0][0], isi_suku: `Suku ${house.serial()}`, alasan: 'laporan' }),
        done: async ({ house, form }) => assert.equal(house.sql(`SELECT ethnicity FROM resident WHERE id = ${house.residentId()}`)[0][0], form.isi_suku),
    },
    'POST /kantor/penduduk/{id}/nik': {
        path: person_('/nik'), status: 200, has: (house) => house.sql(`SELECT nik FROM resident WHERE id = ${house.residentId()}`)[0][0].replace(/(\d{4})(?=\d)/g, '$1 '),
    },
    'POST /kantor/penduduk/{id}/kk-sementara': {
        path: async (house) => {
            const nik = `7317100101${String(Math.floor(Math.random() * 1e6)).padStart(6, '1')}`;
            house.sql(`INSERT INTO resident (nik, name, sex, area_id) SELECT '${nik}', 'TANPA KARTU', 1, MIN(id) FROM area`);
            return `/kantor/penduduk/${house.sql(`SELECT id FROM resident WHERE nik = '${nik}'`)[0][0]}/kk-sementara`;
        },
        done: async ({ house, path }) => assert.match(house.sql(`SELECT f.kk_no FROM resident r JOIN family f ON f.head_id = r.id WHERE r.id = ${/(\d+)/.exec(path)[1]}`)[0][0], /^0/),
    },
    'GET /kantor/penduduk/{id}/riwayat': { path: person_('/riwayat'), has: (house) => titled(house.canary) },
    'GET /kantor/penduduk/{id}/riwayat/dibuka': { path: person_('/riwayat/dibuka'), has: (house) => titled(house.canary) },
    'GET /kantor/penduduk/{id}/berkas': { path: person_('/berkas'), has: (house) => titled(house.canary) },
    'GET /kantor/penduduk/{id}/berkas/foto': { path: person_('/berkas/foto'), type: /^text\/html/, before: (house) => house.photo() },
    'GET /kantor/penduduk/{id}/foto': { path: person_('/foto'), type: /^image\/jpeg/, before: (house) => house.photo() },
    'POST /kantor/penduduk/{id}/foto': {
        path: person_('/foto'), files: async () => [{ name: 'foto', filename: 'foto.png', type: 'image/png', bytes: png(300, 400) }],
        done: async ({ house }) => until('the photo is made', () => house.sql(`SELECT 1 FROM attachment WHERE owner = 'resident' AND slot = 'photo' AND owner_id = ${house.residentId()} AND upload_id IS NULL AND file_id IS NOT NULL`).length === 1),
    },
    'POST /kantor/penduduk/{id}/dokumen': {
        path: person_('/dokumen'), form: async () => ({ jenis: 'kk' }), files: async () => [{ name: 'berkas', filename: 'kk.pdf', type: 'application/pdf', bytes: pdfOf('kenari') }],
        done: async ({ house, answer }) => assert.match(answer.location, new RegExp(`/${house.residentId()}/berkas`)),
    },
    'GET /kantor/penduduk/{id}/dokumen/{dokumen}': { path: async (house, f) => `/kantor/penduduk/${house.residentId()}/dokumen/${await house.document(f)}`, type: /^application\/pdf/ },
    'POST /kantor/penduduk/{id}/dokumen/{dokumen}/tarik': {
        path: async (house, f) => `/kantor/penduduk/${house.residentId()}/dokumen/${await house.document(f)}/tarik`, form: async () => ({ alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT removed_reason FROM attachment WHERE id = ${/dokumen\/(\d+)/.exec(path)[1]}`)[0][0], 'uji dinding'),
    },
    'GET /kantor/penduduk/tambah': { has: 'Nama lengkap' },
    'POST /kantor/penduduk/tambah': {
        form: async (house) => house.newResident(),
        done: async ({ house, form }) => assert.equal(house.sql(`SELECT name FROM resident WHERE nik = '${form.nik}'`).length, 1),
    },
};
