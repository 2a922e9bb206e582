// SPDX-License-Identifier: AGPL-3.0-or-later
/* Several fibers sharing a list of work, and the one that waits for them all. */
#ifndef BALAI_LOOP_CREW_H
#define BALAI_LOOP_CREW_H

#include "server/loop/loop.h"

struct crew {
    size_t alive;
    struct wait_list done;
};

/* Starts n fibers of fn(ctx); each ends with crew_leave. */
void crew_start(struct crew *crew, size_t n, void (*fn)(void *ctx), void *ctx);
void crew_leave(struct crew *crew);
/*
 * Until all have ended, whatever the caller's deadline says, because they use
 * its frame. When the wait is cut short, *left (what is not begun yet) is set
 * to 0 once, so that they end soon.
 */
void crew_wait(struct crew *crew, size_t *left);

#endif
