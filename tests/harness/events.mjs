// SPDX-License-Identifier: AGPL-3.0-or-later
// Events as people write them down: the forms filled in and sent, and what the database then has of them.

import { dated, dayAgo } from './days.mjs';
import { rows, schemaOf } from './stack.mjs';

export const FORM = (tail) => `main form[action$="/${tail}"]`;
export const faults = (answer) => answer.page.querySelectorAll('.error-summary li').map((li) => li.text.trim());
/** The boxes of the i-th who comes. */
export const person = (i, nama, jk, lahir, peran, more = {}) => Object.fromEntries(Object.entries({ nama, jk, tempat: 'Palopo', ...dated('lahir', lahir), agama: '1', kawin: ['2', '3'].includes(String(peran)) ? '2' : '1', kerja: '1', peran, ...more })
    .map(([k, v]) => [`orang_${i}_${k}`, v]));

/** Pressed once more on the page to check; faults stay what they are. */
export const through = async (client, answer, form) => answer.status === 200 ? client.submit(answer, { langkah: 'simpan' }, form) : answer;

export function eventsOf(village) {
    const schema = schemaOf(village);
    /** The form as far as the page to check (200), or its faults. */
    const leave = async (client, id, tail, values) => client.submit((await client.get(`/kantor/penduduk/${id}/${tail}`)).must(200), { langkah: 'periksa', ...values }, FORM(tail));
    const born = async (client, family, values) => client.submit((await client.get(`/kantor/keluarga/${family.id}/kelahiran`)).must(200), { langkah: 'periksa', ...values }, FORM('kelahiran'));
    const arrive = async (client, values) => client.submit((await client.get('/kantor/peristiwa/kedatangan')).must(200), { langkah: 'periksa', ...dated('tanggal', dayAgo(0)), asal: 'Makassar', ...values }, FORM('kedatangan'));
    return {
        eventOf: (id) => rows(schema, `SELECT kind, status_before, status_after, place, roles, act, id FROM resident_event WHERE resident_id = ${id} AND kind <> 'correction' ORDER BY id DESC LIMIT 1`)
            .map(([kind, before, after, place, roles, act, event]) => ({ kind, before: Number(before), after: Number(after), place, roles: JSON.parse(roles), act, id: Number(event) }))[0],
        leave, born, arrive,
        left: async (client, id, tail, values) => through(client, await leave(client, id, tail, values), FORM(tail)),
        bore: async (client, family, values) => through(client, await born(client, family, values), FORM('kelahiran')),
        arrived: async (client, values) => through(client, await arrive(client, values), FORM('kedatangan')),
        death: (when = dayAgo(2)) => ({ ...dated('tanggal', when), tempat: 'Rumah', sebab: 'sakit', pelapor: 'Andi' }),
        moved: (more = {}) => ({ ...dated('tanggal', dayAgo(1)), jangkauan: '3', tempat: 'Jalan Hasanuddin 4, Makassar', nomor: 'SKP/12/2026', ...more }),
        cancel: async (client, event, values = { alasan: 'salah orang' }) => client.submit((await client.get(`/kantor/peristiwa/${event}/batal`)).must(200), values, FORM('batal')),
        fixForm: async (client, event) => (await client.get(`/kantor/peristiwa/${event}/perbaiki`)).must(200),
    };
}
