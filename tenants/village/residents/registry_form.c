// SPDX-License-Identifier: AGPL-3.0-or-later
/* Boxes that several forms of the registry have: codes, sex, dates, places. */
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

struct select_view form_code_select(struct request *req, bool is_sent, const char *name, const char *label, enum code_list list,
                                    bool is_optional)
{
    struct select_view select = {.name = str_c(name), .label = str_c(label), .empty_label = STR("Pilih"), .is_optional = is_optional};

    select.options = form_code_options(request_arena(req), list, is_sent ? input_u64(req, name) : 0, 0);
    if (is_sent)
        select.fault = request_fault_of(req, name);
    return select;
}

struct radios_view form_sex(struct request *req, bool is_sent, const char *name)
{
    struct arena *arena = request_arena(req);
    struct radios_view radios = {.name = str_c(name), .label = STR("Jenis kelamin"), .is_inline = true};
    struct str chosen = is_sent ? input_str(req, name) : STR("");

    radios.options = (struct options){ARENA_ARRAY(arena, struct option, 2), 2};
    radios.options.p[0] = (struct option){.value = STR("1"), .label = STR("Laki-laki"), .is_selected = str_is(chosen, "1")};
    radios.options.p[1] = (struct option){.value = STR("2"), .label = STR("Perempuan"), .is_selected = str_is(chosen, "2")};
    if (is_sent)
        radios.fault = request_fault_of(req, name);
    return radios;
}

struct date3_view form_date(struct request *req, bool is_sent, const char *name, const char *label, const char *hint)
{
    struct arena *arena = request_arena(req);
    struct date3_view date = {.name = str_c(name), .label = str_c(label), .hint = str_c(hint)};

    if (is_sent) {
        date.day = input_typed(req, str_z(arena, str_fmt(arena, "%s_hari", name)));
        date.month = input_typed(req, str_z(arena, str_fmt(arena, "%s_bulan", name)));
        date.year = input_typed(req, str_z(arena, str_fmt(arena, "%s_tahun", name)));
        date.fault = request_fault_of(req, name);
    }
    return date;
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

struct str form_name(struct request *req, const char *field)
{
    return name_kept(req, field, input_text(req, field));
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

struct place form_place(const struct request *req)
{
    return place_kept(request_arena(req),
                      (struct place){input_text(req, "alamat"), input_text(req, "dusun"), input_text(req, "rw"), input_text(req, "rt")});
}
