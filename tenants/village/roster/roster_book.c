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
#define X(name, heading, rule, member, max, list) \
    [COLUMN_##name] = {.heads = {heading}, .width = WIDE_##rule, .kind = BOOK_CODE, .at = BOOK_AT(struct export_row, member)},
    RESIDENT_COLUMNS(X)
#undef X
};

static enum rc put_row(void *ctx, const struct export_row *row, struct err *err)
{
    return book_put(ctx, row, err);
}

/* What was asked for, as the form of the list said it. */
static enum rc read_criteria(const struct book_run *run, struct list_reading *at, struct resident_find *find, struct err *err)
{
    for (void *i = json_object_iter((json_t *)(uintptr_t)run->criteria); i != NULL;
         i = json_object_iter_next((json_t *)(uintptr_t)run->criteria, i)) {
        const char *name = json_object_iter_key(i);

        if (!list_set(at, str_c(name), json_text(run->criteria, name)))
            return fail(err, RC_FAULT, "the export's %s means nothing", name);
    }
    return list_judge(at, find).n == 0 ? RC_OK : fail(err, RC_FAULT, "the export's criteria mean nothing");
}

static enum rc each(struct book_run *run, struct err *err)
{
    struct list_reading at;
    struct resident_find find;
    enum resident_way way;

    list_begin(&at, &residents_list, run->arena, run->today);
    TRY(read_criteria(run, &at, &find, err));
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
    .narrower = "Persempit dengan saringan, misalnya satu dusun.",
    .each = each,
};

/* ---- asking ---- */

static void put_member(json_t *object, const char *key, struct str value)
{
    json_object_set_new(object, key, json_stringn(value.p, value.n));
}

/* What is shown, as the worker will ask for it; the audit row says the filters, and only that there were words. */
enum rc residents_export_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct str format = roster_export_got(req).format;
    struct resident_find find;
    struct list_reading at;
    struct list_pairs pairs;
    json_t *criteria, *detail;

    TRY(list_read(req, &residents_list, &find, &at, err));
    if (at.is_faulty || resident_list_fault(&find) != NULL)
        return fail(err, RC_BAD_REQUEST, "not the form of the list");
    pairs = list_pairs(&at);
    criteria = json_object();
    detail = json_object();
    for (size_t i = 0; i < pairs.n; i++) {
        put_member(criteria, str_z(arena, pairs.p[i].name), pairs.p[i].value);
        put_member(detail, str_z(arena, pairs.p[i].name), pairs.p[i].value);
    }
    put_member(criteria, "cari", at.words);
    put_member(detail, "bentuk", format);
    json_object_set_new(detail, "cari", json_boolean(!str_empty(at.words)));
    const struct export_order order = {.book = &residents_book,
                                       .format = str_z(arena, format),
                                       .criteria = json_write(arena, criteria),
                                       .detail = json_write(arena, detail)};
    json_decref(criteria);
    json_decref(detail);
    return export_order(txn, req, &order, go_to_out, err);
}
