// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A register on paper: rows go into pages as they come, so that a book of
 * 20,000 lines needs the memory of one. Heads of several levels and the row of
 * column numbers stand on every page, with the page's number and how many there
 * are; the last page bears the signers, never without a row above them.
 *
 * The rows are given twice, in the same order and with the same texts: first to
 * be counted (ledger_count), which says how many pages there will be, then to
 * be drawn (ledger_row). Texts are measured by the widths of their glyphs; a
 * cell with a sign that the fonts' first family lacks is set by Pango.
 *
 * CPU work, some microseconds a cell: inside fiber_offload. One thread at a
 * time; everything lives in the arena, whose end also gives the fonts back.
 */
#ifndef BALAI_LEDGER_H
#define BALAI_LEDGER_H

#include "server/base/base.h"
#include "server/paper/paper.h"

enum { LEDGER_COLUMNS_MAX = 40, LEDGER_LEVELS = 4, LEDGER_SIGNERS_MAX = 3, LEDGER_PAGES_MAX = 5000 };

enum ledger_align { LEDGER_LEFT = 1, LEDGER_CENTER, LEDGER_RIGHT };

struct ledger_column {
    /* From the outermost group inwards to the column's own label; fewer than four: the last one reaches down. Equal neighbours merge. */
    struct str heads[LEDGER_LEVELS];
    double width; /* share of the page's width, in any unit */
    enum ledger_align align;
};

/* "Mengetahui" / "Kepala Desa Sampano" / name; lines may be empty. */
struct ledger_signer {
    struct str above, office, name, number;
};

struct ledger {
    struct str title, subtitle; /* "B.1 BUKU INDUK PENDUDUK", "TAHUN 2026" */
    struct str place[3];        /* top left: village, district, regency */
    const struct ledger_column *columns;
    size_t n;
    struct ledger_signer signers[LEDGER_SIGNERS_MAX];
    size_t signers_n;
    struct str note; /* under the table; may be empty */
    struct str foot; /* "Dicetak Hasnah B., 24-11-2026 10.32 WITA. Keadaan data per 24-11-2026." */
    struct str mark; /* middle of the foot: fingerprint of the copy; may be empty */
    bool is_sample;  /* DATA CONTOH, framed, on every page */
    bool is_a4;      /* else F4, 330 × 215 mm; always landscape */
    double text_pt;  /* 0: 9; at least 6 */
};

struct ledger_pages;

/* Begins counting. The ledger and its texts must outlive the pages. RC_FAULT before paper_init; RC_INVALID: no or too many columns, or a
 * word of the heads does not fit: columns are widened to the longest word of their own head, at the cost of the others. */
enum rc ledger_begin(struct arena *arena, const struct ledger *ledger, struct ledger_pages **out, struct err *err) MUST_USE;

/* One row: a text a column. A row that would be taller than a page is cut with "…". RC_TOO_LARGE: too many pages. */
enum rc ledger_count(struct ledger_pages *pages, const struct str *cells, bool is_sum, struct err *err) MUST_USE;
/* Counting is over; drawing begins. */
enum rc ledger_counted(struct ledger_pages *pages, size_t *pages_out, struct err *err) MUST_USE;
enum rc ledger_row(struct ledger_pages *pages, const struct str *cells, bool is_sum, struct err *err) MUST_USE;

/* The finished PDF, in the arena. RC_FAULT when other rows were drawn than counted. */
enum rc ledger_pdf(struct ledger_pages *pages, const struct paper_info *info, struct str *pdf_out, struct err *err) MUST_USE;

#endif
