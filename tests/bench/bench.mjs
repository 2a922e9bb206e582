// SPDX-License-Identifier: AGPL-3.0-or-later
// The figures of deploy/bench. Each prints `name value unit limit ratio`; a ratio of 1 or more reaches the limit.
// Load comes from the same machine, so rates are low-side; what matters is the ratio and its course over time.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client, send as ask, staff, urlencoded } from '../harness/client.mjs';
import { BASE, HOME, PORT, ROOT, access, balaictl, pidOf, rows, runDir, schemaOf, staffOf, together, trainingVillages, until, value } from '../harness/stack.mjs';
import { statementsOf } from '../harness/villages.mjs';
import { besideSeconds, cpuSeconds, drafts, here, importRate, lettersIssued, middle, papers, scratch, second, statusKb, village, visitAll, wrk } from './load.mjs';
import { growth } from './growth.mjs';
import { overAll, pileOf } from './many.mjs';

const wanted = process.argv.slice(2);

/** limit 0: none. `isLess`: the value should be at most the limit. Printed when asked for, or when nothing is. */
function figure(name, measured, unit, limit, isLess = false) {
    if (wanted.length && !wanted.includes(name)) return;
    const ratio = limit ? (isLess ? limit / measured : measured / limit).toFixed(2) : '-';
    console.log(`${name} ${Number(measured.toPrecision(4))} ${unit} ${limit || '-'} ${ratio}`);
}

/** Gives everybody one of 2,000 names, as a real place has; → what a clerk would type to find some of them. */
function nameEveryone(schema) {
    const first = 'ABDUL ANDI SITTI MUHAMMAD NUR HASAN RAHMA BASO BESSE DAENG AMBO INDO SYAHRUL ROSMINI FITRI AGUS YUSUF MARIA PETRUS DARWIS HALIMAH FATMA ESRA DAUD BERTHA AISYAH TENRI MIRNA SUKMA RUKIAH ASRIANI KAMAL LUKMAN JAMAL IRFAN RISKA DEWI PUTRI WAHIDAH AGUSTINA'.split(' ');
    const last = 'RAHMAN HALIM SAMAD HAMID PALIMBONG RANTE NURHALIZA TUWO MAPPANYUKKI HAWA MATTOLA SAMBO TANDILANGI BUNGA KEBO SANGNGING LATIF KADIR YASIN LALLO DALLE PAWELOI HAKIM JUFRI SALIM AMIN ARIF BAHAR CALLA DARMA EFENDI FAUZI GANI HARUN IDRIS JABIR KASIM LABA MADE NASIR OSMAN PATTA QADIR RAUF SAID TAHIR UMAR WAHAB YAHYA ZAIN'.split(' ');
    const of = (list, n) => `ELT(1 + ${n} % ${list.length}, ${list.map((w) => `'${w}'`).join()})`;
    rows(schema, `UPDATE resident SET name = CONCAT(${of(first, 'id')}, ' ', ${of(last, `(id DIV ${first.length})`)});
        DELETE FROM resident_word;
        INSERT INTO resident_word (word, resident_id) SELECT LOWER(SUBSTRING_INDEX(name, ' ', 1)), id FROM resident;
        INSERT IGNORE INTO resident_word (word, resident_id) SELECT LOWER(SUBSTRING_INDEX(name, ' ', -1)), id FROM resident;
        ANALYZE TABLE resident, resident_word`);
    return first.map((word, i) => `${last[(i * 7) % last.length].toLowerCase()} ${word.toLowerCase().slice(0, 3)}`);
}

/** How often a second the database alone, asked by 8 clients, runs the statements of `pages` pages. */
async function bareRate(schema, sql, pages) {
    const many = Math.max(1, Math.round(400 / pages));
    const begun = process.hrtime.bigint();
    await Promise.all(Array.from({ length: 8 }, () => new Promise((resolve, reject) => {
        const client = spawn('mariadb', [`--defaults-file=${HOME}/secrets/root.cnf`, schema], { stdio: ['pipe', 'ignore', 'inherit'] });
        client.on('error', reject).on('close', resolve);
        client.stdin.end(`${sql.join(';')};`.repeat(many));
    })));
    return (8 * many * pages) / (Number(process.hrtime.bigint() - begun) / 1e9);
}

/** The database alone and the page by turns, since others may use the machine, too; of three the middle ones. */
async function turns(alone, page) {
    const bare = [];
    const got = [];
    for (let i = 0; i < 3; i++) {
        bare.push(await alone());
        got.push(page());
    }
    const [at] = got.map((_, i) => i).sort((a, b) => got[a].rate - got[b].rate).slice(1);
    return { bare: middle(bare), got: got[at] };
}

/** A statement of a .sql file, with its parts put in. */
function statementOf(file, name) {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    const of = (word) => new RegExp(`-- ${word}: .*\n(?:--.*\n)*([^;]+);`).exec(text)[1].replace(/\{([a-z_]+)\}/g, (_, part) => of(part));
    return of(name);
}

const figures = {
    async 'provision_one provision_all village_tables'() {
        const file = path.join(scratch, 'one.tsv');
        writeFileSync(file, 'code\tkind\tname\tdistrict\n7317102099\tD\tUji Kecepatan\tLarompong Selatan\n');
        const told = balaictl('provision', '--file', file);
        figure('provision_one', Number(/ready in\s+(\d+) ms/.exec(told)[1]), 'ms', 1000, true);
        const seconds = [readFileSync(path.join(HOME, 'log/provision.log'), 'utf8'), readFileSync(path.join(HOME, 'log/run.log'), 'utf8')]
            .map((text) => Number(/newly made in ([\d.]+) s/.exec(text)?.[1] ?? 0));
        figure('provision_all', seconds[0] + seconds[1], 's', 60, true);
        figure('village_tables', Number(value('information_schema', `SELECT COUNT(*) FROM tables WHERE table_schema = '${schemaOf(village)}'`)), 'tables', 60, true);
    },

    async 'hello hello_p99'() {
        const got = wrk(here('/healthz'), { headers: { Host: BASE } });
        figure('hello', got.rate, 'req/s', 0);
        figure('hello_p99', got.p99, 'ms', 0);
    },

    /** Warm public home against libh2o with the same bytes behind the same nginx. */
    async public_home() {
        const headers = { 'accept-encoding': 'gzip' };
        await ask(village.host, 'GET', '/', { headers });
        const page = await ask(village.host, 'GET', '/', { headers });
        const skip = new Set(['server', 'date', 'connection', 'content-length', 'keep-alive', 'transfer-encoding', 'x-request-id']);
        writeFileSync(path.join(scratch, 'headers'), Object.entries(page.headers).filter(([n]) => !skip.has(n)).map(([n, v]) => `${n}: ${v}\n`).join(''));
        writeFileSync(path.join(scratch, 'body'), page.bytes);
        const program = path.join(scratch, 'static');
        execFileSync('gcc', ['-O2', path.join(ROOT, 'tests/bench/static.c'), '-o', program, '-lh2o', '-luv', '-lssl', '-lcrypto', '-lpthread']);
        const conf = readFileSync(path.join(HOME, 'conf/nginx.conf'), 'utf8');
        const loops = [...conf.matchAll(/balai-\d+\.sock/g)].length;
        const port = PORT + 1000 < 65000 ? PORT + 1000 : PORT - 1000;
        writeFileSync(path.join(scratch, 'nginx.conf'), conf.replaceAll(`${runDir()}/balai-`, `${scratch}/static-`).replace(`pid ${runDir()}`, `pid ${scratch}`)
            .replaceAll(`:${PORT} `, `:${port} `).replaceAll(`:${PORT + 1} `, `:${port + 1} `).replaceAll(`${HOME}/tmp/nginx`, scratch).replaceAll(`${HOME}/log`, scratch));
        const parts = [spawn(program, [`${scratch}/static`, String(loops), `${scratch}/headers`, `${scratch}/body`], { stdio: 'inherit' })];
        try {
            await until('the static server listens', () => existsSync(`${scratch}/static-${loops - 1}.sock`), 10);
            parts.push(spawn('nginx', ['-e', `${scratch}/nginx-error.log`, '-p', scratch, '-c', `${scratch}/nginx.conf`], { stdio: 'inherit' }));
            const its = `http://127.0.0.1:${port}/`;
            const load = { headers: { Host: village.host, 'Accept-Encoding': 'gzip' } };
            await until('its nginx answers', () => { wrk(its, { ...load, seconds: 1, connections: 2 }); return true; }, 10);
            const turns = { ours: [], limit: [] };
            for (let i = 0; i < 3; i++) {
                turns.limit.push(wrk(its, { ...load, seconds: 5 }).rate);
                turns.ours.push(wrk(here('/'), { ...load, seconds: 5 }).rate);
            }
            figure('public_home', middle(turns.ours), 'req/s', Math.round(0.8 * middle(turns.limit)));
        } finally {
            for (const part of parts.reverse()) part.kill('SIGTERM');
        }
    },

    async letter_issue() {
        figure('letter_issue', await lettersIssued(800), 'letters/s', 100);
    },

    /** Of 10,000 letters, pressed by eight clerks at once, the numbers that stand twice or were left out. */
    async letter_double() {
        const before = Number(value(schemaOf(village), "SELECT SUM(last) FROM letter_counter WHERE scope NOT LIKE 'mail%'")) || 0;
        await lettersIssued(10_000);
        const [[twice, words]] = rows(schemaOf(village), 'SELECT COUNT(number) - COUNT(DISTINCT scope, year, number), COUNT(number) - COUNT(DISTINCT number_text, YEAR(letter_date)) FROM letter');
        const left = Number(value(schemaOf(village), "SELECT SUM(last) FROM letter_counter WHERE scope NOT LIKE 'mail%'")) - before - 10_000;
        if (Number(twice) + Number(words) + left !== 0) throw new Error(`letter_double: ${twice} numbers and ${words} words twice, ${left} left out`);
        figure('letter_double', 0, 'numbers', 0);
    },

    /**
     * The worker alone, its own CPU: letters are issued while it is held, then it has them all to itself. `letter_render`: from a frozen letter
     * to the sealed PDF; `letter_render_whole`: with the queue, what is read, and storing.
     */
    async 'letter_render letter_render_whole'() {
        const clerks = await together(Array.from({ length: 4 }), 4, () => staff(village, 'clerk', { ownConnections: true }));
        const all = await drafts(clerks, 400);
        const worker = pidOf('balai-worker');
        process.kill(worker, 'SIGSTOP');
        try {
            await together(clerks, 4, async (clerk) => {
                for (const d of all.filter((x) => x.clerk === clerk)) (await clerk.post(d.action, d.fields)).must(303);
            });
        } finally {
            process.kill(worker, 'SIGCONT');
        }
        const cpu = cpuSeconds(worker), beside = besideSeconds(worker);
        await papers(all);
        figure('letter_render', all.length / (besideSeconds(worker) - beside), 'letters/s/core', 250);
        figure('letter_render_whole', all.length / (cpuSeconds(worker) - cpu), 'letters/s/core', 0);
    },

    /** One who writes: the p95 of 60 previews of a whole type, each with another word in it, from the press to the answer. */
    async editor_preview() {
        const secretary = await staff(village, 'secretary');
        const id = value(schemaOf(village), "SELECT id FROM letter_type WHERE slug = 'keterangan-usaha'");
        const page = (await secretary.get(`/kantor/jenis-surat/${id}/isi`)).must(200);
        const fields = [...secretary.fill(page, {}, '#editor').fields, ['diam', '1']];
        const text = page.page.querySelector('#markup').text;
        const took = [];
        for (let i = 0; i < 60; i++) {
            const begun = process.hrtime.bigint();
            (await secretary.post(`/kantor/jenis-surat/${id}/isi/pratinjau`, fields.map(([name, was]) => [name, name === 'markup' ? `${text}\n\nKata ${i}.` : was]))).must(200);
            took.push(Number(process.hrtime.bigint() - begun) / 1e6);
        }
        figure('editor_preview', took.sort((a, b) => a - b)[Math.floor(took.length * 0.95)], 'ms', 300, true);
    },

    /** Open loop: 50 presses a second, from the press to the stored PDF. */
    async letter_issue_p99() {
        const clerks = await together(Array.from({ length: 8 }), 4, () => staff(village, 'clerk', { ownConnections: true }));
        const all = await drafts(clerks, 400);
        const sent = new Map();
        await Promise.all(all.map((d, i) => new Promise((resolve, reject) => setTimeout(() => {
            sent.set(d.id, Date.now());
            d.clerk.post(d.action, d.fields).then((a) => (a.status === 303 ? resolve() : reject(new Error(`${a.status}`))), reject);
        }, i * 20))));
        await papers(all);
        const took = rows(schemaOf(village), `SELECT id, UNIX_TIMESTAMP(rendered_at) * 1000 FROM letter WHERE id IN (${all.map((d) => d.id).join()})`)
            .map(([id, at]) => Number(at) - sent.get(Number(id))).sort((a, b) => a - b);
        figure('letter_issue_p99', took[Math.floor(took.length * 0.99)], 'ms', 100, true);
    },

    /** One letter for 3,000 people, from the press to the files, and what a reader of the public page feels of it. */
    async 'bulk_3000 bulk_3000_public_before bulk_3000_public_during'() {
        if (Number(value(schemaOf(second), 'SELECT COUNT(*) FROM resident')) < 10_000) await importRate(0);
        const got = await pileOf(3000);
        figure('bulk_3000', got.seconds, 's', 20, true);
        figure('bulk_3000_public_before', got.before, 'ms', 0);
        figure('bulk_3000_public_during', got.during, 'ms', Number((2 * got.before).toPrecision(3)), true);
    },

    /** 32 clerks over all villages, from press to paper; the limit: 0.7 of the papers that the worker makes alone on the same cores. */
    async 'letter_issue_207 letter_issue_207_alone'() {
        const got = await overAll(32, 6);
        figure('letter_issue_207', got.whole, 'letters/s', Math.round(0.7 * got.alone));
        figure('letter_issue_207_alone', got.alone, 'letters/s', 0);
    },

    /** 48,000 residents in three files, of three the middle one. */
    async import_rows() {
        const rates = [];
        for (let n = 0; n < 3; n++) rates.push(await importRate(n));
        figure('import_rows', middle(rates), 'rows/s', 10000);
    },

    /** The limit: 0.75 of what the database alone does with the statements of a page whose menu was counted just now. */
    async 'resident_list resident_list_bare resident_list_p99'() {
        if (Number(value(schemaOf(second), 'SELECT COUNT(*) FROM resident')) < 40_000) await figures.import_rows();
        const clerk = await staff(second, 'clerk');
        const sent = await statementsOf(second, () => clerk.get('/kantor/penduduk'));
        const sql = sent.filter((text) => /^SELECT/.test(text) && !/FROM letter /.test(text));
        const headers = { Host: second.host, Cookie: [...clerk.cookies].map(([k, v]) => `${k}=${v}`).join('; ') };
        const { bare, got } = await turns(() => bareRate(schemaOf(second), sql, 1), () => wrk(here('/kantor/penduduk'), { headers, seconds: 5 }));
        figure('resident_list', got.rate, 'req/s', Math.round(0.75 * bare));
        figure('resident_list_bare', bare, 'req/s', 0);
        figure('resident_list_p99', got.p99, 'ms', 40, true);
    },

    /** The guest book's first page of 3,000 guests. */
    async 'guest_list guest_list_p99'() {
        rows(schemaOf(second), `INSERT INTO guest (name, origin, meets, purpose, came_on, written_by)
            SELECT CONCAT('Tamu ', seq), 'Kantor Camat', 'Kepala desa', 'Undangan', CURRENT_DATE - INTERVAL seq DIV 10 DAY, 1 FROM seq_1_to_3000; ANALYZE TABLE guest`);
        const clerk = await staff(second, 'clerk');
        (await clerk.get('/kantor/tamu')).must(200, 'Kantor Camat');
        const got = wrk(here('/kantor/tamu'), { headers: { Host: second.host, Cookie: [...clerk.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } });
        figure('guest_list', got.rate, 'req/s', 3000);
        figure('guest_list_p99', got.p99, 'ms', 0);
    },

    /** Two beginnings of a name's words, typed into the list: the part htmx asks for. The limit: 0.85 of what the database alone does with its statements on words. */
    async 'resident_search resident_search_bare resident_search_p99'() {
        if (Number(value(schemaOf(second), 'SELECT COUNT(*) FROM resident')) < 40_000) await figures.import_rows();
        const names = nameEveryone(schemaOf(second));
        const clerk = await staff(second, 'clerk');
        const { fields } = clerk.fill(await clerk.get('/kantor/penduduk'), {}, 'main form[action="/kantor/penduduk"]');
        const bodies = names.map((words) => urlencoded(fields.map(([n, v]) => [n, n === 'cari' ? words : v])));
        const headers = { 'sec-fetch-site': 'same-origin', 'hx-request': 'true', 'content-type': 'application/x-www-form-urlencoded' };
        rows('mysql', "SET GLOBAL log_output = 'TABLE'; TRUNCATE general_log; SET GLOBAL general_log = ON");
        for (const body of bodies) (await clerk.request('POST', '/kantor/penduduk', { body, headers })).must(200, 'Menampilkan');
        rows('mysql', 'SET GLOBAL general_log = OFF');
        const sql = rows('mysql', "SELECT argument FROM general_log WHERE command_type = 'Query' AND argument LIKE 'SELECT%resident_word%' AND argument NOT LIKE '%general_log%'").map(([text]) => text);
        if (sql.length < bodies.length) throw new Error(`${sql.length} statements on words for ${bodies.length} searches`);
        const load = { bodies, seconds: 5, headers: { ...headers, Host: second.host, Origin: `http://${second.host}`, Cookie: [...clerk.cookies].map(([k, v]) => `${k}=${v}`).join('; ') } };
        const { bare, got } = await turns(() => bareRate(schemaOf(second), sql, bodies.length), () => wrk(here('/kantor/penduduk'), load));
        figure('resident_search', got.rate, 'req/s', Math.round(0.85 * bare));
        figure('resident_search_bare', bare, 'req/s', 0);
        figure('resident_search_p99', got.p99, 'ms', 0);
    },

    /** One request at a time: the page by age at 50,000 residents, nothing kept from the last one; beside it the bare statement. */
    async ['statistics_age statistics_age_statement']() {
        if (Number(value(schemaOf(second), 'SELECT COUNT(*) FROM resident')) < 40_000) await figures.import_rows();
        const clerk = await staff(second, 'clerk');
        const middle = (list) => list.sort((a, b) => a - b)[list.length >> 1];
        const pages = [];
        for (let i = 0; i < 60; i++) {
            const begun = process.hrtime.bigint();
            (await clerk.get('/kantor/statistik/umur')).must(200);
            pages.push(Number(process.hrtime.bigint() - begun) / 1e6);
        }
        figure('statistics_age', middle(pages.slice(10)), 'ms', 20, true);
        const sql = statementOf('tenants/village/statistics/statistics.sql', 'statistics_age').replaceAll(':today', 'CURDATE()');
        const told = rows(schemaOf(second), `SET profiling = 1; ${`${sql};`.repeat(15)} SHOW PROFILES`).filter(([, , query]) => query?.startsWith('SELECT 0 AS code'));
        figure('statistics_age_statement', middle(told.map(([, seconds]) => Number(seconds) * 1000)), 'ms', 0);
    },

    /** B.1 on paper, from the asking to the file, for 20,000 of a village's people; beside it the bare statement, which is run twice. */
    async ['book_b1_20000 book_b1_statement']() {
        if (Number(value(schemaOf(second), 'SELECT COUNT(*) FROM resident')) < 40_000) await figures.import_rows();
        const clerk = await staff(second, 'clerk');
        const share = 20_000 / Number(value(schemaOf(second), 'SELECT COUNT(*) FROM resident WHERE basic_status = 1'));
        const asked = (await clerk.submit((await clerk.get('/kantor/buku/b1')).must(200), {}, '#minta-pdf')).must(303);
        const took = await until('the book is made', () => rows(schemaOf(second), `SELECT TIMESTAMPDIFF(MICROSECOND, e.asked_at, o.done_at) FROM export_file e
            JOIN outbox o ON o.kind = 6 AND o.subject = e.id WHERE e.id = ${/\d+$/.exec(asked.location)[0]} AND e.file_id IS NOT NULL AND o.state = 3`)[0], 300);
        figure('book_b1_20000', (Number(took[0]) / 1e6) * share, 's', 10, true);
        const sql = statementOf('tenants/village/books/books.sql', 'book_person');
        const turns = [];
        for (let i = 0; i < 3; i++) {
            const begun = process.hrtime.bigint();
            execFileSync('mariadb', [`--defaults-file=${HOME}/secrets/root.cnf`, '--quick', '-N', schemaOf(second), '-e', sql], { stdio: ['ignore', 'ignore', 'inherit'] });
            turns.push(Number(process.hrtime.bigint() - begun) / 1e9);
        }
        figure('book_b1_statement', 2 * middle(turns) * share, 's', 0);
        console.error(`book_b1: ${(Number(took[0]) / 1e6 / (2 * middle(turns))).toFixed(1)} times its statement, run twice`);
    },

    /** After every village was visited. */
    async rss_server() {
        await visitAll();
        const connections = rows('information_schema', "SELECT COUNT(*) FROM processlist WHERE user LIKE 'desa%' OR user = 'balai_control'")[0][0];
        const prepared = rows('information_schema', "SELECT variable_value FROM global_status WHERE variable_name = 'PREPARED_STMT_COUNT'")[0][0];
        console.error(`rss_server: ${connections} database connections, ${prepared} prepared statements (server and worker)`);
        figure('rss_server', statusKb(pidOf('balai-server'), 'VmRSS') / 1024, 'MB', 64, true);
    },

    /** A copy with 1,000 villages beside this one with 207. */
    async 'growth_1000 growth_resident_list growth_letter_issue growth_import_rows growth_public_home provision_rate_207 provision_rate_1000 cold_page_1000 start_1000 rss_server_1000 rss_mariadb_1000'() {
        await growth(figure);
    },

    /** What a first visit takes over the line, compressed: kB are 1,000 bytes. */
    async ['first_visit_kb first_visit_requests first_visit_kb_public first_visit_requests_public first_visit_kb_clerk first_visit_requests_clerk ' +
        'first_visit_kb_kiosk first_visit_requests_kiosk first_visit_kb_console first_visit_requests_console']() {
        const { DESK, close, signIn, staffVisitor, visitor } = await import('../harness/browser.mjs');
        const measure = async (visit, host, p) => {
            const session = await visit.context.newCDPSession(visit.page);
            await session.send('Network.enable');
            await session.send('Network.clearBrowserCache');
            let bytes = 0;
            let requests = 0;
            session.on('Network.loadingFinished', (e) => { bytes += e.encodedDataLength; requests += 1; });
            await visit.page.goto(`http://${host}${p}`, { waitUntil: 'networkidle' });
            await visit.context.close();
            return { kb: bytes / 1000, requests };
        };
        const told = (ending, got, kb, requests) => {
            figure(`first_visit_kb${ending}`, got.kb, 'kB', kb, true);
            figure(`first_visit_requests${ending}`, got.requests, 'requests', requests, true);
        };
        const home = await measure(await visitor({ viewport: DESK }), village.host, '/');
        told('', home, 60, 6);
        told('_public', home, 60, 6);
        told('_clerk', await measure(await staffVisitor(village, 'clerk', { viewport: DESK }), village.host, '/kantor'), 70, 0);
        const kiosk = await visitor({ viewport: { width: 1080, height: 1920 } });
        await kiosk.page.goto(`http://${village.host}/anjungan/daftar`);
        await kiosk.page.locator('main input:not([type=hidden])').first().fill(village.kiosk_code);
        await kiosk.page.locator('main button').first().click();
        await kiosk.page.waitForURL(`http://${village.host}/anjungan`);
        told('_kiosk', await measure(kiosk, village.host, '/anjungan'), 95, 0);
        const { host, ...account } = access().dpmd;
        const dpmd = await visitor({ viewport: DESK });
        await signIn(dpmd, host, account);
        told('_console', await measure(dpmd, host, '/'), 175, 0);
        await close();
    },
};

const namesOf = (key) => key.split(' ');
const unknown = wanted.filter((n) => !Object.keys(figures).some((key) => namesOf(key).includes(n)));
if (unknown.length) {
    console.error(`unknown figure ${unknown.join(', ')}; there are: ${Object.keys(figures).join(' ')}`);
    process.exit(2);
}
try {
    console.log('# name value unit limit ratio');
    for (const key of Object.keys(figures)) {
        if (!wanted.length || namesOf(key).some((n) => wanted.includes(n))) await figures[key]();
    }
} finally {
    rmSync(scratch, { recursive: true });
}
process.exit(0);
