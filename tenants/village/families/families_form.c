// SPDX-License-Identifier: AGPL-3.0-or-later
/* Small parts of forms: what was typed, carried on; codes, dates, places. */
#include "server/base/text.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/families/families.h"

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
    return (struct place_view){input_box(req, is_sent, address), input_box(req, is_sent, hamlet), input_box(req, is_sent, rw),
                               input_box(req, is_sent, rt)};
}
