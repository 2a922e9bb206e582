// SPDX-License-Identifier: AGPL-3.0-or-later
export const screens = async () => [
    { as: 'nobody', name: 'masuk', path: '/masuk', picture: 'sign-in' },
    { as: 'nobody', name: 'tidak-ada', path: '/tidak-ada', picture: 'not found' },
];
