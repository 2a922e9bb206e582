// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The one-time set-up link of a new village: whoever holds it may make the
 * village's first account at https://SLUG.BASE/pasang/TOKEN. The token is 32
 * random bytes in base64url (43 characters); only its SHA-256 is kept, in the
 * control row. It is good for 14 days, once; a new link ends the old one.
 *
 * The head's link, …/pasang/kades/TOKEN, is one too: for the head's own account,
 * new or with a new password, which nobody of the office but the head may make.
 * Its hash is of "kades|TOKEN", so neither kind opens the other's page.
 */
#ifndef BALAI_SETUP_H
#define BALAI_SETUP_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/store/store.h"

enum { SETUP_DAYS = 14 };

enum setup_kind { SETUP_VILLAGE = 1, SETUP_HEAD };

/* A fresh token for a village that is ready and not closed; else RC_CONFLICT. */
enum rc setup_token_new(struct control_txn *txn, struct str code, enum setup_kind kind, utc_us now, struct str *token_out,
                        struct err *err) MUST_USE;
/* "http://sampano.localhost:8080/pasang/TOKEN" */
struct str setup_link(struct arena *arena, struct str scheme, struct str slug, struct str base_host, struct str token);

#endif
