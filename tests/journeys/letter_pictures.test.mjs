// SPDX-License-Identifier: AGPL-3.0-or-later
// Pictures on letters: the emblem and the village's own, put up by who composes letters, and the photo of whom the letter is about.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { makeFamily } from '../harness/families.mjs';
import { letterRow, pdf, putType, send } from '../harness/letters.mjs';
import { pdfPictures, pdfWords } from '../harness/paper.mjs';
import { png } from '../harness/pictures.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const HOME = '/kantor/jenis-surat/gambar';
const FORM = `form[action="${HOME}"]`;
const TYPE = { slug: `uji-gambar-${process.pid}`, inputs: {} };
let clerk, secretary, resident;

const takeOff = () => rows(schema, "UPDATE attachment SET removed_at = NOW(6), single = NULL WHERE owner = 'letter_picture'");

before(async () => {
    [clerk, secretary] = [await staff(village, 'clerk'), await staff(village, 'secretary')];
    ({ members: [resident] } = makeFamily(village, [[1, 1, 1980, `FOTO GAMBAR${process.pid}`]]));
    takeOff();
    putType(village, TYPE.slug, {
        fields: [],
        paper: {
            body: [{ type: 'letterhead', crest: 'garuda', lines: ['DESA'] }, { type: 'image', name: 'photo', width: 30, height: 40, frame: true }, { type: 'image', name: 'picture_1', width: 60 },
                { type: 'paragraph', content: 'Nama {nama}.' }, { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}', qr: true }],
        },
    });
});
after(() => {
    takeOff();
    rows(schema, `UPDATE letter_type SET is_active = FALSE WHERE slug = '${TYPE.slug}'`);
});

const upload = async (apa, bytes, filename = 'gambar.png') => secretary.submit((await secretary.get(HOME)).must(200), { apa }, FORM, { files: [{ name: 'gambar', filename, type: 'image/png', bytes }] });
const made = (slot) => until(`${slot} is made`, () => value(schema, `SELECT file_id FROM attachment WHERE owner = 'letter_picture' AND slot = '${slot}' AND single AND upload_id IS NULL`));
const sizes = (bytes) => pdfPictures(bytes).filter((p) => p.encoding === 'jpeg').map((p) => `${p.width}x${p.height}`).sort();

test('a letter without the pictures has a frame for the photo, and the editor says what is missing', async () => {
    const { id } = await send(clerk, TYPE, resident);
    const bytes = await pdf(clerk, id);
    assert.match(pdfWords(bytes), /Tempel foto/);
    assert.deepEqual(sizes(bytes), []);
    const type = value(schema, `SELECT id FROM letter_type WHERE slug = '${TYPE.slug}'`);
    (await secretary.get(`/kantor/jenis-surat/${type}/isi`)).must(200, 'Lambang Garuda belum diunggah').must(200, 'Gambar 1 belum diunggah');
});

test('what is put up stands on letters issued afterwards; a bomb and a text are refused in words', async () => {
    (await upload('', png(300, 300))).must(422, 'Dipasang sebagai');
    (await upload('garuda', Buffer.from('bukan gambar'))).must(422);
    (await upload('garuda', png(60, 60, { claims: [40000, 40000] }))).must(422, 'terlalu besar untuk dibuka');
    for (const [slot, bytes] of [['garuda', png(360, 400)], ['picture_1', png(800, 400)]]) {
        (await upload(slot, bytes)).must(303);
        await made(slot);
        assert.match((await secretary.get(`${HOME}/${slot}`)).must(200).headers['content-type'], /^image\/jpeg/);
    }
    const page = (await clerk.get(`/kantor/penduduk/${resident}/berkas`)).must(200);
    (await clerk.submit(page, {}, `form[action="/kantor/penduduk/${resident}/foto"]`, { files: [{ name: 'foto', filename: 'foto.png', type: 'image/png', bytes: png(480, 640) }] })).must(303);
    await until('the photo is made', () => value(schema, `SELECT file_id FROM attachment WHERE owner = 'resident' AND owner_id = ${resident} AND slot = 'photo' AND single AND upload_id IS NULL`));
    const { id } = await send(clerk, TYPE, resident);
    const bytes = await pdf(clerk, id);
    assert.doesNotMatch(pdfWords(bytes), /Tempel foto/);
    assert.deepEqual(sizes(bytes), ['360x400', '480x640', '800x400']);
    assert.deepEqual(rows(schema, `SELECT slot FROM file_use WHERE owner = 'letter' AND owner_id = ${id} AND slot IN ('garuda', 'photo', 'picture_1') ORDER BY slot`), [['garuda'], ['photo'], ['picture_1']]);

    // Taken away, that letter keeps it, and a draft that somebody has read is another paper now.
    (await secretary.submit(await secretary.get(HOME), {}, `form[action="${HOME}/picture_1/lepas"]`)).must(303);
    const again = (await clerk.get(`/kantor/surat/${id}/pratinjau/1`)).must(200);
    assert.equal([...again.text.matchAll(/data:image\/jpeg/g)].length, 3, 'a letter is shown as it was issued');
    assert.deepEqual(sizes(await pdf(clerk, (await send(clerk, TYPE, resident)).id)), ['360x400', '480x640']);
});

test('a picture that changed since the letter was read is read again before it goes on', async () => {
    rows(schema, `UPDATE letter_type SET policy = 'approve' WHERE slug = '${TYPE.slug}'`);
    const { id } = await send(clerk, TYPE, resident);
    const waiting = letterRow(village, id).state;
    const read = (await secretary.get(`/kantor/persetujuan/${id}`)).must(200);
    (await upload('picture_1', png(600, 300))).must(303);
    await made('picture_1');
    (await secretary.submit(read, {}, 'form[action$="/teruskan"]')).must(409);
    assert.equal(letterRow(village, id).state, waiting);
    (await secretary.submit(await secretary.get(`/kantor/persetujuan/${id}`), {}, 'form[action$="/teruskan"]')).must(303);
});
