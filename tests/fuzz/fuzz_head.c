// SPDX-License-Identifier: AGPL-3.0-or-later
/* The head of a request: nothing accepted can be read in two ways. */
#include <stdlib.h>

#include "server/edge/head.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new();
    struct str text = {(const char *)bytes, n};
    struct head head;

    if (head_read(arena, text, &head) == 0) {
        if (head.target.p[0] != '/' || !str_ends(text, STR("\r\n\r\n")) || str_find(text, STR("\r\n\r\n")) != (ptrdiff_t)n - 4)
            abort();
        (void)head_takes_gzip(head.accept_encoding);
    }
    arena_free(&arena);
    return 0;
}
