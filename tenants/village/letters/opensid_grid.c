// SPDX-License-Identifier: AGPL-3.0-or-later
/* A table of a template: which cell stands where, how wide its columns are, whether it has lines. */
#include "tenants/village/letters/opensid.h"

enum { COLUMNS_MOST = 30, ROWS_MOST = 400 };

static unsigned count_of(const GumboNode *node, const char *attribute)
{
    uint64_t n;

    return str_to_u64(opensid_attribute(node, attribute), &n) && n > 1 && n <= COLUMNS_MOST ? (unsigned)n : 1;
}

static bool has_line(struct str css)
{
    return !str_empty(css) && str_find(css, STR("none")) < 0 && !str_starts(css, STR("0")) && str_find(css, STR("hidden")) < 0;
}

static bool is_bordered(const GumboNode *table)
{
    const struct str border = opensid_attribute(table, "border"), css = opensid_css(table, "border"),
                     style = opensid_css(table, "border-style");

    if (!str_empty(style) && str_find(style, STR("none")) >= 0)
        return false;
    return has_line(css) || (str_empty(css) && !str_empty(border) && !str_is(border, "0"));
}

static const GumboNode *table_in(const GumboNode *node, unsigned depth)
{
    const GumboNode *found = opensid_is(node, GUMBO_TAG_TABLE) ? node : NULL;

    for (unsigned i = 0;
         found == NULL && depth < OPENSID_DEPTH_MOST && node->type == GUMBO_NODE_ELEMENT && i < node->v.element.children.length; i++)
        found = table_in(node->v.element.children.data[i], depth + 1);
    return found;
}

struct opensid_cell *opensid_cell_at(const struct opensid_grid *grid, size_t row, size_t column)
{
    return &grid->cells[row * grid->columns + column];
}

static double width_of(const GumboNode *cell)
{
    const struct str css = opensid_css(cell, "width"), said = str_empty(css) ? opensid_attribute(cell, "width") : css;

    return opensid_length(said, 100);
}

/* Of one that stands at the right: where it begins. */
static int left_of(const GumboNode *table)
{
    const double width = width_of(table);

    enum { LEAST = 43 }; /* of the width, or too little is left */

    return str_is(opensid_attribute(table, "align"), "right") && width >= LEAST && width < 100
               ? (int)((100 - width) / 100 * OPENSID_PRINT_MM)
               : 0;
}

struct rows {
    const GumboNode *p[ROWS_MOST];
    size_t n, head;
};

static void find_rows(struct opensid *in, const GumboNode *node, struct rows *rows, unsigned depth)
{
    for (unsigned i = 0; depth < 3 && i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];

        if (opensid_is(child, GUMBO_TAG_TR)) {
            if (rows->n == ROWS_MOST)
                in->fault = str_fmt(in->arena, "Sebuah tabel mempunyai lebih dari %d baris.", ROWS_MOST);
            else
                rows->p[rows->n++] = child;
            rows->head += in->fault.p == NULL && opensid_is(node, GUMBO_TAG_THEAD);
        } else if (opensid_is(child, GUMBO_TAG_TBODY) || opensid_is(child, GUMBO_TAG_THEAD) || opensid_is(child, GUMBO_TAG_TFOOT))
            find_rows(in, child, rows, depth + 1);
    }
}

static size_t width_in_cells(const GumboNode *row)
{
    size_t n = 0;

    for (unsigned i = 0; i < row->v.element.children.length; i++) {
        const GumboNode *cell = row->v.element.children.data[i];

        if (opensid_is(cell, GUMBO_TAG_TD) || opensid_is(cell, GUMBO_TAG_TH))
            n += count_of(cell, "colspan");
    }
    return n;
}

static void read_widths(const GumboNode *table, struct opensid_grid *grid)
{
    for (unsigned i = 0; i < table->v.element.children.length; i++) {
        const GumboNode *group = table->v.element.children.data[i];

        for (unsigned k = 0, n = 0; opensid_is(group, GUMBO_TAG_COLGROUP) && k < group->v.element.children.length; k++) {
            const GumboNode *col = group->v.element.children.data[k];

            if (opensid_is(col, GUMBO_TAG_COL) && n < grid->columns)
                grid->widths[n++] = width_of(col);
        }
    }
    for (size_t c = 0; c < grid->columns; c++)
        for (size_t r = 0; r < grid->rows && grid->widths[c] <= 0; r++) {
            const struct opensid_cell *cell = opensid_cell_at(grid, r, c);

            if (cell->node != NULL && cell->span == 1)
                grid->widths[c] = width_of(cell->node);
        }
}

static void put_cell(struct opensid *in, struct opensid_grid *grid, bool *taken, size_t r, size_t c, const GumboNode *node,
                     struct opensid_style style)
{
    struct opensid_cell *cell = opensid_cell_at(grid, r, c);
    const GumboNode *inner;

    *cell = (struct opensid_cell){.node = node, .span = count_of(node, "colspan"), .rows = count_of(node, "rowspan")};
    if (cell->span > grid->columns - c)
        cell->span = (unsigned)(grid->columns - c);
    if (cell->rows > grid->rows - r)
        cell->rows = (unsigned)(grid->rows - r);
    for (unsigned x = 1; x < cell->span; x++)
        if (taken[r * grid->columns + c + x])
            cell->span = x;
    for (size_t y = r; y < r + cell->rows; y++)
        for (size_t x = c; x < c + cell->span; x++)
            taken[y * grid->columns + x] = true;
    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        inner = table_in(node->v.element.children.data[i], 0);
        cell->has_table |= inner != NULL;
        cell->is_bordered |= inner != NULL && is_bordered(inner);
        opensid_collect(in, node->v.element.children.data[i], opensid_style_of(node, style), &cell->line, 0);
    }
    (void)opensid_trim(&cell->line);
    cell->line.text.arena = in->arena;
    cell->text = buf_str(&cell->line.text);
}

struct opensid_grid opensid_read_grid(struct opensid *in, const GumboNode *table, struct opensid_style style)
{
    struct rows *rows = ARENA_NEW(in->arena, struct rows);
    struct opensid_grid grid = {.is_bordered = is_bordered(table), .left = left_of(table)};
    bool *taken;

    find_rows(in, table, rows, 0);
    grid.rows = rows->n;
    grid.head = rows->head;
    for (size_t r = 0; r < rows->n; r++)
        grid.columns = width_in_cells(rows->p[r]) > grid.columns ? width_in_cells(rows->p[r]) : grid.columns;
    if (grid.columns > COLUMNS_MOST)
        in->fault = str_fmt(in->arena, "Sebuah tabel mempunyai lebih dari %d kolom.", COLUMNS_MOST);
    if (in->fault.p != NULL)
        grid.columns = 0;
    grid.cells = ARENA_ARRAY(in->arena, struct opensid_cell, grid.rows * grid.columns);
    grid.widths = ARENA_ARRAY(in->arena, double, grid.columns);
    taken = ARENA_ARRAY(in->arena, bool, grid.rows *grid.columns);
    for (size_t r = 0; r < rows->n; r++)
        for (unsigned i = 0; i < rows->p[r]->v.element.children.length; i++) {
            const GumboNode *node = rows->p[r]->v.element.children.data[i];
            size_t c = 0;

            while (c < grid.columns && taken[r * grid.columns + c])
                c++;
            if (c < grid.columns && (opensid_is(node, GUMBO_TAG_TD) || opensid_is(node, GUMBO_TAG_TH)))
                put_cell(in, &grid, taken, r, c, node, style);
        }
    for (size_t i = 0; i < grid.rows * grid.columns; i++) {
        grid.has_tall |= grid.cells[i].rows > 1;
        if (i / grid.columns + grid.cells[i].rows > grid.head && i / grid.columns < grid.head)
            grid.head = 0; /* a cell reaches out of it */
    }
    read_widths(table, &grid);
    for (size_t i = 0; i < grid.rows * grid.columns; i++)
        grid.is_bordered |= grid.cells[i].node != NULL && has_line(opensid_css(grid.cells[i].node, "border"));
    return grid;
}
