// SPDX-License-Identifier: AGPL-3.0-or-later
// Citizenship: a child's by its parents', a newcomer's as it is chosen; a foreigner's papers, and those of somebody who is none.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo, thisYear } from '../harness/days.mjs';
import { eventsOf, faults, FORM, person, through } from '../harness/events.mjs';
import { freshKk, freshNumber, haveHamlets, makeFamily, usualFamily } from '../harness/families.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const { born, bore, arrive, arrived } = eventsOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI KELUARGA');
});

const of = (name) => rows(schema, `SELECT citizenship, passport, kitas FROM resident WHERE name = '${name}'`);
const nations = (mother, father, people) => rows(schema, `UPDATE resident SET citizenship = IF(id = ${people[1]}, ${mother}, ${father}) WHERE id IN (${people[0]}, ${people[1]})`);
const baby = (nama) => ({ nama, jk: '2', tempat: 'Larompong', ...dated('lahir', dayAgo(3)) });

test('a child of two foreigners is one; of one foreign parent it is asked, with WNI chosen', async () => {
    const family = usualFamily(village, 'BANGSA');
    nations(2, 2, family.members);
    const plain = (await born(clerk, family, baby('Anak Asing'))).must(200, 'WNA');
    assert.equal(plain.page.querySelector('[name=warga]'), null, 'nothing to ask');
    (await clerk.submit(plain, { langkah: 'simpan' }, FORM('kelahiran'))).must(303);
    assert.deepEqual(of('ANAK ASING')[0][0], '2');
    for (const [i, [mother, father]] of [[1, 2], [2, 1], [2, 3]].entries()) {
        const next = usualFamily(village, `CAMPUR${'ABC'[i]}`);
        nations(mother, father, next.members);
        const asked = (await born(clerk, next, baby(`Anak Campur${'abc'[i]}`))).must(200, 'Kewarganegaraan bayi');
        assert.equal(asked.page.querySelector('[name=warga][checked]').getAttribute('value'), '1');
        (await clerk.submit(asked, i === 1 ? { langkah: 'simpan', warga: '3' } : { langkah: 'simpan' }, FORM('kelahiran'))).must(303);
        assert.equal(of(`ANAK CAMPUR${'ABC'[i]}`)[0][0], i === 1 ? '3' : '1');
    }
    const alone = makeFamily(village, [[1, 2, 1990, 'IBU ASINGSENDIRI']]);
    rows(schema, `UPDATE resident SET citizenship = 2 WHERE id = ${alone.members[0]}`);
    (await born(clerk, alone, { ...baby('Anak Sendiri'), ibu: String(alone.members[0]), nama_ayah: 'Ayah Lain' })).must(200, 'Kewarganegaraan bayi');
    const usual = usualFamily(village, 'NEGERI');
    (await bore(clerk, usual, baby('Anak Negeri'))).must(303);
    assert.equal(of('ANAK NEGERI')[0][0], '1');
});

test('a newcomer and who is added by hand: WNI unless it is said; a foreigner with papers or without; a KITAS of a WNI is asked about', async () => {
    const family = usualFamily(village, 'TAMU');
    const comer = (nama, more) => person(1, nama, '1', [1, 1, 1990], '9', { nik: freshNumber(village, '010190'), ...more });
    const arrival = (nama, more) => ({ tujuan: 'ada', kk: family.kk, ...comer(nama, more) });
    (await arrived(clerk, arrival('Datang Negeri', {}))).must(303);
    const foreign = (await arrive(clerk, arrival('Datang Asing', { warga: '2', paspor: 'P 1234567' }))).must(200, 'Periksa sebelum dicatat: Datang Asing');
    for (const words of ['Kewarganegaraan WNA', 'Nomor paspor P 1234567', 'Nomor KITAS Tidak diisi']) foreign.must(200, words);
    (await arrived(clerk, arrival('Datang Asing', { warga: '2', paspor: 'P 1234567' }))).must(303);
    assert.deepEqual([of('DATANG NEGERI'), of('DATANG ASING')], [[['1', '', '']], [['2', 'P 1234567', '']]]);
    const asked = (await arrive(clerk, arrival('Datang Ragu', { kitas: '2C11AB1234' }))).must(422, 'KITAS dimiliki orang asing');
    (await through(clerk, await clerk.submit(asked, { langkah: 'periksa', cocok: '1' }, FORM('kedatangan')), FORM('kedatangan'))).must(303);
    assert.deepEqual(of('DATANG RAGU'), [['1', '', '2C11AB1234']]);

    const add = async (nama, more) => clerk.submit((await clerk.get('/kantor/penduduk/tambah')).must(200, 'Kewarganegaraan'), { nik: freshNumber(village, '010190'), nama, jk: '1', tempat: 'Larompong',
        ...dated('lahir', [1, 1, 1990]), agama: '1', kawin: '1', kerja: '1', peran: '9', kk: family.kk, ...more }, 'main form[action="/kantor/penduduk/tambah"]');
    (await add('Tambah Negeri', {})).must(303);
    (await add('Tambah Asing', { warga: '2', kitas: '2C11AB9999' })).must(303);
    (await add('Tambah Polos', { warga: '2' })).must(303);
    assert.deepEqual(['TAMBAH NEGERI', 'TAMBAH ASING', 'TAMBAH POLOS'].map((name) => of(name)[0]), [['1', '', ''], ['2', '', '2C11AB9999'], ['2', '', '']]);
    const doubt = (await add('Tambah Ragu', { kitas: '2C11AB8888' })).must(422, 'KITAS dimiliki orang asing');
    (await clerk.submit(doubt, { cocok: '1' }, 'main form[action="/kantor/penduduk/tambah"]')).must(303);

    const id = value(schema, "SELECT id FROM resident WHERE name = 'TAMBAH NEGERI'");
    const edit = async (values) => clerk.submit((await clerk.get(`/kantor/penduduk/${id}/ubah`)).must(200), { alasan: 'perbaikan', ...values }, FORM('ubah'));
    (await edit({ isi_dokumen_kitas: '2C11AB7777' })).must(422, 'KITAS dimiliki orang asing');
    (await edit({ isi_dokumen_kitas: '2C11AB7777', isi_warganegara_id: '2' })).must(303);
    (await edit({ isi_suku: 'Bugis' })).must(303);
    (await edit({ isi_warganegara_id: '1' })).must(422, 'KITAS dimiliki orang asing');
});

test('a newborn who comes to a family of the village is asked about: born here, or elsewhere and registered there', async () => {
    const family = usualFamily(village, 'BARUDATANG'), when = dayAgo(10);
    const comes = { tujuan: 'ada', kk: family.kk, ...person(1, 'Bayi Barudatang', '1', when, '4') };
    const asked = (await arrive(clerk, comes)).must(422, 'Catat kelahiran');
    assert.ok(asked.page.querySelector(`main a[href="/kantor/keluarga/${family.id}/kelahiran"]`));
    assert.equal(faults(asked).length, 1, faults(asked).join('; '));
    (await through(clerk, await clerk.submit(asked, { langkah: 'periksa', bukan_lahir: '1' }, FORM('kedatangan')), FORM('kedatangan'))).must(303);
    assert.equal(value(schema, "SELECT COUNT(*) FROM resident WHERE name = 'BAYI BARUDATANG'"), '1');
});

test('marriage and age of who comes are asked about: head and wife who are unmarried, a head of ten', async () => {
    const kk = freshKk(village), to = { tujuan: 'baru', kk, alamat: 'Jalan 1', dusun: 'Uji Keluarga' };
    const pair = (kawin, name) => ({ ...to, ...person(1, `Bapak ${name}`, '1', [1, 1, 1980], '1', { kawin }), ...person(2, `Ibu ${name}`, '2', [2, 2, 1985], '3', { kawin }) });
    const asked = (await arrive(clerk, pair('1', 'Belumkawin'))).must(422, 'Ibu Belumkawin tertulis istri, tetapi status perkawinannya belum kawin');
    assert.equal(faults(asked).length, 1, faults(asked).join('; '));
    (await arrive(clerk, pair('2', 'Sudahkawin'))).must(200);
    (await through(clerk, await clerk.submit(asked, { langkah: 'periksa', cocok: '1' }, FORM('kedatangan')), FORM('kedatangan'))).must(303);
    (await arrive(clerk, { ...to, kk: freshKk(village), ...person(1, 'Kepala Kecildatang', '1', [1, 1, thisYear() - 10], '1') }))
        .must(422, 'Kepala Kecildatang belum 17 tahun. Pilih orang dewasa bila ada yang tinggal bersama mereka.');
});

test('ages of who comes are asked about, among themselves and beside the family', async () => {
    const family = usualFamily(village, 'UMURDATANG');
    const comes = (lahir, peran) => ({ tujuan: 'ada', kk: family.kk, ...person(1, 'Anak Umurdatang', '1', lahir, peran) });
    const asked = (await arrive(clerk, comes([1, 1, 1950], '4'))).must(422, 'Anak Umurdatang lahir 1 Januari 1950');
    (await through(clerk, await clerk.submit(asked, { langkah: 'periksa', cocok: '1' }, FORM('kedatangan')), FORM('kedatangan'))).must(303);
    const kk = freshKk(village);
    (await arrive(clerk, { tujuan: 'baru', kk, alamat: 'Jalan 1', dusun: 'Uji Keluarga', ...person(1, 'Bapak Umurdatang', '1', [1, 1, 1990], '1'), ...person(2, 'Besse Umurdatang', '2', [2, 2, 1995], '4') }))
        .must(422, 'Besse Umurdatang lahir 2 Februari 1995');
});

test('the page to check an arrival shows all that was typed of each, and writes places as every page does', async () => {
    const nik = [freshNumber(village, '010188'), freshNumber(village, '410190')];
    const check = (await arrive(clerk, { tujuan: 'baru', kk: freshKk(village), alamat: 'Jalan Tiba 4', dusun: 'Uji Keluarga', rt: '2',
        ...person(1, 'Arman Pendatang', '1', [1, 1, 1988], '1', { nik: nik[0], tempat: 'rsud batara guru', kawin: '2', kerja: '9', sekolah: '5' }),
        ...person(2, 'Bunga Pendatang', '2', [1, 1, 1990], '3', { nik: nik[1], warga: '2', paspor: 'X 99' }) })).must(200, 'Periksa sebelum dicatat: Arman Pendatang dan 1 lainnya');
    const facts = (name) => {
        const heading = check.page.querySelectorAll('main h2').find((h) => h.text.trim() === name).parentNode;
        const list = heading.nextElementSibling;
        return Object.fromEntries(list.querySelectorAll('dt').map((dt) => [dt.text.trim(), dt.nextElementSibling.text.trim()]));
    };
    const one = facts('Arman Pendatang'), two = facts('Bunga Pendatang');
    assert.deepEqual([one, two].map((p) => p.NIK.replace(/[^0-9]/g, '')), nik);
    assert.deepEqual([one['Jenis kelamin'], one.Lahir, one['Hubungan dalam keluarga'], one.Agama, one['Status perkawinan'], one.Kewarganegaraan, one['Nomor paspor']],
        ['Laki-laki', 'RSUD Batara Guru, 1 Januari 1988', 'Kepala keluarga', 'Islam', 'Kawin', 'WNI', undefined], JSON.stringify(one));
    assert.ok(one.Pekerjaan.length > 2 && one['Pendidikan terakhir'].length > 2, JSON.stringify(one));
    assert.deepEqual([two['Jenis kelamin'], two.Lahir, two.Kewarganegaraan, two['Nomor paspor'], two['Nomor KITAS']], ['Perempuan', 'Palopo, 1 Januari 1990', 'WNA', 'X 99', 'Tidak diisi'], JSON.stringify(two));
});

test('who becomes WNA is asked for passport and KITAS where that is said', async () => {
    const [who] = usualFamily(village, 'PINDAHNEGARA').members;
    const form = (await clerk.get(`/kantor/penduduk/${who}/ubah?bagian=1`)).must(200);
    const beside = form.page.querySelector('[name=isi_warganegara_id]').parentNode.nextElementSibling;
    assert.ok(beside.classList.contains('of-foreigner'), 'shown of foreigners only');
    assert.deepEqual(beside.querySelectorAll('input').map((b) => b.getAttribute('name')), ['isi_dokumen_pasport', 'isi_tanggal_akhir_paspor_hari', 'isi_tanggal_akhir_paspor_bulan', 'isi_tanggal_akhir_paspor_tahun', 'isi_dokumen_kitas']);
    (await clerk.submit(form, { isi_warganegara_id: '2', isi_dokumen_pasport: 'X 7788', isi_dokumen_kitas: '2C11AB0001', alasan: 'dokumen' }, 'main form[method=post]')).must(303);
    assert.deepEqual(rows(schema, `SELECT citizenship, passport, kitas FROM resident WHERE id = ${who}`), [['2', 'X 7788', '2C11AB0001']]);
    // The whole form and the section of papers have each box once.
    for (const tail of ['', '?bagian=5']) assert.equal((await clerk.get(`/kantor/penduduk/${who}/ubah${tail}`)).must(200).page.querySelectorAll('[name=isi_dokumen_pasport]').length, 1);
});
