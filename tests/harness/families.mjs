// SPDX-License-Identifier: AGPL-3.0-or-later
// Families as the database has them, and new ones for a test of its own, so that no two tests meet in one.

import { rows, schemaOf, value } from './stack.mjs';

let serial = 0;

const four = (n) => String(n % 10000).padStart(4, '0');

/** `number` of a rising serial, until nothing that `used` asks for has it. */
function unused(village, number, used) {
    for (;;) {
        serial += 1;
        const made = `${village.code.slice(0, 6)}${number(serial)}`;
        if (!made.endsWith('0000') && value(schemaOf(village), `SELECT COUNT(*) FROM ${used} = '${made}'`) === '0') return made;
    }
}
/** Numbers nobody has: of a NIK that fits birth date and sex, and of a family card. */
export const freshNumber = (village, start = '010180') => unused(village, (n) => `${start}${four(process.pid * 7 + n * 131)}`, 'resident WHERE nik');
export const freshKk = (village) => unused(village, (n) => `99${four(process.pid)}${four(n)}`, 'family WHERE kk_no');

/** Forms choose from the hamlets that the village has. */
export function haveHamlets(village, ...names) {
    for (const name of names) rows(schemaOf(village), `INSERT IGNORE INTO area (hamlet) VALUES ('${name}')`);
}

/** {id, kk, members: [ids]}: `people` are [role, sex, birth year, name]; all of one hamlet. */
export function makeFamily(village, people, hamlet = 'UJI KELUARGA') {
    const schema = schemaOf(village);
    const kk = freshKk(village);
    rows(schema, `INSERT IGNORE INTO area (hamlet, rw, rt) VALUES ('${hamlet}', '001', '002');
        INSERT INTO family (kk_no, address, area_id) SELECT '${kk}', 'Jalan Uji 1', id FROM area WHERE hamlet = '${hamlet}' AND rw = '001' AND rt = '002'`);
    const id = Number(value(schema, `SELECT id FROM family WHERE kk_no = '${kk}'`));
    const members = people.map(([role, sex, year, name]) => {
        const nik = freshNumber(village, `${sex === 2 ? 41 : '01'}01${String(year).slice(2)}`);
        rows(schema, `INSERT INTO resident (nik, name, sex, birth_place, birth_date, religion, occupation, marital, area_id, family_id, family_role, citizenship)
            SELECT '${nik}', '${name}', ${sex}, 'LAROMPONG', '${year}-01-01', 1, 1, 1, area_id, id, ${role}, 1 FROM family WHERE id = ${id};
            INSERT IGNORE INTO resident_word (word, resident_id) SELECT '${name.split(' ')[0].toLowerCase()}', id FROM resident WHERE nik = '${nik}';
            INSERT IGNORE INTO resident_word (word, resident_id) SELECT '${name.split(' ').at(-1).toLowerCase()}', id FROM resident WHERE nik = '${nik}'`);
        return Number(value(schema, `SELECT id FROM resident WHERE nik = '${nik}'`));
    });
    rows(schema, `UPDATE family SET head_id = (SELECT MIN(id) FROM resident WHERE family_id = ${id} AND family_role = 1) WHERE id = ${id}`);
    return { id, kk, members };
}

/** A couple with two children, the usual family of a test. */
export function usualFamily(village, word = 'UJIAN') {
    return makeFamily(village, [[1, 1, 1980, `RAHMAN ${word}`], [3, 2, 1983, `HALIMAH ${word}`], [4, 1, 2004, `ANWAR ${word}`], [4, 2, 2012, `RINI ${word}`]]);
}

export const familyRow = (village, id) => {
    const [[kk, head, address, hamlet, version]] = rows(schemaOf(village),
        `SELECT f.kk_no, IFNULL(f.head_id, 0), f.address, a.hamlet, f.version FROM family f JOIN area a ON a.id = f.area_id WHERE f.id = ${id}`);
    return { kk, head: Number(head), address, hamlet, version: Number(version) };
};
export const residentRow = (village, id) => {
    const [[family, role, status, version, area]] = rows(schemaOf(village),
        `SELECT IFNULL(family_id, 0), IFNULL(family_role, 0), basic_status, version, area_id FROM resident WHERE id = ${id}`);
    return { family: Number(family), role: Number(role), status: Number(status), version: Number(version), area: Number(area) };
};
/** What stands in a person's history: [[kind, reason, changes]], oldest first. */
export const historyOf = (village, id) => rows(schemaOf(village),
    `SELECT kind, reason, changes, staff_name, version FROM history WHERE owner = 'resident' AND owner_id = ${id} ORDER BY id`)
    .map(([kind, reason, changes, who, version]) => ({ kind, reason, changes: JSON.parse(changes), who, version: Number(version) }));
export const living = (village) => Number(value(schemaOf(village), 'SELECT COUNT(*) FROM resident WHERE basic_status = 1'));
