// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Who works when. Villages with work stand in one line, each once; a free lane
 * takes the first, claims one job of it (of a kind that goes together, up to four), and puts the village at the end again:
 * a village with a thousand jobs delays another village's job by one claim, and
 * several lanes still work for it when nobody else has any. A message on
 * "balai:work" puts a village into the line; every 5 s a sweep looks into all of them,
 * over one connection that changes hands from village to village. A job that mostly waits for somebody outside (JOB_APART)
 * is claimed by a lane and done beside it.
 *
 * All on one loop's thread.
 */
#ifndef BALAI_JOBS_LANES_H
#define BALAI_JOBS_LANES_H

#include "server/store/redis.h"
#include "workers/jobs/jobs.h"

struct lanes;

struct lanes_setup {
    struct loop *loop;
    struct job_house house;
    struct store *sweep_store; /* one village connection, and one of control */
    struct redis *redis;
    struct str owner;   /* in the lease rows */
    bool is_sole_owner; /* nobody else alive uses this owner: its old leases are taken back */
    uint32_t lanes;
    uint32_t sweep_ms; /* 5,000 */
};

/* Starts the fibers. Texts of the setup must live as long as the lanes. */
struct lanes *lanes_start(struct arena *arena, const struct lanes_setup *setup) MUST_USE;
/* There may be work for a village (10 digits) or for "control". */
void lanes_wake(struct lanes *lanes, struct str code);
/* Look into every village now. */
void lanes_sweep(struct lanes *lanes);
/* No new jobs; waits in the calling fiber until those under way have ended, and after at_most_ms cancels them. */
void lanes_drain(struct lanes *lanes, uint64_t at_most_ms);

#endif
