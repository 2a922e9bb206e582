// SPDX-License-Identifier: AGPL-3.0-or-later
// Who was entered by mistake or twice is taken out of the books: kept with letters and history, counted nowhere, and given back on a press.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo } from '../harness/days.mjs';
import { eventsOf, FORM, person, through } from '../harness/events.mjs';
import { familyRow, freshKk, freshNumber, haveHamlets, historyOf, living, makeFamily, residentRow, usualFamily } from '../harness/families.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village, other] = trainingVillages();
const schema = schemaOf(village);
const { eventOf, bore, cancel } = eventsOf(village);
let clerk;
let secretary;

before(async () => {
    clerk = await staff(village, 'clerk');
    secretary = await staff(village, 'secretary');
    haveHamlets(village, 'UJI KELUARGA');
});

const at = (id) => `/kantor/penduduk/${id}`;
const out = async (id, values, client = clerk) => client.submit((await client.get(`${at(id)}/keluarkan`)).must(200), { alasan: 'terketik dua kali', langkah: 'periksa', ...values }, FORM('keluarkan'));
const gone = async (id, values, client = clerk) => through(client, await out(id, values, client), FORM('keluarkan'));
const back = async (id, client = clerk) => client.submit((await client.get(`${at(id)}/keluarkan`)).must(200, 'Dikeluarkan dari buku penduduk'), {}, FORM('kembalikan'));
const outOf = (id) => rows(schema, `SELECT IFNULL(out_why, 0), IFNULL(out_of, 0) FROM resident WHERE id = ${id}`)[0].map(Number);
const nikOf = (id) => value(schema, `SELECT nik FROM resident WHERE id = ${id}`);
const search = async (cari, status = '') => (await clerk.follow(await clerk.submit(await clerk.get(`/kantor/penduduk${status}`), { cari }, 'main form[role="search"]'))).must(200);
const hrefs = (answer) => answer.page.querySelectorAll('main table a').map((a) => Number(/^\/kantor\/penduduk\/(\d+)$/.exec(a.getAttribute('href') ?? '')?.[1])).filter(Boolean);

test('a double is taken out: counted nowhere, kept whole, its NIK free, and told on its page which one is right', async () => {
    const family = makeFamily(village, [[1, 1, 1980, 'KASIM GANDAAN'], [3, 2, 1983, 'SITI GANDAAN'], [4, 1, 2004, 'BUDI GANDAAN'], [4, 1, 2004, 'BUDI GANDAAN']]);
    const [, , right, twin] = family.members;
    const nik = nikOf(twin), count = living(village), before_ = residentRow(village, twin);
    rows(schema, `UPDATE resident SET card_tag = '0A0B0C0D${twin}' WHERE id = ${twin}`);
    (await out(twin, { sebab: '2' })).must(422, 'Catatan yang benar belum dipilih');
    const asked = (await out(twin, { sebab: '2', benar_cari: 'budi gandaan' })).must(422, 'Budi Gandaan');
    const choose = (id, values = {}) => clerk.submit(asked, { langkah: 'periksa', benar: String(id), ...values }, FORM('keluarkan'));
    (await choose(twin)).must(422, 'Ini catatan yang sama');
    (await choose(right, { alasan: '' })).must(422, 'Alasan');
    assert.ok(!asked.page.querySelector('main .of-double').text.includes('boleh kosong'), 'of a double it is asked for');
    assert.equal(residentRow(village, twin).version, before_.version, 'nothing was written');
    const open = (await clerk.get(`${at(twin)}/ubah`)).must(200);
    const check = (await choose(right)).must(200, 'Periksa sebelum dikeluarkan').must(200, 'Catatan yang benar').must(200, 'Budi Gandaan');
    assert.equal(residentRow(village, twin).version, before_.version, 'nothing was written yet');
    const said = await clerk.follow((await through(clerk, check, FORM('keluarkan'))).must(303));
    said.must(200, 'Dikeluarkan: catatan ganda').must(200, 'NIK pengganti');
    assert.equal(said.page.querySelector(`main a[href^="${at(twin)}/ubah"]`), null, 'what does not count is given back, not changed');
    assert.equal((await clerk.get(`${at(twin)}/ubah`)).must(303).location, at(twin), 'nor by an address typed by hand');
    const version = residentRow(village, twin).version;
    (await clerk.submit(open, { isi_suku: 'Bugis', alasan: 'perbaikan' }, FORM('ubah'))).must(409);
    assert.equal(residentRow(village, twin).version, version, 'nor by a form opened before');
    assert.deepEqual([residentRow(village, twin).status, residentRow(village, twin).family, outOf(twin)], [9, family.id, [2, right]]);
    assert.equal(living(village), count - 1);
    assert.match(nikOf(twin), /^0/, 'the NIK is free');
    assert.equal(value(schema, `SELECT card_tag IS NULL OR card_tag = '' FROM resident WHERE id = ${twin}`), '1', 'and the card');
    const [told] = historyOf(village, twin).slice(-1);
    assert.deepEqual([told.kind, told.reason, told.changes.basic_status, told.changes.nik[0]], ['out', 'terketik dua kali', [1, 9], nik]);
    const audited = (action) => rows(schema, `SELECT subject, detail FROM audit WHERE action = '${action}' ORDER BY id DESC LIMIT 1`)[0];
    assert.deepEqual(audited('resident.out'), [`resident:${twin}`, `{"why":2,"twin":${right}}`]);
    for (const status of ['', '?status=0']) assert.deepEqual(hrefs(await search('budi gandaan', status)), [right], `the list${status}`);
    assert.deepEqual(hrefs(await search('budi gandaan', '?status=9')), [twin], 'found among those that do not count');
    assert.ok(!hrefs((await clerk.get(`/kantor/keluarga/${family.id}`)).must(200)).includes(twin), 'not on the family card');
    assert.ok((await clerk.get(`${at(twin)}/keluarkan`)).must(200, 'Ganda: orang yang sama tercatat dua kali').page.querySelector(`main a[href="${at(right)}"]`), 'the right one is a press away');
    (await clerk.submit((await clerk.get('/kantor/penduduk/tambah')).must(200), { nik, nama: 'Budi Gandaan', jk: '1', tempat: 'Larompong', ...dated('lahir', [1, 1, 2004]), agama: '1', kawin: '1', kerja: '1', peran: '4', kk: family.kk, dusun: 'Uji Keluarga' }, 'main form[action="/kantor/penduduk/tambah"]')).must(303);
    const [[fresh]] = rows(schema, `SELECT id FROM resident WHERE nik = '${nik}'`);
    assert.notEqual(Number(fresh), twin, 'the NIK makes a person of its own, without what the wrong one had');

    (await back(twin)).must(303);
    assert.deepEqual([residentRow(village, twin).status, residentRow(village, twin).role, outOf(twin)], [1, 4, [0, 0]]);
    assert.deepEqual(audited('resident.out_back'), [`resident:${twin}`, `{"why":2,"twin":${right}}`], 'the row itself says it no more');
    assert.match(nikOf(twin), /^0/, 'its NIK is somebody else\'s now');
    assert.equal(value(schema, `SELECT card_tag FROM resident WHERE id = ${twin}`), `0A0B0C0D${twin}`, 'the card is nobody else\'s');
    assert.equal(historyOf(village, twin).at(-1).kind, 'out_back');
    (await clerk.post(`${at(twin)}/kembalikan`, (await clerk.get(`${at(twin)}/keluarkan`)).must(200) && { versi: '1' })).must(403);
});

test('who is given back has the NIK again when nobody else took it', async () => {
    const family = usualFamily(village, 'KEMBALIAN');
    const child = family.members[2], nik = nikOf(child), count = living(village);
    (await gone(child, { sebab: '1' })).must(303);
    assert.deepEqual(outOf(child), [1, 0]);
    const page = (await clerk.get(`${at(child)}/keluarkan`)).must(200, 'Salah isi');
    const late = (await secretary.get(`${at(child)}/keluarkan`)).must(200, 'Salah isi');
    (await clerk.submit(page, {}, FORM('kembalikan'))).must(303);
    assert.deepEqual([nikOf(child), residentRow(village, child).status, residentRow(village, child).role, living(village)], [nik, 1, 4, count]);
    (await secretary.submit(late, {}, FORM('kembalikan'))).must(409, 'baru saja berubah');
});

test('who leads a family goes only with a successor, whose family it is then; back they come beside the new head', async () => {
    const family = usualFamily(village, 'KEPALAKELUAR');
    const [head, wife, son, daughter] = family.members;
    (await out(head, { sebab: '1' })).must(422, 'Kepala keluarga berikutnya belum dipilih');
    const check = (await out(head, { sebab: '1', kepala: String(wife) })).must(200, 'Periksa sebelum dikeluarkan');
    assert.equal(residentRow(village, head).status, 1, 'asked first');
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('keluarkan'))).must(303);
    assert.deepEqual([residentRow(village, head).status, familyRow(village, family.id).head, residentRow(village, wife).role], [9, wife, 1]);
    assert.deepEqual([son, daughter].map((id) => residentRow(village, id).role), [4, 4]);
    (await clerk.follow((await back(head)).must(303))).must(200, 'kepala keluarganya tetap');
    assert.deepEqual([residentRow(village, head).status, residentRow(village, head).role, familyRow(village, family.id).head], [1, 9, wife]);
});

test('an event that stands is taken back instead; who is not valid by one is not taken out twice', async () => {
    const family = usualFamily(village, 'PERISTIWAKELUAR');
    const when = dayAgo(5);
    (await bore(clerk, family, { nama: 'Bayi Keluar', jk: '1', tempat: 'Larompong', ...dated('lahir', when), nik: freshNumber(village, `${String(when[0]).padStart(2, '0')}${String(when[1]).padStart(2, '0')}${String(when[2]).slice(2)}`) })).must(303);
    const [[baby]] = rows(schema, "SELECT id FROM resident WHERE name = 'BAYI KELUAR' AND basic_status = 1");
    const page = (await clerk.get(`${at(baby)}/keluarkan`)).must(200, 'punya peristiwa yang masih berlaku');
    assert.ok(page.page.querySelector(`main a[href="/kantor/peristiwa/${eventOf(Number(baby)).id}"]`));
    assert.equal(page.page.querySelector(FORM('keluarkan')), null);
});

test('it is a right of its own', async () => {
    const person = usualFamily(village, 'HAKKELUAR').members[3];
    const head = await staff(village, 'head');
    (await head.get(`${at(person)}/keluarkan`)).must(403);
    assert.ok(!(await head.get(at(person))).must(200).text.includes('keluarkan'));
    rows(schema, "UPDATE role SET permissions = REPLACE(permissions, 'take_out_residents,', '') WHERE word = 'clerk'");
    try {
        const other = await staff(village, 'clerk');
        (await other.get(`${at(person)}/keluarkan`)).must(403);
        assert.ok(!(await other.get(at(person))).must(200).text.includes('/keluarkan'));
    } finally {
        rows(schema, "UPDATE role SET permissions = REPLACE(permissions, 'edit_residents,', 'edit_residents,take_out_residents,') WHERE word = 'clerk'");
    }
});

test('a double is somebody alike; of two taken out of each other one stays, and the right one goes for no other reason', async () => {
    const family = makeFamily(village, [[1, 1, 1980, 'AMIRGANDA SATU'], [4, 1, 2001, 'BASOGANDA DUA'], [4, 1, 2001, 'BASOGANDA TIGA'], [4, 2, 2001, 'BASOGANDA EMPAT'], [4, 1, 2003, 'CANDRAGANDA LIMA']]);
    const [, one, two, woman] = family.members;
    const twice = async (id, name, client = clerk) => {
        const asked = (await out(id, { sebab: '2', benar_cari: name.toLowerCase() }, client)).must(422);
        return (benar) => client.submit(asked, { langkah: 'simpan', benar: String(benar) }, FORM('keluarkan'));
    };
    const press = await twice(one, 'basoganda');
    (await press(woman)).must(422, 'Jenis kelaminnya berbeda');
    for (const name of ['candraganda lima', 'amirganda satu']) (await out(one, { sebab: '2', benar_cari: name })).must(422, 'Nama dan tanggal lahirnya berbeda');
    assert.equal(residentRow(village, one).status, 1, 'nothing was written');
    const mine = await twice(one, 'basoganda'), hers = await twice(two, 'basoganda', secretary);
    const both = await Promise.all([mine(two), hers(one)]);
    assert.equal(both.filter((answer) => answer.status === 303).length, 1, both.map((a) => `${a.status} ${a.told}`).join());
    const stays = residentRow(village, one).status === 1 ? one : two, away = stays === one ? two : one;
    assert.deepEqual([residentRow(village, stays).status, residentRow(village, away).status, outOf(away)], [1, 9, [2, stays]]);
    (await out(stays, { sebab: '1' })).must(422, 'Catatan lain sudah dikeluarkan sebagai ganda dari catatan ini');
    (await back(away)).must(303);
    (await gone(stays, { sebab: '1' })).must(303);
});

test('temporary numbers are the system\'s: one typed is refused in every form, and one that stands far above uses none up', async () => {
    const family = usualFamily(village, 'SEMENTARA');
    const top = `0${village.code}99999`, words = 'nomor sementara, yang hanya diberikan sistem';
    const add = { nama: 'Sementara Ujian', jk: '1', tempat: 'Larompong', ...dated('lahir', [1, 1, 1990]), agama: '1', kawin: '1', kerja: '1', dusun: 'Uji Keluarga' };
    const adding = async (values) => clerk.submit((await clerk.get('/kantor/penduduk/tambah')).must(200), { ...add, ...values }, 'main form[action="/kantor/penduduk/tambah"]');
    const editing = async (kk) => clerk.submit((await clerk.get(`/kantor/keluarga/${family.id}/ubah`)).must(200), { kk, alasan: 'coba' }, FORM('ubah'));
    const child = async (nik) => bore(clerk, family, { nama: nik ? 'Bayi Bernomor' : 'Bayi Sementara', jk: '1', tempat: 'Larompong', ...dated('lahir', dayAgo(3)), ...(nik ? { nik } : {}) });
    (await editing(top)).must(422, words);
    (await adding({ nik: freshNumber(village, '010190'), kk: top, peran: '1' })).must(422, words);
    (await adding({ nik: top, kk: family.kk, peran: '4' })).must(422, words);
    (await clerk.submit((await clerk.get(`${at(family.members[2])}/ubah`)).must(200), { isi_nik: top, alasan: 'salah_ketik' }, FORM('ubah'))).must(422, words);
    (await child(top)).must(422, words);
    const came = (await clerk.get('/kantor/peristiwa/kedatangan')).must(200);
    (await clerk.submit(came, { langkah: 'periksa', ...dated('tanggal', dayAgo(4)), asal: 'Palopo', dusun: 'Uji Keluarga', ...person(1, 'Datang Ujian', '1', [1, 1, 1990], '1', { nik: top }), tujuan: 'baru', kk: top }, FORM('kedatangan'))).must(422, words);
    assert.equal(value(schema, `SELECT (SELECT COUNT(*) FROM resident WHERE nik = '${top}') + (SELECT COUNT(*) FROM family WHERE kk_no = '${top}')`), '0');

    const given = () => rows(schema, 'SELECT last_temporary, last_temporary_kk FROM registry_lock')[0];
    const following = (last) => `0${village.code}${String(Number((last || '0').slice(-5)) + 1).padStart(5, '0')}`;
    rows(schema, `UPDATE family SET kk_no = '${top}' WHERE id = ${family.id}; UPDATE resident SET nik = '${top}' WHERE id = ${family.members[3]}`);
    try {
        const [nik, kk] = given();
        (await child('')).must(303);
        assert.equal(value(schema, "SELECT nik FROM resident WHERE name = 'BAYI SEMENTARA'"), following(nik));
        const alone = freshNumber(village, '010190');
        (await adding({ nik: alone, tanpa_kk: '1', peran: '1' })).must(303);
        assert.equal(value(schema, `SELECT f.kk_no FROM resident r JOIN family f ON f.id = r.family_id WHERE r.nik = '${alone}'`), following(kk));
        assert.deepEqual(given(), [following(nik), following(kk)]);
        (await editing(top)).must(303); // what the family has already is no new number
    } finally {
        rows(schema, `UPDATE family SET kk_no = '${freshKk(village)}' WHERE id = ${family.id}; UPDATE resident SET nik = '${freshNumber(village, '410112')}' WHERE id = ${family.members[3]}`);
    }
});

test('who goes out again has the number of the time before: the round uses up none', async () => {
    const child = usualFamily(village, 'BOLAKBALIK').members[3];
    const number = () => value(schema, `SELECT nik FROM resident WHERE id = ${child}`), last = () => value(schema, 'SELECT last_temporary FROM registry_lock');
    const own = number();
    (await gone(child, { sebab: '1' })).must(303);
    const [standing, given] = [number(), last()];
    assert.match(standing, /^0/);
    (await back(child)).must(303);
    assert.equal(number(), own);
    (await gone(child, { sebab: '1' })).must(303);
    assert.deepEqual([number(), last()], [standing, given]);
    (await back(child)).must(303);
    assert.equal(number(), own);
});

test('who answers for the village sees what others took out, and an account takes out so many in an hour', async () => {
    haveHamlets(other, 'UJI KELUARGA'); // a village of its own: what was taken out stays counted for an hour
    const schema = schemaOf(other), child = usualFamily(other, 'BATASKELUAR').members[3];
    const [clerk, secretary, head] = await Promise.all(['clerk', 'secretary', 'head'].map((role) => staff(other, role)));
    const words = 'Catatan penduduk dikeluarkan petugas lain';
    rows(schema, "UPDATE resident SET out_why = NULL, out_of = NULL WHERE basic_status = 9");
    assert.ok(!(await head.get('/kantor')).must(200).text.includes(words));
    (await gone(child, { sebab: '1' }, clerk)).must(303);
    (await head.get('/kantor')).must(200, words);
    (await secretary.get('/kantor')).must(200, words);
    assert.ok(!(await clerk.get('/kantor')).must(200).text.includes(words), 'not one\'s own doing');
    (await back(child, clerk)).must(303);
    assert.ok(!(await head.get('/kantor')).must(200).text.includes(words), 'given back');
    const me = value(schema, "SELECT actor_id FROM audit WHERE action = 'resident.out' ORDER BY id DESC LIMIT 1");
    const spent = () => Number(value(schema, `SELECT COUNT(*) FROM history WHERE kind = 'out' AND staff_id = ${me} AND at > UTC_TIMESTAMP(6) - INTERVAL 1 HOUR`));
    for (let i = spent(); i < 20; i += 1)
        rows(schema, `INSERT INTO history (at, staff_id, staff_name, owner, owner_id, version, kind, reason, changes, origin)
            SELECT UTC_TIMESTAMP(6), ${me}, 'Uji', 'resident', ${child}, version, 'out', 'uji', '{}', 'uji' FROM resident WHERE id = ${child}`);
    (await gone(child, { sebab: '1' }, clerk)).must(422, 'Sejam terakhir Anda sudah mengeluarkan 20 catatan');
    assert.equal(residentRow(other, child).status, 1);
    (await gone(child, { sebab: '1' }, secretary)).must(303);
});

test('the address of an event of who was taken out leads to giving back; of whose birth was cancelled it says to write it down again', async () => {
    const family = usualFamily(village, 'TERTUTUP'), [, , son] = family.members;
    (await gone(son, { sebab: '1' })).must(303);
    for (const tail of ['kematian', 'kepindahan', 'hilang', 'ditemukan']) {
        const told = (await clerk.get(`${at(son)}/${tail}`)).must(409, 'Catatan ini dikeluarkan').must(409, 'Kembalikan dulu');
        assert.ok(told.page.querySelector(`main a[href="${at(son)}/keluarkan"]`), tail);
        assert.doesNotMatch(told.words, /Tidak valid|batalkan/i);
    }
    (await back(son)).must(303);
    (await clerk.get(`${at(son)}/kematian`)).must(200);
    (await bore(clerk, family, { nama: 'Bayi Batal', jk: '1', tempat: 'Palopo', ...dated('lahir', dayAgo(3)), peran: '4', ibu: String(family.members[1]) })).must(303);
    const baby = Number(value(schema, "SELECT id FROM resident WHERE name = 'BAYI BATAL'"));
    (await cancel(clerk, eventOf(baby).id)).must(303);
    (await clerk.get(`${at(baby)}/kematian`)).must(409, 'Catat dulu lagi kelahiran atau kedatangannya');
});
