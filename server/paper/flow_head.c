// SPDX-License-Identifier: AGPL-3.0-or-later
/* The letterhead and the footer. */
#include "server/paper/flow.h"

#define CREST_GAP (4 * POINTS_PER_MM)
#define HAIRLINE 0.75
#define FOOT_QR (15 * POINTS_PER_MM) /* the least that telephones read from a copy */
#define FOOT_QR_GAP (4 * POINTS_PER_MM)

static enum rc put_crest(struct writer *w, const struct block_letterhead *head, double x, struct flow *flow)
{
    double width = head->crest_width, height, most = head->crest_width * 1.4;
    const struct picture *picture;
    struct slice *slice;
    struct op *op;

    TRY(find_picture(w, head->crest, &picture));
    if (picture == NULL)
        return put_slice(w, flow, width, &slice);
    height = width * picture->height / picture->width;
    if (height > most) {
        width *= most / height;
        height = most;
    }
    TRY(put_slice(w, flow, height, &slice));
    op = put_op(w, slice, OP_PICTURE, x + (head->crest_width - width) / 2, 0);
    op->w = width;
    op->h = height;
    op->picture = picture;
    return RC_OK;
}

static enum rc put_head_lines(struct writer *w, const struct block_letterhead *head, double x, double width, struct flow *flow)
{
    struct style style = style_of(w, x, width);

    style.align = ALIGN_CENTER;
    style.spacing = 1.1;
    for (size_t i = 0; i < head->line_count; i++) {
        bool is_last = i + 1 == head->line_count;
        style.size = head->size + (is_last ? 2 : 0);
        style.marks = is_last ? MARK_BOLD : 0;
        TRY(put_text(w, head->lines[i], &style, flow));
    }
    if (head->address == NULL)
        return RC_OK;
    style.size = head->size - 3 > 6 ? head->size - 3 : 6;
    style.marks = MARK_ITALIC;
    return put_text(w, head->address, &style, flow);
}

enum rc put_letterhead(struct writer *w, const struct block_letterhead *head, double x, double width, struct flow *flow)
{
    double indent = head->crest.p != NULL ? head->crest_width + CREST_GAP : 0;
    struct slice *start = flow->last, *rule;
    struct side sides[2] = {{.down = 0.5}, {.down = 0.5}};

    if (head->crest.p != NULL)
        TRY(put_crest(w, head, x, &sides[0].flow));
    TRY(put_head_lines(w, head, x + indent, width - indent, &sides[1].flow));
    TRY(put_sides(w, sides, 2, w->body_height, flow));
    if (head->rule != LINE_NONE) {
        TRY(put_slice(w, flow, head->rule == LINE_DOUBLE ? 3 * HAIRLINE : 2 * HAIRLINE, &rule));
        rule->before = 5;
        if (head->rule == LINE_DOUBLE) {
            put_stroke(w, rule, x, HAIRLINE / 2, width, 0, HAIRLINE);
            put_stroke(w, rule, x, HAIRLINE * 2.5, width, 0, HAIRLINE);
        } else {
            put_stroke(w, rule, x, HAIRLINE, width, 0, 2 * HAIRLINE);
        }
    }
    keep_together(flow, start != NULL ? start->next : NULL);
    return RC_OK;
}

/* Its words, from `x`. */
static enum rc put_foot_words(struct writer *w, const struct footer *footer, double x, double width, struct flow *flow)
{
    const struct piece *parts[] = {footer->left, footer->center, footer->right};
    static const enum align aligns[] = {ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT};
    struct style style = style_of(w, x, width);
    struct side sides[3] = {0};

    style.size = footer->size;
    style.spacing = 1.1;
    if (footer->note != NULL)
        TRY(put_text(w, footer->note, &style, flow));
    if (footer->left == NULL && footer->center == NULL && footer->right == NULL)
        return RC_OK;
    style.width = width / 3;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        style.x = x + width / 3 * (double)i;
        style.align = aligns[i];
        if (parts[i] != NULL)
            TRY(put_text(w, parts[i], &style, &sides[i].flow));
    }
    return put_sides(w, sides, COUNT_OF(sides), width, flow);
}

enum rc put_footer(struct writer *w, const struct footer *footer, double width, struct flow *flow)
{
    const struct block_qr qr = {.size = FOOT_QR, .align = ALIGN_LEFT};
    struct side sides[2] = {{.down = 0}, {.down = 0}};
    struct slice *slice;

    if (footer->has_rule) {
        TRY(put_slice(w, flow, 3, &slice));
        put_stroke(w, slice, 0, 0.25, width, 0, 0.5);
    }
    if (!footer->has_qr)
        return put_foot_words(w, footer, 0, width, flow);
    TRY(put_slice(w, &sides[0].flow, 0, &slice)); /* so that the code keeps its white from the rule */
    TRY(put_qr(w, &qr, 0, width, &sides[0].flow));
    TRY(put_foot_words(w, footer, FOOT_QR + FOOT_QR_GAP, width - FOOT_QR - FOOT_QR_GAP, &sides[1].flow));
    return put_sides(w, sides, COUNT_OF(sides), w->body_height, flow);
}
