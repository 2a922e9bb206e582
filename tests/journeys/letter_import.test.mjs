// SPDX-License-Identifier: AGPL-3.0-or-later
// Types of letters as files: written out, read in, from Balai and from OpenSID.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { livingResidents, pdf, putType, send } from '../harness/letters.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village, other] = trainingVillages();
const schema = schemaOf(village);
const mark = `Impor ${process.pid}`;
const HOME = '/kantor/jenis-surat/impor';
const SAMPLE = '../shared/samples/opensid_letter_types_sample.json';
let secretary;

before(async () => { secretary = await staff(village, 'secretary'); });
after(() => rows(schema, `UPDATE letter_type SET is_active = FALSE WHERE name LIKE '%${mark}%'`));

const upload = async (bytes, client = secretary) => client.submit((await client.get(HOME)).must(200), {}, 'form[action$="/impor"]',
    { files: [{ name: 'berkas', filename: 'jenis.json', type: 'application/json', bytes: Buffer.from(bytes) }] });
const planOf = async (bytes) => {
    const answer = await upload(bytes);
    answer.must(303);
    return secretary.follow(answer);
};
const choose = (page, picks) => {
    const sent = secretary.fill(page, {}, 'form[action*="/impor/"]');
    return secretary.post(sent.action, [...sent.fields.filter(([name]) => !name.startsWith('jenis_')), ...Object.entries(picks)]);
};
const typeNamed = (name, columns = 'id') => rows(schema, `SELECT ${columns} FROM letter_type WHERE name = '${name}' ORDER BY id DESC LIMIT 1`)[0];

const opensid = (name, more = {}) => ({
    nama: name, url_surat: `surat-${name.toLowerCase().replaceAll(' ', '-')}`, kode_surat: '400.7', masa_berlaku: 1, satuan_masa_berlaku: 'M', orientasi: 'Potrait', ukuran: 'F4',
    margin: '{"kiri":1.78,"atas":1,"kanan":1.78,"bawah":1.37}', header: 1, footer: '1',
    form_isian: { individu: { data: ['1'], status_dasar: ['1'] } },
    kode_isian: [{ tipe: 'text', kode: '[form_keperluan]', nama: 'Keperluan', deskripsi: 'Isi keperluannya', required: '1' }],
    template: '<h4 style="text-align:center"><u>[JUdul_surat]</u></h4><p style="text-align:center">Nomor : [Format_nomor_suraT]</p>' +
        '<table border="0"><tr><td>1.</td><td>Nama</td><td>:</td><td><b>[NAma]</b></td></tr><tr><td>2.</td><td>Pekerjaan</td><td>:</td><td>[PeKerjaan]</td></tr></table>' +
        '<p style="text-align:justify;text-indent:30px">Untuk [Form_keperluan]. [Kode_ajaib]</p><script>alert(1)</script>' +
        '<table border="0"><tr><td></td><td>[NaMa_desa], [TgL_surat]</td></tr><tr><td></td><td>[Atas_namA]</td></tr><tr><td></td><td><br><br></td></tr><tr><td></td><td>[Nama_pamonG]</td></tr></table>',
    ...more,
});

test('a type is written to a file and comes back from it, without anything of the village', async () => {
    putType(village, `ekspor-${process.pid}`, { fields: [{ name: 'untuk', label: 'Keperluan', kind: 'line', required: true }],
        paper: { body: [{ type: 'paragraph', content: 'Untuk {isi_untuk}.' }, { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}' }] } });
    const id = value(schema, `SELECT id FROM letter_type WHERE slug = 'ekspor-${process.pid}'`);
    rows(schema, `UPDATE letter_type SET name = 'Surat ${mark} Asal' WHERE id = ${id}`);
    const page = (await secretary.get(`/kantor/jenis-surat/${id}`)).must(200, 'Ekspor');
    assert.match(page.text, new RegExp(`href="/kantor/jenis-surat/${id}/ekspor"`));
    const answer = (await secretary.get(`/kantor/jenis-surat/${id}/ekspor`)).must(200);
    assert.match(answer.headers['content-disposition'], new RegExp(`jenis-surat-ekspor-${process.pid}\\.json`));
    const file = JSON.parse(answer.text);
    assert.deepEqual(Object.keys(file).sort(), ['balai_letter_type', 'classification', 'definition', 'name', 'number_format', 'number_scope', 'policy', 'slug', 'valid_months']);
    // There is one of this name already: as a type of its own it gets another.
    (await choose((await planOf(answer.text)).must(200, `Konsep untuk “Surat ${mark} Asal”`), { jenis_1: 'baru' })).must(303);
    assert.deepEqual(typeNamed(`Surat ${mark} Asal (impor)`, 'is_active, at_kiosk, version'), ['0', '0', '1']);
    assert.deepEqual(JSON.parse(typeNamed(`Surat ${mark} Asal (impor)`, 'definition')[0]), file.definition);
    assert.equal(rows(schema, `SELECT COUNT(*) FROM letter_type WHERE name = 'Surat ${mark} Asal'`)[0][0], '1');
});

test('a type of each way of issuing and numbering comes back from its file', async () => {
    const slug = `cara-${process.pid}`;
    putType(village, slug, { fields: [], paper: { body: [{ type: 'paragraph', content: 'Isi.' }, { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}' }] } });
    const id = value(schema, `SELECT id FROM letter_type WHERE slug = '${slug}'`);
    for (const [policy, scope, words] of [['seal', '', 'langsung terbit'], ['approve', 'type', 'disetujui penanda tangan'], ['sign', 'class', 'ditandatangani pejabatnya']]) {
        const name = `Surat ${mark} Cara ${policy}`;
        rows(schema, `UPDATE letter_type SET name = '${name}', policy = '${policy}', number_scope = '${scope}', signer_id = (SELECT MIN(id) FROM official WHERE office = 'secretary' AND is_active) WHERE id = ${id}`);
        const file = (await secretary.get(`/kantor/jenis-surat/${id}/ekspor`)).must(200).text;
        (await choose((await planOf(file)).must(200, words, 'penanda tangan di desa asalnya'), { jenis_1: 'baru' })).must(303);
        assert.deepEqual(typeNamed(`${name} (impor)`, 'policy, number_scope, signer_id'), [policy === 'seal' ? 'approve' : policy, scope, null]); // without the head is his to say
    }
});

test('a type that is there already gets a draft of what the file says, and never over another draft', async () => {
    const name = `${mark} Konsep`;
    const file = JSON.stringify(opensid(name));
    (await choose((await planOf(file)).must(200), { jenis_1: 'baru' })).must(303);
    const [id] = typeNamed(`Surat ${name}`);
    (await choose((await planOf(file)).must(200, 'Konsep untuk'), { jenis_1: 'konsep' })).must(303);
    const [version, draft, definition, base] = rows(schema, `SELECT version, draft, definition, draft_base FROM letter_type WHERE id = ${id}`)[0];
    assert.deepEqual([version, base, JSON.parse(draft)], ['1', '1', JSON.parse(definition)]);
    (await secretary.get(`/kantor/jenis-surat/${id}/isi`)).must(200);
    (await choose((await planOf(file)).must(200), { jenis_1: 'konsep' })).must(422, 'sedang disunting');
});

test('a type of OpenSID is read with a report first, then a letter is made by it', async () => {
    const page = (await planOf(JSON.stringify([opensid(`${mark} Satu`), opensid(`${mark} Dua`), { x: 1 }]))).must(200);
    page.must(200, `Surat ${mark} Satu`).must(200, 'Kode [Kode_ajaib] tidak dikenal').must(200, 'Elemen <script> tidak ikut').must(200, 'bukan jenis surat dari Balai atau OpenSID');
    assert.equal(typeNamed(`Surat ${mark} Satu`), undefined); // nothing is stored yet
    (await secretary.follow((await choose(page, { jenis_1: 'baru', jenis_2: 'tidak' })).must(303))).must(200, 'terimpor');
    assert.equal(typeNamed(`Surat ${mark} Dua`), undefined);
    const [id, active, slug, definition] = typeNamed(`Surat ${mark} Satu`, 'id, is_active, slug, definition');
    assert.equal(active, '0');
    (await secretary.get(`/kantor/jenis-surat/${id}`)).must(200, 'Diimpor dari berkas').must(200, 'Tidak dipakai');
    assert.deepEqual(JSON.parse(definition).fields.map((f) => f.name), ['keperluan', 'kode_ajaib']);
    rows(schema, `UPDATE letter_type SET is_active = TRUE, policy = 'seal' WHERE id = ${id}`);
    const clerk = await staff(village, 'clerk');
    const [resident] = livingResidents(village, 41).slice(-1);
    const { id: letter } = await send(clerk, { slug, inputs: { isi_keperluan: 'melamar kerja' } }, resident);
    const text = await pdfWords(await pdf(clerk, letter));
    assert.match(text, /SURAT IMPOR/);
    assert.match(text, /Untuk Melamar kerja\./);
});

test('what is no file of types is refused in words, and nothing is kept of it', async () => {
    const before_ = value(schema, 'SELECT COUNT(*) FROM file');
    for (const [bytes, words] of [
        ['nama,alamat', 'bukan JSON'], ['[]', 'Tidak ada jenis surat'], ['['.repeat(20000), 'bukan JSON'], [' '.repeat(5 * 1024 * 1024 + 1), 'lebih besar dari 5 MB'],
    ]) (await upload(bytes)).must(422, words);
    (await secretary.submit((await secretary.get(HOME)).must(200), {}, 'form[action$="/impor"]', { files: [] })).must(422);
    assert.equal(value(schema, 'SELECT COUNT(*) FROM file'), before_);
});

test('a template that is too deep is told of, and the others of its file come in', async () => {
    const page = (await planOf(JSON.stringify([opensid(`${mark} Dalam`, { template: '<div>'.repeat(2000) }), opensid(`${mark} Biasa`), opensid(`${mark} Banyak`, { template: '<div>'.repeat(50000) })]))).must(200, 'bersarang lebih dari 60 tingkat', 'lebih dari 5000 elemen');
    (await choose(page, { jenis_2: 'baru' })).must(303);
    assert.ok(typeNamed(`Surat ${mark} Biasa`));
    assert.equal(typeNamed(`Surat ${mark} Dalam`), undefined);
});

test('choosing nothing says so; a report is read in its own village only, and not after it is gone', async () => {
    const page = (await planOf(JSON.stringify(opensid(`${mark} Kosong`)))).must(200);
    (await choose(page, { jenis_1: 'tidak' })).must(422, 'paling sedikit satu');
    const path = secretary.fill(page, {}, 'form[action*="/impor/"]').action;
    (await (await staff(other, 'secretary')).get(`${HOME}/999999999`)).must(404, 'sudah tidak disimpan');
    rows(schema, `DELETE FROM file WHERE id = ${/(\d+)$/.exec(path)[1]}`);
    (await secretary.get(path)).must(404, 'Unggah sekali lagi');
});

test('the types that villages exchange today all come in', async () => {
    if (!existsSync(SAMPLE)) return; // it lies beside this house, not in it
    const page = (await planOf(readFileSync(SAMPLE))).must(200, '12 jenis surat');
    assert.doesNotMatch(page.words, /Tidak dapat diimpor/);
});
