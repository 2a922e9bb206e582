// SPDX-License-Identifier: AGPL-3.0-or-later
/* An event taken back: people are again what they were before it. Refused when something later stands on it. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/events/events_view.h"

struct cancelling {
    struct request *req;
    struct str refused; /* in words; empty: not */
};

static struct str effect_of(struct arena *arena, const struct event *e)
{
    uint8_t back = event_status_back(e->status_before);

    if (back == STATUS_NOT_VALID)
        return str_fmt(arena, "%.*s tidak lagi dihitung sebagai penduduk.", STR_ARG(text_name(arena, e->name)));
    return str_fmt(arena, "%.*s kembali tercatat %.*s.", STR_ARG(text_name(arena, e->name)), STR_ARG(str_lower(arena, code_label(CODE_BASIC_STATUS, back))));
}

struct radios_view event_whom_radios(struct request *req, bool is_sent, const struct event *e, const char *label, size_t n)
{
    struct arena *arena = request_arena(req);
    struct radios_view radios = {.name = STR("siapa"), .label = str_c(label), .fault = is_sent ? request_fault_of(req, "siapa") : STR_NONE};
    bool is_all = !is_sent || !str_is(input_text(req, "siapa"), "satu");

    radios.options = (struct options){ARENA_ARRAY(arena, struct option, 2), 2};
    radios.options.p[0] = (struct option){.value = STR("semua"), .label = str_fmt(arena, "Semua %zu orang yang dicatat bersama", n), .is_selected = is_all};
    radios.options.p[1] = (struct option){.value = STR("satu"), .label = str_fmt(arena, "Hanya %.*s", STR_ARG(text_name(arena, e->name))), .is_selected = !is_all};
    return radios;
}

static enum rc cancel_respond(struct request *req, struct response *resp, bool is_sent, struct str refused, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct event e;
    struct event_rows together;
    struct buf body = {.arena = arena};
    struct event_cancel_view v = {.guard = request_form_guard(req), .refused = refused};

    TRY(request_village_db(req, &db, err));
    TRY(sql_event_get(db, input_u64(req, "id"), &e, err));
    TRY(sql_event_of_act(db, e.act, &together, err));
    v.back = event_href(arena, e.id);
    v.action = str_fmt(arena, "%.*s/batal", STR_ARG(v.back));
    v.title = str_fmt(arena, "%.*s: %.*s, %.*s", STR_ARG(event_label(event_of_word(e.kind))), STR_ARG(text_name(arena, e.name)), STR_ARG(date_long(arena, e.event_date)));
    v.effect = effect_of(arena, &e);
    if (e.cancelled_at != 0 && str_empty(refused))
        v.refused = STR("Peristiwa ini sudah dibatalkan.");
    v.has_more = e.cancelled_at == 0 && together.n > 1;
    if (v.has_more)
        v.whom = event_whom_radios(req, is_sent, &e, "Yang dibatalkan", together.n);
    v.reason = input_box(req, is_sent, (struct field_view){.name = STR("alasan"), .label = STR("Alasan"), .hint = STR("Contoh: salah orang, laporan ternyata keliru")});
    if (is_sent)
        v.faults = *request_faults(req);
    view_event_cancel(&body, &v);
    if (!str_empty(v.refused))
        response_status(resp, 409);
    const struct page page = {.title = STR("Batalkan peristiwa"), .active = STR("/kantor/peristiwa"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc event_cancel_page(struct request *req, struct response *resp, struct err *err)
{
    return cancel_respond(req, resp, false, STR(""), err);
}

/* ---- taking back ---- */

static enum rc refuse(struct cancelling *c, struct err *err, struct str words)
{
    c->refused = words;
    return fail(err, RC_CONFLICT, "something stands on this event");
}

static enum rc set_status(struct txn *txn, struct cancelling *c, const struct event *e, const struct resident_act *act, struct err *err)
{
    struct arena *arena = request_arena(c->req);
    uint8_t back = event_status_back(e->status_before);
    const struct resident_row before = {.basic_status = e->status_now}, after = {.basic_status = back};

    TRY(sql_event_status_set(txn, e->resident_id, back, act->at, NULL, err));
    return resident_change_put(txn, act, e->resident_id, resident_diff(arena, &before, &after), err);
}

/* Roles of the others go back, while they still are what the event made of them. */
static enum rc roles_back(struct txn *txn, struct cancelling *c, const struct event *e, const struct resident_act *act, struct err *err)
{
    struct arena *arena = request_arena(c->req);
    struct family_state family;
    struct role_change *back;
    json_t *list, *row;
    size_t i, n = 0;

    if (!e->family_id.is_set)
        return RC_OK;
    TRY(json_read(arena, e->roles, &list, err));
    back = ARENA_ARRAY(arena, struct role_change, json_array_size(list) + 1);
    TRY(family_lock(txn, e->family_id.value, &family, err));
    json_array_foreach(list, i, row)
    {
        const struct role_change was = {(uint64_t)json_integer_value(json_array_get(row, 0)), (uint8_t)json_integer_value(json_array_get(row, 2)),
                                        (uint8_t)json_integer_value(json_array_get(row, 1))};
        const struct family_member *m = family_member_of(&family, was.id);

        if (m == NULL || m->role != was.from)
            return refuse(c, err, STR("Susunan keluarganya sudah berubah sesudah peristiwa ini. Perbaiki keluarga itu lebih dulu."));
        back[n++] = was;
    }
    return family_roles_set(txn, act, family.f.id, back, n, err);
}

enum { HEAD = 1 };

/* After all is set back: nobody's family has two heads by it, none has lost its head. */
static enum rc check_family(struct txn *txn, struct cancelling *c, const struct event *e, struct err *err)
{
    struct family_state family;
    size_t heads = 0;

    if (!e->family_now.is_set)
        return RC_OK;
    TRY(family_lock(txn, e->family_now.value, &family, err));
    for (size_t i = 0; i < family.living; i++)
        heads += family.p[i].role == HEAD;
    if (heads > 1)
        return refuse(c, err, STR("Keluarganya sekarang punya kepala keluarga lain. Ganti dulu kepala keluarga itu."));
    if (heads == 0 && family.living > 0 && e->role_now == HEAD)
        return refuse(c, err, STR("Orang ini kepala keluarga dari orang lain. Ganti dulu kepala keluarganya."));
    return RC_OK;
}

static enum rc check_one(struct txn *txn, struct cancelling *c, const struct event *e, struct err *err)
{
    struct event_later later;

    TRY(sql_event_later(in_txn(txn), e->resident_id, e->id, &later, err));
    if (later.n > 0)
        return refuse(c, err, str_fmt(request_arena(c->req), "%.*s punya peristiwa lain yang lebih baru. Batalkan yang itu lebih dulu.", STR_ARG(text_name(request_arena(c->req), e->name))));
    if (e->status_now != e->status_after)
        return refuse(c, err, STR("Keadaan orang ini sudah diubah sesudah peristiwa ini."));
    return RC_OK;
}

static enum rc put_correction(struct txn *txn, struct cancelling *c, const struct event *e, struct str act, struct err *err)
{
    struct event_put_in row = event_row(c->req, EVENT_NONE, act, request_today(c->req));

    row.kind = STR("correction");
    row.resident_id = e->resident_id;
    row.family_id = e->family_now;
    row.status_before = e->status_now;
    row.status_after = event_status_back(e->status_before);
    row.note = input_str(c->req, "alasan");
    row.cancels = some_u64(e->id);
    return sql_event_put(txn, &row, NULL, err);
}

static enum rc cancel_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct cancelling *c = arg;
    struct request *req = c->req;
    const struct resident_act act = resident_act_of(req, CHANGE_CORRECTION, input_str(req, "alasan"));
    struct event_rows list = {0};
    struct event e;
    struct str together = event_act(req);

    c->refused = STR("");
    TRY(registry_touch(txn, err));
    TRY(sql_event_get(in_txn(txn), input_u64(req, "id"), &e, err));
    if (e.cancelled_at != 0)
        return refuse(c, err, STR("Peristiwa ini sudah dibatalkan."));
    if (str_is(input_text(req, "siapa"), "semua"))
        TRY(sql_event_of_act(in_txn(txn), e.act, &list, err));
    else
        list = (struct event_rows){&e, 1};
    for (size_t i = 0; i < list.n; i++)
        TRY(check_one(txn, c, &list.p[i], err));
    for (size_t i = 0; i < list.n; i++)
        TRY(set_status(txn, c, &list.p[i], &act, err));
    for (size_t i = 0; i < list.n; i++)
        TRY(roles_back(txn, c, &list.p[i], &act, err));
    for (size_t i = 0; i < list.n; i++) {
        TRY(check_family(txn, c, &list.p[i], err));
        TRY(put_correction(txn, c, &list.p[i], together, err));
    }
    *go_to_out = event_href(request_arena(req), e.id);
    return event_done(txn, req, "event.cancel", e.id, err);
}

enum rc event_cancel_post(struct request *req, struct response *resp, struct err *err)
{
    struct cancelling c = {.req = req};
    enum rc rc;

    if (request_faults(req)->n > 0)
        return cancel_respond(req, resp, true, STR(""), err);
    rc = village_act(req, resp, cancel_body, &c, err);
    if (rc != RC_CONFLICT || str_empty(c.refused))
        return rc;
    return cancel_respond(req, resp, true, c.refused, err);
}
