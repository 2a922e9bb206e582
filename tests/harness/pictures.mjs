// SPDX-License-Identifier: AGPL-3.0-or-later
// Pictures and papers to upload, of our own making.

import { deflateSync } from 'node:zlib';

// Node 18 has no crc32 of its own.
const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
});
const crc32 = (bytes) => (bytes.reduce((c, b) => table[(c ^ b) & 0xff] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

function chunk(type, data) {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
}

/** A PNG whose upper half is red and lower half blue; `claims` writes another size into its head. */
export function png(width, height, { claims = [width, height], text = '' } = {}) {
    const head = Buffer.alloc(13);
    head.writeUInt32BE(claims[0], 0);
    head.writeUInt32BE(claims[1], 4);
    head.set([8, 2, 0, 0, 0], 8);
    const row = (r, b) => Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([r, 0, b]))]);
    const rows = Buffer.concat(Array.from({ length: height }, (_, y) => (y < height / 2 ? row(220, 0) : row(0, 220))));
    return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), ...(text ? [chunk('tEXt', Buffer.from(`Comment\0${text}`, 'latin1'))] : []),
        chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** Width and height of a JPEG. */
export function jpegSize(bytes) {
    for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
        const marker = bytes[at + 1];
        if (marker >= 0xc0 && marker <= 0xc2) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    }
    return null;
}

const u16 = (n) => [n >> 8, n & 255];
const segment = (marker, ...bytes) => Buffer.from([0xff, marker, ...u16(bytes.length + 2), ...bytes]);

/** What a camera writes into a picture: how it was held (1 to 8), and where. */
function exif(turn) {
    const entry = (tag, type, n, ...four) => [...[tag, type].flatMap((v) => [v & 255, v >> 8]), n, 0, 0, 0, ...four];
    const degrees = [3, 36, 36].flatMap((n) => [n, 0, 0, 0, 1, 0, 0, 0]);
    return segment(0xe1, ...Buffer.from('Exif\0\0II*\0'), 8, 0, 0, 0,
        2, 0, ...entry(0x0112, 3, 1, turn, 0, 0, 0), ...entry(0x8825, 4, 1, 38, 0, 0, 0), 0, 0, 0, 0,
        2, 0, ...entry(1, 2, 2, 0x53, 0, 0, 0), ...entry(2, 5, 3, 68, 0, 0, 0), 0, 0, 0, 0, ...degrees);
}

/** A grey JPEG as a camera stores it, of sides that 8 divides: its left half white, its right half black, with EXIF. */
export function jpeg(width, height, { turn = 1 } = {}) {
    let bits = '', last = 0;
    for (let y = 0; y < height / 8; y++)
        for (let x = 0; x < width / 8; x++) {
            const level = x < width / 16 ? 127 : -128, by = level - last;
            const size = by === 0 ? 0 : Math.abs(by).toString(2).length;
            bits += size.toString(2).padStart(4, '0') + (size ? (by > 0 ? by : by + 2 ** size - 1).toString(2).padStart(size, '0') : '') + '0';
            last = level;
        }
    const data = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1').match(/.{8}/g).flatMap((b) => (b === '11111111' ? [255, 0] : [parseInt(b, 2)]));
    const sixteen = (at, n) => Array.from({ length: 16 }, (_, i) => (i === at ? n : 0));
    return Buffer.concat([Buffer.from([0xff, 0xd8]), exif(turn), segment(0xdb, 0, ...Array(64).fill(8)), segment(0xc0, 8, ...u16(height), ...u16(width), 1, 1, 0x11, 0),
        segment(0xc4, 0, ...sixteen(3, 10), ...Array(10).keys()), segment(0xc4, 0x10, ...sixteen(0, 1), 0), segment(0xda, 1, 1, 0, 0, 63, 0), Buffer.from([...data, 0xff, 0xd9])]);
}

/** How bright a baseline JPEG is in its upper left corner, 0 to 255: the mean of its first block. */
export function jpegCorner(bytes) {
    const codes = new Map();
    let step, at = 2;
    for (; bytes[at + 1] !== 0xda; at += 2 + bytes.readUInt16BE(at + 2)) {
        if (bytes[at + 1] === 0xdb && bytes[at + 4] === 0) step = bytes[at + 5];
        if (bytes[at + 1] !== 0xc4 || bytes[at + 4] !== 0) continue;
        for (let length = 1, code = 0, next = at + 21; length <= 16; length++, code *= 2)
            for (let i = 0; i < bytes[at + 4 + length]; i++) codes.set((code++).toString(2).padStart(length, '0'), bytes[next++]);
    }
    const begin = at + 2 + bytes.readUInt16BE(at + 2);
    const bits = [...bytes.subarray(begin, begin + 8)].map((b) => b.toString(2).padStart(8, '0')).join('');
    let n = 1;
    while (!codes.has(bits.slice(0, n))) n++;
    const size = codes.get(bits.slice(0, n)), value = parseInt(bits.slice(n, n + size) || '0', 2);
    return 128 + ((size && bits[n] === '0' ? value - 2 ** size + 1 : value) * step) / 8;
}

/** The kinds of the segments before the picture itself; 0xe1 is EXIF's. */
export function jpegMarkers(bytes) {
    const markers = [];
    for (let at = 2; bytes[at + 1] !== 0xda; at += 2 + bytes.readUInt16BE(at + 2)) markers.push(bytes[at + 1]);
    return markers;
}

/** A PDF of one empty page that says `words` nowhere but in a comment: whole, as a scanner's is. */
export function pdfOf(words) {
    let body = `%PDF-1.4\n% ${words}\n`;
    const at = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>'].map((object, i) => {
        const from = body.length;
        body += `${i + 1} 0 obj\n${object}\nendobj\n`;
        return from;
    });
    const table = at.map((n) => `${String(n).padStart(10, '0')} 00000 n \n`).join('');
    return Buffer.from(`${body}xref\n0 4\n0000000000 65535 f \n${table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`, 'latin1');
}
