// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters of the office itself: for nobody of the village, called by what they are about.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { send as ask, staff } from '../harness/client.mjs';
import { fetched } from '../harness/exports.mjs';
import { BUSINESS, INVITATION as INVITED, begin, draft, letterRow, livingResidents, pdf, putType, send } from '../harness/letters.mjs';
import { pdfInfo, pdfWords } from '../harness/paper.mjs';
import { BASE, rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const word = `uji${process.pid}`;
const slug = `kantor-${word}`;
const ABOUT = `Rapat koordinasi PKK, ${word}`;
const INVITATION = { slug: INVITED.slug, inputs: { ...INVITED.inputs, isi_hal: ABOUT, isi_kepada: `Camat ${word}\nSitti Aminah, S.Pd.; Ketua BPD` } };
const QUICK = { slug, inputs: { isi_hal: `pinjam kursi ${word}`, isi_kepada: 'Kepala SDN 12' } };
let clerk;
let secretary;
let head;

before(async () => {
    [clerk, secretary, head] = [await staff(village, 'clerk'), await staff(village, 'secretary'), await staff(village, 'head')];
    putType(village, slug, {
        subject: { of: 'none' }, about: 'hal', addressed: 'kepada',
        fields: [{ name: 'hal', label: 'Perihal', kind: 'line', required: true }, { name: 'kepada', label: 'Kepada', kind: 'list', least: 1, most: 4 }],
        paper: { body: [{ type: 'paragraph', content: 'Hal {isi_hal} nomor {nomor_surat}.' }, { type: 'list', items: [{ each: 'daftar_kepada', content: '{baris}' }] }, { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}', qr: true }] },
    });
});

after(() => rows(schema, `UPDATE letter_type SET is_active = FALSE WHERE slug = '${slug}'`));

test('it is begun without asking for anybody, filled in, checked, approved and numbered, and its paper says to whom', async () => {
    const { id, page } = await begin(clerk, INVITATION, null);
    assert.deepEqual(rows(schema, `SELECT resident_id, about FROM letter WHERE id = ${id}`), [[null, 'Surat Undangan']]);
    assert.ok(!page.words.includes('Pemohon'), 'nobody asks for it');
    const filled = await clerk.submit(page, INVITATION.inputs, `form[action$="/${id}/isi"]`);
    const review = (await clerk.follow(filled.must(303))).must(200, 'Periksa sebelum surat');
    assert.ok(!review.words.includes('Pemohon'));
    assert.ok(review.text.includes(`>Camat ${word}\nSitti Aminah, S.Pd., Ketua BPD</dd>`), 'each has a line');
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    assert.equal(letterRow(village, id).state, 2);
    (await secretary.get('/kantor/persetujuan')).must(200, ABOUT);
    (await secretary.submit((await secretary.get(`/kantor/persetujuan/${id}`)).must(200, 'Perihal'), {}, 'form[action$="/teruskan"]')).must(303);
    (await head.submit((await head.get(`/kantor/persetujuan/${id}`)).must(200, 'Setujui'), {}, 'form[action$="/setujui"]')).must(303);
    const words = pdfWords(await pdf(clerk, id)).replace(/\s+/g, ' ');
    for (const text of [letterRow(village, id).text, ABOUT, `Yth. Camat ${word}`, 'Yth. Sitti Aminah, S.Pd., Ketua BPD', `12 Desember ${new Date().getFullYear() + 1}`]) assert.ok(words.includes(text), `${text} is not in ${words}`);
    assert.ok(!words.includes('DAFTAR UNDANGAN'));
    (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Surat terbit');
});

test('more than three invited stand in an attachment, each in a row', async () => {
    const many = Array.from({ length: 45 }, (_, i) => `Undangan ${i + 1}; Ketua RT ${i + 1}`).join('\n');
    const { id } = await draft(clerk, INVITATION, null, { isi_kepada: many });
    rows(schema, `UPDATE letter_type SET policy = 'seal' WHERE slug = 'undangan'`);
    try {
        const review = (await clerk.get(`/kantor/surat/${id}/periksa`)).must(200);
        (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    } finally {
        rows(schema, `UPDATE letter_type SET policy = 'approve' WHERE slug = 'undangan'`);
    }
    const bytes = await pdf(clerk, id);
    const words = pdfWords(bytes).replace(/\s+/g, ' ');
    for (const text of ['daftar undangan terlampir', 'DAFTAR UNDANGAN', 'Undangan 45 Ketua RT 45']) assert.ok(words.includes(text), `${text} is not in ${words}`);
    assert.equal(pdfInfo(bytes).pages, 3);
});

test('what the paper prints itself is typed once, its sheets are all shown before, and a comma between columns is told', async () => {
    const DECREE = { slug: 'keputusan-kepala-desa', inputs: {
        isi_hal: `Pembentukan panitia ${word}`, isi_menimbang: 'a. bahwa perlu dibentuk panitia;\nb. bahwa namanya dalam lampiran; dan', isi_mengingat: '1. Undang-Undang Nomor 6 Tahun 2014',
        isi_diktum: 'KESATU: Membentuk panitia.\nKEDUA : Berlaku sejak ditetapkan.', isi_nama: '1. A. Baso Tenri; Ketua\n2. Herlina Safitri, Sekretaris\n3. Ahmad, S.Pd.',
    } };
    const { id, review } = await draft(clerk, DECREE, null);
    (await clerk.get(`/kantor/surat/${id}/isi`)).must(200, 'Nomornya dicetak sendiri');
    for (const lines of ['bahwa perlu dibentuk panitia\nbahwa namanya dalam lampiran', 'Membentuk panitia\nBerlaku sejak ditetapkan', 'A. Baso Tenri, Ketua\nHerlina Safitri, Sekretaris\nAhmad, S.Pd.'])
        assert.ok(review.text.includes(`>${lines}</dd>`), `${lines} is not a line each`);
    review.must(200, '“Herlina Safitri, Sekretaris” memakai koma').must(200, '“Herlina Safitri; Sekretaris”').must(200, 'Pratinjau, 2 lembar');
    assert.deepEqual([...review.page.querySelectorAll('.preview img')].map((i) => i.getAttribute('src').match(/pratinjau\/(\d)/)[1]), ['1', '2']);
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    (await secretary.submit((await secretary.get(`/kantor/persetujuan/${id}`)).must(200, 'Baca surat lengkap, 2 lembar'), {}, 'form[action$="/teruskan"]')).must(303);
    (await head.submit((await head.get(`/kantor/persetujuan/${id}`)).must(200), {}, 'form[action$="/setujui"]')).must(303);
    const words = pdfWords(await pdf(clerk, id)).replace(/\s+/g, ' ');
    assert.ok(words.includes('Halaman 1 dari 2'), words);
    assert.ok(words.includes('KESATU : Membentuk panitia.') && !/1\. 1\.|a\. a\.|KESATU : KESATU/.test(words), words);
});

test('an invitation says once what it is for, and at nine', async () => {
    const { id, review } = await draft(clerk, INVITATION, null, { isi_sehubungan: 'Sehubungan dengan akan dilaksanakannya musyawarah dusun.', isi_jam: '9' });
    for (const value_ of ['akan dilaksanakannya musyawarah dusun', '09.00']) assert.ok(review.text.includes(`>${value_}</dd>`), value_);
    (await clerk.submit(review, {}, `form[action$="/${id}/batal"]`)).must(303);
});

test('lists call it by what it is about, as it was typed, and words of it, of its addressee and of its type find it', async () => {
    const { id } = await send(clerk, QUICK, null);
    assert.deepEqual(rows(schema, `SELECT about, addressed FROM letter WHERE id = ${id}`), [[`Pinjam kursi ${word}`, 'Kepala SDN 12']]);
    const search = async (cari) => {
        const list = await clerk.get('/kantor/surat');
        return (await clerk.submit(list, { cari }, 'form.filters[action="/kantor/surat"]')).must(200);
    };
    for (const cari of [`kursi ${word}`, `${word} sdn`, slug.replaceAll('-', ' ')]) {
        const found = await search(cari);
        assert.ok(found.text.includes(`/kantor/surat/${id}"`), `${cari} does not find it`);
        found.must(200, 'kepada Kepala SDN 12');
    }
    assert.ok(!(await search('kursi xyzzy')).text.includes(`/kantor/surat/${id}"`));
    (await clerk.get('/kantor/surat')).must(200, `Pinjam kursi ${word}`);
    (await clerk.get('/kantor')).must(200, `Pinjam kursi ${word}`);
});

test('what is wrong in a list is said, and what was typed stays', async () => {
    const { id, page } = await begin(clerk, QUICK, null);
    const form = `form[action$="/${id}/isi"]`;
    const typed = 'satu\ndua\n\ntiga\nempat\nlima';
    const told = (await clerk.submit(page, { ...QUICK.inputs, isi_kepada: typed }, form)).must(422, 'Kepada: 5 baris, paling banyak 4.');
    assert.equal(told.page.querySelector('[name=isi_kepada]').text.replace(/\r/g, '').trim(), typed);
    (await clerk.submit(page, { ...QUICK.inputs, isi_hal: '' }, form)).must(422, 'Perihal belum diisi');
});

test('who has the code reads type, number, day and signer, and nothing of what it is about: names stand there', async () => {
    const { id } = await send(clerk, QUICK, null);
    await pdf(clerk, id);
    const shown = (await ask(BASE, 'GET', `/v/${value(schema, `SELECT verify_token FROM letter WHERE id = ${id}`)}`)).must(200, value(schema, `SELECT number_text FROM letter WHERE id = ${id}`));
    assert.doesNotMatch(shown.words, /Perihal|Inisial|Pinjam kursi/);
});

test('a void one is replaced with its answers, the same one twice is asked about, and the last one is offered', async () => {
    const { id } = await send(clerk, QUICK, null);
    const { review, id: second } = await draft(clerk, QUICK, null);
    review.must(200, 'Surat yang sama sudah ada');
    (await clerk.submit(review, {}, `form[action$="/${second}/batal"]`)).must(303);
    (await begin(clerk, QUICK, null)).page.must(200, 'Surat seperti ini terakhir terbit');
    (await secretary.submit((await secretary.get(`/kantor/surat/${id}`)).must(200), { sebab: '1', alasan: 'salah hari acara' }, 'form[action$="/cabut"]')).must(303);
    const fresh = await clerk.submit((await clerk.get(`/kantor/surat/${id}`)).must(200), {}, 'form[action$="/ganti"]');
    (await clerk.follow(fresh.must(303))).must(200, 'Kepala SDN 12');
    assert.deepEqual(rows(schema, `SELECT resident_id, about FROM letter WHERE replaces_id = ${id}`), [[null, `Pinjam kursi ${word}`]]);
});

test('one press writes it into the agenda of outgoing mail, once, with what it says', async () => {
    const { id, page } = await send(clerk, QUICK, null);
    const recorded = await clerk.submit(page, {}, 'form[action$="/dari-surat"]');
    (await clerk.follow(recorded.must(303))).must(200, `Pinjam kursi ${word}`).must(200, 'Kepala SDN 12').must(200, 'Tercatat dengan nomor agenda');
    const [[mail, number, party]] = rows(schema, `SELECT id, number_text, recipient FROM mail WHERE letter_id = ${id}`);
    assert.deepEqual([number, party], [letterRow(village, id).text, 'Kepala SDN 12']);
    assert.equal((await clerk.submit(page, {}, 'form[action$="/dari-surat"]')).must(303).location, `/kantor/surat-keluar/${mail}`);
    const again = (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Tercatat di agenda surat keluar');
    assert.equal(again.page.querySelector('form[action$="/dari-surat"]'), null);
    const [resident] = livingResidents(village);
    const forPerson = value(schema, `SELECT id FROM letter WHERE resident_id IS NOT NULL AND state = 4 LIMIT 1`) ?? (await send(clerk, BUSINESS, resident)).id;
    const { fields } = clerk.fill((await clerk.get('/kantor/surat/buat/undangan')).must(200), {}, 'form[action$="/undangan"]');
    (await clerk.post('/kantor/surat-keluar/dari-surat', [...fields.filter(([name]) => name.startsWith('_')), ['surat', String(forPerson)]])).must(404);
});

test('who may not read letters makes no mail of one', async () => {
    const { id, page } = await send(clerk, QUICK, null, { isi_hal: `pinjam tenda ${word}` });
    const [[permissions]] = rows(schema, "SELECT permissions FROM role WHERE word = 'clerk'");
    rows(schema, "UPDATE role SET permissions = REPLACE(permissions, 'read_letters,', '') WHERE word = 'clerk'");
    try {
        assert.notEqual(value(schema, "SELECT permissions FROM role WHERE word = 'clerk'"), permissions);
        (await clerk.submit(page, {}, 'form[action$="/dari-surat"]')).must(403);
    } finally {
        rows(schema, `UPDATE role SET permissions = '${permissions}' WHERE word = 'clerk'`);
    }
    assert.equal(value(schema, `SELECT COUNT(*) FROM mail WHERE letter_id = ${id}`), '0');
});

test('one that was sent and then withdrawn says who has it, in its entry, its history and the list', async () => {
    const { id, page } = await send(clerk, QUICK, null, { isi_hal: `pinjam tenda ${word}` });
    await pdf(clerk, id);
    const noted = (await clerk.follow((await clerk.submit(page, {}, 'form[action$="/dari-surat"]')).must(303))).must(200, 'Konsep');
    const [[mail, recipient]] = rows(schema, `SELECT id, recipient FROM mail WHERE letter_id = ${id}`);
    const row = async (state) => (await clerk.get(`/kantor/surat-keluar?keadaan=${state}`)).must(200).page.querySelector(`tr:has(a[href="/kantor/surat-keluar/${mail}"])`);
    assert.equal((await row('konsep')).querySelector('[data-label=Berkas]').text, '1', 'its own PDF is a file');
    (await clerk.submit(noted, { lewat: 'pos' }, 'form#catat-kirim')).must(303);
    (await secretary.submit((await secretary.get(`/kantor/surat/${id}`)).must(200), { sebab: '1', alasan: `salah hari ${word}` }, 'form[action$="/cabut"]')).must(303);
    const gone = (await clerk.get(`/kantor/surat-keluar/${mail}`)).must(200, 'Surat ini sempat dikirim', `Beri tahu ${recipient} bahwa surat ini tidak berlaku lagi.`);
    gone.must(200, 'Surat dicabut', `salah hari ${word}`);
    assert.match((await row('dicabut')).text, /Sempat dikirim: beri tahu penerimanya/);
});

test('of many the agenda names whole ones and how many others; its page shows the paper among its files', async () => {
    const to = [1, 2, 3, 4].map((i) => `Ketua Kelompok Tani ${i}; Dusun To Bulung ${word}`), told = async (list) => {
        const { id, page } = await send(clerk, QUICK, null, { isi_kepada: list.join('\n') });
        await pdf(clerk, id);
        const noted = (await clerk.follow((await clerk.submit(page, {}, 'form[action$="/dari-surat"]')).must(303))).must(200, 'Surat (PDF)');
        assert.ok(!noted.words.includes('Belum ada berkas') && noted.page.querySelector(`#berkas-ada a[href="/kantor/surat/${id}/surat.pdf"]`));
        return value(schema, `SELECT recipient FROM mail WHERE letter_id = ${id}`);
    };
    const shown = to.map((one) => one.replace(';', ','));
    assert.equal(await told(to.slice(0, 2)), shown.slice(0, 2).join('; '));
    assert.equal(await told(to), `${shown.slice(0, 2).join('; ')} dan 2 lainnya`);
});

test('a withdrawn one is withdrawn in the agenda too: nobody sends it, the book says so, and its replacement names it', async () => {
    const { id, page } = await send(clerk, QUICK, null, { isi_hal: `pinjam meja ${word}` });
    const old = letterRow(village, id).text;
    await pdf(clerk, id);
    const noted = (await clerk.follow((await clerk.submit(page, {}, 'form[action$="/dari-surat"]')).must(303))).must(200, 'Konsep');
    const mail = Number(value(schema, `SELECT id FROM mail WHERE letter_id = ${id}`));
    const linkOf = (answer, href) => answer.page.querySelector(`main a[href="${href}"]`);
    assert.ok(linkOf(noted, `/kantor/surat/${id}`) && linkOf(noted, `/kantor/surat/${id}/surat.pdf`), 'the line leads to the letter and its paper');
    const late = clerk.fill(noted, { lewat: 'pos' }, 'form#catat-kirim');
    (await secretary.submit((await secretary.get(`/kantor/surat/${id}`)).must(200), { sebab: '1', alasan: `salah tahun ${word}` }, 'form[action$="/cabut"]')).must(303);

    assert.ok(linkOf((await clerk.get(`/kantor/surat/${id}`)).must(200, 'sudah dicabut'), `/kantor/surat-keluar/${mail}`), 'the letter leads to its line');
    const gone = (await clerk.get(`/kantor/surat-keluar/${mail}`)).must(200, 'Surat ini sudah dicabut').must(200, `salah tahun ${word}`);
    assert.equal(gone.page.querySelector('#catat-kirim'), null);
    assert.ok(linkOf(gone, `/kantor/surat/${id}`) && !linkOf(gone, `/kantor/surat/${id}/surat.pdf`));
    (await clerk.post(`/kantor/surat-keluar/${mail}/kirim`, late.fields)).must(422, 'sudah dicabut: tidak dikirim');
    assert.deepEqual(rows(schema, `SELECT sent_on FROM mail WHERE id = ${mail}`), [[null]]);
    for (const [state, is] of [['konsep', false], ['dicabut', true]]) assert.equal((await clerk.get(`/kantor/surat-keluar?keadaan=${state}`)).must(200).text.includes(`/kantor/surat-keluar/${mail}"`), is, state);

    const fresh = await clerk.follow((await clerk.submit((await clerk.get(`/kantor/surat/${id}`)).must(200), {}, 'form[action$="/ganti"]')).must(303));
    const second = Number(value(schema, `SELECT id FROM letter WHERE replaces_id = ${id}`));
    const review = await clerk.follow((await clerk.submit(fresh, {}, `form[action$="/${second}/isi"]`)).must(303));
    (await clerk.submit(review, {}, `form[action$="/${second}/kirim"]`)).must(303);
    (await clerk.follow((await clerk.submit((await clerk.get(`/kantor/surat/${second}`)).must(200), {}, 'form[action$="/dari-surat"]')).must(303))).must(200, `Pengganti surat yang dicabut, nomor ${old}`);
    (await clerk.get(`/kantor/surat-keluar/${mail}`)).must(200, `nomor ${letterRow(village, second).text}`);
    const list = (await secretary.submit((await secretary.get('/kantor/surat-keluar')).must(200), { cari: `pinjam meja ${word}` }, 'main form[method="post"]')).must(303);
    const csv = (await fetched(secretary, await secretary.submit((await secretary.follow(list)).must(200), {}, '#unduh-csv'))).file.text;
    assert.match(csv, /,dicabut\r?\n/);
    assert.ok(csv.includes(`belum dikirim; pengganti nomor ${old}`), csv);
});

test('where letters share the numbers of the mail, it stands in the agenda with its own', async () => {
    rows(schema, `UPDATE letter_type SET number_scope = 'out' WHERE slug = '${slug}'`);
    try {
        const { id, page } = await send(clerk, QUICK, null, { isi_hal: `pinjam tenda ${word}` });
        (await clerk.submit(page, {}, 'form[action$="/dari-surat"]')).must(303);
        assert.equal(value(schema, `SELECT agenda FROM mail WHERE letter_id = ${id}`), String(letterRow(village, id).number));
    } finally {
        rows(schema, `UPDATE letter_type SET number_scope = '' WHERE slug = '${slug}'`);
    }
});

test('in the editor a type becomes the office\'s own, and asks for several people, whose words the picker offers', async () => {
    putType(village, `${slug}-susun`, {
        family: true, fields: [{ name: 'hal', label: 'Hal', kind: 'line' }], persons: [{ name: 'saksi', label: 'Saksi', outside: 'short' }],
        paper: { body: [{ type: 'paragraph', content: '{isi_hal}' }] },
    });
    const id = value(schema, `SELECT id FROM letter_type WHERE slug = '${slug}-susun'`);
    const home = `/kantor/jenis-surat/${id}/isi`;
    const draft_ = () => JSON.parse(value(schema, `SELECT draft FROM letter_type WHERE id = ${id}`));
    try {
        (await secretary.get(`${home}/pertanyaan`)).must(200, 'Untuk warga yang tinggal di desa.').must(200, 'nama_saksi');
        const form = async () => (await secretary.get(`${home}/untuk`)).must(200, 'Untuk siapa surat ini?');
        (await secretary.submit(await form(), { untuk: 'none' }, 'form.form')).must(422, 'Surat tanpa pemohon tidak punya');
        (await secretary.submit(await form(), { untuk: 'none', keluarga: null, perihal: 'entah' }, 'form.form')).must(422, 'tidak ada di antara pertanyaan');
        (await secretary.submit(await form(), { untuk: 'none', keluarga: null, perihal: 'hal', sebutan: 'x'.repeat(61) }, 'form.form')).must(422, 'Paling banyak 12 sebutan');
        (await secretary.submit(await form(), { untuk: 'none', keluarga: null, perihal: 'hal', sebutan: 'Rapat desa\nRD' }, 'form.form')).must(303);
        assert.deepEqual(draft_().also, ['Rapat desa', 'RD']);
        assert.deepEqual([draft_().subject, draft_().about, draft_().family, draft_().persons], [{ of: 'none' }, 'hal', undefined, undefined]);
        (await secretary.get(`${home}/pertanyaan`)).must(200, 'Surat kantor desa sendiri');
        const witness = async () => (await secretary.get(`${home}/pertanyaan/saksi`)).must(200, 'nama_saksi');
        (await secretary.submit(await witness(), { paling_kecil: '3', paling_besar: '2' }, 'form.form')).must(422, 'Orang: paling banyak');
        (await secretary.submit(await witness(), { paling_besar: '13' }, 'form.form')).must(422, 'Orang: paling banyak');
        (await secretary.submit(await witness(), { hubungan: 'waris' }, 'form.form')).must(422, 'Ahli waris bisa lebih dari satu');
        (await secretary.submit(await witness(), { paling_kecil: '1', paling_besar: '3', kelamin: 'P', siapa_saja: '1', label: 'Saksi rapat' }, 'form.form')).must(303);
        assert.deepEqual(draft_().fields[1], { name: 'saksi', label: 'Saksi rapat', kind: 'person', outside: 'short', sex: 'P', least: 1, most: 3, alive: false });
        const words = JSON.parse((await secretary.get(`${home}/isian`)).must(200).text).groups;
        assert.ok(!words.some((g) => g.name === 'Pemohon'), 'nobody asks for it');
        assert.ok(words.at(-1).fields.some((f) => f.of === 'daftar_saksi' && f.name === 'nama'));
        rows(schema, `UPDATE letter_type SET definition = draft, draft = NULL WHERE id = ${id}`);
        const { id: letter, page } = await begin(clerk, { slug: `${slug}-susun` }, null);
        assert.equal(page.page.querySelector('[data-if="isi_saksi_1_dari"][data-in*="Orang luar"]') !== null, true, 'the second is asked when there is a first');
        const typed = { isi_hal: 'rapat', isi_saksi_1_dari: 'Orang luar desa', isi_saksi_1_nama: 'Indo Upe' };
        (await clerk.submit(page, { isi_hal: 'rapat' }, `form[action$="/${letter}/isi"]`)).must(422, 'Asal Saksi rapat 1 belum dipilih');
        const review = await clerk.follow((await clerk.submit(page, typed, `form[action$="/${letter}/isi"]`)).must(303));
        review.must(200, 'Indo Upe');
        assert.ok(!review.words.includes('Saksi rapat 3'));
    } finally {
        rows(schema, `UPDATE letter_type SET is_active = FALSE WHERE slug = '${slug}-susun'`);
    }
});

test('it is for nobody: not offered on a person\'s page, not begun with one, and a letter for people not without', async () => {
    const [resident] = livingResidents(village);
    const before_ = value(schema, 'SELECT COUNT(*) FROM letter');
    assert.ok(!(await clerk.get(`/kantor/penduduk/${resident}/surat`)).must(200).words.includes('Surat Undangan'));
    const pick = (await clerk.get('/kantor/surat/buat/undangan')).must(200, 'tanpa pemohon');
    const guard = clerk.fill(pick, {}, 'form[action$="/undangan"]').fields.filter(([name]) => name.startsWith('_'));
    (await clerk.post('/kantor/surat/buat/undangan', [...guard, ['warga', String(resident)]])).must(422);
    (await clerk.post('/kantor/surat/buat/keterangan-usaha', guard)).must(422);
    assert.equal(value(schema, 'SELECT COUNT(*) FROM letter'), before_);
    (await secretary.submit((await secretary.get(`/kantor/jenis-surat/${value(schema, "SELECT id FROM letter_type WHERE slug = 'undangan'")}/ubah`)).must(200), { anjungan: '1' }, 'form[action$="/ubah"]')).must(422);
});
