// SPDX-License-Identifier: AGPL-3.0-or-later
// The people of a pile before it is sent: judged by the answers of now, told apart, left out where one is, chosen anew.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { BUSINESS, DOMICILE, choose, pileDone, pileLines } from '../harness/letters.mjs';
import { rows, schemaOf, value } from '../harness/stack.mjs';
import { officeVillage, settle } from '../harness/villages.mjs';

const SEND = 'form[action$="/kirim"]', AGAIN = 'form[action$="/periksa"]', TURN = 'form[action$="/warga"]';
let village, schema, clerk, person;

before(async () => {
    village = await officeVillage('7317102074', 'Uji Massal Warga', ['clerk'], 1);
    ({ clerk } = village);
    [person] = village.people;
    schema = schemaOf(village);
    rows(schema, "UPDATE letter_type SET policy = 'seal' WHERE slug = 'keterangan-usaha'");
});

const byRt = (rt) => ({ cara: 'saringan', rt });
const open = async (id, tail = '') => (await clerk.get(`/kantor/surat-massal/${id}${tail}`)).must(200);
const facts = (answer) => Object.fromEntries(answer.page.querySelectorAll('dl.facts > div').map((one) => [one.querySelector('dt').text, one.querySelector('dd').text]));

test('changed answers judge the people again before anything is issued, and a page from before issues nothing', async () => {
    const [old, young] = settle(village, '040', 2);
    rows(schema, `UPDATE resident SET birth_date = '1960-01-01' WHERE id = ${old.id}`);
    const { id, pattern, page } = await choose(clerk, { ...BUSINESS, inputs: { ...BUSINESS.inputs, isi_sejak: '1988' } }, person, byRt('040'));
    assert.deepEqual(facts(page), { 'Mendapat surat': '1 warga', 'Tidak bisa': '1 warga' });
    const form = (await clerk.get(`/kantor/surat/${pattern}/isi`)).must(200);
    (await clerk.submit(form, { isi_sejak: '2014' }, `form[action$="/${pattern}/isi"]`)).must(303);
    const changed = (await open(id)).must(200, 'Isian berubah sesudah daftar ini diperiksa');
    assert.equal(changed.page.querySelector(SEND), null);
    (await clerk.submit(page, {}, SEND)).must(422, 'Periksa daftarnya lagi');
    assert.equal(value(schema, `SELECT state FROM letter_pile WHERE id = ${id}`), '1');
    const again = await clerk.follow((await clerk.submit(changed, {}, AGAIN)).must(303));
    again.must(200, 'Daftarnya diperiksa lagi');
    assert.deepEqual(facts(again), { 'Mendapat surat': '2 warga', 'Tidak bisa': '0 warga' });
    // What the register says by now counts as well.
    rows(schema, `UPDATE resident SET basic_status = 3 WHERE id = ${young.id}`);
    const later = await clerk.follow((await clerk.submit(again, {}, AGAIN)).must(303));
    assert.deepEqual(facts(later), { 'Mendapat surat': '1 warga', 'Tidak bisa': '1 warga' });
    (await clerk.submit(again, {}, SEND)).must(409);
    (await clerk.submit(later, {}, SEND)).must(303);
    await pileDone(village, id);
    assert.deepEqual(pileLines(village, id).filter(([, s]) => s === '3').map(([, , resident]) => Number(resident)), [old.id]);
});

test('who is left out stays in his row, on the page and in the search one was on, and out when people are chosen anew', async () => {
    const people = settle(village, '041', 60);
    const { id, pattern, page } = await choose(clerk, BUSINESS, person, byRt('041'));
    page.must(200, `NIK`);
    assert.ok(!page.text.includes(people[0].nik));
    assert.match(page.page.querySelector('#baris-1').text, new RegExp(`tahun.*${people[0].nik.slice(-4)}`), 'two of one name are told apart');
    assert.ok(!page.text.includes('Isian sendiri') && !page.text.includes('>Baris<'), 'a filter has no lines and no answers');
    const second = await open(id, '?sesudah=50');
    const turned = (await clerk.submit(second, {}, TURN)).must(303);
    assert.match(turned.location, /\?sesudah=50#baris-51$/);
    const after = await clerk.follow(turned);
    assert.match(after.page.querySelector('#baris-51').text, /Tidak diikutkan.*Ikutkan lagi/);
    assert.deepEqual(facts(after), { 'Mendapat surat': '59 warga', 'Tidak diikutkan': '1 warga', 'Tidak bisa': '0 warga' });
    // A search stands in the address, sealed; it is no form whose words are kept as a draft.
    assert.ok(after.page.querySelector('form.filters[role="search"]'));
    const sought = (await clerk.submit(after, { cari: 'rt 041 33' }, 'form.filters')).must(303);
    assert.match(sought.location, /\?cari=[\w-]+#daftar$/);
    const found = (await clerk.follow(sought)).must(200, 'Warga Rt 041 33');
    assert.equal(found.page.querySelectorAll('tr[id^="baris-"]').length, 1);
    const out = (await clerk.submit(found, {}, TURN)).must(303);
    assert.match(out.location, /\?cari=[\w-]+#baris-\d+$/);
    const still = await clerk.follow(out);
    assert.equal(still.page.querySelectorAll('tr[id^="baris-"]').length, 1, 'the search is still there');
    assert.deepEqual(facts(still), { 'Mendapat surat': '58 warga', 'Tidak diikutkan': '2 warga', 'Tidak bisa': '0 warga' });
    // Chosen anew: the form is as it was sent, and who was left out stays out.
    const form = (await clerk.get(`/kantor/surat/${pattern}/massal`)).must(200);
    assert.equal(form.page.querySelector('#rt option[selected]').getAttribute('value'), '041');
    assert.equal(form.page.querySelector('input[name=cara][checked]').getAttribute('value'), 'saringan');
    const anew = await clerk.follow((await clerk.submit(form, {}, 'form[action$="/massal"]')).must(303));
    assert.deepEqual(facts(anew), { 'Mendapat surat': '58 warga', 'Tidak diikutkan': '2 warga', 'Tidak bisa': '0 warga' });
    const back = await clerk.follow((await clerk.submit(await open(id, '?sesudah=50'), {}, TURN)).must(303));
    assert.equal(facts(back)['Tidak diikutkan'], '1 warga', 'taken in again');
});

test('the same people twice for one type is told before it is sent, with the way to the other pile', async () => {
    settle(village, '043', 5);
    const told = (answer) => answer.page.querySelectorAll('.notice li a[href^="/kantor/surat-massal/"]').map((a) => a.getAttribute('href'));
    const first = await choose(clerk, BUSINESS, person, byRt('043'));
    assert.deepEqual(told(first.page), []);
    const second = await choose(clerk, BUSINESS, person, byRt('043'));
    second.page.must(200, 'Warga yang sama ada di surat massal lain').must(200, '5 warga yang sama').must(200, 'Belum dikirim');
    assert.deepEqual(told(second.page), [`/kantor/surat-massal/${first.id}`]);
    assert.deepEqual(told(await choose(clerk, DOMICILE, person, byRt('043')).then(({ page }) => page)), [], 'another type is another matter');
    (await clerk.submit(first.page, {}, SEND)).must(303);
    await pileDone(village, first.id);
    (await open(second.id)).must(200, '5 warga yang sama').must(200, 'Selesai');
    rows(schema, `UPDATE letter_pile_line SET state = 4, why = 'Dihentikan petugas' WHERE pile_id = ${first.id} AND line <= 2`);
    (await open(second.id)).must(200, '3 warga yang sama');
    rows(schema, `UPDATE letter_pile SET files = '', ended_at = NULL WHERE id = ${first.id}`);
    assert.deepEqual(told(await open(second.id)), [], 'what ended long ago is no warning');
    (await clerk.submit(second.page, {}, SEND)).must(303);
    await pileDone(village, second.id);
    assert.equal(pileLines(village, second.id).filter(([, s]) => s === '3').length, 5, 'told, and not refused');
});
