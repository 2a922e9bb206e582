// SPDX-License-Identifier: AGPL-3.0-or-later
/* General tables: rows of cells, borders, a header that comes again on every page. */
#include "server/paper/flow_table.h"

#define TABLE_SPACING 1.15

static struct style cell_style(const struct writer *w, const struct grid *grid, const struct cell *cell, double x, double width)
{
    double padding = grid->table->padding;
    struct style style = style_of(w, x + padding, width - 2 * padding);
    enum align align = cell->align != 0 ? cell->align : grid->is_header ? ALIGN_CENTER : grid->table->columns[cell->column].align;

    style.align = align;
    style.size = grid->table->size;
    style.spacing = TABLE_SPACING;
    style.marks = cell->marks | (grid->is_header ? MARK_BOLD : 0);
    return style;
}

static double span_width(const struct grid *grid, size_t column, unsigned span)
{
    double width = 0;

    for (size_t i = column; i < column + span && i < grid->table->column_count; i++)
        width += grid->widths[i];
    return width;
}

/* Padding above and below the row, whether it is one slice or several; no gaps inside, where borders run. */
static void pad_row(struct slice *first, struct slice *last, double padding)
{
    for (struct slice *slice = first;; slice = slice->next) {
        if (slice != first && slice->before > 0) {
            move_ops(slice->ops, 0, slice->before);
            slice->height += slice->before;
        }
        slice->before = 0;
        if (slice == last)
            break;
    }
    move_ops(first->ops, 0, padding);
    first->height += padding;
    last->height += padding;
}

static void draw_verticals(struct writer *w, const struct grid *grid, const struct row *row, struct slice *slice)
{
    double x = grid->x;
    size_t column = 0;

    put_stroke(w, slice, x, 0, 0, slice->height, LINE_THICKNESS);
    if (grid->table->border == BORDER_ALL)
        for (const struct cell *cell = row->cells; cell != NULL && column + cell->span < grid->table->column_count; cell = cell->next) {
            x += span_width(grid, column, cell->span);
            column += cell->span;
            put_stroke(w, slice, x, 0, 0, slice->height, LINE_THICKNESS);
        }
    put_stroke(w, slice, grid->x + grid->width, 0, 0, slice->height, LINE_THICKNESS);
}

static void draw_borders(struct writer *w, const struct grid *grid, const struct row *row, struct slice *first, struct slice *last)
{
    enum border border = grid->table->border;

    if (border == BORDER_NONE)
        return;
    for (struct slice *slice = first; border != BORDER_ROWS; slice = slice->next) {
        draw_verticals(w, grid, row, slice);
        if (slice == last)
            break;
    }
    if (border == BORDER_OUTER)
        return;
    put_stroke(w, first, grid->x, 0, grid->width, 0, LINE_THICKNESS);
    put_stroke(w, last, grid->x, last->height, grid->width, 0, LINE_THICKNESS);
}

static const double down_of[] = {[VALIGN_TOP] = 0, [VALIGN_MIDDLE] = 0.5, [VALIGN_BOTTOM] = 1};

static enum rc put_cell(struct writer *w, const struct grid *grid, const struct cell *cell, struct flow *flow)
{
    double x = grid->x + span_width(grid, 0, (unsigned)cell->column), width = span_width(grid, cell->column, cell->span);
    struct style style = cell_style(w, grid, cell, x, width);

    TRY(count_nodes(w));
    return put_text(w, cell->content, &style, flow);
}

/* The row's own cells side by side; what a cell holds that reaches down, too. */
static enum rc put_cells(struct writer *w, const struct grid *grid, const struct row *row)
{
    struct side *sides = ARENA_ARRAY(w->arena, struct side, PAPER_MAX_COLUMNS + 1);
    struct slice *start = grid->flow->last, *first, *room;
    double least = row->height - 2 * grid->table->padding;
    size_t count = 0;

    for (const struct cell *cell = row->cells; cell != NULL; cell = cell->next) {
        TRY(put_cell(w, grid, cell, &sides[count].flow));
        sides[count++].down = down_of[cell->valign];
    }
    if (count == 0) {
        struct style style = style_of(w, grid->x, grid->width);
        TRY(put_plain(w, STR(""), &style, &sides[count++].flow));
    }
    if (least > 0)
        TRY(put_slice(w, &sides[count++].flow, least < w->body_height / 2 ? least : w->body_height / 2, &room));
    TRY(put_sides(w, sides, count, w->body_height / 2, grid->flow));
    first = start != NULL ? start->next : grid->flow->first;
    pad_row(first, grid->flow->last, grid->table->padding);
    if (grid->lines != NULL)
        lines_row(w, grid, row, first, grid->flow->last, 0, 0);
    else
        draw_borders(w, grid, row, first, grid->flow->last);
    for (struct slice *slice = first; slice != NULL; slice = slice->next)
        slice->repeat = grid->repeat;
    return RC_OK;
}

/* A cell of tied rows, set. */
struct set_cell {
    const struct cell *cell;
    unsigned row;
    struct flow flow;
    struct set_cell *next;
};

/* Sets the cells of tied rows; ends_out[i] is where the i-th row ends. A cell that reaches down makes the last of its rows higher. */
static enum rc set_tied(struct writer *w, const struct grid *grid, const struct row *rows, struct set_cell **cells_out, double *ends_out)
{
    struct set_cell **last = cells_out;
    const struct row *row = rows;

    for (unsigned i = 0; i < rows->group; i++, row = row->next) {
        double end = (i > 0 ? ends_out[i - 1] : 0) + row->height;
        for (const struct cell *cell = row->cells; cell != NULL; cell = cell->next) {
            *last = ARENA_NEW(w->arena, struct set_cell);
            (*last)->cell = cell;
            (*last)->row = i;
            TRY(put_cell(w, grid, cell, &(*last)->flow));
            last = &(*last)->next;
        }
        for (const struct set_cell *set = *cells_out; set != NULL; set = set->next) {
            double least = (set->row > 0 ? ends_out[set->row - 1] : 0) + flow_height(&set->flow) + 2 * grid->table->padding;
            if (set->row + set->cell->rows == i + 1 && least > end)
                end = least;
        }
        ends_out[i] = end;
    }
    return RC_OK;
}

/*
 * Rows tied by cells that reach down become one slice. More than a page holds below a head that comes again (put_table): each row for
 * itself, the text of a cell that reaches down in its first.
 */
static enum rc put_tied(struct writer *w, const struct grid *grid, const struct row *row)
{
    double *ends = ARENA_ARRAY(w->arena, double, row->group), padding = grid->table->padding;
    struct set_cell *cells = NULL;
    struct slice *slice;

    TRY(set_tied(w, grid, row, &cells, ends));
    if (ends[row->group - 1] > w->body_height * 2 / 3) {
        for (unsigned i = 0, rows = row->group; i < rows; i++, row = row->next)
            TRY(put_cells(w, grid, row));
        return RC_OK;
    }
    TRY(put_slice(w, grid->flow, ends[row->group - 1], &slice));
    slice->repeat = grid->repeat;
    for (struct set_cell *set = cells; set != NULL; set = set->next) {
        double y = (set->row > 0 ? ends[set->row - 1] : 0) + padding;
        double room = ends[set->row + set->cell->rows - 1] - y - padding - flow_height(&set->flow);
        put_flow_on(slice, &set->flow, y + room * down_of[set->cell->valign]);
    }
    for (unsigned i = 0, rows = row->group; i < rows; i++, row = row->next)
        lines_row(w, grid, row, slice, slice, i > 0 ? ends[i - 1] : 0, ends[i]);
    return RC_OK;
}

static enum rc put_rows(struct writer *w, const struct grid *grid, const struct row *row) MUST_USE;

static enum rc put_each(struct writer *w, const struct grid *grid, const struct row *row)
{
    struct each each;

    TRY(each_open(w, row->each, &each));
    while (each_next(w, &each))
        TRY(row->rows != NULL ? put_rows(w, grid, row->rows) : put_cells(w, grid, row));
    return RC_OK;
}

/* Conditions nest at most PAPER_MAX_NESTING deep: the reader of the tree (tree.c, tree_inline.c) refuses more. */
static enum rc put_rows(struct writer *w, const struct grid *grid, const struct row *row)
{
    bool holds;

    for (; row != NULL; row = row->next) {
        TRY(count_nodes(w));
        if (row->group > 1)
            TRY(put_tied(w, grid, row));
        else if (row->group == 0) /* tied to one above */
            continue;
        else if (row->is_if) {
            TRY(test_holds(w, &row->test, &holds));
            TRY(put_rows(w, grid, holds ? row->yes : row->no));
        } else if (row->each != NULL) {
            TRY(put_each(w, grid, row));
        } else {
            TRY(put_cells(w, grid, row));
        }
    }
    return RC_OK;
}

static enum rc put_header(struct writer *w, const struct grid *grid, struct flow *flow)
{
    struct grid header = *grid;

    header.is_header = true;
    header.flow = flow;
    if (header.lines != NULL && flow != grid->flow)
        header.lines = ARENA_NEW(w->arena, struct lines);
    return put_rows(w, &header, grid->table->header);
}

static void draw_outline(struct writer *w, const struct grid *grid, struct slice *first)
{
    put_stroke(w, first, grid->x, 0, grid->width, 0, LINE_THICKNESS);
    put_stroke(w, grid->flow->last, grid->x, grid->flow->last->height, grid->width, 0, LINE_THICKNESS);
}

enum rc put_table(struct writer *w, const struct block_table *table, double x, double width, struct flow *flow)
{
    double inner = width - table->left > 30 ? width - table->left : 30;
    struct grid grid = {.table = table, .x = x + table->left, .widths = ARENA_ARRAY(w->arena, double, table->column_count), .flow = flow};
    struct flow *repeat = ARENA_NEW(w->arena, struct flow);
    struct slice *start = flow->last, *head, *first;

    if (table->has_own_lines)
        grid.lines = ARENA_NEW(w->arena, struct lines);
    column_widths(table->columns, table->column_count, inner, grid.widths);
    grid.width = span_width(&grid, 0, (unsigned)table->column_count);
    if (table->header != NULL) {
        TRY(put_header(w, &grid, flow)); /* the first time it belongs to the flow, later to the page */
        if (flow->last != NULL && flow->last != start) {
            keep_together(flow, start != NULL ? start->next : NULL);
            flow->last->keep_next = true;
        }
        TRY(put_header(w, &grid, repeat));
        if (repeat->first != NULL && flow_height(repeat) < w->body_height / 3)
            grid.repeat = repeat;
    }
    head = flow->last;
    TRY(put_rows(w, &grid, table->rows));
    if (head != start && flow->last == head && table->rows != NULL) { /* a head above nobody is not printed */
        flow->last = start;
        *(start != NULL ? &start->next : &flow->first) = NULL;
        return RC_OK;
    }
    first = start != NULL ? start->next : flow->first;
    if (table->has_own_lines)
        lines_end(w, &grid);
    else if (table->border == BORDER_OUTER && first != NULL)
        draw_outline(w, &grid, first);
    return RC_OK;
}
