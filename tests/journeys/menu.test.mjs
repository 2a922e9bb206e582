// SPDX-License-Identifier: AGPL-3.0-or-later
// The office's menu: in groups, only what somebody may use and the village uses, with counts of what waits for him.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, staff } from '../harness/client.mjs';
import { device } from '../harness/kiosk.mjs';
import { DOMICILE, livingResidents, send } from '../harness/letters.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const PARTS = '/kantor/pengaturan/bagian';
let clerk;
let secretary;

before(async () => {
    clerk = await staff(village, 'clerk');
    secretary = await staff(village, 'secretary');
});
after(() => rows(schema, "UPDATE identity SET hidden = ''"));

/** [[heading or '', href, count]] as a page shows them. */
function menuOf(page) {
    let heading = '';
    const entries = [];
    for (const item of page.page.querySelectorAll('.rail-nav li')) {
        const link = item.querySelector('a');
        if (link) entries.push([heading, link.getAttribute('href'), Number(link.querySelector('.badge')?.text.replace(/\D/g, '') ?? 0)]);
        else heading = item.text.trim();
    }
    return entries;
}

const entry = (page, href) => menuOf(page).find(([, at]) => at === href);

test('entries stand in groups, and only those somebody may use', async () => {
    const ORDER = ['', 'Pelayanan', 'Kependudukan', 'Buku', 'Situs desa', 'Kantor'];
    const menu = menuOf((await clerk.get('/kantor')).must(200));
    const places = menu.map(([heading]) => ORDER.indexOf(heading));
    assert.deepEqual(places, [...places].sort(), `each group once, in its place: ${menu.map(([heading]) => heading)}`);
    assert.ok(!places.includes(-1) && new Set(places).size >= 4, `known groups: ${places}`);
    for (const [heading, href] of [['', '/kantor'], ['Pelayanan', '/kantor/surat'], ['Kependudukan', '/kantor/penduduk'], ['Kantor', '/kantor/anjungan']]) {
        assert.ok(menu.some(([h, at]) => h === heading && at === href), `${href} under "${heading}"`);
    }
    assert.equal(new Set(menu.map(([, href]) => href)).size, menu.length, 'each entry once');
    for (const [, href] of menu) (await clerk.get(href)).must(200);
    assert.equal(menu.find(([, href]) => href === '/kantor/pengaturan'), undefined, 'a clerk sets nothing');
    (await (await staff(village, 'editor')).get('/kantor')).must(200, 'Peran Redaksi belum diberi pekerjaan. Kepala desa atau sekretaris membukanya');
    assert.deepEqual(menuOf((await (await staff(village, 'editor')).get('/kantor')).must(200)).map(([, href]) => href), ['/kantor']);
});

test('what waits for somebody is counted beside its entry, and not for others', async () => {
    const waiting = () => Number(value(schema, 'SELECT COUNT(*) FROM letter WHERE state = 2'));
    await send(clerk, DOMICILE, livingResidents(village, 1)[0]);
    const home = (await secretary.get('/kantor')).must(200);
    assert.equal(entry(home, '/kantor/persetujuan')[2], waiting());
    assert.ok(entry(home, '/kantor')[2] >= waiting(), 'the home bears the sum');
    const seen = JSON.stringify(menuOf(home)); // each loop remembers for seconds what waits
    await until('the same on every page', async () => JSON.stringify(menuOf((await secretary.get('/kantor/penduduk')).must(200))) === seen);
    assert.equal(entry((await clerk.get('/kantor')).must(200), '/kantor/surat')[2], Number(value(schema, 'SELECT COUNT(*) FROM letter WHERE state = 5')), 'it is in other hands');
    const tasks = [...home.page.querySelectorAll('.work li')].map((li) => li.text);
    assert.equal(tasks.filter((words) => words.includes('pemeriksaan Anda')).length, 0, 'they stand above one by one');
    const numbers = home.page.querySelectorAll('main a').map((a) => /^\/kantor\/(?:persetujuan|surat)\/(\d+)/.exec(a.getAttribute('href'))?.[1]).filter(Boolean);
    assert.deepEqual(numbers, [...new Set(numbers)], 'each letter once on the page');
    const approving = Number(value(schema, 'SELECT COUNT(*) FROM letter WHERE state = 3'));
    assert.equal(tasks.filter((words) => words.includes('Di tangan orang lain')).length, approving > 0 ? 1 : 0, 'what is in my hands is not in others\'');
    assert.equal((await clerk.get('/kantor')).must(200).page.querySelectorAll('.work .is-first .tag').filter((tag) => tag.text.includes('orang lain')).length, 0, 'the filled button is on what I can do');
    const id = value(schema, 'SELECT MAX(id) FROM letter WHERE state = 2');
    const page = (await secretary.get(`/kantor/persetujuan/${id}`)).must(200);
    const after_ = await secretary.follow((await secretary.submit(page, {}, `form[action$="/${id}/teruskan"]`)).must(303));
    assert.equal(entry(after_.must(200), '/kantor/persetujuan')?.[2], waiting(), 'already on the page that says so');
    assert.equal(entry((await secretary.get('/kantor')).must(200), '/kantor/persetujuan')?.[2], waiting(), 'one less after the act');
});

test('Beranda begins with my next thing and its promise; the counter calls the next number', async () => {
    await send(clerk, DOMICILE, livingResidents(village, 1)[0]);
    rows(schema, 'UPDATE letter SET made_at = made_at - INTERVAL 4 DAY WHERE state = 2 ORDER BY id LIMIT 1');
    const [[first]] = rows(schema, 'SELECT MIN(id) FROM letter WHERE state IN (2, 5) AND (state = 2 OR made_by = 0)');
    const home = (await secretary.get('/kantor')).must(200, 'lewat janji');
    const next = home.page.querySelector('main .next');
    assert.match(next.querySelector('a.button').getAttribute('href'), new RegExp(`/${first}(/isi)?$`));
    assert.match(next.querySelector('.tag').text, /Lewat \d+ (jam|hari)/);
    assert.equal(home.page.querySelectorAll('main a.button, main button.button').filter((b) => !/is-second|is-quiet/.test(b.getAttribute('class'))).length, 1, 'one filled button');
    const mine = Number(value(schema, 'SELECT COUNT(*) FROM letter WHERE state = 2 OR (state = 5 AND made_by = 0)'));
    assert.equal(home.page.querySelectorAll('main [data-rows] tr').length, Math.min(30, mine) - 1);
    rows(schema, 'DELETE FROM kiosk_call');
    const kiosk = await device(village);
    for (let i = 0; i < 2; i++) {
        rows(schema, 'UPDATE kiosk_call SET at = at - INTERVAL 1 MINUTE');
        (await kiosk.submit(await kiosk.get('/anjungan/pertama'), {}, 'form[action="/anjungan/antrean"]')).must(303);
    }
    const [one, two] = rows(schema, 'SELECT number FROM kiosk_call WHERE number IS NOT NULL ORDER BY number').flat();
    const desk = (await clerk.get('/kantor')).must(200, `Panggil ${one}`).must(200, '2 menunggu');
    const called = await clerk.follow(await clerk.submit(desk, {}, 'form[action="/kantor/anjungan/antrean"]'));
    called.must(200, `Panggil ${two}`);
    assert.match(called.page.querySelector('.queue .tally').text, new RegExp(`^\\s*${one}\\s*sedang dilayani`));
});

test('a part that is put away leaves the menu, and its pages are not there; brought back, they are', async () => {
    (await clerk.get('/kantor/statistik')).must(200);
    const page = (await secretary.get(PARTS)).must(200, 'Anjungan');
    (await secretary.submit(page, { tampil_statistics: null, tampil_kiosk: null }, `form[action="${PARTS}"]`)).must(303);
    const answers = (path, status) => until(`${path} answers ${status}`, async () => (await secretary.get(path)).status === status); // on every loop
    await answers('/kantor/statistik', 404);
    await answers('/kantor/anjungan', 404);
    const away = (who) => async () => { // each process remembers for seconds what is put away
        const page = await who.get('/kantor/statistik');
        return page.status === 404 ? page : undefined;
    };
    const mine = (await until('the part is away for who set it', away(secretary))).must(404, 'Bagian ini disembunyikan');
    assert.equal(mine.page.querySelector('main a.button').getAttribute('href'), PARTS, 'the way to bring it back');
    const plain = (await until('and for others', away(clerk))).must(404, 'Halaman ini tidak ada');
    assert.equal(plain.page.querySelector('main a.button').getAttribute('href'), '/kantor', 'who may not set it goes home');
    await until('the menu has it no more', async () => entry((await secretary.get('/kantor')).must(200), '/kantor/statistik') === undefined);
    await until('nor has the kiosk itself', async () => (await new Client(village.host).get('/anjungan/daftar')).status === 404);
    assert.deepEqual(JSON.parse(value(schema, "SELECT detail FROM audit WHERE action = 'village.parts' ORDER BY id DESC LIMIT 1")).hidden.split(',').sort(), ['kiosk', 'statistics']);
    (await (await staff(trainingVillages()[1], 'clerk')).get('/kantor/statistik')).must(200);
    const again = (await secretary.get(PARTS)).must(200);
    (await secretary.submit(again, { tampil_statistics: '1', tampil_kiosk: '1' }, `form[action="${PARTS}"]`)).must(303);
    await answers('/kantor/statistik', 200);
    await until('it is in the menu again', async () => entry((await secretary.get('/kantor')).must(200), '/kantor/anjungan') !== undefined);
});

test('a page that is not there keeps the office around it for who is signed in, and for nobody else', async () => {
    const lost = (await clerk.get('/kantor/tidak-ada-di-sini')).must(404, 'Halaman ini tidak ada');
    assert.ok(menuOf(lost).some(([, href]) => href === '/kantor/penduduk'), 'the menu stands');
    assert.equal(lost.page.querySelector('main a.button').getAttribute('href'), '/kantor');
    const refused = (await clerk.get('/kantor/pengaturan')).must(403);
    assert.ok(menuOf(refused).length > 0, 'a refusal, too');
    const stranger = (await new Client(clerk.host).get('/kantor/tidak-ada-di-sini')).must(404);
    assert.equal(menuOf(stranger).length, 0);
    const stale = new Client(clerk.host);
    stale.cookies.set('__Host-balai', 'A'.repeat(43));
    assert.equal(menuOf((await stale.get('/kantor/tidak-ada-di-sini')).must(404)).length, 0, 'a session that is none');
});
