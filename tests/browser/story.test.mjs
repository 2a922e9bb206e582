// SPDX-License-Identifier: AGPL-3.0-or-later
// The story as people live it: the clerk at the desk, the head on a phone, with and without JavaScript.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PHONE, assertSound, close, staffVisitor, visitor } from '../harness/browser.mjs';
import { BASE, rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { letterRow } from '../harness/letters.mjs';
import { pdfInfo } from '../harness/paper.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const [[resident, name]] = rows(schema, `SELECT MAX(id), name FROM resident
    WHERE basic_status = 1 AND birth_date < '1998-01-01' AND nik NOT LIKE '0%' AND family_id IS NOT NULL GROUP BY name HAVING COUNT(*) = 1 ORDER BY 1 DESC LIMIT 1`);
after(close);

/** From the office to the check of answers. → the letter's id */
async function writeLetter(visit, type, fields) {
    const { page } = visit;
    await page.goto(`http://${village.host}/kantor/surat`);
    await page.getByRole('link', { name: 'Buat surat' }).first().click();
    await page.getByRole('link', { name: type }).click();
    await page.locator('main').getByLabel('Nama, NIK, atau nomor KK', { exact: true }).fill(name);
    await page.locator('main').getByRole('button', { name: 'Cari' }).click();
    await page.locator(`form:has(input[name=warga][value="${resident}"]) button`).click();
    await page.waitForURL(/\/isi$/);
    const id = Number(/surat\/(\d+)\/isi/.exec(page.url())[1]);
    for (const [label, text] of Object.entries(fields)) await page.locator('main').getByLabel(label).first().fill(text);
    for (const box of await page.getByRole('group', { name: 'Yang sudah Anda lihat' }).getByRole('checkbox').all()) await box.check();
    await page.getByRole('button', { name: 'Lanjut, periksa dulu' }).click();
    await page.waitForURL(/\/periksa$/);
    await assertSound(visit, 'check');
    return id;
}

const USAHA = { 'Jenis usaha': 'kios gula aren', 'Mulai usaha': '2014', 'Dipakai untuk': 'kredit usaha rakyat' };

for (const javaScriptEnabled of [true, false]) {
    test(`a business letter at the desk ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
        const visit = await staffVisitor(village, 'clerk', { javaScriptEnabled });
        const { page } = visit;
        const id = await writeLetter(visit, /Keterangan Usaha/, USAHA);
        await page.getByRole('button', { name: /Terbitkan surat/ }).click();
        await page.getByText('Surat terbit').waitFor();
        const link = page.getByRole('link', { name: 'Unduh PDF' });
        if (javaScriptEnabled) {
            await link.waitFor(); // htmx waits for the worker
        } else {
            for (let i = 0; i < 60 && !(await link.count()); i++) {
                await page.getByRole('link', { name: /Muat ulang/ }).click({ timeout: 5000 }).catch(() => page.reload());
            }
        }
        const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
        const stream = await download.createReadStream();
        const first = await new Promise((resolve) => stream.once('data', resolve));
        assert.equal(first.subarray(0, 5).toString(), '%PDF-');
        assert.equal(letterRow(village, id).state, 4);
        await visit.context.close();
    });
}

test('"Cetak surat" opens the printer once, with the paper alone on one page', async () => {
    const visit = await staffVisitor(village, 'clerk');
    const { page } = visit;
    await page.addInitScript(() => { window.print = () => { document.documentElement.dataset.printed = String(Number(document.documentElement.dataset.printed ?? 0) + 1); }; });
    const id = await writeLetter(visit, /Keterangan Usaha/, USAHA);
    await page.getByRole('button', { name: /Terbitkan surat/ }).click();
    await page.getByRole('button', { name: 'Cetak surat' }).click();
    await page.locator('html[data-printed="1"]').waitFor();
    await page.getByRole('button', { name: 'Cetak ulang' }).waitFor();
    assert.equal(new URL(page.url()).search, '', 'loaded again, it is not printed again');
    await assertSound(visit, 'printed letter');
    const info = pdfInfo(await page.pdf({ preferCSSPageSize: true }));
    assert.equal(info.pages, 1);
    assert.ok(Math.abs(info.width - (215 / 25.4) * 72) < 2 && Math.abs(info.height - (330 / 25.4) * 72) < 2, info.text);
    assert.equal(value(schema, `SELECT COUNT(*) FROM letter_step WHERE letter_id = ${id} AND step = 'printed'`), '1');
    await page.emulateMedia({ media: 'print' });
    const shown = await page.evaluate(() => [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 0 && !e.querySelector('*') && e.tagName !== 'IMG').map((e) => e.outerHTML.slice(0, 80)));
    assert.deepEqual(shown, [], 'nothing but the paper');
    await visit.context.close();
});

test('a double click issues one letter', async () => {
    const visit = await staffVisitor(village, 'clerk');
    const id = await writeLetter(visit, /Keterangan Usaha/, USAHA);
    const last = Number(value(schema, "SELECT MAX(last) FROM letter_counter WHERE scope NOT LIKE 'mail%'"));
    await visit.page.getByRole('button', { name: /Terbitkan surat/ }).dblclick();
    await visit.page.getByText('Surat terbit').waitFor();
    assert.equal(letterRow(village, id).number, last + 1);
    assert.equal(Number(value(schema, "SELECT MAX(last) FROM letter_counter WHERE scope NOT LIKE 'mail%'")), last + 1);
    await visit.context.close();
});

test('the head approves on a phone with a tap, and anyone verifies the letter', async () => {
    const clerk = await staffVisitor(village, 'clerk');
    const id = await writeLetter(clerk, /Keterangan Domisili Menerangkan/, { 'Tinggal di sini sejak': '1998', 'Dipakai untuk': 'pendaftaran sekolah anak' });
    await clerk.page.getByRole('button', { name: 'Kirim untuk disetujui' }).click();
    await clerk.page.waitForURL(new RegExp(`/kantor/surat/${id}$`));
    const secretary = await staffVisitor(village, 'secretary', { viewport: PHONE });
    await secretary.page.goto(`http://${village.host}/kantor/surat/${id}`);
    await secretary.page.getByRole('button', { name: /teruskan ke kepala desa/i }).click();
    await until('it waits for the head', () => letterRow(village, id).state === 3, 20);

    const head = await staffVisitor(village, 'head', { viewport: PHONE });
    await head.page.goto(`http://${village.host}/kantor/persetujuan/${id}`);
    await assertSound(head, 'approval on a phone');
    // He reads the letter in a page of its own: large enough, with a way back and the decision at its end.
    await head.page.getByRole('link', { name: 'Baca surat lengkap' }).tap();
    await head.page.waitForURL(/\/baca$/);
    await head.page.locator('.leaf img').evaluate((image) => image.decode());
    await assertSound(head, 'the letter on a phone');
    const widthOf = async () => (await head.page.locator('.leaf img').boundingBox()).width;
    const usual = await widthOf();
    assert.ok(usual >= 360, `as wide as the phone: ${usual}`);
    await head.page.getByRole('link', { name: 'Perbesar tulisan' }).tap();
    await head.page.waitForURL(/besar=1$/);
    assert.ok((await widthOf()) >= 2 * usual - 1, 'twice as large');
    await assertSound(head, 'the letter on a phone, large');
    await head.page.getByRole('link', { name: 'Kembali', exact: true }).first().tap();
    await head.page.waitForURL(new RegExp(`/persetujuan/${id}$`));
    const button = head.page.getByRole('button', { name: 'Setujui dan tanda tangani' });
    const box = await button.boundingBox();
    assert.ok(box.height >= 44 && box.width >= 280, `a thumb finds it: ${JSON.stringify(box)}`);
    await button.tap();
    await until('the letter is issued', () => letterRow(village, id).state === 4, 20);

    const token = await until('its paper is made', () => value(schema, `SELECT COALESCE(verify_token, '') FROM letter WHERE id = ${id}`), 30);
    const anyone = await visitor({ viewport: PHONE });
    await anyone.page.goto(`http://${BASE}/v/${token}`);
    await anyone.page.getByText('Surat latihan, tidak berlaku').waitFor();
    await assertSound(anyone, 'verification on a phone');
    for (const v of [clerk, secretary, head, anyone]) await v.context.close();
});

test('everything can be reached by the keyboard, and one sees where one is', async () => {
    const visit = await staffVisitor(village, 'clerk');
    const { page } = visit;
    await page.goto(`http://${village.host}/kantor/surat`);
    const seen = [];
    for (let i = 0; i < 80; i++) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
            const el = document.activeElement;
            const looks = (e) => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.backgroundColor, s.borderColor, s.textDecorationLine].join(); };
            const focused = looks(el);
            const box = el.getBoundingClientRect();
            el.blur();
            const resting = looks(el);
            el.focus();
            return { what: (el.textContent.trim() || el.getAttribute('aria-label') || el.id).slice(0, 40), html: el.outerHTML.slice(0, 160),
                isShown: focused !== resting && box.width > 0 };
        });
        seen.push(at);
        if (at.what === 'Buat surat') break;
    }
    const unseen = seen.filter((s) => !s.isShown);
    assert.deepEqual(unseen, [], 'focus is visible everywhere');
    assert.match(seen[0].what, /Langsung ke isi/, 'the first stop skips to the content');
    assert.equal(seen.at(-1).what, 'Buat surat', seen.map((s) => s.what).join(' | '));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/kantor\/surat\/buat$/);
    await page.goto(`http://${village.host}/kantor/surat/buat/keterangan-usaha`);
    await page.locator('main').getByLabel('Nama, NIK, atau nomor KK', { exact: true }).focus();
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await page.locator(`input[name=warga][value="${resident}"]`).waitFor({ state: 'attached' });
    await visit.context.close();
});
