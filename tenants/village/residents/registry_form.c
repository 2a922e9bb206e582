// SPDX-License-Identifier: AGPL-3.0-or-later
/* What several forms of the registry share: codes to choose from, names and places as they are kept. */
#include "tenants/village/residents/registry_form.h"

#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/residents/area_rows_sql.h"
#include "tenants/village/residents/registry.h"
#include "server/web/feature.h"

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

void birth_place_judge(struct request *req, const char *field, struct str typed)
{
    const struct str fault = letters_fault(request_arena(req), "Tempat lahir", typed);

    if (!str_empty(fault) && request_fault_of(req, field).p == NULL)
        request_fault(req, field, "%.*s", STR_ARG(fault));
}

uint8_t nation_of(struct str typed)
{
    return str_is(typed, "2") ? NATION_FOREIGN : NATION_INDONESIAN;
}

struct str nation_doubt(uint8_t citizenship, struct str kitas)
{
    return citizenship == NATION_INDONESIAN && !str_empty(kitas)
               ? STR("KITAS dimiliki orang asing, tetapi kewarganegaraannya WNI. Periksa keduanya.")
               : STR("");
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

/* ---- choosing a hamlet ---- */

static struct str kept(struct request *req, struct str hamlet)
{
    return place_kept(request_arena(req), (struct place){.hamlet = hamlet}).hamlet;
}

struct str hamlet_meant(struct hamlet_typed typed)
{
    return str_is(typed.hamlet, HAMLET_NEW) ? typed.fresh : typed.hamlet;
}

/* An RW or RT by a word is made in Wilayah, where one says that it is called so. */
static enum rc numbers_judge(struct request *req, struct village_db *db, struct hamlet_typed typed, struct err *err)
{
    const struct place place = place_kept(request_arena(req),
                                          (struct place){.hamlet = hamlet_meant(typed), .rw = typed.rw, .rt = typed.rt});
    const struct {
        const char *field, *word;
        struct str number, rt;
    } units[] = {{"rw", "RW", place.rw, STR("-")}, {"rt", "RT", place.rt, place.rt}};

    for (size_t i = 0; i < COUNT_OF(units); i++) {
        struct unit_known known;
        bool found;

        if (area_number_is_usual(units[i].number))
            continue;
        TRY(sql_unit_known(db, place.hamlet, place.rw, units[i].rt, &known, &found, err));
        if (!found)
            request_fault(req, units[i].field,
                          "%s %.*s belum ada, dan %s biasanya bernomor. Bila memang bernama begitu, tambahkan dulu di Wilayah.",
                          units[i].word, STR_ARG(text_name(request_arena(req), units[i].number)), units[i].word);
    }
    return RC_OK;
}

enum rc hamlet_judge(struct request *req, struct village_db *db, struct hamlet_typed typed, bool may_be_none, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str hamlet = kept(req, hamlet_meant(typed)), said = text_name(arena, hamlet);
    struct hamlet_like like;
    struct hamlet_rows rows;

    TRY(numbers_judge(req, db, typed, err));
    if (str_is(hamlet, "-")) {
        TRY(sql_hamlets(db, &rows, err));
        if (str_is(typed.hamlet, HAMLET_NEW))
            request_fault(req, "dusun_baru", "Nama {dusun} baru belum diisi.");
        else if (rows.n > 0 && !may_be_none)
            request_fault(req, "dusun", "{Dusun} belum diisi.");
        return RC_OK;
    }
    TRY(hamlet_find(db, hamlet, &like, err));
    if (like.is_known)
        return RC_OK;
    if (!request_has_hamlets(req))
        request_fault(req, "dusun", "Desa ini tanpa {dusun}. Kosongkan, atau ubah dulu di Pengaturan.");
    else if (!request_may(req, MAY_EDIT_AREAS))
        request_fault(req, "dusun", "{Dusun} %.*s belum ada di desa ini. Pilih dari daftar, atau minta operator menambahnya di Wilayah.",
                      STR_ARG(said));
    else if (!typed.is_sure && str_empty(like.name))
        request_ask(req, "dusun_baru_yakin", "{Dusun} %.*s belum ada di desa ini. Bila memang {dusun} baru, centang ini.", STR_ARG(said));
    else if (!typed.is_sure)
        request_ask(req, "dusun_baru_yakin", "{Dusun} %.*s belum ada; yang ada {Dusun} %.*s. Bila memang {dusun} lain, centang ini.",
                    STR_ARG(said), STR_ARG(text_name(arena, like.name)));
    return RC_OK;
}

enum rc hamlet_options(struct request *req, struct str chosen, struct options lists[3], struct err *err)
{
    struct arena *arena = request_arena(req);
    struct area_choice_rows rows;
    struct hamlet_like like;
    struct village_db *db;
    bool is_there = str_is(chosen, "-");

    TRY(request_village_db(req, &db, err));
    TRY(sql_area_choices(db, &rows, err));
    for (size_t i = 0; i < 3; i++)
        lists[i] = (struct options){ARENA_ARRAY(arena, struct option, rows.n + 2), 0};
    for (size_t i = 0; i < rows.n; i++) {
        struct options *list = &lists[rows.p[i].level - 1];
        bool is_hamlet = list == lists, is_chosen = is_hamlet && str_eq_nocase(rows.p[i].name, chosen);
        struct str name = is_hamlet ? text_name(arena, rows.p[i].name) : rows.p[i].name;

        list->p[list->n++] = (struct option){.value = name, .label = name, .is_selected = is_chosen};
        is_there |= is_chosen;
    }
    if (is_there)
        return RC_OK;
    TRY(hamlet_find(db, chosen, &like, err)); /* beyond those that a list shows */
    if (like.is_known)
        lists[0].p[lists[0].n++] = (struct option){.value = like.name, .label = text_name(arena, like.name), .is_selected = true};
    return RC_OK;
}

enum rc hamlet_boxes(struct request *req, struct hamlet_typed typed, struct hamlet_boxes *out, struct err *err)
{
    bool is_new = str_is(typed.hamlet, HAMLET_NEW);
    struct str chosen = is_new ? STR("-") : kept(req, typed.hamlet);
    struct options lists[3], *options = &out->select.options;
    bool is_there = is_new || str_is(chosen, "-");

    *out = (struct hamlet_boxes){.select = {.name = STR("dusun"), .label = STR("{Dusun}"), .fault = request_fault_of(req, "dusun")}};
    TRY(hamlet_options(req, chosen, lists, err));
    *options = lists[0];
    out->rws = lists[1];
    out->rts = lists[2];
    out->select.empty_label = options->n > 0 ? STR("Pilih {dusun}") : STR("Tanpa {dusun}");
    for (size_t i = 0; i < options->n; i++)
        is_there |= options->p[i].is_selected;
    out->is_none = !request_has_hamlets(req);
    if (out->is_none || !request_may(req, MAY_EDIT_AREAS))
        return RC_OK;
    const bool asks = is_new || !is_there;
    out->may_add = true;
    options->p[options->n++] = (struct option){.value = STR(HAMLET_NEW), .label = STR("{Dusun} baru…"), .is_selected = asks};
    out->name = (struct field_view){.name = STR("dusun_baru"),
                                    .label = STR("Nama {dusun} baru"),
                                    .value = is_new ? typed.fresh
                                             : asks ? typed.hamlet
                                                    : STR(""),
                                    .fault = request_fault_of(req, "dusun_baru")};
    out->sure = (struct check_view){.name = STR("dusun_baru_yakin"),
                                    .label = STR("Tambahkan sebagai {dusun} baru"),
                                    .is_checked = typed.is_sure,
                                    .fault = request_fault_of(req, "dusun_baru_yakin")};
    return RC_OK;
}
