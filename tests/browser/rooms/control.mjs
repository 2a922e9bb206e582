// SPDX-License-Identifier: AGPL-3.0-or-later
import { BASE } from '../../harness/stack.mjs';

export const screens = async () => [
    { as: 'nobody', host: `kelola.${BASE}`, name: 'kelola-masuk', path: '/masuk', picture: 'kelola: sign-in' },
    { as: 'kelola', host: `kelola.${BASE}`, name: 'kelola', path: '/', picture: 'kelola: all villages' },
];
