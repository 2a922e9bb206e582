// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list as a file: the people it shows, in the columns of the exchange format, so that it can be imported again. */
#include "server/register/export.h"
#include "tenants/village/residents/registry_columns.h"
#include "tenants/village/roster/roster.h"
#include "tenants/village/roster/roster_list.h"
#include "tenants/village/roster/roster_list_view.h"

/* ---- the book ---- */

/* Widths in a workbook, by the kind of column_rules. */
enum { WIDE_TEXT = 18, WIDE_HAMLET = 18, WIDE_UNIT = 18, WIDE_NAME = 18, WIDE_KK = 18, WIDE_NIK = 18, WIDE_PARENT = 18, WIDE_CODE = 8 };
enum { WIDE_BIRTH = 12, WIDE_PAST = 12, WIDE_UNTIL = 12, WIDE_CARD = 18, WIDE_PLACE = 18 };

static const struct book_column columns[COLUMN_COUNT] = {
#define X(name, heading, rule, member, max, list)                                    \
    [COLUMN_##name] = {.heads = {heading},                                           \
                       .width = WIDE_##rule,                                         \
                       .kind = KIND_##rule == KIND_PLACE ? BOOK_DECIMAL : BOOK_CODE, \
                       .is_kept = COLUMN_##name == COLUMN_NAME,                      \
                       .at = BOOK_AT(struct export_row, member)},
    RESIDENT_COLUMNS(X)
#undef X
};

BOOK_PUTS(put_row, export_row)

static enum rc each(struct book_run *run, struct err *err)
{
    struct list_reading at;
    struct resident_find find;
    enum resident_way way;

    TRY(list_file_read(run, &residents_list, &find, &at, err));
    return resident_way_of(&at, &find, &way) ? sql_export_each(run->db, &find, way, &at.at, put_row, run, err) : RC_OK;
}

const struct book residents_book = {
    .name = "residents",
    .title = "Data Penduduk",
    .about = "penduduk",
    .noun = "warga",
    .home = "/kantor/penduduk",
    .home_label = "Semua penduduk",
    .permission = MAY_READ_RESIDENTS,
    .columns = columns,
    .n = COLUMN_COUNT,
    .has_numbers = true,
    .narrower = "Persempit dengan saringan, misalnya satu {dusun}.",
    .each = each,
};
