// SPDX-License-Identifier: AGPL-3.0-or-later
/* Somebody goes: dies, moves away, is missing. Alone or, moving, with others of the family; who led it has a successor. */
#include "server/base/text.h"
#include "server/web/forms.h"
#include "tenants/village/events/events_leave_view.h"
#include "tenants/village/events/events_pages.h"

/* What differs between the kinds. */
static const struct leave_kind {
    enum event_kind kind;
    const char *tail, *title, *date_label, *place_label, *reporter_label, *number_label, *audit;
} leave_kinds[] = {
    {EVENT_DEATH, "kematian", "Catat kematian", "Tanggal meninggal", "Tempat meninggal", "Pelapor", "Nomor akta kematian", "event.death"},
    {EVENT_MOVE_OUT, "kepindahan", "Catat kepindahan", "Tanggal pindah", "Alamat tujuan", "Pelapor", "Nomor surat pindah",
     "event.move_out"},
    {EVENT_MISSING, "hilang", "Catat orang hilang", "Hilang sejak", "Tempat terakhir terlihat", "Pelapor", "Nomor laporan polisi",
     "event.missing"},
};

struct leaving {
    struct request *req;
    const struct leave_kind *kind;
    struct family_state family;
    const struct family_member *who; /* the page's person */
    uint64_t *ids;                   /* everyone who goes, they first */
    size_t n;
    struct succession s;
    bool is_changed;
};

/* ---- reading ---- */

/* The person must live here, in a family, as everyone on the books does. */
static enum rc load(struct request *req, const struct leave_kind *kind, struct leaving *out, struct err *err)
{
    struct village_db *db;
    struct event_person person;

    *out = (struct leaving){.req = req, .kind = kind};
    TRY(request_village_db(req, &db, err));
    TRY(sql_event_person(db, input_u64(req, "id"), &person, err));
    if (person.basic_status != STATUS_ALIVE || !person.family_id.is_set)
        return RC_OK;
    TRY(family_load(db, person.family_id.value, &out->family, err));
    out->who = family_member_of(&out->family, person.id);
    out->ids = ARENA_ARRAY(request_arena(req), uint64_t, out->family.living + 1);
    out->ids[out->n++] = person.id;
    return RC_OK;
}

static void check_dates(struct leaving *l)
{
    struct request *req = l->req;

    for (size_t i = 0; i < l->n; i++) {
        const struct family_member *m = family_member_of(&l->family, l->ids[i]);
        struct str fault = event_date_fault(l->kind->kind, input_date(req, "tanggal"), m->birth_date, request_today(req));

        if (str_empty(fault))
            continue;
        request_fault(req, "tanggal", "%.*s", STR_ARG(fault));
        return;
    }
}

static void read(struct leaving *l)
{
    struct request *req = l->req;
    struct input_pairs ticked = input_prefixed(req, "orang_");
    size_t known = 0;

    for (size_t i = 0; i < l->family.living; i++) {
        uint64_t id = l->family.p[i].id;

        if (str_empty(pair_of_id(ticked, id)))
            continue;
        known++;
        if (id != l->who->id && l->kind->kind == EVENT_MOVE_OUT)
            l->ids[l->n++] = id;
    }
    if (known != ticked.n)
        request_fault(req, "", "Yang dicentang tidak semuanya tinggal di keluarga ini. Periksa lagi.");
    check_dates(l);
    l->s = (struct succession){.head = input_u64(req, "kepala"), .roles = input_prefixed(req, "peran_")};
    succession_read(req, &l->family, l->ids, l->n, false, true, &l->s);
}

/* ---- showing ---- */

static struct field_view text_box(struct request *req, bool is_sent, const char *name, const char *label, const char *hint,
                                  bool is_optional)
{
    return input_box(
        req, is_sent,
        (struct field_view){
            .name = str_c(name), .label = str_c(label), .hint = hint != NULL ? str_c(hint) : STR_NONE, .is_optional = is_optional});
}

struct radios_view event_destination_radios(struct request *req, bool is_sent, struct opt_u64 chosen)
{
    struct arena *arena = request_arena(req);
    struct radios_view radios = {
        .name = STR("jangkauan"), .label = STR("Pindah sejauh apa?"), .fault = is_sent ? request_fault_of(req, "jangkauan") : STR_NONE};
    struct str typed = is_sent ? input_text(req, "jangkauan") : chosen.is_set ? str_fmt(arena, "%" PRIu64, chosen.value) : STR("");

    radios.options = (struct options){ARENA_ARRAY(arena, struct option, 4), 4};
    for (uint8_t code = 1; code <= 4; code++) {
        struct str value = str_fmt(arena, "%u", code);
        radios.options.p[code - 1] = (struct option){.value = value, .label = destination_label(code), .is_selected = str_eq(typed, value)};
    }
    return radios;
}

static void put_others(struct leaving *l, bool is_sent, struct leave_view *v)
{
    struct arena *arena = request_arena(l->req);

    v->others.p = ARENA_ARRAY(arena, struct check_view, l->family.living);
    for (size_t i = 0; i < l->family.living; i++) {
        const struct family_member *m = &l->family.p[i];

        if (m == l->who)
            continue;
        v->others.p[v->others.n++] = (struct check_view){.name = str_fmt(arena, "orang_%" PRIu64, m->id),
                                                         .label = text_name(arena, m->name),
                                                         .hint = family_member_about(arena, m, request_today(l->req)),
                                                         .is_checked = is_sent &&
                                                                       !str_empty(pair_of_id(input_prefixed(l->req, "orang_"), m->id))};
    }
    v->has_others = v->others.n > 0;
}

static struct leave_view view_of(struct leaving *l)
{
    struct arena *arena = request_arena(l->req);

    return (struct leave_view){
        .guard = request_form_guard(l->req),
        .is_death = l->kind->kind == EVENT_DEATH,
        .is_move = l->kind->kind == EVENT_MOVE_OUT,
        .is_missing = l->kind->kind == EVENT_MISSING,
        .back = str_fmt(arena, "/kantor/penduduk/%" PRIu64, l->who->id),
        .action = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/%s", l->who->id, l->kind->tail),
        .title = str_c(l->kind->title),
        .button = str_c(l->kind->title),
        .name = text_name(arena, l->who->name),
        .about = str_fmt(arena, "%.*s. %.*s", STR_ARG(family_member_about(arena, l->who, request_today(l->req))),
                         STR_ARG(family_place(arena, &l->family.f))),
        .version = str_fmt(arena, "%u", l->family.f.version),
    };
}

/* A page for somebody who is not here any more, and for who cannot go twice. */
static enum rc gone_respond(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct event_person person;
    struct buf body = {.arena = arena};

    TRY(request_village_db(req, &db, err));
    TRY(sql_event_person(db, input_u64(req, "id"), &person, err));
    struct leave_view v = {
        .back = str_fmt(arena, "/kantor/penduduk/%" PRIu64, person.id),
        .name = text_name(arena, person.name),
        .about = str_fmt(arena, "Keadaannya sekarang: %.*s.", STR_ARG(code_label(CODE_BASIC_STATUS, person.basic_status)))};
    view_leave_gone(&body, &v);
    response_status(resp, 409);
    const struct page page = {.title = STR("Peristiwa"), .active = STR("/kantor/peristiwa"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc form_respond(struct leaving *l, struct response *resp, bool is_sent, bool is_changed, bool has_faults, struct err *err)
{
    struct request *req = l->req;
    struct buf body = {.arena = request_arena(req)};
    const struct leave_kind *kind = l->kind;
    struct leave_view v = view_of(l);
    bool needs_reporter = kind->kind != EVENT_MOVE_OUT;

    v.is_changed = is_changed;
    if (is_sent && has_faults)
        v.faults = *request_faults(req);
    v.boxes = (struct event_boxes_view){.is_death = v.is_death, .is_move = v.is_move, .has_reporter = true};
    v.boxes.date = form_date(req, is_sent, "tanggal", kind->date_label, "Contoh: 3 11 2026");
    v.boxes.place = text_box(req, is_sent, "tempat", kind->place_label,
                             kind->kind == EVENT_DEATH ? "Contoh: rumah, RSUD Batara Guru" : NULL, kind->kind == EVENT_MISSING);
    v.boxes.reporter = text_box(req, is_sent, "pelapor", kind->reporter_label, "Nama orang yang melapor", !needs_reporter);
    v.boxes.number = text_box(req, is_sent, "nomor", kind->number_label, NULL, true);
    v.boxes.note = text_box(req, is_sent, "catatan", "Catatan", NULL, true);
    if (v.is_death)
        v.boxes.cause = text_box(req, is_sent, "sebab", "Sebab", "Contoh: sakit, kecelakaan", true);
    if (v.is_move) {
        v.boxes.destination = event_destination_radios(req, is_sent, (struct opt_u64){0});
        put_others(l, is_sent, &v);
    }
    const struct family_member *head = family_head(&l->family);
    if (l->family.living > 1 && (head == l->who || (v.is_move && head != NULL))) {
        v.has_heads = true;
        v.heads = succession_radios(req, is_sent ? input_u64(req, "kepala") : 0, &l->family, &l->who->id, 1);
        v.heads.is_optional = head != l->who || v.is_move;
        if (head != l->who)
            v.heads.label = STR("Bila kepala keluarga ikut pindah: siapa penggantinya?");
        else if (v.is_move)
            v.heads.hint = STR("Kosongkan bila sekeluarga pindah.");
    }
    view_leave_form(&body, &v);
    if (is_changed)
        response_status(resp, 409);
    const struct page page = {.title = v.title, .active = STR("/kantor/peristiwa"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static void put_fact(struct check_rows *rows, const char *label, struct str value)
{
    rows->p[rows->n++] = (struct check_row){.label = str_c(label), .value = value};
}

static enum rc check_respond(struct leaving *l, struct response *resp, struct err *err)
{
    struct request *req = l->req;
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena}, names = {.arena = arena};
    struct leave_view v = view_of(l);

    v.faults = *request_faults(req);
    for (size_t i = 0; i < l->n; i++)
        buf_fmt(&names, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(text_name(arena, family_member_of(&l->family, l->ids[i])->name)));
    v.facts.p = ARENA_ARRAY(arena, struct check_row, 8);
    put_fact(&v.facts, l->n > 1 ? "Yang pindah" : "Nama", buf_str(&names));
    put_fact(&v.facts, l->kind->date_label, date_long(arena, input_date(req, "tanggal")));
    put_fact(&v.facts, l->kind->place_label, input_text(req, "tempat"));
    if (v.is_death)
        put_fact(&v.facts, "Sebab", input_text(req, "sebab"));
    put_fact(&v.facts, "Pelapor", input_text(req, "pelapor"));
    put_fact(&v.facts, l->kind->number_label, input_text(req, "nomor"));
    if (l->s.new_head != NULL)
        v.new_head = text_name(arena, l->s.new_head->name);
    v.care = l->s.stay.n == 0 ? STR("Sesudah ini tidak ada lagi yang tinggal di keluarga ini. Keluarganya tetap tersimpan, tanpa anggota.")
                              : succession_care(req, &l->s);
    v.roles = succession_roles(req, &l->s);
    v.carried = form_carried(req, (const char *const[]){"langkah", "versi", "peran_", NULL});
    view_leave_check(&body, &v);
    const struct page page = {.title = STR("Periksa sebelum dicatat"), .active = STR("/kantor/peristiwa"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- writing ---- */

static struct event_put_in event_of(struct leaving *l, uint64_t id, struct str act, struct str roles)
{
    struct request *req = l->req;
    struct event_put_in row = event_row(req, l->kind->kind, act, input_date(req, "tanggal"));
    uint64_t code;

    row.resident_id = id;
    row.family_id = some_u64(l->family.f.id);
    row.status_before = STATUS_ALIVE;
    row.status_after = event_status(l->kind->kind);
    row.place = input_text(req, "tempat");
    row.reporter = input_text(req, "pelapor");
    row.number = input_text(req, "nomor");
    row.note = input_text(req, "catatan");
    row.roles = roles;
    if (l->kind->kind == EVENT_DEATH)
        row.cause = input_text(req, "sebab");
    if (l->kind->kind == EVENT_MOVE_OUT && str_to_u64(input_str(req, "jangkauan"), &code))
        row.destination = some_u64(code);
    return row;
}

static struct str reason_of(struct leaving *l)
{
    struct arena *arena = request_arena(l->req);
    struct str place = input_text(l->req, "tempat");

    return utf8_part(arena,
                     str_fmt(arena, "%.*s%s%.*s", STR_ARG(date_long(arena, input_date(l->req, "tanggal"))), str_empty(place) ? "" : ", ",
                             STR_ARG(place)),
                     300);
}

static enum rc leave_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct leaving *l = arg;
    struct request *req = l->req;
    struct arena *arena = request_arena(req);
    const struct resident_act act = resident_act_of(req, event_change(l->kind->kind), reason_of(l));
    const struct resident_act head_act = resident_act_of(req, CHANGE_HEAD, act.reason);
    const struct resident_row before = {.basic_status = STATUS_ALIVE}, after = {.basic_status = event_status(l->kind->kind)};
    struct resident_changed *changed = ARENA_ARRAY(arena, struct resident_changed, l->n);
    struct event_pair *pairs = ARENA_ARRAY(arena, struct event_pair, l->n);
    struct event_put_in *events = ARENA_ARRAY(arena, struct event_put_in, l->n);
    struct str together = event_act(req), roles = family_roles_json(arena, l->s.changes, l->s.n);
    struct family_state held;
    uint64_t first;

    TRY(family_lock(txn, l->family.f.id, &held, err));
    l->is_changed = held.f.version != input_u64(req, "versi") || !succession_fits(&l->s, &held);
    for (size_t i = 0; i < l->n; i++)
        l->is_changed |= family_member_of(&held, l->ids[i]) == NULL;
    if (l->is_changed)
        return fail(err, RC_CONFLICT, "the family is version %u now", held.f.version);
    const struct family_member *head = family_head(&held);
    for (size_t i = 0; i < l->n; i++) {
        pairs[i] = (struct event_pair){l->ids[i], event_status(l->kind->kind)};
        changed[i] = (struct resident_changed){.resident_id = l->ids[i], .diff = resident_diff(arena, &before, &after)};
        /* what the head's going changed is taken back with the head's own row */
        events[i] = event_of(l, l->ids[i], together, head != NULL && l->ids[i] == head->id ? roles : STR("[]"));
    }
    TRY(sql_event_statuses_set(txn, event_pairs_json(arena, pairs, l->n), act.at, NULL, err));
    TRY(resident_changes_put(txn, &act, changed, l->n, err));
    TRY(family_roles_set(txn, &head_act, held.f.id, l->s.changes, l->s.n, err));
    TRY(events_put(txn, events, l->n, &first, err));
    *go_to_out = event_href(arena, first);
    return event_done(txn, req, l->kind->audit, first, err);
}

static enum rc leave_page(struct request *req, struct response *resp, const struct leave_kind *kind, struct err *err)
{
    struct leaving l;

    TRY(load(req, kind, &l, err));
    return l.who == NULL ? gone_respond(req, resp, err) : form_respond(&l, resp, false, false, false, err);
}

static enum rc leave_post(struct request *req, struct response *resp, const struct leave_kind *kind, struct err *err)
{
    struct leaving l;
    struct str step = input_str(req, "langkah");
    enum rc rc;

    TRY(load(req, kind, &l, err));
    if (l.who == NULL)
        return form_was_answered(req, resp) ? RC_OK : gone_respond(req, resp, err);
    read(&l);
    if (str_is(step, "ubah"))
        return form_respond(&l, resp, true, false, false, err);
    if (l.family.f.version != input_u64(req, "versi"))
        return form_respond(&l, resp, true, true, false, err);
    if (request_faults(req)->n > 0)
        return form_respond(&l, resp, true, false, true, err);
    if (!str_is(step, "simpan") && l.n + l.s.n > 1)
        return check_respond(&l, resp, err);
    rc = village_act(req, resp, leave_body, &l, err);
    if (rc != RC_CONFLICT || !l.is_changed)
        return rc;
    TRY(load(req, kind, &l, err));
    return l.who == NULL ? gone_respond(req, resp, err) : form_respond(&l, resp, true, true, false, err);
}

enum rc death_page(struct request *req, struct response *resp, struct err *err)
{
    return leave_page(req, resp, &leave_kinds[0], err);
}

enum rc death_post(struct request *req, struct response *resp, struct err *err)
{
    return leave_post(req, resp, &leave_kinds[0], err);
}

enum rc move_out_page(struct request *req, struct response *resp, struct err *err)
{
    return leave_page(req, resp, &leave_kinds[1], err);
}

enum rc move_out_post(struct request *req, struct response *resp, struct err *err)
{
    return leave_post(req, resp, &leave_kinds[1], err);
}

enum rc missing_page(struct request *req, struct response *resp, struct err *err)
{
    return leave_page(req, resp, &leave_kinds[2], err);
}

enum rc missing_post(struct request *req, struct response *resp, struct err *err)
{
    return leave_post(req, resp, &leave_kinds[2], err);
}
