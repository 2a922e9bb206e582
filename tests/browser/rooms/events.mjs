// SPDX-License-Identifier: AGPL-3.0-or-later
import { dated, dayAgo } from '../../harness/days.mjs';
import { schemaOf, value } from '../../harness/stack.mjs';
import { usualFamily } from '../../harness/families.mjs';
import { post } from '../../walls/house.mjs';

export async function screens({ village, clerk }) {
    const family = usualFamily(village, 'CONTOH');
    const gone = usualFamily(village, 'PERGI').members[3];
    (await post(clerk, `/kantor/penduduk/${gone}/kematian`,
        { versi: '1', langkah: 'simpan', ...dated('tanggal', dayAgo(400)), tempat: 'Rumah', pelapor: 'Halimah' })).must(303);
    const event = Number(value(schemaOf(village), `SELECT id FROM resident_event WHERE resident_id = ${gone}`));
    return [
        { as: 'clerk', name: 'peristiwa', path: '/kantor/peristiwa', picture: 'births, deaths, moves' },
        { as: 'clerk', name: 'peristiwa-satu', path: `/kantor/peristiwa/${event}` },
        { as: 'clerk', name: 'peristiwa-perbaiki', path: `/kantor/peristiwa/${event}/perbaiki` },
        { as: 'clerk', name: 'peristiwa-batal', path: `/kantor/peristiwa/${event}/batal` },
        { as: 'clerk', name: 'peristiwa-catat', path: '/kantor/peristiwa/catat' },
        { as: 'clerk', name: 'peristiwa-cari', path: '/kantor/peristiwa/catat/kematian' },
        { as: 'clerk', name: 'peristiwa-kedatangan', path: '/kantor/peristiwa/kedatangan' },
        { as: 'clerk', name: 'peristiwa-kematian', path: `/kantor/penduduk/${family.members[0]}/kematian` },
        { as: 'clerk', name: 'peristiwa-kepindahan', path: `/kantor/penduduk/${family.members[0]}/kepindahan` },
        { as: 'clerk', name: 'peristiwa-hilang', path: `/kantor/penduduk/${family.members[1]}/hilang` },
        { as: 'clerk', name: 'peristiwa-kelahiran', path: `/kantor/keluarga/${family.id}/kelahiran` },
    ];
}
