// SPDX-License-Identifier: AGPL-3.0-or-later
/* Decisions about roles, without I/O. */
#ifndef BALAI_ROLES_RULES_H
#define BALAI_ROLES_RULES_H

#include "server/web/permission.h"

/* What a role holds after a form: what this person holds follows the form, everything else stays as it was. */
uint64_t role_after(uint64_t before, uint64_t asked, uint64_t held);
/* Whether an account of a role may be opened by somebody of the role `mine` who holds `held`: the head opens all, others what they hold. */
bool role_may_open(struct str word, uint64_t may, struct str mine, uint64_t held);
/* Why a role may not become so, in words for people; NULL: it may. `setters`: active accounts that may set the village, after it. */
const char *role_change_fault(struct str word, uint64_t after, uint64_t setters);

#endif
