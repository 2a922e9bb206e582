// SPDX-License-Identifier: AGPL-3.0-or-later
/* The hour's tidying of one village: rows that no longer mean anything. How long each is kept stands in tidy.sql. */
#include "workers/jobs/jobs.h"

#include "tenants/village/residents/export.h"
#include "workers/jobs/tidy_sql.h"

enum rc tidy_village(const struct job *job, struct err *err)
{
    struct village_db *db = job->db;

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
