// SPDX-License-Identifier: AGPL-3.0-or-later
/* "Panggil petugas": from the kiosk to the office's first page, and the answer. */
#include "server/web/act.h"
#include "tenants/village/kiosk/kiosk_inputs_view.h"
#include "tenants/village/kiosk/kiosk_calls_view.h"
#include "tenants/village/kiosk/kiosk_pages.h"

enum { CALL_PAUSE_S = 30 };

/* ---- at the kiosk ---- */

static enum rc call_body(struct txn *txn, void *arg, struct err *err)
{
    struct request *req = arg;
    uint64_t device = request_kiosk(req)->device_id, id;
    utc_us now = request_now(req);
    struct kiosk_device_locked locked;
    struct kiosk_call_last last;
    bool found;

    TRY(sql_kiosk_device_lock(txn, device, &locked, err));
    TRY(sql_kiosk_call_last(txn, device, &last, &found, err));
    /* Pressed again while one is open, or just after it was answered: one call. */
    if (found &&
        ((last.answered_at == 0 && now - last.called_at < KIOSK_CALL_S * US_PER_S) || now - last.called_at < CALL_PAUSE_S * US_PER_S))
        return RC_OK;
    return sql_kiosk_call_put(txn, device, now, &id, err);
}

/* Back to the screen it was pressed on; only a path of the kiosk's own counts as one. */
static struct str screen_of(struct request *req)
{
    struct str from = kiosk_call_got(req).from;

    if (!str_starts(from, STR("/anjungan/")))
        return STR("/anjungan");
    for (size_t i = 0; i < from.n; i++)
        if (!((from.p[i] >= 'a' && from.p[i] <= 'z') || (from.p[i] >= '0' && from.p[i] <= '9') || from.p[i] == '/' || from.p[i] == '-'))
            return STR("/anjungan");
    return from;
}

enum rc kiosk_call_post(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(txn_run(db, call_body, req, err));
    return respond_redirect(resp, screen_of(req));
}

/* ---- at the office ---- */

enum rc kiosk_calls(struct request *req, struct kiosk_calls_view *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct kiosk_call_row_rows rows;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_calls_open(db, request_now(req) - KIOSK_CALL_S * US_PER_S, &rows, err));
    *out = (struct kiosk_calls_view){.guard = request_form_guard(req)};
    out->calls.p = ARENA_ARRAY(arena, struct kiosk_call_line, rows.n);
    out->calls.n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        out->calls.p[i] = (struct kiosk_call_line){rows.p[i].id, rows.p[i].name,
                                                   utc_clock(arena, rows.p[i].called_at, request_village(req)->zone)};
    return RC_OK;
}

enum rc kiosk_calls_part(struct request *req, struct response *resp, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    struct kiosk_calls_view v;

    if (!request_is_part(req))
        return respond_redirect(resp, STR("/kantor"));
    TRY(kiosk_calls(req, &v, err));
    view_kiosk_calls(&out, &v);
    return respond_part(resp, html_view(&out));
}

enum rc kiosk_call_answer_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    uint64_t id = kiosk_one_got(req).id, found;

    TRY(sql_kiosk_call_answer(txn, id, request_now(req), request_actor(req)->name, &found, err));
    if (found == 0)
        return fail(err, RC_NOT_FOUND, "no such call");
    *go_to_out = STR("/kantor");
    return act_audit(txn, req, err, "kiosk.answer", "kiosk_call:%" PRIu64, id);
}
