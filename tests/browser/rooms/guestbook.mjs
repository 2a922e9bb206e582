// SPDX-License-Identifier: AGPL-3.0-or-later
import { rows, schemaOf } from '../../harness/stack.mjs';

export const screens = async ({ village }) => [
    { as: 'clerk', name: 'buku-tamu', path: '/kantor/tamu', picture: 'the guest book' },
    { as: 'clerk', name: 'buku-tamu-catat', path: '/kantor/tamu/catat', picture: 'a guest is written down' },
    { as: 'clerk', name: 'buku-tamu-satu', path: `/kantor/tamu/${rows(schemaOf(village), 'SELECT MAX(id) FROM guest')[0][0]}`, picture: 'one visit' },
];
