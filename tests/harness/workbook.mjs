// SPDX-License-Identifier: AGPL-3.0-or-later
// Workbooks for the import: small, real .xlsx files, good ones and hostile ones. And reading back what we are given.

import { deflateRawSync, inflateRawSync } from 'node:zlib';

const CRC = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
});
function crc32(bytes) {
    let c = 0xffffffff;
    for (const b of bytes) c = CRC[(c ^ b) & 255] ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
}

/** entries: {name: string or bytes} → a zip file. */
export function zip(entries) {
    const parts = [];
    const central = [];
    let at = 0;
    for (const [name, content] of Object.entries(entries)) {
        const raw = Buffer.from(content);
        const packed = deflateRawSync(raw, { level: 9 });
        const head = Buffer.alloc(30);
        head.writeUInt32LE(0x04034b50, 0);
        head.writeUInt16LE(20, 4);
        head.writeUInt16LE(8, 8);
        head.writeUInt32LE(crc32(raw), 14);
        head.writeUInt32LE(packed.length, 18);
        head.writeUInt32LE(raw.length, 22);
        head.writeUInt16LE(Buffer.byteLength(name), 26);
        const dir = Buffer.alloc(46);
        dir.writeUInt32LE(0x02014b50, 0);
        dir.writeUInt16LE(20, 4);
        dir.writeUInt16LE(20, 6);
        head.copy(dir, 10, 8, 30);
        dir.writeUInt32LE(at, 42);
        parts.push(head, Buffer.from(name), packed);
        central.push(dir, Buffer.from(name));
        at += 30 + Buffer.byteLength(name) + packed.length;
    }
    const dir = Buffer.concat(central);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(Object.keys(entries).length, 8);
    end.writeUInt16LE(Object.keys(entries).length, 10);
    end.writeUInt32LE(dir.length, 12);
    end.writeUInt32LE(at, 16);
    return Buffer.concat([...parts, dir, end]);
}

/** → {name: Buffer} */
export function unzip(bytes) {
    const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
    let at = bytes.readUInt32LE(end + 16);
    const out = {};
    for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
        const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
        const [nameLength, extra, comment] = [28, 30, 32].map((o) => bytes.readUInt16LE(at + o));
        const name = bytes.subarray(at + 46, at + 46 + nameLength).toString();
        const local = bytes.readUInt32LE(at + 42);
        const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
        const data = bytes.subarray(from, from + packed);
        out[name] = method === 8 ? inflateRawSync(data) : data;
        at += 46 + nameLength + extra + comment;
    }
    return out;
}

const escape = (s) => String(s).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const unescape = (s) => s.replace(/&(amp|lt|gt|quot|apos);/g, (_, n) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[n]);

function letters(column) {
    let name = '';
    for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
    return name;
}

/** A date cell: days since 1900 as spreadsheets count, shown as a date. */
export function dateCell(year, month, day) {
    return { date: Math.round((Date.UTC(year, month - 1, day) - Date.UTC(1899, 11, 30)) / 86400000) };
}

function cell(value, row, column) {
    const place = `${letters(column)}${row + 1}`;
    if (value === null || value === undefined || value === '') return '';
    if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`;
    if (value.date !== undefined) return `<c r="${place}" s="1"><v>${value.date}</v></c>`;
    if (value.formula !== undefined) return `<c r="${place}" t="str"><f>${escape(value.formula)}</f><v>${escape(value.result)}</v></c>`;
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`;
}

/** sheets: [[name, rows]] → the parts of a workbook, to be zipped (and spoilt before, by those who wish). */
export function parts(sheets) {
    const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const out = {
        '[Content_Types].xml': `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>' +
            '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>' +
            sheets.map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('') + '</Types>',
        '_rels/.rels': `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
        'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map(([name], i) => `<sheet name="${escape(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${office}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
        'xl/styles.xml': `${xml}<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    };
    sheets.forEach(([, rows], i) => {
        const body = rows.map((row, r) => `<row r="${r + 1}">${row.map((value, c) => cell(value, r, c)).join('')}</row>`).join('');
        out[`xl/worksheets/sheet${i + 1}.xml`] = `${xml}<worksheet xmlns="${main}"><sheetData>${body}</sheetData></worksheet>`;
    });
    return out;
}

export function workbook(sheets) {
    return zip(parts(sheets));
}

/** All texts of all sheets, row by row: enough to see what a workbook of ours says. → [[...cells]] */
export function readRows(bytes) {
    const files = unzip(bytes);
    const shared = [...(files['xl/sharedStrings.xml']?.toString() ?? '').matchAll(/<si>(.*?)<\/si>/gs)]
        .map((m) => [...m[1].matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map((t) => unescape(t[1])).join(''));
    return Object.keys(files).filter((n) => /worksheets\/sheet\d+\.xml$/.test(n)).sort().flatMap((name) =>
        [...files[name].toString().matchAll(/<row[^>]*>(.*?)<\/row>/gs)].map((row) =>
            [...row[1].matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, attributes, inner = '']) => {
                const text = /<t[^>]*>(.*?)<\/t>/s.exec(inner)?.[1] ?? /<v>(.*?)<\/v>/s.exec(inner)?.[1] ?? '';
                return /t="s"/.test(attributes) ? shared[Number(text)] : unescape(text);
            })));
}

/** The exchange format's columns, in the template's order. */
export const COLUMNS = ['alamat', 'dusun', 'rw', 'rt', 'nama', 'no_kk', 'nik', 'sex', 'tempatlahir', 'tanggallahir', 'agama_id', 'pendidikan_kk_id',
    'pendidikan_sedang_id', 'pekerjaan_id', 'status_kawin', 'kk_level', 'warganegara_id', 'ayah_nik', 'nama_ayah', 'ibu_nik', 'nama_ibu',
    'golongan_darah_id', 'akta_lahir', 'dokumen_pasport', 'tanggal_akhir_paspor', 'dokumen_kitas', 'akta_perkawinan', 'tanggalperkawinan',
    'akta_perceraian', 'tanggalperceraian', 'cacat_id', 'cara_kb_id', 'hamil', 'ktp_el', 'status_rekam', 'alamat_sekarang', 'status_dasar', 'suku',
    'tag_id_card', 'id_asuransi', 'no_asuransi', 'lat', 'lng'];

const two = (n) => String(n).padStart(2, '0');

/** Person number n of a made-up village: a record by column names. Region 731710; women's day + 40. */
export function person(n, changes = {}) {
    const isWoman = n % 2 === 1;
    const [year, month, day] = [1950 + (n % 55), 1 + (n % 12), 1 + (n % 27)];
    const family = Math.floor(n / 4);
    return {
        alamat: `Jalan Poros ${family + 1}`, dusun: `Dusun Uji ${family % 3}`, rw: '001', rt: `00${1 + (family % 4)}`,
        nama: `${isWoman ? 'ROSMINI' : 'RAHMAT'} ${['UJI', 'LATIMOJONG', "TO'LONG", 'BUA'][n % 4]} ${['SATU', 'DUA', 'TIGA', 'EMPAT', 'LIMA'][Math.floor(n / 4) % 5]}`,
        no_kk: `7317100101${String(200000 + family).slice(-6)}`,
        nik: `731710${two(day + (isWoman ? 40 : 0))}${two(month)}${two(year % 100)}${String(n % 10000).padStart(4, '0')}`,
        sex: isWoman ? 2 : 1, tempatlahir: 'Larompong', tanggallahir: `${two(day)}-${two(month)}-${year}`, agama_id: 1, pendidikan_kk_id: 5,
        pekerjaan_id: 9, status_kawin: 2, kk_level: [1, 3, 4, 4][n % 4], warganegara_id: 1, nama_ayah: 'AMBO', nama_ibu: 'INDO',
        golongan_darah_id: 13, ktp_el: 2, status_rekam: 8, status_dasar: 1, ...changes,
    };
}

/** Rows with a header, ended as the template ends. */
export function residentRows(people, columns = COLUMNS) {
    return [columns, ...people.map((p) => columns.map((c) => p[c] ?? ''))];
}

export function residentBook(people, columns = COLUMNS) {
    return workbook([['Data Penduduk', residentRows(people, columns)]]);
}
