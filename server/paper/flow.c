// SPDX-License-Identifier: AGPL-3.0-or-later
/* Blocks → slices; flows side by side. */
#include <math.h>

#include "server/paper/flow.h"

enum { MAX_SLICES = 300 }; /* a page, before the pages are counted, so that a document with far too many lines ends early */

enum rc count_nodes(struct writer *w)
{
    if (++w->nodes > PAPER_MAX_NODES)
        return fail(w->err, RC_TOO_LARGE, "more than %d nodes", PAPER_MAX_NODES);
    return RC_OK;
}

enum rc put_slice(struct writer *w, struct flow *flow, double height, struct slice **out)
{
    struct slice *slice = ARENA_NEW(w->arena, struct slice);

    if (++w->slices > MAX_SLICES * w->pages_most)
        return fail(w->err, RC_TOO_LARGE, "more lines than %zu pages hold", w->pages_most);
    slice->height = height;
    if (flow->last == NULL)
        flow->first = slice;
    else
        flow->last->next = slice;
    flow->last = slice;
    *out = slice;
    return RC_OK;
}

struct op *put_op(struct writer *w, struct slice *slice, enum op_kind kind, double x, double y)
{
    struct op *op = ARENA_NEW(w->arena, struct op);

    op->kind = kind;
    op->x = x;
    op->y = y;
    op->next = slice->ops;
    slice->ops = op;
    return op;
}

void put_stroke(struct writer *w, struct slice *slice, double x, double y, double width, double height, double thickness)
{
    struct op *op = put_op(w, slice, OP_STROKE, x, y);

    op->w = width;
    op->h = height;
    op->thickness = thickness;
}

double flow_height(const struct flow *flow)
{
    double height = 0;

    for (const struct slice *slice = flow->first; slice != NULL; slice = slice->next)
        height += (slice != flow->first ? slice->before : 0) + slice->height;
    return height;
}

double flow_ink_width(const struct flow *flow)
{
    double width = 0;

    for (const struct slice *slice = flow->first; slice != NULL; slice = slice->next)
        for (const struct op *op = slice->ops; op != NULL; op = op->next)
            if ((op->kind == OP_TEXT || op->kind == OP_BOX) && op->w > width)
                width = op->w;
    return width;
}

void move_ops(struct op *ops, double dx, double dy)
{
    for (struct op *op = ops; op != NULL; op = op->next) {
        op->x += dx;
        op->y += dy;
    }
}

/* Hands the ops of one slice to another. */
static void take_ops(struct slice *to, struct slice *from, double dy)
{
    struct op **last = &from->ops;

    move_ops(from->ops, 0, dy);
    while (*last != NULL)
        last = &(*last)->next;
    *last = to->ops;
    to->ops = from->ops;
    from->ops = NULL;
}

void keep_together(struct flow *flow, struct slice *from)
{
    for (struct slice *slice = from != NULL ? from : flow->first; slice != NULL && slice->next != NULL; slice = slice->next)
        slice->keep_next = true;
}

void put_flow_on(struct slice *slice, struct flow *flow, double y)
{
    for (struct slice *part = flow->first; part != NULL; part = part->next) {
        y += part != flow->first ? part->before : 0;
        take_ops(slice, part, y);
        y += part->height;
    }
}

static enum rc put_whole(struct writer *w, struct side *sides, size_t count, double height, struct flow *flow)
{
    struct slice *whole;

    TRY(put_slice(w, flow, height, &whole));
    for (size_t i = 0; i < count; i++)
        put_flow_on(whole, &sides[i].flow, (height - flow_height(&sides[i].flow)) * sides[i].down);
    return RC_OK;
}

enum rc put_sides(struct writer *w, struct side *sides, size_t count, double whole, struct flow *flow)
{
    double height = 0;
    bool is_more = true, is_first = true;

    for (size_t i = 0; i < count; i++)
        if (flow_height(&sides[i].flow) > height)
            height = flow_height(&sides[i].flow);
    if (height <= whole)
        return put_whole(w, sides, count, height, flow);
    while (is_more) {
        struct slice *slice;
        is_more = false;
        TRY(put_slice(w, flow, 0, &slice));
        for (size_t i = 0; i < count; i++) {
            struct slice *part = sides[i].flow.first;
            double before;
            if (part == NULL)
                continue;
            before = is_first ? 0 : part->before;
            take_ops(slice, part, before);
            if (before + part->height > slice->height)
                slice->height = before + part->height;
            slice->keep_next |= part->keep_next;
            sides[i].flow.first = part->next;
            is_more |= part->next != NULL;
        }
        is_first = false;
    }
    return RC_OK;
}

enum rc find_picture(struct writer *w, struct str name, const struct picture **out)
{
    struct opened_picture *opened;
    struct err why = {0};

    *out = NULL;
    for (opened = w->pictures; opened != NULL; opened = opened->next)
        if (str_eq(opened->name, name)) {
            *out = &opened->picture;
            return RC_OK;
        }
    for (size_t i = 0; i < w->input->image_count; i++) {
        if (!str_eq(w->input->images[i].name, name))
            continue;
        opened = ARENA_NEW(w->arena, struct opened_picture);
        opened->name = name;
        if (picture_open(w->arena, w->input->images[i].bytes, &opened->picture, &why) != RC_OK)
            return fail(w->err, why.rc, "images.%.*s: %s", STR_ARG(name), why.text);
        opened->next = w->pictures;
        w->pictures = opened;
        *out = &opened->picture;
        return RC_OK;
    }
    return RC_OK;
}

static double aligned(enum align align, double x, double width, double own)
{
    return align == ALIGN_RIGHT ? x + width - own : align == ALIGN_CENTER ? x + (width - own) / 2 : x;
}

/* A bordered room for what is not there yet, and words in it. */
static enum rc put_room(struct writer *w, struct slice *slice, bool is_dashed, double x, double width, double height, const char *words)
{
    struct style style = style_of(w, x + 5, width - 10);
    struct op *op = put_op(w, slice, OP_BOX, x, 0);
    struct flow inside = {0};
    double y = 5;

    op->is_dashed = is_dashed;
    op->thickness = 0.5;
    op->w = width;
    op->h = height;
    style.spacing = 1.1;
    style.size = 7.5;
    TRY(put_plain(w, str_c(words), &style, &inside));
    for (struct slice *line = inside.first; line != NULL; y += line->height, line = line->next)
        take_ops(slice, line, y);
    return RC_OK;
}

static enum rc put_image(struct writer *w, const struct block_image *image, double x, double width, struct flow *flow)
{
    double box_width = image->width, box_height = image->height, ratio = 1;
    const struct picture *picture;
    struct slice *slice;
    struct op *op;

    TRY(find_picture(w, image->name, &picture));
    if (picture != NULL)
        ratio = (double)picture->height / picture->width;
    box_width = box_width > 0 ? box_width : box_height / ratio;
    box_width = box_width < width ? box_width : width;
    box_height = box_height > 0 ? box_height : box_width * ratio;
    box_height = box_height < w->body_height ? box_height : w->body_height;
    TRY(put_slice(w, flow, box_height, &slice));
    if (picture == NULL)
        return image->has_frame
                   ? put_room(w, slice, false, aligned(image->align, x, width, box_width), box_width, box_height, "Tempel foto")
                   : RC_OK;
    if (box_width * ratio > box_height)
        box_width = box_height / ratio;
    op = put_op(w, slice, OP_PICTURE, aligned(image->align, x, width, box_width), 0);
    op->w = box_width;
    op->h = box_width * ratio;
    op->picture = picture;
    return RC_OK;
}

enum rc put_qr(struct writer *w, const struct block_qr *qr, double x, double width, struct flow *flow)
{
    double size = qr->size < width ? qr->size : width, quiet = qr_quiet(w->qr, size);
    double inset = quiet > w->tree->left ? quiet - w->tree->left : 0; /* a wide margin is quiet enough */
    struct style style = style_of(w, aligned(qr->align, x + inset, width - inset, size), size);
    struct slice *slice, *start = flow->last;
    struct op *op;

    TRY(put_slice(w, flow, size, &slice));
    slice->before = quiet;
    style.spacing = 1.1;
    style.size = 7.5;
    if (str_empty(w->input->qr_text))
        TRY(put_room(w, slice, true, style.x, size, size, "Kode QR dibuat saat terbit"));
    else {
        op = put_op(w, slice, OP_QR, style.x, 0);
        op->w = op->h = size;
    }
    if (qr->note == NULL)
        return RC_OK;
    TRY(put_text(w, qr->note, &style, flow));
    slice->next->before = quiet;
    keep_together(flow, start != NULL ? start->next : NULL);
    return RC_OK;
}

static enum rc put_paragraph(struct writer *w, const struct block *block, double x, double width, struct flow *flow)
{
    const struct block_text *text = &block->text;
    double inner = width - text->left - text->right;
    struct style style = {
        .x = x + text->left,
        .width = inner > 30 ? inner : 30,
        .indent = text->indent,
        .size = text->size,
        .spacing = text->spacing,
        .align = text->align,
        .marks = text->marks,
    };
    struct slice *start = flow->last;

    TRY(put_text(w, text->content, &style, flow));
    if (block->keep_next)
        keep_together(flow, start != NULL ? start->next : NULL);
    return RC_OK;
}

static enum rc put_rule(struct writer *w, const struct block *block, double x, double width, struct flow *flow)
{
    double thickness = block->rule.thickness;
    struct slice *slice;

    TRY(put_slice(w, flow, block->rule.style == LINE_DOUBLE ? 3 * thickness : thickness, &slice));
    put_stroke(w, slice, x, thickness / 2, width, 0, thickness);
    if (block->rule.style == LINE_DOUBLE)
        put_stroke(w, slice, x, thickness * 2.5, width, 0, thickness);
    return RC_OK;
}

void column_widths(const struct column *columns, size_t count, double width, double *out)
{
    double fixed = 0, shares = 0, sum = 0, rest;

    for (size_t i = 0; i < count; i++) {
        fixed += columns[i].width;
        shares += columns[i].width > 0 ? 0 : columns[i].share;
    }
    rest = width - fixed > width / 4 ? width - fixed : width / 4; /* shares never vanish */
    for (size_t i = 0; i < count; i++) {
        out[i] = columns[i].width > 0 ? columns[i].width : rest * columns[i].share / shares;
        sum += out[i];
    }
    for (size_t i = 0; i < count && sum > width; i++)
        out[i] *= width / sum;
}

static enum rc put_columns(struct writer *w, const struct block_columns *columns, double x, double width, struct flow *flow)
{
    struct side *sides = ARENA_ARRAY(w->arena, struct side, columns->column_count);
    double *widths = ARENA_ARRAY(w->arena, double, columns->column_count);
    double gaps = columns->gap * (double)(columns->column_count - 1);

    column_widths(columns->columns, columns->column_count, width - gaps > width / 2 ? width - gaps : width / 2, widths);
    for (size_t i = 0; i < columns->column_count; i++) {
        TRY(put_blocks(w, columns->columns[i].body, x, widths[i], &sides[i].flow));
        x += widths[i] + columns->gap;
    }
    return put_sides(w, sides, columns->column_count, w->body_height, flow);
}

static enum rc put_group(struct writer *w, const struct block *blocks, double x, double width, struct flow *flow)
{
    struct slice *start = flow->last;

    TRY(put_blocks(w, blocks, x, width, flow));
    if (flow->last != start)
        keep_together(flow, start != NULL ? start->next : NULL);
    return RC_OK;
}

static enum rc put_page_break(struct writer *w, struct flow *flow)
{
    struct slice *slice;

    TRY(put_slice(w, flow, 0, &slice));
    slice->breaks_before = true;
    slice->keep_next = true;
    return RC_OK;
}

static enum rc put_each(struct writer *w, const struct block_each *block, double x, double width, struct flow *flow)
{
    struct each each;

    TRY(each_open(w, block->list, &each));
    if (json_array_size(each.list) == 0)
        return put_blocks(w, block->none, x, width, flow);
    while (each_next(w, &each))
        TRY(put_blocks(w, block->body, x, width, flow));
    return RC_OK;
}

static enum rc put_block(struct writer *w, const struct block *block, double x, double width, struct flow *flow)
{
    struct slice *slice;
    bool holds;

    switch (block->kind) {
    case BLOCK_TEXT:
        return put_paragraph(w, block, x, width, flow);
    case BLOCK_LIST:
        return put_list(w, &block->list, x, width, flow);
    case BLOCK_IDENTITY:
        return put_identity(w, &block->identity, x, width, flow);
    case BLOCK_TABLE:
        return put_table(w, &block->table, x, width, flow);
    case BLOCK_IMAGE:
        return put_image(w, &block->image, x, width, flow);
    case BLOCK_SIGNATURE:
        for (slice = flow->end; slice != NULL; slice = slice->next) /* a signature never stands on a page alone */
            slice->keep_next = true;
        return put_signature(w, &block->signature, x, width, flow);
    case BLOCK_QR:
        return put_qr(w, &block->qr, x, width, flow);
    case BLOCK_LETTERHEAD:
        return put_letterhead(w, &block->letterhead, x, width, flow);
    case BLOCK_RULE:
        return put_rule(w, block, x, width, flow);
    case BLOCK_SPACER:
        return put_slice(w, flow, block->spacer < w->body_height ? block->spacer : w->body_height, &slice);
    case BLOCK_PAGE_BREAK:
        return put_page_break(w, flow);
    case BLOCK_GROUP:
        return put_group(w, block->group, x, width, flow);
    case BLOCK_COLUMNS:
        return put_columns(w, &block->columns, x, width, flow);
    case BLOCK_IF:
        TRY(test_holds(w, &block->condition.test, &holds));
        return put_blocks(w, holds ? block->condition.yes : block->condition.no, x, width, flow);
    case BLOCK_EACH:
        return put_each(w, &block->each, x, width, flow);
    }
    return fail(w->err, RC_FAULT, "block of no kind");
}

/* Of a group or condition its own blocks are. */
static bool is_seen(enum block_kind kind)
{
    return kind != BLOCK_SPACER && kind != BLOCK_PAGE_BREAK && kind != BLOCK_GROUP && kind != BLOCK_IF && kind != BLOCK_EACH;
}

/* Blocks nest at most PAPER_MAX_NESTING deep: the reader of the tree (tree.c, tree_inline.c) refuses more. */
enum rc put_blocks(struct writer *w, const struct block *blocks, double x, double width, struct flow *flow)
{
    for (const struct block *block = blocks; block != NULL; block = block->next) {
        double gap = flow->after > block->before ? flow->after : block->before;
        struct slice *start = flow->last, *first;

        TRY(count_nodes(w));
        flow->after = 0;
        TRY(put_block(w, block, x, width > 20 ? width : 20, flow));
        if (flow->last == start) { /* nothing was written: the room asked for before stays asked for */
            flow->after = gap;
            continue;
        }
        first = start != NULL ? start->next : flow->first;
        flow->last->keep_next |= block->keep_next;
        if (is_seen(block->kind))
            flow->end = flow->last;
        first->before = fmax(tightened(w, gap), first->before);
        flow->after = block->after > flow->after ? block->after : flow->after;
    }
    return RC_OK;
}
