// SPDX-License-Identifier: AGPL-3.0-or-later
// Every screen on a phone, a tablet and a desk: sound, in Indonesian, nothing cut off, nothing refused by its own CSP.

import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { DESK, PHONE, TABLET, assertAccessible, assertSound, close, signIn, staffVisitor, visitor } from '../harness/browser.mjs';
import { access, trainingVillages } from '../harness/stack.mjs';
import { screens } from './screens.mjs';

const [village] = trainingVillages();
const NARROW = { width: 320, height: 640 }; // a desk at 400 %, the width of WCAG's reflow
const SIZES = { 'narrow, 320 px': NARROW, 'phone, 360 px': PHONE, 'tablet, 768 px': TABLET, 'desk, 1366 px': DESK };
let list;

before(async () => { list = await screens(village); });
after(close);

async function arrive(as, viewport) {
    if (as === 'nobody') return visitor({ viewport });
    if (as === 'kelola' || as === 'dpmd') {
        const visit = await visitor({ viewport });
        const { host, ...account } = access()[as];
        await signIn(visit, host, account);
        return visit;
    }
    return staffVisitor(village, as, { viewport });
}

describe('every screen', () => {
    for (const [size, viewport] of Object.entries(SIZES)) {
        test(size, async () => {
            assert.ok(list.length > (process.env.BALAI_ROOMS ? 0 : 20));
            const faults = [];
            for (const as of new Set(list.map((s) => s.as))) {
                const visit = await arrive(as, viewport);
                for (const screen of list.filter((s) => s.as === as)) {
                    visit.complaints.length = 0;
                    await visit.page.goto(`http://${screen.host}${screen.path}`, { waitUntil: 'load' });
                    try {
                        await assertSound(visit, screen.name);
                        if (viewport !== TABLET && viewport !== NARROW) await assertAccessible(visit, screen.name); // its tree is the desk's
                    } catch (error) {
                        faults.push(error.message.split('\n').slice(0, 12).join('\n'));
                    }
                }
                await visit.context.close();
            }
            assert.equal(faults.length, 0, faults.join('\n'));
        });
    }
});

test('printed without coloured grounds, a public page says whose it is', async () => {
    const { context, page } = await visitor();
    await page.goto(`http://${village.host}/`);
    await page.emulateMedia({ media: 'print' });
    for (const words of [`Desa ${village.name}`, 'Minta surat', 'Kantor desa']) {
        const at = page.getByText(words, { exact: true }).filter({ visible: true }).first();
        assert.equal(await at.evaluate((el) => getComputedStyle(el).color), words === 'Kantor desa' ? 'rgb(34, 28, 21)' : 'rgb(0, 0, 0)', words);
    }
    assert.equal(await page.locator('.public-nav').isVisible(), false);
    await context.close();
});
