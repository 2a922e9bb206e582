// SPDX-License-Identifier: AGPL-3.0-or-later
/* Lists, identity tables, tables, columns and signatures. */
#include "server/paper/tree_reader.h"

enum rows_of { ROWS_OF_LIST = 1, ROWS_OF_IDENTITY, ROWS_OF_TABLE };

enum { MAX_ROWS_OF_A_CELL = 50 };

static enum rc read_rows(struct reader *r, const struct place *at, const json_t *json, enum rows_of of, struct row **out) MUST_USE;

static enum rc read_rows_key(struct reader *r, const struct place *at, const json_t *json, const char *key, enum rows_of of,
                             struct row **out)
{
    const json_t *value = json_object_get(json, key);
    struct place here = place_key(at, key);

    return value == NULL ? RC_OK : read_rows(r, &here, value, of, out);
}

static enum rc read_borders(struct reader *r, const struct place *at, const json_t *json, struct cell *cell)
{
    static const struct word sides[] = {{"top", SIDE_TOP}, {"right", SIDE_RIGHT}, {"bottom", SIDE_BOTTOM}, {"left", SIDE_LEFT}, {NULL, 0}};

    cell->says_borders = json_object_get(json, "borders") != NULL;
    r->has_own_lines |= cell->says_borders || cell->rows > 1;
    return read_words(r, at, json, "borders", sides, "a side", &cell->borders);
}

static enum rc read_cell(struct reader *r, const struct place *at, const json_t *json, struct cell *cell)
{
    static const struct word valigns[] = {{"top", VALIGN_TOP}, {"middle", VALIGN_MIDDLE}, {"bottom", VALIGN_BOTTOM}, {NULL, 0}};
    int align = 0, valign = VALIGN_TOP;
    double span = 1, rows = 1;

    cell->span = cell->rows = 1;
    cell->valign = VALIGN_TOP;
    if (!json_is_object(json) || json_object_get(json, "type") != NULL)
        return read_content(r, at, json, &cell->content);
    TRY(want_object(r, at, json, "content align valign span rows marks borders"));
    TRY(read_content_key(r, at, json, "content", &cell->content));
    TRY(read_word(r, at, json, "align", align_words, &align));
    TRY(read_word(r, at, json, "valign", valigns, &valign));
    TRY(read_number(r, at, json, "span", 1, PAPER_MAX_COLUMNS, &span));
    TRY(read_number(r, at, json, "rows", 1, MAX_ROWS_OF_A_CELL, &rows));
    TRY(read_marks(r, at, json, &cell->marks));
    cell->align = (enum align)align;
    cell->valign = (enum valign)valign;
    cell->span = (unsigned)span;
    cell->rows = (unsigned)rows;
    return read_borders(r, at, json, cell);
}

static bool reaches_down(const struct reader *r)
{
    for (size_t i = 0; i < r->columns; i++)
        if (r->reach[i] > 0)
            return true;
    return false;
}

/* Gives a cell the next columns that no cell from above takes. */
static enum rc place_cell(struct reader *r, const struct place *at, struct cell *cell, size_t *column)
{
    while (*column < r->columns && r->reach[*column] > 0)
        (*column)++;
    cell->column = *column;
    *column += cell->span;
    if (*column > r->columns)
        return bad(r, at, "is beyond the table's %zu columns", r->columns);
    for (size_t i = cell->column; i < *column; i++)
        if (r->reach[i] > 0)
            return bad(r, at, "meets a cell that reaches down from above");
    return RC_OK;
}

static enum rc read_cells(struct reader *r, const struct place *at, const json_t *json, struct cell **out)
{
    struct cell **last = out;
    size_t index, column = 0;
    json_t *value;

    TRY(want_array(r, at, json));
    json_array_foreach(json, index, value)
    {
        struct place item = place_index(at, index);
        *last = ARENA_NEW(r->arena, struct cell);
        TRY(read_cell(r, &item, value, *last));
        TRY(place_cell(r, &item, *last, &column));
        last = &(*last)->next;
    }
    for (size_t i = 0; i < r->columns; i++)
        r->reach[i] -= r->reach[i] > 0;
    for (const struct cell *cell = *out; cell != NULL; cell = cell->next)
        for (size_t i = cell->column; i < cell->column + cell->span; i++)
            r->reach[i] = cell->rows - 1;
    return RC_OK;
}

static enum rc read_table_row(struct reader *r, const struct place *at, const json_t *json, struct row *row)
{
    bool has_rows = json_object_get(json, "rows") != NULL;
    struct place here = place_key(at, "cells");
    const char *outer;

    if (json_is_array(json))
        return read_cells(r, at, json, &row->cells);
    TRY(want_object(r, at, json, json_object_get(json, "each") != NULL ? "each cells rows height" : "cells height"));
    if (has_rows && json_object_get(json, "cells") != NULL)
        return bad(r, at, "takes cells or rows");
    TRY(read_length(r, at, json, "height", 1, 200, &row->height));
    TRY(each_begin(r, at, json, "each", &row->each, &outer));
    if (has_rows)
        TRY(read_rows_key(r, at, json, "rows", ROWS_OF_TABLE, &row->rows));
    else
        TRY(read_cells(r, &here, json_object_get(json, "cells"), &row->cells));
    each_end(r, outer);
    return row->each != NULL && reaches_down(r) ? bad(r, at, "a cell reaches beyond the row") : RC_OK;
}

static enum rc read_list_item(struct reader *r, const struct place *at, const json_t *json, struct row *row)
{
    const char *outer;

    if (!json_is_object(json) || json_object_get(json, "type") != NULL)
        return read_content(r, at, json, &row->content);
    TRY(want_object(r, at, json, "each content body"));
    TRY(each_begin(r, at, json, "each", &row->each, &outer));
    TRY(read_content_key(r, at, json, "content", &row->content));
    TRY(read_blocks_key(r, at, json, "body", &row->body));
    each_end(r, outer);
    return RC_OK;
}

static enum rc read_identity_row(struct reader *r, const struct place *at, const json_t *json, struct row *row)
{
    const char *outer;

    TRY(want_object(r, at, json, "each label content"));
    TRY(each_begin(r, at, json, "each", &row->each, &outer));
    TRY(read_content_key(r, at, json, "label", &row->label));
    TRY(read_content_key(r, at, json, "content", &row->content));
    each_end(r, outer);
    return RC_OK;
}

/* In a list an `if` object is a condition on items; an inline `if` stands inside an array. */
static enum rc read_row(struct reader *r, const struct place *at, const json_t *json, enum rows_of of, struct row *row)
{
    if (is_type(json, "if")) {
        TRY(want_object(r, at, json, IF_KEYS));
        row->is_if = true;
        TRY(read_test(r, at, json, &row->test));
        if (json_object_get(json, "then") == NULL)
            return bad(r, at, "has no then");
        TRY(read_rows_key(r, at, json, "then", of, &row->yes));
        return read_rows_key(r, at, json, "else", of, &row->no);
    }
    if (of == ROWS_OF_TABLE)
        return read_table_row(r, at, json, row);
    if (of == ROWS_OF_LIST)
        return read_list_item(r, at, json, row);
    return read_identity_row(r, at, json, row);
}

static enum rc read_rows(struct reader *r, const struct place *at, const json_t *json, enum rows_of of, struct row **out)
{
    struct row *first = NULL;
    size_t index;
    json_t *value;

    TRY(want_array(r, at, json));
    if (at->depth > PAPER_MAX_NESTING)
        return bad(r, at, "nested deeper than %d", PAPER_MAX_NESTING);
    json_array_foreach(json, index, value)
    {
        struct place item = place_index(at, index);
        bool is_tied = of == ROWS_OF_TABLE && reaches_down(r);
        if (is_tied && (is_type(value, "if") || json_object_get(value, "each") != NULL))
            return bad(r, &item, "a cell reaches into it from above");
        *out = ARENA_NEW(r->arena, struct row);
        TRY(read_row(r, &item, value, of, *out));
        first = is_tied ? first : *out;
        first->group++;
        out = &(*out)->next;
    }
    return of == ROWS_OF_TABLE && reaches_down(r) ? bad(r, at, "a cell reaches beyond the last row") : RC_OK;
}

enum rc read_list(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    static const struct word styles[] = {{"number", LIST_NUMBER}, {"letter", LIST_LETTER}, {"roman", LIST_ROMAN},
                                         {"bullet", LIST_BULLET}, {"dash", LIST_DASH},     {NULL, 0}};
    struct block_list *list = &block->list;
    int style = LIST_NUMBER;
    double start = 1;

    TRY(want_object(r, at, json, BLOCK_KEYS " items style start left gap"));
    block->kind = BLOCK_LIST;
    list->gap = 8 * POINTS_PER_MM;
    TRY(read_word(r, at, json, "style", styles, &style));
    TRY(read_number(r, at, json, "start", 1, 1000, &start));
    TRY(read_length(r, at, json, "left", 0, 100, &list->left));
    TRY(read_length(r, at, json, "gap", 3, 30, &list->gap));
    list->style = (enum list_style)style;
    list->start = (unsigned)start;
    if (json_object_get(json, "items") == NULL)
        return bad(r, at, "has no items");
    return read_rows_key(r, at, json, "items", ROWS_OF_LIST, &list->items);
}

enum rc read_identity(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    struct block_identity *identity = &block->identity;

    TRY(want_object(r, at, json, BLOCK_KEYS " rows left label_width spacing numbered"));
    block->kind = BLOCK_IDENTITY;
    identity->left = r->tree->indent;
    identity->spacing = r->tree->spacing;
    TRY(read_length(r, at, json, "left", 0, 100, &identity->left));
    TRY(read_length(r, at, json, "label_width", 10, 100, &identity->label_width));
    TRY(read_number(r, at, json, "spacing", 0.8, 3, &identity->spacing));
    TRY(read_bool(r, at, json, "numbered", &identity->numbered));
    if (json_object_get(json, "rows") == NULL)
        return bad(r, at, "has no rows");
    return read_rows_key(r, at, json, "rows", ROWS_OF_IDENTITY, &identity->rows);
}

static enum rc read_column_array(struct reader *r, const struct place *at, const json_t *json, const char *keys, struct column **out,
                                 size_t *count_out)
{
    const json_t *array = json_object_get(json, "columns");
    struct place here = place_key(at, "columns");
    struct column *columns;
    size_t index;
    json_t *value;

    TRY(want_array(r, &here, array));
    if (json_array_size(array) == 0 || json_array_size(array) > PAPER_MAX_COLUMNS)
        return bad(r, &here, "must be 1 to %d", PAPER_MAX_COLUMNS);
    columns = ARENA_ARRAY(r->arena, struct column, json_array_size(array));
    json_array_foreach(array, index, value)
    {
        struct place item = place_index(&here, index);
        int align = ALIGN_LEFT;
        columns[index].share = 1;
        TRY(want_object(r, &item, value, keys));
        TRY(read_length(r, &item, value, "width", 3, 300, &columns[index].width));
        TRY(read_number(r, &item, value, "share", 0.01, 100, &columns[index].share));
        TRY(read_word(r, &item, value, "align", align_words, &align));
        TRY(read_blocks_key(r, &item, value, "body", &columns[index].body));
        columns[index].align = (enum align)align;
    }
    *out = columns;
    *count_out = json_array_size(array);
    return RC_OK;
}

enum rc read_table(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    static const struct word borders[] = {
        {"all", BORDER_ALL}, {"rows", BORDER_ROWS}, {"outer", BORDER_OUTER}, {"none", BORDER_NONE}, {NULL, 0}};
    struct block_table *table = &block->table;
    int border = BORDER_ALL;

    TRY(want_object(r, at, json, BLOCK_KEYS " columns rows header border padding size left"));
    block->kind = BLOCK_TABLE;
    table->padding = 1 * POINTS_PER_MM;
    table->size = r->tree->size;
    TRY(read_column_array(r, at, json, "width share align", &table->columns, &table->column_count));
    r->columns = table->column_count; /* cells hold no blocks, so tables do not nest */
    r->has_own_lines = false;
    TRY(read_word(r, at, json, "border", borders, &border));
    TRY(read_length(r, at, json, "padding", 0, 10, &table->padding));
    TRY(read_number(r, at, json, "size", 5, 24, &table->size));
    TRY(read_length(r, at, json, "left", 0, 100, &table->left));
    table->border = (enum border)border;
    TRY(read_rows_key(r, at, json, "header", ROWS_OF_TABLE, &table->header));
    if (json_object_get(json, "rows") == NULL)
        return bad(r, at, "has no rows");
    TRY(read_rows_key(r, at, json, "rows", ROWS_OF_TABLE, &table->rows));
    table->has_own_lines = r->has_own_lines;
    return RC_OK;
}

enum rc read_columns(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    struct block_columns *columns = &block->columns;

    TRY(want_object(r, at, json, BLOCK_KEYS " columns gap"));
    block->kind = BLOCK_COLUMNS;
    columns->gap = 5 * POINTS_PER_MM;
    TRY(read_length(r, at, json, "gap", 0, 50, &columns->gap));
    return read_column_array(r, at, json, "width share body", &columns->columns, &columns->column_count);
}

#define SIGNER_KEYS "place_date lines seal space name below align width qr_here"

static enum rc read_signer(struct reader *r, const struct place *at, const json_t *json, struct signer *signer)
{
    static const struct word aligns[] = {{"center", ALIGN_CENTER}, {"left", ALIGN_LEFT}, {NULL, 0}};
    int align = ALIGN_CENTER;

    const char *outer;

    TRY(each_begin(r, at, json, "each", &signer->each, &outer));
    TRY(read_content_key(r, at, json, "place_date", &signer->place_date));
    TRY(read_contents(r, at, json, "lines", &signer->lines, &signer->line_count));
    TRY(read_content_key(r, at, json, "seal", &signer->seal));
    TRY(read_content_key(r, at, json, "name", &signer->name));
    TRY(read_contents(r, at, json, "below", &signer->below, &signer->below_count));
    each_end(r, outer);
    if (json_object_get(json, "name") == NULL)
        return bad(r, at, "has no name");
    TRY(read_bool(r, at, json, "qr_here", &signer->has_qr));
    r->has_qr |= signer->has_qr;
    signer->space = (signer->seal != NULL ? 14 : signer->has_qr ? 0 : 22) * POINTS_PER_MM;
    signer->width = 85 * POINTS_PER_MM;
    TRY(read_length(r, at, json, "space", 0, 80, &signer->space));
    TRY(read_length(r, at, json, "width", 30, 160, &signer->width));
    TRY(read_word(r, at, json, "align", aligns, &align));
    signer->align = (enum align)align;
    return RC_OK;
}

static enum rc read_signers(struct reader *r, const struct place *at, const json_t *array, struct block_signature *signature)
{
    struct place here = place_key(at, "signers");
    struct signer **last = &signature->signers;
    size_t index;
    json_t *value;

    TRY(want_array(r, &here, array));
    if (json_array_size(array) == 0 || json_array_size(array) > 12)
        return bad(r, &here, "must be 1 to 12");
    json_array_foreach(array, index, value)
    {
        struct place item = place_index(&here, index);
        TRY(want_object(r, &item, value, "each " SIGNER_KEYS));
        *last = ARENA_NEW(r->arena, struct signer);
        TRY(read_signer(r, &item, value, *last));
        last = &(*last)->next;
    }
    return RC_OK;
}

enum rc read_signature(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    struct block_signature *signature = &block->signature;
    const json_t *signers = json_object_get(json, "signers");
    double a_row = 2;

    TRY(want_object(r, at, json,
                    signers == NULL ? BLOCK_KEYS " qr qr_size qr_note " SIGNER_KEYS : BLOCK_KEYS " qr qr_size qr_note signers a_row"));
    block->kind = BLOCK_SIGNATURE;
    signature->qr = (struct block_qr){.size = 25 * POINTS_PER_MM, .align = ALIGN_LEFT};
    TRY(read_bool(r, at, json, "qr", &signature->has_qr));
    TRY(read_length(r, at, json, "qr_size", 15, 80, &signature->qr.size));
    TRY(read_content_key(r, at, json, "qr_note", &signature->qr.note));
    r->has_qr |= signature->has_qr;
    TRY(read_number(r, at, json, "a_row", 1, 4, &a_row));
    signature->a_row = (size_t)a_row;
    if (signers != NULL)
        return read_signers(r, at, signers, signature);
    signature->signers = ARENA_NEW(r->arena, struct signer);
    return read_signer(r, at, json, signature->signers);
}
