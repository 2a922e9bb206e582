// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/staff/officials_pick.h"

#include "server/web/village.h"
#include "tenants/village/staff/officials_pick_sql.h"

static struct str label_of(struct arena *arena, const struct official_named *o)
{
    return str_fmt(arena, "%.*s, %.*s", STR_ARG(o->name), STR_ARG(o->position));
}

static enum rc list(struct request *req, struct str words, struct options *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct official_named_rows rows;
    struct village_db *db;

    (void)words;
    TRY(request_village_db(req, &db, err));
    TRY(sql_officials_named(db, &rows, err));
    *out = (struct options){ARENA_ARRAY(arena, struct option, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        out->p[i] = (struct option){.value = str_fmt(arena, "%" PRIu64, rows.p[i].id), .label = label_of(arena, &rows.p[i])};
    return RC_OK;
}

static enum rc find(struct request *req, uint64_t id, struct str *label_out, struct err *err)
{
    struct official_named named;
    struct village_db *db;
    bool is_there;

    TRY(request_village_db(req, &db, err));
    TRY(sql_official_named(db, id, &named, &is_there, err));
    *label_out = is_there ? label_of(request_arena(req), &named) : STR_NONE;
    return RC_OK;
}

const struct pick_source officials_pick = {.list = list, .find = find};
