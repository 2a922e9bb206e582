// SPDX-License-Identifier: AGPL-3.0-or-later
// Files, notes and history beside a row of a register, as every register has them; here an event's.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dayAgo } from '../harness/days.mjs';
import { usualFamily } from '../harness/families.mjs';
import { jpeg, pdfOf } from '../harness/pictures.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village, neighbour] = trainingVillages();
const schema = schemaOf(village);
let clerk;
let home; // of the event

before(async () => {
    clerk = await staff(village, 'clerk');
    const dead = usualFamily(village, 'BERKAS').members[3];
    const [day, month, year] = dayAgo(2);
    (await clerk.submit((await clerk.get(`/kantor/penduduk/${dead}/kematian`)).must(200),
        { langkah: 'simpan', tanggal_hari: day, tanggal_bulan: month, tanggal_tahun: year, tempat: 'Rumah', sebab: 'sakit', pelapor: 'Andi' }, 'main form[action$="/kematian"]')).must(303);
    home = `/kantor/peristiwa/${value(schema, `SELECT id FROM resident_event WHERE resident_id = ${dead}`)}`;
});

const FORM = () => `form[action="${home}/lampiran"]`;
const paper = (bytes, filename = 'akta.pdf') => [{ name: 'berkas', filename, type: 'application/pdf', bytes: Buffer.from(bytes) }];
const AKTA = pdfOf('akta');
const page = async () => (await clerk.get(`${home}/lampiran`)).must(200);
const attach = async (values, files) => clerk.submit(await page(), values, FORM(), { files });
const mine = () => rows(schema, `SELECT id, slot, title, file_id FROM attachment WHERE owner = 'event' AND CONCAT('/kantor/peristiwa/', owner_id) = '${home}' ORDER BY id`);

test('a file is what its bytes are, is handed out as a download, and is one however often its form is sent', async () => {
    (await attach({ jenis: 'certificate' }, paper('<html><script>alert(1)</script>'))).must(422, 'bukan PDF, JPEG, atau PNG');
    (await attach({ jenis: '' }, paper(AKTA))).must(422, 'Jenis berkas');
    (await attach({ jenis: 'letterhead' }, paper(AKTA))).must(422, 'Pilih jenis berkas');
    (await attach({ jenis: 'certificate' }, paper('\0\0\0\x18ftypheic\0\0\0\0mif1'))).must(422, 'Simpan sebagai JPG');
    (await attach({ jenis: 'certificate' }, paper(`%PDF-1.4 ${'x'.repeat(5.5 * 1024 * 1024)}`))).must(422, '5,5 MB, paling besar 5 MB');
    for (const junk of ['%PDF-1.4 akta', '%PDF-', `%PDF-1.7\n${'x'.repeat(9000)}\n%%EOF`, AKTA.subarray(0, AKTA.length - 20), `${AKTA}`.replace(/startxref\n\d+/, 'startxref\n99999999')])
        (await attach({ jenis: 'certificate' }, paper(junk))).must(422, 'Berkas PDF ini tidak utuh');
    assert.deepEqual(mine(), []);
    const form = await page();
    (await clerk.submit(form, { jenis: 'certificate', catatan: 'nomor 12' }, FORM(), { files: paper(AKTA) })).must(303);
    (await clerk.submit(form, { jenis: 'certificate', catatan: 'nomor 12' }, FORM(), { files: paper(AKTA) })).must(303);
    const [[id, slot, title, file], ...more] = mine();
    assert.deepEqual([slot, title, more], ['certificate', 'nomor 12', []]);
    assert.equal(value(schema, `SELECT COUNT(*) FROM file_use WHERE file_id = ${file} AND owner = 'attachment' AND owner_id = ${id}`), '1'); // others may keep the same bytes
    const got = await clerk.get(`${home}/lampiran/${id}`);
    assert.deepEqual([got.status, got.headers['content-type'], got.bytes], [200, 'application/pdf', AKTA]);
    assert.equal(got.headers['content-disposition'], 'attachment; filename="akta.pdf"');
    assert.match(got.headers['cache-control'], /no-store/);
    (await clerk.get(home)).must(200, 'Berkas dan catatan');
    assert.match((await page()).words, /Akta atau surat keterangan.*nomor 12/);
    (await clerk.get(`${home}/jejak`)).must(200, 'Berkas disimpan');
    (await clerk.get(`/kantor/peristiwa/999999/lampiran/${id}`)).must(404);
    (await (await staff(neighbour, 'clerk')).get(`${home}/lampiran/${id}`)).must(404);
});

test('who takes a file out is written down, each time', async () => {
    const [[id]] = mine();
    const taken = () => Number(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'event.file_get' AND CONCAT('/kantor/peristiwa/', SUBSTRING(subject, 7)) = '${home}/${id}'
        AND actor_name = (SELECT name FROM staff WHERE username = 'operator')`));
    const before = taken();
    (await clerk.get(`${home}/lampiran/${id}`)).must(200);
    (await clerk.get(`${home}/lampiran/${id}`)).must(200);
    (await clerk.get(`${home}/lampiran/999999`)).must(404);
    assert.equal(taken(), before + 2);
});

test('what is taken away stays on the books: who, when, why', async () => {
    const [[id]] = mine();
    (await clerk.submit(await page(), {}, `form[action="${home}/lampiran/${id}/tarik"]`)).must(422, 'Tulis alasan');
    (await clerk.submit(await page(), { alasan: 'salah orang' }, `form[action="${home}/lampiran/${id}/tarik"]`)).must(303);
    (await clerk.get(`${home}/lampiran/${id}`)).must(404);
    assert.match((await page()).words, /Ditarik .*salah orang/);
    const kept = rows(schema, `SELECT kind, reason FROM history WHERE owner = 'event' AND CONCAT('/kantor/peristiwa/', owner_id) = '${home}' ORDER BY id`);
    assert.deepEqual(kept, [['file', 'Akta atau surat keterangan: nomor 12'], ['file_out', 'Akta atau surat keterangan: salah orang']]);
    (await clerk.get(`${home}/jejak`)).must(200, 'Berkas ditarik');
});

test('a file is given back under the name it came with, cleaned', async () => {
    for (const [said, shown, given, bytes] of [
        ['C:\\Users\\Ibu Ani\\Akta Lahir (2).PDF', 'Akta Lahir (2).PDF', 'Akta-Lahir--2-.pdf', pdfOf('nama 1')],
        ['../../etc/surat <b> 1.pdf', 'surat <b> 1.pdf', 'surat--b--1.pdf', pdfOf('nama 2')],
        ['foto rumah.png', 'foto rumah.png', 'foto-rumah.jpg', jpeg(320, 240)],
        ['tanpa-titik', 'tanpa-titik', 'tanpa-titik.pdf', pdfOf('nama 3')],
    ]) {
        (await attach({ jenis: 'other' }, paper(bytes, said))).must(303);
        const [id, , title] = mine().at(-1);
        assert.equal(title, shown);
        await until('it is there', () => mine().at(-1)[3] !== null);
        assert.equal((await clerk.get(`${home}/lampiran/${id}`)).must(200).headers['content-disposition'], `attachment; filename="${given}"`);
        rows(schema, `DELETE FROM file_use WHERE owner = 'attachment' AND owner_id = ${id}; DELETE FROM attachment WHERE id = ${id}`);
    }
});

test('twenty files are kept at most', async () => {
    for (let i = 0; i < 20; i++) (await attach({ jenis: 'other' }, paper(pdfOf(i)))).must(303);
    const full = await page();
    assert.match(full.words, /Sudah 20 berkas/);
    assert.match(full.words, /akta\.pdf/, 'a file without a note is called by its own name');
    const { fields } = clerk.fill(full, {}, `form[action="${home}/catatan"]`);
    (await clerk.post(`${home}/lampiran`, [...fields.filter(([n]) => n.startsWith('_')), ['jenis', 'other']], { files: paper(pdfOf('x')) })).must(422, 'Sudah ada 20 berkas');
});

test('adding and taking away again and again comes to an end', async () => {
    const owner = Number(home.split('/').at(-1));
    const count = () => Number(value(schema, `SELECT COUNT(*) FROM attachment WHERE owner = 'event' AND owner_id = ${owner}`));
    rows(schema, `UPDATE attachment SET removed_at = NOW(6), removed_by = 'Uji', removed_reason = 'uji' WHERE owner = 'event' AND owner_id = ${owner};
        INSERT INTO attachment (owner, owner_id, slot, put_at, put_by, removed_at, removed_by, removed_reason)
        SELECT 'event', ${owner}, 'other', NOW(6), 'Uji', NOW(6), 'Uji', 'uji' FROM (${'SELECT 1 UNION ALL '.repeat(98 - count())}SELECT 1) many`);
    assert.equal(count(), 99);
    (await attach({ jenis: 'other' }, paper(pdfOf('seratus')))).must(303);
    (await attach({ jenis: 'other' }, paper(pdfOf('seratus satu')))).must(422, '100 bersama yang sudah ditarik');
    assert.equal(count(), 100);
});

test('a note says who wrote it, and nobody changes it', async () => {
    const note = async (values) => clerk.submit(await page(), values, `form[action="${home}/catatan"]`);
    (await note({ isi: '' })).must(422, 'Catatan');
    (await note({ isi: 'Akta asli <b>diambil</b> anaknya.' })).must(303);
    const shown = (await clerk.get(`${home}/lampiran`)).must(200, 'Akta asli <b>diambil</b> anaknya.');
    assert.equal(shown.page.querySelectorAll('main b').filter((b) => b.text === 'diambil').length, 0, 'as text');
    assert.equal(value(schema, `SELECT put_by FROM note WHERE owner = 'event' AND CONCAT('/kantor/peristiwa/', owner_id) = '${home}'`),
        value(schema, "SELECT name FROM staff WHERE username = 'operator'"));
});

test('notes come to an end, and it is said where to go on', async () => {
    const owner = Number(home.split('/').at(-1));
    const count = () => Number(value(schema, `SELECT COUNT(*) FROM note WHERE owner = 'event' AND owner_id = ${owner}`));
    rows(schema, `INSERT INTO note (owner, owner_id, text, put_at, staff_id, put_by) SELECT 'event', ${owner}, 'uji', NOW(6), 1, 'Uji' FROM (${'SELECT 1 UNION ALL '.repeat(98 - count())}SELECT 1) many`);
    const [last, beyond] = [await page(), await page()];
    const note = (form, text) => clerk.submit(form, { isi: text }, `form[action="${home}/catatan"]`);
    (await note(last, 'keseratus')).must(303);
    (await note(beyond, 'keseratus satu')).must(422, 'Sudah ada 100 catatan di sini');
    assert.equal(count(), 100);
    const full = (await clerk.get(`${home}/lampiran`)).must(200, 'Sudah 100 catatan');
    assert.equal(full.page.querySelector(`form[action="${home}/catatan"]`), null);
    assert.match(full.words, /Akta asli .*diambil/, 'none is hidden');
});
