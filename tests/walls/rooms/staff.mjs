// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { dated, dayAgo } from '../../harness/days.mjs';
import { png } from '../../harness/pictures.mjs';
import { until } from '../../harness/stack.mjs';
import { at, idOf } from '../shapes.mjs';

/** An official of the walls' own; the form's words are his. */
const official = (tail) => async (house, isFresh) => `/kantor/pengaturan/perangkat/${await house.one('official', isFresh, async () => {
    house.sql(`INSERT INTO official (name, position, office, sort) VALUES ('${house.canary}', 'Kasi Tembok', 'section', 900)`);
    return Number(house.sql('SELECT MAX(id) FROM official')[0][0]);
})}${tail}`;
const officialForm = async () => ({ nama: 'Perangkat Tembok', nip: '', tugas: 'section', jabatan: 'Kaur Tembok', sebagai: '', aktif: '1', akun: '', urutan: '900' });

export const holders = { SET_VILLAGE: ['secretary', 'head'] };

export const routes = {
    'GET /pasang/{tanda}': { path: at(`/pasang/${'a'.repeat(43)}`), has: 'Tautan tidak bisa dipakai' },
    'POST /pasang/{tanda}': {
        path: at(`/pasang/${'a'.repeat(43)}`), status: 404, has: 'Tautan tidak bisa dipakai',
        form: async () => ({ kades: 'Orang Luar', alamat: 'Jalan lain', nama: 'Orang Luar', pengguna: 'orang.luar', sandi: 'gerimis-padi-lontara-7' }),
        done: async ({ house }) => assert.deepEqual(house.sql("SELECT id FROM staff WHERE username = 'orang.luar'"), []),
    },
    'GET /pasang/kades/{tanda}': { path: at(`/pasang/kades/${'a'.repeat(43)}`), has: 'Tautan tidak bisa dipakai' },
    'POST /pasang/kades/{tanda}': {
        path: at(`/pasang/kades/${'a'.repeat(43)}`), status: 404, has: 'Tautan tidak bisa dipakai',
        form: async () => ({ nama: 'Orang Luar', pengguna: 'orang.luar', sandi: 'gerimis-padi-lontara-7' }),
        done: async ({ house }) => assert.deepEqual(house.sql("SELECT id FROM staff WHERE username = 'orang.luar'"), []),
    },
    'POST /kantor/langkah/tutup': {
        done: async ({ house }) => assert.notEqual(house.sql('SELECT steps_away_at FROM identity')[0][0], null),
    },
    'POST /kantor/langkah/buka': {
        done: async ({ house }) => assert.equal(house.sql('SELECT steps_away_at FROM identity')[0][0], null),
    },
    'GET /kantor/pengaturan': { has: 'Nama kepala desa' },
    'GET /kantor/pengaturan/contoh-nomor': { path: async () => '/kantor/pengaturan/contoh-nomor?kode=DS-UJI', has: 'DS-UJI' },
    'POST /kantor/pengaturan': {
        form: async (house) => {
            const [[version, address]] = house.sql('SELECT version, office_address FROM identity');
            const [[head]] = house.sql("SELECT name FROM official WHERE office = 'head' AND is_active");
            return { versi: version, kades: head, alamat: address || 'Jalan Poros 1', sebutan: 'Dusun', urutan_nomor: 'all', nomor_tahunan: '1', warna: 'teluk', jam: 'Senin sampai Jumat, 08.00–15.00' };
        },
        done: async ({ house }) => assert.equal(house.sql('SELECT opening_hours FROM identity')[0][0], 'Senin sampai Jumat, 08.00–15.00'),
    },
    'GET /lambang/{sidik}': {
        type: /^image\/jpeg/, before: (house) => house.crest(),
        path: async (house) => `/lambang/${house.sql("SELECT LOWER(HEX(f.sha256)) FROM attachment a JOIN file_use u ON u.owner = 'attachment' AND u.owner_id = a.id AND u.slot = 'small' JOIN file f ON f.id = u.file_id WHERE a.owner = 'village' AND a.single")[0]?.[0] ?? '0'.repeat(64)}`,
    },
    'GET /kantor/pengaturan/lambang': { type: /^image\/jpeg/, before: (house) => house.crest() },
    'GET /kantor/pengaturan/lambang/keadaan': { type: /^text\/html/, has: 'memakai lambang ini' },
    'POST /kantor/pengaturan/lambang': {
        files: async () => [{ name: 'lambang', filename: 'lambang.png', type: 'image/png', bytes: png(300, 400) }],
        done: async ({ house }) => until('the crest is made', () => house.sql("SELECT 1 FROM attachment WHERE owner = 'village' AND single AND upload_id IS NULL AND file_id IS NOT NULL").length === 1),
    },
    'POST /kantor/pengaturan/lambang/lepas': {
        done: async ({ house }) => assert.deepEqual(house.sql("SELECT 1 FROM attachment WHERE owner = 'village' AND single"), []),
    },
    'GET /kantor/pengaturan/tanda-tangan': { has: 'Alamat layanan' },
    'GET /kantor/pengaturan/tanda-tangan/keadaan': { type: /^text\/html/, has: 'Dengan kunci dari Balai' },
    'POST /kantor/pengaturan/tanda-tangan': {
        form: async (house) => ({ versi: house.sql('SELECT version FROM identity')[0][0], alamat: 'https://esign.contoh.id', akun: 'desa', sandi: 'sandi-tembok' }),
        done: async ({ house }) => assert.deepEqual(house.sql('SELECT is_esign_on, esign_url, esign_secret IS NULL FROM identity'), [['0', 'https://esign.contoh.id', '0']]),
    },
    'POST /kantor/pengaturan/tanda-tangan/coba': {
        done: async ({ house }) => assert.deepEqual(house.sql("SELECT id FROM official WHERE esign_outcome = 2"), []), // nobody signs there
    },
    'GET /kantor/tanda-tangan': { has: 'Tanda tangan elektronik Anda' },
    'POST /kantor/tanda-tangan': {
        before: async (house) => house.sql("UPDATE official SET esign_nik = '7317102222222222', esign_agreed_by = NULL WHERE office = 'head'; UPDATE identity SET is_esign_on = TRUE"),
        form: async (house) => ({ sidik: (await house.clients.head.get('/kantor/tanda-tangan')).must(200).page.querySelector('input[name=sidik]')?.getAttribute('value') ?? '' }),
        done: async ({ house }) => {
            assert.notEqual(house.sql("SELECT esign_agreed_by FROM official WHERE office = 'head' AND is_active")[0][0], null);
            house.sql("UPDATE official SET esign_nik = '', esign_agreed_by = NULL WHERE office = 'head'; UPDATE identity SET is_esign_on = FALSE");
        },
    },
    'GET /kantor/pengaturan/bagian': { has: 'Bagian yang dipakai' },
    'POST /kantor/pengaturan/bagian': {
        form: async (house) => {
            house.sql("UPDATE identity SET hidden = 'bekas'"); // saved as it was it writes nothing; a part that is no more hides nothing from other walks
            const page = (await house.clients.secretary.get('/kantor/pengaturan/bagian')).must(200);
            return Object.fromEntries([...page.text.matchAll(/name="(tampil_\w+)"/g)].map(([, name]) => [name, '1']));
        },
        done: async ({ house }) => assert.equal(house.sql("SELECT detail FROM audit WHERE action = 'village.parts' ORDER BY id DESC LIMIT 1")[0][0], '{"hidden":""}'),
    },
    'GET /kantor/pengaturan/perangkat': { has: 'Perangkat desa' },
    'GET /kantor/pengaturan/perangkat/tambah': { has: 'Tambah perangkat' },
    'POST /kantor/pengaturan/perangkat/tambah': {
        form: officialForm, done: async ({ house }) => assert.ok(house.sql("SELECT 1 FROM official WHERE name = 'Perangkat Tembok'").length > 0),
    },
    'GET /kantor/pengaturan/perangkat/{id}': { path: official(''), has: 'Kasi Tembok' },
    'GET /kantor/pengaturan/perangkat/{id}/ubah': { path: official('/ubah'), has: 'Orang dan jabatan' },
    'POST /kantor/pengaturan/perangkat/{id}/ubah': {
        path: official('/ubah'), form: async () => ({ ...(await officialForm()), versi: '1' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT position FROM official WHERE id = ${idOf(path)}`)[0][0], 'Kaur Tembok'),
    },
    'POST /kantor/pengaturan/perangkat/{id}/berhalangan': {
        path: official('/berhalangan'),
        form: async (house) => {
            const [[other]] = house.sql("SELECT id FROM official WHERE office = 'secretary' AND is_active LIMIT 1");
            house.sql(`UPDATE staff SET official_id = ${other} WHERE role = 'secretary' AND is_active`);
            return { sebab: 'cuti', ...dated('mulai', dayAgo(0)), ...dated('selesai', dayAgo(-2)), pengganti: other, cara: '' };
        },
        done: async ({ house, path }) => {
            assert.equal(house.sql(`SELECT away_why FROM official WHERE id = ${idOf(path)}`)[0][0], 'cuti');
            house.sql(`UPDATE official SET away_from = NULL, away_until = NULL, substitute_id = NULL WHERE id = ${idOf(path)}`);
        },
    },
    'POST /kantor/pengaturan/perangkat/{id}/bertugas': {
        path: official('/bertugas'),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT away_from FROM official WHERE id = ${idOf(path)}`)[0][0], null),
    },
    'GET /kantor/pengaturan/perangkat/{id}/jejak': { path: official('/jejak'), has: 'Riwayat' },
    'GET /kantor/pengaturan/petugas': { has: 'Operator' },
    'POST /kantor/pengaturan/petugas': {
        form: async (house) => ({ nama: 'Petugas Baru', pengguna: `baru${house.serial()}`, jabatan: 'Kaur', peran: 'clerk', sandi: 'gerimis-padi-lontara-7' }),
        done: async ({ house, form }) => assert.equal(house.sql(`SELECT role FROM staff WHERE username = '${form.pengguna}'`)[0][0], 'clerk'),
    },
    'POST /kantor/pengaturan/petugas/{id}/nonaktif': {
        path: async (house, isFresh) => `/kantor/pengaturan/petugas/${await house.staffId(isFresh)}/nonaktif`,
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT is_active FROM staff WHERE id = ${idOf(path)}`)[0][0], '0'),
    },
    'POST /kantor/pengaturan/petugas/{id}/aktif': {
        path: async (house, isFresh) => `/kantor/pengaturan/petugas/${await house.staffId(isFresh)}/aktif`,
        before: async (house) => house.sql(`UPDATE staff SET is_active = 0 WHERE username LIKE 'uji%'`),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT is_active FROM staff WHERE id = ${idOf(path)}`)[0][0], '1'),
    },
    'POST /kantor/pengaturan/petugas/{id}/sandi': {
        path: async (house, isFresh) => `/kantor/pengaturan/petugas/${await house.staffId(isFresh)}/sandi`,
        form: async () => ({ sandi: 'tenun-kabut-malili-9' }),
        before: async (house) => { house.hashBefore = house.sql('SELECT GROUP_CONCAT(password_hash) FROM staff')[0][0]; },
        done: async ({ house }) => assert.notEqual(house.sql('SELECT GROUP_CONCAT(password_hash) FROM staff')[0][0], house.hashBefore),
    },
};
