// SPDX-License-Identifier: AGPL-3.0-or-later
// The village's settings: nothing that was typed is lost, whatever is wrong with it and whoever was first.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { rows, schemaOf, trainingVillages } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const HOME = '/kantor/pengaturan';
const FORM = `form[action="${HOME}"]`;
let secretary;

before(async () => {
    secretary = await staff(village, 'secretary');
});

const box = (answer, name) => answer.page.querySelector(`${FORM} [name=${name}]`)?.getAttribute('value');

test('a mistake in one box gives all boxes back as they were typed, with the fault at that one', async () => {
    const before = rows(schema, 'SELECT office_address, phone, accent, version FROM identity');
    const refused = (await secretary.submit((await secretary.get(HOME)).must(200), { alamat: 'Jalan Baru 12', telepon: '0812 3', surel: 'desa@', kodepos: '91', warna: 'kakao', hiasan: null }, FORM)).must(422, 'Surel desa belum lengkap');
    assert.equal(box(refused, 'alamat'), 'Jalan Baru 12');
    assert.equal(box(refused, 'telepon'), '0812 3');
    assert.equal(box(refused, 'surel'), 'desa@');
    assert.equal(box(refused, 'kodepos'), '91');
    assert.ok(refused.page.querySelector(`${FORM} #surel-salah`) && refused.page.querySelector(`${FORM} #kodepos-salah`), 'the faults stand at the fields');
    assert.equal(refused.page.querySelector(`${FORM} #alamat-salah`), null);
    assert.equal(refused.page.querySelectorAll(`${FORM} [name=warna]`).find((r) => r.hasAttribute('checked'))?.getAttribute('value'), 'kakao');
    assert.equal(refused.page.querySelector(`${FORM} [name=hiasan]`).hasAttribute('checked'), false);
    assert.deepEqual(rows(schema, 'SELECT office_address, phone, accent, version FROM identity'), before);
});

test('the second editor sees both versions, keeps what was typed, and saves it with a second press', async () => {
    const [first, second] = [(await secretary.get(HOME)).must(200), (await secretary.get(HOME)).must(200)];
    (await secretary.submit(first, { alamat: 'Jalan Poros 1' }, FORM)).must(303);
    const conflict = (await secretary.submit(second, { alamat: 'Jalan Poros 2' }, FORM)).must(409, 'Jalan Poros 1');
    assert.equal(box(conflict, 'alamat'), 'Jalan Poros 2');
    assert.deepEqual(rows(schema, 'SELECT office_address FROM identity'), [['Jalan Poros 1']]);
    (await secretary.submit(conflict, {}, FORM)).must(303);
    assert.deepEqual(rows(schema, 'SELECT office_address FROM identity'), [['Jalan Poros 2']]);
});

test('a faulty new account gives its boxes back, its password never', async () => {
    const page = (await secretary.get(`${HOME}/petugas`)).must(200);
    const refused = (await secretary.submit(page, { nama: 'Andi', pengguna: 'x', jabatan: 'Kaur', peran: 'editor', sandi: 'pendek' }, `form[action="${HOME}/petugas"]`)).must(422);
    const typed = (name) => refused.page.querySelector(`form[action="${HOME}/petugas"] [name=${name}]`)?.getAttribute('value');
    assert.deepEqual([typed('nama'), typed('pengguna'), typed('jabatan')], ['Andi', 'x', 'Kaur']);
    assert.equal(refused.page.querySelector('select[name=peran] option[selected]')?.getAttribute('value'), 'editor');
    assert.ok(!refused.text.includes('pendek"'), 'a password is not given back');
});
