// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The crest on a village's letterheads and, small, at the head of its pages. It
 * is uploaded as it is and made into two JPEGs on white by the worker
 * (JOB_MAKE_CREST); until then the one before it is printed and shown. A letter
 * keeps the crest it was issued with, so files of crests stay; pages find the
 * present one only, under its hash.
 */
#ifndef BALAI_CREST_H
#define BALAI_CREST_H

#include "server/base/base.h"
#include "server/store/store.h"

enum { JOB_MAKE_CREST = 9 }; /* in the outbox */

/* What waits becomes the crest, or the reason why not. May run again. */
enum rc village_crest_make(struct village_db *db, utc_us now, struct err *err) MUST_USE;

#endif
