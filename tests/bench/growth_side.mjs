// SPDX-License-Identifier: AGPL-3.0-or-later
// One of the two copies that growth.mjs compares: the one BALAI_HOME names. Reads what to measure, one JSON a line, and answers in kind.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import readline from 'node:readline';
import { send as ask, staff } from '../harness/client.mjs';
import { BASE, HOME, access, pidOf, program, rows, runDir, until } from '../harness/stack.mjs';
import { here, importRate, lettersIssued, scratch, second, statusKb, village, visitAll, wrk } from './load.mjs';

let list;
const measures = {
    async resident_list() {
        if (!list) {
            const clerk = await staff(second, 'clerk');
            list = { Host: second.host, Cookie: [...clerk.cookies].map(([k, v]) => `${k}=${v}`).join('; ') };
        }
        return wrk(here('/kantor/penduduk'), { headers: list, seconds: 4 }).rate;
    },
    public_home: () => wrk(here('/'), { headers: { Host: village.host, 'Accept-Encoding': 'gzip' }, seconds: 4 }).rate,
    letter_issue: () => lettersIssued(240),
    import_rows: (turn) => importRate(turn),

    /** Villages that nobody has visited since they were made, most of their tables long out of MariaDB's caches. */
    async cold_page() {
        const strangers = access().villages.filter((v) => v.code !== village.code && v.code !== second.code);
        const took = [];
        for (let i = 0; i < strangers.length; i += Math.floor(strangers.length / 40)) {
            const begun = process.hrtime.bigint();
            const answer = await ask(strangers[i].host, 'GET', '/');
            took.push(Number(process.hrtime.bigint() - begun) / 1e6);
            if (answer.status !== 200) throw new Error(`${strangers[i].host}: ${answer.status}`);
        }
        return took.sort((a, b) => a - b)[Math.floor(took.length * 0.95)];
    },

    /** A second server over the same database, from its start to its first /readyz. */
    async start() {
        const conf = path.join(scratch, 'server.conf');
        writeFileSync(conf, readFileSync(path.join(HOME, 'conf/server.conf'), 'utf8').replace(/^run_dir = .*$/m, `run_dir = ${scratch}`), { mode: 0o600 });
        const socket = path.join(scratch, 'balai-0.sock');
        const begun = Date.now();
        const server = spawn(program('balai-server'), ['--config', conf], { stdio: 'ignore' });
        const ended = new Promise((resolve) => server.on('exit', resolve));
        try {
            await until('it is ready', () => existsSync(socket) && new Promise((resolve, reject) => {
                http.get({ socketPath: socket, path: '/readyz', headers: { host: BASE } }, (a) => resolve(a.resume().statusCode === 200)).on('error', reject);
            }));
            return (Date.now() - begun) / 1000;
        } finally {
            server.kill('SIGTERM');
            await ended;
        }
    },

    async memory() {
        await visitAll();
        return { server: statusKb(pidOf('balai-server'), 'VmRSS') / 1024, mariadb: statusKb(pidOf('mariadb'), 'VmRSS') / 1024 };
    },

    /** Villages a second: of the first 200 that provisioning made, and of the last. */
    async provisioned() {
        const at = rows('balai_control', "SELECT UNIX_TIMESTAMP(ready_at) FROM village WHERE step = 'ready' AND is_sample = FALSE ORDER BY ready_at").map(([s]) => Number(s));
        const rate = (from, to) => (to - from) / (at[to] - at[from]);
        return { first: rate(0, 200), last: rate(at.length - 201, at.length - 1) };
    },

    /** Nothing is left for the worker: figures of new villages would be counted beside what is measured. */
    quiet: () => until('every village has published its figures', () => rows('balai_control', "SELECT COUNT(*) FROM village v LEFT JOIN rollup r ON r.village_code = v.code WHERE v.step = 'ready' AND r.village_code IS NULL")[0][0] === '0', 600),
};

for await (const line of readline.createInterface({ input: process.stdin })) {
    const { what, turn } = JSON.parse(line);
    process.stdout.write(`${JSON.stringify((await measures[what](turn)) ?? null)}\n`);
}
rmSync(scratch, { recursive: true });
process.exit(0);
