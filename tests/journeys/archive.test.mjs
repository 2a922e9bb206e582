// SPDX-License-Identifier: AGPL-3.0-or-later
// The archive: every letter is found by its number, its subject, its type, month, way and state; printing again and
// taking the register out are written down.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { thisMonth } from '../harness/days.mjs';
import { fetched } from '../harness/exports.mjs';
import { freshNumber } from '../harness/families.mjs';
import { BUSINESS, DOMICILE, draft, letterRow, pdf, send } from '../harness/letters.mjs';
import { rows, schemaOf, staffOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { statementsOf } from '../harness/villages.mjs';
import { readRows } from '../harness/workbook.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const NAME = "SITTI RAHMAWATI ARSIP TO'LONG";
const MONTH = thisMonth();
let clerk;
let secretary;
let resident;
let issued;
let open; // a draft

const visit = (path) => clerk.get(path);
const links = (answer) => answer.page.querySelectorAll('main table tbody a').map((a) => Number(/^\/kantor\/surat\/(\d+)$/.exec(a.getAttribute('href') ?? '')?.[1])).filter(Boolean);
const hrefOf = (answer, rel) => answer.page.querySelector(`main .pages a[rel=${rel}]`)?.getAttribute('href').replaceAll('&amp;', '&');
// What was begun at the kiosk and never sent is nobody's work, and a draft cancelled before it was sent is no letter: they are not listed.
const WORK = "NOT (channel = 'kiosk' AND state IN (1, 7) AND id NOT IN (SELECT letter_id FROM kiosk_letter)) AND NOT (state = 7 AND id NOT IN (SELECT letter_id FROM kiosk_letter) AND id NOT IN (SELECT letter_id FROM letter_step))";
const ids = (sql) => rows(schema, sql).map(([id]) => Number(id));
const search = async (query, at = '/kantor/surat') => clerk.submit((await visit(at)).must(200), { cari: query }, 'main form[role=search]');

/** The list page after page to its end, then back again: each letter once, in order, the same both ways. */
async function walk(first) {
    const pages = [];
    let answer = first;
    for (;;) {
        pages.push(links(answer));
        const next = hrefOf(answer, 'next');
        if (!next) break;
        answer = (await visit(next)).must(200);
    }
    for (let i = pages.length - 2; i >= 0; i--) {
        answer = (await visit(hrefOf(answer, 'prev'))).must(200);
        assert.deepEqual(links(answer), pages[i], `page ${i + 1}, coming back`);
    }
    assert.equal(hrefOf(answer, 'prev'), undefined);
    return pages.flat();
}

before(async () => {
    clerk = await staff(village, 'clerk');
    secretary = await staff(village, 'secretary');
    const nik = freshNumber(village, '520391');
    rows(schema, `INSERT INTO resident (nik, name, sex, birth_place, birth_date, religion, occupation, marital, area_id, family_id, family_role, citizenship)
        SELECT '${nik}', "${NAME}", 2, 'Larompong', '1991-03-12', 1, 9, 1, area_id, family_id, 9, 1 FROM resident WHERE family_id IS NOT NULL AND basic_status = 1 ORDER BY id LIMIT 1;
        INSERT INTO resident_word (word, resident_id) SELECT w.word, r.id FROM resident r JOIN (SELECT 'sitti' AS word UNION SELECT 'rahmawati' UNION SELECT 'arsip' UNION SELECT 'tolong') w WHERE r.nik = '${nik}'`);
    resident = Number(value(schema, `SELECT id FROM resident WHERE nik = '${nik}'`));
    // A year of letters, as a village has them; the one who is asked for has few of each.
    const [usaha, domisili] = [BUSINESS.slug, DOMICILE.slug].map((slug) => Number(value(schema, `SELECT id FROM letter_type WHERE slug = '${slug}'`)));
    const someone = value(schema, `SELECT id FROM resident WHERE basic_status = 1 AND id <> ${resident} ORDER BY id DESC LIMIT 1`);
    rows(schema, `INSERT INTO letter (type_id, state, channel, resident_id, inputs, snapshot, scope, year, number, number_text, letter_date, made_by, made_at, issued_by, issued_at)
        SELECT IF(seq % 40 = 0, ${domisili}, ${usaha}), IF(seq % 50 = 7, 6, 4), IF(seq % 30 = 3, 'kiosk', 'counter'), ${someone}, '{"keperluan":"uji arsip"}', '{"values":{"nama":"Warga Lama"}}',
            'lama', 2025, seq, CONCAT('500.3/', LPAD(seq, 3, '0'), '/LAMA/2025'), DATE '2025-01-01' + INTERVAL seq DAY, 1, TIMESTAMP('2025-01-01') + INTERVAL seq DAY, 1, TIMESTAMP('2025-01-01') + INTERVAL seq DAY
        FROM seq_1_to_330`);
    // As long as the outbox remembers, each has its render job.
    rows(schema, "INSERT INTO outbox (kind, subject, payload, state, done_at) SELECT 1, id, '{}', 3, NOW(6) FROM letter WHERE scope = 'lama'");
    issued = await send(clerk, BUSINESS, resident, { isi_keperluan: "=HYPERLINK(\"http://jahat\"), 'kredit'" });
    await pdf(clerk, issued.id);
    open = (await draft(clerk, DOMICILE, resident)).id;
});

test('every page leads on and back, each letter once, and the count is said', async () => {
    const first = (await visit('/kantor/surat')).must(200);
    const all = ids(`SELECT id FROM letter WHERE ${WORK} ORDER BY id DESC`);
    assert.match(first.words, new RegExp(`Menampilkan 1–30 dari ${all.length}`));
    assert.deepEqual(await walk(first), all);
});

test('types stand in groups where one is chosen', async () => {
    const groups = (await visit('/kantor/surat')).must(200).page.querySelectorAll('#jenis option[disabled]').map((g) => g.text.trim());
    assert.ok(groups.length > 3 && new Set(groups).size === groups.length, groups.join());
});

test('by state, type, month and way, alone and together', async () => {
    const [usaha, domisili] = [BUSINESS.slug, DOMICILE.slug];
    const type = (slug) => `type_id = (SELECT id FROM letter_type WHERE slug = '${slug}')`;
    for (const [query, where] of [
        ['keadaan=konsep', 'state IN (1, 5)'],
        ['keadaan=terbit', 'state = 4'],
        ['keadaan=dicabut', 'state IN (6, 7)'],
        [`jenis=${domisili}`, type(domisili)],
        [`jenis=${usaha}&kanal=anjungan`, `${type(usaha)} AND channel = 'kiosk'`],
        ['bulan=2025-03', "letter_date >= '2025-03-01' AND letter_date < '2025-04-01'"],
        [`bulan=2025-02&jenis=${domisili}`, `letter_date BETWEEN '2025-02-01' AND '2025-02-28' AND ${type(domisili)}`],
        ['keadaan=dicabut&bulan=2025-03', "state IN (6, 7) AND letter_date BETWEEN '2025-03-01' AND '2025-03-31'"],
        [`keadaan=terbit&jenis=${domisili}&kanal=loket&bulan=2025-05`, `state = 4 AND ${type(domisili)} AND channel = 'counter' AND letter_date BETWEEN '2025-05-01' AND '2025-05-31'`],
        ['kanal=anjungan', "channel = 'kiosk'"],
    ]) {
        const first = (await visit(`/kantor/surat?${query}`)).must(200);
        const expected = ids(`SELECT id FROM letter WHERE ${where} AND ${WORK} ORDER BY id DESC`);
        assert.deepEqual(await walk(first), expected, query);
        assert.ok(first.words.includes(`${expected.length} surat`), `${query}: the count`);
    }
    const none = (await visit('/kantor/surat?bulan=2019-01')).must(200, 'Tidak ada surat yang cocok');
    assert.ok(none.page.querySelector('main .chips a[href="/kantor/surat"]'), 'the filter can be dropped');
    (await visit('/kantor/surat?bulan=besok&jenis=tidak-ada')).must(200, 'Menampilkan 1–30');
});

test('a search finds by number in each way it is written, and by name in any order; neither stands in an address', async () => {
    const { number, text } = letterRow(village, issued.id);
    for (const query of [text, text.toLowerCase(), `${number}/`, String(number), String(number).padStart(5, '0')]) {
        assert.ok(links((await search(query)).must(200)).includes(issued.id), `"${query}" finds it`);
    }
    assert.deepEqual(links(await search('500.3/077/LAMA/2025')).length, 1);
    for (const query of ['sitti arsip', 'ARSIP Rahmawati', "to'long sitti", 'arsip']) {
        const got = (await search(query)).must(200);
        assert.deepEqual(links(got), ids(`SELECT id FROM letter WHERE resident_id = ${resident} ORDER BY id DESC`), query);
        assert.ok(got.words.includes(`Cari: ${query}`));
    }
    const narrowed = await search('arsip', '/kantor/surat?keadaan=terbit');
    assert.deepEqual(links(narrowed), [issued.id], 'a search stays within the filters');
    assert.deepEqual(links(await clerk.open(narrowed.page.querySelectorAll('main .tabs a')[1].getAttribute('href').replaceAll('&amp;', '&'))).length, 1, 'and a filter within the search');
    for (const a of narrowed.page.querySelectorAll('main a')) assert.ok(!/arsip|sitti/i.test(a.getAttribute('href')), a.getAttribute('href'));
    const name = value(schema, "SELECT r.name FROM letter l JOIN resident r ON r.id = l.resident_id WHERE l.scope = 'lama' LIMIT 1");
    const many = await walk((await search(name)).must(200));
    assert.ok(many.length >= 330, `a search goes on over pages: ${many.length}`);
    for (const odd of ["' OR 1=1 --", '%', '_', '1/%', '%/1', '\\', '<script>', freshNumber(village), '💧']) assert.ok(links((await search(odd)).must(200)).length < 30, odd);
});

test('printing is written down with who and when, the first time as the first, and leaves the paper as it is', async () => {
    const bytes = await pdf(clerk, issued.id);
    const page = (await visit(`/kantor/surat/${issued.id}`)).must(200);
    assert.ok(!page.words.includes('Dicetak') && !page.words.includes('Cetak ulang'));
    const action = `/kantor/surat/${issued.id}/cetak`;
    assert.match(page.page.querySelector(`form[action="${action}"] button`).text, /Cetak surat/);
    const { fields } = clerk.fill(page, {}, `form[action="${action}"]`);
    const pressed = (await clerk.post(action, fields)).must(303);
    (await clerk.post(action, fields)).must(303); // a double press is one
    const after = (await clerk.follow(pressed)).must(200, 'Jendela cetak terbuka sendiri');
    assert.ok(after.page.querySelector('main [data-sheets][data-print] img'));
    assert.match(after.page.querySelector(`form[action="${action}"] button`).text, /Cetak ulang/);
    assert.equal((await visit(`/kantor/surat/${issued.id}`)).page.querySelectorAll('main [data-print]').length, 0, 'only the press prints');
    const list = (await visit('/kantor/surat?keadaan=terbit')).must(200);
    (await clerk.follow(await clerk.submit(list, {}, `form[action="${action}"]`))).must(200, 'Dicetak ulang 1×');
    const operator = rows(schema, `SELECT name FROM staff WHERE username = '${staffOf(village, 'clerk').username}'`)[0][0];
    const history = (await visit(`/kantor/surat/${issued.id}`)).must(200);
    const [first, again] = [`Dicetak ${operator}`, `Dicetak ulang ${operator}`].map((words) => history.words.indexOf(words));
    assert.ok(history.words.indexOf('Terbit,') < first && first < again, 'both stand in its history, after the issue');
    assert.ok((await visit('/kantor/surat?keadaan=terbit')).words.includes('Dicetak ulang 1×'));
    assert.deepEqual(rows(schema, `SELECT action FROM audit WHERE subject = 'letter:${issued.id}' AND action = 'letter.print'`).length, 2);
    assert.ok(bytes.equals(await pdf(clerk, issued.id)), 'the same paper');
    const head = await staff(village, 'head');
    assert.equal((await head.get(`/kantor/surat/${issued.id}`)).page.querySelector(`form[action="${action}"]`), null, 'the head reads');
});

test('a draft and a void letter have nothing to print; the reason stands in the archive', async () => {
    const other = await send(clerk, BUSINESS, resident);
    await pdf(clerk, other.id);
    const action = `/kantor/surat/${other.id}/cetak`;
    const { fields } = clerk.fill((await visit(`/kantor/surat/${other.id}`)).must(200), {}, `form[action="${action}"]`);
    (await secretary.submit(await secretary.get(`/kantor/surat/${other.id}`), { sebab: '1', alasan: 'Salah nama usahanya' }, `form[action="/kantor/surat/${other.id}/cabut"]`)).must(303);
    (await clerk.post(action, fields)).must(409);
    const list = (await visit('/kantor/surat?keadaan=dicabut')).must(200, 'Salah nama usahanya');
    assert.equal(list.page.querySelector(`form[action="${action}"]`), null);
    const guard = clerk.fill(await visit('/kantor/surat'), {}, 'form[action="/kantor/surat/agenda"]').fields.filter(([n]) => n.startsWith('_'));
    (await clerk.post(`/kantor/surat/${open}/cetak`, guard)).must(409);
});

/** The register's file as rows, by the way a browser goes. */
async function agenda(month, kind) {
    const page = (await visit('/kantor/surat')).must(200);
    const { action, fields } = clerk.fill(page, { bulan: month }, 'form[action="/kantor/surat/agenda"]');
    const offered = (await clerk.follow(await clerk.post(action, [...fields, ['bentuk', kind]]))).must(200, 'Buku agenda');
    const file = (await visit(offered.headers.refresh.replace(/^1; url=/, ''))).must(200);
    assert.match(file.headers['content-disposition'], new RegExp(`agenda-surat-${month}\\.${kind}`));
    return file;
}

test('the register of a month has every number of it, as it was printed, and no formula', async () => {
    const logged = Number(value(schema, "SELECT COUNT(*) FROM audit WHERE action = 'letter.agenda'"));
    const book = readRows((await agenda(MONTH, 'xlsx')).bytes);
    assert.deepEqual(book[0], ['No.', 'Nomor surat', 'Tanggal', 'Jenis surat', 'Nama', 'Keperluan', 'Keadaan', 'Keterangan']);
    const numbered = rows(schema, `SELECT number_text FROM letter WHERE DATE_FORMAT(letter_date, '%Y-%m') = '${MONTH}' ORDER BY year, number`).map(([n]) => n);
    assert.deepEqual(book.slice(1).map((r) => r[1]), numbered);
    const mine = book.find((r) => r[1] === letterRow(village, issued.id).text);
    assert.equal(mine[4], "Sitti Rahmawati Arsip To'long");
    assert.equal(mine[5], "=HYPERLINK(\"http://jahat\"), 'kredit'", 'a text in a workbook stays a text');
    assert.ok(book.some((r) => r[6] === 'Dicabut' && r[7] === 'Salah nama usahanya'), 'a void number is kept, with its reason');
    const csv = (await agenda(MONTH, 'csv')).text;
    assert.match(csv, /"'=HYPERLINK\(""http:\/\/jahat""\), 'kredit'"/, 'in CSV it is defused');
    const old = (await agenda('2025-02', 'csv')).text.replace(/^\uFEFF/, '').trim().split('\r\n');
    assert.equal(old.length - 1, 28);
    assert.match(old[1], /^31,500\.3\/031\/LAMA\/2025,.*Warga Lama,uji arsip,/);
    assert.equal(Number(value(schema, "SELECT COUNT(*) FROM audit WHERE action = 'letter.agenda'")), logged + 3, 'each was written down');
    assert.equal((await visit('/kantor/surat/agenda')).must(303).location, '/kantor/surat');
    assert.equal((await visit('/kantor/surat/agenda?izin=palsu')).status, 303);
    const neighbour = await staff(trainingVillages()[1], 'clerk');
    const mineOnly = (await clerk.follow(await clerk.post('/kantor/surat/agenda', [...clerk.fill(await visit('/kantor/surat'), { bulan: MONTH }, 'form[action="/kantor/surat/agenda"]').fields, ['bentuk', 'csv']]))).headers.refresh.replace(/^1; url=/, '');
    assert.equal((await neighbour.get(mineOnly)).must(303).location, '/kantor/surat', 'another village\'s leave opens nothing');
    const colleague = await staff(village, 'secretary');
    assert.equal((await colleague.get(mineOnly)).must(303).location, '/kantor/surat', 'nor does a colleague\'s: who took it out is written down');
    assert.equal((await colleague.get(`/kantor/surat?agenda=${mineOnly.split('=').pop()}`)).must(200).headers.refresh, undefined);
    (await clerk.post('/kantor/surat/agenda', clerk.fill(await visit('/kantor/surat'), {}, 'form[action="/kantor/surat/agenda"]').fields.map(([n, v]) => [n, n === 'bulan' ? 'besok' : v]).concat([['bentuk', 'csv']]))).must(400);
});

test('no more than five statements a page', async () => {
    await until('no job of this village is under way', () => value(schema, 'SELECT COUNT(*) FROM outbox WHERE state IN (1, 2) AND due_at <= NOW(6)') === '0');
    for (const path of ['/kantor/surat', `/kantor/surat?keadaan=terbit&jenis=${BUSINESS.slug}&bulan=${MONTH}&kanal=loket`]) {
        const looks = [];
        for (let i = 0; i < 3; i++) looks.push(await statementsOf(village, () => visit(path))); // a job that becomes due meanwhile is no page's
        const [sent] = looks.sort((a, b) => a.length - b.length);
        assert.ok(sent.length <= 5, `${path}: ${sent.join('\n')}`);
    }
});

test('the rows that the archive shows are had as a file: filtered, in their order, none more', async () => {
    const shown = (await visit('/kantor/surat?keadaan=dicabut&bulan=2025-04')).must(200);
    const wanted = rows(schema, "SELECT number_text FROM letter WHERE state IN (6, 7) AND letter_date BETWEEN '2025-04-01' AND '2025-04-30' ORDER BY id DESC").flat();
    assert.ok(wanted.length > 0);
    const lines = (await fetched(clerk, await clerk.submit(shown, {}, '#unduh-csv'))).file.text.trim().split('\r\n');
    assert.deepEqual(lines.slice(1).map((line) => line.split(',')[3]), wanted);
    const all = (await fetched(clerk, await clerk.submit((await visit('/kantor/surat')).must(200), {}, '#unduh-xlsx'))).file;
    const book = readRows(all.bytes).filter((row) => row.some((cell) => String(cell).includes('/LAMA/2025')));
    assert.equal(book.length, 330);
    assert.ok(!readRows(all.bytes).some((row) => row.some((cell) => /^[=+@]/.test(String(cell)))), 'no cell is a formula');
});

test('an issued letter goes by the name of its paper and says who that is by now; both names find it and the person', async () => {
    const person = `/kantor/penduduk/${resident}`;
    const edit = await clerk.submit((await visit(`${person}/ubah`)).must(200), { isi_nama: 'Puteri Arsipbaru', alasan: 'laporan' }, 'main form[method=post]');
    assert.equal(edit.status, 303, edit.told);
    const both = /Sitti Rahmawati Arsip To.long.*kini: Puteri Arsipbaru/;
    const rowOf = (answer, href) => answer.must(200).page.querySelectorAll('main tbody tr').find((tr) => tr.innerHTML.includes(`${href}"`))?.text.replace(/\s+/g, ' ');
    for (const words of ['rahmawati arsip', 'puteri', 'sitti puteri']) assert.match(rowOf(await search(words), `/kantor/surat/${issued.id}`) ?? '', both, words);
    const draftRow = rowOf(await search('tolong'), `/kantor/surat/${open}`);
    assert.match(draftRow, /Puteri Arsipbaru/, 'a draft will say what they are called now');
    assert.doesNotMatch(draftRow, /Sitti|kini:/);
    assert.match(rowOf(await visit('/kantor'), `/kantor/surat/${issued.id}`) ?? '', both);
    for (const tail of ['', '/baca']) assert.match((await visit(`/kantor/surat/${issued.id}${tail}`)).must(200).words, both, tail);

    const sought = async (words, at) => {
        const answer = await search(words, at);
        return answer.status === 303 ? clerk.follow(answer) : answer;
    };
    const found = async (words) => rowOf(await sought(words, '/kantor/penduduk'), person);
    assert.match(await found('sitti rahmawati arsip'), /Puteri Arsipbaru dulu Sitti Rahmawati Arsip/);
    assert.doesNotMatch(await found('puteri arsip'), /dulu/);
    const choice = await clerk.submit((await visit(`/kantor/surat/buat/${BUSINESS.slug}`)).must(200), { cari: 'rahmawati arsip' }, 'main form[role=search]');
    assert.match(choice.must(200).words, /Puteri Arsipbaru dulu Sitti Rahmawati Arsip To.long, Perempuan/);
    assert.match((await sought('rahmawati', '/kantor/peristiwa/catat/kematian')).must(200).words, /Puteri Arsipbaru dulu Sitti Rahmawati Arsip/);

    const back = await clerk.submit((await visit(`${person}/ubah`)).must(200), { isi_nama: NAME, alasan: 'laporan' }, 'main form[method=post]');
    assert.equal(back.status, 303, back.told);
    assert.doesNotMatch(rowOf(await search('rahmawati arsip'), `/kantor/surat/${issued.id}`), /kini:/);
    assert.doesNotMatch(await found('sitti arsip'), /dulu/);
    assert.match(await found('puteri'), /dulu Puteri Arsipbaru/);
});
