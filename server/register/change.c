// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/register/change.h"

#include "server/base/json.h"
#include "server/register/kept_sql.h"
#include "server/web/feature.h"

enum { LINES_SHOWN = 20, ROWS_READ = 60, SINCE_READ = 100 };

/* ---- writing ---- */

struct change_by change_by_of(const struct request *req)
{
    const struct actor *actor = request_actor(req);

    return (struct change_by){.at = request_now(req), .staff_id = actor->id, .staff_name = actor->name, .origin = request_id(req)};
}

static struct change_put_in row_of(const struct change_by *by, const struct change *change)
{
    return (struct change_put_in){.at = by->at,
                                  .staff_id = by->staff_id,
                                  .staff_name = by->staff_name.p != NULL ? by->staff_name : STR(""),
                                  .owner = str_c(change->owner),
                                  .owner_id = change->owner_id,
                                  .also = change->also != NULL ? str_c(change->also) : STR_NONE,
                                  .also_id = change->also != NULL ? some_u64(change->also_id) : (struct opt_u64){0},
                                  .version = change->version,
                                  .kind = change->kind,
                                  .reason = change->reason.p != NULL ? change->reason : STR(""),
                                  .changes = str_empty(change->diff) ? STR("{}") : change->diff,
                                  .origin = by->origin.p != NULL ? by->origin : STR("")};
}

enum rc changes_put(struct txn *txn, const struct change_by *by, const struct change *changes, size_t n, struct err *err)
{
    struct change_put_in *rows = ARENA_ARRAY(village_db_arena(in_txn(txn)), struct change_put_in, n);

    for (size_t i = 0; i < n; i++)
        rows[i] = row_of(by, &changes[i]);
    return n == 0 ? RC_OK : sql_change_put(txn, rows, n, err);
}

enum rc change_put(struct txn *txn, const struct request *req, const struct change *change, struct err *err)
{
    const struct change_by by = change_by_of(req);

    return changes_put(txn, &by, change, 1, err);
}

/* ---- reading ---- */

/* As people read them: texts, numbers, yes and no; nothing. */
static struct str value_words(struct arena *arena, const json_t *value)
{
    if (json_is_string(value))
        return str_dup(arena, str_c(json_string_value(value)));
    if (json_is_integer(value))
        return str_fmt(arena, "%" PRIi64, (int64_t)json_integer_value(value));
    return json_is_boolean(value) ? json_is_true(value) ? STR("Ya") : STR("Tidak") : STR("");
}

static enum rc put_fields(const struct request *req, const struct keeper *keeper, const struct change_row *row, struct history_line *line,
                          struct err *err)
{
    struct arena *arena = request_arena(req);
    json_t *diff, *pair;
    const char *word;

    TRY(json_read(arena, row->changes, &diff, err));
    line->fields.p = ARENA_ARRAY(arena, struct history_field, json_object_size(diff));
    json_object_foreach(diff, word, pair)
    {
        struct history_field field = {.word = str_dup(arena, str_c(word))};

        field.label = keeper->label != NULL ? keeper->label(req, field.word) : form_label(keeper->form, field.word);
        for (size_t i = 0; i < 2; i++)
            *(i == 0 ? &field.before : &field.after) = keeper->value != NULL ? keeper->value(arena, field.word, json_array_get(pair, i))
                                                                             : value_words(arena, json_array_get(pair, i));
        if (field.label.p != NULL)
            line->fields.p[line->fields.n++] = field;
    }
    return RC_OK;
}

/* What one act did to several is one line: "Data keluarga diubah", and of whom. */
static bool is_same_act(const struct change_row *a, const struct change_row *b)
{
    return !(str_eq(a->owner, b->owner) && a->owner_id == b->owner_id) && a->at == b->at && str_eq(a->origin, b->origin) &&
           str_eq(a->kind, b->kind) && str_eq(a->staff_name, b->staff_name) && str_eq(a->reason, b->reason);
}

/* As many of them as make `most` lines; *told_out: how many that are. */
static enum rc put_lines(struct request *req, const struct keeper *keeper, const struct change_row_rows *rows, size_t most,
                         struct history_view *out, size_t *told_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct history_line *line = NULL;
    size_t i;

    *out = (struct history_view){.lines.p = ARENA_ARRAY(arena, struct history_line, most)};
    for (i = 0; i < rows->n; i++) {
        const struct change_row *row = &rows->p[i];

        if (line == NULL || !is_same_act(row - 1, row)) {
            if (out->lines.n == most)
                break;
            line = &out->lines.p[out->lines.n++];
            *line = (struct history_line){.kind = row->kind,
                                          .origin = row->origin,
                                          .at = row->at,
                                          .others.p = ARENA_ARRAY(arena, uint64_t, rows->n - i),
                                          .what = request_change_label(req, row->owner, row->kind),
                                          .who = row->staff_name,
                                          .when = utc_long(arena, row->at, request_village(req)->zone),
                                          .why = row->reason};
        }
        if (str_is(row->owner, keeper->owner))
            TRY(put_fields(req, keeper, row, line, err));
        else
            line->others.p[line->others.n++] = row->owner_id;
    }
    *told_out = i;
    return RC_OK;
}

enum rc history_show(struct request *req, struct village_db *db, const struct keeper *keeper, uint64_t id, uint64_t before,
                     struct history_view *out, struct err *err)
{
    struct change_row_rows rows;
    size_t told;

    TRY(sql_changes(db, str_c(keeper->owner), id, before != 0 ? before : INT64_MAX, ROWS_READ + 1, &rows, err));
    bool is_more = rows.n > ROWS_READ;
    rows.n -= is_more;
    TRY(put_lines(req, keeper, &rows, LINES_SHOWN, out, &told, err));
    if (is_more || told < rows.n)
        out->more_href = str_fmt(request_arena(req), "%s/%" PRIu64 "/%s?sebelum=%" PRIu64, keeper->home, id,
                                 keeper->history != NULL ? keeper->history : "jejak", rows.p[told - 1].id);
    return keeper->told != NULL ? keeper->told(req, db, id, out, err) : RC_OK;
}

enum rc history_since(struct request *req, struct village_db *db, const struct keeper *keeper, uint64_t id, uint32_t version,
                      struct history_view *out, struct err *err)
{
    struct change_row_rows rows;
    size_t told;

    TRY(sql_changes_since(db, str_c(keeper->owner), id, version, SINCE_READ, &rows, err));
    return put_lines(req, keeper, &rows, SINCE_READ, out, &told, err);
}
