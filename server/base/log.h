// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The structured log: one line an event on standard error, `key=value` pairs,
 * values quoted and control characters escaped, so that no input can forge a
 * line. The context (village, request, route) belongs to the running fiber:
 * server/loop swaps it at every switch. Never log a NIK, a name or a secret.
 */
#ifndef BALAI_LOG_H
#define BALAI_LOG_H

#include "server/base/base.h"

enum { LOG_ERROR = 1, LOG_WARNING, LOG_NOTICE, LOG_INFO, LOG_DEBUG };

struct log_context {
    char village[16];  /* 10-digit village code, or "" */
    char request[24];  /* request or job id, or "" */
    const char *route; /* the route's pattern, never the path; or NULL */
};

/* Nothing above this level is written; LOG_INFO at start. Set once, by main. */
void log_set_level(int level);

/* The context of what runs now; never NULL. Returns the one before. */
struct log_context *log_swap(struct log_context *context);
struct log_context *log_current(void);

/* One line: time, level, event, context, then `text="…"` from the format. */
void log_event(int level, const char *event, const char *format, ...) PRINTF(3, 4);

/* The line for a failure: level by its rc, with rc, place and text. */
struct err;
void log_err(const char *event, const struct err *err);

#endif
