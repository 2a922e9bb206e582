// SPDX-License-Identifier: AGPL-3.0-or-later
import { pdfOf, png } from '../../harness/pictures.mjs';
import { schemaOf, until, value } from '../../harness/stack.mjs';
import { BUSINESS, draft, livingResidents } from '../../harness/letters.mjs';

/** Somebody with a history. */
async function changedResident(village, clerk) {
    const id = value(schemaOf(village), 'SELECT MAX(id) FROM resident WHERE basic_status = 1');
    const form = (await clerk.get(`/kantor/penduduk/${id}/ubah`)).must(200);
    const words = `Luwu ${Date.now() % 1000}`;
    const done = await clerk.submit(form, { isi_suku: words, isi_tempatlahir: `Palopo ${words}`, alasan: 'dokumen', keterangan: 'akta kelahiran 7317-LU-2026' }, 'main form[action$="/ubah"]');
    done.must(303);
    const papers = async (which, values, file) => {
        const page = (await clerk.get(`/kantor/penduduk/${id}/berkas`)).must(200);
        (await clerk.submit(page, values, `main form[action$="/${which}"]`, { files: [file] })).must(303);
    };
    await papers('foto', {}, { name: 'foto', filename: 'foto.png', type: 'image/png', bytes: png(360, 480) });
    await papers('dokumen', { jenis: 'birth', catatan: 'akta kelahiran 7317-LU-2026' }, { name: 'berkas', filename: 'akta.pdf', type: 'application/pdf', bytes: pdfOf('akta') });
    await until('the photo is made', () => value(schemaOf(village), `SELECT 1 FROM attachment WHERE owner = 'resident' AND slot = 'photo' AND owner_id = ${id} AND upload_id IS NULL`));
    return id;
}

export async function screens({ village, clerk }) {
    const [resident] = livingResidents(village, 1);
    const changed = await changedResident(village, clerk);
    await draft(clerk, BUSINESS, resident); // among their letters
    return [
        { as: 'clerk', name: 'penduduk-satu', path: `/kantor/penduduk/${resident}`, picture: 'one resident with family' },
        { as: 'clerk', name: 'penduduk-ubah', path: `/kantor/penduduk/${resident}/ubah`, picture: 'one resident, edited' },
        { as: 'clerk', name: 'penduduk-ubah-bagian', path: `/kantor/penduduk/${resident}/ubah?bagian=1` },
        { as: 'clerk', name: 'penduduk-surat-semua', path: `/kantor/penduduk/${resident}?lihat=surat` },
        { as: 'clerk', name: 'penduduk-riwayat', path: `/kantor/penduduk/${changed}/riwayat`, picture: 'who changed what, and why' },
        { as: 'secretary', name: 'penduduk-dibuka', path: `/kantor/penduduk/${changed}/riwayat/dibuka` },
        { as: 'clerk', name: 'penduduk-berkas', path: `/kantor/penduduk/${changed}/berkas`, picture: 'photo and papers' },
    ];
}
