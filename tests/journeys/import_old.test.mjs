// SPDX-License-Identifier: AGPL-3.0-or-later
// A file of last month comes after a month of events: what was written down since stands, and each old value is named.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { eventsOf, FORM } from '../harness/events.mjs';
import { familyRow, freshKk, haveHamlets, residentRow, usualFamily } from '../harness/families.mjs';
import { check, confirm } from '../harness/imports.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { residentBook } from '../harness/workbook.mjs';

const village = trainingVillages()[1];
const schema = schemaOf(village);
const { left, death, moved } = eventsOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI KELUARGA');
});

/** The family as another program would hold it at this moment. */
const exported = (...families) => rows(schema, `SELECT f.address, a.hamlet, a.rw, a.rt, r.name, f.kk_no, r.nik, r.sex, r.birth_place, DATE_FORMAT(r.birth_date, '%d-%m-%Y'), r.religion, r.marital, r.family_role, r.occupation
    FROM resident r JOIN family f ON f.id = r.family_id JOIN area a ON a.id = r.area_id WHERE f.id IN (${families.map((f) => f.id).join()}) ORDER BY r.id`)
    .map(([alamat, dusun, rw, rt, nama, no_kk, nik, sex, tempatlahir, tanggallahir, agama_id, status_kawin, kk_level, pekerjaan_id]) =>
        ({ alamat, dusun, rw, rt, nama, no_kk, nik, sex, tempatlahir, tanggallahir, agama_id, status_kawin, kk_level, pekerjaan_id }));
const told = (id) => rows(schema, `SELECT text FROM import_fault WHERE batch_id = ${id} ORDER BY seq`).map(([text]) => text);
const marital = (id) => Number(value(schema, `SELECT marital FROM resident WHERE id = ${id}`));
const edit = async (path, changes) => (await clerk.submit((await clerk.get(path)).must(200), changes, 'main form[method=post]')).must(303);
const move = async (family, who, role, values) => {
    const form = (await clerk.get(`/kantor/keluarga/${family.id}/pindah`)).must(200);
    const shown = (await clerk.submit(form, { [`orang_${who}`]: '1', [`peran_${who}`]: String(role), langkah: 'periksa', alasan: 'pindah KK', ...values }, FORM('pindah'))).must(200);
    (await clerk.submit(shown, { langkah: 'simpan' }, FORM('pindah'))).must(303);
};
const answered = async (id, page, is) => {
    (await clerk.submit(page, {}, `form[action$="/impor/${id}/lama"]`)).must(303);
    await until('checked again', () => value(schema, `SELECT state = 'checked' AND takes_old = ${is} FROM import_batch WHERE id = ${id}`) === '1');
    return (await clerk.get(`/kantor/penduduk/impor/${id}`)).must(200);
};
const headless = () => Number(value(schema, 'SELECT COUNT(*) FROM family f WHERE f.head_id IS NULL AND EXISTS (SELECT 1 FROM resident r WHERE r.family_id = f.id AND r.basic_status = 1)'));

test('last month\'s file undoes no event, move, split or edit; who imports may say that the file is right', async () => {
    const [kin, theirs, others] = [usualFamily(village, 'LAMPAU'), usualFamily(village, 'MEMPELAI'), usualFamily(village, 'TETANGGA')];
    rows(schema, `UPDATE resident SET marital = 2 WHERE id IN (${[...kin.members.slice(0, 2), ...theirs.members.slice(0, 2), ...others.members.slice(0, 2)].join()})`);
    const [father, mother, eldest, daughter] = kin.members, without = headless();
    const file = residentBook(exported(kin, theirs, others));
    assert.deepEqual((({ fresh, changed, warnings }) => [fresh, changed, warnings])((await check(clerk, village, file)).row), [0, 0, 0], 'what was just exported changes nothing');

    (await left(clerk, father, 'kematian', { ...death(), kepala: String(mother) })).must(303);
    await move(kin, eldest, 1, { tujuan: 'baru', kk: freshKk(village), alamat: 'Jalan Sendiri 4', dusun: 'UJI KELUARGA', rw: '', rt: '001' });
    await move(kin, daughter, 9, { tujuan: 'ada', kk: theirs.kk });
    (await left(clerk, theirs.members[3], 'kepindahan', moved())).must(303);
    await edit(`/kantor/keluarga/${others.id}/ubah`, { alamat: 'Jalan Baru 9', rt: '007', alasan: 'Pindah rumah' });
    await edit(`/kantor/penduduk/${others.members[1]}/ubah`, { isi_nama: 'HALIMAH BENAR', isi_pekerjaan_id: '9', alasan: 'dokumen', keterangan: 'akta' });
    const stands = () => JSON.stringify(rows(schema, `SELECT r.id, r.name, r.marital, r.family_role, r.occupation, r.family_id, r.area_id, r.basic_status, f.address, f.head_id FROM resident r LEFT JOIN family f ON f.id = r.family_id
        WHERE r.id IN (${[...kin.members, ...theirs.members, ...others.members].join()}) ORDER BY r.id`));
    const now = stands();

    const old = await check(clerk, village, file);
    assert.deepEqual([old.row.fresh, old.row.changed, old.row.refused], [0, 0, 0], told(old.id).join('\n'));
    old.page.must(200, 'Berkas ini memuat keadaan lama: 7 warga');
    assert.equal(stands(), now);
    const lines = told(old.id);
    for (const words of [/^Status perkawinan Halimah Lampau: Cerai mati sejak \d\d-\d\d-\d{4}; di berkas Kawin/, /^Hubungan dalam keluarga Halimah Lampau: Kepala/, /^Nomor KK Anwar Lampau: /, /^Nomor KK Rini Lampau: /,
        /^Alamat keluarga Rahman Tetangga: Jalan Baru 9 sejak/, /^RT Rini Tetangga: 007 sejak/, /^Nama lengkap Halimah Benar: Halimah Benar sejak .*; di berkas Halimah Tetangga/])
        assert.ok(lines.some((line) => words.test(line)), `${words} in\n${lines.join('\n')}`);
    assert.ok(lines.every((line) => !/tidak punya kepala/.test(line)), lines.join('\n'));

    const taken = await answered(old.id, old.page, 1);
    taken.must(200, 'Isi berkas untuk mereka dipakai');
    const stale = (await clerk.get(`/kantor/penduduk/impor/${old.id}`)).must(200);
    await answered(old.id, taken, 0);
    (await clerk.submit(stale, {}, `form[action$="/impor/${old.id}/simpan"]`)).must(303);
    assert.equal(value(schema, `SELECT state FROM import_batch WHERE id = ${old.id}`), 'changed');
    assert.equal(stands(), now, 'what was seen before the other answer is not stored');
    const again = await answered(old.id, (await clerk.get(`/kantor/penduduk/impor/${old.id}`)).must(200), 1);
    assert.equal((await confirm(clerk, village, old.id, again)).state, 'committed');
    assert.deepEqual([marital(mother), residentRow(village, mother).role, familyRow(village, kin.id).head], [2, 1, mother], 'the only head stays one');
    assert.deepEqual([residentRow(village, eldest).family, residentRow(village, daughter).family], [kin.id, kin.id]);
    assert.equal(value(schema, `SELECT address FROM family WHERE id = ${others.id}`), 'Jalan Uji 1');
    assert.deepEqual([residentRow(village, father).status, residentRow(village, theirs.members[3]).status], [2, 3]);
    assert.equal(headless(), without, 'no family has lost its head');
});

test('who died or moved away is changed by a file in no column', async () => {
    const kin = usualFamily(village, 'PERGI'), [, , son, daughter] = kin.members;
    (await left(clerk, son, 'kematian', death())).must(303);
    (await left(clerk, daughter, 'kepindahan', moved())).must(303);
    const of = (id) => value(schema, `SELECT CONCAT_WS('|', name, birth_place, occupation, marital, basic_status, version) FROM resident WHERE id = ${id}`);
    const was = [son, daughter].map(of);
    const file = exported(kin).concat(rows(schema, `SELECT nik, name FROM resident WHERE id IN (${son}, ${daughter})`).map(([nik, nama]) => ({ nik, nama: `${nama} LAIN`, no_kk: kin.kk, kk_level: 4, dusun: 'UJI KELUARGA', tempatlahir: 'Makassar', pekerjaan_id: 15, status_kawin: 2 })))
        .filter((p, i, all) => all.findLastIndex((q) => q.nik === p.nik) === i);
    for (const answer of [false, true]) {
        const { id, row, page } = await check(clerk, village, residentBook(file));
        assert.deepEqual([row.fresh, row.changed, row.refused], [0, 0, 0], told(id).join('\n'));
        for (const word of ['Meninggal', 'Pindah'])
            assert.ok(told(id).some((line) => line.startsWith(`Di data desa warga ini tercatat: ${word}. Datanya tidak diubah dari berkas`) && line.includes('Nama lengkap') && line.includes('Pekerjaan')), told(id).join('\n'));
        assert.equal(page.page.querySelector(`form[action$="/impor/${id}/lama"]`), null, answer);
        assert.deepEqual([son, daughter].map(of), was);
    }
});
