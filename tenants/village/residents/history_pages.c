// SPDX-License-Identifier: AGPL-3.0-or-later
/* Riwayat: what was changed about a person, and for the secretary and the head also who looked. The shown NIK. */
#include "server/base/text.h"
#include "server/web/feature.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/history_sql.h"
#include "tenants/village/residents/history_view.h"
#include "tenants/village/residents/residents_pages.h"
#include "tenants/village/residents/residents_view.h"

enum { LOOKS_A_PAGE = 50 };

static struct str person_href(struct request *req, const char *tail)
{
    return str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64 "%s", history_see_got(req).id, tail);
}

static struct str more_href(struct request *req, const char *tail, uint64_t last)
{
    return str_fmt(request_arena(req), "%.*s?sebelum=%" PRIu64, STR_ARG(person_href(req, tail)), last);
}

/* ---- what was changed ---- */

static struct str label_of(const struct request *req, struct str word)
{
    (void)req;
    int c = column_of_word(word);

    return c >= 0 ? column_label((enum resident_column)c) : STR_NONE;
}

static struct str value_of(struct arena *arena, struct str word, const json_t *value)
{
    int c = column_of_word(word);

    return c >= 0 ? value_words(arena, (enum resident_column)c, value) : STR("");
}

/* What was written down together with an event leads to it; an import's row leads to its batch. */
static enum rc put_links(struct request *req, const struct resident_full *person, struct history_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    json_t *events;

    TRY(json_read(arena, person->event_times.p != NULL ? person->event_times : STR("{}"), &events, err));
    for (size_t i = 0; i < v->lines.n; i++) {
        struct history_line *line = &v->lines.p[i];
        const json_t *event = json_object_get(events, str_z(arena, str_fmt(arena, "%" PRIi64, line->at)));

        if (event != NULL) {
            line->href = str_fmt(arena, "/kantor/peristiwa/%" PRIi64, (int64_t)json_integer_value(event));
            line->link_label = STR("lihat peristiwanya");
        } else if (str_starts(line->origin, STR("import:")) && request_may(req, MAY_IMPORT_RESIDENTS)) {
            line->href = str_fmt(arena, "/kantor/penduduk/impor/%.*s", STR_ARG(str_from(line->origin, 7)));
            line->link_label = STR("lihat impornya");
        }
    }
    return RC_OK;
}

const struct keeper resident_keeper = {
    .owner = "resident", .home = "/kantor/penduduk", .history = "riwayat", .label = label_of, .value = value_of};

enum rc history_page(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct resident_full person;
    struct buf body = {.arena = request_arena(req)};
    const struct opt_u64 before = history_see_got(req).before;
    struct person_history_view v = {.is_first = !before.is_set};

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_get(db, history_see_got(req).id, &person, err));
    TRY(resident_look(req, db, person.id, "history", err));
    v.head = person_head_of(req, &person, STR("riwayat"));
    TRY(history_show(req, db, &resident_keeper, person.id, before.value, &v.history, err));
    TRY(put_links(req, &person, &v.history, err));
    view_person_history(&body, &v);
    const struct page page = {.title = STR("Riwayat warga"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- who looked ---- */

enum rc looks_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct resident_full person;
    struct resident_look_row_rows rows;
    const struct opt_u64 before = history_see_got(req).before;
    struct buf body = {.arena = arena};
    struct looks_view v = {0};

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_get(db, history_see_got(req).id, &person, err));
    TRY(resident_look_on(req, db, person.id, "history", err));
    v.head = person_head_of(req, &person, STR("dibuka"));
    TRY(sql_resident_looks(db, person.id, before.is_set ? before.value : INT64_MAX, LOOKS_A_PAGE + 1, &rows, err));
    v.lines.n = rows.n > LOOKS_A_PAGE ? LOOKS_A_PAGE : rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct look_line, v.lines.n);
    for (size_t i = 0; i < v.lines.n; i++)
        v.lines.p[i] = (struct look_line){utc_long(arena, rows.p[i].at, request_village(req)->zone), rows.p[i].staff_name,
                                          request_look_label(req, rows.p[i].what)};
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
