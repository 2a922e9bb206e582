// SPDX-License-Identifier: AGPL-3.0-or-later
// Events: born, came, died, left, missing, and taken back. Each moves the count of the living by exactly those it is about.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo, thisMonth, thisYear } from '../harness/days.mjs';
import { eventsOf, faults, FORM, person } from '../harness/events.mjs';
import { fetched } from '../harness/exports.mjs';
import { familyRow, freshKk, freshNumber, haveHamlets, historyOf, living, makeFamily, residentRow, usualFamily } from '../harness/families.mjs';
import { pdfOf } from '../harness/pictures.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { statementsOf, withStatements } from '../harness/statements.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const { eventOf, leave, left, death, moved, born, bore, arrive, cancel, fixForm } = eventsOf(village);
let clerk;
let second;
let dead; // somebody who died before all tests

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI DATANG', 'UJI KELUARGA');
    second = await staff(village, 'secretary');
    dead = usualFamily(village, 'TETAP').members[3];
    (await left(clerk, dead, 'kematian', death())).must(303);
});

test('the dead of the same name, however many, hide nobody who lives: not from an event, not from a letter', async () => {
    const family = makeFamily(village, [...Array.from({ length: 55 }, (_, i) => [9, 1, 1950, `AAA ${i} SENAMA`]), [1, 1, 1980, 'ZUBAIR SENAMA']]);
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE family_id = ${family.id} AND name LIKE 'AAA %'`);
    const event = await clerk.submit((await clerk.get('/kantor/peristiwa/catat/kematian')).must(200), { cari: 'senama' }, 'main form');
    const found = (await clerk.follow(event)).must(200, 'Zubair Senama');
    assert.equal(found.page.querySelectorAll('main a[href$="/kematian"]').length, 1, 'nobody dies twice');
    const letter = await clerk.get('/kantor/surat/buat/keterangan-usaha');
    (await clerk.submit(letter, { cari: 'senama' }, 'form[action$="/cari"]')).must(200, 'Zubair Senama');
});

test('the death of somebody who is no head of a family is checked, then recorded: status, history, event, count, no letter', async () => {
    const family = usualFamily(village, 'WAFAT');
    const son = family.members[2];
    const count = living(village);
    const check = (await leave(clerk, son, 'kematian', death())).must(200, 'Periksa sebelum dicatat').must(200, 'Anwar Wafat');
    assert.equal(residentRow(village, son).status, 1, 'nothing was written yet');
    const answer = (await clerk.submit(check, { langkah: 'simpan' }, FORM('kematian'))).must(303);
    (await clerk.follow(answer)).must(200, 'Meninggal: Anwar Wafat').must(200, 'sakit');
    assert.equal(living(village), count - 1);
    assert.deepEqual([residentRow(village, son).status, residentRow(village, son).version], [2, 2]);
    const [row, ...more] = historyOf(village, son);
    assert.deepEqual([row.kind, row.changes, more.length], ['death', { basic_status: [1, 2] }, 0]);
    assert.deepEqual([eventOf(son).kind, eventOf(son).before, eventOf(son).after, eventOf(son).roles], ['death', 1, 2, []]);
    assert.equal(familyRow(village, family.id).head, family.members[0]);
    const letter = await clerk.get('/kantor/surat/buat/keterangan-usaha');
    const { fields } = clerk.fill(letter, {}, 'form[action$="/cari"]');
    const refused = await clerk.post('/kantor/surat/buat/keterangan-usaha', [...fields.filter(([n]) => n.startsWith('_')), ['warga', String(son)]]);
    assert.ok(refused.status >= 400, `a letter for the dead: ${refused.status}`);
    (await clerk.get(`/kantor/penduduk/${son}/kematian`)).must(409, 'tidak lagi tercatat tinggal');
});

test('all faults of a death come at once with what was typed; not in the future, not before birth', async () => {
    const family = usualFamily(village, 'KELIRU');
    const none = (await leave(clerk, family.members[0], 'kematian', {})).must(422);
    assert.equal(faults(none).length, 4, faults(none).join('; '));
    const count = living(village);
    for (const [when, words] of [[dayAgo(-1), 'belum terjadi'], [[1, 1, 1979], 'sebelum tanggal lahirnya'], [[31, 2, 2020], 'Tanggal meninggal']]) {
        const back = (await leave(clerk, family.members[3], 'kematian', death(when))).must(422, words);
        assert.equal(back.page.querySelector('[name=pelapor]').getAttribute('value'), 'Andi');
        assert.equal(back.page.querySelector('[name=tanggal_hari]').getAttribute('value'), String(when[0]));
    }
    assert.equal(living(village), count);
});

test('the head dies: a successor is asked, roles are checked, all is one act; taking it back puts everyone back', async () => {
    const family = usualFamily(village, 'PEMIMPIN');
    const [father, mother, son] = family.members;
    (await leave(clerk, father, 'kematian', death())).must(422, 'Kepala keluarga berikutnya belum dipilih');
    const check = (await leave(clerk, father, 'kematian', { ...death(), kepala: String(mother) })).must(200, 'Kepala keluarga berikutnya: Halimah Pemimpin');
    assert.equal(residentRow(village, father).status, 1, 'nothing was written yet');
    const back = (await clerk.submit(check, { langkah: 'ubah' }, FORM('kematian'))).must(200);
    assert.equal(back.page.querySelector('[name=sebab]').getAttribute('value'), 'sakit');
    const count = living(village);
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('kematian'))).must(303);
    assert.equal(living(village), count - 1);
    assert.deepEqual([familyRow(village, family.id).head, residentRow(village, mother).role, residentRow(village, son).role], [mother, 1, 4]);
    assert.deepEqual(eventOf(father).roles, [[mother, 3, 1]]);
    (await cancel(clerk, eventOf(father).id)).must(303);
    assert.equal(living(village), count);
    assert.deepEqual([familyRow(village, family.id).head, residentRow(village, mother).role, residentRow(village, father).status], [father, 3, 1]);
    assert.deepEqual(historyOf(village, father).map((h) => [h.kind, h.changes]), [['death', { basic_status: [1, 2] }], ['correction', { basic_status: [2, 1] }]]);
    assert.deepEqual(historyOf(village, mother).map((h) => [h.kind, h.changes]), [['head', { family_role: [3, 1] }], ['correction', { family_role: [1, 3] }]]);
    assert.equal(Number(value(schema, `SELECT COUNT(*) FROM resident_event WHERE cancels = ${eventOf(father).id}`)), 1);
    (await clerk.get(`/kantor/peristiwa/${eventOf(father).id}`)).must(200, 'Dibatalkan oleh');
});

test('the history of a family tells a change of head in one line: from whom to whom and why, and everyone\'s role', async () => {
    const family = usualFamily(village, 'WARISAN');
    const [father, , son, daughter] = family.members;
    const told = async () => (await clerk.get(`/kantor/keluarga/${family.id}`)).must(200).page.querySelectorAll('main .history > li')
        .map((li) => li.querySelectorAll('h3, p:not(.meta)').map((p) => p.text.replace(/\s+/g, ' ').trim()));
    const day = dayAgo(2).map((n) => String(n).padStart(2, '0')).join('-');
    (await clerk.submit((await leave(clerk, father, 'kematian', { ...death(), kepala: String(son) })).must(200), { langkah: 'simpan' }, FORM('kematian'))).must(303);
    const afterDeath = await told();
    assert.deepEqual(afterDeath[0], [`Kepala keluarga: Rahman Warisan → Anwar Warisan, karena meninggal ${day}`, 'Halimah Warisan: Istri → Orangtua', 'Rini Warisan: Anak → Famili lain']);
    assert.match(afterDeath[1][0], /^Kematian dicatat: Rahman Warisan\. .*, Rumah$/);
    assert.equal(afterDeath.length, 2);
    assert.deepEqual(historyOf(village, son).map((h) => [h.kind, h.reason]), [['head', `Rahman Warisan meninggal ${day}`]]);
    (await cancel(clerk, eventOf(father).id, { alasan: 'salah orang' })).must(303);
    const [back] = await told();
    assert.match(back[0], /^Peristiwa dibatalkan: .*Rahman Warisan.*salah orang$/);
    assert.deepEqual(back.slice(1).sort(), ['Anwar Warisan: Kepala keluarga → Anak', 'Halimah Warisan: Orangtua → Istri', 'Kepala keluarga: Anwar Warisan → Rahman Warisan', 'Rini Warisan: Famili lain → Anak'].sort());
    const chosen = await clerk.submit(await clerk.get(`/kantor/keluarga/${family.id}/kepala`), { langkah: 'periksa', kepala: String(daughter), alasan: 'Atas permintaan keluarga' }, FORM('kepala'));
    (await clerk.submit(chosen.must(200), { langkah: 'simpan' }, FORM('kepala'))).must(303);
    const [[what, why, ...roles]] = await told();
    assert.deepEqual([what, why], ['Kepala keluarga: Rahman Warisan → Rini Warisan', 'Atas permintaan keluarga']);
    assert.ok(roles.includes('Rahman Warisan: Kepala keluarga → Orangtua'), roles.join('; '));
});

test('a long history of a family goes on, nothing twice', async () => {
    const family = usualFamily(village, 'PANJANG');
    for (let i = 0; i < 25; i++) {
        rows(schema, `INSERT INTO history (at, staff_id, staff_name, owner, owner_id, also, also_id, version, kind, reason, changes, origin)
            SELECT NOW(6) - INTERVAL ${100 - i} DAY, 1, 'Uji', 'resident', id, 'family', family_id, 1, 'family', 'lembar ${i}.', '{}', 'uji${i}' FROM resident WHERE family_id = ${family.id}`);
    }
    const sheets = (answer) => answer.page.querySelectorAll('main .history > li').map((li) => Number(/lembar (\d+)\./.exec(li.text)[1]));
    const first = (await clerk.get(`/kantor/keluarga/${family.id}`)).must(200);
    const seen = sheets(first);
    let next = first.page.querySelector('main .history + p a')?.getAttribute('href');
    while (next) {
        const page = await withStatements((await clerk.get(next)).must(200, 'Keluarga Rahman Panjang'), 6);
        seen.push(...sheets(page));
        next = page.page.querySelector('main .history + p a')?.getAttribute('href');
    }
    assert.deepEqual(seen, Array.from({ length: 25 }, (_, i) => 24 - i));
});

test('taking back is refused while something later stands on it, and twice', async () => {
    const family = usualFamily(village, 'TERLAMBAT');
    const [father, mother, son] = family.members;
    (await clerk.submit(await leave(clerk, father, 'kematian', { ...death(), kepala: String(mother) }), { langkah: 'simpan' }, FORM('kematian'))).must(303);
    (await clerk.submit(await leave(clerk, mother, 'kematian', { ...death(), kepala: String(son) }), { langkah: 'simpan' }, FORM('kematian'))).must(303);
    (await cancel(clerk, eventOf(father).id)).must(409, 'Susunan keluarganya sudah berubah');
    assert.equal(residentRow(village, father).status, 2);
    (await cancel(clerk, eventOf(mother).id)).must(303);
    (await cancel(clerk, eventOf(father).id)).must(303);
    assert.deepEqual(family.members.map((id) => [residentRow(village, id).status, residentRow(village, id).role]), [[1, 1], [1, 3], [1, 4], [1, 4]]);
    (await clerk.get(`/kantor/peristiwa/${eventOf(father).id}/batal`)).must(409, 'sudah dibatalkan');
    const other = usualFamily(village, 'SERENTAK').members[3];
    (await left(clerk, other, 'kematian', death())).must(303);
    const forms = [[clerk, await clerk.get(`/kantor/peristiwa/${eventOf(other).id}/batal`)], [second, await second.get(`/kantor/peristiwa/${eventOf(other).id}/batal`)]];
    const answers = await Promise.all(forms.map(([client, form]) => client.submit(form, { alasan: 'keliru' }, FORM('batal'))));
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409]);
    assert.equal(historyOf(village, other).length, 2);
    assert.equal(faults((await cancel(clerk, eventOf(dead).id, { alasan: '' })).must(422)).length, 1);
});

test('one death written by two at once, and a form sent twice, is one death', async () => {
    const family = usualFamily(village, 'BERSAMAAN');
    const count = living(village);
    const forms = [[clerk, await clerk.get(`/kantor/penduduk/${family.members[2]}/kematian`)], [second, await second.get(`/kantor/penduduk/${family.members[2]}/kematian`)]];
    const answers = await Promise.all(forms.map(([client, form]) => client.submit(form, { langkah: 'simpan', ...death() }, FORM('kematian'))));
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409]);
    assert.equal(living(village), count - 1);
    assert.equal(historyOf(village, family.members[2]).length, 1);
    const { action, fields } = clerk.fill(await clerk.get(`/kantor/penduduk/${family.members[3]}/kematian`), { langkah: 'simpan', ...death() }, FORM('kematian'));
    const first = (await clerk.post(action, fields)).must(303);
    assert.equal((await clerk.post(action, fields)).must(303).location, first.location, 'sent again later: the same answer');
    assert.equal(living(village), count - 2);
});

test('a whole family moves away: one act, a row for each, an empty card; all taken back together', async () => {
    const family = usualFamily(village, 'PINDAHAN');
    const count = living(village);
    const all = Object.fromEntries(family.members.slice(1).map((id) => [`orang_${id}`, '1']));
    const check = (await leave(clerk, family.members[0], 'kepindahan', moved(all))).must(200, 'tidak ada lagi yang tinggal');
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('kepindahan'))).must(303);
    assert.equal(living(village), count - 4);
    assert.equal(new Set(family.members.map((id) => eventOf(id).act)).size, 1, 'written down together');
    const shown = (await clerk.get(`/kantor/peristiwa/${eventOf(family.members[0]).id}`)).must(200, 'Dicatat bersama').page;
    for (const id of family.members.slice(1)) assert.ok(shown.querySelector(`main a[href="/kantor/peristiwa/${eventOf(id).id}"]`), `${id} is named with a link`);
    assert.equal(shown.querySelectorAll('main a').at(-1).getAttribute('href'), `/kantor/peristiwa/${eventOf(family.members[0]).id}/batal`, 'the rare act comes last');
    assert.deepEqual(family.members.map((id) => residentRow(village, id).status), [3, 3, 3, 3]);
    assert.equal(familyRow(village, family.id).head, 0);
    (await clerk.get(`/kantor/keluarga/${family.id}`)).must(200, 'Tidak ada anggota');
    (await cancel(clerk, eventOf(family.members[2]).id, { alasan: 'batal pindah', siapa: 'semua' })).must(303);
    assert.equal(living(village), count);
    assert.equal(familyRow(village, family.id).head, family.members[0]);
    assert.deepEqual(family.members.map((id) => historyOf(village, id).map((h) => h.kind)), Array(4).fill(['move_out', 'correction']));
});

test('some members move: those who stay keep a head; a stranger\'s id is refused; missing is its own status', async () => {
    const family = usualFamily(village, 'SEBAGIAN');
    const [father, mother, son, girl] = family.members;
    (await leave(clerk, father, 'kepindahan', moved({ [`orang_${son}`]: '1' }))).must(422, 'Kepala keluarga berikutnya belum dipilih');
    assert.equal(faults((await leave(clerk, father, 'kepindahan', { kepala: String(mother) })).must(422)).length, 3);
    const form = await clerk.get(`/kantor/penduduk/${girl}/kepindahan`);
    const { action, fields } = clerk.fill(form, { langkah: 'periksa', ...moved() }, FORM('kepindahan'));
    (await clerk.post(action, [...fields, [`orang_${dead}`, '1']])).must(422, 'tidak semuanya tinggal');
    const check = (await leave(clerk, father, 'kepindahan', moved({ [`orang_${son}`]: '1', kepala: String(mother) }))).must(200);
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('kepindahan'))).must(303);
    assert.deepEqual([father, mother, son, girl].map((id) => residentRow(village, id).status), [3, 1, 3, 1]);
    assert.equal(familyRow(village, family.id).head, mother);
    (await left(clerk, girl, 'hilang', { ...dated('tanggal', dayAgo(5)), pelapor: 'Ibunya' })).must(303);
    assert.equal(residentRow(village, girl).status, 4);
});

test('whoever goes, comes or is born is checked before it is saved, also one alone: one button, one meaning', async () => {
    const family = usualFamily(village, 'SEKALI');
    const girl = family.members[3], count = living(village);
    const nik = freshNumber(village, '010190');
    const asked = {
        hilang: await leave(clerk, girl, 'hilang', { ...dated('tanggal', dayAgo(5)), pelapor: 'Ibunya' }),
        kepindahan: await leave(clerk, girl, 'kepindahan', moved()),
        kematian: await leave(clerk, girl, 'kematian', death()),
        kelahiran: await born(clerk, family, { nama: 'Fitri Sekali', jk: '2', tempat: 'Larompong', ...dated('lahir', dayAgo(3)), ibu: String(family.members[1]), pelapor: 'Bidan' }),
        kedatangan: await arrive(clerk, { tujuan: 'ada', kk: family.kk, ...person(1, 'Baso Sekali', '1', [1, 1, 1990], '9', { nik }) }),
    };
    for (const [what, answer] of Object.entries(asked)) {
        answer.must(200, 'Periksa sebelum dicatat');
        const back = (await clerk.submit(answer, { langkah: 'ubah' }, FORM(what))).must(200);
        assert.equal(back.page.querySelector('[name=langkah]').getAttribute('value'), 'periksa', `${what}: the way back is the form`);
    }
    asked.kelahiran.must(200, 'Halimah Sekali').must(200, 'NIK sementara');
    assert.deepEqual([residentRow(village, girl).version, living(village)], [1, count], 'nothing was written');
    (await clerk.submit(asked.kelahiran, { langkah: 'simpan' }, FORM('kelahiran'))).must(303);
    assert.equal(living(village), count + 1);
});

test('of two who left together each is taken back alone; the head\'s return gives the role back', async () => {
    const family = usualFamily(village, 'BERDUA');
    const [father, mother, son] = family.members;
    const check = (await leave(clerk, mother, 'kepindahan', moved({ [`orang_${father}`]: '1', kepala: String(son) }))).must(200);
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('kepindahan'))).must(303);
    assert.equal(familyRow(village, family.id).head, son);
    (await cancel(clerk, eventOf(mother).id, { alasan: 'tidak jadi ikut', siapa: 'satu' })).must(303);
    assert.deepEqual([familyRow(village, family.id).head, residentRow(village, mother).status, residentRow(village, father).status], [son, 1, 3]);
    (await cancel(clerk, eventOf(father).id)).must(303);
    assert.deepEqual([familyRow(village, family.id).head, residentRow(village, son).role], [father, 4]);
});

test('of two heads one dies: the other stays the only one', async () => {
    const family = makeFamily(village, [[1, 1, 1950, 'SULUNG KEMBAR'], [1, 1, 1955, 'BUNGSU KEMBAR']]);
    (await left(clerk, family.members[0], 'kematian', { ...death(), kepala: String(family.members[1]) })).must(303);
    assert.equal(familyRow(village, family.id).head, family.members[1]);
    assert.deepEqual(historyOf(village, family.members[1]), []);
    const asked = (await clerk.get(`/kantor/peristiwa/${eventOf(family.members[0]).id}/batal`)).must(200, 'Keluarganya sekarang punya kepala keluarga lain');
    assert.ok(asked.page.querySelector('main button.is-danger[disabled]'), 'said before the press');
    (await cancel(clerk, eventOf(family.members[0]).id)).must(409, 'kepala keluarga lain');
});

test('a birth without a NIK: a temporary one by rule, parents known, the next one follows', async () => {
    const family = usualFamily(village, 'BAYI');
    const [father, mother] = family.members;
    const count = living(village);
    const answer = (await bore(clerk, family, { nama: 'Fitri Bayi', jk: '2', tempat: 'Larompong', ...dated('lahir', dayAgo(3)), ibu: String(mother), ayah: String(father), pelapor: 'Bidan Sitti' })).must(303);
    (await clerk.follow(answer)).must(200, 'Lahir: Fitri Bayi').must(200, 'Catat kelahiran lagi');
    const [[id, nik, role, motherNik, fatherName, religion, status]] = rows(schema, `SELECT id, nik, family_role, mother_nik, father_name, religion, basic_status FROM resident WHERE family_id = ${family.id} ORDER BY id DESC LIMIT 1`);
    assert.match(nik, new RegExp(`^0${village.code}\\d{5}$`));
    assert.deepEqual([role, motherNik, fatherName, religion, status], ['4', value(schema, `SELECT nik FROM resident WHERE id = ${mother}`), 'RAHMAN BAYI', '1', '1']);
    assert.equal(living(village), count + 1);
    assert.deepEqual(historyOf(village, id).map((h) => h.kind), ['birth']);
    assert.deepEqual([eventOf(id).kind, eventOf(id).before, eventOf(id).after], ['birth', 0, 1]);
    assert.equal(Number(value(schema, `SELECT COUNT(*) FROM resident_word WHERE resident_id = ${id} AND word = 'fitri'`)), 1, 'found by name');
    (await bore(clerk, family, { nama: 'Kembar Bayi', jk: '1', tempat: 'Larompong', ...dated('lahir', dayAgo(3)), ibu: String(mother) })).must(303);
    assert.equal(BigInt(value(schema, `SELECT MAX(nik) FROM resident WHERE family_id = ${family.id} AND nik LIKE '0%'`)), BigInt(nik) + 1n);
    (await cancel(clerk, eventOf(id).id)).must(303);
    assert.equal(residentRow(village, id).status, 9, 'kept, but no resident');
    assert.equal(living(village), count + 1);
});

test('whom a child can be of: by the day of its birth, and each with role and age', async () => {
    const year = dayAgo(3)[2], age = (years) => years + thisYear() - year; // of the child's birth; all are born on 1 January
    const family = makeFamily(village, [[1, 1, year - 40, 'BAPAK PILIHAN'], [3, 2, year - 36, 'IBU PILIHAN'], [4, 1, year - 13, 'PUTRA PILIHAN'], [4, 2, year - 12, 'PUTRI PILIHAN'], [4, 2, year - 20, 'KAKAK PILIHAN'], [7, 2, year - 70, 'NENEK PILIHAN']]);
    const page = (await clerk.get(`/kantor/keluarga/${family.id}/kelahiran`)).must(200).page;
    const offered = (name) => page.querySelectorAll(`[name=${name}] option`).slice(1).map((o) => o.text.trim());
    assert.deepEqual(offered('ayah'), [`Bapak Pilihan (Kepala keluarga, ${age(40)} tahun)`]);
    assert.deepEqual(offered('ibu'), [`Ibu Pilihan (Istri, ${age(36)} tahun)`, `Kakak Pilihan (Anak, ${age(20)} tahun)`, `Nenek Pilihan (Orangtua, ${age(70)} tahun)`], 'no day yet: it may be of somebody grown up');
    const mothers = (answer) => answer.must(422).page.querySelectorAll('[name=ibu] option').slice(1).map((o) => o.text.trim());
    const at = (date) => born(clerk, family, { nama: '', jk: '1', tempat: 'Larompong', ...dated('lahir', date), ibu: '', ayah: '' });
    assert.deepEqual(mothers(await at(dayAgo(3))), [`Ibu Pilihan (Istri, ${age(36)} tahun)`, `Kakak Pilihan (Anak, ${age(20)} tahun)`, `Putri Pilihan (Anak, ${age(12)} tahun)`], 'a child of now');
    assert.deepEqual(mothers(await at([1, 12, year - 36])), [`Nenek Pilihan (Orangtua, ${age(70)} tahun)`], 'registered late');
});

test('a child of somebody who was a child is asked about, and written down knowingly', async () => {
    const year = thisYear();
    const family = makeFamily(village, [[1, 1, year - 60, 'KAKEK MUDA'], [4, 2, year - 17, 'IBU MUDA']]);
    const values = { nama: 'Anak Muda', jk: '1', tempat: 'Larompong', ...dated('lahir', [3, 3, year - 11]), ibu: String(family.members[1]), nama_ayah: 'Tidak Tahu' };
    const asked = (await born(clerk, family, values)).must(422, 'padahal orang tuanya, Ibu Muda, lahir').must(422, 'centang ini');
    assert.equal(value(schema, "SELECT COUNT(*) FROM resident WHERE name = 'ANAK MUDA'"), '0');
    (await clerk.submit(asked, { langkah: 'simpan', cocok: '1' }, FORM('kelahiran'))).must(303);
    assert.deepEqual(rows(schema, "SELECT IFNULL(marital, 0), IFNULL(occupation, 0), IFNULL(education_kk, 0) FROM resident WHERE name = 'ANAK MUDA'"), [['0', '0', '0']], 'eleven years old: nothing is presumed');
    const twice = (await born(clerk, family, { ...values, nama: 'Anak Mudaa', ...dated('lahir', [4, 3, year - 11]) })).must(422, 'Orang yang sama?');
    assert.equal(twice.page.querySelectorAll('[name^=sama_]').length, 2);
});

test('the parents of a child are chosen where the family makes them plain, and only there', async () => {
    const year = thisYear();
    const couple = [[1, 1, year - 40, 'BAPAK DUGAAN'], [3, 2, year - 36, 'IBU DUGAAN']];
    const chosen = async (people) => {
        const family = makeFamily(village, people);
        const page = (await clerk.get(`/kantor/keluarga/${family.id}/kelahiran`)).must(200).page;
        return ['ibu', 'ayah'].map((name) => family.members.indexOf(Number(page.querySelector(`[name=${name}] option[selected]`)?.getAttribute('value') || 0)));
    };
    assert.deepEqual(await chosen([...couple, [4, 2, year - 20, 'KAKAK DUGAAN']]), [1, 0]);
    assert.deepEqual(await chosen([[1, 2, year - 36, 'KEPALA DUGAAN'], [2, 1, year - 40, 'SUAMI DUGAAN']]), [0, 1], 'a woman leads');
    assert.deepEqual(await chosen([...couple, [3, 2, year - 30, 'MADU DUGAAN']]), [-1, -1], 'two wives');
    assert.deepEqual(await chosen([couple[0], [4, 2, year - 20, 'PUTRI DUGAAN']]), [-1, -1], 'a father alone');
    assert.deepEqual(await chosen([[1, 2, year - 36, 'JANDA DUGAAN']]), [-1, -1], 'a mother alone');
    assert.deepEqual(await chosen([...couple, [4, 1, year - 20, 'PUTRA DUGAAN'], [5, 2, year - 19, 'MENANTU DUGAAN']]), [-1, -1], 'two couples');
    assert.deepEqual(await chosen([[1, 1, year - 58, 'TUA DUGAAN'], [3, 2, year - 55, 'TUANYA DUGAAN']]), [-1, -1], 'past the usual years');
});

test('a child without parents is asked about once; a parent is of the family or a name, not both', async () => {
    const family = usualFamily(village, 'YATIM');
    const baby = { nama: 'Fajar Yatim', jk: '1', tempat: 'Larompong', ...dated('lahir', dayAgo(3)) };
    const both = (await born(clerk, family, { ...baby, nama_ibu: 'Orang Lain' })).must(422);
    assert.deepEqual(faults(both).length, 1);
    assert.match(faults(both)[0], /Ibunya sudah dipilih dari keluarga/);
    const asked = (await born(clerk, family, { ...baby, ibu: '', ayah: '' })).must(422, 'Ayah dan ibu bayi ini belum diisi');
    assert.equal(Number(value(schema, "SELECT COUNT(*) FROM resident WHERE name = 'FAJAR YATIM'")), 0);
    assert.equal(asked.page.querySelector('[name=ibu] option[selected]')?.getAttribute('value') || '', '', 'what was emptied stays empty');
    (await clerk.submit(asked, { langkah: 'simpan', tanpa: '1' }, FORM('kelahiran'))).must(303);
    assert.deepEqual(rows(schema, "SELECT mother_nik, mother_name, father_nik, father_name, family_role FROM resident WHERE name = 'FAJAR YATIM'"), [['', '', '', '', '4']]);
    (await bore(clerk, family, { ...baby, nama: 'Surya Yatim', ibu: '', ayah: '', nama_ibu: 'Orang Lain' })).must(303);
    assert.equal(value(schema, "SELECT mother_name FROM resident WHERE name = 'SURYA YATIM'"), 'ORANG LAIN', 'one name is enough');
    (await bore(clerk, family, { ...baby, nama: 'Bintang Yatim' })).must(303);
    assert.deepEqual(rows(schema, "SELECT mother_name, father_name FROM resident WHERE name = 'BINTANG YATIM'"), [['HALIMAH YATIM', 'RAHMAN YATIM']]);
});

test('faults of a birth all at once; a grandchild by its mother\'s role; two at once get two numbers', async () => {
    const family = makeFamily(village, [[1, 1, 1950, 'KAKEK CUCU'], [4, 2, 1985, 'ANAK CUCU'], [4, 1, 2020, 'KECIL CUCU']]);
    assert.ok(faults((await born(clerk, family, { nama: '' })).must(422)).length >= 4);
    const odd = (await born(clerk, family, { nama: 'Salah', jk: '1', tempat: 'X Y', ...dated('lahir', dayAgo(-2)), ibu: String(family.members[1]) })).must(422, 'belum terjadi');
    assert.equal(odd.page.querySelector(`[name=ibu] option[selected]`).getAttribute('value'), String(family.members[1]));
    (await born(clerk, family, { nama: 'Salah', jk: '1', tempat: 'X Y', ...dated('lahir', [1, 1, 1984]), ibu: String(family.members[1]) })).must(422, 'sebelum ibu lahir');
    (await born(clerk, family, { nama: 'Salah', jk: '1', tempat: 'X Y', nik: freshNumber(village, '020290'), ...dated('lahir', dayAgo(1)) })).must(422, 'tidak cocok');
    const other = usualFamily(village, 'LAINNYA');
    const one = await clerk.get(`/kantor/keluarga/${family.id}/kelahiran`);
    const two = await second.get(`/kantor/keluarga/${other.id}/kelahiran`);
    const answers = await Promise.all([
        clerk.submit(one, { langkah: 'simpan', nama: 'Cucu Satu', jk: '1', tempat: 'Larompong', ...dated('lahir', dayAgo(1)), ibu: String(family.members[1]) }, FORM('kelahiran')),
        second.submit(two, { langkah: 'simpan', nama: 'Anak Dua', jk: '2', tempat: 'Larompong', ...dated('lahir', dayAgo(1)) }, FORM('kelahiran')),
    ]);
    assert.deepEqual(answers.map((a) => a.status), [303, 303]);
    assert.equal(value(schema, `SELECT family_role FROM resident WHERE name = 'CUCU SATU' ORDER BY id DESC LIMIT 1`), '6');
    assert.equal(Number(value(schema, "SELECT COUNT(DISTINCT nik) FROM resident WHERE name IN ('CUCU SATU', 'ANAK DUA')")), 2);
});

test('a family arrives: boxes for each, checked, one act; the same NIK cannot arrive again', async () => {
    const kk = freshKk(village);
    const nik = freshNumber(village, '010190');
    const count = living(village);
    const form = (await clerk.get('/kantor/peristiwa/kedatangan')).must(200);
    assert.ok(faults((await clerk.submit(form, { langkah: 'periksa' }, FORM('kedatangan'))).must(422)).length >= 9);
    const common = { ...dated('tanggal', dayAgo(4)), asal: 'Desa Rante, Palopo', nomor: 'SKPWNI/7', tujuan: 'baru', kk, alamat: 'Jalan Datang', dusun: 'Uji Datang', rt: '1' };
    const one = { langkah: 'periksa', ...common, ...person(1, 'Baso Datang', '1', [1, 1, 1990], '1', { nik }) };
    const half = (await clerk.submit(form, { ...one, orang_2_nama: 'Besse Datang' }, FORM('kedatangan'))).must(422, 'Orang 2');
    assert.equal(half.page.querySelector('[name=orang_1_nama]').getAttribute('value'), 'Baso Datang', 'what was typed stays');
    const check = (await clerk.submit(half, { ...one, ...person(2, 'Besse Datang', '2', [2, 2, 1992], '3') }, FORM('kedatangan'))).must(200, 'NIK sementara');
    assert.equal(living(village), count);
    const back = (await clerk.submit(check, { langkah: 'ubah' }, FORM('kedatangan'))).must(200);
    assert.equal(back.page.querySelector('[name=orang_2_nama]').getAttribute('value'), 'Besse Datang', 'and the way back has it');
    (await clerk.submit(check, { langkah: 'simpan' }, FORM('kedatangan'))).must(303);
    assert.equal(living(village), count + 2);
    const made = rows(schema, `SELECT r.id, r.name, r.family_role, a.hamlet, f.head_id FROM resident r JOIN family f ON f.id = r.family_id JOIN area a ON a.id = r.area_id WHERE f.kk_no = '${kk}' ORDER BY r.id`);
    assert.deepEqual(made.map(([, name, role, hamlet]) => [name, role, hamlet]), [['BASO DATANG', '1', 'UJI DATANG'], ['BESSE DATANG', '3', 'UJI DATANG']]);
    assert.equal(made[0][4], made[0][0]);
    assert.deepEqual(made.map(([id]) => [eventOf(id).kind, historyOf(village, id).map((h) => h.kind)]), [['arrival', ['arrival']], ['arrival', ['arrival']]]);
    const again = (await clerk.submit(await clerk.get('/kantor/peristiwa/kedatangan'), { langkah: 'periksa', ...common, tujuan: 'ada', ...person(1, 'Baso Datang', '1', [1, 1, 1990], '9', { nik }) }, FORM('kedatangan'))).must(422, 'sudah tercatat tinggal');
    assert.equal(again.page.querySelector('[name=asal]').getAttribute('value'), common.asal);
    (await cancel(clerk, eventOf(made[0][0]).id, { alasan: 'salah desa', siapa: 'satu' })).must(409, 'kepala keluarga');
    (await cancel(clerk, eventOf(made[0][0]).id, { alasan: 'salah desa', siapa: 'semua' })).must(303);
    assert.equal(living(village), count);
});

test('somebody who moved away returns as the same person', async () => {
    const family = usualFamily(village, 'KEMBALI');
    const son = family.members[2];
    const nik = value(schema, `SELECT nik FROM resident WHERE id = ${son}`);
    (await left(clerk, son, 'kepindahan', moved())).must(303);
    const count = living(village);
    const form = await clerk.get(`/kantor/peristiwa/kedatangan?keluarga=${family.id}`);
    (await clerk.submit(form, { langkah: 'simpan', ...dated('tanggal', dayAgo(0)), asal: 'Makassar', ...person(1, 'Anwar Kembali', '1', [1, 1, 2004], '4', { nik }) }, FORM('kedatangan'))).must(303);
    assert.equal(living(village), count + 1);
    assert.deepEqual([residentRow(village, son).status, residentRow(village, son).family], [1, family.id]);
    assert.deepEqual([eventOf(son).kind, eventOf(son).before], ['arrival', 3]);
    (await cancel(clerk, eventOf(son).id)).must(303);
    assert.equal(residentRow(village, son).status, 3);
});

const lastLook = (id) => value(schema, `SELECT what FROM read_log WHERE resident_id = ${id} ORDER BY id DESC LIMIT 1`);

test('a wrong entry is corrected with a reason; the earlier values remain readable', async () => {
    const son = usualFamily(village, 'PERBAIKAN').members[2];
    (await left(clerk, son, 'kematian', death())).must(303);
    const event = eventOf(son).id;
    const form = await withStatements(await fixForm(clerk, event));
    assert.equal(lastLook(son), 'event');
    assert.equal(form.page.querySelector('[name=tempat]').getAttribute('value'), 'Rumah', 'it begins with what stands');
    assert.deepEqual(faults((await clerk.submit(form, {}, FORM('perbaiki'))).must(422)).length, 1, 'the reason');
    const unchanged = (await clerk.submit(await fixForm(clerk, event), { alasan: 'coba saja' }, FORM('perbaiki'))).must(303);
    (await clerk.follow(unchanged)).must(200, 'Tidak ada yang berubah');
    assert.equal(value(schema, `SELECT COUNT(*) FROM history WHERE owner = 'event' AND owner_id = ${event} AND kind = 'edit'`), '0');
    const wrong = (await clerk.submit(form, { ...dated('tanggal', dayAgo(-1)), tempat: '', pelapor: '', alasan: '' }, FORM('perbaiki'))).must(422);
    assert.equal(faults(wrong).length, 4, faults(wrong).join('; '));
    (await clerk.submit(form, { ...dated('tanggal', [1, 1, 1979]), alasan: 'uji' }, FORM('perbaiki'))).must(422, 'sebelum tanggal lahirnya');
    const { action, fields } = clerk.fill(form, { ...dated('tanggal', dayAgo(3)), tempat: 'RSUD Batara Guru', nomor: 'AK/7', alasan: 'akta baru terbit' }, FORM('perbaiki'));
    const twice = await Promise.all([clerk.post(action, fields), clerk.post(action, fields)]);
    assert.deepEqual(twice.map((a) => a.status), [303, 303]);
    const told = await withStatements((await clerk.follow(twice[0])).must(200, 'RSUD Batara Guru').must(200, 'akta baru terbit'), 6); // and who leads the family now
    const lines = told.page.querySelectorAll('ol.history tbody tr').map((tr) => tr.querySelectorAll('td').map((td) => td.text.trim()));
    assert.deepEqual(lines.map(([label]) => label), ['Tanggal', 'Tempat meninggal', 'Nomor akta kematian']);
    assert.deepEqual(lines[1].slice(1), ['Rumah', 'RSUD Batara Guru']);
    assert.deepEqual(lines[2].slice(1), ['(kosong)', 'AK/7']);
    const [, row] = historyOf(village, son);
    assert.deepEqual([row.kind, row.changes, historyOf(village, son).length], ['event_fix', {}, 2], 'once, and nothing of the person');
    assert.match(row.reason, /^akta baru terbit\. Tanggal: .* menjadi .*\. Tempat meninggal: Rumah menjadi RSUD Batara Guru/);
    const [[kind, changes, reason, version]] = rows(schema, `SELECT kind, changes, reason, version FROM history WHERE owner = 'event' AND owner_id = ${event}`);
    assert.deepEqual([kind, reason, version, JSON.parse(changes)['death.place']], ['edit', 'akta baru terbit', '2', ['Rumah', 'RSUD Batara Guru']]);
    for (const sql of ["kind = 'birth', version = version + 1", 'status_after = 1, version = version + 1', "place = 'Lain'"]) {
        assert.throws(() => rows(schema, `UPDATE resident_event SET ${sql} WHERE id = ${event}`), /only the facts are put right/, sql);
    }
    assert.equal(Number(value(schema, `SELECT COUNT(*) FROM audit WHERE action = 'event.fix' AND subject = 'event:${event}'`)), 1);
    const month = await withStatements((await clerk.get('/kantor/peristiwa?jenis=meninggal')).must(200));
    const listed = month.page.querySelectorAll('tbody tr').find((tr) => tr.querySelector('a').getAttribute('href') === `/kantor/peristiwa/${event}`);
    assert.match(listed.text, /RSUD Batara Guru/);
    const history = await withStatements((await clerk.get(`/kantor/penduduk/${son}/riwayat`)).must(200));
    assert.deepEqual(history.page.querySelectorAll('ol.history a').map((a) => a.getAttribute('href')), [`/kantor/peristiwa/${event}`], 'from the person to the event');
    (await clerk.get(`/kantor/penduduk/${son}`)).must(200, 'Buka kartu keluarga');
});

test('two correct the same event: the second sees both versions and saves knowingly; a cancelled one is not corrected', async () => {
    const son = usualFamily(village, 'SUSULAN').members[2];
    (await left(clerk, son, 'kematian', death())).must(303);
    const event = eventOf(son).id;
    const [mine, theirs] = [await fixForm(clerk, event), await fixForm(second, event)];
    (await second.submit(theirs, { tempat: 'Puskesmas', alasan: 'salah tempat' }, FORM('perbaiki'))).must(303);
    const akta = { name: 'berkas', filename: 'akta.pdf', type: 'application/pdf', bytes: pdfOf('akta') };
    (await clerk.submit(await clerk.get(`/kantor/peristiwa/${event}/lampiran`), { jenis: 'certificate' }, FORM('lampiran'), { files: [akta] })).must(303);
    const who = value(schema, `SELECT staff_name FROM history WHERE owner = 'event' AND owner_id = ${event} AND kind = 'edit'`);
    const both = (await clerk.submit(mine, { tempat: 'RSUD', alasan: 'kata keluarga' }, FORM('perbaiki'))).must(409, 'diubah orang lain').must(409, `${who}, `);
    assert.notEqual(who, value(schema, `SELECT staff_name FROM history WHERE owner = 'event' AND owner_id = ${event} ORDER BY id DESC LIMIT 1`), 'who put a file there changed nothing');
    const row = both.page.querySelectorAll('main tr').find((tr) => tr.text.includes('Tempat meninggal'));
    assert.deepEqual(row.querySelectorAll('td').map((td) => td.text.trim()), ['RSUD', 'Puskesmas']);
    assert.equal(both.page.querySelector('[name=tempat]').getAttribute('value'), 'RSUD');
    (await clerk.submit(both, {}, FORM('perbaiki'))).must(303);
    (await clerk.get(`/kantor/peristiwa/${event}`)).must(200, 'Puskesmas').must(200, 'RSUD');
    const open = await fixForm(clerk, event);
    (await cancel(clerk, event)).must(303);
    (await clerk.submit(open, { tempat: 'Rumah', alasan: 'terlambat' }, FORM('perbaiki'))).must(409, 'sudah dibatalkan');
    assert.ok(!(await clerk.get(`/kantor/peristiwa/${event}`)).must(200).page.querySelector('a[href$="/perbaiki"]'));
});

test('who left together is corrected together or alone; a birth corrected is the child\'s birth', async () => {
    const family = usualFamily(village, 'BERSAMA');
    const all = Object.fromEntries(family.members.slice(1).map((id) => [`orang_${id}`, '1']));
    (await clerk.submit((await leave(clerk, family.members[0], 'kepindahan', moved(all))).must(200), { langkah: 'simpan' }, FORM('kepindahan'))).must(303);
    const places = () => family.members.map((id) => rows(schema, `SELECT x.changes FROM history x JOIN resident_event e ON x.owner = 'event' AND e.id = x.owner_id WHERE e.resident_id = ${id} ORDER BY x.id DESC LIMIT 1`).map(([changes]) => JSON.parse(changes)['move_out.place'][1])[0]);
    (await clerk.submit(await fixForm(clerk, eventOf(family.members[1]).id), { tempat: 'Jalan Satu', jangkauan: '4', siapa: 'satu', alasan: 'ibu lain tujuan' }, FORM('perbaiki'))).must(303);
    assert.deepEqual(places(), [undefined, 'Jalan Satu', undefined, undefined]);
    (await clerk.submit(await fixForm(clerk, eventOf(family.members[2]).id), { tempat: 'Jalan Dua', siapa: 'semua', alasan: 'semua salah' }, FORM('perbaiki'))).must(303);
    assert.deepEqual(places(), Array(4).fill('Jalan Dua'));
    assert.deepEqual(family.members.map((id) => residentRow(village, id).status), [3, 3, 3, 3]);

    const home = usualFamily(village, 'LAHIRAN');
    (await bore(clerk, home, { nama: 'Fitra Lahiran', jk: '2', tempat: 'Larompong', ...dated('lahir', dayAgo(3)), ibu: String(home.members[1]) })).must(303);
    const child = Number(value(schema, `SELECT MAX(id) FROM resident WHERE family_id = ${home.id}`));
    const version = residentRow(village, child).version;
    (await clerk.submit(await fixForm(clerk, eventOf(child).id), { ...dated('tanggal', dayAgo(5)), tempat: 'Palopo', alasan: 'surat bidan' }, FORM('perbaiki'))).must(303);
    const [[date, place]] = rows(schema, `SELECT DATE_FORMAT(birth_date, '%e-%c-%Y'), birth_place FROM resident WHERE id = ${child}`);
    assert.deepEqual([date, place, residentRow(village, child).version], [dayAgo(5).join('-'), 'PALOPO', version + 1]);
    assert.deepEqual(Object.keys(historyOf(village, child).at(-1).changes).sort(), ['birth_date', 'birth_place']);
    // A NIK that says another day is refused as at the recording.
    rows(schema, `UPDATE resident SET nik = CONCAT('731710', DATE_FORMAT(birth_date + INTERVAL 40 DAY, '%d%m%y'), '7781') WHERE id = ${child}`);
    (await clerk.submit(await fixForm(clerk, eventOf(child).id), { ...dated('tanggal', dayAgo(6)), alasan: 'uji' }, FORM('perbaiki'))).must(422, 'NIK');
});

const WITH_A_LOOK = 6; // a form sent to be checked shows a person: it leaves a look of its own

/** Statements of each act of a family of so many, from head change to all taken back. */
async function statementsOfActs(n) {
    const family = makeFamily(village, [[1, 1, 1970, 'KEPALA HITUNG'], [3, 2, 1972, 'IBU HITUNG'], ...Array.from({ length: n - 2 }, (_, i) => [4, 1, 2000 + i, 'ANAK HITUNG'])]);
    const counts = {};
    /** An act that meets the worker is run again by the store: none is counted while one is under way. */
    const quiet = () => until('no job is under way', () => value(schema, 'SELECT COUNT(*) FROM outbox WHERE state IN (1, 2) AND due_at <= NOW(6) + INTERVAL 2 SECOND') === '0');
    const save = async (word, check, tail) => {
        await quiet();
        const done = (await clerk.submit(check, { langkah: 'simpan' }, FORM(tail))).must(303);
        counts[word] = await statementsOf(done);
    };
    const at = `/kantor/keluarga/${family.id}`;
    await save('head', (await clerk.submit(await clerk.get(`${at}/kepala`), { kepala: String(family.members[1]), alasan: 'hitung', langkah: 'periksa' }, FORM('kepala'))).must(200), 'kepala');
    const movers = Object.fromEntries(family.members.flatMap((id, i) => [[`orang_${id}`, '1'], [`peran_${id}`, i === 0 ? '1' : '9']]));
    await save('move', (await clerk.submit(await clerk.get(`${at}/pindah`), { ...movers, tujuan: 'baru', kk: freshKk(village), dusun: 'UJI KELUARGA', alasan: 'hitung', langkah: 'periksa' }, FORM('pindah'))).must(200), 'pindah');
    const all = Object.fromEntries(family.members.slice(1).map((id) => [`orang_${id}`, '1']));
    await save('leave', (await withStatements(await leave(clerk, family.members[0], 'kepindahan', moved(all)), WITH_A_LOOK)).must(200), 'kepindahan');
    const event = eventOf(family.members[1]).id;
    await quiet();
    counts.fix = await statementsOf((await clerk.submit(await fixForm(clerk, event), { tempat: 'Palu', siapa: 'semua', alasan: 'hitung' }, FORM('perbaiki'))).must(303));
    await quiet();
    counts.cancel = await statementsOf((await cancel(clerk, event, { alasan: 'hitung', siapa: 'semua' })).must(303));
    return counts;
}

test('an act takes as many statements for twelve people as for three', async () => {
    const least = async (n) => { // an act that met another writer ran twice
        const runs = [await statementsOfActs(n), await statementsOfActs(n)];
        return Object.fromEntries(Object.keys(runs[0]).map((word) => [word, Math.min(...runs.map((run) => run[word]))]));
    };
    assert.deepEqual(await least(12), await least(3));
    const common = { ...dated('tanggal', dayAgo(4)), asal: 'Palopo', tujuan: 'baru', kk: freshKk(village), dusun: 'Uji Datang' };
    const people = Array.from({ length: 8 }, (_, i) => person(i + 1, 'Orang Hitung', '1', [1, 1, 1990], i === 0 ? '1' : '9', { nik: freshNumber(village, '010190') }));
    const asked = async (some) => {
        rows(schema, 'UPDATE session SET last_seen_at = UTC_TIMESTAMP(6)'); // once a minute a page writes down that its session lives
        return (await clerk.submit(await clerk.get('/kantor/peristiwa/kedatangan'), Object.assign({ langkah: 'periksa', ...common }, ...some), FORM('kedatangan'))).must(200, 'Periksa sebelum dicatat');
    };
    const eight = await withStatements(await asked(people), WITH_A_LOOK + 1); // and who of them may stand here already
    assert.equal(await statementsOf(await asked(people.slice(0, 2))), await statementsOf(eight));
});

test('the list of a month: each tab\'s figure is its number of rows, which the database has too', async () => {
    const page = (await clerk.get('/kantor/peristiwa')).must(200);
    const tabs = page.page.querySelectorAll('nav.tabs a').map((a) => a.getAttribute('href').replaceAll('&amp;', '&'));
    const counted = (p) => Number(/(\d+)\s*$/.exec(p.page.querySelector('nav.tabs [aria-current]').text.trim())[1]);
    for (const href of tabs) {
        let n = 0;
        let total;
        for (let path = href; path;) {
            const got = (await clerk.get(path)).must(200);
            total ??= counted(got);
            n += got.page.querySelectorAll('main table tbody tr').length;
            path = got.page.querySelector('main a[rel="next"]')?.getAttribute('href').replaceAll('&amp;', '&');
        }
        assert.equal(n, total, href);
    }
    const valid = value(schema, `SELECT COUNT(*) FROM resident_event e WHERE kind <> 'correction' AND reported_on >= '${thisMonth()}-01' AND NOT EXISTS (SELECT 1 FROM resident_event c WHERE c.cancels = e.id)`);
    assert.equal(counted(page), Number(valid));
    const [[quiet]] = rows(schema, "SELECT DATE_FORMAT('2019-12-15' - INTERVAL seq MONTH, '%Y-%m') FROM seq_0_to_200 WHERE NOT EXISTS (SELECT 1 FROM resident_event WHERE DATE_FORMAT('2019-12-15' - INTERVAL seq MONTH, '%Y-%m') IN (DATE_FORMAT(event_date, '%Y-%m'), DATE_FORMAT(reported_on, '%Y-%m'))) ORDER BY seq LIMIT 1");
    (await clerk.get(`/kantor/peristiwa?bulan=${quiet}`)).must(200, 'Tidak ada peristiwa');
    for (const bad of ['2020-13', 'kemarin', '0000-00']) assert.ok([400, 404].includes((await clerk.get(`/kantor/peristiwa?bulan=${bad}`)).status), bad);
});

test('the events of a month are had as a file: the kind that is shown, each row once', async () => {
    const list = (await clerk.get('/kantor/peristiwa?jenis=meninggal')).must(200);
    const wanted = Number(value(schema, `SELECT COUNT(*) FROM resident_event e WHERE kind = 'death' AND NOT EXISTS (SELECT 1 FROM resident_event c WHERE c.cancels = e.id)
        AND reported_on >= '${thisMonth()}-01'`));
    const lines = (await fetched(clerk, await clerk.submit(list, {}, '#unduh-csv'))).file.text.trim().split('\r\n').slice(1);
    assert.equal(lines.length, wanted);
    assert.ok(lines.length > 0 && lines.every((line) => line.includes('Meninggal')), lines[0]);
});

test('recording begins with what happened and to whom', async () => {
    const family = usualFamily(village, 'MULAI');
    (await clerk.get('/kantor/peristiwa/catat')).must(200, 'Kedatangan');
    const search = async (word, cari) => (await clerk.follow((await clerk.submit((await clerk.get(`/kantor/peristiwa/catat/${word}`)).must(200), { cari }, FORM(word))).must(303))).must(200);
    assert.ok((await search('kelahiran', family.kk)).page.querySelector(`a[href="/kantor/keluarga/${family.id}/kelahiran"]`));
    const found = async (cari) => (await search('kelahiran', cari)).page.querySelectorAll('main ul.people li').map((li) => li.text.replace(/\s+/g, ' ').trim());
    const [mother, ...none] = await found('halimah mulai');
    assert.equal(none.length, 0);
    assert.match(mother, /^Halimah Mulai istri Rahman Mulai, KK .*, 4 anggota, /, 'a family by the mother');
    assert.match((await found(value(schema, `SELECT nik FROM resident WHERE id = ${family.members[2]}`)))[0], /^Anwar Mulai anak Rahman Mulai, /, 'and by a NIK');
    assert.deepEqual((await found('mulai')).map((words) => words.split(' KK')[0]), ['Rahman Mulai'], 'each family once, by its head where he is one of them');
    (await search('kelahiran', 'zzzz tidak ada')).must(200, 'nama depan ibu');
    assert.ok((await search('kematian', 'rini mulai')).page.querySelector(`a[href="/kantor/penduduk/${family.members[3]}/kematian"]`));
    (await search('kepindahan', 'zzzz tidak ada')).must(200, 'Tidak ada yang cocok');
    (await clerk.get('/kantor/peristiwa/catat/terbang')).must(404);
    const one = (await clerk.get(`/kantor/penduduk/${family.members[3]}`)).must(200);
    for (const tail of ['kematian', 'kepindahan', 'hilang']) assert.ok(one.page.querySelector(`a[href="/kantor/penduduk/${family.members[3]}/${tail}"]`), tail);
});

test('the page after an act says once what happened, on that page only and to who did it', async () => {
    const family = usualFamily(village, 'KABAR');
    const said = (page) => page.page.querySelector('.is-said')?.text.trim() ?? '';
    const answer = (await left(clerk, family.members[2], 'kematian', death())).must(303);
    assert.ok(!answer.location.includes('?'), `nothing in the address: ${answer.location}`);
    assert.equal(said((await clerk.get('/kantor')).must(200)), '', 'not on another page');
    assert.equal(said((await second.get(answer.location)).must(200)), '', 'not to somebody else');
    assert.match(said((await clerk.get(answer.location)).must(200)), /^Kematian tercatat\. Pukul \d{2}\.\d{2}$/);
    assert.equal(said((await clerk.get(answer.location)).must(200)), '', 'once');
    const gone = (await clerk.follow((await cancel(clerk, eventOf(family.members[2]).id)).must(303))).must(200);
    assert.match(said(gone), /^Peristiwa dibatalkan\. Pukul /);
    clerk.cookies.set('__Host-kabar', Buffer.from('bukan dari sini').toString('base64url'));
    assert.equal(said((await clerk.get(answer.location)).must(200)), '', 'a sentence that is not ours is not shown');
});
