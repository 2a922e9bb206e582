// SPDX-License-Identifier: AGPL-3.0-or-later
/* The worker's side of the outbox: claim, finish, retry, bury. Used by workers/jobs and workers/main.c only. */
#ifndef BALAI_LEASE_H
#define BALAI_LEASE_H

#include "workers/queue/queue.h"

struct job_table; /* job.h */

struct lease {
    uint64_t id;
    uint16_t kind;
    uint64_t subject;
    struct str payload;
    uint32_t attempt; /* fencing token */
    utc_us put_at;
    bool is_ended; /* lease_end, in a transaction that was committed if the job came out well */
};

enum { LEASE_MOST = 16, LEASE_TRIES = 12 };

/*
 * Claims up to `most` (≤ LEASE_MOST) due jobs, and those whose lease ran out, in
 * one short transaction (FOR UPDATE SKIP LOCKED, READ COMMITTED: those who put
 * jobs never wait for it), each for as long as `jobs` says of its kind (NULL: JOB_LEASE_S). With `jobs`, more than one only of a kind that
 * goes together.
 * n == 0: nothing is due, and then nothing was written.
 */
enum rc lease_claim(struct village_db *db, const struct job_table *jobs, struct str owner, size_t most, struct lease *leases_out,
                    size_t *n_out, struct err *err) MUST_USE;
/* Whether lease_claim would find something: one indexed look. */
enum rc lease_is_due(struct village_db *db, bool *is_due_out, struct err *err) MUST_USE;
/*
 * Makes the owner's leases due at once: for a worker that starts again and
 * knows that the process which held them is gone (else they wait for their end).
 */
enum rc lease_reclaim(struct village_db *db, struct str owner, struct err *err) MUST_USE;
/* Marks done; RC_FENCED when another worker holds it by now: then nothing is changed. */
enum rc lease_done(struct txn *txn, const struct lease *lease, struct err *err) MUST_USE;
/* The same for a job that ends in its effect's own transaction: the lane then has nothing more to write. */
enum rc lease_end(struct txn *txn, struct lease *lease, struct err *err) MUST_USE;
/* Next try after back-off, or dead after the 12th (or at once when !may_retry). `why` is kept for staff (no personal data). */
enum rc lease_failed(struct village_db *db, const struct lease *lease, struct str why, bool may_retry, struct err *err) MUST_USE;
/* Inside the effect's transaction: RC_DUPLICATE when (kind, key) has already taken effect. */
enum rc queue_effect(struct txn *txn, uint16_t kind, struct str key, struct err *err) MUST_USE;
/* Delay before try number `attempt` + 1, in seconds, without jitter: 15, 30, 60 … 3600. */
uint32_t lease_backoff_s(uint32_t attempt);
/* How long a lease of that kind runs; JOB_LEASE_S of job.h when the table does not know it. */
uint32_t lease_seconds(const struct job_table *jobs, uint16_t kind);
uint32_t control_lease_seconds(enum control_job_kind kind);

/* Forgets done jobs older than 7 days, dead ones older than 180 and effects older than 400; at most some thousands a call. */
enum rc queue_tidy(struct village_db *db, struct err *err) MUST_USE;

/*
 * The control schema's outbox, alike. Its work guards its effects itself
 * (provisioning is repeatable), so there is no effect table.
 */
struct control_lease {
    uint64_t id;
    enum control_job_kind kind;
    uint64_t subject;
    struct str payload;
    uint32_t attempt;
    utc_us put_at;
};
enum rc control_lease_claim(struct control_db *db, struct str owner, size_t most, struct control_lease *leases_out, size_t *n_out,
                            struct err *err) MUST_USE;
enum rc control_lease_is_due(struct control_db *db, bool *is_due_out, struct err *err) MUST_USE;
enum rc control_lease_reclaim(struct control_db *db, struct str owner, struct err *err) MUST_USE;
enum rc control_lease_done(struct control_db *db, const struct control_lease *lease, struct err *err) MUST_USE;
enum rc control_lease_failed(struct control_db *db, const struct control_lease *lease, struct str why, bool may_retry,
                             struct err *err) MUST_USE;

/* Numbers for kelola and for the office. */
struct queue_depth {
    uint64_t ready, leased, dead;
    utc_us oldest_at;
};
enum rc queue_depth(struct village_db *db, struct queue_depth *out, struct err *err) MUST_USE;

#endif
