// SPDX-License-Identifier: AGPL-3.0-or-later
/* What was written down wrongly about an event that did happen: put right with a reason; what stood before is in the history. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "server/register/change.h"
#include "server/web/act.h"
#include "tenants/village/events/events_fix_view.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/residents/ages.h"
#include "tenants/village/residents/family_rows_sql.h"
#include "tenants/village/residents/residents.h"

struct fixing {
    enum event_kind kind;
    struct event_fix_form form;
    struct event e;         /* as it stands now */
    struct event_rows list; /* it, and the others of its act */
    struct event_facts facts;
    bool is_doubted; /* the ages beside a new day of birth: asked */
};

static enum rc load(struct request *req, struct fixing *f, struct err *err)
{
    const struct event_fix_form form = event_fix_got(req);
    struct village_db *db;

    *f = (struct fixing){.form = form};
    TRY(request_village_db(req, &db, err));
    TRY(sql_event_get(db, form.id, &f->e, err));
    TRY(sql_event_of_act(db, f->e.act, &f->list, err));
    f->kind = event_of_word(f->e.kind);
    f->facts = event_facts_for(f->kind, (struct event_facts){form.day, form.place, form.cause, form.reporter, form.number, form.note, {0}},
                               form.reach);
    return RC_OK;
}

static enum rc check_order(struct request *req, const struct fixing *f, struct err *err)
{
    struct event_about *who = ARENA_ARRAY(request_arena(req), struct event_about, f->list.n + 1);
    bool is_all = str_is(f->form.whom, "semua");
    struct village_db *db;
    size_t n = 0;

    for (size_t i = 0; i < f->list.n && is_all; i++)
        who[n++] = (struct event_about){f->list.p[i].resident_id, f->list.p[i].id};
    if (!is_all)
        who[n++] = (struct event_about){f->e.resident_id, f->e.id};
    TRY(request_village_db(req, &db, err));
    return event_check_order(req, db, f->kind, f->form.day, who, n, err);
}

/* Of a birth, once all else is right: the ages beside the new day. */
static enum rc doubt(struct request *req, struct fixing *f, struct err *err)
{
    struct village_db *db;
    struct resident_now now;
    struct age_doubt age;
    bool is_doubted;

    if (f->kind != EVENT_BIRTH || f->form.is_compared || request_faults(req)->n > 0 || date_compare(f->e.event_date, f->form.day) == 0)
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(resident_read(db, f->e.resident_id, &now, err));
    now.row.birth_date = f->form.day;
    TRY(ages_ask(db, &now.row, now.id, request_today(req), &is_doubted, &age, err));
    if (!is_doubted)
        return RC_OK;
    f->is_doubted = true;
    request_ask(req, EVENT_FIX_DAY, "%.*s", STR_ARG(age.text));
    return RC_OK;
}

/* The same is asked of it as when it was written down. */
enum rc event_fix_check(struct request *req, struct err *err)
{
    struct fixing *f = ARENA_NEW(request_arena(req), struct fixing);
    const struct date day = event_fix_got(req).day;

    TRY(load(req, f, err));
    if (f->e.cancelled_at != 0)
        request_set_changed(req);
    event_check(req, f->kind, &f->facts);
    for (size_t i = 0; i < f->list.n; i++)
        event_check_day(req, f->kind, day, f->list.p[i].birth_date);
    TRY(check_order(req, f, err));
    struct str fault = f->kind == EVENT_BIRTH ? nik_fault(f->e.nik, day, f->e.sex == SEX_FEMALE, request_today(req)) : STR("");
    if (!str_empty(fault) && request_fault_of(req, EVENT_FIX_DAY).p == NULL)
        request_fault(req, EVENT_FIX_DAY, "%.*s", STR_ARG(fault));
    act_keep(req, f);
    return doubt(req, f, err);
}

/* ---- showing ---- */

/* Beside what came first, in the words of this kind, and whose it is. */
static enum rc put_both(struct request *req, struct village_db *db, const struct fixing *f, struct both_view *both, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct event_facts stored = event_facts_of(&f->e);
    struct event_fact mine[EVENT_FACTS_MOST], theirs[EVENT_FACTS_MOST];
    struct history_view history;

    TRY(history_show(req, db, &event_keeper, f->e.id, 0, &history, err));
    *both = (struct both_view){.p = ARENA_ARRAY(arena, struct both_row, EVENT_FACTS_MOST)};
    both->n = event_facts_words(arena, f->kind, &f->facts, mine);
    event_facts_words(arena, f->kind, &stored, theirs);
    for (size_t i = 0; i < both->n; i++)
        both->p[i] = (struct both_row){mine[i].label, mine[i].value, theirs[i].value, !str_eq(mine[i].value, theirs[i].value)};
    for (size_t i = 0; i < history.lines.n && str_empty(both->changed_by); i++)
        if (history.lines.p[i].fields.n > 0) /* not who only put a file beside it */
            both->changed_by = str_fmt(arena, "%.*s, %.*s", STR_ARG(history.lines.p[i].who), STR_ARG(history.lines.p[i].when));
    return RC_OK;
}

enum rc event_fix_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct fixing *checked = act_kept(req);
    struct fixing f;
    struct village_db *db;
    struct buf body = {.arena = arena};

    TRY(load(req, &f, err));
    TRY(request_village_db(req, &db, err));
    TRY(resident_look(req, db, f.e.resident_id, "event", err));
    const struct event *e = &f.e;
    const struct event_fix_form stored = {.version = e->version,
                                          .day = e->event_date,
                                          .reach = e->destination.is_set ? str_fmt(arena, "%" PRIu64, e->destination.value) : STR(""),
                                          .place = e->place,
                                          .cause = e->cause,
                                          .reporter = e->reporter,
                                          .number = e->number,
                                          .note = e->note};
    struct event_fix_view v = {.back = event_href(arena, e->id),
                               .action = request_path(req),
                               .title = str_fmt(arena, "%.*s: %.*s", STR_ARG(event_label(f.kind)), STR_ARG(text_name(arena, e->name))),
                               .refused = e->cancelled_at != 0 ? STR("Peristiwa ini sudah dibatalkan.") : STR(""),
                               .is_birth = f.kind == EVENT_BIRTH,
                               .has_more = f.list.n > 1,
                               .is_doubted = f.form.is_compared || (checked != NULL && checked->is_doubted)};

    TRY(event_fix_fill(req, &stored, &v.form, err));
    v.boxes = event_boxes(f.kind, &v.form.p[EVENT_FIX_AT_DAY]);
    if (v.has_more)
        v.whom = event_whom_radios(req, &v.form.p[EVENT_FIX_AT_WHOM], e, "Yang diperbaiki", f.list.n);
    if (v.form.is_changed && str_empty(v.refused))
        TRY(put_both(req, db, &f, &v.form.both, err));
    else
        v.form.both = (struct both_view){0};
    view_event_fix(&body, &v);
    if (!str_empty(v.refused))
        response_status(resp, 409);
    const struct page page = {.title = STR("Perbaiki catatan peristiwa"), .active = STR("/kantor/peristiwa"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- writing ---- */

/* The child's own data says the same: what the correction changed is changed there too. */
static enum rc fix_child(struct txn *txn, struct request *req, const struct event *e, const struct event_facts *to,
                         const struct resident_now *now, struct str *diff_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct resident_row after = now->row;

    if (date_compare(e->event_date, to->date) != 0)
        after.birth_date = to->date;
    if (!str_eq(e->place, to->place))
        after.birth_place = text_upper(arena, to->place);
    if (!str_eq(e->number, to->number))
        after.birth_cert = utf8_part(arena, to->number, 50);
    *diff_out = resident_diff(arena, &now->row, &after);
    if (diff_is_empty(*diff_out))
        return RC_OK;
    TRY(sql_event_birth_set(txn, e->resident_id, after.birth_date, after.birth_place, after.birth_cert, request_now(req), NULL, err));
    return registry_touch(txn, err);
}

/* One whose facts are to change: what its history says of it, what the person's says. */
struct fix {
    const struct event *e;
    struct str diff, told, person_diff;
};

static bool fix_of(struct request *req, const struct fixing *f, const struct event *e, struct fix *out)
{
    struct arena *arena = request_arena(req);
    const struct event_facts from = event_facts_of(e);
    struct event_fact was[EVENT_FACTS_MOST], is[EVENT_FACTS_MOST];
    size_t n = event_facts_words(arena, f->kind, &from, was);
    struct buf told = {.arena = arena}, diff = {.arena = arena};

    event_facts_words(arena, f->kind, &f->facts, is);
    buf_put_str(&told, f->form.reason);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(was[i].value, is[i].value))
            continue;
        buf_fmt(&told, ". %.*s: %.*s menjadi %.*s", STR_ARG(was[i].label),
                STR_ARG(str_empty(was[i].value) ? STR("(kosong)") : was[i].value),
                STR_ARG(str_empty(is[i].value) ? STR("(kosong)") : is[i].value));
        buf_put_char(&diff, diff.n == 0 ? '{' : ',');
        json_put_str(&diff, str_fmt(arena, "%.*s.%.*s", STR_ARG(event_word(f->kind)), STR_ARG(was[i].word)));
        buf_put(&diff, ":[", 2);
        json_put_str(&diff, was[i].value);
        buf_put_char(&diff, ',');
        json_put_str(&diff, is[i].value);
        buf_put_char(&diff, ']');
    }
    if (diff.n == 0)
        return false;
    buf_put_char(&diff, '}');
    *out = (struct fix){e, buf_str(&diff), utf8_part(arena, buf_str(&told), 300), STR("{}")};
    return true;
}

/* People of whom the same is told are written together: nearly always all of them. */
static enum rc put_people(struct txn *txn, struct request *req, struct fix *fixes, size_t n, struct err *err)
{
    struct resident_changed *changed = ARENA_ARRAY(request_arena(req), struct resident_changed, n);

    for (size_t i = 0; i < n; i++) {
        const struct resident_act act = resident_act_of(req, STR("event_fix"), fixes[i].told);
        size_t alike = 0;

        for (size_t k = i; k < n && fixes[i].e != NULL; k++)
            if (fixes[k].e != NULL && str_eq(fixes[k].told, act.reason)) {
                changed[alike++] = (struct resident_changed){.resident_id = fixes[k].e->resident_id, .diff = fixes[k].person_diff};
                if (k > i)
                    fixes[k].e = NULL;
            }
        if (alike > 0)
            TRY(resident_changes_put(txn, &act, changed, alike, err));
    }
    return RC_OK;
}

/* The events themselves, and the history of each. */
static enum rc put_events(struct txn *txn, struct request *req, const struct fixing *f, const struct fix *fixes, size_t n, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct change *changes = ARENA_ARRAY(arena, struct change, n);
    const struct change_by by = change_by_of(req);
    const struct event_facts *to = &f->facts;
    struct buf ids = {.arena = arena};

    for (size_t i = 0; i < n; i++) {
        buf_fmt(&ids, "%c%" PRIu64, i == 0 ? '[' : ',', fixes[i].e->id);
        changes[i] = (struct change){.owner = event_keeper.owner,
                                     .owner_id = fixes[i].e->id,
                                     .kind = STR("edit"),
                                     .diff = fixes[i].diff,
                                     .reason = f->form.reason,
                                     .version = fixes[i].e->version + 1};
    }
    buf_put_char(&ids, ']');
    const struct event_fix_set_in in = {buf_str(&ids), to->date, to->place, to->destination, to->cause, to->reporter, to->number, to->note};
    TRY(sql_event_fix_set(txn, &in, NULL, err));
    return changes_put(txn, &by, changes, n, err);
}

enum rc event_fix_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct fixing *f = act_kept(req);
    struct event e;
    struct event_rows list = {&e, 1};
    struct resident_now now;
    struct fix *fixes;
    size_t n = 0;

    TRY(resident_lock(txn, f->e.resident_id, &now, err));
    TRY(sql_event_get(in_txn(txn), f->e.id, &e, err));
    TRY(act_seen(req, e.cancelled_at == 0 ? e.version : 0, err));
    if (str_is(f->form.whom, "semua"))
        TRY(sql_event_of_act(in_txn(txn), e.act, &list, err));
    fixes = ARENA_ARRAY(request_arena(req), struct fix, list.n);
    for (size_t i = 0; i < list.n; i++)
        n += fix_of(req, f, &list.p[i], &fixes[n]);
    *go_to_out = event_href(request_arena(req), e.id);
    if (n == 0) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    TRY(put_events(txn, req, f, fixes, n, err));
    if (f->kind == EVENT_BIRTH)
        TRY(fix_child(txn, req, fixes[0].e, &f->facts, &now, &fixes[0].person_diff, err));
    TRY(put_people(txn, req, fixes, n, err));
    act_say(req, "Perbaikan tersimpan");
    return event_done(txn, req, "event.fix", e.id, err);
}
