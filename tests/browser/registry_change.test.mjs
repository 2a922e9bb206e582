// SPDX-License-Identifier: AGPL-3.0-or-later
// A NIK shown in its place, in the list and on a person's page; without JavaScript as a page; a photo that appears by itself.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DESK, PHONE, assertSound, close, staffVisitor } from '../harness/browser.mjs';
import { png } from '../harness/pictures.mjs';
import { rows, schemaOf, trainingVillages } from '../harness/stack.mjs';

const [village] = trainingVillages();
const home = `http://${village.host}/kantor/penduduk`;
const spaced = (id) => rows(schemaOf(village), `SELECT nik FROM resident WHERE id = ${id}`)[0][0].replace(/(\d{4})(?=\d)/g, '$1 ');
after(close);

const first = async (page) => {
    const button = page.locator('[data-rows] .nik-cell button').first();
    return { button, id: /(\d+)\/nik$/.exec(await button.getAttribute('formaction'))[1] };
};

test('a NIK is shown where it stands', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const { page } = visit;
    await page.goto(home);
    const { button, id } = await first(page);
    await button.click();
    await page.locator('[data-rows] .nik-cell', { hasText: spaced(id) }).waitFor();
    assert.equal(page.url(), home);
    await page.goto(`${home}/${id}`);
    await page.locator('.nik-cell button').click();
    await page.locator('.nik-cell', { hasText: spaced(id) }).waitFor();
    assert.equal(page.url(), `${home}/${id}`);
    assert.deepEqual(visit.complaints, []);
    await visit.context.close();
});

test('without JavaScript the person\'s page opens with it', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: PHONE, javaScriptEnabled: false });
    const { page } = visit;
    await page.goto(home);
    const { button, id } = await first(page);
    await button.click();
    await page.waitForURL(`${home}/${id}/nik`);
    await page.locator('.nik-cell', { hasText: spaced(id) }).waitFor();
    assert.deepEqual(visit.complaints, []);
    await visit.context.close();
});

test('a photo appears when it is ready; two versions stand side by side on a phone too', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: PHONE });
    const { page } = visit;
    const [[id]] = rows(schemaOf(village), 'SELECT id FROM resident WHERE basic_status = 1 ORDER BY id DESC LIMIT 1 OFFSET 20');
    await page.goto(`${home}/${id}/berkas`);
    await page.locator('#foto').setInputFiles({ name: 'foto.png', mimeType: 'image/png', buffer: png(300, 400) });
    await page.locator('form[action$="/foto"] button[type=submit]').click();
    await page.locator('.photo img').waitFor();
    assert.ok(await page.locator('.photo img').evaluate((img) => img.decode().then(() => img.naturalWidth > 0)));

    const other = await staffVisitor(village, 'secretary', { viewport: DESK });
    for (const each of [visit, other]) await each.page.goto(`${home}/${id}/ubah`);
    for (const [each, words] of [[other, 'Pamona'], [visit, 'Rongkong']]) {
        await each.page.locator('#isi_suku').fill(words);
        await each.page.locator('#alasan').check();
        await each.page.locator('main form[action$="/ubah"] button[type=submit]').click();
        await each.page.locator('h1', { hasNotText: 'Ubah' }).waitFor();
    }
    await page.locator('h1', { hasText: 'Ada yang menyimpan lebih dulu' }).waitFor();
    await assertSound(visit, 'two versions');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
    await page.locator('#pilih_suku-2').check();
    await page.locator('main form[action$="/ubah"] button[type=submit]').click();
    await page.waitForURL(`${home}/${id}`);
    assert.deepEqual(rows(schemaOf(village), `SELECT ethnicity FROM resident WHERE id = ${id}`), [['Rongkong']]);
    await other.context.close();
    await visit.context.close();
});
