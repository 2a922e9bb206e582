// SPDX-License-Identifier: AGPL-3.0-or-later
// How many statements an answer took: the server counts what passes its store and writes it beside the request's number.

import assert from 'node:assert/strict';
import { logText, until } from './stack.mjs';

/** → the number of statements behind an answer of client.mjs. */
export async function statementsOf(answer) {
    const id = answer.headers['x-request-id'];
    assert.ok(id, `${answer.path}: the answer has no number`);
    const line = new RegExp(`event=answer .*request=${id} .* (\\d+) statements`);
    return Number(await until(`the log tells of ${id}`, () => line.exec(logText('server.log'))?.[1], 10));
}

/** An answer within the house's limit; gives it back. */
export async function withStatements(answer, most = 5) {
    const n = await statementsOf(answer);
    assert.ok(n > 0 && n <= most, `${answer.path}: ${n} statements, at most ${most}`);
    return answer;
}
