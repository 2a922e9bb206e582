// SPDX-License-Identifier: AGPL-3.0-or-later
// Whoever is handed a letter as a file learns whether it is what the village made, and nothing else about anybody.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client, send as ask, staff } from '../harness/client.mjs';
import { BUSINESS, bringAll, livingResidents, pdf, send } from '../harness/letters.mjs';
import { withPdf } from '../harness/paper.mjs';
import { pdfOf, png } from '../harness/pictures.mjs';
import { BASE, balaictl, redis, rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const [village, neighbour] = trainingVillages();
const schema = schemaOf(village);
let clerk, visitor, name, nik;
let own, other; // {id, bytes, code, number}

async function made(client, of, resident) {
    const { id } = await send(client, BUSINESS, resident);
    const bytes = await pdf(client, id);
    const [[code, number]] = rows(schemaOf(of), `SELECT verify_token, number_text FROM letter WHERE id = ${id}`);
    return { id, bytes, code, number };
}

before(async () => {
    clerk = await staff(village, 'clerk');
    visitor = new Client(BASE);
    const [resident] = livingResidents(village, 1);
    [[name, nik]] = rows(schema, `SELECT name, nik FROM resident WHERE id = ${resident}`);
    own = await made(clerk, village, resident);
    other = await made(await staff(neighbour, 'clerk'), neighbour, livingResidents(neighbour, 1)[0]);
});

const file = (bytes, filename = 'surat.pdf') => ({ files: [{ name: 'berkas', filename, type: 'application/pdf', bytes }] });
/** Puts a file on a page as a browser does. */
const put = async (bytes, at = '/periksa', filename = undefined) => visitor.submit(await visitor.get(at), {}, 'form[action="/periksa"]', file(bytes, filename));
const title = (answer) => answer.page.querySelector('#berkas-hasil h2')?.text;

test('the file as the village made it is the same, without a code and with it; a name is told by its initials', async () => {
    const initials = `${name.replace(/,.*/, '').split(' ').filter((w) => /^\p{L}{2}/u.test(w)).map((w) => w[0].toUpperCase()).filter((_, i, all) => i === 0 || i === all.length - 1).join('. ')}.`;
    for (const at of ['/periksa', `/v/${own.code}`]) {
        const answer = (await put(own.bytes, at)).must(200, own.number, village.name, 'Segel Elektronik Desa', 'utuh, dari otoritas segel Balai', initials);
        assert.equal(title(answer), 'Berkas sama persis dengan arsip desa');
        assert.ok(!answer.text.toLowerCase().includes(name.toLowerCase()) && !answer.text.includes(nik), 'neither the name nor the NIK');
        assert.equal(answer.page.querySelector('.notice.hijau'), null, 'of a village that practises nothing is green');
        assert.equal(answer.headers['cache-control'], 'no-store');
    }
    const page = (await visitor.get(`/v/${own.code}`)).must(200, initials);
    assert.ok(!page.text.toLowerCase().includes(name.toLowerCase()), 'the page of the code says no more');
});

test('a reader of PDFs says of the seal what the page says', () => {
    const said = withPdf(own.bytes, (at) => execFileSync('pdfsig', ['-nocert', at], { encoding: 'utf8' }));
    assert.match(said, /Signature is Valid/);
    assert.match(said, /Total document signed/);
});

test('one changed byte, or one more behind the end, is a changed file', async () => {
    const changed = Buffer.from(own.bytes);
    changed[Math.floor(changed.indexOf('/ByteRange') / 2)] ^= 1;
    assert.equal(title((await put(changed)).must(200, 'Segel rusak', own.number)), 'Berkas berubah sesudah ditandatangani');
    const longer = await put(Buffer.concat([own.bytes, Buffer.from('\n7 0 obj\n<< /Type /Page >>\nendobj\n')]));
    assert.equal(title(longer.must(200, 'tidak mencakup bagian akhir berkas', 'Di belakang surat asli ada tambahan')), 'Berkas berubah sesudah ditandatangani');
    const cut = own.bytes.subarray(0, own.bytes.length - 40);
    assert.equal(title((await put(cut, `/v/${own.code}`)).must(200)), 'Berkas berubah sesudah ditandatangani');
});

test('a forged range of bytes is a broken seal, and two signatures are two lines', async () => {
    const forged = Buffer.from(own.bytes);
    forged.write('/ByteRange [ 0 100 9000 500 ]'.padEnd(50), forged.indexOf('/ByteRange'), 'latin1');
    assert.equal(title((await put(forged)).must(200, 'Segel rusak')), 'Berkas berubah sesudah ditandatangani');
    const both = await put(Buffer.concat([own.bytes, other.bytes]));
    assert.equal(title(both.must(200, own.number)), 'Berkas berubah sesudah ditandatangani');
    assert.equal(both.page.querySelectorAll('main ul.list li').length, 2);
});

test('a letter of another village is told apart: alone it is that village\'s, beside a code of ours it is another letter', async () => {
    assert.equal(title((await put(other.bytes)).must(200, neighbour.name, other.number)), 'Berkas sama persis dengan arsip desa');
    const beside = (await put(other.bytes, `/v/${own.code}`)).must(200, own.number);
    assert.equal(title(beside), 'Berkas ini surat lain');
    assert.equal(beside.page.querySelector('#berkas-hasil a').getAttribute('href'), `/v/${other.code}`);
});

/** A PDF that somebody else has signed, with openssl, as a reader takes it. */
function signedByOthers() {
    return withPdf(pdfOf('bukan surat'), (at, folder) => {
        const in_ = (n) => path.join(folder, n);
        execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', in_('k'), '-out', in_('c'), '-subj', '/CN=Segel Elektronik Desa Palsu', '-days', '9'], { stdio: 'ignore' });
        const hole = 4096;
        const head = Buffer.from(`%PDF-1.5\n1 0 obj\n<< /Type /Sig /M (D:20261124010203Z) /ByteRange [ 0 ${'A'.repeat(10)} ${'B'.repeat(10)} ${'C'.repeat(10)} ] /Contents `);
        const tail = Buffer.from(' >>\nendobj\n%%EOF\n');
        const text = head.toString('latin1').replace('A'.repeat(10), String(head.length).padEnd(10)).replace('B'.repeat(10), String(head.length + hole + 2).padEnd(10)).replace('C'.repeat(10), String(tail.length).padEnd(10));
        writeFileSync(in_('signed'), Buffer.concat([Buffer.from(text, 'latin1'), tail]));
        const der = execFileSync('openssl', ['cms', '-sign', '-binary', '-md', 'sha256', '-in', in_('signed'), '-signer', in_('c'), '-inkey', in_('k'), '-outform', 'DER']);
        return Buffer.concat([Buffer.from(text, 'latin1'), Buffer.from(`<${der.toString('hex').padEnd(hole, '0')}>`), tail]);
    });
}

test('what is no letter of the platform is said plainly: signed elsewhere, a scan, a photo, zeros, no file, a page of text', async () => {
    const foreign = (await put(signedByOthers())).must(200, 'Tanda tangan pihak lain: utuh');
    assert.equal(title(foreign), 'Berkas ini tidak kami kenal');
    assert.ok(!foreign.words.includes('Desa Palsu'), 'anybody may write any name into a certificate');
    for (const [what, bytes, says] of [['a scan', pdfOf('hasil pindai'), 'Berkas ini tidak memuat segel desa'], ['a photo', png(40, 60), 'Berkas ini tidak memuat segel desa'],
        ['zeros', Buffer.alloc(1 << 20), 'Berkas ini bukan PDF'], ['text', Buffer.from('<html>surat</html>'), 'Berkas ini bukan PDF'], ['a head alone', Buffer.from('%PDF-1.7'), 'Berkas ini tidak memuat segel desa']]) {
        for (const at of ['/periksa', `/v/${own.code}`]) assert.equal(title((await put(bytes, at)).must(200)), says, what);
    }
    const none = await visitor.submit(await visitor.get(`/v/${own.code}`), {}, 'form[action="/periksa"]', { files: [] });
    none.must(422, own.number);
    assert.ok(none.page.querySelector('.fault'), 'it says that a file is missing');
});

test('a file too large is refused in words, by the page and before it', async () => {
    const large = await put(Buffer.alloc((8 << 20) + 1, '%PDF-1.5 '), `/v/${own.code}`);
    large.must(422, own.number);
    assert.match(large.words, /8(,\d+)? MB|terlalu besar/);
    const page = await visitor.get('/periksa');
    const { fields } = visitor.fill(page, {}, 'form[action="/periksa"]');
    const huge = await visitor.post('/periksa', fields, file(Buffer.alloc(100 << 20)));
    huge.must(413, 'Berkas terlalu besar', 'berkas surat yang diperiksa 8 MB');
});

test('a network that sends files without end is asked to wait', async () => {
    await put(pdfOf('hitung'));
    const keys = redis('keys', 'balai:limit:periksa:*').split('\n').filter(Boolean);
    assert.equal(keys.length, 1);
    const was = redis('get', keys[0]);
    redis('set', keys[0], '200', 'keepttl');
    try {
        const refused = (await put(own.bytes)).must(429, 'Tunggu 10 menit');
        assert.ok(Number(refused.headers['retry-after']) > 0);
    } finally {
        redis('set', keys[0], was, 'keepttl');
    }
});

test('a void letter\'s file is the same, and void; its replacement is named once it is issued', async () => {
    const secretary = await staff(village, 'secretary');
    const void_ = await made(clerk, village, livingResidents(village, 1)[0]);
    (await secretary.submit(await secretary.get(`/kantor/surat/${void_.id}`), { sebab: '1', alasan: 'Salah ketik' }, `form[action$="/${void_.id}/cabut"]`)).must(303);
    const told = (await put(void_.bytes)).must(200, 'Surat ini sudah dicabut').must(200, 'isinya keliru');
    assert.equal(title(told), 'Berkas sama persis dengan arsip desa');
    assert.ok(told.page.querySelector('#berkas-hasil').classNames.includes('kuning'));
    const next = await clerk.follow(await clerk.submit(await clerk.get(`/kantor/surat/${void_.id}`), {}, `form[action$="/${void_.id}/ganti"]`));
    const id = Number(/surat\/(\d+)\//.exec(next.path)[1]);
    const review = await clerk.follow(await clerk.submit(bringAll(next), {}, `form[action$="/${id}/isi"]`));
    (await visitor.get(`/v/${void_.code}`)).must(200).words.includes('Penggantinya') && assert.fail('a draft replaces nothing yet');
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    (await visitor.get(`/v/${void_.code}`)).must(200, 'dicabut dan diganti', `Penggantinya surat nomor ${value(schema, `SELECT number_text FROM letter WHERE id = ${id}`)}`);
});

test('a suspended and a closed village\'s letters are checked as before', async () => {
    const state = (is) => rows('balai_control', `UPDATE village SET state = '${is}' WHERE code = '${neighbour.code}'; UPDATE change_counter SET value = value + 1`);
    const was = value('balai_control', `SELECT state FROM village WHERE code = '${neighbour.code}'`);
    try {
        for (const is of ['suspended', 'closed']) {
            state(is);
            await until(`its site is ${is}`, async () => (await ask(neighbour.host, 'GET', '/')).status === 503);
            assert.equal(title((await put(other.bytes)).must(200, other.number)), 'Berkas sama persis dengan arsip desa');
        }
    } finally {
        state(was);
    }
    await until('its site is there again', async () => (await ask(neighbour.host, 'GET', '/')).status === 200);
});

test('typed behind a village\'s own address, the checks are where papers name them', async () => {
    const neighbours = new Client(neighbour.host);
    for (const path of ['/periksa', '/ca']) assert.match((await neighbours.get(path)).must(303).location, new RegExp(`^https?://${BASE.replaceAll('.', '\\.')}${path}$`));
});

test('/ca shows the authority; after the keys are renewed it shows both, and older letters and seals are as good as new ones', async () => {
    const fingerprints = (page) => page.page.querySelectorAll('main dl.facts div').filter((d) => d.text.includes('Sidik jari')).map((d) => d.querySelector('dd').text);
    const ca = (await visitor.get('/ca')).must(200, 'Otoritas Segel Desa', 'Adobe Acrobat Reader', 'Jangan memasangnya sebagai otoritas Windows');
    const before_ = fingerprints(ca);
    const href = (ending) => ca.page.querySelectorAll('main a').map((a) => a.getAttribute('href')).find((h) => h.endsWith(ending));
    const [cer, pem] = [(await visitor.get(href('/cer'))).must(200), (await visitor.get(href('/pem'))).must(200)];
    assert.equal(pem.text.replace(/-----.*-----|\s/g, ''), cer.bytes.toString('base64'));
    const digest = withPdf(cer.bytes, (at) => execFileSync('openssl', ['x509', '-inform', 'DER', '-in', at, '-noout', '-fingerprint', '-sha256'], { encoding: 'utf8' }));
    assert.equal(digest.trim().split('=')[1].replaceAll(':', ' '), before_[0]);
    (await visitor.get('/ca/0000000000000000/cer')).must(404);

    balaictl('renew-keys');
    const numbers = async () => (await clerk.get('/kantor/nomor-surat')).must(200).words;
    assert.doesNotMatch(await numbers(), /Sidik jari otoritas segel/, 'none certifies until the next seal');
    const fresh = await made(clerk, village, livingResidents(village, 1)[0]);
    assert.ok((await numbers()).includes(fingerprints(await visitor.get('/ca'))[0]), 'the new one is read out');
    assert.equal(fingerprints(await visitor.get('/ca')).length, before_.length + 1);
    const [[retired, all]] = rows('balai_control', 'SELECT SUM(secret_sealed IS NULL), COUNT(*) FROM verify_key');
    assert.equal(Number(retired), Number(all) - 1, 'one key signs, the others have no secret');
    for (const letter of [own, fresh]) {
        (await visitor.get(`/v/${letter.code}`)).must(200, letter.number);
        assert.equal(title((await put(letter.bytes)).must(200, 'utuh, dari otoritas segel Balai')), 'Berkas sama persis dengan arsip desa');
    }
    assert.notEqual(Buffer.from(own.code, 'base64url').readUInt16BE(1), Buffer.from(fresh.code, 'base64url').readUInt16BE(1), 'each code names its key');
});
