// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody missing is found again, or found dead; and a death ends the marriage of who is left.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo, longDay } from '../harness/days.mjs';
import { eventsOf, FORM } from '../harness/events.mjs';
import { familyRow, haveHamlets, historyOf, living, makeFamily, residentRow, usualFamily } from '../harness/families.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const { eventOf, leave, left, death, cancel } = eventsOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI KELUARGA');
});

const missing = (when, more = {}) => ({ ...dated('tanggal', when), pelapor: 'Andi', ...more });
const found = (when, more = {}) => ({ ...dated('tanggal', when), tempat: 'Belopa', pelapor: 'Polsek', ...more });
const marital = (id) => Number(value(schema, `SELECT marital FROM resident WHERE id = ${id}`));
const married = (...ids) => rows(schema, `UPDATE resident SET marital = 2 WHERE id IN (${ids.join()})`);

test('the page of a death knows who is missing: since when, with a way to that event, and who no longer leads', async () => {
    const family = usualFamily(village, 'RAIB');
    const [father, mother] = family.members, when = dayAgo(40);
    (await left(clerk, father, 'hilang', missing(when, { kepala: String(mother) }))).must(303);
    const event = eventOf(father).id, words = `Hilang sejak ${longDay(when)}`;
    const form = (await clerk.get(`/kantor/penduduk/${father}/kematian`)).must(200, words);
    assert.ok(form.page.querySelector(`main a[href="/kantor/peristiwa/${event}"]`));
    assert.doesNotMatch(form.page.querySelector('.page-head .sub').text, /Kepala keluarga/);
    const check = (await leave(clerk, father, 'kematian', death())).must(200, words);
    assert.ok(check.page.querySelector(`main a[href="/kantor/peristiwa/${event}"]`));
    assert.doesNotMatch((await clerk.get(`/kantor/penduduk/${father}`)).must(200).page.querySelector('.page-head .sub').text, /Kepala keluarga/);
    (await clerk.get(`/kantor/penduduk/${mother}/kematian`)).must(200);
    assert.doesNotMatch((await clerk.get(`/kantor/penduduk/${mother}/kematian`)).words, /Hilang sejak/);
});

test('somebody found is here again in their family, by an act of its own; taken back they are missing again', async () => {
    const family = usualFamily(village, 'PULANG');
    const son = family.members[2], count = living(village);
    (await clerk.get(`/kantor/penduduk/${son}/ditemukan`)).must(409, 'tidak tercatat hilang');
    (await left(clerk, son, 'hilang', missing(dayAgo(9)))).must(303);
    const event = eventOf(son).id, at = `/kantor/penduduk/${son}/ditemukan`;
    for (const page of [`/kantor/peristiwa/${event}`, `/kantor/penduduk/${son}`]) assert.ok((await clerk.get(page)).must(200).page.querySelector(`main a[href="${at}"]`), page);
    const search = await clerk.submit((await clerk.get('/kantor/peristiwa/catat/ditemukan')).must(200), { cari: 'anwar pulang' }, FORM('ditemukan'));
    assert.ok((await clerk.follow(search.must(303))).page.querySelector(`main a[href="${at}"]`));
    (await leave(clerk, son, 'ditemukan', found(dayAgo(12)))).must(422, 'sebelum orangnya tercatat hilang');
    (await leave(clerk, son, 'ditemukan', found(dayAgo(-1)))).must(422, 'belum terjadi');
    const check = (await leave(clerk, son, 'ditemukan', found(dayAgo(2)))).must(200, 'Periksa sebelum dicatat').must(200, 'Kembali sebagai');
    assert.equal(residentRow(village, son).status, 4);
    const done = (await clerk.submit(check, { langkah: 'simpan' }, FORM('ditemukan'))).must(303);
    (await clerk.follow(done)).must(200, 'Ditemukan: Anwar Pulang').must(200, 'Buat surat untuk Anwar Pulang');
    assert.deepEqual([residentRow(village, son).status, residentRow(village, son).role, residentRow(village, son).family, living(village)], [1, 4, family.id, count]);
    assert.deepEqual([eventOf(son).kind, eventOf(son).before, eventOf(son).after, eventOf(son).roles], ['found', 4, 1, []]);
    assert.deepEqual([historyOf(village, son).at(-1).kind, historyOf(village, son).at(-1).changes], ['found', { basic_status: [4, 1] }]);
    (await clerk.get(`/kantor/penduduk/${son}/riwayat`)).must(200, 'Ditemukan kembali');
    (await cancel(clerk, event)).must(409, 'lebih baru');
    (await clerk.get(at)).must(409, 'tidak tercatat hilang');
    const back = eventOf(son).id;
    (await clerk.get(`/kantor/peristiwa/${back}`)).must(200, 'Kembali sebagai Anak');
    (await cancel(clerk, back)).must(303);
    (await clerk.get(`/kantor/peristiwa/${back}`)).must(200, 'Kembali sebagai Anak');
    assert.deepEqual([residentRow(village, son).status, residentRow(village, son).role, living(village)], [4, 4, count - 1]);
    (await cancel(clerk, event)).must(303);
    assert.deepEqual([residentRow(village, son).status, living(village)], [1, count]);
});

test('a head who is found does not push out who leads by now: what they are is asked, and goes back with the event', async () => {
    const family = usualFamily(village, 'PENGGANTI');
    const [father, mother, son] = family.members;
    (await left(clerk, father, 'hilang', missing(dayAgo(9), { kepala: String(mother) }))).must(303);
    const check = (await leave(clerk, father, 'ditemukan', found(dayAgo(2)))).must(200, 'kini dikepalai Halimah Pengganti');
    const box = check.page.querySelector(`[name=peran_${father}]`);
    assert.equal(box.querySelector('option[selected]').getAttribute('value'), '2', 'her husband, as the old roles say');
    assert.equal(box.querySelector('option[value="1"]'), null);
    (await clerk.submit(check, { langkah: 'simpan', [`peran_${father}`]: '3' }, FORM('ditemukan'))).must(422, 'Istri hanya untuk perempuan');
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('ditemukan'))).must(303);
    assert.deepEqual([familyRow(village, family.id).head, residentRow(village, father).role, residentRow(village, father).status], [mother, 2, 1]);
    const back = eventOf(father).id;
    (await clerk.get(`/kantor/peristiwa/${back}`)).must(200, 'Kembali sebagai Suami');
    (await cancel(clerk, back)).must(303);
    (await clerk.get(`/kantor/peristiwa/${back}`)).must(200, 'Kembali sebagai Suami');
    assert.deepEqual([familyRow(village, family.id).head, residentRow(village, father).role, residentRow(village, father).status], [mother, 1, 4]);
    (await left(clerk, mother, 'kepindahan', { ...dated('tanggal', dayAgo(1)), jangkauan: '3', tempat: 'Makassar', kepala: String(son) })).must(303);
    const later = (await leave(clerk, father, 'ditemukan', found(dayAgo(0)))).must(200, 'kini dikepalai Anwar Pengganti');
    assert.equal(later.page.querySelector(`[name=peran_${father}] option[selected]`).getAttribute('value'), '7', 'her son was his son');
});

test('a father found whose son leads by now is his parent, by the numbers too; where nobody knows it is asked, and nothing is preset', async () => {
    const family = usualFamily(village, 'ORANGTUA');
    const [father, mother, son] = family.members;
    (await left(clerk, father, 'hilang', missing(dayAgo(9), { kepala: String(mother) }))).must(303);
    (await left(clerk, mother, 'hilang', missing(dayAgo(8), { kepala: String(son) }))).must(303);
    const preset = (answer, id) => answer.must(200, 'kini dikepalai').page.querySelector(`[name=peran_${id}] option[selected]`)?.getAttribute('value') ?? '';
    for (const parent of [father, mother]) assert.equal(preset(await leave(clerk, parent, 'ditemukan', found(dayAgo(2))), parent), '7');
    const stranger = makeFamily(village, [[1, 1, 1975, 'KEPALA ASING'], [6, 1, 2000, 'CUCU ASING']]);
    const [head, other] = stranger.members;
    (await left(clerk, head, 'hilang', missing(dayAgo(9), { kepala: String(other) }))).must(303);
    const asked = await leave(clerk, head, 'ditemukan', found(dayAgo(2)));
    assert.equal(preset(asked, head), '');
    assert.equal(asked.page.querySelector(`[name=peran_${head}] option`).getAttribute('value'), '', 'nor is the first of the list taken');
    (await clerk.submit(asked, { langkah: 'simpan' }, FORM('ditemukan'))).must(200, 'Pilih hubungannya');
    assert.equal(residentRow(village, head).status, 4);
    (await clerk.submit(asked, { langkah: 'simpan', [`peran_${head}`]: '9' }, FORM('ditemukan'))).must(303);
    assert.deepEqual([residentRow(village, head).status, residentRow(village, head).role], [1, 9]);
    rows(schema, `UPDATE resident SET basic_status = 4, family_role = 1 WHERE id = ${head}; UPDATE resident SET father_nik = (SELECT n.nik FROM (SELECT nik FROM resident WHERE id = ${head}) AS n) WHERE id = ${other}`);
    assert.equal(preset(await leave(clerk, head, 'ditemukan', found(dayAgo(1))), head), '7');
});

test('somebody found whose family has nobody left comes back as its head', async () => {
    const family = makeFamily(village, [[1, 1, 1980, 'TUNGGAL HAMPA'], [4, 1, 2004, 'ANAK HAMPA']]);
    const [father, son] = family.members;
    (await left(clerk, son, 'hilang', missing(dayAgo(9)))).must(303);
    (await left(clerk, father, 'kematian', death(dayAgo(3)))).must(303);
    (await left(clerk, son, 'ditemukan', found(dayAgo(1)))).must(303);
    assert.deepEqual([familyRow(village, family.id).head, residentRow(village, son).role], [son, 1]);
    (await cancel(clerk, eventOf(son).id)).must(303);
    assert.deepEqual([familyRow(village, family.id).head, residentRow(village, son).role, residentRow(village, son).status], [0, 4, 4]);
});

test('who is left of a couple is widowed by the same act, unless the box is unticked; taken back, they are married again', async () => {
    const family = usualFamily(village, 'JANDA');
    const [father, mother] = family.members;
    married(father, mother);
    const check = (await leave(clerk, father, 'kematian', { ...death(), kepala: String(mother) })).must(200, 'Status kawin Halimah Janda menjadi Cerai mati');
    assert.ok(check.page.querySelector(`[name=cerai_${mother}][checked]`), 'ticked');
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('kematian'))).must(303);
    assert.deepEqual([marital(mother), marital(father), residentRow(village, mother).role], [4, 2, 1]);
    const told = historyOf(village, mother).find((row) => row.kind === 'widowed');
    assert.deepEqual(told.changes, { marital: [2, 4] });
    assert.match(told.reason, /^Rahman Janda meninggal /);
    const happened = eventOf(father).id;
    const tells = async () => (await clerk.get(`/kantor/peristiwa/${happened}`)).must(200, 'Status kawin Halimah Janda Kawin menjadi Cerai mati').must(200, 'Hubungan keluarga Halimah Janda Istri menjadi Kepala keluarga');
    await tells();
    (await clerk.get(`/kantor/peristiwa/${happened}/batal`)).must(200, 'Cerai mati').must(200, 'Halimah Janda');
    (await cancel(clerk, happened)).must(303);
    (await tells()).must(200, 'Dibatalkan oleh');
    assert.deepEqual([marital(mother), residentRow(village, mother).role, familyRow(village, family.id).head], [2, 3, father]);
    assert.ok(historyOf(village, mother).some((row) => row.kind === 'correction' && row.changes.marital), 'her history tells it');
    const again = (await leave(clerk, mother, 'kematian', death())).must(200, 'Status kawin Rahman Janda menjadi Cerai mati');
    const { action, fields } = clerk.fill(again, { langkah: 'simpan' }, FORM('kematian'));
    (await clerk.post(action, fields.filter(([name]) => !name.startsWith('cerai_')))).must(303);
    assert.equal(marital(father), 2, 'unticked: it stays');
    assert.ok(!(await clerk.get(`/kantor/peristiwa/${eventOf(mother).id}`)).must(200).words.includes('Status kawin'), 'and nothing is told of it');
});

test('a box of somebody who is not married any more is not passed over: the page is shown anew', async () => {
    const [father, mother] = usualFamily(village, 'LAMA').members;
    married(father, mother);
    const check = (await leave(clerk, father, 'kematian', { ...death(), kepala: String(mother) })).must(200, 'Status kawin Halimah Lama menjadi Cerai mati');
    rows(schema, `UPDATE resident SET marital = 3, version = version + 1 WHERE id = ${mother}`);
    const anew = (await clerk.submit(check, { langkah: 'simpan' }, FORM('kematian'))).must(409);
    assert.equal(anew.page.querySelector(`[name=cerai_${mother}]`), null);
    assert.deepEqual([residentRow(village, father).status, marital(mother)], [1, 3]);
});

test('a marriage changed since the death stays as it is when the death is taken back', async () => {
    const [father, mother] = usualFamily(village, 'BERUBAH').members;
    married(father, mother);
    (await left(clerk, father, 'kematian', { ...death(), kepala: String(mother) })).must(303);
    assert.equal(marital(mother), 4);
    rows(schema, `UPDATE resident SET marital = 3, version = version + 1 WHERE id = ${mother}`);
    (await clerk.get(`/kantor/peristiwa/${eventOf(father).id}/batal`)).must(200, 'Tidak ikut kembali');
    (await cancel(clerk, eventOf(father).id)).must(303);
    assert.equal(marital(mother), 3);
});

test('a death whose family has moved on says so before the press: who stands where by now, and nothing of what is again what it was', async () => {
    const family = usualFamily(village, 'LANJUT'), other = usualFamily(village, 'BARU');
    const [father, mother] = family.members;
    married(father, mother);
    (await left(clerk, father, 'kematian', { ...death(), kepala: String(mother) })).must(303);
    const event = eventOf(father).id;
    assert.ok(!/Belum bisa dibatalkan/.test((await clerk.get(`/kantor/peristiwa/${event}/batal`)).must(200).words));
    rows(schema, `UPDATE resident SET family_id = ${other.id}, family_role = 3, marital = 2, version = version + 1 WHERE id = ${mother};
        UPDATE family SET head_id = NULL WHERE id = ${family.id}`);
    const page = (await clerk.get(`/kantor/peristiwa/${event}/batal`)).must(200, 'Belum bisa dibatalkan: keluarganya sudah berubah');
    page.must(200, 'Halimah Lanjut, oleh peristiwa ini Kepala keluarga, sekarang Istri di keluarga Rahman Baru');
    assert.ok(page.page.querySelector(`main .notice a[href="/kantor/penduduk/${mother}"]`));
    assert.ok(page.page.querySelector('main form.form button').hasAttribute('disabled'));
    const marriage = page.page.querySelectorAll('main table tr').map((tr) => tr.text).filter((text) => /Status perkawinan/.test(text));
    assert.deepEqual(marriage, [], 'Kawin before, Kawin now');
    (await cancel(clerk, event)).must(409, 'Halimah Lanjut, oleh peristiwa ini Kepala keluarga, sekarang Istri di keluarga Rahman Baru');
});

test('whose marriage a death ends: every wife of the head, no husband of another wife, nobody who is not married', async () => {
    const family = makeFamily(village, [[1, 1, 1970, 'SUAMI MADU'], [3, 2, 1975, 'PERTAMA MADU'], [3, 2, 1980, 'KEDUA MADU'], [4, 2, 2000, 'PUTRI MADU']]);
    const [husband, first, second, daughter] = family.members;
    married(husband, first, second, daughter);
    const boxes = (answer) => answer.must(200).page.querySelectorAll('[name^=cerai_]').map((box) => Number(box.getAttribute('name').slice('cerai_'.length)));
    assert.deepEqual(boxes(await leave(clerk, first, 'kematian', death())), []);
    assert.deepEqual(boxes(await leave(clerk, daughter, 'kematian', death())), []);
    assert.deepEqual(boxes(await leave(clerk, husband, 'kematian', { ...death(), kepala: String(first) })), [first, second]);
    assert.deepEqual(boxes(await leave(clerk, first, 'kepindahan', { ...dated('tanggal', dayAgo(1)), jangkauan: '3', tempat: 'Makassar' })), []);
    rows(schema, `UPDATE resident SET marital = 3 WHERE id = ${second}`);
    assert.deepEqual(boxes(await leave(clerk, husband, 'kematian', { ...death(), kepala: String(first) })), [first]);
    (await left(clerk, husband, 'hilang', missing(dayAgo(9), { kepala: String(first) }))).must(303);
    assert.deepEqual(boxes(await leave(clerk, husband, 'kematian', death())), [first], 'the wife of somebody missing who leads by now');
});
