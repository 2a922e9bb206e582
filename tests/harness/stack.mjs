// SPDX-License-Identifier: AGPL-3.0-or-later
// The running stack the suites talk to: where it is, who may sign in, what stands in its database.
// BALAI_HOME names the home deploy/test (or deploy/run) made.

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const HOME = process.env.BALAI_HOME;
if (!HOME) throw new Error('BALAI_HOME is not set: run the suites through deploy/test, or name a running copy');

/** demo-access.json as it is now (it grows while the other villages are provisioned). */
export function access() {
    return JSON.parse(readFileSync(path.join(HOME, 'demo-access.json'), 'utf8'));
}

const first = access();
export const BASE = first.base; // "localhost:18080"
export const PORT = Number(new URL(first.http).port);
export const TLS_PORT = Number(new URL(first.https).port);
export const CA = readFileSync(first.ca);

/** The training villages in their order: {slug, code, name, host, staff}. */
export function trainingVillages() {
    const all = access();
    return Object.entries(all.training).map(([slug, people]) => {
        const village = all.villages.find((v) => v.slug === slug);
        assert.ok(village, `${slug} stands under training but not under villages`);
        return { ...village, ...people };
    });
}

/** Username and password of one role of a training village. */
export function staffOf(village, role) {
    const found = village.staff.find((s) => s.role === role);
    assert.ok(found, `${village.slug} has no ${role} in demo-access.json`);
    return found;
}

export function runDir() {
    const line = readFileSync(path.join(HOME, 'conf/server.conf'), 'utf8').match(/^run_dir = (.*)$/m);
    return line[1];
}

/** Pid of a part: 'balai-server', 'balai-worker', 'redis', 'mariadb', 'nginx'. */
export function pidOf(part) {
    return Number(readFileSync(path.join(runDir(), `${part}.pid`), 'utf8').trim());
}

function unescape(field) {
    if (field === 'NULL') return null;
    return field.replace(/\\([\\nt0])/g, (_, c) => ({ '\\': '\\', n: '\n', t: '\t', 0: '\0' })[c]);
}

function mariadb(args, text) {
    return spawnSync('mariadb', [...args, '--batch', '--skip-column-names', '--default-character-set=utf8mb4'], {
        input: text,
        encoding: 'utf8',
        maxBuffer: 64 << 20,
    });
}

/** Rows as arrays of strings (null for NULL), asked as root of the private MariaDB: for assertions only. */
export function rows(schema, sql) {
    const done = mariadb([`--defaults-file=${HOME}/secrets/root.cnf`, schema], sql);
    if (done.status !== 0) throw new Error(`${sql}\n${done.stderr}`);
    return done.stdout.split('\n').slice(0, -1).map((line) => line.split('\t').map(unescape));
}

/** A transaction that stays open while fn runs: waits() until somebody waits for its lock; commit(sql) does that as well and lets go. */
export async function holding(schema, locked, fn) {
    const child = spawn('mariadb', [`--defaults-file=${HOME}/secrets/root.cnf`, schema, '--batch', '--skip-column-names', '--unbuffered'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const said = [];
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.stdout.on('data', (d) => said.push(d));
    child.stdin.write(`BEGIN;\n${locked};\nSELECT 'held';\n`);
    await until('the lock is held', () => Buffer.concat(said).includes('held'));
    const waits = () => until('somebody waits for the lock', () => value('mysql', "SELECT COUNT(*) > 0 FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'") === '1', 5);
    const commit = async (then = 'DO 0') => {
        child.stdin.end(`${then};\nCOMMIT;\n`);
        assert.equal(await ended, 0, 'the transaction was committed');
    };
    try {
        return await fn({ waits, commit });
    } finally {
        child.kill();
    }
}

export function value(schema, sql) {
    const got = rows(schema, sql);
    return got.length ? got[0][0] : null;
}

/** The village's schema: by code. */
export function schemaOf(village) {
    return `desa_${village.code}`;
}

/** What another account may do: {ok, rows, error}. */
export function rowsAs({ user, password }, sql, schema = '') {
    const args = ['--no-defaults', `--socket=${runDir()}/mariadb.sock`, `--user=${user}`];
    const done = spawnSync('mariadb', [...args, '--batch', '--skip-column-names', ...(schema ? [schema] : [])], {
        input: sql,
        encoding: 'utf8',
        env: { ...process.env, MYSQL_PWD: password },
    });
    // The client may write the statement before the error.
    return { ok: done.status === 0, text: done.stdout, error: /^ERROR .*$/m.exec(done.stderr)?.[0] ?? done.stderr.trim() };
}

/** Many statements in one session that goes on after errors: the ERROR lines, in order. */
export function errorsAs({ user, password }, statements, schema) {
    const args = ['--no-defaults', `--socket=${runDir()}/mariadb.sock`, `--user=${user}`, '--force'];
    const done = spawnSync('mariadb', [...args, '--batch', '--skip-column-names', schema], {
        input: statements.map((s) => `${s};\n`).join(''),
        encoding: 'utf8',
        env: { ...process.env, MYSQL_PWD: password },
    });
    return [...done.stderr.matchAll(/^ERROR .*$/gm)].map((m) => m[0]);
}

/** A program of the build: 'balai-server', 'balaictl'. */
export function program(name) {
    const folder = process.env.BALAI_PROGRAMS || path.join(ROOT, 'build');
    return path.join(folder, name);
}

export function balaictl(...args) {
    return execFileSync(program('balaictl'), ['--config', path.join(HOME, 'conf/worker.conf'), ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
    });
}

/** Real files of the shared folder beside the clone: null where it is not. */
export function sharedFile(name) {
    const file = path.resolve(ROOT, '../shared', name);
    return existsSync(file) ? file : null;
}

export function logText(name) {
    return readFileSync(path.join(HOME, 'log', name), 'utf8');
}

export function logFiles() {
    return readdirSync(path.join(HOME, 'log')).map((f) => path.join(HOME, 'log', f));
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Polls until fn gives something true, and gives that; fails with the words after `seconds`. */
export async function until(words, fn, seconds = 30) {
    const end = Date.now() + seconds * 1000;
    let last;
    for (let wait = 20; Date.now() < end; wait = Math.min(wait * 1.5, 250)) {
        try {
            const got = await fn();
            if (got) return got;
            last = undefined;
        } catch (error) {
            last = error;
        }
        await pause(wait);
    }
    throw new Error(`waited ${seconds} s in vain: ${words}${last ? ` (${last.message})` : ''}`, { cause: last });
}

/** Runs fn(item, index) over items, at most `width` at once. */
export async function together(items, width, fn) {
    const list = [...items];
    const out = new Array(list.length);
    let next = 0;
    await Promise.all(Array.from({ length: Math.min(width, list.length) }, async () => {
        while (next < list.length) {
            const at = next++;
            out[at] = await fn(list[at], at);
        }
    }));
    return out;
}

/** The shell of deploy/run, which starts again what has ended. */
export function supervisorPid() {
    return Number(readFileSync(path.join(runDir(), 'run.pid'), 'utf8').trim());
}

export function redis(...words) {
    return execFileSync('redis-cli', ['-s', path.join(runDir(), 'redis.sock'), ...words], { encoding: 'utf8' }).trim();
}
