// SPDX-License-Identifier: AGPL-3.0-or-later
import { usualFamily } from '../../harness/families.mjs';

export async function screens({ village }) {
    const { id, members } = usualFamily(village, 'CONTOH');
    return [
        { as: 'clerk', name: 'keluarga', path: '/kantor/keluarga', picture: 'families' },
        { as: 'clerk', name: 'keluarga-satu', path: `/kantor/keluarga/${id}`, picture: 'one family' },
        { as: 'clerk', name: 'keluarga-ubah', path: `/kantor/keluarga/${id}/ubah` },
        { as: 'clerk', name: 'keluarga-kepala', path: `/kantor/keluarga/${id}/kepala` },
        { as: 'clerk', name: 'keluarga-pindah', path: `/kantor/keluarga/${id}/pindah` },
        { as: 'clerk', name: 'penduduk-keluarkan', path: `/kantor/penduduk/${members[0]}/keluarkan` },
    ];
}
