// SPDX-License-Identifier: AGPL-3.0-or-later
/* An event taken back: people are again what they were before it. Refused when something later stands on it. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/events/events_view.h"
#include "tenants/village/residents/family_rows_sql.h"
#include "tenants/village/residents/residents.h"

static struct str effect_of(struct arena *arena, const struct event *e)
{
    uint8_t back = event_status_back(e->status_before);

    if (back == STATUS_NOT_VALID)
        return str_fmt(arena, "%.*s tidak lagi dihitung sebagai penduduk.", STR_ARG(text_name(arena, e->name)));
    return str_fmt(arena, "%.*s kembali tercatat %.*s.", STR_ARG(text_name(arena, e->name)),
                   STR_ARG(str_lower(arena, code_label(CODE_BASIC_STATUS, back))));
}

struct radios_view event_whom_radios(struct request *req, const struct form_box *box, const struct event *e, const char *label, size_t n)
{
    struct arena *arena = request_arena(req);
    struct radios_view radios = {.name = box->name, .label = str_c(label), .fault = box->fault, .options = box->options};
    bool is_one = str_is(box->value, "satu");

    radios.options.p[0].label = str_fmt(arena, "Semua %zu orang yang dicatat bersama", n);
    radios.options.p[0].is_selected = !is_one;
    radios.options.p[1].label = str_fmt(arena, "Hanya %.*s", STR_ARG(text_name(arena, e->name)));
    return radios;
}

/* Where somebody stands now whom an event gave another role. */
static enum rc event_moved_on(struct village_db *db, const struct role_change *was, struct str *words_out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct resident_now now;
    struct family_state family = {0};

    TRY(resident_read(db, was->id, &now, err));
    if (now.family_id != 0)
        TRY(family_load(db, now.family_id, &family, err));
    const struct family_member *head = family_head(&family);
    const bool has_head = head != NULL && head->id != was->id;
    *words_out = str_fmt(arena, "%.*s, oleh peristiwa ini %.*s, sekarang %.*s%s%.*s%s.", STR_ARG(text_name(arena, now.row.name)),
                         STR_ARG(code_label(CODE_FAMILY_ROLE, was->from)),
                         STR_ARG(now.row.basic_status == STATUS_ALIVE ? code_label(CODE_FAMILY_ROLE, now.row.family_role)
                                                                      : code_label(CODE_BASIC_STATUS, now.row.basic_status)),
                         has_head ? " di keluarga " : "", STR_ARG(has_head ? text_name(arena, head->name) : STR("")),
                         str_empty(now.row.kk_no) ? ""
                                                  : str_z(arena, str_fmt(arena, ", KK %.*s", STR_ARG(nik_masked(arena, now.row.kk_no)))));
    return RC_OK;
}

/* Said before the press: whose role cannot go back, as the family has moved on. */
static enum rc find_moved_on(struct request *req, struct village_db *db, const struct event_rows *list, struct event_cancel_view *v,
                             struct err *err)
{
    struct arena *arena = request_arena(req);
    struct family_state family;
    json_t *roles, *row;
    size_t i;

    for (size_t k = 0; k < list->n; k++) {
        if (!list->p[k].family_id.is_set || str_empty(list->p[k].roles))
            continue;
        TRY(family_load(db, list->p[k].family_id.value, &family, err));
        TRY(json_read(arena, list->p[k].roles, &roles, err));
        if (v->moved_on.p == NULL)
            v->moved_on.p = ARENA_ARRAY(arena, struct event_next, list->n * 32);
        json_array_foreach(roles, i, row)
        {
            const struct role_change was = {(uint64_t)json_integer_value(json_array_get(row, 0)),
                                            (uint8_t)json_integer_value(json_array_get(row, 2)), 0};
            const struct family_member *m = family_member_of(&family, was.id);

            if ((m != NULL && m->role == was.from) || v->moved_on.n == list->n * 32)
                continue;
            struct event_next *to = &v->moved_on.p[v->moved_on.n++];
            TRY(event_moved_on(db, &was, &to->label, err));
            to->href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, was.id);
        }
    }
    return RC_OK;
}

/* The families an act touches: where the events put people, where they are now, where they go back to. Each once. */
struct touched {
    uint64_t *ids;
    struct family_state *states;
    size_t n;
};

static void touch(struct touched *t, uint64_t id)
{
    size_t at = 0;

    while (at < t->n && t->ids[at] < id)
        at++;
    if (id == 0 || (at < t->n && t->ids[at] == id))
        return;
    memmove(&t->ids[at + 1], &t->ids[at], (t->n - at) * sizeof *t->ids);
    t->ids[at] = id;
    t->n++;
}

static struct touched families_touched(struct request *req, const struct event_rows *list, const struct event_backs *backs)
{
    struct arena *arena = request_arena(req);
    size_t most = 2 * list->n + backs->n;
    struct touched t = {ARENA_ARRAY(arena, uint64_t, most), ARENA_ARRAY(arena, struct family_state, most), 0};

    for (size_t i = 0; i < list->n; i++) {
        touch(&t, list->p[i].family_id.is_set ? list->p[i].family_id.value : 0);
        touch(&t, list->p[i].family_now.is_set ? list->p[i].family_now.value : 0);
    }
    for (size_t i = 0; i < backs->n; i++)
        touch(&t, backs->p[i].family_id);
    return t;
}

/* Where somebody stands once these events are taken back. */
struct stand {
    uint64_t id, family_id;
    uint8_t role, status;
};

/* As the act does it: first the person as before, then the roles of the event's own family. */
static enum rc take_back(struct arena *arena, const struct event_rows *list, const struct event_backs *backs, uint64_t family_id,
                         struct stand *s, struct err *err)
{
    bool has_back = false;

    for (size_t i = 0; i < backs->n; i++)
        if (backs->p[i].now.id == s->id) {
            *s = (struct stand){s->id, backs->p[i].family_id, backs->p[i].of.after.family_role, backs->p[i].of.after.basic_status};
            has_back = true;
        }
    for (size_t i = 0; i < list->n; i++) {
        const struct event *e = &list->p[i];

        if (e->resident_id == s->id && !has_back)
            s->status = event_status_back(e->status_before);
        if (e->family_id.is_set && e->family_id.value == family_id)
            TRY(event_roles_before(arena, e->roles, s->id, s->role, &s->role, err));
    }
    return RC_OK;
}

/* Why these events cannot be taken back together: a family would have two heads by it, or would have lost its own; "" when they can. */
static enum rc heads_fault(struct village_db *db, const struct event_rows *list, const struct event_backs *backs, const struct touched *t,
                           struct str *out, struct err *err)
{
    *out = STR("");
    for (size_t i = 0; i < t->n; i++) {
        const struct family_state *family = &t->states[i];
        size_t living = 0, heads = 0;

        for (size_t k = 0; k < family->n + backs->n; k++) {
            const struct resident_now *coming = k < family->n ? NULL : &backs->p[k - family->n].now;
            struct stand s = {.family_id = family->f.id};

            if (coming != NULL && coming->family_id == family->f.id) /* one of its own, counted already */
                continue;
            s.id = coming != NULL ? coming->id : family->p[k].id;
            s.role = coming != NULL ? coming->row.family_role : family->p[k].role;
            s.status = coming != NULL ? coming->row.basic_status : k < family->living ? STATUS_ALIVE : STATUS_NOT_VALID;
            TRY(take_back(village_db_arena(db), list, backs, family->f.id, &s, err));
            living += s.family_id == family->f.id && s.status == STATUS_ALIVE;
            heads += s.family_id == family->f.id && s.status == STATUS_ALIVE && s.role == SHDK_HEAD;
        }
        if (heads > 1)
            *out = STR("Keluarganya sekarang punya kepala keluarga lain. Ganti dulu kepala keluarga itu.");
        else if (heads == 0 && living > 0 && family_head(family) != NULL)
            *out = STR("Orang ini kepala keluarga dari orang lain. Ganti dulu kepala keluarganya.");
    }
    return RC_OK;
}

/* The same before the press: of all that were written down together, and of this one alone. */
static enum rc say_heads(struct request *req, struct village_db *db, const struct event_rows *list, struct str *out, struct err *err)
{
    struct event_backs backs;
    struct touched touched;

    TRY(event_backs_of(db, list, &backs, err));
    touched = families_touched(req, list, &backs);
    for (size_t i = 0; i < touched.n; i++)
        TRY(family_load(db, touched.ids[i], &touched.states[i], err));
    return heads_fault(db, list, &backs, &touched, out, err);
}

/* Of an act that was refused, why: act_kept. */
enum rc event_cancel_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct str *refused = request_is_changed(req) ? act_kept(req) : NULL;
    struct village_db *db;
    struct event e;
    struct event_rows together, shown = {&e, 1};
    struct event_backs backs;
    struct buf body = {.arena = arena};
    struct event_cancel_view v = {.action = request_path(req)};

    TRY(request_village_db(req, &db, err));
    TRY(sql_event_get(db, event_cancel_got(req).id, &e, err));
    TRY(resident_look(req, db, e.resident_id, "event", err));
    TRY(sql_event_of_act(db, e.act, &together, err));
    TRY(event_cancel_fill(req, NULL, &v.form, err));
    v.back = event_href(arena, e.id);
    v.title = str_fmt(arena, "%.*s: %.*s, %.*s", STR_ARG(event_label(event_of_word(e.kind))), STR_ARG(text_name(arena, e.name)),
                      STR_ARG(date_long(arena, e.event_date)));
    v.effect = effect_of(arena, &e);
    v.refused = refused != NULL ? *refused : e.cancelled_at != 0 ? STR("Peristiwa ini sudah dibatalkan.") : STR("");
    v.has_more = e.cancelled_at == 0 && together.n > 1;
    if (v.has_more)
        v.whom = event_whom_radios(req, &v.form.p[EVENT_CANCEL_AT_WHOM], &e, "Yang dibatalkan", together.n);
    if (v.has_more)
        shown = together;
    if (e.cancelled_at == 0) {
        TRY(event_backs_of(db, &shown, &backs, err));
        event_backs_show(arena, &backs, &v);
        TRY(find_moved_on(req, db, &shown, &v, err));
        TRY(say_heads(req, db, &shown, &v.heads_fault, err));
        if (v.has_more)
            TRY(say_heads(req, db, &(struct event_rows){&e, 1}, &v.heads_fault_alone, err));
    }
    v.is_stuck = !v.has_more && (v.moved_on.n > 0 || !str_empty(v.heads_fault));
    view_event_cancel(&body, &v);
    if (!str_empty(v.refused))
        response_status(resp, 409);
    const struct page page = {.title = STR("Batalkan peristiwa"), .active = STR("/kantor/peristiwa"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- taking back ---- */

static enum rc refuse(struct request *req, struct err *err, struct str words)
{
    struct str *refused = ARENA_NEW(request_arena(req), struct str);

    *refused = words;
    act_keep(req, refused);
    request_set_changed(req);
    return fail(err, RC_CONFLICT, "something stands on this event");
}

/* Everyone is again what they were; of whom nothing else was changed, in one statement. */
static enum rc people_back(struct txn *txn, struct request *req, const struct event_rows *list, const struct event_backs *backs,
                           const struct resident_act *act, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct event_pair *pairs = ARENA_ARRAY(arena, struct event_pair, list->n);
    struct resident_changed *changed = ARENA_ARRAY(arena, struct resident_changed, list->n);
    size_t n = 0;

    for (size_t i = 0; i < list->n; i++) {
        const struct event *e = &list->p[i];
        const struct resident_row before = {.basic_status = e->status_now}, after = {.basic_status = event_status_back(e->status_before)};

        if (event_back_of(backs, e) != NULL)
            continue;
        pairs[n] = (struct event_pair){e->resident_id, after.basic_status};
        changed[n++] = (struct resident_changed){.resident_id = e->resident_id, .diff = resident_diff(arena, &before, &after)};
    }
    TRY(event_backs_put(txn, act, backs, err));
    if (n == 0)
        return RC_OK;
    TRY(sql_event_statuses_set(txn, event_pairs_json(arena, pairs, n), act->by.at, NULL, err));
    return resident_changes_put(txn, act, changed, n, err);
}

/* Roles that an event gave to others go back, while they still are what it made of them. */
static enum rc add_roles(struct village_db *db, struct request *req, const struct event *e, const struct family_state *family,
                         struct role_change *back, size_t *n, struct err *err)
{
    struct str words;
    json_t *list, *row;
    size_t i;

    TRY(json_read(request_arena(req), e->roles, &list, err));
    json_array_foreach(list, i, row)
    {
        const struct role_change was = {(uint64_t)json_integer_value(json_array_get(row, 0)),
                                        (uint8_t)json_integer_value(json_array_get(row, 2)),
                                        (uint8_t)json_integer_value(json_array_get(row, 1))};
        const struct family_member *m = family_member_of(family, was.id);

        if (m == NULL || m->role != was.from || *n == family->living) {
            TRY(event_moved_on(db, &was, &words, err));
            return refuse(req, err,
                          str_fmt(request_arena(req), "Susunan keluarganya sudah berubah sesudah peristiwa ini. %.*s Perbaiki dulu itu.",
                                  STR_ARG(words)));
        }
        back[(*n)++] = was;
    }
    return RC_OK;
}

static enum rc family_back(struct txn *txn, struct request *req, const struct event_rows *list, const struct family_state *family,
                           const struct resident_act *act, struct err *err)
{
    struct role_change *back = ARENA_ARRAY(request_arena(req), struct role_change, family->living + 1);
    size_t n = 0;

    for (size_t i = 0; i < list->n; i++)
        if (list->p[i].family_id.is_set && list->p[i].family_id.value == family->f.id)
            TRY(add_roles(in_txn(txn), req, &list->p[i], family, back, &n, err));
    return family_roles_set(txn, act, family, back, n, err);
}

/* Nothing later stands on any of them. */
static enum rc check_list(struct txn *txn, struct request *req, const struct event_rows *list, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct event_later later;
    bool found;

    TRY(sql_event_later(in_txn(txn), event_ids_json(arena, list), &later, &found, err));
    if (found)
        return refuse(req, err,
                      str_fmt(arena, "%.*s punya peristiwa lain yang lebih baru. Batalkan yang itu lebih dulu.",
                              STR_ARG(text_name(arena, later.name))));
    for (size_t i = 0; i < list->n; i++)
        if (list->p[i].status_now != list->p[i].status_after)
            return refuse(req, err, STR("Keadaan orang ini sudah diubah sesudah peristiwa ini."));
    return RC_OK;
}

static enum rc put_corrections(struct txn *txn, struct request *req, const struct event_rows *list, struct str reason, struct err *err)
{
    struct event_put_in *rows = ARENA_ARRAY(request_arena(req), struct event_put_in, list->n);
    const struct event_facts facts = event_facts_for(EVENT_NONE, (struct event_facts){.date = request_today(req), .note = reason}, STR(""));
    struct event_put_in row = event_row(req, EVENT_NONE, &facts);

    row.kind = STR("correction");
    for (size_t i = 0; i < list->n; i++) {
        const struct event *e = &list->p[i];

        rows[i] = row;
        rows[i].resident_id = e->resident_id;
        rows[i].family_id = e->family_now;
        rows[i].status_before = e->status_now;
        rows[i].status_after = event_status_back(e->status_before);
        rows[i].cancels = some_u64(e->id);
    }
    return sql_event_put(txn, rows, list->n, err);
}

enum rc event_cancel_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct event_cancel_form form = event_cancel_got(req);
    const struct resident_act act = resident_act_of(req, STR("correction"), form.reason);
    struct event e;
    struct event_rows list = {&e, 1};
    struct event_backs backs;
    struct touched touched;
    struct str fault;

    TRY(registry_touch(txn, err));
    TRY(sql_event_get(in_txn(txn), form.id, &e, err));
    if (e.cancelled_at != 0)
        return refuse(req, err, STR("Peristiwa ini sudah dibatalkan."));
    if (str_is(form.whom, "semua"))
        TRY(sql_event_of_act(in_txn(txn), e.act, &list, err));
    TRY(check_list(txn, req, &list, err));
    TRY(event_backs_of(in_txn(txn), &list, &backs, err));
    touched = families_touched(req, &list, &backs);
    for (size_t i = 0; i < touched.n; i++)
        TRY(family_lock(txn, touched.ids[i], &touched.states[i], err));
    TRY(people_back(txn, req, &list, &backs, &act, err));
    for (size_t i = 0; i < touched.n; i++)
        TRY(family_back(txn, req, &list, &touched.states[i], &act, err));
    TRY(heads_fault(in_txn(txn), &list, &backs, &touched, &fault, err));
    if (!str_empty(fault))
        return refuse(req, err, fault);
    TRY(put_corrections(txn, req, &list, form.reason, err));
    act_say(req, "Peristiwa dibatalkan");
    *go_to_out = event_href(request_arena(req), e.id);
    return event_done(txn, req, "event.cancel", e.id, err);
}
