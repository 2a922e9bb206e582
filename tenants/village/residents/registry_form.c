// SPDX-License-Identifier: AGPL-3.0-or-later
/* What several forms of the registry share: codes to choose from, names and places as they are kept. */
#include "tenants/village/residents/registry_form.h"

#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/residents/area_rows_sql.h"
#include "tenants/village/residents/registry.h"

struct options form_code_options(struct arena *arena, enum code_list list, uint64_t chosen, uint32_t without)
{
    size_t n;
    const struct code *codes = codes_of(list, &n);
    struct options options = {ARENA_ARRAY(arena, struct option, n), 0};

    for (size_t i = 0; i < n; i++)
        if (codes[i].code != without)
            options.p[options.n++] = (struct option){
                .value = str_fmt(arena, "%u", codes[i].code), .label = codes[i].label, .is_selected = codes[i].code == chosen};
    return options;
}

struct str name_kept(struct request *req, const char *field, struct str typed)
{
    struct arena *arena = request_arena(req);
    const char *fault;
    bool has_dropped;

    if (str_empty(typed))
        return typed;
    struct str name = text_upper(arena, resident_name_text(arena, typed, &has_dropped, &fault));
    if (fault != NULL && request_fault_of(req, field).p == NULL)
        request_fault(req, field, "%s", fault);
    return name;
}

static struct str or_none(struct str s)
{
    return str_empty(s) ? STR("-") : s;
}

/* "-" where nothing is filled in: the form areas are kept in. */
struct place place_kept(struct arena *arena, struct place typed)
{
    return (struct place){typed.address, or_none(resident_hamlet_text(arena, typed.hamlet)), or_none(area_number_text(arena, typed.rw)),
                          or_none(area_number_text(arena, typed.rt))};
}

enum rc hamlet_find(struct village_db *db, struct str hamlet, struct hamlet_like *out, struct err *err)
{
    struct hamlet_rows rows;
    struct hamlet known;

    *out = (struct hamlet_like){.is_known = str_is(hamlet, "-"), .name = hamlet};
    if (out->is_known)
        return RC_OK;
    TRY(sql_hamlet_known(db, hamlet, &known, &out->is_known, err));
    out->name = out->is_known ? known.hamlet : STR("");
    if (out->is_known)
        return RC_OK;
    TRY(sql_hamlets(db, &rows, err));
    for (size_t i = 0; i < rows.n && str_empty(out->name); i++)
        if (hamlet_is_like(village_db_arena(db), rows.p[i].hamlet, hamlet))
            out->name = rows.p[i].hamlet;
    return RC_OK;
}
