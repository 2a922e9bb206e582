// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/loop/loop_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

static _Thread_local struct loop *current;

void loop_broken(const char *what)
{
    fprintf(stderr, "loop: %s\n", what);
    abort();
}

void *loop_alloc(size_t n)
{
    void *p = malloc(n);

    if (p == NULL)
        loop_broken("out of memory");
    return p;
}

void *loop_realloc(void *p, size_t n)
{
    p = realloc(p, n);
    if (p == NULL)
        loop_broken("out of memory");
    return p;
}

struct loop *loop_current(void)
{
    return current;
}

uv_loop_t *loop_uv(struct loop *loop)
{
    return &loop->uv;
}

size_t loop_fibers(const struct loop *loop)
{
    return loop->fibers;
}

/* Starts what other threads posted, in their order. */
static void run_posts(struct loop *loop)
{
    struct post *post, *next;

    uv_mutex_lock(&loop->lock);
    post = loop->posts_first;
    loop->posts_first = loop->posts_last = NULL;
    uv_mutex_unlock(&loop->lock);
    for (; post != NULL; post = next) {
        next = post->next;
        fiber_spawn(loop, post->fn, post->arg);
        free(post);
    }
}

static bool has_posts(struct loop *loop)
{
    bool has;

    uv_mutex_lock(&loop->lock);
    has = loop->posts_first != NULL;
    uv_mutex_unlock(&loop->lock);
    return has;
}

static void on_async(uv_async_t *async)
{
    struct loop *loop = async->data;

    run_posts(loop);
    if (atomic_load(&loop->is_stopping))
        uv_stop(&loop->uv);
}

static void on_check(uv_check_t *check)
{
    fiber_run_ready(check->data);
}

static void adopt(struct loop *loop, uv_handle_t *handle)
{
    handle->data = loop;
    uv_unref(handle); /* only living fibers hold the loop, through the async */
}

struct loop *loop_new(void)
{
    struct loop *loop = loop_alloc(sizeof(*loop));

    memset(loop, 0, sizeof(*loop));
    loop->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (loop->epoll_fd < 0 || uv_loop_init(&loop->uv) != 0 || uv_mutex_init(&loop->lock) != 0 ||
        uv_async_init(&loop->uv, &loop->async, on_async) != 0 || uv_timer_init(&loop->uv, &loop->timer) != 0 ||
        uv_check_init(&loop->uv, &loop->check) != 0 || uv_idle_init(&loop->uv, &loop->idle) != 0 ||
        uv_poll_init(&loop->uv, &loop->poll, loop->epoll_fd) != 0)
        loop_broken("the event loop does not start");
    adopt(loop, (uv_handle_t *)&loop->async);
    adopt(loop, (uv_handle_t *)&loop->timer);
    adopt(loop, (uv_handle_t *)&loop->check);
    adopt(loop, (uv_handle_t *)&loop->idle);
    adopt(loop, (uv_handle_t *)&loop->poll);
    if (uv_check_start(&loop->check, on_check) != 0 || uv_poll_start(&loop->poll, UV_READABLE, watch_ready) != 0)
        loop_broken("the event loop does not start");
    current = loop;
    return loop;
}

void loop_free(struct loop **at)
{
    struct loop *loop = *at;
    int tries = 0;

    if (loop == NULL)
        return;
    if (loop->fibers != 0)
        loop_broken("freed while fibers are alive");
    uv_close((uv_handle_t *)&loop->async, NULL);
    uv_close((uv_handle_t *)&loop->timer, NULL);
    uv_close((uv_handle_t *)&loop->check, NULL);
    uv_close((uv_handle_t *)&loop->idle, NULL);
    uv_close((uv_handle_t *)&loop->poll, NULL);
    while (uv_loop_close(&loop->uv) == UV_EBUSY) {
        if (++tries > 1000) /* a handle was never closed; its memory may still be in use */
            loop_broken("freed with open handles");
        uv_run(&loop->uv, UV_RUN_NOWAIT);
    }
    while (loop->posts_first != NULL) {
        struct post *post = loop->posts_first;

        loop->posts_first = post->next;
        free(post);
    }
    close(loop->epoll_fd);
    fibers_free_spare(loop);
    uv_mutex_destroy(&loop->lock);
    free(loop->watches);
    free(loop->alarms);
    if (current == loop)
        current = NULL;
    free(loop);
    *at = NULL;
}

void loop_run(struct loop *loop)
{
    struct loop *before = current;
    bool is_alive = true;

    current = loop;
    while (!atomic_load(&loop->is_stopping) && (is_alive || has_posts(loop))) {
        run_posts(loop);
        is_alive = uv_run(&loop->uv, UV_RUN_DEFAULT) != 0;
    }
    atomic_store(&loop->is_stopping, false);
    current = before;
}

void loop_stop(struct loop *loop)
{
    atomic_store(&loop->is_stopping, true);
    uv_async_send(&loop->async);
}

struct errand {
    struct loop *loop;
    void (*fn)(void *arg);
    void *arg;
    bool is_done;
};

static void run_errand(void *arg)
{
    struct errand *errand = arg;

    errand->fn(errand->arg);
    errand->is_done = true;
    uv_stop(&errand->loop->uv); /* ends the uv_run below; one that has not begun will return at once and be called again */
}

void loop_run_fiber(struct loop *loop, void (*fn)(void *arg), void *arg)
{
    struct errand errand = {.loop = loop, .fn = fn, .arg = arg};
    struct loop *before = current;

    current = loop;
    fiber_spawn(loop, run_errand, &errand);
    while (!errand.is_done)
        uv_run(&loop->uv, UV_RUN_DEFAULT);
    current = before;
}

void loop_post(struct loop *loop, void (*fn)(void *arg), void *arg)
{
    struct post *post = loop_alloc(sizeof(*post));

    *post = (struct post){.fn = fn, .arg = arg};
    uv_mutex_lock(&loop->lock);
    if (loop->posts_last != NULL)
        loop->posts_last->next = post;
    else
        loop->posts_first = post;
    loop->posts_last = post;
    uv_mutex_unlock(&loop->lock);
    uv_async_send(&loop->async);
}
