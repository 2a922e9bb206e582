// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Private to server/paper: from nodes and values to slices. A slice is a strip
 * of the column that is never divided (a line of text, a table row, a
 * signature), with what is drawn on it; a flow is a run of slices from top to
 * bottom. pages.c deals slices out to pages; nothing here knows of pages but
 * the height of one. Everything lives in the paper's arena.
 */
#ifndef BALAI_PAPER_FLOW_H
#define BALAI_PAPER_FLOW_H

#include "server/paper/picture.h"
#include "server/paper/press.h"
#include "server/paper/words.h"

enum op_kind { OP_TEXT = 1, OP_STROKE, OP_BOX, OP_PICTURE, OP_QR };

/* Something drawn; x from the left margin, y from the slice's top. */
struct op {
    enum op_kind kind;
    double x, y;      /* OP_TEXT: left end and baseline */
    double w, h;      /* OP_STROKE: to x + w, y + h; OP_TEXT: width of the line */
    double thickness; /* OP_STROKE, OP_BOX */
    bool is_dashed;   /* OP_BOX */
    bool is_uneven;   /* OP_TEXT: squares, text of its own size or of a higher script in the paragraph */
    PangoLayoutLine *line;
    const struct picture *picture;
    struct op *next;
};

struct flow;

struct slice {
    double before, height; /* `before` counts only below another slice */
    bool keep_next;        /* wants the next slice on its page */
    bool breaks_before;    /* wants a new page */
    struct op *ops;
    const struct flow *repeat; /* a table's header, for when this comes first on a page */
    struct slice *next;
};

struct flow {
    struct slice *first, *last;
    struct slice *end; /* the last of a block that is no spacer or page break */
    double after;      /* room wanted below the last slice */
};

struct opened_picture {
    struct str name;
    struct picture picture;
    struct opened_picture *next;
};

/* A member of an `each`, inside that of the each around it. */
struct scope {
    const json_t *values;
    unsigned number;
    const struct scope *up;
};

/* Everything a layout needs while it runs. */
struct writer {
    struct arena *arena;
    struct err *err;
    const struct tree *tree; /* the letter, then its attachments */
    size_t part;             /* 0: the letter */
    const struct paper_input *input;
    struct press *press;
    const struct scope *scope; /* the member of an `each`, or NULL */
    size_t page, pages;        /* footer only */
    double body_height;        /* what fits on a page */
    double tight;              /* of the room between lines and blocks */
    struct opened_picture *pictures;
    struct set_sign *signs; /* inline_boxes.c */
    const struct qr *qr;    /* side 0: a box in its place */
    size_t pages_most;      /* of the whole */
    size_t nodes, slices, text_bytes, terms;
};

/* How lines of text are set. */
struct style {
    double x, width, indent, size, spacing;
    enum align align;
    unsigned marks;
};

/* inline.c */
enum rc test_holds(struct writer *w, const struct test *test, bool *out) MUST_USE;
/* The members of a list, one after the other; each is the scope until the next. */
struct each {
    const json_t *list;
    size_t next;
    const struct scope *outer;
};
enum rc each_open(struct writer *w, const char *list, struct each *out) MUST_USE;
/* False after the last: the scope is the one around again. */
bool each_next(struct writer *w, struct each *each);
/* The value of a field, of the members around first, the innermost before all; empty text when there is none. */
enum rc field_value(struct writer *w, const char *name, struct str *out) MUST_USE;
/* The same as it stands in the values; NULL: nowhere. */
const json_t *find_value(const struct writer *w, const char *name);
/* {"unfilled": "…"}: the words; STR_NONE of any other value. */
struct str unfilled_words(const json_t *value);
/* sum.c: empty text where nothing can be added up. */
enum rc sum_text(struct writer *w, const struct sum *sum, enum conversion as, struct str *out) MUST_USE;
/* Appends the lines of content; at least one, empty content being an empty line. */
enum rc put_text(struct writer *w, const struct piece *content, const struct style *style, struct flow *flow) MUST_USE;
enum rc put_plain(struct writer *w, struct str text, const struct style *style, struct flow *flow) MUST_USE;
/* The style of running text, x to x + width. */
struct style style_of(const struct writer *w, double x, double width);

/* What is left of the room between lines or blocks. */
static inline double tightened(const struct writer *w, double room)
{
    return room > 0 ? room * w->tight : room;
}

/* flow.c */
enum rc count_nodes(struct writer *w) MUST_USE;
enum rc put_blocks(struct writer *w, const struct block *blocks, double x, double width, struct flow *flow) MUST_USE;
enum rc put_slice(struct writer *w, struct flow *flow, double height, struct slice **out) MUST_USE;
struct op *put_op(struct writer *w, struct slice *slice, enum op_kind kind, double x, double y);
void put_stroke(struct writer *w, struct slice *slice, double x, double y, double width, double height, double thickness);
double flow_height(const struct flow *flow);
void move_ops(struct op *ops, double dx, double dy);
/* The widest line of text or box in a flow. */
double flow_ink_width(const struct flow *flow);
/* RC_OK with NULL when the caller gave no such image. */
enum rc find_picture(struct writer *w, struct str name, const struct picture **out) MUST_USE;
/* Puts what is on a flow onto one slice, y from its top. */
void put_flow_on(struct slice *slice, struct flow *flow, double y);
/* Keeps a flow together, from `from` (NULL: its first) to its last slice. */
void keep_together(struct flow *flow, struct slice *from);

/*
 * Columns side by side become one flow. One slice where their height is at
 * most `whole`, each column placed by its share of the spare height (0 top, 1
 * bottom); else slice by slice, the n-th of each column on one height.
 */
struct side {
    struct flow flow;
    double down;
};
enum rc put_sides(struct writer *w, struct side *sides, size_t count, double whole, struct flow *flow) MUST_USE;

/* flow_rows.c, flow_table.c, flow_signature.c, flow_head.c */
enum rc put_list(struct writer *w, const struct block_list *list, double x, double width, struct flow *flow) MUST_USE;
enum rc put_identity(struct writer *w, const struct block_identity *identity, double x, double width, struct flow *flow) MUST_USE;
enum rc put_table(struct writer *w, const struct block_table *table, double x, double width, struct flow *flow) MUST_USE;
enum rc put_signature(struct writer *w, const struct block_signature *signature, double x, double width, struct flow *flow) MUST_USE;
enum rc put_letterhead(struct writer *w, const struct block_letterhead *head, double x, double width, struct flow *flow) MUST_USE;
enum rc put_qr(struct writer *w, const struct block_qr *qr, double x, double width, struct flow *flow) MUST_USE;
enum rc put_footer(struct writer *w, const struct footer *footer, double width, struct flow *flow) MUST_USE;
/* Widths of columns within width: fixed ones, then shares; all smaller when they would not fit. */
void column_widths(const struct column *columns, size_t count, double width, double *out);

#endif
