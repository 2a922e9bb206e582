// SPDX-License-Identifier: AGPL-3.0-or-later
// An event taken back: everything that its act changed goes back, and what was changed since is named beforehand.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo } from '../harness/days.mjs';
import { eventsOf, FORM, person, through } from '../harness/events.mjs';
import { familyRow, freshKk, haveHamlets, historyOf, residentRow, usualFamily } from '../harness/families.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const { eventOf, leave, left, moved, arrive, arrived, cancel } = eventsOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI SEBERANG');
});

/** All that a person's row says, but when and how often it was written. */
const whole = (id) => rows(schema, `SELECT r.nik, r.name, r.sex, r.birth_place, r.birth_date, r.religion, r.education_kk, r.occupation, r.marital, r.family_id, r.family_role,
    a.hamlet, a.rw, a.rt, r.citizenship, r.father_nik, r.mother_nik, r.basic_status, (SELECT GROUP_CONCAT(word ORDER BY word) FROM resident_word WHERE resident_id = r.id AND NOT is_former)
    FROM resident r JOIN area a ON a.id = r.area_id WHERE r.id = ${id}`)[0];
const nikOf = (id) => value(schema, `SELECT nik FROM resident WHERE id = ${id}`);
const elsewhere = (kk, more = {}) => ({ tujuan: 'baru', kk, alamat: 'Jalan Lain 9', dusun: 'Uji Seberang', rw: '7', rt: '8', ...more });
const table = (answer, title) => {
    const section = answer.page.querySelectorAll('main section').find((s) => s.querySelector('h2')?.text === title);
    return Object.fromEntries((section?.querySelectorAll('tbody tr') ?? []).map((tr) => tr.querySelectorAll('td').map((td) => td.text.trim())).map(([label, ...rest]) => [label, rest]));
};

test('the arrival of one who came back, to a card of their own: family, role, place, name and all go back, and then the move, too', async () => {
    const family = usualFamily(village, 'PULANG');
    const [father, , son] = family.members;
    const was = whole(son);
    const roles = () => family.members.map((id) => residentRow(village, id).role);
    (await left(clerk, son, 'kepindahan', moved())).must(303);
    const away = whole(son);
    const kk = freshKk(village);
    (await arrived(clerk, { ...elsewhere(kk), ...person(1, 'Anwar Lain', '1', [1, 1, 2004], '1', { nik: nikOf(son), tempat: 'Masamba', agama: '2', kerja: '5', sekolah: '5' }) })).must(303);
    assert.deepEqual([whole(son)[1], whole(son)[5], whole(son)[10], whole(son)[11]], ['ANWAR LAIN', '2', '1', 'UJI SEBERANG'], 'the arrival wrote all of it');
    const event = eventOf(son);
    const page = (await clerk.get(`/kantor/peristiwa/${event.id}/batal`)).must(200, 'kembali tercatat pindah');
    const goes = table(page, 'Kembali seperti sebelumnya');
    assert.deepEqual(goes['Nama lengkap'], ['Anwar Lain', 'Anwar Pulang']);
    assert.deepEqual(goes['Hubungan dalam keluarga'], ['Kepala keluarga', 'Anak']);
    assert.equal(goes['Nomor KK'][1].replaceAll(' ', ''), family.kk);
    assert.deepEqual(table(page, 'Tidak ikut kembali'), {});
    (await cancel(clerk, event.id)).must(303);
    assert.deepEqual(whole(son), away);
    assert.deepEqual(Object.keys(historyOf(village, son).at(-1).changes).sort(), Object.keys(historyOf(village, son).at(-2).changes).sort(), 'and stands in the history as it went');
    assert.equal(Number(value(schema, `SELECT COUNT(*) FROM resident r JOIN family f ON f.id = r.family_id WHERE f.kk_no = '${kk}'`)), 0, 'the new card is empty');
    const move = Number(value(schema, `SELECT id FROM resident_event WHERE resident_id = ${son} AND kind = 'move_out'`));
    (await cancel(clerk, move)).must(303);
    assert.deepEqual(whole(son), was);
    assert.deepEqual([familyRow(village, family.id).head, roles()], [father, [1, 3, 4, 4]]);
});

test('what was changed after the arrival stays, and the page says so before; the rest goes back', async () => {
    const family = usualFamily(village, 'SESUDAH');
    const girl = family.members[3];
    (await left(clerk, girl, 'kepindahan', moved())).must(303);
    const asked = (await arrive(clerk, { ...elsewhere(freshKk(village)), ...person(1, 'Rini Salah', '2', [1, 1, 2012], '1', { nik: nikOf(girl), tempat: 'Masamba', agama: '2' }) })).must(422, 'belum 17 tahun');
    (await through(clerk, await clerk.submit(asked, { langkah: 'periksa', cocok: '1' }, FORM('kedatangan')), FORM('kedatangan'))).must(303);
    const edit = (await clerk.get(`/kantor/penduduk/${girl}/ubah`)).must(200);
    (await clerk.submit(edit, { isi_nama: 'Rini Benar', isi_golongan_darah_id: '1', alasan: 'laporan' }, FORM('ubah'))).must(303);
    const page = (await clerk.get(`/kantor/peristiwa/${eventOf(girl).id}/batal`)).must(200);
    assert.deepEqual(table(page, 'Tidak ikut kembali'), { 'Nama lengkap': ['Rini Benar', 'Rini Sesudah'] });
    assert.deepEqual(table(page, 'Kembali seperti sebelumnya')['Agama'], ['Kristen', 'Islam']);
    (await cancel(clerk, eventOf(girl).id)).must(303);
    const [[name, place, religion, blood, role, kk]] = rows(schema, `SELECT r.name, r.birth_place, r.religion, r.blood, r.family_role, f.kk_no FROM resident r JOIN family f ON f.id = r.family_id WHERE r.id = ${girl}`);
    assert.deepEqual([name, place, religion, blood, role, kk], ['RINI BENAR', 'LAROMPONG', '1', '1', '4', family.kk]);
});

test('who was moved to a third family after the arrival stays in it', async () => {
    const [family, third] = [usualFamily(village, 'KETIGA'), usualFamily(village, 'TUJUAN')];
    const son = family.members[2];
    (await left(clerk, son, 'kepindahan', moved())).must(303);
    const kk = freshKk(village);
    (await arrived(clerk, { ...elsewhere(kk), ...person(1, 'Anwar Kembali', '1', [1, 1, 2004], '1', { nik: nikOf(son) }) })).must(303);
    const card = Number(value(schema, `SELECT id FROM family WHERE kk_no = '${kk}'`));
    const check = (await clerk.submit(await clerk.get(`/kantor/keluarga/${card}/pindah`), { [`orang_${son}`]: '1', [`peran_${son}`]: '9', tujuan: 'ada', kk: third.kk, alasan: 'ikut paman', langkah: 'periksa' }, FORM('pindah'))).must(200);
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('pindah'))).must(303);
    const stays = table((await clerk.get(`/kantor/peristiwa/${eventOf(son).id}/batal`)).must(200), 'Tidak ikut kembali');
    assert.deepEqual(stays['Hubungan dalam keluarga'], ['Famili lain', 'Anak']);
    assert.equal(stays['Nomor KK'][0].replaceAll(' ', ''), third.kk);
    (await cancel(clerk, eventOf(son).id)).must(303);
    assert.deepEqual([residentRow(village, son).family, residentRow(village, son).role, residentRow(village, son).status], [third.id, 9, 3]);
    assert.equal(whole(son)[1], 'ANWAR KETIGA');
});

test('of two who came back together each is named; the head not alone; both go back, in their own role', async () => {
    const family = usualFamily(village, 'SEPASANG');
    const [father, mother, son] = family.members;
    const check = (await leave(clerk, father, 'kepindahan', moved({ [`orang_${mother}`]: '1', kepala: String(son) }))).must(200);
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('kepindahan'))).must(303);
    const was = [father, mother].map(whole);
    const both = (await arrive(clerk, { ...elsewhere(freshKk(village)), ...person(1, 'Rahman Baru', '1', [1, 1, 1980], '1', { nik: nikOf(father) }), ...person(2, 'Halimah Baru', '2', [1, 1, 1983], '3', { nik: nikOf(mother) }) })).must(200);
    (await clerk.submit(both, { langkah: 'simpan' }, FORM('kedatangan'))).must(303);
    const page = (await clerk.get(`/kantor/peristiwa/${eventOf(mother).id}/batal`)).must(200);
    const names = page.page.querySelectorAll('main section').find((s) => s.querySelector('h2')?.text === 'Kembali seperti sebelumnya').querySelectorAll('tbody .meta').map((m) => m.text);
    assert.deepEqual([...new Set(names)].sort(), ['Halimah Baru', 'Rahman Baru']);
    (await clerk.get(`/kantor/peristiwa/${eventOf(father).id}/batal`)).must(200, 'Belum bisa dibatalkan satu orang saja', 'Orang ini kepala keluarga dari orang lain');
    assert.doesNotMatch(page.words, /Belum bisa dibatalkan/, 'she may go alone');
    (await cancel(clerk, eventOf(father).id, { alasan: 'salah', siapa: 'satu' })).must(409, 'kepala keluarga dari orang lain');
    (await cancel(clerk, eventOf(father).id, { alasan: 'salah', siapa: 'semua' })).must(303);
    assert.deepEqual([father, mother].map(whole), was);
    const move = Number(value(schema, `SELECT id FROM resident_event WHERE resident_id = ${mother} AND kind = 'move_out'`));
    (await cancel(clerk, move, { alasan: 'salah', siapa: 'semua' })).must(303);
    assert.deepEqual(family.members.map((id) => [residentRow(village, id).status, residentRow(village, id).role]), [[1, 1], [1, 3], [1, 4], [1, 4]]);
});

test('who came back into their own family with another role and place of birth has the old ones again', async () => {
    const family = usualFamily(village, 'RUMAH');
    const son = family.members[2];
    (await left(clerk, son, 'kepindahan', moved())).must(303);
    const was = whole(son);
    (await arrive(clerk, { tujuan: 'ada', kk: family.kk, ...person(1, 'Anwar Rumah', '1', [2, 1, 2004], '9', { nik: nikOf(son), tempat: 'Palu' }) })).must(422, 'tidak cocok');
    (await arrived(clerk, { tujuan: 'ada', kk: family.kk, ...person(1, 'Anwar Rumah', '1', [1, 1, 2004], '9', { nik: nikOf(son), tempat: 'Palu' }) })).must(303);
    assert.deepEqual([whole(son)[3], residentRow(village, son).role], ['PALU', 9]);
    (await cancel(clerk, eventOf(son).id)).must(303);
    assert.deepEqual(whole(son), was);
});
