// SPDX-License-Identifier: AGPL-3.0-or-later
// What a family is, at every door: a role fits the sex, a card has a head or nobody, its address is its own.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo } from '../harness/days.mjs';
import { eventsOf, faults, FORM, person } from '../harness/events.mjs';
import { familyRow, freshKk, freshNumber, haveHamlets, makeFamily, residentRow, usualFamily } from '../harness/families.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const { left, moved, born, arrive, arrived } = eventsOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI KELUARGA', 'UJI SEBERANG');
});

const next = (answer, values) => clerk.submit(answer, values, 'main form.form');
const add = async (client, values) => client.submit((await client.get('/kantor/penduduk/tambah')).must(200), { tempat: 'Larompong', agama: '1', kawin: '1', kerja: '1', peran: '4', dusun: 'Uji Keluarga', rw: '1', rt: '2', ...values }, FORM('tambah'));

test('a role fits the sex, a family begins with its head, and keeps its address: at the form that adds people', async () => {
    const family = usualFamily(village, 'PINTU');
    const born1990 = { lahir_hari: '1', lahir_bulan: '1', lahir_tahun: '1990' };
    const man = () => ({ nama: 'Laki Pintu', jk: '1', nik: freshNumber(village, '010190'), ...born1990 });
    const woman = () => ({ nama: 'Wanita Pintu', jk: '2', nik: freshNumber(village, '410190'), ...born1990 });
    (await add(clerk, { ...man(), kk: family.kk, peran: '3' })).must(422, 'Istri hanya untuk perempuan');
    (await add(clerk, { ...woman(), kk: family.kk, peran: '2' })).must(422, 'Suami hanya untuk laki-laki');
    const kk = freshKk(village);
    const families = () => Number(value(schema, 'SELECT COUNT(*) FROM family'));
    const count = families();
    const asked = (await add(clerk, { ...man(), kk, peran: '4' })).must(422, 'Tidak ada keluarga dengan nomor KK ini');
    assert.equal(faults(asked).length, 1, faults(asked).join('; '));
    assert.equal(families(), count);
    (await next(asked, { keluarga_baru: '1' })).must(303);
    const made = Number(value(schema, `SELECT id FROM family WHERE kk_no = '${kk}'`));
    assert.equal(residentRow(village, familyRow(village, made).head).role, 1);
    (await add(clerk, { ...woman(), kk: family.kk, peran: '9', alamat: 'Kos Pak Budi' })).must(303);
    assert.equal(familyRow(village, family.id).address, 'Jalan Uji 1');
    assert.deepEqual(rows(schema, `SELECT address_now, family_role FROM resident WHERE name = 'WANITA PINTU'`), [['Kos Pak Budi', '9']]);
    (await add(clerk, { ...man(), nama: 'Lain Pintu', kk: family.kk, peran: '9', dusun: 'Uji Lain' })).must(422, 'Keluarga ini tinggal di Dusun Uji Keluarga');
    // A card that nobody stands on any more is opened again by its new head only.
    (await left(clerk, familyRow(village, made).head, 'kepindahan', moved())).must(303);
    const closed = (await add(clerk, { ...woman(), nama: 'Buka Pintu', kk, peran: '9' })).must(422, 'tidak lagi punya anggota');
    (await next(closed, { keluarga_baru: '1', alamat: 'Jalan Baru 2' })).must(303);
    assert.deepEqual([familyRow(village, made).address, residentRow(village, familyRow(village, made).head).role], ['Jalan Baru 2', 1]);
});

test('Istri is a woman and Suami a man when data are changed, too: by the role, and by the sex', async () => {
    const [father, mother, son] = usualFamily(village, 'JENIS').members;
    const edit = async (id, values) => clerk.submit((await clerk.get(`/kantor/penduduk/${id}/ubah`)).must(200), { alasan: 'perbaikan', ...values }, FORM('ubah'));
    (await edit(son, { isi_kk_level: '3' })).must(422, 'Istri hanya untuk perempuan');
    (await edit(mother, { isi_kk_level: '2' })).must(422, 'Suami hanya untuk laki-laki');
    (await edit(mother, { isi_sex: '1' })).must(422, 'Istri hanya untuk perempuan');
    assert.deepEqual([father, mother, son].map((id) => residentRow(village, id).role), [1, 3, 4]);
    rows(schema, `UPDATE resident SET family_role = 2 WHERE id = ${mother}`);
    (await edit(mother, { isi_suku: 'Rongkong' })).must(303);
});

test('a newborn is nobody\'s husband, wife or parent', async () => {
    const family = usualFamily(village, 'PERANBAYI');
    for (const peran of ['1', '2', '3', '5', '7', '8']) (await born(clerk, family, { nama: 'Bayi Peran', jk: peran === '2' ? '1' : '2', tempat: 'Larompong', ...dated('lahir', dayAgo(1)), peran })).must(422, 'Bayi tidak bisa menjadi');
});

test('a card that nobody stands on any more is entered by a head first: by an arrival, by a move within the village', async () => {
    const empty = makeFamily(village, [[1, 1, 1990, 'LAMA KOSONG']]);
    (await left(clerk, empty.members[0], 'kepindahan', moved())).must(303);
    const who = (peran) => person(1, 'Datang Kosong', '1', [1, 1, 1990], peran, { nik: freshNumber(village, '010190') });
    (await arrive(clerk, { tujuan: 'ada', kk: empty.kk, ...who('9') })).must(422, 'tidak lagi punya anggota');
    const other = usualFamily(village, 'ASAL');
    const move = async (peran) => clerk.submit((await clerk.get(`/kantor/keluarga/${other.id}/pindah`)).must(200), { [`orang_${other.members[2]}`]: '1', [`peran_${other.members[2]}`]: peran, tujuan: 'ada', kk: empty.kk, alasan: 'kartu lama', langkah: 'periksa' }, FORM('pindah'));
    (await move('9')).must(422, 'tidak lagi punya anggota');
    (await clerk.submit((await move('1')).must(200), { langkah: 'simpan' }, FORM('pindah'))).must(303);
    assert.equal(familyRow(village, empty.id).head, other.members[2]);
    // As a new card again, with an address of its own.
    const second = makeFamily(village, [[1, 1, 1990, 'LAIN KOSONG']]);
    (await left(clerk, second.members[0], 'kepindahan', moved())).must(303);
    (await arrived(clerk, { tujuan: 'baru', kk: second.kk, alamat: 'Jalan Segar 3', dusun: 'Uji Seberang', ...who('1') })).must(303);
    assert.deepEqual([familyRow(village, second.id).address, familyRow(village, second.id).hamlet], ['Jalan Segar 3', 'UJI SEBERANG']);
});
