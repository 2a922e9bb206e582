// SPDX-License-Identifier: AGPL-3.0-or-later
// A letter for somebody who lives here for a while, or owns land here, and is in no register.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, staff } from '../harness/client.mjs';
import { dated } from '../harness/days.mjs';
import { freshNumber } from '../harness/families.mjs';
import { begin, decide, draft, letterRow, livingResidents, pdf, putType } from '../harness/letters.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { BASE, rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const word = `Tamu${process.pid}`;
const NIK = freshNumber(village, '410180'); // of a woman born on 1 January 1980
const form = (id, end) => `form[action$="/${id}/${end}"]`;
const STAYS = {
    slug: 'keterangan-domisili',
    inputs: {
        isi_pemohon_nama: `SITI ${word.toUpperCase()}`, isi_pemohon_nik: NIK, isi_pemohon_tempat_lahir: 'Makassar', ...dated('isi_pemohon_tanggal_lahir', [1, 1, 1980]), isi_pemohon_kelamin: '2',
        isi_pemohon_agama: '1', isi_pemohon_pekerjaan: '9', isi_pemohon_warga_negara: '1', isi_pemohon_alamat: 'Jl. Veteran 3, Kota Makassar', isi_pemohon_kawin: '2',
        isi_pemohon_tinggal: 'Jl. Poros 7, RT 001, Dusun Padang', isi_keperluan: 'pembukaan rekening bank',
    },
};
const question = `Saksi yang melihat sendiri dan bersedia ${'menerangkan '.repeat(6)}hal itu`;
const SEEN = { slug: `uji-tamu-${process.pid}`, inputs: {} };
let clerk;
let secretary;
let head;
let residents;

before(async () => {
    [clerk, secretary, head] = await Promise.all(['clerk', 'secretary', 'head'].map((role) => staff(village, role)));
    residents = Number(value(schema, 'SELECT COUNT(*) FROM resident'));
    putType(village, SEEN.slug, {
        subject: { outside: 'any' },
        fields: [{ name: 'saksi', label: question, kind: 'person', required: true, outside: 'short', least: 2, most: 2 }, { name: 'kuasa', label: 'NIK kuasa', kind: 'nik' }],
        paper: { body: [{ type: 'paragraph', content: '{nama} {nama_saksi_1} {nama_saksi_2} {isi_kuasa}' }, { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}', qr: true }] },
    });
});
after(() => rows(schema, `UPDATE letter_type SET is_active = FALSE WHERE slug = '${SEEN.slug}'`));

test('of a type for women alone she is one, without being asked; a question that is called as a box of hers is none', async () => {
    const of = (tail, definition) => {
        const slug = `uji-tamu-${tail}-${process.pid}`;
        putType(village, slug, { ...definition, paper: { body: [{ type: 'paragraph', content: '{nama} {jenis_kelamin}' }, { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}', qr: true }] } });
        return slug;
    };
    const women = of('p', { subject: { outside: 'any', sex: 'P' }, fields: [] }), own = of('n', { fields: [{ name: 'pemohon_nik', label: 'Pemohon NIK', kind: 'nik' }] });
    try {
        const { isi_pemohon_kelamin: _, isi_pemohon_tinggal: __, isi_keperluan: ___, ...inputs } = STAYS.inputs;
        const { id, review } = await draft(clerk, { slug: women, inputs }, null);
        assert.ok(!review.page.querySelector('[name=alasan]'), review.told);
        (await clerk.submit(review, {}, form(id, 'kirim'))).must(303);
        assert.match(pdfWords(await pdf(clerk, id)), /Perempuan/);
        const [subject, other] = livingResidents(village, 2), nik = value(schema, `SELECT nik FROM resident WHERE id = ${other}`);
        const { id: his, page } = await begin(clerk, { slug: own, inputs: {} }, subject);
        (await clerk.submit(page, { isi_pemohon_nik: nik }, form(his, 'isi'))).must(303);
    } finally {
        rows(schema, `UPDATE letter_type SET is_active = FALSE WHERE slug IN ('${women}', '${own}')`);
    }
});

test('who is no resident is written down, gets the letter, and is not counted as one', async () => {
    (await clerk.get('/kantor/surat/buat/keterangan-domisili')).must(200, 'Orang luar desa');
    const { id, review } = await draft(clerk, STAYS, null);
    assert.ok(!review.page.querySelector('[name=alasan]'), review.told);
    review.must(200, 'Jl. Veteran 3, Kota Makassar');
    assert.ok(!review.page.querySelector(`a[href$="/${id}/massal"]`), 'no pattern for many');
    (await clerk.submit(review, {}, form(id, 'kirim'))).must(303);
    (await secretary.get('/kantor/persetujuan')).must(200, `Siti ${word}`);
    const [paper] = await decide(secretary, head, id);
    paper.must(200, `SITI ${word.toUpperCase()}`);
    const words = pdfWords(await pdf(clerk, id)).replace(/\s+/g, ' ');
    for (const part of [`Siti ${word}`, NIK, 'ber-KTP di Jl. Veteran 3, Kota Makassar', 'tinggal sementara di Jl. Poros 7, RT 001, Dusun Padang']) assert.ok(words.toLowerCase().includes(part.toLowerCase()), `${part} is not in ${words}`);
    assert.doesNotMatch(words, /Menurut catatan penduduk|Nomor KK/);
    assert.equal(Number(value(schema, 'SELECT COUNT(*) FROM resident')), residents);
    assert.equal(value(schema, `SELECT resident_id FROM letter WHERE id = ${id}`), null);

    const page = (await clerk.get(`/kantor/surat/${id}`)).must(200, letterRow(village, id).text);
    assert.equal(page.page.querySelector('form[action$="/dari-surat"]'), null, 'it is no mail of the office');
    const guard = clerk.fill((await clerk.get('/kantor/surat/buat/keterangan-domisili')).must(200), {}, 'form[action$="/cari"]').fields.filter(([name]) => name.startsWith('_'));
    (await clerk.post('/kantor/surat-keluar/dari-surat', [...guard, ['surat', String(id)]])).must(404);
    assert.equal(value(schema, `SELECT COUNT(*) FROM mail WHERE letter_id = ${id}`), '0', 'nor by a forged post');
    const found = await clerk.submit(await clerk.get('/kantor/surat'), { cari: `Siti ${word}` }, 'main form[role=search]');
    found.must(200, `Siti ${word}`, letterRow(village, id).text);
    const code = value(schema, `SELECT verify_token FROM letter WHERE id = ${id}`);
    const told = (await new Client(BASE).get(`/v/${code}`)).must(200, 'S. T.');
    assert.ok(!told.words.includes(word), 'never the name');
});

test('a resident is not written down as somebody from elsewhere, and what the NIK says otherwise wants a reason', async () => {
    const [resident] = livingResidents(village).slice(-1);
    const { id, page } = await begin(clerk, STAYS, null);
    const fill = (more) => clerk.submit(page, { ...STAYS.inputs, ...more }, form(id, 'isi'));
    (await fill({ isi_pemohon_nik: value(schema, `SELECT nik FROM resident WHERE id = ${resident}`) })).must(422, 'NIK pemohon milik warga desa', 'Batalkan surat ini, lalu buat untuk warga itu');
    (await fill({ isi_pemohon_tinggal: '', isi_pemohon_nik: '' })).must(422, 'Tempat tinggal sementara pemohon belum diisi', 'NIK pemohon belum diisi');
    const review = await clerk.follow((await fill(dated('isi_pemohon_tanggal_lahir', [2, 1, 1980]))).must(303));
    review.must(200, 'NIK pemohon tidak sesuai tanggal lahir 2 Januari 1980', 'Ada jawaban yang tidak cocok satu sama lain');
    assert.ok(!review.words.includes('berbeda dari data penduduk'), 'there is no such datum');
});

test('a number with signs of other alphabets is refused at its box; dashes and blanks of any kind are forgiven', async () => {
    const { id, page } = await begin(clerk, SEEN, null);
    const [first, second, third] = ['410181', '410182', '410183'].map((day) => freshNumber(village, day));
    const inputs = { isi_pemohon_nama: `SITI ${word}`, isi_pemohon_nik: NIK, isi_pemohon_tempat_lahir: 'Makassar', ...dated('isi_pemohon_tanggal_lahir', [1, 1, 1980]), isi_pemohon_kelamin: '2', isi_pemohon_alamat: 'Kota Makassar' };
    for (const [i, nik] of [[1, first], [2, second]]) Object.assign(inputs, { [`isi_saksi_${i}_dari`]: 'Orang luar desa', [`isi_saksi_${i}_nama`]: `SAKSI ${word} ${i}`, [`isi_saksi_${i}_nik`]: nik });
    const fill = (more) => clerk.submit(page, { ...inputs, isi_kuasa: third, ...more }, form(id, 'isi'));
    const boxes = ['isi_pemohon_nik', 'isi_saksi_1_nik', 'isi_kuasa'];
    for (const typed of ['7371–0141–0180–00', '7371’0141', 'é', '😀', [...NIK].map((d) => String.fromCodePoint(0xFF10 + Number(d))).join('')]) {
        const more = Object.fromEntries(boxes.map((name) => [name, typed]));
        const told = (await fill(more)).must(422);
        assert.ok(!told.words.includes('adalah pemohon'), 'two wrong ones are no one person');
        for (const name of boxes) {
            assert.equal(told.page.querySelector(`[name=${name}]`).getAttribute('aria-invalid'), 'true', `${name}: ${typed}`);
        }
        assert.equal(told.page.querySelector('[name=isi_pemohon_nama]').getAttribute('value'), `SITI ${word}`, 'nothing typed is lost');
        const { fields } = clerk.fill(page, { ...inputs, ...more }, form(id, 'isi'));
        assert.ok((await clerk.post(`/kantor/surat/${id}/isi/kertas`, fields)).status < 500, typed);
    }
    (await fill({ isi_saksi_1_nik: NIK })).must(422, 'adalah pemohon surat ini. Pilih orang lain');
    (await fill({ isi_saksi_2_nik: first })).must(422, 'sudah dipilih sebagai');
    const spaced = (nik, sign) => nik.match(/..../g).join(sign);
    (await fill({ isi_pemohon_nik: spaced(NIK, '–'), isi_saksi_1_nik: spaced(first, '\u00A0'), isi_saksi_2_nik: spaced(second, '\u2011') })).must(303);
    const kept = JSON.parse(value(schema, `SELECT inputs FROM letter WHERE id = ${id}`));
    assert.deepEqual([kept.pemohon_nik, kept.saksi_1_nik, kept.saksi_2_nik], [NIK, first, second]);
});

test('who witnesses by a long question is named by its beginning', async () => {
    const { id, page } = await begin(clerk, SEEN, null);
    const [one, two] = livingResidents(village, 2);
    const chosen = { isi_saksi_1_dari: 'Warga desa ini', isi_saksi_1_cari: value(schema, `SELECT nik FROM resident WHERE id = ${one}`), isi_saksi_2_dari: 'Warga desa ini', isi_saksi_2_cari: value(schema, `SELECT nik FROM resident WHERE id = ${two}`) };
    const { isi_pemohon_tinggal: _, isi_keperluan: __, ...person } = STAYS.inputs;
    (await clerk.submit(page, { ...person, ...chosen }, form(id, 'isi'))).must(303);
    assert.ok(`${question} 1`.length > 120);
    assert.ok(`s${question.slice(1)} 1`.startsWith(value(schema, `SELECT named_as FROM letter_named WHERE letter_id = ${id} AND resident_id = ${one}`)));
});

test('a draft without a name yet says whose it is; who is in no register is looked for among the letters', async () => {
    const { id } = await begin(clerk, STAYS, null);
    (await clerk.get('/kantor/surat')).must(200, 'Orang luar desa, belum bernama');
    rows(schema, `UPDATE letter SET state = 7 WHERE id = ${id}`);
    const nobody = await clerk.follow(await clerk.submit(await clerk.get('/kantor/penduduk?status=0'), { cari: `Zyx${word}` }, 'main form[role=search]'));
    nobody.must(200, 'Orang luar desa tidak tercatat di sini');
    assert.ok(nobody.page.querySelectorAll('main a[href="/kantor/surat"]').some((a) => a.text.includes('Cari namanya di Surat')));
});

test('he is asked for only where the type allows it, and his answers are nobody else\'s', async () => {
    assert.ok(!(await clerk.get('/kantor/surat/buat/keterangan-usaha')).must(200).words.includes('Orang luar desa'));
    const { page } = await begin(clerk, STAYS, null);
    assert.ok(!page.words.includes('pernah terbit') && !page.words.includes('terakhir terbit'));
    const own = await begin(clerk, STAYS, livingResidents(village)[0]);
    assert.equal(own.page.page.querySelector('[name=isi_pemohon_nama]'), null);
    rows(schema, `UPDATE letter SET state = 7 WHERE id = ${own.id}`);
});

test('land of an owner from elsewhere: his place is that of his card', async () => {
    const land = {
        slug: 'kepemilikan-tanah',
        inputs: {
            ...STAYS.inputs, isi_pemohon_tinggal: '', isi_jenis: 'Sawah', isi_jalan: 'Dekat embung', isi_luas: '1200', isi_bukti: 'Tidak ada, dikuasai turun-temurun', isi_asal: 'Warisan',
            isi_utara: 'kebun', isi_timur: 'jalan', isi_selatan: 'kebun', isi_barat: 'sungai',
        },
    };
    const { id, review } = await draft(clerk, land, null);
    (await clerk.submit(review, {}, form(id, 'kirim'))).must(303);
    await decide(secretary, head, id);
    const words = pdfWords(await pdf(clerk, id)).replace(/\s+/g, ' ');
    assert.match(words, /Jl\. Veteran 3, Kota Makassar/);
    assert.doesNotMatch(words, /tinggal sementara|menurut KTP/);
});
