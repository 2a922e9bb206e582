// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/err.h"

#include <stdarg.h>
#include <stdio.h>

#include "server/base/log.h"

static const struct {
    const char *name;
    int http, level;
    bool may_retry;
} table[] = {
#define X(name, http, level, retry) {#name, http, level, retry},
    RC_TABLE(X)
#undef X
};

enum rc fail_at(struct err *err, enum rc rc, const char *file, int line, const char *format, ...)
{
    va_list args;

    if (err == NULL)
        return rc;
    err->rc = rc;
    err->file = file;
    err->line = line;
    va_start(args, format);
    vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    return rc;
}

const char *rc_name(enum rc rc)
{
    return (size_t)rc < COUNT_OF(table) ? table[rc].name : "?";
}

int rc_http(enum rc rc)
{
    return (size_t)rc < COUNT_OF(table) ? table[rc].http : 500;
}

int rc_log_level(enum rc rc)
{
    return (size_t)rc < COUNT_OF(table) ? table[rc].level : LOG_ERROR;
}

bool rc_may_retry(enum rc rc)
{
    return (size_t)rc < COUNT_OF(table) && table[rc].may_retry;
}
