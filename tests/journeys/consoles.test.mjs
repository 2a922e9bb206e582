// SPDX-License-Identifier: AGPL-3.0-or-later
// The volunteers keep villages running; the regency office sees sums. Neither sees people.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Client, send as ask, staff } from '../harness/client.mjs';
import { thisMonth } from '../harness/days.mjs';
import { BUSINESS, livingResidents, pdf, send } from '../harness/letters.mjs';
import { BASE, access, balaictl, rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village, second] = trainingVillages();
let volunteer;
let office;

before(async () => {
    const all = access();
    volunteer = new Client(`kelola.${BASE}`);
    await volunteer.signIn(all.kelola);
    office = new Client(`dpmd.${BASE}`);
    await office.signIn(all.dpmd);
});

test('the regency reads out the fingerprint of the seals\' authority', async () => {
    const said = /([0-9A-F]{2} ){31}[0-9A-F]{2}/;
    const clerk = await staff(village, 'clerk');
    await pdf(clerk, (await send(clerk, BUSINESS, livingResidents(village, 1)[0])).id);
    assert.equal(said.exec((await office.get('/arti')).must(200, 'Sidik jari otoritas segel').words)[0], said.exec((await ask(BASE, 'GET', '/ca')).must(200).words)[0]);
});

async function change(code, act, note) {
    const page = (await volunteer.get(`/desa/${code}`)).must(200);
    const { action, fields } = volunteer.fill(page, { catatan: note }, `form[action="/desa/${code}/keadaan"]`);
    return volunteer.post(action, [...fields, ['tindakan', act]]);
}

test('the volunteer sees every village with state, version, size and queue, and no person', async () => {
    const all = access().villages;
    const page = (await volunteer.get('/')).must(200);
    for (const v of all) assert.ok(page.words.includes(v.slug), `${v.slug} is in the list`);
    for (const { code } of [village, second]) {
        const detail = (await volunteer.get(`/desa/${code}`)).must(200);
        const people = rows(`desa_${code}`, 'SELECT name, nik FROM resident ORDER BY id LIMIT 200');
        for (const [name, nik] of people) assert.ok(!detail.text.includes(nik) && !detail.text.includes(name), `${name} in kelola`);
    }
    const found = (await volunteer.get("/?cari=to'long")).must(200, "To'long");
    const named = rows('balai_control', "SELECT v.slug FROM village v JOIN unit u ON u.code = v.code WHERE u.name LIKE '%To''long%'").flat(); // other suites set villages up
    assert.ok(named.includes(all.find((v) => v.name === "To'long").slug) && named.length < all.length);
    assert.deepEqual(found.page.querySelectorAll('td[data-label="Alamat situs"]').map((td) => td.text.trim()).sort(), named.sort());
});

test('kelola and DPMD say the same of the account of the head', async () => {
    await until('the figures are there', async () => Number(value('balai_control', `SELECT COUNT(*) FROM rollup WHERE village_code = '${second.code}'`)) === 1, 30);
    const heads = rows('balai_control', "SELECT r.village_code FROM rollup r JOIN village v ON v.code = r.village_code WHERE v.state <> 'closed' ORDER BY r.village_code LIMIT 20");
    for (const [code] of heads) {
        const said = async () => [(await volunteer.get(`/desa/${code}`)).must(200), (await office.get(`/desa/${code}`)).must(200)]
            .map((page) => /Akun kepala desa\s+(belum ada|ada)/.exec(page.words)?.[1]);
        const [ours, theirs] = await said();
        assert.ok(ours && ours === theirs, `${code}: ${ours}, ${theirs}`);
        if (ours === 'ada') assert.ok(!(await volunteer.get(`/desa/${code}`)).words.includes('Kepala desa membuat akunnya'), code);
    }
});

test('the work of making villages is paged and searched, and says of all of it how far it is', async (t) => {
    const namesOn = (page) => page.page.querySelectorAll('tbody th a').map((a) => a.text.trim());
    const codes = Array.from({ length: 30 }, (_, i) => `73171029${String(10 + i)}`);
    rows('balai_control', codes.map((code) => `INSERT INTO unit (code, kind, name, parent_code) VALUES ('${code}', 'desa', 'Antre ${code.slice(-2)}', '731710');
        INSERT INTO village (code, slug, state) VALUES ('${code}', 'antre-${code}', 'preparing')`).join(';'));
    t.after(() => rows('balai_control', `DELETE FROM village WHERE slug LIKE 'antre-%'; DELETE FROM unit WHERE name LIKE 'Antre %'`));
    const page = (await volunteer.get('/pekerjaan')).must(200);
    const [, all] = /\d+ dari (\d+) desa siap/.exec(page.words);
    assert.ok(Number(all) > 25, page.words);
    assert.equal(namesOn(page).length, 25, 'a page of it');
    const second = (await volunteer.get(page.page.querySelector('.pages a[rel=next]').getAttribute('href').replaceAll('&amp;', '&'))).must(200);
    assert.ok(namesOn(second).length > 0 && namesOn(second).every((name) => name.length > 0));
    const wanted = namesOn(page)[3];
    const found = (await volunteer.get(`/pekerjaan?cari=${encodeURIComponent(wanted)}`)).must(200, `dari ${all} desa siap`);
    assert.deepEqual(namesOn(found), [wanted]);
});

test('a suspended village answers 503 with whom to call; the others go on; resumed, it is back', async () => {
    (await change(second.code, 'tangguhkan', '')).must(422); // why must be said
    const note = 'Ditangguhkan sementara. Hubungi DPMD Luwu, 0471 000000.';
    const clerk = await staff(second, 'clerk');
    const paper = await send(clerk, BUSINESS, livingResidents(second, 1)[0]);
    await pdf(clerk, paper.id);
    const token = value(schemaOf(second), `SELECT verify_token FROM letter WHERE id = ${paper.id}`);
    (await change(second.code, 'tangguhkan', note)).must(303);
    try {
        await until('the servers follow', async () => (await ask(second.host, 'GET', '/')).status === 503, 5);
        for (const path of ['/', '/masuk', '/kantor', '/layanan']) {
            const got = await ask(second.host, 'GET', path);
            got.must(503, note);
            assert.ok(got.headers['retry-after'], 'says when to look again');
        }
        (await ask(village.host, 'GET', '/')).must(200, village.name);
        (await ask(BASE, 'GET', `/v/${token}`)).must(200, 'Surat latihan, tidak berlaku').must(200, second.name); // its papers are in people's hands
    } finally {
        (await change(second.code, 'aktifkan', '')).must(303);
    }
    await until('it is back', async () => (await ask(second.host, 'GET', '/')).status === 200, 5);
    const history = (await volunteer.get(`/desa/${second.code}`)).must(200, note);
    assert.ok(history.words.includes('Ditangguhkan') || history.words.includes('ditangguhkan') || history.words.includes('Menangguhkan'), 'the history knows');
});

test('a closed village is not answered for, but its papers are, for ever', async () => {
    const clerk = await staff(second, 'clerk');
    const paper = await send(clerk, BUSINESS, livingResidents(second, 1)[0]);
    await pdf(clerk, paper.id);
    const token = value(schemaOf(second), `SELECT verify_token FROM letter WHERE id = ${paper.id}`);
    const state = value('balai_control', `SELECT state FROM village WHERE code = '${second.code}'`);
    /** No console closes a village yet. */
    const becomes = (word) => rows('balai_control', `UPDATE village SET state = '${word}' WHERE code = '${second.code}'; UPDATE change_counter SET value = value + 1 WHERE name = 'directory'`);
    becomes('closed');
    try {
        await until('the servers follow', async () => (await ask(second.host, 'GET', '/')).status === 503, 5);
        (await ask(BASE, 'GET', `/v/${token}`)).must(200, 'Surat latihan, tidak berlaku').must(200, second.name);
        (await ask(BASE, 'GET', `/v/${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).must(404);
    } finally {
        becomes(state);
    }
    await until('it is back', async () => (await ask(second.host, 'GET', '/')).status === 200, 5);
});

/** Who works there can still sign in and look, which is still written down; what is typed is refused, and says so. */
async function readsOnly(resident) {
    const schema = schemaOf(second);
    const looks = () => rows(schema, `SELECT what FROM read_log WHERE resident_id = ${resident} ORDER BY id DESC LIMIT 4`).flat();
    const count = (table) => Number(value(schema, `SELECT COUNT(*) FROM ${table}`));
    const attempts = count('sign_in_attempt');
    const stranger = new Client(second.host);
    const form = await stranger.get('/masuk');
    (await stranger.submit(form, { nama: `bukan.${process.hrtime.bigint()}`, sandi: 'salah sekali' }, 'form[action="/masuk"]')).must(422);
    assert.equal(count('sign_in_attempt'), attempts + 1, 'guessing is counted');
    const kiosk = new Client(second.host);
    (await kiosk.submit(await kiosk.get('/anjungan/daftar'), { kode: 'k7pm 204x' })).must(503);
    assert.equal(kiosk.cookies.has('__Host-anjungan'), false, 'a device that was not stored gets no cookie');
    const clerk = await staff(second, 'clerk');
    const family = value(schema, `SELECT family_id FROM resident WHERE id = ${resident}`);
    const person = (await clerk.get(`/kantor/penduduk/${resident}`)).must(200, 'Sementara hanya bisa dibaca');
    (await clerk.get(`/kantor/penduduk/${resident}/riwayat`)).must(200);
    const nik = await clerk.submit(person, {}, `form[action$="/${resident}/nik"]`);
    nik.must(200);
    assert.deepEqual(looks().slice(0, 3).sort(), ['detail', 'history', 'nik']);
    (await clerk.get(`/kantor/keluarga/${family}`)).must(200);
    const [edit, letters] = [await clerk.get(`/kantor/penduduk/${resident}/ubah`), await clerk.get('/kantor/surat')];
    const [before, changes] = [value(schema, `SELECT version FROM resident WHERE id = ${resident}`), count('audit')];
    const fields = clerk.fill(edit, { isi_suku: 'Uji hanya baca', alasan: 'laporan' }, `form[action$="/${resident}/ubah"]`);
    (await clerk.post(fields.action, fields.fields)).must(503, 'Sementara hanya bisa dibaca').must(503, 'belum tersimpan');
    assert.deepEqual([value(schema, `SELECT version FROM resident WHERE id = ${resident}`), count('audit')], [before, changes]);
    const book = clerk.fill(letters, {}, 'form[action="/kantor/surat/agenda"]');
    const offered = await clerk.follow(await clerk.post(book.action, [...book.fields, ['bentuk', 'csv']]));
    (await clerk.get(offered.headers.refresh.replace(/^1; url=/, ''))).must(200); // their own register may be taken out, which is written down
    assert.equal(count('audit'), changes + 1);
    (await clerk.submit(letters, {}, 'form[action="/keluar"]')).must(303);
    assert.equal((await clerk.get('/kantor')).status, 303, 'signed out');
}

test('a read-only village serves its pages and refuses writes with a clear page', async () => {
    const clerk = await staff(second, 'clerk');
    const [resident] = livingResidents(second, 1);
    await send(clerk, BUSINESS, resident); // something stands in the register
    /** A form of its own each time: one that was done before is answered as it was then. */
    const press = async () => {
        const form = await clerk.get(`/kantor/surat/buat/${BUSINESS.slug}`);
        const guard = clerk.fill(form, {}, 'form[action$="/cari"]').fields.filter(([n]) => n.startsWith('_'));
        return clerk.post(`/kantor/surat/buat/${BUSINESS.slug}`, [...guard, ['warga', String(resident)]]);
    };
    (await change(second.code, 'hanya-baca', 'Pemeliharaan sampai pukul 13.00.')).must(303);
    try {
        const before = value(schemaOf(second), 'SELECT COUNT(*) FROM letter');
        await until('the servers follow', async () => {
            const got = await press();
            return got.status === 503 ? got : null;
        }, 5).then((got) => got.must(503, 'Pemeliharaan sampai pukul 13.00.'));
        (await ask(second.host, 'GET', '/')).must(200, second.name);
        (await clerk.get('/kantor/surat')).must(200);
        await readsOnly(resident);
        assert.ok(Number(value(schemaOf(second), 'SELECT COUNT(*) FROM letter')) - Number(before) <= 20);
    } finally {
        (await change(second.code, 'aktifkan', '')).must(303);
    }
    await until('it may write again', async () => (await press()).status === 303, 5);
});

/** The office's row of a village, by its name: numbers as they are shown. */
async function figures(name) {
    const page = (await office.get('/desa?contoh=1')).must(200);
    const row = page.page.querySelectorAll('tbody tr').find((tr) => tr.querySelector('th')?.text.replace('DATA CONTOH', '').trim() === name);
    assert.ok(row, `${name} has a row`);
    const cell = (label) => Number(row.querySelectorAll('td').find((td) => td.getAttribute('data-label') === label).text.replace(/\D/g, ''));
    return { men: cell('Laki-laki'), women: cell('Perempuan'), people: cell('Penduduk'), families: cell('Keluarga'), letters: cell('Surat bulan ini') };
}

test('DPMD sees each village\'s figures as the village has them, and they move with its work', async () => {
    const counted = (v) => {
        const [[men, women]] = rows(schemaOf(v), 'SELECT SUM(sex = 1), SUM(sex = 2) FROM resident WHERE basic_status = 1');
        return { men: Number(men), women: Number(women) };
    };
    for (const v of [village, second]) {
        await until(`the rollup of ${v.name} is as the village`, async () => {
            const shown = await figures(v.name);
            return shown.men === counted(v).men && shown.women === counted(v).women && shown.people === shown.men + shown.women;
        }, 30);
    }
    const before = await figures(village.name);
    const clerk = await staff(village, 'clerk');
    const { id } = await send(clerk, BUSINESS, livingResidents(village, 1)[0]);
    await pdf(clerk, id);
    await until('the letter is counted', async () => (await figures(village.name)).letters === before.letters + 1, 30);
});

test('sums are the sums of the rows, on the page, per district and in the CSV', async () => {
    const page = (await office.get('/desa?contoh=1')).must(200);
    const number = (td) => Number(td.text.replace(/\D/g, '') || '0');
    const column = (tr, label) => tr.querySelectorAll('td').find((td) => td.getAttribute('data-label') === label);
    const rowsOf = (p) => p.page.querySelectorAll('tbody tr');
    for (const label of ['Laki-laki', 'Perempuan', 'Penduduk', 'Keluarga', 'Surat bulan ini']) {
        const sum = rowsOf(page).reduce((n, tr) => n + number(column(tr, label)), 0);
        assert.equal(number(column(page.page.querySelector('tfoot tr'), label)), sum, label);
    }
    const districts = (await office.get('/kecamatan?contoh=1')).must(200);
    const total = rowsOf(districts).reduce((n, tr) => n + number(column(tr, 'Penduduk')), 0);
    assert.equal(total, number(column(page.page.querySelector('tfoot tr'), 'Penduduk')));
    const csv = await office.get('/desa.csv?contoh=1');
    assert.match(csv.headers['content-type'], /^text\/csv/);
    assert.match(csv.headers['content-disposition'], /attachment/);
    const lines = csv.text.replace(/^\uFEFF/, '').trim().split(/\r?\n/);
    assert.ok(lines.length >= rowsOf(page).length + 1);
    assert.ok(csv.text.includes(village.name));
    for (const line of lines) assert.doesNotMatch(line, /(^|[,;]"?)[=+@]/, 'no cell is a formula');
});

test('the table sorts both ways by every column', async () => {
    for (const [order, label] of [['l', 'Laki-laki'], ['penduduk', 'Penduduk'], ['keluarga', 'Keluarga'], ['surat', 'Surat bulan ini']]) {
        const values = async (word) => (await office.get(`/desa?contoh=1&urut=${word}`)).must(200).page.querySelectorAll('tbody tr')
            .map((tr) => Number(tr.querySelectorAll('td').find((td) => td.getAttribute('data-label') === label).text.replace(/\D/g, '') || '0'));
        const up = await values(order);
        const down = await values(`-${order}`);
        const isUp = (list) => list.every((n, i) => i === 0 || list[i - 1] <= n);
        assert.ok(isUp(up), `${order}: ${up}`);
        assert.deepEqual(down, [...up].reverse(), `-${order}: ${down}`);
        if (order !== 'surat') assert.ok(new Set(up).size > 1, `${order}: there is something to sort`);
    }
    assert.ok([400, 422].includes((await office.get('/desa?urut=nik')).status));
});

test('training villages are in no sum unless asked for, and are marked in the file', async () => {
    const [[men]] = rows('balai_control', 'SELECT COALESCE(SUM(r.residents_m + r.residents_f), 0) FROM rollup r JOIN village v ON v.code = r.village_code WHERE NOT v.is_sample');
    const total = (page) => page.page.querySelectorAll('.stats dd.value')[0].text.replace(/\D/g, '');
    for (const path of ['/', '/desa', '/kecamatan']) {
        const [plain, wide] = [(await office.get(path)).must(200), (await office.get(`${path}?contoh=1`)).must(200, 'penduduknya karangan')];
        assert.equal(total(plain), men, path);
        assert.ok(Number(total(wide)) > Number(men), path);
        if (path !== '/kecamatan') assert.ok(!plain.page.querySelector('main .sample-tag'), `${path} shows none`);
    }
    const column = async (query) => (await office.get(`/desa.csv${query}`)).text.trim().split(/\r?\n/).map((line) => line.split(',')[3]);
    assert.deepEqual([...new Set(await column(''))], ['contoh', 'tidak']);
    assert.deepEqual([...new Set(await column('?contoh=1'))].sort(), ['contoh', 'tidak', 'ya']);
});

test('DPMD is told which village needs help and why, and finds a page of each', async (t) => {
    const told = async () => (await office.get('/?contoh=1&semua=1')).must(200).page.querySelectorAll('tbody tr')
        .find((tr) => tr.querySelector('th a')?.getAttribute('href') === `/desa/${second.code}`);
    await until('the figures are there', async () => Number(value('balai_control', `SELECT COUNT(*) FROM rollup WHERE village_code = '${second.code}'`)) === 1, 30);
    const [[at]] = rows('balai_control', `SELECT computed_at FROM rollup WHERE village_code = '${second.code}'`);
    t.after(() => rows('balai_control', `UPDATE rollup SET computed_at = '${at}' WHERE village_code = '${second.code}'`));
    await until('no sending of figures comes between', async () => {
        rows('balai_control', `UPDATE rollup SET computed_at = NOW(6) - INTERVAL 9 DAY, version = version + 60000000 WHERE village_code = '${second.code}'`);
        return (await told())?.text.includes('Angka terhenti 9 hari');
    }, 10);
    const page = (await office.get(`/desa/${second.code}`)).must(200, 'Angka terhenti 9 hari').must(200, 'hubungi relawan');
    for (const [name, nik] of rows(schemaOf(second), 'SELECT name, nik FROM resident ORDER BY id LIMIT 100'))
        assert.ok(!page.text.includes(nik) && !page.text.includes(name), `${name} at DPMD`);
    const phone = value(schemaOf(second), 'SELECT phone FROM identity');
    assert.ok(page.words.includes(phone || 'belum mengisi telepon'));
    const blank = access().villages.find((v) => v.slug === 'pangi-latimojong');
    const home = (await office.get('/')).must(200, 'Belum mengisi apa pun');
    assert.ok(home.page.querySelector(`details a[href="/desa/${blank.code}"]`) || Number(value('balai_control', `SELECT residents_m FROM rollup WHERE village_code = '${blank.code}'`)) > 0);
    assert.equal((await office.get('/desa/7317021003')).status, 404, 'a kelurahan is none');
});

test('DPMD sees a village\'s year and what it owes by when, and keeps notes that nobody changes', async (t) => {
    const path = `/desa/${second.code}`;
    await until('the year is there', () => value('balai_control', `SELECT trend FROM rollup WHERE village_code = '${second.code}'`) !== '', 30);
    const page = (await office.get(path)).must(200, 'Dua belas bulan');
    const shown = page.page.querySelectorAll('.trend').map((f) => [f.querySelector('figcaption').text.trim(), Number(f.querySelector('b').text.replace(/\D/g, ''))]);
    const [[people, letters]] = rows(schemaOf(second), `SELECT (SELECT COUNT(*) FROM resident WHERE basic_status = 1),
        (SELECT COUNT(*) FROM letter WHERE voided_at IS NULL AND DATE_FORMAT(issued_at + INTERVAL 8 HOUR, '%Y-%m') = '${thisMonth()}')`);
    assert.deepEqual(shown.slice(0, 2), [['Penduduk', Number(people)], ['Surat tiap bulan', Number(letters)]], 'the same numbers as in the village');
    (await office.get('/?contoh=1')).must(200, 'Dua belas bulan').must(200, /dari \d+ desa/);

    const [[trend, at]] = rows('balai_control', `SELECT trend, computed_at FROM rollup WHERE village_code = '${second.code}'`);
    t.after(() => rows('balai_control', `UPDATE rollup SET trend = '${trend}', computed_at = '${at}' WHERE village_code = '${second.code}'`));
    const points = async (published) => {
        let drawn;
        await until('the year is shown', async () => {
            rows('balai_control', `UPDATE rollup SET trend = '${published}', version = version + 60000000 WHERE village_code = '${second.code}'`);
            const lines = (await office.get(path)).must(200).page.querySelectorAll('.trend');
            drawn = lines.map((f) => [f.querySelector('polyline')?.getAttribute('points').split(' ').length ?? 0, f.querySelector('.ends').text.includes('belum ada data')]);
            return value('balai_control', `SELECT trend FROM rollup WHERE village_code = '${second.code}'`) === published;
        }, 10);
        return drawn;
    };
    assert.deepEqual(await points('9,0,0,x;'.repeat(8) + '9,1,0,-;'.repeat(4)), Array(3).fill([4, true]), 'nothing is drawn before its first month');
    assert.deepEqual(await points('9,0,1,-;'.repeat(12)), Array(3).fill([12, false]));
    assert.deepEqual(await points('9,0,1,x;'.repeat(12)), []);
    (await office.get(path)).must(200, 'Belum ada data. Garisnya mulai');
    await until('a book of months ago stands open', async () => {
        rows('balai_control', `UPDATE rollup SET trend = REPEAT('9,1,0,-;', 12), version = version + 60000000 WHERE village_code = '${second.code}'`);
        return (await office.get(path)).must(200).words.includes('Terlambat');
    }, 10);
    const owing = (await office.get(path)).must(200, 'Kewajiban').must(200, 'rekapitulasi belum ditutup');
    assert.deepEqual(owing.page.querySelectorAll('td[data-label=Batas]').map((td) => td.text.trim().slice(0, 3)), ['10-', '10-', '10-']);

    assert.equal(owing.page.querySelector('textarea[name=catatan]').getAttribute('rows'), '3');
    const write = async (note) => office.submit(await office.get(path), { catatan: note }, `form[action="${path}/catatan"]`);
    (await write('Ditelepon 7317 1041 0190 0001')).must(422, 'tanpa NIK');
    (await write('')).must(422);
    const note = `Ditelepon, operator berganti ${process.hrtime.bigint()}`;
    (await office.follow((await write(note)).must(303))).must(200, note).must(200, 'Catatan disimpan');
    (await volunteer.get(path)).must(200, note).must(200, 'Catatan DPMD');
    const acts = async () => (await volunteer.get(path)).must(200).page.querySelectorAll('td[data-label="Yang dilakukan"]').map((td) => td.text);
    const before = await acts();
    for (let i = 0; i < 13; i++) (await write(`Kunjungan ${i} 01-12-2026 - 05-12-2026, 0812-3456-7890`)).must(303);
    assert.deepEqual(await acts(), before, 'notes push nothing out');
    for (const client of [office, volunteer]) {
        let page = (await client.get(path)).must(200, 'Kunjungan 12');
        assert.ok(!page.words.includes(note));
        while (!page.words.includes(note)) page = (await client.get(page.page.querySelector('a[href*="?sebelum="]').getAttribute('href').split('#')[0])).must(200);
        assert.ok(page.words.includes('Catatan terbaru') && !page.words.includes('Kunjungan 12'));
    }
    for (let i = 14; i < 20; i++) (await write(`Kunjungan ${i}`)).must(303);
    (await write('Kunjungan 20')).must(422, 'Sejam terakhir Anda sudah menulis 20 catatan');
    const district = new Client(`dpmd.${BASE}`);
    await district.signIn(access().kecamatan);
    const own = await district.get(`/desa/${village.code}`);
    const other = access().villages.find((v) => v.slug === 'pangi-latimojong');
    const { fields } = district.fill(own, { catatan: 'Bukan desa sendiri' }, `form[action="/desa/${village.code}/catatan"]`);
    for (const code of [other.code, '7317109999', '731710']) assert.equal((await district.post(`/desa/${code}/catatan`, fields)).status, 404, code);
    assert.equal(value('balai_control', `SELECT COUNT(*) FROM audit WHERE subject = 'village:${other.code}' AND action = 'dpmd.note'`), '0');
});

test('one number has one wording: who has not filled in is counted alike on each page', async () => {
    const [[filled, all]] = rows('balai_control', `SELECT SUM(COALESCE(r.residents_m + r.residents_f, 0) > 0), COUNT(*) FROM unit u LEFT JOIN village v ON v.code = u.code
        LEFT JOIN rollup r ON r.village_code = v.code WHERE u.kind = 'desa' AND COALESCE(v.state, '') <> 'closed' AND NOT COALESCE(v.is_sample, FALSE)`);
    const blank = Number(all) - Number(filled);
    for (const path of ['/', '/desa', '/kecamatan'])
        (await office.get(path)).must(200, `${filled} dari ${all}`).must(200, `${blank} belum mengisi penduduk`);
    const sum = (await office.get('/kecamatan')).page.querySelector('tfoot td[data-label="Desa mengisi"]').text.trim();
    assert.equal(sum, `${filled} dari ${all} desa`);
});

test('a district sees its own villages only', async () => {
    const district = new Client(`dpmd.${BASE}`);
    await district.signIn(access().kecamatan);
    const page = (await district.get('/desa?contoh=1')).must(200, village.name);
    assert.ok(!page.words.includes('Pangi'), 'a village of another district is not there');
    const asked = await district.get('/desa?contoh=1&kecamatan=731704');
    assert.ok(!asked.words.includes('Pangi'));
    const csv = await district.get('/desa.csv?contoh=1&kecamatan=731704');
    assert.ok(!csv.text.includes('Pangi'));
    assert.ok(!(await district.get('/kecamatan?contoh=1')).words.includes('Latimojong'));
    (await district.get(`/desa/${village.code}`)).must(200, 'Hubungi');
    const other = access().villages.find((v) => v.name === 'Pangi' && v.slug === 'pangi-latimojong');
    assert.equal((await district.get(`/desa/${other.code}`)).status, 404);
});

test('migrations are equal everywhere, and say so', () => {
    const told = balaictl('migrate', '--check');
    const village_line = told.split('\n').filter((l) => /village/.test(l) && /[0-9a-f]{64}/.test(l));
    assert.equal(village_line.length, 1, told);
    const most = Number(value('information_schema', "SELECT MAX(n) FROM (SELECT COUNT(*) n FROM tables WHERE table_schema LIKE 'desa\\_%' GROUP BY table_schema) t"));
    assert.ok(most > 10 && most <= 60, `${most} tables a village`);
});

test('an audit trail that was cut is found from the command line', () => {
    const schema = schemaOf(second);
    assert.match(balaictl('audit', second.slug), new RegExp(`^${second.code}: whole$`, 'm'));
    const [[last, hash]] = rows(schema, 'SELECT last_id, HEX(hash) FROM audit_head');
    rows(schema, `UPDATE audit_head SET last_id = ${Number(last) + 1}`);
    try {
        assert.throws(() => balaictl('audit', second.slug), (e) => e.status === 1 && e.stdout.includes(`row ${Number(last) + 1} of the table audit`));
    } finally {
        rows(schema, `UPDATE audit_head SET last_id = ${last}, hash = UNHEX('${hash}')`);
    }
});

test('namesakes have the district in their address, apostrophes are dropped', () => {
    const all = access().villages;
    const pangi = all.filter((v) => v.name === 'Pangi').map((v) => v.slug).sort();
    assert.deepEqual(pangi, ['pangi-bajo', 'pangi-latimojong']);
    assert.equal(all.find((v) => v.name === "To'long").slug, 'tolong');
    assert.ok(!all.some((v) => v.code === '7317021003'), 'a kelurahan is not hosted');
});
