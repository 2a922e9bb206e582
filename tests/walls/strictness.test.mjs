// SPDX-License-Identifier: AGPL-3.0-or-later
// What an attacker writes by hand: requests no browser makes, through nginx as it stands in production.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import http2 from 'node:http2';
import { test } from 'node:test';
import { send } from '../harness/client.mjs';
import { BASE, CA, HOME, PORT, TLS_PORT, access, pidOf, trainingVillages, until } from '../harness/stack.mjs';

const [first, second] = trainingVillages();
const HOST = first.host;

/** Sends bytes as they are; → {statuses, text} of everything that came back within the time. */
function raw(text, { wait = 1500, secure = false } = {}) {
    return new Promise((resolve, reject) => {
        const socket = secure
            ? tls.connect({ host: '127.0.0.1', port: TLS_PORT, ca: CA, servername: 'localhost', ALPNProtocols: ['http/1.1'] })
            : net.connect(PORT, '127.0.0.1');
        const chunks = [];
        const done = () => {
            socket.destroy();
            const all = Buffer.concat(chunks).toString('latin1');
            resolve({ text: all, statuses: [...all.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((m) => Number(m[1])) });
        };
        socket.on('data', (chunk) => chunks.push(chunk));
        socket.on('close', done);
        socket.on('error', (error) => (chunks.length ? done() : error.code === 'ECONNRESET' ? done() : reject(error)));
        socket.on(secure ? 'secureConnect' : 'connect', () => socket.write(Buffer.from(text, 'latin1')));
        socket.setTimeout(wait, done);
    });
}

/** One request, one answer, with this status, and nothing of any village in it. */
async function refused(words, text, ...statuses) {
    const got = await raw(text);
    assert.equal(got.statuses.length, 1, `${words}: ${got.statuses.join()} answers: ${got.text.slice(0, 300)}`);
    assert.ok(statuses.includes(got.statuses[0]), `${words}: ${got.statuses[0]}`);
    for (const village of [first, second]) assert.ok(!got.text.includes(village.name), `${words}: names ${village.name}`);
}

const GET = `GET / HTTP/1.1\r\nHost: ${HOST}\r\n`;
const POST = `POST /masuk HTTP/1.1\r\nHost: ${HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;

test('a plain request is answered, so that the refusals mean something', async () => {
    const got = await raw(`${GET}Connection: close\r\n\r\n`);
    assert.deepEqual(got.statuses, [200]);
    assert.ok(got.text.includes(first.name));
});

test('two hosts, none, an empty one: 400', async () => {
    await refused('two hosts', `${GET}Host: ${second.host}\r\n\r\n`, 400);
    await refused('two equal hosts', `${GET}Host: ${HOST}\r\n\r\n`, 400);
    await refused('no host', 'GET / HTTP/1.1\r\n\r\n', 400);
    await refused('HTTP/1.0 without host', 'GET / HTTP/1.0\r\n\r\n', 400);
    await refused('empty host', 'GET / HTTP/1.1\r\nHost:\r\n\r\n', 400);
    await refused('space in host', `GET / HTTP/1.1\r\nHost: ${HOST} ${second.host}\r\n\r\n`, 400);
    await refused('slash in host', `GET / HTTP/1.1\r\nHost: ${HOST}/\r\n\r\n`, 400);
});

test('an unknown host is refused with 421', async () => {
    for (const host of [`tidak-ada.${BASE}`, 'example.org', '127.0.0.1', `${first.slug}.${first.slug}.${BASE}`, `www.${HOST}`,
        `${first.slug}.example.org`, `x${HOST}`, `${first.slug}..localhost`]) {
        const got = await send(host, 'GET', '/');
        assert.ok([400, 421].includes(got.status), `${host}: ${got.status}`);
        for (const village of access().villages) assert.ok(!got.text.includes(village.host), `${host} names ${village.host}`);
    }
    assert.equal((await send(`tidak-ada.${BASE}`, 'GET', '/')).status, 421);
    assert.equal((await send('example.org', 'POST', '/masuk', { body: 'a=b' })).status, 421);
});

test('one village in several spellings of its host is still that village', async () => {
    const name = HOST.replace(/:.*/, '');
    for (const host of [HOST, HOST.toUpperCase(), name, `${name}:443`, `${name}.`, `${name}.:${PORT}`]) {
        const got = await send(host, 'GET', '/');
        assert.equal(got.status, 200, host);
        assert.ok(got.text.includes(first.name), host);
        assert.ok(!got.text.includes(`Desa ${second.name}`), host);
    }
});

test('headers of a proxy from outside choose no village', async () => {
    for (const header of ['x-forwarded-host', 'x-host', 'x-original-host', 'x-forwarded-server', 'forwarded']) {
        const got = await send(HOST, 'GET', '/', { headers: { [header]: header === 'forwarded' ? `host=${second.host}` : second.host } });
        assert.equal(got.status, 200);
        assert.ok(got.text.includes(first.name) && !got.text.includes(second.host), header);
    }
});

test('an absolute target and a Host name the same village, or the request is refused', async () => {
    const name = HOST.replace(/:.*/, '');
    for (const target of [second.host, second.host.replace(/:.*/, ''), BASE, `x.${name}`, `${name}.x`])
        await refused(`target ${target}`, `GET http://${target}/layanan HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`, 400);
    for (const target of [HOST, name, name.toUpperCase()]) {
        const got = await raw(`GET http://${target}/ HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
        assert.deepEqual(got.statuses, [200], target);
        assert.ok(got.text.includes(first.name), target);
    }
});

test('a message has one length: smuggling is refused', async () => {
    const hidden = `GET / HTTP/1.1\r\nHost: ${second.host}\r\n\r\n`;
    await refused('length and chunks', `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`, 400);
    await refused('two lengths', `${POST}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello${hidden}`, 400);
    await refused('two equal lengths', `${POST}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello`, 400);
    await refused('length with a sign', `${POST}Content-Length: +5\r\n\r\nhello`, 400);
    await refused('length in hex', `${POST}Content-Length: 0x5\r\n\r\nhello`, 400);
    await refused('negative length', `${POST}Content-Length: -1\r\n\r\n`, 400);
    await refused('unknown coding', `${POST}Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n`, 400, 501);
    await refused('broken chunk', `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n`, 400);
    await refused('chunk too long for a number', `${POST}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx`, 400, 413);
});

test('broken headers are refused', async () => {
    await refused('folded line', `${GET}X-A: b\r\n c\r\n\r\n`, 400);
    await refused('NUL in a value', `${GET}X-A: b\0c\r\n\r\n`, 400);
    await refused('space before the colon', `GET / HTTP/1.1\r\nHost : ${HOST}\r\n\r\n`, 400);
    await refused('a header without a name', `GET / HTTP/1.1\r\n: x\r\nHost: ${HOST}\r\nHost: ${second.host}\r\n\r\n`, 400);
    await refused('control byte in the target', `GET /\x01 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`, 400);
});

test('too much is refused before it is read', async () => {
    const long = 'a'.repeat(100_000);
    await refused('100 kB of header', `${GET}X-A: ${long}\r\n\r\n`, 400, 431);
    await refused('100 kB of target', `GET /${long} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`, 414);
    await refused('many headers', `${GET}${'X-A: b\r\n'.repeat(20_000)}\r\n`, 400, 431);
    await refused('a body of 10 GB', `${POST}Content-Length: 10737418240\r\n\r\n`, 413);
    const got = await send(HOST, 'POST', '/masuk', { headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }, body: `a=${'b'.repeat(2 << 20)}` });
    assert.equal(got.status, 413, 'a form of 2 MB');
    const fields = Array.from({ length: 20_000 }, (_, i) => `f${i}=1`).join('&');
    const many = await send(HOST, 'POST', '/masuk', { headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }, body: fields });
    assert.ok([400, 403, 413].includes(many.status), `20,000 fields: ${many.status}`);
});

test('a large body where no file is taken ends at the front, however many come at once', async () => {
    const memory = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pidOf('balai-server')}/status`, 'utf8'))[1]);
    const body = Buffer.alloc(15_900_000, 'a');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const before = memory();
    const [signIn, unknown] = await Promise.all([['/masuk', HOST], ['/kantor/penduduk/impor/lain', `nobody.${BASE}`]].map(async ([path, host]) => {
        const got = await Promise.all(Array.from({ length: 12 }, () => send(host, 'POST', path, { headers, body }).catch((error) => ({ status: error.code }))));
        return new Set(got.map((one) => one.status));
    }));
    for (const statuses of [signIn, unknown])
        for (const status of statuses) assert.ok([413, 'ECONNRESET', 'EPIPE'].includes(status), `${status}`);
    assert.ok(memory() - before < 32 * 1024, `the server grew by ${memory() - before} kB`);
});

test('files are taken a few at once from one address; the others are told to wait', async () => {
    const body = Buffer.alloc(4_000_000, 'a');
    const got = await Promise.all(Array.from({ length: 16 }, () => send(HOST, 'POST', '/kantor/penduduk/impor', { headers: { 'content-type': 'text/plain' }, body })
        .catch((error) => ({ status: error.code }))));
    const statuses = got.map((one) => one.status);
    assert.ok(statuses.some((status) => [400, 401, 403].includes(status)), `some reach the program: ${statuses}`);
    for (const status of statuses) assert.ok([400, 401, 403, 429, 503, 'ECONNRESET', 'EPIPE'].includes(status), `${status}`);
});

test('how the parts are is told on this machine only', async () => {
    for (const path of ['/healthz', '/readyz']) {
        assert.equal((await send(BASE, 'GET', path)).status, 200, path);
        const away = new http.Agent({ localAddress: '127.0.0.2' });
        assert.equal((await send(BASE, 'GET', path, { agent: away })).status, 404, `${path} from another address`);
        away.destroy();
    }
});

test('the log of requests is UTF-8, whatever the bytes of a path or a host', async () => {
    await raw(`GET /\xff\xfe-larik HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
    await raw('GET /larik HTTP/1.1\r\nHost: \xff\xfe.localhost\r\nConnection: close\r\n\r\n');
    await raw(`GET /tanda-akhir HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
    const log = path.join(HOME, 'log/nginx-access.log');
    await until('the last request stands in the log', () => readFileSync(log, 'latin1').includes('tanda-akhir'), 10);
    new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(log));
});

test('no upgrade, no other protocol, no other method', async () => {
    const upgrade = await raw(`${GET}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n`);
    assert.deepEqual(upgrade.statuses, [200], 'an h2c upgrade is ignored');
    const prior = await raw('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    assert.ok(!prior.statuses.some((s) => s < 400), `h2 with prior knowledge: ${prior.statuses}`);
    await refused('TRACE', `TRACE / HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`, 405);
    await refused('CONNECT', `CONNECT ${second.host} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`, 400, 405);
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
        const got = await send(HOST, method, '/masuk');
        assert.equal(got.status, 405, method);
    }
});

test('paths stay in their place', async () => {
    for (const path of ['/../etc/passwd', '/a/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/aset/../../etc/passwd', '/aset/%2e%2e%2fserver.conf',
        '/%00', '/masuk%00.html', '/%zz', '//etc/passwd', '/.git/config', '/kantor%2fsurat', '/;/kantor']) {
        const got = await raw(`GET ${path} HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
        assert.equal(got.statuses.length, 1, path);
        assert.ok([400, 401, 404].includes(got.statuses[0]), `${path}: ${got.statuses[0]}`);
        assert.ok(!got.text.includes('root:'), path);
    }
});

test('pipelined requests get their own answers, in order', async () => {
    const got = await raw(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n\r\nGET / HTTP/1.1\r\nHost: tidak-ada.${BASE}\r\n\r\nGET /masuk HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
    assert.deepEqual(got.statuses, [200, 421, 200]);
});

test('over TLS and HTTP/2 the same walls stand', async () => {
    const session = http2.connect(`https://127.0.0.1:${TLS_PORT}`, { ca: CA, servername: 'localhost' });
    const ask = (headers) => new Promise((resolve, reject) => {
        const stream = session.request({ ':method': 'GET', ':path': '/', ...headers });
        let text = '';
        let status;
        stream.on('response', (h) => { status = h[':status']; });
        stream.setEncoding('utf8');
        stream.on('data', (d) => { text += d; });
        stream.on('end', () => resolve({ status, text }));
        stream.on('error', reject);
        stream.end();
    });
    try {
        const own = await ask({ ':authority': HOST });
        assert.equal(own.status, 200);
        assert.ok(own.text.includes(first.name));
        assert.equal((await ask({ ':authority': `tidak-ada.${BASE}` })).status, 421);
        const both = await ask({ ':authority': HOST, host: second.host });
        assert.ok(both.status === 400 || !both.text.includes(`Desa ${second.name}`), 'a second Host beside :authority');
    } finally {
        session.close();
    }
});

test('the certificate names every village', () => {
    for (const village of access().villages) {
        const host = village.host.replace(/:.*/, '');
        const error = tls.checkServerIdentity(host, { subject: { CN: 'localhost' }, subjectaltname: names });
        assert.equal(error, undefined, host);
    }
});
const names = await new Promise((resolve, reject) => {
    const socket = tls.connect({ host: '127.0.0.1', port: TLS_PORT, ca: CA, servername: 'localhost' }, () => {
        resolve(socket.getPeerCertificate().subjectaltname);
        socket.destroy();
    });
    socket.on('error', reject);
});

test('answers carry the security headers, and do not name the server software', async () => {
    const got = await send(HOST, 'GET', '/');
    const csp = got.headers['content-security-policy'] ?? '';
    for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]) {
        assert.ok(csp.includes(rule), `CSP without ${rule}: ${csp}`);
    }
    assert.ok(!csp.includes('unsafe'), csp);
    assert.equal(got.headers['x-content-type-options'], 'nosniff');
    assert.ok(got.headers['referrer-policy'], 'Referrer-Policy');
    assert.equal(got.headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(got.headers['cross-origin-resource-policy'], 'same-origin');
    assert.ok(got.headers['permissions-policy'], 'Permissions-Policy');
    assert.ok(!/\d/.test(got.headers.server ?? ''), `Server: ${got.headers.server}`);
    assert.equal(got.headers['x-powered-by'], undefined);
});
