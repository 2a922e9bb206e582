// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Who works in the village hall: the one-time set-up link, the village's
 * identity on letterheads, its head, and the accounts of its staff. Invariant:
 * an account is made only with a password its owner chose or was handed once;
 * there are no default accounts. A set-up link works once, for its village.
 */
#ifndef BALAI_STAFF_H
#define BALAI_STAFF_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/store/store.h"
#include "server/web/permission.h"
#include "server/web/forms.h"
#include "server/web/web.h"

struct staff_new {
    struct str username, name, position;
    struct str role;          /* a word of the table `role` */
    struct str password_hash; /* password_hash of server/web/password.h */
};
/* RC_DUPLICATE when the user name is taken; RC_NOT_FOUND when the village has no such role. */
enum rc staff_add(struct txn *txn, const struct staff_new *staff, uint64_t *id_out, struct err *err) MUST_USE;

/* The person who signs: makes or replaces the active head. */
enum rc official_set_head(struct txn *txn, struct str name, struct str position, struct str nip, struct err *err) MUST_USE;

/* What a new village does next. Nothing without steps: all are done, they were put away, or it is nobody's business who asks. */
struct first_step {
    struct str title, note, href, button; /* href empty: somebody outside the village does it */
    bool is_done;
};
struct first_steps_view {
    struct str village;
    struct form_guard guard;
    size_t done;
    bool is_put_away; /* though some are left: they can be shown again */
    struct {
        struct first_step *p;
        size_t n;
    } steps;
};
enum rc first_steps_read(struct request *req, bool has_approver, struct first_steps_view *out, struct err *err) MUST_USE;

extern const struct route staff_routes[];

#endif
