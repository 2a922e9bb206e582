// SPDX-License-Identifier: AGPL-3.0-or-later
/* Private to inline*.c: the text of one paragraph being put together. */
#ifndef BALAI_PAPER_INLINE_H
#define BALAI_PAPER_INLINE_H

#include "server/paper/flow.h"

/* A square, and the sign in it. It stands in the text as U+FFFC, which no value can hold (is_dropped). */
struct square {
    PangoLayoutLine *sign;                           /* NULL: empty */
    double width, height, advance, sign_width, rise; /* rise: of the square's top above the line */
};

struct run {
    size_t from, to;
    struct look look;
    const struct square *square; /* or NULL */
    struct run *next;
};

struct ink {
    struct buf text;
    struct run *runs, **last;
    const struct style *style;
    bool in_boxes;  /* an empty field is empty squares */
    bool is_uneven; /* squares, text of its own size or of a higher script in it */
};

/* Appends pieces. */
enum rc put_pieces(struct writer *w, const struct piece *piece, struct ink *ink) MUST_USE;
/* Appends text, cleaned. */
void put_run(struct writer *w, struct ink *ink, struct str text, struct look look);
/* Ends with the arena. */
void layout_keep(struct writer *w, PangoLayout *layout);

/* inline_marks.c: of the text's bytes from..to, beside `base`, what differs. The caller owns it. */
PangoAttrList *ink_marks(const struct ink *ink, size_t from, size_t to, unsigned base);

/* inline_boxes.c */
enum rc put_boxes(struct writer *w, const struct boxes *boxes, const struct piece *content, struct ink *ink) MUST_USE;
PangoAttribute *square_attribute(const struct square *square);

#endif
