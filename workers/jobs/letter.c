// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters.h"
#include "workers/jobs/jobs.h"

/* JOB_RENDER_LETTER: the PDF of an issued letter. */
enum rc job_render_letter(const struct job *job, struct err *err)
{
    const struct letter_press press = {.db = job->db,
                                       .control = job->control,
                                       .directory = job->house->directory,
                                       .village = job->village,
                                       .origin = job->house->origin,
                                       .now = job->now};

    return letter_render(&press, job->lease->subject, err);
}
