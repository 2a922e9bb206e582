// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/register/change.h"

#include "server/base/json.h"
#include "server/register/kept_sql.h"

static const struct kept_kind usual[] = {
#define X(word, label) {word, label},
    CHANGE_USUAL(X)
#undef X
        {NULL, NULL},
};

static struct change_put_in row_of(const struct request *req, const struct change *change)
{
    const struct actor *actor = request_actor(req);

    return (struct change_put_in){.at = request_now(req),
                                  .staff_id = actor->id,
                                  .staff_name = actor->name,
                                  .owner = str_c(change->owner),
                                  .owner_id = change->owner_id,
                                  .also = change->also != NULL ? str_c(change->also) : STR_NONE,
                                  .also_id = change->also != NULL ? some_u64(change->also_id) : (struct opt_u64){0},
                                  .version = change->version,
                                  .kind = change->kind,
                                  .reason = change->reason.p != NULL ? change->reason : STR(""),
                                  .changes = str_empty(change->diff) ? STR("{}") : change->diff,
                                  .origin = request_id(req)};
}

enum rc changes_put(struct txn *txn, const struct request *req, const struct change *changes, size_t n, struct err *err)
{
    struct change_put_in *rows = ARENA_ARRAY(request_arena(req), struct change_put_in, n);

    for (size_t i = 0; i < n; i++)
        rows[i] = row_of(req, &changes[i]);
    return sql_change_put(txn, rows, n, err);
}

enum rc change_put(struct txn *txn, const struct request *req, const struct change *change, struct err *err)
{
    return changes_put(txn, req, change, 1, err);
}

static struct str kind_label(const struct kept_kind *kinds, struct str word)
{
    for (; kinds != NULL && kinds->word != NULL; kinds++)
        if (str_is(word, kinds->word))
            return str_c(kinds->label);
    return STR_NONE;
}

/* Numbers, texts and nothing, as people read them. */
static struct str value_words(struct arena *arena, const json_t *value)
{
    if (json_is_string(value))
        return str_dup(arena, str_c(json_string_value(value)));
    if (json_is_integer(value))
        return str_fmt(arena, "%" PRIi64, (int64_t)json_integer_value(value));
    return STR("");
}

enum rc history_fields(struct arena *arena, struct str changes, struct history_line *line, struct err *err)
{
    json_t *diff, *pair;
    const char *label;

    TRY(json_read(arena, changes, &diff, err));
    line->fields.p = ARENA_ARRAY(arena, struct history_field, json_object_size(diff));
    json_object_foreach(diff, label, pair) line->fields.p[line->fields.n++] = (struct history_field){
        .label = str_c(label), .before = value_words(arena, json_array_get(pair, 0)), .after = value_words(arena, json_array_get(pair, 1))};
    return RC_OK;
}

enum rc history_show(struct request *req, struct village_db *db, const struct keeper *keeper, uint64_t id, uint64_t before,
                     struct history_view *out, uint64_t *oldest_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct change_row_rows rows;

    TRY(sql_changes(db, str_c(keeper->owner), id, before != 0 ? before : INT64_MAX, CHANGES_SHOWN + 1, &rows, err));
    *out = (struct history_view){0};
    *oldest_out = rows.n > CHANGES_SHOWN ? rows.p[CHANGES_SHOWN - 1].id : 0;
    out->lines.n = rows.n > CHANGES_SHOWN ? CHANGES_SHOWN : rows.n;
    out->lines.p = ARENA_ARRAY(arena, struct history_line, out->lines.n);
    for (size_t i = 0; i < out->lines.n; i++) {
        const struct change_row *row = &rows.p[i];
        struct str label = kind_label(keeper->kinds, row->kind);

        if (label.p == NULL)
            label = kind_label(usual, row->kind);
        out->lines.p[i] = (struct history_line){.what = label.p != NULL ? label : row->kind,
                                                .who = row->staff_name,
                                                .when = utc_long(arena, row->at, request_village(req)->zone),
                                                .why = row->reason};
        TRY(history_fields(arena, row->changes, &out->lines.p[i], err));
    }
    return RC_OK;
}
