// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/loop/loop_parts.h"

#include <stdlib.h>

#include "server/base/clock.h"

enum { SPARE_STACKS = 128 }; /* kept for the next fibers; more go back to the system */

/* Which fiber starts: makecontext takes no pointers. */
static _Thread_local struct fiber *starting;

/* A stack's whole life: one fiber after another. */
static void fiber_main(void)
{
    struct fiber *fiber = starting;

    context_entered(fiber->back);
    for (;;) {
        fiber->fn(fiber->arg);
        fiber->state = FIBER_ENDED;
        context_switch(&fiber->context, fiber->back);
    }
}

static struct fiber *fiber_take(struct loop *loop)
{
    struct fiber *fiber = loop->spare;

    if (fiber != NULL) {
        loop->spare = fiber->next;
        loop->spare_n--;
        memset((char *)fiber + offsetof(struct fiber, back), 0, sizeof(*fiber) - offsetof(struct fiber, back));
    } else {
        fiber = loop_alloc(sizeof(*fiber));
        memset(fiber, 0, sizeof(*fiber));
        context_map(&fiber->context, fiber_main);
    }
    fiber->loop = loop;
    fiber->fd = -1;
    fiber->log_now = &fiber->log;
    return fiber;
}

static void fiber_free(struct fiber *fiber)
{
    context_unmap(&fiber->context);
    free(fiber);
}

static void fiber_end(struct fiber *fiber)
{
    struct loop *loop = fiber->loop;

    if (--loop->fibers == 0)
        uv_unref((uv_handle_t *)&loop->async);
    if (loop->spare_n == SPARE_STACKS) {
        fiber_free(fiber);
        return;
    }
    fiber->next = loop->spare;
    loop->spare = fiber;
    loop->spare_n++;
}

void fibers_free_spare(struct loop *loop)
{
    while (loop->spare != NULL) {
        struct fiber *fiber = loop->spare;

        loop->spare = fiber->next;
        fiber_free(fiber);
    }
    loop->spare_n = 0;
}

/* Runs the fiber until it waits or ends. Called by the loop, or by the fiber that spawns it. */
static void fiber_resume(struct fiber *fiber)
{
    struct loop *loop = fiber->loop;
    struct log_context *log;

    fiber->spawner = loop->running;
    fiber->back = loop->running != NULL ? &loop->running->context : &loop->context;
    fiber->state = FIBER_RUNNING;
    loop->running = fiber;
    log = log_swap(fiber->log_now);
    context_switch(fiber->back, &fiber->context);
    fiber->log_now = log_swap(log);
    loop->running = fiber->spawner;
    if (fiber->state == FIBER_ENDED)
        fiber_end(fiber);
}

struct fiber *fiber_spawn(struct loop *loop, void (*fn)(void *arg), void *arg)
{
    struct fiber *fiber = fiber_take(loop);

    fiber->fn = fn;
    fiber->arg = arg;
    if (loop->fibers++ == 0)
        uv_ref((uv_handle_t *)&loop->async);
    starting = fiber;
    fiber_resume(fiber);
    return fiber;
}

struct fiber *fiber_current(void)
{
    struct loop *loop = loop_current();

    return loop != NULL ? loop->running : NULL;
}

static void make_ready(struct fiber *fiber)
{
    struct loop *loop = fiber->loop;

    fiber->state = FIBER_READY;
    fiber->next = NULL;
    fiber->prev = NULL;
    if (loop->ready_last != NULL)
        loop->ready_last->next = fiber;
    else
        loop->ready_first = fiber;
    loop->ready_last = fiber;
}

/* The poll of this turn must not block: a fiber is ready to run. */
static void keep_turning(uv_idle_t *idle)
{
    (void)idle;
}

static void set_idle(struct loop *loop)
{
    if (loop->ready_first != NULL)
        uv_idle_start(&loop->idle, keep_turning);
    else
        uv_idle_stop(&loop->idle);
}

/* Fibers woken while others run wait for the loop's next turn, so that sockets are polled in between. */
void fiber_run_ready(struct loop *loop)
{
    struct fiber *fiber = loop->ready_first, *next;

    loop->ready_first = loop->ready_last = NULL;
    for (; fiber != NULL; fiber = next) {
        next = fiber->next;
        fiber->next = NULL;
        fiber_resume(fiber);
    }
    set_idle(loop);
}

static void list_leave(struct fiber *fiber)
{
    struct wait_list *list = fiber->list;

    if (fiber->prev != NULL)
        fiber->prev->next = fiber->next;
    else
        list->first = fiber->next;
    if (fiber->next != NULL)
        fiber->next->prev = fiber->prev;
    else
        list->last = fiber->prev;
    fiber->next = fiber->prev = NULL;
    fiber->list = NULL;
}

/* Takes the fiber out of whatever could wake it a second time. */
static void detach(struct fiber *fiber)
{
    alarm_clear(fiber);
    if (fiber->list != NULL)
        list_leave(fiber);
    if (fiber->fd >= 0)
        watch_leave(fiber);
}

void fiber_wake(struct fiber *fiber, enum rc rc)
{
    detach(fiber);
    fiber->woken_with = rc;
    make_ready(fiber);
    set_idle(fiber->loop);
}

static void give_way(struct fiber *fiber, enum fiber_state state)
{
    fiber->state = state;
    context_switch(&fiber->context, fiber->back);
}

enum rc fiber_verdict(const struct fiber *fiber, uint64_t at_ms, const char *what, struct err *err)
{
    uint64_t now;

    if (fiber->is_cancelled)
        return fail(err, RC_CANCELLED, "cancelled before waiting: %s", what);
    if (at_ms == 0 && fiber->deadline_ms == 0)
        return RC_OK;
    now = clock_mono_ms();
    if ((at_ms != 0 && at_ms <= now) || (fiber->deadline_ms != 0 && fiber->deadline_ms <= now))
        return fail(err, RC_TIMEOUT, "out of time before waiting: %s", what);
    return RC_OK;
}

enum rc fiber_wait(struct fiber *fiber, uint64_t at_ms, const char *what, struct err *err)
{
    enum rc rc = fiber_verdict(fiber, at_ms, what, err);

    if (rc != RC_OK) {
        detach(fiber);
        return rc;
    }
    fiber->wait_until_ms = at_ms;
    alarm_set(fiber);
    give_way(fiber, FIBER_WAITING);
    fiber->wait_until_ms = 0;
    if (fiber->woken_with == RC_OK)
        return RC_OK;
    return fail(err, fiber->woken_with, "%s while waiting: %s", fiber->woken_with == RC_TIMEOUT ? "out of time" : "cancelled", what);
}

void fiber_set_deadline(struct fiber *fiber, uint64_t at_ms)
{
    fiber->deadline_ms = at_ms;
    if (fiber->state == FIBER_WAITING)
        alarm_set(fiber);
}

uint64_t fiber_deadline(const struct fiber *fiber)
{
    return fiber->deadline_ms;
}

void fiber_cancel(struct fiber *fiber)
{
    fiber->is_cancelled = true;
    if (fiber->state == FIBER_WAITING)
        fiber_wake(fiber, RC_CANCELLED);
}

bool fiber_is_cancelled(const struct fiber *fiber)
{
    return fiber->is_cancelled;
}

static struct fiber *must_be_fiber(const char *call)
{
    struct fiber *fiber = fiber_current();

    if (fiber == NULL)
        loop_broken(call);
    return fiber;
}

enum rc fiber_sleep_ms(uint64_t ms, struct err *err)
{
    struct fiber *fiber = must_be_fiber("fiber_sleep_ms outside a fiber");
    uint64_t now = clock_mono_ms(), until = now + ms < now ? UINT64_MAX : now + ms;
    struct err ignored;
    enum rc rc;

    if (ms == 0) { /* give way once: the other ready fibers run first */
        TRY(fiber_verdict(fiber, 0, "sleep", err));
        make_ready(fiber);
        set_idle(fiber->loop);
        give_way(fiber, FIBER_READY);
        return RC_OK;
    }
    rc = fiber_wait(fiber, until, "sleep", &ignored);
    if (rc == RC_TIMEOUT && (fiber->deadline_ms == 0 || fiber->deadline_ms > until))
        return RC_OK;
    if (rc == RC_OK)
        return RC_OK;
    return fail(err, rc, "%s", ignored.text);
}

struct offload {
    uv_work_t request;
    struct fiber *fiber;
    struct log_context *log; /* of the fiber, which stands still meanwhile */
    void (*work)(void *arg);
    void *arg;
};

static void offload_run(uv_work_t *request)
{
    struct offload *offload = request->data;
    struct log_context *before = log_swap(offload->log);

    offload->work(offload->arg);
    log_swap(before);
}

static void offload_done(uv_work_t *request, int status)
{
    struct offload *offload = request->data;

    (void)status; /* never cancelled */
    make_ready(offload->fiber);
    set_idle(offload->fiber->loop);
}

enum rc fiber_offload(void (*work)(void *arg), void *arg, struct err *err)
{
    struct fiber *fiber = fiber_current();
    struct offload offload = {.fiber = fiber, .log = log_current(), .work = work, .arg = arg};

    if (fiber == NULL) {
        work(arg);
        return RC_OK;
    }
    offload.request.data = &offload;
    if (uv_queue_work(&fiber->loop->uv, &offload.request, offload_run, offload_done) != 0)
        loop_broken("uv_queue_work");
    give_way(fiber, FIBER_OFFLOADED);
    return fiber_verdict(fiber, 0, "offload", err);
}

enum rc fiber_park(struct wait_list *list, uint64_t at_ms, struct err *err)
{
    struct fiber *fiber = must_be_fiber("fiber_park outside a fiber");

    fiber->list = list;
    fiber->next = NULL;
    fiber->prev = list->last;
    if (list->last != NULL)
        list->last->next = fiber;
    else
        list->first = fiber;
    list->last = fiber;
    return fiber_wait(fiber, at_ms, "turn", err);
}

bool fiber_wake_one(struct wait_list *list)
{
    if (list->first == NULL)
        return false;
    fiber_wake(list->first, RC_OK);
    return true;
}

void fiber_wake_all(struct wait_list *list)
{
    while (fiber_wake_one(list))
        continue;
}
