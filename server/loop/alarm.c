// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Alarms of waiting fibers: a binary heap and one timer for its top. The timer
 * is left alone when an alarm goes (most waits end long before theirs): firing
 * for nothing once costs less than arming at every wait.
 */
#include "server/loop/loop_parts.h"

#include "server/base/clock.h"

static void place(struct loop *loop, size_t at, struct fiber *fiber)
{
    loop->alarms[at] = fiber;
    fiber->alarm_at = at + 1;
}

static void sift_up(struct loop *loop, size_t at, struct fiber *fiber)
{
    while (at > 0 && loop->alarms[(at - 1) / 2]->alarm_ms > fiber->alarm_ms) {
        place(loop, at, loop->alarms[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(loop, at, fiber);
}

static void sift_down(struct loop *loop, size_t at, struct fiber *fiber)
{
    for (;;) {
        size_t child = 2 * at + 1;

        if (child + 1 < loop->alarms_n && loop->alarms[child + 1]->alarm_ms < loop->alarms[child]->alarm_ms)
            child++;
        if (child >= loop->alarms_n || loop->alarms[child]->alarm_ms >= fiber->alarm_ms)
            break;
        place(loop, at, loop->alarms[child]);
        at = child;
    }
    place(loop, at, fiber);
}

static void arm(struct loop *loop)
{
    uint64_t now = clock_mono_ms(), at;

    if (loop->alarms_n == 0)
        return;
    at = loop->alarms[0]->alarm_ms;
    if (loop->timer_at_ms != 0 && loop->timer_at_ms <= at)
        return;
    loop->timer_at_ms = at;
    uv_update_time(&loop->uv);
    uv_timer_start(&loop->timer, alarm_fired, at > now ? at - now : 1, 0);
}

void alarm_set(struct fiber *fiber)
{
    struct loop *loop = fiber->loop;
    uint64_t at = fiber->wait_until_ms;

    if (fiber->deadline_ms != 0 && (at == 0 || fiber->deadline_ms < at))
        at = fiber->deadline_ms;
    alarm_clear(fiber);
    fiber->alarm_ms = at;
    if (at == 0)
        return;
    if (loop->alarms_n == loop->alarms_room) {
        loop->alarms_room = loop->alarms_room > 0 ? 2 * loop->alarms_room : 64;
        loop->alarms = loop_realloc(loop->alarms, loop->alarms_room * sizeof(struct fiber *));
    }
    sift_up(loop, loop->alarms_n++, fiber);
    arm(loop);
}

void alarm_clear(struct fiber *fiber)
{
    struct loop *loop = fiber->loop;
    size_t at = fiber->alarm_at;
    struct fiber *last;

    if (at == 0)
        return;
    fiber->alarm_at = 0;
    last = loop->alarms[--loop->alarms_n];
    if (last == fiber)
        return;
    sift_down(loop, at - 1, last);
    sift_up(loop, last->alarm_at - 1, last);
}

void alarm_fired(uv_timer_t *timer)
{
    struct loop *loop = timer->data;
    uint64_t now = clock_mono_ms();

    loop->timer_at_ms = 0;
    while (loop->alarms_n > 0 && loop->alarms[0]->alarm_ms <= now)
        fiber_wake(loop->alarms[0], RC_TIMEOUT);
    arm(loop);
}
