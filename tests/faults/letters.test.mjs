// SPDX-License-Identifier: AGPL-3.0-or-later
// What was answered as done is done once, whatever dies in between.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { expectErrors, kill, ready, signal, stubborn } from '../harness/faults.mjs';
import { BUSINESS, bringAll, draft, livingResidents, letterRow, pdf } from '../harness/letters.mjs';
import { pidOf, rows, schemaOf, staffOf, together, trainingVillages, until, value } from '../harness/stack.mjs';
import { Client } from '../harness/client.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
let residents;

before(() => {
    expectErrors();
    residents = livingResidents(village, 200);
    assert.ok(residents.length >= 50, 'the training village has people');
});

const ISSUED = 4;
const numbers = (ids) => rows(schema, `SELECT number FROM letter WHERE id IN (${ids.join()}) ORDER BY number`).map(([n]) => Number(n));

/** Nothing lost, nothing doubled: the register, the counter and the trail say the same. */
function assertRegisterWhole() {
    const [[issued, distinct]] = rows(schema, 'SELECT COUNT(number), COUNT(DISTINCT scope, year, number) FROM letter');
    assert.equal(issued, distinct, 'no number stands twice');
    for (const [scope, year, last] of rows(schema, "SELECT scope, year, last FROM letter_counter WHERE scope NOT LIKE 'mail%'")) {
        const [[count, max]] = rows(schema, `SELECT COUNT(*), MAX(number) FROM letter WHERE scope = '${scope}' AND year = ${year}`);
        assert.equal(max, last, `the counter ${scope}/${year} stands at the last number`);
        assert.equal(count, last, `no number of ${scope}/${year} is missing`);
    }
    const orphans = rows(schema, `SELECT id FROM letter WHERE (number IS NOT NULL) <> (snapshot IS NOT NULL)`);
    assert.deepEqual(orphans, [], 'a number and its snapshot come together');
    const jobs = value(schema, `SELECT COUNT(*) FROM letter l WHERE number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.kind = 1 AND o.subject = l.id)`);
    assert.equal(jobs, '0', 'a number and its render job come together');
}

test('8 clerks issue 200 letters at once: 200 distinct consecutive numbers, 200 PDFs, no error', async () => {
    const clerks = await together(Array.from({ length: 8 }), 4, () => staff(village, 'clerk', { ownConnections: true }));
    const drafts = (await together(clerks, 8, async (clerk, c) => {
        const mine = [];
        for (let i = 0; i < 25; i++) mine.push({ clerk, ...(await draft(clerk, BUSINESS, residents[(c * 25 + i) % residents.length])) });
        return mine;
    })).flat();
    assert.equal(drafts.length, 200);
    const last = Number(value(schema, "SELECT COALESCE(MAX(last), 0) FROM letter_counter WHERE scope NOT LIKE 'mail%'"));

    // All 8 press at the same time, and again as soon as they have their answer.
    const answers = (await together(clerks, 8, async (clerk) => {
        const mine = [];
        for (const { id, review } of drafts.filter((d) => d.clerk === clerk)) mine.push(await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`));
        return mine;
    })).flat();
    assert.deepEqual(answers.map((a) => a.status), Array(200).fill(303), 'every press was answered with the letter');

    const got = numbers(drafts.map((d) => d.id));
    assert.deepEqual(got, Array.from({ length: 200 }, (_, i) => last + 1 + i), 'distinct and consecutive');
    assertRegisterWhole();

    const papers = await together(drafts, 8, ({ clerk, id }) => pdf(clerk, id, 120));
    assert.equal(papers.length, 200);
    assert.equal(new Set(papers.map((p) => p.toString('latin1'))).size, 200, 'each its own paper');
    const rest = value(schema, 'SELECT COUNT(*) FROM outbox WHERE kind = 1 AND state = 4');
    assert.equal(rest, '0', 'no render job died');
    for (const clerk of clerks) clerk.close();
});

test('a double press and a retry on another connection make one letter and get one answer', async () => {
    const clerk = await staff(village, 'clerk', { ownConnections: true });
    const { id, review } = await draft(clerk, BUSINESS, residents[0]);
    const { action, fields } = clerk.fill(review, {}, `form[action$="/${id}/kirim"]`);
    const twice = await Promise.all([clerk.post(action, fields), clerk.post(action, fields), clerk.post(action, fields)]);
    const late = await clerk.post(action, fields);
    for (const answer of [...twice, late]) {
        assert.equal(answer.status, 303, answer.told);
        assert.equal(answer.location, late.location);
    }
    const other = fields.map(([n, v]) => [n, n === 'versi' ? String(Number(v) + 1) : v]);
    assert.equal((await clerk.post(action, other)).status, 409, 'the same key with other content');
    assert.equal(letterRow(village, id).state, ISSUED);
    assertRegisterWhole();
    clerk.close();
});

test('kill -9 of server, worker, Redis and MariaDB while letters are issued: each acknowledged one is there once', async () => {
    const ledger = []; // {id, acked}
    let isOver = false;
    const clerk = async (_, c) => {
        const client = new Client(village.host, { ownConnections: true });
        await client.signIn(staffOf(village, 'clerk'));
        for (let i = 0; !isOver; i++) {
            const resident = residents[(c * 41 + i) % residents.length];
            const pick = await stubborn('a page to pick from', () => client.get(`/kantor/surat/buat/${BUSINESS.slug}`));
            const guard = client.fill(pick, {}, 'form[action$="/cari"]').fields.filter(([n]) => n.startsWith('_'));
            const begun = await stubborn('a draft', () => client.post(`/kantor/surat/buat/${BUSINESS.slug}`, [...guard, ['warga', String(resident)]]));
            begun.must(303);
            const id = Number(/\/kantor\/surat\/(\d+)\/isi$/.exec(begun.location)[1]);
            const entry = { id, acked: false };
            ledger.push(entry);
            const form = await stubborn('the form', () => client.get(begun.location));
            const fill = client.fill(bringAll(form), BUSINESS.inputs, `form[action$="/${id}/isi"]`);
            const filled = await stubborn('filled in', () => client.post(fill.action, fill.fields));
            filled.must(303);
            const review = await stubborn('the review', () => client.get(filled.location));
            const press = client.fill(review, {}, `form[action$="/${id}/kirim"]`);
            const sent = await stubborn('issued', () => client.post(press.action, press.fields));
            sent.must(303);
            entry.acked = true;
        }
        client.close();
    };
    const clerks = Promise.all([0, 1, 2, 3].map((c) => clerk(null, c)));
    let failure = null;
    clerks.catch((error) => { failure = error; });
    const ackedCount = () => ledger.filter((e) => e.acked).length;
    for (let round = 0; round < 2; round++) {
        for (const part of ['balai-server', 'balai-worker', 'redis', 'mariadb']) {
            const target = ackedCount() + 4;
            await until(`letters go on before ${part} is killed`, () => failure || ackedCount() >= target, 180);
            if (failure) throw failure;
            await kill(part);
        }
    }
    const target = ackedCount() + 4;
    await until('letters go on after the last kill', () => failure || ackedCount() >= target, 180);
    isOver = true;
    await clerks;
    await ready();

    const acked = ledger.filter((e) => e.acked).map((e) => e.id);
    assert.equal(new Set(acked).size, acked.length, 'each acknowledgement is of another letter');
    const states = rows(schema, `SELECT id FROM letter WHERE state = ${ISSUED} AND number IS NOT NULL AND id IN (${acked.join()})`);
    assert.equal(states.length, acked.length, 'every acknowledged letter is there');
    assertRegisterWhole();
    // A draft asked for with one key was made once: no letter of these minutes that no clerk knows.
    const known = new Set(ledger.map((e) => e.id));
    const since = Math.min(...ledger.map((e) => e.id));
    const unknown = rows(schema, `SELECT id FROM letter WHERE id >= ${since}`).map(([id]) => Number(id)).filter((id) => !known.has(id));
    assert.deepEqual(unknown, [], 'no retry made a second letter');

    const chief = await staff(village, 'clerk');
    await together(acked, 4, (id) => pdf(chief, id, 180)); // a job leased by a killed worker comes back when its lease is over
    const effects = rows(schema, 'SELECT kind, effect_key, COUNT(*) FROM effect GROUP BY kind, effect_key HAVING COUNT(*) > 1');
    assert.deepEqual(effects, [], 'each effect once');
    console.log(`    ${acked.length} letters acknowledged over 8 kills`);
});

test('Redis frozen or emptied: pages, sign-in and letters go on', async () => {
    const clerk = await staff(village, 'clerk');
    const pid = pidOf('redis');
    process.kill(pid, 'SIGSTOP');
    try {
        const anyone = new Client(village.host);
        (await anyone.get('/')).must(200, village.name);
        (await clerk.get('/kantor')).must(200);
        const fresh = await staff(village, 'clerk');
        const { id, review } = await draft(fresh, BUSINESS, residents[1]);
        (await fresh.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
        await pdf(fresh, id, 60); // found by the worker's sweep
    } finally {
        process.kill(pid, 'SIGCONT');
    }
    (await clerk.get('/kantor')).must(200);
});

test('without MariaDB an error page says so; when it is back the server works without a restart', async () => {
    const clerk = await staff(village, 'clerk');
    (await clerk.get('/kantor/surat')).must(200);
    const server = pidOf('balai-server');
    const database = pidOf('mariadb');
    signal('mariadb', 'SIGSTOP');
    try {
        const answer = await clerk.get('/kantor/surat', { timeout: 40000 });
        assert.equal(answer.status, 503);
        assert.ok(answer.headers['retry-after'], 'says when to come again');
        assert.equal((await clerk.get('/healthz')).status, 200, 'the process itself is well');
    } finally {
        process.kill(database, 'SIGCONT');
    }
    await until('the clerk works again', async () => (await clerk.get('/kantor/surat')).status === 200, 30);
    assert.equal(pidOf('balai-server'), server, 'the server was not restarted');
});

test('SIGTERM drains: an answer under way is finished', async () => {
    const clerk = await staff(village, 'clerk', { ownConnections: true });
    const { id, review } = await draft(clerk, BUSINESS, residents[2]);
    const press = clerk.fill(review, {}, `form[action$="/${id}/kirim"]`);
    const before = pidOf('balai-server');
    const answers = Promise.all(Array.from({ length: 20 }, () => clerk.get('/kantor/surat')));
    const pressed = clerk.post(press.action, press.fields);
    signal('balai-server', 'SIGTERM');
    for (const answer of await answers) {
        assert.ok(answer.status === 200 || (answer.status === 503 && answer.headers['retry-after']), `${answer.status}`);
    }
    const first = await pressed;
    assert.ok([303, 503].includes(first.status), `${first.status}`);
    await until('the server is started again', () => pidOf('balai-server') !== before, 60);
    await ready();
    const sent = await stubborn('the press, again', () => clerk.post(press.action, press.fields));
    sent.must(303);
    assert.equal(letterRow(village, id).state, ISSUED);
    assertRegisterWhole();
    clerk.close();
});
