// SPDX-License-Identifier: AGPL-3.0-or-later
/* One person written whole, and what an act changed of them put back. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/residents/area_rows_sql.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/change_sql.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/family_rows_sql.h"
#include "tenants/village/residents/registry_store.h"
#include "tenants/village/residents/residents_rows.h"

enum { WORDS_A_NAME = 12, LINES_MOST = 2 * COLUMN_COUNT };

/* ---- writing ---- */

enum rc area_take(struct txn *txn, struct str hamlet, struct str rw, struct str rt, uint64_t *id_out, struct err *err)
{
    const struct str none = STR("-");
    const struct area_put_in rows[] = {{hamlet, none, none}, {hamlet, rw, none}, {hamlet, rw, rt}};
    struct area_id area;

    TRY(sql_area_put(txn, rows, COUNT_OF(rows), err));
    TRY(sql_area_of_place(in_txn(txn), hamlet, rw, rt, &area, err));
    *id_out = area.id;
    return RC_OK;
}

static enum rc write_words(struct txn *txn, uint64_t id, struct str name, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct str words[WORDS_A_NAME];
    struct registry_word_put_in rows[WORDS_A_NAME];
    size_t n = resident_name_words(arena, name, words, WORDS_A_NAME);

    for (size_t i = 0; i < n; i++)
        rows[i] = (struct registry_word_put_in){.word = words[i], .resident_id = id};
    TRY(sql_registry_words_retire(txn, str_fmt(arena, "[%" PRIu64 "]", id), NULL, err));
    return n == 0 ? RC_OK : sql_registry_word_put(txn, rows, n, err);
}

/* A hamlet that got another name since, or was merged, is not made again by going back: then the place is the family's. */
static enum rc place_there(struct txn *txn, const struct resident_now *now, uint64_t family_id, struct resident_row *row, struct err *err)
{
    struct hamlet known;
    struct family_place place;
    bool is_there = str_is(row->hamlet, "-") || row_same(&now->row, row, COLUMN_HAMLET);

    if (!is_there)
        TRY(sql_hamlet_known(in_txn(txn), row->hamlet, &known, &is_there, err));
    if (is_there || family_id == 0)
        return RC_OK;
    TRY(sql_family_place(in_txn(txn), family_id, &place, err));
    row->hamlet = place.hamlet;
    row->rw = place.rw;
    row->rt = place.rt;
    return RC_OK;
}

/* A parent as a child's row has them, before and after: the name only where it was the parent's own. */
static void parent_follow(struct parent_named was, struct parent_named is, struct str name, struct parent_named *before_out,
                          struct parent_named *after_out)
{
    *before_out = (struct parent_named){was.nik, name};
    *after_out = (struct parent_named){is.nik, str_eq_nocase(name, was.name) ? is.name : name};
}

enum rc children_put(struct txn *txn, const struct resident_act *act, const struct child_of_rows *children, struct parent_named was,
                     struct parent_named is, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct resident_act told = *act;
    struct buf set = {.arena = arena};
    size_t n = 0;
    struct resident_changed *changed = ARENA_ARRAY(arena, struct resident_changed, children->n);

    for (size_t i = 0; i < children->n; i++) {
        const struct child_of *child = &children->p[i];
        struct parent_named father[2] = {{.name = child->father_name}, {.name = child->father_name}};
        struct parent_named mother[2] = {{.name = child->mother_name}, {.name = child->mother_name}};

        if (child->is_fathers)
            parent_follow(was, is, child->father_name, &father[0], &father[1]);
        if (child->is_mothers)
            parent_follow(was, is, child->mother_name, &mother[0], &mother[1]);
        const struct resident_row before = {
            .father_nik = father[0].nik, .father_name = father[0].name, .mother_nik = mother[0].nik, .mother_name = mother[0].name};
        const struct resident_row after = {
            .father_nik = father[1].nik, .father_name = father[1].name, .mother_nik = mother[1].nik, .mother_name = mother[1].name};
        struct str diff = resident_diff(arena, &before, &after);
        if (str_is(diff, "{}"))
            continue;
        buf_fmt(&set, "%c[%" PRIu64 ",%d,%d,", n == 0 ? '[' : ',', child->id, child->is_fathers, child->is_mothers);
        json_put_str(&set, father[1].name);
        buf_put_char(&set, ',');
        json_put_str(&set, mother[1].name);
        buf_put_char(&set, ']');
        changed[n++] = (struct resident_changed){.resident_id = child->id, .diff = diff};
    }
    if (n == 0)
        return RC_OK;
    buf_put_char(&set, ']');
    told.kind = str_eq(was.nik, is.nik) ? STR("parent_name") : STR("parent_nik");
    told.reason = STR("");
    TRY(sql_children_set(txn, buf_str(&set), is.nik, act->by.at, NULL, err));
    return resident_changes_put(txn, &told, changed, n, err);
}

enum rc children_follow(struct txn *txn, const struct resident_act *act, struct parent_named was, struct parent_named is, struct err *err)
{
    struct child_of_rows children;

    TRY(sql_children_of_nik(in_txn(txn), was.nik, &children, err));
    return children_put(txn, act, &children, was, is, err);
}

enum rc resident_write(struct txn *txn, const struct resident_act *act, const struct resident_now *now, const struct resident_row *after,
                       uint64_t family_id, struct err *err)
{
    struct resident_row row = *after;
    struct registry_resident_put_in in;
    uint64_t area_id;

    TRY(place_there(txn, now, family_id, &row, err));
    TRY(area_take(txn, row.hamlet, row.rw, row.rt, &area_id, err));
    in = registry_put_of(&row, area_id, act->by.at);
    in.id = some_u64(now->id);
    if (family_id != 0)
        in.family_id = some_u64(family_id);
    TRY(sql_registry_resident_put(txn, &in, 1, err));
    if (!row_same(&now->row, &row, COLUMN_NAME))
        TRY(write_words(txn, now->id, row.name, err));
    bool is_named_anew = !row_same(&now->row, &row, COLUMN_NIK) || !row_same(&now->row, &row, COLUMN_NAME);
    if (is_named_anew && now->row.basic_status != STATUS_NOT_VALID && row.basic_status != STATUS_NOT_VALID)
        TRY(children_follow(txn, act, (struct parent_named){now->row.nik, now->row.name}, (struct parent_named){row.nik, row.name}, err));
    if (family_id != 0 && now->row.marital != row.marital) /* what an open page asks about the others hangs on it */
        TRY(sql_family_refresh(txn, family_id, act->by.at, NULL, err));
    const struct resident_changed changed = {now->id, now->family_id, resident_diff(village_db_arena(in_txn(txn)), &now->row, &row)};
    return resident_changes_put(txn, act, &changed, 1, err);
}

enum rc resident_read(struct village_db *db, uint64_t id, struct resident_now *out, struct err *err)
{
    struct resident_full full;

    TRY(sql_resident_get(db, id, &full, err));
    *out = (struct resident_now){.id = id, .family_id = full.family_id.is_set ? full.family_id.value : 0, .version = full.version};
    resident_row_of(&full, &out->row);
    return RC_OK;
}

/* ---- putting back ---- */

static void read_value(struct arena *arena, enum resident_column c, const json_t *value, struct resident_row *row)
{
    struct str text = {json_string_value(value), json_string_length(value)};

    if (column_rules[c].kind == KIND_CODE)
        *row_code_at(row, c) = (uint8_t)json_integer_value(value);
    else if (!kind_is_date(column_rules[c].kind))
        *row_text_at(row, c) = str_dup(arena, text);
    else if (!date_parse(text, row_date_at(row, c)))
        *row_date_at(row, c) = (struct date){0};
}

static bool is_of_place(int c)
{
    return c == COLUMN_KK || c == COLUMN_FAMILY_ROLE || c == COLUMN_HAMLET || c == COLUMN_RW || c == COLUMN_RT;
}

enum rc resident_back_of(struct arena *arena, struct str changes, const struct resident_now *now, bool is_still_there,
                         struct resident_back *out, struct err *err)
{
    struct resident_row wrote = now->row;
    json_t *diff, *pair;
    bool has_family;

    if (out->lines == NULL)
        *out = (struct resident_back){.after = now->row, .lines = ARENA_ARRAY(arena, struct resident_back_line, LINES_MOST)};
    TRY(json_read(arena, changes, &diff, err));
    has_family = json_object_get(diff, column_rules[COLUMN_KK].word) != NULL;
    for (int i = 0; i < COLUMN_COUNT && out->n < LINES_MOST; i++) {
        enum resident_column c = (enum resident_column)i;
        struct resident_row was = now->row;

        pair = json_object_get(diff, column_rules[c].word);
        if (pair == NULL || c == COLUMN_BASIC_STATUS || c == COLUMN_ADDRESS) /* the event's own, and the family's */
            continue;
        read_value(arena, c, json_array_get(pair, 0), &was);
        read_value(arena, c, json_array_get(pair, 1), &wrote);
        bool goes = has_family && is_of_place(c) ? is_still_there : row_same(&wrote, &now->row, c);
        out->lines[out->n++] = (struct resident_back_line){.column = c,
                                                           .label = column_label(c),
                                                           .now = column_words(arena, c, &now->row),
                                                           .was = column_words(arena, c, &was),
                                                           .goes_back = goes};
        if (goes)
            row_copy(&out->after, &was, c);
        out->has_family |= goes && c == COLUMN_KK;
    }
    return RC_OK;
}
