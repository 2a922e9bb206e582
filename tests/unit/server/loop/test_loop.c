// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "server/base/clock.h"
#include "server/base/random.h"
#include "server/loop/loop.h"

static struct loop *loop;

static int set_up(void **state)
{
    (void)state;
    loop = loop_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    assert_int_equal(loop_fibers(loop), 0);
    loop_free(&loop);
    assert_null(loop);
    assert_null(loop_current());
    return 0;
}

/* A pair of sockets and what a fiber saw of them. */
struct pair {
    int fd[2];
    unsigned ready;
    enum rc rc;
    struct err err;
    struct fiber *fiber;
    bool is_done;
};

static void pair_open(struct pair *pair)
{
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair->fd), 0);
}

static void pair_close(struct pair *pair)
{
    close(pair->fd[0]);
    close(pair->fd[1]);
}

static void wait_readable(void *arg)
{
    struct pair *pair = arg;

    pair->fiber = fiber_current();
    pair->rc = fiber_wait_fd(pair->fd[0], WAIT_READ, 0, &pair->ready, &pair->err);
    pair->is_done = true;
}

static void write_later(void *arg)
{
    struct pair *pair = arg;

    assert_int_equal(fiber_sleep_ms(5, NULL), RC_OK);
    assert_false(pair->is_done);
    assert_int_equal(write(pair->fd[1], "x", 1), 1);
}

static void test_wait_ends_when_readable(void **state)
{
    struct pair pair = {0};

    (void)state;
    pair_open(&pair);
    fiber_spawn(loop, wait_readable, &pair);
    assert_false(pair.is_done);
    fiber_spawn(loop, write_later, &pair);
    loop_run(loop);
    assert_true(pair.is_done);
    assert_int_equal(pair.rc, RC_OK);
    assert_int_equal(pair.ready, WAIT_READ);
    pair_close(&pair);
}

static void read_and_write_waits(void *arg)
{
    struct pair *pair = arg;
    unsigned ready;

    assert_int_equal(fiber_wait_fd(pair->fd[0], WAIT_READ | WAIT_WRITE, 0, &ready, NULL), RC_OK);
    assert_int_equal(ready, WAIT_WRITE);
    close(pair->fd[1]);
    assert_int_equal(fiber_wait_fd(pair->fd[0], WAIT_READ, 0, &ready, NULL), RC_OK); /* the end of the stream is readable */
    close(pair->fd[0]);
    assert_int_equal(fiber_wait_fd(pair->fd[0], WAIT_READ, 0, &ready, &pair->err), RC_FAULT);
    assert_int_equal(fiber_wait_fd(-1, WAIT_READ, 0, &ready, NULL), RC_FAULT);
    pair->is_done = true;
}

static void test_write_end_and_closed(void **state)
{
    struct pair pair = {0};

    (void)state;
    pair_open(&pair);
    loop_run_fiber(loop, read_and_write_waits, &pair);
    assert_true(pair.is_done);
}

/* One fiber reads, another writes, on one descriptor, as the Redis connection does. */
static void wait_writable(void *arg)
{
    struct pair *pair = arg;

    pair->rc = fiber_wait_fd(pair->fd[0], WAIT_WRITE, 0, &pair->ready, NULL);
}

static void test_two_fibers_on_one_descriptor(void **state)
{
    struct pair reader = {0}, writer;
    char block[4096] = {0};

    (void)state;
    pair_open(&reader);
    while (write(reader.fd[0], block, sizeof(block)) > 0)
        continue;
    writer = reader;
    fiber_spawn(loop, wait_readable, &reader);
    fiber_spawn(loop, wait_writable, &writer);
    assert_int_equal(write(reader.fd[1], "x", 1), 1);
    while (!reader.is_done)
        uv_run(loop_uv(loop), UV_RUN_ONCE);
    assert_int_equal(loop_fibers(loop), 1); /* the writer still waits */
    while (read(reader.fd[1], block, sizeof(block)) > 0)
        continue;
    loop_run(loop);
    assert_int_equal(writer.rc, RC_OK);
    assert_int_equal(writer.ready, WAIT_WRITE);
    pair_close(&reader);
}

/* A library closes its socket without telling; the number comes back as another file. */
static void reuse_number(void *arg)
{
    struct pair *a = arg, b = {0};
    unsigned ready;
    int number = a->fd[0];

    assert_int_equal(fiber_wait_fd(a->fd[0], WAIT_READ, clock_mono_ms() + 5, &ready, NULL), RC_TIMEOUT);
    pair_close(a);
    pair_open(&b);
    assert_int_equal(b.fd[0], number);
    assert_int_equal(fiber_wait_fd(b.fd[0], WAIT_READ, clock_mono_ms() + 5, &ready, NULL), RC_TIMEOUT);
    assert_int_equal(write(b.fd[1], "x", 1), 1);
    assert_int_equal(fiber_wait_fd(b.fd[0], WAIT_READ, 0, &ready, NULL), RC_OK);
    pair_close(&b);
    a->is_done = true;
}

static void test_descriptor_number_comes_back(void **state)
{
    struct pair pair = {0};

    (void)state;
    pair_open(&pair);
    loop_run_fiber(loop, reuse_number, &pair);
    assert_true(pair.is_done);
}

static void own_deadline(void *arg)
{
    struct pair *pair = arg;
    uint64_t start = clock_mono_ms();

    fiber_set_deadline(fiber_current(), start + 20);
    assert_int_equal(fiber_deadline(fiber_current()), start + 20);
    assert_int_equal(fiber_wait_fd(pair->fd[0], WAIT_READ, start + 60000, &pair->ready, NULL), RC_TIMEOUT);
    assert_true(clock_mono_ms() >= start + 20);
    assert_int_equal(fiber_sleep_ms(1, &pair->err), RC_TIMEOUT); /* and so does every later wait */
    assert_int_equal(pair->err.rc, RC_TIMEOUT);
    assert_int_equal(fiber_sleep_ms(0, NULL), RC_TIMEOUT);
    assert_int_equal(fiber_wait_fd(pair->fd[0], WAIT_WRITE, 0, &pair->ready, NULL), RC_TIMEOUT);
    fiber_set_deadline(fiber_current(), 0);
    assert_int_equal(fiber_sleep_ms(1, NULL), RC_OK);
    pair->is_done = true;
}

static void test_deadline_ends_every_wait(void **state)
{
    struct pair pair = {0};

    (void)state;
    pair_open(&pair);
    loop_run_fiber(loop, own_deadline, &pair);
    assert_true(pair.is_done);
    pair_close(&pair);
}

static void test_deadline_set_while_waiting(void **state)
{
    struct pair pair = {0};

    (void)state;
    pair_open(&pair);
    fiber_spawn(loop, wait_readable, &pair);
    fiber_set_deadline(pair.fiber, clock_mono_ms() + 5);
    loop_run(loop);
    assert_int_equal(pair.rc, RC_TIMEOUT);
    pair_close(&pair);
}

static void sleep_until_deadline(void *arg)
{
    enum rc *rc = arg;

    fiber_set_deadline(fiber_current(), clock_mono_ms() + 5);
    *rc = fiber_sleep_ms(60000, NULL);
}

static void test_sleep_past_deadline(void **state)
{
    enum rc rc = RC_OK;

    (void)state;
    loop_run_fiber(loop, sleep_until_deadline, &rc);
    assert_int_equal(rc, RC_TIMEOUT);
}

/* Alarms ring in their order, whatever the order they were set in. */
enum { SLEEPERS = 64 };
static struct {
    struct wait_list start;
    uint64_t at_ms[SLEEPERS];
    size_t n;
} rung;

static void sleep_until(void *arg)
{
    struct wait_list nobody = {0};
    uint64_t at_ms;

    assert_int_equal(fiber_park(&rung.start, 0, NULL), RC_OK);
    at_ms = *(uint64_t *)arg;
    assert_int_equal(fiber_park(&nobody, at_ms, NULL), RC_TIMEOUT);
    assert_true(clock_mono_ms() >= at_ms);
    rung.at_ms[rung.n++] = at_ms;
}

static void test_alarms_ring_in_order(void **state)
{
    uint64_t at_ms[SLEEPERS], start;

    (void)state;
    rung.n = 0;
    for (unsigned i = 0; i < SLEEPERS; i++)
        fiber_spawn(loop, sleep_until, &at_ms[i]);
    start = clock_mono_ms() + 200; /* none may be past before all are set */
    for (unsigned i = 0; i < SLEEPERS; i++)
        at_ms[i] = start + i * 37 % SLEEPERS;
    fiber_wake_all(&rung.start);
    loop_run(loop);
    assert_int_equal(rung.n, SLEEPERS);
    for (unsigned i = 1; i < SLEEPERS; i++)
        assert_true(rung.at_ms[i - 1] <= rung.at_ms[i]);
}

static void test_cancel_while_waiting(void **state)
{
    struct pair pair = {0};

    (void)state;
    pair_open(&pair);
    fiber_spawn(loop, wait_readable, &pair);
    fiber_cancel(pair.fiber);
    assert_false(pair.is_done); /* it ends on its own stack, on the next turn */
    assert_true(fiber_is_cancelled(pair.fiber));
    loop_run(loop);
    assert_int_equal(pair.rc, RC_CANCELLED);
    assert_int_equal(pair.err.rc, RC_CANCELLED);
    pair_close(&pair);
}

static void cancel_self_first(void *arg)
{
    struct wait_list list = {0};
    unsigned ready;

    fiber_cancel(fiber_current());
    assert_int_equal(fiber_wait_fd(0, WAIT_READ | WAIT_WRITE, 0, &ready, NULL), RC_CANCELLED);
    assert_int_equal(fiber_sleep_ms(1, NULL), RC_CANCELLED);
    assert_int_equal(fiber_park(&list, 0, NULL), RC_CANCELLED);
    assert_null(list.first);
    *(bool *)arg = true;
}

static void test_cancel_before_waiting(void **state)
{
    bool is_done = false;

    (void)state;
    loop_run_fiber(loop, cancel_self_first, &is_done);
    assert_true(is_done);
}

/* Parking. */
struct queue {
    struct wait_list list;
    int order[16];
    size_t n;
};
struct parked {
    struct queue *queue;
    int number;
    enum rc rc;
    struct fiber *fiber;
};

static void park(void *arg)
{
    struct parked *parked = arg;

    parked->fiber = fiber_current();
    parked->rc = fiber_park(&parked->queue->list, 0, NULL);
    parked->queue->order[parked->queue->n++] = parked->number;
}

static void test_wake_first_come_first_served(void **state)
{
    struct queue queue = {0};
    struct parked parked[5];

    (void)state;
    for (int i = 0; i < 5; i++) {
        parked[i] = (struct parked){.queue = &queue, .number = i};
        fiber_spawn(loop, park, &parked[i]);
    }
    fiber_cancel(parked[1].fiber); /* one leaves from the middle */
    assert_true(fiber_wake_one(&queue.list));
    assert_int_equal(queue.n, 0); /* the woken run on the next turn */
    uv_run(loop_uv(loop), UV_RUN_NOWAIT);
    assert_int_equal(queue.n, 2);
    fiber_wake_all(&queue.list);
    assert_false(fiber_wake_one(&queue.list));
    loop_run(loop);
    assert_int_equal(queue.n, 5);
    assert_int_equal(queue.order[0], 1);
    assert_int_equal(queue.order[1], 0);
    assert_int_equal(queue.order[2], 2);
    assert_int_equal(queue.order[3], 3);
    assert_int_equal(queue.order[4], 4);
    assert_int_equal(parked[1].rc, RC_CANCELLED);
    assert_int_equal(parked[4].rc, RC_OK);
}

static void park_briefly(void *arg)
{
    struct parked *parked = arg;

    parked->rc = fiber_park(&parked->queue->list, clock_mono_ms() + 5, NULL);
}

static void test_parked_times_out_and_leaves_the_list(void **state)
{
    struct queue queue = {0};
    struct parked parked = {.queue = &queue};

    (void)state;
    fiber_spawn(loop, park_briefly, &parked);
    loop_run(loop);
    assert_int_equal(parked.rc, RC_TIMEOUT);
    assert_null(queue.list.first);
    assert_null(queue.list.last);
}

/* A wake that was given is not lost to a cancel that comes after it. */
static void test_cancel_after_wake(void **state)
{
    struct queue queue = {0};
    struct parked parked = {.queue = &queue};

    (void)state;
    fiber_spawn(loop, park, &parked);
    fiber_wake_one(&queue.list);
    fiber_cancel(parked.fiber);
    loop_run(loop);
    assert_int_equal(parked.rc, RC_OK);
}

/* Offload. */
struct work {
    pthread_t thread;
    atomic_bool may_end;
    bool was_done;
    enum rc rc;
    struct fiber *fiber;
    char request[24];
};

static void work_run(void *arg)
{
    struct work *work = arg;

    work->thread = pthread_self();
    memcpy(work->request, log_current()->request, sizeof(work->request));
    while (!atomic_load(&work->may_end))
        sched_yield();
    work->was_done = true;
}

static void offload_past_deadline(void *arg)
{
    struct work *work = arg;

    work->fiber = fiber_current();
    memcpy(log_current()->request, "r1", 3);
    fiber_set_deadline(fiber_current(), clock_mono_ms() + 5);
    work->rc = fiber_offload(work_run, work, NULL);
    assert_true(work->was_done);
}

static void let_end_later(void *arg)
{
    struct work *work = arg;

    while (clock_mono_ms() <= fiber_deadline(work->fiber))
        assert_int_equal(fiber_sleep_ms(1, NULL), RC_OK);
    assert_false(work->was_done);
    atomic_store(&work->may_end, true);
}

static void test_offload_is_waited_for_past_the_deadline(void **state)
{
    struct work work = {0};

    (void)state;
    fiber_spawn(loop, offload_past_deadline, &work);
    fiber_spawn(loop, let_end_later, &work);
    loop_run(loop);
    assert_true(work.was_done);
    assert_int_equal(work.rc, RC_TIMEOUT);
    assert_false(pthread_equal(work.thread, pthread_self()));
    assert_string_equal(work.request, "r1");
}

static void offload_plain(void *arg)
{
    struct work *work = arg;

    work->fiber = fiber_current();
    work->rc = fiber_offload(work_run, work, NULL);
}

static void test_offload_cancelled_meanwhile(void **state)
{
    struct work work = {0};

    (void)state;
    fiber_spawn(loop, offload_plain, &work);
    fiber_cancel(work.fiber);
    uv_run(loop_uv(loop), UV_RUN_NOWAIT);
    assert_int_equal(loop_fibers(loop), 1);
    atomic_store(&work.may_end, true);
    loop_run(loop);
    assert_true(work.was_done);
    assert_int_equal(work.rc, RC_CANCELLED);
}

static void test_offload_outside_a_fiber(void **state)
{
    struct work work = {.may_end = true};

    (void)state;
    assert_int_equal(fiber_offload(work_run, &work, NULL), RC_OK);
    assert_true(work.was_done);
    assert_true(pthread_equal(work.thread, pthread_self()));
}

/* Other threads. */
struct posts {
    struct loop *loop;
    int seen[100];
    int n;
};
struct posted {
    struct posts *posts;
    int number;
};

static void on_post(void *arg)
{
    struct posted *posted = arg;
    struct posts *posts = posted->posts;

    assert_non_null(fiber_current());
    posts->seen[posts->n++] = posted->number;
    if (posts->n == 100)
        loop_stop(posts->loop);
    free(posted);
}

static void *post_all(void *arg)
{
    struct posts *posts = arg;

    for (int i = 0; i < 100; i++) {
        struct posted *posted = malloc(sizeof(*posted));

        *posted = (struct posted){posts, i};
        loop_post(posts->loop, on_post, posted);
    }
    return NULL;
}

static void stay(void *arg)
{
    struct wait_list *list = arg;

    assert_int_equal(fiber_park(list, 0, NULL), RC_OK);
}

static void test_posts_from_another_thread(void **state)
{
    struct posts posts = {.loop = loop};
    struct wait_list list = {0};
    pthread_t thread;

    (void)state;
    fiber_spawn(loop, stay, &list); /* a waiting fiber holds the loop although libuv has nothing to wait for */
    assert_int_equal(pthread_create(&thread, NULL, post_all, &posts), 0);
    loop_run(loop);
    pthread_join(thread, NULL);
    assert_int_equal(posts.n, 100);
    for (int i = 0; i < 100; i++)
        assert_int_equal(posts.seen[i], i);
    fiber_wake_all(&list);
    loop_run(loop);
}

static void test_posts_before_the_run(void **state)
{
    struct posts posts = {.loop = loop};
    struct posted *posted = malloc(sizeof(*posted));

    (void)state;
    *posted = (struct posted){&posts, 7};
    loop_post(loop, on_post, posted);
    assert_int_equal(posts.n, 0);
    loop_run(loop);
    assert_int_equal(posts.n, 1);
}

/* Each fiber has its own log context. */
static void own_context(void *arg)
{
    const char *name = arg;

    assert_string_equal(log_current()->request, "");
    snprintf(log_current()->request, sizeof(log_current()->request), "%s", name);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(fiber_sleep_ms(0, NULL), RC_OK);
        assert_string_equal(log_current()->request, name);
    }
}

static void test_log_context_is_the_fibers(void **state)
{
    (void)state;
    snprintf(log_current()->request, sizeof(log_current()->request), "main");
    fiber_spawn(loop, own_context, (void *)(uintptr_t) "one");
    fiber_spawn(loop, own_context, (void *)(uintptr_t) "two");
    assert_string_equal(log_current()->request, "main");
    loop_run(loop);
    assert_string_equal(log_current()->request, "main");
    log_current()->request[0] = '\0';
}

/* Spawning inside fibers. */
struct nest {
    int depth, done;
};

static void nested(void *arg)
{
    struct nest *nest = arg;
    struct fiber *self = fiber_current();

    if (++nest->depth < 20)
        fiber_spawn(loop, nested, nest);
    assert_ptr_equal(fiber_current(), self);
    assert_int_equal(fiber_sleep_ms(1, NULL), RC_OK);
    assert_ptr_equal(fiber_current(), self);
    nest->done++;
}

static void test_spawn_inside_fibers(void **state)
{
    struct nest nest = {0};

    (void)state;
    loop_run_fiber(loop, nested, &nest);
    loop_run(loop);
    assert_int_equal(nest.done, 20);
}

/* A run that ends without a single wait must not stop the next one. */
static void nothing(void *arg)
{
    (*(int *)arg)++;
}

static void sleep_and_count(void *arg)
{
    assert_int_equal(fiber_sleep_ms(1, NULL), RC_OK);
    (*(int *)arg)++;
}

static void test_run_after_an_errand_without_waits(void **state)
{
    int n = 0;

    (void)state;
    loop_run_fiber(loop, nothing, &n);
    fiber_spawn(loop, sleep_and_count, &n);
    loop_run(loop);
    assert_int_equal(n, 2);
    loop_run(loop); /* nothing to do: returns */
}

static size_t mapped_pages(void)
{
    FILE *f = fopen("/proc/self/statm", "r");
    size_t all = 0, resident = 0;

    assert_non_null(f);
    assert_int_equal(fscanf(f, "%zu %zu", &all, &resident), 2);
    fclose(f);
    return all;
}

static void test_ten_thousand_fibers_do_not_grow(void **state)
{
    struct queue queue = {0};
    size_t before;
    int n = 0;

    (void)state;
    for (int i = 0; i < 200; i++)
        fiber_spawn(loop, sleep_and_count, &n);
    loop_run(loop);
    before = mapped_pages();
    for (int i = 0; i < 10000; i++) {
        fiber_spawn(loop, sleep_and_count, &n);
        if (i % 100 == 99)
            loop_run(loop);
    }
    loop_run(loop);
    assert_int_equal(n, 10200);
    /* Mapped pages: a stack that is never given back would be 64 of them. The sanitizers' own maps may grow a little. */
    assert_true(mapped_pages() < before + 100 * 64);
    assert_null(queue.list.first);
}

static void test_two_thousand_at_once(void **state)
{
    struct wait_list list = {0};

    (void)state;
    for (int i = 0; i < 2000; i++)
        fiber_spawn(loop, stay, &list);
    assert_int_equal(loop_fibers(loop), 2000);
    fiber_wake_all(&list);
    loop_run(loop);
    assert_int_equal(loop_fibers(loop), 0);
}

/* 200 KiB of a stack can be used, across a switch. */
static void deep(void *arg)
{
    volatile char room[200 * 1024 - 4096];

    for (size_t i = 0; i < sizeof(room); i += 512)
        room[i] = (char)(i / 512);
    assert_int_equal(fiber_sleep_ms(1, NULL), RC_OK);
    for (size_t i = 0; i < sizeof(room); i += 512)
        assert_int_equal(room[i], (char)(i / 512));
    (*(int *)arg)++;
}

static void test_deep_stacks(void **state)
{
    int n = 0;

    (void)state;
    for (int i = 0; i < 10; i++)
        fiber_spawn(loop, deep, &n);
    loop_run(loop);
    assert_int_equal(n, 10);
}

/* Two loops on two threads, each with its own fibers. */
static void *other_loop(void *arg)
{
    struct loop *mine = loop_new();

    for (int i = 0; i < 100; i++)
        fiber_spawn(mine, sleep_and_count, arg);
    loop_run(mine);
    loop_free(&mine);
    return NULL;
}

static void test_loops_on_two_threads(void **state)
{
    pthread_t thread;
    int mine = 0, others = 0;

    (void)state;
    assert_int_equal(pthread_create(&thread, NULL, other_loop, &others), 0);
    for (int i = 0; i < 100; i++)
        fiber_spawn(loop, sleep_and_count, &mine);
    loop_run(loop);
    pthread_join(thread, NULL);
    assert_int_equal(mine, 100);
    assert_int_equal(others, 100);
}

#define LOOP_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOOP_TEST(test_wait_ends_when_readable),
        LOOP_TEST(test_write_end_and_closed),
        LOOP_TEST(test_two_fibers_on_one_descriptor),
        LOOP_TEST(test_descriptor_number_comes_back),
        LOOP_TEST(test_deadline_ends_every_wait),
        LOOP_TEST(test_deadline_set_while_waiting),
        LOOP_TEST(test_sleep_past_deadline),
        LOOP_TEST(test_alarms_ring_in_order),
        LOOP_TEST(test_cancel_while_waiting),
        LOOP_TEST(test_cancel_before_waiting),
        LOOP_TEST(test_wake_first_come_first_served),
        LOOP_TEST(test_parked_times_out_and_leaves_the_list),
        LOOP_TEST(test_cancel_after_wake),
        LOOP_TEST(test_offload_is_waited_for_past_the_deadline),
        LOOP_TEST(test_offload_cancelled_meanwhile),
        LOOP_TEST(test_offload_outside_a_fiber),
        LOOP_TEST(test_posts_from_another_thread),
        LOOP_TEST(test_posts_before_the_run),
        LOOP_TEST(test_log_context_is_the_fibers),
        LOOP_TEST(test_spawn_inside_fibers),
        LOOP_TEST(test_run_after_an_errand_without_waits),
        LOOP_TEST(test_ten_thousand_fibers_do_not_grow),
        LOOP_TEST(test_two_thousand_at_once),
        LOOP_TEST(test_deep_stacks),
        LOOP_TEST(test_loops_on_two_threads),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
