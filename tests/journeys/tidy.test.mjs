// SPDX-License-Identifier: AGPL-3.0-or-later
// What a village's tables do not keep for ever: swept each hour by the worker, and nothing younger with it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const [village] = trainingVillages();
const schema = schemaOf(village);

test('rows that no longer mean anything go after their time, and none before it', async () => {
    const device = "(SELECT id FROM kiosk_device WHERE name = 'UJI SAPU' LIMIT 1)";
    const staff = '(SELECT MIN(id) FROM staff)';
    rows(schema, `
        INSERT INTO kiosk_device (name, token_hash, made_at, made_by, enrolled_at, last_seen_at) VALUES ('UJI SAPU', UNHEX(SHA2(UUID(), 256)), NOW(6), 'uji', NOW(6), NOW(6));
        INSERT INTO kiosk_device (name, token_hash, made_at, made_by, enrolled_at, last_seen_at) VALUES ('UJI SAPU 2', UNHEX(SHA2(UUID(), 256)), NOW(6), 'uji', NOW(6), NOW(6))`);
    // [table, the column of its age, days kept, an insert of one from that moment, which rows are ours]
    const swept = [
        ['kiosk_call', 'at', 90, (at) => `INSERT INTO kiosk_call (device_id, at) VALUES (${device}, ${at})`, `device_id = ${device}`],
        ['kiosk_device', 'code_ends_at', 30, (at) => `INSERT INTO kiosk_device (code_hash, name, made_at, made_by, last_seen_at, code_ends_at) VALUES (UNHEX(SHA2(UUID(), 256)), 'UJI SAPU KODE', ${at}, 'uji', ${at}, ${at})`, "name = 'UJI SAPU KODE'"],
        ['session', 'expires_at', 0, (at) => `INSERT INTO session (token_hash, village_code, staff_id, role_version, created_at, last_seen_at, expires_at, user_agent) VALUES (UNHEX(SHA2(UUID(), 256)), '${village.code}', ${staff}, 1, ${at}, ${at}, ${at}, 'UJI SAPU')`, "user_agent = 'UJI SAPU'"],
        ['submission', 'made_at', 7, (at) => `INSERT INTO submission (key_hash, content_hash, go_to, made_at) VALUES (UNHEX(SHA2(UUID(), 256)), REPEAT('x', 32), '/uji-sapu', ${at})`, "go_to = '/uji-sapu'"],
        ['sign_in_attempt', 'last_at', 2, (at) => `INSERT INTO sign_in_attempt (key_hash, failures, first_at, last_at) VALUES (UNHEX(SHA2(UUID(), 256)), 77, ${at}, ${at})`, 'failures = 77'],
        ['export_file', 'asked_at', 90, (at) => `INSERT INTO export_file (kind, format, criteria, staff_id, asked_at, ready_at) VALUES ('uji_sapu', 'csv', '', 0, ${at}, ${at})`, "kind = 'uji_sapu'"],
        ['outbox', 'due_at', 180, (at) => `INSERT INTO outbox (kind, subject, payload, state, due_at, put_at, done_at, why) VALUES (3, 0, '{}', 4, ${at}, ${at}, ${at}, 'UJI SAPU')`, "why = 'UJI SAPU'"],
    ];
    for (const [, , days, put] of swept) {
        rows(schema, put(`NOW(6) - INTERVAL ${days} DAY - INTERVAL 1 DAY`));
        rows(schema, put(`NOW(6) - INTERVAL ${days} DAY + INTERVAL 1 DAY`));
    }
    for (const [name, ended] of [['UJI SAPU', 25], ['UJI SAPU 2', 1]]) {
        rows(schema, `INSERT INTO kiosk_visit (device_id, serial, who_hash, tapped_at, last_seen_at, ends_at)
            SELECT id, REPEAT('s', 16), REPEAT('w', 32), NOW(6), NOW(6), NOW(6) - INTERVAL ${ended} HOUR FROM kiosk_device WHERE name = '${name}'`);
    }
    rows(schema, `INSERT INTO sign_in_attempt (key_hash, failures, first_at, last_at, locked_until) VALUES (UNHEX(SHA2(UUID(), 256)), 78, NOW(6), NOW(6) - INTERVAL 9 DAY, NOW(6) + INTERVAL 1 HOUR)`);

    // Within the hour figures are published, but nothing is swept: it would stand in the way of new work.
    rows(schema, `INSERT INTO epoch (name, value) SELECT 'tidy', UNIX_TIMESTAMP() * 1000000 ON DUPLICATE KEY UPDATE value = VALUES(value);
        INSERT INTO outbox (kind, subject, payload) VALUES (2, 0, '{}')`);
    await until('the figures are published', () => value(schema, 'SELECT COUNT(*) FROM outbox WHERE kind = 2 AND state IN (1, 2)') === '0');
    assert.equal(value(schema, "SELECT COUNT(*) FROM outbox WHERE why = 'UJI SAPU'"), '2');
    rows(schema, `UPDATE epoch SET value = value - 3601 * 1000000 WHERE name = 'tidy';
        INSERT INTO outbox (kind, subject, payload) VALUES (2, 0, '{}')`);
    await until('the last of them goes', () => value(schema, "SELECT COUNT(*) FROM outbox WHERE why = 'UJI SAPU'") === '1');
    for (const [table, column, days, , where] of swept) {
        const left = rows(schema, `SELECT ${column} > NOW(6) - INTERVAL ${days} DAY FROM ${table} WHERE ${where}`).map(([young]) => young);
        assert.deepEqual(left, ['1'], table);
    }
    assert.deepEqual(rows(schema, "SELECT d.name FROM kiosk_visit v JOIN kiosk_device d ON d.id = v.device_id WHERE d.name LIKE 'UJI SAPU%'"), [['UJI SAPU 2']]);
    assert.equal(value(schema, 'SELECT COUNT(*) FROM sign_in_attempt WHERE failures = 78'), '1', 'a name that is still locked');

    rows(schema, `DELETE FROM kiosk_device WHERE name LIKE 'UJI SAPU%'; DELETE FROM session WHERE user_agent = 'UJI SAPU';
        DELETE FROM submission WHERE go_to = '/uji-sapu'; DELETE FROM sign_in_attempt WHERE failures IN (77, 78); DELETE FROM export_file WHERE kind = 'uji_sapu';
        DELETE FROM outbox WHERE why = 'UJI SAPU'`);
});
