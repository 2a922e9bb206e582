// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: sessions as rows of the village's (or control) schema, known by the SHA-256 of a random cookie. */
#ifndef BALAI_WEB_SESSION_H
#define BALAI_WEB_SESSION_H

#include "server/web/request.h"

enum { SESSION_IDLE_S = 30 * 60, SESSION_MOST_S = 12 * 3600, SESSION_SEEN_S = 60, SESSION_AHEAD_S = 300, SESSION_SIGNS = 43 };

/* A new token and its set-cookie value. */
struct str session_new_token(struct request *req, unsigned char hash_out[HASH_BYTES]);
/*
 * In an act, under the audit lock: the person is still signed in and still may do this. Whoever switches an account off or changes a role
 * holds the same lock, so what was sent before and comes after it is refused. RC_SIGN_IN, RC_FORBIDDEN.
 */
enum rc session_still_may(struct txn *txn, struct request *req, struct err *err) MUST_USE;
enum rc console_session_still_may(struct control_txn *txn, struct request *req, struct err *err) MUST_USE;
/* Ends the session of the cookie that came, if any; and makes the browser forget it. */
enum rc session_end(struct request *req, struct err *err) MUST_USE;

#endif
