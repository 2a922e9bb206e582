// SPDX-License-Identifier: AGPL-3.0-or-later
/* A row's values, and the books that are sheets. Paper is book_paper.c. */
#include "server/register/book.h"

#include "server/base/text.h"
#include "server/loop/loop.h"
#include "server/register/book_parts.h"
#include "server/register/book_sql.h"
#include "server/web/feature.h"

enum { LAST_CELLS = 3 }; /* of the last row, as book_see says it */

const struct book *book_find_of(const struct feature *const *all, struct str name, const struct feature **of_out)
{
    for (; *all != NULL; all++)
        for (const struct book *const *book = (*all)->books; book != NULL && *book != NULL; book++)
            if (str_is(name, (*book)->name)) {
                *of_out = *all;
                return *book;
            }
    return NULL;
}

const struct book *book_find(const struct feature *const *all, struct str name)
{
    const struct feature *of;

    return book_find_of(all, name, &of);
}

enum book_format book_format_of(struct str word)
{
    return str_is(word, "xlsx")   ? BOOK_XLSX
           : str_is(word, "csv")  ? BOOK_CSV
           : str_is(word, "csvx") ? BOOK_CSV_EXCEL
           : str_is(word, "pdf")  ? BOOK_PDF
                                  : 0;
}

struct str book_format_type(enum book_format format)
{
    return format & (BOOK_CSV | BOOK_CSV_EXCEL) ? STR("text/csv; charset=utf-8")
           : format == BOOK_PDF                 ? STR("application/pdf")
                                                : SHEET_XLSX_TYPE;
}

/* ---- values ---- */

static bool is_number(const struct book_column *column)
{
    return column->at.type >= BOOK_U64 && column->at.type <= BOOK_I64;
}

#define READ(as) (*(const as *)(const void *)at)

/* False: nothing stands there. */
static bool number_of(const struct book_column *column, const void *row, int64_t *out)
{
    const char *at = (const char *)row + column->at.offset;
    const struct opt_u64 *opt;

    switch (column->at.type) {
    case BOOK_U64:
        *out = (int64_t)READ(uint64_t);
        return true;
    case BOOK_U32:
        *out = READ(uint32_t);
        return true;
    case BOOK_U16:
        *out = READ(uint16_t);
        return true;
    case BOOK_U8:
        *out = READ(uint8_t);
        return true;
    case BOOK_I64:
        *out = READ(int64_t);
        return true;
    case BOOK_OPT_U64:
        opt = (const struct opt_u64 *)(const void *)at;
        *out = (int64_t)opt->value;
        return opt->is_set;
    default:
        return false;
    }
}

static struct sheet_cell text_cell(struct str text)
{
    return str_empty(text) ? (struct sheet_cell){0} : cell_text(text);
}

static struct sheet_cell cell_of(const struct book_run *run, const struct book_column *column, const void *row)
{
    struct arena *arena = run->sink->rows_arena;
    const char *at = (const char *)row + column->at.offset;
    int64_t n;

    if (column->kind == BOOK_LINE)
        return cell_number(str_fmt(arena, "%" PRIu32, run->sink->rows + 1));
    if (column->text != NULL)
        return text_cell(column->text(arena, row));
    if (column->at.type == BOOK_DATE)
        return date_is_none(READ(struct date)) ? (struct sheet_cell){0} : cell_date(READ(struct date));
    if (column->kind == BOOK_DECIMAL && !str_empty(READ(struct str)))
        return cell_decimal(READ(struct str));
    if (column->at.type == BOOK_STR)
        return text_cell(column->kind == BOOK_NAME ? text_name(arena, READ(struct str)) : READ(struct str));
    if (!number_of(column, row, &n) || (column->kind == BOOK_CODE && n == 0))
        return (struct sheet_cell){0};
    if (column->kind == BOOK_OPTION)
        return text_cell(form_show_option(column->field, some_u64((uint64_t)n)));
    if (column->kind == BOOK_CODE && column->codes != CODE_NO_LIST)
        return text_cell(code_official(column->codes, (uint32_t)n));
    return cell_number(str_fmt(arena, "%" PRId64, n));
}

void book_cells(const struct book_run *run, const void *row, struct sheet_cell *out)
{
    const struct book *book = run->book;

    for (size_t i = 0; i < book->n; i++) {
        int64_t n;

        out[i] = cell_of(run, &book->columns[i], row);
        if (out[i].kind == CELL_TEXT)
            out[i].text = text_hamlet(run->sink->rows_arena, out[i].text, run->hamlet_word);
        if (book->columns[i].is_summed && number_of(&book->columns[i], row, &n))
            run->sink->sums[i] += n;
    }
}

bool book_has_sums(const struct book *book)
{
    for (size_t i = 0; i < book->n; i++)
        if (book->columns[i].is_summed)
            return true;
    return false;
}

void book_sum_cells(const struct book_run *run, struct sheet_cell *out)
{
    const struct book *book = run->book;

    for (size_t i = 0; i < book->n; i++)
        out[i] = book->columns[i].is_summed ? cell_number(str_fmt(run->sink->rows_arena, "%" PRId64, run->sink->sums[i]))
                                            : (struct sheet_cell){0};
    for (size_t i = 0; i < book->n; i++)
        if (!is_number(&book->columns[i]) && book->columns[i].kind != BOOK_LINE) {
            out[i] = cell_text(STR("Jumlah"));
            break;
        }
}

/* ---- rows ---- */

static void put_sheet(struct book_run *run, const struct sheet_cell *cells)
{
    struct book_sink *sink = run->sink;

    if (sink->formats & BOOK_XLSX)
        sheet_put_row(sink->sheet, cells);
    if (sink->formats & BOOK_CSV)
        csv_put_row(&sink->csv, cells, run->book->n);
    if (sink->formats & BOOK_CSV_EXCEL)
        csv_put_excel_row(&sink->csv, cells, run->book->n);
}

static enum rc put_cells(struct book_run *run, const struct sheet_cell *cells, bool is_sum, struct err *err)
{
    if (!run->sink->is_drawing)
        put_sheet(run, cells);
    if (run->sink->formats & BOOK_PDF)
        return book_paper_put(run, cells, is_sum, err);
    arena_reset(run->sink->rows_arena);
    return RC_OK;
}

/* The first things that the row says. */
static void keep_last(struct book_run *run, const struct sheet_cell *cells)
{
    struct buf *last = &run->sink->last;

    last->n = 0;
    for (size_t i = 0, said = 0; i < run->book->n && said < LAST_CELLS; i++) {
        if (cells[i].kind == CELL_EMPTY || cells[i].kind == CELL_NUMBER)
            continue;
        buf_put_str(last, said++ > 0 ? STR(", ") : STR(""));
        buf_put_str(last, book_text(run->sink->rows_arena, &run->book->columns[i], &cells[i]));
    }
}

enum rc book_put(struct book_run *run, const void *row, struct err *err)
{
    struct sheet_cell cells[BOOK_COLUMNS_MAX];
    uint32_t most = run->book->rows_max == 0 ? BOOK_ROWS_MAX : run->book->rows_max;

    if (run->sink->rows >= most)
        return fail(err, RC_TOO_LARGE, "book %s has more than %" PRIu32 " rows", run->book->name, most);
    book_cells(run, row, cells);
    run->sink->rows++;
    if (run->sink->formats == 0)
        keep_last(run, cells);
    return put_cells(run, cells, false, err);
}

/* What is said under the table on paper stands under its sums in a sheet; a sheet without sums is rows only. */
static void put_sheet_note(struct book_run *run)
{
    struct sheet_cell cells[BOOK_COLUMNS_MAX] = {0};

    if (run->sink->is_drawing || str_empty(run->note))
        return;
    cells[0] = cell_text(run->note);
    put_sheet(run, cells);
}

enum rc book_rows(struct book_run *run, struct err *err)
{
    struct book_sink *sink = run->sink;
    struct sheet_cell cells[BOOK_COLUMNS_MAX];

    sink->rows = 0;
    memset(sink->sums, 0, sizeof sink->sums);
    TRY(run->book->each(run, err));
    if (!book_has_sums(run->book))
        return RC_OK;
    book_sum_cells(run, cells);
    TRY(put_cells(run, cells, true, err));
    put_sheet_note(run);
    return RC_OK;
}

/* ---- sheets ---- */

static struct str head_of(struct arena *arena, const struct book_column *column, struct str hamlet_word)
{
    struct buf head = {.arena = arena};

    for (size_t i = 0; i < LEDGER_LEVELS && column->heads[i] != NULL; i++) {
        if (i > 0)
            buf_put_str(&head, STR(" "));
        buf_put_str(&head, str_c(column->heads[i]));
    }
    return text_hamlet(arena, buf_str(&head), hamlet_word);
}

static enum rc begin_sheet(struct book_run *run, struct err *err)
{
    const struct book *book = run->book;
    struct book_sink *sink = run->sink;
    struct sheet_column *columns = ARENA_ARRAY(run->arena, struct sheet_column, book->n);
    struct sheet_cell *head = ARENA_ARRAY(run->arena, struct sheet_cell, book->n);

    for (size_t i = 0; i < book->n; i++) {
        columns[i] = (struct sheet_column){head_of(run->arena, &book->columns[i], run->hamlet_word), book->columns[i].width};
        head[i] = cell_text(columns[i].title);
    }
    sink->csv = (struct buf){.arena = run->arena};
    csv_put_start(&sink->csv);
    if (sink->formats & BOOK_CSV_EXCEL)
        csv_put_excel_row(&sink->csv, head, book->n);
    else
        csv_put_row(&sink->csv, head, book->n);
    if (!(sink->formats & BOOK_XLSX))
        return RC_OK;
    TRY(sheet_open(run->arena, &sink->sheet, err));
    sheet_begin(sink->sheet, str_part(str_c(book->title), 0, 31), columns, book->n);
    for (size_t i = 0; i < book->n; i++)
        if (book->columns[i].is_kept)
            sheet_keep_printed(sink->sheet, i);
    return RC_OK;
}

struct closing {
    struct book_sink *sink;
    struct str bytes;
    enum rc rc;
    struct err err;
};

static void close_work(void *arg)
{
    struct closing *closing = arg;

    closing->rc = sheet_close(&closing->sink->sheet, &closing->bytes, &closing->err);
}

/* Closing a workbook compresses it: beside the loop. */
static enum rc end_sheet(struct book_sink *sink, struct book_made *out, struct err *err)
{
    struct closing closing = {.sink = sink};

    out->csv = buf_str(&sink->csv);
    if (sink->sheet == NULL)
        return RC_OK;
    TRY(fiber_offload(close_work, &closing, err));
    if (closing.rc != RC_OK)
        *err = closing.err;
    out->xlsx = closing.bytes;
    return closing.rc;
}

static void drop_sheet(struct book_sink *sink)
{
    struct err ignored;

    if (sink->sheet != NULL && sheet_close(&sink->sheet, NULL, &ignored) != RC_OK)
        log_err("book_close", &ignored);
}

enum rc book_begin(struct txn *txn, struct book_run *run, struct err *err)
{
    struct book_hamlet_word hamlet;

    run->db = in_txn(txn);
    run->note = STR("");
    run->sink->is_drawing = false;
    drop_sheet(run->sink); /* of a try before */
    if (run->book->prepare != NULL)
        TRY(run->book->prepare(run, err));
    TRY(sql_book_hamlet_word(run->db, &hamlet, err));
    run->hamlet_word = hamlet.word;
    run->note = text_hamlet(run->arena, run->note, hamlet.word);
    return run->sink->formats & (BOOK_XLSX | BOOK_CSV | BOOK_CSV_EXCEL) ? begin_sheet(run, err) : RC_OK;
}

static enum rc sheet_body(struct txn *txn, void *ctx, struct err *err)
{
    TRY(book_begin(txn, ctx, err));
    return book_rows(ctx, err);
}

static void begin_run(struct book_run *run, unsigned formats)
{
    run->sink = ARENA_NEW(run->arena, struct book_sink);
    run->sink->formats = formats;
    run->sink->rows_arena = arena_new();
}

static enum rc see_body(struct txn *txn, void *ctx, struct err *err)
{
    struct book_run *run = ctx;
    struct ledger unused = {0};

    TRY(book_begin(txn, run, err));
    run->sink->last = (struct buf){.arena = run->arena};
    TRY(book_rows(run, err));
    return book_signers(run, &unused, &run->sink->signers, err);
}

enum rc book_see(struct village_db *db, struct book_run *run, struct book_seen *out, struct err *err)
{
    begin_run(run, 0);
    enum rc rc = txn_run(db, see_body, run, err);
    *out = (struct book_seen){run->sink->rows, buf_str(&run->sink->last), run->sink->signers};
    arena_free(&run->sink->rows_arena);
    return rc;
}

enum rc book_make(struct village_db *db, struct book_run *run, unsigned formats, struct book_made *out, struct err *err)
{
    begin_run(run, formats);
    *out = (struct book_made){0};
    enum rc rc = formats & BOOK_PDF ? book_paper_make(db, run, out, err) : txn_run(db, sheet_body, run, err);
    if (rc == RC_OK)
        rc = end_sheet(run->sink, out, err);
    drop_sheet(run->sink);
    out->rows = run->sink->rows;
    arena_free(&run->sink->rows_arena);
    return rc;
}
