// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * JOB_SPREAD_EPOCH: the village's page epoch, as its own schema has it now,
 * goes into its control row, and the counter that servers poll moves.
 */
#include "workers/jobs/jobs.h"

#include "tenants/directory/village_rows_sql.h"
#include "workers/jobs/epoch_sql.h"

struct epoch {
    struct str code;
    uint64_t value;
};

static enum rc publish_body(struct control_txn *txn, void *ctx, struct err *err)
{
    const struct epoch *epoch = ctx;
    uint64_t moved;

    TRY(sql_epoch_publish(txn, epoch->code, epoch->value, &moved, err));
    return moved > 0 ? sql_epoch_count_change(txn, NULL, err) : RC_OK;
}

enum rc job_spread_epoch(const struct job *job, struct err *err)
{
    struct epoch epoch = {.code = job->village->code};
    struct epoch_of_pages now;

    TRY(sql_epoch_of_pages(job->db, &now, err));
    epoch.value = now.value;
    return control_txn_run(job->control, publish_body, &epoch, err);
}
