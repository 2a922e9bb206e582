// SPDX-License-Identifier: AGPL-3.0-or-later
export const screens = async () => [
    { as: 'clerk', name: 'kantor', path: '/kantor', picture: 'the office: what waits for me' },
    { as: 'clerk', name: 'pekerjaan', path: '/kantor/pekerjaan', picture: 'work that failed' },
];
