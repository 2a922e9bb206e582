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

/* name, number in the table (never reused), label for staff, lease in seconds */
#define JOB_KINDS(X)                                             \
    X(RENDER_LETTER, 1, "Membuat PDF surat", 60)                 \
    X(PUBLISH_ROLLUP, 2, "Mengirim angka desa ke kabupaten", 60) \
    X(SPREAD_EPOCH, 3, "Menyegarkan halaman situs", 30)          \
    X(CHECK_IMPORT, 4, "Memeriksa berkas penduduk", 300)         \
    X(COMMIT_IMPORT, 5, "Menyimpan data penduduk", 300)          \
    X(EXPORT, 6, "Membuat berkas unduhan", 300)                  \
    X(NOTICE, 7, "Mengirim pemberitahuan lewat surel", 60)       \
    X(MAKE_PHOTO, 8, "Menyiapkan foto warga", 60)                \
    X(MAKE_CREST, 9, "Menyiapkan lambang desa", 60)

enum job_kind {
    JOB_NONE,
#define X(name, number, label, lease_s) JOB_##name = number,
    JOB_KINDS(X)
#undef X
};

/* And those of the control schema's outbox. */
#define CONTROL_JOB_KINDS(X) X(PROVISION, 1, "Menyiapkan desa", 120)

enum control_job_kind {
    CONTROL_JOB_NONE,
#define X(name, number, label, lease_s) CONTROL_JOB_##name = number,
    CONTROL_JOB_KINDS(X)
#undef X
};

/* Puts a job about `subject` (a row's id) with an optional small JSON payload. */
enum rc outbox_put(struct txn *txn, enum job_kind kind, uint64_t subject, struct str payload, struct err *err) MUST_USE;
/*
 * As above unless the newest of that kind and subject is still ready and
 * untouched: for "publish again" work. That one is then held until the commit,
 * so it cannot run before the change it is about is visible. Figures wait a
 * second for more of their kind. It reads plainly before it locks: call it
 * after the body's own locks.
 */
enum rc outbox_put_once(struct txn *txn, enum job_kind kind, uint64_t subject, struct err *err) MUST_USE;
enum rc control_outbox_put(struct control_txn *txn, enum control_job_kind kind, uint64_t subject, struct str payload,
                           struct err *err) MUST_USE;

/* True when a transaction of this handle put a job since the last call: the caller then wakes the worker (queue_wake). */
bool outbox_was_put(struct village_db *db);
bool control_outbox_was_put(struct control_db *db);

struct redis;
/* Publishes the village's code (or "control") on channel "balai:work". Losing it costs at most the 5 s sweep. */
void queue_wake(struct redis *redis, struct str code);

#endif
