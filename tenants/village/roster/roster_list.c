// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list of residents: asking the statements, and what one sees. */
#include "tenants/village/roster/roster_list.h"

#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/roster/roster_list_view.h"

#define HOME "/kantor/penduduk"

enum { PLACE_COLUMN = 7 };

/* One look at the list: what was asked for, and what came. */
struct look {
    struct list_reading at;
    struct resident_find find;
    struct resident_hit_rows hits;
    struct resident_total total; /* of the whole village */
    struct str *former;          /* of each hit: "dulu Sitti Rahmawati", or "" */
    struct list_result got;
};

/* ---- asking ---- */

/* A part of a page has no boxes: the places to choose from are not asked for. */
static enum rc ask(struct look *look, struct err *err)
{
    struct list_reading *at = &look->at;
    enum resident_way way;
    struct village_db *db;
    bool is_found = resident_way_of(at, &look->find, &way), is_whole = !list_is_filtered(at);

    TRY(request_village_db(at->req, &db, err));
    if (is_whole || !request_is_part(at->req))
        TRY(sql_resident_total(db, &look->total, err));
    if (at->is_faulty || !is_found)
        return RC_OK;
    TRY(sql_resident_page(db, &look->find, way, &at->at, LIST_PAGE, &look->hits, &look->got.ends, err));
    TRY(residents_former(db, at->words, &look->hits, &look->former, err));
    look->got.rows = look->hits.n;
    if (!list_must_count(at, &look->got))
        return RC_OK;
    if (is_whole && (look->total.is_exact || look->total.n > LIST_BOUND)) {
        look->got.found = look->total.n;
        look->got.is_exact = look->total.is_exact;
        look->got.about = look->total.is_exact ? 0 : look->total.n; /* until the job has counted again */
        return RC_OK;
    }
    return sql_resident_count(db, &look->find, way, LIST_BOUND, &look->got.found, err);
}

static enum rc read(struct request *req, struct look *look, struct err *err)
{
    const char *fault;

    TRY(list_read(req, &residents_list, &look->find, &look->at, err));
    fault = resident_list_fault(&look->find);
    if (fault != NULL)
        request_fault(req, "umur_dari", "%s", fault);
    look->at.is_faulty = look->at.is_faulty || fault != NULL;
    return ask(look, err);
}

/* ---- showing ---- */

static struct str or_dash(struct str s)
{
    return str_empty(s) ? STR("-") : s;
}

static struct str code_or_dash(enum code_list list, struct opt_u64 code)
{
    return or_dash(code.is_set ? code_label(list, (uint32_t)code.value) : STR(""));
}

/* The hamlet is said once when all are of one. */
static struct str place_of(const struct look *look, const struct resident_hit *hit)
{
    bool has_rt = is_said(hit->rt);

    if (!str_empty(list_value_of(&look->at, "dusun")))
        return or_dash(hit->rt);
    return str_fmt(look->at.arena, "%.*s%s%.*s", STR_ARG(or_dash(text_name(look->at.arena, hit->hamlet))), has_rt ? " " : "",
                   STR_ARG(has_rt ? hit->rt : STR("")));
}

static struct resident_line line_of(const struct look *look, const struct resident_hit *hit)
{
    struct arena *arena = look->at.arena;
    bool has_birth = !date_is_none(hit->birth_date);
    int age = age_of(hit->basic_status, hit->birth_date, hit->ended, look->at.today);

    return (struct resident_line){
        .href = str_fmt(arena, HOME "/%" PRIu64, hit->id),
        .name = text_name(arena, hit->name),
        .nik = nik_masked(arena, hit->nik),
        .sex = hit->sex == SEX_FEMALE ? STR("P") : STR("L"),
        .birth = has_birth ? date_short(arena, hit->birth_date) : STR("-"),
        .age = age >= 0 ? str_fmt(arena, "%d", age) : STR("-"),
        .kk = nik_is_temporary(hit->kk_no) ? STR("sementara")
              : hit->kk_no.n > 4           ? str_fmt(arena, "…%.*s", STR_ARG(str_from(hit->kk_no, hit->kk_no.n - 4)))
                                           : STR("-"),
        .role = code_or_dash(CODE_FAMILY_ROLE, hit->family_role),
        .place = place_of(look, hit),
        .occupation = code_or_dash(CODE_OCCUPATION, hit->occupation),
        .fault = resident_fault_of(hit, look->at.today),
    };
}

/* Who types what happened is looking for where it is written down. */
static const struct event_word {
    const char *words[4];
    const char *label, *href;
} event_words[] = {{{"perkawinan", "pernikahan", "nikah", "kawin"}, "Catat perkawinan", "/kantor/peristiwa/catat/perkawinan"},
                   {{"perceraian", "cerai"}, "Catat perceraian", "/kantor/peristiwa/catat/perceraian"},
                   {{"kelahiran", "lahir"}, "Catat kelahiran", "/kantor/peristiwa/catat/kelahiran"},
                   {{"kematian", "meninggal"}, "Catat kematian", "/kantor/peristiwa/catat/kematian"},
                   {{"kepindahan", "pindah"}, "Catat kepindahan", "/kantor/peristiwa/catat/kepindahan"},
                   {{"kedatangan", "datang"}, "Catat kedatangan", "/kantor/peristiwa/kedatangan"}};

static const struct event_word *event_word_of(struct str typed)
{
    for (size_t i = 0; i < COUNT_OF(event_words); i++)
        for (size_t k = 0; k < COUNT_OF(event_words[i].words) && event_words[i].words[k] != NULL; k++)
            if (str_eq_nocase(str_trim(typed), str_c(event_words[i].words[k])))
                return &event_words[i];
    return NULL;
}

bool residents_is_event(struct str typed)
{
    return event_word_of(typed) != NULL;
}

/* Among the dead and those who moved away there may be somebody. */
static void say_nobody(const struct look *look, struct empty_view *empty)
{
    const struct list_reading *at = &look->at;

    const struct event_word *event = request_may(at->req, MAY_EDIT_RESIDENTS) ? event_word_of(at->words) : NULL;

    if (at->is_faulty || !str_empty(at->at.spot))
        return;
    if (event != NULL) {
        *empty = (struct empty_view){.title = STR("Tidak ada warga dengan nama itu"),
                                     .text = STR("Yang dicari peristiwanya?"),
                                     .href = str_c(event->href),
                                     .link_label = str_c(event->label)};
        return;
    }
    if (!str_empty(at->words) && str_is(list_value_of(at, "status"), "1"))
        *empty = (struct empty_view){.title = STR("Tidak ada warga yang cocok"),
                                     .text = STR("Periksa ejaannya, atau cari juga di antara yang sudah meninggal atau pindah."),
                                     .href = list_href_with(at, "status", STR("0")),
                                     .link_label = STR("Cari di semua status")};
    else if (!str_empty(at->words) && str_is(list_value_of(at, "status"), "0") && request_may(at->req, MAY_READ_LETTERS))
        *empty = (struct empty_view){.title = STR("Tidak ada warga yang cocok"),
                                     .text = STR("Periksa ejaannya. Orang luar desa tidak tercatat di sini, tetapi suratnya ada di Surat."),
                                     .href = STR("/kantor/surat"),
                                     .link_label = STR("Cari namanya di Surat")};
    else if (!list_is_filtered(at) && request_may(at->req, MAY_IMPORT_RESIDENTS)) {
        empty->href = STR(HOME "/impor");
        empty->link_label = STR("Impor penduduk");
    }
}

static void fill(struct look *look, struct resident_list_view *v)
{
    struct list_reading *at = &look->at;

    list_choices_lines(at, "dusun", look->total.hamlets, true);
    list_choices_lines(at, "rw", look->total.rws, false);
    list_choices_lines(at, "rt", look->total.rts, false);
    list_put(at, &look->got, &v->list);
    if (!str_empty(list_value_of(at, "dusun"))) /* the hamlet is said once */
        v->list.heads.p[PLACE_COLUMN].label = STR("RT");
    v->place_label = v->list.heads.p[PLACE_COLUMN].label;
    v->said = look->hits.n > 0 ? v->list.summary : STR("Tidak ada warga yang cocok");
    if (v->list.is_empty)
        say_nobody(look, &v->list.empty);
    v->lines.n = look->hits.n;
    v->lines.p = ARENA_ARRAY(at->arena, struct resident_line, look->hits.n);
    for (size_t i = 0; i < look->hits.n; i++)
        v->lines.p[i] = line_of(look, &look->hits.p[i]), v->lines.p[i].former = look->former[i];
}

enum rc resident_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct look look = {0};
    struct resident_list_view v = {.may_edit = request_may(req, MAY_EDIT_RESIDENTS), .may_import = request_may(req, MAY_IMPORT_RESIDENTS)};
    struct buf body = {.arena = request_arena(req)};

    TRY(read(req, &look, err));
    fill(&look, &v);
    if (request_is_part(req)) {
        if (!look.at.is_faulty)
            response_header(resp, "hx-replace-url", list_href(&look.at));
        view_resident_results(&body, &v);
        return respond_part(resp, html_view(&body));
    }
    view_resident_list(&body, &v);
    const struct page page = {.title = STR("Penduduk"), .active = STR(HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}
