// SPDX-License-Identifier: AGPL-3.0-or-later
// The kiosk as its pages are without JavaScript: devices, cards, PINs, letters, and what must not work.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client, formFields, staff } from '../harness/client.mjs';
import { iso, thisYear, today } from '../harness/days.mjs';
import { BUSINESS_ANSWERS, answerAll, choose, device, enter, forgetLetters, lastLetter, leave, say, tap } from '../harness/kiosk.mjs';
import { freshNumber, usualFamily } from '../harness/families.mjs';
import { livingResidents } from '../harness/letters.mjs';
import { logText, rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { post } from '../walls/house.mjs';

const [village, other] = trainingVillages();
const schema = schemaOf(village);
const [first, second, third] = village.residents;
let clerk;
before(async () => { clerk = await staff(village, 'clerk'); });

const idOf = (person) => Number(value(schema, `SELECT id FROM resident WHERE nik = '${person.nik}'`));
const audits = (action) => Number(value(schema, `SELECT COUNT(*) FROM audit WHERE action = '${action}'`));

/** A page's words without what differs by nature. */
const wordsOf = (answer) => answer.words.replace(/\d\d\.\d\d/g, '');

let codes = 0;

/** A code under that name, also where one is called so already: as of two that were typed in at once. */
async function freshCode(nama = 'Teras kantor') {
    const own = `Kode uji ${++codes}`;
    const answer = await post(clerk, '/kantor/anjungan/kode', { nama: own });
    rows(schema, `UPDATE kiosk_device SET name = '${nama}' WHERE name = '${own}'`);
    const page = (await clerk.follow(answer)).must(200, 'Kode pemasangan');
    return /([2-9a-z]{4}) ([2-9a-z]{4})/.exec(page.page.querySelector('.code-big').text).slice(1).join('');
}

/** The PIN is sent even where the page has no field for it any more, as a program would. */
async function tryPin(client, pin) {
    const page = await client.get('/anjungan/pin');
    if (page.status === 303) return page;
    return client.post('/anjungan/pin', [...formFields(page.page.querySelector('form#tutup')), ['pin', pin]]);
}

// ---- devices ----

test('a code enrols one kiosk, once; a revoked kiosk is none', async () => {
    const code = await freshCode();
    assert.ok(!rows(schema, 'SELECT name, HEX(code_hash) FROM kiosk_device').flat().join().includes(code), 'the code itself is nowhere');
    const kiosk = await device(village, code.toUpperCase());
    assert.equal((await kiosk.get('/anjungan')).must(200, 'Tempelkan e-KTP Anda').status, 200);
    const late = new Client(village.host);
    const again = await late.submit(await late.get('/anjungan/daftar'), { kode: code });
    again.must(422, 'Kode tidak cocok');
    assert.equal(late.cookies.has('__Host-anjungan'), false);

    const token = kiosk.cookies.get('__Host-anjungan');
    assert.equal(Buffer.from(token, 'base64url').length, 32);
    assert.equal(rows(schema, `SELECT id FROM kiosk_device WHERE token_hash = '${token}'`).length, 0);
    (await clerk.get('/kantor/anjungan')).must(200, 'Teras kantor');
    const [[id]] = rows(schema, 'SELECT MAX(id) FROM kiosk_device WHERE revoked_at IS NULL');
    const gone = await clerk.follow((await post(clerk, `/kantor/anjungan/${id}/cabut`, {})).must(303));
    gone.must(200, /Izin Teras kantor( \d+)? dicabut\. Pukul \d\d\.\d\d/);
    assert.equal((await kiosk.get('/anjungan')).location, '/anjungan/daftar');
    (await kiosk.post('/anjungan/kartu', { kartu: first.card_uid })).must(401);
    for (const action of ['kiosk.code', 'kiosk.enrol', 'kiosk.revoke']) assert.ok(audits(action) > 0, action);
});

test('two screens are never called alike: the second is numbered, a name in use is refused, and each says when it was used', async () => {
    rows(schema, "UPDATE kiosk_device SET revoked_at = UTC_TIMESTAMP(6) WHERE name LIKE 'Teras kantor%' AND revoked_at IS NULL");
    const one = await device(village, await freshCode());
    const id = value(schema, 'SELECT MAX(id) FROM kiosk_device WHERE enrolled_at IS NOT NULL');
    await device(village, await freshCode());
    const other = value(schema, 'SELECT MAX(id) FROM kiosk_device WHERE enrolled_at IS NOT NULL');
    assert.deepEqual(rows(schema, `SELECT name FROM kiosk_device WHERE id IN (${id}, ${other}) ORDER BY id`).flat(), ['Teras kantor', 'Teras kantor 2']);
    const row = (page) => page.page.querySelector(`a[href="/kantor/anjungan/${id}"]`).closest('tr').text;
    assert.match(row((await clerk.get('/kantor/anjungan')).must(200)), /Menyala\s*Belum pernah/);
    await tap(one, '0099887766');
    assert.match(row((await clerk.get('/kantor/anjungan')).must(200)), /Menyala\s*\d\d\.\d\d/);
    const page = (await clerk.get(`/kantor/anjungan/${id}`)).must(200, 'Cabut izin Teras kantor');
    const rename = (nama) => clerk.submit(page, { nama }, 'form[action$="/nama"]');
    const make = async (nama) => clerk.submit(await clerk.get('/kantor/anjungan'), { nama }, 'form[action="/kantor/anjungan/kode"]');
    const waiting = () => value(schema, 'SELECT COUNT(*) FROM kiosk_device WHERE enrolled_at IS NULL');
    let codesNow = waiting();
    for (const nama of ['Teras kantor 2', 'TERAS KANTOR 2', 'teras kantor 2', 'Teras  kantor  2', 'TerasKantor2'])
        for (const answer of [await rename(nama), await make(nama)]) answer.must(422, 'Sudah ada anjungan lain bernama itu');
    assert.equal(waiting(), codesNow);
    (await make('Loket uji')).must(303);
    codesNow = waiting();
    for (const nama of ['Loket uji', 'loket uji', 'LOKETUJI']) for (const answer of [await rename(nama), await make(nama)]) answer.must(422, 'kode yang belum dipakai');
    rows(schema, "UPDATE kiosk_device SET code_ends_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE name = 'Loket uji'");
    (await make('LOKET UJI')).must(303);
    rows(schema, "DELETE FROM kiosk_device WHERE name = 'Loket uji' AND code_ends_at > UTC_TIMESTAMP(6)");
    for (const [nama, why] of [['Lok\u0435t', 'huruf Latin'], ['{dusun} {{x}}', 'huruf Latin'], ['Loket <b>', 'huruf Latin'], ['7317101010101010', 'sepanjang NIK'], ['Loket 7317 1010 1010 1010', 'sepanjang NIK'], ['7317/1010.1010-1010', 'sepanjang NIK']]) {
        (await rename(nama)).must(422, why);
        (await clerk.submit(await clerk.get('/kantor/anjungan'), { nama }, 'form[action="/kantor/anjungan/kode"]')).must(422, why);
    }
    assert.equal(waiting(), codesNow);
    rows(schema, `UPDATE kiosk_device SET name = 'TERAS KANTOR' WHERE id = ${id}`);
    await device(village, await freshCode());
    assert.equal(value(schema, 'SELECT name FROM kiosk_device WHERE id = (SELECT MAX(id) FROM kiosk_device WHERE enrolled_at IS NOT NULL)'), 'Teras kantor 3', 'a name of other case is in use, too');
    rows(schema, `UPDATE kiosk_device SET name = 'Teras kantor' WHERE id = ${id}`);
    (await clerk.follow((await rename('Teras kantor')).must(303))).must(200, 'Tidak ada yang berubah');
    (await clerk.follow((await clerk.submit(await clerk.get(`/kantor/anjungan/${id}`), { nama: 'Balai dusun' }, 'form[action$="/nama"]')).must(303))).must(200, 'Nama anjungan tersimpan').must(200, 'Balai dusun');
    assert.deepEqual(rows(schema, `SELECT detail FROM audit WHERE action = 'kiosk.rename' AND subject = 'kiosk:${id}'`), [['{"before":"Teras kantor","after":"Balai dusun"}']]);
    (await clerk.get('/kantor/anjungan/999999')).must(404);
});

test('the smallest number that is free is given, whatever else begins with the name', async () => {
    const called = 'Balai (1.2) dusun';
    const used = (name) => `('${name}', UNHEX(SHA2(UUID(), 256)), UTC_TIMESTAMP(6), 'uji', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))`;
    rows(schema, `INSERT INTO kiosk_device (name, token_hash, made_at, made_by, enrolled_at, last_seen_at) VALUES ${
        ['', ' 2', ' 3', ' 5', ' 12', ' utara 4', ' 0', ' 1'].map((end) => used(called + end)).join()}`);
    const next = async () => {
        await device(village, await freshCode(called));
        return value(schema, 'SELECT name FROM kiosk_device WHERE enrolled_at IS NOT NULL ORDER BY id DESC LIMIT 1');
    };
    assert.deepEqual([await next(), await next()], [`${called} 4`, `${called} 6`]);
    rows(schema, `UPDATE kiosk_device SET revoked_at = UTC_TIMESTAMP(6) WHERE name = '${called} 2'`);
    assert.equal(await next(), `${called} 2`, 'of one that was taken back');
    rows(schema, `UPDATE kiosk_device SET revoked_at = UTC_TIMESTAMP(6) WHERE name LIKE 'Balai (1.2) dusun%'`);
});

test('screens that nobody has seen for 90 days stand apart and are taken back in one press; they trouble nobody on Beranda', async () => {
    const put = (name, days) => rows(schema, `INSERT INTO kiosk_device (name, token_hash, made_at, made_by, enrolled_at, last_seen_at)
        VALUES ('${name}', UNHEX(SHA2(UUID(), 256)), '2024-01-01', 'uji', '2024-01-01', UTC_TIMESTAMP(6) - INTERVAL ${days} DAY)`);
    rows(schema, `UPDATE kiosk_device SET revoked_at = '2001-01-01' WHERE enrolled_at IS NOT NULL AND revoked_at IS NULL`);
    try {
        put('Layar gudang', 91);
        put('Layar aula', 89);
        const page = (await clerk.get('/kantor/anjungan')).must(200, 'Lama tidak terhubung');
        const fold = page.page.querySelectorAll('details.fold').find((f) => f.text.includes('Lama tidak terhubung'));
        assert.ok(fold.text.includes('Layar gudang') && !fold.text.includes('Layar aula'));
        assert.deepEqual((await clerk.get('/kantor')).must(200).page.querySelectorAll('.screens b').map((b) => b.text), ['Layar aula']);
        (await clerk.follow((await clerk.submit(page, {}, 'form[action="/kantor/anjungan/lama"]')).must(303))).must(200, 'Izin 1 anjungan lama dicabut');
        assert.deepEqual(rows(schema, "SELECT name, revoked_at IS NULL FROM kiosk_device WHERE name IN ('Layar gudang', 'Layar aula') ORDER BY name"), [['Layar aula', '1'], ['Layar gudang', '0']]);
        const revoked = value(schema, "SELECT id FROM kiosk_device WHERE name = 'Layar gudang'");
        assert.deepEqual(rows(schema, "SELECT subject, detail FROM audit WHERE action = 'kiosk.revoke_old' ORDER BY id DESC LIMIT 1"), [[`kiosk:${revoked}`, '{"note":"Layar gudang"}']]);
        const none = (await clerk.get('/kantor/anjungan')).must(200);
        assert.ok(!none.words.includes('Lama tidak terhubung'));
        const guard = formFields(none.page.querySelector('form[action="/kantor/anjungan/kode"]')).filter(([name]) => name.startsWith('_'));
        (await clerk.follow((await clerk.post('/kantor/anjungan/lama', guard)).must(303))).must(200, 'Tidak ada yang berubah');
    } finally {
        rows(schema, "DELETE FROM kiosk_device WHERE name IN ('Layar gudang', 'Layar aula'); UPDATE kiosk_device SET revoked_at = NULL WHERE revoked_at = '2001-01-01'");
    }
});

test('a code is good for a quarter of an hour', async () => {
    const code = await freshCode();
    rows(schema, 'UPDATE kiosk_device SET code_ends_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE token_hash IS NULL AND NOT is_standing');
    const late = new Client(village.host);
    (await late.submit(await late.get('/anjungan/daftar'), { kode: code })).must(422, '15 menit');
});

test('ten codes wait at most, and one that was taken back enrols nobody', async () => {
    rows(schema, 'DELETE FROM kiosk_device WHERE token_hash IS NULL AND NOT is_standing');
    let code;
    for (let i = 0; i < 10; i++) code = await freshCode();
    const pending = "SELECT COUNT(*) FROM kiosk_device WHERE token_hash IS NULL AND NOT is_standing AND revoked_at IS NULL";
    const made = () => clerk.get('/kantor/anjungan').then((page) => clerk.submit(page, { nama: 'Kebanyakan' }, 'form[action="/kantor/anjungan/kode"]'));
    (await made()).must(422, 'Masih ada 10 kode yang belum dipakai. Pakai salah satunya, atau tunggu 15 menit.');
    assert.equal(value(schema, pending), '10');
    rows(schema, 'UPDATE kiosk_device SET revoked_at = UTC_TIMESTAMP(6) ORDER BY id DESC LIMIT 1');
    const late = new Client(village.host);
    (await late.submit(await late.get('/anjungan/daftar'), { kode: code })).must(422, 'Kode tidak cocok');
    (await made()).must(303);
    rows(schema, 'DELETE FROM kiosk_device WHERE token_hash IS NULL AND NOT is_standing');
});

test('a kiosk of one village is none of another', async () => {
    const kiosk = await device(village);
    const there = new Client(other.host);
    there.cookies = new Map(kiosk.cookies);
    assert.equal((await there.get('/anjungan')).location, '/anjungan/daftar');
});

test('a staff session counts for nothing at the kiosk', async () => {
    assert.equal((await clerk.get('/anjungan/layanan')).location, '/anjungan/daftar');
    const kiosk = await device(village);
    for (const [name, text] of clerk.cookies) kiosk.cookies.set(name, text);
    assert.equal((await kiosk.get('/anjungan/layanan')).location, '/anjungan');
});

// ---- cards and PINs at the counter ----

test('a card is paired at the counter; easy PINs are refused in words', async () => {
    const id = livingResidents(village, 40).at(-1);
    const [[nik, birth]] = rows(schema, `SELECT nik, DATE_FORMAT(birth_date, '%d%m%y') FROM resident WHERE id = ${id}`);
    const uid = '00A2245B0C6180';
    const path = `/kantor/penduduk/${id}/kartu`;
    (await clerk.get(path)).must(200, 'e-KTP belum dipasangkan');
    for (const [pin, words] of [['123456', 'terlalu mudah'], ['555555', 'terlalu mudah'], ['482482', 'terlalu mudah'], [birth, 'mudah ditebak'],
        [nik.slice(-6), 'mudah ditebak'], ['4829', 'PIN harus 6 angka'], ['', 'PIN harus 6 angka']]) {
        (await post(clerk, path, { kartu: uid, pin, pin2: pin })).must(422, words);
    }
    (await post(clerk, path, { kartu: uid, pin: '482915', pin2: '482951' })).must(422, 'PIN kedua tidak sama');
    (await post(clerk, path, { kartu: '12', pin: '482915', pin2: '482915' })).must(422, 'Kartu belum terbaca');
    const done = await post(clerk, path, { kartu: uid.toLowerCase(), pin: '482915', pin2: '482915' });
    (await clerk.follow(done)).must(200, 'e-KTP terpasang sejak').must(200, /Kartu dan PIN terpasang\. Pukul \d\d\.\d\d/);
    const kept = rows(schema, `SELECT HEX(card_hash), pin_hash FROM kiosk_card WHERE resident_id = ${id}`)[0].join();
    assert.ok(!kept.includes(uid) && !kept.includes(Buffer.from(uid).toString('hex').toUpperCase()) && kept.includes('$argon2id$'));

    (await post(clerk, `/kantor/penduduk/${livingResidents(village, 39).at(-1)}/kartu`, { kartu: uid, pin: '390714', pin2: '390714' }))
        .must(422, 'sudah dipasangkan dengan warga lain');

    const kiosk = await device(village);
    const person = { card_uid: uid, pin: '482915' };
    await enter(kiosk, person);
    (await post(clerk, `${path}/pin`, { pin: '390714', pin2: '390714' })).must(303);
    assert.equal((await kiosk.get('/anjungan/layanan')).location, '/anjungan', 'a new PIN ends the visit');
    await tap(kiosk, uid);
    (await tryPin(kiosk, '482915')).must(422, 'tidak cocok');
    assert.equal((await tryPin(kiosk, '390714')).location, '/anjungan/layanan');
    (await clerk.follow((await post(clerk, `${path}/lepas`, {})).must(303))).must(200, /Kartu dan PIN dilepas\. Pukul /);
    await tap(kiosk, uid);
    (await tryPin(kiosk, '390714')).must(422, 'tidak cocok');
    for (const action of ['card.pair', 'pin.set', 'card.unpair']) assert.ok(audits(action) > 0, action);
});

test('who was taken out stands before no kiosk any more, and their card is paired with the right record', async () => {
    const [wrong, right] = usualFamily(village, 'KARTUGANDA').members.slice(2);
    const uid = '00B3356C1D7291', pin = '482915', paired = (id) => value(schema, `SELECT COUNT(*) FROM kiosk_card WHERE resident_id = ${id} AND card_hash IS NOT NULL`);
    const pairing = (id) => post(clerk, `/kantor/penduduk/${id}/kartu`, { kartu: uid, pin, pin2: pin });
    (await pairing(wrong)).must(303);
    const kiosk = await device(village);
    await enter(kiosk, { card_uid: uid, pin });
    (await pairing(right)).must(422, 'sudah dipasangkan dengan warga lain');
    const page = (await clerk.get(`/kantor/penduduk/${wrong}/keluarkan`)).must(200);
    (await clerk.submit(page, { sebab: '1', alasan: 'salah ketik', langkah: 'simpan' }, 'main form[action$="/keluarkan"]')).must(303);
    assert.equal((await kiosk.get('/anjungan/layanan')).location, '/anjungan', 'the visit is over');
    await tap(kiosk, uid);
    (await tryPin(kiosk, pin)).must(422, 'tidak cocok');
    await leave(kiosk);
    (await pairing(right)).must(303);
    assert.deepEqual([paired(wrong), paired(right)], ['0', '1']);
    assert.equal(value(schema, `SELECT kind FROM history WHERE owner = 'resident' AND owner_id = ${wrong} ORDER BY id DESC LIMIT 1`), 'card_out');
    await enter(kiosk, { card_uid: uid, pin });
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${right}`); // died: the same
    assert.equal((await kiosk.get('/anjungan/layanan')).location, '/anjungan');
});

// ---- letters ----

test('from the tap to the numbered letter, and again with the answers of last time', async () => {
    const kiosk = await device(village);
    const tiles = await enter(kiosk, first);
    assert.ok(!tiles.text.includes(first.nik), 'the NIK is masked');
    assert.match(tiles.words, new RegExp(`${first.nik.slice(0, 4)} •••• •••• ${first.nik.slice(-4)}`));
    const check = await answerAll(kiosk, await choose(kiosk, tiles, 'keterangan-usaha'), BUSINESS_ANSWERS);
    check.must(200, 'Kios atau warung');
    assert.match((await kiosk.get('/anjungan/lembar/1')).headers['content-type'], /^image\/svg\+xml/);
    const sent = await kiosk.submit(check, {}, 'form[action="/anjungan/terbitkan"]');
    sent.must(303);
    const paper = (await kiosk.follow(sent)).must(200, 'Surat Anda jadi');
    const letter = lastLetter(village, first.nik);
    assert.deepEqual([letter.state, letter.channel], [4, 'kiosk']);
    assert.ok(letter.number > 0);
    assert.match(paper.words, /Resi [2-9A-Z]{8}/);
    const sheet = await kiosk.get('/anjungan/lembar/1');
    assert.match(sheet.headers['content-type'], /^image\/svg\+xml/);

    // The page tells the office when it hands the paper to the printer.
    const said = await kiosk.submit(paper, {}, 'form#tercetak');
    said.must(200);
    assert.ok(Number(value(schema, `SELECT paper_ms FROM kiosk_letter WHERE letter_id = ${letter.id}`)) > 0);
    const office = (await clerk.get('/kantor/anjungan')).must(200, 'Surat tercetak');
    assert.match(office.words, /95 dari 100 warga dalam/);

    // Said again, or for a letter that was left unprinted another day: no figure of minutes becomes one of hours.
    const kept = value(schema, `SELECT paper_ms FROM kiosk_letter WHERE letter_id = ${letter.id}`);
    (await kiosk.submit(paper, {}, 'form#tercetak')).must(200);
    assert.equal(value(schema, `SELECT paper_ms FROM kiosk_letter WHERE letter_id = ${letter.id}`), kept);
    rows(schema, `UPDATE kiosk_letter SET paper_ms = NULL, tapped_at = tapped_at - INTERVAL 3 DAY WHERE letter_id = ${letter.id}`);
    (await kiosk.submit(paper, {}, 'form#tercetak')).must(200);
    assert.equal(value(schema, `SELECT paper_ms FROM kiosk_letter WHERE letter_id = ${letter.id}`), null);

    const end = await leave(kiosk);
    assert.equal(end.headers['clear-site-data'], '"cache", "storage"');
    assert.equal((await kiosk.get('/anjungan/surat')).location, '/anjungan', 'Back shows nobody\'s letter');
    assert.equal((await kiosk.get('/anjungan/lembar/1')).location, '/anjungan');

    const back = await enter(kiosk, first);
    back.must(200, 'Terakhir diminta');
    const answer = await kiosk.submit(back, {}, '.again form');
    assert.equal(answer.location, '/anjungan/periksa', 'a repeat asks nothing');
    const again = (await kiosk.follow(answer)).must(200, 'Kios atau warung');
    (await kiosk.submit(again, {}, 'form[action="/anjungan/terbitkan"]')).must(303);
    assert.equal(lastLetter(village, first.nik).number > letter.number, true);
});

test('a visit of somebody who is recorded as dead meanwhile gives no letter', async () => {
    const kiosk = await device(village);
    const check = await answerAll(kiosk, await choose(kiosk, await enter(kiosk, first), 'keterangan-usaha'), BUSINESS_ANSWERS);
    const before_ = lastLetter(village, first.nik).id;
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE nik = '${first.nik}'`);
    try {
        const sent = await kiosk.submit(check, {}, 'form[action="/anjungan/terbitkan"]');
        assert.equal(sent.must(303).location, '/anjungan', 'the visit is over');
        const letter = lastLetter(village, first.nik);
        assert.deepEqual([letter.state, letter.number], [1, null], `the draft ${letter.id} after ${before_}`);
    } finally {
        rows(schema, `UPDATE resident SET basic_status = 1 WHERE nik = '${first.nik}'`);
    }
    await leave(kiosk);
});

test('a type that must be approved gives a queue number and says what happens next', async () => {
    const kiosk = await device(village);
    const check = await answerAll(kiosk, await choose(kiosk, await enter(kiosk, second), 'keterangan-domisili'),
        { 'Tinggal di sini sejak kapan?': '1998', 'Suratnya untuk apa?': 'sekolah anak' });
    const sent = await kiosk.submit(check, {}, 'form[action="/anjungan/terbitkan"]');
    const ticket = (await kiosk.follow(sent)).must(200, 'Nomor antrean Anda');
    assert.match(ticket.words, /kepala desa menandatangani/);
    const letter = lastLetter(village, second.nik);
    assert.deepEqual([letter.state, letter.number], [2, null]);
    const number = value(schema, `SELECT queue_number FROM kiosk_letter WHERE letter_id = ${letter.id}`);
    assert.equal(ticket.page.querySelector('.ticket b').text, number);

    // What the resident reads out is what the office sees, and finds, wherever it is typed.
    const receipt = /Resi ([2-9A-Z]{8})/.exec(ticket.words)[1];
    const called = `Antrean ${number} · Resi ${receipt}`;
    const at = `/kantor/surat/${letter.id}`;
    for (const page of ['/kantor/surat', at, '/kantor']) (await clerk.get(page)).must(200, called);
    const head = await staff(village, 'secretary');
    (await head.get('/kantor/persetujuan')).must(200, called);
    (await head.get(`/kantor/persetujuan/${letter.id}`)).must(200, called).must(200, 'Dibawa pemohon Belum diperiksa');
    for (const typed of [receipt, receipt.toLowerCase(), `resi ${receipt.slice(0, 4)} ${receipt.slice(4)}`, number, `antrean ${number}`]) {
        for (const box of ['main form[role=search]', '.topbar form[role=search]']) {
            const answer = await clerk.submit(await clerk.get('/kantor/surat'), { cari: typed }, box);
            const found = answer.status === 303 ? await clerk.follow(answer) : answer;
            found.must(200, called);
            assert.ok(found.page.querySelector(`main tbody a[href="${at}"]`), `${typed} in ${box}`);
        }
    }
    // A number of another week is not today's.
    rows(schema, `UPDATE kiosk_letter SET sent_at = sent_at - INTERVAL 9 DAY WHERE letter_id = ${letter.id}`);
    const later = await clerk.submit(await clerk.get('/kantor/surat'), { cari: number }, 'main form[role=search]');
    assert.equal(later.page.querySelector(`main tbody a[href="${at}"]`), null);
    // Names still lead to people, and so does a NIK's beginning.
    for (const typed of [first.nik, 'sitti']) {
        const answer = await clerk.submit(await clerk.get('/kantor'), { cari: typed }, '.topbar form[role=search]');
        assert.match(answer.location, /^\/kantor\/penduduk\?lanjut=/);
    }
});

test('pressed twice is once', async () => {
    const kiosk = await device(village);
    const tiles = await enter(kiosk, third);
    const { action, fields } = kiosk.fill(tiles, {}, '.tiles form[action="/anjungan/layanan/pengantar-skck"]');
    const count = () => Number(value(schema, `SELECT COUNT(*) FROM letter WHERE resident_id = ${idOf(third)}`));
    const begun = count();
    const answers = await Promise.all([kiosk.post(action, fields), kiosk.post(action, fields)]);
    assert.deepEqual(answers.map((a) => a.status), [303, 303]);
    assert.equal(count(), begun + 1);
    let page = await kiosk.follow(answers[0]);
    page = await answerAll(kiosk, page, { 'SKCK untuk apa?': 'melamar pekerjaan' });
    const send = kiosk.fill(page, {}, 'form[action="/anjungan/terbitkan"]');
    const last = () => Number(value(schema, "SELECT MAX(last) FROM letter_counter WHERE scope NOT LIKE 'mail%'"));
    const number = last();
    const sent = await Promise.all([kiosk.post(send.action, send.fields), kiosk.post(send.action, send.fields)]);
    assert.deepEqual(sent.map((a) => [a.status, a.location]), [[303, '/anjungan/surat'], [303, '/anjungan/surat']]);
    assert.equal(last(), number + 1);
    // Reload shows the same letter, and the check page leads to it.
    (await kiosk.get('/anjungan/surat')).must(200);
    assert.equal((await kiosk.get('/anjungan/periksa')).location, '/anjungan/surat');
});

test('a card in the middle ends what was there', async () => {
    const kiosk = await device(village);
    const tiles = await enter(kiosk, first);
    const question = await choose(kiosk, tiles, 'keterangan-tidak-mampu');
    const draft = lastLetter(village, first.nik);
    assert.equal(draft.state, 1);
    const page = await tap(kiosk, second.card_uid, question);
    page.must(200, 'Ketik PIN Anda');
    assert.equal(lastLetter(village, first.nik).state, 7, 'the draft nobody will finish is cancelled');
    assert.equal((await kiosk.get('/anjungan/layanan')).location, '/anjungan');
    (await tryPin(kiosk, second.pin)).must(303);
    // A page of the one before, sent late: refused, nothing happens.
    const late = kiosk.fill(tiles, {}, '.tiles form[action="/anjungan/layanan/keterangan-usaha"]');
    const letters = value(schema, 'SELECT COUNT(*) FROM letter');
    (await kiosk.post(late.action, late.fields)).must(403);
    assert.equal(value(schema, 'SELECT COUNT(*) FROM letter'), letters);
    // The same card again, left on the reader: the visit goes on.
    assert.equal((await tap(kiosk, second.card_uid, await kiosk.get('/anjungan/layanan'))).path, '/anjungan/layanan');
});

test('the server ends an idle kiosk visit after 2 minutes, and any visit after 15', async () => {
    const kiosk = await device(village);
    const [[id]] = rows(schema, 'SELECT MAX(id) FROM kiosk_device');
    for (const late of ["last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 121 SECOND", "ends_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND"]) {
        await enter(kiosk, first);
        assert.equal(value(schema, `SELECT TIMESTAMPDIFF(SECOND, tapped_at, ends_at) FROM kiosk_visit WHERE device_id = ${id}`), '900');
        rows(schema, `UPDATE kiosk_visit SET ${late} WHERE device_id = ${id}`);
        assert.equal((await kiosk.get('/anjungan/layanan')).location, '/anjungan', late);
        (await kiosk.get('/anjungan')).must(200, 'Tempelkan');
    }
});

// ---- asking for a person ----

test('"Panggil petugas": the office sees where, one answers, the kiosk says so; pressed often is one call', async () => {
    rows(schema, 'DELETE FROM kiosk_call');
    const kiosk = await device(village);
    const mine = Number(value(schema, 'SELECT MAX(id) FROM kiosk_device'));
    const open = () => rows(schema, `SELECT id, done_by FROM kiosk_call WHERE device_id = ${mine}`);
    const nik = (await kiosk.get('/anjungan/nik')).must(200);
    assert.equal(nik.page.querySelector('body').hasAttribute('data-called'), false);
    assert.equal(nik.page.querySelector('.kiosk-foot button.call').getAttribute('form'), 'panggil');
    const { action, fields } = kiosk.fill(nik, {}, 'form#panggil');
    const answers = await Promise.all([kiosk.post(action, fields), kiosk.post(action, fields), kiosk.post(action, fields)]);
    for (const answer of answers) assert.equal(answer.location, '/anjungan/nik', 'the screen stays');
    assert.equal(open().length, 1);
    const back = (await kiosk.get('/anjungan/nik')).must(200, 'Petugas sudah dipanggil');
    assert.ok(back.page.querySelector('body').hasAttribute('data-called'));
    assert.equal((await kiosk.get('/anjungan/masih')).text, 'dipanggil');

    const home = (await clerk.get('/kantor')).must(200, 'Warga memanggil di Anjungan latihan');
    (await clerk.get('/kantor/anjungan/panggilan', { headers: { 'hx-request': 'true' } })).must(200, 'Warga memanggil');
    assert.equal((await clerk.get('/kantor/anjungan/panggilan')).location, '/kantor');
    const head = await staff(village, 'head');
    assert.ok(!(await head.get('/kantor')).must(200).text.includes('/kantor/anjungan/panggilan'));
    (await clerk.submit(home, {}, 'form[action^="/kantor/anjungan/panggilan/"]')).must(303);
    assert.equal(open()[0][1], value(schema, "SELECT name FROM staff WHERE username = 'operator'"));
    assert.equal(audits('kiosk.answer') > 0, true);
    assert.equal((await kiosk.get('/anjungan/masih')).text, 'ya');
    assert.ok(!(await clerk.get('/kantor')).must(200).words.includes('Warga memanggil'));

    // At once again is no new call; after a while it is; nobody waits for ever.
    await kiosk.post(action, fields);
    assert.equal(open().length, 1);
    rows(schema, 'UPDATE kiosk_call SET at = at - INTERVAL 31 SECOND');
    await kiosk.post(action, fields);
    assert.equal(open().length, 2);
    rows(schema, 'UPDATE kiosk_call SET at = at - INTERVAL 11 MINUTE');
    assert.equal((await kiosk.get('/anjungan/masih')).text, 'ya');
    for (const dari of ['https://jahat.id/', '//jahat.id', '/kantor', '/anjungan/../kantor', '/anjungan/%2e%2e/kantor', '']) {
        const odd = await kiosk.post(action, fields.map(([n, v]) => [n, n === 'dari' ? dari : v]));
        assert.equal(odd.location, '/anjungan', dari);
    }
});

test('a page that reloads by itself does not extend the session', async () => {
    const idle = await staff(village, 'clerk');
    const old = () => rows(schema, "UPDATE session SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 10 MINUTE ORDER BY id DESC LIMIT 1");
    const age = () => Number(value(schema, 'SELECT TIMESTAMPDIFF(SECOND, last_seen_at, UTC_TIMESTAMP(6)) FROM session ORDER BY id DESC LIMIT 1'));
    old();
    (await idle.get('/kantor/anjungan/panggilan', { headers: { 'hx-request': 'true' } })).must(200);
    assert.ok(age() >= 590);
    (await idle.get('/kantor')).must(200);
    assert.ok(age() < 60);
});

// ---- my letters ----

test('"Surat saya": the latest letters, and the newest valid one printed again, of nobody else', async () => {
    const kiosk = await device(village);
    const tiles = await enter(kiosk, first);
    assert.ok(tiles.page.querySelector('a.tile[href="/anjungan/surat-saya"]'));
    const mine = (await kiosk.get('/anjungan/surat-saya')).must(200, 'Surat Keterangan Usaha');
    const forms = mine.page.querySelectorAll('form[action^="/anjungan/surat-saya/"]');
    assert.equal(forms.length, 1, 'the newest alone');
    const id = Number(forms[0].getAttribute('action').split('/').pop());
    assert.equal(id, Number(value(schema, `SELECT MAX(id) FROM letter WHERE resident_id = ${idOf(first)} AND state = 4`)));
    const before_ = value(schema, `SELECT COALESCE(paper_ms, -1) FROM kiosk_letter WHERE letter_id = ${id}`);
    const paper = await kiosk.follow(await kiosk.submit(mine, {}, 'form[action^="/anjungan/surat-saya/"]'));
    assert.ok(paper.page.querySelector('[data-sheets][data-print]'), 'printed at once');
    assert.equal((await kiosk.get('/anjungan/surat')).must(200).page.querySelectorAll('[data-print]').length, 0);
    assert.match((await kiosk.get('/anjungan/lembar/1')).headers['content-type'], /^image\/svg\+xml/);
    assert.equal(value(schema, `SELECT COALESCE(paper_ms, -1) FROM kiosk_letter WHERE letter_id = ${id}`), before_, 'the office\'s figures are of first prints');
    assert.equal(Number(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'letter.reprint' AND subject = 'letter:${id}'`)), 1);

    const theirs = await device(village);
    const page = await enter(theirs, second);
    const guard = theirs.fill(page, {}, '.tiles form').fields;
    (await theirs.post(`/anjungan/surat-saya/${id}`, guard)).must(404);
    rows(schema, `UPDATE letter SET valid_until = '2001-01-01' WHERE id = ${id}`);
    const fresh = kiosk.fill(await kiosk.get('/anjungan/layanan'), {}, '.tiles form').fields;
    (await kiosk.post(`/anjungan/surat-saya/${id}`, fresh)).must(404);
    (await kiosk.get('/anjungan/surat-saya')).must(200, 'sudah lewat masa berlakunya');
});

// ---- wrong PINs ----

test('unknown card, unknown NIK, wrong PIN, closed account: the same work, counted', async () => {
    const kiosk = await device(village);
    const person = village.residents[3];
    rows(schema, 'DELETE FROM kiosk_pin_limit');
    /**
     * Statements and Argon2 runs of a try, from the server's own lines: the least of four, for now and then an answer
     * also reads the village's colours or notes that the device was seen, whoever asks.
     */
    const costOf = async (pin, prepare = () => {}) => {
        const seen = [];
        for (let i = 0; i < 4; i++) {
            rows(schema, 'UPDATE kiosk_visit SET last_seen_at = UTC_TIMESTAMP(6)');
            prepare();
            const answer = (await tryPin(kiosk, pin)).must(422);
            rows(schema, 'DELETE FROM kiosk_pin_limit WHERE device_id IS NOT NULL');
            const id = answer.headers['x-request-id'];
            const line = await until('the answer\'s line in the log', () => logText('server.log').split('\n').find((l) => l.includes(id) && l.includes('event=answer')));
            seen.push(/(\d+) statements .*?(\d+) hashes/.exec(line).slice(1).map(Number));
        }
        return seen.sort(([a], [b]) => a - b)[0];
    };
    const costs = {};
    await tap(kiosk, '99887766554433');
    costs.unknownCard = await costOf(person.pin);
    await kiosk.submit(await kiosk.get('/anjungan/nik'), { nik: freshNumber(village, '010199') }, 'form[action="/anjungan/nik"]');
    costs.unknownNik = await costOf(person.pin);
    const bare = livingResidents(village, 60).at(-1);
    await kiosk.submit(await kiosk.get('/anjungan/nik'), { nik: value(schema, `SELECT nik FROM resident WHERE id = ${bare}`) }, 'form[action="/anjungan/nik"]');
    costs.withoutPin = await costOf(person.pin);
    await tap(kiosk, person.card_uid);
    costs.wrong = await costOf('000000');
    costs.wrongForTheFifthTime = await costOf('000000', () => rows(schema, 'UPDATE kiosk_pin_limit SET failures = 4, locked_until = NULL'));
    costs.closed = await costOf(person.pin);
    costs.switchedOff = await costOf(person.pin, () => rows(schema, "UPDATE kiosk_pin_limit SET failures = 15, locked_until = '9999-01-01'"));
    rows(schema, 'DELETE FROM kiosk_pin_limit');
    for (const [name, cost] of Object.entries(costs)) assert.deepEqual(cost, costs.wrong, `${name}: ${JSON.stringify(costs)}`);
    assert.equal(costs.wrong[1], 1);
});

test('cards and NIKs of nobody and of residents get one answer, closed ones too', async () => {
    const person = village.residents[3];
    rows(schema, 'DELETE FROM kiosk_pin_limit');
    const ways = {
        unknownCard: (kiosk) => tap(kiosk, '99887766554433'),
        unknownNik: async (kiosk) => kiosk.submit(await kiosk.get('/anjungan/nik'), { nik: freshNumber(village, '010199') }, 'form[action="/anjungan/nik"]'),
        wrong: (kiosk) => tap(kiosk, person.card_uid),
    };
    const said = {};
    for (const [name, arrive] of Object.entries(ways)) {
        const kiosk = await device(village);
        rows(schema, 'DELETE FROM kiosk_pin_limit WHERE device_id IS NOT NULL');
        await arrive(kiosk);
        said[name] = [];
        for (let i = 0; i < 6; i++) said[name].push(await tryPin(kiosk, i < 5 ? '000000' : person.pin));
        said[name].push(await kiosk.get('/anjungan/pin'));
        said[name] = said[name].map((a) => `${a.status} ${a.path} ${wordsOf(a)}`);
    }
    assert.deepEqual(said.unknownCard, said.wrong);
    assert.deepEqual(said.unknownNik, said.wrong);
    for (const [i, words] of said.wrong.slice(0, 4).entries()) assert.match(words, new RegExp(`^422 .*tidak cocok\\. Tinggal ${4 - i} kali lagi`));
    // The fifth says until when, and so does the page that comes next: the right PIN is refused with the reason.
    for (const words of said.wrong.slice(4)) assert.match(words, /PIN dikunci sampai pukul .*Sudah 5 kali tidak cocok.*Tinggal 15 menit.*Panggil petugas.*Ambil nomor antrean/);
    assert.match(said.wrong[6], /^200 /);
    rows(schema, 'DELETE FROM kiosk_pin_limit');
});

test('5 wrong close for 15 minutes, 10 for a day, 15 until the office; over new devices and by NIK', async () => {
    const person = village.residents[4];
    const id = idOf(person);
    const kiosk = await device(village);
    const limits = () => rows(schema, `SELECT failures, TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(6), locked_until) FROM kiosk_pin_limit
        WHERE failures >= 5 ORDER BY locked_until DESC LIMIT 1`)[0].map(Number);
    const reopen = () => rows(schema, 'UPDATE kiosk_pin_limit SET locked_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND');
    rows(schema, 'DELETE FROM kiosk_pin_limit');
    await tap(kiosk, person.card_uid);
    for (const [least, most, words] of [[13, 15, 'Sudah 5 kali'], [23 * 60, 24 * 60, 'dikunci sampai besok pukul'], [365 * 24 * 60, Infinity, 'Petugas memasang PIN baru']]) {
        for (let i = 0; i < 5; i++) (await tryPin(kiosk, '000000')).must(422, 'tidak cocok');
        const [, minutes] = limits();
        assert.ok(minutes >= least && minutes <= most, `closed for ${minutes} minutes`);
        (await tryPin(kiosk, person.pin)).must(422, words);
        // Another device, a NIK instead of the card: the account is closed, not the screen.
        const elsewhere = await device(village);
        await elsewhere.submit(await elsewhere.get('/anjungan/nik'), { nik: person.nik }, 'form[action="/anjungan/nik"]');
        (await tryPin(elsewhere, person.pin)).must(422, words);
        if (most !== Infinity) reopen();
    }
    assert.equal(limits()[0], 15);
    (await clerk.get(`/kantor/penduduk/${id}/kartu`)).must(200, 'PIN dimatikan setelah 15 kali keliru');
    (await post(clerk, `/kantor/penduduk/${id}/kartu/pin`, { pin: '390714', pin2: '390714' })).must(303);
    await tap(kiosk, person.card_uid);
    assert.equal((await tryPin(kiosk, '390714')).location, '/anjungan/layanan');
    (await post(clerk, `/kantor/penduduk/${id}/kartu/pin`, { pin: person.pin, pin2: person.pin })).must(303); // as demo-access.json says
});

test('twenty at once are five tries', async () => {
    const person = village.residents[3];
    rows(schema, 'DELETE FROM kiosk_pin_limit');
    const kiosk = await device(village);
    const page = await tap(kiosk, person.card_uid);
    const { action, fields } = kiosk.fill(page, { pin: '000000' }, 'form[action="/anjungan/pin"]');
    await Promise.all(Array.from({ length: 20 }, () => kiosk.post(action, fields)));
    assert.equal(Number(value(schema, 'SELECT MAX(failures) FROM kiosk_pin_limit WHERE device_id IS NULL')), 5);
    rows(schema, 'DELETE FROM kiosk_pin_limit');
    assert.equal((await tryPin(kiosk, person.pin)).location, '/anjungan/layanan');
});

test('a type the village withdraws from the kiosk is not there', async () => {
    (await post(clerk, '/kantor/anjungan/jenis/pengantar-skck', { tampil: 'tidak' })).must(303);
    try {
        const kiosk = await device(village);
        const tiles = await enter(kiosk, first);
        assert.equal(tiles.page.querySelector('form[action="/anjungan/layanan/pengantar-skck"]'), null);
        const { fields } = kiosk.fill(tiles, {}, '.tiles form[action="/anjungan/layanan/keterangan-usaha"]');
        assert.equal((await kiosk.post('/anjungan/layanan/pengantar-skck', fields)).status, 404);
        // Nobody posts whose letter it is.
        assert.equal((await kiosk.post('/anjungan/layanan/keterangan-usaha', [...fields, ['warga', '1']])).status, 400);
        assert.equal(formFields(tiles.page.querySelector('.tiles form')).every(([name]) => name.startsWith('_')), true);
    } finally {
        (await post(clerk, '/kantor/anjungan/jenis/pengantar-skck', { tampil: 'ya' })).must(303);
    }
});

test('a device that only guesses pauses, with a word to staff and in the trail, and closes few accounts', async () => {
    rows(schema, 'DELETE FROM kiosk_pin_limit');
    const kiosk = await device(village);
    const mine = Number(value(schema, 'SELECT MAX(id) FROM kiosk_device'));
    const paused = audits('kiosk.pause');
    const guess = async (nik) => {
        await kiosk.submit(await kiosk.get('/anjungan/nik'), { nik }, 'form[action="/anjungan/nik"]');
        for (let i = 0; i < 5; i++) await tryPin(kiosk, '000000');
    };
    const people = rows(schema, 'SELECT nik FROM resident WHERE basic_status = 1 AND id NOT IN (SELECT resident_id FROM kiosk_card) ORDER BY id LIMIT 12').flat();
    for (const nik of people) await guess(nik);
    assert.equal(Number(value(schema, 'SELECT COUNT(*) FROM kiosk_pin_limit WHERE device_id IS NULL AND locked_until > UTC_TIMESTAMP(6)')), 4, '20 tries close 4 accounts');
    assert.equal(audits('kiosk.pause'), paused + 1, 'written down once');
    assert.equal(value(schema, "SELECT subject FROM audit WHERE action = 'kiosk.pause' ORDER BY id DESC LIMIT 1"), `kiosk:${mine}`);
    await tap(kiosk, first.card_uid);
    const page = (await kiosk.get('/anjungan/pin')).must(200, 'menerima PIN lagi pukul');
    assert.equal(page.page.querySelector('#pin'), null);
    (await tryPin(kiosk, first.pin)).must(422, 'Terlalu banyak PIN keliru di sini');
    // Another device goes on, until the village has its sum.
    const pace = rows(schema, 'SELECT HEX(key_hash), device_id, began_at, failures, locked_until FROM kiosk_pin_limit WHERE device_id > 0');
    const other_ = await device(village);
    for (const [key, id, began, failures, until_] of pace) rows(schema, `INSERT INTO kiosk_pin_limit (key_hash, device_id, began_at, failures, locked_until) VALUES (UNHEX('${key}'), ${id}, '${began}', ${failures}, '${until_}')`);
    await tap(other_, first.card_uid);
    assert.equal((await tryPin(other_, first.pin)).location, '/anjungan/layanan');
    const bar = (await clerk.get('/kantor/anjungan/panggilan', { headers: { 'hx-request': 'true' } })).must(200, 'berhenti menerima PIN sampai');
    assert.ok(bar.words.includes('Anjungan latihan'));
    (await post(clerk, '/kantor/anjungan/buka', {})).must(303);
    assert.equal((await tryPin(kiosk, first.pin)).location, '/anjungan/layanan');
    assert.ok(audits('kiosk.resume') > 0);

    rows(schema, 'DELETE FROM kiosk_pin_limit');
    rows(schema, "INSERT INTO kiosk_pin_limit (key_hash, device_id, began_at, failures) VALUES (REPEAT('v', 32), 0, UTC_TIMESTAMP(6), 60)");
    await tap(kiosk, second.card_uid);
    (await tryPin(kiosk, second.pin)).must(422, 'menerima PIN lagi pukul');
    (await clerk.get('/kantor/anjungan/panggilan', { headers: { 'hx-request': 'true' } })).must(200, 'Semua anjungan berhenti menerima PIN');
    rows(schema, 'DELETE FROM kiosk_pin_limit');
});

test('who is here for the first time sees it on every PIN page, and gets a number without a PIN', async () => {
    const kiosk = await device(village);
    for (const uid of ['99887766554433', first.card_uid]) {
        const page = await tap(kiosk, uid);
        assert.equal(page.page.querySelector('a[href="/anjungan/pertama"]').text.includes('Pertama kali di sini?'), true, uid);
    }
    const screen = (await kiosk.get('/anjungan/pertama')).must(200, 'Kartu perlu didaftarkan dulu');
    assert.ok(screen.page.querySelector('a[href="/anjungan/pin"]'));
    const { action, fields } = kiosk.fill(screen, {}, 'form[action="/anjungan/antrean"]');
    const answers = await Promise.all([kiosk.post(action, fields), kiosk.post(action, fields)]);
    for (const answer of answers) assert.equal(answer.location, '/anjungan/antrean?cetak=1');
    const mine = value(schema, 'SELECT MAX(id) FROM kiosk_device');
    const numbers = rows(schema, `SELECT number FROM kiosk_call WHERE number IS NOT NULL AND device_id = ${mine}`).flat();
    assert.equal(numbers.length, 1, 'pressed twice at once it is one number');
    const slip = (await kiosk.follow(answers[0])).must(200, 'Nomor antrean Anda');
    assert.equal(slip.page.querySelector('.ticket b').text, numbers[0]);
    assert.ok(slip.page.querySelector('.slip[data-print]'));
    assert.equal((await kiosk.get('/anjungan/antrean')).must(200).page.querySelectorAll('[data-print]').length, 0);
    // One row of numbers a day: the next of a letter is another.
    assert.equal(value(schema, "SELECT value % 10000 FROM epoch WHERE name = 'queue'"), numbers[0]);
    (await kiosk.submit(await kiosk.get('/anjungan/pertama'), {}, 'form[action="/anjungan/selesai"]')).must(303);
    assert.equal((await kiosk.get('/anjungan/antrean')).location, '/anjungan');
});

const take = async (kiosk) => kiosk.submit(await kiosk.get('/anjungan/pertama'), {}, 'form[action="/anjungan/antrean"]');
const shown = async (kiosk) => (await kiosk.get('/anjungan/antrean')).must(200, 'Nomor antrean Anda').page.querySelector('.ticket b').text;

test('a number is of who stands there: one a visit, and the next person neither sees it nor gets it', async () => {
    const kiosk = await device(village);
    await tap(kiosk, first.card_uid);
    (await take(kiosk)).must(303);
    const mine = await shown(kiosk);
    rows(schema, `UPDATE kiosk_call SET at = at - INTERVAL 5 MINUTE WHERE number = ${mine} AND day = '${iso(today())}'`);
    (await take(kiosk)).must(303);
    assert.equal(await shown(kiosk), mine, 'one a visit');
    (await kiosk.submit(await kiosk.get('/anjungan/pertama'), {}, 'form[action="/anjungan/selesai"]')).must(303);
    assert.equal((await kiosk.get('/anjungan/antrean')).location, '/anjungan', 'after Selesai it is shown to nobody');
    await tap(kiosk, second.card_uid);
    assert.equal((await kiosk.get('/anjungan/antrean')).location, '/anjungan');
    (await take(kiosk)).must(303);
    assert.equal(Number(await shown(kiosk)), Number(mine) + 1);
    await tap(kiosk, first.card_uid); // without Selesai
    assert.equal((await kiosk.get('/anjungan/antrean')).location, '/anjungan');
});

test('a screen that nobody has signed in on gives five numbers, then calls somebody; the office counts all, and empties the queue', async () => {
    rows(schema, 'DELETE FROM kiosk_call');
    const kiosk = await device(village);
    const device_ = value(schema, 'SELECT MAX(id) FROM kiosk_device');
    const later = () => rows(schema, `UPDATE kiosk_call SET at = at - INTERVAL 11 SECOND WHERE device_id = ${device_}`);
    for (let i = 0; i < 5; i++) {
        (await take(kiosk)).must(303);
        later();
    }
    (await take(kiosk)).must(422, 'Masih ada 5 nomor dari layar ini yang menunggu');
    assert.equal(value(schema, `SELECT COUNT(*) FROM kiosk_call WHERE device_id = ${device_}`), '5');
    rows(schema, `INSERT INTO kiosk_call (device_id, at, day, number) SELECT ${device_}, UTC_TIMESTAMP(6), day, 1000 + seq FROM seq_1_to_60, (SELECT MAX(day) AS day FROM kiosk_call) d`);
    const desk = (await clerk.get('/kantor')).must(200, '65 menunggu');
    rows(schema, `INSERT INTO kiosk_call (device_id, at, day, number) SELECT ${device_}, UTC_TIMESTAMP(6), MAX(day), 2000 FROM kiosk_call`);
    const after_ = await clerk.follow(await clerk.submit(desk, {}, 'form[action="/kantor/anjungan/antrean/kosongkan"]'));
    after_.must(200, 'Antrean dikosongkan').must(200, '1 menunggu');
    assert.deepEqual(rows(schema, 'SELECT number FROM kiosk_call WHERE done_at IS NULL'), [['2000']], 'taken after the page was shown');
    (await kiosk.get('/anjungan/antrean')).must(200, /Antrean dikosongkan\s+Nomor \d+ tidak dipanggil lagi/);
    assert.equal(value(schema, "SELECT subject FROM audit WHERE action = 'kiosk.queue_empty' ORDER BY id DESC LIMIT 1"), 'numbers:65');
    (await take(kiosk)).must(303);
    assert.ok(!['1', '2', '3', '4', '5'].includes(await shown(kiosk)), 'a new number, not one of before');
});

test('12 digits of a NIK stay where they were typed', async () => {
    const kiosk = await device(village);
    const back = await kiosk.submit(await kiosk.get('/anjungan/nik'), { nik: '731710210099' }, 'form[action="/anjungan/nik"]');
    back.must(422, 'NIK kurang 4 angka');
    assert.equal(back.page.querySelector('#nik').getAttribute('value'), '731710210099');
});

test('answers stay until the end of the visit: Kembali, the same tile, the same card; many presses begin one letter', async () => {
    const kiosk = await device(village);
    const person = village.residents[4];
    const drafts = () => rows(schema, `SELECT id FROM letter WHERE resident_id = ${idOf(person)} AND state = 1 AND channel = 'kiosk'`).flat().map(Number);
    const tiles = await enter(kiosk, person);
    const forms = await Promise.all(Array.from({ length: 10 }, async () => kiosk.fill(await kiosk.get('/anjungan/layanan'), {}, '.tiles form[action="/anjungan/layanan/keterangan-tidak-mampu"]')));
    await Promise.all(forms.map(({ action, fields }) => kiosk.post(action, fields)));
    const [draft, ...more] = drafts();
    assert.deepEqual(more, [], 'ten presses, one draft');

    const question = (await kiosk.get('/anjungan/isi/1')).must(200);
    assert.equal((await say(kiosk, question, 'beasiswa anak')).location, '/anjungan/periksa');
    const check = (await kiosk.get('/anjungan/periksa')).must(200, 'Beasiswa anak');
    assert.equal(check.page.querySelector('.kiosk-foot a').getAttribute('href'), '/anjungan/isi/1', 'Kembali is the question before');
    assert.ok((await kiosk.get('/anjungan/isi/1')).text.includes('beasiswa anak'));
    for (const again of [
        () => kiosk.submit(tiles, {}, '.tiles form[action="/anjungan/layanan/keterangan-tidak-mampu"]'),
        async () => kiosk.post('/anjungan/kartu', [...formFields((await kiosk.get('/anjungan/layanan')).page.querySelector('form#kartu')).filter(([n]) => n.startsWith('_')), ['kartu', person.card_uid]]),
    ]) {
        let at = await again();
        while (at.status === 303) at = await kiosk.follow(at);
        assert.equal(at.path, '/anjungan/periksa');
        at.must(200, 'Beasiswa anak');
    }
    assert.deepEqual(drafts(), [draft]);
    await leave(kiosk);
    assert.deepEqual(drafts(), [], 'the end ends them');
    const fresh = await choose(kiosk, await enter(kiosk, person), 'keterangan-tidak-mampu');
    assert.ok(!fresh.text.includes('beasiswa anak'), 'the next visit begins anew');
    await leave(kiosk);
});

test('questions are asked with tiles; under the seal nothing is typed; a village has its own answers', async () => {
    const kiosk = await device(village);
    const person = village.residents[4];
    forgetLetters(village, person);
    const page = await choose(kiosk, await enter(kiosk, person), 'keterangan-usaha');
    page.must(200, 'Usahanya apa?').must(200, 'Contoh di surat');
    const tiles = () => page.page.querySelectorAll('.tile').map((t) => t.text.trim());
    assert.equal(tiles().length, 9);
    assert.equal(tiles().at(-1), 'Lainnya, ke loket');
    (await say(kiosk, page, 'kios palsu')).must(422, 'Pilih salah satu');
    (await kiosk.post('/anjungan/isi/1', [...formFields(page.page.querySelector('.is-asking form')), ['ketik', '1'], ['jawab', 'emas batangan']])).must(422, 'Pilih salah satu');

    // Where, by the village's own hamlets; how long, by the year; an older one is typed.
    let at = await kiosk.follow(await say(kiosk, page, 'ternak'));
    const hamlets = rows(schema, "SELECT DISTINCT hamlet FROM area WHERE hamlet NOT IN ('', '-')").flat();
    for (const hamlet of hamlets.slice(0, 3)) assert.ok(at.words.toLowerCase().includes(hamlet.toLowerCase()), hamlet);
    const sample = /Contoh di surat: “bertempat di (.+?)”/.exec(at.words)[1];
    assert.ok(at.page.querySelectorAll('.tile').some((t) => t.text.trim() === sample), `the sample is one of the tiles: ${sample}`);
    at = await kiosk.follow(await say(kiosk, at, ''));
    const year = thisYear();
    at.must(200, String(year)).must(200, 'Lebih lama');
    (await kiosk.get('/anjungan/isi/3?ketik=1')).must(200, 'Sejak tahun berapa?');
    at = await kiosk.follow(await say(kiosk, at, String(year)));

    // What has just begun is shown at the counter once: told at the year's tile. A letter that was issued for it is that.
    assert.equal(at.path, '/anjungan/loket');
    at.must(200, 'Ke loket sekali').must(200, 'surat pengantar RT');
    assert.match(at.page.querySelector('.three li').text, /^1Siapkan surat pengantar RTBelum punya\? Minta ke ketua RT dulu, lalu tempelkan kartu lagi/);
    assert.deepEqual(at.page.querySelectorAll('.big-acts form').map((f) => f.getAttribute('action')), ['/anjungan/antrean', '/anjungan/selesai']);
    assert.equal(at.page.querySelector('.kiosk-foot form[action="/anjungan/selesai"]'), null, 'Selesai is not beside Kembali');
    assert.equal(at.page.querySelector('.kiosk-foot a').getAttribute('href'), '/anjungan/isi/3', 'another year may be said');
    assert.equal((await kiosk.get('/anjungan/periksa')).location, '/anjungan/loket', 'nothing is sent past it');
    assert.equal((await kiosk.get('/anjungan/lanjut')).location, '/anjungan/loket');
    at = await kiosk.follow(await say(kiosk, (await kiosk.get('/anjungan/isi/3')).must(200), String(year - 3)));
    assert.equal(at.path, '/anjungan/isi/4');
    at = await kiosk.follow(await say(kiosk, at, 'pengajuan pinjaman bank'));
    at.must(200, 'Di rumah sendiri');
    assert.ok(!at.text.includes('Tidak diisi'), 'the tile was an answer');
    at = await kiosk.follow(await say(kiosk, (await kiosk.get('/anjungan/isi/3')).must(200), String(year)));
    assert.equal(at.path, '/anjungan/loket');
    // Who has no paper yet ends with a button of its own, and comes back with it: nothing waits for a number.
    const waiting = value(schema, 'SELECT COUNT(*) FROM kiosk_call WHERE number IS NOT NULL');
    assert.equal((await kiosk.submit(at, {}, '.big-acts form[action="/anjungan/selesai"]')).location, '/anjungan');
    assert.equal(value(schema, 'SELECT COUNT(*) FROM kiosk_call WHERE number IS NOT NULL'), waiting);
    at = await kiosk.submit(await enter(kiosk, person), {}, '.tiles form[action="/anjungan/layanan/keterangan-usaha"]');
    while (at.status === 303) at = await kiosk.follow(at);
    assert.equal(at.path, '/anjungan/loket', 'with the answers of before');
    at = await kiosk.follow(await say(kiosk, (await kiosk.get('/anjungan/isi/3')).must(200), String(year)));
    assert.equal(at.path, '/anjungan/loket');
    rows(schema, `INSERT INTO letter (type_id, state, channel, resident_id, inputs, made_by, made_at, scope, year, number, issued_at)
        SELECT id, 4, 'counter', ${idOf(person)}, '{"sejak":"${year}"}', 1, NOW(6), 'uji', ${year}, 990001, NOW(6) FROM letter_type WHERE slug = 'keterangan-usaha'`);
    assert.ok((await kiosk.get('/anjungan/periksa')).must(200, 'Cetak surat saya').page.querySelector('form[action="/anjungan/terbitkan"]'));
    rows(schema, "DELETE FROM letter WHERE scope = 'uji'");
    await leave(kiosk);

    const office = (await clerk.get('/kantor/anjungan')).must(200, 'Pilihan jawaban di anjungan');
    const form = office.page.querySelectorAll('form[action="/kantor/anjungan/pilihan/keterangan-usaha"]').find((f) => f.querySelector('[name=isian]').getAttribute('value') === 'usaha');
    const fields = formFields(form).filter(([name]) => name !== 'pilihan');
    (await clerk.post(form.getAttribute('action'), [...fields, ['pilihan', 'tambak rumput laut\n\n  kebun cengkih  \n']])).must(303);
    const own = await choose(kiosk, await enter(kiosk, person), 'keterangan-usaha');
    assert.deepEqual(own.page.querySelectorAll('.tile').map((t) => t.text.trim()), ['Tambak rumput laut', 'Kebun cengkih', 'Lainnya, ke loket']);
    (await say(kiosk, own, 'ternak')).must(422, 'Pilih salah satu');
    (await say(kiosk, own, 'kebun cengkih')).must(303);
    await leave(kiosk);
    (await clerk.post(form.getAttribute('action'), [...formFields((await clerk.get('/kantor/anjungan')).page.querySelectorAll('form[action="/kantor/anjungan/pilihan/keterangan-usaha"]').find((f) => f.querySelector('[name=isian]').getAttribute('value') === 'usaha')).filter(([name]) => name !== 'pilihan'), ['pilihan', '']])).must(303);
    assert.equal(value(schema, "SELECT kiosk_choices FROM letter_type WHERE slug = 'keterangan-usaha'"), '{}');
    assert.ok(audits('letter_type.choices') >= 2);
});

test('what only the counter can judge goes there with its number: the answers are a draft that the clerk finds', async () => {
    const kiosk = await device(village);
    const person = village.residents[4];
    const year = thisYear();
    forgetLetters(village, person);
    let at = await choose(kiosk, await enter(kiosk, person), 'keterangan-usaha');
    for (const answer of ['ternak', '', String(year)]) at = await kiosk.follow(await say(kiosk, at, answer));
    rows(schema, 'UPDATE kiosk_call SET done_at = at WHERE done_at IS NULL');
    (await kiosk.submit(at, {}, 'form[action="/anjungan/antrean"]')).must(303);
    const number = await shown(kiosk);
    const kept = lastLetter(village, person.nik);
    const other_ = await device(village);
    await take(other_);
    const waits = (await clerk.get('/kantor')).must(200).page.querySelectorAll('.queue tbody tr').map((r) => r.querySelectorAll('th, td').map((c) => c.text.trim()).slice(0, 2));
    assert.deepEqual(waits, [[number, 'Surat Keterangan Usaha'], [await shown(other_), 'Tanpa keterangan']], 'the desk sees what each waits for');
    assert.deepEqual([kept.state, kept.inputs.usaha, kept.inputs.sejak], [1, 'ternak', String(year)]);
    assert.equal(value(schema, `SELECT queue_number FROM kiosk_letter WHERE letter_id = ${kept.id}`), number);
    assert.equal((await kiosk.get('/anjungan/periksa')).location, '/anjungan/layanan', 'it is the counter\'s now');
    await leave(kiosk);
    assert.equal(lastLetter(village, person.nik).state, 1, 'Selesai does not cancel it');
    const list = (await clerk.get('/kantor/surat')).must(200);
    assert.ok(list.page.querySelector(`a[href^="/kantor/surat/${kept.id}"]`), 'in the clerk\'s list');
    (await clerk.get(`/kantor/surat/${kept.id}`)).must(200, 'Lanjutkan surat ini');

    // "Lainnya, ke loket", in the middle of the questions, keeps what was answered as well.
    at = await choose(kiosk, await enter(kiosk, person), 'keterangan-usaha');
    at = await kiosk.follow(await say(kiosk, at, 'nelayan atau tambak'));
    (await kiosk.submit(at, {}, 'form#loket')).must(303);
    await leave(kiosk);
    const second_ = lastLetter(village, person.nik);
    assert.deepEqual([second_.state, second_.inputs.usaha], [1, 'nelayan atau tambak']);

    // Who is too young is told so at the letter's tile, before any question.
    const [[id, birth]] = rows(schema, `SELECT id, birth_date FROM resident WHERE nik = '${person.nik}'`);
    rows(schema, `UPDATE resident SET birth_date = '${year - 10}-01-01' WHERE id = ${id}`);
    at = await choose(kiosk, await enter(kiosk, person), 'keterangan-usaha');
    rows(schema, `UPDATE resident SET birth_date = '${birth}' WHERE id = ${id}`);
    assert.equal(at.path, '/anjungan/loket');
    at.must(200, 'Lanjut di loket').must(200, 'untuk umur 15 tahun ke atas');
    assert.deepEqual(at.page.querySelectorAll('.three b').map((b) => b.text), ['Ambil nomor antrean', 'Tunggu nomor dipanggil', 'Petugas melanjutkan suratnya']);
    await leave(kiosk);
    assert.equal(lastLetter(village, person.nik).state, 7, 'without a number it is cancelled as before');
});

test('who goes to fetch a paper finds the answers again; the tile of this year says what it asks for', async () => {
    const kiosk = await device(village);
    const person = village.residents[4];
    const year = thisYear();
    forgetLetters(village, person);
    const words = (page) => page.page.querySelectorAll('.tile').map((t) => t.text.replace(/\s+/g, ' ').trim());
    let at = await choose(kiosk, await enter(kiosk, person), 'keterangan-usaha');
    at.must(200, 'Langkah 3 dari 4, pertanyaan 1 dari 4');
    for (const answer of ['ternak', '']) at = await kiosk.follow(await say(kiosk, at, answer));
    at.must(200, 'Langkah 3 dari 4, pertanyaan 3 dari 4');
    assert.deepEqual(words(at).slice(0, 2), [`${year} perlu surat pengantar RT`, String(year - 1)]);
    at = await kiosk.follow(await say(kiosk, at, String(year)));
    at.must(200, 'Bawa surat pengantar RT ke loket');
    (await kiosk.submit(at, {}, '.big-acts form[action="/anjungan/selesai"]')).must(303);
    rows(schema, `UPDATE letter SET made_at = made_at - INTERVAL 13 DAY WHERE id = ${lastLetter(village, person.nik).id}`);
    const tiles = (await enter(kiosk, person)).must(200, 'Jawaban Anda masih ada').must(200, 'Lanjutkan');
    at = await kiosk.follow(await kiosk.submit(tiles, {}, '.again form'));
    while (at.status === 303) at = await kiosk.follow(at);
    at.must(200, 'Siapkan surat pengantar RT');
    assert.deepEqual(lastLetter(village, person.nik).inputs, { usaha: 'ternak', tempat: '', sejak: String(year) });
    (await kiosk.submit(at, {}, '.big-acts form[action="/anjungan/selesai"]')).must(303);
    rows(schema, `UPDATE letter SET made_at = made_at - INTERVAL 14 DAY WHERE id = ${lastLetter(village, person.nik).id}`);
    assert.ok(!(await enter(kiosk, person)).words.includes('Jawaban Anda masih ada'), 'for 14 days');
    await leave(kiosk);
    assert.equal(lastLetter(village, person.nik).state, 7, 'the end cancels it');
});

test('a hamlet of a few people that is called nearly as a large one is no tile; one of its own name is', async () => {
    const kiosk = await device(village);
    const person = village.residents[4];
    forgetLetters(village, person);
    const [[large]] = rows(schema, `SELECT a.hamlet FROM area a JOIN resident r ON r.area_id = a.id AND r.basic_status = 1 WHERE a.hamlet <> '-'
        GROUP BY a.hamlet ORDER BY COUNT(*) DESC LIMIT 1`);
    const offered = async () => {
        let at = await choose(kiosk, await enter(kiosk, person), 'keterangan-usaha');
        at = await kiosk.follow(await say(kiosk, at, 'ternak'));
        const tiles = at.page.querySelectorAll('.tile').map((t) => t.text.trim().toUpperCase());
        await leave(kiosk);
        return tiles.filter((t) => t.includes(large.toUpperCase()) || t.includes('PUNCAK SUNYI'));
    };
    const before = await offered();
    rows(schema, `INSERT INTO area (hamlet) VALUES ('${large}G'), ('PUNCAK SUNYI')`);
    try {
        assert.deepEqual((await offered()).filter((t) => !before.includes(t)).map((t) => t.replace(/^\S+ /, '')), ['PUNCAK SUNYI']);
    } finally {
        rows(schema, `DELETE FROM area WHERE hamlet IN ('${large}G', 'PUNCAK SUNYI')`);
    }
});

test('the office\'s home says how each screen is: on, off since when, its PINs paused, its last letter; a code is no screen', async () => {
    const kiosk = await device(village);
    await kiosk.open('/anjungan');
    await freshCode();
    const id = value(schema, 'SELECT MAX(id) FROM kiosk_device WHERE enrolled_at IS NOT NULL');
    rows(schema, `UPDATE kiosk_device SET revoked_at = '2001-01-01' WHERE id <> ${id} AND enrolled_at IS NOT NULL AND revoked_at IS NULL`);
    const letter = value(schema, 'SELECT MAX(letter_id) FROM kiosk_letter');
    const was = value(schema, `SELECT device_id FROM kiosk_letter WHERE letter_id = ${letter}`);
    rows(schema, `UPDATE kiosk_letter SET device_id = ${id}, sent_at = UTC_TIMESTAMP(6) WHERE letter_id = ${letter}`);
    const lines = async () => (await clerk.get('/kantor')).must(200).page.querySelectorAll('.screens li').map((li) => li.text.replace(/\s+/g, ' ').trim());
    try {
        const [on, ...more] = await lines();
        assert.deepEqual(more, [], 'neither a code nor a revoked screen');
        assert.match(on, /^Anjungan latihan( \d+)? Menyala, belum dipakai Surat terakhir \d\d\.\d\d$/);
        await tap(kiosk, '0099887766');
        assert.match((await lines())[0], /^Anjungan latihan( \d+)? Menyala, dipakai \d\d\.\d\d Surat terakhir/);
        rows(schema, `INSERT INTO kiosk_pin_limit (key_hash, device_id, failures, locked_until) VALUES (UNHEX(SHA2('uji', 256)), ${id}, 20, UTC_TIMESTAMP(6) + INTERVAL 10 MINUTE)`);
        assert.match((await lines())[0], /PIN berhenti sampai/);
        rows(schema, `UPDATE kiosk_device SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 2 DAY WHERE id = ${id}`);
        assert.match((await lines())[0], /Mati sejak \d\d-\d\d-\d{4} \d\d\.\d\d\. Nyalakan layarnya\./);
    } finally {
        rows(schema, `UPDATE kiosk_device SET revoked_at = NULL WHERE revoked_at = '2001-01-01'; DELETE FROM kiosk_pin_limit WHERE device_id IS NOT NULL;
            UPDATE kiosk_letter SET device_id = ${was} WHERE letter_id = ${letter}`);
    }
});
