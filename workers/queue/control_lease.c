// SPDX-License-Identifier: AGPL-3.0-or-later
/* Claiming and ending jobs of the control schema's outbox. */
#include "workers/queue/lease.h"

#include "workers/queue/both_queue_sql.h"
#include "workers/queue/control_queue_sql.h"
#include "workers/queue/lease_parts.h"

enum { STATE_READY = 1, STATE_LEASED = 2 };

uint32_t control_lease_seconds(enum control_job_kind kind)
{
    switch (kind) {
#define X(name, number, label, lease_s) \
    case CONTROL_JOB_##name:            \
        return lease_s;
        CONTROL_JOB_KINDS(X)
#undef X
    case CONTROL_JOB_NONE:
        break;
    }
    return 60;
}

struct claim {
    struct str owner;
    size_t most, n;
    struct control_lease *leases;
};

static enum rc claim_state(struct control_txn *txn, struct claim *claim, uint8_t state, struct err *err)
{
    struct control_outbox_row_rows rows;

    if (claim->n == claim->most)
        return RC_OK;
    TRY(sql_control_outbox_take(txn, state, (uint32_t)(claim->most - claim->n), &rows, err));
    for (size_t i = 0; i < rows.n; i++) {
        const struct control_outbox_row *row = &rows.p[i];

        TRY(sql_control_outbox_lease(txn, row->id, claim->owner, control_lease_seconds(row->kind), NULL, err));
        claim->leases[claim->n++] = (struct control_lease){row->id, row->kind, row->subject, row->payload, row->attempt + 1, row->put_at};
    }
    return RC_OK;
}

static enum rc claim_body(struct control_txn *txn, void *ctx, struct err *err)
{
    struct claim *claim = ctx;

    claim->n = 0;
    TRY(claim_state(txn, claim, STATE_LEASED, err));
    return claim_state(txn, claim, STATE_READY, err);
}

enum rc control_lease_claim(struct control_db *db, struct str owner, size_t most, struct control_lease *leases_out, size_t *n_out,
                            struct err *err)
{
    struct claim claim = {owner, most < LEASE_MOST ? most : LEASE_MOST, 0, leases_out};
    struct outbox_due due;
    bool is_due;

    *n_out = 0;
    TRY(sql_control_outbox_is_due(db, &due, &is_due, err));
    if (!is_due)
        return RC_OK;
    TRY(control_txn_run_read_committed(db, claim_body, &claim, err));
    *n_out = claim.n;
    return RC_OK;
}

enum rc control_lease_is_due(struct control_db *db, bool *is_due_out, struct err *err)
{
    struct outbox_due due;

    return sql_control_outbox_is_due(db, &due, is_due_out, err);
}

enum rc control_lease_reclaim(struct control_db *db, struct str owner, struct err *err)
{
    return sql_control_outbox_reclaim(db, owner, NULL, err);
}

static enum rc fenced(uint64_t affected, uint64_t id, struct err *err)
{
    return affected == 1 ? RC_OK : fail(err, RC_FENCED, "job %" PRIu64 " of control went to another worker", id);
}

enum rc control_lease_done(struct control_db *db, const struct control_lease *lease, struct err *err)
{
    uint64_t affected;

    TRY(sql_control_outbox_done(db, lease->id, lease->attempt, &affected, err));
    return fenced(affected, lease->id, err);
}

enum rc control_lease_failed(struct control_db *db, const struct control_lease *lease, struct str why, bool may_retry, struct err *err)
{
    uint64_t affected;

    if (may_retry && lease->attempt < LEASE_TRIES)
        TRY(sql_control_outbox_again(db, lease->id, lease->attempt, lease_delay_ms(lease->attempt), lease_why(why), &affected, err));
    else
        TRY(sql_control_outbox_bury(db, lease->id, lease->attempt, lease_why(why), &affected, err));
    return fenced(affected, lease->id, err);
}
