// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Every fallible call returns an enum rc and, when it is not RC_OK, has
 * written a struct err: the code, one English line for the log (no NIK, no
 * secret), and where it was raised. One table says what each code means to a
 * browser, to the log and to a job that might try again.
 */
#ifndef BALAI_ERR_H
#define BALAI_ERR_H

#include "server/base/base.h"

/* name, HTTP status, log level, a later try may succeed */
#define RC_TABLE(X)                                                                                           \
    X(OK, 200, LOG_DEBUG, false)                                                                              \
    X(INVALID, 422, LOG_INFO, false)     /* what a person or file sent is wrong */                            \
    X(BAD_REQUEST, 400, LOG_INFO, false) /* not a request our own pages make */                               \
    X(SIGN_IN, 401, LOG_INFO, false)     /* nobody is signed in */                                            \
    X(FORBIDDEN, 403, LOG_NOTICE, false)                                                                      \
    X(NOT_FOUND, 404, LOG_INFO, false)                                                                        \
    X(WRONG_METHOD, 405, LOG_INFO, false)                                                                     \
    X(CONFLICT, 409, LOG_INFO, false)  /* another change came first */                                        \
    X(DUPLICATE, 409, LOG_INFO, false) /* a unique key refused the row */                                     \
    X(TOO_LARGE, 413, LOG_INFO, false)                                                                        \
    X(MISDIRECTED, 421, LOG_INFO, false) /* no village has this host */                                       \
    X(LIMITED, 429, LOG_NOTICE, true)                                                                         \
    X(READ_ONLY, 503, LOG_INFO, true) /* the village may be read, not written */                              \
    X(SUSPENDED, 503, LOG_INFO, true)                                                                         \
    X(PREPARING, 503, LOG_INFO, true)    /* the village is being made */                                      \
    X(BUSY, 503, LOG_WARNING, true)      /* no connection, slot or time left */                               \
    X(UNAVAILABLE, 503, LOG_ERROR, true) /* database or other service away */                                 \
    X(FULL, 507, LOG_ERROR, true)        /* the database's disk is full, or nearly, and it takes no writes */ \
    X(UNSURE, 503, LOG_ERROR, true)      /* a COMMIT whose answer was lost: never success, never failure */   \
    X(TIMEOUT, 503, LOG_WARNING, true)                                                                        \
    X(CANCELLED, 503, LOG_INFO, true)  /* the client left or the process drains */                            \
    X(AGAIN, 503, LOG_WARNING, true)   /* deadlock or snapshot conflict: txn_run repeats */                   \
    X(FENCED, 409, LOG_WARNING, false) /* the lease went to another worker */                                 \
    X(FAULT, 500, LOG_ERROR, false)    /* ours */

enum rc {
#define X(name, http, level, retry) RC_##name,
    RC_TABLE(X)
#undef X
};

struct err {
    enum rc rc;
    int line;
    const char *file;
    char text[400];
};

/* Fills *err (may be NULL) and returns rc, so that `return fail(…)` reads as it acts. */
#undef fail /* cmocka's, which tests include first */
#define fail(err, rc, ...) fail_at((err), (rc), __FILE__, __LINE__, __VA_ARGS__)
enum rc fail_at(struct err *err, enum rc rc, const char *file, int line, const char *format, ...) PRINTF(5, 6) MUST_USE;

#define TRY(call)                 \
    do {                          \
        enum rc try_rc_ = (call); \
        if (try_rc_ != RC_OK)     \
            return try_rc_;       \
    } while (0)

const char *rc_name(enum rc rc);
int rc_http(enum rc rc);
int rc_log_level(enum rc rc);
bool rc_may_retry(enum rc rc);

#endif
