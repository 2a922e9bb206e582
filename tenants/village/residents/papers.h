// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A person's photo and papers. A photo is uploaded as it is and made small by
 * the worker (JOB_MAKE_PHOTO); the upload, with all a camera wrote into it, is
 * dropped then. A paper is kept as it came, handed out as a download only, and
 * when it is taken away stays on the books: who, when, why. At most 20 a person.
 */
#ifndef BALAI_PAPERS_H
#define BALAI_PAPERS_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/store/store.h"

enum { JOB_MAKE_PHOTO = 8 }; /* in the outbox */

/* JOB_MAKE_PHOTO of a resident: what waits becomes the photo, or the reason why not. May run again. */
enum rc resident_photo_make(struct village_db *db, uint64_t resident_id, utc_us now, struct err *err) MUST_USE;

#endif
