// SPDX-License-Identifier: AGPL-3.0-or-later
// A clerk's way to an import, through the pages as they are.

import assert from 'node:assert/strict';
import { rows, schemaOf, until } from './stack.mjs';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Sends a file; → the answer of the POST (303 to the batch, or the page that says why not). */
export async function upload(client, bytes, filename = 'penduduk.xlsx', type = XLSX) {
    const page = (await client.get('/kantor/penduduk/impor')).must(200);
    const { action, fields } = client.fill(page, {}, 'form[enctype="multipart/form-data"]');
    return client.request('POST', action, { form: fields, files: [{ name: 'berkas', filename, type, bytes }], timeout: 120000 });
}

export function batchRow(village, id) {
    const [row] = rows(schemaOf(village), `SELECT state, rows_total, n_new, n_changed, n_unchanged, n_refused, n_warnings, refusal FROM import_batch WHERE id = ${id}`);
    const [state, total, fresh, changed, unchanged, refused, warnings, refusal] = row;
    return { state, total: Number(total), fresh: Number(fresh), changed: Number(changed), unchanged: Number(unchanged), refused: Number(refused), warnings: Number(warnings), refusal };
}

async function settled(village, id, seconds) {
    return until(`import ${id} is through`, () => {
        const row = batchRow(village, id);
        return ['checking', 'committing'].includes(row.state) ? null : row;
    }, seconds);
}

/** Upload and dry run; → {id, row, page}. */
export async function check(client, village, bytes, filename = 'penduduk.xlsx', seconds = 120) {
    const sent = await upload(client, bytes, filename);
    assert.equal(sent.status, 303, sent.told);
    const id = Number(/\/impor\/(\d+)/.exec(sent.location)[1]);
    const row = await settled(village, id, seconds);
    return { id, row, page: await client.get(`/kantor/penduduk/impor/${id}`) };
}

/** Presses Simpan on the dry run's page; → the settled row. */
export async function confirm(client, village, id, page, seconds = 180) {
    (await client.submit(page, {}, `form[action$="/impor/${id}/simpan"]`)).must(303);
    return settled(village, id, seconds);
}
