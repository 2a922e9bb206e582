// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/loop/crew.h"

#include <time.h>

void crew_start(struct crew *crew, size_t n, void (*fn)(void *ctx), void *ctx)
{
    for (size_t i = 0; i < n; i++) {
        crew->alive++;
        (void)fiber_spawn(loop_current(), fn, ctx);
    }
}

void crew_leave(struct crew *crew)
{
    crew->alive--;
    fiber_wake_all(&crew->done);
}

static void short_rest(void *arg)
{
    const struct timespec rest = {0, 20 * 1000 * 1000};

    (void)arg;
    (void)nanosleep(&rest, NULL);
}

void crew_wait(struct crew *crew, size_t *left)
{
    struct err err;

    while (crew->alive > 0) {
        if (fiber_park(&crew->done, 0, &err) == RC_OK)
            continue;
        /* Past its deadline or cancelled, every wait of this fiber ends at once; offloaded work alone is waited for. */
        *left = 0;
        if (crew->alive > 0 && fiber_offload(short_rest, NULL, &err) != RC_OK)
            continue;
    }
}
