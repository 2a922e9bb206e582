// SPDX-License-Identifier: AGPL-3.0-or-later
// Who gets in, who does not, and how a session ends.

import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { Client, staff } from '../harness/client.mjs';
import { dated, dayAgo } from '../harness/days.mjs';
import { DOMICILE, livingResidents, send as sendLetter } from '../harness/letters.mjs';
import { BASE, access, rows, schemaOf, staffOf, trainingVillages, value } from '../harness/stack.mjs';

const [village, neighbour] = trainingVillages();
const schema = schemaOf(village);

async function attempt(client, username, password, extra = {}) {
    const page = (await client.get('/masuk')).must(200);
    return client.submit(page, { nama: username, sandi: password, ...extra }, 'form[action*="masuk"], main form');
}

test('staff sign in, work, and sign out; the session is then over everywhere', async () => {
    const client = await staff(village, 'clerk');
    const office = (await client.get('/kantor')).must(200, village.name);
    const thief = new Client(village.host);
    thief.cookies = new Map(client.cookies);
    (await thief.get('/kantor')).must(200);
    (await client.submit(office, {}, 'form[action$="/keluar"]')).must(303);
    assert.equal((await client.get('/kantor')).status, 303, 'signed out here');
    assert.equal((await thief.get('/kantor')).status, 303, 'and with the copied cookie');
});

test('a wrong password, an unknown name and an empty form get the same words', async () => {
    const { username } = staffOf(village, 'editor');
    const client = new Client(village.host);
    const wrong = (await attempt(client, username, 'bukan sandinya')).must(422);
    const unknown = (await attempt(client, 'tidak.pernah.ada', 'bukan sandinya')).must(422);
    const tidy = (answer, typed) => answer.words.replaceAll(typed, '').replace(/\s+/g, ' ');
    assert.equal(tidy(wrong, username), tidy(unknown, 'tidak.pernah.ada'));
    (await attempt(client, '', '')).must(422);
    assert.ok(![...client.cookies.keys()].includes('__Host-balai') || (await client.get('/kantor')).status === 303, 'nobody is signed in');
    await client.signIn(staffOf(village, 'editor')); // and the right one still works
});

test('five wrong passwords lock the account for a while, for the right one too; others go on', async () => {
    const victim = staffOf(village, 'secretary');
    const client = new Client(village.host);
    for (let i = 0; i < 5; i++) (await attempt(client, victim.username, `salah ${i}`)).must(422);
    (await attempt(client, victim.username, victim.password)).must(422);
    const locked = value(schema, 'SELECT COUNT(*) FROM sign_in_attempt WHERE locked_until > UTC_TIMESTAMP(6)');
    assert.equal(locked, '1');
    await staff(village, 'clerk');
    await staff(neighbour, 'secretary');
    rows(schema, 'DELETE FROM sign_in_attempt'); // a quarter of an hour has passed
    await staff(village, 'secretary');
});

test('a new password opens a locked account at once; nobody switches off the own account', async () => {
    const { username, password } = staffOf(village, 'editor');
    const [[id, hash]] = rows(schema, `SELECT id, password_hash FROM staff WHERE username = '${username}'`);
    const client = new Client(village.host), secretary = await staff(village, 'secretary');
    try {
        for (let i = 0; i < 5; i++) (await attempt(client, username, `salah ${i}`)).must(422, 'minta sandi baru');
        (await attempt(client, username, password)).must(422);
        const page = (await secretary.get('/kantor/pengaturan/petugas')).must(200);
        (await secretary.submit(page, { sandi: 'sawah kuda 81 biru' }, `form[action$="/petugas/${id}/sandi"]`)).must(303);
        (await attempt(client, username, password)).must(422);
        (await attempt(client, username, 'sawah kuda 81 biru')).must(303);
        const self = value(schema, `SELECT id FROM staff WHERE username = '${staffOf(village, 'secretary').username}'`);
        const other = secretary.fill(page, {}, `form[action$="/${id}/nonaktif"]`);
        (await secretary.post(`/kantor/pengaturan/petugas/${self}/nonaktif`, other.fields)).must(409);
        assert.equal(value(schema, `SELECT is_active FROM staff WHERE id = ${self}`), '1');
    } finally {
        rows(schema, `UPDATE staff SET password_hash = '${hash}' WHERE id = ${id}; DELETE FROM sign_in_attempt`);
    }
});

test('right ones sent at the same time wait for each other: none is told that it is wrong', async () => {
    const everybody = await Promise.all(Array.from({ length: 12 }, async () => {
        const client = new Client(village.host);
        return { client, page: (await client.get('/masuk')).must(200) };
    }));
    const { username, password } = staffOf(village, 'secretary');
    const answers = await Promise.all(everybody.map(({ client, page }) => client.submit(page, { nama: username, sandi: password }, 'form[action*="masuk"], main form')));
    assert.deepEqual(answers.map((a) => a.status), Array(12).fill(303));
    assert.equal(value(schema, 'SELECT COUNT(*) FROM sign_in_attempt'), '0');
});

test('a session made while the clock was ahead is none once it is right', async () => {
    const client = await staff(village, 'clerk');
    (await client.get('/kantor')).must(200);
    for (const ahead of ['13 HOUR', '400 DAY', '6 MINUTE']) {
        rows(schema, `UPDATE session SET created_at = UTC_TIMESTAMP(6) + INTERVAL ${ahead}, last_seen_at = created_at, expires_at = created_at + INTERVAL 12 HOUR ORDER BY id DESC LIMIT 1`);
        assert.equal((await client.get('/kantor')).status, 303, ahead);
    }
    rows(schema, 'UPDATE session SET created_at = UTC_TIMESTAMP(6), last_seen_at = UTC_TIMESTAMP(6) + INTERVAL 2 MINUTE, expires_at = UTC_TIMESTAMP(6) + INTERVAL 12 HOUR ORDER BY id DESC LIMIT 1');
    (await client.get('/kantor')).must(200); // two clocks that differ a little
});

test('wrong passwords from elsewhere lock out unknown devices, never one the owner has signed in from', async () => {
    const owner = staffOf(village, 'secretary');
    const own = await staff(village, 'secretary');
    const [name, value_] = [...own.cookies].find(([n]) => n.startsWith('__Host-kenal-'));
    (await own.submit(await own.get('/kantor'), {}, 'form[action$="/keluar"]')).must(303); // the day is over
    const agent = new http.Agent({ localAddress: '127.0.0.21' }); // wrong passwords are counted by network as well, over all villages
    const guest = (host = village.host) => Object.assign(new Client(host), { agent });
    const stranger = guest();
    for (let i = 0; i < 5; i++) (await attempt(stranger, owner.username, `salah ${i}`)).must(422);
    (await attempt(guest(), owner.username, owner.password)).must(422); // a device nobody knows
    (await attempt(own, owner.username, owner.password)).must(303);
    (await own.get('/kantor')).must(200);
    (await attempt(guest(), owner.username, owner.password)).must(422); // and the strangers' lock stands

    // The cookie opens nothing by itself, has its own tries, and is good for its account and village only.
    const copied = guest();
    copied.cookies.set(name, value_);
    assert.equal((await copied.get('/kantor')).status, 303);
    for (let i = 0; i < 5; i++) (await attempt(copied, owner.username, `salah ${i}`)).must(422);
    (await attempt(copied, owner.username, owner.password)).must(422);
    const back = guest();
    back.cookies.set(name, own.cookies.get(name)); // renewed at his last sign-in: by now another device's number
    (await attempt(back, owner.username, owner.password)).must(303);
    const [editor, changed] = [staffOf(village, 'editor'), guest()];
    const editorId = value(schema, `SELECT id FROM staff WHERE username = '${editor.username}'`);
    for (let i = 0; i < 5; i++) (await attempt(stranger, editor.username, `salah ${i}`)).must(422);
    changed.cookies.set(`__Host-kenal-${editorId}`, value_);
    (await attempt(changed, editor.username, editor.password)).must(422);
    const elsewhere = staffOf(neighbour, 'secretary');
    const there = guest(neighbour.host);
    there.cookies.set(`__Host-kenal-${value(schemaOf(neighbour), `SELECT id FROM staff WHERE username = '${elsewhere.username}'`)}`, value_);
    for (let i = 0; i < 5; i++) (await attempt(there, elsewhere.username, `salah ${i}`)).must(422);
    assert.equal(value(schemaOf(neighbour), 'SELECT MAX(locked_until) > UTC_TIMESTAMP(6) FROM sign_in_attempt'), '1');
    (await attempt(guest(neighbour.host), elsewhere.username, elsewhere.password)).must(422);
    for (const s of [schema, schemaOf(neighbour)]) rows(s, 'DELETE FROM sign_in_attempt');
    agent.destroy();
});

test('the device cookie is hidden from scripts, and no sign of it tells a name that is from one that is not', async () => {
    const client = new Client(village.host);
    const { username, password } = staffOf(village, 'clerk');
    const answer = (await attempt(client, username, password)).must(303);
    const set = answer.headers['set-cookie'].filter((c) => c.startsWith('__Host-kenal-'));
    assert.equal(set.length, 1);
    for (const word of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax', 'Max-Age=15552000']) assert.ok(set[0].split('; ').includes(word), set[0]);
    for (const wrong of [username, 'tidak.pernah.ada']) {
        const refused = (await attempt(new Client(village.host), wrong, 'bukan sandinya')).must(422);
        assert.deepEqual((refused.headers['set-cookie'] ?? []).filter((c) => c.startsWith('__Host-kenal-')), []);
    }
    rows(schema, 'DELETE FROM sign_in_attempt');
});

test('a user name is not a password of another village', async () => {
    const client = new Client(neighbour.host);
    const own = staffOf(village, 'clerk');
    const answer = await attempt(client, own.username, own.password);
    answer.must(422);
    rows(schemaOf(neighbour), 'DELETE FROM sign_in_attempt');
});

test('after signing in one comes where one wanted to go, and only on this site', async () => {
    const client = new Client(village.host);
    const sent = await client.get('/kantor/surat');
    assert.equal(sent.status, 303);
    const page = (await client.follow(sent)).must(200);
    const { username, password } = staffOf(village, 'clerk');
    const answer = await client.submit(page, { nama: username, sandi: password });
    answer.must(303);
    assert.equal(answer.location, '/kantor/surat');

    for (const evil of ['//jahat.example', 'https://jahat.example/', '/\\jahat.example', '\\\\jahat.example', '/%0d%0aSet-Cookie:x=1', 'javascript:alert(1)', `http://${neighbour.host}/`]) {
        const fresh = new Client(village.host);
        const form = (await fresh.get(`/masuk?ke=${encodeURIComponent(evil)}`)).must(200);
        const got = await fresh.submit(form, { nama: username, sandi: password });
        got.must(303);
        assert.match(got.location, /^\/(?![/\\])/, evil);
        assert.ok(!got.location.includes('jahat.example') || got.location.startsWith('/%'), `${evil} → ${got.location}`);
    }
});

const GUEST = 'main form[method="post"][action^="/kantor/tamu/"]';
const guest = (name) => ({ nama: name, asal: 'Dinas Sosial', bertemu: 'Kepala desa', keperluan: 'Rapat; 100% & "lebih"', ...dated('tanggal', dayAgo(30)), jam: '09.30' });
const written = (name) => Number(value(schema, `SELECT COUNT(*) FROM guest WHERE name = '${name}'`));

/** A clerk's form, sent after the session's end: the answer that asks who is there. */
async function pressedLate(name) {
    const client = await staff(village, 'clerk');
    const form = (await client.get('/kantor/tamu/catat')).must(200);
    endSessions('clerk');
    const asked = (await client.submit(form, guest(name), GUEST)).must(401, 'Isian Anda tersimpan');
    return { client, asked, form };
}
/** As time does: the cookie stays, and opens nothing. */
const endSessions = (role) => rows(schema, `UPDATE session SET expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE staff_id IN (SELECT id FROM staff WHERE role = '${role}')`);
const as = (client, asked, role, more = {}) => {
    const { username, password } = staffOf(village, role);
    return client.submit(asked, { nama: username, sandi: password, ...more }, 'main form');
};

test('a press after the session\'s end asks for the password in place, and goes on with what was sent', async () => {
    const name = `Tamu Larut ${process.pid}`;
    const { client, asked } = await pressedLate(name);
    assert.ok(!asked.text.includes(name), 'what was sent is sealed');
    const wrong = (await as(client, asked, 'clerk', { sandi: 'bukan sandinya' })).must(422, 'Isian Anda tersimpan');
    const again = (await as(client, wrong, 'clerk')).must(200, 'Lanjutkan');
    assert.equal(written(name), 0);
    const done = (await client.submit(again, {}, 'main form')).must(303);
    assert.match(done.location, /^\/kantor\/tamu\/\d+$/);
    assert.equal(written(name), 1);
    assert.equal(value(schema, `SELECT purpose FROM guest WHERE name = '${name}'`), 'Rapat; 100% & "lebih"');
    assert.equal((await client.submit(again, {}, 'main form')).status, 303, 'sent twice');
    assert.equal(written(name), 1);
    rows(schema, 'DELETE FROM sign_in_attempt');
});

test('what is kept no longer is said not to be saved', async () => {
    const name = `Tamu Basi ${process.pid}`;
    const { client, asked } = await pressedLate(name);
    const sealed = client.fill(asked, {}, 'main form').fields.find(([n]) => n === 'isian')[1];
    const gone = (await as(client, asked, 'clerk', { isian: `${sealed.slice(0, -4)}AAAA` })).must(303); // as it opens after its hour: not at all
    (await client.follow(gone)).must(200, 'tidak tersimpan. Isi lagi di halaman ini');
    assert.equal(written(name), 0);
});

test('what goes on is seen first, and what was saved before the session ended is not saved again', async () => {
    const name = `Tamu Dua Kali ${process.pid}`;
    const client = await staff(village, 'clerk');
    const form = (await client.get('/kantor/tamu/catat')).must(200);
    const saved = (await client.submit(form, guest(name), GUEST)).must(303); // its answer was lost on the way
    endSessions('clerk');
    const asked = (await client.submit(form, guest(name), GUEST)).must(401, 'Isian Anda tersimpan');
    const again = (await as(client, asked, 'clerk')).must(200, name);
    assert.match(again.words, /Keperluan Rapat; 100% & "lebih"/);
    assert.equal((await client.submit(again, {}, 'main form')).must(303).location, saved.location);
    assert.equal(written(name), 1);
});

test('nothing is kept for an account that a form only names, nor of a form with a password, nor of a press alone', async () => {
    const clerk = await staff(village, 'clerk');
    const secretary = await staff(village, 'secretary');
    const markOf = (page) => Buffer.from(page.page.querySelector('[name=_csrf]').getAttribute('value'), 'base64url').subarray(48, 64);
    const page = (await clerk.get('/kantor/tamu/catat')).must(200);
    const victims = markOf((await secretary.get('/kantor/tamu/catat')).must(200));
    assert.equal(victims.length, 16);
    const { action, fields } = clerk.fill(page, guest('Tamu Titipan'), GUEST);
    const own = Buffer.from(fields.find(([n]) => n === '_csrf')[1], 'base64url');
    const forged = Buffer.concat([own.subarray(0, 48), victims]).toString('base64url');
    const send = (client, token) => client.post(action, fields.map(([n, v]) => [n, n === '_csrf' ? token : v]));
    (await send(clerk, forged)).must(403);
    endSessions('clerk');
    (await send(clerk, forged)).must(401, 'belum tersimpan. Masuk, lalu ulangi');
    (await send(new Client(village.host), forged)).must(401, 'belum tersimpan. Masuk, lalu ulangi');
    (await send(clerk, own.toString('base64url'))).must(401, 'Isian Anda tersimpan');

    const editor = value(schema, "SELECT id FROM staff WHERE role = 'editor' LIMIT 1");
    const token = (await secretary.get('/kantor/tamu/catat')).must(200).page.querySelector('[name=_csrf]').getAttribute('value');
    endSessions('secretary');
    const late = await secretary.post(`/kantor/pengaturan/petugas/${editor}/sandi`, [['_csrf', token], ['_once', 'A'.repeat(22)], ['sandi', 'rahasia sekali 77']]);
    late.must(401, 'belum tersimpan. Masuk, lalu ulangi');
    assert.ok(!late.text.includes('rahasia'));

    const role = value(schema, "SELECT id FROM role WHERE word = 'editor'");
    const head = await staff(village, 'secretary');
    const elsewhere = (await head.get('/kantor/tamu/catat')).must(200).page.querySelector('[name=_csrf]').getAttribute('value');
    const of = (await head.get(`/kantor/pengaturan/peran/${role}`)).must(200);
    const { action: roleAction, fields: boxes } = head.fill(of, { nama: 'Editor Titipan' }, `main form[action$="/peran/${role}"]`);
    endSessions('secretary');
    const left = await head.post(roleAction, boxes.map(([n, v]) => [n, n === '_csrf' ? elsewhere : v]));
    left.must(401, 'belum tersimpan. Masuk, lalu ulangi'); // another page's token keeps nothing for this one
    (await head.post(roleAction, boxes)).must(401, 'Isian Anda tersimpan');

    const at = await staff(village, 'clerk');
    const empty = (await at.get('/kantor/tamu/catat')).must(200);
    endSessions('clerk');
    const pressed = (await at.submit(empty, { nama: '', asal: '', bertemu: '', keperluan: '', ...dated('tanggal', ['', '', '']), jam: '' }, GUEST)).must(401, 'belum tersimpan. Masuk, lalu ulangi');
    assert.equal((await as(at, pressed, 'clerk')).must(303).location, '/kantor/tamu/catat');

    const day = (await at.get('/kantor/tamu/catat')).must(200); // a day alone is something typed
    endSessions('clerk');
    const dayOnly = (await at.submit(day, { nama: '', asal: '', bertemu: '', keperluan: '', ...dated('tanggal', dayAgo(30)), jam: '' }, GUEST)).must(401, 'Isian Anda tersimpan');
    (await as(at, dayOnly, 'clerk')).must(200, ' 1 isian.');
    rows(schema, 'DELETE FROM sign_in_attempt');
});

test('a press whose address is no page leads back to the page that it was on, and says that nothing was saved', async () => {
    const clerk = await staff(village, 'clerk');
    const secretary = await staff(village, 'secretary');
    const { id } = await sendLetter(clerk, DOMICILE, livingResidents(village)[3]);
    const path = `/kantor/persetujuan/${id}`, which = `form[action="/kantor/surat/${id}/teruskan"]`;
    const page = (await secretary.get(path)).must(200);
    const another = await staff(village, 'secretary');
    const its = (await another.get(path)).must(200);
    endSessions('secretary');
    const from = (address) => secretary.submit(page, {}, which, { headers: { referer: address } });
    const other = (await another.submit(its, {}, which, { headers: { referer: `http://${village.host}${path}` } })).must(401);
    assert.equal((await as(another, other, 'clerk')).must(303).location, '/kantor', 'who is somebody else comes to his own first page');
    const asked = (await from(`http://${village.host}${path}?lagi=1`)).must(401, 'belum tersimpan. Masuk, lalu ulangi');
    assert.equal(asked.page.querySelector('[name=ke]').getAttribute('value'), path, 'without what stood behind it');
    for (const [address, why] of [['https://lain.contoh/kantor/persetujuan/1', 'another site'], [`http://${village.host}/kantor/tidak-ada`, 'no page'], [`http://${village.host}`, 'no path']]) {
        assert.equal((await from(address)).must(401).page.querySelector('[name=ke]').getAttribute('value'), '/kantor', why);
    }
    assert.equal((await as(secretary, asked, 'secretary')).must(303).location, path);
    const back = (await secretary.get(path)).must(200, 'Belum tersimpan, tekan lagi.');
    assert.equal(rows(schema, `SELECT state FROM letter WHERE id = ${id}`)[0][0], '2');
    assert.ok(!(await secretary.get(path)).must(200).words.includes('Belum tersimpan'), 'once');
    (await secretary.submit(back, {}, which)).must(303);
    rows(schema, 'DELETE FROM sign_in_attempt');
});

test('who signs in there and is somebody else comes to his own first page, whatever he changes in the form', async () => {
    const name = `Tamu Rahasia ${process.pid}`;
    const { client, asked } = await pressedLate(name);
    const other = (await as(client, asked, 'secretary')).must(303);
    assert.equal(other.location, '/kantor');
    const page = (await client.get('/kantor')).must(200);
    const own = page.page.querySelector('.who[data-key]').getAttribute('data-key');
    const { client: second, asked: form } = await pressedLate(name);
    const forged = await as(second, form, 'secretary', { untuk: own }); // his own mark: the seal is the clerk's
    assert.equal(forged.status, 303);
    const { client: third, asked: last } = await pressedLate(name);
    assert.equal((await as(third, last, 'secretary', { untuk: '' })).status, 303);
    assert.equal(written(name), 0);
});

test('a session cookie is new at sign-in, and one that was planted before is worth nothing', async () => {
    const client = new Client(village.host);
    client.cookies.set('__Host-balai', 'A'.repeat(43));
    await client.signIn(staffOf(village, 'clerk'));
    assert.notEqual(client.cookies.get('__Host-balai'), 'A'.repeat(43));
    const planted = new Client(village.host);
    planted.cookies.set('__Host-balai', 'A'.repeat(43));
    assert.equal((await planted.get('/kantor')).status, 303);
});

test('two cookies of our name are refused rather than guessed between', async () => {
    const client = await staff(village, 'clerk');
    const [[name, token]] = [...client.cookies].filter(([n]) => n === '__Host-balai').concat([...client.cookies]).slice(0, 1);
    const answer = await client.get('/kantor', { headers: { cookie: `${name}=${token}; ${name}=${'B'.repeat(43)}` } });
    assert.notEqual(answer.status, 200);
});

test('the database keeps neither password nor session token', async () => {
    const client = await staff(village, 'clerk');
    const { username, password } = staffOf(village, 'clerk');
    const [[hash]] = rows(schema, `SELECT password_hash FROM staff WHERE username = '${username}'`);
    assert.match(hash, /^\$argon2id\$/);
    assert.ok(!hash.includes(password));
    for (const token of client.cookies.values()) {
        const found = value(schema, `SELECT COUNT(*) FROM session WHERE HEX(token_hash) LIKE '%${Buffer.from(token).toString('hex')}%'`);
        assert.equal(found, '0');
    }
});

test('a changed role ends the session at once', async () => {
    const client = await staff(village, 'editor');
    const { username } = staffOf(village, 'editor');
    (await client.get('/kantor')).must(200);
    rows(schema, `UPDATE staff SET role_version = role_version + 1 WHERE username = '${username}'`);
    assert.equal((await client.get('/kantor')).status, 303);
});

test('the consoles have their own accounts', async () => {
    const all = access();
    for (const site of ['kelola', 'dpmd']) {
        const client = new Client(`${site}.${BASE}`);
        (await client.signIn(all[site])).must(200);
        const clerk = staffOf(village, 'clerk');
        const stranger = new Client(`${site}.${BASE}`);
        (await attempt(stranger, clerk.username, clerk.password)).must(422);
    }
    const crossed = new Client(`kelola.${BASE}`);
    (await attempt(crossed, all.dpmd.username, all.dpmd.password)).must(422);
    rows('balai_control', 'DELETE FROM sign_in_attempt');
});
