// SPDX-License-Identifier: AGPL-3.0-or-later
/* What people write beside rows, one table for all registers. Never changed, never deleted. */
#ifndef BALAI_REGISTER_NOTE_H
#define BALAI_REGISTER_NOTE_H

#include "server/register/kept.h"

enum { NOTES_EVER = 100 }; /* of one row: all are shown */

/* Who and when are the request's. RC_LIMITED when there are NOTES_EVER. */
enum rc note_put(struct txn *txn, const struct request *req, const char *owner, uint64_t owner_id, struct str text,
                 struct err *err) MUST_USE;
enum rc notes_show(struct request *req, struct village_db *db, const char *owner, uint64_t owner_id, struct notes_view *out,
                   struct err *err) MUST_USE;

#endif
