// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What the village's staff may do: roles, each a name and a set of permissions, as rows of the village. A new village has the usual
 * ones; it may change what they hold and add its own.
 *
 * Invariants: nobody but the head gives a permission that he does not hold, or changes a role that holds one; the role of the head keeps
 * the right to set the village, and only a head changes it or opens an account of it; of those who may set the village one active
 * account is always left. What a permission needs is given along with it. A role that no account has can be removed, except those the
 * house itself speaks of. A change counts from the next request on.
 */
#ifndef BALAI_ROLES_H
#define BALAI_ROLES_H

#include "server/web/village.h"
#include "server/web/web.h"

struct village_role {
    uint64_t id;
    struct str word, label;
    uint64_t may;
    uint32_t staff; /* active accounts of it */
    bool is_builtin;
};
struct village_roles {
    struct village_role *p;
    size_t n;
};
/* All roles, the usual ones first, in the database's arena. */
enum rc roles_all(struct village_db *db, struct village_roles *out, struct err *err) MUST_USE;

/* Whether this person may give that role `may`, and open accounts of it, or wake them, or give them a new password. */
bool role_is_open(const struct request *req, struct str word, uint64_t may);

extern const struct route roles_routes[];

#endif
