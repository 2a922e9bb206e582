// SPDX-License-Identifier: AGPL-3.0-or-later
// Files one asks for: the page that waits, and the file once the worker has made it.

import assert from 'node:assert/strict';
import { until } from './stack.mjs';

/** Follows the 303 of an asking; → {path, page: ready, file: the answer with its bytes}. */
export async function fetched(client, answer, seconds = 60) {
    answer.must(303);
    assert.match(answer.location, /^\/kantor\/unduhan\/\d+$/);
    const path = answer.location;
    const page = await until(`the file of ${path}`, async () => {
        const at = (await client.get(path)).must(200);
        return at.words.includes('Berkas sedang dibuat') ? null : at;
    }, seconds);
    const link = page.page.querySelector('main a[download]')?.getAttribute('href');
    const file = link ? (await client.get(link)).must(200) : null;
    return { path, page, file };
}
