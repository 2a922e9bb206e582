// SPDX-License-Identifier: AGPL-3.0-or-later
/* Two people had the form open: what is stored and what the second one typed, side by side, with a choice for each. */
#include "server/base/text.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/edit_view.h"

/* What came between, of one column: the value the form was made from, and who changed it last. */
struct between {
    bool is_changed;
    struct str before; /* words */
    struct str by;
};

static void read_between(struct arena *arena, const struct history_view *acts, struct between out[COLUMN_COUNT])
{
    for (size_t i = 0; i < acts->lines.n; i++) {
        const struct history_line *line = &acts->lines.p[i];

        for (size_t k = 0; k < line->fields.n; k++) {
            struct between *column = &out[column_of_word(line->fields.p[k].word)]; /* what has a label has a column */

            if (!column->is_changed)
                column->before = line->fields.p[k].before;
            column->is_changed = true;
            column->by = str_fmt(arena, "%.*s, %.*s", STR_ARG(line->who), STR_ARG(line->when));
        }
    }
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
    TRY(history_since(req, db, &resident_keeper, now->id, (uint32_t)form.version, &v.acts, err));
    read_between(arena, &v.acts, between);
    put_lines(req, &now->row, mine, between, &v);
    put_hidden(req, &form, &v);
    view_edit_conflict(&body, &v);
    const struct page page = {.title = STR("Dua isian untuk satu warga"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}
