// SPDX-License-Identifier: AGPL-3.0-or-later
import { schemaOf, until, value } from '../../harness/stack.mjs';
import { post } from '../../walls/house.mjs';

export async function screens({ village, clerk }) {
    const download = (await post(clerk, '/kantor/penduduk/unduh', { bentuk: 'xlsx' })).location;
    await until('the list is a file', () => value(schemaOf(village), `SELECT ready_at FROM export_file WHERE id = ${/\d+$/.exec(download)[0]}`));
    return [
        { as: 'clerk', name: 'penduduk', path: '/kantor/penduduk', picture: 'residents' },
        { as: 'clerk', name: 'penduduk-unduhan', path: download },
    ];
}
