// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker, the server and the database are killed while a pile is issued.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUSINESS, choose, pileDone } from '../harness/letters.mjs';
import { expectErrors, kill, ready, stubborn } from '../harness/faults.mjs';
import { rows, schemaOf, until, value } from '../harness/stack.mjs';
import { officeVillage, settle } from '../harness/villages.mjs';

test('killed in the middle, a pile goes on: no number and no letter twice, none left out', async () => {
    const village = await officeVillage('7317102083', 'Uji Massal Putus', ['clerk'], 1);
    const schema = schemaOf(village);
    const many = 240;
    settle(village, '010', many);
    rows(schema, "UPDATE letter_type SET policy = 'seal' WHERE slug = 'keterangan-usaha'");
    const { id, page } = await choose(village.clerk, BUSINESS, village.people[0], { cara: 'saringan', rt: '010' });
    (await village.clerk.submit(page, {}, 'form[action$="/kirim"]')).must(303);
    expectErrors();
    const issued = () => Number(value(schema, `SELECT COUNT(*) FROM letter_pile_line WHERE pile_id = ${id} AND letter_id IS NOT NULL`));
    for (const [part, from] of [['balai-worker', 1], ['balai-server', 60], ['balai-worker', 100]]) {
        await until(`${from} letters are issued`, () => issued() >= from, 120);
        await kill(part);
    }
    await ready(120);
    await pileDone(village, id, 300); // what a killed worker held comes back when its lease is over
    const letters = rows(schema, `SELECT l.number, l.resident_id, l.file_id IS NOT NULL FROM letter_pile_line n JOIN letter l ON l.id = n.letter_id WHERE n.pile_id = ${id} AND l.state = 4`);
    assert.equal(letters.length, many);
    assert.equal(new Set(letters.map(([number]) => number)).size, many);
    assert.equal(new Set(letters.map(([, resident]) => resident)).size, many);
    assert.ok(letters.every(([, , hasFile]) => hasFile === '1'));
    assert.equal(value(schema, 'SELECT COUNT(*) FROM letter WHERE state = 4'), String(many));
    assert.equal(value(schema, 'SELECT MAX(number) FROM letter'), String(many), 'no number was lost');
    const shown = await stubborn('the page answers', () => village.clerk.get(`/kantor/surat-massal/${id}`));
    shown.must(200, `${many} surat terbit`);
});
