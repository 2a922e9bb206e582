// SPDX-License-Identifier: AGPL-3.0-or-later
// Markup in everything people type: each text column of a village gets it, and every screen, paper and list on which it comes
// back must show it as what it is, text. The append-only tables and the workbook get theirs through the pages.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { PHONE, close, signIn, staffVisitor, visitor } from '../harness/browser.mjs';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo } from '../harness/days.mjs';
import { usualFamily } from '../harness/families.mjs';
import { check } from '../harness/imports.mjs';
import { device, enter } from '../harness/kiosk.mjs';
import { BUSINESS, draft, livingResidents, pdf, send } from '../harness/letters.mjs';
import { BASE, access, rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { person, residentBook } from '../harness/workbook.mjs';
import { post } from '../walls/house.mjs';
import { screens } from './screens.mjs';

const village = trainingVillages()[1]; // names stand in its list of villages too
const schema = schemaOf(village);
const SHORT = `"'><i id=xss>`;
const LONG = `${SHORT}<img src=/xss onerror=xss()><script>xss()</script>{{7*7777}}\${7*7777}`;
const TEXT = /<i id=xss>/;
const literal = (text) => `'${text.replace(/['\\]/g, '\\$&')}'`;

// What programs write there, not people: codes, keys, journals that refuse changes. Everything else is somebody's words.
const OURS = new Set(['audit', 'export_file', 'letter', 'letter_type', 'letter_type_version', 'registry_lock', 'history', 'resident_event', 'resident_word',
    'schema_step', 'session', 'submission'].map((t) => `${t}.*`).concat(['identity.accent', 'role.word', 'role.permissions', 'official.office', 'outbox.payload', 'outbox.owner', 'staff.username', 'staff.role',
    'import_batch.notes', 'resident_event.roles']));
const isOurs = ([table, column]) => OURS.has(`${table}.*`) || OURS.has(`${table}.${column}`);
const columns = () => rows('information_schema', `SELECT table_name, column_name, character_maximum_length FROM columns
    WHERE table_schema = '${schema}' AND table_name NOT LIKE 'zz\\_%' AND character_set_name = 'utf8mb4' AND character_maximum_length >= ${SHORT.length}`).filter((c) => !isOurs(c));

const UNIQUE = new Set(['area', 'role']);
const saved = new Set();
/** Puts the words into every row; what stood there is kept in a table beside it. */
function poison() {
    const tables = columns().reduce((m, c) => m.set(c[0], [...(m.get(c[0]) ?? []), c]), new Map());
    for (const [table, list] of tables) {
        const set = list.map(([, column, most]) => `${column} = ${UNIQUE.has(table) ? `CONCAT(${literal(SHORT)}, id)` : literal(Number(most) >= LONG.length ? LONG : SHORT)}`).join(); // no two hamlets or roles of one name
        if (!saved.has(table)) rows(schema, `CREATE TABLE IF NOT EXISTS zz_${table} AS SELECT * FROM ${table}`);
        saved.add(table);
        rows(schema, `SET SESSION sql_mode = 'STRICT_ALL_TABLES'; UPDATE ${table} SET ${set}`);
    }
}
function restore() {
    for (const table of saved) {
        const keys = rows('information_schema', `SELECT column_name FROM key_column_usage WHERE table_schema = '${schema}' AND table_name = '${table}' AND constraint_name = 'PRIMARY'`);
        const set = columns().filter(([t]) => t === table).map(([, c]) => `t.${c} = z.${c}`).join();
        rows(schema, `UPDATE ${table} t JOIN zz_${table} z ON ${keys.map(([k]) => `t.${k} = z.${k}`).join(' AND ')} SET ${set}; DROP TABLE zz_${table}`);
        for (const [, c] of columns().filter(([t]) => t === table)) // of rows that came meanwhile
            rows(schema, `UPDATE ${table} SET ${c} = ${UNIQUE.has(table) ? "CONCAT('Uji ', id)" : "'Uji'"} WHERE ${c} LIKE ${literal(`${SHORT}%`)}`);
    }
}
/** The directory and the page cache learn of it. */
async function spread() {
    rows(schema, "UPDATE epoch SET value = value + 1 WHERE name = 'page'");
    rows('balai_control', `UPDATE village SET page_epoch = ${value(schema, "SELECT value FROM epoch WHERE name = 'page'")} WHERE code = '${village.code}';
        UPDATE change_counter SET value = value + 1`);
}

let list;
let unit;
const papers = [];

before(async () => {
    list = await screens(village);
    unit = value('balai_control', `SELECT name FROM unit WHERE code = '${village.code}'`);
    rows('balai_control', `UPDATE unit SET name = ${literal(LONG.slice(0, 80))} WHERE code = '${village.code}'`);
    poison();
    await spread();

    const clerk = await staff(village, 'clerk');
    const [one, two] = livingResidents(village, 2);
    const inputs = { isi_usaha: LONG, isi_keperluan: LONG, isi_tempat: LONG };
    const open = await draft(clerk, BUSINESS, one, inputs);
    const sealed = await send(clerk, BUSINESS, two, inputs);
    papers.push(await pdf(clerk, sealed.id, 60));
    const token = value(schema, `SELECT verify_token FROM letter WHERE id = ${sealed.id}`);
    const { members, id: family } = usualFamily(village, 'MUSUH');
    const leave = { versi: '1', langkah: 'simpan', ...dated('tanggal', dayAgo(400)) };
    (await post(clerk, `/kantor/penduduk/${members[3]}/kematian`, { ...leave, tempat: LONG, sebab: LONG.slice(0, 100), pelapor: LONG.slice(0, 100), nomor: SHORT, catatan: LONG })).must(303);
    const event = value(schema, `SELECT MAX(id) FROM resident_event WHERE resident_id = ${members[3]}`);
    const form = await clerk.get(`/kantor/penduduk/${members[0]}/ubah`);
    (await clerk.submit(form, { isi_suku: SHORT, isi_tempatlahir: LONG.slice(0, 100), alasan: 'dokumen', keterangan: LONG }, 'main form[action$="/ubah"]')).must(303);
    const batch = await check(clerk, village, residentBook([person(8801, { nama: LONG.slice(0, 100), agama_id: LONG, dusun: SHORT, alamat: LONG }), person(8802, { nik: LONG })]), `${LONG}.xlsx`.replace(/["/]/g, ''));
    poison(); // what was made meanwhile, too
    await spread();

    const at = (as, host, paths) => paths.map((path) => ({ name: path.replace(token, '…'), host, path, as }));
    list.push(
        ...at('nobody', BASE, [`/v/${token}`, `/?cari=${encodeURIComponent(LONG.slice(0, 60))}`]),
        ...at('nobody', village.host, ['/layanan']),
        ...at('clerk', village.host, [`/kantor/surat/${open.id}/isi`, `/kantor/surat/${open.id}/periksa`, `/kantor/surat/${sealed.id}`, `/kantor/penduduk/${members[0]}`, `/kantor/penduduk/${members[0]}/riwayat`,
            `/kantor/penduduk/${members[3]}`, `/kantor/keluarga/${family}`, `/kantor/peristiwa/${event}`, `/kantor/peristiwa/${event}/perbaiki`, `/kantor/penduduk/impor`, `/kantor/penduduk/impor/${batch.id}`,
            '/kantor/keluarga?dusun=%22%3E%3Ci%20id%3Dxss%3E', '/kantor/surat?bulan=%3Ci%3E', '/kantor/penduduk?dusun=%22%3E%3Ci%20id%3Dxss%3E']),
        ...at('kelola', `kelola.${BASE}`, [`/desa/${village.code}`]),
    );
});

after(async () => {
    restore();
    if (unit) rows('balai_control', `UPDATE unit SET name = ${literal(unit)} WHERE code = '${village.code}'`);
    await spread();
    await close();
});

/** Nothing of it became an element, an attribute or a script; the policy had nothing to stop. */
const grown = () => ({
    elements: [...document.querySelectorAll('#xss, img[src="/xss"], i[id], [onerror]')].map((el) => el.outerHTML.slice(0, 120)),
    scripts: [...document.scripts].filter((s) => /xss/.test(s.textContent)).length,
    refused: window.refused,
    ran: window.ran,
    computed: /<\/script>\$?54439/.test(document.body.innerText),
    words: `${document.body.innerText} ${[...document.querySelectorAll('input,textarea,option')].map((el) => el.value).join(' ')} ${document.title}`,
});

async function arrive(as) {
    const visit = as === 'kelola' || as === 'dpmd' || as === 'nobody' ? await visitor() : await staffVisitor(village, as);
    if (as === 'kelola' || as === 'dpmd') await signIn(visit, access()[as].host, access()[as]);
    await visit.context.addInitScript(() => {
        window.refused = [];
        window.ran = false;
        window.xss = () => { window.ran = true; };
        document.addEventListener('securitypolicyviolation', (e) => window.refused.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
    });
    return visit;
}

test('what is looked for would be found', async () => {
    const visit = await arrive('nobody');
    await visit.page.goto('about:blank');
    await visit.page.setContent(`<input value='${LONG}'>`);
    const found = await visit.page.evaluate(grown);
    assert.ok(found.elements.length >= 2 && found.scripts === 1 && found.ran, JSON.stringify(found));
    await visit.context.close();
});

test('on every screen', async () => {
    const faults = [];
    const showing = [];
    for (const as of new Set(list.map((s) => s.as))) {
        const visit = await arrive(as);
        for (const screen of list.filter((s) => s.as === as)) {
            const answer = await visit.page.goto(`http://${screen.host}${screen.path}`, { waitUntil: 'load' });
            const found = await visit.page.evaluate(grown);
            if (answer.status() >= 500) faults.push(`${as} ${screen.name}: ${answer.status()}`);
            if (found.elements.length || found.scripts || found.refused.length || found.ran || found.computed) faults.push(`${as} ${screen.name}: ${JSON.stringify({ ...found, words: undefined })}`);
            if (TEXT.test(found.words)) showing.push(screen.name);
        }
        await visit.context.close();
    }
    assert.deepEqual(faults, []);
    assert.ok(showing.length > list.length * 0.7, `the words come back on ${showing.length} of ${list.length} screens; not on ${list.map((s) => s.name).filter((n) => !showing.includes(n)).join(', ')}`);
});

test('and what has no gap to break at widens no page on a phone', async () => {
    const { context, page } = await visitor({ viewport: PHONE });
    for (const host of [village.host, BASE]) {
        await page.goto(`http://${host}/`);
        assert.match(await page.locator('main').innerText(), TEXT);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), host);
        assert.equal(await page.locator('.menu-open').evaluate((el) => el.getClientRects().length && el.offsetHeight < 60), true, 'the menu stays a button');
    }
    await context.close();
});

test('at the kiosk', async () => {
    const kiosk = await device(village);
    const pages = [await kiosk.open('/anjungan'), await enter(kiosk, village.residents[0])];
    for (const answer of pages) {
        assert.deepEqual(answer.page.querySelectorAll('#xss, img[src="/xss"], [onerror]').map((el) => el.outerHTML), [], answer.path);
        assert.match(answer.words, TEXT, answer.path);
    }
});

test('on paper, and in its picture', async () => {
    const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: papers[0] }).toString();
    assert.match(text, /<i id=xss>/i, 'as it was typed');
    assert.doesNotMatch(text, /54439/, 'a value is no template');
    const clerk = await staff(village, 'clerk');
    const open = value(schema, `SELECT MAX(id) FROM letter WHERE state = 1`);
    const picture = (await clerk.get(`/kantor/surat/${open}/pratinjau/1`)).must(200);
    assert.match(picture.headers['content-type'], /^image\/svg\+xml/);
    assert.doesNotMatch(picture.text, /<script|<i |onerror|<img/i);
});
