// SPDX-License-Identifier: AGPL-3.0-or-later
/* The worker's side of the outbox: claim, finish, retry, bury. Used by workers/jobs and workers/main.c only. */
#ifndef BALAI_LEASE_H
#define BALAI_LEASE_H

#include "workers/queue/queue.h"

struct lease {
    uint64_t id;
    enum job_kind kind;
    uint64_t subject;
    struct str payload;
    uint32_t attempt; /* fencing token */
    utc_us put_at;
};

/* Claims up to `most` due jobs in one short transaction (FOR UPDATE SKIP LOCKED). n == 0: nothing is due. */
enum rc lease_claim(struct village_db *db, struct str owner, size_t most, struct lease *leases_out, size_t *n_out, struct err *err) MUST_USE;
/* Marks done; RC_FENCED when another worker holds it by now: then nothing is changed. */
enum rc lease_done(struct txn *txn, const struct lease *lease, struct err *err) MUST_USE;
/* Next try after back-off, or dead after the 12th (or at once when !may_retry). `why` is kept for staff (no personal data). */
enum rc lease_failed(struct village_db *db, const struct lease *lease, struct str why, bool may_retry, struct err *err) MUST_USE;
/* Inside the effect's transaction: RC_DUPLICATE when (kind, key) has already taken effect. */
enum rc queue_effect(struct txn *txn, enum job_kind kind, struct str key, struct err *err) MUST_USE;
/* Delay before try number `attempt` + 1, in seconds, without jitter: 15, 30, 60 … 3600. */
uint32_t lease_backoff_s(uint32_t attempt);
/* The moment the earliest waiting job is due, 0 when none waits. */
enum rc lease_next_due(struct village_db *db, utc_us *at_out, struct err *err) MUST_USE;

/* Numbers for kelola and for the office. */
struct queue_depth {
    uint64_t ready, leased, dead;
    utc_us oldest_at;
};
enum rc queue_depth(struct village_db *db, struct queue_depth *out, struct err *err) MUST_USE;

#endif
