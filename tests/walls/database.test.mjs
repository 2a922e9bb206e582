// SPDX-License-Identifier: AGPL-3.0-or-later
// The database refuses too: each village's account is tried against its neighbour's schema, and against its own rules.
// The accounts' own passwords are sealed, so for the length of the test each account gets a second way in beside the first.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { HOME, access, errorsAs, rows, rowsAs, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';

const villages = access().villages;
const [first, second] = trainingVillages();
const accounts = new Map(); // code → {user, password, was}

function account(village) {
    return accounts.get(village.code);
}

before(() => {
    for (const village of villages) {
        const user = schemaOf(village);
        const was = JSON.parse(value('mysql', `SELECT Priv FROM global_priv WHERE User = '${user}' AND Host = 'localhost'`));
        const password = randomBytes(16).toString('hex');
        assert.equal(was.plugin, 'mysql_native_password', `${user}: how it signs in`);
        rows('mysql', `ALTER USER ${user}@localhost IDENTIFIED VIA mysql_native_password USING '${was.authentication_string}' ` +
            `OR mysql_native_password USING PASSWORD('${password}')`);
        accounts.set(village.code, { user, password, was: was.authentication_string });
    }
});

after(() => {
    for (const { user, was } of accounts.values()) {
        rows('mysql', `ALTER USER ${user}@localhost IDENTIFIED VIA mysql_native_password USING '${was}'`);
    }
});

/** Refused for want of a right (1044 schema, 1142 table, 1227 global, 1370 routine, 1045). */
function assertRefused(village, sql, schema = schemaOf(village)) {
    const got = rowsAs(account(village), sql, schema);
    assert.equal(got.ok, false, `${village.slug} may: ${sql}\n${got.text}`);
    assert.match(got.error, /^ERROR (1044|1045|1142|1143|1227|1290|1370|1410|1698) /, `${village.slug}: ${sql}`);
}

/** The same for many statements in one session. */
function assertAllRefused(village, statements) {
    const errors = errorsAs(account(village), statements, schemaOf(village));
    assert.equal(errors.length, statements.length, `${village.slug}: ${statements.length} statements, refused: ${errors.join('\n')}`);
    statements.forEach((sql, i) => {
        assert.match(errors[i], new RegExp(`^ERROR (1044|1142|1143|1227|1370|1410) \\(42000\\) at line ${i + 1}:`), `${village.slug}: ${sql}`);
    });
}

test('each account reads and writes its own schema', () => {
    for (const village of villages) {
        const got = rowsAs(account(village), 'SELECT code FROM identity; SELECT COUNT(*) FROM resident;', schemaOf(village));
        assert.equal(got.ok, true, got.error);
        assert.equal(got.text.split('\n')[0], village.code, 'the row of its own identity');
        const wrote = rowsAs(account(village),
            "BEGIN; INSERT INTO area (hamlet, rw, rt) VALUES ('Uji dinding', '-', '-'); SELECT ROW_COUNT(); ROLLBACK;", schemaOf(village));
        assert.equal(wrote.text.trim(), '1', wrote.error);
    }
});

test('each account reads the shared code lists and cannot write them', () => {
    const table = value('balai_ref', 'SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_rows DESC LIMIT 1');
    for (const village of villages) {
        const got = rowsAs(account(village), `SELECT COUNT(*) FROM balai_ref.${table}`);
        assert.equal(got.ok, true, got.error);
        assertRefused(village, `DELETE FROM balai_ref.${table}`);
        assertRefused(village, `DROP TABLE balai_ref.${table}`);
        assertRefused(village, 'CREATE TABLE balai_ref.mine (a INT)');
    }
});

test('no account reads or writes any neighbour, in any way', () => {
    for (const village of villages) {
        for (const other of villages) {
            if (other.code === village.code) continue;
            const theirs = schemaOf(other);
            assertAllRefused(village, [
                `SELECT nik FROM ${theirs}.resident`,
                `SELECT 1 FROM ${theirs}.identity, identity`,
                `INSERT INTO ${theirs}.area (hamlet, rw, rt) VALUES ('x', 'x', 'x')`,
                `UPDATE ${theirs}.identity SET phone = 'x'`,
                `DELETE FROM ${theirs}.letter`,
                `LOCK TABLES ${theirs}.resident READ`,
                `USE ${theirs}`,
            ]);
            assertRefused(village, 'SELECT 1', theirs);
        }
    }
});

test('a neighbour cannot even be seen', () => {
    for (const [village, other] of [[first, second], [second, first]]) {
        const theirs = schemaOf(other);
        assertRefused(village, `SHOW TABLES FROM ${theirs}`);
        for (const sql of [
            `SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '${theirs}'`,
            `SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = '${theirs}'`,
            `SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = '${theirs}'`,
            "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name IN ('balai_control', 'mysql')",
        ]) {
            const got = rowsAs(account(village), sql);
            assert.equal(got.text.trim(), '0', `${sql} ${got.error}`);
        }
        const listed = rowsAs(account(village), 'SHOW DATABASES').text.trim().split('\n').sort();
        assert.deepEqual(listed, ['balai_ref', schemaOf(village), 'information_schema'].sort());
    }
});

test('views, prepared statements, routines and files are no way round', () => {
    const theirs = schemaOf(second);
    assertRefused(first, `CREATE VIEW peek AS SELECT nik FROM ${theirs}.resident`);
    assertRefused(first, `PREPARE s FROM 'SELECT nik FROM ${theirs}.resident'`);
    assertRefused(first, `EXECUTE IMMEDIATE 'USE ${theirs}'`);
    assertRefused(first, `CREATE PROCEDURE p() SELECT nik FROM ${theirs}.resident`);
    assertRefused(first, `CREATE TABLE copy AS SELECT nik FROM ${theirs}.resident`);
    assertRefused(first, "SELECT * FROM identity INTO OUTFILE 'wall.txt'");
    assertRefused(first, "LOAD DATA INFILE '/etc/passwd' INTO TABLE area");
    const file = rowsAs(account(first), "SELECT LOAD_FILE('/etc/passwd')", schemaOf(first));
    assert.equal(file.text.trim(), 'NULL', 'LOAD_FILE gives nothing');
    assertRefused(first, 'SELECT * FROM mysql.user');
    assertRefused(first, 'SELECT secret_sealed FROM balai_control.village');
});

test('the account of a village changes no table, trigger or right, not even its own', () => {
    for (const village of villages) {
        assertAllRefused(village, [
            'CREATE TABLE mine (a INT)',
            'ALTER TABLE resident ADD COLUMN x INT',
            'DROP TABLE read_log',
            'TRUNCATE TABLE audit',
            'DROP TRIGGER audit_no_update',
            'DROP TRIGGER history_no_update',
            'DROP TRIGGER resident_event_no_delete',
            'CREATE TRIGGER mine BEFORE INSERT ON audit FOR EACH ROW SET NEW.id = 1',
            'CREATE INDEX mine ON resident (name)',
            `GRANT SELECT ON ${schemaOf(village)}.* TO root@localhost`,
            'CREATE USER mine@localhost',
            'SET GLOBAL general_log = ON',
            'SET SESSION sql_log_bin = 0',
        ]);
        const grants = rowsAs(account(village), 'SHOW GRANTS').text;
        assert.doesNotMatch(grants, /ALL PRIVILEGES|GRANT OPTION|SUPER|FILE|PROCESS/, village.slug);
        assert.match(grants, /MAX_USER_CONNECTIONS 40/);
        assert.doesNotMatch(grants, /`[^`]*[^\\]_[^`]*`\.\*/, 'a bare "_" in a grant stands for any sign');
    }
});

test('audit rows are never changed or deleted, by the village or by its triggers\' owner', () => {
    const schema = schemaOf(first);
    const [[id]] = rows(schema, 'SELECT id FROM audit ORDER BY id LIMIT 1');
    assert.ok(id, 'a training village has an audit row');
    for (const sql of [`UPDATE audit SET actor_name = 'x' WHERE id = ${id}`, `DELETE FROM audit WHERE id = ${id}`,
        `REPLACE INTO audit SELECT * FROM audit WHERE id = ${id}`]) {
        const got = rowsAs(account(first), sql, schema);
        assert.equal(got.ok, false, sql);
        assert.match(got.error, /audit rows are never|ERROR 1142/);
    }
    assert.throws(() => rows(schema, `UPDATE audit SET actor_name = 'x' WHERE id = ${id}`), /audit rows are never changed/);
    assert.throws(() => rows('balai_control', "DELETE FROM audit"), /audit rows are never deleted/);
    assert.ok(Number(value('balai_control', 'SELECT COUNT(*) FROM audit')) > 0, 'the control audit has rows to protect');
});

test('the control account has no right on any village', () => {
    const grants = rows('mysql', "SHOW GRANTS FOR balai_control@localhost").flat().join('\n');
    assert.doesNotMatch(grants, /desa_|ALL PRIVILEGES|GRANT OPTION|\*\.\* TO.*(SELECT|INSERT)/);
    assert.match(grants, /GRANT USAGE ON \*\.\*/);
});

test('no account has an empty password or another host than localhost', () => {
    const loose = rows('mysql', "SELECT User, Host FROM global_priv WHERE (Host <> 'localhost' OR JSON_VALUE(Priv, '$.authentication_string') = '') " +
        "AND User NOT IN ('mariadb.sys')");
    assert.deepEqual(loose, []);
});

test('no file of the database can be read without its key: tables, undo, redo, binlog', async () => {
    const plain = rows('information_schema', `SELECT t.name FROM innodb_sys_tablespaces t LEFT JOIN innodb_tablespaces_encryption e ON e.space = t.space
        WHERE t.name <> 'innodb_temporary' AND COALESCE(e.min_key_version, 0) = 0`);
    assert.deepEqual(plain, [], 'tablespaces that are not encrypted');
    assert.equal(value('information_schema', 'SELECT min_key_version FROM innodb_tablespaces_encryption WHERE space = 0'), '1', 'the one with undo and the villages');
    const niks = rows(schemaOf(first), 'SELECT nik FROM resident WHERE nik IS NOT NULL LIMIT 200').flat();
    assert.equal(niks.length, 200);
    rows(schemaOf(first), 'UPDATE resident SET version = version + 1; UPDATE resident SET version = version - 1; FLUSH BINARY LOGS');
    const kept = rows('mysql', 'SELECT @@innodb_max_dirty_pages_pct, @@innodb_max_dirty_pages_pct_lwm')[0];
    rows('mysql', 'SET GLOBAL innodb_max_dirty_pages_pct_lwm = 0, innodb_max_dirty_pages_pct = 0');
    try {
        await until('what was changed is in the files', () => Number(value('information_schema', "SELECT variable_value FROM global_status WHERE variable_name = 'INNODB_BUFFER_POOL_PAGES_DIRTY'")) < 20);
    } finally {
        rows('mysql', `SET GLOBAL innodb_max_dirty_pages_pct = ${kept[0]}, innodb_max_dirty_pages_pct_lwm = ${kept[1]}`);
    }
    const found = spawnSync('grep', ['-rlaF', '-f', '-', path.join(HOME, 'mariadb/data')], { input: `${niks.join('\n')}\n`, encoding: 'utf8' });
    assert.equal(found.status, 1, `in plain text: ${found.stdout}${found.stderr}`);
});
