// SPDX-License-Identifier: AGPL-3.0-or-later
// Every route × {nobody, wrong role, right role} × {own village, another village's id on this host, another
// village's session}. The routes are the program's own list; what each must do stands in rooms/ROOM.mjs (see expectations.mjs).

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { BASE, access } from '../harness/stack.mjs';
import { Client } from '../harness/client.mjs';
import { LISTED, ROUTES, TESTED } from './expectations.mjs';
import { titled } from './shapes.mjs';
import { STAFF, guard, nobody, post, twoHouses, withCookiesOf } from './house.mjs';

const listed = LISTED;
let own;
let other;
const consoles = {}; // 'kelola', 'dpmd' → signed-in clients by role

before(async () => {
    [own, other] = await twoHouses();
    const all = access();
    for (const site of ['kelola', 'dpmd']) {
        consoles[site] = {};
        for (const account of site === 'dpmd' ? [all.dpmd, all.kecamatan] : [all.kelola]) {
            const client = new Client(`${site}.${BASE}`);
            await client.signIn(account);
            consoles[site][account.role] = client;
        }
    }
});

after(() => {
    // Nothing of what was refused left a trace of the other village here.
    for (const [house, canary] of [[own, other.canary], [other, own.canary]]) {
        const found = house.sql(`SELECT id FROM letter WHERE snapshot LIKE '%${canary}%' OR inputs LIKE '%${canary}%'`);
        assert.deepEqual(found, []);
    }
});

test('the program\'s routes and the expectations are the same list', () => {
    assert.ok(listed.length > 20, 'the program prints its routes');
    const known = new Set(Object.keys(ROUTES));
    assert.deepEqual(listed.map((r) => r.key).filter((k) => !known.has(k)), [], 'routes without an expectation');
    const real = new Set(listed.map((r) => r.key));
    assert.deepEqual([...known].filter((k) => !real.has(k)), [], 'expectations without a route');
});

const isPublic = (rule) => rule.roles === 'everyone';
const ask = (client, route, path, form, files) => (route.method === 'GET' ? client.get(path, { headers: ROUTES[route.key].headers }) : post(client, path, form, files ? { files } : {}));

function hostOf(route, house) {
    if (route.site === 'village') return house.village.host;
    return route.site === 'platform' ? BASE : `${route.site}.${BASE}`;
}

function rolesOf(route) {
    return route.site === 'village' ? STAFF : Object.keys(consoles[route.site] ?? {});
}

function clientOf(route, role) {
    return route.site === 'village' ? own.clients[role] : consoles[route.site][role];
}

/** Nothing of either village's people in a refusal. */
function assertSaysNothing(answer, words) {
    for (const canary of [own.canary, other.canary]) {
        assert.ok(!answer.text.toLowerCase().includes(canary.toLowerCase()), `${words}: shows ${canary}`);
    }
}

function assertNotSignedIn(route, answer, words) {
    if (ROUTES[route.key].headers?.['hx-request']) {
        // A part of a page: the whole window goes to the sign-in.
        assert.equal(answer.status, 401, words);
        assert.match(answer.headers['hx-redirect'] ?? '', /^\/masuk(\?|$)/, words);
    } else if (route.method === 'GET') {
        assert.equal(answer.status, 303, words);
        const door = ROUTES[route.key].door;
        if (door) assert.ok([door, '/anjungan'].includes(answer.location), `${words}: ${answer.location}`);
        else assert.match(answer.location, /^\/masuk(\?|$)/, words);
    } else {
        assert.ok([401, 403].includes(answer.status), `${words}: ${answer.status}`);
    }
    assertSaysNothing(answer, words);
}

for (const route of TESTED) {
    const rule = ROUTES[route.key];
    if (!rule) continue; // the first test fails
    describe(route.key, () => {
        const filesFor = (house) => (rule.files ? rule.files(house) : undefined);
        const formFor = async (house, path) => (rule.form ? rule.form(house, path) : {});

        if (!isPublic(rule)) {
            test('nobody', async () => {
                const path = await rule.path(own, false);
                const form = await formFor(own, path);
                const traces = own.traces();
                assertNotSignedIn(route, await ask(nobody(hostOf(route, own)), route, path, form, await filesFor(own)), 'nobody');
                assert.equal(own.traces(), traces, 'nothing happened');
            });

            test('wrong role', async () => {
                const wrong = rolesOf(route).filter((role) => !rule.roles.includes(role));
                const path = await rule.path(own, false);
                const form = await formFor(own, path);
                for (const role of wrong) {
                    const traces = own.traces();
                    const answer = await ask(clientOf(route, role), route, path, form, await filesFor(own));
                    // The kiosk knows no staff: to it they are nobody.
                    if (rule.door) assertNotSignedIn(route, answer, role);
                    else assert.equal(answer.status, 403, `${role}: ${answer.status}`);
                    assertSaysNothing(answer, role);
                    assert.equal(own.traces(), traces, `${role}: nothing happened`);
                }
                assert.ok(wrong.length > 0 || rule.roles.length === rolesOf(route).length, 'every role was thought of');
            });

            test('another village\'s session', async () => {
                // The one session that could do most there, brought to this host.
                const owner = route.site === 'village' ? other.clients[rule.allowedAs ?? rule.roles[0]] : own.clients.secretary;
                const thief = withCookiesOf(owner, hostOf(route, own));
                const path = await rule.path(own, false);
                const form = await formFor(own, path);
                const traces = own.traces();
                const answer = route.method === 'GET'
                    ? await thief.get(path, { headers: rule.headers })
                    : await thief.post(path, [...(await guard(owner)), ...Object.entries(form)], { files: await filesFor(own) });
                assertNotSignedIn(route, answer, 'a session of another village');
                assert.equal(own.traces(), traces, 'nothing happened');
                // And it is still good at home.
                const home = await owner.open(rule.door ? '/anjungan' : '/kantor');
                assert.equal(home.status, 200);
            });
        }

        if (route.site === 'village' && (/\{id\}/.test(route.path) || rule.foreignForm)) {
            test('another village\'s id on this host', async () => {
                const path = await rule.path(other, false);
                const form = await formFor(rule.foreignForm ? other : own, path);
                const traces = [own.traces(), other.traces()];
                for (const role of rule.roles) {
                    const answer = await ask(own.clients[role], route, path, form);
                    assert.equal(answer.status, rule.foreign ?? 404, `${role}: ${answer.status} ${answer.told}`);
                    assertSaysNothing(answer, role);
                }
                assert.deepEqual([own.traces(), other.traces()], traces, 'nothing happened in either village');
            });
        }

        if (route.method === 'POST') {
            test('without the form\'s token, or from a sibling\'s page', async () => {
                const role = isPublic(rule) ? null : rule.allowedAs ?? rule.roles[0];
                const client = role ? clientOf(route, role) : nobody(hostOf(route, own));
                const path = await rule.path(own, false);
                const form = Object.entries(await formFor(own, path));
                const good = await guard(client);
                const traces = own.traces();
                const tries = [
                    ['no token', form, {}],
                    ['an empty token', [['_csrf', ''], ['_once', ''], ...form], {}],
                    ['a token of another session', [...(await guard(nobody(hostOf(route, own)))), ...form], {}],
                    ['from a sibling village', [...good, ...form], { 'sec-fetch-site': 'same-site' }],
                    ['from another site', [...good, ...form], { 'sec-fetch-site': 'cross-site' }],
                    ['typed into the bar', [...good, ...form], { 'sec-fetch-site': 'none' }],
                    ['an old browser, another origin', [...good, ...form], { 'sec-fetch-site': null, origin: `http://${other.village.host}` }],
                    ['an old browser that says nothing', [...good, ...form], { 'sec-fetch-site': null, origin: null }],
                ];
                for (const [words, fields, headers] of tries) {
                    const answer = await client.post(path, fields, { headers, files: await filesFor(own) });
                    assert.equal(answer.status, 403, `${words}: ${answer.status}`);
                    assertSaysNothing(answer, words);
                }
                const twice = await client.post(path, [...good, ...form, ['tidak_dikenal', '1']], { files: await filesFor(own) });
                assert.equal(twice.status, 400, `an undeclared field: ${twice.status}`);
                assert.equal(own.traces(), traces, 'nothing happened');
            });
        }

        test('allowed', async () => {
            if (rule.before) await rule.before(own);
            for (const role of isPublic(rule) ? [null] : [rule.allowedAs ?? rule.roles[0], ...(route.method === 'GET' && !rule.allowedAs ? rule.roles : [])]) {
                const client = role ? clientOf(route, role) : nobody(hostOf(route, own));
                const path = await rule.path(own, route.method === 'POST');
                const form = await formFor(own, path);
                const answer = await ask(client, route, path, form, await filesFor(own));
                const wanted = [rule.status ?? (route.method === 'GET' ? 200 : 303)].flat();
                assert.ok(wanted.includes(answer.status), `${role}: ${answer.status} ${answer.told}`);
                if (rule.has) {
                    const words = typeof rule.has === 'function' ? rule.has(own) : rule.has;
                    assert.ok(answer.words.includes(words), `"${words}" is not in: ${answer.told}`);
                }
                if (rule.type) assert.match(answer.headers['content-type'], rule.type);
                if (!rule.has && !rule.type && !rule.done && wanted[0] === 200) assert.ok(answer.page.querySelector('h1'), `${route.key}: a page with a heading`);
                assert.ok(!answer.text.includes(titled(other.canary)) && !answer.text.includes(other.canary), 'of this village alone');
                if (rule.done) await rule.done({ house: own, path, form, answer, client });
                if (rule.roles !== 'everyone') assert.match(answer.headers['cache-control'] ?? '', /no-store/, 'nobody keeps a page of the office');
            }
        });
    });
}
