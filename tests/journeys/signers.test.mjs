// SPDX-License-Identifier: AGPL-3.0-or-later
// Who signs a letter, in what capacity, and in whose place on the days on which somebody is away.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { send as ask } from '../harness/client.mjs';
import { dated, dayAgo, iso } from '../harness/days.mjs';
import { BUSINESS, DOMICILE, letterRow, pdf, send } from '../harness/letters.mjs';
import { pdfWords, qrText } from '../harness/paper.mjs';
import { BASE, rows, schemaOf, together, value } from '../harness/stack.mjs';
import { officeVillage } from '../harness/villages.mjs';

const OFFICIALS = '/kantor/pengaturan/perangkat';
const SKTM = { slug: 'keterangan-tidak-mampu', inputs: { isi_keperluan: 'beasiswa' } };
let village, schema, clerk, secretary, head, people, headId, secretaryId, sectionId;

before(async () => {
    village = await officeVillage('7317102072', 'Uji Tanda', ['clerk', 'secretary', 'head']);
    ({ clerk, secretary, head, people } = village);
    schema = schemaOf(village);
    rows(schema, "UPDATE letter_type SET policy = 'approve' WHERE slug <> 'keterangan-usaha'; UPDATE letter_type SET policy = 'seal' WHERE slug = 'keterangan-usaha'");
    secretaryId = await add({ nama: 'Nurdin Uji, S.Sos.', nip: '197505052005011001', tugas: 'secretary', jabatan: 'Sekretaris Desa', akun: account('uji.secretary'), urutan: '20' });
    sectionId = await add({ nama: 'Hasnah Uji', tugas: 'section', jabatan: 'Kasi Pelayanan', urutan: '30' });
    headId = Number(value(schema, "SELECT id FROM official WHERE office = 'head'"));
});

const account = (username) => value(schema, `SELECT id FROM staff WHERE username = '${username}'`);
async function add(fields) {
    const form = (await secretary.get(`${OFFICIALS}/tambah`)).must(200);
    const answer = (await secretary.submit(form, { aktif: '1', ...fields }, `form[action="${OFFICIALS}/tambah"]`)).must(303);
    return Number(/perangkat\/(\d+)/.exec(answer.location)[1]);
}
const page = async (client, id, tail = '') => (await client.get(`${OFFICIALS}/${id}${tail}`)).must(200);
const away = async (client, id, fields) => client.submit(await page(client, id), { sebab: 'cuti', ...dated('mulai', dayAgo(0)), ...dated('selesai', dayAgo(-3)), cara: '', ...fields }, `form[action="${OFFICIALS}/${id}/berhalangan"]`);
const back = async (client, id) => (await client.submit(await page(client, id), {}, `form[action="${OFFICIALS}/${id}/bertugas"]`)).must(303);
const press = async (client, id, tail, from = `/kantor/persetujuan/${id}`) => client.submit((await client.get(from)).must(200), {}, `form[action$="/${id}/${tail}"]`);
const paper = async (id) => pdfWords(await pdf(clerk, id)).replace(/\s+/g, ' ');
async function waiting(type = DOMICILE, who = 0) {
    const { id } = await send(clerk, type, people[who]);
    (await press(secretary, id, 'teruskan')).must(303);
    assert.equal(letterRow(village, id).state, 3);
    return id;
}

test('the head signs plainly, as Pj. when he is one, and verification says so', async () => {
    const plain = await waiting();
    (await press(head, plain, 'setujui')).must(303);
    const words = await paper(plain);
    assert.match(words, /Kepala Desa Uji Tanda .*Andi Uji/);
    assert.ok(!words.includes('a.n.') && !words.includes('Pj.'));
    (await secretary.submit(await page(secretary, headId, '/ubah'), { sebagai: 'pj' }, `form[action="${OFFICIALS}/${headId}/ubah"]`)).must(303);
    const acting = await waiting();
    (await press(head, acting, 'setujui')).must(303);
    assert.match(await paper(acting), /Pj\. Kepala Desa Uji Tanda .*Andi Uji/);
    (await ask(BASE, 'GET', new URL(qrText(await pdf(clerk, acting))).pathname)).must(200, 'Andi Uji, Pj. Kepala Desa Uji Tanda');
    (await clerk.get(`/kantor/surat/${acting}`)).must(200, 'Terbit, ditandatangani Andi Uji, Pj. Kepala Desa Uji Tanda');
    (await secretary.submit(await page(secretary, headId, '/ubah'), { sebagai: '' }, `form[action="${OFFICIALS}/${headId}/ubah"]`)).must(303);
});

test('the head is changed in Pengaturan alone, where both addresses are told', async () => {
    (await secretary.submit(await page(secretary, headId, '/ubah'), { nama: 'Orang Lain' }, `form[action="${OFFICIALS}/${headId}/ubah"]`)).must(422, 'diganti di Pengaturan desa');
    const form = (await secretary.get(`${OFFICIALS}/tambah`)).must(200);
    (await secretary.submit(form, { nama: 'Kades Kedua', tugas: 'head', jabatan: 'Kepala Desa', aktif: '1', urutan: '5' }, `form[action="${OFFICIALS}/tambah"]`)).must(422, 'diganti di Pengaturan desa');
    assert.equal(value(schema, "SELECT COUNT(*) FROM official WHERE office = 'head'"), '1');
});

test('nobody takes the head\'s signature: only he hands it over, to somebody who can sign in', async () => {
    (await away(secretary, headId, { pengganti: String(secretaryId) })).must(422, 'diserahkan oleh dia sendiri');
    (await away(head, headId, { pengganti: String(sectionId) })).must(422, 'belum punya akun yang aktif');
    (await away(head, headId, { pengganti: String(headId) })).must(422, 'tidak menggantikan dirinya sendiri');
    (await away(head, headId, { pengganti: String(secretaryId), ...dated('selesai', dayAgo(2)) })).must(422);
    assert.equal(value(schema, `SELECT away_from FROM official WHERE id = ${headId}`), null);
    assert.equal((await secretary.get('/kantor/persetujuan')).must(200).words.includes('Keterangan'), false);
});

test('an absence that begins while a letter waits: it passes to the substitute, who signs a.n.; when it ends, back to the head', async () => {
    const id = await waiting();
    (await secretary.get(`/kantor/persetujuan/${id}`)).must(303);
    const old = await head.get(`/kantor/persetujuan/${id}`);
    (await away(head, headId, { pengganti: String(secretaryId) })).must(303);
    (await page(secretary, headId)).must(200, 'Berhalangan').must(200, 'Nurdin Uji');
    // What the head had read bore his own block, and still does: he may sign what lies before him.
    (await secretary.get('/kantor/persetujuan')).must(200, 'Keterangan Domisili');
    (await secretary.get('/kantor')).must(200, 'Putuskan');
    (await press(secretary, id, 'setujui')).must(303);
    assert.match(await paper(id), /a\.n\. Kepala Desa Uji Tanda Sekretaris Desa .*Nurdin Uji, S\.Sos\. NIP 197505052005011001/);
    (await ask(BASE, 'GET', new URL(qrText(await pdf(clerk, id))).pathname)).must(200, 'Nurdin Uji, S.Sos., a.n. Kepala Desa Uji Tanda, Sekretaris Desa');
    assert.equal(value(schema, `SELECT signer_id FROM letter WHERE id = ${id}`), String(secretaryId));
    (await head.submit(old, {}, `form[action$="/${id}/setujui"]`)).must(409);
    // A letter under the village's seal is signed by who is there.
    assert.match(await paper((await send(clerk, BUSINESS, people[1])).id), /a\.n\. Kepala Desa Uji Tanda Sekretaris Desa/);

    const next = await waiting(SKTM);
    rows(schema, `UPDATE official SET away_from = '${iso(dayAgo(4))}', away_until = '${iso(dayAgo(1))}' WHERE id = ${headId}`);
    assert.notEqual((await secretary.get(`/kantor/persetujuan/${next}`)).status, 200, 'the last day is over');
    (await press(head, next, 'setujui')).must(303);
    assert.match(await paper(next), /Kepala Desa Uji Tanda .*Andi Uji/);
    assert.match(value(schema, `SELECT GROUP_CONCAT(kind ORDER BY id) FROM history WHERE owner = 'official' AND owner_id = ${headId}`), /away/);
});

test('a decision that was read before the days began is asked again, with the block that would be printed', async () => {
    const id = await waiting();
    (await away(head, headId, { pengganti: String(secretaryId), cara: 'plh' })).must(303);
    const read = (await secretary.get(`/kantor/persetujuan/${id}`)).must(200, 'Setujui dan tanda tangani');
    await back(head, headId);
    (await secretary.submit(read, {}, `form[action$="/${id}/setujui"]`)).must(403);
    assert.equal(letterRow(village, id).state, 3);
    (await away(head, headId, { pengganti: String(secretaryId), cara: 'plh' })).must(303);
    (await press(secretary, id, 'setujui')).must(303);
    assert.match(await paper(id), /Plh\. Kepala Desa Uji Tanda .*Nurdin Uji/);
    // The head came back a day early: what he decides himself bears his own name.
    const own = await waiting(SKTM, 1);
    (await press(head, own, 'setujui')).must(303);
    assert.match(await paper(own), /Andi Uji/);
    await back(head, headId);
});

test('two who may decide at once: one letter, one number, and the second is told', async () => {
    (await away(head, headId, { pengganti: String(secretaryId) })).must(303);
    const id = await waiting(SKTM, 2);
    const pages = await together([head, secretary], 2, async (client) => ({ client, page: (await client.get(`/kantor/persetujuan/${id}`)).must(200) }));
    const answers = await together(pages, 2, ({ client, page: p }) => client.submit(p, {}, `form[action$="/${id}/setujui"]`));
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409]);
    assert.equal(value(schema, `SELECT COUNT(*) FROM letter_step WHERE letter_id = ${id} AND step = 'approved'`), '1');
    await back(head, headId);
});

test('a type that the secretary signs goes to her alone, who checks and signs in one; the head may too', async () => {
    const type = Number(value(schema, `SELECT id FROM letter_type WHERE slug = '${SKTM.slug}'`));
    const set = async (fields) => secretary.submit((await secretary.get(`/kantor/jenis-surat/${type}/ubah`)).must(200), fields, `form[action="/kantor/jenis-surat/${type}/ubah"]`);
    (await set({ penandatangan: String(secretaryId) })).must(422, 'boleh menyetujui surat');
    const kept = value(schema, "SELECT permissions FROM role WHERE word = 'secretary'");
    rows(schema, "UPDATE role SET permissions = CONCAT(permissions, ',approve_letters') WHERE word = 'secretary'");
    try {
        (await set({ penandatangan: String(secretaryId) })).must(303);
        const { id } = await send(clerk, SKTM, people[0]);
        assert.equal(letterRow(village, id).state, 3, 'nobody checks what she signs');
        (await secretary.get('/kantor/persetujuan')).must(200, 'Tidak Mampu');
        (await press(secretary, id, 'setujui')).must(303);
        assert.match(await paper(id), /a\.n\. Kepala Desa Uji Tanda Sekretaris Desa/);
        // What the head signs is not hers, though her role may approve.
        const his = await waiting(DOMICILE, 1);
        assert.ok(!(await secretary.get('/kantor/persetujuan')).must(200).words.includes('Keterangan Domisili'));
        (await press(secretary, his, 'setujui')).must(422, 'Surat ini ditandatangani Andi Uji');
        assert.equal(letterRow(village, his).state, 3);
        (await press(head, his, 'setujui')).must(303);
        // Under u.b. by a section, and by the village's seal: nobody's account is needed.
        (await set({ penandatangan: String(sectionId), penerbitan: 'seal' })).must(303);
        const asked = head.fill((await head.get('/kantor/persetujuan')).must(200), {}, `form[action$="/${type}/putuskan"]`).fields;
        (await head.post(`/kantor/jenis-surat/${type}/putuskan`, [...asked.filter(([name]) => name !== 'putusan'), ['putusan', 'ya']])).must(303);
        assert.match(await paper((await send(clerk, SKTM, people[1])).id), /a\.n\. Kepala Desa Uji Tanda Sekretaris Desa u\.b\. Kasi Pelayanan .*Hasnah Uji/);
    } finally {
        rows(schema, `UPDATE role SET permissions = '${kept}' WHERE word = 'secretary'; UPDATE letter_type SET signer_id = NULL, policy = 'approve' WHERE id = ${type}`);
    }
});

test('the head\'s account ends while his substitute stands in: what waits is signed by the substitute', async () => {
    (await away(head, headId, { sebab: 'kosong', pengganti: String(secretaryId), cara: 'plt', selesai_hari: '', selesai_bulan: '', selesai_tahun: '' })).must(303);
    const id = await waiting(SKTM, 2);
    rows(schema, "UPDATE staff SET is_active = FALSE WHERE username = 'uji.head'");
    try {
        (await secretary.get('/kantor/persetujuan')).must(200, 'Tidak Mampu');
        (await press(secretary, id, 'setujui')).must(303);
        assert.match(await paper(id), /Plt\. Kepala Desa Uji Tanda .*Nurdin Uji/);
    } finally {
        rows(schema, "UPDATE staff SET is_active = TRUE WHERE username = 'uji.head'");
    }
    await back(head, headId);
});

test('the secretary\'s account ends while a letter waits for her: her substitute checks it, or without one the head has it', async () => {
    const off = async () => (await head.submit((await head.get('/kantor/pengaturan/petugas')).must(200), {}, `form[action$="/${account('uji.secretary')}/nonaktif"]`)).must(303);
    const on = () => rows(schema, "UPDATE staff SET is_active = TRUE WHERE username = 'uji.secretary'");
    rows(schema, `UPDATE staff SET official_id = ${sectionId} WHERE username = 'uji.clerk'`);
    (await away(secretary, secretaryId, { pengganti: String(sectionId) })).must(303);
    const { id } = await send(clerk, DOMICILE, people[0]);
    try {
        await off();
        assert.equal(letterRow(village, id).state, 2);
        (await clerk.get('/kantor/persetujuan')).must(200, 'Keterangan Domisili');
        (await press(clerk, id, 'teruskan')).must(303);
        assert.equal(letterRow(village, id).state, 3);
        await back(head, secretaryId);
        on();
        const other = (await send(clerk, SKTM, people[1])).id;
        await off();
        assert.equal(letterRow(village, other).state, 3, 'nobody is left who checks');
    } finally {
        on();
        rows(schema, "UPDATE staff SET official_id = NULL WHERE username = 'uji.clerk'");
    }
    await secretary.signIn({ username: 'uji.secretary', password: village.passwords.secretary });
});

test('policy sign: the paper bears the official\'s own seal, and only his own account gives it', async () => {
    rows(schema, `UPDATE letter_type SET policy = 'sign' WHERE slug = '${DOMICILE.slug}'`);
    const id = await waiting();
    (await press(head, id, 'setujui')).must(303);
    const bytes = await pdf(clerk, id);
    assert.ok(bytes.includes('ETSI.CAdES.detached'));
    assert.equal(value(schema, `SELECT COUNT(*) FROM seal_key WHERE official_id = ${headId} AND certificate LIKE '%Andi Uji%'`), '1');
    rows(schema, `UPDATE letter_type SET policy = 'approve' WHERE slug = '${DOMICILE.slug}'`);
});

test('a term of office that is over signs nothing, in words', async () => {
    rows(schema, `UPDATE official SET ends_on = '${iso(dayAgo(1))}' WHERE id = ${headId}`);
    try {
        const id = await waiting(DOMICILE, 2);
        (await press(head, id, 'setujui')).must(422, 'masa jabatannya sudah berakhir');
        assert.equal(letterRow(village, id).number, null);
    } finally {
        rows(schema, `UPDATE official SET ends_on = NULL WHERE id = ${headId}`);
    }
});

test('who stands in for somebody is not given another account but by the head', async () => {
    (await away(head, headId, { pengganti: String(secretaryId) })).must(303);
    (await secretary.submit(await page(secretary, secretaryId, '/ubah'), { akun: account('uji.clerk') }, `form[action="${OFFICIALS}/${secretaryId}/ubah"]`)).must(422, 'sedang menggantikan Andi Uji');
    await back(head, headId);
});

test('no letter goes on for who died, whoever stands in', async () => {
    (await away(head, headId, { pengganti: String(secretaryId) })).must(303);
    const id = await waiting(DOMICILE, 1);
    const read = (await secretary.get(`/kantor/persetujuan/${id}`)).must(200);
    rows(schema, `UPDATE resident SET basic_status = 2 WHERE id = ${people[1]}`);
    try {
        (await secretary.submit(read, {}, `form[action$="/${id}/setujui"]`)).must(422, 'tercatat meninggal');
        assert.equal(letterRow(village, id).number, null);
    } finally {
        rows(schema, `UPDATE resident SET basic_status = 1 WHERE id = ${people[1]}`);
        await back(head, headId);
    }
});
