// SPDX-License-Identifier: AGPL-3.0-or-later
// Two villages with one of everything that has an id, each carrying a canary: a name that must never be read elsewhere.

import assert from 'node:assert/strict';
import { Client, formFields, staff } from '../harness/client.mjs';
import { dated, dayAgo } from '../harness/days.mjs';
import { BUSINESS, DOMICILE, draft, pdf } from '../harness/letters.mjs';
import { check } from '../harness/imports.mjs';
import { device, enter } from '../harness/kiosk.mjs';
import { freshNumber, makeFamily } from '../harness/families.mjs';
import { pdfOf, png } from '../harness/pictures.mjs';
import { rows, schemaOf, trainingVillages, until, value } from '../harness/stack.mjs';
import { person, residentBook } from '../harness/workbook.mjs';

export const STAFF = ['clerk', 'secretary', 'head', 'editor'];

export class House {
    constructor(village) {
        this.village = village;
        this.schema = schemaOf(village);
        this.canary = `KENARI ${village.name.toUpperCase()}`;
        this.clients = {};
        this.kept = new Map();
    }

    sql(text) {
        return rows(this.schema, text);
    }

    async open() {
        for (const role of STAFF) this.clients[role] = await staff(this.village, role);
        this.clients.kiosk = await device(this.village);
        this.clients.warga = await device(this.village);
        return this;
    }

    /** One of a kind made once and shared by all refusals, or a fresh one for the act that is allowed. */
    async one(kind, isFresh, make) {
        if (isFresh) return make();
        if (!this.kept.has(kind)) this.kept.set(kind, await make());
        return this.kept.get(kind);
    }

    /** Another enrolled device, to be revoked. */
    kioskDevice(isFresh = false) {
        return this.one('device', isFresh, async () => {
            await device(this.village);
            return Number(value(this.schema, 'SELECT MAX(id) FROM kiosk_device'));
        });
    }

    /** Somebody stands before the kiosk, known by card and PIN. */
    async visitor() {
        if ((await this.clients.warga.get('/anjungan/layanan')).status !== 200) await enter(this.clients.warga, this.village.residents[0]);
    }

    /** … and has begun a letter: 'draft' with nothing answered, 'complete', or 'sent'. */
    async kioskLetter(state) {
        await this.visitor();
        (await post(this.clients.warga, '/anjungan/layanan/keterangan-usaha', {})).must(303);
        for (const [number, jawab] of state === 'draft' ? [] : [[1, 'ternak'], [3, '2014'], [4, 'pengajuan pinjaman bank']]) {
            (await post(this.clients.warga, `/anjungan/isi/${number}`, { jawab })).must(303);
        }
        if (state === 'sent') (await post(this.clients.warga, '/anjungan/terbitkan', { versi: this.version(this.kioskLetterId()) })).must(303);
    }

    /** Somebody asks for a person, at the newest device. */
    kioskCall() {
        this.sql('UPDATE kiosk_call SET at = UTC_TIMESTAMP(6) WHERE number IS NULL AND done_at IS NULL'); // an old one is shown no more
        this.sql(`INSERT INTO kiosk_call (device_id, at) SELECT MAX(id), UTC_TIMESTAMP(6) FROM kiosk_device WHERE revoked_at IS NULL
            HAVING NOT EXISTS (SELECT 1 FROM kiosk_call WHERE number IS NULL AND done_at IS NULL)`);
        return Number(value(this.schema, 'SELECT MAX(id) FROM kiosk_call WHERE number IS NULL AND done_at IS NULL'));
    }

    /** A letter of the resident who stands at the kiosk, on paper. */
    kioskIssued() {
        return this.one('kioskIssued', false, async () => {
            const id = Number(value(this.schema, `SELECT id FROM resident WHERE nik = '${this.village.residents[0].nik}'`));
            const letter = await this.press((await draft(this.clients.clerk, BUSINESS, id)).id);
            await pdf(this.clients.clerk, letter);
            return letter;
        });
    }

    kioskLetterId() {
        return Number(value(this.schema, 'SELECT letter_id FROM kiosk_visit WHERE letter_id IS NOT NULL ORDER BY last_seen_at DESC LIMIT 1'));
    }

    residentId() {
        const id = value(this.schema, `SELECT id FROM resident WHERE name = '${this.canary}'`);
        if (id) return Number(id);
        const nik = freshNumber(this.village, '010190');
        this.sql(`INSERT INTO resident (nik, name, sex, birth_place, birth_date, religion, occupation, marital, area_id, family_id, family_role, citizenship)
            SELECT '${nik}', '${this.canary}', 1, 'Larompong', '1990-01-01', 1, 1, 1, area_id, family_id, 9, 1 FROM resident
            WHERE family_id IS NOT NULL AND basic_status = 1 ORDER BY id LIMIT 1;
            INSERT INTO resident_word (word, resident_id) SELECT 'kenari', id FROM resident WHERE name = '${this.canary}'`);
        return this.residentId();
    }

    /** Where this village's canary wants its letters. */
    mailAddress() {
        this.sql(`INSERT IGNORE INTO resident_email VALUES (${this.residentId()}, 'kenari@contoh.id', NOW(6), 'Uji')`);
    }

    /** A family of four whose head bears the canary; → {id, kk, members}. */
    family(isFresh = false) {
        return this.one('family', isFresh, async () => makeFamily(this.village,
            [[1, 1, 1980, `${this.canary} BAPAK`], [3, 2, 1983, `${this.canary} IBU`], [4, 1, 2004, `${this.canary} ANAK`], [4, 2, 2015, `${this.canary} BUNGSU`]]));
    }

    /** A child of such a family died. */
    event(isFresh = false) {
        return this.one('event', isFresh, async () => {
            const child = (await this.family(true)).members[3];
            (await post(this.clients.clerk, `/kantor/penduduk/${child}/kematian`,
                { versi: '1', langkah: 'simpan', ...dated('tanggal', dayAgo(400)), tempat: 'Rumah', pelapor: 'Uji' })).must(303);
            return Number(value(this.schema, `SELECT id FROM resident_event WHERE resident_id = ${child}`));
        });
    }

    /** The canary has a photo. */
    async photo() {
        const has = () => this.sql(`SELECT 1 FROM attachment WHERE owner = 'resident' AND slot = 'photo' AND owner_id = ${this.residentId()} AND file_id IS NOT NULL`).length === 1;
        if (has()) return;
        const path = `/kantor/penduduk/${this.residentId()}`;
        const page = (await this.clients.clerk.get(`${path}/berkas`)).must(200);
        (await this.clients.clerk.submit(page, {}, `form[action="${path}/foto"]`, { files: [{ name: 'foto', filename: 'foto.png', type: 'image/png', bytes: png(300, 400) }] })).must(303);
        await until('the photo is made', has);
    }

    /** The village has a crest of its own. */
    async crest() {
        const has = () => this.sql("SELECT 1 FROM attachment WHERE owner = 'village' AND single AND file_id IS NOT NULL").length === 1;
        if (has()) return;
        const page = (await this.clients.secretary.get('/kantor/pengaturan')).must(200);
        (await this.clients.secretary.submit(page, {}, 'form[action$="/lambang"]', { files: [{ name: 'lambang', filename: 'lambang.png', type: 'image/png', bytes: png(300, 400) }] })).must(303);
        await until('the crest is made', has);
    }

    /** A paper of the canary. */
    document(isFresh = false) {
        return this.one('document', isFresh, async () => {
            const path = `/kantor/penduduk/${this.residentId()}`;
            const page = (await this.clients.clerk.get(`${path}/berkas`)).must(200);
            (await this.clients.clerk.submit(page, { jenis: 'other', catatan: this.canary }, `form[action="${path}/dokumen"]`,
                { files: [{ name: 'berkas', filename: 'kk.pdf', type: 'application/pdf', bytes: pdfOf('kenari') }] })).must(303);
            return Number(value(this.schema, 'SELECT MAX(id) FROM attachment WHERE owner = "resident" AND slot <> "photo"'));
        });
    }

    draft(isFresh = false) {
        return this.one('draft', isFresh, async () => (await draft(this.clients.clerk, BUSINESS, this.residentId())).id);
    }

    async press(id, type, from = 'clerk') {
        const review = (await this.clients[from].get(`/kantor/surat/${id}/periksa`)).must(200);
        (await this.clients[from].submit(review, {}, `form[action$="/${id}/kirim"]`)).must(303);
        return id;
    }

    issued(isFresh = false) {
        return this.one('issued', isFresh, async () => this.press(await this.draft(true)));
    }

    waitingCheck(isFresh = false) {
        return this.one('check', isFresh, async () => this.press((await draft(this.clients.clerk, DOMICILE, this.residentId())).id));
    }

    waitingApproval(isFresh = false) {
        this.signHere();
        return this.one('approval', isFresh, async () => {
            const id = await this.waitingCheck(true);
            (await post(this.clients.secretary, `/kantor/surat/${id}/teruskan`, await this.seen('secretary', id))).must(303);
            return id;
        });
    }

    /** By the platform's key: what is asked of the e-sign service may have been left on by its own rows. */
    signHere() {
        this.sql('UPDATE identity SET is_esign_on = FALSE');
    }

    /** What the form of a decision says of the letter that was read. */
    async seen(role, id) {
        const page = await this.clients[role].get(`/kantor/persetujuan/${id}`);
        if (page.status !== 200) return { versi: '1', sidik: '0'.repeat(64) }; // nobody here has read it
        const form = this.clients[role].fill(page, {}, 'form[action$="/setujui"], form[action$="/teruskan"]');
        return Object.fromEntries(form.fields.filter(([name]) => !name.startsWith('_')));
    }

    deadJob(isFresh = false) {
        return this.one('job', isFresh, async () => {
            this.sql("INSERT INTO outbox (kind, subject, payload, state, attempt, why) VALUES (3, 1, '', 4, 12, 'uji dinding')");
            return Number(value(this.schema, 'SELECT MAX(id) FROM outbox WHERE state = 4'));
        });
    }

    staffId(isFresh = false) {
        return this.one('staff', isFresh, async () => {
            const name = `uji${Math.random().toString(36).slice(2, 10)}`;
            (await post(this.clients.secretary, '/kantor/pengaturan/petugas',
                { nama: `Kenari ${this.village.name}`, pengguna: name, jabatan: 'Uji', peran: 'editor', sandi: 'gerimis-padi-lontara-7' })).must(303);
            return Number(value(this.schema, `SELECT id FROM staff WHERE username = '${name}'`));
        });
    }

    /** A role of the village's own. */
    role(isFresh = false) {
        return this.one('role', isFresh, async () => {
            const nama = `${this.canary} ${this.serial()}`;
            (await post(this.clients.secretary, '/kantor/pengaturan/peran/tambah', { nama, izin_read_letters: '1' })).must(303);
            return Number(value(this.schema, `SELECT id FROM role WHERE label = '${nama}'`));
        });
    }

    /** An import that was checked: one good row, and one whose NIK does not fit its sex. */
    batch(isFresh = false) {
        return this.one('batch', isFresh, async () => {
            const n = 9000 + 4 * (this.batches = (this.batches ?? 0) + 1);
            const odd = person(n + 2, { sex: 2 });
            const { id } = await check(this.clients.clerk, this.village, residentBook([person(n), odd]), 'kenari.xlsx');
            return id;
        });
    }

    /** The list as a file, asked for by the clerk and made. */
    download(isFresh = false) {
        return this.one('download', isFresh, async () => {
            const asked = (await post(this.clients.clerk, '/kantor/penduduk/unduh', { bentuk: 'csv' })).must(303);
            const id = Number(/\d+$/.exec(asked.location)[0]);
            await until('the file is made', () => this.sql(`SELECT 1 FROM export_file WHERE id = ${id} AND file_id IS NOT NULL`).length === 1);
            return id;
        });
    }

    newResident() {
        this.sql("INSERT IGNORE INTO area (hamlet) VALUES ('UJI')");
        const n = 8000 + 4 * (this.added = (this.added ?? 0) + 1) + 400 * (process.pid % 1000);
        const p = person(n);
        const [hari, bulan, tahun] = p.tanggallahir.split('-');
        return { surat: '', nik: p.nik, kk: p.no_kk, nama: 'Warga Baru', jk: '1', tempat: 'Larompong', lahir_hari: hari, lahir_bulan: bulan, lahir_tahun: tahun,
            agama: '1', kawin: '1', kerja: '1', peran: '1', alamat: 'Jalan Poros', dusun: 'Uji', rw: '', rt: '001' };
    }

    /** A number nobody had: for names that must be new. */
    serial() {
        this.count = (this.count ?? 0) + 1;
        return `${process.pid}x${this.count}`;
    }

    version(id) {
        return value(this.schema, `SELECT version FROM letter WHERE id = ${id}`);
    }

    /** What changes when anything is done: refusals must leave it as it is. */
    traces() {
        return JSON.stringify(this.sql('SELECT (SELECT last_id FROM audit_head), (SELECT COUNT(*) FROM letter), (SELECT COUNT(*) FROM staff), ' +
            '(SELECT COUNT(*) FROM resident), (SELECT COUNT(*) FROM import_batch), (SELECT COUNT(*) FROM submission), ' +
            '(SELECT COUNT(token_hash) FROM kiosk_device WHERE revoked_at IS NULL), (SELECT COUNT(*) FROM kiosk_card), (SELECT COUNT(*) FROM kiosk_letter)'));
    }
}

export async function twoHouses() {
    const [first, second] = trainingVillages().map((v) => new House(v));
    assert.ok(second, 'two training villages are needed');
    // The second village's ids start far off, so that none of them is also one of the first.
    const numbered = second.sql("SELECT table_name FROM information_schema.columns WHERE table_schema = DATABASE() AND extra LIKE '%auto_increment%'");
    for (const [table] of numbered) second.sql(`ALTER TABLE ${table} AUTO_INCREMENT = 7000001`);
    await first.open();
    await second.open();
    return [first, second];
}

const guards = new WeakMap();

/** The hidden fields of a form on some page this client may see: a token of its session, and a fresh key. */
export async function guard(client) {
    const places = client.cookies.has('__Host-anjungan') ? ['/anjungan/layanan', '/anjungan', '/masuk'] : ['/kantor', '/', '/masuk', '/periksa'];
    for (const path of places) {
        const page = await client.get(path);
        const found = page.status === 200 ? page.page.querySelectorAll('form') : [];
        for (const form of found) {
            const hidden = formFields(form).filter(([n]) => n === '_csrf' || n === '_once');
            if (hidden.length === 2) {
                guards.set(client, hidden);
                return hidden;
            }
        }
    }
    throw new Error(`${client.host}: no page with a form's guard`);
}

/** A POST as one of our own pages would send it. */
export async function post(client, path, form, options = {}) {
    return client.post(path, [...(await guard(client)), ...Object.entries(form)], options);
}

export function nobody(host) {
    return new Client(host);
}

/** A client of `host` that brings another client's cookies. */
export function withCookiesOf(client, host) {
    const thief = new Client(host);
    thief.cookies = new Map(client.cookies);
    return thief;
}
