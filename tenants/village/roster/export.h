// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Files of the registry for who asks: the list as it is shown, in the columns
 * of the exchange format (so that it can be imported again), and the faults of
 * an import. Asking writes a row, its audit row and a job; the worker makes the
 * file while memory stays flat (a CSV is held whole); only who asked may fetch
 * it, each fetching is an audit row, and after a day it is refused and, a day
 * later, deleted. A person has at most EXPORT_WAITING_MAX being made.
 */
#ifndef BALAI_EXPORT_H
#define BALAI_EXPORT_H

#include "server/web/village.h"

enum { EXPORT_ROWS_MAX = 60000, EXPORT_VALID_S = 24 * 3600, EXPORT_WAITING_MAX = 3 };

enum { JOB_EXPORT = 6 }; /* in the outbox */

/* The work of JOB_EXPORT; the subject is the asked-for file. Runs again without harm. */
struct export_job {
    uint64_t id;
    utc_us now;
    enum zone zone; /* of the village: ages are those of the day it was asked for */
};
enum rc export_make(struct village_db *db, const struct export_job *job, struct err *err) MUST_USE;
/* Deletes what nobody is given any more, and what was searched for; each hour. */
enum rc export_tidy(struct village_db *db, utc_us now, struct err *err) MUST_USE;

/*
 * Inside an act: the row, its job and its audit row; go_to_out is the page that waits for it. `detail` is audited: neither names
 * nor NIKs. RC_LIMITED when the person has enough being made: export_act answers that with a page that says so.
 */
struct export_order {
    const char *kind, *format;
    struct str criteria, detail; /* JSON */
};
enum rc export_order(struct request *req, struct txn *txn, const struct export_order *order, struct str *go_to_out,
                     struct err *err) MUST_USE;
/* village_act for a body that ends in export_order. */
enum rc export_act(struct request *req, struct response *resp, village_act_fn *body, void *ctx, struct err *err) MUST_USE;

#endif
