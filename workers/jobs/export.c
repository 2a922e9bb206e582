// SPDX-License-Identifier: AGPL-3.0-or-later
/* JOB_EXPORT: a file somebody asked for; the subject is its row. */
#include "tenants/village/residents/export.h"
#include "workers/jobs/jobs.h"

enum rc job_export(const struct job *job, struct err *err)
{
    const struct export_job export = {.id = job->lease->subject, .now = job->now, .zone = job->village->zone};

    return export_make(job->db, &export, err);
}
