// SPDX-License-Identifier: AGPL-3.0-or-later
/* The page that lays two versions of a type beside each other: settings, questions, and the text in its light markup. */
#include "tenants/village/letters/letters_type_compare.h"

#include "server/paper/markup.h"
#include "server/web/village.h"
#include "tenants/village/letters/letters_type_compare_view.h"
#include "tenants/village/letters/letters_type_sql.h"

static struct letter_compared_line setting(const char *label, struct str before, struct str after)
{
    return (struct letter_compared_line){
        .label = str_c(label), .before = before, .after = after, .word = str_eq(before, after) ? STR("") : STR("Berubah")};
}

static void put_settings(struct arena *arena, const struct letter_type_content *a, const struct letter_type_content *b,
                         struct letter_type_compare_view *v)
{
    const struct letter_compared_line lines[] = {
        setting("Nama", a->name, b->name), setting("Kode klasifikasi", a->classification, b->classification),
        setting("Format nomor", a->number_format, b->number_format),
        setting("Masa berlaku", letter_validity_label(arena, a->valid_months), letter_validity_label(arena, b->valid_months))};

    v->settings = (struct letter_compared_lines){ARENA_ARRAY(arena, struct letter_compared_line, COUNT_OF(lines)), COUNT_OF(lines)};
    memcpy(v->settings.p, lines, sizeof(lines));
    v->is_same = v->questions.n == 0 && v->text.lines.n == 0;
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        v->is_same = v->is_same && str_empty(lines[i].word);
}

/* What is brought to the office stands before the text, as a line each. */
static struct str text_of(struct arena *arena, const struct letter_form *form)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < form->n_requirements; i++)
        buf_fmt(&out, "Syarat: %.*s\n", STR_ARG(form->requirements[i]));
    buf_put_str(&out, paper_markup_write(arena, form->tree));
    return buf_str(&out);
}

/* Beside the loop: of two long texts every line is held against every other. */
struct comparing {
    struct arena *arena;
    struct letter_form before, after;
    struct letter_compared_lines questions, text;
};

static void compare_offloaded(void *arg)
{
    struct comparing *c = arg;

    c->questions = letter_compare_questions(c->arena, &c->before, &c->after);
    c->text = letter_compare_texts(c->arena, text_of(c->arena, &c->before), text_of(c->arena, &c->after));
}

enum rc letter_type_compare_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct letter_type_pair_form in = letter_type_pair_got(req);
    struct buf body = {.arena = arena};
    struct letter_type_one row;
    struct letter_type_content a, b;
    struct comparing c = {.arena = arena};
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_type_one_get(db, in.id, &row, err));
    TRY(sql_letter_type_version_one(db, row.id, (uint32_t)in.from, &a, err));
    TRY(sql_letter_type_version_one(db, row.id, (uint32_t)in.to, &b, err));
    TRY(letter_form_read(arena, a.definition, &c.before, err));
    TRY(letter_form_read(arena, b.definition, &c.after, err));
    TRY(request_offload(req, compare_offloaded, &c, err));
    struct letter_type_compare_view v = {
        .title = row.name,
        .sub = str_fmt(arena, "Versi %" PRIu64 " dan versi %" PRIu64, in.from, in.to),
        .back_href = letter_type_url(arena, row.id, "/versi"),
        .before = str_fmt(arena, "Versi %" PRIu64, in.from),
        .after = str_fmt(arena, "Versi %" PRIu64, in.to),
        .questions = c.questions,
        .text = {c.text},
    };

    put_settings(arena, &a, &b, &v);
    view_letter_type_compare(&body, &v);
    const struct page page = {.title = STR("Bandingkan versi"), .active = STR(LETTER_TYPES_HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}
