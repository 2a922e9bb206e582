// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/pagecache.h"
#include "server/web/web_village_sql.h"
#include "workers/queue/queue.h"

enum rc page_epoch_bump(struct txn *txn, struct err *err)
{
    TRY(sql_page_epoch_add(txn, NULL, err));
    return outbox_put_once(txn, JOB_SPREAD_EPOCH, 0, err);
}
