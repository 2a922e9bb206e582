// SPDX-License-Identifier: AGPL-3.0-or-later
// How many letters of which type were issued in each month of a year, and how often they were printed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { today } from '../harness/days.mjs';
import { BUSINESS, livingResidents, pdf, send } from '../harness/letters.mjs';
import { rows, schemaOf, trainingVillages } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);

test('each type has its months, what was issued and what was printed; the first line is their sum', async () => {
    const clerk = await staff(village, 'clerk');
    const { id, page } = await send(clerk, BUSINESS, livingResidents(village, 1)[0]);
    await pdf(clerk, id);
    assert.ok(page);
    const letter = (await clerk.get(`/kantor/surat/${id}`)).must(200);
    (await clerk.submit(letter, {}, `form[action$="/${id}/cetak"]`)).must(303);
    const [, , year] = today();
    const shown = (await clerk.get(`/kantor/surat/rekap?tahun=${year}`)).must(200, 'Rekap surat', `Tahun ${year}`);
    const lines = shown.page.querySelectorAll('main table tbody tr').map((tr) => [tr.querySelector('th').text.trim(), ...tr.querySelectorAll('td').map((td) => Number(td.text.replace(/\D/g, '')))]);
    const stored = rows(schema, `SELECT t.name, MONTH(l.letter_date), COUNT(*), SUM((SELECT COUNT(*) FROM letter_step s WHERE s.letter_id = l.id AND s.step = 'printed'))
        FROM letter l JOIN letter_type t ON t.id = l.type_id WHERE l.number IS NOT NULL AND YEAR(l.letter_date) = ${year} GROUP BY t.id, t.name, MONTH(l.letter_date)`);
    for (const [name, month, issued] of stored) assert.ok(lines.some((l) => l[0] === name && l[Number(month)] === Number(issued)), `${name} ${month}: ${issued}`);
    assert.deepEqual(lines[0].slice(-2), [2, 3].map((at) => stored.reduce((sum, row) => sum + Number(row[at]), 0)));
    assert.equal(lines.find((l) => l[0] === 'Surat Keterangan Usaha').length, 15);
    assert.equal(shown.page.querySelectorAll('svg.chart rect').length, 12);
    (await clerk.get('/kantor/surat/rekap?tahun=1999')).must(200, 'Belum ada surat yang terbit di tahun ini');
});
