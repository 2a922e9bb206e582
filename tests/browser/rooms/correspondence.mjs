// SPDX-License-Identifier: AGPL-3.0-or-later
import { rows, schemaOf } from '../../harness/stack.mjs';

export const screens = async ({ village }) => {
    const last = (direction, state) => rows(schemaOf(village), `SELECT MAX(id) FROM mail WHERE direction = ${direction} AND state = ${state} AND nature <> 4`)[0][0];
    return [
        { as: 'clerk', name: 'surat-masuk', path: '/kantor/surat-masuk', picture: 'incoming mail' },
        { as: 'clerk', name: 'surat-masuk-catat', path: '/kantor/surat-masuk/catat', picture: 'a letter that came is written down' },
        { as: 'head', name: 'surat-masuk-satu', path: `/kantor/surat-masuk/${last(1, 2)}`, picture: 'one letter and whom it was given to' },
        { as: 'clerk', name: 'surat-keluar', path: '/kantor/surat-keluar', picture: 'outgoing mail' },
        { as: 'clerk', name: 'surat-keluar-satu', path: `/kantor/surat-keluar/${last(2, 4)}` },
        { as: 'clerk', name: 'surat-keluar-nomor', path: '/kantor/surat-keluar/nomor' },
    ];
};
