// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: several fibers sharing a list of work, and the one that waits for them all. */
#ifndef BALAI_CONTROL_LANES_H
#define BALAI_CONTROL_LANES_H

#include "server/loop/loop.h"

struct lanes {
    size_t alive;
    struct wait_list done;
};

/* Starts n fibers of fn(ctx); each ends with lane_end. */
void lanes_start(struct lanes *lanes, size_t n, void (*fn)(void *ctx), void *ctx);
void lane_end(struct lanes *lanes);
/*
 * Until all have ended, whatever the caller's deadline says, because they use
 * its frame. When the wait is cut short, *left (what is not begun yet) is set
 * to 0 once, so that they end soon.
 */
void lanes_wait(struct lanes *lanes, size_t *left);

#endif
