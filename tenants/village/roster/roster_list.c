// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list of residents: what is asked for, its page, and the way to the pages before and after. */
#include "tenants/village/roster/roster_list.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/roster/roster_list_view.h"
#include "tenants/village/roster/roster.h"

#define HOME "/kantor/penduduk"

enum { LIST_PAGE = 50, COUNTED_TO = 1000, TOKEN_VALID_S = 3600, MOST_WORDS = 100 };

/* One look at the list: what was asked for, and what came. */
struct look {
    struct request *req;
    struct arena *arena;
    struct resident_asked asked;
    uint64_t first_no; /* the number of its first row, from 1 */
    struct resident_hit_rows hits;
    struct resident_total total;
    bool has_before, has_after;
    struct str words_token; /* carries the words to another order or filter; empty without words */
};

struct resident_filter request_filter(struct request *req)
{
    struct resident_filter filter = resident_filter_default();
    const char *fault;

    for (size_t i = 0; i < RESIDENT_FILTER_COUNT; i++)
        if (!resident_filter_set(&filter, resident_filter_names[i], input_text(req, resident_filter_names[i]), &fault))
            request_fault(req, resident_filter_names[i], "%s", fault);
    fault = resident_filter_fault(&filter);
    if (fault != NULL)
        request_fault(req, "umur_dari", "%s", fault);
    return filter;
}

/* ---- the way on: sealed, so that neither words nor names stand in an address ---- */

static struct str seal_state(const struct look *look, json_t *state)
{
    struct str token = token_seal(look->req, "penduduk-lanjut", json_write(look->arena, state), TOKEN_VALID_S);

    json_decref(state);
    return token;
}

static struct str words_token(const struct look *look)
{
    return seal_state(look, json_pack("{s:s%}", "q", look->asked.words.p, look->asked.words.n));
}

static json_t *text(struct str s)
{
    return json_stringn(s.p != NULL ? s.p : "", s.n);
}

static struct str spot_token(const struct look *look, const struct resident_hit *hit, bool is_back, uint64_t first_no)
{
    return seal_state(look,
                      json_pack("{s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:I, s:I, s:b}", "q", text(look->asked.words), "n", text(hit->name),
                                "h", text(hit->hamlet), "w", text(hit->rw), "t", text(hit->rt), "i", (json_int_t)hit->id, "b",
                                (json_int_t)(date_is_none(hit->birth_date) ? 0 : date_to_days(hit->birth_date) + 1000000), "o",
                                (json_int_t)look->asked.filter.order, "p", (json_int_t)first_no, "z", is_back));
}

static enum rc read_token(struct look *look, struct err *err)
{
    struct str sealed = input_token(look->req, "lanjut", "penduduk-lanjut");
    json_t *state;
    uint64_t days;

    if (str_empty(sealed))
        return RC_OK;
    TRY(json_read(look->arena, sealed, &state, err));
    look->asked.words = json_text(state, "q");
    if (json_u64(state, "i") == 0 || json_u64(state, "o") != look->asked.filter.order)
        return RC_OK; /* it carries words only, or was made for another order */
    days = json_u64(state, "b");
    look->asked.from = (struct resident_spot){.id = json_u64(state, "i"),
                                              .name = json_text(state, "n"),
                                              .hamlet = json_text(state, "h"),
                                              .rw = json_text(state, "w"),
                                              .rt = json_text(state, "t")};
    if (days != 0)
        look->asked.from.birth = date_from_days((int64_t)days - 1000000);
    look->asked.is_back = json_bool(state, "z");
    look->first_no = json_u64(state, "p");
    return RC_OK;
}

static struct str with_token(const struct look *look, const struct resident_filter *filter, struct str token)
{
    struct str href = resident_filter_href(look->arena, filter);

    if (str_empty(token))
        return href;
    return str_fmt(look->arena, "%.*s%clanjut=%.*s", STR_ARG(href), str_find_char(href, '?') >= 0 ? '&' : '?', STR_ARG(token));
}

/* ---- asking ---- */

/* Who are all on the first page need no counting. */
static enum rc count(struct look *look, struct village_db *db, struct err *err)
{
    if (look->asked.from.id != 0 || look->hits.n > LIST_PAGE)
        return residents_count(db, &look->asked, &look->total, err);
    TRY(sql_resident_count(db, &look->total, err));
    look->total.n = look->hits.n;
    return RC_OK;
}

static enum rc ask(struct look *look, struct err *err)
{
    struct village_db *db;
    struct resident_hit_rows *hits = &look->hits;

    TRY(request_village_db(look->req, &db, err));
    TRY(residents_ask(db, &look->asked, LIST_PAGE + 1, hits, err));
    TRY(count(look, db, err));
    look->has_before = look->asked.is_back ? hits->n > LIST_PAGE : look->asked.from.id != 0;
    look->has_after = look->asked.is_back || hits->n > LIST_PAGE;
    if (hits->n > LIST_PAGE) {
        hits->p += look->asked.is_back ? 1 : 0;
        hits->n = LIST_PAGE;
    }
    if (!look->has_before)
        look->first_no = 1;
    if (!str_empty(look->asked.words))
        look->words_token = words_token(look);
    return RC_OK;
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
    bool has_rt = !str_empty(hit->rt) && !str_is(hit->rt, "-");

    if (!str_empty(look->asked.filter.hamlet))
        return or_dash(hit->rt);
    return str_fmt(look->arena, "%.*s%s%.*s", STR_ARG(or_dash(text_name(look->arena, hit->hamlet))), has_rt ? " " : "",
                   STR_ARG(has_rt ? hit->rt : STR("")));
}

static struct resident_line line_of(const struct look *look, const struct resident_hit *hit)
{
    struct arena *arena = look->arena;
    bool has_birth = !date_is_none(hit->birth_date);

    return (struct resident_line){
        .href = str_fmt(arena, HOME "/%" PRIu64, hit->id),
        .name = text_name(arena, hit->name),
        .nik = nik_masked(arena, hit->nik),
        .sex = hit->sex == SEX_FEMALE ? STR("P") : STR("L"),
        .birth = has_birth ? date_short(arena, hit->birth_date) : STR("-"),
        .age = has_birth ? str_fmt(arena, "%d", date_age(hit->birth_date, look->asked.today)) : STR("-"),
        .kk = hit->kk_no.n > 4 ? str_fmt(arena, "…%.*s", STR_ARG(str_from(hit->kk_no, hit->kk_no.n - 4))) : STR("-"),
        .role = code_or_dash(CODE_FAMILY_ROLE, hit->family_role),
        .place = place_of(look, hit),
        .occupation = code_or_dash(CODE_OCCUPATION, hit->occupation),
        .fault = resident_fault_of(hit, look->asked.today),
    };
}

static struct sort_head head_of(const struct look *look, const char *label, enum resident_order order)
{
    struct resident_filter filter = look->asked.filter;
    bool is_now = filter.order == order;
    struct str sorted = !is_now ? STR("") : filter.is_down ? STR("descending") : STR("ascending");

    filter.is_down = is_now && !filter.is_down;
    filter.order = order;
    return (struct sort_head){with_token(look, &filter, look->words_token), str_c(label), sorted};
}

/* Filters are counted no further than one more; everyone living is counted whole. */
static struct str of_how_many(const struct look *look)
{
    return look->total.n == COUNTED_TO + 1 ? STR("lebih dari 1.000") : number_text(look->arena, (int64_t)look->total.n);
}

static struct str count_text(const struct look *look)
{
    struct arena *arena = look->arena;
    uint64_t last = look->first_no + look->hits.n - 1;

    if (look->hits.n == 0)
        return STR("");
    return str_fmt(arena, "Menampilkan %.*s–%.*s dari %.*s", STR_ARG(number_text(arena, (int64_t)look->first_no)),
                   STR_ARG(number_text(arena, (int64_t)last)), STR_ARG(of_how_many(look)));
}

static void put_chips(const struct look *look, struct chips_view *chips)
{
    const struct resident_filter *filter = &look->asked.filter;

    chips->p = ARENA_ARRAY(look->arena, struct chip, RESIDENT_FILTER_COUNT + 1);
    if (!str_empty(look->asked.words))
        chips->p[chips->n++] = (struct chip){str_fmt(look->arena, "Cari: %.*s", STR_ARG(look->asked.words)),
                                             resident_filter_href(look->arena, filter)};
    for (size_t i = 0; i < RESIDENT_FILTER_COUNT; i++) {
        struct str words = resident_filter_words(look->arena, filter, resident_filter_names[i]);
        struct resident_filter without = resident_filter_without(*filter, resident_filter_names[i]);

        if (!str_empty(words))
            chips->p[chips->n++] = (struct chip){words, with_token(look, &without, look->words_token)};
    }
    if (chips->n > 0)
        chips->clear_href = STR(HOME);
    chips->summary = count_text(look);
}

static void put_ways(const struct look *look, struct pagination_view *pages)
{
    const struct resident_hit_rows *hits = &look->hits;

    pages->summary = STR("NIK ditutup. Tekan untuk melihatnya; setiap kali dicatat.");
    if (hits->n == 0)
        return;
    if (look->has_before)
        pages->previous_href = with_token(look, &look->asked.filter,
                                          spot_token(look, &hits->p[0], true, look->first_no > LIST_PAGE ? look->first_no - LIST_PAGE : 1));
    if (look->has_after)
        pages->next_href = with_token(look, &look->asked.filter, spot_token(look, &hits->p[hits->n - 1], false, look->first_no + hits->n));
}

static struct empty_view nobody(const struct look *look)
{
    struct resident_filter all = look->asked.filter;

    all.status = 0;
    if (request_faults(look->req)->n > 0)
        return (struct empty_view){.title = STR("Daftar ini belum bisa ditampilkan"),
                                   .text = STR("Perbaiki saringannya, atau hapus semua saringan."),
                                   .href = STR(HOME),
                                   .link_label = STR("Hapus semua saringan")};
    if (look->asked.from.id != 0)
        return (struct empty_view){.title = STR("Tidak ada warga lagi di halaman ini"),
                                   .text = STR("Datanya berubah sejak halaman sebelumnya dibuka."),
                                   .href = with_token(look, &look->asked.filter, look->words_token),
                                   .link_label = STR("Kembali ke halaman pertama")};
    if (!str_empty(look->asked.words) && look->asked.filter.status == STATUS_ALIVE)
        return (struct empty_view){.title = STR("Tidak ada warga yang cocok"),
                                   .text = STR("Periksa ejaannya, atau cari juga di antara yang sudah meninggal atau pindah."),
                                   .href = with_token(look, &all, look->words_token),
                                   .link_label = STR("Cari di semua status")};
    if (!str_empty(look->asked.words) || !resident_filter_is_default(&look->asked.filter))
        return (struct empty_view){.title = STR("Tidak ada warga yang cocok"),
                                   .text = STR("Hapus saringan untuk melihat semua."),
                                   .href = STR(HOME),
                                   .link_label = STR("Hapus semua saringan")};
    return (struct empty_view){.title = STR("Belum ada warga tercatat"),
                               .text = STR("Unggah berkas Excel penduduk, atau tambah satu per satu."),
                               .href = request_may(look->req, MAY_IMPORT_RESIDENTS) ? STR(HOME "/impor") : STR(""),
                               .link_label = STR("Impor penduduk")};
}

static void put_fields(const struct look *look, struct resident_results_view *v)
{
    v->fields.p = ARENA_ARRAY(look->arena, struct hidden_field, RESIDENT_FILTER_COUNT);
    for (size_t i = 0; i < RESIDENT_FILTER_COUNT; i++) {
        struct str value = resident_filter_value(look->arena, &look->asked.filter, resident_filter_names[i]);

        if (!str_empty(value))
            v->fields.p[v->fields.n++] = (struct hidden_field){str_c(resident_filter_names[i]), value};
    }
}

static void put_exports(const struct look *look, struct resident_results_view *v)
{
    static const struct str formats[] = {STR_INIT("xlsx"), STR_INIT("csv")};

    v->may_export = v->faults.n == 0;
    v->exports.p = ARENA_ARRAY(look->arena, struct export_form, COUNT_OF(formats));
    v->exports.n = COUNT_OF(formats);
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        v->exports.p[i] = (struct export_form){request_form_guard(look->req), formats[i]};
}

static void fill_results(const struct look *look, struct resident_results_view *v)
{
    v->faults = *request_faults(look->req);
    v->guard = request_form_guard(look->req);
    v->query = look->asked.words;
    v->by_name = head_of(look, "Nama", ORDER_NAME);
    v->by_age = head_of(look, "Umur", ORDER_AGE);
    v->by_place = head_of(look, str_empty(look->asked.filter.hamlet) ? "Dusun, RT" : "RT", ORDER_PLACE);
    v->lines.n = look->hits.n;
    v->lines.p = ARENA_ARRAY(look->arena, struct resident_line, look->hits.n);
    for (size_t i = 0; i < look->hits.n; i++)
        v->lines.p[i] = line_of(look, &look->hits.p[i]);
    put_chips(look, &v->chips);
    put_ways(look, &v->pages);
    put_fields(look, v);
    put_exports(look, v);
    v->count = look->hits.n > 0 ? v->chips.summary : STR("Tidak ada warga yang cocok");
    v->empty = nobody(look);
}

static enum rc respond(struct look *look, struct response *resp, struct err *err)
{
    struct buf body = {.arena = look->arena};
    struct resident_list_view v = {.guard = request_form_guard(look->req), .query = look->asked.words};

    look->asked.today = request_today(look->req);
    if (request_faults(look->req)->n == 0)
        TRY(ask(look, err));
    fill_results(look, &v.results);
    if (request_is_part(look->req)) {
        if (request_faults(look->req)->n == 0)
            response_header(resp, "hx-replace-url", with_token(look, &look->asked.filter, look->words_token));
        view_resident_results(&body, &v.results);
        return respond_part(resp, html_view(&body));
    }
    v.may_edit = request_may(look->req, MAY_EDIT_RESIDENTS);
    v.may_import = request_may(look->req, MAY_IMPORT_RESIDENTS);
    v.total = request_faults(look->req)->n == 0
                  ? str_fmt(look->arena, "%.*s warga",
                            STR_ARG(look->total.n == COUNTED_TO + 1 ? STR("Lebih dari 1.000") : of_how_many(look)))
                  : STR("");
    resident_filter_boxes(look->req, &look->asked.filter, &look->total, &v);
    view_resident_list(&body, &v);
    const struct page page = {.title = STR("Penduduk"), .active = STR(HOME), .body = html_view(&body)};
    return respond_page(look->req, resp, &page, err);
}

enum rc resident_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct look look = {.req = req, .arena = request_arena(req), .asked = {.filter = request_filter(req), .words = STR("")}};

    TRY(read_token(&look, err));
    return respond(&look, resp, err);
}

/* What was asked for gets an address to come back to. Words stand in it sealed. */
enum rc resident_search_post(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct look look = {
        .req = req,
        .arena = arena,
        .asked = {.filter = request_filter(req), .words = utf8_part(arena, text_tidy(arena, input_typed(req, "cari")), MOST_WORDS)}};

    if (request_faults(req)->n > 0 || request_is_part(req))
        return respond(&look, resp, err);
    return respond_redirect(resp, with_token(&look, &look.asked.filter, str_empty(look.asked.words) ? STR("") : words_token(&look)));
}
