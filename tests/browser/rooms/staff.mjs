// SPDX-License-Identifier: AGPL-3.0-or-later
import { schemaOf, value } from '../../harness/stack.mjs';

export const screens = async ({ village }) => [
    { as: 'secretary', name: 'pengaturan', path: '/kantor/pengaturan', picture: "the village's identity" },
    { as: 'secretary', name: 'perangkat', path: '/kantor/pengaturan/perangkat', picture: 'officials' },
    { as: 'secretary', name: 'perangkat-satu', path: `/kantor/pengaturan/perangkat/${value(schemaOf(village), "SELECT MIN(id) FROM official WHERE is_active AND office = 'head'")}`, picture: 'who stands in' },
    { as: 'secretary', name: 'perangkat-tambah', path: '/kantor/pengaturan/perangkat/tambah' },
    { as: 'secretary', name: 'tanda-tangan', path: '/kantor/pengaturan/tanda-tangan', picture: 'the e-sign service' },
    { as: 'secretary', name: 'petugas', path: '/kantor/pengaturan/petugas', picture: 'staff' },
];
