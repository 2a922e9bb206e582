// SPDX-License-Identifier: AGPL-3.0-or-later
import { check, confirm } from '../../harness/imports.mjs';
import { person, residentBook } from '../../harness/workbook.mjs';

/** Babies without names, then the file that names them: one by itself, and twins. */
async function asked(village, clerk) {
    const family = (n) => [person(n), person(n + 1)];
    const child = (n, nama, more) => person(n + 3, { nama, tanggallahir: '02-09-2026', nama_ibu: person(n + 1).nama, sex: 2, kk_level: 4, status_kawin: 1, no_kk: person(n).no_kk, ...more });
    const [one, twins] = [7800, 7808];
    const born = [child(one, 'BAYI NY ROSMINI', { nik: '0' }), child(twins, 'BAYI PERTAMA NY ROSMINI', { nik: '0' }), child(twins, 'BAYI KEDUA NY ROSMINI', { nik: '0' })];
    const first = await check(clerk, village, residentBook([...family(one), ...family(twins), ...born]), 'penduduk-oktober.xlsx');
    await confirm(clerk, village, first.id, first.page);
    const named = [child(one, 'NURUL AISYAH', { nik: '7317104209260801' }), child(twins, 'ALYA PUTRI', { nik: '7317104209260802' }), child(twins, 'BALQIS PUTRI', { nik: '7317104209260803' })];
    return (await check(clerk, village, residentBook(named), 'penduduk-november.xlsx')).id;
}

export const screens = async ({ village, clerk }) => [
    { as: 'clerk', name: 'impor', path: '/kantor/penduduk/impor' },
    { as: 'clerk', name: 'impor-sama', path: `/kantor/penduduk/impor/${await asked(village, clerk)}` },
];
