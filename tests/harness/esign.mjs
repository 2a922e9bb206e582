// SPDX-License-Identifier: AGPL-3.0-or-later
// A stand-in for a regency's e-sign service: it checks what it is sent as strictly as it can, really signs the PDF, and misbehaves as told.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';

const MOST = 16 * 1024 * 1024;

/** A key and a certificate of its own, for TLS or for signing. */
function keyPair(folder, name) {
    const key = path.join(folder, `${name}.key`), certificate = path.join(folder, `${name}.crt`);
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    return { key, certificate };
}

/** A signer's key, and a certificate in that name by the authority that this stack trusts (deploy/test). */
function issued(folder, file, name) {
    const roots = process.env.BALAI_ESIGN_ROOTS, key = path.join(folder, `${file}.key`), certificate = path.join(folder, `${file}.crt`), asked = path.join(folder, `${file}.csr`);
    execFileSync('openssl', ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', `/CN=${name}`, '-keyout', key, '-out', asked], { stdio: 'ignore' });
    execFileSync('openssl', ['x509', '-req', '-in', asked, '-CA', path.join(roots, 'akar.pem'), '-CAkey', path.join(roots, 'akar.key'), '-set_serial', '1', '-days', '2', '-out', certificate], { stdio: 'ignore' });
    return { key, certificate };
}

/** The parts of a multipart body, strictly: each once, with nothing before, between and after them. */
function partsOf(type, body) {
    const [, boundary] = /^multipart\/form-data; boundary=([A-Za-z0-9'()+_,./:=?-]{1,70})$/.exec(type ?? '') ?? [];
    assert.ok(boundary, `a multipart type: ${type}`);
    const text = body.toString('latin1'), parts = {};
    assert.ok(text.startsWith(`--${boundary}\r\n`) && text.endsWith(`\r\n--${boundary}--\r\n`), 'the body begins and ends with its boundary');
    for (const part of text.slice(boundary.length + 4, -(boundary.length + 8)).split(`\r\n--${boundary}\r\n`)) {
        const at = part.indexOf('\r\n\r\n'), head = part.slice(0, at);
        const [, name, file] = /^Content-Disposition: form-data; name="([a-zA-Z]+)"(?:; filename="([a-z.]+)")?/.exec(head) ?? [];
        assert.ok(name && !(name in parts), `a part of its own: ${head}`);
        parts[name] = { value: Buffer.from(part.slice(at + 4), 'latin1'), file, head };
    }
    return parts;
}

/** What is to be seen of the signature: a PNG, and whole numbers that lie on a page. */
function lookOf(parts) {
    assert.equal(parts.image.value.toString(), 'true');
    assert.match(parts.imageTTD.file, /\.png$/);
    assert.match(parts.imageTTD.head, /Content-Type: image\/png/);
    assert.equal(parts.imageTTD.value.subarray(0, 8).toString('hex'), '89504e470d0a1a0a');
    const numbers = Object.fromEntries(['page', 'xAxis', 'yAxis', 'width', 'height'].map((name) => [name, parts[name].value.toString()]));
    for (const [name, value] of Object.entries(numbers)) assert.match(value, /^\d{1,4}$/, name);
    return { png: parts.imageTTD.value, ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Number(value)])) };
}

/** The PDF with a signature over the whole, as an update: by openssl, over the bytes that /ByteRange names. */
function sign(pdf, pair, folder) {
    const hole = 12000, text = pdf.toString('latin1');
    const size = Number(/\/Size (\d+)/.exec(text.slice(text.lastIndexOf('trailer')))[1]);
    const head = Buffer.concat([pdf, Buffer.from(`${size} 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 `, 'latin1')]);
    const before = head.length + 33 + '/Contents '.length;
    const tail = Buffer.from(' >>\nendobj\n%%EOF\n', 'latin1');
    const range = `${before} ${before + hole + 2} ${tail.length}]`.padEnd(33, ' ');
    const first = Buffer.concat([head, Buffer.from(`${range}/Contents `, 'latin1')]);
    assert.equal(first.length, before);
    const content = path.join(folder, 'isi'), der = path.join(folder, 'tanda');
    writeFileSync(content, Buffer.concat([first, tail]));
    execFileSync('openssl', ['cms', '-sign', '-binary', '-in', content, '-signer', pair.certificate, '-inkey', pair.key, '-outform', 'DER', '-out', der, '-md', 'sha256'], { stdio: 'ignore' });
    const hex = readFileSync(der).toString('hex');
    assert.ok(hex.length <= hole);
    return Buffer.concat([first, Buffer.from(`<${hex.padEnd(hole, '0')}>`, 'latin1'), tail]);
}

/** A signer agrees, on his own page, to where his passphrase goes. */
export async function agree(signer) {
    (await signer.submit((await signer.get('/kantor/tanda-tangan')).must(200, 'Benar, saya setujui'), {}, 'form[action="/kantor/tanda-tangan"]')).must(303);
}

/**
 * Listens on a port of 127.0.0.1. `behave`, to be changed at any time: `sign`, or one of the ways below. What was sent is kept in `orders`
 * (without the passphrase), what was asked in `asked`, what was wrong with a request in `faults`. `meanwhile`: what
 * happens while an order is with it.
 */
export class EsignService {
    static async listen({ user, secret, people, port = 0, tls = false }) {
        const service = new EsignService();
        service.folder = mkdtempSync(path.join(os.tmpdir(), 'balai-esign-'));
        service.pair = issued(service.folder, 'penandatangan', 'ANDI UJI');
        Object.assign(service, { user, secret, people, behave: 'sign', meanwhile: null, status: null, orders: [], asked: [], faults: [], sockets: new Set() });
        const handler = (req, res) => service.answer(req, res).catch((fault) => {
            service.faults.push(fault.message);
            res.destroy();
        });
        if (tls) {
            const own = keyPair(service.folder, 'localhost');
            service.server = https.createServer({ key: readFileSync(own.key), cert: readFileSync(own.certificate) }, handler);
        } else service.server = http.createServer(handler);
        service.server.on('connection', (socket) => {
            service.sockets.add(socket);
            socket.on('close', () => service.sockets.delete(socket));
            socket.on('error', () => {});
        });
        service.server.on('tlsClientError', () => {});
        await new Promise((resolve, reject) => service.server.once('error', reject).listen(port, '127.0.0.1', resolve));
        service.port = service.server.address().port;
        service.address = `http${tls ? 's' : ''}://127.0.0.1:${service.port}`;
        return service;
    }

    async close() {
        for (const socket of this.sockets) socket.destroy();
        await new Promise((resolve) => this.server.close(resolve));
        rmSync(this.folder, { recursive: true });
    }

    say(res, code, json) {
        res.writeHead(code, { 'content-type': 'application/json' });
        res.end(JSON.stringify(json));
    }

    async answer(req, res) {
        const chunks = [];
        for await (const chunk of req) chunks.push(chunk);
        const body = Buffer.concat(chunks);
        assert.ok(body.length < MOST);
        assert.equal(req.headers.expect, undefined);
        if (req.headers.authorization !== `Basic ${Buffer.from(`${this.user}:${this.secret}`).toString('base64')}`) return this.say(res, 401, { error: 'Unauthorized' });
        const [, nik] = /^\/api\/user\/status\/(\d{16})$/.exec(req.url) ?? [];
        if (nik) return this.answerStatus(req, res, nik);
        if (req.url !== '/api/sign/pdf' || req.method !== 'POST') return this.say(res, 404, { error: 'Not Found' });
        return this.answerSign(req, res, body);
    }

    answerStatus(req, res, nik) {
        assert.equal(req.method, 'GET');
        this.asked.push(nik);
        if (this.status) return this.say(res, 200, this.status);
        if (!(nik in this.people)) return this.say(res, 200, { status_code: 1110, status: 'NOT_REGISTERED', message: 'User belum terdaftar' });
        return this.say(res, 200, { status_code: 1111, status: 'ISSUE', message: 'Sertifikat aktif' });
    }

    answerSign(req, res, body) {
        const parts = partsOf(req.headers['content-type'], body);
        const seen = parts.tampilan?.value.toString() === 'visible';
        assert.deepEqual(Object.keys(parts).sort(), [...(seen ? ['height', 'image', 'imageTTD', 'page', 'width', 'xAxis', 'yAxis'] : []), 'file', 'nik', 'passphrase', 'tampilan'].sort());
        assert.equal(parts.file.file, 'surat.pdf');
        assert.match(parts.file.head, /Content-Type: application\/pdf/);
        const look = seen ? lookOf(parts) : assert.equal(parts.tampilan.value.toString(), 'invisible') ?? null;
        const pdf = parts.file.value, file = path.join(this.folder, 'surat.pdf'), nik = parts.nik.value.toString();
        writeFileSync(file, pdf);
        execFileSync('pdftotext', [file, '-'], { stdio: ['ignore', 'ignore', 'pipe'] });
        assert.ok(!pdf.includes('/ByteRange'), 'it is not signed yet');
        assert.match(nik, /^\d{16}$/);
        this.orders.push({ nik, pdf, look });
        this.meanwhile?.();
        if (this.behave !== 'sign') return WAYS[this.behave](this, res, pdf);
        if (!(nik in this.people)) return this.say(res, 400, { status_code: 2011, error: 'User tidak terdaftar' });
        if (this.people[nik] !== parts.passphrase.value.toString()) return this.say(res, 400, { status_code: 2031, error: 'Passphrase anda salah' });
        return this.give(res, sign(pdf, this.pair, this.folder));
    }

    /** In its place a gateway answers, in its own way. */
    stand(res, code) {
        res.writeHead(code, { 'content-type': 'text/html' });
        res.end(`<html><head><title>${code}</title></head><body><center>nginx</center></body></html>`);
    }

    give(res, bytes) {
        res.writeHead(200, { 'content-type': 'application/pdf', 'content-length': bytes.length });
        res.end(bytes);
    }
}

/** How it fails. Each is named in the journeys with what the office must then say. */
const WAYS = {
    hush: () => {}, // never a word
    drip: (service, res) => { // a sign a second, for ever
        res.writeHead(200, { 'content-type': 'application/pdf' });
        res.write('%PDF-1.5');
        const timer = setInterval(() => (res.destroyed ? clearInterval(timer) : res.write('%')), 100);
        timer.unref();
    },
    half: (service, res, pdf) => { // what it promised does not come
        res.writeHead(200, { 'content-type': 'application/pdf', 'content-length': pdf.length + 9000 });
        res.write(pdf.subarray(0, 2000), () => res.destroy());
    },
    drop: (service, res) => res.destroy(),
    broken: (service, res) => service.say(res, 500, { timestamp: 'x', error: 'Internal Server Error' }),
    badgateway: (service, res) => service.stand(res, 502),
    unavailable: (service, res) => service.stand(res, 503),
    timeout: (service, res) => service.stand(res, 504),
    toomuch: (service, res) => service.stand(res, 413),
    expired: (service, res) => service.say(res, 400, { status_code: 2021, error: 'Sertifikat sudah kadaluarsa' }),
    revoked: (service, res) => service.say(res, 400, { error: 'Certificate revoked' }),
    garbage: (service, res) => service.give(res, Buffer.from('<html><title>Masuk</title></html>')),
    empty: (service, res) => service.give(res, Buffer.alloc(0)),
    huge: (service, res, pdf) => service.give(res, Buffer.concat([pdf, Buffer.alloc(8 * 1024 * 1024, 0x20)])),
    same: (service, res, pdf) => service.give(res, pdf), // our own, unsigned
    stranger: (service, res, pdf) => service.give(res, sign(pdf, keyPair(service.folder, 'ANDI UJI'), service.folder)), // in his name, by nobody
    namesake: (service, res, pdf) => service.give(res, sign(pdf, issued(service.folder, 'lain', 'ORANG LAIN'), service.folder)), // sound, but another's
    padded: (service, res, pdf) => service.give(res, sign(Buffer.concat([Buffer.from('%PDF-1.6\n', 'latin1'), pdf.subarray(9)]), service.pair, service.folder)), // all our streams, in another file
    other: (service, res) => service.give(res, sign(OTHER, service.pair, service.folder)),
    changed: (service, res, pdf) => { // a sound answer but for one byte of ours
        const bytes = sign(pdf, service.pair, service.folder);
        bytes[bytes.indexOf('/Title <') + 12] ^= 1;
        service.give(res, bytes);
    },
    redirect: (service, res) => {
        res.writeHead(307, { location: `${service.address}/api/sign/pdf` });
        res.end();
    },
};
const OTHER = Buffer.from('%PDF-1.5\n1 0 obj\n<< /Length 4 >>\nstream\nlain\nendstream\nendobj\ntrailer\n<< /Size 2 >>\n%%EOF\n', 'latin1');
