// SPDX-License-Identifier: AGPL-3.0-or-later
/* What was written down wrongly about an event that did happen: corrected with a reason, what stood before is kept. */
#include "server/base/text.h"
#include "tenants/village/events/events_fix_view.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/residents/residents.h"

struct fixing {
    struct request *req;
    enum event_kind kind;
    struct event e;         /* as the form's reader sees it now */
    struct event_rows list; /* it, and the others of its act */
    struct event_facts facts;
    bool is_changed, is_unchanged;
    struct str refused; /* in words; empty: not */
};

static struct str text_of_pairs(struct arena *arena, const struct event_fact *was, const struct event_fact *is, size_t n, struct str reason)
{
    struct buf out = {.arena = arena};

    buf_put_str(&out, reason);
    for (size_t i = 0; i < n; i++)
        if (!str_eq(was[i].value, is[i].value))
            buf_fmt(&out, ". %.*s: %.*s menjadi %.*s", STR_ARG(was[i].label),
                    STR_ARG(str_empty(was[i].value) ? STR("(kosong)") : was[i].value),
                    STR_ARG(str_empty(is[i].value) ? STR("(kosong)") : is[i].value));
    return utf8_part(arena, buf_str(&out), 300);
}

/* ---- reading ---- */

static enum rc load(struct request *req, struct fixing *f, struct err *err)
{
    struct village_db *db;

    *f = (struct fixing){.req = req, .refused = STR("")};
    TRY(request_village_db(req, &db, err));
    TRY(sql_event_get(db, input_u64(req, "id"), &f->e, err));
    TRY(sql_event_of_act(db, f->e.act, &f->list, err));
    f->kind = event_of_word(f->e.kind);
    f->facts = event_facts_of(&f->e);
    if (f->e.cancelled_at != 0)
        f->refused = STR("Peristiwa ini sudah dibatalkan.");
    return RC_OK;
}

static void must(struct request *req, const char *field, struct str words, bool is_there)
{
    if (!is_there && request_fault_of(req, field).p == NULL)
        request_fault(req, field, "%.*s belum diisi.", STR_ARG(words));
}

/* The same is asked of it as when it was written down. */
static void read(struct fixing *f)
{
    struct request *req = f->req;
    struct date day = input_date(req, "tanggal");
    struct str fault = STR("");
    uint64_t code;

    f->facts = (struct event_facts){day,
                                    input_text(req, "tempat"),
                                    input_text(req, "sebab"),
                                    input_text(req, "pelapor"),
                                    input_text(req, "nomor"),
                                    input_text(req, "catatan"),
                                    {0}};
    if (f->kind == EVENT_MOVE_OUT && str_to_u64(input_text(req, "jangkauan"), &code))
        f->facts.destination = some_u64(code);
    if (f->kind != EVENT_DEATH)
        f->facts.cause = f->e.cause;
    if (f->kind == EVENT_ARRIVAL)
        f->facts.reporter = f->e.reporter;
    must(req, "tempat", event_place_label(f->kind), f->kind == EVENT_MISSING || !str_empty(f->facts.place));
    must(req, "pelapor", STR("Pelapor"), (f->kind != EVENT_DEATH && f->kind != EVENT_MISSING) || !str_empty(f->facts.reporter));
    must(req, "jangkauan", STR("Tujuan"), f->kind != EVENT_MOVE_OUT || f->facts.destination.is_set);
    for (size_t i = 0; i < f->list.n && str_empty(fault); i++)
        fault = event_date_fault(f->kind, day, f->list.p[i].birth_date, request_today(req));
    if (str_empty(fault) && f->kind == EVENT_BIRTH)
        fault = nik_fault(f->e.nik, day, f->e.sex == SEX_FEMALE, request_today(req));
    if (!str_empty(fault) && request_fault_of(req, "tanggal").p == NULL)
        request_fault(req, "tanggal", "%.*s", STR_ARG(fault));
}

/* ---- showing ---- */

static void put_both(const struct fixing *f, struct event_fix_view *v)
{
    struct arena *arena = request_arena(f->req);
    const struct event_facts stored = event_facts_of(&f->e);
    struct event_fact mine[EVENT_FACTS_MOST], theirs[EVENT_FACTS_MOST];

    v->both.n = event_facts_words(arena, f->kind, &f->facts, mine);
    event_facts_words(arena, f->kind, &stored, theirs);
    v->both.p = ARENA_ARRAY(arena, struct both_row, EVENT_FACTS_MOST);
    for (size_t i = 0; i < v->both.n; i++)
        v->both.p[i] = (struct both_row){mine[i].label, mine[i].value, theirs[i].value, !str_eq(mine[i].value, theirs[i].value)};
    if (f->e.fixed_by.p != NULL)
        v->both.changed_by = str_fmt(arena, "%.*s, %.*s", STR_ARG(f->e.fixed_by),
                                     STR_ARG(utc_long(arena, f->e.fixed_at, request_village(f->req)->zone)));
}

static struct field_view text_box(const struct fixing *f, bool is_sent, const char *name, struct str label, struct str stored,
                                  bool is_optional)
{
    return input_box(f->req, is_sent,
                     (struct field_view){.name = str_c(name), .label = label, .value = stored, .is_optional = is_optional});
}

static struct date3_view date_box(const struct fixing *f, bool is_sent)
{
    struct arena *arena = request_arena(f->req);
    struct date3_view box = form_date(f->req, is_sent, "tanggal", "Tanggal", "Contoh: 3 11 2026");

    if (!is_sent) {
        box.day = str_fmt(arena, "%u", f->e.event_date.day);
        box.month = str_fmt(arena, "%u", f->e.event_date.month);
        box.year = str_fmt(arena, "%d", f->e.event_date.year);
    }
    return box;
}

static enum rc fix_respond(const struct fixing *f, struct response *resp, bool is_sent, struct err *err)
{
    struct request *req = f->req;
    struct arena *arena = request_arena(req);
    const struct event *e = &f->e;
    struct buf body = {.arena = arena};
    struct event_fix_view v = {
        .guard = request_form_guard(req),
        .back = event_href(arena, e->id),
        .action = str_fmt(arena, "%.*s/perbaiki", STR_ARG(event_href(arena, e->id))),
        .title = str_fmt(arena, "%.*s: %.*s", STR_ARG(event_label(f->kind)), STR_ARG(text_name(arena, e->name))),
        .version = is_sent && !f->is_changed ? input_typed(req, "versi") : str_fmt(arena, "%" PRIu64, e->fix_id),
        .refused = f->refused,
        .is_birth = f->kind == EVENT_BIRTH,
        .is_unchanged = f->is_unchanged,
        .has_more = f->list.n > 1,
        .boxes =
            {
                .is_death = f->kind == EVENT_DEATH,
                .is_move = f->kind == EVENT_MOVE_OUT,
                .has_reporter = f->kind != EVENT_ARRIVAL,
                .date = date_box(f, is_sent),
                .destination = event_destination_radios(req, is_sent, e->destination),
                .place = text_box(f, is_sent, "tempat", event_place_label(f->kind), e->place, f->kind == EVENT_MISSING),
                .cause = text_box(f, is_sent, "sebab", STR("Sebab"), e->cause, true),
                .reporter = text_box(f, is_sent, "pelapor", STR("Pelapor"), e->reporter,
                                     f->kind != EVENT_DEATH && f->kind != EVENT_MISSING),
                .number = text_box(f, is_sent, "nomor", event_number_label(f->kind), e->number, true),
                .note = text_box(f, is_sent, "catatan", STR("Catatan"), e->note, true),
            },
        .reason = text_box(f, is_sent, "alasan", STR("Alasan"), STR(""), false),
    };

    v.reason.hint = STR("Contoh: salah ketik, akta kematian baru terbit");
    if (v.has_more)
        v.whom = event_whom_radios(req, is_sent, e, "Yang diperbaiki", f->list.n);
    if (is_sent)
        v.faults = *request_faults(req);
    if (f->is_changed)
        put_both(f, &v);
    view_event_fix(&body, &v);
    if (f->is_changed || !str_empty(f->refused))
        response_status(resp, 409);
    else if (f->is_unchanged)
        response_status(resp, 422);
    const struct page page = {.title = STR("Perbaiki catatan peristiwa"), .active = STR("/kantor/peristiwa"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc event_fix_page(struct request *req, struct response *resp, struct err *err)
{
    struct fixing f;
    struct village_db *db;

    TRY(load(req, &f, err));
    TRY(request_village_db(req, &db, err));
    TRY(resident_look(req, db, f.e.resident_id, "event", err));
    return fix_respond(&f, resp, false, err);
}

/* ---- writing ---- */

/* The child's own data says the same: what the correction changed is changed there too. */
static enum rc fix_child(struct txn *txn, struct fixing *f, const struct event *e, const struct resident_now *now, struct str *diff_out,
                         struct err *err)
{
    struct arena *arena = request_arena(f->req);
    struct resident_row after = now->row;

    if (date_compare(e->event_date, f->facts.date) != 0)
        after.birth_date = f->facts.date;
    if (!str_eq(e->place, f->facts.place))
        after.birth_place = text_upper(arena, f->facts.place);
    if (!str_eq(e->number, f->facts.number))
        after.birth_cert = utf8_part(arena, f->facts.number, 50);
    *diff_out = resident_diff(arena, &now->row, &after);
    if (str_is(*diff_out, "{}"))
        return RC_OK;
    TRY(sql_event_birth_set(txn, e->resident_id, after.birth_date, after.birth_place, after.birth_cert, request_now(f->req), NULL, err));
    return registry_touch(txn, err);
}

/* One whose facts are to change: the row, and what is said of it in the person's history. */
struct fix {
    const struct event *e;
    struct str told, diff;
};

static bool fix_of(const struct fixing *f, const struct event *e, struct fix *out)
{
    struct arena *arena = request_arena(f->req);
    const struct event_facts from = event_facts_of(e);
    struct event_fact was[EVENT_FACTS_MOST], is[EVENT_FACTS_MOST];
    size_t n = event_facts_words(arena, f->kind, &from, was);

    event_facts_words(arena, f->kind, &f->facts, is);
    *out = (struct fix){e, text_of_pairs(arena, was, is, n, input_str(f->req, "alasan")), STR("{}")};
    for (size_t i = 0; i < n; i++)
        if (!str_eq(was[i].value, is[i].value))
            return true;
    return false;
}

/* People of whom the same is told are written together: nearly always all of them. */
static enum rc put_changes(struct txn *txn, struct fixing *f, struct fix *fixes, size_t n, struct err *err)
{
    struct resident_changed *changed = ARENA_ARRAY(request_arena(f->req), struct resident_changed, n);

    for (size_t i = 0; i < n; i++) {
        const struct resident_act act = resident_act_of(f->req, CHANGE_EVENT_FIX, fixes[i].told);
        size_t alike = 0;

        for (size_t k = i; k < n && fixes[i].e != NULL; k++)
            if (fixes[k].e != NULL && str_eq(fixes[k].told, act.reason)) {
                changed[alike++] = (struct resident_changed){.resident_id = fixes[k].e->resident_id, .diff = fixes[k].diff};
                if (k > i)
                    fixes[k].e = NULL;
            }
        if (alike > 0)
            TRY(resident_changes_put(txn, &act, changed, alike, err));
    }
    return RC_OK;
}

static enum rc write(struct txn *txn, struct fixing *f, const struct event_rows *list, const struct resident_now *now, struct err *err)
{
    struct request *req = f->req;
    struct arena *arena = request_arena(req);
    const struct actor *actor = request_actor(req);
    const struct event_facts *to = &f->facts;
    struct fix *fixes = ARENA_ARRAY(arena, struct fix, list->n);
    struct event_fix_put_in *rows = ARENA_ARRAY(arena, struct event_fix_put_in, list->n);
    size_t n = 0;

    for (size_t i = 0; i < list->n; i++)
        if (fix_of(f, &list->p[i], &fixes[n])) {
            rows[n] = (struct event_fix_put_in){.event_id = list->p[i].id,
                                                .at = request_now(req),
                                                .staff_id = actor->id,
                                                .staff_name = actor->name,
                                                .reason = input_str(req, "alasan"),
                                                .event_date = to->date,
                                                .place = to->place,
                                                .destination = to->destination,
                                                .cause = to->cause,
                                                .reporter = to->reporter,
                                                .number = to->number,
                                                .note = to->note};
            n++;
        }
    f->is_unchanged = n == 0;
    if (f->is_unchanged)
        return fail(err, RC_INVALID, "nothing was changed");
    TRY(sql_event_fix_put(txn, rows, n, err));
    if (f->kind == EVENT_BIRTH)
        TRY(fix_child(txn, f, fixes[0].e, now, &fixes[0].diff, err));
    return put_changes(txn, f, fixes, n, err);
}

static enum rc fix_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct fixing *f = arg;
    struct request *req = f->req;
    struct event_rows list = {&f->e, 1};
    struct resident_now now;

    TRY(resident_lock(txn, f->e.resident_id, &now, err));
    TRY(sql_event_get(in_txn(txn), f->e.id, &f->e, err));
    f->is_changed = f->e.fix_id != input_u64(req, "versi");
    if (f->is_changed || f->e.cancelled_at != 0)
        return fail(err, RC_CONFLICT, "the event was corrected or taken back meanwhile");
    if (str_is(input_text(req, "siapa"), "semua"))
        TRY(sql_event_of_act(in_txn(txn), f->e.act, &list, err));
    TRY(write(txn, f, &list, &now, err));
    *go_to_out = event_href(request_arena(req), f->e.id);
    return event_done(txn, req, "event.fix", f->e.id, err);
}

enum rc event_fix_post(struct request *req, struct response *resp, struct err *err)
{
    struct fixing f;
    enum rc rc;

    TRY(load(req, &f, err));
    if (!str_empty(f.refused))
        return fix_respond(&f, resp, true, err);
    read(&f);
    if (request_faults(req)->n > 0)
        return fix_respond(&f, resp, true, err);
    rc = village_act(req, resp, fix_body, &f, err);
    if (rc == RC_CONFLICT && f.e.cancelled_at != 0)
        f.refused = STR("Peristiwa ini sudah dibatalkan.");
    else if (!(rc == RC_CONFLICT && f.is_changed) && !(rc == RC_INVALID && f.is_unchanged))
        return rc;
    return fix_respond(&f, resp, true, err);
}
