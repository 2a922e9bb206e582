// SPDX-License-Identifier: AGPL-3.0-or-later
/* The lines of a table whose cells say which sides they want, or reach down over several rows. */
#include "server/paper/flow_table.h"

/* The cells of the next row by column, NULL where there is none; lines->left: how many rows more each is there. */
static void next_row(struct lines *lines, const struct row *row, size_t columns)
{
    memcpy(lines->above, lines->now, sizeof lines->above);
    for (size_t i = 0; i < columns; i++) {
        lines->goes_on[i] = lines->left[i] > 0;
        if (lines->goes_on[i])
            lines->left[i]--;
        else
            lines->now[i] = NULL;
    }
    for (const struct cell *cell = row->cells; cell != NULL; cell = cell->next)
        for (size_t i = cell->column; i < cell->column + cell->span; i++) {
            lines->now[i] = cell;
            lines->left[i] = cell->rows - 1;
        }
}

/* A line between two cells, one of which may be missing: the cells' word where one has said it, else the table's. */
static bool wants(const struct cell *a, unsigned side_a, const struct cell *b, unsigned side_b, bool by_table)
{
    bool a_says = a != NULL && a->says_borders, b_says = b != NULL && b->says_borders;

    if (a_says || b_says)
        return (a_says && (a->borders & side_a) != 0) || (b_says && (b->borders & side_b) != 0);
    return by_table;
}

static void draw_between_columns(struct writer *w, const struct grid *grid, struct slice *slice, double from, double to)
{
    const struct lines *lines = grid->lines;
    enum border border = grid->table->border;
    size_t columns = grid->table->column_count;
    double x = grid->x;

    for (size_t i = 0; i <= columns; i++) {
        const struct cell *left = i > 0 ? lines->now[i - 1] : NULL, *right = i < columns ? lines->now[i] : NULL;
        bool is_edge = i == 0 || i == columns;
        if ((left != right || is_edge) &&
            wants(left, SIDE_RIGHT, right, SIDE_LEFT, border == BORDER_ALL || (border == BORDER_OUTER && is_edge)))
            put_stroke(w, slice, x, from, 0, to - from, LINE_THICKNESS);
        x += i < columns ? grid->widths[i] : 0;
    }
}

/* The line above the row that is now, on a slice; above: the row over it is on paper, now: there is a row. */
static void draw_between_rows(struct writer *w, const struct grid *grid, struct slice *slice, double y, bool is_edge)
{
    const struct lines *lines = grid->lines;
    enum border border = grid->table->border;
    bool by_table = border == BORDER_ALL || border == BORDER_ROWS || (border == BORDER_OUTER && is_edge);
    double x = grid->x, width = 0;

    for (size_t i = 0; i < grid->table->column_count; i++) {
        bool is_line = !lines->goes_on[i] && wants(lines->above[i], SIDE_BOTTOM, lines->now[i], SIDE_TOP, by_table);
        if (is_line)
            width += grid->widths[i];
        if (!is_line || i + 1 == grid->table->column_count) {
            if (width > 0)
                put_stroke(w, slice, x, y, width, 0, LINE_THICKNESS);
            x += width + (is_line ? 0 : grid->widths[i]);
            width = 0;
        }
    }
}

void lines_row(struct writer *w, const struct grid *grid, const struct row *row, struct slice *first, struct slice *last, double from,
               double to)
{
    struct lines *lines = grid->lines;

    next_row(lines, row, grid->table->column_count);
    if (lines->last != NULL && lines->last != first)
        draw_between_rows(w, grid, lines->last, lines->last->height, false);
    draw_between_rows(w, grid, first, from, lines->last == NULL);
    for (struct slice *slice = first;; slice = slice->next) {
        draw_between_columns(w, grid, slice, slice == first ? from : 0, slice == last && to > 0 ? to : slice->height);
        if (slice == last)
            break;
    }
    lines->last = last;
}

void lines_end(struct writer *w, const struct grid *grid)
{
    static const struct row none;

    if (grid->lines->last == NULL)
        return;
    next_row(grid->lines, &none, grid->table->column_count);
    draw_between_rows(w, grid, grid->lines->last, grid->lines->last->height, true);
}
