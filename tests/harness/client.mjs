// SPDX-License-Identifier: AGPL-3.0-or-later
// A browser without eyes: one host, its cookies, forms read from the page as a browser would send them.
// Connects to 127.0.0.1 with an explicit Host, because most resolvers do not know *.localhost.

import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import { randomBytes } from 'node:crypto';
import { parse } from 'node-html-parser';
import { CA, PORT, TLS_PORT, staffOf } from './stack.mjs';

const agents = {
    http: new http.Agent({ keepAlive: true, maxSockets: 64 }),
    https: new https.Agent({ keepAlive: true, maxSockets: 64, ca: CA }),
};

/** One request, nothing remembered. → {status, headers, bytes, text, page} */
export function send(host, method, path, { headers = {}, body, secure = false, agent, timeout = 60000 } = {}) {
    const options = {
        host: '127.0.0.1',
        port: secure ? TLS_PORT : PORT,
        method,
        path,
        headers: { host, ...headers, ...(body !== undefined ? { 'content-length': Buffer.byteLength(body) } : {}) },
        agent: agent ?? (secure ? agents.https : agents.http),
        servername: secure ? host.replace(/:\d+$/, '') : undefined,
    };
    return new Promise((resolve, reject) => {
        const request = (secure ? https : http).request(options, (response) => {
            const chunks = [];
            response.on('data', (chunk) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => resolve(new Answer(response, Buffer.concat(chunks), path)));
        });
        request.setTimeout(timeout, () => request.destroy(new Error(`${method} ${path}: no answer in ${timeout} ms`)));
        request.on('error', reject);
        request.end(body);
    });
}

class Answer {
    constructor(response, bytes, path) {
        this.status = response.statusCode;
        this.headers = response.headers;
        this.rawHeaders = response.rawHeaders;
        this.bytes = bytes;
        this.path = path;
    }
    get text() {
        return this.bytes.toString('utf8');
    }
    get page() {
        this.parsed ??= parse(this.text);
        return this.parsed;
    }
    /** What a person reads, spaces folded. */
    get words() {
        const body = this.page.querySelector('body') ?? this.page;
        return decode(body.structuredText).replace(/\s+/g, ' ').trim();
    }
    /** What a failed test needs of it: the faults on the page first, then how its main part begins (the menu says nothing). */
    get told() {
        const faults = this.page.querySelectorAll('.fault, [role=alert]').map((f) => decode(f.structuredText).replace(/\s+/g, ' ').trim());
        const main = this.page.querySelector('main');
        const words = main ? decode(main.structuredText).replace(/\s+/g, ' ').trim() : this.words;
        return `${faults.length > 0 ? `[${faults.join(' | ')}] ` : ''}${words.slice(0, 600)}`;
    }
    get location() {
        return this.headers.location;
    }
    must(status, ...all) {
        assert.equal(this.status, status, `${this.path}: ${this.status} instead of ${status}: ${this.told}`);
        for (const words of all.filter((w) => w !== undefined)) {
            if (words instanceof RegExp) assert.match(this.words, words, this.path);
            else assert.ok(this.words.includes(words), `${this.path}: "${words}" is not in: ${this.told}`);
        }
        return this;
    }
}

function decode(text) {
    return text.replace(/&(amp|lt|gt|quot|#39|#x27|nbsp);/g, (_, n) =>
        ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", nbsp: ' ' })[n]);
}

/** What is of a form: within it, or anywhere on the page by its id. */
function controls(form, kinds) {
    let root = form;
    while (root.parentNode) root = root.parentNode;
    const id = form.getAttribute('id');
    return [...form.querySelectorAll(kinds), ...id ? root.querySelectorAll(kinds).filter((e) => e.getAttribute('form') === id) : []];
}

/** The fields a browser would send of a form element, as [name, value] pairs (files apart). */
export function formFields(form) {
    const fields = [];
    for (const el of controls(form, 'input,select,textarea')) {
        const name = el.getAttribute('name');
        if (!name || el.hasAttribute('disabled')) continue;
        const type = (el.getAttribute('type') ?? 'text').toLowerCase();
        if (el.tagName === 'SELECT') {
            const options = el.querySelectorAll('option');
            const chosen = options.find((o) => o.hasAttribute('selected')) ?? options[0];
            if (chosen) fields.push([name, decode(chosen.getAttribute('value') ?? chosen.text)]);
        } else if (el.tagName === 'TEXTAREA') {
            fields.push([name, decode(el.text).replace(/^\n/, '')]);
        } else if (type === 'checkbox' || type === 'radio') {
            if (el.hasAttribute('checked')) fields.push([name, decode(el.getAttribute('value') ?? 'on')]);
        } else if (!['submit', 'button', 'image', 'reset', 'file'].includes(type)) {
            fields.push([name, decode(el.getAttribute('value') ?? '')]);
        }
    }
    return fields;
}

export function urlencoded(fields) {
    return new URLSearchParams(Array.isArray(fields) ? fields : Object.entries(fields)).toString();
}

/** files: [{name, filename, type, bytes}] */
export function multipart(fields, files) {
    const boundary = `----balai${randomBytes(12).toString('hex')}`;
    const parts = [];
    for (const [name, value] of Array.isArray(fields) ? fields : Object.entries(fields)) {
        parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
    }
    for (const file of files) {
        parts.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${file.name}"; filename="${file.filename}"\r\n` +
            `Content-Type: ${file.type ?? 'application/octet-stream'}\r\n\r\n`), file.bytes, Buffer.from('\r\n'));
    }
    parts.push(Buffer.from(`--${boundary}--\r\n`));
    return { body: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` };
}

export class Client {
    constructor(host, { secure = false, ownConnections = false } = {}) {
        this.host = host;
        this.secure = secure;
        this.cookies = new Map();
        this.agent = ownConnections
            ? new (secure ? https : http).Agent({ keepAlive: true, maxSockets: 8, ...(secure ? { ca: CA } : {}) })
            : undefined;
        this.last = null;
    }

    get origin() {
        return `${this.secure ? 'https' : 'http'}://${this.host}`;
    }

    close() {
        this.agent?.destroy();
    }

    async request(method, path, { headers = {}, form, files, body, cookies, timeout } = {}) {
        const all = { accept: 'text/html', ...headers };
        const jar = cookies ?? Object.fromEntries(this.cookies);
        const cookie = Object.entries(jar).map(([k, v]) => `${k}=${v}`).join('; ');
        if (cookie) all.cookie ??= cookie;
        if (method === 'POST') {
            // As a browser does on its own site; a test of the defences says otherwise with null.
            if (all['sec-fetch-site'] === undefined) all['sec-fetch-site'] = 'same-origin';
            if (all.origin === undefined) all.origin = this.origin;
        }
        for (const name of Object.keys(all)) if (all[name] === null) delete all[name];
        if (files) {
            const sent = multipart(form ?? [], files);
            body = sent.body;
            all['content-type'] = sent.type;
        } else if (form) {
            body = urlencoded(form);
            all['content-type'] = 'application/x-www-form-urlencoded';
        }
        const answer = await send(this.host, method, path, { headers: all, body, secure: this.secure, agent: this.agent, timeout });
        this.remember(answer);
        this.last = answer;
        return answer;
    }

    remember(answer) {
        for (const line of answer.headers['set-cookie'] ?? []) {
            const [pair, ...attributes] = line.split(/;\s*/);
            const name = pair.slice(0, pair.indexOf('='));
            const value = pair.slice(pair.indexOf('=') + 1);
            const has = new Set(attributes.map((a) => a.toLowerCase()));
            // Every cookie of ours must hold a browser's strictest promise.
            assert.ok(name.startsWith('__Host-'), `cookie ${name} is not __Host-`);
            assert.ok(has.has('secure') && has.has('path=/') && has.has('httponly'), `weak cookie: ${line}`);
            assert.ok(![...has].some((a) => a.startsWith('domain=')), `cookie with a domain: ${line}`);
            if (value === '' || has.has('max-age=0')) this.cookies.delete(name);
            else this.cookies.set(name, value);
        }
    }

    get(path, options) {
        return this.request('GET', path, options);
    }
    post(path, form, options = {}) {
        return this.request('POST', path, { form, ...options });
    }

    /** Follows redirects of an answer (a POST's 303 becomes a GET). */
    async follow(answer, most = 5) {
        let at = answer;
        for (let i = 0; i < most && at.status >= 301 && at.status <= 308 && at.location; i++) {
            const to = new URL(at.location, this.origin);
            assert.equal(to.host, this.host, `redirected to another host: ${at.location}`);
            at = await this.get(to.pathname + to.search);
        }
        return at;
    }

    async open(path) {
        return this.follow(await this.get(path));
    }

    /**
     * Sends a form of a page as a browser would: `which` is a CSS selector or undefined (the first form of the
     * page's own content), `values` fills it in. Values the form has no field for fail, as they would for a person.
     */
    fill(answer, values = {}, which = undefined) {
        const forms = answer.page.querySelectorAll(which ?? 'main form').filter((f) => which || (f.getAttribute('method') ?? '').toLowerCase() === 'post');
        assert.ok(forms.length >= 1, `${answer.path}: no form ${which ?? ''} on the page: ${answer.told}`);
        const form = forms[0];
        const fields = formFields(form);
        const names = new Set(controls(form, 'input,select,textarea,button').map((e) => e.getAttribute('name')).filter(Boolean));
        for (const [name, value] of Object.entries(values)) {
            assert.ok(names.has(name), `${answer.path}: the form has no field "${name}" but ${[...names].join(', ')}`);
            const at = fields.findIndex(([n]) => n === name);
            if (value === null) {
                if (at >= 0) fields.splice(at, 1);
            } else if (at >= 0) fields[at] = [name, value];
            else fields.push([name, value]);
        }
        const action = form.getAttribute('action');
        return { action: action ? decode(action) : answer.path, fields };
    }

    async submit(answer, values = {}, which = undefined, options = {}) {
        const { action, fields } = this.fill(answer, values, which);
        return this.post(action, fields, options);
    }

    /** Sign-in by whatever form the site has: its text field and its password field. */
    async signIn({ username, password }, path = '/masuk') {
        const page = (await this.get(path)).must(200);
        const form = page.page.querySelectorAll('form').find((f) => f.querySelector('input[type=password]'));
        assert.ok(form, `${path}: no sign-in form`);
        const name = form.querySelectorAll('input').find((i) => !['hidden', 'password', 'checkbox'].includes(i.getAttribute('type') ?? 'text'));
        const fields = formFields(form);
        const set = (key, value) => {
            const at = fields.findIndex(([n]) => n === key);
            if (at >= 0) fields[at] = [key, value];
            else fields.push([key, value]);
        };
        set(name.getAttribute('name'), username);
        set(form.querySelector('input[type=password]').getAttribute('name'), password);
        const answer = await this.post(form.getAttribute('action') ?? path, fields);
        assert.equal(answer.status, 303, `sign-in of ${username} at ${this.host}: ${answer.status} ${answer.told}`);
        return this.follow(answer);
    }
}

/** A signed-in member of staff of a training village. */
export async function staff(village, role, options) {
    const client = new Client(village.host, options);
    await client.signIn(staffOf(village, role));
    return client;
}
