// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Never public: the parts of the reader. A book is a file with budgets; of an
 * open zip, part_parse streams one of its XML parts through expat under all limits.
 */
#ifndef BALAI_SHEET_PARTS_H
#define BALAI_SHEET_PARTS_H

#include <zip.h>

#include "server/sheet/sheet.h"

enum { CELL_TEXT_MAX = 131072 }; /* a cell holds 32,767 characters */

struct book_sheet {
    struct str name, relation, path;
    bool is_hidden, is_table;
};

/*
 * The rows of one sheet on their way to the sink. Texts of the present row stand one behind another in `texts`, which may move as it
 * grows: a cell holds an offset until the row is complete.
 */
struct row_cell {
    struct sheet_cell cell;
    size_t at;
    bool is_own; /* text is texts[at …] */
};

struct kept_row {
    struct sheet_cell *cells;
    size_t n, order;
    uint32_t no;
};

struct rows {
    struct book *book;
    struct row_cell *raw;
    struct sheet_cell *cells;
    size_t room, used; /* cells allotted; highest column filled + 1 */
    struct buf texts;
    uint32_t no, given;
    bool is_begun, is_hidden;
    bool is_over; /* the sink wants no more of this sheet */
    unsigned char hidden_columns[16384 / 8];
    struct kept_row *kept; /* of a file that is out of order */
    size_t n_kept, kept_room, kept_bytes;
};

struct shared_texts {
    char *bytes;
    size_t n, room;
    uint32_t *ends; /* text i is bytes[ends[i-1] .. ends[i]) */
    size_t count, count_room;
};

struct book {
    struct arena *arena;
    zip_t *zip;
    const struct sheet_limits *limits;
    const struct sheet_sink *sink;
    enum sheet_cause *cause;
    struct err *err;
    uint64_t bytes_left, given_cells, given_bytes;
    bool is_1904;
    bool must_sort, is_out_of_order, is_ods;
    struct str *entries; /* names in the zip, as path_tidy has them */
    size_t n_entries;
    struct str workbook_path, shared_path, styles_path;
    struct book_sheet *sheets;
    size_t n_sheets;     /* also: those begun of a file that has no list of them */
    bool *style_is_date; /* by cell format index */
    size_t n_styles;
    struct shared_texts shared;
};

/* What a file is by its first bytes. FILE_OTHER: *cause_out says what it is instead. */
enum file_kind { FILE_OTHER, FILE_ZIP, FILE_XLS, FILE_CSV, FILE_HTML, FILE_XML };
enum file_kind file_kind(struct arena *arena, struct str bytes, enum sheet_cause *cause_out);
/* UTF-8 of a text in UTF-16 or Windows' code page, whole or in part; what is UTF-8 comes back as it is, without its mark. */
struct str text_utf8(struct arena *arena, struct str bytes);

/* One unit of UTF-16 as UTF-8; *high, 0 at first, keeps the first half of a pair until the second one comes. */
void wide_put(struct buf *out, uint32_t *high, uint32_t unit);

/* Records the cause and fails. */
enum rc book_fail(struct book *book, enum sheet_cause cause, const char *what) MUST_USE;

/* Opens bytes as a zip within the limits, or says what they are instead. The caller closes book->zip with zip_discard. */
enum rc book_open(struct book *book, struct str bytes) MUST_USE;
/* Index of an entry by its tidied path in any case; -1 none. */
zip_int64_t book_entry_find(struct book *book, struct str path);
/* With '/' between folders, without empty ones, "." and "..". */
struct str path_tidy(struct arena *arena, struct str path);

/* Rows to the sink. A number that is the present one's goes on with that row. */
void rows_init(struct rows *rows, struct book *book);
enum rc rows_begin(struct rows *rows, uint64_t no, bool is_hidden) MUST_USE;
void rows_hide_columns(struct rows *rows, uint64_t first, uint64_t last); /* from 0, both included */
/* Adds to the text that began at texts.n = from. */
enum rc rows_text(struct rows *rows, size_t from, const char *bytes, size_t n) MUST_USE;
/* Own texts (is_own) begin at `at` and end where texts ends. */
enum rc rows_put(struct rows *rows, size_t column, const struct row_cell *cell) MUST_USE;
/* The row goes as far as that column, be it empty; a row of nothing stays one. */
enum rc rows_widen(struct rows *rows, size_t column) MUST_USE;
enum rc rows_end(struct rows *rows) MUST_USE; /* gives the present row; rows_begin of another and rows_finish do too */
/* The present row once more, under a later number. */
enum rc rows_repeat(struct rows *rows, uint64_t no) MUST_USE;
enum rc rows_finish(struct rows *rows) MUST_USE; /* after the last row of the sheet */

/* A number in the cell format `style`: a day when that is a date format, unless it is only a time of day. */
void number_cell(const struct book *book, uint32_t style, struct str text, struct sheet_cell *cell);
/* The character of a byte in Windows' Western code page; U+FFFD for the five it does not use. */
uint32_t cp1252(unsigned char c);

/* XML as events. Names come without prefix. An rc other than RC_OK ends the part and is returned. */
struct xml_attr {
    const char **p; /* name, value, …, NULL */
};
struct xml_events {
    enum rc (*start)(void *ctx, const char *name, struct xml_attr attrs);
    enum rc (*end)(void *ctx, const char *name);
    enum rc (*text)(void *ctx, const char *bytes, size_t n); /* may be NULL */
};
enum rc part_parse(struct book *book, struct str path, const struct xml_events *events, void *ctx) MUST_USE;
/* The same of a text that is no part of a zip. */
enum rc text_parse(struct book *book, struct str bytes, const struct xml_events *events, void *ctx) MUST_USE;
/* Value of an attribute by its name without prefix; NULL when absent. */
const char *xml_attr(struct xml_attr attrs, const char *name);
bool xml_is_true(const char *value); /* NULL is not */

/* The text of shared text number i. */
bool shared_text_at(const struct shared_texts *shared, uint64_t i, struct str *out) MUST_USE;

/* The next sheet of a file that has no list of them: is it wanted? */
enum rc book_next_sheet(struct book *book, struct sheet_info info, bool *want_out) MUST_USE;
/* RC_TIMEOUT when the caller wants to stop. */
enum rc book_look_up(struct book *book) MUST_USE;
/* Puts what stands in texts from `at` on as a cell of a file that has only texts: a number that a program has spoilt is one again. */
enum rc rows_put_text(struct rows *rows, size_t column, size_t at, bool is_quoted) MUST_USE;
enum rc csv_read(struct book *book, struct str bytes) MUST_USE;
enum rc xls_read(struct book *book, struct str bytes) MUST_USE;
enum rc ods_read(struct book *book) MUST_USE;
enum rc html_read(struct book *book, struct str bytes) MUST_USE;
enum rc xml2003_read(struct book *book, struct str bytes) MUST_USE;

enum rc book_read_workbook(struct book *book) MUST_USE;
enum rc book_read_styles(struct book *book) MUST_USE;
enum rc book_read_shared(struct book *book) MUST_USE;
enum rc book_read_sheet(struct book *book, const struct book_sheet *sheet) MUST_USE;

bool number_format_is_date(const char *code);
bool builtin_is_date(uint32_t format);
/* One more shared text. */
enum rc book_shared_add(struct book *book, struct str text) MUST_USE;
/* Undoes _xHHHH_ escapes in place; gives the new length. */
size_t xml_unescape(char *p, size_t n);

#endif
