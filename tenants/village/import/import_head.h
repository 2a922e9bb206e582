// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: which cells of a row are headings, and of which column. */
#ifndef BALAI_IMPORT_HEAD_H
#define BALAI_IMPORT_HEAD_H

#include "tenants/village/residents/registry_rows.h"

/* What a heading means besides a column of the registry: two columns in one cell, the row's number, a column to tick for each sex, a day
 * of birth whose month and year stand in the next two. */
enum { HEAD_NONE = -1, HEAD_RT_RW = COLUMN_COUNT, HEAD_BIRTH, HEAD_NO, HEAD_MALE, HEAD_FEMALE, HEAD_THREE };

/* The texts of a row; empty where a cell holds something else. */
struct titles {
    struct str *p;
    size_t n;
};
/* Which column of the registry a heading means, or -1. */
int column_of_heading(struct arena *arena, struct str heading);
struct titles titles_of(struct arena *arena, const struct sheet_cell *cells, size_t n);

struct heading {
    int16_t *columns; /* cell → a column, or one of those above */
    size_t n;
    uint64_t seen; /* bit per column */
    unsigned known;
    struct str unknown, twice; /* headings without a column; columns that two claim */
    bool is_siak;              /* the civil registry's own export */
};

/* A row read as headings, or two rows of which the upper one groups those of the lower (above NULL: one row). hamlet_word: what the
 * village calls its hamlets. */
struct heading heading_of(struct arena *arena, struct str hamlet_word, const struct titles *above, const struct titles *row);

static inline bool heading_has(const struct heading *h, enum resident_column c)
{
    return h->seen & UINT64_C(1) << c;
}

/* One more of a list "a, b, c", which ends when it is long enough for people. */
void add_name(struct buf *list, struct str name);

/* Letters and digits in small letters, long words as people shorten them: "Tanggal Lahir" and "Tgl. Lhr" are one. */
struct str heading_fold(struct arena *arena, struct str s);

#endif
