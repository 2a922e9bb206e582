// SPDX-License-Identifier: AGPL-3.0-or-later
// The demo's month of work is written through the pages, field by field: a field that is renamed must be renamed there, too.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { today } from '../harness/days.mjs';
import { balaictl, BASE, ROOT, rows, schemaOf, value } from '../harness/stack.mjs';
import { newVillage } from '../harness/villages.mjs';

const home = mkdtempSync(path.join(os.tmpdir(), 'balai-demo-'));
let schema;

before(async () => {
    const village = await newVillage('7317102089', 'Uji Bulan');
    const file = path.join(home, 'training.json');
    balaictl('training', '--access-out', file, village.code);
    writeFileSync(path.join(home, 'demo-access.json'), JSON.stringify({ base: BASE, villages: [village], training: JSON.parse(readFileSync(file, 'utf8')) }));
    schema = schemaOf(village);
});
after(() => rmSync(home, { recursive: true, force: true }));

const demo = () => {
    const { status, stderr } = spawnSync('python3', [path.join(ROOT, 'deploy/demo.py'), home], { encoding: 'utf8' });
    return { status, stderr };
};
const counts = (sql) => Object.fromEntries(rows(schema, sql).map(([what, n]) => [what, Number(n)]));
const month = () => ({
    letters: counts('SELECT state, COUNT(*) FROM letter WHERE state <> 7 AND id NOT IN (SELECT letter_id FROM letter_pile_line WHERE letter_id IS NOT NULL) GROUP BY state'), // 7: begun for somebody of whom something spoke against it
    piles: Number(value(schema, 'SELECT COUNT(*) FROM letter_pile WHERE is_decided')),
    events: counts('SELECT kind, COUNT(*) FROM resident_event GROUP BY kind'),
    mail: counts("SELECT kind, COUNT(*) FROM history WHERE owner = 'mail' GROUP BY kind"),
    scans: Number(value(schema, "SELECT COUNT(*) FROM attachment WHERE owner = 'mail' AND slot = 'scan'")),
    queue: Number(value(schema, 'SELECT COUNT(*) FROM kiosk_call WHERE number IS NOT NULL AND done_at IS NULL')),
});
const whole = { letters: { 1: 1, 2: 3, 3: 4, 4: 9, 5: 1, 6: 1 }, piles: 1, events: { birth: 3, death: 2, move_out: 2 }, mail: { add: 2, edit: 1, dispose: 2, undispose: 1, read: 1, report: 1, send: 1, resend: 1, file: 2 }, scans: 2, queue: 2 };

test('letters in every state, events, mail with its history and a queue are there, and nothing was left out', () => {
    assert.deepEqual(demo(), { status: 0, stderr: '' });
    assert.deepEqual(month(), whole);
    const years = rows(schema, "SELECT DISTINCT RIGHT(number, 4) FROM resident_event WHERE kind = 'move_out' AND number <> ''").flat().map(Number);
    assert.ok(years.length > 0 && years.every((year) => today()[2] - year <= 1), `${years}`);
});

test('a village that has its month is left as it is', () => {
    assert.deepEqual(demo(), { status: 0, stderr: '' });
    assert.deepEqual(month(), whole);
});
