// SPDX-License-Identifier: AGPL-3.0-or-later
// A letter that is signed elsewhere, and a database that falls away meanwhile.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { EsignService, agree } from '../harness/esign.mjs';
import { freshNumber } from '../harness/families.mjs';
import { expectErrors, signal } from '../harness/faults.mjs';
import { DOMICILE, letterRow, send } from '../harness/letters.mjs';
import { holding, rows, schemaOf, until, value } from '../harness/stack.mjs';
import { officeVillage } from '../harness/villages.mjs';

const HOME = '/kantor/pengaturan/tanda-tangan', PASSPHRASE = 'Kunci#Putus 7317';
let village, schema, service;

before(async () => {
    expectErrors();
    village = await officeVillage('7317102099', 'Uji Putus');
    schema = schemaOf(village);
    const nik = freshNumber(village), account = { user: 'desa-putus', secret: 'sandi-akun-putus' };
    service = await EsignService.listen({ ...account, people: { [nik]: PASSPHRASE } });
    rows(schema, `UPDATE letter_type SET policy = 'approve'; UPDATE official SET esign_nik = '${nik}' WHERE office = 'head'`);
    const page = (await village.secretary.get(HOME)).must(200);
    (await village.secretary.submit(page, { alamat: service.address, akun: account.user, sandi: account.secret, pakai: '1' }, `form[action="${HOME}"]`)).must(303);
    await agree(village.head);
});
after(() => service?.close());

test('a database that fails the worker before it asks for the signature costs no passphrase: the next try signs', async () => {
    const { id } = await send(village.clerk, DOMICILE, village.people[0]);
    (await village.secretary.submit((await village.secretary.get(`/kantor/persetujuan/${id}`)).must(200), {}, `form[action$="/${id}/teruskan"]`)).must(303);
    const page = (await village.head.get(`/kantor/persetujuan/${id}`)).must(200, 'Passphrase BSrE');
    const job = (what) => value(schema, `SELECT ${what} FROM outbox WHERE kind = 30 AND subject = ${id}`);
    signal('balai-worker', 'SIGSTOP');
    try {
        (await village.head.submit(page, { frasa: PASSPHRASE }, `form[action$="/${id}/setujui"]`)).must(303);
        await holding(schema, 'LOCK TABLES role WRITE', async () => {
            signal('balai-worker', 'SIGCONT');
            const asking = await until('the worker asks whether he still may', () => value('information_schema',
                `SELECT id FROM processlist WHERE db = '${schema}' AND state LIKE 'Waiting for table metadata lock%' AND info LIKE '%EXISTS%FROM staff s JOIN role%'`));
            rows('mysql', `KILL QUERY ${asking}`);
            await until('the try has failed, and is to be repeated', () => job('state = 1 AND attempt = 1') === '1');
        });
    } finally {
        signal('balai-worker', 'SIGCONT');
    }
    assert.equal(service.orders.length, 0);
    rows(schema, `UPDATE outbox SET due_at = NOW(6) WHERE kind = 30 AND subject = ${id}`);
    await until('the next try is over', () => job('state') === '3', 60);
    assert.deepEqual([letterRow(village, id).state, service.orders.length], [4, 1]);
    assert.deepEqual(service.faults, []);
});
