// SPDX-License-Identifier: AGPL-3.0-or-later
/* The hour's tidying of one village: rows that no longer mean anything. How long each is kept stands in tidy.sql. */
#include "workers/jobs/jobs.h"

#include "tenants/village/residents/export.h"
#include "workers/jobs/tidy_sql.h"

enum { TIDY_EVERY_S = 3600 };

/*
 * Figures are published after nearly each letter, and to delete locks the gaps that new work goes into: so no more often than
 * said. Two that begin at once do no harm.
 */
enum rc tidy_village(const struct job *job, struct err *err)
{
    struct village_db *db = job->db;
    struct tidy_last last = {0};
    bool found;

    TRY(sql_tidy_last(db, &last, &found, err));
    if (found && last.at + (uint64_t)TIDY_EVERY_S * US_PER_S > (uint64_t)job->now)
        return RC_OK;
    TRY(sql_tidy_begun(db, (uint64_t)job->now, NULL, err));
    TRY(sql_tidy_sessions(db, NULL, err));
    TRY(sql_tidy_submissions(db, NULL, err));
    TRY(sql_tidy_attempts(db, NULL, err));
    TRY(sql_tidy_kiosk_calls(db, NULL, err));
    TRY(sql_tidy_kiosk_codes(db, NULL, err));
    TRY(sql_tidy_kiosk_queue(db, NULL, err));
    TRY(sql_tidy_kiosk_visits(db, NULL, err));
    TRY(export_tidy(db, job->now, err));
    TRY(sql_tidy_exports(db, NULL, err));
    return queue_tidy(db, err);
}
