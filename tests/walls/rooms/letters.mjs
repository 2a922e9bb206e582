// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { thisMonth } from '../../harness/days.mjs';
import { BUSINESS, letterRow, pdf, pileDone, putType } from '../../harness/letters.mjs';
import { pdfOf, png } from '../../harness/pictures.mjs';
import { until } from '../../harness/stack.mjs';
import { asksFor, at, letter, person_, idOf, stateIs, titled } from '../shapes.mjs';

export const holders = {
    READ_LETTERS: ['clerk', 'secretary', 'head'], WRITE_LETTERS: ['clerk', 'secretary'], CHECK_LETTERS: ['secretary'], APPROVE_LETTERS: ['head'], RETURN_LETTERS: ['secretary', 'head'],
    MAKE_LETTER_TYPES: ['secretary'], WRITE_PILES: ['clerk', 'secretary'],
};

const type = (tail) => async (house, isFresh) => `/kantor/jenis-surat/${await house.one('letterType', isFresh, async () => {
    putType(house.village, `tembok-${randomBytes(4).toString('hex')}`, { fields: [], paper: { body: [{ type: 'paragraph', content: house.canary }] } });
    const id = Number(house.sql('SELECT MAX(id) FROM letter_type')[0][0]);
    house.sql(`UPDATE letter_type SET is_active = FALSE WHERE id = ${id}`); // nobody else sees it
    return id;
})}${tail}`;
const question = async () => ({ versi: '1', label: 'Luas kebun', jenis: 'number', luar: 'none' });
const asked = (tail) => async (house, isFresh) => {
    const path = await type(tail)(house, isFresh);
    house.sql(`UPDATE letter_type SET definition = JSON_SET(definition, '$.fields', JSON_ARRAY(JSON_OBJECT('name', 'satu', 'label', 'Satu', 'kind', 'line'), JSON_OBJECT('name', 'dua', 'label', 'Dua', 'kind', 'line'))) WHERE id = ${idOf(path)} AND draft IS NULL`);
    return path;
};
const paper = (text) => JSON.stringify({ body: [{ type: 'paragraph', content: text }, { type: 'signature', lines: ['Kepala Desa'], name: '{nama_penandatangan}', qr: true }] });
const typeFile = (name) => JSON.stringify({
    balai_letter_type: 1, slug: `berkas-${randomBytes(4).toString('hex')}`, name, classification: '400.7', number_format: '[nomor]/[tahun]', policy: 'approve', valid_months: 0,
    definition: { fields: [], paper: { body: [{ type: 'paragraph', content: name }] } },
});
const fileOf = (name) => [{ name: 'berkas', filename: 'jenis.json', type: 'application/json', bytes: Buffer.from(typeFile(name)) }];
const plan = async (house, isFresh) => `/kantor/jenis-surat/impor/${await house.one('letterPlan', isFresh, async () => {
    const page = await house.clients.secretary.get('/kantor/jenis-surat/impor');
    return idOf((await house.clients.secretary.submit(page, {}, 'form[action$="/impor"]', { files: fileOf(`Surat ${house.canary}`) })).must(303).location);
})}`;
const settings = async () => ({ versi: '1', nama: `Surat Tembok ${randomBytes(4).toString('hex')}`, klasifikasi: '400.7', format: '[nomor]/[tahun]', berlaku: '6', penerbitan: 'seal', penomoran: '', urutan: '900' });

/** The village has a third picture for its letters. */
async function letterPicture(house) {
    const has = () => house.sql("SELECT 1 FROM attachment WHERE owner = 'letter_picture' AND slot = 'picture_3' AND single AND file_id IS NOT NULL").length === 1;
    if (has()) return;
    const page = (await house.clients.secretary.get('/kantor/jenis-surat/gambar')).must(200);
    (await house.clients.secretary.submit(page, { apa: 'picture_3' }, 'form[action$="/gambar"]', { files: [{ name: 'gambar', filename: 'gambar.png', type: 'image/png', bytes: png(300, 400) }] })).must(303);
    await until('the picture is made', has);
}
/** A pile in a state of its own, with one line: the canary's. In these states no worker is at it. */
const pile = (state, tail) => async (house, isFresh) => `/kantor/surat-massal/${await house.one(`pile${state}`, isFresh, async () => {
    const pattern = await house.draft(true);
    house.sql(`INSERT INTO letter_pile (pattern_id, pattern_version, state, chosen, made_by, made_at, issued_by, issuer, office) SELECT id, version, ${state}, '${house.canary}', 1, NOW(6), 1, '${house.canary}', 'as it was sent' FROM letter WHERE id = ${pattern}`);
    const id = Number(house.sql(`SELECT id FROM letter_pile WHERE pattern_id = ${pattern}`)[0][0]);
    house.sql(`INSERT INTO letter_pile_line (pile_id, line, state, resident_id) SELECT ${id}, 1, 1, resident_id FROM letter WHERE id = ${pattern}`);
    if (state !== 1) house.sql(`UPDATE letter SET state = 7 WHERE id = ${pattern}`);
    return id;
})}${tail}`;
const pileVersion = async (house, path) => ({ versi: house.sql(`SELECT version FROM letter_pile WHERE id = ${idOf(path)}`)[0]?.[0] ?? '1' });
const pileIs = (...states) => async ({ house, path }) => assert.ok(states.includes(Number(house.sql(`SELECT state FROM letter_pile WHERE id = ${idOf(path)}`)[0][0])));
/** The worker is at it: nobody counts letters before it is done. */
const pileEnds = async ({ house, path }) => pileDone(house.village, idOf(path));
const pileFile = async (house, isFresh) => {
    const path = await pile(6, '/berkas/1')(house, isFresh), id = idOf(path);
    await house.issued();
    const file = await until('a paper is there', () => house.sql('SELECT MAX(file_id) FROM letter WHERE file_id IS NOT NULL')[0][0]);
    house.sql(`UPDATE letter_pile SET files = '${file}', ended_at = NOW(6) WHERE id = ${id}`);
    return path;
};

export const routes = {
    'GET /kantor/surat-massal': { has: (house) => house.canary, before: async (house) => pile(1, '')(house) },
    'GET /kantor/surat/{id}/massal': { path: letter('draft', '/massal'), has: 'Untuk siapa saja surat ini?' },
    'POST /kantor/surat/{id}/massal': {
        path: letter('draft', '/massal'), form: async (house) => ({ cara: 'nik', daftar: house.sql(`SELECT nik FROM resident WHERE id = ${house.residentId()}`)[0][0] }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM letter_pile WHERE pattern_id = ${idOf(path)}`)[0][0], '1'),
    },
    'GET /kantor/surat-massal/{id}': { path: pile(1, ''), has: (house) => house.canary },
    'GET /kantor/surat-massal/{id}/contoh': { path: pile(2, '/contoh'), has: 'contoh dari 1 surat' },
    'GET /kantor/surat-massal/{id}/contoh/{baris}/{halaman}': { path: pile(2, '/contoh/1/1'), type: /^image\/svg/ },
    'GET /kantor/surat-massal/{id}/berkas/{berkas}': { path: pileFile, type: /^application\/pdf/ },
    'POST /kantor/surat-massal/{id}/kirim': { path: pile(1, '/kirim'), form: pileVersion, done: pileEnds },
    'POST /kantor/surat-massal/{id}/cari': { path: pile(1, '/cari'), form: async () => ({ cari: 'siti' }) },
    'POST /kantor/surat-massal/{id}/periksa': {
        path: pile(1, '/periksa'), form: pileVersion,
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT version FROM letter_pile WHERE id = ${idOf(path)}`)[0][0], '2'),
    },
    'POST /kantor/surat-massal/{id}/warga': {
        path: pile(1, '/warga'), form: async (house, path) => ({ ...(await pileVersion(house, path)), baris: '1' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT state FROM letter_pile_line WHERE pile_id = ${idOf(path)}`)[0][0], '4'),
    },
    'POST /kantor/surat-massal/{id}/perbaiki': {
        path: async (house, isFresh) => {
            const path = await pile(1, '/perbaiki')(house, isFresh);
            house.sql(`INSERT IGNORE INTO letter_pile_line (pile_id, line, state, why, typed) VALUES (${idOf(path)}, 2, 4, 'Bukan NIK: harus 16 angka', 'x')`);
            return path;
        },
        form: async (house, path) => ({ ...(await pileVersion(house, path)), baris_2: '' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM letter_pile_line WHERE pile_id = ${idOf(path)} AND line = 2`)[0][0], '0'),
    },
    'POST /kantor/surat-massal/{id}/teruskan': {
        path: pile(7, '/teruskan'), done: pileIs(2),
        form: async (house, path) => {
            const page = await house.clients.secretary.get(path.replace('/teruskan', '/contoh'));
            return { ...(await pileVersion(house, path)), baris: '1', sidik: page.page.querySelector('input[name=sidik]')?.getAttribute('value') ?? '' };
        },
    },
    'POST /kantor/surat-massal/{id}/setujui': {
        path: pile(2, '/setujui'), done: pileEnds,
        form: async (house, path) => {
            const page = await house.clients.head.get(path.replace('/setujui', '/contoh'));
            return { ...(await pileVersion(house, path)), baris: '1', sidik: page.page.querySelector('input[name=sidik]')?.getAttribute('value') ?? '' };
        },
    },
    'POST /kantor/surat-massal/{id}/kembalikan': { path: pile(2, '/kembalikan'), form: async (house, path) => ({ ...(await pileVersion(house, path)), catatan: 'Keliru' }), done: pileIs(1) },
    'POST /kantor/surat-massal/{id}/henti': { path: pile(3, '/henti'), done: pileIs(4) },
    'POST /kantor/surat-massal/{id}/tahan': { path: pile(3, '/tahan'), done: pileIs(1) },
    'POST /kantor/surat-massal/{id}/lanjut': { path: pile(4, '/lanjut'), done: pileEnds },
    'POST /kantor/surat-massal/{id}/batal': { path: pile(1, '/batal'), done: pileIs(1) },
    'POST /kantor/surat-massal/{id}/susun': { path: pile(6, '/susun'), done: pileEnds },
    'GET /kantor/surat': { has: (house) => titled(house.canary), before: (house) => house.draft() },
    'POST /kantor/surat/unduh': asksFor('letters'),
    'POST /kantor/surat': {
        form: async () => ({ cari: 'kenari' }), status: 200, has: (house) => titled(house.canary), before: (house) => house.draft(),
    },
    'POST /kantor/surat/agenda': {
        form: async () => ({ bulan: thisMonth(), bentuk: 'csv' }),
        done: async ({ house }) => assert.match(house.sql('SELECT action FROM audit ORDER BY id DESC LIMIT 1')[0][0], /^letter\.agenda$/),
    },
    // Only who has just said so, and been written down, is given the file: without that, back to the list.
    'GET /kantor/surat/agenda': { status: 303 },
    'GET /kantor/surat/rekap': { has: 'Rekap surat' },
    'GET /kantor/surat/buat': { has: 'Keterangan Usaha' },
    'GET /kantor/surat/buat/{jenis}': { path: at('/kantor/surat/buat/keterangan-usaha'), has: 'Siapa pemohonnya?' },
    'POST /kantor/surat/buat/{jenis}/cari': {
        path: at('/kantor/surat/buat/keterangan-usaha/cari'), form: async () => ({ cari: 'kenari' }), status: 200,
        has: (house) => titled(house.canary), before: (house) => house.residentId(),
    },
    'POST /kantor/surat/buat/{jenis}': {
        path: at('/kantor/surat/buat/keterangan-usaha'), form: async (house) => ({ warga: house.residentId() }), foreignForm: true,
        done: async ({ house, answer }) => assert.equal(letterRow(house.village, idOf(answer.location)).state, 1),
    },
    'GET /kantor/surat/{id}': { path: letter('issued', ''), has: (house) => titled(house.canary) },
    'GET /kantor/surat/{id}/baca': { path: letter('issued', '/baca'), has: (house) => titled(house.canary) },
    'POST /kantor/surat/{id}/ganti': {
        path: async (house, isFresh) => {
            const id = await house.issued(isFresh);
            house.sql(`UPDATE letter SET state = 6, void_reason = 'uji' WHERE id = ${id}`);
            return `/kantor/surat/${id}/ganti`;
        },
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM letter WHERE replaces_id = ${idOf(path)}`)[0][0], '1'),
    },
    'GET /kantor/surat/{id}/isi': { path: letter('draft', '/isi'), has: 'Lanjut, periksa dulu' },
    'POST /kantor/surat/{id}/isi': {
        path: letter('draft', '/isi'), form: async (house, path) => ({ versi: house.version(idOf(path)) || '1', ...BUSINESS.inputs, isi_usaha: 'bengkel' }),
        done: async ({ house, path }) => assert.match(house.sql(`SELECT inputs FROM letter WHERE id = ${idOf(path)}`)[0][0], /bengkel/),
    },
    'POST /kantor/surat/{id}/isi/kertas': {
        path: letter('draft', '/isi/kertas'), form: async (house, path) => ({ versi: house.version(idOf(path)) || '1', ...BUSINESS.inputs, isi_usaha: 'bengkel kertas' }), status: 200,
    },
    'GET /kantor/surat/{id}/periksa': { path: letter('draft', '/periksa'), has: (house) => titled(house.canary) },
    'GET /kantor/surat/{id}/pratinjau/{halaman}': { path: letter('draft', '/pratinjau/1'), type: /^image\/svg\+xml/ },
    'GET /kantor/surat/{id}/naskah': { path: letter('draft', '/naskah'), has: 'Naskah surat ini' },
    'POST /kantor/surat/{id}/naskah/simpan': {
        path: letter('draft', '/naskah/simpan'), form: async (house, path) => ({ versi: house.version(idOf(path)) || '1', tree: paper('Naskah tembok') }),
        done: async ({ house, path }) => assert.match(house.sql(`SELECT paper FROM letter WHERE id = ${idOf(path)}`)[0][0], /Naskah tembok/),
    },
    'POST /kantor/surat/{id}/naskah/buang': {
        path: async (house, isFresh) => {
            const path = await letter('draft', '/naskah/buang')(house, isFresh);
            house.sql(`UPDATE letter SET paper = '{"body":[]}' WHERE id = ${idOf(path)}`);
            return path;
        },
        form: async (house, path) => ({ versi: house.version(idOf(path)) || '1' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT paper IS NULL FROM letter WHERE id = ${idOf(path)}`)[0][0], '1'),
    },
    'POST /kantor/surat/{id}/naskah/pratinjau': { path: letter('draft', '/naskah/pratinjau'), form: async (house, path) => ({ versi: house.version(idOf(path)) || '1', tree: paper('Naskah tembok') }), status: 200 },
    'GET /kantor/surat/{id}/naskah/isian': { path: letter('draft', '/naskah/isian'), type: /^application\/json/ },
    'GET /kantor/surat/{id}/naskah/keadaan': { path: letter('draft', '/naskah/keadaan'), type: /^application\/json/ },
    'GET /kantor/surat/{id}/siap': {
        path: letter('issued', '/siap'), has: 'Unduh PDF', headers: { 'hx-request': 'true' },
        before: async (house) => pdf(house.clients.clerk, await house.issued()),
    },
    'POST /kantor/surat/{id}/kirim': {
        path: letter('draft', '/kirim'), form: async (house, path) => ({ versi: house.version(idOf(path)) || '1' }), done: stateIs(4),
    },
    'POST /kantor/surat/{id}/batal': { path: letter('draft', '/batal'), done: stateIs(7) },
    'POST /kantor/surat/{id}/tarik': { path: letter('waitingCheck', '/tarik'), form: async (house, path) => ({ versi: house.version(idOf(path)) || '1', sebab: 'Nama usaha keliru' }), done: stateIs(5) },
    'GET /kantor/surat/{id}/asli.pdf': {
        path: async (house, isFresh) => {
            const path = await letter('issued', '/asli.pdf')(house, isFresh);
            house.sql(`UPDATE letter SET original_id = file_id WHERE id = ${idOf(path)}`);
            return path;
        }, type: /^application\/pdf/, before: async (house) => pdf(house.clients.clerk, await house.issued()),
    },
    'GET /kantor/surat/{id}/surat.pdf': {
        path: letter('issued', '/surat.pdf'), type: /^application\/pdf/,
        before: async (house) => pdf(house.clients.clerk, await house.issued()),
    },
    'POST /kantor/surat/{id}/cetak': {
        path: async (house, isFresh) => {
            const id = await house.issued(isFresh);
            await pdf(house.clients.clerk, id);
            return `/kantor/surat/${id}/cetak`;
        },
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM letter_step WHERE step = 'printed' AND letter_id = ${idOf(path)}`)[0][0], '1'),
    },
    'POST /kantor/surat/{id}/teruskan': { path: letter('waitingCheck', '/teruskan'), form: async (house, path) => house.seen('secretary', idOf(path)), done: stateIs(3) },
    'POST /kantor/surat/{id}/setujui': { path: letter('waitingApproval', '/setujui'), form: async (house, path) => house.seen('head', idOf(path)), done: stateIs(4) },
    'POST /kantor/surat/{id}/dibaca': {
        path: letter('waitingApproval', '/dibaca'), form: async (house, path) => house.seen('head', idOf(path)),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT COUNT(*) FROM letter_step WHERE step = 'read' AND letter_id = ${idOf(path)}`)[0][0], '1'),
    },
    'POST /kantor/persetujuan': {
        form: async (house) => ({ [`surat_${await house.waitingApproval()}`]: '1' }),
        done: async ({ house }) => assert.equal(letterRow(house.village, await house.waitingApproval()).state, 3), // nobody has read it
    },
    'POST /kantor/surat/{id}/kembalikan': {
        allowedAs: 'head', path: letter('waitingApproval', '/kembalikan'), form: async (house, path) => ({ versi: house.version(idOf(path)) || '1', catatan: 'Nama usaha belum jelas' }), done: stateIs(5),
    },
    'POST /kantor/surat/{id}/cabut': { path: letter('issued', '/cabut'), form: async (house, path) => ({ versi: house.version(idOf(path)) || '1', sebab: '1', alasan: 'Salah ketik nama usaha' }), done: stateIs(6) },
    'GET /kantor/persetujuan': { allowedAs: 'head', has: (house) => titled(house.canary), before: (house) => house.waitingApproval() },
    'GET /kantor/persetujuan/{id}': { allowedAs: 'head', path: async (house, f) => `/kantor/persetujuan/${await house.waitingApproval(f)}`, has: 'Setujui dan tanda tangani' },
    'GET /kantor/penduduk/{id}/surat': { path: person_('/surat'), has: (house) => titled(house.canary) },
    'GET /kantor/nomor-surat': { has: 'Nomor surat' },
    'GET /kantor/nomor-surat/mulai': { path: at('/kantor/nomor-surat/mulai?urutan=desa'), has: 'Nomor berikutnya' },
    'POST /kantor/nomor-surat/mulai': {
        before: async (house) => house.sql("UPDATE letter_counter SET started = NULL WHERE scope = 'desa'"),
        form: async (house) => ({ urutan: 'desa', berikutnya: house.sql(`SELECT COALESCE(MAX(last), 0) + 2 FROM letter_counter WHERE scope = 'desa'`)[0][0] }),
        done: async ({ house, form }) => assert.equal(house.sql(`SELECT started FROM letter_counter WHERE scope = 'desa' ORDER BY year DESC LIMIT 1`)[0][0], form.berikutnya),
    },
    'GET /kantor/jenis-surat': { has: 'Keterangan Usaha' },
    'POST /kantor/jenis-surat': { form: async () => ({ cari: 'usaha' }) },
    'GET /kantor/jenis-surat/{id}': { path: type(''), has: 'Format nomor' },
    'GET /kantor/jenis-surat/{id}/ubah': { path: type('/ubah'), has: 'Ubah pengaturan' },
    'POST /kantor/jenis-surat/{id}/ubah': {
        path: type('/ubah'), form: settings,
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT valid_months FROM letter_type WHERE id = ${idOf(path)}`)[0][0], '6'),
    },
    'POST /kantor/jenis-surat/{id}/putuskan': {
        path: async (house, isFresh) => {
            const path = await type('/putuskan')(house, isFresh);
            house.sql(`UPDATE letter_type SET told_at = NOW(6), told = '${house.canary}', seal_asked = TRUE WHERE id = ${idOf(path)}`);
            return path;
        },
        form: async (house, path) => ({ versi: house.sql(`SELECT edition FROM letter_type WHERE id = ${idOf(path)}`)[0]?.[0] ?? '1', putusan: 'tidak' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT seal_asked FROM letter_type WHERE id = ${idOf(path)}`)[0][0], '0'),
    },
    'GET /kantor/jenis-surat/{id}/contoh-nomor': { path: type('/contoh-nomor?format=[nomor]'), has: 'Nomor berikutnya' },
    'GET /kantor/jenis-surat/{id}/versi': { path: type('/versi'), has: 'Dipakai sekarang' },
    'GET /kantor/jenis-surat/{id}/versi/{dari}/banding/{ke}': { path: type('/versi/1/banding/1'), has: 'Kedua versi ini sama' },
    'POST /kantor/jenis-surat/{id}/versi': {
        path: async (house, isFresh) => {
            const path = await type('/versi')(house, isFresh);
            house.sql(`UPDATE letter_type SET valid_months = 9 WHERE id = ${idOf(path)} AND version = 1`);
            return path;
        },
        form: async () => ({ versi: '1', ke: '1' }),
        done: async ({ house, path }) => assert.deepEqual(house.sql(`SELECT version, valid_months FROM letter_type WHERE id = ${idOf(path)}`), [['3', '0']]),
    },
    'POST /kantor/jenis-surat/{id}/salin': {
        path: type('/salin'), form: async () => ({}),
        done: async ({ house, answer }) => assert.deepEqual(house.sql(`SELECT is_active, at_kiosk FROM letter_type WHERE id = ${idOf(answer.location)}`), [['0', '0']]),
    },
    'GET /kantor/jenis-surat/{id}/isi': { path: type('/isi'), has: 'Perlu dibenahi sebelum dipakai' },
    'POST /kantor/jenis-surat/{id}/isi/simpan': {
        path: type('/isi/simpan'), form: async () => ({ versi: '1', tree: paper('Isi tembok') }),
        done: async ({ house, path }) => assert.match(house.sql(`SELECT draft FROM letter_type WHERE id = ${idOf(path)}`)[0][0], /Isi tembok/),
    },
    'POST /kantor/jenis-surat/{id}/isi/pakai': {
        path: type('/isi/pakai'), form: async () => ({ versi: '1', tree: paper('Isi tembok') }),
        done: async ({ house, path }) => assert.match(house.sql(`SELECT definition FROM letter_type WHERE id = ${idOf(path)}`)[0][0], /Isi tembok/),
    },
    'POST /kantor/jenis-surat/{id}/isi/buang': {
        path: async (house, isFresh) => {
            const path = await type('/isi/buang')(house, isFresh);
            house.sql(`UPDATE letter_type SET draft = definition WHERE id = ${idOf(path)}`);
            return path;
        },
        form: async () => ({ versi: '1' }),
        done: async ({ house, path }) => assert.equal(house.sql(`SELECT draft IS NULL FROM letter_type WHERE id = ${idOf(path)}`)[0][0], '1'),
    },
    'POST /kantor/jenis-surat/{id}/isi/pratinjau': { path: type('/isi/pratinjau'), form: async () => ({ versi: '1', tree: paper('Isi tembok') }), status: 200 },
    'GET /kantor/jenis-surat/{id}/isi/isian': { path: type('/isi/isian'), type: /^application\/json/ },
    'GET /kantor/jenis-surat/{id}/isi/keadaan': { path: type('/isi/keadaan'), type: /^application\/json/ },
    'GET /kantor/jenis-surat/{id}/isi/pertanyaan': { path: asked('/isi/pertanyaan'), has: 'Pertanyaan baru' },
    'GET /kantor/jenis-surat/{id}/isi/untuk': { path: type('/isi/untuk'), has: 'Untuk siapa surat ini?' },
    'POST /kantor/jenis-surat/{id}/isi/untuk': {
        path: type('/isi/untuk'), form: async () => ({ versi: '1', untuk: 'dead', kelamin: 'any' }),
        done: async ({ house, path }) => assert.equal(JSON.parse(house.sql(`SELECT draft FROM letter_type WHERE id = ${idOf(path)}`)[0][0]).subject.of, 'dead'),
    },
    'GET /kantor/jenis-surat/{id}/isi/pertanyaan-baru': { path: type('/isi/pertanyaan-baru'), has: 'Jenis jawaban' },
    'POST /kantor/jenis-surat/{id}/isi/pertanyaan-baru': {
        path: type('/isi/pertanyaan-baru'), form: question,
        done: async ({ house, path }) => assert.match(house.sql(`SELECT draft FROM letter_type WHERE id = ${idOf(path)}`)[0][0], /"name":"luas_kebun"/),
    },
    'GET /kantor/jenis-surat/{id}/isi/pertanyaan/{isian}': { path: asked('/isi/pertanyaan/satu'), has: 'isi_satu' },
    'POST /kantor/jenis-surat/{id}/isi/pertanyaan/{isian}': {
        path: asked('/isi/pertanyaan/satu'), form: question,
        done: async ({ house, path }) => assert.match(house.sql(`SELECT draft FROM letter_type WHERE id = ${idOf(path)}`)[0][0], /Luas kebun/),
    },
    'POST /kantor/jenis-surat/{id}/isi/pertanyaan-pindah': {
        path: asked('/isi/pertanyaan-pindah'), form: async () => ({ versi: '1', nama: 'satu', turun: '1' }),
        done: async ({ house, path }) => assert.match(house.sql(`SELECT draft FROM letter_type WHERE id = ${idOf(path)}`)[0][0], /"dua".*"satu"/),
    },
    'POST /kantor/jenis-surat/{id}/isi/pertanyaan-hapus': {
        path: asked('/isi/pertanyaan-hapus'), form: async () => ({ versi: '1', nama: 'satu' }),
        done: async ({ house, path }) => assert.doesNotMatch(house.sql(`SELECT draft FROM letter_type WHERE id = ${idOf(path)}`)[0][0], /"satu"/),
    },
    'GET /kantor/jenis-surat/{id}/ekspor': { path: type('/ekspor'), type: /^application\/json/ },
    'GET /kantor/jenis-surat/impor': { has: 'Periksa berkas' },
    'POST /kantor/jenis-surat/impor': {
        files: () => fileOf('Surat Tembok Berkas'),
        done: async ({ house }) => assert.match(house.sql('SELECT action FROM audit ORDER BY id DESC LIMIT 1')[0][0], /^letter_type\.upload$/),
    },
    'GET /kantor/jenis-surat/impor/{id}': { path: plan, has: 'Periksa sebelum diimpor' },
    'POST /kantor/jenis-surat/impor/{id}': {
        path: plan, form: async () => ({ jenis_1: 'baru' }),
        done: async ({ house }) => assert.deepEqual(house.sql('SELECT is_active FROM letter_type ORDER BY id DESC LIMIT 1'), [['0']]),
    },
    'GET /kantor/klasifikasi': { has: '993 kode resmi' },
    'GET /kantor/klasifikasi/pilihan': { has: 'Penyelesaian' },
    'GET /kantor/klasifikasi/tambah': { has: 'Tambah kode klasifikasi' },
    'POST /kantor/klasifikasi/tambah': {
        form: async () => ({ kode: `900.${randomBytes(4).toString('hex')}`, nama: 'Kode tembok' }),
        done: async ({ house }) => assert.match(house.sql('SELECT action FROM audit ORDER BY id DESC LIMIT 1')[0][0], /^classification\.add$/),
    },
    'POST /kantor/klasifikasi/{id}': {
        path: async (house, isFresh) => `/kantor/klasifikasi/${await house.one('classification', isFresh, async () => {
            house.sql(`INSERT INTO classification (code, name) VALUES ('900.${randomBytes(4).toString('hex')}', '${house.canary}')`);
            return Number(house.sql('SELECT MAX(id) FROM classification')[0][0]);
        })}`,
        form: async () => ({ dipakai: 'tidak' }),
        done: async ({ house, path }) => assert.deepEqual(house.sql(`SELECT is_active FROM classification WHERE id = ${idOf(path)}`), [['0']]),
    },
    'GET /kantor/jenis-surat/gambar': { has: 'Gambar surat' },
    'GET /kantor/jenis-surat/gambar/keadaan': { type: /^text\/html/, has: 'Lambang Garuda' },
    'POST /kantor/jenis-surat/gambar': {
        form: async () => ({ apa: 'picture_3' }), files: async () => [{ name: 'gambar', filename: 'gambar.png', type: 'image/png', bytes: png(300, 400) }],
        done: async ({ house }) => until('the picture is made', () => house.sql("SELECT 1 FROM attachment WHERE owner = 'letter_picture' AND single AND upload_id IS NULL AND file_id IS NOT NULL").length === 1),
    },
    'GET /kantor/jenis-surat/gambar/{apa}': { path: at('/kantor/jenis-surat/gambar/picture_3'), type: /^image\/jpeg/, before: letterPicture },
    'POST /kantor/jenis-surat/gambar/{apa}/lepas': {
        path: at('/kantor/jenis-surat/gambar/picture_3/lepas'), before: letterPicture,
        done: async ({ house }) => assert.deepEqual(house.sql("SELECT 1 FROM attachment WHERE owner = 'letter_picture' AND single"), []),
    },
    'GET /kantor/jenis-surat/{id}/jejak': { path: type('/jejak'), has: 'Riwayat' },
    'GET /periksa': { status: 303 },
    'GET /ca': { status: 303 },
    'platform GET /periksa': { has: 'Periksa keaslian surat' },
    'platform POST /periksa': { form: async () => ({ tanda: '' }), files: () => [{ name: 'berkas', filename: 'surat.pdf', type: 'application/pdf', bytes: pdfOf('kenari') }], status: 200, has: 'tidak memuat segel desa' },
    'platform GET /ca': { has: 'Otoritas segel' },
    'platform GET /ca/{sidik}/{bentuk}': { path: at('/ca/0000000000000000/cer'), status: 404 },
    'platform GET /v/{tanda}': { path: at('/v/palsu'), has: 'tidak kami kenal', status: 404 },
};
