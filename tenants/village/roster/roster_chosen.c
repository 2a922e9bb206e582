// SPDX-License-Identifier: AGPL-3.0-or-later
/* The people whom the list would show, for other rooms: their ids alone. */
#include "tenants/village/roster/roster.h"
#include "tenants/village/roster/roster_filter.h"

struct collecting {
    struct resident_ids *out;
    size_t most;
};

static enum rc collect(void *ctx, const struct resident_hit *hit, struct err *err)
{
    struct collecting *c = ctx;

    if (c->out->n == c->most)
        return fail(err, RC_TOO_LARGE, "more than %zu residents", c->most);
    c->out->p[c->out->n++] = hit->id;
    return RC_OK;
}

enum rc residents_chosen(struct village_db *db, const struct list_pairs *filters, struct date today, size_t most, struct resident_ids *out,
                         struct str *why_out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct collecting c = {out, most};
    struct list_reading at;
    struct resident_find find;
    enum resident_way way;

    *why_out = STR("");
    *out = (struct resident_ids){.p = ARENA_ARRAY(arena, uint64_t, most)};
    list_begin(&at, &residents_list, arena, today);
    for (size_t i = 0; i < filters->n; i++)
        if (!list_set(&at, filters->p[i].name, filters->p[i].value))
            return fail(err, RC_FAULT, "the list of residents has no filter of that name");
    struct faults faults = list_judge(&at, &find);
    if (faults.n > 0)
        *why_out = faults.p[0].text;
    else if (resident_list_fault(&find) != NULL)
        *why_out = str_c(resident_list_fault(&find));
    if (!str_empty(*why_out) || !resident_way_of(&at, &find, &way))
        return RC_OK;
    return sql_resident_each(db, &find, way, &at.at, collect, &c, err);
}
