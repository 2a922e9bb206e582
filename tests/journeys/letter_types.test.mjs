// SPDX-License-Identifier: AGPL-3.0-or-later
// Every letter type that comes with the house is begun, filled in, checked and issued over its pages.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { begin, letterRow, pdf } from '../harness/letters.mjs';
import { pdfInfo, pdfWords } from '../harness/paper.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';
import { aboutWhom, answers, makePeople, types } from '../harness/type_papers.mjs';

const [, village] = trainingVillages();
const schema = schemaOf(village);
let clerk;
let people;

before(async () => {
    clerk = await staff(village, 'clerk');
    people = makePeople(village);
    rows(schema, "UPDATE letter_type SET policy = 'seal'");
});

for (const type of types) {
    test(`${type.name} (${type.slug}) goes from its form to its paper`, async () => {
        const isOffice = type.subject?.of === 'none';
        const subject = isOffice ? null : people[aboutWhom(type)];
        const { id, page } = await begin(clerk, type, subject);
        const isAsked = [...type.fields, ...(type.persons ?? [])].some((f) => f.required && !f.relation);
        if (isAsked) (await clerk.submit(page, {}, `form[action$="/${id}/isi"]`)).must(422, 'belum di');
        for (const f of [...type.fields, ...(type.persons ?? [])]) assert.ok(f.kind !== 'person' || f.outside, `${f.name} may be from elsewhere`);
        const { inputs, named } = answers(village, type, people);
        const filled = await clerk.submit(page, inputs, `form[action$="/${id}/isi"]`);
        const review = (await clerk.follow(filled.must(303))).must(200, 'Periksa sebelum surat');
        assert.ok(!review.page.querySelector('[name=alasan]'), `it fits this person: ${review.words}`);
        (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
        const bytes = await pdf(clerk, id);
        const words = pdfWords(bytes).replace(/\s+/g, ' ');
        for (const who of isOffice ? named : [subject, ...named]) {
            const [[name]] = rows(schema, `SELECT name FROM resident WHERE id = ${who}`);
            assert.ok(words.toUpperCase().includes(name), `${name} is not in ${words}`);
        }
        const called = isOffice ? value(schema, `SELECT about FROM letter WHERE id = ${id}`) : type.name;
        assert.ok(words.toUpperCase().includes(called.toUpperCase()), 'it says what it is');
        assert.ok(words.includes(letterRow(village, id).text), 'and its number');
        assert.ok(!/\{|\}|null|undefined|isi_/.test(words), `a field was left open: ${words}`);
        const { pages } = pdfInfo(bytes);
        if (isOffice) assert.ok(pages <= 3); // lists stand in attachments
        else assert.equal(pages, type.slug === 'perjalanan-dinas' ? 2 : 1, 'a signature alone on a second page is sent back'); // SPPD has two sheets
    });
}

test('of an identity, what the register does not know has no line', async () => {
    const type = types.find((t) => t.slug === 'kuasa'), subject = people[aboutWhom(type)];
    const [[occupation]] = rows(schema, `SELECT COALESCE(occupation, 'NULL') FROM resident WHERE id = ${subject}`);
    const paper = async () => {
        const { id, page } = await begin(clerk, type, subject);
        const review = await clerk.follow((await clerk.submit(page, answers(village, type, people).inputs, `form[action$="/${id}/isi"]`)).must(303));
        (await clerk.submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
        return pdfWords(await pdf(clerk, id)).replace(/\s+/g, ' ');
    };
    const lines = (words) => words.split('Pekerjaan').length - 1;
    try {
        rows(schema, `UPDATE resident SET occupation = NULL WHERE id = ${subject}`);
        const without = await paper();
        rows(schema, `UPDATE resident SET occupation = 3 WHERE id = ${subject}`);
        assert.equal(lines(await paper()) - lines(without), 1, 'the line comes with the fact');
        assert.doesNotMatch(without, /Pekerjaan : -/);
    } finally {
        rows(schema, `UPDATE resident SET occupation = ${occupation} WHERE id = ${subject}`);
    }
});

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
    const first_ = async (words) => (await clerk.get(`/kantor/surat/buat?cari=${words}`)).must(200, 'Paling cocok').page.querySelector('.picks b').text;
    assert.equal(await first_('sktm'), 'Surat Keterangan Tidak Mampu');
    assert.equal(await first_('surat+miskin'), 'Surat Keterangan Tidak Mampu');
    assert.equal(await first_('SK'), 'Keputusan Kepala Desa');
    (await clerk.get('/kantor/surat/buat?cari=domisli')).must(200, 'Tidak ada jenis surat yang memuat “domisli”. Yang mirip').must(200, 'Surat Keterangan Domisili');
    const box = await clerk.submit(page, { cari: 'sppd' }, 'form[action="/kantor/temukan"]');
    assert.equal(box.must(303).location, '/kantor/surat/buat?cari=sppd', 'the box above every page knows them, too');
    const ofDead = (await clerk.get(`/kantor/penduduk/${people.dead}/surat`)).must(200, 'Surat Keterangan Kematian');
    assert.ok(!ofDead.words.includes('Surat Keterangan Usaha'), 'of the dead only what is about them');
});
