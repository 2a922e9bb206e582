// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the head is told by mail; of piles that some wait for him, and what was issued at once in the village's name. */
#include "server/base/text.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/notices/notices.h"

enum { TOLD_MOST = 10, TOLD_S = 24 * 3600 };

/* "- Surat Keterangan Usaha, 230 surat (Dusun Lempong Pute, RW 001)" */
static void put_line(struct buf *out, struct str type_name, uint64_t n, struct str chosen)
{
    buf_fmt(out, "- %.*s, %.*s surat (%.*s)", STR_ARG(type_name), STR_ARG(number_text(out->arena, (int64_t)n)), STR_ARG(chosen));
}

enum rc letter_tell_head(struct txn *txn, const struct office_message *mail, struct err *err)
{
    struct letter_told to;
    bool is_over;

    TRY(sql_letter_told_addresses(in_txn(txn), &to, err));
    return notice_office(txn, mail, to.head, STR(""), &is_over, err);
}

enum rc pile_tell_waiting(struct txn *txn, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct arena *arena = village_db_arena(db);
    struct office_message mail = {.kind = OFFICE_MAIL_PILE_WAITS};
    struct buf list = {.arena = arena};
    struct letter_identity village;
    struct pile_waiting_rows rows;

    TRY(sql_letter_identity(db, &village, err));
    TRY(sql_piles_waiting(db, PILE_WAITING, TOLD_MOST, &rows, err));
    for (size_t i = 0; i < rows.n; i++) {
        put_line(&list, rows.p[i].type_name, rows.p[i].n, rows.p[i].chosen);
        buf_put_str(&list, STR("\n"));
    }
    mail.subject = str_fmt(arena, "Surat massal Desa %.*s menunggu persetujuan Anda", STR_ARG(village.name));
    mail.text = str_fmt(arena,
                        "Surat massal ini menunggu persetujuan Anda:\n\n%.*s\n"
                        "Buka Persetujuan, baca contohnya, lalu putuskan sekali untuk semua. Nomor baru diberikan sesudah itu.\n\n"
                        "Kantor Desa %.*s\n",
                        STR_ARG(buf_str(&list)), STR_ARG(village.name));
    return letter_tell_head(txn, &mail, err);
}

enum rc pile_tell_issued(struct txn *txn, utc_us now, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct arena *arena = village_db_arena(db);
    struct office_message mail = {.kind = OFFICE_MAIL_PILE_ISSUED};
    struct buf list = {.arena = arena};
    struct letter_identity village;
    struct pile_issued_at_once_rows rows;

    TRY(sql_letter_identity(db, &village, err));
    TRY(sql_piles_issued_since(db, now - (utc_us)TOLD_S * US_PER_S, TOLD_MOST, &rows, err));
    for (size_t i = 0; i < rows.n; i++) {
        put_line(&list, rows.p[i].type_name, rows.p[i].n, rows.p[i].chosen);
        buf_fmt(&list, ", oleh %.*s\n", STR_ARG(rows.p[i].issuer));
    }
    mail.subject = str_fmt(arena, "Surat massal terbit atas nama Desa %.*s", STR_ARG(village.name));
    mail.text = str_fmt(arena,
                        "Surat massal ini terbit langsung atas nama desa, dalam 24 jam terakhir:\n\n%.*s\n"
                        "Buka Surat, lalu Surat massal, untuk melihatnya. Ada yang keliru? Hentikan di sana; yang sudah terbit dicabut "
                        "satu per satu dari halaman suratnya.\n\nKantor Desa %.*s\n",
                        STR_ARG(buf_str(&list)), STR_ARG(village.name));
    return letter_tell_head(txn, &mail, err);
}
