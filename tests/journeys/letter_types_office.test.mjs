// SPDX-License-Identifier: AGPL-3.0-or-later
// The types of letters, looked after by the office.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { begin, livingResidents, putType, send } from '../harness/letters.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const slug = `uji-jenis-${process.pid}`;
const TYPE = { slug, inputs: { isi_untuk: 'melamar kerja' } };
const FORM = 'form[action$="/ubah"]';
let secretary;
let clerk;
let resident;
let id;

before(async () => {
    [clerk, secretary] = [await staff(village, 'clerk'), await staff(village, 'secretary')];
    [resident] = livingResidents(village, 41).slice(-1);
    putType(village, slug, {
        fields: [{ name: 'untuk', label: 'Keperluan', kind: 'line', required: true }],
        paper: { body: [{ type: 'paragraph', content: 'Untuk {isi_untuk}, nomor {nomor_surat}.' }, { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}' }] },
    });
    id = Number(value(schema, `SELECT id FROM letter_type WHERE slug = '${slug}'`));
});

after(() => rows(schema, `UPDATE letter_type SET is_active = FALSE WHERE slug = '${slug}'`));

const edit = async () => (await secretary.get(`/kantor/jenis-surat/${id}/ubah`)).must(200);
const row = (columns) => rows(schema, `SELECT ${columns} FROM letter_type WHERE id = ${id}`)[0];

test('settings are saved with who and when, a new version keeps the old one, and letters follow', async () => {
    const [before_] = row('version');
    (await secretary.submit(await edit(), {}, FORM)).must(303); // 0 months is an answer: its box is not an empty one
    const answer = await secretary.submit(await edit(), { nama: `Surat Uji ${slug}`, klasifikasi: '400.8.2.6', format: '[kode_surat]/[nomor,4]/UJI/[bulan_romawi]/[tahun]', berlaku: '6', urutan: '901' }, FORM);
    answer.must(303);
    const page = (await secretary.follow(answer)).must(200, 'Tersimpan').must(200, '6 bulan');
    page.must(200, `Surat Uji ${slug}`);
    assert.match(page.words, /Masa berlaku.*semula 0 menjadi 6/);
    assert.deepEqual(row('version, edition, valid_months'), [String(Number(before_) + 1), '3', '6']); // saved, and told to the head: it numbers otherwise now
    assert.equal(value(schema, `SELECT made_by <> '' FROM letter_type_version WHERE type_id = ${id} AND version = ${Number(before_) + 1}`), '1');
    assert.equal(value(schema, `SELECT action FROM audit WHERE subject = 'letter_type:${id}' ORDER BY id DESC LIMIT 1`), 'letter_type.edit');
    const letter = await send(clerk, TYPE, resident);
    const [[number, until]] = rows(schema, `SELECT number_text, valid_until IS NOT NULL FROM letter WHERE id = ${letter.id}`);
    assert.match(number, /^400\.8\.2\.6\/\d{4}\/UJI\/[IVX]+\/\d{4}$/);
    assert.equal(until, '1');
});

test('a number format is refused with what is wrong in it, and what was typed stays', async () => {
    const page = await edit();
    for (const [format, words] of [
        ['<b>[nomor]</b>', 'Tanda "<" tidak dapat dipakai'],
        ['[nomor]/[kode_camat]', 'Kode [kode_camat] tidak dikenal'],
        ['[nomor', 'belum ditutup'],
        ['nomor]', 'tidak punya pembuka'],
        ['470/[tahun]', 'belum memuat [nomor]'],
        ['[nomor,12]', 'Kode [nomor,12] tidak dikenal'],
        ['[nomor]/é', 'Tanda "é" tidak dapat dipakai'],
    ]) {
        const told = await secretary.submit(page, { format }, FORM);
        told.must(422, words);
        assert.equal(told.page.querySelector('[name=format]').getAttribute('value').replace(/&lt;/g, '<').replace(/&gt;/g, '>'), format);
    }
    for (const klasifikasi of ['400..1', '.400', '400 1', '<400>', '400.']) (await secretary.submit(page, { klasifikasi }, FORM)).must(422, 'tidak ada dalam daftar klasifikasi');
    (await secretary.submit(page, { nama: 'Surat Keterangan Usaha' }, FORM)).must(422, 'sudah dipakai jenis surat lain');
    assert.equal(row('edition')[0], '3');
});

test('the line below the format says the number while it is typed', async () => {
    const ask = async (format) => secretary.get(`/kantor/jenis-surat/${id}/contoh-nomor?klasifikasi=470&format=${encodeURIComponent(format)}`);
    assert.match((await ask('[kode_surat]/[nomor,3]')).must(200).words, /Nomor berikutnya: 470\/\d{3}/);
    (await ask('[kode_surat]/[nomer]')).must(200, 'Kode [nomer] tidak dikenal');
});

test('a type that is switched off makes no new letters and leaves those there are', async () => {
    const open = await begin(clerk, TYPE, resident);
    const answer = await secretary.submit(await edit(), { dipakai: null }, FORM);
    answer.must(303);
    (await secretary.follow(answer)).must(200, 'Surat baru dari jenis ini tidak dapat dibuat');
    (await clerk.get(`/kantor/surat/buat/${slug}`)).must(404);
    (await clerk.get(`/kantor/surat/${open.id}/isi`)).must(200, 'Keperluan');
    (await secretary.get('/kantor/jenis-surat?keadaan=berhenti')).must(200, `Surat Uji ${slug}`);
    assert.ok(!(await secretary.get('/kantor/jenis-surat?keadaan=dipakai&urut=nama')).must(200).text.includes(`/kantor/jenis-surat/${id}"`));
    (await secretary.submit(await edit(), { dipakai: '1' }, FORM)).must(303);
    assert.equal(row('is_active')[0], '1');
});

test('two who change one type at once: the second sees both and nothing is lost', async () => {
    const [mine, theirs] = [await edit(), await edit()];
    (await secretary.submit(theirs, { berlaku: '3' }, FORM)).must(303);
    const both = (await secretary.submit(mine, { berlaku: '9' }, FORM)).must(409, '9');
    assert.equal(row('valid_months')[0], '3');
    (await secretary.submit(both, { berlaku: '9' }, FORM)).must(303);
    assert.equal(row('valid_months')[0], '9');
    (await clerk.get('/kantor/jenis-surat')).must(403);
});

test('an older version is taken up again as a new one, and letters stay with theirs', async () => {
    const shown = async () => (await secretary.get(`/kantor/jenis-surat/${id}/versi`)).must(200, 'Dipakai sekarang');
    const take = async (page, version) => secretary.post(`/kantor/jenis-surat/${id}/versi`,
        [...secretary.fill(page, {}, 'form[action$="/versi"]').fields.filter(([name]) => name !== 'ke'), ['ke', String(version)]]);
    const [page, stale] = [await shown(), await shown()];
    const [last] = row('version');
    const [[used]] = rows(schema, `SELECT COUNT(*) FROM letter WHERE type_id = ${id} AND type_version = 2`);
    assert.match(page.words, new RegExp(`Versi 2 .*? ${used} Bandingkan versi 2 .*?Pakai lagi`));
    (await take(page, 1)).must(303);
    assert.deepEqual(row('version, name, valid_months'), [String(Number(last) + 1), `Uji ${slug}`, '0']);
    (await secretary.get(`/kantor/jenis-surat/${id}`)).must(200, 'Versi lama dipakai lagi').must(200, 'Versi 1');
    (await take(stale, 2)).must(409); // what was shown is no longer so
    (await take(await shown(), 99)).must(404);
    assert.equal(row('version')[0], String(Number(last) + 1));
    assert.deepEqual(rows(schema, `SELECT DISTINCT type_version FROM letter WHERE type_id = ${id} AND number IS NOT NULL`), [['2']]);
    // Another type bears the old name by now: the name stays, and it is said.
    const [[version1Name]] = rows(schema, `SELECT name FROM letter_type_version WHERE type_id = ${id} AND version = 1`);
    rows(schema, `UPDATE letter_type SET name = 'Uji lain ${slug}', valid_months = 7 WHERE id = ${id}`);
    putType(village, `${slug}-senama`, { fields: [], paper: { body: [] } });
    rows(schema, `UPDATE letter_type SET name = '${version1Name}', is_active = FALSE WHERE slug = '${slug}-senama'`);
    (await secretary.follow((await take(await shown(), 1)).must(303))).must(200, 'Namanya tetap');
    assert.deepEqual(row('name, valid_months'), [`Uji lain ${slug}`, '0']);
    rows(schema, `UPDATE letter_type SET name = 'Uji senama ${slug}' WHERE slug = '${slug}-senama'`);
    rows(schema, `UPDATE letter_type SET name = '${version1Name}' WHERE id = ${id}`); // as the tests below know it
});

test('a built-in type that was changed is put back as it came', async () => {
    const builtin = value(schema, "SELECT id FROM letter_type WHERE slug LIKE 'keterangan-%' ORDER BY sort DESC LIMIT 1");
    const before_ = value(schema, `SELECT number_format FROM letter_type WHERE id = ${builtin}`);
    (await secretary.submit((await secretary.get(`/kantor/jenis-surat/${builtin}/ubah`)).must(200), { format: 'X/[nomor]' }, FORM)).must(303);
    const fields = secretary.fill((await secretary.get(`/kantor/jenis-surat/${builtin}/versi`)).must(200, 'Kembalikan ke bawaan'), {}, 'form[action$="/versi"]').fields.filter(([name]) => name !== 'ke');
    (await secretary.post(`/kantor/jenis-surat/${builtin}/versi`, [...fields, ['ke', '0']])).must(303);
    assert.equal(value(schema, `SELECT number_format FROM letter_type WHERE id = ${builtin}`), before_);
    assert.match(value(schema, `SELECT SUBSTRING_INDEX(told, CHAR(10), 1) FROM letter_type WHERE id = ${builtin}`), /Format nomor: X\/\[nomor\] → /, 'the head reads of it');
    assert.ok(!(await secretary.get(`/kantor/jenis-surat/${id}/versi`)).must(200).text.includes('Kembalikan ke bawaan'));
});

test('a copy is a type of its own that nobody sees until it is taken into use', async () => {
    const copy = async () => {
        const answer = await secretary.submit((await secretary.get(`/kantor/jenis-surat/${id}`)).must(200), {}, 'form[action$="/salin"]');
        answer.must(303);
        (await secretary.follow(answer)).must(200, 'Tidak dipakai').must(200, 'Disalin dari jenis lain');
        return rows(schema, `SELECT name, is_active, version FROM letter_type WHERE id = ${/(\d+)$/.exec(answer.location)[1]}`)[0];
    };
    assert.deepEqual(await copy(), [`Uji ${slug} (salinan)`, '0', '1']);
    assert.deepEqual(await copy(), [`Uji ${slug} (salinan 2)`, '0', '1']);
});
