// SPDX-License-Identifier: AGPL-3.0-or-later
// What a village calls its hamlets stands wherever people read it; a village without them is not asked for one.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { fetched } from '../harness/exports.mjs';
import { makeFamily } from '../harness/families.mjs';
import { DOMICILE, send } from '../harness/letters.mjs';
import { svgSigns } from '../harness/paper.mjs';
import { rows, schemaOf, trainingVillages, until } from '../harness/stack.mjs';
import { emptyVillage } from '../harness/villages.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const HOME = '/kantor/pengaturan';
const FORM = `form[action="${HOME}"]`;
let secretary;
let clerk;

before(async () => {
    secretary = await staff(village, 'secretary');
    clerk = await staff(village, 'clerk');
});
after(async () => {
    (await call('Dusun')).must(303);
});

const call = async (sebutan, more = {}) => secretary.submit((await secretary.get(HOME)).must(200), { sebutan, ...more }, FORM);
const without = (text) => assert.doesNotMatch(text, /\{?dusun\b/i);
/** What people read on a page but the names that are data: the office's own address. */
const words = async (path, client = clerk) => (await client.get(path)).must(200).page.querySelector('main').text;

test('a village that says Lingkungan reads it in forms, filters, areas, letters and books', async () => {
    const family = makeFamily(village, [[1, 1, 1979, 'LALLO SEBUTAN']], 'UJI SEBUTAN');
    assert.match(await words('/kantor/wilayah/tambah'), /Dusun/, 'until it says another word');
    (await call('lingkungan')).must(303);
    assert.deepEqual(rows(schema, 'SELECT hamlet_word FROM identity'), [['Lingkungan']]);
    for (const path of ['/kantor/penduduk/tambah', '/kantor/penduduk', '/kantor/keluarga', '/kantor/wilayah/tambah', '/kantor/wilayah', '/kantor/statistik',
        `/kantor/penduduk/${family.members[0]}`]) {
        const text = await words(path);
        assert.match(text, /[Ll]ingkungan/, path);
        without(text);
    }
    const { id } = await send(clerk, DOMICILE, family.members[0]);
    (await clerk.get(`/kantor/surat/${id}`)).must(200, 'Lingkungan Uji Sebutan');
    const sheet = svgSigns((await clerk.get(`/kantor/surat/${id}/pratinjau/1`)).must(200).text);
    (await call('Banjar')).must(303);
    assert.notDeepEqual(svgSigns((await clerk.get(`/kantor/surat/${id}/pratinjau/1`)).must(200).text), sheet, 'the letter follows the word until it is issued');
    (await call('Lingkungan')).must(303);
    const { file } = await fetched(clerk, await clerk.submit((await clerk.get('/kantor/buku/b3')).must(200), {}, '#minta-csv'));
    assert.match(file.text, /Nama lingkungan/);
    const list = (await fetched(clerk, await clerk.submit((await clerk.get('/kantor/keluarga')).must(200), {}, '#unduh-csv'))).file.text;
    assert.match(list.split('\r\n')[0], /"?Lingkungan"?/);
    without(list.split('\r\n')[0]);
});

test('a short form stays in capitals, a word that begins the name is said once, and signs are no word', async () => {
    makeFamily(village, [[1, 1, 1981, 'RIBKA SEBUTAN']], 'JORONG KOTO');
    (await call('RW')).must(303);
    assert.match(await words('/kantor/wilayah/tambah'), /Kosongkan bila desa ini tanpa RW\./);
    (await call('Jorong')).must(303);
    const text = await words('/kantor/wilayah');
    assert.match(text, /Jorong Koto/);
    assert.doesNotMatch(text, /Jorong Jorong/);
    (await call('<b>')).must(422, 'hanya huruf');
    (await call('Jorong', { tanpa_dusun: '1' })).must(422, 'masih punya');
});

test('a village without hamlets is not asked for one, and takes none', async () => {
    const { code, client } = await emptyVillage('7317102093', 'Uji Tanpa');
    rows(`desa_${code}`, 'UPDATE identity SET is_without_hamlets = TRUE');
    const asks = async (path) => (await client.get(path)).must(200).page.querySelector('main [name="dusun"]') !== null;
    // Written past the office's page: each loop of the server reads it anew when what it remembers is some seconds old.
    for (const path of ['/kantor/penduduk/tambah', '/kantor/wilayah/tambah', '/kantor/penduduk', '/kantor/keluarga'])
        await until(`${path} reads the village anew`, async () => !(await asks(path)));
    const page = (await client.get('/kantor/wilayah/tambah')).must(200);
    (await client.submit(page, { rw: '1', rt: '2' }, 'main form[action$="/tambah"]')).must(303);
    assert.deepEqual(rows(`desa_${code}`, "SELECT hamlet, rw, rt FROM area WHERE rt = '002'"), [['-', '001', '002']]);
});
