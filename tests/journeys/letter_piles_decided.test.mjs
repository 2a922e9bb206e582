// SPDX-License-Identifier: AGPL-3.0-or-later
// A pile on its way: it obeys what its type asks at that moment, in nobody's name who is gone; who is told of it; its chains of work.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { BUSINESS, DOMICILE, choose, letterRow, pileDone, pileLines, send } from '../harness/letters.mjs';
import { rows, schemaOf, until, value } from '../harness/stack.mjs';
import { officeVillage, settle } from '../harness/villages.mjs';

const SEND = 'form[action$="/kirim"]', STOP = 'form[action$="/henti"]', GO_ON = 'form[action$="/lanjut"]', END = 'form[action$="/batal"]';
const PILE_JOB = 9, NOTICE_TO_HEAD = 1;
let village, schema, clerk, secretary, head, person;

before(async () => {
    village = await officeVillage('7317102078', 'Uji Massal Putusan', ['clerk', 'secretary', 'head'], 1);
    ({ clerk, secretary, head } = village);
    [person] = village.people;
    schema = schemaOf(village);
    policy('keterangan-usaha', 'seal');
    policy('keterangan-domisili', 'approve');
});

const policy = (slug, word) => rows(schema, `UPDATE letter_type SET policy = '${word}' WHERE slug = '${slug}'`);
const byRt = (rt) => ({ cara: 'saringan', rt });
const at = (id) => `/kantor/surat-massal/${id}`;
const open = async (client, id, tail = '') => (await client.get(at(id) + tail)).must(200);
const press = async (client, id, form) => client.submit(await open(client, id), {}, form);
const state = (id) => Number(value(schema, `SELECT state FROM letter_pile WHERE id = ${id}`));
const letters = (id) => rows(schema, `SELECT l.id, l.issued_by, JSON_VALUE(l.snapshot, '$.signer'), (SELECT COUNT(*) FROM letter_step s WHERE s.letter_id = l.id AND s.step = 'approved')
    FROM letter_pile_line n JOIN letter l ON l.id = n.letter_id WHERE n.pile_id = ${id} AND l.state = 4 ORDER BY l.id`);
const jobs = (id) => rows(schema, `SELECT payload FROM outbox WHERE kind = ${PILE_JOB} AND subject = ${id} AND state IN (1, 2)`).length;
const quiet = (id) => until('what was under way is done', () => jobs(id) === 0);
const putJob = (id) => rows(schema, `INSERT INTO outbox (kind, subject, payload) SELECT ${PILE_JOB}, id, CONCAT('{"version":', version, '}') FROM letter_pile WHERE id = ${id}`);
const account = (role) => value(schema, `SELECT id FROM staff WHERE username = 'uji.${role}'`);
async function sent(type, rt, n) {
    settle(village, rt, n);
    const { id, pattern, page } = await choose(clerk, type, person, byRt(rt));
    (await clerk.submit(page, {}, SEND)).must(303);
    return { id, pattern };
}
/** Sent and stopped after its first letters: some are issued, others not. → {id, pattern, n: issued} */
async function stopped(type, rt, n) {
    const pile = await sent(type, rt, n);
    await until('some are issued', () => letters(pile.id).length > 0);
    (await press(clerk, pile.id, STOP)).must(303);
    await quiet(pile.id);
    assert.ok(letters(pile.id).length < n);
    return { ...pile, n: letters(pile.id).length };
}
async function approved(id) {
    if (state(id) === 7) (await secretary.submit(await open(secretary, id, '/contoh'), {}, 'form[action$="/teruskan"]')).must(303);
    (await head.submit(await open(head, id, '/contoh'), {}, 'form[action$="/setujui"]')).must(303);
}

test('what is issued at once waits for the right hands when its type is to be signed by the official meanwhile', async () => {
    const { id, n } = await stopped(BUSINESS, '010', 120);
    const before = letters(id);
    policy('keterangan-usaha', 'sign');
    try {
        (await press(clerk, id, GO_ON)).must(303);
        assert.equal(state(id), 7, 'with the secretary');
        (await open(clerk, id)).must(200, 'sekarang harus disetujui dulu');
        await quiet(id);
        assert.equal(letters(id).length, n);
        await approved(id);
        await pileDone(village, id);
    } finally {
        policy('keterangan-usaha', 'seal');
    }
    const all = letters(id), after = all.slice(n);
    assert.equal(all.length, 120);
    assert.ok(before.every(([, , signer, steps]) => signer === null && steps === '0'), 'the first bear the seal of the village');
    assert.ok(after.every(([, by, signer, steps]) => by === account('head') && signer !== null && steps === '1'), 'the others were decided by who signs them');
});

test('the same under way: the work itself finds the type changed, and issues nothing more', async () => {
    const { id, n } = await stopped(BUSINESS, '011', 120);
    policy('keterangan-usaha', 'approve');
    try {
        rows(schema, `UPDATE letter_pile SET state = 3 WHERE id = ${id}`);
        putJob(id);
        await until('it waits for the secretary', () => state(id) === 7);
        assert.equal(letters(id).length, n);
        // Given back, it is stopped; what was issued stays, and it ends with that.
        (await secretary.submit(await open(secretary, id), { catatan: 'Tidak perlu lagi' }, 'form[action$="/kembalikan"]')).must(303);
        (await press(clerk, id, END)).must(303);
        await pileDone(village, id);
        assert.equal(letters(id).length, n);
    } finally {
        policy('keterangan-usaha', 'seal');
    }
});

test('nothing goes on in the name of who approved or sent it, once that account has ended', async () => {
    const { id } = await sent(DOMICILE, '012', 120);
    await approved(id);
    await until('some are issued', () => letters(id).length > 0);
    (await press(clerk, id, STOP)).must(303);
    await quiet(id);
    const n = letters(id).length;
    assert.ok(n < 120);
    rows(schema, `UPDATE staff SET is_active = FALSE WHERE id = ${account('head')}`);
    try {
        (await press(clerk, id, GO_ON)).must(303);
        assert.equal(state(id), 2, 'it waits for a signature again');
        rows(schema, `UPDATE letter_pile SET state = 3 WHERE id = ${id}`);
        putJob(id);
        await until('the work finds it, too', () => state(id) === 2);
        assert.equal(letters(id).length, n);
    } finally {
        rows(schema, `UPDATE staff SET is_active = TRUE WHERE id = ${account('head')}`);
    }
    const own = await stopped(BUSINESS, '013', 120);
    rows(schema, `UPDATE staff SET is_active = FALSE WHERE id = ${account('clerk')}; UPDATE letter_pile SET state = 3 WHERE id = ${own.id}`);
    try {
        putJob(own.id);
        await until('it stopped', () => state(own.id) === 4);
        (await open(secretary, own.id)).must(200, 'Akun yang mengirimnya sudah dinonaktifkan');
        assert.equal(letters(own.id).length, own.n);
        (await press(secretary, own.id, GO_ON)).must(303);
        await pileDone(village, own.id);
    } finally {
        rows(schema, `UPDATE staff SET is_active = TRUE WHERE id = ${account('clerk')}`);
    }
    assert.ok(letters(own.id).slice(own.n).every(([, by]) => by === account('secretary')), 'issued by who went on with it');
});

const MAIL = { job: 8, waits: 6, issued: 7 };
const told = (kind) => rows(schema, `SELECT JSON_VALUE(payload, '$.text') FROM outbox WHERE kind = ${MAIL.job} AND subject >> 56 = ${kind} ORDER BY id DESC`);
const setAddress = (address) => rows(schema, `UPDATE official SET email = '${address}' WHERE office = 'head'`);

test('the head gets one message of a pile, its people theirs, and the mails of the day are left for the others', async () => {
    const people = settle(village, '014', 3);
    setAddress('kades.massal@contoh.id');
    rows(schema, people.slice(0, 2).map((p) => `INSERT INTO resident_email (resident_id, email, agreed_at, agreed_with) VALUES (${p.id}, 'warga${p.id}@contoh.id', NOW(6), 'Uji')`).join(';'));
    const single = await send(clerk, BUSINESS, person);
    rows(schema, `UPDATE notice SET day_rounds = 200, put_at = NOW(6) WHERE letter_id = ${single.id}`);
    try {
        const { id, page } = await choose(clerk, BUSINESS, person, byRt('014'));
        (await clerk.submit(page, {}, SEND)).must(303);
        await pileDone(village, id);
        const of = rows(schema, `SELECT n.recipient, n.state, n.day_rounds FROM notice n JOIN letter_pile_line l ON l.letter_id = n.letter_id WHERE l.pile_id = ${id}`);
        assert.equal(of.filter(([recipient]) => Number(recipient) === NOTICE_TO_HEAD).length, 0, 'none of its letters is told to the head');
        assert.deepEqual(of.map(([, s, spent]) => [s !== '4' || 'jatah', spent]), [[true, '0'], [true, '0']], 'though the day of the village is spent');
        assert.match(told(MAIL.issued)[0][0], /Surat Keterangan Usaha, 3 surat \(.*RT 014\), oleh Uji clerk[^]*Hentikan di sana; .* dari halaman suratnya/);
        assert.match((await open(clerk, id)).text, /Surel ke warga: [^<]*(terkirim|menyusul)/);
        // What is over the piles' own budget goes out on the next day, and is not lost.
        rows(schema, `INSERT INTO letter (type_id, type_version, state, inputs, made_by, made_at) SELECT type_id, type_version, 7, '{}', made_by, made_at FROM letter, seq_1_to_500 WHERE id = ${single.id};
            INSERT INTO notice (letter_id, recipient, address, state, put_at, is_of_pile) SELECT id, 2, 'x@contoh.id', 2, NOW(6), TRUE FROM letter l WHERE l.state = 7 AND NOT EXISTS (SELECT 1 FROM letter_pile p WHERE p.pattern_id = l.id)`);
        const next = await choose(clerk, BUSINESS, person, byRt('014'));
        (await clerk.submit(next.page, {}, SEND)).must(303);
        await pileDone(village, next.id);
        const late = rows(schema, `SELECT n.state, n.put_at > NOW(6) + INTERVAL 23 HOUR, n.letter_id FROM notice n JOIN letter_pile_line l ON l.letter_id = n.letter_id WHERE l.pile_id = ${next.id}`);
        assert.deepEqual(late.map(([s, later]) => [s, later]), [['1', '1'], ['1', '1']]);
        assert.equal(value(schema, `SELECT COUNT(*) FROM outbox o JOIN notice n ON o.subject = n.id WHERE o.kind = 7 AND n.letter_id = ${late[0][2]} AND o.due_at > NOW(6) + INTERVAL 23 HOUR`), '1');
        (await open(clerk, next.id)).must(200, 'Surel ke warga: 2 menyusul');
        (await clerk.get(`/kantor/surat/${late[0][2]}`)).must(200, 'surel surat massal 500 sehari');
    } finally {
        setAddress('');
        rows(schema, "DELETE FROM notice WHERE address = 'x@contoh.id'; DELETE FROM resident_email");
    }
});

test('of a pile that waits the head is told, and once when it waits beyond the time promised', async () => {
    setAddress('kades.massal@contoh.id');
    try {
        const { id } = await sent(DOMICILE, '015', 4);
        assert.equal(told(MAIL.waits).length, 0, 'not while the secretary has it');
        (await secretary.submit(await open(secretary, id, '/contoh'), {}, 'form[action$="/teruskan"]')).must(303);
        assert.match(told(MAIL.waits)[0][0], /Surat Keterangan Domisili, 4 surat \(.*RT 015\)/);
        const sweep = async () => {
            rows(schema, `INSERT INTO epoch (name, value) VALUES ('tidy', 0) ON DUPLICATE KEY UPDATE value = 0; INSERT INTO outbox (kind, subject, payload) VALUES (2, 0, '{}')`);
            await until('it is swept', () => value(schema, 'SELECT COUNT(*) FROM outbox WHERE kind = 2 AND state IN (1, 2)') === '0');
        };
        const late = () => value(schema, `SELECT is_late FROM letter_pile WHERE id = ${id}`);
        await sweep();
        assert.equal(late(), '0');
        rows(schema, `UPDATE letter_pile SET sent_at = NOW(6) - INTERVAL 9 DAY WHERE id = ${id}`);
        await sweep();
        await until('it was told', () => late() === '1');
        assert.match(told(3)[0][0], /Surat massal: 1, untuk 4 warga/);
    } finally {
        setAddress('');
    }
});

test('stopped before its first letter it is a draft again, with its people and its answers', async () => {
    settle(village, '016', 3);
    const { id, pattern } = await choose(clerk, BUSINESS, person, byRt('016'));
    // As it stands when it stopped by itself at its first line.
    rows(schema, `UPDATE letter_pile SET state = 4, issued_by = ${account('clerk')}, issuer = 'Uji' WHERE id = ${id}; UPDATE letter SET state = 7 WHERE id = ${pattern}`);
    (await open(clerk, id)).must(200, 'Jadikan konsep lagi', 'jadikan konsep lagi untuk diubah');
    (await clerk.follow((await press(clerk, id, END)).must(303))).must(200, 'Menjadi konsep lagi', '3 warga');
    assert.deepEqual([state(id), letterRow(village, pattern).state], [1, 1]);
    (await clerk.get(`/kantor/surat/${pattern}/isi`)).must(200, BUSINESS.inputs.isi_usaha);
    (await press(clerk, id, SEND)).must(303);
    await pileDone(village, id);
    assert.equal(letters(id).length, 3);
});

test('gone on with from several pages it has no more chains of work than it began with', async () => {
    const { id } = await stopped(BUSINESS, '017', 120);
    const pages = [await open(clerk, id), await open(clerk, id), await open(clerk, id)], answers = [];
    for (const page of pages) answers.push((await clerk.submit(page, {}, GO_ON)).status);
    assert.deepEqual(answers, [303, 409, 409]);
    assert.ok(jobs(id) <= 2);
    await pileDone(village, id);
    assert.equal(letters(id).length, 120);
});

test('what dead workers had numbered is shared out among the chains, and none of it is left', async () => {
    const { id } = await sent(BUSINESS, '018', 45);
    await pileDone(village, id);
    // As two workers left it that were killed between the numbers and the papers.
    rows(schema, `UPDATE letter_pile SET state = 3 WHERE id = ${id}; UPDATE letter_pile_line SET state = 2, job = 0 WHERE pile_id = ${id}`);
    putJob(id);
    putJob(id);
    await pileDone(village, id);
    assert.ok(pileLines(village, id).every(([, s, , letter, why]) => s === '3' && letter !== null && why === ''));
});

test('who reads a pile is told to who may decide on it, until it went on', async () => {
    policy('keterangan-usaha', 'approve');
    try {
        const { id } = await sent(BUSINESS, '019', 3);
        const told = async (client, tail = '') => (await open(client, id, tail)).words.includes('Sedang dibaca');
        assert.equal(state(id), 7);
        await open(head, id, '/contoh');
        (await open(secretary, id)).must(200, 'Sedang dibaca Uji head, sejak');
        assert.ok(await told(secretary, '/contoh'));
        assert.ok(!await told(clerk), 'who decides nothing is told nothing');
        (await secretary.submit(await open(secretary, id, '/contoh'), {}, 'form[action$="/teruskan"]')).must(303);
        assert.ok(!await told(head), 'who passed it on has it before her no more');
        rows(schema, "UPDATE staff SET role = 'head' WHERE username = 'uji.secretary'");
        await open(secretary, id, '/contoh');
        (await open(head, id)).must(200, 'Sedang dibaca Uji secretary, sejak');
    } finally {
        rows(schema, "UPDATE staff SET role = 'secretary' WHERE username = 'uji.secretary'");
        policy('keterangan-usaha', 'seal');
    }
});
