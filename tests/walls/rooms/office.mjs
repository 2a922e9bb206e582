// SPDX-License-Identifier: AGPL-3.0-or-later
import { until } from '../../harness/stack.mjs';
import { idOf, sealedWords } from '../shapes.mjs';

export const holders = { SEE_JOBS: ['clerk', 'secretary'] };

export const routes = {
    'GET /kantor': { has: (house) => house.village.name },
    'POST /kantor/temukan': { form: async () => ({ cari: 'kenari' }), done: sealedWords, before: (house) => house.residentId() },
    'GET /kantor/pekerjaan': { has: 'uji dinding', before: (house) => house.deadJob() },
    'POST /kantor/pekerjaan/{id}/ulang': {
        path: async (house, isFresh) => `/kantor/pekerjaan/${await house.deadJob(isFresh)}/ulang`,
        done: async ({ house, path }) => until('the job is done', () => house.sql(`SELECT 1 FROM outbox WHERE id = ${idOf(path)} AND state <> 4`).length === 1),
    },
};
