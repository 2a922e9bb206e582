// SPDX-License-Identifier: AGPL-3.0-or-later
import { livingResidents } from '../../harness/letters.mjs';

export const screens = async ({ village }) => [
    { as: 'nobody', name: 'ambil-surat-salah', path: `/surat/ambil/${'a'.repeat(42)}A` },
    { as: 'clerk', name: 'penduduk-surel', path: `/kantor/penduduk/${livingResidents(village, 1)[0]}/surel` },
];
