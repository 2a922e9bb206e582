// SPDX-License-Identifier: AGPL-3.0-or-later
import { BASE } from '../../harness/stack.mjs';

export const screens = async ({ village }) => [
    { name: 'dpmd', path: '/?contoh=1', picture: 'DPMD: which village needs help' },
    { name: 'dpmd-kosong', path: '/' },
    { name: 'dpmd-desa', path: '/desa?contoh=1', picture: 'DPMD: published figures' },
    { name: 'dpmd-satu', path: `/desa/${village.code}`, picture: 'DPMD: one village' },
].map((screen) => ({ as: 'dpmd', host: `dpmd.${BASE}`, ...screen }));
