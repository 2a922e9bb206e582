// SPDX-License-Identifier: AGPL-3.0-or-later
// Families: found, read, corrected; members moved, heads changed. Every change stands in the histories of those it touched.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { thisYear } from '../harness/days.mjs';
import { fetched } from '../harness/exports.mjs';
import { familyRow, freshKk, haveHamlets, historyOf, living, makeFamily, residentRow, usualFamily } from '../harness/families.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village, neighbour] = trainingVillages();
const schema = schemaOf(village);
let clerk;
let second;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI', 'UJI PINDAHAN', 'UJI PECAH');
    second = await staff(village, 'secretary');
});

const FORM = (tail) => `main form[action$="/${tail}"]`;
const hrefs = (answer) => answer.page.querySelectorAll('main table a').map((a) => Number(/^\/kantor\/keluarga\/(\d+)$/.exec(a.getAttribute('href') ?? '')?.[1])).filter(Boolean);
const nextOf = (answer) => answer.page.querySelector('main a[rel="next"]')?.getAttribute('href').replaceAll('&amp;', '&');
const faults = (answer) => answer.page.querySelectorAll('.error-summary li').map((li) => li.text.trim());
const versionSum = () => value(schema, 'SELECT version FROM registry_lock');

test('the list: by the head\'s name, masked, in pages without a name in any address; each family once', async () => {
    const seen = new Set();
    let path = '/kantor/keluarga';
    for (let i = 0; i < 3 && path; i++) {
        const page = (await clerk.get(path)).must(200, 'Kepala keluarga');
        for (const id of hrefs(page)) {
            assert.ok(!seen.has(id), `${id} stands on two pages`);
            seen.add(id);
        }
        assert.doesNotMatch(page.words, /\d{16}|\d{4}( \d{4}){3}/, 'no number is open in the list');
        path = nextOf(page);
    }
    assert.ok(seen.size > 60, `${seen.size} families on three pages`);
});

test('the list goes both ways and both directions, and says how many there are, not how many the page has', async () => {
    const total = Number(value(schema, 'SELECT COUNT(*) FROM family f JOIN resident h ON h.id = f.head_id AND h.basic_status = 1'));
    const first = (await clerk.get('/kantor/keluarga')).must(200);
    const of = total > 1000 ? '1.000 lebih' : String(total);
    assert.ok(first.words.includes(`Menampilkan 1–25 dari ${of}`), `${of} families`);
    assert.equal(first.page.querySelector('main a[rel="prev"]'), null, 'nothing lies before the first page');
    const second = (await clerk.get(nextOf(first))).must(200, `Menampilkan 26–50 dari ${of}`);
    const back = (await clerk.get(second.page.querySelector('main a[rel="prev"]').getAttribute('href').replaceAll('&amp;', '&'))).must(200, 'Menampilkan 1–25');
    assert.deepEqual(hrefs(back), hrefs(first), 'back to the same rows');
    assert.equal(first.page.querySelector('th[aria-sort]').getAttribute('aria-sort'), 'ascending');
    const down = (await clerk.get(first.page.querySelector('th[aria-sort] a').getAttribute('href').replaceAll('&amp;', '&'))).must(200);
    assert.equal(down.page.querySelector('th[aria-sort]').getAttribute('aria-sort'), 'descending');
    const last = Number(value(schema, 'SELECT f.id FROM family f JOIN resident h ON h.id = f.head_id AND h.basic_status = 1 ORDER BY h.name DESC, h.id DESC LIMIT 1'));
    assert.equal(hrefs(down)[0], last, 'from the last name');
    assert.ok((await clerk.get('/kantor/keluarga?dusun=TIDAK+ADA')).must(200, 'Tidak ada keluarga yang cocok').page.querySelector('main .chips a'), 'the filter can be dropped');
    (await clerk.get('/kantor/keluarga?cari=rahman')).must(400);
    (await clerk.get('/kantor/keluarga?tampil=lain')).must(422, 'Pilihan ini tidak ada di daftar');
});

test('the families that a list shows are had as a file, their numbers whole and the look written down', async () => {
    const family = makeFamily(village, [[1, 1, 1980, 'UNDUHAN KELUARGA']]);
    const list = (await clerk.get('/kantor/keluarga')).must(200);
    const found = await clerk.follow(await clerk.submit(list, { cari: 'unduhan keluarga' }, 'main form[role=search]'));
    const lines = (await fetched(clerk, await clerk.submit(found.must(200, 'Unduhan Keluarga'), {}, '#unduh-csv'))).file.text.trim().split('\r\n');
    assert.equal(lines.length, 2, lines.join());
    assert.ok(lines[1].includes(familyRow(village, family.id).kk), 'the number whole');
    assert.deepEqual(JSON.parse(value(schema, "SELECT detail FROM audit WHERE action = 'export.ask' ORDER BY id DESC LIMIT 1")), { cari: true, bentuk: 'csv' });
});

test('a family is found by its number and by words of its head\'s name, and by hamlet', async () => {
    const family = usualFamily(village, 'TERCARI');
    const search = async (cari, at = '/kantor/keluarga') => (await clerk.follow(await clerk.submit(await clerk.get(at), { cari }, 'main form[role="search"]'))).must(200);
    for (const query of [family.kk, family.kk.replace(/(\d{4})/g, '$1 ').trim(), 'rahman tercari', 'tercari rahman']) {
        assert.deepEqual(hrefs(await search(query)), [family.id], query);
    }
    assert.deepEqual(hrefs(await search('halimah tercari')), [], 'by the head, not by members');
    for (const odd of ["' OR 1=1 --", '%', '<b>x</b>', '💧', '9999999999999999']) assert.deepEqual(hrefs(await search(odd)), [], odd);
    const there = (await clerk.get('/kantor/keluarga?dusun=UJI+KELUARGA')).must(200);
    assert.ok(hrefs(there).length > 0, 'the first page of the hamlet');
    const ids = rows(schema, "SELECT f.id FROM family f JOIN area a ON a.id = f.area_id WHERE a.hamlet = 'UJI KELUARGA'").map(([id]) => Number(id));
    const chosen = (await clerk.submit(there, { cari: '', dusun: 'UJI KELUARGA' }, 'main form[role="search"]')).must(303);
    assert.deepEqual(hrefs((await clerk.follow(chosen)).must(200)), hrefs(there), 'choosing a hamlet is an address one can come back to');
    assert.deepEqual(hrefs(await search('rahman tercari', '/kantor/keluarga?dusun=UJI+KELUARGA')), [family.id]);
    assert.ok(hrefs(there).every((id) => ids.includes(id)), 'nobody of another hamlet');
});

test('what is wrong with a family is said in words, in the list of those to mend', async () => {
    const none = makeFamily(village, [[4, 1, 1990, 'TANPA KEPALA']]);
    const two = makeFamily(village, [[1, 1, 1980, 'DUA SATU'], [1, 1, 1985, 'DUA LAIN']]);
    const empty = makeFamily(village, []);
    (await clerk.get(`/kantor/keluarga/${none.id}`)).must(200, 'Belum ada kepala keluarga');
    (await clerk.get(`/kantor/keluarga/${two.id}`)).must(200, 'Dua kepala keluarga');
    (await clerk.get(`/kantor/keluarga/${empty.id}`)).must(200, 'Tidak ada anggota');
    const listed = async (view) => {
        const found = [];
        for (let path = `/kantor/keluarga?tampil=${view}`; path;) {
            const page = (await clerk.get(path)).must(200);
            found.push(...hrefs(page));
            path = nextOf(page);
        }
        return found;
    };
    const found = await listed('perbaiki');
    for (const { id } of [none, two]) assert.ok(found.includes(id), `${id} is to be mended`);
    assert.ok(!found.includes(empty.id), 'where nobody lives there is nothing to mend');
    // A card whose last member died or joined another is empty, not faulty.
    const last = makeFamily(village, [[1, 1, 1950, 'TERAKHIR KOSONG']]);
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${last.members[0]}`);
    const closed = await listed('kosong');
    for (const { id } of [empty, last]) assert.ok(closed.includes(id), `${id} is empty`);
    for (const { id } of [none, two]) assert.ok(!closed.includes(id));
    assert.ok(!(await listed('perbaiki')).includes(last.id));
    const asked = await clerk.submit((await clerk.get('/kantor/keluarga?tampil=kosong')).must(200), { cari: 'terakhir kosong' }, 'main form[role="search"]');
    assert.deepEqual(hrefs(asked.status === 303 ? await clerk.follow(asked) : asked), [last.id]);
});

test('the likely acts come first, the rare ones in a menu; an empty family bears nobody', async () => {
    const family = usualFamily(village, 'URUTAN');
    const at = `/kantor/keluarga/${family.id}`;
    const page = (await clerk.get(at)).must(200, 'Catat kelahiran');
    for (const rare of ['/kepala', '/pindah']) assert.ok(page.page.querySelector(`main .acts details.menu a[href="${at}${rare}"]`), `${rare} stands in the menu`);
    assert.equal(page.page.querySelectorAll('main .acts > a').at(-1).getAttribute('href'), `${at}/ubah`);
    const headless = makeFamily(village, [[4, 1, 1990, 'TANPA PEMIMPIN']]);
    assert.ok((await clerk.get(`/kantor/keluarga/${headless.id}`)).must(200, 'Tetapkan kepala keluarga').page.querySelector(`main .acts > a[href="/kantor/keluarga/${headless.id}/kepala"]`), 'what is missing is not rare');
    const empty = (await clerk.get(`/kantor/keluarga/${makeFamily(village, []).id}`)).must(200);
    assert.doesNotMatch(empty.words, /Catat kelahiran/);
});

test('the history of a family names an act once, with everyone whom it touched', async () => {
    const family = usualFamily(village, 'CERITA');
    const form = (await clerk.get(`/kantor/keluarga/${family.id}/ubah`)).must(200);
    (await clerk.submit(form, { alamat: 'Jalan Cerita 7', alasan: 'Pindah rumah bersama' }, FORM('ubah'))).must(303);
    const lines = (await clerk.get(`/kantor/keluarga/${family.id}`)).must(200).page.querySelectorAll('main .history > li');
    assert.equal(lines.length, 1);
    assert.match(lines[0].text, /Data keluarga diubah[\s\S]*Pindah rumah bersama/);
    assert.deepEqual(lines[0].querySelectorAll('a').map((a) => a.text).sort(), ['Anwar Cerita', 'Halimah Cerita', 'Rahman Cerita', 'Rini Cerita']);
});

test('a card shows its number and everyone by role, and the look is written down for each', async () => {
    const family = usualFamily(village, 'KARTU');
    const page = (await clerk.get(`/kantor/keluarga/${family.id}`)).must(200, family.kk.replace(/(\d{4})/g, '$1 ').trim());
    const names = page.page.querySelectorAll('main table tbody tr').map((tr) => tr.querySelector('a').text);
    assert.deepEqual(names, ['Rahman Kartu', 'Halimah Kartu', 'Anwar Kartu', 'Rini Kartu']);
    assert.equal(Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE what = 'family' AND resident_id IN (${family.members})`)), 4);
    (await clerk.get('/kantor/keluarga/999999999')).must(404);
});

test('a form that shows a card\'s number whole is a look at the card', async () => {
    const family = usualFamily(village, 'LIHAT');
    const whole = family.kk.replace(/(\d{4})/g, '$1 ').trim();
    const looks = () => Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE what = 'family' AND resident_id IN (${family.members})`));
    for (const [i, path] of [`/kantor/keluarga/${family.id}/ubah`, `/kantor/peristiwa/kedatangan?keluarga=${family.id}`].entries()) {
        assert.equal((await clerk.get(path)).must(200).page.querySelector('[name=kk]').getAttribute('value'), whole, path);
        assert.equal(looks(), 4 * (i + 1), path);
    }
});

test('address, place and number are corrected for everyone at once, with the reason in each history', async () => {
    const family = usualFamily(village, 'ALAMAT');
    const before_ = versionSum();
    const kk = freshKk(village);
    const form = (await clerk.get(`/kantor/keluarga/${family.id}/ubah`)).must(200);
    const wrong = (await clerk.submit(form, { kk: '123', dusun: '', alasan: '' }, FORM('ubah'))).must(422);
    assert.equal(faults(wrong).length, 3, 'all at once');
    assert.equal(wrong.page.querySelector('[name=kk]').getAttribute('value'), '123');
    (await clerk.submit(form, { kk, alamat: 'Jalan Baru 9', dusun: 'uji pindahan', rw: '3', rt: '', alasan: 'KK baru dari Dukcapil' }, FORM('ubah'))).must(303);
    const now = familyRow(village, family.id);
    assert.deepEqual([now.kk, now.address, now.hamlet, now.version], [kk, 'Jalan Baru 9', 'UJI PINDAHAN', 2]);
    for (const id of family.members) {
        const [row] = historyOf(village, id);
        assert.equal(row.kind, 'family');
        assert.equal(row.reason, 'KK baru dari Dukcapil');
        assert.deepEqual(row.changes, { address: ['Jalan Uji 1', 'Jalan Baru 9'], hamlet: ['UJI KELUARGA', 'UJI PINDAHAN'], kk_no: [family.kk, kk], rt: ['002', '-'], rw: ['001', '003'] });
        assert.equal(row.version, 2);
        assert.equal(residentRow(village, id).area, Number(value(schema, `SELECT area_id FROM family WHERE id = ${family.id}`)));
    }
    assert.equal(Number(versionSum()), Number(before_) + 1, 'the registry moved by one');
    (await clerk.get(`/kantor/keluarga/${family.id}`)).must(200, 'KK baru dari Dukcapil');
});

test('a village whose hamlets were filled with thousands of addresses still changes its registry and shows its lists', async () => {
    const family = usualFamily(village, 'RIBUAN');
    rows(schema, "INSERT INTO area (hamlet, rw, rt) SELECT CONCAT('UJI RIBUAN ', LPAD(seq, 48, '0')), '-', '-' FROM seq_1_to_2000");
    try {
        const form = (await clerk.get(`/kantor/keluarga/${family.id}/ubah`)).must(200);
        (await clerk.submit(form, { alamat: 'Jalan Ribuan 1', alasan: 'salah ketik' }, FORM('ubah'))).must(303);
        for (const path of ['/kantor/keluarga', '/kantor/penduduk']) {
            const list = (await clerk.get(path)).must(200);
            assert.ok(list.page.querySelectorAll('select[name=dusun] option').length < 300, path);
        }
    } finally {
        rows(schema, "DELETE FROM area WHERE hamlet LIKE 'UJI RIBUAN 0%'");
    }
});

test('a number another family has is refused in words', async () => {
    const family = usualFamily(village, 'NOMOR');
    const other = usualFamily(village, 'PUNYA');
    const back = (await clerk.submit(await clerk.get(`/kantor/keluarga/${family.id}/ubah`), { kk: other.kk, alasan: 'coba' }, FORM('ubah'))).must(422, 'sudah dipakai keluarga lain');
    assert.equal(back.page.querySelector('[name=kk]').getAttribute('value'), other.kk);
    assert.equal(familyRow(village, family.id).version, 1);
});

test('who comes second sees both versions side by side, and nothing of theirs is written', async () => {
    const family = usualFamily(village, 'KEDUA');
    const [mine, theirs] = [await clerk.get(`/kantor/keluarga/${family.id}/ubah`), await second.get(`/kantor/keluarga/${family.id}/ubah`)];
    (await second.submit(theirs, { alamat: 'Jalan Sekretaris', alasan: 'pindah rumah' }, FORM('ubah'))).must(303);
    const back = (await clerk.submit(mine, { alamat: 'Jalan Operator', alasan: 'salah ketik' }, FORM('ubah'))).must(409);
    const row = back.page.querySelectorAll('main table tbody tr').find((tr) => tr.text.includes('Alamat'));
    assert.deepEqual(row.querySelectorAll('td').map((td) => td.text), ['Jalan Operator', 'Jalan Sekretaris']);
    assert.equal(familyRow(village, family.id).address, 'Jalan Sekretaris');
    (await clerk.submit(back, {}, FORM('ubah'))).must(303);
    assert.equal(familyRow(village, family.id).address, 'Jalan Operator');
});

test('two clerks at the same moment: one correction stands, the other is shown it', async () => {
    const family = usualFamily(village, 'SEKALIGUS');
    const [a, b] = [await clerk.get(`/kantor/keluarga/${family.id}/ubah`), await second.get(`/kantor/keluarga/${family.id}/ubah`)];
    const answers = await Promise.all([clerk.submit(a, { alamat: 'Jalan A', alasan: 'satu' }, FORM('ubah')), second.submit(b, { alamat: 'Jalan B', alasan: 'dua' }, FORM('ubah'))]);
    assert.deepEqual(answers.map((x) => x.status).sort(), [303, 409]);
    assert.equal(familyRow(village, family.id).address, answers[0].status === 303 ? 'Jalan A' : 'Jalan B');
    assert.equal(historyOf(village, family.members[0]).length, 1);
});

test('another head: the roles are suggested, checked by a person, and written as one act', async () => {
    const family = usualFamily(village, 'GANTI');
    const [father, mother, son, girl] = family.members;
    const form = (await clerk.get(`/kantor/keluarga/${family.id}/kepala`)).must(200, 'Sekarang: Rahman Ganti');
    assert.equal(faults((await clerk.submit(form, { langkah: 'periksa' }, FORM('kepala'))).must(422)).length, 2, 'whom, and why');
    const check = (await clerk.submit(form, { kepala: String(mother), alasan: 'suami merantau', langkah: 'periksa' }, FORM('kepala'))).must(200, 'Periksa kepala keluarga');
    assert.equal(check.page.querySelector(`[name=peran_${father}] option[selected]`).getAttribute('value'), '2', 'he is her husband');
    assert.equal(check.page.querySelector(`[name=peran_${son}] option[selected]`).getAttribute('value'), '4');
    assert.equal(familyRow(village, family.id).head, father, 'nothing was written yet');
    const odd = (await clerk.submit(check, { [`peran_${father}`]: '3', [`peran_${girl}`]: '77', langkah: 'simpan' }, FORM('kepala'))).must(422);
    assert.equal(faults(odd).length, 2);
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('kepala'))).must(303);
    assert.deepEqual(family.members.map((id) => residentRow(village, id).role), [2, 1, 4, 4]);
    assert.equal(familyRow(village, family.id).head, mother);
    assert.deepEqual(historyOf(village, mother).map((h) => [h.kind, h.reason, h.changes]), [['head', 'suami merantau', { family_role: [3, 1] }]]);
    assert.deepEqual(historyOf(village, father).map((h) => h.changes), [{ family_role: [1, 2] }]);
    assert.deepEqual(historyOf(village, son), [], 'who stays what he was has no row');
});

test('a child as head is warned of; back to the choice keeps what was typed', async () => {
    const family = usualFamily(village, 'MUDA');
    const check = (await clerk.submit(await clerk.get(`/kantor/keluarga/${family.id}/kepala`), { kepala: String(family.members[3]), alasan: 'orang tua tiada', langkah: 'periksa' }, FORM('kepala'))).must(200, 'belum 17 tahun');
    const back = (await clerk.submit(check, { langkah: 'ubah' }, FORM('kepala'))).must(200);
    assert.equal(back.page.querySelector('[name=kepala][checked]').getAttribute('value'), String(family.members[3]));
});

test('the head is changed by two at once: one stands', async () => {
    const family = usualFamily(village, 'BALAPAN');
    const checks = [];
    for (const [client, head] of [[clerk, 1], [second, 2]]) {
        checks.push(await client.submit(await client.get(`/kantor/keluarga/${family.id}/kepala`), { kepala: String(family.members[head]), alasan: 'serentak', langkah: 'periksa' }, FORM('kepala')));
    }
    const answers = await Promise.all([clerk.submit(checks[0], { langkah: 'simpan' }, FORM('kepala')), second.submit(checks[1], { langkah: 'simpan' }, FORM('kepala'))]);
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409]);
    const heads = rows(schema, `SELECT id FROM resident WHERE family_id = ${family.id} AND family_role = 1`).map(([id]) => Number(id));
    assert.deepEqual(heads, [family.members[answers[0].status === 303 ? 1 : 2]]);
    assert.equal(familyRow(village, family.id).head, heads[0]);
});

const moveForm = (who, values) => ({ ...Object.fromEntries(who.map(([id, role]) => [[`orang_${id}`, '1'], [`peran_${id}`, String(role)]]).flat()), langkah: 'periksa', ...values });
const move = async (client, family, who, values) => {
    const form = (await client.get(`/kantor/keluarga/${family.id}/pindah`)).must(200);
    return client.submit(form, moveForm(who, values), FORM('pindah'));
};

test('a member goes to another family: role asked, address followed, both cards tell it', async () => {
    const [from, to] = [usualFamily(village, 'ASAL'), makeFamily(village, [[1, 2, 1970, 'NURAENI TUJUAN']], 'UJI TUJUAN')];
    const son = from.members[2];
    const count = living(village);
    const check = (await move(clerk, from, [[son, 5]], { tujuan: 'ada', kk: to.kk, alasan: 'menikah' })).must(200, 'Keluarga Nuraeni Tujuan');
    assert.equal(residentRow(village, son).family, from.id);
    const answer = (await clerk.submit(check, { langkah: 'simpan' }, FORM('pindah'))).must(303);
    assert.equal(answer.location, `/kantor/keluarga/${to.id}`);
    const now = residentRow(village, son);
    assert.deepEqual([now.family, now.role, now.version, now.area], [to.id, 5, 2, Number(value(schema, `SELECT area_id FROM family WHERE id = ${to.id}`))]);
    const history = historyOf(village, son);
    assert.equal(history.length, 1);
    assert.equal(history[0].kind, 'move_family');
    assert.deepEqual(history[0].changes, { hamlet: ['UJI KELUARGA', 'UJI TUJUAN'], kk_no: [from.kk, to.kk], family_role: [4, 5] });
    for (const { id } of [from, to]) (await clerk.get(`/kantor/keluarga/${id}`)).must(200, 'Pindah keluarga: Anwar Asal. menikah');
    assert.equal(living(village), count, 'nobody came or went');
    assert.deepEqual([from, to].map((f) => familyRow(village, f.id).version), [2, 2]);
});

test('who joins as wife is offered Kawin, the head too; a box that is unticked leaves the status, and what is Kawin is not offered', async () => {
    const marital = (id) => Number(value(schema, `SELECT IFNULL(marital, 0) FROM resident WHERE id = ${id}`));
    const single = (ids, status) => rows(schema, `UPDATE resident SET marital = ${status} WHERE id IN (${ids.join()})`);
    const [from, to] = [makeFamily(village, [[1, 2, 1988, 'BESSE PENGANTIN']]), makeFamily(village, [[1, 1, 1986, 'DAUD PENGANTIN'], [4, 2, 2010, 'ANAK PENGANTIN']])];
    const [bride] = from.members, [groom] = to.members;
    single([bride], 4);
    single([groom], 1);
    const check = (await move(clerk, from, [[bride, 3]], { tujuan: 'ada', kk: to.kk, alasan: 'menikah' })).must(200, 'Status kawin Besse Pengantin menjadi Kawin', 'Status kawin Daud Pengantin menjadi Kawin');
    for (const id of [bride, groom]) assert.ok(check.page.querySelector(`[name=kawin_${id}][checked]`), 'ticked');
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('pindah'))).must(303);
    assert.deepEqual([marital(bride), marital(groom), residentRow(village, bride).role], [2, 2, 3]);
    const told = (id) => historyOf(village, id).find((row) => row.kind === 'married');
    assert.deepEqual([told(bride).changes, told(groom).changes, told(groom).reason], [{ marital: [4, 2] }, { marital: [1, 2] }, 'menikah']);
    (await clerk.get(`/kantor/penduduk/${groom}/riwayat`)).must(200, 'Status kawin mengikuti pindah keluarga');

    const second = makeFamily(village, [[1, 2, 1990, 'KEDUA PENGANTIN']]);
    single(second.members, 1);
    const again = (await move(clerk, second, [[second.members[0], 3]], { tujuan: 'ada', kk: to.kk, alasan: 'menikah siri' })).must(200, 'Status kawin Kedua Pengantin menjadi Kawin');
    assert.equal(again.page.querySelector(`[name=kawin_${groom}]`), null, 'he is married already');
    const { action, fields } = clerk.fill(again, { langkah: 'simpan' }, FORM('pindah'));
    (await clerk.post(action, fields.filter(([name]) => !name.startsWith('kawin_')))).must(303);
    assert.deepEqual([marital(second.members[0]), residentRow(village, second.members[0]).role], [1, 3], 'unticked: it stays');

    const aunt = usualFamily(village, 'BIBIPINDAH');
    const kin = (await move(clerk, aunt, [[aunt.members[2], 9]], { tujuan: 'ada', kk: to.kk, alasan: 'ikut paman' })).must(200);
    assert.equal(kin.page.querySelectorAll('[name^=kawin_]').length, 0, 'no wedding');
});

test('a child of ten who gets a card of their own is asked about on the check page, in the words of a succession', async () => {
    const family = makeFamily(village, [[1, 1, 1980, 'BAPAK KECIL'], [4, 1, thisYear() - 10, 'ANDI KECIL'], [4, 1, 1999, 'BESAR KECIL']]);
    const there = (who) => move(clerk, family, [[who, 1]], { tujuan: 'baru', kk: freshKk(village), alamat: 'Jalan Kecil', dusun: 'Uji Pecah', rw: '', rt: '1', alasan: 'pecah KK' });
    (await there(family.members[1])).must(200, 'Andi Kecil belum 17 tahun. Pilih orang dewasa bila ada yang tinggal bersama mereka.');
    assert.ok(!(await there(family.members[2])).must(200).text.includes('belum 17 tahun'));
});

test('a move shows all its faults at once and keeps what was typed', async () => {
    const family = usualFamily(village, 'SALAH');
    const form = (await clerk.get(`/kantor/keluarga/${family.id}/pindah?orang=${family.members[2]}`)).must(200);
    assert.ok(form.page.querySelector(`[name=orang_${family.members[2]}]`).hasAttribute('checked'), 'the person one came from is ticked');
    const none = (await clerk.submit(form, { [`orang_${family.members[2]}`]: null, kk: '12', langkah: 'periksa' }, FORM('pindah'))).must(422);
    assert.ok(faults(none).length >= 4, faults(none).join('; '));
    const cases = [
        [[[family.members[0], 1]], { tujuan: 'baru', kk: freshKk(village), dusun: 'Uji', alasan: 'pecah' }, 'Kepala keluarga berikutnya belum dipilih'],
        [[[family.members[2], 4]], { tujuan: 'baru', kk: freshKk(village), dusun: 'Uji', alasan: 'pecah' }, 'memerlukan satu kepala keluarga'],
        [[[family.members[2], 1]], { tujuan: 'baru', kk: freshKk(village), dusun: '', alasan: 'pecah' }, 'Dusun belum diisi'],
        [[[family.members[2], 1]], { tujuan: 'baru', kk: family.kk, alasan: 'pecah' }, 'nomor KK keluarga yang sekarang'],
        [[[family.members[2], 4]], { tujuan: 'ada', kk: freshKk(village), alasan: 'ikut paman' }, 'Tidak ada keluarga dengan nomor KK ini'],
        [[[family.members[2], 1]], { tujuan: 'ada', kk: usualFamily(village, 'LAIN').kk, alasan: 'ikut paman' }, 'sudah punya kepala keluarga'],
        [[[family.members[2], 3]], { tujuan: 'ada', kk: usualFamily(village, 'LAIN').kk, alasan: 'ikut paman' }, 'Istri hanya untuk perempuan'],
    ];
    for (const [who, values, words] of cases) {
        const back = (await move(clerk, family, who, values)).must(422, words);
        assert.equal(back.page.querySelector('[name=alasan]').getAttribute('value'), values.alasan);
        assert.ok(back.page.querySelector(`[name=orang_${who[0][0]}]`).hasAttribute('checked'));
    }
    const stranger = usualFamily(village, 'ORANGLUAR').members[0];
    const { action, fields } = clerk.fill(form, moveForm([[family.members[2], 4]], { tujuan: 'ada', kk: usualFamily(village, 'X').kk, alasan: 'coba' }), FORM('pindah'));
    (await clerk.post(action, [...fields, [`orang_${stranger}`, '1']])).must(422, 'tidak semuanya tinggal');
    assert.equal(familyRow(village, family.id).version, 1);
});

test('the head leaves with one child to a new card; the successor\'s people are set, the new family stands', async () => {
    const family = usualFamily(village, 'PECAH');
    const [father, mother, son, girl] = family.members;
    const kk = freshKk(village);
    const check = (await move(clerk, family, [[father, 1], [son, 4]], { tujuan: 'baru', kk, alamat: 'Jalan Pecah 2', dusun: 'Uji Pecah', rw: '', rt: '1', kepala: String(mother), alasan: 'cerai' })).must(200, 'kepala keluarga yang baru');
    assert.equal(check.page.querySelector(`[name=peran_${girl}] option[selected]`).getAttribute('value'), '4');
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('pindah'))).must(303);
    const made = Number(value(schema, `SELECT id FROM family WHERE kk_no = '${kk}'`));
    assert.deepEqual([familyRow(village, family.id).head, familyRow(village, made).head], [mother, father]);
    assert.deepEqual(family.members.map((id) => [residentRow(village, id).family, residentRow(village, id).role]), [[made, 1], [family.id, 1], [made, 4], [family.id, 4]]);
    assert.deepEqual(family.members.map((id) => historyOf(village, id).map((h) => h.kind)), [['split_family'], ['head'], ['split_family'], []]);
});

test('the last one leaves: the family is kept, empty, and says so', async () => {
    const [from, to] = [makeFamily(village, [[1, 2, 1950, 'DAENG TERAKHIR']]), usualFamily(village, 'PENERIMA')];
    const check = (await move(clerk, from, [[from.members[0], 7]], { tujuan: 'ada', kk: to.kk, alasan: 'ikut anak' })).must(200, 'tidak ada lagi yang tinggal');
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('pindah'))).must(303);
    assert.deepEqual([familyRow(village, from.id).kk, familyRow(village, from.id).head], [from.kk, 0]);
    (await clerk.get(`/kantor/keluarga/${from.id}`)).must(200, 'Tidak ada anggota').must(200, 'ikut anak');
});

test('one person moved by two at once goes to one place', async () => {
    const from = usualFamily(village, 'REBUTAN');
    const targets = [usualFamily(village, 'KIRI'), usualFamily(village, 'KANAN')];
    const checks = [];
    for (const [client, to] of [[clerk, targets[0]], [second, targets[1]]]) checks.push(await move(client, from, [[from.members[2], 9]], { tujuan: 'ada', kk: to.kk, alasan: 'rebutan' }));
    const answers = await Promise.all([clerk.submit(checks[0], { langkah: 'simpan' }, FORM('pindah')), second.submit(checks[1], { langkah: 'simpan' }, FORM('pindah'))]);
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409]);
    assert.equal(residentRow(village, from.members[2]).family, targets[answers[0].status === 303 ? 0 : 1].id);
    assert.equal(historyOf(village, from.members[2]).length, 1);
    const late = answers.find((a) => a.status === 409);
    assert.match(late.words, /baru saja berubah/);
});

test('a form sent twice moves once', async () => {
    const [from, to] = [usualFamily(village, 'DUAKALI'), usualFamily(village, 'SEKALI')];
    const check = await move(clerk, from, [[from.members[3], 9]], { tujuan: 'ada', kk: to.kk, alasan: 'ikut bibi' });
    const { action, fields } = clerk.fill(check, { langkah: 'simpan' }, FORM('pindah'));
    const answers = await Promise.all([clerk.post(action, fields), clerk.post(action, fields)]);
    for (const answer of answers) assert.ok(answer.status === 303, `${answer.status}`);
    assert.equal(historyOf(village, from.members[3]).length, 1);
});

test('a family of another village is none here', async () => {
    const own = usualFamily(village, 'SENDIRI');
    rows(schemaOf(neighbour), `ALTER TABLE family AUTO_INCREMENT = ${own.id + 10000}`); // a number that this village has not
    const theirs = usualFamily(neighbour, 'TETANGGA');
    const there = rows(schemaOf(neighbour), `SELECT 1 FROM family WHERE id = ${theirs.id}`);
    assert.equal(there.length, 1);
    assert.equal(value(schema, `SELECT COUNT(*) FROM family WHERE id = ${theirs.id}`), '0', 'the number is theirs alone');
    for (const tail of ['', '/ubah', '/kepala', '/pindah']) (await clerk.get(`/kantor/keluarga/${theirs.id}${tail}`)).must(404);
    (await move(clerk, own, [[own.members[2], 9]], { tujuan: 'ada', kk: theirs.kk, alasan: 'jauh' })).must(422, 'Tidak ada keluarga dengan nomor KK ini');
});

test('who may only read sees the card and changes nothing', async () => {
    const head = await staff(village, 'head');
    const family = usualFamily(village, 'BACA');
    const page = (await head.get(`/kantor/keluarga/${family.id}`)).must(200);
    assert.equal(page.page.querySelectorAll('main a[href$="/ubah"]').length, 0);
    for (const tail of ['ubah', 'kepala', 'pindah']) (await head.get(`/kantor/keluarga/${family.id}/${tail}`)).must(403);
});
