// SPDX-License-Identifier: AGPL-3.0-or-later
/* The events of a month, and where recording begins. */
#include "server/base/text.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/events/events_view.h"
#include "tenants/village/residents/residents.h"
#include "tenants/village/roster/roster.h"

enum { LIST_PAGE = 50, TOKEN_VALID_S = 3600 };

#define HERE STR("/kantor/peristiwa")

/* ---- the list ---- */

static struct str list_href(struct arena *arena, struct date month, struct str kind)
{
    return str_fmt(arena, "/kantor/peristiwa?bulan=%.*s%s%.*s", STR_ARG(month_word(arena, month)),
                   str_empty(kind) ? "" : "&jenis=", STR_ARG(kind));
}

static void put_tab(struct arena *arena, struct tabs_view *tabs, struct date month, struct str path, struct str label, uint64_t n,
                    struct str chosen)
{
    tabs->p[tabs->n++] = (struct tab){
        .href = list_href(arena, month, path), .label = label, .count = str_fmt(arena, "%" PRIu64, n), .is_active = str_eq(path, chosen)};
}

/* Each tab's figure is how many rows it has. */
static void put_tabs(struct arena *arena, const struct event_count_rows *counts, struct date month, struct str chosen,
                     struct tabs_view *tabs)
{
    uint64_t valid[EVENT_END] = {0}, all = 0, cancelled = 0;

    for (size_t i = 0; i < counts->n; i++) {
        valid[event_of_word(counts->p[i].kind)] = counts->p[i].valid;
        all += counts->p[i].valid;
        cancelled += counts->p[i].cancelled;
    }
    *tabs = (struct tabs_view){.label = STR("Jenis peristiwa"), .p = ARENA_ARRAY(arena, struct tab, EVENT_END + 2)};
    put_tab(arena, tabs, month, STR(""), STR("Semua"), all, chosen);
    for (int k = EVENT_NONE + 1; k < EVENT_END; k++)
        put_tab(arena, tabs, month, event_path((enum event_kind)k), event_label((enum event_kind)k), valid[k], chosen);
    put_tab(arena, tabs, month, STR("dibatalkan"), STR("Dibatalkan"), cancelled, chosen);
}

static struct event_list_line line_of(struct arena *arena, const struct event_line *e)
{
    return (struct event_list_line){.href = event_href(arena, e->id),
                                    .name = text_name(arena, e->name),
                                    .kind = event_label(event_of_word(e->kind)),
                                    .date = date_short(arena, e->event_date),
                                    .place = e->place,
                                    .reported = date_short(arena, e->reported_on),
                                    .who = e->staff_name};
}

enum rc event_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct event_line_rows rows;
    struct event_count_rows counts;
    struct date today = request_today(req), month = {today.year, today.month, 1}, next;
    struct str chosen = input_text(req, "jenis"), typed = input_text(req, "bulan");
    struct buf body = {.arena = arena};
    struct event_list_view v = {.may_edit = request_may(req, MAY_EDIT_RESIDENTS)};

    if (!str_empty(typed) && !month_parse(typed, &month))
        return fail(err, RC_NOT_FOUND, "no such month");
    next = date_add_months(month, 1);
    const struct event_list_in in = {.since = month,
                                     .until = next,
                                     .kind = event_of_path(chosen) != EVENT_NONE ? event_word(event_of_path(chosen)) : STR_NONE,
                                     .is_cancelled = str_is(chosen, "dibatalkan"),
                                     .before = input_u64(req, "sebelum") != 0 ? input_u64(req, "sebelum") : UINT64_MAX,
                                     .limit = LIST_PAGE + 1};
    TRY(request_village_db(req, &db, err));
    TRY(sql_event_list(db, &in, &rows, err));
    TRY(sql_event_counts(db, month, next, &counts, err));
    v.month = month_long(arena, month);
    v.previous_href = list_href(arena, date_add_months(month, -1), chosen);
    v.previous_label = month_long(arena, date_add_months(month, -1));
    if (date_compare(next, today) <= 0) {
        v.next_href = list_href(arena, next, chosen);
        v.next_label = month_long(arena, next);
    }
    put_tabs(arena, &counts, month, chosen, &v.tabs);
    v.lines.n = rows.n > LIST_PAGE ? LIST_PAGE : rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct event_list_line, v.lines.n);
    for (size_t i = 0; i < v.lines.n; i++)
        v.lines.p[i] = line_of(arena, &rows.p[i]);
    if (rows.n > LIST_PAGE)
        v.pages.next_href = str_fmt(arena, "%.*s&sebelum=%" PRIu64, STR_ARG(list_href(arena, month, chosen)), rows.p[LIST_PAGE - 1].id);
    v.pages.summary = STR("Bulan menurut tanggal pencatatan.");
    v.empty = (struct empty_view){.title = str_fmt(arena, "Tidak ada peristiwa di bulan %.*s", STR_ARG(v.month)),
                                  .text = STR("Kelahiran, kedatangan, kematian, dan kepindahan yang dicatat bulan ini muncul di sini.")};
    view_event_list(&body, &v);
    const struct page page = {.title = STR("Peristiwa"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- which event, of whom ---- */

static const struct kind_page {
    const char *word, *label, *about, *tail; /* tail: after /kantor/penduduk/ID/, or of a family when is_family */
    bool is_family;
} kind_pages[] = {
    {"kelahiran", "Kelahiran", "Bayi masuk ke keluarga orang tuanya", "kelahiran", true},
    {"kematian", "Kematian", "Warga meninggal dunia", "kematian", false},
    {"kepindahan", "Kepindahan", "Satu orang, beberapa, atau sekeluarga pindah keluar desa", "kepindahan", false},
    {"hilang", "Orang hilang", "Warga yang dilaporkan hilang", "hilang", false},
};

static const struct kind_page *kind_page_of(struct str word)
{
    for (size_t i = 0; i < COUNT_OF(kind_pages); i++)
        if (str_is(word, kind_pages[i].word))
            return &kind_pages[i];
    return NULL;
}

enum rc event_kinds_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct event_kinds_view v = {.picks = {ARENA_ARRAY(arena, struct event_pick, COUNT_OF(kind_pages) + 1), 0}};

    for (size_t i = 0; i < COUNT_OF(kind_pages); i++) {
        v.picks.p[v.picks.n++] = (struct event_pick){.href = str_fmt(arena, "/kantor/peristiwa/catat/%s", kind_pages[i].word),
                                                     .label = str_c(kind_pages[i].label),
                                                     .about = str_c(kind_pages[i].about)};
        if (i == 0)
            v.picks.p[v.picks.n++] = (struct event_pick){.href = STR("/kantor/peristiwa/kedatangan"),
                                                         .label = STR("Kedatangan"),
                                                         .about = STR("Orang atau keluarga pindah masuk ke desa")};
    }
    view_event_kinds(&body, &v);
    const struct page page = {.title = STR("Catat peristiwa"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc find_families(struct request *req, struct village_db *db, struct str query, struct event_search_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct family_hit_rows hits;

    TRY(families_find(db, query, LIST_PAGE, &hits, err));
    v->hits.p = ARENA_ARRAY(arena, struct event_pick, hits.n);
    v->hits.n = hits.n;
    for (size_t i = 0; i < hits.n; i++)
        v->hits.p[i] = (struct event_pick){
            .href = str_fmt(arena, "/kantor/keluarga/%" PRIu64 "/kelahiran", hits.p[i].id),
            .label = hits.p[i].head_name.p != NULL ? text_name(arena, hits.p[i].head_name) : STR("Tanpa kepala keluarga"),
            .about = str_fmt(arena, "KK %.*s, %" PRIu64 " anggota, Dusun %.*s", STR_ARG(nik_masked(arena, hits.p[i].kk_no)),
                             hits.p[i].living, STR_ARG(text_name(arena, hits.p[i].hamlet))),
        };
    return RC_OK;
}

static enum rc find_people(struct request *req, struct village_db *db, struct str query, const struct kind_page *kind,
                           struct event_search_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct resident_hit_rows hits;

    TRY(residents_find(db, query, RESIDENTS_LIVING, LIST_PAGE, &hits, err));
    v->hits.p = ARENA_ARRAY(arena, struct event_pick, hits.n);
    v->hits.n = hits.n;
    for (size_t i = 0; i < hits.n; i++)
        v->hits.p[i] = (struct event_pick){
            .href = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/%s", hits.p[i].id, kind->tail),
            .label = text_name(arena, hits.p[i].name),
            .about = str_fmt(arena, "%.*s, NIK %.*s", STR_ARG(resident_about(arena, &hits.p[i], request_today(req))),
                             STR_ARG(nik_masked(arena, hits.p[i].nik))),
        };
    return RC_OK;
}

static enum rc search_respond(struct request *req, struct response *resp, struct str words, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct kind_page *kind = kind_page_of(input_str(req, "jenis"));
    const struct faults *faults = request_faults(req);
    struct village_db *db;
    struct buf body = {.arena = arena};

    if (kind == NULL)
        return fail(err, RC_NOT_FOUND, "no such kind of event");
    struct event_search_view v = {
        .guard = request_form_guard(req),
        .faults = *faults,
        .is_sent = faults->n == 0 && !str_empty(words),
        .query = words.p != NULL ? words : STR(""),
        .action = str_fmt(arena, "/kantor/peristiwa/catat/%s", kind->word),
        .title = str_fmt(arena, "Catat %.*s", STR_ARG(str_lower(arena, str_c(kind->label)))),
        .label = kind->is_family ? STR("Nomor KK atau nama kepala keluarga") : STR("Nama, NIK, atau nomor KK"),
        .hint = kind->is_family ? STR("Keluarga mana yang bertambah?") : STR("Siapa orangnya?"),
        .empty = {.title = STR("Tidak ada yang cocok"), .text = STR("Periksa ejaannya, atau cari dengan nomornya.")}};
    TRY(request_village_db(req, &db, err));
    if (v.is_sent)
        TRY(kind->is_family ? find_families(req, db, v.query, &v, err) : find_people(req, db, v.query, kind, &v, err));
    view_event_search(&body, &v);
    const struct page page = {.title = v.title, .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc event_search_page(struct request *req, struct response *resp, struct err *err)
{
    return search_respond(req, resp, input_token(req, "lanjut", "peristiwa-cari"), err);
}

/* The way back from a person leads here again: the words stand in the address, sealed. */
enum rc event_search_post(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct kind_page *kind = kind_page_of(input_str(req, "jenis"));
    struct str words = str_trim(utf8_part(arena, input_typed(req, "cari"), 100));

    if (kind == NULL)
        return fail(err, RC_NOT_FOUND, "no such kind of event");
    if (request_faults(req)->n > 0)
        return search_respond(req, resp, words, err);
    if (str_empty(words))
        return respond_redirect(resp, str_fmt(arena, "/kantor/peristiwa/catat/%s", kind->word));
    return respond_redirect(resp, str_fmt(arena, "/kantor/peristiwa/catat/%s?lanjut=%.*s", kind->word,
                                          STR_ARG(token_seal(req, "peristiwa-cari", words, TOKEN_VALID_S))));
}
