// SPDX-License-Identifier: AGPL-3.0-or-later
/* Tables of a template: identity rows, the list of the family, signatures, tables that only place things, and real ones. */
#include "server/base/json.h"
#include "tenants/village/letters/opensid.h"

enum { TALL_PX = 40 };

/* ---- identity: [blank] [number] label ":" value ---- */

static size_t colon_of(const struct opensid_grid *grid)
{
    for (size_t c = 1; c + 1 < grid->columns; c++)
        if (opensid_cell_at(grid, 0, c)->node != NULL && str_is(opensid_cell_at(grid, 0, c)->text, ":"))
            return c;
    return 0;
}

/* Its number when it is the row's own ("3." in the third), 0 without one, -1 otherwise. */
static int number_of(const struct opensid_grid *grid, size_t row, size_t label)
{
    struct str text = STR("");
    uint64_t n;

    for (size_t c = 0; c < label; c++) {
        const struct opensid_cell *cell = opensid_cell_at(grid, row, c);

        if (cell->node != NULL && !str_empty(cell->text)) {
            if (!str_empty(text))
                return -1;
            text = cell->text;
        }
    }
    if (str_empty(text))
        return 0;
    return str_ends(text, STR(".")) && str_to_u64(str_part(text, 0, text.n - 1), &n) && n == row + 1 ? (int)n : -1;
}

static bool is_identity(const struct opensid_grid *grid, size_t colon, bool *is_numbered_out)
{
    const int first = colon > 0 ? number_of(grid, 0, colon - 1) : -1;

    if (grid->is_bordered || colon + 2 != grid->columns || first < 0)
        return false;
    for (size_t r = 0; r < grid->rows; r++) {
        const struct opensid_cell *label = opensid_cell_at(grid, r, colon - 1), *value = opensid_cell_at(grid, r, colon + 1);
        const int number = number_of(grid, r, colon - 1);

        if (opensid_cell_at(grid, r, colon)->node == NULL || !str_is(opensid_cell_at(grid, r, colon)->text, ":") || label->node == NULL ||
            value->node == NULL || label->has_table || value->has_table || str_empty(label->text) || number < 0 ||
            (number == 0) != (first == 0))
            return false;
    }
    *is_numbered_out = first > 0;
    return true;
}

static void put_identity(struct opensid *in, const struct opensid_grid *grid, size_t colon, bool is_numbered, json_t *blocks)
{
    json_t *rows = json_array();

    for (size_t r = 0; r < grid->rows; r++) {
        in->place = str_fmt(in->arena, "Tabel ke-%u, baris %zu", in->tables, r + 1);
        json_array_append_new(rows, json_pack("{s:o, s:o}", "label", opensid_content(in, &opensid_cell_at(grid, r, colon - 1)->line),
                                              "content", opensid_content(in, &opensid_cell_at(grid, r, colon + 1)->line)));
    }
    json_array_append_new(blocks, json_pack("{s:s, s:o, s:b, s:i, s:i, s:i, s:i}", "type", "identity", "rows", rows, "numbered",
                                            is_numbered, "left", 8, "label_width", is_numbered ? 58 : 52, "before", 1, "after", 3));
}

/* ---- a table ---- */

/* What its longest word takes, in millimetres: a browser makes no column smaller. Of codes only a NIK is long and never divided. */
static double word_width(const struct opensid_grid *grid, size_t column)
{
    enum { NIK_SIGNS = 16, WORD_MOST = 24 };
    size_t most = 0;

    for (size_t r = 0; r < grid->rows; r++) {
        const struct opensid_cell *cell = opensid_cell_at(grid, r, column);
        bool is_code = false;

        if (cell->node == NULL || cell->span > 1 || cell->has_table)
            continue;
        if (most < NIK_SIGNS && (opensid_has(cell->text, "[nik") || opensid_has(cell->text, "_nik]")))
            most = NIK_SIGNS;
        for (size_t i = 0, n = 0; i < cell->text.n; i++) {
            is_code = cell->text.p[i] == '[' || (is_code && cell->text.p[i] != ']');
            n = is_code || strchr(" \n]", cell->text.p[i]) != NULL ? 0 : n + 1;
            most = n > most && n < WORD_MOST ? n : most;
        }
    }
    return (double)most * 2.05 + 2.5;
}

static json_t *columns_of(const struct opensid_grid *grid)
{
    json_t *columns = json_array();
    double sum = 0;
    size_t known = 0;

    for (size_t c = 0; c < grid->columns; c++) {
        sum += grid->widths[c] > 0 ? grid->widths[c] : 0;
        known += grid->widths[c] > 0;
    }
    const double other = known > 0 ? sum / (double)known : 1;

    sum += other * (double)(grid->columns - known);
    for (size_t c = 0; c < grid->columns; c++) {
        const double mm = (grid->widths[c] > 0 ? grid->widths[c] : other) / sum * OPENSID_PRINT_MM, least = word_width(grid, c);

        json_array_append_new(columns,
                              json_pack("{s:f}", "share", (double)(int)((mm < least ? least : mm) / OPENSID_PRINT_MM * 1000) / 10));
    }
    return columns;
}

static json_t *cell_json(struct opensid *in, const struct opensid_grid *grid, const struct opensid_cell *cell, bool is_head)
{
    const struct str align = opensid_align(cell->node), css = opensid_css(cell->node, "vertical-align"),
                     valign = str_empty(css) ? opensid_attribute(cell->node, "valign") : css;
    json_t *json = json_pack("{s:o}", "content", opensid_content(in, &cell->line));

    if (!str_empty(align) && !(str_is(align, "justify") && cell->line.text.n < 80))
        json_object_set_new(json, "align", json_string(align.p));
    else if (is_head)
        json_object_set_new(json, "align", json_string("center"));
    json_object_set_new(json, "valign",
                        json_string(str_is(valign, "bottom")                                               ? "bottom"
                                    : str_is(valign, "middle") || (grid->is_bordered && str_empty(valign)) ? "middle"
                                                                                                           : "top"));
    if (cell->span > 1)
        json_object_set_new(json, "span", json_integer(cell->span));
    if (cell->rows > 1)
        json_object_set_new(json, "rows", json_integer(cell->rows));
    if (cell->has_table)
        opensid_note(in, NOTE_TIDIED, "Tabel di dalam tabel disusun sebagai baris tulisan.");
    return json;
}

/* TinyMCE writes heights on every row; only those of empty ones and of much space say something. */
static double tall(const struct opensid_grid *grid, size_t row)
{
    bool is_blank = true;
    double height = 0;

    for (size_t c = 0; c < grid->columns; c++) {
        const struct opensid_cell *cell = opensid_cell_at(grid, row, c);
        const double said = cell->node != NULL ? opensid_length(opensid_css(cell->node, "height"), 0) : 0;

        is_blank = is_blank && (cell->node == NULL || str_empty(cell->text));
        height = said > height && cell->rows == 1 ? said : height;
    }
    return is_blank ? (height > 4 ? height : 4.5) : height > TALL_PX * 25.4 / 96 ? height : 0;
}

static json_t *row_json(struct opensid *in, const struct opensid_grid *grid, size_t r)
{
    json_t *cells = json_array();
    const double height = tall(grid, r);

    in->place = str_fmt(in->arena, "Tabel ke-%u, baris %zu", in->tables, r + 1);
    for (size_t c = 0; c < grid->columns; c++) {
        const struct opensid_cell *cell = opensid_cell_at(grid, r, c);
        bool is_covered = false;

        for (size_t y = 0; cell->node == NULL && y <= r && !is_covered; y++)
            for (size_t x = 0; x <= c && !is_covered; x++) {
                const struct opensid_cell *over = opensid_cell_at(grid, y, x);

                is_covered = over->node != NULL && y + over->rows > r && x + over->span > c;
            }
        if (cell->node != NULL)
            json_array_append_new(cells, cell_json(in, grid, cell, r < grid->head));
        else if (!is_covered)
            json_array_append_new(cells, json_string("")); /* a row that is shorter than the others */
    }
    return height > 0 && height <= 200 ? json_pack("{s:o, s:f}", "cells", cells, "height", height) : cells;
}

/* A row of codes of one member of the family: its number; 0. */
static unsigned member_of(const struct opensid_grid *grid, size_t row)
{
    for (size_t c = 0; c < grid->columns; c++) {
        const struct opensid_cell *cell = opensid_cell_at(grid, row, c);
        unsigned n = 0;

        if (cell->node == NULL || !opensid_has(cell->text, "[klg"))
            continue;
        for (size_t i = 4; i < cell->text.n && cell->text.p[i] >= '0' && cell->text.p[i] <= '9' && n < 100; i++)
            n = n * 10 + (unsigned)(cell->text.p[i] - '0');
        return n;
    }
    return 0;
}

/* Under "L / P" the letter, where OpenSID prints the whole word. */
static void put_letters_of_sex(const struct opensid_grid *grid, size_t row, json_t *cells)
{
    for (size_t c = 0; c < grid->columns && c < json_array_size(cells); c++) {
        const struct str head = opensid_cell_at(grid, 0, c)->text;

        if ((str_is(head, "L / P") || str_is(head, "L/P")) && opensid_has(opensid_cell_at(grid, row, c)->text, "_jenis_kelamin]"))
            json_object_set_new(json_array_get(cells, c), "content",
                                json_loads("[{\"type\":\"if\",\"field\":\"jenis_kelamin\",\"equals\":\"Laki-laki\",\"then\":\"L\","
                                           "\"else\":\"P\"}]",
                                           0, NULL));
    }
}

static void put_rows(struct opensid *in, const struct opensid_grid *grid, size_t from, size_t to, json_t *rows)
{
    bool has_first = false;

    for (size_t r = from; r < to; r++) {
        const unsigned member = grid->has_tall ? 0 : member_of(grid, r);

        if (member > 1 && has_first)
            continue;
        if (member != 1) {
            json_array_append_new(rows, row_json(in, grid, r));
            continue;
        }
        has_first = true;
        in->in_family = true;
        json_t *row = row_json(in, grid, r), *cells = json_is_array(row) ? row : json_object_get(row, "cells");

        in->in_family = false;
        put_letters_of_sex(grid, r, cells);
        json_array_append_new(rows, json_pack("{s:s, s:O}", "each", "keluarga", "cells", cells));
        json_decref(row);
        json_object_set_new(in->definition, "family", json_true());
        opensid_note(in, NOTE_TIDIED, "Baris [klg1_…], [klg2_…] menjadi satu baris untuk setiap anggota keluarga, berapa pun jumlahnya.");
    }
}

static void put_part(struct opensid *in, const struct opensid_grid *grid, size_t from, size_t to, json_t *blocks)
{
    json_t *rows = json_array(), *table;

    put_rows(in, grid, from > grid->head ? from : grid->head, to, rows);
    if (json_array_size(rows) > 0) {
        table = json_pack("{s:s, s:o, s:O, s:s, s:f, s:i, s:i}", "type", "table", "columns", columns_of(grid), "rows", rows, "border",
                          grid->is_bordered ? "all" : "none", "padding", grid->is_bordered ? 0.7 : 0.2, "before", 1, "after", 3);
        if (grid->left > 0)
            json_object_set_new(table, "left", json_integer(grid->left));
        if (grid->head > 0) {
            json_t *head = json_array();

            for (size_t r = 0; r < grid->head; r++)
                json_array_append_new(head, row_json(in, grid, r));
            json_object_set_new(table, "header", head);
        }
        json_array_append_new(blocks, table);
    }
    json_decref(rows);
}

/* A row of one cell with a table in it, which needs no frame around. */
static bool stands_alone(const struct opensid_grid *grid, size_t r)
{
    const struct opensid_cell *cell = opensid_cell_at(grid, r, 0);

    return cell->node != NULL && cell->span == grid->columns && cell->rows == 1 && cell->has_table &&
           (cell->is_bordered || !grid->is_bordered);
}

/* Of a table that only places things: the cells of these rows side by side, each with blocks of its own. */
static void put_columns(struct opensid *in, const struct opensid_grid *grid, size_t from, size_t to, struct opensid_style style,
                        json_t *blocks, unsigned depth)
{
    json_t *columns = columns_of(grid), *column;
    size_t c;

    json_array_foreach(columns, c, column)
    {
        json_t *body = json_array();

        for (size_t r = from; r < to; r++)
            if (opensid_cell_at(grid, r, c)->node != NULL)
                opensid_blocks(in, opensid_cell_at(grid, r, c)->node, style, body, depth + 1);
        json_object_set_new(column, "body", body);
    }
    json_array_append_new(blocks, json_pack("{s:s, s:o, s:i}", "type", "columns", "columns", columns, "gap", 0));
    opensid_note(in, NOTE_TIDIED, "Tabel yang hanya mengatur letak menjadi kolom-kolom.");
}

/* Rows from this one that belong together; whether there is a table in one of them. */
static size_t rows_together(const struct opensid_grid *grid, size_t from, bool *holds_table_out)
{
    size_t to = from + 1;

    *holds_table_out = false;
    for (size_t r = from; r < to; r++)
        for (size_t c = 0; c < grid->columns; c++) {
            const struct opensid_cell *cell = opensid_cell_at(grid, r, c);

            if (cell->node == NULL)
                continue;
            to = r + cell->rows > to ? r + cell->rows : to;
            *holds_table_out |= cell->has_table;
        }
    return to;
}

/* Without lines, each stretch of rows by itself: those with tables in them as columns. */
static void put_placed(struct opensid *in, const struct opensid_grid *grid, struct opensid_style style, json_t *blocks, unsigned depth)
{
    size_t from = 0;
    bool holds_table;

    for (size_t r = 0, to; r < grid->rows; r = to) {
        to = rows_together(grid, r, &holds_table);
        if (!holds_table)
            continue;
        put_part(in, grid, from, r, blocks);
        if (stands_alone(grid, r))
            opensid_blocks(in, opensid_cell_at(grid, r, 0)->node, style, blocks, depth + 1);
        else
            put_columns(in, grid, r, to, style, blocks, depth);
        from = to;
    }
    put_part(in, grid, from, grid->rows, blocks);
}

/* With lines, a row that is one whole table is a table of its own; others become text. */
static void put_ruled(struct opensid *in, const struct opensid_grid *grid, struct opensid_style style, json_t *blocks, unsigned depth)
{
    size_t from = 0;

    for (size_t r = 0; r < grid->rows; r++) {
        if (!stands_alone(grid, r))
            continue;
        put_part(in, grid, from, r, blocks);
        opensid_blocks(in, opensid_cell_at(grid, r, 0)->node, style, blocks, depth + 1);
        from = r + 1;
    }
    put_part(in, grid, from, grid->rows, blocks);
}

static void put_caption(struct opensid *in, const GumboNode *table, struct opensid_style style, json_t *blocks, unsigned depth)
{
    for (unsigned i = 0; i < table->v.element.children.length; i++)
        if (opensid_is(table->v.element.children.data[i], GUMBO_TAG_CAPTION))
            opensid_blocks(in, table->v.element.children.data[i], style, blocks, depth + 1);
}

void opensid_table(struct opensid *in, const GumboNode *node, struct opensid_style style, json_t *blocks, unsigned depth)
{
    const struct opensid_grid grid = opensid_read_grid(in, node, style);
    bool is_numbered = false;
    size_t colon;

    if (in->fault.p != NULL || depth > OPENSID_DEPTH_MOST || grid.columns == 0)
        return;
    in->tables++;
    in->place = str_fmt(in->arena, "Tabel ke-%u", in->tables);
    colon = colon_of(&grid);
    put_caption(in, node, style, blocks, depth);
    if (opensid_signature(in, &grid, blocks))
        return;
    if (is_identity(&grid, colon, &is_numbered))
        put_identity(in, &grid, colon, is_numbered, blocks);
    else if (grid.is_bordered)
        put_ruled(in, &grid, style, blocks, depth);
    else
        put_placed(in, &grid, style, blocks, depth);
    in->is_beside = grid.left > 0;
}
