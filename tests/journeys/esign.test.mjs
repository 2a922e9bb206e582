// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters that an official signs by the regency's service (BSrE), with his passphrase; and everything that service can do instead.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { Client, send as ask } from '../harness/client.mjs';
import { EsignService, agree } from '../harness/esign.mjs';
import { freshNumber } from '../harness/families.mjs';
import { device, enter } from '../harness/kiosk.mjs';
import { DOMICILE, letterRow, pdf, send } from '../harness/letters.mjs';
import { partQr, pdfWords, pictureQr, qrText } from '../harness/paper.mjs';
import { BASE, logText, redis, rows, schemaOf, until, value } from '../harness/stack.mjs';
import { officeVillage } from '../harness/villages.mjs';
import { post } from '../walls/house.mjs';

const HOME = '/kantor/pengaturan/tanda-tangan';
const PASSPHRASE = 'Kunci#Rahasia 7317&=+%é"\\x';
const ACCOUNT = { user: 'desa-uji', secret: 'sandi-akun-uji' };
let NIK, OTHER_NIK, village, schema, clerk, secretary, head, people, service, headId;

before(async () => {
    village = await officeVillage('7317102079', 'Uji Tera', ['clerk', 'secretary', 'head']);
    NIK = freshNumber(village);
    OTHER_NIK = freshNumber(village);
    service = await EsignService.listen({ ...ACCOUNT, people: { [NIK]: PASSPHRASE } });
    ({ clerk, secretary, head, people } = village);
    schema = schemaOf(village);
    rows(schema, "UPDATE letter_type SET policy = 'approve'");
    headId = Number(value(schema, "SELECT id FROM official WHERE office = 'head'"));
    rows(schema, `UPDATE official SET esign_nik = '${NIK}', email = 'kades@contoh.id' WHERE id = ${headId}`);
    (await set({ alamat: service.address, akun: ACCOUNT.user, sandi: ACCOUNT.secret, pakai: '1' })).must(303);
    await agree(head);
});
beforeEach(() => {
    service.behave = 'sign';
    service.status = service.meanwhile = null;
    service.orders.length = service.asked.length = 0;
    assert.deepEqual(service.faults, [], 'every request was as the service wants it');
});
after(() => service.close());

const set = async (fields) => secretary.submit((await secretary.get(HOME)).must(200), fields, `form[action="${HOME}"]`);
const stored = () => value(schema, 'SELECT CONCAT_WS(\'|\', is_esign_on, esign_url, esign_user) FROM identity');
const state = (id) => {
    const [[sign, outcome, number, file, original]] = rows(schema, `SELECT sign_state, sign_outcome, number, file_id, original_id FROM letter WHERE id = ${id}`);
    return { state: letterRow(village, id).state, sign: Number(sign), outcome: Number(outcome), number: Number(number), file, original };
};
const page = async (id) => (await head.get(`/kantor/persetujuan/${id}`)).must(200, 'Passphrase BSrE');
const press = async (id, frasa = PASSPHRASE) => head.submit(await page(id), { frasa }, `form[action$="/${id}/setujui"]`);
const settled = (id) => until(`letter ${id} is decided: ${JSON.stringify(state(id))}`, () => ![1, 2].includes(state(id).sign) && state(id), 30);
async function waiting(who = 0) {
    const { id } = await send(clerk, DOMICILE, people[who]);
    (await secretary.submit((await secretary.get(`/kantor/persetujuan/${id}`)).must(200), {}, `form[action$="/${id}/teruskan"]`)).must(303);
    return id;
}

test('a village says where it signs; the secret is never shown, and another address wants it again', async () => {
    assert.equal(stored(), `1|${service.address}|${ACCOUNT.user}`);
    const shown = (await secretary.get(HOME)).must(200, 'Kata sandi sudah tersimpan');
    assert.ok(!shown.text.includes(ACCOUNT.secret) && !shown.text.includes(NIK));
    for (const bad of ['esign.luwukab.go.id', 'https://', 'ftp://esign.luwukab.go.id', 'https://akun@esign.luwukab.go.id', 'https://esign.luwukab.go.id/', 'https://a b'])
        (await set({ alamat: bad, sandi: 'x' })).must(422, 'Tulis alamatnya lengkap');
    (await set({ alamat: 'https://jahat.contoh.id' })).must(422, 'Ketik lagi kata sandi');
    (await set({ akun: '' })).must(422, 'Isi nama akun desa');
    (await set({ alamat: '', sandi: 'x' })).must(422, 'Isi alamat layanan');
    (await secretary.follow((await set({})).must(303))).must(200, 'Tidak ada yang berubah');
    assert.equal(stored(), `1|${service.address}|${ACCOUNT.user}`);
    const old = await secretary.get(HOME);
    rows(schema, 'UPDATE identity SET version = version + 1');
    (await secretary.submit(old, { akun: 'lain' }, `form[action="${HOME}"]`)).must(409);
});

test('where passphrases go is used once the head has agreed himself: he is told, letters say what they wait for, and nothing goes out before', async () => {
    const mails = () => rows(schema, `SELECT payload FROM outbox WHERE kind = 8 AND payload LIKE '%tanda tangan elektronik%' AND state = 1`).map(([payload]) => JSON.parse(payload));
    const told = (words) => mails().some(({ to, text }) => to === 'kades@contoh.id' && text.includes(words));
    const detail = (action) => JSON.parse(value(schema, `SELECT detail FROM audit WHERE action = '${action}' ORDER BY id DESC LIMIT 1`));
    const own = '/kantor/tanda-tangan', other = 'https://lain.contoh.id', id = await waiting(), before_ = await page(id);
    const waits = async () => {
        const shown = (await head.get(`/kantor/persetujuan/${id}`)).must(200, 'perlu disetujui dulu');
        assert.ok(!shown.text.includes('name="frasa"') && !shown.text.includes(`/${id}/setujui`));
        (await head.get('/kantor/persetujuan')).must(200, 'perlu disetujui dulu');
        (await head.get('/kantor')).must(200, 'Tanda tangan elektronik Anda berubah');
        (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Menunggu Andi Uji menyetujui tanda tangan elektroniknya');
        (await secretary.get(HOME)).must(200, 'Belum disetujui').must(200, 'Minta ia membuka Persetujuan dari akunnya');
    };
    try {
        (await set({ alamat: other, sandi: 'x' })).must(303);
        assert.ok(told(`Alamat layanan: ${service.address} -> ${other}`), JSON.stringify(mails()));
        assert.deepEqual(detail('village.esign').alamat, [service.address, other]);
        await waits();
        // A page from before, and several at once: refused in words.
        (await head.submit(before_, { frasa: PASSPHRASE }, `form[action$="/${id}/setujui"]`)).must(422, 'Setujui dulu di Persetujuan');
        assert.equal(letterRow(village, id).number, null);
        assert.equal(redis('--scan', '--pattern', 'balai:secret:*'), '', 'what was typed for a press that was refused is gone at once');
        (await head.submit(await head.get(`/kantor/persetujuan/${id}`), {}, `form[action$="/${id}/dibaca"]`)).must(303);
        (await head.submit((await head.get('/kantor/persetujuan')).must(200), {}, 'form[action="/kantor/persetujuan"]')).must(422, 'Setujui dulu di Persetujuan');
        // Nobody agrees for him, and he agrees to what he saw.
        (await secretary.get(own)).must(403);
        const seen = (await head.get(own)).must(200, service.address).must(200, other).must(200, NIK);
        rows(schema, "UPDATE identity SET esign_user = 'lain-lagi'");
        (await head.submit(seen, {}, `form[action="${own}"]`)).must(409, 'Baru saja diubah lagi');
        await agree(head);
        assert.deepEqual(detail('village.esign_agree'), { alamat: [service.address, other], akun: [ACCOUNT.user, 'lain-lagi'], nik: false });
        (await head.get(own)).must(200, 'Sudah Anda setujui');
        (await secretary.get(HOME)).must(200, 'Disetujui sendiri');
        (await page(id)).must(200, `Dikirim sekali ke ${other}`);
        // Another NIK is another thing to agree to.
        const edit = `/kantor/pengaturan/perangkat/${headId}/ubah`;
        (await secretary.submit((await secretary.get(edit)).must(200), { nik_bsre: OTHER_NIK }, `form[action="${edit}"]`)).must(303);
        assert.ok(told(`diganti.\nAlamat layanan: ${other}`), JSON.stringify(mails()));
        assert.ok(!JSON.stringify(mails()).includes(OTHER_NIK));
        await waits();
        await agree(head);
        assert.ok(!value(schema, "SELECT GROUP_CONCAT(detail) FROM audit WHERE action LIKE 'village.esign%'").includes(OTHER_NIK));
        await page(id);
        // Whose account it is counts: an agreement from another's is none.
        rows(schema, `UPDATE official SET esign_agreed_by = 999 WHERE id = ${headId}`);
        (await head.get(`/kantor/persetujuan/${id}`)).must(200, 'perlu disetujui dulu');
        for (const [sql, words] of [["last_sign_in_at = NULL", 'Akunnya belum pernah dipakai'], ["role = 'clerk'", 'Kepala desa belum punya akun']]) {
            rows(schema, `UPDATE staff SET ${sql} WHERE username = 'uji.head'`);
            (await secretary.get(HOME)).must(200, words);
        }
    } finally {
        rows(schema, `UPDATE official SET esign_nik = '${NIK}' WHERE id = ${headId}; UPDATE staff SET role = 'head', last_sign_in_at = NOW(6) WHERE username = 'uji.head'`);
        (await set({ alamat: service.address, akun: ACCOUNT.user, sandi: ACCOUNT.secret, pakai: '1' })).must(303);
    }
    await agree(head);
    (await page(id)).must(200, `Dikirim sekali ke ${service.address}`);
    // Changed while the worker had it: nothing goes out.
    service.behave = 'broken';
    (await press(id)).must(303);
    await settled(id);
    service.behave = 'sign';
    service.orders.length = 0;
    rows(schema, `UPDATE official SET esign_agreed_url = '' WHERE id = ${headId}; UPDATE letter SET sign_state = 1, sign_key = 'nanti' WHERE id = ${id};
        INSERT INTO outbox (kind, subject, payload, due_at, put_at, state) VALUES (30, ${id}, '{"word":"nanti"}', NOW(6), NOW(6), 1)`);
    assert.equal((await settled(id)).outcome, 20);
    (await clerk.get(`/kantor/surat/${id}`)).must(200, 'belum disetujui penandatangannya');
    assert.equal(service.orders.length, 0);
    await agree(head);
    (await press(id)).must(303);
    assert.equal((await settled(id)).state, 4);
});

test('a title more leaves the head who he is, with his NIK there; another head begins without', async () => {
    const name = value(schema, `SELECT name FROM official WHERE id = ${headId}`), home = '/kantor/pengaturan';
    const call = async (kades) => (await secretary.submit((await secretary.get(home)).must(200), { kades, alamat: 'Jalan Uji' }, `form[action="${home}"]`)).must(303);
    const now = () => rows(schema, "SELECT id, name, esign_nik FROM official WHERE office = 'head' AND is_active").map(([id, ...rest]) => [Number(id), ...rest]);
    await call(`H. ${name}, S.E.`);
    assert.deepEqual(now(), [[headId, `H. ${name}, S.E.`, NIK]]);
    await call('Orang Lain');
    try {
        assert.equal(now().length, 1);
        assert.notEqual(now()[0][0], headId);
        assert.equal(now()[0][2], '');
        assert.match(value(schema, "SELECT GROUP_CONCAT(payload) FROM outbox WHERE kind = 8 AND payload LIKE '%Orang Lain%'"), /Penanda tangan lama memakai BSrE/);
    } finally {
        rows(schema, `DELETE FROM official WHERE name = 'Orang Lain'; UPDATE official SET is_active = TRUE, name = '${name}' WHERE id = ${headId}`);
    }
});

test('"Coba sambungan" says of each signer whether the service knows him, and of the service what is wrong with it', async () => {
    const attempt = async () => {
        (await secretary.submit(await secretary.get(HOME), {}, `form[action="${HOME}/coba"]`)).must(303);
        return until('the service was asked', async () => {
            const part = (await secretary.get(`${HOME}/keadaan`)).must(200);
            return !part.words.includes('Sedang ditanyakan') && part;
        }, 30);
    };
    (await attempt()).must(200, 'Sertifikat aktif, bisa menandatangani');
    service.status = { status: 'EXPIRED' };
    (await attempt()).must(200, 'kedaluwarsa, dicabut, atau belum terbit');
    service.status = { status: 'NOT_REGISTERED' };
    (await attempt()).must(200, 'tidak terdaftar di layanan BSrE');
    service.status = { apa: 'ini' };
    (await attempt()).must(200, 'Jawaban layanan tidak dikenal');
    service.secret = 'lain';
    (await attempt()).must(200, 'Layanan menolak akun desa');
    service.secret = ACCOUNT.secret;
    rows(schema, "UPDATE identity SET esign_url = 'http://127.0.0.1:1'");
    (await attempt()).must(200, 'Layanan tidak dapat dihubungi');
    // A job that was given up, and a secret that opens no more: nobody is "asked about" for ever.
    rows(schema, `UPDATE official SET esign_outcome = 2 WHERE id = ${headId}; INSERT INTO epoch (name, value) VALUES ('tidy', 0) ON DUPLICATE KEY UPDATE value = 0; INSERT INTO outbox (kind, subject, payload) VALUES (2, 0, '{}')`);
    await until('it ends by itself', () => value(schema, `SELECT esign_outcome FROM official WHERE id = ${headId}`) === '8', 30);
    const sealed = value(schema, 'SELECT HEX(esign_secret) FROM identity');
    rows(schema, "UPDATE identity SET esign_secret = 'rusak'");
    (await attempt()).must(200, 'Layanan tidak dapat dihubungi');
    rows(schema, `UPDATE identity SET esign_secret = UNHEX('${sealed}'), esign_url = '${service.address}'; UPDATE official SET esign_nik = ''`);
    (await secretary.follow((await secretary.submit(await secretary.get(HOME), {}, `form[action="${HOME}/coba"]`)).must(303))).must(200, 'Isi dulu NIK di BSrE');
    rows(schema, `UPDATE official SET esign_nik = '${NIK}' WHERE id = ${headId}`);
});

test('the head types his passphrase, the service signs, and the letter is issued with its QR code in his block', async () => {
    const id = await waiting();
    (await press(id, '')).must(422, 'Isi passphrase BSrE');
    assert.equal(letterRow(village, id).number, null, 'without it nothing is given');
    const after_ = await head.follow((await press(id)).must(303));
    after_.must(200, 'lewat BSrE');
    assert.equal((await settled(id)).state, 4);
    const paper = await pdf(clerk, id);
    assert.equal(service.orders.length, 1);
    assert.equal(service.orders[0].nik, NIK);
    assert.ok(paper.subarray(0, service.orders[0].pdf.length).equals(service.orders[0].pdf), 'what went out, and the signature behind it');
    assert.ok(paper.length > service.orders[0].pdf.length);
    assert.match(pdfWords(paper), /Ditandatangani secara elektronik dengan sertifikat BSrE/);
    (await ask(BASE, 'GET', new URL(qrText(paper)).pathname)).must(200, 'Andi Uji, Kepala Desa Uji Tera');
    const holder = new Client(BASE), file = (bytes) => ({ files: [{ name: 'berkas', filename: 'surat.pdf', type: 'application/pdf', bytes }] });
    const checked = async (bytes) => (await holder.submit(await holder.get('/periksa'), {}, 'form[action="/periksa"]', file(bytes))).must(200);
    (await checked(paper)).must(200, 'Ditandatangani Andi Uji dengan sertifikat BSrE atas nama ANDI UJI, diakui otoritasnya: utuh, seperti di arsip desa');
    assert.ok(!(await checked(Buffer.concat([paper, Buffer.from('\n')]))).words.includes('seperti di arsip desa'), 'of no other file that is said');
    (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Surat terbit').must(200, 'Terbit, ditandatangani Andi Uji').must(200, 'atas nama ANDI UJI, diakui otoritasnya');
    assert.ok((await clerk.get(`/kantor/surat/${id}/asli.pdf`)).must(200).bytes.equals(service.orders[0].pdf), 'the original can be read');
    const original = state(id).original;
    assert.equal(value(schema, `SELECT COUNT(*) FROM file_use WHERE file_id = ${original} AND owner = 'letter' AND owner_id = ${id} AND slot = 'original'`), '1', 'the unsigned original is kept');
    assert.equal(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'letter.issue' AND subject = 'letter:${id}'`), '1');
});

test('a village that wants its signature seen has it drawn over the QR code of the letter, where that stands', async () => {
    (await set({ terlihat: '1' })).must(303);
    try {
        const id = await waiting();
        (await press(id)).must(303);
        assert.equal((await settled(id)).state, 4);
        const [{ look, pdf: sent }] = service.orders, paper = await pdf(clerk, id), link = qrText(paper);
        assert.equal(pictureQr(look.png), link, 'the picture is the code');
        assert.equal(partQr(sent, look), link, 'and it lies over the code, wholly');
        assert.ok(Math.abs(look.width - look.height) <= 1 && look.width < 120, JSON.stringify(look));
        (await secretary.get(HOME)).must(200, 'Tanda tangan terlihat di berkasnya');
    } finally {
        (await set({ terlihat: null })).must(303);
    }
    assert.equal(value(schema, 'SELECT is_esign_seen FROM identity'), '0');
});

test('a certificate in another name is told on the letter and to whoever checks it', async () => {
    const id = await waiting();
    service.behave = 'namesake';
    (await press(id)).must(303);
    assert.equal((await settled(id)).state, 4);
    (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Nama di sertifikat bukan nama penandatangan').must(200, 'atas nama ORANG LAIN');
    (await ask(BASE, 'GET', new URL(qrText(await pdf(clerk, id))).pathname)).must(200, 'ORANG LAIN, bukan nama penandatangan di surat');
});

const FAILURES = [
    ['broken', 11, 'Layanan sedang terganggu'],
    ['expired', 4, 'kedaluwarsa, dicabut'],
    ['revoked', 4, 'kedaluwarsa, dicabut'],
    ['toomuch', 24, 'terlalu besar untuk layanan'],
    ['badgateway', 22, 'Perantara di depan layanan'],
    ['unavailable', 22, 'Perantara di depan layanan'],
    ['timeout', 22, 'Perantara di depan layanan'],
    ['garbage', 23, 'yang kembali bukan PDF'],
    ['empty', 23, 'yang kembali bukan PDF'],
    ['huge', 13, 'Jawaban layanan terlalu besar'],
    ['same', 14, 'PDF lain atau tanpa tanda tangan yang utuh'],
    ['other', 14, 'PDF lain atau tanpa tanda tangan yang utuh'],
    ['changed', 14, 'PDF lain atau tanpa tanda tangan yang utuh'],
    ['padded', 14, 'PDF lain atau tanpa tanda tangan yang utuh'],
    ['stranger', 21, 'bukan dengan sertifikat yang diakui'],
    ['redirect', 10, 'mengarahkan ke alamat lain'],
    ['hush', 15, 'Layanan tidak menjawab sampai selesai. Tidak diketahui apakah di sana sudah ditandatangani'],
    ['drip', 15, 'Layanan tidak menjawab sampai selesai. Tidak diketahui apakah di sana sudah ditandatangani'],
    ['half', 15, 'Layanan tidak menjawab sampai selesai. Tidak diketahui apakah di sana sudah ditandatangani'],
    ['drop', 15, 'Layanan tidak menjawab sampai selesai. Tidak diketahui apakah di sana sudah ditandatangani'],
];
const UNKNOWN = [13, 14, 15, 21, 22, 23]; // it may have been signed there
test('whatever the service does instead: the letter keeps its number, waits for its signer with the reason, and is signed by the next try', async () => {
    const id = await waiting(1);
    let number;
    for (const [way, outcome, words] of FAILURES) {
        service.behave = way;
        service.orders.length = service.asked.length = 0;
        const before_ = state(id).outcome;
        (await press(id)).must(303);
        const now = await settled(id);
        assert.deepEqual({ way, state: now.state, sign: now.sign, outcome: now.outcome, file: now.file }, { way, state: 3, sign: UNKNOWN.includes(outcome) ? 4 : 3, outcome, file: null });
        number ??= now.number;
        assert.equal(now.number, number, 'one number, whatever happens');
        assert.equal(service.orders.length, 1, `${way}: asked for once, and not again by itself`);
        assert.equal(service.asked.length, UNKNOWN.includes(before_) ? 1 : 0, 'after an end that nobody knows the signer is asked about first');
        const shown = (await page(id)).must(200, words).must(200, 'Tanda tangani lagi');
        assert.equal(shown.words.includes('Layanan tidak dapat ditanya tentang satu surat'), UNKNOWN.includes(outcome), way);
        (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Surat ini belum ditandatangani').must(200, words);
        (await head.get('/kantor/persetujuan')).must(200, 'Belum ditandatangani');
        assert.equal((await clerk.get(`/kantor/surat/${id}/surat.pdf`)).status, 404);
    }
    // A number is no issue: what is counted as issued has been.
    const issued = value(schema, 'SELECT COUNT(*) FROM letter WHERE issued_at IS NOT NULL');
    (await clerk.get('/kantor/surat/rekap')).must(200, `: ${issued} surat terbit`);
    // A service that says its signer may not sign is not sent the passphrase.
    service.behave = 'sign';
    service.orders.length = 0;
    service.status = { status: 'REVOKE' };
    (await press(id)).must(303);
    assert.deepEqual([(await settled(id)).outcome, state(id).sign], [15, 4], 'what nobody knows stays so until a request is answered');
    (await page(id)).must(200, 'kedaluwarsa, dicabut');
    assert.equal(service.orders.length, 0);
    service.status = null;
    rows(schema, `UPDATE letter SET sign_state = 1, sign_key = 'tidakada' WHERE id = ${id}; INSERT INTO outbox (kind, subject, payload, due_at, put_at, state) VALUES (30, ${id}, '{"word":"tidakada"}', NOW(6), NOW(6), 1)`);
    assert.deepEqual([(await settled(id)).outcome, state(id).sign], [15, 4]);
    assert.equal(value(schema, `SELECT COUNT(*) FROM file_use WHERE owner = 'letter' AND owner_id = ${id} AND slot = 'original'`), '1', 'of all tries one original');
    (await press(id)).must(303);
    assert.deepEqual([(await settled(id)).state, state(id).number], [4, number]);
    assert.match(value(schema, "SELECT payload FROM outbox WHERE kind = 8 AND payload LIKE '%BSrE%' ORDER BY id DESC LIMIT 1"), /kades@contoh\.id/);
});

test('a wrong passphrase costs one try; no connection, a wrong account and a certificate that nobody vouches for send nothing', async () => {
    const id = await waiting(2);
    (await press(id, 'salah sama sekali')).must(303);
    assert.equal((await settled(id)).outcome, 3);
    (await page(id)).must(200, 'Passphrase salah, dan satu kesempatan');
    assert.equal(service.orders.length, 1);
    service.orders.length = 0;
    const point = async (address) => {
        rows(schema, `UPDATE identity SET esign_url = '${address}'`);
        await agree(head);
    };
    const shielded = await EsignService.listen({ ...ACCOUNT, people: { [NIK]: PASSPHRASE }, tls: true });
    try {
        for (const [address, outcome, words] of [['http://127.0.0.1:1', 8, 'tidak dapat dihubungi'], [shielded.address.replace('127.0.0.1', 'localhost'), 9, 'tidak dapat dipercaya'],
            ['https://tidak-ada.invalid', 7, 'Alamat layanan tidak ditemukan'], [`${service.address}/lain`, 7, 'Alamat layanan tidak ditemukan'], ['ftp://127.0.0.1', 7, 'Alamat layanan tidak ditemukan']]) {
            await point(address);
            (await press(id)).must(303);
            assert.deepEqual({ address, outcome: (await settled(id)).outcome }, { address, outcome });
            (await page(id)).must(200, words);
        }
        assert.equal(shielded.orders.length, 0);
        await point(service.address);
        service.secret = 'lain';
        (await press(id)).must(303);
        assert.equal((await settled(id)).outcome, 6);
        service.secret = ACCOUNT.secret;
        rows(schema, `UPDATE official SET esign_nik = '${OTHER_NIK}' WHERE id = ${headId}`);
        await agree(head);
        (await press(id)).must(303);
        assert.equal((await settled(id)).outcome, 5);
    } finally {
        await shielded.close();
        rows(schema, `UPDATE official SET esign_nik = '${NIK}' WHERE id = ${headId}; UPDATE identity SET esign_url = '${service.address}'`);
    }
    await agree(head);
    assert.equal(service.orders.filter((order) => order.nik === NIK).length, 0);
    (await press(id)).must(303);
    assert.equal((await settled(id)).state, 4);
});

test('the kiosk draws the paper as the office does: the block of who signs elsewhere, and a code once he has signed', async () => {
    const id = await waiting(2), card = { card_uid: '04A2245B0C6179', pin: '482915' };
    service.behave = 'broken';
    (await press(id)).must(303);
    assert.equal((await settled(id)).state, 3);
    (await post(clerk, `/kantor/penduduk/${people[2]}/kartu`, { kartu: card.card_uid, pin: card.pin, pin2: card.pin })).must(303);
    const code = (await clerk.follow((await post(clerk, '/kantor/anjungan/kode', { nama: 'Teras uji' })).must(303))).must(200, 'Kode pemasangan');
    const kiosk = await device(village, code.page.querySelector('.code-big').text.replace(/[^2-9a-z]/g, ''));
    await enter(kiosk, card);
    rows(schema, `UPDATE kiosk_visit SET letter_id = ${id}`);
    const office = async () => (await clerk.get(`/kantor/surat/${id}/pratinjau/1`)).must(200).text;
    const before_ = (await kiosk.get('/anjungan/lembar/1')).must(200).text;
    assert.ok(before_ === await office(), 'while it waits for its signer');
    service.behave = 'sign';
    (await press(id)).must(303);
    assert.equal((await settled(id)).state, 4);
    const paper = (await kiosk.get('/anjungan/lembar/1')).must(200).text;
    assert.ok(paper === await office(), 'once it is signed');
    assert.ok(paper !== before_, 'with its code');
});

test('a letter with its number is signed or withdrawn, never changed; two presses are one', async () => {
    const id = await waiting();
    service.behave = 'broken';
    const read = await page(id);
    (await head.submit(read, { frasa: PASSPHRASE }, `form[action$="/${id}/setujui"]`)).must(303);
    await settled(id);
    const open = await clerk.get(`/kantor/surat/${id}`);
    assert.ok(!open.text.includes(`/${id}/tarik`) && !(await page(id)).text.includes(`/${id}/kembalikan`));
    (await head.post(`/kantor/surat/${id}/kembalikan`, [...head.fill(await page(id), {}, `form[action$="/${id}/setujui"]`).fields.filter(([name]) => name.startsWith('_') || name === 'versi'), ['catatan', 'Salah nama']])).must(409);
    const withdrawn = await secretary.submit((await secretary.get(`/kantor/surat/${id}`)).must(200), { sebab: '1', alasan: 'Salah orang' }, `form[action$="/${id}/cabut"]`);
    withdrawn.must(303);
    assert.equal(letterRow(village, id).state, 6);
    (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Surat ini sudah dicabut');
    (await head.submit(read, { frasa: PASSPHRASE }, `form[action$="/${id}/setujui"]`)).must(303); // the same press again: the same answer
    assert.equal(letterRow(village, id).state, 6);
});

test('several at once: one passphrase; the first failure ends it, and what was read is not read again', async () => {
    const ids = [await waiting(0), await waiting(1), await waiting(2)];
    for (const id of ids) (await head.submit(await page(id), {}, `form[action$="/${id}/dibaca"]`)).must(303);
    const together = async (frasa) => head.submit((await head.get('/kantor/persetujuan')).must(200, 'Sudah Anda baca'), { frasa }, 'form[action="/kantor/persetujuan"]');
    (await together('')).must(422, 'Isi passphrase BSrE');
    // One letter named twice is one.
    const { fields } = head.fill((await head.get('/kantor/persetujuan')).must(200), { frasa: 'salah' }, 'form[action="/kantor/persetujuan"]');
    (await head.post('/kantor/persetujuan', [...fields, [`surat_0${ids[0]}`, '1']])).must(303);
    assert.equal(value(schema, `SELECT COUNT(*) FROM letter_step WHERE letter_id = ${ids[0]} AND step = 'approved'`), '1');
    for (const id of ids) await settled(id);
    assert.deepEqual(ids.map((id) => state(id).outcome), [3, 17, 17]);
    assert.equal(service.orders.length, 1, 'one try was used, not three');
    (await together(PASSPHRASE)).must(303);
    for (const id of ids) assert.equal((await settled(id)).state, 4);
    assert.equal(service.orders.length, 4);
});

test('what ends while a press is under way ends it: no other letter of it goes out', async () => {
    const ends = [
        [20, `UPDATE official SET esign_agreed_url = '' WHERE id = ${headId}`, () => agree(head)],
        [18, 'UPDATE identity SET is_esign_on = FALSE', () => rows(schema, 'UPDATE identity SET is_esign_on = TRUE')],
        [18, `UPDATE official SET esign_nik = '' WHERE id = ${headId}`, () => rows(schema, `UPDATE official SET esign_nik = '${NIK}' WHERE id = ${headId}`)],
        [16, "UPDATE staff SET is_active = FALSE WHERE username = 'uji.head'", () => rows(schema, "UPDATE staff SET is_active = TRUE WHERE username = 'uji.head'")],
    ];
    const read = async (id) => (await head.submit(await page(id), {}, `form[action$="/${id}/dibaca"]`)).must(303);
    const together = async () => (await head.submit((await head.get('/kantor/persetujuan')).must(200, 'Sudah Anda baca'), { frasa: PASSPHRASE }, 'form[action="/kantor/persetujuan"]')).must(303);
    for (const [outcome, sql, back] of ends) {
        const ids = [await waiting(0), await waiting(1), await waiting(2)];
        for (const id of ids) await read(id);
        service.orders.length = 0;
        service.meanwhile = () => rows(schema, sql);
        try {
            await together();
            for (const id of ids) await settled(id);
        } finally {
            service.meanwhile = null;
            await back();
        }
        assert.deepEqual({ sql, states: ids.map((id) => state(id).state), outcomes: ids.map((id) => state(id).outcome) }, { sql, states: [4, 3, 3], outcomes: [1, outcome, 17] });
        assert.equal(service.orders.length, 1, sql);
        await together();
        for (const id of ids) assert.equal((await settled(id)).state, 4);
    }
});

test('a passphrase that is gone is asked for again; the platform\'s key signs what was begun when the village ends with the service', async () => {
    const id = await waiting();
    service.behave = 'broken';
    (await press(id)).must(303);
    await settled(id);
    service.behave = 'sign';
    rows(schema, `UPDATE letter SET sign_state = 1, sign_key = 'tidakada' WHERE id = ${id}; INSERT INTO outbox (kind, subject, payload, due_at, put_at, state) VALUES (30, ${id}, '{"word":"tidakada"}', NOW(6), NOW(6), 1)`);
    assert.equal((await settled(id)).outcome, 16);
    (await page(id)).must(200, 'Passphrase sudah dihapus');
    // A worker that died between the request and the answer: nobody knows, and nothing is sent again.
    service.orders.length = 0;
    rows(schema, `UPDATE letter SET sign_state = 2, sign_key = 'mati' WHERE id = ${id}; INSERT INTO outbox (kind, subject, payload, due_at, put_at, state) VALUES (30, ${id}, '{"word":"mati"}', NOW(6), NOW(6), 1)`);
    assert.equal((await settled(id)).sign, 4);
    assert.equal(service.orders.length, 0);
    rows(schema, 'UPDATE identity SET is_esign_on = FALSE');
    try {
        const open = (await head.get(`/kantor/persetujuan/${id}`)).must(200, 'Saya tahu surat ini mungkin sudah ditandatangani');
        assert.ok(!(await head.get(`/kantor/surat/${id}/baca`)).must(200).text.includes(`/${id}/setujui`), 'said on the page of the decision only');
        (await head.submit(open, {}, `form[action$="/${id}/setujui"]`)).must(422, 'Centang dulu bahwa Anda tahu');
        assert.equal(letterRow(village, id).state, 3);
        (await head.submit((await head.get(`/kantor/persetujuan/${id}`)).must(200), { tahu: '1' }, `form[action$="/${id}/setujui"]`)).must(303);
        assert.doesNotMatch(pdfWords(await pdf(clerk, id)), /BSrE/, 'what the platform signs says nothing of BSrE');
        assert.equal(letterRow(village, id).state, 4);
        assert.equal(service.orders.length, 0);
    } finally {
        rows(schema, 'UPDATE identity SET is_esign_on = TRUE');
    }
});

test('a letter with its number is signed by whom it was numbered by, whatever its type says since; never under way without a job', async () => {
    const alone = await waiting(0), read = await waiting(1);
    (await head.submit(await page(read), {}, `form[action$="/${read}/dibaca"]`)).must(303);
    const together = async () => head.submit((await head.get('/kantor/persetujuan')).must(200, 'Sudah Anda baca'), { frasa: PASSPHRASE }, 'form[action="/kantor/persetujuan"]');
    service.behave = 'broken';
    (await press(alone)).must(303);
    (await together()).must(303);
    for (const id of [alone, read]) assert.equal((await settled(id)).sign, 3);
    service.behave = 'sign';
    rows(schema, `INSERT INTO official (name, position, office) VALUES ('Kasi Lain', 'Kasi Pelayanan', 'section')`);
    rows(schema, `UPDATE letter_type SET policy = 'seal', signer_id = (SELECT MAX(id) FROM official) WHERE slug = '${DOMICILE.slug}'`);
    try {
        (await press(alone, '')).must(422, 'Isi passphrase BSrE');
        (await press(alone)).must(303);
        assert.equal((await settled(alone)).state, 4);
        (await together()).must(303);
        assert.equal((await settled(read)).state, 4);
        assert.equal(service.orders.length, 4, 'both were asked for twice');
    } finally {
        rows(schema, "UPDATE letter_type SET policy = 'approve', signer_id = NULL");
    }
    // Numbered under another: it is not the head's to sign, and he is told so; of one who left office it is withdrawn.
    const id = await waiting(2);
    service.behave = 'broken';
    (await press(id)).must(303);
    await settled(id);
    const open = await page(id), sign = () => head.submit(open, {}, `form[action$="/${id}/setujui"]`);
    const listed = async () => (await head.get('/kantor/persetujuan')).must(200).text.includes(`/kantor/persetujuan/${id}"`);
    assert.equal(await listed(), true);
    rows(schema, `UPDATE letter SET signer_id = (SELECT id FROM official WHERE name = 'Kasi Lain') WHERE id = ${id}`);
    assert.equal(await listed(), false);
    (await sign()).must(422, 'menunggu tanda tangan Kasi Lain');
    rows(schema, "UPDATE official SET ends_on = '2020-01-01' WHERE name = 'Kasi Lain'");
    assert.equal(await listed(), true, 'so that somebody sees it');
    (await sign()).must(422, 'tidak lagi menjabat');
    rows(schema, `UPDATE letter SET signer_id = ${headId} WHERE id = ${id}; DELETE FROM official WHERE name = 'Kasi Lain'`);
    // A job that was given up, before and after the request went out.
    for (const [was, now, outcome] of [[1, 3, 16], [2, 4, 15]]) {
        rows(schema, `UPDATE letter SET sign_state = ${was}, sign_key = 'hilang${was}' WHERE id = ${id};
            INSERT INTO outbox (kind, subject, payload, state) VALUES (30, ${id}, '{"word":"hilang${was}"}', 4);
            INSERT INTO epoch (name, value) VALUES ('tidy', 0) ON DUPLICATE KEY UPDATE value = 0; INSERT INTO outbox (kind, subject, payload) VALUES (2, 0, '{}')`);
        const { sign: after_, outcome: said } = await settled(id);
        assert.deepEqual([after_, said], [now, outcome]);
    }
    service.behave = 'sign';
    (await press(id)).must(303);
    assert.equal((await settled(id)).state, 4);
});

test('nobody types another\'s passphrase: an account that is nobody\'s signs nothing by the service', async () => {
    const id = await waiting(1);
    const role = value(schema, "SELECT role FROM staff WHERE username = 'uji.head'");
    rows(schema, "UPDATE official SET esign_nik = '' WHERE office = 'head'");
    rows(schema, `INSERT INTO official (name, position, office, esign_nik) VALUES ('Kasi Uji', 'Kasi Pelayanan', 'section', '${NIK}')`);
    rows(schema, `UPDATE letter_type SET signer_id = (SELECT MAX(id) FROM official) WHERE slug = '${DOMICILE.slug}'; UPDATE staff SET role = 'secretary', official_id = NULL WHERE username = 'uji.head'; UPDATE role SET permissions = CONCAT(permissions, ',approve_letters') WHERE word = 'secretary'`);
    try {
        const shown = (await secretary.get(`/kantor/persetujuan/${id}`)).must(200);
        assert.ok(!shown.text.includes('name="frasa"'), 'it is not even asked for');
        (await secretary.submit(shown, {}, `form[action$="/${id}/setujui"]`)).must(422, 'dari akunnya sendiri');
        assert.equal(letterRow(village, id).number, null);
        assert.equal(service.orders.length, 0);
    } finally {
        rows(schema, `UPDATE role SET permissions = REPLACE(permissions, ',approve_letters', '') WHERE word = 'secretary'; UPDATE staff SET role = '${role}' WHERE username = 'uji.head'; UPDATE letter_type SET signer_id = NULL; DELETE FROM official WHERE name = 'Kasi Uji'; UPDATE official SET esign_nik = '${NIK}' WHERE id = ${headId}`);
    }
});

test('the passphrase stands nowhere: not in a table, not in Redis, not in a log', async () => {
    const id = await waiting(2);
    (await press(id)).must(303);
    assert.equal((await settled(id)).state, 4);
    assert.equal(redis('--scan', '--pattern', 'balai:secret:*'), '', 'taken, and gone');
    const forms = [PASSPHRASE, 'Kunci#Rahasia', encodeURIComponent(PASSPHRASE), encodeURIComponent(PASSPHRASE).replaceAll('%20', '+'), Buffer.from(PASSPHRASE).toString('base64')];
    for (const table of rows('information_schema', `SELECT table_name FROM tables WHERE table_schema = '${schema}' AND table_type = 'BASE TABLE'`).map(([name]) => name)) {
        const dump = JSON.stringify(rows(schema, `SELECT * FROM \`${table}\``));
        for (const form of forms) assert.ok(!dump.includes(JSON.stringify(form).slice(1, -1)), `${table} holds it`);
        assert.ok(!dump.includes(ACCOUNT.secret), `${table} holds the account's secret`);
    }
    for (const name of ['server', 'worker']) {
        const log = logText(`${name}.log`);
        for (const form of [...forms, ACCOUNT.secret, NIK]) assert.ok(!log.includes(form), `${name}.log says it`);
    }
});
