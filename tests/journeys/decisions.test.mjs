// SPDX-License-Identifier: AGPL-3.0-or-later
// Regulations and decisions of the head: numbers of their own each year, the paper that Permendagri 111/2014 has, and no line in the agenda of mail.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { thisYear } from '../harness/days.mjs';
import { BUSINESS, begin, draft, letterRow, pdf, send } from '../harness/letters.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { rows, schemaOf, value } from '../harness/stack.mjs';
import { officeVillage } from '../harness/villages.mjs';

const GROUNDS = { isi_menimbang: 'a. bahwa aula desa dipakai bersama;\nb. bahwa pemakaiannya perlu diatur', isi_mengingat: '1. Undang-Undang Nomor 6 Tahun 2014 tentang Desa' };
const DECISION = { slug: 'keputusan-kepala-desa', inputs: { ...GROUNDS, isi_hal: 'Pembentukan panitia aula', isi_diktum: 'KESATU: Membentuk panitia.\nKEDUA: Berlaku sejak ditetapkan.' } };
const ARTICLES = 'BAB I\nKETENTUAN UMUM\nPasal 1\nAula adalah aula desa; milik desa.\nBAB II PEMINJAMAN\nPasal 2\n(1) Aula dipinjamkan kepada:\na. warga desa; dan\nb. lembaga desa.\n(2) Permohonan dijawab dalam 3 hari.';
const REGULATION = { slug: 'peraturan-kepala-desa', inputs: { ...GROUNDS, isi_hal: 'Tata tertib peminjaman aula desa', isi_pasal: ARTICLES } };
let village, schema, clerk, secretary;

before(async () => {
    village = await officeVillage('7317102084', 'Uji Naskah', ['clerk', 'secretary']);
    ({ clerk, secretary } = village);
    schema = schemaOf(village);
    rows(schema, "UPDATE letter_type SET policy = 'seal'; INSERT INTO official (name, position, office, sort) VALUES ('Sitti Naskah, S.Sos.', 'Sekretaris Desa', 'secretary', 20)");
});

const issue = async (type, who = null, inputs = {}) => {
    const { id } = await send(clerk, type, who, inputs);
    return { id, ...letterRow(village, id) };
};
const numbers = async (year = '') => (await clerk.get(`/kantor/nomor-surat${year}`)).must(200);
const typeId = (slug) => value(schema, `SELECT id FROM letter_type WHERE slug = '${slug}'`);
const editType = async (id, fields) => secretary.submit((await secretary.get(`/kantor/jenis-surat/${id}/ubah`)).must(200), fields, 'main form.form');

test('each kind counts for itself and for the year, between letters whose numbers go on', async () => {
    const letter = await issue(BUSINESS, village.people[0]);
    assert.deepEqual([(await issue(DECISION)).text, (await issue(REGULATION)).text, (await issue(DECISION)).text], [1, 1, 2].map((n) => `${n} TAHUN ${thisYear()}`));
    assert.equal((await issue(BUSINESS, village.people[0])).number, letter.number + 1);
    const page = await numbers();
    for (const name of ['Keputusan Kepala Desa', 'Peraturan Kepala Desa', 'Semua surat']) page.must(200, name);
    const found = (await clerk.submit((await clerk.get('/kantor/surat')).must(200), { cari: `2 tahun ${thisYear()}` }, 'form:has(input[name="cari"])')).must(303);
    assert.match((await clerk.follow(found)).must(200).words, /Pembentukan panitia aula/);
});

test('a copy of the type counts with it: the village has one decision number 3', async () => {
    const copied = await secretary.submit((await secretary.get(`/kantor/jenis-surat/${typeId(DECISION.slug)}`)).must(200), {}, 'form[action$="/salin"]');
    const id = /jenis-surat\/(\d+)/.exec(copied.must(303).location)[1];
    rows(schema, `UPDATE letter_type SET is_active = TRUE, policy = 'seal' WHERE id = ${id}`);
    const slug = value(schema, `SELECT slug FROM letter_type WHERE id = ${id}`);
    assert.equal((await issue({ ...DECISION, slug })).text, `3 TAHUN ${thisYear()}`);
    assert.equal((await issue(DECISION)).text, `4 TAHUN ${thisYear()}`);
});

test('it goes on where the paper book ended, its gaps are told, and a number once given stays', async () => {
    const mine = async (next) => secretary.submit((await secretary.get('/kantor/nomor-surat/mulai?urutan=naskah-peraturan')).must(200, 'Peraturan Kepala Desa'), { berikutnya: String(next) }, 'main form[method="post"]');
    (await mine(1)).must(422, 'Nomor sampai 1 sudah diberikan');
    (await mine(7)).must(303);
    const { id, text } = await issue(REGULATION);
    assert.equal(text, `7 TAHUN ${thisYear()}`);
    (await secretary.submit(await secretary.get(`/kantor/surat/${id}`), { sebab: '1', alasan: 'Salah pasal' }, `form[action$="/${id}/cabut"]`)).must(303);
    assert.equal((await issue(REGULATION)).number, 8);
    (await numbers()).must(200, '2–6').must(200, 'surat dicabut: Salah pasal');
});

test('it begins anew with the year though the village\'s letters do not, and last year\'s words are free again', async () => {
    const settings = async (fields) => (await secretary.submit((await secretary.get('/kantor/pengaturan')).must(200), fields, 'form[action="/kantor/pengaturan"]')).must(303);
    rows(schema, "UPDATE identity SET office_address = 'Jalan Uji 1'");
    await settings({ nomor_tahunan: null });
    try {
        const { id } = await issue(DECISION);
        assert.deepEqual(rows(schema, `SELECT year, scope FROM letter WHERE id = ${id}`), [[String(thisYear()), 'naskah-keputusan']]);
        assert.equal(value(schema, "SELECT COUNT(*) FROM letter_counter WHERE scope LIKE 'naskah-%' AND year = 0"), '0');
    } finally {
        await settings({ nomor_tahunan: '1' });
    }
});

test('it is sent to nobody: the agenda of outgoing mail is not offered, and refuses it', async () => {
    const { id, page } = await send(clerk, DECISION, null);
    assert.equal(page.page.querySelector('form[action$="/dari-surat"]'), null);
    const { fields } = clerk.fill(page, {}, `form[action$="/${id}/salin"], form[method="post"]`);
    (await clerk.post('/kantor/surat-keluar/dari-surat', [...fields.filter(([name]) => name.startsWith('_')), ['surat', String(id)]])).must(404);
});

test('its papers are those of the law: emblem, blessing, articles with paragraphs, who promulgates, and where', async () => {
    const regulation = (await issue(REGULATION, null, { isi_berita: '4' })).id;
    const [paper, decree] = [pdfWords(await pdf(clerk, regulation)), pdfWords(await pdf(clerk, (await issue(DECISION)).id))];
    const number = letterRow(village, regulation).text;
    for (const words of [`PERATURAN KEPALA DESA UJI NASKAH NOMOR ${number} TENTANG TATA TERTIB PEMINJAMAN AULA DESA DENGAN RAHMAT TUHAN YANG MAHA ESA KEPALA DESA UJI NASKAH,`,
        'MEMUTUSKAN:', 'BAB I KETENTUAN UMUM Pasal 1 Aula adalah aula desa; milik desa. BAB II PEMINJAMAN Pasal 2 (1) Aula dipinjamkan kepada: a. warga desa; dan b. lembaga desa. (2) Permohonan dijawab',
        'Diundangkan di Uji Naskah', 'SEKRETARIS DESA UJI NASKAH, Sitti Naskah, S.Sos.', `BERITA DESA UJI NASKAH TAHUN ${thisYear()} NOMOR 4`])
        assert.ok(paper.includes(words), `${words}\nnot in\n${paper}`);
    assert.match(decree, new RegExp(`KEPUTUSAN KEPALA DESA UJI NASKAH NOMOR \\d+ TAHUN ${thisYear()} TENTANG`));
    assert.match(decree, /KESATU : Membentuk panitia\. KEDUA : Berlaku/);
    assert.doesNotMatch(decree, /RAHMAT|Diundangkan|BERITA DESA/);
});

test('an article without a word is refused where it stands, and what was typed stays', async () => {
    const { id, page } = await begin(clerk, REGULATION, null);
    const typed = { ...REGULATION.inputs, isi_pasal: 'Pasal 1\nSatu.\nPasal 2\nBAB II PENUTUP' };
    const told = (await clerk.submit(page, typed, `form[action$="/${id}/isi"]`)).must(422, 'Pasal 2 belum ada isinya');
    assert.equal(told.page.querySelector('[name="isi_pasal"]').textContent.replace(/&quot;/g, '"').trim(), typed.isi_pasal);
    (await clerk.submit(told, { isi_pasal: 'Satu.\nBAB II PENUTUP' }, `form[action$="/${id}/isi"]`)).must(422, 'sesudah “BAB II PENUTUP” belum ada isinya');
    const { review } = await draft(clerk, REGULATION, null);
    assert.ok(review.text.includes('Aula adalah aula desa; milik desa.'), 'the check page says it as it was typed');
});

test('a decree that names its annex has one', async () => {
    const { id, page } = await begin(clerk, DECISION, null);
    const fill = (more) => clerk.submit(page, { ...DECISION.inputs, isi_diktum: 'KESATU: Mengangkat kader sebagaimana tercantum dalam lampiran.', ...more }, `form[action$="/${id}/isi"]`);
    (await fill({ isi_nama: '' })).must(422, /menyebut lampiran, tetapi lampirannya masih kosong/);
    (await fill({ isi_nama: 'Sitti Aminah; Kader' })).must(303);
});

test('a type of the village\'s own may be numbered so, with a format that names the year, shown while it is chosen', async () => {
    const id = typeId('edaran');
    (await editType(id, { penomoran: 'own', format: '[nomor]' })).must(422, 'menyebut tahunnya');
    (await secretary.get(`/kantor/jenis-surat/${id}/contoh-nomor?klasifikasi=100&format=${encodeURIComponent('[nomor] TAHUN [tahun]')}&penomoran=own`)).must(200, `Nomor berikutnya: 1 TAHUN ${thisYear()}`);
    (await editType(id, { penomoran: 'own', format: '[nomor] TAHUN [tahun]' })).must(303);
    (await secretary.get(`/kantor/jenis-surat/${id}`)).must(200, 'nomor sendiri tiap tahun').must(200, `1 TAHUN ${thisYear()}`);
    (await numbers()).must(200, 'Surat Edaran');
    const versions = await secretary.get(`/kantor/jenis-surat/${id}/versi`);
    (await secretary.submit(versions, {}, 'form:has(input[name="ke"][value="0"])')).must(303);
    assert.deepEqual(rows(schema, `SELECT number_scope, number_format LIKE '[kode_surat]%' FROM letter_type WHERE id = ${id}`), [['', '1']]);
});
