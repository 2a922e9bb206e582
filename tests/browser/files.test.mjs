// SPDX-License-Identifier: AGPL-3.0-or-later
// A file's box speaks our language whatever the browser's is, and a telephone's photo is made small before it goes over a village's line.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DESK, PHONE, assertAccessible, assertSound, close, staffVisitor, visitor } from '../harness/browser.mjs';
import { BASE, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const at = (path) => `http://${village.host}${path}`;
const FORM = 'form[action="/kantor/tamu/catat"]';
after(close);

/** As large as a telephone's: a JPEG of 3000 by 4000 with much in it. */
const phonePhoto = async (page) => Buffer.from(await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3000, 4000), pen = canvas.getContext('2d');
    for (let i = 0; i < 60000; i++) {
        pen.fillStyle = `hsl(${i % 360} 60% 50%)`;
        pen.fillRect((i * 37) % 3000, (i * 91) % 4000, 40, 40);
    }
    const reader = new FileReader();
    reader.readAsDataURL(await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 }));
    await new Promise((done) => { reader.onload = done; });
    return reader.result.split(',')[1];
}), 'base64');

async function fill(page, name) {
    await page.goto(at('/kantor/tamu/catat'));
    for (const [id, words] of [['nama', name], ['bertemu', 'Kepala desa'], ['keperluan', 'Rapat']]) await page.locator(`#${id}`).fill(words);
}

test('a photo of five megabytes is made small in the browser, sent with a word, and stands beside the name without a reload', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const { page } = visit;
    const name = `Tamu Berfoto Besar ${process.pid}`;
    await fill(page, name);
    assert.match(await page.locator('.file').innerText(), /Pilih berkas\s+Belum ada yang dipilih/);
    const photo = await phonePhoto(page);
    assert.ok(photo.length > 4e6, `${photo.length} bytes`);
    await page.locator('#foto').setInputFiles({ name: 'IMG 2031.jpeg', mimeType: 'image/jpeg', buffer: photo });
    await page.locator('[data-chosen]', { hasText: 'IMG 2031.jpg' }).waitFor();
    const sent = await page.locator('#foto').evaluate((box) => box.files[0].size);
    assert.ok(sent < 1e6, `${sent} bytes go over the line`);
    await page.evaluate(() => window.addEventListener('submit', () => { const said = document.querySelector('.sending'); if (said) sessionStorage.setItem('said', said.textContent); }));
    await page.locator(`${FORM} button[type=submit]`).click();
    await page.waitForURL(/\/kantor\/tamu\/\d+$/);
    assert.match(await page.evaluate(() => sessionStorage.getItem('said')), /^Foto sedang dikirim \(\d+ kB\) …/);
    const face = page.locator('.page-head img.face');
    await face.waitFor(); // the page fetches it by itself
    assert.deepEqual(await face.evaluate((img) => [img.clientWidth, img.clientHeight]), [72, 96].map((n) => n - 2));
    assert.doesNotMatch(await page.locator('main').innerText(), /[Mm]uat ulang|sedang disiapkan/);
    const id = Number(/\d+$/.exec(page.url())[0]);
    assert.equal(value(schemaOf(village), `SELECT COUNT(*) FROM audit WHERE action = 'guest.file_get' AND subject LIKE 'guest:${id}/%'`), '0', 'seen on its page is not taken out');
    await assertSound(visit, 'a guest with a photo');
    await assertAccessible(visit, 'a guest with a photo');
    await visit.context.close();
});

test('the box is reached and pressed by keys, and without JavaScript it is the browser\'s own', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    // Asked for before the page is opened: Chromium takes a moment to hand choosers over, and a press before that is lost.
    const chooser = visit.page.waitForEvent('filechooser');
    await fill(visit.page, 'Tamu Papan Ketik');
    await visit.page.locator('#telepon').focus();
    await visit.page.keyboard.press('Tab');
    assert.equal(await visit.page.evaluate(() => document.activeElement.id), 'foto');
    await visit.page.keyboard.press('Space');
    await (await chooser).setFiles({ name: 'kecil.png', mimeType: 'image/png', buffer: Buffer.from('bukan gambar') });
    await visit.page.locator('[data-chosen]', { hasText: 'kecil.png, 1 kB' }).waitFor(); // what is no picture goes as it is: the server says so
    await visit.page.locator(`${FORM} button[type=submit]`).click();
    await visit.page.locator('.field.is-faulty .file').waitFor();
    await visit.context.close();
    const plain = await staffVisitor(village, 'clerk', { viewport: DESK, javaScriptEnabled: false });
    await plain.page.goto(at('/kantor/tamu/catat'));
    assert.equal(await plain.page.locator('.file-face').isVisible(), false);
    assert.equal(await plain.page.locator('#foto').evaluate((box) => getComputedStyle(box).opacity), '1');
    await plain.context.close();
});

test('a register\'s form has two columns where there is room, and its button in sight', async () => {
    for (const [width, columns] of [[1366, 2], [1000, 1], [360, 1]]) {
        const visit = await staffVisitor(village, 'clerk', { viewport: { width, height: 768 } });
        await visit.page.goto(at('/kantor/tamu/catat'));
        const lefts = await visit.page.locator(`${FORM} > .group`).evaluateAll((groups) => groups.map((g) => Math.round(g.getBoundingClientRect().left)));
        assert.equal(new Set(lefts).size, columns, `${width}`);
        const box = await visit.page.locator(`${FORM} .actions button`).boundingBox();
        assert.ok(box.y > 0 && box.y + box.height <= 768, `${width}: ${JSON.stringify(box)}`);
        assert.match(await visit.page.locator('#jam').inputValue(), /^\d\d\.\d\d$/, 'the hour is now');
        await visit.context.close();
    }
});

test('on the platform\'s page of checks, which has no script, the box speaks Indonesian and says when a file is chosen', async () => {
    const visit = await visitor({ viewport: PHONE });
    await visit.page.goto(`http://${BASE}/periksa`);
    const box = visit.page.locator('#berkas'), face = visit.page.locator('.file-face');
    assert.equal(await box.evaluate((e) => getComputedStyle(e).opacity), '0');
    assert.equal(await face.innerText().then((t) => t.replace(/\s+/g, ' ')), 'Pilih berkas Belum ada yang dipilih');
    const chooser = visit.page.waitForEvent('filechooser');
    await box.focus();
    await visit.page.keyboard.press('Space');
    await (await chooser).setFiles({ name: 'surat.pdf', mimeType: 'application/pdf', buffer: Buffer.from('bukan PDF') });
    assert.equal(await face.innerText().then((t) => t.replace(/\s+/g, ' ')), 'Pilih berkas Berkas sudah dipilih');
    await assertAccessible(visit, 'periksa');
    await visit.context.close();
});
