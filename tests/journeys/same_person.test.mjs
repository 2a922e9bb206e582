// SPDX-License-Identifier: AGPL-3.0-or-later
// Nobody stands in the register twice: whose birth was taken back can be born again, and who has a temporary NIK is asked about.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, dayAgo } from '../harness/days.mjs';
import { eventsOf, FORM, person, through } from '../harness/events.mjs';
import { freshNumber, haveHamlets, historyOf, living, residentRow, usualFamily } from '../harness/families.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const { eventOf, left, moved, born, bore, arrive, cancel } = eventsOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI KELUARGA', 'UJI SEBERANG');
});

const two = (n) => String(n).padStart(2, '0');
const nikOn = ([d, m, y], sex) => freshNumber(village, `${two(d + (sex === '2' ? 40 : 0))}${two(m)}${String(y).slice(2)}`);
const baby = (nama, jk, when, more = {}) => ({ nama, jk, tempat: 'Larompong', ...dated('lahir', when), ...more });
const add = async (client, values) => client.submit((await client.get('/kantor/penduduk/tambah')).must(200), { tempat: 'Larompong', agama: '1', kawin: '1', kerja: '1', peran: '4', dusun: 'Uji Keluarga', rw: '1', rt: '2', ...values }, 'main form[action="/kantor/penduduk/tambah"]');
const named = (name, status = 1) => rows(schema, `SELECT id, nik, family_id FROM resident WHERE name = '${name.toUpperCase()}' AND basic_status = ${status} ORDER BY id`).map(([id, nik, family]) => ({ id: Number(id), nik, family: Number(family) }));
const next = async (answer, values) => through(clerk, await clerk.submit(answer, answer.page.querySelector('main [name=langkah]') ? { langkah: 'periksa', ...values } : values, 'main form.form'), 'main form.form');
const question = (answer) => answer.page.querySelectorAll('main form fieldset').find((f) => /Orang yang sama/.test(f.text));
const choose = (answer, words) => question(answer).querySelectorAll('input').find((i) => question(answer).querySelector(`label[for="${i.getAttribute('id')}"]`).text.includes(words)).getAttribute('value');

test('a birth taken back as of the wrong family is written down again with the same NIK, there or elsewhere, and taken back again', async () => {
    const [a, b] = [usualFamily(village, 'SALAHA'), usualFamily(village, 'BENARB')];
    const when = dayAgo(4);
    const nik = nikOn(when, '1');
    (await bore(clerk, a, baby('Ulang Lahir', '1', when, { nik, ibu: String(a.members[1]), nomor: 'AK-1' }))).must(303);
    const [{ id }] = named('Ulang Lahir');
    (await cancel(clerk, eventOf(id).id, { alasan: 'salah keluarga' })).must(303);
    const count = living(village);
    (await bore(clerk, b, baby('Ulang Lahir', '1', when, { nik, ibu: '', nama_ibu: 'Ibu Lain' }))).must(303);
    assert.equal(living(village), count + 1);
    assert.deepEqual([residentRow(village, id).status, residentRow(village, id).family, residentRow(village, id).role], [1, b.id, 4]);
    assert.deepEqual(rows(schema, `SELECT mother_nik, mother_name, birth_cert FROM resident WHERE id = ${id}`), [['', 'IBU LAIN', '']], 'nothing of the wrong one stays');
    assert.deepEqual([eventOf(id).kind, eventOf(id).before], ['birth', 9]);
    (await born(clerk, a, baby('Ulang Lahir', '1', when, { nik }))).must(422, 'sudah tercatat di desa');
    (await cancel(clerk, eventOf(id).id, { alasan: 'belum lahir' })).must(303);
    assert.deepEqual([residentRow(village, id).status, residentRow(village, id).family, living(village)], [9, a.id, count]);
    const asked = (await add(clerk, { ...baby('Ulang Lahir', '1', when, { nik }), kk: a.kk })).must(422, 'Catat kelahiran');
    (await clerk.submit(asked, { bukan_lahir: '1' }, 'main form[action="/kantor/penduduk/tambah"]')).must(303);
    assert.deepEqual([residentRow(village, id).status, living(village)], [1, count + 1]);
});

test('a NIK held by a birth that was taken back can be given to somebody else, in their data', async () => {
    const family = usualFamily(village, 'PINDAHNIK');
    const when = dayAgo(6);
    const nik = nikOn(when, '2');
    (await bore(clerk, family, baby('Keliru Nomor', '2', when, { nik }))).must(303);
    const wrong = named('Keliru Nomor')[0].id;
    (await cancel(clerk, eventOf(wrong).id)).must(303);
    (await bore(clerk, family, baby('Bayi Betul', '2', when))).must(303);
    const right = named('Bayi Betul')[0].id;
    (await clerk.submit(await clerk.get(`/kantor/penduduk/${right}/ubah`), { isi_nik: nik, alasan: 'dokumen' }, FORM('ubah'))).must(303);
    assert.equal(value(schema, `SELECT nik FROM resident WHERE id = ${right}`), nik);
    assert.equal(historyOf(village, right).at(-1).kind, 'nik', 'giving the real number is an act of its own');
    assert.equal(historyOf(village, wrong).at(-1).kind, 'nik_free');
});

test('a newborn with a temporary NIK is not doubled when the real one comes: by adding, by a second birth, in any spelling', async () => {
    for (const [i, way] of ['add', 'birth', 'add without accents', 'other name, same card'].entries()) {
        const family = usualFamily(village, `GANDA${'ABCD'[i]}`);
        const when = dayAgo(10 + i);
        const name = `Nur'aini Ganda${'abcd'[i]}`;
        (await bore(clerk, family, baby(name, '2', when))).must(303);
        const [{ id }] = named(name.replace("'", "''"));
        (await clerk.get(`/kantor/penduduk/${id}`)).must(200, 'NIK sementara, catat NIK tetap');
        const nik = nikOn(when, '2');
        const typed = way === 'add without accents' ? name.toLowerCase() : way.startsWith('other') ? 'Fitria Baru' : name;
        const again = () => way === 'birth' ? born(clerk, family, baby(typed, '2', when, { nik })) : add(clerk, { ...baby(typed, '2', when, { nik }), kk: family.kk });
        const count = living(village);
        const asked = (await again()).must(422, 'Pilih dulu: orang yang sama');
        assert.equal(choose(asked, 'Ya, ini'), String(id), way);
        assert.equal(asked.page.querySelector('[name=nik]').getAttribute('value'), nik, 'nothing typed is lost');
        for (const odd of ['999999', '0', '-1', 'x']) {
            const { action, fields } = clerk.fill(asked, {}, 'main form.form');
            (await clerk.post(action, [...fields, ['sama_1', odd]])).must(422, 'Pilih dulu');
        }
        const done = (await next(asked, { sama_1: choose(asked, 'Ya, ini') })).must(303);
        assert.equal(done.location, `/kantor/penduduk/${id}`);
        (await clerk.follow(done)).must(200, 'NIK-nya dicatat');
        assert.ok(!(await clerk.get(done.location)).words.includes('NIK sementara'));
        assert.deepEqual([value(schema, `SELECT nik FROM resident WHERE id = ${id}`), living(village)], [nik, count], way);
        assert.deepEqual([historyOf(village, id).at(-1).kind, Object.keys(historyOf(village, id).at(-1).changes)], ['nik', ['nik']]);
    }
});

test('the same birth without a NIK twice is asked about; another child of that name is added knowingly; twins are not asked about', async () => {
    const family = usualFamily(village, 'KEMBAR');
    const when = dayAgo(3);
    const count = living(village);
    (await bore(clerk, family, baby('Andi Kembar', '1', when))).must(303);
    (await bore(clerk, family, baby('Baso Kembar', '1', when))).must(303);
    const asked = (await born(clerk, family, baby('Andi Kembar', '1', when))).must(422);
    assert.equal(question(asked).querySelectorAll('input').length, 2, 'one who is like that, and nobody else');
    const same = (await next(asked, { sama_1: choose(asked, 'Ya, ini') })).must(303);
    (await clerk.follow(same)).must(200, 'tidak ada yang ditambahkan');
    assert.equal(living(village), count + 2);
    (await next((await born(clerk, family, baby('Andi Kembar', '1', when))).must(422), { sama_1: 'bukan' })).must(303);
    assert.equal(living(village), count + 3);
});

test('who left with a temporary NIK comes back with the real one as the same person, and the arrival taken back gives both back', async () => {
    const family = usualFamily(village, 'SEMENTARA');
    const when = dayAgo(30);
    (await bore(clerk, family, baby('Daeng Sementara', '1', when))).must(303);
    const [{ id, nik: temporary }] = named('Daeng Sementara');
    const nik = nikOn(when, '1');
    const coming = () => arrive(clerk, { tujuan: 'ada', kk: family.kk, ...person(1, 'Daeng Sementara', '1', when, '4', { nik, tempat: 'Larompong' }) });
    (await next(await coming(), { langkah: 'periksa', sama_1: String(id) })).must(422, 'sudah tercatat tinggal di desa dengan NIK sementara');
    (await left(clerk, id, 'kepindahan', moved())).must(303);
    const count = living(village);
    const asked = (await coming()).must(422);
    (await next(asked, { langkah: 'periksa', sama_1: choose(asked, 'Ya, ini') })).must(303);
    assert.deepEqual([value(schema, `SELECT nik FROM resident WHERE id = ${id}`), residentRow(village, id).status, living(village)], [nik, 1, count + 1]);
    assert.deepEqual([eventOf(id).kind, eventOf(id).before], ['arrival', 3]);
    (await clerk.get(`/kantor/peristiwa/${eventOf(id).id}/batal`)).must(200, 'Kembali seperti sebelumnya');
    (await cancel(clerk, eventOf(id).id)).must(303);
    assert.deepEqual([value(schema, `SELECT nik FROM resident WHERE id = ${id}`), residentRow(village, id).status], [temporary, 3]);
});
