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
import { tap } from '../harness/kiosk.mjs';
import { access, rows, until, value } from '../harness/stack.mjs';
import { png } from '../harness/pictures.mjs';
import { person, residentBook } from '../harness/workbook.mjs';

const ALL = ['clerk', 'secretary', 'head', 'editor'];
const READERS = ['clerk', 'secretary', 'head'];
const WRITERS = ['clerk', 'secretary'];
const SETTERS = ['secretary', 'head'];
const at = (path) => async () => path;
const letter = (kind, tail) => async (house, isFresh) => `/kantor/surat/${await house[kind](isFresh)}${tail}`;
const person_ = (tail) => async (house) => `/kantor/penduduk/${house.residentId()}${tail}`;
const family = (tail) => async (house, isFresh) => `/kantor/keluarga/${(await house.family(isFresh)).id}${tail}`;
/** The first of the family who has that role, by the address. */
const memberOf = (house, path, role) => house.sql(`SELECT MIN(id) FROM resident WHERE family_id = ${idOf(path)} AND family_role = ${role}`)[0][0] ?? 1;
const event = (tail) => async (house, isFresh) => `/kantor/peristiwa/${await house.event(isFresh)}${tail}`;
const memberPath = (tail) => async (house, isFresh) => `/kantor/penduduk/${(await house.family(isFresh)).members[3]}/${tail}`;
const idOf = (path) => Number(/\/(\d+)(\/|$)/.exec(path)[1]);
const stateIs = (state) => async ({ house, path }) => assert.equal(letterRow(house.village, idOf(path)).state, state);

/** A village nobody is trained in: its state may be played with. */
const spare = () => access().villages.find((v) => !(v.slug in access().training));
const LIST = 'code\tkind\tname\tdistrict\n7317102098\tD\tUji Dinding\tLarompong Selatan\n';

/** Pages of the kiosk send those it does not know to their own door. */
const KIOSK = { roles: ['kiosk'], door: '/anjungan/daftar' };
const RESIDENT = { roles: ['warga'], door: '/anjungan/daftar', before: (house) => house.visitor() };
/** A form of somebody who stands there now: a visit lasts two minutes. */
const resident = (form) => async (house) => {
    await house.visitor();
    return form(house);
};

/** Words searched for go on in an address nobody reads. */
const sealedWords = async ({ answer }) => {
    assert.match(answer.location, /[?&]lanjut=[\w-]{40,}$/);
    assert.ok(!/kenari/i.test(answer.location) && !Buffer.from(answer.location.split('lanjut=')[1], 'base64url').includes('kenari'));
};

const signInPage = { roles: 'everyone', path: at('/masuk'), has: 'Kata sandi' };
const signIn = { roles: 'everyone', path: at('/masuk'), form: async () => ({ nama: 'tidak.ada', sandi: 'salah sekali ini' }), status: 422, has: 'tidak cocok' };
const signOut = { roles: 'everyone', path: at('/keluar'), form: async () => ({}), endsSession: true };

export const ROUTES = {
    'kelola GET /masuk': signInPage,
    'kelola POST /masuk': signIn,
    'kelola POST /keluar': signOut,
    'dpmd GET /masuk': signInPage,
    'dpmd POST /masuk': signIn,
    'dpmd POST /keluar': signOut,

    // ---- the volunteers' console: numbers of villages, never people ----
    'kelola GET /': { roles: ['volunteer'], path: at('/'), has: (house) => house.village.name },
    'kelola GET /desa/tambah': { roles: ['volunteer'], path: at('/desa/tambah'), has: 'Siapkan desa baru' },
    'kelola POST /desa/tambah': {
        roles: ['volunteer'], path: at('/desa/tambah'), form: async () => ({ daftar: LIST.replace('7317102098', '7317102094').replace('Uji Dinding', 'Uji Lihat') }), files: async () => [], status: 200, has: 'Uji Lihat',
        done: async () => assert.equal(value('balai_control', "SELECT COUNT(*) FROM village WHERE code = '7317102094'"), '0', 'looking makes nothing'),
    },
    'kelola POST /desa/siapkan': {
        roles: ['volunteer'], path: at('/desa/siapkan'), form: async () => ({ daftar: LIST }),
        done: async () => until('the village is ready', () => value('balai_control', "SELECT step FROM village WHERE code = '7317102098'") === 'ready'),
    },
    'kelola GET /desa/{kode}': { roles: ['volunteer'], path: async (house) => `/desa/${house.village.code}`, has: (house) => `Desa ${house.village.name}` },
    'kelola POST /desa/{kode}/keadaan': {
        roles: ['volunteer'], path: async () => `/desa/${spare().code}/keadaan`, form: async () => ({ tindakan: 'hanya-baca', catatan: 'Sedang dirawat, hubungi DPMD' }),
        done: async () => assert.equal(value('balai_control', `SELECT state FROM village WHERE code = '${spare().code}'`), 'readonly'),
    },
    'kelola POST /desa/{kode}/tautan': {
        roles: ['volunteer'], path: async () => `/desa/${spare().code}/tautan`, form: async () => ({}),
        done: async ({ answer, client }) => (await client.follow(answer)).must(200, `http://${spare().host}/pasang/`),
    },
    'kelola POST /desa/{kode}/tautan-kepala': {
        roles: ['volunteer'], path: async () => `/desa/${spare().code}/tautan-kepala`, form: async () => ({}),
        done: async ({ answer, client }) => (await client.follow(answer)).must(200, `http://${spare().host}/pasang/kades/`),
    },
    'kelola GET /desa/{kode}/tautan': { roles: ['volunteer'], path: async () => `/desa/${spare().code}/tautan`, has: 'Tautan tidak ditampilkan lagi' },
    'kelola GET /pekerjaan': { roles: ['volunteer'], path: at('/pekerjaan'), has: 'Pekerjaan' },
    'kelola POST /pekerjaan/ulang': {
        roles: ['volunteer'], path: at('/pekerjaan/ulang'), form: async () => ({ kode: '7317102098' }), status: [303, 409],
        before: () => rows('balai_control', "UPDATE outbox SET state = 4, attempt = 12, why = 'uji dinding' WHERE subject = 7317102098"),
        done: async () => until('the job is done again', () => value('balai_control', 'SELECT COUNT(*) FROM outbox WHERE subject = 7317102098 AND state = 4') === '0'),
    },

    // ---- the regency office: sums only ----
    'dpmd GET /': { roles: ['dpmd', 'district'], path: at('/'), has: 'Larompong Selatan' },
    'dpmd GET /kecamatan': { roles: ['dpmd', 'district'], path: at('/kecamatan'), has: 'Larompong Selatan' },
    'dpmd GET /desa.csv': { roles: ['dpmd', 'district'], path: at('/desa.csv'), type: /^text\/csv/ },
    'dpmd GET /arti': { roles: ['dpmd', 'district'], path: at('/arti'), has: 'Cara menghitung' },


    // ---- staff: sign-in, office ----
    'village GET /masuk': signInPage,
    'village POST /masuk': signIn,
    'village POST /keluar': signOut,
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
    'village GET /pasang/kades/{tanda}': { roles: 'everyone', path: at(`/pasang/kades/${'a'.repeat(43)}`), has: 'Tautan tidak bisa dipakai' },
    'village POST /pasang/kades/{tanda}': {
        roles: 'everyone', path: at(`/pasang/kades/${'a'.repeat(43)}`), status: [200, 409, 422], has: 'Tautan tidak bisa dipakai',
        form: async () => ({ nama: 'Orang Luar', pengguna: 'orang.luar', sandi: 'gerimis-padi-lontara-7' }),
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
    'village GET /lambang/{sidik}': {
        roles: 'everyone', type: /^image\/jpeg/, before: (house) => house.crest(),
        path: async (house) => `/lambang/${house.sql('SELECT LOWER(HEX(f.sha256)) FROM identity i JOIN file f ON f.id = i.crest_small_id')[0]?.[0] ?? '0'.repeat(64)}`,
    },
    'village GET /kantor/pengaturan/lambang': { roles: SETTERS, path: at('/kantor/pengaturan/lambang'), type: /^image\/jpeg/, before: (house) => house.crest() },
    'village GET /kantor/pengaturan/lambang/keadaan': { roles: SETTERS, path: at('/kantor/pengaturan/lambang/keadaan'), type: /^text\/html/, has: 'memakai lambang ini' },
    'village POST /kantor/pengaturan/lambang': {
        roles: SETTERS, path: at('/kantor/pengaturan/lambang'), form: async () => ({}), files: async () => [{ name: 'lambang', filename: 'lambang.png', type: 'image/png', bytes: png(300, 400) }],
        done: async ({ house }) => until('the crest is made', () => house.sql('SELECT 1 FROM identity WHERE crest_upload_id IS NULL AND crest_file_id IS NOT NULL').length === 1),
    },
    'village POST /kantor/pengaturan/lambang/lepas': {
        roles: SETTERS, path: at('/kantor/pengaturan/lambang/lepas'), form: async () => ({}),
        done: async ({ house }) => assert.equal(house.sql('SELECT 1 FROM identity WHERE crest_file_id IS NULL').length, 1),
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

    // ---- roles ----
    'village GET /kantor/pengaturan/peran': { roles: SETTERS, path: at('/kantor/pengaturan/peran'), has: 'Pengurus barang' },
    'village GET /kantor/pengaturan/peran/tambah': { roles: SETTERS, path: at('/kantor/pengaturan/peran/tambah'), has: 'Simpan peran' },
    'village POST /kantor/pengaturan/peran/tambah': {
        roles: SETTERS, path: at('/kantor/pengaturan/peran/tambah'), form: async (house) => ({ nama: `Peran ${house.serial()}`, izin_read_letters: '1', izin_manage_villages: '1' }),
        done: async ({ house, form }) => assert.deepEqual(house.sql(`SELECT permissions FROM role WHERE label = '${form.nama}'`), [['read_letters']]),
    },
    'village GET /kantor/pengaturan/peran/{id}': { roles: SETTERS, path: async (house, f) => `/kantor/pengaturan/peran/${await house.role(f)}`, has: 'Melihat surat' },
    'village POST /kantor/pengaturan/peran/{id}': {
        roles: SETTERS, path: async (house, f) => `/kantor/pengaturan/peran/${await house.role(f)}`, form: async (house) => ({ versi: '1', nama: `Peran ${house.serial()}`, izin_read_residents: '1' }),
        done: async ({ house, path }) => assert.deepEqual(house.sql(`SELECT permissions FROM role WHERE id = ${idOf(path)}`), [['read_residents']]),
    },

    // ---- letters ----
    'village GET /kantor/surat': { roles: READERS, path: at('/kantor/surat'), has: (house) => titled(house.canary), before: (house) => house.draft() },
    'village POST /kantor/surat': {
        roles: READERS, path: at('/kantor/surat'), form: async () => ({ cari: 'kenari' }), status: 200, has: (house) => titled(house.canary), before: (house) => house.draft(),
    },
    'village POST /kantor/surat/agenda': {
        roles: READERS, path: at('/kantor/surat/agenda'), form: async () => ({ bulan: new Date().toISOString().slice(0, 7), bentuk: 'csv' }),
        done: async ({ house }) => assert.match(house.sql('SELECT action FROM audit ORDER BY id DESC LIMIT 1')[0][0], /^letter\.agenda$/),
    },
    // Only who has just said so, and been written down, is given the file: without that, back to the list.
    'village GET /kantor/surat/agenda': { roles: READERS, path: at('/kantor/surat/agenda'), status: 303 },
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
        roles: READERS, path: letter('issued', '/siap'), has: 'Unduh PDF', headers: { 'hx-request': 'true' },
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
    'village POST /kantor/surat/{id}/cetak': {
        roles: WRITERS, form: async () => ({}),
        path: async (house, isFresh) => {
            const id = await house.issued(isFresh);
            await pdf(house.clients.clerk, id);
            return `/kantor/surat/${id}/cetak`;
        },
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM letter_step WHERE step = 'printed' AND letter_id = ${idOf(path)}`)[0][0], '1'),
    },
    'village POST /kantor/surat/{id}/teruskan': { roles: ['secretary'], path: letter('waitingCheck', '/teruskan'), form: async () => ({}), done: stateIs(3) },
    'village POST /kantor/surat/{id}/setujui': { roles: ['head'], path: letter('waitingApproval', '/setujui'), form: async () => ({}), done: stateIs(4) },
    'village POST /kantor/surat/{id}/kembalikan': {
        roles: SETTERS, allowedAs: 'head', path: letter('waitingApproval', '/kembalikan'), form: async () => ({ catatan: 'Nama usaha belum jelas' }), done: stateIs(5),
    },
    'village POST /kantor/surat/{id}/cabut': { roles: ['secretary'], path: letter('issued', '/cabut'), form: async () => ({ alasan: 'Salah ketik nama usaha' }), done: stateIs(6) },
    'village GET /kantor/persetujuan': { roles: READERS, allowedAs: 'head', path: at('/kantor/persetujuan'), has: (house) => titled(house.canary), before: (house) => house.waitingApproval() },
    'village GET /kantor/persetujuan/{id}': { roles: READERS, allowedAs: 'head', path: async (house, f) => `/kantor/persetujuan/${await house.waitingApproval(f)}`, has: 'Setujui dan tanda tangani' },

    // ---- notices by mail ----
    'village POST /kantor/surat/{id}/pemberitahuan': {
        roles: WRITERS, path: letter('issued', '/pemberitahuan'), form: async () => ({ kepada: 'warga' }), before: (house) => house.mailAddress(),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT recipient FROM notice WHERE letter_id = ${idOf(path)}`)[0][0], '2'),
    },
    'village GET /kantor/penduduk/{id}/surel': {
        roles: WRITERS, path: async (house) => `/kantor/penduduk/${house.residentId()}/surel`, has: (house) => titled(house.canary),
    },
    'village POST /kantor/penduduk/{id}/surel': {
        roles: WRITERS, path: async (house) => `/kantor/penduduk/${house.residentId()}/surel`, form: async () => ({ surel: 'kenari@contoh.id', setuju: '1' }),
        done: async ({ house }) => assert.equal(house.sql(`SELECT email FROM resident_email WHERE resident_id = ${house.residentId()}`)[0][0], 'kenari@contoh.id'),
    },
    'village POST /kantor/penduduk/{id}/surel/hapus': {
        roles: WRITERS, path: async (house) => `/kantor/penduduk/${house.residentId()}/surel/hapus`, form: async () => ({}), before: (house) => house.mailAddress(),
        done: async ({ house }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident_email WHERE resident_id = ${house.residentId()}`)[0][0], '0'),
    },
    'village GET /surat/ambil/{tanda}': { roles: 'everyone', path: at(`/surat/ambil/${'a'.repeat(42)}A`), status: 404, has: 'Tautan ini tidak kami kenal' },
    'village POST /surat/ambil/{tanda}': {
        roles: 'everyone', path: at(`/surat/ambil/${'a'.repeat(42)}A`), form: async () => ({}), status: 404, has: 'Tautan ini tidak kami kenal',
    },
    'village GET /surat/berkas': { roles: 'everyone', path: at('/surat/berkas'), status: 410, has: 'Unduhan ini sudah ditutup' },

    // ---- residents ----
    'village GET /kantor/penduduk': { roles: READERS, path: at('/kantor/penduduk'), has: 'Penduduk', before: (house) => house.residentId() },
    'village POST /kantor/penduduk': {
        roles: READERS, path: at('/kantor/penduduk'), form: async () => ({ cari: 'kenari' }), done: sealedWords,
        before: (house) => house.residentId(),
    },
    'village GET /kantor/penduduk/{id}': {
        roles: READERS, path: async (house) => `/kantor/penduduk/${house.residentId()}`, has: (house) => titled(house.canary),
    },
    'village GET /kantor/penduduk/{id}/ubah': { roles: WRITERS, path: person_('/ubah'), has: (house) => titled(house.canary) },
    'village POST /kantor/penduduk/{id}/ubah': {
        roles: WRITERS, path: person_('/ubah'),
        form: async (house) => ({ versi: house.sql(`SELECT version FROM resident WHERE id = ${house.residentId()}`)[0][0], isi_suku: `Suku ${house.serial()}`, alasan: 'laporan' }),
        done: async ({ house, form }) => assert.equal(house.sql(`SELECT ethnicity FROM resident WHERE id = ${house.residentId()}`)[0][0], form.isi_suku),
    },
    'village POST /kantor/penduduk/{id}/nik': {
        roles: READERS, path: person_('/nik'), form: async () => ({}), status: 200, has: (house) => house.sql(`SELECT nik FROM resident WHERE id = ${house.residentId()}`)[0][0].replace(/(\d{4})(?=\d)/g, '$1 '),
    },
    'village GET /kantor/penduduk/{id}/riwayat': { roles: READERS, path: person_('/riwayat'), has: (house) => titled(house.canary) },
    'village GET /kantor/penduduk/{id}/riwayat/dibuka': { roles: SETTERS, path: person_('/riwayat/dibuka'), has: (house) => titled(house.canary) },
    'village GET /kantor/penduduk/{id}/surat': { roles: WRITERS, path: person_('/surat'), has: (house) => titled(house.canary) },
    'village GET /kantor/penduduk/{id}/berkas': { roles: READERS, path: person_('/berkas'), has: (house) => titled(house.canary) },
    'village GET /kantor/penduduk/{id}/berkas/foto': { roles: READERS, path: person_('/berkas/foto'), type: /^text\/html/, before: (house) => house.photo() },
    'village GET /kantor/penduduk/{id}/foto': { roles: READERS, path: person_('/foto'), type: /^image\/jpeg/, before: (house) => house.photo() },
    'village POST /kantor/penduduk/{id}/foto': {
        roles: WRITERS, path: person_('/foto'), form: async () => ({}), files: async () => [{ name: 'foto', filename: 'foto.png', type: 'image/png', bytes: png(300, 400) }],
        done: async ({ house }) => until('the photo is made', () => house.sql(`SELECT 1 FROM resident_photo WHERE resident_id = ${house.residentId()} AND upload_id IS NULL AND file_id IS NOT NULL`).length === 1),
    },
    'village POST /kantor/penduduk/{id}/dokumen': {
        roles: WRITERS, path: person_('/dokumen'), form: async () => ({ jenis: 'kk' }), files: async () => [{ name: 'berkas', filename: 'kk.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4 kenari') }],
        done: async ({ house, answer }) => assert.match(answer.location, new RegExp(`/${house.residentId()}/berkas`)),
    },
    'village GET /kantor/penduduk/{id}/dokumen/{dokumen}': { roles: READERS, path: async (house, f) => `/kantor/penduduk/${house.residentId()}/dokumen/${await house.document(f)}`, type: /^application\/pdf/ },
    'village POST /kantor/penduduk/{id}/dokumen/{dokumen}/tarik': {
        roles: WRITERS, path: async (house, f) => `/kantor/penduduk/${house.residentId()}/dokumen/${await house.document(f)}/tarik`, form: async () => ({ alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT removed_reason FROM resident_document WHERE id = ${/dokumen\/(\d+)/.exec(path)[1]}`)[0][0], 'uji dinding'),
    },
    'village GET /kantor/penduduk/tambah': { roles: WRITERS, path: at('/kantor/penduduk/tambah'), has: 'Nama lengkap' },
    'village POST /kantor/penduduk/tambah': {
        roles: WRITERS, path: at('/kantor/penduduk/tambah'), form: async (house) => house.newResident(),
        done: async ({ house, form }) => assert.equal(house.sql(`SELECT name FROM resident WHERE nik = '${form.nik}'`).length, 1),
    },

    // ---- statistics ----
    'village GET /kantor/statistik': { roles: READERS, path: at('/kantor/statistik'), has: 'Statistik penduduk', before: (house) => house.residentId() },
    'village GET /kantor/statistik/{jenis}': { roles: READERS, path: at('/kantor/statistik/agama'), has: 'Belum mengisi', before: (house) => house.residentId() },
    'village GET /kantor/statistik/{jenis}/tabel.xlsx': { roles: READERS, path: at('/kantor/statistik/agama/tabel.xlsx'), type: /spreadsheetml/ },
    'village GET /kantor/statistik/{jenis}/tabel.csv': { roles: READERS, path: at('/kantor/statistik/agama/tabel.csv'), type: /^text\/csv/ },

    // ---- families ----
    'village GET /kantor/keluarga': { roles: READERS, path: at('/kantor/keluarga?dusun=UJI+KELUARGA'), has: (house) => titled(`${house.canary} BAPAK`), before: (house) => house.family() },
    'village POST /kantor/keluarga': {
        roles: READERS, path: at('/kantor/keluarga'), form: async () => ({ cari: 'kenari' }), done: sealedWords,
        before: (house) => house.family(),
    },
    'village GET /kantor/keluarga/{id}': { roles: READERS, path: family(''), has: (house) => titled(`${house.canary} BAPAK`) },
    'village GET /kantor/keluarga/{id}/ubah': { roles: WRITERS, path: family('/ubah'), has: 'Ubah data keluarga' },
    'village POST /kantor/keluarga/{id}/ubah': {
        roles: WRITERS, path: family('/ubah'),
        form: async (house, path) => ({ versi: '1', kk: house.sql(`SELECT kk_no FROM family WHERE id = ${idOf(path)}`)[0]?.[0] ?? '7317109999999999', alamat: 'Jalan Dinding', dusun: 'Uji', rw: '1', rt: '1', alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT address FROM family WHERE id = ${idOf(path)}`)[0][0], 'Jalan Dinding'),
    },
    'village GET /kantor/keluarga/{id}/kepala': { roles: WRITERS, path: family('/kepala'), has: 'Lanjut periksa' },
    'village POST /kantor/keluarga/{id}/kepala': {
        roles: WRITERS, path: family('/kepala'),
        form: async (house, path) => ({ versi: '1', langkah: 'simpan', kepala: memberOf(house, path, 3), alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT head_id FROM family WHERE id = ${idOf(path)}`)[0][0], String(memberOf(house, path, 1))),
    },
    'village GET /kantor/keluarga/{id}/pindah': { roles: WRITERS, path: family('/pindah'), has: 'Siapa yang pindah?' },
    'village POST /kantor/keluarga/{id}/pindah': {
        roles: WRITERS, path: family('/pindah'),
        form: async (house, path) => ({ versi: '1', langkah: 'simpan', [`orang_${memberOf(house, path, 4)}`]: '1', [`peran_${memberOf(house, path, 4)}`]: '9', tujuan: 'ada', kk: (await house.family()).kk, alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident WHERE family_id = ${idOf(path)}`)[0][0], '3'),
    },

    // ---- files one asks for ----
    'village POST /kantor/penduduk/unduh': {
        roles: READERS, path: at('/kantor/penduduk/unduh'), form: async () => ({ bentuk: 'csv' }),
        done: async ({ house, answer }) => assert.equal(house.sql(`SELECT kind FROM export_file WHERE id = ${idOf(answer.location)}`)[0][0], 'residents'),
    },
    'village GET /kantor/unduhan/{id}': { roles: READERS, allowedAs: 'clerk', path: async (house, f) => `/kantor/unduhan/${await house.download(f)}`, has: 'Berkas siap' },
    'village GET /kantor/unduhan/{id}/berkas': { roles: READERS, allowedAs: 'clerk', path: async (house, f) => `/kantor/unduhan/${await house.download(f)}/berkas`, type: /^text\/csv/ },

    // ---- events ----
    'village GET /kantor/peristiwa': { roles: READERS, path: at('/kantor/peristiwa'), has: (house) => titled(`${house.canary} BUNGSU`), before: (house) => house.event() },
    'village GET /kantor/peristiwa/catat': { roles: WRITERS, path: at('/kantor/peristiwa/catat'), has: 'Kedatangan' },
    'village GET /kantor/peristiwa/catat/{jenis}': { roles: WRITERS, path: at('/kantor/peristiwa/catat/kematian'), has: 'Siapa orangnya?' },
    'village POST /kantor/peristiwa/catat/{jenis}': {
        roles: WRITERS, path: at('/kantor/peristiwa/catat/kematian'), form: async () => ({ cari: 'kenari' }), done: sealedWords, before: (house) => house.residentId(),
    },
    'village GET /kantor/peristiwa/kedatangan': { roles: WRITERS, path: at('/kantor/peristiwa/kedatangan'), has: 'Orang ke-1' },
    'village POST /kantor/peristiwa/kedatangan': {
        roles: WRITERS, path: at('/kantor/peristiwa/kedatangan'),
        form: async (house) => ({ langkah: 'periksa', jumlah: '1', tanggal_hari: '2', tanggal_bulan: '11', tanggal_tahun: '2024', asal: 'Palopo', tujuan: 'ada', kk: (await house.family()).kk,
            nama1: 'Uji Datang Dinding', jk1: '1', tempat1: 'Palopo', lahir1_hari: '1', lahir1_bulan: '1', lahir1_tahun: '1990', agama1: '1', kawin1: '1', kerja1: '1', peran1: '9' }),
        done: async ({ house }) => assert.equal(house.sql("SELECT COUNT(*) FROM resident WHERE name = 'UJI DATANG DINDING'")[0][0], '1'),
    },
    'village GET /kantor/peristiwa/{id}': { roles: READERS, path: event(''), has: (house) => titled(`${house.canary} BUNGSU`) },
    'village GET /kantor/peristiwa/{id}/perbaiki': { roles: WRITERS, path: event('/perbaiki'), has: 'Perbaiki catatan peristiwa' },
    'village POST /kantor/peristiwa/{id}/perbaiki': {
        roles: WRITERS, path: event('/perbaiki'),
        form: async () => ({ versi: '0', tanggal_hari: '3', tanggal_bulan: '11', tanggal_tahun: '2024', tempat: 'Palopo', jangkauan: '2', pelapor: 'Uji', alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident_event_fix WHERE event_id = ${idOf(path)}`)[0][0], '1'),
    },
    'village GET /kantor/peristiwa/{id}/batal': { roles: WRITERS, path: event('/batal'), has: 'Batalkan peristiwa' },
    'village POST /kantor/peristiwa/{id}/batal': {
        roles: WRITERS, path: event('/batal'), form: async () => ({ alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident_event WHERE cancels = ${idOf(path)}`)[0][0], '1'),
    },
    ...Object.fromEntries(['kematian', 'kepindahan', 'hilang'].flatMap((tail) => [
        [`village GET /kantor/penduduk/{id}/${tail}`, { roles: WRITERS, path: memberPath(tail), has: 'Pelapor' }],
        [`village POST /kantor/penduduk/{id}/${tail}`, {
            roles: WRITERS, path: memberPath(tail),
            form: async () => ({ versi: '1', langkah: 'periksa', tanggal_hari: '2', tanggal_bulan: '11', tanggal_tahun: '2024', tempat: 'Palopo', pelapor: 'Uji', ...(tail === 'kepindahan' ? { jangkauan: '2' } : {}) }),
            done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident WHERE id = ${idOf(path)} AND basic_status <> 1`)[0][0], '1'),
        }],
    ])),
    'village GET /kantor/keluarga/{id}/kelahiran': { roles: WRITERS, path: family('/kelahiran'), has: 'Orang tua' },
    'village POST /kantor/keluarga/{id}/kelahiran': {
        roles: WRITERS, path: family('/kelahiran'),
        form: async () => ({ versi: '1', nama: 'Uji Bayi Dinding', jk: '1', tempat: 'Palopo', lahir_hari: '2', lahir_bulan: '11', lahir_tahun: '2024' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident WHERE family_id = ${idOf(path)} AND name = 'UJI BAYI DINDING'`)[0][0], '1'),
    },

    // ---- import ----
    'village GET /kantor/penduduk/impor': { roles: WRITERS, path: at('/kantor/penduduk/impor'), has: 'Periksa berkas' },
    'village POST /kantor/penduduk/impor': {
        roles: WRITERS, path: at('/kantor/penduduk/impor'), form: async () => ({}),
        files: async (house) => [{ name: 'berkas', filename: 'uji.xlsx', bytes: residentBook([person(house.count ?? 1)]) }],
        done: async ({ answer }) => assert.match(answer.location, /^\/kantor\/penduduk\/impor\/\d+$/),
    },
    'village GET /kantor/penduduk/impor/{id}': { roles: WRITERS, path: async (house, f) => `/kantor/penduduk/impor/${await house.batch(f)}`, has: 'kenari.xlsx' },
    'village POST /kantor/penduduk/impor/{id}/kesalahan': {
        roles: WRITERS, path: async (house, f) => `/kantor/penduduk/impor/${await house.batch(f)}/kesalahan`, form: async () => ({}),
        done: async ({ answer }) => assert.match(answer.location, /^\/kantor\/unduhan\/\d+$/),
    },
    'village POST /kantor/penduduk/impor/{id}/simpan': {
        roles: WRITERS, path: async (house, f) => `/kantor/penduduk/impor/${await house.batch(f)}/simpan`,
        form: async (house, path) => ({ hasil: house.sql(`SELECT LOWER(HEX(result_hash)) FROM import_batch WHERE id = ${idOf(path)}`)[0]?.[0] ?? 'a'.repeat(64) }),
        done: async ({ house, path }) => until('committed', () => house.sql(`SELECT 1 FROM import_batch WHERE id = ${idOf(path)} AND state = 'committed'`).length === 1),
    },
    'village POST /kantor/penduduk/impor/{id}/batal': {
        roles: WRITERS, path: async (house, f) => `/kantor/penduduk/impor/${await house.batch(f)}/batal`, form: async () => ({}),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT state FROM import_batch WHERE id = ${idOf(path)}`)[0][0], 'cancelled'),
    },
    'village POST /kantor/penduduk/impor/{id}/terima': {
        roles: WRITERS, path: async (house, f) => `/kantor/penduduk/impor/${await house.batch(f)}/terima`, form: async () => ({}),
        done: async ({ house, path }) => until('checked again', () => house.sql(`SELECT 1 FROM import_batch WHERE id = ${idOf(path)} AND state = 'checked' AND n_refused = 0`).length === 1),
    },

    // ---- the kiosk, from the office ----
    'village GET /kantor/anjungan': { roles: WRITERS, path: at('/kantor/anjungan'), has: 'Anjungan terpasang' },
    'village POST /kantor/anjungan/kode': {
        roles: WRITERS, path: at('/kantor/anjungan/kode'), form: async () => ({ nama: 'Teras kantor' }),
        done: async ({ answer }) => assert.match(answer.location, /^\/kantor\/anjungan\?kode=[\w-]+$/),
    },
    'village POST /kantor/anjungan/{id}/cabut': {
        roles: WRITERS, path: async (house, f) => `/kantor/anjungan/${await house.kioskDevice(f)}/cabut`, form: async () => ({}),
        done: async ({ house, path }) => assert.notEqual(house.sql(`SELECT revoked_at FROM kiosk_device WHERE id = ${idOf(path)}`)[0][0], null),
    },
    'village POST /kantor/anjungan/jenis/{jenis}': {
        roles: WRITERS, path: at('/kantor/anjungan/jenis/keterangan-penduduk'), form: async () => ({ tampil: 'ya' }),
        done: async ({ house }) => assert.equal(house.sql("SELECT at_kiosk FROM letter_type WHERE slug = 'keterangan-penduduk'")[0][0], '1'),
    },
    'village GET /kantor/anjungan/panggilan': {
        roles: WRITERS, path: at('/kantor/anjungan/panggilan'), has: 'Warga memanggil', headers: { 'hx-request': 'true' }, before: (house) => house.kioskCall(),
    },
    'village POST /kantor/anjungan/panggilan/{id}': {
        roles: WRITERS, path: async (house) => `/kantor/anjungan/panggilan/${house.kioskCall()}`, form: async () => ({}),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT answered_at IS NULL FROM kiosk_call WHERE id = ${idOf(path)}`)[0][0], '0'),
    },
    'village GET /kantor/penduduk/{id}/kartu': {
        roles: WRITERS, path: async (house) => `/kantor/penduduk/${house.residentId()}/kartu`, has: (house) => titled(house.canary),
    },
    'village POST /kantor/penduduk/{id}/kartu': {
        roles: WRITERS, path: async (house) => `/kantor/penduduk/${house.residentId()}/kartu`,
        form: async (house) => ({ kartu: house.village.code, pin: '482915', pin2: '482915' }),
        done: async ({ house }) => assert.equal(house.sql(`SELECT COUNT(*) FROM kiosk_card WHERE resident_id = ${house.residentId()}`)[0][0], '1'),
    },
    'village POST /kantor/penduduk/{id}/kartu/pin': {
        roles: WRITERS, path: async (house) => `/kantor/penduduk/${house.residentId()}/kartu/pin`, form: async () => ({ pin: '395072', pin2: '395072' }),
        done: async ({ house }) => assert.equal(house.sql(`SELECT COUNT(*) FROM kiosk_pin WHERE resident_id = ${house.residentId()}`)[0][0], '1'),
    },
    'village POST /kantor/penduduk/{id}/kartu/lepas': {
        roles: WRITERS, path: async (house) => `/kantor/penduduk/${house.residentId()}/kartu/lepas`, form: async () => ({}),
        done: async ({ house }) => assert.equal(house.sql(`SELECT COUNT(*) FROM kiosk_card WHERE resident_id = ${house.residentId()}`)[0][0], '0'),
    },

    // ---- the kiosk itself: an enrolled device, and who stands before it ----
    'village GET /anjungan/daftar': { roles: 'everyone', path: at('/anjungan/daftar'), has: 'Pasang anjungan ini' },
    'village POST /anjungan/daftar': {
        roles: 'everyone', path: at('/anjungan/daftar'), form: async () => ({ kode: 'bukanini' }), status: 422, has: 'Kode tidak cocok',
    },
    'village GET /anjungan': { ...KIOSK, path: at('/anjungan'), has: 'Tempelkan e-KTP' },
    'village GET /anjungan/masih': { ...KIOSK, path: at('/anjungan/masih'), type: /^text\/plain/ },
    'village POST /anjungan/kartu': {
        ...KIOSK, path: at('/anjungan/kartu'), form: async () => ({ kartu: '0099887766' }),
        done: async ({ answer }) => assert.equal(answer.location, '/anjungan/pin'),
    },
    'village GET /anjungan/nik': { ...KIOSK, path: at('/anjungan/nik'), has: 'Ketik NIK Anda' },
    'village POST /anjungan/nik': {
        ...KIOSK, path: at('/anjungan/nik'), form: async () => ({ nik: '7317100101990001' }),
        done: async ({ answer }) => assert.equal(answer.location, '/anjungan/pin'),
    },
    'village GET /anjungan/pin': {
        ...KIOSK, path: at('/anjungan/pin'), has: 'Ketik PIN Anda',
        before: async (house) => { await tap(house.clients.kiosk, '0099887766'); },
    },
    'village POST /anjungan/pin': {
        ...KIOSK, path: at('/anjungan/pin'), form: async () => ({ pin: '482915' }), status: 422, has: 'tidak cocok',
        before: async (house) => { await tap(house.clients.kiosk, '0099887766'); },
    },
    'village POST /anjungan/panggil': {
        ...KIOSK, path: at('/anjungan/panggil'), form: async () => ({ dari: '/anjungan/nik' }),
        done: async ({ answer }) => assert.equal(answer.location, '/anjungan/nik'),
    },
    'village POST /anjungan/selesai': {
        ...KIOSK, path: at('/anjungan/selesai'), form: async () => ({}),
        done: async ({ answer }) => assert.match(answer.headers['clear-site-data'], /"storage"/),
    },
    'village GET /anjungan/layanan': { ...RESIDENT, path: at('/anjungan/layanan'), has: 'mau urus apa?' },
    'village POST /anjungan/layanan/{jenis}': {
        ...RESIDENT, path: at('/anjungan/layanan/keterangan-usaha'), form: resident(() => ({})),
        done: async ({ house }) => assert.equal(letterRow(house.village, house.kioskLetterId()).state, 1),
    },
    'village GET /anjungan/isi/{nomor}': { ...RESIDENT, path: at('/anjungan/isi/1'), has: 'Jenis usaha', before: (house) => house.kioskLetter('draft') },
    'village POST /anjungan/isi/{nomor}': {
        ...RESIDENT, path: at('/anjungan/isi/1'), form: resident(() => ({ jawab: 'bengkel' })), before: (house) => house.kioskLetter('draft'),
        done: async ({ house }) => assert.match(house.sql(`SELECT inputs FROM letter WHERE id = ${house.kioskLetterId()}`)[0][0], /bengkel/),
    },
    'village GET /anjungan/periksa': { ...RESIDENT, path: at('/anjungan/periksa'), has: 'Sudah benar?', before: (house) => house.kioskLetter('complete') },
    'village GET /anjungan/lembar/{halaman}': {
        ...RESIDENT, path: at('/anjungan/lembar/1'), type: /^image\/svg\+xml/, before: (house) => house.kioskLetter('complete'),
    },
    'village POST /anjungan/terbitkan': {
        ...RESIDENT, path: at('/anjungan/terbitkan'), before: (house) => house.kioskLetter('complete'),
        form: resident((house) => ({ versi: house.version(house.kioskLetterId()) ?? '1' })),
        done: async ({ house }) => assert.equal(letterRow(house.village, house.kioskLetterId()).state, 4),
    },
    'village GET /anjungan/surat': { ...RESIDENT, path: at('/anjungan/surat'), has: 'Surat Anda jadi', before: (house) => house.kioskLetter('sent') },
    'village POST /anjungan/tercetak': {
        ...RESIDENT, path: at('/anjungan/tercetak'), form: resident(() => ({})), status: 200, before: (house) => house.kioskLetter('sent'),
        done: async ({ house }) => assert.notEqual(house.sql(`SELECT paper_ms FROM kiosk_letter WHERE letter_id = ${house.kioskLetterId()}`)[0][0], null),
    },

    'village GET /anjungan/surat-saya': { ...RESIDENT, path: at('/anjungan/surat-saya'), has: 'Surat saya' },
    'village POST /anjungan/surat-saya/{id}': {
        ...RESIDENT, path: async (house) => `/anjungan/surat-saya/${await house.kioskIssued()}`, form: resident(() => ({})), before: (house) => house.visitor(), allowedAs: 'warga',
        done: async ({ answer }) => assert.equal(answer.location, '/anjungan/surat'),
    },

    // ---- public site ----
    'village GET /': { roles: 'everyone', path: at('/'), has: (house) => house.village.name },
    'village GET /layanan': { roles: 'everyone', path: at('/layanan'), has: 'Keterangan Usaha' },

    // ---- the platform's own host ----
    'platform GET /': { roles: 'everyone', path: at('/'), has: (house) => house.village.name },
    'platform GET /periksa': { roles: 'everyone', path: at('/periksa'), has: 'surat' },
    'platform GET /v/{tanda}': { roles: 'everyone', path: at('/v/palsu'), has: 'tidak kami kenal', status: [200, 404] },
};

/** Names of people as pages write them: "KENARI SAMPANO" → "Kenari Sampano". */
export function titled(name) {
    return name.toLowerCase().replace(/(^|[\s])\S/g, (c) => c.toUpperCase());
}
