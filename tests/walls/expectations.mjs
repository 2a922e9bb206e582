// SPDX-License-Identifier: AGPL-3.0-or-later
// What each route of `balai-server --routes` must do for whom. A route without a row here fails the build, and so
// does a row without a route. Roles are written out, not taken from the program: this is the second opinion.
//
//   roles    who may; 'everyone' for public ones
//   path     (house, isFresh) → the address, of that house's own things
//   form     (house, path) → fields of a POST
//   has      words the allowed answer must show (GET) …
//   done     … or what must be true after the allowed POST
//   foreign  status for another village's id on this host (default 404 where the path has an id)

import assert from 'node:assert/strict';
import { BUSINESS } from '../harness/letters.mjs';
import { letterRow, pdf } from '../harness/letters.mjs';
import { until } from '../harness/stack.mjs';

const ALL = ['clerk', 'secretary', 'head', 'editor'];
const READERS = ['clerk', 'secretary', 'head'];
const WRITERS = ['clerk', 'secretary'];
const SETTERS = ['secretary', 'head'];
const at = (path) => async () => path;
const letter = (kind, tail) => async (house, isFresh) => `/kantor/surat/${await house[kind](isFresh)}${tail}`;
const idOf = (path) => Number(/\/(\d+)(\/|$)/.exec(path)[1]);
const stateIs = (state) => async ({ house, path }) => assert.equal(letterRow(house.village, idOf(path)).state, state);

export const ROUTES = {
    // ---- staff: sign-in, office ----
    'village GET /masuk': { roles: 'everyone', path: at('/masuk'), has: 'Kata sandi', signedIn: 303 },
    'village POST /masuk': { roles: 'everyone', path: at('/masuk'), form: async () => ({ nama: 'tidak.ada', sandi: 'salah sekali ini' }), status: 422, has: 'tidak cocok' },
    'village POST /keluar': { roles: 'everyone', path: at('/keluar'), form: async () => ({}), endsSession: true },
    'village GET /kantor': { roles: ALL, path: at('/kantor'), has: (house) => house.village.name },
    'village GET /kantor/pekerjaan': { roles: WRITERS, path: at('/kantor/pekerjaan'), has: 'uji dinding', before: (house) => house.deadJob() },
    'village POST /kantor/pekerjaan/{id}/ulang': {
        roles: WRITERS, path: async (house, isFresh) => `/kantor/pekerjaan/${await house.deadJob(isFresh)}/ulang`, form: async () => ({}),
        done: async ({ house, path }) => until('the job is done', () => house.sql(`SELECT 1 FROM outbox WHERE id = ${idOf(path)} AND state <> 4`).length === 1),
    },

    // ---- set-up, settings, accounts ----
    'village GET /pasang/{tanda}': { roles: 'everyone', path: at(`/pasang/${'a'.repeat(43)}`), has: 'Tautan tidak bisa dipakai' },
    'village POST /pasang/{tanda}': {
        roles: 'everyone', path: at(`/pasang/${'a'.repeat(43)}`), status: [200, 409, 422], has: 'Tautan tidak bisa dipakai',
        form: async () => ({ kades: 'Orang Luar', alamat: 'Jalan lain', nama: 'Orang Luar', pengguna: 'orang.luar', sandi: 'gerimis-padi-lontara-7' }),
        done: async ({ house }) => assert.deepEqual(house.sql("SELECT id FROM staff WHERE username = 'orang.luar'"), []),
    },
    'village GET /kantor/pengaturan': { roles: SETTERS, path: at('/kantor/pengaturan'), has: 'Nama kepala desa' },
    'village POST /kantor/pengaturan': {
        roles: SETTERS, path: at('/kantor/pengaturan'),
        form: async (house) => {
            const [[version, address]] = house.sql('SELECT version, office_address FROM identity');
            const [[head]] = house.sql("SELECT name FROM official WHERE office = 'head' AND is_active");
            return { versi: version, kades: head, alamat: address || 'Jalan Poros 1', warna: 'teluk', jam: 'Senin sampai Jumat, 08.00–15.00' };
        },
        done: async ({ house }) => assert.equal(house.sql('SELECT opening_hours FROM identity')[0][0], 'Senin sampai Jumat, 08.00–15.00'),
    },
    'village GET /kantor/pengaturan/petugas': { roles: SETTERS, path: at('/kantor/pengaturan/petugas'), has: 'Operator' },
    'village POST /kantor/pengaturan/petugas': {
        roles: SETTERS, path: at('/kantor/pengaturan/petugas'),
        form: async (house) => ({ nama: 'Petugas Baru', pengguna: `baru${house.serial()}`, jabatan: 'Kaur', peran: 'clerk', sandi: 'gerimis-padi-lontara-7' }),
        done: async ({ house, form }) => assert.equal(house.sql(`SELECT role FROM staff WHERE username = '${form.pengguna}'`)[0][0], 'clerk'),
    },
    'village POST /kantor/pengaturan/petugas/{id}/nonaktif': {
        roles: SETTERS, path: async (house, isFresh) => `/kantor/pengaturan/petugas/${await house.staffId(isFresh)}/nonaktif`, form: async () => ({}),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT is_active FROM staff WHERE id = ${idOf(path)}`)[0][0], '0'),
    },
    'village POST /kantor/pengaturan/petugas/{id}/aktif': {
        roles: SETTERS, path: async (house, isFresh) => `/kantor/pengaturan/petugas/${await house.staffId(isFresh)}/aktif`, form: async () => ({}),
        before: async (house) => house.sql(`UPDATE staff SET is_active = 0 WHERE username LIKE 'uji%'`),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT is_active FROM staff WHERE id = ${idOf(path)}`)[0][0], '1'),
    },
    'village POST /kantor/pengaturan/petugas/{id}/sandi': {
        roles: SETTERS, path: async (house, isFresh) => `/kantor/pengaturan/petugas/${await house.staffId(isFresh)}/sandi`,
        form: async () => ({ sandi: 'tenun-kabut-malili-9' }),
        before: async (house) => { house.hashBefore = house.sql('SELECT GROUP_CONCAT(password_hash) FROM staff')[0][0]; },
        done: async ({ house }) => assert.notEqual(house.sql('SELECT GROUP_CONCAT(password_hash) FROM staff')[0][0], house.hashBefore),
    },

    // ---- letters ----
    'village GET /kantor/surat': { roles: READERS, path: at('/kantor/surat'), has: (house) => titled(house.canary), before: (house) => house.draft() },
    'village GET /kantor/surat/buat': { roles: WRITERS, path: at('/kantor/surat/buat'), has: 'Keterangan Usaha' },
    'village GET /kantor/surat/buat/{jenis}': { roles: WRITERS, path: at('/kantor/surat/buat/keterangan-usaha'), has: 'Siapa pemohonnya?' },
    'village POST /kantor/surat/buat/{jenis}/cari': {
        roles: WRITERS, path: at('/kantor/surat/buat/keterangan-usaha/cari'), form: async () => ({ cari: 'kenari' }), status: 200,
        has: (house) => titled(house.canary), before: (house) => house.residentId(),
    },
    'village POST /kantor/surat/buat/{jenis}': {
        roles: WRITERS, path: at('/kantor/surat/buat/keterangan-usaha'), form: async (house) => ({ warga: house.residentId() }), foreignForm: true,
        done: async ({ house, answer }) => assert.equal(letterRow(house.village, idOf(answer.location)).state, 1),
    },
    'village GET /kantor/surat/{id}': { roles: READERS, path: letter('issued', ''), has: (house) => titled(house.canary) },
    'village GET /kantor/surat/{id}/isi': { roles: WRITERS, path: letter('draft', '/isi'), has: 'Lanjut periksa' },
    'village POST /kantor/surat/{id}/isi': {
        roles: WRITERS, path: letter('draft', '/isi'), form: async (house, path) => ({ versi: house.version(idOf(path)) || '1', ...BUSINESS.inputs, isi_usaha: 'bengkel' }),
        done: async ({ house, path }) => assert.match(house.sql(`SELECT inputs FROM letter WHERE id = ${idOf(path)}`)[0][0], /bengkel/),
    },
    'village GET /kantor/surat/{id}/periksa': { roles: WRITERS, path: letter('draft', '/periksa'), has: (house) => titled(house.canary) },
    'village GET /kantor/surat/{id}/pratinjau/{halaman}': { roles: READERS, path: letter('draft', '/pratinjau/1'), type: /^image\/svg\+xml/ },
    'village GET /kantor/surat/{id}/siap': {
        roles: READERS, path: letter('issued', '/siap'), has: 'Unduh PDF',
        before: async (house) => pdf(house.clients.clerk, await house.issued()),
    },
    'village POST /kantor/surat/{id}/kirim': {
        roles: WRITERS, path: letter('draft', '/kirim'), form: async (house, path) => ({ versi: house.version(idOf(path)) || '1' }), done: stateIs(4),
    },
    'village POST /kantor/surat/{id}/batal': { roles: WRITERS, path: letter('draft', '/batal'), form: async () => ({}), done: stateIs(7) },
    'village GET /kantor/surat/{id}/surat.pdf': {
        roles: READERS, path: letter('issued', '/surat.pdf'), type: /^application\/pdf/,
        before: async (house) => pdf(house.clients.clerk, await house.issued()),
    },
    'village POST /kantor/surat/{id}/teruskan': { roles: ['secretary'], path: letter('waitingCheck', '/teruskan'), form: async () => ({}), done: stateIs(3) },
    'village POST /kantor/surat/{id}/setujui': { roles: ['head'], path: letter('waitingApproval', '/setujui'), form: async () => ({}), done: stateIs(4) },
    'village POST /kantor/surat/{id}/kembalikan': {
        roles: SETTERS, allowedAs: 'head', path: letter('waitingApproval', '/kembalikan'), form: async () => ({ catatan: 'Nama usaha belum jelas' }), done: stateIs(5),
    },
    'village POST /kantor/surat/{id}/cabut': { roles: ['secretary'], path: letter('issued', '/cabut'), form: async () => ({ alasan: 'Salah ketik nama usaha' }), done: stateIs(6) },
    'village GET /kantor/persetujuan': { roles: READERS, allowedAs: 'head', path: at('/kantor/persetujuan'), has: (house) => titled(house.canary), before: (house) => house.waitingApproval() },
    'village GET /kantor/persetujuan/{id}': { roles: READERS, allowedAs: 'head', path: async (house, f) => `/kantor/persetujuan/${await house.waitingApproval(f)}`, has: 'Setujui dan tanda tangani' },
    'platform GET /v/{tanda}': { roles: 'everyone', path: at('/v/palsu'), has: 'tidak kami kenal', status: [200, 404] },
};

/** Names of people as pages write them: "KENARI SAMPANO" → "Kenari Sampano". */
export function titled(name) {
    return name.toLowerCase().replace(/(^|[\s])\S/g, (c) => c.toUpperCase());
}
