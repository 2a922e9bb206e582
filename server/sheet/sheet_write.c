// SPDX-License-Identifier: AGPL-3.0-or-later
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "server/base/text.h"
#include "server/sheet/sheet.h"

struct formats {
    lxw_format *head, *date;
};

static void put_cell(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const struct sheet_cell *cell,
                     const struct formats *formats, struct arena *arena)
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

static bool put_table(lxw_workbook *book, const struct sheet_table *table, const struct formats *formats, struct arena *arena)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book, str_z(arena, table->name));
    struct sheet_cell *cells = ARENA_ARRAY(arena, struct sheet_cell, table->n_columns);
    struct arena *row_arena = arena_new();

    if (sheet == NULL) {
        arena_free(&row_arena);
        return false;
    }
    for (size_t c = 0; c < table->n_columns; c++) {
        if (table->columns[c].width > 0)
            worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, table->columns[c].width, NULL);
        worksheet_write_string(sheet, 0, (lxw_col_t)c, str_z(arena, table->columns[c].title), formats->head);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    if (table->n_rows > 0)
        worksheet_autofilter(sheet, 0, 0, (lxw_row_t)table->n_rows, (lxw_col_t)(table->n_columns - 1));
    for (size_t i = 0; i < table->n_rows; i++) {
        memset(cells, 0, table->n_columns * sizeof *cells);
        table->row(table->ctx, i, row_arena, cells);
        for (size_t c = 0; c < table->n_columns; c++)
            put_cell(sheet, (lxw_row_t)(i + 1), (lxw_col_t)c, &cells[c], formats, row_arena);
        arena_reset(row_arena);
    }
    arena_free(&row_arena);
    return true;
}

static bool put_book(const char *path, const struct sheet_table *tables, size_t n, struct arena *arena)
{
    lxw_workbook *book = workbook_new(path);
    bool is_whole = book != NULL;

    if (book == NULL)
        return false;
    struct formats formats = {workbook_add_format(book), workbook_add_format(book)};
    format_set_bold(formats.head);
    format_set_num_format(formats.date, "dd-mm-yyyy");
    for (size_t i = 0; i < n && is_whole; i++)
        is_whole = put_table(book, &tables[i], &formats, arena);
    return workbook_close(book) == LXW_NO_ERROR && is_whole;
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

/* The library writes to a path: a memory file has one, and leaves nothing of anyone's data on a disk. */
enum rc sheet_write(struct arena *arena, const struct sheet_table *tables, size_t n, struct str *bytes_out, struct err *err)
{
    int fd = memfd_create("sheet", MFD_CLOEXEC);
    struct str bytes;

    if (fd < 0)
        return fail(err, RC_FAULT, "no memory file for a workbook");
    struct str path = str_fmt(arena, "/proc/self/fd/%d", fd);
    bool is_whole = put_book(str_z(arena, path), tables, n, arena) && take_bytes(fd, arena, &bytes);
    close(fd);
    if (!is_whole)
        return fail(err, RC_FAULT, "a workbook could not be written");
    *bytes_out = bytes;
    return RC_OK;
}

/* ---- CSV ---- */

static bool runs_as_formula(const struct sheet_cell *cell)
{
    return cell->kind == CELL_TEXT && cell->text.n > 0 && strchr("=+-@\t\r", cell->text.p[0]) != NULL;
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

void csv_put_start(struct buf *out)
{
    buf_put_str(out, STR("\xEF\xBB\xBF"));
}
