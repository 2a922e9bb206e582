// SPDX-License-Identifier: AGPL-3.0-or-later
// The load of the figures, against the copy that BALAI_HOME names.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client, send as ask, staff } from '../harness/client.mjs';
import { check } from '../harness/imports.mjs';
import { BUSINESS, draft, livingResidents } from '../harness/letters.mjs';
import { PORT, access, rows, schemaOf, staffOf, together, trainingVillages, until, value } from '../harness/stack.mjs';
import { person, residentBook } from '../harness/workbook.mjs';

export const scratch = mkdtempSync(path.join(os.tmpdir(), 'balai-bench-'));
export const [village, second] = trainingVillages();
export const cores = os.cpus().length;

export const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const secondsOf = (stat) => {
    const fields = readFileSync(stat, 'utf8').replace(/^.*\) /, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
};
export const cpuSeconds = (pid) => secondsOf(`/proc/${pid}/stat`);
/** Of its threads beside the loop: in the worker layout, PDF and seal, without the queue and the database's client. */
export const besideSeconds = (pid) => readdirSync(`/proc/${pid}/task`).filter((t) => Number(t) !== pid).reduce((sum, t) => sum + secondsOf(`/proc/${pid}/task/${t}/stat`), 0);
export const statusKb = (pid, key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
export const here = (p) => `http://127.0.0.1:${PORT}${p}`;

/** wrk → {rate, p99 in ms, errors} */
export function wrk(address, { seconds = 8, connections = 64, headers = {}, bodies = [] } = {}) {
    const script = path.join(scratch, 'done.lua');
    const posts = bodies.length === 0 ? '' : `local bodies = {${bodies.map((b) => JSON.stringify(b)).join()}}
        local at = 0
        request = function() at = at % #bodies + 1; return wrk.format("POST", nil, nil, bodies[at]) end\n`;
    writeFileSync(script, posts + 'done = function(s, l, r) io.write(string.format("RESULT %f %f %d\\n", s.requests / s.duration * 1e6, l:percentile(99) / 1000, s.errors.status + s.errors.read + s.errors.timeout)) end');
    const args = ['-t', String(Math.min(2, cores)), '-c', String(connections), '-d', `${seconds}s`, '-s', script];
    for (const [name, text] of Object.entries(headers)) args.push('-H', `${name}: ${text}`);
    const told = execFileSync('wrk', [...args, address], { encoding: 'utf8' });
    const [, rate, p99, errors] = /RESULT ([\d.]+) ([\d.]+) (\d+)/.exec(told);
    if (Number(errors) > 0) console.error(`${address}: ${errors} errors of wrk`);
    return { rate: Number(rate), p99: Number(p99), errors: Number(errors) };
}

/** Drafts ready to be sent, spread over clerks: presses are then all that is measured. */
export async function drafts(clerks, many) {
    const residents = livingResidents(village, 500);
    return (await together(clerks, clerks.length, async (clerk, c) => {
        const mine = [];
        for (let i = 0; i < many / clerks.length; i++) {
            const { id, review } = await draft(clerk, BUSINESS, residents[(c * 97 + i) % residents.length]);
            mine.push({ clerk, id, ...clerk.fill(review, {}, `form[action$="/${id}/kirim"]`) });
        }
        return mine;
    })).flat();
}

export const papers = (all) => until('all are papers', () => value(schemaOf(village), `SELECT COUNT(*) FROM letter WHERE id IN (${all.map((d) => d.id).join()}) AND rendered_at IS NOT NULL`) === String(all.length), 300);

/** Letters a second, pressed by eight clerks at once. */
export async function lettersIssued(many) {
    const clerks = await together(Array.from({ length: 8 }), 4, () => staff(village, 'clerk', { ownConnections: true }));
    const all = await drafts(clerks, many);
    const begun = process.hrtime.bigint();
    const statuses = (await together(clerks, 8, async (clerk) => {
        const mine = [];
        for (const d of all.filter((x) => x.clerk === clerk)) mine.push((await clerk.post(d.action, d.fields)).status);
        return mine;
    })).flat();
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    const wrong = statuses.filter((s) => s !== 303);
    if (wrong.length) throw new Error(`letter_issue: ${wrong.length} of ${many} presses failed: ${wrong.join()}`);
    await papers(all);
    return many / seconds;
}

/** Imports the nth file of 16,000 residents; → its rows a second from the press of Simpan to the commit. */
export async function importRate(n) {
    const clerk = await staff(second, 'clerk');
    const people = Array.from({ length: 16_000 }, (_, i) => person(n * 16_000 + i));
    const { id, row, page } = await check(clerk, second, residentBook(people), 'banyak.xlsx', 300);
    if (row.fresh < 15_000) throw new Error(JSON.stringify(row));
    const begun = Date.now();
    const { action, fields } = clerk.fill(page, {}, `form[action$="/impor/${id}/simpan"]`);
    const press = clerk.post(action, fields);
    await press;
    // The job's own end: committed_at is the moment the commit began.
    const done = await until('committed', () => rows(schemaOf(second), `SELECT UNIX_TIMESTAMP(o.done_at) * 1000 FROM import_batch b JOIN outbox o ON o.kind = 5 AND o.subject = b.id
        WHERE b.id = ${id} AND b.state = 'committed' AND o.state = 3`)[0], 300);
    return (row.fresh / (Number(done[0]) - begun)) * 1000;
}

/** All villages visited in Zipf order, the office too where one may sign in. */
export async function visitAll() {
    const all = access().villages;
    for (let i = 0; i < 3000; i++) {
        const at = Math.min(all.length - 1, Math.floor(all.length ** Math.random()) - 1 + (i % 7 === 0 ? Math.floor(Math.random() * all.length) : 0));
        await ask(all[at].host, 'GET', i % 3 === 0 ? '/layanan' : '/');
    }
    await together(all, 16, (v) => ask(v.host, 'GET', '/masuk'));
    for (const v of trainingVillages()) {
        const client = new Client(v.host);
        await client.signIn(staffOf(v, 'clerk'));
        for (const p of ['/kantor', '/kantor/surat', '/kantor/penduduk']) await client.get(p);
    }
}
