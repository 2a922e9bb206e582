// SPDX-License-Identifier: AGPL-3.0-or-later
// The kiosk under faults: card readers that send unusual keys, a server that does not answer, paper that does not arrive.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { close, staffVisitor } from '../harness/browser.mjs';
import { lastLetter } from '../harness/kiosk.mjs';
import { at, enter, kiosk, tap, unasked, wedge } from '../harness/kiosk-screen.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const [first, second] = village.residents;
after(close);

const gone = (page) => page.waitForFunction(() => document.querySelector('main').childElementCount === 0);
const visits = () => rows(schema, 'SELECT device_id FROM kiosk_visit WHERE device_id = (SELECT MAX(id) FROM kiosk_device)');

for (const ends of [['Enter', 'Enter'], ['Tab'], ['Tab', 'Enter']]) {
    test(`a reader that ends with ${ends.join(' and ')} is one tap, wherever the focus is`, async () => {
        const visit = await kiosk();
        const { page } = visit;
        await wedge(page, first.card_uid, ends);
        await page.waitForURL(at('/anjungan/pin'));
        await page.goto(at('/anjungan'));
        await page.getByRole('link', { name: 'Ketik NIK' }).focus();
        await wedge(page, second.card_uid.toLowerCase(), ends);
        await page.waitForURL(at('/anjungan/pin'));
        await enter(page, second);
        await page.locator('.tiles form[action$="/keterangan-tidak-mampu"] button').click();
        await page.waitForURL(/\/anjungan\/(isi\/1|periksa)$/);
        if (page.url().endsWith('/periksa')) await page.getByRole('link', { name: /Ubah/ }).first().click();
        await page.goto(at('/anjungan/isi/1?ketik=1'));
        await page.locator('#jawab').focus();
        await wedge(page, first.card_uid, ends);
        await page.waitForURL(at('/anjungan/pin'));
        await visit.context.close();
    });
}

test('a server that does not answer at all: the screen says so, and is wiped all the same', async () => {
    const visit = await kiosk();
    const { page, context } = visit;
    await enter(page, second);
    await page.clock.install();
    let letGo;
    const held = new Promise((done) => { letGo = done; });
    await context.route('**/anjungan/masih', async (route) => {
        await held;
        await route.continue().catch(() => undefined); // the page may have given up
    });
    await page.locator('.tiles form[action$="/keterangan-usaha"] button').click();
    await page.getByText('sambungan sedang putus').waitFor();
    await page.getByRole('heading', { name: 'mau urus apa?' }).waitFor();
    await page.clock.fastForward(61000);
    await gone(page);
    assert.ok(!(await page.content()).includes(second.nik.slice(-4)));
    assert.equal(visits().length, 1, 'nobody could tell the server');
    const letters = value(schema, 'SELECT COUNT(*) FROM letter');
    letGo();
    await page.clock.runFor(10000);
    await page.waitForURL(at('/anjungan'));
    await page.getByText('Tempelkan').waitFor();
    assert.deepEqual(visits(), [], 'and now it knows');
    assert.equal(value(schema, 'SELECT COUNT(*) FROM letter'), letters, 'what was pressed before is not done after');
    await context.close();
});

test('a page of the letter fails to load: nothing is printed, later all of it; without a touch the screen is cleared', async () => {
    const visit = await kiosk();
    const { page, context } = visit;
    await enter(page, first);
    let isLost = true;
    await context.route('**/anjungan/lembar/*versi=0', (route) => (isLost ? route.abort() : route.continue()));
    await page.locator('.tiles form[action$="/keterangan-usaha"] button').click();
    await page.waitForURL(/\/anjungan\/(isi\/1|periksa)$/);
    await unasked(page);
    await page.clock.install();
    await page.getByRole('button', { name: 'Cetak surat saya' }).click();
    await page.waitForURL(at('/anjungan/surat'));
    const { id } = lastLetter(village, first.nik);
    // It tries again by itself, and that is no touch: the warning comes when it would have come.
    await page.clock.runFor(2500);
    for (let i = 0; i < 8; i++) {
        await page.locator('[data-sheets] img').first().waitFor({ state: 'attached' });
        await page.clock.runFor(5500);
    }
    await page.getByText('Anda masih di sini?').waitFor();
    assert.equal(value(schema, `SELECT paper_ms FROM kiosk_letter WHERE letter_id = ${id}`), null);
    await page.getByRole('button', { name: 'Sentuh untuk lanjut' }).click();
    isLost = false;
    await page.clock.runFor(2500);
    await page.waitForFunction(() => window.printed === 1);
    await until('the office knows', () => value(schema, `SELECT paper_ms FROM kiosk_letter WHERE letter_id = ${id}`) !== null);
    await page.clock.runFor(61000);
    await page.waitForURL(at('/anjungan'));
    assert.deepEqual(visits(), []);
    await context.close();
});

test('a long press opens no menu of the browser, and history holds nothing of the visit', async () => {
    const visit = await kiosk();
    const { page, context } = visit;
    await enter(page, second);
    const isKept = await page.evaluate(() => ['contextmenu', 'dragstart'].map((kind) => document.querySelector('h1').dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }))));
    assert.deepEqual(isKept, [false, false]);
    await page.getByRole('button', { name: 'Selesai' }).click();
    await page.waitForURL(at('/anjungan'));
    for (let i = 0; i < 3; i++) {
        await page.goBack();
        await page.waitForURL((url) => ['/anjungan', '/anjungan/daftar'].includes(url.pathname));
        assert.ok(!(await page.content()).includes(second.nik.slice(-4)));
    }
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, '']);
    await context.close();
});

test('at the counter a card goes to its field wherever the focus is; tapped twice it is no PIN', async () => {
    const visit = await staffVisitor(village, 'clerk', {});
    const { page, context } = visit;
    const id = value(schema, "SELECT MAX(id) FROM resident WHERE basic_status = 1 AND id NOT IN (SELECT resident_id FROM kiosk_card)");
    const [field, pin, pin2] = ['#kartu', '#pin', '#pin2'].map((name) => page.locator(name));
    await page.goto(at(`/kantor/penduduk/${id}/kartu`));
    for (const ends of [['Enter', 'Enter'], ['Tab']]) {
        await page.locator('main h1').click();
        await wedge(page, '00A2245B0C6199', ends);
        assert.equal(await field.inputValue(), '00A2245B0C6199');
        assert.equal(await pin.evaluate((el) => el === document.activeElement), true);
        await wedge(page, '0012345678', ends);
        assert.deepEqual([await field.inputValue(), await pin.inputValue(), await pin2.inputValue()], ['0012345678', '', '']);
    }
    await pin.fill('482915');
    await pin2.fill('482951');
    await page.getByRole('button', { name: 'Pasang', exact: true }).click();
    await page.getByText('PIN kedua tidak sama').first().waitFor();
    // The focus is on what is wrong; the card is held there once more all the same.
    await wedge(page, '0012345678');
    for (const digit of '482915482915') await page.locator('[data-for="pin"] [data-key="' + digit + '"]').click();
    await page.getByRole('button', { name: 'Pasang', exact: true }).click();
    await page.getByText('e-KTP terpasang sejak').waitFor();
    rows(schema, `DELETE FROM kiosk_card WHERE resident_id = ${id}`);
    await context.close();
});

test('a kiosk whose permission is withdrawn while it is used says who can help; a form of another time begins anew', async () => {
    const visit = await kiosk();
    const { page, context } = visit;
    await enter(page, second);
    await page.locator('.tiles form [name="_csrf"]').first().evaluate((field) => { field.value = 'x'.repeat(field.value.length); });
    await page.locator('.tiles form button').first().click();
    await page.getByText('Layar ini perlu diulang').waitFor();
    assert.ok((await page.locator('h1').boundingBox()).x >= 36, 'words keep clear of the edge');
    await page.getByRole('link', { name: 'Mulai dari awal' }).click();
    await page.waitForURL(at('/anjungan/layanan'));
    rows(schema, 'UPDATE kiosk_device SET revoked_at = UTC_TIMESTAMP(6) ORDER BY id DESC LIMIT 1');
    await page.locator('.tiles form button').first().click();
    await page.getByText('Anjungan ini belum dipasang').waitFor(); // and nobody has to touch it
    await page.waitForURL(at('/anjungan/daftar'));
    await context.close();
});

test('a finger that taps twice does one thing: on the next page the second tap is not meant, paper comes once', async () => {
    const visit = await kiosk();
    const { page, context } = visit;
    await tap(page, first.card_uid);
    for (const digit of first.pin.slice(0, 5)) await page.locator(`[data-key="${digit}"]`).click();
    await page.clock.setFixedTime(new Date()); // both taps in one moment, however slow this machine is
    const key = await page.locator(`[data-key="${first.pin[5]}"]`).boundingBox();
    await page.mouse.click(key.x + key.width / 2, key.y + key.height / 2);
    await page.waitForURL(at('/anjungan/layanan'));
    const tile = await page.locator('.tiles form button').first().boundingBox();
    const sent = () => page.evaluate(() => document.querySelectorAll('form[data-sent]').length);
    const [x, y] = [tile.x + tile.width / 2, tile.y + tile.height / 2];
    await page.evaluate(([left, top]) => sessionStorage.setItem('sentuhan', JSON.stringify([left + 20, top - 20, Date.now()])), [x, y]);
    await page.reload(); // as if the key had been where the tile is
    await page.mouse.click(x, y);
    assert.equal(await sent(), 0);
    await page.mouse.click(x, y); // the third is a new one
    await page.waitForURL(/\/anjungan\/(isi\/1|periksa)$/);
    await unasked(page);
    await page.getByRole('button', { name: 'Cetak surat saya' }).click();
    await page.waitForFunction(() => window.printed === 1);
    await page.getByRole('button', { name: 'Cetak sekali lagi' }).dblclick();
    await page.locator('[data-sheets] img').first().evaluate((img) => img.decode());
    assert.ok(await page.evaluate(() => window.printed) <= 2, 'pressed twice is one copy at most');
    await context.close();
});

test('a tablet of 1024 wide has every button within reach, and a name with its apostrophe can be typed', async () => {
    const visit = await kiosk({ width: 1024, height: 768 });
    const { page, context } = visit;
    await enter(page, first);
    const outside = () => page.evaluate(() => [...document.querySelectorAll('button,a.kbutton')].filter((el) => el.getClientRects().length > 0 &&
        el.getBoundingClientRect().right > innerWidth + 0.5).map((el) => el.textContent.trim()));
    assert.deepEqual(await outside(), []);
    await page.locator('.tiles form[action$="/keterangan-tidak-mampu"] button').click();
    await page.waitForURL(/\/anjungan\/(isi\/1|periksa)$/);
    await page.goto(at('/anjungan/isi/1'));
    assert.deepEqual(await outside(), [], 'a question');
    await page.goto(at('/anjungan/isi/1?ketik=1'));
    assert.deepEqual(await outside(), [], 'a question that is typed');
    await page.locator('#jawab').fill('');
    for (const sign of "kios to'bulung") await page.locator(`[data-put="${sign}"]`).click();
    assert.equal((await page.locator('#jawab').inputValue()).toLowerCase(), "kios to'bulung");
    await page.getByRole('button', { name: 'Lanjut' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith('/isi/1'));
    await page.goto(at('/anjungan/periksa'));
    assert.deepEqual(await outside(), [], 'the check');
    await context.close();
});
