// SPDX-License-Identifier: AGPL-3.0-or-later
// Who stands in a letter besides its subject, held against the type's words and the register, over the pages.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { dated, dayAgo, thisYear } from '../harness/days.mjs';
import { staff } from '../harness/client.mjs';
import { begin, draft, pdf, putType } from '../harness/letters.mjs';
import { makeFamily } from '../harness/families.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const year = thisYear();
const nikOf = (id) => value(schema, `SELECT nik FROM resident WHERE id = ${id}`);
const chosen = (field, id) => ({ [`isi_${field}_dari`]: 'Warga desa ini', [`isi_${field}_cari`]: nikOf(id) });
const fill = async (client, type, who, inputs) => {
    const { id, page } = await begin(client, type, who);
    return client.submit(page, inputs, `form[action$="/${id}/isi"]`);
};
let clerk;
let father;
let mother;
let daughter;
let boy;
let stranger;
let wife;

before(async () => {
    clerk = await staff(village, 'clerk');
    [father, mother, daughter, boy] = makeFamily(village, [[1, 1, 1962, 'DARWIS ORANGTUA'], [3, 2, 1965, 'NIRWANA ORANGTUA'], [4, 2, 1993, 'SRI ORANGTUA'], [4, 1, year - 10, 'SYAHRIR ORANGTUA']]).members;
    [stranger, wife] = makeFamily(village, [[1, 1, 1980, 'SAMSUL LUAR'], [3, 2, 1984, 'FITRIANI LUAR']]).members;
    rows(schema, `UPDATE resident SET marital = 2 WHERE id IN (${father}, ${mother}, ${stranger}, ${wife});
        UPDATE resident c JOIN resident f ON f.id = ${father} JOIN resident m ON m.id = ${mother} SET c.father_nik = f.nik, c.father_name = f.name, c.mother_nik = m.nik, c.mother_name = m.name WHERE c.id IN (${daughter}, ${boy})`);
});

test('nobody marries a parent, somebody of the own sex, a child, or who is married', async () => {
    const n4 = { slug: 'formulir-n4' };
    (await fill(clerk, n4, daughter, { ...chosen('calon', father), isi_bin_calon: 'Lallo' })).must(422, 'adalah ayah Sri Orangtua menurut data penduduk, jadi keduanya tidak dapat menikah');
    (await fill(clerk, n4, daughter, { ...chosen('calon', wife), isi_bin_calon: 'Lallo' })).must(422, 'tercatat perempuan, sama dengan Sri Orangtua');
    (await fill(clerk, n4, daughter, { ...chosen('calon', boy), isi_bin_calon: 'Darwis' })).must(422, 'padahal harus umur 19 tahun ke atas, kecuali penetapan dispensasi kawin diisi');
    const review = (await draft(clerk, n4, daughter, { ...chosen('calon', stranger), isi_bin_calon: 'Baso' })).review;
    review.must(200, 'Calon suami atau istri: Samsul Luar tercatat kawin, seharusnya tidak sedang kawin.');
    (await fill(clerk, n4, boy, { ...chosen('calon', daughter), isi_bin_calon: 'Darwis' })).must(422, 'Syahrir Orangtua berumur 10 tahun. Surat ini hanya untuk umur 19 tahun ke atas');
});

test('a child neither witnesses nor works abroad, and the worker is kin of who allows it', async () => {
    const work = { slug: 'izin-orang-tua-suami-istri' };
    const rest = { isi_selaku: 'Orang tua', isi_negara: 'Malaysia', isi_perusahaan: 'PT X', isi_masa: '2' };
    (await fill(clerk, work, father, { ...rest, ...chosen('pekerja', boy) })).must(422, 'berumur 10 tahun, padahal harus umur 18 tahun ke atas');
    const strange = (await draft(clerk, work, mother, { ...rest, ...chosen('pekerja', stranger) })).review;
    strange.must(200, 'Samsul Luar tidak tercatat sebagai anak Nirwana Orangtua');
    const fine = (await draft(clerk, work, father, { ...rest, ...chosen('pekerja', daughter) })).review;
    assert.ok(!fine.page.querySelector('[name=alasan]'), fine.words);
    (await fill(clerk, { slug: 'kuasa' }, father, { ...chosen('penerima', boy), isi_untuk: 'mengambil uang' })).must(422, 'padahal harus umur 17 tahun ke atas');
});

test('who is said to be dead is dead by the register', async () => {
    const form = { slug: 'formulir-f201-kematian' };
    const faulty = (await fill(clerk, form, father, chosen('almarhum', stranger))).must(422, 'Samsul Luar tercatat hidup. Catat dahulu kematiannya di Peristiwa');
    assert.equal(faulty.page.querySelector('.notice a').getAttribute('href'), `/kantor/penduduk/${stranger}/kematian`);
    (await clerk.get(`/kantor/penduduk/${stranger}/kematian`)).must(200, 'Samsul Luar');
    const guardian = { slug: 'wali-hakim', inputs: { isi_sebab: 'Wali nasab telah meninggal', ...chosen('calon', stranger) } };
    (await draft(clerk, guardian, daughter)).review.must(200, 'padahal ayah Sri Orangtua, Darwis Orangtua, tercatat hidup di kartu keluarga yang sama');
});

test('parents in a letter are those of the register', async () => {
    const birth = { slug: 'kelahiran', inputs: { ...chosen('ibu', wife), ...chosen('ayah', father), isi_ibu: null, isi_ayah: null, isi_tempat: 'Rumah', isi_jenis: 'Tunggal', isi_penolong: 'Dokter', isi_anak_ke: '1', ...chosen('pelapor', stranger), isi_hubungan: 'tetangga' } };
    const review = (await draft(clerk, birth, boy)).review;
    review.must(200, 'Ibu Fitriani Luar, padahal menurut data penduduk ibu Syahrir Orangtua bernama Nirwana Orangtua');
    assert.ok(!review.words.includes('ayah Syahrir'), review.words);
});

test('a NIK in a box of its own is looked up', async () => {
    const power = { slug: 'kuasa-kantor', inputs: { isi_hal: 'Pengambilan dana', isi_nama: 'Samsul Luar', isi_jabatan: 'Bendahara', isi_wewenang: 'menerima uang' } };
    (await fill(clerk, power, null, { ...power.inputs, isi_nik: '0000000000000000' })).must(422, 'NIK penerima kuasa tidak mungkin');
    (await draft(clerk, power, null, { isi_nik: nikOf(father) })).review.must(200, 'NIK penerima kuasa milik Darwis Orangtua, padahal tertulis “Samsul Luar”');
    assert.ok(!(await draft(clerk, power, null, { isi_nik: nikOf(stranger) })).review.page.querySelector('[name=alasan]'));
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${stranger}`);
    (await fill(clerk, power, null, { ...power.inputs, isi_nik: nikOf(stranger) })).must(422, 'yang tercatat meninggal');
    rows(schema, `UPDATE resident SET basic_status = 1 WHERE id = ${stranger}`);
});

test('the class of a move follows from its target, which is not at home', async () => {
    const [[name, district, regency, province]] = rows(schema, 'SELECT name, district, regency, province FROM identity');
    const move = { slug: 'pindah', inputs: { isi_alasan: 'Pekerjaan', isi_jenis: 'Kepala keluarga', isi_kk_tinggal: 'Nomor KK tetap', isi_kk_pindah: 'Membuat KK baru', ...dated('isi_tanggal', dayAgo(-5)), isi_tujuan_alamat: 'Jl. Poros 1', isi_tujuan_kecamatan: district, isi_tujuan_kabupaten: regency, isi_tujuan_provinsi: province } };
    (await fill(clerk, move, stranger, { ...move.inputs, isi_tujuan_desa: name })).must(422, 'padahal surat ini untuk pindah ke luar desa');
    (await draft(clerk, move, stranger, { isi_tujuan_desa: 'Desa Lain' })).review.must(200, 'Klasifikasi Antardesa sekecamatan');
    (await draft(clerk, move, stranger, { isi_tujuan_desa: 'Desa Lain', isi_klasifikasi: 'Antarprovinsi' })).review.must(200, 'Klasifikasi “Antarprovinsi”, padahal menurut alamat tujuannya “Antardesa sekecamatan”');
});

test('a letter holds until the day it is for', async () => {
    const slug = `uji-jalan-${process.pid}`;
    putType(village, slug, { fields: [{ name: 'pulang', label: 'Kembali', kind: 'date', ahead: true }], paper: { body: [{ type: 'paragraph', content: 'Sampai {berlaku_sampai}.' }, { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}', qr: true }] } });
    rows(schema, `UPDATE letter_type SET valid_months = 1 WHERE slug = '${slug}'`);
    const [day, month, y] = dayAgo(-60);
    const { id, review } = await draft(clerk, { slug, inputs: dated('isi_pulang', [day, month, y]) }, father);
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    assert.match(pdfWords(await pdf(clerk, id)), new RegExp(`Sampai ${day} \\S+ ${y}`));
    assert.equal(value(schema, `SELECT valid_until FROM letter WHERE id = ${id}`), `${y}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
    rows(schema, `UPDATE letter_type SET is_active = FALSE WHERE slug = '${slug}'`);
});

test('who founds a household is its head, with those who go along; the rest of the card stays', async () => {
    const card = { slug: 'permohonan-kk' };
    const { id, page } = await begin(clerk, card, daughter);
    const answer = await clerk.submit(page, { isi_alasan: 'Membentuk rumah tangga baru', [`isi_pengikut_${boy}`]: '1' }, `form[action$="/${id}/isi"]`);
    const review = await clerk.follow(answer.must(303));
    assert.ok(!review.must(200).page.querySelector('[name=alasan]'), review.words);
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    const words = pdfWords(await pdf(clerk, id)).replace(/\s+/g, ' ').toUpperCase();
    assert.ok(words.includes('SRI ORANGTUA') && words.includes('SYAHRIR ORANGTUA') && !words.includes('NIRWANA ORANGTUA'), words);
    (await draft(clerk, card, boy, { isi_alasan: 'Kartu keluarga hilang' })).review.must(200, 'padahal Syahrir Orangtua tercatat anak');
});
