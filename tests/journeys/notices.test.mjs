// SPDX-License-Identifier: AGPL-3.0-or-later
// From a letter to the mail about it, and from the link in it to the paper, once.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Client, send as ask, staff } from '../harness/client.mjs';
import { BUSINESS, DOMICILE, draft, livingResidents, pdf, putType, send } from '../harness/letters.mjs';
import { MailServer } from '../harness/mail.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { HOME, holding, logText, rows, runDir, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village, other] = trainingVillages();
const schema = schemaOf(village);
const HEAD = 'kades.uji@contoh.id';
const RESIDENT = 'aminah.uji@contoh.id';
let mail;
let clerk;
let resident;
let name;
let nik;

before(async () => {
    const port = Number(/^smtp_url = smtp:\/\/127\.0\.0\.1:(\d+)$/m.exec(readFileSync(path.join(HOME, 'conf/worker.conf'), 'utf8'))[1]);
    mail = await MailServer.listen(port);
    clerk = await staff(village, 'clerk');
    [resident] = livingResidents(village, 40).slice(-1);
    [[name, nik]] = rows(schema, `SELECT name, nik FROM resident WHERE id = ${resident}`);
    rows(schema, `UPDATE official SET email = '' WHERE office = 'head'; DELETE FROM resident_email`);
});

after(async () => {
    rows(schema, `UPDATE official SET email = '' WHERE office = 'head'; DELETE FROM resident_email`);
    await mail.close();
});

const notices = (id) => rows(schema, `SELECT recipient, state, round, attempts, why, answer FROM notice WHERE letter_id = ${id} ORDER BY recipient`)
    .map(([recipient, state, round, attempts, why, answer]) => ({ recipient: +recipient, state: +state, round: +round, attempts: +attempts, why: +why, answer: +answer }));
const SENT = 2;
const REFUSED = 3;
const OFF = 4;

/** Once this holds of the letter's notices. */
const settled = (id, is) => until(`the notices of letter ${id}: ${JSON.stringify(notices(id))}`, () => is(notices(id)));

/** The outbox's back-off is not waited for: the next sweep takes it, or the worker at once when it is woken. */
const due = () => rows(schema, 'UPDATE outbox SET due_at = NOW(6) WHERE kind = 7 AND state = 1');
function hurry() {
    due();
    execFileSync('redis-cli', ['-s', path.join(runDir(), 'redis.sock'), 'publish', 'balai:work', village.code], { stdio: 'ignore' });
}

async function register(address) {
    const page = (await clerk.get(`/kantor/penduduk/${resident}/surel`)).must(200, 'Surel warga');
    const answer = await clerk.submit(page, { surel: address, setuju: '1' }, `form[action$="/${resident}/surel"]`);
    answer.must(303);
    return clerk.follow(answer);
}

const headAddress = (address) => rows(schema, `UPDATE official SET email = '${address}' WHERE office = 'head' AND is_active`);
const elapsed = (id, minutes) => rows(schema, `UPDATE notice SET put_at = put_at - INTERVAL ${minutes} MINUTE, sent_at = sent_at - INTERVAL ${minutes} MINUTE WHERE letter_id = ${id}`);
const linkIn = (message) => /https?:\/\/(\S+?)(\/surat\/ambil\/[A-Za-z0-9_-]{43})(?=\s)/.exec(message.text);
const again = async (id, whom) => clerk.submit(await clerk.get(`/kantor/surat/${id}`), {}, `form[action$="/${id}/pemberitahuan"]:has(input[value="${whom}"])`);

test('without an address nobody is told, and the page says nothing of it but how', async () => {
    const { id } = await send(clerk, BUSINESS, resident);
    await pdf(clerk, id);
    assert.deepEqual(notices(id), []);
    (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Daftarkan surel pemohon');
});

test('an address is registered with the resident\'s consent, and checked', async () => {
    const page = (await clerk.get(`/kantor/penduduk/${resident}/surel`)).must(200, 'Belum ada surel');
    for (const bad of ['bukan alamat', 'a@b', `a@b.id\r\nBcc: x@y.id`, `${'a'.repeat(250)}@contoh.id`]) {
        const back = await clerk.submit(page, { surel: bad, setuju: '1' }, `form[action$="/${resident}/surel"]`);
        back.must(422);
        assert.ok(back.page.querySelector('#surel-salah'), bad);
    }
    const both = await clerk.submit(page, { surel: 'aminah', setuju: null }, `form[action$="/${resident}/surel"]`);
    both.must(422, 'Dua isian perlu diperbaiki');
    assert.equal(both.page.querySelector('#surel').getAttribute('value'), 'aminah', 'as it was typed');
    (await register(RESIDENT)).must(200, 'a••••@contoh.id').must(200, /Surel warga tersimpan\. Pukul \d\d\.\d\d/);
    assert.equal(value(schema, `SELECT email FROM resident_email WHERE resident_id = ${resident}`), RESIDENT);
    assert.equal(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'resident.email' AND subject = 'resident:${resident}'`), '1');
});

test('the clerk who makes a letter registers it on the way', async () => {
    rows(schema, 'DELETE FROM resident_email');
    const { id, review } = await draft(clerk, BUSINESS, resident);
    const link = review.page.querySelectorAll('a').map((a) => a.getAttribute('href')).find((h) => h.includes('/surel?surat='));
    const page = (await clerk.get(link)).must(200, 'Belum ada surel');
    const back = await clerk.follow(await clerk.submit(page, { surel: RESIDENT, setuju: '1' }, `form[action$="/${resident}/surel"]`));
    assert.equal(back.path, `/kantor/surat/${id}/periksa`);
    back.must(200, 'a••••@contoh.id');
    (await clerk.submit(back, {}, 'form[action$="/batal"]')).must(303);
});

test('the head\'s address stands in the settings', async () => {
    const secretary = await staff(village, 'secretary');
    const page = (await secretary.get('/kantor/pengaturan')).must(200);
    (await secretary.submit(page, { surelkades: 'kades' }, 'form[action="/kantor/pengaturan"]')).must(422, 'Surel kepala desa belum lengkap');
    (await secretary.submit(page, { surelkades: HEAD }, 'form[action="/kantor/pengaturan"]')).must(303);
    assert.equal(value(schema, "SELECT email FROM official WHERE office = 'head' AND is_active"), HEAD);
    const [told] = await mail.to(HEAD);
    assert.match(told.subject, /^DATA CONTOH: Kepala desa diganti di pengaturan Desa/);
    assert.match(told.text, /Surel pemberitahuan: belum diisi -> k••••@contoh\.id/);
    mail.messages.length = 0;
});

test('the head is told that letters of a type shall go out without him', async () => {
    const secretary = await staff(village, 'secretary');
    putType(village, 'uji-kabar-segel', { fields: [], paper: { body: [] } }, 'approve');
    const id = value(schema, "SELECT id FROM letter_type WHERE slug = 'uji-kabar-segel'");
    rows(schema, `UPDATE letter_type SET is_active = FALSE WHERE id = ${id}`);
    (await secretary.submit((await secretary.get(`/kantor/jenis-surat/${id}/ubah`)).must(200), { penerbitan: 'seal' }, `form[action$="/${id}/ubah"]`)).must(303);
    const [told] = await mail.to(HEAD);
    assert.match(told.subject, /Persetujuan Anda diminta: jenis surat Desa/);
    assert.match(told.text, /Langsung terbit[^]*sesudah Anda menyetujuinya di menu Persetujuan/);
    rows(schema, `UPDATE letter_type SET told_at = NULL, told = '', seal_asked = FALSE WHERE id = ${id}`);
    mail.messages.length = 0;
});

test('changes of the head are told at a pace: one in ten minutes to an address, twenty a day, and what nobody would hear of is not done', async () => {
    const secretary = await staff(village, 'secretary');
    const change = async (address) => secretary.submit(await secretary.get('/kantor/pengaturan'), { surelkades: address }, 'form[action="/kantor/pengaturan"]');
    const put = () => rows(schema, 'SELECT JSON_VALUE(payload, "$.to"), JSON_VALUE(payload, "$.text"), TIMESTAMPDIFF(SECOND, NOW(6), due_at) FROM outbox WHERE kind = 8 ORDER BY id');
    const stored = () => value(schema, "SELECT email FROM official WHERE office = 'head' AND is_active");
    rows(schema, 'DELETE FROM outbox WHERE kind = 8');
    try {
        for (let i = 0; i < 12; i++) (await change(`korban${i % 2}@contoh.id`)).must(303);
        assert.equal(put().filter(([to]) => to === HEAD).length, 1, 'the old address hears of it');
        await until('it left', () => mail.messages.some((m) => m.to.includes(HEAD)));
        for (const to of ['korban0@contoh.id', 'korban1@contoh.id']) {
            const mine = put().filter(([address]) => address === to);
            assert.ok(mine.length === 1 || (mine.length === 2 && +mine[1][2] > 500), JSON.stringify(mine));
        }
        let answer;
        let last;
        for (let i = 2; i < 25 && answer?.status !== 422; i++) {
            last = stored();
            answer = await change(`korban${i}@contoh.id`);
        }
        answer.must(422, 'Kepala desa sudah diganti terlalu sering: 20 surel pemberitahuan sehari sudah habis, jadi ini belum disimpan');
        assert.equal(stored(), last);
        assert.ok(put().length >= 19 && put().length <= 20, `${put().length}`);
        (await change(HEAD)).must(303);
        assert.equal(stored(), HEAD);
        const toHead = put().filter(([to]) => to === HEAD);
        assert.ok(toHead.length === 2 && +toHead[1][2] > 86000, JSON.stringify(toHead));
    } finally {
        rows(schema, 'DELETE FROM outbox WHERE kind = 8');
        mail.messages.length = 0;
    }
});

test('a sealed letter: the head hears of it, the resident gets a link, and the link gives the paper once', async () => {
    const { id } = await send(clerk, BUSINESS, resident);
    const [toHead] = await mail.to(HEAD);
    const [toResident] = await mail.to(RESIDENT);
    const number = value(schema, `SELECT number_text FROM letter WHERE id = ${id}`);

    assert.match(toHead.subject, /Surat terbit atas nama desa: Surat Keterangan Usaha/);
    assert.ok(toHead.text.includes(number) && toHead.text.includes(`http://${village.host}/kantor/surat/${id}`), toHead.text);
    assert.ok(toHead.subject.startsWith('DATA CONTOH') && toResident.text.startsWith('DATA CONTOH'), 'a training village says so');
    assert.ok(toResident.text.includes(number) && /untuk satu kali unduh/.test(toResident.text), toResident.text);
    assert.deepEqual(toResident.to, [RESIDENT]);
    for (const message of mail.messages) for (const line of message.raw.split('\r\n')) assert.ok(line.length <= 90, 'long links are folded on the way');
    assert.equal(toResident.sender.name, `Desa ${village.name}`);
    for (const message of mail.messages) assert.ok(!message.text.replace(/\D/g, '').includes(nik), 'no NIK in a mail');
    assert.ok(!toHead.text.toLowerCase().includes(name.toLowerCase()), 'the head needs no name to look');

    await settled(id, (n) => n.length === 2 && n.every((x) => x.state === SENT));
    (await clerk.get(`/kantor/surat/${id}`)).must(200, /Terkirim \d\d-\d\d-\d{4} \d\d\.\d\d ke kepala desa/).must(200, /ke pemohon/);

    const [, host, link] = linkIn(toResident);
    assert.equal(host, village.host);
    const token = link.split('/').pop();
    assert.equal(value(schema, `SELECT COUNT(*) FROM notice_link WHERE token_hash = UNHEX(SHA2(FROM_BASE64('${Buffer.from(token, 'base64url').toString('base64')}'), 256))`), '1', 'the hash is what is kept');

    // Scanners open links, twice and without a cookie: nothing is used up.
    for (let i = 0; i < 3; i++) (await ask(village.host, 'GET', link)).must(200, 'Unduh surat');
    assert.equal((await ask(village.host, 'HEAD', link)).status, 200);
    const guest = new Client(village.host);
    const page = (await guest.get(link)).must(200, 'Surat Anda sudah terbit');
    assert.equal(page.headers['cache-control'], 'no-store');
    assert.match(page.headers['x-robots-tag'], /noindex/);
    assert.equal(page.headers['referrer-policy'], 'same-origin');
    assert.ok(!page.text.toLowerCase().includes(name.toLowerCase()) && !page.text.includes(nik), 'the page names nobody');
    assert.ok(!page.page.querySelectorAll('link,a').some((e) => (e.getAttribute('href') ?? '').includes(token)), 'nowhere but in the form');

    const { action, fields } = guest.fill(page, {}, 'form[action*="/surat/ambil/"]');
    const [first, twice] = await Promise.all([guest.post(action, fields), guest.post(action, fields)]);
    first.must(303);
    assert.equal(twice.location, first.location, 'a double press is one');
    const file = (await guest.follow(first)).must(200);
    assert.match(file.headers['content-type'], /^application\/pdf/);
    assert.match(file.headers['content-disposition'], /keterangan-usaha\.pdf/);
    assert.equal(file.headers['cache-control'], 'no-store');
    assert.ok(pdfWords(file.bytes).includes(number));

    const later = new Client(village.host);
    const over = await later.get(link);
    over.must(410, 'Surat ini sudah diunduh').must(410, 'Minta tautan baru');
    assert.equal(over.page.querySelectorAll('form[action*="/surat/ambil/"]').length, 0);
    const late = await guest.get('/masuk');
    const guards = guest.fill(late, {}, 'form').fields.filter(([n]) => n.startsWith('_'));
    (await guest.post(action, guards)).must(410, 'Surat ini sudah diunduh');
    assert.equal(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'notice.take' AND subject = 'letter:${id}'`), '1');
    (await clerk.get(`/kantor/surat/${id}`)).must(200, /diunduh \d\d-\d\d-\d{4}/);
    for (const log of ['nginx-access.log', 'server.log', 'worker.log']) {
        const text = logText(log);
        assert.ok(!text.includes(token) && !text.includes(RESIDENT) && !text.includes(HEAD), `${log} keeps neither links nor addresses`);
    }
});

test('a link works on its own village\'s host alone, in its time, while the letter is valid', async () => {
    const { id } = await send(clerk, BUSINESS, resident);
    const before_ = mail.messages.filter((m) => m.to.includes(RESIDENT)).length;
    await mail.to(RESIDENT, before_ + (notices(id)[1].state === SENT ? 0 : 1));
    await settled(id, (n) => n.every((x) => x.state === SENT));
    const link = linkIn(mail.messages.filter((m) => m.to.includes(RESIDENT)).at(-1))[2];
    (await ask(village.host, 'GET', link)).must(200, 'Unduh surat');
    (await ask(other.host, 'GET', link)).must(404, 'Tautan ini tidak kami kenal');
    assert.notEqual((await ask(village.host.replace(/^[^.]+\./, ''), 'GET', link)).status, 200);
    const flipped = link.slice(0, -2) + (link.at(-2) === 'A' ? 'B' : 'A') + link.at(-1);
    (await ask(village.host, 'GET', flipped)).must(404);
    (await ask(village.host, 'GET', '/surat/berkas?kunci=palsu')).must(410, 'Unduhan ini sudah ditutup');

    rows(schema, `UPDATE notice_link k JOIN notice n ON n.id = k.notice_id SET k.expires_at = NOW(6) - INTERVAL 1 MINUTE WHERE n.letter_id = ${id}`);
    (await ask(village.host, 'GET', link)).must(410, 'sudah lewat waktunya');
    rows(schema, `UPDATE notice_link k JOIN notice n ON n.id = k.notice_id SET k.expires_at = NOW(6) + INTERVAL 1 DAY WHERE n.letter_id = ${id}`);
    const guest = new Client(village.host);
    const page = (await guest.get(link)).must(200);
    const secretary = await staff(village, 'secretary');
    (await secretary.submit(await secretary.get(`/kantor/surat/${id}`), { sebab: '1', alasan: 'Salah orang' }, `form[action$="/${id}/cabut"]`)).must(303);
    (await guest.submit(page, {}, 'form[action*="/surat/ambil/"]')).must(410, 'Surat ini sudah dicabut');
});

/** A letter whose resident has his link, and a guest who has its page open. */
async function linked() {
    const seen = mail.messages.filter((m) => m.to.includes(RESIDENT)).length;
    const { id } = await send(clerk, BUSINESS, resident);
    const link = linkIn((await mail.to(RESIDENT, seen + 1)).at(-1))[2];
    const guest = new Client(village.host);
    return { id, link, guest, page: (await guest.get(link)).must(200, 'Unduh surat') };
}
const taken = (id) => value(schema, `SELECT COUNT(*) FROM notice WHERE letter_id = ${id} AND taken_at IS NOT NULL`);

test('the link is judged when it is taken, not when it was read: the letter is voided in between', async () => {
    const { id, guest, page } = await linked();
    await holding(schema, 'SELECT last_id FROM audit_head WHERE id = 1 FOR UPDATE', async ({ waits, commit }) => {
        const pressed = guest.submit(page, {}, 'form[action*="/surat/ambil/"]');
        await waits();
        await commit(`UPDATE letter SET state = 6 WHERE id = ${id}`);
        (await pressed).must(410, 'Surat ini sudah dicabut');
    });
    assert.equal(taken(id), '0');
});

test('the link is judged when it is taken, not when it was read: it is withdrawn in between', async () => {
    const { id, guest, page } = await linked();
    await holding(schema, 'SELECT last_id FROM audit_head WHERE id = 1 FOR UPDATE', async ({ waits, commit }) => {
        const pressed = guest.submit(page, {}, 'form[action*="/surat/ambil/"]');
        await waits();
        await commit(`DELETE k FROM notice_link k JOIN notice n ON n.id = k.notice_id WHERE n.letter_id = ${id}`);
        (await pressed).must(404, 'Tautan ini tidak kami kenal');
    });
    assert.equal(taken(id), '0');
});

test('of two people who press the same link at once, exactly one gets the paper', async () => {
    const { id, link, guest, page } = await linked();
    const second = new Client(village.host);
    const itsPage = (await second.get(link)).must(200);
    await holding(schema, 'SELECT last_id FROM audit_head WHERE id = 1 FOR UPDATE', async ({ waits, commit }) => {
        const both = [guest.submit(page, {}, 'form[action*="/surat/ambil/"]'), second.submit(itsPage, {}, 'form[action*="/surat/ambil/"]')];
        await waits();
        await commit();
        const answers = await Promise.all(both);
        assert.deepEqual(answers.map((a) => a.status).sort(), [303, 410]);
        answers.find((a) => a.status === 410).must(410, 'Surat ini sudah diunduh');
    });
    assert.equal(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'notice.take' AND subject = 'letter:${id}'`), '1');
});

test('a letter that needs the head: he is told when it comes to him, the resident when it is issued', async () => {
    const secretary = await staff(village, 'secretary');
    const head = await staff(village, 'head');
    const count = (address) => mail.messages.filter((m) => m.to.includes(address)).length;
    const [heads, residents] = [count(HEAD), count(RESIDENT)];
    const { id } = await send(clerk, DOMICILE, resident);
    assert.deepEqual(notices(id), [], 'the secretary reads first');
    (await secretary.submit(await secretary.get(`/kantor/surat/${id}`), {}, `form[action$="/${id}/teruskan"]`)).must(303);
    const asked = (await mail.to(HEAD, heads + 1)).at(-1);
    assert.match(asked.subject, /Menunggu persetujuan: Surat Keterangan Domisili/);
    assert.ok(asked.text.includes(`http://${village.host}/kantor/persetujuan/${id}`));
    assert.equal(count(RESIDENT), residents);

    // Sent back and forth: it is a new message, not the old one once more.
    (await head.submit(await head.get(`/kantor/persetujuan/${id}`), { catatan: 'Tahunnya keliru' }, `form[action$="/${id}/kembalikan"]`)).must(303);
    const form = await clerk.get(`/kantor/surat/${id}/isi`);
    const review = await clerk.follow(await clerk.submit(form, { isi_sejak: '2001' }, `form[action$="/${id}/isi"]`));
    (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
    (await secretary.submit(await secretary.get(`/kantor/surat/${id}`), {}, `form[action$="/${id}/teruskan"]`)).must(303);
    await settled(id, ([n]) => n.round === 2 && n.attempts === 0);
    assert.equal(count(HEAD), heads + 1, 'the second message waits until ten minutes after the first');
    (await clerk.get(`/kantor/surat/${id}`)).must(200, /Dikirim lagi ke kepala desa pukul \d\d\.\d\d, 10 menit sesudah yang terakhir/);
    hurry();
    const second = (await mail.to(HEAD, heads + 2)).at(-1);
    assert.notEqual(second.id, asked.id);

    (await head.submit(await head.get(`/kantor/persetujuan/${id}`), {}, `form[action$="/${id}/setujui"]`)).must(303);
    const got = (await mail.to(RESIDENT, residents + 1)).at(-1);
    assert.match(got.subject, /Surat Anda sudah terbit/);
    await settled(id, (n) => n.length === 2 && n.every((x) => x.state === SENT));
    assert.equal(count(HEAD), heads + 2, 'what he approved himself he need not be told');
});

test('however often a letter is taken back and sent again, one message waits, and after five times it is not taken back any more', async () => {
    const secretary = await staff(village, 'secretary');
    const count = () => mail.messages.filter((m) => m.to.includes(HEAD)).length;
    const first = count();
    const { id } = await send(clerk, DOMICILE, resident);
    for (let i = 0; i < 6; i++) {
        (await secretary.submit((await secretary.get(`/kantor/surat/${id}`)).must(200), {}, `form[action$="/${id}/teruskan"]`)).must(303);
        if (i === 0) await settled(id, ([n]) => n.state === SENT); // the first has left before the next one is asked for
        if (i === 5) break;
        (await clerk.submit(await clerk.get(`/kantor/surat/${id}`), {}, `form[action$="/${id}/tarik"]`)).must(303);
        (await clerk.submit(await clerk.get(`/kantor/surat/${id}/periksa`), {}, `form[action$="/${id}/kirim"]`)).must(303);
    }
    await mail.to(HEAD, first + 1);
    await settled(id, ([n]) => n.round === 2 && n.state === 1 && n.attempts === 0);
    assert.equal(count(), first + 1);
    assert.equal(value(schema, `SELECT COUNT(*) FROM outbox o JOIN notice n ON n.id = o.subject WHERE o.kind = 7 AND n.letter_id = ${id}`), '2', 'one sent, one waits');
    const wait = Number(value(schema, `SELECT TIMESTAMPDIFF(SECOND, o.put_at, o.due_at) FROM outbox o JOIN notice n ON n.id = o.subject WHERE o.kind = 7 AND o.state = 1 AND n.letter_id = ${id}`));
    assert.ok(wait > 500 && wait <= 600, `${wait} s`);
    const page = (await clerk.get(`/kantor/surat/${id}`)).must(200, 'sudah 5 kali ditarik kembali');
    assert.equal(page.page.querySelector(`form[action$="/${id}/tarik"]`), null);
    const guards = clerk.fill(page, {}, 'form[action$="/keluar"]').fields.filter(([n]) => n.startsWith('_'));
    const versi = value(schema, `SELECT version FROM letter WHERE id = ${id}`);
    (await clerk.post(`/kantor/surat/${id}/tarik`, [...guards, ['versi', versi]])).must(422, 'sudah 5 kali ditarik kembali');
    assert.equal(value(schema, `SELECT state FROM letter WHERE id = ${id}`), '3');
    hurry();
    await settled(id, ([n]) => n.state === SENT);
    assert.equal(count(), first + 2, 'and then the one that waited');
});

test('a village has so many messages a day: what is over them is written down and not sent, and the letter goes on', async () => {
    const [[notice]] = rows(schema, 'SELECT id FROM notice ORDER BY id DESC LIMIT 1');
    const [[rounds]] = rows(schema, `SELECT day_rounds FROM notice WHERE id = ${notice}`);
    const first = mail.messages.length;
    rows(schema, `UPDATE notice SET day_rounds = 200, put_at = NOW(6) WHERE id = ${notice}`);
    try {
        const { id } = await send(clerk, BUSINESS, resident);
        await pdf(clerk, id);
        assert.deepEqual(notices(id).map((n) => [n.state, n.why]), [[OFF, 7], [OFF, 7]]);
        (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Tidak dikirim ke pemohon: jatah 200 surel desa sehari sudah habis');
        (await clerk.follow((await again(id, 'warga')).must(303))).must(200, 'Tidak dikirim: jatah 200 surel desa sehari sudah habis. Kirim lagi besok. Pukul ');
        assert.equal(mail.messages.length, first);
        for (const role of ['secretary', 'head']) (await (await staff(village, role)).get('/kantor')).must(200, /Jatah 200 surel desa sehari habis\s*2 pemberitahuan surat tidak dikirim/);
        assert.ok(!/Jatah 200 surel/.test((await clerk.get('/kantor')).must(200).words), 'of who may set the village up');
        rows(schema, `UPDATE notice SET day_rounds = ${rounds} WHERE id = ${notice}`);
        (await again(id, 'warga')).must(303);
        await settled(id, (n) => n[1].state === SENT);
    } finally {
        rows(schema, `UPDATE notice SET day_rounds = ${rounds} WHERE id = ${notice}`);
    }
});

test('greylisted: the outbox comes again with the same Message-ID, and both links hold until one is used', async () => {
    await until('what was put before is sent: here the messages are counted', () => {
        hurry();
        return value(schema, 'SELECT COUNT(*) FROM outbox WHERE kind = 7 AND state IN (1, 2)') === '0';
    });
    headAddress('');
    const first = mail.messages.length;
    mail.behave = 'lose'; // taken, but the answer never came
    const { id } = await send(clerk, BUSINESS, resident);
    await settled(id, (n) => n[0]?.attempts === 1);
    (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Belum terkirim ke pemohon: server surel belum menjawab. Dicoba lagi sendiri.');
    mail.behave = 'greylist';
    hurry();
    await settled(id, (n) => n[0].answer === 451);
    (await clerk.get(`/kantor/surat/${id}`)).must(200, 'server surel minta menunggu (451)');
    hurry();
    await settled(id, (n) => n[0].state === SENT);
    const [one, two, ...more] = mail.messages.slice(first);
    assert.deepEqual(more, []);
    assert.equal(one.id, two.id, 'the mailbox knows it by its Message-ID');
    assert.notEqual(linkIn(one)[2], linkIn(two)[2]);
    (await ask(village.host, 'GET', linkIn(two)[2])).must(200);
    const guest = new Client(village.host);
    (await guest.submit(await guest.get(linkIn(one)[2]), {}, 'form[action*="/surat/ambil/"]')).must(303);
    (await ask(village.host, 'GET', linkIn(two)[2])).must(410, 'Surat ini sudah diunduh');
});

test('an address the relay refuses: said in words, and sent again after it was mended', async () => {
    mail.behave = 'refuse';
    const { id } = await send(clerk, BUSINESS, resident);
    await settled(id, (n) => n[0]?.state === REFUSED);
    mail.behave = 'take';
    assert.equal(notices(id)[0].answer, 550);
    (await clerk.get(`/kantor/surat/${id}`)).must(200, 'alamatnya ditolak server surel (550)');
    assert.equal(value(schema, "SELECT COUNT(*) FROM outbox WHERE kind = 7 AND state = 4"), '0', 'nobody must replay what is final');

    await register('aminah.benar@contoh.id');
    (await again(id, 'warga')).must(303);
    const [message] = await mail.to('aminah.benar@contoh.id');
    await settled(id, (n) => n[0].state === SENT && n[0].round === 2);
    assert.equal(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'notice.again' AND subject = 'letter:${id}'`), '1');

    // So soon after the last one there is no other: no button, and a press of an older page sends nothing.
    const old = (await clerk.get(`/kantor/surat/${id}`)).must(200, 'ke pemohon');
    assert.equal(old.page.querySelector('input[name=kepada]'), null);
    const guards = clerk.fill(old, {}, `form[action$="/${id}/cabut"], form[action$="/${id}/cetak"]`).fields.filter(([n]) => n.startsWith('_'));
    const soon = (await clerk.post(`/kantor/surat/${id}/pemberitahuan`, [...guards, ['kepada', 'warga']])).must(303);
    (await clerk.follow(soon)).must(200, 'Tidak dikirim lagi: yang terakhir belum lewat 10 menit. Pukul ');
    assert.equal(notices(id)[0].round, 2);

    // Sent once more on demand: the older link is closed.
    elapsed(id, 11);
    (await again(id, 'warga')).must(303);
    const [, newer] = await mail.to('aminah.benar@contoh.id', 2);
    assert.notEqual(newer.id, message.id);
    await settled(id, (n) => n[0].state === SENT && n[0].round === 3);
    (await ask(village.host, 'GET', linkIn(message)[2])).must(404);
    (await ask(village.host, 'GET', linkIn(newer)[2])).must(200);
});

test('a relay that never answers delays no letter; its messages are sent when it answers again', async () => {
    await register(RESIDENT);
    const first = mail.messages.length;
    mail.behave = 'hush';
    const ids = [];
    for (let i = 0; i < 3; i++) ids.push((await send(clerk, BUSINESS, resident)).id);
    for (const id of ids) await pdf(clerk, id);
    assert.equal(mail.messages.length, first);
    await settled(ids[0], (n) => n[0].attempts > 0);
    (await clerk.get(`/kantor/surat/${ids[0]}`)).must(200, 'server surel belum menjawab');
    mail.behave = 'take';
    // It is left alone for twice the time it was given.
    await until('all have left', () => {
        due();
        return ids.every((id) => notices(id)[0].state === SENT);
    }, 60);
    // Of others' villages more may have waited for the relay.
    assert.equal(new Set(mail.messages.slice(first).filter((m) => m.to.includes(RESIDENT)).map((m) => m.id)).size, 3, 'each once');
});

test('a message whose reason is gone is not sent', async () => {
    headAddress(HEAD);
    const head = await staff(village, 'head');
    const secretary = await staff(village, 'secretary');
    const before_ = mail.messages.filter((m) => m.to.includes(HEAD)).length;
    mail.behave = 'greylist';
    const { id } = await send(clerk, DOMICILE, resident);
    (await secretary.submit(await secretary.get(`/kantor/surat/${id}`), {}, `form[action$="/${id}/teruskan"]`)).must(303);
    await settled(id, (n) => n[0]?.answer === 451);
    (await head.submit(await head.get(`/kantor/persetujuan/${id}`), {}, `form[action$="/${id}/setujui"]`)).must(303);
    hurry();
    await settled(id, (n) => n[0].state === OFF && n[1]?.state === SENT);
    assert.equal(mail.messages.filter((m) => m.to.includes(HEAD)).length, before_);
    const page = (await clerk.get(`/kantor/surat/${id}`)).must(200, 'keadaan suratnya sudah berubah');
    assert.equal(page.page.querySelectorAll('input[name=kepada][value=kades]').length, 0);
});

test('an address that was changed opens nothing and gets nothing any more', async () => {
    headAddress('');
    await register('lama.uji@contoh.id');
    const sent = await send(clerk, BUSINESS, resident);
    await pdf(clerk, sent.id);
    await settled(sent.id, ([n]) => n?.state === SENT);
    const links = (id) => Number(value(schema, `SELECT COUNT(*) FROM notice_link k JOIN notice n ON n.id = k.notice_id WHERE n.letter_id = ${id}`));
    assert.equal(links(sent.id), 1);
    mail.behave = 'greylist';
    const waiting = await send(clerk, BUSINESS, resident);
    await pdf(clerk, waiting.id);
    await settled(waiting.id, ([n]) => n?.attempts === 1);
    await register('baru.uji@contoh.id');
    assert.deepEqual([links(sent.id), links(waiting.id)], [0, 0]);
    const [over] = notices(waiting.id);
    assert.deepEqual([over.state, over.why], [OFF, 5]);
    mail.behave = 'take';
    (await clerk.get(`/kantor/surat/${waiting.id}`)).must(200, 'alamatnya sudah diganti atau dihapus');
    assert.equal(notices(sent.id)[0].state, SENT);
});

test('an address that was taken out gets nothing any more', async () => {
    const page = await clerk.get(`/kantor/penduduk/${resident}/surel`);
    (await clerk.submit(page, {}, `form[action$="/surel/hapus"]`)).must(303);
    headAddress('');
    const { id } = await send(clerk, BUSINESS, resident);
    await pdf(clerk, id);
    assert.deepEqual(notices(id), []);
});

test('guessing links ends after twenty misses, for the network that guesses', async () => {
    const agent = new http.Agent({ localAddress: '127.0.0.7' });
    const guess = () => ask(village.host, 'GET', `/surat/ambil/${Buffer.from(Array.from({ length: 32 }, () => Math.floor(Math.random() * 256))).toString('base64url')}`, { agent });
    const answers = [];
    for (let i = 0; i < 25; i++) answers.push((await guess()).status);
    assert.equal(answers[0], 404);
    assert.equal(answers.at(-1), 429, answers.join());
    assert.ok(answers.filter((s) => s === 404).length <= 21, answers.join());
    (await ask(village.host, 'GET', `/surat/ambil/${'A'.repeat(43)}`)).must(404, 'Tautan ini tidak kami kenal');
    agent.destroy();
});
