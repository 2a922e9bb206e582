// SPDX-License-Identifier: AGPL-3.0-or-later
// The village's crest: put on and taken off in the settings, seen at the head of every page, light enough for a phone's first visit.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DESK, PHONE, assertAccessible, assertSound, close, staffVisitor, visitor } from '../harness/browser.mjs';
import { rows, schemaOf, trainingVillages, until } from '../harness/stack.mjs';

const [, village] = trainingVillages();
const at = (path) => `http://${village.host}${path}`;
after(async () => {
    rows(schemaOf(village), "UPDATE attachment SET removed_at = NOW(6), single = NULL WHERE owner = 'village'");
    await close();
});

const drawn = (page) => page.locator('img.crest').first().evaluate((img) => img.decode().then(() => img.naturalWidth));

async function firstVisit(path, viewport) {
    const visit = await visitor({ viewport });
    const session = await visit.context.newCDPSession(visit.page);
    const fetched = new Set(); // the icon of the tab is the crest once more, from the browser's own cache
    let bytes = 0;
    await session.send('Network.enable');
    session.on('Network.responseReceived', ({ response }) => fetched.add(response.url));
    session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
    await visit.page.goto(at(path), { waitUntil: 'networkidle' });
    assert.ok(await drawn(visit.page) > 0);
    await assertSound(visit, path);
    await visit.context.close();
    return { bytes, requests: fetched.size };
}

test('a crest is put on, shows on every page for few bytes, and is taken off', async () => {
    const visit = await staffVisitor(village, 'secretary', { viewport: DESK });
    const { page } = visit;
    await page.goto(at('/'));
    const busy = await page.screenshot({ clip: { x: 0, y: 0, width: 768, height: 768 } }); // more in it than in any crest
    await page.goto(at('/kantor/pengaturan'));
    await page.locator('#lambang').setInputFiles({ name: 'lambang.png', mimeType: 'image/png', buffer: busy });
    await page.getByRole('button', { name: 'Simpan lambang' }).click();
    await page.locator('.crest-now img').waitFor();
    await until('pages show it', async () => { await page.goto(at('/')); return await page.locator('img.crest').count() > 0; }, 20);
    await page.goto(at('/kantor/pengaturan'));
    assert.ok(await drawn(page) > 0);
    await assertSound(visit, 'settings with a crest');
    await assertAccessible(visit, 'settings with a crest');

    const home = await firstVisit('/', PHONE);
    assert.ok(home.bytes > 10000 && home.bytes <= 60 * 1000 && home.requests <= 6, JSON.stringify(home));
    const kiosk = await firstVisit('/anjungan/daftar', { width: 1080, height: 1920 });
    assert.ok(kiosk.bytes > 10000 && kiosk.bytes <= 95 * 1000, JSON.stringify(kiosk));

    await page.getByRole('button', { name: 'Lepas lambang' }).click();
    await page.locator('.crest-now .no-photo').waitFor();
    await until('pages show the shield', async () => { await page.goto(at('/')); return await page.locator('svg.crest').count() > 0; }, 20);
    assert.deepEqual(visit.complaints.filter((c) => !/404/.test(c)), []);
    await visit.context.close();
});
