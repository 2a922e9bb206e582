// SPDX-License-Identifier: AGPL-3.0-or-later
// The passphrase of a signer elsewhere, as he types it on a phone and at a desk; the settings that lead there.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, TABLET, assertAccessible, assertSound, close, signIn, visitor } from '../harness/browser.mjs';
import { EsignService, agree } from '../harness/esign.mjs';
import { freshNumber } from '../harness/families.mjs';
import { DOMICILE, send } from '../harness/letters.mjs';
import { rows, schemaOf, until, value } from '../harness/stack.mjs';
import { officeVillage } from '../harness/villages.mjs';

const PASSPHRASE = 'Kunci#Rahasia 7317';
const ACCOUNT = { user: 'desa-uji', secret: 'sandi-akun-uji' };
let village, schema, service, waiting = [];

before(async () => {
    village = await officeVillage('7317102080', 'Uji Frasa', ['clerk', 'secretary', 'head']);
    schema = schemaOf(village);
    const nik = freshNumber(village);
    service = await EsignService.listen({ ...ACCOUNT, people: { [nik]: PASSPHRASE } });
    rows(schema, `UPDATE letter_type SET policy = 'approve'; UPDATE official SET esign_nik = '${nik}' WHERE office = 'head'`);
    const { clerk, secretary } = village, home = '/kantor/pengaturan/tanda-tangan';
    (await secretary.submit(await secretary.get(home), { alamat: service.address, akun: ACCOUNT.user, sandi: ACCOUNT.secret, pakai: '1' }, `form[action="${home}"]`)).must(303);
    await agree(village.head);
    for (const person of village.people) {
        const { id } = await send(clerk, DOMICILE, person);
        (await secretary.submit(await secretary.get(`/kantor/persetujuan/${id}`), {}, `form[action$="/${id}/teruskan"]`)).must(303);
        waiting.push(id);
    }
});
after(async () => {
    await service.close();
    await close();
});

async function visit(role, viewport) {
    const visit_ = await visitor({ viewport });
    await signIn(visit_, village.host, { username: `uji.${role}`, password: village.passwords[role] });
    return visit_;
}
const settled = (id) => until(`letter ${id} is decided`, () => value(schema, `SELECT sign_state NOT IN (1, 2) FROM letter WHERE id = ${id}`) === '1', 30);

test('on each screen the passphrase is asked for in its place, sound and accessible, and what is typed stays nowhere in the browser', async () => {
    for (const [i, viewport] of [PHONE, TABLET, DESK].entries()) {
        const head = await visit('head', viewport), { page } = head, id = waiting[i];
        const path = `http://${village.host}/kantor/persetujuan/${id}`;
        await page.goto(path);
        await assertSound(head, 'the decision');
        await assertAccessible(head, 'the decision');
        await page.getByLabel('Passphrase BSrE').fill('salah lagi');
        const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage }));
        assert.ok(!kept.includes('salah lagi'));
        await page.getByRole('button', { name: 'Setujui dan tanda tangani' }).click();
        await page.waitForURL(`**/kantor/surat/${id}`);
        await settled(id);
        await page.goto(`http://${village.host}/kantor/surat/${id}`);
        await assertSound(head, 'the letter that was not signed');
        await page.goto(path);
        await page.getByText('Passphrase salah').first().waitFor();
        assert.equal(await page.getByLabel('Passphrase BSrE').inputValue(), '');
        await assertSound(head, 'the decision, again');
        await assertAccessible(head, 'the decision, again');
        await page.goto(`http://${village.host}/kantor/persetujuan`);
        await assertSound(head, 'what waits');
        await page.goto(path);
        await page.getByLabel('Passphrase BSrE').fill(PASSPHRASE);
        await page.getByRole('button', { name: 'Tanda tangani lagi' }).click();
        await page.getByRole('heading', { name: 'Surat terbit' }).waitFor(); // the page looks again by itself
        await page.context().close();
    }
});

test('the settings say by themselves what the service answered', async () => {
    for (const viewport of [PHONE, TABLET, DESK]) {
        const secretary = await visit('secretary', viewport), { page } = secretary;
        await page.goto(`http://${village.host}/kantor/pengaturan/tanda-tangan`);
        await page.getByRole('button', { name: 'Coba sambungan' }).click();
        await page.getByText('Sertifikat aktif').waitFor();
        await assertSound(secretary, 'the settings');
        await assertAccessible(secretary, 'the settings');
        await page.context().close();
    }
});

test('the head agrees to where his passphrase goes, and is told what was and what is', async () => {
    rows(schema, "UPDATE official SET esign_agreed_user = 'akun-lama'");
    for (const viewport of [PHONE, TABLET, DESK]) {
        const head = await visit('head', viewport), { page } = head;
        await page.goto(`http://${village.host}/kantor/persetujuan`);
        await assertSound(head, 'what waits for his agreement');
        await page.getByRole('link', { name: 'Lihat dan setujui' }).click();
        await page.getByText('akun-lama').first().waitFor();
        await assertSound(head, 'what he agrees to');
        await assertAccessible(head, 'what he agrees to');
        if (viewport === DESK) {
            await page.getByRole('button', { name: 'Benar, saya setujui' }).click();
            await page.waitForURL('**/kantor/persetujuan');
            await page.goto(`http://${village.host}/kantor/tanda-tangan`);
            await page.getByText('Sudah Anda setujui').waitFor();
            await assertSound(head, 'what he agreed to');
        }
        await page.context().close();
    }
});

test('a letter that may be signed there says so, and asks before the platform signs it, on each screen', async () => {
    const { clerk, secretary, head } = village, { id } = await send(clerk, DOMICILE, village.people[0]);
    (await secretary.submit(await secretary.get(`/kantor/persetujuan/${id}`), {}, `form[action$="/${id}/teruskan"]`)).must(303);
    rows(schema, "UPDATE official SET esign_agreed_user = (SELECT esign_user FROM identity), esign_agreed_nik = esign_nik WHERE office = 'head'");
    try {
        service.behave = 'timeout';
        (await head.submit((await head.get(`/kantor/persetujuan/${id}`)).must(200, 'Passphrase BSrE'), { frasa: PASSPHRASE }, `form[action$="/${id}/setujui"]`)).must(303);
        await settled(id);
        for (const viewport of [PHONE, TABLET, DESK]) {
            const visit_ = await visit('head', viewport), { page } = visit_, path = `http://${village.host}/kantor/persetujuan/${id}`;
            rows(schema, 'UPDATE identity SET is_esign_on = TRUE');
            await page.goto(path);
            await page.getByText('Perantara di depan layanan').first().waitFor();
            await assertSound(visit_, 'what may be signed elsewhere');
            rows(schema, 'UPDATE identity SET is_esign_on = FALSE');
            await page.goto(path);
            await page.getByRole('button', { name: 'Tanda tangani lagi' }).click();
            await page.getByText('Centang dulu bahwa Anda tahu').first().waitFor();
            await assertSound(visit_, 'the question, asked again');
            await assertAccessible(visit_, 'the question, asked again');
            await page.context().close();
        }
    } finally {
        service.behave = 'sign';
        rows(schema, 'UPDATE identity SET is_esign_on = TRUE');
    }
});
