// SPDX-License-Identifier: AGPL-3.0-or-later
// What is typed at a desk is not lost: not by an ended session, a lost line, an answer that never came, or Back; and it is recorded once.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DESK, PHONE, assertSound, close, staffVisitor } from '../harness/browser.mjs';
import { send, staff } from '../harness/client.mjs';
import { usualFamily } from '../harness/families.mjs';
import { check } from '../harness/imports.mjs';
import { DOMICILE, livingResidents, send as sendLetter } from '../harness/letters.mjs';
import { rows, schemaOf, staffOf, trainingVillages, value } from '../harness/stack.mjs';
import { person, residentBook } from '../harness/workbook.mjs';

const [village] = trainingVillages();
const at = (path) => `http://${village.host}${path}`;
const FORM = '/kantor/tamu/catat';
const guests = (name) => Number(value(schemaOf(village), `SELECT COUNT(*) FROM guest WHERE name = '${name}'`));
const returned = (page) => page.locator('main .notice', { hasText: 'dikembalikan ke sini' });
after(close);

async function typed(visit, name) {
    const { page } = visit;
    await page.goto(at(FORM));
    await page.locator('#nama').fill(name);
    await page.locator('#asal').fill('Kantor Camat');
    await page.locator('#bertemu').fill('Kepala desa');
    await page.locator('#keperluan').fill('Undangan rapat, tiga "lembar" & lampiran');
    return page;
}
const save = (page) => page.locator(`form[action="${FORM}"] button[type=submit]`).first().click({ noWaitAfter: true });

async function signIn(page, who) {
    const { username, password } = staffOf(village, who);
    await page.locator('input[autocomplete=username]').fill(username);
    await page.locator('input[type=password]').fill(password);
    await page.locator('main form button[type=submit]').click();
}

/** The page behind the question, once the boxes' colours have changed: nothing of what was there. */
const behind = (page) => page.waitForFunction(() => document.querySelector('#nama').getAnimations().length === 0).then(() => page.evaluate(() => {
    const box = document.querySelector('#nama');
    return { label: document.querySelector('label[for=nama]').innerText, colour: getComputedStyle(box).color, isLocked: document.documentElement.dataset.locked !== undefined };
}));

test('a session that ended is asked for over the page that was left; what was typed comes back, and is saved once', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const page = await typed(visit, 'Tamu Sesi Habis');
    const again = page.locator('dialog[open]');
    await visit.context.clearCookies({ name: '__Host-balai' });
    await save(page);
    await again.waitFor();
    assert.equal(await again.locator('h2').innerText(), 'Masuk lagi untuk melanjutkan');
    assert.match(await again.innerText(), /Isian Anda tersimpan\s+Tamu, \d dari \d isian, pukul \d\d\.\d\d/);
    assert.doesNotMatch(await again.innerText(), /ulangi|Nomor laporan/, 'one voice');
    assert.deepEqual(await behind(page), { label: '•••• ••••', colour: 'rgba(0, 0, 0, 0)', isLocked: true });
    assert.equal(await page.locator('#nama').inputValue(), '', 'the page is there, its values are not');
    assert.equal(guests('Tamu Sesi Habis'), 0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await again.waitFor(); // a second Escape may close it for a moment: it stands again at once
    assert.ok((await behind(page)).isLocked, 'the page stays locked');
    await again.locator('input[type=password]').fill('bukan-sandinya');
    await again.locator('button[type=submit]').click();
    await again.locator('.notice.merah', { hasText: 'tidak cocok' }).waitFor();
    await again.locator('input[type=password]').fill(staffOf(village, 'clerk').password);
    await again.locator('button[type=submit]').click();
    await returned(page).waitFor();
    assert.equal(new URL(page.url()).pathname, FORM);
    assert.equal(await page.locator('#keperluan').inputValue(), 'Undangan rapat, tiga "lembar" & lampiran');
    await save(page);
    await page.waitForURL(/\/kantor\/tamu\/\d+/);
    assert.equal(guests('Tamu Sesi Habis'), 1);
    await page.goto(at(FORM));
    assert.equal(await page.locator('#nama').inputValue(), '', 'what was saved is not offered again');
    await visit.context.close();
});

test('a press alone that came too late asks the password over its page, comes back to it and says so', async () => {
    const { id } = await sendLetter(await staff(village, 'clerk'), DOMICILE, livingResidents(village)[4]);
    const visit = await staffVisitor(village, 'secretary', { viewport: PHONE });
    const { page } = visit;
    const path = `/kantor/persetujuan/${id}`, state = () => value(schemaOf(village), `SELECT state FROM letter WHERE id = ${id}`);
    const press = () => page.locator(`form[action="/kantor/surat/${id}/teruskan"] button`).click({ noWaitAfter: true });
    await page.goto(at(path));
    await visit.context.clearCookies({ name: '__Host-balai' });
    await press();
    const again = page.locator('dialog[open]');
    await again.waitFor();
    assert.match(await again.innerText(), /Yang Anda tekan belum tersimpan/);
    assert.doesNotMatch(await again.innerText(), /Isian Anda|Menunggu/, 'nothing was typed');
    assert.equal(await again.locator('input[autocomplete=username]').isVisible(), false, 'only the password is asked');
    await again.locator('input[type=password]').fill(staffOf(village, 'secretary').password);
    await again.locator('button[type=submit]').click();
    await page.locator('main .notice', { hasText: 'Belum tersimpan, tekan lagi.' }).waitFor();
    assert.equal(new URL(page.url()).pathname, path);
    assert.equal(state(), '2');
    await press();
    await page.waitForURL((url) => url.pathname !== path);
    assert.equal(state(), '3');
    await page.goto(at(path));
    assert.equal(await page.locator('main .notice', { hasText: 'Belum tersimpan' }).count(), 0, 'said once');
    await assertSound(visit, 'after the press');
    await visit.context.close();
});

test('a session that ends while nobody presses locks the page; the password opens it as it was', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const page = await typed(visit, 'Tamu Layar Terkunci');
    const again = page.locator('dialog[open]');
    await visit.context.clearCookies({ name: '__Host-balai' });
    await again.waitFor(); // by the page's own look at the kiosk's calls
    assert.equal((await behind(page)).colour, 'rgba(0, 0, 0, 0)');
    await again.locator('input[type=password]').fill(staffOf(village, 'clerk').password);
    await again.locator('button[type=submit]').click();
    await again.waitFor({ state: 'detached' });
    assert.equal((await behind(page)).isLocked, false);
    assert.equal(await page.locator('#nama').inputValue(), 'Tamu Layar Terkunci');
    await save(page);
    await page.waitForURL(/\/kantor\/tamu\/\d+/);
    assert.equal(guests('Tamu Layar Terkunci'), 1);
    await visit.context.close();
});

/** Whether an element is drawn through a blur as wide as a letter, its own or one that it stands in. */
const isBlurred = (page, selector) => page.locator(selector).first().evaluate((of) => {
    const blurs = [];
    for (let at = of; at; at = at.parentElement) blurs.push(Number(/blur\(([\d.]+)px\)/.exec(getComputedStyle(at).filter)?.[1] ?? 0));
    return Math.max(...blurs) >= 8;
});

test('nothing that stands behind the locked screen can be read: no name in a heading, under it, in a list', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const { page } = visit;
    const person = value(schemaOf(village), 'SELECT id FROM resident WHERE basic_status = 1 AND family_id IS NOT NULL ORDER BY id LIMIT 1');
    const again = page.locator('dialog[open]');
    const places = { '/kantor/penduduk': ['main h1', 'main a[href^="/kantor/penduduk/"]'], [`/kantor/penduduk/${person}`]: ['main h1', 'main .sub', 'main'], [`/kantor/penduduk/${person}/kartu`]: ['main h1', 'main'] };
    for (const [path, names] of Object.entries(places)) {
        await page.goto(at(path));
        for (const name of names) assert.equal(await isBlurred(page, name), false, `${path} ${name}: open`);
        const cookies = await visit.context.cookies();
        await visit.context.clearCookies({ name: '__Host-balai' });
        await again.waitFor();
        for (const name of names) assert.equal(await isBlurred(page, name), true, `${path} ${name}: locked`);
        assert.equal(await isBlurred(page, 'dialog[open] h2'), false, 'the question is read');
        await visit.context.addCookies(cookies);
    }
    await visit.context.close();
});

test('what the tab keeps of a page whose press found the session ended has its shape, not its people', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const { page } = visit;
    const { members: [, gone] } = usualFamily(village, 'BAYANGAN');
    await page.goto(at(`/kantor/penduduk/${gone}/hilang`));
    await page.locator('#pelapor').fill('Rapat Pelapor');
    await visit.context.clearCookies({ name: '__Host-balai' });
    await page.locator('main button[value=periksa]').click({ noWaitAfter: true });
    await page.locator('dialog[open]').waitFor();
    const kept = await page.evaluate(() => sessionStorage.getItem('behind'));
    assert.match(kept, /fieldset/);
    assert.doesNotMatch(kept, /bayangan|Halimah|Rapat/i);
    await visit.context.close();
});

test('somebody else who signs in where a session ended comes to his own first page and finds nothing', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const page = await typed(visit, 'Tamu Orang Pertama');
    await visit.context.clearCookies({ name: '__Host-balai' });
    await save(page);
    await page.locator('dialog[open] a', { hasText: 'Masuk dengan akun lain' }).click();
    await page.waitForURL(/\/masuk$/);
    await signIn(page, 'secretary');
    await page.waitForURL(at('/kantor'));
    assert.equal(await page.evaluate((word) => JSON.stringify(sessionStorage).includes(word), 'Tamu Orang Pertama'), false);
    await page.goto(at(FORM));
    assert.equal(await page.locator('#nama').inputValue(), '');
    await visit.context.close();
});

/** An hour passes on the page. */
const later = (page) => page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 3600 * 1000;
});

test('a page that stood for long after its session ended stays, asks only the password, and saves once', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const page = await typed(visit, 'Tamu Istirahat Siang');
    const { username, password } = staffOf(village, 'clerk');
    const again = page.locator('dialog[open]');
    await later(page);
    await visit.context.clearCookies({ name: '__Host-balai' });
    await save(page);
    await again.locator('input[type=password]').fill('bukan-sandinya');
    assert.equal(await again.locator('input[autocomplete=username]').inputValue(), username);
    assert.equal(await again.locator('input[autocomplete=username]').isVisible(), false);
    assert.equal(await page.locator('#nama').inputValue(), 'Tamu Istirahat Siang', 'the page is still there');
    await again.locator('button[type=submit]').click();
    await again.locator('.notice.merah', { hasText: 'tidak cocok' }).waitFor();
    assert.equal(guests('Tamu Istirahat Siang'), 0);
    await again.locator('input[type=password]').fill(password);
    await again.locator('button[type=submit]').click();
    await page.waitForURL(/\/kantor\/tamu\/\d+/);
    assert.equal(guests('Tamu Istirahat Siang'), 1);
    await page.goto(at(FORM)); // still signed in, an hour later: nothing is asked
    await page.locator('#nama').fill('Tamu Sore');
    await page.locator('#asal').fill('Kantor Camat');
    await page.locator('#bertemu').fill('Kepala desa');
    await page.locator('#keperluan').fill('Undangan rapat, tiga "lembar" & lampiran');
    await later(page);
    await save(page);
    await page.waitForURL(/\/kantor\/tamu\/\d+/);
    assert.equal(guests('Tamu Sore'), 1);
    await visit.context.close();
});

test('a form that is too old says so and leads back to what was typed', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const page = await typed(visit, 'Tamu Kedaluwarsa');
    await page.evaluate(() => document.querySelectorAll('[name=_csrf]').forEach((box) => { box.value = 'A'.repeat(box.value.length); }));
    await save(page);
    await page.locator('main button', { hasText: 'Buka lagi isiannya' }).click();
    await page.waitForURL(at(FORM));
    await returned(page).waitFor();
    await save(page);
    await page.waitForURL(/\/kantor\/tamu\/\d+/);
    assert.equal(guests('Tamu Kedaluwarsa'), 1);
    await visit.context.close();
});

test('a line that is gone at the press keeps the form on the screen; sent again it is recorded', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const page = await typed(visit, 'Tamu Tanpa Sinyal');
    await visit.context.setOffline(true);
    await save(page);
    await page.locator('main .notice', { hasText: 'Sambungan internet terputus' }).waitFor();
    assert.equal(await page.locator('#nama').inputValue(), 'Tamu Tanpa Sinyal');
    await visit.context.setOffline(false);
    await page.locator('main .notice', { hasText: 'Sambungan kembali' }).waitFor();
    await save(page);
    await page.waitForURL(/\/kantor\/tamu\/\d+/);
    assert.equal(guests('Tamu Tanpa Sinyal'), 1);
    await visit.context.close();
});

test('a line that is dead behind a living Wi-Fi keeps the form on the screen', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const page = await typed(visit, 'Tamu Wi-Fi Mati');
    await later(page);
    await page.route('**/*', (route) => route.abort('timedout'));
    await save(page);
    await page.locator('main .notice', { hasText: 'Sambungan internet terputus' }).waitFor();
    assert.equal(await page.locator('#nama').inputValue(), 'Tamu Wi-Fi Mati');
    await page.unroute('**/*');
    await save(page);
    await page.waitForURL(/\/kantor\/tamu\/\d+/);
    assert.equal(guests('Tamu Wi-Fi Mati'), 1);
    await visit.context.close();
});

test('a form that was put back and then loses the line has one notice with both meanings, and one when the line is back', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const page = await typed(visit, 'Tamu Dua Kabar');
    await page.goto(at('/kantor'));
    await page.goto(at(FORM));
    await returned(page).waitFor();
    const notices = () => page.locator('main .notice.is-said');
    for (let press = 0; press < 2; press++) {
        await visit.context.setOffline(true);
        await save(page);
        await notices().filter({ hasText: /terputus\. Isian yang dikembalikan dan yang Anda tulis sesudahnya/ }).waitFor();
        assert.equal(await notices().count(), 1);
        await visit.context.setOffline(false);
        await notices().filter({ hasText: 'Sambungan kembali' }).waitFor();
        assert.equal(await notices().count(), 1);
    }
    await notices().locator('button', { hasText: 'Buang isian itu' }).click();
    await page.waitForFunction(() => document.querySelector('#nama').value === '');
    await visit.context.close();
});

test('an answer that never came: Back finds what was typed, and saving again records nothing twice', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const page = await typed(visit, 'Tamu Jawaban Hilang');
    const answers = [];
    await page.route(`**${FORM}`, async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        const request = route.request(); // the server gets it, the browser no answer
        const { host: _, ...headers } = await request.allHeaders();
        const got = await send(village.host, 'POST', FORM, { headers, body: request.postData() });
        answers.push(got.status);
        return route.abort('connectionreset');
    });
    const lost = page.waitForEvent('requestfailed');
    await save(page);
    await lost;
    assert.deepEqual(answers, [303]);
    assert.equal(guests('Tamu Jawaban Hilang'), 1);
    await page.unroute(`**${FORM}`);
    await page.goto(at('/kantor')); // another page on the way does not mean that it was saved
    await page.goto(at(FORM));
    await returned(page).waitFor();
    await save(page);
    await page.waitForURL(/\/kantor\/tamu\/\d+/);
    assert.equal(guests('Tamu Jawaban Hilang'), 1, 'the same guest');
    await visit.context.close();
});

test('leaving a form and coming back finds it; it can be thrown away; who signs in next finds nothing', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const page = await typed(visit, 'Tamu Ditinggal');
    await page.goto(at('/kantor/penduduk'));
    await page.goBack();
    await returned(page).waitFor();
    assert.equal(await page.locator('#nama').inputValue(), 'Tamu Ditinggal');
    await page.locator('main .notice button', { hasText: 'Buang isian itu' }).click();
    await page.waitForLoadState();
    await page.waitForFunction(() => document.querySelector('#nama').value === '');
    await typed(visit, 'Tamu Ditinggal');
    const other = await staffVisitor(village, 'secretary', { viewport: DESK });
    await visit.context.clearCookies();
    await visit.context.addCookies(await other.context.cookies());
    await page.goto(at(FORM));
    assert.equal(await page.locator('#nama').inputValue(), '');
    assert.equal(await page.evaluate((word) => JSON.stringify(sessionStorage).includes(word), 'Tamu Ditinggal'), false);
    assert.deepEqual(visit.complaints, []);
    await other.context.close();
    await visit.context.close();
});

test('two accounts with one name and one role are two people: the second finds nothing of the first', async () => {
    const schema = schemaOf(village);
    const [clerk, secretary] = ['clerk', 'secretary'].map((role) => value(schema, `SELECT id FROM staff WHERE username = '${staffOf(village, role).username}'`));
    const was = rows(schema, `SELECT name, role, position FROM staff WHERE id = ${secretary}`)[0];
    const quoted = (word) => `'${word.replaceAll("'", "''")}'`;
    rows(schema, `UPDATE staff s JOIN staff c ON c.id = ${clerk} SET s.name = c.name, s.role = c.role, s.position = c.position WHERE s.id = ${secretary}`);
    try {
        const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
        const page = await typed(visit, 'Tamu Rekan Senama');
        const said = () => page.locator('.who[data-key]').first();
        const first = [await said().textContent(), await said().getAttribute('data-key')];
        assert.match(first[1], /^[0-9a-f]{32}$/);
        await visit.context.clearCookies({ name: '__Host-balai' });
        await page.goto(at(`/masuk?ke=${FORM}`));
        await signIn(page, 'secretary');
        await page.locator('#nama').waitFor();
        assert.equal(await said().textContent(), first[0]);
        assert.notEqual(await said().getAttribute('data-key'), first[1]);
        assert.equal(await page.locator('#nama').inputValue(), '');
        assert.equal(await page.evaluate((word) => JSON.stringify(sessionStorage).includes(word), 'Tamu Rekan Senama'), false);
        await visit.context.close();
    } finally {
        rows(schema, `UPDATE staff SET name = ${quoted(was[0])}, role = ${quoted(was[1])}, position = ${quoted(was[2])} WHERE id = ${secretary}`);
    }
});

test('a section of a person, refused and then saved at another address, is not offered again', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const { page } = visit;
    const [[id]] = rows(schemaOf(village), "SELECT id FROM resident WHERE basic_status = 1 AND ethnicity <> 'Rongkong' ORDER BY id DESC LIMIT 1 OFFSET 40");
    const open = async () => {
        await page.goto(at(`/kantor/penduduk/${id}`));
        await page.locator('main a[href$="/ubah?bagian=1"]:visible').first().click();
        await page.locator('#isi_suku').waitFor();
    };
    const press = () => page.locator('main form[action$="/ubah"] button[type=submit]').first().click();
    await open();
    await page.locator('#isi_suku').fill('Rongkong');
    await page.evaluate(() => document.querySelectorAll('form').forEach((f) => { f.noValidate = true; }));
    await press();
    await page.locator('.error-summary').waitFor();
    await page.locator('main input[name=alasan]').first().check();
    await press();
    await page.waitForURL(new RegExp(`/kantor/penduduk/${id}(\\?|$)`));
    assert.equal(value(schemaOf(village), `SELECT ethnicity FROM resident WHERE id = ${id}`), 'Rongkong');
    await open();
    assert.equal(await returned(page).count(), 0);
    assert.equal(await page.evaluate(() => JSON.stringify(sessionStorage).includes('Rongkong')), false, 'nothing is left in the tab');
    await visit.context.close();
});

test('a form with faults shows what was sent, and the kept copy goes when it is saved; a password is never kept', async () => {
    const visit = await staffVisitor(village, 'secretary', { viewport: DESK });
    const page = await typed(visit, 'Tamu Bersalah');
    await page.locator('#nama').fill('');
    await page.evaluate(() => document.querySelectorAll('form').forEach((f) => { f.noValidate = true; }));
    await save(page);
    await page.locator('.error-summary').waitFor();
    assert.equal(await page.locator('#asal').inputValue(), 'Kantor Camat');
    await page.locator('#nama').fill('Tamu Bersalah');
    await save(page);
    await page.waitForURL(/\/kantor\/tamu\/\d+/);
    assert.equal(guests('Tamu Bersalah'), 1);
    await page.goto(at(FORM));
    assert.equal(await page.locator('#nama').inputValue(), '');
    await page.goto(at('/kantor/pengaturan/petugas'));
    for (const box of await page.locator('main form[action="/kantor/pengaturan/petugas"] input[type=password]').all()) await box.fill('Rahasia-sekali-99');
    await page.locator('main form[action="/kantor/pengaturan/petugas"] input[name=nama]').fill('Petugas Uji');
    const kept = await page.evaluate(() => JSON.stringify(sessionStorage));
    assert.ok(kept.includes('Petugas Uji') && !kept.includes('Rahasia-sekali-99'), kept);
    rows(schemaOf(village), "DELETE FROM guest WHERE name LIKE 'Tamu %' AND purpose LIKE 'Undangan rapat, tiga%'");
    await visit.context.close();
});

test('Back over a form that was refused at an address without a page leads to the page it was on', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const { page } = visit;
    const people = Array.from({ length: 2 }, (_, i) => person(7990 + i, { status_kawin: 'Kawin mundur' }));
    const client = await staff(village, 'clerk');
    const { id } = await check(client, village, residentBook(people));
    await page.goto(at(`/kantor/penduduk/impor/${id}`));
    await page.locator('main a', { hasText: 'Beri arti' }).click();
    const answer = page.locator('form[action$="/ganti"]');
    await answer.locator('button').click();
    await page.locator('.error-summary').waitFor();
    await page.waitForURL(at(`/kantor/penduduk/impor/${id}?sebab=1`));
    await answer.locator('select').selectOption('2');
    await answer.locator('button').click();
    await page.waitForURL((url) => url.pathname === `/kantor/penduduk/impor/${id}` && url.search === '');
    await page.goBack();
    await page.locator('main h1').waitFor();
    assert.equal(new URL(page.url()).pathname, `/kantor/penduduk/impor/${id}`);
    assert.deepEqual(visit.complaints, []);
    rows(schemaOf(village), "DELETE FROM import_word WHERE word = 'Kawin mundur'");
    await visit.context.close();
});

test('Back to what was checked, and a reload of a refused form, ask for the form again: no English question, nothing sent twice', async () => {
    const visit = await staffVisitor(village, 'clerk', { viewport: DESK });
    const { page } = visit;
    const { members: [, gone] } = usualFamily(village, 'MUNDUR');
    await page.goto(at(`/kantor/penduduk/${gone}`));
    await page.goto(at(`/kantor/penduduk/${gone}/hilang`));
    for (const [box, text] of [['#tanggal', '2'], ['#tanggal_bulan', '11'], ['#tanggal_tahun', '2026']]) await page.locator(box).fill(text);
    await page.locator('#pelapor').fill('Rapat Pelapor');
    await page.locator('main button[value=periksa]').click();
    await page.locator('main button[value=simpan]').waitFor();
    await page.reload();
    assert.equal(await page.locator('#pelapor').inputValue(), 'Rapat Pelapor', 'reload of a checked page leads to its form, filled');
    await page.locator('main button[value=periksa]').click();
    await page.locator('main button[value=simpan]').click();
    await page.waitForURL(/\/kantor\/peristiwa\/\d+/);
    await page.goBack();
    await page.locator('main h1').waitFor();
    assert.equal(new URL(page.url()).pathname, `/kantor/penduduk/${gone}/hilang`);
    await page.goBack();
    await page.locator('main h1').waitFor();
    assert.equal(value(schemaOf(village), `SELECT COUNT(*) FROM resident_event WHERE resident_id = ${gone}`), '1');

    await typed(visit, 'Tamu Muat Ulang');
    await page.evaluate(() => document.querySelectorAll('form').forEach((f) => { f.noValidate = true; }));
    await page.locator('#keperluan').fill('');
    await save(page);
    await page.locator('.error-summary').waitFor();
    await page.reload();
    await returned(page).waitFor();
    assert.equal(await page.locator('#nama').inputValue(), 'Tamu Muat Ulang');
    assert.deepEqual(visit.complaints, []);
    await visit.context.close();
});
