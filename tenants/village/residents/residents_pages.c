// SPDX-License-Identifier: AGPL-3.0-or-later
/* One person's page. */
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/residents_pages.h"

#include "server/base/text.h"
#include "server/web/feature.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/codes/letter_state.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/residents_rows.h"
#include "tenants/village/residents/residents_view.h"

enum { BESIDE = 3 };                                 /* letters and events beside the data */
enum { PART_FAMILY = 1, PART_LETTERS, PART_EVENTS }; /* of resident_beside */

/* An area's "-" is nothing. */
static bool is_shown(const struct resident_row *row, enum resident_column c)
{
    bool is_area = c == COLUMN_HAMLET || c == COLUMN_RW || c == COLUMN_RT;

    return row_has(row, c) && !(is_area && str_is(*row_text(row, c), "-"));
}

/* What few have is told of those who have it; what is nobody's business at a counter stands in the form only. */
static bool is_told(enum resident_column c, const struct resident_row *row)
{
    switch (c) {
    case COLUMN_NAME:
    case COLUMN_NIK: /* masked, above the others */
    case COLUMN_FATHER_NIK:
    case COLUMN_MOTHER_NIK:
    case COLUMN_CARD_TAG:
    case COLUMN_LAT:
    case COLUMN_LNG:
    case COLUMN_CONTRACEPTION:
    case COLUMN_PREGNANCY:
        return false;
    case COLUMN_DIVORCE_CERT:
    case COLUMN_DIVORCE_DATE:
    case COLUMN_PASSPORT:
    case COLUMN_PASSPORT_UNTIL:
    case COLUMN_KITAS:
        return row_has(row, c);
    default:
        return true;
    }
}

static void put_facts(struct arena *arena, const struct resident_row *row, enum edit_group group, struct check_rows *facts)
{
    facts->p = ARENA_ARRAY(arena, struct check_row, edit_columns_n + 2);
    for (size_t i = 0; i < edit_columns_n; i++) {
        enum resident_column c = edit_columns[i].column;

        if (edit_columns[i].group == group && is_told(c, row))
            facts->p[facts->n++] = (struct check_row){.label = str_c(edit_columns[i].label),
                                                      .value = is_shown(row, c) ? column_words(arena, c, row) : STR("")};
    }
}

/* The groups of the form, in its order, each with its own way there. */
static void put_sections(struct request *req, const struct resident_full *r, struct resident_view *v)
{
    struct arena *arena = request_arena(req);
    struct resident_row row;

    resident_row_of(r, &row);
    v->sections.p = ARENA_ARRAY(arena, struct person_section, GROUP_END);
    for (int g = GROUP_PERSON; g < GROUP_END; g++) {
        struct person_section *s = &v->sections.p[v->sections.n++];

        *s = (struct person_section){.title = str_c(edit_group_title((enum edit_group)g))};
        if (v->head.may_edit)
            s->edit_href = str_fmt(arena, "%.*s/ubah?bagian=%d", STR_ARG(v->head.href), g);
        put_facts(arena, &row, (enum edit_group)g, &s->facts);
        if (g != GROUP_PLACE || r->kk_no.p == NULL)
            continue;
        s->facts.p[s->facts.n++] = (struct check_row){.label = STR("Alamat keluarga"), .value = r->address};
        s->facts.p[s->facts.n++] = (struct check_row){
            .label = STR("Nomor KK"),
            .value = str_fmt(arena, "%.*s%s", STR_ARG(nik_masked(arena, r->kk_no)), nik_is_temporary(r->kk_no) ? ", sementara" : ""),
            .change_href = v->family_href,
            .change_label = STR("Tampilkan")};
    }
}

/* ---- family, letters, events ---- */

static struct resident_member_line member_line(struct request *req, const struct resident_beside *m, uint64_t me)
{
    struct arena *arena = request_arena(req);
    struct str age = date_is_none(m->day) || m->state != STATUS_ALIVE ? STR("")
                                                                      : str_fmt(arena, ", %d tahun", date_age(m->day, request_today(req)));

    return (struct resident_member_line){.href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, m->id),
                                         .name = text_name(arena, m->title),
                                         .about = str_fmt(arena, "%.*s%.*s", STR_ARG(code_label(CODE_SEX, m->sex)), STR_ARG(age)),
                                         .role = m->state != STATUS_ALIVE ? code_label(CODE_BASIC_STATUS, m->state)
                                                 : m->role.is_set         ? code_label(CODE_FAMILY_ROLE, (uint32_t)m->role.value)
                                                                          : STR(""),
                                         .is_me = m->id == me};
}

/* Its number, and as what it names this person when it is another's. */
static struct str named_note(struct arena *arena, const struct resident_beside *l)
{
    return str_empty(l->named_as)
               ? l->words
               : str_fmt(arena, "%.*s%ssebagai %.*s", STR_ARG(l->words), str_empty(l->words) ? "" : ", ", STR_ARG(l->named_as));
}

static struct person_held_line letter_line(struct request *req, const struct resident_beside *l)
{
    struct arena *arena = request_arena(req);

    return (struct person_held_line){.href = str_fmt(arena, "/kantor/surat/%" PRIu64, l->id),
                                     .title = l->title,
                                     .day = date_short(arena, date_is_none(l->day) ? utc_date(l->at, request_village(req)->zone) : l->day),
                                     .note = named_note(arena, l),
                                     .state = letter_state_label((enum letter_state)l->state),
                                     .tone = letter_state_tone((enum letter_state)l->state)};
}

static struct person_held_line event_line(struct request *req, const struct resident_beside *e)
{
    struct arena *arena = request_arena(req);

    return (struct person_held_line){.href = str_fmt(arena, "/kantor/peristiwa/%" PRIu64, e->id),
                                     .title = request_change_label(req, STR("resident"), e->title),
                                     .day = date_short(arena, e->day),
                                     .note = e->words,
                                     .state = e->state != 0 ? STR("Dibatalkan") : STR(""),
                                     .tone = STR("abu")};
}

/* The newest stand beside the data, all of them on their own tab; total: how many there are, of which the statement gives the newest. */
static void open_or_cut(struct resident_view *v, struct arena *arena, struct person_held *held, struct str tab, const char *word,
                        uint64_t total)
{
    if (str_is(tab, word)) {
        v->open = held;
        if (total > held->lines.n)
            held->more = str_fmt(arena, "Yang tampil %zu terbaru dari %" PRIu64 ".", held->lines.n, total);
    } else if (held->lines.n > BESIDE) {
        held->all_href = str_fmt(arena, "%.*s?lihat=%s", STR_ARG(v->head.href), word);
        held->all_label = str_fmt(arena, "Semua %" PRIu64, total);
        held->lines.n = BESIDE;
    }
}

static enum rc put_beside(struct request *req, struct village_db *db, const struct resident_full *r, struct str tab,
                          struct resident_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct resident_beside_rows rows;

    TRY(sql_resident_beside(db, r->id, r->family_id, &rows, err));
    v->members.p = ARENA_ARRAY(arena, struct resident_member_line, rows.n);
    v->letters.lines.p = ARENA_ARRAY(arena, struct person_held_line, rows.n);
    v->events.lines.p = ARENA_ARRAY(arena, struct person_held_line, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.p[i].part == PART_FAMILY)
            v->members.p[v->members.n++] = member_line(req, &rows.p[i], r->id);
        else if (rows.p[i].part == PART_LETTERS)
            v->letters.lines.p[v->letters.lines.n++] = letter_line(req, &rows.p[i]);
        else
            v->events.lines.p[v->events.lines.n++] = event_line(req, &rows.p[i]);
    }
    if (v->sees_letters)
        open_or_cut(v, arena, &v->letters, tab, "surat", r->letters);
    open_or_cut(v, arena, &v->events, tab, "peristiwa", r->events);
    return RC_OK;
}

/* The look is in the read log before anything is shown: its caller wrote it, or this does. */
enum rc resident_respond(struct request *req, struct response *resp, bool shows_nik, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct resident_see_form in = resident_see_got(req);
    struct village_db *db;
    struct resident_full r;
    struct resident_view v = {.is_nik_shown = shows_nik,
                              .is_family = str_is(in.tab, "keluarga"),
                              .guard = request_form_guard(req),
                              .sees_letters = request_may(req, MAY_READ_LETTERS),
                              .letters = {.title = STR("Surat"), .none = STR("Belum ada surat.")},
                              .events = {.title = STR("Peristiwa"), .none = STR("Belum ada peristiwa.")}};
    struct buf body = {.arena = arena};

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_get(db, in.id, &r, err));
    if (!shows_nik)
        TRY(resident_look(req, db, r.id, "detail", err));
    v.head = person_head_of(req, &r, in.tab);
    if (r.family_id.is_set)
        v.family_href = str_fmt(arena, "/kantor/keluarga/%" PRIu64, r.family_id.value);
    v.nik = shows_nik ? nik_spaced(arena, r.nik) : nik_masked(arena, r.nik);
    if (v.head.may_edit && v.head.is_here && !r.family_id.is_set)
        v.kk_href = str_fmt(arena, "%.*s/kk-sementara", STR_ARG(v.head.href));
    if (v.head.may_edit && nik_is_temporary(r.nik) && !r.out_why.is_set)
        v.nik_href = str_fmt(arena, "%.*s/ubah?bagian=1", STR_ARG(v.head.href));
    v.is_alone = str_is(in.after, "kawin") && !str_empty(v.head.move_href);
    v.is_stand_in = nik_is_temporary(r.nik) && r.out_why.is_set;
    put_sections(req, &r, &v);
    TRY(put_beside(req, db, &r, in.tab, &v, err));
    if (v.open == NULL && !v.is_family && !str_empty(in.tab))
        return fail(err, RC_NOT_FOUND, "a person's page has no such tab");
    view_resident(&body, &v);
    const struct page page = {.title = STR("Data warga"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc resident_page(struct request *req, struct response *resp, struct err *err)
{
    return resident_respond(req, resp, false, err);
}
