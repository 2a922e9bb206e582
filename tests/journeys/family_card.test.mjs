// SPDX-License-Identifier: AGPL-3.0-or-later
// People without a family card: a temporary number until the real one comes, found by a filter, said on no paper.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated } from '../harness/days.mjs';
import { FORM } from '../harness/events.mjs';
import { familyRow, freshKk, freshNumber, haveHamlets, historyOf, residentRow, usualFamily } from '../harness/families.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI KELUARGA');
});

const add = async (nama, values) => {
    const nik = freshNumber(village, '010180');
    const answer = await clerk.submit((await clerk.get('/kantor/penduduk/tambah')).must(200), { nik, nama, jk: '1', tempat: 'Larompong', ...dated('lahir', [1, 1, 1980]), agama: '1', kawin: '1', kerja: '1', peran: '4', dusun: 'Uji Keluarga', rw: '1', rt: '2', ...values }, 'main form[action="/kantor/penduduk/tambah"]');
    return { answer, id: Number(rows(schema, `SELECT id FROM resident WHERE nik = '${nik}'`)[0]?.[0] ?? 0) };
};
const kkOf = (id) => familyRow(village, residentRow(village, id).family).kk;
const hrefs = (answer) => answer.page.querySelectorAll('main table a').map((a) => Number(/^\/kantor\/penduduk\/(\d+)$/.exec(a.getAttribute('href') ?? '')?.[1])).filter(Boolean);
const found = async (words, filter) => hrefs((await clerk.follow(await clerk.submit(await clerk.get(`/kantor/penduduk${filter}`), { cari: words }, 'main form[role="search"]'))).must(200));

test('who has no card gets a temporary number, given once, and the real one is written into the family when it comes', async () => {
    (await add('Lupa Nomor', {})).answer.must(422, 'Bila belum punya Kartu Keluarga, centang di bawah');
    (await add('Dua Maksud', { tanpa_kk: '1', kk: freshKk(village) })).answer.must(422, 'Hapus centang ini');
    const first = await add('Sementara Satu', { tanpa_kk: '1' });
    (await clerk.follow(first.answer.must(303))).must(200, /dengan KK sementara/);
    const second = await add('Sementara Dua', { tanpa_kk: '1' });
    second.answer.must(303);
    assert.match(kkOf(first.id), new RegExp(`^0${village.code}\\d{5}$`));
    assert.equal(Number(kkOf(second.id)), Number(kkOf(first.id)) + 1, 'each its own');
    assert.deepEqual([residentRow(village, first.id).role, familyRow(village, residentRow(village, first.id).family).head], [1, first.id], 'a family of one, whose head they are');
    assert.deepEqual([await found('sementara satu', '?kk=tanpa'), await found('sementara satu', '?kk=ada')], [[first.id], []]);

    const family = residentRow(village, first.id).family;
    const page = (await clerk.get(`/kantor/keluarga/${family}`)).must(200, 'sementara');
    assert.ok(page.page.querySelector(`main dl a[href="/kantor/keluarga/${family}/ubah"]`), 'the way to the real number');
    const kk = freshKk(village), old = kkOf(first.id);
    (await clerk.submit((await clerk.get(`/kantor/keluarga/${family}/ubah`)).must(200), { kk, alasan: 'KK terbit' }, FORM('ubah'))).must(303);
    assert.equal(kkOf(first.id), kk);
    assert.deepEqual(await found('sementara satu', '?kk=tanpa'), []);
    (await clerk.submit((await clerk.get(`/kantor/keluarga/${residentRow(village, second.id).family}/ubah`)).must(200), { kk: freshKk(village), alasan: 'KK terbit' }, FORM('ubah'))).must(303);
    const third = await add('Sementara Tiga', { tanpa_kk: '1' });
    third.answer.must(303);
    assert.ok(Number(kkOf(third.id)) > Number(old) + 1, 'a number that was given is not given again');
});

test('who has no NIK gets a temporary one on a tick, and never a second record of who is there', async () => {
    const idOf = (name) => Number(rows(schema, `SELECT id FROM resident WHERE name = '${name.toUpperCase()}'`).at(-1)?.[0] ?? 0);
    const nikOf = (id) => value(schema, `SELECT nik FROM resident WHERE id = ${id}`);
    (await add('Lupa Angka', { nik: '', tanpa_kk: '1' })).answer.must(422, 'NIK belum diisi. Bila belum punya NIK, centang di bawah.');
    (await add('Nol Angka', { nik: '0', tanpa_kk: '1' })).answer.must(422, 'NIK kurang 15 angka');
    (await add('Dua Angka', { tanpa_nik: '1', tanpa_kk: '1' })).answer.must(422, 'NIK terisi. Hapus centang ini, atau kosongkan NIK-nya.');
    assert.deepEqual(['Lupa Angka', 'Nol Angka', 'Dua Angka'].map(idOf), [0, 0, 0]);
    const family = usualFamily(village, 'TANPANIK');
    const made = (await add('Tua Tanpanik', { nik: '', tanpa_nik: '1', kk: family.kk, peran: '9', dusun: '', rw: '', rt: '' })).answer.must(303);
    (await clerk.follow(made)).must(200, 'Warga ditambahkan dengan NIK sementara');
    const first = idOf('Tua Tanpanik');
    assert.match(nikOf(first), new RegExp(`^0${village.code}\\d{5}$`));
    assert.deepEqual([residentRow(village, first).family, historyOf(village, first).at(-1).kind], [family.id, 'add']);
    const both = (await add('Tua Tanpaduanya', { nik: '', tanpa_nik: '1', tanpa_kk: '1' })).answer.must(303);
    (await clerk.follow(both)).must(200, 'dengan NIK sementara dan KK sementara');
    const second = idOf('Tua Tanpaduanya');
    assert.ok(Number(nikOf(second)) > Number(nikOf(first)), 'each its own');
    assert.equal(familyRow(village, residentRow(village, second).family).head, second);

    const asked = (await add('Tua Tanpanik', { nik: '', tanpa_nik: '1', tanpa_kk: '1' })).answer.must(422, 'Orang yang sama?');
    const again = (await clerk.submit(asked, { sama_1: String(first) }, 'main form[action="/kantor/penduduk/tambah"]')).must(303);
    assert.equal(again.location, `/kantor/penduduk/${first}`);
    (await clerk.follow(again)).must(200, 'sudah tercatat, tidak ada yang ditambahkan');
    assert.equal(rows(schema, "SELECT 1 FROM resident WHERE name = 'TUA TANPANIK'").length, 1);
    const other = (await add('Tua Tanpanik', { nik: '', tanpa_nik: '1', tanpa_kk: '1' })).answer.must(422, 'Orang yang sama?');
    const namesake = (await clerk.submit(other, { sama_1: 'bukan' }, 'main form[action="/kantor/penduduk/tambah"]')).must(303);
    assert.notEqual(namesake.location, again.location, 'a namesake is another one');
});

test('somebody in no family, as files bring them, is found and gets a card of a temporary number on a press', async () => {
    const id = usualFamily(village, 'TANPAKARTU').members[2];
    rows(schema, `UPDATE resident SET family_id = NULL, family_role = NULL WHERE id = ${id}`);
    assert.deepEqual(await found('anwar tanpakartu', '?kk=tanpa'), [id]);
    const page = (await clerk.get(`/kantor/penduduk/${id}`)).must(200, 'Tidak terdaftar di kartu keluarga mana pun');
    (await clerk.submit(page, {}, FORM('kk-sementara'))).must(303);
    assert.match(kkOf(id), /^0/);
    assert.equal(residentRow(village, id).role, 1);
    assert.equal(historyOf(village, id).at(-1).kind, 'kk');
    const again = (await clerk.submit(page, { _once: (await clerk.get('/kantor/penduduk/tambah')).page.querySelector('main form input[name=_once]').getAttribute('value') }, FORM('kk-sementara'))).must(303);
    (await clerk.follow(again)).must(200, 'Tidak ada yang berubah');
    (await clerk.get(`/kantor/penduduk/${id}/kematian`)).must(200, 'Catat kematian');
});

test('on a person\'s page the number of the card is closed; the family\'s page shows it, written down', async () => {
    const family = usualFamily(village, 'TERTUTUP');
    const page = (await clerk.get(`/kantor/penduduk/${family.members[0]}`)).must(200);
    assert.ok(!page.words.replace(/ /g, '').includes(family.kk));
    assert.ok(page.page.querySelector(`main a[href="/kantor/keluarga/${family.id}"]`).text.includes('Tampilkan'));
    const looks = () => Number(value(schema, `SELECT COUNT(*) FROM read_log WHERE resident_id = ${family.members[0]} AND what = 'family'`));
    const before_ = looks();
    assert.ok((await clerk.get(`/kantor/keluarga/${family.id}`)).must(200).words.replace(/ /g, '').includes(family.kk));
    assert.equal(looks(), before_ + 1);
});
