// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: accounts, attempts and sessions of signing in, the same for villages and consoles. */
#ifndef BALAI_SIGN_IN_H
#define BALAI_SIGN_IN_H

#include "server/web/forms.h"
#include "server/web/request.h"
#include "server/web/sign_in_rules.h"

struct account {
    uint64_t id;
    struct str username, name, role, password_hash;
    uint32_t role_version;
};

/* password_hash STR_NONE and id 0 when there is no such account. */
enum rc account_find(struct request *req, struct str username, struct account *out, struct err *err) MUST_USE;
/* Counts one more try; false when the account's name is locked. */
enum rc attempt_begin(struct request *req, struct str key_hash, bool *may_try_out, struct err *err) MUST_USE;
/* The right password: attempts forgotten, session and audit rows written, in one transaction. */
enum rc account_enter(struct request *req, const struct account *account, struct str key_hash, struct err *err) MUST_USE;
/*
 * A device that signed in to this account before carries a sealed cookie of it, for half a year. Its tries are counted by
 * themselves: strangers who use up the name's tries keep nobody out of a device he works with, and it opens nothing by itself.
 */
enum rc device_known(struct request *req, uint64_t account_id, struct str *device_out, struct err *err) MUST_USE;
void device_remember(struct request *req, uint64_t account_id);
/* Drops what has expired in the consoles' schema; failures are only logged. A village's worker does it each hour. */
void sign_in_tidy(struct request *req);

struct sign_in_view {
    struct form form;
    struct button_view button;
    struct str intro, help;
    bool is_again, is_kept; /* the session ended at a press; what was sent is kept */
};
/* Signed in again: what was sent, as it is seen before it goes on where it was meant to go. */
struct sent_facts {
    struct sent_fact {
        struct str label, value;
    } * p;
    size_t n;
};
struct go_on_view {
    struct str action, home;
    struct sent_facts facts;
    unsigned more; /* what is sent besides, not said by name */
    struct form_guard guard;
    struct carrieds fields;
    struct button_view button;
};

#endif
