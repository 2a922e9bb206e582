// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { until } from '../../harness/stack.mjs';
import { check, confirm } from '../../harness/imports.mjs';
import { person, residentBook } from '../../harness/workbook.mjs';
import { idOf } from '../shapes.mjs';

export const holders = { IMPORT_RESIDENTS: ['clerk', 'secretary'] };

/** A file in which one word is not known: each file another word, since a word that was given its meaning is remembered. */
const unknownWord = (house, isFresh) => house.one('import word', isFresh, async () => {
    house.words = (house.words ?? 0) + 1;
    const { id } = await check(house.clients.clerk, house.village, residentBook([person(7600 + house.words, { status_kawin: `Nikah ${'abcdefghij'[house.words]}` })]), 'kata.xlsx');
    return id;
});

/** What the page of the first cause carries: the word it asks about. */
const asked = (house, path) => {
    const [[text]] = house.sql(`SELECT CONCAT_WS('|', c.column_name, f.value, c.text) FROM import_cause c JOIN import_fault f ON f.batch_id = c.batch_id AND f.cause = c.cause AND f.nth = 1
        WHERE c.batch_id = ${idOf(path)} AND c.cause = 1`).concat([['']]);
    return createHash('sha256').update(text).digest('hex').slice(0, 32);
};

/** A file whose only row may be a baby that stands there without a name. */
const asksSame = (house, isFresh) => house.one('import same', isFresh, async () => {
    let n = 7700; // other suites of this village may have had these people
    while (house.sql(`SELECT 1 FROM family WHERE kk_no = '${person(n).no_kk}'`).length > 0) n += 4;
    const [head, child] = [person(n), person(n + 2)];
    const bare = { ...child, nama: 'BAYI NY DINDING', nik: '0' };
    const first = await check(house.clients.clerk, house.village, residentBook([head, bare]), 'bayi.xlsx');
    assert.equal((await confirm(house.clients.clerk, house.village, first.id, first.page)).state, 'committed');
    const { id } = await check(house.clients.clerk, house.village, residentBook([child]), 'nama.xlsx');
    return id;
});

/** A file whose check has stopped for good. */
const stopped = (house, isFresh) => house.one('import stopped', isFresh, async () => {
    const id = await house.batch(true);
    house.sql(`UPDATE import_batch SET state = 'checking' WHERE id = ${id}; UPDATE outbox SET state = 4 WHERE kind = 4 AND subject = ${id}`);
    return id;
});

export const routes = {
    'GET /kantor/penduduk/impor': { has: 'Periksa berkas' },
    'POST /kantor/penduduk/impor': {
        files: async (house) => [{ name: 'berkas', filename: 'uji.xlsx', bytes: residentBook([person(house.count ?? 1)]) }],
        done: async ({ answer }) => assert.match(answer.location, /^\/kantor\/penduduk\/impor\/\d+$/),
    },
    'GET /kantor/penduduk/impor/contoh': { type: /spreadsheetml/ },
    'GET /kantor/penduduk/impor/{id}': { path: async (house, f) => `/kantor/penduduk/impor/${await house.batch(f)}`, has: 'kenari.xlsx' },
    'POST /kantor/penduduk/impor/{id}/kesalahan': {
        path: async (house, f) => `/kantor/penduduk/impor/${await house.batch(f)}/kesalahan`,
        done: async ({ house, path, answer }) => assert.deepEqual(house.sql(`SELECT kind, criteria FROM export_file WHERE id = ${/^\/kantor\/unduhan\/(\d+)$/.exec(answer.location)[1]}`),
            [['import_faults', `{"batch":${idOf(path)}}`]]),
    },
    'POST /kantor/penduduk/impor/{id}/simpan': {
        path: async (house, f) => `/kantor/penduduk/impor/${await house.batch(f)}/simpan`,
        form: async (house, path) => ({ hasil: house.sql(`SELECT LOWER(HEX(result_hash)) FROM import_batch WHERE id = ${idOf(path)}`)[0]?.[0] ?? 'a'.repeat(64) }),
        done: async ({ house, path }) => until('committed', () => house.sql(`SELECT 1 FROM import_batch WHERE id = ${idOf(path)} AND state = 'committed'`).length === 1),
    },
    'POST /kantor/penduduk/impor/{id}/ganti': {
        path: async (house, f) => `/kantor/penduduk/impor/${await unknownWord(house, f)}/ganti`,
        form: async (house, path) => ({ sebab: '1', kode: '2', tentang: asked(house, path) }),
        done: async ({ house, path }) => {
            await until('checked again', () => house.sql(`SELECT 1 FROM import_batch WHERE id = ${idOf(path)} AND state = 'checked' AND n_refused = 0`).length === 1);
            assert.equal(house.sql("SELECT COUNT(*) FROM import_word WHERE column_name = 'status_kawin' AND word LIKE 'Nikah %' AND code = 2")[0][0], '1');
        },
    },
    'POST /kantor/penduduk/impor/{id}/sama': {
        path: async (house, f) => `/kantor/penduduk/impor/${await asksSame(house, f)}/sama`,
        form: async (house, path) => ({ hasil: house.sql(`SELECT LOWER(HEX(result_hash)) FROM import_batch WHERE id = ${idOf(path)}`)[0]?.[0] ?? 'a'.repeat(64), sama_1: 'bukan' }),
        done: async ({ house, path }) => until('checked again', () => house.sql(`SELECT 1 FROM import_batch WHERE id = ${idOf(path)} AND state = 'checked' AND answers = '{"1":0}' AND n_new = 1`).length === 1),
    },
    'POST /kantor/penduduk/impor/{id}/ulang': {
        path: async (house, f) => `/kantor/penduduk/impor/${await stopped(house, f)}/ulang`,
        done: async ({ house, path }) => until('checked again', () => house.sql(`SELECT 1 FROM import_batch WHERE id = ${idOf(path)} AND state = 'checked'`).length === 1),
    },
    'POST /kantor/penduduk/impor/pilihan/{id}/hapus': {
        path: async (house) => `/kantor/penduduk/impor/pilihan/${house.sql("INSERT INTO import_word (column_name, word, code, staff_name) VALUES ('status_kawin', CONCAT('UJI ', UUID_SHORT()), 2, 'Uji') RETURNING id")[0][0]}/hapus`,
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM import_word WHERE id = ${/pilihan\/(\d+)/.exec(path)[1]}`)[0][0], '0'),
    },
    'POST /kantor/penduduk/impor/{id}/batal': {
        path: async (house, f) => `/kantor/penduduk/impor/${await house.batch(f)}/batal`,
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT state FROM import_batch WHERE id = ${idOf(path)}`)[0][0], 'cancelled'),
    },
    'POST /kantor/penduduk/impor/{id}/lama': {
        path: async (house, f) => `/kantor/penduduk/impor/${await house.batch(f)}/lama`,
        form: async () => ({ pakai: '1' }),
        done: async ({ house, path }) => until('checked again', () => house.sql(`SELECT 1 FROM import_batch WHERE id = ${idOf(path)} AND state = 'checked' AND takes_old`).length === 1),
    },
    'POST /kantor/penduduk/impor/{id}/terima': {
        path: async (house, f) => `/kantor/penduduk/impor/${await house.batch(f)}/terima`,
        done: async ({ house, path }) => until('checked again', () => house.sql(`SELECT 1 FROM import_batch WHERE id = ${idOf(path)} AND state = 'checked' AND n_refused = 0`).length === 1),
    },
};
