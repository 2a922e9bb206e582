// SPDX-License-Identifier: AGPL-3.0-or-later
// The paper beside the form of a letter: drawn while one types, with what is missing and what just changed.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DESK, PHONE, assertAccessible, assertSound, close, staffVisitor } from '../harness/browser.mjs';
import { staff } from '../harness/client.mjs';
import { BUSINESS, begin, livingResidents } from '../harness/letters.mjs';
import { rows, schemaOf, trainingVillages } from '../harness/stack.mjs';

const [village] = trainingVillages();
const [resident] = livingResidents(village, 41).slice(-1);
after(close);

async function opened(viewport) {
    const { id } = await begin(await staff(village, 'clerk'), BUSINESS, resident);
    const visit = await staffVisitor(village, 'clerk', { viewport });
    await visit.page.goto(`http://${village.host}/kantor/surat/${id}/isi`);
    return { ...visit, id };
}
const lacks = (page) => page.locator('[data-lacks]').innerText();
const isDrawn = (page, box = 'aside') => page.locator(`${box} [data-live] .sheet`).first().waitFor();
const marks = (page) => page.waitForFunction(() => document.querySelector('[data-live] .sheet')?.shadowRoot?.querySelector('rect.fresh'));

test('on a desk it stands beside the form, follows what is typed, and the bar names what is missing', async () => {
    const visit = await opened(DESK);
    const { page, id } = visit;
    await isDrawn(page);
    assert.match(await page.locator('[data-said]').innerText(), /^Halaman 1 dari 1$/);
    assert.match(await lacks(page), /^(Tiga|Dua|\d) isian lagi: jenis usaha, /);
    assert.equal(await page.locator('[data-open-paper]').isVisible(), false);
    await page.locator('#isi_usaha').fill('Kios gula aren');
    await marks(page);
    assert.doesNotMatch(await lacks(page), /jenis usaha/);
    assert.deepEqual(rows(schemaOf(village), `SELECT inputs, version FROM letter WHERE id = ${id}`), [['{}', '1']], 'looking keeps nothing');
    const link = page.locator('[data-lacks] a').first(), where = await link.getAttribute('href');
    await link.click();
    assert.equal(await page.evaluate(() => location.hash), where);
    await page.locator('[data-enlarge]').click();
    await isDrawn(page, 'dialog');
    await page.keyboard.press('Escape');
    await isDrawn(page);
    await assertSound(visit, 'the form with its paper');
    await assertAccessible(visit, 'the form with its paper');
    await visit.context.close();
});

test('a form that was left full and comes back full lacks nothing', async () => {
    const { page, context } = await opened(DESK);
    await isDrawn(page);
    for (const [name, words] of Object.entries(BUSINESS.inputs)) await page.locator(`#${name}`).fill(words);
    await page.waitForFunction(() => document.querySelector('[data-lacks]').innerText === '');
    const at = page.url();
    await page.goto(`http://${village.host}/kantor/surat`);
    await page.goto(at);
    await page.locator('main .notice', { hasText: 'dikembalikan ke sini' }).waitFor();
    assert.equal(await lacks(page), '');
    await context.close();
});

test('an older answer does not replace a newer one, and one that fails leaves the paper with a word', async () => {
    const { page, context } = await opened(DESK);
    await isDrawn(page);
    const held = [];
    await page.route('**/isi/kertas', (route) => (held.length === 0 ? held.push(route) : route.continue()));
    await page.locator('#isi_usaha').fill('Kios lama');
    await page.waitForRequest('**/isi/kertas');
    await page.locator('#isi_usaha').fill('Kios baru');
    await marks(page);
    await held[0].abort().catch(() => undefined);
    assert.equal(await page.locator('[data-live]').getAttribute('data-state'), 'fresh');
    await page.unroute('**/isi/kertas');
    await page.route('**/isi/kertas', (route) => route.abort('connectionfailed'));
    await page.locator('#isi_usaha').fill('Kios putus');
    await page.locator('[data-said]', { hasText: 'Kertas ini belum yang terbaru' }).waitFor();
    assert.equal(await page.locator('[data-live] .sheet').count(), 1);
    await context.close();
});

test('on a phone a button opens it over the form', async () => {
    const visit = await opened(PHONE);
    const { page } = visit;
    assert.equal(await page.locator('[data-live]').isVisible(), false);
    await page.locator('#isi_usaha').fill('Kios gula aren');
    await page.locator('[data-open-paper]').click();
    await isDrawn(page, 'dialog');
    await assertAccessible(visit, 'the paper on a phone');
    await page.getByRole('button', { name: 'Kembali ke isian' }).click();
    assert.equal(await page.locator('dialog').count(), 0);
    assert.equal(await page.locator('#isi_usaha').inputValue(), 'Kios gula aren');
    await assertSound(visit, 'the form on a phone');
    await visit.context.close();
});
