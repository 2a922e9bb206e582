// SPDX-License-Identifier: AGPL-3.0-or-later
/* "Panggil petugas": from the kiosk to the office's first page, and the answer. */
#include "server/web/act.h"
#include "tenants/village/kiosk/kiosk_inputs_view.h"
#include "tenants/village/kiosk/kiosk_calls_view.h"
#include "tenants/village/kiosk/kiosk_pages.h"

enum {
    CALL_PAUSE_S = 30,
    OFFICE_CALL_S = 600, /* the office still sees whom it let wait */
    SCREEN_ON_S = 300,
    LETTER_LATELY_S = 30 * 86400
};

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
    if (found && ((last.done_at == 0 && now - last.at < KIOSK_CALL_S * US_PER_S) || now - last.at < CALL_PAUSE_S * US_PER_S))
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
    struct kiosk_pause_rows pauses;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_calls_open(db, request_now(req) - OFFICE_CALL_S * US_PER_S, &rows, err));
    *out = (struct kiosk_calls_view){.guard = request_form_guard(req)};
    out->calls.p = ARENA_ARRAY(arena, struct kiosk_call_line, rows.n);
    out->calls.n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        out->calls.p[i] = (struct kiosk_call_line){rows.p[i].id, rows.p[i].name,
                                                   utc_clock(arena, rows.p[i].at, request_village(req)->zone)};
    TRY(sql_kiosk_pauses(db, request_now(req), &pauses, err));
    out->pauses.p = ARENA_ARRAY(arena, struct kiosk_pause_line, pauses.n);
    out->pauses.n = pauses.n;
    for (size_t i = 0; i < pauses.n; i++)
        out->pauses.p[i] = (struct kiosk_pause_line){pauses.p[i].name.p != NULL ? pauses.p[i].name : STR(""),
                                                     utc_clock(arena, pauses.p[i].paused_until, request_village(req)->zone),
                                                     pauses.p[i].failures, PACE_WINDOW_S / 60};
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

    TRY(sql_kiosk_call_answer(txn, id, false, request_now(req), request_actor(req)->name, &found, err));
    if (found == 0)
        return fail(err, RC_NOT_FOUND, "no such call");
    *go_to_out = STR("/kantor");
    return act_audit(txn, req, err, "kiosk.answer", "kiosk_call:%" PRIu64, id);
}

/* ---- how the screens are ---- */

struct str kiosk_moment(const struct request *req, utc_us at)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;

    return date_compare(utc_date(at, zone), request_today(req)) == 0 ? utc_clock(arena, at, zone) : utc_short(arena, at, zone);
}

bool kiosk_is_on(const struct request *req, utc_us seen_at)
{
    return request_now(req) - seen_at <= SCREEN_ON_S * US_PER_S;
}

enum rc kiosk_screens(struct request *req, struct kiosk_screens_view *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    utc_us now = request_now(req);
    struct kiosk_screen_row_rows rows;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_screens(db, now, now - LETTER_LATELY_S * US_PER_S, now - KIOSK_OLD_S * US_PER_S, &rows, err));
    out->screens.p = ARENA_ARRAY(arena, struct kiosk_screen_line, rows.n);
    out->screens.n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const struct kiosk_screen_row *row = &rows.p[i];
        bool is_on = kiosk_is_on(req, row->last_seen_at), is_paused = row->paused_until != 0;

        out->screens.p[i] = (struct kiosk_screen_line){
            .href = str_fmt(arena, "/kantor/anjungan/%" PRIu64, row->id),
            .name = row->name,
            .state = !is_on      ? str_fmt(arena, "Mati sejak %.*s. Nyalakan layarnya.", STR_ARG(kiosk_moment(req, row->last_seen_at)))
                     : is_paused ? str_fmt(arena, "PIN berhenti sampai %.*s", STR_ARG(kiosk_moment(req, row->paused_until)))
                     : row->used_at != 0 ? str_fmt(arena, "Menyala, dipakai %.*s", STR_ARG(kiosk_moment(req, row->used_at)))
                                         : STR("Menyala, belum dipakai"),
            .letter = row->last_letter_at != 0 ? str_fmt(arena, "Surat terakhir %.*s", STR_ARG(kiosk_moment(req, row->last_letter_at)))
                                               : STR(""),
            .is_well = is_on && !is_paused};
    }
    return RC_OK;
}

/* ---- the counter's queue ---- */

enum rc kiosk_queue(struct request *req, struct kiosk_queue_view *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct date today = request_today(req);
    struct kiosk_tickets_all waiting;
    struct kiosk_waiting_rows rows;
    struct kiosk_serving serving;
    struct village_db *db;
    bool found;

    *out = (struct kiosk_queue_view){.guard = request_form_guard(req)};
    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_tickets_waiting(db, today, &rows, err));
    TRY(sql_kiosk_ticket_serving(db, today, &serving, &found, err));
    if (found) {
        out->serving = serving.number;
        out->since = utc_clock(arena, serving.called_at, request_village(req)->zone);
    }
    TRY(sql_kiosk_tickets_count(db, today, &waiting, err));
    out->waiting = waiting.n;
    out->last = waiting.last;
    out->next = rows.n > 0 ? rows.p[0].number : 0;
    out->lines.n = rows.n;
    out->lines.p = ARENA_ARRAY(arena, struct kiosk_queue_line, out->lines.n);
    for (size_t i = 0; i < out->lines.n; i++)
        out->lines.p[i] = (struct kiosk_queue_line){rows.p[i].number,
                                                    rows.p[i].service.p != NULL ? rows.p[i].service : STR("Tanpa keterangan"),
                                                    left_text(arena, request_now(req) - rows.p[i].taken_at)};
    return RC_OK;
}

enum rc kiosk_queue_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct kiosk_ticket_next next;
    bool found;

    *go_to_out = STR("/kantor");
    TRY(sql_kiosk_ticket_next(txn, request_today(req), &next, &found, err));
    if (!found) {
        act_say(req, "Tidak ada yang menunggu");
        return RC_OK;
    }
    TRY(sql_kiosk_call_answer(txn, next.id, true, request_now(req), request_actor(req)->name, NULL, err));
    act_say(req, "Nomor antrean dipanggil");
    return act_audit(txn, req, err, "kiosk.call_next", "kiosk_call:%" PRIu64, next.id);
}

/* The day is over, or numbers were taken in play: nobody waits any more, of those whom the page counted. */
enum rc kiosk_queue_empty_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    uint64_t found;

    *go_to_out = STR("/kantor");
    TRY(sql_kiosk_tickets_empty(txn, request_today(req), request_now(req), request_actor(req)->name, (uint32_t)kiosk_empty_got(req).last,
                                &found, err));
    act_say(req, "Antrean dikosongkan");
    return act_audit(txn, req, err, "kiosk.queue_empty", "numbers:%" PRIu64, found);
}
