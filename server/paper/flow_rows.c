// SPDX-License-Identifier: AGPL-3.0-or-later
/* Lists and identity tables: a marker or label, and text hanging beside it. */
#include "server/paper/flow.h"
#include "server/paper/words.h"

/* Rows that hold: conditions resolved, lists repeated. */
struct chosen {
    const struct row *row;
    const struct scope *scope;
    struct chosen *next;
};

static void choose_row(struct writer *w, const struct row *row, struct chosen ***last)
{
    **last = ARENA_NEW(w->arena, struct chosen);
    (**last)->row = row;
    (**last)->scope = w->scope;
    *last = &(**last)->next;
}

static enum rc choose_rows(struct writer *w, const struct row *row, struct chosen ***last)
{
    struct each each;
    bool holds;

    for (; row != NULL; row = row->next) {
        TRY(count_nodes(w));
        if (row->is_if) {
            TRY(test_holds(w, &row->test, &holds));
            TRY(choose_rows(w, holds ? row->yes : row->no, last));
            continue;
        }
        if (row->each == NULL) {
            choose_row(w, row, last);
            continue;
        }
        TRY(each_open(w, row->each, &each));
        while (each_next(w, &each))
            choose_row(w, row, last);
    }
    return RC_OK;
}

/* A label or marker beside a line of squares, of larger letters or of a higher script stands on that line. */
static void stand_on_line(struct flow *beside, const struct slice *line)
{
    const struct op *op = line != NULL ? line->ops : NULL;
    double drop;

    if (beside->first == NULL || op == NULL || op->kind != OP_TEXT || !op->is_uneven)
        return;
    drop = op->y - beside->first->ops->y;
    if (drop <= 0)
        return;
    move_ops(beside->first->ops, 0, drop);
    beside->first->height += drop;
}

/* 1 → a, 26 → z, 27 → aa */
static struct str letters(struct arena *arena, unsigned n)
{
    char text[8];
    size_t at = sizeof text;

    for (; n > 0 && at > 0; n = (n - 1) / 26)
        text[--at] = (char)('a' + (n - 1) % 26);
    return str_fmt(arena, "%.*s.", (int)(sizeof text - at), text + at);
}

static struct str marker(struct arena *arena, enum list_style style, unsigned n)
{
    switch (style) {
    case LIST_NUMBER:
        return str_fmt(arena, "%u.", n);
    case LIST_LETTER:
        return letters(arena, n);
    case LIST_ROMAN:
        return str_fmt(arena, "%.*s.", STR_ARG(roman_text(arena, n)));
    case LIST_BULLET:
        return STR("•");
    case LIST_DASH:
        break;
    }
    return STR("–");
}

static enum rc put_item(struct writer *w, const struct row *row, struct style *style, struct flow *flow)
{
    if (row->content != NULL || row->body == NULL)
        TRY(put_text(w, row->content, style, flow));
    return put_blocks(w, row->body, style->x, style->width, flow);
}

enum rc put_list(struct writer *w, const struct block_list *list, double x, double width, struct flow *flow)
{
    struct style mark = style_of(w, x + list->left, list->gap),
                 text = style_of(w, x + list->left + list->gap, width - list->left - list->gap);
    struct chosen *chosen = NULL, **last = &chosen;
    const struct scope *outer = w->scope;
    unsigned n = list->start;

    mark.size = text.size = w->tree->size;
    text.align = ALIGN_JUSTIFY;
    text.width = text.width > 30 ? text.width : 30;
    TRY(choose_rows(w, list->items, &last));
    for (; chosen != NULL; chosen = chosen->next, n++) {
        struct slice *start = flow->last, *first;
        struct flow side = {0};
        w->scope = chosen->scope;
        TRY(put_item(w, chosen->row, &text, flow));
        first = start != NULL ? start->next : flow->first;
        if (first == NULL)
            continue;
        TRY(put_plain(w, marker(w->arena, list->style, n), &mark, &side));
        stand_on_line(&side, first);
        side.first->ops->next = first->ops;
        first->ops = side.first->ops;
    }
    w->scope = outer;
    return RC_OK;
}

enum { COLON_ROOM = 8, LABEL_GAP = 6, NUMBER_ROOM = 20 }; /* points */

static enum rc widest_label(struct writer *w, const struct chosen *rows, double most, double *out)
{
    struct style style = style_of(w, 0, most);
    const struct scope *outer = w->scope;

    *out = 0;
    for (; rows != NULL; rows = rows->next) {
        struct flow label = {0};
        double width;
        w->scope = rows->scope;
        TRY(put_text(w, rows->row->label, &style, &label));
        width = flow_ink_width(&label) + LABEL_GAP;
        *out = width > *out ? width : *out;
    }
    w->scope = outer;
    if (*out > most)
        *out = most;
    return RC_OK;
}

enum rc put_identity(struct writer *w, const struct block_identity *identity, double x, double width, struct flow *flow)
{
    double left = x + identity->left, number = identity->numbered ? NUMBER_ROOM : 0, label_width = identity->label_width;
    double inner = width - identity->left - number;
    struct style style = style_of(w, left, number);
    struct chosen *chosen = NULL, **last = &chosen;
    const struct scope *outer = w->scope;
    unsigned n = 0;

    TRY(choose_rows(w, identity->rows, &last));
    if (label_width == 0)
        TRY(widest_label(w, chosen, inner * 0.45, &label_width));
    label_width = label_width < inner * 0.7 ? label_width : inner * 0.7;
    style.spacing = identity->spacing;
    for (; chosen != NULL; chosen = chosen->next) {
        struct side sides[4] = {0};
        w->scope = chosen->scope;
        style.x = left;
        style.width = NUMBER_ROOM;
        if (identity->numbered)
            TRY(put_plain(w, marker(w->arena, LIST_NUMBER, ++n), &style, &sides[0].flow));
        style.x = left + number;
        style.width = label_width;
        TRY(put_text(w, chosen->row->label, &style, &sides[1].flow));
        style.x += label_width;
        style.width = COLON_ROOM;
        TRY(put_plain(w, STR(":"), &style, &sides[2].flow));
        style.x += COLON_ROOM;
        style.width = inner - label_width - COLON_ROOM;
        TRY(put_text(w, chosen->row->content, &style, &sides[3].flow));
        for (size_t i = 0; i < 3; i++)
            stand_on_line(&sides[i].flow, sides[3].flow.first);
        TRY(put_sides(w, sides, COUNT_OF(sides), 0, flow));
    }
    w->scope = outer;
    return RC_OK;
}
