// SPDX-License-Identifier: AGPL-3.0-or-later
/* JOB_MAKE_CREST: the picture that was uploaded becomes the village's crest. */
#include "tenants/village/staff/crest.h"
#include "workers/jobs/jobs.h"

enum rc job_make_crest(const struct job *job, struct err *err)
{
    return village_crest_make(job->db, err);
}
