// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the files of a book share. Private. */
#ifndef BALAI_REGISTER_BOOK_PARTS_H
#define BALAI_REGISTER_BOOK_PARTS_H

#include "server/base/random.h"
#include "server/register/book.h"
#include "server/sheet/sheet.h"

enum { BOOK_BATCH = 256 };

struct book_waiting {
    struct str *cells;
    bool is_sum;
};

/* Where rows go. */
struct book_sink {
    unsigned formats;         /* of enum book_format */
    struct arena *rows_arena; /* of what waits */
    uint32_t rows;
    struct str signers; /* of a look */
    struct buf last;
    int64_t sums[BOOK_COLUMNS_MAX];
    /* a sheet */
    struct sheet_writer *sheet;
    struct buf csv;
    /* paper: rows wait, and are counted or drawn beside the loop */
    struct ledger_pages *pages;
    bool is_drawing;
    struct book_waiting waiting[BOOK_BATCH];
    size_t waiting_n;
    unsigned char digest[HASH_BYTES];
};

/* The cells of a row, in sink->rows_arena. */
void book_cells(const struct book_run *run, const void *row, struct sheet_cell *out);
void book_sum_cells(const struct book_run *run, struct sheet_cell *out);
/* What a cell says on paper. */
struct str book_text(struct arena *arena, const struct book_column *column, const struct sheet_cell *cell);
bool book_has_sums(const struct book *book);

/* Begins a try: the snapshot, what the book prepares, new sheets. */
enum rc book_begin(struct txn *txn, struct book_run *run, struct err *err) MUST_USE;

/* A row goes its way. */
enum rc book_paper_put(struct book_run *run, const struct sheet_cell *cells, bool is_sum, struct err *err) MUST_USE;
enum rc book_paper_make(struct village_db *db, struct book_run *run, struct book_made *out, struct err *err) MUST_USE;
/* Who signs: into the ledger, and said. */
enum rc book_signers(struct book_run *run, struct ledger *ledger, struct str *said_out, struct err *err) MUST_USE;
/* The columns of its page, and how large it is set. */
void book_paper_columns(struct arena *arena, const struct book *book, struct str hamlet_word, struct ledger *ledger);
/* All rows once, with their sum. */
enum rc book_rows(struct book_run *run, struct err *err) MUST_USE;

#endif
