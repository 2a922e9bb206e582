// SPDX-License-Identifier: AGPL-3.0-or-later
// Incoming and outgoing mail: each letter gets one number of its agenda, goes from the head to who works on it, and is printed.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo, iso, thisYear, today } from '../harness/days.mjs';
import { fetched } from '../harness/exports.mjs';
import { pdfInfo, pdfWords } from '../harness/paper.mjs';
import { pdfOf } from '../harness/pictures.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const serial = process.pid;
const IN = '/kantor/surat-masuk', OUT = '/kantor/surat-keluar';
const LAST_YEAR = thisYear() - 1;
let clerk, secretary, head;

before(async () => {
    clerk = await staff(village, 'clerk');
    secretary = await staff(village, 'secretary');
    head = await staff(village, 'head');
});

const formOf = (home) => `main form[method="post"][action^="${home}/"]`;
const letter = (words, more = {}) => ({ dari: `Kantor Camat ${serial}`, kepada: 'Kepala Desa', nomor: `005/${words}/${serial}`, ...dated('tanggal', [2, 11, LAST_YEAR]), hal: `${words} ${serial}`, sifat: '1', ...dated('diterima', [3, 11, LAST_YEAR]), ...more });
const sent = (words, more = {}) => ({ dari: 'Kepala Desa', kepada: `Dinas Sosial ${serial}`, nomor: `400/${words}/${serial}`, ...dated('tanggal', [4, 11, LAST_YEAR]), hal: `${words} ${serial}`, sifat: '1', ...more });
const write = async (values, home = IN, who = clerk, files = undefined) => who.submit((await who.get(`${home}/catat`)).must(200), values, formOf(home), files ? { files } : undefined);
const idOf = (answer) => Number(/surat-(?:masuk|keluar)\/(\d+)/.exec(answer.location)[1]);
const written = async (...args) => idOf((await write(...args)).must(303));
const field = (id, words) => rows(schema, `SELECT ${words} FROM mail WHERE id = ${id}`)[0];
const count = (words) => Number(value(schema, `SELECT COUNT(*) FROM mail WHERE subject = '${words} ${serial}'`));
const clerkId = () => value(schema, "SELECT id FROM staff WHERE role = 'clerk' AND is_active ORDER BY id LIMIT 1");
const assign = async (id, more = {}, who = head, to = [`a${clerkId()}`]) => who.submit((await who.get(`${IN}/${id}`)).must(200), { ...Object.fromEntries(to.map((key) => [`kepada_${key}`, '1'])), disposisi: '3', ...more }, '#teruskan');

test('a letter that came is written down, gets the next number, and is found by sender, subject and number', async () => {
    const first = (await write(letter('Undangan'))).must(303);
    const id = idOf(first);
    assert.match((await clerk.follow(first)).must(200, 'Belum didisposisi').page.querySelector('.is-said').text, /Tersimpan dengan nomor agenda \d+/);
    const next = await written(letter('Undangan kedua'));
    assert.equal(Number(field(next, 'agenda')[0]), Number(field(id, 'agenda')[0]) + 1);
    assert.deepEqual(field(id, 'year, state, direction'), [String(LAST_YEAR), '1', '1']);
    for (const words of [`camat ${serial}`, `undangan ${serial}`, `005/Undangan/${serial}`]) {
        const found = (await clerk.submit((await clerk.get(IN)).must(200), { cari: words }, 'main form[method="post"]')).must(303);
        assert.ok(!decodeURIComponent(found.location).includes(String(serial)), 'the words stand in no address');
        assert.ok((await clerk.get(found.location)).must(200).text.includes(`${IN}/${id}"`), words);
    }
});

test('each agenda counts for itself and begins anew each year; four at once get four numbers', async () => {
    const now = dayAgo(0), own = { ...dated('tanggal', now), ...dated('diterima', now) };
    const one = await written(letter('Tahun ini', own));
    assert.equal(field(one, 'year')[0], String(thisYear()));
    const out = await written(sent('Agenda sendiri'), OUT);
    assert.deepEqual(field(out, 'direction, state'), ['2', '4']);
    const forms = []; // one after the other: nginx counts what comes from one address
    for (let i = 0; i < 4; i++) forms.push((await clerk.get(`${IN}/catat`)).must(200));
    const answers = await Promise.all(forms.map((form, i) => clerk.submit(form, letter(`Serentak${i}`, own), formOf(IN))));
    const made = answers.map((answer) => idOf(answer.must(303)));
    const numbers = made.map((id) => Number(field(id, 'agenda')[0]));
    assert.equal(new Set(numbers).size, 4);
    assert.equal(Math.max(...numbers) - Math.min(...numbers), 3);
    assert.ok(Math.min(...numbers) > Number(field(one, 'agenda')[0]));
});

test('the numbers go on from where the paper agenda stood, never back to one that was given', async () => {
    const last = Number(value(schema, `SELECT MAX(last) FROM letter_counter WHERE scope = 'mail_out' AND year = ${thisYear()}`) || 0);
    const start = async (n) => clerk.submit((await clerk.get(`${OUT}/nomor`)).must(200), { berikutnya: String(n) }, 'main form[method="post"]');
    (await start(last + 50)).must(303);
    const id = await written(sent('Nomor lanjut', dated('tanggal', today())), OUT);
    assert.equal(field(id, 'agenda')[0], String(last + 50));
    (await start(last + 50)).must(422, 'sudah diberikan');
    (await start(0)).must(422);
    assert.equal(field(await written(sent('Nomor tetap', dated('tanggal', today())), OUT), 'agenda')[0], String(last + 51));
});

test('what cannot be is said at its field, and nothing that was typed is lost', async () => {
    const tomorrow = dayAgo(-1);
    const back = (await write(letter('Keliru', { dari: '', ...dated('tanggal', tomorrow), ...dated('diterima', tomorrow) }))).must(422, 'belum terjadi');
    assert.ok(back.text.includes(`Keliru ${serial}`));
    (await write(letter('Keliru', { ...dated('tanggal', [4, 11, LAST_YEAR]) }))).must(422, 'sesudah hari diterimanya');
    (await write(letter('Keliru', { diterima_hari: '', diterima_bulan: '', diterima_tahun: '' }))).must(422, 'Tanggal diterima belum diisi');
    (await write(letter('Keliru', dated('batas', [1, 11, LAST_YEAR])))).must(422, 'lebih awal');
    for (const klasifikasi of ['<b>400</b>', '400.99']) (await write(letter('Keliru', { klasifikasi }))).must(422, 'tidak ada dalam daftar klasifikasi');
    (await write(letter('Keliru', { hal: 'é'.repeat(301) }))).must(422);
    assert.equal(count('Keliru'), 0);
});

test('the same number of one sender and day is asked about once; a form sent twice writes one letter', async () => {
    const twice = letter('Kembar');
    await written(twice);
    const asked = (await write({ ...twice, dari: twice.dari.toUpperCase() })).must(422, 'sudah dicatat, nomor agenda');
    assert.equal(count('Kembar'), 1);
    (await clerk.submit(asked, { surat_lain: '1' }, formOf(IN))).must(303);
    assert.equal(count('Kembar'), 2);
    const second = Number(value(schema, `SELECT MAX(id) FROM mail WHERE subject = 'Kembar ${serial}'`));
    (await clerk.submit((await clerk.get(`${IN}/${second}/ubah`)).must(200), { ringkasan: 'Salinan' }, formOf(IN))).must(303);
    (await clerk.submit((await clerk.get(`${IN}/${second}/ubah`)).must(200), { nomor: `005/Undangan/${serial}` }, formOf(IN))).must(422, 'sudah dicatat');
    await written({ ...twice, dari: `Kantor Camat Lain ${serial}` });
    const form = (await clerk.get(`${IN}/catat`)).must(200), values = letter('Tekan dua kali');
    const first = (await clerk.submit(form, values, formOf(IN))).must(303);
    assert.equal((await clerk.submit(form, values, formOf(IN))).must(303).location, first.location);
    assert.equal(count('Tekan dua kali'), 1);
});

test('the scan comes with the form; what is no paper is said, and leaves no letter and no number', async () => {
    const pages = (bytes) => [{ name: 'pindaian', filename: 'surat.pdf', type: 'application/pdf', bytes }];
    const counter = () => value(schema, `SELECT last FROM letter_counter WHERE scope = 'mail_in' AND year = ${LAST_YEAR}`);
    const before_ = counter();
    (await write(letter('Bukan surat'), IN, clerk, pages(Buffer.from('bukan pdf')))).must(422, 'Pindaian surat');
    assert.equal(count('Bukan surat'), 0);
    assert.equal(counter(), before_);
    const id = await written(letter('Berpindaian'), IN, clerk, pages(pdfOf('undangan')));
    assert.equal(value(schema, `SELECT COUNT(*) FROM attachment WHERE owner = 'mail' AND owner_id = ${id} AND slot = 'scan'`), '1');
});

test('the head assigns, the clerk sees it on the first page, reads, reports; then the letter is done', async () => {
    const id = await written(letter('Musrenbang'));
    (await assign(id, dated('batas_disposisi', dayAgo(1)))).must(422, 'sudah lewat');
    (await assign(id, { ...dated('batas_disposisi', dayAgo(-2)), pesan: 'Bawa daftar usulan' })).must(303);
    assert.equal(field(id, 'state')[0], '2');
    (await clerk.get('/kantor')).must(200, 'Disposisi untuk Anda');
    assert.ok((await clerk.get(`${IN}?untuk=saya`)).must(200).text.includes(`${IN}/${id}"`));
    assert.ok(!(await secretary.get(`${IN}?untuk=saya`)).must(200).text.includes(`${IN}/${id}"`));
    const page = (await clerk.get(`${IN}/${id}`)).must(200, 'Bawa daftar usulan');
    assert.match(page.words, /Hadiri dan laporkan/);
    assert.ok(!page.page.querySelector('#teruskan'), 'a clerk assigns nothing');
    (await clerk.submit(page, {}, `form[action="${IN}/${id}/dibaca"]`)).must(303);
    assert.ok((await head.get(`${IN}/${id}`)).must(200).words.includes('Dibaca'));
    (await clerk.submit((await clerk.get(`${IN}/${id}`)).must(200), { laporan: '' }, '#catat-lapor')).must(422, 'Laporan');
    const form = (await clerk.get(`${IN}/${id}`)).must(200);
    (await clerk.submit(form, { laporan: 'Sudah hadir' }, '#catat-lapor')).must(303);
    assert.equal(field(id, 'state')[0], '3');
    (await head.get(`${IN}/${id}`)).must(200, 'Sudah hadir');
    assert.ok(!(await clerk.get(`${IN}/${id}`)).page.querySelector('#catat-lapor'));
    assert.deepEqual(rows(schema, `SELECT kind FROM history WHERE owner = 'mail' AND owner_id = ${id} ORDER BY id`).flat(), ['add', 'dispose', 'read', 'report']);
});

test('a letter of two is done when both have reported, or when the head closes it', async () => {
    const id = await written(letter('Berdua'));
    const other = value(schema, "SELECT id FROM staff WHERE role = 'secretary' AND is_active ORDER BY id LIMIT 1");
    (await assign(id)).must(303);
    (await assign(id, {}, head, [`a${other}`])).must(303);
    (await clerk.submit((await clerk.get(`${IN}/${id}`)).must(200), { laporan: 'Bagian saya selesai' }, '#catat-lapor')).must(303);
    assert.equal(field(id, 'state')[0], '2');
    (await head.submit((await head.get(`${IN}/${id}`)).must(200), {}, `form[action="${IN}/${id}/selesai"]`)).must(303);
    assert.equal(field(id, 'state')[0], '3');
    assert.equal(value(schema, `SELECT COUNT(*) FROM mail_disposition WHERE mail_id = ${id} AND done_at IS NULL`), '0');
});

test('several at once, officials without an account too: what these have done is noted for them', async () => {
    const id = await written(letter('Kerja bakti'));
    const [[official, name]] = rows(schema, `SELECT o.id, o.name FROM official o WHERE o.is_active AND o.office NOT IN ('head', 'secretary')
        AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.official_id = o.id OR s.name = o.name) ORDER BY o.id LIMIT 1`);
    (await assign(id, {}, head, [])).must(422, 'Centang paling sedikit satu penerima');
    const { fields } = head.fill((await head.get(`${IN}/${id}`)).must(200), { disposisi: '3', pesan: 'Bawa cangkul' }, '#teruskan');
    (await head.post(`${IN}/${id}/disposisi`, [...fields, ['kepada_p999999', '1']])).must(422, 'tidak menjabat lagi').must(422, 'Bawa cangkul');
    assert.equal(value(schema, `SELECT COUNT(*) FROM mail_disposition WHERE mail_id = ${id}`), '0', 'none of them got it');
    (await assign(id, { pesan: 'Bawa cangkul' }, head, [`a${clerkId()}`, `p${official}`])).must(303);
    const page = (await clerk.get(`${IN}/${id}`)).must(200, 'Belum selesai');
    assert.match((await head.get(`${IN}/${id}/jejak`)).must(200).words, new RegExp(`kepada .*, ${name}: Hadiri dan laporkan`));
    const form = `form#selesai-${value(schema, `SELECT MAX(id) FROM mail_disposition WHERE mail_id = ${id}`)}`;
    assert.equal((await head.get(`${IN}/${id}`)).page.querySelector(form), null, 'who does not write mail notes nothing');
    const refused = (await clerk.submit(page, { hasil: '' }, form)).must(422, 'Hasilnya');
    assert.ok(refused.page.querySelector('details[open] #hasil[aria-invalid]'));
    const late = (await clerk.get(`${IN}/${id}`)).must(200);
    (await clerk.submit(page, { hasil: 'warga sudah dikumpulkan' }, form)).must(303);
    assert.equal(field(id, 'state')[0], '2', 'the clerk has not reported');
    const mine = (await clerk.get(`${IN}/${id}`)).must(200, 'warga sudah dikumpulkan');
    assert.equal(mine.page.querySelector(form), null, 'once only');
    (await clerk.submit(late, { hasil: 'sekali lagi' }, form)).must(422, 'Tidak ada yang diubah');
    (await clerk.submit(mine, { laporan: 'Sudah diumumkan' }, '#catat-lapor')).must(303);
    assert.equal(field(id, 'state')[0], '3');
});

test('the sheet of a disposition is printed for the pen, and with what was decided', async () => {
    const id = await written(letter('Lembar')), secret = await written(letter('Lembar rahasia', { sifat: '4' }), IN, secretary);
    const sheet = async (tail = '') => (await clerk.get(`${IN}/${id}/lembar.pdf${tail}`)).must(200).bytes;
    (await assign(id, { pesan: 'Bawa daftar usulan' })).must(303);
    const [bytes, blank] = [await sheet(), pdfWords(await sheet('?kosong=1'))];
    const words = pdfWords(bytes), { width, height, pages } = pdfInfo(bytes);
    assert.deepEqual([Math.round(width / 2.8346), Math.round(height / 2.8346), pages], [165, 215, 1], 'half a sheet of F4');
    for (const word of ['LEMBAR DISPOSISI', `Lembar ${serial}`, 'Nomor agenda', 'Diteruskan kepada', 'Hadiri dan laporkan', 'Catatan'])
        for (const text of [words, blank]) assert.ok(text.includes(word), `${word}\n${text}`);
    assert.ok(words.includes('Bawa daftar usulan') && !blank.includes('Bawa daftar usulan'));
    assert.match(words, /X Hadiri dan laporkan/);
    assert.doesNotMatch(blank, /X Hadiri dan laporkan/);
    (await clerk.get(`${IN}/${secret}/lembar.pdf`)).must(404);
});

test('a secret letter is there for the head, for who wrote it down and for whom it was assigned to, and for nobody else', async () => {
    const id = await written(letter('Pemeriksaan', { sifat: '4' }), IN, secretary);
    const list = async (who) => (await who.get(`${IN}?tahun=${LAST_YEAR}`)).must(200).text.includes(`${IN}/${id}"`);
    assert.deepEqual([await list(head), await list(secretary), await list(clerk)], [true, true, false]);
    for (const tail of ['', '/ubah', '/lampiran', '/jejak']) (await clerk.get(`${IN}/${id}${tail}`)).must(404);
    const book = async () => {
        const page = (await clerk.get(`/kantor/buku/agenda-masuk?periode=${LAST_YEAR}-11`)).must(200);
        return pdfWords((await fetched(clerk, await clerk.submit(page, {}, '#minta-pdf'))).file.bytes);
    };
    const words = await book();
    assert.ok(!words.includes(`Pemeriksaan ${serial}`) && words.includes('(rahasia)'), 'the book has its number only');
    (await assign(id)).must(303);
    (await clerk.get(`${IN}/${id}`)).must(200, `Pemeriksaan ${serial}`);
    assert.equal(await list(clerk), true);
});

test('a letter that goes out waits as a draft until its sending is written down; three books tell of it', async () => {
    const id = await written(sent('Laporan'), OUT);
    assert.ok((await clerk.get(`${OUT}?keadaan=konsep`)).must(200).text.includes(`${OUT}/${id}"`));
    const send = async (day) => clerk.submit((await clerk.get(`${OUT}/${id}`)).must(200), { ...dated('dikirim', day), lewat: 'Kantor pos', penerima: `Rosmini ${serial}` }, '#catat-kirim');
    (await send([3, 11, LAST_YEAR])).must(422, 'sesudah hari dikirimnya');
    (await send([6, 11, LAST_YEAR])).must(303);
    assert.deepEqual(field(id, 'state, sent_on'), ['5', iso([6, 11, LAST_YEAR])]);
    assert.ok((await clerk.get(`${OUT}?keadaan=terkirim`)).must(200).text.includes(`${OUT}/${id}"`));
    const printed = async (book) => {
        const page = (await clerk.get(`/kantor/buku/${book}?periode=${LAST_YEAR}-11`)).must(200, 'Cetak PDF');
        return pdfWords((await fetched(clerk, await clerk.submit(page, {}, '#minta-pdf'))).file.bytes);
    };
    const expedition = await printed('ekspedisi');
    for (const word of ['BUKU EKSPEDISI', 'NOVEMBER', `Laporan ${serial}`, `Rosmini ${serial}`, 'Sekretaris']) assert.ok(expedition.includes(word), word);
    assert.ok((await printed('agenda-keluar')).includes(`Laporan ${serial}`));
    assert.ok((await printed('agenda-masuk')).includes(`Undangan ${serial}`));
    const joint = await printed('agenda'); // A.7: both sides in one, by day
    for (const word of ['A.7 BUKU AGENDA', 'Surat masuk', 'Surat keluar', 'Ditujukan kepada', `Laporan ${serial}`, `Undangan ${serial}`]) assert.ok(joint.includes(word), word);
    assert.match(joint, /1 2 3 4 5 6 7 8 9(?! 10)/);
});

test('a disposition given to the wrong one is taken back: nobody\'s task any more, with its reason in the history', async () => {
    const id = await written(letter('Salah alamat')), secret = await written(letter('Salah rahasia', { sifat: '4' }), IN, secretary);
    const takeBack = async (mail, alasan, who = head) => {
        const page = (await who.get(`${IN}/${mail}`)).must(200);
        return who.submit(page, { alasan }, 'form[id^=tarik-]');
    };
    (await assign(id)).must(303);
    assert.ok((await clerk.get(`${IN}?untuk=saya`)).must(200).text.includes(`${IN}/${id}"`));
    assert.equal((await clerk.get(`${IN}/${id}`)).must(200).page.querySelector('form[id^=tarik-]'), null, 'a clerk takes nothing back');
    const refused = (await takeBack(id, '')).must(422, 'Alasan');
    assert.ok(refused.page.querySelector('details[open] #alasan[aria-invalid]'), 'said at its box');
    assert.ok(refused.page.querySelector('main[data-form-from]'), 'Back leads to the letter: the address of the form is no page');
    const form = (await head.get(`${IN}/${id}`)).must(200);
    (await head.submit(form, { alasan: 'bukan tugas pelayanan' }, 'form[id^=tarik-]')).must(303);
    assert.deepEqual([field(id, 'state')[0], (await clerk.get(`${IN}?untuk=saya`)).must(200).text.includes(`${IN}/${id}"`)], ['1', false]);
    const page = (await head.get(`${IN}/${id}`)).must(200, 'Belum didisposisi', 'Ditarik');
    assert.match(page.words, /Ditarik .*: bukan tugas pelayanan/);
    assert.match((await head.get(`${IN}/${id}/jejak`)).must(200).words, /Disposisi ditarik.*bukan tugas pelayanan/);

    const other = `form#tarik-${value(schema, `SELECT MAX(id) FROM mail_disposition WHERE mail_id = ${id}`)}`;
    assert.equal(page.page.querySelector(other), null, 'once only');

    (await assign(secret)).must(303);
    (await clerk.get(`${IN}/${secret}`)).must(200);
    (await takeBack(secret, 'rahasia')).must(303);
    (await clerk.get(`${IN}/${secret}`)).must(404);

    const two = await written(letter('Satu ditarik'));
    const secretaryId = value(schema, "SELECT id FROM staff WHERE role = 'secretary' AND is_active ORDER BY id LIMIT 1");
    (await assign(two)).must(303);
    (await clerk.submit((await clerk.get(`${IN}/${two}`)).must(200), { laporan: 'Sudah beres' }, '#catat-lapor')).must(303);
    (await assign(two, {}, head, [`a${secretaryId}`])).must(303);
    assert.equal(field(two, 'state')[0], '2');
    (await takeBack(two, 'sudah beres')).must(303);
    assert.equal(field(two, 'state')[0], '3', 'what was reported stands');
});

test('a sending written down wrongly is put right with a reason; who was second sees what stands by then', async () => {
    const id = await written(sent('Salah kirim'), OUT);
    const open = async () => (await clerk.get(`${OUT}/${id}`)).must(200);
    const fix = async (more, page) => clerk.submit(page ?? await open(), more, '#catat-kirim');
    (await fix({ ...dated('dikirim', [6, 11, LAST_YEAR]), lewat: 'Kantor pos', penerima: 'Rosmini' })).must(303);
    const late = await open();
    assert.match(late.page.querySelector('#catat-kirim').parentNode.text, /Perbaiki pengiriman/);
    (await fix(dated('dikirim', [7, 11, LAST_YEAR]))).must(422, 'Alasan diperbaiki belum diisi');
    (await fix({ ...dated('dikirim', [3, 11, LAST_YEAR]), sebab: 'salah' })).must(422, 'sesudah hari dikirimnya');
    assert.equal(field(id, 'sent_on')[0], iso([6, 11, LAST_YEAR]));
    (await fix({ sebab: 'tidak ada' })).must(303);
    (await fix({ ...dated('dikirim', [7, 11, LAST_YEAR]), sebab: 'salah lihat buku' })).must(303);
    assert.deepEqual(field(id, 'state, sent_on, sent_by'), ['5', iso([7, 11, LAST_YEAR]), 'Kantor pos']);
    assert.match((await clerk.get(`${OUT}/${id}/jejak`)).must(200).words, /Pengiriman diperbaiki.*salah lihat buku: dikirim 6 November \d+ menjadi 7 November \d+/);
    assert.equal(value(schema, `SELECT COUNT(*) FROM history WHERE owner = 'mail' AND owner_id = ${id} AND kind = 'resend'`), '1');
    (await fix({ lewat: 'Srikandi', sebab: 'lupa' }, late)).must(409, 'Srikandi');
    assert.equal(field(id, 'sent_by')[0], 'Kantor pos');
});

test('a number stays in its year, and a closed month takes no letter', async () => {
    const id = await written(letter('Pindah tahun'));
    const edit = async (values) => clerk.submit((await clerk.get(`${IN}/${id}/ubah`)).must(200), values, formOf(IN));
    (await edit(dated('diterima', dayAgo(0)))).must(422, 'milik tahun');
    (await edit({ hal: `Pindah tahun ${serial}` })).must(303);
    const july = { ...dated('tanggal', [1, 7, LAST_YEAR]), ...dated('diterima', [2, 7, LAST_YEAR]) };
    await written(letter('Juli', july));
    (await secretary.submit((await secretary.get(`/kantor/buku/agenda-masuk/tutup?periode=${LAST_YEAR}-07`)).must(200), {}, '#tutup')).must(303);
    (await write(letter('Terlambat', july))).must(422, `Juli ${LAST_YEAR} sudah ditutup`);
    assert.equal(count('Terlambat'), 0);
});

test('the list is narrowed by year and classification, and downloaded as it is shown, without what is secret', async () => {
    rows(schema, `INSERT INTO classification (code, name) VALUES ('900.${serial}', 'Uji ${serial}')`);
    await written(letter('Berkode', { klasifikasi: `900.${serial}` }));
    await written(letter('Berkode rahasia', { klasifikasi: `900.${serial}`, sifat: '4' }), IN, secretary);
    const shown = (await clerk.get(`${IN}?tahun=${LAST_YEAR}&klasifikasi=900.${serial}`)).must(200, `Berkode ${serial}`);
    assert.ok(!shown.text.includes(`Undangan ${serial}`));
    assert.ok(!(await clerk.get(`${IN}?tahun=${thisYear()}`)).must(200).text.includes(`Berkode ${serial}`));
    const page = (await secretary.get(`${IN}?klasifikasi=900.${serial}`)).must(200, `Berkode rahasia ${serial}`);
    const csv = (await fetched(secretary, await secretary.submit(page, {}, '#unduh-csv'))).file.text;
    assert.ok(csv.includes(`Berkode ${serial}`) && !csv.includes(`Berkode rahasia ${serial}`), csv);
});
