// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Never public: the parts of the reader. A book is an open zip with budgets;
 * part_parse streams one of its XML parts through expat under all limits.
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
    uint64_t bytes_left;
    bool is_1904;
    struct str workbook_path, shared_path, styles_path;
    struct book_sheet *sheets;
    size_t n_sheets;
    bool *style_is_date; /* by cell format index */
    size_t n_styles;
    struct shared_texts shared;
};

/* Records the cause and fails. */
enum rc book_fail(struct book *book, enum sheet_cause cause, const char *what) MUST_USE;

/* Opens bytes as a zip within the limits, or says what they are instead. The caller closes book->zip with zip_discard. */
enum rc book_open(struct book *book, struct str bytes) MUST_USE;
bool book_has(struct book *book, struct str path);

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
/* Value of an attribute by its name without prefix; NULL when absent. */
const char *xml_attr(struct xml_attr attrs, const char *name);

enum rc book_read_workbook(struct book *book) MUST_USE;
enum rc book_read_styles(struct book *book) MUST_USE;
enum rc book_read_shared(struct book *book) MUST_USE;
enum rc book_read_sheet(struct book *book, const struct book_sheet *sheet) MUST_USE;

bool number_format_is_date(const char *code);
/* Undoes _xHHHH_ escapes in place; gives the new length. */
size_t xml_unescape(char *p, size_t n);

#endif
