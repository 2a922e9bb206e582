// SPDX-License-Identifier: AGPL-3.0-or-later
// The guest book: written at the counter, found again, mended by whoever saw the newest version.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, thisYear } from '../harness/days.mjs';
import { fetched } from '../harness/exports.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { pdfOf, png } from '../harness/pictures.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const FORM = 'main form[method="post"][action^="/kantor/tamu/"]';
const serial = process.pid;
const YEAR = String(thisYear() - 1);
const schema = schemaOf(village);
let clerk;

before(async () => { clerk = await staff(village, 'clerk'); });

const guest = (name, more = {}) => ({ nama: name, asal: 'Dinas Sosial', bertemu: 'Kepala desa', keperluan: 'Pendataan', tanggal_hari: '2', tanggal_bulan: '11', tanggal_tahun: YEAR, jam: '09.30', ...more });
const write = async (values) => clerk.submit((await clerk.get('/kantor/tamu/catat')).must(200), values, FORM);
const idOf = (answer) => Number(/tamu\/(\d+)/.exec(answer.location)[1]);

test('a guest is written down, shown and found by a word that stands in no address', async () => {
    const id = idOf((await write(guest(`Tamu Pertama ${serial}`))).must(303));
    const page = (await clerk.get(`/kantor/tamu/${id}`)).must(200, 'Dinas Sosial');
    assert.ok(page.text.includes('09.30'));
    const list = (await clerk.get('/kantor/tamu')).must(200);
    const found = (await clerk.submit(list, { cari: `Pertama ${serial}` }, 'main form[method="post"]')).must(303);
    assert.ok(!decodeURIComponent(found.location).includes('Pertama'));
    const hits = (await clerk.get(found.location)).must(200, `Tamu Pertama ${serial}`);
    assert.ok(hits.text.includes(`/kantor/tamu/${id}`));
});

test('the photo is taken on the form, with the rest or alone, and what is no picture leaves nothing', async () => {
    const photo = (bytes) => [{ name: 'foto', filename: 'tamu.png', type: 'image/png', bytes }];
    const send = async (path, values, bytes) => clerk.submit((await clerk.get(path)).must(200), values, FORM, { files: photo(bytes) });
    const made = (id) => Number(value(schema, `SELECT COUNT(*) FROM attachment WHERE owner = 'guest' AND owner_id = ${id} AND slot = 'photo' AND removed_at IS NULL`));
    const name = `Tamu Berfoto ${serial}`;
    (await send('/kantor/tamu/catat', guest(name), pdfOf('bukan foto'))).must(422, 'Foto tamu');
    assert.equal(value(schema, `SELECT COUNT(*) FROM guest WHERE name = '${name}'`), '0');
    const id = idOf((await send('/kantor/tamu/catat', guest(name), png(300, 300))).must(303));
    assert.equal(made(id), 1);
    (await clerk.get(`/kantor/tamu/${id}`)).must(200, 'Foto tamu');
    const edit = (await clerk.get(`/kantor/tamu/${id}/ubah`)).must(200);
    assert.ok(edit.page.querySelector('main .with-panel section.panel').text.includes('Riwayat'), 'its history stands beside the form');
    (await send(`/kantor/tamu/${id}/ubah`, {}, png(320, 300))).must(303);
    assert.equal(made(id), 2);
    assert.deepEqual(rows(schema, `SELECT kind FROM history WHERE owner = 'guest' AND owner_id = ${id} ORDER BY id`).flat(), ['add', 'file', 'file']);
});

test('guests are found by each word of any column, in any order, as people type on a telephone', async () => {
    const mine = `Élodie d'Ambrogio ${serial}`;
    idOf((await write(guest(mine, { asal: 'Puskesmas Tani_Maju 100%', bertemu: 'Kades', keperluan: 'C:\\data', telepon: '0812-3456-7890' }))).must(303));
    idOf((await write(guest(`Tamu Lain ${serial}`, { asal: 'Tanah Maju 1000', telepon: '0813 9999 0000' }))).must(303));
    const list = (await clerk.get('/kantor/tamu')).must(200);
    const found = async (words) => {
        const page = (await clerk.get((await clerk.submit(list, { cari: `${words} ${serial}` }, 'main form[method="post"]')).must(303).location)).must(200);
        return [page.text.includes('Ambrogio'), page.text.includes(`Tamu Lain ${serial}`)];
    };
    for (const words of ['ambrogio elodie', 'Puskesmas ELODIE kades', 'd’Ambrogio', 'dambrogio', 'tani maju', '0812-3456', '+62 812 3456 7890', '7890 0812', '%', '_', '\\', '100%', 'tani_maju'])
        assert.deepEqual(await found(words), [true, false], words);
    for (const words of ['%%', 'a_b', '__', '\\\\', 'tani%maju', '0814', 'elodie lain']) assert.deepEqual(await found(words), [false, false], words);
    assert.deepEqual(await found('maju'), [true, true]);
});

test('the longest words are searched for, too, and the filters beside them stay', async () => {
    const list = (await clerk.get('/kantor/tamu')).must(200);
    for (const words of ['é'.repeat(100), '😀'.repeat(25), 'a'.repeat(100)]) {
        const sent = (await clerk.submit(list, { cari: words, tanggal_dari: `1-1-${YEAR}`, tanggal_sampai: `31-12-${YEAR}`, kepuasan: '1' }, 'main form[method="post"]')).must(303);
        assert.ok(sent.location.startsWith('/kantor/tamu?'), sent.location);
        const page = (await clerk.get(sent.location)).must(200);
        assert.ok(page.text.includes(words), 'the box keeps the words');
    }
});

test('what cannot be is said at its field, and what was typed stays', async () => {
    const back = (await write(guest('', { tanggal_tahun: String(thisYear() + 1), bertemu: 'Pak Camat', telepon: 'abc' }))).must(422);
    assert.ok(back.text.includes('value="Pak Camat"'));
    assert.ok(back.text.includes('Nama tamu'));
    const later = (await write(guest(`Tamu Nanti ${serial}`, { tanggal_tahun: String(thisYear() + 1) }))).must(422, 'belum terjadi');
    assert.ok(later.text.includes(`Tamu Nanti ${serial}`));
    const form = (await clerk.get('/kantor/tamu/catat')).must(200);
    // A minute to come, on the day that it falls on: before midnight that is today, at midnight the day itself is still to come.
    const [soon, hour] = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Makassar', dateStyle: 'short', timeStyle: 'short' }).format(Date.now() + 120_000).split(' ');
    const [year, month, day] = soon.split('-');
    const coming = guest(`Tamu Nanti ${serial}`, { tanggal_hari: day, tanggal_bulan: month, tanggal_tahun: year, jam: hour.replace(':', '.') });
    (await clerk.submit(form, coming, FORM)).must(422, 'belum terjadi');
    (await write(guest(`Tamu Nanti ${serial}`, { tanggal_tahun: String(thisYear() - 7) }))).must(422, 'lebih dari 5 tahun lalu. Periksa tahunnya.');
    assert.equal(value(schemaOf(village), `SELECT COUNT(*) FROM guest WHERE name = 'Tamu Nanti ${serial}'`), '0');
});

test('of two who change one guest, the second sees both versions and nothing is lost', async () => {
    const id = idOf((await write(guest(`Tamu Dua ${serial}`))).must(303));
    const first = (await clerk.get(`/kantor/tamu/${id}/ubah`)).must(200);
    const second = (await clerk.get(`/kantor/tamu/${id}/ubah`)).must(200);
    (await clerk.submit(first, guest(`Tamu Dua ${serial}`, { keperluan: 'Undangan rapat', kepuasan: '1' }), FORM)).must(303);
    const both = (await clerk.submit(second, guest(`Tamu Dua ${serial}`, { keperluan: 'Mengantar surat' }), FORM)).must(409, 'Mengantar surat');
    assert.ok(both.text.includes('Undangan rapat'));
    assert.match((await clerk.get(`/kantor/tamu/${id}/jejak`)).must(200).words, /Keperluan semula .* menjadi Undangan rapat/);
    assert.deepEqual(rows(schemaOf(village), `SELECT version, purpose, satisfaction FROM guest WHERE id = ${id}`), [['2', 'Undangan rapat', '1']]);
});

test('a form saved as it was changes nothing and says so; each page says once what happened', async () => {
    const made = (await write(guest(`Tamu Tetap ${serial}`))).must(303);
    const id = idOf(made);
    assert.equal(made.location, `/kantor/tamu/${id}`);
    assert.match((await clerk.follow(made)).must(200).page.querySelector('.is-said').text, /Tersimpan/);
    assert.equal((await clerk.get(made.location)).must(200).page.querySelector('.is-said'), null);
    const traces = () => value(schema, `SELECT CONCAT(version, ' ', (SELECT COUNT(*) FROM history WHERE owner = 'guest' AND owner_id = ${id}), ' ', (SELECT COUNT(*) FROM audit WHERE subject = 'guest:${id}')) FROM guest WHERE id = ${id}`);
    const before = traces();
    const same = (await clerk.submit(await clerk.get(`/kantor/tamu/${id}/ubah`), {}, FORM)).must(303);
    assert.match((await clerk.follow(same)).must(200).page.querySelector('.is-said').text, /Tidak ada yang berubah, jadi tidak ada yang disimpan/);
    assert.equal(traces(), before);
});

test('a form sent twice writes one guest', async () => {
    const form = (await clerk.get('/kantor/tamu/catat')).must(200);
    const values = guest(`Tamu Kembar ${serial}`);
    const first = (await clerk.submit(form, values, FORM)).must(303);
    assert.equal((await clerk.submit(form, values, FORM)).must(303).location, first.location);
    assert.equal(value(schemaOf(village), `SELECT COUNT(*) FROM guest WHERE name = '${values.nama}'`), '1');
});

test('whom a guest meets may stay empty; the box for a telephone says that it takes one number', async () => {
    const page = (await clerk.get('/kantor/tamu/catat')).must(200);
    assert.match(page.page.querySelector('main form').text, /Satu nomor\. Contoh: 0812 3456 7890/);
    const id = idOf((await write(guest(`Tamu Musyawarah ${serial}`, { bertemu: '', keperluan: 'Menghadiri musyawarah' }))).must(303));
    assert.deepEqual(rows(schema, `SELECT meets, purpose FROM guest WHERE id = ${id}`), [['', 'Menghadiri musyawarah']]);
    (await clerk.get(`/kantor/tamu/${id}`)).must(200, 'Menghadiri musyawarah');
    (await write(guest(`Tamu Dua Nomor ${serial}`, { telepon: '0471 21234 / 0812 3456 789' }))).must(422, 'Nomor telepon bukan nomor telepon');
});

test('the same name, origin and purpose within minutes is asked about once; another purpose, day or a change is not', async () => {
    const count = () => Number(value(schema, `SELECT COUNT(*) FROM guest WHERE name = '${name}'`));
    const name = `Tamu Berulang ${serial}`;
    const id = idOf((await write(guest(name))).must(303));
    const asked = (await write(guest(name.toUpperCase()))).must(422, 'baru saja dicatat', 'Satu hal perlu dipastikan');
    assert.doesNotMatch(asked.words, /perlu diperbaiki/, 'a question is no fault');
    assert.equal(count(), 1);
    (await clerk.submit(asked, { tamu_lain: '1' }, FORM)).must(303);
    assert.equal(count(), 2);
    (await write(guest(name, { keperluan: 'Undangan' }))).must(303);
    (await write(guest(name, { asal: 'Dinas Kesehatan' }))).must(303);
    (await write(guest(name, { tanggal_hari: '3' }))).must(303);
    (await clerk.submit(await clerk.get(`/kantor/tamu/${id}/ubah`), { kepuasan: '2' }, FORM)).must(303);
    assert.equal(count(), 5);
    assert.deepEqual(JSON.parse(rows(schema, `SELECT changes FROM history WHERE owner = 'guest' AND owner_id = ${id + 1} AND kind = 'add'`)[0][0] || '{}').is_another, undefined);
});

test('the list can be narrowed by day and by how content guests were', async () => {
    idOf((await write(guest(`Tamu Kecewa ${serial}`, { kepuasan: '4', tanggal_bulan: '3' }))).must(303));
    const page = (await clerk.get(`/kantor/tamu?kepuasan=4&tanggal_dari=1-3-${YEAR}&tanggal_sampai=31-3-${YEAR}`)).must(200, `Tamu Kecewa ${serial}`);
    assert.ok(!page.text.includes(`Tamu Dua ${serial}`));
});

test('the book of a month is printed with heads, its guests and its signers', async () => {
    idOf((await write(guest(`Tamu Tercetak ${serial}`, { kepuasan: '2' }))).must(303));
    const page = (await clerk.get(`/kantor/buku/tamu?periode=${YEAR}-11`)).must(200, 'Cetak PDF');
    const book = (await fetched(clerk, await clerk.submit(page, {}, '#minta-pdf'))).file;
    const words = pdfWords(book.bytes);
    for (const word of ['BUKU TAMU', 'NOVEMBER', 'Bertemu dengan', `Tamu Tercetak ${serial}`, '09.30', 'Puas', 'Sekretaris']) assert.ok(words.includes(word), word);
    assert.ok(!words.includes(`Tamu Kecewa ${serial}`));
});

test('guests of one day stand in the order of their hours, in the list and in the book', async () => {
    for (const [hour, name] of [['10.15', 'Ketiga'], ['08.05', 'Pertama'], ['09.40', 'Kedua']])
        idOf((await write(guest(`Urut ${serial} ${name}`, { jam: hour, tanggal_bulan: '8' }))).must(303));
    const order = (text) => [...text.matchAll(new RegExp(`Urut ${serial} (\\w+)`, 'g'))].map(([, name]) => name);
    const list = (await clerk.get(`/kantor/tamu?tanggal_dari=1-8-${YEAR}&tanggal_sampai=31-8-${YEAR}`)).must(200);
    assert.deepEqual([...new Set(order(list.text))], ['Ketiga', 'Kedua', 'Pertama'], 'the newest first');
    const page = (await clerk.get(`/kantor/buku/tamu?periode=${YEAR}-08`)).must(200);
    assert.deepEqual(order(pdfWords((await fetched(clerk, await clerk.submit(page, {}, '#minta-pdf'))).file.bytes)), ['Pertama', 'Kedua', 'Ketiga']);
});

test('no guest comes into a closed month, leaves it or is changed in it; a note still stands beside him', async () => {
    const september = (more) => guest(`Tamu September ${serial}`, { tanggal_bulan: '9', ...more });
    const id = idOf((await write(september())).must(303));
    const secretary = await staff(village, 'secretary');
    const page = (await secretary.get(`/kantor/buku/tamu/tutup?periode=${YEAR}-09`)).must(200);
    (await secretary.submit(page, {}, '#tutup')).must(303);
    const late = (await write(september({ bertemu: 'Pak Camat' }))).must(422, `September ${YEAR} sudah ditutup`);
    assert.ok(late.text.includes('value="Pak Camat"'), 'what was typed stays');
    const edit = async (values) => clerk.submit((await clerk.get(`/kantor/tamu/${id}/ubah`)).must(200), values, FORM);
    (await edit(september({ keperluan: 'Lain' }))).must(422, `September ${YEAR} sudah ditutup`);
    (await edit(guest(`Tamu September ${serial}`))).must(422, `September ${YEAR} sudah ditutup`);
    const other = idOf((await write(guest(`Tamu Pindah ${serial}`))).must(303));
    (await clerk.submit((await clerk.get(`/kantor/tamu/${other}/ubah`)).must(200), september(), FORM)).must(422, `September ${YEAR} sudah ditutup`);
    assert.deepEqual(rows(schemaOf(village), `SELECT COUNT(*), MAX(purpose) FROM guest WHERE came_on BETWEEN '${YEAR}-09-01' AND '${YEAR}-09-30' AND name LIKE '% ${serial}'`), [['1', 'Pendataan']]);
});

test('a part that is put away shows no books, at once and on every loop', async () => {
    const secretary = await staff(village, 'secretary');
    const put = async (values) => {
        const parts = (await secretary.get('/kantor/pengaturan/bagian')).must(200);
        return (await secretary.submit(parts, values, 'main form[method="post"]')).must(303);
    };
    const shown = async () => {
        const seen = new Set();
        for (let i = 0; i < 8; i++) {
            const fresh = await staff(village, 'clerk', { ownConnections: true });
            seen.add([(await fresh.get('/kantor/buku')).text.includes('href="/kantor/buku/tamu"'), (await fresh.get('/kantor/buku/tamu')).status, (await fresh.get('/kantor/tamu')).status].join());
            fresh.close();
        }
        return [...seen];
    };
    assert.deepEqual(await shown(), ['true,200,200']);
    await put({ tampil_guestbook: null });
    try {
        assert.deepEqual(await shown(), ['false,404,404']);
    } finally {
        await put({ tampil_guestbook: '1' });
    }
    assert.deepEqual(await shown(), ['true,200,200']);
});

test('the menu "Unduh" gives the rows that are shown as a file, and leads to the printed book', async () => {
    idOf((await write(guest(`Tamu Diunduh ${serial}`, { tanggal_tahun: String(thisYear() - 2) }))).must(303));
    const list = (await clerk.get('/kantor/tamu')).must(200);
    const found = (await clerk.get((await clerk.submit(list, { cari: `Diunduh ${serial}` }, 'main form[method="post"]')).must(303).location)).must(200, '1 tamu yang disaring');
    assert.ok(found.page.querySelector('main .menu a[href="/kantor/buku/tamu"]'));
    const csv = (await fetched(clerk, await clerk.submit(found, {}, '#unduh-csv'))).file.text;
    assert.equal(csv.trim().split('\r\n').length, 2, csv);
    assert.ok(csv.includes(`Tamu Diunduh ${serial}`));
    const detail = value(schemaOf(village), "SELECT detail FROM audit WHERE action = 'export.ask' ORDER BY id DESC LIMIT 1");
    assert.deepEqual(JSON.parse(detail), { cari: true, bentuk: 'csv' }, 'the words searched for are not in the trail');
});
