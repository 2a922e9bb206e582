// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "server/base/err.h"

static int max_level = LOG_INFO;
static _Thread_local struct log_context nobody;
static _Thread_local struct log_context *current;

void log_set_level(int level)
{
    max_level = level;
}

struct log_context *log_current(void)
{
    return current != NULL ? current : &nobody;
}

struct log_context *log_swap(struct log_context *context)
{
    struct log_context *before = log_current();

    current = context;
    return before;
}

static size_t put_escaped(char *to, size_t room, const char *text)
{
    size_t n = 0;

    for (; *text != '\0' && n + 5 < room; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '"' || c == '\\') {
            to[n++] = '\\';
            to[n++] = (char)c;
        } else if (c < 0x20 || c == 0x7f) {
            n += (size_t)snprintf(to + n, room - n, "\\x%02x", c);
        } else {
            to[n++] = (char)c;
        }
    }
    to[n] = '\0';
    return n;
}

static void write_line(int level, const char *event, const char *text)
{
    static const char *const names[] = {"?", "error", "warning", "notice", "info", "debug"};
    const struct log_context *ctx = log_current();
    struct timespec now;
    struct tm tm;
    char line[2048];
    size_t n;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &tm);
    n = strftime(line, sizeof(line), "%Y-%m-%dT%H:%M:%S", &tm);
    n += (size_t)snprintf(line + n, sizeof(line) - n, ".%03ldZ level=%s event=%.100s", now.tv_nsec / 1000000,
                          names[level >= LOG_ERROR && level <= LOG_DEBUG ? level : 0], event);
    if (ctx->village[0] != '\0')
        n += (size_t)snprintf(line + n, sizeof(line) - n, " village=%.15s", ctx->village);
    if (ctx->request[0] != '\0')
        n += (size_t)snprintf(line + n, sizeof(line) - n, " request=%.23s", ctx->request);
    if (ctx->route != NULL)
        n += (size_t)snprintf(line + n, sizeof(line) - n, " route=%.200s", ctx->route);
    if (text[0] != '\0') {
        n += (size_t)snprintf(line + n, sizeof(line) - n, " text=\"");
        n += put_escaped(line + n, sizeof(line) - n - 2, text);
        line[n++] = '"';
    }
    line[n++] = '\n';
    if (write(STDERR_FILENO, line, n) < 0)
        return; /* a full or closed log must never stop the work */
}

void log_event(int level, const char *event, const char *format, ...)
{
    char text[1024];
    va_list args;

    if (level > max_level)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    write_line(level, event, text);
}

void log_err(const char *event, const struct err *err)
{
    log_event(rc_log_level(err->rc), event, "%s at %s:%d: %s", rc_name(err->rc), err->file != NULL ? err->file : "?", err->line, err->text);
}
