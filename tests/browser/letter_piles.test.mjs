// SPDX-License-Identifier: AGPL-3.0-or-later
// A pile under the hands and eyes: its link can be pressed on a desk, and its boxes stand apart.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DESK, PHONE, close, staffVisitor } from '../harness/browser.mjs';
import { staff } from '../harness/client.mjs';
import { BUSINESS, DOMICILE, choose, draft, livingResidents } from '../harness/letters.mjs';
import { rows, schemaOf, trainingVillages } from '../harness/stack.mjs';

const [village] = trainingVillages();
after(close);

test('the way to many is not below the bar of buttons', async () => {
    const { id } = await draft(await staff(village, 'clerk'), BUSINESS, livingResidents(village)[0]);
    const { context, page } = await staffVisitor(village, 'clerk', { viewport: DESK });
    await page.goto(`http://${village.host}/kantor/surat/${id}/periksa`);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    assert.equal(await page.evaluate(() => {
        const box = document.querySelector('main a[href$="/massal"]').getBoundingClientRect();
        return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.getAttribute('href');
    }), `/kantor/surat/${id}/massal`);
    await context.close();
});

test('the boxes of its page stand apart, for the clerk and for the secretary', async () => {
    const clerk = await staff(village, 'clerk'), people = livingResidents(village, 6);
    const niks = rows(schemaOf(village), `SELECT nik FROM resident WHERE id IN (${people.join()})`).map(([nik]) => nik);
    const { id, page: chosen } = await choose(clerk, DOMICILE, people[0], { cara: 'nik', daftar: [...niks, '7317'].join('\n') });
    const look = async (role, viewport) => {
        const { context, page } = await staffVisitor(village, role, { viewport });
        await page.goto(`http://${village.host}/kantor/surat-massal/${id}`);
        const gaps = await page.evaluate(() => {
            const shown = [...document.querySelectorAll('main > *, main > #massal > *')].filter((e) => e.id !== 'massal' && e.getBoundingClientRect().height > 0);
            return shown.slice(1).map((e, i) => [e.className || e.tagName, Math.round(e.getBoundingClientRect().top - shown[i].getBoundingClientRect().bottom)])
                .filter(([name, gap]) => /notice|facts|panel|actions|aside/.test(name) && gap < 12);
        });
        assert.deepEqual(gaps, [], `${role} at ${viewport.width}`);
        await context.close();
    };
    for (const viewport of [DESK, PHONE]) await look('clerk', viewport);
    (await clerk.submit(chosen, {}, 'form[action$="/kirim"]')).must(303);
    for (const viewport of [DESK, PHONE]) await look('secretary', viewport);
});
