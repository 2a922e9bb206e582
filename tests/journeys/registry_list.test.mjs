// SPDX-License-Identifier: AGPL-3.0-or-later
// The list of residents in daily use: every filter, every order, pages forward and back, words that stand in no address.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { iso, today } from '../harness/days.mjs';
import { fetched } from '../harness/exports.mjs';
import { XLSX, check } from '../harness/imports.mjs';
import { withStatements } from '../harness/statements.mjs';
import { rows, schemaOf, staffOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { COLUMNS, readRows, unzip } from '../harness/workbook.mjs';

const PAGE = 25; // LIST_PAGE of server/register/list.h
const [village, neighbour] = trainingVillages();
const schema = schemaOf(village);
const HOME = '/kantor/penduduk';
const FORM = `main form[action="${HOME}"]`;
const ALIKE = 160; // people of one name, in a hamlet of their own
let clerk;

/** Other suites take the newest people, or many of one name: nobody of here may stay. */
function sweep() {
    rows(schema, "DELETE r FROM resident r JOIN area a ON a.id = r.area_id WHERE a.hamlet = 'UJI DAFTAR'; DELETE FROM area WHERE hamlet = 'UJI DAFTAR'");
}

/** People whose order can only be told by more than their name; among them every kind of emptiness. */
function seed() {
    sweep();
    rows(schema, `INSERT INTO area (hamlet, rw, rt) VALUES ('UJI DAFTAR', '001', '001'), ('UJI DAFTAR', '001', '002'), ('UJI DAFTAR', '002', '003');
        INSERT INTO resident (nik, name, sex, birth_date, religion, occupation, marital, education_kk, family_role, area_id, basic_status)
        SELECT CONCAT(IF(seq % 7 = 0, '0', '9'), '88', LPAD(seq, 13, '0')), IF(seq % 5 = 0, 'UJI KEMBAR LAIN', 'UJI KEMBAR'), 1 + seq % 2,
            IF(seq % 9 = 0, NULL, DATE_SUB(CURDATE(), INTERVAL seq % 90 YEAR)), NULLIF(seq % 3, 0), NULLIF(seq % 4, 0), NULLIF(seq % 5, 0), NULLIF(seq % 6, 0),
            NULLIF(seq % 4, 0), (SELECT id FROM area WHERE hamlet = 'UJI DAFTAR' AND rt = CONCAT('00', 1 + seq % 3)), IF(seq % 20 = 0, 2, 1)
        FROM seq_1_to_${ALIKE};
        INSERT INTO resident_word (word, resident_id) SELECT w, id FROM resident JOIN (SELECT 'uji' w UNION SELECT 'kembar' UNION SELECT 'lain') AS words
        WHERE name LIKE 'UJI KEMBAR%' AND (w <> 'lain' OR name LIKE '%LAIN');
        INSERT INTO kiosk_card (card_hash, resident_id, paired_at) SELECT UNHEX(SHA2(CONCAT('uji', id), 256)), id, NOW(6) FROM resident
        WHERE name LIKE 'UJI KEMBAR%' AND id % 11 = 0`);
}

before(async () => {
    seed();
    clerk = await staff(village, 'clerk');
    await clerk.get(HOME);
});

after(sweep);

const ids = (answer) => answer.page.querySelectorAll('[data-rows] a').map((a) => Number(/\/(\d+)$/.exec(a.getAttribute('href'))[1]));
const href = (answer, rel) => answer.page.querySelector(`.pages a[rel=${rel}]`)?.getAttribute('href').replaceAll('&amp;', '&');
const list = async (query) => (await clerk.get(`${HOME}?${query}`)).must(200);
const counted = (answer) => Number(/Menampilkan [\d.]+–[\d.]+ dari ([\d.]+)/.exec(answer.words)?.[1].replaceAll('.', '') ?? 0);
const search = async (words, query = '') => clerk.follow(await clerk.submit(await list(query), { cari: words }, FORM));
const count = (where) => Number(value(schema, `SELECT COUNT(*) FROM resident r JOIN area a ON a.id = r.area_id WHERE ${where}`));

/** Every page from this one on; → ids, and the last page. */
async function walk(page, rel) {
    const seen = [];
    let at = page;
    for (let i = 0; i < 1000; i++) {
        seen.push(...ids(at));
        const next = href(at, rel);
        if (!next) return { seen, last: at };
        at = (await clerk.get(next)).must(200);
    }
    throw new Error('pages without end');
}

const AGE = 'TIMESTAMPDIFF(YEAR, r.birth_date, DATE(CONVERT_TZ(UTC_TIMESTAMP(), "+00:00", "+08:00")))';
const HERE = "a.hamlet = 'UJI DAFTAR'";
const FILTERS = {
    'dusun=UJI%20DAFTAR': `${HERE} AND r.basic_status = 1`,
    'dusun=UJI%20DAFTAR&rw=001': `${HERE} AND a.rw = '001' AND r.basic_status = 1`,
    'dusun=UJI%20DAFTAR&rt=003': `${HERE} AND a.rt = '003' AND r.basic_status = 1`,
    'jk=2&dusun=UJI%20DAFTAR': `${HERE} AND r.sex = 2 AND r.basic_status = 1`,
    'umur_dari=17&umur_sampai=25': `${AGE} BETWEEN 17 AND 25 AND r.basic_status = 1`,
    'umur_dari=60': `${AGE} >= 60 AND r.basic_status = 1`,
    'umur_sampai=0': `${AGE} = 0 AND r.basic_status = 1`,
    'umur=kosong': 'r.birth_date IS NULL AND r.basic_status = 1',
    'status=2': 'r.basic_status = 2',
    'status=0&dusun=UJI%20DAFTAR': HERE,
    'peran=3&dusun=UJI%20DAFTAR': `${HERE} AND r.family_role = 3 AND r.basic_status = 1`,
    'peran=0': 'r.family_role IS NULL AND r.basic_status = 1',
    'kerja=2': 'r.occupation = 2 AND r.basic_status = 1',
    'kerja=0': 'r.occupation IS NULL AND r.basic_status = 1',
    'agama=2': 'r.religion = 2 AND r.basic_status = 1',
    'agama=0': 'r.religion IS NULL AND r.basic_status = 1',
    'kawin=4': 'r.marital = 4 AND r.basic_status = 1',
    'kawin=0': 'r.marital IS NULL AND r.basic_status = 1',
    'sekolah=5&dusun=UJI%20DAFTAR': `${HERE} AND r.education_kk = 5 AND r.basic_status = 1`,
    'sekolah=0': 'r.education_kk IS NULL AND r.basic_status = 1',
    'nik=sementara': "r.nik LIKE '0%' AND r.basic_status = 1",
    'nik=ada&dusun=UJI%20DAFTAR': `${HERE} AND r.nik NOT LIKE '0%' AND r.basic_status = 1`,
    'kartu=ada': 'r.id IN (SELECT resident_id FROM kiosk_card) AND r.basic_status = 1',
    'kartu=belum&dusun=UJI%20DAFTAR': `${HERE} AND r.id NOT IN (SELECT resident_id FROM kiosk_card) AND r.basic_status = 1`,
};

test('each filter shows whom it says, and counts them', async () => {
    for (const [query, where] of Object.entries(FILTERS)) {
        const page = await withStatements(await list(query));
        const wanted = count(where);
        assert.ok(wanted > 0, `${query}: nobody to show`);
        assert.equal(counted(page), wanted > 1000 ? 0 : wanted, query);
        const shown = ids(page);
        assert.equal(shown.length, Math.min(PAGE, wanted), query);
        assert.equal(count(`r.id IN (${shown.join()}) AND ${where}`), shown.length, `${query} shows others`);
        assert.ok(page.page.querySelectorAll('.chips li').length >= 1, `${query}: no chip`);
    }
});

test('while the people are counted anew the list says about how many there are', async () => {
    const [[living, of]] = rows(schema, 'SELECT living, living_of FROM registry_lock');
    rows(schema, 'UPDATE registry_lock SET living = 5432, living_of = version - 1');
    const page = (await clerk.get(HOME)).must(200, 'Sekitar 5.432 warga');
    page.must(200, `Menampilkan 1–${PAGE} dari sekitar 5.432`);
    rows(schema, `UPDATE registry_lock SET living = ${living}, living_of = ${of}`);
});

test('a filter that means nothing is said to mean nothing, and shows nobody', async () => {
    for (const query of ['jk=3', 'umur_dari=x', 'umur_dari=9&umur_sampai=8', 'umur=muda', 'status=99', 'kerja=999', 'kerja=9%27', 'agama=-1', 'nik=1', 'kartu=ya', 'lengkap=1', 'urut=nik', 'arah=x', `dusun=${'x'.repeat(61)}`]) {
        const page = (await clerk.get(`${HOME}?${query}`)).must(422);
        assert.ok(page.page.querySelector('.error-summary'), query);
        assert.equal(ids(page).length, 0, query);
    }
    (await clerk.get(`${HOME}?lain=1`)).must(400);
    (await clerk.get(`${HOME}?jk=1&jk=2`)).must(400);
    (await list('dusun=TIDAK%20ADA')).must(200, 'Hapus saringan untuk melihat semua');
});

const ORDERS = {
    'urut=nama': 'r.name, r.id',
    'urut=nama&arah=turun': 'r.name DESC, r.id DESC',
    'urut=umur': 'r.birth_date DESC, r.id DESC',
    'urut=umur&arah=turun': 'r.birth_date, r.id',
    'urut=dusun': 'a.hamlet, a.rw, a.rt, r.name, r.id',
    'urut=dusun&arah=turun': 'a.hamlet DESC, a.rw DESC, a.rt DESC, r.name DESC, r.id DESC',
    'urut=terbaru': 'r.id DESC',
    'urut=terbaru&arah=naik': 'r.id',
};

test('each order pages forward and back without losing or doubling anybody, words or not', async () => {
    for (const [order, by] of Object.entries(ORDERS)) {
        for (const words of ['', 'kembar uji']) {
            const query = `dusun=UJI%20DAFTAR&status=0&${order}`;
            const first = words ? (await search(words, query)).must(200) : await list(query);
            await withStatements(first);
            const wanted = rows(schema, `SELECT r.id FROM resident r JOIN area a ON a.id = r.area_id WHERE ${HERE} ORDER BY ${by}`).map(([id]) => Number(id));
            assert.equal(wanted.length, ALIKE);
            const { seen, last } = await walk(first, 'next');
            assert.deepEqual(seen, wanted, `${order} ${words}: forward`);
            assert.match(last.words, new RegExp(`Menampilkan 151–${ALIKE} dari ${ALIKE}`));
            const back = [];
            let at = last;
            for (let before = href(at, 'prev'); before; before = href(at, 'prev')) {
                at = (await clerk.get(before)).must(200);
                back.unshift(...ids(at));
            }
            assert.deepEqual(back, wanted.slice(0, 150), `${order} ${words}: back`);
            assert.match(at.words, new RegExp(`Menampilkan 1–${PAGE} dari ${ALIKE}`));
        }
    }
});

test('all the living, by the statement the list opens with', async () => {
    const wanted = rows(schema, 'SELECT id FROM resident WHERE basic_status = 1 ORDER BY name, id').map(([id]) => Number(id));
    const { seen, last } = await walk(await withStatements(await clerk.get(HOME)), 'next');
    assert.deepEqual(seen, wanted);
    const before = (await clerk.get(href(last, 'prev'))).must(200);
    const at = Math.floor((wanted.length - 1) / PAGE) * PAGE;
    assert.deepEqual(ids(before), wanted.slice(at - PAGE, at));
});

test('headings sort, and say how it is sorted', async () => {
    const page = await list('dusun=UJI%20DAFTAR');
    const head = (name) => page.page.querySelectorAll('th').find((th) => th.text.includes(name));
    assert.equal(head('Nama').getAttribute('aria-sort'), 'ascending');
    assert.equal(head('Umur').getAttribute('aria-sort'), undefined);
    const byAge = (await clerk.get(head('Umur').querySelector('a').getAttribute('href').replaceAll('&amp;', '&'))).must(200);
    const th = byAge.page.querySelectorAll('th').find((x) => x.text.includes('Umur'));
    assert.equal(th.getAttribute('aria-sort'), 'ascending');
    const down = (await clerk.get(th.querySelector('a').getAttribute('href').replaceAll('&amp;', '&'))).must(200);
    assert.equal(down.page.querySelectorAll('th').find((x) => x.text.includes('Umur')).getAttribute('aria-sort'), 'descending');
});

test('words go with filters and orders, and stand in no address', async () => {
    const page = await withStatements((await search('lain uji', 'dusun=UJI%20DAFTAR&jk=2')).must(200));
    assert.equal(counted(page), count(`${HERE} AND r.name LIKE '%LAIN' AND r.sex = 2 AND r.basic_status = 1`));
    for (const a of page.page.querySelectorAll('main a')) assert.ok(!/lain(?!jut)|kembar/i.test(decodeURIComponent(a.getAttribute('href'))), a.getAttribute('href'));
    const chips = page.page.querySelectorAll('.chips li a');
    assert.deepEqual(chips.map((a) => a.text.replace('Hapus saringan ', '').trim()), ['Cari: lain uji', 'Dusun: Uji Daftar', 'Perempuan']);
    const wider = (await clerk.get(chips[2].getAttribute('href').replaceAll('&amp;', '&'))).must(200, 'Cari: lain uji');
    assert.equal(counted(wider), count(`${HERE} AND r.name LIKE '%LAIN' AND r.basic_status = 1`));
    const sorted = (await clerk.get(page.page.querySelectorAll('th a')[1].getAttribute('href').replaceAll('&amp;', '&'))).must(200, 'Cari: lain uji');
    assert.deepEqual(new Set(ids(sorted)), new Set(ids(page)));
    // Without words the form leads to an address of its own.
    const plain = (await clerk.submit(await list('jk=2&urut=umur'), { cari: '' }, FORM)).must(303);
    assert.equal(plain.location, `${HOME}?jk=2&urut=umur`);
});

test('a name with an apostrophe is found however it is typed, and one without it too', async () => {
    const names = ["SITI NUR'AINI", 'SITI NUR AINI', 'SITI NURAINI'];
    const ids = rows(schema, `SELECT r.id FROM resident r JOIN area a ON a.id = r.area_id WHERE ${HERE} AND r.basic_status = 1 ORDER BY r.id LIMIT 3`).map(([id]) => id);
    const was = ids.map((id) => value(schema, `SELECT name FROM resident WHERE id = ${id}`));
    const name = (id, text, words) => rows(schema, `UPDATE resident SET name = '${text.replaceAll("'", "''")}' WHERE id = ${id}; DELETE FROM resident_word WHERE resident_id = ${id};
        INSERT INTO resident_word (word, resident_id) VALUES ${words.map((w) => `('${w}', ${id})`).join(',')}`);
    const wordsOf = (text) => [...new Set(text.toLowerCase().replaceAll("'", '').split(/[^a-z]+/).filter(Boolean))];
    ids.forEach((id, i) => name(id, names[i], wordsOf(names[i])));
    for (const [typed, found] of Object.entries({ "nur'aini": 3, 'nur’aini': 3, 'nur aini': 3, 'nur ain': 3, 'siti nur aini': 3, nuraini: 2, 'aini nur': 1, "nur'aina": 0 })) {
        const page = (await search(typed, 'dusun=UJI%20DAFTAR')).must(200);
        assert.equal(page.page.querySelectorAll('tbody[data-rows] tr').length, found, `${typed}: ${page.told}`);
    }
    ids.forEach((id, i) => name(id, was[i], wordsOf(was[i])));
});

test('a part of the page comes alone, with the address of its filters', async () => {
    const page = await list('jk=2');
    const { fields } = clerk.fill(page, { cari: 'uji kembar', dusun: 'UJI DAFTAR' }, FORM);
    const part = (await clerk.post(HOME, fields, { headers: { 'hx-request': 'true' } })).must(200);
    assert.ok(part.text.startsWith('<div id="hasil"'), part.text.slice(0, 80));
    const kept = part.headers['hx-replace-url'];
    assert.match(kept, /^\/kantor\/penduduk\?dusun=UJI%20DAFTAR&jk=2&lanjut=[\w-]+$/);
    assert.deepEqual(ids((await clerk.get(kept)).must(200, 'Cari: uji kembar')), ids(part), 'and of its words, sealed');
    const plain = (await clerk.post(HOME, fields.map(([n, v]) => [n, n === 'cari' ? '' : v]), { headers: { 'hx-request': 'true' } })).must(200);
    assert.equal(plain.headers['hx-replace-url'], `${HOME}?dusun=UJI%20DAFTAR&jk=2`);
    assert.equal(ids(part).length, PAGE);
});

test('a dead person is found when the filter includes the dead', async () => {
    const [[id, nik]] = rows(schema, "SELECT id, nik FROM resident WHERE name LIKE 'UJI KEMBAR%' AND basic_status = 2 LIMIT 1");
    const none = (await search(nik)).must(200, 'meninggal atau pindah');
    assert.deepEqual(ids(none), []);
    const all = (await clerk.get(none.page.querySelector('.empty a').getAttribute('href').replaceAll('&amp;', '&'))).must(200);
    assert.deepEqual(ids(all), [Number(id)]);
});

test('the list says which data of a person is missing', async () => {
    const page = await list('dusun=UJI%20DAFTAR&nik=sementara&umur=kosong');
    const lines = page.page.querySelectorAll('[data-rows] tr');
    assert.ok(lines.length > 0);
    for (const row of lines) assert.match(row.text, /NIK sementara.*dan 1 lagi/s);
    (await list('dusun=UJI%20DAFTAR&status=2')).must(200, 'Meninggal');
    (await list('dusun=UJI%20DAFTAR&nik=ada&umur_dari=30')).must(200, 'NIK tidak sesuai tanggal lahir');
});

test('who lacks what is one choice away, and the list says the same of each', async () => {
    const said = async (query) => {
        const found = new Map();
        for (let at = await list(`dusun=UJI%20DAFTAR&${query}`), next; at; at = next && (await clerk.get(next)).must(200)) {
            for (const tr of at.page.querySelectorAll('[data-rows] tr')) found.set(tr.querySelector('a').getAttribute('href'), tr.querySelector('td[data-label="Kelengkapan"]').text.trim());
            next = href(at, 'next');
        }
        return found;
    };
    // One of each kind that fits its NIK, beside those whose NIK says another day; a leap day, a woman, the day somebody comes of age.
    rows(schema, `UPDATE resident SET nik = CONCAT('910101', DATE_FORMAT(birth_date, '%d%m%y'), LPAD(id % 10000, 4, '0')) WHERE name LIKE 'UJI KEMBAR%' AND sex = 1 AND birth_date IS NOT NULL AND id % 4 < 2 AND nik > '1';
        UPDATE resident SET nik = CONCAT('910101', LPAD(DAY(birth_date) + 40, 2, '0'), DATE_FORMAT(birth_date, '%m%y'), LPAD(id % 10000, 4, '0')) WHERE name LIKE 'UJI KEMBAR%' AND sex = 2 AND birth_date IS NOT NULL AND id % 4 < 2 AND nik > '1';
        UPDATE resident SET birth_cert = 'AKTA' WHERE name LIKE 'UJI KEMBAR%' AND id % 3 = 0`);
    const leap = ids(await list('dusun=UJI%20DAFTAR&nik=ada&jk=2&umur_dari=30')).slice(0, 2);
    rows(schema, `UPDATE resident SET birth_date = '1996-02-29', nik = '9101016902960001' WHERE id = ${leap[0]}; UPDATE resident SET birth_date = '1996-02-29', nik = '9101012902960002' WHERE id = ${leap[1]}`);
    const of18 = ids(await list('dusun=UJI%20DAFTAR&nik=ada&jk=1&umur_dari=30'))[0];
    rows(schema, `UPDATE resident SET birth_cert = '', birth_date = DATE_SUB('${iso(today())}', INTERVAL 18 YEAR) WHERE id = ${of18};
        UPDATE resident SET nik = CONCAT('910101', DATE_FORMAT(birth_date, '%d%m%y'), '0003') WHERE id = ${of18}`);
    const all = await said('');
    assert.equal(all.get(`${HOME}/${leap[0]}`), 'Lengkap');
    assert.match(all.get(`${HOME}/${leap[1]}`), /^NIK tidak sesuai/);
    assert.equal(all.get(`${HOME}/${of18}`), 'Lengkap', 'of age today');
    const where = (says) => [...all].filter(([, words]) => says.test(words)).map(([path]) => path).sort();
    assert.deepEqual([...(await said('lengkap=ya')).keys()].sort(), where(/^Lengkap$/));
    assert.deepEqual([...(await said('lengkap=tidak')).keys()].sort(), where(/^(?!Lengkap)/));
    // What is said first of a person hides what comes after it: of those alone it can be told from the words.
    for (const [value_, says] of [['nik', /^NIK tidak sesuai/], ['sementara', /^NIK sementara/], ['lahir', /^Tanggal lahir kosong/], ['akta', /^Akta lahir belum ada/]]) {
        const found = await said(`lengkap=${value_}`);
        assert.ok(found.size > 0 && where(says).length > 0, value_);
        for (const path of where(says)) assert.ok(found.has(path), `${value_} leaves out ${path}: ${all.get(path)}`);
        for (const [path, words] of found) assert.ok(says.test(words) || / lagi$/.test(words), `${value_} shows ${path}: ${words}`);
    }
    await withStatements(await list('dusun=UJI%20DAFTAR&lengkap=tidak'));
});

test('another village sees none of it', async () => {
    const theirs = await staff(neighbour, 'clerk');
    const page = (await theirs.get(`${HOME}?dusun=UJI%20DAFTAR&status=0`)).must(200);
    assert.equal(ids(page).length, 0);
    const mine = await list('dusun=UJI%20DAFTAR');
    const stolen = await theirs.get(href(mine, 'next'));
    assert.ok(stolen.status >= 400 || ids(stolen).length === 0);
});

test('one person\'s page is within the limit too', async () => {
    const [id] = ids(await list('dusun=UJI%20DAFTAR'));
    await withStatements((await clerk.get(`${HOME}/${id}`)).must(200));
});

const ask = (page, format) => clerk.submit(page, {}, `#unduh-${format}`);
const csvRows = (text) => {
    const out = [[]];
    for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
        out.at(-1).push(quoted !== undefined ? quoted.replaceAll('""', '"') : plain);
        if (end === '\r\n') out.push([]);
    }
    return out.slice(0, -1);
};

test('the list as a file: the same people in the same order, in the columns of the exchange', async () => {
    for (const [query, words, by] of [['dusun=UJI%20DAFTAR&status=0&urut=umur&arah=turun', '', 'r.birth_date, r.id'], ['dusun=UJI%20DAFTAR&jk=2', 'lain kembar', 'r.name, r.id']]) {
        const page = words ? (await search(words, query)).must(200) : await list(query);
        const where = words ? `${HERE} AND r.sex = 2 AND r.basic_status = 1 AND r.name LIKE '%LAIN'` : HERE;
        const wanted = rows(schema, `SELECT r.nik, r.name, IFNULL(r.birth_date, ''), IFNULL(r.occupation, '') FROM resident r JOIN area a ON a.id = r.area_id WHERE ${where} ORDER BY ${by}`);
        const csv = (await fetched(clerk, await ask(page, 'csv'))).file;
        assert.match(csv.headers['content-disposition'], /attachment; filename="?penduduk-\d{4}-\d\d-\d\d\.csv/);
        assert.deepEqual([...csv.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
        const [head, ...body] = csvRows(csv.text.slice(1));
        assert.deepEqual(head, COLUMNS);
        const column = (name) => COLUMNS.indexOf(name);
        assert.deepEqual(body.map((r) => [r[column('nik')], r[column('nama')], r[column('tanggallahir')], r[column('pekerjaan_id')]]), wanted);
        const xlsx = (await fetched(clerk, await ask(page, 'xlsx'))).file;
        assert.equal(xlsx.headers['content-type'], XLSX);
        const told = readRows(xlsx.bytes);
        assert.deepEqual(told[0], COLUMNS);
        assert.deepEqual(told.slice(1).map((r) => r.find((c) => /^\d{16}$/.test(c))), wanted.map(([nik]) => nik));
    }
});

test('nothing in the file runs as a formula', async () => {
    const [[id]] = rows(schema, `SELECT r.id FROM resident r JOIN area a ON a.id = r.area_id WHERE ${HERE} AND r.sex = 1 AND r.basic_status = 1 LIMIT 1`);
    rows(schema, `UPDATE resident SET father_name = '=1+1', mother_name = '@SUM(A1)', address_now = '+62 811' WHERE id = ${id}`);
    const page = await list('dusun=UJI%20DAFTAR&jk=1');
    const cells = csvRows((await fetched(clerk, await ask(page, 'csv'))).file.text).flat();
    for (const text of ["'=1+1", "'@SUM(A1)", "'+62 811"]) assert.ok(cells.includes(text), text);
    assert.ok(!cells.some((c) => /^[=@+]/.test(c)));
    const { bytes } = (await fetched(clerk, await ask(page, 'xlsx'))).file;
    const book = unzip(bytes);
    assert.ok(!Object.entries(book).some(([name, part]) => /worksheets/.test(name) && part.toString().includes('<f>')), 'no formula in the workbook');
    assert.ok(readRows(bytes).flat().includes('=1+1'), 'the text is as it was');
});

test('an export imported again changes nothing', async () => {
    const hamlet = value(schema, "SELECT hamlet FROM area WHERE hamlet NOT LIKE '%UJI%' LIMIT 1");
    rows(schema, `UPDATE resident SET lat = '-3.10421200', lng = '120.295531' WHERE id = (SELECT id FROM (SELECT r.id FROM resident r JOIN area a ON a.id = r.area_id WHERE a.hamlet = '${hamlet.replaceAll("'", "''")}' AND r.occupation = 1 ORDER BY r.id LIMIT 1) x)`);
    for (const format of ['xlsx', 'csv', 'csvx']) {
        const page = await list(`dusun=${encodeURIComponent(hamlet)}&kerja=1&status=0`);
        const { file } = await fetched(clerk, await ask(page, format));
        if (format === 'xlsx') {
            const sheet = unzip(file.bytes)['xl/worksheets/sheet1.xml'].toString();
            assert.match(sheet, /<c r="AP\d+"><v>-3\.104212<\/v>/, 'a place on the map is a number');
            assert.match(sheet, /orientation="landscape"/);
            assert.match(sheet, /fitToWidth="[2-9]"/, 'as many pages wide as can be read');
            assert.match(sheet, /Halaman &amp;P dari &amp;N/);
            assert.match(unzip(file.bytes)['xl/workbook.xml'].toString(), /Print_Titles[^>]*>[^<]*\$E:\$E,[^<]*\$1:\$1</, 'names and headings on each page');
        }
        const { row, page: said } = await check(clerk, village, file.bytes, `kembali.${format}`);
        assert.ok(row.total > 20 && row.state === 'checked', `${format}: ${JSON.stringify(row)}`);
        assert.deepEqual([row.fresh, row.changed, row.refused, row.unchanged], [0, 0, 0, row.total], `${format}: ${JSON.stringify(row)} ${said.told}`);
    }
});

test('a CSV for Excel keeps every digit and says what it is; whoever takes the living only is told, and offered all', async () => {
    const page = await list('dusun=UJI%20DAFTAR&jk=2');
    page.must(200, 'CSV, untuk Excel Indonesia').must(200, 'Hanya Status: Hidup. Semua status');
    const all = [...page.page.querySelectorAll('.menu-note a')].map((a) => a.getAttribute('href'));
    assert.equal(all.length, 1);
    assert.ok((await clerk.get(all[0])).must(200).words.includes('Status: semua') || /status=0/.test(all[0]), all[0]);
    assert.ok(!(await clerk.get(all[0])).words.includes('Hanya Status'));
    const { page: ready, file } = await fetched(clerk, await ask(page, 'csvx'));
    ready.must(200, 'pemisah titik koma');
    assert.match(file.headers['content-disposition'], /-excel\.csv/);
    const [head, first] = file.text.replace(/^\uFEFF/, '').split('\r\n');
    assert.ok(head.includes(';nik;') || head.startsWith('nik;'), head);
    assert.match(first, /"=""\d{16}"""/, 'a NIK is a text');
    (await fetched(clerk, await ask(page, 'csv'))).page.must(200, 'NIK bisa terpotong');
});

test('three files at once are made for one person; the fourth is refused in words, and others are not kept waiting', async () => {
    const me = value(schema, `SELECT id FROM staff WHERE username = '${staffOf(village, 'clerk').username}'`);
    for (let i = 0; i < 3; i++) {
        rows(schema, `INSERT INTO export_file (kind, format, criteria, staff_id, asked_at) VALUES ('residents', 'csv', '{"dusun":"TIDAK ADA"}', ${me}, NOW(6));
            INSERT INTO outbox (kind, subject, payload, due_at) VALUES (6, LAST_INSERT_ID(), '', NOW(6) + INTERVAL 1 HOUR)`);
    }
    const before = value(schema, 'SELECT COUNT(*) FROM export_file');
    const refused = await ask(await list('dusun=UJI%20DAFTAR&jk=2'), 'csv');
    refused.must(429, 'Tiga berkas Anda masih dibuat').must(429, 'Tunggu salah satu berkas selesai');
    assert.ok(refused.headers['retry-after']);
    assert.equal(value(schema, 'SELECT COUNT(*) FROM export_file'), before, 'nothing was put');

    const secretary = await staff(village, 'secretary');
    const theirs = await secretary.submit((await secretary.get(`${HOME}?dusun=UJI%20DAFTAR&jk=2`)).must(200), {}, '#unduh-csv');
    await fetched(secretary, theirs);
    rows(schema, `UPDATE outbox SET state = 4 WHERE kind = 6 AND state = 1 LIMIT 1`); // one was given up
    await fetched(clerk, await ask(await list('dusun=UJI%20DAFTAR&jk=2'), 'csv'));
    rows(schema, `DELETE e, o FROM export_file e JOIN outbox o ON o.kind = 6 AND o.subject = e.id WHERE e.criteria LIKE '%TIDAK ADA%'`);
});

test('asking and fetching are written down; only who asked gets it, and only for a day', async () => {
    const page = (await search('kembar', 'dusun=UJI%20DAFTAR')).must(200);
    const { path, page: ready } = await fetched(clerk, await ask(page, 'csv'));
    ready.must(200, 'hanya oleh Anda');
    const id = Number(/\d+$/.exec(path)[0]);
    const written = rows(schema, `SELECT action, actor_name, detail FROM audit WHERE subject = 'export:${id}' ORDER BY id`);
    assert.deepEqual(written.map(([action]) => action), ['export.ask', 'export.fetch']);
    assert.deepEqual(JSON.parse(written[0][2]), { bentuk: 'csv', cari: true, dusun: 'UJI DAFTAR' });
    const secretary = await staff(village, 'secretary');
    (await secretary.get(path)).must(404);
    (await secretary.get(`${path}/berkas`)).must(404);
    const theirs = await staff(neighbour, 'clerk');
    (await theirs.get(path)).must(404);
    rows(schema, `UPDATE export_file SET asked_at = asked_at - INTERVAL 25 HOUR, ready_at = ready_at - INTERVAL 25 HOUR WHERE id = ${id}`);
    (await clerk.get(path)).must(200, 'sudah dihapus');
    (await clerk.get(`${path}/berkas`)).must(404);
    rows(schema, `UPDATE export_file SET asked_at = asked_at - INTERVAL 3 DAY WHERE id = ${id}; UPDATE file SET made_at = made_at - INTERVAL 4 DAY WHERE id = (SELECT file_id FROM export_file WHERE id = ${id})`);
    const file = value(schema, `SELECT file_id FROM export_file WHERE id = ${id}`);
    rows(schema, "DELETE FROM epoch WHERE name = 'tidy'; INSERT INTO outbox (kind, subject, payload) VALUES (2, 0, '{}')"); // as each hour
    await until('the old file goes, with no other export', () => value(schema, `SELECT COUNT(*) FROM file WHERE id = ${file}`) === '0');
    assert.equal(value(schema, `SELECT criteria FROM export_file WHERE id = ${id}`), '', 'and what was searched for');
    for (const bad of [{ bentuk: 'pdf' }, { jk: '7' }]) (await clerk.submit(await list('jk=1'), bad, '#unduh-csv')).must(400);
});
