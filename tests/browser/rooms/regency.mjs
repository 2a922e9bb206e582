// SPDX-License-Identifier: AGPL-3.0-or-later
import { BASE } from '../../harness/stack.mjs';

export const screens = async () => [{ as: 'dpmd', host: `dpmd.${BASE}`, name: 'dpmd', path: '/', picture: 'DPMD: published figures' }];
