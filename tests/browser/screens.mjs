// SPDX-License-Identifier: AGPL-3.0-or-later
// Every screen there is: who sees it and where. The checks and the README's pictures walk this one list.
// A room may have a file of its own, rooms/ROOM.mjs, which exports `screens`: async ({village, clerk}) → [{as, name, path}]. It makes
// what its pages show. Older rooms stand below.

import { readdirSync } from 'node:fs';
import { pdfOf, png } from '../harness/pictures.mjs';
import { BASE, access, rows, schemaOf, until, value } from '../harness/stack.mjs';
import { staff } from '../harness/client.mjs';
import { usualFamily } from '../harness/families.mjs';
import { BUSINESS, DOMICILE, draft, livingResidents, pdf, send } from '../harness/letters.mjs';
import { post } from '../walls/house.mjs';

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

/** Makes what the screens show; → [{name, host, path, as: 'nobody' | role | 'kelola' | 'dpmd'}]. */
export async function screens(village) {
    const all = access();
    const clerk = await staff(village, 'clerk');
    const secretary = await staff(village, 'secretary');
    const [resident, second] = livingResidents(village, 2);
    const open = await draft(clerk, BUSINESS, resident);
    const issued = await send(clerk, BUSINESS, second);
    await pdf(clerk, issued.id);
    const waiting = await send(clerk, DOMICILE, resident);
    await secretary.submit(await secretary.get(`/kantor/persetujuan/${waiting.id}`), {}, 'form[action$="/teruskan"]');
    const family = usualFamily(village, 'CONTOH');
    const gone = usualFamily(village, 'PERGI').members[3];
    (await post(clerk, `/kantor/penduduk/${gone}/kematian`,
        { versi: '1', langkah: 'periksa', tanggal_hari: '2', tanggal_bulan: '11', tanggal_tahun: '2024', tempat: 'Rumah', pelapor: 'Halimah' })).must(303);
    const event = Number(value(schemaOf(village), `SELECT id FROM resident_event WHERE resident_id = ${gone}`));
    const token = value(schemaOf(village), `SELECT verify_token FROM letter WHERE id = ${issued.id}`);
    const changed = await changedResident(village, clerk);
    const [[spare]] = rows('balai_control', "SELECT code FROM village WHERE is_sample = 0 AND state IN ('trial', 'active') ORDER BY code LIMIT 1");
    const other = all.villages.find((v) => v.code === spare);
    const download = (await post(clerk, '/kantor/penduduk/unduh', { bentuk: 'xlsx' })).location;
    await until('the list is a file', () => value(schemaOf(village), `SELECT ready_at FROM export_file WHERE id = ${/\d+$/.exec(download)[0]}`));
    const at = (as, host) => (name, path) => ({ name, host, path, as });
    const open_ = at('nobody', village.host);
    const clerks = at('clerk', village.host);
    const secretaries = at('secretary', village.host);
    const heads = at('head', village.host);
    const ofRooms = [];
    const chosen = (process.env.BALAI_ROOMS ?? '').split(' ').filter(Boolean); // deploy/test suites WORD
    for (const file of readdirSync(new URL('rooms/', import.meta.url)).filter((f) => f.endsWith('.mjs')).sort()) {
        if (chosen.length > 0 && !chosen.includes(file.replace('.mjs', ''))) continue;
        const room = await import(new URL(`rooms/${file}`, import.meta.url));
        ofRooms.push(...(await room.screens({ village, clerk })).map((screen) => ({ host: village.host, ...screen })));
    }
    if (chosen.length > 0) return ofRooms;
    return [
        ...ofRooms,
        at('nobody', BASE)('daftar-desa', '/'),
        at('nobody', BASE)('verifikasi', `/v/${token}`),
        at('nobody', BASE)('verifikasi-palsu', '/v/palsu'),
        open_('beranda-desa', '/'),
        open_('masuk', '/masuk'),
        open_('tidak-ada', '/tidak-ada'),
        open_('ambil-surat-salah', `/surat/ambil/${'a'.repeat(42)}A`),
        at('nobody', other.host)('beranda-desa-baru', '/'),
        clerks('kantor', '/kantor'),
        clerks('surat', '/kantor/surat'),
        clerks('surat-arsip', '/kantor/surat?keadaan=terbit&jenis=keterangan-usaha&kanal=loket'),
        clerks('surat-jenis', '/kantor/surat/buat'),
        clerks('surat-pemohon', '/kantor/surat/buat/keterangan-usaha'),
        clerks('surat-isi', `/kantor/surat/${open.id}/isi`),
        clerks('surat-periksa', `/kantor/surat/${open.id}/periksa`),
        clerks('surat-terbit', `/kantor/surat/${issued.id}`),
        clerks('pekerjaan', '/kantor/pekerjaan'),
        clerks('penduduk', '/kantor/penduduk'),
        clerks('penduduk-unduhan', download),
        clerks('penduduk-satu', `/kantor/penduduk/${resident}`),
        clerks('penduduk-ubah', `/kantor/penduduk/${resident}/ubah`),
        clerks('penduduk-ubah-bagian', `/kantor/penduduk/${resident}/ubah?bagian=1`),
        clerks('penduduk-surat-semua', `/kantor/penduduk/${resident}?lihat=surat`),
        clerks('penduduk-riwayat', `/kantor/penduduk/${changed}/riwayat`),
        secretaries('penduduk-dibuka', `/kantor/penduduk/${changed}/riwayat/dibuka`),
        clerks('penduduk-berkas', `/kantor/penduduk/${changed}/berkas`),
        clerks('penduduk-surat', `/kantor/penduduk/${changed}/surat`),
        clerks('penduduk-kartu', `/kantor/penduduk/${resident}/kartu`),
        clerks('penduduk-surel', `/kantor/penduduk/${resident}/surel`),
        clerks('peristiwa', '/kantor/peristiwa'),
        clerks('peristiwa-satu', `/kantor/peristiwa/${event}`),
        clerks('peristiwa-perbaiki', `/kantor/peristiwa/${event}/perbaiki`),
        clerks('peristiwa-batal', `/kantor/peristiwa/${event}/batal`),
        clerks('peristiwa-catat', '/kantor/peristiwa/catat'),
        clerks('peristiwa-cari', '/kantor/peristiwa/catat/kematian'),
        clerks('peristiwa-kedatangan', '/kantor/peristiwa/kedatangan'),
        clerks('peristiwa-kematian', `/kantor/penduduk/${family.members[0]}/kematian`),
        clerks('peristiwa-kepindahan', `/kantor/penduduk/${family.members[0]}/kepindahan`),
        clerks('peristiwa-hilang', `/kantor/penduduk/${family.members[1]}/hilang`),
        clerks('peristiwa-kelahiran', `/kantor/keluarga/${family.id}/kelahiran`),
        clerks('keluarga', '/kantor/keluarga'),
        clerks('keluarga-satu', `/kantor/keluarga/${family.id}`),
        clerks('keluarga-ubah', `/kantor/keluarga/${family.id}/ubah`),
        clerks('keluarga-kepala', `/kantor/keluarga/${family.id}/kepala`),
        clerks('keluarga-pindah', `/kantor/keluarga/${family.id}/pindah`),
        clerks('anjungan', '/kantor/anjungan'),
        secretaries('pengaturan', '/kantor/pengaturan'),
        secretaries('petugas', '/kantor/pengaturan/petugas'),
        heads('persetujuan', '/kantor/persetujuan'),
        heads('persetujuan-satu', `/kantor/persetujuan/${waiting.id}`),
        heads('dilarang', '/kantor/surat/buat'),
        at('nobody', `kelola.${BASE}`)('kelola-masuk', '/masuk'),
        at('kelola', `kelola.${BASE}`)('kelola', '/'),
        at('dpmd', `dpmd.${BASE}`)('dpmd', '/'),
    ];
}
