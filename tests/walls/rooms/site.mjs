// SPDX-License-Identifier: AGPL-3.0-or-later
export const routes = {
    'GET /': { has: (house) => house.village.name },
    'GET /layanan': { has: 'Keterangan Usaha' },
    'platform GET /': { has: (house) => house.village.name },
};
