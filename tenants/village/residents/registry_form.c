// SPDX-License-Identifier: AGPL-3.0-or-later
/* What several forms of the registry share: codes to choose from, names and places as they are kept. */
#include "tenants/village/residents/registry_form.h"

#include "server/base/text.h"
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

/* "1" → "001"; "-" when not filled in: the form areas are kept in. */
static struct str area_number(struct arena *arena, struct str s)
{
    uint64_t n;

    if (str_empty(s))
        return STR("-");
    return str_to_u64(s, &n) && n < 1000 ? str_fmt(arena, "%03" PRIu64, n) : s;
}

struct place place_kept(struct arena *arena, struct place typed)
{
    return (struct place){typed.address, resident_hamlet_text(arena, typed.hamlet), area_number(arena, typed.rw),
                          area_number(arena, typed.rt)};
}
