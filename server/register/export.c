// SPDX-License-Identifier: AGPL-3.0-or-later
/* Asking for a file, waiting for it, fetching it. Making it is export_make.c. */
#include "server/register/export.h"

#include "server/base/text.h"
#include "server/files/files.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "server/register/export_pages.h"
#include "server/register/export_sql.h"
#include "server/register/export_view.h"
#include "workers/queue/queue.h"

#define HOME "/kantor/unduhan"

/* ---- asking ---- */

static struct notice_view notice(const char *tone, const char *icon, const char *title, struct str text)
{
    return (struct notice_view){.tone = str_c(tone), .icon = str_c(icon), .title = str_c(title), .text = text};
}

static const char refused_at[] = "periode";
#define WAITING_WORDS \
    "Permintaan ini belum dicatat. Tunggu salah satu berkas selesai, lalu minta lagi. Berkas yang sedang dibuat tetap berjalan."

enum rc export_order(struct txn *txn, struct request *req, const struct export_order *order, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct actor *actor = request_actor(req);
    struct export_waiting waiting;
    uint64_t id;

    if (!request_may(req, order->book->permission))
        return fail(err, RC_FORBIDDEN, "book %s is not for this person", order->book->name);
    TRY(sql_export_waiting(txn, actor->id, request_now(req) - (utc_us)EXPORT_VALID_S * US_PER_S, &waiting, err));
    if (waiting.n >= EXPORT_WAITING_MAX)
        return act_refuse(req, err, refused_at, "Tiga berkas Anda masih dibuat. %s", WAITING_WORDS);
    const struct export_put_in in = {.kind = str_c(order->book->name),
                                     .format = str_c(order->format),
                                     .criteria = order->criteria,
                                     .period = date_is_none(order->month) ? STR("") : month_word(arena, order->month),
                                     .copy_id = order->copy_id,
                                     .staff_id = actor->id,
                                     .staff_name = actor->name,
                                     .now = request_now(req)};
    TRY(sql_export_put(txn, &in, &id, err));
    struct audit row = request_audit(req, "export.ask", str_fmt(arena, "export:%" PRIu64, id));
    row.detail = order->detail;
    TRY(audit_put(txn, &row, err));
    TRY(outbox_put(txn, JOB_EXPORT, id, STR_NONE, err));
    *go_to_out = str_fmt(arena, HOME "/%" PRIu64, id);
    return RC_OK;
}

/* The page of an act that is a button: there is no form to show the refusal in. */
enum rc export_refused_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    const struct export_view v = {.title = STR("Unduhan"),
                                  .back_href = STR("/kantor"),
                                  .back_label = STR("Kantor"),
                                  .has_notice = true,
                                  .notice = notice("kuning", "clock", "Tiga berkas Anda masih dibuat", STR(WAITING_WORDS))};

    if (str_empty(request_fault_of(req, refused_at)))
        return fail(err, RC_BAD_REQUEST, "not the form of the page");
    response_status(resp, rc_http(RC_LIMITED));
    response_header(resp, "retry-after", STR("60"));
    view_export(&body, &v);
    const struct page page = {.title = v.title, .active = v.back_href, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- periods of books ---- */

static struct str period_detail(struct arena *arena, const struct book *book, struct date month, const char *format)
{
    return str_fmt(arena, "{\"buku\":\"%s\",\"periode\":\"%.*s\",\"bentuk\":\"%s\"}", book->name, STR_ARG(month_word(arena, month)),
                   format);
}

/* Why a month of before the book's first day is none of it; empty: it is one, or the book has no data. */
static struct str too_early(struct arena *arena, struct date month, struct date since)
{
    if (date_is_none(since) || date_compare(date_add_months(month, 1), since) > 0)
        return STR("");
    return str_fmt(arena, "Data buku ini baru ada sejak %.*s. Pilih bulan itu atau sesudahnya.", STR_ARG(date_long(arena, since)));
}

/* What a month must be: not to come; of a book of what stands now, the running one or the one before. */
static enum rc judge_month(struct request *req, const struct book *book, struct date month, struct village_db *db, struct err *err)
{
    struct date running = date_month(request_today(req)), since;

    if (date_compare(month, running) > 0)
        return act_refuse(req, err, refused_at, "Bulan itu belum berjalan. Pilih bulan ini atau yang sudah lewat.");
    if (book->period == BOOK_OF_NOW && date_compare(month, date_add_months(running, -1)) < 0)
        return act_refuse(req, err, refused_at, "Buku ini berisi keadaan hari ini. Pilih bulan ini atau bulan lalu.");
    TRY(book->since(db, &since, err));
    struct str early = too_early(request_arena(req), month, since);
    if (date_compare(month, running) < 0 && !str_empty(early))
        return act_refuse(req, err, refused_at, "%s", str_z(request_arena(req), early));
    return RC_OK;
}

static enum rc judge_open(struct txn *txn, struct request *req, const struct book *book, struct date day, const char *field,
                          struct err *err)
{
    struct arena *arena = request_arena(req);
    struct date month = date_month(day);
    struct book_copy copy;
    bool is_closed;

    TRY(sql_book_copy_find(in_txn(txn), str_c(book->name), month_word(arena, month), &copy, &is_closed, err));
    if (!is_closed)
        return RC_OK;
    return act_refuse(req, err, field,
                      "%s bulan %s sudah ditutup, isinya tetap. Yang terlambat dicatat pada bulan berjalan dengan tanggal sebenarnya di "
                      "keterangan; yang salah dibetulkan dengan catatan di halamannya.",
                      book->title, str_z(arena, month_long(arena, month)));
}

enum rc book_open_on(struct txn *txn, struct request *req, const struct book *book, struct date had, struct date gets, const char *field,
                     struct err *err)
{
    if (!date_is_none(had) && (had.year != gets.year || had.month != gets.month))
        TRY(judge_open(txn, req, book, had, field, err));
    return judge_open(txn, req, book, gets, field, err);
}

enum rc book_closing_fault(struct request *req, struct village_db *db, const struct book *book, struct date month, struct str *why_out,
                           struct err *err)
{
    struct arena *arena = request_arena(req);
    struct date running = date_month(request_today(req)), next = date_add_months(month, 1), since;

    TRY(book->since(db, &since, err));
    *why_out = STR("");
    if (date_compare(month, running) >= 0)
        *why_out = str_fmt(arena, "%.*s belum selesai. Bulan itu dapat ditutup mulai %.*s.", STR_ARG(month_long(arena, month)),
                           STR_ARG(date_long(arena, next)));
    else if (book->period == BOOK_OF_NOW && date_compare(next, running) < 0)
        *why_out = STR("Buku ini berisi keadaan hari ini. Yang dapat ditutup hanya bulan lalu.");
    else if (date_is_none(since))
        *why_out = STR("Buku ini belum berisi data. Catat datanya lebih dahulu.");
    else
        *why_out = too_early(arena, month, since);
    return RC_OK;
}

enum rc book_ask(struct txn *txn, struct request *req, const struct book *book, struct date month, const char *format,
                 struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct book_copy copy;
    bool is_closed;

    TRY(judge_month(req, book, month, in_txn(txn), err));
    TRY(sql_book_copy_find(in_txn(txn), str_c(book->name), month_word(arena, month), &copy, &is_closed, err));
    if (is_closed)
        return act_refuse(req, err, refused_at, "%s sudah ditutup. Ambil salinannya: isinya tetap seperti saat ditutup.",
                          str_z(arena, month_long(arena, month)));
    const struct export_order order = {
        .book = book, .format = format, .criteria = STR("{}"), .detail = period_detail(arena, book, month, format), .month = month};
    return export_order(txn, req, &order, go_to_out, err);
}

enum rc book_close(struct txn *txn, struct request *req, const struct book *book, struct date month, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct actor *actor = request_actor(req);
    struct str period = month_word(arena, month), why, waits_at;
    uint64_t id;

    TRY(book_closing_fault(req, in_txn(txn), book, month, &why, err));
    if (!str_empty(why))
        return act_refuse(req, err, refused_at, "%s", str_z(arena, why));
    enum rc rc = sql_book_copy_put(txn, str_c(book->name), period, actor->id, actor->name, request_now(req), &id, err);
    if (rc == RC_DUPLICATE)
        return act_refuse(req, err, refused_at, "%s sudah ditutup. Satu bulan hanya ditutup sekali; cetak salinannya.",
                          str_z(arena, month_long(arena, month)));
    TRY(rc);
    struct audit row = request_audit(req, "book.close", str_fmt(arena, "book:%s:%.*s", book->name, STR_ARG(period)));
    TRY(audit_put(txn, &row, err));
    const struct export_order order = {.book = book,
                                       .format = "pdf",
                                       .criteria = STR("{}"),
                                       .detail = period_detail(arena, book, month, "pdf"),
                                       .month = month,
                                       .copy_id = some_u64(id)};
    return export_order(txn, req, &order, &waits_at, err);
}

/* ---- waiting ---- */

/* Whose it is not, for them it is not there. */
static enum rc own_file(struct request *req, struct village_db **db_out, struct export_file *out, const struct book **book_out,
                        struct err *err)
{
    TRY(request_village_db(req, db_out, err));
    TRY(sql_export_get(*db_out, file_see_got(req).id, out, err));
    *book_out = book_find(request_features(req), out->kind);
    if (out->staff_id != request_actor(req)->id || *book_out == NULL)
        return fail(err, RC_NOT_FOUND, "somebody else asked for this file");
    if (!request_may(req, (*book_out)->permission))
        return fail(err, RC_FORBIDDEN, "the book is no longer for this person");
    return RC_OK;
}

static utc_us until(const struct export_file *file)
{
    return file->ready_at + (utc_us)EXPORT_VALID_S * US_PER_S;
}

static bool is_given(const struct request *req, const struct export_file *file)
{
    return file->ready_at != 0 && file->file_id.is_set && request_now(req) < until(file);
}

static void say_ready(struct request *req, const struct export_file *file, const struct book *book, struct export_view *v)
{
    struct arena *arena = request_arena(req);
    enum book_format format = book_format_of(file->format);

    v->notice = notice("hijau", "circle-check", "Berkas siap",
                       str_fmt(arena, "%.*s %s, %.*s. Bisa diambil sampai %.*s, hanya oleh Anda.",
                               STR_ARG(number_text(arena, file->rows_total)), book->noun, STR_ARG(bytes_text(arena, file->size)),
                               STR_ARG(utc_long(arena, until(file), request_village(req)->zone))));
    v->notice.is_status = true;
    v->file_href = str_fmt(arena, "%.*s/berkas", STR_ARG(v->path));
    v->button = format & (BOOK_CSV | BOOK_CSV_EXCEL) ? STR("Unduh berkas CSV")
                : format == BOOK_PDF                 ? STR("Unduh berkas PDF")
                                                     : STR("Unduh berkas Excel");
    v->warning = book->has_numbers
                     ? STR("NIK dan nomor KK tertulis lengkap di berkas ini. Simpan di tempat yang aman; setiap pengunduhan dicatat.")
                     : STR("Setiap pengunduhan dicatat.");
    if (format == BOOK_CSV_EXCEL)
        v->warning = str_fmt(arena,
                             "%.*s Dibuat untuk Excel berbahasa Indonesia: pemisah titik koma, desimal koma, dan angka panjang seperti NIK "
                             "tertulis sebagai =\"…\" supaya tidak terpotong. Untuk program lain, pakai CSV biasa.",
                             STR_ARG(v->warning));
    else if (format == BOOK_CSV)
        v->warning = str_fmt(arena,
                             "%.*s Jangan dibuka langsung di Excel: NIK bisa terpotong. Untuk Excel, minta XLSX atau CSV untuk Excel.",
                             STR_ARG(v->warning));
}

static enum rc say_state(struct request *req, struct village_db *db, const struct export_file *file, const struct book *book,
                         struct export_view *v, struct err *err)
{
    struct export_work work = {0};
    bool found = false;

    v->has_notice = true;
    if (is_given(req, file)) {
        say_ready(req, file, book, v);
        return RC_OK;
    }
    if (!str_empty(file->refusal)) {
        v->notice = notice("merah", "circle-alert", "Berkas ini tidak dibuat", file->refusal);
        return RC_OK;
    }
    if (file->ready_at != 0) {
        v->notice = notice("abu", "clock", "Berkas ini sudah dihapus", STR("Berkas disimpan satu hari. Minta yang baru dari daftarnya."));
        return RC_OK;
    }
    TRY(sql_export_work_is_dead(db, file->id, &work, &found, err));
    v->is_busy = !(found && work.is_dead);
    v->notice = notice("merah", "circle-alert", "Pembuatan berkas berhenti di tengah jalan",
                       STR("Minta yang baru dari daftarnya, atau ulangi dari halaman pekerjaan."));
    return RC_OK;
}

enum rc export_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct export_file file;
    const struct book *book;
    struct buf body = {.arena = arena};

    TRY(own_file(req, &db, &file, &book, err));
    struct export_view v = {
        .path = str_fmt(arena, HOME "/%" PRIu64, file.id),
        .title = str_fmt(arena, "Unduhan %s", book->about),
        .about = str_fmt(arena, "diminta %.*s", STR_ARG(utc_long(arena, file.asked_at, request_village(req)->zone))),
        .back_href = str_c(book->home),
        .back_label = str_c(book->home_label),
    };
    TRY(say_state(req, db, &file, book, &v, err));
    if (request_is_part(req)) {
        view_export_state(&body, &v);
        return respond_part(resp, html_view(&body));
    }
    view_export(&body, &v);
    const struct page page = {.title = v.title, .active = v.back_href, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- all of one person's ---- */

/* "Buku induk penduduk, Oktober 2026" */
static struct str title_of(struct arena *arena, const struct export_file *file, const struct book *book)
{
    struct str about = text_capital(arena, str_c(book->about));
    struct date month;

    return month_parse(file->period, &month) ? str_fmt(arena, "%.*s, %.*s", STR_ARG(about), STR_ARG(month_long(arena, month))) : about;
}

static enum rc put_line(struct request *req, struct village_db *db, const struct export_file *file, const struct book *book,
                        struct export_line *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct export_view v = {.path = str_fmt(arena, HOME "/%" PRIu64, file->id)};

    TRY(say_state(req, db, file, book, &v, err));
    *out = (struct export_line){.href = v.path,
                                .title = title_of(arena, file, book),
                                .format = str_is(file->format, "xlsx")   ? STR("Excel")
                                          : str_is(file->format, "csvx") ? STR("CSV untuk Excel")
                                                                         : text_upper(arena, file->format),
                                .when = utc_long(arena, file->asked_at, request_village(req)->zone),
                                .state = v.is_busy ? STR("Sedang dibuat") : v.notice.title,
                                .size = bytes_text(arena, file->size),
                                .file_href = v.file_href,
                                .tone = v.is_busy                        ? STR("kuning")
                                        : str_is(v.notice.tone, "hijau") ? STR("")
                                                                         : v.notice.tone};
    return RC_OK;
}

enum rc exports_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct exports_view v = {0};
    struct export_file_rows files;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_export_mine(db, request_actor(req)->id, request_now(req) - (utc_us)EXPORT_VALID_S * US_PER_S, &files, err));
    v.lines.p = ARENA_ARRAY(arena, struct export_line, files.n);
    for (size_t i = 0; i < files.n; i++) {
        const struct book *book = book_find(request_features(req), files.p[i].kind);

        if (book != NULL && request_may(req, book->permission))
            TRY(put_line(req, db, &files.p[i], book, &v.lines.p[v.lines.n++], err));
    }
    view_exports(&body, &v);
    const struct page page = {.title = STR("Unduhan saya"), .active = STR(HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- fetching ---- */

/* "kesalahan-impor-2026-11-28.xlsx" */
static struct str file_name(struct arena *arena, const struct book *book, struct str when, struct str format)
{
    struct str end = str_is(format, "csvx") ? STR("-excel.csv") : str_fmt(arena, ".%.*s", STR_ARG(format));
    struct str name = str_fmt(arena, "%s-%.*s%.*s", book->about, STR_ARG(when), STR_ARG(end));
    char *p = str_z(arena, name);

    for (size_t i = 0; i < name.n; i++)
        if (p[i] == ' ')
            p[i] = '-';
    return str_c(p);
}

static enum rc fetch_body(struct txn *txn, void *ctx, struct err *err)
{
    return audit_put(txn, ctx, err);
}

/* It is written down before anything is given. */
enum rc export_fetch(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct export_file file;
    const struct book *book;
    struct str bytes, when;

    TRY(own_file(req, &db, &file, &book, err));
    if (!is_given(req, &file))
        return fail(err, RC_NOT_FOUND, "the file is not ready, or no longer there");
    struct audit row = request_audit(req, "export.fetch", str_fmt(arena, "export:%" PRIu64, file.id));
    TRY(txn_run(village_db_notes(db), fetch_body, &row, err));
    TRY(file_load(db, file.file_id.value, &bytes, err));
    response_header(resp, "x-accel-buffering", STR("no")); /* the front keeps no copy of it in a file */
    when = str_empty(file.period) ? date_iso(arena, utc_date(file.asked_at, request_village(req)->zone)) : file.period;
    return respond_bytes(resp, book_format_type(book_format_of(file.format)), bytes, file_name(arena, book, when, file.format));
}

/* None while it is made. */
static struct opt_u64 copy_file(const struct book_copy *copy, enum book_format format)
{
    return format == BOOK_XLSX ? copy->xlsx_id : format == BOOK_CSV ? copy->csv_id : copy->file_id;
}

enum rc book_copy_fetch(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct copy_take_form in = copy_take_got(req);
    struct village_db *db;
    struct book_copy copy;
    struct str bytes;

    struct str word = str_empty(in.format) ? STR("pdf") : in.format;
    enum book_format format = book_format_of(word);
    TRY(request_village_db(req, &db, err));
    TRY(sql_book_copy_get(db, in.id, &copy, err));
    const struct book *book = book_find(request_features(req), copy.book);
    struct opt_u64 file_id = copy_file(&copy, format);
    if (book == NULL || !file_id.is_set)
        return fail(err, RC_NOT_FOUND, "the copy is not made yet");
    if (!request_may(req, book->permission))
        return fail(err, RC_FORBIDDEN, "the book is not for this person");
    struct audit row = request_audit(req, "book.fetch", str_fmt(arena, "book:%s:%.*s", book->name, STR_ARG(copy.period)));
    TRY(txn_run(village_db_notes(db), fetch_body, &row, err));
    TRY(file_load(db, file_id.value, &bytes, err));
    response_header(resp, "x-accel-buffering", STR("no"));
    return respond_bytes(resp, book_format_type(format), bytes, file_name(arena, book, copy.period, word));
}
