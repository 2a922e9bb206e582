// SPDX-License-Identifier: AGPL-3.0-or-later
/* JOB_CHECK_IMPORT and JOB_COMMIT_IMPORT: the dry run of a spreadsheet of residents, and its writing. */
#include "tenants/village/residents/import.h"
#include "workers/jobs/jobs.h"

static struct import_job import_of(const struct job *job)
{
    return (struct import_job){.batch_id = job->lease->subject,
                               .village_code = job->village->code,
                               .now = job->now,
                               .today = utc_date(job->now, job->village->zone),
                               .memory = job->house->imports};
}

enum rc job_check_import(const struct job *job, struct err *err)
{
    struct import_job import = import_of(job);

    return import_check(job->db, &import, err);
}

enum rc job_commit_import(const struct job *job, struct err *err)
{
    struct import_job import = import_of(job);

    return import_commit(job->db, &import, err);
}
