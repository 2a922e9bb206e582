// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/roster/roster.h"

#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/roster/roster_filter.h"

enum rc residents_find(struct village_db *db, struct str typed, enum resident_who who, uint32_t limit, struct resident_hit_rows *out,
                       struct err *err)
{
    struct resident_find find = {0};
    struct list_ends ends;

    *out = (struct resident_hit_rows){0};
    if (who != RESIDENTS_ALL)
        find.status = some_u64(who == RESIDENTS_MISSING ? STATUS_MISSING : STATUS_ALIVE);
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

struct str resident_about(struct arena *arena, const struct resident_hit *hit, struct date today)
{
    struct buf text = {.arena = arena};
    int age = age_of(hit->basic_status, hit->birth_date, hit->ended, today);

    buf_put_str(&text, hit->sex == 2 ? STR("Perempuan") : STR("Laki-laki"));
    if (age >= 0)
        buf_fmt(&text, ", %d tahun", age);
    if (is_said(hit->hamlet))
        buf_fmt(&text, ", %.*s", STR_ARG(address_hamlet(arena, STR(""), hit->hamlet)));
    if (is_said(hit->rt))
        buf_fmt(&text, " RT %.*s", STR_ARG(hit->rt));
    return buf_str(&text);
}
