// SPDX-License-Identifier: AGPL-3.0-or-later
// What the page of an event says and offers once it is written down.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { staff } from '../harness/client.mjs';
import { dated, eventsOf } from '../harness/events.mjs';
import { haveHamlets, usualFamily } from '../harness/families.mjs';
import { schemaOf, trainingVillages, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);
const { dayAgo, eventOf, born, cancel } = eventsOf(village);
let clerk;

before(async () => {
    clerk = await staff(village, 'clerk');
    haveHamlets(village, 'UJI KELUARGA');
});

const baby = (nama, when) => ({ nama, jk: '1', tempat: 'Larompong', ...dated('lahir', when) });
const month = ([, m, year]) => `${year}-${String(m).padStart(2, '0')}`;

test('what is written down in another month than it happened says so, on its page and in the month it happened', async () => {
    const family = usualFamily(village, 'TELAT');
    const when = dayAgo(100);
    const counted = async () => {
        const link = (await clerk.get(`/kantor/peristiwa?bulan=${month(when)}`)).must(200).page.querySelector(`main .list a[href="/kantor/peristiwa?bulan=${month(dayAgo(0))}"]`);
        return link === null ? 0 : Number(/(\d+) peristiwa bulan ini dicatat di/.exec(link.parentNode.text)[1]);
    };
    const earlier = await counted();
    const page = (await clerk.follow((await born(clerk, family, baby('Lama Telat', when))).must(303))).must(200, 'Lewat 60 hari sejak lahir');
    assert.match(page.page.querySelector('main .notice.kuning').text.trim(), new RegExp(`^Terjadi ${when[0]} \\S+ ${when[2]}, dicatat di \\S+ ${dayAgo(0)[2]}: masuk buku`));
    assert.equal(await counted(), earlier + 1);
    (await cancel(clerk, eventOf(Number(value(schema, "SELECT id FROM resident WHERE name = 'LAMA TELAT'"))).id)).must(303);
    assert.equal(await counted(), earlier, 'taken back: not counted');
    const today = (await clerk.follow((await born(clerk, family, baby('Baru Telat', dayAgo(0)))).must(303))).must(200);
    assert.equal(today.page.querySelector('main .notice.kuning'), null, 'in its own month nothing is said');
});
