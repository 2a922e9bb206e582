// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first. */
#include "tenants/village/guestbook/guestbook.h"

#include "server/base/text.h"
#include "server/register/change.h"
#include "server/register/export.h"
#include "server/web/act.h"
#include "server/web/village.h"
#include "tenants/village/guestbook/guestbook_sql.h"
#include "tenants/village/guestbook/guestbook_view.h"

#define HERE STR("/kantor/tamu")

/* ---- the list ---- */

static const struct list_option satisfactions[] = {
    {"1", "Sangat puas", 1, NULL}, {"2", "Puas", 2, NULL}, {"3", "Cukup", 3, NULL}, {"4", "Tidak puas", 4, NULL}, {0}};
static const struct list_filter filters[] = {
    {LIST_WORDS, "cari", "Nama, asal, atau keperluan", .to = LIST_TO(struct guest_find, words), .hint = "Contoh: kecamatan"},
    {LIST_DATES, "tanggal", "Datang", .to = LIST_TO(struct guest_find, from), .until = LIST_TO(struct guest_find, until)},
    {LIST_OPTION, "kepuasan", "Kepuasan", .to = LIST_TO(struct guest_find, satisfaction), .options = satisfactions},
};
static const struct list_order orders[] = {{GUEST_BY_NEWEST, "terbaru", "Terbaru", true}, {GUEST_BY_NAME, "nama", "Nama", false}};
static const struct list_column columns[] = {
    {"Nama", GUEST_BY_NAME, false},     {"Dari", 0, false},    {"Bertemu", 0, false}, {"Keperluan", 0, false},
    {"Datang", GUEST_BY_NEWEST, false}, {"Kepuasan", 0, false}};
const struct list guestbook_list = {.home = "/kantor/tamu",
                                    .noun = "tamu",
                                    LIST_ROWS(filters, orders, columns),
                                    .find_bytes = sizeof(struct guest_find),
                                    .empty = {"Belum ada tamu", "Tamu yang dicatat muncul di sini."},
                                    .file = &guest_rows_book,
                                    .official = "tamu"};

struct str guest_satisfaction(struct opt_u64 n)
{
    return n.is_set && n.value > 0 && n.value < COUNT_OF(satisfactions) ? str_c(satisfactions[n.value - 1].label) : STR("");
}

/* "24-11-2026, 09.30" */
static struct str came_text(struct arena *arena, struct date day, struct opt_u64 minutes)
{
    struct str date = date_short(arena, day);

    return minutes.is_set ? str_fmt(arena, "%.*s, %.*s", STR_ARG(date), STR_ARG(form_show_time(arena, minutes))) : date;
}

static enum rc list_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct guest_find find;
    struct list_reading at;
    struct guest_line_rows rows = {0};
    struct list_result got = {0};
    struct guest_list_view v = {.may_edit = request_may(req, MAY_WRITE_GUESTS)};
    struct buf body = {.arena = arena};
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(list_read(req, &guestbook_list, &find, &at, err));
    if (!at.is_faulty) {
        TRY(sql_guest_page(db, &find, &at.at, LIST_PAGE, &rows, &got.ends, err));
        got.rows = rows.n;
        if (list_must_count(&at, &got))
            TRY(sql_guest_count(db, &find, LIST_BOUND, &got.found, err));
    }
    list_put(&at, &got, &v.list);
    v.lines.n = rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct guest_row, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = (struct guest_row){.href = str_fmt(arena, "/kantor/tamu/%" PRIu64, rows.p[i].id),
                                          .name = rows.p[i].name,
                                          .origin = rows.p[i].origin,
                                          .meets = rows.p[i].meets,
                                          .purpose = rows.p[i].purpose,
                                          .came = came_text(arena, rows.p[i].came_on, rows.p[i].came_at),
                                          .satisfaction = guest_satisfaction(rows.p[i].satisfaction)};
    view_guest_list(&body, &v);
    const struct page page = {.title = STR("Buku tamu"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc list_words(struct request *req, struct response *resp, struct err *err)
{
    return list_post(req, resp, &guestbook_list, list_page, err);
}

static enum rc list_file(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    return list_file_act(txn, req, &guestbook_list, go_to_out, err);
}

/* ---- one guest ---- */

static const struct file_slot slots[] = {
    {.word = "photo",
     .label = "Foto tamu",
     .most_bytes = 5 * MIB,
     .takes = FILE_IMAGES,
     .sizes = {{"photo", {.width = 960, .height = 960, .min_side = 120, .quality = 82}}}},
    {.word = "letter", .label = "Surat yang dibawa", .most_bytes = 5 * MIB, .takes = FILE_PAPERS},
    {0},
};

static enum rc guest_name(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err)
{
    struct guest_one row;

    (void)req;
    TRY(sql_guest_get(db, id, &row, err));
    *name_out = row.name;
    return RC_OK;
}

static const struct keeper keeper = {.owner = "guest", .home = "/kantor/tamu", .name = guest_name, .slots = slots};

static enum rc one_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct guest_id_form in;
    struct guest_one row;
    struct village_db *db;

    guest_id_read(req, &in);
    TRY(request_village_db(req, &db, err));
    TRY(sql_guest_get(db, in.id, &row, err));
    struct check_row facts[] = {{.label = STR("Asal"), .value = row.origin},
                                {.label = STR("Nomor telepon"), .value = row.phone},
                                {.label = STR("Bertemu dengan"), .value = row.meets},
                                {.label = STR("Keperluan"), .value = row.purpose},
                                {.label = STR("Datang"), .value = came_text(arena, row.came_on, row.came_at)},
                                {.label = STR("Kepuasan tamu"), .value = guest_satisfaction(row.satisfaction)}};
    struct guest_view v = {.title = row.name,
                           .about = date_weekday_long(arena, row.came_on),
                           .facts = {facts, COUNT_OF(facts)},
                           .is_saved = in.is_saved,
                           .may_edit = request_may(req, MAY_WRITE_GUESTS),
                           .edit_href = str_fmt(arena, "/kantor/tamu/%" PRIu64 "/ubah", row.id)};
    TRY(kept_show(req, db, &keeper, row.id, &v.kept, err));
    view_guest(&body, &v);
    const struct page page = {.title = STR("Tamu"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static struct guest_edit_form stored_of(struct arena *arena, const struct guest_one *row)
{
    return (struct guest_edit_form){.version = row->version,
                                    .name = row->name,
                                    .origin = row->origin,
                                    .phone = row->phone,
                                    .meets = row->meets,
                                    .purpose = row->purpose,
                                    .came_on = row->came_on,
                                    .came_at = row->came_at,
                                    .satisfaction = row->satisfaction.is_set ? str_fmt(arena, "%" PRIu64, row->satisfaction.value)
                                                                             : STR("")};
}

/* Of both, a new guest (today) and a change. */
static enum rc edit_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct guest_view v = {.title = STR("Catat tamu"), .action = request_path(req)};
    struct guest_edit_form in, stored = {.came_on = request_today(req)};
    struct guest_one row;
    struct village_db *db;

    guest_edit_read(req, &in);
    if (in.id != 0) {
        TRY(request_village_db(req, &db, err));
        TRY(sql_guest_get(db, in.id, &row, err));
        v.title = STR("Ubah catatan tamu");
        stored = stored_of(arena, &row);
    }
    TRY(guest_edit_fill(req, &stored, &v.form, err));
    view_guest_edit(&body, &v);
    const struct page page = {.title = STR("Tamu"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc edit_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct guest_edit_form in, before = {0};
    struct guest_one row = {0};

    guest_edit_read(req, &in);
    if (in.id != 0) {
        TRY(sql_guest_lock(txn, in.id, &row, err));
        before = stored_of(arena, &row);
        TRY(act_seen(req, row.version, err));
    }
    if (date_compare(in.came_on, request_today(req)) > 0)
        return act_refuse(req, err, GUEST_EDIT_CAME_ON, "Tanggal datang belum terjadi. Periksa tanggalnya.");
    const struct guest_values values = {.id = in.id,
                                        .name = in.name,
                                        .origin = in.origin,
                                        .phone = in.phone,
                                        .meets = in.meets,
                                        .purpose = in.purpose,
                                        .came_on = in.came_on,
                                        .came_at = in.came_at,
                                        .satisfaction = str_empty(in.satisfaction) ? (struct opt_u64){0}
                                                                                   : some_u64((uint64_t)(in.satisfaction.p[0] - '0')),
                                        .written_by = request_actor(req)->id};
    if (in.id != 0)
        TRY(sql_guest_set(txn, &values, NULL, err));
    else
        TRY(sql_guest_put(txn, &values, &in.id, err));
    TRY(change_put(txn, req,
                   &(struct change){.owner = "guest",
                                    .owner_id = in.id,
                                    .kind = row.id != 0 ? STR("edit") : STR("add"),
                                    .version = (uint32_t)row.version + 1,
                                    .diff = row.id != 0 ? guest_edit_diff(arena, &before, &in) : STR("")},
                   err));
    *go_to_out = str_fmt(arena, "/kantor/tamu/%" PRIu64 "?tersimpan=1", in.id);
    return act_audit(txn, req, err, row.id != 0 ? "guest.edit" : "guest.add", "guest:%" PRIu64, in.id);
}

/* ---- what the room is ---- */

static const struct route routes[] = {ROUTE(GET, "/kantor/tamu", MAY_READ_GUESTS, list_input, list_page),
                                      ROUTE(POST, "/kantor/tamu", MAY_READ_GUESTS, list_input, list_words),
                                      ACT("/kantor/tamu/unduh", MAY_READ_GUESTS, list_take_input, list_file, export_refused_page),
                                      ROUTE(GET, "/kantor/tamu/catat", MAY_WRITE_GUESTS, guest_edit_input, edit_page),
                                      ACT("/kantor/tamu/catat", MAY_WRITE_GUESTS, guest_edit_input, edit_act, edit_page),
                                      ROUTE(GET, "/kantor/tamu/{id}", MAY_READ_GUESTS, guest_id_input, one_page),
                                      ROUTE(GET, "/kantor/tamu/{id}/ubah", MAY_WRITE_GUESTS, guest_edit_input, edit_page),
                                      ACT("/kantor/tamu/{id}/ubah", MAY_WRITE_GUESTS, guest_edit_input, edit_act, edit_page),
                                      KEPT_ROUTES("/kantor/tamu", MAY_READ_GUESTS, MAY_WRITE_GUESTS, &keeper),
                                      ROUTES_END};
static const struct permission_row permissions[] = {{MAY_READ_GUESTS, "Melihat buku tamu"}, {MAY_WRITE_GUESTS, "Mencatat tamu"}, {0}};
static const struct menu_row menu[] = {{MENU_SERVICE, MAY_READ_GUESTS, "/kantor/tamu", "Buku tamu", "book-open"}, {0}};

static const struct book *const books[] = {&guestbook_book, &guest_rows_book, NULL};

const struct feature guestbook_feature = {.name = "guestbook",
                                          .title = "Buku tamu",
                                          .routes = routes,
                                          .permissions = permissions,
                                          .menu = menu,
                                          .books = books,
                                          .training = guestbook_training};
