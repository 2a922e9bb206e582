// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { asksFor, at, family, memberOf, idOf, resident, sealedWords, titled } from '../shapes.mjs';

export const holders = { TAKE_OUT_RESIDENTS: ['clerk', 'secretary'] };

/** The family's last child; taken out already, for the way back. */
const child = (tail, isOut) => async (house, isFresh) => {
    const id = (await house.family(isFresh)).members[3];
    if (isOut) house.sql(`UPDATE resident SET basic_status = 9, out_why = 1 WHERE id = ${id};
        INSERT INTO history (at, staff_id, staff_name, owner, owner_id, version, kind, reason, changes, origin)
        VALUES (NOW(6), 1, 'dinding', 'resident', ${id}, 1, 'out', 'uji dinding', '{"basic_status":[1,9]}', 'uji')`);
    return `/kantor/penduduk/${id}${tail}`;
};

export const routes = {
    'GET /kantor/keluarga': { path: at('/kantor/keluarga?dusun=UJI+KELUARGA'), has: (house) => titled(`${house.canary} BAPAK`), before: (house) => house.family() },
    'POST /kantor/keluarga/unduh': asksFor('families'),
    'POST /kantor/keluarga': {
        form: async () => ({ cari: 'kenari' }), done: sealedWords,
        before: (house) => house.family(),
    },
    'GET /kantor/keluarga/{id}': { path: family(''), has: (house) => titled(`${house.canary} BAPAK`) },
    'GET /kantor/keluarga/{id}/jejak': { path: family('/jejak'), has: 'Riwayat perubahan' },
    'GET /kantor/keluarga/{id}/ubah': { path: family('/ubah'), has: 'Ubah data keluarga' },
    'POST /kantor/keluarga/{id}/ubah': {
        path: family('/ubah'),
        before: (house) => house.sql("INSERT IGNORE INTO area (hamlet) VALUES ('UJI')"),
        form: async (house, path) => ({ versi: '1', kk: house.sql(`SELECT kk_no FROM family WHERE id = ${idOf(path)}`)[0]?.[0] ?? '7317109999999999', alamat: 'Jalan Dinding', dusun: 'Uji', rw: '1', rt: '1', alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT address FROM family WHERE id = ${idOf(path)}`)[0][0], 'Jalan Dinding'),
    },
    'GET /kantor/keluarga/{id}/kepala': { path: family('/kepala'), has: 'Lanjut, periksa dulu' },
    'POST /kantor/keluarga/{id}/kepala': {
        path: family('/kepala'),
        form: async (house, path) => ({ versi: '1', langkah: 'simpan', kepala: memberOf(house, path, 3), alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT head_id FROM family WHERE id = ${idOf(path)}`)[0][0], String(memberOf(house, path, 1))),
    },
    'GET /kantor/penduduk/{id}/keluarkan': { path: child('/keluarkan'), has: 'Keluarkan catatan' },
    'POST /kantor/penduduk/{id}/keluarkan': {
        path: child('/keluarkan'),
        form: async (house, path) => ({ versi: house.sql(`SELECT version FROM resident WHERE id = ${idOf(path)}`)[0]?.[0] ?? '1', langkah: 'simpan', sebab: '1', alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.deepEqual(house.sql(`SELECT basic_status, out_why FROM resident WHERE id = ${idOf(path)}`), [['9', '1']]),
    },
    'POST /kantor/penduduk/{id}/kembalikan': {
        path: child('/kembalikan', true),
        form: async (house, path) => ({ versi: house.sql(`SELECT version FROM resident WHERE id = ${idOf(path)}`)[0]?.[0] ?? '1' }),
        done: async ({ house, path }) => assert.deepEqual(house.sql(`SELECT basic_status, out_why IS NULL FROM resident WHERE id = ${idOf(path)}`), [['1', '1']]),
    },
    'GET /kantor/keluarga/{id}/pindah': { path: family('/pindah'), has: 'Siapa yang pindah?' },
    'POST /kantor/keluarga/{id}/pindah': {
        path: family('/pindah'),
        form: async (house, path) => ({ versi: '1', langkah: 'simpan', [`orang_${memberOf(house, path, 4)}`]: '1', [`peran_${memberOf(house, path, 4)}`]: '9', tujuan: 'ada', kk: (await house.family()).kk, alasan: 'uji dinding' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM resident WHERE family_id = ${idOf(path)}`)[0][0], '3'),
    },
};
