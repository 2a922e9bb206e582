// SPDX-License-Identifier: AGPL-3.0-or-later
/* The dead: jobs that ran out of tries. Staff see them, why they stopped, and may set them going again. */
#ifndef BALAI_QUEUE_DEAD_H
#define BALAI_QUEUE_DEAD_H

#include "workers/queue/dead_sql.h"
#include "workers/queue/queue.h"

/* Oldest first, at most `most`. */
enum rc queue_dead(struct village_db *db, uint32_t most, struct dead_job_rows *out, struct err *err) MUST_USE;
/* Ready again at once with all its tries. RC_NOT_FOUND when it is not dead (any more). */
enum rc queue_replay(struct txn *txn, uint64_t id, struct err *err) MUST_USE;
/* Counts as done: what it was to do has been given up. Nothing happens to one that is not dead. */
enum rc queue_let_go(struct txn *txn, uint64_t id, struct err *err) MUST_USE;

#endif
