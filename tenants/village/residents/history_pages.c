// SPDX-License-Identifier: AGPL-3.0-or-later
/* Riwayat: what was changed about a person, and for the secretary and the head also who looked. The shown NIK. */
#include "server/base/text.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/history_sql.h"
#include "tenants/village/residents/history_view.h"
#include "tenants/village/residents/residents_pages.h"
#include "tenants/village/residents/residents_view.h"

enum { CHANGES_A_PAGE = 20, LOOKS_A_PAGE = 50 };

static struct str person_href(struct request *req, const char *tail)
{
    return str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64 "%s", history_see_got(req).id, tail);
}

/* Newest first; a page goes on below the id in its address. */
static uint64_t before_of(struct request *req)
{
    const struct opt_u64 before = history_see_got(req).before;

    return before.is_set ? before.value : INT64_MAX;
}

static struct str more_href(struct request *req, const char *tail, uint64_t last)
{
    return str_fmt(request_arena(req), "%.*s?sebelum=%" PRIu64, STR_ARG(person_href(req, tail)), last);
}

/* ---- what was changed ---- */

static enum rc put_fields(struct request *req, struct str changes, struct history_line *line, struct err *err)
{
    struct arena *arena = request_arena(req);
    json_t *diff, *pair;
    const char *word;

    TRY(json_read(arena, changes, &diff, err));
    line->fields.p = ARENA_ARRAY(arena, struct history_field, json_object_size(diff));
    json_object_foreach(diff, word, pair)
    {
        int c = column_of_word(str_c(word));

        if (c >= 0)
            line->fields.p[line->fields.n++] = (struct history_field){
                .label = column_label((enum resident_column)c),
                .before = value_words(arena, (enum resident_column)c, json_array_get(pair, 0)),
                .after = value_words(arena, (enum resident_column)c, json_array_get(pair, 1))};
    }
    return RC_OK;
}

/* What was written down together with an event leads to it; an import's row leads to its batch. */
static void put_link(struct request *req, const struct resident_change_row *row, struct history_line *line)
{
    uint64_t batch;

    if (row->event_id.is_set) {
        line->href = str_fmt(request_arena(req), "/kantor/peristiwa/%" PRIu64, row->event_id.value);
        line->link_label = STR("lihat peristiwanya");
    } else if (str_starts(row->origin, STR("import:")) && str_to_u64(str_from(row->origin, 7), &batch) &&
               request_may(req, MAY_IMPORT_RESIDENTS)) {
        line->href = str_fmt(request_arena(req), "/kantor/penduduk/impor/%" PRIu64, batch);
        line->link_label = STR("lihat impornya");
    }
}

static enum rc put_changes(struct request *req, const struct resident_change_row_rows *rows, struct history_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);

    v->lines.n = rows->n > CHANGES_A_PAGE ? CHANGES_A_PAGE : rows->n;
    v->lines.p = ARENA_ARRAY(arena, struct history_line, v->lines.n);
    for (size_t i = 0; i < v->lines.n; i++) {
        const struct resident_change_row *row = &rows->p[i];

        v->lines.p[i] = (struct history_line){.what = change_label(row->kind),
                                              .who = row->staff_name,
                                              .when = utc_long(arena, row->at, request_village(req)->zone),
                                              .why = row->reason};
        put_link(req, row, &v->lines.p[i]);
        TRY(put_fields(req, row->changes, &v->lines.p[i], err));
    }
    if (rows->n > CHANGES_A_PAGE)
        v->more_href = more_href(req, "/riwayat", rows->p[CHANGES_A_PAGE - 1].id);
    return RC_OK;
}

enum rc history_page(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct resident_full person;
    struct resident_change_row_rows rows;
    struct buf body = {.arena = request_arena(req)};
    struct person_history_view v = {.is_first = !history_see_got(req).before.is_set};

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_get(db, history_see_got(req).id, &person, err));
    TRY(resident_look(req, db, person.id, "history", err));
    v.head = person_head_of(req, &person, STR("riwayat"));
    TRY(sql_resident_changes(db, person.id, before_of(req), CHANGES_A_PAGE + 1, &rows, err));
    TRY(put_changes(req, &rows, &v.history, err));
    view_person_history(&body, &v);
    const struct page page = {.title = STR("Riwayat warga"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- who looked ---- */

static struct str look_words(struct str what)
{
    static const struct {
        const char *what, *words;
    } table[] = {{"detail", "Membuka data warga"},
                 {"nik", "Menampilkan NIK"},
                 {"edit", "Membuka formulir ubah"},
                 {"history", "Membuka riwayat"},
                 {"papers", "Membuka foto dan dokumen"},
                 {"document", "Mengunduh dokumen"},
                 {"photo", "Melihat foto"},
                 {"family", "Membuka kartu keluarga"},
                 {"event", "Membuka peristiwa"},
                 {"card", "Membuka kartu dan PIN"},
                 {"email", "Membuka alamat surel"},
                 {"letter", "Membuat surat"},
                 {"paper", "Membuka surat"}};

    for (size_t i = 0; i < COUNT_OF(table); i++)
        if (str_is(what, table[i].what))
            return str_c(table[i].words);
    return what;
}

enum rc looks_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct resident_full person;
    struct resident_look_row_rows rows;
    struct buf body = {.arena = arena};
    struct looks_view v = {0};

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_get(db, history_see_got(req).id, &person, err));
    v.head = person_head_of(req, &person, STR("dibuka"));
    TRY(sql_resident_looks(db, person.id, before_of(req), LOOKS_A_PAGE + 1, &rows, err));
    v.lines.n = rows.n > LOOKS_A_PAGE ? LOOKS_A_PAGE : rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct look_line, v.lines.n);
    for (size_t i = 0; i < v.lines.n; i++)
        v.lines.p[i] = (struct look_line){utc_long(arena, rows.p[i].at, request_village(req)->zone), rows.p[i].staff_name,
                                          look_words(rows.p[i].what)};
    if (rows.n > LOOKS_A_PAGE)
        v.pages.next_href = more_href(req, "/riwayat/dibuka", rows.p[LOOKS_A_PAGE - 1].id);
    view_looks(&body, &v);
    const struct page page = {.title = STR("Siapa yang membuka"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- the NIK, asked for ---- */

/* In place when htmx asks; else the person's page with the NIK on it, which is a look of its own kind either way. */
enum rc nik_post(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct resident_named person;
    struct buf body = {.arena = arena};

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_name(db, resident_see_got(req).id, &person, err));
    TRY(resident_look(req, db, person.id, "nik", err));
    if (!request_is_part(req))
        return resident_respond(req, resp, true, err);
    struct nik_shown_view v = {.nik = nik_spaced(arena, person.nik)};
    view_nik_shown(&body, &v);
    return respond_part(resp, html_view(&body));
}
