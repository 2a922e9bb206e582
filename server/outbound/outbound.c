// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/outbound/outbound.h"

#include <curl/curl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

static void wiping_free(void *p)
{
    if (p != NULL)
        explicit_bzero(p, malloc_usable_size(p));
    free(p);
}

/* Never in place: what stood there before is wiped. */
static void *wiping_realloc(void *p, size_t n)
{
    void *fresh = malloc(n);

    if (fresh == NULL || p == NULL)
        return fresh;
    size_t had = malloc_usable_size(p);
    memcpy(fresh, p, had < n ? had : n);
    wiping_free(p);
    return fresh;
}

void outbound_init(void)
{
    if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, wiping_free, wiping_realloc, strdup, calloc) != CURLE_OK)
        abort();
}
