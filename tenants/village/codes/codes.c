// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/codes/codes.h"

static const struct code sex[] = {
    {1, STR_INIT("Laki-laki")},
    {2, STR_INIT("Perempuan")},
};

static const struct code religion[] = {
    {1, STR_INIT("Islam")},
    {2, STR_INIT("Kristen")},
    {3, STR_INIT("Katolik")},
    {4, STR_INIT("Hindu")},
    {5, STR_INIT("Buddha")},
    {6, STR_INIT("Konghucu")},
    {7, STR_INIT("Kepercayaan terhadap Tuhan YME/lainnya")},
};

static const struct code education_kk[] = {
    {1, STR_INIT("Tidak/belum sekolah")},
    {2, STR_INIT("Belum tamat SD/sederajat")},
    {3, STR_INIT("Tamat SD/sederajat")},
    {4, STR_INIT("SLTP/sederajat")},
    {5, STR_INIT("SLTA/sederajat")},
    {6, STR_INIT("Diploma I/II")},
    {7, STR_INIT("Akademi/Diploma III/S. Muda")},
    {8, STR_INIT("Diploma IV/Strata I")},
    {9, STR_INIT("Strata II")},
    {10, STR_INIT("Strata III")},
};

static const struct code education_now[] = {
    {1, STR_INIT("Belum masuk TK/kelompok bermain")},
    {2, STR_INIT("Sedang TK/kelompok bermain")},
    {3, STR_INIT("Tidak pernah sekolah")},
    {4, STR_INIT("Sedang SD/sederajat")},
    {5, STR_INIT("Tidak tamat SD/sederajat")},
    {6, STR_INIT("Sedang SLTP/sederajat")},
    {7, STR_INIT("Sedang SLTA/sederajat")},
    {8, STR_INIT("Sedang D-1/sederajat")},
    {9, STR_INIT("Sedang D-2/sederajat")},
    {10, STR_INIT("Sedang D-3/sederajat")},
    {11, STR_INIT("Sedang S-1/sederajat")},
    {12, STR_INIT("Sedang S-2/sederajat")},
    {13, STR_INIT("Sedang S-3/sederajat")},
    {14, STR_INIT("Sedang SLB A/sederajat")},
    {15, STR_INIT("Sedang SLB B/sederajat")},
    {16, STR_INIT("Sedang SLB C/sederajat")},
    {17, STR_INIT("Tidak dapat membaca dan menulis huruf Latin/Arab")},
    {18, STR_INIT("Tidak sedang sekolah")},
};

static const struct code occupation[] = {
    {1, STR_INIT("Belum/tidak bekerja")},
    {2, STR_INIT("Mengurus rumah tangga")},
    {3, STR_INIT("Pelajar/mahasiswa")},
    {4, STR_INIT("Pensiunan")},
    {5, STR_INIT("Pegawai negeri sipil (PNS)")},
    {6, STR_INIT("Tentara Nasional Indonesia (TNI)")},
    {7, STR_INIT("Kepolisian RI (Polri)")},
    {8, STR_INIT("Perdagangan")},
    {9, STR_INIT("Petani/pekebun")},
    {10, STR_INIT("Peternak")},
    {11, STR_INIT("Nelayan/perikanan")},
    {12, STR_INIT("Industri")},
    {13, STR_INIT("Konstruksi")},
    {14, STR_INIT("Transportasi")},
    {15, STR_INIT("Karyawan swasta")},
    {16, STR_INIT("Karyawan BUMN")},
    {17, STR_INIT("Karyawan BUMD")},
    {18, STR_INIT("Karyawan honorer")},
    {19, STR_INIT("Buruh harian lepas")},
    {20, STR_INIT("Buruh tani/perkebunan")},
    {21, STR_INIT("Buruh nelayan/perikanan")},
    {22, STR_INIT("Buruh peternakan")},
    {23, STR_INIT("Pembantu rumah tangga")},
    {24, STR_INIT("Tukang cukur")},
    {25, STR_INIT("Tukang listrik")},
    {26, STR_INIT("Tukang batu")},
    {27, STR_INIT("Tukang kayu")},
    {28, STR_INIT("Tukang sol sepatu")},
    {29, STR_INIT("Tukang las/pandai besi")},
    {30, STR_INIT("Tukang jahit")},
    {31, STR_INIT("Tukang gigi")},
    {32, STR_INIT("Penata rias")},
    {33, STR_INIT("Penata busana")},
    {34, STR_INIT("Penata rambut")},
    {35, STR_INIT("Mekanik")},
    {36, STR_INIT("Seniman")},
    {37, STR_INIT("Tabib")},
    {38, STR_INIT("Paraji")},
    {39, STR_INIT("Perancang busana")},
    {40, STR_INIT("Penterjemah")},
    {41, STR_INIT("Imam masjid")},
    {42, STR_INIT("Pendeta")},
    {43, STR_INIT("Pastor")},
    {44, STR_INIT("Wartawan")},
    {45, STR_INIT("Ustadz/mubaligh")},
    {46, STR_INIT("Juru masak")},
    {47, STR_INIT("Promotor acara")},
    {48, STR_INIT("Anggota DPR-RI")},
    {49, STR_INIT("Anggota DPD")},
    {50, STR_INIT("Anggota BPK")},
    {51, STR_INIT("Presiden")},
    {52, STR_INIT("Wakil presiden")},
    {53, STR_INIT("Anggota mahkamah konstitusi")},
    {54, STR_INIT("Anggota kabinet kementerian")},
    {55, STR_INIT("Duta besar")},
    {56, STR_INIT("Gubernur")},
    {57, STR_INIT("Wakil gubernur")},
    {58, STR_INIT("Bupati")},
    {59, STR_INIT("Wakil bupati")},
    {60, STR_INIT("Walikota")},
    {61, STR_INIT("Wakil walikota")},
    {62, STR_INIT("Anggota DPRD provinsi")},
    {63, STR_INIT("Anggota DPRD kabupaten/kota")},
    {64, STR_INIT("Dosen")},
    {65, STR_INIT("Guru")},
    {66, STR_INIT("Pilot")},
    {67, STR_INIT("Pengacara")},
    {68, STR_INIT("Notaris")},
    {69, STR_INIT("Arsitek")},
    {70, STR_INIT("Akuntan")},
    {71, STR_INIT("Konsultan")},
    {72, STR_INIT("Dokter")},
    {73, STR_INIT("Bidan")},
    {74, STR_INIT("Perawat")},
    {75, STR_INIT("Apoteker")},
    {76, STR_INIT("Psikiater/psikolog")},
    {77, STR_INIT("Penyiar televisi")},
    {78, STR_INIT("Penyiar radio")},
    {79, STR_INIT("Pelaut")},
    {80, STR_INIT("Peneliti")},
    {81, STR_INIT("Sopir")},
    {82, STR_INIT("Pialang")},
    {83, STR_INIT("Paranormal")},
    {84, STR_INIT("Pedagang")},
    {85, STR_INIT("Perangkat desa")},
    {86, STR_INIT("Kepala desa")},
    {87, STR_INIT("Biarawati")},
    {88, STR_INIT("Wiraswasta")},
    {89, STR_INIT("Lainnya")},
};

static const struct code marital[] = {
    {1, STR_INIT("Belum kawin")},
    {2, STR_INIT("Kawin")},
    {3, STR_INIT("Cerai hidup")},
    {4, STR_INIT("Cerai mati")},
};

static const struct code family_role[] = {
    {1, STR_INIT("Kepala keluarga")}, {2, STR_INIT("Suami")},     {3, STR_INIT("Istri")},    {4, STR_INIT("Anak")},
    {5, STR_INIT("Menantu")},         {6, STR_INIT("Cucu")},      {7, STR_INIT("Orangtua")}, {8, STR_INIT("Mertua")},
    {9, STR_INIT("Famili lain")},     {10, STR_INIT("Pembantu")}, {11, STR_INIT("Lainnya")},
};

static const struct code citizenship[] = {
    {1, STR_INIT("WNI")},
    {2, STR_INIT("WNA")},
    {3, STR_INIT("Dua kewarganegaraan")},
};

static const struct code blood[] = {
    {1, STR_INIT("A")},   {2, STR_INIT("B")},   {3, STR_INIT("AB")},          {4, STR_INIT("O")},   {5, STR_INIT("A+")},
    {6, STR_INIT("A-")},  {7, STR_INIT("B+")},  {8, STR_INIT("B-")},          {9, STR_INIT("AB+")}, {10, STR_INIT("AB-")},
    {11, STR_INIT("O+")}, {12, STR_INIT("O-")}, {13, STR_INIT("Tidak tahu")},
};

static const struct code disability[] = {
    {1, STR_INIT("Cacat fisik")},       {2, STR_INIT("Cacat netra/buta")},       {3, STR_INIT("Cacat rungu/wicara")},
    {4, STR_INIT("Cacat mental/jiwa")}, {5, STR_INIT("Cacat fisik dan mental")}, {6, STR_INIT("Cacat lainnya")},
    {7, STR_INIT("Tidak cacat")},
};

static const struct code contraception[] = {
    {1, STR_INIT("Pil")},
    {2, STR_INIT("IUD")},
    {3, STR_INIT("Suntik")},
    {4, STR_INIT("Kondom")},
    {5, STR_INIT("Susuk KB")},
    {6, STR_INIT("Sterilisasi wanita")},
    {7, STR_INIT("Sterilisasi pria")},
    {99, STR_INIT("Lainnya")},
};

static const struct code pregnancy[] = {
    {1, STR_INIT("Hamil")},
    {2, STR_INIT("Tidak hamil")},
};

static const struct code ktp_el[] = {
    {1, STR_INIT("Belum")},
    {2, STR_INIT("KTP-el")},
    {3, STR_INIT("KIA")},
};

static const struct code record_status[] = {
    {1, STR_INIT("Belum wajib")},
    {2, STR_INIT("Belum rekam")},
    {3, STR_INIT("Sudah rekam")},
    {4, STR_INIT("Card printed")},
    {5, STR_INIT("Print ready record")},
    {6, STR_INIT("Card shipped")},
    {7, STR_INIT("Sent for card printing")},
    {8, STR_INIT("Card issued")},
};

static const struct code basic_status[] = {
    {1, STR_INIT("Hidup")},  {2, STR_INIT("Meninggal")}, {3, STR_INIT("Pindah")},
    {4, STR_INIT("Hilang")}, {6, STR_INIT("Pergi")},     {9, STR_INIT("Tidak valid")},
};

static const struct code insurance[] = {
    {1, STR_INIT("Tidak/belum punya")},   {2, STR_INIT("BPJS penerima bantuan iuran")}, {3, STR_INIT("BPJS non penerima bantuan iuran")},
    {4, STR_INIT("BPJS bantuan daerah")}, /* on the exchange format's help sheet, though not in the official list */
    {99, STR_INIT("Asuransi lainnya")},
};
struct synonym {
    enum code_list list;
    uint32_t code;
    struct str text;
};

/* What people and other programs write instead of the label; compared folded, so spaces, case and signs do not matter. */
static const struct synonym synonyms[] = {
    {CODE_SEX, 1, STR_INIT("L")},
    {CODE_SEX, 1, STR_INIT("LK")},
    {CODE_SEX, 1, STR_INIT("Laki")},
    {CODE_SEX, 1, STR_INIT("Pria")},
    {CODE_SEX, 1, STR_INIT("Lk-lk")},
    {CODE_SEX, 2, STR_INIT("P")},
    {CODE_SEX, 2, STR_INIT("PR")},
    {CODE_SEX, 2, STR_INIT("Wanita")},
    {CODE_SEX, 2, STR_INIT("Pr-pr")},
    {CODE_SEX, 1, STR_INIT("Lelaki")},
    {CODE_SEX, 1, STR_INIT("Laki2")},
    {CODE_SEX, 1, STR_INIT("Male")},
    {CODE_SEX, 2, STR_INIT("Female")},
    {CODE_RELIGION, 2, STR_INIT("Protestan")},
    {CODE_RELIGION, 2, STR_INIT("Kristen Protestan")},
    {CODE_RELIGION, 3, STR_INIT("Katholik")},
    {CODE_RELIGION, 3, STR_INIT("Kristen Katolik")},
    {CODE_RELIGION, 5, STR_INIT("Budha")},
    {CODE_RELIGION, 6, STR_INIT("Khonghucu")},
    {CODE_RELIGION, 6, STR_INIT("Kong Hu Cu")},
    {CODE_RELIGION, 6, STR_INIT("Confucius")},
    {CODE_RELIGION, 7, STR_INIT("Kepercayaan")},
    {CODE_RELIGION, 7, STR_INIT("Aliran kepercayaan")},
    {CODE_RELIGION, 7, STR_INIT("Kepercayaan terhadap Tuhan YME")},
    {CODE_RELIGION, 7, STR_INIT("Kepercayaan terhadap Tuhan Yang Maha Esa")},
    {CODE_RELIGION, 7, STR_INIT("Penghayat kepercayaan")},
    {CODE_RELIGION, 7, STR_INIT("Lainnya")},
    {CODE_EDUCATION_KK, 1, STR_INIT("Tidak/Blm Sekolah")},
    {CODE_EDUCATION_KK, 1, STR_INIT("Belum sekolah")},
    {CODE_EDUCATION_KK, 1, STR_INIT("Tidak sekolah")},
    {CODE_EDUCATION_KK, 1, STR_INIT("Belum/tidak sekolah")},
    {CODE_EDUCATION_KK, 2, STR_INIT("Tidak Tamat SD/Sederajat")},
    {CODE_EDUCATION_KK, 2, STR_INIT("Blm Tamat SD/Sederajat")},
    {CODE_EDUCATION_KK, 2, STR_INIT("Belum tamat SD")},
    {CODE_EDUCATION_KK, 2, STR_INIT("Tidak tamat SD")},
    {CODE_EDUCATION_KK, 3, STR_INIT("Tamat SD")},
    {CODE_EDUCATION_KK, 3, STR_INIT("SD")},
    {CODE_EDUCATION_KK, 3, STR_INIT("SD/Sederajat")},
    {CODE_EDUCATION_KK, 4, STR_INIT("SLTP")},
    {CODE_EDUCATION_KK, 4, STR_INIT("SMP")},
    {CODE_EDUCATION_KK, 4, STR_INIT("SMP/Sederajat")},
    {CODE_EDUCATION_KK, 4, STR_INIT("Tamat SLTP/Sederajat")},
    {CODE_EDUCATION_KK, 5, STR_INIT("SLTA")},
    {CODE_EDUCATION_KK, 5, STR_INIT("SMA")},
    {CODE_EDUCATION_KK, 5, STR_INIT("SMA/Sederajat")},
    {CODE_EDUCATION_KK, 5, STR_INIT("SMK")},
    {CODE_EDUCATION_KK, 5, STR_INIT("Tamat SLTA/Sederajat")},
    {CODE_EDUCATION_KK, 6, STR_INIT("Diploma I")},
    {CODE_EDUCATION_KK, 6, STR_INIT("Diploma II")},
    {CODE_EDUCATION_KK, 6, STR_INIT("D1")},
    {CODE_EDUCATION_KK, 6, STR_INIT("D2")},
    {CODE_EDUCATION_KK, 6, STR_INIT("D1/D2")},
    {CODE_EDUCATION_KK, 7, STR_INIT("Akademi/Diploma III/Sarjana Muda")},
    {CODE_EDUCATION_KK, 7, STR_INIT("Akademi")},
    {CODE_EDUCATION_KK, 7, STR_INIT("Diploma III")},
    {CODE_EDUCATION_KK, 7, STR_INIT("Diploma III/Sarjana Muda")},
    {CODE_EDUCATION_KK, 7, STR_INIT("Sarjana Muda")},
    {CODE_EDUCATION_KK, 7, STR_INIT("D3")},
    {CODE_EDUCATION_KK, 8, STR_INIT("Strata-I")},
    {CODE_EDUCATION_KK, 8, STR_INIT("Diploma IV")},
    {CODE_EDUCATION_KK, 8, STR_INIT("S1")},
    {CODE_EDUCATION_KK, 8, STR_INIT("D4")},
    {CODE_EDUCATION_KK, 8, STR_INIT("Sarjana")},
    {CODE_EDUCATION_KK, 9, STR_INIT("Strata-II")},
    {CODE_EDUCATION_KK, 9, STR_INIT("S2")},
    {CODE_EDUCATION_KK, 10, STR_INIT("Strata-III")},
    {CODE_EDUCATION_KK, 10, STR_INIT("S3")},
    {CODE_EDUCATION_KK, 1, STR_INIT("Tdk sekolah")},
    {CODE_EDUCATION_KK, 1, STR_INIT("Blm sekolah")},
    {CODE_EDUCATION_KK, 1, STR_INIT("Tidak pernah sekolah")},
    {CODE_EDUCATION_KK, 1, STR_INIT("TK")},
    {CODE_EDUCATION_KK, 1, STR_INIT("PAUD")},
    {CODE_EDUCATION_KK, 1, STR_INIT("Belum masuk sekolah")},
    {CODE_EDUCATION_KK, 1, STR_INIT("Tidak bersekolah")},
    {CODE_EDUCATION_KK, 2, STR_INIT("Tdk tamat SD")},
    {CODE_EDUCATION_KK, 2, STR_INIT("Blm tamat SD")},
    {CODE_EDUCATION_KK, 2, STR_INIT("Belum lulus SD")},
    {CODE_EDUCATION_KK, 2, STR_INIT("Tidak lulus SD")},
    {CODE_EDUCATION_KK, 3, STR_INIT("MI")},
    {CODE_EDUCATION_KK, 3, STR_INIT("SD/MI")},
    {CODE_EDUCATION_KK, 3, STR_INIT("SR")},
    {CODE_EDUCATION_KK, 3, STR_INIT("Sekolah Rakyat")},
    {CODE_EDUCATION_KK, 3, STR_INIT("Sekolah Dasar")},
    {CODE_EDUCATION_KK, 3, STR_INIT("Paket A")},
    {CODE_EDUCATION_KK, 4, STR_INIT("MTs")},
    {CODE_EDUCATION_KK, 4, STR_INIT("SMP/MTs")},
    {CODE_EDUCATION_KK, 4, STR_INIT("SLTP/SMP")},
    {CODE_EDUCATION_KK, 4, STR_INIT("SMP/SLTP")},
    {CODE_EDUCATION_KK, 4, STR_INIT("Sekolah Menengah Pertama")},
    {CODE_EDUCATION_KK, 4, STR_INIT("Paket B")},
    {CODE_EDUCATION_KK, 5, STR_INIT("MA")},
    {CODE_EDUCATION_KK, 5, STR_INIT("SMA/MA")},
    {CODE_EDUCATION_KK, 5, STR_INIT("SMA/SMK")},
    {CODE_EDUCATION_KK, 5, STR_INIT("SMA/SMK/MA")},
    {CODE_EDUCATION_KK, 5, STR_INIT("SLTA/SMA")},
    {CODE_EDUCATION_KK, 5, STR_INIT("SMA/SLTA")},
    {CODE_EDUCATION_KK, 5, STR_INIT("SMU")},
    {CODE_EDUCATION_KK, 5, STR_INIT("STM")},
    {CODE_EDUCATION_KK, 5, STR_INIT("SPG")},
    {CODE_EDUCATION_KK, 5, STR_INIT("SMEA")},
    {CODE_EDUCATION_KK, 5, STR_INIT("Sekolah Menengah Atas")},
    {CODE_EDUCATION_KK, 5, STR_INIT("Paket C")},
    {CODE_EDUCATION_KK, 6, STR_INIT("DI")},
    {CODE_EDUCATION_KK, 6, STR_INIT("DII")},
    {CODE_EDUCATION_KK, 6, STR_INIT("D1/II")},
    {CODE_EDUCATION_KK, 6, STR_INIT("Diploma 1")},
    {CODE_EDUCATION_KK, 6, STR_INIT("Diploma 2")},
    {CODE_EDUCATION_KK, 7, STR_INIT("DIII")},
    {CODE_EDUCATION_KK, 7, STR_INIT("Diploma 3")},
    {CODE_EDUCATION_KK, 8, STR_INIT("DIV")},
    {CODE_EDUCATION_KK, 8, STR_INIT("Diploma 4")},
    {CODE_EDUCATION_KK, 8, STR_INIT("SI")},
    {CODE_EDUCATION_KK, 8, STR_INIT("Strata 1")},
    {CODE_EDUCATION_KK, 8, STR_INIT("Strata I")},
    {CODE_EDUCATION_KK, 8, STR_INIT("D4/S1")},
    {CODE_EDUCATION_KK, 8, STR_INIT("S1/D4")},
    {CODE_EDUCATION_KK, 8, STR_INIT("DIV/S1")},
    {CODE_EDUCATION_KK, 8, STR_INIT("Diploma IV/S1")},
    {CODE_EDUCATION_KK, 8, STR_INIT("Sarjana S1")},
    {CODE_EDUCATION_KK, 8, STR_INIT("Sarjana Strata 1")},
    {CODE_EDUCATION_KK, 9, STR_INIT("SII")},
    {CODE_EDUCATION_KK, 9, STR_INIT("Strata 2")},
    {CODE_EDUCATION_KK, 9, STR_INIT("Magister")},
    {CODE_EDUCATION_KK, 9, STR_INIT("Pascasarjana")},
    {CODE_EDUCATION_KK, 9, STR_INIT("Sarjana S2")},
    {CODE_EDUCATION_KK, 10, STR_INIT("SIII")},
    {CODE_EDUCATION_KK, 10, STR_INIT("Strata 3")},
    {CODE_EDUCATION_KK, 10, STR_INIT("Doktor")},
    {CODE_EDUCATION_NOW, 1, STR_INIT("Belum sekolah")},
    {CODE_EDUCATION_NOW, 1, STR_INIT("Belum masuk TK")},
    {CODE_EDUCATION_NOW, 2, STR_INIT("TK")},
    {CODE_EDUCATION_NOW, 2, STR_INIT("PAUD")},
    {CODE_EDUCATION_NOW, 2, STR_INIT("Kelompok bermain")},
    {CODE_EDUCATION_NOW, 4, STR_INIT("SD")},
    {CODE_EDUCATION_NOW, 4, STR_INIT("MI")},
    {CODE_EDUCATION_NOW, 4, STR_INIT("SD/MI")},
    {CODE_EDUCATION_NOW, 5, STR_INIT("Tidak tamat SD")},
    {CODE_EDUCATION_NOW, 6, STR_INIT("SMP")},
    {CODE_EDUCATION_NOW, 6, STR_INIT("SLTP")},
    {CODE_EDUCATION_NOW, 6, STR_INIT("MTs")},
    {CODE_EDUCATION_NOW, 6, STR_INIT("SMP/MTs")},
    {CODE_EDUCATION_NOW, 7, STR_INIT("SMA")},
    {CODE_EDUCATION_NOW, 7, STR_INIT("SLTA")},
    {CODE_EDUCATION_NOW, 7, STR_INIT("SMK")},
    {CODE_EDUCATION_NOW, 7, STR_INIT("MA")},
    {CODE_EDUCATION_NOW, 7, STR_INIT("SMA/SMK")},
    {CODE_EDUCATION_NOW, 8, STR_INIT("D1")},
    {CODE_EDUCATION_NOW, 9, STR_INIT("D2")},
    {CODE_EDUCATION_NOW, 10, STR_INIT("D3")},
    {CODE_EDUCATION_NOW, 10, STR_INIT("DIII")},
    {CODE_EDUCATION_NOW, 11, STR_INIT("S1")},
    {CODE_EDUCATION_NOW, 12, STR_INIT("S2")},
    {CODE_EDUCATION_NOW, 13, STR_INIT("S3")},
    {CODE_EDUCATION_NOW, 18, STR_INIT("Tidak sekolah")},
    {CODE_EDUCATION_NOW, 18, STR_INIT("Tidak bersekolah")},
    {CODE_OCCUPATION, 1, STR_INIT("Belum bekerja")},
    {CODE_OCCUPATION, 1, STR_INIT("Tidak bekerja")},
    {CODE_OCCUPATION, 1, STR_INIT("Tidak/belum bekerja")},
    {CODE_OCCUPATION, 2, STR_INIT("Ibu rumah tangga")},
    {CODE_OCCUPATION, 2, STR_INIT("IRT")},
    {CODE_OCCUPATION, 2, STR_INIT("Mengurus RT")},
    {CODE_OCCUPATION, 3, STR_INIT("Pelajar")},
    {CODE_OCCUPATION, 3, STR_INIT("Mahasiswa")},
    {CODE_OCCUPATION, 5, STR_INIT("Pegawai negeri sipil")},
    {CODE_OCCUPATION, 5, STR_INIT("PNS")},
    {CODE_OCCUPATION, 6, STR_INIT("Tentara Nasional Indonesia")},
    {CODE_OCCUPATION, 6, STR_INIT("TNI")},
    {CODE_OCCUPATION, 7, STR_INIT("Kepolisian RI")},
    {CODE_OCCUPATION, 7, STR_INIT("Polri")},
    {CODE_OCCUPATION, 9, STR_INIT("Petani")},
    {CODE_OCCUPATION, 9, STR_INIT("Pekebun")},
    {CODE_OCCUPATION, 11, STR_INIT("Nelayan")},
    {CODE_OCCUPATION, 11, STR_INIT("Perikanan")},
    {CODE_OCCUPATION, 20, STR_INIT("Buruh tani")},
    {CODE_OCCUPATION, 21, STR_INIT("Buruh nelayan")},
    {CODE_OCCUPATION, 40, STR_INIT("Penerjemah")},
    {CODE_OCCUPATION, 45, STR_INIT("Ustaz")},
    {CODE_OCCUPATION, 45, STR_INIT("Ustadz")},
    {CODE_OCCUPATION, 45, STR_INIT("Mubalig")},
    {CODE_OCCUPATION, 45, STR_INIT("Ustaz/mubalig")},
    {CODE_OCCUPATION, 62, STR_INIT("Anggota DPRD Prov")},
    {CODE_OCCUPATION, 63, STR_INIT("Anggota DPRD Kab/Kota")},
    {CODE_OCCUPATION, 76, STR_INIT("Psikiater")},
    {CODE_OCCUPATION, 76, STR_INIT("Psikolog")},
    {CODE_OCCUPATION, 89, STR_INIT("Pekerjaan lainnya")},
    {CODE_OCCUPATION, 1, STR_INIT("Belum ada")},
    {CODE_OCCUPATION, 1, STR_INIT("Tidak ada")},
    {CODE_OCCUPATION, 1, STR_INIT("Blm bekerja")},
    {CODE_OCCUPATION, 1, STR_INIT("Tdk bekerja")},
    {CODE_OCCUPATION, 1, STR_INIT("Blm/tdk bekerja")},
    {CODE_OCCUPATION, 1, STR_INIT("Tdk/blm bekerja")},
    {CODE_OCCUPATION, 1, STR_INIT("Belum kerja")},
    {CODE_OCCUPATION, 1, STR_INIT("Tidak kerja")},
    {CODE_OCCUPATION, 1, STR_INIT("Pengangguran")},
    {CODE_OCCUPATION, 1, STR_INIT("Menganggur")},
    {CODE_OCCUPATION, 2, STR_INIT("URT")},
    {CODE_OCCUPATION, 2, STR_INIT("Urusan rumah tangga")},
    {CODE_OCCUPATION, 2, STR_INIT("Rumah tangga")},
    {CODE_OCCUPATION, 2, STR_INIT("Urus rumah tangga")},
    {CODE_OCCUPATION, 2, STR_INIT("Mengurus rmh tangga")},
    {CODE_OCCUPATION, 3, STR_INIT("Siswa")},
    {CODE_OCCUPATION, 3, STR_INIT("Siswi")},
    {CODE_OCCUPATION, 3, STR_INIT("Murid")},
    {CODE_OCCUPATION, 3, STR_INIT("Mahasiswi")},
    {CODE_OCCUPATION, 3, STR_INIT("Pelajar/mhs")},
    {CODE_OCCUPATION, 3, STR_INIT("Siswa/mahasiswa")},
    {CODE_OCCUPATION, 4, STR_INIT("Pensiun")},
    {CODE_OCCUPATION, 4, STR_INIT("Purnawirawan")},
    {CODE_OCCUPATION, 4, STR_INIT("Pensiunan PNS")},
    {CODE_OCCUPATION, 4, STR_INIT("Pensiunan TNI")},
    {CODE_OCCUPATION, 4, STR_INIT("Pensiunan Polri")},
    {CODE_OCCUPATION, 5, STR_INIT("Pegawai negeri")},
    {CODE_OCCUPATION, 6, STR_INIT("TNI AD")},
    {CODE_OCCUPATION, 6, STR_INIT("TNI AL")},
    {CODE_OCCUPATION, 6, STR_INIT("TNI AU")},
    {CODE_OCCUPATION, 6, STR_INIT("Tentara")},
    {CODE_OCCUPATION, 7, STR_INIT("Polisi")},
    {CODE_OCCUPATION, 7, STR_INIT("Kepolisian")},
    {CODE_OCCUPATION, 9, STR_INIT("Tani")},
    {CODE_OCCUPATION, 9, STR_INIT("Bertani")},
    {CODE_OCCUPATION, 9, STR_INIT("Berkebun")},
    {CODE_OCCUPATION, 9, STR_INIT("Petani/perkebunan")},
    {CODE_OCCUPATION, 9, STR_INIT("Petani/kebun")},
    {CODE_OCCUPATION, 9, STR_INIT("Petani sawah")},
    {CODE_OCCUPATION, 9, STR_INIT("Petani kebun")},
    {CODE_OCCUPATION, 9, STR_INIT("Petani kakao")},
    {CODE_OCCUPATION, 9, STR_INIT("Petani cengkeh")},
    {CODE_OCCUPATION, 10, STR_INIT("Ternak")},
    {CODE_OCCUPATION, 10, STR_INIT("Beternak")},
    {CODE_OCCUPATION, 11, STR_INIT("Melaut")},
    {CODE_OCCUPATION, 11, STR_INIT("Petani rumput laut")},
    {CODE_OCCUPATION, 11, STR_INIT("Petani tambak")},
    {CODE_OCCUPATION, 15, STR_INIT("Pegawai swasta")},
    {CODE_OCCUPATION, 18, STR_INIT("Honorer")},
    {CODE_OCCUPATION, 18, STR_INIT("Pegawai honorer")},
    {CODE_OCCUPATION, 18, STR_INIT("Tenaga honorer")},
    {CODE_OCCUPATION, 19, STR_INIT("Buruh")},
    {CODE_OCCUPATION, 19, STR_INIT("Buruh harian")},
    {CODE_OCCUPATION, 19, STR_INIT("Buruh lepas")},
    {CODE_OCCUPATION, 20, STR_INIT("Buruh perkebunan")},
    {CODE_OCCUPATION, 20, STR_INIT("Buruh kebun")},
    {CODE_OCCUPATION, 23, STR_INIT("Asisten rumah tangga")},
    {CODE_OCCUPATION, 30, STR_INIT("Penjahit")},
    {CODE_OCCUPATION, 41, STR_INIT("Imam")},
    {CODE_OCCUPATION, 41, STR_INIT("Imam desa")},
    {CODE_OCCUPATION, 45, STR_INIT("Mubaligh")},
    {CODE_OCCUPATION, 45, STR_INIT("Ustadz/mubaligh")},
    {CODE_OCCUPATION, 65, STR_INIT("Guru honorer")},
    {CODE_OCCUPATION, 81, STR_INIT("Supir")},
    {CODE_OCCUPATION, 81, STR_INIT("Pengemudi")},
    {CODE_OCCUPATION, 84, STR_INIT("Dagang")},
    {CODE_OCCUPATION, 84, STR_INIT("Berdagang")},
    {CODE_OCCUPATION, 84, STR_INIT("Jualan")},
    {CODE_OCCUPATION, 84, STR_INIT("Penjual")},
    {CODE_OCCUPATION, 85, STR_INIT("Aparat desa")},
    {CODE_OCCUPATION, 85, STR_INIT("Aparatur desa")},
    {CODE_OCCUPATION, 85, STR_INIT("Staf desa")},
    {CODE_OCCUPATION, 85, STR_INIT("Pamong desa")},
    {CODE_OCCUPATION, 86, STR_INIT("Kades")},
    {CODE_OCCUPATION, 88, STR_INIT("Wirausaha")},
    {CODE_OCCUPATION, 88, STR_INIT("Wiraswasta/wirausaha")},
    {CODE_OCCUPATION, 89, STR_INIT("Lain-lain")},
    {CODE_OCCUPATION, 89, STR_INIT("Lain")},
    {CODE_MARITAL, 1, STR_INIT("BK")},
    {CODE_MARITAL, 1, STR_INIT("Belum menikah")},
    {CODE_MARITAL, 1, STR_INIT("Belum nikah")},
    {CODE_MARITAL, 2, STR_INIT("K")},
    {CODE_MARITAL, 2, STR_INIT("Menikah")},
    {CODE_MARITAL, 2, STR_INIT("Nikah")},
    {CODE_MARITAL, 2, STR_INIT("Kawin tercatat")},
    {CODE_MARITAL, 2, STR_INIT("Kawin belum tercatat")},
    {CODE_MARITAL, 2, STR_INIT("Kawin tidak tercatat")},
    {CODE_MARITAL, 3, STR_INIT("CH")},
    {CODE_MARITAL, 3, STR_INIT("Cerai hidup tercatat")},
    {CODE_MARITAL, 3, STR_INIT("Cerai hidup belum tercatat")},
    {CODE_MARITAL, 3, STR_INIT("Cerai belum tercatat")},
    {CODE_MARITAL, 4, STR_INIT("CM")},
    {CODE_MARITAL, 4, STR_INIT("Cerai mati tercatat")},
    {CODE_MARITAL, 4, STR_INIT("Cerai mati belum tercatat")},
    {CODE_MARITAL, 4, STR_INIT("Janda mati")},
    {CODE_MARITAL, 4, STR_INIT("Duda mati")},
    {CODE_MARITAL, 4, STR_INIT("Janda cerai mati")},
    {CODE_MARITAL, 4, STR_INIT("Duda cerai mati")},
    {CODE_MARITAL, 3, STR_INIT("Janda cerai hidup")},
    {CODE_MARITAL, 3, STR_INIT("Duda cerai hidup")},
    {CODE_MARITAL, 3, STR_INIT("Janda hidup")},
    {CODE_MARITAL, 3, STR_INIT("Duda hidup")},
    {CODE_MARITAL, 2, STR_INIT("Sudah kawin")},
    {CODE_MARITAL, 2, STR_INIT("Sudah menikah")},
    {CODE_MARITAL, 1, STR_INIT("Blm kawin")},
    {CODE_MARITAL, 1, STR_INIT("Lajang")},
    {CODE_MARITAL, 1, STR_INIT("Belum")},
    {CODE_MARITAL, 1, STR_INIT("Belum pernah kawin")},
    {CODE_MARITAL, 1, STR_INIT("Belum pernah menikah")},
    {CODE_MARITAL, 1, STR_INIT("Blm nikah")},
    {CODE_MARITAL, 1, STR_INIT("Blm menikah")},
    {CODE_MARITAL, 1, STR_INIT("Blm kwn")},
    {CODE_MARITAL, 1, STR_INIT("Tidak kawin")},
    {CODE_MARITAL, 1, STR_INIT("Bujang")},
    {CODE_MARITAL, 1, STR_INIT("Gadis")},
    {CODE_MARITAL, 1, STR_INIT("Jejaka")},
    {CODE_MARITAL, 1, STR_INIT("Single")},
    {CODE_MARITAL, 2, STR_INIT("Kwn")},
    {CODE_MARITAL, 2, STR_INIT("Kawin sah")},
    {CODE_FAMILY_ROLE, 1, STR_INIT("Kepala")},
    {CODE_FAMILY_ROLE, 1, STR_INIT("Kep. keluarga")},
    {CODE_FAMILY_ROLE, 3, STR_INIT("Isteri")},
    {CODE_FAMILY_ROLE, 1, STR_INIT("Kepala kel")},
    {CODE_FAMILY_ROLE, 1, STR_INIT("KK")},
    {CODE_FAMILY_ROLE, 4, STR_INIT("Anak kandung")},
    {CODE_FAMILY_ROLE, 4, STR_INIT("Anak tiri")},
    {CODE_FAMILY_ROLE, 4, STR_INIT("Anak angkat")},
    {CODE_FAMILY_ROLE, 7, STR_INIT("Ayah")},
    {CODE_FAMILY_ROLE, 7, STR_INIT("Ibu")},
    {CODE_FAMILY_ROLE, 7, STR_INIT("Ayah kandung")},
    {CODE_FAMILY_ROLE, 7, STR_INIT("Ibu kandung")},
    {CODE_FAMILY_ROLE, 8, STR_INIT("Ayah mertua")},
    {CODE_FAMILY_ROLE, 8, STR_INIT("Ibu mertua")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Keponakan")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Kemenakan")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Saudara")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Adik")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Kakak")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Sepupu")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Ipar")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Paman")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Bibi")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Kakek")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Nenek")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Cicit")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Family lain")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Famili")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Famili lainnya")},
    {CODE_FAMILY_ROLE, 1, STR_INIT("Kepala rumah tangga")},
    {CODE_FAMILY_ROLE, 1, STR_INIT("Kep kel")},
    {CODE_FAMILY_ROLE, 1, STR_INIT("Kepala klg")},
    {CODE_FAMILY_ROLE, 1, STR_INIT("Kpl keluarga")},
    {CODE_FAMILY_ROLE, 5, STR_INIT("Anak menantu")},
    {CODE_FAMILY_ROLE, 7, STR_INIT("Bapak")},
    {CODE_FAMILY_ROLE, 7, STR_INIT("Bapak kandung")},
    {CODE_FAMILY_ROLE, 7, STR_INIT("Ortu")},
    {CODE_FAMILY_ROLE, 8, STR_INIT("Bapak mertua")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Family")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Keluarga")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Keluarga lain")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Kerabat")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Kemanakan")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Om")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Tante")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Saudara kandung")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Adik kandung")},
    {CODE_FAMILY_ROLE, 9, STR_INIT("Kakak kandung")},
    {CODE_FAMILY_ROLE, 10, STR_INIT("ART")},
    {CODE_FAMILY_ROLE, 10, STR_INIT("PRT")},
    {CODE_FAMILY_ROLE, 10, STR_INIT("Asisten rumah tangga")},
    {CODE_FAMILY_ROLE, 11, STR_INIT("Lain")},
    {CODE_FAMILY_ROLE, 11, STR_INIT("Lain-lain")},
    {CODE_CITIZENSHIP, 1, STR_INIT("Warga Negara Indonesia")},
    {CODE_CITIZENSHIP, 1, STR_INIT("Indonesia")},
    {CODE_CITIZENSHIP, 2, STR_INIT("Warga Negara Asing")},
    {CODE_CITIZENSHIP, 2, STR_INIT("Asing")},
    {CODE_CITIZENSHIP, 3, STR_INIT("Dwi kewarganegaraan")},
    {CODE_CITIZENSHIP, 3, STR_INIT("Dwikewarganegaraan")},
    {CODE_CITIZENSHIP, 1, STR_INIT("Republik Indonesia")},
    {CODE_CITIZENSHIP, 1, STR_INIT("RI")},
    {CODE_CITIZENSHIP, 1, STR_INIT("IDN")},
    {CODE_CITIZENSHIP, 1, STR_INIT("WN Indonesia")},
    {CODE_CITIZENSHIP, 2, STR_INIT("WN Asing")},
    {CODE_BLOOD, 5, STR_INIT("A Rh+")},
    {CODE_BLOOD, 5, STR_INIT("A rhesus +")},
    {CODE_BLOOD, 6, STR_INIT("A Rh-")},
    {CODE_BLOOD, 6, STR_INIT("A rhesus -")},
    {CODE_BLOOD, 7, STR_INIT("B Rh+")},
    {CODE_BLOOD, 7, STR_INIT("B rhesus +")},
    {CODE_BLOOD, 8, STR_INIT("B Rh-")},
    {CODE_BLOOD, 8, STR_INIT("B rhesus -")},
    {CODE_BLOOD, 9, STR_INIT("AB Rh+")},
    {CODE_BLOOD, 9, STR_INIT("AB rhesus +")},
    {CODE_BLOOD, 10, STR_INIT("AB Rh-")},
    {CODE_BLOOD, 10, STR_INIT("AB rhesus -")},
    {CODE_BLOOD, 11, STR_INIT("O Rh+")},
    {CODE_BLOOD, 11, STR_INIT("O rhesus +")},
    {CODE_BLOOD, 12, STR_INIT("O Rh-")},
    {CODE_BLOOD, 12, STR_INIT("O rhesus -")},
    {CODE_BLOOD, 13, STR_INIT("Belum diketahui")},
    {CODE_BLOOD, 13, STR_INIT("Tdk Th")},
    {CODE_BLOOD, 13, STR_INIT("Tdk Tahu")},
    {CODE_BLOOD, 13, STR_INIT("Tidak diketahui")},
    {CODE_BLOOD, 13, STR_INIT("Belum tahu")},
    {CODE_BLOOD, 1, STR_INIT("Gol A")},
    {CODE_BLOOD, 2, STR_INIT("Gol B")},
    {CODE_BLOOD, 3, STR_INIT("Gol AB")},
    {CODE_BLOOD, 4, STR_INIT("Gol O")},
    {CODE_BLOOD, 5, STR_INIT("A positif")},
    {CODE_BLOOD, 6, STR_INIT("A negatif")},
    {CODE_BLOOD, 7, STR_INIT("B positif")},
    {CODE_BLOOD, 8, STR_INIT("B negatif")},
    {CODE_BLOOD, 9, STR_INIT("AB positif")},
    {CODE_BLOOD, 10, STR_INIT("AB negatif")},
    {CODE_BLOOD, 11, STR_INIT("O positif")},
    {CODE_BLOOD, 12, STR_INIT("O negatif")},
    {CODE_BLOOD, 13, STR_INIT("Tdk diketahui")},
    {CODE_BLOOD, 13, STR_INIT("Blm diketahui")},
    {CODE_BLOOD, 13, STR_INIT("Tidak ada")},
    {CODE_BLOOD, 13, STR_INIT("Belum ada")},
    {CODE_BLOOD, 13, STR_INIT("Tidak tau")},
    {CODE_BLOOD, 13, STR_INIT("Tdk tau")},
    {CODE_BLOOD, 13, STR_INIT("Belum periksa")},
    {CODE_BLOOD, 13, STR_INIT("Belum dicek")},
    {CODE_DISABILITY, 2, STR_INIT("Tuna netra/buta")},
    {CODE_DISABILITY, 2, STR_INIT("Tuna netra")},
    {CODE_DISABILITY, 2, STR_INIT("Cacat netra")},
    {CODE_DISABILITY, 2, STR_INIT("Buta")},
    {CODE_DISABILITY, 3, STR_INIT("Tuna rungu/wicara")},
    {CODE_DISABILITY, 3, STR_INIT("Cacat rungu")},
    {CODE_DISABILITY, 3, STR_INIT("Cacat wicara")},
    {CODE_DISABILITY, 7, STR_INIT("Tidak ada")},
    {CODE_DISABILITY, 7, STR_INIT("Tidak")},
    {CODE_DISABILITY, 1, STR_INIT("Fisik")},
    {CODE_DISABILITY, 1, STR_INIT("Tuna daksa")},
    {CODE_DISABILITY, 1, STR_INIT("Lumpuh")},
    {CODE_DISABILITY, 2, STR_INIT("Netra")},
    {CODE_DISABILITY, 3, STR_INIT("Tuna rungu")},
    {CODE_DISABILITY, 3, STR_INIT("Tuna wicara")},
    {CODE_DISABILITY, 3, STR_INIT("Tuli")},
    {CODE_DISABILITY, 3, STR_INIT("Bisu")},
    {CODE_DISABILITY, 4, STR_INIT("Mental")},
    {CODE_DISABILITY, 4, STR_INIT("Tuna grahita")},
    {CODE_DISABILITY, 4, STR_INIT("Gangguan jiwa")},
    {CODE_DISABILITY, 4, STR_INIT("ODGJ")},
    {CODE_DISABILITY, 7, STR_INIT("Normal")},
    {CODE_DISABILITY, 7, STR_INIT("Sehat")},
    {CODE_DISABILITY, 7, STR_INIT("Tidak ada cacat")},
    {CODE_PREGNANCY, 1, STR_INIT("Ya")},
    {CODE_PREGNANCY, 2, STR_INIT("Tidak")},
    {CODE_KTP_EL, 1, STR_INIT("Belum punya")},
    {CODE_KTP_EL, 1, STR_INIT("Belum ada")},
    {CODE_KTP_EL, 2, STR_INIT("E-KTP")},
    {CODE_KTP_EL, 2, STR_INIT("KTP elektronik")},
    {CODE_KTP_EL, 2, STR_INIT("KTP")},
    {CODE_KTP_EL, 3, STR_INIT("Kartu Identitas Anak")},
    {CODE_KTP_EL, 1, STR_INIT("Tidak punya")},
    {CODE_KTP_EL, 1, STR_INIT("Tidak ada")},
    {CODE_KTP_EL, 1, STR_INIT("Tidak")},
    {CODE_KTP_EL, 2, STR_INIT("Sudah")},
    {CODE_KTP_EL, 2, STR_INIT("Sudah punya")},
    {CODE_KTP_EL, 2, STR_INIT("Punya")},
    {CODE_KTP_EL, 2, STR_INIT("Ada")},
    {CODE_KTP_EL, 2, STR_INIT("Ya")},
    {CODE_RECORD_STATUS, 2, STR_INIT("Belum perekaman")},
    {CODE_RECORD_STATUS, 3, STR_INIT("Sudah perekaman")},
    {CODE_BASIC_STATUS, 1, STR_INIT("Tetap hidup")},
    {CODE_BASIC_STATUS, 1, STR_INIT("Aktif")},
    {CODE_BASIC_STATUS, 2, STR_INIT("Mati")},
    {CODE_BASIC_STATUS, 2, STR_INIT("Meninggal dunia")},
    {CODE_BASIC_STATUS, 2, STR_INIT("Wafat")},
    {CODE_BASIC_STATUS, 3, STR_INIT("Pindah dalam negeri")},
    {CODE_BASIC_STATUS, 3, STR_INIT("Pindah luar negeri")},
    {CODE_BASIC_STATUS, 3, STR_INIT("Pindah keluar")},
    {CODE_INSURANCE, 1, STR_INIT("Tidak punya")},
    {CODE_INSURANCE, 1, STR_INIT("Belum punya")},
    {CODE_INSURANCE, 1, STR_INIT("Tidak ada")},
    {CODE_INSURANCE, 2, STR_INIT("BPJS PBI")},
    {CODE_INSURANCE, 2, STR_INIT("KIS")},
    {CODE_INSURANCE, 3, STR_INIT("BPJS Non PBI")},
    {CODE_INSURANCE, 3, STR_INIT("BPJS Mandiri")},
    {CODE_INSURANCE, 4, STR_INIT("BPJS Daerah")},
    {CODE_INSURANCE, 4, STR_INIT("Jamkesda")},
    {CODE_INSURANCE, 99, STR_INIT("Lainnya")},
    {CODE_CONTRACEPTION, 2, STR_INIT("AKDR")},
    {CODE_CONTRACEPTION, 2, STR_INIT("Spiral")},
    {CODE_CONTRACEPTION, 3, STR_INIT("Suntik 1 bulan")},
    {CODE_CONTRACEPTION, 3, STR_INIT("Suntik 3 bulan")},
    {CODE_CONTRACEPTION, 3, STR_INIT("Suntikan")},
    {CODE_CONTRACEPTION, 5, STR_INIT("Susuk")},
    {CODE_CONTRACEPTION, 5, STR_INIT("Implan")},
    {CODE_CONTRACEPTION, 5, STR_INIT("Implant")},
    {CODE_CONTRACEPTION, 6, STR_INIT("MOW")},
    {CODE_CONTRACEPTION, 6, STR_INIT("Tubektomi")},
    {CODE_CONTRACEPTION, 7, STR_INIT("MOP")},
    {CODE_CONTRACEPTION, 7, STR_INIT("Vasektomi")},
    {CODE_INSURANCE, 2, STR_INIT("PBI")},
    {CODE_INSURANCE, 2, STR_INIT("PBI APBN")},
    {CODE_INSURANCE, 2, STR_INIT("BPJS PBI APBN")},
    {CODE_INSURANCE, 2, STR_INIT("JKN PBI")},
    {CODE_INSURANCE, 3, STR_INIT("Non PBI")},
    {CODE_INSURANCE, 3, STR_INIT("JKN Non PBI")},
    {CODE_INSURANCE, 3, STR_INIT("JKN Mandiri")},
    {CODE_INSURANCE, 4, STR_INIT("PBI APBD")},
    {CODE_INSURANCE, 4, STR_INIT("BPJS PBI APBD")},
    {CODE_FAMILY_ROLE, 1, STR_INIT("Kepala KK")},
    {CODE_FAMILY_ROLE, 1, STR_INIT("Kep KK")},
    {CODE_FAMILY_ROLE, 1, STR_INIT("Kep. KK")},
    {CODE_FAMILY_ROLE, 5, STR_INIT("Mantu")},
    {CODE_FAMILY_ROLE, 5, STR_INIT("Anak mantu")},
    {CODE_FAMILY_ROLE, 7, STR_INIT("Orang tua kandung")},
    {CODE_FAMILY_ROLE, 8, STR_INIT("Mertua perempuan")},
    {CODE_FAMILY_ROLE, 8, STR_INIT("Mertua laki-laki")},
    {CODE_FAMILY_ROLE, 10, STR_INIT("Pembantu rumah tangga")},
    {CODE_SEX, 1, STR_INIT("M")},
    {CODE_SEX, 2, STR_INIT("W")},
    {CODE_SEX, 2, STR_INIT("F")},
    {CODE_MARITAL, 1, STR_INIT("Perjaka")},
    {CODE_MARITAL, 1, STR_INIT("Perawan")},
    {CODE_MARITAL, 3, STR_INIT("Cerai H")},
    {CODE_MARITAL, 4, STR_INIT("Cerai M")},
    {CODE_OCCUPATION, 2, STR_INIT("MRT")},
    {CODE_OCCUPATION, 3, STR_INIT("Pelajar SD")},
    {CODE_OCCUPATION, 23, STR_INIT("ART")},
    {CODE_OCCUPATION, 35, STR_INIT("Montir")},
    {CODE_OCCUPATION, 81, STR_INIT("Driver")},
    {CODE_OCCUPATION, 85, STR_INIT("Sekdes")},
    {CODE_OCCUPATION, 85, STR_INIT("Kadus")},
    {CODE_OCCUPATION, 85, STR_INIT("Kepala dusun")},
    {CODE_RECORD_STATUS, 2, STR_INIT("Belum rekam KTP-el")},
    {CODE_RECORD_STATUS, 3, STR_INIT("Sudah")},
    {CODE_RECORD_STATUS, 3, STR_INIT("Sudah rekam KTP-el")},
    {CODE_KTP_EL, 2, STR_INIT("Sudah ada")},
    {CODE_KTP_EL, 2, STR_INIT("Sudah KTP-el")},
    {CODE_CITIZENSHIP, 1, STR_INIT("WNI asli")},
    {CODE_CITIZENSHIP, 1, STR_INIT("WNI keturunan")},
    {CODE_CITIZENSHIP, 1, STR_INIT("INA")},
    {CODE_RELIGION, 1, STR_INIT("Islm")},
    {CODE_EDUCATION_KK, 8, STR_INIT("S1/DIV")},
    {CODE_RELIGION, 1, STR_INIT("Muslim")},
    {CODE_RELIGION, 1, STR_INIT("Muslimah")},
    {CODE_RELIGION, 1, STR_INIT("Moslem")},
    {CODE_RELIGION, 3, STR_INIT("Katolik Roma")},
    {CODE_RELIGION, 3, STR_INIT("Roma Katolik")},
    {CODE_RELIGION, 3, STR_INIT("Khatolik")},
    {CODE_RELIGION, 4, STR_INIT("Hindhu")},
    {CODE_RELIGION, 4, STR_INIT("Hindu Dharma")},
    {CODE_RELIGION, 5, STR_INIT("Buddhis")},
    {CODE_RELIGION, 5, STR_INIT("Budhis")},
    {CODE_RELIGION, 5, STR_INIT("Budhist")},
    {CODE_RELIGION, 6, STR_INIT("Konghuchu")},
    {CODE_RELIGION, 7, STR_INIT("Kepercayaan lain")},
    {CODE_RELIGION, 7, STR_INIT("Penghayat")},
    {CODE_BASIC_STATUS, 1, STR_INIT("Masih hidup")},
    {CODE_BASIC_STATUS, 1, STR_INIT("Ada")},
    {CODE_BASIC_STATUS, 2, STR_INIT("Almarhum")},
    {CODE_BASIC_STATUS, 2, STR_INIT("Almarhumah")},
    {CODE_BASIC_STATUS, 2, STR_INIT("Alm")},
};

struct list {
    struct str word, title;
    const struct code *codes;
    size_t n;
};

static const struct list lists[] = {[0] = {{NULL, 0}, {NULL, 0}, NULL, 0},
#define X(name, word, title) [CODE_##name] = {STR_INIT(#word), STR_INIT(title), word, COUNT_OF(word)},
                                    CODE_LISTS(X)
#undef X
};

static const struct list *list_of(enum code_list list)
{
    return (size_t)list < COUNT_OF(lists) ? &lists[list] : &lists[0];
}

struct str code_list_word(enum code_list list)
{
    return list_of(list)->word;
}

struct str code_list_title(enum code_list list)
{
    return list_of(list)->title;
}

const struct code *codes_of(enum code_list list, size_t *n_out)
{
    *n_out = list_of(list)->n;
    return list_of(list)->codes;
}

struct str code_label(enum code_list list, uint32_t code)
{
    const struct list *l = list_of(list);

    for (size_t i = 0; i < l->n; i++)
        if (l->codes[i].code == code)
            return l->codes[i].label;
    return STR("");
}

struct str code_official(enum code_list list, uint32_t code)
{
    static const struct {
        enum code_list list;
        struct code code;
    } spelled[] = {{CODE_RELIGION, {3, STR_INIT("Katholik")}},
                   {CODE_RELIGION, {5, STR_INIT("Budha")}},
                   {CODE_RELIGION, {6, STR_INIT("Khonghucu")}},
                   {CODE_BASIC_STATUS, {2, STR_INIT("Mati")}}};

    for (size_t i = 0; i < COUNT_OF(spelled); i++)
        if (spelled[i].list == list && spelled[i].code.code == code)
            return spelled[i].code.label;
    return code_label(list, code);
}

bool code_exists(enum code_list list, uint32_t code)
{
    return code_label(list, code).n > 0;
}

/* Letters and digits count; + and - only where they mean something: A- is not A+. */
static bool counts(enum code_list list, unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80 ||
           (list == CODE_BLOOD && (c == '+' || c == '-'));
}

static int next_counting(enum code_list list, struct str s, size_t *at)
{
    while (*at < s.n) {
        unsigned char c = (unsigned char)s.p[(*at)++];
        if (counts(list, c))
            return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    return -1;
}

static bool folds_equal(enum code_list list, struct str a, struct str b)
{
    size_t i = 0, k = 0;

    for (;;) {
        int x = next_counting(list, a, &i), y = next_counting(list, b, &k);
        if (x != y)
            return false;
        if (x < 0)
            return true;
    }
}

static bool from_words(enum code_list list, struct str text, uint32_t *code_out)
{
    const struct list *l = list_of(list);

    for (size_t i = 0; i < l->n; i++) {
        if (folds_equal(list, l->codes[i].label, text)) {
            *code_out = l->codes[i].code;
            return true;
        }
    }
    for (size_t i = 0; i < COUNT_OF(synonyms); i++) {
        if (synonyms[i].list == list && folds_equal(list, synonyms[i].text, text)) {
            *code_out = synonyms[i].code;
            return true;
        }
    }
    return false;
}

static bool cut_word(struct str *text, const char *word)
{
    size_t n = strlen(word);

    if (text->n <= n + 1 || text->p[n] != ' ' || !str_eq_nocase(str_part(*text, 0, n), str_c(word)))
        return false;
    *text = str_from(*text, n + 1);
    return true;
}

/* "Tamat SMA", "Lulusan SMP", "Sedang SD"; "Anak ke-2", "Istri 1": which of them, and that one is through, is no part of the code. */
static struct str plain_words(enum code_list list, struct str text)
{
    static const char *const before[] = {"Tamat", "Tamatan", "Lulus", "Lulusan", "Sedang", "Masih"};
    const struct str after = STR("sederajat");
    bool is_school = list == CODE_EDUCATION_KK || list == CODE_EDUCATION_NOW;

    for (size_t i = 0; i < COUNT_OF(before) && is_school; i++)
        if (cut_word(&text, before[i]))
            break;
    if (is_school && text.n > after.n && str_eq_nocase(str_from(text, text.n - after.n), after))
        text = str_part(text, 0, text.n - after.n);
    if (list != CODE_FAMILY_ROLE)
        return text;
    size_t n = text.n;
    while (n > 0 && text.p[n - 1] >= '0' && text.p[n - 1] <= '9')
        n--;
    if (n == 0 || n == text.n)
        return text;
    text = str_trim(str_part(text, 0, n - (text.p[n - 1] == '-')));
    return text.n > 3 && str_eq_nocase(str_from(text, text.n - 3), STR(" ke")) ? str_part(text, 0, text.n - 3) : text;
}

bool code_from_text(enum code_list list, struct str text, uint32_t *code_out)
{
    uint64_t number;

    text = str_trim(text);
    if (str_empty(text))
        return false;
    if (list == CODE_EDUCATION_KK && str_find_char(text, '/') >= 0 && folds_equal(list, text, STR("DIII"))) {
        *code_out = 6; /* "D I/II": without its sign it would be D III */
        return true;
    }
    if (!str_to_u64(text, &number))
        return from_words(list, text, code_out) || from_words(list, plain_words(list, text), code_out);
    if (number > UINT32_MAX || !code_exists(list, (uint32_t)number))
        return false;
    *code_out = (uint32_t)number;
    return true;
}

struct str role_fault(uint8_t role, uint8_t of_sex)
{
    if (role == SHDK_WIFE && of_sex != SEX_FEMALE)
        return STR("Istri hanya untuk perempuan. Pilih hubungan yang lain.");
    if (role == SHDK_HUSBAND && of_sex != SEX_MALE)
        return STR("Suami hanya untuk laki-laki. Pilih hubungan yang lain.");
    return STR("");
}

int age_of(uint8_t status_now, struct date born, struct date ended, struct date today)
{
    bool has_left = status_now == STATUS_DEAD || status_now == STATUS_MOVED;

    if (date_is_none(born) || (status_now == STATUS_DEAD && date_is_none(ended)))
        return -1;
    return date_age(born, has_left && !date_is_none(ended) ? ended : today);
}
