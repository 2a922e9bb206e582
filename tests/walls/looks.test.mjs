// SPDX-License-Identifier: AGPL-3.0-or-later
// Who was looked at can see by whom. Walks the program's own list of routes as everyone who may: a page, picture or paper of one person,
// family, letter or event must have written a look at somebody whom it names, and a NIK stands whole on no page without one at its person.
// Lists name many and are no look at any of them; a list taken as a file stands in the audit trail.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ROUTES, TESTED } from './expectations.mjs';
import { House, post } from './house.mjs';
import { titled } from './shapes.mjs';
import { staffOf, trainingVillages, value } from '../harness/stack.mjs';

let house;
before(async () => { house = await new House(trainingVillages()[0]).open(); });

const OFFICE = TESTED.filter((r) => r.site === 'village' && r.path.startsWith('/kantor') && ROUTES[r.key] && ROUTES[r.key].roles !== 'everyone');
const PEOPLES = /^\/kantor\/(penduduk|surat|persetujuan|peristiwa|keluarga)\/\{id\}/;
const spaced = (nik) => nik.replace(/(\d{4})(?=\d)/g, '$1 ');

/** Whose NIK stands whole on it, and which of our canaries are named. */
function shown(answer) {
    const text = `${answer.words} ${answer.text}`;
    return {
        whole: house.sql('SELECT id, nik FROM resident').filter(([, nik]) => text.includes(nik) || text.includes(spaced(nik))).map(([id]) => id),
        named: house.sql(`SELECT id, name FROM resident WHERE name LIKE '${house.canary}%'`).filter(([, name]) => [name, titled(name)].some((n) => answer.words.includes(n))).map(([id]) => id),
    };
}

async function assertLooks(role, route, ask) {
    house.sql('DELETE FROM read_log');
    const answer = await ask();
    if (![200, 409, 422].includes(answer.status)) return;
    const looked = house.sql(`SELECT DISTINCT l.resident_id FROM read_log l JOIN staff s ON s.id = l.staff_id WHERE s.username = '${staffOf(house.village, role).username}'`).map(([id]) => id);
    const names = (ids) => ids.map((id) => value(house.schema, `SELECT name FROM resident WHERE id = ${id}`));
    if (!/html/.test(answer.headers['content-type'])) { // drawn, not written: whom it shows is whose it is
        if (PEOPLES.test(route.path)) assert.ok(looked.length > 0, `${role} is given ${answer.headers['content-type']} without a look`);
        return;
    }
    const { whole, named } = shown(answer);
    assert.deepEqual(names(whole.filter((id) => !looked.includes(id))), [], `a NIK is shown to ${role} without a look`);
    if (PEOPLES.test(route.path) && named.length > 0) assert.ok(looked.length > 0, `${names(named)} shown to ${role} without a look`);
}

for (const route of OFFICE) {
    const rule = ROUTES[route.key];
    describe(route.key, () => {
        if (route.method === 'GET') test('what is seen is written down', async () => {
            if (rule.before) await rule.before(house);
            for (const role of rule.allowedAs ? [rule.allowedAs] : rule.roles) {
                const path = await rule.path(house, false);
                await assertLooks(role, route, () => house.clients[role].get(path, { headers: rule.headers }));
            }
        });
        // Sent at once, without the page before it: to be checked first, and with nothing in it.
        else if (PEOPLES.test(route.path)) for (const [words, change] of [['to be checked', (form) => ('langkah' in form ? { ...form, langkah: 'periksa' } : null)], ['empty', () => ({})]])
            test(`${words}, sent without its page before`, async () => {
                if (rule.before) await rule.before(house);
                const role = rule.allowedAs ?? rule.roles[0];
                const path = await rule.path(house, true);
                const form = change(rule.form ? await rule.form(house, path) : {});
                if (form) await assertLooks(role, route, () => post(house.clients[role], path, form, rule.files ? { files: [] } : {}));
            });
    });
}
