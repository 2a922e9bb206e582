// SPDX-License-Identifier: AGPL-3.0-or-later
/* JOB_RENDER_LETTER: subject is the letter. */
#include "workers/jobs/jobs.h"

#include "tenants/village/letters/letters.h"

enum rc job_render_letter(const struct job *job, struct err *err)
{
    const struct letter_press press = {
        .db = job->db,
        .control = job->control,
        .directory = job->house->directory,
        .village = job->village,
        .origin = job->house->origin,
        .now = job->now,
        .lease = job->lease,
    };

    return letter_render(&press, job->lease->subject, err);
}
