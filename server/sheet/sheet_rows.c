// SPDX-License-Identifier: AGPL-3.0-or-later
/* Cells to rows, rows to the sink: the same for every kind of file. */
#include <math.h>
#include <stdlib.h>

#include "server/sheet/sheet_parts.h"

enum { KEPT_BYTES_MAX = 128 << 20, CELLS_MAX = 64 << 20 };

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

void number_cell(const struct book *book, uint32_t style, struct str text, struct sheet_cell *cell)
{
    char digits[64];

    cell->kind = CELL_NUMBER;
    if (style >= book->n_styles || !book->style_is_date[style] || text.n >= sizeof digits)
        return;
    memcpy(digits, text.p, text.n);
    digits[text.n] = '\0';
    double serial = strtod(digits, NULL);
    if (serial >= 0 && serial < 1 && !(book->is_1904 && serial == 0))
        return;
    cell->kind = CELL_DATE;
    cell->date = sheet_serial_date(serial, book->is_1904);
}

uint32_t cp1252(unsigned char c)
{
    static const uint16_t upper[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                       0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                       0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

    return c >= 0x80 && c < 0xA0 ? upper[c - 0x80] : c;
}

enum rc book_look_up(struct book *book)
{
    if (book->sink->should_stop != NULL && book->sink->should_stop(book->sink->ctx))
        return book_fail(book, SHEET_STOPPED, "stopped");
    return RC_OK;
}

enum rc book_next_sheet(struct book *book, struct sheet_info info, bool *want_out)
{
    if (book->n_sheets == book->limits->sheets)
        return book_fail(book, SHEET_TOO_MANY_SHEETS, "too many sheets");
    info.index = (uint32_t)book->n_sheets++;
    *want_out = true;
    return book->sink->sheet(book->sink->ctx, &info, want_out, book->err);
}

void rows_init(struct rows *rows, struct book *book)
{
    *rows = (struct rows){.book = book, .texts = {.arena = book->arena}};
}

static enum rc grow_cells(struct rows *r, size_t column)
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

void rows_hide_columns(struct rows *r, uint64_t first, uint64_t last)
{
    for (uint64_t c = first; c <= last && c < sizeof r->hidden_columns * 8; c++)
        r->hidden_columns[c / 8] |= (unsigned char)(1u << c % 8);
}

static enum rc give(struct rows *r, uint32_t no, const struct sheet_cell *cells, size_t n)
{
    struct book *book = r->book;

    if (r->is_over)
        return RC_OK; /* the rest is still read through, so that damage in it is noticed */
    book->given_cells += n;
    if (++r->given > book->limits->rows || book->given_cells > CELLS_MAX)
        return book_fail(book, SHEET_TOO_MANY_ROWS, "more rows than allowed");
    for (size_t i = 0; i < n; i++)
        book->given_bytes += cells[i].text.n;
    if (book->given_bytes > book->limits->given_bytes)
        return book_fail(book, SHEET_TOO_LARGE, "more letters than allowed");
    if (r->given % 256 == 0)
        TRY(book_look_up(book));
    enum rc rc = book->sink->row(book->sink->ctx, no, cells, n, book->err);
    r->is_over = rc == RC_NOT_FOUND;
    return r->is_over ? RC_OK : rc;
}

/* Of a file out of order, every row of the sheet is kept until its end is known. */
static enum rc keep(struct rows *r)
{
    struct arena *arena = r->book->arena;

    r->kept_bytes += r->used * sizeof *r->cells + sizeof *r->kept;
    for (size_t i = 0; i < r->used; i++)
        r->kept_bytes += r->cells[i].text.n;
    if (r->kept_bytes > KEPT_BYTES_MAX)
        return book_fail(r->book, SHEET_TOO_LARGE, "too many rows out of order");
    ARENA_MORE(arena, r->kept, r->n_kept, r->kept_room, 256);
    struct sheet_cell *cells = ARENA_ARRAY(arena, struct sheet_cell, r->used);
    for (size_t i = 0; i < r->used; i++) {
        cells[i] = r->cells[i];
        cells[i].text = str_dup(arena, cells[i].text);
    }
    r->kept[r->n_kept] = (struct kept_row){cells, r->used, r->n_kept, r->no};
    r->n_kept++;
    return RC_OK;
}

enum rc rows_end(struct rows *r)
{
    if (!r->is_begun)
        return RC_OK;
    r->is_begun = false;
    if (r->used == 0)
        return RC_OK;
    for (size_t i = 0; i < r->used; i++) {
        r->cells[i] = r->raw[i].cell;
        if (r->raw[i].is_own && r->raw[i].cell.kind != CELL_EMPTY)
            r->cells[i].text.p = r->texts.p + r->raw[i].at;
        if (r->cells[i].text.n > CELL_LETTERS) /* costs every later step its time, and is no answer to anything */
            r->cells[i] = (struct sheet_cell){.kind = CELL_ERROR, .text = STR("#PANJANG")};
        r->cells[i].hidden = (r->is_hidden ? HIDDEN_ROW : 0u) | (r->hidden_columns[i / 8] & 1u << i % 8 ? HIDDEN_COLUMN : 0u);
    }
    return r->book->must_sort ? keep(r) : give(r, r->no, r->cells, r->used);
}

enum rc rows_begin(struct rows *r, uint64_t no, bool is_hidden)
{
    struct book *book = r->book;

    if (no == 0 || no > 1048576)
        return book_fail(book, SHEET_DAMAGED, "a row beyond the last");
    if (r->is_begun && no == r->no)
        return RC_OK;
    TRY(rows_end(r));
    if (no <= r->no && !book->must_sort) {
        book->is_out_of_order = true;
        return book_fail(book, SHEET_DAMAGED, "row numbers that do not rise");
    }
    r->no = (uint32_t)no;
    r->is_begun = true;
    r->is_hidden = is_hidden;
    for (size_t i = 0; i < r->used; i++)
        r->raw[i] = (struct row_cell){0};
    r->used = 0;
    r->texts.n = 0;
    return RC_OK;
}

enum rc rows_repeat(struct rows *r, uint64_t no)
{
    TRY(rows_end(r));
    if (no > 1048576)
        return book_fail(r->book, SHEET_DAMAGED, "a row beyond the last");
    r->no = (uint32_t)no;
    r->is_begun = true;
    return RC_OK;
}

enum rc rows_text(struct rows *r, size_t from, const char *bytes, size_t n)
{
    if (r->texts.n - from + n > CELL_TEXT_MAX || r->texts.n + n > r->book->limits->row_bytes)
        return book_fail(r->book, SHEET_TOO_LARGE, "a text longer than a cell can hold");
    buf_put(&r->texts, bytes, n);
    return RC_OK;
}

enum rc rows_put(struct rows *r, size_t column, const struct row_cell *cell)
{
    TRY(grow_cells(r, column));
    if (cell->cell.kind == CELL_EMPTY && column >= r->used)
        return RC_OK;
    r->raw[column] = *cell;
    if (column >= r->used)
        r->used = column + 1;
    return RC_OK;
}

enum rc rows_widen(struct rows *r, size_t column)
{
    if (r->used == 0 || column < r->used)
        return RC_OK;
    TRY(grow_cells(r, column));
    while (r->used <= column)
        r->raw[r->used++] = (struct row_cell){0};
    return RC_OK;
}

static size_t digits_of(struct str s, size_t at)
{
    size_t n = 0;

    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
        n++;
    return n;
}

/* "7,3171E+15" as a number, with a point; 15 digits and more may have lost the last. */
static enum sheet_cell_kind text_kind(struct str s, bool is_quoted)
{
    size_t whole = digits_of(s, 0), at = whole;

    if (str_empty(s))
        return CELL_EMPTY;
    if (whole == s.n)
        return whole >= 15 && !is_quoted ? CELL_NUMBER : CELL_TEXT;
    if (whole == 0)
        return CELL_TEXT;
    bool has_point = s.p[at] == '.' || s.p[at] == ',';
    if (has_point)
        at += 1 + digits_of(s, at + 1);
    if (at + 1 >= s.n || (s.p[at] != 'E' && s.p[at] != 'e'))
        return CELL_TEXT;
    at += 1 + (s.p[at + 1] == '+');
    return digits_of(s, at) > 0 && at + digits_of(s, at) == s.n && digits_of(s, at) <= 3 ? CELL_NUMBER : CELL_TEXT;
}

enum rc rows_put_text(struct rows *r, size_t column, size_t at, bool is_quoted)
{
    struct str text = str_from(buf_str(&r->texts), at);
    struct row_cell out = {.cell = {.kind = text_kind(str_trim(text), is_quoted), .text = text}, .at = at, .is_own = true};

    for (size_t i = at; i < r->texts.n && out.cell.kind == CELL_NUMBER; i++)
        if (r->texts.p[i] == ',')
            r->texts.p[i] = '.';
    return rows_put(r, column, &out);
}

static int by_number(const void *a, const void *b)
{
    const struct kept_row *x = a, *y = b;

    if (x->no != y->no)
        return x->no < y->no ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* Of a row that stands twice, the later cells count. */
static void merge(struct arena *arena, struct kept_row *into, const struct kept_row *later)
{
    if (later->n > into->n) {
        struct sheet_cell *cells = ARENA_ARRAY(arena, struct sheet_cell, later->n);
        memcpy(cells, into->cells, into->n * sizeof *cells);
        into->cells = cells;
        into->n = later->n;
    }
    for (size_t i = 0; i < later->n; i++)
        if (later->cells[i].kind != CELL_EMPTY)
            into->cells[i] = later->cells[i];
}

enum rc rows_finish(struct rows *r)
{
    TRY(rows_end(r));
    if (r->n_kept == 0)
        return RC_OK;
    qsort(r->kept, r->n_kept, sizeof *r->kept, by_number);
    for (size_t i = 0; i < r->n_kept;) {
        struct kept_row *row = &r->kept[i++];
        while (i < r->n_kept && r->kept[i].no == row->no)
            merge(r->book->arena, row, &r->kept[i++]);
        TRY(give(r, row->no, row->cells, row->n));
    }
    r->n_kept = 0;
    return RC_OK;
}
