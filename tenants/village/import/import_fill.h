// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: what a row leaves to those above it, as people lay families out. */
#ifndef BALAI_IMPORT_FILL_H
#define BALAI_IMPORT_FILL_H

#include "tenants/village/residents/registry_rows.h"

/* What the row does not say is as above. */
void take_from_above(struct registry_row *row, const struct registry_row *above, enum resident_column column);

/*
 * A family's number that is merged over its members, or stands at the head alone, is theirs, from row `from` on: how many rows got it so.
 * Where a sheet writes it for each member, one without it is taken for the family above only when more than the place in the list says
 * so, and that is told at the row.
 */
uint32_t fill_down(struct registry_file *file, size_t from);

#endif
