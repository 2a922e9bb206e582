// SPDX-License-Identifier: AGPL-3.0-or-later
// A kiosk with its screen: enrolled, its printer counted, cards and PINs of the first training village.

import { visitor } from './browser.mjs';
import { rows, schemaOf, trainingVillages } from './stack.mjs';

const [village] = trainingVillages();
export const STANDING = { width: 1080, height: 1920 };
export const at = (name) => `http://${village.host}${name}`;

export async function kiosk(viewport = STANDING, options = {}) {
    rows(schemaOf(village), 'DELETE FROM kiosk_pin_limit WHERE device_id IS NOT NULL'); // the wrong PINs of earlier tests are not this one's
    const visit = await visitor({ viewport, ...options });
    const { page } = visit;
    await page.addInitScript(() => { window.printed = 0; window.print = () => { window.printed += 1; }; });
    await page.goto(at('/anjungan/daftar'));
    await page.getByLabel('Kode 8 huruf dan angka').fill(village.kiosk_code);
    await page.getByRole('button', { name: 'Pasang anjungan' }).click();
    await page.waitForURL(at('/anjungan'));
    return visit;
}

/** As a reader does: all at once, ended by Enter. */
export async function tap(page, uid) {
    const next = page.waitForEvent('framenavigated'); // it may be the PIN's page already
    await page.evaluate((text) => {
        for (const key of [...text, 'Enter']) (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }, uid);
    await next;
    await page.waitForURL(at('/anjungan/pin'));
}

export async function touchPin(page, pin) {
    for (const digit of pin) await page.locator(`[data-key="${digit}"]`).click();
    await page.waitForURL(at('/anjungan/layanan'));
    await page.mouse.click(2, 2); // beside everything: wherever the last digit lay, what is tapped next is no second tap of it
}

export async function enter(page, person) {
    await tap(page, person.card_uid);
    await touchPin(page, person.pin);
}

/** The same through the browser's own keyboard: focus, defaults and all. ends: the keys the reader's model is set to. */
export async function wedge(page, uid, ends = ['Enter']) {
    const session = await page.context().newCDPSession(page);
    let timestamp = Date.now() / 1000; // of the reader, not of this machine's load
    const press = (key, code, text) => [
        session.send('Input.dispatchKeyEvent', { type: text ? 'keyDown' : 'rawKeyDown', key, windowsVirtualKeyCode: code, text, timestamp: (timestamp += 0.005) }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode: code, timestamp: (timestamp += 0.005) }),
    ];
    const signs = [...uid].flatMap((sign) => press(sign, sign.toUpperCase().charCodeAt(0), sign));
    await Promise.all([...signs, ...ends.flatMap((end) => (end === 'Tab' ? press('Tab', 9) : press('Enter', 13, '\r')))]);
    await session.detach();
}

/** Whatever a first letter asks, answered by the first tile; a year that is not there, and what has no tiles, on the screen's keys. → touches */
export async function unasked(page) {
    let touches = 0;
    const touch = async (what) => { touches += 1; await what.click(); };
    while (/\/isi\/\d+(\?ketik=1)?$/.test(page.url())) {
        const from = page.url();
        const isYear = (await page.getByRole('heading', { name: 'Sejak tahun berapa?' }).count()) > 0;
        if ((await page.locator('.tiles.is-choices').count()) > 0) {
            await touch(isYear ? page.getByRole('link', { name: 'Lebih lama' }) : page.locator('.tiles.is-choices .tile').first());
        } else {
            const isPad = (await page.locator('[data-pad]').count()) > 0;
            for (const sign of isPad ? '2014' : 'kios gula') await touch(page.locator(isPad ? `[data-key="${sign}"]` : `[data-put="${sign}"]`));
            await touch(page.getByRole('button', { name: 'Lanjut' }));
        }
        await page.waitForURL((url) => url.href !== from);
        await page.mouse.click(2, 2); // the next tile lies where the last one did: it is no second tap of it
    }
    return touches;
}
