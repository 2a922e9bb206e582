// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: what a text cell means that programs wrote, not people. */
#ifndef BALAI_IMPORT_CELL_H
#define BALAI_IMPORT_CELL_H

#include "server/sheet/sheet.h"
#include "tenants/village/import/import_head.h"

/*
 * The cells of a row as they are meant: "#N/A", "#REF!", "Err:502" copied as a text are error cells, "NULL", "nan", "TIDAK ADA" alone are
 * empty, unless the column's list knows the word. The same cells when there is nothing of it.
 */
const struct sheet_cell *cells_meant(struct arena *arena, const struct heading *head, const struct sheet_cell *cells, size_t n);

#endif
