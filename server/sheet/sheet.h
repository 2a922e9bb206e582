// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Spreadsheets in and out. The reader takes the bytes of a file sent by a
 * stranger, an .xlsx, .xlsm, .xls or .ods, XML Spreadsheet 2003, a CSV or a web page with
 * tables (which many programs name .xls), and hands its rows, one by one, to a sink; memory
 * stays flat whatever the file says (only the shared texts are kept, capped).
 * What a file is, its first bytes say, never its name.
 * It trusts nothing: sizes, ratios, entry and row counts, nesting and token
 * lengths are limited, and a document type declaration (entities) is refused.
 *
 * Invariant: a number keeps the very digits the file holds ("1.23E+15" stays
 * visible), so that a caller can refuse what a spreadsheet program has spoilt.
 *
 * All of it is pure and blocking: callers run it inside fiber_offload.
 */
#ifndef BALAI_SHEET_H
#define BALAI_SHEET_H

#include "server/base/base.h"
#include "server/base/clock.h"

enum sheet_cell_kind {
    CELL_EMPTY,
    CELL_TEXT,   /* also what a formula gave as text */
    CELL_NUMBER, /* text: exactly as stored */
    CELL_DATE,   /* a number in a date format: date (year 0: no such day) and the stored text */
    CELL_BOOL,   /* "1" or "0" */
    CELL_ERROR   /* "#N/A"; a formula that was never calculated: "#RUMUS"; a quotation mark that does not end: "#KUTIP"; a text of more than
                    CELL_LETTERS letters: "#PANJANG" */
};

enum {
    HIDDEN_ROW = 1, /* by hand or by a filter: the file tells them apart only where the filter still stands */
    HIDDEN_COLUMN = 2
};

enum { CELL_LETTERS = 2000 }; /* in bytes: of other scripts fewer */

struct sheet_cell {
    enum sheet_cell_kind kind;
    struct str text;
    struct date date;
    unsigned hidden; /* HIDDEN_…: people do not see this cell */
};

/* ---- reading ---- */

/* name, what a person is told: what is wrong, then what to do */
#define SHEET_CAUSES(X)                                                                                                        \
    X(EMPTY, "Berkas ini kosong. Pilih berkas yang berisi data.")                                                              \
    X(NOT_SHEET, "Berkas ini bukan buku kerja. Pilih berkas xlsx, xls, ods, atau csv.")                                        \
    X(ZIPPED, "Berkas ini arsip zip. Buka dulu berkas zip-nya, lalu unggah berkas Excel yang ada di dalamnya.")                \
    X(OLD_XLS, "Berkas ini berbentuk Excel sebelum tahun 1995. Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi.")        \
    X(XLSB, "Berkas ini berbentuk .xlsb. Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi.")                              \
    X(PLAIN_TEXT, "Isi berkas ini teks tanpa tabel. Pilih berkas xlsx, xls, ods, atau csv yang berisi data.")                  \
    X(LOCKED, "Berkas ini terkunci kata sandi. Buka di Excel, hapus kata sandinya, simpan, lalu unggah lagi.")                 \
    X(DAMAGED, "Berkas ini rusak atau terpotong. Simpan ulang dari Excel, lalu unggah lagi.")                                  \
    X(TOO_LARGE, "Isi berkas ini terlalu besar. Bagi menjadi beberapa berkas, misalnya satu per {dusun}.")                     \
    X(BOMB, "Isi berkas ini mengembang tidak wajar saat dibuka. Simpan ulang dari Excel, lalu unggah lagi.")                   \
    X(ENTITIES, "Berkas ini memuat perintah yang tidak boleh ada di buku kerja. Simpan ulang dari Excel, lalu unggah lagi.")   \
    X(NO_SHEETS, "Buku kerja ini tidak punya lembar berisi tabel.")                                                            \
    X(TOO_MANY_SHEETS, "Buku kerja ini punya lebih dari 255 lembar. Bagi menjadi beberapa berkas, misalnya satu per {dusun}.") \
    X(TOO_MANY_ROWS, "Baris di berkas ini terlalu banyak. Bagi menjadi beberapa berkas, misalnya satu per {dusun}.")           \
    X(STOPPED, "Membaca berkas ini terlalu lama, jadi dihentikan. Bagi menjadi beberapa berkas, misalnya satu per {dusun}.")

enum sheet_cause {
    SHEET_FINE,
#define X(name, text) SHEET_##name,
    SHEET_CAUSES(X)
#undef X
};
const char *sheet_cause_name(enum sheet_cause cause); /* "OLD_XLS": for the log and tests */
struct str sheet_cause_text(enum sheet_cause cause);  /* Indonesian, for the person who sent the file */

struct sheet_limits {
    size_t file_bytes;    /* compressed */
    uint64_t entry_bytes; /* one part, uncompressed */
    uint64_t total_bytes; /* all parts, uncompressed */
    uint32_t ratio;       /* uncompressed to compressed, of parts over 64 MiB: smaller ones may repeat themselves as they like */
    uint32_t entries, rows, columns, sheets, depth;
    size_t shared_bytes; /* all shared texts */
    size_t row_bytes;    /* the texts of one row */
    size_t given_bytes;  /* the texts of all cells given: many cells may point to one shared text */
};
/* 16 MiB, 200 MB, 200 MB, 100, 10,000 entries, 1,048,576 rows, 16,384 columns, 255 sheets, depth 64, 64 MB, 4 MiB, 64 MiB. */
extern const struct sheet_limits sheet_limits_default;

struct sheet_info {
    struct str name;
    uint32_t index; /* from 0, in the book's order */
    bool is_hidden;
    bool is_table; /* false: a chart or macro sheet, or its part is missing; it cannot be wanted */
    bool is_text;  /* of a CSV: nothing says which digits were a text; 15 and more without quotes are CELL_NUMBER */
};

/* Who receives the rows. Cells and texts live until the call returns. An rc other than RC_OK ends the reading and is returned. */
struct sheet_sink {
    void *ctx;
    /* Each sheet in order; *want_out (true at first) false skips its rows. */
    enum rc (*sheet)(void *ctx, const struct sheet_info *info, bool *want_out, struct err *err);
    /* A row with at least one filled cell; row_no as people see it, from 1; cells[0] is column A. RC_NOT_FOUND: no more rows of this sheet
     * are wanted. */
    enum rc (*row)(void *ctx, uint32_t row_no, const struct sheet_cell *cells, size_t n, struct err *err);
    /* Asked every few thousand cells: true ends the reading with RC_TIMEOUT and SHEET_STOPPED. May be NULL. */
    bool (*should_stop)(void *ctx);
    /* The rows stood out of order in the file: all that was given is void, and is given once more, from the first sheet on, in order.
     * At most once. NULL: such a file is DAMAGED. */
    void (*again)(void *ctx);
};

/*
 * Reads a file from memory. What is wrong with the file itself is
 * RC_INVALID (RC_TIMEOUT when stopped) and *cause_out; *cause_out is
 * SHEET_FINE when the sink ended it. Rows given before a fault is met are
 * void: the caller drops them.
 */
enum rc sheet_read(struct arena *arena, struct str bytes, const struct sheet_limits *limits, const struct sheet_sink *sink,
                   enum sheet_cause *cause_out, struct err *err) MUST_USE;

/* Looks at the file's kind and its directory only: SHEET_FINE when it may be a workbook. Cheap enough for the moment of upload. */
enum sheet_cause sheet_glance(struct arena *arena, struct str bytes);

/* The day a spreadsheet's serial number means; year 0 when it means none (below 1, the 29 February 1900 that never was, beyond 9999). */
struct date sheet_serial_date(double serial, bool is_1904);

/* ---- writing ---- */

struct sheet_column {
    struct str title;
    double width; /* in characters; 0: the program's own */
};

/* A sheet to write: `row` fills one cell per column; it may use the arena for texts, which is emptied after each row. */
struct sheet_table {
    struct str name; /* ≤ 31 characters, none of []:*?/\ */
    const struct sheet_column *columns;
    size_t n_columns;
    size_t n_rows;
    void (*row)(void *ctx, size_t row, struct arena *arena, struct sheet_cell *cells_out);
    void *ctx;
};

/* An .xlsx of the tables, in the arena: bold frozen header, filter, texts always texts (never formulas), dates as date cells. In print:
 * A4 landscape, as few pages wide as can be read, the headings on each, numbered. */
enum rc sheet_write(struct arena *arena, const struct sheet_table *tables, size_t n, struct str *bytes_out, struct err *err) MUST_USE;

/*
 * The same, row by row, for more than one wants to hold: memory stays flat. Open, begin a sheet, put its rows, begin the next,
 * close. A row has as many cells as the sheet has columns; its texts may go afterwards. What fails between is said by
 * sheet_close, which frees in any case and also takes NULL; bytes_out NULL throws the work away. The writer lives in the arena.
 */
struct sheet_writer;
enum rc sheet_open(struct arena *arena, struct sheet_writer **out, struct err *err) MUST_USE;
void sheet_begin(struct sheet_writer *writer, struct str name, const struct sheet_column *columns, size_t n);
/* Of the sheet just begun: what people type into this column stays as they type it, 16 digits, zeros in front. */
void sheet_keep_typed(struct sheet_writer *writer, size_t column, double width);
/* Of the sheet just begun: this column stands on each page of a print that is wider than one. */
void sheet_keep_printed(struct sheet_writer *writer, size_t column);
void sheet_put_row(struct sheet_writer *writer, const struct sheet_cell *cells);
enum rc sheet_close(struct sheet_writer **writer, struct str *bytes_out, struct err *err) MUST_USE;

#define SHEET_XLSX_TYPE STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

/*
 * One CSV record (RFC 4180, comma, CRLF). A text that a program would run as a formula (= + - @ tab) gets an apostrophe before it; a
 * number with its sign and a lone dash are none.
 */
void csv_put_row(struct buf *out, const struct sheet_cell *cells, size_t n);
/* The same for Excel as Indonesians have it: semicolons, decimal commas, and ="…" around digits that it would change. */
void csv_put_excel_row(struct buf *out, const struct sheet_cell *cells, size_t n);
/* The byte-order mark that makes Excel read UTF-8; first thing in a file. */
void csv_put_start(struct buf *out);

static inline struct sheet_cell cell_text(struct str s)
{
    return (struct sheet_cell){.kind = CELL_TEXT, .text = s};
}
static inline struct sheet_cell cell_number(struct str digits)
{
    return (struct sheet_cell){.kind = CELL_NUMBER, .text = digits};
}
/* A text that may hold a number with a decimal point: then a number, else the text. */
struct sheet_cell cell_decimal(struct str s);
static inline struct sheet_cell cell_date(struct date d)
{
    return (struct sheet_cell){.kind = CELL_DATE, .date = d};
}

/* ---- an archive of files ---- */

struct pack_entry {
    struct str name, bytes; /* the name in UTF-8, each once */
};
/* A zip of files that are packed already (PDF, JPEG): stored as they are, in this order. The bytes are in the arena. */
enum rc pack_write(struct arena *arena, const struct pack_entry *entries, size_t n, struct str *zip_out, struct err *err) MUST_USE;

#endif
