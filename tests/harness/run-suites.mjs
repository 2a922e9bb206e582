// SPDX-License-Identifier: AGPL-3.0-or-later
// run-suites FILE…: runs the node:test files one after another, prints each test in words, and writes
// "passed failed" to the file named by BALAI_COUNTS, and each failed test to that named by BALAI_FAILURES. A file without a test
// or with a skipped one fails.

import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';

const files = process.argv.slice(2).map((f) => path.resolve(f));
let passed = 0;
let failed = 0;

/** One more failed test, on the screen and for the end of the run. */
function fail(name, why = '') {
    failed += 1;
    console.log(`  ✗ ${name}${why}`);
    if (process.env.BALAI_FAILURES) appendFileSync(process.env.BALAI_FAILURES, `  ✗ ${name}${why.split('\n').slice(0, 25).join('\n')}\n`);
}

function words(error) {
    const cause = error?.cause ?? error;
    return (cause?.stack ?? cause?.message ?? String(cause)).split('\n').slice(0, 60).map((l) => `      ${l}`).join('\n');
}

/** Tests only: a suite and a file are not counted, except when they fail by themselves. */
async function runFile(file) {
    const begun = Date.now();
    let tests = 0;
    let leaves = 0;
    console.log(`\n${path.relative(process.cwd(), file)}`);
    const isContainer = (data) => data.details?.type === 'suite' || data.name === file || path.resolve(data.name) === file;
    const open = []; // names from the outermost suite inwards, of what runs now
    const nameOf = (data) => [...open.slice(0, data.nesting), data.name].join(' › ');
    await new Promise((resolve) => {
        const stream = run({ files: [file], concurrency: 1 });
        stream.on('test:start', (data) => { open[data.nesting] = data.name; });
        stream.on('test:pass', (data) => {
            if (isContainer(data)) return;
            tests += 1;
            if (data.skip !== undefined || data.todo !== undefined) {
                fail(nameOf(data), ': skipped tests count as failed');
                return;
            }
            leaves += 1;
            passed += 1;
            console.log(`  ✓ ${nameOf(data)} (${Math.round(data.details.duration_ms)} ms)`);
        });
        stream.on('test:fail', (data) => {
            const isByChildren = data.details?.error?.failureType === 'subtestsFailed';
            if (isByChildren) return;
            tests += 1;
            fail(nameOf(data), `\n${words(data.details.error)}`);
        });
        stream.on('test:stdout', (data) => process.stdout.write(data.message));
        stream.on('test:stderr', (data) => process.stderr.write(data.message));
        stream.on('end', resolve);
        stream.resume();
    });
    if (tests === 0) {
        fail(`${path.basename(file)}: the file has no test`);
    }
    console.log(`  ${leaves} passed in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

for (const file of files) await runFile(file);
if (process.env.BALAI_COUNTS) appendFileSync(process.env.BALAI_COUNTS, `${passed} ${failed}\n`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
