// SPDX-License-Identifier: AGPL-3.0-or-later
// What the applicant brought of what a letter asks for: ticked at the counter, read by who decides.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo, iso, longDay } from '../harness/days.mjs';
import { BUSINESS, DOMICILE, begin, brought, choose, draft, letterRow, livingResidents, send } from '../harness/letters.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const came = dayAgo(10);
const REASON = 'Kepala dusun menerangkan sendiri di kantor';
let clerk;
let secretary;
let head;
let resident;
let other;

before(async () => {
    [clerk, secretary, head] = await Promise.all(['clerk', 'secretary', 'head'].map((role) => staff(village, role)));
    [resident, other] = livingResidents(village).slice(-2);
});

const inputs = (id) => JSON.parse(value(schema, `SELECT inputs FROM letter WHERE id = ${id}`));
const form = (id, end) => `form[action$="/${id}/${end}"]`;
const ticks = (page) => brought(page).map((box) => box.hasAttribute('checked'));
/** Nobody was asked for his papers: pressing "Terbitkan" leads through the form. */
async function mustLookFirst(id) {
    const review = (await clerk.get(`/kantor/surat/${id}/periksa`)).must(200, 'Belum diperiksa');
    assert.ok(!review.words.includes('Tidak dibawa'));
    const sent = (await clerk.submit(review, {}, form(id, 'kirim'))).must(303);
    assert.match(sent.location, new RegExp(`/kantor/surat/${id}/isi$`));
    (await clerk.follow(sent)).must(200, 'Belum dikirim. Centang dulu yang dibawa pemohon');
    assert.deepEqual([letterRow(village, id).number, letterRow(village, id).state], [null, 1]);
}
/** The form with nothing ticked. */
async function bare(type, who) {
    const { id, page } = await begin(clerk, type, who);
    for (const box of brought(page)) box.removeAttribute('checked');
    return { id, page };
}

test('what was brought is ticked, kept with the letter, and shown to the secretary and the head', async () => {
    const { id, page } = await bare(DOMICILE, resident);
    page.must(200, 'Yang dibawa pemohon').must(200, /Surat pengantar RT atau kepala \S+/);
    const typed = { ...DOMICILE.inputs, isi__dibawa_0: '1', isi__dibawa_1: '1', isi__dibawa_nomor: ' 12/RT.03/XI ', ...dated('isi__dibawa_tanggal', came) };
    const late = (await clerk.submit(page, { ...typed, ...dated('isi__dibawa_tanggal', dayAgo(-2)) }, form(id, 'isi'))).must(422, 'Tanggal surat pengantar tidak boleh sesudah hari ini');
    assert.deepEqual(ticks(late), [true, true], 'what was ticked is not lost');
    const review = await clerk.follow((await clerk.submit(late, typed, form(id, 'isi'))).must(303));
    assert.deepEqual([inputs(id)._dibawa, inputs(id)._dibawa_nomor, inputs(id)._dibawa_tanggal], ['0,1', '12/RT.03/XI', iso(came)]);
    assert.ok(!review.page.querySelector('[name=alasan]'), 'all of it is there');
    (await clerk.submit(review, {}, form(id, 'kirim'))).must(303);
    const told = new RegExp(`Dibawa pemohon e-KTP atau Kartu Keluarga: ada Surat pengantar RT atau kepala \\S+: ada, nomor 12/RT.03/XI, ${longDay(came)}`);
    for (const [who, act] of [[secretary, 'teruskan'], [head, 'setujui']]) {
        const paper = (await who.get(`/kantor/persetujuan/${id}`)).must(200, told);
        (await who.submit(paper, {}, form(id, act))).must(303);
    }
    (await clerk.get(`/kantor/surat/${id}`)).must(200, told);
    assert.ok(!value(schema, `SELECT snapshot FROM letter WHERE id = ${id}`).includes('12/RT.03/XI'), 'it is no part of the paper');
});

test('what is missing asks for a reason, which the secretary reads; "bila …" asks for none', async () => {
    const { id, page } = await bare(DOMICILE, resident);
    const review = await clerk.follow((await clerk.submit(page, { ...DOMICILE.inputs, isi__dibawa_0: '1' }, form(id, 'isi'))).must(303));
    review.must(200, /Tidak dibawa: Surat pengantar RT atau kepala \S+\./);
    assert.ok(!review.words.includes('Tidak dibawa: e-KTP'));
    const told = (await clerk.submit(review, {}, form(id, 'kirim'))).must(422, 'Tulis alasan surat ini tetap dibuat');
    (await clerk.submit(told, { alasan: REASON }, form(id, 'kirim'))).must(303);
    const tag = (await secretary.get('/kantor/persetujuan')).must(200).page.querySelector(`a[href="/kantor/persetujuan/${id}"]`).text;
    assert.match(tag, /Syarat kurang/);
    assert.doesNotMatch(tag, /tidak cocok/);
    const read = (await secretary.get(`/kantor/persetujuan/${id}`)).must(200, 'Syarat kurang').must(200, 'Syarat kurang ketika dikirim');
    assert.doesNotMatch(read.words, /tidak cocok/i);
    read.must(200, 'Tidak dibawa: Surat pengantar RT').must(200, REASON).must(200, /e-KTP atau Kartu Keluarga: ada Surat pengantar RT atau kepala \S+: tidak ada/);

    const business = await bare(BUSINESS, resident);
    const fine = await clerk.follow((await clerk.submit(business.page, { ...BUSINESS.inputs, isi__dibawa_0: '1' }, form(business.id, 'isi'))).must(303));
    assert.ok(!fine.must(200).page.querySelector('[name=alasan]'), 'the RT\'s letter is asked of a new business only');
});

test('ticks are of one letter: not offered again, not copied to a replacement, and not another applicant\'s', async () => {
    const { id } = await send(clerk, BUSINESS, other);
    assert.equal(inputs(id)._dibawa, '0,1');
    const next = await bare(BUSINESS, other);
    const again = (await clerk.get(`/kantor/surat/${next.id}/isi?lagi=1`)).must(200, 'Isiannya sudah disalin');
    assert.deepEqual(ticks(again), [false, false]);

    (await secretary.submit(await secretary.get(`/kantor/surat/${id}`), { sebab: '1', alasan: 'nama usaha keliru' }, form(id, 'cabut'))).must(303);
    const replaced = await clerk.follow((await clerk.submit(await clerk.get(`/kantor/surat/${id}`), {}, form(id, 'ganti'))).must(303));
    const copy = Number(/surat\/(\d+)/.exec(replaced.path)[1]);
    assert.deepEqual([inputs(copy).usaha, inputs(copy)._dibawa], [BUSINESS.inputs.isi_usaha, undefined]);
    await mustLookFirst(copy);

    const mine = await draft(clerk, BUSINESS, other);
    const search = (await clerk.get(`/kantor/surat/buat/${BUSINESS.slug}?ganti=${mine.id}`)).must(200);
    const guard = clerk.fill(search, {}, 'form[action$="/cari"]').fields.filter(([name]) => name.startsWith('_'));
    (await clerk.post(`/kantor/surat/buat/${BUSINESS.slug}`, [...guard, ['warga', String(resident)], ['ganti', String(mine.id)]])).must(303);
    assert.equal(inputs(mine.id)._dibawa, undefined);
});

test('nobody looked at what many residents brought, and a letter of the office asks for nothing', async () => {
    const pile = await choose(clerk, DOMICILE, resident, { cara: 'nik', daftar: value(schema, `SELECT nik FROM resident WHERE id = ${resident}`) });
    assert.ok(!pile.page.words.includes('Tidak dibawa'), 'the pattern speaks for nobody');
    const { page } = await begin(clerk, { slug: 'pengumuman' }, null);
    assert.equal(brought(page).length, 0);
});

test('a letter that is issued at once is not sent before its form was opened', async () => {
    const { id } = await begin(clerk, { slug: 'formulir-f101' }, resident);
    await mustLookFirst(id);
    rows(schema, `UPDATE letter SET state = 7 WHERE id = ${id}`);
});

test('a number of the RT\'s letter is one that was brought, ticked or not', async () => {
    const { id, page } = await bare(DOMICILE, resident);
    (await clerk.submit(page, { ...DOMICILE.inputs, isi__dibawa_0: '1', isi__dibawa_nomor: '7/RT.02' }, form(id, 'isi'))).must(303);
    assert.deepEqual([inputs(id)._dibawa, inputs(id)._dibawa_nomor], ['0,1', '7/RT.02']);
    (await clerk.get(`/kantor/surat/${id}/periksa`)).must(200, /Surat pengantar RT atau kepala \S+: ada, nomor 7\/RT\.02/);
    rows(schema, `UPDATE letter SET state = 7 WHERE id = ${id}`);
});

test('a box that the type does not have is refused, and a form without the boxes says that nothing was brought', async () => {
    const { id, page } = await bare(BUSINESS, resident);
    const { fields } = clerk.fill(page, BUSINESS.inputs, form(id, 'isi'));
    for (const name of ['isi__dibawa', 'isi__dibawa_2', 'isi__dibawa_x', 'isi__lain']) (await clerk.post(`/kantor/surat/${id}/isi`, [...fields, [name, '1']])).must(400);
    const review = await clerk.follow((await clerk.post(`/kantor/surat/${id}/isi`, fields.filter(([name]) => !name.startsWith('isi__dibawa')))).must(303));
    assert.equal(inputs(id)._dibawa, '');
    (await clerk.submit(review.must(200, 'Tidak dibawa: e-KTP'), {}, form(id, 'kirim'))).must(422, 'Tulis alasan surat ini tetap dibuat');
    assert.equal(letterRow(village, id).number, null);
    rows(schema, `UPDATE letter SET state = 7 WHERE id = ${id}`);
});
