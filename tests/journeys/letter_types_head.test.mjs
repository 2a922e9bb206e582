// SPDX-License-Identifier: AGPL-3.0-or-later
// Who looks after the types says who decides, signs and how letters are numbered; the head reads each change, and says himself what goes out without him.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client, send as ask } from '../harness/client.mjs';
import { BUSINESS, DOMICILE, letterRow, send } from '../harness/letters.mjs';
import { balaictl, rows, schemaOf, until, value } from '../harness/stack.mjs';
import { officeVillage } from '../harness/villages.mjs';

const WAITING = '/kantor/persetujuan';
let village, schema, clerk, secretary, head, person, business, domicile;

before(async () => {
    village = await officeVillage('7317102101', 'Uji Wewenang', ['clerk', 'secretary', 'head'], 1);
    ({ clerk, secretary, head } = village);
    [person] = village.people;
    schema = schemaOf(village);
    rows(schema, "UPDATE letter_type SET policy = 'approve' WHERE slug IN ('keterangan-usaha', 'keterangan-domisili')");
    [business, domicile] = [BUSINESS, DOMICILE].map((t) => Number(value(schema, `SELECT id FROM letter_type WHERE slug = '${t.slug}'`)));
});

const set = async (id, fields) => secretary.submit((await secretary.get(`/kantor/jenis-surat/${id}/ubah`)).must(200), fields, `form[action$="/${id}/ubah"]`);
const policy = (id) => value(schema, `SELECT policy FROM letter_type WHERE id = ${id}`);
const list = async () => (await head.get(WAITING)).must(200);
const form = (id) => `form[action$="/jenis-surat/${id}/putuskan"]`;
const decide = async (id, putusan, page, who = head) => {
    const { fields } = head.fill(page ?? await list(), {}, form(id));
    return who.post(`/kantor/jenis-surat/${id}/putuskan`, [...fields.filter(([name]) => name !== 'putusan'), ['putusan', putusan]]);
};
const audit = (id) => rows(schema, `SELECT action, detail FROM audit WHERE subject = 'letter_type:${id}' ORDER BY id DESC LIMIT 1`)[0];
/** What everybody reads of the service: when it is done. */
const promised = async (name) => (await ask(village.host, 'GET', '/layanan')).must(200).page.querySelectorAll('section.panel').find((s) => s.querySelector('h2').text === name).querySelector('.tag').text;
const stateOf = async (type) => letterRow(village, (await send(clerk, type, person, { isi_keperluan: `keperluan ${Math.random()}` })).id).state;

test('that letters go out without the head is asked for, and holds when he says yes', async () => {
    const answer = (await set(business, { penerbitan: 'seal' })).must(303);
    (await secretary.follow(answer)).must(200, 'sesudah kepala desa menyetujuinya', 'Langsung terbit sudah diminta, menunggu kepala desa');
    assert.equal(policy(business), 'approve');
    const [action, detail] = audit(business);
    assert.equal(action, 'letter_type.ask_seal');
    assert.match(JSON.parse(detail).penerbitan.join(' → '), /^Diperiksa sekretaris.* → Langsung terbit/, 'old and new');
    assert.equal(await stateOf(BUSINESS), 2, 'until then it waits as before');
    (await head.get('/kantor')).must(200, 'Aturan jenis surat diubah');
    const page = (await list()).must(200, 'Uji secretary', 'tanpa menunggu keputusan Anda');
    assert.ok(page.page.querySelector(form(business)));
    assert.equal((await secretary.get(WAITING)).must(200).page.querySelector(form(business)), null);
    (await decide(business, 'dibaca')).must(409, 'Keadaannya sudah berubah');
    assert.match(await promised('Surat Keterangan Usaha'), /^Perlu persetujuan/);
    (await decide(business, 'ya', page)).must(303);
    await until('the public page says so, once the worker has spread that it is renewed', async () => await promised('Surat Keterangan Usaha') === 'Selesai di tempat');
    assert.equal(policy(business), 'seal');
    assert.equal(audit(business)[0], 'letter_type.seal');
    (await secretary.get(`/kantor/jenis-surat/${business}`)).must(200, 'Langsung terbit disetujui kepala desa');
    assert.equal(await stateOf(BUSINESS), 4);
    assert.equal((await list()).page.querySelector(form(business)), null);
});

test('his no leaves it as it was; what changed meanwhile is not decided', async () => {
    (await set(domicile, { penerbitan: 'seal' })).must(303);
    const old = await list();
    (await set(domicile, { urutan: '77' })).must(303);
    (await decide(domicile, 'ya', old)).must(409, 'Keadaannya sudah berubah');
    assert.equal(policy(domicile), 'approve');
    (await decide(domicile, 'tidak')).must(303);
    assert.equal(policy(domicile), 'approve');
    (await secretary.get(`/kantor/jenis-surat/${domicile}`)).must(200, 'Langsung terbit tidak disetujui kepala desa');
    assert.equal(value(schema, `SELECT told_at IS NULL AND NOT seal_asked FROM letter_type WHERE id = ${domicile}`), '1');
    // Asked for, and then wanted otherwise: nothing is left to say yes to.
    (await set(domicile, { penerbitan: 'seal' })).must(303);
    (await set(domicile, { penerbitan: 'sign' })).must(303);
    const page = (await list()).must(200, 'ditandatangani elektronik oleh pejabatnya');
    assert.ok(page.page.querySelector(`${form(domicile)} button[value=dibaca]`));
    (await decide(domicile, 'ya', page)).must(409);
    assert.equal(policy(domicile), 'sign');
    (await decide(domicile, 'dibaca')).must(303);
    rows(schema, `UPDATE letter_type SET policy = 'approve' WHERE id = ${domicile}`);
});

test('who signs and how it is numbered holds at once, and he reads of both what was and what is', async () => {
    (await set(domicile, { penomoran: 'type', format: '[kode_surat]/[nomor,4]/[tahun]' })).must(303);
    (await set(domicile, { nama: 'Surat Keterangan Domisili Warga' })).must(303); // no rule: he is not told
    (await list()).must(200, 'Urutan nomor: ', 'Urutan jenis surat ini sendiri', '[kode_surat]/[nomor,4]/[tahun]');
    assert.equal(value(schema, `SELECT number_scope FROM letter_type WHERE id = ${domicile}`), 'type');
    const [line, ...more] = value(schema, `SELECT told FROM letter_type WHERE id = ${domicile}`).split('\\n');
    assert.match(line, /Uji secretary: Urutan nomor: .* → Urutan jenis surat ini sendiri; Format nomor: .* → /);
    assert.deepEqual(more, []);
    (await decide(domicile, 'dibaca')).must(303);
    assert.equal((await list()).page.querySelector(form(domicile)), null);
    // Taken back from what goes out at once: nobody is asked, he reads it.
    (await set(business, { penerbitan: 'approve' })).must(303);
    assert.equal(policy(business), 'approve');
    (await list()).must(200, 'Langsung terbit');
});

test('who may approve letters and is not the head is not told that something waits for him to read', async () => {
    const other = new Client(village.host);
    await other.signIn(JSON.parse(balaictl('staff', 'add', village.code, '--username', 'uji.kasi', '--name', 'Uji Kasi', '--role', 'head', '--json')));
    rows(schema, `INSERT INTO official (name, position, office, sort) VALUES ('Budi Uji', 'Kepala Seksi Pelayanan', 'section', 30);
        UPDATE staff SET official_id = (SELECT MAX(id) FROM official WHERE office = 'section') WHERE username = 'uji.kasi'`);
    (await set(domicile, { urutan: '78', penomoran: 'class' })).must(303);
    (await head.get('/kantor')).must(200, 'Aturan jenis surat diubah');
    assert.ok(!(await other.get('/kantor')).must(200).words.includes('Aturan jenis surat diubah'));
    assert.equal((await other.get(WAITING)).must(200).page.querySelector(form(domicile)), null);
    (await decide(domicile, 'dibaca')).must(303);
});

test('a copy of a type that is issued at once waits for him, as one that comes from a file does', async () => {
    rows(schema, `UPDATE letter_type SET policy = 'seal' WHERE id = ${business}`);
    const copied = (await secretary.submit((await secretary.get(`/kantor/jenis-surat/${business}`)).must(200), {}, 'form[action$="/salin"]')).must(303);
    assert.equal(policy(Number(/\d+$/.exec(copied.location)[0])), 'approve');
    const bytes = Buffer.from(JSON.stringify({
        balai_letter_type: 1, slug: 'berkas-segel', name: 'Surat Berkas Segel', classification: '400.7', number_format: '[nomor]/[tahun]', policy: 'seal', valid_months: 0,
        definition: { fields: [], paper: { body: [{ type: 'paragraph', content: 'Isi' }] } },
    }));
    const uploaded = (await secretary.submit((await secretary.get('/kantor/jenis-surat/impor')).must(200), {}, 'form[action$="/impor"]', { files: [{ name: 'berkas', filename: 'jenis.json', type: 'application/json', bytes }] })).must(303);
    const plan = (await secretary.follow(uploaded)).must(200, 'kepala desa yang menyetujuinya');
    (await secretary.submit(plan, {}, 'form[action*="/impor/"]')).must(303);
    assert.equal(value(schema, "SELECT policy FROM letter_type WHERE name = 'Surat Berkas Segel'"), 'approve');
});

test('a code of the village that a number cannot bear is refused where it is typed, and each other numbers letters', async () => {
    const page = (await secretary.get('/kantor/pengaturan')).must(200, 'Contoh nomor');
    const save = async (kode) => secretary.submit((await secretary.get('/kantor/pengaturan')).must(200), { kode, alamat: 'Jalan Poros 1' }, 'form[action="/kantor/pengaturan"]');
    for (const kode of ['漢', '😀', '<b>x', ']', '[nomor]', '-/-']) {
        const told = (await save(kode)).must(422);
        assert.ok(told.page.querySelector('#kode-salah'), kode);
    }
    assert.ok(page.text.includes('/kantor/pengaturan/contoh-nomor'));
    (await secretary.get('/kantor/pengaturan/contoh-nomor?kode=ds-spn')).must(200, '/DS-SPN/');
    (await secretary.get(`/kantor/pengaturan/contoh-nomor?kode=${encodeURIComponent('漢')}`)).must(200, 'tidak dapat dipakai dalam nomor');
    // What a format makes is judged by the longest code that there may be, not by today's.
    (await set(business, { format: '[nomor][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa]' })).must(422, 'bisa terlalu panjang');
    (await set(business, { format: '[nomor][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa]' })).must(303);
    (await save('ABCDEFGHIJKLMNOPQRST')).must(303);
    assert.equal(await stateOf(BUSINESS), 4);
});
