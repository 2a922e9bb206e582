// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: what cells mean beyond their text: written by programs, or moved because one before them is missing. */
#ifndef BALAI_IMPORT_CELL_H
#define BALAI_IMPORT_CELL_H

#include "server/sheet/sheet.h"
#include "tenants/village/import/import_head.h"

/*
 * The cells of a row as they are meant: "#N/A", "#REF!", "Err:502" copied as a text are error cells, "NULL", "nan", "TIDAK ADA" alone are
 * empty, unless the column's list knows the word. The same cells when there is nothing of it.
 */
const struct sheet_cell *cells_meant(struct arena *arena, const struct heading *head, const struct sheet_cell *cells, size_t n);

/*
 * Of a text file, when its sheet has been read: a line with fewer cells than the headings, where most have them all, may lack one in its
 * middle, and all that follows stands in the wrong column. `first`: the sheet's first row.
 */
void rows_judge_short(struct registry_file *file, const struct heading *head, size_t first);

#endif
