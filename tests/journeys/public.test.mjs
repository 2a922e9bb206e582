// SPDX-License-Identifier: AGPL-3.0-or-later
// What everyone sees: the platform's list with its search, a village's home, its share card, its cache.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, staff } from '../harness/client.mjs';
import { BASE, access, rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const visit = (host, path, headers) => new Client(host).request('GET', path, { headers });
const meta = (page) => Object.fromEntries(page.page.querySelectorAll('meta[property]').map((m) => [m.getAttribute('property'), m.getAttribute('content')]));

test('a village is found by any part of what it is called', async () => {
    const known = ["To'long Basse Sangtempe", 'Pangi Bajo', 'Sampano Larompong Selatan', 'Malewong Larompong Selatan', 'Dadeko Larompong Selatan', 'Pangi Latimojong'];
    const found = async (words) => { // others may have been founded meanwhile
        const page = (await visit(BASE, `/?cari=${encodeURIComponent(words)}`)).must(200);
        return page.page.querySelectorAll('.district').flatMap((d) => d.querySelectorAll('.villages a').map((a) => `${a.text} ${d.querySelector('h2').text.slice(10)}`)).filter((name) => known.includes(name));
    };
    assert.deepEqual(await found(''), known, 'all of them');
    for (const words of ['tolong', "TO'LONG", 'To’long', 'to long', '  desa   to\tlong ']) assert.deepEqual(await found(words), ["To'long Basse Sangtempe"], words);
    assert.deepEqual(await found('pangi'), ['Pangi Bajo', 'Pangi Latimojong']);
    for (const words of ['pangi latimojong', 'Latimojong, Pangi', 'kecamatan latimo pan', 'Pángi Latimojong']) assert.deepEqual(await found(words), ['Pangi Latimojong'], words);
    assert.equal((await found('larompong selatan')).length, 3);
    assert.deepEqual(await found('kabupaten luwu'), known);
    assert.deepEqual(await found('pangi larompong'), []);
    for (const words of ['%', "' OR 1=1 --", '{{7*7}}', '"><script>alert(1)</script>']) {
        const page = (await visit(BASE, `/?cari=${encodeURIComponent(words)}`)).must(200);
        assert.equal(page.page.querySelector('#cari').getAttribute('value'), words, 'what was typed comes back');
        assert.equal(page.page.querySelectorAll('script').length, 0);
    }
});

test('a shared link has a card whose every line is true', async () => {
    const home = await visit(village.host, '/');
    const card = meta(home);
    const origin = `http://${village.host}`;
    assert.equal(home.page.querySelector('title').text, `Desa ${village.name}`);
    assert.equal(card['og:title'], `Desa ${village.name}`);
    assert.equal(card['og:locale'], 'id_ID');
    assert.equal(card['og:url'], `${origin}/`);
    assert.match(card['og:description'], /^Data contoh, bukan situs resmi Desa .*: layanan surat, kantor desa, dan angka penduduk\.$/);
    assert.match(home.text, /<meta name="robots" content="noindex/, 'invented people are not found');
    assert.ok(card['og:image'].startsWith(`${origin}/aset/share-`), 'the picture by its whole address');
    const picture = (await visit(village.host, new URL(card['og:image']).pathname)).must(200);
    assert.equal(picture.headers['content-type'], 'image/png');
    assert.equal(picture.bytes.subarray(1, 4).toString(), 'PNG');
    assert.deepEqual([picture.bytes.readUInt32BE(16), picture.bytes.readUInt32BE(20)], [Number(card['og:image:width']), Number(card['og:image:height'])]);
    assert.ok(picture.bytes.length < 20000, 'small enough for slow lines');

    const services = meta(await visit(village.host, '/layanan?fbclid=%22%3E'));
    assert.equal(services['og:title'], `Layanan surat · Desa ${village.name}`);
    assert.equal(services['og:url'], `${origin}/layanan`, 'without what was hung on');
    const offered = (await visit(village.host, '/layanan')).must(200, 'Surat Keterangan Usaha').words;
    assert.doesNotMatch(offered, /Perintah Perjalanan Dinas/, 'what the office writes for itself is no service');

    const [[code]] = rows('balai_control', "SELECT code FROM village WHERE is_sample = 0 AND step = 'ready' AND state IN ('trial', 'active') ORDER BY code LIMIT 1");
    const page = (await visit(access().villages.find((v) => v.code === code).host, '/')).must(200);
    const hasFigures = page.page.querySelector('.figures') !== null;
    assert.match(meta(page)['og:description'], hasFigures ? /^Situs resmi Desa .*: layanan surat, kantor desa, dan angka penduduk\.$/ :
        /^Situs resmi Desa .*: layanan surat dan kantor desa\.$/, 'only figures that are there are promised');
    assert.doesNotMatch(page.text, /name="robots"/);
    assert.doesNotMatch((await visit(village.host, '/masuk')).text, /og:image/, 'only pages for everyone are shared');
});

test('a page is sent once and again when something on it has changed', async () => {
    const first = (await visit(village.host, '/', { 'accept-encoding': 'gzip' })).must(200);
    assert.equal(first.headers['set-cookie'], undefined);
    assert.equal(first.headers['content-encoding'], 'gzip');
    assert.match(first.headers.vary, /accept-encoding/i);
    const kept = await until('it is kept', async () => { const a = await visit(village.host, '/'); return a.headers.etag && a; });
    const same = await visit(village.host, '/', { 'if-none-match': kept.headers.etag });
    assert.deepEqual([same.status, same.bytes.length, same.headers.etag], [304, 0, kept.headers.etag]);
    assert.ok(same.headers['content-security-policy'], 'its policy stays');
    const head = await new Client(village.host).request('HEAD', '/');
    assert.deepEqual([head.status, head.bytes.length, Number(head.headers['content-length'])], [200, 0, kept.bytes.length]);

    const before = rows(schema, 'SELECT opening_hours, phone FROM identity')[0];
    const clerk = await staff(village, 'head');
    const change = async (fields) => (await clerk.submit(await clerk.get('/kantor/pengaturan'), fields, 'form[action="/kantor/pengaturan"]')).must(303);
    try {
        const refused = await clerk.submit(await clerk.get('/kantor/pengaturan'), { surel: 'desa@contoh.id?bcc=x@y.id' }, 'form[action="/kantor/pengaturan"]');
        refused.must(422, 'Surel desa belum lengkap');
        await change({ jam: 'Senin <b>8–11</b> & "sore"', telepon: 'Telp +62 812-1111-2222/0813' });
        const next = await until('the new hours are seen', async () => {
            const answer = await visit(village.host, '/', { 'if-none-match': kept.headers.etag });
            return answer.status === 200 && answer.words.includes('Senin <b>8–11</b> & "sore"') && answer;
        });
        assert.ok(next.page.querySelector('a[href="tel:+6281211112222"]'), 'the first number is called');
        for (const [typed, called] of [['(0471) 21-345 dan 0813 2', 'tel:047121345'], ['hubungi kader', null]]) {
            await change({ telepon: typed });
            const page = await until(typed, async () => { const a = await visit(village.host, '/'); return a.words.includes(typed) && a; });
            assert.equal(page.page.querySelector('main a[href^="tel:"]')?.getAttribute('href') ?? null, called, typed);
        }
    } finally {
        await change({ jam: before[0], telepon: before[1] });
    }
});

test('the home says what the office counts', async () => {
    const clerk = await staff(village, 'clerk');
    const id = value(schema, 'SELECT MIN(id) FROM resident WHERE basic_status = 1');
    const form = await clerk.get(`/kantor/penduduk/${id}/ubah`);
    (await clerk.submit(form, { isi_suku: `Luwu ${Date.now() % 1000}`, alasan: 'dokumen', keterangan: 'uji beranda' }, 'main form[action$="/ubah"]')).must(303); // so that it is counted anew
    const counted = () => {
        const [row] = rows(schema, `SELECT COUNT(*), SUM(sex = 1), SUM(sex = 2), COUNT(DISTINCT family_id), (SELECT COUNT(DISTINCT a.hamlet) FROM area a JOIN resident r ON r.area_id = a.id WHERE a.hamlet <> '-' AND r.basic_status = 1)
            FROM resident WHERE basic_status = 1`);
        return row.map(Number).join();
    };
    const shown = (page) => page.page.querySelectorAll('.figures dd').map((d) => Number(d.text.replace('.', ''))).join();
    await until('the home has the figures of now', async () => shown(await visit(village.host, '/')) === counted(), 90);
});
