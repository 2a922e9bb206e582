// SPDX-License-Identifier: AGPL-3.0-or-later
// What a type of letters says, edited: a draft beside what is in use, tried, used; and the text of one letter alone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { randomBytes } from 'node:crypto';
import { staff } from '../harness/client.mjs';
import { begin, draft, livingResidents, pdf, putType, send } from '../harness/letters.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const slug = `uji-isi-${process.pid}`;
const TYPE = { slug, inputs: { isi_untuk: 'melamar kerja' } };
const SAVE = '#editor';
let secretary;
let clerk;
let resident;
let id;

before(async () => {
    [clerk, secretary] = [await staff(village, 'clerk'), await staff(village, 'secretary')];
    [resident] = livingResidents(village, 44).slice(-1);
    putType(village, slug, {
        fields: [{ name: 'untuk', label: 'Keperluan', kind: 'line', required: true }, { name: 'alasan', label: 'Alasan', kind: 'select', options: ['Biasa', 'Lain'] }],
        paper: { body: [{ type: 'paragraph', content: 'Untuk {isi_untuk} {isi_alasan}.' }, { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}', qr: true }] },
    });
    id = Number(value(schema, `SELECT id FROM letter_type WHERE slug = '${slug}'`));
});

after(() => rows(schema, `UPDATE letter_type SET is_active = FALSE, draft = NULL WHERE slug = '${slug}'`));

const home = () => `/kantor/jenis-surat/${id}/isi`;
const edit = async () => (await secretary.get(home())).must(200, 'Perlu dibenahi sebelum dipakai');
const row = (columns) => rows(schema, `SELECT ${columns} FROM letter_type WHERE id = ${id}`)[0];
const TEXT = 'Untuk {isi_untuk} {isi_alasan}, dengan hormat.\n\n:::tanda-tangan qr\nKepala Desa\n@nama {nama_penandatangan}\n:::';
/** One of the buttons beside "Simpan konsep", or what the editor's script sends by itself. */
const press = async (page, act, { diam, warga, ...fields }, client = secretary, from = home) => {
    const sent = [...client.fill(page, fields, SAVE).fields, ...(diam ? [['diam', diam]] : []), ...(warga ? [['warga', warga]] : [])].map(([name, text]) => [name, name === '_once' ? randomBytes(17).toString('base64url').slice(0, 22) : text]);
    return client.post(`${from()}/${act}`, sent);
};

test('the text is a draft until it is used, and a letter in progress keeps its version', async () => {
    const open = await begin(clerk, TYPE, resident);
    const page = await edit();
    assert.match(page.page.querySelector('#markup').text, /Untuk \{isi_untuk\}/);
    const answer = await secretary.submit(page, { markup: TEXT }, SAVE);
    const kept = (await secretary.follow(answer.must(303))).must(200, 'Konsep tersimpan').must(200, 'Versi 2, konsep');
    assert.deepEqual(row('version, draft IS NOT NULL, draft_base'), ['1', '1', '1']);
    assert.ok(!value(schema, `SELECT definition FROM letter_type WHERE id = ${id}`).includes('dengan hormat'), 'what is in use is as it was');
    assert.match(kept.page.querySelector('#markup').text, /dengan hormat/);
    const used = await press(kept, 'pakai', {});
    (await secretary.follow(used.must(303))).must(200, 'Versi baru dipakai untuk surat berikutnya').must(200, 'Isi baru dipakai');
    assert.deepEqual(row('version, draft IS NULL'), ['2', '1']);
    assert.equal(value(schema, `SELECT action FROM audit WHERE subject = 'letter_type:${id}' ORDER BY id DESC LIMIT 1`), 'letter_type.use');
    const filled = await clerk.submit(open.page, TYPE.inputs, `form[action$="/${open.id}/isi"]`);
    const review = (await clerk.follow(filled.must(303))).must(200);
    (await clerk.submit(review, {}, `form[action$="/${open.id}/kirim"]`)).must(303);
    assert.ok(!pdfWords(await pdf(clerk, open.id)).includes('dengan hormat'), 'begun with the old text, issued with it');
    const fresh = await send(clerk, TYPE, resident, { isi_untuk: 'sekolah' });
    assert.ok(pdfWords(await pdf(clerk, fresh.id)).includes('dengan hormat'));
});

test('two who edit one text: the second sees both, and nothing is lost', async () => {
    const [mine, theirs] = [await edit(), await edit()];
    (await secretary.submit(theirs, { markup: TEXT.replace('hormat', 'takzim') }, SAVE)).must(303);
    const both = (await secretary.submit(mine, { markup: TEXT.replace('hormat', 'senang') }, SAVE)).must(409, 'disimpan orang lain');
    assert.match(both.page.querySelector('#isi-lain').text, /takzim/);
    assert.match(both.page.querySelector('#markup').text, /senang/);
    (await secretary.submit(both, {}, SAVE)).must(303);
    assert.match(row('draft')[0], /senang/);
    const drop = async (page) => secretary.submit(page, {}, 'form[action$="/buang"]');
    const [page, stale] = [await edit(), await edit()];
    (await drop(page)).must(303);
    (await drop(stale)).must(303); // gone already
    assert.equal(row('draft IS NULL')[0], '1');
});

test('a text that cannot be read comes back with its line, as it was typed', async () => {
    const page = await edit();
    const told = (await secretary.submit(page, { markup: 'Satu\n\n:::bila isi_untuk\nDua' }, SAVE)).must(422, 'Baris 3: :::bila belum ditutup');
    assert.equal(told.page.querySelector('#markup').text, 'Satu\n\n:::bila isi_untuk\nDua');
    const deep = ':::satu-halaman\n'.repeat(10000);
    (await secretary.submit(page, { markup: deep }, SAVE)).must(422, 'paling banyak 32 tingkat');
    assert.equal(row('draft IS NULL')[0], '1');
});

test('a text longer than any letter is refused in words and comes back whole, as text and as tree', async () => {
    const page = await edit();
    const long = 'Satu kalimat saja.\n'.repeat(15_000);
    const told = (await secretary.submit(page, { markup: long }, SAVE)).must(422, 'paling banyak 256 kB');
    assert.equal(told.page.querySelector('#markup').text.trim(), long.trim());
    const tree = JSON.stringify({ body: [{ type: 'paragraph', content: 'a'.repeat(300_000) }] });
    for (const act of ['simpan', 'pakai', 'pratinjau'])
        assert.match(JSON.parse((await press(await edit(), act, { tree, diam: '1' })).must(422).text).fault, /paling banyak 256 kB/);
    (await press(page, 'pratinjau', { markup: `Satu\n${'['.repeat(70_000)}`, diam: '1' })).must(422, 'Baris 2: teks ini terlalu panjang');
    const open = (await press(page, 'pratinjau', { markup: `${'[ '.repeat(3_000)}\n\n`.repeat(2), diam: '1' })).must(200);
    assert.ok(JSON.parse(open.text).count > 1, 'brackets that are never closed are signs');
    const pages = (await press(page, 'pratinjau', { markup: 'Satu\n{halaman baru}\n'.repeat(100), diam: '1' })).must(200, 'lebih dari 60 halaman');
    assert.deepEqual(JSON.parse(pages.text).pages, []);
    assert.equal(row('draft IS NULL')[0], '1');
});

test('what must be mended is told by block, may be kept, and is not used', async () => {
    const faulty = 'Untuk {isi_untuk} dari {alamat_lama}.\n\n:::bila isi_alasan = Entah\nx \u0E01\n:::';
    const answer = await secretary.submit(await edit(), { markup: faulty }, SAVE);
    const kept = (await secretary.follow(answer.must(303))).must(200, 'Isian alamat_lama tidak ada');
    kept.must(200, 'Ke bagian 1').must(200, 'pilihan itu tidak ada').must(200, 'Tanda “\u0E01” tidak bisa dicetak').must(200, '3 harus');
    (await press(kept, 'pakai', {})).must(422, 'Ada 3 hal yang harus dibenahi');
    const unsigned = (await press(await edit(), 'pakai', { markup: 'Untuk {isi_untuk}.' })).must(422, 'Tanda tangan belum ada');
    unsigned.must(422, 'Alasan ditanyakan, tetapi tidak pernah dicetak');
    assert.equal(row('version')[0], '2');
    (await secretary.submit(await edit(), {}, 'form[action$="/buang"]')).must(303);
});

test('the editor keeps by itself, is told the new edition, and why not', async () => {
    const page = await edit();
    const tree = { body: [{ type: 'paragraph', content: ['Dari editor ', { type: 'field', name: 'isi_untuk', marks: ['bold'] }] }, { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}', qr: true }] };
    const [before_] = row('draft_edition');
    const saved = await press(page, 'simpan', { tree: JSON.stringify(tree), markup: 'tidak dipakai', diam: '1' });
    assert.equal(saved.must(303).location, `${home()}/keadaan`);
    const state = JSON.parse((await secretary.get(saved.location)).must(200).text);
    assert.equal(state.edition, Number(before_) + 1);
    assert.match(state.at, /^\d\d\.\d\d$/);
    assert.match(row('draft')[0], /Dari editor/);
    const count = () => value(schema, `SELECT COUNT(*) FROM audit WHERE subject = 'letter_type:${id}'`);
    const noted = count();
    (await press(await edit(), 'simpan', { tree: JSON.stringify({ ...tree, if_empty: '-' }), diam: '1' })).must(303);
    assert.equal(count(), noted, 'who goes on with his own draft is not written down each time');
    const late = (await press(page, 'simpan', { tree: JSON.stringify(tree), diam: '1' })).must(409);
    assert.equal(JSON.parse(late.text).edition, Number(before_) + 2);
    assert.match(JSON.parse((await press(await edit(), 'simpan', { tree: '{', diam: '1' })).must(422).text).fault, /tidak terbaca/);
    (await secretary.submit(await edit(), {}, 'form[action$="/buang"]')).must(303);
});

test('a preview is pages and problems, with invented data or a resident, never of another village', async () => {
    const page = await edit();
    const ask = async (fields) => press(page, 'pratinjau', { diam: '1', markup: TEXT, ...fields });
    const shown = JSON.parse((await ask({})).must(200).text);
    assert.equal(shown.count, 1);
    assert.match(shown.pages[0], /^<\?xml|^<svg/);
    assert.deepEqual(shown.problems.filter((p) => p.level === 'must'), []);
    const looks = () => Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${resident}`));
    rows(schema, `DELETE FROM read_log WHERE resident_id = ${resident}`);
    (await ask({ warga: String(resident) })).must(200);
    assert.equal(looks(), 1, 'who tries it with a resident has seen him');
    const foreign = 1 + Number(value(schema, 'SELECT MAX(id) FROM resident'));
    (await ask({ warga: String(foreign) })).must(422);
    const plain = (await press(page, 'pratinjau', { markup: TEXT })).must(200, 'Kertas');
    assert.match(plain.page.querySelector('#editor-paper img').getAttribute('src'), /^data:image\/svg\+xml,/);
    assert.equal(row('draft IS NULL')[0], '1', 'trying keeps nothing');
});

test('the fields of the picker have names for people and examples', async () => {
    const { groups } = JSON.parse((await secretary.get(`${home()}/isian`)).must(200).text);
    assert.deepEqual(groups.map((g) => g.name), ['Pemohon', 'Ditanyakan saat mengisi', 'Desa dan penandatangan', 'Surat', 'Daftar']);
    const asked = groups[1].fields.find((f) => f.name === 'isi_alasan');
    assert.deepEqual([asked.label, asked.choices], ['Alasan', ['Biasa', 'Lain']]);
    assert.equal(groups[0].fields.find((f) => f.name === 'nama').sample, 'Halimah Dg. Sangnging');
});

/** What an answer is held against has its boxes, and what cannot be compared is refused. */
async function boundsAreWritten(names) {
    const fresh = async () => (await secretary.get(`${home()}/pertanyaan-baru`)).must(200);
    (await secretary.submit(await fresh(), { label: 'Berangkat', jenis: 'date', mendatang: '1' }, 'form.form')).must(303);
    (await secretary.submit(await fresh(), { label: 'Kembali', jenis: 'date', tidak_sebelum: 'entah' }, 'form.form')).must(422, 'dibandingkan dengan isian yang bukan');
    (await secretary.submit(await fresh(), { label: 'Kembali', jenis: 'date', tidak_sebelum: 'berangkat' }, 'form.form')).must(303);
    (await secretary.submit(await fresh(), { label: 'Lama', jenis: 'number', hitung_dari: 'berangkat' }, 'form.form')).must(422, 'Isi keduanya');
    (await secretary.submit(await fresh(), { label: 'Lama', jenis: 'number', hitung_dari: 'berangkat', hitung_sampai: 'kembali' }, 'form.form')).must(303);
    (await secretary.submit(await fresh(), { label: 'Status', jenis: 'select', pilihan: 'Jejaka\nJanda', cocok: 'Jejaka; L; belum kawin\nJanda; P; cerai' }, 'form.form')).must(303);
    (await secretary.submit(await fresh(), { label: 'Ayah', jenis: 'person', cukup_nama: '1' }, 'form.form')).must(422, 'Cukup nama hanya untuk');
    assert.deepEqual(names().slice(-4), ['berangkat', 'kembali', 'lama', 'status']);
    (await secretary.submit(await fresh(), { label: 'Ponsel', jenis: 'line', telepon: '1' }, 'form.form')).must(303);
    (await secretary.submit((await secretary.get(`${home()}/pertanyaan/ponsel`)).must(200), {}, 'form.form')).must(303);
    assert.equal(JSON.parse(row('draft')[0]).fields.at(-1).phone, true);
    (await secretary.submit((await secretary.get(`${home()}/pertanyaan`)).must(200), {}, 'form[action$="/pertanyaan-hapus"]:has([name=nama][value=ponsel])')).must(303);
    // What was typed for another kind before is neither kept nor a fault that nobody sees.
    (await secretary.submit(await fresh(), { label: 'Ganti', jenis: 'area', panjang: '300', satuan: 'm²', tegas: '1', hitung_dari: 'berangkat', paling_kecil: '9', paling_besar: '2', lampau: '1', cocok: 'x', hubungan: 'waris' }, 'form.form')).must(303);
    assert.deepEqual(JSON.parse(row('draft')[0]).fields.at(-1), { name: 'ganti', label: 'Ganti', kind: 'area', max: 300 });
    (await secretary.submit((await secretary.get(`${home()}/pertanyaan/ganti`)).must(200), { jenis: 'number', satuan: 'm²' }, 'form.form')).must(303);
    assert.deepEqual(JSON.parse(row('draft')[0]).fields.at(-1), { name: 'ganti', label: 'Ganti', kind: 'number', unit: 'm²' });
    const drop = (await secretary.get(`${home()}/pertanyaan`)).must(200);
    (await secretary.submit(drop, {}, 'form[action$="/pertanyaan-hapus"]:has([name=nama][value=ganti])')).must(303);
    (await secretary.submit((await secretary.get(`${home()}/pertanyaan/lama`)).must(200), {}, 'form.form')).must(303); // opened and saved it stays the same
    const [from, until, days, status] = JSON.parse(row('draft')[0]).fields.slice(-4);
    assert.deepEqual([from.ahead, until.not_before, days.days, status.fits], [true, 'berangkat', ['berangkat', 'kembali'], ['Jejaka; L; belum kawin', 'Janda; P; cerai']]);
    (await secretary.submit((await secretary.get(`${home()}/untuk`)).must(200), { status: 'belum kawin' }, 'form.form')).must(303);
    assert.equal(JSON.parse(row('draft')[0]).subject.status, 'belum kawin');
}

test('questions are added, changed, put in another order and taken out, in the draft alone', async () => {
    const list = async () => (await secretary.get(`${home()}/pertanyaan`)).must(200, 'Pertanyaan baru');
    const names = () => JSON.parse(row('draft')[0]).fields.map((f) => f.name);
    const blank = (await secretary.get(`${home()}/pertanyaan-baru`)).must(200);
    (await secretary.submit(blank, { label: 'Jenis', jenis: 'select' }, 'form.form')).must(422, 'Pilihan belum ditulis');
    (await secretary.submit(blank, { label: 'Luas kebun (m²)', jenis: 'number', satuan: 'm²', paling_kecil: '1', bila: 'alasan', bila_nilai: 'Lain' }, 'form.form')).must(303);
    assert.deepEqual(names(), ['untuk', 'alasan', 'luas_kebun_m']);
    const made = JSON.parse(row('draft')[0]).fields[2];
    assert.deepEqual([made.unit, made.least, made.only_if], ['m²', 1, { field: 'alasan', in: ['Lain'] }]);
    const act = async (tail, fields) => {
        const page = await list();
        const guard = secretary.fill(page, {}, 'form[action$="/pertanyaan-pindah"]').fields.filter(([name]) => name.startsWith('_') || name === 'versi');
        return secretary.post(`${home()}/${tail}`, [...guard, ...fields]);
    };
    (await act('pertanyaan-pindah', [['nama', 'luas_kebun_m']])).must(422, 'harus tetap di bawahnya');
    (await act('pertanyaan-pindah', [['nama', 'alasan']])).must(303);
    assert.deepEqual(names(), ['alasan', 'untuk', 'luas_kebun_m']);
    (await act('pertanyaan-hapus', [['nama', 'alasan']])).must(422, 'Ubah atau hapus yang itu dulu');
    (await act('pertanyaan-hapus', [['nama', 'luas_kebun_m']])).must(303);
    assert.deepEqual(names(), ['alasan', 'untuk']);
    const one = (await secretary.get(`${home()}/pertanyaan/untuk`)).must(200, 'isi_untuk');
    (await secretary.submit(one, { label: 'Dipakai untuk' }, 'form.form')).must(303);
    (await secretary.get(`${home()}/pertanyaan/entah`)).must(404);
    await boundsAreWritten(names);
    assert.match(value(schema, `SELECT definition FROM letter_type WHERE id = ${id}`), /Keperluan/);
    (await secretary.submit(await edit(), {}, 'form[action$="/buang"]')).must(303);
});

test('the class of a move that becomes a line of its own is no class any more', async () => {
    const copy = `${slug}-pindah`;
    rows(schema, `INSERT INTO letter_type (slug, name, classification, number_format, policy, definition, sort)
        SELECT '${copy}', 'Uji ${copy}', classification, number_format, policy, definition, 900 FROM letter_type WHERE slug = 'pindah'`);
    const here = `/kantor/jenis-surat/${value(schema, `SELECT id FROM letter_type WHERE slug = '${copy}'`)}/isi/pertanyaan/klasifikasi`;
    try {
        (await secretary.submit((await secretary.get(here)).must(200), { jenis: 'line' }, 'form.form')).must(303);
        const { kind, places, options } = JSON.parse(value(schema, `SELECT draft FROM letter_type WHERE slug = '${copy}'`)).fields.find((f) => f.name === 'klasifikasi');
        assert.deepEqual([kind, places, options], ['line', undefined, undefined]);
    } finally {
        rows(schema, `UPDATE letter_type SET is_active = FALSE, draft = NULL WHERE slug = '${copy}'`);
    }
});

test('an option that says what somebody is to the subject stays as it is written', async () => {
    const copy = `${slug}-izin`;
    rows(schema, `INSERT INTO letter_type (slug, name, classification, number_format, policy, definition, sort)
        SELECT '${copy}', 'Uji ${copy}', classification, number_format, policy, definition, 901 FROM letter_type WHERE slug = 'izin-orang-tua-suami-istri'`);
    const here = `/kantor/jenis-surat/${value(schema, `SELECT id FROM letter_type WHERE slug = '${copy}'`)}/isi/pertanyaan/selaku`;
    const put = async (choices) => secretary.submit((await secretary.get(here)).must(200), { pilihan: choices }, 'form.form');
    try {
        (await put('Orang tua\nSuaminya\nIstri')).must(422, 'Pilihan “Suami” menentukan hubungan');
        (await put('Orang tua\nSuami\nIstri\nWali')).must(303);
    } finally {
        rows(schema, `UPDATE letter_type SET is_active = FALSE, draft = NULL WHERE slug = '${copy}'`);
    }
});

test('the text of one letter alone is corrected, marked, and what is signed', async () => {
    const here = () => `/kantor/surat/${open.id}/naskah`;
    const open = await draft(clerk, TYPE, resident, { isi_untuk: 'naskah sendiri' });
    const page = (await clerk.get(here())).must(200, 'Naskah surat ini');
    const words = Object.fromEntries(JSON.parse((await clerk.get(`${here()}/isian`)).must(200).text).groups.flatMap((g) => g.fields).filter((f) => f.of === '').map((f) => [f.name, f.sample]));
    assert.deepEqual([words.nik, words.isi_untuk], [value(schema, `SELECT nik FROM resident WHERE id = ${resident}`), 'naskah sendiri'], 'this letter, and no example');
    const stale = (await clerk.get(here())).must(200);
    (await clerk.submit(page, { markup: 'Tanpa tanda tangan.' }, SAVE)).must(303);
    const bare = (await clerk.get(`/kantor/surat/${open.id}/periksa`)).must(200, 'Isi surat ini diubah');
    (await clerk.submit(bare, {}, `form[action$="/${open.id}/kirim"]`)).must(422, 'Tanda tangan belum ada');
    const again = (await clerk.get(here())).must(200);
    (await clerk.submit(stale, { markup: TEXT }, SAVE)).must(409, 'Yang tersimpan sekarang');
    (await clerk.submit(again, { markup: TEXT.replace('dengan hormat', 'khusus surat ini') }, SAVE)).must(303);
    const review = (await clerk.get(`/kantor/surat/${open.id}/periksa`)).must(200);
    review.must(200, 'Kirim untuk disetujui', 'orang lain membacanya dulu'); // the head delegated the type's text, not this one
    const sent = await clerk.submit(review, {}, `form[action$="/${open.id}/kirim"]`);
    (await clerk.follow(sent.must(303))).must(200, 'Isi surat ini diubah');
    assert.equal(value(schema, `SELECT number IS NULL FROM letter WHERE id = ${open.id}`), '1');
    const read = (await secretary.get(`/kantor/persetujuan/${open.id}`)).must(200, 'Yang diubah dari naskah jenisnya');
    assert.match(read.page.querySelector('.compared .is-removed').text, /dengan hormat/);
    assert.match(read.page.querySelector('.compared .is-added').text, /khusus surat ini/);
    (await secretary.submit(read, {}, 'form[action$="/teruskan"]')).must(303);
    const head = await staff(village, 'head');
    (await head.submit(await head.get(`/kantor/persetujuan/${open.id}`), {}, 'form[action$="/setujui"]')).must(303);
    assert.ok(pdfWords(await pdf(clerk, open.id)).includes('khusus surat ini'));
    (await secretary.submit(await secretary.get(`/kantor/surat/${open.id}`), { sebab: '1', alasan: 'salah tanggal lahir' }, 'form[action$="/cabut"]')).must(303);
    const replaced = await clerk.submit(await clerk.get(`/kantor/surat/${open.id}`), {}, 'form[action$="/ganti"]');
    const next = /surat\/(\d+)\/isi/.exec(replaced.must(303).headers.location)[1];
    (await clerk.get(`/kantor/surat/${next}/periksa`)).must(200, 'Isi surat ini diubah');
    (await clerk.get(`/kantor/surat/${next}/naskah`)).must(200, 'khusus surat ini');
    assert.equal(value(schema, `SELECT GROUP_CONCAT(step) FROM letter_step WHERE letter_id = ${open.id} AND step LIKE '%corrected'`), 'corrected');
    const untouched = await send(clerk, TYPE, resident, { isi_untuk: 'yang lain' });
    assert.ok(!pdfWords(await pdf(clerk, untouched.id)).includes('khusus surat ini'), 'of this letter only');
});

test('an approval is bound to the text that was read', async () => {
    rows(schema, `UPDATE letter_type SET policy = 'approve' WHERE id = ${id}`);
    const head = await staff(village, 'head');
    const { id: letter } = await send(clerk, TYPE, resident, { isi_untuk: 'dibaca kepala desa' });
    await secretary.submit(await secretary.get(`/kantor/persetujuan/${letter}`), {}, 'form[action$="/teruskan"]');
    const read = (await head.get(`/kantor/persetujuan/${letter}`)).must(200);
    rows(schema, `UPDATE letter SET paper = '{"body":[{"type":"paragraph","content":"lain"},{"type":"signature","lines":["x"],"name":"y","qr":true}]}' WHERE id = ${letter}`);
    (await head.submit(read, {}, 'form[action$="/setujui"]')).must(409, 'berubah sesudah Anda membacanya');
    (await head.get(`/kantor/persetujuan/${letter}`)).must(200, 'Isi surat ini diubah');
    rows(schema, `UPDATE letter_type SET policy = 'seal' WHERE id = ${id}`);
});
