// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { access, rows, until, value } from '../../harness/stack.mjs';

/** A village nobody is trained in: its state may be played with. */
const spare = () => access().villages.find((v) => !(v.slug in access().training));
/** What the page of the names showed. */
const shownOf = (code, district) => createHash('sha256').update([code, rows('balai_control', `SELECT name FROM unit WHERE code = '${code}'`)[0]?.[0] ?? '', district].join('\n')).digest('hex');
const LIST = 'code\tkind\tname\tdistrict\n7317102098\tD\tUji Dinding\tLarompong Selatan\n';

export const routes = {
    'kelola GET /': { has: (house) => house.village.name },
    'kelola POST /': { form: async () => ({ cari: 'pangi' }), done: async ({ answer }) => assert.equal(answer.location, '/?cari=pangi') },
    'kelola GET /desa/tambah': { has: 'Siapkan desa baru' },
    'kelola POST /desa/tambah': {
        form: async () => ({ daftar: LIST.replace('7317102098', '7317102094').replace('Uji Dinding', 'Uji Lihat') }), files: async () => [], status: 200, has: 'Uji Lihat',
        done: async () => assert.equal(value('balai_control', "SELECT COUNT(*) FROM village WHERE code = '7317102094'"), '0', 'looking makes nothing'),
    },
    'kelola POST /desa/siapkan': {
        form: async () => ({ daftar: LIST }),
        done: async () => until('the village is ready', () => value('balai_control', "SELECT step FROM village WHERE code = '7317102098'") === 'ready'),
    },
    'kelola GET /desa/{kode}': { path: async (house) => `/desa/${house.village.code}`, has: (house) => `Desa ${house.village.name}` },
    'kelola POST /desa/{kode}/keadaan': {
        path: async () => `/desa/${spare().code}/keadaan`, form: async () => ({ tindakan: 'hanya-baca', catatan: 'Sedang dirawat, hubungi DPMD' }),
        done: async () => assert.equal(value('balai_control', `SELECT state FROM village WHERE code = '${spare().code}'`), 'readonly'),
    },
    'kelola POST /desa/{kode}/tautan': {
        path: async () => `/desa/${spare().code}/tautan`,
        done: async ({ answer, client }) => (await client.follow(answer)).must(200, `http://${spare().host}/pasang/`),
    },
    'kelola POST /desa/{kode}/tautan-kepala': {
        path: async () => `/desa/${spare().code}/tautan-kepala`,
        done: async ({ answer, client }) => (await client.follow(answer)).must(200, `http://${spare().host}/pasang/kades/`),
    },
    'kelola GET /desa/{kode}/perbaiki': { path: async (house) => `/desa/${house.village.code}/perbaiki`, has: 'sudah berisi penduduk' },
    'kelola POST /desa/{kode}/perbaiki': {
        path: async () => '/desa/7317102098/perbaiki',
        form: async () => ({ langkah: 'simpan', nama: 'Uji Tembok', nama_kecamatan: 'Larompong Selatan', sidik: shownOf('7317102098', 'Larompong Selatan') }),
        done: async () => {
            assert.equal(value('balai_control', "SELECT name FROM unit WHERE code = '7317102098'"), 'Uji Tembok');
            await until('the village has it too', () => value('balai_control', "SELECT step FROM village WHERE code = '7317102098'") === 'ready');
        },
    },
    'kelola GET /desa/{kode}/tutup': { path: async (house) => `/desa/${house.village.code}/tutup`, has: 'Tidak bisa ditutup di sini' },
    'kelola POST /desa/{kode}/tutup': {
        path: async () => '/desa/7317102098/tutup', form: async () => ({ sebab: 'Uji' }), done: async () => assert.equal(value('balai_control', "SELECT state FROM village WHERE code = '7317102098'"), 'closed'),
    },
    'kelola POST /desa/{kode}/buka': {
        path: async () => '/desa/7317102098/buka', before: () => rows('balai_control', "UPDATE village SET state = 'closed' WHERE code = '7317102098'"),
        done: async () => assert.equal(value('balai_control', "SELECT state FROM village WHERE code = '7317102098'"), 'active'),
    },
    'kelola GET /pekerjaan': { has: 'Pekerjaan' },
    'kelola POST /pekerjaan': { form: async () => ({ cari: 'uji' }), done: async ({ answer }) => assert.equal(answer.location, '/pekerjaan?cari=uji') },
    'kelola POST /pekerjaan/ulang': {
        form: async () => ({ kode: '7317102098' }),
        before: () => rows('balai_control', "UPDATE outbox SET state = 4, attempt = 12, why = 'uji dinding' WHERE subject = 7317102098"),
        done: async () => until('the job is done again', () => value('balai_control', 'SELECT COUNT(*) FROM outbox WHERE subject = 7317102098 AND state = 4') === '0'),
    },
};
