// SPDX-License-Identifier: AGPL-3.0-or-later
/* Work that is about a village as a whole, and the tidying of the queue itself. */
#include "server/files/files.h"
#include "server/web/feature.h"
#include "workers/jobs/jobs.h"

static enum rc tidy(const struct job *job, struct err *err)
{
    TRY(files_tidy(job->db, job->now, err));
    return queue_tidy(job->db, err);
}

static const struct job_row jobs[] = {
    {JOB_PUBLISH_ROLLUP, 60, "PUBLISH_ROLLUP", "Mengirim angka desa ke kabupaten", job_publish_rollup, 0},
    {JOB_SPREAD_EPOCH, 30, "SPREAD_EPOCH", "Menyegarkan halaman situs", job_spread_epoch, 0},
    {0},
};

const struct feature jobs_feature = {.name = "jobs", .jobs = jobs, .tidy = tidy};
