// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/roster/residents_pick.h"

#include "server/base/text.h"
#include "server/web/village.h"
#include "tenants/village/roster/roster.h"
#include "tenants/village/roster/roster_pick_sql.h"

static enum rc list(struct request *req, struct str words, struct options *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct resident_hit_rows rows;
    struct str *former;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(residents_find(db, words, RESIDENTS_ALL, PICK_MOST, &rows, err));
    TRY(residents_former(db, words, &rows, &former, err));
    *out = (struct options){ARENA_ARRAY(arena, struct option, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        out->p[i] = (struct option){.value = str_fmt(arena, "%" PRIu64, rows.p[i].id),
                                    .label = str_fmt(arena, "%.*s, %.*s", STR_ARG(text_name(arena, rows.p[i].name)),
                                                     STR_ARG(resident_about(arena, &rows.p[i], former[i], request_today(req))))};
    return RC_OK;
}

static enum rc find(struct request *req, uint64_t id, struct str *label_out, struct err *err)
{
    struct resident_named named;
    struct village_db *db;
    bool is_there;

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_named(db, id, &named, &is_there, err));
    *label_out = is_there ? text_name(request_arena(req), named.name) : STR_NONE;
    return RC_OK;
}

const struct pick_source residents_pick = {.is_search = true, .list = list, .find = find};
