// SPDX-License-Identifier: AGPL-3.0-or-later
// One letter for many: chosen by a filter or a list, checked line by line, decided once, issued by the worker.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { BUSINESS, DOMICILE, INVITATION, begin, choose, draft, letterRow, pileDone, pileLines } from '../harness/letters.mjs';
import { rows, schemaOf, until, value } from '../harness/stack.mjs';
import { newVillage, officeVillage, settle } from '../harness/villages.mjs';
import { freshNumber } from '../harness/families.mjs';

const SEND = 'form[action$="/kirim"]';
let village, schema, clerk, secretary, head, person;

before(async () => {
    village = await officeVillage('7317102081', 'Uji Massal', ['clerk', 'secretary', 'head'], 1);
    ({ clerk, secretary, head } = village);
    [person] = village.people;
    schema = schemaOf(village);
    rows(schema, "UPDATE letter_type SET policy = 'seal' WHERE slug = 'keterangan-usaha'; UPDATE letter_type SET policy = 'approve' WHERE slug = 'keterangan-domisili'");
});

const byRt = (rt) => ({ cara: 'saringan', rt });
const byList = (lines, kolom = '') => ({ cara: 'nik', daftar: lines.join('\n'), kolom });
const state = (id) => Number(value(schema, `SELECT state FROM letter_pile WHERE id = ${id}`));
const at = (id) => `/kantor/surat-massal/${id}`;
const open = async (client, id, tail = '') => (await client.get(at(id) + tail)).must(200);
/** "0 dari 4", of how many letters, in the list of piles; whose words count none themselves. */
async function listed(id) {
    const row = (await clerk.get('/kantor/surat-massal')).must(200).page.querySelectorAll('tbody tr').find((tr) => tr.querySelector(`a[href="${at(id)}"]`));
    assert.doesNotMatch(row.querySelector('[data-label=Untuk]').text, /\d/);
    return row.querySelector('[data-label=Terbit]').text.trim();
}
const lettersOf = (id) => rows(schema, `SELECT l.id, l.number, l.resident_id, l.state, l.rendered_at IS NOT NULL, l.inputs FROM letter_pile_line n JOIN letter l ON l.id = n.letter_id WHERE n.pile_id = ${id} ORDER BY n.line`);

test('a filter, one press, and each gets a letter of the usual kind; one PDF and a zip are given to who may read letters', async () => {
    const people = settle(village, '010', 45);
    const { id, pattern, page } = await choose(clerk, BUSINESS, person, byRt('010'));
    page.must(200, '45 warga');
    page.must(200, 'Belum ada yang terbit');
    assert.equal(state(id), 1);
    (await clerk.submit(page, {}, SEND)).must(303);
    await pileDone(village, id);
    const letters = lettersOf(id);
    assert.equal(letters.length, 45);
    assert.deepEqual(letters.map((l) => Number(l[2])).sort((a, b) => a - b), people.map((p) => p.id).sort((a, b) => a - b));
    const numbers = letters.map((l) => Number(l[1]));
    assert.equal(new Set(numbers).size, 45);
    assert.equal(Math.max(...numbers) - Math.min(...numbers), 44, 'none is left out');
    assert.ok(letters.every((l) => l[3] === '4' && l[4] === '1'));
    assert.equal(letterRow(village, pattern).state, 7, 'the pattern is no letter');
    const done = (await open(clerk, id)).must(200, '45 surat terbit');
    const files = done.page.querySelectorAll('a[download]').map((a) => a.getAttribute('href'));
    assert.equal(files.length, 2);
    const [whole, zip] = [(await clerk.get(files[0])).must(200), (await clerk.get(files[1])).must(200)];
    assert.equal(whole.bytes.subarray(0, 5).toString(), '%PDF-');
    assert.equal(Number(/\/Count (\d+)/.exec(whole.bytes.toString('latin1'))[1]), 45);
    assert.equal(zip.bytes.subarray(0, 2).toString(), 'PK');
    assert.equal(zip.bytes.readUInt16LE(zip.bytes.length - 12), 45, 'a PDF each');
    assert.equal(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'letter_pile.fetch' AND subject = 'letter_pile:${id}'`), '2');
    assert.equal(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'letter.issue' AND subject IN (${letters.map((l) => `'letter:${l[0]}'`).join()})`), '45');
    (await clerk.get(`/kantor/surat/${letters[7][0]}`)).must(200, 'Surat terbit');
    (await clerk.get('/kantor/surat-massal')).must(200, '45 dari 45');
    // The week is over: the address gives nothing, and the files can be made again.
    rows(schema, `UPDATE letter_pile SET ended_at = ended_at - INTERVAL 8 DAY WHERE id = ${id}`);
    assert.equal((await clerk.get(files[0])).status, 404);
    (await clerk.submit(await open(clerk, id), {}, 'form[action$="/susun"]')).must(303);
    await pileDone(village, id);
    assert.equal((await open(clerk, id)).page.querySelectorAll('a[download]').length, 2);
    assert.equal(lettersOf(id).length, 45);
    // One is withdrawn: what has it is given to nobody any more, and made again without it.
    (await secretary.submit((await secretary.get(`/kantor/surat/${letters[3][0]}`)).must(200), { sebab: '1', alasan: 'Salah orang' }, 'form[action$="/cabut"]')).must(303);
    const printed = async () => {
        const got = await clerk.get(files[0]);
        return got.status === 200 ? Number(/\/Count (\d+)/.exec(got.bytes.toString('latin1'))[1]) : 0;
    };
    await until('the files are made again', async () => {
        const n = await printed();
        assert.notEqual(n, 45, 'never with the withdrawn one');
        return n === 44;
    }, 30);
    (await open(clerk, id)).must(200, 'Satu PDF untuk dicetak').must(200, 'ZIP berisi tiap surat');
    // Nobody made them again: the page says so, and offers it.
    rows(schema, `UPDATE letter SET voided_at = NOW(6) WHERE id = ${letters[3][0]}`);
    (await open(clerk, id)).must(200, '1 surat sudah dicabut').must(200, 'Susun lagi berkasnya');
});

test('a pasted list is judged line by line, and each line may answer a question for itself', async () => {
    const [fine, dead, moved, other] = settle(village, '011', 4);
    const neighbour = await newVillage('7317102082', 'Uji Massal Sebelah');
    const [foreign] = settle(neighbour, '011', 1);
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${dead.id}; UPDATE resident SET basic_status = 3 WHERE id = ${moved.id}`);
    const lines = [`${fine.nik}\tbengkel motor`, '', `${dead.nik};kios`, `${moved.nik};kios`, `${freshNumber(village)};kios`, `${foreign.nik};kios`, `${fine.nik};warung`, '73171', `'${other.nik}; jual ikan`];
    const { id, page } = await choose(clerk, BUSINESS, person, byList(lines, 'usaha'));
    page.must(200, '2 warga');
    const why = new Map(pileLines(village, id).map(([line, , , , words]) => [Number(line), words]));
    assert.deepEqual([...why.keys()], [1, 3, 4, 5, 6, 7, 8, 9], 'lines are counted as they were pasted');
    assert.deepEqual([1, 9].map((n) => why.get(n)), ['', '']);
    assert.match(why.get(3), /meninggal/);
    assert.match(why.get(4), /pindah/);
    for (const n of [5, 6]) assert.match(why.get(n), /tidak ada di data penduduk desa ini/);
    assert.match(why.get(7), /Sudah ada di baris 1/);
    assert.match(why.get(8), /16 angka, di sini 5/);
    assert.equal(page.text.split(foreign.nik).length - 1, 1, 'no whole number of somebody else, but where it was pasted');
    assert.ok(!(await open(head, id)).text.includes(foreign.nik), 'nor there for who does not choose');
    (await clerk.submit(page, {}, SEND)).must(303);
    await pileDone(village, id);
    assert.deepEqual(lettersOf(id).map((l) => [Number(l[2]), JSON.parse(l[5]).usaha]), [[fine.id, 'bengkel motor'], [other.id, 'jual ikan']]);
    assert.ok(lettersOf(id).every((l) => JSON.parse(l[5]).keperluan === BUSINESS.inputs.isi_keperluan));
});

test('a pasted line that fails is mended in its place, and the others stay', async () => {
    const [one, two, three, dead] = settle(village, '041', 4), stranger = freshNumber(village), long = 'x'.repeat(130);
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${dead.id}`);
    const { id, page } = await choose(clerk, BUSINESS, person, byList(['NIK\tJenis usaha', one.nik, '7.31713E+15\tkios', `${two.nik};${long}`, `${one.nik};warung`, `${dead.nik};kios`, stranger], 'usaha'));
    page.must(200, '1 warga').must(200, 'Excel menyingkat NIK ini').must(200, 'Sudah ada di baris 2');
    const line = (n, of = page) => of.page.querySelectorAll('#massal tbody tr').find((tr) => tr.querySelector(`[name=baris_${n}]`));
    const box = (n, of) => line(n, of).querySelector('input').getAttribute('value');
    assert.deepEqual([3, 4, 5, 6, 7].map((n) => box(n)), ['7.31713E+15 kios', `${two.nik};${long}`, `${one.nik};warung`, `${dead.nik};kios`, stranger], 'as it was pasted');
    assert.deepEqual([3, 4, 5, 6, 7].map((n) => line(n).querySelector('a') !== null), [false, false, false, true, false], 'only where the register can be mended');
    const old = await open(clerk, id);
    // Another press takes along what is mended, and goes no further before it was checked.
    for (const act of ['kirim', 'periksa']) {
        assert.ok(page.page.querySelector(`button[form=perbaiki][formaction="${at(id)}/${act}"]`));
        const kept = (await clerk.post(`${at(id)}/${act}`, clerk.fill(page, { baris_3: `${three.nik};kios`, baris_5: '' }, '#perbaiki').fields)).must(422, 'Baris 3 Anda perbaiki di bawah, tetapi belum diperiksa');
        assert.deepEqual([box(3, kept), box(5, kept), state(id)], [`${three.nik};kios`, '', 1]);
    }
    const mended = (await clerk.follow((await clerk.submit(page, { baris_3: `${three.nik};kios`, baris_4: two.nik, baris_5: '', baris_6: `${three.nik};dua kali` }, '#perbaiki')).must(303)))
        .must(200, '3 warga').must(200, 'Sudah ada di baris 3').must(200, '2 baris lagi mendapat surat, 2 masih belum bisa');
    assert.deepEqual(pileLines(village, id).map(([n, s]) => [Number(n), Number(s)]), [[2, 1], [3, 1], [4, 1], [6, 4], [7, 4]]);
    const late = (await clerk.submit(old, { baris_6: `${dead.nik};sementara itu` }, '#perbaiki')).must(409, 'Keadaannya sudah berubah');
    assert.equal(box(6, late), `${dead.nik};sementara itu`, 'nothing typed is lost');
    // Whom a hand left out is of his line all the same; who came into the register meanwhile is found when the list is judged again.
    const out = await clerk.follow((await clerk.submit(mended, {}, 'form[action$="/warga"]:has([name=baris][value="2"])')).must(303));
    const still = (await clerk.follow((await clerk.submit(out, { baris_6: one.nik }, '#perbaiki')).must(303))).must(200, 'Sudah ada di baris 2');
    rows(schema, `UPDATE resident SET nik = '${stranger}', basic_status = 1 WHERE id = ${dead.id}`);
    const again = (await clerk.follow((await clerk.submit(still, {}, 'form[action$="/periksa"]')).must(303))).must(200, '3 warga');
    assert.deepEqual(pileLines(village, id).map(([n, s, r]) => [Number(n), Number(s), Number(r)]), [[2, 4, one.id], [3, 1, three.id], [4, 1, two.id], [6, 4, 0], [7, 1, dead.id]]);
    const back = await clerk.follow((await clerk.submit(again, {}, 'form[action$="/warga"]:has([name=baris][value="2"])')).must(303));
    assert.equal(await listed(id), '0 dari 4', 'letters there will be, not lines');
    (await clerk.post(`${at(id)}/kirim`, clerk.fill(back, {}, '#perbaiki').fields)).must(303);
    await pileDone(village, id);
    assert.equal(await listed(id), '4 dari 4');
    assert.deepEqual(lettersOf(id).map((l) => [Number(l[2]), JSON.parse(l[5]).usaha]), [[one.id, BUSINESS.inputs.isi_usaha], [three.id, 'kios'], [two.id, BUSINESS.inputs.isi_usaha], [dead.id, BUSINESS.inputs.isi_usaha]]);
});

test('a number whose words another letter bears is passed over', async () => {
    settle(village, '023', 3);
    const [[old, text, number]] = rows(schema, `SELECT l.id, l.number_text, l.number FROM letter l JOIN letter_type t ON t.id = l.type_id
        WHERE t.slug = 'keterangan-usaha' AND l.state = 4 ORDER BY l.number DESC LIMIT 1`);
    const last = Number(value(schema, `SELECT c.last FROM letter_counter c JOIN letter l ON l.scope = c.scope AND l.year = c.year WHERE l.id = ${old}`));
    const wordsOf = (n) => text.replace(new RegExp(`/(0*)${number}/`), `/$1${n}/`);
    rows(schema, `UPDATE letter SET number_text = '${wordsOf(last + 2)}' WHERE id = ${old}`);
    const { id, page } = await choose(clerk, BUSINESS, person, byRt('023'));
    (await clerk.submit(page, {}, SEND)).must(303);
    await pileDone(village, id);
    assert.deepEqual(lettersOf(id).map((l) => Number(l[1])).sort((a, b) => a - b), [last + 1, last + 3, last + 4]);
    rows(schema, `UPDATE letter SET number_text = '${text}' WHERE id = ${old}`);
});

test('pressed twice it is issued once, and a page from before is told', async () => {
    settle(village, '012', 3);
    const { id, page } = await choose(clerk, BUSINESS, person, byRt('012'));
    const old = await open(clerk, id);
    const [one, two] = await Promise.all([clerk.submit(page, {}, SEND), clerk.submit(page, {}, SEND)]);
    for (const answer of [one, two]) answer.must(303);
    (await clerk.submit(old, {}, SEND)).must(409, 'Keadaannya sudah berubah');
    await pileDone(village, id);
    assert.equal(lettersOf(id).length, 3);
    assert.equal(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'letter_pile.issue' AND subject = 'letter_pile:${id}'`), '1');
});

/** Stopped before its first number a pile is a draft again; from then on it ends with what there is. */
async function begun(id) {
    await until(`pile ${id} has numbered letters`, () => lettersOf(id).length > 0);
}

test('it is stopped, and goes on; nobody gets two', async () => {
    settle(village, '013', 240);
    const { id, page } = await choose(clerk, BUSINESS, person, byRt('013'));
    (await clerk.submit(page, {}, SEND)).must(303);
    await begun(id);
    (await clerk.submit(await open(clerk, id), {}, 'form[action$="/henti"]')).must(303);
    await until('what was under way is done', () => value(schema, `SELECT COUNT(*) FROM outbox WHERE kind = 9 AND subject = ${id} AND state IN (1, 2)`) === '0');
    const then = lettersOf(id).length;
    assert.ok(then < 240);
    assert.equal(state(id), 4);
    (await open(clerk, id)).must(200, 'sudah terbit dan tetap berlaku');
    (await clerk.submit(await open(clerk, id), {}, 'form[action$="/lanjut"]')).must(303);
    await pileDone(village, id, 240);
    const letters = lettersOf(id);
    assert.equal(letters.length, 240);
    assert.equal(new Set(letters.map((l) => l[1])).size, 240);
    assert.equal(value(schema, `SELECT COUNT(*) FROM (SELECT resident_id FROM letter WHERE resident_id IN (SELECT resident_id FROM letter_pile_line WHERE pile_id = ${id}) AND state = 4 GROUP BY resident_id HAVING COUNT(*) > 1) x`), '0');
});

test('stopped for good, it ends with what there is', async () => {
    settle(village, '014', 240);
    const { id, page } = await choose(clerk, BUSINESS, person, byRt('014'));
    (await clerk.submit(page, {}, SEND)).must(303);
    await begun(id);
    (await clerk.submit(await open(clerk, id), {}, 'form[action$="/henti"]')).must(303);
    (await clerk.submit(await open(clerk, id), {}, 'form[action$="/batal"]')).must(303);
    await pileDone(village, id);
    const lines = pileLines(village, id);
    assert.ok(lines.some(([, s, , , words]) => s === '4' && words === 'Dihentikan petugas'));
    assert.ok(lines.every(([, s, , letter]) => (s === '3') === (letter !== null)));
});

/** The secretary reads one of them and passes all on, as she does with single letters. */
async function checked(id) {
    assert.equal(state(id), 7);
    assert.ok(!(await head.get('/kantor')).must(200).text.includes('Surat massal menunggu persetujuan Anda'));
    assert.equal((await open(head, id, '/contoh')).page.querySelector('form[action$="/setujui"]'), null);
    (await secretary.get('/kantor')).must(200, 'Surat massal menunggu pemeriksaan Anda');
    (await secretary.get('/kantor/persetujuan')).must(200, 'diperiksa sekali');
    (await secretary.submit(await open(secretary, id, '/contoh'), {}, 'form[action$="/teruskan"]')).must(303);
    assert.equal(state(id), 2);
}

test('a type that the head approves goes to him as one, and is approved as one after he read the sample', async () => {
    settle(village, '015', 12);
    const { id, pattern, page } = await choose(clerk, DOMICILE, person, byRt('015'));
    (await clerk.submit(page, {}, SEND)).must(303);
    await checked(id);
    (await head.get('/kantor/persetujuan')).must(200, 'Untuk 12 warga, disetujui sekali');
    (await head.get('/kantor')).must(200, 'Surat massal menunggu persetujuan Anda');
    // Without having read it nothing is approved: the pile's own page has no such button.
    const shown = await open(head, id);
    assert.equal(shown.page.querySelector('form[action$="/setujui"]'), null);
    const sample = (await open(head, id, '/contoh')).must(200, 'Warga Rt 015', 'Perbesar tulisan');
    const sheet = (await head.get(sample.page.querySelector('.leaf img').getAttribute('src'))).must(200);
    assert.match(sheet.text, /<svg/);
    (await open(head, id, '/contoh?baris=7&besar=1')).must(200, 'Warga Rt 015 4', 'Perkecil');
    assert.equal((await head.get(`${at(id)}/contoh?baris=13`)).status, 404);
    const { fields } = head.fill(sample, {}, 'form[action$="/setujui"]');
    (await head.post(`${at(id)}/setujui`, fields.map(([n, v]) => [n, n === 'sidik' ? '' : v]))).must(409);
    // Given back with a word, mended, sent anew.
    (await head.submit(shown, { catatan: 'Keperluannya keliru' }, 'form[action$="/kembalikan"]')).must(303);
    assert.equal(letterRow(village, pattern).state, 1);
    const first = (await clerk.get('/kantor')).must(200).page.querySelector('.next');
    assert.equal(first.querySelector('a.button').getAttribute('href'), at(id), 'it stands first on the page of who made it');
    assert.match(first.text, /Perbaiki/);
    const rail = (page) => parseInt(page.page.querySelector('.rail-nav a[href="/kantor/surat"] .badge')?.text ?? '0', 10);
    const given = rail(await clerk.get('/kantor'));
    assert.ok(given > 0, 'and counts beside "Surat"');
    assert.match((await clerk.get('/kantor/surat-massal')).must(200).page.querySelector(`a[href="${at(id)}"]`).closest('tr').text, /Dikembalikan/);
    assert.ok(!(await secretary.get('/kantor')).text.includes(`href="${at(id)}" data-next`), 'nobody else has to mend it');
    const back = (await open(clerk, id)).must(200, 'Keperluannya keliru');
    const form = (await clerk.get(`/kantor/surat/${pattern}/isi`)).must(200);
    (await clerk.submit(form, { isi_keperluan: 'kartu sehat' }, `form[action$="/${pattern}/isi"]`)).must(303);
    (await clerk.submit(back, {}, SEND)).must(422, 'Periksa daftarnya lagi');
    const again = await clerk.follow((await clerk.submit(await open(clerk, id), {}, 'form[action$="/periksa"]')).must(303));
    (await clerk.submit(again, {}, SEND)).must(303);
    assert.equal(rail(await clerk.get('/kantor')), given - 1, 'sent again it is in other hands');
    assert.equal(lettersOf(id).length, 0);
    await checked(id);
    (await head.submit(await open(head, id, '/contoh'), {}, 'form[action$="/setujui"]')).must(303);
    await pileDone(village, id);
    const letters = lettersOf(id);
    assert.equal(letters.length, 12);
    assert.ok(letters.every((l) => JSON.parse(l[5]).keperluan === 'kartu sehat'));
    (await clerk.get(`/kantor/surat/${letters[0][0]}`)).must(200, 'Disetujui Uji head');
});

test('who died since the list was made gets none, the others do', async () => {
    const people = settle(village, '016', 3);
    const { id, page } = await choose(clerk, BUSINESS, person, byRt('016'));
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${people[1].id}`);
    (await clerk.submit(page, {}, SEND)).must(303);
    await pileDone(village, id);
    assert.deepEqual(lettersOf(id).map((l) => Number(l[2])).sort(), [people[0].id, people[2].id].sort());
    (await open(clerk, id)).must(200, '2 surat terbit', '1 warga tidak mendapat surat', 'meninggal');
});

const setHead = (words) => rows(schema, `UPDATE official SET ${words} WHERE office = 'head'`);
const quiet = (id) => until('what was under way is done', () => value(schema, `SELECT COUNT(*) FROM outbox WHERE kind = 9 AND subject = ${id} AND state IN (1, 2)`) === '0');

test('what the head approved goes on under his name alone: another head approves it anew', async () => {
    const people = settle(village, '017', 160);
    const { id, page } = await choose(clerk, DOMICILE, person, byRt('017'));
    (await clerk.submit(page, {}, SEND)).must(303);
    await checked(id);
    (await head.submit(await open(head, id, '/contoh'), {}, 'form[action$="/setujui"]')).must(303);
    await until('some are issued', () => lettersOf(id).length > 0);
    (await clerk.submit(await open(clerk, id), {}, 'form[action$="/henti"]')).must(303);
    await quiet(id);
    const name = value(schema, "SELECT name FROM official WHERE office = 'head'");
    const before = lettersOf(id).length;
    setHead("name = 'Kades Pengganti'");
    try {
        (await clerk.submit(await open(clerk, id), {}, 'form[action$="/lanjut"]')).must(303);
        assert.equal(state(id), 2, 'it waits for a signature again');
        assert.equal(lettersOf(id).length, before);
        // Given back now, it is stopped: what was issued stays, and its people wait.
        (await head.submit(await open(head, id), { catatan: 'Bukan saya' }, 'form[action$="/kembalikan"]')).must(303);
        (await open(clerk, id)).must(200, 'Bukan saya', 'Akhiri dengan yang sudah terbit');
        (await clerk.submit(await open(clerk, id), {}, 'form[action$="/lanjut"]')).must(303);
        (await head.submit(await open(head, id, '/contoh'), {}, 'form[action$="/setujui"]')).must(303);
        await pileDone(village, id);
        const names = rows(schema, `SELECT JSON_VALUE(l.snapshot, '$.values.nama_penandatangan'), COUNT(*) FROM letter_pile_line n JOIN letter l ON l.id = n.letter_id WHERE n.pile_id = ${id} GROUP BY 1`);
        assert.equal(new Map(names).get('Kades Pengganti'), String(people.length - before));
        assert.equal(lettersOf(id).length, people.length);
    } finally {
        setHead(`name = '${name}'`);
    }
});

test('what the head stops, or gives back, he approves anew before it goes on, and his note stays until then', async () => {
    settle(village, '021', 240);
    const { id, page } = await choose(clerk, DOMICILE, person, byRt('021'));
    const press = async (who, tail, fields = {}, from = '') => (await who.submit(await open(who, id, from), fields, `form[action$="/${tail}"]`)).must(303);
    (await clerk.submit(page, {}, SEND)).must(303);
    await checked(id);
    assert.equal((await open(clerk, id)).page.querySelector('form[action$="/tahan"]'), null);
    await press(head, 'setujui', {}, '/contoh');
    await until('some are issued', () => lettersOf(id).length > 0);
    // One press, while it runs in his name; the clerk's Lanjutkan brings it before him again, though nothing else has changed.
    await press(head, 'tahan');
    await quiet(id);
    assert.equal(state(id), 4);
    const before = lettersOf(id).length;
    assert.ok(before < 240);
    (await open(clerk, id)).must(200, 'Dihentikan Uji head.', 'menunggu persetujuan lagi');
    rows(schema, `UPDATE letter_pile SET note = '' WHERE id = ${id}`); // where no word says why, all read what can be done
    for (const who of [clerk, head]) (await open(who, id)).must(200, 'akhiri dengan yang sudah terbit');
    rows(schema, `UPDATE letter_pile SET note = 'Dihentikan Uji head.' WHERE id = ${id}`);
    await press(clerk, 'lanjut');
    assert.deepEqual([state(id), lettersOf(id).length], [2, before]);
    (await open(head, id)).must(200, 'Dihentikan Uji head.');
    await press(head, 'setujui', {}, '/contoh');
    await until('more are issued', () => lettersOf(id).length > before);
    // Stopped by the clerk, it stands in his name still: he gives it back with a word.
    await press(clerk, 'henti');
    await quiet(id);
    const then = lettersOf(id).length;
    await press(head, 'kembalikan', { catatan: 'Salah dasar' });
    (await open(clerk, id)).must(200, 'Salah dasar');
    rows(schema, "UPDATE letter_type SET policy = 'seal' WHERE slug = 'keterangan-domisili'");
    try {
        await press(clerk, 'lanjut');
        assert.deepEqual([state(id), lettersOf(id).length], [2, then], 'whatever its type says by now');
        (await open(head, id)).must(200, 'Salah dasar');
        (await open(clerk, id)).must(200, 'Salah dasar');
    } finally {
        rows(schema, "UPDATE letter_type SET policy = 'approve' WHERE slug = 'keterangan-domisili'");
    }
    await press(head, 'setujui', {}, '/contoh');
    await pileDone(village, id);
    assert.equal(lettersOf(id).length, 240);
});

test('of whom something is changed after the approval, the head reads anew before a letter is made', async () => {
    const people = settle(village, '022', 160);
    const { id, page } = await choose(clerk, DOMICILE, person, byRt('022'));
    (await clerk.submit(page, {}, SEND)).must(303);
    await checked(id);
    (await head.submit(await open(head, id, '/contoh'), {}, 'form[action$="/setujui"]')).must(303);
    await until('some are issued', () => lettersOf(id).length > 0);
    (await clerk.submit(await open(clerk, id), {}, 'form[action$="/henti"]')).must(303);
    await quiet(id);
    assert.ok(lettersOf(id).length < 160);
    const last = Number(value(schema, `SELECT resident_id FROM letter_pile_line WHERE pile_id = ${id} AND letter_id IS NULL ORDER BY line DESC LIMIT 1`));
    const form = (await clerk.get(`/kantor/penduduk/${last}/ubah`)).must(200);
    (await clerk.submit(form, { isi_nama: 'Puang Lain', alasan: 'perbaikan' }, 'form[action$="/ubah"]')).must(303);
    (await clerk.submit(await open(clerk, id), {}, 'form[action$="/lanjut"]')).must(303);
    await until('it waits for the head', () => state(id) === 2, 120);
    await quiet(id);
    assert.ok(!lettersOf(id).some((l) => Number(l[2]) === last));
    (await open(head, id)).must(200, 'Data warga berubah sesudah disetujui', 'Puang Lain');
    (await head.submit(await open(head, id, `/contoh?baris=${people.length}`), {}, 'form[action$="/setujui"]')).must(303);
    await pileDone(village, id);
    assert.equal(lettersOf(id).length, 160);
});

test('changed under way it stops by itself; without a head nobody is refused for it', async () => {
    settle(village, '018', 5);
    const { id, page } = await choose(clerk, BUSINESS, person, byRt('018'));
    // As it stands between two of its jobs: sent under another letterhead than there is now.
    rows(schema, `UPDATE letter_pile SET state = 4, issued_by = 1, issuer = 'Uji', office = 'another' WHERE id = ${id}`);
    setHead("ends_on = '2020-01-01'");
    try {
        (await clerk.submit(await open(clerk, id), {}, 'form[action$="/lanjut"]')).must(422, 'masa jabatannya sudah berakhir');
        rows(schema, `UPDATE letter_pile SET state = 3 WHERE id = ${id}; INSERT INTO outbox (kind, subject, payload) SELECT 9, id, CONCAT('{"version":', version, '}') FROM letter_pile WHERE id = ${id}`);
        await until('it stopped', () => state(id) === 4);
    } finally {
        setHead('ends_on = NULL');
    }
    (await open(clerk, id)).must(200, '5 belum', 'masa jabatannya sudah berakhir');
    (await clerk.get('/kantor')).must(200, 'Berhenti di tengah jalan'); // none of it was issued
    assert.ok(pileLines(village, id).every(([, s]) => s === '1'), 'its people wait');
    rows(schema, `UPDATE letter_pile SET state = 3 WHERE id = ${id}; INSERT INTO outbox (kind, subject, payload) SELECT 9, id, CONCAT('{"version":', version, '}') FROM letter_pile WHERE id = ${id}`);
    await until('it stopped', () => state(id) === 4);
    (await open(clerk, id)).must(200, 'lain dari saat dikirim');
    (await clerk.submit(await open(clerk, id), {}, 'form[action$="/lanjut"]')).must(303);
    await pileDone(village, id);
    assert.equal(lettersOf(id).length, 5);
});

test('a line with too long an answer is refused, the others stay', async () => {
    const [one, two] = settle(village, '019', 2);
    const { id } = await choose(clerk, BUSINESS, person, byList([`${one.nik}\t${'a'.repeat(501)}`, `${two.nik}\tkios`], 'usaha'));
    assert.deepEqual(pileLines(village, id).map(([, s, , , why]) => [s, why]), [['4', 'Isian di baris ini terlalu panjang'], ['1', '']]);
});

test('its people are listed, sought by name, and one is left out before it is sent', async () => {
    const people = settle(village, '020', 60);
    const { id, pattern, page } = await choose(clerk, BUSINESS, person, byRt('020'));
    const shown = (answer) => answer.page.querySelectorAll('#daftar ~ table a[href*="/contoh?baris="]').map((a) => a.text);
    assert.equal(shown(page).length, 50);
    assert.equal(shown(await open(clerk, id, '?sesudah=50')).length, 10);
    const found = (await clerk.follow((await clerk.submit(page, { cari: 'rt 020 33' }, 'form.filters')).must(303))).must(200, 'Warga Rt 020 33');
    assert.equal(shown(found).length, 1);
    assert.ok(!found.path.includes('33'), 'no name in the address');
    (await clerk.submit(found, {}, 'form[action$="/warga"]')).must(303);
    (await open(clerk, id)).must(200, '59 warga', 'Tidak diikutkan', 'Ikutkan lagi');
    (await clerk.submit(page, {}, SEND)).must(409);
    (await clerk.submit(await open(clerk, id), {}, SEND)).must(303);
    await pileDone(village, id);
    const left = people.filter((p) => !lettersOf(id).some((l) => Number(l[2]) === p.id));
    assert.equal(left.length, 1);
    assert.match(value(schema, `SELECT name FROM resident WHERE id = ${left[0].id}`), / 33$/);
    // What was begun for one says what became of it; its letters say whose they are; the day's work is not drowned.
    (await clerk.get(`/kantor/surat/${pattern}`)).must(200, 'Menjadi contoh surat massal', 'Surat ini sendiri tidak terbit', 'RT 020');
    const [one] = lettersOf(id);
    (await clerk.get(`/kantor/surat/${one[0]}`)).must(200, 'Bagian dari surat massal');
    const desk = (await clerk.get('/kantor')).must(200, 'surat massal, 59 warga');
    assert.equal(desk.page.querySelectorAll(`td a[href="${at(id)}"]`).length, 1);
    assert.ok((await clerk.get('/kantor/surat')).must(200).page.querySelector(`a[href="${at(id)}"]`));
    assert.equal((await clerk.get('/kantor/surat?massal=tanpa')).must(200).page.querySelectorAll('td a[href*="/surat-massal/"]').length, 0);
    assert.equal((await clerk.get('/kantor/surat?massal=hanya')).must(200).page.querySelectorAll('td a[href*="/surat-massal/"]').length, 30);
});

test('many is offered where it can be, above the bar of buttons', async () => {
    const { review } = await draft(clerk, BUSINESS, person);
    const html = review.text;
    assert.ok(html.indexOf('/massal"') > 0 && html.indexOf('/massal"') < html.indexOf('actions is-sticky'));
    const invitation = await draft(clerk, INVITATION, null);
    assert.equal(invitation.review.page.querySelector('a[href$="/massal"]'), null);
});

test('what cannot be of a pile says so: a type that asks for others, nobody found, too many lines, no number at all', async () => {
    const { id } = await draft(clerk, BUSINESS, person);
    const page = async () => (await clerk.get(`/kantor/surat/${id}/massal`)).must(200);
    const ask = async (fields, words) => (await clerk.submit(await page(), fields, 'form[action$="/massal"]')).must(422, words);
    await ask(byRt('999'), 'Tidak ada warga yang cocok');
    await ask(byList([]), 'Tempel NIK warga');
    await ask(byList(Array.from({ length: 3001 }, () => '7317')), 'Lebih dari 3000 baris');
    const typed = await ask({ cara: 'saringan', rt: '010', umur_dari: '900' }, 'Umur dari');
    assert.equal(typed.page.querySelector('#rt option[selected]').getAttribute('value'), '010', 'what was typed stands there');
    const { id: other } = await begin(clerk, { slug: 'kuasa' }, person);
    const refused = (await clerk.get(`/kantor/surat/${other}/massal`)).must(200, 'dibuat satu per satu');
    assert.equal(refused.page.querySelector('form[action$="/massal"]'), null);
});

test('what a pile is made by is neither issued nor thrown away beside it, until its people are taken out', async () => {
    settle(village, '031', 3);
    const { id, pattern, page } = await choose(clerk, BUSINESS, person, byRt('031'));
    const review = (await clerk.get(`/kantor/surat/${pattern}/periksa`)).must(200);
    (await clerk.submit(review, {}, `form[action$="/${pattern}/kirim"]`)).must(422, 'contoh bagi surat massal');
    assert.deepEqual([letterRow(village, pattern).state, state(id)], [1, 1]);
    (await clerk.submit(page, {}, 'form[action$="/batal"]')).must(303);
    (await clerk.submit((await clerk.get(`/kantor/surat/${pattern}/periksa`)).must(200), {}, `form[action$="/${pattern}/kirim"]`)).must(303);
    assert.equal(letterRow(village, pattern).state, 4);
});

test('who decides is told, too, that the same people are in another pile of this type', async () => {
    settle(village, '088', 2);
    const first = await choose(clerk, DOMICILE, person, byRt('088')), { id, page } = await choose(clerk, DOMICILE, person, byRt('088'));
    (await clerk.submit(page, {}, SEND)).must(303);
    for (const [who, act] of [[secretary, 'teruskan'], [head, 'setujui']]) {
        let read;
        for (const tail of ['', '/contoh']) {
            read = (await open(who, id, tail)).must(200, 'Warga yang sama ada di surat massal lain').must(200, '2 warga yang sama');
            assert.ok(read.page.querySelector(`.notice li a[href="${at(first.id)}"]`));
        }
        (await who.submit(read, {}, `form[action$="/${act}"]`)).must(303);
    }
    await pileDone(village, id);
    assert.equal(lettersOf(id).length, 2, 'told, and not refused');
});
