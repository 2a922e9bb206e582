// SPDX-License-Identifier: AGPL-3.0-or-later
import { at } from '../shapes.mjs';

export const routes = {
    'GET /kantor/statistik': { has: 'Statistik penduduk', before: (house) => house.residentId() },
    'GET /kantor/statistik/{jenis}': { path: at('/kantor/statistik/agama'), has: 'Belum mengisi', before: (house) => house.residentId() },
    'GET /kantor/statistik/{jenis}/tabel.xlsx': { path: at('/kantor/statistik/agama/tabel.xlsx'), type: /spreadsheetml/ },
    'GET /kantor/statistik/{jenis}/tabel.csv': { path: at('/kantor/statistik/agama/tabel.csv'), type: /^text\/csv/ },
};
