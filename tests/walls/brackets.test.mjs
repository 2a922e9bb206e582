// SPDX-License-Identifier: AGPL-3.0-or-later
// Deeply nested input at every door that takes any: 10,000 brackets as a JSON body, in each field of each form, as a
// part of a multipart body, a megabyte of them, and XML nested as deep in a workbook. Each gets a clear refusal, and
// nobody else notices. No route takes JSON or a document tree from outside today; one that will is walked here too.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Client, send } from '../harness/client.mjs';
import { batchRow, check } from '../harness/imports.mjs';
import { BASE, access, pidOf } from '../harness/stack.mjs';
import { parts, person, residentRows, zip } from '../harness/workbook.mjs';
import { ROUTES } from './expectations.mjs';
import { guard, nobody, twoHouses } from './house.mjs';

const DEEP = '['.repeat(10_000) + ']'.repeat(10_000);
const WIDE = '['.repeat(1 << 20);
let own;
let other;
let server;
const consoles = {};

before(async () => {
    [own, other] = await twoHouses();
    server = pidOf('balai-server');
    for (const [site, account] of [['kelola', access().kelola], ['dpmd', access().dpmd]]) {
        consoles[site] = new Client(`${site}.${BASE}`);
        await consoles[site].signIn(account);
    }
});

/** A 4xx that says why; the kiosk takes who cannot be read back to its first page. */
async function assertRefused(words, asked, isKiosk = false) {
    const answer = await asked;
    if (isKiosk && answer.location === '/anjungan') return;
    assert.ok(answer.status >= 400 && answer.status < 500, `${words}: ${answer.status} ${answer.location ?? answer.told}`);
    assert.match(answer.words, /[A-Z][a-z]+ [a-z]{3,}/, `${words}: says why`);
}

async function assertOthersServed(words) {
    assert.equal(pidOf('balai-server'), server, `${words}: the same server`);
    (await send(other.village.host, 'GET', '/')).must(200, other.village.name);
    (await other.clients.clerk.get('/kantor/surat')).must(200);
}

for (const [key, rule] of Object.entries(ROUTES).filter(([k]) => k.includes(' POST '))) {
    test(key, async () => {
        const [site] = key.split(' ');
        const client = () => {
            if (rule.roles === 'everyone') return nobody(site === 'village' ? own.village.host : site === 'platform' ? BASE : `${site}.${BASE}`);
            return site === 'village' ? own.clients[rule.allowedAs ?? rule.roles[0]] : consoles[site];
        };
        const path = await rule.path(own, false);
        if (rule.before) await rule.before(own);
        const form = rule.form ? await rule.form(own, path) : {};
        for (const [what, body] of [['10,000 brackets', DEEP], ['a megabyte of brackets', WIDE]]) {
            const headers = { 'content-type': 'application/json' };
            await assertRefused(`${what} as JSON`, client().request('POST', path, { headers, body }));
            const one = client();
            const hidden = await guard(one);
            for (const name of [...Object.keys(form), 'tak_dikenal']) {
                const fields = [...hidden, ...Object.entries({ ...form, [name]: body })];
                await assertRefused(`${what} in ${name}`, one.post(path, fields), rule.door);
                if (what.startsWith('10,000')) await assertRefused(`${what} in ${name}, multipart`, one.post(path, fields, { files: [] }), rule.door);
            }
        }
        await assertOthersServed(key);
    });
}

describe('XML nested 10,000 deep in a workbook', () => {
    const deep = `${'<c>'.repeat(10_000)}${'</c>'.repeat(10_000)}`;
    const book = (change) => {
        const all = parts([['Data Penduduk', residentRows([person(7777)])]]);
        change(all);
        return zip(all);
    };
    for (const [where, change] of Object.entries({
        'the sheet': (all) => { all['xl/worksheets/sheet1.xml'] = all['xl/worksheets/sheet1.xml'].replace('</sheetData>', `<row r="9">${deep}</row></sheetData>`); },
        'the styles': (all) => { all['xl/styles.xml'] = all['xl/styles.xml'].replace('<fonts', `${deep}<fonts`); },
        'the book': (all) => { all['xl/workbook.xml'] = all['xl/workbook.xml'].replace('<sheets>', `${deep}<sheets>`); },
    })) {
        test(where, async () => {
            const { id, row, page } = await check(own.clients.clerk, own.village, book(change), 'dalam.xlsx');
            assert.equal(row.state, 'refused', JSON.stringify(row));
            page.must(200, 'Berkas');
            assert.equal(batchRow(own.village, id).fresh, 0);
            await assertOthersServed(where);
        });
    }
});
