// SPDX-License-Identifier: AGPL-3.0-or-later
const signInPage = { has: 'Kata sandi' };
const signIn = { form: async () => ({ nama: 'tidak.ada', sandi: 'salah sekali ini' }), status: 422, has: 'tidak cocok' };
const signOut = { endsSession: true };

export const routes = {
    'kelola GET /masuk': signInPage,
    'kelola POST /masuk': signIn,
    'kelola POST /keluar': signOut,
    'dpmd GET /masuk': signInPage,
    'dpmd POST /masuk': signIn,
    'dpmd POST /keluar': signOut,
    'GET /masuk': signInPage,
    'POST /masuk': signIn,
    'POST /keluar': signOut,
};
