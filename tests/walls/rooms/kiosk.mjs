// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { iso, today } from '../../harness/days.mjs';
import { tap } from '../../harness/kiosk.mjs';
import { letterRow } from '../../harness/letters.mjs';
import { at, letter, idOf, resident, titled } from '../shapes.mjs';

export const routes = {
    'GET /kantor/anjungan': { has: 'Anjungan terpasang' },
    'POST /kantor/anjungan/kode': {
        form: async () => ({ nama: `Kode dinding ${process.hrtime.bigint() % 1000000000n}` }),
        done: async ({ answer }) => assert.match(answer.location, /^\/kantor\/anjungan\?kode=[\w-]+$/),
    },
    'GET /kantor/anjungan/{id}': { path: async (house) => `/kantor/anjungan/${await house.kioskDevice()}`, has: 'Ganti nama' },
    'POST /kantor/anjungan/{id}/nama': {
        path: async (house) => `/kantor/anjungan/${await house.kioskDevice()}/nama`, form: async () => ({ nama: `Uji dinding ${Date.now() % 1e9}` }),
        done: async ({ house, path }) => assert.match(house.sql(`SELECT name FROM kiosk_device WHERE id = ${idOf(path)}`)[0][0], /^Uji dinding /),
    },
    'POST /kantor/anjungan/{id}/cabut': {
        path: async (house, f) => `/kantor/anjungan/${await house.kioskDevice(f)}/cabut`,
        done: async ({ house, path }) => assert.notEqual(house.sql(`SELECT revoked_at FROM kiosk_device WHERE id = ${idOf(path)}`)[0][0], null),
    },
    'POST /kantor/anjungan/lama': {
        before: async (house) => house.sql("INSERT INTO kiosk_device (name, token_hash, made_at, made_by, enrolled_at, last_seen_at) VALUES ('Layar lama', UNHEX(SHA2(UUID(), 256)), '2020-01-01', 'uji', '2020-01-01', '2020-01-01')"),
        done: async ({ house }) => assert.equal(house.sql("SELECT COUNT(*) FROM kiosk_device WHERE name = 'Layar lama' AND revoked_at IS NULL")[0][0], '0'),
    },
    'POST /kantor/anjungan/jenis/{jenis}': {
        path: at('/kantor/anjungan/jenis/keterangan-penduduk'), form: async () => ({ tampil: 'ya' }),
        done: async ({ house }) => assert.equal(house.sql("SELECT at_kiosk FROM letter_type WHERE slug = 'keterangan-penduduk'")[0][0], '1'),
    },
    'POST /kantor/anjungan/antrean': {
        before: async (house) => { await house.clients.kiosk.submit(await house.clients.kiosk.get('/anjungan/pertama'), {}, 'form[action="/anjungan/antrean"]'); },
        done: async ({ house }) => assert.notEqual(house.sql("SELECT MAX(done_at) FROM kiosk_call WHERE number IS NOT NULL AND NOT was_emptied")[0][0], null),
    },
    'POST /kantor/anjungan/antrean/kosongkan': {
        before: async (house) => house.sql(`INSERT INTO kiosk_call (device_id, at, day, number) SELECT (SELECT MAX(id) FROM kiosk_device), UTC_TIMESTAMP(6),
            '${iso(today())}', GREATEST(COALESCE(MAX(number), 0), 8999) + 1 FROM kiosk_call`),
        form: async () => ({ sampai: '9999' }),
        done: async ({ house }) => assert.equal(house.sql('SELECT done_at IS NULL FROM kiosk_call WHERE number IS NOT NULL ORDER BY id DESC LIMIT 1')[0][0], '0'),
    },
    'POST /kantor/anjungan/buka': {
        before: async (house) => house.sql("INSERT INTO kiosk_pin_limit (key_hash, device_id, began_at, failures) VALUES (REPEAT('0', 32), 0, UTC_TIMESTAMP(6), 1) ON DUPLICATE KEY UPDATE failures = 1"),
        done: async ({ house }) => assert.equal(house.sql('SELECT COUNT(*) FROM kiosk_pin_limit WHERE device_id IS NOT NULL')[0][0], '0'),
    },
    'POST /kantor/anjungan/pilihan/{jenis}': {
        path: at('/kantor/anjungan/pilihan/keterangan-penduduk'), form: async () => ({ isian: 'keperluan', pilihan: 'uji dinding' }),
        done: async ({ house }) => assert.match(house.sql("SELECT kiosk_choices FROM letter_type WHERE slug = 'keterangan-penduduk'")[0][0], /uji dinding/),
    },
    'GET /kantor/anjungan/panggilan': {
        has: 'Warga memanggil', headers: { 'hx-request': 'true' }, before: (house) => house.kioskCall(),
    },
    'POST /kantor/anjungan/panggilan/{id}': {
        path: async (house) => `/kantor/anjungan/panggilan/${house.kioskCall()}`,
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT done_at IS NULL FROM kiosk_call WHERE id = ${idOf(path)}`)[0][0], '0'),
    },
    'GET /kantor/penduduk/{id}/kartu': {
        path: async (house) => `/kantor/penduduk/${house.residentId()}/kartu`, has: (house) => titled(house.canary),
    },
    'POST /kantor/penduduk/{id}/kartu': {
        path: async (house) => `/kantor/penduduk/${house.residentId()}/kartu`,
        form: async (house) => ({ kartu: house.village.code, pin: '482915', pin2: '482915' }),
        done: async ({ house }) => assert.equal(house.sql(`SELECT COUNT(*) FROM kiosk_card WHERE resident_id = ${house.residentId()}`)[0][0], '1'),
    },
    'POST /kantor/penduduk/{id}/kartu/pin': {
        path: async (house) => `/kantor/penduduk/${house.residentId()}/kartu/pin`, form: async () => ({ pin: '395072', pin2: '395072' }),
        done: async ({ house }) => assert.equal(house.sql(`SELECT COUNT(pin_hash) FROM kiosk_card WHERE resident_id = ${house.residentId()}`)[0][0], '1'),
    },
    'POST /kantor/penduduk/{id}/kartu/lepas': {
        path: async (house) => `/kantor/penduduk/${house.residentId()}/kartu/lepas`,
        done: async ({ house }) => assert.equal(house.sql(`SELECT COUNT(*) FROM kiosk_card WHERE resident_id = ${house.residentId()}`)[0][0], '0'),
    },
    'GET /anjungan/daftar': { has: 'Pasang anjungan ini' },
    'POST /anjungan/daftar': {
        form: async () => ({ kode: 'bukanini' }), status: 422, has: 'Kode tidak cocok',
    },
    'GET /anjungan': { has: 'Tempelkan e-KTP' },
    'GET /anjungan/masih': { type: /^text\/plain/ },
    'POST /anjungan/kartu': {
        form: async () => ({ kartu: '0099887766' }),
        done: async ({ answer }) => assert.equal(answer.location, '/anjungan/pin'),
    },
    'GET /anjungan/nik': { has: 'Ketik NIK Anda' },
    'POST /anjungan/nik': {
        form: async () => ({ nik: '7317100101990001' }),
        done: async ({ answer }) => assert.equal(answer.location, '/anjungan/pin'),
    },
    'GET /anjungan/pin': {
        has: 'Ketik PIN Anda',
        before: async (house) => { await tap(house.clients.kiosk, '0099887766'); },
    },
    'POST /anjungan/pin': {
        form: async () => ({ pin: '482915' }), status: 422, has: 'tidak cocok',
        before: async (house) => { await tap(house.clients.kiosk, '0099887766'); },
    },
    'GET /anjungan/pertama': { has: 'Kartu perlu didaftarkan dulu' },
    'POST /anjungan/antrean': { done: async ({ answer }) => assert.equal(answer.location, '/anjungan/antrean?cetak=1') },
    'GET /anjungan/antrean': {
        has: 'Nomor antrean Anda',
        before: async (house) => { await house.clients.kiosk.submit(await house.clients.kiosk.get('/anjungan/pertama'), {}, 'form[action="/anjungan/antrean"]'); },
    },
    'POST /anjungan/panggil': {
        form: async () => ({ dari: '/anjungan/nik' }),
        done: async ({ answer }) => assert.equal(answer.location, '/anjungan/nik'),
    },
    'POST /anjungan/selesai': {
        done: async ({ answer }) => assert.match(answer.headers['clear-site-data'], /"storage"/),
    },
    'GET /anjungan/layanan': { has: 'mau urus apa?' },
    'POST /anjungan/layanan/{jenis}': {
        path: at('/anjungan/layanan/keterangan-usaha'), form: resident(() => ({})),
        done: async ({ house }) => assert.equal(letterRow(house.village, house.kioskLetterId()).state, 1),
    },
    'GET /anjungan/isi/{nomor}': { path: at('/anjungan/isi/1'), has: 'Usahanya apa?', before: (house) => house.kioskLetter('draft') },
    'POST /anjungan/isi/{nomor}': {
        path: at('/anjungan/isi/1'), form: resident(() => ({ jawab: 'bengkel atau tukang' })), before: (house) => house.kioskLetter('draft'),
        done: async ({ house }) => assert.match(house.sql(`SELECT inputs FROM letter WHERE id = ${house.kioskLetterId()}`)[0][0], /bengkel/),
    },
    'GET /anjungan/lanjut': { status: 303, before: (house) => house.kioskLetter('draft') },
    'GET /anjungan/loket': { status: 303, before: (house) => house.kioskLetter('draft') },
    'GET /anjungan/periksa': { has: 'Sudah benar?', before: (house) => house.kioskLetter('complete') },
    'GET /anjungan/lembar/{halaman}': {
        path: at('/anjungan/lembar/1'), type: /^image\/svg\+xml/, before: (house) => house.kioskLetter('complete'),
    },
    'POST /anjungan/terbitkan': {
        before: (house) => house.kioskLetter('complete'),
        form: resident((house) => ({ versi: house.version(house.kioskLetterId()) ?? '1' })),
        done: async ({ house }) => assert.equal(letterRow(house.village, house.kioskLetterId()).state, 4),
    },
    'GET /anjungan/surat': { has: 'Surat Anda jadi', before: (house) => house.kioskLetter('sent') },
    'POST /anjungan/tercetak': {
        form: resident(() => ({})), status: 200, before: (house) => house.kioskLetter('sent'),
        done: async ({ house }) => assert.notEqual(house.sql(`SELECT paper_ms FROM kiosk_letter WHERE letter_id = ${house.kioskLetterId()}`)[0][0], null),
    },
    'GET /anjungan/surat-saya': { has: 'Surat saya' },
    'POST /anjungan/surat-saya/{id}': {
        path: async (house) => `/anjungan/surat-saya/${await house.kioskIssued()}`, form: resident(() => ({})), before: (house) => house.visitor(), allowedAs: 'warga',
        done: async ({ answer }) => assert.equal(answer.location, '/anjungan/surat?cetak=1'),
    },
};
