// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: the decisions of signing in, without I/O. */
#ifndef BALAI_SIGN_IN_RULES_H
#define BALAI_SIGN_IN_RULES_H

#include "server/base/base.h"
#include "server/base/clock.h"

enum { LOCK_FIRST_FAILURES = 5, LOCK_FIRST_S = 15 * 60, LOCK_NEXT_FAILURES = 10, LOCK_NEXT_S = 24 * 3600 };

struct attempts {
    uint32_t failures;
    utc_us last_at, locked_until; /* 0: not locked */
};

/*
 * What the row becomes when one more try begins: it is counted as wrong before
 * the password is looked at, so that many tries at once gain nothing; a right
 * password drops the row. *may_try_out false: locked, nothing changes.
 */
struct attempts attempts_next(struct attempts before, utc_us now, bool *may_try_out);

/* A path of this site, of any length: where we send a browser ourselves. */
bool is_site_path(struct str path);
/* A path of this site and nothing else: one '/', not '//' nor '/\', no control or non-ASCII bytes, at most 300. */
bool is_local_path(struct str path);

#endif
