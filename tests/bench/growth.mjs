// SPDX-License-Identifier: AGPL-3.0-or-later
// 1,000 villages in one MariaDB against 207: two whole copies, measured by turns, since others may use the machine, too.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import readline from 'node:readline';
import { HOME, ROOT, program, until } from '../harness/stack.mjs';
import { middle, scratch } from './load.mjs';

const VILLAGES = 1000;
const TURNS = { import_rows: 3, letter_issue: 5, resident_list: 9, public_home: 5 };

/** The regency's own list, and invented ones behind it. */
function unitsOf(many) {
    const real = readFileSync(path.join(ROOT, 'deploy/luwu.tsv'), 'utf8').trimEnd();
    const missing = many - real.split('\n').filter((line) => line.split('\t')[1] === 'D').length;
    const invented = Array.from({ length: missing }, (_, i) => {
        const district = 60 + Math.floor(i / 99);
        return `7317${district}2${String((i % 99) + 1).padStart(3, '0')}\tD\tDesa Uji ${i + 1}\tKecamatan Uji ${district}\t\t`;
    });
    return `${[real, ...invented].join('\n')}\n`;
}

const freePort = () => new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => resolve(port));
    });
});

/** measure(what, turn) on the copy in `home`; end(). */
function side(home) {
    const child = spawn(process.execPath, [path.join(ROOT, 'tests/bench/growth_side.mjs')], { env: { ...process.env, BALAI_HOME: home }, stdio: ['pipe', 'pipe', 'inherit'] });
    const answers = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return {
        async measure(what, turn = 0) {
            child.stdin.write(`${JSON.stringify({ what, turn })}\n`);
            const { value: line, done } = await answers.next();
            if (done) throw new Error(`${what} was not measured in ${home}`);
            return JSON.parse(line);
        },
        end: () => child.stdin.end(),
    };
}

async function bigCopy() {
    const home = path.join(HOME, '../home-1000'); // deploy/bench stops and removes it
    const units = path.join(scratch, 'units.tsv');
    writeFileSync(units, unitsOf(VILLAGES));
    const env = { ...process.env, BALAI_HOME: home, BALAI_UNITS: units, PORT: String(await freePort()), BALAI_PROGRAMS: path.dirname(program('balai-server')) };
    execFileSync(path.join(ROOT, 'deploy/run'), ['--detach'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    const [, runDir] = /^run_dir = (.*)$/m.exec(readFileSync(path.join(home, 'conf/server.conf'), 'utf8'));
    await until(`${VILLAGES} villages are made`, () => existsSync(path.join(runDir, 'rest-done')), 1800);
    return home;
}

export async function growth(figure) {
    const big = side(await bigCopy());
    const small = side(HOME);
    const made = await big.measure('provisioned');
    figure('provision_rate_207', made.first, 'villages/s', 8);
    figure('provision_rate_1000', made.last, 'villages/s', 8);
    for (const one of [big, small]) await one.measure('quiet');
    figure('cold_page_1000', await big.measure('cold_page'), 'ms', 150, true);
    figure('start_1000', await big.measure('start'), 's', 3, true);
    const ratios = {};
    for (const [what, turns] of Object.entries(TURNS)) {
        const got = [];
        for (let turn = 0; turn < turns; turn++) {
            const pair = {};
            for (const [name, one] of turn % 2 ? [['small', small], ['big', big]] : [['big', big], ['small', small]]) pair[name] = await one.measure(what, turn);
            got.push(pair);
        }
        ratios[what] = middle(got.map((p) => p.big / p.small));
        console.error(`growth ${what}: ${got.map((p) => `${p.big.toPrecision(4)} of ${p.small.toPrecision(4)}`).join(', ')}`);
        figure(`growth_${what}`, ratios[what], 'of 207', 0.9);
    }
    figure('growth_1000', Math.min(...Object.values(ratios)), 'of 207', 0.9);
    const memory = await big.measure('memory');
    figure('rss_server_1000', memory.server, 'MB', 80, true);
    figure('rss_mariadb_1000', memory.mariadb, 'MB', 2000, true); // its caches full: deploy/README.md
    for (const one of [big, small]) one.end();
}
