// SPDX-License-Identifier: AGPL-3.0-or-later
// Without JavaScript: residents, an import, the approval on a phone, and a new village's first account. The clerk's letter
// stands in story.test.mjs, the kiosk's in kiosk.test.mjs. Waiting pages are asked for again by their own link.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DESK, PHONE, assertSound, close, signIn, staffVisitor, visitor } from '../harness/browser.mjs';
import { staff } from '../harness/client.mjs';
import { DOMICILE, letterRow, livingResidents, putType, send } from '../harness/letters.mjs';
import { BASE, access, rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { person, residentBook } from '../harness/workbook.mjs';

const [village, second] = trainingVillages();
const plain = (options = {}) => ({ javaScriptEnabled: false, ...options });
after(close);

/** Follows the page's own link until the locator is there. */
async function refreshed(page, link, locator) {
    await until(`${link} leads on`, async () => {
        if (await locator.count()) return true;
        await page.getByRole('link', { name: link }).first().click();
        return (await locator.count()) > 0;
    }, 60);
}

test('residents are searched, paged and opened', async () => {
    const visit = await staffVisitor(village, 'clerk', plain());
    const { page } = visit;
    await page.goto(`http://${village.host}/kantor`);
    await page.getByRole('link', { name: 'Penduduk' }).first().click();
    const [[name, id]] = rows(schemaOf(village), 'SELECT name, id FROM resident WHERE basic_status = 1 ORDER BY id LIMIT 1');
    const first = await page.locator('tbody tr').first().textContent();
    const next = page.locator('.pagination a, nav a').filter({ hasText: /Berikut/ }).first();
    await next.click();
    await page.locator('tbody tr').first().waitFor();
    assert.notEqual(await page.locator('tbody tr').first().textContent(), first, 'the next page shows others');
    await page.locator('main').getByLabel('Nama, NIK, atau nomor KK').fill(name.toLowerCase());
    await page.locator('main').getByRole('button', { name: 'Saring' }).first().click();
    await page.locator(`tbody a[href="/kantor/penduduk/${id}"]`).click();
    await page.getByRole('heading', { level: 1 }).filter({ hasText: new RegExp(name, 'i') }).waitFor();
    await assertSound({ ...visit, page }, 'a resident without JavaScript');
    await visit.context.close();
});

test('the text of a letter type is edited, tried and used', async () => {
    putType(village, `tanpa-skrip-${process.pid}`, { fields: [], paper: { body: [{ type: 'paragraph', content: 'Lama.' }, { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}', qr: true }] } });
    const id = value(schemaOf(village), 'SELECT MAX(id) FROM letter_type');
    const visit = await staffVisitor(village, 'secretary', plain());
    const { page } = visit;
    await page.goto(`http://${village.host}/kantor/jenis-surat/${id}`);
    await page.getByRole('link', { name: 'Ubah isi' }).click();
    const text = page.getByLabel('Isi surat', { exact: true });
    await text.fill((await text.inputValue()).replace('Lama.', 'Baru untuk **{nama}** dari {kampung}.'));
    await page.getByRole('button', { name: 'Coba isi' }).click();
    await page.getByText('Isian kampung tidak ada').waitFor();
    await assertSound({ ...visit, page }, 'a faulty draft without JavaScript');
    await text.fill((await text.inputValue()).replace(' dari {kampung}', ''));
    await page.getByRole('button', { name: 'Coba isi' }).click();
    const sheet = page.getByRole('img', { name: 'Halaman 1' });
    assert.ok(await sheet.evaluate((img) => img.complete && img.naturalWidth > 100), 'the paper is shown');
    await page.getByRole('button', { name: 'Simpan konsep' }).click();
    await page.getByText('Konsep tersimpan').waitFor();
    await page.getByRole('button', { name: 'Pakai versi 2' }).click();
    await page.getByText('Versi baru dipakai untuk surat berikutnya').waitFor();
    rows(schemaOf(village), `UPDATE letter_type SET is_active = FALSE WHERE id = ${id}`);
    await visit.context.close();
});

test('an import is checked, read and saved', async () => {
    const people = [0, 1, 2, 3].map((n) => person(6400 + n));
    const visit = await staffVisitor(second, 'clerk', plain());
    const { page } = visit;
    await page.goto(`http://${second.host}/kantor/penduduk`);
    await page.getByRole('link', { name: 'Impor' }).first().click();
    await page.locator('main input[type=file]').setInputFiles({ name: 'tanpa-skrip.xlsx', buffer: residentBook(people),
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' });
    await page.getByRole('button', { name: 'Periksa berkas' }).click();
    await page.waitForURL(/\/impor\/\d+/);
    const save = page.getByRole('button', { name: /Simpan/ });
    await refreshed(page, 'Muat ulang', save);
    await save.click();
    await refreshed(page, 'Muat ulang', page.getByText(/tersimpan|sudah disimpan/i));
    assert.equal(value(schemaOf(second), `SELECT COUNT(*) FROM resident WHERE nik IN (${people.map((p) => `'${p.nik}'`).join()})`), '4');
    await visit.context.close();
});

test('the secretary passes a letter on and the head approves it on a phone', async () => {
    const clerk = await staff(village, 'clerk');
    const { id } = await send(clerk, DOMICILE, livingResidents(village, 1)[0]);
    const secretary = await staffVisitor(village, 'secretary', plain());
    await secretary.page.goto(`http://${village.host}/kantor/surat/${id}`);
    await secretary.page.getByRole('button', { name: /teruskan ke kepala desa/i }).click();
    await until('it waits for the head', () => letterRow(village, id).state === 3, 20);
    const head = await staffVisitor(village, 'head', plain({ viewport: PHONE }));
    await head.page.goto(`http://${village.host}/kantor/persetujuan/${id}`);
    await head.page.getByRole('button', { name: 'Setujui dan tanda tangani' }).tap();
    await until('the letter is issued', () => letterRow(village, id).state === 4, 20);
    for (const visit of [secretary, head]) await visit.context.close();
});

test('a new village sets itself up from its link and is in', async () => {
    const [[code]] = rows('balai_control', "SELECT code FROM village WHERE setup_used_at IS NULL AND is_sample = 0 AND step = 'ready' AND state IN ('trial', 'active') ORDER BY code DESC LIMIT 1");
    const volunteer = await visitor(plain({ viewport: DESK }));
    await signIn(volunteer, `kelola.${BASE}`, access().kelola);
    await volunteer.page.goto(`http://kelola.${BASE}/desa/${code}`);
    await volunteer.page.locator(`form[action="/desa/${code}/tautan"] button`).click();
    const link = /https?:\/\/[^\s<"]+\/pasang\/[A-Za-z0-9_-]+/.exec(await volunteer.page.content())[0];
    const visit = await visitor(plain({ viewport: PHONE }));
    const { page } = visit;
    await page.goto(link);
    await assertSound(visit, 'set-up without JavaScript');
    assert.equal(await page.getByRole('button', { name: 'Lihat' }).count(), 0, 'no button that does nothing');
    const fields = { kades: 'Andi Baso', alamat: 'Jalan Poros 1', nama: 'Sitti Aminah', pengguna: 'aminah', sandi: 'tenun-kabut-malili-9' };
    for (const [name, text] of Object.entries({ ...fields, sandi: 'pendek' })) await page.locator(`[name=${name}]`).fill(text);
    await page.locator('main button[type=submit]').click();
    await page.locator('.error-summary').waitFor();
    assert.equal(await page.locator('[name=nama]').inputValue(), fields.nama, 'what was typed comes back');
    await page.locator('[name=sandi]').fill(fields.sandi);
    await page.locator('main button[type=submit]').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/pasang'));
    await page.getByRole('heading', { name: /siap. Lima hal berikutnya/ }).waitFor();
    await page.getByRole('button', { name: 'Sembunyikan daftar ini' }).click();
    await page.getByRole('link', { name: 'Buat surat' }).first().waitFor();
    assert.equal(await page.getByText('Lima hal berikutnya').count(), 0, 'put away, it stays away');
    for (const v of [volunteer, visit]) await v.context.close();
});
