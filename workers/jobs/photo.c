// SPDX-License-Identifier: AGPL-3.0-or-later
/* JOB_MAKE_PHOTO: subject is the resident whose uploaded picture becomes a photo. */
#include "tenants/village/residents/papers.h"
#include "workers/jobs/jobs.h"

enum rc job_make_photo(const struct job *job, struct err *err)
{
    return resident_photo_make(job->db, job->lease->subject, job->now, err);
}
