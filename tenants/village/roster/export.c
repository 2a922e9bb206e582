// SPDX-License-Identifier: AGPL-3.0-or-later
/* Asking for a file, waiting for it, fetching it. Making it is export_make.c. */
#include "tenants/village/roster/export.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/sheet/sheet.h"
#include "server/web/audit.h"
#include "server/files/files.h"
#include "tenants/village/roster/export_pages.h"
#include "tenants/village/roster/export_sql.h"
#include "tenants/village/roster/export_view.h"
#include "tenants/village/roster/roster_list.h"
#include "workers/queue/queue.h"

#define HOME "/kantor/unduhan"

static bool is_of_residents(const struct export_file *file)
{
    return str_is(file->kind, "residents");
}

struct str export_type(struct str format)
{
    return str_is(format, "csv") ? STR("text/csv; charset=utf-8") : SHEET_XLSX_TYPE;
}

/* ---- asking ---- */

static struct notice_view notice(const char *tone, const char *icon, const char *title, struct str text)
{
    return (struct notice_view){.tone = str_c(tone), .icon = str_c(icon), .title = str_c(title), .text = text};
}

enum rc export_order(struct request *req, struct txn *txn, const struct export_order *order, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct export_waiting waiting;
    uint64_t id;

    TRY(sql_export_waiting(txn, request_actor(req)->id, request_now(req) - (utc_us)EXPORT_VALID_S * US_PER_S, &waiting, err));
    if (waiting.n >= EXPORT_WAITING_MAX)
        return fail(err, RC_LIMITED, "%" PRIu64 " files of one person are being made", waiting.n);
    TRY(sql_export_put(txn, str_c(order->kind), str_c(order->format), order->criteria, request_actor(req)->id, request_now(req), &id, err));
    struct audit row = request_audit(req, "export.ask", str_fmt(arena, "export:%" PRIu64, id));
    row.detail = order->detail;
    TRY(audit_put(txn, &row, err));
    TRY(outbox_put(txn, JOB_EXPORT, id, STR_NONE, err));
    *go_to_out = str_fmt(arena, HOME "/%" PRIu64, id);
    return RC_OK;
}

static enum rc too_many(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    const struct export_view v = {
        .title = STR("Unduhan"),
        .back_href = STR("/kantor/penduduk"),
        .back_label = STR("Semua penduduk"),
        .has_notice = true,
        .notice = notice("kuning", "clock", "Tiga berkas Anda masih dibuat",
                         STR("Permintaan ini belum dicatat. Tunggu salah satu berkas selesai, lalu minta lagi. Berkas yang sedang dibuat "
                             "tetap berjalan.")),
    };

    response_status(resp, rc_http(RC_LIMITED));
    response_header(resp, "retry-after", STR("60"));
    view_export(&body, &v);
    const struct page page = {.title = v.title, .active = v.back_href, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc export_act(struct request *req, struct response *resp, village_act_fn *body, void *ctx, struct err *err)
{
    enum rc rc = village_act(req, resp, body, ctx, err);

    return rc == RC_LIMITED ? too_many(req, resp, err) : rc;
}

struct asking {
    struct request *req;
    struct export_order order;
};

static enum rc ask_body(struct txn *txn, void *ctx, struct str *go_to_out, struct err *err)
{
    const struct asking *asking = ctx;

    return export_order(asking->req, txn, &asking->order, go_to_out, err);
}

static void put_member(json_t *object, const char *key, struct str value)
{
    json_object_set_new(object, key, json_stringn(value.p, value.n));
}

/* What is shown, as the worker will ask for it; the audit row says the filters, and only that there were words. */
enum rc residents_export_post(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct asking asking = {.req = req, .order = {.kind = "residents", .format = str_z(arena, input_text(req, "bentuk"))}};
    struct resident_find find;
    struct list_reading at;
    struct list_pairs pairs;
    json_t *criteria, *detail;

    TRY(list_read(req, &residents_list, &find, &at, err));
    if (at.is_faulty || resident_list_fault(&find) != NULL)
        return fail(err, RC_BAD_REQUEST, "not the form of the list");
    pairs = list_pairs(&at);
    criteria = json_object();
    detail = json_object();
    for (size_t i = 0; i < pairs.n; i++) {
        put_member(criteria, str_z(arena, pairs.p[i].name), pairs.p[i].value);
        put_member(detail, str_z(arena, pairs.p[i].name), pairs.p[i].value);
    }
    put_member(criteria, "cari", at.words);
    put_member(detail, "bentuk", str_c(asking.order.format));
    json_object_set_new(detail, "cari", json_boolean(!str_empty(at.words)));
    asking.order.criteria = json_write(arena, criteria);
    asking.order.detail = json_write(arena, detail);
    json_decref(criteria);
    json_decref(detail);
    return export_act(req, resp, ask_body, &asking, err);
}

/* ---- waiting ---- */

/* Whose it is not, for them it is not there. */
static enum rc own_file(struct request *req, struct village_db **db_out, struct export_file *out, struct err *err)
{
    TRY(request_village_db(req, db_out, err));
    TRY(sql_export_get(*db_out, input_u64(req, "id"), out, err));
    if (out->staff_id != request_actor(req)->id)
        return fail(err, RC_NOT_FOUND, "somebody else asked for this file");
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

static void say_ready(struct request *req, const struct export_file *file, struct export_view *v)
{
    struct arena *arena = request_arena(req);
    struct str what = is_of_residents(file) ? STR("warga") : STR("baris");

    v->notice = notice("hijau", "circle-check", "Berkas siap",
                       str_fmt(arena, "%.*s %.*s, %.*s. Bisa diambil sampai %.*s, hanya oleh Anda.",
                               STR_ARG(number_text(arena, file->rows_total)), STR_ARG(what), STR_ARG(bytes_text(arena, file->size)),
                               STR_ARG(utc_long(arena, until(file), request_village(req)->zone))));
    v->notice.is_status = true;
    v->file_href = str_fmt(arena, "%.*s/berkas", STR_ARG(v->path));
    v->button = str_is(file->format, "csv") ? STR("Unduh berkas CSV") : STR("Unduh berkas Excel");
    v->warning = is_of_residents(file)
                     ? STR("NIK dan nomor KK tertulis lengkap di berkas ini. Simpan di tempat yang aman; setiap pengunduhan dicatat.")
                     : STR("Setiap pengunduhan dicatat.");
}

static enum rc say_state(struct request *req, struct village_db *db, const struct export_file *file, struct export_view *v, struct err *err)
{
    struct export_work work = {0};
    bool found = false;

    v->has_notice = true;
    if (is_given(req, file)) {
        say_ready(req, file, v);
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
    struct buf body = {.arena = arena};

    TRY(own_file(req, &db, &file, err));
    struct export_view v = {
        .path = str_fmt(arena, HOME "/%" PRIu64, file.id),
        .title = is_of_residents(&file) ? STR("Unduhan penduduk") : STR("Unduhan kesalahan impor"),
        .about = str_fmt(arena, "diminta %.*s", STR_ARG(utc_long(arena, file.asked_at, request_village(req)->zone))),
        .back_href = is_of_residents(&file) ? STR("/kantor/penduduk") : STR("/kantor/penduduk/impor"),
        .back_label = is_of_residents(&file) ? STR("Semua penduduk") : STR("Impor penduduk"),
    };
    TRY(say_state(req, db, &file, &v, err));
    if (request_is_part(req)) {
        view_export_state(&body, &v);
        return respond_part(resp, html_view(&body));
    }
    view_export(&body, &v);
    const struct page page = {.title = v.title, .active = v.back_href, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- fetching ---- */

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
    struct str bytes;

    TRY(own_file(req, &db, &file, err));
    if (!is_given(req, &file))
        return fail(err, RC_NOT_FOUND, "the file is not ready, or no longer there");
    struct audit row = request_audit(req, "export.fetch", str_fmt(arena, "export:%" PRIu64, file.id));
    TRY(txn_run(village_db_notes(db), fetch_body, &row, err));
    TRY(file_load(db, file.file_id.value, &bytes, err));
    response_header(resp, "x-accel-buffering", STR("no")); /* the front keeps no copy of it in a file */
    return respond_bytes(resp, export_type(file.format), bytes,
                         str_fmt(arena, "%s-%.*s.%.*s", is_of_residents(&file) ? "penduduk" : "kesalahan-impor",
                                 STR_ARG(date_iso(arena, utc_date(file.asked_at, request_village(req)->zone))), STR_ARG(file.format)));
}
