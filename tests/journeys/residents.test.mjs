// SPDX-License-Identifier: AGPL-3.0-or-later
// Finding a person and reading their page: by POST, masked, and written down who looked.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo, thisYear } from '../harness/days.mjs';
import { freshKk, freshNumber, haveHamlets, makeFamily, usualFamily } from '../harness/families.mjs';
import { DOMICILE, begin } from '../harness/letters.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
let clerk;
let person;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI NAMA');
    const [[id, name, nik, kk, family]] = rows(schema, `SELECT r.id, r.name, r.nik, f.kk_no, f.id FROM resident r JOIN family f ON f.id = r.family_id
        WHERE r.basic_status = 1 AND r.name LIKE '% %' AND (SELECT COUNT(*) FROM resident m WHERE m.family_id = f.id) > 2 ORDER BY r.id LIMIT 1`);
    person = { id: Number(id), name, nik, kk, family };
});

const search = async (query) => clerk.follow(await clerk.submit((await clerk.get('/kantor/penduduk')).must(200), { cari: query }, 'main form[action="/kantor/penduduk"]'));
const links = (answer) => answer.page.querySelectorAll('main a').map((a) => /^\/kantor\/penduduk\/(\d+)$/.exec(a.getAttribute('href') ?? '')?.[1]).filter(Boolean).map(Number);

test('by name in any case and order, by NIK, by family card', async () => {
    const [first, ...rest] = person.name.split(' ');
    for (const query of [person.name, person.name.toLowerCase(), [...rest, first].join(' '), person.nik, person.nik.replace(/(\d{4})/g, '$1 ').trim()]) {
        const got = (await search(query)).must(200);
        assert.ok(links(got).includes(person.id), `"${query}" finds ${person.id}: ${links(got)}`);
        assert.ok(!got.words.includes(person.nik) || query.startsWith('7'), 'the NIK is masked in the list');
    }
    const begun = (await search(person.kk.slice(0, 15))).must(200);
    const alike = rows(schema, `SELECT r.id FROM resident r LEFT JOIN family f ON f.id = r.family_id WHERE r.basic_status = 1 AND (r.nik LIKE '${person.kk.slice(0, 15)}%' OR f.kk_no LIKE '${person.kk.slice(0, 15)}%')`).map(([id]) => Number(id));
    assert.deepEqual(links(begun).sort((a, b) => a - b), alike.sort((a, b) => a - b), 'as one types');
    const family = (await search(person.kk)).must(200);
    const members = rows(schema, `SELECT id FROM resident WHERE family_id = ${person.family} AND basic_status = 1`).map(([id]) => Number(id));
    assert.deepEqual(links(family).sort((a, b) => a - b), members);
});

test('unusual queries find nobody and cause no error', async () => {
    for (const query of ["' OR 1=1 --", '%', '_', '\\', '%%%%%', '"', '<script>alert(1)</script>', 'Ω≈ç√', '💧', '9999999999999999', "To'long"]) {
        const got = (await search(query)).must(200);
        assert.ok(links(got).length < 30, query);
        assert.equal(got.page.querySelectorAll('main script').length, 0);
    }
});

test('the list pages by a sealed token, without a name or NIK in any address, each person once', async () => {
    const seen = new Set();
    let path = '/kantor/penduduk';
    for (let i = 0; i < 4 && path; i++) {
        const page = (await clerk.get(path)).must(200);
        for (const id of links(page)) {
            assert.ok(!seen.has(id), `${id} stands on two pages`);
            seen.add(id);
        }
        path = page.page.querySelector('main a[rel=next]')?.getAttribute('href').replaceAll('&amp;', '&');
        if (path) {
            const names = rows(schema, 'SELECT DISTINCT name FROM resident LIMIT 300').map(([n]) => encodeURIComponent(n.split(' ')[0]).toLowerCase());
            const token = /lanjut=([^&]*)/.exec(path)[1];
            assert.ok(token.length > 20 && !names.some((n) => n.length > 4 && Buffer.from(token, 'base64url').toString('latin1').toLowerCase().includes(n)), 'the token is sealed');
        }
    }
    assert.ok(seen.size > 60, `${seen.size} people on four pages`);
});

test('a page token of another village opens nothing', async () => {
    const neighbour = await staff(trainingVillages()[1], 'clerk');
    const page = await neighbour.get('/kantor/penduduk');
    const theirs = page.page.querySelectorAll('main a').map((a) => a.getAttribute('href')).find((h) => /lanjut=/.test(h ?? '')).replaceAll('&amp;', '&');
    const got = await clerk.get(theirs);
    const fresh = await clerk.get('/kantor/penduduk');
    assert.ok(got.status >= 400 || JSON.stringify(links(got)) === JSON.stringify(links(fresh)), 'it is refused, or as if it were not there');
});

test('a person\'s page shows them and their family, and who looked is written down', async () => {
    const before = Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${person.id}`));
    const page = (await clerk.get(`/kantor/penduduk/${person.id}`)).must(200);
    assert.ok(page.words.toLowerCase().includes(person.name.toLowerCase()));
    const members = rows(schema, `SELECT name FROM resident WHERE family_id = ${person.family} AND id <> ${person.id}`);
    for (const [name] of members) assert.ok(page.words.toLowerCase().includes(name.toLowerCase()), name);
    assert.equal(Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${person.id}`)), before + 1);
    (await clerk.get('/kantor/penduduk/999999999')).must(404);
    for (const bad of ['0', '-1', '1e3', '01', '99999999999999999999', '1%20', "1'"]) {
        assert.ok([400, 404].includes((await clerk.get(`/kantor/penduduk/${bad}`)).status), bad);
    }
});

test('each form that shows a person leaves a look, a refused one too', async () => {
    const family = usualFamily(village, 'DILIHAT');
    const id = family.members[1];
    const looks = () => Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${id}`));
    for (const path of [`/kantor/penduduk/${id}/kartu`, `/kantor/penduduk/${id}/surel`, `/kantor/penduduk/${id}/kematian`, `/kantor/penduduk/${id}/kepindahan`,
        `/kantor/penduduk/${id}/hilang`, `/kantor/keluarga/${family.id}/kelahiran`]) {
        const before = looks();
        const form = (await clerk.get(path)).must(200);
        assert.ok(looks() > before, `${path} leaves a look`);
        if (!/kematian|kepindahan|hilang/.test(path)) continue;
        const seen = looks();
        (await clerk.submit(form, { langkah: 'periksa' }, `main form[action$="${path}"]`)).must(422);
        assert.ok(looks() > seen, `${path}, refused, leaves a look`);
    }
});

test('a person\'s page counts what the village holds of them in tabs, shows their letters and events, and keeps the rare acts in a menu', async () => {
    const family = usualFamily(village, 'HALAMAN');
    const [, mother] = family.members;
    const at = `/kantor/penduduk/${mother}`;
    const tabs = (answer) => Object.fromEntries(answer.page.querySelectorAll('main .tabs a').map((a) => [a.getAttribute('href'), a.text.trim()]));
    const fresh = (await clerk.get(at)).must(200, 'Istri di RT 002').must(200, 'Belum ada surat.').must(200, 'Belum ada peristiwa.');
    assert.deepEqual(tabs(fresh), { [at]: 'Data diri', [`${at}?lihat=keluarga`]: 'Keluarga 4', [`${at}?lihat=surat`]: 'Surat', [`${at}?lihat=peristiwa`]: 'Peristiwa', [`${at}/berkas`]: 'Berkas', [`${at}/riwayat`]: 'Perubahan' });
    for (const rare of ['/kematian', '/kepindahan', '/hilang', '/kartu', '/surel', '/ubah']) {
        assert.equal(fresh.page.querySelectorAll(`main a[href="${at}${rare}"]`).length, 1, rare);
        assert.ok(fresh.page.querySelector(`main details.menu a[href="${at}${rare}"]`), `${rare} stands in the menu`);
    }
    assert.equal(fresh.page.querySelectorAll('main .acts > .button').length, 1, 'one act is filled, and it is the likely one');

    const letter = await begin(clerk, DOMICILE, mother);
    const gone = await clerk.submit((await clerk.get(`${at}/kematian`)).must(200), { langkah: 'simpan', ...dated('tanggal', dayAgo(400)), tempat: 'Larompong', sebab: 'sakit', pelapor: 'Rahman' }, 'main form[action$="/kematian"]');
    gone.must(303);
    const page = (await clerk.get(at)).must(200, 'Konsep');
    assert.ok(page.page.querySelector(`main aside a[href="/kantor/surat/${letter.id}"]`), 'the letter beside the data');
    const event = value(schema, `SELECT id FROM resident_event WHERE resident_id = ${mother}`);
    assert.ok(page.page.querySelector(`main aside a[href="/kantor/peristiwa/${event}"]`), 'the event beside the data');
    assert.equal(tabs(page)[`${at}?lihat=surat`], 'Surat 1');
    assert.equal(tabs(page)[`${at}?lihat=peristiwa`], 'Peristiwa 1');
    assert.equal(tabs(page)[`${at}/riwayat`], 'Perubahan 1');
    assert.equal(page.page.querySelectorAll(`main a[href="${at}/kematian"]`).length, 0, 'nobody dies twice');
    assert.ok((await clerk.get(`${at}?lihat=surat`)).must(200).page.querySelector(`main .held a[href="/kantor/surat/${letter.id}"]`));
    assert.ok((await clerk.get(`${at}?lihat=keluarga`)).must(200).page.querySelector(`main table a[href="/kantor/penduduk/${family.members[0]}"]`));
    (await clerk.get(`${at}?lihat=lain`)).must(404);

    rows(schema, `INSERT INTO letter (type_id, state, channel, resident_id, inputs, made_by, made_at)
        SELECT type_id, 7, channel, resident_id, inputs, made_by, made_at FROM letter JOIN seq_1_to_64 WHERE id = ${letter.id}`);
    (await clerk.get(at)).must(200, 'Semua 65');
    const all = (await clerk.get(`${at}?lihat=surat`)).must(200, 'Yang tampil 60 terbaru dari 65.');
    assert.equal(tabs(all)[`${at}?lihat=surat`], 'Surat 65', 'one number for the tab, the way there and the list');
    rows(schema, `DELETE FROM letter WHERE resident_id = ${mother} AND id > ${letter.id}`);
});

test('a name and a hamlet are kept by the same rules, whether typed or imported', async () => {
    const form = async (values) => clerk.submit((await clerk.get('/kantor/penduduk/tambah')).must(200), { nik: freshNumber(village, '010198'), kk: freshKk(village), nama: 'Uji Nama', jk: '1', tempat: 'Palopo',
        lahir_hari: '1', lahir_bulan: '1', lahir_tahun: '1998', agama: '1', kawin: '1', kerja: '1', peran: '1', dusun: 'Uji Nama', ...values }, 'main form[action="/kantor/penduduk/tambah"]');
    (await form({ nama: 'Siti 9' })).must(422, 'Nama memuat angka');
    (await form({ nama: '💧💧' })).must(422, 'Nama tidak memuat huruf');
    for (const field of ['nik', 'kk']) (await form({ [field]: '0'.repeat(16) })).must(422, 'nol');
    const hamlet = value(schema, "SELECT hamlet FROM area WHERE hamlet <> '-' ORDER BY id LIMIT 1");
    const saved = (await form({ nama: 'nur’aini <b> d`costa', dusun: `dusun ${hamlet.toLowerCase()}`, rt: '1' })).must(303);
    const id = /(\d+)$/.exec(saved.location)[1];
    assert.deepEqual(rows(schema, `SELECT r.name, UPPER(a.hamlet) FROM resident r JOIN area a ON a.id = r.area_id WHERE r.id = ${id}`), [["NUR'AINI B D'COSTA", hamlet.toUpperCase()]]);
});

test('who is added into a family: ages that cannot be are asked about, and a newborn is a birth', async () => {
    const year = thisYear(), family = makeFamily(village, [[1, 1, 1980, 'BAPAK UMUR'], [3, 2, 1984, 'IBU UMUR']]);
    const two = (n) => String(n).padStart(2, '0');
    const add = async (values) => {
        const of = { jk: '1', lahir_hari: '1', lahir_bulan: '1', lahir_tahun: '1950', kawin: '1', peran: '4', ...values };
        const nik = freshNumber(village, `${two(Number(of.lahir_hari) + (of.jk === '2' ? 40 : 0))}${two(of.lahir_bulan)}${of.lahir_tahun.slice(2)}`);
        return clerk.submit((await clerk.get('/kantor/penduduk/tambah')).must(200), { nik, kk: family.kk, nama: 'Uji Umur', tempat: 'Palopo', agama: '1', kerja: '1', ...of }, 'main form[action="/kantor/penduduk/tambah"]');
    };
    const asked = (await add({})).must(422, 'padahal orang tuanya, Bapak Umur, lahir');
    (await clerk.submit(asked, { cocok: '1' }, 'main form[action="/kantor/penduduk/tambah"]')).must(303);
    (await add({ nama: 'Mertua Umur', peran: '8', lahir_tahun: String(year - 11) })).must(422, 'tetapi tertulis mertua');
    (await add({ nama: 'Kawin Umur', kawin: '2', lahir_tahun: String(year - 11) })).must(422, 'tetapi tertulis kawin');
    const baby = (await add({ nama: 'Bayi Umur', ...dated('lahir', dayAgo(10)) })).must(422, 'Catat kelahiran');
    assert.ok(baby.page.querySelector(`main a[href="/kantor/keluarga/${family.id}/kelahiran"]`));
    (await clerk.submit(baby, { bukan_lahir: '1' }, 'main form[action="/kantor/penduduk/tambah"]')).must(303);
    const form = (await clerk.get(`/kantor/penduduk/${family.members[1]}/ubah`)).must(200), FORM = 'main form[method=post]';
    const moved = (await clerk.submit(form, { isi_tanggallahir_tahun: String(year - 6), alasan: 'laporan' }, FORM)).must(422, 'tetapi tertulis istri');
    (await clerk.submit(moved, { cocok: '1' }, FORM)).must(303);
});

test('husbands and wives who are not married, weddings of the unmarried and heads under 17 are asked about, and kept knowingly', async () => {
    const year = thisYear(), family = makeFamily(village, [[1, 1, 1980, 'BAPAK KAWIN']]), ADD = 'main form[action="/kantor/penduduk/tambah"]', FORM = 'main form[method=post]';
    const add = async (nama, { jk = '2', tahun = '1984', ...values }) => clerk.submit((await clerk.get('/kantor/penduduk/tambah')).must(200), { nik: freshNumber(village, `${jk === '2' ? '41' : '01'}01${tahun.slice(2)}`), nama, jk, tempat: 'Palopo',
        lahir_hari: '1', lahir_bulan: '1', lahir_tahun: tahun, agama: '1', kerja: '1', kk: family.kk, ...values }, ADD);
    const count = (name) => Number(value(schema, `SELECT COUNT(*) FROM resident WHERE name = '${name.toUpperCase()}'`));
    const asked = (await add('Istri Belum', { kawin: '1', peran: '3' })).must(422, 'Istri Belum tertulis istri, tetapi status perkawinannya belum kawin');
    (await add('Istri Cerai', { kawin: '3', peran: '3' })).must(422, 'tetapi status perkawinannya cerai hidup');
    assert.deepEqual([count('Istri Belum'), count('Istri Cerai')], [0, 0]);
    (await clerk.submit(asked, { cocok: '1' }, ADD)).must(303);
    (await add('Istri Kawin', { kawin: '2', peran: '3' })).must(303);
    (await add('Cerai Sendiri', { kawin: '3', peran: '9' })).must(303);

    const child = (await add('Kepala Kecil', { kawin: '1', peran: '1', jk: '1', tahun: String(year - 7), kk: freshKk(village), dusun: value(schema, "SELECT hamlet FROM area WHERE hamlet <> '-' ORDER BY id LIMIT 1") })).must(422, 'Kepala Kecil belum 17 tahun. Pilih orang dewasa bila ada yang tinggal bersama mereka.');
    assert.equal(count('Kepala Kecil'), 0);
    (await clerk.submit(child, { cocok: '1' }, ADD)).must(303);

    const edit = async (id, values) => clerk.submit((await clerk.get(`/kantor/penduduk/${id}/ubah`)).must(200), { alasan: 'perbaikan', ...values }, FORM);
    const day = { isi_tanggalperkawinan_hari: '1', isi_tanggalperkawinan_bulan: '1', isi_tanggalperkawinan_tahun: '2010' };
    const [head] = family.members;
    const wed = (await edit(head, { isi_status_kawin: '1', ...day })).must(422, 'tertulis belum kawin, tetapi akta atau tanggal perkawinannya terisi');
    const beside = (await edit(head, { isi_status_kawin: '2', ...day })).must(200, 'Status kawin Istri Belum menjadi Kawin');
    (await clerk.submit(beside, { langkah: 'simpan' }, FORM)).must(303);
    (await edit(head, { isi_tanggalperceraian_hari: '1', isi_tanggalperceraian_bulan: '1', isi_tanggalperceraian_tahun: '2015' })).must(422, 'tertulis kawin, tetapi akta atau tanggal perceraiannya terisi');
    assert.match(wed.text, /Bila e-KTP atau KK memang tertulis begitu, centang ini/);
    assert.equal(wed.page.querySelectorAll('.error-summary li').length, 1, 'the tick is no fault of its own');
    (await edit(head, { isi_suku: 'Bugis' })).must(303);
    const small = (await edit(head, { isi_tanggallahir_hari: '1', isi_tanggallahir_bulan: '1', isi_tanggallahir_tahun: String(year - 14), isi_tanggalperkawinan_hari: '', isi_tanggalperkawinan_bulan: '', isi_tanggalperkawinan_tahun: '' })).must(422, 'Bapak Kawin belum 17 tahun. Pilih orang dewasa');
    (await clerk.submit(small, { cocok: '1' }, FORM)).must(303);
});

test('a new resident must be right: every mistake at once, typed values kept', async () => {
    const form = (await clerk.get('/kantor/penduduk/tambah')).must(200);
    const back = await clerk.submit(form, { nik: '7317', kk: '123', nama: '', tempat: '', lahir_hari: '31', lahir_bulan: '2', lahir_tahun: '1990', dusun: '' }, 'main form[action="/kantor/penduduk/tambah"]');
    back.must(422);
    assert.ok(back.page.querySelectorAll('.error-summary li').length >= 5, back.told);
    assert.equal(back.page.querySelector('[name=nik]').getAttribute('value'), '7317');
});

test('a new person sent twice is added once, and both sendings get the same answer, though the NIK is taken by then', async () => {
    const form = (await clerk.get('/kantor/penduduk/tambah')).must(200);
    const values = { nik: freshNumber(village, '020299'), kk: freshKk(village), nama: 'Uji Dua Kali', jk: '1', tempat: 'Palopo',
        lahir_hari: '2', lahir_bulan: '2', lahir_tahun: '1999', agama: '1', kawin: '1', kerja: '1', peran: '1', dusun: 'Uji Nama' };
    const send = () => clerk.submit(form, values, 'main form[action="/kantor/penduduk/tambah"]');
    const first = (await send()).must(303);
    assert.equal((await send()).must(303).location, first.location);
    assert.equal(value(schemaOf(village), `SELECT COUNT(*) FROM resident WHERE nik = '${values.nik}'`), '1');
});
