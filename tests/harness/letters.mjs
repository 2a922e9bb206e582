// SPDX-License-Identifier: AGPL-3.0-or-later
// A clerk's way to a letter, through the pages as they are.

import assert from 'node:assert/strict';
import { rows, schemaOf, until } from './stack.mjs';

/** Ids of grown people who live in the village, in order: those whom the letters below fit. */
export function livingResidents(village, most = 50) {
    return rows(schemaOf(village), `SELECT id FROM resident WHERE basic_status = 1 AND birth_date < '1998-01-01' AND nik NOT LIKE '0%' ORDER BY id LIMIT ${most}`).map(([id]) => Number(id));
}

export const BUSINESS = {
    slug: 'keterangan-usaha',
    inputs: { isi_usaha: 'kios gula aren', isi_sejak: '2014', isi_keperluan: 'pengajuan kredit usaha rakyat' },
};
export const DOMICILE = {
    slug: 'keterangan-domisili',
    inputs: { isi_sejak: '1998', isi_keperluan: 'pendaftaran sekolah anak' },
};

/** Of the office itself: for nobody (null). */
export const INVITATION = {
    slug: 'undangan',
    inputs: {
        isi_hal: 'Musyawarah desa penyusunan RKP Desa', isi_kepada: 'Camat Larompong Selatan\nSitti Aminah, S.Pd.; Ketua BPD\nKetua LPM\nKetua TP-PKK Desa', isi_sehubungan: 'akan disusunnya RKP Desa',
        isi_hari_hari: '12', isi_hari_bulan: '12', isi_hari_tahun: String(new Date().getFullYear() + 1), isi_jam: '09.00', isi_tempat: 'Aula kantor desa', isi_acara: 'Pembahasan rancangan RKP Desa',
    },
};

/** A letter type of this definition, as an office would have made it. */
export function putType(village, slug, definition, policy = 'seal') {
    const text = JSON.stringify(definition).replace(/\\/g, '\\\\').replace(/'/g, "''");
    rows(schemaOf(village), `INSERT INTO letter_type (slug, name, classification, number_format, policy, definition, sort)
        VALUES ('${slug}', 'Uji ${slug}', '400.7', '[kode_surat]/[nomor,3]/[tahun]', '${policy}', '${text}', 900)`);
}

/** The boxes for what the applicant brought. */
export const brought = (page) => page.page.querySelectorAll('input[type=checkbox]').filter((box) => box.getAttribute('name').startsWith('isi__dibawa_'));
/** The form with all of them ticked. */
export function bringAll(page) {
    for (const box of brought(page)) box.setAttribute('checked', '');
    return page;
}

/** Picks type and resident (null: a letter of the office itself), who brought all that is asked for; → {id, page: the form to fill}. */
export async function begin(client, type, residentId) {
    const pick = (await client.get(`/kantor/surat/buat/${type.slug}`)).must(200);
    const { fields } = client.fill(pick, {}, residentId === null ? `form[action$="/${type.slug}"]` : 'form[action$="/cari"]');
    const guard = fields.filter(([name]) => name.startsWith('_'));
    const answer = await client.post(`/kantor/surat/buat/${type.slug}`, [...guard, ...residentId === null ? [] : [['warga', String(residentId)]]]);
    answer.must(303);
    const page = (await client.follow(answer)).must(200);
    const id = Number(/\/kantor\/surat\/(\d+)\/isi/.exec(page.path)?.[1]);
    assert.ok(id > 0, `no letter's number in ${page.path}`);
    return { id, page: bringAll(page) };
}

/** Begins and fills in; → {id, review: the page to check}. */
export async function draft(client, type, residentId, inputs = {}) {
    const { id, page } = await begin(client, type, residentId);
    const answer = await client.submit(page, { ...type.inputs, ...inputs }, `form[action$="/${id}/isi"]`);
    answer.must(303);
    return { id, review: (await client.follow(answer)).must(200, 'Periksa sebelum surat') };
}

/** All the way to the press of the last button; → {id, answer: the 303, page: the letter's own page}. */
export async function send(client, type, residentId, inputs = {}) {
    const { id, review } = await draft(client, type, residentId, inputs);
    const answer = await client.submit(review, {}, `form[action$="/${id}/kirim"]`);
    answer.must(303);
    return { id, answer, page: (await client.follow(answer)).must(200) };
}

/** What waits gets its number: checked by the secretary, approved by the head; → the pages they decided on. */
export async function decide(secretary, head, id) {
    const pages = [];
    for (const [who, act] of [[secretary, 'teruskan'], [head, 'setujui']]) {
        const page = (await who.get(`/kantor/persetujuan/${id}`)).must(200);
        (await who.submit(page, {}, `form[action$="/${id}/${act}"]`)).must(303);
        pages.push(page);
    }
    return pages;
}

/** The PDF once the worker has made it. */
export async function pdf(client, id, seconds = 30) {
    return until(`the PDF of letter ${id}`, async () => {
        const got = await client.get(`/kantor/surat/${id}/surat.pdf`);
        return got.status === 200 && got.bytes.subarray(0, 5).toString() === '%PDF-' ? got.bytes : null;
    }, seconds);
}

/** Number and state as the database has them. */
export function letterRow(village, id) {
    const [[state, number, text, rendered]] = rows(schemaOf(village), `SELECT state, number, number_text, rendered_at IS NOT NULL FROM letter WHERE id = ${id}`);
    return { state: Number(state), number: number === null ? null : Number(number), text, isRendered: rendered === '1' };
}

/** The people of a pile chosen, from a draft that was filled in; → {id: of the pile, pattern, page: the check page}. `fields` as the page asks. */
export async function choose(client, type, residentId, fields) {
    const { id: pattern } = await draft(client, type, residentId);
    const form = (await client.get(`/kantor/surat/${pattern}/massal`)).must(200, 'Untuk siapa saja surat ini?');
    const answer = (await client.submit(form, fields, 'form[action$="/massal"]')).must(303);
    return { id: Number(/surat-massal\/(\d+)$/.exec(answer.location)[1]), pattern, page: (await client.follow(answer)).must(200) };
}

/** A pile once all of it is issued and its files are there. */
export async function pileDone(village, id, seconds = 120) {
    await until(`pile ${id} is done`, () => rows(schemaOf(village), `SELECT 1 FROM letter_pile WHERE id = ${id} AND state = 6`).length > 0, seconds);
}

/** The lines of a pile: [line, state, resident, letter, why]. */
export function pileLines(village, id) {
    return rows(schemaOf(village), `SELECT line, state, resident_id, letter_id, why FROM letter_pile_line WHERE pile_id = ${id} ORDER BY line`);
}
