// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/residents/change.h"

#include "server/base/json.h"
#include "tenants/village/residents/change_sql.h"
#include "tenants/village/residents/registry_columns.h"
#include "tenants/village/residents/registry_store.h"
#include "tenants/village/residents/residents_rows.h"

enum { ROWS_A_STATEMENT = 500 };

struct str change_word(enum change_kind kind)
{
    switch (kind) {
#define X(name, word, label) \
    case CHANGE_##name:      \
        return STR(word);
        CHANGE_KINDS(X)
#undef X
    case CHANGE_NONE:
        break;
    }
    return STR("");
}

struct str change_label(struct str word)
{
#define X(name, w, label) \
    if (str_is(word, w))  \
        return STR(label);
    CHANGE_KINDS(X)
#undef X
    return word;
}

struct resident_act resident_act_of(const struct request *req, enum change_kind kind, struct str reason)
{
    const struct actor *actor = request_actor(req);

    return (struct resident_act){.at = request_now(req),
                                 .staff_id = actor->id,
                                 .staff_name = actor->name,
                                 .kind = kind,
                                 .reason = reason,
                                 .origin = request_id(req)};
}

/* ---- what changed ---- */

static void put_value(struct buf *out, const struct resident_row *row, enum resident_column c)
{
    struct resident_row *r = (struct resident_row *)(uintptr_t)row;

    if (column_rules[c].kind == KIND_CODE)
        buf_fmt(out, "%u", *row_code(r, c));
    else if (kind_is_date(column_rules[c].kind))
        json_put_str(out, date_iso(out->arena, *row_date(r, c)));
    else
        json_put_str(out, row_text(r, c)->p != NULL ? *row_text(r, c) : STR(""));
}

struct str resident_diff(struct arena *arena, const struct resident_row *before, const struct resident_row *after)
{
    struct buf out = {.arena = arena};

    for (int c = 0; c < COLUMN_COUNT; c++) {
        if (row_same(before, after, (enum resident_column)c))
            continue;
        buf_fmt(&out, "%c\"%s\":[", out.n == 0 ? '{' : ',', column_rules[c].word);
        put_value(&out, before, (enum resident_column)c);
        buf_put_char(&out, ',');
        put_value(&out, after, (enum resident_column)c);
        buf_put_char(&out, ']');
    }
    if (out.n == 0)
        return STR("{}");
    buf_put_char(&out, '}');
    return buf_str(&out);
}

/* ---- writing ---- */

static struct resident_changes_add_in add_in(const struct resident_act *act)
{
    return (struct resident_changes_add_in){.at = act->at,
                                            .staff_id = act->staff_id,
                                            .staff_name = act->staff_name.p != NULL ? act->staff_name : STR(""),
                                            .kind = change_word(act->kind),
                                            .reason = act->reason.p != NULL ? act->reason : STR(""),
                                            .origin = act->origin.p != NULL ? act->origin : STR("")};
}

enum rc resident_changes_put(struct txn *txn, const struct resident_act *act, const struct resident_changed *changed, size_t n,
                             struct err *err)
{
    struct resident_changes_add_in in = add_in(act);

    for (size_t at = 0; at < n;) {
        struct buf rows = {.arena = village_db_arena(in_txn(txn))};
        size_t first = at;
        uint64_t put;

        for (; at < n && at < first + ROWS_A_STATEMENT; at++) {
            buf_fmt(&rows, "%c{\"i\":%" PRIu64 ",\"f\":%" PRIu64 ",\"d\":", at == first ? '[' : ',', changed[at].resident_id,
                    changed[at].family_id);
            json_put_str(&rows, str_empty(changed[at].diff) ? STR("{}") : changed[at].diff);
            buf_put_char(&rows, '}');
        }
        buf_put_char(&rows, ']');
        in.rows = buf_str(&rows);
        TRY(sql_resident_changes_add(txn, &in, &put, err));
        if (put != at - first)
            return fail(err, RC_NOT_FOUND, "a history of %zu people was put for %" PRIu64, at - first, put);
    }
    return RC_OK;
}

enum rc resident_change_put(struct txn *txn, const struct resident_act *act, uint64_t resident_id, struct str diff, struct err *err)
{
    return resident_changes_put(txn, act, &(struct resident_changed){.resident_id = resident_id, .diff = diff}, 1, err);
}

enum rc resident_changes_put_new(struct txn *txn, const struct resident_act *act, uint64_t after, struct err *err)
{
    const struct resident_changes_add_in in = add_in(act);

    return sql_resident_changes_add_new(txn,
                                        &(struct resident_changes_add_new_in){.at = in.at,
                                                                              .staff_id = in.staff_id,
                                                                              .staff_name = in.staff_name,
                                                                              .kind = in.kind,
                                                                              .reason = in.reason,
                                                                              .origin = in.origin,
                                                                              .after = after},
                                        NULL, err);
}

/* ---- a person, held ---- */

static uint8_t code_of(struct opt_u64 code)
{
    return code.is_set ? (uint8_t)code.value : 0;
}

static struct str text_of(struct str s)
{
    return s.p != NULL ? s : STR("");
}

void resident_row_of(const struct resident_full *f, struct resident_row *out)
{
#define PLAIN(member) .member = f->member
#define CODE(member) .member = code_of(f->member)
    *out = (struct resident_row){
        RESIDENT_FACTS(PLAIN, CODE), .address = text_of(f->address),  .hamlet = f->hamlet, .rw = f->rw, .rt = f->rt,
        .kk_no = text_of(f->kk_no),  .card_tag = text_of(f->card_tag)};
#undef PLAIN
#undef CODE
}

enum rc resident_lock(struct txn *txn, uint64_t id, struct resident_now *out, struct err *err)
{
    struct registry_lock lock;
    struct resident_held held;
    struct resident_full full;

    TRY(sql_registry_lock_take(txn, &lock, err));
    TRY(sql_resident_hold(txn, id, &held, err));
    TRY(sql_resident_get(in_txn(txn), id, &full, err));
    *out = (struct resident_now){
        .id = id, .family_id = full.family_id.is_set ? full.family_id.value : 0, .area_id = held.area_id, .version = held.version};
    resident_row_of(&full, &out->row);
    return RC_OK;
}

/* Collected apart from the update: within it each row of area would be locked. */
enum rc registry_bump(struct txn *txn, struct err *err)
{
    struct registry_places places;

    TRY(sql_registry_places(in_txn(txn), &places, err));
    return sql_registry_lock_bump(txn, places.hamlets, places.rws, places.rts, NULL, err);
}

enum rc registry_touch(struct txn *txn, struct err *err)
{
    struct registry_lock lock;

    TRY(sql_registry_lock_take(txn, &lock, err));
    return registry_bump(txn, err);
}
