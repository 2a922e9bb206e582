// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/codes/esign_words.h"

#define MAY_BE_SIGNED "Tidak diketahui apakah di sana sudah ditandatangani; di sini belum."

static const char *const words[] = {
    [ESIGN_DONE] = "Sertifikat aktif, bisa menandatangani.",
    [ESIGN_PASSPHRASE] =
        "Passphrase salah, dan satu kesempatan di BSrE terpakai. Ketik lagi dengan teliti: huruf besar dan kecil dibedakan.",
    [ESIGN_CERTIFICATE] = "Sertifikat BSrE penandatangan kedaluwarsa, dicabut, atau belum terbit. Urus lewat Diskominfo kabupaten dulu.",
    [ESIGN_NIK] =
        "NIK penandatangan tidak terdaftar di layanan BSrE. Periksa NIK itu di Pengaturan, Perangkat, atau tanyakan ke Diskominfo.",
    [ESIGN_ACCOUNT] = "Layanan menolak akun desa. Periksa nama akun dan kata sandinya di Pengaturan, Tanda tangan elektronik.",
    [ESIGN_ADDRESS] =
        "Alamat layanan tidak ditemukan atau tidak boleh dipanggil: harus https:// dan terbuka dari internet. Periksa di Pengaturan.",
    [ESIGN_AWAY] = "Layanan tidak dapat dihubungi. Coba lagi beberapa menit lagi; tetap begini, hubungi Diskominfo.",
    [ESIGN_TLS] = "Sertifikat situs layanan tidak dapat dipercaya, jadi tidak ada yang dikirim. Hubungi Diskominfo.",
    [ESIGN_REDIRECT] = "Layanan mengarahkan ke alamat lain. Tanyakan alamat yang benar ke Diskominfo, lalu isi di Pengaturan.",
    [ESIGN_BROKEN] = "Layanan sedang terganggu. Coba lagi beberapa menit lagi.",
    [ESIGN_ODD] = "Jawaban layanan tidak dikenal. Periksa alamatnya di Pengaturan; sudah benar, hubungi Diskominfo.",
    [ESIGN_LARGE] = "Jawaban layanan terlalu besar, jadi tidak dipakai. " MAY_BE_SIGNED " Hubungi Diskominfo.",
    [ESIGN_FOREIGN] = "Layanan mengembalikan PDF lain atau tanpa tanda tangan yang utuh, jadi tidak dipakai. " MAY_BE_SIGNED
                      " Hubungi Diskominfo.",
    [ESIGN_UNKNOWN] = "Layanan tidak menjawab sampai selesai. " MAY_BE_SIGNED " Coba lagi.",
    [ESIGN_GATEWAY] = "Perantara di depan layanan (gateway) memutus sebelum layanan menjawab. " MAY_BE_SIGNED
                      " Tunggu beberapa menit, lalu coba lagi.",
    [ESIGN_GARBLED] = "Layanan menerima surat ini, tetapi yang kembali bukan PDF. " MAY_BE_SIGNED
                      " Coba lagi; tetap begini, hubungi Diskominfo.",
    [ESIGN_TOO_MUCH] = "Berkas surat ini terlalu besar untuk layanan, jadi tidak ditandatangani. Tanyakan batasnya ke Diskominfo.",
    [ESIGN_FORGOTTEN] = "Passphrase sudah dihapus sebelum sempat dipakai. Ketik lagi.",
    [ESIGN_SKIPPED] = "Belum dicoba, karena surat sebelumnya tidak jadi ditandatangani. Setujui lagi.",
    [ESIGN_PAPER] =
        "Berkas surat ini tidak dapat dibuat, jadi tidak ada yang dikirim. Tetap begini? Cabut surat ini, lalu buat penggantinya.",
    [ESIGN_STRANGER] = "Layanan menandatangani, tetapi bukan dengan sertifikat yang diakui, jadi tidak dipakai. Hubungi Diskominfo.",
    [ESIGN_HEAVY] =
        "Berkas surat ini lebih dari 6 MB, jadi tidak ada yang dikirim. Cabut surat ini, lalu buat penggantinya dengan gambar yang lebih "
        "kecil.",
    [ESIGN_CROWDED] = "Terlalu banyak desa sedang menandatangani, jadi tidak ada yang dikirim dan passphrase sudah dihapus. Coba lagi "
                      "beberapa menit lagi.",
    [ESIGN_UNAGREED] = "Alamat, akun, atau NIK tanda tangan berubah dan belum disetujui penandatangannya. Ia menyetujuinya di Persetujuan.",
    [ESIGN_OFF] = "Tanda tangan BSrE sudah dimatikan, jadi tidak ada yang dikirim. Setujui lagi.",
};

struct str esign_words(uint8_t outcome)
{
    return outcome < COUNT_OF(words) && words[outcome] != NULL ? str_c(words[outcome]) : STR("");
}
