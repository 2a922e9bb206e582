// SPDX-License-Identifier: AGPL-3.0-or-later
/* CONTROL_JOB_PROVISION: subject is the village's code as a number. */
#include "workers/jobs/jobs.h"

#include "tenants/control/provision.h"

enum rc control_job_provision(const struct control_job *job, struct err *err)
{
    const struct provision provision = {
        .config = job->house->config,
        .master_key = job->house->master_key,
        .directory = job->house->directory,
        .store = job->house->store,
        .steps = migration_steps_builtin(),
    };

    return provision_job(&provision, job->lease->subject, err);
}
