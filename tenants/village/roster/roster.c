// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/roster/roster.h"

#include "server/base/text.h"
#include "tenants/village/roster/roster_find.h"

enum rc residents_find(struct village_db *db, struct str typed, uint32_t limit, struct resident_hit_rows *out, struct err *err)
{
    struct resident_asked asked = {.filter = resident_filter_default(), .words = typed};

    *out = (struct resident_hit_rows){0};
    if (str_empty(str_trim(typed)))
        return RC_OK;
    asked.filter.status = 0;
    return residents_ask(db, &asked, limit, out, err);
}

struct str resident_about(struct arena *arena, const struct resident_hit *hit, struct date today)
{
    struct buf text = {.arena = arena};

    buf_put_str(&text, hit->sex == 2 ? STR("Perempuan") : STR("Laki-laki"));
    if (!date_is_none(hit->birth_date))
        buf_fmt(&text, ", %d tahun", date_age(hit->birth_date, today));
    if (!str_empty(hit->hamlet) && !str_is(hit->hamlet, "-"))
        buf_fmt(&text, ", Dusun %.*s", STR_ARG(text_name(arena, hit->hamlet)));
    if (!str_empty(hit->rt) && !str_is(hit->rt, "-"))
        buf_fmt(&text, " RT %.*s", STR_ARG(hit->rt));
    return buf_str(&text);
}
