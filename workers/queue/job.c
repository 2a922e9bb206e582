// SPDX-License-Identifier: AGPL-3.0-or-later
#include "workers/queue/job.h"

#include <stdlib.h>

void job_table_add(struct job_table *table, const struct job_row *rows, void *memory)
{
    for (; rows != NULL && rows->kind != 0; rows++) {
        if (rows->kind > JOB_KIND_MAX || table->entries[rows->kind].row != NULL || rows->run == NULL || rows->lease_s == 0) {
            log_event(LOG_ERROR, "job_table", "kind %u (%s) is malformed, or two features have it", rows->kind, rows->name);
            abort();
        }
        table->entries[rows->kind] = (struct job_entry){rows, memory};
    }
}

const struct job_entry *job_table_find(const struct job_table *table, uint16_t kind)
{
    if (table == NULL || kind > JOB_KIND_MAX || table->entries[kind].row == NULL)
        return NULL;
    return &table->entries[kind];
}
