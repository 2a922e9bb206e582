// SPDX-License-Identifier: AGPL-3.0-or-later
// Wrong PINs are counted on the account: new cookies, new devices and a server that was killed win nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formFields } from '../harness/client.mjs';
import { expectErrors, kill, ready } from '../harness/faults.mjs';
import { device, tap } from '../harness/kiosk.mjs';
import { rows, schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const person = village.residents[4];

/** A try on a device that was never seen before. */
async function tryAnew(pin) {
    const kiosk = await device(village);
    const page = await tap(kiosk, person.card_uid);
    // Sent even where the page has no field for it any more, as a program would.
    return kiosk.post('/anjungan/pin', [...formFields(page.page.querySelector('form#tutup')), ['pin', pin]]);
}

test('five wrong PINs close the account, however the tries are spread over devices and restarts', async () => {
    expectErrors();
    rows(schema, 'DELETE FROM kiosk_pin_limit');
    try {
        for (let i = 0; i < 5; i++) {
            (await tryAnew('000000')).must(422, 'tidak cocok');
            assert.equal(value(schema, 'SELECT MAX(failures) FROM kiosk_pin_limit WHERE device_id IS NULL'), String(i + 1));
            if (i % 2 === 0) {
                await kill('balai-server');
                await ready();
            }
        }
        (await tryAnew(person.pin)).must(422, 'PIN dikunci sampai pukul');
        await kill('balai-server');
        await ready();
        (await tryAnew(person.pin)).must(422, 'PIN dikunci sampai pukul');
        assert.equal(value(schema, 'SELECT MAX(failures) FROM kiosk_pin_limit WHERE device_id IS NULL'), '5', 'a closed account counts no further');
        rows(schema, 'UPDATE kiosk_pin_limit SET locked_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND');
        assert.equal((await tryAnew(person.pin)).location, '/anjungan/layanan');
    } finally {
        rows(schema, 'DELETE FROM kiosk_pin_limit');
    }
});
