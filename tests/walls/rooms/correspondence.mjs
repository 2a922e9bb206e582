// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { dated, dayAgo, iso, thisYear, today } from '../../harness/days.mjs';
import { asksFor, idOf, kept } from '../shapes.mjs';

export const holders = { READ_MAIL: ['clerk', 'secretary', 'head'], WRITE_MAIL: ['clerk', 'secretary'], DISPOSE_MAIL: ['secretary', 'head'], READ_SECRET_MAIL: ['secretary', 'head'] };

/** A letter of each side; one that is assigned to everybody who may read it has something to read and to report. */
const one = (home, direction) => (tail) => async (house, isFresh) => `${home}/${await house.one(`mail${direction}`, isFresh, async () => {
    const agenda = Number(house.sql(`SELECT GREATEST(COALESCE(MAX(agenda), 0), 60000) + 1 FROM mail WHERE direction = ${direction}`)[0][0]);
    house.sql(`INSERT INTO mail (direction, year, agenda, state, sender, recipient, number_text, letter_date, subject, day, written_by)
        VALUES (${direction}, ${thisYear()}, ${agenda}, ${direction === 1 ? 1 : 4}, '${house.canary}', '${house.canary}', '', '${iso(today())}', '${house.canary}', '${iso(today())}', 1)`);
    const id = Number(house.sql('SELECT MAX(id) FROM mail')[0][0]);
    house.sql(`INSERT INTO mail_disposition (mail_id, by_id, by_name, staff_id, staff_name, instruction, put_at) SELECT ${id}, 1, 'Kades', id, name, 2, NOW(6) FROM staff`);
    return id;
})}${tail}`;
const masuk = one('/kantor/surat-masuk', 1), keluar = one('/kantor/surat-keluar', 2);
const letter = { nomor: '005/1/KEC', hal: 'Undangan rapat', sifat: '1', ...dated('tanggal', dayAgo(2)) };
const received = async () => ({ ...letter, dari: 'Kantor Camat', kepada: 'Kepala Desa', ...dated('diterima', dayAgo(1)) });
const sent = async () => ({ ...letter, dari: 'Kepala Desa', kepada: 'Kantor Camat' });
/** An issued letter of the office itself; other walls of this village have put theirs. */
const officeLetter = (house) => house.one('officeLetter', false, async () => {
    const number = Math.max(64000, Number(house.sql("SELECT COALESCE(MAX(number), 0) + 1 FROM letter WHERE scope = 'mail_out'")[0][0]));
    house.sql(`INSERT INTO letter (type_id, type_version, state, about, addressed, inputs, snapshot, scope, year, number, number_text, letter_date, made_by, made_at, issued_at)
        SELECT id, version, 4, '${house.canary}', 'Camat', '{}', '{"values":{"jabatan_penandatangan":"Kepala Desa"}}', 'mail_out', YEAR(CURDATE()), ${number}, 'TEMBOK/${number}', CURDATE(), 1, NOW(6), NOW(6) FROM letter_type WHERE slug = 'undangan'`);
    return Number(house.sql('SELECT MAX(id) FROM letter')[0][0]);
});
const field = (house, path, words) => house.sql(`SELECT ${words} FROM mail WHERE id = ${idOf(path)}`)[0];

const side = (home, direction, noun, form, path, book) => ({
    [`GET ${home}`]: { has: `Surat ${noun}` },
    [`POST ${home}`]: { form: async () => ({ cari: 'camat' }) },
    [`POST ${home}/unduh`]: asksFor(book),
    [`GET ${home}/catat`]: { has: `Catat surat ${noun}` },
    [`POST ${home}/catat`]: { form, done: async ({ house }) => assert.ok(house.sql(`SELECT 1 FROM mail WHERE subject = 'Undangan rapat' AND direction = ${direction}`).length > 0) },
    [`GET ${home}/nomor`]: { has: 'Nomor berikutnya' },
    [`POST ${home}/nomor`]: {
        form: async (house) => ({ berikutnya: String(Number(house.sql(`SELECT COALESCE(MAX(last), 0) + 5 FROM letter_counter WHERE scope LIKE 'mail%'`)[0][0])) }),
        done: async ({ house }) => assert.ok(house.sql("SELECT 1 FROM audit WHERE action = 'mail.number'").length > 0),
    },
    [`GET ${home}/{id}`]: { path: path(''), has: 'Nomor agenda' },
    [`GET ${home}/{id}/ubah`]: { path: path('/ubah'), has: `Ubah surat ${noun}` },
    [`POST ${home}/{id}/ubah`]: {
        path: path('/ubah'), form: async () => ({ ...(await form()), nomor: '', versi: '1' }),
        done: async ({ house, path: at }) => assert.deepEqual(field(house, at, 'version, subject'), ['2', 'Undangan rapat']),
    },
    ...kept(home, 'mail', 'receipt', path),
});

export const routes = {
    ...side('/kantor/surat-masuk', 1, 'masuk', received, masuk, 'mail-in'),
    'POST /kantor/surat-keluar/dari-surat': {
        form: async (house) => ({ surat: String(await officeLetter(house)) }),
        done: async ({ house }) => assert.equal(house.sql(`SELECT COUNT(*) FROM mail WHERE letter_id = ${await officeLetter(house)}`)[0][0], '1'),
    },
    ...side('/kantor/surat-keluar', 2, 'keluar', sent, keluar, 'mail-out'),
    'POST /kantor/surat-masuk/{id}/disposisi': {
        path: masuk('/disposisi'), form: async (house) => ({ [`kepada_a${house.sql("SELECT id FROM staff WHERE role = 'clerk' AND is_active")[0][0]}`]: '1', disposisi: '2' }),
        done: async ({ house, path }) => assert.deepEqual(field(house, path, 'state'), ['2']),
    },
    'POST /kantor/surat-masuk/{id}/tarik': {
        path: masuk('/tarik'), form: async (house, path) => ({ tugas: house.sql(`SELECT MAX(id) FROM mail_disposition WHERE mail_id = ${idOf(path)}`)[0][0], alasan: 'salah orang' }),
        done: async ({ house, path }) => assert.ok(house.sql(`SELECT 1 FROM mail_disposition WHERE mail_id = ${idOf(path)} AND taken_back`).length > 0),
    },
    'POST /kantor/surat-masuk/{id}/catat-selesai': {
        path: masuk('/catat-selesai'), form: async (house, path) => {
            house.sql(`INSERT INTO mail_disposition (mail_id, by_id, by_name, official_id, staff_name, instruction, put_at) SELECT m.id, 1, 'Kades', o.id, o.name, 2, NOW(6) FROM official o JOIN mail m ON m.id = ${idOf(path)} LIMIT 1`);
            return { tugas: house.sql(`SELECT COALESCE(MAX(id), 1) FROM mail_disposition WHERE mail_id = ${idOf(path)}`)[0][0], hasil: 'Sudah dihadiri' };
        },
        done: async ({ house, path }) => assert.ok(house.sql(`SELECT 1 FROM mail_disposition WHERE mail_id = ${idOf(path)} AND report LIKE '%Sudah dihadiri'`).length > 0),
    },
    'GET /kantor/surat-masuk/{id}/lembar.pdf': { path: masuk('/lembar.pdf'), type: /^application\/pdf/ },
    'POST /kantor/surat-masuk/{id}/dibaca': {
        path: masuk('/dibaca'), form: async () => ({}),
        done: async ({ house, path }) => assert.ok(house.sql(`SELECT 1 FROM mail_disposition WHERE mail_id = ${idOf(path)} AND read_at IS NOT NULL`).length > 0),
    },
    'POST /kantor/surat-masuk/{id}/lapor': {
        path: masuk('/lapor'), form: async () => ({ laporan: 'Sudah dikerjakan' }),
        done: async ({ house, path }) => assert.ok(house.sql(`SELECT 1 FROM mail_disposition WHERE mail_id = ${idOf(path)} AND report = 'Sudah dikerjakan'`).length > 0),
    },
    'POST /kantor/surat-masuk/{id}/selesai': {
        path: masuk('/selesai'), form: async () => ({}),
        done: async ({ house, path }) => assert.deepEqual(field(house, path, 'state'), ['3']),
    },
    'POST /kantor/surat-keluar/{id}/kirim': {
        path: keluar('/kirim'), form: async () => ({ ...dated('dikirim', today()), versi: '1' }),
        done: async ({ house, path }) => assert.deepEqual(field(house, path, 'state'), ['5']),
    },
};
