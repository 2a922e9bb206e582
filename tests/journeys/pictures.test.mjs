// SPDX-License-Identifier: AGPL-3.0-or-later
// Pictures that people upload: whatever a camera wrote into them stays with nobody, and they stand upright.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo } from '../harness/days.mjs';
import { jpeg, jpegCorner, jpegMarkers, jpegSize, png } from '../harness/pictures.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
let clerk, person, guest;

before(async () => {
    clerk = await staff(village, 'clerk');
    person = `/kantor/penduduk/${value(schema, "SELECT MAX(id) FROM resident WHERE basic_status = 1 AND id NOT IN (SELECT owner_id FROM attachment WHERE owner = 'resident')")}`;
    const form = (await clerk.get('/kantor/tamu/catat')).must(200);
    const made = await clerk.submit(form, { nama: 'Tamu Bergambar', asal: 'Dinas Sosial', bertemu: 'Kepala desa', keperluan: 'Pendataan', ...dated('tanggal', dayAgo(30)) },
        'main form[method="post"][action^="/kantor/tamu/"]');
    guest = /\/kantor\/tamu\/\d+/.exec(made.must(303).location)[0];
});

const newest = (owner, id) => rows(schema, `SELECT id, file_id, upload_id, refusal FROM attachment WHERE owner = '${owner}' AND owner_id = ${id} ORDER BY put_at DESC LIMIT 1`)[0];
const idOf = (path) => Number(/\d+$/.exec(path)[0]);
/** Uploads and waits for the worker: the row, as [id, file, upload, refusal]. */
async function put(owner, path, page, form, values, field, bytes, type = 'image/jpeg') {
    const answer = await clerk.submit((await clerk.get(`${path}${page}`)).must(200), values, `form[action="${path}/${form}"]`, { files: [{ name: field, filename: 'kamera.jpg', type, bytes }] });
    answer.must(303);
    await until('the picture is made', () => newest(owner, idOf(path))[2] === null);
    return newest(owner, idOf(path));
}
const slotOf = async (words) => (await clerk.get(`${guest}/lampiran`)).must(200).page.querySelectorAll('select[name=jenis] option').find((o) => o.text.includes(words)).getAttribute('value');
const takePhoto = (bytes, type) => put('resident', person, '/berkas', 'foto', {}, 'foto', bytes, type);
const takeGuest = async (words, bytes, type) => put('guest', guest, '/lampiran', 'lampiran', { jenis: await slotOf(words) }, 'berkas', bytes, type);

function assertClean(got, sides, isBright) {
    assert.equal(got.status, 200);
    assert.match(got.headers['content-type'], /^image\/jpeg/);
    assert.ok(!jpegMarkers(got.bytes).includes(0xe1) && !got.bytes.includes('Exif'), 'no EXIF');
    assert.ok(!got.bytes.includes(Buffer.from([36, 0, 0, 0, 1, 0, 0, 0])), 'no place');
    assert.deepEqual(jpegSize(got.bytes), sides);
    assert.equal(jpegCorner(got.bytes) > 128, isBright, `the corner is ${jpegCorner(got.bytes)}`);
}

test('the picture that these tests make is one with a place in it, and lies', () => {
    const made = jpeg(320, 240, { turn: 6 });
    assert.deepEqual(jpegMarkers(made).slice(0, 1), [0xe1]);
    assert.ok(made.includes(Buffer.from([36, 0, 0, 0, 1, 0, 0, 0])));
    assert.deepEqual([jpegSize(made), Math.round(jpegCorner(made))], [[320, 240], 255]);
});

for (const [turn, words, isBright] of [[6, 'to the right', true], [8, 'to the left', false]])
    test(`a picture that was held ${words} is shown upright, and without what the camera wrote`, async () => {
        const bytes = jpeg(320, 240, { turn });
        await takePhoto(bytes);
        assertClean(await clerk.get(`${person}/foto`), [240, 320], isBright);
        const [photo] = await takeGuest('Foto', bytes);
        assertClean(await clerk.get(`${guest}/lampiran/${photo}`), [240, 320], isBright);
    });

test('a paper that was photographed says no more than one that was scanned', async () => {
    const bytes = jpeg(320, 240, { turn: 3 });
    const [letter] = await takeGuest('Surat', bytes);
    assertClean(await clerk.get(`${guest}/lampiran/${letter}`), [320, 240], false);
    const [paper] = await put('resident', person, '/berkas', 'dokumen', { jenis: 'kk' }, 'berkas', bytes);
    assertClean(await clerk.get(`${person}/dokumen/${paper}`), [320, 240], false);
});

test('what was uploaded is kept by nobody', async () => {
    const kept = rows(schema, `SELECT HEX(p.bytes) FROM file f JOIN file_part p ON p.file_id = f.id WHERE f.type = 'image/jpeg'`);
    assert.ok(kept.length > 0);
    assert.ok(kept.every(([hex]) => !hex.includes(Buffer.from('Exif\0\0').toString('hex').toUpperCase())));
});

test('a broken picture is told, what to do too, and the one before it stays', async () => {
    const before = await takePhoto(jpeg(320, 240));
    const broken = png(300, 400).subarray(0, 200);
    const after = await takePhoto(broken, 'image/png');
    assert.deepEqual([after[1], after[3]], [before[1], 'broken']);
    (await clerk.get(`${person}/berkas`)).must(200, 'Gambar ini rusak dan tidak bisa dibuka. Ambil atau pindai ulang, lalu unggah lagi.');
    assert.equal((await takeGuest('Foto', broken, 'image/png'))[3], 'broken');
    (await clerk.get(`${guest}/lampiran`)).must(200, 'Gambar ini rusak dan tidak bisa dibuka. Ambil atau pindai ulang, lalu unggah lagi.');
});
