// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first. */
#include "tenants/village/guestbook/guestbook.h"

#include "server/base/text.h"
#include "server/register/attachment.h"
#include "server/web/act.h"
#include "server/web/village.h"
#include "tenants/village/guestbook/guestbook_sql.h"
#include "tenants/village/guestbook/guestbook_view.h"

#define HERE STR("/kantor/tamu")

#define SATISFACTION (&guest_edit_input[GUEST_EDIT_AT_SATISFACTION]) /* its words: guestbook.html */

/* "24-11-2026, 09.30" */
static struct str came_text(struct arena *arena, struct date came_on, struct opt_u64 came_at)
{
    struct str day = date_short(arena, came_on), time = form_show_time(arena, came_at);

    return came_at.is_set ? str_fmt(arena, "%.*s, %.*s", STR_ARG(day), STR_ARG(time)) : day;
}

/* ---- the list ---- */

static const struct list_filter filters[] = {
    {LIST_WORDS, "cari", "Nama, asal, yang ditemui, keperluan, atau telepon", .to = LIST_TO(struct guest_find, words),
     .hint = "Contoh: kecamatan"},
    {LIST_DATES, "tanggal", "Datang", .to = LIST_TO(struct guest_find, from), .until = LIST_TO(struct guest_find, until)},
    {LIST_OPTION, "kepuasan", "Kepuasan", .to = LIST_TO(struct guest_find, satisfaction), .field = SATISFACTION},
};
static const struct list_order orders[] = {{GUEST_BY_NEWEST, "terbaru", "Terbaru", true}, {GUEST_BY_NAME, "nama", "Nama", false}};
static const struct list_column columns[] = {
    {"Nama", GUEST_BY_NAME, false},     {"Dari", 0, false},    {"Bertemu", 0, false}, {"Keperluan", 0, false},
    {"Datang", GUEST_BY_NEWEST, false}, {"Kepuasan", 0, false}};
static const struct book month_book, rows_book;
static const struct list guest_list = {.home = "/kantor/tamu",
                                       .noun = "tamu",
                                       LIST_ROWS(filters, orders, columns),
                                       .find_bytes = sizeof(struct guest_find),
                                       .empty = {"Belum ada tamu", "Tamu yang dicatat muncul di sini."},
                                       .file = &rows_book,
                                       .official = "tamu"};

static enum rc list_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct guest_find find;
    struct list_reading at;
    struct guest_line_rows rows = {0};
    struct list_result got = {0};
    struct guest_list_view v = {.may_write = request_may(req, MAY_WRITE_GUESTS)};
    struct buf body = {.arena = arena};
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(list_read(req, &guest_list, &find, &at, err));
    if (!at.is_faulty) {
        TRY(sql_guest_page(db, &find, &at.at, LIST_PAGE, &rows, &got.ends, err));
        got.rows = rows.n;
        if (list_must_count(&at, &got))
            TRY(sql_guest_count(db, &find, LIST_BOUND, &got.found, err));
    }
    list_put(&at, &got, &v.list);
    v.lines.n = rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct guest_row, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct guest_line *row = &rows.p[i];

        v.lines.p[i] = (struct guest_row){.href = str_fmt(arena, "/kantor/tamu/%" PRIu64, row->id),
                                          .name = row->name,
                                          .origin = row->origin,
                                          .meets = row->meets,
                                          .purpose = row->purpose,
                                          .came = came_text(arena, row->came_on, row->came_at),
                                          .satisfaction = form_show_option(SATISFACTION, row->satisfaction)};
    }
    view_guest_list(&body, &v);
    const struct page page = {.title = STR("Buku tamu"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- one visit ---- */

static enum rc name_of(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err)
{
    struct guest_one row;

    (void)req;
    TRY(sql_guest_get(db, id, &row, err));
    *name_out = row.name;
    return RC_OK;
}

/* What is kept beside each: its history, a photo, papers, notes. */
static const struct file_slot slots[] = {{.word = "photo",
                                          .label = "Foto tamu",
                                          .most_bytes = 5 * MIB,
                                          .takes = FILE_IMAGES,
                                          .sizes = {{"photo", {.width = 960, .height = 960, .min_side = 120, .quality = 82}}}},
                                         {.word = "letter", .label = "Surat yang dibawa", .most_bytes = 5 * MIB, .takes = FILE_PAPERS},
                                         {0}};
static const struct keeper keeper = {.owner = "guest", .home = "/kantor/tamu", .name = name_of, .form = guest_edit_input, .slots = slots};

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
                                {.label = STR("Kepuasan tamu"), .value = form_show_option(SATISFACTION, row.satisfaction)}};
    struct guest_view v = {.title = row.name,
                           .about = date_weekday_long(arena, row.came_on),
                           .facts = {facts, COUNT_OF(facts)},
                           .may_write = request_may(req, MAY_WRITE_GUESTS),
                           .edit_href = str_fmt(arena, "/kantor/tamu/%" PRIu64 "/ubah", row.id)};
    TRY(kept_show(req, db, &keeper, row.id, &v.kept, err));
    view_guest(&body, &v);
    const struct page page = {.title = STR("Tamu"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* Of both, a new guest (today, now) and a change. */
static enum rc edit_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct guest_view v = {.title = STR("Catat tamu"), .action = request_path(req)};
    struct guest_edit_form in,
        stored = {.came_on = request_today(req), .came_at = some_u64((uint64_t)utc_minute_of_day(request_now(req), request_zone(req)))};
    struct guest_one row;
    struct village_db *db;

    guest_edit_read(req, &in);
    if (in.id != 0) {
        TRY(request_village_db(req, &db, err));
        TRY(sql_guest_get(db, in.id, &row, err));
        v.title = STR("Ubah catatan tamu");
        stored = guest_edit_of(&row);
        v.is_kept = true;
        TRY(kept_show(req, db, &keeper, row.id, &v.kept, err));
    }
    TRY(guest_edit_fill(req, &stored, &v.form, err));
    v.asks_again = in.is_another || request_fault_of(req, GUEST_EDIT_IS_ANOTHER).p != NULL;
    view_guest_edit(&body, &v);
    const struct page page = {.title = STR("Tamu"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* The guest's photo, when one is sent with the rest. */
static enum rc edit_check(struct request *req, struct err *err)
{
    const struct guest_edit_form in = guest_edit_got(req);
    const struct attachment_new like = {.keeper = &keeper, .owner_id = in.id, .slot = &slots[0], .title = STR("dari formulir")};

    return in.photo.bytes.n > 0 ? attachment_take(req, &like, in.photo, GUEST_EDIT_PHOTO, err) : RC_OK;
}

static enum rc edit_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct guest_edit_form in;
    struct guest_one row = {0};
    uint64_t again;

    guest_edit_read(req, &in);
    if (in.id != 0) {
        TRY(sql_guest_lock(txn, in.id, &row, err));
        TRY(act_seen(req, row.version, err));
    }
    const struct guest_edit_form before = guest_edit_of(&row);
    struct str diff = row.id != 0 ? guest_edit_diff(request_arena(req), &before, &in) : STR("");
    const bool has_photo = act_kept(req) != NULL;
    *go_to_out = str_fmt(request_arena(req), "/kantor/tamu/%" PRIu64, in.id);
    if (diff_is_empty(diff)) {
        act_say(req, has_photo ? "Foto tersimpan" : ACT_UNCHANGED);
        TRY(attachment_put_of_form(txn, req, in.id, GUEST_EDIT_PHOTO, err));
        return has_photo ? act_audit(txn, req, err, "guest.file", "guest:%" PRIu64, in.id) : RC_OK;
    }
    TRY(book_open_on(txn, req, &month_book, row.came_on, in.came_on, GUEST_EDIT_CAME_ON, err));
    if (date_compare(in.came_on, request_today(req)) == 0 && in.came_at.is_set &&
        in.came_at.value > (uint64_t)utc_minute_of_day(request_now(req), request_zone(req)))
        return act_refuse(req, err, GUEST_EDIT_CAME_AT, "Jam datang belum terjadi. Periksa jamnya.");
    TRY(sql_guest_again(in_txn(txn), in.name, in.origin, in.purpose, in.came_on, request_now(req), &again, err));
    if (again > 0 && in.id == 0 && !in.is_another) /* two forms opened for one guest; or a namesake */
        return act_doubt(req, err, GUEST_EDIT_IS_ANOTHER,
                         "Tamu dengan nama, asal dan keperluan ini baru saja dicatat. Bila memang tamu lain, centang ini.");
    const struct guest_values values = guest_values_of(&in, request_actor(req)->id);
    if (in.id != 0)
        TRY(sql_guest_set(txn, &values, NULL, err));
    else
        TRY(sql_guest_put(txn, &values, &in.id, err));
    act_say(req, "Tersimpan");
    *go_to_out = str_fmt(request_arena(req), "/kantor/tamu/%" PRIu64, in.id);
    const struct change change = {.owner = keeper.owner,
                                  .owner_id = in.id,
                                  .kind = row.id != 0 ? STR("edit") : STR("add"),
                                  .diff = diff,
                                  .version = (uint32_t)row.version + 1};
    TRY(change_put(txn, req, &change, err));
    TRY(attachment_put_of_form(txn, req, in.id, GUEST_EDIT_PHOTO, err));
    return act_audit(txn, req, err, row.id != 0 ? "guest.edit" : "guest.add", "guest:%" PRIu64, in.id);
}

/* ---- as a book: of a month, and of the rows that the list shows ---- */

static struct str hour_text(struct arena *arena, const void *row)
{
    return form_show_time(arena, ((const struct guest_line *)row)->came_at);
}

static const struct book_column book_columns[] = {
    {.heads = {"No."}, .width = 5, .kind = BOOK_LINE},
    {.heads = {"Datang", "Tanggal"}, .width = 11, .at = BOOK_AT(struct guest_line, came_on)},
    {.heads = {"Datang", "Jam"}, .width = 7, .align = LEDGER_CENTER, .text = hour_text},
    {.heads = {"Nama tamu"}, .width = 24, .at = BOOK_AT(struct guest_line, name)},
    {.heads = {"Asal"}, .width = 24, .at = BOOK_AT(struct guest_line, origin)},
    {.heads = {"Bertemu dengan"}, .width = 20, .at = BOOK_AT(struct guest_line, meets)},
    {.heads = {"Keperluan"}, .width = 30, .at = BOOK_AT(struct guest_line, purpose)},
    {.heads = {"Kepuasan"}, .width = 12, .kind = BOOK_OPTION, .at = BOOK_AT(struct guest_line, satisfaction), .field = SATISFACTION},
};

BOOK_PUTS(put_guest, guest_line)

static enum rc each_of_month(struct book_run *run, struct err *err)
{
    const struct guest_find find = {.from = run->from, .until = run->until};

    return sql_guest_each(run->db, &find, &(struct list_at){.order = GUEST_BY_NEWEST, .is_reversed = true}, put_guest, run, err);
}

static enum rc each_shown(struct book_run *run, struct err *err)
{
    struct list_reading at;
    struct guest_find find;

    TRY(list_file_read(run, &guest_list, &find, &at, err));
    return sql_guest_each(run->db, &find, &at.at, put_guest, run, err);
}

#define GUEST_BOOK(...)                                                                                                            \
    {                                                                                                                              \
        .title = "Buku Tamu", .noun = "tamu", .permission = MAY_READ_GUESTS, .columns = book_columns, .n = COUNT_OF(book_columns), \
        __VA_ARGS__                                                                                                                \
    }
static const struct book month_book = GUEST_BOOK(.name = "tamu", .about = "buku tamu", .home = "/kantor/buku/tamu",
                                                 .home_label = "Buku tamu", .period = BOOK_OF_MONTH, .since = sql_guest_since,
                                                 .each = each_of_month);
static const struct book rows_book = GUEST_BOOK(.name = "guests", .about = "daftar tamu", .home = "/kantor/tamu",
                                                .home_label = "Semua tamu", .each = each_shown);

/* ---- guests of a training village: invented, of the last two weeks ---- */

static const struct sample {
    int days_ago;
    uint16_t came_at, satisfaction; /* 0: not asked */
    const char *name, *origin, *meets, *purpose;
} samples[] = {
    {1, 515, 0, "Nurhayati Tandi", "Dinas Sosial Kabupaten Luwu", "Kasi Kesejahteraan", "Verifikasi penerima bantuan"},
    {1, 570, 1, "Ahmad Rifai", "Bank Sulselbar Belopa", "Kaur Keuangan", "Rekening kas desa"},
    {1, 605, 2, "Sitti Marwah", "Puskesmas", "Kepala desa", "Jadwal posyandu Desember"},
    {4, 635, 2, "Hasanuddin", "SD Negeri 38", "Kepala desa", "Izin memakai lapangan desa"},
    {6, 560, 3, "Marlina Bongga", "Warga desa tetangga", "Kasi Pelayanan", "Menanyakan surat pindah"},
    {12, 620, 4, "Yusuf Paembonan", "Kelompok Tani Siporannu", "Kepala desa", "Permohonan bantuan pompa air"},
};

static enum rc guestbook_training(struct txn *txn, struct date today, struct err *err)
{
    uint64_t id;

    for (const struct sample *s = samples; s < samples + COUNT_OF(samples); s++) {
        const struct guest_values visit = {.name = str_c(s->name),
                                           .origin = str_c(s->origin),
                                           .phone = STR(""),
                                           .meets = str_c(s->meets),
                                           .purpose = str_c(s->purpose),
                                           .came_on = date_from_days(date_to_days(today) - s->days_ago),
                                           .came_at = some_u64(s->came_at),
                                           .satisfaction = {s->satisfaction != 0, s->satisfaction},
                                           .written_by = 1};
        TRY(sql_guest_put(txn, &visit, &id, err));
    }
    return RC_OK;
}

/* ---- what the room is ---- */

static const struct route routes[] = {
    LIST_ROUTES("/kantor/tamu", MAY_READ_GUESTS, list_page, &guest_list),
    LIST_FILE_ROUTE("/kantor/tamu", MAY_READ_GUESTS, &guest_list),
    ROUTE(GET, "/kantor/tamu/catat", MAY_WRITE_GUESTS, guest_edit_input, edit_page),
    ACT_KEEPING("/kantor/tamu/catat", MAY_WRITE_GUESTS, guest_edit_input, edit_check, edit_act, edit_page, &keeper),
    ROUTE(GET, "/kantor/tamu/{id}", MAY_READ_GUESTS, guest_id_input, one_page),
    ROUTE(GET, "/kantor/tamu/{id}/ubah", MAY_WRITE_GUESTS, guest_edit_input, edit_page),
    ACT_KEEPING("/kantor/tamu/{id}/ubah", MAY_WRITE_GUESTS, guest_edit_input, edit_check, edit_act, edit_page, &keeper),
    KEPT_ROUTES("/kantor/tamu", MAY_READ_GUESTS, MAY_WRITE_GUESTS, &keeper),
    ROUTES_END};
static const struct permission_row permissions[] = {
    {MAY_READ_GUESTS, "Melihat buku tamu", MAY_NOTHING}, {MAY_WRITE_GUESTS, "Mencatat tamu", MAY_READ_GUESTS}, {0}};
static const struct menu_row menu[] = {{MENU_SERVICE, MAY_READ_GUESTS, "/kantor/tamu", "Buku tamu", "book-open"}, {0}};
static const struct book *const books[] = {&month_book, &rows_book, NULL};

const struct feature guestbook_feature = {.name = "guestbook",
                                          .title = "Buku tamu",
                                          .routes = routes,
                                          .permissions = permissions,
                                          .menu = menu,
                                          .books = books,
                                          .training = guestbook_training};
