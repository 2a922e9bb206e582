// SPDX-License-Identifier: AGPL-3.0-or-later
// The list under a clerk's hands: results while one types, the keyboard from "/" to Enter, and all of it without JavaScript.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, close, staffVisitor } from '../harness/browser.mjs';
import { rows, schemaOf, trainingVillages } from '../harness/stack.mjs';

const [village] = trainingVillages();
const home = `http://${village.host}/kantor/penduduk`;
let person;

before(() => {
    const [[id, name, family]] = rows(schemaOf(village), "SELECT id, name, family_id FROM resident WHERE basic_status = 1 AND name LIKE '% %' AND family_role = 1 GROUP BY name HAVING COUNT(*) = 1 ORDER BY name DESC LIMIT 1");
    person = { id, family, words: name.toLowerCase().split(' ').reverse().join(' ') };
});
after(close);

const active = (page) => page.evaluate(() => document.activeElement.getAttribute('href') ?? document.activeElement.id);
const links = (page) => page.locator('[data-rows] td:first-child a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));

test('results follow what is typed, and the address keeps the filters but no word', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const { page } = visit;
    await page.goto(home);
    await page.keyboard.press('/');
    assert.equal(await active(page), 'cari');
    await page.keyboard.type(person.words);
    await page.locator(`[data-rows] a[href="/kantor/penduduk/${person.id}"]`).waitFor();
    await page.locator('#jumlah', { hasText: 'Menampilkan' }).waitFor({ state: 'attached' });
    assert.equal(await active(page), 'cari', 'the box keeps the focus');
    await page.locator('#jk').selectOption('2');
    await page.locator('.chips li', { hasText: 'Perempuan' }).waitFor();
    await page.waitForURL(/penduduk\?jk=2&lanjut=/);
    for (const word of person.words.split(' ')) assert.ok(!page.url().toLowerCase().includes(word), 'no word in the address');
    await page.locator('#cari').fill('tidak ada yang bernama begini');
    await page.locator('.empty', { hasText: 'Tidak ada warga yang cocok' }).waitFor();
    await page.locator('#cari').fill('');
    await page.locator('[data-rows] tr').nth(24).waitFor();
    await page.waitForURL(`${home}?jk=2`);
    assert.deepEqual(visit.complaints, []);
    await visit.context.close();
});

test('the way back from a person finds what was typed, with JavaScript and without, and to the families and events too', async () => {
    for (const javaScriptEnabled of [true, false]) {
        const visit = await staffVisitor(village, 'clerk', { viewport: DESK, javaScriptEnabled });
        const { page } = visit;
        for (const [path, box, link] of [['penduduk', '#cari', `/kantor/penduduk/${person.id}`], ['keluarga', '#cari', `/kantor/keluarga/${person.family}`],
            ['peristiwa/catat/kematian', '#cari', `/kantor/penduduk/${person.id}/kematian`]]) {
            await page.goto(`http://${village.host}/kantor/${path}`);
            await page.locator(box).fill(person.words);
            await page.locator(box).press('Enter');
            if (path === 'penduduk') await page.waitForURL(/lanjut=/);
            await page.locator(`main a[href="${link}"]`).first().click();
            await page.waitForURL(`http://${village.host}${link}`);
            await page.goBack();
            await page.locator(`main a[href="${link}"]`).first().waitFor();
            assert.equal(await page.locator(box).inputValue(), person.words, path);
        }
        assert.deepEqual(visit.complaints, []);
        await visit.context.close();
    }
});

test('the link back from a row leads to the list as it was left, over an edit too; to who signs in next it leads to the whole list', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const { page } = visit;
    await page.goto(`${home}?jk=2&urut=umur`);
    await page.locator('main a[rel=next]').click();
    await page.waitForURL(/lanjut=/);
    const [left, all] = [page.url(), await links(page)];
    await page.locator('[data-rows] td:first-child a').first().click();
    await page.waitForURL(`http://${village.host}${all[0]}`);
    await page.goto(`${page.url()}/ubah`);
    await page.locator('main a.back').click();
    await page.waitForURL(`http://${village.host}${all[0]}`);
    await page.locator('main a.back').click();
    await page.waitForURL(left);
    assert.deepEqual(await links(page), all, 'the same rows');
    await page.goto(`http://${village.host}/kantor/keluarga`);
    await page.locator('[data-rows] td:first-child a').first().click();
    assert.equal(await page.locator('main a.back').getAttribute('href').then((href) => new URL(href, home).pathname), '/kantor/keluarga', 'each list has its own');
    const other = await staffVisitor(village, 'secretary', { viewport: DESK });
    await visit.context.clearCookies();
    await visit.context.addCookies(await other.context.cookies());
    await page.goto(`http://${village.host}${all[0]}`);
    assert.equal(await page.locator('main a.back').getAttribute('href'), '/kantor/penduduk', 'who signs in next finds the whole list');
    await other.context.close();
    assert.deepEqual(visit.complaints, []);
    await visit.context.close();
});

test('arrows move over the rows, Home and End jump, Enter opens', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const { page } = visit;
    await page.goto(home);
    const all = await links(page);
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    assert.equal(await active(page), all[0]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await active(page), all[2]);
    const marked = await page.locator('[data-rows] tr').nth(2).evaluate((tr) => getComputedStyle(tr).boxShadow);
    assert.match(marked, /inset/, 'the row is marked');
    await page.keyboard.press('End');
    assert.equal(await active(page), all.at(-1));
    await page.keyboard.press('ArrowDown');
    assert.equal(await active(page), all.at(-1), 'the last one stays');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    assert.equal(await active(page), 'cari', 'up from the first is the box again');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`http://${village.host}${all[0]}`);
    assert.deepEqual(visit.complaints, []);
    await visit.context.close();
});

test('on a phone the filters are one tap away; without JavaScript everything works by the button', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: PHONE, javaScriptEnabled: false });
    const { page } = visit;
    await page.goto(home);
    assert.equal(await page.locator('#jk').isVisible(), false);
    await page.locator('.sift > summary').click();
    await page.locator('#jk').selectOption('1');
    await page.locator('main form.filters button[type=submit]').click();
    await page.waitForURL(`${home}?jk=1`);
    await page.locator('#cari').fill(person.words);
    await page.locator('main form.filters button[type=submit]').click();
    await page.locator('.chips li', { hasText: 'Cari:' }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
    assert.deepEqual(visit.complaints, []);
    await visit.context.close();
});
