// SPDX-License-Identifier: AGPL-3.0-or-later
// A letter is found by everybody of the village whom it names, by a NIK, and by what its type is called.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { fetched } from '../harness/exports.mjs';
import { freshNumber, makeFamily } from '../harness/families.mjs';
import { begin, draft, letterRow, putType, send } from '../harness/letters.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const word = `TEMU${process.pid}`;
const titled = `Temu${process.pid}`; // as pages write it
const SALE = { slug: `uji-temu-${process.pid}`, inputs: {} };
const OFFICE = { slug: `uji-temu-kantor-${process.pid}`, inputs: {} };
let clerk, secretary;
let seller, wife, son, buyer, witness;

before(async () => {
    [clerk, secretary] = [await staff(village, 'clerk'), await staff(village, 'secretary')];
    ({ members: [seller, wife, son] } = makeFamily(village, [[1, 1, 1970, `PENJUAL ${word}`], [3, 2, 1974, `ISTRI ${word}`], [4, 1, 2001, `ANAK ${word}`]]));
    ({ members: [buyer] } = makeFamily(village, [[1, 1, 1965, `PEMBELI ${word}`]]));
    ({ members: [witness] } = makeFamily(village, [[1, 1, 1966, `IRWAN ${word}`]]));
    const signs = { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}', qr: true };
    const person = (name, label, more) => ({ name, label, kind: 'person', ...more });
    putType(village, SALE.slug, {
        also: [`lepas kebun ${word}`],
        fields: [person('pembeli', 'Pembeli', { required: true })],
        persons: [{ name: 'saksi', label: 'Saksi batas', outside: 'short' }],
        followers: { label: 'Anggota keluarga yang ikut' },
        paper: { body: [{ type: 'paragraph', content: '{nama} {nama_pembeli} {nama_saksi}' }, { type: 'list', items: [{ each: 'pengikut', content: '{nama}' }] }, signs] },
    });
    putType(village, OFFICE.slug, {
        subject: { of: 'none' },
        fields: [person('penerima', 'Penerima tugas', { required: true }), { name: 'nik', label: 'NIK bendahara', kind: 'nik' }],
        paper: { body: [{ type: 'paragraph', content: '{nama_penerima} {isi_nik}' }, signs] },
    });
});
after(() => rows(schema, `UPDATE letter_type SET is_active = FALSE WHERE slug IN ('${SALE.slug}', '${OFFICE.slug}')`));

const nikOf = (id) => value(schema, `SELECT nik FROM resident WHERE id = ${id}`);
const search = async (words, at = '/kantor/surat') => (await clerk.submit((await clerk.get(at)).must(200), { cari: words }, 'main form[role=search]')).must(200);
const found = (page) => page.page.querySelectorAll('main table tbody a').map((a) => Number(/^\/kantor\/surat\/(\d+)$/.exec(a.getAttribute('href') ?? '')?.[1])).filter(Boolean);
const row = (page, id) => page.page.querySelectorAll('main tbody tr').find((tr) => tr.innerHTML.includes(`/kantor/surat/${id}"`))?.text.replace(/\s+/g, ' ') ?? '';
const all = { isi_saksi_dari: 'Warga desa ini' };
const sold = (more = {}) => send(clerk, SALE, seller, { ...all, isi_pembeli_cari: nikOf(buyer), isi_saksi_cari: nikOf(witness), [`isi_pengikut_${wife}`]: '1', ...more });

test('by who bought, witnessed or goes along, each with what he is in it; of whom it is for without', async () => {
    const { id } = await sold();
    for (const [words, as] of [[`pembeli ${word}`, `Pembeli ${titled} sebagai pembeli`], [`${word} irwan`, `Irwan ${titled} sebagai saksi batas`], [`istri ${word}`, `Istri ${titled} sebagai anggota keluarga yang ikut`]]) {
        const page = await search(words);
        assert.deepEqual(found(page), [id], words);
        const told = row(page, id);
        assert.ok(told.includes(`Penjual ${titled}`) && told.includes(as), told);
        assert.equal(told.split('sebagai').length, 2, 'nobody else of it, who was not sought');
    }
    const own = row(await search(`penjual ${word}`), id);
    assert.ok(own && !own.includes('sebagai'), own);
    assert.deepEqual(found(await search(`anak ${word}`)), [], 'who stays at home is not named');
    const everybody = await search(word);
    assert.deepEqual(found(everybody), [id], 'once, however many of those sought it names');
    assert.deepEqual(found(await search(`irwan ${word}`, '/kantor/surat?keadaan=konsep')), [], 'within the filters');
});

test('on the page of each whom it names', async () => {
    const { id } = await sold();
    const tab = async (who) => (await clerk.get(`/kantor/penduduk/${who}?lihat=surat`)).must(200);
    const line = async (who) => (await tab(who)).page.querySelectorAll('main .held li').find((li) => li.innerHTML.includes(`/kantor/surat/${id}"`))?.text.replace(/\s+/g, ' ') ?? '';
    assert.match(await line(buyer), new RegExp(`${letterRow(village, id).text.replaceAll('/', '\\/')}, sebagai pembeli.*Terbit`));
    assert.match(await line(witness), /sebagai saksi batas/);
    assert.ok((await line(seller)) && !(await line(seller)).includes('sebagai'));
    assert.equal(await line(son), '');
    const n = value(schema, `SELECT COUNT(*) FROM letter_named WHERE resident_id = ${buyer}`);
    assert.match((await tab(buyer)).page.querySelector('main .tabs a[href$="lihat=surat"]').text, new RegExp(`Surat\\s*${n}`));
});

test('by the answers of now: corrected, given to somebody else, written anew for one that was withdrawn', async () => {
    const { id, review } = await draft(clerk, SALE, seller, { ...all, isi_pembeli_cari: nikOf(buyer), isi_saksi_cari: nikOf(witness) });
    const named = (of = id) => rows(schema, `SELECT resident_id, named_as FROM letter_named WHERE letter_id = ${of} ORDER BY resident_id`).map(([who, as]) => [Number(who), as]);
    assert.deepEqual(named(), [[buyer, 'pembeli'], [witness, 'saksi batas']].sort((a, b) => a[0] - b[0]));
    review.must(200);
    const form = (await clerk.get(`/kantor/surat/${id}/isi`)).must(200);
    (await clerk.submit(form, { isi_pembeli_cari: nikOf(son), isi_saksi_dari: 'Orang luar desa', isi_saksi_nama: 'SITI RAHMA' }, `form[action$="/${id}/isi"]`)).must(303);
    assert.deepEqual(named(), [[son, 'pembeli']], 'an outsider is nobody of the village');
    const pick = (await clerk.get(`/kantor/surat/buat/${SALE.slug}?ganti=${id}`)).must(200);
    const guard = clerk.fill(pick, {}, 'form[action$="/cari"]').fields.filter(([name]) => name.startsWith('_'));
    (await clerk.post(`/kantor/surat/buat/${SALE.slug}`, [...guard, ['warga', String(son)], ['ganti', String(id)]])).must(303);
    assert.equal(value(schema, `SELECT resident_id FROM letter WHERE id = ${id}`), String(son));
    assert.deepEqual(named(), [], 'whom it is for by now is not named besides');
    const { id: wrong } = await sold();
    const page = await secretary.get(`/kantor/surat/${wrong}`);
    (await secretary.submit(page, { sebab: '1', alasan: 'Salah luasnya' }, `form[action="/kantor/surat/${wrong}/cabut"]`)).must(303);
    const anew = await clerk.follow((await clerk.submit(await clerk.get(`/kantor/surat/${wrong}`), {}, 'form[action$="/ganti"]')).must(303));
    assert.deepEqual(named(Number(/surat\/(\d+)\/isi/.exec(anew.path)[1])), named(wrong));
});

test('by a NIK, however it is written, of whom it is for and whom it names; it stands in no address', async () => {
    const { id } = await sold();
    const nik = nikOf(witness);
    for (const typed of [nik, nik.replace(/(\d{4})(?=\d)/g, '$1 '), nik.replace(/(\d{4})(?=\d)/g, '$1.')]) {
        const page = await search(typed);
        assert.ok(found(page).includes(id), typed);
        assert.match(row(page, id), new RegExp(`Irwan ${titled} sebagai saksi batas`));
        for (const a of page.page.querySelectorAll('main a')) assert.ok(!a.getAttribute('href').includes(nik), a.getAttribute('href'));
    }
    assert.ok(!row(await search(nikOf(seller)), id).includes('sebagai'));
    const nobody = await search(freshNumber(village));
    assert.deepEqual(found(nobody), []);
    nobody.must(200, 'Tidak ada surat untuk warga ber-NIK ini', 'Surat orang luar desa dicari dengan namanya');
});

test('a letter of the office itself by whom it names and whose NIK it says', async () => {
    const { id } = await send(clerk, OFFICE, null, { isi_penerima_cari: nikOf(buyer), isi_nik: nikOf(son) });
    assert.match(row(await search(`pembeli ${word}`), id), new RegExp(`Pembeli ${titled} sebagai penerima tugas`));
    assert.match(row(await search(nikOf(son)), id), new RegExp(`Anak ${titled} sebagai NIK bendahara`));
});

test('by what its type is called, whole words of it; and the file has the rows of the search', async () => {
    const { id } = await sold();
    for (const words of [`lepas kebun ${word}`, `kebun ${word} lepas`, `surat lepas kebun ${word}`]) assert.ok(found(await search(words)).includes(id), words);
    assert.ok(!found(await search(`lepas kebu ${word}`)).includes(id));
    const both = await search(`lepas kebun ${word}`, `/kantor/surat?keadaan=konsep`);
    assert.ok(!found(both).includes(id), 'within the filters');
    const page = await search(`irwan ${word}`);
    const lines = (await fetched(clerk, await clerk.submit(page, {}, '#unduh-csv'))).file.text.trim().split('\r\n');
    assert.equal(lines.length - 1, found(page).length);
    const at = lines[0].split(',').indexOf('Menyebut yang dicari');
    assert.ok(at > 0 && lines.slice(1).every((line) => line.split(',')[at] === `Irwan ${titled} sebagai saksi batas`), lines.join('\n'));
});

test('whom a draft names is found before it is sent, and not once it was thrown away', async () => {
    const { id, page } = await begin(clerk, SALE, seller);
    assert.ok(!found(await search(`irwan ${word}`)).includes(id));
    (await clerk.submit(page, { ...all, isi_pembeli_cari: nikOf(buyer), isi_saksi_cari: nikOf(witness) }, `form[action$="/${id}/isi"]`)).must(303);
    assert.ok(found(await search(`irwan ${word}`)).includes(id));
    (await clerk.submit(await clerk.get(`/kantor/surat/${id}/periksa`), {}, 'form[action$="/batal"]')).must(303);
    assert.ok(!found(await search(`irwan ${word}`)).includes(id));
});
