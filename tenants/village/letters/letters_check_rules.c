// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_check.h"

#include "server/base/text.h"
#include "tenants/village/letters/letters_esign.h"

enum letter_verdict letter_verdict_of(const struct letter_found *found)
{
    if (found->is_same)
        return VERDICT_SAME;
    if (found->begins_same)
        return VERDICT_EXTENDED;
    if (!found->is_pdf)
        return found->is_picture ? VERDICT_UNSEALED : VERDICT_NO_PDF;
    if (found->names_other)
        return VERDICT_OTHER;
    if (found->names_letter)
        return VERDICT_CHANGED;
    return found->has_seal ? VERDICT_UNKNOWN : VERDICT_UNSEALED;
}

void letter_verdict_put(enum letter_verdict verdict, bool is_void, bool is_training, struct file_told *out)
{
    static const struct {
        const char *tone, *icon, *title, *words;
    } said[] = {
        [VERDICT_SAME] = {"hijau", "file-check", "Berkas sama persis dengan arsip desa",
                          "Tidak satu pun isinya berubah sejak desa mengeluarkannya."},
        [VERDICT_EXTENDED] =
            {"merah", "file-x", "Berkas berubah sesudah ditandatangani",
             "Di belakang surat asli ada tambahan, jadi yang tampak di layar bisa lain dari surat aslinya. Minta berkas yang "
             "asli kepada pemegang surat atau kantor desa."},
        [VERDICT_CHANGED] =
            {"merah", "file-x", "Berkas berubah sesudah ditandatangani",
             "Berkas ini menyebut dirinya surat ini, tetapi isinya tidak sama dengan arsip desa. Jangan diterima. Minta berkas "
             "yang asli, atau tanyakan ke kantor desa."},
        [VERDICT_OTHER] = {"merah", "file-x", "Berkas ini surat lain",
                           "Kode QR dan berkas bukan dari surat yang sama. Pindai kode QR pada surat "
                           "yang Anda terima."},
        [VERDICT_UNKNOWN] =
            {"merah", "file-x", "Berkas ini tidak kami kenal",
             "Tanda tangan di dalamnya bukan segel surat desa mana pun di sini. Bila surat ini dari instansi lain, periksa di "
             "layanan instansi itu."},
        [VERDICT_UNSEALED] =
            {"kuning", "circle-alert", "Berkas ini tidak memuat segel desa",
             "Foto, hasil pindai, dan cetak ulang tidak dapat diperiksa dari berkasnya. Hanya kode QR yang dapat: pindai kode "
             "di surat, lalu cocokkan isiannya."},
        [VERDICT_NO_PDF] = {"kuning", "circle-alert", "Berkas ini bukan PDF",
                            "Pilih berkas PDF yang diterima dari desa. Bila Anda hanya punya kertasnya, pindai kode QR di surat."},
    };

    out->tone = str_c(said[verdict].tone);
    out->icon = str_c(said[verdict].icon);
    out->title = str_c(said[verdict].title);
    out->words = str_c(said[verdict].words);
    if (verdict == VERDICT_SAME && (is_void || is_training))
        out->tone = STR("kuning");
    if (verdict == VERDICT_SAME && is_void)
        out->words = STR("Isinya tidak berubah, tetapi suratnya sudah dicabut dan tidak berlaku lagi.");
}

struct str letter_certificate_told(struct arena *arena, struct str name, uint8_t marks)
{
    return str_fmt(arena, "sertifikat BSrE%s%.*s%s, %s", str_empty(name) ? "" : " atas nama ", STR_ARG(name),
                   (marks & LETTER_MARK_OTHER) != 0 ? ", bukan nama penandatangan di surat" : "",
                   (marks & LETTER_MARK_VOUCHED) != 0 ? "diakui otoritasnya" : "sertifikat belum dicocokkan");
}

struct str letter_seal_told(struct arena *arena, const struct pdf_seal *seal, size_t bytes, struct str certified, enum zone zone)
{
    if (seal->is_ours)
        return str_fmt(arena, "%.*s, %.*s: utuh, dari otoritas segel Balai%s", STR_ARG(seal->signer),
                       STR_ARG(utc_long(arena, seal->at, zone)), seal->covers < bytes ? ", tetapi tidak mencakup bagian akhir berkas" : "");
    if (seal->is_intact && !str_empty(certified))
        return str_fmt(arena, "%.*s: utuh, seperti di arsip desa", STR_ARG(certified));
    if (seal->is_intact)
        return STR("Tanda tangan pihak lain: utuh, tetapi bukan dari otoritas segel Balai");
    return STR("Segel rusak: isi berkas tidak sama dengan yang disegel");
}

struct str letter_link_token(struct str link)
{
    const struct str mark = STR("/v/");
    ptrdiff_t at = str_find(link, mark);

    return at < 0 ? STR_NONE : str_from(link, (size_t)at + mark.n);
}

struct str letter_initials(struct arena *arena, struct str name)
{
    struct str letters = text_initials(arena, name), out = STR("");

    while (letters.n > 0) {
        const struct str first = utf8_part(arena, letters, 1);
        out = str_fmt(arena, "%.*s%s%.*s.", STR_ARG(out), out.n > 0 ? " " : "", STR_ARG(first));
        letters = str_from(letters, first.n);
    }
    return out;
}
