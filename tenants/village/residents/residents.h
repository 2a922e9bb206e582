// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Residents: everyone the village keeps on its books. Invariant: a NIK stands
 * once in a village; every look at a person's detail is a row of the read log;
 * every change bumps registry_lock.version, so a checked import notices.
 * This door: the read log. Writing many rows is registry.h, finding people is roster/roster.h.
 */
#ifndef BALAI_RESIDENTS_H
#define BALAI_RESIDENTS_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/store/store.h"
#include "server/web/web.h"
#include "tenants/village/residents/residents_sql.h"

/* Why somebody was taken out of the books (resident.out_why): not of the village or nobody at all; written down twice. */
enum out_why { OUT_WRONG = 1, OUT_TWICE };

/*
 * Writes down that this request's person looks at a resident; before anything
 * is shown. `what`: a word of the room's `.looks` (struct feature).
 */
enum rc resident_look(struct request *req, struct village_db *db, uint64_t resident_id, const char *what, struct err *err) MUST_USE;
/*
 * The same for a page or picture that belongs to one which was written down (what a form says when it is sent, the paper beside it):
 * nothing when the same look is younger than LOOK_LASTS. Whoever asks for it alone is written down, too.
 */
#define LOOK_LASTS (900 * US_PER_S)
enum rc resident_look_on(struct request *req, struct village_db *db, uint64_t resident_id, const char *what, struct err *err) MUST_USE;
/* Either of them (`is_on`: the second) of whom a letter names, in that letter. resident_id 0: of the letter, which is about nobody;
 * letter_id 0: it is none yet. */
enum rc resident_look_in(struct request *req, struct village_db *db, uint64_t letter_id, uint64_t resident_id, const char *what, bool is_on,
                         struct err *err) MUST_USE;

#endif
