// SPDX-License-Identifier: AGPL-3.0-or-later
/* The rows of one sheet, streamed to the sink. */
#include <math.h>
#include <stdlib.h>

#include "server/sheet/sheet_parts.h"

/* Texts of the current row stand one behind another in `texts`, which may move as it grows: a cell holds an offset until the row is
 * complete. */
struct row_cell {
    struct sheet_cell cell;
    size_t at;
    bool is_own; /* text is texts[at …] */
};

struct row_reader {
    struct book *book;
    struct row_cell *raw;
    struct sheet_cell *cells;
    size_t room, used; /* cells allotted; highest column filled + 1 */
    struct buf texts;
    uint32_t row_no, rows, column;
    bool in_data, in_row, in_cell, in_value, in_text, has_formula, has_value, is_over;
    unsigned phonetic;
    char type; /* s shared, i inline, t formula text, b, e, d, n */
    uint32_t style;
    size_t text_from;
};

struct date sheet_serial_date(double serial, bool is_1904)
{
    double day = floor(serial);

    if (!(day >= (is_1904 ? 0 : 1)) || day > 2958465)
        return (struct date){0};
    int64_t n = (int64_t)day;
    if (is_1904)
        return n > 2957003 ? (struct date){0} : date_from_days(date_to_days((struct date){1904, 1, 1}) + n);
    if (n == 60)
        return (struct date){0};
    return date_from_days(date_to_days((struct date){1899, 12, 30}) + n + (n < 60));
}

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

static enum rc grow_cells(struct row_reader *r, size_t column)
{
    if (column >= r->book->limits->columns)
        return book_fail(r->book, SHEET_DAMAGED, "a cell beyond the last column");
    if (column < r->room)
        return RC_OK;
    size_t room = r->room == 0 ? 64 : r->room * 2;
    while (room <= column)
        room *= 2;
    struct row_cell *raw = ARENA_ARRAY(r->book->arena, struct row_cell, room);
    if (r->used > 0)
        memcpy(raw, r->raw, r->used * sizeof *raw);
    r->raw = raw;
    r->cells = ARENA_ARRAY(r->book->arena, struct sheet_cell, room);
    r->room = room;
    return RC_OK;
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

    if (number != NULL && (!str_to_u64(str_c(number), &no) || no <= r->row_no))
        return book_fail(r->book, SHEET_DAMAGED, "row numbers that do not rise");
    if (no > 1048576)
        return book_fail(r->book, SHEET_DAMAGED, "a row beyond the last");
    r->row_no = (uint32_t)no;
    r->in_row = true;
    r->column = 0;
    for (size_t i = 0; i < r->used; i++)
        r->raw[i] = (struct row_cell){0};
    r->used = 0;
    r->texts.n = 0;
    return RC_OK;
}

static enum rc start_cell(struct row_reader *r, struct xml_attr attrs)
{
    const char *reference = xml_attr(attrs, "r"), *style = xml_attr(attrs, "s");

    if (reference != NULL)
        TRY(read_reference(r, reference));
    TRY(grow_cells(r, r->column));
    r->type = cell_type(xml_attr(attrs, "t"));
    r->style = style != NULL ? (uint32_t)strtoul(style, NULL, 10) : 0;
    r->in_cell = true;
    r->has_formula = r->has_value = false;
    r->text_from = r->texts.n;
    return RC_OK;
}

static enum rc sheet_start(void *ctx, const char *name, struct xml_attr attrs)
{
    struct row_reader *r = ctx;

    if (r->is_over)
        return RC_OK;
    if (!r->in_data) {
        r->in_data = strcmp(name, "sheetData") == 0;
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
    if (r->texts.n - r->text_from + n > CELL_TEXT_MAX || r->texts.n + n > r->book->limits->row_bytes)
        return book_fail(r->book, SHEET_TOO_LARGE, "a text longer than a cell can hold");
    buf_put(&r->texts, bytes, n);
    return RC_OK;
}

static enum rc shared_cell(struct row_reader *r, struct row_cell *out)
{
    const struct shared_texts *s = &r->book->shared;
    uint64_t i;

    if (!str_to_u64(str_trim(str_from(buf_str(&r->texts), r->text_from)), &i) || i >= s->count)
        return book_fail(r->book, SHEET_DAMAGED, "a shared text that is not there");
    size_t from = i == 0 ? 0 : s->ends[i - 1];
    r->texts.n = r->text_from;
    out->cell.kind = s->ends[i] > from ? CELL_TEXT : CELL_EMPTY;
    out->cell.text = (struct str){s->bytes != NULL ? s->bytes + from : "", s->ends[i] - from};
    return RC_OK;
}

/* A number in a date format is a day, unless it is only a time of day. */
static void number_cell(const struct row_reader *r, struct str text, struct sheet_cell *cell)
{
    char digits[64];

    cell->kind = CELL_NUMBER;
    if (r->style >= r->book->n_styles || !r->book->style_is_date[r->style] || text.n >= sizeof digits)
        return;
    memcpy(digits, text.p, text.n);
    digits[text.n] = '\0';
    double serial = strtod(digits, NULL);
    if (serial >= 0 && serial < 1 && !(r->book->is_1904 && serial == 0))
        return;
    cell->kind = CELL_DATE;
    cell->date = sheet_serial_date(serial, r->book->is_1904);
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
    size_t n = r->texts.n - r->text_from;
    char *p = n > 0 ? r->texts.p + r->text_from : NULL;

    if (n > 0 && (r->type == 'i' || r->type == 't')) {
        n = xml_unescape(p, n);
        r->texts.n = r->text_from + n;
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
        number_cell(r, out->cell.text, &out->cell);
        break;
    }
}

static enum rc end_cell(struct row_reader *r)
{
    struct row_cell *out = &r->raw[r->column];

    *out = (struct row_cell){0};
    if (r->type == 's' && r->has_value)
        TRY(shared_cell(r, out));
    else
        own_cell(r, out);
    if (out->cell.kind == CELL_EMPTY && r->has_formula && !r->has_value) {
        out->is_own = false;
        out->cell = (struct sheet_cell){CELL_ERROR, STR("#RUMUS"), {0}};
    }
    if (out->cell.kind != CELL_EMPTY && r->column + 1 > r->used)
        r->used = r->column + 1;
    r->column++;
    r->in_cell = r->in_value = r->in_text = false;
    r->phonetic = 0;
    return RC_OK;
}

static enum rc end_row(struct row_reader *r)
{
    struct book *book = r->book;

    r->in_row = false;
    if (r->used == 0)
        return RC_OK;
    if (++r->rows > book->limits->rows)
        return book_fail(book, SHEET_TOO_MANY_ROWS, "more rows than allowed");
    for (size_t i = 0; i < r->used; i++) {
        r->cells[i] = r->raw[i].cell;
        if (r->raw[i].is_own && r->raw[i].cell.kind != CELL_EMPTY)
            r->cells[i].text.p = r->texts.p + r->raw[i].at;
    }
    enum rc rc = book->sink->row(book->sink->ctx, r->row_no, r->cells, r->used, book->err);
    if (rc != RC_NOT_FOUND)
        return rc;
    r->is_over = true; /* the rest is still read through, so that damage in it is noticed */
    return RC_OK;
}

static enum rc sheet_end(void *ctx, const char *name)
{
    struct row_reader *r = ctx;

    if (!r->in_data || r->is_over)
        return RC_OK;
    if (strcmp(name, "sheetData") == 0)
        r->in_data = false;
    else if (strcmp(name, "row") == 0 && r->in_row)
        return end_row(r);
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
    struct row_reader reader = {.book = book, .texts = {.arena = book->arena}};

    return part_parse(book, sheet->path, &events, &reader);
}

static enum rc read_book(struct book *book, struct str bytes)
{
    TRY(book_open(book, bytes));
    TRY(book_read_workbook(book));
    TRY(book_read_styles(book));
    TRY(book_read_shared(book));
    for (size_t i = 0; i < book->n_sheets; i++) {
        const struct book_sheet *sheet = &book->sheets[i];
        struct sheet_info info = {sheet->name, (uint32_t)i, sheet->is_hidden, sheet->is_table};
        bool want = true;
        TRY(book->sink->sheet(book->sink->ctx, &info, &want, book->err));
        if (want && sheet->is_table)
            TRY(book_read_sheet(book, sheet));
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
