// SPDX-License-Identifier: AGPL-3.0-or-later
// The kiosk as people touch it: standing and lying, a card reader that types, a printer, an abandoned screen, a server that is away.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { DESK, assertAccessible, assertSound, close, staffVisitor } from '../harness/browser.mjs';
import { withPdf } from '../harness/paper.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { forgetLetters, lastLetter } from '../harness/kiosk.mjs';
import { STANDING, at, enter, kiosk, tap, touchPin, unasked } from '../harness/kiosk-screen.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const [first, second, third] = village.residents;
after(close);

/** Names of screens that are kept as pictures when BALAI_PICTURES names a folder. */
async function picture(page, name) {
    if (!process.env.BALAI_PICTURES) return;
    mkdirSync(process.env.BALAI_PICTURES, { recursive: true });
    await page.screenshot({ path: path.join(process.env.BALAI_PICTURES, `kiosk-${name}.png`) });
}

/** Sizes and contrast that a person with weak sight reads at 70 cm. */
async function assertLegible(visit, words) {
    await assertSound(visit, words);
    await assertAccessible(visit, words);
    const found = await visit.page.evaluate(() => {
        const parse = (colour) => (colour.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const ground = (el) => {
            for (let at = el; at; at = at.parentElement) {
                const c = parse(getComputedStyle(at).backgroundColor);
                if (c.length < 4 || c[3] > 0.9) return c;
            }
            return [255, 255, 255];
        };
        const seen = (el) => el.getClientRects().length > 0 && getComputedStyle(el).visibility !== 'hidden' && !el.closest('.unseen,.skip');
        const small = [];
        const pale = [];
        for (const el of document.querySelectorAll('body *')) {
            if (!seen(el) || ![...el.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
            const style = getComputedStyle(el);
            const what = `${el.tagName} "${el.textContent.trim().slice(0, 40)}"`;
            if (parseFloat(style.fontSize) < 26) small.push(`${what} ${style.fontSize}`);
            const [a, b] = [light(parse(style.color)), light(ground(el))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 7) pale.push(`${what} ${ratio.toFixed(2)}`);
        }
        const low = [...document.querySelectorAll('a[href],button,input:not([type=hidden]):not(.is-behind),textarea')].filter(seen)
            .map((el) => [el, el.getBoundingClientRect()]).filter(([, r]) => r.height < 95.5).map(([el, r]) => `${el.outerHTML.slice(0, 60)} ${r.height}`);
        // What the screen is for needs no scrolling.
        const below = [...document.querySelectorAll('.kbutton.is-filled,.key,.kiosk-foot .kbutton,.tile')].filter(seen)
            .filter((el) => el.getBoundingClientRect().bottom > innerHeight + 0.5).map((el) => el.outerHTML.slice(0, 80));
        // Words in a frame look like something to touch.
        const framed = [...document.querySelectorAll('main p:not(.typed,.ticket)')].filter(seen)
            .filter((el) => parseFloat(getComputedStyle(el).borderTopWidth) > 0).map((el) => el.outerHTML.slice(0, 80));
        return { small, pale, low, below, framed };
    });
    assert.deepEqual(found.small, [], `${words}: smaller than 26 px`);
    assert.deepEqual(found.pale, [], `${words}: contrast under 7:1`);
    assert.deepEqual(found.low, [], `${words}: lower than 96 px`);
    assert.deepEqual(found.below, [], `${words}: below the screen's edge`);
    assert.deepEqual(found.framed, [], `${words}: words that look like a button`);
}

for (const [shape, viewport] of [['standing', STANDING], ['lying', DESK]]) {
    test(`every screen, ${shape}: from the tap to the paper`, async () => {
        const visit = await kiosk(viewport);
        const { page } = visit;
        await assertLegible(visit, 'first page');
        await picture(page, `idle-${shape}`);
        await page.getByRole('link', { name: 'Ketik NIK' }).click();
        await page.waitForURL(at('/anjungan/nik'));
        for (const digit of first.nik.slice(0, 9)) await page.locator(`[data-key="${digit}"]`).click();
        await assertLegible(visit, 'NIK');
        await picture(page, `nik-${shape}`);
        for (const digit of first.nik.slice(9)) await page.locator(`[data-key="${digit}"]`).click();
        await page.getByRole('button', { name: 'Lanjut' }).click();
        await page.waitForURL(at('/anjungan/pin'));
        await page.locator('[data-key="1"]').click();
        await assertLegible(visit, 'PIN');
        await picture(page, `pin-${shape}`);
        await page.locator('[data-key="hapus"]').click();
        await touchPin(page, first.pin);
        await assertLegible(visit, 'tiles');
        await picture(page, `services-${shape}`);
        await page.locator('.tiles form[action$="/keterangan-usaha"] button').click();
        await page.waitForURL(/\/anjungan\/(isi\/1|periksa)$/);
        if (page.url().endsWith('/periksa')) {
            await page.getByRole('link', { name: /Ubah/ }).first().click();
            await page.waitForURL(/isi/);
        }
        await assertLegible(visit, 'question');
        await picture(page, `question-${shape}`);
        await unasked(page);
        await page.locator('.paper img').evaluate((img) => img.decode());
        await assertLegible(visit, 'check');
        await picture(page, `check-${shape}`);
        await page.getByRole('button', { name: 'Cetak surat saya' }).click();
        await page.waitForURL(at('/anjungan/surat'));
        await page.waitForFunction(() => window.printed === 1);
        await assertLegible(visit, 'letter');
        await picture(page, `letter-${shape}`);
        await page.goto(at('/anjungan/layanan'));
        await page.getByRole('link', { name: 'Surat saya' }).click();
        await page.waitForURL(at('/anjungan/surat-saya'));
        await assertLegible(visit, 'my letters');
        await picture(page, `mine-${shape}`);
        await page.getByRole('button', { name: 'Cetak', exact: true }).first().click();
        await page.waitForURL(/\/anjungan\/surat(\?cetak=1)?$/);
        await page.waitForFunction(() => window.printed === 1);
        await assertLegible(visit, 'my letter again');
        await page.getByRole('button', { name: 'Selesai' }).click();
        await page.waitForURL(at('/anjungan'));
        await visit.context.close();
    });
}

for (const [shape, viewport] of [['standing', STANDING], ['lying', DESK]]) {
    test(`closed, for the first time, at the counter: ${shape}`, async () => {
        rows(schema, 'DELETE FROM kiosk_pin_limit; DELETE FROM kiosk_call');
        const visit = await kiosk(viewport);
        const { page } = visit;
        await tap(page, '99887766554433');
        const keyOf = async () => (await page.locator('[data-key="1"]').boundingBox()).y;
        const before = await keyOf();
        for (let i = 0; i < 5; i++) {
            const answered = page.waitForResponse((r) => r.url().endsWith('/anjungan/pin') && r.request().method() === 'POST');
            for (const digit of '084582') await page.locator(`[data-key="${digit}"]`).click();
            await answered;
            await page.waitForLoadState();
            if (i > 0) continue;
            await page.getByText('tidak cocok').waitFor();
            assert.equal(await keyOf(), before, 'no key moves when something is said');
            await assertLegible(visit, 'wrong PIN');
        }
        await page.getByText('PIN dikunci sampai pukul').waitFor();
        visit.complaints.length = 0; // the 422 that were asked for
        const [left, most] = await page.locator('progress').evaluate((bar) => [bar.value, bar.max]);
        assert.ok(left > most - 60 && left <= most, `the bar of what is left begins full: ${left} of ${most}`);
        await page.waitForFunction((from) => document.querySelector('progress').value < from, left);
        await assertLegible(visit, 'locked');
        await picture(page, `locked-${shape}`);
        await page.goto(at('/anjungan/pertama'));
        await assertLegible(visit, 'first time');
        await picture(page, `first-${shape}`);
        await page.getByRole('button', { name: /Panggil petugas/ }).click();
        await page.getByText('Petugas sudah dipanggil').waitFor();
        await assertLegible(visit, 'first time, called');
        rows(schema, 'UPDATE kiosk_call SET at = at - INTERVAL 200 SECOND');
        await page.reload();
        await page.getByText('Petugas belum menjawab. Datangi loket.').waitFor();
        await page.getByRole('button', { name: 'Ambil nomor antrean' }).click();
        await page.waitForURL(/\/anjungan\/antrean/);
        await page.waitForFunction(() => window.printed === 1);
        await assertLegible(visit, 'number');
        await picture(page, `number-${shape}`);
        await page.reload();
        await page.getByText('Nomor antrean Anda').waitFor();
        assert.equal(await page.evaluate(() => window.printed), 0, 'loaded again it prints nothing');
        rows(schema, 'DELETE FROM kiosk_pin_limit');
        await visit.context.close();
    });
}

for (const [shape, viewport] of [['standing', STANDING], ['lying', DESK]]) {
    test(`a business of this year goes to the counter at the year's tile: ${shape}`, async () => {
        const visit = await kiosk(viewport);
        const { page } = visit;
        await enter(page, village.residents[3]);
        await page.locator('.tiles form[action$="/keterangan-usaha"] button').click();
        await page.waitForURL(/\/isi\/1$/);
        await page.mouse.click(2, 2);
        await page.getByRole('button', { name: 'Ternak' }).click();
        await page.waitForURL(/\/isi\/2$/);
        await page.mouse.click(2, 2); // what is tapped next is no second tap
        await page.getByRole('button', { name: 'Di rumah sendiri' }).click();
        await page.waitForURL(/\/isi\/3$/);
        await page.mouse.click(2, 2);
        await page.locator('.is-choices button').first().click();
        await page.waitForURL(at('/anjungan/loket'));
        await page.mouse.click(2, 2);
        await assertLegible(visit, 'to the counter');
        await picture(page, `counter-${shape}`);
        await page.getByRole('button', { name: 'Ambil nomor antrean' }).click();
        await page.getByText('Nomor antrean Anda').waitFor();
        await page.getByRole('button', { name: 'Selesai' }).click();
        await page.waitForURL(at('/anjungan'));
        await visit.context.close();
    });
}

test('a first letter takes at most twenty touches, with no key of a keyboard', async () => {
    const visit = await kiosk();
    const { page } = visit;
    const person = village.residents[4];
    forgetLetters(village, person);
    await tap(page, person.card_uid);
    await touchPin(page, person.pin);
    await page.locator('.tiles form[action$="/keterangan-usaha"] button').click();
    await page.waitForURL(/\/isi\/1$/);
    await page.mouse.click(2, 2);
    await assertLegible(visit, 'choices');
    await picture(page, 'choices-standing');
    const touches = 1 + person.pin.length + 1 + (await unasked(page)) + 1; // card, PIN, tile, answers, print
    await page.getByRole('button', { name: 'Cetak surat saya' }).click();
    await page.getByText('Surat Anda jadi').waitFor();
    assert.ok(touches <= 20, `${touches} touches`);
    await visit.context.close();
});

test('asking for a person leaves the screen as it is, with what was typed; the answer gives the button back', async () => {
    rows(schema, 'DELETE FROM kiosk_call');
    const visit = await kiosk();
    const { page } = visit;
    await enter(page, second);
    await page.locator('.tiles form[action$="/keterangan-tidak-mampu"] button').click();
    await page.waitForURL(/\/anjungan\/(isi\/1|periksa)$/);
    if (page.url().endsWith('/periksa')) await page.getByRole('link', { name: /Ubah/ }).first().click();
    await page.getByRole('link', { name: 'Lainnya' }).click();
    await page.waitForURL(/ketik=1/);
    await page.locator('#jawab').fill('bengkel motor');
    await page.getByRole('button', { name: 'Panggil petugas' }).click();
    await page.getByText('Petugas sudah dipanggil').waitFor();
    assert.equal(await page.locator('#jawab').inputValue(), 'bengkel motor');
    await until('the office has the call', () => value(schema, 'SELECT COUNT(*) FROM kiosk_call WHERE done_at IS NULL') === '1');
    await assertLegible(visit, 'called');
    await picture(page, 'called-standing');

    // The office's first page, open all the while, shows it without a touch.
    const office = await staffVisitor(village, 'clerk', {});
    rows(schema, 'DELETE FROM kiosk_call');
    await office.page.goto(at('/kantor'));
    assert.equal(await office.page.getByText('Warga memanggil').count(), 0);
    rows(schema, 'INSERT INTO kiosk_call (device_id, at) SELECT MAX(id), UTC_TIMESTAMP(6) FROM kiosk_device');
    await office.page.getByText('Warga memanggil di Anjungan latihan').waitFor();
    await assertSound(office, 'a call');
    if (process.env.BALAI_PICTURES) await office.page.screenshot({ path: path.join(process.env.BALAI_PICTURES, 'office-call.png') });
    await office.page.getByRole('button', { name: /Saya ke sana/ }).click();
    await office.page.waitForURL(at('/kantor'));

    // So does every other page: a bar, the number in the title, one sound; answering leaves what is being typed where it is.
    await office.page.goto(at('/kantor/surat/buat/keterangan-usaha'));
    await office.page.locator('#cari').fill('sitti');
    rows(schema, 'INSERT INTO kiosk_call (device_id, at) SELECT MAX(id), UTC_TIMESTAMP(6) FROM kiosk_device');
    await office.page.locator('.calls.is-bar').getByText('Warga memanggil di Anjungan latihan').waitFor();
    await office.page.waitForFunction(() => document.title.startsWith('(1) '));
    assert.equal(await office.page.locator('html').getAttribute('data-rang'), '1');
    await assertSound(office, 'a call, on a form');
    await office.page.getByRole('button', { name: /Saya ke sana/ }).click();
    await office.page.locator('.calls.is-bar .notice').waitFor({ state: 'detached' });
    await office.page.waitForFunction(() => !document.title.startsWith('('));
    assert.equal(await office.page.locator('#cari').inputValue(), 'sitti');
    assert.equal(value(schema, 'SELECT COUNT(*) FROM kiosk_call WHERE done_at IS NULL'), '0');
    await office.context.close();

    await page.getByRole('button', { name: 'Panggil petugas' }).waitFor();
    assert.equal(await page.locator('#jawab').inputValue(), 'bengkel motor');
    await page.setViewportSize(DESK); // lying, where the keyboard has the foot's place
    await page.reload();
    await page.locator('#jawab').fill('bengkel motor');
    await assertLegible(visit, 'question, lying');
    await picture(page, 'call-lying');
    rows(schema, 'DELETE FROM kiosk_call');
    await page.getByRole('button', { name: 'Panggil petugas' }).click();
    await page.getByText('Sudah dipanggil', { exact: true }).waitFor();
    assert.equal(await page.locator('#jawab').inputValue(), 'bengkel motor');
    await picture(page, 'called-lying');
    await visit.context.close();
});

test('a queue slip prints by itself, once, 80 mm wide', async () => {
    for (const [shape, viewport, person] of [['standing', STANDING, second], ['lying', DESK, third]]) {
        const visit = await kiosk(viewport);
        const { page } = visit;
        await enter(page, person);
        await page.locator('.tiles form[action$="/keterangan-domisili"] button').click();
        await page.waitForURL(/\/anjungan\/(isi\/1|periksa)$/);
        await unasked(page);
        await page.getByRole('button', { name: 'Kirim permohonan' }).click();
        await page.waitForURL(at('/anjungan/surat'));
        await page.waitForFunction(() => window.printed === 1);
        await assertLegible(visit, 'ticket');
        await picture(page, `ticket-${shape}`);
        const pdf = await page.pdf({ preferCSSPageSize: true });
        const info = withPdf(pdf, (file) => execFileSync('pdfinfo', [file], { encoding: 'utf8' }));
        const [, wide] = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(info).map(Number);
        assert.ok(Math.abs(wide - 226.8) < 1.5, `80 mm is 227 points: ${wide}`);
        assert.equal(Number(/Pages:\s+(\d+)/.exec(info)[1]), 1);
        const words = withPdf(pdf, (file) => execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }));
        assert.match(words, /Nomor antrean\s+\d+\s+Surat Keterangan Domisili/);
        assert.ok(!/Selesai|Panggil/.test(words), words);
        const letter = lastLetter(village, person.nik);
        await until('the slip is noted', () => value(schema, `SELECT paper_ms FROM kiosk_letter WHERE letter_id = ${letter.id}`) !== null);
        await page.reload();
        await page.getByRole('button', { name: 'Cetak sekali lagi' }).waitFor();
        assert.equal(await page.evaluate(() => window.printed), 0);
        await visit.context.close();
    }
});

test('a repeat letter takes five touches at most, and the paper has its true size', async () => {
    const visit = await kiosk();
    const { page } = visit;
    await enter(page, first);
    await page.getByRole('button', { name: 'Minta lagi' }).waitFor();
    await page.addInitScript(() => window.addEventListener('click', () => { sessionStorage.setItem('uji', Number(sessionStorage.getItem('uji') ?? 0) + 1); }, true));
    const begun = lastLetter(village, first.nik).id;
    await page.reload();
    await page.getByRole('button', { name: 'Minta lagi' }).click();
    await page.waitForURL(at('/anjungan/periksa'));
    await page.getByRole('button', { name: 'Cetak surat saya' }).click();
    await page.waitForURL(at('/anjungan/surat'));
    await page.waitForFunction(() => window.printed === 1);
    assert.ok(Number(await page.evaluate(() => sessionStorage.getItem('uji'))) + 1 <= 5, 'two touches, the end, and the PIN as one');
    const letter = lastLetter(village, first.nik);
    assert.ok(letter.id > begun && letter.state === 4);
    await until('the office knows', () => value(schema, `SELECT paper_ms FROM kiosk_letter WHERE letter_id = ${letter.id}`) !== null);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const info = withPdf(pdf, (file) => execFileSync('pdfinfo', [file], { encoding: 'utf8' }));
    const [, wide, high] = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(info).map(Number);
    assert.ok(Math.abs(wide - 609.4) < 2 && Math.abs(high - 935.4) < 2, `F4 is 609 × 935 points: ${wide} × ${high}`);
    assert.equal(Number(/Pages:\s+(\d+)/.exec(info)[1]), await page.locator('[data-sheets] img').count());
    // Reload prints nothing again; the button does.
    await page.reload();
    await page.getByRole('button', { name: 'Cetak sekali lagi' }).click();
    await page.waitForFunction(() => window.printed === 1);
    assert.equal(await page.locator('[data-print]').count(), 0);
    assert.ok(Number(value(schema, `SELECT paper_ms FROM kiosk_letter WHERE letter_id = ${letter.id}`)) > 0);
    await visit.context.close();
});

test('a card is read wherever the focus is; a finger that types is no card', async () => {
    const visit = await kiosk();
    const { page } = visit;
    await page.keyboard.type(first.card_uid, { delay: 90 });
    await page.keyboard.press('Enter');
    assert.equal(page.url(), at('/anjungan'));
    await page.getByRole('link', { name: 'Ketik NIK' }).focus();
    await tap(page, first.card_uid);
    // On the PIN pad a second card is a card, not six digits.
    await tap(page, second.card_uid);
    assert.equal(await page.locator('#pin').inputValue(), '');
    for (let n = 1; n <= second.pin.length; n++) { // a finger waits until it sees its dot
        await page.keyboard.press(second.pin[n - 1]);
        if (n < second.pin.length) await page.waitForFunction((length) => document.getElementById('pin').value.length === length, n);
    }
    await page.waitForURL(at('/anjungan/layanan'));
    // In the middle of a letter: the old visit is over.
    await page.locator('.tiles form[action$="/keterangan-tidak-mampu"] button').click();
    await page.waitForURL(/\/isi\/1$/);
    const begun = `SELECT GROUP_CONCAT(l.id) FROM letter l JOIN resident r ON r.id = l.resident_id WHERE r.nik = '${second.nik}' AND l.state = 1 AND l.channel = 'kiosk'`;
    const drafts = value(schema, begun); // also one that an earlier visit left
    assert.match(drafts, /^\d/);
    await tap(page, first.card_uid);
    await page.goBack();
    await page.waitForURL((url) => url.pathname === '/anjungan');
    assert.equal(value(schema, `SELECT COUNT(*) FROM letter WHERE id IN (${drafts}) AND state <> 7`), '0');
    await visit.context.close();
});

test('two presses at once act once, and Back after the end shows no personal data', async () => {
    const visit = await kiosk();
    const { page } = visit;
    await enter(page, third);
    const count = () => Number(value(schema, `SELECT COUNT(*) FROM letter l JOIN resident r ON r.id = l.resident_id WHERE r.nik = '${third.nik}'`));
    const begun = count();
    await page.locator('.tiles form[action$="/keterangan-domisili"] button').dblclick();
    await page.waitForURL(/\/anjungan\/(isi\/1|periksa)$/);
    assert.equal(count(), begun + 1);
    await unasked(page);
    await page.getByRole('button', { name: 'Kirim permohonan' }).dblclick();
    await page.getByText('Nomor antrean Anda').waitFor();
    await assertLegible(visit, 'ticket');
    await picture(page, 'ticket-standing');
    assert.equal(lastLetter(village, third.nik).state, 2);
    await page.getByRole('button', { name: 'Selesai' }).click();
    await page.waitForURL(at('/anjungan'));
    await page.goBack();
    await page.waitForURL(at('/anjungan'));
    await page.getByText('Tempelkan e-KTP Anda').waitFor();
    await visit.context.close();
});

test('a warning after 45 seconds; a touch extends; wiped after 60', async () => {
    const visit = await kiosk();
    const { page } = visit;
    await page.clock.install();
    await enter(page, second);
    await page.clock.fastForward(44000);
    assert.equal(await page.locator('#masih').isVisible(), false);
    await page.clock.fastForward(2000);
    await page.getByText('Anda masih di sini?').waitFor();
    await assertLegible(visit, 'warning');
    await picture(page, 'warning-standing');
    await page.getByRole('button', { name: 'Sentuh untuk lanjut' }).click();
    assert.equal(await page.locator('#masih').isVisible(), false);
    await page.clock.fastForward(46000);
    await page.getByText('Anda masih di sini?').waitFor();
    await page.clock.fastForward(15000);
    await page.waitForURL(at('/anjungan'));
    const device = value(schema, 'SELECT MAX(id) FROM kiosk_device');
    assert.deepEqual(rows(schema, `SELECT device_id FROM kiosk_visit WHERE device_id = ${device}`), [], 'the visit is gone on the server too');
    await visit.context.close();
});

test('while the server is away the screen says so, and continues by itself', async () => {
    const visit = await kiosk();
    const { page } = visit;
    let isAway = true;
    await visit.context.route('**/anjungan/masih', (route) => (isAway ? route.fulfill({ status: 502, body: '' }) : route.continue()));
    await page.getByRole('link', { name: 'Ketik NIK' }).click();
    await page.getByText('sambungan sedang putus').waitFor();
    await picture(page, 'away-standing');
    assert.equal(page.url(), at('/anjungan'));
    isAway = false;
    await page.waitForURL(at('/anjungan/nik'));
    visit.complaints.length = 0; // the 502 that was asked for
    await visit.context.close();
});

test('the first visit weighs at most 95 kB', async () => {
    const visit = await kiosk();
    const session = await visit.context.newCDPSession(visit.page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    let bytes = 0;
    session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
    await visit.page.goto(at('/anjungan'), { waitUntil: 'networkidle' });
    assert.ok(bytes > 10000 && bytes <= 95 * 1000, `${bytes} bytes`);
    await visit.context.close();
});

test('without JavaScript the same forms lead to the same letter', async () => {
    const visit = await kiosk(DESK, { javaScriptEnabled: false });
    const { page } = visit;
    await page.getByRole('link', { name: 'Ketik NIK' }).click();
    await page.getByLabel('NIK').fill(first.nik);
    await page.getByRole('button', { name: 'Lanjut' }).click();
    await page.getByLabel('PIN').fill(first.pin);
    await page.getByRole('button', { name: 'Lanjut' }).click();
    await page.getByRole('button', { name: 'Minta lagi' }).click();
    await page.getByRole('button', { name: 'Cetak surat saya' }).click();
    await page.getByText('Surat Anda jadi').waitFor();
    assert.equal(await page.locator('[data-sheets] img').count(), 1);
    await visit.context.close();
});
