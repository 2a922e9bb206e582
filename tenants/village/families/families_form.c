// SPDX-License-Identifier: AGPL-3.0-or-later
/* Small parts of forms: what was typed, carried on; codes, dates, places. */
#include "server/base/text.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/families/families.h"

struct date form_today(const struct request *req)
{
    return utc_date(request_now(req), request_village(req)->zone);
}

static enum rc nothing_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    (void)txn;
    (void)arg;
    (void)go_to_out;
    return fail(err, RC_CONFLICT, "a form that is not acted on");
}

bool form_was_answered(struct request *req, struct response *resp)
{
    struct err err;

    return village_act(req, resp, nothing_body, NULL, &err) == RC_OK;
}

static void put_carried(struct carrieds *list, struct str name, struct str value)
{
    if (!str_empty(value))
        list->p[list->n++] = (struct carried){name, value};
}

struct carrieds form_carried(struct request *req, const char *const *names, const char *prefix)
{
    struct arena *arena = request_arena(req);
    struct input_pairs pairs = prefix != NULL ? input_prefixed(req, prefix) : (struct input_pairs){0};
    struct carrieds list = {0};
    size_t n = 0;

    while (names[n] != NULL)
        n++;
    list.p = ARENA_ARRAY(arena, struct carried, 3 * n + pairs.n);
    for (size_t i = 0; i < n; i++) {
        if (names[i][0] != '@') {
            put_carried(&list, str_c(names[i]), input_typed(req, names[i]));
            continue;
        }
        for (int part = 0; part < 3; part++) {
            char *name = str_z(arena, str_fmt(arena, "%s_%s", names[i] + 1, part == 0 ? "hari" : part == 1 ? "bulan" : "tahun"));
            put_carried(&list, str_c(name), input_typed(req, name));
        }
    }
    for (size_t i = 0; i < pairs.n; i++)
        put_carried(&list, str_fmt(arena, "%s%.*s", prefix, STR_ARG(pairs.p[i].name)), pairs.p[i].value);
    return list;
}

struct str form_of_id(const struct request *req, const char *prefix, uint64_t id)
{
    struct input_pairs pairs = input_prefixed(req, prefix);
    uint64_t n;

    for (size_t i = 0; i < pairs.n; i++)
        if (str_to_u64(pairs.p[i].name, &n) && n == id)
            return pairs.p[i].value;
    return STR("");
}

struct select_view form_code_select(struct request *req, bool is_sent, const char *name, const char *label, enum code_list list, bool is_optional)
{
    struct arena *arena = request_arena(req);
    struct select_view select = {.name = str_c(name), .label = str_c(label), .empty_label = STR("Pilih"), .is_optional = is_optional};
    size_t n;
    const struct code *codes = codes_of(list, &n);
    uint64_t chosen = is_sent ? input_u64(req, name) : 0;

    select.options = (struct options){ARENA_ARRAY(arena, struct option, n), n};
    for (size_t i = 0; i < n; i++)
        select.options.p[i] = (struct option){
            .value = str_fmt(arena, "%u", codes[i].code), .label = codes[i].label, .is_selected = codes[i].code == chosen};
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

/* "1" → "001"; "-" when not filled in: the form areas are kept in. */
static struct str area_number(struct arena *arena, struct str s)
{
    uint64_t n;

    if (str_empty(s))
        return STR("-");
    return str_to_u64(s, &n) && n < 1000 ? str_fmt(arena, "%03" PRIu64, n) : s;
}

struct place form_place(const struct request *req)
{
    struct arena *arena = request_arena(req);

    return (struct place){.address = input_text(req, "alamat"), .hamlet = text_upper(arena, input_text(req, "dusun")),
                          .rw = area_number(arena, input_text(req, "rw")), .rt = area_number(arena, input_text(req, "rt"))};
}

static struct str shown(struct str s)
{
    return str_is(s, "-") ? STR("") : s;
}

struct place_view form_place_boxes(struct request *req, bool is_sent, const struct family_full *from)
{
    struct arena *arena = request_arena(req);
    struct field_view address = {.name = STR("alamat"), .label = STR("Alamat"), .hint = STR("Jalan atau nama tempat"), .is_optional = true};
    struct field_view hamlet = {.name = STR("dusun"), .label = STR("Dusun")};
    struct field_view rw = {.name = STR("rw"), .label = STR("RW"), .width = STR("4"), .inputmode = STR("numeric"), .is_optional = true};
    struct field_view rt = {.name = STR("rt"), .label = STR("RT"), .width = STR("4"), .inputmode = STR("numeric"), .is_optional = true};

    if (from != NULL) {
        address.value = from->address;
        hamlet.value = text_name(arena, from->hamlet);
        rw.value = shown(from->rw);
        rt.value = shown(from->rt);
    }
    return (struct place_view){input_box(req, is_sent, address), input_box(req, is_sent, hamlet), input_box(req, is_sent, rw), input_box(req, is_sent, rt)};
}
