// SPDX-License-Identifier: AGPL-3.0-or-later
// More waits than one page shows: nothing of it is hidden, and "all read" is said when it is so.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { rows, schemaOf, value } from '../harness/stack.mjs';
import { officeVillage } from '../harness/villages.mjs';

let village, schema, head, ids;

before(async () => {
    village = await officeVillage('7317102077', 'Uji Banyak Menunggu', ['head'], 1);
    ({ head } = village);
    schema = schemaOf(village);
    rows(schema, `INSERT INTO letter (type_id, type_version, state, resident_id, inputs, made_by, made_at)
        SELECT t.id, t.version, 3, ${village.people[0]}, '{"sejak":"1998","keperluan":"pendaftaran sekolah"}', 1, NOW(6) FROM letter_type t, seq_1_to_56 WHERE t.slug = 'keterangan-domisili'`);
    ids = rows(schema, 'SELECT id FROM letter WHERE state = 3 ORDER BY id').map(([id]) => Number(id));
});

const links = (answer) => answer.page.querySelectorAll('a.pick[href^="/kantor/persetujuan/"]').map((a) => Number(a.getAttribute('href').split('/').at(-1)));
const list = async (tail = '') => (await head.get(`/kantor/persetujuan${tail}`)).must(200);

test('the list says how much there is and goes on; what only waits for its signature stands apart', async () => {
    rows(schema, `UPDATE letter SET number = 1, number_text = '400/1', scope = 'uji', year = 2026, snapshot = '{"values":{}}', sign_state = 3,
        signer_id = (SELECT MIN(id) FROM official WHERE office = 'head') WHERE id = ${ids[0]}`);
    const first = (await list()).must(200, '1–50 dari 55 surat', 'Sudah diputuskan, belum ditandatangani');
    assert.deepEqual(links(first), [...ids.slice(1, 51), ids[0]], 'what is to be decided is not hidden by it');
    const second = (await head.get(first.page.querySelector('a[href*="?sesudah="]').getAttribute('href'))).must(200, '51–55 dari 55 surat', 'Dari awal');
    assert.deepEqual(links(second), [...ids.slice(51), ids[0]]);
    (await head.get(`/kantor/persetujuan/${ids.at(-1)}`)).must(200, 'Surat 55 dari 55');
    for (const id of [ids.at(-1), 999999999]) { // a page from before: what stood behind it was decided meanwhile
        const none = (await list(`?sesudah=${id}`)).must(200, '1–50 dari 55 surat');
        assert.deepEqual(links(none), links(first));
    }
    rows(schema, 'UPDATE letter SET state = 1 WHERE state = 3 AND number IS NULL');
    assert.ok(!(await list(`?sesudah=${ids.at(-1)}`)).text.includes('dari 0 surat'));
    rows(schema, `UPDATE letter SET state = 3 WHERE state = 1 AND id IN (${ids.join()})`);
});

test('who marks one as read comes to the next wherever it is, and hears that all are read when none is left', async () => {
    const me = value(schema, "SELECT id FROM staff WHERE username = 'uji.head'");
    rows(schema, `INSERT INTO letter_step (letter_id, step, staff_id, staff_name, at, note) SELECT id, 'read', ${me}, 'Uji', NOW(6), CONCAT(version, ':x') FROM letter WHERE id IN (${ids.slice(1, -2).join()})`);
    const read = async (id) => (await head.submit((await head.get(`/kantor/persetujuan/${id}`)).must(200), {}, `form[action$="/${id}/dibaca"]`)).must(303);
    assert.equal((await read(ids.at(-2))).location, `/kantor/persetujuan/${ids.at(-1)}`, 'behind the first fifty');
    const last = await read(ids.at(-1));
    assert.equal(last.location, '/kantor/persetujuan');
    (await head.follow(last)).must(200, 'Semua sudah dibaca');
});
