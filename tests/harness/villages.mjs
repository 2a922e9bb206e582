// SPDX-License-Identifier: AGPL-3.0-or-later
// New villages, each used by one test only: for tests that count everything in a village.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client, send as ask } from './client.mjs';
import { freshNumber } from './families.mjs';
import { BASE, balaictl, rows, schemaOf, until, value } from './stack.mjs';

/** → {code, name, slug, host}: nobody lives or works there. `code` must be free and of a district that is there. */
export async function newVillage(code, name) {
    const scratch = mkdtempSync(path.join(os.tmpdir(), 'balai-village-'));
    const list = path.join(scratch, 'one.tsv');
    writeFileSync(list, `code\tkind\tname\tdistrict\n${code}\tD\t${name}\tLarompong Selatan\n`);
    balaictl('provision', '--file', list);
    rmSync(scratch, { recursive: true });
    const [[slug]] = rows('balai_control', `SELECT slug FROM village WHERE code = '${code}'`);
    const host = `${slug}.${BASE}`;
    await until('the server knows its host', async () => (await ask(host, 'GET', '/')).status === 200, 20);
    return { code, name, slug, host };
}

/** One with an operator. → newVillage's and {client} */
export async function emptyVillage(code, name) {
    const village = await newVillage(code, name);
    const account = JSON.parse(balaictl('staff', 'add', code, '--username', 'operator', '--name', 'Operator Uji', '--role', 'clerk', '--json'));
    const client = new Client(village.host);
    await client.signIn(account);
    return { ...village, client };
}

/** Whether a prepared statement is logged with its values is settled when it is prepared: those that stand end with their connections. */
function endConnections(village) {
    const ids = rows('information_schema', `SELECT id FROM processlist WHERE user LIKE 'desa_${village.code}%'`);
    if (ids.length) rows('mysql', ids.map(([id]) => `KILL ${id}`).join(';'));
}

/** The statements, values and all, that the village's own account sends while fn runs: without a new connection's first word. */
export async function statementsOf(village, fn) {
    rows('mysql', "SET GLOBAL log_output = 'TABLE'; TRUNCATE TABLE general_log; SET GLOBAL general_log = ON");
    endConnections(village);
    try {
        await fn();
    } finally {
        rows('mysql', 'SET GLOBAL general_log = OFF');
        endConnections(village);
    }
    const sent = rows('mysql', `SELECT argument FROM general_log WHERE user_host LIKE 'desa_${village.code}%' AND command_type IN ('Query', 'Execute') AND argument NOT LIKE 'SET NAMES %'`).map(([text]) => text);
    assert.ok(sent.length > 0, 'the log was kept');
    return sent;
}

/** One where letters can be issued: a head who signs, some grown people, and an account of each role asked for. → {code, host, clerk, secretary, head, passwords, people: their ids} */
export async function officeVillage(code, name, roles = ['clerk', 'secretary', 'head'], people = 3) {
    const village = await newVillage(code, name);
    const clients = {}, passwords = {};
    for (const role of roles) {
        const account = JSON.parse(balaictl('staff', 'add', code, '--username', `uji.${role}`, '--name', `Uji ${role}`, '--role', role, '--json'));
        passwords[role] = account.password;
        clients[role] = new Client(village.host);
        await clients[role].signIn(account);
    }
    const schema = schemaOf(village);
    rows(schema, `INSERT INTO official (name, position, office, sort) VALUES ('Andi Uji', 'Kepala Desa ${name}', 'head', 10);
        INSERT INTO area (hamlet, rw, rt) VALUES ('Uji', '001', '001');`);
    const made = [];
    for (let i = 0; i < people; i++) {
        const nik = freshNumber(village);
        rows(schema, `INSERT INTO resident (nik, name, sex, birth_place, birth_date, area_id) SELECT '${nik}', 'WARGA UJI ${'ABCDEFGH'[i]}', 1, 'Uji', '1980-01-01', MAX(id) FROM area`);
        made.push(Number(value(schema, `SELECT id FROM resident WHERE nik = '${nik}'`)));
    }
    return { ...village, ...clients, passwords, people: made };
}

/** So many more grown people in an RT of its own, made at once; → [{id, nik}]. */
export function settle(village, rt, n) {
    const schema = schemaOf(village), niks = Array.from({ length: n }, () => freshNumber(village));
    rows(schema, `INSERT INTO area (hamlet, rw, rt) VALUES ('Uji', '001', '${rt}');
        UPDATE registry_lock SET rts = CONCAT_WS(CHAR(10), NULLIF(rts, ''), '${rt}') WHERE id = 1;
        INSERT INTO resident (nik, name, sex, birth_place, birth_date, area_id)
        SELECT j.nik, CONCAT('WARGA RT ${rt} ', j.n), 1 + j.n % 2, 'Uji', '1975-05-05', (SELECT MAX(id) FROM area WHERE rt = '${rt}')
        FROM JSON_TABLE('${JSON.stringify(niks)}', '$[*]' COLUMNS (n FOR ORDINALITY, nik CHAR(16) PATH '$')) AS j`);
    const id = new Map(rows(schema, `SELECT nik, id FROM resident WHERE area_id = (SELECT MAX(id) FROM area WHERE rt = '${rt}')`));
    return niks.map((nik) => ({ nik, id: Number(id.get(nik)) }));
}
