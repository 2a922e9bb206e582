// SPDX-License-Identifier: AGPL-3.0-or-later
/* The events of a month, and where recording begins. */
#include "server/base/text.h"
#include "server/register/list.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/events/events_view.h"
#include "tenants/village/residents/residents.h"
#include "tenants/village/roster/roster.h"

enum { TOKEN_VALID_S = 3600, OFFERED_MONTHS = 23 };

#define HERE STR("/kantor/peristiwa")

/* ---- the list ---- */

static const struct list_option kinds[] = {
#define X(name, word, path, label) {path, label, EVENT_##name, NULL},
    EVENT_KINDS(X)
#undef X
        {"dibatalkan", "Dibatalkan", EVENT_NONE, NULL},
    {0}};
static const struct list_filter filters[] = {
    {LIST_OPTION, "jenis", "Jenis peristiwa", .options = kinds, .is_tabs = true},
    {LIST_MONTH, "bulan", "Bulan", LIST_TO(struct event_find, since), .until = LIST_TO(struct event_find, until), .any = "Bulan ini"},
};
static const struct list_order orders[] = {{EVENT_BY_NEWEST, "terbaru", "Terbaru", true}};
static const struct list_column columns[] = {
    {"Nama", 0, false}, {"Peristiwa", 0, false}, {"Tanggal", 0, false}, {"Tempat", 0, false}, {"Dicatat", EVENT_BY_NEWEST, false},
    {"Oleh", 0, false}};
const struct list event_lists = {.home = "/kantor/peristiwa",
                                 .noun = "peristiwa",
                                 LIST_ROWS(filters, orders, columns),
                                 .find_bytes = sizeof(struct event_find),
                                 .note = "Bulan menurut tanggal pencatatan.",
                                 .file = &events_book};

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

/* Each tab's figure is how many rows it has; the tab in use says how many there are in all. */
static enum rc count(struct village_db *db, const struct list_reading *at, const struct event_find *find, struct list_result *got,
                     struct err *err)
{
    struct event_count_rows counts;
    uint64_t *tabs = ARENA_ARRAY(at->arena, uint64_t, COUNT_OF(kinds));

    TRY(sql_event_counts(db, find->since, find->until, &counts, err));
    for (size_t i = 0; i < counts.n; i++) {
        tabs[0] += counts.p[i].valid;
        tabs[COUNT_OF(kinds) - 1] += counts.p[i].cancelled;
        for (size_t k = 0; kinds[k].number != EVENT_NONE; k++)
            if (event_of_word(counts.p[i].kind) == kinds[k].number)
                tabs[k + 1] = counts.p[i].valid;
    }
    got->tabs = tabs;
    got->found = tabs[0];
    got->is_exact = true;
    for (size_t k = 0; kinds[k].value != NULL; k++)
        if (str_is(list_value_of(at, "jenis"), kinds[k].value))
            got->found = tabs[k + 1];
    return RC_OK;
}

/* What the filters say beyond what the list fills: the running month when none was chosen, and the kind. */
static void put_find(const struct list_reading *at, struct event_find *find)
{
    struct str chosen = list_value_of(at, "jenis");

    if (date_is_none(find->since)) {
        find->since = date_month(at->today);
        find->until = date_add_months(find->since, 1);
    }
    find->kind = event_of_path(chosen) != EVENT_NONE ? event_word(event_of_path(chosen)) : STR_NONE;
    find->is_cancelled = str_is(chosen, "dibatalkan");
}

static enum rc ask(struct list_reading *at, struct event_find *find, struct event_line_rows *rows, struct list_result *got, struct err *err)
{
    struct village_db *db;

    put_find(at, find);
    TRY(request_village_db(at->req, &db, err));
    TRY(sql_event_page(db, find, &at->at, LIST_PAGE, rows, &got->ends, err));
    got->rows = rows->n;
    return count(db, at, find, got, err);
}

static enum rc put_elsewhere(const struct list_reading *at, const struct event_find *find, struct event_list_view *v, struct err *err)
{
    struct village_db *db;
    struct event_elsewhere_rows rows;

    TRY(request_village_db(at->req, &db, err));
    TRY(sql_event_elsewhere(db, find->since, find->until, &rows, err));
    v->elsewhere.p = ARENA_ARRAY(at->arena, struct event_elsewhere_view, rows.n);
    v->elsewhere.n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        struct date month = date_month(rows.p[i].reported_on);

        v->elsewhere.p[i] = (struct event_elsewhere_view){
            month_long(at->arena, month), str_fmt(at->arena, "/kantor/peristiwa?bulan=%.*s", STR_ARG(month_word(at->arena, month))),
            rows.p[i].n};
    }
    return RC_OK;
}

enum rc event_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct event_find find;
    struct list_reading at;
    struct event_line_rows rows;
    struct list_result got = {0};
    struct buf body = {.arena = arena};
    struct event_list_view v = {.may_edit = request_may(req, MAY_EDIT_RESIDENTS)};

    TRY(list_read(req, &event_lists, &find, &at, err));
    if (at.is_faulty)
        return fail(err, RC_NOT_FOUND, "no such month, or no such kind");
    TRY(ask(&at, &find, &rows, &got, err));
    list_choices(&at, "bulan", list_months(arena, date_add_months(at.today, -OFFERED_MONTHS), at.today));
    list_put(&at, &got, &v.list);
    TRY(put_elsewhere(&at, &find, &v, err));
    v.month = month_long(arena, find.since);
    v.previous_label = month_long(arena, date_add_months(find.since, -1));
    v.previous_href = list_href_with(&at, "bulan", month_word(arena, date_add_months(find.since, -1)));
    if (date_compare(find.until, at.today) <= 0) {
        v.next_label = month_long(arena, find.until);
        v.next_href = list_href_with(&at, "bulan", month_word(arena, find.until));
    }
    if (v.list.is_empty)
        v.list.empty = (struct empty_view){
            .title = str_fmt(arena, "Tidak ada peristiwa di bulan %.*s", STR_ARG(v.month)),
            .text = STR("Kelahiran, kedatangan, kematian, dan kepindahan yang dicatat bulan ini muncul di sini.")};
    v.lines.n = rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct event_list_line, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = line_of(arena, &rows.p[i]);
    view_event_list(&body, &v);
    const struct page page = {.title = STR("Peristiwa"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- the same rows as a file ---- */

static struct str kind_of(struct arena *arena, const void *row)
{
    (void)arena;
    return event_label(event_of_word(((const struct event_line *)row)->kind));
}

static const struct book_column book_columns[] = {
    {.heads = {"No."}, .width = 5, .kind = BOOK_LINE},
    {.heads = {"Nama"}, .width = 28, .kind = BOOK_NAME, .at = BOOK_AT(struct event_line, name)},
    {.heads = {"Peristiwa"}, .width = 14, .text = kind_of},
    {.heads = {"Tanggal"}, .width = 12, .at = BOOK_AT(struct event_line, event_date)},
    {.heads = {"Tempat"}, .width = 24, .at = BOOK_AT(struct event_line, place)},
    {.heads = {"Dicatat"}, .width = 12, .at = BOOK_AT(struct event_line, reported_on)},
    {.heads = {"Oleh"}, .width = 24, .at = BOOK_AT(struct event_line, staff_name)},
};

BOOK_PUTS(put_event, event_line)

static enum rc each(struct book_run *run, struct err *err)
{
    struct list_reading at;
    struct event_find find;

    TRY(list_file_read(run, &event_lists, &find, &at, err));
    put_find(&at, &find);
    return sql_event_each(run->db, &find, &at.at, put_event, run, err);
}

const struct book events_book = {.name = "events",
                                 .title = "Peristiwa Penduduk",
                                 .about = "daftar peristiwa",
                                 .noun = "peristiwa",
                                 .home = "/kantor/peristiwa",
                                 .home_label = "Semua peristiwa",
                                 .permission = MAY_READ_RESIDENTS,
                                 .columns = book_columns,
                                 .n = COUNT_OF(book_columns),
                                 .each = each};

/* ---- which event, of whom ---- */

static const struct kind_page {
    const char *word, *label, *about, *tail;     /* tail: after /kantor/penduduk/ID/, or of a family when is_family */
    bool is_family, is_of_living, is_of_missing; /* the last two: to whom it may happen */
} kind_pages[] = {
    {"kelahiran", "Kelahiran", "Bayi masuk ke keluarga orang tuanya", "kelahiran", true, false, false},
    {"kematian", "Kematian", "Warga meninggal dunia", "kematian", false, true, true},
    {"kematian-lama", "Kematian lama", "Sudah lama meninggal dan belum pernah tercatat; angka bulan ini tidak berubah", "kematian-lama",
     true, false, false},
    {"kepindahan", "Kepindahan", "Satu orang, beberapa, atau sekeluarga pindah keluar desa", "kepindahan", false, true, false},
    {"hilang", "Orang hilang", "Warga yang dilaporkan hilang", "hilang", false, true, false},
    {"ditemukan", "Orang ditemukan", "Warga yang tercatat hilang, kini ditemukan kembali", "ditemukan", false, false, true},
    {"perkawinan", "Perkawinan", "Status kawin suami atau istri; pasangannya ikut ditanyakan", "ubah?bagian=4", false, true, false},
    {"perceraian", "Perceraian", "Cerai hidup, dengan akta dan tanggalnya; pasangannya ikut ditanyakan", "ubah?bagian=4", false, true,
     false},
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

/* "istri Abbas, KK …1234, 4 anggota, Dusun Padang": how the clerk knows that it is the right family. */
static struct str met_about(struct arena *arena, const struct family_met *f)
{
    struct buf text = {.arena = arena};

    if (f->role.is_set && f->role.value != SHDK_HEAD)
        buf_fmt(&text, "%.*s%s%.*s, ", STR_ARG(str_lower(arena, code_label(CODE_FAMILY_ROLE, (uint8_t)f->role.value))),
                f->head_name.p != NULL ? " " : " di keluarga tanpa kepala", STR_ARG(text_name(arena, f->head_name)));
    buf_fmt(&text, "KK %.*s, %" PRIu64 " anggota, %.*s", STR_ARG(nik_masked(arena, f->kk_no)), f->living,
            STR_ARG(address_place(arena, f->hamlet, f->rw, f->rt)));
    return buf_str(&text);
}

static enum rc find_families(struct request *req, struct village_db *db, struct str query, const struct kind_page *kind,
                             struct event_search_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct family_met_rows met;

    TRY(families_met(db, query, LIST_PAGE, &met, err));
    v->hits.p = ARENA_ARRAY(arena, struct event_pick, met.n);
    v->hits.n = met.n;
    for (size_t i = 0; i < met.n; i++) {
        struct str name = met.p[i].member_name.p != NULL ? met.p[i].member_name : met.p[i].head_name;

        v->hits.p[i] = (struct event_pick){.href = str_fmt(arena, "/kantor/keluarga/%" PRIu64 "/%s", met.p[i].id, kind->tail),
                                           .label = name.p != NULL ? text_name(arena, name) : STR("Tanpa kepala keluarga"),
                                           .about = met_about(arena, &met.p[i])};
    }
    return RC_OK;
}

static enum rc find_people(struct request *req, struct village_db *db, struct str query, const struct kind_page *kind,
                           struct event_search_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct resident_hit_rows living = {0}, missing = {0};
    struct str *was_living = NULL, *was_missing = NULL;

    if (kind->is_of_living)
        TRY(residents_find(db, query, RESIDENTS_LIVING, LIST_PAGE, &living, err));
    if (kind->is_of_missing)
        TRY(residents_find(db, query, RESIDENTS_MISSING, LIST_PAGE, &missing, err));
    TRY(residents_former(db, query, &living, &was_living, err));
    TRY(residents_former(db, query, &missing, &was_missing, err));
    v->hits.p = ARENA_ARRAY(arena, struct event_pick, living.n + missing.n);
    for (size_t i = 0; i < living.n + missing.n; i++) {
        const struct resident_hit *hit = i < living.n ? &living.p[i] : &missing.p[i - living.n];
        struct str former = i < living.n ? was_living[i] : was_missing[i - living.n];

        v->hits.p[v->hits.n++] = (struct event_pick){
            .href = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/%s", hit->id, kind->tail),
            .label = text_name(arena, hit->name),
            .about = str_fmt(arena, "%s%.*s, NIK %.*s", i < living.n ? "" : "Tercatat hilang. ",
                             STR_ARG(resident_about(arena, hit, former, request_today(req))), STR_ARG(nik_masked(arena, hit->nik))),
        };
    }
    return RC_OK;
}

enum rc event_search_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct event_search_form in = event_search_got(req);
    const struct kind_page *kind = kind_page_of(in.kind);
    struct village_db *db;
    struct buf body = {.arena = arena};

    if (kind == NULL)
        return fail(err, RC_NOT_FOUND, "no such kind of event");
    struct event_search_view v = {
        .is_sent = !str_empty(in.sealed),
        .query = str_empty(in.sealed) ? in.words : in.sealed,
        .action = request_path(req),
        .title = str_fmt(arena, "Catat %.*s", STR_ARG(str_lower(arena, str_c(kind->label)))),
        .label = kind->is_family ? STR("Nama ibu, ayah, atau anggota lain, NIK, atau nomor KK") : STR("Nama, NIK, atau nomor KK"),
        .hint = kind->is_family ? str_is(in.kind, "kelahiran") ? STR("Keluarga mana yang bertambah?") : STR("Keluarga mana?")
                                : STR("Siapa orangnya?"),
        .empty = {
            .title = STR("Tidak ada yang cocok"),
            .text = kind->is_of_missing && !kind->is_of_living ? STR("Hanya yang tercatat hilang muncul di sini. Ketik sebagian nama saja.")
                    : kind->is_family ? STR("Ketik sebagian nama saja, misalnya nama depan ibu atau kepala keluarganya, atau nomor KK. "
                                            "Yang belum tercatat di desa ditambahkan dulu lewat Kedatangan atau Tambah warga.")
                                      : STR("Ketik sebagian nama saja, misalnya nama depannya, atau nomor NIK atau KK. "
                                            "Yang sudah meninggal atau pindah tidak muncul di sini.")}};
    TRY(event_search_fill(req, NULL, &v.form, err));
    TRY(request_village_db(req, &db, err));
    if (v.is_sent)
        TRY(kind->is_family ? find_families(req, db, v.query, kind, &v, err) : find_people(req, db, v.query, kind, &v, err));
    view_event_search(&body, &v);
    const struct page page = {.title = v.title, .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* The way back from a person leads here again: the words stand in the address, sealed. */
enum rc event_search_post(struct request *req, struct response *resp, struct err *err)
{
    const struct event_search_form in = event_search_got(req);

    if (kind_page_of(in.kind) == NULL || request_faults(req)->n > 0)
        return event_search_page(req, resp, err);
    if (str_empty(in.words))
        return respond_redirect(resp, request_path(req));
    return respond_redirect(resp, str_fmt(request_arena(req), "%.*s?lanjut=%.*s", STR_ARG(request_path(req)),
                                          STR_ARG(token_seal(req, "peristiwa-cari", in.words, TOKEN_VALID_S))));
}
