// SPDX-License-Identifier: AGPL-3.0-or-later
// pictures.mjs FOLDER: pictures of the screens at 360 and 1366 px and of the kiosk, from a running demo (./deploy/show), and
// FOLDER/README.md that shows them. A file is written only when the picture is another one: a clock or a report number that
// differs changes nothing.

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DESK, PHONE, close, open, signIn, staffVisitor, visitor } from '../harness/browser.mjs';
import { STANDING, at, kiosk } from '../harness/kiosk-screen.mjs';
import { staff } from '../harness/client.mjs';
import { pagePng, pdfInfo } from '../harness/paper.mjs';
import { access, rows, schemaOf, trainingVillages } from '../harness/stack.mjs';
import { issue, makePeople, types } from '../harness/type_papers.mjs';
import { screens } from './screens.mjs';

/** Of a screen's dots, how many may differ before it is another picture; of a paper's, which has a number, a day and a code. */
const SAME = 0.004;
const SAME_PAPER = 0.012;

const folder = path.resolve(process.argv[2] ?? 'pictures');
mkdirSync(folder, { recursive: true });
const [village] = trainingVillages();
const made = new Set();
let written = 0;
let judge;

/** The part of the dots that differ; 1 when the sizes do. */
async function difference(before, after) {
    judge ??= await (await (await open()).newContext()).newPage();
    return judge.evaluate(async (urls) => {
        const [a, b] = await Promise.all(urls.map(async (url) => {
            const bitmap = await createImageBitmap(await (await fetch(url)).blob());
            const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
            canvas.drawImage(bitmap, 0, 0);
            return canvas.getImageData(0, 0, bitmap.width, bitmap.height);
        }));
        if (a.width !== b.width || a.height !== b.height) return 1;
        let n = 0;
        for (let i = 0; i < a.data.length; i += 4) n += [0, 1, 2].some((c) => Math.abs(a.data[i + c] - b.data[i + c]) > 8) ? 1 : 0;
        return (n * 4) / a.data.length;
    }, [before, after].map((bytes) => `data:image/png;base64,${bytes.toString('base64')}`));
}

async function keep(bytes, name, same) {
    const file = path.join(folder, `${name}.png`);
    made.add(`${name}.png`);
    if (existsSync(file) && await difference(readFileSync(file), bytes) <= same) return;
    writeFileSync(file, bytes);
    written += 1;
}

const shoot = async (page, name) => keep(await page.screenshot({ animations: 'disabled' }), name, SAME);

/** Every page of a letter of every type. → [{name, files}] */
async function papers() {
    const clerk = await staff(village, 'clerk');
    rows(schemaOf(village), "UPDATE letter_type SET policy = 'seal'");
    const people = makePeople(village);
    const list = [];
    for (const type of types) {
        const { bytes } = await issue(clerk, village, type, people);
        const pages = Array.from({ length: pdfInfo(bytes).pages }, (_, i) => i + 1);
        const files = pages.map((n) => `kertas-${type.slug}${n > 1 ? `-${n}` : ''}`);
        for (const n of pages) await keep(pagePng(bytes, n, 42), files[n - 1], SAME_PAPER);
        list.push({ name: type.name, files: files.map((file) => `${file}.png`) });
    }
    return list;
}

const list = (await screens(village)).filter((screen) => screen.picture);
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
            await shoot(visit.page, `${screen.name}-${viewport.width}`);
        }
        await visit.context.close();
    }
}
const standing = await kiosk();
await shoot(standing.page, 'anjungan-idle-standing');
await standing.page.setViewportSize(DESK);
await standing.page.goto(at('/anjungan'), { waitUntil: 'networkidle' });
await shoot(standing.page, 'anjungan-idle-lying');
const sheets = (await papers()).flatMap(({ name, files }) => files.map((file, i) => ({ file, words: i > 0 ? `${name}, ${i + 1}` : name })));
await close();

const picture = (file, words, width) => `<img src="${file}" width="${width}" alt="${words}">`;
writeFileSync(path.join(folder, 'README.md'), `# What it looks like

Made by \`./deploy/show\` from the demo. Training villages carry DATA CONTOH on every page and every paper. All people are invented.

| screen | ${DESK.width} px | ${PHONE.width} px |
|---|---|---|
${list.map(({ name, picture: words }) => `| ${words} | ${picture(`${name}-${DESK.width}.png`, words, 520)} | ${picture(`${name}-${PHONE.width}.png`, `${words}, phone`, 170)} |`).join('\n')}

The kiosk, standing (${STANDING.width}×${STANDING.height}) and lying (${DESK.width}×${DESK.height}):

${picture('anjungan-idle-standing.png', 'the kiosk waits for a card', 240)} ${picture('anjungan-idle-lying.png', 'the kiosk, lying', 420)}

## The papers

A letter of every type that comes with a village, as it is printed.

${Array.from({ length: Math.ceil(sheets.length / 4) }, (_, row) => sheets.slice(row * 4, row * 4 + 4))
    .map((four) => `${four.map(({ file, words }) => picture(file, words, 205)).join(' ')}\n`).join('\n')}`);
for (const old of readdirSync(folder).filter((file) => file.endsWith('.png') && !made.has(file))) {
    rmSync(path.join(folder, old));
    console.log(`no longer a screen: ${old}`);
}
console.log(`${made.size} pictures, ${written} of them new`);
