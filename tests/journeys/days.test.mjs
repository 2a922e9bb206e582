// SPDX-License-Identifier: AGPL-3.0-or-later
// Days against one another: nobody dies before being born, comes back before leaving, or marries after death; in every order of writing.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo } from '../harness/days.mjs';
import { eventsOf, FORM, person } from '../harness/events.mjs';
import { makeFamily, residentRow, usualFamily } from '../harness/families.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const { eventOf, leave, left, death, moved, bore, arrived, cancel, fixForm } = eventsOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
});

const fix = async (event, when, more = {}) => clerk.submit(await fixForm(clerk, event), { ...dated('tanggal', when), alasan: 'uji', ...more }, FORM('perbaiki'));
const edit = async (id, values) => clerk.submit((await clerk.get(`/kantor/penduduk/${id}/ubah`)).must(200), { alasan: 'perbaikan', ...values }, FORM('ubah'));
const day = (heading, when) => dated(`isi_${heading}`, when);
const events = (id) => rows(schema, `SELECT kind, id FROM resident_event WHERE resident_id = ${id} AND kind <> 'correction' ORDER BY id`).map(([kind, event]) => ({ kind, id: Number(event) }));
const nikOf = (id) => value(schema, `SELECT nik FROM resident WHERE id = ${id}`);

test('birth and death of a child: neither the record of one nor the data come to stand on the wrong side of the other', async () => {
    const family = usualFamily(village, 'HARI');
    (await bore(clerk, family, { nama: 'Bayi Hari', jk: '1', tempat: 'Larompong', ...dated('lahir', dayAgo(20)) })).must(303);
    const id = Number(value(schema, `SELECT MAX(id) FROM resident WHERE family_id = ${family.id}`));
    (await leave(clerk, id, 'kematian', death(dayAgo(21)))).must(422, 'sebelum tanggal lahirnya');
    (await left(clerk, id, 'kematian', death(dayAgo(12)))).must(303);
    const [birth, died] = events(id);
    (await fix(birth.id, dayAgo(11))).must(422, 'sesudah orangnya tercatat meninggal');
    (await fix(died.id, dayAgo(21))).must(422, 'sebelum');
    (await edit(id, day('tanggallahir', dayAgo(5)))).must(422, 'dari catatan kelahiran');
    (await edit(id, day('tanggallahir', dayAgo(19)))).must(422, 'dari catatan kelahiran');
    (await fix(birth.id, dayAgo(12))).must(303);
    assert.equal(value(schema, `SELECT DATE_FORMAT(birth_date, '%e-%c-%Y') FROM resident WHERE id = ${id}`), dayAgo(12).join('-'), 'the day of death itself is right');
    (await cancel(clerk, died.id)).must(303);
    (await fix(birth.id, dayAgo(2))).must(303);
});

test('the data of somebody without a recorded birth: no birth after what is recorded, no wedding before birth or after death', async () => {
    const [father, , son, girl] = usualFamily(village, 'HARIDUA').members;
    (await left(clerk, son, 'kematian', death(dayAgo(9)))).must(303);
    rows(schema, `UPDATE resident SET nik = CONCAT('0', SUBSTRING(nik, 2)), marital = 2 WHERE id = ${son}`);
    (await edit(son, day('tanggallahir', dayAgo(8)))).must(422, 'sesudah peristiwanya yang tercatat');
    (await edit(son, day('tanggalperkawinan', dayAgo(8)))).must(422, 'sesudah ia tercatat meninggal');
    (await edit(son, day('tanggalperkawinan', [31, 12, 2003]))).must(422, 'sebelum tanggal lahirnya');
    (await edit(son, day('tanggalperkawinan', [5, 5, 2024]))).must(303);
    (await edit(son, day('tanggalperceraian', [4, 5, 2024]))).must(422, 'sebelum tanggal perkawinannya');
    (await fix(eventOf(son).id, [4, 5, 2024])).must(422, 'sebelum orangnya tercatat menikah');
    rows(schema, `UPDATE resident SET marriage_date = '2024-06-01' WHERE id = ${girl}`);
    (await leave(clerk, girl, 'kematian', death([31, 5, 2024]))).must(422, 'sebelum orangnya tercatat menikah');
    (await left(clerk, girl, 'kematian', death([1, 6, 2024]))).must(303);
    assert.equal(residentRow(village, father).status, 1);
});

test('leaving, coming back, dying: each not before what was recorded before it, and a correction not beyond what follows', async () => {
    const family = usualFamily(village, 'HARITIGA');
    const son = family.members[2];
    const back = (when) => arrived(clerk, { tujuan: 'ada', kk: family.kk, ...person(1, 'Anwar Haritiga', '1', [1, 1, 2004], '4', { nik: nikOf(son), tempat: 'Larompong' }), ...dated('tanggal', when) });
    (await left(clerk, son, 'kepindahan', moved(dated('tanggal', dayAgo(30))))).must(303);
    (await back(dayAgo(31))).must(422, 'sebelum orangnya tercatat pindah');
    (await back(dayAgo(20))).must(303);
    (await leave(clerk, son, 'kematian', death(dayAgo(40)))).must(422, 'sebelum orangnya tercatat');
    (await leave(clerk, son, 'hilang', { ...dated('tanggal', dayAgo(21)), pelapor: 'Ibunya' })).must(422, 'sebelum orangnya tercatat datang');
    (await left(clerk, son, 'kematian', death(dayAgo(10)))).must(303);
    const [away, came, died] = events(son);
    (await fix(away.id, dayAgo(19))).must(422, 'sesudah orangnya tercatat datang');
    (await fix(came.id, dayAgo(31))).must(422, 'sebelum orangnya tercatat pindah');
    (await fix(came.id, dayAgo(9))).must(422, 'sesudah orangnya tercatat meninggal');
    (await fix(died.id, dayAgo(21))).must(422, 'sebelum orangnya tercatat datang');
    (await fix(came.id, dayAgo(15))).must(303);
    // What was taken back is compared with nothing.
    (await cancel(clerk, died.id)).must(303);
    (await cancel(clerk, came.id)).must(303);
    (await fix(away.id, dayAgo(1))).must(303);
});

test('of several who left together each one\'s days are looked at, of one corrected alone only theirs', async () => {
    const family = usualFamily(village, 'HARIEMPAT');
    const [father, mother, son, girl] = family.members;
    (await left(clerk, girl, 'kepindahan', moved(dated('tanggal', dayAgo(20))))).must(303);
    (await arrived(clerk, { tujuan: 'ada', kk: family.kk, ...person(1, 'Rini Hariempat', '2', [1, 1, 2012], '4', { nik: nikOf(girl), tempat: 'Larompong' }), ...dated('tanggal', dayAgo(10)) })).must(303);
    const all = { [`orang_${mother}`]: '1', [`orang_${son}`]: '1', [`orang_${girl}`]: '1' };
    (await leave(clerk, father, 'kepindahan', moved({ ...all, ...dated('tanggal', dayAgo(15)) }))).must(422, 'sebelum orangnya tercatat datang');
    const check = (await leave(clerk, father, 'kepindahan', moved({ ...all, ...dated('tanggal', dayAgo(5)) }))).must(200);
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('kepindahan'))).must(303);
    (await fix(eventOf(father).id, dayAgo(15), { siapa: 'semua' })).must(422, 'sebelum orangnya tercatat datang');
    (await fix(eventOf(father).id, dayAgo(15), { siapa: 'satu' })).must(303);
});

test('the age of the dead and of who moved away stays as it was: on the page, in the list, in its filter and in searches', async () => {
    const family = makeFamily(village, [[1, 1, 1970, 'KEPALA TETAPUMUR'], [7, 1, 1930, 'KAKEK TETAPUMUR'], [4, 2, 2000, 'PUTRI TETAPUMUR'], [9, 1, 1940, 'IMPOR TETAPUMUR']]);
    const [, old, girl, imported] = family.members;
    rows(schema, `UPDATE resident SET birth_date = '1930-06-01' WHERE id = ${old}; UPDATE resident SET basic_status = 2 WHERE id = ${imported}`);
    (await left(clerk, old, 'kematian', death([15, 1, 1999]))).must(303);
    (await left(clerk, girl, 'kepindahan', moved(dated('tanggal', [31, 12, 2009])))).must(303);
    (await clerk.get(`/kantor/penduduk/${old}`)).must(200, 'Laki-laki, 68 tahun');
    (await clerk.get(`/kantor/penduduk/${girl}`)).must(200, 'Perempuan, 9 tahun');
    assert.doesNotMatch((await clerk.get(`/kantor/penduduk/${imported}`)).must(200).page.querySelector('main .sub').text, /tahun/, 'when this one died nobody knows');
    const found = async (words, filters) => {
        const at = await clerk.submit(await clerk.get('/kantor/penduduk'), { cari: words, ...filters }, 'main form.filters');
        const page = (at.status === 303 ? await clerk.follow(at) : at).must(200).page;
        return Object.fromEntries(page.querySelectorAll('main tbody tr').map((tr) => [tr.querySelector('a').text.trim(), tr.querySelector('[data-label="Umur"]').text.trim()]));
    };
    const dead = await found('tetapumur', { status: '2' });
    assert.equal(dead['Kakek Tetapumur'], '68');
    assert.equal(dead['Impor Tetapumur'], '-');
    assert.deepEqual(Object.keys(await found('tetapumur', { status: '2', umur_dari: '68', umur_sampai: '68' })), ['Kakek Tetapumur']);
    assert.deepEqual(Object.keys(await found('tetapumur', { status: '2', umur_dari: '90' })), []);
    assert.deepEqual(Object.keys(await found('tetapumur', { status: '3', umur_sampai: '9' })), ['Putri Tetapumur']);
    (await cancel(clerk, eventOf(old).id)).must(303);
    assert.doesNotMatch((await clerk.get(`/kantor/penduduk/${old}`)).must(200).words, /68 tahun/);
});
