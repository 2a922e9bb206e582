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

test('what is saved as it was writes nothing, and says so', async () => {
    const state = () => [rows(schema, 'SELECT version, hidden FROM identity'), rows(schema, 'SELECT COUNT(*) FROM audit')];
    const before = state();
    for (const path of [HOME, `${HOME}/bagian`]) {
        (await secretary.submit((await secretary.get(path)).must(200), {}, `form[action="${path}"]`)).must(303);
        assert.match((await secretary.get(path)).must(200).words, /Tidak ada yang berubah/);
    }
    assert.deepEqual(state(), before);
    (await secretary.submit((await secretary.get(HOME)).must(200), { kode: 'ds-uji' }, FORM)).must(303);
    assert.match((await secretary.get(HOME)).must(200).words, /Tersimpan/);
    assert.deepEqual(rows(schema, 'SELECT letter_code FROM identity'), [['DS-UJI']]);
});

test('the first steps of a new village can be put away, and shown again', async () => {
    const [[was]] = rows(schema, 'SELECT steps_away_at FROM identity');
    rows(schema, 'UPDATE identity SET steps_away_at = NULL');
    const put = (await secretary.get('/kantor')).must(200, 'Lambang desa');
    assert.equal((await secretary.get(HOME)).page.querySelector('form[action="/kantor/langkah/buka"]'), null);
    (await secretary.submit(put, {}, 'form[action="/kantor/langkah/tutup"]')).must(303);
    const away = (await secretary.get('/kantor')).must(200, 'Tampilkan lagi dari Pengaturan');
    assert.equal(away.page.querySelector('.first-steps'), null);
    (await secretary.submit((await secretary.get(HOME)).must(200), {}, 'form[action="/kantor/langkah/buka"]')).must(303);
    assert.ok((await secretary.get('/kantor')).must(200).page.querySelector('.first-steps'));
    rows(schema, `UPDATE identity SET steps_away_at = '${was}'`);
});
