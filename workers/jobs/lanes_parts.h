// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never leaves workers/jobs: what the line, the lanes and the sweep share. */
#ifndef BALAI_LANES_PARTS_H
#define BALAI_LANES_PARTS_H

#include "server/loop/loop.h"
#include "workers/jobs/lanes.h"

enum { PLACE_BUCKETS = 1024, CODE_BYTES = 16 };

/* One village, or control, in the line. Places are never forgotten: a few hundred in a process's life. */
struct place {
    struct place *next;   /* of the bucket */
    struct place *behind; /* in the line */
    char code[CODE_BYTES];
    bool is_in_line;
    bool is_reclaimed;        /* its leases of our former life were taken back */
    uint64_t rollup_asked_ms; /* monotonic; 0: not by this process */
};

/* A job that waits for somebody outside: no lane waits with it. In an arena of its own. */
struct apart {
    struct lanes *lanes;
    struct place *place;
    struct lease lease;
    uint64_t claimed_ms;
    struct arena *arena;
    struct fiber *fiber; /* NULL: it has not begun */
    struct apart *next;
};

struct lanes {
    struct lanes_setup setup;
    struct arena *arena;
    const struct job_table *jobs;
    struct place *buckets[PLACE_BUCKETS];
    struct place *first, *last;
    struct wait_list idle, sweeper, drained;
    struct fiber **fibers;
    struct apart *apart;
    size_t alive; /* lanes, the sweeper and what is apart */
    bool is_draining;
};

struct place *place_of(struct lanes *lanes, struct str code);
bool place_is_control(const struct place *place);
/* Takes back the leases of our former life, once a village. */
enum rc place_reclaim(struct lanes *lanes, struct place *place, struct village_db *db, struct err *err) MUST_USE;

/* Puts the place at the end of the line, unless it stands in it, and wakes a lane. */
void line_up(struct lanes *lanes, struct place *place);

/* One of those alive has ended: lanes_drain may wait for it. */
void lanes_one_ended(struct lanes *lanes);

/* Claims one job of the place, or a few of a kind that goes together, puts the place into the line again (there may be more), and does
 * them. An rc: nothing could be claimed. */
enum rc serve_place(struct lanes *lanes, struct place *place, struct err *err) MUST_USE;

/* Looks into all villages once. */
void sweep_all(struct lanes *lanes);

#endif
