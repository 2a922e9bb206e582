// SPDX-License-Identifier: AGPL-3.0-or-later
// What each route of `balai-server --routes` must do for whom: a file a room, tests/walls/rooms/ROOM.mjs, found by its name. A route
// without a row in one of them fails the build, and so does a row without a route.
//
// A room exports `routes`, an object of 'GET /kantor/surat' (or 'kelola GET /' for another site) → what differs from the defaults:
//
//   path     (house, isFresh) → the address, of that house's own things; default: the route's, when nothing in it is variable
//   form     (house, path) → fields of a POST; default: none
//   files    (house) → its files
//   before   (house) → made before the allowed request
//   status   of the allowed answer; default 200 of a GET, 303 of a POST
//   has      words the allowed answer must show; default of a page: a heading
//   type     its content type, when it is no page
//   done     what must be true afterwards
//   roles    who may; default: who holds the route's permission, by HOLDERS below and the room's own `holders`
//   allowedAs, foreign (status for another village's id, 404), foreignForm, headers, endsSession, door
//
// HOLDERS is written out, not taken from the program or the village's table: this is the second opinion. It has those of the house; a
// room that brings permissions exports `holders`, an object of the same shape.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { program } from '../harness/stack.mjs';

const HOLDERS = {
    VISIT: 'everyone', BE_STAFF: ['clerk', 'secretary', 'head', 'editor'], USE_KIOSK: ['kiosk'], BE_RESIDENT: ['warga'], READ_REGENCY: ['dpmd', 'district'],
    NOTE_REGENCY: ['dpmd', 'district'], MANAGE_VILLAGES: ['volunteer'],
};

/** Pages of the kiosk send those they do not know to their own door; a visit is begun before a resident's page is asked for. */
const BY_PERMISSION = {
    USE_KIOSK: { door: '/anjungan/daftar' },
    BE_RESIDENT: { door: '/anjungan/daftar', before: (house) => house.visitor() },
};

/** The program's own list: [{key, site, method, path, permission}]. */
export const LISTED = execFileSync(program('balai-server'), ['--routes'], { encoding: 'utf8' }).trim().split('\n').map((line) => {
    const [site, method, path, permission] = line.split(/\s+/);
    return { key: `${site} ${method} ${path}`, site, method, path, permission };
});

const holders = { ...HOLDERS };
const written = new Map();
const rooms = new Map(); // key → the file it stands in
for (const file of readdirSync(new URL('rooms/', import.meta.url)).filter((f) => f.endsWith('.mjs'))) {
    const room = await import(new URL(`rooms/${file}`, import.meta.url));
    for (const [word, roles] of Object.entries(room.holders ?? {})) {
        assert.ok(!(word in holders), `${file}: ${word} has its holders already`);
        holders[word] = roles;
    }
    for (const [key, rule] of Object.entries(room.routes)) {
        const whole = /^(GET|POST) /.test(key) ? `village ${key}` : key;
        assert.ok(!written.has(whole), `${file}: ${whole} has a row already`);
        written.set(whole, rule);
        rooms.set(whole, file.replace('.mjs', ''));
    }
}

function withDefaults(route, rule) {
    assert.ok(rule.path || !route.path.includes('{'), `${route.key}: its row says no path`);
    assert.ok(rule.roles || holders[route.permission], `${route.key}: nobody said who holds ${route.permission}`);
    return { roles: holders[route.permission], path: async () => route.path, ...BY_PERMISSION[route.permission], ...rule };
}

const bareKeys = [...written.keys()].filter((key) => !LISTED.some((route) => route.key === key));
/** key → row with its defaults; rows without a route stay as they are, for the first test to find. */
export const ROUTES = Object.fromEntries([
    ...LISTED.filter((route) => written.has(route.key)).map((route) => [route.key, withDefaults(route, written.get(route.key))]),
    ...bareKeys.map((key) => [key, written.get(key)]),
]);
const chosen = (process.env.BALAI_ROOMS ?? '').split(' ').filter(Boolean);
/** Those of the rooms that were asked for (deploy/test suites WORD), else all. */
export const TESTED = chosen.length > 0 ? LISTED.filter((route) => chosen.includes(rooms.get(route.key))) : LISTED;
