// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/notices/notices_rules.h"

#include "server/base/text.h"

bool notice_has_reason(const struct notice_row *row)
{
    if (row->recipient == NOTICE_RESIDENT)
        return row->letter_state == LETTER_ISSUED;
    return row->letter_state == LETTER_WAITING_APPROVAL || (row->letter_state == LETTER_ISSUED && str_is(row->policy, "seal"));
}

struct str notice_message_id(struct arena *arena, const struct notice_row *row, struct str village_code)
{
    return str_fmt(arena, "notice-%" PRIu64 "-%" PRIu32 ".%.*s", row->id, row->round, STR_ARG(village_code));
}

static struct notice_words for_approval(struct arena *arena, const struct notice_row *row, const struct village *village, struct str link)
{
    return (struct notice_words){
        .subject = str_fmt(arena, "Menunggu persetujuan: %.*s", STR_ARG(row->type_name)),
        .text = str_fmt(arena,
                        "%.*s menunggu persetujuan Anda.\n\n"
                        "Baca dan putuskan di sini:\n%.*s\n\n"
                        "Nomor surat baru diberikan saat Anda menyetujui.\n\n"
                        "Kantor Desa %.*s\n",
                        STR_ARG(row->type_name), STR_ARG(link), STR_ARG(village->name)),
    };
}

static struct notice_words for_issued(struct arena *arena, const struct notice_row *row, const struct village *village, struct str link)
{
    return (struct notice_words){
        .subject = str_fmt(arena, "Surat terbit atas nama desa: %.*s", STR_ARG(row->type_name)),
        .text = str_fmt(arena,
                        "%.*s terbit atas nama Desa %.*s dengan segel elektronik desa.\n\n"
                        "Nomor: %.*s\nTerbit: %.*s\n\n"
                        "Lihat suratnya di sini:\n%.*s\n\n"
                        "Ada yang keliru? Sekretaris desa bisa mencabutnya di halaman itu.\n\n"
                        "Kantor Desa %.*s\n",
                        STR_ARG(row->type_name), STR_ARG(village->name), STR_ARG(row->number_text),
                        STR_ARG(utc_long(arena, row->issued_at, village->zone)), STR_ARG(link), STR_ARG(village->name)),
    };
}

static struct notice_words for_resident(struct arena *arena, const struct notice_row *row, const struct village *village, struct str link,
                                        utc_us until)
{
    struct str phone = str_empty(row->phone) ? STR("") : str_fmt(arena, ", telepon %.*s", STR_ARG(row->phone));

    return (struct notice_words){
        .subject = str_fmt(arena, "Surat Anda sudah terbit: %.*s, Desa %.*s", STR_ARG(row->type_name), STR_ARG(village->name)),
        .text = str_fmt(arena,
                        "%.*s untuk %.*s sudah terbit.\nNomor: %.*s\n\n"
                        "Unduh suratnya di sini:\n%.*s\n\n"
                        "Tautan ini untuk satu kali unduh, sampai %.*s.\nJangan teruskan kepada orang lain.\n\n"
                        "Tautan tidak bisa dibuka? Hubungi kantor Desa %.*s%.*s.\n\n"
                        "Pesan ini dikirim karena alamat surel Anda didaftarkan di kantor desa.\n"
                        "Bukan surat Anda? Abaikan pesan ini dan beri tahu kantor desa.\n",
                        STR_ARG(row->type_name), STR_ARG(text_name(arena, row->resident_name)), STR_ARG(row->number_text), STR_ARG(link),
                        STR_ARG(utc_long(arena, until, village->zone)), STR_ARG(village->name), STR_ARG(phone)),
    };
}

struct notice_words notice_of_village(struct arena *arena, struct notice_words words, const struct village *village)
{
    if (!village->is_sample)
        return words;
    return (struct notice_words){
        .subject = str_fmt(arena, "DATA CONTOH: %.*s", STR_ARG(words.subject)),
        .text = str_fmt(arena, "DATA CONTOH. Pesan ini dari desa latihan, bukan surat sungguhan.\n\n%.*s", STR_ARG(words.text)),
    };
}

struct notice_words notice_words(struct arena *arena, const struct notice_row *row, const struct village *village, struct str link,
                                 utc_us link_until)
{
    struct notice_words words = row->recipient == NOTICE_RESIDENT              ? for_resident(arena, row, village, link, link_until)
                                : row->letter_state == LETTER_WAITING_APPROVAL ? for_approval(arena, row, village, link)
                                                                               : for_issued(arena, row, village, link);

    return notice_of_village(arena, words, village);
}

/* ---- for staff ---- */

static struct str why_words(struct arena *arena, const struct notice_lines_row *row)
{
    switch (row->why) {
    case NOTICE_SAID_NO:
        return str_fmt(arena, "alamatnya ditolak server surel (%u)", row->answer);
    case NOTICE_NO_RELAY:
        return STR("surel belum dipasang di sistem ini");
    case NOTICE_TOO_LATE:
        return STR("keadaan suratnya sudah berubah");
    case NOTICE_ADDRESS_OVER:
        return STR("alamatnya sudah diganti atau dihapus");
    case NOTICE_OVER_BUDGET:
        return str_fmt(arena, "jatah %d surel desa sehari sudah habis", NOTICE_MOST_A_DAY);
    case NOTICE_IN_TURN:
    case NOTICE_PAUSED:
    case NOTICE_NO_ANSWER:
    case NOTICE_NO_WHY:
        break;
    }
    return row->answer != 0 ? str_fmt(arena, "server surel minta menunggu (%u)", row->answer) : STR("server surel belum menjawab");
}

struct str notice_line_words(struct arena *arena, const struct notice_lines_row *row, enum zone zone)
{
    const char *whom = row->recipient == NOTICE_HEAD ? "kepala desa" : "pemohon";

    switch (row->state) {
    case NOTICE_SENT:
        if (row->taken_at != 0)
            return str_fmt(arena, "Terkirim %.*s ke %s, diunduh %.*s", STR_ARG(utc_short(arena, row->sent_at, zone)), whom,
                           STR_ARG(utc_short(arena, row->taken_at, zone)));
        return str_fmt(arena, "Terkirim %.*s ke %s", STR_ARG(utc_short(arena, row->sent_at, zone)), whom);
    case NOTICE_REFUSED:
        return str_fmt(arena, "Belum terkirim ke %s: %.*s. Periksa alamatnya, lalu kirim lagi.", whom, STR_ARG(why_words(arena, row)));
    case NOTICE_OFF:
        return str_fmt(arena, "Tidak dikirim ke %s: %.*s.", whom, STR_ARG(why_words(arena, row)));
    case NOTICE_WAITING:
    case NOTICE_NO_STATE:
        break;
    }
    if (row->attempts == 0 && row->why == NOTICE_PAUSED)
        return str_fmt(arena, "Dikirim lagi ke %s pukul %.*s, %d menit sesudah yang terakhir", whom,
                       STR_ARG(utc_clock(arena, row->put_at, zone)), NOTICE_PAUSE_S / 60);
    if (row->attempts == 0 && row->why == NOTICE_IN_TURN)
        return str_fmt(arena, "Dikirim ke %s %.*s: surel surat massal %d sehari", whom, STR_ARG(utc_short(arena, row->put_at, zone)),
                       NOTICE_OF_PILES_A_DAY);
    if (row->attempts == 0)
        return str_fmt(arena, "Sedang dikirim ke %s", whom);
    return str_fmt(arena, "Belum terkirim ke %s: %.*s. Dicoba lagi sendiri.", whom, STR_ARG(why_words(arena, row)));
}
