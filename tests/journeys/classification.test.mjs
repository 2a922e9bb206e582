// SPDX-License-Identifier: AGPL-3.0-or-later
// A code of classification is of the official list, or one that the village added.

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { putType } from '../harness/letters.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const serial = randomInt(1000, 9999);
const code = `400.12.${serial}`;
const HOME = '/kantor/klasifikasi', ADD = `form[action="${HOME}/tambah"]`, SETTINGS = 'form[action$="/ubah"]';
let clerk, secretary, type;

before(async () => {
    clerk = await staff(village, 'clerk');
    secretary = await staff(village, 'secretary');
    putType(village, `kelas-${serial}`, { fields: [], paper: { body: [{ type: 'paragraph', content: 'Uji {nomor_surat}' }] } });
    type = value(schema, `SELECT id FROM letter_type WHERE slug = 'kelas-${serial}'`);
    rows(schema, `UPDATE letter_type SET is_active = FALSE, classification = 'S-04' WHERE id = ${type}`);
});

/** Of the page's first table: the village's own stand in another below it. */
const codes = (answer) => answer.page.querySelector('main table').querySelectorAll('tbody tr').map((tr) => tr.querySelector('td').text.trim());
const find = async (words) => (await clerk.get(`${HOME}?cari=${encodeURIComponent(words)}`)).must(200);
const settle = async (klasifikasi) => secretary.submit((await secretary.get(`/kantor/jenis-surat/${type}/ubah`)).must(200), { klasifikasi, berlaku: '6' }, SETTINGS);
const choices = async () => (await clerk.get(`${HOME}/pilihan`)).must(200).page.querySelectorAll('option').map((o) => o.getAttribute('value'));

test('the list is browsed by hundreds, and found by code or by words in any order', async () => {
    const home = (await clerk.get(HOME)).must(200, '993 kode resmi');
    assert.deepEqual(home.page.querySelectorAll('#golongan li').map((li) => li.text.trim().slice(0, 3)), ['000', '100', '200', '300', '400', '500', '600', '700', '800', '900']);
    const group = codes((await clerk.get(`${HOME}?golongan=400`)).must(200));
    assert.ok(group.length > 100 && group.every((c) => c.startsWith('400.')) && group.includes('400.8.2.6'));
    assert.ok(codes(await find('400.8.2')).includes('400.8.2.10'));
    const [name] = [(await find('400.8.2.6')).page.querySelector('main table tbody tr [data-label=Nama]').text.trim()];
    assert.ok(codes(await find(name.split(' ').reverse().join(' '))).includes('400.8.2.6'));
    (await find('zzyzx')).must(200, 'Tidak ada kode yang cocok');
});

test('how much a code is used stands beside it', async () => {
    const used = (answer) => answer.page.querySelectorAll('main table tbody tr').find((tr) => tr.querySelector('td').text.trim() === '400.8.2.3').querySelectorAll('.num').map((td) => Number(td.text.replace(/\D/g, '')));
    const [[types, issued, mail]] = rows(schema, `SELECT COUNT(DISTINCT t.id), COUNT(l.number), (SELECT COUNT(*) FROM mail WHERE classification = '400.8.2.3') FROM letter_type t LEFT JOIN letter l ON l.type_id = t.id WHERE t.classification = '400.8.2.3'`);
    assert.deepEqual(used(await find('400.8.2.3')), [types, issued, mail].map(Number));
    assert.ok(Number(types) > 3);
});

test('a code that is none is refused with what to do; one that was kept from before stays', async () => {
    (await secretary.get(`/kantor/jenis-surat/${type}`)).must(200, 'S-04, tidak ada dalam daftar klasifikasi');
    (await settle('S-04')).must(303);
    for (const none of [code, '400.99', '<b>400</b>', '0400']) {
        const refused = (await settle(none)).must(422, 'tidak ada dalam daftar klasifikasi', 'tambahkan dulu di halaman Klasifikasi');
        assert.ok(refused.page.querySelector('[name=klasifikasi]').getAttribute('value').includes(none.replace('<b>', '').slice(0, 3)), 'what was typed stays');
    }
    (await settle('400.8.2.6')).must(303);
    (await secretary.get(`/kantor/jenis-surat/${type}`)).must(200, /400\.8\.2\.6, \p{L}/u);
});

test('the village adds a code, uses it, and stops using it; what has it keeps it', async () => {
    const add = async (kode, nama) => secretary.submit((await secretary.get(`${HOME}/tambah`)).must(200), { kode, nama }, ADD);
    for (const [kode, says] of [['400.8.2.6', 'sudah ada di daftar resmi'], ['400..1', 'titik di antaranya'], ['<b>', 'titik di antaranya'], ['', 'Kode']]) (await add(kode, 'Adat desa')).must(422, says).must(422, 'Kode');
    assert.equal((await add(code, `Adat desa ${serial}`)).must(303).location, HOME);
    (await add(code, 'Sekali lagi')).must(422, 'sudah ditambahkan');
    assert.deepEqual(codes(await find(`desa ${serial} adat`)), [code]);
    assert.ok((await choices()).includes(code));
    (await settle(code)).must(303);
    const own = () => rows(schema, `SELECT id, is_active FROM classification WHERE code = '${code}'`)[0];
    const press = async () => secretary.submit(await secretary.get(HOME), {}, `form[action="${HOME}/${own()[0]}"]`);
    (await secretary.follow(await press())).must(200, 'Surat yang sudah memakainya tetap');
    assert.equal(own()[1], '0');
    assert.ok(!(await choices()).includes(code));
    (await settle('400.8.2.6')).must(303);
    (await settle(code)).must(422, 'tidak ada dalam daftar klasifikasi');
    (await press()).must(303);
    (await settle(code)).must(303);
    assert.deepEqual(rows(schema, `SELECT action FROM audit WHERE subject = 'classification:${own()[0]}' ORDER BY id`).flat(), ['classification.add', 'classification.retire', 'classification.use']);
});

test('who only reads letters sees the list and adds nothing', async () => {
    const page = (await clerk.get(HOME)).must(200);
    assert.equal(page.page.querySelector(`a[href="${HOME}/tambah"]`), null);
    assert.equal(page.page.querySelector('main form[method=post]'), null);
    assert.ok((await choices()).length >= 993);
});
