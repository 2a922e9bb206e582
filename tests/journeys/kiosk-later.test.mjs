// SPDX-License-Identifier: AGPL-3.0-or-later
// A letter that was asked for at the kiosk, approved later, and fetched there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formFields, staff } from '../harness/client.mjs';
import { BUSINESS_ANSWERS, answerAll, choose, device, enter, lastLetter } from '../harness/kiosk.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const person = village.residents[2];

test('approved after the queue slip: the letter is printed at the kiosk, though a newer one of another type is there', async () => {
    const kiosk = await device(village);
    const ask = async (slug, answers) => {
        const check = await answerAll(kiosk, await choose(kiosk, await kiosk.open('/anjungan/layanan'), slug), answers);
        (await kiosk.submit(check, {}, 'form[action="/anjungan/terbitkan"]')).must(303);
        return lastLetter(village, person.nik).id;
    };
    await enter(kiosk, person);
    const later = await ask('keterangan-domisili', { 'Tinggal di sini sejak kapan?': '1998', 'Suratnya untuk apa?': 'sekolah anak' });
    const older = await ask('keterangan-usaha', BUSINESS_ANSWERS);
    const newest = await ask('keterangan-usaha', BUSINESS_ANSWERS);
    await until('both are drawn', () => value(schema, `SELECT COUNT(*) FROM letter WHERE id = ${newest} AND rendered_at IS NOT NULL`) === '1');
    const printable = async () => (await kiosk.get('/anjungan/surat-saya')).must(200).page.querySelectorAll('form[action^="/anjungan/surat-saya/"]')
        .map((form) => Number(form.getAttribute('action').split('/').pop()));
    assert.equal((await printable()).includes(later), false);
    (await kiosk.get('/anjungan/surat-saya')).must(200, 'menunggu kepala desa');

    const secretary = await staff(village, 'secretary');
    (await secretary.submit(await secretary.open(`/kantor/surat/${later}`), {}, `form[action$="/${later}/teruskan"]`)).must(303);
    const head = await staff(village, 'head');
    (await head.submit(await head.open(`/kantor/persetujuan/${later}`), {}, `form[action$="/${later}/setujui"]`)).must(303);
    await until('it is drawn', () => value(schema, `SELECT COUNT(*) FROM letter WHERE id = ${later} AND rendered_at IS NOT NULL`) === '1');

    const there = await printable();
    assert.deepEqual([later, newest, older].map((id) => there.includes(id)), [true, true, false], `of each type the newest: ${there}`);
    const page = await kiosk.get('/anjungan/surat-saya');
    assert.equal(page.page.querySelectorAll('main .is-filled').length, 1, 'one filled button a page');
    const paper = await kiosk.follow(await kiosk.submit(page, {}, `form[action="/anjungan/surat-saya/${later}"]`));
    paper.must(200, 'Sedang dicetak');
    assert.match((await kiosk.get('/anjungan/lembar/1')).headers['content-type'], /^image\/svg\+xml/);
});

test('answers that wait for a paper are forgotten after 14 days, and nothing else with them', async () => {
    const house = trainingVillages().at(-1), db = schemaOf(house), kiosk = await device(house);
    const left = async (person) => { // "Belum punya, selesai dulu"
        const asked = await choose(kiosk, await enter(kiosk, person), 'keterangan-usaha'); // the check, when other suites made one before
        const guard = formFields(asked.page.querySelector('main form[method=post]')).filter(([name]) => name.startsWith('_'));
        (await kiosk.post('/anjungan/selesai', [...guard, ['simpan', '1']])).must(303);
        return Number(value(db, `SELECT MAX(l.id) FROM letter l JOIN resident r ON r.id = l.resident_id WHERE r.nik = '${person.nik}'`));
    };
    const [old, young] = [await left(house.residents[0]), await left(house.residents[1])];
    const copy = (values) => Number(value(db, `INSERT INTO letter (type_id, type_version, state, channel, resident_id, inputs, made_by, made_at)
        SELECT type_id, type_version, ${values.state ?? 1}, '${values.channel ?? 'kiosk'}', resident_id, inputs, made_by, made_at FROM letter WHERE id = ${old}; SELECT LAST_INSERT_ID()`));
    const [cancelled, counter, handed] = [copy({ state: 7 }), copy({ channel: 'counter' }), copy({})];
    rows(db, `INSERT INTO kiosk_letter (letter_id, device_id, receipt, tapped_at, sent_at, queue_number) SELECT ${handed}, MAX(id), 'UJI-LAMA', NOW(6), NOW(6), 9001 FROM kiosk_device;
        UPDATE letter SET made_at = NOW(6) - INTERVAL 14 DAY - INTERVAL 1 HOUR WHERE id IN (${[old, cancelled, counter, handed]});
        UPDATE letter SET made_at = NOW(6) - INTERVAL 14 DAY + INTERVAL 1 HOUR WHERE id = ${young}`);
    const there = () => rows(db, `SELECT id FROM letter WHERE id IN (${[old, young, cancelled, counter, handed]}) ORDER BY id`).map(([id]) => Number(id));
    rows(db, `INSERT INTO epoch (name, value) VALUES ('tidy', 0) ON DUPLICATE KEY UPDATE value = 0; INSERT INTO outbox (kind, subject, payload) VALUES (2, 0, '{}')`);
    await until('they are swept', () => !there().includes(cancelled), 30);
    assert.deepEqual(there(), [young, counter, handed].sort((a, b) => a - b));
    assert.equal(value(db, `SELECT COUNT(*) FROM letter_step WHERE letter_id IN (${old}, ${cancelled})`), '0');
    rows(db, `DELETE FROM kiosk_letter WHERE letter_id = ${handed}; DELETE FROM letter WHERE id IN (${[counter, handed]})`);
});
