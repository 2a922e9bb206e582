// SPDX-License-Identifier: AGPL-3.0-or-later
//   node editor_tree.mjs ASSETS-BUILD (with node_modules)
// A tree of the paper becomes the editor's document and the same tree again: nothing that a letter says is lost by opening it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');
const modules = path.resolve(process.argv[2]);
const { buildSync } = createRequire(path.join(modules, 'package.json'))('esbuild');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'balai-editor-'));
const names = ['tree', 'paste', 'pattern'];
buildSync({
    stdin: { contents: names.map((name) => `export * from './${name}';`).join('\n'), resolveDir: path.join(source, 'server/html/assets/ts/editor'), loader: 'ts' },
    bundle: true, format: 'esm', platform: 'neutral', mainFields: ['module', 'main'], outfile: path.join(folder, 'editor.mjs'), nodePaths: [path.join(modules, 'node_modules')], logLevel: 'error',
});
const { docOf, treeOf, plainSlice, readPattern, blockJson } = await import(pathToFileURL(path.join(folder, 'editor.mjs')));
fs.rmSync(folder, { recursive: true });

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const jsonOf = (dir) => fs.readdirSync(dir).filter((name) => name.endsWith('.json')).map((name) => [name, read(path.join(dir, name))]);
const through = (tree) => {
    const doc = docOf(tree);
    doc.check();
    return treeOf(doc);
};
function odd(tree) {
    const found = [];
    docOf(tree).descendants((node) => { if (/^odd/.test(node.type.name)) found.push(node.attrs.keys.json); });
    return found;
}

/** The lists of blocks of a tree; its attachments are trees of their own, and rows for a table of a frame ("label") are no blocks. */
const slots = ({ attachments = [], ...paper }) => [...Object.values(paper).filter((list) => Array.isArray(list) && !list.some((row) => row.label !== undefined)),
    ...attachments.flatMap(slots)];

test('every definition and frame that comes with the program is the same tree again', () => {
    const letters = path.join(source, 'tenants/village/letters');
    const types = jsonOf(path.join(letters, 'types'));
    assert.ok(types.length >= 46);
    for (const [name, { paper }] of [...types, ...jsonOf(path.join(letters, 'frames')).map(([name, paper]) => [name, { paper }])]) {
        for (const slot of slots(paper)) assert.deepEqual(through({ body: slot }), { body: slot }, name);
        assert.deepEqual(through(paper), { body: [], ...paper }, name);
        const unknown = slots(paper).flatMap((body) => odd({ body })).filter((block) => !block.slot && !block.facts);
        assert.deepEqual(unknown, [], `${name}: blocks without a widget`);
    }
});

const EVERYTHING = {
    page: { size: 'A4', orientation: 'landscape', margin: { top: 10 } }, font: { family: 'sans', size: 11 }, if_empty: '…', header_on: 'first', footer_on: 'all',
    header: [{ type: 'letterhead', crest: 'crest', lines: ['KANTOR', '{nama_desa:upper}'], address: '{alamat|}', rule: 'single' }],
    footer: { left: 'Kode {kode}', note: ['Lihat ', { type: 'text', text: '{ini}', marks: ['italic'] }], right: 'Halaman {#page} dari {#pages}', rule: true, size: 9 },
    body: [
        { type: 'heading', level: 2, content: 'BAB I', keep_with_next: true },
        { type: 'paragraph', align: 'right', indent: 0, content: ['Kurung {{ dan }}\nbaris baru ', { type: 'field', name: 'nama', as: 'terbilang', case: 'upper', if_empty: 'a}b', marks: ['bold', 'underline'], size: 14, colour: 'grey' }] },
        { type: 'paragraph', content: ['Jumlah {=gaji+sum(keluarga.penghasilan):rupiah:upper|tidak ada} ', { type: 'text', pattern: '{nama} dan {nik:upper}', marks: ['strike', 'super'] },
            { type: 'if', field: 'a', in: ['x', 'y'], then: ['ya ', { type: 'field', name: 'b', marks: ['bold'] }], else: 'tidak' },
            { type: 'each', list: 'saksi', content: '{#}. {nama}', between: '; ', last: ' dan ', else: 'tidak ada' }, { type: 'boxes', content: '{nik}', count: 16, gaps: [2, 4] }] },
        { type: 'list', style: 'letter', start: 3, items: ['satu', ['dua ', { type: 'field', name: 'x', marks: ['bold'] }], { content: 'tiga', body: [{ type: 'list', items: ['dalam'] }] },
            { type: 'if', field: 'a', is: 'empty', then: ['empat'], else: [{ each: 'saksi', content: '{nama}' }] }, [{ type: 'if', field: 'a', then: 'sebaris' }]] },
        { type: 'identity', numbered: true, rows: [{ label: 'Nama', content: '{nama}' }, { each: 'ahli', label: 'Ahli {#}', content: '{nama}' }, { type: 'if', field: 'b', not: 'z', then: [{ label: 'B', content: '' }] }] },
        { type: 'table', columns: [{ width: 9, align: 'center' }, { share: 2 }, { share: 1 }], border: 'rows', header: [['No.', { content: 'Nama', span: 2, borders: ['top'] }]],
            rows: [['1', { content: 'a', rows: 2, valign: 'middle' }, 'c'], { cells: ['2', { marks: ['bold'] }], height: 12 }, { each: 'anak', cells: ['{#}', '{nama}', ''] },
                { each: 'cucu', rows: [['x', 'y', 'z'], { type: 'if', field: 'q', then: [['p', '', '']], else: [['r', '', '']] }] }, { type: 'if', field: 'a', equals: 'b', then: [['1', '2', '3'], ['4', '5', '6']] }] },
        { type: 'image', name: 'foto', width: 30, align: 'center' }, { type: 'qr', size: 20, note: 'pindai' }, { type: 'boxes', content: '{nik}', spread: true, digits: true, align: 'left' },
        { type: 'rule', style: 'double' }, { type: 'spacer', height: 5 }, { type: 'page_break' },
        { type: 'group', content: [{ type: 'paragraph', content: 'bersama' }] },
        { type: 'columns', gap: 3, columns: [{ share: 1, body: [{ type: 'paragraph', content: 'kiri' }] }, { width: 40, body: [] }] },
        { type: 'if', field: 'x', then: [{ type: 'each', list: 'saksi', body: [{ type: 'paragraph', content: '{nama}' }], else: [] }], else: [{ type: 'paragraph', content: '' }] },
        { type: 'signature', qr: true, a_row: 3, signers: [{ lines: ['Saksi'], name: '{nama}' }, { each: 'saksi', lines: ['Saksi {#}'], name: '{nama}' }] },
    ],
    attachments: [{ page: { orientation: 'landscape' }, each: 'keluarga', if: { field: 'a', equals: 'b' }, header: [], body: [{ type: 'paragraph', content: '{nama}' }], footer: { center: '{#page}' } }],
};

test('a tree with everything that the notation has is the same again, each part with a widget', () => {
    assert.deepEqual(through(EVERYTHING), EVERYTHING);
    assert.deepEqual(odd(EVERYTHING), []);
});

test('what the editor does not know stays as it is, between what it knows', () => {
    const body = [{ type: 'ledger', of: [1, { a: null }] }, { type: 'paragraph', content: ['a ', { type: 'sound', loud: true }, ' b'], glow: 3 }, 'no block', { type: 'table', columns: [], rows: [] },
        { type: 'list', items: 'none' }, { type: 'heading', content: { type: 'text', text: 'x', marks: ['glitter'] } }];
    const tree = { body, motto: ['x'], header: 'text', footer: 7, attachments: null };
    assert.deepEqual(through(tree), tree);
    assert.equal(odd(tree).length, 6);
});

test('forms that mean the same come back as the shortest', () => {
    const line = (content) => through({ body: [{ type: 'paragraph', content }] }).body[0].content;
    assert.equal(line(['a', 'b', { type: 'break' }, { type: 'text', text: '{c}' }, { type: 'field', name: 'd', case: 'title', if_empty: '' }]), 'ab\n{{c}}{d:title|}');
    assert.equal(line([]), '');
    assert.deepEqual(line([{ type: 'text', pattern: '{a}', marks: ['bold'] }]), { type: 'field', name: 'a', marks: ['bold'] });
    assert.deepEqual(line([{ type: 'text', text: 'a', marks: ['italic', 'bold'] }, { type: 'text', text: 'b', marks: ['bold', 'italic'] }]), { type: 'text', text: 'ab', marks: ['bold', 'italic'] });
});

test('a pattern is read as the paper reads it', () => {
    for (const wrong of ['{', 'a } b', '{a b}', '{a:loud}', '{a:upper:terbilang}', '{}', '{#sheet}', '{a:upper:lower}']) assert.equal(readPattern(wrong), null, wrong);
    assert.deepEqual(readPattern('{{x}} {a:terbilang:upper|b:c}'), ['{x} ', { name: 'a', as: 'terbilang', case: 'upper', empty: 'b:c' }]);
});

test('what the fuzzers found is a document, and the same one the second time', () => {
    const corpus = path.join(source, 'tests/fuzz/corpus/tree');
    for (const name of fs.readdirSync(corpus)) {
        const text = fs.readFileSync(path.join(corpus, name), 'utf8');
        let tree;
        try {
            tree = JSON.parse(text.slice(text.indexOf('{')));
        } catch { continue; } // no JSON
        if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) continue;
        const once = through(tree);
        assert.deepEqual(through(once), once, name);
    }
});

test('text from WhatsApp becomes paragraphs, lists and marks', () => {
    const pasted = '[24/11 10.32] Hasnah: *Syarat* surat _usaha_\n\n1. KK\n2. e-KTP\n- ~lama~ baru\n5*4*3 dan nama_berkas_ini';
    const blocks = plainSlice(pasted).content.content.map(blockJson);
    assert.deepEqual(blocks, [
        { type: 'paragraph', content: [{ type: 'text', text: 'Syarat', marks: ['bold'] }, ' surat ', { type: 'text', text: 'usaha', marks: ['italic'] }] },
        { type: 'list', items: ['KK', 'e-KTP'] },
        { type: 'list', style: 'dash', items: [[{ type: 'text', text: 'lama', marks: ['strike'] }, ' baru']] },
        { type: 'paragraph', content: '5*4*3 dan nama_berkas_ini' },
    ]);
});
