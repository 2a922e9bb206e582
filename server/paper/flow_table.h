// SPDX-License-Identifier: AGPL-3.0-or-later
/* Private to flow_table.c and flow_lines.c: a table being set. */
#ifndef BALAI_PAPER_FLOW_TABLE_H
#define BALAI_PAPER_FLOW_TABLE_H

#include "server/paper/flow.h"

#define LINE_THICKNESS 0.5

/* The row set last, for the line between it and the next: each column's cell, and whether it goes on below. */
struct lines {
    const struct cell *above[PAPER_MAX_COLUMNS], *now[PAPER_MAX_COLUMNS];
    unsigned left[PAPER_MAX_COLUMNS];
    bool goes_on[PAPER_MAX_COLUMNS];
    struct slice *last; /* of it */
};

struct grid {
    const struct block_table *table;
    double x, width, *widths;
    struct flow *flow;         /* where rows go */
    const struct flow *repeat; /* the header, for rows of the body */
    bool is_header;
    struct lines *lines; /* of a table with has_own_lines */
};

/* Lines beside and above a row that stands in slices first to last, from `from` of the first to `to` of the last (0: their end). */
void lines_row(struct writer *w, const struct grid *grid, const struct row *row, struct slice *first, struct slice *last, double from,
               double to);
/* The line below the last row. */
void lines_end(struct writer *w, const struct grid *grid);

#endif
