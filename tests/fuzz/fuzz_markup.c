// SPDX-License-Identifier: AGPL-3.0-or-later
/* The light markup of a tree, as somebody types it: it is refused in words, or becomes a tree whose text is read as the same tree. */
#include <stdlib.h>

#include "server/base/json.h"
#include "server/paper/markup.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new();
    struct str fault;
    json_t *tree, *again;

    if (paper_markup_read(arena, (struct str){(const char *)bytes, n}, &tree, &fault, NULL) != RC_OK)
        abort();
    if (fault.p == NULL) {
        const struct str text = paper_markup_write(arena, tree);

        if (paper_markup_read(arena, text, &again, &fault, NULL) != RC_OK || fault.p != NULL || !json_equal(tree, again) ||
            !str_eq(paper_markup_write(arena, again), text))
            abort();
    }
    arena_free(&arena);
    return 0;
}
