// SPDX-License-Identifier: AGPL-3.0-or-later
// Breaking parts of the stack on purpose, and clients that do not give up.

import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BASE, HOME, pidOf, until } from './stack.mjs';
import { send } from './client.mjs';

/** From here on error lines in the logs are expected: deploy/test judges only what stands before the mark. */
export function expectErrors() {
    for (const name of ['server', 'worker']) {
        const mark = path.join(HOME, 'log', `${name}.mark`);
        if (!existsSync(mark)) writeFileSync(mark, String(statSync(path.join(HOME, 'log', `${name}.log`)).size));
    }
}

/** A signal to a part's process. SIGSTOP: back only when each of its threads stands still, which takes a while on a busy machine. */
export function signal(part, name) {
    const pid = pidOf(part);
    const stands = (task) => { try { return /\) [TtZX] /.test(readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8')); } catch { return true; } };
    process.kill(pid, name);
    while (name === 'SIGSTOP' && !readdirSync(`/proc/${pid}/task`).every(stands));
}

/** kill -9; resolves when the supervisor has a new process for it. */
export async function kill(part) {
    const before = pidOf(part);
    process.kill(before, 'SIGKILL');
    await until(`${part} is started again`, () => {
        const now = pidOf(part);
        return now !== before && process.kill(now, 0);
    }, 60);
}

export async function ready(seconds = 60) {
    await until('the server says it is ready', async () => (await send(BASE, 'GET', '/readyz')).status === 200, seconds);
}

/**
 * Repeats a request until it is answered for certain: after a broken connection or a 5xx nobody knows
 * whether it took effect, and the same form sent again must not make a second one.
 */
export async function stubborn(words, ask, seconds = 120) {
    return until(words, async () => {
        let answer;
        try {
            answer = await ask();
        } catch {
            return null;
        }
        return answer.status >= 500 || answer.status === 429 ? null : answer;
    }, seconds);
}
