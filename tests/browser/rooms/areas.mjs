// SPDX-License-Identifier: AGPL-3.0-or-later
import { rows, schemaOf } from '../../harness/stack.mjs';

export const screens = async ({ village }) => {
    const at = `/kantor/wilayah/${rows(schemaOf(village), "SELECT MIN(area_id) FROM resident WHERE basic_status = 1")[0][0]}`;
    return [
        { as: 'clerk', name: 'wilayah', path: '/kantor/wilayah' },
        { as: 'clerk', name: 'wilayah-tambah', path: '/kantor/wilayah/tambah' },
        { as: 'clerk', name: 'wilayah-satu', path: at },
        { as: 'clerk', name: 'wilayah-ubah', path: `${at}/ubah` },
        { as: 'clerk', name: 'wilayah-gabung', path: `${at}/gabung` },
        { as: 'clerk', name: 'wilayah-hapus', path: `${at}/hapus` },
    ];
};
