// SPDX-License-Identifier: AGPL-3.0-or-later
// Changing one resident: what is checked, who was first, what the history says, and that a NIK is shown only on asking.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { freshKk, freshNumber, haveHamlets, usualFamily } from '../harness/families.mjs';
import { withStatements } from '../harness/statements.mjs';
import { BUSINESS, begin } from '../harness/letters.mjs';
import { jpegSize, pdfOf, png } from '../harness/pictures.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village, neighbour] = trainingVillages();
const schema = schemaOf(village);
const FORM = 'main form[method=post]';
let clerk, secretary;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJUNG BARU');
    secretary = await staff(village, 'secretary');
});

/** Somebody nobody else's test changes, who is no head. */
let used = 0;
const somebody = () => {
    const [[id, name, nik]] = rows(schema, `SELECT id, name, nik FROM resident WHERE basic_status = 1 AND family_role <> 1 AND name LIKE '% %' AND nik NOT LIKE '0%'
        AND NOT EXISTS (SELECT 1 FROM history c WHERE c.owner = 'resident' AND c.owner_id = resident.id) ORDER BY id DESC LIMIT 1 OFFSET ${40 + used++}`);
    return { id: Number(id), name, nik, path: `/kantor/penduduk/${id}` };
};
const column = (id, name) => value(schema, `SELECT ${name} FROM resident WHERE id = ${id}`);
const history = (id) => rows(schema, `SELECT kind, staff_name, reason, changes, version, also_id FROM history WHERE owner = 'resident' AND owner_id = ${id} ORDER BY id`);
const because = { alasan: 'laporan' };

test('an edit is saved with its reason, found by the new name, and told field by field', async () => {
    const who = somebody();
    const version = Number(column(who.id, 'version'));
    const form = (await clerk.get(`${who.path}/ubah`)).must(200);
    assert.equal(value(schema, `SELECT what FROM read_log WHERE resident_id = ${who.id} ORDER BY id DESC LIMIT 1`), 'edit');
    const oldOccupation = Number(column(who.id, 'occupation')) || 0;
    const oldEthnicity = column(who.id, 'ethnicity');
    const saved = await clerk.submit(form, { isi_nama: `Zulaikha ${who.name}`, isi_pekerjaan_id: '7', isi_suku: 'Rongkong', ...because, keterangan: 'datang sendiri' }, FORM);
    assert.equal(saved.status, 303, saved.told);
    (await clerk.follow(saved)).must(200, 'Tersimpan');
    assert.equal(column(who.id, 'name'), `ZULAIKHA ${who.name.toUpperCase()}`);
    assert.equal(Number(column(who.id, 'version')), version + 1);
    assert.equal(value(schema, `SELECT COUNT(*) FROM resident_word WHERE resident_id = ${who.id} AND word = 'zulaikha'`), '1');
    const [kind, by, reason, changes, at, family] = history(who.id).at(-1);
    assert.deepEqual([kind, by, reason, Number(at)], ['edit', clerkName(), 'Laporan warga: datang sendiri', version + 1]);
    assert.deepEqual(JSON.parse(changes), { name: [who.name, `ZULAIKHA ${who.name.toUpperCase()}`], occupation: [oldOccupation, 7], ethnicity: [oldEthnicity, 'Rongkong'] });
    assert.equal(family, column(who.id, 'family_id'));
    assert.equal(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'resident.edit' AND subject = 'resident:${who.id}'`), '1');
    const told = (await clerk.get(`${who.path}/riwayat`)).must(200, 'Laporan warga: datang sendiri');
    assert.match(told.words, /Suku semula .* menjadi Rongkong/);
    assert.match(told.words, /Pekerjaan .* Kepolisian/);
});
const clerkName = () => value(schema, "SELECT name FROM staff WHERE role = 'clerk' ORDER BY id LIMIT 1");

test('a parent\'s number that cannot be read, is one\'s own, or of the other sex empties nothing', async () => {
    const who = somebody(), [[woman]] = rows(schema, "SELECT nik FROM resident WHERE sex = 2 AND basic_status = 1 AND nik NOT LIKE '0%' ORDER BY id LIMIT 1");
    const father = () => column(who.id, 'father_nik');
    const send = async (nik) => clerk.submit(await clerk.get(`${who.path}/ubah`), { isi_ayah_nik: nik, ...because }, FORM);
    (await send('7317101111370002')).must(303);
    for (const [typed, words] of [['ABC', '“ABC” bukan NIK'], ['belum tahu', 'Bila memang tidak ada, kosongkan'], [who.nik, 'Ini NIK warga ini sendiri'], [woman, 'seorang perempuan. Periksa NIK-nya']]) {
        (await send(typed)).must(422, words);
        assert.equal(father(), '7317101111370002');
    }
    (await send('')).must(303);
    assert.equal(father(), '');
});

test('one section is changed from its heading: the form has its fields and the reason, and touches nothing else', async () => {
    const who = somebody();
    const heading = (await clerk.get(who.path)).must(200).page.querySelectorAll('main .section-head').find((h) => /Pendidikan dan pekerjaan/.test(h.text));
    const at = heading.querySelector('a').getAttribute('href');
    const form = (await clerk.get(at)).must(200, 'Mengapa diubah');
    const boxes = (answer) => [...new Set(answer.page.querySelectorAll('main form [name^=isi_]').map((b) => b.getAttribute('name')))];
    assert.deepEqual(boxes(form), ['isi_pendidikan_kk_id', 'isi_pendidikan_sedang_id', 'isi_pekerjaan_id']);
    const before_ = rows(schema, `SELECT name, nik, birth_date, religion, ethnicity, mother_name, area_id FROM resident WHERE id = ${who.id}`);
    const refused = (await clerk.submit(form, { isi_pekerjaan_id: '7' }, FORM)).must(422, 'Alasan perubahan belum dipilih');
    assert.deepEqual(boxes(refused), boxes(form), 'the same section comes back');
    (await clerk.follow(await clerk.submit(refused, { isi_pekerjaan_id: '7', ...because }, FORM))).must(200, 'Tersimpan');
    assert.equal(column(who.id, 'occupation'), '7');
    assert.deepEqual(Object.keys(JSON.parse(history(who.id).at(-1)[3])), ['occupation']);
    assert.deepEqual(rows(schema, `SELECT name, nik, birth_date, religion, ethnicity, mother_name, area_id FROM resident WHERE id = ${who.id}`), before_);
    assert.notEqual((await clerk.get(`${who.path}/ubah?bagian=7`)).status, 200, 'there is no seventh section');
});

test('every mistake at once, nothing typed is lost, and the reason is asked for', async () => {
    const who = somebody();
    const form = (await clerk.get(`${who.path}/ubah`)).must(200);
    const back = await clerk.submit(form, { isi_nama: 'Siti 9', isi_nik: '7317', isi_tanggallahir_hari: '31', isi_tanggallahir_bulan: '2', isi_lat: '95', isi_tag_id_card: '12', isi_suku: 'Pamona' }, FORM);
    back.must(422, 'Nama memuat angka');
    for (const words of ['NIK kurang 12 angka', 'tidak terbaca', 'Titik peta ini', 'Nomor kartu ini', 'Alasan perubahan belum dipilih']) assert.ok(back.words.includes(words), words);
    assert.equal(back.page.querySelector('[name=isi_suku]').getAttribute('value'), 'Pamona');
    assert.equal(back.page.querySelector('[name=isi_nama]').getAttribute('value'), 'Siti 9');
    assert.equal(back.page.querySelector('[name=isi_tanggallahir_bulan]').getAttribute('value'), '2');
    const links = back.page.querySelectorAll('.error-summary a');
    assert.ok(links.length >= 5);
    for (const link of links) assert.ok(back.page.querySelector(`[id="${link.getAttribute('href').slice(1)}"]`), link.text);
    assert.equal(history(who.id).length, 0);
    const other = await clerk.submit((await clerk.get(`${who.path}/ubah`)), { isi_suku: 'Pamona', alasan: 'lainnya' }, FORM);
    other.must(422, 'Tulis alasan perubahannya');
    const unchanged = (await clerk.submit((await clerk.get(`${who.path}/ubah`)), because, FORM)).must(303);
    assert.equal(unchanged.location, who.path);
    (await clerk.follow(unchanged)).must(200, 'Tidak ada yang berubah');
    assert.equal(history(who.id).length, 0);
});

test('the second editor sees both versions side by side and saves knowingly', async () => {
    const who = somebody();
    const first = (await clerk.get(`${who.path}/ubah`)).must(200);
    const second = (await secretary.get(`${who.path}/ubah`)).must(200);
    assert.equal((await clerk.submit(first, { isi_suku: 'Rongkong', isi_tempatlahir: 'PALOPO', isi_golongan_darah_id: '1', ...because }, FORM)).status, 303);
    const conflict = await secretary.submit(second, { isi_suku: 'Pamona', isi_tempatlahir: 'MAKASSAR', isi_alamat_sekarang: 'Jalan Dua', alasan: 'dokumen', keterangan: 'akta 12' }, FORM);
    conflict.must(409, clerkName());
    assert.equal(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${who.id} AND what = 'edit'`), '3', 'both forms, and what the conflict shows');
    const choices = new Set(conflict.page.querySelectorAll('input[type=radio]').map((r) => r.getAttribute('name')));
    assert.deepEqual([...choices].sort(), ['pilih_golongan_darah_id', 'pilih_suku', 'pilih_tempatlahir']);
    const checked = conflict.page.querySelectorAll('input[type=radio]').filter((r) => r.hasAttribute('checked')).map((r) => [r.getAttribute('name'), r.getAttribute('value')]);
    assert.deepEqual(checked, [['pilih_golongan_darah_id', 'tersimpan']], 'only what the second did not touch is chosen already');
    assert.match(conflict.words, /Tempat tinggal sekarang .* Jalan Dua/);
    const done = await secretary.submit(conflict, { pilih_suku: 'saya', pilih_tempatlahir: 'tersimpan' }, FORM);
    assert.equal(done.status, 303, done.told);
    assert.deepEqual(['ethnicity', 'birth_place', 'address_now', 'blood'].map((c) => column(who.id, c)), ['Pamona', 'PALOPO', 'Jalan Dua', '1']);
    const last = JSON.parse(history(who.id).at(-1)[3]);
    assert.deepEqual(Object.keys(last).sort(), ['address_now', 'ethnicity']);
    assert.deepEqual(last.ethnicity, ['Rongkong', 'Pamona']);
    assert.equal(history(who.id).at(-1)[2], 'Dokumen baru (KK, e-KTP, akta): akta 12');
});

test('a NIK is one person\'s, and one that does not fit birth or sex is kept only knowingly', async () => {
    const who = somebody();
    const other = somebody();
    const taken = await clerk.submit((await clerk.get(`${who.path}/ubah`)), { isi_nik: other.nik, ...because }, FORM);
    // The other's NIK may not fit this one's birth: that is asked first, then who has it.
    const answer = taken.page.querySelector('[name=cocok]') ? await clerk.submit(taken, { cocok: '1' }, FORM) : taken;
    answer.must(422, 'NIK ini sudah tercatat');
    assert.ok(answer.page.querySelectorAll('main a').some((a) => a.getAttribute('href') === other.path));
    assert.ok(!answer.words.toLowerCase().includes(other.name.toLowerCase()), 'it does not say whose');
    assert.equal(column(who.id, 'nik'), who.nik);

    const free = freshNumber(village, '010150');
    const asked = (await clerk.submit((await clerk.get(`${who.path}/ubah`)), { isi_nik: free, ...because }, FORM)).must(422, 'NIK menyebut');
    const saved = await clerk.submit(asked, { cocok: '1' }, FORM);
    assert.equal(saved.status, 303, saved.told);
    assert.equal(column(who.id, 'nik'), free);
    assert.deepEqual(JSON.parse(history(who.id).at(-1)[3]), { nik: [who.nik, free] });
});

test('the place of one person changes without their family\'s', async () => {
    const who = somebody();
    const family = value(schema, `SELECT area_id FROM family WHERE id = ${column(who.id, 'family_id')}`);
    assert.equal((await clerk.submit((await clerk.get(`${who.path}/ubah`)), { isi_dusun: 'Dusun Ujung Baru', isi_rt: '7', ...because }, FORM)).status, 303);
    assert.deepEqual(rows(schema, `SELECT a.hamlet, a.rt FROM resident r JOIN area a ON a.id = r.area_id WHERE r.id = ${who.id}`), [['UJUNG BARU', '007']]);
    assert.equal(value(schema, `SELECT area_id FROM family WHERE id = ${column(who.id, 'family_id')}`), family);
});

test('a head stays head here; the form sent twice is saved once', async () => {
    const [[id]] = rows(schema, 'SELECT id FROM resident WHERE basic_status = 1 AND family_role = 1 ORDER BY id DESC LIMIT 1 OFFSET 30');
    const form = (await clerk.get(`/kantor/penduduk/${id}/ubah`)).must(200);
    (await clerk.submit(form, { isi_kk_level: '4', ...because }, FORM)).must(422, 'Kepala keluarga diganti dari halaman keluarga');
    const again = (await clerk.get(`/kantor/penduduk/${id}/ubah`)).must(200);
    const { action, fields } = clerk.fill(again, { isi_suku: 'Pamona', ...because }, FORM);
    const [one, two] = await Promise.all([clerk.post(action, fields), clerk.post(action, fields)]);
    assert.deepEqual([one.status, two.status], [303, 303]);
    assert.equal(history(id).filter(([, , , changes]) => changes.includes('Pamona')).length, 1);
});

test('a NIK is shown on asking only, in place or as a page, and both are written down', async () => {
    const who = somebody();
    const spaced = who.nik.replace(/(\d{4})(?=\d)/g, '$1 ');
    const page = (await clerk.get(who.path)).must(200);
    assert.ok(!page.words.includes(spaced) && !page.words.includes(who.nik), 'masked until asked for');
    const before = Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${who.id} AND what = 'nik'`));
    const full = await clerk.submit(page, {}, `form[action="${who.path}/nik"]`);
    full.must(200, spaced);
    assert.ok(full.page.querySelector('h1'), 'without JavaScript: the whole page');
    const part = await clerk.submit(page, {}, `form[action="${who.path}/nik"]`, { headers: { 'hx-request': 'true' } });
    part.must(200);
    assert.ok(part.text.includes(spaced) && !part.text.includes('<h1'), part.text);
    assert.equal(Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${who.id} AND what = 'nik'`)), before + 2);
});

test('in the list too: a button a line, one form for all of them', async () => {
    const list = (await clerk.get('/kantor/penduduk')).must(200);
    const button = list.page.querySelector('[data-rows] .nik-cell button');
    const path = button.getAttribute('formaction');
    const id = /(\d+)\/nik$/.exec(path)[1];
    const [[nik]] = rows(schema, `SELECT nik FROM resident WHERE id = ${id}`);
    const before = Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${id} AND what = 'nik'`));
    const { fields } = clerk.fill(list, {}, 'form#lihat-nik');
    const part = (await clerk.post(path, fields, { headers: { 'hx-request': 'true' } })).must(200);
    assert.ok(part.text.includes(nik.replace(/(\d{4})(?=\d)/g, '$1 ')), part.text);
    assert.equal(Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${id} AND what = 'nik'`)), before + 1);
});

test('pages of the registry take at most five statements', async () => {
    const who = somebody();
    const family = column(who.id, 'family_id');
    const tails = ['', '/ubah', '/riwayat', '/berkas', '/surat', '/surel', '/kartu', '/kematian', '/kepindahan', '/hilang'].map((tail) => `${who.path}${tail}`);
    const cards = ['', '/ubah', '/kepala', '/pindah', '/kelahiran'].map((tail) => `/kantor/keluarga/${family}${tail}`);
    const lists = ['penduduk', 'penduduk?jk=1', 'penduduk/tambah', 'keluarga', 'keluarga?tampil=perbaiki', 'peristiwa', 'peristiwa/catat/kematian', `peristiwa/kedatangan?keluarga=${family}`, 'statistik', 'statistik/dusun'];
    for (const path of [...tails, ...cards, ...lists.map((page) => `/kantor/${page}`)]) {
        // Once a minute a page also writes down that its session lives: five and that one.
        rows(schema, "UPDATE session SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 90 SECOND WHERE staff_id = (SELECT MIN(id) FROM staff WHERE role = 'clerk')");
        await withStatements((await clerk.get(path)).must(200), 6);
    }
});

test('who looked is shown to secretary and head, not to a clerk', async () => {
    const who = somebody();
    (await clerk.get(who.path)).must(200);
    (await secretary.get(`${who.path}/riwayat/dibuka`)).must(200, 'Membuka data warga');
    (await (await staff(village, 'head')).get(`${who.path}/riwayat/dibuka`)).must(200, clerkName());
    (await clerk.get(`${who.path}/riwayat/dibuka`)).must(403);
    assert.ok(!(await clerk.get(`${who.path}/riwayat`)).must(200).words.includes('Siapa yang membuka'));
});

test('every page that shows a person writes the look down, in words people read', async () => {
    const who = somebody();
    const family = column(who.id, 'family_id');
    (await upload(clerk, who, 'foto', photo(png(200, 260)))).must(303);
    await until('the photo is made', () => value(schema, `SELECT 1 FROM attachment WHERE owner = 'resident' AND slot = 'photo' AND owner_id = ${who.id} AND upload_id IS NULL AND file_id IS NOT NULL`));
    rows(schema, `INSERT INTO resident_event (kind, act, resident_id, event_date, reported_on, recorded_at, staff_id, staff_name, status_before, status_after, place, cause, reporter, number, note, roles)
        VALUES ('arrival', 'UJILIHAT${who.id}', ${who.id}, '2020-01-01', '2020-01-01', NOW(6), 1, 'Uji', 1, 1, '', '', '', '', '', '[]')`);
    const event = value(schema, `SELECT MAX(id) FROM resident_event WHERE resident_id = ${who.id}`);
    const last = () => value(schema, `SELECT what FROM read_log WHERE resident_id = ${who.id} ORDER BY id DESC LIMIT 1`);
    for (const [path, what] of [[who.path, 'detail'], [`${who.path}/ubah`, 'edit'], [`${who.path}/riwayat`, 'history'], [`${who.path}/berkas`, 'papers'], [`${who.path}/foto`, 'photo'],
        [`/kantor/keluarga/${family}`, 'family'], [`/kantor/peristiwa/${event}`, 'event']]) {
        await withStatements((await clerk.get(path)).must(200));
        assert.equal(last(), what, path);
    }
    await begin(clerk, BUSINESS, who.id);
    assert.equal(last(), 'letter');
    const told = (await secretary.get(`${who.path}/riwayat/dibuka`)).must(200);
    for (const words of ['Melihat foto', 'Membuka kartu keluarga', 'Membuka peristiwa', 'Membuat surat']) assert.ok(told.words.includes(words), words);
    for (const { text } of told.page.querySelectorAll('td[data-label="Apa"]')) assert.match(text, /^(Membuka|Membuat|Melihat|Menampilkan|Mengunduh) /);
});

test('a card, a PIN and an address for mail stand in the history too', async () => {
    const who = somebody();
    const uid = `77${String(who.id).padStart(8, '0')}`;
    const send = async (page, values) => (await clerk.submit((await clerk.get(`${who.path}/${page}`)).must(200), values, `form[action="${who.path}/${page}"]`)).must(303);
    await send('kartu', { kartu: uid, pin: '593047', pin2: '593047' });
    await send('surel', { surel: 'uji@contoh.id', setuju: '1' });
    for (const tail of ['kartu/lepas', 'surel/hapus']) (await clerk.submit((await clerk.get(`${who.path}/${tail.split('/')[0]}`)).must(200), {}, `form[action="${who.path}/${tail}"]`)).must(303);
    assert.deepEqual(history(who.id).map(([kind, by]) => [kind, by]), ['card', 'pin', 'email', 'card_out', 'email_out'].map((kind) => [kind, clerkName()]));
    const told = (await clerk.get(`${who.path}/riwayat`)).must(200, 'Surel dihapus');
    assert.ok(!told.text.includes('contoh.id') && !told.text.includes(uid));
});

test('neither the editor of the site nor the neighbour gets near it', async () => {
    const who = somebody();
    const editor = await staff(village, 'editor');
    const foreign = await staff(neighbour, 'clerk');
    for (const tail of ['/ubah', '/riwayat']) (await editor.get(`${who.path}${tail}`)).must(403);
    const most = Number(value(schemaOf(neighbour), 'SELECT MAX(id) FROM resident'));
    const theirs = `/kantor/penduduk/${most + 5000}`;
    for (const tail of ['/ubah', '/riwayat']) (await foreign.get(`${theirs}${tail}`)).must(404);
    (await (await staff(village, 'head')).get(`${who.path}/ubah`)).must(403);
});

test('the history of an import and of an added person', async () => {
    const [[id]] = rows(schema, 'SELECT id FROM resident ORDER BY id LIMIT 1');
    (await clerk.get(`/kantor/penduduk/${id}/riwayat`)).must(200);
    const [[hamlet, religion]] = rows(schema, "SELECT hamlet, 1 FROM area WHERE hamlet NOT IN ('', '-') ORDER BY id LIMIT 1");
    const form = (await clerk.get('/kantor/penduduk/tambah')).must(200);
    const nik = freshNumber(village, '010198');
    const saved = await clerk.submit(form, { nik, kk: freshKk(village), nama: 'Riwayat Baru', jk: '1', tempat: 'Palopo', lahir_hari: '1', lahir_bulan: '1', lahir_tahun: '1998', agama: religion, kawin: '1', kerja: '1', peran: '1', dusun: hamlet }, 'main form[action="/kantor/penduduk/tambah"]');
    assert.equal(saved.status, 303, saved.told);
    (await clerk.get(`${new URL(saved.location, clerk.origin).pathname}/riwayat`)).must(200, 'Ditambahkan ke buku penduduk');
    assert.deepEqual(rows(schema, `SELECT kind, version FROM history WHERE owner = 'resident' AND owner_id = (SELECT id FROM resident WHERE nik = '${nik}')`), [['add', '1']]);
});

// ---- photo and papers ----

const upload = async (client, who, form, files, values = {}) => client.submit((await client.get(`${who.path}/berkas`)).must(200), values, `form[action="${who.path}/${form}"]`, { files });
const photo = (bytes, filename = 'foto.png', type = 'image/png') => [{ name: 'foto', filename, type, bytes }];
const paper = (bytes, filename = 'kk.pdf', type = 'application/pdf') => [{ name: 'berkas', filename, type, bytes }];

test('a photo is made small by the worker, and what the camera wrote is gone', async () => {
    const who = somebody();
    (await clerk.get(`${who.path}/foto`)).must(404);
    const saved = await upload(clerk, who, 'foto', photo(png(600, 700, { text: 'LINTANG -3.5' })));
    saved.must(303);
    (await clerk.follow(saved)).must(200, 'Tersimpan');
    await until('the photo is made', () => value(schema, `SELECT 1 FROM attachment WHERE owner = 'resident' AND slot = 'photo' AND owner_id = ${who.id} AND upload_id IS NULL AND file_id IS NOT NULL`));
    const shown = await clerk.get(`${who.path}/foto`);
    assert.equal(shown.status, 200);
    assert.match(shown.headers['content-type'], /^image\/jpeg/);
    assert.match(shown.headers['cache-control'], /no-store/);
    assert.deepEqual(jpegSize(shown.bytes), [480, 640]);
    assert.ok(!shown.bytes.includes('LINTANG'));
    assert.equal(value(schema, "SELECT COUNT(*) FROM file f WHERE f.type = 'image/png' AND NOT EXISTS (SELECT 1 FROM file_use u WHERE u.file_id = f.id)"), '0', 'the upload is dropped');
    assert.ok((await clerk.get(who.path)).must(200).page.querySelector(`main img[src^="${who.path}/foto"]`));
    assert.deepEqual(history(who.id).map(([kind]) => kind), ['photo']);
    const part = await clerk.get(`${who.path}/berkas/foto`, { headers: { 'hx-request': 'true' } });
    assert.ok(part.must(200).text.includes('<img') && !part.text.includes('hx-get'));
});

test('no picture that could hurt is taken', async () => {
    const who = somebody();
    for (const [bytes, words] of [
        [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'bukan gambar JPEG atau PNG'],
        [Buffer.from('%PDF-1.7'), 'bukan gambar JPEG atau PNG'],
        [png(10, 10, { claims: [60000, 60000] }), 'terlalu besar untuk dibuka'],
        [Buffer.from('ffd8ffe000104a46', 'hex'), 'rusak'],
    ]) (await upload(clerk, who, 'foto', photo(bytes))).must(422, words);
    (await upload(clerk, who, 'foto', photo(Buffer.concat([png(300, 400), Buffer.alloc(5 << 20)])))).must(422, 'Foto terlalu besar');
    assert.equal((await upload(clerk, who, 'foto', photo(Buffer.concat([png(300, 400), Buffer.alloc(6 << 20)])))).status, 413);
    assert.equal(value(schema, `SELECT COUNT(*) FROM attachment WHERE owner = 'resident' AND slot = 'photo' AND owner_id = ${who.id}`), '0');
    // What only decoding can tell is told afterwards, and the photo that was there stays.
    (await upload(clerk, who, 'foto', photo(png(300, 400)))).must(303);
    await until('the photo is made', () => value(schema, `SELECT 1 FROM attachment WHERE owner = 'resident' AND slot = 'photo' AND owner_id = ${who.id} AND upload_id IS NULL`));
    const file = value(schema, `SELECT file_id FROM attachment WHERE owner = 'resident' AND slot = 'photo' AND owner_id = ${who.id}`);
    (await upload(clerk, who, 'foto', photo(png(300, 400).subarray(0, 200)))).must(303);
    await until('it is refused', () => value(schema, `SELECT refusal FROM attachment WHERE owner = 'resident' AND slot = 'photo' AND owner_id = ${who.id}`) === 'broken');
    assert.equal(value(schema, `SELECT file_id FROM attachment WHERE owner = 'resident' AND slot = 'photo' AND owner_id = ${who.id}`), file);
    (await clerk.get(`${who.path}/berkas`)).must(200, 'Gambar ini rusak');
});

test('papers are kept, downloaded with a note of who did, taken away with a reason, twenty at most', async () => {
    const who = somebody();
    const pdf = pdfOf('akta');
    (await upload(clerk, who, 'dokumen', paper(Buffer.from('<html><script>alert(1)</script>'), 'akta.pdf'), { jenis: 'birth' })).must(422, 'bukan PDF, JPEG, atau PNG');
    (await upload(clerk, who, 'dokumen', paper(pdf), { jenis: '' })).must(422, 'Jenis dokumen belum dipilih');
    (await upload(clerk, who, 'dokumen', paper(pdf), { jenis: 'birth', catatan: 'nomor 12' })).must(303);
    const id = value(schema, `SELECT id FROM attachment WHERE owner = 'resident' AND owner_id = ${who.id}`);
    const got = await clerk.get(`${who.path}/dokumen/${id}`);
    assert.deepEqual([got.status, got.headers['content-type'], got.headers['x-content-type-options']], [200, 'application/pdf', 'nosniff']);
    assert.equal(got.headers['content-disposition'], 'attachment; filename="kk.pdf"');
    assert.deepEqual(got.bytes, pdf);
    assert.equal(value(schema, `SELECT what FROM read_log WHERE resident_id = ${who.id} ORDER BY id DESC LIMIT 1`), 'document');
    const other = somebody();
    (await clerk.get(`${other.path}/dokumen/${id}`)).must(404);

    const page = (await clerk.get(`${who.path}/berkas`)).must(200, 'nomor 12');
    (await clerk.submit(page, {}, `form[action="${who.path}/dokumen/${id}/tarik"]`)).must(422, 'Tulis alasan');
    (await clerk.submit(page, { alasan: 'salah orang' }, `form[action="${who.path}/dokumen/${id}/tarik"]`)).must(303);
    (await clerk.get(`${who.path}/dokumen/${id}`)).must(404);
    (await clerk.get(`${who.path}/berkas`)).must(200, 'salah orang');
    assert.deepEqual(history(who.id).map(([kind, , reason]) => [kind, reason]), [['document', 'Akta kelahiran: nomor 12'], ['document_out', 'Akta kelahiran: salah orang']]);

    for (let i = 0; i < 20; i++) (await upload(clerk, who, 'dokumen', paper(pdfOf(i)), { jenis: 'other' })).must(303);
    const full = (await clerk.get(`${who.path}/berkas`)).must(200, 'Sudah 20 dokumen');
    const { fields } = clerk.fill(full, {}, `form[action="${who.path}/foto"]`);
    const guard = fields.filter(([name]) => name === '_csrf' || name === '_once');
    (await clerk.post(`${who.path}/dokumen`, [...guard, ['jenis', 'kk']], { files: paper(pdf) })).must(422, 'Sudah ada 20 berkas');
});

test('a letter for the person whose page it is', async () => {
    const who = somebody();
    const page = (await clerk.get(who.path)).must(200);
    const href = page.page.querySelectorAll('main a').find((a) => a.text.includes('Buat surat')).getAttribute('href');
    const types = (await clerk.get(href)).must(200);
    const made = await clerk.submit(types, {}, 'form[action="/kantor/surat/buat/keterangan-usaha"]');
    made.must(303);
    assert.equal(value(schema, `SELECT resident_id FROM letter WHERE id = ${/surat\/(\d+)/.exec(made.location)[1]}`), String(who.id));
});

test('a parent\'s corrected name goes into the rows of the children that had the old one; another name there stays', async () => {
    const family = usualFamily(village, 'NAMAORTU');
    const [, mother, son, daughter] = family.members;
    const was = column(mother, 'nik');
    rows(schema, `UPDATE resident SET mother_nik = '${was}', mother_name = 'HALIMAH NAMAORTU' WHERE id = ${son};
        UPDATE resident SET mother_nik = '${was}', mother_name = 'IBU ANGKAT' WHERE id = ${daughter}`);
    const versions = [son, daughter].map((id) => Number(column(id, 'version')));
    const edit = async (values) => (await clerk.submit((await clerk.get(`/kantor/penduduk/${mother}/ubah`)).must(200), { ...values, ...because }, FORM)).must(303);
    await edit({ isi_nama: 'Halimatus Namaortu' });
    assert.deepEqual([son, daughter].map((id) => column(id, 'mother_name')), ['HALIMATUS NAMAORTU', 'IBU ANGKAT']);
    assert.deepEqual([son, daughter].map((id) => Number(column(id, 'version'))), [versions[0] + 1, versions[1]]);
    const [kind, , , changes] = history(son).at(-1);
    assert.deepEqual([kind, JSON.parse(changes)], ['parent_name', { mother_name: ['HALIMAH NAMAORTU', 'HALIMATUS NAMAORTU'] }]);
    (await clerk.get(`/kantor/penduduk/${son}/riwayat`)).must(200, 'Nama orang tua diperbaiki');
    const nik = freshNumber(village, '410183');
    await edit({ isi_nama: 'Halimah Benar', isi_nik: nik });
    assert.deepEqual([son, daughter].map((id) => [column(id, 'mother_nik'), column(id, 'mother_name')]), [[nik, 'HALIMAH BENAR'], [nik, 'IBU ANGKAT']]);
    assert.deepEqual(JSON.parse(history(son).at(-1)[3]), { mother_nik: [was, nik], mother_name: ['HALIMATUS NAMAORTU', 'HALIMAH BENAR'] });
});

test('who stands as both father and mother of a child follows in both, told once', async () => {
    const [father, , son] = usualFamily(village, 'DUAORTU').members;
    const was = column(father, 'nik'), nik = freshNumber(village, '010180');
    rows(schema, `UPDATE resident SET father_nik = '${was}', father_name = 'RAHMAN DUAORTU', mother_nik = '${was}', mother_name = 'RAHMAN DUAORTU' WHERE id = ${son}`);
    const version = Number(column(son, 'version'));
    const parents = () => ['father_nik', 'father_name', 'mother_nik', 'mother_name', 'version'].map((name) => column(son, name));
    const edit = async (values) => (await clerk.submit((await clerk.get(`/kantor/penduduk/${father}/ubah`)).must(200), { ...values, ...because }, FORM)).must(303);
    await edit({ isi_nama: 'Abdul Rahman Duaortu' });
    assert.deepEqual(parents(), [was, 'ABDUL RAHMAN DUAORTU', was, 'ABDUL RAHMAN DUAORTU', String(version + 1)]);
    await edit({ isi_nik: nik });
    assert.deepEqual(parents(), [nik, 'ABDUL RAHMAN DUAORTU', nik, 'ABDUL RAHMAN DUAORTU', String(version + 2)]);
    const name = ['RAHMAN DUAORTU', 'ABDUL RAHMAN DUAORTU'];
    assert.deepEqual(history(son).map(([kind, , , changes]) => [kind, JSON.parse(changes)]),
        [['parent_name', { father_name: name, mother_name: name }], ['parent_nik', { father_nik: [was, nik], mother_nik: [was, nik] }]]);
});

test('a corrected NIK goes into the rows of the children, whose histories say so; who is taken out leaves it to them', async () => {
    const family = usualFamily(village, 'NIKORTU');
    const [father, mother, son, daughter] = family.members;
    const was = column(father, 'nik');
    rows(schema, `UPDATE resident SET father_nik = '${was}', mother_nik = '${column(mother, 'nik')}' WHERE id IN (${son}, ${daughter}); UPDATE resident SET family_id = NULL, family_role = NULL WHERE id = ${daughter}`);
    const version = Number(column(son, 'version')), nik = freshNumber(village, '010180');
    (await clerk.submit((await clerk.get(`/kantor/penduduk/${father}/ubah`)).must(200), { isi_nik: nik, ...because }, FORM)).must(303);
    for (const child of [son, daughter]) {
        assert.deepEqual([column(child, 'father_nik'), column(child, 'mother_nik')], [nik, column(mother, 'nik')]);
        const [kind, , , changes] = history(child).at(-1);
        assert.deepEqual([kind, JSON.parse(changes)], ['parent_nik', { father_nik: [was, nik] }]);
    }
    assert.equal(Number(column(son, 'version')), version + 1);
    const page = (await clerk.get(`/kantor/penduduk/${mother}/keluarkan`)).must(200);
    (await clerk.submit(page, { langkah: 'simpan', sebab: '1', alasan: 'uji' }, 'main form[action$="/keluarkan"]')).must(303);
    assert.match(column(mother, 'nik'), /^0/);
    assert.doesNotMatch(column(son, 'mother_nik'), /^0/, 'the number stays the mother\'s');
});
