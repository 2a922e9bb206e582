// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/control/lanes.h"

#include <time.h>

void lanes_start(struct lanes *lanes, size_t n, void (*fn)(void *ctx), void *ctx)
{
    for (size_t i = 0; i < n; i++) {
        lanes->alive++;
        (void)fiber_spawn(loop_current(), fn, ctx);
    }
}

void lane_end(struct lanes *lanes)
{
    lanes->alive--;
    fiber_wake_all(&lanes->done);
}

static void short_rest(void *arg)
{
    const struct timespec rest = {0, 20 * 1000 * 1000};

    (void)arg;
    (void)nanosleep(&rest, NULL);
}

void lanes_wait(struct lanes *lanes, size_t *left)
{
    struct err err;

    while (lanes->alive > 0) {
        if (fiber_park(&lanes->done, 0, &err) == RC_OK)
            continue;
        /* Past its deadline or cancelled, every wait of this fiber ends at once; offloaded work alone is waited for. */
        *left = 0;
        if (lanes->alive > 0 && fiber_offload(short_rest, NULL, &err) != RC_OK)
            continue;
    }
}
