// SPDX-License-Identifier: AGPL-3.0-or-later
/* Private, but for making it (import.h): one workbook as read, between its dry run and its confirmation. One thread. */
#ifndef BALAI_IMPORT_MEMORY_H
#define BALAI_IMPORT_MEMORY_H

#include "tenants/village/import/import.h"
#include "tenants/village/import/import_read.h"

/* The same bytes (a file never changes), read on the same day. */
struct import_key {
    struct str village;
    uint64_t file_id;
    struct date today;
};

/*
 * Takes the arena over, with the file in it, and sets *arena to NULL; what was kept before is gone. Freed at once when
 * there is no memory or the file is too large. NULL for memory is allowed in both.
 */
void import_memory_keep(struct import_memory *memory, const struct import_key *key, utc_us now, struct arena **arena,
                        struct registry_file *file);
/* Gives arena and file to the caller when they are there: nobody else has them then. */
bool import_memory_take(struct import_memory *memory, const struct import_key *key, utc_us now, struct arena **arena_out,
                        struct registry_file **file_out) MUST_USE;

#endif
