// SPDX-License-Identifier: AGPL-3.0-or-later
// From "Buat surat" to a paper anyone can verify.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client, send as ask, staff } from '../harness/client.mjs';
import { dayAgo, iso, today } from '../harness/days.mjs';
import { BUSINESS, DOMICILE, begin, decide, draft, letterRow, livingResidents, pdf, send } from '../harness/letters.mjs';
import { pagePicture, pdfFonts, pdfInfo, pdfWords, qrText, signsMissing, svgSigns } from '../harness/paper.mjs';
import { BASE, rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
let clerk;
let resident;
let name;
let nik;

before(async () => {
    clerk = await staff(village, 'clerk');
    [resident] = livingResidents(village, 1);
    [[name, nik]] = rows(schema, `SELECT name, nik FROM resident WHERE id = ${resident}`);
});

/** Names are upper case in letters' bodies and title case on pages. */
const holds = (text, part) => assert.ok(text.toLowerCase().includes(part.toLowerCase()), `"${part}" is not in: ${text.slice(0, 900)}`);

test('the clerk finds a person by name and by NIK, without either in an address', async () => {
    for (const query of [name, nik, name.split(' ')[0]]) {
        const pick = (await clerk.get('/kantor/surat/buat/keterangan-usaha')).must(200);
        const found = await clerk.submit(pick, { cari: query }, 'form[action$="/cari"]');
        found.must(200);
        holds(found.words, name);
        assert.ok(!found.path.includes(nik) && !found.words.includes(nik), 'the NIK is masked on the page');
        assert.ok(found.page.querySelector(`input[name=warga][value="${resident}"]`), 'this very person can be picked');
    }
    const pick = await clerk.get('/kantor/surat/buat/keterangan-usaha');
    (await clerk.submit(pick, { cari: 'zzyzx tidak ada' }, 'form[action$="/cari"]')).must(200, 'Tidak ada warga yang cocok');
});

test('a business letter is issued at once, gets its number, and its PDF can be read and verified', async () => {
    const last = Number(value(schema, "SELECT COALESCE(MAX(last), 0) FROM letter_counter WHERE scope NOT LIKE 'mail%'"));
    const { id, review } = await draft(clerk, BUSINESS, resident);
    holds(review.words, name);
    holds(review.words, BUSINESS.inputs.isi_usaha);
    assert.equal(letterRow(village, id).number, null, 'checking gives no number');
    const said = (await clerk.follow(await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`))).must(200, 'Surat terbit');
    assert.ok(!said.words.includes('Surat dikirim'), 'what was issued is not said to be on its way');
    const row = letterRow(village, id);
    assert.equal(row.number, last + 1);

    const bytes = await pdf(clerk, id);
    const words = pdfWords(bytes);
    for (const part of ['PEMERINTAH KABUPATEN LUWU', `DESA ${village.name.toUpperCase()}`, 'SURAT KETERANGAN USAHA', row.text, name, nik,
        BUSINESS.inputs.isi_usaha, BUSINESS.inputs.isi_sejak, BUSINESS.inputs.isi_keperluan]) holds(words, part);
    assert.ok(!/\{|\}|null|undefined/.test(words), `a field was left open: ${words}`);
    holds(words, 'contoh'); // a training village's paper says so

    const info = pdfInfo(bytes);
    assert.equal(info.pages, 1);
    assert.ok(Math.abs(info.width - (215 / 25.4) * 72) < 2 && Math.abs(info.height - (330 / 25.4) * 72) < 2, 'F4, 215 × 330 mm');
    const fonts = pdfFonts(bytes);
    assert.ok(fonts.length > 0 && fonts.every((f) => f.isEmbedded && f.hasUnicode), JSON.stringify(fonts));

    const link = new URL(qrText(bytes));
    assert.equal(link.host, BASE, 'the QR code leads to the platform');
    assert.match(link.pathname, /^\/v\/[A-Za-z0-9_-]+$/);
    const proof = await ask(BASE, 'GET', link.pathname);
    proof.must(200, 'Surat latihan, tidak berlaku');
    holds(proof.words, village.name);
    holds(proof.words, row.text);
    holds(proof.words, 'DATA CONTOH');
    assert.ok(!proof.text.includes(nik), 'verification shows no NIK');
});

test('who is asked which letter a person needs has seen the name, which is written down', async () => {
    const looks = () => Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${resident} AND what = 'letter'`));
    const before = looks();
    const page = (await clerk.get(`/kantor/penduduk/${resident}/surat`)).must(200);
    holds(page.words, name);
    assert.equal(looks(), before + 1);
});

test('who opens a letter or its paper has seen the person, which is written down', async () => {
    const { id } = await send(clerk, BUSINESS, resident);
    await pdf(clerk, id);
    const looks = () => Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${resident} AND what = 'paper'`));
    const before = looks();
    (await clerk.get(`/kantor/surat/${id}`)).must(200);
    (await clerk.get(`/kantor/surat/${id}/surat.pdf`)).must(200);
    assert.equal(looks(), before + 2);
});

test('a link that was changed, cut or made up verifies nothing', async () => {
    const { id } = await send(clerk, BUSINESS, resident);
    await pdf(clerk, id);
    const token = value(schema, `SELECT verify_token FROM letter WHERE id = ${id}`);
    (await ask(BASE, 'GET', `/v/${token}`)).must(200, 'Surat latihan, tidak berlaku');
    const flip = (at) => token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
    for (const bad of [flip(0), flip(Math.floor(token.length / 3)), flip(Math.floor(token.length / 2)), token.slice(0, -2), `${token}AA`, 'A'.repeat(token.length)]) {
        const got = await ask(BASE, 'GET', `/v/${bad}`);
        assert.ok([400, 404].includes(got.status), `${bad}: ${got.status}`);
        assert.ok(!got.words.includes('Surat ini asli') && !got.words.includes(name), bad);
    }
    const elsewhere = await ask(village.host, 'GET', `/v/${token}`);
    assert.notEqual(elsewhere.status, 200, 'the village\'s own host verifies nothing');
});

const sheet = async (id) => svgSigns((await clerk.get(`/kantor/surat/${id}/pratinjau/1`)).must(200).text);

test('what is checked is what is issued: every sentence, its last day too', async () => {
    for (const [type, months] of [[BUSINESS, 6], [DOMICILE, 6], [{ slug: 'keterangan-tidak-mampu', inputs: { isi_keperluan: 'beasiswa' } }, 3],
        [{ slug: 'pengantar-skck', inputs: { isi_keperluan: 'melamar kerja' } }, 3], [{ slug: 'keterangan-penduduk', inputs: { isi_keperluan: 'bank' } }, 6]]) {
        rows(schema, `UPDATE letter_type SET policy = 'seal' WHERE slug = '${type.slug}'`);
        const { id, review } = await draft(clerk, type, resident);
        const before = await sheet(id);
        (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
        await pdf(clerk, id);
        const [[number, until_]] = rows(schema, `SELECT number_text, DATE_FORMAT(valid_until, '%e/%c/%Y') FROM letter WHERE id = ${id}`);
        // Only the number takes the place of its line, and the code that of the words in its box.
        const after = await sheet(id);
        assert.equal(signsMissing(before, after), '____KodeQRdibuatsaatterbit'.length, `${type.slug}: what the preview has besides`);
        assert.equal(signsMissing(after, before), number.length, `${type.slug}: what the paper has besides`);
        const [day, month, year] = today();
        const end = new Date(Date.UTC(year, month + months, 0)); // the last day of that month
        end.setUTCDate(Math.min(day, end.getUTCDate()));
        assert.equal(until_, `${end.getUTCDate()}/${end.getUTCMonth() + 1}/${end.getUTCFullYear()}`);
        holds(pdfWords(await pdf(clerk, id)), end.toLocaleDateString('id-ID', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }));
    }
    rows(schema, "UPDATE letter_type SET policy = 'approve' WHERE slug IN ('keterangan-tidak-mampu', 'keterangan-domisili')");
});

test('a temporary NIK is the village\'s own: no paper prints it, and the check says so', async () => {
    const [other] = livingResidents(village, 2).slice(-1);
    const [[kept, birth]] = rows(schema, `SELECT nik, birth_date FROM resident WHERE id = ${other}`);
    rows(schema, `UPDATE resident SET nik = '0731710209900001', birth_date = '1990-09-02' WHERE id = ${other}`);
    try {
        const { id, review } = await draft(clerk, BUSINESS, other);
        review.must(200, 'NIK sementara, tidak dicetak');
        (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
        const words = pdfWords(await pdf(clerk, id));
        assert.match(words, /NIK\s*: belum terbit/);
        assert.ok(!words.includes('0731710209900001'), 'the number is not printed');
    } finally {
        rows(schema, `UPDATE resident SET nik = '${kept}', birth_date = '${birth}' WHERE id = ${other}`);
    }
});

test('what the register has otherwise goes on only with a reason, and is issued by nobody alone', async () => {
    const [secretary, head] = [await staff(village, 'secretary'), await staff(village, 'head')];
    const other = livingResidents(village, 3)[2];
    const [[kept]] = rows(schema, `SELECT birth_date FROM resident WHERE id = ${other}`);
    const yesterday = iso(dayAgo(1));
    try {
        rows(schema, `UPDATE resident SET birth_date = '${yesterday}' WHERE id = ${other}`);
        const { id, review } = await draft(clerk, BUSINESS, other, { isi_sejak: '2014' });
        review.must(200, 'Surat ini biasanya untuk umur 15 tahun ke atas');
        review.must(200, 'sebelum');
        review.must(200, 'berbeda dari data penduduk, jadi orang lain membacanya dulu');
        assert.ok(review.page.querySelector(`a[href="/kantor/penduduk/${other}"]`), 'the record is mended from here');
        for (const alasan of ['', 'ya', '    ', 'ingin saja', 'sudah-diterangkan', 'ya ya ya']) {
            const refused = await clerk.submit(review, { alasan }, `form[action$="/${id}/kirim"]`);
            refused.must(422, 'Tulis alasan surat ini tetap dibuat');
            assert.equal(letterRow(village, id).number, null, `"${alasan}" is no reason`);
        }
        const done = await clerk.submit(await clerk.get(`/kantor/surat/${id}/periksa`), { alasan: 'Usaha atas nama anak, wali ikut hadir' }, `form[action$="/${id}/kirim"]`);
        (await clerk.follow(done)).must(200, 'Usaha atas nama anak, wali ikut hadir');
        assert.deepEqual([letterRow(village, id).number, letterRow(village, id).state], [null, 2], 'its type is issued at once, this one not');
        const tags = async (who) => (await who.get('/kantor/persetujuan')).must(200).page.querySelector(`a[href="/kantor/persetujuan/${id}"]`).text;
        assert.match(await tags(secretary), /Ada yang tidak cocok/);
        (await secretary.get(`/kantor/surat/${id}`)).must(200, 'biasanya untuk umur 15 tahun ke atas').must(200, 'wali ikut hadir');
        for (const page of await decide(secretary, head, id))
            page.must(200, 'Ada yang tidak cocok').must(200, 'biasanya untuk umur 15 tahun ke atas').must(200, 'wali ikut hadir');
        assert.ok(letterRow(village, id).number > 0);
        (await clerk.get(`/kantor/surat/${id}`)).must(200, /Tidak cocok ketika dikirim.*biasanya untuk umur 15 tahun ke atas.*Tetap dibuat oleh/);

        // A business that began before its owner was fifteen; one that began in that very year asks nothing.
        rows(schema, `UPDATE resident SET birth_date = '2000-05-04' WHERE id = ${other}`);
        (await draft(clerk, BUSINESS, other, { isi_sejak: '2014' })).review.must(200, 'sebelum');
        const fine = await draft(clerk, BUSINESS, other, { isi_sejak: '2015' });
        assert.equal(fine.review.page.querySelector('[name=alasan]'), null);
        const home = await begin(clerk, DOMICILE, other);
        const fill = (isi_sejak) => clerk.submit(home.page, { ...DOMICILE.inputs, isi_sejak }, `form[action$="/${home.id}/isi"]`);
        (await fill('1999')).must(422, 'lahir (2000). Periksa tahunnya');
        (await fill('2000')).must(303);
        const unborn = await draft(clerk, { slug: 'pengantar-skck', inputs: { isi_keperluan: 'kerja' } }, other);
        assert.equal(unborn.review.page.querySelector('[name=alasan]'), null, 'a grown person');
    } finally {
        rows(schema, `UPDATE resident SET birth_date = '${kept}' WHERE id = ${other}`);
    }
});

test('where nobody can approve, Beranda and the check say so with the way out', async () => {
    const heads = "UPDATE staff SET is_active = %s WHERE role = 'head'";
    const before = await clerk.get('/kantor');
    assert.ok(!before.words.includes('Kepala desa belum punya akun'));
    rows(schema, heads.replace('%s', 'FALSE'));
    try {
        (await clerk.get('/kantor')).must(200, 'Kepala desa belum punya akun').must(200, 'relawan');
        (await draft(clerk, { slug: 'keterangan-tidak-mampu', inputs: { isi_keperluan: 'beasiswa' } }, resident)).review.must(200, 'Kepala desa belum punya akun');
        assert.ok(!(await draft(clerk, BUSINESS, resident)).review.words.includes('belum punya akun'), 'a sealed letter waits for nobody');
    } finally {
        rows(schema, heads.replace('%s', 'TRUE'));
    }
});

test('a form with mistakes is shown again as typed, with every mistake named', async () => {
    const { id, page } = await begin(clerk, BUSINESS, resident);
    const back = await clerk.submit(page, { isi_usaha: '', isi_sejak: 'tahun lalu', isi_keperluan: "modal <b>'usaha'</b> & \"lain\"" }, `form[action$="/${id}/isi"]`);
    back.must(422);
    const faults = back.page.querySelectorAll('main form .fault');
    assert.ok(faults.length >= 2, 'both mistakes are named at their fields');
    const typed = back.page.querySelector('[name=isi_keperluan]');
    assert.equal(typed.getAttribute('value'), "modal <b>'usaha'</b> & \"lain\"", 'typed text is kept, and is text');
    assert.equal(back.page.querySelectorAll('b').filter((b) => b.text.includes('usaha')).length, 0, 'nothing typed becomes markup');
    assert.equal(letterRow(village, id).state, 1);
});

test('unusual but valid text is printed unchanged', async () => {
    const odd = { isi_usaha: "To'long & anak \"Karya\" <jaya> %s {nama} \\n", isi_keperluan: 'kredit — tahap II (50%)' };
    const { id } = await send(clerk, BUSINESS, resident, odd);
    const words = pdfWords(await pdf(clerk, id));
    for (const part of ["To'long & anak", '<jaya> %s {nama} \\n', 'tahap II (50%)']) {
        holds(words.replace(/[’‘]/g, "'").replace(/[“”]/g, '"'), part);
    }
});

test('a domicile letter goes from the clerk over the secretary to the head\'s phone', async () => {
    const secretary = await staff(village, 'secretary');
    const head = await staff(village, 'head');
    const { id, page } = await send(clerk, DOMICILE, resident);
    page.must(200, 'Menunggu sekretaris');
    assert.equal(letterRow(village, id).number, null);
    assert.equal((await clerk.get(`/kantor/surat/${id}/surat.pdf`)).status >= 400, true, 'no paper before approval');

    const seen = (await secretary.get(`/kantor/surat/${id}`)).must(200);
    (await secretary.submit(seen, {}, `form[action$="/${id}/teruskan"]`)).must(303);
    assert.equal(letterRow(village, id).state, 3);

    (await head.get('/kantor/persetujuan')).must(200, 'Keterangan Domisili');
    const decide = (await head.get(`/kantor/persetujuan/${id}`)).must(200, 'Setujui dan tanda tangani');
    holds(decide.words, name);
    (await head.submit(decide, {}, `form[action$="/${id}/setujui"]`)).must(303);
    const row = letterRow(village, id);
    assert.equal(row.state, 4);
    const words = pdfWords(await pdf(clerk, id));
    holds(words, 'SURAT KETERANGAN DOMISILI');
    holds(words, row.text);
    holds(words, DOMICILE.inputs.isi_keperluan);
    (await ask(BASE, 'GET', new URL(qrText(await pdf(clerk, id))).pathname)).must(200, 'Surat latihan, tidak berlaku');
});

/** A domicile letter that the secretary has checked: the head is asked. */
async function waitingForHead() {
    const secretary = await staff(village, 'secretary');
    const { id } = await send(clerk, DOMICILE, resident);
    const seen = (await secretary.get(`/kantor/persetujuan/${id}`)).must(200);
    (await secretary.submit(seen, {}, `form[action$="/${id}/teruskan"]`)).must(303);
    return id;
}

test('a letter waits for nobody who is gone: without anybody who checks it goes on to the head, and the clerk may take it back', async () => {
    const head = await staff(village, 'head');
    const [[secretary]] = rows(schema, "SELECT id FROM staff WHERE role = 'secretary' AND is_active");
    const ids = [];
    for (let i = 0; i < 2; i++) {
        const { id, review } = await draft(clerk, DOMICILE, resident);
        (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
        assert.equal(letterRow(village, id).state, 2);
        ids.push(id);
    }
    try {
        const page = (await head.get('/kantor/pengaturan/petugas')).must(200);
        (await head.submit(page, {}, `form[action$="/${secretary}/nonaktif"]`)).must(303);
        assert.deepEqual(ids.map((id) => letterRow(village, id).state), [3, 3], 'both go on to the head');
        assert.equal(value(schema, 'SELECT COUNT(*) FROM letter WHERE state = 2'), '0');
        (await head.get(`/kantor/persetujuan/${ids[0]}`)).must(200, 'Setujui dan tanda tangani');
        (await clerk.get(`/kantor/surat/${ids[0]}`)).must(200, 'Diteruskan ke kepala desa tanpa diperiksa').must(200, 'Tidak ada lagi akun yang memeriksa surat');
        for (const id of ids) assert.equal(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'letter.pass_on' AND subject = 'letter:${id}'`), '1');
        // Taken back it is the clerk's again: mended and sent anew, or cancelled.
        const taken = await clerk.submit((await clerk.get(`/kantor/surat/${ids[1]}`)).must(200, 'Tarik kembali'), {}, `form[action$="/${ids[1]}/tarik"]`);
        (await clerk.follow(taken.must(303))).must(200, 'Surat ditarik kembali');
        assert.equal(letterRow(village, ids[1]).state, 5);
        (await clerk.get(`/kantor/surat/${ids[1]}`)).must(200, 'Ditarik kembali');
        (await head.get(`/kantor/persetujuan/${ids[1]}`)).must(303);
        assert.equal((await clerk.get(`/kantor/surat/${ids[1]}`)).page.querySelector(`form[action$="/${ids[1]}/tarik"]`), null, 'once');
        const again = await clerk.get(`/kantor/surat/${ids[1]}/periksa`);
        (await clerk.submit(again.must(200), {}, `form[action$="/${ids[1]}/batal"]`)).must(303);
    } finally {
        rows(schema, `UPDATE staff SET is_active = 1 WHERE id = ${secretary}`);
    }
});

test('a letter waits for nobody whose role checks no letters any more', async () => {
    const head = await staff(village, 'head');
    const [[role, held]] = rows(schema, "SELECT id, permissions FROM role WHERE word = 'secretary'");
    const { id } = await send(clerk, DOMICILE, resident);
    const change = async (boxes) => {
        const page = (await head.get(`/kantor/pengaturan/peran/${role}`)).must(200);
        (await head.submit(page, boxes, `main form[action="/kantor/pengaturan/peran/${role}"]`)).must(303);
    };
    try {
        await change({ nama: 'Sekdes' });
        assert.equal(letterRow(village, id).state, 2, 'another change of the role leaves it where it is');
        const permissions = (words) => rows(schema, `UPDATE role SET permissions = '${words}' WHERE id = ${role}`);
        permissions(held.split(',').filter((word) => word !== 'check_letters').join());
        await change({});
        assert.equal(letterRow(village, id).state, 2, 'a role that is saved as it was changes nothing');
        permissions(held);
        await change({ izin_check_letters: null });
        assert.equal(letterRow(village, id).state, 3);
        assert.equal(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'letter.pass_on' AND subject = 'letter:${id}'`), '1');
        (await head.get(`/kantor/persetujuan/${id}`)).must(200, 'Setujui dan tanda tangani');
    } finally {
        rows(schema, `UPDATE role SET permissions = '${held}', label = 'Sekretaris desa' WHERE id = ${role}`);
    }
});

test('the same letter for the same person on the same day is told on the check page, with its number and both ways', async () => {
    const inputs = { isi_usaha: `Kios rangkap ${process.pid}` };
    const { id, page } = await send(clerk, BUSINESS, resident, inputs);
    page.must(200, 'Surat terbit');
    const notice = (review) => review.page.querySelectorAll('main .notice').find((n) => n.text.includes('Surat yang sama'));
    const { id: other, review } = await draft(clerk, BUSINESS, resident, inputs);
    assert.ok(notice(review).text.includes(`Terbit hari ini, nomor ${letterRow(village, id).text}`));
    assert.equal(notice(review).querySelector('a').getAttribute('href'), `/kantor/surat/${id}`);
    assert.ok(review.page.querySelector(`form[action$="/${other}/kirim"]`), 'it may go on');
    for (const [who, typed] of [[resident, { isi_usaha: 'Kios lain' }], [livingResidents(village, 3)[2], inputs]]) assert.equal(notice((await draft(clerk, BUSINESS, who, typed)).review), undefined);
    rows(schema, `UPDATE letter SET letter_date = letter_date - INTERVAL 1 DAY WHERE id = ${id}`);
    assert.equal(notice((await clerk.get(review.path)).must(200)), undefined, 'of another day');
    rows(schema, `UPDATE letter SET letter_date = letter_date + INTERVAL 1 DAY WHERE id = ${id}`);
    const { id: sent } = await send(clerk, DOMICILE, resident, { isi_keperluan: `rangkap ${process.pid}` });
    const { review: waits } = await draft(clerk, DOMICILE, resident, { isi_keperluan: `rangkap ${process.pid}` });
    assert.match(notice(waits).text, /Menunggu/);
    assert.equal(notice(waits).querySelector('a').getAttribute('href'), `/kantor/surat/${sent}`);
});

test('a draft that is cancelled is asked about, and one that was never sent is in no list', async () => {
    const { id, review } = await draft(clerk, DOMICILE, resident);
    for (const page of [review, (await clerk.get(`/kantor/surat/${id}/isi`)).must(200)]) {
        assert.ok(page.page.querySelector(`details form[action$="/${id}/batal"]`), 'asked in a fold first');
        assert.ok(!page.page.querySelector('details[open]'));
        const fold = page.page.querySelectorAll('details').find((d) => d.querySelector(`form[action$="/${id}/batal"]`));
        assert.equal(fold.querySelector('button').text.trim(), 'Batalkan surat');
        assert.equal(fold.querySelector('a').getAttribute('href'), `#${fold.querySelector('summary').getAttribute('id')}`, '"Tidak jadi" leads to what closes it');
    }
    assert.ok(review.text.indexOf(`/${id}/batal`) < review.text.indexOf('actions is-sticky'), 'what follows the sticky bar lies under it');
    const lists = async () => [await clerk.get('/kantor/surat'), await clerk.get('/kantor')].map((p) => p.must(200).page.querySelectorAll('main a').some((a) => a.getAttribute('href') === `/kantor/surat/${id}`));
    assert.deepEqual(await lists(), [true, true]);
    (await clerk.submit(review, {}, `form[action$="/${id}/batal"]`)).must(303);
    assert.deepEqual(await lists(), [false, false]);
    const { id: sent } = await send(clerk, DOMICILE, resident);
    (await clerk.submit(await clerk.get(`/kantor/surat/${sent}`), {}, `form[action$="/${sent}/tarik"]`)).must(303);
    (await clerk.submit(await clerk.get(`/kantor/surat/${sent}/isi`), {}, `form[action$="/${sent}/batal"]`)).must(303);
    const list = (await clerk.get('/kantor/surat')).must(200, 'Dibatalkan');
    assert.ok(list.page.querySelector(`main a[href="/kantor/surat/${sent}"]`), 'what others have seen stays');
});

test('who decides reads the last round only, with its hours; the whole history is on the letter\'s page', async () => {
    const secretary = await staff(village, 'secretary');
    const head = await staff(village, 'head');
    const { id } = await send(clerk, DOMICILE, resident);
    (await clerk.submit(await clerk.get(`/kantor/surat/${id}`), {}, `form[action$="/${id}/tarik"]`)).must(303);
    (await clerk.submit(await clerk.get(`/kantor/surat/${id}/periksa`), {}, `form[action$="/${id}/kirim"]`)).must(303);
    const check = (await secretary.get(`/kantor/persetujuan/${id}`)).must(200);
    assert.match(check.page.querySelector('title').text, /^Periksa surat/);
    (await secretary.submit(check, {}, `form[action$="/${id}/teruskan"]`)).must(303);
    const page = (await head.get(`/kantor/persetujuan/${id}`)).must(200);
    assert.match(page.page.querySelector('title').text, /^Setujui surat/);
    const steps = page.page.querySelectorAll('.desk ul.list li').map((li) => li.text.trim());
    assert.equal(steps.length, 2);
    assert.match(steps[0], /^Dikirim .*\d\d\.\d\d/);
    assert.match(steps[1], /^Diperiksa .*\d\d\.\d\d/);
    const all = (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Ditarik kembali').page.querySelectorAll('ul.list li').find((li) => li.text.includes('Ditarik kembali'));
    assert.match(all.querySelector('svg').toString(), /undo-2|#undo/, 'it has another sign than what went well');
});

test('what the paper\'s fonts cannot draw is refused before it is sealed, wherever it comes from, and named', async () => {
    const [[name, father]] = rows(schema, `SELECT name, father_name FROM resident WHERE id = ${resident}`);
    const set = (column, text) => rows(schema, `UPDATE resident SET ${column} = '${text.replace(/'/g, "''")}' WHERE id = ${resident}`);
    const { id, review } = await draft(clerk, BUSINESS, resident);
    try {
        set('father_name', 'Ambo \u0E10'); // not on this paper
        set('name', 'SITTI \u0E01');
        (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(422, 'Nama memuat tanda “\u0E01”, yang tidak bisa dicetak di surat');
        assert.equal(letterRow(village, id).state, 1);
        set('name', name);
        (await clerk.submit(await clerk.get(`/kantor/surat/${id}/periksa`), {}, `form[action$="/${id}/kirim"]`)).must(303);
        assert.equal(letterRow(village, id).state, 4);
        // One that comes after it was sent: who checks is told, too.
        const secretary = await staff(village, 'secretary');
        const { id: other } = await send(clerk, DOMICILE, resident);
        set('birth_place', 'Bua \u0E02');
        const read = (await secretary.get(`/kantor/persetujuan/${other}`)).must(200);
        (await secretary.submit(read, {}, `form[action$="/${other}/teruskan"]`)).must(422, 'Tempat, tanggal lahir memuat tanda “\u0E02”');
        assert.equal(letterRow(village, other).state, 2);
    } finally {
        set('name', name);
        set('father_name', father);
        set('birth_place', 'Larompong');
    }
});

test('who did not make a letter takes it back with a reason, as it was read, and its maker is told who did', async () => {
    const secretary = await staff(village, 'secretary');
    const { id } = await send(clerk, DOMICILE, resident);
    const form = `form[action$="/${id}/tarik"]`;
    const old = (await secretary.get(`/kantor/surat/${id}`)).must(200, 'Alasan ditarik');
    (await secretary.submit(old, {}, form)).must(422, 'Surat ini dibuat orang lain. Tulis mengapa Anda menariknya.');
    assert.equal(letterRow(village, id).state, 2);
    rows(schema, `UPDATE letter SET version = version + 1 WHERE id = ${id}`);
    (await secretary.submit(old, { sebab: 'RT keliru' }, form)).must(409, 'Surat ini berubah sesudah Anda membacanya');
    assert.equal(letterRow(village, id).state, 2, 'what was not read is not taken back');
    (await secretary.submit(await secretary.get(`/kantor/surat/${id}`), { sebab: 'RT keliru' }, form)).must(303);
    assert.equal(letterRow(village, id).state, 5);
    const name = value(schema, "SELECT name FROM staff WHERE role = 'secretary' AND is_active ORDER BY id LIMIT 1");
    (await clerk.get(`/kantor/surat/${id}/isi`)).must(200, `Ditarik kembali oleh ${name}`).must(200, 'RT keliru');
    (await clerk.get('/kantor')).must(200, `Ditarik ${name}`);
    (await clerk.submit(await clerk.get(`/kantor/surat/${id}/isi`), {}, `form[action$="/${id}/batal"]`)).must(303);
});

test('the head approves what he read: a letter that says something else by now is shown again, and not signed', async () => {
    const head = await staff(village, 'head');
    const id = await waitingForHead();
    const read = (await head.get(`/kantor/persetujuan/${id}`)).must(200);
    const [[work]] = rows(schema, `SELECT COALESCE(occupation, 0) FROM resident WHERE id = ${resident}`);
    rows(schema, `UPDATE resident SET occupation = IF(occupation = 9, 11, 9) WHERE id = ${resident}`);
    try {
        const told = await head.submit(read, {}, `form[action$="/${id}/setujui"]`);
        told.must(409, 'Surat ini berubah sesudah Anda membacanya').must(409, 'Pekerjaan');
        assert.equal(letterRow(village, id).state, 3, 'nothing was signed');
        assert.equal(letterRow(village, id).number, null);
        (await head.submit(told, {}, `form[action$="/${id}/setujui"]`)).must(303); // now that it was read
        assert.equal(letterRow(village, id).state, 4);
    } finally {
        rows(schema, `UPDATE resident SET occupation = NULLIF(${work}, 0) WHERE id = ${resident}`);
    }
});

test('an old tab approves nothing of a letter that came back and was sent again', async () => {
    const head = await staff(village, 'head');
    const id = await waitingForHead();
    const old = (await head.get(`/kantor/persetujuan/${id}`)).must(200);
    (await head.submit(old, { catatan: 'Tahunnya keliru' }, `form[action$="/${id}/kembalikan"]`)).must(303);
    (await head.submit(old, {}, `form[action$="/${id}/setujui"]`)).must(409, 'Sudah ada yang lebih dulu'); // it is with the clerk
    const form = await clerk.get(`/kantor/surat/${id}/isi`);
    const review = await clerk.follow(await clerk.submit(form, { isi_sejak: '1999' }, `form[action$="/${id}/isi"]`));
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    const secretary = await staff(village, 'secretary');
    (await secretary.submit(await secretary.get(`/kantor/persetujuan/${id}`), {}, `form[action$="/${id}/teruskan"]`)).must(303);
    const again = (await head.get(`/kantor/persetujuan/${id}`)).must(200);
    const mixed = head.fill(again, {}, `form[action$="/${id}/setujui"]`);
    const seen = head.fill(old, {}, `form[action$="/${id}/setujui"]`);
    const fields = [...mixed.fields.filter(([n]) => n.startsWith('_')), ...seen.fields.filter(([n]) => !n.startsWith('_'))];
    (await head.post(mixed.action, fields)).must(409, 'Surat ini berubah').must(409, '1999');
    assert.equal(letterRow(village, id).state, 3);
});

test('a letter is made, read and signed by the version of its type that it began with', async () => {
    const head = await staff(village, 'head');
    const id = await waitingForHead();
    const read = (await head.get(`/kantor/persetujuan/${id}`)).must(200);
    const [[definition, version]] = rows(schema, `SELECT definition, version FROM letter_type WHERE slug = '${DOMICILE.slug}'`);
    rows(schema, `UPDATE letter_type SET definition = REPLACE(definition, 'Dipakai untuk', 'Untuk apa') WHERE slug = '${DOMICILE.slug}'`);
    try {
        assert.equal(Number(value(schema, `SELECT version FROM letter_type WHERE slug = '${DOMICILE.slug}'`)), Number(version) + 1);
        assert.throws(() => rows(schema, 'UPDATE letter_type_version SET definition = definition'), /never changed/);
        holds((await head.get(`/kantor/persetujuan/${id}`)).words, 'Dipakai untuk');
        (await head.submit(read, {}, `form[action$="/${id}/setujui"]`)).must(303); // nothing that he read has changed
        const { id: next } = await begin(clerk, DOMICILE, resident);
        const fill = (await clerk.get(`/kantor/surat/${next}/isi`)).must(200);
        assert.ok(fill.words.includes('Untuk apa') && !fill.words.includes('Dipakai untuk'));
    } finally {
        rows(schema, `UPDATE letter_type SET definition = REPLACE(definition, 'Untuk apa', 'Dipakai untuk') WHERE slug = '${DOMICILE.slug}'`);
        assert.equal(value(schema, `SELECT definition FROM letter_type WHERE slug = '${DOMICILE.slug}'`), definition);
    }
});

test('an old tab neither sends back nor voids a letter that went on meanwhile', async () => {
    const head = await staff(village, 'head');
    const secretary = await staff(village, 'secretary');
    const id = await waitingForHead();
    const old = (await head.get(`/kantor/persetujuan/${id}`)).must(200);
    (await head.submit(await head.get(`/kantor/persetujuan/${id}`), { catatan: 'Tahunnya keliru' }, `form[action$="/${id}/kembalikan"]`)).must(303);
    const review = await clerk.follow(await clerk.submit(await clerk.get(`/kantor/surat/${id}/isi`), { isi_sejak: '1999' }, `form[action$="/${id}/isi"]`));
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    (await secretary.submit(await secretary.get(`/kantor/persetujuan/${id}`), {}, `form[action$="/${id}/teruskan"]`)).must(303);
    assert.equal(letterRow(village, id).state, 3, 'it waits for the head again, with other answers');
    const told = await head.submit(old, { catatan: 'Masih keliru' }, `form[action$="/${id}/kembalikan"]`);
    told.must(409, 'Surat ini berubah sesudah Anda membacanya');
    assert.equal(letterRow(village, id).state, 3);
    (await head.submit(told, {}, `form[action$="/${id}/setujui"]`)).must(303);
    const page = (await secretary.get(`/kantor/surat/${id}`)).must(200);
    (await secretary.submit(page, { sebab: '1', alasan: 'Salah orang', versi: '1' }, `form[action$="/${id}/cabut"]`)).must(409);
    assert.equal(letterRow(village, id).state, 4);
    (await secretary.submit(await secretary.get(`/kantor/surat/${id}`), { sebab: '1', alasan: 'Salah orang' }, `form[action$="/${id}/cabut"]`)).must(303);
    assert.equal(letterRow(village, id).state, 6);
});

test('two who fill the same draft: the second sees both', async () => {
    const { id, page } = await begin(clerk, BUSINESS, resident);
    const other = await clerk.get(`/kantor/surat/${id}/isi`);
    const inputs = { isi_usaha: 'kios pertama', isi_sejak: '2010', isi_keperluan: 'kredit' };
    (await clerk.submit(page, inputs, `form[action$="/${id}/isi"]`)).must(303);
    const both = await clerk.submit(other, { ...inputs, isi_usaha: 'kios kedua' }, `form[action$="/${id}/isi"]`);
    both.must(409, 'kios pertama').must(409, 'Isian Anda belum tersimpan');
    assert.equal(both.page.querySelector('[name=isi_usaha]').getAttribute('value'), 'kios kedua');
    (await clerk.submit(both, {}, `form[action$="/${id}/isi"]`)).must(303);
});

test('the head sends a letter back with a note, the clerk mends it, and it comes again', async () => {
    const head = await staff(village, 'head');
    const secretary = await staff(village, 'secretary');
    const { id } = await send(clerk, DOMICILE, resident);
    const seen = await secretary.get(`/kantor/surat/${id}`);
    await secretary.submit(seen, {}, `form[action$="/${id}/teruskan"]`);
    const decide = await head.get(`/kantor/persetujuan/${id}`);
    (await head.submit(decide, { catatan: 'Tahunnya keliru' }, `form[action$="/${id}/kembalikan"]`)).must(303);
    assert.equal(letterRow(village, id).state, 5);
    const form = (await clerk.get(`/kantor/surat/${id}/isi`)).must(200, 'Tahunnya keliru');
    const review = await clerk.follow(await clerk.submit(form, { isi_sejak: '2001' }, `form[action$="/${id}/isi"]`));
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    assert.ok([2, 3].includes(letterRow(village, id).state));
});

test('who comes second at a last press is led to the letter, and told where it stands', async () => {
    const { id, review } = await draft(clerk, BUSINESS, resident);
    const [second, third] = [(await clerk.get(`/kantor/surat/${id}/periksa`)).must(200), (await clerk.get(`/kantor/surat/${id}/periksa`)).must(200)];
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    const told = await clerk.follow((await clerk.submit(second, {}, `form[action$="/${id}/kirim"]`)).must(303));
    told.must(200, `Sudah ada yang lebih dulu, jadi tidak dikirim lagi. Surat ini: Terbit, nomor ${letterRow(village, id).text}`);
    (await clerk.follow((await clerk.submit(third, {}, `form[action$="/${id}/batal"]`)).must(303))).must(200, 'bukan konsep lagi');
    assert.equal(letterRow(village, id).state, 4);
});

test('another applicant gets the same letter, with the answers that fit him too', async () => {
    const [other] = livingResidents(village, 5).slice(-1);
    const { id, review } = await draft(clerk, BUSINESS, resident);
    const letters = () => value(schema, 'SELECT COUNT(*) FROM letter');
    const before = letters();
    const way = `/kantor/surat/buat/${BUSINESS.slug}?ganti=${id}`;
    assert.ok(review.page.querySelector(`a[href="${way}"]`), 'Ganti');
    const choose = async () => clerk.submit((await clerk.get(way)).must(200, 'Kembali ke suratnya'), { cari: value(schema, `SELECT nik FROM resident WHERE id = ${other}`) }, 'form[action$="/cari"]');
    const form = await clerk.follow((await clerk.submit((await choose()).must(200), {}, `form[action="/kantor/surat/buat/${BUSINESS.slug}"]`)).must(303));
    assert.equal(form.must(200, 'Pemohonnya diganti').path, `/kantor/surat/${id}/isi`);
    assert.equal(form.page.querySelector('[name=isi_usaha]').getAttribute('value'), BUSINESS.inputs.isi_usaha);
    assert.deepEqual([value(schema, `SELECT resident_id FROM letter WHERE id = ${id}`), letters()], [String(other), before]);
    rows(schema, `UPDATE letter SET channel = 'kiosk' WHERE id = ${id}`); // whom the kiosk asked it stays with
    (await clerk.submit((await choose()).must(200), {}, `form[action="/kantor/surat/buat/${BUSINESS.slug}"]`)).must(409);
    rows(schema, `UPDATE letter SET channel = 'counter' WHERE id = ${id}`);
});

test('a letter is voided, never edited: its number stays used and its QR code says so', async () => {
    const secretary = await staff(village, 'secretary');
    const { id } = await send(clerk, BUSINESS, resident);
    await pdf(clerk, id);
    const token = value(schema, `SELECT verify_token FROM letter WHERE id = ${id}`);
    const before = value(schema, `SELECT snapshot FROM letter WHERE id = ${id}`);
    const page = (await secretary.get(`/kantor/surat/${id}`)).must(200);
    page.must(200, 'Terbaca siapa saja yang memindai kode QR surat ini');
    for (const fields of [{ sebab: '1', alasan: '' }, { sebab: '', alasan: 'Salah orang' }, { sebab: '9', alasan: 'Salah orang' }])
        (await secretary.submit(page, fields, `form[action$="/${id}/cabut"]`)).must(422);
    assert.equal((await clerk.get(`/kantor/surat/${id}`)).must(200, 'Minta sekretaris atau kepala desa mencabutnya').page.querySelector('form[action$="/cabut"]'), null);
    (await secretary.submit(page, { sebab: '1', alasan: 'Salah orang' }, `form[action$="/${id}/cabut"]`)).must(303);
    assert.equal(letterRow(village, id).state, 6);
    assert.equal(value(schema, `SELECT snapshot FROM letter WHERE id = ${id}`), before);
    const told = (await ask(BASE, 'GET', `/v/${token}`)).must(200, 'Surat ini sudah dicabut').must(200, /pada \d+ \w+ \d+: isinya keliru\./);
    assert.ok(!told.words.includes('Salah orang'), 'what the office wrote for itself stays there');
    (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Isinya keliru. Catatan kantor: Salah orang');
    // Nor can its paper pass for a valid one: no seal, and the word across the page.
    const gone = await pdf(clerk, id);
    assert.match(pdfWords(gone).replace(/\s+/g, ''), /DICABUT/);
    assert.ok(!gone.includes('ETSI.CAdES.detached'));
    const next = await send(clerk, BUSINESS, resident);
    assert.ok(letterRow(village, next.id).number > letterRow(village, id).number, 'the number is not given again');
});

test('a village that practises has no green paper; of another one a letter is true, then over', async () => {
    const { id } = await send(clerk, BUSINESS, resident);
    await pdf(clerk, id);
    const token = value(schema, `SELECT verify_token FROM letter WHERE id = ${id}`);
    const proof = async () => (await ask(BASE, 'GET', `/v/${token}`)).must(200);
    const practises = (is) => rows('balai_control', `UPDATE village SET is_sample = ${is} WHERE code = '${village.code}'; UPDATE change_counter SET value = value + 1`);
    const until_ = (day) => rows(schema, `UPDATE letter SET valid_until = ${day} WHERE id = ${id}`);
    for (const day of [`'${iso(today())}'`, `'${iso(dayAgo(1))}'`]) {
        until_(day);
        const page = await proof();
        assert.equal(page.page.querySelector('.notice.hijau'), null);
        holds(page.words, 'Surat latihan, tidak berlaku');
    }
    practises('FALSE');
    try {
        await until('it practises no more', async () => (await proof()).words.includes('sudah lewat masa berlakunya'));
        until_(`'${iso(today())}'`);
        const page = await proof();
        holds(page.words, 'Surat ini asli Dikeluarkan');
        assert.ok(!page.words.includes('DATA CONTOH'));
    } finally {
        practises('TRUE');
    }
    await until('it practises again', async () => (await proof()).words.includes('Surat latihan'));
});

test('after deciding the head is led to the next that waits; a void letter to its replacement, and back', async () => {
    const [secretary, head] = [await staff(village, 'secretary'), await staff(village, 'head')];
    const SKTM = { slug: 'keterangan-tidak-mampu', inputs: { isi_keperluan: 'beasiswa' } };
    const made = [];
    for (let i = 0; i < 3; i++) {
        const { id } = await send(clerk, SKTM, resident);
        await secretary.submit(await secretary.get(`/kantor/persetujuan/${id}`), {}, `form[action$="/${id}/teruskan"]`);
        made.push(id);
    }
    const waiting = () => rows(schema, 'SELECT id FROM letter WHERE state = 3 ORDER BY id').map(([id]) => Number(id));
    const [id] = made;
    // Read in full, and decided there.
    const read = (await head.get(`/kantor/surat/${id}/baca`)).must(200);
    assert.equal(read.page.querySelector('a.back').getAttribute('href'), `/kantor/persetujuan/${id}`);
    (await head.get(read.page.querySelector('.leaf img').getAttribute('src'))).must(200);
    const done = (await head.follow(await head.submit(read, {}, `form[action$="/${id}/setujui"]`))).must(200, 'Surat disetujui');
    const [next] = waiting();
    done.must(200, `Surat berikutnya (${waiting().length})`);
    assert.ok(done.page.querySelector(`main a[href="/kantor/persetujuan/${next}"]`));

    // Who signed it withdraws it.
    const page = (await head.get(`/kantor/surat/${id}`)).must(200);
    (await head.follow((await head.submit(page, { sebab: '1', alasan: 'Salah keperluan' }, `form[action$="/${id}/cabut"]`)).must(303))).must(200, 'Surat dicabut');
    const voided = (await secretary.get(`/kantor/surat/${id}`)).must(200, 'Catatan kantor: Salah keperluan');
    const { action, fields } = secretary.fill(voided, {}, `form[action$="/${id}/ganti"]`);
    const begun = await secretary.post(action, fields);
    const form = (await secretary.follow(begun)).must(200, /isian yang sama\. Perbaiki yang salah\. Pukul \d\d\.\d\d/);
    assert.equal(form.page.querySelector('[name=isi_keperluan]').getAttribute('value'), 'beasiswa');
    const replacement = Number(/surat\/(\d+)\/isi/.exec(begun.location)[1]);
    // Asked once more it is the same one.
    const again = await clerk.post(action, clerk.fill(await clerk.get('/kantor/surat'), {}, 'form[action="/kantor/surat/agenda"]').fields.filter(([n]) => n.startsWith('_')));
    assert.equal(again.location, begun.location);
    assert.ok((await clerk.get(`/kantor/surat/${id}`)).must(200, 'Lihat penggantinya').page.querySelector(`main a[href="/kantor/surat/${replacement}"]`));
    const old = (await clerk.get(`/kantor/surat/${replacement}`)).must(200, `Pengganti surat yang dicabut, nomor ${letterRow(village, id).text}`);
    assert.ok(old.page.querySelector(`main a[href="/kantor/surat/${id}"]`));
    // One that still holds has no replacement.
    const other = await send(clerk, BUSINESS, resident);
    (await clerk.post(`/kantor/surat/${other.id}/ganti`, clerk.fill(await clerk.get('/kantor/surat'), {}, 'form[action="/kantor/surat/agenda"]').fields.filter(([n]) => n.startsWith('_')))).must(409);
});

test('an issued letter cannot be filled in, sent or cancelled again', async () => {
    const { id } = await send(clerk, BUSINESS, resident);
    const row = letterRow(village, id);
    assert.equal((await clerk.get(`/kantor/surat/${id}/isi`)).status, 303);
    const { id: open, review } = await draft(clerk, BUSINESS, resident);
    const { fields } = clerk.fill(review, {}, `form[action$="/${open}/kirim"]`);
    for (const act of ['kirim', 'batal']) {
        const fresh = fields.map(([n, v]) => [n, n === '_once' ? `${v.slice(0, -2)}${act === 'kirim' ? 'AA' : 'BA'}` : v])
            .filter(([n]) => act === 'kirim' || n !== 'versi');
        const answer = await clerk.post(`/kantor/surat/${id}/${act}`, fresh);
        assert.ok([303, 400, 409, 422].includes(answer.status), `${act}: ${answer.status}`);
        if (act === 'kirim') (await clerk.follow(answer.must(303))).must(200, 'Sudah ada yang lebih dulu');
    }
    assert.deepEqual(letterRow(village, id), { ...letterRow(village, id), state: 4, number: row.number });
});

test('two clerks on one draft: the second is told, and nothing is lost', async () => {
    const second = await staff(village, 'secretary');
    const { id, page } = await begin(clerk, BUSINESS, resident);
    const theirs = (await second.get(`/kantor/surat/${id}/isi`)).must(200);
    (await clerk.submit(page, BUSINESS.inputs, `form[action$="/${id}/isi"]`)).must(303);
    const late = await second.submit(theirs, { ...BUSINESS.inputs, isi_usaha: 'lain sama sekali' }, `form[action$="/${id}/isi"]`);
    assert.equal(late.status, 409);
    assert.ok(!value(schema, `SELECT inputs FROM letter WHERE id = ${id}`).includes('lain sama sekali'));
});

test('no letter goes on for who died or left after the draft: sending, checking and approving say so, and returning still works', async () => {
    const [, , , , other] = livingResidents(village, 5);
    const [secretary, head] = [await staff(village, 'secretary'), await staff(village, 'head')];
    const status = (code) => rows(schema, `UPDATE resident SET basic_status = ${code} WHERE id = ${other}`);
    const stateOf = (id) => letterRow(village, id).state;
    const press = (client, page, id, tail) => client.submit(page, {}, `form[action$="/${id}/${tail}"]`);
    try {
        for (const [code, word] of [[2, 'meninggal'], [3, 'pindah'], [4, 'hilang']]) {
            for (const type of [BUSINESS, DOMICILE]) {
                const { id, review } = await draft(clerk, type, other);
                status(code);
                (await press(clerk, review, id, 'kirim')).must(422, `tercatat ${word}`);
                assert.equal((await clerk.get(`/kantor/surat/${id}/periksa`)).must(200, `tercatat ${word}`).page.querySelector(`form[action$="/${id}/kirim"]`), null);
                assert.deepEqual([stateOf(id), letterRow(village, id).number], [1, null]);
                status(1);
                (await press(clerk, review, id, 'kirim')).must(303);
            }
        }
        const { id } = await send(clerk, DOMICILE, other);
        const check = (await secretary.get(`/kantor/persetujuan/${id}`)).must(200);
        status(2);
        (await press(secretary, check, id, 'teruskan')).must(422, 'tercatat meninggal');
        assert.equal((await secretary.get(`/kantor/persetujuan/${id}`)).must(200, 'tercatat meninggal').page.querySelector(`form[action$="/${id}/teruskan"]`), null);
        status(1);
        (await press(secretary, await secretary.get(`/kantor/persetujuan/${id}`), id, 'teruskan')).must(303);
        const decide = (await head.get(`/kantor/persetujuan/${id}`)).must(200);
        status(3);
        (await press(head, decide, id, 'setujui')).must(422, 'tercatat pindah');
        assert.deepEqual([stateOf(id), letterRow(village, id).number], [3, null]);
        (await head.submit(await head.get(`/kantor/persetujuan/${id}`), { catatan: 'warganya pindah' }, `form[action$="/${id}/kembalikan"]`)).must(303);
        assert.equal(stateOf(id), 5);
    } finally {
        status(1);
    }
});

test('the paper is ink on a page: letterhead above, text in the middle, QR code below', async () => {
    const { id } = await send(clerk, BUSINESS, resident);
    const picture = pagePicture(await pdf(clerk, id));
    const ink = (from, to) => {
        let dark = 0;
        for (let y = Math.floor(from * picture.height); y < to * picture.height; y++) {
            for (let x = 0; x < picture.width; x++) if (picture.at(x, y) < 128) dark++;
        }
        return dark / ((to - from) * picture.width * picture.height);
    };
    assert.ok(ink(0.04, 0.16) > 0.01, `letterhead: ${ink(0.04, 0.16)}`);
    assert.ok(ink(0.2, 0.5) > 0.01, `text: ${ink(0.2, 0.5)}`);
    for (let y = 0; y < picture.height; y++) assert.ok(picture.at(2, y) > 200 && picture.at(picture.width - 3, y) > 200, 'the margins are free');
});

test('the list shows the newest first and pages by a sealed token', async () => {
    const client = new Client(village.host);
    client.cookies = new Map(clerk.cookies);
    while (Number(value(schema, 'SELECT COUNT(*) FROM letter')) <= 30) await draft(clerk, BUSINESS, resident);
    const first = (await client.get('/kantor/surat')).must(200);
    const lines = first.page.querySelectorAll('tbody tr');
    assert.ok(lines.length > 0 && lines.length <= 30);
    const next = first.page.querySelectorAll('a').map((a) => a.getAttribute('href')).find((h) => h && h.includes('lanjut='));
    const ids = (answer) => answer.page.querySelectorAll('tbody tr a').map((a) => /^\/kantor\/surat\/(\d+)$/.exec(a.getAttribute('href'))?.[1]).filter(Boolean).map(Number);
    assert.deepEqual(ids(first), rows(schema, 'SELECT id FROM letter WHERE state <> 7 OR id IN (SELECT letter_id FROM letter_step) ORDER BY id DESC LIMIT 30').map(([id]) => Number(id)));
    assert.ok(next, 'more than a page of letters has a next page');
    const second = (await client.get(next.replace(/&amp;/g, '&'))).must(200);
    assert.ok(ids(second).length > 0 && ids(second).every((id) => id < ids(first).at(-1)), 'the next page goes on where the first ended');
    for (const token of ['palsu', 'A'.repeat(60)]) {
        const forged = (await client.get(`/kantor/surat?lanjut=${token}`)).must(200);
        assert.deepEqual(ids(forged), ids(first), 'a token that is not ours counts for nothing');
    }
    (await client.get('/kantor/surat?fbclid=1')).must(400); // unknown names are refused in the office
});
