// SPDX-License-Identifier: AGPL-3.0-or-later
// The way out for mail, tried with balaictl against a real server that also misbehaves.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { MailServer, silence } from '../harness/mail.mjs';
import { HOME, program } from '../harness/stack.mjs';

const scratch = mkdtempSync(path.join(tmpdir(), 'balai-mail-'));
const PASSWORD = 'rahasia-sekali-7';
let mail;
let tls;

before(async () => {
    mail = await MailServer.listen();
    // An authority of our own, and a certificate for 127.0.0.1.
    const file = (name) => path.join(scratch, name);
    const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=Otoritas uji', '-keyout', file('ca.key'), '-out', file('ca.pem'));
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=127.0.0.1', '-keyout', file('key.pem'), '-out', file('csr.pem'));
    writeFileSync(file('ext'), 'subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n');
    openssl('x509', '-req', '-in', file('csr.pem'), '-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-days', '2', '-extfile', file('ext'), '-out', file('cert.pem'));
    tls = { key: readFileSync(file('key.pem')), cert: readFileSync(file('cert.pem')) };
    writeFileSync(file('secret'), `${PASSWORD}\n`, { mode: 0o600 });
    writeFileSync(file('wrong'), 'salah\n', { mode: 0o600 });
    writeFileSync(file('open'), `${PASSWORD}\n`, { mode: 0o644 });
});

after(async () => {
    await mail.close();
    rmSync(scratch, { recursive: true });
});

/** balaictl mail with the worker's configuration and these keys: {code, out, err}. */
function ctl(keys, ...args) {
    const lines = readFileSync(path.join(HOME, 'conf/worker.conf'), 'utf8').split('\n').filter((l) => !l.startsWith('smtp_'));
    const config = path.join(scratch, `${Math.random().toString(36).slice(2)}.conf`);
    writeFileSync(config, [...lines, ...Object.entries(keys).map(([k, v]) => `${k} = ${v}`), ''].join('\n'));
    return new Promise((resolve) => {
        const child = spawn(program('balaictl'), ['--config', config, 'mail', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
        let out = '';
        let err = '';
        child.stdout.on('data', (d) => { out += d; });
        child.stderr.on('data', (d) => { err += d; });
        child.on('close', (code) => resolve({ code, out, err }));
    });
}

const plain = (port) => ({ smtp_url: `smtp://127.0.0.1:${port}`, smtp_tls: 'none', smtp_timeout_ms: 5000, smtp_from: 'surat@balai.contoh.id' });
const send = (to, keys = {}, ...args) => ctl({ ...plain(mail.port), ...keys }, '--to', to, ...args);
const mine = (to) => mail.messages.filter((m) => m.to.includes(to));

test('a message arrives as it was meant', async () => {
    const done = await send('aminah@contoh.id');
    assert.equal(done.code, 0, done.err);
    const [message] = mine('aminah@contoh.id');
    assert.equal(message.from, 'surat@balai.contoh.id');
    assert.equal(message.greeted, 'balai.contoh.id');
    assert.equal(message.subject, 'Percobaan surel dari Balai');
    assert.deepEqual(message.sender, { address: 'surat@balai.contoh.id', name: 'Balai' });
    assert.match(message.text, /^Pesan ini dikirim untuk mencoba surel\./);
    assert.match(message.id, /^<percobaan-\d+@balai\.contoh\.id>$/);
    assert.equal(message.headers['auto-submitted'], 'auto-generated');
    assert.ok(Math.abs(Date.parse(message.headers.date) - Date.now()) < 120000, message.headers.date);
    for (const line of message.raw.split('\r\n')) assert.ok(line.length <= 90, line); // libcurl's own longest: its boundary
    assert.ok(!/[^\x00-\x7f]/.test(message.raw), 'seven bits on the way');
});

test('no relay, no address, an address that smuggles a line: nothing is sent, and it is said', async () => {
    const off = await ctl({}, '--to', 'aminah@contoh.id');
    assert.equal(off.code, 1);
    assert.match(off.err, /names no relay/);
    const before_ = mail.tries.length;
    for (const bad of ['bukan-alamat', 'a@b.id\r\nBcc: mata@mata.id', 'a@b.id>', '']) {
        const done = await send(bad);
        assert.equal(done.code, 1, bad);
        assert.match(done.err, /an address|refused|address/, bad);
    }
    assert.equal(mail.tries.length, before_);
});

test('refused by its 5xx: for good, by digits only', async () => {
    mail.behave = 'refuse';
    const early = await send('tidak.ada@contoh.id');
    mail.behave = 'refuse-late';
    const late = await send('tidak.ada@contoh.id');
    mail.behave = 'take';
    for (const done of [early, late]) {
        assert.equal(done.code, 1);
        assert.match(done.err, /marked as refused/);
        assert.match(done.err, /550/);
        assert.ok(!/unknown|tidak\.ada|like/.test(done.err), `the relay's words repeat addresses: ${done.err}`);
    }
});

test('greylisted with 451: later it goes', async () => {
    mail.behave = 'greylist';
    const first = await send('abu@contoh.id');
    assert.equal(first.code, 1);
    assert.match(first.err, /tried again/);
    assert.match(first.err, /451/);
    assert.equal((await send('abu@contoh.id')).code, 0);
});

test('a connection cut off, a relay that is not there, no answer: sent again later', async () => {
    mail.behave = 'drop';
    const dropped = await send('putus@contoh.id');
    mail.behave = 'take';
    assert.match(dropped.err, /tried again/);
    assert.deepEqual(mine('putus@contoh.id'), []);

    const gone = await MailServer.listen();
    await gone.close();
    assert.match((await ctl(plain(gone.port), '--to', 'a@contoh.id')).err, /tried again/);

    const mute = await silence();
    const quiet = await ctl({ ...plain(mute.port), smtp_timeout_ms: 400 }, '--to', 'a@contoh.id');
    assert.equal(mute.connections(), 1);
    await mute.close();
    assert.match(quiet.err, /tried again/);
    assert.match(quiet.err, /did not answer in time/);
});

test('an endless answer, fast or slow, and a false STARTTLS: the attempt ends in time and is repeated later', async () => {
    const heard = [];
    const speakers = {
        'ten megabytes in one line': (socket) => socket.write(`220 ${'x'.repeat(10 << 20)}`),
        'ten megabytes of lines': (socket) => socket.write('220-x\r\n'.repeat((10 << 20) / 7)),
        'a byte now and then': (socket) => { const drops = setInterval(() => socket.write('2'), 50); socket.on('close', () => clearInterval(drops)); },
        'a STARTTLS that goes on in plain': (socket) => {
            socket.write('220 hai\r\n');
            socket.on('data', (bytes) => {
                heard.push(bytes.toString('latin1'));
                if (/^EHLO/.test(bytes)) socket.write('250-hai\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n');
                else socket.write(/^STARTTLS/.test(bytes) ? '220 mari\r\n' : '250 lanjut dengan biasa saja\r\n');
            });
        },
    };
    for (const [words, speak] of Object.entries(speakers)) {
        const liar = await silence(speak);
        const keys = words.includes('STARTTLS') ? { smtp_tls: 'starttls', smtp_user: 'surat', smtp_secret: path.join(scratch, 'secret') } : {};
        const ended = await ctl({ ...plain(liar.port), smtp_timeout_ms: 1500, ...keys }, '--to', 'a@contoh.id');
        await liar.close();
        assert.equal(ended.code, 1, words);
        assert.match(ended.err, /tried again/, words);
        assert.ok(ended.err.length < 2000, `${words}: their words are not repeated`);
    }
    assert.ok(heard.some((line) => /^STARTTLS/.test(line)));
    assert.ok(!heard.some((line) => /AUTH|MAIL FROM|rahasia/.test(line)), 'nothing is said to one who only pretends');
});

test('an answer that was lost: the second message has the first one\'s Message-ID', async () => {
    mail.behave = 'lose';
    const lost = await send('dua@contoh.id', {}, '--id', 'notice-7-1');
    assert.match(lost.err, /tried again/, 'taken or not, nobody knows');
    assert.equal((await send('dua@contoh.id', {}, '--id', 'notice-7-1')).code, 0);
    const got = mine('dua@contoh.id');
    assert.equal(got.length, 2);
    assert.equal(got[0].id, '<notice-7-1@balai.contoh.id>');
    assert.equal(got[1].id, got[0].id);
});

test('STARTTLS and sign-in: with our own authority only, and never the password without', async () => {
    const safe = await MailServer.listen(0, { tls, auth: { user: 'balai', password: PASSWORD } });
    const keys = { smtp_url: `smtp://127.0.0.1:${safe.port}`, smtp_user: 'balai', smtp_secret: path.join(scratch, 'secret'), smtp_timeout_ms: 5000 };
    const ca = { smtp_ca: path.join(scratch, 'ca.pem') };
    try {
        const done = await ctl({ ...keys, ...ca }, '--to', 'aman@contoh.id');
        assert.equal(done.code, 0, done.err);
        assert.equal(safe.messages[0].isSecure, true);
        assert.deepEqual(safe.logins, [{ user: 'balai', isSecure: true }]);

        const stranger = await ctl(keys, '--to', 'aman@contoh.id');
        assert.equal(stranger.code, 1, 'a certificate of nobody we know');
        assert.match(stranger.err, /tried again/);
        assert.equal(safe.logins.length, 1, 'and the password stayed here');

        const wrong = await ctl({ ...keys, ...ca, smtp_secret: path.join(scratch, 'wrong') }, '--to', 'aman@contoh.id');
        assert.match(wrong.err, /tried again/, 'our account is not the addressee\'s fault');
        assert.ok(!wrong.err.includes('salah'), 'no secret is said');

        const without = await ctl({ ...ca, smtp_url: keys.smtp_url, smtp_timeout_ms: 5000 }, '--to', 'aman@contoh.id');
        assert.match(without.err, /tried again/, '530: it wants a sign-in');

        const readable = await ctl({ ...keys, ...ca, smtp_secret: path.join(scratch, 'open') }, '--to', 'aman@contoh.id');
        assert.match(readable.err, /others may read this secret/);
        assert.equal(safe.messages.length, 1);
    } finally {
        await safe.close();
    }
    // The other server has no STARTTLS: nothing is said to it in the clear.
    const tries = mail.tries.length;
    const clear = await send('aman@contoh.id', { smtp_tls: 'starttls' });
    assert.equal(clear.code, 1);
    assert.equal(mail.tries.length, tries);
    const abroad = await ctl({ smtp_url: 'smtp://surel.contoh.id:25', smtp_tls: 'none' }, '--to', 'aman@contoh.id');
    assert.match(abroad.err, /for a relay on this machine only/);
});
