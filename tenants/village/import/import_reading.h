// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: what import_read is at while it goes through a workbook, and what it leaves to files of their own. */
#ifndef BALAI_IMPORT_READING_H
#define BALAI_IMPORT_READING_H

#include "tenants/village/import/import_form.h"
#include "tenants/village/import/import_read.h"

struct reading {
    struct registry_file *file;
    const struct import_source *from;
    struct arena *head_arena;  /* of one sheet's headings */
    struct heading head, best; /* best: of the rows that might have been headings, the one that says most */
    struct titles above;       /* the row before */
    uint32_t tried;            /* rows that were no headings */
    bool has_head, may_grow;   /* may_grow: the next row may belong to the headings */
    bool is_form;              /* families stand in lines over their members */
    struct form form;
    struct place of_name; /* "RT 01", "Dusun Padang": what the sheet's name says of where its people live, and nothing else */
    uint32_t n_of_name;   /* how many of its rows say nothing of it themselves */
    struct buf noise;     /* rows that are no residents */
    uint32_t n_noise, n_hidden;
    bool is_over_rows;
};

static inline bool cell_is_filled(const struct sheet_cell *cell)
{
    return cell->kind != CELL_EMPTY && (cell->kind != CELL_TEXT || str_trim(cell->text).n > 0);
}

/* The cells of a resident into row `at` of the file, each to the column of its heading; then what the row itself does not say. */
void row_read(struct reading *r, uint32_t at, const struct sheet_cell *cells, size_t n);
/* What only the whole file shows: digits that a spreadsheet program may have cut, the order of dates, no residents at all. */
void file_judge(struct registry_file *file);

#endif
