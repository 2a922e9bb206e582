// SPDX-License-Identifier: AGPL-3.0-or-later
// Which sequence numbers a letter, where it goes on, and what became of each number.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { send as ask } from '../harness/client.mjs';
import { dayAgo, iso, thisYear } from '../harness/days.mjs';
import { BUSINESS, DOMICILE, draft, letterRow, pdf, send } from '../harness/letters.mjs';
import { BASE, rows, schemaOf, together, value } from '../harness/stack.mjs';
import { officeVillage } from '../harness/villages.mjs';

const SKCK = { slug: 'pengantar-skck', inputs: { isi_keperluan: 'melamar kerja' } };
const SETTINGS = '/kantor/pengaturan';
let village, schema, clerk, secretary, people;

before(async () => {
    village = await officeVillage('7317102071', 'Uji Nomor', ['clerk', 'secretary']);
    ({ clerk, secretary, people } = village);
    schema = schemaOf(village);
    rows(schema, "UPDATE letter_type SET policy = 'seal'; UPDATE identity SET office_address = 'Jalan Uji 1'");
});

const settings = async (fields) => (await secretary.submit((await secretary.get(SETTINGS)).must(200), fields, `form[action="${SETTINGS}"]`)).must(303);
const type = (slug, set) => rows(schema, `UPDATE letter_type SET ${set} WHERE slug = '${slug}'`);
const issue = async (kind = BUSINESS, who = 0) => letterRow(village, (await send(clerk, kind, people[who])).id);
const page = async (year = '') => (await clerk.get(`/kantor/nomor-surat${year}`)).must(200);
const begin = async (scope, next) => secretary.submit((await secretary.get(`/kantor/nomor-surat/mulai?urutan=${scope}`)).must(200), { berikutnya: String(next) }, 'main form[method="post"]');
const mail = async (side) => {
    const [d, m, y] = dayAgo(0);
    const form = (await clerk.get(`/kantor/surat-${side}/catat`)).must(200);
    const day = (name) => ({ [`${name}_hari`]: String(d), [`${name}_bulan`]: String(m), [`${name}_tahun`]: String(y) });
    (await clerk.submit(form, { dari: 'Kantor Camat Uji', kepada: 'Kepala Desa', hal: 'Undangan', ...day('tanggal'), ...(side === 'masuk' ? day('diterima') : {}) }, `form[action="/kantor/surat-${side}/catat"]`)).must(303);
    return Number(value(schema, 'SELECT agenda FROM mail ORDER BY id DESC LIMIT 1'));
};

test('a sequence goes on where the paper book ended: once, upwards, and the page tells of the numbers before', async () => {
    assert.equal((await issue()).number, 1);
    (await begin('desa', 1)).must(422, 'Nomor sampai 1 sudah diberikan');
    (await begin('desa', 351)).must(303);
    (await begin('desa', 153)).must(303); // a slip: nothing was issued since
    assert.equal((await issue()).number, 153);
    (await begin('desa', 200)).must(422, 'Itu hanya sekali');
    assert.equal((await issue()).number, 154);
    const shown = await page();
    shown.must(200, '2–152').must(200, 'dilanjutkan dari 153 oleh Uji secretary');
    assert.match(value(schema, "SELECT subject FROM audit WHERE action = 'letter.number' ORDER BY id DESC LIMIT 1"), /^desa:\d+:153$/);
    (await secretary.get('/kantor/nomor-surat/mulai?urutan=palsu')).must(404);
});

test('the fingerprint that a bank asks for by telephone stands on the page of numbers', async () => {
    const said = /([0-9A-F]{2} ){31}[0-9A-F]{2}/;
    await pdf(clerk, (await send(clerk, BUSINESS, people[0])).id);
    const [authority] = said.exec((await ask(BASE, 'GET', '/ca')).must(200).words);
    assert.equal(said.exec((await page()).must(200, 'Sidik jari otoritas segel').words)[0], authority);
});

test('a void letter keeps its number, and the page says why no letter bears it', async () => {
    const { id } = await send(clerk, BUSINESS, people[0]);
    const { number } = letterRow(village, id);
    (await secretary.submit(await secretary.get(`/kantor/surat/${id}`), { sebab: '1', alasan: 'Salah nama usaha' }, `form[action$="/${id}/cabut"]`)).must(303);
    assert.equal((await issue()).number, number + 1);
    const shown = (await page()).must(200, 'surat dicabut: Salah nama usaha');
    assert.ok(shown.page.querySelector(`main a[href="/kantor/surat/${id}"]`));
});

test('types with a sequence of their own, and one of its classification, never bear the same words', async () => {
    await settings({ urutan_nomor: 'type' });
    try {
        type(DOMICILE.slug, "classification = '470', number_format = '[kode_surat]/[nomor]/[tahun]'");
        type(SKCK.slug, "classification = '470', number_format = '[kode_surat]/[nomor]/[tahun]'");
        const got = [await issue(DOMICILE), await issue(SKCK), await issue(DOMICILE), await issue(SKCK)];
        assert.equal(new Set(got.map((g) => g.text)).size, 4, got.map((g) => g.text).join());
        assert.deepEqual(got.map((g) => g.number), [1, 2, 3, 4]);
        (await page()).must(200, 'dilewati: nomor ini sudah dipakai di urutan lain');
        await settings({ urutan_nomor: 'class' });
        const next = await issue(SKCK);
        assert.equal(value(schema, `SELECT scope FROM letter WHERE number_text = '${next.text}'`), 'kode-470');
        assert.equal(next.number, 5, 'those before are taken');
        type(SKCK.slug, "number_scope = 'all'");
        assert.equal((await issue(SKCK)).number, Number(value(schema, "SELECT MAX(number) FROM letter WHERE scope = 'desa'")));
    } finally {
        type(SKCK.slug, "number_scope = ''");
        await settings({ urutan_nomor: 'all' });
    }
});

test('letters and the books of mail share one sequence, and part again without a number twice', async () => {
    const [inward, outward] = [await mail('masuk'), await mail('keluar')];
    assert.ok(inward >= 1 && outward >= 1);
    await settings({ urutan_nomor: 'out' });
    const letters = Number(value(schema, "SELECT MAX(number) FROM letter WHERE scope = 'desa'"));
    const got = [(await issue()).number, await mail('keluar'), (await issue()).number];
    assert.deepEqual(got, [letters + 1, letters + 2, letters + 3], 'behind the highest of both');
    assert.equal(await mail('masuk'), inward + 1, 'incoming mail has its own');
    await settings({ urutan_nomor: 'mail' });
    assert.deepEqual([await mail('masuk'), (await issue()).number, await mail('keluar')], [letters + 4, letters + 5, letters + 6]);
    (await page()).must(200, 'Surat, buku surat keluar, dan surat masuk');
    await settings({ urutan_nomor: 'all' });
    assert.deepEqual([await mail('masuk'), (await issue()).number, await mail('keluar')], [letters + 7, letters + 7, letters + 7]);
    for (const [n] of rows(schema, 'SELECT COUNT(*) - COUNT(DISTINCT number_text) FROM letter WHERE number IS NOT NULL')) assert.equal(n, '0');
});

test('a sequence that never begins anew goes on behind the year, and the year behind it', async () => {
    const last = (await issue()).number;
    await settings({ nomor_tahunan: null });
    assert.equal((await issue()).number, last + 1);
    assert.equal(value(schema, 'SELECT year FROM letter ORDER BY issued_at DESC LIMIT 1'), '0');
    (await page()).must(200, 'tidak pernah mulai lagi');
    await settings({ nomor_tahunan: '1' });
    assert.equal((await issue()).number, last + 2);
    assert.equal(value(schema, 'SELECT year FROM letter ORDER BY issued_at DESC LIMIT 1'), String(thisYear()));
});

test('who checked on another day is told that date and year of the number changed, before anything is issued', async () => {
    const { id, review } = await draft(clerk, BUSINESS, people[1]);
    const old = (await clerk.submit(review, { hari: `${thisYear() - 1}-12-31` }, `form[action$="/${id}/kirim"]`)).must(409, 'Hari sudah berganti').must(409, 'nomornya dari urutan tahun ini');
    assert.equal(letterRow(village, id).number, null);
    const again = await clerk.submit(review, { hari: iso(dayAgo(1)) }, `form[action$="/${id}/kirim"]`);
    again.must(409, 'Hari sudah berganti');
    (await clerk.submit(old, {}, `form[action$="/${id}/kirim"]`)).must(303);
    assert.ok(letterRow(village, id).number > 0);
});

test('each year has its own numbers, and the page shows the one that is asked for', async () => {
    rows(schema, `INSERT INTO letter_counter (scope, year, last) VALUES ('desa', ${thisYear() - 1}, 3)`);
    const old = await page(`?tahun=${thisYear() - 1}`);
    old.must(200, `Tahun ${thisYear() - 1}`);
    assert.equal(old.page.querySelector('main a[href^="/kantor/nomor-surat/mulai"]'), null);
    (await page('?tahun=1950')).must(200, 'Tidak ada nomor di tahun ini');
});

test('two scopes at once: presses of many clerks give each number once', async () => {
    type(DOMICILE.slug, "number_scope = 'type', number_format = '[nomor]/D/[tahun]'");
    const made = [];
    for (let i = 0; i < 12; i++) made.push(await draft(clerk, i % 2 === 0 ? BUSINESS : DOMICILE, people[i % people.length], { isi_keperluan: `perlu ${i}` }));
    await together(made, 12, async ({ id, review }) => (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303));
    const got = rows(schema, `SELECT scope, number FROM letter WHERE id IN (${made.map((m) => m.id).join()}) ORDER BY scope, number`);
    for (const scope of new Set(got.map(([s]) => s))) {
        const mine = got.filter(([s]) => s === scope).map(([, n]) => Number(n));
        assert.deepEqual(mine, mine.map((_, i) => mine[0] + i), `${scope}: distinct and consecutive`);
        assert.equal(mine.length, 6);
    }
});
