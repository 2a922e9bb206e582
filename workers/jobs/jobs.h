// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Who does the work: the features' own functions, found by kind in one table; and what belongs to no feature, the figures of the
 * village, the epoch of its pages, the hour's tidying. What a job is, and what its function must keep to: workers/queue/job.h.
 */
#ifndef BALAI_JOBS_H
#define BALAI_JOBS_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/base/config.h"
#include "server/base/random.h"
#include "server/outbound/mail.h"
#include "server/store/store.h"
#include "tenants/directory/directory.h"
#include "workers/queue/job.h"

struct feature;

/* The table of all kinds of work, with the features' memories made in the arena. `list` ends with NULL. */
struct job_table *job_table_new(struct arena *arena, const struct feature *const *list) MUST_USE;
/* Does a job by its kind; RC_FAULT for a kind no feature has. */
enum rc job_run(const struct job_table *jobs, struct job *job, struct err *err) MUST_USE;
const char *job_kind_name(const struct job_table *jobs, uint16_t kind); /* "RENDER_LETTER", for the log */
/* Lets the features' memories forget what is old. */
void job_table_tidy(const struct job_table *jobs, const struct feature *const *list, utc_us now);

struct control_job {
    const struct job_house *house;
    struct arena *arena;
    struct control_db *control;
    const struct control_lease *lease;
    utc_us now;
};
/* Does a job of the control schema by its kind; RC_FAULT for a kind this program does not know. */
enum rc control_job_run(const struct control_job *job, struct err *err) MUST_USE;
const char *control_job_kind_name(enum control_job_kind kind);

/* The hour's tidying, part of the rollup: each feature's own. */
enum rc tidy_village(const struct job *job, struct err *err) MUST_USE;

/* One file each. */
enum rc job_publish_rollup(const struct job *job, struct err *err) MUST_USE;
enum rc job_spread_epoch(const struct job *job, struct err *err) MUST_USE;
enum rc control_job_provision(const struct control_job *job, struct err *err) MUST_USE;

#endif
