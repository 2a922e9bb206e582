// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The kinds of work and who does them: one file a kind, listed in jobs.c. A
 * job's function may run more than once for one job (at least once), also after
 * its effect was committed; it guards the effect itself. It returns RC_OK when
 * the work is done; an rc that may be tried again (err.h) is, after a back-off;
 * any other buries the job for staff to see. err.text is what they read of it in the
 * log's language, so it carries no personal data. The fiber's deadline ends
 * before the lease does.
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
#include "workers/queue/lease.h"

/* What every job has, for the worker's life. */
struct job_house {
    const struct config *config;
    const unsigned char *master_key; /* KEY_BYTES */
    struct directory *directory;
    struct store *store; /* of the worker's loop */
    struct str origin;   /* of the platform, https?://BASE: QR links */
    struct import_memory *imports;
    struct post *post; /* mail; NULL: none is sent */
};

struct job {
    const struct job_house *house;
    struct arena *arena; /* of this one job */
    struct village_db *db;
    struct control_db *control;
    const struct village *village;
    struct lease *lease;
    utc_us now;
};

struct control_job {
    const struct job_house *house;
    struct arena *arena;
    struct control_db *control;
    const struct control_lease *lease;
    utc_us now;
};

/* Does a job by its kind; RC_FAULT for a kind this program does not know. */
enum rc job_run(const struct job *job, struct err *err) MUST_USE;
enum rc control_job_run(const struct control_job *job, struct err *err) MUST_USE;
const char *job_kind_name(enum job_kind kind); /* "RENDER_LETTER", for the log */
const char *control_job_kind_name(enum control_job_kind kind);

/* The hour's tidying, part of the rollup. */
enum rc tidy_village(const struct job *job, struct err *err) MUST_USE;

/* One file each. */
enum rc job_render_letter(const struct job *job, struct err *err) MUST_USE;
enum rc job_publish_rollup(const struct job *job, struct err *err) MUST_USE;
enum rc job_spread_epoch(const struct job *job, struct err *err) MUST_USE;
enum rc job_check_import(const struct job *job, struct err *err) MUST_USE;
enum rc job_commit_import(const struct job *job, struct err *err) MUST_USE;
enum rc job_export(const struct job *job, struct err *err) MUST_USE;
enum rc job_notice(const struct job *job, struct err *err) MUST_USE;
enum rc job_make_photo(const struct job *job, struct err *err) MUST_USE;
enum rc job_make_crest(const struct job *job, struct err *err) MUST_USE;
enum rc control_job_provision(const struct control_job *job, struct err *err) MUST_USE;

#endif
