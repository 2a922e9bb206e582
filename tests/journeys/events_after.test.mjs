// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page of an event says and offers once it is written down.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo, longDay } from '../harness/days.mjs';
import { eventsOf, FORM, person } from '../harness/events.mjs';
import { haveHamlets, historyOf, living, residentRow, usualFamily } from '../harness/families.mjs';
import { schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const { eventOf, bore, cancel, leave, left, death, moved } = eventsOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI KELUARGA');
});

const baby = (nama, when) => ({ nama, jk: '1', tempat: 'Larompong', ...dated('lahir', when) });
const month = ([, m, year]) => `${year}-${String(m).padStart(2, '0')}`;

test('what is written down in another month than it happened says so, on its page and in the month it happened', async () => {
    const family = usualFamily(village, 'TELAT');
    const when = dayAgo(100);
    const counted = async () => {
        const link = (await clerk.get(`/kantor/peristiwa?bulan=${month(when)}`)).must(200).page.querySelector(`main .list a[href="/kantor/peristiwa?bulan=${month(dayAgo(0))}"]`);
        return link === null ? 0 : Number(/(\d+) peristiwa bulan ini dicatat di/.exec(link.parentNode.text)[1]);
    };
    const earlier = await counted();
    const page = (await clerk.follow((await bore(clerk, family, baby('Lama Telat', when))).must(303))).must(200, 'Lewat 60 hari sejak lahir');
    assert.match(page.page.querySelector('main .notice.kuning').text.trim(), new RegExp(`^Terjadi ${when[0]} \\S+ ${when[2]}, dicatat di \\S+ ${dayAgo(0)[2]}: masuk buku`));
    assert.equal(await counted(), earlier + 1);
    (await cancel(clerk, eventOf(Number(value(schema, "SELECT id FROM resident WHERE name = 'LAMA TELAT'"))).id)).must(303);
    assert.equal(await counted(), earlier, 'taken back: not counted');
    const today = (await clerk.follow((await bore(clerk, family, baby('Baru Telat', dayAgo(0)))).must(303))).must(200);
    assert.equal(today.page.querySelector('main .notice.kuning'), null, 'in its own month nothing is said');
});

test('what comes next stands on the page: letters, the real NIK, the new head; only what one may do, and nothing of what was taken back', async () => {
    const family = usualFamily(village, 'LANJUTAN');
    const [father, mother, son, daughter] = family.members;
    const nexts = (answer) => answer.page.querySelectorAll('main ul.list a').map((a) => [a.text.trim(), a.getAttribute('href')]).filter(([, href]) => /^\/kantor\/(penduduk\/|keluarga\/\d+\/)/.test(href));
    const birth = await clerk.follow((await bore(clerk, family, baby('Bayi Lanjutan', dayAgo(0)))).must(303));
    const child = Number(value(schema, "SELECT id FROM resident WHERE name = 'BAYI LANJUTAN'"));
    assert.deepEqual(nexts(birth), [
        ['Buat surat untuk Bayi Lanjutan', `/kantor/penduduk/${child}/surat`],
        ['NIK-nya masih sementara: catat yang benar bila sudah terbit', `/kantor/penduduk/${child}/ubah`],
    ]);
    for (const [, href] of nexts(birth)) (await clerk.get(href)).must(200);
    const check = (await leave(clerk, father, 'kematian', { ...death(), kepala: String(mother) })).must(200);
    const died = await clerk.follow((await clerk.submit(check, { langkah: 'simpan' }, FORM('kematian'))).must(303));
    assert.deepEqual(nexts(died), [
        ['Kepala keluarga sekarang: Halimah Lanjutan', `/kantor/penduduk/${mother}`],
        ['Buat surat untuk keluarganya, atas nama Halimah Lanjutan', `/kantor/penduduk/${mother}/surat`],
    ]);
    const away = await clerk.follow((await left(clerk, son, 'kepindahan', moved())).must(303));
    assert.deepEqual(nexts(away), [['Buat surat untuk keluarganya, atas nama Halimah Lanjutan', `/kantor/penduduk/${mother}/surat`]], 'the head stays who it was');
    for (const [, href] of [...nexts(died), ...nexts(away)]) (await clerk.get(href)).must(200);
    const head = await staff(village, 'head');
    const read = (await head.get(`/kantor/peristiwa/${eventOf(father).id}`)).must(200);
    assert.deepEqual(nexts(read), [['Kepala keluarga sekarang: Halimah Lanjutan', `/kantor/penduduk/${mother}`]], 'who writes no letters is offered none');
    (await left(clerk, daughter, 'hilang', { ...dated('tanggal', dayAgo(1)), pelapor: 'Andi' })).must(303);
    const gone = await clerk.follow((await cancel(clerk, eventOf(daughter).id)).must(303));
    assert.deepEqual(nexts(gone), []);
});

test('who is missing can die, found or declared so, also by the search; taken back they are missing again', async () => {
    const family = usualFamily(village, 'LENYAP');
    const son = family.members[2];
    const count = living(village);
    (await left(clerk, son, 'hilang', { ...dated('tanggal', dayAgo(9)), pelapor: 'Andi' })).must(303);
    assert.equal(living(village), count - 1);
    const search = async (word) => (await clerk.follow((await clerk.submit((await clerk.get(`/kantor/peristiwa/catat/${word}`)).must(200), { cari: 'anwar lenyap' }, FORM(word))).must(303))).must(200);
    (await search('kepindahan')).must(200, 'Tidak ada yang cocok');
    const found = await search('kematian');
    assert.match(found.page.querySelector('main ul.people li').text.replace(/\s+/g, ' '), /Anwar Lenyap Tercatat hilang\. /);
    assert.ok(found.page.querySelector(`main a[href="/kantor/penduduk/${son}/kematian"]`));
    assert.ok((await clerk.get(`/kantor/penduduk/${son}`)).must(200).page.querySelector(`main a[href="/kantor/penduduk/${son}/kematian"]`));
    for (const tail of ['hilang', 'kepindahan']) (await clerk.get(`/kantor/penduduk/${son}/${tail}`)).must(409, 'tidak lagi tercatat tinggal');
    (await leave(clerk, son, 'kematian', death(dayAgo(12)))).must(422, 'orangnya tercatat hilang');
    (await left(clerk, son, 'kematian', death(dayAgo(4)))).must(303);
    assert.deepEqual([residentRow(village, son).status, eventOf(son).kind, eventOf(son).before, living(village)], [2, 'death', 4, count - 1]);
    assert.deepEqual(historyOf(village, son).map((h) => [h.kind, h.changes]), [['missing', { basic_status: [1, 4] }], ['death', { basic_status: [4, 2] }]]);
    (await cancel(clerk, eventOf(son).id)).must(303);
    assert.deepEqual([residentRow(village, son).status, living(village)], [4, count - 1]);
    const nik = value(schema, `SELECT nik FROM resident WHERE id = ${son}`);
    const back = await clerk.get(`/kantor/peristiwa/kedatangan?keluarga=${family.id}`);
    const comes = { ...dated('tanggal', dayAgo(0)), asal: 'Hutan Larompong', ...person(1, 'Anwar Lenyap', '1', [1, 1, 2004], '4', { nik }) };
    for (const langkah of ['periksa', 'simpan']) {
        const refused = (await clerk.submit(back, { langkah, ...comes }, FORM('kedatangan'))).must(422, `Hilang sejak ${longDay(dayAgo(9))}`);
        assert.ok(refused.page.querySelector(`main a[href="/kantor/penduduk/${son}/ditemukan"]`), 'who is missing is found, and does not come from elsewhere');
    }
    const unknown = { ...comes, orang_1_nik: '' };
    const asked = (await clerk.submit(back, { langkah: 'simpan', ...unknown }, FORM('kedatangan'))).must(422);
    const same = asked.page.querySelector('[name^=sama_]').getAttribute('name');
    (await clerk.submit(asked, { langkah: 'simpan', [same]: String(son) }, FORM('kedatangan'))).must(422, `Hilang sejak ${longDay(dayAgo(9))}`);
    assert.deepEqual([residentRow(village, son).status, living(village)], [4, count - 1]);
    (await cancel(clerk, Number(value(schema, `SELECT id FROM resident_event WHERE resident_id = ${son} AND kind = 'missing'`)))).must(303);
    assert.deepEqual([residentRow(village, son).status, living(village)], [1, count]);
});

test('who married since the page of a death asked about widows is asked about, not passed over', async () => {
    const family = usualFamily(village, 'SUSUL');
    const [husband, wife] = family.members;
    const check = (await leave(clerk, husband, 'kematian', { ...death(dayAgo(1)), kepala: String(wife) })).must(200, 'Periksa sebelum dicatat');
    assert.equal(check.page.querySelectorAll('main [name^="cerai_"]').length, 0, 'she stands Belum kawin');
    const saved = await clerk.submit((await clerk.get(`/kantor/penduduk/${wife}/ubah`)).must(200), { isi_status_kawin: '2', alasan: 'dokumen' }, FORM('ubah'));
    if (saved.status === 200) (await clerk.submit(saved, { langkah: 'simpan' }, FORM('ubah'))).must(303);
    else saved.must(303);
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('kematian'))).must(409, 'baru saja berubah');
    assert.equal(residentRow(village, husband).status, 1);
    (await left(clerk, husband, 'kematian', { ...death(dayAgo(1)), kepala: String(wife) })).must(303);
    assert.equal(value(schema, `SELECT marital FROM resident WHERE id = ${wife}`), '4');
});
