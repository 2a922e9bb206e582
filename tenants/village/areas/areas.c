// SPDX-License-Identifier: AGPL-3.0-or-later
/* The tree of areas, one area's page, the list as a file, and what the room is. */
#include "server/register/book.h"
#include "server/web/village.h"
#include "tenants/village/areas/areas_pages.h"
#include "tenants/village/residents/area_rows_sql.h"

#define HERE STR("/kantor/wilayah")

/* ---- names and numbers ---- */

enum area_level area_level_of(struct str rw, struct str rt)
{
    return !str_is(rt, "-") ? AREA_RT : !str_is(rw, "-") ? AREA_RW : AREA_HAMLET;
}

const char *area_noun(enum area_level level)
{
    return level == AREA_RT ? "RT" : level == AREA_RW ? "RW" : "{dusun}";
}

static const char *head_of(enum area_level level)
{
    return level == AREA_RT ? "Ketua RT" : level == AREA_RW ? "Ketua RW" : "Kepala {dusun}";
}

struct str area_title(struct arena *arena, struct str hamlet, struct str rw, struct str rt)
{
    enum area_level level = area_level_of(rw, rt);

    if (level == AREA_HAMLET)
        return address_hamlet(arena, STR(""), hamlet);
    return str_fmt(arena, "%s %.*s", area_noun(level), STR_ARG(level == AREA_RT ? rt : rw));
}

/* What it lies in: "Dusun Padang, RW 001"; empty for a hamlet. */
static struct str within(struct arena *arena, struct str hamlet, struct str rw, struct str rt)
{
    enum area_level level = area_level_of(rw, rt);

    if (level == AREA_HAMLET || (str_is(hamlet, "-") && (level == AREA_RW || str_is(rw, "-"))))
        return STR("");
    return address_place(arena, hamlet, level == AREA_RT ? rw : STR("-"), STR("-"));
}

struct area_sum area_sum(const struct area_count_rows *counts, struct str hamlet, struct str rw, struct str rt)
{
    bool is_whole = area_level_of(rw, rt) == AREA_HAMLET;
    struct area_sum sum = {0};

    for (size_t i = 0; i < counts->n; i++) {
        const struct area_count *c = &counts->p[i];

        if (!str_eq_nocase(c->hamlet, hamlet) || !(is_whole || str_eq_nocase(c->rw, rw)) || !(str_is(rt, "-") || str_eq_nocase(c->rt, rt)))
            continue;
        sum.men += c->men;
        sum.women += c->women;
        sum.families += c->families;
    }
    return sum;
}

/* ---- the list ---- */

static const struct list_option levels[] = {
    {"dusun", "{Dusun}", AREA_HAMLET, NULL}, {"rw", "RW", AREA_RW, NULL}, {"rt", "RT", AREA_RT, NULL}, {0}};
static const struct list_filter filters[] = {
    {LIST_WORDS, "cari", "Nama, nomor, atau kepalanya", .to = LIST_TO(struct area_find, words), .hint = "Contoh: Rahman"},
    {LIST_OPTION, "tingkat", "Tingkat", .to = LIST_TO(struct area_find, level), .options = levels, .any = "Semua tingkat"},
};
static const struct list_order orders[] = {{AREA_BY_PLACE, "letak", "Letak", false}};
static const struct list_column columns[] = {{"Wilayah", AREA_BY_PLACE, false},
                                             {"Kepala atau ketua", 0, false},
                                             {"Keluarga", 0, true},
                                             {"Laki-laki", 0, true},
                                             {"Perempuan", 0, true},
                                             {"Jiwa", 0, true}};
static const struct book areas_book, rows_book;
static const struct list area_list = {
    .home = "/kantor/wilayah",
    .noun = "wilayah",
    LIST_ROWS(filters, orders, columns),
    .find_bytes = sizeof(struct area_find),
    .empty = {"Belum ada wilayah", "{Dusun}, RW, dan RT muncul sesudah ditambah, atau bersama warga yang diimpor."},
    .page = 100,
    .file = &rows_book,
    .official = "wilayah"};

static struct area_row row_of(struct arena *arena, const struct area_count_rows *counts, const struct area_line *a)
{
    const struct area_sum sum = area_sum(counts, a->hamlet, a->rw, a->rt);

    return (struct area_row){.href = str_fmt(arena, "/kantor/wilayah/%" PRIu64, a->id),
                             .name = area_title(arena, a->hamlet, a->rw, a->rt),
                             .within = within(arena, a->hamlet, a->rw, a->rt),
                             .level = str_fmt(arena, "%d", (int)area_level_of(a->rw, a->rt)),
                             .head = text_name(arena, a->head),
                             .families = number_text(arena, (int64_t)sum.families),
                             .men = number_text(arena, (int64_t)sum.men),
                             .women = number_text(arena, (int64_t)sum.women),
                             .people = number_text(arena, (int64_t)(sum.men + sum.women)),
                             .is_head_gone = a->is_head_gone};
}

static enum rc list_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct area_find find;
    struct list_reading at;
    struct area_line_rows rows = {0};
    struct area_count_rows counts = {0};
    struct list_result got = {0};
    struct area_list_view v = {.may_edit = request_may(req, MAY_EDIT_AREAS)};
    struct buf body = {.arena = arena};
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(list_read(req, &area_list, &find, &at, err));
    if (!at.is_faulty) {
        TRY(sql_area_page(db, &find, &at.at, area_list.page, &rows, &got.ends, err));
        got.rows = rows.n;
        TRY(sql_area_counts(db, &counts, err));
        if (list_must_count(&at, &got))
            TRY(sql_area_count(db, &find, LIST_BOUND, &got.found, err));
    }
    list_put(&at, &got, &v.list);
    v.lines.n = rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct area_row, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = row_of(arena, &counts, &rows.p[i]);
    view_area_list(&body, &v);
    const struct page page = {.title = STR("Wilayah"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- one area ---- */

static enum rc name_of(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err)
{
    struct area_one row;

    TRY(sql_area_get(db, id, &row, err));
    *name_out = area_title(request_arena(req), row.hamlet, row.rw, row.rt);
    return RC_OK;
}

static const struct file_slot slots[] = {{.word = "decree", .label = "SK pengangkatan", .most_bytes = 5 * MIB, .takes = FILE_PAPERS}, {0}};
/* The form's own words, and those of a merge. */
static struct str label_of(const struct request *req, struct str word)
{
    static const struct said_word merged[] = {{"into", "Digabung ke", NULL}, {"from", "Digabung dari", NULL}, {"people", "Warga", NULL}};

    (void)req;
    for (size_t i = 0; i < COUNT_OF(merged); i++)
        if (str_is(word, merged[i].word))
            return str_c(merged[i].label);
    return form_label(area_edit_input, word);
}

const struct keeper area_keeper = {.owner = "area", .home = "/kantor/wilayah", .name = name_of, .label = label_of, .slots = slots};

enum rc area_view_begin(struct request *req, uint64_t id, struct area_one *row, struct area_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_area_get(db, id, row, err));
    *v = (struct area_view){.title = area_title(arena, row->hamlet, row->rw, row->rt),
                            .about = within(arena, row->hamlet, row->rw, row->rt),
                            .href = str_fmt(arena, "/kantor/wilayah/%" PRIu64, row->id),
                            .action = request_path(req),
                            .noun = str_c(area_noun(area_level_of(row->rw, row->rt))),
                            .is_retired = row->is_retired,
                            .may_edit = request_may(req, MAY_EDIT_AREAS)};
    return RC_OK;
}

/* "Rahman", "Rahman (meninggal atau pindah: perlu diganti)" */
static enum rc head_words(struct request *req, struct village_db *db, const struct area_one *row, struct str *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct area_head head;
    bool is_there = false;

    *out = row->head_name;
    if (row->head_id.is_set)
        TRY(sql_area_head(db, row->head_id.value, &head, &is_there, err));
    if (is_there)
        *out = str_fmt(arena, "%.*s%s", STR_ARG(text_name(arena, head.name)),
                       head.basic_status == STATUS_ALIVE ? "" : " (tidak lagi tinggal di desa: perlu diganti)");
    return RC_OK;
}

static enum rc one_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct area_id_form in;
    struct area_one row;
    struct area_count_rows counts;
    struct area_view v;
    struct village_db *db;
    struct str head;

    area_id_read(req, &in);
    TRY(area_view_begin(req, in.id, &row, &v, err));
    TRY(request_village_db(req, &db, err));
    TRY(head_words(req, db, &row, &head, err));
    TRY(sql_area_counts(db, &counts, err));
    const struct area_sum sum = area_sum(&counts, row.hamlet, row.rw, row.rt);
    struct check_row facts[] = {
        {.label = str_c(head_of(area_level_of(row.rw, row.rt))), .value = head},
        {.label = STR("Nomor telepon"), .value = row.phone},
        {.label = STR("Keluarga"), .value = number_text(arena, (int64_t)sum.families)},
        {.label = STR("Warga"),
         .value = str_fmt(arena, "%.*s jiwa: %.*s laki-laki, %.*s perempuan", STR_ARG(number_text(arena, (int64_t)(sum.men + sum.women))),
                          STR_ARG(number_text(arena, (int64_t)sum.men)), STR_ARG(number_text(arena, (int64_t)sum.women)))}};
    v.facts = (struct check_rows){facts, COUNT_OF(facts)};
    TRY(kept_show(req, db, &area_keeper, row.id, &v.kept, err));
    view_area(&body, &v);
    const struct page page = {.title = v.title, .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- the rows as a file, and printed ---- */

struct printed {
    struct str name, hamlet, rw, rt, head;
    uint64_t families, men, women, people;
};
struct printing {
    struct book_run *run;
    struct area_count_rows counts;
};

static const struct book_column book_columns[] = {
    {.heads = {"No."}, .width = 5, .kind = BOOK_LINE},
    {.heads = {"Wilayah"}, .width = 22, .at = BOOK_AT(struct printed, name)},
    {.heads = {"{Dusun}"}, .width = 18, .kind = BOOK_NAME, .at = BOOK_AT(struct printed, hamlet)},
    {.heads = {"RW"}, .width = 7, .at = BOOK_AT(struct printed, rw)},
    {.heads = {"RT"}, .width = 7, .at = BOOK_AT(struct printed, rt)},
    {.heads = {"Kepala atau ketua"}, .width = 26, .kind = BOOK_NAME, .at = BOOK_AT(struct printed, head)},
    {.heads = {"Keluarga"}, .width = 10, .at = BOOK_AT(struct printed, families)},
    {.heads = {"Warga", "L"}, .width = 8, .at = BOOK_AT(struct printed, men)},
    {.heads = {"Warga", "P"}, .width = 8, .at = BOOK_AT(struct printed, women)},
    {.heads = {"Warga", "L+P"}, .width = 8, .at = BOOK_AT(struct printed, people)},
};

static enum rc put_area(void *ctx, const struct area_line *a, struct err *err)
{
    struct printing *p = ctx;
    const struct area_sum sum = area_sum(&p->counts, a->hamlet, a->rw, a->rt);
    const struct printed row = {.name = area_title(p->run->arena, a->hamlet, a->rw, a->rt),
                                .hamlet = a->hamlet,
                                .rw = a->rw,
                                .rt = a->rt,
                                .head = a->head,
                                .families = sum.families,
                                .men = sum.men,
                                .women = sum.women,
                                .people = sum.men + sum.women};
    return book_put(p->run, &row, err);
}

static enum rc each_now(struct book_run *run, struct err *err)
{
    struct printing p = {.run = run};

    TRY(sql_area_counts(run->db, &p.counts, err));
    return sql_area_each(run->db, &(struct area_find){0}, &(struct list_at){.order = AREA_BY_PLACE}, put_area, &p, err);
}

static enum rc each_shown(struct book_run *run, struct err *err)
{
    struct printing p = {.run = run};
    struct list_reading at;
    struct area_find find;

    TRY(list_file_read(run, &area_list, &find, &at, err));
    TRY(sql_area_counts(run->db, &p.counts, err));
    return sql_area_each(run->db, &find, &at.at, put_area, &p, err);
}

#define AREA_BOOK(...)                                                                                           \
    {                                                                                                            \
        .title = "Daftar Wilayah", .noun = "wilayah", .permission = MAY_READ_RESIDENTS, .columns = book_columns, \
        .n = COUNT_OF(book_columns), __VA_ARGS__                                                                 \
    }
static const struct book areas_book = AREA_BOOK(.name = "wilayah", .about = "daftar wilayah", .home = "/kantor/buku/wilayah",
                                                .home_label = "Daftar wilayah", .period = BOOK_OF_NOW, .since = sql_area_since,
                                                .each = each_now);
static const struct book rows_book = AREA_BOOK(.name = "areas", .about = "daftar wilayah", .home = "/kantor/wilayah",
                                               .home_label = "Semua wilayah", .each = each_shown);

/* ---- a training village: its areas are there with its people; here they get heads ---- */

static enum rc areas_training(struct txn *txn, struct date today, struct err *err)
{
    struct area_place_rows rows;

    (void)today;
    TRY(sql_area_places(in_txn(txn), &rows, err));
    for (size_t i = 0; i < rows.n; i++) {
        const struct area_place *a = &rows.p[i];
        bool is_official = a->official.p != NULL;

        if (is_official || a->resident_id.is_set)
            TRY(sql_area_set(txn, a->id, a->rt, is_official ? (struct opt_u64){0} : a->resident_id, is_official ? a->official : STR(""),
                             STR(""), NULL, err));
    }
    return RC_OK;
}

/* ---- what the room is ---- */

static const struct route routes[] = {
    LIST_ROUTES("/kantor/wilayah", MAY_READ_RESIDENTS, list_page, &area_list),
    LIST_FILE_ROUTE("/kantor/wilayah", MAY_READ_RESIDENTS, &area_list),
    ROUTE(GET, "/kantor/wilayah/tambah", MAY_EDIT_AREAS, area_add_input, area_add_page),
    ACT_CHECKED("/kantor/wilayah/tambah", MAY_EDIT_AREAS, area_add_input, area_add_check, area_add_act, area_add_page),
    ROUTE(GET, "/kantor/wilayah/{id}", MAY_READ_RESIDENTS, area_id_input, one_page),
    ROUTE(GET, "/kantor/wilayah/{id}/ubah", MAY_EDIT_AREAS, area_edit_input, area_edit_page),
    ACT("/kantor/wilayah/{id}/ubah", MAY_EDIT_AREAS, area_edit_input, area_edit_act, area_edit_page),
    ROUTE(GET, "/kantor/wilayah/{id}/gabung", MAY_EDIT_AREAS, area_merge_input, area_merge_page),
    ACT_CHECKED("/kantor/wilayah/{id}/gabung", MAY_EDIT_AREAS, area_merge_input, area_merge_check, area_merge_act, area_merge_page),
    ROUTE(GET, "/kantor/wilayah/{id}/hapus", MAY_EDIT_AREAS, area_retire_input, area_retire_page),
    ACT("/kantor/wilayah/{id}/hapus", MAY_EDIT_AREAS, area_retire_input, area_retire_act, area_retire_page),
    KEPT_ROUTES("/kantor/wilayah", MAY_READ_RESIDENTS, MAY_EDIT_AREAS, &area_keeper),
    ROUTES_END};
static const struct permission_row permissions[] = {{MAY_EDIT_AREAS, "Mengatur wilayah: {dusun}, RW, RT", MAY_READ_RESIDENTS}, {0}};
static const struct menu_row menu[] = {{MENU_PEOPLE, MAY_READ_RESIDENTS, "/kantor/wilayah", "Wilayah", "map-pin"}, {0}};

enum { MERGES_SHOWN_DAYS = 7 };

/* Who answers for the village hears of what others moved: a merge cannot be pressed back. */
static enum rc tasks(struct request *req, struct tasks *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct area_merged merged;
    struct village_db *db;

    if (!request_may(req, MAY_SET_VILLAGE))
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(sql_area_merged(db, request_now(req) - (utc_us)MERGES_SHOWN_DAYS * 86400 * US_PER_S, request_actor(req)->id, &merged, err));
    task_put(out, (struct task){.count = merged.n,
                                .title = "Wilayah digabungkan petugas lain",
                                .note = "Dalam 7 hari ini. Dari mana, berapa warga, dan oleh siapa ada di riwayatnya",
                                .tone = "kuning",
                                .icon = "triangle-alert",
                                .tag = "Perlu diketahui",
                                .href = str_z(arena, str_fmt(arena, "/kantor/wilayah/%" PRIu64, merged.into_id)),
                                .menu = "/kantor/wilayah",
                                .button = "Lihat"});
    return RC_OK;
}

static const struct book *const books[] = {&areas_book, &rows_book, NULL};
static const struct said_word changes[] = {{"area", "Wilayah digabung", NULL},
                                           {"area_name", "Nama {dusun} diganti", NULL},
                                           {"merge", "Digabung ke wilayah lain", "area"},
                                           {"merge_in", "Menerima wilayah lain", "area"},
                                           {0}};

const struct feature areas_feature = {.name = "areas",
                                      .routes = routes,
                                      .permissions = permissions,
                                      .menu = menu,
                                      .books = books,
                                      .changes = changes,
                                      .tasks = tasks,
                                      .training = areas_training};
