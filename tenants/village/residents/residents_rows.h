// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: a resident between the statement's row and struct resident_row; the history of bulk writers. */
#ifndef BALAI_RESIDENTS_ROWS_H
#define BALAI_RESIDENTS_ROWS_H

#include "tenants/village/residents/change.h"
#include "tenants/village/residents/residents_sql.h"

void resident_row_of(const struct resident_full *full, struct resident_row *out);

/* Writes the parent's name, and NIK, as they are now into these children's rows, with their histories. The registry is held. */
struct child_of_rows;
enum rc children_put(struct txn *txn, const struct resident_act *act, const struct child_of_rows *children, struct parent_named was,
                     struct parent_named is, struct err *err) MUST_USE;

/* The act made everyone whose id is over `after`. One statement. */
enum rc resident_changes_put_new(struct txn *txn, const struct resident_act *act, uint64_t after, struct err *err) MUST_USE;

#endif
