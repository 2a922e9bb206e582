// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list of families and one family's card. */
#include "tenants/village/families/families_pages.h"

#include "server/base/text.h"
#include "tenants/village/families/families_view.h"
#include "tenants/village/residents/area_rows_sql.h"
#include "tenants/village/residents/family_rows_sql.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/residents.h"

#define HERE STR("/kantor/keluarga")

struct str family_href(struct arena *arena, uint64_t id)
{
    return str_fmt(arena, "/kantor/keluarga/%" PRIu64, id);
}

/* ---- the list ---- */

static const struct list_option views[] = {{"perbaiki", "Perlu diperbaiki", 0, NULL}, {"kosong", "Sudah kosong", 0, NULL}, {0}};
static const struct list_filter filters[] = {
    {LIST_OPTION, "tampil", "Tampilan", .options = views, .any = "Semua keluarga", .is_tabs = true},
    {LIST_WORDS, "cari", "Nomor KK atau nama kepala keluarga", .hint = "Contoh: Rahman"},
    {LIST_TEXT, "dusun", "{Dusun}", .to = LIST_TO(struct family_find, hamlet), .any = "Semua {dusun}"},
};
static const struct list_order orders[] = {{FAMILY_BY_NAME, "nama", "Nama kepala keluarga", false}};
static const struct list_column columns[] = {{"Kepala keluarga", FAMILY_BY_NAME, false},
                                             {"Nomor KK", 0, false},
                                             {"Anggota", 0, true},
                                             {"{Dusun}", 0, false},
                                             {"RW/RT", 0, false},
                                             {"Keadaan", 0, false}};
const struct list families_list = {
    .home = "/kantor/keluarga",
    .noun = "keluarga",
    LIST_ROWS(filters, orders, columns),
    .find_bytes = sizeof(struct family_find),
    .empty = {"Belum ada keluarga tercatat", "Keluarga muncul sesudah warganya diimpor atau ditambah.", "/kantor/penduduk",
              "Buka daftar penduduk"},
    .no_match = {.text = "Periksa ejaan nama kepala keluarga, atau cari dengan nomor KK.", .link_label = "Lihat semua keluarga"},
    .note = "Nomor KK ditutup. Buka satu keluarga untuk melihatnya; setiap pembukaan dicatat.",
    .file = &families_book,
};

static struct family_list_line line_of(struct arena *arena, const struct family_line *f)
{
    return (struct family_list_line){
        .href = family_href(arena, f->id),
        .head = f->head_name.p != NULL ? text_name(arena, f->head_name) : STR("Tanpa kepala keluarga"),
        .kk_no = nik_is_temporary(f->kk_no) ? STR("sementara") : nik_masked(arena, f->kk_no),
        .living = str_fmt(arena, "%" PRIu64, f->living),
        .hamlet = str_is(f->hamlet, "-") ? STR("-") : text_name(arena, f->hamlet),
        .area = str_fmt(arena, "%.*s/%.*s", STR_ARG(f->rw), STR_ARG(f->rt)),
        .fault = family_fault(f->living, f->heads),
    };
}

/* Those to mend and those where nobody lives any more may have no head to be sorted by. False: nobody can be meant. */
static bool way_of(struct list_reading *at, struct family_find *find, enum family_way *way_out)
{
    bool is_sure = true;

    *way_out = find->hamlet.p != NULL ? FAMILY_WAY_HAMLET : FAMILY_WAY_ALL;
    if (!str_empty(at->words))
        is_sure = family_find_typed(at->arena, at->words, find, way_out);
    if (!str_empty(list_value_of(at, "tampil"))) {
        *way_out = str_is(list_value_of(at, "tampil"), "kosong") ? FAMILY_WAY_CLOSED : FAMILY_WAY_FAULTY;
        at->at.order = FAMILY_BY_ENTRY;
    }
    return is_sure;
}

static enum rc ask(struct list_reading *at, struct family_find *find, struct family_line_rows *rows, struct list_result *got,
                   struct err *err)
{
    struct village_db *db;
    struct hamlet_rows hamlets;
    struct buf lines = {.arena = request_arena(at->req)};
    enum family_way way;

    TRY(request_village_db(at->req, &db, err));
    TRY(sql_hamlets(db, &hamlets, err));
    for (size_t i = 0; i < hamlets.n; i++)
        buf_fmt(&lines, "%.*s\n", STR_ARG(hamlets.p[i].hamlet));
    list_choices_lines(at, "dusun", buf_str(&lines), true);
    if (at->is_faulty || !way_of(at, find, &way))
        return RC_OK;
    TRY(sql_family_page(db, find, way, &at->at, LIST_PAGE, rows, &got->ends, err));
    got->rows = rows->n;
    return list_must_count(at, got) ? sql_family_count(db, find, way, LIST_BOUND, &got->found, err) : RC_OK;
}

enum rc family_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct family_find find;
    struct list_reading at;
    struct family_line_rows rows = {0};
    struct list_result got = {0};
    struct family_list_view v = {0};
    struct buf body = {.arena = arena};

    TRY(list_read(req, &families_list, &find, &at, err));
    TRY(ask(&at, &find, &rows, &got, err));
    list_put(&at, &got, &v.list);
    if (rows.n == 0 && str_empty(at.words) && !str_empty(list_value_of(&at, "tampil")))
        v.list.empty =
            str_is(list_value_of(&at, "tampil"), "kosong")
                ? (struct empty_view){.title = STR("Tidak ada keluarga yang kosong"),
                                      .text = STR("Keluarga yang semua anggotanya meninggal, pindah, atau masuk KK lain muncul di sini.")}
                : (struct empty_view){.title = STR("Semua keluarga beres"),
                                      .text = STR("Keluarga tanpa kepala atau dengan dua kepala muncul di sini.")};
    v.lines.n = rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct family_list_line, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = line_of(arena, &rows.p[i]);
    view_family_list(&body, &v);
    const struct page page = {.title = STR("Keluarga"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- the same rows as a file ---- */

static struct str state_of(struct arena *arena, const void *row)
{
    const struct family_line *f = row;
    struct str fault = family_fault(f->living, f->heads);

    (void)arena;
    return str_empty(fault) ? STR("Lengkap") : fault;
}

static const struct book_column book_columns[] = {
    {.heads = {"No."}, .width = 5, .kind = BOOK_LINE},
    {.heads = {"Kepala keluarga"}, .width = 28, .kind = BOOK_NAME, .at = BOOK_AT(struct family_line, head_name)},
    {.heads = {"Nomor KK"}, .width = 18, .at = BOOK_AT(struct family_line, kk_no)},
    {.heads = {"Anggota"}, .width = 9, .at = BOOK_AT(struct family_line, living)},
    {.heads = {"{Dusun}"}, .width = 20, .kind = BOOK_NAME, .at = BOOK_AT(struct family_line, hamlet)},
    {.heads = {"RW"}, .width = 6, .at = BOOK_AT(struct family_line, rw)},
    {.heads = {"RT"}, .width = 6, .at = BOOK_AT(struct family_line, rt)},
    {.heads = {"Keadaan"}, .width = 24, .text = state_of},
};

BOOK_PUTS(put_family, family_line)

static enum rc each(struct book_run *run, struct err *err)
{
    struct list_reading at;
    struct family_find find;
    enum family_way way;

    TRY(list_file_read(run, &families_list, &find, &at, err));
    return way_of(&at, &find, &way) ? sql_family_each(run->db, &find, way, &at.at, put_family, run, err) : RC_OK;
}

const struct book families_book = {.name = "families",
                                   .title = "Data Keluarga",
                                   .about = "daftar keluarga",
                                   .noun = "keluarga",
                                   .home = "/kantor/keluarga",
                                   .home_label = "Semua keluarga",
                                   .permission = MAY_READ_RESIDENTS,
                                   .columns = book_columns,
                                   .n = COUNT_OF(book_columns),
                                   .has_numbers = true,
                                   .narrower = "Persempit dengan saringan, misalnya satu {dusun}.",
                                   .each = each};

/* ---- one family ---- */

struct str family_title(struct arena *arena, const struct family_state *family)
{
    const struct family_member *head = family_head(family);

    return head != NULL ? str_fmt(arena, "Keluarga %.*s", STR_ARG(text_name(arena, head->name))) : STR("Keluarga tanpa kepala");
}

static uint64_t heads_of(const struct family_state *family)
{
    uint64_t n = 0;

    for (size_t i = 0; i < family->living; i++)
        n += family->p[i].role == SHDK_HEAD;
    return n;
}

static void put_facts(struct arena *arena, const struct family_state *family, struct str edit_href, struct check_rows *rows)
{
    rows->p = ARENA_ARRAY(arena, struct check_row, 4);
    rows->p[rows->n++] = (struct check_row){.label = STR("Nomor KK"),
                                            .value = str_fmt(arena, "%.*s%s", STR_ARG(nik_spaced(arena, family->f.kk_no)),
                                                             nik_is_temporary(family->f.kk_no) ? ", sementara" : ""),
                                            .is_strong = true,
                                            .change_href = nik_is_temporary(family->f.kk_no) ? edit_href : STR(""),
                                            .change_label = STR("Catat nomor KK tetap")};
    rows->p[rows->n++] = (struct check_row){.label = STR("Alamat"), .value = family->f.address};
    rows->p[rows->n++] = (struct check_row){.label = STR("Wilayah"), .value = family_place(arena, &family->f)};
    rows->p[rows->n++] = (struct check_row){.label = STR("Anggota"), .value = str_fmt(arena, "%zu orang", family->living)};
}

static void put_members(struct request *req, const struct family_state *family, struct family_view *v)
{
    struct arena *arena = request_arena(req);
    struct date today = request_today(req);

    v->members.p = ARENA_ARRAY(arena, struct family_member_line, family->n);
    v->members.n = family->n;
    for (size_t i = 0; i < family->n; i++) {
        const struct family_member *m = &family->p[i];
        struct str age = date_is_none(m->birth_date) || m->basic_status != STATUS_ALIVE
                             ? STR("")
                             : str_fmt(arena, ", %d tahun", date_age(m->birth_date, today));

        v->members.p[i] = (struct family_member_line){
            .href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, m->id),
            .name = text_name(arena, m->name),
            .nik = nik_masked(arena, m->nik),
            .role = m->role != 0 ? code_label(CODE_FAMILY_ROLE, m->role) : STR("Belum diisi"),
            .about = str_fmt(arena, "%.*s%.*s", STR_ARG(code_label(CODE_SEX, m->sex)), STR_ARG(i < family->living ? age : STR(""))),
            .status = i < family->living ? STR("") : code_label(CODE_BASIC_STATUS, m->basic_status),
        };
    }
}

struct look {
    utc_us at;
    uint64_t staff_id, family_id;
};

static enum rc look_body(struct txn *txn, void *arg, struct err *err)
{
    const struct look *look = arg;

    return sql_family_look(txn, look->at, look->staff_id, look->family_id, NULL, err);
}

enum rc family_look(struct request *req, struct village_db *db, uint64_t family_id, struct err *err)
{
    struct look look = {request_now(req), request_actor(req)->id, family_id};

    return txn_run(village_db_notes(db), look_body, &look, err);
}

enum rc family_look_on(struct request *req, struct village_db *db, uint64_t family_id, struct err *err)
{
    struct family_unseen row;
    bool is_unseen;

    TRY(sql_family_unseen(db, request_actor(req)->id, family_id, request_now(req) - LOOK_LASTS, &row, &is_unseen, err));
    return is_unseen ? family_look(req, db, family_id, err) : RC_OK;
}

enum rc family_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct family_state family;
    struct buf body = {.arena = arena};
    struct family_view v = {.may_edit = request_may(req, MAY_EDIT_RESIDENTS)};
    struct str here;

    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, family_one_got(req).id, &family, err));
    TRY(family_look(req, db, family.f.id, err));
    here = family_href(arena, family.f.id);
    v.title = family_title(arena, &family);
    v.fault = family_fault(family.living, heads_of(&family));
    v.has_living = family.living > 0;
    v.is_empty = family.living == 0;
    v.edit_href = str_fmt(arena, "%.*s/ubah", STR_ARG(here));
    v.head_href = str_fmt(arena, "%.*s/kepala", STR_ARG(here));
    v.move_href = str_fmt(arena, "%.*s/pindah", STR_ARG(here));
    v.birth_href = str_fmt(arena, "%.*s/kelahiran", STR_ARG(here));
    v.has_head = family_head(&family) != NULL;
    put_facts(arena, &family, v.may_edit ? v.edit_href : STR(""), &v.facts);
    put_members(req, &family, &v);
    TRY(history_show(req, db, &family_keeper, family.f.id, 0, &v.history, err));
    view_family(&body, &v);
    const struct page page = {.title = STR("Kartu keluarga"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}
