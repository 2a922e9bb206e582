// SPDX-License-Identifier: AGPL-3.0-or-later
// From a code in a list to a village that issues letters: no shell but the volunteer's page, and one link.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client, send as ask } from '../harness/client.mjs';
import { BUSINESS, bringAll, pdf } from '../harness/letters.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { BASE, access, rows, until, value } from '../harness/stack.mjs';
import { workbook } from '../harness/workbook.mjs';

const CODE = '7317102097';
const NAME = "Rante To'long";
const HOST = `rante-tolong.${BASE}`;
const LIST = `code\tkind\tname\tdistrict\n${CODE}\tD\t${NAME}\tLarompong Selatan\n`;
const control = (sql) => value('balai_control', sql);
let volunteer;
let link;

before(async () => {
    volunteer = new Client(`kelola.${BASE}`);
    await volunteer.signIn(access().kelola);
});

async function askForVillages(list) {
    const page = (await volunteer.get('/desa/tambah')).must(200, 'Siapkan desa baru');
    const { action, fields } = volunteer.fill(page, { daftar: list });
    return volunteer.request('POST', action, { form: fields, files: [] });
}

test('a list with mistakes is refused whole, every bad line named', async () => {
    const bad = await askForVillages(`code\tkind\tname\tdistrict\n123\tD\tPendek\tBua\n7317102096\tD\t\tBua\n7317102095\tdesa\tBaik\tLarompong Selatan\n`);
    bad.must(422);
    const summary = bad.page.querySelector('.error-summary').text;
    assert.match(summary, /2/);
    assert.match(summary, /3/);
    assert.equal(control("SELECT COUNT(*) FROM village WHERE code = '7317102095'"), '0');
});

test('one village: what is wrong stands at its field, the list is not spoken of', async () => {
    const ask = async (typed) => {
        const page = (await volunteer.get('/desa/tambah')).must(200, 'Satu desa');
        assert.ok(!/\b(code|kind|name|district)\b/.test(page.page.querySelector('main').text), 'headings in Indonesian');
        assert.deepEqual(page.page.querySelectorAll('.optional').length, 0, 'one of two ways is not said to be optional');
        const { action, fields } = volunteer.fill(page, typed);
        return volunteer.request('POST', action, { form: fields, files: [] });
    };
    const district = { kecamatan: '731710' };
    for (const [typed, field] of [
        [{ ...district, kode: '7317101003', nama: 'Uji Kelurahan' }, 'kode'], // only the list's reader knows that it is no desa
        [{ ...district, kode: '7317102096', nama: '' }, 'nama'],
        [{ ...district, kode: '', nama: 'Uji' }, 'kode'],
        [{ ...district, kode: '7317012096', nama: 'Uji' }, 'kecamatan'],
    ]) {
        const bad = (await ask(typed)).must(422);
        assert.ok(bad.page.querySelector(`#${field}-salah`), `${field} is marked`);
        assert.equal(bad.page.querySelector('.error-summary a')?.getAttribute('href'), `#${field}`);
        assert.doesNotMatch(bad.words, /Baris \d|di daftar perlu/);
    }
});

test('a list with the headings that people here write is read as one with the old ones', async () => {
    (await askForVillages("kode\tjenis\tnama\tkecamatan\n7317102096\tdesa\tUji Judul\tLarompong Selatan\n")).must(200, 'Uji Judul');
});

async function askWithFile(filename, bytes) {
    const page = (await volunteer.get('/desa/tambah')).must(200);
    const { action, fields } = volunteer.fill(page, {});
    return volunteer.request('POST', action, { form: fields, files: [{ name: 'berkas', filename, bytes: Buffer.from(bytes) }] });
}

test('a list is taken from a workbook and from a file with commas; what is no list says what to do', async () => {
    const head = ['kode', 'jenis', 'nama', 'kecamatan'];
    const book = (...lines) => workbook([['Daftar desa', [head, ...lines]]]);
    const read = (await askWithFile('desa.xlsx', book(['7317102096', 'desa', 'Uji Lembar', 'Larompong Selatan']))).must(200, 'Siapkan 1 desa baru?').must(200, 'Uji Lembar');
    assert.equal(read.page.querySelector('form[action="/desa/siapkan"] textarea').text.trim().split('\n').at(-1).split('\t')[0], '7317102096');
    (await askWithFile('desa.csv', 'kode;jenis;nama;kecamatan\n7317102096;desa;Uji Koma;Larompong Selatan\n')).must(200, 'Uji Koma');
    const faulty = (await askWithFile('desa.xlsx', book(['7317102096', 'desa', 'Uji Lembar', 'Larompong Selatan'], ['12', 'desa', 'Uji Salah', 'Larompong Selatan']))).must(422);
    assert.match(faulty.words, /Baris 3/, 'the row as the workbook shows it');
    (await askWithFile('foto.jpg', Buffer.from('ffd8ffe000104a464946', 'hex'))).must(422, 'bukan buku kerja');
    (await askWithFile('kosong.xlsx', workbook([['Kosong', []]]))).must(422);
});

test('what a list says is never changed in silence, and a slip makes no district', async () => {
    const list = (...lines) => ['kode\tjenis\tnama\tkecamatan', ...lines, ''].join('\n');
    const strange = (await askForVillages(list('73.17.99.2001\tdesa\tUji Kec Baru\tLarompong Slatan'))).must(422, 'Kecamatan berkode 73.17.99 belum dikenal');
    const meant = volunteer.fill(strange, { kecamatan_baru: '1' }, 'form[action="/desa/tambah"]');
    const asked = (await volunteer.request('POST', meant.action, { form: meant.fields, files: [] })).must(200, 'Kecamatan baru: Larompong Slatan, mirip Larompong Selatan');
    const unsure = (await volunteer.submit(asked, {}, 'form[action="/desa/siapkan"]')).must(422, 'lalu centang').must(422, 'mirip Larompong Selatan');
    assert.ok(unsure.page.querySelector('#yakin-salah'));
    assert.equal(control("SELECT COUNT(*) FROM unit WHERE code IN ('731799', '7317992001')"), '0', 'looked at, not made');
    const [code, name] = rows('balai_control', "SELECT v.code, u.name FROM village v JOIN unit u ON u.code = v.code WHERE v.code LIKE '731701%' ORDER BY v.code LIMIT 1")[0];
    const twin = control("SELECT u.name FROM unit u WHERE u.parent_code = '731710' AND u.kind = 'desa' ORDER BY u.code LIMIT 1");
    const seen = (await askForVillages(list(`${code}\tdesa\tNama Baru Sekali\tBasse Sangtempe`, '73.17.10.2094\tdesa\tDesa Uji Awalan\tBajo'))).must(200, 'Siapkan 1 desa baru?');
    seen.must(200, `Kode ini milik ${name}`).must(200, 'Ditulis Bajo, menurut kode Larompong Selatan').must(200, 'uji-awalan').must(200, 'Ditulis Desa Uji Awalan').must(200, '73.17.10.2094');
    (await askForVillages(list(`7317102088\tdesa\t${twin}\tLarompong Selatan`))).must(200, `${twin} sudah ada di kecamatan ini`);
    assert.ok(!seen.words.includes('desa-uji-awalan'));
    const known = seen.page.querySelectorAll('p').find((p) => p.text.includes('tidak diubah')).text;
    assert.ok(known.includes(name) && !known.includes('Nama Baru Sekali'), known);
});

test('the volunteer prepares a village from the page and sees it become ready', async () => {
    const confirm = await askForVillages(LIST);
    confirm.must(200, NAME).must(200, 'rante-tolong');
    const asked = await volunteer.submit(confirm, {}, 'form[action="/desa/siapkan"]');
    assert.equal(asked.must(303).location, `/desa/${CODE}`, 'one village: its own page says how far it is');
    await until('its page has come from the preparing to what is next', async () => {
        const page = (await volunteer.get(`/desa/${CODE}`)).must(200, NAME);
        const looksAgain = page.page.querySelector(`[hx-get="/desa/${CODE}"]`) !== null;
        assert.equal(page.words.includes('Langkah berikutnya'), !looksAgain, 'it looks again by itself until then');
        return !looksAgain;
    }, 60);
    (await volunteer.get('/pekerjaan')).must(200, NAME);
    await until('the server knows its host', async () => (await ask(HOST, 'GET', '/')).status === 200, 10);
    (await ask(HOST, 'GET', '/')).must(200, NAME);
});

test('whoever goes back to change the list finds it as it was', async () => {
    const confirm = (await askForVillages(`kode\tjenis\tnama\tkecamatan\n7317102096\tdesa\tUji Kembali\tLarompong Selatan\n`)).must(200, 'Uji Kembali');
    const { action, fields } = volunteer.fill(confirm, {}, 'form[action="/desa/tambah"]');
    const back = (await volunteer.request('POST', action, { form: fields, files: [] })).must(200, 'Siapkan desa baru');
    assert.match(back.page.querySelector('#daftar').text, /7317102096\tD\tUji Kembali\tLarompong Selatan/);
    assert.equal(back.page.querySelector('.error-summary'), null);
});

test('asking for it again changes nothing', async () => {
    const again = await askForVillages(LIST);
    again.must(200, 'Tidak ada yang perlu disiapkan');
});

test('a list of new villages renames neither a village that is there nor its district', async () => {
    const page = (await volunteer.get('/desa/tambah')).must(200);
    const { fields } = volunteer.fill(page, {});
    const list = `code\tkind\tname\tdistrict\n${CODE}\tD\tNama Lain\tKecamatan Lain\n`;
    const sent = await volunteer.post('/desa/siapkan', [...fields.filter(([name]) => name.startsWith('_')), ['daftar', list]]);
    sent.must(303);
    assert.equal(control(`SELECT name FROM unit WHERE code = '${CODE}'`), NAME);
    assert.equal(control("SELECT name FROM unit WHERE code = '731710'"), 'Larompong Selatan');
});

/** Asked for, confirmed, and made. */
async function made(code, name, district, { isNew = false } = {}) {
    const page = (await volunteer.get('/desa/tambah')).must(200);
    const sent = volunteer.fill(page, { daftar: `kode\tjenis\tnama\tkecamatan\n${code}\tdesa\t${name}\t${district}\n`, ...(isNew ? { kecamatan_baru: '1' } : {}) });
    const confirm = (await volunteer.request('POST', sent.action, { form: sent.fields, files: [] })).must(200, name);
    (await volunteer.submit(confirm, isNew ? { yakin: '1' } : {}, 'form[action="/desa/siapkan"]')).must(303);
    await until(`${name} is made`, () => control(`SELECT step FROM village WHERE code = '${code}'`) === 'ready', 60);
}
const fixForm = (code) => `form[action="/desa/${code}/perbaiki"]`;
/** What the page that says what becomes what answers; a fault at a field is answered by the form. */
const fix = async (code, typed) => volunteer.submit(await volunteer.get(`/desa/${code}/perbaiki`), { langkah: 'periksa', ...typed }, fixForm(code));
const keep = async (code, asked, more = {}) => volunteer.submit(asked, { langkah: 'simpan', ...more }, fixForm(code));
const isReady = async (code) => until(`${code} is made`, () => control(`SELECT step FROM village WHERE code = '${code}'`) === 'ready', 60);
const closeOf = async (code, reason = 'Kode salah') => {
    await isReady(code); // one that was opened a moment ago is made again
    return volunteer.submit((await volunteer.get(`/desa/${code}/tutup`)).must(200, 'Penduduk tercatat'), { sebab: reason }, `form[action="/desa/${code}/tutup"]`);
};
const renames = (code) => rows('balai_control', `SELECT JSON_VALUE(detail, '$.note') FROM audit WHERE action = 'village.rename' AND subject = 'village:${code}' ORDER BY id`).map(([note]) => note);

test('a name that was wrong is mended while the village is empty: in the tree, in the village, in its address', async () => {
    const code = '7317102087';
    await made(code, 'Uji Slah', 'Larompong Selatan');
    (await volunteer.submit(await volunteer.get(`/desa/${code}`), {}, `form[action="/desa/${code}/tautan"]`)).must(303);
    (await fix(code, { nama: NAME })).must(422, 'sudah dipakai desa lain di kecamatan ini, berkode 73.17.10.2097');
    for (const none of ['<b>x', '=1+1', '12', 'xn--abc']) {
        (await fix(code, { nama: none })).must(422, 'Nama wilayah');
        (await fix(code, { nama_kecamatan: none })).must(422, 'Nama wilayah');
    }
    (await fix(code, { nama_kecamatan: 'Bajo' })).must(422, 'sudah dipakai kecamatan lain');
    (await fix(code, { nama_kecamatan: 'Lain Sekali' })).must(422, 'desa yang sudah berisi');
    assert.equal(control(`SELECT name FROM unit WHERE code = '${code}'`), 'Uji Slah');
    const asked = (await fix(code, { nama: 'Desa Uji Betul' })).must(200, 'Ubah nama desa?').must(200, 'Uji Slah menjadi Uji Betul').must(200, 'ikut nama yang baru');
    assert.equal(control(`SELECT name FROM unit WHERE code = '${code}'`), 'Uji Slah', 'asking changes nothing');
    (await volunteer.follow((await keep(code, asked)).must(303))).must(200, 'Nama diperbaiki').must(200, 'Uji Slah, Larompong Selatan → Uji Betul, Larompong Selatan');
    await isReady(code);
    assert.equal(value(`desa_${code}`, 'SELECT name FROM identity'), 'Uji Betul');
    assert.equal(control(`SELECT slug FROM village WHERE code = '${code}'`), 'uji-betul');
    assert.equal(control(`SELECT COUNT(*) FROM village WHERE code = '${code}' AND setup_hash IS NOT NULL`), '0', 'a link to the old address is none');
    await until('the server knows its new address', async () => (await ask(`uji-betul.${BASE}`, 'GET', '/')).status === 200, 10);
    (await ask(`uji-betul.${BASE}`, 'GET', '/')).must(200, 'Uji Betul');
    const filled = control("SELECT village_code FROM rollup r JOIN village v ON v.code = r.village_code WHERE residents_m > 0 LIMIT 1");
    const page = (await volunteer.get(`/desa/${filled}/perbaiki`)).must(200, 'sudah berisi penduduk atau surat');
    assert.equal(page.page.querySelector('input[name=nama]'), null);
    assert.equal((await volunteer.get(`/desa/${filled}`)).page.querySelector(`a[href="/desa/${filled}/perbaiki"]`), null);
    const { fields } = volunteer.fill(await volunteer.get(`/desa/${code}/perbaiki`), { nama: 'Rebutan' }, `form[action="/desa/${code}/perbaiki"]`);
    (await volunteer.post(`/desa/${filled}/perbaiki`, fields)).must(422);
    assert.notEqual(control(`SELECT name FROM unit WHERE code = '${filled}'`), 'Rebutan');
    rows(`desa_${code}`, "INSERT INTO mail (direction, year, agenda, state, sender, recipient, letter_date, subject, day, written_by) VALUES (1, 2026, 1, 1, 'Camat', '', CURRENT_DATE, 'Uji', CURRENT_DATE, 1)");
    (await volunteer.get(`/desa/${code}/perbaiki`)).must(200, 'sudah berisi penduduk atau surat');
    (await volunteer.get(`/desa/${code}/tutup`)).must(200, 'Tidak bisa ditutup di sini').must(200, 'Surat masuk dan keluar di agenda');
    rows(`desa_${code}`, 'DELETE FROM mail');
    (await closeOf(code)).must(303);
});

test('names in capitals or small letters are proposed as people write them, told, and kept as they are where they are meant so', async () => {
    const code = '7317102086', sent = async (asked, more) => (await volunteer.submit(asked, more, 'form[action="/desa/siapkan"]')).must(303);
    const asked = (await askForVillages(`kode\tjenis\tnama\tkecamatan\n${code}\tdesa\tUJI TO'LONG II\tLAROMPONG SELATAN\n`)).must(200, "UJI TO'LONG II ditulis Uji To'long II");
    await sent(asked, {});
    const ready = async (name) => until(`${name} is made`, () => control(`SELECT step FROM village WHERE code = '${code}'`) === 'ready' && value(`desa_${code}`, 'SELECT name FROM identity') === name, 60);
    await ready("Uji To'long II");
    const fixed = (await fix(code, { nama: 'uji wara-wara' })).must(200, 'uji wara-wara ditulis Uji Wara-Wara').must(200, "Uji To'long II menjadi Uji Wara-Wara");
    const back = (await volunteer.submit(fixed, { langkah: 'ubah' }, fixForm(code))).must(200);
    assert.equal(back.page.querySelector('input[name=nama]').getAttribute('value'), 'uji wara-wara', 'what was typed stands there');
    (await keep(code, fixed)).must(303);
    await ready('Uji Wara-Wara');
    const meant = (await fix(code, { nama: 'UJI WW' })).must(200, 'UJI WW ditulis Uji Ww');
    (await keep(code, meant, { apa_adanya: '1' })).must(303);
    await ready('UJI WW');
    const district = (await fix(code, { nama_kecamatan: 'Larompong Selatan' })).must(303);
    (await volunteer.follow(district)).must(200, 'Tidak ada yang berubah');
    const list = (await askForVillages('kode\tjenis\tnama\tkecamatan\n7317102085\tdesa\tUJI KAPITAL\tLarompong Selatan\n')).must(200, 'UJI KAPITAL ditulis Uji Kapital');
    await sent(list, { apa_adanya: '1' });
    assert.equal(control("SELECT name FROM unit WHERE code = '7317102085'"), 'UJI KAPITAL');
    for (const made of [code, '7317102085']) (await closeOf(made)).must(303);
});

test('a village that was made by mistake is closed, and its kecamatan is no choice any more', async () => {
    const office = new Client(`dpmd.${BASE}`);
    await office.signIn(access().dpmd);
    const choices = async () => (await office.get('/desa')).must(200).page.querySelectorAll('select[name=kecamatan] option').map((o) => o.text.trim());
    await made('7317992001', 'Uji Kec Baru', 'Larompong Slatan', { isNew: true });
    assert.ok((await choices()).includes('Larompong Slatan'));
    const asked = (await fix('7317992001', { nama_kecamatan: 'Larompong Timur' })).must(200, 'Berubah di 1 desa');
    assert.equal(control("SELECT name FROM unit WHERE code = '731799'"), 'Larompong Slatan', 'asking changes nothing');
    (await keep('7317992001', asked)).must(303);
    await isReady('7317992001');
    assert.equal(value('desa_7317992001', 'SELECT district FROM identity'), 'Larompong Timur');
    assert.ok((await choices()).includes('Larompong Timur'));
    assert.ok((await volunteer.get('/desa/7317992001/perbaiki')).must(200).page.querySelector('a[href="/desa/7317992001/tutup"]'));
    rows('balai_control', "UPDATE village SET state = 'suspended', state_note = 'Hubungi relawan' WHERE code = '7317992001'");
    (await closeOf('7317992001', '')).must(422, 'Sebab ditutup');
    assert.equal(control("SELECT state FROM village WHERE code = '7317992001'"), 'suspended');
    (await volunteer.follow((await closeOf('7317992001', 'Kode kecamatan salah')).must(303))).must(200, 'Kode kecamatan salah');
    const shut = (await volunteer.get('/desa/7317992001')).must(200, 'Desa ini ditutup');
    assert.ok(!shut.words.includes('Buka situs') && !shut.words.includes('Langkah berikutnya'), 'nothing is to be done but to open it');
    assert.ok(!(await choices()).includes('Larompong Timur'));
    assert.ok(!(await office.get('/kecamatan')).must(200).words.includes('Larompong Timur'));
    assert.equal((await office.get('/desa/7317992001')).status, 404);
    const options = (await volunteer.get('/desa/tambah')).page.querySelectorAll('select[name=kecamatan] option').map((o) => o.text.trim());
    assert.ok(!options.includes('Larompong Timur') && options.includes('Larompong Selatan'));
    await until('it answers nobody', async () => (await ask(`uji-kec-baru.${BASE}`, 'GET', '/')).status !== 200, 10);
    (await volunteer.submit(await volunteer.get('/desa/7317992001'), {}, 'form[action="/desa/7317992001/buka"]')).must(303);
    assert.deepEqual(rows('balai_control', "SELECT state, state_note FROM village WHERE code = '7317992001'"), [['suspended', 'Hubungi relawan']], 'as it was before');
    (await volunteer.submit(await volunteer.get('/desa/7317992001'), { tindakan: 'aktifkan' }, 'form[action="/desa/7317992001/keadaan"]')).must(303);
    await until('it is back at its address', async () => (await ask(`uji-kec-baru.${BASE}`, 'GET', '/')).status === 200, 10);
    await isReady('7317992001');
    const inside = [
        ["INSERT INTO guest (name, meets, purpose, came_on, written_by) VALUES ('Tamu', 'Kades', 'Uji', CURRENT_DATE, 1)", 'DELETE FROM guest'],
        ["INSERT INTO staff (username, name, role, password_hash, last_sign_in_at) VALUES ('uji', 'Uji', 'clerk', 'x', UTC_TIMESTAMP())", "DELETE FROM staff WHERE username = 'uji'"],
        ["SET foreign_key_checks = 0; INSERT INTO resident (nik, name, sex, area_id) VALUES ('0000000000000001', 'Uji', 1, 1)", 'DELETE FROM resident'],
    ];
    for (const [put, out] of inside) {
        const { fields } = volunteer.fill(await volunteer.get('/desa/7317992001/tutup'), { sebab: 'Kode salah' }, 'form[action="/desa/7317992001/tutup"]');
        rows('desa_7317992001', put);
        assert.equal((await volunteer.post('/desa/7317992001/tutup', fields)).status, 409, put);
        const page = (await volunteer.get('/desa/7317992001/tutup')).must(200, 'Tidak bisa ditutup di sini');
        assert.equal(page.page.querySelector('main form[action$="/tutup"]'), null);
        rows('desa_7317992001', out);
    }
    assert.equal(control("SELECT state FROM village WHERE code = '7317992001'"), 'active');
    (await closeOf('7317992001')).must(303);
});

test('a district has another name in all its villages, each of which was listed and says so; an old page changes nothing', async () => {
    const [one, two] = ['7317982001', '7317982002'];
    await made(one, 'Uji Hulu', 'Bua Ponrag', { isNew: true });
    const asked = (await fix(one, { nama_kecamatan: 'Bua Ponrang' })).must(200, 'Berubah di 1 desa');
    await made(two, 'Uji Hilir', 'Bua Ponrag');
    (await volunteer.submit(asked, { langkah: 'simpan' }, fixForm(one))).must(409, 'Belum ada yang disimpan');
    assert.equal(control("SELECT name FROM unit WHERE code = '731798'"), 'Bua Ponrag', 'a village that was not listed is not renamed');
    const old = await volunteer.get(`/desa/${two}/perbaiki`);
    const both = (await fix(one, { nama: 'Uji Udik', nama_kecamatan: 'Bua Ponrang' })).must(200, 'Berubah di 2 desa').must(200, 'Uji Hulu menjadi Uji Udik').must(200, 'Desa Uji Hilir');
    const back = (await volunteer.submit(both, { langkah: 'ubah' }, fixForm(one))).must(200);
    assert.equal(back.page.querySelector('input[name=nama_kecamatan]').getAttribute('value'), 'Bua Ponrang', 'what was typed stands there');
    (await volunteer.submit(both, { langkah: 'simpan' }, fixForm(one))).must(303);
    assert.deepEqual([renames(one), renames(two)], [['Uji Hulu, Bua Ponrag → Uji Udik, Bua Ponrang'], ['Uji Hilir, Bua Ponrag → Uji Hilir, Bua Ponrang']]);
    await until('both are made again', () => control(`SELECT COUNT(*) FROM village WHERE code IN ('${one}', '${two}') AND step = 'ready'`) === '2', 60);
    assert.equal(value(`desa_${two}`, 'SELECT district FROM identity'), 'Bua Ponrang');
    (await volunteer.submit(old, { langkah: 'periksa', nama: 'Uji Ilir' }, fixForm(two))).must(409, 'Sekarang Desa Uji Hilir, Kecamatan Bua Ponrang');
    for (const step of ['simpan', '']) (await volunteer.submit(old, { langkah: step, nama: 'Uji Ilir' }, fixForm(two))).must(409);
    assert.deepEqual(rows('balai_control', `SELECT name FROM unit WHERE code IN ('731798', '${two}') ORDER BY code`), [['Bua Ponrang'], ['Uji Hilir']]);
    (await closeOf(two)).must(303);
    const alone = (await fix(one, { nama_kecamatan: 'Bua Ponrang Baru' })).must(200, 'Berubah di 1 desa');
    (await keep(one, alone)).must(303);
    await isReady(one);
    assert.equal(value(`desa_${two}`, 'SELECT district FROM identity'), 'Bua Ponrang', 'a closed one is told nothing');
    (await volunteer.submit(await volunteer.get(`/desa/${two}`), {}, `form[action="/desa/${two}/buka"]`)).must(303);
    await until('opened, it has the name of today', () => value(`desa_${two}`, 'SELECT district FROM identity') === 'Bua Ponrang Baru', 60);
    for (const code of [one, two]) (await closeOf(code)).must(303);
});

test('all that was done to a village is found, the older on a page of its own', async () => {
    for (let i = 0; i < 26; i++) (await volunteer.submit(await volunteer.get(`/desa/${CODE}`), {}, `form[action="/desa/${CODE}/tautan"]`)).must(303);
    const all = Number(control(`SELECT COUNT(*) FROM audit WHERE subject = 'village:${CODE}' AND action <> 'dpmd.note'`));
    let page = await volunteer.get(`/desa/${CODE}`), pages = 0, found = 0;
    for (let link; ; page = (await volunteer.get(link.getAttribute('href').split('#')[0])).must(200, 'Riwayat terbaru')) {
        pages += 1;
        found += page.page.querySelectorAll('td[data-label="Yang dilakukan"]').length;
        link = page.page.querySelector('a[href*="?riwayat="]');
        if (!link) break;
    }
    assert.deepEqual([found, pages], [all, Math.ceil(all / 12)]);
    assert.ok(page.words.includes('Desa diminta'), 'down to its beginning');
});

test('a closed village takes no link, and is not opened beside another of its name', async () => {
    const closed = '/desa/7317992001';
    for (const path of [`${closed}/tautan`, `${closed}/tautan-kepala`]) {
        const { fields } = volunteer.fill(await volunteer.get(closed), {}, `form[action="${closed}/buka"]`);
        assert.equal((await volunteer.post(path, fields)).status, 409, path);
    }
    assert.equal(control("SELECT COUNT(*) FROM village WHERE code = '7317992001' AND setup_hash IS NOT NULL"), '0');
    const { fields } = volunteer.fill(await volunteer.get(closed), {}, `form[action="${closed}/buka"]`);
    await made('7317992002', 'Uji Kec-Baru', 'Larompong Timur', { isNew: true });
    assert.equal((await volunteer.get(closed)).must(200, 'berkode 73.17.99.2002').page.querySelector(`form[action="${closed}/buka"]`), null);
    assert.equal((await volunteer.post(`${closed}/buka`, fields)).status, 409);
    assert.equal(control("SELECT state FROM village WHERE code = '7317992001'"), 'closed');
    (await closeOf('7317992002')).must(303);
    await made('7317962001', 'Uji Kec-Baru', 'Larompong Timur', { isNew: true }); // the same kecamatan under its right code keeps nothing closed
    const shut = (await volunteer.get(closed)).must(200, 'Desa ini ditutup');
    assert.doesNotMatch(shut.words, /Langkah berikutnya/);
    (await volunteer.submit(shut, {}, `form[action="${closed}/buka"]`)).must(303);
    for (const code of ['7317992001', '7317962001']) (await closeOf(code)).must(303);
});

test('the set-up link works once, makes the first account, and nothing else is needed for a letter', async () => {
    const page = (await volunteer.get(`/desa/${CODE}`)).must(200, NAME);
    const made = await volunteer.submit(page, {}, `form[action="/desa/${CODE}/tautan"]`);
    made.must(303);
    const shown = (await volunteer.follow(made)).must(200);
    link = new URL(/https?:\/\/[^\s<"]+\/pasang\/[A-Za-z0-9_-]+/.exec(shown.text)[0]);
    assert.equal(link.host, HOST);
    assert.equal(shown.path, `/desa/${CODE}`, 'it stands in no address');
    const whatsapp = new URL(shown.page.querySelector('a[href^="https://wa.me/"]').getAttribute('href').replaceAll('&amp;', '&'));
    assert.ok(whatsapp.searchParams.get('text').endsWith(`\n${link.href}`), 'words to send it with');
    assert.ok(shown.page.querySelector('svg.qr path').getAttribute('d').length > 1000);
    for (const path of [shown.path, made.location]) {
        const later = (await volunteer.get(path)).must(200, 'Buat tautan baru');
        assert.ok(!later.text.includes(link.pathname), 'shown once');
    }

    const clerk = new Client(HOST);
    const form = (await clerk.get(link.pathname)).must(200, NAME);
    const weak = await clerk.submit(form, { kades: 'Andi Baso', alamat: 'Jalan Trans Sulawesi', nama: 'Sitti Aminah', pengguna: 'aminah', sandi: 'password' });
    weak.must(422);
    const filledIn = { kades: 'Andi Baso', alamat: 'Jalan Trans Sulawesi', nama: 'Sitti Aminah', pengguna: 'aminah', sandi: 'tenun-kabut-malili-9', telepon: '0812 3456 7890', jam: 'Senin sampai Jumat, 08.00–15.00' };
    const done = await clerk.submit(form, filledIn);
    done.must(303);
    const home = (await clerk.follow(done)).must(200, `Desa ${NAME} siap`); // signed in at once
    const steps = home.page.querySelectorAll('.first-steps li b').map((b) => b.text.trim());
    assert.deepEqual(steps, ['Impor penduduk', 'Akun kepala desa', 'Petugas', 'Lambang desa', 'Jam pelayanan dan telepon, selesai'], 'what was filled in is done');
    assert.ok(home.page.querySelector('.first-steps').text.includes('Minta tautannya kepada relawan'));
    const session = clerk.cookies.get('__Host-balai');
    clerk.cookies.delete('__Host-balai'); // pressed twice, before the first answer came
    const twice = await clerk.submit(form, filledIn);
    assert.equal(twice.must(303).headers.location, done.headers.location, 'the same form sent again gets the same answer');
    assert.equal(clerk.cookies.get('__Host-balai'), undefined, 'and lets nobody in');
    clerk.cookies.set('__Host-balai', session);
    await until('its public page says when to come', async () => (await ask(HOST, 'GET', '/')).must(200).words.includes('Senin sampai Jumat'), 10);
    (await ask(HOST, 'GET', '/')).must(200, '0812 3456 7890');
    const stranger = new Client(HOST);
    await stranger.signIn({ username: 'aminah', password: 'tenun-kabut-malili-9' });

    const add = (await clerk.get(`/kantor/penduduk/tambah?surat=${BUSINESS.slug}`)).must(200);
    const filled = { nik: '7317104101900001', kk: '7317100101200001', nama: "Hasna To'long", tempat: 'Bua', lahir_hari: '1', lahir_bulan: '1', lahir_tahun: '1990',
        agama: '1', kawin: '2', kerja: '9', peran: '1', alamat: 'Jalan Poros', dusun: 'Rante', rw: '001', rt: '002' };
    const { action, fields } = clerk.fill(add, filled, 'main form[action="/kantor/penduduk/tambah"]');
    const asked = (await clerk.post(action, [...fields, ['jk', '2']])).must(422, 'Dusun Rante belum ada di desa ini', 'Tambahkan sebagai dusun baru');
    const kept = await clerk.submit(asked, { dusun_baru_yakin: '1' }, 'main form[action="/kantor/penduduk/tambah"]');
    kept.must(303);
    const fill = (await clerk.follow(kept)).must(200);
    const id = Number(/\/kantor\/surat\/(\d+)\/isi/.exec(fill.path)?.[1]);
    assert.ok(id > 0, `adding a resident for a letter leads to the letter: ${fill.path}`);
    const review = await clerk.follow(await clerk.submit(bringAll(fill), BUSINESS.inputs, `form[action$="/${id}/isi"]`));
    (await clerk.follow(await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`))).must(200, 'Surat terbit');
    const words = pdfWords(await pdf(clerk, id)).replace(/[’]/g, "'");
    assert.match(words, /RANTE TO'LONG/);
    assert.match(words, /HASNA TO'LONG/);
    assert.match(words, /Andi Baso/i);
    assert.doesNotMatch(words, /DATA CONTOH/i, 'a real village\'s paper is no sample');
});

test('who checks letters cannot become who approves them: a head\'s account comes from the head, or from his own link', async () => {
    const schema = `desa_${CODE}`;
    const secretary = new Client(HOST);
    await secretary.signIn({ username: 'aminah', password: 'tenun-kabut-malili-9' });
    const staffPage = async () => (await secretary.get('/kantor/pengaturan/petugas')).must(200);
    const page = (await staffPage()).must(200, 'lewat tautan dari relawan ForSID');
    assert.equal(page.page.querySelector('select[name=peran] option[value=head]'), null, 'it is not offered');
    const sent = secretary.fill(page, { nama: 'Palsu', pengguna: 'palsu', sandi: 'gerimis-padi-lontara-7' }, 'form[action="/kantor/pengaturan/petugas"]');
    (await secretary.post(sent.action, sent.fields.map(([n, v]) => [n, n === 'peran' ? 'head' : v]))).must(403, 'hanya dibuat, diaktifkan, atau diberi sandi baru oleh kepala desa sendiri').must(403, 'relawan ForSID');
    assert.deepEqual(rows(schema, "SELECT id FROM staff WHERE role = 'head'"), []);

    const headLink = async () => {
        const made = await volunteer.submit(await volunteer.get(`/desa/${CODE}`), {}, `form[action="/desa/${CODE}/tautan-kepala"]`);
        const shown = (await volunteer.follow(made)).must(200, 'Serahkan tautan ini kepada kepala desa');
        return new URL(/https?:\/\/[^\s<"]+\/pasang\/kades\/[A-Za-z0-9_-]+/.exec(shown.text)[0]).pathname;
    };
    const first = await headLink();
    (await ask(HOST, 'GET', first.replace('/kades', ''))).must(200, 'Tautan tidak bisa dipakai'); // neither kind opens the other's page
    const head = new Client(HOST);
    const form = (await head.get(first)).must(200, 'Akun Kepala Desa');
    const other = new Client(HOST);
    const late = (await other.get(first)).must(200, 'Akun Kepala Desa'); // opened before, sent after
    (await head.submit(form, { nama: 'Andi Baso', pengguna: 'aminah', sandi: 'lontara-sagu-bukit-4' })).must(422, 'milik petugas lain');
    (await head.submit(form, { nama: 'Andi Baso', pengguna: 'andibaso', sandi: 'password' })).must(422);
    const [one, two] = await Promise.all([0, 1].map(() => head.submit(form, { nama: 'Andi Baso', pengguna: 'andibaso', sandi: 'lontara-sagu-bukit-4' })));
    assert.ok([one, two].some((a) => a.status === 303 && a.location === '/kantor'), `${one.status} ${two.status}`);
    (await head.get(first)).must(200, 'sudah dipakai');
    (await other.submit(late, { nama: 'Orang Lain', pengguna: 'lain', sandi: 'lontara-sagu-bukit-4' })).must(404, 'sudah dipakai');
    (await head.get('/kantor/persetujuan')).must(200); // signed in at once
    head.cookies.delete('__Host-balai');
    await head.signIn({ username: 'andibaso', password: 'lontara-sagu-bukit-4' });
    (await head.get('/kantor/persetujuan')).must(200);
    const [[id, hash]] = rows(schema, "SELECT id, password_hash FROM staff WHERE role = 'head'");

    // The secretary does nothing to his account: no password, neither off nor on.
    const guard = secretary.fill(await staffPage(), {}, 'form[action="/kantor/pengaturan/petugas"]').fields.filter(([n]) => n === '_csrf');
    const once = async () => [...guard, secretary.fill(await staffPage(), {}, 'form[action="/kantor/pengaturan/petugas"]').fields.find(([n]) => n === '_once')];
    assert.equal((await staffPage()).page.querySelector(`form[action$="/${id}/sandi"]`), null);
    (await secretary.post(`/kantor/pengaturan/petugas/${id}/sandi`, [...await once(), ['sandi', 'gerimis-padi-lontara-7']])).must(403, 'relawan ForSID');
    assert.equal((await staffPage()).page.querySelector(`form[action$="/${id}/nonaktif"]`), null);
    (await secretary.post(`/kantor/pengaturan/petugas/${id}/nonaktif`, await once())).must(403, 'relawan ForSID');
    assert.deepEqual(rows(schema, `SELECT is_active, password_hash FROM staff WHERE id = ${id}`), [['1', hash]]);
    rows(schema, `UPDATE staff SET is_active = 0 WHERE id = ${id}`);
    (await secretary.post(`/kantor/pengaturan/petugas/${id}/aktif`, await once())).must(403, 'relawan ForSID');
    assert.deepEqual(rows(schema, `SELECT is_active, password_hash FROM staff WHERE id = ${id}`), [['0', hash]]);

    // Woken by the next link, which makes no second head beside him and is heard of: by mail, and on everybody's first page.
    rows(schema, `UPDATE staff SET is_active = 1 WHERE id = ${id}; UPDATE identity SET email = 'desa.uji@contoh.id'; UPDATE official SET email = 'kades.uji@contoh.id' WHERE office = 'head'`);
    const second = await headLink();
    const again = new Client(HOST);
    const opened = (await again.get(second)).must(200);
    for (const pengguna of ['kadesbaru', 'Andi.Baso']) (await again.submit(opened, { nama: 'Relawan', pengguna, sandi: 'kapal-merah-senja-8' })).must(422, 'punya akun kepala desa yang aktif');
    assert.deepEqual(rows(schema, "SELECT id, password_hash FROM staff WHERE role = 'head'"), [[id, hash]]);
    (await again.submit(opened, { nama: 'Andi Baso, S.Sos.', pengguna: 'andibaso', sandi: 'kapal-merah-senja-8' })).must(303);
    assert.equal(value(schema, `SELECT name FROM staff WHERE id = ${id}`), 'Andi Baso, S.Sos.');
    assert.deepEqual(rows(schema, 'SELECT JSON_VALUE(payload, "$.to"), JSON_VALUE(payload, "$.subject") FROM outbox WHERE kind = 8 ORDER BY id DESC LIMIT 2').map(([to, subject]) => [to, /sandi baru/.test(subject)]).sort(),
        [['desa.uji@contoh.id', true], ['kades.uji@contoh.id', true]], 'the village and the head are told');
    again.cookies.delete('__Host-balai'); // and the password opens, too
    await again.signIn({ username: 'andibaso', password: 'kapal-merah-senja-8' });
    for (const one of [secretary, again]) (await one.get('/kantor')).must(200, 'Akun kepala desa dibuka lewat tautan relawan');

    // Who is told of letters, and who signs them, changes in sight of both addresses and of the audit trail.
    const set = secretary.fill((await secretary.get('/kantor/pengaturan')).must(200), { kades: 'Sekretaris Sendiri', surelkades: 'aminah.uji@contoh.id' }, 'form[action="/kantor/pengaturan"]');
    (await secretary.post(set.action, set.fields)).must(303);
    assert.deepEqual(rows(schema, 'SELECT JSON_VALUE(payload, "$.to") FROM outbox WHERE kind = 8 ORDER BY id DESC LIMIT 2').flat().sort(), ['aminah.uji@contoh.id', 'kades.uji@contoh.id']);
    const [detail] = rows(schema, "SELECT detail FROM audit WHERE action = 'village.settings' ORDER BY id DESC LIMIT 1")[0];
    assert.deepEqual(JSON.parse(detail), { head_name: ['Andi Baso', 'Sekretaris Sendiri'], head_email: ['k••••@contoh.id', 'a••••@contoh.id'] });
    rows(schema, "UPDATE official SET email = '' WHERE office = 'head'; UPDATE identity SET email = ''");
    assert.deepEqual(rows(schema, "SELECT id, is_active FROM staff WHERE role = 'head'"), [[id, '1']], 'the same account');
    const next = again.fill((await again.get('/kantor/pengaturan/petugas')).must(200), { nama: 'Pengganti', pengguna: 'pengganti', sandi: 'gerimis-padi-lontara-7', peran: 'head' }, 'form[action="/kantor/pengaturan/petugas"]');
    (await again.post(next.action, next.fields)).must(303); // a head makes the next one
});

test('the link is used up, and a new one ends the old one', async () => {
    const late = await ask(HOST, 'GET', link.pathname);
    assert.match(late.words, /Tautan tidak bisa dipakai/);
    (await volunteer.submit(await volunteer.get(`/desa/${CODE}`), {}, `form[action="/desa/${CODE}/tautan-kepala"]`)).must(303);
    assert.deepEqual(rows('balai_control', `SELECT setup_used_at IS NULL, set_up_at IS NOT NULL FROM village WHERE code = '${CODE}'`), [['1', '1']], 'it was set up, whatever links come later');
    const [spare] = rows('balai_control', "SELECT code, slug FROM village WHERE setup_used_at IS NULL AND is_sample = 0 AND step = 'ready' ORDER BY code LIMIT 1");
    const links = [];
    for (let i = 0; i < 2; i++) {
        const page = await volunteer.get(`/desa/${spare[0]}`);
        const shown = await volunteer.follow(await volunteer.submit(page, {}, `form[action="/desa/${spare[0]}/tautan"]`));
        links.push(new URL(/https?:\/\/[^\s<"]+\/pasang\/[A-Za-z0-9_-]+/.exec(shown.text)[0]));
    }
    assert.notEqual(links[0].pathname, links[1].pathname);
    (await ask(links[1].host, 'GET', links[1].pathname)).must(200, 'Akun Anda');
    assert.match((await ask(links[0].host, 'GET', links[0].pathname)).words, /Tautan tidak bisa dipakai/);
    const other = access().villages.find((v) => v.host !== links[1].host);
    assert.match((await ask(other.host, 'GET', links[1].pathname)).words, /Tautan tidak bisa dipakai/, 'a link of one village opens no other');
});
