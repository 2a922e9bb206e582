// SPDX-License-Identifier: AGPL-3.0-or-later
// A letter names more people than its subject: residents, outsiders, the family, those who go along.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { makeFamily } from '../harness/families.mjs';
import { begin, draft, letterRow, pdf, putType, send } from '../harness/letters.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const word = `ORANG${process.pid}`;
const titled = `Orang${process.pid}`; // as pages and papers write it
const MOVE = { slug: `uji-orang-${process.pid}`, inputs: {} };
const OUTSIDER = {
    isi_saksi_dari: 'Orang luar desa', isi_saksi_nama: 'SITI RAHMA', isi_saksi_nik: '7371 0141 0180 0001', isi_saksi_tempat_lahir: 'Makassar', isi_saksi_tanggal_lahir_hari: '1',
    isi_saksi_tanggal_lahir_bulan: '1', isi_saksi_tanggal_lahir_tahun: '1980', isi_saksi_kelamin: '2', isi_saksi_pekerjaan: '9', isi_saksi_alamat: 'Jl. Veteran 7, Kota Makassar',
};
const DEAD = { slug: `uji-mati-${process.pid}`, inputs: {} };
const COUPLE = { slug: `uji-dua-${process.pid}`, inputs: {} };
const HEADED = { slug: `uji-kepala-${process.pid}`, inputs: {} };
const SIGNS = { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}', qr: true };
let clerk;
let father;
let mother;
let child;
let other;

before(async () => {
    clerk = await staff(village, 'clerk');
    ({ members: [father, mother, child] } = makeFamily(village, [[1, 1, 1970, `AMBO ${word}`], [3, 2, 1974, `INDO ${word}`], [4, 1, 2001, `BACO ${word}`]]));
    ({ members: [other] } = makeFamily(village, [[1, 1, 1965, `LAIN ${word}`]]));
    putType(village, MOVE.slug, {
        fields: [{ name: 'ayah', label: 'Ayah', kind: 'person', required: true, sex: 'L', relation: 'ayah' }],
        persons: [{ name: 'saksi', label: 'Saksi', required: true, outside: 'long' }],
        followers: { label: 'Anggota keluarga yang ikut' },
        family: true,
        paper: {
            body: [
                { type: 'identity', rows: ['nama_ayah', 'nik_ayah', 'hubungan_kk_ayah', 'nama_saksi', 'nik_saksi', 'ttl_saksi', 'pekerjaan_saksi', 'alamat_saksi', 'kepala_kk']
                    .map((name) => ({ label: name.replaceAll('_', ' '), content: `{${name}}` })) },
                { type: 'table', columns: [{ share: 1 }], rows: [{ each: 'pengikut', cells: ['ikut {#} {nama} {hubungan_kk}'] }] },
                { type: 'table', columns: [{ share: 1 }], rows: [{ each: 'keluarga', cells: ['keluarga {#} {nama}'] }] },
                SIGNS,
            ],
        },
    });
    const person = (name, label, more) => ({ name, label, kind: 'person', ...more });
    putType(village, COUPLE.slug, { subject: { of: 'none' }, fields: [person('suami', 'Suami'), person('istri', 'Istri', { relation: 'calon', to: 'suami' })], paper: { body: [{ type: 'paragraph', content: '{nama_suami} dan {nama_istri}' }, SIGNS] } });
    putType(village, HEADED.slug, { fields: [person('kepala', 'Kepala', { relation: 'kepala' })], paper: { body: [{ type: 'paragraph', content: '{nama_kepala}' }, SIGNS] } });
    putType(village, DEAD.slug, { fields: [], subject: { of: 'dead' }, paper: { body: [{ type: 'paragraph', content: 'Telah meninggal {nama}.' }, SIGNS] } });
});
after(() => rows(schema, `UPDATE letter_type SET is_active = FALSE WHERE slug IN ('${MOVE.slug}', '${DEAD.slug}', '${COUPLE.slug}', '${HEADED.slug}')`));

test('two who choose other people in the same draft are shown both by their names', async () => {
    const { id, page } = await begin(clerk, COUPLE, null);
    const late = await clerk.get(`/kantor/surat/${id}/isi`);
    const choose = (on, suami, istri) => clerk.submit(on, { isi_suami_cari: suami, isi_istri_cari: istri }, `form[action$="/${id}/isi"]`);
    (await choose(page, `AMBO ${word}`, `LAIN ${word}`)).must(422); // both are men, and nothing is kept of it
    rows(schema, `UPDATE letter SET version = version + 1, inputs = JSON_OBJECT('suami', '${other}', 'istri', '${mother}') WHERE id = ${id}`);
    const both = (await choose(late, `AMBO ${word}`, `INDO ${word}`)).must(409);
    const [mine, theirs] = both.page.querySelectorAll('table td').map((cell) => cell.text).filter((text) => /(Ambo|Lain) Orang/.test(text));
    assert.match(mine, new RegExp(`Ambo ${titled}`));
    assert.match(theirs, new RegExp(`Lain ${titled}`));
});

test('the father is proposed, a witness from elsewhere is written down, and all stand on the paper by their names', async () => {
    const { id, page } = await begin(clerk, MOVE, child);
    assert.equal(page.page.querySelector('[name=isi_ayah][checked]').getAttribute('value'), String(father), 'proposed');
    const box = (who) => page.page.querySelector(`[name="isi_pengikut_${who}"]`);
    assert.deepEqual([father, mother, child].map((who) => box(who) !== null), [true, true, false], 'nobody follows himself');
    const answer = await clerk.submit(page, { ...OUTSIDER, [`isi_pengikut_${mother}`]: '1' }, `form[action$="/${id}/isi"]`);
    const review = (await clerk.follow(answer.must(303))).must(200, 'SITI RAHMA');
    review.must(200, `Ambo ${titled}`).must(200, `Indo ${titled}`);
    const looks = () => Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${father} AND what = 'paper'`));
    const seen = looks();
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    const words = pdfWords(await pdf(clerk, id));
    for (const part of [`nama ayah : Ambo ${titled}`, 'hubungan kk ayah : Kepala keluarga', 'nama saksi : Siti Rahma', 'nik saksi : 7371014101800001',
        'ttl saksi : Makassar, 1 Januari 1980', 'alamat saksi : Jl. Veteran 7, Kota Makassar', `kepala kk : Ambo ${titled}`, `ikut 1 Indo ${titled} Istri`,
        `keluarga 1 Ambo ${titled}`, `keluarga 3 Baco ${titled}`]) assert.ok(words.replace(/\s+/g, ' ').includes(part), `${part} is not in ${words}`);
    assert.ok(!words.includes('ikut 2'));
    assert.ok(looks() > seen, 'who opens the paper has seen the father, too');
});

test('a letter of the office about two who marry is filled in, and the head of a family is proposed to its members', async () => {
    const { page } = await begin(clerk, COUPLE, null);
    assert.equal(page.page.querySelector('[name=isi_istri][checked]'), null, 'of a letter about nobody there is no kin');
    const chosen = async (who) => (await begin(clerk, HEADED, who)).page.page.querySelector('[name=isi_kepala][checked]')?.getAttribute('value');
    assert.deepEqual([await chosen(child), await chosen(father)], [String(father), undefined]);
});

test('a person is found by name or NIK, never taken by a number of the form, and must fit', async () => {
    const { id, page } = await begin(clerk, MOVE, child);
    const fill = (inputs) => clerk.submit(page, { ...OUTSIDER, ...inputs }, `form[action$="/${id}/isi"]`);
    const found = await fill({ isi_ayah: null, isi_ayah_cari: word });
    found.must(422, 'Ayah: beberapa cocok. Pilih satu.');
    assert.equal(found.page.querySelector('[name=isi_ayah_cari]').getAttribute('value'), word, 'the words stand there still');
    (await fill({ isi_ayah: '999999999' })).must(422, 'Ayah tidak ada dalam pilihan');
    (await fill({ isi_ayah: null, isi_ayah_cari: 'zzyzx tidak ada' })).must(422, 'Ayah tidak ditemukan');
    (await fill({ isi_ayah: null })).must(422, 'Ayah belum dipilih');
    (await fill({ isi_ayah: null, isi_ayah_cari: `INDO ${word}` })).must(422, 'tercatat perempuan. Pilih orang lain');
    (await fill({ isi_ayah: String(child) })).must(422, 'adalah pemohon surat ini');
    (await fill({ isi_saksi_dari: 'Warga desa ini', isi_saksi_cari: `AMBO ${word}` })).must(422, 'sudah dipilih sebagai Ayah');
    (await fill({ isi_saksi_nik: '123', isi_saksi_nama: '' })).must(422, 'NIK Saksi harus 16 angka').must(422, 'Nama Saksi belum diisi');
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${other}`);
    (await fill({ isi_ayah: null, isi_ayah_cari: `LAIN ${word}` })).must(422, 'tercatat meninggal');
    rows(schema, `UPDATE resident SET basic_status = 1 WHERE id = ${other}`);
    const { fields } = clerk.fill(page, OUTSIDER, `form[action$="/${id}/isi"]`);
    (await clerk.post(`/kantor/surat/${id}/isi`, [...fields, [`isi_pengikut_${other}`, '1']])).must(303);
    assert.equal(JSON.parse(value(schema, `SELECT inputs FROM letter WHERE id = ${id}`)).pengikut, undefined, 'who is not of the family does not go along');
});

test('a resident written down as an outsider is known by the NIK: living, dead, the subject, or there already', async () => {
    const { id, page } = await begin(clerk, MOVE, child);
    const nikOf = (who) => value(schema, `SELECT nik FROM resident WHERE id = ${who}`);
    const fill = (nik) => clerk.submit(page, { ...OUTSIDER, isi_saksi_nik: nik }, `form[action$="/${id}/isi"]`);
    const told = (await fill(nikOf(other))).must(422, `NIK ini milik warga desa, Lain ${titled}. Pilih “Warga desa ini”`);
    assert.ok(told.page.querySelector('[name=isi_saksi_nik][aria-invalid]'), 'at the number');
    (await fill(nikOf(child))).must(422, 'adalah pemohon surat ini');
    (await fill(nikOf(father))).must(422, 'sudah dipilih sebagai Ayah');
    for (const [status, words] of [[2, 'tercatat meninggal. Pilih orang lain'], [3, null]]) {
        rows(schema, `UPDATE resident SET basic_status = ${status} WHERE id = ${other}`);
        try {
            const answer = await fill(nikOf(other));
            if (words === null) answer.must(303); // who moved away is of elsewhere
            else answer.must(422, words);
        } finally {
            rows(schema, `UPDATE resident SET basic_status = 1 WHERE id = ${other}`);
        }
    }
});

test('who must live and died meanwhile stops the letter, with the reason, at its last press too', async () => {
    const { id, review } = await draft(clerk, MOVE, child, OUTSIDER);
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${father}`);
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(422, `Ambo ${titled} tercatat meninggal`);
    assert.equal(letterRow(village, id).state, 1);
    rows(schema, `UPDATE resident SET basic_status = 1 WHERE id = ${father}`);
    (await clerk.submit(await clerk.get(`/kantor/surat/${id}/periksa`), {}, `form[action$="/${id}/kirim"]`)).must(303);
});

test('the NIK of somebody from elsewhere is held against the birth date and sex that were typed', async () => {
    for (const [nik, words] of [['7371010101800001', 'NIK Saksi tidak sesuai jenis kelamin perempuan'], ['7371014201800001', 'NIK Saksi tidak sesuai tanggal lahir 1 Januari 1980'], ['7371014101800001', null]]) {
        const { review } = await draft(clerk, MOVE, child, { ...OUTSIDER, isi_saksi_nik: nik });
        assert.equal(review.page.querySelector('[name=alasan]') !== null, words !== null);
        if (words) review.must(200, words);
    }
});

test('a letter for a child of the family says whose child, with NIK and work; one for the head does not', async () => {
    const SKTM = { slug: 'keterangan-tidak-mampu', inputs: { isi_keperluan: 'keringanan biaya sekolah' } };
    const policy = value(schema, `SELECT policy FROM letter_type WHERE slug = '${SKTM.slug}'`);
    rows(schema, `UPDATE letter_type SET policy = 'seal' WHERE slug = '${SKTM.slug}'`);
    try {
        const paper = async (who) => pdfWords(await pdf(clerk, (await send(clerk, SKTM, who)).id)).replace(/\s+/g, ' ');
        const nik = value(schema, `SELECT nik FROM resident WHERE id = ${father}`);
        assert.ok((await paper(child)).includes(`anak dari: Kepala keluarga : AMBO ${word} NIK : ${nik} Pekerjaan : Belum/tidak bekerja`));
        assert.ok(!(await paper(father)).includes('anak dari'));
    } finally {
        rows(schema, `UPDATE letter_type SET policy = '${policy}' WHERE slug = '${SKTM.slug}'`);
    }
});

test('a letter about the dead is for them alone', async () => {
    const pick = (await clerk.get(`/kantor/surat/buat/${DEAD.slug}`)).must(200);
    (await clerk.submit(pick, { cari: `LAIN ${word}` }, 'form[action$="/cari"]')).must(200, 'Belum tercatat meninggal');
    const { fields } = clerk.fill(pick, {}, 'form[action$="/cari"]');
    const guard = fields.filter(([name]) => name.startsWith('_'));
    assert.ok((await clerk.post(`/kantor/surat/buat/${DEAD.slug}`, [...guard, ['warga', String(other)]])).status >= 400);
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${other}`);
    const { id, review } = await draft(clerk, DEAD, other);
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    assert.match(pdfWords(await pdf(clerk, id)), new RegExp(`Telah meninggal Lain ${titled}`));
    rows(schema, `UPDATE resident SET basic_status = 1 WHERE id = ${other}`);
});
