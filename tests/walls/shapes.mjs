// SPDX-License-Identifier: AGPL-3.0-or-later
// What the expectations of many rooms have in common: paths of a house's own things, and what is true afterwards.

import assert from 'node:assert/strict';
import { letterRow } from '../harness/letters.mjs';
import { pdfOf } from '../harness/pictures.mjs';

export const at = (path) => async () => path;
export const letter = (kind, tail) => async (house, isFresh) => `/kantor/surat/${await house[kind](isFresh)}${tail}`;
export const person_ = (tail) => async (house) => `/kantor/penduduk/${house.residentId()}${tail}`;
export const family = (tail) => async (house, isFresh) => `/kantor/keluarga/${(await house.family(isFresh)).id}${tail}`;
/** The first of the family who has that role, by the address. */
export const memberOf = (house, path, role) => house.sql(`SELECT MIN(id) FROM resident WHERE family_id = ${idOf(path)} AND family_role = ${role}`)[0][0] ?? 1;
export const event = (tail) => async (house, isFresh) => `/kantor/peristiwa/${await house.event(isFresh)}${tail}`;
export const memberPath = (tail) => async (house, isFresh) => `/kantor/penduduk/${(await house.family(isFresh)).members[3]}/${tail}`;
export const idOf = (path) => Number(/\/(\d+)(\/|$)/.exec(path)[1]);
export const stateIs = (state) => async ({ house, path }) => assert.equal(letterRow(house.village, idOf(path)).state, state);

/** A form sent during a visit to the kiosk, which is begun again first, because a visit ends after two minutes. */
export const resident = (form) => async (house) => {
    await house.visitor();
    return form(house);
};

/** The rows of a list as a file: the menu "Unduh". */
export const asksFor = (book) => ({
    form: async () => ({ bentuk: 'csv' }),
    done: async ({ house, answer }) => assert.equal(house.sql(`SELECT kind FROM export_file WHERE id = ${idOf(answer.location)}`)[0][0], book),
});

/** Words searched for go on in an address nobody reads. */
export const sealedWords = async ({ answer }) => {
    assert.match(answer.location, /[?&]lanjut=[\w-]{40,}$/);
    assert.ok(!/kenari/i.test(answer.location) && !Buffer.from(answer.location.split('lanjut=')[1], 'base64url').includes('kenari'));
};

/** Names of people as pages write them: "KENARI SAMPANO" → "Kenari Sampano". */
export function titled(name) {
    return name.toLowerCase().replace(/(^|[\s])\S/g, (c) => c.toUpperCase());
}

/**
 * The six routes of KEPT_ROUTES: files, history and notes of a row. `one` gives the row's page and a tail behind it, as for the room's own
 * routes; `slot` is a place for files that takes a PDF. The clerk may write.
 */
export function kept(home, owner, slot, one) {
    const pdf = (words) => [{ name: 'berkas', filename: 'uji.pdf', type: 'application/pdf', bytes: pdfOf(words) }];
    /** The page of a file that was put there. */
    const file = (tail) => async (house, isFresh) => {
        const path = await one('/lampiran')(house, isFresh), id = idOf(path);
        const has = () => house.sql(`SELECT MAX(id) FROM attachment WHERE owner = '${owner}' AND owner_id = ${id} AND removed_at IS NULL`)[0][0];
        if (!has()) {
            const page = (await house.clients.clerk.get(path)).must(200);
            (await house.clients.clerk.submit(page, { jenis: slot, catatan: house.canary }, `form[action="${path}"]`, { files: pdf(`kenari ${id}`) })).must(303);
        }
        return `${path}/${has()}${tail}`;
    };

    return {
        [`GET ${home}/{id}/lampiran`]: { path: async (house) => (await file('')(house)).replace(/\/\d+$/, ''), has: (house) => house.canary },
        [`GET ${home}/{id}/lampiran/{berkas}`]: { path: file(''), has: 'kenari' },
        [`GET ${home}/{id}/jejak`]: { path: async (house) => (await file('')(house)).replace(/lampiran\/\d+$/, 'jejak'), has: 'Berkas disimpan' },
        [`POST ${home}/{id}/lampiran`]: {
            path: one('/lampiran'), form: async () => ({ jenis: slot, catatan: 'uji dinding' }), files: async () => pdf('dinding'),
            done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM attachment WHERE owner = '${owner}' AND owner_id = ${idOf(path)} AND title = 'uji dinding'`)[0][0], '1'),
        },
        [`POST ${home}/{id}/lampiran/{berkas}/tarik`]: {
            path: file('/tarik'), form: async () => ({ alasan: 'uji dinding' }),
            done: async ({ house, path }) => assert.equal(house.sql(`SELECT removed_reason FROM attachment WHERE id = ${/lampiran\/(\d+)/.exec(path)[1]}`)[0][0], 'uji dinding'),
        },
        [`POST ${home}/{id}/catatan`]: {
            path: one('/catatan'), form: async () => ({ isi: 'uji dinding' }),
            done: async ({ house, path }) => assert.equal(house.sql(`SELECT text FROM note WHERE owner = '${owner}' AND owner_id = ${idOf(path)}`)[0][0], 'uji dinding'),
        },
    };
}
