// SPDX-License-Identifier: AGPL-3.0-or-later
/* Up to the PIN: enrolment, the first page, card or NIK, PIN; and the end of a visit. */
#include "server/base/text.h"
#include "server/web/audit.h"
#include "server/web/epoch_rows_sql.h"
#include "server/web/kiosk_rows_sql.h"
#include "server/web/limits.h"
#include "server/web/password.h"
#include "tenants/village/kiosk/kiosk_inputs_view.h"
#include "tenants/village/kiosk/kiosk_entry_view.h"
#include "tenants/village/kiosk/kiosk_pages.h"

enum { CODES_PER_NETWORK = 20, CODE_WINDOW_S = 3600, SERIAL_BYTES = 16 };

struct str kiosk_blind_of(struct request *req, const char *kind, struct str text)
{
    return kiosk_blind(request_arena(req), request_directory(req), request_village(req)->code, kind, text);
}

struct letter_actor kiosk_actor(const struct request *req)
{
    return (struct letter_actor){.id = 0, .name = STR("Anjungan"), .now = request_now(req), .zone = request_village(req)->zone};
}

enum rc kiosk_respond(struct request *req, struct response *resp, struct str title, struct html body, struct err *err)
{
    const struct page page = {.title = title, .body = body};

    return respond_page(req, resp, &page, err);
}

/* ---- enrolment ---- */

static enum rc enrol_respond(struct request *req, struct response *resp, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    struct kiosk_enrol_view v = {.guard = request_form_guard(req), .fault = request_fault_of(req, "kode")};

    view_kiosk_enrol(&out, &v);
    return kiosk_respond(req, resp, STR("Pasang anjungan"), html_view(&out), err);
}

enum rc kiosk_enrol_page(struct request *req, struct response *resp, struct err *err)
{
    if (request_kiosk(req)->device_id != 0)
        return respond_redirect(resp, STR("/anjungan"));
    return enrol_respond(req, resp, err);
}

struct enrolling {
    struct request *req;
    struct str code_hash, token_hash;
    bool is_good;
};

/* As the code is called; where a screen in use is called so, with the smallest number that is free. id: of who may keep it. */
static enum rc free_name(struct txn *txn, struct str wanted, uint64_t id, struct str *out, struct err *err)
{
    struct kiosk_number_free at;
    struct kiosk_named named;

    *out = wanted;
    TRY(sql_kiosk_named(in_txn(txn), wanted, id, 0, &named, err));
    if (named.n == 0)
        return RC_OK;
    TRY(sql_kiosk_number_free(in_txn(txn), wanted, &at, err));
    *out = str_fmt(village_db_arena(in_txn(txn)), "%.*s %" PRIu32, STR_ARG(wanted), at.number);
    return RC_OK;
}

static enum rc enrol_body(struct txn *txn, void *arg, struct err *err)
{
    struct enrolling *e = arg;
    struct arena *arena = request_arena(e->req);
    utc_us now = request_now(e->req);
    struct kiosk_code_row code;
    struct str name;
    uint64_t id;

    TRY(audit_lock(txn, err));
    TRY(sql_kiosk_code_lock(txn, e->code_hash, &code, &e->is_good, err));
    e->is_good = e->is_good && code.ends_at > now;
    if (!e->is_good)
        return RC_OK;
    id = code.id;
    TRY(free_name(txn, code.name, id, &name, err));
    if (code.is_standing)
        TRY(sql_kiosk_device_put(txn, name, e->token_hash, now, code.made_by_name, &id, err));
    else
        TRY(sql_kiosk_code_used(txn, id, name, e->token_hash, now, NULL, err));
    const struct audit row = {.at = now,
                              .actor_name = code.made_by_name,
                              .action = STR("kiosk.enrol"),
                              .subject = str_fmt(arena, "kiosk:%" PRIu64, id),
                              .detail = STR("{}")};
    return audit_put(txn, &row, err);
}

/* "k7pm-204x": signs that are read out and typed in. */
static struct str code_tidy(struct arena *arena, struct str typed)
{
    struct buf out = {.arena = arena};
    struct str lower = str_lower(arena, typed);

    for (size_t i = 0; i < lower.n; i++)
        if (lower.p[i] != ' ' && lower.p[i] != '-')
            buf_put_char(&out, lower.p[i]);
    return buf_str(&out);
}

enum rc kiosk_enrol_post(struct request *req, struct response *resp, struct err *err)
{
    struct enrolling e = {.req = req};
    struct str token = kiosk_token_new(req, &e.token_hash);
    struct village_db *db;

    if (limit_reached(req, "anjungan", CODES_PER_NETWORK))
        return fail(err, RC_LIMITED, "too many enrolment codes from one network");
    if (request_faults(req)->n > 0)
        return enrol_respond(req, resp, err);
    e.code_hash = kiosk_blind_of(req, "code", code_tidy(request_arena(req), kiosk_enrol_got(req).code));
    TRY(request_village_db(req, &db, err));
    TRY(txn_run(db, enrol_body, &e, err));
    if (e.is_good) {
        request_kiosk_enrolled(req, token);
        return respond_redirect(resp, STR("/anjungan"));
    }
    limit_count(req, "anjungan", CODE_WINDOW_S);
    request_fault(req, "kode", "Kode tidak cocok atau sudah lewat %d menit. Minta petugas membuat kode baru.", KIOSK_CODE_MIN);
    return enrol_respond(req, resp, err);
}

/* ---- the first page ---- */

enum rc kiosk_idle_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    struct kiosk_idle_view v = {0};

    if (request_kiosk(req)->resident_id != 0)
        return respond_redirect(resp, STR("/anjungan/layanan"));
    view_kiosk_idle(&out, &v);
    return kiosk_respond(req, resp, STR("Anjungan"), html_view(&out), err);
}

enum rc kiosk_alive(struct request *req, struct response *resp, struct err *err)
{
    (void)err;
    return respond_bytes(resp, STR("text/plain; charset=utf-8"),
                         request_kiosk(req)->is_called ? STR("dipanggil")
                         : request_kiosk(req)->is_late ? STR("lewat")
                                                       : STR("ya"),
                         STR_NONE);
}

/* ---- card or NIK ---- */

struct arrival {
    struct request *req;
    struct str who_hash, serial;
    struct opt_u64 candidate;
    bool is_same;
};

/* Whoever came before is gone, and with them the drafts they left. */
static enum rc arrive_body(struct txn *txn, void *arg, struct err *err)
{
    struct arrival *a = arg;
    const struct kiosk_visit *visit = request_kiosk(a->req);
    struct letter_actor by = kiosk_actor(a->req);
    utc_us now = request_now(a->req);
    struct kiosk_device_locked locked;
    struct kiosk_visit_row old;
    bool found;

    TRY(audit_lock(txn, err));
    TRY(sql_kiosk_device_lock(txn, visit->device_id, &locked, err));
    TRY(sql_kiosk_device_used(txn, visit->device_id, (struct opt_u64){0}, now, NULL, err));
    TRY(sql_kiosk_visit_lock(txn, visit->device_id, &old, &found, err));
    if (found && old.resident_id.is_set)
        TRY(letter_self_abandon(txn, old.resident_id.value, &by, err));
    const struct kiosk_visit_put_in row = {.device_id = visit->device_id,
                                           .serial = a->serial,
                                           .who_hash = a->who_hash,
                                           .candidate_id = a->candidate,
                                           .at = now,
                                           .ends_at = now + KIOSK_MOST_S * US_PER_S};
    return sql_kiosk_visit_put(txn, &row, NULL, err);
}

/* A card left on the reader is read again and again: the same one changes nothing while its visit lasts. */
static enum rc arrive(struct request *req, struct response *resp, struct str who_hash, bool found, uint64_t candidate, struct err *err)
{
    const struct kiosk_visit *visit = request_kiosk(req);
    unsigned char *serial = arena_alloc(request_arena(req), SERIAL_BYTES);
    struct arrival a = {.req = req, .who_hash = who_hash, .serial = {(const char *)serial, SERIAL_BYTES}};
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    if (visit->is_begun && str_eq(visit->who_hash, who_hash)) {
        struct str go_on = STR("/anjungan/pin");

        if (visit->resident_id != 0)
            TRY(kiosk_left_off(req, db, &go_on, err));
        return respond_redirect(resp, go_on);
    }
    random_bytes(serial, SERIAL_BYTES);
    if (found)
        a.candidate = some_u64(candidate);
    TRY(txn_run(db, arrive_body, &a, err));
    return respond_redirect(resp, STR("/anjungan/pin"));
}

enum rc kiosk_tap_post(struct request *req, struct response *resp, struct err *err)
{
    struct str uid = card_uid(request_arena(req), kiosk_tap_got(req).card);
    struct kiosk_candidate row = {0};
    struct village_db *db;
    bool found;

    if (uid.p == NULL)
        return respond_redirect(resp, STR("/anjungan"));
    struct str hash = kiosk_blind_of(req, "card", uid);
    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_person_by_card(db, hash, &row, &found, err));
    return arrive(req, resp, hash, found, row.resident_id, err);
}

static enum rc nik_respond(struct request *req, struct response *resp, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    struct kiosk_nik_view v = {.foot = {.back_href = STR("/anjungan")}};

    TRY(kiosk_nik_fill(req, NULL, &v.form, err));
    view_kiosk_nik(&out, &v);
    return kiosk_respond(req, resp, STR("Ketik NIK"), html_view(&out), err);
}

enum rc kiosk_nik_page(struct request *req, struct response *resp, struct err *err)
{
    return nik_respond(req, resp, err);
}

enum rc kiosk_nik_post(struct request *req, struct response *resp, struct err *err)
{
    struct str nik = kiosk_nik_got(req).nik;
    struct kiosk_candidate row = {0};
    struct village_db *db;
    bool found;

    if (request_faults(req)->n > 0)
        return nik_respond(req, resp, err);
    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_person_by_nik(db, nik, &row, &found, err));
    return arrive(req, resp, kiosk_blind_of(req, "nik", nik), found, row.resident_id, err);
}

/* ---- PIN ---- */

static enum rc pin_respond(struct request *req, struct response *resp, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    struct kiosk_pin_view v = {
        .guard = request_form_guard(req), .fault = request_fault_of(req, "pin"), .steps = {.n = 4, .at = 2}, .foot = {.may_end = true}};

    v.steps.p[0].is_done = v.steps.p[1].is_now = true;
    v.foot.guard = v.guard;
    view_kiosk_pin(&out, &v);
    return kiosk_respond(req, resp, STR("Ketik PIN"), html_view(&out), err);
}

/* "pukul 10.47", "besok pukul 10.47", "pukul 00.00 malam ini" */
static struct str until_words(struct request *req, utc_us at)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;
    struct str clock = utc_clock(arena, at, zone);
    bool is_today = date_compare(utc_date(at, zone), request_today(req)) == 0;
    bool is_tonight = !is_today && str_starts(clock, STR("0")) && clock.p[1] < '4' && at - request_now(req) < (utc_us)12 * 3600 * US_PER_S;

    return str_fmt(arena, "%spukul %.*s%s", is_today || is_tonight ? "" : "besok ", STR_ARG(clock), is_tonight ? " malam ini" : "");
}

/* What is closed says so, until when, and what can be done: a PIN, or the machine for all PINs. */
static enum rc locked_respond(struct request *req, struct response *resp, struct pin_limit limit, utc_us paused_until, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    utc_us now = request_now(req), until = paused_until != 0 ? paused_until : limit.locked_until;
    utc_us whole = (paused_until != 0 || limit.failures < PIN_NEXT ? PACE_PAUSE_S : 24 * 3600) * US_PER_S;
    struct kiosk_locked_view v = {.guard = request_form_guard(req), .steps = {.n = 4, .at = 2}, .foot = {.may_end = true}};

    v.steps.p[0].is_done = v.steps.p[1].is_now = true;
    v.foot.guard = v.guard;
    v.foot.has_call = true;
    v.is_off = paused_until == 0 && pin_limit_is_off(limit);
    v.is_paused = paused_until != 0;
    if (v.is_paused)
        v.title = str_fmt(arena, "Layar ini menerima PIN lagi %.*s", STR_ARG(until_words(req, until)));
    else if (!v.is_off)
        v.title = str_fmt(arena, "PIN dikunci sampai %.*s", STR_ARG(until_words(req, until)));
    v.tries = limit.failures >= PIN_LAST ? PIN_LAST : limit.failures >= PIN_NEXT ? PIN_NEXT : PIN_FIRST;
    if (!v.is_off) {
        v.left = left_text(arena, until - now);
        v.most_s = (uint64_t)(whole / US_PER_S);
        v.left_s = until - now < whole ? (uint64_t)((until - now) / US_PER_S) : v.most_s;
    }
    view_kiosk_locked(&out, &v);
    return kiosk_respond(req, resp, v.is_paused ? STR("PIN berhenti sebentar") : STR("PIN dikunci"), html_view(&out), err);
}

struct trying {
    struct str key_hash;
    uint64_t device_id;
    utc_us now;
    bool is_nobody, may_try, is_tipped;
    struct pin_limit limit;
    uint64_t paused_id; /* which of the two is full: 0 the village */
    utc_us paused_until;
};

/* Of the village, then of the device. */
static enum rc try_pace(struct txn *txn, struct trying *t, uint64_t device_id, uint32_t most, struct err *err)
{
    struct kiosk_pace_row row;
    bool may_try, is_tipped;

    TRY(sql_kiosk_pace_touch(txn, device_id, t->now, NULL, err));
    TRY(sql_kiosk_pace_lock(txn, device_id, &row, err));
    struct pin_pace next = pin_pace_next((struct pin_pace){row.began_at, row.failures, row.paused_until}, most, t->now, &may_try,
                                         &is_tipped);
    if (!may_try) {
        t->paused_id = device_id;
        t->paused_until = next.paused_until;
        t->is_tipped = t->is_tipped || is_tipped;
    }
    return sql_kiosk_pace_set(txn, device_id, next.began_at, next.failures, next.paused_until, NULL, err);
}

static enum rc try_body(struct txn *txn, void *arg, struct err *err)
{
    struct trying *t = arg;
    struct kiosk_limit_row row;

    t->is_tipped = false;
    t->paused_until = 0;
    TRY(try_pace(txn, t, 0, PACE_VILLAGE, err));
    TRY(try_pace(txn, t, t->device_id, PACE_DEVICE, err));
    TRY(sql_kiosk_limit_touch(txn, t->key_hash, t->is_nobody, NULL, err));
    TRY(sql_kiosk_limit_lock(txn, t->key_hash, &row, err));
    t->limit = (struct pin_limit){row.failures, row.locked_until};
    t->may_try = false;
    if (t->paused_until == 0) /* while the machine pauses nobody's account is closed by it */
        t->limit = pin_limit_next(t->limit, t->now, &t->may_try);
    /* A closed account is written as well: every answer costs the same. */
    return sql_kiosk_limit_set(txn, t->key_hash, t->limit.failures, t->limit.locked_until, NULL, err);
}

static bool is_closed(const struct trying *t)
{
    return t->limit.locked_until > t->now;
}

struct pausing {
    struct request *req;
    const struct trying *t;
};

static enum rc pause_body(struct txn *txn, void *arg, struct err *err)
{
    const struct pausing *p = arg;
    const struct audit row = {
        .at = request_now(p->req),
        .actor_name = STR("Anjungan"),
        .action = STR("kiosk.pause"),
        .subject = str_fmt(request_arena(p->req), "kiosk:%" PRIu64, p->t->paused_id),
        .detail = str_fmt(request_arena(p->req), "{\"wrong\":%d}", p->t->paused_id == 0 ? PACE_VILLAGE : PACE_DEVICE)};

    return audit_put(txn, &row, err);
}

struct entering {
    struct request *req;
    struct str key_hash;
};

static enum rc enter_body(struct txn *txn, void *arg, struct err *err)
{
    const struct entering *e = arg;
    const struct kiosk_visit *visit = request_kiosk(e->req);
    struct arena *arena = request_arena(e->req);
    const struct audit row = {.at = request_now(e->req),
                              .actor_name = STR("Anjungan"),
                              .action = STR("kiosk.enter"),
                              .subject = str_fmt(arena, "resident:%" PRIu64, visit->candidate_id),
                              .detail = str_fmt(arena, "{\"kiosk\":%" PRIu64 "}", visit->device_id)};

    TRY(audit_put(txn, &row, err));
    TRY(sql_kiosk_pace_back(txn, visit->device_id, NULL, err));
    TRY(sql_kiosk_limit_forget(txn, e->key_hash, NULL, err));
    return sql_kiosk_visit_enter(txn, visit->device_id, visit->who_hash, visit->candidate_id, row.at, NULL, err);
}

/* Where wrong PINs are counted: on the account; for nobody's card or NIK on a row of its own, which closes as an account does. */
static struct str limit_key_of(struct request *req)
{
    const struct kiosk_visit *visit = request_kiosk(req);

    if (visit->candidate_id != 0)
        return kiosk_limit_key(request_arena(req), request_directory(req), request_village(req)->code, visit->candidate_id);
    return kiosk_blind_of(req, "nobody", visit->who_hash);
}

enum rc kiosk_pin_page(struct request *req, struct response *resp, struct err *err)
{
    const struct kiosk_visit *visit = request_kiosk(req);
    utc_us now = request_now(req);
    struct kiosk_limit_row limit = {0};
    struct kiosk_pause_end_rows pauses;
    struct village_db *db;
    bool found;

    if (!visit->is_begun)
        return respond_redirect(resp, STR("/anjungan"));
    if (visit->resident_id != 0)
        return respond_redirect(resp, STR("/anjungan/layanan"));
    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_paused(db, visit->device_id, now, &pauses, err));
    TRY(sql_kiosk_limit_of(db, limit_key_of(req), &limit, &found, err));
    utc_us paused_until = pauses.n > 0 ? pauses.p[0].paused_until : 0;
    if (paused_until != 0 || limit.locked_until > now)
        return locked_respond(req, resp, (struct pin_limit){limit.failures, limit.locked_until}, paused_until, err);
    return pin_respond(req, resp, err);
}

/* The answer to a wrong PIN, or to one that is not looked at. */
static enum rc refuse_pin(struct request *req, struct response *resp, const struct trying *t, struct err *err)
{
    log_event(LOG_NOTICE, "kiosk.refused", "a PIN was refused");
    uint32_t left = pin_tries_left(t->limit);
    struct str tries = left > 0 ? str_fmt(request_arena(req), "Tinggal %" PRIu32 " kali lagi", left) : STR("Coba lagi");

    request_fault(req, "pin", "Kartu, NIK, atau PIN tidak cocok. %.*s, atau minta petugas memasang PIN baru.", STR_ARG(tries));
    return t->paused_until != 0 || is_closed(t) ? locked_respond(req, resp, t->limit, t->paused_until, err) : pin_respond(req, resp, err);
}

enum rc kiosk_pin_post(struct request *req, struct response *resp, struct err *err)
{
    const struct kiosk_visit *visit = request_kiosk(req);
    struct arena *arena = request_arena(req);
    struct str pin = kiosk_pin_got(req).pin;
    struct kiosk_pin_row known = {0};
    struct village_db *db;
    bool found, fits;

    if (!visit->is_begun)
        return respond_redirect(resp, STR("/anjungan"));
    if (visit->resident_id != 0)
        return respond_redirect(resp, STR("/anjungan/layanan"));
    if (pin.n != PIN_DIGITS) {
        request_fault(req, "pin", "PIN terdiri dari 6 angka.");
        return pin_respond(req, resp, err);
    }
    struct trying t = {
        .key_hash = limit_key_of(req), .device_id = visit->device_id, .now = request_now(req), .is_nobody = visit->candidate_id == 0};
    TRY(request_village_db(req, &db, err));
    TRY(txn_run(db, try_body, &t, err));
    if (t.is_tipped)
        TRY(txn_run(db, pause_body, &(struct pausing){req, &t}, err));
    TRY(sql_kiosk_pin_of(db, visit->candidate_id, &known, &found, err));
    struct str text = kiosk_pin_text(arena, request_village(req)->code, visit->candidate_id, pin);
    TRY(request_password_fits(req, text, found && t.may_try ? known.pin_hash : STR_NONE, &fits, err));
    if (!fits || !found || !t.may_try || visit->candidate_id == 0)
        return refuse_pin(req, resp, &t, err);
    struct entering e = {.req = req, .key_hash = t.key_hash};
    TRY(txn_run(db, enter_body, &e, err));
    return respond_redirect(resp, STR("/anjungan/layanan"));
}

/* ---- for the first time here, and a number for the counter ---- */

enum rc kiosk_first_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    struct kiosk_first_view v = {.guard = request_form_guard(req),
                                 .has_visit = request_kiosk(req)->is_begun,
                                 .fault = request_fault_of(req, "antrean"),
                                 .foot = {.may_end = request_kiosk(req)->is_begun,
                                          .back_href = request_kiosk(req)->is_begun ? STR("") : STR("/anjungan"),
                                          .has_call = true}};

    v.foot.guard = v.guard;
    view_kiosk_first(&out, &v);
    return kiosk_respond(req, resp, STR("Pertama kali di sini"), html_view(&out), err);
}

enum { TICKET_AGAIN_S = 10, TICKET_SHOWN_S = 30, TICKETS_MOST = 5, TICKETS_WITHIN_S = 600 };

struct ticketing {
    struct request *req;
    bool is_full, is_gone;
};

/* One number a visit. Where nobody has signed in, pressed again at once it is the same; and a screen does not give numbers without end. */
static enum rc ticket_body(struct txn *txn, void *arg, struct err *err)
{
    struct ticketing *t = arg;
    const struct kiosk_visit *visit = request_kiosk(t->req);
    uint64_t device = visit->device_id, number, id;
    utc_us now = request_now(t->req);
    struct date today = request_today(t->req);
    struct kiosk_device_locked locked;
    struct kiosk_tickets_open open;
    struct kiosk_ticket_row mine;
    struct kiosk_visit_row stands;
    bool found;

    t->is_full = false;
    TRY(audit_lock(txn, err));
    TRY(sql_kiosk_device_lock(txn, device, &locked, err));
    TRY(sql_kiosk_visit_lock(txn, device, &stands, &found, err));
    t->is_gone = visit->is_begun && (!found || !str_eq(stands.who_hash, visit->who_hash)); /* somebody else by now */
    if (t->is_gone)
        return RC_OK;
    TRY(sql_kiosk_ticket_of(in_txn(txn), device, &mine, &found, err));
    if (found && !mine.is_emptied && (visit->is_begun || now - mine.taken_at < TICKET_AGAIN_S * US_PER_S))
        return kiosk_hand_over(txn, t->req, mine.number, err);
    TRY(sql_kiosk_tickets_open(in_txn(txn), device, now - TICKETS_WITHIN_S * US_PER_S, &open, err));
    t->is_full = visit->resident_id == 0 && open.n >= TICKETS_MOST;
    if (t->is_full)
        return RC_OK;
    TRY(kiosk_queue_number(txn, today, &number, err));
    TRY(sql_kiosk_ticket_put(txn, device, today, (uint32_t)number, now, &id, err));
    TRY(kiosk_hand_over(txn, t->req, number, err));
    return sql_kiosk_device_used(txn, device, some_u64(id), now, NULL, err);
}

enum rc kiosk_queue_number(struct txn *txn, struct date day, uint64_t *number_out, struct err *err)
{
    uint64_t value;

    TRY(sql_epoch_day_number(txn, STR("queue"), (uint64_t)date_to_days(day), &value, err));
    *number_out = value % 10000;
    return RC_OK;
}

enum rc kiosk_ticket_post(struct request *req, struct response *resp, struct err *err)
{
    struct ticketing t = {.req = req};
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(txn_run(db, ticket_body, &t, err));
    if (t.is_gone)
        return respond_redirect(resp, STR("/anjungan"));
    if (!t.is_full)
        return respond_redirect(resp, STR("/anjungan/antrean?cetak=1"));
    request_fault(req, "antrean", "Masih ada %d nomor dari layar ini yang menunggu. Tekan Panggil petugas.", TICKETS_MOST);
    return kiosk_first_page(req, resp, err);
}

enum rc kiosk_ticket_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    bool is_begun = request_kiosk(req)->is_begun, found;
    struct kiosk_ticket_row row;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_ticket_of(db, request_kiosk(req)->device_id, &row, &found, err));
    if (!found || (!is_begun && request_now(req) - row.taken_at > TICKET_SHOWN_S * US_PER_S))
        return respond_redirect(resp, STR("/anjungan"));
    struct kiosk_number_view v = {
        .guard = request_form_guard(req),
        .village = request_village(req)->name,
        .when = utc_long(request_arena(req), row.taken_at, request_village(req)->zone),
        .number = row.number,
        .is_emptied = row.is_emptied,
        .may_print = kiosk_print_got(req).is_asked,
        .foot = {.may_end = is_begun, .is_end_next = is_begun, .back_href = is_begun ? STR("") : STR("/anjungan")}};
    v.foot.guard = v.guard;
    view_kiosk_number(&out, &v);
    return kiosk_respond(req, resp, STR("Nomor antrean"), html_view(&out), err);
}

/* ---- the end ---- */

static enum rc end_body(struct txn *txn, void *arg, struct err *err)
{
    struct request *req = arg;
    struct letter_actor by = kiosk_actor(req);
    uint64_t device = request_kiosk(req)->device_id;
    struct kiosk_device_locked locked;
    struct kiosk_visit_row old;
    bool found;

    TRY(audit_lock(txn, err));
    TRY(sql_kiosk_device_lock(txn, device, &locked, err));
    TRY(sql_kiosk_device_used(txn, device, (struct opt_u64){0}, by.now, NULL, err));
    TRY(sql_kiosk_visit_lock(txn, device, &old, &found, err));
    if (found && old.resident_id.is_set && !kiosk_end_got(req).is_kept)
        TRY(letter_self_abandon(txn, old.resident_id.value, &by, err));
    return sql_kiosk_visit_end(txn, device, NULL, err);
}

/* The device stays enrolled, so cookies are not among what the browser forgets. */
enum rc kiosk_end_post(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(txn_run(db, end_body, req, err));
    response_header(resp, "clear-site-data", STR("\"cache\", \"storage\""));
    return respond_redirect(resp, STR("/anjungan"));
}
