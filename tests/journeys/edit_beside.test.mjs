// SPDX-License-Identifier: AGPL-3.0-or-later
// What is changed of one person and is about another, too: husband and wife, parent and child.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { familyRow, haveHamlets, historyOf, makeFamily, residentRow, usualFamily } from '../harness/families.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const FORM = 'main form[method=post]';
const SINGLE = 1, MARRIED = 2, DIVORCED = 3, WIDOWED = 4;
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI KELUARGA');
});

const marital = (...ids) => ids.map((id) => Number(value(schema, `SELECT IFNULL(marital, 0) FROM resident WHERE id = ${id}`)));
const stand = (status, ...ids) => rows(schema, `UPDATE resident SET marital = ${status} WHERE id IN (${ids.join()})`);
const edit = async (id, values) => clerk.submit((await clerk.get(`/kantor/penduduk/${id}/ubah?bagian=4`)).must(200), { alasan: 'dokumen', ...values }, FORM);
const rename = async (id, nama) => clerk.submit((await clerk.get(`/kantor/penduduk/${id}/ubah?bagian=1`)).must(200), { alasan: 'dokumen', isi_nama: nama }, FORM);
const save = (answer, values = {}) => clerk.submit(answer, { langkah: 'simpan', ...values }, FORM);
const alone = (answer) => /belum ada di kartu keluarga ini/.test(answer.must(200).words);
const boxes = (answer) => answer.must(200).page.querySelectorAll('[name^=pasangan_]').map((box) => [Number(box.getAttribute('name').slice('pasangan_'.length)), box.getAttribute('checked') !== undefined]);
const day = (word, [d, m, y]) => ({ [`isi_${word}_hari`]: d, [`isi_${word}_bulan`]: m, [`isi_${word}_tahun`]: y });

test('a divorce of the head is offered for the wife, with its paper; and nothing is saved before', async () => {
    const [man, wife, son] = usualFamily(village, 'BERCERAI').members;
    stand(MARRIED, man, wife);
    const check = await edit(man, { isi_status_kawin: '3', isi_akta_perceraian: '12/AC/2026', ...day('tanggalperceraian', ['3', '11', '2026']) });
    assert.deepEqual(boxes(check), [[wife, true]], check.told);
    for (const words of ['Status kawin Halimah Bercerai menjadi Cerai hidup', 'Cerai hidup, semula Kawin', 'Istri di kartu keluarga ini, sekarang Kawin']) check.must(200, words);
    assert.deepEqual(marital(man, wife), [MARRIED, MARRIED]);
    (await clerk.follow((await save(check)).must(303))).must(200, 'Tersimpan');
    assert.deepEqual(marital(man, wife, son), [DIVORCED, DIVORCED, SINGLE]);
    assert.deepEqual(rows(schema, `SELECT divorce_cert, divorce_date FROM resident WHERE id = ${wife}`), [['12/AC/2026', '2026-11-03']]);
    const told = historyOf(village, wife).at(-1);
    assert.deepEqual([told.kind, told.changes.marital], ['spouse', [MARRIED, DIVORCED]]);
    (await clerk.get(`/kantor/penduduk/${wife}/riwayat`)).must(200, 'Status kawin mengikuti pasangannya');
});

test('unticked the wife stays; the form comes back with what was typed; a wife is asked about her husband', async () => {
    const [man, wife] = usualFamily(village, 'TALAK').members;
    stand(MARRIED, man, wife);
    const check = (await edit(man, { isi_status_kawin: '3' })).must(200);
    const form = (await clerk.submit(check, { langkah: 'ubah' }, FORM)).must(200, 'Mengapa diubah');
    assert.equal(form.page.querySelector('[name=isi_status_kawin] option[selected]').getAttribute('value'), '3');
    assert.equal(form.page.querySelector('[name=alasan][checked]').getAttribute('value'), 'dokumen');
    const { action, fields } = clerk.fill((await clerk.submit(form, {}, FORM)).must(200), {}, FORM);
    (await clerk.post(action, [...fields.filter(([name]) => !name.startsWith('pasangan_')), ['langkah', 'simpan']])).must(303);
    assert.deepEqual(marital(man, wife), [DIVORCED, MARRIED]);
    // The other way round, with the role that she has from now on.
    const [other, she] = usualFamily(village, 'PISAH').members;
    stand(MARRIED, other, she);
    const hers = await edit(she, { isi_status_kawin: '3', isi_kk_level: '9' });
    assert.deepEqual(boxes(hers), [[other, true]], hers.told);
    (await save(hers)).must(303);
    assert.deepEqual([...marital(other, she), residentRow(village, she).role], [DIVORCED, DIVORCED, 9]);
});

test('one of two wives leaves the man married; a man with two wives chooses whose marriage ended', async () => {
    const [man, first, second] = makeFamily(village, [[1, 1, 1970, 'DAENG POLI'], [3, 2, 1972, 'INDO POLI'], [3, 2, 1980, 'BESSE POLI']]).members;
    stand(MARRIED, man, first, second);
    (await edit(second, { isi_status_kawin: '3', isi_kk_level: '9' })).must(303);
    assert.deepEqual(marital(man, first, second), [MARRIED, MARRIED, DIVORCED]);
    const [husband, one, two] = makeFamily(village, [[1, 1, 1970, 'DAENG PILIH'], [3, 2, 1972, 'INDO PILIH'], [3, 2, 1980, 'BESSE PILIH']]).members;
    stand(MARRIED, husband, one, two);
    assert.deepEqual(boxes(await edit(husband, { isi_status_kawin: '3' })), [[one, false], [two, false]]);
});

test('a son and the daughter-in-law of one card marry and divorce together; with a second couple it is asked unticked', async () => {
    const house = (word, more = []) => makeFamily(village, [[1, 1, 1960, `BAPAK ${word}`], [4, 1, 1990, `ANAK ${word}`], [5, 2, 1992, `MANTU ${word}`], ...more]).members;
    const [, son, wife] = house('SERUMAH');
    const wed = await edit(son, { isi_status_kawin: '2', ...day('tanggalperkawinan', ['1', '2', '2026']) });
    assert.deepEqual(boxes(wed), [[wife, true]]);
    assert.equal(alone(await clerk.follow((await save(wed)).must(303))), false);
    assert.deepEqual(marital(son, wife), [MARRIED, MARRIED]);
    assert.equal(value(schema, `SELECT marriage_date FROM resident WHERE id = ${wife}`), '2026-02-01');
    assert.deepEqual(boxes(await edit(wife, { isi_status_kawin: '3' })), [[son, true]]);
    const [, one, hers, two, theirs] = house('DUAPASANG', [[4, 1, 1994, 'ADIK DUAPASANG'], [5, 2, 1996, 'IPAR DUAPASANG']]);
    stand(MARRIED, one, hers, two, theirs);
    assert.deepEqual(boxes(await edit(one, { isi_status_kawin: '3' })), [[hers, false], [theirs, false]]);
});

test('who becomes Kawin with nobody beside is shown the two ways on; who has a husband in the card is not', async () => {
    const family = usualFamily(village, 'LAJANG'), [man, wife, son] = family.members;
    const saved = (await edit(son, { isi_status_kawin: '2' })).must(303);
    const page = (await clerk.follow(saved)).must(200, 'Suami atau istrinya belum ada di kartu keluarga ini');
    assert.ok(page.page.querySelector(`main .notice a[href="/kantor/keluarga/${family.id}/pindah?orang=${son}"]`));
    assert.ok(page.page.querySelector('main .notice a[href="/kantor/peristiwa/kedatangan"]'));
    stand(MARRIED, man);
    assert.equal(alone(await clerk.follow((await edit(wife, { isi_status_kawin: '2' })).must(303))), false);
});

test('Cerai mati beside a wife who lives leads to her death; what is no marriage asks nothing', async () => {
    const [man, wife, son] = usualFamily(village, 'DUDA').members;
    stand(MARRIED, man, wife);
    const check = (await edit(man, { isi_status_kawin: '4' })).must(200, 'Halimah Duda masih tercatat sebagai pasangannya');
    assert.ok(check.page.querySelector(`main a[href="/kantor/penduduk/${wife}/kematian"]`));
    (await save(check)).must(303);
    assert.deepEqual(marital(man, wife), [WIDOWED, MARRIED]);
    (await edit(son, { isi_status_kawin: '3' })).must(303);
    (await edit(wife, { isi_nama_ayah: 'La Baso' })).must(303);
});

test('a tick for somebody who is not offered any more asks again, and saves nothing', async () => {
    const [man, wife] = usualFamily(village, 'SUSUL').members;
    stand(MARRIED, man, wife);
    const check = (await edit(man, { isi_status_kawin: '3' })).must(200);
    stand(DIVORCED, wife);
    const anew = (await save(check)).must(200, 'Periksa sebelum disimpan');
    assert.deepEqual(boxes(anew), []);
    assert.deepEqual(marital(man), [MARRIED]);
    (await save(anew)).must(303);
    assert.deepEqual(marital(man, wife), [DIVORCED, DIVORCED]);
});

test('a father\'s corrected name is offered for the children who name him by name only; by NIK it follows, and is counted', async () => {
    const [father, mother, son, daughter] = usualFamily(village, 'SIANG').members;
    rows(schema, `UPDATE resident SET father_name = 'Rahman Siang', mother_name = 'HALIMAH SIANG' WHERE id IN (${son}, ${daughter})`);
    const names = (id) => rows(schema, `SELECT father_name, mother_name FROM resident WHERE id = ${id}`)[0];
    const check = (await rename(father, 'Rachman Siang')).must(200, 'Ikutkan pada 2 anak: Anwar Siang, Rini Siang');
    assert.ok(check.page.querySelector('[name=ikut][checked]'));
    assert.equal(names(son)[0], 'Rahman Siang');
    (await clerk.follow((await save(check)).must(303))).must(200, 'di data 2 anak ikut berubah');
    assert.deepEqual([names(son), names(daughter)], [['RACHMAN SIANG', 'HALIMAH SIANG'], ['RACHMAN SIANG', 'HALIMAH SIANG']]);
    const told = historyOf(village, son).at(-1);
    assert.deepEqual([told.kind, told.changes], ['parent_name', { father_name: ['Rahman Siang', 'RACHMAN SIANG'] }]);
    // One by NIK, one by name: the first follows untouched by the tick.
    rows(schema, `UPDATE resident SET mother_nik = (SELECT nik FROM (SELECT nik FROM resident WHERE id = ${mother}) m) WHERE id = ${son}`);
    const hers = (await rename(mother, 'Halima Siang')).must(200, 'Ikutkan pada 1 anak: Rini Siang');
    const { action, fields } = clerk.fill(hers, {}, FORM);
    (await clerk.follow((await clerk.post(action, [...fields.filter(([name]) => name !== 'ikut'), ['langkah', 'simpan']])).must(303))).must(200, 'di data 1 anak ikut berubah');
    assert.deepEqual([names(son)[1], names(daughter)[1]], ['HALIMA SIANG', 'HALIMAH SIANG']);
    // Other names, other families: nobody is asked about.
    (await rename(father, 'Rachman Senja')).must(200);
    (await rename(daughter, 'Rini Senja')).must(303);
    const far = usualFamily(village, 'JAUH');
    rows(schema, `UPDATE resident SET father_name = 'RAHMAN LAIN' WHERE family_id = ${far.id}`);
    (await rename(familyRow(village, far.id).head, 'Rachman Jauh')).must(303);
});

test('Perkawinan and Perceraian stand among the events, and in the search of whoever types the word; both lead to the marriage of a person', async () => {
    const [man] = usualFamily(village, 'PENGHULU').members;
    const kinds = (await clerk.get('/kantor/peristiwa/catat')).must(200);
    for (const word of ['perkawinan', 'perceraian']) {
        assert.ok(kinds.page.querySelector(`main a[href="/kantor/peristiwa/catat/${word}"]`), word);
        const search = await clerk.submit((await clerk.get(`/kantor/peristiwa/catat/${word}`)).must(200), { cari: 'rahman penghulu' }, `main form[action$="/${word}"]`);
        const way = (await clerk.follow(search.must(303))).must(200).page.querySelector(`main a[href="/kantor/penduduk/${man}/ubah?bagian=4"]`);
        assert.ok(way, word);
        (await clerk.get(way.getAttribute('href'))).must(200, 'Status perkawinan');
    }
    assert.ok((await clerk.get(`/kantor/penduduk/${man}`)).must(200).page.querySelector(`main .menu-box a[href="/kantor/penduduk/${man}/ubah?bagian=4"]`));
    const header = async (client, cari) => (await client.follow(await client.submit(await client.get('/kantor'), { cari }, 'form[role=search]'))).must(200);
    for (const [typed, word] of [['perkawinan', 'perkawinan'], ['Nikah', 'perkawinan'], ['cerai', 'perceraian'], ['PERCERAIAN', 'perceraian'], ['kematian', 'kematian']])
        assert.ok((await header(clerk, typed)).page.querySelector(`main a[href="/kantor/peristiwa/catat/${word}"]`), typed);
    assert.equal((await header(clerk, 'perkara')).page.querySelector('main a[href^="/kantor/peristiwa/catat/"]'), null);
});

test('a wife who is divorced: one question, the tick above the boxes, and the other way out in words', async () => {
    const [man, wife] = usualFamily(village, 'CENTANG').members;
    stand(MARRIED, man, wife);
    const asked = (await edit(wife, { isi_status_kawin: '3' })).must(422, 'pilih hubungan lain, misalnya Famili lain, atau pindahkan KK-nya');
    assert.equal(asked.page.querySelectorAll('.error-summary li').length, 1, asked.told);
    const form = asked.page.querySelector(FORM).innerHTML;
    assert.ok(form.indexOf('name="cocok"') > 0 && form.indexOf('name="cocok"') < form.indexOf('name="isi_status_kawin"'), 'before the first box');
    const check = (await clerk.submit(asked, { cocok: '1' }, FORM)).must(200);
    assert.deepEqual(boxes(check), [[man, true]]);
    (await save(check)).must(303);
    assert.deepEqual(marital(man, wife), [DIVORCED, DIVORCED]);
});
