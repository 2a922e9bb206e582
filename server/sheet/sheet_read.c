// SPDX-License-Identifier: AGPL-3.0-or-later
/* The rows of one sheet of an .xlsx, streamed; and the way into every kind of file. */
#include <stdlib.h>

#include "server/sheet/sheet_parts.h"

struct row_reader {
    struct book *book;
    struct rows rows;
    uint32_t row_no;
    size_t column;
    bool in_data, in_row, in_cell, in_value, in_text, has_formula, has_value;
    unsigned phonetic;
    char type; /* s shared, i inline, t formula text, b, e, d, n */
    uint32_t style;
    size_t text_from;
};

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

/* _x000D_ and its like: control characters become spaces, other ASCII itself; the rest is left as it stands. */
size_t xml_unescape(char *p, size_t n)
{
    size_t to = 0;

    for (size_t i = 0; i < n; i++) {
        int v = -1;
        if (p[i] == '_' && i + 6 < n && p[i + 1] == 'x' && p[i + 6] == '_') {
            v = 0;
            for (int k = 2; k < 6 && v >= 0; k++) {
                int d = hex_digit(p[i + (size_t)k]);
                v = d < 0 ? -1 : v << 4 | d;
            }
        }
        if (v >= 0 && v < 128) {
            p[to++] = v < 32 || v == 127 ? ' ' : (char)v;
            i += 6;
        } else {
            p[to++] = p[i];
        }
    }
    return to;
}

/* "BC12" → 54 (from 0). A reference without letters leaves the column as it is. */
static enum rc read_reference(struct row_reader *r, const char *reference)
{
    uint32_t column = 0;
    size_t i = 0;

    for (; reference[i] >= 'A' && reference[i] <= 'Z'; i++) {
        if (i == 3)
            return book_fail(r->book, SHEET_DAMAGED, "a cell beyond the last column");
        column = column * 26 + (uint32_t)(reference[i] - 'A' + 1);
    }
    if (i > 0)
        r->column = column - 1;
    return RC_OK;
}

static char cell_type(const char *t)
{
    if (t == NULL || strcmp(t, "n") == 0)
        return 'n';
    if (strcmp(t, "str") == 0)
        return 't';
    if (strcmp(t, "inlineStr") == 0)
        return 'i';
    return t[0];
}

static enum rc start_row(struct row_reader *r, struct xml_attr attrs)
{
    const char *number = xml_attr(attrs, "r");
    uint64_t no = (uint64_t)r->row_no + 1;

    if (number != NULL && !str_to_u64(str_c(number), &no))
        return book_fail(r->book, SHEET_DAMAGED, "a row without a number");
    TRY(rows_begin(&r->rows, no, xml_is_true(xml_attr(attrs, "hidden"))));
    r->row_no = (uint32_t)no;
    r->in_row = true;
    r->column = 0;
    return RC_OK;
}

static enum rc start_cell(struct row_reader *r, struct xml_attr attrs)
{
    const char *reference = xml_attr(attrs, "r"), *style = xml_attr(attrs, "s");

    if (reference != NULL)
        TRY(read_reference(r, reference));
    r->type = cell_type(xml_attr(attrs, "t"));
    r->style = style != NULL ? (uint32_t)strtoul(style, NULL, 10) : 0;
    r->in_cell = true;
    r->has_formula = r->has_value = false;
    r->text_from = r->rows.texts.n;
    return RC_OK;
}

static void hide_columns(struct row_reader *r, struct xml_attr attrs)
{
    const char *min = xml_attr(attrs, "min"), *max = xml_attr(attrs, "max");
    uint64_t first, last;

    if (min != NULL && max != NULL && xml_is_true(xml_attr(attrs, "hidden")) && str_to_u64(str_c(min), &first) &&
        str_to_u64(str_c(max), &last) && first > 0 && last > 0)
        rows_hide_columns(&r->rows, first - 1, last - 1);
}

static enum rc sheet_start(void *ctx, const char *name, struct xml_attr attrs)
{
    struct row_reader *r = ctx;

    if (!r->in_data) {
        r->in_data = strcmp(name, "sheetData") == 0;
        if (strcmp(name, "col") == 0)
            hide_columns(r, attrs);
        return RC_OK;
    }
    if (strcmp(name, "row") == 0)
        return start_row(r, attrs);
    if (strcmp(name, "c") == 0 && r->in_row)
        return start_cell(r, attrs);
    if (!r->in_cell)
        return RC_OK;
    if (strcmp(name, "v") == 0)
        r->in_value = r->has_value = true;
    else if (strcmp(name, "f") == 0)
        r->has_formula = true;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic++;
    else if (strcmp(name, "t") == 0)
        r->in_text = r->phonetic == 0;
    return RC_OK;
}

static enum rc sheet_text(void *ctx, const char *bytes, size_t n)
{
    struct row_reader *r = ctx;

    if (!(r->type == 'i' ? r->in_text : r->in_value) || !r->in_cell)
        return RC_OK;
    return rows_text(&r->rows, r->text_from, bytes, n);
}

/* An index of nothing is a cell of nothing: report servers write such. */
static enum rc shared_cell(struct row_reader *r, struct row_cell *out)
{
    struct str index = str_trim(str_from(buf_str(&r->rows.texts), r->text_from));
    uint64_t i;

    if (str_empty(index))
        return RC_OK;
    if (!str_to_u64(index, &i) || !shared_text_at(&r->book->shared, i, &out->cell.text))
        return book_fail(r->book, SHEET_DAMAGED, "a shared text that is not there");
    r->rows.texts.n = r->text_from;
    out->cell.kind = out->cell.text.n > 0 ? CELL_TEXT : CELL_EMPTY;
    return RC_OK;
}

static void iso_cell(struct str text, struct sheet_cell *cell)
{
    struct date date;

    cell->kind = CELL_DATE;
    if (date_parse(str_part(text, 0, 10), &date))
        cell->date = date;
}

static void own_cell(struct row_reader *r, struct row_cell *out)
{
    struct buf *texts = &r->rows.texts;
    size_t n = texts->n - r->text_from;
    char *p = n > 0 ? texts->p + r->text_from : NULL;

    if (n > 0 && (r->type == 'i' || r->type == 't')) {
        n = xml_unescape(p, n);
        texts->n = r->text_from + n;
    }
    *out = (struct row_cell){.at = r->text_from, .is_own = true};
    out->cell.text = (struct str){p, n};
    if (n == 0)
        return;
    switch (r->type) {
    case 'i':
    case 't':
        out->cell.kind = CELL_TEXT;
        break;
    case 'b':
        out->cell.kind = CELL_BOOL;
        break;
    case 'e':
        out->cell.kind = CELL_ERROR;
        break;
    case 'd':
        iso_cell(out->cell.text, &out->cell);
        break;
    default:
        number_cell(r->book, r->style, out->cell.text, &out->cell);
        break;
    }
}

static enum rc end_cell(struct row_reader *r)
{
    struct row_cell out = {0};

    if (r->type == 's' && r->has_value)
        TRY(shared_cell(r, &out));
    else
        own_cell(r, &out);
    if (out.cell.kind == CELL_EMPTY && r->has_formula && (!r->has_value || r->type == 'n')) /* a text of nothing says that it is one */
        out = (struct row_cell){.cell = {.kind = CELL_ERROR, .text = STR("#RUMUS")}};
    TRY(rows_put(&r->rows, r->column, &out));
    r->column++;
    r->in_cell = r->in_value = r->in_text = false;
    r->phonetic = 0;
    return RC_OK;
}

static enum rc sheet_end(void *ctx, const char *name)
{
    struct row_reader *r = ctx;

    if (!r->in_data)
        return RC_OK;
    if (strcmp(name, "sheetData") == 0)
        r->in_data = false;
    else if (strcmp(name, "row") == 0)
        r->in_row = false;
    else if (strcmp(name, "c") == 0 && r->in_cell)
        return end_cell(r);
    else if (strcmp(name, "v") == 0)
        r->in_value = false;
    else if (strcmp(name, "t") == 0)
        r->in_text = false;
    else if (strcmp(name, "rPh") == 0 && r->phonetic > 0)
        r->phonetic--;
    return RC_OK;
}

enum rc book_read_sheet(struct book *book, const struct book_sheet *sheet)
{
    static const struct xml_events events = {sheet_start, sheet_end, sheet_text};
    struct row_reader reader = {.book = book};

    rows_init(&reader.rows, book);
    TRY(part_parse(book, sheet->path, &events, &reader));
    return rows_finish(&reader.rows);
}

static enum rc read_sheets(struct book *book)
{
    for (size_t i = 0; i < book->n_sheets; i++) {
        const struct book_sheet *sheet = &book->sheets[i];
        struct sheet_info info = {sheet->name, (uint32_t)i, sheet->is_hidden, sheet->is_table, false};
        bool want = true;
        TRY(book->sink->sheet(book->sink->ctx, &info, &want, book->err));
        if (want && sheet->is_table)
            TRY(book_read_sheet(book, sheet));
    }
    return RC_OK;
}

static enum rc read_zip(struct book *book)
{
    TRY(book_read_workbook(book));
    TRY(book_read_styles(book));
    TRY(book_read_shared(book));
    enum rc rc = read_sheets(book);
    if (!book->is_out_of_order || book->sink->again == NULL)
        return rc;
    *book->cause = SHEET_FINE;
    book->must_sort = true;
    book->bytes_left = book->limits->total_bytes;
    book->given_cells = book->given_bytes = 0;
    book->sink->again(book->sink->ctx);
    return read_sheets(book);
}

static enum rc read_book(struct book *book, struct str bytes)
{
    enum sheet_cause cause = SHEET_FINE;

    if (bytes.n > book->limits->file_bytes)
        return book_fail(book, SHEET_TOO_LARGE, "file larger than allowed");
    switch (file_kind(book->arena, bytes, &cause)) {
    case FILE_OTHER:
        return book_fail(book, cause, "not a table");
    case FILE_XLS:
        return xls_read(book, bytes);
    case FILE_CSV:
        return csv_read(book, bytes);
    case FILE_HTML:
        return html_read(book, bytes);
    case FILE_XML:
        return xml2003_read(book, bytes);
    case FILE_ZIP:
        TRY(book_open(book, bytes));
        return book->is_ods ? ods_read(book) : read_zip(book);
    }
    return RC_OK;
}

enum rc sheet_read(struct arena *arena, struct str bytes, const struct sheet_limits *limits, const struct sheet_sink *sink,
                   enum sheet_cause *cause_out, struct err *err)
{
    struct book book = {.arena = arena, .limits = limits, .sink = sink, .cause = cause_out, .err = err, .bytes_left = limits->total_bytes};

    *cause_out = SHEET_FINE;
    enum rc rc = read_book(&book, bytes);
    if (book.zip != NULL)
        zip_discard(book.zip);
    free(book.shared.bytes);
    free(book.shared.ends);
    return rc;
}

enum sheet_cause sheet_glance(struct arena *arena, struct str bytes)
{
    enum sheet_cause cause = SHEET_FINE;
    struct err err;
    struct book book = {.arena = arena, .limits = &sheet_limits_default, .cause = &cause, .err = &err};

    if (bytes.n > sheet_limits_default.file_bytes)
        return SHEET_TOO_LARGE;
    if (file_kind(arena, bytes, &cause) == FILE_ZIP)
        (void)!book_open(&book, bytes); /* what is wrong is the cause */
    if (book.zip != NULL)
        zip_discard(book.zip);
    return cause;
}
