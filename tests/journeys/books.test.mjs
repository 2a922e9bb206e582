// SPDX-License-Identifier: AGPL-3.0-or-later
// Books: B.1 and B.3 as people print them; a month closed and printed again after everything changed.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo, monthAgo, thisMonth } from '../harness/days.mjs';
import { fetched } from '../harness/exports.mjs';
import { freshKk, haveHamlets, living, makeFamily, residentRow, usualFamily } from '../harness/families.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { readRows } from '../harness/workbook.mjs';

const [village, other] = trainingVillages();
const schema = schemaOf(village);
const HOME = '/kantor/buku';
let clerk;
let secretary;
const month = thisMonth();
const last = monthAgo(1);

before(async () => {
    clerk = await staff(village, 'clerk');
    secretary = await staff(village, 'secretary');
    rows(schema, `UPDATE resident SET created_at = '${last}-15' ORDER BY id LIMIT 1`);
});

const monthWords = (word) => new Intl.DateTimeFormat('id', { month: 'long', year: 'numeric' }).format(new Date(`${word}-15`));
const page = async (book, period = month, client = clerk) => (await client.get(`${HOME}/${book}?periode=${period}`)).must(200);
const closing = async (book, period, client = secretary) => (await client.get(`${HOME}/${book}/tutup?periode=${period}`)).must(200);
const printed = async (book, format, period) => (await fetched(clerk, await clerk.submit(await page(book, period), {}, `#minta-${format}`))).file;
function csvRows(text) {
    const out = [[]];
    for (const [, quoted, plain, end] of text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
        out.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
        if (end === '\r\n') out.push([]);
    }
    return out.slice(0, -1);
}
async function dies(id, when = dayAgo(2)) {
    const form = 'main form[action$="/kematian"]';
    const values = { langkah: 'simpan', ...dated('tanggal', when), tempat: 'Rumah', sebab: 'sakit', pelapor: 'Andi' };
    (await clerk.submit((await clerk.get(`/kantor/penduduk/${id}/kematian`)).must(200), values, form)).must(303);
}
const eventOf = (id) => Number(value(schema, `SELECT MAX(id) FROM resident_event WHERE resident_id = ${id} AND kind <> 'correction'`));

/** The lines of B.3: {hamlet, start, born, came, died, left, end} by class, the sum last; under them the sentence, as on paper. */
async function recap(period) {
    const [head, ...body] = csvRows((await printed('b3', 'csv', period)).text);
    assert.equal(head.length, 33);
    const [note, ...none] = body.pop();
    assert.match(note, /^Cocok: .* KK: /);
    assert.deepEqual(none, Array(32).fill(''));
    const four = (line, at) => line.slice(at, at + 4).map(Number);
    return body.map((line) => ({ hamlet: line[1], start: four(line, 2), born: four(line, 9), came: four(line, 13), died: four(line, 17), left: four(line, 21),
        end: four(line, 25), families: [Number(line[6]), Number(line[29])], all: [Number(line[8]), Number(line[31])], remark: line[32] }));
}
const sum = (list) => list.reduce((a, b) => a + b, 0);
/** Each line of now closes in itself, and begins as the month before ended. */
function closes(book, old) {
    const ends = Object.fromEntries(old.map((line) => [line.hamlet.toUpperCase(), line.end])), families = Object.fromEntries(old.map((line) => [line.hamlet.toUpperCase(), line.families[1]]));
    for (const line of book) {
        for (let c = 0; c < 4; c++) assert.equal(line.start[c] + line.born[c] + line.came[c] - line.died[c] - line.left[c], line.end[c], `${line.hamlet} ${c}`);
        assert.deepEqual([sum(line.start), sum(line.end)], line.all, line.hamlet);
        assert.deepEqual(line.start, ends[line.hamlet.toUpperCase()] ?? [0, 0, 0, 0], `${line.hamlet}: the end of the month before`);
        assert.equal(line.families[0], families[line.hamlet.toUpperCase()] ?? 0, `${line.hamlet}: its families, too`);
        assert.ok(Math.min(...line.families) >= 0 && line.families[0] <= line.all[0] && line.families[1] <= line.all[1], line.hamlet);
    }
}
const lineOf = (book, hamlet) => book.find((line) => line.hamlet.toUpperCase() === hamlet);

test('the books stand in one place, with what each is', async () => {
    const list = (await clerk.get(HOME)).must(200, 'B.1 Buku Induk Penduduk').must(200, 'B.3 Buku Rekapitulasi Jumlah Penduduk');
    assert.ok(list.page.querySelector(`main a[href="${HOME}/b1"]`));
    const editor = await staff(village, 'editor');
    (await editor.get(`${HOME}/b1`)).must(403);
    (await clerk.get(`${HOME}/tidak-ada`)).must(404);
    (await clerk.get(`${HOME}/residents`)).must(404);
});

test('B.1: everybody who lives here, 16 columns, on paper and in a sheet', async () => {
    const family = usualFamily(village, 'BUKU');
    rows(schema, `UPDATE resident SET nik = CONCAT('0', SUBSTRING(nik, 2)) WHERE id = ${family.members[3]};
        INSERT INTO resident_event (kind, act, resident_id, event_date, reported_on, recorded_at, staff_id, staff_name, status_before, status_after, place, cause, reporter, number, note, roles)
        VALUES ('arrival', 'UJI', ${family.members[3]}, '2026-01-02', '${month}-01', NOW(6), 1, 'Uji', 0, 1, '', '', '', '', '', '[]')`);
    const pdf = await printed('b1', 'pdf');
    assert.equal(pdf.headers['content-type'], 'application/pdf');
    assert.match(pdf.headers['content-disposition'], new RegExp(`buku-induk-penduduk-${month}\\.pdf`));
    const words = pdfWords(pdf.bytes);
    for (const word of ['B.1 BUKU INDUK PENDUDUK', `TAHUN ${month.slice(0, 4)}`, 'Halaman 1 dari', 'Mengetahui', 'Sidik cetakan', 'Keadaan data per'])
        assert.ok(words.includes(word), word);
    const [head, ...body] = csvRows((await printed('b1', 'csv')).text);
    assert.equal(head.length, 16);
    assert.equal(body.length, living(village));
    const niks = new Set(body.map((line) => line[13]));
    for (const [nik] of rows(schema, `SELECT nik FROM resident WHERE id IN (${family.members.join()})`)) {
        assert.ok(niks.has(nik));
        assert.ok(words.includes(nik), 'each stands on paper, too');
    }
    assert.deepEqual(body.slice(0, 3).map((line) => line[0]), ['1', '2', '3']);
    const cards = body.map((line) => line[14]).filter(Boolean);
    assert.deepEqual(cards, [...cards].sort(), 'family by family');
    for (const family_ of [...new Set(cards)].slice(0, 40)) {
        const roles = body.filter((line) => line[14] === family_).map((line) => line[12]);
        assert.ok(!roles.includes('Kepala keluarga') || roles[0] === 'Kepala keluarga', `${family_}: the head first`);
    }
    assert.deepEqual([...new Set(body.map((line) => line[3]))].filter((mark) => !['K', 'BK', 'JD', 'DD', ''].includes(mark)), [], 'the marks of the annex');
    assert.ok(words.includes(`BULAN ${monthWords(month).toUpperCase().replace(' ', ' TAHUN ')}`), 'the month under which it is filed');
    const temporary = value(schema, `SELECT nik FROM resident WHERE id = ${family.members[3]}`);
    assert.deepEqual(body.filter((line) => line[13] === temporary).map((line) => line[15]), ['Datang 02-01-2026; NIK sementara']);
    for (const word of ['Kolom 10 bertanda –', 'sementara']) assert.ok(words.includes(word), word);
});

test('B.3: for every hamlet and class, start + born + came − died − left is the end; what was taken back in its month never was', async () => {
    const before_ = await recap();
    const { members } = usualFamily(village, 'REKAP');
    const { members: others } = usualFamily(village, 'REKAPDUA');
    await dies(members[3]);
    await dies(others[3]);
    (await clerk.submit((await clerk.get(`/kantor/peristiwa/${eventOf(others[3])}/batal`)).must(200), { alasan: 'salah orang' }, 'main form[action$="/batal"]')).must(303);
    const after = await recap();
    for (const line of after) {
        for (let c = 0; c < 4; c++) assert.equal(line.start[c] + line.born[c] + line.came[c] - line.died[c] - line.left[c], line.end[c], `${line.hamlet} ${c}`);
        assert.deepEqual([sum(line.start), sum(line.end)], line.all, line.hamlet);
    }
    const [was, is] = [before_.at(-1), after.at(-1)];
    assert.equal(is.hamlet, 'Jumlah');
    assert.equal(sum(is.end), living(village));
    assert.equal(sum(is.died), sum(was.died) + 1);
    assert.equal(sum(is.left), sum(was.left), 'a mistake of this month is no departure');
    const families = value(schema, 'SELECT COUNT(DISTINCT family_id) FROM resident WHERE basic_status = 1 AND family_id IS NOT NULL');
    assert.equal(is.families[1], Number(families));
    const words = pdfWords((await printed('b3', 'pdf')).bytes);
    assert.match(words, /Cocok: [\d.]+ awal \+/);
    assert.ok(words.includes('tidak dihitung'), 'what the registry cannot say is said');
});

test('what one asked for is found again for a day, by who asked and by nobody else', async () => {
    const open = await page('b3');
    const asked = await fetched(clerk, await clerk.submit(open, {}, '#minta-csv'));
    const mine = async (client) => (await client.get('/kantor/unduhan')).must(200, 'Unduhan saya').page;
    const links = (list) => list.querySelectorAll('main tbody a').map((a) => a.getAttribute('href'));
    assert.ok(open.page.querySelector('main a[href="/kantor/unduhan"]') && asked.page.page.querySelector('main a[href="/kantor/unduhan"]'), 'the book and the file lead there');
    const list = await mine(clerk);
    assert.deepEqual(links(list).slice(0, 2), [asked.path, `${asked.path}/berkas`], 'the newest first');
    const line = list.querySelector('main tbody tr').text;
    for (const word of [`Rekapitulasi jumlah penduduk, ${monthWords(month)}`, 'CSV', 'Berkas siap']) assert.ok(line.includes(word), `${word} in ${line}`);
    assert.equal((await clerk.get(`${asked.path}/berkas`)).must(200).text, asked.file.text);

    const head = await staff(village, 'head');
    assert.deepEqual(links(await mine(head)), [], 'nothing of others');
    assert.match((await mine(head)).querySelector('main .empty').text, /Belum ada unduhan/);
    const [[me, theirs]] = rows(schema, `SELECT staff_id, (SELECT id FROM staff WHERE role = 'head' LIMIT 1) FROM export_file WHERE id = ${asked.path.match(/\d+$/)[0]}`);
    rows(schemaOf(other), `INSERT INTO export_file (kind, format, criteria, period, staff_id, staff_name, asked_at, ready_at, refusal)
        VALUES ('b3', 'csv', '{}', '2020-01', ${me}, 'UJI LAIN', NOW(6), NOW(6), 'Uji'), ('b3', 'csv', '{}', '2020-01', ${theirs}, 'UJI LAIN', NOW(6), NOW(6), 'Uji')`);
    for (const client of [clerk, head]) assert.ok(!(await mine(client)).text.includes('Januari 2020'), 'nothing of another village, though its numbers are the same');
    rows(schemaOf(other), "DELETE FROM export_file WHERE staff_name = 'UJI LAIN'");

    rows(schema, `UPDATE export_file SET asked_at = asked_at - INTERVAL 25 HOUR WHERE id = ${asked.path.match(/\d+$/)[0]}`);
    assert.ok(!links(await mine(clerk)).includes(asked.path), 'after a day it is gone from the list');
});

test('the end of a month is the start of the next', async () => {
    const [old, now] = [(await recap(last)).at(-1), (await recap()).at(-1)];
    assert.deepEqual(old.end, now.start);
});

test('who moves to another hamlet, or was written down with a wrong sex, is moved in this month\'s book: the last one stays as it was', async () => {
    const { id, members } = usualFamily(village, 'DALAM');
    haveHamlets(village, 'UJI TUJUAN');
    const lines = (book) => Object.fromEntries(book.map((line) => [line.hamlet.toUpperCase(), line]));
    const [old, was] = [await recap(last), lines(await recap())];
    const saved = async (path, values) => (await clerk.submit((await clerk.get(path)).must(200), values, 'main form[action$="/ubah"]')).must(303);
    await saved(`/kantor/keluarga/${id}/ubah`, { dusun: 'Uji Tujuan', rt: '1', alasan: 'pindah' });
    const [[nik]] = rows(schema, `SELECT nik FROM resident WHERE id = ${members[3]}`);
    await saved(`/kantor/penduduk/${members[3]}/ubah`, { isi_sex: '1', isi_nik: nik.replace(/^(\d{6})41/, '$101'), alasan: 'dokumen', keterangan: 'akta' });
    assert.deepEqual(await recap(last), old, 'no line of the month before is another one');
    const book = await recap(), now = lines(book);
    closes(book, old);
    const [from, to] = ['UJI KELUARGA', 'UJI TUJUAN'].map((hamlet) => now[hamlet]);
    assert.deepEqual(from.left.map((n, c) => n - was['UJI KELUARGA'].left[c]), [0, 0, 2, 2]);
    assert.deepEqual([to.came, to.left, to.end, to.families], [[0, 0, 3, 2], [0, 0, 0, 1], [0, 0, 3, 1], [0, 1]], 'the daughter is a son: out of one column and into the other');
    assert.equal(to.remark, 'dalam desa 4; koreksi 1');
    assert.equal(sum(now.JUMLAH.end), living(village));
    assert.match(pdfWords((await printed('b3', 'pdf')).bytes), /Cocok: [\d.]+ awal \+/);
});

test('who is taken out of the books, or given back, is a correction of the month it is done in: the last one stays as it was', async () => {
    const outed = async (id, values = { sebab: '1' }) => {
        const form = 'main form[action$="/keluarkan"]';
        const asked = await clerk.submit((await clerk.get(`/kantor/penduduk/${id}/keluarkan`)).must(200), { alasan: 'salah ketik', langkah: 'periksa', ...values }, form);
        (await clerk.submit(asked.must(200, 'Di B.3 bulan ini'), { langkah: 'simpan' }, form)).must(303);
    };
    const given = async (id) => (await clerk.submit((await clerk.get(`/kantor/penduduk/${id}/keluarkan`)).must(200), {}, 'main form[action$="/kembalikan"]')).must(303);
    const { members: [, wife, son, fresh] } = makeFamily(village, [[1, 1, 1980, 'KASIM KELUAR'], [3, 2, 1983, 'SITI KELUAR'], [4, 1, 2004, 'BUDI KELUAR'], [4, 1, 2012, 'BARU KELUAR']], 'UJI KELUAR');
    const { members: [back] } = makeFamily(village, [[1, 1, 1980, 'KEMBALI KELUAR']], 'UJI KELUAR');
    rows(schema, `UPDATE resident SET created_at = '2020-01-01' WHERE id IN (${[wife, son, back]});
        UPDATE resident SET basic_status = 9, out_why = 1 WHERE id = ${back};
        INSERT INTO history (at, staff_id, staff_name, owner, owner_id, version, kind, reason, changes, origin) VALUES ('${last}-20', 1, 'Uji', 'resident', ${back}, 1, 'out', 'uji', '{"basic_status":[1,9]}', 'uji')`);
    const before_ = lineOf(await recap(), 'UJI KELUAR');
    await outed(fresh);
    const old = await recap(last), was = await recap();
    closes(was, old);
    assert.deepEqual([lineOf(old, 'UJI KELUAR').left, lineOf(old, 'UJI KELUAR').remark], [[0, 0, 1, 0], 'koreksi 1; KK berkurang 1']);
    const none = lineOf(was, 'UJI KELUAR');
    assert.deepEqual([none.left, none.came, none.remark, none.start], [[0, 0, 0, 0], [0, 0, 0, 0], '', before_.start.map((n, c) => n - (c === 2 ? 1 : 0))],
        'written in and taken out within a month: neither there nor gone');
    await outed(wife);
    await outed(son);
    await given(son);
    await given(back);
    assert.deepEqual(await recap(last), old, 'no line of the month before is another one');
    const now = await recap(), line = lineOf(now, 'UJI KELUAR');
    closes(now, old);
    assert.deepEqual([line.left, line.came, line.end, line.remark], [[0, 0, 0, 1], [0, 0, 1, 0], [0, 0, 3, 0], 'koreksi 2; KK baru 1']);
    assert.equal(sum(lineOf(now, 'JUMLAH').end), living(village));
    assert.match(pdfWords((await printed('b3', 'pdf')).bytes), /Cocok: [\d.]+ awal \+/);
});

test('a hamlet that is renamed or merged is one line under its name of now, in months before, too, and whoever had left it', async () => {
    const three = (word) => [[1, 1, 1980, `RAHMAN ${word}`], [3, 2, 1983, `SITI ${word}`], [4, 1, 2004, `ANWAR ${word}`]];
    haveHamlets(village, 'UJI ALFA', 'UJI BATU', 'UJI TERIMA');
    const gone = makeFamily(village, three('PERGI'), 'UJI ALFA'), stays = makeFamily(village, three('TINGGAL').slice(0, 2), 'UJI ALFA');
    const moved = makeFamily(village, three('RTPINDAH'), 'UJI RTASAL');
    makeFamily(village, three('RTDIAM'), 'UJI RTTUJU');
    const area = (hamlet, rt = '-') => value(schema, `SELECT id FROM area WHERE hamlet = '${hamlet}' AND rt = '${rt}'`);
    const sent = async (path, values, tail = path.split('/').at(-1)) => clerk.submit((await clerk.get(path)).must(200), values, `main form[action$="/${tail}"]`);
    const move = async ({ id }, dusun) => (await sent(`/kantor/keluarga/${id}/ubah`, { dusun, rt: '1', alasan: 'pindah' })).must(303);
    const rename = async (hamlet, nama) => (await sent(`/kantor/wilayah/${area(hamlet)}/ubah`, { nama })).must(303);
    const merge = async (from, into) => (await clerk.submit((await sent(`/kantor/wilayah/${from}/gabung`, { ke: into, alasan: 'uji', langkah: 'periksa' })).must(200),
        { langkah: 'simpan' }, 'main form[action$="/gabung"]')).must(303);
    const old = await recap(last);
    /** The month before is as it was, but for the name; this month's line of it. */
    const now = async (name) => {
        const before_ = await recap(last), book = await recap();
        closes(book, before_);
        assert.deepEqual(before_.filter((line) => line.hamlet !== name), old.filter((line) => line.hamlet !== 'Uji Alfa'), 'no other line of the month before');
        assert.deepEqual({ ...lineOf(before_, name.toUpperCase()), hamlet: 'Uji Alfa' }, lineOf(old, 'UJI ALFA'));
        const { start, came, left, end, remark } = lineOf(book, name.toUpperCase());
        return [book, start, came, left, end, remark];
    };
    const NOBODY = [0, 0, 0, 0];
    await move(gone, 'Uji Batu');
    await rename('UJI ALFA', 'Uji Gama');
    const [book, ...line] = await now('Uji Gama');
    assert.deepEqual(line, [[0, 0, 3, 2], NOBODY, [0, 0, 2, 1], [0, 0, 1, 1], 'dalam desa 3']);
    assert.equal(lineOf(book, 'UJI ALFA'), undefined, 'no line of a hamlet that there is not');

    (await sent('/kantor/wilayah/tambah', { dusun: 'Uji Alfa' })).must(303);
    await move(stays, 'Uji Alfa');
    const [again, ...second] = await now('Uji Gama');
    assert.deepEqual(second, [[0, 0, 3, 2], NOBODY, [0, 0, 3, 2], NOBODY, 'dalam desa 5']);
    const fresh = lineOf(again, 'UJI ALFA');
    assert.deepEqual([fresh.start, fresh.came, fresh.end], [NOBODY, [0, 0, 1, 1], [0, 0, 1, 1]], 'a new one that took the old name is another');

    await merge(area('UJI GAMA'), area('UJI TERIMA'));
    await rename('UJI TERIMA', 'Uji Akhir');
    const [, ...third] = await now('Uji Akhir');
    assert.deepEqual(third, [[0, 0, 3, 2], NOBODY, [0, 0, 3, 2], NOBODY, 'dalam desa 5'], 'merged, and that one renamed');

    await merge(area('UJI RTASAL', '002'), area('UJI RTTUJU', '002'));
    const [end] = await now('Uji Akhir');
    const [from, into] = ['UJI RTASAL', 'UJI RTTUJU'].map((name) => lineOf(end, name));
    assert.deepEqual([from.start, from.left, from.end, from.remark], [[0, 0, 2, 1], [0, 0, 2, 1], NOBODY, 'dalam desa 3'], 'an RT that went to another hamlet is a move');
    assert.deepEqual([into.came, into.end, into.remark], [[0, 0, 2, 1], [0, 0, 4, 2], 'dalam desa 3']);
    assert.equal(residentRow(village, moved.members[0]).area, Number(area('UJI RTTUJU', '002')));
});

test('families of a month before are those of then: a split, a move and the last one who left are told in their own month', async () => {
    const four = (word) => usualFamily(village, word);
    const parts = four('PECAH'), joins = makeFamily(village, [[1, 1, 1990, 'TUNGGAL GABUNG']]), left = makeFamily(village, [[1, 1, 1950, 'TUNGGAL HABIS']]);
    const count = () => Number(value(schema, 'SELECT COUNT(DISTINCT family_id) FROM resident WHERE basic_status = 1 AND family_id IS NOT NULL'));
    const move = async (family, id, values) => {
        const form = 'main form[action$="/pindah"]';
        const asked = await clerk.submit((await clerk.get(`/kantor/keluarga/${family.id}/pindah`)).must(200), { [`orang_${id}`]: '1', alasan: 'uji', langkah: 'periksa', ...values }, form);
        (await clerk.submit(asked.must(200, 'Periksa sebelum dipindahkan'), { langkah: 'simpan' }, form)).must(303);
    };
    const old = await recap(last), before_ = await recap(), [was, line] = ['JUMLAH', 'UJI KELUARGA'].map((name) => lineOf(before_, name));
    const fresh = freshKk(village), renumbered = freshKk(village);
    await move(parts, parts.members[2], { tujuan: 'baru', kk: fresh, [`peran_${parts.members[2]}`]: '1', alamat: 'Jalan Uji 9', dusun: 'Uji Keluarga', rt: '2' });
    await move(joins, joins.members[0], { tujuan: 'ada', kk: parts.kk, [`peran_${joins.members[0]}`]: '9' });
    await dies(left.members[0]);
    (await clerk.submit((await clerk.get(`/kantor/keluarga/${parts.id}/ubah`)).must(200), { kk: renumbered, alasan: 'nomor salah' }, 'main form[action$="/ubah"]')).must(303);
    assert.deepEqual(await recap(last), old, 'the month before has the families that it had');
    const book = await recap(), now = lineOf(book, 'JUMLAH'), here = lineOf(book, 'UJI KELUARGA');
    closes(book, old);
    assert.equal(now.families[0], was.families[0]);
    assert.deepEqual([now.families[1], count()], [was.families[1] + 1 - 2, was.families[1] + 1 - 2]);
    const told = ({ remark }) => [/KK baru (\d+)/, /KK berkurang (\d+)/].map((words) => Number(words.exec(remark)?.[1] ?? 0));
    assert.deepEqual(told(here), [told(line)[0] + 1, told(line)[1] + 2], 'another number of the card is no new family');
    const sheet = csvRows((await printed('b3', 'csv')).text).at(-1)[0], paper = pdfWords((await printed('b3', 'pdf')).bytes).replace(/\s+/g, ' ');
    const [, start, begun, ended, end] = /KK: ([\d.]+) awal \+ ([\d.]+) baru − ([\d.]+) berkurang = ([\d.]+) akhir\./.exec(sheet).map((n) => Number(n.replace('.', '')));
    assert.deepEqual([start, end, start + begun - ended], [...now.families, end]);
    assert.ok(paper.includes(sheet.slice(0, sheet.indexOf(' Pindah antar'))), `${sheet} in ${paper}`);
    assert.equal(readRows((await printed('b3', 'xlsx')).bytes).at(-1)[0], sheet, 'the workbook says the same');
});

test('a hamlet in two spellings is one line of the book, and nobody is lost over it', async () => {
    const { members } = usualFamily(village, 'EJAAN');
    const [[area, hamlet]] = rows(schema, `SELECT a.id, a.hamlet FROM resident r JOIN area a ON a.id = r.area_id WHERE r.id = ${members[0]}`);
    rows(schema, `INSERT INTO area (hamlet, rw, rt) SELECT CONCAT(LOWER(LEFT(hamlet, 1)), SUBSTRING(hamlet, 2)), rw, '777' FROM area WHERE id = ${area};
        UPDATE resident SET area_id = LAST_INSERT_ID() WHERE id = ${members[1]}`);
    const lines = await recap();
    assert.equal(lines.filter((l) => l.hamlet.toUpperCase() === hamlet.toUpperCase()).length, 1);
    assert.equal(sum(lines.at(-1).end), living(village));
});

test('a month is closed once; its copy is printed byte for byte after the data changed', async () => {
    const { members } = usualFamily(village, 'TUTUP');
    const csvBefore = csvRows((await printed('b3', 'csv', last)).text);
    const check = (await closing('b3', last)).must(200, 'tidak bisa dibuka lagi');
    assert.ok((await page('b3', last, secretary)).page.querySelector(`main a[href="${HOME}/b3/tutup?periode=${last}"]`), 'the book leads there');
    const facts = check.page.querySelector('main dl.checks').text;
    const hamlets = csvBefore.length - 3; // of the heads, the sum and the sentence
    assert.match(facts, new RegExp(`Jumlah baris\\s*${hamlets} dusun`));
    assert.ok(facts.includes(csvBefore.at(-3)[1]), 'the last row');
    assert.match(facts, /Penanda tangan\s*\S.*\(.*Kepala Desa/i);
    assert.equal(value(schema, `SELECT COUNT(*) FROM book_copy WHERE book = 'b3' AND period = '${last}'`), '0', 'looking closes nothing');
    const closed = await secretary.submit(check, {}, '#tutup');
    assert.equal(closed.must(303).location, `${HOME}/b3?periode=${last}`);
    assert.equal((await secretary.submit(check, {}, '#tutup')).must(303).location, closed.location, 'pressed twice, answered as the first time');
    (await secretary.get(closed.location)).must(200, `${monthWords(last)} sudah ditutup`).must(200, 'oleh');
    await until('the copy is made', () => value(schema, `SELECT COUNT(*) FROM book_copy WHERE book = 'b3' AND period = '${last}' AND csv_id IS NOT NULL`) === '1');
    const [[id, digest, signers, who]] = rows(schema, `SELECT id, HEX(digest), signers, made_name FROM book_copy WHERE book = 'b3' AND period = '${last}'`);
    const first = await (await secretary.get(`/kantor/salinan/${id}`)).must(200);
    assert.equal(first.headers['content-type'], 'application/pdf');
    assert.ok(pdfWords(first.bytes).includes(`Sidik cetakan ${digest.slice(0, 4)}-${digest.slice(4, 8)}`));
    const copy = async (format) => (await clerk.get(`/kantor/salinan/${id}${format}`)).must(200);
    const frozen = { csv: await copy('?bentuk=csv'), xlsx: await copy('?bentuk=xlsx') };
    assert.deepEqual(csvRows(frozen.csv.text), csvBefore, 'what the sheet of the open month held');
    const counted = await recap();
    rows(schema, `UPDATE resident SET sex = 3 - sex WHERE id = ${members[3]}`);
    assert.notDeepEqual((await recap()).at(-1).start, counted.at(-1).start, 'what would be printed now is something else');
    const shown = (await page('b3', last, secretary)).must(200, 'Cetak salinan').must(200, `oleh ${who}`);
    assert.equal(shown.page.querySelector('main a[href*="/tutup"]'), null);
    assert.equal((await closing('b3', last)).must(200, `sudah ditutup oleh ${who}`).page.querySelector('#tutup'), null);
    for (const form of ['pdf', 'xlsx', 'csv']) assert.equal(shown.page.querySelector(`#minta-${form}`), null, `${form} of a closed month is its copy`);
    for (const [format, type] of [['', 'application/pdf'], ['?bentuk=xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'], ['?bentuk=csv', 'text/csv; charset=utf-8']]) {
        assert.ok(shown.page.querySelector(`main a[href="/kantor/salinan/${id}${format}"]`), format);
        const again = await copy(format);
        assert.equal(again.headers['content-type'], type);
        assert.ok((frozen[format.slice(8)] ?? first).bytes.equals(again.bytes), `the same bytes ${format}`);
    }
    assert.ok(signers.includes('('), signers);

    const open = await closing('b1', last);
    for (const [tail, extra] of [['/tutup', []], ['', [['bentuk', 'pdf']]], ['', [['bentuk', 'csv']]], ['', [['bentuk', 'xlsx']]]]) {
        const { fields } = secretary.fill(open, {}, '#tutup');
        const refused = await secretary.post(`${HOME}/b3${tail}`, [...fields, ...extra]);
        refused.must(422, 'sudah ditutup');
    }
    assert.equal(value(schema, `SELECT COUNT(*) FROM book_copy WHERE book = 'b3' AND period = '${last}'`), '1');
    const acts = rows(schema, `SELECT action FROM audit WHERE subject = 'book:b3:${last}' ORDER BY id`).map(([a]) => a);
    assert.deepEqual(acts, ['book.close', ...Array(6).fill('book.fetch')]);
});

test('what happened in a closed month and is written down afterwards is told there, and marked where it is counted', async () => {
    const { members } = usualFamily(village, 'TERLAMBAT');
    const [who] = rows(schema, `SELECT nik FROM resident WHERE id = ${members[1]}`)[0];
    const late = (recap) => recap.map((line) => Number(/terlambat (\d+)\*/.exec(line.remark)?.[1] ?? 0));
    const before = sum(late((await recap(month)).slice(0, -1)));
    rows(schema, `INSERT INTO resident_event (kind, act, resident_id, event_date, reported_on, recorded_at, staff_id, staff_name, status_before, status_after, place, cause, reporter, number, note, roles)
        VALUES ('arrival', 'UJI TERLAMBAT', ${members[1]}, '${last}-20', '${month}-01', UTC_TIMESTAMP(6) + INTERVAL 1 SECOND, 1, 'Uji', 0, 1, '', '', '', '', '', '[]')`);
    const lines = late((await recap(month)).slice(0, -1));
    assert.equal(sum(lines), before + 1);
    assert.match(pdfWords((await printed('b3', 'pdf', month)).bytes).replace(/\s+/g, ' '), new RegExp(`Dicatat sesudah bulannya ditutup, jadi dihitung di sini: ${before + 1} peristiwa ${monthWords(last)}`, 'i'));
    assert.match(csvRows((await printed('b1', 'csv')).text).find((row) => row.includes(who)).at(-1), /Datang 20-\d\d-\d{4}\*/);
    (await page('b3', last)).must(200, 'Terlambat dicatat').must(200, `${before + 1} peristiwa bulan ini dicatat sesudah ditutup`);
    const [year, at] = last.split('-');
    await dies(members[3], ['20', at, year]);
    assert.equal(sum(late((await recap(month)).slice(0, -1))), before + 2);
    (await clerk.submit((await clerk.get(`/kantor/peristiwa/${eventOf(members[3])}/batal`)).must(200), { alasan: 'salah orang' }, 'main form[action$="/batal"]')).must(303);
    assert.equal(sum(late((await recap(month)).slice(0, -1))), before + 1, 'taken back in the same month it never was');
    (await page('b3', last)).must(200, `${before + 1} peristiwa bulan ini dicatat sesudah ditutup`);
});

test('only a month that is over and has data is closed, and only by who may close books', async () => {
    const close = (client, open, period) => {
        const { fields } = client.fill(open, {}, '#tutup');
        return client.post(`${HOME}/b3/tutup`, fields.map(([n, v]) => [n, n === 'periode' ? period : v]));
    };
    const copies = value(schema, "SELECT COUNT(*) FROM book_copy WHERE book IN ('b1', 'b3')");
    const open = await closing('b1', last);
    assert.equal((await closing('b1', month)).must(200, 'belum selesai').page.querySelector('#tutup'), null);
    (await close(secretary, open, monthAgo(-1))).must(422, 'belum selesai');
    (await close(secretary, open, month)).must(422, 'belum selesai');
    const asked = secretary.fill(open, {}, '#tutup').fields.map(([n, v]) => [n, n === 'periode' ? monthAgo(2) : v]);
    (await secretary.post(`${HOME}/b3`, [...asked, ['bentuk', 'csv']])).must(422, 'Data buku ini baru ada sejak 15 ');
    (await close(secretary, open, monthAgo(2))).must(422, 'Data buku ini baru ada sejak 15 ');
    (await page('b3', month, secretary)).must(200, 'Bulan itu dapat ditutup mulai 1 ');
    const choices = (await page('b3')).page.querySelectorAll('select[name="periode"] option').map((o) => o.getAttribute('value'));
    assert.deepEqual(choices, [month, last], 'no month without data is offered');

    assert.equal((await page('b1', last)).page.querySelector('main a[href*="/tutup"]'), null, 'the clerk has no button');
    const { fields } = clerk.fill(await page('b1', last), {}, '#minta-csv');
    (await clerk.post(`${HOME}/b1/tutup`, fields)).must(403);
    assert.equal(value(schema, `SELECT COUNT(*) FROM book_copy WHERE book IN ('b1', 'b3')`), copies, 'nothing was closed');
});

test('a closing whose file was never made is undone after two days, and the month can be closed again', async () => {
    rows(schema, `INSERT INTO book_copy (book, period, made_by, made_name, made_at) VALUES ('b1', '${last}', 1, 'UJI SAPU', NOW(6) - INTERVAL 49 HOUR), ('uji', '${last}', 1, 'UJI SAPU', NOW(6));
        INSERT INTO export_file (kind, format, criteria, period, copy_id, staff_id, asked_at) SELECT book, 'pdf', '{}', period, id, 1, made_at FROM book_copy WHERE made_name = 'UJI SAPU';
        UPDATE epoch SET value = 0 WHERE name = 'tidy'; INSERT INTO outbox (kind, subject, payload) VALUES (2, 0, '{}')`);
    await until('the dead closing is undone', () => value(schema, "SELECT GROUP_CONCAT(book) FROM book_copy WHERE made_name = 'UJI SAPU'") === 'uji');
    rows(schema, "DELETE FROM export_file WHERE kind = 'uji'; DELETE FROM book_copy WHERE book = 'uji'");
    (await secretary.submit(await closing('b1', last), {}, '#tutup')).must(303);
});
