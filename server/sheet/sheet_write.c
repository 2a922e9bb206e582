// SPDX-License-Identifier: AGPL-3.0-or-later
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "server/base/text.h"
#include "server/sheet/sheet.h"

struct formats {
    lxw_format *head, *date, *text;
};

static void put_cell(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const struct sheet_cell *cell, const struct formats *formats,
                     struct arena *arena)
{
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_NUMBER:
        worksheet_write_number(sheet, row, column, strtod(str_z(arena, cell->text), NULL), NULL);
        break;
    case CELL_DATE:
        if (!date_is_none(cell->date)) {
            lxw_datetime day = {cell->date.year, cell->date.month, cell->date.day, 0, 0, 0};
            worksheet_write_datetime(sheet, row, column, &day, formats->date);
        }
        break;
    case CELL_BOOL:
        worksheet_write_boolean(sheet, row, column, str_is(cell->text, "1"), NULL);
        break;
    case CELL_TEXT:
    case CELL_ERROR:
        /* A cell holds 32,767 characters; longer ones would be refused by the library. */
        worksheet_write_string(sheet, row, column, str_z(arena, utf8_part(arena, cell->text, 32767)), NULL);
        break;
    }
}

struct sheet_writer {
    struct arena *arena, *row_arena; /* row_arena is emptied after each row */
    lxw_workbook *book;
    lxw_worksheet *sheet;
    struct formats formats;
    size_t n_columns;
    lxw_row_t next; /* row of the present sheet */
    int fd;
    bool is_broken;
};

/* The library writes to a path, and keeps what it has written so far in files: a memory file and a memory file system leave nothing of
 * anyone's data on a disk. */
#define SCRATCH "/dev/shm"

enum { PAPER_A4 = 9, CHARS_A_PAGE = 220, CHARS_A_COLUMN = 9 }; /* a page: A4 landscape at little more than half its size */

enum rc sheet_open(struct arena *arena, struct sheet_writer **out, struct err *err)
{
    struct sheet_writer *w = ARENA_NEW(arena, struct sheet_writer);
    char scratch[] = SCRATCH;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = scratch};

    w->arena = arena;
    w->fd = memfd_create("sheet", MFD_CLOEXEC);
    if (w->fd < 0)
        return fail(err, RC_FAULT, "no memory file for a workbook");
    w->book = workbook_new_opt(str_z(arena, str_fmt(arena, "/proc/self/fd/%d", w->fd)), &options);
    if (w->book == NULL) {
        close(w->fd);
        return fail(err, RC_FAULT, "a workbook could not be begun");
    }
    w->row_arena = arena_new();
    w->formats = (struct formats){workbook_add_format(w->book), workbook_add_format(w->book), workbook_add_format(w->book)};
    format_set_num_format(w->formats.text, "@");
    format_set_bold(w->formats.head);
    format_set_num_format(w->formats.date, "dd-mm-yyyy");
    *out = w;
    return RC_OK;
}

/* The filter reaches to the last row, which is known only now. */
static void end_sheet(struct sheet_writer *w)
{
    if (w->sheet != NULL && w->next > 1)
        worksheet_autofilter(w->sheet, 0, 0, w->next - 1, (lxw_col_t)(w->n_columns - 1));
    w->sheet = NULL;
}

static uint16_t pages_wide(const struct sheet_column *columns, size_t n)
{
    double width = 0;

    for (size_t c = 0; c < n; c++)
        width += columns[c].width > 0 ? columns[c].width : CHARS_A_COLUMN;
    return (uint16_t)(1 + (unsigned)width / CHARS_A_PAGE);
}

void sheet_begin(struct sheet_writer *w, struct str name, const struct sheet_column *columns, size_t n)
{
    end_sheet(w);
    w->sheet = workbook_add_worksheet(w->book, str_z(w->arena, name));
    w->is_broken = w->is_broken || w->sheet == NULL;
    if (w->is_broken)
        return;
    w->n_columns = n;
    w->next = 1;
    for (size_t c = 0; c < n; c++)
        if (columns[c].width > 0)
            worksheet_set_column(w->sheet, (lxw_col_t)c, (lxw_col_t)c, columns[c].width, NULL);
    worksheet_freeze_panes(w->sheet, 1, 0);
    worksheet_set_paper(w->sheet, PAPER_A4);
    worksheet_set_landscape(w->sheet);
    worksheet_fit_to_pages(w->sheet, pages_wide(columns, n), 0); /* as many as it takes high */
    worksheet_repeat_rows(w->sheet, 0, 0);
    worksheet_set_footer(w->sheet, "&L&A&RHalaman &P dari &N");
    for (size_t c = 0; c < n; c++)
        worksheet_write_string(w->sheet, 0, (lxw_col_t)c, str_z(w->arena, columns[c].title), w->formats.head);
}

void sheet_keep_typed(struct sheet_writer *w, size_t column, double width)
{
    if (!w->is_broken)
        worksheet_set_column(w->sheet, (lxw_col_t)column, (lxw_col_t)column, width, w->formats.text);
}

void sheet_keep_printed(struct sheet_writer *w, size_t column)
{
    if (!w->is_broken)
        worksheet_repeat_columns(w->sheet, (lxw_col_t)column, (lxw_col_t)column);
}

void sheet_put_row(struct sheet_writer *w, const struct sheet_cell *cells)
{
    if (w->is_broken)
        return;
    for (size_t c = 0; c < w->n_columns; c++)
        put_cell(w->sheet, w->next, (lxw_col_t)c, &cells[c], &w->formats, w->row_arena);
    w->next++;
    arena_reset(w->row_arena);
}

static bool take_bytes(int fd, struct arena *arena, struct str *out)
{
    struct stat st;

    if (fstat(fd, &st) != 0 || st.st_size <= 0)
        return false;
    size_t n = (size_t)st.st_size, at = 0;
    char *p = arena_alloc(arena, n);
    while (at < n) {
        ssize_t got = pread(fd, p + at, n - at, (off_t)at);
        if (got <= 0)
            return false;
        at += (size_t)got;
    }
    *out = (struct str){p, n};
    return true;
}

enum rc sheet_close(struct sheet_writer **writer, struct str *bytes_out, struct err *err)
{
    struct sheet_writer *w = *writer;
    struct str bytes;

    if (w == NULL)
        return RC_OK;
    *writer = NULL;
    end_sheet(w);
    bool is_whole = workbook_close(w->book) == LXW_NO_ERROR && !w->is_broken;
    if (bytes_out != NULL)
        is_whole = is_whole && take_bytes(w->fd, w->arena, &bytes);
    close(w->fd);
    arena_free(&w->row_arena);
    if (!is_whole)
        return fail(err, RC_FAULT, "a workbook could not be written");
    if (bytes_out != NULL)
        *bytes_out = bytes;
    return RC_OK;
}

static void put_table(struct sheet_writer *w, const struct sheet_table *table)
{
    struct sheet_cell *cells = ARENA_ARRAY(w->arena, struct sheet_cell, table->n_columns);

    sheet_begin(w, table->name, table->columns, table->n_columns);
    for (size_t i = 0; i < table->n_rows; i++) {
        memset(cells, 0, table->n_columns * sizeof *cells);
        table->row(table->ctx, i, w->row_arena, cells);
        sheet_put_row(w, cells);
    }
}

enum rc sheet_write(struct arena *arena, const struct sheet_table *tables, size_t n, struct str *bytes_out, struct err *err)
{
    struct sheet_writer *w;

    TRY(sheet_open(arena, &w, err));
    for (size_t i = 0; i < n; i++)
        put_table(w, &tables[i]);
    return sheet_close(&w, bytes_out, err);
}

/* ---- CSV ---- */

static bool is_digit(struct str s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* "-3.1042", "+7", "12": *point_out is where the point or comma stands, or s.n. */
static bool is_plain_number(struct str s, size_t *point_out)
{
    size_t at = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'), from = at;

    while (is_digit(s, at))
        at++;
    *point_out = at;
    if (at > from && at < s.n && (s.p[at] == '.' || s.p[at] == ',') && is_digit(s, at + 1))
        for (at++; is_digit(s, at);)
            at++;
    return at > from && at == s.n;
}

struct sheet_cell cell_decimal(struct str s)
{
    size_t point;

    return is_plain_number(s, &point) && (point == s.n || s.p[point] == '.') ? cell_number(s) : cell_text(s);
}

/* The full-width signs begin a formula too where people write with them. A number with its sign, or a dash for nothing, is none. */
static bool runs_as_formula(const struct sheet_cell *cell)
{
    static const char *const wide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    size_t point;

    if (cell->kind != CELL_TEXT || cell->text.n == 0 || str_is(cell->text, "-") || is_plain_number(cell->text, &point))
        return false;
    for (size_t i = 0; i < COUNT_OF(wide); i++)
        if (str_starts(cell->text, str_c(wide[i])))
            return true;
    return strchr("=+-@\t\r\n", cell->text.p[0]) != NULL;
}

static void put_field(struct buf *out, const struct sheet_cell *cell)
{
    struct str text = cell->kind == CELL_DATE ? date_iso(out->arena, cell->date) : cell->text;
    bool is_quoted = runs_as_formula(cell);

    for (size_t i = 0; i < text.n && !is_quoted; i++)
        is_quoted = strchr("\",\r\n;\t", text.p[i]) != NULL;
    if (is_quoted)
        buf_put_char(out, '"');
    if (runs_as_formula(cell))
        buf_put_char(out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_put_char(out, '"');
        if (text.p[i] != '\0')
            buf_put_char(out, text.p[i]);
    }
    if (is_quoted)
        buf_put_char(out, '"');
}

void csv_put_row(struct buf *out, const struct sheet_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_put_char(out, ',');
        put_field(out, &cells[i]);
    }
    buf_put_str(out, STR("\r\n"));
}

/* A text that Excel would take for a number or a day: it would cut a NIK and drop the zeros of "001". */
static bool is_guessed(struct str s)
{
    bool has_digit = false, is_whole = s.n > 0 && s.n < 12 && s.p[0] != '0';

    for (size_t i = 0; i < s.n; i++) {
        if (strchr("0123456789 .,:/+-eE%()", s.p[i]) == NULL || s.p[i] == '\0')
            return false;
        has_digit = has_digit || is_digit(s, i);
        is_whole = is_whole && is_digit(s, i);
    }
    return has_digit && !is_whole;
}

/* A place on the map keeps at least four digits behind the point; "1.310" may be a thousand. */
static bool is_decimal(const struct sheet_cell *cell)
{
    size_t point;

    return is_plain_number(cell->text, &point) && point < cell->text.n && (cell->kind == CELL_NUMBER || cell->text.n - point > 4) &&
           cell->text.p[point] == '.' && point < 5;
}

void csv_put_excel_row(struct buf *out, const struct sheet_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct sheet_cell cell = cells[i];
        if (i > 0)
            buf_put_char(out, ';');
        if ((cell.kind == CELL_TEXT || cell.kind == CELL_NUMBER) && is_decimal(&cell))
            buf_put_str(out, str_replace(out->arena, cell.text, STR("."), STR(",")));
        else if (cell.kind == CELL_TEXT && is_guessed(cell.text))
            buf_fmt(out, "\"=\"\"%.*s\"\"\"", STR_ARG(cell.text));
        else
            put_field(out, &cell);
    }
    buf_put_str(out, STR("\r\n"));
}

void csv_put_start(struct buf *out)
{
    buf_put_str(out, STR("\xEF\xBB\xBF"));
}
