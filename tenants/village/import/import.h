// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The registry from a spreadsheet, in the 43 columns villages exchange.
 *
 * A file is stored, checked in the background (a dry run that changes nothing:
 * counts, and every fault of every row), looked at by a person, and confirmed.
 * The confirmation reads the same file again against the registry as it then
 * is, under registry_lock; when its result differs from what was looked at,
 * nothing is written and the new result is shown. Otherwise everything is
 * written in one transaction. The same file again changes nothing.
 * Who stands here without a name or a NIK and comes with both is asked about ("Orang yang sama?", import_same.h), never entered twice.
 * A file changes nobody's basic status: that somebody died, left or came back is an event, with a day that no file says; the result tells
 * whose differs. Who was no valid resident comes again as if new.
 *
 * The registry plans and writes the rows (residents/registry_rows.h, registry_store.h); this room reads the workbook.
 */
#ifndef BALAI_IMPORT_H
#define BALAI_IMPORT_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/store/store.h"
#include "server/register/book.h"
#include "server/web/web.h"

/* What a worker remembers of the last dry run, so that its confirmation need not read the workbook again; freed with the arena. */
struct import_memory;
struct import_memory *import_memory_new(struct arena *arena);
/* Forgets what is older than ten minutes. */
void import_memory_tidy(struct import_memory *memory, utc_us now);

/* The worker has it, or had it when it stopped for good. */
static inline bool import_is_busy(struct str state)
{
    return str_is(state, "checking") || str_is(state, "committing");
}

enum { JOB_CHECK_IMPORT = 4, JOB_COMMIT_IMPORT = 5 }; /* in the outbox */

/* The jobs of the worker: JOB_CHECK_IMPORT and JOB_COMMIT_IMPORT for the batch. `today` in the village's zone. */
struct import_job {
    uint64_t batch_id;
    struct str village_code;
    utc_us now;
    struct date today;
    struct import_memory *memory; /* may be NULL */
};
/*
 * The hourly sweep: nobody came back to a checked file within 30 days, or its work stopped for good and it is 7 days old, so it is
 * cancelled; the files of batches that are over, and what was refused in those that did not become the registry, go 7 days after the
 * upload.
 */
enum { IMPORT_KEPT_DAYS = 7 };
enum rc import_tidy(struct village_db *db, utc_us now, struct err *err) MUST_USE;
enum rc import_check(struct village_db *db, const struct import_job *job, struct err *err) MUST_USE;
enum rc import_commit(struct village_db *db, const struct import_job *job, struct err *err) MUST_USE;

extern const struct route import_routes[];
extern const struct book import_faults_book;

#endif
