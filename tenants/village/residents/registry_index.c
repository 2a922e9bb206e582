// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/residents/registry_rows.h"

struct slot {
    struct str key;
    ptrdiff_t value;
};

struct text_index {
    struct arena *arena;
    struct slot *slots;
    size_t n, room; /* room is a power of two, at most half full */
};

/* Keys are a village's own data, at most 20,000 of them in a file: no need for a keyed hash. */
static uint64_t hash(struct str key)
{
    const uint64_t h = str_hash(key);

    return h ^ h >> 29;
}

struct text_index *text_index_new(struct arena *arena, size_t expected)
{
    struct text_index *index = ARENA_NEW(arena, struct text_index);

    index->arena = arena;
    index->room = 64;
    while (index->room < expected * 2)
        index->room *= 2;
    index->slots = ARENA_ARRAY(arena, struct slot, index->room);
    return index;
}

static struct slot *find(const struct text_index *index, struct str key)
{
    size_t at = hash(key) & (index->room - 1);

    while (index->slots[at].key.p != NULL && !str_eq(index->slots[at].key, key))
        at = (at + 1) & (index->room - 1);
    return &index->slots[at];
}

static void grow(struct text_index *index)
{
    struct text_index bigger = {index->arena, ARENA_ARRAY(index->arena, struct slot, index->room * 2), index->n, index->room * 2};

    for (size_t i = 0; i < index->room; i++)
        if (index->slots[i].key.p != NULL)
            *find(&bigger, index->slots[i].key) = index->slots[i];
    *index = bigger;
}

ptrdiff_t *text_index_slot(struct text_index *index, struct str key, bool *found)
{
    if (index->n * 2 >= index->room)
        grow(index);
    if (key.p == NULL)
        key = STR("");
    struct slot *slot = find(index, key);
    *found = slot->key.p != NULL;
    if (!*found) {
        *slot = (struct slot){key, NOT_KNOWN};
        index->n++;
    }
    return &slot->value;
}

ptrdiff_t text_index_get(const struct text_index *index, struct str key)
{
    const struct slot *slot = find(index, key.p == NULL ? STR("") : key);

    return slot->key.p != NULL ? slot->value : NOT_KNOWN;
}
