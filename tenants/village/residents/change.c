// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/residents/change.h"

#include "server/base/json.h"
#include "tenants/village/residents/change_sql.h"
#include "tenants/village/residents/registry_columns.h"
#include "tenants/village/residents/registry_store.h"
#include "tenants/village/residents/residents_rows.h"

enum { ROWS_A_STATEMENT = 500 };

struct resident_act resident_act_of(const struct request *req, struct str kind, struct str reason)
{
    return (struct resident_act){change_by_of(req), kind, reason};
}

/* ---- what changed ---- */

static void put_value(struct buf *out, const struct resident_row *row, enum resident_column c)
{
    if (column_rules[c].kind == KIND_CODE)
        buf_fmt(out, "%u", *row_code(row, c));
    else if (kind_is_date(column_rules[c].kind))
        json_put_str(out, date_iso(out->arena, *row_date(row, c)));
    else
        json_put_str(out, row_text(row, c)->p != NULL ? *row_text(row, c) : STR(""));
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

/* As they now stand: their versions, and the families they are in. */
static enum rc put_some(struct txn *txn, const struct resident_act *act, const struct resident_changed *changed, size_t n, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct change *rows = ARENA_ARRAY(arena, struct change, n);
    struct buf ids = {.arena = arena};
    struct resident_standing_rows now;

    for (size_t i = 0; i < n; i++)
        buf_fmt(&ids, "%c%" PRIu64, i == 0 ? '[' : ',', changed[i].resident_id);
    buf_put_char(&ids, ']');
    TRY(sql_resident_standings(in_txn(txn), buf_str(&ids), &now, err));
    if (now.n != n)
        return fail(err, RC_NOT_FOUND, "a history of %zu people was put for %zu", n, now.n);
    for (size_t i = 0; i < n; i++) {
        uint64_t family = changed[i].family_id != 0 ? changed[i].family_id : now.p[i].family_id.value;

        rows[i] = (struct change){.owner = resident_keeper.owner,
                                  .owner_id = changed[i].resident_id,
                                  .kind = act->kind,
                                  .diff = changed[i].diff,
                                  .reason = act->reason,
                                  .version = now.p[i].version,
                                  .also = family != 0 ? "family" : NULL,
                                  .also_id = family};
    }
    return changes_put(txn, &act->by, rows, n, err);
}

enum rc resident_changes_put(struct txn *txn, const struct resident_act *act, const struct resident_changed *changed, size_t n,
                             struct err *err)
{
    for (size_t at = 0; at < n; at += ROWS_A_STATEMENT)
        TRY(put_some(txn, act, changed + at, n - at < ROWS_A_STATEMENT ? n - at : ROWS_A_STATEMENT, err));
    return RC_OK;
}

enum rc resident_change_put(struct txn *txn, const struct resident_act *act, uint64_t resident_id, struct str diff, struct err *err)
{
    return resident_changes_put(txn, act, &(struct resident_changed){.resident_id = resident_id, .diff = diff}, 1, err);
}

enum rc resident_told(struct txn *txn, const struct request *req, struct str kind, struct str reason, uint64_t resident_id, struct err *err)
{
    const struct resident_act act = resident_act_of(req, kind, reason);

    return resident_change_put(txn, &act, resident_id, STR_NONE, err);
}

enum rc resident_changes_put_new(struct txn *txn, const struct resident_act *act, uint64_t after, struct err *err)
{
    const struct change_by *by = &act->by;
    const struct resident_changes_add_new_in in = {by->at, by->staff_id, by->staff_name, act->kind, act->reason, by->origin, after};

    return sql_resident_changes_add_new(txn, &in, NULL, err);
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
