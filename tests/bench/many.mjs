// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters in numbers: a pile of 3,000 while somebody reads the village's pages, and 32 clerks over all villages.

import { Client, send as ask, staff } from '../harness/client.mjs';
import { BUSINESS, choose, draft } from '../harness/letters.mjs';
import { access, balaictl, pidOf, rows, schemaOf, together, until, value } from '../harness/stack.mjs';
import { freshNumber } from '../harness/families.mjs';
import { second } from './load.mjs';

const now = () => Number(process.hrtime.bigint()) / 1e6;
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** 25 visits a second of the public page until `done` says so; → the p95 of their milliseconds. */
async function readers(host, done) {
    const took = [], under = [];
    while (!done()) {
        const begun = now();
        under.push(ask(host, 'GET', '/').then(() => took.push(now() - begun)));
        await pause(40);
    }
    await Promise.all(under);
    return took.sort((a, b) => a - b)[Math.floor(took.length * 0.95)];
}

/** When the pile's page of the clerk has its files; asked as the page asks itself, beside the readers. Fails when it has none in five minutes. */
async function watch(clerk, id) {
    const most = now() + 300_000;
    while ((await clerk.get(`/kantor/surat-massal/${id}`)).must(200).page.querySelector('a[href*="/berkas/"]') === null) {
        if (now() > most) throw new Error(`bulk: pile ${id} has no files after five minutes`);
        await pause(250);
    }
    return now();
}

/** → {seconds, before, during}: from the press to the files; p95 of the public page before and meanwhile, in milliseconds. */
export async function pileOf(many) {
    const schema = schemaOf(second), clerk = await staff(second, 'clerk');
    rows(schema, "UPDATE letter_type SET policy = 'seal' WHERE slug = 'keterangan-usaha'");
    const people = rows(schema, `SELECT id, nik FROM resident WHERE basic_status = 1 AND birth_date < '2000-01-01' AND nik NOT LIKE '0%' ORDER BY id LIMIT ${many}`);
    if (people.length < many) throw new Error(`${people.length} people for ${many} letters`);
    const { id, page } = await choose(clerk, BUSINESS, Number(people[0][0]), { cara: 'nik', daftar: people.map(([, nik]) => nik).join('\n') });
    const until5s = now() + 5000;
    const before = await readers(second.host, () => now() > until5s);
    const begun = now();
    (await clerk.submit(page, {}, 'form[action$="/kirim"]')).must(303);
    let isOver = false;
    const [ended, during] = await Promise.all([watch(clerk, id).finally(() => { isOver = true; }), readers(second.host, () => isOver)]);
    const seconds = (ended - begun) / 1000;
    const [[letters, numbers]] = rows(schema, `SELECT COUNT(*), COUNT(DISTINCT l.scope, l.year, l.number) FROM letter_pile_line n JOIN letter l ON l.id = n.letter_id WHERE n.pile_id = ${id} AND l.rendered_at IS NOT NULL`);
    if (Number(letters) !== many || Number(numbers) !== many) throw new Error(`bulk: ${letters} letters, ${numbers} numbers of ${many}`);
    return { seconds, before, during };
}

/** A clerk, a head and a grown person in a village that may have none. */
async function staffed(village) {
    const schema = schemaOf(village), nik = freshNumber(village);
    rows(schema, `INSERT INTO official (name, position, office, sort) SELECT 'Andi Ukur', 'Kepala Desa', 'head', 10 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM official WHERE office = 'head' AND is_active);
        INSERT INTO area (hamlet, rw, rt) VALUES ('Ukur', '001', '099');
        INSERT INTO resident (nik, name, sex, birth_place, birth_date, area_id) SELECT '${nik}', 'WARGA UKUR', 1, 'Ukur', '1980-01-01', MAX(id) FROM area;
        UPDATE letter_type SET policy = 'seal' WHERE slug = 'keterangan-usaha'`);
    const client = new Client(village.host);
    await client.signIn(JSON.parse(balaictl('staff', 'add', village.code, '--username', 'ukur.clerk', '--name', 'Ukur', '--role', 'clerk', '--json')));
    return { village, client, resident: Number(value(schema, `SELECT id FROM resident WHERE nik = '${nik}'`)) };
}

/** Presses of `clerks` at once over all these offices, `each` in every one; → letters a second until the last paper. `held`: of the papers alone. */
async function round(offices, clerks, each, held) {
    const ready = (await together(offices, 8, async ({ village, client, resident }) => {
        const mine = [];
        for (let i = 0; i < each; i++) {
            const { id, review } = await draft(client, BUSINESS, resident, { isi_keperluan: `ukuran ${held} ${i}` });
            mine.push({ village, client, id, ...client.fill(review, {}, `form[action$="/${id}/kirim"]`) });
        }
        return mine;
    })).flat();
    const left = () => rows('information_schema', offices.map(({ village }) => `SELECT COUNT(*) FROM ${schemaOf(village)}.letter WHERE state = 4 AND rendered_at IS NULL`).join(' UNION ALL '))
        .reduce((sum, [n]) => sum + Number(n), 0);
    const worker = pidOf('balai-worker');
    if (held) process.kill(worker, 'SIGSTOP');
    let begun = now();
    try {
        await together(ready, clerks, async (d) => (await d.client.post(d.action, d.fields)).must(303));
    } finally {
        if (held) process.kill(worker, 'SIGCONT');
    }
    if (held) begun = now();
    await until('all are papers', () => left() === 0, 600);
    return ready.length / ((now() - begun) / 1000);
}

/** → {alone, together}: papers a second of the worker alone, and letters a second from press to paper. */
export async function overAll(clerks, each) {
    const offices = await together(access().villages, 4, staffed);
    const alone = await round(offices, clerks, each, true);
    return { alone, whole: await round(offices, clerks, each, false) };
}
