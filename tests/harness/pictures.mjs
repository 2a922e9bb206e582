// SPDX-License-Identifier: AGPL-3.0-or-later
// Pictures to upload, of our own making.

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
