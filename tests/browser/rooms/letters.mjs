// SPDX-License-Identifier: AGPL-3.0-or-later
import { BASE, rows, schemaOf, value } from '../../harness/stack.mjs';
import { BUSINESS, DOMICILE, INVITATION, choose, draft, livingResidents, pdf, pileDone, putType, send } from '../../harness/letters.mjs';

const OPENSID = JSON.stringify([{
    nama: 'Keterangan Usaha', url_surat: 'surat-keterangan-usaha', kode_surat: 'S-16', mandiri: true, masa_berlaku: 1, satuan_masa_berlaku: 'M', header: 1, lampiran: 'F-1.06',
    kode_isian: [{ tipe: 'text', kode: '[form_nama_usaha]', nama: 'Nama Usaha', required: '1' }],
    template: '<h4>[JUdul_surat]</h4><p>[NAma] mempunyai usaha [Form_nama_usaha] sejak [Kode_ajaib].</p><script>x()</script>',
}, { nama: 'Keterangan Rusak', url_surat: 'surat-keterangan-rusak', template: '' }]);

/** A type that was changed once, its text too. */
function twoVersions(village) {
    const definition = (words, fields) => ({ fields, paper: { body: [{ type: 'heading', content: '{judul_surat}' }, ...words.map((content) => ({ type: 'paragraph', content }))] } });
    const line = (name, label, more = {}) => ({ name, label, kind: 'line', ...more });
    const slug = `banding-${process.pid}`;
    putType(village, slug, definition(['Nama: {nama}', 'Alamat: {alamat}', 'Untuk {isi_untuk}.', 'Demikian surat ini dibuat.'], [line('untuk', 'Keperluan'), line('lama', 'Lama tinggal')]));
    const text = JSON.stringify(definition(['Nama: {nama}', 'Alamat: {alamat}', 'Dipergunakan untuk {isi_untuk}, tujuan {isi_tujuan}.', 'Demikian surat ini dibuat.'],
        [line('untuk', 'Keperluan', { required: true }), line('tujuan', 'Tujuan')]));
    rows(schemaOf(village), `UPDATE letter_type SET definition = '${text}', valid_months = 6, is_active = FALSE WHERE slug = '${slug}'`);
    return value(schemaOf(village), `SELECT id FROM letter_type WHERE slug = '${slug}'`);
}

/** One finished, with a line that nobody is behind; one that waits for the head; one that is only chosen. */
async function piles({ village, clerk }) {
    const [a, b, c, ...rest] = livingResidents(village, 8);
    const niks = rows(schemaOf(village), `SELECT nik FROM resident WHERE id IN (${rest.join()})`).map(([nik]) => nik);
    const list = { cara: 'nik', daftar: [...niks, '7317109999990001'].join('\n') };
    const [done, waiting, chosen] = [await choose(clerk, BUSINESS, a, list), await choose(clerk, DOMICILE, b, list), await choose(clerk, BUSINESS, c, list)];
    for (const one of [done, waiting]) (await clerk.submit(one.page, {}, 'form[action$="/kirim"]')).must(303);
    await pileDone(village, done.id);
    return { done: done.id, waiting: waiting.id, chosen: chosen.id, pattern: chosen.pattern };
}

export async function screens({ village, clerk, secretary }) {
    const [resident, second] = livingResidents(village, 2);
    const open = await draft(clerk, BUSINESS, resident);
    const issued = await send(clerk, BUSINESS, second);
    await pdf(clerk, issued.id);
    const waiting = await send(clerk, DOMICILE, resident);
    await secretary.submit(await secretary.get(`/kantor/persetujuan/${waiting.id}`), {}, 'form[action$="/teruskan"]');
    const token = value(schemaOf(village), `SELECT verify_token FROM letter WHERE id = ${issued.id}`);
    const type = value(schemaOf(village), "SELECT id FROM letter_type WHERE slug = 'keterangan-usaha'");
    const upload = { name: 'berkas', filename: 'opensid.json', type: 'application/json', bytes: Buffer.from(OPENSID) };
    const plan = await secretary.submit(await secretary.get('/kantor/jenis-surat/impor'), {}, 'form[action$="/impor"]', { files: [upload] });
    const compared = twoVersions(village);
    const own = await draft(clerk, INVITATION, null);
    const piled = await piles({ village, clerk, secretary });
    return [
        { as: 'clerk', name: 'surat', path: '/kantor/surat', picture: 'letters' },
        { as: 'clerk', name: 'surat-arsip', path: '/kantor/surat?keadaan=terbit&jenis=keterangan-usaha&kanal=loket' },
        { as: 'clerk', name: 'surat-jenis', path: '/kantor/surat/buat', picture: 'which letter' },
        { as: 'clerk', name: 'surat-pemohon', path: '/kantor/surat/buat/keterangan-usaha', picture: 'for whom' },
        { as: 'clerk', name: 'surat-isi', path: `/kantor/surat/${open.id}/isi`, picture: 'its fields' },
        { as: 'clerk', name: 'surat-periksa', path: `/kantor/surat/${open.id}/periksa`, picture: 'check beside the paper' },
        { as: 'clerk', name: 'surat-terbit', path: `/kantor/surat/${issued.id}`, picture: 'issued' },
        { as: 'clerk', name: 'surat-kantor', path: '/kantor/surat/buat/undangan' },
        { as: 'clerk', name: 'surat-kantor-isi', path: `/kantor/surat/${own.id}/isi`, picture: "a letter of the office's own" },
        { as: 'clerk', name: 'surat-kantor-periksa', path: `/kantor/surat/${own.id}/periksa` },
        { as: 'clerk', name: 'surat-massal', path: '/kantor/surat-massal' },
        { as: 'clerk', name: 'surat-massal-pilih', path: `/kantor/surat/${piled.pattern}/massal`, picture: 'one letter for many' },
        { as: 'clerk', name: 'surat-massal-periksa', path: `/kantor/surat-massal/${piled.chosen}`, picture: 'who gets it, and who cannot' },
        { as: 'clerk', name: 'surat-massal-selesai', path: `/kantor/surat-massal/${piled.done}`, picture: 'all of them issued' },
        { as: 'head', name: 'surat-massal-contoh', path: `/kantor/surat-massal/${piled.waiting}/contoh` },
        { as: 'secretary', name: 'nomor-surat', path: '/kantor/nomor-surat', picture: 'numbers' },
        { as: 'secretary', name: 'nomor-mulai', path: '/kantor/nomor-surat/mulai?urutan=desa' },
        { as: 'clerk', name: 'penduduk-surat', path: `/kantor/penduduk/${resident}/surat` },
        { as: 'head', name: 'persetujuan', path: '/kantor/persetujuan', picture: 'what waits for the head' },
        { as: 'head', name: 'persetujuan-satu', path: `/kantor/persetujuan/${waiting.id}`, picture: "the head's tap" },
        { as: 'head', name: 'surat-baca', path: `/kantor/surat/${waiting.id}/baca`, picture: 'the letter, read before it is signed' },
        { as: 'head', name: 'dilarang', path: '/kantor/surat/buat', picture: 'not allowed' },
        { as: 'secretary', name: 'jenis-surat', path: '/kantor/jenis-surat', picture: 'types of letters' },
        { as: 'secretary', name: 'jenis-surat-satu', path: `/kantor/jenis-surat/${type}`, picture: 'one type' },
        { as: 'secretary', name: 'jenis-surat-isi', path: `/kantor/jenis-surat/${type}/isi`, picture: 'its text, the paper beside it' },
        { as: 'secretary', name: 'jenis-surat-versi', path: `/kantor/jenis-surat/${type}/versi`, picture: 'what it said before' },
        { as: 'secretary', name: 'jenis-surat-banding', path: `/kantor/jenis-surat/${compared}/versi/1/banding/2`, picture: 'two versions compared' },
        { as: 'secretary', name: 'jenis-surat-impor', path: '/kantor/jenis-surat/impor' },
        { as: 'secretary', name: 'jenis-surat-impor-periksa', path: plan.location, picture: 'what an OpenSID file becomes' },
        { as: 'secretary', name: 'jenis-surat-gambar', path: '/kantor/jenis-surat/gambar' },
        { as: 'secretary', name: 'jenis-surat-ubah', path: `/kantor/jenis-surat/${type}/ubah`, picture: 'its settings' },
        { as: 'secretary', name: 'jenis-surat-isi', path: `/kantor/jenis-surat/${type}/isi` },
        { as: 'secretary', name: 'jenis-surat-pertanyaan', path: `/kantor/jenis-surat/${type}/isi/pertanyaan`, picture: 'what a type asks' },
        { as: 'secretary', name: 'jenis-surat-untuk', path: `/kantor/jenis-surat/${type}/isi/untuk`, picture: 'for whom a type is' },
        { as: 'secretary', name: 'jenis-surat-pertanyaan-satu', path: `/kantor/jenis-surat/${type}/isi/pertanyaan/usaha` },
        { as: 'clerk', name: 'surat-rekap', path: '/kantor/surat/rekap', picture: 'letters by type and month' },
        { as: 'secretary', name: 'klasifikasi', path: '/kantor/klasifikasi?golongan=400', picture: 'classification' },
        { as: 'secretary', name: 'klasifikasi-tambah', path: '/kantor/klasifikasi/tambah' },
        { as: 'clerk', name: 'surat-naskah', path: `/kantor/surat/${open.id}/naskah` },
        { as: 'nobody', host: BASE, name: 'verifikasi', path: `/v/${token}`, picture: 'verification' },
        { as: 'nobody', host: BASE, name: 'periksa-berkas', path: '/periksa', picture: 'a file is checked' },
        { as: 'nobody', host: BASE, name: 'otoritas', path: '/ca', picture: 'the authority of the seals' },
        { as: 'nobody', host: BASE, name: 'verifikasi-palsu', path: '/v/palsu', picture: 'a code that is none' },
    ];
}
