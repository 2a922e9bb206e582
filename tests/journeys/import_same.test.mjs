// SPDX-License-Identifier: AGPL-3.0-or-later
// A child is written down before it has a name and a NIK; the civil registry's next file brings both. It stays one child, and twins stay two.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo, longDay } from '../harness/days.mjs';
import { eventsOf, through } from '../harness/events.mjs';
import { freshKk, freshNumber, haveHamlets, historyOf, living, residentRow, usualFamily } from '../harness/families.mjs';
import { batchRow, check, confirm } from '../harness/imports.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { residentBook } from '../harness/workbook.mjs';

const [elsewhere, village] = trainingVillages();
const schema = schemaOf(village);
const { eventOf, left, death, born, bore, cancel } = eventsOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI KELUARGA');
    haveHamlets(elsewhere, 'UJI KELUARGA');
});

const two = (n) => String(n).padStart(2, '0');
const nikOn = ([d, m, y], sex) => freshNumber(village, `${two(d + (sex === 2 ? 40 : 0))}${two(m)}${String(y).slice(2)}`);
const baby = (nama, sex, when, more = {}) => ({ nama, jk: String(sex), tempat: 'Larompong', ...dated('lahir', when), ...more });
const named = (name, where = schema) => rows(where, `SELECT id FROM resident WHERE name = '${name.toUpperCase()}' ORDER BY id`).map(([id]) => Number(id));
const nameAndNik = (id) => rows(schema, `SELECT name, nik FROM resident WHERE id = ${id}`)[0];
const next = async (answer, values) => through(clerk, await clerk.submit(answer, { langkah: 'periksa', ...values }, 'main form.form'), 'main form.form');
/** A birth as it is told on its first day; of twins the second is another one. */
const bare = async (family, nama, sex, when) => {
    const sent = await bore(clerk, family, baby(nama, sex, when, { ibu: String(family.members[1]) }));
    (sent.status === 422 ? await next(sent, { sama_1: 'bukan' }) : sent).must(303);
    return named(nama)[0];
};
/** A line of the civil registry's file. */
const line = (family, nama, sex, when, more = {}) => ({ dusun: 'UJI KELUARGA', nama, no_kk: family.kk, nik: nikOn(when, sex), sex, tempatlahir: 'LAROMPONG',
    tanggallahir: when.map((n) => two(n)).join('-'), agama_id: 1, status_kawin: 1, kk_level: 4, ...more });
const asked = (page, words) => page.page.querySelectorAll('#sama fieldset').find((f) => f.querySelector('legend').text.includes(words));
const field = (page, words) => asked(page, words).querySelector('input').getAttribute('name');
const chosen = (page, words) => asked(page, words).querySelectorAll('input').find((i) => i.getAttribute('checked') !== undefined)?.getAttribute('value') ?? '';
const answers = (page, id, values) => clerk.submit(page, values, `form[action$="/impor/${id}/sama"]`);
const answered = async (page, id, values) => {
    (await answers(page, id, values)).must(303);
    await until('checked again', () => batchRow(village, id).state === 'checked');
    return { row: batchRow(village, id), page: (await clerk.get(`/kantor/penduduk/impor/${id}`)).must(200) };
};
const figures = ({ fresh, changed, unchanged, refused }) => [fresh, changed, unchanged, refused];
const trail = (id) => JSON.parse(value(schema, `SELECT detail FROM audit WHERE action = 'residents.import' AND subject = 'import:${id}'`));

test('the baby of a mother gets its name and NIK from the file and stays who it is; the same file again changes nothing', async () => {
    const family = usualFamily(village, 'SATUANAK');
    const when = dayAgo(40);
    const id = await bare(family, 'Bayi Ny. Halimah', 2, when);
    const event = eventOf(id).id;
    const child = line(family, 'NURUL AISYAH', 2, when);
    const book = residentBook([child]);
    const count = living(village);
    const first = await check(clerk, village, book);

    assert.deepEqual(figures(first.row), [0, 1, 0, 0]);
    first.page.must(200, 'Orang yang sama?').must(200, 'Ya, ini Bayi Ny. Halimah').must(200, 'Tidak, dua orang').must(200, longDay(when)).must(200, 'ibu Halimah Satuanak');
    first.page.must(200, 'akan mendapat nama dan NIK');
    assert.equal(chosen(first.page, 'Nurul Aisyah'), String(id));
    assert.ok(nameAndNik(id)[1].startsWith('0'), 'a dry run changes nothing');
    assert.equal((await confirm(clerk, village, first.id, first.page)).state, 'committed');

    const [name, now] = nameAndNik(id);
    assert.deepEqual([name, now], ['NURUL AISYAH', child.nik]);
    assert.deepEqual([living(village), eventOf(id).id, eventOf(id).kind], [count, event, 'birth']);
    const last = historyOf(village, id).at(-1);
    assert.deepEqual([last.kind, last.changes.name, last.changes.nik[1]], ['import', ['BAYI NY. HALIMAH', 'NURUL AISYAH'], now]);
    assert.deepEqual(trail(first.id), { new: 0, changed: 1, unchanged: 0, refused: 0, joined: 1, mismatch_accepted: false });
    assert.equal(value(schema, `SELECT COUNT(*) FROM resident_word WHERE resident_id = ${id} AND word IN ('nurul', 'aisyah')`), '2');
    (await clerk.get(`/kantor/penduduk/impor/${first.id}`)).must(200, 'mendapat nama dan NIK');

    const again = await check(clerk, village, book);
    assert.deepEqual([...figures(again.row), again.row.warnings], [0, 0, 1, 0, 0]);
    assert.ok(!again.page.words.includes('Orang yang sama?'));
    const older = await check(clerk, village, residentBook([line(family, 'BAYI NY. HALIMAH', 2, when, { nik: '' })]));
    assert.deepEqual(figures(older.row), [0, 0, 1, 0]);
    older.page.must(200, 'Nama di data desa tetap');
});

test('two people are two: the answer stays with the file, and a later same file asks nothing', async () => {
    const family = usualFamily(village, 'DUAORANG');
    const when = dayAgo(41);
    const id = await bare(family, 'Bayi Ny Duaorang', 1, when);
    const book = residentBook([line(family, 'FAUZAN DUAORANG', 1, when)]);
    const count = living(village);
    const first = await check(clerk, village, book);
    const tab = (await clerk.get(`/kantor/penduduk/impor/${first.id}`)).must(200);
    const no = await answered(first.page, first.id, { [field(first.page, 'Fauzan')]: 'bukan' });

    assert.deepEqual(figures(no.row), [1, 0, 0, 0]);
    assert.equal(chosen(no.page, 'Fauzan'), 'bukan');
    const stale = (await answers(tab, first.id, { [field(tab, 'Fauzan')]: String(id) })).must(303);
    (await clerk.follow(stale)).must(200, 'sudah berubah sejak halamannya dibuka');
    assert.equal((await confirm(clerk, village, first.id, no.page)).state, 'committed');
    assert.deepEqual([living(village), trail(first.id).joined, nameAndNik(id)[0]], [count + 1, 0, 'BAYI NY DUAORANG']);
    const again = await check(clerk, village, book);
    assert.deepEqual([...figures(again.row), again.row.warnings], [0, 0, 1, 0, 0]);
});

test('of twins nothing is presumed: their rows wait, an answer names each once, and nothing typed is lost', async () => {
    const family = usualFamily(village, 'KEMBARDUA');
    const when = dayAgo(42);
    const [a, b] = [await bare(family, 'Bayi Pertama Ny Kembardua', 2, when), await bare(family, 'Bayi Kedua Ny Kembardua', 2, when)];
    const first = await check(clerk, village, residentBook([line(family, 'ALYA KEMBARDUA', 2, when), line(family, 'BALQIS KEMBARDUA', 2, when)]));

    assert.deepEqual(figures(first.row), [0, 0, 0, 2]);
    first.page.must(200, '2 baris menunggu jawaban').must(200, 'Perlu dipastikan');
    assert.deepEqual(first.page.page.querySelectorAll('main .button').filter((b) => !b.classList.contains('is-second')).map((b) => b.text.trim()), ['Pakai jawaban ini']);
    assert.equal(first.page.page.querySelector('main .tag.merah'), null, 'a question is no fault');
    const [alya, balqis] = [field(first.page, 'Alya'), field(first.page, 'Balqis')];
    assert.deepEqual([chosen(first.page, 'Alya'), chosen(first.page, 'Balqis')], ['', '']);
    const twice = (await answers(first.page, first.id, { [alya]: String(b), [balqis]: String(b) })).must(422, 'sudah dipilih untuk baris lain');
    assert.deepEqual([chosen(twice, 'Alya'), chosen(twice, 'Balqis')], [String(b), String(b)]);
    for (const odd of ['0', '-1', 'x', String(family.members[0]), '99999999'])
        (await answers(first.page, first.id, { [alya]: odd })).must(422, 'Pilih salah satu jawaban');
    assert.equal(batchRow(village, first.id).state, 'checked');

    const half = await answered(first.page, first.id, { [alya]: String(b) });
    assert.deepEqual(figures(half.row), [0, 1, 0, 1]);
    half.page.must(200, '1 baris menunggu jawaban').must(200, 'Simpan 1 warga, tanpa 1 baris yang belum dijawab');
    const both = await answered(half.page, first.id, { [balqis]: String(a) });
    assert.deepEqual(figures(both.row), [0, 2, 0, 0]);
    assert.equal((await confirm(clerk, village, first.id, both.page)).state, 'committed');
    assert.deepEqual([nameAndNik(a)[0], nameAndNik(b)[0], trail(first.id).joined], ['BALQIS KEMBARDUA', 'ALYA KEMBARDUA', 2]);
});

test('who died is not entered again before it was asked whether it is the same; a birth that was taken back was nobody; another village\'s baby is not ours', async () => {
    const family = usualFamily(village, 'TIADALAGI');
    const [gone, wrong] = [dayAgo(43), dayAgo(45)];
    const dead = await bare(family, 'Bayi Ny Tiadalagi', 2, gone);
    (await left(clerk, dead, 'kematian', death())).must(303);
    const another = usualFamily(village, 'BATALLAHIR');
    const cancelled = await bare(another, 'Bayi Ny Batallahir', 1, wrong);
    (await cancel(clerk, eventOf(cancelled).id)).must(303);
    const theirs = usualFamily(elsewhere, 'TETANGGADESA');
    const other = await staff(elsewhere, 'clerk');
    (await eventsOf(elsewhere).bore(other, theirs, baby('Bayi Ny Tetanggadesa', 1, wrong))).must(303);
    const count = living(village);
    const first = await check(clerk, village, residentBook([line(family, 'SALWA TIADALAGI', 2, gone), line(another, 'FIKRI BATALLAHIR', 1, wrong),
        line({ kk: theirs.kk }, 'RAIHAN TETANGGADESA', 1, wrong, { kk_level: 1 })]));

    assert.deepEqual(figures(first.row), [2, 0, 0, 1]);
    assert.equal(first.page.page.querySelectorAll('#sama fieldset').length, 1);
    assert.match(asked(first.page, 'Salwa').text, /tercatat mati|tercatat meninggal/i);
    assert.equal((await confirm(clerk, village, first.id, first.page)).state, 'committed');
    assert.deepEqual([living(village), residentRow(village, dead).status, residentRow(village, cancelled).status], [count + 2, 2, 9]);
    assert.equal(named('Bayi Ny Tetanggadesa', schemaOf(elsewhere)).length, 1);
});

test('the family has its own card by now, and the name is written in another way: still the same child', async () => {
    const family = usualFamily(village, 'PECAHKK');
    const when = dayAgo(44);
    const mother = value(schema, `SELECT nik FROM resident WHERE id = ${family.members[1]}`);
    const id = await bare(family, 'Muh. Alfatih', 1, when);
    const kk = freshKk(village);
    const own = { dusun: 'UJI KELUARGA', nama: 'HALIMAH PECAHKK', no_kk: kk, nik: mother, sex: 2, kk_level: 1 };
    const first = await check(clerk, village, residentBook([own, line({ kk }, 'MUHAMMAD ALFATIH', 1, when, { ibu_nik: mother })]));

    assert.deepEqual(figures(first.row), [0, 2, 0, 0]);
    assert.equal(chosen(first.page, 'Muhammad Alfatih'), String(id));
    assert.equal((await confirm(clerk, village, first.id, first.page)).state, 'committed');
    assert.equal(nameAndNik(id)[0], 'MUHAMMAD ALFATIH');
    assert.equal(value(schema, `SELECT f.kk_no FROM resident r JOIN family f ON f.id = r.family_id WHERE r.id = ${id}`), kk);
});

test('the trail says that NIKs were accepted which do not fit', async () => {
    const family = usualFamily(village, 'TAKCOCOK');
    const first = await check(clerk, village, residentBook([line(family, 'JUMAIN TAKCOCOK', 1, [3, 4, 1990], { nik: freshNumber(village, '050490') })]));

    assert.deepEqual(figures(first.row), [0, 0, 0, 1]);
    (await clerk.submit(first.page, {}, `form[action$="/impor/${first.id}/terima"]`)).must(303);
    await until('checked again', () => batchRow(village, first.id).fresh === 1);
    assert.equal((await confirm(clerk, village, first.id, await clerk.get(`/kantor/penduduk/impor/${first.id}`))).state, 'committed');
    assert.deepEqual(trail(first.id), { new: 1, changed: 0, unchanged: 0, refused: 0, joined: 0, mismatch_accepted: true });
});

test('the forms know it, too: a birth or a card with the name, or a birth without one after the file', async () => {
    const family = usualFamily(village, 'BORANG');
    const when = dayAgo(6);
    const id = await bare(family, 'Bayi Ny Borang', 2, when);
    const count = living(village);
    const nik = nikOn(when, 2);
    const again = (await born(clerk, family, baby('Zahra Borang', 2, when, { nik, ibu: String(family.members[1]) }))).must(422, 'Ya, ini Bayi Ny Borang').must(422, 'Nama dan NIK yang Anda isi');
    (await clerk.follow((await next(again, { sama_1: String(id) })).must(303))).must(200, 'nama dan NIK-nya dicatat');
    assert.deepEqual([nameAndNik(id), living(village)], [['ZAHRA BORANG', nik], count]);
    assert.deepEqual(Object.keys(historyOf(village, id).at(-1).changes).sort(), ['name', 'nik']);

    const late = (await born(clerk, family, baby('Bayi Ny Borang', 2, when, { ibu: String(family.members[1]) }))).must(422, 'Ya, ini Zahra Borang');
    (await clerk.follow((await next(late, { sama_1: String(id) })).must(303))).must(200, 'tidak ada yang ditambahkan');
    assert.deepEqual([nameAndNik(id), living(village)], [['ZAHRA BORANG', nik], count]);

    const other = usualFamily(village, 'BORANGDUA');
    const unnamed = await bare(other, 'Bayi Ny Borangdua', 1, when);
    const named1 = (await born(clerk, other, baby('Rafli Borangdua', 1, when, { ibu: String(other.members[1]) }))).must(422, 'Nama yang Anda isi');
    (await clerk.follow((await next(named1, { sama_1: String(unnamed) })).must(303))).must(200, 'namanya dicatat');
    assert.deepEqual([nameAndNik(unnamed)[0], historyOf(village, unnamed).at(-1).kind], ['RAFLI BORANGDUA', 'named']);
});
