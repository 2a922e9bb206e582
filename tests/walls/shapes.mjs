// SPDX-License-Identifier: AGPL-3.0-or-later
// What the expectations of many rooms have in common: paths of a house's own things, and what is true afterwards.

import assert from 'node:assert/strict';
import { letterRow } from '../harness/letters.mjs';

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

/** Words searched for go on in an address nobody reads. */
export const sealedWords = async ({ answer }) => {
    assert.match(answer.location, /[?&]lanjut=[\w-]{40,}$/);
    assert.ok(!/kenari/i.test(answer.location) && !Buffer.from(answer.location.split('lanjut=')[1], 'base64url').includes('kenari'));
};

/** Names of people as pages write them: "KENARI SAMPANO" → "Kenari Sampano". */
export function titled(name) {
    return name.toLowerCase().replace(/(^|[\s])\S/g, (c) => c.toUpperCase());
}
