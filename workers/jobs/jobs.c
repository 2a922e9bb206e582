// SPDX-License-Identifier: AGPL-3.0-or-later
#include "workers/jobs/jobs.h"

#include "server/web/feature.h"

static const struct {
    enum control_job_kind kind;
    enum rc (*run)(const struct control_job *job, struct err *err);
} control_jobs[] = {
    {CONTROL_JOB_PROVISION, control_job_provision},
};

/* A kind without its function does not compile. */
#define X(name, number, label, lease_s) +1
_Static_assert(COUNT_OF(control_jobs) == CONTROL_JOB_KINDS(X), "every kind of control job has one function");
#undef X

struct job_table *job_table_new(struct arena *arena, const struct feature *const *list)
{
    struct job_table *table = ARENA_NEW(arena, struct job_table);

    for (; *list != NULL; list++) {
        void *memory = (*list)->memory != NULL ? (*list)->memory->make(arena) : NULL;

        job_table_add(table, (*list)->jobs, memory);
    }
    return table;
}

enum rc job_run(const struct job_table *jobs, struct job *job, struct err *err)
{
    const struct job_entry *entry = job_table_find(jobs, job->lease->kind);

    if (entry == NULL)
        return fail(err, RC_FAULT, "job of unknown kind %u", (unsigned)job->lease->kind);
    job->memory = entry->memory;
    return entry->row->run(job, err);
}

const char *job_kind_name(const struct job_table *jobs, uint16_t kind)
{
    const struct job_entry *entry = job_table_find(jobs, kind);

    return entry != NULL ? entry->row->name : "UNKNOWN";
}

void job_table_tidy(const struct job_table *jobs, const struct feature *const *list, utc_us now)
{
    for (; *list != NULL; list++) {
        const struct job_entry *entry = (*list)->memory != NULL ? job_table_find(jobs, (*list)->jobs->kind) : NULL;

        if (entry != NULL)
            (*list)->memory->tidy(entry->memory, now);
    }
}

enum rc control_job_run(const struct control_job *job, struct err *err)
{
    for (size_t i = 0; i < COUNT_OF(control_jobs); i++)
        if (control_jobs[i].kind == job->lease->kind)
            return control_jobs[i].run(job, err);
    return fail(err, RC_FAULT, "control job of unknown kind %u", (unsigned)job->lease->kind);
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
