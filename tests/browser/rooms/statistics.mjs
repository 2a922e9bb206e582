// SPDX-License-Identifier: AGPL-3.0-or-later
export const screens = async () => [
    { as: 'clerk', name: 'statistik', path: '/kantor/statistik', picture: 'statistics' },
    { as: 'clerk', name: 'statistik-pekerjaan', path: '/kantor/statistik/pekerjaan' },
];
