// SPDX-License-Identifier: AGPL-3.0-or-later
/* One event: its facts in words, its page, and what was corrected about it. */
#include "server/base/text.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/events/events_view.h"
#include "tenants/village/residents/residents.h"

struct str event_place_label(enum event_kind kind)
{
    switch (kind) {
    case EVENT_BIRTH:
        return STR("Tempat lahir");
    case EVENT_ARRIVAL:
        return STR("Alamat asal");
    case EVENT_DEATH:
        return STR("Tempat meninggal");
    case EVENT_MOVE_OUT:
        return STR("Alamat tujuan");
    default:
        return STR("Tempat terakhir terlihat");
    }
}

struct str event_number_label(enum event_kind kind)
{
    switch (kind) {
    case EVENT_BIRTH:
        return STR("Nomor akta kelahiran");
    case EVENT_DEATH:
        return STR("Nomor akta kematian");
    case EVENT_MISSING:
        return STR("Nomor laporan polisi");
    default:
        return STR("Nomor surat pindah");
    }
}

/* ---- facts ---- */

struct event_facts event_facts_of(const struct event *e)
{
    return (struct event_facts){e->event_date, e->place, e->cause, e->reporter, e->number, e->note, e->destination};
}

size_t event_facts_words(struct arena *arena, enum event_kind kind, const struct event_facts *f, struct event_fact out[EVENT_FACTS_MOST])
{
    size_t n = 0;

    out[n++] = (struct event_fact){STR("Tanggal"), date_long(arena, f->date)};
    out[n++] = (struct event_fact){event_place_label(kind), f->place};
    if (kind == EVENT_MOVE_OUT)
        out[n++] = (struct event_fact){STR("Tujuan"), destination_label(f->destination.is_set ? (uint8_t)f->destination.value : 0)};
    if (kind == EVENT_DEATH)
        out[n++] = (struct event_fact){STR("Sebab"), f->cause};
    if (kind != EVENT_ARRIVAL)
        out[n++] = (struct event_fact){STR("Pelapor"), f->reporter};
    out[n++] = (struct event_fact){event_number_label(kind), f->number};
    out[n++] = (struct event_fact){STR("Catatan"), f->note};
    return n;
}

/* ---- the page ---- */

static void put_facts(struct request *req, const struct event *e, struct check_rows *rows)
{
    struct arena *arena = request_arena(req);
    const struct event_facts facts = event_facts_of(e);
    struct event_fact words[EVENT_FACTS_MOST];
    size_t n = event_facts_words(arena, event_of_word(e->kind), &facts, words);

    rows->p = ARENA_ARRAY(arena, struct check_row, EVENT_FACTS_MOST + 1);
    for (size_t i = 0; i < n; i++)
        if (i + 1 < n || !str_empty(words[i].value)) /* no note is nothing missing */
            rows->p[rows->n++] = (struct check_row){.label = words[i].label, .value = words[i].value};
    rows->p[rows->n++] = (struct check_row){.label = STR("Dicatat"),
                                            .value = str_fmt(arena, "%.*s, %.*s", STR_ARG(e->staff_name),
                                                             STR_ARG(utc_long(arena, e->recorded_at, request_village(req)->zone)))};
}

static struct event_facts facts_of_fix(const struct event_fix *f)
{
    return (struct event_facts){f->event_date, f->place, f->cause, f->reporter, f->number, f->note, f->destination};
}

/* Each correction beside what stood before it. */
static enum rc put_fixes(struct request *req, struct village_db *db, const struct event *e, struct event_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    enum event_kind kind = event_of_word(e->kind);
    struct event_fact was[EVENT_FACTS_MOST], is[EVENT_FACTS_MOST];
    struct event_fix_rows rows;

    if (e->fix_id == 0)
        return RC_OK;
    TRY(sql_event_fixes(db, e->id, &rows, err));
    v->fixes.p = ARENA_ARRAY(arena, struct event_fix_line, rows.n);
    for (size_t i = 1; i < rows.n; i++) {
        const struct event_facts before = facts_of_fix(&rows.p[i - 1]), after = facts_of_fix(&rows.p[i]);
        struct event_fix_line *line = &v->fixes.p[v->fixes.n++];
        size_t n = event_facts_words(arena, kind, &before, was);

        event_facts_words(arena, kind, &after, is);
        *line = (struct event_fix_line){
            .who = rows.p[i].staff_name, .when = utc_long(arena, rows.p[i].at, request_village(req)->zone), .why = rows.p[i].reason};
        line->fields.p = ARENA_ARRAY(arena, struct event_fix_field, n);
        for (size_t k = 0; k < n; k++)
            if (!str_eq(was[k].value, is[k].value))
                line->fields.p[line->fields.n++] = (struct event_fix_field){was[k].label, was[k].value, is[k].value};
    }
    return RC_OK;
}

/* What proves an event, and what is to be known about it. */
static const struct file_slot proofs[] = {
    {.word = "certificate", .label = "Akta atau surat keterangan", .most_bytes = 5 * MIB, .takes = FILE_PAPERS},
    {.word = "move", .label = "Surat pindah", .most_bytes = 5 * MIB, .takes = FILE_PAPERS},
    {.word = "other", .label = "Lainnya", .most_bytes = 5 * MIB, .takes = FILE_PAPERS},
    {0},
};

static enum rc kept_name(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err)
{
    struct event e;

    TRY(sql_event_get(db, id, &e, err));
    *name_out = event_label(event_of_word(e.kind));
    return resident_look(req, db, e.resident_id, "event", err);
}

const struct keeper event_keeper = {.owner = "event", .home = "/kantor/peristiwa", .name = kept_name, .slots = proofs};

enum rc event_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct event e;
    struct buf body = {.arena = arena};
    struct event_view v = {.list_href = STR("/kantor/peristiwa")};

    TRY(request_village_db(req, &db, err));
    TRY(sql_event_get(db, input_u64(req, "id"), &e, err));
    TRY(resident_look(req, db, e.resident_id, "event", err));
    v.title = text_name(arena, e.name);
    v.kind = event_label(event_of_word(e.kind));
    v.person_href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, e.resident_id);
    if (e.cancelled_at != 0)
        v.cancelled = str_fmt(arena, "Dibatalkan oleh %.*s, %.*s. Alasan: %.*s", STR_ARG(e.cancelled_by),
                              STR_ARG(utc_long(arena, e.cancelled_at, request_village(req)->zone)), STR_ARG(e.cancel_reason));
    else if (request_may(req, MAY_EDIT_RESIDENTS)) {
        v.cancel_href = str_fmt(arena, "%.*s/batal", STR_ARG(event_href(arena, e.id)));
        v.fix_href = str_fmt(arena, "%.*s/perbaiki", STR_ARG(event_href(arena, e.id)));
        if (event_of_word(e.kind) == EVENT_BIRTH && e.family_id.is_set)
            v.again_href = str_fmt(arena, "/kantor/keluarga/%" PRIu64 "/kelahiran", e.family_id.value);
    }
    put_facts(req, &e, &v.facts);
    TRY(put_fixes(req, db, &e, &v, err));
    v.kept_href = str_fmt(arena, "%.*s/lampiran", STR_ARG(event_href(arena, e.id)));
    view_event(&body, &v);
    const struct page page = {.title = STR("Peristiwa"), .active = v.list_href, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}
