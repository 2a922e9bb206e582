// SPDX-License-Identifier: AGPL-3.0-or-later
import { BASE, access, rows } from '../../harness/stack.mjs';

export async function screens() {
    const [[spare]] = rows('balai_control', "SELECT code FROM village WHERE is_sample = 0 AND state IN ('trial', 'active') ORDER BY code LIMIT 1");
    const other = access().villages.find((v) => v.code === spare);
    return [
        { as: 'nobody', host: BASE, name: 'daftar-desa', path: '/', picture: 'the platform: list of villages' },
        { as: 'nobody', name: 'beranda-desa', path: '/', picture: "a village's home" },
        { as: 'nobody', host: other.host, name: 'beranda-desa-baru', path: '/', picture: "a new village's home" },
    ];
}
