// SPDX-License-Identifier: AGPL-3.0-or-later
// Every letter type that comes with the house is begun, filled in, checked and issued over its pages.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { makeFamily } from '../harness/families.mjs';
import { begin, letterRow, pdf } from '../harness/letters.mjs';
import { pdfInfo, pdfWords } from '../harness/paper.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [, village] = trainingVillages();
const schema = schemaOf(village);
const folder = new URL('../../tenants/village/letters/types/', import.meta.url);
const types = readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => ({ slug: name.slice(0, -5), ...JSON.parse(readFileSync(new URL(name, folder))) }));
const word = `JENIS${process.pid}`;
let clerk;
let people;
let dead;

before(async () => {
    clerk = await staff(village, 'clerk');
    people = {
        L: makeFamily(village, [[1, 1, 1970, `AMBO ${word}`], [3, 2, 1974, `INDO ${word}`], [4, 1, 1996, `BACO ${word}`], [4, 2, 1998, `BECCE ${word}`]]).members,
    };
    [dead] = makeFamily(village, [[1, 1, 1940, `TUWO ${word}`]]).members;
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${dead}`);
    rows(schema, "UPDATE letter_type SET policy = 'seal'");
});

/** What a clerk would type, by the kind of each field. */
function answers(type) {
    const inputs = {};
    const date = (name, [day, month, year]) => { for (const [part, text] of [['hari', day], ['bulan', month], ['tahun', year]]) inputs[`isi_${name}_${part}`] = String(text); };
    const one = {
        line: () => 'Batu Lotong', area: () => 'Sebidang di pinggir jalan', year: () => '2014', number: (f) => String(f.least ?? Math.min(21, f.most ?? 21)), money: () => '1.250.000', time: () => '09.30', nik: () => '7317100101100001',
        list: () => 'Camat Larompong Selatan\nSitti Aminah, S.Pd.; Ketua BPD\nKepala SDN 12\nKetua PKK\nKetua Karang Taruna',
        select: (f) => f.options?.[0] ?? '1',
    };
    const asked = (f) => !f.only_if || inputs[`isi_${f.only_if.field}`] === f.only_if.equals || f.only_if.in?.includes(inputs[`isi_${f.only_if.field}`]);
    for (const f of [...type.fields, ...(type.persons ?? []).map((p) => ({ ...p, kind: 'person' }))]) {
        if (!asked(f)) continue;
        if (f.kind === 'date' || f.kind === 'day_date') date(f.name, [3, 2, 2026]);
        else if (f.kind === 'person') {
            assert.ok(['short', 'long'].includes(f.outside), `${type.slug}: ${f.name} may be from elsewhere`);
            Object.assign(inputs, { [`isi_${f.name}_dari`]: 'Orang luar desa', [`isi_${f.name}_nama`]: `ORANG ${f.name}`.toUpperCase().replaceAll('_', ' '), [`isi_${f.name}_nik`]: '7371010101800001' });
            if (f.outside === 'long') {
                date(`${f.name}_tanggal_lahir`, [1, 1, 1980]);
                Object.assign(inputs, { [`isi_${f.name}_tempat_lahir`]: 'Palopo', [`isi_${f.name}_kelamin`]: f.sex === 'P' ? '2' : '1', [`isi_${f.name}_pekerjaan`]: '9', [`isi_${f.name}_alamat`]: 'Jl. Veteran 7, Kota Palopo' });
            }
        } else inputs[`isi_${f.name}`] = one[f.kind](f);
    }
    return inputs;
}

for (const type of types) {
    test(`${type.name} (${type.slug}) goes from its form to its paper`, async () => {
        const [man, woman] = people.L;
        const isOffice = type.subject?.of === 'none';
        const subject = isOffice ? null : type.subject?.of === 'dead' ? dead : type.subject?.sex === 'P' ? woman : man;
        const { id, page } = await begin(clerk, type, subject);
        const isAsked = [...type.fields, ...(type.persons ?? [])].some((f) => f.required && !f.relation);
        if (isAsked) (await clerk.submit(page, {}, `form[action$="/${id}/isi"]`)).must(422, 'belum di');
        const inputs = answers(type);
        if (type.followers) inputs[`isi_pengikut_${woman}`] = '1';
        const filled = await clerk.submit(page, inputs, `form[action$="/${id}/isi"]`);
        const review = (await clerk.follow(filled.must(303))).must(200, 'Periksa sebelum surat');
        assert.equal(review.page.querySelector('[name=alasan]'), null, 'it fits this person');
        (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
        const bytes = await pdf(clerk, id);
        const words = pdfWords(bytes).replace(/\s+/g, ' ');
        if (isOffice) {
            const [[about]] = rows(schema, `SELECT about FROM letter WHERE id = ${id}`);
            assert.ok(words.toUpperCase().includes(about.toUpperCase()), `${about} is not in ${words}`);
        } else {
            const [[name]] = rows(schema, `SELECT name FROM resident WHERE id = ${subject}`);
            assert.ok(words.toUpperCase().includes(name), `${name} is not in ${words}`);
            assert.ok(words.toUpperCase().includes(type.name.toUpperCase()), 'it says what it is');
        }
        assert.ok(words.includes(letterRow(village, id).text), 'and its number');
        for (const [field, text] of Object.entries(inputs)) if (/_nama$/.test(field) && inputs[field.replace(/_nama$/, '_dari')]) assert.ok(words.toUpperCase().includes(text), `${text} is not in ${words}`);
        assert.ok(!/\{|\}|null|undefined|isi_/.test(words), `a field was left open: ${words}`);
        assert.ok(pdfInfo(bytes).pages <= 3);
    });
}

test('all of them are offered where a letter begins, and only those with a tile at the kiosk', async () => {
    const page = (await clerk.get('/kantor/surat/buat')).must(200);
    const offered = [...page.page.querySelectorAll('a.pick').map((a) => a.getAttribute('href')), ...page.page.querySelectorAll('.picks form').map((f) => f.getAttribute('action'))].map((href) => href.split('/').pop());
    for (const type of types) assert.ok(offered.includes(type.slug), `${type.slug} is not offered`);
    assert.equal(value(schema, "SELECT GROUP_CONCAT(slug ORDER BY slug) FROM letter_type WHERE at_kiosk AND sort < 900"),
        'keterangan-domisili,keterangan-penduduk,keterangan-tidak-mampu,keterangan-usaha,pengantar-skck');
});

test('where a letter begins the most asked for stand first, and words find the others', async () => {
    const page = (await clerk.get('/kantor/surat/buat')).must(200, 'Lahir, mati, dan keluarga');
    const [first, ...others] = page.page.querySelectorAll('main h2').map((h) => h.text.trim());
    assert.equal(first, 'Paling sering dibuat');
    assert.ok(others.length >= 5 && new Set(others).size === others.length, `headings: ${others}`);
    const found = (await clerk.get('/kantor/surat/buat?cari=Nikah+NON')).must(200, '1 jenis surat memuat');
    assert.deepEqual(found.page.querySelectorAll('a.pick').map((a) => a.getAttribute('href')), ['/kantor/surat/buat/nikah-non-muslim']);
    (await clerk.get('/kantor/surat/buat?cari=xyzzy')).must(200, 'Tidak ada jenis surat yang cocok');
    const ofDead = (await clerk.get(`/kantor/penduduk/${dead}/surat`)).must(200, 'Surat Keterangan Kematian');
    assert.ok(!ofDead.words.includes('Surat Keterangan Usaha'), 'of the dead only what is about them');
});
