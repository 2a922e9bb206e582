// SPDX-License-Identifier: AGPL-3.0-or-later
// What a letter's form asks: numbers, money, days, times, choices, and what is asked only then.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { begin, draft, letterRow, livingResidents, pdf, putType, send } from '../harness/letters.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { rows, schemaOf, trainingVillages } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const SALE = {
    slug: `uji-jual-${process.pid}`,
    inputs: {
        isi_cara: 'Jual beli', isi_harga: 'Rp 12.500.000,-', isi_luas: '1.250,5', isi_tanggal_hari: '3', isi_tanggal_bulan: '1', isi_tanggal_tahun: '2026',
        isi_hari_hari: '24', isi_hari_bulan: '11', isi_hari_tahun: '2025', isi_jam: '8:30', isi_agama: '6',
    },
};
let clerk;
let resident;

before(async () => {
    clerk = await staff(village, 'clerk');
    [resident] = livingResidents(village, 40).slice(-1); // of those, other suites use the first few
    putType(village, SALE.slug, {
        fields: [
            { name: 'cara', label: 'Cara perolehan', kind: 'select', required: true, options: ['Jual beli', 'Hibah'], group: 'Tanah' },
            { name: 'harga', label: 'Harga', kind: 'money', required: true, least: 1000, only_if: { field: 'cara', equals: 'Jual beli' } },
            { name: 'luas', label: 'Luas', kind: 'number', decimals: 2, unit: 'm²', required: true },
            { name: 'tanggal', label: 'Tanggal akta', kind: 'date', past: true, required: true },
            { name: 'hari', label: 'Hari pengukuran', kind: 'day_date', required: true },
            { name: 'jam', label: 'Jam', kind: 'time', required: true },
            { name: 'agama', label: 'Agama penjual', kind: 'select', codes: 'agama', hint: 'Menurut KTP' },
        ],
        paper: {
            body: [
                { type: 'heading', content: 'UJI' },
                { type: 'identity', rows: ['cara', 'harga', 'luas', 'tanggal', 'hari', 'jam', 'agama'].map((name) => ({ label: name, content: `{isi_${name}}` })) },
                { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}', qr: true },
            ],
        },
    });
});

after(() => rows(schema, `UPDATE letter_type SET is_active = FALSE WHERE slug = '${SALE.slug}'`));

const facts = (page) => page.page.querySelectorAll('dl').map((dl) => dl.text.replace(/\s+/g, ' ')).join(' ');

test('each kind of field is typed as people write it, checked as the paper says it, and printed so', async () => {
    const { id, review } = await draft(clerk, SALE, resident);
    const printed = ['Jual beli', 'Rp 12.500.000', '1.250,5', '3 Januari 2026', 'Senin, 24 November 2025', '08.30', 'Khonghucu'];
    for (const part of printed) assert.ok(facts(review).includes(part), `${part} is not in ${facts(review)}`);
    const form = (await clerk.get(`/kantor/surat/${id}/isi`)).must(200, 'Tanah').must(200, 'Menurut KTP');
    const box = (name) => form.page.querySelector(`[name="${name}"]`).getAttribute('value');
    assert.deepEqual(['isi_harga', 'isi_luas', 'isi_tanggal_hari', 'isi_tanggal_tahun', 'isi_jam'].map(box), ['12.500.000', '1.250,5', '3', '2026', '08.30']);
    assert.equal(form.page.querySelector('select[name=isi_agama] option[selected]').text, 'Khonghucu');
    assert.equal(form.page.querySelector('[data-if=isi_cara]').getAttribute('data-in'), 'Jual beli');
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    const words = pdfWords(await pdf(clerk, id));
    for (const part of printed) assert.ok(words.includes(part), `${part} is not in ${words}`);
});

test('what is wrong is named in words, and everything stands there as it was typed', async () => {
    const { id, page } = await begin(clerk, SALE, resident);
    const bad = {
        ...SALE.inputs, isi_harga: '12,5 juta', isi_luas: 'dua', isi_tanggal_hari: '31', isi_tanggal_bulan: '2', isi_hari_bulan: '', isi_jam: '25.00', isi_agama: '99',
    };
    const told = await clerk.submit(page, bad, `form[action$="/${id}/isi"]`);
    for (const words of ['Harga harus berupa angka rupiah', 'Luas harus berupa angka', 'Tanggal akta bukan tanggal yang ada', 'Hari pengukuran bukan tanggal yang ada',
        'Jam bukan jam yang ada', 'Agama penjual tidak ada dalam pilihan']) told.must(422, words);
    for (const name of ['isi_harga', 'isi_luas', 'isi_tanggal_hari', 'isi_tanggal_bulan', 'isi_hari_hari', 'isi_jam']) assert.equal(told.page.querySelector(`[name="${name}"]`).getAttribute('value'), bad[name], name);
    const soon = await clerk.submit(page, { ...SALE.inputs, isi_tanggal_tahun: '2040' }, `form[action$="/${id}/isi"]`);
    soon.must(422, 'Tanggal akta tidak boleh sesudah hari ini');
    const { fields } = clerk.fill(page, SALE.inputs, `form[action$="/${id}/isi"]`);
    (await clerk.post(`/kantor/surat/${id}/isi`, [...fields, ['isi_lain', 'x']])).must(400);
    assert.equal(letterRow(village, id).state, 1);
});

test('days and hours in words are understood, and an hour of another zone is not', async () => {
    const { id, page } = await begin(clerk, SALE, resident);
    const typed = { ...SALE.inputs, isi_tanggal_hari: '3', isi_tanggal_bulan: 'Januari', isi_tanggal_tahun: '26', isi_hari_bulan: 'Nop.', isi_jam: 'pukul 8.30 WITA' };
    (await clerk.submit(page, { ...typed, isi_jam: '08.30 WIB' }, `form[action$="/${id}/isi"]`)).must(422, 'Jam bukan jam yang ada');
    const review = await clerk.follow((await clerk.submit(page, typed, `form[action$="/${id}/isi"]`)).must(303));
    for (const part of ['3 Januari 2026', 'Senin, 24 November 2025', '08.30']) assert.ok(facts(review).includes(part), `${part} is not in ${facts(review)}`);
});

test('a telephone box takes numbers, and land has a size', async () => {
    const card = { slug: 'formulir-f102', inputs: {} };
    const { id, page } = await begin(clerk, card, resident);
    for (const isi_telepon of ['belum punya', '0812']) (await clerk.submit(page, { isi_telepon }, `form[action$="/${id}/isi"]`)).must(422, 'Nomor HP bukan nomor telepon. Contoh: 0812 3456 7890. Belum punya? Kosongkan.');
    assert.ok(!(await clerk.submit(page, { isi_telepon: '+62 812-3456-7890' }, `form[action$="/${id}/isi"]`)).words.includes('bukan nomor telepon'));
    const land = await begin(clerk, { slug: 'jual-beli' }, resident);
    (await clerk.submit(land.page, { isi_jenis: 'Tanah', isi_luas: '0' }, `form[action$="/${land.id}/isi"]`)).must(422, 'Luas tanah terlalu kecil. Paling kecil 1');
});

test('what is asked only then is neither required nor kept nor printed otherwise', async () => {
    const { id, review } = await draft(clerk, SALE, resident, { isi_cara: 'Hibah', isi_harga: 'bukan angka' });
    assert.ok(!facts(review).includes('Harga'));
    const [[inputs]] = rows(schema, `SELECT inputs FROM letter WHERE id = ${id}`);
    assert.equal(JSON.parse(inputs).harga, undefined);
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    assert.match(pdfWords(await pdf(clerk, id)), /harga\s*:\s*-/);
    const { id: other, page } = await begin(clerk, SALE, resident);
    (await clerk.submit(page, { ...SALE.inputs, isi_harga: '' }, `form[action$="/${other}/isi"]`)).must(422, 'Harga belum diisi');
});

test('the answers of this person\'s last letter of the type are offered, and stand in the boxes when they are taken', async () => {
    await send(clerk, SALE, resident, { isi_luas: '77' });
    const { id, page } = await begin(clerk, SALE, resident);
    page.must(200, 'Surat ini pernah terbit untuk orang yang sama');
    assert.ok(!page.page.querySelector('[name=isi_luas]').getAttribute('value'), 'nothing is filled in unasked');
    const again = (await clerk.get(`/kantor/surat/${id}/isi?lagi=1`)).must(200, 'Isiannya sudah disalin');
    assert.equal(again.page.querySelector('[name=isi_luas]').getAttribute('value'), '77');
    assert.equal(again.page.querySelector('[name=isi_tanggal_hari]').getAttribute('value'), '3');
    assert.equal(rows(schema, `SELECT inputs FROM letter WHERE id = ${id}`)[0][0], '{}', 'looking changes nothing');
    (await clerk.submit(again, {}, `form[action$="/${id}/isi"]`)).must(303);
    const [third] = livingResidents(village, 39).slice(-1);
    const { page: elses } = await begin(clerk, SALE, third);
    assert.ok(!elses.words.includes('pernah terbit'), 'of another person nothing is offered');
});

test('the paper of what stands in the form is drawn, says what is missing, and nothing of it is kept', async () => {
    const { id, page } = await begin(clerk, SALE, resident);
    page.must(200, '5 isian lagi: cara perolehan, luas, tanggal akta, …');
    const form = `form[action$="/${id}/isi"]`;
    const { fields } = clerk.fill(page, { isi_cara: 'Jual beli', isi_luas: '1.250,5', isi_harga: '9.000' }, form);
    const told = (await clerk.post(`/kantor/surat/${id}/isi/kertas`, fields)).must(200, 'Tiga isian lagi: tanggal akta, hari pengukuran, jam');
    assert.equal(told.page.querySelectorAll('[data-sheets] img[src^="data:image/svg"]').length, 1);
    assert.equal(told.page.querySelector('[name=isi_luas]').getAttribute('value'), '1.250,5', 'as it was typed');
    assert.equal(told.page.querySelector(form).getAttribute('action'), `/kantor/surat/${id}/isi`);
    const quiet = (await clerk.post(`/kantor/surat/${id}/isi/kertas`, [...fields, ['diam', '1']])).must(200);
    const answer = JSON.parse(quiet.bytes.toString());
    assert.equal(answer.count, 1);
    assert.match(answer.pages[0], /^<\?xml[\s\S]*rgb\(100%,95\.29/, 'what is missing stands on yellow');
    assert.deepEqual(rows(schema, `SELECT inputs, version FROM letter WHERE id = ${id}`), [['{}', '1']]);
    (await clerk.post(`/kantor/surat/${id}/isi/kertas`, [...fields, ['isi_lain', 'x']])).must(400);
    const { id: sent } = await send(clerk, SALE, resident);
    const guard = fields.filter(([name]) => name.startsWith('_'));
    (await clerk.post(`/kantor/surat/${sent}/isi/kertas`, [...guard, ['versi', '1']])).must(409);
});

test('a type that asks what the kiosk cannot is not offered there', async () => {
    const head = await staff(village, 'secretary');
    const page = (await head.get('/kantor/anjungan')).must(200, 'Surat Keterangan Usaha');
    assert.ok(!page.words.includes(`Uji ${SALE.slug}`));
});
