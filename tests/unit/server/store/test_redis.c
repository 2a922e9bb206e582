// SPDX-License-Identifier: AGPL-3.0-or-later
/* Against a redis-server of its own on a unix socket, which is killed, stopped and started again in between. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/base/clock.h"
#include "server/base/random.h"
#include "server/loop/loop.h"
#include "server/store/redis.h"

static struct {
    char dir[64], socket[96];
    pid_t pid;
} server;
static struct loop *loop;
static struct redis *redis;

/* A person would wait that long; no assertion depends on being faster. */
static const uint64_t PATIENCE_MS = 60000;

static bool server_accepts(void)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool accepts;

    snprintf(to.sun_path, sizeof(to.sun_path), "%s", server.socket);
    accepts = connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0;
    close(fd);
    return accepts;
}

static void server_start(void)
{
    uint64_t until = clock_mono_ms() + PATIENCE_MS;

    server.pid = fork();
    if (server.pid == 0) {
        int null = open("/dev/null", O_RDWR);

        dup2(null, STDOUT_FILENO);
        execlp("redis-server", "redis-server", "--port", "0", "--unixsocket", server.socket, "--dir", server.dir, "--save", "",
               "--appendonly", "no", (char *)NULL);
        _exit(127);
    }
    assert_true(server.pid > 0);
    while (!server_accepts()) {
        assert_true(clock_mono_ms() < until);
        assert_int_equal(waitpid(server.pid, NULL, WNOHANG), 0); /* redis-server is not installed */
        usleep(2000);
    }
}

static void server_kill(void)
{
    if (server.pid <= 0)
        return;
    kill(server.pid, SIGKILL);
    waitpid(server.pid, NULL, 0);
    server.pid = 0;
    unlink(server.socket);
}

/* Stopped for certain: the kernel says so. */
static void server_stop(void)
{
    int status;

    assert_int_equal(kill(server.pid, SIGSTOP), 0);
    assert_int_equal(waitpid(server.pid, &status, WUNTRACED), server.pid);
    assert_true(WIFSTOPPED(status));
}

static void server_continue(void)
{
    assert_int_equal(kill(server.pid, SIGCONT), 0);
}

static int group_set_up(void **state)
{
    (void)state;
    snprintf(server.dir, sizeof(server.dir), "/tmp/balai-redis-XXXXXX");
    assert_non_null(mkdtemp(server.dir));
    snprintf(server.socket, sizeof(server.socket), "%s/redis.sock", server.dir);
    return 0;
}

static int group_tear_down(void **state)
{
    (void)state;
    server_kill();
    return rmdir(server.dir);
}

static int set_up(void **state)
{
    (void)state;
    server_start();
    loop = loop_new();
    redis = redis_new(loop, str_c(server.socket));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    redis_free(&redis);
    assert_int_equal(loop_fibers(loop), 0);
    loop_free(&loop);
    server_kill();
    return 0;
}

/* Asserts in fibers would jump off their stack: each test's fiber says where it failed instead. */
struct outcome {
    int failed_line;
    bool is_done;
};
#define CHECK(outcome, claim)                  \
    do {                                       \
        if (!(claim)) {                        \
            (outcome)->failed_line = __LINE__; \
            return;                            \
        }                                      \
    } while (0)

static void run(void (*fn)(void *arg))
{
    struct outcome outcome = {0};

    loop_run_fiber(loop, fn, &outcome);
    assert_int_equal(outcome.failed_line, 0);
    assert_true(outcome.is_done);
}

/* Sets until it works: the machine may be busy, or Redis may just be coming back. */
static bool set_at_last(struct str key, struct str value)
{
    uint64_t until = clock_mono_ms() + PATIENCE_MS;

    while (redis_set(redis, key, value, 60, NULL) != RC_OK)
        if (clock_mono_ms() > until || fiber_sleep_ms(10, NULL) != RC_OK)
            return false;
    return true;
}

/* What GET says once Redis can be asked. */
static enum rc get_at_last(struct arena *arena, struct str key, struct str *out)
{
    uint64_t until = clock_mono_ms() + PATIENCE_MS;
    enum rc rc;

    while ((rc = redis_get(redis, arena, key, out, NULL)) == RC_UNAVAILABLE && clock_mono_ms() < until)
        if (fiber_sleep_ms(10, NULL) != RC_OK)
            break;
    return rc;
}

static void set_and_get(void *arg)
{
    struct outcome *outcome = arg;
    struct arena *arena = arena_new();
    struct str value = STR_NONE;
    struct err err;

    CHECK(outcome, get_at_last(arena, STR("none"), &value) == RC_NOT_FOUND);
    CHECK(outcome, value.p == NULL);
    CHECK(outcome, set_at_last(STR("k"), STR("a\0b\r\n$3\r\n")));
    CHECK(outcome, get_at_last(arena, STR("k"), &value) == RC_OK);
    CHECK(outcome, str_eq(value, STR("a\0b\r\n$3\r\n")));
    CHECK(outcome, set_at_last(STR("k"), STR("")));
    CHECK(outcome, get_at_last(arena, STR("k"), &value) == RC_OK);
    CHECK(outcome, value.p != NULL && value.n == 0);
    CHECK(outcome, redis_get(redis, arena, STR("none"), &value, &err) != RC_OK);
    CHECK(outcome, err.text[0] != '\0');
    outcome->is_done = true;
    arena_free(&arena);
}

/* Taken once; what stays away is the same as what never was. */
static void take(void *arg)
{
    struct outcome *outcome = arg;
    struct arena *arena = arena_new();
    struct str value = STR_NONE;

    CHECK(outcome, set_at_last(STR("once"), STR("a\0b")));
    CHECK(outcome, redis_take(redis, arena, STR("once"), &value, NULL) == RC_OK);
    CHECK(outcome, str_eq(value, STR("a\0b")));
    CHECK(outcome, redis_take(redis, arena, STR("once"), &value, NULL) == RC_NOT_FOUND);
    CHECK(outcome, get_at_last(arena, STR("once"), &value) == RC_NOT_FOUND);
    outcome->is_done = true;
    arena_free(&arena);
}

static void test_take(void **state)
{
    (void)state;
    run(take);
}

static void test_set_and_get(void **state)
{
    (void)state;
    run(set_and_get);
}

static void large_value(void *arg)
{
    struct outcome *outcome = arg;
    struct arena *arena = arena_new();
    struct str value, big = {arena_alloc(arena, 600 * 1024), 600 * 1024};

    memset((char *)(uintptr_t)big.p, 'x', big.n);
    CHECK(outcome, set_at_last(STR("big"), big));
    CHECK(outcome, get_at_last(arena, STR("big"), &value) == RC_OK);
    CHECK(outcome, str_eq(value, big));
    big.n = 1024 * 1024 * 1024; /* refused by its size alone */
    CHECK(outcome, redis_set(redis, STR("big"), big, 1, NULL) == RC_TOO_LARGE);
    outcome->is_done = true;
    arena_free(&arena);
}

static void test_values_larger_than_a_socket_buffer(void **state)
{
    (void)state;
    run(large_value);
}

/* Counts a fresh key to n; a call that got no answer may have counted or not, so it begins again with another. */
static bool count_to(struct arena *arena, uint64_t n, uint32_t ttl_s, struct str *key_out)
{
    uint64_t until = clock_mono_ms() + PATIENCE_MS, at = 0, last = 0;
    enum rc rc = RC_UNAVAILABLE;

    while (clock_mono_ms() < until && at < n) {
        if (rc == RC_UNAVAILABLE) {
            last = 0;
            *key_out = random_word(arena, 12);
            if (fiber_sleep_ms(5, NULL) != RC_OK)
                return false;
        }
        rc = redis_count(redis, *key_out, ttl_s, &at, NULL);
        if (rc == RC_OK && at != ++last)
            return false;
    }
    return at == n;
}

static void count(void *arg)
{
    struct outcome *outcome = arg;
    struct arena *arena = arena_new();
    uint64_t until = clock_mono_ms() + PATIENCE_MS;
    struct str key, value;

    CHECK(outcome, count_to(arena, 5, 600, &key));
    CHECK(outcome, get_at_last(arena, key, &value) == RC_OK && str_is(value, "5"));
    CHECK(outcome, count_to(arena, 1, 1, &key));
    while (get_at_last(arena, key, &value) != RC_NOT_FOUND) /* it has an end */
        CHECK(outcome, clock_mono_ms() < until && fiber_sleep_ms(20, NULL) == RC_OK);
    outcome->is_done = true;
    arena_free(&arena);
}

static void test_count_and_its_end(void **state)
{
    (void)state;
    run(count);
}

/* Many fibers over one connection get each its own answer. */
struct asker {
    unsigned number;
    enum rc rc;
    bool is_own;
    unsigned *left;
};

static void ask_own(void *arg)
{
    struct asker *asker = arg;
    struct arena *arena = arena_new();
    struct str key = str_fmt(arena, "own:%u", asker->number), value;

    asker->rc = redis_get(redis, arena, key, &value, NULL);
    asker->is_own = asker->rc == RC_OK && str_eq(value, key);
    --*asker->left;
    arena_free(&arena);
}

enum { ASKERS = 400 };

static void prepare_own(void *arg)
{
    struct outcome *outcome = arg;
    struct arena *arena = arena_new();

    for (unsigned i = 0; i < ASKERS; i++) {
        struct str key = str_fmt(arena, "own:%u", i);

        CHECK(outcome, set_at_last(key, key));
    }
    outcome->is_done = true;
    arena_free(&arena);
}

static void ask_all(void *arg)
{
    struct outcome *outcome = arg;
    uint64_t until = clock_mono_ms() + PATIENCE_MS;
    struct asker askers[ASKERS];
    unsigned answered = 0;

    while (answered < ASKERS) { /* late on a busy machine, never another's */
        unsigned left = ASKERS;

        CHECK(outcome, clock_mono_ms() < until);
        answered = 0;
        for (unsigned i = 0; i < ASKERS; i++) {
            askers[i] = (struct asker){.number = i, .left = &left};
            fiber_spawn(loop, ask_own, &askers[i]);
        }
        while (left > 0)
            CHECK(outcome, fiber_sleep_ms(1, NULL) == RC_OK);
        for (unsigned i = 0; i < ASKERS; i++) {
            CHECK(outcome, askers[i].is_own || askers[i].rc == RC_UNAVAILABLE);
            answered += askers[i].is_own;
        }
    }
    outcome->is_done = true;
}

static void test_each_gets_its_own_answer(void **state)
{
    (void)state;
    run(prepare_own);
    run(ask_all);
}

/* kill -9 with questions under way. */
static void kill_in_the_middle(void *arg)
{
    struct outcome *outcome = arg;
    struct asker askers[20];
    unsigned left = COUNT_OF(askers);
    struct arena *arena = arena_new();
    struct str value;

    CHECK(outcome, set_at_last(STR("k"), STR("before")));
    server_stop(); /* so that the questions stay without answer */
    for (unsigned i = 0; i < COUNT_OF(askers); i++) {
        askers[i] = (struct asker){.number = i, .left = &left};
        fiber_spawn(loop, ask_own, &askers[i]);
    }
    CHECK(outcome, left == COUNT_OF(askers));
    server_kill();
    while (left > 0)
        CHECK(outcome, fiber_sleep_ms(1, NULL) == RC_OK);
    for (unsigned i = 0; i < COUNT_OF(askers); i++)
        CHECK(outcome, askers[i].rc == RC_UNAVAILABLE);
    CHECK(outcome, redis_get(redis, arena, STR("k"), &value, NULL) == RC_UNAVAILABLE);
    server_start();
    CHECK(outcome, get_at_last(arena, STR("k"), &value) == RC_NOT_FOUND); /* it is another server */
    CHECK(outcome, set_at_last(STR("k"), STR("after")));
    CHECK(outcome, get_at_last(arena, STR("k"), &value) == RC_OK && str_is(value, "after"));
    outcome->is_done = true;
    arena_free(&arena);
}

static void test_kill_wakes_everybody_and_it_comes_back(void **state)
{
    (void)state;
    run(kill_in_the_middle);
}

/* Stopped for a while: the calls end, and the answers that come late go to nobody. */
static void stop_and_continue(void *arg)
{
    struct outcome *outcome = arg;
    struct arena *arena = arena_new();
    uint64_t start, now;
    struct str value;

    CHECK(outcome, set_at_last(STR("first"), STR("1")));
    CHECK(outcome, set_at_last(STR("second"), STR("2")));
    server_stop();
    start = clock_mono_ms();
    CHECK(outcome, redis_get(redis, arena, STR("first"), &value, NULL) == RC_UNAVAILABLE);
    now = clock_mono_ms();
    CHECK(outcome, now - start >= 50);
    CHECK(outcome, redis_get(redis, arena, STR("first"), &value, NULL) == RC_UNAVAILABLE); /* at once: it was not even sent */
    server_continue();
    for (int i = 0; i < 50; i++) {
        enum rc rc = get_at_last(arena, STR("second"), &value);

        CHECK(outcome, rc == RC_OK && str_is(value, "2"));
        rc = get_at_last(arena, STR("first"), &value);
        CHECK(outcome, rc == RC_OK && str_is(value, "1"));
    }
    outcome->is_done = true;
    arena_free(&arena);
}

static void test_late_answers_go_to_nobody(void **state)
{
    (void)state;
    run(stop_and_continue);
}

/* Stopped for so long that the connection is given up: the next one works as well. */
static void stop_for_long(void *arg)
{
    struct outcome *outcome = arg;
    struct arena *arena = arena_new();
    uint64_t until;
    struct str value;

    CHECK(outcome, set_at_last(STR("k"), STR("1")));
    server_stop();
    until = clock_mono_ms() + 2500;
    while (clock_mono_ms() < until) {
        CHECK(outcome, redis_get(redis, arena, STR("k"), &value, NULL) == RC_UNAVAILABLE);
        CHECK(outcome, fiber_sleep_ms(20, NULL) == RC_OK);
    }
    server_continue();
    CHECK(outcome, get_at_last(arena, STR("k"), &value) == RC_OK && str_is(value, "1"));
    outcome->is_done = true;
    arena_free(&arena);
}

static void test_silent_for_long(void **state)
{
    (void)state;
    run(stop_for_long);
}

static void own_deadline(void *arg)
{
    struct outcome *outcome = arg;
    struct arena *arena = arena_new();
    struct str value;

    CHECK(outcome, set_at_last(STR("k"), STR("1")));
    server_stop();
    fiber_set_deadline(fiber_current(), clock_mono_ms() + 5);
    CHECK(outcome, redis_get(redis, arena, STR("k"), &value, NULL) == RC_TIMEOUT);
    fiber_set_deadline(fiber_current(), 0);
    server_continue();
    CHECK(outcome, get_at_last(arena, STR("k"), &value) == RC_OK && str_is(value, "1"));
    outcome->is_done = true;
    arena_free(&arena);
}

static void test_the_fibers_own_deadline(void **state)
{
    (void)state;
    run(own_deadline);
}

static void flush(void *arg)
{
    struct outcome *outcome = arg;
    struct arena *arena = arena_new();
    struct str value, key;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    char ok[5] = "";

    CHECK(outcome, set_at_last(STR("k"), STR("1")));
    CHECK(outcome, count_to(arena, 2, 60, &key));
    snprintf(to.sun_path, sizeof(to.sun_path), "%s", server.socket);
    CHECK(outcome, connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
    CHECK(outcome, write(fd, "FLUSHALL\r\n", 10) == 10 && read(fd, ok, 5) == 5 && memcmp(ok, "+OK\r\n", 5) == 0);
    close(fd);
    CHECK(outcome, get_at_last(arena, STR("k"), &value) == RC_NOT_FOUND);
    CHECK(outcome, get_at_last(arena, key, &value) == RC_NOT_FOUND);
    CHECK(outcome, set_at_last(STR("k"), STR("2")));
    outcome->is_done = true;
    arena_free(&arena);
}

static void test_flushall(void **state)
{
    (void)state;
    run(flush);
}

/* An error answer of Redis is no value. */
static void wrong_type(void *arg)
{
    struct outcome *outcome = arg;
    struct err err;
    uint64_t n;

    CHECK(outcome, set_at_last(STR("k"), STR("no number")));
    CHECK(outcome, redis_count(redis, STR("k"), 60, &n, &err) == RC_UNAVAILABLE);
    CHECK(outcome, strstr(err.text, "no number") == NULL);
    outcome->is_done = true;
}

static void test_error_answers(void **state)
{
    (void)state;
    run(wrong_type);
}

static void unavailable(void *arg)
{
    struct outcome *outcome = arg;
    struct arena *arena = arena_new();
    struct redis *none = redis_new(loop, STR("")), *absent = redis_new(loop, STR("/tmp/balai-no-such-directory/redis.sock"));
    struct str value;
    uint64_t n;

    CHECK(outcome, redis_get(none, arena, STR("k"), &value, NULL) == RC_UNAVAILABLE);
    CHECK(outcome, redis_set(none, STR("k"), STR("v"), 1, NULL) == RC_UNAVAILABLE);
    CHECK(outcome, redis_count(none, STR("k"), 1, &n, NULL) == RC_UNAVAILABLE);
    CHECK(outcome, redis_publish(none, STR("k"), STR("v"), NULL) == RC_UNAVAILABLE);
    for (int i = 0; i < 3; i++)
        CHECK(outcome, redis_get(absent, arena, STR("k"), &value, NULL) == RC_UNAVAILABLE);
    redis_subscribe(none, STR("c"), NULL, NULL);
    redis_free(&none);
    redis_free(&absent);
    CHECK(outcome, none == NULL && absent == NULL);
    outcome->is_done = true;
    arena_free(&arena);
}

static void test_no_redis_at_all(void **state)
{
    struct arena *arena = arena_new();
    struct str value;

    (void)state;
    run(unavailable);
    assert_int_equal(redis_get(redis, arena, STR("k"), &value, NULL), RC_UNAVAILABLE); /* outside a fiber */
    arena_free(&arena);
}

/* Channels. */
struct heard {
    char last[64];
    unsigned n, lost;
};

static void hear(void *ctx, struct str message)
{
    struct heard *heard = ctx;

    if (str_empty(message))
        heard->lost++;
    else
        heard->n++;
    snprintf(heard->last, sizeof(heard->last), "%.*s", STR_ARG(message));
}

/* Publishes until it is heard: the listener may not be there yet. */
static bool publish_at_last(struct str channel, struct str message, struct heard *heard)
{
    uint64_t until = clock_mono_ms() + PATIENCE_MS;

    heard->last[0] = '\0';
    while (!str_is(message, heard->last)) {
        if (redis_publish(redis, channel, message, NULL) == RC_CANCELLED || clock_mono_ms() > until)
            return false;
        if (fiber_sleep_ms(5, NULL) != RC_OK)
            return false;
    }
    return true;
}

static void listen_and_lose(void *arg)
{
    struct outcome *outcome = arg;
    static struct heard wake, epoch;

    wake = epoch = (struct heard){0};
    redis_subscribe(redis, STR("wake"), hear, &wake);
    CHECK(outcome, publish_at_last(STR("wake"), STR("7317102003"), &wake));
    redis_subscribe(redis, STR("epoch"), hear, &epoch); /* while the connection is up */
    CHECK(outcome, publish_at_last(STR("epoch"), STR("7317102003 12"), &epoch));
    CHECK(outcome, wake.lost == 0 && epoch.lost == 0);
    server_kill();
    server_start();
    CHECK(outcome, publish_at_last(STR("wake"), STR("again"), &wake));
    CHECK(outcome, publish_at_last(STR("epoch"), STR("again"), &epoch));
    CHECK(outcome, wake.lost == 1 && epoch.lost == 1); /* once each, and before what came after */
    outcome->is_done = true;
}

static void test_subscribe_again_after_a_loss(void **state)
{
    (void)state;
    run(listen_and_lose);
}

static void listen_before_the_server(void *arg)
{
    struct outcome *outcome = arg;
    static struct heard heard;

    heard = (struct heard){0};
    server_kill();
    redis_subscribe(redis, STR("wake"), hear, &heard);
    server_start();
    CHECK(outcome, publish_at_last(STR("wake"), STR("x"), &heard));
    CHECK(outcome, heard.lost == 1);
    outcome->is_done = true;
}

static void test_subscribe_before_redis_is_up(void **state)
{
    (void)state;
    run(listen_before_the_server);
}

#define REDIS_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        REDIS_TEST(test_set_and_get),
        REDIS_TEST(test_take),
        REDIS_TEST(test_values_larger_than_a_socket_buffer),
        REDIS_TEST(test_count_and_its_end),
        REDIS_TEST(test_each_gets_its_own_answer),
        REDIS_TEST(test_kill_wakes_everybody_and_it_comes_back),
        REDIS_TEST(test_late_answers_go_to_nobody),
        REDIS_TEST(test_silent_for_long),
        REDIS_TEST(test_the_fibers_own_deadline),
        REDIS_TEST(test_flushall),
        REDIS_TEST(test_error_answers),
        REDIS_TEST(test_no_redis_at_all),
        REDIS_TEST(test_subscribe_again_after_a_loss),
        REDIS_TEST(test_subscribe_before_redis_is_up),
    };

    base_init();
    return cmocka_run_group_tests(tests, group_set_up, group_tear_down);
}
