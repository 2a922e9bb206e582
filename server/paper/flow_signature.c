// SPDX-License-Identifier: AGPL-3.0-or-later
/* Who signs: place and date, position, room for hand and seal, name. */
#include <math.h>

#include "server/paper/flow.h"

#define SIGNATURE_SPACING 1.2
#define LEAST_COLUMN (50 * POINTS_PER_MM)

/* A signer, one of a list for himself. */
struct chosen {
    struct signer signer;
    const struct scope *scope;
};

enum { MOST_A_ROW = 4 };

/* The parts of a signer's column: above the room for hand, seal or code, that room, and from the name down. */
struct column_of {
    struct flow upper, room, lower;
    double width;
};

static enum rc put_seal(struct writer *w, const struct signer *signer, struct flow *flow)
{
    struct style style = style_of(w, 6, signer->width - 12);
    struct flow inside = {0};
    struct side side;
    struct slice *slice;
    struct op *box;
    double width, height;

    style.size = w->tree->size * 0.8;
    style.spacing = 1.15;
    TRY(put_text(w, signer->seal, &style, &inside));
    width = flow_ink_width(&inside) + 12;
    side = (struct side){inside, 0};
    TRY(put_sides(w, &side, 1, w->body_height, flow));
    slice = flow->last;
    height = slice->height + 6;
    move_ops(slice->ops, 0, (signer->space > height ? signer->space - height : 0) / 2 + 3);
    box = put_op(w, slice, OP_BOX, 0, (signer->space > height ? signer->space - height : 0) / 2);
    box->w = width;
    box->h = height;
    box->thickness = 0.6;
    slice->height = signer->space > height ? signer->space : height;
    return RC_OK;
}

static enum rc put_room(struct writer *w, const struct block_signature *signature, const struct signer *signer, struct flow *flow)
{
    struct slice *space;

    if (signer->has_qr) { /* its quiet zone is white, and covers what is near */
        TRY(put_qr(w, &signature->qr, 0, signer->width, flow));
        move_ops(flow->first->ops, 0, flow->first->before);
        flow->first->height += 2 * flow->first->before;
        flow->first->before = 0;
    }
    if (signer->seal != NULL)
        return put_seal(w, signer, flow);
    return signer->has_qr && signer->space == 0 ? RC_OK : put_slice(w, flow, signer->space, &space);
}

static double wider(double width, const struct flow *flow)
{
    double own = flow_ink_width(flow);

    return own > width ? own : width;
}

/* Text is set at the left of the widest column allowed, and moved when the column's own width is known. */
static enum rc build_column(struct writer *w, const struct block_signature *signature, const struct signer *signer, bool wants_date,
                            struct column_of *out)
{
    struct style style = style_of(w, 0, signer->width);

    style.spacing = SIGNATURE_SPACING;
    if (signer->place_date != NULL)
        TRY(put_text(w, signer->place_date, &style, &out->upper));
    else if (wants_date)
        TRY(put_plain(w, STR(""), &style, &out->upper));
    for (size_t i = 0; i < signer->line_count; i++)
        TRY(put_text(w, signer->lines[i], &style, &out->upper));
    TRY(put_room(w, signature, signer, &out->room));
    style.marks = MARK_BOLD | MARK_UNDERLINE;
    TRY(put_text(w, signer->name, &style, &out->lower));
    style.marks = 0;
    for (size_t i = 0; i < signer->below_count; i++)
        TRY(put_text(w, signer->below[i], &style, &out->lower));
    out->width = wider(wider(wider(LEAST_COLUMN, &out->upper), &out->room), &out->lower);
    out->width = out->width < signer->width ? out->width : signer->width;
    return RC_OK;
}

/* A seal's box takes its text along; every other line is moved for itself. */
static void place_part(struct flow *flow, const struct signer *signer, double x, double width)
{
    for (struct slice *slice = flow->first; slice != NULL; slice = slice->next) {
        double own = 0;
        for (const struct op *op = slice->ops; op != NULL; op = op->next)
            own = op->w > own ? op->w : own;
        move_ops(slice->ops, x + (signer->align == ALIGN_CENTER && own < width ? (width - own) / 2 : 0), 0);
    }
}

static void place_column(struct column_of *column, const struct signer *signer, double x)
{
    place_part(&column->upper, signer, x, column->width);
    place_part(&column->room, signer, x, column->width);
    place_part(&column->lower, signer, x, column->width);
}

static void append(struct flow *flow, const struct flow *more)
{
    if (flow->last == NULL)
        flow->first = more->first;
    else
        flow->last->next = more->first;
    flow->last = more->last != NULL ? more->last : flow->last;
}

/* upper, room: the heights of these parts in the whole row, so that what follows them stands on one line. */
static enum rc join_column(struct writer *w, struct column_of *column, double upper, double room, struct flow *out)
{
    double missing = upper - flow_height(&column->upper) + room - flow_height(&column->room);
    struct slice *gap;

    *out = column->upper;
    if (missing > 0)
        TRY(put_slice(w, out, missing, &gap));
    append(out, &column->room);
    append(out, &column->lower);
    keep_together(out, NULL);
    return RC_OK;
}

/* One signer at the right, with the QR code at the left edge. */
static enum rc put_single(struct writer *w, const struct block_signature *signature, struct signer signer, double x, double width,
                          struct flow *flow)
{
    double room = signature->has_qr ? width - signature->qr.size - 5 * POINTS_PER_MM : width;
    struct column_of column = {0};
    struct side sides[2] = {0};

    if (signer.width > room)
        signer.width = room > 60 ? room : 60;
    TRY(build_column(w, signature, &signer, false, &column));
    place_column(&column, &signer, x + width - column.width);
    TRY(join_column(w, &column, flow_height(&column.upper), flow_height(&column.room), &sides[1].flow));
    if (signature->has_qr) {
        TRY(put_qr(w, &signature->qr, x, width, &sides[0].flow));
        sides[0].down = 1;
    }
    return put_sides(w, sides, 2, w->body_height, flow);
}

/* Signers side by side, each in the middle of his part; or one in the middle of all, the QR code at the left edge beside him. */
static enum rc put_row(struct writer *w, const struct block_signature *signature, struct chosen *chosen, size_t count, double x,
                       double width, struct flow *flow)
{
    struct column_of columns[MOST_A_ROW] = {0};
    struct side sides[MOST_A_ROW + 1] = {0};
    double part = width / (double)count, upper = 0, room = 0;
    bool wants_date = false;

    for (size_t i = 0; i < count; i++)
        wants_date |= chosen[i].signer.place_date != NULL;
    for (size_t i = 0; i < count; i++) {
        struct signer *signer = &chosen[i].signer;
        signer->width = fmin(signer->width, part - 8);
        w->scope = chosen[i].scope;
        TRY(build_column(w, signature, signer, wants_date, &columns[i]));
        place_column(&columns[i], signer, x + part * (double)i + (part - columns[i].width) / 2);
        upper = fmax(upper, flow_height(&columns[i].upper));
        room = fmax(room, flow_height(&columns[i].room));
    }
    for (size_t i = 0; i < count; i++)
        TRY(join_column(w, &columns[i], upper, room, &sides[i].flow));
    if (signature->has_qr && count == 1) {
        TRY(put_qr(w, &signature->qr, x, width, &sides[count].flow));
        sides[count++].down = 1;
    }
    return put_sides(w, sides, count, w->body_height, flow);
}

/* NULL in chosen: count alone. */
static enum rc choose_signers(struct writer *w, const struct signer *signer, struct chosen *chosen, size_t *count)
{
    struct each each;

    for (*count = 0; signer != NULL; signer = signer->next) {
        if (signer->each == NULL) {
            if (chosen != NULL)
                chosen[*count] = (struct chosen){*signer, w->scope};
            ++*count;
            continue;
        }
        TRY(each_open(w, signer->each, &each));
        for (; each_next(w, &each); ++*count)
            if (chosen != NULL)
                chosen[*count] = (struct chosen){*signer, w->scope};
    }
    return RC_OK;
}

static enum rc put_rows(struct writer *w, const struct block_signature *signature, struct chosen *chosen, size_t count, double x,
                        double width, struct flow *flow)
{
    const struct scope *outer = w->scope;
    struct slice *start = flow->last;
    size_t a_row = signature->a_row;

    for (size_t at = 0; at < count; at += a_row) {
        struct slice *before = flow->last;
        TRY(put_row(w, signature, chosen + at, count - at < a_row ? count - at : a_row, x, width, flow));
        if (before != start && before != NULL && before->next != NULL)
            before->next->before = 4 * POINTS_PER_MM;
    }
    w->scope = outer;
    return RC_OK;
}

enum rc put_signature(struct writer *w, const struct block_signature *signature, double x, double width, struct flow *flow)
{
    struct slice *start = flow->last;
    const struct scope *outer = w->scope;
    struct chosen *chosen;
    size_t count;

    TRY(choose_signers(w, signature->signers, NULL, &count));
    chosen = ARENA_ARRAY(w->arena, struct chosen, count);
    TRY(choose_signers(w, signature->signers, chosen, &count));
    if (count == 1) {
        w->scope = chosen->scope;
        TRY(put_single(w, signature, chosen->signer, x, width, flow));
        w->scope = outer;
    } else {
        TRY(put_rows(w, signature, chosen, count, x, width, flow));
        if (signature->has_qr && count % signature->a_row != 1)
            TRY(put_qr(w, &signature->qr, x, width, flow));
    }
    if (flow->last != start)
        keep_together(flow, start != NULL ? start->next : NULL);
    return RC_OK;
}
