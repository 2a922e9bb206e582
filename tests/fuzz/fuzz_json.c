// SPDX-License-Identifier: AGPL-3.0-or-later
/* JSON from outside: what is accepted is shallow, and says the same when written and read again. */
#include <stdlib.h>

#include "server/base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static size_t depth_of(const json_t *value)
{
    size_t deepest = 0, i;
    const char *key;
    json_t *member;

    if (json_is_object(value)) {
        json_object_foreach((json_t *)value, key, member) if (depth_of(member) > deepest) deepest = depth_of(member);
    } else if (json_is_array(value)) {
        json_array_foreach(value, i, member) if (depth_of(member) > deepest) deepest = depth_of(member);
    } else {
        return 0;
    }
    return deepest + 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new();
    json_t *value, *again;

    if (json_read(arena, (struct str){(const char *)bytes, n}, &value, NULL) == RC_OK) {
        struct str text = json_write(arena, value);

        if (depth_of(value) > JSON_MAX_NESTING)
            abort();
        if (json_read(arena, text, &again, NULL) != RC_OK || !str_eq(json_write(arena, again), text))
            abort();
        (void)json_text(value, "a");
        (void)json_u64(value, "a");
    }
    arena_free(&arena);
    return 0;
}
