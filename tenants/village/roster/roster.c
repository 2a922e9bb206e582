// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/roster/roster.h"

#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/residents/registry.h"
#include "tenants/village/roster/roster_filter.h"

enum { NAME_WORDS = 24 };

enum rc residents_find(struct village_db *db, struct str typed, enum resident_who who, uint32_t limit, struct resident_hit_rows *out,
                       struct err *err)
{
    struct resident_find find = {0};
    struct list_ends ends;

    *out = (struct resident_hit_rows){0};
    if (who != RESIDENTS_ALL)
        find.status = some_u64(who == RESIDENTS_MISSING ? STATUS_MISSING : who == RESIDENTS_DEAD ? STATUS_DEAD : STATUS_ALIVE);
    switch (resident_find_typed(village_db_arena(db), typed, &find)) {
    case SEARCH_NONE:
    case SEARCH_NOTHING:
        return RC_OK;
    case SEARCH_NUMBER:
        return sql_resident_page(db, &find, RESIDENT_WAY_ALL, &(struct list_at){.order = RESIDENT_BY_LIVING}, limit, out, &ends, err);
    case SEARCH_WORDS:
        return sql_resident_page(db, &find, RESIDENT_WAY_WORDS, &(struct list_at){.order = RESIDENT_BY_LIVING}, limit, out, &ends, err);
    }
    return RC_OK;
}

/* All words that were typed begin words of the name; two beside each other may be one of it, as with_words has it. */
static bool is_called(struct arena *arena, struct str name, const struct str *typed, size_t n)
{
    struct str words[NAME_WORDS];
    size_t has = resident_name_words(arena, name, words, NAME_WORDS), matched = 0;

    for (size_t i = 0; i < n; i++) {
        bool is_met = false;

        for (size_t k = 0; k < has && !is_met; k++)
            is_met = str_starts(words[k], typed[i]) ||
                     (i > 0 && str_starts(words[k], str_fmt(arena, "%.*s%.*s", STR_ARG(typed[i - 1]), STR_ARG(typed[i]))));
        matched += is_met;
    }
    return matched == n;
}

enum rc residents_former(struct village_db *db, struct str typed, const struct resident_hit_rows *hits, struct str **out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct resident_find find = {0};
    struct buf ids = {.arena = arena};
    struct resident_former_rows rows;

    *out = ARENA_ARRAY(arena, struct str, hits->n);
    for (size_t i = 0; i < hits->n; i++)
        (*out)[i] = STR("");
    if (resident_find_typed(arena, typed, &find) != SEARCH_WORDS)
        return RC_OK;
    const struct str words[] = {find.first, find.second, find.third, find.fourth};
    size_t n = 0;
    while (n < COUNT_OF(words) && words[n].p != NULL)
        n++;
    for (size_t i = 0; i < hits->n; i++)
        if (!is_called(arena, hits->p[i].name, words, n))
            buf_fmt(&ids, "%c%" PRIu64, ids.n == 0 ? '[' : ',', hits->p[i].id);
    if (ids.n == 0)
        return RC_OK;
    buf_put_char(&ids, ']');
    TRY(sql_resident_former(db, buf_str(&ids), &rows, err));
    for (size_t i = 0; i < hits->n; i++)
        for (size_t k = 0; k < rows.n && (*out)[i].n == 0; k++)
            if (rows.p[k].id == hits->p[i].id &&
                is_called(arena, str_fmt(arena, "%.*s %.*s", STR_ARG(rows.p[k].name), STR_ARG(hits->p[i].name)), words, n))
                (*out)[i] = str_fmt(arena, "dulu %.*s", STR_ARG(text_name(arena, rows.p[k].name)));
    return RC_OK;
}

struct str resident_about(struct arena *arena, const struct resident_hit *hit, struct str former, struct date today)
{
    struct buf text = {.arena = arena};
    int age = age_of(hit->basic_status, hit->birth_date, hit->ended, today);

    if (!str_empty(former))
        buf_fmt(&text, "%.*s, ", STR_ARG(former));
    buf_put_str(&text, hit->sex == 2 ? STR("Perempuan") : STR("Laki-laki"));
    if (age >= 0)
        buf_fmt(&text, ", %d tahun", age);
    if (is_said(hit->hamlet))
        buf_fmt(&text, ", %.*s", STR_ARG(address_hamlet(arena, STR(""), hit->hamlet)));
    if (is_said(hit->rt))
        buf_fmt(&text, " RT %.*s", STR_ARG(hit->rt));
    return buf_str(&text);
}
