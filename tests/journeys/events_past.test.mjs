// SPDX-License-Identifier: AGPL-3.0-or-later
// Who died before ever standing on the books is written down dead, and changes no month; and what forms refuse of names and places.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo, thisMonth } from '../harness/days.mjs';
import { eventsOf, faults, FORM, through } from '../harness/events.mjs';
import { fetched } from '../harness/exports.mjs';
import { familyRow, haveHamlets, historyOf, living, residentRow, usualFamily } from '../harness/families.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const { eventOf, bore, cancel, death, fixForm, left } = eventsOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI KELUARGA');
});

const b3 = async () => (await fetched(clerk, await clerk.submit((await clerk.get(`/kantor/buku/b3?periode=${thisMonth()}`)).must(200), {}, '#minta-csv'))).file.text;
const late = { nama: 'Kakek Silam', jk: '1', peran: '7', ...dated('tanggal', [5, 5, 2015]), tempat: 'Rumah', pelapor: 'Andi', nomor: 'AK/15' };
const past = async (family, values) => clerk.submit((await clerk.get(`/kantor/keluarga/${family.id}/kematian-lama`)).must(200), { langkah: 'periksa', ...values }, FORM('kematian-lama'));

test('somebody long dead is written down dead: no month counts them, the family keeps its head, and it can be taken back', async () => {
    const family = usualFamily(village, 'SILAM');
    const count = living(village), book = await b3();
    assert.ok((await clerk.get('/kantor/penduduk/tambah')).must(200).page.querySelector('main a[href="/kantor/peristiwa/catat/kematian-lama"]'));
    const search = await clerk.submit((await clerk.get('/kantor/peristiwa/catat/kematian-lama')).must(200), { cari: 'rahman silam' }, FORM('kematian-lama'));
    assert.ok((await clerk.follow(search.must(303))).page.querySelector(`main a[href="/kantor/keluarga/${family.id}/kematian-lama"]`));
    assert.equal(faults((await past(family, {})).must(422)).length, 6);
    (await past(family, { ...late, ...dated('tanggal', dayAgo(-1)) })).must(422, 'belum terjadi');
    (await past(family, { ...late, nama: 'Rahman Silam', ...dated('lahir', [1, 1, 1980]) })).must(422, 'orang yang sama');
    (await past(family, { ...late, nik: value(schema, `SELECT nik FROM resident WHERE id = ${family.members[0]}`) })).must(422, 'tercatat hidup');
    const check = (await past(family, late)).must(200, 'Periksa sebelum dicatat').must(200, 'Kakek Silam');
    assert.equal(rows(schema, "SELECT 1 FROM resident WHERE name = 'KAKEK SILAM'").length, 0);
    const done = (await through(clerk, check, FORM('kematian-lama'))).must(303);
    (await clerk.follow(done)).must(200, 'Meninggal: Kakek Silam').must(200, 'tidak masuk angka bulan mana pun');
    const id = Number(value(schema, "SELECT id FROM resident WHERE name = 'KAKEK SILAM'"));
    assert.deepEqual([residentRow(village, id).status, residentRow(village, id).family, living(village), familyRow(village, family.id).head], [2, family.id, count, family.members[0]]);
    assert.deepEqual([eventOf(id).kind, eventOf(id).before, eventOf(id).after], ['death', 0, 2]);
    assert.equal(await b3(), book, 'the month reads as before');
    assert.ok(!(await clerk.get('/kantor/peristiwa?jenis=meninggal')).must(200).words.includes('Kakek Silam'));
    (await clerk.get('/kantor/peristiwa?jenis=meninggal&bulan=2015-05')).must(200, 'Kakek Silam');
    assert.equal(historyOf(village, id)[0].kind, 'past');
    (await clerk.submit(await fixForm(clerk, eventOf(id).id), { ...dated('tanggal', [6, 7, 2016]), alasan: 'akta' }, FORM('perbaiki'))).must(303);
    assert.ok(!(await clerk.get('/kantor/peristiwa?jenis=meninggal&bulan=2015-05')).must(200).words.includes('Kakek Silam'), 'it moves to its own month');
    (await clerk.get('/kantor/peristiwa?jenis=meninggal&bulan=2016-07')).must(200, 'Kakek Silam');
    assert.equal(await b3(), book);
    (await cancel(clerk, eventOf(id).id)).must(303);
    assert.deepEqual([residentRow(village, id).status, living(village)], [9, count]);
    assert.equal(await b3(), book);
});

test('a name of one letter and a place without any are refused wherever they are typed', async () => {
    const family = usualFamily(village, 'HURUF');
    const edit = async (values) => clerk.submit((await clerk.get(`/kantor/penduduk/${family.members[2]}/ubah`)).must(200), { alasan: 'perbaikan', ...values }, FORM('ubah'));
    (await edit({ isi_nama: 'A' })).must(422, 'Nama hanya satu huruf');
    for (const place of ['123', '7.']) (await edit({ isi_tempatlahir: place })).must(422);
    (await edit({ isi_tempatlahir: '123' })).must(422, 'Tempat lahir tidak memuat huruf');
    const baby = (tempat) => bore(clerk, family, { nama: 'Bayi Huruf', jk: '1', tempat, ...dated('lahir', dayAgo(3)) });
    (await baby('123')).must(422, 'Tempat lahir tidak memuat huruf');
    (await baby('Bua 2')).must(303);
});

test('a corrected day of birth asks about ages as the birth did', async () => {
    const family = usualFamily(village, 'KOREKSI');
    (await bore(clerk, family, { nama: 'Anak Koreksi', jk: '1', tempat: 'Larompong', ...dated('lahir', dayAgo(3)), ibu: String(family.members[1]) })).must(303);
    const event = value(schema, "SELECT e.id FROM resident_event e JOIN resident r ON r.id = e.resident_id WHERE r.name = 'ANAK KOREKSI'");
    const asked = (await clerk.submit(await fixForm(clerk, event), { ...dated('tanggal', [1, 1, 1990]), alasan: 'akta' }, FORM('perbaiki'))).must(422, 'padahal orang tuanya, Rahman Koreksi', 'Satu hal perlu dipastikan', 'Bila akta atau KK memang tertulis begitu');
    assert.equal(asked.page.querySelectorAll('.error-summary li').length, 1);
    assert.doesNotMatch(asked.words, /perlu diperbaiki/);
    (await clerk.submit(asked, { cocok: '1' }, FORM('perbaiki'))).must(303);
    assert.equal(value(schema, "SELECT YEAR(birth_date) FROM resident WHERE name = 'ANAK KOREKSI'"), '1990');
});

test('a child is also of who died: of its mother in childbirth, of its father up to ten months before', async () => {
    const family = usualFamily(village, 'YATIM');
    const [father, mother] = family.members;
    (await left(clerk, mother, 'kematian', death(dayAgo(5)))).must(303);
    const form = (await clerk.get(`/kantor/keluarga/${family.id}/kelahiran`)).must(200);
    assert.match(form.page.querySelector(`#ibu option[value="${mother}"]`).text, /Halimah Yatim \(meninggal\)/);
    const baby = (days, more) => bore(clerk, family, { nama: `Bayi Yatim ${['Satu', 'Dua', 'Tiga'][days % 3]}`, jk: '1', tempat: 'Belopa', ...dated('lahir', dayAgo(days)), pelapor: 'Andi', ...more });
    (await baby(4, { ibu: String(mother), ayah: String(father) })).must(422, 'sebelum bayi ini lahir');
    (await baby(5, { ibu: String(mother), ayah: String(father) })).must(303);
    assert.equal(value(schema, "SELECT mother_name FROM resident WHERE name = 'BAYI YATIM TIGA'"), 'HALIMAH YATIM');
    const other = usualFamily(village, 'PIATU');
    const piatu = (ago, more) => bore(clerk, other, { nama: 'Bayi Piatu', jk: '2', tempat: 'Belopa', ...dated('lahir', dayAgo(ago)), pelapor: 'Andi', ibu: String(other.members[1]), ayah: String(other.members[0]), ...more });
    (await left(clerk, other.members[0], 'kematian', { ...death(dayAgo(330)), kepala: String(other.members[1]) })).must(303);
    (await piatu(20, {})).must(422, 'lebih dari 10 bulan sebelum bayi ini lahir');
    (await piatu(60, {})).must(303);
    const [[name, nik]] = rows(schema, "SELECT father_name, father_nik FROM resident WHERE name = 'BAYI PIATU'");
    assert.deepEqual([name, nik], ['RAHMAN PIATU', value(schema, `SELECT nik FROM resident WHERE id = ${other.members[0]}`)]);
});
