// SPDX-License-Identifier: AGPL-3.0-or-later
export const routes = {
    'dpmd GET /': { has: 'perlu dibantu' },
    'dpmd GET /desa': { has: 'Larompong Selatan' },
    'dpmd GET /desa/{kode}': { path: async (house) => `/desa/${house.village.code}`, has: 'Hubungi' },
    'dpmd POST /desa/{kode}/catatan': {
        path: async (house) => `/desa/${house.village.code}/catatan`, form: async () => ({ catatan: 'Ditelepon, diangkat sekretaris' }),
        done: async ({ answer, client }) => (await client.follow(answer)).must(200, 'Ditelepon, diangkat sekretaris'),
    },
    'dpmd GET /kecamatan': { has: 'Larompong Selatan' },
    'dpmd GET /desa.csv': { type: /^text\/csv/ },
    'dpmd GET /arti': { has: 'Cara menghitung' },
};
