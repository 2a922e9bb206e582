// SPDX-License-Identifier: AGPL-3.0-or-later
/* The Host header alone chooses the village: one canonical form, or none. */
#include <stdlib.h>

#include "tenants/directory/directory.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new();
    struct str host, again;

    if (host_canonical(arena, (struct str){(const char *)bytes, n}, &host, NULL) == RC_OK) {
        if (host.n == 0 || host.n > 253)
            abort();
        for (size_t i = 0; i < host.n; i++)
            if (host.p[i] <= ' ' || host.p[i] >= 127 || str_find_char(STR("/\\:@?#%'\"<>&"), host.p[i]) >= 0 ||
                (host.p[i] >= 'A' && host.p[i] <= 'Z'))
                abort();
        /* A second reading may only drop one more dot, never make another name of it. */
        if (host.p[host.n - 1] != '.' && (host_canonical(arena, host, &again, NULL) != RC_OK || !str_eq(host, again)))
            abort();
    }
    arena_free(&arena);
    return 0;
}
