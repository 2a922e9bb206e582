// SPDX-License-Identifier: AGPL-3.0-or-later
export const routes = {
    'dpmd GET /': { has: 'Larompong Selatan' },
    'dpmd GET /kecamatan': { has: 'Larompong Selatan' },
    'dpmd GET /desa.csv': { type: /^text\/csv/ },
    'dpmd GET /arti': { has: 'Cara menghitung' },
};
