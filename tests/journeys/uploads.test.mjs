// SPDX-License-Identifier: AGPL-3.0-or-later
// What comes from outside is bounded for each village, and nothing of it stays that nobody uses.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { check, upload } from '../harness/imports.mjs';
import { pdfOf } from '../harness/pictures.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { person, residentBook } from '../harness/workbook.mjs';

const [village, neighbour] = trainingVillages();
const schema = schemaOf(village);
let clerk, other;

before(async () => {
    clerk = await staff(village, 'clerk');
    other = await staff(neighbour, 'clerk');
    rows(schema, 'DELETE FROM file_hour');
});
after(() => rows(schema, 'DELETE FROM file_hour'));

const alone = (in_) => value(schemaOf(in_), "SELECT MAX(id) FROM resident WHERE basic_status = 1 AND id NOT IN (SELECT owner_id FROM attachment WHERE owner = 'resident')");
const orphans = () => rows(schema, 'SELECT id FROM file f WHERE NOT EXISTS (SELECT 1 FROM file_use u WHERE u.file_id = f.id)');
const files = () => Number(value(schema, 'SELECT COUNT(*) FROM file'));
const paper = (text) => [{ name: 'berkas', filename: 'akta.pdf', type: 'application/pdf', bytes: pdfOf(text) }];
async function put(client, person, text) {
    const form = (await client.get(`/kantor/penduduk/${person}/berkas`)).must(200);
    const token = form.page.querySelectorAll('main form input[name=_csrf], main form input[name=_once]').slice(0, 2).map((i) => [i.getAttribute('name'), i.getAttribute('value')]);
    return client.post(`/kantor/penduduk/${person}/dokumen`, [...token, ['jenis', 'other']], { files: paper(text) });
}

test('twenty-six documents for one person: twenty are kept, six are refused, and of those nothing is left', async () => {
    const who = alone(village), before = orphans();
    const answers = [];
    for (let i = 0; i < 26; i++) answers.push((await put(clerk, who, `berkas ${i} dari ${who}`)).status);
    assert.deepEqual(answers, [...Array(20).fill(303), ...Array(6).fill(422)]);
    assert.equal(value(schema, `SELECT COUNT(*) FROM attachment WHERE owner = 'resident' AND owner_id = ${who}`), '20');
    assert.deepEqual(orphans(), before);
});

/** The village has uploaded as much within this hour, and within the next if it begins meanwhile. */
const used = (uploads, bytes) => rows(schema, `DELETE FROM file_hour; INSERT INTO file_hour (hour, uploads, bytes)
    SELECT FLOOR(UNIX_TIMESTAMP() / 3600) + n, ${uploads}, ${bytes} FROM (SELECT 0 AS n UNION SELECT 1) AS two`);

for (const [words, uploads, bytes, sentence] of [
    ['uploads of an hour', 120, 0, /sudah mengunggah 120 berkas dalam satu jam. Lanjutkan (besok )?pukul \d\d\.00\./],
    ['bytes of a day', 1, 200 * 1024 * 1024, /sudah mengunggah [\d,]+ MB dari 200 MB sehari. Unggah berkas ini besok pukul \d\d\.00, atau kecilkan dulu\./],
]) test(`beyond the village's ${words} nothing more is taken, it is said until when, and other villages go on`, async () => {
    const who = alone(village);
    used(uploads, bytes);
    const before = files();
    for (const refused of [await put(clerk, who, words), await upload(clerk, residentBook([person(70)]))]) {
        assert.equal(refused.status, 429, refused.told);
        assert.match(refused.words, sentence);
        assert.ok(Number(refused.headers['retry-after']) > 0 && Number(refused.headers['retry-after']) <= 25 * 3600, refused.headers['retry-after']);
    }
    assert.equal(files(), before);
    (await put(other, alone(neighbour), words)).must(303);
    used(119, 100);
    (await put(clerk, who, words)).must(303);
});

test('what only looks like a workbook is never stored', async () => {
    used(0, 0);
    const before = [files(), value(schema, 'SELECT COUNT(*) FROM import_batch')];
    (await upload(clerk, Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(300000, 0xa7)]))).must(422, 'rusak atau terpotong');
    assert.deepEqual([files(), value(schema, 'SELECT COUNT(*) FROM import_batch')], before);
    assert.equal(value(schema, 'SELECT SUM(uploads) FROM file_hour'), '0', 'and does not count');
});

test('the file of an import goes a week after it is over; one that waits for its person stays for a month', async () => {
    const made = {};
    for (const [word, state, days] of [['refused', 'refused', 8], ['cancelled', 'cancelled', 8], ['committed', 'committed', 8], ['young', 'cancelled', 6], ['waiting', 'checked', 20], ['forsaken', 'checked', 31],
        ['stopped', 'checking', 8], ['unwritten', 'committing', 8], ['working', 'checking', 6]]) {
        const { id } = await check(clerk, village, residentBook([person(9000 + days, { nama: `UJI ${word.toUpperCase()}`, nik: '12' })]), `${word}.xlsx`);
        rows(schema, `UPDATE import_batch SET state = '${state}', put_at = NOW(6) - INTERVAL ${days} DAY WHERE id = ${id};
            INSERT IGNORE INTO import_fault (batch_id, seq, is_warning, sheet, row_no, column_name, value, text, accepted) VALUES (${id}, 999, FALSE, 'Data', 2, 'nik', '7317000000000001', 'salah', '')`);
        made[word] = id;
    }
    rows(schema, `UPDATE outbox SET state = 4 WHERE kind = 4 AND subject = ${made.stopped}`);
    const ids = Object.values(made).join();
    const kept = Object.fromEntries(rows(schema, `SELECT b.id, f.id FROM import_batch b JOIN file f ON f.id = b.file_id WHERE b.id IN (${ids})`));
    rows(schema, `INSERT INTO epoch (name, value) SELECT 'tidy', 0 ON DUPLICATE KEY UPDATE value = 0; INSERT INTO outbox (kind, subject, payload) VALUES (2, 0, '{}')`);
    const left = () => rows(schema, `SELECT b.id, b.state FROM import_batch b JOIN file f ON f.id = b.file_id WHERE b.id IN (${ids}) ORDER BY b.id`);
    await until('the files of what is over are gone', () => rows(schema, `SELECT id FROM file WHERE id IN (${Object.values(kept).join()})`).length === 3);
    assert.deepEqual(left(), [[String(made.young), 'cancelled'], [String(made.waiting), 'checked'], [String(made.working), 'checking']]);
    assert.equal(value(schema, `SELECT state FROM outbox WHERE kind = 4 AND subject = ${made.stopped}`), '3', 'and nothing waits to be set going');
    assert.equal(value(schema, `SELECT state FROM import_batch WHERE id = ${made.forsaken}`), 'cancelled');
    const faults = rows(schema, `SELECT DISTINCT batch_id FROM import_fault WHERE batch_id IN (${ids}) ORDER BY 1`).map(([id]) => Number(id));
    assert.deepEqual(faults, [made.committed, made.young, made.waiting, made.working], 'what was refused in a file that did become the registry is still to be mended');
    const causes = rows(schema, `SELECT DISTINCT batch_id FROM import_cause WHERE batch_id IN (${ids}) ORDER BY 1`).map(([id]) => Number(id));
    assert.deepEqual(causes, [made.committed, made.young, made.waiting, made.working], 'and so are its causes');
    (await clerk.get(`/kantor/penduduk/impor/${made.forsaken}`)).must(200, 'Impor ini dibatalkan');
    (await clerk.get(`/kantor/penduduk/impor/${made.committed}`)).must(200, 'Tersimpan');
});
