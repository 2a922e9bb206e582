// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: one cell on its way into a row, and the readers of the kinds that need a file of their own. */
#ifndef BALAI_REGISTRY_CELLS_H
#define BALAI_REGISTRY_CELLS_H

#include "tenants/village/residents/registry_rows.h"

struct cell_place {
    struct registry_file *file;
    uint32_t row;
    enum resident_column column;
    const struct column_rule *rule;
    const struct sheet_cell *cell;
};

/* As shown in a fault: what stood in the cell. In the scratch arena. */
struct str cell_shown(const struct cell_place *at);
void cell_fault(const struct cell_place *at, bool is_warning, struct str text);
/* Stores a text for good: until here it stood in the scratch arena or in the reader's own memory. */
void cell_keep(const struct cell_place *at, struct str s);

static inline struct registry_row *cell_row(const struct cell_place *at)
{
    return &at->file->rows[at->row];
}

/* "1.23E+15": what a spreadsheet makes of a long number. */
bool cell_is_scientific(struct str s);
bool cell_is_zeros(struct str s);

/* A NIK or the number of a family card. */
void cell_id(const struct cell_place *at, const struct sheet_cell *cell, struct str s);
/* The number of a passport, certificate or insurance: its digits and zeros are its own. False: a program has shortened it, and that was
 * said. */
bool cell_document(const struct cell_place *at, const struct sheet_cell *cell, struct str *s);
/* A word or number of a code list. */
void cell_code(const struct cell_place *at, struct str s);
void cell_day(const struct cell_place *at, const struct sheet_cell *cell, struct str s);

#endif
