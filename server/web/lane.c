// SPDX-License-Identifier: AGPL-3.0-or-later
/* Heavy work of one village at a time: the thread pool is everybody's. All of it on one loop, so nothing is locked. */
#include <stdio.h>

#include "server/web/request.h"

enum { AT_ONCE = 1, MOST_WAITING = 24 };

static bool is_free(const struct lane *lane)
{
    return lane->running + lane->waiting == 0;
}

/* The party's lane, or a free one made its own; NULL: every lane is another's. */
static struct lane *lane_of(struct web *web, struct str party)
{
    struct lane *unused = NULL;

    for (size_t i = 0; i < LANES; i++) {
        struct lane *lane = &web->lanes[i];
        if (is_free(lane))
            unused = lane;
        else if (str_is(party, lane->party))
            return lane;
    }
    if (unused != NULL)
        snprintf(unused->party, sizeof(unused->party), "%.*s", STR_ARG(party));
    return unused;
}

/*
 * First come, first served: who leaves hands its turn to the first in line, so that nobody who comes in between takes it. A wait that
 * ends well is that turn; one that ends badly (out of time, cancelled) was never handed one.
 */
static enum rc lane_turn(struct lane *lane, struct err *err)
{
    if (lane->running < AT_ONCE) {
        lane->running++;
        return RC_OK;
    }
    if (lane->waiting == MOST_WAITING)
        return fail(err, RC_BUSY, "%d of the village wait for a thread", MOST_WAITING);
    lane->waiting++;
    enum rc rc = fiber_park(&lane->line, 0, err);
    lane->waiting--;
    return rc;
}

enum rc lane_enter(struct request *req, struct lane **lane_out, struct err *err)
{
    struct lane *lane = lane_of(req->web, request_party(req));

    if (lane == NULL)
        return fail(err, RC_BUSY, "%d villages wait for a thread", LANES);
    TRY(lane_turn(lane, err));
    *lane_out = lane;
    return RC_OK;
}

void lane_leave(struct lane *lane)
{
    if (!fiber_wake_one(&lane->line))
        lane->running--;
}

enum rc request_offload(struct request *req, void (*work)(void *arg), void *arg, struct err *err)
{
    struct lane *lane;

    TRY(lane_enter(req, &lane, err));
    enum rc rc = fiber_offload(work, arg, err);
    lane_leave(lane);
    return rc;
}
