// SPDX-License-Identifier: AGPL-3.0-or-later
/* A workbook is read once: what the dry run read waits, for some minutes, for the person who looks at its result. */
#include "tenants/village/import/import_memory.h"

#include <stdio.h>

enum { KEPT_ROWS = 20000, KEPT_S = 600, CODE_ROOM = 16 };

struct import_memory {
    char village[CODE_ROOM];
    uint64_t file_id;
    struct date today;
    utc_us until;
    struct arena *arena; /* NULL: nothing is kept */
    struct registry_file *file;
};

static void forget(void *arg)
{
    struct import_memory *memory = arg;

    if (memory->arena != NULL)
        arena_free(&memory->arena);
}

struct import_memory *import_memory_new(struct arena *arena)
{
    struct import_memory *memory = ARENA_NEW(arena, struct import_memory);

    arena_defer(arena, forget, memory);
    return memory;
}

void import_memory_tidy(struct import_memory *memory, utc_us now)
{
    if (memory->until < now)
        forget(memory);
}

void import_memory_keep(struct import_memory *memory, const struct import_key *key, utc_us now, struct arena **arena,
                        struct registry_file *file)
{
    if (memory == NULL || file->n_rows > KEPT_ROWS || key->village.n >= CODE_ROOM) {
        arena_free(arena);
        return;
    }
    forget(memory);
    snprintf(memory->village, sizeof memory->village, "%.*s", STR_ARG(key->village));
    memory->file_id = key->file_id;
    memory->today = key->today;
    memory->until = now + KEPT_S * US_PER_S;
    memory->arena = *arena;
    memory->file = file;
    *arena = NULL;
}

bool import_memory_take(struct import_memory *memory, const struct import_key *key, utc_us now, struct arena **arena_out,
                        struct registry_file **file_out)
{
    if (memory == NULL || memory->arena == NULL || memory->until < now || memory->file_id != key->file_id ||
        !str_is(key->village, memory->village) || date_compare(memory->today, key->today) != 0)
        return false;
    *arena_out = memory->arena;
    *file_out = memory->file;
    memory->arena = NULL;
    return true;
}
