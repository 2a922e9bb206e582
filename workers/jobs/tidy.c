// SPDX-License-Identifier: AGPL-3.0-or-later
/* The hour's tidying of one village: each feature deletes its own rows that no longer mean anything. */
#include "workers/jobs/jobs.h"

#include "server/web/epoch_rows_sql.h"
#include "server/web/feature.h"
#include "workers/jobs/tidy_sql.h"

enum { TIDY_EVERY_S = 3600 };

/*
 * Figures are published after nearly each letter, and to delete locks the gaps that new work goes into: so no more often than
 * said. Two that begin at once do no harm.
 */
enum rc tidy_village(const struct job *job, struct err *err)
{
    struct tidy_last last = {0};
    bool found;

    TRY(sql_tidy_last(job->db, &last, &found, err));
    if (found && last.at + (uint64_t)TIDY_EVERY_S * US_PER_S > (uint64_t)job->now)
        return RC_OK;
    TRY(sql_tidy_begun(job->db, (uint64_t)job->now, NULL, err));
    for (const struct feature *const *f = job->house->features; *f != NULL; f++)
        if ((*f)->tidy != NULL)
            TRY((*f)->tidy(job, err));
    return RC_OK;
}
