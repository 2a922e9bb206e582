// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/families/families_pick.h"

#include "server/base/text.h"
#include "server/web/village.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/families/families.h"
#include "tenants/village/families/families_pick_sql.h"

static struct str family_label(struct arena *arena, struct str head, struct str kk_no)
{
    return str_fmt(arena, "%.*s, KK %.*s", STR_ARG(str_empty(head) ? STR("Tanpa kepala keluarga") : text_name(arena, head)),
                   STR_ARG(nik_masked(arena, kk_no)));
}

static enum rc family_list(struct request *req, struct str words, struct options *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct family_hit_rows rows;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(families_find(db, words, PICK_MOST, &rows, err));
    *out = (struct options){ARENA_ARRAY(arena, struct option, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        out->p[i] = (struct option){.value = str_fmt(arena, "%" PRIu64, rows.p[i].id),
                                    .label = family_label(arena, rows.p[i].head_name, rows.p[i].kk_no)};
    return RC_OK;
}

static enum rc family_find(struct request *req, uint64_t id, struct str *label_out, struct err *err)
{
    struct family_named named;
    struct village_db *db;
    bool is_there;

    TRY(request_village_db(req, &db, err));
    TRY(sql_family_named(db, id, &named, &is_there, err));
    *label_out = is_there ? family_label(request_arena(req), named.head_name, named.kk_no) : STR_NONE;
    return RC_OK;
}

static struct str area_label(struct arena *arena, const struct area_named *a)
{
    return address_place(arena, a->hamlet, a->rw, a->rt);
}

static enum rc area_list(struct request *req, struct str words, struct options *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct area_named_rows rows;
    struct village_db *db;

    (void)words;
    TRY(request_village_db(req, &db, err));
    TRY(sql_areas_named(db, &rows, err));
    *out = (struct options){ARENA_ARRAY(arena, struct option, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        out->p[i] = (struct option){.value = str_fmt(arena, "%" PRIu64, rows.p[i].id), .label = area_label(arena, &rows.p[i])};
    return RC_OK;
}

static enum rc area_find(struct request *req, uint64_t id, struct str *label_out, struct err *err)
{
    struct area_named named;
    struct village_db *db;
    bool is_there;

    TRY(request_village_db(req, &db, err));
    TRY(sql_area_named(db, id, &named, &is_there, err));
    *label_out = is_there ? area_label(request_arena(req), &named) : STR_NONE;
    return RC_OK;
}

const struct pick_source families_pick = {.is_search = true, .list = family_list, .find = family_find};
const struct pick_source areas_pick = {.list = area_list, .find = area_find};
