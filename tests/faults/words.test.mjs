// SPDX-License-Identifier: AGPL-3.0-or-later
// What people see in each fault: a visitor of the village's home, a clerk at the list of letters, a clerk who presses
// "Terbitkan". The table below is printed and asserted. After each: it works again by itself, the press sent again is
// answered, and every letter that was acknowledged is there once. BALAI_FAULT_ROUNDS (1) walks it more often.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Client, staff } from '../harness/client.mjs';
import { expectErrors, ready, stubborn } from '../harness/faults.mjs';
import { BUSINESS, draft, letterRow, livingResidents, pdf } from '../harness/letters.mjs';
import { HOME, logText, pidOf, redis, rows, schemaOf, supervisorPid, trainingVillages, until, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const FULL = process.env.BALAI_DISK_FULL;
const RESERVE = path.join(HOME, 'conf/disk-reserve');
const acknowledged = [];

const FINE = [200, village.name];
const OFFICE = [200, 'Surat'];
const ISSUED = [303, ''];
const AWAY = [503, 'Halaman ini sedang bermasalah, bukan salah Anda'];
const CROWDED = [503, 'Halaman ini sedang ramai'];
const FRONT = [503, 'Layanan sedang dimulai ulang'];
const STORAGE = [507, 'Penyimpanan penuh, isian Anda belum tersimpan'];
const UNSURE = [503, 'Kami belum tahu apakah isian Anda tersimpan'];

/** A part that has ended and is not started again until undone: the one who would is stopped meanwhile. */
const gone = (part) => ({
    async begin() {
        process.kill(supervisorPid(), 'SIGSTOP');
        process.kill(pidOf(part), 'SIGKILL');
    },
    end: () => process.kill(supervisorPid(), 'SIGCONT'),
});
const nginxGroup = (pid) => spawnSync('pgrep', ['-g', String(pid), '-x', 'nginx'], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
const frozen = (part) => ({ begin: async () => process.kill(pidOf(part), 'SIGSTOP'), end: () => process.kill(pidOf(part), 'SIGCONT') });
const readOnly = (is) => until(`read_only is ${is}`, () => value('mysql', 'SELECT @@global.read_only') === is, 30);

/** fault · home · office · press · in a log (file, words) · how it is made and undone. Several answers: any of them. */
const TABLE = [
    ['Redis is killed', [FINE], [OFFICE], [ISSUED], ['run.out', 'redis has ended'], gone('redis')],
    ['Redis hangs', [FINE], [OFFICE], [ISSUED], null, frozen('redis')],
    ['Redis is emptied', [FINE], [OFFICE], [ISSUED], null, { begin: async () => redis('FLUSHALL'), end: () => {} }],
    ['MariaDB is killed', [FINE, AWAY], [AWAY], [AWAY], ['run.out', 'mariadb has ended'], gone('mariadb')],
    ['MariaDB hangs', [FINE, CROWDED], [CROWDED], [CROWDED, UNSURE], ['server.log', 'TIMEOUT'], frozen('mariadb')],
    ['the disk is nearly full', [FINE], [OFFICE], [STORAGE], ['run.out', 'of disk are left'], {
        begin: async () => { writeFileSync(RESERVE, '999999999'); await readOnly('1'); },
        end: async () => { rmSync(RESERVE); await readOnly('0'); },
    }],
    ['the disk is full at once', [FINE, AWAY, CROWDED], [OFFICE, AWAY, CROWDED], [STORAGE, UNSURE, CROWDED, AWAY], ['server.log', 'FULL|UNSURE|TIMEOUT'], {
        begin: async () => writeFileSync(FULL, ''),
        end: () => rmSync(FULL),
    }],
    ['the worker is killed', [FINE], [OFFICE], [ISSUED], ['run.out', 'balai-worker has ended'], gone('balai-worker')],
    // Its workers go on answering; they must be gone before the next one can have the ports.
    ['nginx is killed', [FINE], [OFFICE], [ISSUED], ['run.out', 'nginx has ended'], {
        begin: gone('nginx').begin,
        async end() {
            const orphans = nginxGroup(pidOf('nginx'));
            assert.ok(orphans.length > 1, 'a killed nginx leaves its workers');
            gone('nginx').end();
            await until('a new nginx has workers', () => nginxGroup(pidOf('nginx')).length > 1 && !orphans.some((pid) => nginxGroup(pidOf('nginx')).includes(pid)), 30);
            await until('the old ones are gone', () => orphans.every((pid) => !existsSync(`/proc/${pid}`)), 10);
        },
    }],
    ['the server is killed', [FRONT], [FRONT], [FRONT], ['run.out', 'balai-server has ended'], gone('balai-server')],
];

before(() => {
    expectErrors();
    assert.ok(FULL, 'BALAI_DISK_FULL is not set: run this through deploy/test');
});
after(() => console.log(`    ${acknowledged.length} letters acknowledged in faults or after them, none lost`));

function assertOneOf(answer, wanted, words) {
    const fits = wanted.some(([status, text]) => answer.status === status && answer.words.includes(text));
    assert.ok(fits, `${words}: ${answer.status} ${answer.told}`);
    if (answer.status >= 500) assert.ok(Number(answer.headers['retry-after']) > 0, `${words}: says when to come again`);
    return answer;
}

const sizeOf = (name) => statSync(path.join(HOME, 'log', name)).size;
const saidSince = (name, begun) => Buffer.from(logText(name)).subarray(begun).toString();
const LOGS = ['server.log', 'run.out'];
const rounds = Number(process.env.BALAI_FAULT_ROUNDS ?? 1);
const say = (answers) => answers.map(([status, words]) => `${status}${words ? ` ${words}` : ''}`).join(' / ');
console.log(TABLE.map(([fault, home, office, press]) => `    ${fault}: home ${say(home)} · office ${say(office)} · press ${say(press)}`).join('\n'));

for (let round = 0; round < rounds; round++) {
    for (const [fault, home, office, press, log, act] of TABLE) {
        test(`${fault}: what is seen, and what comes after`, async () => {
            const clerk = await staff(village, 'clerk', { ownConnections: true });
            const [resident] = livingResidents(village, 1);
            const { id, review } = await draft(clerk, BUSINESS, resident);
            const form = clerk.fill(review, {}, `form[action$="/${id}/kirim"]`);
            (await new Client(village.host).get('/')).must(200);
            const begun = Object.fromEntries(LOGS.map((name) => [name, sizeOf(name)]));
            await act.begin();
            try {
                assertOneOf(await new Client(village.host).get('/'), home, `${fault}, home`);
                assertOneOf(await clerk.get('/kantor/surat', { timeout: 60000 }), office, `${fault}, office`);
                const pressed = assertOneOf(await clerk.post(form.action, form.fields, { timeout: 60000 }), press, `${fault}, press`);
                if (pressed.status === 303) acknowledged.push(id);
            } finally {
                await act.end();
            }
            await ready(90);
            (await stubborn('the press, again', () => clerk.post(form.action, form.fields), 150)).must(303);
            if (!acknowledged.includes(id)) acknowledged.push(id);
            await until('the office works again', async () => (await clerk.get('/kantor/surat')).status === 200, 60);
            await pdf(clerk, id, 120);
            if (log) {
                const [name, words] = log;
                await until(`${name} says ${words}`, () => new RegExp(words).test(saidSince(name, begun[name])), 30);
            }
            const [[n, distinct]] = rows(schema, 'SELECT COUNT(number), COUNT(DISTINCT scope, year, number) FROM letter');
            assert.equal(n, distinct, 'no number stands twice');
            for (const letter of acknowledged) assert.equal(letterRow(village, letter).state, 4, `letter ${letter} was acknowledged`);
            clerk.close();
        });
    }
}

for (const [one, other] of [['nginx', 'mariadb'], ['balai-server', 'mariadb'], ['nginx', 'redis'], ['balai-worker', 'balai-server']]) {
    test(`${other} ends while ${one} is being started again: both come back`, async () => {
        const [before, begun] = [pidOf(other), sizeOf('run.out')];
        process.kill(pidOf(one), 'SIGKILL');
        await until(`the supervisor starts ${one}`, () => saidSince('run.out', begun).includes(`${one} has ended`), 30);
        process.kill(before, 'SIGKILL');
        await until(`${other} is started again`, () => pidOf(other) !== before, 60);
        // /readyz may still speak of the database of a moment ago: what a visitor gets is what counts.
        await until('the home is there again', async () => (await new Client(village.host).get('/')).status === 200, 60);
        await ready(60);
    });
}

test('a one-time link that meets a broken server stands in no log', async () => {
    const [key, plain] = ['Kunci0123456789Kunci0123456789Kunci01234567', '/layanan/tanda-lain'];
    const begun = sizeOf('nginx-error.log');
    const fault = gone('balai-server');
    await fault.begin();
    try {
        for (const path of [`/pasang/${key}`, `/pasang/kades/${key}`, `/surat/ambil/${key}`, `/surat/berkas?kunci=${key}`, `/v/${key}`, plain]) {
            const answer = await new Client(village.host).get(path, { headers: { referer: `http://${village.host}/` } });
            assert.equal(answer.status, 503, path);
        }
    } finally {
        fault.end();
    }
    await ready(90);
    const said = saidSince('nginx-error.log', begun);
    assert.ok(said.includes(plain), 'other paths are said, so that the silence means something');
    for (const name of ['nginx-error.log', 'nginx-access.log', 'server.log']) assert.ok(!logText(name).includes(key), name);
});
