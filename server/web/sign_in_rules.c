// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/sign_in_rules.h"

enum { FORGET_S = 24 * 3600, MOST_PATH = 300 };

struct attempts attempts_next(struct attempts before, utc_us now, bool *may_try_out)
{
    struct attempts next = before;

    *may_try_out = before.locked_until <= now;
    if (!*may_try_out)
        return next;
    if (now - before.last_at >= FORGET_S * US_PER_S)
        next.failures = 0;
    next.failures++;
    next.last_at = now;
    next.locked_until = 0;
    if (next.failures >= LOCK_NEXT_FAILURES)
        next.locked_until = now + LOCK_NEXT_S * US_PER_S;
    else if (next.failures == LOCK_FIRST_FAILURES)
        next.locked_until = now + LOCK_FIRST_S * US_PER_S;
    return next;
}

bool is_local_path(struct str path)
{
    return path.n <= MOST_PATH && is_site_path(path);
}

bool is_site_path(struct str path)
{
    if (path.n == 0 || path.p[0] != '/')
        return false;
    if (path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\'))
        return false;
    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] <= 0x20 || path.p[i] >= 0x7f || path.p[i] == '\\')
            return false;
    return true;
}
