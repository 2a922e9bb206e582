// SPDX-License-Identifier: AGPL-3.0-or-later
// A kiosk without a screen: its device, a card on its reader, a resident's PIN.

import assert from 'node:assert/strict';
import { Client, formFields } from './client.mjs';
import { rows, schemaOf } from './stack.mjs';

/** A newly enrolled device of a training village, by its standing code or another. */
export async function device(village, code = village.kiosk_code) {
    rows(schemaOf(village), 'DELETE FROM kiosk_pin_limit WHERE device_id IS NOT NULL'); // the wrong PINs of earlier tests are not this one's
    const client = new Client(village.host);
    const page = (await client.get('/anjungan/daftar')).must(200, 'Pasang anjungan ini');
    const answer = await client.submit(page, { kode: code });
    assert.equal(answer.status, 303, `enrolment: ${answer.status} ${answer.told}`);
    assert.equal(answer.location, '/anjungan');
    return client;
}

/** The guard of the form every page of the kiosk has for a card. */
function cardForm(answer) {
    const form = answer.page.querySelector('form#kartu');
    assert.ok(form, `${answer.path}: no form for a card: ${answer.status} ${answer.told}`);
    return formFields(form).filter(([name]) => name.startsWith('_'));
}

/** A card is held to the reader, on whatever page this is. → the page that comes */
export async function tap(client, uid, from) {
    const page = from ?? (await client.open('/anjungan'));
    const answer = await client.post('/anjungan/kartu', [...cardForm(page), ['kartu', uid]]);
    answer.must(303);
    return client.follow(answer);
}

/** Tap and PIN. → the tiles */
export async function enter(client, resident) {
    const page = await tap(client, resident.card_uid);
    if (page.path === '/anjungan/layanan') return page;
    const answer = await client.submit(page, { pin: resident.pin }, 'form[action="/anjungan/pin"]');
    answer.must(303);
    return (await client.follow(answer)).must(200, 'mau urus apa?');
}

export async function leave(client) {
    const page = await client.open('/anjungan');
    const form = page.page.querySelector('form#tutup');
    return client.post('/anjungan/selesai', formFields(form));
}

/** Presses a tile; → the first question, or the check when it is a repeat. */
export async function choose(client, tiles, slug) {
    const answer = await client.submit(tiles, {}, `.tiles form[action="/anjungan/layanan/${slug}"]`);
    answer.must(303);
    return (await client.follow(answer)).must(200);
}

/** An answer to the question of a page: a tile, or typed. */
export function say(client, page, jawab) {
    const form = page.page.querySelector('form[action^="/anjungan/isi/"]');
    return client.post(form.getAttribute('action'), [...formFields(form).filter(([name]) => name.startsWith('_') || name === 'ketik'), ['jawab', jawab]]);
}

/** Answers question after question up to the check. values: by the question's words. */
export async function answerAll(client, page, values) {
    let at = page;
    if (at.path === '/anjungan/periksa') { // the answers of last time stand there: each is changed
        for (const link of at.page.querySelectorAll('a[href^="/anjungan/isi/"]')) {
            const question = (await client.get(link.getAttribute('href'))).must(200);
            const wanted = values[question.page.querySelector('h1').text.trim()];
            if (wanted !== undefined) at = await client.follow(await say(client, question, wanted));
        }
        return at.must(200);
    }
    for (let i = 0; i < 20 && at.path.startsWith('/anjungan/isi/'); i++) {
        const question = at.page.querySelector('h1').text.trim();
        const answer = await say(client, at, values[question] ?? '');
        assert.equal(answer.status, 303, `${question}: ${answer.status} ${answer.told}`);
        at = (await client.follow(answer)).must(200);
    }
    assert.equal(at.path, '/anjungan/periksa');
    return at;
}

export const BUSINESS_ANSWERS = { 'Usahanya apa?': 'kios atau warung', 'Sejak tahun berapa?': '2014', 'Suratnya untuk apa?': 'pengajuan kredit usaha rakyat (KUR)' };

/** What was issued to a person is withdrawn and drafts are cancelled: whichever test came before, their next letter asks everything. */
export function forgetLetters(village, { nik }) {
    rows(schemaOf(village), `UPDATE letter SET state = IF(state = 4, 6, 7) WHERE state IN (1, 4) AND resident_id = (SELECT id FROM resident WHERE nik = '${nik}')`);
}

/** The newest letter of a resident, by NIK. */
export function lastLetter(village, nik) {
    const [[id, state, channel, number, inputs]] = rows(schemaOf(village), `SELECT l.id, l.state, l.channel, l.number, l.inputs FROM letter l
        JOIN resident r ON r.id = l.resident_id WHERE r.nik = '${nik}' ORDER BY l.id DESC LIMIT 1`);
    return { id: Number(id), state: Number(state), channel, number: number === null ? null : Number(number), inputs: JSON.parse(inputs) };
}
