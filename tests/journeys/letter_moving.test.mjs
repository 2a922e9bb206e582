// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters of a move: its kind, those who go along and what is said of those who stay agree, and the paper lists whoever moves.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { dayAgo } from '../harness/days.mjs';
import { makeFamily } from '../harness/families.mjs';
import { begin, letterRow, pdf } from '../harness/letters.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { rows, schemaOf } from '../harness/stack.mjs';
import { officeVillage } from '../harness/villages.mjs';

const [day, month, year] = dayAgo(-20);
const PLACE = {
    isi_alasan: 'Pekerjaan', isi_klasifikasi: 'Antarkabupaten', isi_kk_pindah: 'Membuat KK baru', isi_tanggal_hari: String(day), isi_tanggal_bulan: String(month), isi_tanggal_tahun: String(year),
    isi_tujuan_alamat: 'Jl. Veteran 7', isi_tujuan_desa: 'Salekoe', isi_tujuan_kecamatan: 'Wara Timur', isi_tujuan_kabupaten: 'Kota Palopo', isi_tujuan_provinsi: 'Sulawesi Selatan',
};
const [HEAD, ALL, SOME, MEMBER, NOBODY] = ['Kepala keluarga', 'Kepala dan seluruh anggota', 'Kepala dan sebagian anggota', 'Anggota keluarga', 'Tidak ada yang ditinggal'];
let village, clerk, father, mother, child, alone;

before(async () => {
    village = await officeVillage('7317102076', 'Uji Pindah', ['clerk']);
    ({ clerk } = village);
    ({ members: [father, mother, child] } = makeFamily(village, [[1, 1, 1980, 'AMBO PINDAH'], [3, 2, 1982, 'INDO PINDAH'], [4, 1, 2012, 'BACO PINDAH']]));
    ({ members: [alone] } = makeFamily(village, [[1, 1, 1975, 'LAIN SENDIRI']]));
    rows(schemaOf(village), "UPDATE letter_type SET policy = 'seal'");
});

const fill = async (slug, who, kind, left, along = []) => {
    const { id, page } = await begin(clerk, { slug }, who);
    const typed = { ...PLACE, isi_jenis: kind, isi_kk_tinggal: left, ...Object.fromEntries(along.map((one) => [`isi_pengikut_${one}`, '1'])) };
    return { id, answer: await clerk.submit(page, typed, `form[action$="/${id}/isi"]`) };
};
const paper = async (slug, who, kind, left, along) => {
    const { id, answer } = await fill(slug, who, kind, left, along);
    const review = (await clerk.follow(answer.must(303))).must(200, 'Periksa sebelum surat');
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    return { id, words: pdfWords(await pdf(clerk, id)) };
};

test('kind, ticks and who stays are held against each other, and against the family', async () => {
    for (const [who, kind, left, along, words] of [
        [child, HEAD, 'Nomor KK tetap', [], 'Baco Pindah bukan kepala keluarga, tetapi anak. Pilih “Anggota keluarga”'],
        [father, MEMBER, 'Nomor KK tetap', [], 'Ambo Pindah kepala keluarga. Pilih salah satu yang menyebut kepala'],
        [father, HEAD, 'Nomor KK tetap', [mother], '1 anggota dicentang, padahal yang pindah “Kepala keluarga” saja'],
        [father, SOME, 'Nomor KK tetap', [], 'Centang anggota yang ikut'],
        [father, SOME, NOBODY, [mother, child], 'Semua anggota dicentang. Pilih “Kepala dan seluruh anggota”'],
        [father, SOME, NOBODY, [mother], 'Masih ada yang tidak pindah: Baco Pindah'],
        [father, ALL, 'Numpang KK', [], 'Semua anggota keluarga pindah. Pilih “Tidak ada yang ditinggal”'],
        [child, MEMBER, 'Nomor KK tetap', [father], 'Ambo Pindah kepala keluarga. Bila ia ikut pindah, buat surat ini untuknya'],
        [alone, ALL, NOBODY, [], 'Tidak ada anggota lain di Kartu Keluarga Lain Sendiri. Pilih “Kepala keluarga”'],
    ]) {
        const { answer } = await fill('pindah', who, kind, left, along);
        answer.must(422, words);
        assert.equal(answer.page.querySelector('[name="isi_tujuan_desa"]').getAttribute('value'), 'Salekoe', 'what was typed stays');
    }
});

test('the whole family goes along by itself, and all stand on the paper', async () => {
    const { words } = await paper('pindah', father, ALL, NOBODY);
    assert.match(words, /Anggota keluarga yang ikut pindah: No\. Nama .*1 Indo Pindah .*2 Baco Pindah/);
    const form = await paper('formulir-f108', father, ALL, NOBODY);
    assert.match(form.words, /1 \d{16} AMBO PINDAH Kepala keluarga 2 \d{16} INDO PINDAH Istri 3 \d{16} BACO PINDAH Anak/);
    assert.ok(form.words.includes(`No. ${letterRow(village, form.id).text}`), 'its number stands below its title');
});

test('who moves alone stands in the form\'s table, and a table over nobody is not printed', async () => {
    const form = await paper('formulir-f108', child, MEMBER, 'Nomor KK tetap');
    assert.match(form.words, /Keluarga yang pindah No\. NIK Nama lengkap Hubungan dalam keluarga 1 \d{16} BACO PINDAH Anak/);
    const { words } = await paper('pindah', father, HEAD, 'Nomor KK tetap');
    assert.match(words, /Pindah seorang diri/);
    assert.doesNotMatch(words, /ikut pindah|No\. Nama/);
});

test('whose family changed between the answers and the press is asked about it before the letter goes', async () => {
    const { id, answer } = await fill('pindah', father, SOME, 'Nomor KK tetap', [mother]);
    const review = await clerk.follow(answer.must(303));
    assert.equal(review.page.querySelector('[name="alasan"]'), null, 'nothing speaks against it');
    const schema = schemaOf(village);
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${child}`);
    try {
        (await clerk.get(`/kantor/surat/${id}/periksa`)).must(200, 'Semua anggota dicentang');
    } finally {
        rows(schema, `UPDATE resident SET basic_status = 1 WHERE id = ${child}`);
    }
});
