// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Waiting for descriptors. The loop has an epoll set of its own, inside
 * libuv's, with one-shot entries: one system call arms a wait, nothing has to
 * be undone after it, and the kernel forgets a descriptor that is closed. So a
 * library may close its socket without telling us and the number may come
 * back as another file, of ours or of anyone using the same libuv loop.
 */
#include "server/loop/loop_parts.h"

#include <errno.h>
#include <sys/epoll.h>

static struct watch *watch_of(struct loop *loop, int fd)
{
    size_t n = (size_t)fd;

    if (n >= loop->watches_n) {
        size_t room = loop->watches_n > 0 ? loop->watches_n : 64;

        while (room <= n)
            room *= 2;
        loop->watches = loop_realloc(loop->watches, room * sizeof(struct watch));
        memset(loop->watches + loop->watches_n, 0, (room - loop->watches_n) * sizeof(struct watch));
        loop->watches_n = room;
    }
    return &loop->watches[n];
}

/* Arms the descriptor for all that its waiters want. 0, or an errno. */
static int watch_arm(struct loop *loop, int fd)
{
    struct watch *watch = watch_of(loop, fd);
    struct epoll_event want = {.events = EPOLLONESHOT};

    for (const struct fiber *f = watch->first; f != NULL; f = f->next)
        want.events |= (f->events & WAIT_READ ? EPOLLIN | EPOLLRDHUP : 0u) | (f->events & WAIT_WRITE ? EPOLLOUT : 0u);
    watch->turn++;
    want.data.u64 = (uint64_t)watch->turn << 32 | (uint32_t)fd;
    if (epoll_ctl(loop->epoll_fd, EPOLL_CTL_MOD, fd, &want) == 0)
        return 0;
    if (errno == ENOENT && epoll_ctl(loop->epoll_fd, EPOLL_CTL_ADD, fd, &want) == 0)
        return 0;
    return errno;
}

void watch_leave(struct fiber *fiber)
{
    struct watch *watch = watch_of(fiber->loop, fiber->fd);

    if (fiber->prev != NULL)
        fiber->prev->next = fiber->next;
    else
        watch->first = fiber->next;
    if (fiber->next != NULL)
        fiber->next->prev = fiber->prev;
    fiber->next = fiber->prev = NULL;
    fiber->fd = -1;
}

static void wake_waiters(struct loop *loop, int fd, uint32_t happened)
{
    unsigned ready = (happened & (EPOLLIN | EPOLLRDHUP) ? WAIT_READ : 0u) | (happened & EPOLLOUT ? WAIT_WRITE : 0u);
    struct fiber *fiber = watch_of(loop, fd)->first, *next;

    if (happened & (EPOLLERR | EPOLLHUP)) /* the next read or write returns the error */
        ready = WAIT_READ | WAIT_WRITE;
    for (; fiber != NULL; fiber = next) {
        next = fiber->next;
        fiber->ready = fiber->events & ready;
        if (fiber->ready != 0)
            fiber_wake(fiber, RC_OK);
    }
    if (watch_of(loop, fd)->first == NULL)
        return;
    if (watch_arm(loop, fd) == 0)
        return;
    while ((fiber = watch_of(loop, fd)->first) != NULL) { /* closed under them: their own call will tell them */
        fiber->ready = fiber->events;
        fiber_wake(fiber, RC_OK);
    }
}

void watch_ready(uv_poll_t *poll, int status, int events)
{
    struct loop *loop = poll->data;
    struct epoll_event got[64];
    int n;

    (void)status;
    (void)events;
    do {
        n = epoll_wait(loop->epoll_fd, got, COUNT_OF(got), 0);
        for (int i = 0; i < n; i++) {
            int fd = (int)(uint32_t)got[i].data.u64;

            if (watch_of(loop, fd)->turn == (uint32_t)(got[i].data.u64 >> 32))
                wake_waiters(loop, fd, got[i].events);
        }
    } while (n == (int)COUNT_OF(got));
}

enum rc fiber_wait_fd(int fd, unsigned events, uint64_t at_ms, unsigned *ready_out, struct err *err)
{
    struct fiber *fiber = fiber_current();
    struct watch *watch;
    int refused;
    enum rc rc;

    if (fiber == NULL)
        loop_broken("fiber_wait_fd outside a fiber");
    if (fd < 0 || (events & (WAIT_READ | WAIT_WRITE)) == 0)
        return fail(err, RC_FAULT, "wait for descriptor %d, events %u", fd, events);
    watch = watch_of(fiber->loop, fd);
    fiber->fd = fd;
    fiber->events = events;
    fiber->ready = 0;
    fiber->prev = NULL;
    fiber->next = watch->first;
    if (watch->first != NULL)
        watch->first->prev = fiber;
    watch->first = fiber;
    refused = watch_arm(fiber->loop, fd);
    if (refused != 0)
        watch_leave(fiber);
    if (refused == EPERM) { /* a regular file is always ready */
        TRY(fiber_verdict(fiber, at_ms, "descriptor", err));
        *ready_out = events;
        return RC_OK;
    }
    if (refused != 0)
        return fail(err, RC_FAULT, "wait for descriptor %d: %s", fd, strerror(refused));
    rc = fiber_wait(fiber, at_ms, "descriptor", err);
    if (rc == RC_OK)
        *ready_out = fiber->ready;
    return rc;
}
