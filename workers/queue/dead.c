// SPDX-License-Identifier: AGPL-3.0-or-later
#include "workers/queue/dead.h"

enum rc queue_dead(struct village_db *db, uint32_t most, struct dead_job_rows *out, struct err *err)
{
    return sql_queue_dead(db, most, out, err);
}

enum rc queue_replay(struct txn *txn, uint64_t id, struct err *err)
{
    uint64_t replayed;

    TRY(sql_queue_replay(txn, id, &replayed, err));
    if (replayed == 0)
        return fail(err, RC_NOT_FOUND, "job %" PRIu64 " is not dead", id);
    return RC_OK;
}

enum rc queue_let_go(struct txn *txn, uint64_t id, struct err *err)
{
    return sql_queue_let_go(txn, id, NULL, err);
}
