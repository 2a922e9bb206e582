// SPDX-License-Identifier: AGPL-3.0-or-later
// The editor of a letter type's text: parts, fields and tables are written with mouse and keyboard alone, the paper follows, the draft is
// kept by itself; nothing is lost by two at once, a lost line, an ended session or a paste from elsewhere.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PHONE, TABLET, assertAccessible, assertSound, close, signIn, staffVisitor } from '../harness/browser.mjs';
import { staff } from '../harness/client.mjs';
import { BUSINESS, draft, livingResidents } from '../harness/letters.mjs';
import { rows, schemaOf, staffOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const SHEET = { width: 1366, height: 1000 };
after(close);

const typeOf = (slug) => value(schema, `SELECT id FROM letter_type WHERE slug = '${slug}'`);
/** A copy of a built-in type, which only its test edits. → id */
async function ownType(slug) {
    const secretary = await staff(village, 'secretary');
    const answer = await secretary.submit((await secretary.get(`/kantor/jenis-surat/${typeOf(slug)}`)).must(200), {}, 'form[action$="/salin"]');
    answer.must(303);
    return /(\d+)$/.exec(answer.location)[1];
}
/** The tree of its draft; null while there is none. */
function draftOf(id) {
    const [[draft]] = rows(schema, `SELECT draft FROM letter_type WHERE id = ${id}`);
    return draft === null ? null : JSON.parse(draft).paper;
}
const contents = (id) => (draftOf(id)?.body ?? []).map((block) => block.content);

async function opened(id, { role = 'secretary', viewport = SHEET, hash = '' } = {}) {
    const visit = await staffVisitor(village, role, { viewport });
    await visit.page.goto(`http://${village.host}/kantor/jenis-surat/${id}/isi${hash}`);
    await canvas(visit.page).waitFor();
    return visit;
}
const canvas = (page) => page.locator('.ed-canvas');
const part = (page, words) => page.locator('.ed-canvas p', { hasText: words }).first();
const tool = (page, name) => page.getByRole('toolbar').getByRole('button', { name, exact: true });
/** The cursor stands behind the last word of the paragraph with those words. */
async function endOf(page, words) {
    await part(page, words).click({ position: { x: 4, y: 14 } });
    await part(page, words).evaluate((node) => {
        window.getSelection().selectAllChildren(node);
        window.getSelection().collapseToEnd();
    });
}
const paste = (page, kinds) => canvas(page).evaluate((node, all) => {
    const data = new DataTransfer();
    for (const [kind, text] of Object.entries(all)) data.setData(kind, text);
    node.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, kinds);
const drawn = (page) => page.waitForResponse((response) => response.url().endsWith('/isi/pratinjau') && response.ok());

test('what is written stands on the paper after a pause, marked, and in the draft by itself; undone it is gone again', async () => {
    const id = await ownType('keterangan-usaha');
    const visit = await opened(id);
    const { page } = visit;
    await page.locator('.ed-paper .sheet').first().waitFor();
    await endOf(page, 'Demikian');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Catatan untuk {nama} dan {');
    await page.getByRole('combobox', { name: 'Cari isian' }).fill('pekerj');
    await page.keyboard.press('Enter');
    const shown = drawn(page);
    await page.keyboard.type('.');
    await shown;
    await until('the draft has it', () => contents(id).includes('Catatan untuk {nama} dan {pekerjaan}.'));
    assert.deepEqual(await part(page, 'Catatan').locator('.chip').allTextContents(), ['Nama', 'Pekerjaan']);
    await until('the paper marks it', () => page.locator('.ed-paper .sheet').first().evaluate((leaf) => leaf.shadowRoot.querySelector('rect.fresh') !== null));
    assert.match(await page.locator('.ed-saved').innerText(), /^Tersimpan \d\d\.\d\d$/);
    assert.match(await page.locator('#editor-state').innerText(), /^Versi 2, konsep: .+ Yang dipakai: versi 1\.$/);
    for (let i = 0; i < 12 && await part(page, 'Catatan').count() > 0; i++) await tool(page, 'Urungkan').click();
    await until('the draft is without it', () => !contents(id).some((content) => /Catatan/.test(String(content))));
    await assertSound(visit, 'the editor');
    await assertAccessible(visit, 'the editor');
    await visit.context.close();
});

test('every type is opened, and is the same tree', async () => {
    const visit = await opened(typeOf('keterangan-usaha'));
    const { page } = visit;
    for (const [id, slug] of rows(schema, 'SELECT id, slug FROM letter_type WHERE draft IS NULL')) {
        const sent = page.waitForRequest((request) => request.url().endsWith(`/${id}/isi/pratinjau`));
        await page.goto(`http://${village.host}/kantor/jenis-surat/${id}/isi`);
        const tree = JSON.parse(new URLSearchParams((await sent).postData()).get('tree'));
        assert.deepEqual(tree, JSON.parse(await page.locator('[data-tree]').inputValue()), slug);
        const unnamed = await page.locator('[data-node=odd], .is-odd_chip, .ed-canvas .is-unknown').allTextContents();
        assert.deepEqual(unnamed, [], `${slug}: each part and field has its name`);
    }
    await visit.context.close();
});

test('with the keyboard alone: a table, its rows and columns, a list, a condition, a part moved and taken away', async () => {
    const id = await ownType('keterangan-usaha');
    const visit = await opened(id);
    const { page } = visit;
    const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
    await endOf(page, 'Demikian');
    await press('Enter', '/');
    await page.keyboard.type('tabel');
    await press('Enter');
    await page.keyboard.type('Ke');
    await press('Tab');
    await page.keyboard.type('Barang');
    await press('Alt+F10');
    assert.equal(await page.evaluate(() => document.activeElement.closest('[role=toolbar]') !== null), true, 'Alt+F10 leads to the tools');
    await page.getByRole('toolbar').getByRole('button', { name: 'Kolom kanan' }).focus();
    await press('Enter', 'Alt+F10');
    await page.getByRole('toolbar').getByRole('button', { name: 'Baris bawah' }).focus();
    await press('Enter');
    await until('the table has four columns and two rows of head', () => {
        const table = draftOf(id)?.body.find((block) => block.type === 'table');
        const [head] = table?.header ?? [];
        return table?.columns.length === 4 && table.header.length === 2 && head.length === 4 && head.slice(0, 3).join() === 'No.,Ke,Barang';
    });
    await endOf(page, 'Demikian');
    await press('Enter');
    await page.keyboard.type('1. Satu');
    await press('Enter');
    await page.keyboard.type('Dua');
    await press('Enter', 'Tab');
    await page.keyboard.type('Dalam');
    await press('Enter', 'Enter');
    await until('the list has its inner list', () => {
        const list = draftOf(id)?.body.find((block) => block.type === 'list');
        return list?.items[0] === 'Satu' && list.items[1]?.content === 'Dua' && list.items[1].body?.[0].items[0] === 'Dalam';
    });
    await endOf(page, 'Demikian');
    await press('Alt+ArrowUp');
    await until('the closing stands one place higher', () => {
        const all = contents(id).map(String);
        const at = all.findIndex((content) => content.startsWith('Demikian'));
        return at > 0 && draftOf(id).body[at + 1].content?.[0]?.startsWith?.('Surat ini diberikan');
    });
    await tool(page, 'Bila…').focus();
    await press('Enter');
    const panel = page.getByRole('dialog', { name: /Bila/ });
    await panel.getByLabel('keadaannya').selectOption('empty');
    await press('Escape');
    assert.equal(await canvas(page).evaluate((node) => node.contains(document.activeElement)), true, 'Escape leads back to the text');
    await until('the closing stands under a condition', () => draftOf(id)?.body.some((block) => block.type === 'if' && block.is === 'empty' && String(block.then[0].content).startsWith('Demikian')));
    await tool(page, 'Hapus').focus();
    await press('Enter');
    await until('it is taken away', () => draftOf(id)?.body.every((block) => !JSON.stringify(block).includes('Demikian')));
    await assertAccessible(visit, 'the editor with a table');
    await visit.context.close();
});

test('settings: a field in capitals and what stands for an empty one, the signers, the page', async () => {
    const id = await ownType('keterangan-usaha');
    const visit = await opened(id);
    const { page } = visit;
    await page.locator('.ed-canvas .chip', { hasText: /^Pekerjaan$/ }).click();
    const chip = page.getByRole('dialog', { name: 'Isian' });
    await chip.getByLabel('Huruf').selectOption('upper');
    await chip.getByLabel('Kalau kosong, tertulis').fill('tidak bekerja');
    await page.keyboard.press('Escape');
    await page.locator('[data-node=signature]').click();
    const signature = page.getByRole('dialog', { name: 'Tanda tangan' });
    await assertAccessible(visit, 'the panel of the signers');
    await signature.getByRole('button', { name: 'Tambah penanda tangan' }).click();
    await signature.locator('details').nth(1).locator('summary').click();
    await signature.locator('details').nth(1).getByRole('textbox', { name: 'Nama', exact: true }).click();
    await page.keyboard.type('Saksi');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'F4, tegak' }).click();
    const sheet = page.getByRole('dialog', { name: 'Halaman' });
    await sheet.getByLabel('Kertas', { exact: true }).selectOption('A4');
    await sheet.getByLabel('Atas (mm)').fill('99');
    assert.equal(await sheet.getByLabel('Atas (mm)').getAttribute('aria-invalid'), 'true', 'beyond its bounds');
    await sheet.getByLabel('Atas (mm)').fill('22,5');
    await page.keyboard.press('Escape');
    await until('the draft has all of it', () => {
        const tree = draftOf(id);
        const text = JSON.stringify(tree);
        const signers = tree?.body.find((block) => block.type === 'signature')?.signers;
        return text?.includes('{pekerjaan:upper|tidak bekerja}') && signers?.length === 2 && signers[1].name === 'Saksi' && tree.page.size === 'A4' && tree.page.margin.top === 22.5;
    });
    await page.getByRole('button', { name: 'A4, tegak' }).waitFor();
    await visit.context.close();
});

test('what is wrong is said with a way to it', async () => {
    const id = await ownType('keterangan-usaha');
    const visit = await opened(id);
    const { page } = visit;
    await endOf(page, 'Demikian');
    await page.keyboard.press('Enter');
    await paste(page, { 'text/plain': 'Pindahan dari {alamat_lama}' });
    const problem = page.locator('#editor-problems li', { hasText: 'alamat_lama' });
    await problem.waitFor();
    assert.match(await page.locator('#editor-count').innerText(), /^[1-9]\d* harus/);
    await page.locator('[data-node=heading]').first().click();
    await problem.getByRole('button', { name: /^Ke bagian \d+$/ }).click();
    assert.equal(await page.locator('.ed-canvas .chip.is-unknown.ProseMirror-selectednode').innerText(), 'alamat_lama');
    await page.keyboard.press('Delete');
    await problem.waitFor({ state: 'detached' });
    await visit.context.close();
});

test('the button takes the newest text into use at once; a draft is thrown away with the edition that was kept last', async () => {
    const id = await ownType('keterangan-usaha');
    const { page, context } = await opened(id);
    const tried = page.waitForResponse((response) => response.request().isNavigationRequest() && response.url().endsWith('/isi/pratinjau'));
    await page.getByRole('button', { name: 'Coba isi' }).click(); // with nothing to keep first
    assert.equal((await tried).status(), 200);
    await canvas(page).waitFor();
    await endOf(page, 'Demikian');
    await page.keyboard.type(' Versi baru.');
    await page.getByRole('button', { name: 'Pakai versi 2' }).click();
    await page.waitForURL((url) => url.pathname === `/kantor/jenis-surat/${id}`);
    assert.deepEqual(rows(schema, `SELECT draft IS NULL, definition LIKE '%Versi baru.%' FROM letter_type WHERE id = ${id}`), [['1', '1']]);
    for (const words of [' Satu.', ' Dua.']) {
        await page.goto(`http://${village.host}/kantor/jenis-surat/${id}/isi`);
        await endOf(page, 'Demikian');
        await page.keyboard.type(words);
        await until('it is kept', () => JSON.stringify(contents(id)).includes(words));
        await page.locator('.ed-saved[data-state=saved]').waitFor();
    }
    await page.getByRole('button', { name: 'Buang konsep' }).click();
    await page.waitForURL((url) => url.pathname === `/kantor/jenis-surat/${id}`);
    assert.equal(draftOf(id), null);
    await context.close();
});

test('two write at once: the second is told, keeps what he wrote, and chooses', async () => {
    const id = await ownType('keterangan-usaha');
    const first = await opened(id);
    const second = await opened(id);
    await endOf(first.page, 'Demikian');
    await first.page.keyboard.type(' Dari yang pertama.');
    await until('the first is kept', () => JSON.stringify(contents(id)).includes('Dari yang pertama'));
    await endOf(second.page, 'Demikian');
    await second.page.keyboard.type(' Dari yang kedua.');
    const said = second.page.locator('.notice', { hasText: 'Tulisan Anda masih ada di sini' });
    await said.waitFor();
    assert.equal(JSON.stringify(contents(id)).includes('Dari yang kedua'), false);
    await said.getByRole('button', { name: 'Pakai tulisan saya' }).click();
    await until('what he chose is kept', () => JSON.stringify(contents(id)).includes('Dari yang kedua'));
    await endOf(first.page, 'Demikian');
    await first.page.keyboard.type(' Lagi.');
    const told = first.page.locator('.notice', { hasText: 'Tulisan Anda masih ada di sini' });
    await told.getByRole('button', { name: 'Ambil yang tersimpan' }).click();
    await part(first.page, 'Dari yang kedua').waitFor();
    assert.equal(await part(first.page, 'Lagi.').count(), 0);
    for (const visit of [first, second]) await visit.context.close();
});

/** A colleague saved, and the page is told at its first words. → the notice */
async function conflict(id, page) {
    const first = await opened(id);
    await endOf(first.page, 'Demikian');
    await first.page.keyboard.type(' Dari yang pertama.');
    await until('the first is kept', () => JSON.stringify(contents(id)).includes('Dari yang pertama'));
    await first.context.close();
    await endOf(page, 'Demikian');
    await page.keyboard.type(' Dari yang kedua.');
    const said = choice(page);
    await said.waitFor();
    return said;
}
const choice = (page) => page.locator('.notice', { hasText: 'Tulisan Anda masih ada di sini' });
const isFocused = (button) => button.evaluate((node) => node === document.activeElement);

test('until the second chose, no press sends his text: not into use, not to be tried, not by signing in again or reloading', async () => {
    const id = await ownType('keterangan-usaha');
    const { page, context } = await opened(id);
    const said = await conflict(id, page);
    const mine = said.getByRole('button', { name: 'Pakai tulisan saya' });
    const sent = [];
    page.on('request', (request) => {
        if (request.method() === 'POST' && (request.isNavigationRequest() || request.url().endsWith('/simpan'))) sent.push(request.url());
    });
    for (const name of ['Pakai versi 2', 'Coba isi', 'Tulis dengan tanda (# judul, {isian})']) {
        await canvas(page).focus();
        await page.getByRole('button', { name }).click();
        await until(`${name} leads to the choice`, () => isFocused(mine));
    }
    await canvas(page).focus();
    await page.keyboard.press('Control+s');
    await until('so do the keys', () => isFocused(mine));
    await page.evaluate(() => { // as when one signs in again over the page
        document.documentElement.dataset.locked = '';
        delete document.documentElement.dataset.locked;
    });
    const shown = drawn(page);
    await canvas(page).focus();
    await page.keyboard.type(' Lagi.');
    await shown;
    assert.deepEqual(sent, []);
    page.on('dialog', (dialog) => dialog.accept()); // "leave without saving?"
    await page.reload();
    await choice(page).waitFor();
    assert.equal(await part(page, 'Dari yang kedua').count(), 1);
    assert.deepEqual([JSON.stringify(contents(id)).includes('Dari yang kedua'), value(schema, `SELECT definition LIKE '%Dari yang%' FROM letter_type WHERE id = ${id}`)], [false, '0']);
    await choice(page).getByRole('button', { name: 'Pakai tulisan saya' }).click();
    await until('what he chose is kept', () => JSON.stringify(contents(id)).includes('Dari yang kedua'));
    await context.close();
});

test('a text that was tried, or taken into use too late, is still of the edition that it was made from', async () => {
    const id = await ownType('keterangan-usaha');
    for (const name of ['Coba isi', /^Pakai versi/]) {
        const { page, context } = await opened(id);
        const first = await opened(id);
        await endOf(first.page, 'Demikian');
        await first.page.keyboard.type(' Dari yang pertama.');
        await first.page.locator('.ed-saved[data-state=saved]').waitFor();
        await first.context.close();
        const draft = JSON.stringify(contents(id));
        const answered = page.waitForResponse((response) => response.request().isNavigationRequest());
        await page.getByRole('button', { name }).click(); // nothing was typed: nothing is kept first
        await answered;
        await canvas(page).waitFor();
        await endOf(page, 'Demikian');
        await page.keyboard.type(' Dari yang kedua.');
        await choice(page).waitFor();
        assert.equal(JSON.stringify(contents(id)), draft);
        page.on('dialog', (dialog) => dialog.accept());
        await choice(page).getByRole('button', { name: 'Ambil yang tersimpan' }).click();
        await page.locator('main:not([data-answer])').waitFor();
        await part(page, 'Dari yang pertama').waitFor();
        assert.equal(await part(page, 'Dari yang kedua').count(), 0);
        await context.close();
    }
});

test('a lost line is said, and what was written is kept once it is back', async () => {
    const id = await ownType('keterangan-usaha');
    const { page, context } = await opened(id);
    await page.locator('.ed-paper .sheet').first().waitFor();
    await context.setOffline(true);
    await endOf(page, 'Demikian');
    await page.keyboard.type(' Tanpa sambungan.');
    await page.locator('.ed-saved[data-state=lost]', { hasText: 'sambungan terputus' }).waitFor();
    assert.equal(draftOf(id), null);
    await page.getByRole('button', { name: 'Pakai versi 2' }).click();
    const held = page.locator('.notice', { hasText: 'disimpan sendiri sesudah tersambung' });
    await held.waitFor();
    await context.setOffline(false);
    await until('it is kept by itself', () => JSON.stringify(contents(id)).includes('Tanpa sambungan'));
    await held.waitFor({ state: 'detached' });
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Pakai versi 2' }).click(); // with nothing to keep first
    await page.locator('.notice', { hasText: 'kirim lagi sesudah tersambung' }).waitFor();
    await context.setOffline(false);
    await endOf(page, 'Demikian');
    await page.keyboard.type(' Sesudah itu.');
    await until('it goes on keeping', () => JSON.stringify(contents(id)).includes('Sesudah itu'));
    await context.close();
});

test('at the end of a long letter what opens stays within the window, and whether it is saved in sight', async () => {
    const id = await ownType('keterangan-usaha');
    for (const viewport of [{ width: 1366, height: 768 }, { width: 768, height: 600 }]) {
        const { page, context } = await opened(id, { viewport });
        await endOf(page, 'Demikian');
        for (const key of ['{', '/']) {
            await page.keyboard.press('Enter');
            await part(page, 'Demikian').evaluate((node) => node.scrollIntoView({ block: 'end' }));
            await page.keyboard.press(key);
            const box = await page.locator('.ed-picker').boundingBox();
            assert.ok(box.y >= 0 && box.y + box.height <= viewport.height && box.height > 120, `${key} at ${viewport.width}: ${JSON.stringify(box)}`);
            await page.keyboard.press('Escape');
        }
        await page.keyboard.type('Ini.');
        await page.locator('.ed-saved[data-state=saved]').waitFor();
        const saved = await page.locator('.ed-saved').boundingBox();
        assert.ok(await page.evaluate(() => window.scrollY) > 0 && saved.y >= 0 && saved.y < viewport.height / 2, JSON.stringify(saved));
        await context.close();
    }
});

test('a session that ended keeps the text: signed in again over the page, it is saved', async () => {
    const id = await ownType('keterangan-usaha');
    const { page, context } = await opened(id);
    await context.clearCookies({ name: '__Host-balai' });
    await endOf(page, 'Demikian');
    await page.keyboard.type(' Sesudah sesi habis.');
    const again = page.locator('dialog[open]');
    await again.waitFor();
    assert.match(await again.innerText(), /Tulisan Anda tersimpan\s+Isi surat, pukul \d\d\.\d\d[\s\S]+Menunggu .+ di tab ini sampai 12 jam, orang lain tidak melihatnya\./);
    await again.locator('input[type=password]').fill(staffOf(village, 'secretary').password);
    await again.locator('button[type=submit]').click();
    await until('it is kept', () => JSON.stringify(contents(id)).includes('Sesudah sesi habis'));
    await context.close();
});

test('what the tab had and the server never got comes back when the page is opened again', async () => {
    const id = await ownType('keterangan-usaha');
    const { page, context } = await opened(id);
    await page.route('**/isi/simpan', (route) => route.abort());
    await endOf(page, 'Demikian');
    await page.keyboard.type(' Belum sampai.');
    await page.locator('.ed-saved[data-state=lost]').waitFor();
    page.on('dialog', (dialog) => dialog.accept()); // "leave without saving?"
    await page.unroute('**/isi/simpan');
    await page.reload();
    await page.locator('.notice', { hasText: 'dikembalikan ke sini' }).waitFor();
    await until('it is kept', () => JSON.stringify(contents(id)).includes('Belum sampai'));
    await context.close();
});

/** A letter of one clerk, its text opened in the editor by that clerk. */
async function ownLetter() {
    const clerk = await staff(village, 'clerk');
    const letter = await draft(clerk, BUSINESS, livingResidents(village, 1)[0]);
    const visit = await staffVisitor(village, 'clerk', { viewport: SHEET });
    await visit.page.goto(`http://${village.host}/kantor/surat/${letter.id}/naskah`);
    await canvas(visit.page).waitFor();
    return { clerk, letter, visit };
}

test('a letter that was cancelled meanwhile is said in words, not as a session that ended', async () => {
    const { clerk, letter, visit: { page, context } } = await ownLetter();
    (await clerk.submit(await clerk.get(`/kantor/surat/${letter.id}/periksa`), {}, 'form[action$="/batal"]')).must(303);
    await endOf(page, 'Demikian');
    await page.keyboard.type(' Terlambat.');
    const state = page.locator('.ed-saved[data-state=lost]');
    await state.waitFor();
    assert.doesNotMatch(await state.innerText(), /masuk lagi/);
    assert.equal(await page.locator('dialog[open]').count(), 0);
    await context.close();
});

test('what one account left in a tab is not put into the text for another', async () => {
    const { letter, visit } = await ownLetter();
    const { page, context } = visit;
    await page.route('**/naskah/simpan', (route) => route.abort());
    await endOf(page, 'Demikian');
    await page.keyboard.type(' Milik petugas pertama.');
    await page.locator('.ed-saved[data-state=lost]').waitFor();
    page.on('dialog', (dialog) => dialog.accept());
    await context.clearCookies();
    await page.unroute('**/naskah/simpan');
    await signIn(visit, village.host, staffOf(village, 'secretary'));
    await page.goto(`http://${village.host}/kantor/surat/${letter.id}/naskah`);
    await canvas(page).waitFor();
    assert.equal(await page.locator('.ed-canvas', { hasText: 'petugas pertama' }).count(), 0);
    await context.close();
});

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style></head><body><!--StartFragment-->
<p class=MsoNormal align=center style='text-align:center;mso-pagination:none'><b><span style='font-size:14.0pt'>PENGUMUMAN<o:p></o:p></span></b></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>KTP <span style='font-weight:bold'>asli</span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.<span>&nbsp;&nbsp; </span></span>KK</p>
<table border=1 style='width:100%'><tr><td style='border:solid'>Satu</td><td colspan=2>Dua</td></tr></table>
<p>Untuk {nama}<img src="http://jahat.example/x.png"><script>alert(1)</script><a href="javascript:alert(1)" onclick="x()">di sini</a></p><!--EndFragment--></body></html>`;

test('a paste from Word becomes parts of the letter, and nothing else of it is kept', async () => {
    const id = await ownType('keterangan-usaha');
    const visit = await opened(id);
    const { page } = visit;
    await endOf(page, 'Demikian');
    await page.keyboard.press('Enter');
    await paste(page, { 'text/html': WORD, 'text/plain': 'x' });
    await until('it is in the draft', () => draftOf(id)?.body.some((block) => block.type === 'table'));
    const body = draftOf(id).body;
    const at = body.findIndex((block) => JSON.stringify(block).includes('PENGUMUMAN'));
    assert.deepEqual(body.slice(at, at + 4), [
        { type: 'paragraph', align: 'center', content: { type: 'text', text: 'PENGUMUMAN', marks: ['bold'] } },
        { type: 'list', items: [['KTP ', { type: 'text', text: 'asli', marks: ['bold'] }], 'KK'] },
        { type: 'table', rows: [['Satu', { content: 'Dua', span: 2 }]] },
        { type: 'paragraph', content: 'Untuk {nama}di sini' },
    ]);
    await visit.context.close();
});

test('a narrow desk shows one of three columns; a phone writes with marks, and may have the canvas', async () => {
    const tablet = await opened(typeOf('keterangan-usaha'), { viewport: TABLET });
    await tablet.page.getByRole('button', { name: 'Kertas', exact: true }).click();
    await tablet.page.locator('.ed-paper .sheet').first().waitFor();
    assert.equal(await canvas(tablet.page).isVisible(), false);
    await assertSound(tablet, 'the editor, narrow');
    await tablet.context.close();
    const id = await ownType('keterangan-usaha');
    const phone = await staffVisitor(village, 'secretary', { viewport: PHONE });
    await phone.page.goto(`http://${village.host}/kantor/jenis-surat/${id}/isi`);
    await phone.page.getByRole('button', { name: 'Pakai penyunting' }).waitFor();
    const [text, folded] = [phone.page.locator('#markup'), phone.page.locator('#markup-page')];
    assert.match(await text.inputValue(), /^(?!:::(kertas|huruf|kop))\S/);
    assert.match(await folded.inputValue(), /^:::kertas/);
    assert.ok((await phone.page.locator('#editor > .actions').boundingBox()).height <= 72, 'the presses stand in one row');
    await phone.page.locator('#editor-problems', { hasText: 'Semua sudah beres.' }).waitFor();
    const keys = ({ page, font }) => ({ page, font });
    const before = JSON.parse(await phone.page.locator('[data-tree]').inputValue());
    await text.fill(`${await text.inputValue()}\nDari telepon.\n`);
    await assertSound(phone, 'the text with marks on a phone');
    await phone.page.getByRole('button', { name: 'Simpan konsep' }).click();
    await until('it is kept with its settings', () => JSON.stringify(contents(id)).includes('Dari telepon.') && keys(draftOf(id)));
    assert.deepEqual([keys(draftOf(id)), draftOf(id).body[0]], [keys(before), before.body[0]]);
    assert.equal(await text.isVisible(), true);
    await phone.page.getByRole('button', { name: 'Pakai penyunting' }).click();
    await canvas(phone.page).waitFor();
    assert.equal(await phone.page.locator('#markup').isVisible(), false);
    await assertSound(phone, 'the editor on a phone');
    await phone.context.close();
});

test('the page of a question shows what its kind needs; without a script the rest is folded', async () => {
    const url = `http://${village.host}/kantor/jenis-surat/${typeOf('keterangan-usaha')}/isi/pertanyaan-baru`;
    const shown = (page) => page.evaluate(() => [...document.querySelectorAll('form.form :is(input, select, textarea):not([type=hidden])')].filter((e) => e.checkVisibility()).map((e) => e.name));
    const common = ['label', 'jenis', 'wajib', 'petunjuk', 'kelompok'];
    const { context, page } = await staffVisitor(village, 'secretary', { viewport: SHEET });
    await page.goto(url);
    assert.deepEqual(await shown(page), [...common, 'telepon', 'panjang']);
    for (const [kind, boxes] of Object.entries({
        select: ['pilihan', 'cocok'], number: ['paling_kecil', 'paling_besar', 'satuan', 'pecahan', 'hitung_dari', 'hitung_sampai'], year: ['sejak_umur'],
        person: ['luar', 'kelamin', 'hubungan', 'harus_meninggal', 'siapa_saja', 'cukup_nama', 'paling_kecil', 'paling_besar'], time: [],
        date: ['lampau', 'sebelum_lahir', 'mendatang', 'tidak_sebelum'],
    })) {
        await page.selectOption('[name=jenis]', kind);
        assert.deepEqual(await shown(page), [...common, ...boxes], kind);
    }
    await page.selectOption('[name=jenis]', 'person');
    await page.selectOption('[name=hubungan]', 'calon');
    assert.ok((await shown(page)).includes('hubungan_dengan'));
    // A fault is in sight, whatever the kind.
    await page.selectOption('[name=jenis]', 'line');
    await page.fill('[name=label]', 'Nama');
    await page.evaluate(() => { document.querySelector('[name=umur]').value = '900'; });
    await page.click('form:has([name=umur]) button[type=submit][data-busy]'); // a call from the kiosk above the page has a button, too
    await page.waitForSelector('.is-faulty');
    assert.ok((await shown(page)).includes('umur'));
    await context.close();
    const plain = await staffVisitor(village, 'secretary', { viewport: PHONE, javaScriptEnabled: false });
    await plain.page.goto(url);
    const boxes = await shown(plain.page);
    assert.ok(boxes.includes('panjang') && !boxes.includes('umur') && !boxes.includes('pilihan'), boxes.join());
    await plain.page.click('summary:has-text("Pilihan")');
    assert.ok((await shown(plain.page)).includes('pilihan'));
    await plain.context.close();
});
