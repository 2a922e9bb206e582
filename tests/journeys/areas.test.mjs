// SPDX-License-Identifier: AGPL-3.0-or-later
// Areas: added, named, merged, retired; everything that hangs on one follows at once.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { eventsOf, person as comer } from '../harness/events.mjs';
import { fetched } from '../harness/exports.mjs';
import { familyRow, freshKk, historyOf, makeFamily, residentRow } from '../harness/families.mjs';
import { DOMICILE, pdf, send as send_ } from '../harness/letters.mjs';
import { pdfWords } from '../harness/paper.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';
import { emptyVillage } from '../harness/villages.mjs';
import { person } from '../harness/workbook.mjs';

const [village, neighbour] = trainingVillages();
const schema = schemaOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
});

const FORM = (tail) => `main form[action$="/${tail}"]`;
const area = (hamlet, rw = '-', rt = '-') => Number(value(schema, `SELECT id FROM area WHERE hamlet = '${hamlet}' AND rw = '${rw}' AND rt = '${rt}'`));
const send = async (path, values, client = clerk) => {
    const page = (await client.get(path)).must(200);
    return client.submit(page, values, FORM(path.split('/').at(-1)));
};
const add = async (dusun, rw = '', rt = '') => {
    const made = (await send('/kantor/wilayah/tambah', { dusun, rw, rt })).must(303);
    return Number(/\/(\d+)$/.exec(made.headers.location)[1]);
};
const offered = async (path, name) => (await clerk.get(path)).must(200).page.querySelectorAll(`main [name="${name}"] option`).map((o) => o.getAttribute('value'));
const family = (hamlet, word) => makeFamily(village, [[1, 1, 1979, `LALLO ${word}`], [3, 2, 1982, `RIBKA ${word}`]], hamlet);

test('a new RT brings its RW and hamlet; the same again is refused, whatever stands before the name', async () => {
    const id = await add('Dsn. Uji Pohon', '1', 'RT 02');
    assert.deepEqual(rows(schema, "SELECT hamlet, rw, rt FROM area WHERE hamlet = 'UJI POHON' ORDER BY rw, rt"),
        [['UJI POHON', '-', '-'], ['UJI POHON', '001', '-'], ['UJI POHON', '001', '002']]);
    (await clerk.get(`/kantor/wilayah/${id}`)).must(200, 'RT 002', 'Dusun Uji Pohon, RW 001', '0 jiwa');
    (await send('/kantor/wilayah/tambah', { dusun: 'DUSUN: Uji Pohon', rw: '01', rt: '2' })).must(422, 'sudah ada');
    (await send('/kantor/wilayah/tambah', { dusun: '', rw: '', rt: '' })).must(422, 'Isi nama dusun, nomor RW, atau nomor RT.');
    assert.ok((await offered('/kantor/keluarga', 'dusun')).includes('UJI POHON'), 'the filter offers it');
});

test('a name that is nearly a known one is asked about; said to be another, it is added', async () => {
    await add('Uji Serupa');
    const asked = (await send('/kantor/wilayah/tambah', { dusun: 'Uji Serupo' })).must(422, 'Sudah ada Dusun Uji Serupa');
    assert.equal(rows(schema, "SELECT 1 FROM area WHERE hamlet = 'UJI SERUPO'").length, 0);
    (await clerk.submit(asked, { yakin: '1' }, FORM('tambah'))).must(303);
    assert.ok(area('UJI SERUPO') > 0);
});

test('an RT or RW that is called by a word is asked about, added or renamed; numbers, letters and Roman numbers are not', async () => {
    const asked = (await send('/kantor/wilayah/tambah', { dusun: 'Uji Kata', rw: '1', rt: 'Ujung' })).must(422, 'RT biasanya bernomor');
    assert.equal(rows(schema, "SELECT 1 FROM area WHERE hamlet = 'UJI KATA'").length, 0);
    (await clerk.submit(asked, { memang_begitu: '1' }, FORM('tambah'))).must(303);
    assert.ok(area('UJI KATA', '001', 'UJUNG') > 0);
    (await send('/kantor/wilayah/tambah', { dusun: 'Uji Kata', rw: 'Barat', rt: '2' })).must(422, 'RW biasanya bernomor');
    for (const rt of ['2', 'A', 'IV', '03B', '1/2', 'xii']) await add('Uji Kata', '1', rt);
    const id = await add('Uji Kata', '1', '9');
    const again = (await send(`/kantor/wilayah/${id}/ubah`, { nama: 'Uji Beta' })).must(422, 'RT biasanya bernomor', 'Bila memang bernama UJI BETA, centang ini.');
    assert.equal(area('UJI KATA', '001', '009'), id);
    (await clerk.submit(again, { memang_begitu: '1' }, FORM('ubah'))).must(303);
    assert.equal(area('UJI KATA', '001', 'UJI BETA'), id);
    (await send(`/kantor/wilayah/${id}/ubah`, { telepon: '0812 3456 7890' })).must(303);
    (await send(`/kantor/wilayah/${id}/ubah`, { nama: '9A' })).must(303);
    assert.equal(area('UJI KATA', '001', '9A'), id);
    (await send(`/kantor/wilayah/${area('UJI KATA', '001')}/ubah`, { nama: 'Timur' })).must(422, 'RW biasanya bernomor');
});

test('the tree counts families and people who live there, in each level what lies in it', async () => {
    const made = family('UJI HITUNG', 'HITUNG');
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${made.members[1]}`);
    const id = await add('Uji Hitung', '001', '003');
    const found = (await clerk.submit((await clerk.get('/kantor/wilayah')).must(200), { cari: 'uji hitung' }, 'main form[role="search"]')).must(303);
    const lines = (await clerk.get(found.headers.location)).must(200).page.querySelectorAll('main tbody tr').map((tr) => tr.querySelectorAll('td').map((td) => td.text.trim()));
    assert.deepEqual(lines.map(([name, , families, men, women, all]) => [name, families, men, women, all]), [
        ['Dusun Uji Hitung', '1', '1', '0', '1'],
        ['RW 001 Dusun Uji Hitung', '1', '1', '0', '1'],
        ['RT 002 Dusun Uji Hitung, RW 001', '1', '1', '0', '1'],
        ['RT 003 Dusun Uji Hitung, RW 001', '0', '0', '0', '0']]);
    (await clerk.get(`/kantor/wilayah/${id}`)).must(200, '0 jiwa');
});

test('a hamlet gets another name: people, families, filters and the letter\'s address say it at once', async () => {
    const made = family('UJI NAMA LAMA', 'NAMA'), other_ = family('UJI NAMA LAMA', 'JALAN'), id = await add('Uji Nama Lama');
    rows(schema, `UPDATE family SET address = 'Dsn. UJI NAMA LAMA No. 3' WHERE id = ${made.id}; UPDATE family SET address = 'Jl. Uji Nama Lama' WHERE id = ${other_.id}`);
    const version = residentRow(village, made.members[0]).version;
    (await send(`/kantor/wilayah/${id}/ubah`, { nama: 'Dusun Uji Nama Baru' })).must(303);
    assert.equal(familyRow(village, made.id).hamlet, 'UJI NAMA BARU');
    assert.equal(residentRow(village, made.members[0]).version, version, 'nothing of the person changed');
    (await clerk.get(`/kantor/penduduk/${made.members[0]}`)).must(200, 'Dusun Uji Nama Baru');
    assert.deepEqual(rows(schema, `SELECT address, version FROM family WHERE id = ${made.id}`), [['Dsn. Uji Nama Baru No. 3', '2']], 'the address that said the name');
    const told = historyOf(village, made.members[1]).at(-1);
    assert.deepEqual([told.kind, told.changes], ['area_name', { address: ['Dsn. UJI NAMA LAMA No. 3', 'Dsn. Uji Nama Baru No. 3'] }]);
    assert.equal(value(schema, `SELECT address FROM family WHERE id = ${other_.id}`), 'Jl. Uji Nama Lama', 'a street of that name stays');
    const filter = await offered('/kantor/penduduk', 'dusun');
    assert.ok(filter.includes('UJI NAMA BARU') && !filter.includes('UJI NAMA LAMA'), filter.join());
    (await clerk.get(`/kantor/wilayah/${id}`)).must(200, 'Uji Nama Lama', 'Uji Nama Baru');
    const other = await add('Uji Nama Lain');
    (await send(`/kantor/wilayah/${other}/ubah`, { nama: 'uji nama baru' })).must(422, 'Nama ini sudah dipakai', 'Gabungkan');
    (await send(`/kantor/wilayah/${other}/ubah`, { nama: '-' })).must(422);
    const rt = area('UJI NAMA BARU', '001', '002');
    (await send(`/kantor/wilayah/${rt}/ubah`, { nama: 'RT 9' })).must(303);
    assert.equal(rt, area('UJI NAMA BARU', '001', '009'));
});

test('an RW gets another number with all its RT; two who change one at once see both', async () => {
    await add('Uji Nomor', '1', '1');
    const rw = area('UJI NOMOR', '001');
    const late = (await clerk.get(`/kantor/wilayah/${rw}/ubah`)).must(200);
    (await send(`/kantor/wilayah/${rw}/ubah`, { nama: '7' }, await staff(village, 'secretary'))).must(303);
    assert.deepEqual(rows(schema, "SELECT rw, rt FROM area WHERE hamlet = 'UJI NOMOR' ORDER BY rw, rt"), [['-', '-'], ['007', '-'], ['007', '001']]);
    (await clerk.submit(late, { nama: '8' }, FORM('ubah'))).must(409);
});

test('who looks after it: a resident who lives here, or a name; who dies is to be replaced', async () => {
    const made = family('UJI KEPALA', 'KEPALA'), id = await add('Uji Kepala');
    const page = (await clerk.get(`/kantor/wilayah/${id}/ubah`)).must(200);
    (await clerk.submit(page, { kepala_cari: 'lallo kepala', telepon: '0812 3456 7890' }, FORM('ubah'))).must(303);
    (await clerk.get(`/kantor/wilayah/${id}`)).must(200, 'Kepala dusun', 'Lallo Kepala');
    const both = (await clerk.get(`/kantor/wilayah/${id}/ubah`)).must(200);
    (await clerk.submit(both, { nama_kepala: 'Orang Luar' }, FORM('ubah'))).must(422, 'salah satu saja');
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${made.members[0]}`);
    (await clerk.get(`/kantor/wilayah/${id}`)).must(200, 'perlu diganti');
    (await clerk.submit((await clerk.get(`/kantor/wilayah/${id}/ubah`)).must(200), { kepala: '', nama_kepala: 'Orang Luar' }, FORM('ubah'))).must(303);
    (await clerk.get(`/kantor/wilayah/${id}`)).must(200, 'Orang Luar');
});

test('one is merged into another: checked with counts, everybody moves, the histories say so', async () => {
    const made = family('UJI SALAH KETIX', 'GABUNG'), there = family('UJI SALAH KETIK', 'TETAP');
    const from = await add('Uji Salah Ketix'), to = await add('Uji Salah Ketik');
    await add('Uji Salah Ketix', '004', '001');
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${made.members[1]}; UPDATE area SET head_name = 'Pak Ketua' WHERE hamlet = 'UJI SALAH KETIX'`);
    const check = (await send(`/kantor/wilayah/${from}/gabung`, { ke: String(to), alasan: 'salah ketik', langkah: 'periksa' }))
        .must(200, 'Periksa sebelum digabungkan', '1 warga, 1 keluarga', '2 warga, 1 keluarga', '3 warga, 2 keluarga');
    assert.equal(familyRow(village, made.id).hamlet, 'UJI SALAH KETIX', 'nothing happened yet');
    const done = (await clerk.submit(check, { langkah: 'simpan' }, FORM('gabung'))).must(303);
    assert.equal(done.headers.location, `/kantor/wilayah/${to}`);
    const place = area('UJI SALAH KETIK', '001', '002');
    assert.deepEqual([familyRow(village, made.id).hamlet, familyRow(village, made.id).version], ['UJI SALAH KETIK', 2]);
    for (const id of made.members) {
        const last = historyOf(village, id).at(-1);
        assert.deepEqual([residentRow(village, id).area, residentRow(village, id).version], [place, 2], 'the dead, too');
        assert.deepEqual([last.kind, last.reason, last.changes], ['area', 'salah ketik', { hamlet: ['UJI SALAH KETIX', 'UJI SALAH KETIK'] }]);
    }
    assert.equal(residentRow(village, there.members[0]).version, 1, 'who was there stays as he is');
    assert.deepEqual(rows(schema, "SELECT rw, rt, head_name FROM area WHERE hamlet = 'UJI SALAH KETIK' ORDER BY rw, rt"), [['-', '-', ''], ['001', '-', ''],
        ['001', '002', ''], ['004', '-', 'Pak Ketua'], ['004', '001', 'Pak Ketua']], 'what is new there comes with who looks after it');
    assert.ok(!(await offered('/kantor/keluarga', 'dusun')).includes('UJI SALAH KETIX'));
    assert.ok(!(await offered('/kantor/penduduk', 'dusun')).includes('UJI SALAH KETIX'));
    (await clerk.get(`/kantor/penduduk/${made.members[0]}/riwayat`)).must(200, 'Wilayah digabung');
    (await clerk.get(`/kantor/wilayah/${from}`)).must(200, 'Sudah tidak dipakai', 'Digabung ke wilayah lain');
    (await clerk.get(`/kantor/wilayah/${to}`)).must(200, 'Menerima wilayah lain', 'Digabung dari', 'Dusun Uji Salah Ketix');
    (await send(`/kantor/wilayah/${to}/gabung`, { ke: String(place), alasan: 'ke RT', langkah: 'simpan' })).must(422);
    const asked = (await send('/kantor/wilayah/tambah', { dusun: 'Uji Salah Ketix' })).must(422, 'hampir sama');
    assert.equal((await clerk.submit(asked, { yakin: '1' }, FORM('tambah'))).must(303).headers.location, `/kantor/wilayah/${from}`, 'added again, it is the one it was');
});

test('a merge is bound to the page that showed it: not skipped, not pressed on older numbers, and told to who answers for the village', async () => {
    const made = family('UJI TERIKAT', 'IKAT');
    const from = await add('Uji Terikat'), to = await add('Uji Pengikat'), path = `/kantor/wilayah/${from}/gabung`;
    const values = { ke: String(to), alasan: 'salah ketik' };
    (await send(path, { ...values, langkah: 'simpan' })).must(422, 'Periksa dulu apa yang akan digabungkan');
    const skipped = (await send(path, { ...values, langkah: 'periksa' })).must(200, 'Periksa sebelum digabungkan', '2 warga, 1 keluarga');
    const forged = clerk.fill(skipped, { langkah: 'simpan', dibaca: `${from} 1 ${to} 1 2 1 0 0` }, FORM('gabung'));
    assert.notEqual((await clerk.post(forged.action, forged.fields)).status, 303);
    assert.equal(familyRow(village, made.id).hamlet, 'UJI TERIKAT', 'nothing was merged');
    family('UJI TERIKAT', 'BARU');
    const told = (await clerk.submit(skipped, { langkah: 'simpan' }, FORM('gabung'))).must(409, 'Isinya berubah sesudah Anda membacanya', '4 warga, 2 keluarga');
    assert.equal(familyRow(village, made.id).hamlet, 'UJI TERIKAT');
    (await clerk.submit(told, { langkah: 'simpan' }, FORM('gabung'))).must(303);
    assert.equal(familyRow(village, made.id).hamlet, 'UJI PENGIKAT');
    const detail = JSON.parse(value(schema, `SELECT detail FROM audit WHERE action = 'area.merge' AND subject = 'area:${from}'`));
    assert.deepEqual(detail, { into: to, moved: 4, from_people: [4, 0], into_people: [0, 4], from_families: [2, 0], into_families: [0, 2] });
    const home = (await (await staff(village, 'secretary')).get('/kantor')).must(200, 'Wilayah digabungkan petugas lain');
    assert.ok(home.page.querySelector(`main a[href="/kantor/wilayah/${to}"]`));
    assert.doesNotMatch((await clerk.get('/kantor')).must(200).words, /Wilayah digabungkan petugas lain/);
});

test('a hamlet\'s name has no signs that something else reads as its own', async () => {
    const id = await add('Uji Tanda');
    for (const nama of ['Padang \\1', '=Hyperlink("x")', '<b>Padang', '-Padang', 'Padang %s', 'Padang;', '＝HYPERLINK(1)', '＋Padang', '－1', '＠Padang', '﹦Padang', '⁼Padang', '−Padang', 'Padang ＝1']) {
        (await send(`/kantor/wilayah/${id}/ubah`, { nama })).must(422, 'Nama wilayah');
        (await send('/kantor/wilayah/tambah', { dusun: nama })).must(422, 'Nama wilayah');
    }
    assert.equal(area('UJI TANDA'), id);
    for (const nama of ["Ba'tan (Atas)", 'Ba’tan Éla', 'Padang/Sappa No. 2', 'Uji Tanda & Kawan']) (await send(`/kantor/wilayah/${id}/ubah`, { nama })).must(303);
    assert.equal(area('UJI TANDA & KAWAN'), id);
});

test('an address follows its hamlet\'s name whatever signs it has: none is left behind', async () => {
    const made = family('UJI \\\\1 [X] (A)', 'TANDA');
    rows(schema, "INSERT INTO area (hamlet) VALUES ('UJI \\\\1 [X] (A)')");
    const id = Number(value(schema, "SELECT id FROM area WHERE hamlet LIKE 'UJI %[X] (A)' AND rw = '-'"));
    rows(schema, `UPDATE family SET address = 'Dusun Uji \\\\1 [X] (A) No. 5' WHERE id = ${made.id}`);
    (await send(`/kantor/wilayah/${id}/ubah`, { nama: 'Uji 3 (B)' })).must(303);
    assert.equal(value(schema, `SELECT address FROM family WHERE id = ${made.id}`), 'Dusun Uji 3 (B) No. 5');
    (await send(`/kantor/wilayah/${id}/ubah`, { nama: 'Uji Tanda Lagi' })).must(303);
    assert.equal(value(schema, `SELECT address FROM family WHERE id = ${made.id}`), 'Dusun Uji Tanda Lagi No. 5');
});

test('one that nobody lives in goes; else the page says who does and offers to merge', async () => {
    family('UJI DIHUNI', 'HUNI');
    const lived = await add('Uji Dihuni');
    await add('Uji Kosong Lagi', '1', '1');
    const page = (await clerk.get(`/kantor/wilayah/${lived}/hapus`)).must(200, 'Masih ada yang tinggal di sini', '2 warga, 1 keluarga');
    assert.equal(page.page.querySelector(FORM('hapus')), null);
    assert.equal(page.page.querySelector('main .actions a').getAttribute('href'), `/kantor/wilayah/${lived}/gabung`);
    const hamlet = area('UJI KOSONG LAGI'), form = (await clerk.get(`/kantor/wilayah/${hamlet}/hapus`)).must(200);
    const moved = family('UJI KOSONG LAGI', 'DATANG');
    (await clerk.submit(form, { alasan: 'kosong' }, FORM('hapus'))).must(422);
    assert.deepEqual(rows(schema, `SELECT is_retired FROM area WHERE id = ${hamlet}`), [['0']], 'somebody came in between');
    rows(schema, `UPDATE resident SET basic_status = 3 WHERE family_id = ${moved.id}; UPDATE family SET head_id = NULL WHERE id = ${moved.id}`);
    (await send(`/kantor/wilayah/${hamlet}/hapus`, { alasan: 'kosong' })).must(303);
    assert.deepEqual(rows(schema, "SELECT MIN(is_retired) FROM area WHERE hamlet = 'UJI KOSONG LAGI'"), [['1']], 'with what lies in it');
    assert.ok(!(await offered('/kantor/keluarga', 'dusun')).includes('UJI KOSONG LAGI'));
});

test('who may not, and another village', async () => {
    const id = await add('Uji Dinding');
    const reader = await staff(village, 'head');
    const page = (await reader.get('/kantor/wilayah')).must(200);
    assert.equal(page.page.querySelector('main a[href="/kantor/wilayah/tambah"]'), null);
    (await reader.get(`/kantor/wilayah/${id}/ubah`)).must(403);
    rows(schemaOf(neighbour), `DELETE FROM area WHERE id = ${id} AND hamlet LIKE 'UJI %'`);
    const there = (await staff(neighbour, 'clerk'));
    if (value(schemaOf(neighbour), `SELECT COUNT(*) FROM area WHERE id = ${id}`) === '0') (await there.get(`/kantor/wilayah/${id}`)).must(404);
    assert.doesNotMatch((await there.get('/kantor/wilayah')).must(200).words, /Uji Dinding/);
});

test('a form offers the hamlets that the village has; a new one is said to be new a second time, by who may', async () => {
    family('UJI PILIH', 'PILIH');
    const made = family('UJI ASAL', 'ASAL'), path = `/kantor/keluarga/${made.id}/ubah`;
    const page = (await clerk.get(path)).must(200);
    const box = page.page.querySelector('main select[name="dusun"]');
    assert.deepEqual([box.querySelector('option[selected]').getAttribute('value'), box.querySelectorAll('option').at(-1).getAttribute('value')], ['Uji Asal', '+']);
    assert.equal(page.page.querySelector('main .field:has([name="dusun"]) + .new-hamlet [name="dusun_baru"]')?.getAttribute('value') ?? '', '', 'the box of a new one stands behind the choice, empty');
    const asked = (await clerk.submit(page, { dusun: '+', alasan: 'pindah' }, FORM('ubah'))).must(422, 'Nama dusun baru belum diisi.');
    const again = (await clerk.submit(asked, { dusun_baru: 'Dsn. Uji Pilihh' }, FORM('ubah'))).must(422, 'yang ada Dusun Uji Pilih');
    assert.equal(rows(schema, "SELECT 1 FROM area WHERE hamlet = 'UJI PILIHH'").length, 0, 'not made by mistake');
    (await clerk.submit(again, { dusun_baru_yakin: '1' }, FORM('ubah'))).must(303);
    assert.equal(familyRow(village, made.id).hamlet, 'UJI PILIHH');
    (await clerk.submit((await clerk.get(path)).must(200), { dusun: 'Uji Pilih', rt: 'RT 4', alasan: 'pindah' }, FORM('ubah'))).must(303);
    assert.equal(familyRow(village, made.id).hamlet, 'UJI PILIH');
    assert.ok(area('UJI PILIH', '001', '004') > 0);
    const word = value(schema, "SELECT permissions FROM role WHERE word = 'clerk'");
    rows(schema, "UPDATE role SET permissions = REPLACE(permissions, 'edit_areas,', '') WHERE word = 'clerk'");
    try {
        const without = await staff(village, 'clerk'), form = (await without.get(path)).must(200);
        assert.equal(form.page.querySelector('main select[name="dusun"] option[value="+"]'), null);
        (await without.submit(form, { dusun: 'Uji Lancang', alasan: 'pindah' }, FORM('ubah'))).must(422, 'Dusun Uji Lancang belum ada di desa ini');
        (await without.get('/kantor/wilayah/tambah')).must(403);
    } finally {
        rows(schema, `UPDATE role SET permissions = '${word}' WHERE word = 'clerk'`);
    }
});

test('no form makes an RT or RW that is called by a word: it is made in Wilayah first', async () => {
    const made = family('UJI NOMOR', 'NOMOR'), edit = `/kantor/keluarga/${made.id}/ubah`;
    (await send(edit, { rt: 'Ujung', alasan: 'pindah' })).must(422, 'RT Ujung belum ada, dan RT biasanya bernomor');
    (await send(edit, { rw: 'Uji Nomor', alasan: 'pindah' })).must(422, 'RW Uji Nomor belum ada');
    (await clerk.submit((await clerk.get('/kantor/penduduk/tambah')).must(200), { kk: freshKk(village), dusun: 'Uji Nomor', rw: '1', rt: 'Baru' }, FORM('tambah'))).must(422, 'RT Baru belum ada');
    (await clerk.submit((await clerk.get('/kantor/peristiwa/kedatangan')).must(200), { langkah: 'periksa', tujuan: 'baru', kk: freshKk(village), dusun: 'Uji Nomor', rw: '1', rt: 'Baru' }, FORM('kedatangan'))).must(422, 'RT Baru belum ada');
    assert.equal(rows(schema, "SELECT 1 FROM area WHERE hamlet = 'UJI NOMOR' AND (rt IN ('UJUNG', 'BARU') OR rw = 'UJI NOMOR')").length, 0);
    (await clerk.submit((await send('/kantor/wilayah/tambah', { dusun: 'Uji Nomor', rw: '1', rt: 'Ujung' })).must(422), { memang_begitu: '1' }, FORM('tambah'))).must(303);
    (await send(edit, { rt: 'ujung', alasan: 'pindah' })).must(303);
    for (const rt of ['7', 'IV', '2A']) (await send(edit, { rt, alasan: 'pindah' })).must(303);
});

test('a person\'s own hamlet is one of the village\'s, too', async () => {
    const made = family('UJI SENDIRI', 'SENDIRI'), path = `/kantor/penduduk/${made.members[1]}/ubah`;
    const because = { alasan: 'laporan', keterangan: 'pindah' };
    (await clerk.submit((await clerk.get(path)).must(200), { isi_dusun: 'Uji Entah', ...because }, FORM('ubah'))).must(422, 'Dusun Uji Entah belum ada di desa ini');
    (await clerk.submit((await clerk.get(path)).must(200), { isi_dusun: 'Uji Pilih', ...because }, FORM('ubah'))).must(303);
    assert.equal(value(schema, `SELECT a.hamlet FROM resident r JOIN area a ON a.id = r.area_id WHERE r.id = ${made.members[1]}`), 'UJI PILIH');
});

test('taking an event back makes no hamlet that has another name by now: the place is the family\'s', async () => {
    const { left, moved, arrived, cancel, eventOf } = eventsOf(village);
    const made = makeFamily(village, [[1, 1, 1970, 'BAPAK KEMBALI'], [4, 1, 2001, 'ANAK KEMBALI']], 'UJI KEMBALI LAMA'), son = made.members[1];
    const id = await add('Uji Kembali Lama');
    (await left(clerk, son, 'kepindahan', moved())).must(303);
    const nik = value(schema, `SELECT nik FROM resident WHERE id = ${son}`);
    (await arrived(clerk, { tujuan: 'baru', kk: freshKk(village), alamat: 'Jalan Lain 9', dusun: 'Uji Pilih', ...comer(1, 'Anak Kembali', '1', [1, 1, 2001], '1', { nik }) })).must(303);
    (await send(`/kantor/wilayah/${id}/ubah`, { nama: 'Uji Kembali Baru' })).must(303);
    (await cancel(clerk, eventOf(son).id)).must(303);
    assert.equal(value(schema, `SELECT a.hamlet FROM resident r JOIN area a ON a.id = r.area_id WHERE r.id = ${son}`), 'UJI KEMBALI BARU');
    assert.equal(rows(schema, "SELECT 1 FROM area WHERE hamlet = 'UJI KEMBALI LAMA'").length, 0);
});

test('a village without hamlets: nothing asks for one, and no place is called "-"', async () => {
    const bare = await emptyVillage('7317102092', 'Uji Tanpa Dusun');
    const page = (await bare.client.get('/kantor/penduduk/tambah')).must(200, 'Tanpa dusun');
    const p = person(7001), [hari, bulan, tahun] = p.tanggallahir.split('-');
    const { action, fields } = bare.client.fill(page, { nik: p.nik, kk: p.no_kk, nama: 'Tanpa Dusun', tempat: 'Bua', lahir_hari: hari, lahir_bulan: bulan,
        lahir_tahun: tahun, agama: '1', kawin: '1', kerja: '1', peran: '1', rw: '', rt: '2' }, FORM('tambah'));
    const made = (await bare.client.post(action, [...fields, ['jk', String(p.sex ?? 1)]])).must(303);
    const answer = (await bare.client.follow(made)).must(200, 'RT 002');
    assert.doesNotMatch(answer.words, /Dusun -|RW -/);
    const family_ = value(bare.schema ?? schemaOf(bare), 'SELECT MAX(id) FROM family');
    (await bare.client.submit((await bare.client.get(`/kantor/keluarga/${family_}/ubah`)).must(200), { alamat: 'Jalan Satu', alasan: 'alamat' }, FORM('ubah'))).must(303);
    for (const path of ['/kantor/wilayah', '/kantor/penduduk', '/kantor/keluarga', `/kantor/keluarga/${family_}`, '/kantor/statistik/dusun', '/']) {
        assert.doesNotMatch((await bare.client.get(path)).must(200).words, /Dusun -|RW -/, path);
    }
    (await bare.client.get('/kantor/wilayah')).must(200, 'RT 002', '1 wilayah');
});

test('a letter that waits for the head says the new name: he reads it again before he signs', async () => {
    const made = family('UJI SURAT LAMA', 'SURAT'), id = await add('Uji Surat Lama');
    const [secretary, head] = [await staff(village, 'secretary'), await staff(village, 'head')];
    const { id: letter } = await send_(clerk, DOMICILE, made.members[0]);
    (await secretary.submit((await secretary.get(`/kantor/persetujuan/${letter}`)).must(200), {}, `form[action$="/${letter}/teruskan"]`)).must(303);
    const read = (await head.get(`/kantor/persetujuan/${letter}`)).must(200, 'Lallo Surat');
    (await send(`/kantor/wilayah/${id}/ubah`, { nama: 'Uji Surat Baru' })).must(303);
    const told = (await head.submit(read, {}, `form[action$="/${letter}/setujui"]`)).must(409, 'Surat ini berubah sesudah Anda membacanya');
    (await head.submit(told, {}, `form[action$="/${letter}/setujui"]`)).must(303);
    const words = pdfWords(await pdf(clerk, letter));
    assert.match(words, /Dusun Uji Surat Baru/);
    (await send(`/kantor/wilayah/${id}/ubah`, { nama: 'Uji Surat Lagi' })).must(303);
    assert.match(pdfWords(await pdf(clerk, letter)), /Dusun Uji Surat Baru/, 'an issued paper stays as it was signed');
});

test('the list is had as a file and printed, with the numbers that it shows', async () => {
    family('UJI BERKAS', 'BERKAS');
    await add('Uji Berkas', '001', '005');
    const shown = (await clerk.submit((await clerk.get('/kantor/wilayah')).must(200), { cari: 'uji berkas' }, 'main form[role="search"]')).must(303);
    const page = (await clerk.get(shown.headers.location)).must(200);
    const csv = (await fetched(clerk, await clerk.submit(page, {}, '#unduh-csv'))).file.text;
    assert.match(csv, /Dusun Uji Berkas[^\n]*1[^\n]*1[^\n]*1[^\n]*2/);
    assert.match(csv, /RT 005[^\n]*0[^\n]*0[^\n]*0/);
    (await clerk.get('/kantor/buku/wilayah')).must(200, 'Daftar Wilayah');
});
