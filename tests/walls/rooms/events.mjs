// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { dated, dayAgo } from '../../harness/days.mjs';
import { asksFor, at, family, event, idOf, kept, memberPath, resident, sealedWords, titled } from '../shapes.mjs';

/** Somebody whom nobody has seen since. */
const missing = async (house, isFresh) => {
    const path = await house.one('missing', isFresh, () => memberPath('ditemukan')(house, true));
    house.sql(`UPDATE resident SET basic_status = 4 WHERE id = ${idOf(path)}`);
    return path;
};

export const routes = {
    'GET /kantor/peristiwa': { has: (house) => titled(`${house.canary} BUNGSU`), before: (house) => house.event() },
    'POST /kantor/peristiwa/unduh': asksFor('events'),
    'POST /kantor/peristiwa': {
        form: async () => ({ jenis: 'lahir', bulan: '2024-11' }),
        done: async ({ answer }) => assert.equal(answer.location, '/kantor/peristiwa?jenis=lahir&bulan=2024-11'),
    },
    'GET /kantor/peristiwa/catat': { has: 'Kedatangan' },
    'GET /kantor/peristiwa/catat/{jenis}': { path: at('/kantor/peristiwa/catat/kematian'), has: 'Siapa orangnya?' },
    'POST /kantor/peristiwa/catat/{jenis}': {
        path: at('/kantor/peristiwa/catat/kematian'), form: async () => ({ cari: 'kenari' }), done: sealedWords, before: (house) => house.residentId(),
    },
    'GET /kantor/peristiwa/kedatangan': { has: 'Orang 1' },
    'POST /kantor/peristiwa/kedatangan': {
        form: async (house) => ({ langkah: 'simpan', ...dated('tanggal', dayAgo(400)), asal: 'Palopo', tujuan: 'ada', kk: (await house.family()).kk,
            orang_1_nama: 'Uji Datang Dinding', orang_1_jk: '1', orang_1_tempat: 'Palopo', orang_1_lahir_hari: '1', orang_1_lahir_bulan: '1', orang_1_lahir_tahun: '1990',
            orang_1_agama: '1', orang_1_kawin: '1', orang_1_kerja: '1', orang_1_peran: '9' }),
        done: async ({ house }) => assert.equal(house.sql("SELECT COUNT(*) FROM resident WHERE name = 'UJI DATANG DINDING'")[0][0], '1'),
    },
    'GET /kantor/peristiwa/{id}': { path: event(''), has: (house) => titled(`${house.canary} BUNGSU`) },
    'GET /kantor/peristiwa/{id}/perbaiki': { path: event('/perbaiki'), has: 'Perbaiki catatan peristiwa' },
    'POST /kantor/peristiwa/{id}/perbaiki': {
        path: event('/perbaiki'),
        form: async () => ({ versi: '1', ...dated('tanggal', dayAgo(399)), tempat: 'Palopo', jangkauan: '2', pelapor: 'Uji', alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM history WHERE owner = 'event' AND owner_id = ${idOf(path)} AND kind = 'edit'`)[0][0], '1'),
    },
    ...kept('/kantor/peristiwa', 'event', 'other', event),
    'GET /kantor/peristiwa/{id}/batal': { path: event('/batal'), has: 'Batalkan peristiwa' },
    'POST /kantor/peristiwa/{id}/batal': {
        path: event('/batal'), form: async () => ({ alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident_event WHERE cancels = ${idOf(path)}`)[0][0], '1'),
    },
    ...Object.fromEntries(['kematian', 'kepindahan', 'hilang'].flatMap((tail) => [
        [`GET /kantor/penduduk/{id}/${tail}`, { path: memberPath(tail), has: 'Pelapor' }],
        [`POST /kantor/penduduk/{id}/${tail}`, {
            path: memberPath(tail),
            form: async () => ({ versi: '1', langkah: 'simpan', ...dated('tanggal', dayAgo(400)), tempat: 'Palopo', pelapor: 'Uji', ...(tail === 'kepindahan' ? { jangkauan: '2' } : {}) }),
            done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident WHERE id = ${idOf(path)} AND basic_status <> 1`)[0][0], '1'),
        }],
    ])),
    'GET /kantor/penduduk/{id}/ditemukan': { path: missing, has: 'Tempat ditemukan' },
    'POST /kantor/penduduk/{id}/ditemukan': {
        path: missing,
        form: async () => ({ versi: '1', langkah: 'simpan', ...dated('tanggal', dayAgo(400)), tempat: 'Palopo', pelapor: 'Uji' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident WHERE id = ${idOf(path)} AND basic_status = 1`)[0][0], '1'),
    },
    'GET /kantor/keluarga/{id}/kematian-lama': { path: family('/kematian-lama'), has: 'Tempat meninggal' },
    'POST /kantor/keluarga/{id}/kematian-lama': {
        path: family('/kematian-lama'),
        form: async () => ({ versi: '1', langkah: 'simpan', nama: 'Uji Lama Dinding', jk: '1', peran: '7', ...dated('tanggal', dayAgo(12 * 365)), tempat: 'Palopo', pelapor: 'Uji' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident WHERE family_id = ${idOf(path)} AND name = 'UJI LAMA DINDING' AND basic_status = 2`)[0][0], '1'),
    },
    'GET /kantor/keluarga/{id}/kelahiran': { path: family('/kelahiran'), has: 'Orang tua' },
    'POST /kantor/keluarga/{id}/kelahiran': {
        path: family('/kelahiran'),
        form: async () => ({ versi: '1', langkah: 'simpan', nama: 'Uji Bayi Dinding', jk: '1', tempat: 'Palopo', ...dated('lahir', dayAgo(400)), tanpa: '1' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident WHERE family_id = ${idOf(path)} AND name = 'UJI BAYI DINDING'`)[0][0], '1'),
    },
};
