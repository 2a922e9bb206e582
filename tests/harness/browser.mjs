// SPDX-License-Identifier: AGPL-3.0-or-later
// Chromium on the running stack. Everything a page complains about is kept and fails the test that opened it; a request to
// another site or a page with a weak policy fails it whether it looks or not.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, afterEach } from 'node:test';
import { chromium } from 'playwright-core';
import { BASE, staffOf } from './stack.mjs';

let browser;

/** What no page may do, whoever opened it: asserted after each test of a file that imports this, and at the file's end. */
const breaches = [];
const assertNoBreach = () => assert.deepEqual(breaches.splice(0), [], 'requests stay in the house, and pages under its policy');
if (process.env.NODE_TEST_CONTEXT) {
    afterEach(assertNoBreach);
    after(assertNoBreach);
}

const isHouse = (url) => /^(data|blob|about):/.test(url) || new URL(url).host === BASE || new URL(url).host.endsWith(`.${BASE}`);
function watch(context) {
    context.on('console', (message) => { if (/Content Security Policy/.test(message.text())) breaches.push(`against the policy: ${message.text()}`); });
    context.on('request', (request) => { if (!isHouse(request.url())) breaches.push(`another site is asked: ${request.url()}`); });
    context.on('response', (response) => {
        if (response.request().resourceType() !== 'document') return;
        const policy = response.headers()['content-security-policy'] ?? '';
        // The letter editor and the form of a letter alone show pictures that no address has: their paper (server/web/headers.c).
        const hasPaper = /^\/kantor\/(jenis-surat|surat)\/\d+\/(isi|naskah)(\/|$)/.test(new URL(response.url()).pathname);
        const words = (hasPaper ? policy.replace("img-src 'self' data: blob:", "img-src 'self'") : policy).split(/[ ;]+/);
        const isStrict = policy.startsWith("default-src 'none';") && policy.includes("frame-ancestors 'none'") &&
            words.every((w) => /^([a-z]+-[a-z]+|'self'|'none'|)$/.test(w));
        if (!isStrict && response.status() !== 304) breaches.push(`weak policy "${policy}" at ${response.url()}`);
    });
}

export async function open() {
    browser ??= await chromium.launch({
        executablePath: process.env.BALAI_CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    });
    return browser;
}

export async function close() {
    await browser?.close();
    browser = undefined;
}

export const PHONE = { width: 360, height: 740 };
export const TABLET = { width: 768, height: 1024 };
export const DESK = { width: 1366, height: 768 };

/** A visitor with a screen; `complaints` collects what goes wrong on its pages. */
export async function visitor({ viewport = DESK, javaScriptEnabled = true } = {}) {
    const context = await (await open()).newContext({
        viewport,
        javaScriptEnabled,
        locale: 'id-ID',
        timezoneId: 'Asia/Makassar',
        isMobile: viewport.width < 500,
        hasTouch: viewport.width < 500,
    });
    context.setDefaultTimeout(30000);
    watch(context);
    const page = await context.newPage();
    const complaints = [];
    // An answer that is an error page by intent (422, 404 …) also writes a console line: those are judged by the test.
    page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 4\d\d|^htmx:(sendAbort|afterRequest)\b/.test(message.text())) complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
    page.on('requestfailed', (request) => {
        if (!/ERR_ABORTED/.test(request.failure()?.errorText ?? '')) complaints.push(`${request.url()}: ${request.failure()?.errorText}`);
    });
    page.on('response', (response) => {
        if (response.request().resourceType() !== 'document' && response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
    });
    return { context, page, complaints };
}

export async function signIn({ page }, host, { username, password }) {
    await page.goto(`http://${host}/masuk`);
    await page.locator('input[type=password]').fill(password);
    await page.locator('main input:not([type=hidden]):not([type=password])').first().fill(username);
    await page.locator('main button[type=submit]').first().click();
    await page.waitForURL((url) => !url.pathname.startsWith('/masuk'));
}

export async function staffVisitor(village, role, options) {
    const visit = await visitor(options);
    await signIn(visit, village.host, staffOf(village, role));
    return visit;
}

/** What every page owes every screen. */
export async function assertSound({ page, complaints }, words) {
    const found = await page.evaluate(() => {
        const doc = document.documentElement;
        const labels = [...document.querySelectorAll('input:not([type=hidden]),select,textarea')].filter((el) => el.getClientRects().length > 0 &&
            !el.labels?.length && !el.getAttribute('aria-label') && !el.getAttribute('aria-labelledby'));
        const unnamed = [...document.querySelectorAll('a[href],button')].filter((el) => el.getClientRects().length > 0 && !el.closest('[aria-hidden=true]') &&
            !(el.textContent.trim() || el.getAttribute('aria-label') || el.querySelector('img[alt]:not([alt=""])')));
        const broken = [...document.images].filter((img) => img.hasAttribute('src') && img.complete && img.naturalWidth === 0);
        const narrow = [...document.querySelectorAll('main button:not(.unseen), main a.button, main input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([readonly])')]
            .filter((el) => { const r = el.getBoundingClientRect(); return r.width > 0 && r.height > 0 && r.height < 24; });
        return {
            lang: doc.lang,
            title: document.title,
            headings: document.querySelectorAll('h1').length,
            sideways: doc.scrollWidth - doc.clientWidth,
            wide: [...document.body.querySelectorAll('*')].filter((el) => el.getBoundingClientRect().right > doc.clientWidth + 1 &&
                getComputedStyle(el).position !== 'absolute').slice(0, 3).map((el) => `${el.tagName}.${el.className}`),
            labels: labels.map((el) => el.name),
            unnamed: unnamed.map((el) => el.outerHTML.slice(0, 200)),
            broken: broken.map((img) => img.src),
            narrow: narrow.map((el) => el.outerHTML.slice(0, 200)),
            text: document.body.innerText,
            inline: document.querySelectorAll('[style],script:not([src]):not([type="application/json"])').length,
        };
    });
    assert.equal(found.lang, 'id', `${words}: the page says its language`);
    assert.ok(found.title.length > 3, `${words}: title`);
    assert.equal(found.headings, 1, `${words}: one first heading`);
    assert.ok(found.sideways <= 0, `${words}: scrolls sideways by ${found.sideways} px: ${found.wide.join(', ')}`);
    assert.deepEqual(found.labels, [], `${words}: fields without a label`);
    assert.deepEqual(found.unnamed, [], `${words}: links and buttons without words`);
    assert.deepEqual(found.broken, [], `${words}: pictures that do not load`);
    assert.deepEqual(found.narrow, [], `${words}: too low to press`);
    assert.equal(found.inline, 0, `${words}: inline styles or scripts, which the CSP refuses`);
    assert.doesNotMatch(found.text, /\bundefined\b|\bNaN\b|\{\{|\(null\)|%[sdu]\b/, words);
    assert.doesNotMatch(found.text, /\b(Submit|Cancel|Error|Loading|Password|Search|Next|Previous|Log ?in|Sign ?in)\b/, `${words}: English on a page`);
    assert.deepEqual(complaints, [], words);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Nothing on the page that axe-core calls serious or critical. */
export async function assertAccessible({ page }, words) {
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
        const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
        return violations.filter((v) => ['serious', 'critical'].includes(v.impact))
            .map((v) => `${v.id} (${v.impact}): ${v.help}: ${v.nodes.slice(0, 4).map((n) => `${n.html.slice(0, 160)} ${n.any[0]?.message ?? n.all[0]?.message ?? ''}`).join(' | ')}`);
    });
    assert.deepEqual(found, [], `${words}: accessibility`);
}
