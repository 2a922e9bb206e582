// SPDX-License-Identifier: AGPL-3.0-or-later
// Deciding: several at once after each was opened, who else reads, and what waits too long.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { DOMICILE, INVITATION, letterRow, send } from '../harness/letters.mjs';
import { rows, schemaOf, until, value } from '../harness/stack.mjs';
import { officeVillage } from '../harness/villages.mjs';

const SKTM = { slug: 'keterangan-tidak-mampu', inputs: { isi_keperluan: 'beasiswa' } };
let village, schema, clerk, secretary, head, people;

before(async () => {
    village = await officeVillage('7317102073', 'Uji Setuju', ['clerk', 'secretary', 'head'], 6);
    ({ clerk, secretary, head, people } = village);
    schema = schemaOf(village);
    rows(schema, "UPDATE letter_type SET policy = 'approve'");
});

const opened = async (client, id) => (await client.get(`/kantor/persetujuan/${id}`)).must(200);
async function waiting(type, who) {
    const { id } = await send(clerk, type, people[who]);
    (await secretary.submit(await opened(secretary, id), {}, `form[action$="/${id}/teruskan"]`)).must(303);
    return id;
}
const read = async (id) => (await head.submit(await opened(head, id), {}, `form[action$="/${id}/dibaca"]`)).must(303);
const list = async () => (await head.get('/kantor/persetujuan')).must(200);
const FORM = 'form[action="/kantor/persetujuan"]';

test('who marks a letter as read comes to the next one, at last to the list, where each stands once', async () => {
    const ids = [await waiting(SKTM, 0), await waiting(DOMICILE, 1), await waiting(SKTM, 2)];
    assert.equal((await read(ids[1])).location, `/kantor/persetujuan/${ids[2]}`);
    const page = await list();
    assert.deepEqual(ids.map((id) => page.text.split(`href="/kantor/persetujuan/${id}"`).length - 1), [1, 1, 1]);
    page.must(200, 'Belum dibaca');
    assert.equal((await read(ids[2])).location, `/kantor/persetujuan/${ids[0]}`, 'those before it are not forgotten');
    assert.equal((await read(ids[0])).location, '/kantor/persetujuan');
    (await head.follow((await head.submit(await list(), {}, FORM)).must(303))).must(200, '3 surat disetujui');
});

test('several are approved at once, each opened before; what changed since is left, and said', async () => {
    const ids = [];
    for (let i = 0; i < 4; i++) ids.push(await waiting(i % 2 ? SKTM : DOMICILE, i));
    assert.equal((await list()).page.querySelector(FORM), null, 'nothing is approved unread');
    for (const id of ids.slice(0, 3)) await read(id);
    const page = await list();
    page.must(200, 'Sudah Anda baca');
    assert.equal(page.page.querySelectorAll(`${FORM} input[type=checkbox]`).length, 3);
    // One of them says something else by now, one is unticked.
    rows(schema, `UPDATE resident SET name = 'NAMA BARU' WHERE id = ${people[1]}`);
    const answer = await head.submit(page, { [`surat_${ids[2]}`]: null }, FORM);
    (await head.follow(answer.must(303))).must(200, '1 surat disetujui, 1 tidak: berubah sesudah dibaca');
    assert.deepEqual(ids.map((id) => letterRow(village, id).state), [4, 3, 3, 3]);
    // Ids that were never opened, typed by hand, change nothing.
    const [[name]] = [[`surat_${ids[3]}`]];
    (await head.post('/kantor/persetujuan', [...head.fill(await list(), {}, FORM).fields.filter(([n]) => n.startsWith('_')), [name, '1']])).must(303);
    assert.equal(letterRow(village, ids[3]).state, 3);
    await read(ids[1]);
    (await head.follow((await head.submit(await list(), {}, FORM)).must(303))).must(200, '2 surat disetujui');
    const numbers = ids.slice(0, 3).map((id) => letterRow(village, id).number);
    assert.equal(new Set(numbers).size, 3);
    // The head's own mark stands in no history.
    assert.ok(!(await clerk.get(`/kantor/surat/${ids[0]}`)).must(200).words.includes('Uji head Uji head'));
});

test('a letter that a form names twice takes one number', async () => {
    const id = await waiting(DOMICILE, 2);
    await read(id);
    const fields = head.fill(await list(), {}, FORM).fields;
    const answer = (await head.post('/kantor/persetujuan', [...fields, [`surat_0${id}`, '1']])).must(303);
    (await head.follow(answer)).must(200, '1 surat disetujui');
    assert.equal(value(schema, `SELECT COUNT(*) FROM letter_step WHERE letter_id = ${id} AND step = 'approved'`), '1');
    assert.equal(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'letter.issue' AND subject = 'letter:${id}'`), '1');
});

test('of several the one whose person died stays, whoever read it', async () => {
    const ids = [await waiting(DOMICILE, 4), await waiting(SKTM, 5)];
    for (const id of ids) await read(id);
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${people[5]}`);
    try {
        (await head.follow((await head.submit(await list(), {}, FORM)).must(303))).must(200, 'surat disetujui, 1 tidak');
        assert.deepEqual(ids.map((id) => letterRow(village, id).state), [4, 3]);
    } finally {
        rows(schema, `UPDATE resident SET basic_status = 1 WHERE id = ${people[5]}`);
    }
});

const READS = 'Sedang dibaca Uji head, sejak';
const isTold = (page) => page.must(200).words.includes(READS);

test('who opens a letter that somebody else has before him is told, of this letter and of no other of that person', async () => {
    const before = await waiting(DOMICILE, 0);
    await opened(head, before);
    const { id } = await send(clerk, DOMICILE, people[0]);
    assert.ok(!isTold(await opened(secretary, id)), 'he has never seen it');
    (await head.get(`/kantor/surat/${id}/baca`)).must(200);
    assert.ok(isTold(await opened(secretary, id)));
    assert.ok(isTold(await secretary.get(`/kantor/surat/${id}/baca`)), 'where it is read large, too');
});

test('of a letter of the office, of nobody, too, and it stands in the log of who looked', async () => {
    const { id } = await send(clerk, INVITATION, null);
    const looks = () => rows(schema, `SELECT s.username FROM read_log l JOIN staff s ON s.id = l.staff_id WHERE l.letter_id = ${id} AND l.resident_id IS NULL AND l.what = 'paper' AND s.username = 'uji.head'`).length;
    assert.ok(!isTold(await opened(secretary, id)));
    assert.equal(looks(), 0);
    (await head.get(`/kantor/surat/${id}`)).must(200);
    (await head.get(`/kantor/surat/${id}/pratinjau/1`)).must(200);
    assert.equal(looks(), 1, 'the page; the picture in it is no other look');
    assert.ok(isTold(await opened(secretary, id)));
});

test('he has it before him no more once he opened the next, put it off or decided', async () => {
    const [id, next] = [await waiting(DOMICILE, 1), await waiting(SKTM, 2)];
    const told = async (asked = id) => isTold(await secretary.get(`/kantor/persetujuan/${asked}`));
    rows(schema, `UPDATE staff SET role = 'head' WHERE username = 'uji.secretary'`);
    try {
        await opened(head, id);
        assert.ok(await told());
        await opened(head, next);
        assert.deepEqual([await told(), await told(next)], [false, true]);
        await opened(head, id);
        assert.deepEqual([await told(), await told(next)], [true, false], 'back at the first');
        await read(id);
        assert.ok(!await told(), 'to be approved later with others');
        await opened(head, id);
        assert.ok(await told());
        (await head.submit(await opened(head, id), { catatan: 'Alamatnya keliru' }, `form[action$="/${id}/kembalikan"]`)).must(303);
    } finally {
        rows(schema, `UPDATE staff SET role = 'secretary' WHERE username = 'uji.secretary'`);
    }
    const review = (await clerk.get(`/kantor/surat/${id}/periksa`)).must(200);
    (await clerk.submit(review, {}, 'form[action$="/kirim"]')).must(303);
    assert.ok(!await told(), 'given back, and sent again');
    await opened(head, next);
    (await secretary.submit(await opened(secretary, id), {}, `form[action$="/${id}/teruskan"]`)).must(303);
    (await secretary.get(`/kantor/surat/${id}`)).must(200);
    assert.ok(!(await opened(head, id)).words.includes('Sedang dibaca'), 'who passed it on may look at it');
});

test('what waits beyond the time promised is told to the head, once, and stands in its history', async () => {
    rows(schema, "UPDATE official SET email = 'kades@contoh.id' WHERE office = 'head'");
    const id = await waiting(SKTM, 2);
    const late = await waiting(DOMICILE, 3);
    rows(schema, `UPDATE letter SET made_at = NOW(6) - INTERVAL 9 DAY WHERE id = ${late}`);
    const sweep = async () => {
        rows(schema, `INSERT INTO epoch (name, value) VALUES ('tidy', 0) ON DUPLICATE KEY UPDATE value = 0; INSERT INTO outbox (kind, subject, payload) VALUES (2, 0, '{}')`);
        await until('it is swept', () => value(schema, 'SELECT COUNT(*) FROM outbox WHERE kind = 2 AND state IN (1, 2)') === '0');
    };
    const told = () => value(schema, `SELECT COUNT(*) FROM letter_step WHERE step = 'late' AND letter_id = ${late}`);
    await sweep();
    await until('it was told', () => told() === '1');
    await sweep();
    assert.equal(told(), '1');
    assert.equal(value(schema, `SELECT COUNT(*) FROM letter_step WHERE step = 'late' AND letter_id = ${id}`), '0');
    (await clerk.get(`/kantor/surat/${late}`)).must(200, 'Lewat waktu pelayanan, kepala desa dikabari');
});
