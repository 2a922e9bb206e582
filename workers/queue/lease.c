// SPDX-License-Identifier: AGPL-3.0-or-later
/* Claiming and ending jobs of a village's outbox. */
#include "workers/queue/lease.h"

#include "server/base/random.h"
#include "workers/queue/job.h"
#include "workers/queue/lease_parts.h"
#include "workers/queue/both_queue_sql.h"
#include "workers/queue/queue_sql.h"

enum { STATE_READY = 1, STATE_LEASED = 2 };

uint32_t lease_backoff_s(uint32_t attempt)
{
    const uint32_t first = 15, most = 3600;

    if (attempt <= 1)
        return first;
    return attempt > 8 ? most : (first << (attempt - 1)) < most ? first << (attempt - 1) : most;
}

uint64_t lease_delay_ms(uint32_t attempt)
{
    uint64_t ms = (uint64_t)lease_backoff_s(attempt) * 1000;

    return ms * (80 + random_below(41)) / 100; /* ± 20 %, so that what failed together does not come back together */
}

uint32_t lease_seconds(const struct job_table *jobs, uint16_t kind)
{
    const struct job_entry *entry = job_table_find(jobs, kind);

    return entry != NULL ? entry->row->lease_s : JOB_LEASE_S;
}

struct claim {
    const struct job_table *jobs;
    struct str owner;
    size_t most, n;
    struct lease *leases;
};

/* Whether a job goes with those that are claimed already. */
static bool goes_along(const struct claim *claim, uint16_t kind)
{
    const struct job_entry *entry;

    if (claim->n == 0 || claim->jobs == NULL)
        return true;
    entry = job_table_find(claim->jobs, kind);
    return entry != NULL && claim->leases[0].kind == kind && claim->n < entry->row->together;
}

static enum rc claim_state(struct txn *txn, struct claim *claim, uint8_t state, struct err *err)
{
    struct outbox_row_rows rows;

    if (claim->n == claim->most)
        return RC_OK;
    TRY(sql_outbox_take(txn, state, (uint32_t)(claim->most - claim->n), &rows, err));
    for (size_t i = 0; i < rows.n && goes_along(claim, rows.p[i].kind); i++) {
        const struct outbox_row *row = &rows.p[i];

        TRY(sql_outbox_lease(txn, row->id, claim->owner, lease_seconds(claim->jobs, row->kind), NULL, err));
        claim->leases[claim->n++] = (struct lease){row->id, row->kind, row->subject, row->payload, row->attempt + 1, row->put_at, false};
    }
    return RC_OK;
}

static enum rc claim_body(struct txn *txn, void *ctx, struct err *err)
{
    struct claim *claim = ctx;

    claim->n = 0;
    TRY(claim_state(txn, claim, STATE_LEASED, err)); /* those whose worker was lost */
    return claim_state(txn, claim, STATE_READY, err);
}

enum rc lease_claim(struct village_db *db, const struct job_table *jobs, struct str owner, size_t most, struct lease *leases_out,
                    size_t *n_out, struct err *err)
{
    struct claim claim = {jobs, owner, most < LEASE_MOST ? most : LEASE_MOST, 0, leases_out};
    struct outbox_due due;
    bool is_due;

    *n_out = 0;
    TRY(sql_outbox_is_due(db, &due, &is_due, err));
    if (!is_due)
        return RC_OK;
    TRY(txn_run_read_committed(db, claim_body, &claim, err));
    *n_out = claim.n;
    return RC_OK;
}

enum rc lease_is_due(struct village_db *db, bool *is_due_out, struct err *err)
{
    struct outbox_due due;

    return sql_outbox_is_due(db, &due, is_due_out, err);
}

enum rc lease_reclaim(struct village_db *db, struct str owner, struct err *err)
{
    return sql_outbox_reclaim(db, owner, NULL, err);
}

static enum rc fenced(uint64_t affected, uint64_t id, struct err *err)
{
    return affected == 1 ? RC_OK : fail(err, RC_FENCED, "job %" PRIu64 " went to another worker", id);
}

enum rc lease_done(struct txn *txn, const struct lease *lease, struct err *err)
{
    uint64_t affected;

    TRY(sql_outbox_done(txn, lease->id, lease->attempt, &affected, err));
    return fenced(affected, lease->id, err);
}

enum rc lease_end(struct txn *txn, struct lease *lease, struct err *err)
{
    TRY(lease_done(txn, lease, err));
    lease->is_ended = true;
    return RC_OK;
}

struct str lease_why(struct str why)
{
    enum { WHY_BYTES = 400 };
    struct str part = str_part(why, 0, WHY_BYTES);

    while (part.n < why.n && part.n > 0 && ((unsigned char)part.p[part.n] & 0xc0) == 0x80)
        part.n--; /* not in the middle of a character */
    return part.p != NULL ? part : STR("");
}

enum rc lease_failed(struct village_db *db, const struct lease *lease, struct str why, bool may_retry, struct err *err)
{
    uint64_t affected;

    if (may_retry && lease->attempt < LEASE_TRIES)
        TRY(sql_outbox_again(db, lease->id, lease->attempt, lease_delay_ms(lease->attempt), lease_why(why), &affected, err));
    else
        TRY(sql_outbox_bury(db, lease->id, lease->attempt, lease_why(why), &affected, err));
    return fenced(affected, lease->id, err);
}
