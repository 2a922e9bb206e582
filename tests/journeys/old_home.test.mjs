// SPDX-License-Identifier: AGPL-3.0-or-later
// A home that an earlier version made, of before the baseline of migrations: it is refused in words that say what to do.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { HOME, ROOT, program, rows } from '../harness/stack.mjs';

const OLD = 'old_home_control';
const dir = mkdtempSync(path.join(os.tmpdir(), 'balai-old-home-'));
const conf = path.join(dir, 'worker.conf');

before(() => {
    rows('balai_control', `CREATE DATABASE ${OLD};
        CREATE TABLE ${OLD}.schema_step LIKE balai_control.schema_step;
        INSERT INTO ${OLD}.schema_step (name, sha256) VALUES ('0001_control', REPEAT('0', 64))`);
    writeFileSync(conf, readFileSync(path.join(HOME, 'conf/worker.conf'), 'utf8').replace(/^control_schema = .*$/m, `control_schema = ${OLD}`));
});

after(() => {
    rows('balai_control', `DROP DATABASE IF EXISTS ${OLD}`);
    rmSync(dir, { recursive: true, force: true });
});

const tables = () => rows('information_schema', `SELECT table_name FROM tables WHERE table_schema = '${OLD}'`);

function says_what_to_do(text) {
    assert.match(text, new RegExp(`${OLD} was made by a version of Balai that this one cannot migrate`));
    assert.match(text, /Move this home away/);
    assert.match(text, /BALAI_HOME=/);
}

test('balaictl migrate refuses it and changes nothing', () => {
    const done = spawnSync(program('balaictl'), ['--config', conf, 'migrate'], { encoding: 'utf8' });

    assert.notEqual(done.status, 0);
    says_what_to_do(done.stdout + done.stderr);
    assert.deepEqual(tables(), [['schema_step']]);
});

test('the step of deploy/run that migrates shows these words and ends the start', () => {
    // The line of deploy/run itself, with the programs and the configuration of this home.
    const line = readFileSync(path.join(ROOT, 'deploy/run'), 'utf8').match(/^STEP_HINT=[^\n]*\\\n +step 'migrations' balaictl migrate$/m);

    assert.ok(line, 'deploy/run migrates in a step of its own');
    const done = spawnSync('bash', ['-c', `set -euo pipefail
        . "$ROOT/deploy/lib.sh"; . "$ROOT/deploy/stack.sh"
        HOME_DIR=$DIR PROGRAMS=$PROGRAMS STEP_LOG=$DIR/run.log
        mkdir -p "$DIR/conf"; cp "$DIR/worker.conf" "$DIR/conf/worker.conf"
        ${line[0]}
        echo 'went on'`], {
        encoding: 'utf8',
        env: { ...process.env, ROOT, DIR: dir, PROGRAMS: path.dirname(program('balaictl')) },
    });

    assert.notEqual(done.status, 0);
    assert.doesNotMatch(done.stdout, /went on/);
    assert.match(done.stdout, /migrations .*FAILED/);
    says_what_to_do(done.stdout + done.stderr);
});
