// SPDX-License-Identifier: AGPL-3.0-or-later
// Every figure of the statistics against a count made here, from the very people that were imported: with gaps in
// what is known of them, birthdays today and tomorrow, and the 29th of February. And against the list it links to.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { send as ask } from '../harness/client.mjs';
import { today } from '../harness/days.mjs';
import { check, confirm } from '../harness/imports.mjs';
import { rows, schemaOf, together, until } from '../harness/stack.mjs';
import { emptyVillage, statementsOf } from '../harness/villages.mjs';
import { person, readRows, residentBook } from '../harness/workbook.mjs';

const two = (n) => String(n).padStart(2, '0');
const [day, month, year] = today();
const BOUNDS = [1, 2, 5, 6, 10, 15, 17, 18, 20, 25, 30, 31, 35, 40, 45, 50, 55, 60, 65, 70, 74, 75, 76];

/** [y, m, d], a day later. */
function tomorrowOf([y, m, d]) {
    const next = new Date(Date.UTC(y, m - 1, d + 1));
    return [next.getUTCFullYear(), next.getUTCMonth() + 1, next.getUTCDate()];
}
/** Whole years, by hand: the birthday has come or it has not. The 29th of February comes on 1 March. */
const ageOf = ([y, m, d]) => year - y - (m > month || (m === month && d > day) ? 1 : 0);

function births() {
    const list = [null, null, null, null, null, [year, month, day]];
    for (const years of BOUNDS) {
        const born = month === 2 && day === 29 ? [year - years, 3, 1] : [year - years, month, day];
        list.push(born, tomorrowOf(born));
    }
    for (const leap of [1948, 1960, 1976, 1996, 2000, 2012, 2016, 2020, 2024]) list.push([leap, 2, 29], [leap, 2, 28], [leap, 3, 1]);
    return list;
}

/** What people read where the registry's list is spelled otherwise. */
const READ = { Katholik: 'Katolik', Budha: 'Buddha', Khonghucu: 'Konghucu' };
const CODES = { agama_id: 7, pendidikan_kk_id: 10, pekerjaan_id: 89, status_kawin: 4 };

/** People with everything that may trip a count; deterministic. */
function makePeople() {
    const born = births();
    return Array.from({ length: 360 }, (_, n) => {
        const is = n < born.length ? born[n] : [1938 + ((n * 37) % 85), 1 + (n % 12), 1 + (n % 28)];
        const sex = (n * 7) % 5 < 2 ? 2 : 1;
        const p = person(n, {
            sex,
            tanggallahir: is ? `${two(is[2])}-${two(is[1])}-${is[0]}` : '',
            nik: is ? `731710${two(is[2] + (sex === 2 ? 40 : 0))}${two(is[1])}${two(is[0] % 100)}${String(n).padStart(4, '0')}` : `731710${sex === 2 ? 41 : '01'}0190${String(n).padStart(4, '0')}`,
            dusun: `Batu Uji ${Math.floor(n / 4) % 5}`,
            status_dasar: n % 19 === 3 ? 2 : n % 31 === 4 ? 3 : 1,
        });
        if (p.kk_level === 3) p.kk_level = sex === 2 ? 3 : 2; // a wife is a woman
        for (const [column, codes] of Object.entries(CODES)) p[column] = (n * 11 + column.length) % 13 === 0 ? '' : 1 + ((n * n + n + column.length) % codes);
        return { ...p, birth: is };
    });
}

let village;
let people;
let living;
const visit = (path) => village.client.get(path);

/** The table: {label: {men, women, total, percent, href, menHref, womenHref}}; for one column of numbers only total. */
function tableOf(page) {
    const lines = {};
    for (const tr of page.page.querySelectorAll('main table tbody tr, main table tfoot tr')) {
        const numbers = tr.querySelectorAll('td');
        const read = (td) => Number(td.text.replaceAll('.', '').trim());
        const href = (td) => td.querySelector('a')?.getAttribute('href').replaceAll('&amp;', '&');
        const [men, women, total] = numbers.length === 4 ? numbers : [undefined, undefined, numbers[0]];
        lines[tr.querySelector('th').text.trim()] = {
            men: men && read(men), women: women && read(women), total: read(total), percent: numbers.at(-1).text.trim(),
            href: href(total), menHref: men && href(men), womenHref: women && href(women),
        };
    }
    return lines;
}

const count = (list, fits) => {
    const of = list.filter(fits);
    return { men: of.filter((p) => p.sex === 1).length, women: of.filter((p) => p.sex === 2).length, total: of.length };
};
const only = ({ men, women, total }) => ({ men, women, total });

/** Each number's link opens the list of exactly so many. */
async function assertLinks(word, lines) {
    const links = Object.entries(lines).flatMap(([label, line]) => [['men', 'menHref'], ['women', 'womenHref'], ['total', 'href']]
        .filter(([key]) => line[key] !== undefined).map(([key, href]) => ({ what: `${word}: ${label}, ${key}`, n: line[key], href: line[href] })));
    await together(links, 4, async ({ what, n, href }) => {
        if (href === undefined) return assert.equal(n, 0, `${what}: a number without a list is none`);
        const list = (await visit(href)).must(200);
        assert.equal(list.page.querySelector('main .page-head .sub').text.trim(), `${String(n).replace(/\B(?=(\d{3})+$)/g, '.')} warga`, `${what}: ${href}`);
        return assert.equal(list.page.querySelectorAll('main table tbody tr').length, Math.min(n, 25), `${what}: ${href}`);
    });
    return links.length;
}

/** All lines of a page against what fits each; the sum, the percents and the gap's own line too. */
async function assertLines(word, expected) {
    const page = (await visit(`/kantor/statistik/${word}`)).must(200);
    const lines = tableOf(page);
    const { Jumlah: sum, ...rest } = lines;
    for (const [label, line] of Object.entries(rest)) {
        assert.ok(expected[label], `${word}: "${label}" is expected`);
        assert.deepEqual(only(line), count(living, expected[label]), `${word}: ${label}`);
    }
    for (const [label, fits] of Object.entries(expected))
        if (!rest[label]) assert.equal(count(living, fits).total, 0, `${word}: "${label}" is missing`);
    assert.ok(rest['Belum mengisi'], `${word}: the gap has its line`);
    assert.deepEqual(only(sum), count(living, () => true), `${word}: the sum is everyone`);
    assert.equal(Object.values(rest).reduce((n, line) => n + line.total, 0), living.length, `${word}: each person once`);
    const tenths = Object.values(rest).map((line) => Math.round(Number(line.percent.replace('%', '').replace(',', '.')) * 10));
    assert.equal(tenths.reduce((a, b) => a + b, 0), 1000, `${word}: the percents add up to 100`);
    for (const [label, line] of Object.entries(rest)) {
        const exact = (line.total * 100) / living.length;
        assert.ok(Math.abs(Number(line.percent.replace('%', '').replace(',', '.')) - exact) < 0.1, `${word}: ${label} ${line.percent} is near ${exact}`);
    }
    assert.ok(await assertLinks(word, lines) >= 9, `${word}: its numbers are links`);
    return { page, lines };
}

before(async () => {
    village = await emptyVillage('7317102091', 'Uji Hitung');
    const nobody = (await visit('/kantor/statistik')).must(200, 'Belum ada warga tercatat');
    assert.equal(nobody.page.querySelectorAll('main table').length, 0);
    people = makePeople();
    const book = people.map(({ birth, ...p }) => p);
    const { id, row, page } = await check(village.client, village, residentBook(book), 'hitung.xlsx');
    assert.deepEqual([row.fresh, row.refused], [people.length, 0], JSON.stringify(row));
    assert.equal((await confirm(village.client, village, id, page)).state, 'committed');
    // No hamlet: an import refuses that, older books may hold it.
    const lost = people.filter((_, n) => n % 23 === 0);
    for (const p of lost) p.dusun = '';
    rows(schemaOf(village), `INSERT INTO area (hamlet) VALUES ('-');
        UPDATE resident SET area_id = (SELECT id FROM area WHERE hamlet = '-') WHERE nik IN (${lost.map((p) => `'${p.nik}'`).join()})`);
    living = people.filter((p) => p.status_dasar === 1);
    assert.ok(living.length > 300 && living.length < people.length);
});

describe('every figure is that of the people behind it', () => {
    const between = (from, until) => (p) => p.birth !== null && ageOf(p.birth) >= from && ageOf(p.birth) <= until;
    const unborn = { 'Belum mengisi': (p) => p.birth === null };
    const fives = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`${i * 5}–${i * 5 + 4}`, between(i * 5, i * 5 + 4)]));
    const old = { '75 ke atas': between(75, 200) };

    test('by age in fives, on birthdays and leap days', async () => {
        const { page } = await assertLines('umur', { ...fives, ...old, ...unborn });
        assert.ok(count(living, unborn['Belum mengisi']).total > 0, 'some have no birth date');
        assert.deepEqual(tableOf((await visit('/kantor/statistik')).must(200)), tableOf(page), 'it is the first page too');
    });

    test('by the official bands and categories', async () => {
        const { '0–4': ignored, ...later } = fives;
        await assertLines('rentang-umur', { '0–1': between(0, 1), '2–4': between(2, 4), ...later, ...old, ...unborn });
        await assertLines('kategori-umur', { 'Balita (0–5)': between(0, 5), 'Anak-anak (6–17)': between(6, 17), 'Dewasa (18–30)': between(18, 30), 'Tua (31 ke atas)': between(31, 200), ...unborn });
    });

    test('by sex', async () => {
        const lines = tableOf((await visit('/kantor/statistik/jenis-kelamin')).must(200));
        const all = count(living, () => true);
        await assertLinks('jenis-kelamin', lines);
        assert.deepEqual(Object.entries(lines).map(([label, line]) => [label, line.total]),
            [['Laki-laki', all.men], ['Perempuan', all.women], ['Belum mengisi', 0], ['Jumlah', all.total]]);
    });

    for (const [word, column, list] of [['pekerjaan', 'pekerjaan_id', 'occupation'], ['pendidikan', 'pendidikan_kk_id', 'education_kk'], ['agama', 'agama_id', 'religion'], ['status-kawin', 'status_kawin', 'marital']]) {
        test(`by ${word}`, async () => {
            const names = rows('balai_ref', `SELECT code, label FROM code WHERE list = '${list}'`);
            assert.ok(names.length > 3);
            const expected = Object.fromEntries(names.map(([code, label]) => [READ[label] ?? label, (p) => p[column] === Number(code)]));
            const gap = (p) => p[column] === '';
            assert.ok(count(living, gap).total > 0, 'there is a gap to count');
            await assertLines(word, { ...expected, 'Belum mengisi': gap });
        });
    }

    test('by hamlet', async () => {
        const expected = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`Batu Uji ${i}`, (p) => p.dusun === `Batu Uji ${i}`]));
        await assertLines('dusun', { ...expected, 'Belum mengisi': (p) => p.dusun === '' });
    });
});

test('the drawing has words, and nothing a strict page refuses', async () => {
    for (const word of ['umur', 'pekerjaan']) {
        const page = (await visit(`/kantor/statistik/${word}`)).must(200);
        const drawing = page.page.querySelector('main svg[role=img]');
        for (const id of drawing.getAttribute('aria-labelledby').split(' ')) assert.ok(page.page.querySelectorAll(`#${id}`).length === 1, id);
        assert.match(drawing.text, /Semua angka ada di tabel/);
        assert.ok(drawing.querySelectorAll('rect').length > 10);
        assert.equal(page.page.querySelectorAll('main [style]').length, 0);
    }
});

test('the files hold the same table', async () => {
    const lines = tableOf((await visit('/kantor/statistik/agama')).must(200));
    const told = Object.entries(lines).map(([label, l]) => [label, l.men, l.women, l.total, Number(l.percent.replace('%', '').replace(',', '.'))].map(String));
    const csv = (await visit('/kantor/statistik/agama/tabel.csv')).must(200);
    assert.match(csv.headers['content-disposition'], /statistik-agama-\d{4}-\d\d-\d\d\.csv/);
    const fromCsv = csv.text.replace(/^\uFEFF/, '').trim().split('\r\n').map((l) => l.split(',').map((c) => c.replace(/^"|"$/g, '')));
    const fromXlsx = readRows((await visit('/kantor/statistik/agama/tabel.xlsx')).must(200).bytes);
    const same = (r) => [r[0], ...r.slice(1).map((n) => String(Number(n)))];
    assert.deepEqual(fromCsv[0], ['Agama', 'Laki-laki', 'Perempuan', 'Jumlah', 'Persen']);
    assert.deepEqual(fromCsv.slice(1).map(same), told);
    assert.deepEqual(fromXlsx[0], fromCsv[0]);
    assert.deepEqual(fromXlsx.slice(1).map(same), told);
});

test('no more than five statements a page, and none of another village', async () => {
    for (const word of ['umur', 'pekerjaan', 'dusun']) {
        const sent = await statementsOf(village, () => visit(`/kantor/statistik/${word}`));
        assert.ok(sent.length <= 5, `${word}: ${sent.join('\n')}`);
    }
    (await visit('/kantor/statistik/tidak-ada')).must(404);
    (await visit('/kantor/statistik/tidak-ada/tabel.csv')).must(404);
    (await visit('/kantor/statistik?dusun=x')).must(400);
});

test('a new resident counts at once', async () => {
    const before_ = tableOf(await visit('/kantor/statistik/agama')).Jumlah.total;
    const form = (await visit('/kantor/penduduk/tambah')).must(200);
    const { action, fields } = village.client.fill(form, { nik: `7317100101900901`, kk: '7317100101200901', nama: 'Baru Datang', tempat: 'Bua', lahir_hari: '1', lahir_bulan: '1', lahir_tahun: '1990',
        agama: '1', kawin: '1', kerja: '9', peran: '1', dusun: 'Batu Uji 1', rw: '001', rt: '001' }, 'main form[action="/kantor/penduduk/tambah"]');
    (await village.client.post(action, [...fields, ['jk', '1']])).must(303);
    assert.equal(tableOf(await visit('/kantor/statistik/agama')).Jumlah.total, before_ + 1);
    assert.equal(Number(rows(schemaOf(village), 'SELECT COUNT(*) FROM resident WHERE basic_status = 1')[0][0]), before_ + 1);
});

test('the village\'s home says the same sums', async () => {
    const { Jumlah: sum } = tableOf(await visit('/kantor/statistik/agama'));
    const text = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, '.');
    await until('the home has the figures', async () => {
        const home = await ask(village.host, 'GET', '/');
        const said = home.page.querySelectorAll('dl.figures > div').map((div) => [div.querySelector('dt').text.trim().toLowerCase(), div.querySelector('dd').text.trim()]);
        const have = Object.fromEntries(said);
        return have.warga === text(sum.total) && have['laki-laki'] === text(sum.men) && have.perempuan === text(sum.women);
    }, 120);
});
