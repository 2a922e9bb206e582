// SPDX-License-Identifier: AGPL-3.0-or-later
/* The guest book of a month on paper. */
#include "server/register/book.h"
#include "tenants/village/guestbook/guestbook.h"
#include "tenants/village/guestbook/guestbook_sql.h"

static struct str hour_text(struct arena *arena, const void *row)
{
    return form_show_time(arena, ((const struct guest_line *)row)->came_at);
}

static struct str satisfaction_text(struct arena *arena, const void *row)
{
    (void)arena;
    return guest_satisfaction(((const struct guest_line *)row)->satisfaction);
}

static const struct book_column columns[] = {
    {.heads = {"No."}, .width = 5, .kind = BOOK_LINE},
    {.heads = {"Datang", "Tanggal"}, .width = 11, .at = BOOK_AT(struct guest_line, came_on)},
    {.heads = {"Datang", "Jam"}, .width = 7, .align = LEDGER_CENTER, .text = hour_text},
    {.heads = {"Nama tamu"}, .width = 24, .at = BOOK_AT(struct guest_line, name)},
    {.heads = {"Asal"}, .width = 24, .at = BOOK_AT(struct guest_line, origin)},
    {.heads = {"Bertemu dengan"}, .width = 20, .at = BOOK_AT(struct guest_line, meets)},
    {.heads = {"Keperluan"}, .width = 30, .at = BOOK_AT(struct guest_line, purpose)},
    {.heads = {"Kepuasan"}, .width = 12, .text = satisfaction_text},
};

static enum rc put_guest(void *ctx, const struct guest_line *row, struct err *err)
{
    return book_put(ctx, row, err);
}

static enum rc each(struct book_run *run, struct err *err)
{
    const struct guest_find find = {.from = run->from, .until = run->until};

    return sql_guest_each(run->db, &find, &(struct list_at){.order = GUEST_BY_NEWEST, .is_reversed = true}, put_guest, run, err);
}

static enum rc each_shown(struct book_run *run, struct err *err)
{
    struct list_reading at;
    struct guest_find find;

    TRY(list_file_read(run, &guestbook_list, &find, &at, err));
    return sql_guest_each(run->db, &find, &at.at, put_guest, run, err);
}

static enum rc since(struct village_db *db, struct date *out, struct err *err)
{
    struct guest_since row;

    TRY(sql_guest_since(db, &row, err));
    *out = row.day;
    return RC_OK;
}

const struct book guestbook_book = {.name = "tamu",
                                    .title = "Buku Tamu",
                                    .about = "buku tamu",
                                    .noun = "tamu",
                                    .home = "/kantor/buku/tamu",
                                    .home_label = "Buku tamu",
                                    .permission = MAY_READ_GUESTS,
                                    .period = BOOK_OF_MONTH,
                                    .columns = columns,
                                    .n = COUNT_OF(columns),
                                    .since = since,
                                    .each = each};

/* The rows that the list shows. */
const struct book guest_rows_book = {.name = "guests",
                                     .title = "Buku Tamu",
                                     .about = "daftar tamu",
                                     .noun = "tamu",
                                     .home = "/kantor/tamu",
                                     .home_label = "Semua tamu",
                                     .permission = MAY_READ_GUESTS,
                                     .columns = columns,
                                     .n = COUNT_OF(columns),
                                     .each = each_shown};
