// SPDX-License-Identifier: AGPL-3.0-or-later
// What a letter says, held against the register and against itself.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated } from '../harness/days.mjs';
import { begin, draft, letterRow } from '../harness/letters.mjs';
import { makeFamily } from '../harness/families.mjs';
import { rows, schemaOf, trainingVillages } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const year = new Date().getFullYear();
let clerk;
let husband;
let wife;
let son;
let dead;

before(async () => {
    clerk = await staff(village, 'clerk');
    [husband, wife, son] = makeFamily(village, [[1, 1, 1980, 'ABBAS FAKTA'], [3, 2, 1983, 'RAHMA FAKTA'], [4, 1, 2004, 'ANWAR FAKTA']]).members;
    [dead] = makeFamily(village, [[1, 2, 1959, 'HARLINA FAKTA']]).members;
    rows(schema, `UPDATE resident SET marital = 2 WHERE id IN (${husband}, ${wife}); UPDATE resident SET basic_status = 2 WHERE id = ${dead};
        INSERT INTO resident_event (kind, act, resident_id, event_date, reported_on, recorded_at, staff_id, staff_name, status_before, status_after, place, cause, reporter, number, note, roles)
            VALUES ('death', 'uji-fakta-${dead}', ${dead}, '2026-05-03', '2026-05-04', NOW(6), 1, 'Uji', 1, 2, 'RSUD Batara Guru', '', '', '', '', '[]')`);
});

const SINGLE = { slug: 'belum-menikah', inputs: { isi_keperluan: 'melamar kerja' } };

test('who is married gets no letter of never having been, unless somebody says why', async () => {
    const { id, review } = await draft(clerk, SINGLE, husband);
    review.must(200, 'Abbas Fakta tercatat kawin. Surat ini biasanya untuk yang belum kawin.');
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(422, 'Tulis alasan surat ini tetap dibuat');
    assert.equal(letterRow(village, id).number, null);
    assert.ok(!(await draft(clerk, SINGLE, son)).review.page.querySelector('[name=alasan]'));
    const widowed = { slug: 'janda-duda', inputs: { isi_karena: 'Cerai mati', isi_terdahulu: 'Rahma', isi_keperluan: 'asuransi', ...dated('isi_sejak', [1, 6, 1970]) } };
    const other = (await draft(clerk, widowed, husband)).review;
    other.must(200, 'Surat ini biasanya untuk yang cerai hidup atau cerai mati');
    other.must(200, 'Karena “Cerai mati”, padahal Abbas Fakta tercatat kawin.');
    other.must(200, 'Sejak 1 Juni 1970: sebelum Abbas Fakta lahir (1 Januari 1980).');
});

const TRIP = {
    slug: 'perjalanan-dinas',
    inputs: { isi_nama: 'Hasnah', isi_jabatan: 'Kaur Umum', isi_maksud: 'rapat', isi_tujuan: 'Belopa', isi_angkutan: 'kendaraan umum', ...dated('isi_berangkat', [7, 12, year + 1]) },
};

test('nobody is back before he leaves, and the days are counted from the two dates', async () => {
    const { id, page } = await begin(clerk, TRIP, null);
    const fill = (more) => clerk.submit(page, { ...TRIP.inputs, ...more }, `form[action$="/${id}/isi"]`);
    (await fill({ isi_lama: '1', ...dated('isi_kembali', [3, 12, year + 1]) })).must(422, 'Tanggal kembali tidak boleh sebelum tanggal berangkat: 7 Desember');
    const counted = await clerk.follow((await fill(dated('isi_kembali', [9, 12, year + 1]))).must(303));
    assert.match(counted.must(200).words, /Lama perjalanan 3/);
    assert.ok(!counted.page.querySelector('[name=alasan]'));
    const wrong = (await draft(clerk, TRIP, null, { isi_lama: '9', ...dated('isi_kembali', [9, 12, year + 1]) })).review;
    wrong.must(200, 'Lama perjalanan 9 hari, padahal menurut kedua tanggalnya 3 hari.');
});

test('a power that ended before it was given asks for a reason', async () => {
    const power = { slug: 'kuasa', inputs: { isi_untuk: 'mengambil uang', isi_penerima_dari: 'Warga desa ini', isi_penerima_cari: rows(schema, `SELECT nik FROM resident WHERE id = ${wife}`)[0][0], ...dated('isi_sampai', [1, 1, 2020]) } };
    (await draft(clerk, power, husband)).review.must(200, 'Berlaku sampai 1 Januari 2020: sudah lewat.');
});

test('a letter of death stands with the day and place that the register has, and another day is doubted', async () => {
    const { id, page } = await begin(clerk, { slug: 'kematian' }, dead);
    const box = (name) => page.page.querySelector(`[name="isi_${name}"]`).getAttribute('value');
    assert.deepEqual(['hari_hari', 'hari_bulan', 'hari_tahun', 'tempat'].map(box), ['3', '5', '2026', 'RSUD Batara Guru']);
    const inputs = { isi_sebab: 'Kecelakaan', isi_pelapor_dari: 'Warga desa ini', isi_pelapor_cari: rows(schema, `SELECT nik FROM resident WHERE id = ${wife}`)[0][0], isi_hubungan: 'Anak' };
    const fine = await clerk.follow((await clerk.submit(page, inputs, `form[action$="/${id}/isi"]`)).must(303));
    assert.ok(!fine.must(200).page.querySelector('[name=alasan]'));
    const again = (await clerk.get(`/kantor/surat/${id}/isi`)).must(200);
    const other = await clerk.follow((await clerk.submit(again, { ...inputs, ...dated('isi_hari', [5, 6, 1950]) }, `form[action$="/${id}/isi"]`)).must(303));
    other.must(200, 'Hari meninggal 5 Juni 1950: Harlina Fakta tercatat meninggal 3 Mei 2026.');
    const born = await begin(clerk, { slug: 'kelahiran' }, son);
    assert.equal(born.page.page.querySelector('[name=isi_hari_tahun]').getAttribute('value'), '2004');
});

test('a woman is offered what a woman is, and a father younger than his daughter is doubted', async () => {
    const marriage = { slug: 'pengantar-nikah' };
    const { id, page } = await begin(clerk, marriage, wife);
    const options = page.page.querySelectorAll('[name=isi_status_calon] option').map((o) => o.getAttribute('value')).filter(Boolean);
    assert.deepEqual(options, ['Perawan', 'Janda']);
    const father = { isi_ayah_dari: 'Orang luar desa', isi_ayah_nama: 'Lakaseng', isi_ayah_tempat_lahir: 'Palopo', ...dated('isi_ayah_tanggal_lahir', [1, 2, 2010]), isi_ayah_alamat: 'Palopo' };
    const mother = { isi_ibu_dari: 'Sudah meninggal', isi_ibu_nama: 'Sitti Saleha' };
    const fill = (more) => clerk.submit(page, { isi_status_calon: 'Janda', isi_terdahulu: 'Lamappa', ...father, ...mother, ...more }, `form[action$="/${id}/isi"]`);
    (await fill({ isi_status_calon: 'Jejaka' })).must(422, 'bukan untuk perempuan');
    const review = await clerk.follow((await fill({})).must(303));
    review.must(200, 'Status pernikahan “Janda”, padahal Rahma Fakta tercatat kawin.');
    review.must(200, 'Ayah pemohon Lakaseng, lahir 1 Februari 2010, tidak lebih tua dari Rahma Fakta');
    assert.ok(!page.page.querySelector('[name=isi_ayah_kelamin]'), 'a father is a man');
});
