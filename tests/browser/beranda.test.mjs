// SPDX-License-Identifier: AGPL-3.0-or-later
// The office's first page under the hands: Enter, J and K, and the kiosks' card.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, TABLET, close, staffVisitor } from '../harness/browser.mjs';
import { staff } from '../harness/client.mjs';
import { device } from '../harness/kiosk.mjs';
import { DOMICILE, livingResidents, send } from '../harness/letters.mjs';
import { rows, schemaOf, trainingVillages } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const home = `http://${village.host}/kantor`;
const active = (page) => page.evaluate(() => document.activeElement.getAttribute('href'));

before(async () => {
    const clerk = await staff(village, 'clerk');
    for (const id of livingResidents(village, 3)) await send(clerk, DOMICILE, id);
});
after(close);

test('Enter opens my next thing; J and K move from row to row, never out of them, and not while one types', async () => {
    const { context, page } = await staffVisitor(village, 'secretary', { viewport: DESK });
    await page.goto(home);
    const links = await page.locator('main [data-rows] td:first-child a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.ok(links.length >= 2, `${links.length} rows`);
    const press = async (keys) => { for (const key of keys) await page.keyboard.press(key); return active(page); };
    assert.equal(await press('j'), links[0]);
    assert.equal(await press('j'), links[1]);
    assert.equal(await press('k'), links[0]);
    assert.equal(await press('k'), links[0], 'the first is the first');
    assert.equal(await press('j'.repeat(links.length + 1)), links.at(-1), 'and the last the last');
    await page.locator('[data-search]').first().fill('');
    await page.keyboard.type('jk');
    assert.equal(await page.locator('[data-search]').first().inputValue(), 'jk', 'typed into the box they are letters');
    await page.goto(home);
    await press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname + url.search === links[0]);
    await page.goto(home);
    const next = await page.locator('[data-next]').getAttribute('href');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname + url.search === next);
    await context.close();
});

test('each screen on the card leads to the page of its own', async () => {
    await (await device(village)).open('/anjungan');
    const [[id, name]] = rows(schema, 'SELECT id, name FROM kiosk_device WHERE enrolled_at IS NOT NULL ORDER BY id DESC LIMIT 1');
    const { context, page } = await staffVisitor(village, 'clerk', { viewport: DESK });
    await page.goto(home);
    await page.locator('.screens').getByRole('link', { name, exact: true }).click();
    await page.waitForURL(`${home}/anjungan/${id}`);
    assert.equal(await page.locator('h1').innerText(), name);
    await context.close();
});

test('no day or hour is torn in two, and what belongs in one line stands in one', async () => {
    for (const viewport of [DESK, TABLET, PHONE]) {
        const { context, page } = await staffVisitor(village, 'secretary', { viewport });
        await page.goto(home);
        const torn = await page.locator('main').evaluate((main) => {
            const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
            const found = [];
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                for (const at of node.data.matchAll(/\d\d-\d\d-\d{4}( \d\d\.\d\d)?|(hari ini|kemarin) \d\d\.\d\d/gi)) {
                    const range = document.createRange();
                    range.setStart(node, at.index);
                    range.setEnd(node, at.index + at[0].length);
                    if (new Set([...range.getClientRects()].filter((r) => r.width > 1).map((r) => Math.round(r.top))).size > 1) found.push(at[0]);
                }
            }
            const keys = main.querySelector('.section-head .keys');
            if (keys?.getClientRects().length > 1 || keys?.parentElement.getBoundingClientRect().height > 30) found.push('J K');
            return found;
        });
        assert.deepEqual(torn, [], `${viewport.width} px`);
        await context.close();
    }
});
