// SPDX-License-Identifier: AGPL-3.0-or-later
// A letter that was asked for at the kiosk, approved later, and fetched there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { BUSINESS_ANSWERS, answerAll, choose, device, enter, lastLetter } from '../harness/kiosk.mjs';
import { schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

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
