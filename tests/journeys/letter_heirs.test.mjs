// SPDX-License-Identifier: AGPL-3.0-or-later
// Surat Keterangan Ahli Waris: as many heirs as there are, what each is to the deceased, and nothing said that nobody answered.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { makeFamily } from '../harness/families.mjs';
import { begin, decide, pdf } from '../harness/letters.mjs';
import { pdfInfo, pdfWords } from '../harness/paper.mjs';
import { rows, schemaOf, trainingVillages } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const HEIRS = { slug: 'ahli-waris' };
const word = `WARIS${process.pid}`;
const titled = `Waris${process.pid}`;
const ANSWERS = {
    isi_meninggal_hari: '3', isi_meninggal_bulan: '11', isi_meninggal_tahun: '2026', isi_lain: 'Tidak ada lagi', isi_keperluan: 'pencairan tabungan',
    isi_saksi_1_dari: 'Orang luar desa', isi_saksi_1_nama: 'Puang Lolo', isi_saksi_2_dari: 'Orang luar desa', isi_saksi_2_nama: 'Puang Rante',
};
const heir = (n, name, tie) => ({
    [`isi_waris_${n}_dari`]: 'Orang luar desa', [`isi_waris_${n}_nama`]: name, [`isi_waris_${n}_tempat_lahir`]: 'Palopo', [`isi_waris_${n}_tanggal_lahir_hari`]: '1', [`isi_waris_${n}_tanggal_lahir_bulan`]: '2',
    [`isi_waris_${n}_tanggal_lahir_tahun`]: '1990', [`isi_waris_${n}_kelamin`]: '2', [`isi_waris_${n}_alamat`]: 'Jl. Veteran 7, Kota Palopo', [`isi_waris_${n}_hubungan`]: tie,
});
let clerk, secretary, head;
let dead;
let widow;
let son;
let away;

before(async () => {
    [clerk, secretary, head] = [await staff(village, 'clerk'), await staff(village, 'secretary'), await staff(village, 'head')];
    ({ members: [dead, widow, son] } = makeFamily(village, [[1, 1, 1948, `LAKASENG ${word}`], [3, 2, 1952, `INDO ${word}`], [4, 1, 1999, `BACO ${word}`]]));
    ({ members: [away] } = makeFamily(village, [[1, 2, 1975, `DARMA ${word}`], [9, 1, 1970, `ASING ${word}`]]));
    rows(schema, `UPDATE resident SET father_nik = (SELECT nik FROM (SELECT nik FROM resident WHERE id = ${dead}) d) WHERE id = ${away};
        UPDATE resident SET basic_status = 2 WHERE id = ${dead}; UPDATE letter_type SET policy = 'seal' WHERE slug = 'ahli-waris'`);
});

/** The rest of its way to paper. */
async function issue({ id, page }, inputs, reason = null) {
    const filled = (await clerk.submit(page, { ...ANSWERS, ...inputs }, `form[action$="/${id}/isi"]`)).must(303);
    const review = (await clerk.follow(filled)).must(200);
    (await clerk.submit(review, reason === null ? {} : { alasan: reason }, `form[action$="/${id}/kirim"]`)).must(303);
    if (reason !== null) await decide(secretary, head, id);
    const bytes = await pdf(clerk, id);
    return { review, pages: pdfInfo(bytes).pages, words: pdfWords(bytes).replace(/\s+/g, ' ') };
}

test('the question is who died, and the dead stand first', async () => {
    const pick = (await clerk.get('/kantor/surat/buat/ahli-waris')).must(200, 'Siapa yang meninggal?');
    const found = (await clerk.submit(pick, { cari: word }, 'form[action$="/cari"]')).must(200, 'Belum tercatat meninggal');
    assert.equal(found.page.querySelector('.people li b').text, `Lakaseng ${titled}`);
});

test('widow and children are proposed, those of another card too, each with what they are; none of them is missing on the paper', async () => {
    const begun = await begin(clerk, HEIRS, dead);
    const chosen = (n) => begun.page.page.querySelector(`[name=isi_waris_${n}][checked]`)?.getAttribute('value');
    const tie = (n) => begun.page.page.querySelector(`[name=isi_waris_${n}_hubungan] option[selected]`)?.getAttribute('value');
    assert.deepEqual([1, 2, 3, 4].map(chosen), [widow, away, son].map(String).concat(undefined));
    assert.deepEqual([1, 2, 3, 4].map(tie).slice(0, 3), ['Suami/istri', 'Anak', 'Anak']);
    begun.page.must(200, 'Yang meninggal');
    const { review, words } = await issue(begun, {});
    assert.ok(!review.page.querySelector('[name=alasan]'), review.words);
    for (const part of [`INDO ${word}`, `DARMA ${word}`, `BACO ${word}`, 'Istri', 'Anak', 'tidak ada ahli waris lain', 'Saksi 1', 'Saksi 2', 'PUANG LOLO', 'Tanda tangan']) assert.ok(words.includes(part), `${part}: ${words}`);
    assert.ok(!words.includes('Camat Larompong') && !words.includes('Mengetahui'), 'nobody asked for the camat');
});

test('a stranger as the heir, and kin that is left out, are asked about; the paper says what was answered', async () => {
    const begun = await begin(clerk, HEIRS, dead);
    const none = Object.fromEntries([1, 2, 3].map((n) => [`isi_waris_${n}`, null]));
    const inputs = { ...none, isi_waris_1_dari: 'Warga desa ini', isi_waris_1_cari: `ASING ${word}`, isi_waris_1_hubungan: 'Lainnya', isi_waris_2_dari: '', isi_waris_3_dari: '', isi_lain: 'Masih ada', isi_camat: 'Mengetahui' };
    const { review, words } = await issue(begun, inputs, 'Ditunjuk dalam wasiat');
    review.must(200, `Ahli waris 1 Asing ${titled} tidak tercatat sebagai keluarga Lakaseng ${titled}.`)
        .must(200, `belum disebut sebagai ahli waris: Indo ${titled} (suami/istri), Darma ${titled} (anak), Baco ${titled} (anak).`);
    assert.ok(words.includes('Masih ada ahli waris lain') && !words.includes('tidak ada ahli waris lain'), words);
    for (const part of [`ASING ${word}`, 'Keluarga', 'Mengetahui', 'Camat Larompong Selatan']) assert.ok(words.includes(part), `${part}: ${words}`);
});

test('what an heir is to the deceased must be said, and whether there are more', async () => {
    const { id, page } = await begin(clerk, HEIRS, dead);
    (await clerk.submit(page, { ...ANSWERS, isi_waris_1_hubungan: '', isi_lain: '' }, `form[action$="/${id}/isi"]`)).must(422, 'Hubungan Ahli waris 1 dengan yang meninggal belum dipilih')
        .must(422, 'Masih ada ahli waris lain? belum dipilih');
});

test('a day of death other than the register\'s is told', async () => {
    rows(schema, `INSERT INTO resident_event (kind, act, resident_id, event_date, reported_on, recorded_at, staff_id, staff_name, status_before, status_after, place, cause, reporter, number, note, roles)
        VALUES ('death', 'x${word}', ${dead}, '2026-11-03', '2026-11-04', NOW(6), 1, 'Uji', 1, 2, 'rumahnya', '', '', '', '', '[]')`);
    const { id, page } = await begin(clerk, HEIRS, dead);
    assert.equal(page.page.querySelector('[name=isi_meninggal_hari]').getAttribute('value'), '3');
    const filled = (await clerk.submit(page, { ...ANSWERS, isi_meninggal_tahun: '2020' }, `form[action$="/${id}/isi"]`)).must(303);
    (await clerk.follow(filled)).must(200, 'tercatat meninggal 3 November 2026');
});

test('one heir, five and ten stand on the paper, with the same words below', async () => {
    const { members: [lone] } = makeFamily(village, [[1, 1, 1940, `TUNGGAL ${word}`]]);
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${lone}`);
    for (const n of [1, 5, 10]) {
        const inputs = Object.assign({}, ...Array.from({ length: n }, (_, i) => heir(i + 1, `Pewaris Nomor${i + 1}`, i === 0 ? 'Suami/istri' : 'Anak')));
        const { words, pages } = await issue(await begin(clerk, HEIRS, lone), inputs);
        for (let i = 1; i <= n; i++) assert.ok(words.includes(`PEWARIS NOMOR${i}`), `${i} of ${n}`);
        assert.ok(pages <= (n > 5 ? 2 : 1), `${pages} pages of ${n} heirs`);
    }
});
