// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * XML Spreadsheet 2003: one XML text. That a sheet is hidden stands behind its table, so the text is read twice: for what its sheets
 * are, then for their rows.
 */
#include "server/sheet/sheet_parts.h"

struct plain {
    struct book *book;
    struct rows *rows;
    bool *is_hidden; /* of each sheet */
    size_t n_sheets, room;
    bool is_first, in_book, in_table, is_wanted, in_cell, in_data, in_visible;
    unsigned beside; /* inside a cell's comment */
    size_t sheet;    /* the present one + 1 */
    uint64_t row_no, rows_more, column, next_column, columns_seen;
    bool is_row_hidden, is_row_begun;
    size_t text_from;
    struct row_cell cell;
};

static uint64_t number_of(struct xml_attr attrs, const char *name, uint64_t otherwise)
{
    const char *value = xml_attr(attrs, name);
    uint64_t n;

    return value != NULL && str_to_u64(str_c(value), &n) && n < 10000000 ? n : otherwise;
}

static enum rc start_sheet(struct plain *p, struct xml_attr attrs)
{
    const char *name = xml_attr(attrs, "Name");
    struct sheet_info info = {.is_table = true};

    p->sheet++;
    if (p->is_first) {
        ARENA_MORE(p->book->arena, p->is_hidden, p->n_sheets, p->room, 16);
        p->is_hidden[p->n_sheets++] = false;
        return p->n_sheets > p->book->limits->sheets ? book_fail(p->book, SHEET_TOO_MANY_SHEETS, "too many sheets") : RC_OK;
    }
    info.name = str_dup(p->book->arena, str_c(name != NULL ? name : ""));
    info.is_hidden = p->sheet <= p->n_sheets && p->is_hidden[p->sheet - 1];
    rows_init(p->rows, p->book);
    p->row_no = p->rows_more = p->columns_seen = 0;
    return book_next_sheet(p->book, info, &p->is_wanted);
}

static void start_column(struct plain *p, struct xml_attr attrs)
{
    uint64_t first = number_of(attrs, "Index", p->columns_seen + 1), last = first + number_of(attrs, "Span", 0);

    if (first > 0 && xml_is_true(xml_attr(attrs, "Hidden")))
        rows_hide_columns(p->rows, first - 1, last - 1);
    p->columns_seen = last;
}

static void start_row(struct plain *p, struct xml_attr attrs)
{
    p->row_no = number_of(attrs, "Index", p->row_no + p->rows_more + 1);
    p->rows_more = number_of(attrs, "Span", 0);
    p->is_row_hidden = xml_is_true(xml_attr(attrs, "Hidden"));
    p->is_row_begun = false;
    p->next_column = 1;
}

static void start_cell(struct plain *p, struct xml_attr attrs)
{
    p->in_cell = true;
    p->column = number_of(attrs, "Index", p->next_column);
    p->next_column = p->column + 1 + number_of(attrs, "MergeAcross", 0);
    p->cell = (struct row_cell){.is_own = true};
}

static enum rc start_data(struct plain *p, struct xml_attr attrs)
{
    static const struct {
        const char *type;
        enum sheet_cell_kind kind;
    } kinds[] = {{"Number", CELL_NUMBER}, {"DateTime", CELL_DATE}, {"Boolean", CELL_BOOL}, {"Error", CELL_ERROR}};
    const char *type = xml_attr(attrs, "Type");

    if (!p->is_row_begun) /* a row without a filled cell is none */
        TRY(rows_begin(p->rows, p->row_no, p->is_row_hidden));
    p->is_row_begun = p->in_data = true;
    p->text_from = p->rows->texts.n;
    p->cell.at = p->text_from;
    p->cell.cell.kind = CELL_TEXT;
    for (size_t i = 0; i < COUNT_OF(kinds) && type != NULL; i++)
        if (strcmp(type, kinds[i].type) == 0)
            p->cell.cell.kind = kinds[i].kind;
    return RC_OK;
}

static enum rc on_start(void *ctx, const char *name, struct xml_attr attrs)
{
    struct plain *p = ctx;

    p->in_book |= strcmp(name, "Workbook") == 0;
    if (p->beside > 0 || (p->in_cell && !p->in_data && strcmp(name, "Data") != 0)) {
        p->beside++;
        return RC_OK;
    }
    if (strcmp(name, "Worksheet") == 0 && !p->in_table)
        return start_sheet(p, attrs);
    p->in_visible = p->is_first && p->sheet > 0 && strcmp(name, "Visible") == 0;
    if (p->is_first || p->in_data || !p->is_wanted)
        return RC_OK;
    if (strcmp(name, "Table") == 0)
        p->in_table = true;
    else if (!p->in_table)
        return RC_OK;
    else if (strcmp(name, "Column") == 0)
        start_column(p, attrs);
    else if (strcmp(name, "Row") == 0)
        start_row(p, attrs);
    else if (strcmp(name, "Cell") == 0 && p->row_no > 0)
        start_cell(p, attrs);
    else if (strcmp(name, "Data") == 0 && p->in_cell)
        return start_data(p, attrs);
    return RC_OK;
}

static enum rc end_data(struct plain *p)
{
    struct sheet_cell *cell = &p->cell.cell;
    struct str text = str_from(buf_str(&p->rows->texts), p->text_from);

    p->in_data = false;
    cell->text.n = text.n;
    if (text.n == 0 || p->column == 0)
        return RC_OK;
    /* A time of day stands on the last day of 1899. */
    if (cell->kind == CELL_DATE && (!date_parse(str_part(text, 0, 10), &cell->date) || cell->date.year < 1900))
        cell->date = (struct date){0};
    return rows_put(p->rows, p->column - 1, &p->cell);
}

static enum rc on_end(void *ctx, const char *name)
{
    struct plain *p = ctx;

    p->in_visible = false;
    if (p->beside > 0) {
        p->beside--;
        return RC_OK;
    }
    if (p->in_data)
        return strcmp(name, "Data") == 0 ? end_data(p) : RC_OK;
    if (p->in_cell && strcmp(name, "Cell") == 0)
        p->in_cell = false;
    else if (p->in_table && strcmp(name, "Row") == 0)
        return rows_end(p->rows);
    else if (p->in_table && strcmp(name, "Table") == 0) {
        p->in_table = false;
        return rows_finish(p->rows);
    }
    return RC_OK;
}

static enum rc on_text(void *ctx, const char *bytes, size_t n)
{
    struct plain *p = ctx;

    if (p->in_visible && p->n_sheets > 0 && str_find((struct str){bytes, n}, STR("Hidden")) >= 0)
        p->is_hidden[p->n_sheets - 1] = true; /* SheetHidden, SheetVeryHidden */
    return p->in_data && p->beside == 0 ? rows_text(p->rows, p->text_from, bytes, n) : RC_OK;
}

enum rc xml2003_read(struct book *book, struct str bytes)
{
    static const struct xml_events events = {on_start, on_end, on_text};
    struct plain p = {.book = book, .is_first = true, .rows = ARENA_NEW(book->arena, struct rows)};

    TRY(text_parse(book, bytes, &events, &p));
    if (!p.in_book)
        return book_fail(book, SHEET_PLAIN_TEXT, "XML of another kind");
    if (p.n_sheets == 0)
        return book_fail(book, SHEET_NO_SHEETS, "no table");
    p.is_first = false;
    p.sheet = 0;
    return text_parse(book, bytes, &events, &p);
}
