// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/roster/roster_find.h"

typedef enum rc find_fn(struct village_db *db, const struct resident_find *in, struct resident_hit_rows *out, struct err *err);

/* By words or not, by order, up or down. */
static find_fn *const statements[2][5][2] = {
    {{0},
     {sql_resident_name_up, sql_resident_name_down},
     {sql_resident_birth_up, sql_resident_birth_down},
     {sql_resident_place_up, sql_resident_place_down},
     {sql_resident_entry_up, sql_resident_entry_down}},
    {{0},
     {sql_resident_words_name_up, sql_resident_words_name_down},
     {sql_resident_words_birth_up, sql_resident_words_birth_down},
     {sql_resident_words_place_up, sql_resident_words_place_down},
     {sql_resident_words_entry_up, sql_resident_words_entry_down}},
};

typedef enum rc row_fn(void *ctx, const struct export_row *row, struct err *err);
typedef enum rc each_fn(struct village_db *db, const struct resident_find *in, row_fn *row, void *ctx, struct err *err);

static each_fn *const exports[2][5][2] = {
    {{0},
     {sql_export_name_up, sql_export_name_down},
     {sql_export_birth_up, sql_export_birth_down},
     {sql_export_place_up, sql_export_place_down},
     {sql_export_entry_up, sql_export_entry_down}},
    {{0},
     {sql_export_words_name_up, sql_export_words_name_down},
     {sql_export_words_birth_up, sql_export_words_birth_down},
     {sql_export_words_place_up, sql_export_words_place_down},
     {sql_export_words_entry_up, sql_export_words_entry_down}},
};

static struct resident_find inputs_of(struct arena *arena, const struct resident_asked *asked, enum resident_search *search_out)
{
    struct resident_find find = resident_filter_find(&asked->filter, asked->today);

    *search_out = resident_find_typed(arena, asked->words, &find);
    if (asked->from.id != 0) {
        find.from_id = some_u64(asked->from.id);
        find.from_name = asked->from.name;
        find.from_birth = asked->from.birth;
        find.from_hamlet = asked->from.hamlet;
        find.from_rw = asked->from.rw;
        find.from_rt = asked->from.rt;
    }
    return find;
}

/* The youngest first: the latest birth date. */
static bool falls(const struct resident_filter *filter)
{
    return (filter->order == ORDER_AGE) != filter->is_down;
}

static void turn_around(struct resident_hit_rows *rows)
{
    for (size_t i = 0; i < rows->n / 2; i++) {
        struct resident_hit hit = rows->p[i];

        rows->p[i] = rows->p[rows->n - 1 - i];
        rows->p[rows->n - 1 - i] = hit;
    }
}

enum rc residents_ask(struct village_db *db, const struct resident_asked *asked, uint32_t limit, struct resident_hit_rows *out,
                      struct err *err)
{
    enum resident_search search;
    struct resident_find find = inputs_of(village_db_arena(db), asked, &search);

    *out = (struct resident_hit_rows){0};
    if (search == SEARCH_NOTHING)
        return RC_OK;
    if (search == SEARCH_NONE && !asked->is_back && resident_filter_is_default(&asked->filter))
        return sql_resident_living(db, asked->from.id != 0 ? asked->from.name : STR(""), asked->from.id, limit, out, err);
    find.limit = limit;
    TRY(statements[search == SEARCH_WORDS][asked->filter.order][falls(&asked->filter) != asked->is_back](db, &find, out, err));
    if (asked->is_back)
        turn_around(out);
    return RC_OK;
}

enum rc residents_each(struct village_db *db, const struct resident_asked *asked, uint32_t limit, row_fn *row, void *ctx, struct err *err)
{
    enum resident_search search;
    struct resident_find find = inputs_of(village_db_arena(db), asked, &search);

    find.limit = limit;
    if (search == SEARCH_NOTHING)
        return RC_OK;
    return exports[search == SEARCH_WORDS][asked->filter.order][falls(&asked->filter)](db, &find, row, ctx, err);
}

enum rc residents_count(struct village_db *db, const struct resident_asked *asked, struct resident_total *out, struct err *err)
{
    struct resident_asked all = *asked;
    struct resident_filter unordered = asked->filter;
    enum resident_search search;

    all.from.id = 0;
    unordered.order = ORDER_NAME;
    unordered.is_down = false;
    struct resident_find find = inputs_of(village_db_arena(db), &all, &search);
    if (search == SEARCH_WORDS)
        return sql_resident_count_words(db, &find, out, err);
    if (search == SEARCH_NUMBER || (search == SEARCH_NONE && !resident_filter_is_default(&unordered)))
        return sql_resident_count_filtered(db, &find, out, err);
    TRY(sql_resident_count(db, out, err));
    if (search == SEARCH_NOTHING)
        out->n = 0;
    return RC_OK;
}
