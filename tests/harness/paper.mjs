// SPDX-License-Identifier: AGPL-3.0-or-later
// Looking at a PDF as others would: its words, its fonts, its picture, its QR code.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export function withPdf(bytes, fn) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'balai-pdf-'));
    try {
        const file = path.join(folder, 'surat.pdf');
        writeFileSync(file, bytes);
        return fn(file, folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

const run = (program, ...args) => execFileSync(program, args, { encoding: 'utf8', maxBuffer: 64 << 20 });

/** Words as a reader sees them, spaces folded. */
export function pdfWords(bytes) {
    return withPdf(bytes, (file) => run('pdftotext', '-layout', file, '-')).replace(/\s+/g, ' ').trim();
}

/** [{name, isEmbedded, hasUnicode}] */
export function pdfFonts(bytes) {
    return withPdf(bytes, (file) => run('pdffonts', file)).split('\n').slice(2).filter(Boolean).map((line) => {
        const [emb, , uni] = line.trim().split(/\s+/).slice(-5);
        return { name: line.trim().split(/\s+/)[0], isEmbedded: emb === 'yes', hasUnicode: uni === 'yes' };
    });
}

/** [{width, height, encoding}] in pixels: crest, QR code. */
export function pdfPictures(bytes) {
    return withPdf(bytes, (file) => run('pdfimages', '-list', file)).split('\n').slice(2).filter(Boolean).map((line) => {
        const [, , , width, height, , , , encoding] = line.trim().split(/\s+/);
        return { width: Number(width), height: Number(height), encoding };
    });
}

/** {pages, width, height} in points. */
export function pdfInfo(bytes) {
    const text = withPdf(bytes, (file) => run('pdfinfo', file));
    const [, width, height] = /^Page size:\s+([\d.]+) x ([\d.]+)/m.exec(text);
    return { pages: Number(/^Pages:\s+(\d+)/m.exec(text)[1]), width: Number(width), height: Number(height), text };
}

/** What a phone reads from the QR code of the first page. */
export function qrText(bytes) {
    return withPdf(bytes, (file, folder) => {
        run('pdftoppm', '-r', '200', '-f', '1', '-l', '1', '-png', file, path.join(folder, 'page'));
        const picture = readdirSync(folder).find((n) => n.endsWith('.png'));
        return run('zbarimg', '--quiet', '--raw', path.join(folder, picture)).trim();
    });
}

/** What a phone reads from a picture (PNG), or from a part of a page, in points from its lower left corner. */
export const pictureQr = (png) => withPdf(png, (file) => run('zbarimg', '--quiet', '--raw', `PNG:${file}`).trim());
export function partQr(bytes, { page, xAxis, yAxis, width, height }) {
    return withPdf(bytes, (file, folder) => {
        const [, tall] = /Page\s+\d+ size:\s+[\d.]+ x ([\d.]+)/.exec(run('pdfinfo', '-f', String(page), '-l', String(page), file));
        const at = [['-x', xAxis], ['-y', Number(tall) - yAxis - height], ['-W', width], ['-H', height]].flatMap(([flag, points]) => [flag, String(Math.round(points * 4))]);
        run('pdftoppm', '-r', '288', '-f', String(page), '-l', String(page), ...at, '-png', '-singlefile', file, path.join(folder, 'part'));
        return run('zbarimg', '--quiet', '--raw', path.join(folder, 'part.png')).trim();
    });
}

/** A page (1 first) as a PNG in grey. */
export function pagePng(bytes, number, dpi) {
    return withPdf(bytes, (file, folder) => {
        run('pdftoppm', '-r', String(dpi), '-f', String(number), '-l', String(number), '-gray', '-png', '-singlefile', file, path.join(folder, 'page'));
        return readFileSync(path.join(folder, 'page.png'));
    });
}

/** The first page as grey pixels: {width, height, at(x, y) 0…255}. */
export function pagePicture(bytes, dpi = 50) {
    return withPdf(bytes, (file, folder) => {
        run('pdftoppm', '-r', String(dpi), '-f', '1', '-l', '1', '-gray', file, path.join(folder, 'page'));
        const data = readFileSync(path.join(folder, readdirSync(folder).find((n) => n.endsWith('.pgm'))));
        const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(data.subarray(0, 40).toString('latin1'));
        const [width, height] = [Number(head[1]), Number(head[2])];
        const pixels = data.subarray(head[0].length);
        return { width, height, at: (x, y) => pixels[y * width + x] };
    });
}

/** The signs of a page that was drawn as SVG: how often each outline stands there (a space has none). Outlines, as the drawing names no letters. */
export function svgSigns(svg) {
    const outlines = new Map([...svg.matchAll(/<symbol[^>]* id="([^"]+)">\s*<path[^>]* d="([^"]*)"/g)].map(([, id, d]) => [id, d]));
    const signs = new Map();
    for (const [, id] of svg.matchAll(/<use xlink:href="#([^"]+)"/g)) if (outlines.get(id)) signs.set(outlines.get(id), (signs.get(outlines.get(id)) ?? 0) + 1);
    return signs;
}

/** How many signs of `a` are missing in `b`. */
export function signsMissing(a, b) {
    return [...a].reduce((sum, [outline, count]) => sum + Math.max(0, count - (b.get(outline) ?? 0)), 0);
}
