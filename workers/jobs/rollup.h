// SPDX-License-Identifier: AGPL-3.0-or-later
/* The clock of the rollups: which villages have not published for too long, and asking one to. */
#ifndef BALAI_JOBS_ROLLUP_H
#define BALAI_JOBS_ROLLUP_H

#include "workers/jobs/jobs.h"

/* Codes of serving villages that never published, or last before this moment. */
enum rc rollup_stale_villages(struct control_db *control, utc_us before, struct str **codes_out, size_t *n_out, struct err *err) MUST_USE;
/* Puts JOB_PUBLISH_ROLLUP unless it waits already. */
enum rc rollup_ask(struct village_db *db, struct err *err) MUST_USE;

#endif
