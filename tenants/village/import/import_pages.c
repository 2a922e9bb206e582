// SPDX-License-Identifier: AGPL-3.0-or-later
/* Upload, and the acts on a checked file. The result's own page is import_result.c. */
#include "tenants/village/import/import.h"
#include "tenants/village/import/import_pages.h"

#include "server/base/text.h"
#include "server/loop/loop.h"
#include "server/sheet/sheet.h"
#include "server/web/audit.h"
#include "server/files/files.h"
#include "tenants/village/import/import_sql.h"
#include "tenants/village/import/import_view.h"
#include "workers/queue/queue.h"

#define HOME "/kantor/penduduk/impor"

static struct tag_view state_tag(struct str state)
{
    static const struct {
        const char *state, *tone, *label;
    } tags[] = {{"checking", "biru", "Sedang diperiksa"},    {"checked", "kuning", "Menunggu disimpan"},
                {"changed", "kuning", "Perlu dilihat lagi"}, {"committing", "biru", "Sedang disimpan"},
                {"committed", "hijau", "Tersimpan"},         {"refused", "merah", "Tidak bisa dibaca"},
                {"cancelled", "abu", "Dibatalkan"}};

    for (size_t i = 0; i < COUNT_OF(tags); i++)
        if (str_is(state, tags[i].state))
            return (struct tag_view){.tone = str_c(tags[i].tone), .label = str_c(tags[i].label)};
    return (struct tag_view){.tone = STR("abu"), .label = state};
}

static struct import_line_view line_of(struct request *req, const struct import_line *line)
{
    struct arena *arena = request_arena(req);
    struct str result = STR("");

    if (line->rows_total > 0)
        result = str_fmt(arena, "%u baris: %u baru, %u berubah, %u ditolak", line->rows_total, line->n_new, line->n_changed,
                         line->n_refused);
    return (struct import_line_view){.href = str_fmt(arena, HOME "/%" PRIu64, line->id),
                                     .filename = line->filename,
                                     .who = line->staff_name,
                                     .when = utc_long(arena, line->put_at, request_village(req)->zone),
                                     .result = result,
                                     .state = state_tag(line->state)};
}

static enum rc home_respond(struct request *req, struct response *resp, bool is_sent, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct import_line_rows lines;
    struct buf body = {.arena = arena};
    struct import_home_view v = {
        .guard = request_form_guard(req),
        .file = {.name = STR("berkas"),
                 .label = STR("Berkas Excel penduduk"),
                 .accept = STR(".xlsx,.xlsm"),
                 .hint = STR("Format 43 kolom yang dipakai desa-desa, .xlsx atau .xlsm, paling besar 16 MB dan 20.000 baris.")},
        .accept = {.name = STR("terima_nik"),
                   .label = STR("Terima juga NIK yang tidak cocok dengan tanggal lahir atau jenis kelamin"),
                   .hint = STR("Centang hanya bila berkas sudah dicocokkan dengan kartu keluarga."),
                   .is_checked = is_sent && input_flag(req, "terima_nik")},
    };

    if (is_sent) {
        v.faults = *request_faults(req);
        v.file.fault = request_fault_of(req, "berkas");
    }
    TRY(request_village_db(req, &db, err));
    TRY(sql_import_batches(db, &lines, err));
    v.batches.p = ARENA_ARRAY(arena, struct import_line_view, lines.n);
    v.batches.n = lines.n;
    for (size_t i = 0; i < lines.n; i++)
        v.batches.p[i] = line_of(req, &lines.p[i]);
    view_import_home(&body, &v);
    const struct page page = {.title = STR("Impor penduduk"), .active = STR(HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc import_home_page(struct request *req, struct response *resp, struct err *err)
{
    return home_respond(req, resp, false, err);
}

/* ---- upload ---- */

static const struct file_slot import_slot = {.word = "import", .most_bytes = 16 * MIB};

struct upload_act {
    struct request *req;
    struct str filename;
    uint64_t file_id;
};

static enum rc audit_act(struct request *req, struct txn *txn, const char *action, uint64_t batch_id, struct err *err)
{
    const struct audit row = request_audit(req, action, str_fmt(request_arena(req), "import:%" PRIu64, batch_id));

    return audit_put(txn, &row, err);
}

static enum rc upload_body(struct txn *txn, void *ctx, struct str *go_to_out, struct err *err)
{
    const struct upload_act *act = ctx;
    const struct import_batch_put_in in = {.file_id = act->file_id,
                                           .filename = act->filename,
                                           .staff_id = request_actor(act->req)->id,
                                           .staff_name = request_actor(act->req)->name,
                                           .now = request_now(act->req),
                                           .accepts_mismatch = input_flag(act->req, "terima_nik")};
    uint64_t id;

    TRY(sql_import_batch_put(txn, &in, &id, err));
    TRY(file_hold(txn, act->file_id, "import", id, "", err));
    TRY(outbox_put(txn, JOB_CHECK_IMPORT, id, STR_NONE, err));
    TRY(audit_act(act->req, txn, "import.upload", id, err));
    *go_to_out = str_fmt(request_arena(act->req), HOME "/%" PRIu64, id);
    return RC_OK;
}

/* The name without the folders some browsers send; only for showing. */
static struct str shown_name(struct arena *arena, struct str filename)
{
    for (size_t i = filename.n; i > 0; i--)
        if (filename.p[i - 1] == '/' || filename.p[i - 1] == '\\') {
            filename = str_from(filename, i);
            break;
        }
    struct str name = utf8_part(arena, text_tidy(arena, filename), 120);
    return str_empty(name) ? STR("Berkas tanpa nama") : name;
}

enum rc import_upload_post(struct request *req, struct response *resp, struct err *err)
{
    struct upload_act act = {.req = req};
    struct upload upload;
    struct village_db *db;

    if (input_file(req, "berkas", &upload)) {
        enum sheet_cause cause = sheet_glance(request_arena(req), upload.bytes);
        if (upload.bytes.n > sheet_limits_default.file_bytes)
            cause = SHEET_TOO_LARGE;
        if (cause != SHEET_FINE)
            request_fault(req, "berkas", "%.*s", STR_ARG(sheet_cause_text(cause)));
    }
    if (request_faults(req)->n > 0)
        return home_respond(req, resp, true, err);
    TRY(request_village_db(req, &db, err));
    TRY(file_store(db, &import_slot, SHEET_XLSX_TYPE, upload.bytes, &act.file_id, err));
    act.filename = shown_name(request_arena(req), upload.filename);
    return village_act(req, resp, upload_body, &act, err);
}

/* ---- acts on a batch ---- */

static struct str batch_path(struct request *req)
{
    return str_fmt(request_arena(req), HOME "/%" PRIu64, input_u64(req, "id"));
}

static bool is_waiting(const struct import_batch *batch)
{
    return str_is(batch->state, "checked") || str_is(batch->state, "changed");
}

/* What is confirmed is the result that was shown: another one (a second check, another tab) is a conflict, seen on the page. */
static enum rc save_body(struct txn *txn, void *ctx, struct str *go_to_out, struct err *err)
{
    struct request *req = ctx;
    struct import_batch batch;
    unsigned char shown[32];

    TRY(sql_import_batch_lock(txn, input_u64(req, "id"), &batch, err));
    *go_to_out = batch_path(req);
    if (!is_waiting(&batch) || batch.result_hash.n != sizeof shown)
        return RC_OK; /* saved, cancelled or under way: the page says which */
    if (!str_unhex(input_str(req, "hasil"), shown, sizeof shown) || memcmp(shown, batch.result_hash.p, sizeof shown) != 0)
        return sql_import_batch_state(txn, batch.id, STR("changed"), NULL, err);
    TRY(sql_import_batch_state(txn, batch.id, STR("committing"), NULL, err));
    TRY(outbox_put(txn, JOB_COMMIT_IMPORT, batch.id, STR_NONE, err));
    return audit_act(req, txn, "import.confirm", batch.id, err);
}

enum rc import_save_post(struct request *req, struct response *resp, struct err *err)
{
    if (request_faults(req)->n > 0)
        return fail(err, RC_BAD_REQUEST, "not a form of the result's page");
    return village_act(req, resp, save_body, req, err);
}

static enum rc cancel_body(struct txn *txn, void *ctx, struct str *go_to_out, struct err *err)
{
    struct request *req = ctx;
    struct import_batch batch;

    TRY(sql_import_batch_lock(txn, input_u64(req, "id"), &batch, err));
    *go_to_out = batch_path(req);
    if (!is_waiting(&batch) && !str_is(batch.state, "checking"))
        return RC_OK;
    TRY(sql_import_batch_state(txn, batch.id, STR("cancelled"), NULL, err));
    return audit_act(req, txn, "import.cancel", batch.id, err);
}

enum rc import_cancel_post(struct request *req, struct response *resp, struct err *err)
{
    return village_act(req, resp, cancel_body, req, err);
}

/* A person's word that the NIKs were compared: it is in the audit trail, and the file is checked again with it. */
static enum rc accept_body(struct txn *txn, void *ctx, struct str *go_to_out, struct err *err)
{
    struct request *req = ctx;
    struct import_batch batch;

    TRY(sql_import_batch_lock(txn, input_u64(req, "id"), &batch, err));
    *go_to_out = batch_path(req);
    if (!is_waiting(&batch) || batch.accepts_mismatch)
        return RC_OK;
    TRY(sql_import_batch_accept(txn, batch.id, NULL, err));
    TRY(outbox_put(txn, JOB_CHECK_IMPORT, batch.id, STR_NONE, err));
    return audit_act(req, txn, "import.accept_nik", batch.id, err);
}

enum rc import_accept_post(struct request *req, struct response *resp, struct err *err)
{
    return village_act(req, resp, accept_body, req, err);
}
