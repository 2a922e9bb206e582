// SPDX-License-Identifier: AGPL-3.0-or-later
/* One event: its facts in words, its page, and what was corrected about it. */
#include "server/base/text.h"
#include "server/register/change.h"
#include "tenants/village/events/events_fix_view.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/events/events_view.h"
#include "tenants/village/residents/residents.h"

/* ---- facts ---- */

struct event_facts event_facts_of(const struct event *e)
{
    return (struct event_facts){e->event_date, e->place, e->cause, e->reporter, e->number, e->note, e->destination};
}

static struct str given(struct str text)
{
    return text.p != NULL ? text : STR("");
}

struct event_facts event_facts_for(enum event_kind kind, struct event_facts typed, struct str reach)
{
    uint64_t code;

    return (struct event_facts){typed.date,
                                given(typed.place),
                                kind == EVENT_DEATH ? given(typed.cause) : STR(""),
                                kind != EVENT_ARRIVAL ? given(typed.reporter) : STR(""),
                                given(typed.number),
                                given(typed.note),
                                kind == EVENT_MOVE_OUT && str_to_u64(reach, &code) ? some_u64(code) : (struct opt_u64){0}};
}

size_t event_facts_words(struct arena *arena, enum event_kind kind, const struct event_facts *f, struct event_fact out[EVENT_FACTS_MOST])
{
    const struct event_words *words = event_words_of(kind);
    size_t n = 0;

    out[n++] = (struct event_fact){STR("date"), STR("Tanggal"), date_long(arena, f->date)};
    out[n++] = (struct event_fact){STR("place"), str_c(words->place), text_place(arena, f->place)};
    if (kind == EVENT_MOVE_OUT)
        out[n++] = (struct event_fact){STR("destination"), STR("Tujuan"),
                                       destination_label(f->destination.is_set ? (uint8_t)f->destination.value : 0)};
    if (kind == EVENT_DEATH)
        out[n++] = (struct event_fact){STR("cause"), STR("Sebab"), f->cause};
    if (kind != EVENT_ARRIVAL)
        out[n++] = (struct event_fact){STR("reporter"), STR("Pelapor"), f->reporter};
    out[n++] = (struct event_fact){STR("number"), str_c(words->number), f->number};
    out[n++] = (struct event_fact){STR("note"), STR("Catatan"), f->note};
    return n;
}

void event_facts_put(struct arena *arena, enum event_kind kind, const struct event_facts *facts, struct check_rows *rows)
{
    struct event_fact words[EVENT_FACTS_MOST];
    size_t n = event_facts_words(arena, kind, facts, words);

    for (size_t i = 0; i < n; i++)
        if (i + 1 < n || !str_empty(words[i].value)) /* no note is nothing missing */
            rows->p[rows->n++] = (struct check_row){.label = words[i].label, .value = words[i].value};
}

struct str event_reason(struct arena *arena, const struct event_facts *f, const char *between)
{
    return utf8_part(
        arena, str_fmt(arena, "%.*s%s%.*s", STR_ARG(date_long(arena, f->date)), str_empty(f->place) ? "" : between, STR_ARG(f->place)),
        300);
}

/* ---- a form's boxes ---- */

static struct field_view field_of(const struct form_box *box, const char *label, const char *hint, bool is_needed)
{
    return (struct field_view){
        .name = box->name, .label = str_c(label), .hint = str_c(hint), .value = box->value, .fault = box->fault, .is_optional = !is_needed};
}

static struct radios_view reach_of(const struct form_box *box)
{
    struct radios_view radios = {.name = box->name, .label = STR("Pindah sejauh apa?"), .fault = box->fault, .options = box->options};

    for (size_t i = 0; i < radios.options.n; i++)
        radios.options.p[i].label = destination_label(i + 1);
    return radios;
}

struct event_boxes_view event_boxes(enum event_kind kind, const struct form_box *box)
{
    const struct event_words *words = event_words_of(kind);

    return (struct event_boxes_view){
        .is_death = kind == EVENT_DEATH,
        .is_move = kind == EVENT_MOVE_OUT,
        .has_reporter = kind != EVENT_ARRIVAL,
        .date = {.name = box[0].name,
                 .label = str_c(words->date),
                 .hint = STR("Contoh: 3 11 2026"),
                 .day = box[0].parts[0],
                 .month = box[0].parts[1],
                 .year = box[0].parts[2],
                 .fault = box[0].fault},
        .destination = reach_of(&box[1]),
        .place = field_of(&box[2], words->place, kind == EVENT_DEATH ? "Contoh: rumah, RSUD Batara Guru" : "", words->needs_place),
        .cause = field_of(&box[3], "Sebab", "Contoh: sakit, kecelakaan", false),
        .reporter = field_of(&box[4], "Pelapor", "Nama orang yang melapor", words->needs_reporter),
        .number = field_of(&box[5], words->number, "", false),
        .note = field_of(&box[6], "Catatan", "", false),
    };
}

static void must(struct request *req, const char *field, const char *label, bool is_there)
{
    if (!is_there && request_fault_of(req, field).p == NULL)
        request_fault(req, field, "%s belum diisi.", label);
}

void event_check(struct request *req, enum event_kind kind, const struct event_facts *f)
{
    const struct event_words *words = event_words_of(kind);

    must(req, EVENT_FIX_DAY, words->date, !date_is_none(f->date));
    must(req, EVENT_FIX_PLACE, words->place, !words->needs_place || !str_empty(f->place));
    must(req, EVENT_FIX_REPORTER, "Pelapor", !words->needs_reporter || !str_empty(f->reporter));
    must(req, EVENT_FIX_REACH, "Tujuan", kind != EVENT_MOVE_OUT || f->destination.is_set);
}

void event_check_day(struct request *req, enum event_kind kind, struct date day, struct date born)
{
    struct str fault = event_date_fault(kind, day, born, request_today(req));

    if (!str_empty(fault) && request_fault_of(req, EVENT_FIX_DAY).p == NULL)
        request_fault(req, EVENT_FIX_DAY, "%.*s", STR_ARG(fault));
}

enum rc event_check_order(struct request *req, struct village_db *db, enum event_kind kind, struct date day, const struct event_about *who,
                          size_t n, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf ids = {.arena = arena};
    struct event_day_rows days;

    if (n == 0 || date_is_none(day) || request_fault_of(req, EVENT_FIX_DAY).p != NULL)
        return RC_OK;
    for (size_t i = 0; i < n; i++)
        buf_fmt(&ids, "%c%" PRIu64, i == 0 ? '[' : ',', who[i].resident_id);
    buf_put_char(&ids, ']');
    TRY(sql_event_days(db, buf_str(&ids), &days, err));
    for (size_t i = 0; i < days.n; i++) {
        const struct event_day *d = &days.p[i];
        const struct event_about *a = who;

        while (a->resident_id != d->resident_id)
            a++;
        if (d->event_id != 0 && d->event_id == a->event_id)
            continue;
        enum event_side side = event_side_of(kind, day, a->event_id == 0 || d->event_id < a->event_id, d->kind, d->day);
        if (side != EVENT_SIDE_RIGHT && request_fault_of(req, EVENT_FIX_DAY).p == NULL)
            request_fault(req, EVENT_FIX_DAY,
                          "Tanggal ini %s orangnya tercatat %.*s, %.*s. Periksa tanggalnya, atau perbaiki dulu catatan itu.",
                          side == EVENT_TOO_EARLY ? "sebelum" : "sesudah", STR_ARG(event_did(d->kind)), STR_ARG(date_long(arena, d->day)));
    }
    return RC_OK;
}

/* ---- the page ---- */

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

static struct str label_of(const struct request *req, struct str word)
{
    struct event_fact facts[EVENT_FACTS_MOST];
    struct str kind;
    size_t n = 0;

    if (str_cut(&word, '.', &kind))
        n = event_facts_words(request_arena(req), event_of_word(kind), &(struct event_facts){0}, facts);
    for (size_t i = 0; i < n; i++)
        if (str_eq(facts[i].word, word))
            return facts[i].label;
    return STR_NONE;
}

const struct keeper event_keeper = {.owner = "event", .home = "/kantor/peristiwa", .name = kept_name, .label = label_of, .slots = proofs};

static enum rc put_together(struct arena *arena, struct village_db *db, const struct event *e, struct event_view *v, struct err *err)
{
    struct event_rows rows;

    TRY(sql_event_of_act(db, e->act, &rows, err));
    v->together.p = ARENA_ARRAY(arena, struct event_beside, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        if (rows.p[i].id != e->id)
            v->together.p[v->together.n++] = (struct event_beside){text_name(arena, rows.p[i].name), event_href(arena, rows.p[i].id)};
    return RC_OK;
}

enum { LATE_BIRTH_DAYS = 60 };

/* What was written down in another month than it happened stands in that month's book and figures. */
static struct str late_of(struct arena *arena, const struct event *e)
{
    struct buf text = {.arena = arena};

    if (e->cancelled_at == 0 && event_of_word(e->kind) == EVENT_DEATH && e->status_before == 0)
        return STR("Kematian lama: orangnya belum pernah tercatat hidup di desa ini, jadi tidak masuk angka bulan mana pun.");
    if (e->cancelled_at != 0 || date_compare(date_month(e->event_date), date_month(e->reported_on)) == 0)
        return STR("");
    buf_fmt(&text, "Terjadi %.*s, dicatat di %.*s: masuk buku dan angka bulan %.*s.", STR_ARG(date_long(arena, e->event_date)),
            STR_ARG(month_long(arena, e->reported_on)), STR_ARG(month_long(arena, e->reported_on)));
    if (event_of_word(e->kind) == EVENT_BIRTH && date_to_days(e->reported_on) - date_to_days(e->event_date) > LATE_BIRTH_DAYS)
        buf_put_str(&text, STR(" Lewat 60 hari sejak lahir, akta kelahirannya perlu keputusan kepala Dinas Dukcapil."));
    return buf_str(&text);
}

static void add_next(struct event_view *v, struct str label, struct str href)
{
    v->nexts.p[v->nexts.n++] = (struct event_next){label, href};
}

/* Who came: their letters, and the real NIK. Who went: who leads the family now, and the letters that it needs. */
static enum rc put_nexts(struct request *req, struct village_db *db, const struct event *e, struct event_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    bool may_write = request_may(req, MAY_WRITE_LETTERS), may_edit = request_may(req, MAY_EDIT_RESIDENTS);
    struct family_state family;

    if (e->status_after == STATUS_ALIVE) {
        if (may_write && e->status_now == STATUS_ALIVE)
            add_next(v, str_fmt(arena, "Buat surat untuk %.*s", STR_ARG(v->title)), str_fmt(arena, "%.*s/surat", STR_ARG(v->person_href)));
        if (may_edit && e->status_now == STATUS_ALIVE && nik_is_temporary(e->nik))
            add_next(v, STR("NIK-nya masih sementara: catat yang benar bila sudah terbit"),
                     str_fmt(arena, "%.*s/ubah", STR_ARG(v->person_href)));
        return RC_OK;
    }
    if (!e->family_id.is_set)
        return RC_OK;
    TRY(family_load(db, e->family_id.value, &family, err));
    const struct family_member *head = family_head(&family);
    if (event_of_word(e->kind) == EVENT_MISSING && e->status_now == STATUS_MISSING && may_edit)
        add_next(v, STR("Sudah ditemukan: catat orang ditemukan"), str_fmt(arena, "%.*s/ditemukan", STR_ARG(v->person_href)));
    if (head == NULL && family.living > 0 && may_edit)
        add_next(v, STR("Keluarganya belum punya kepala: pilih kepala keluarga"), str_fmt(arena, "%.*s/kepala", STR_ARG(v->family_href)));
    if (head != NULL && !str_is(e->roles, "[]"))
        add_next(v, str_fmt(arena, "Kepala keluarga sekarang: %.*s", STR_ARG(text_name(arena, head->name))),
                 str_fmt(arena, "/kantor/penduduk/%" PRIu64, head->id));
    if (head != NULL && may_write)
        add_next(v, str_fmt(arena, "Buat surat untuk keluarganya, atas nama %.*s", STR_ARG(text_name(arena, head->name))),
                 str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/surat", head->id));
    return RC_OK;
}

enum rc event_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct event e;
    struct buf body = {.arena = arena};
    struct check_rows beside;
    struct event_view v = {.list_href = STR("/kantor/peristiwa")};

    TRY(request_village_db(req, &db, err));
    TRY(sql_event_get(db, event_one_got(req).id, &e, err));
    TRY(resident_look(req, db, e.resident_id, "event", err));
    const struct event_facts facts = event_facts_of(&e);
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
    v.late = late_of(arena, &e);
    TRY(event_beside_of(db, &e, &beside, err));
    v.facts.p = ARENA_ARRAY(arena, struct check_row, EVENT_FACTS_MOST + beside.n + 1);
    event_facts_put(arena, event_of_word(e.kind), &facts, &v.facts);
    for (size_t i = 0; i < beside.n; i++)
        v.facts.p[v.facts.n++] = beside.p[i];
    v.facts.p[v.facts.n++] = (struct check_row){
        .label = STR("Dicatat"),
        .value = str_fmt(arena, "%.*s, %.*s", STR_ARG(e.staff_name), STR_ARG(utc_long(arena, e.recorded_at, request_village(req)->zone)))};
    v.is_fixed = e.version > 1;
    if (v.is_fixed)
        TRY(history_show(req, db, &event_keeper, e.id, 0, &v.history, err));
    enum event_kind kind = event_of_word(e.kind);
    if (kind != EVENT_BIRTH && kind != EVENT_DEATH) /* these two are of one person */
        TRY(put_together(arena, db, &e, &v, err));
    if (e.family_id.is_set)
        v.family_href = str_fmt(arena, "/kantor/keluarga/%" PRIu64, e.family_id.value);
    if (e.cancelled_at == 0)
        TRY(put_nexts(req, db, &e, &v, err));
    v.kept_href = str_fmt(arena, "%.*s/lampiran", STR_ARG(event_href(arena, e.id)));
    view_event(&body, &v);
    const struct page page = {.title = STR("Peristiwa"), .active = v.list_href, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}
