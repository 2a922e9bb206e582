// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The outbox: work that happens after the answer was sent. A feature sees only
 * outbox_put, which writes the job into the village's own schema inside the
 * business transaction: committed means it will be done, rolled back means it
 * never was. States: ready → leased (until, owner, attempt) → done | ready
 * again later | dead. The lease is by the database's clock; the attempt number
 * is the fencing token, checked when the job ends. At least once: every job
 * guards its effect with a unique key (queue_effect). Back-off 15 s → 1 h with
 * jitter, 12 tries, then dead; the dead are seen and replayed by staff.
 * The same tables stand in the control schema for the platform's own work.
 */
#ifndef BALAI_QUEUE_H
#define BALAI_QUEUE_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/store/store.h"

/*
 * Kinds of work are numbers in the table, never used again. Each is declared by the room that does it, with its label and lease
 * (struct job_row of job.h). These are everybody's to ask for; workers/jobs does them.
 */
enum { JOB_PUBLISH_ROLLUP = 2, JOB_SPREAD_EPOCH = 3 };

/* Kinds of the control schema's outbox: name, number, label, lease in seconds. */
#define CONTROL_JOB_KINDS(X) X(PROVISION, 1, "Menyiapkan desa", 120)

enum control_job_kind {
    CONTROL_JOB_NONE,
#define X(name, number, label, lease_s) CONTROL_JOB_##name = number,
    CONTROL_JOB_KINDS(X)
#undef X
};

/* Puts a job about `subject` (a row's id) with an optional small JSON payload. */
enum rc outbox_put(struct txn *txn, uint16_t kind, uint64_t subject, struct str payload, struct err *err) MUST_USE;
/* The same, not to be begun before so long from now. */
enum rc outbox_put_later(struct txn *txn, uint16_t kind, uint64_t subject, struct str payload, uint64_t delay_ms, struct err *err) MUST_USE;
/*
 * As above unless the newest of that kind and subject is still ready and
 * untouched: for "publish again" work. That one is then held until the commit,
 * so it cannot run before the change it is about is visible. Figures wait a
 * second for more of their kind. It reads plainly before it locks: call it
 * after the body's own locks.
 */
enum rc outbox_put_once(struct txn *txn, uint16_t kind, uint64_t subject, struct err *err) MUST_USE;
/*
 * One a pause about each subject: while one waits untouched, it says the newest payload instead; else it is not begun before pause_s after
 * the last. Of the subjects first to last together most a day: one over that waits for a day after the last about its own subject, and a
 * subject of which there was none that day gets none (is_over_out).
 */
struct outbox_pace {
    uint16_t kind;
    uint64_t subject, first, last;
    uint64_t pause_s, most_a_day;
};
enum rc outbox_put_paced(struct txn *txn, const struct outbox_pace *pace, struct str payload, bool *is_over_out, struct err *err) MUST_USE;
enum rc control_outbox_put(struct control_txn *txn, enum control_job_kind kind, uint64_t subject, struct str payload,
                           struct err *err) MUST_USE;

/* True when a transaction of this handle put a job since the last call: the caller then wakes the worker (queue_wake). */
bool outbox_was_put(struct village_db *db);

struct redis;
/* Publishes the village's code (or "control") on channel "balai:work". Losing it costs at most the 5 s sweep. */
void queue_wake(struct redis *redis, struct str code);

#endif
