// SPDX-License-Identifier: AGPL-3.0-or-later
/* Somebody goes: dies, moves away, is missing, or is found again. Alone or, moving, with others of the family; who led it has a successor.
 */
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/events/events_leave_view.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/residents/family_rows_sql.h"
#include "tenants/village/residents/residents.h"

/* What the form says, against the family as it stands. */
struct leaving {
    enum event_kind kind;
    struct leave_form form;
    struct event_facts facts;
    struct family_state family;
    const struct family_member *who; /* the page's person; NULL: does not live here (any more) */
    uint8_t status;                  /* theirs until now: who is missing can still be found dead */
    bool is_seen;                    /* a look of this staff member at them was written down just before */
    uint64_t *ids;                   /* everyone who goes, they first */
    size_t n;
    struct succession s;
    bool has_missing;
    struct event_missing missing; /* since when, of who is missing until now */
    uint8_t role_back;            /* of who is found */
    struct family_people widows;  /* of who died */
};

static enum event_kind kind_of(const struct request *req)
{
    struct str path = str_c(request_route(req)->path);

    return str_ends(path, STR("/kematian"))     ? EVENT_DEATH
           : str_ends(path, STR("/kepindahan")) ? EVENT_MOVE_OUT
           : str_ends(path, STR("/ditemukan"))  ? EVENT_FOUND
                                                : EVENT_MISSING;
}

/* ---- reading ---- */

/* Who lives here may go; who is missing is found, alive or dead, or declared dead by a court. */
static bool can_happen(enum event_kind kind, uint8_t status)
{
    return status == STATUS_MISSING ? kind == EVENT_DEATH || kind == EVENT_FOUND : status == STATUS_ALIVE && kind != EVENT_FOUND;
}

/* The person must stand in a family, as everyone on the books does. */
static enum rc load(struct request *req, struct leaving *out, struct err *err)
{
    struct village_db *db;
    struct event_person person;

    *out = (struct leaving){.kind = kind_of(req), .form = leave_got(req)};
    TRY(request_village_db(req, &db, err));
    TRY(sql_event_person(db, out->form.id, request_actor(req)->id, request_now(req) - LOOK_LASTS, &person, err));
    out->is_seen = person.is_seen;
    if (!can_happen(out->kind, person.basic_status) || !person.family_id.is_set)
        return RC_OK;
    out->status = person.basic_status;
    TRY(family_load(db, person.family_id.value, &out->family, err));
    out->who = family_anyone_of(&out->family, person.id);
    out->ids = ARENA_ARRAY(request_arena(req), uint64_t, out->family.living + 1);
    out->ids[out->n++] = person.id;
    return person.basic_status == STATUS_MISSING ? sql_event_missing(db, person.id, &out->missing, &out->has_missing, err) : RC_OK;
}

static void read_others(struct request *req, struct leaving *l)
{
    size_t known = 0;

    for (size_t i = 0; i < l->family.living; i++) {
        uint64_t id = l->family.p[i].id;

        if (str_empty(pair_of_id(l->form.ticked, id)))
            continue;
        known++;
        if (id != l->who->id && l->kind == EVENT_MOVE_OUT)
            l->ids[l->n++] = id;
    }
    if (known != l->form.ticked.n)
        request_fault(req, "", "Yang dicentang tidak semuanya tinggal di keluarga ini. Periksa lagi.");
}

static enum rc check_order(struct request *req, const struct leaving *l, struct err *err)
{
    struct event_about *who = ARENA_ARRAY(request_arena(req), struct event_about, l->n);
    struct village_db *db;

    for (size_t i = 0; i < l->n; i++)
        who[i] = (struct event_about){l->ids[i], 0};
    TRY(request_village_db(req, &db, err));
    return event_check_order(req, db, l->kind, l->form.day, who, l->n, err);
}

/* What it makes of the others: who is widowed, what who is found comes back as. */
static enum rc read_beside(struct request *req, struct leaving *l, struct err *err)
{
    const struct str roles = l->has_missing ? l->missing.roles : STR("");
    struct village_db *db;

    if (l->kind == EVENT_DEATH)
        return event_widows_of(request_arena(req), &l->family, l->who, roles, &l->widows, err);
    if (l->kind != EVENT_FOUND)
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(event_role_back(db, &l->family, l->who, l->has_missing ? &l->missing : NULL, &l->role_back, err));
    if (l->role_back != l->who->role && l->role_back != SHDK_HEAD)
        l->role_back = family_role_typed(req, l->form.roles, l->who, l->role_back, true);
    if (l->role_back == 0 && str_is(l->form.step, "simpan") && request_faults(req)->n == 0)
        act_ask(req);
    return RC_OK;
}

enum rc leave_check(struct request *req, struct err *err)
{
    struct leaving *l = ARENA_NEW(request_arena(req), struct leaving);
    const struct leave_form *form = &l->form;

    TRY(load(req, l, err));
    if (l->who == NULL || l->family.f.version != form->version)
        request_set_changed(req);
    if (l->who == NULL)
        return RC_OK;
    if (str_is(form->step, "ubah")) {
        act_ask(req);
        return RC_OK;
    }
    l->facts = event_facts_for(
        l->kind, (struct event_facts){form->day, form->place, form->cause, form->reporter, form->number, form->note, {0}}, form->reach);
    event_check(req, l->kind, &l->facts);
    read_others(req, l);
    for (size_t i = 0; i < l->n; i++)
        event_check_day(req, l->kind, form->day, family_anyone_of(&l->family, l->ids[i])->birth_date);
    TRY(check_order(req, l, err));
    l->s = (struct succession){.head = form->head.value, .roles = form->roles};
    succession_read(req, &l->family, l->ids, l->n, false, true, &l->s);
    TRY(read_beside(req, l, err));
    if (!family_marital_known(&l->widows, &l->form.widows))
        request_set_changed(req);
    act_keep(req, l);
    if (!str_is(form->step, "simpan"))
        act_ask(req);
    return RC_OK;
}

/* ---- showing ---- */

static void put_others(struct request *req, const struct leaving *l, struct leave_view *v)
{
    struct arena *arena = request_arena(req);

    v->others.p = ARENA_ARRAY(arena, struct check_view, l->family.living);
    for (size_t i = 0; i < l->family.living; i++) {
        const struct family_member *m = &l->family.p[i];

        if (m != l->who)
            v->others.p[v->others.n++] = (struct check_view){.name = str_fmt(arena, "orang_%" PRIu64, m->id),
                                                             .label = text_name(arena, m->name),
                                                             .hint = family_member_about(arena, m, request_today(req)),
                                                             .is_checked = !str_empty(pair_of_id(l->form.ticked, m->id))};
    }
}

static void put_heads(struct request *req, const struct leaving *l, struct leave_view *v)
{
    const struct family_member *head = family_head(&l->family);

    if (l->status != STATUS_ALIVE || l->family.living < 2 || (head != l->who && (!v->boxes.is_move || head == NULL)))
        return;
    v->has_heads = true;
    v->heads = succession_radios(req, l->form.head.value, &l->family, &l->who->id, 1);
    v->heads.is_optional = head != l->who || v->boxes.is_move;
    if (head != l->who)
        v->heads.label = STR("Bila kepala keluarga ikut pindah: siapa penggantinya?");
    else if (v->boxes.is_move)
        v->heads.hint = STR("Kosongkan bila sekeluarga pindah.");
}

/* Whose marriage ends, ticked until somebody unticks it; what who is found is to the head of now. */
static void put_beside(struct request *req, const struct leaving *l, struct leave_view *v)
{
    struct arena *arena = request_arena(req);

    v->widows = family_marital_boxes(req, "cerai_", &l->widows, MARITAL_WIDOWED, str_is(l->form.step, "simpan") ? &l->form.widows : NULL);
    if (l->kind != EVENT_FOUND)
        return;
    if (l->role_back == l->who->role || l->role_back == SHDK_HEAD) {
        v->facts.p[v->facts.n++] = (struct check_row){.label = STR("Kembali sebagai"), .value = code_label(CODE_FAMILY_ROLE, l->role_back)};
        return;
    }
    v->led_by = text_name(arena, family_head(&l->family)->name);
    v->is_role_asked = l->role_back == 0;
    v->role_back = family_role_select(req, l->who, l->role_back);
    if (v->is_role_asked)
        v->role_back.empty_label = STR("Pilih");
    if (v->is_role_asked && str_is(l->form.step, "simpan"))
        v->role_back.fault = STR("Pilih hubungannya. Susunan yang lama tidak mengatakannya.");
}

static void put_check(struct request *req, const struct leaving *l, struct leave_view *v)
{
    struct arena *arena = request_arena(req);
    struct buf names = {.arena = arena};

    for (size_t i = 0; i < l->n; i++)
        buf_fmt(&names, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(text_name(arena, family_anyone_of(&l->family, l->ids[i])->name)));
    v->facts.p = ARENA_ARRAY(arena, struct check_row, EVENT_FACTS_MOST + 2);
    v->facts.p[v->facts.n++] = (struct check_row){.label = l->n > 1 ? STR("Yang pindah") : STR("Nama"), .value = buf_str(&names)};
    event_facts_put(arena, l->kind, &l->facts, &v->facts);
    if (l->s.new_head != NULL)
        v->new_head = text_name(arena, l->s.new_head->name);
    v->care = l->status == STATUS_ALIVE && l->s.stay.n == 0
                  ? STR("Sesudah ini tidak ada lagi yang tinggal di keluarga ini. Keluarganya tetap tersimpan, tanpa anggota.")
                  : succession_care(req, &l->s);
    v->roles = succession_roles(req, &l->s);
    put_beside(req, l, v);
    v->carried = form_carried(req, (const char *const[]){LEAVE_STEP, LEAVE_ROLES, LEAVE_WIDOWS, NULL});
}

static void say_gone(struct request *req, const struct event_person *person, struct leave_view *v)
{
    const struct str now = code_label(CODE_BASIC_STATUS, person->basic_status);

    v->gone = kind_of(req) == EVENT_FOUND ? STR("Orang ini tidak tercatat hilang") : STR("Orang ini tidak lagi tercatat tinggal di desa");
    if (person->basic_status != STATUS_NOT_VALID) {
        v->about = str_fmt(request_arena(req), "Keadaannya sekarang: %.*s.", STR_ARG(now));
        v->cancel_href = STR("/kantor/peristiwa");
    }
    if (person->out_why.is_set) {
        v->gone = STR("Catatan ini dikeluarkan");
        v->about = STR("Minta dulu yang berwenang mengembalikannya, sesudah itu peristiwanya bisa dicatat.");
        if (request_may(req, MAY_TAKE_OUT_RESIDENTS))
            v->out_href = str_fmt(request_arena(req), "%.*s/keluarkan", STR_ARG(v->back));
    } else if (person->basic_status == STATUS_NOT_VALID) {
        v->gone = STR("Peristiwa yang mencatat orang ini dibatalkan");
        v->about = STR("Catat dulu lagi kelahiran atau kedatangannya.");
    }
}

/* A page for somebody who is not here any more, and for who cannot go twice. */
static enum rc gone_page(struct request *req, struct response *resp, uint64_t id, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct event_person person;
    struct buf body = {.arena = arena};

    TRY(request_village_db(req, &db, err));
    TRY(sql_event_person(db, id, request_actor(req)->id, request_now(req), &person, err));
    TRY(resident_look(req, db, person.id, "event", err));
    struct leave_view v = {
        .back = str_fmt(arena, "/kantor/penduduk/%" PRIu64, person.id),
        .name = text_name(arena, person.name),
    };

    say_gone(req, &person, &v);
    view_leave_gone(&body, &v);
    response_status(resp, 409);
    const struct page page = {.title = STR("Peristiwa"), .active = STR("/kantor/peristiwa"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc leave_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct leaving *checked = request_is_changed(req) || request_faults(req)->n > 0 ? NULL : act_kept(req);
    struct buf body = {.arena = arena};
    struct village_db *db;
    struct leaving l;

    if (checked == NULL)
        TRY(load(req, &l, err));
    else
        l = *checked;
    if (l.who == NULL)
        return gone_page(req, resp, l.form.id, err);
    if (checked == NULL || !l.is_seen) { /* the page to check comes right after one that was written down */
        TRY(request_village_db(req, &db, err));
        TRY(resident_look(req, db, l.who->id, "event", err));
    }
    struct leave_view v = {.back = str_fmt(arena, "/kantor/penduduk/%" PRIu64, l.who->id),
                           .title = str_c(event_words_of(l.kind)->title),
                           .name = text_name(arena, l.who->name),
                           .about = str_fmt(arena, "%.*s. %.*s", STR_ARG(family_member_about(arena, l.who, request_today(req))),
                                            STR_ARG(family_place(arena, &l.family.f)))};
    const struct leave_form stored = {.version = l.family.f.version};

    v.action = request_path(req);
    if (l.has_missing) {
        v.missing = str_fmt(arena, "Hilang sejak %.*s", STR_ARG(date_long(arena, l.missing.event_date)));
        v.missing_href = event_href(arena, l.missing.id);
    }
    TRY(leave_fill(req, &stored, &v.form, err));
    if (checked != NULL) {
        put_check(req, &l, &v);
        view_leave_check(&body, &v);
    } else {
        v.boxes = event_boxes(l.kind, &v.form.p[LEAVE_AT_DAY]);
        if (v.boxes.is_move)
            put_others(req, &l, &v);
        put_heads(req, &l, &v);
        view_leave(&body, &v);
    }
    const struct page page = {
        .title = checked != NULL ? STR("Periksa sebelum dicatat") : v.title, .active = STR("/kantor/peristiwa"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- writing ---- */

/* "Rahman meninggal 26-11-2026": why something of the others changes. */
static struct str said_of(struct arena *arena, const struct leaving *l, const struct family_member *m)
{
    return str_fmt(arena, "%.*s %.*s %.*s", STR_ARG(text_name(arena, m->name)), STR_ARG(text_lower(arena, event_label(l->kind))),
                   STR_ARG(date_short(arena, l->facts.date)));
}

/* What it changes of roles: the successor's and the others', or of who is found their own. */
static struct role_change *roles_of(struct arena *arena, const struct leaving *l, size_t *n_out)
{
    struct role_change *back = ARENA_NEW(arena, struct role_change);

    if (l->kind != EVENT_FOUND) {
        *n_out = l->s.n;
        return l->s.changes;
    }
    *back = (struct role_change){l->who->id, l->who->role, l->role_back};
    *n_out = back->from != back->to;
    return back;
}

enum rc leave_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct leaving *l = act_kept(req);
    struct arena *arena = request_arena(req);
    const struct resident_act act = resident_act_of(req, event_word(l->kind), event_reason(arena, &l->facts, ", "));
    const struct resident_row before = {.basic_status = l->status}, after = {.basic_status = event_status(l->kind)};
    struct resident_changed *changed = ARENA_ARRAY(arena, struct resident_changed, l->n);
    struct event_pair *pairs = ARENA_ARRAY(arena, struct event_pair, l->n);
    struct event_put_in *events = ARENA_ARRAY(arena, struct event_put_in, l->n);
    /* by this kind the death's taking back finds them */
    const struct resident_act widow_act = resident_act_of(req, STR("widowed"), said_of(arena, l, l->who));
    const struct event_put_in event = event_row(req, l->kind, &l->facts);
    size_t n_roles;
    const struct role_change *roles = roles_of(arena, l, &n_roles);
    struct family_state held;
    bool is_same = true;
    uint64_t first;

    TRY(family_lock(txn, l->family.f.id, &held, err));
    for (size_t i = 0; i < l->n; i++)
        is_same = is_same && family_anyone_of(&held, l->ids[i]) != NULL && family_anyone_of(&held, l->ids[i])->basic_status == l->status;
    TRY(act_seen(req, is_same && succession_fits(&l->s, &held) ? held.f.version : 0, err));
    const struct family_member *head = family_head(&held);
    const bool is_told = head != NULL && l->kind != EVENT_FOUND;
    const struct resident_act head_act = resident_act_of(req, l->kind == EVENT_FOUND ? act.kind : STR("head"),
                                                         is_told ? said_of(arena, l, head) : act.reason);
    for (size_t i = 0; i < l->n; i++) {
        pairs[i] = (struct event_pair){l->ids[i], event_status(l->kind)};
        changed[i] = (struct resident_changed){.resident_id = l->ids[i], .diff = resident_diff(arena, &before, &after)};
        events[i] = event;
        events[i].resident_id = l->ids[i];
        events[i].family_id = some_u64(held.f.id);
        events[i].status_before = l->status;
        if (l->kind == EVENT_FOUND || (head != NULL && l->ids[i] == head->id)) /* taken back with the head's own row */
            events[i].roles = family_roles_json(arena, roles, n_roles);
    }
    TRY(sql_event_statuses_set(txn, event_pairs_json(arena, pairs, l->n), act.by.at, NULL, err));
    TRY(resident_changes_put(txn, &act, changed, l->n, err));
    TRY(family_roles_set(txn, &head_act, &held, roles, n_roles, err));
    TRY(family_marital_put(txn, &widow_act, &held, &l->widows, &l->form.widows, MARITAL_WIDOWED, err));
    TRY(events_put(txn, events, l->n, &first, err));
    act_say(req, event_words_of(l->kind)->said);
    *go_to_out = event_href(arena, first);
    return event_done(txn, req, event_audit(l->kind), first, err);
}
