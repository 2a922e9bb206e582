// SPDX-License-Identifier: AGPL-3.0-or-later
// Every screen there is: who sees it and where. The checks and the README's pictures walk this one list.
// Each room has a file of its own, rooms/ROOM.mjs, which makes what its pages show and exports
// `screens`: async ({village, clerk, secretary}) → [{as: 'nobody' | role | 'kelola' | 'dpmd', name, host, path, picture}].
// Without a host it is the village's; `picture` is what a screen is that is photographed.

import { readdirSync } from 'node:fs';
import { staff } from '../harness/client.mjs';

export async function screens(village) {
    const people = { village, clerk: await staff(village, 'clerk'), secretary: await staff(village, 'secretary') };
    const chosen = (process.env.BALAI_ROOMS ?? '').split(' ').filter(Boolean); // deploy/test suites WORD
    const list = [];
    for (const file of readdirSync(new URL('rooms/', import.meta.url)).filter((f) => f.endsWith('.mjs')).sort()) {
        if (chosen.length > 0 && !chosen.includes(file.replace('.mjs', ''))) continue;
        const room = await import(new URL(`rooms/${file}`, import.meta.url));
        list.push(...(await room.screens(people)).map((screen) => ({ host: village.host, ...screen })));
    }
    return list;
}
