// SPDX-License-Identifier: AGPL-3.0-or-later
// The village's own crest on its letters: from the day it is put on, and on no paper issued before.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, staff } from '../harness/client.mjs';
import { BUSINESS, livingResidents, pdf, send } from '../harness/letters.mjs';
import { pdfPictures } from '../harness/paper.mjs';
import { jpegSize, png } from '../harness/pictures.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village, neighbour] = trainingVillages();
const schema = schemaOf(village);
const HOME = '/kantor/pengaturan';
const FORM = `form[action="${HOME}/lambang"]`;
let clerk, secretary;

before(async () => {
    clerk = await staff(village, 'clerk');
    secretary = await staff(village, 'secretary');
    takeOff();
});
const takeOff = () => rows(schema, "UPDATE attachment SET removed_at = NOW(6), single = NULL WHERE owner = 'village'");
after(takeOff);
const audited = (action) => Number(value(schema, `SELECT COUNT(*) FROM audit WHERE action = '${action}'`));

const upload = async (bytes, filename = 'lambang.png') => secretary.submit((await secretary.get(HOME)).must(200), {}, FORM, { files: [{ name: 'lambang', filename, type: 'image/png', bytes }] });
const isMade = () => until('the crest is made', () => value(schema, "SELECT 1 FROM attachment WHERE owner = 'village' AND single AND upload_id IS NULL"));
const crestId = () => value(schema, "SELECT file_id FROM attachment WHERE owner = 'village' AND single");

/** A letter of the clerk's. → the size of its crest, and its id */
async function letter() {
    const [resident] = livingResidents(village, 1);
    const { id } = await send(clerk, BUSINESS, resident);
    return { id, crest: pdfPictures(await pdf(clerk, id)).find((p) => p.encoding === 'jpeg') };
}
const shown = async (id) => jpegSize(Buffer.from(/data:image\/jpeg;base64,([^"]+)/.exec((await clerk.get(`/kantor/surat/${id}/pratinjau/1`)).must(200).text)[1], 'base64'));

test('a new crest appears on letters issued afterwards; older letters keep theirs', async () => {
    const [puts, takes] = [audited('village.crest'), audited('village.crest_out')];
    const earlier = await letter();
    (await secretary.get(HOME)).must(200, 'Perisai bawaan');
    (await secretary.get(`${HOME}/lambang`)).must(404);

    const saved = await upload(png(800, 1000, { text: 'LINTANG -3.5' }));
    (await secretary.follow(saved.must(303))).must(200, 'Tersimpan');
    await isMade();
    const image = (await secretary.get(`${HOME}/lambang`)).must(200);
    assert.match(image.headers['content-type'], /^image\/jpeg/);
    assert.deepEqual(jpegSize(image.bytes), [288, 360]);
    assert.ok(!image.bytes.includes('LINTANG'), 'nothing of the original file is left');
    assert.ok((await secretary.get(HOME)).must(200).page.querySelector(`img[src^="${HOME}/lambang"]`));
    assert.equal(audited('village.crest'), puts + 1);
    assert.equal(value(schema, "SELECT COUNT(*) FROM file f WHERE f.type = 'image/png' AND NOT EXISTS (SELECT 1 FROM file_use u WHERE u.file_id = f.id)"), '0', 'the upload is dropped');

    const later = await letter();
    assert.deepEqual([earlier.crest.width, later.crest.width, later.crest.height], [240, 288, 360]);
    assert.deepEqual(await shown(later.id), [288, 360]);
    assert.deepEqual(await shown(earlier.id), [240, 240], 'a letter is shown as it was issued');

    // Another takes its place: the letter holds what it was issued with, whatever else is swept.
    const first = crestId();
    (await upload(png(900, 900))).must(303);
    await isMade();
    assert.notEqual(crestId(), first);
    assert.deepEqual(rows(schema, `SELECT owner, owner_id, slot FROM file_use WHERE file_id = ${first}`), [['letter', String(later.id), 'crest']]);
    assert.deepEqual(await shown(later.id), [288, 360]);

    // Taken away again: the letter that carries it still does.
    (await secretary.submit(await secretary.get(HOME), {}, `form[action="${HOME}/lambang/lepas"]`)).must(303);
    (await secretary.get(HOME)).must(200, 'Perisai bawaan');
    assert.equal((await letter()).crest.width, 240);
    assert.deepEqual(await shown(later.id), [288, 360]);
    assert.equal(audited('village.crest_out'), takes + 1);
});

test('pages show the crest small, under an address of its own', async () => {
    const onPage = async (path, client = new Client(village.host)) => (await client.get(path)).must(200).page.querySelector('header img.crest, .rail img.crest')?.getAttribute('src') ?? null;
    const becomes = (words, test) => until(words, async () => test(await onPage('/')), 20);
    await becomes('the neutral shield shows', (src) => src === null);
    (await upload(png(800, 1000))).must(303);
    await isMade();
    await becomes('the crest shows', (src) => src !== null);
    const src = await onPage('/');
    assert.match(src, /^\/lambang\/[0-9a-f]{64}$/);
    for (const [path, client] of [['/layanan'], ['/masuk'], ['/anjungan/daftar'], ['/kantor', clerk]])
        await until(`${path} shows it, on whichever loop of the server`, async () => await onPage(path, client) === src, 20);
    for (const client of [new Client(village.host), clerk]) {
        const image = (await client.get(src)).must(200);
        assert.equal(image.headers['content-type'], 'image/jpeg');
        assert.equal(image.headers['cache-control'], 'private, max-age=31536000, immutable');
        assert.deepEqual(jpegSize(image.bytes), [121, 152]);
        assert.ok(image.bytes.length < 10000, `${image.bytes.length} bytes`);
    }

    // Only the present crest of the own village: no letter's, no neighbour's, no old one.
    (await new Client(neighbour.host).get(src)).must(404);
    const printed = value(schema, `SELECT LOWER(HEX(sha256)) FROM file WHERE id = ${crestId()}`);
    for (const hash of [printed, 'a'.repeat(64), 'kosong']) (await new Client(village.host).get(`/lambang/${hash}`)).must(404);
    (await upload(png(900, 900))).must(303);
    await isMade();
    await becomes('the newer one shows', (now) => now !== null && now !== src);
    (await new Client(village.host).get(src)).must(404);
    (await secretary.submit(await secretary.get(HOME), {}, `form[action="${HOME}/lambang/lepas"]`)).must(303);
    await becomes('the neutral shield shows again', (now) => now === null);
});

test('a harmful picture never becomes a crest, and the previous crest stays', async () => {
    (await upload(png(300, 300))).must(303);
    await isMade();
    const crest = crestId();
    assert.match(crest, /^\d+$/);
    for (const [bytes, words] of [
        [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'bukan gambar JPEG atau PNG'],
        [png(10, 10, { claims: [60000, 60000] }), 'terlalu besar untuk dibuka'],
    ]) (await upload(bytes)).must(422, words);
    (await secretary.submit((await secretary.get(HOME)).must(200), {}, FORM)).must(422, 'Lambang belum dipilih');
    for (const [bytes, words] of [[png(300, 400).subarray(0, 200), 'Gambar ini rusak'], [png(20, 20), 'Gambar ini terlalu kecil']]) {
        (await upload(bytes)).must(303);
        await isMade();
        (await secretary.get(`${HOME}/lambang/keadaan`, { headers: { 'hx-request': 'true' } })).must(200, words);
        assert.equal(crestId(), crest);
    }
});

test('only who sets the village up sees or changes it, in the own village', async () => {
    const before = rows(schemaOf(neighbour), "SELECT file_id, upload_id FROM attachment WHERE owner = 'village'");
    (await clerk.get(`${HOME}/lambang`)).must(403);
    (await clerk.request('POST', `${HOME}/lambang/lepas`, { body: '', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).must(403);
    assert.match(crestId(), /^\d+$/);
    assert.deepEqual(rows(schemaOf(neighbour), "SELECT file_id, upload_id FROM attachment WHERE owner = 'village'"), before);
});
