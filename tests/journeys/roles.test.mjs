// SPDX-License-Identifier: AGPL-3.0-or-later
// What staff may do stands in the village's own table, and the village changes it, within what each holds himself.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Client, staff } from '../harness/client.mjs';
import { dated, dayAgo } from '../harness/days.mjs';
import { holding, rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const ROLES = '/kantor/pengaturan/peran';
const roleId = (word) => Number(value(schema, `SELECT id FROM role WHERE word = '${word}'`));
const holds = (id) => value(schema, `SELECT permissions FROM role WHERE id = ${id}`).split(',');
let secretary;
let head;

before(async () => {
    secretary = await staff(village, 'secretary');
    head = await staff(village, 'head');
});

/** Opens the form of a role, changes the boxes and sends it. */
async function change(client, id, boxes) {
    const form = (await client.get(`${ROLES}/${id}`)).must(200);
    return client.submit(form, boxes, `main form[action="${ROLES}/${id}"]`);
}

/** Signs in with an account of that role, made by the secretary. */
async function newcomer(role, username) {
    const page = (await secretary.get('/kantor/pengaturan/petugas')).must(200);
    const made = await secretary.submit(page, { nama: 'Uji Peran', pengguna: username, jabatan: '', peran: role, sandi: 'gerimis-padi-lontara-7' },
        'main form[action="/kantor/pengaturan/petugas"]');
    made.must(303);
    const client = new Client(village.host);
    await client.signIn({ username, password: 'gerimis-padi-lontara-7' });
    return client;
}

test('a new village has the usual roles', async () => {
    const page = (await secretary.get(ROLES)).must(200);
    for (const label of ['Operator', 'Sekretaris desa', 'Kepala desa', 'Redaksi', 'Kontributor', 'Kaur keuangan', 'Pengurus barang', 'PPID', 'Kader', 'BPD', 'Pembaca']) {
        assert.ok(page.words.includes(label), label);
    }
});

test('a role the village adds opens what it holds and nothing else, and a change counts at once', async () => {
    const added = (await secretary.get(`${ROLES}/tambah`)).must(200);
    (await secretary.submit(added, { nama: 'Juru surat', izin_read_letters: '1' }, `main form[action="${ROLES}/tambah"]`)).must(303);
    const [[id, word]] = rows(schema, "SELECT id, word FROM role WHERE label = 'Juru surat'");
    const client = await newcomer(word, 'uji.juru');
    const menu = (await client.get('/kantor')).must(200).page.querySelectorAll('.rail-nav a').map((a) => a.getAttribute('href'));
    assert.ok(menu.includes('/kantor/surat') && !menu.includes('/kantor/penduduk') && !menu.includes('/kantor/pengaturan'), menu.join(' '));
    (await client.get('/kantor/surat')).must(200);
    (await client.get('/kantor/penduduk')).must(403);
    (await change(secretary, id, { izin_read_letters: null, izin_read_residents: '1' })).must(303);
    (await client.get('/kantor/surat')).must(403);
    (await client.get('/kantor/penduduk')).must(200);
    const [[action, subject, detail]] = rows(schema, `SELECT action, subject, detail FROM audit WHERE subject = 'role:${id}' ORDER BY id DESC LIMIT 1`);
    assert.equal(`${action} ${subject}`, `role.change role:${id}`);
    assert.deepEqual(JSON.parse(detail), { before: 'read_letters', after: 'read_residents' });
    const kept = rows(schema, `SELECT kind, staff_name, changes FROM history WHERE owner = 'role' AND owner_id = ${id} ORDER BY id`);
    assert.deepEqual(kept.map(([kind, , changes]) => [kind, JSON.parse(changes)]), [
        ['add', { nama: ['', 'Juru surat'], read_letters: [false, true] }],
        ['edit', { read_letters: [true, false], read_residents: [false, true] }],
    ]);
    const shown = (await secretary.get(`${ROLES}/${id}`)).must(200).page.querySelectorAll('ol.history > li').map((li) => li.text);
    assert.equal(shown.length, 2);
    assert.ok(shown[0].includes(kept[1][1]) && shown[0].includes('Melihat data penduduk'), shown[0]);
    assert.match(shown[1].replace(/\s+/g, ' '), /Nama peran.*Juru surat.*Melihat surat.*semula Tidak menjadi Ya/);
});

describe('nobody gives what he does not hold', () => {
    test('a secretary makes no role that approves letters, and is told', async () => {
        const added = (await secretary.get(`${ROLES}/tambah`)).must(200);
        assert.ok(added.page.querySelector('#izin_approve_letters').hasAttribute('disabled'));
        const send = (boxes) => secretary.submit(added, { nama: 'Wakil kades', ...boxes }, `main form[action="${ROLES}/tambah"]`);
        const refused = (await send({ izin_approve_letters: '1', izin_read_letters: '1' })).must(422, 'Menyetujui dan menandatangani surat');
        assert.ok(refused.page.querySelector('#izin_read_letters').hasAttribute('checked') && !refused.page.querySelector('#izin_approve_letters').hasAttribute('checked'));
        const typed = secretary.fill(added, { nama: 'Wakil kades' }, `main form[action="${ROLES}/tambah"]`);
        (await secretary.post(typed.action, [...typed.fields, ['izin_manage_villages', '1']])).must(422, 'manage_villages');
        assert.deepEqual(rows(schema, "SELECT permissions FROM role WHERE label = 'Wakil kades'"), []);
    });

    test('the head gives what he does not hold, to himself as well', async () => {
        const added = (await head.get(`${ROLES}/tambah`)).must(200);
        const boxes = added.page.querySelectorAll('main input[type="checkbox"]');
        assert.ok(boxes.length > 10);
        assert.deepEqual(boxes.filter((box) => box.hasAttribute('disabled')), []);
        const id = roleId('head');
        const were = holds(id);
        assert.ok(!were.includes('write_guests'));
        (await change(head, id, { izin_write_guests: '1' })).must(303);
        assert.deepEqual(holds(id).sort(), [...were, 'write_guests'].sort());
        (await head.get('/kantor/tamu/catat')).must(200);
        (await change(head, id, { izin_write_guests: null })).must(303);
        assert.deepEqual(holds(id).sort(), [...were].sort());
    });

    test('only a head changes the head\'s role, or opens accounts that approve letters', async () => {
        (await secretary.get(`${ROLES}/${roleId('head')}`)).must(403);
        const added = (await head.get(`${ROLES}/tambah`)).must(200);
        (await head.submit(added, { nama: 'Pelaksana tugas', izin_approve_letters: '1' }, `main form[action="${ROLES}/tambah"]`)).must(303);
        const word = value(schema, "SELECT word FROM role WHERE label = 'Pelaksana tugas'");
        const page = (await secretary.get('/kantor/pengaturan/petugas')).must(200);
        assert.equal(page.page.querySelector(`select[name="peran"] option[value="${word}"]`), null, 'not among those she may give');
        const made = await secretary.submit(page, { nama: 'Uji Plt', pengguna: 'uji.plt', jabatan: '', peran: word, sandi: 'gerimis-padi-lontara-7' },
            'main form[action="/kantor/pengaturan/petugas"]');
        made.must(403);
        assert.equal(value(schema, "SELECT COUNT(*) FROM staff WHERE username = 'uji.plt'"), '0');
    });

    test('a role that holds what she does not hold is not hers to change or to remove', async () => {
        const id = Number(value(schema, "SELECT id FROM role WHERE label = 'Pelaksana tugas'"));
        const were = holds(id);
        (await secretary.get(`${ROLES}/${id}`)).must(403);
        const added = (await secretary.get(`${ROLES}/tambah`)).must(200);
        const guard = secretary.fill(added, {}, `main form[action="${ROLES}/tambah"]`).fields.filter(([n]) => n.startsWith('_'));
        (await secretary.post(`${ROLES}/${id}/hapus`, guard)).must(403);
        assert.deepEqual(holds(id), were);
    });
});

describe('a permission brings those that its pages need', () => {
    test('writing guests brings reading them, and the page says so', async () => {
        const added = (await secretary.get(`${ROLES}/tambah`)).must(200, 'Ikut diberikan: Melihat buku tamu');
        const saved = await secretary.submit(added, { nama: 'Penjaga tamu', izin_write_guests: '1' }, `main form[action="${ROLES}/tambah"]`);
        const list = await secretary.follow(saved.must(303));
        list.must(200, 'Izin lain ikut diberikan');
        assert.ok(list.page.querySelector('.notice.biru').text.includes('Melihat buku tamu'));
        const [[id, word]] = rows(schema, "SELECT id, word FROM role WHERE label = 'Penjaga tamu'");
        assert.deepEqual(holds(id).sort(), ['read_guests', 'write_guests']);
        (await (await newcomer(word, 'uji.penjaga')).get('/kantor/tamu')).must(200);
        (await change(secretary, id, { izin_read_guests: null })).must(303); // still needed
        assert.deepEqual(holds(id).sort(), ['read_guests', 'write_guests']);
    });

    test('each that works on letters or residents brings reading them', async () => {
        for (const [box, needed] of [['write_letters', 'read_letters'], ['check_letters', 'read_letters'], ['approve_letters', 'read_letters'], ['return_letters', 'read_letters'],
            ['edit_residents', 'read_residents'], ['import_residents', 'read_residents']]) {
            const added = (await head.get(`${ROLES}/tambah`)).must(200);
            (await head.submit(added, { nama: `Uji ${box}`, [`izin_${box}`]: '1' }, `main form[action="${ROLES}/tambah"]`)).must(303);
            assert.deepEqual(value(schema, `SELECT permissions FROM role WHERE label = 'Uji ${box}'`).split(',').sort(), [box, needed].sort());
        }
    });

    test('who may give one but not what it needs is told', async () => {
        const id = roleId('secretary');
        const were = holds(id);
        rows(schema, `UPDATE role SET permissions = '${were.filter((w) => w !== 'read_guests').join(',')}' WHERE id = ${id}`);
        try {
            const added = (await secretary.get(`${ROLES}/tambah`)).must(200);
            (await secretary.submit(added, { nama: 'Uji separuh', izin_write_guests: '1' }, `main form[action="${ROLES}/tambah"]`)).must(422, 'Melihat buku tamu');
        } finally {
            rows(schema, `UPDATE role SET permissions = '${were.join(',')}' WHERE id = ${id}`);
        }
        assert.deepEqual(rows(schema, "SELECT id FROM role WHERE label = 'Uji separuh'"), []);
    });
});

describe('a role can be removed while no account has it', () => {
    const remove = async (client, id) => client.submit((await client.get(`${ROLES}/${id}`)).must(200), {}, `main form[action="${ROLES}/${id}/hapus"]`);
    const made = async (label) => {
        const added = (await secretary.get(`${ROLES}/tambah`)).must(200);
        (await secretary.submit(added, { nama: label, izin_read_letters: '1' }, `main form[action="${ROLES}/tambah"]`)).must(303);
        return rows(schema, `SELECT id, word FROM role WHERE label = '${label}'`)[0];
    };

    test('it is gone, and what it held is written down', async () => {
        const [id] = await made('Uji keliru');
        (await remove(secretary, id)).must(303);
        assert.ok(!(await secretary.get(ROLES)).must(200).words.includes('Uji keliru'));
        const [[kind, changes]] = rows(schema, `SELECT kind, changes FROM history WHERE owner = 'role' AND owner_id = ${id} ORDER BY id DESC LIMIT 1`);
        assert.deepEqual([kind, JSON.parse(changes)], ['remove', { nama: ['Uji keliru', ''], read_letters: [true, false] }]);
        assert.deepEqual(rows(schema, `SELECT action FROM audit WHERE subject = 'role:${id}' ORDER BY id`), [['role.add'], ['role.remove']]);
    });

    test('not with an account, though it is put off', async () => {
        const [id, word] = await made('Uji terpakai');
        const page = (await secretary.get(`${ROLES}/${id}`)).must(200);
        await newcomer(word, 'uji.terpakai');
        rows(schema, "UPDATE staff SET is_active = 0 WHERE username = 'uji.terpakai'");
        (await secretary.submit(page, {}, `main form[action="${ROLES}/${id}/hapus"]`)).must(422, 'tidak bisa dihapus');
        assert.equal((await secretary.get(`${ROLES}/${id}`)).must(200).page.querySelector(`form[action="${ROLES}/${id}/hapus"]`), null);
        assert.deepEqual(holds(id), ['read_letters']);
    });

    test('not those of the head and the secretary', async () => {
        for (const word of ['head', 'secretary']) {
            const form = (await head.get(`${ROLES}/${roleId(word)}`)).must(200);
            assert.equal(form.page.querySelector(`form[action$="/hapus"]`), null);
            const guard = head.fill(form, {}, `main form[action="${ROLES}/${roleId(word)}"]`).fields.filter(([n]) => n.startsWith('_'));
            (await head.post(`${ROLES}/${roleId(word)}/hapus`, guard)).must(422, 'tidak bisa dihapus');
        }
    });
});

describe('an account that holds what somebody does not hold is out of his reach', () => {
    const STAFF = '/kantor/pengaturan/petugas';
    const grow = (id) => `UPDATE role SET permissions = 'read_letters,approve_letters' WHERE id = ${id}`;
    const role = async (label) => {
        const added = (await secretary.get(`${ROLES}/tambah`)).must(200);
        (await secretary.submit(added, { nama: label, izin_read_letters: '1' }, `main form[action="${ROLES}/tambah"]`)).must(303);
        return rows(schema, `SELECT id, word FROM role WHERE label = '${label}'`)[0];
    };
    const account = (username) => rows(schema, `SELECT id, is_active, password_hash FROM staff WHERE username = '${username}'`)[0];
    /** The secretary's press of an act that her page does not offer her. */
    const press = async (path, fields = []) => {
        const page = (await secretary.get(STAFF)).must(200);
        const guard = secretary.fill(page, {}, `main form[action="${STAFF}"]`).fields.filter(([n]) => n.startsWith('_'));
        return secretary.post(`${STAFF}/${path}`, [...guard, ...fields]);
    };

    test('neither off, nor on, nor a new password', async () => {
        const [id, word] = await role('Uji jangkauan');
        await newcomer(word, 'uji.jangkauan');
        rows(schema, grow(id));
        const [staffId, , hash] = account('uji.jangkauan');
        const words = 'izin yang tidak Anda punya';
        (await press(`${staffId}/nonaktif`)).must(403, words);
        (await press(`${staffId}/sandi`, [['sandi', 'kapal-merah-senja-8']])).must(403, words);
        assert.deepEqual(account('uji.jangkauan'), [staffId, '1', hash]);
        rows(schema, `UPDATE staff SET is_active = 0 WHERE id = ${staffId}`);
        (await press(`${staffId}/aktif`)).must(403, words);
        assert.deepEqual(account('uji.jangkauan'), [staffId, '0', hash]);
    });

    test('a role that grows while the act waits counts as it stands when the act is done', async () => {
        const [id, word] = await role('Uji tumbuh');
        await newcomer(word, 'uji.tumbuh');
        const [staffId, , hash] = account('uji.tumbuh');
        await holding(schema, `SELECT id FROM role WHERE id = ${id} FOR UPDATE`, async ({ waits, commit }) => {
            const sent = press(`${staffId}/sandi`, [['sandi', 'kapal-merah-senja-8']]);
            await waits();
            await commit(grow(id));
            (await sent).must(403, 'izin yang tidak Anda punya');
        });
        assert.deepEqual(account('uji.tumbuh'), [staffId, '1', hash]);
        rows(schema, `UPDATE role SET permissions = 'read_letters' WHERE id = ${id}`);
        await holding(schema, `SELECT id FROM role WHERE id = ${id} FOR UPDATE`, async ({ waits, commit }) => {
            const page = (await secretary.get(STAFF)).must(200);
            const sent = secretary.submit(page, { nama: 'Uji Susul', pengguna: 'uji.susul', jabatan: '', peran: word, sandi: 'gerimis-padi-lontara-7' }, `main form[action="${STAFF}"]`);
            await waits();
            await commit(grow(id));
            (await sent).must(403, 'izin yang tidak Anda punya');
        });
        assert.equal(account('uji.susul'), undefined);
    });
});

test('an act that waits while its account is switched off, loses its right or is signed out is not done', async () => {
    (await head.submit((await head.get(`${ROLES}/tambah`)).must(200), { nama: 'Uji antre', izin_read_guests: '1', izin_write_guests: '1' }, `main form[action="${ROLES}/tambah"]`)).must(303);
    const [[id, word]] = rows(schema, "SELECT id, word FROM role WHERE label = 'Uji antre'");
    const page = (await head.get('/kantor/pengaturan/petugas')).must(200);
    (await head.submit(page, { nama: 'Uji Antre', pengguna: 'uji.antre', jabatan: '', peran: word, sandi: 'gerimis-padi-lontara-7' }, 'main form[action="/kantor/pengaturan/petugas"]')).must(303);
    const signedIn = async () => {
        const client = new Client(village.host);
        await client.signIn({ username: 'uji.antre', password: 'gerimis-padi-lontara-7' });
        return client;
    };
    const guest = { nama: 'Tamu Antre', bertemu: 'Kades', keperluan: 'Uji', ...dated('tanggal', dayAgo(30)), jam: '09.00' };
    const guests = () => value(schema, "SELECT COUNT(*) FROM guest WHERE name = 'Tamu Antre'");
    for (const [change_, status, undo] of [
        ["UPDATE staff SET is_active = 0 WHERE username = 'uji.antre'", 401, "UPDATE staff SET is_active = 1 WHERE username = 'uji.antre'"],
        [`UPDATE role SET permissions = 'read_guests' WHERE id = ${id}`, 403, `UPDATE role SET permissions = 'read_guests,write_guests' WHERE id = ${id}`],
        ["DELETE FROM session WHERE staff_id = (SELECT id FROM staff WHERE username = 'uji.antre')", 401, 'DO 0'],
    ]) {
        const client = await signedIn();
        const form = (await client.get('/kantor/tamu/catat')).must(200);
        await holding(schema, 'SELECT id FROM audit_head FOR UPDATE', async ({ waits, commit }) => {
            const sent = client.submit(form, guest, 'main form[action="/kantor/tamu/catat"]');
            await waits();
            await commit(change_);
            (await sent).must(status);
        });
        assert.equal(guests(), '0', change_);
        rows(schema, undo);
    }
    const client = await signedIn();
    (await client.submit((await client.get('/kantor/tamu/catat')).must(200), guest, 'main form[action="/kantor/tamu/catat"]')).must(303);
    assert.equal(guests(), '1');
});

test('the head\'s role keeps the right to set the village', async () => {
    const id = roleId('head');
    const were = holds(id);
    (await change(head, id, { izin_set_village: null })).must(422, 'Kepala desa selalu boleh mengatur desa');
    assert.deepEqual(holds(id), were);
});

test('two who change one role at once: the second sees what the first saved', async () => {
    const id = Number(value(schema, "SELECT id FROM role WHERE word = 'reader'"));
    const were = holds(id);
    const first = (await secretary.get(`${ROLES}/${id}`)).must(200);
    (await change(head, id, { izin_read_letters: null })).must(303);
    const refused = await secretary.submit(first, { izin_read_residents: null }, `main form[action="${ROLES}/${id}"]`);
    refused.must(409, 'baru saja diubah orang lain');
    assert.deepEqual(holds(id).sort(), were.filter((w) => w !== 'read_letters').sort(), 'as the first saved it');
    (await change(head, id, { izin_read_letters: '1' })).must(303);
});

test('a name two roles would share is refused at its field', async () => {
    const added = (await secretary.get(`${ROLES}/tambah`)).must(200);
    (await secretary.submit(added, { nama: 'Operator' }, `main form[action="${ROLES}/tambah"]`)).must(422, 'sudah dipakai');
});
