// SPDX-License-Identifier: AGPL-3.0-or-later
// One paper of every letter type that comes with the house, of people and answers as a village has them.

import { readFileSync, readdirSync } from 'node:fs';
import { dayAgo } from './days.mjs';
import { makeFamily } from './families.mjs';
import { pdf, send } from './letters.mjs';
import { rows, schemaOf, value } from './stack.mjs';

const folder = new URL('../../tenants/village/letters/types/', import.meta.url);
export const types = readdirSync(folder).filter((name) => name.endsWith('.json')).sort()
    .map((name) => ({ slug: name.slice(0, -5), ...JSON.parse(readFileSync(new URL(name, folder))) }));

/** A day to come, as [day, month, year]. */
const ahead = (days) => dayAgo(-days);

/** What is typed, by the field's name, or by type and field; days are [day, month, year]. */
const TYPED = {
    keperluan: 'pengajuan kredit usaha rakyat (KUR) di bank', keterangan: '', telepon: '0813 5520 1177', surel: 'ruslan.pawellang@surel.id', tujuan: 'Kota Makassar',
    hubungan: 'Anak', sekolah: 'SMA Negeri 3 Luwu', atas_nama: 'Ruslan Pawellang', kua: 'Larompong Selatan', pukul: '06.40', jam: '09.00', sampai: '22.00',
    utara: 'kebun Nurdin', timur: 'jalan tani', selatan: 'kebun Sudirman', barat: 'sungai Lamasi', luas: '7.250', anak_ke: '2', ke: '1', sejak: '2014',
    hari: [3, 2, 2026], tanggal: ahead(15), berangkat: ahead(3), kembali: ahead(6), meninggal: [3, 2, 2026],
    alasan: 'Pekerjaan', klasifikasi: 'Antarkabupaten', kk_tinggal: 'Nomor KK tetap', kk_pindah: 'Membuat KK baru', jabatan: 'Kepala Seksi Pelayanan',
    tujuan_alamat: 'Jl. Andi Djemma No. 21', tujuan_rt: '3', tujuan_rw: '1', tujuan_dusun: 'Salekoe', tujuan_desa: 'Salekoe', tujuan_kecamatan: 'Wara Timur', tujuan_kabupaten: 'Kota Palopo',
    tujuan_provinsi: 'Sulawesi Selatan', tujuan_pos: '91921', kk_lama: '', dispensasi: '', anggaran: 'APB Desa 2026, Bidang Penyelenggaraan Pemerintahan',
    bin_calon: 'Sudirman', bin_ayah: 'Pawellang', binti_ibu: 'Mappanyukki', bin: 'Mappiare', bin_pasangan: 'Lasinrang', terdahulu: 'Kasmawati', pemuka: 'Pdt. Yunus Palimbong, S.Th.',
    'ahli-waris.tempat': 'rumahnya di Dusun Batu Lotong', 'ahli-waris.keperluan': 'pencairan tabungan almarhum di bank',
    'beda-identitas-kis.kartu': '0001 4412 77310', 'beda-identitas-kis.nama_kartu': 'Ruslan Pawelang', 'beda-identitas-kis.lahir_kartu': [1, 10, 1970],
    'beda-identitas-kis.alamat_kartu': 'Dusun Padang, Desa Sampano', 'beda-identitas-kis.keperluan': 'pengurusan jaminan kesehatan di BPJS',
    'beda-identitas.dokumen': 'Ijazah SMA', 'beda-identitas.nomor': 'DN-19 Ma 0044127', 'beda-identitas.nama_lain': 'Ruslan P.', 'beda-identitas.tempat_lain': 'Larompong',
    'beda-identitas.tanggal_lain': [1, 10, 1970], 'beda-identitas.alamat_lain': 'Dusun Padang, Desa Sampano', 'beda-identitas.beda': 'nama dan tanggal lahir',
    'beda-identitas.keperluan': 'melamar pekerjaan', 'belum-menikah.keperluan': 'melamar pekerjaan di perusahaan', 'bepergian.kendaraan': 'mobil penumpang umum', 'bepergian.keperluan': 'menjenguk keluarga yang sakit',
    'biodata.keperluan': 'pengurusan paspor', 'domisili-usaha.usaha': 'UD Sinar Batu Lotong', 'domisili-usaha.bidang': 'perdagangan hasil bumi', 'domisili-usaha.alamat_usaha': 'Jl. Poros Sampano Nomor 4, Dusun Batu Lotong',
    'domisili-usaha.karyawan': '3', 'domisili-usaha.keperluan': 'pembuatan NIB', 'duplikat-kelahiran.nomor': '7317-LT-11112010-0001', 'duplikat-nikah.pasangan_nama': 'Hasnah Mappanyukki',
    'duplikat-nikah.nikah': [7, 6, 1994], 'duplikat-nikah.nomor': '123/45/VI/1994',
    'formulir-f101.surel': '', 'formulir-f103.jenis': 'Kepala dan sebagian anggota', 'formulir-f108.jenis': 'Kepala dan sebagian anggota', 'pindah.jenis': 'Kepala dan sebagian anggota',
    'formulir-f106.elemen': 'Pendidikan dan pekerjaan', 'formulir-f106.dasar_pendidikan': 'Ijazah DN-19 PC 0012345', 'formulir-f106.dasar_pekerjaan': 'SK Direktur 12/HRD/2025',
    'formulir-f201-kelahiran.anak': 'Muhammad Fadil Akbar', 'formulir-f201-kelahiran.tempat': 'Kabupaten Luwu', 'formulir-f201-kelahiran.berat': '3,2', 'formulir-f201-kelahiran.panjang': '50',
    'formulir-f201-kematian.tempat': 'rumahnya di Desa Sampano', 'formulir-f201-kematian.ayah_almarhum': 'Mappiare', 'formulir-f201-kematian.ibu_almarhum': 'Sitti Saleha', 'formulir-f229.tempat': 'rumahnya di Desa Sampano',
    'formulir-f201-perkawinan.agama': 'Kristen', 'formulir-f201-perkawinan.ayah_suami': 'Yohanis Tandi', 'formulir-f201-perkawinan.ibu_suami': 'Martha Limbong', 'formulir-f201-perkawinan.ayah_istri': 'Paulus Rante',
    'formulir-f201-perkawinan.ibu_istri': 'Elisabet Sampe', 'formulir-f201-perkawinan.ke_suami': '1', 'formulir-f201-perkawinan.ke_istri': '1', 'formulir-f201-perkawinan.pemberkatan': [10, 1, 2026],
    'formulir-f201-perkawinan.organisasi': '', 'formulir-f201-perkawinan.ibadah': 'Gereja Toraja Jemaat Sampano', 'formulir-f201-perkawinan.pengadilan': '', 'formulir-f201-perkawinan.putusan': '',
    'formulir-f201-perkawinan.putusan_tanggal': null, 'formulir-f201-perkawinan.anak_diakui': '',
    'formulir-n2.hari': ahead(15), 'formulir-n2.tempat': 'rumah mempelai perempuan, Dusun Padang', 'formulir-n6.tanggal': [3, 2, 2026], 'formulir-n6.tempat': 'Desa Sampano',
    'izin-keramaian.acara': 'resepsi pernikahan', 'izin-keramaian.hiburan': 'musik elekton', 'izin-keramaian.mulai': ahead(13), 'izin-keramaian.selesai': ahead(14), 'izin-keramaian.pukul': '10.00',
    'izin-keramaian.tempat': 'halaman rumah, Dusun Batu Lotong', 'izin-keramaian.tamu': '400',
    'izin-orang-tua-suami-istri.negara': 'Malaysia', 'izin-orang-tua-suami-istri.perusahaan': 'PT Bina Karya Nusantara', 'izin-orang-tua-suami-istri.masa': '2', 'jamkesos.kartu': '0001441277310', 'jamkesos.keperluan': 'berobat di RSUD Batara Guru',
    'janda-duda.karena': 'Cerai mati', 'janda-duda.sejak': [4, 5, 2019], 'janda-duda.bukti': '0127/AC/2019/PA.Blp', 'janda-duda.keperluan': 'pengurusan pencairan asuransi',
    'jual-beli.jenis': 'Tanah', 'jual-beli.rincian': 'Sebidang kebun kakao di Dusun Batu Lotong, berbatas kebun Nurdin, jalan tani, kebun Sudirman, dan sungai', 'jual-beli.harga': '85.000.000',
    'kelahiran.hari': [1, 1, 2006], 'kelahiran.berat': '3,2', 'kelahiran.panjang': '50', 'kelahiran.hubungan': 'Kakek', 'kematian.tempat': 'rumahnya di Dusun Batu Lotong', 'kematian.makam': 'pemakaman umum Desa Sampano',
    'kepemilikan-kendaraan.merek': 'Honda Beat CBS', 'kepemilikan-kendaraan.tahun': '2021', 'kepemilikan-kendaraan.warna': 'hitam', 'kepemilikan-kendaraan.polisi': 'DP 4127 TK', 'kepemilikan-kendaraan.rangka': 'MH1JM8112LK123456',
    'kepemilikan-kendaraan.mesin': 'JM81E1234567', 'kepemilikan-kendaraan.bpkb': 'P-01234567', 'kepemilikan-kendaraan.silinder': '110', 'kepemilikan-kendaraan.keperluan': 'agunan pinjaman',
    'kepemilikan-tanah.jenis': 'Kebun atau ladang', 'kepemilikan-tanah.jalan': 'Dekat embung desa, Dusun Batu Lotong', 'kepemilikan-tanah.nomor': '593/12/SPN/2014', 'kepemilikan-tanah.keperluan': 'agunan kredit bank',
    'keterangan-domisili.sejak': '1998', 'keterangan-domisili.keperluan': 'pendaftaran sekolah anak', 'keterangan-penduduk.keperluan': 'pembukaan rekening bank', 'keterangan-tidak-mampu.keperluan': 'keringanan biaya sekolah',
    'keterangan-usaha.usaha': 'kios gula aren dan kakao kering', 'keterangan-usaha.tempat': 'Dusun Batu Lotong', 'ktp-proses.rekam': [20, 11, 2026], 'ktp-proses.keperluan': 'pembukaan rekening bank',
    'kuasa.untuk': 'mengambil uang pensiun bulan Desember 2026 di kantor pos Larompong', 'kuasa.sampai': ahead(32),
    'lahir-mati.tempat': 'Puskesmas Larompong', 'lahir-mati.lama': '36', 'lahir-mati.sebab': 'tidak diketahui', 'lahir-mati.hubungan': 'Suami',
    'nikah-non-muslim.hari': ahead(15), 'nikah-non-muslim.status_pasangan': 'Perawan', 'nikah-non-muslim.tempat': 'Gereja Toraja Jemaat Sampano', 'nikah-non-muslim.terdahulu': '', 'pas-lintas.tujuan': 'Tawau, Malaysia', 'pas-lintas.keperluan': 'mengunjungi keluarga',
    'pengantar-kehilangan.barang': 'STNK sepeda motor Honda Beat', 'pengantar-kehilangan.rincian': 'Nomor polisi DP 4127 TK, warna hitam, atas nama Ruslan Pawellang', 'pengantar-kehilangan.tempat': 'antara pasar Larompong dan rumah',
    'pengantar-skck.keperluan': 'melamar pekerjaan', 'pengantar.tujuan': 'Dinas Kependudukan dan Pencatatan Sipil Kabupaten Luwu', 'pengantar.keperluan': 'perbaikan data Kartu Keluarga',
    hasil: '1.750.000', hasil_ayah: '1.750.000', hasil_ibu: '600.000', nis: '0041227731', jurusan: 'IPA', kelas: 'XII', 'penghasilan-ayah.keperluan': 'pendaftaran beasiswa', 'penghasilan-ibu.keperluan': 'pendaftaran beasiswa',
    'penghasilan-orang-tua.keperluan': 'pendaftaran beasiswa KIP Kuliah', 'pergi-kawin.tujuan': 'Kelurahan Salekoe, Kecamatan Wara Timur, Kota Palopo', 'pergi-kawin.keperluan': 'melangsungkan pernikahan',
    'perintah-tugas.dasar': 'Undangan Camat Larompong Selatan nomor 005/212/KLS tanggal 25 November 2026', 'perintah-tugas.tugas': 'mengikuti rapat koordinasi pendataan penduduk', 'perintah-tugas.hari': [2, 12, 2026],
    'perintah-tugas.sampai': [3, 12, 2026], 'perintah-tugas.tempat': 'Aula Kantor Camat Larompong Selatan', 'perintah-tugas.bersama': 'Andi Batari, Kaur Umum\nMursalim, Kepala Dusun Padang',
    'perjalanan-dinas.pangkat': '', 'perjalanan-dinas.maksud': 'mengikuti bimbingan teknis administrasi kependudukan', 'perjalanan-dinas.tujuan': 'Belopa', 'perjalanan-dinas.angkutan': 'kendaraan umum', 'perjalanan-dinas.lama': '',
    'perjalanan-dinas.biaya': 'C', 'perjalanan-dinas.pengikut_nama': 'Andi Batari, Kaur Umum', 'permohonan-akta-lahir.anak': 'Muhammad Fadil Akbar', 'permohonan-akta-lahir.tempat': 'Larompong',
    'permohonan-akta-lahir.ayah_nama': 'Akbar Ruslan', 'permohonan-akta-lahir.ibu_nama': 'Fitriani Sudirman', 'permohonan-akta-lahir.alamat_ortu': 'Dusun Batu Lotong, Desa Sampano',
    'permohonan-cerai.sebab': 'Suami dan istri telah berpisah rumah sejak Januari 2024 dan tidak dapat dirukunkan lagi oleh keluarga kedua pihak.', 'rujuk-cerai.sebab': 'Sudah dua kali didamaikan oleh keluarga.',
    'undangan.hal': 'Undangan musyawarah desa', 'undangan.sehubungan': 'akan disusunnya RKP Desa tahun 2027', 'undangan.hari': ahead(15), 'undangan.tempat': 'Balai Desa Sampano', 'undangan.acara': 'Musyawarah desa penyusunan RKP Desa 2027',
    'undangan.catatan': 'membawa data penerima bantuan tiap dusun', 'undangan.tembusan': 'Camat Larompong Selatan', 'perubahan-kk.rincian': 'Pekerjaan kepala keluarga: Petani/pekebun menjadi Pedagang', 'sporadik.jalan': 'Jl. Tani Batu Lotong', 'sporadik.rt': '002/001', 'sporadik.nib': '', 'sporadik.guna': 'kebun kakao', 'sporadik.dari': 'Pawellang',
    'sporadik.sejak': '1998', 'wali.hubungan': 'Paman', 'wali.sebab': 'Orang tua bekerja di tempat lain', 'wali-hakim.sebab': 'Wali nasab berhalangan', 'permohonan-kk.alasan': 'Kartu keluarga hilang', 'formulir-f115.alasan': 'KK hilang atau rusak', 'wali.keperluan': 'pendaftaran sekolah',
};

/** Letters of the office itself. */
Object.assign(TYPED, {
    'berita-acara-musyawarah.hal': 'penetapan RKP Desa tahun 2027', 'berita-acara-musyawarah.tempat': 'Balai Desa Sampano', 'berita-acara-musyawarah.unsur': 'Pemerintah Desa\nBadan Permusyawaratan Desa\nLembaga Pemberdayaan Masyarakat\nTP-PKK dan kader posyandu\nKelompok tani dan nelayan',
    'berita-acara-musyawarah.materi': 'Evaluasi RKP Desa tahun 2026\nUsulan tiap dusun\nPagu indikatif desa', 'berita-acara-musyawarah.sepakat': 'Rabat beton Dusun Batu Lotong 350 meter\nPerpipaan air bersih Dusun Padang\nPelatihan pengolahan kakao untuk kelompok wanita tani',
    'berita-acara-musyawarah.pimpinan': 'Sitti Aminah, S.Pd.', 'berita-acara-musyawarah.notulis': 'Andi Batari', 'berita-acara-musyawarah.wakil': 'Mursalim', 'berita-acara-musyawarah.hadir': 'Sitti Aminah, S.Pd.; Ketua BPD\nMursalim; Kepala Dusun Padang\nRosmini; Ketua TP-PKK\nAbd. Rahman; Ketua Kelompok Tani Sipatuo',
    'berita-acara-serah-terima.hal': 'serah terima laptop pelayanan', 'berita-acara-serah-terima.tempat': 'Kantor Desa Sampano', 'berita-acara-serah-terima.satu_nama': 'Mardiana Rabiah, S.Sos.', 'berita-acara-serah-terima.satu_jabatan': 'Sekretaris Desa', 'berita-acara-serah-terima.satu_alamat': 'Dusun To Bulung, Desa Sampano',
    'berita-acara-serah-terima.dua_nama': 'Andi Batari', 'berita-acara-serah-terima.dua_jabatan': 'Kaur Umum', 'berita-acara-serah-terima.dua_alamat': 'Dusun Padang, Desa Sampano', 'berita-acara-serah-terima.barang': 'Laptop 14 inci; 1 unit, baik\nTas dan pengisi daya; 1 set, baik\nPencetak kartu; 1 unit, roda penarik aus', 'berita-acara-serah-terima.catatan': 'Barang tercatat di buku inventaris nomor 27 sampai 29.',
    'edaran.hal': 'kerja bakti menjelang musim hujan', 'edaran.kepada': 'Kepala Dusun Batu Lotong\nKepala Dusun Padang\nKepala Dusun To Bulung\nKetua RT dan RW', 'edaran.dasar': 'Musim hujan diperkirakan mulai pertengahan Desember, dan beberapa saluran di dusun tersumbat.',
    'edaran.ketentuan': 'Kerja bakti dilaksanakan hari Minggu, 6 Desember 2026, mulai pukul 07.00\nTiap rumah diwakili satu orang dan membawa alat sendiri\nKepala dusun melaporkan saluran yang perlu alat berat', 'edaran.tembusan': 'Camat Larompong Selatan\nKetua BPD Sampano',
    'keputusan-kepala-desa.hal': 'pembentukan tim penyusun RKP Desa tahun 2027', 'keputusan-kepala-desa.menimbang': 'bahwa RKP Desa disusun oleh tim yang dibentuk kepala desa\nbahwa yang namanya tersebut dalam lampiran dipandang mampu melaksanakan tugas itu', 'keputusan-kepala-desa.mengingat': 'Undang-Undang Nomor 6 Tahun 2014 tentang Desa, sebagaimana diubah dengan Undang-Undang Nomor 3 Tahun 2024\nPeraturan Menteri Dalam Negeri Nomor 114 Tahun 2014 tentang Pedoman Pembangunan Desa',
    'keputusan-kepala-desa.memperhatikan': 'Hasil musyawarah desa tanggal 3 Februari 2026', 'keputusan-kepala-desa.diktum': 'Membentuk tim penyusun RKP Desa tahun 2027 dengan susunan seperti dalam lampiran\nTim bertugas menyusun rancangan RKP Desa dan menyampaikannya kepada kepala desa\nKeputusan ini berlaku sejak tanggal ditetapkan',
    'keputusan-kepala-desa.nama': 'Mardiana Rabiah, S.Sos.; Ketua\nAbd. Rahman; Sekretaris\nMursalim; Anggota\nRosmini; Anggota', 'keputusan-kepala-desa.tembusan': 'Camat Larompong Selatan\nKetua BPD Sampano',
    'peraturan-kepala-desa.hal': 'tata tertib peminjaman aula desa', 'peraturan-kepala-desa.menimbang': 'bahwa aula desa dipakai bersama oleh warga dan lembaga desa\nbahwa agar pemakaiannya tertib perlu diatur peminjamannya', 'peraturan-kepala-desa.mengingat': 'Undang-Undang Nomor 6 Tahun 2014 tentang Desa, sebagaimana diubah dengan Undang-Undang Nomor 3 Tahun 2024\nPeraturan Menteri Dalam Negeri Nomor 111 Tahun 2014 tentang Pedoman Teknis Peraturan di Desa',
    'peraturan-kepala-desa.memperhatikan': '', 'peraturan-kepala-desa.pasal': 'BAB I KETENTUAN UMUM\nAula adalah aula di halaman kantor desa.\nBAB II PEMINJAMAN\n(1) Aula dapat dipinjam oleh:\na. warga desa, untuk hajatan; dan\nb. lembaga desa, untuk kegiatannya.\n(2) Peminjam mengajukan permohonan paling lambat tiga hari sebelumnya.\nPeminjam membersihkan aula dan mengganti barang yang rusak.\nBAB III PENUTUP\nPeraturan Kepala Desa ini mulai berlaku pada tanggal diundangkan.',
    'keterangan-kantor.hal': 'keberadaan Kelompok Tani Sipatuo', 'keterangan-kantor.isi': 'Kelompok Tani Sipatuo berkedudukan di Dusun Batu Lotong, dibentuk pada tahun 2014, dan sampai surat ini dibuat masih aktif dengan 27 anggota.', 'keterangan-kantor.rincian': 'Ketua; Abd. Rahman\nSekretaris; Mursalim\nBendahara; Rosmini', 'keterangan-kantor.keperluan': 'pengajuan bantuan pupuk',
    'kuasa-kantor.hal': 'pengambilan dokumen di Dinas PMD', 'kuasa-kantor.nama': 'Andi Batari', 'kuasa-kantor.jabatan': 'Kaur Umum', 'kuasa-kantor.alamat': 'Dusun Padang, Desa Sampano', 'kuasa-kantor.wewenang': 'mengambil dokumen evaluasi APB Desa tahun 2027\nmenandatangani tanda terimanya',
    'nota-dinas.hal': 'perbaikan pencetak di loket', 'nota-dinas.kepada': 'Kaur Umum', 'nota-dinas.lampiran': '-', 'nota-dinas.isi': 'Pencetak di loket pelayanan sering macet sejak awal November. Mohon diperiksa dan diperbaiki sebelum penyaluran bantuan tanggal 15 Desember.', 'nota-dinas.tembusan': 'Sekretaris Desa',
    'notulen.hal': 'persiapan penyaluran bantuan bulan Desember', 'notulen.tempat': 'Kantor Desa Sampano', 'notulen.pimpinan': 'Mardiana Rabiah, S.Sos.', 'notulen.notulis': 'Andi Batari', 'notulen.pembahasan': 'Daftar penerima dibacakan dan dicocokkan tiap dusun\nDua penerima sudah pindah, penggantinya dimusyawarahkan\nUndangan disampaikan oleh kepala dusun',
    'notulen.hasil': 'Daftar akhir ditempel di kantor desa; Sekretaris, 4 Desember\nUndangan dibagikan; Kepala dusun, 8 Desember\nPenyaluran di balai desa; Kasi Kesejahteraan, 15 Desember', 'notulen.hadir': 'Mardiana Rabiah, S.Sos.; Sekretaris Desa\nMursalim; Kepala Dusun Padang\nRosmini; Ketua TP-PKK',
    'pengantar-berkas.hal': 'laporan realisasi APB Desa', 'pengantar-berkas.kepada': 'Kepala Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Luwu', 'pengantar-berkas.di': 'Belopa', 'pengantar-berkas.berkas': 'Laporan realisasi APB Desa semester II; 2 rangkap\nRekening koran kas desa; 1 berkas\nFoto kegiatan; 12 lembar', 'pengantar-berkas.keterangan': 'Mohon tanda terima dikembalikan.',
    'pengumuman.hal': 'jadwal posyandu bulan Desember 2026', 'pengumuman.isi': 'Posyandu balita dan lansia bulan Desember dilaksanakan menurut jadwal berikut, mulai pukul 08.00.', 'pengumuman.rincian': 'Dusun Batu Lotong; 3 Desember\nDusun Padang; 8 Desember\nDusun To Bulung; 10 Desember', 'pengumuman.penutup': 'Orang tua membawa buku KIA, lansia membawa kartu jaminan kesehatan.',
    'surat-dinas.hal': 'permohonan alat berat', 'surat-dinas.kepada': 'Kepala Dinas Pekerjaan Umum Kabupaten Luwu', 'surat-dinas.di': 'Belopa', 'surat-dinas.lampiran': '1 berkas', 'surat-dinas.dasar': 'Hujan tanggal 20 November mengikis tanggul sungai di Dusun Padang.', 'surat-dinas.isi': 'Kami mohon bantuan alat berat untuk menguatkan tanggul itu sebelum akhir Desember.',
    'surat-dinas.rincian': 'Ekskavator; 1 unit, 5 hari\nTruk pengangkut; 2 unit, 5 hari', 'surat-dinas.tembusan': 'Camat Larompong Selatan', 'perintah-tugas.petugas': 'Andi Batari; Kaur Umum\nMursalim; Kepala Dusun Padang',
    'perjalanan-dinas.nama': 'Mardiana Rabiah, S.Sos.', 'perjalanan-dinas.nip': '19810412 200901 2 003', 'perjalanan-dinas.jabatan': 'Sekretaris Desa', 'perjalanan-dinas.keterangan': '',
});

/** What is typed into a field of which nothing stands above. */
const USUAL = {
    line: () => 'Batu Lotong', area: () => 'Sebidang di pinggir jalan tani Batu Lotong', year: () => '2014', number: (f) => String(f.least ?? Math.min(21, f.most ?? 21)), money: () => '1.250.000', time: () => '09.30',
    nik: () => '7317100101100001', list: (f) => ['Camat Larompong Selatan', 'Sitti Aminah, S.Pd.; Ketua BPD', 'Kepala SDN 12 Sampano', 'Ketua PKK', 'Ketua Karang Taruna'].slice(0, f.most).join('\n'),
};

/** Of a select from a list of codes: male, Christian, child. */
const CODED = { kelamin: '1', agama: '2', hubungan: '4' };

/** Who the letter is about, where it is not the father of the first family. */
const ABOUT = {
    'belum-menikah': 'son', biodata: 'mother', 'belum-akta-lahir': 'son', 'beda-identitas': 'father', 'duplikat-kelahiran': 'daughter', 'formulir-f106': 'son', 'formulir-n2': 'son', 'formulir-n4': 'son', 'formulir-n5': 'young',
    'janda-duda': 'widow', 'ktp-proses': 'daughter', kuasa: 'mother', 'lahir-mati': 'mother', 'nikah-non-muslim': 'groom', 'pengantar-nikah': 'son', 'pengantar-skck': 'son', 'penghasilan-ayah': 'daughter', 'penghasilan-ibu': 'daughter',
    'penghasilan-orang-tua': 'daughter', 'pergi-kawin': 'son', 'wali-hakim': 'bride', wali: 'young', kelahiran: 'daughter',
};
/** The persons it names, by the field's name, or by type and field. Who is null stays as the form proposes. */
const NAMED = {
    saksi_1: 'neighbour', saksi_2: 'friend', pelapor: 'orphan', calon: 'bride', ayah: null, ibu: null, orang_tua: null, pasangan: null, pembeli: 'orphan', penerima: 'son', pekerja: 'daughter', wali: 'orphan',
    waris_1: 'widow', waris_2: 'orphan', waris_3: 'sister', almarhum: 'dead', suami: 'groom', istri: 'fiancee', 'nikah-non-muslim.calon': 'fiancee', 'formulir-n5.calon': 'son',
    'formulir-f201-kelahiran.ayah': 'son', 'formulir-f201-kelahiran.ibu': 'bride', 'duplikat-kelahiran.pelapor': 'father', 'kelahiran.pelapor': 'orphan', 'lahir-mati.pelapor': 'father', 'wali-hakim.calon': 'son',
};

/** {father, mother, son, daughter, neighbour, friend, bride, young, groom, fiancee, dead, widow, orphan, sister}: ids, with all that a register knows. */
export function makePeople(village) {
    const [father, mother, son, daughter] = makeFamily(village, [[1, 1, 1970, 'RUSLAN PAWELLANG'], [3, 2, 1974, 'HASNAH MAPPANYUKKI'], [4, 1, 1999, 'AKBAR RUSLAN'], [4, 2, 2006, 'NURUL ANNISA RUSLAN']], 'BATU LOTONG').members;
    const [neighbour, friend, bride, young] = makeFamily(village, [[1, 1, 1968, 'SUDIRMAN LASINRANG'], [3, 2, 1971, 'KASMAWATI'], [4, 2, 2001, 'FITRIANI SUDIRMAN'], [4, 2, new Date().getFullYear() - 20, 'NADIA SUDIRMAN']], 'PADANG').members;
    const [elder, matron, groom] = makeFamily(village, [[1, 1, 1966, 'YOHANIS TANDI'], [3, 2, 1970, 'MARTHA LIMBONG'], [4, 1, 1998, 'MARKUS TANDI']], 'PADANG').members;
    const [fiancee] = makeFamily(village, [[1, 2, 2000, 'DEBORA RANTE']], 'PADANG').members;
    const [dead, widow, orphan, sister] = makeFamily(village, [[1, 1, 1948, 'MAPPIARE DAENG MATTOLA'], [3, 2, 1952, 'JUMARIAH'], [4, 1, 1981, 'ARIFUDDIN MAPPIARE'], [4, 2, 1986, 'ROSMINI MAPPIARE']], 'BATU LOTONG').members;
    const people = { father, mother, son, daughter, neighbour, friend, bride, young, groom, fiancee, dead, widow, orphan, sister };
    const of = (child, from, by) => `UPDATE resident r JOIN resident f ON f.id = ${from} JOIN resident m ON m.id = ${by} SET r.father_name = f.name, r.father_nik = f.nik, r.mother_name = m.name, r.mother_nik = m.nik WHERE r.id = ${child};`;
    const all = Object.values(people).join(', ');
    rows(schemaOf(village), `UPDATE resident SET education_kk = 5, education_now = 18, blood = 4, ethnicity = 'LUWU', occupation = IF(sex = 2, 2, 9), birth_cert = CONCAT('7317-LT-', DATE_FORMAT(birth_date, '%d%m%Y'), '-0007') WHERE id IN (${all});
        UPDATE resident SET marital = 2, marriage_cert = '123/45/VI/1994', marriage_date = '1994-06-07' WHERE id IN (${father}, ${mother}, ${neighbour}, ${friend});
        UPDATE resident SET father_name = 'PAWELLANG', mother_name = 'SITTI SALEHA' WHERE id IN (${father}, ${neighbour}, ${friend}, ${dead}, ${widow}, ${mother});
        UPDATE resident SET marital = 4 WHERE id = ${widow}; UPDATE resident SET basic_status = 2, marital = 2 WHERE id = ${dead};
        UPDATE resident SET occupation = 3 WHERE id = ${daughter}; ${[father, neighbour, dead].map((head, i) => `UPDATE family SET address = 'JL. POROS SAMPANO NOMOR ${4 + 3 * i}' WHERE id = (SELECT family_id FROM resident WHERE id = ${head});`).join(' ')}
        ${of(son, father, mother)} ${of(daughter, father, mother)} ${of(bride, neighbour, friend)} ${of(young, neighbour, friend)} ${of(groom, elder, matron)} UPDATE resident SET religion = 2 WHERE id IN (${elder}, ${matron}, ${groom}, ${fiancee}); ${of(orphan, dead, widow)} ${of(sister, dead, widow)}`);
    return people;
}

const known = (map, type, name) => [`${type.slug}.${name}`, name].find((key) => key in map);

/** Who of makePeople the letter is about; nobody: one of the office's own. */
export const aboutWhom = (type) => (type.subject?.of === 'none' ? 'nobody' : type.subject?.of === 'dead' ? 'dead' : ABOUT[type.slug] ?? 'father');

/** What a clerk would type into the form of this type: {inputs, named: the ids of those it names}. */
export function answers(village, type, people) {
    const inputs = type.followers ? { [`isi_pengikut_${people.mother}`]: '1' } : {};
    const named = [];
    const asked = (f) => !f.only_if || inputs[`isi_${f.only_if.field}`] === f.only_if.equals || f.only_if.in?.includes(inputs[`isi_${f.only_if.field}`]);
    const person = (f) => {
        for (let i = 1; i <= (f.most ?? 1) && f.most > 1; i++) if (known(NAMED, type, `${f.name}_${i}`)) person({ ...f, name: `${f.name}_${i}`, most: 1 });
        const who = NAMED[known(NAMED, type, f.name)];
        if (!who) return;
        if (f.outside) inputs[`isi_${f.name}_dari`] = 'Warga desa ini';
        if (['ayah', 'ibu', 'pasangan', 'kepala'].includes(f.relation)) inputs[`isi_${f.name}`] = null; // who is proposed is not meant
        if (f.relation === 'waris') inputs[`isi_${f.name}_hubungan`] = who === 'widow' ? 'Suami/istri' : 'Anak';
        named.push(people[who]);
        Object.assign(inputs, { [`isi_${f.name}_cari`]: value(schemaOf(village), `SELECT nik FROM resident WHERE id = ${people[who]}`) });
    };
    for (const f of [...type.fields, ...(type.persons ?? []).map((p) => ({ ...p, kind: 'person' }))]) {
        if (!asked(f)) continue;
        const key = known(TYPED, type, f.name);
        if (f.kind === 'person') person(f);
        else if (f.kind === 'date' || f.kind === 'day_date') { if (TYPED[key]) TYPED[key].forEach((part, i) => { inputs[`isi_${f.name}_${['hari', 'bulan', 'tahun'][i]}`] = String(part); }); }
        else if (f.kind === 'select') inputs[`isi_${f.name}`] = f.options?.includes(TYPED[key]) ? TYPED[key] : f.options?.[0] ?? CODED[f.name] ?? '5';
        else inputs[`isi_${f.name}`] = TYPED[key] ?? USUAL[f.kind](f);
    }
    return { inputs, named };
}

/** One letter of this type, issued. → {id, bytes: its PDF} */
export async function issue(client, village, type, people) {
    const { id } = await send(client, type, people[aboutWhom(type)] ?? null, answers(village, type, people).inputs);
    return { id, bytes: await pdf(client, id) };
}
