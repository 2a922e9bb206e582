// SPDX-License-Identifier: AGPL-3.0-or-later
/* A village that sends very many requests does not take the threads of the others: it waits, and is then told so. */
#include "tests/unit/server/web/rig.h"

#include <pthread.h>
#include <stdlib.h>

#include "server/loop/loop.h"

enum { FLOOD = 30, OF_ONE = 1 + 24 }; /* one at work, the rest in line */

static struct rig *rig;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool is_let_go;
static unsigned done, busy;
static struct told others, refused;

/* Holds its thread until it is let go. */
static void held_work(void *arg)
{
    (void)arg;
    pthread_mutex_lock(&lock);
    while (!is_let_go)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
}

static void short_work(void *arg)
{
    *(bool *)arg = true;
}

static void let_go(void)
{
    pthread_mutex_lock(&lock);
    is_let_go = true;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

static enum rc held_page(struct request *req, struct response *resp, struct err *err)
{
    TRY(request_offload(req, held_work, NULL, err));
    return respond_bytes(resp, STR("text/plain"), STR("ditahan"), STR_NONE);
}

static enum rc short_page(struct request *req, struct response *resp, struct err *err)
{
    bool is_done = false;

    TRY(request_offload(req, short_work, &is_done, err));
    return respond_bytes(resp, STR("text/plain"), is_done ? STR("jadi") : STR("belum"), STR_NONE);
}

static const struct input number_input[] = {FIELD(U64, "n", NULL, false, 0, 0),
                                            INPUT_END}; /* another page each: one builds a page for all */
static const struct route routes[] = {
    ROUTE(GET, "/ditahan", MAY_VISIT, number_input, held_page),
    ROUTE(GET, "/sebentar", MAY_VISIT, NULL, short_page),
    ROUTES_END,
};

static void one_of_the_flood(void *arg)
{
    struct told told = rig_ask_here(rig, arg);

    if (told.status == 503) {
        busy++;
        refused = told;
    }
    done++;
}

static void another_village(void *arg)
{
    others = rig_ask_here(rig, arg);
    while (busy < FLOOD - OF_ONE) /* until all of the flood have come */
        if (fiber_sleep_ms(5, NULL) != RC_OK)
            break;
    let_go();
}

static void wait_for_all(void *arg)
{
    (void)arg;
    while (done < FLOOD)
        if (fiber_sleep_ms(5, NULL) != RC_OK)
            break;
}

/* Without the lanes the flood holds every thread of the pool, and the other village waits for ever. */
static void a_flood_of_one_village_leaves_threads_for_another(void **state)
{
    struct ask flood[FLOOD], other = {.host = "dadeko.localhost:8080", .target = "/sebentar"};
    (void)state;

    for (size_t i = 0; i < FLOOD; i++) {
        flood[i] = (struct ask){.target = str_z(rig->arena, str_fmt(rig->arena, "/ditahan?n=%zu", i + 1))};
        fiber_spawn(rig->loop, one_of_the_flood, &flood[i]);
    }
    fiber_spawn(rig->loop, another_village, &other);
    loop_run_fiber(rig->loop, wait_for_all, NULL);
    assert_int_equal(others.status, 200);
    assert_true(told_has(&others, "jadi"));
    assert_int_equal(busy, FLOOD - OF_ONE);
    assert_true(str_is(told_header(&refused, "retry-after"), "5"));
    assert_true(told_has(&refused, "sedang ramai"));
    struct told after = rig_ask(rig, &(struct ask){.target = "/sebentar"});
    assert_int_equal(after.status, 200); /* the lane is empty again */
}

static char order[8];
static size_t order_n;

/* Takes its turn, gives the others one of the loop's, and is gone. */
static void one_turn(void *arg)
{
    struct web_in in = {.method = STR("GET"), .target = STR("/ditahan?n=99"), .host = STR("sampano.localhost:8080")};
    struct request *req = web_request(rig->web, rig->requests, &in);
    struct lane *lane;
    struct err err;

    assert_false(web_begin(req));
    OK(lane_enter(req, &lane, &err));
    order[order_n++] = *(const char *)arg;
    OK(fiber_sleep_ms(0, &err));
    lane_leave(lane);
}

/* As the one before it leaves, a newcomer is there in the very same turn of the loop: it comes last all the same. */
static void newcomer(void *arg)
{
    struct web_in in = {.method = STR("GET"), .target = STR("/ditahan?n=99"), .host = STR("sampano.localhost:8080")};
    struct request *req = web_request(rig->web, rig->requests, &in);
    struct lane *lane;
    struct err err;
    (void)arg;

    assert_false(web_begin(req));
    OK(lane_enter(req, &lane, &err));
    fiber_spawn(rig->loop, one_turn, "b");
    fiber_spawn(rig->loop, one_turn, "c");
    while (lane->waiting < 2)
        OK(fiber_sleep_ms(0, &err));
    lane_leave(lane);
    one_turn("d");
    while (order_n < 3)
        OK(fiber_sleep_ms(0, &err));
}

static void who_came_first_is_served_first(void **state)
{
    (void)state;
    loop_run_fiber(rig->loop, newcomer, NULL);
    assert_string_equal(order, "bcd");
}

static int begin(void **state)
{
    (void)state;
    rig = rig_new("lane", routes);
    return 0;
}

static int end(void **state)
{
    (void)state;
    rig_free(&rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_flood_of_one_village_leaves_threads_for_another),
                                       cmocka_unit_test(who_came_first_is_served_first)};

    return cmocka_run_group_tests(tests, begin, end);
}
