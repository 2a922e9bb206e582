// SPDX-License-Identifier: AGPL-3.0-or-later
#include "workers/jobs/jobs.h"

static const struct {
    enum job_kind kind;
    enum rc (*run)(const struct job *job, struct err *err);
} jobs[] = {
    {JOB_RENDER_LETTER, job_render_letter},
    {JOB_PUBLISH_ROLLUP, job_publish_rollup},
    {JOB_SPREAD_EPOCH, job_spread_epoch},
    {JOB_CHECK_IMPORT, job_check_import},
    {JOB_COMMIT_IMPORT, job_commit_import},
    {JOB_NOTICE, job_notice},
    {JOB_EXPORT, job_export},
    {JOB_MAKE_PHOTO, job_make_photo},
    {JOB_MAKE_CREST, job_make_crest},
};

static const struct {
    enum control_job_kind kind;
    enum rc (*run)(const struct control_job *job, struct err *err);
} control_jobs[] = {
    {CONTROL_JOB_PROVISION, control_job_provision},
};

/* A kind without its function does not compile. */
#define X(name, number, label, lease_s) +1
_Static_assert(COUNT_OF(jobs) == JOB_KINDS(X), "every kind of job has one function");
_Static_assert(COUNT_OF(control_jobs) == CONTROL_JOB_KINDS(X), "every kind of control job has one function");
#undef X

enum rc job_run(const struct job *job, struct err *err)
{
    for (size_t i = 0; i < COUNT_OF(jobs); i++)
        if (jobs[i].kind == job->lease->kind)
            return jobs[i].run(job, err);
    return fail(err, RC_FAULT, "job of unknown kind %u", (unsigned)job->lease->kind);
}

enum rc control_job_run(const struct control_job *job, struct err *err)
{
    for (size_t i = 0; i < COUNT_OF(control_jobs); i++)
        if (control_jobs[i].kind == job->lease->kind)
            return control_jobs[i].run(job, err);
    return fail(err, RC_FAULT, "control job of unknown kind %u", (unsigned)job->lease->kind);
}

const char *job_kind_name(enum job_kind kind)
{
    switch (kind) {
#define X(name, number, label, lease_s) \
    case JOB_##name:                    \
        return #name;
        JOB_KINDS(X)
#undef X
    case JOB_NONE:
        break;
    }
    return "UNKNOWN";
}

const char *control_job_kind_name(enum control_job_kind kind)
{
    switch (kind) {
#define X(name, number, label, lease_s) \
    case CONTROL_JOB_##name:            \
        return #name;
        CONTROL_JOB_KINDS(X)
#undef X
    case CONTROL_JOB_NONE:
        break;
    }
    return "UNKNOWN";
}
