// SPDX-License-Identifier: AGPL-3.0-or-later
/* Two people had the form open: what is stored and what the second one typed, side by side, with a choice for each. */
#include "server/base/text.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/edit_sql.h"
#include "tenants/village/residents/edit_view.h"

/* What came between, of one column: the value the form was made from, and who changed it last. */
struct between {
    bool is_changed;
    struct str before; /* words */
    struct str by;
};

static enum rc read_between(struct request *req, const struct change_since_rows *changes, struct between out[COLUMN_COUNT], struct err *err)
{
    struct arena *arena = request_arena(req);

    for (size_t i = 0; i < changes->n; i++) {
        const char *word;
        json_t *diff, *pair;

        TRY(json_read(arena, changes->p[i].changes, &diff, err));
        json_object_foreach(diff, word, pair)
        {
            int c = column_of_word(str_c(word));
            if (c < 0)
                continue;
            if (!out[c].is_changed)
                out[c].before = value_words(arena, (enum resident_column)c, json_array_get(pair, 0));
            out[c].is_changed = true;
            out[c].by = str_fmt(arena, "%.*s, %.*s", STR_ARG(changes->p[i].staff_name),
                                STR_ARG(utc_long(arena, changes->p[i].at, request_village(req)->zone)));
        }
    }
    return RC_OK;
}

static void put_acts(struct request *req, const struct change_since_rows *changes, struct conflict_view *v)
{
    struct arena *arena = request_arena(req);

    v->acts.p = ARENA_ARRAY(arena, struct conflict_act, changes->n);
    v->acts.n = changes->n;
    for (size_t i = 0; i < changes->n; i++)
        v->acts.p[i] = (struct conflict_act){.who = changes->p[i].staff_name,
                                             .when = utc_long(arena, changes->p[i].at, request_village(req)->zone),
                                             .what = change_label(changes->p[i].kind),
                                             .why = changes->p[i].reason};
}

static void put_lines(struct request *req, const struct resident_row *stored, const struct resident_row *mine,
                      const struct between *between, struct conflict_view *v)
{
    struct arena *arena = request_arena(req);

    v->lines.p = ARENA_ARRAY(arena, struct conflict_line, edit_columns_n);
    v->kept.p = ARENA_ARRAY(arena, struct kept_line, edit_columns_n);
    for (size_t i = 0; i < edit_columns_n; i++) {
        enum resident_column c = edit_columns[i].column;
        struct str label = str_c(edit_columns[i].label);

        if (row_same(stored, mine, c))
            continue;
        struct str theirs = column_words(arena, c, stored), own = column_words(arena, c, mine);
        if (!between[c].is_changed)
            v->kept.p[v->kept.n++] = (struct kept_line){label, theirs, own};
        else
            v->lines.p[v->lines.n++] = (struct conflict_line){.name = str_fmt(arena, RESIDENT_EDIT_CHOSEN "%s", column_rules[c].heading),
                                                              .label = label,
                                                              .before = between[c].before,
                                                              .stored = theirs,
                                                              .mine = own,
                                                              .by = between[c].by,
                                                              .is_stored_chosen = str_eq(between[c].before, own)};
    }
}

static void put_hidden(struct request *req, const struct resident_edit_form *form, struct conflict_view *v)
{
    struct arena *arena = request_arena(req);
    const struct input_pairs *sent = &form->sent;

    v->hidden.p = ARENA_ARRAY(arena, struct hidden_field, sent->n + 3);
    for (size_t i = 0; i < sent->n; i++)
        v->hidden.p[v->hidden.n++] = (struct hidden_field){str_fmt(arena, RESIDENT_EDIT_SENT "%.*s", STR_ARG(sent->p[i].name)),
                                                           sent->p[i].value};
    v->hidden.p[v->hidden.n++] = (struct hidden_field){STR(RESIDENT_EDIT_REASON), form->reason};
    v->hidden.p[v->hidden.n++] = (struct hidden_field){STR(RESIDENT_EDIT_WORDS), form->words};
    if (form->is_compared)
        v->hidden.p[v->hidden.n++] = (struct hidden_field){STR(RESIDENT_EDIT_IS_COMPARED), STR("1")};
}

enum rc edit_conflict_respond(struct request *req, struct response *resp, const struct resident_now *now, const struct resident_row *mine,
                              struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct resident_edit_form form = resident_edit_got(req);
    struct village_db *db;
    struct change_since_rows changes;
    struct between between[COLUMN_COUNT] = {0};
    struct buf body = {.arena = arena};
    struct conflict_view v = {
        .guard = request_form_guard(req),
        .href = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/ubah", now->id),
        .person_href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, now->id),
        .name = text_name(arena, now->row.name),
        .version = now->version,
    };

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_changes_since(db, now->id, (uint32_t)form.version, &changes, err));
    TRY(read_between(req, &changes, between, err));
    put_acts(req, &changes, &v);
    put_lines(req, &now->row, mine, between, &v);
    put_hidden(req, &form, &v);
    view_edit_conflict(&body, &v);
    const struct page page = {.title = STR("Dua isian untuk satu warga"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}
