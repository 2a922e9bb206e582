// SPDX-License-Identifier: AGPL-3.0-or-later
import { livingResidents } from '../../harness/letters.mjs';

export const screens = async ({ village }) => [
    { as: 'clerk', name: 'anjungan', path: '/kantor/anjungan' },
    { as: 'clerk', name: 'penduduk-kartu', path: `/kantor/penduduk/${livingResidents(village, 1)[0]}/kartu` },
];
