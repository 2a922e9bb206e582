// SPDX-License-Identifier: AGPL-3.0-or-later
/* Decisions about roles, without I/O. */
#ifndef BALAI_ROLES_RULES_H
#define BALAI_ROLES_RULES_H

#include "server/web/permission.h"

/*
 * Whether somebody of the role `mine` who holds `held` may give that role `may`, change it when it holds that, or open accounts of it:
 * the head all of the village, others what they hold themselves.
 */
bool role_may_open(struct str word, uint64_t may, struct str mine, uint64_t held);
/* Why a role may not become so, in words for people; NULL: it may. `setters`: active accounts that may set the village, after it. */
const char *role_change_fault(struct str word, uint64_t after, uint64_t setters);

#endif
