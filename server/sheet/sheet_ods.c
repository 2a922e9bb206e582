// SPDX-License-Identifier: AGPL-3.0-or-later
/* OpenDocument: all sheets stand in one part; rows and cells say how often they repeat. */
#include "server/sheet/sheet_parts.h"

enum { STYLES_MAX = 4096 };

struct ods {
    struct book *book;
    struct rows *rows;
    struct str *hidden_styles;
    size_t n_hidden;
    struct str style; /* the style that is being described */
    bool in_body, in_table, is_wanted, in_cell;
    unsigned skip, paragraphs;                 /* inside what is no cell; texts of the present cell */
    uint64_t row_no, row_times, column, times; /* from 1; from 0 */
    bool is_row_begun, is_row_hidden, has_formula;
    size_t text_from;
    struct row_cell cell;
};

static uint64_t times_of(struct xml_attr attrs, const char *name)
{
    const char *value = xml_attr(attrs, name);
    uint64_t n;

    return value != NULL && str_to_u64(str_c(value), &n) && n > 0 && n < 10000000 ? n : 1;
}

static bool is_unseen(struct xml_attr attrs)
{
    const char *value = xml_attr(attrs, "visibility");

    return value != NULL && (strcmp(value, "collapse") == 0 || strcmp(value, "filter") == 0);
}

static enum rc start_table(struct ods *o, struct xml_attr attrs)
{
    const char *name = xml_attr(attrs, "name"), *style = xml_attr(attrs, "style-name");
    struct sheet_info info = {.name = str_dup(o->book->arena, str_c(name != NULL ? name : "")), .is_table = true};

    for (size_t i = 0; i < o->n_hidden && style != NULL; i++)
        info.is_hidden = info.is_hidden || str_is(o->hidden_styles[i], style);
    rows_init(o->rows, o->book);
    o->in_table = true;
    o->row_no = o->column = 0;
    return book_next_sheet(o->book, info, &o->is_wanted);
}

/* A value that the cell's attributes say; a text stands in its paragraphs. */
static enum rc start_cell(struct ods *o, struct xml_attr attrs)
{
    const char *type = xml_attr(attrs, "value-type"), *value = xml_attr(attrs, "value"), *date = xml_attr(attrs, "date-value");
    const char *truth = xml_attr(attrs, "boolean-value"), *text = xml_attr(attrs, "string-value");
    struct sheet_cell *cell = &o->cell.cell;

    o->in_cell = true;
    o->times = times_of(attrs, "number-columns-repeated");
    o->paragraphs = 0;
    o->text_from = o->rows->texts.n;
    o->has_formula = xml_attr(attrs, "formula") != NULL;
    o->cell = (struct row_cell){.at = o->text_from, .is_own = true};
    if (type == NULL || strcmp(type, "string") == 0) {
        value = text;
        cell->kind = text != NULL ? CELL_TEXT : CELL_EMPTY;
    } else if (strcmp(type, "date") == 0) {
        value = date;
        cell->kind = date != NULL ? CELL_DATE : CELL_EMPTY;
        if (date == NULL || !date_parse(str_part(str_c(date), 0, 10), &cell->date))
            cell->date = (struct date){0};
    } else if (strcmp(type, "boolean") == 0) {
        value = xml_is_true(truth) ? "1" : "0";
        cell->kind = CELL_BOOL;
    } else if (value != NULL) {
        cell->kind = CELL_NUMBER;
    }
    return value != NULL && cell->kind != CELL_EMPTY ? rows_text(o->rows, o->text_from, value, strlen(value)) : RC_OK;
}

static enum rc start_row(struct ods *o, struct xml_attr attrs)
{
    o->row_no++;
    o->row_times = times_of(attrs, "number-rows-repeated");
    o->is_row_hidden = is_unseen(attrs);
    o->is_row_begun = false;
    o->column = 0;
    o->rows->texts.n = 0;
    return RC_OK;
}

static enum rc put(struct ods *o, const char *bytes, size_t n)
{
    /* a number, a day or a truth is what the attribute says, not how it is shown */
    if (!o->in_cell || (o->cell.cell.kind != CELL_EMPTY && o->cell.cell.kind != CELL_TEXT) || o->paragraphs == 0)
        return RC_OK;
    return rows_text(o->rows, o->text_from, bytes, n);
}

static bool is_beside(const char *name)
{
    static const char *const names[] = {"annotation",
                                        "shapes",
                                        "forms",
                                        "tracked-changes",
                                        "dde-links",
                                        "frame",
                                        "custom-shape",
                                        "object",
                                        "named-expressions",
                                        "database-ranges",
                                        "content-validations"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static void start_style(struct ods *o, const char *name, struct xml_attr attrs)
{
    const char *title = xml_attr(attrs, "name"), *display = xml_attr(attrs, "display");

    if (strcmp(name, "style") == 0 && title != NULL)
        o->style = str_dup(o->book->arena, str_c(title));
    else if (strcmp(name, "table-properties") == 0 && display != NULL && strcmp(display, "false") == 0 && o->n_hidden < STYLES_MAX)
        o->hidden_styles[o->n_hidden++] = o->style;
}

static enum rc start_in_cell(struct ods *o, const char *name, struct xml_attr attrs)
{
    if (strcmp(name, "p") == 0 && o->paragraphs++ > 0)
        return put(o, "\n", 1);
    if (strcmp(name, "p") == 0 && o->cell.cell.kind == CELL_TEXT)
        o->rows->texts.n = o->text_from; /* what is shown, as in the other formats */
    if (strcmp(name, "s") == 0)
        for (uint64_t i = times_of(attrs, "c"); i > 0 && i < 1000; i--)
            TRY(put(o, " ", 1));
    if (strcmp(name, "tab") == 0 || strcmp(name, "line-break") == 0)
        return put(o, " ", 1);
    return RC_OK;
}

static enum rc on_start(void *ctx, const char *name, struct xml_attr attrs)
{
    struct ods *o = ctx;

    if (o->skip > 0 || (o->in_body && (is_beside(name) || (o->in_table && strcmp(name, "table") == 0)))) {
        o->skip++;
        return RC_OK;
    }
    if (!o->in_body) {
        o->in_body = strcmp(name, "spreadsheet") == 0;
        start_style(o, name, attrs);
        return RC_OK;
    }
    if (o->in_cell)
        return start_in_cell(o, name, attrs);
    if (strcmp(name, "table") == 0)
        return start_table(o, attrs);
    if (!o->in_table || !o->is_wanted)
        return RC_OK;
    if (strcmp(name, "table-column") == 0) {
        uint64_t n = times_of(attrs, "number-columns-repeated");
        if (is_unseen(attrs))
            rows_hide_columns(o->rows, o->column, o->column + n - 1);
        o->column += n;
    } else if (strcmp(name, "table-row") == 0) {
        return start_row(o, attrs);
    } else if ((strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0) && o->row_no > 0) {
        return start_cell(o, attrs);
    }
    return RC_OK;
}

static enum rc end_cell(struct ods *o)
{
    struct sheet_cell *cell = &o->cell.cell;
    size_t n = o->rows->texts.n - o->text_from;

    o->in_cell = false;
    if (cell->kind == CELL_EMPTY && n > 0)
        cell->kind = CELL_TEXT;
    cell->text.n = n;
    struct str text = str_from(buf_str(&o->rows->texts), o->text_from);
    if (cell->kind == CELL_TEXT && o->has_formula && (str_starts(text, STR("#")) || str_starts(text, STR("Err:"))))
        cell->kind = CELL_ERROR;
    if (cell->kind == CELL_TEXT && n == 0)
        cell->kind = CELL_EMPTY;
    if (cell->kind != CELL_EMPTY && !o->is_row_begun) {
        struct str kept = str_dup(o->book->arena, text);
        TRY(rows_begin(o->rows, o->row_no, o->is_row_hidden)); /* empties the texts */
        o->is_row_begun = true;
        o->cell.at = 0;
        TRY(rows_text(o->rows, 0, kept.p, kept.n));
    }
    for (uint64_t i = 0; i < o->times && cell->kind != CELL_EMPTY; i++)
        TRY(rows_put(o->rows, o->column + i, &o->cell));
    o->column += o->times;
    return RC_OK;
}

static enum rc end_row(struct ods *o)
{
    for (uint64_t i = 1; i < o->row_times && o->is_row_begun; i++)
        TRY(rows_repeat(o->rows, o->row_no + i));
    o->row_no += o->row_times - 1;
    return rows_end(o->rows);
}

static enum rc on_end(void *ctx, const char *name)
{
    struct ods *o = ctx;

    if (o->skip > 0) {
        o->skip--;
        return RC_OK;
    }
    if (!o->in_table)
        return RC_OK;
    if (strcmp(name, "table") == 0) {
        o->in_table = false;
        return rows_finish(o->rows);
    }
    if (o->in_cell && (strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0))
        return end_cell(o);
    if (strcmp(name, "table-row") == 0 && o->is_wanted)
        return end_row(o);
    return RC_OK;
}

static enum rc on_text(void *ctx, const char *bytes, size_t n)
{
    struct ods *o = ctx;

    return o->skip > 0 ? RC_OK : put(o, bytes, n);
}

static enum rc on_manifest(void *ctx, const char *name, struct xml_attr attrs)
{
    (void)attrs;
    return strcmp(name, "encryption-data") == 0 ? book_fail(ctx, SHEET_LOCKED, "an encrypted OpenDocument file") : RC_OK;
}

static enum rc on_manifest_end(void *ctx, const char *name)
{
    (void)ctx, (void)name;
    return RC_OK;
}

enum rc ods_read(struct book *book)
{
    static const struct xml_events manifest = {on_manifest, on_manifest_end, NULL}, content = {on_start, on_end, on_text};
    struct ods o = {
        .book = book, .rows = ARENA_NEW(book->arena, struct rows), .hidden_styles = ARENA_ARRAY(book->arena, struct str, STYLES_MAX)};

    if (book_entry_find(book, STR("META-INF/manifest.xml")) >= 0) {
        enum rc rc = part_parse(book, STR("META-INF/manifest.xml"), &manifest, book);
        if (rc != RC_OK && *book->cause != SHEET_ENTITIES) /* old ones name their document type there */
            return rc;
        *book->cause = SHEET_FINE;
    }
    TRY(part_parse(book, STR("content.xml"), &content, &o));
    if (!o.in_body)
        return book_fail(book, SHEET_NOT_SHEET, "an OpenDocument file of another kind");
    return book->n_sheets > 0 ? RC_OK : book_fail(book, SHEET_NO_SHEETS, "no table");
}
