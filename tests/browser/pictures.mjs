// SPDX-License-Identifier: AGPL-3.0-or-later
// pictures.mjs FOLDER: the README's pictures of every screen at 360 and 1366 px, from a running demo.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DESK, PHONE, close, signIn, staffVisitor, visitor } from '../harness/browser.mjs';
import { access, trainingVillages } from '../harness/stack.mjs';
import { screens } from './screens.mjs';

const folder = path.resolve(process.argv[2] ?? 'pictures');
mkdirSync(folder, { recursive: true });
const [village] = trainingVillages();
const list = await screens(village);
for (const viewport of [PHONE, DESK]) {
    for (const as of new Set(list.map((s) => s.as))) {
        let visit;
        if (as === 'nobody') visit = await visitor({ viewport });
        else if (as === 'kelola' || as === 'dpmd') {
            visit = await visitor({ viewport });
            await signIn(visit, access()[as].host, access()[as]);
        } else visit = await staffVisitor(village, as, { viewport });
        for (const screen of list.filter((s) => s.as === as)) {
            await visit.page.goto(`http://${screen.host}${screen.path}`, { waitUntil: 'networkidle' });
            await visit.page.screenshot({ path: path.join(folder, `${screen.name}-${viewport.width}.png`) });
        }
        await visit.context.close();
    }
}
await close();
