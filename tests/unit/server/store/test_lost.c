// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What is lost in the middle: a connection, an answer, time, the server
 * itself. Between store and server stands a relay of ours, so that a test can
 * cut exactly where it wants: before the statement arrives, or before its answer does.
 */
#include "tests/unit/server/store/rig.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <poll.h>
#include <unistd.h>

#include "tests/unit/server/store/cases_sql.h"

/* ---- the relay ---- */

enum cut {
    CUT_NOTHING,
    CUT_BEFORE, /* the statement that holds `word` never arrives */
    CUT_AFTER,  /* it arrives, its answer does not */
    HOLD_ANSWER /* the answer never comes, the connection stays */
};

static struct {
    pthread_t thread;
    char path[108];
    struct sockaddr_un server;
    int listener;
    _Atomic enum cut cut;
    const char *_Atomic word;
    atomic_bool is_ending;
} relay;

struct pipe_pair {
    int client, server;
    bool is_cut; /* the next answer is dropped and both ends closed */
    bool is_held;
};

static bool has_word(const char *p, size_t n)
{
    const char *word = relay.word;

    return memmem(p, n, word, strlen(word)) != NULL;
}

static bool from_client(struct pipe_pair *pair)
{
    static char part[1 << 16];
    ssize_t n = read(pair->client, part, sizeof(part));
    enum cut cut = relay.cut;

    if (n <= 0)
        return false;
    if (cut != CUT_NOTHING && has_word(part, (size_t)n)) {
        relay.cut = CUT_NOTHING;
        if (cut == CUT_BEFORE)
            return false;
        pair->is_cut = cut == CUT_AFTER;
        pair->is_held = cut == HOLD_ANSWER;
    }
    return write(pair->server, part, (size_t)n) == n;
}

static bool from_server(struct pipe_pair *pair)
{
    static char part[1 << 16];
    ssize_t n = read(pair->server, part, sizeof(part));

    if (n <= 0 || pair->is_cut)
        return false;
    return pair->is_held || write(pair->client, part, (size_t)n) == n;
}

static void close_pair(struct pipe_pair *pair)
{
    close(pair->client);
    close(pair->server);
    pair->client = -1;
}

static void accept_one(struct pipe_pair *pairs, size_t n)
{
    int client = accept(relay.listener, NULL, NULL), server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    for (size_t i = 0; i < n; i++)
        if (pairs[i].client < 0) {
            if (connect(server, (struct sockaddr *)&relay.server, sizeof(relay.server)) != 0)
                break;
            pairs[i] = (struct pipe_pair){client, server, false, false};
            return;
        }
    close(client);
    close(server);
}

static void *relay_run(void *arg)
{
    enum { PAIRS = 16 };
    struct pipe_pair pairs[PAIRS];
    struct pollfd fds[1 + 2 * PAIRS];

    (void)arg;
    for (size_t i = 0; i < PAIRS; i++)
        pairs[i].client = -1;
    while (!relay.is_ending) {
        fds[0] = (struct pollfd){relay.listener, POLLIN, 0};
        for (size_t i = 0; i < PAIRS; i++) {
            fds[1 + 2 * i] = (struct pollfd){pairs[i].client, POLLIN, 0};
            fds[2 + 2 * i] = (struct pollfd){pairs[i].client < 0 ? -1 : pairs[i].server, POLLIN, 0};
        }
        poll(fds, COUNT_OF(fds), 20);
        if (fds[0].revents & POLLIN)
            accept_one(pairs, PAIRS);
        for (size_t i = 0; i < PAIRS; i++)
            if ((fds[1 + 2 * i].revents != 0 && !from_client(&pairs[i])) || (fds[2 + 2 * i].revents != 0 && !from_server(&pairs[i])))
                close_pair(&pairs[i]);
    }
    for (size_t i = 0; i < PAIRS; i++)
        if (pairs[i].client >= 0)
            close_pair(&pairs[i]);
    return NULL;
}

static void relay_start(struct str server)
{
    struct sockaddr_un own = {.sun_family = AF_UNIX};

    snprintf(relay.path, sizeof(relay.path), "/tmp/balai-relay-%d.sock", (int)getpid());
    snprintf(own.sun_path, sizeof(own.sun_path), "%s", relay.path);
    relay.server.sun_family = AF_UNIX;
    snprintf(relay.server.sun_path, sizeof(relay.server.sun_path), "%.*s", STR_ARG(server));
    relay.listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    unlink(relay.path);
    assert_int_equal(bind(relay.listener, (struct sockaddr *)&own, sizeof(own)), 0);
    assert_int_equal(listen(relay.listener, 16), 0);
    assert_int_equal(pthread_create(&relay.thread, NULL, relay_run, NULL), 0);
}

static void relay_end(void)
{
    relay.is_ending = true;
    pthread_join(relay.thread, NULL);
    close(relay.listener);
    unlink(relay.path);
}

static void cut(enum cut how, const char *word)
{
    relay.word = word;
    relay.cut = how;
}

/* ---- the tests ---- */

static struct village_db *fresh(struct rig *rig, struct arena *arena)
{
    struct village_db *db;
    struct err err;

    rig_store(rig, 8, 3, 10, 60000);
    db = store_village(rig->store, arena, &rig->village[0]);
    OK(sql_items_clear(db, NULL, &err));
    OK(sql_item_set(db, 1, 5, NULL, &err));
    return db;
}

static uint64_t number_of(struct village_db *db)
{
    struct item item = {0};
    bool found;
    struct err err;

    OK(sql_item_find(db, 1, &item, &found, &err));
    return item.n;
}

static enum rc change_body(struct txn *txn, void *ctx, struct err *err)
{
    struct item item;

    TRY(sql_item_lock(txn, 1, &item, err));
    return sql_item_change(in_txn(txn), 1, *(uint64_t *)ctx, NULL, err);
}

static enum rc read_body(struct txn *txn, void *ctx, struct err *err)
{
    struct item item;
    bool found;

    (void)ctx;
    return sql_item_find(in_txn(txn), 1, &item, &found, err);
}

static void a_lost_commit_is_unsure(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = fresh(rig, arena);
    uint64_t n = 6;
    struct err err;

    cut(CUT_BEFORE, "COMMIT");
    EXPECT(RC_UNSURE, txn_run(db, change_body, &n, &err));
    assert_int_equal(number_of(db), 5); /* it never arrived, but who could know */
    cut(CUT_AFTER, "COMMIT");
    EXPECT(RC_UNSURE, txn_run(db, change_body, &n, &err));
    assert_int_equal(number_of(db), 6); /* and this time it had */
    cut(CUT_AFTER, "COMMIT");
    EXPECT(RC_UNAVAILABLE, txn_run(db, read_body, &n, &err)); /* nothing was written: nothing is unsure */
    n = 7;
    OK(txn_run(db, change_body, &n, &err));
    arena_free(&arena);
}

static void a_connection_lost_in_the_body_rolls_back(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = fresh(rig, arena);
    uint64_t n = 6;
    struct err err;

    cut(CUT_AFTER, "UPDATE item");
    EXPECT(RC_UNAVAILABLE, txn_run(db, change_body, &n, &err));
    cut(CUT_BEFORE, "FOR UPDATE");
    EXPECT(RC_UNAVAILABLE, txn_run(db, change_body, &n, &err));
    cut(CUT_BEFORE, "START TRANSACTION");
    EXPECT(RC_UNAVAILABLE, txn_run(db, change_body, &n, &err));
    OK(txn_run(db, read_body, NULL, &err));
    assert_int_equal(number_of(db), 5);
    arena_free(&arena);
}

static void a_lone_write_without_answer_is_unsure(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = fresh(rig, arena);
    struct item_rows items;
    struct err err;

    cut(CUT_AFTER, "UPDATE item");
    EXPECT(RC_UNSURE, sql_item_change(db, 1, 8, NULL, &err));
    assert_int_equal(number_of(db), 8);
    cut(CUT_AFTER, "ORDER BY id");
    EXPECT(RC_UNAVAILABLE, sql_items_up(db, 0, &items, &err));
    cut(CUT_AFTER, "SET NAMES");
    rig_store(rig, 8, 3, 10, 60000);
    db = store_village(rig->store, arena, &rig->village[0]);
    EXPECT(RC_UNAVAILABLE, sql_items_up(db, 0, &items, &err));
    OK(sql_items_up(db, 0, &items, &err));
    assert_int_equal(items.n, 1);
    arena_free(&arena);
}

static void a_deadline_ends_the_wait_and_the_connection(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = fresh(rig, arena);
    struct item item;
    struct slept slept;
    struct who who;
    bool found;
    struct err err;

    fiber_set_deadline(fiber_current(), clock_mono_ms() + 50);
    EXPECT(RC_TIMEOUT, sql_nap(db, 30, &slept, &err));
    assert_int_equal(store_stats(rig->store).open, 0); /* its answer would come to another's question */
    fiber_set_deadline(fiber_current(), 0);
    OK(sql_me(db, &who, &err));
    OK(sql_item_find_hot(db, 1, &item, &found, &err));
    fiber_set_deadline(fiber_current(), clock_mono_ms() + 50);
    cut(HOLD_ANSWER, "UPDATE item");
    EXPECT(RC_UNSURE, sql_item_change(db, 1, 9, NULL, &err));
    fiber_set_deadline(fiber_current(), 0);
    while (number_of(db) != 9) /* on its way: unsure is the right word */
        OK(fiber_sleep_ms(1, &err));
    arena_free(&arena);
}

struct crowd {
    struct rig *rig;
    double nap_s;
    struct fiber *fiber;
    struct wait_list done;
    bool has_ended;
    enum rc rc;
};

static void sleeper(void *arg)
{
    struct crowd *crowd = arg;
    struct arena *arena = arena_new();
    struct slept slept;
    struct err err;

    crowd->fiber = fiber_current();
    crowd->rc = sql_nap(store_village(crowd->rig->store, arena, &crowd->rig->village[0]), crowd->nap_s, &slept, &err);
    arena_free(&arena);
    crowd->has_ended = true;
    fiber_wake_all(&crowd->done);
}

static void a_cancel_ends_the_wait_and_the_connection(struct rig *rig)
{
    struct crowd crowd = {.rig = rig, .nap_s = 30};
    struct arena *arena = arena_new();
    struct err err;

    fresh(rig, arena);
    fiber_spawn(rig->loop, sleeper, &crowd);
    fiber_cancel(crowd.fiber);
    while (!crowd.has_ended)
        OK(fiber_park(&crowd.done, 0, &err));
    assert_int_equal(crowd.rc, RC_CANCELLED);
    assert_int_equal(store_stats(rig->store).open, 0);
    arena_free(&arena);
}

static void killed_in_the_middle(struct rig *rig)
{
    struct crowd crowd = {.rig = rig, .nap_s = 61}; /* known by its length */
    struct arena *arena = arena_new();
    struct str_list asleep;
    struct err err;

    fresh(rig, arena);
    fiber_spawn(rig->loop, sleeper, &crowd);
    do {
        OK(admin_column(rig->admin, "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP( 61)%'", NULL, 0, &asleep,
                        &err));
        OK(fiber_sleep_ms(1, &err)); /* lets the sleeper's statement reach the server */
    } while (asleep.n == 0);
    const struct admin_value id[] = {ADMIN_TEXT(asleep.p[0])};

    OK(admin_run(rig->admin, "EXECUTE IMMEDIATE CONCAT('KILL ', ?)", id, 1, &err));
    while (!crowd.has_ended)
        OK(fiber_park(&crowd.done, 0, &err));
    assert_int_equal(crowd.rc, RC_UNAVAILABLE);
    assert_int_equal(store_stats(rig->store).open, 0);
    arena_free(&arena);
}

static void too_long_for_the_account(struct rig *rig)
{
    struct arena *arena = arena_new();
    const struct admin_value user[] = {ADMIN_TEXT(rig->village[0].user)};
    struct village_db *db;
    struct slept slept;
    struct who before, after;
    struct err err;

    OK(admin_run(rig->admin, "ALTER USER ?@'localhost' WITH MAX_STATEMENT_TIME 0.05", user, 1, &err));
    db = fresh(rig, arena);
    OK(sql_me(db, &before, &err));
    EXPECT(RC_TIMEOUT, sql_nap(db, 30, &slept, &err));
    OK(sql_me(db, &after, &err));
    assert_int_equal(before.id, after.id); /* the server ended it in good order: the connection goes on */
    OK(admin_run(rig->admin, "ALTER USER ?@'localhost' WITH MAX_STATEMENT_TIME 0", user, 1, &err));
    arena_free(&arena);
}

/* A loop of its own has its limit, whatever the account has: shorter, and longer. */
static void too_long_for_the_store(struct rig *rig)
{
    struct arena *arena = arena_new();
    const struct admin_value user[] = {ADMIN_TEXT(rig->village[0].user)};
    struct store_config config = {.socket = rig->socket,
                                  .control_user = rig->village[0].user,
                                  .control_password = rig->village[0].password,
                                  .control_schema = rig->village[0].schema,
                                  .connections = 2,
                                  .village_connections = 2,
                                  .idle_close_ms = 60000,
                                  .statement_ms = 50};
    struct store *quick = store_new(rig->loop, &config);
    struct village_db *db = store_village(quick, arena, &rig->village[0]);
    struct who before, after;
    struct slept slept;
    struct err err;

    OK(sql_me(db, &before, &err));
    EXPECT(RC_TIMEOUT, sql_nap(db, 30, &slept, &err));
    OK(sql_me(db, &after, &err));
    assert_int_equal(before.id, after.id);
    store_free(&quick);
    OK(admin_run(rig->admin, "ALTER USER ?@'localhost' WITH MAX_STATEMENT_TIME 0.05", user, 1, &err));
    config.statement_ms = 60000;
    struct store *patient = store_new(rig->loop, &config);

    OK(sql_nap(store_village(patient, arena, &rig->village[0]), 1, &slept, &err)); /* twenty times what the account has */
    store_free(&patient);
    OK(admin_run(rig->admin, "ALTER USER ?@'localhost' WITH MAX_STATEMENT_TIME 0", user, 1, &err));
    arena_free(&arena);
}

static void nobody_there(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct str socket = rig->socket;
    struct who who;
    struct err err;

    rig->socket = STR("/tmp/balai-nobody-listens-here.sock");
    rig_store(rig, 2, 2, 10, 60000);
    rig->socket = socket;
    for (int i = 0; i < 5; i++) /* a failed connection gives its place back */
        EXPECT(RC_UNAVAILABLE, sql_me(store_village(rig->store, arena, &rig->village[0]), &who, &err));
    assert_int_equal(store_stats(rig->store).open, 0);
    arena_free(&arena);
}

RIG_TEST(a_lost_commit_is_unsure)
RIG_TEST(a_connection_lost_in_the_body_rolls_back)
RIG_TEST(a_lone_write_without_answer_is_unsure)
RIG_TEST(a_deadline_ends_the_wait_and_the_connection)
RIG_TEST(a_cancel_ends_the_wait_and_the_connection)
RIG_TEST(killed_in_the_middle)
RIG_TEST(too_long_for_the_store)

RIG_TEST(too_long_for_the_account)
RIG_TEST(nobody_there)

static int set_up(void **state)
{
    struct rig *rig = rig_new("lost");

    relay_start(rig->socket);
    rig->socket = str_c(relay.path); /* the administrator's connection goes past the relay */
    *state = rig;
    return 0;
}

static int tear_down(void **state)
{
    rig_free(*state);
    relay_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_lost_commit_is_unsure),
        cmocka_unit_test(test_a_connection_lost_in_the_body_rolls_back),
        cmocka_unit_test(test_a_lone_write_without_answer_is_unsure),
        cmocka_unit_test(test_a_deadline_ends_the_wait_and_the_connection),
        cmocka_unit_test(test_a_cancel_ends_the_wait_and_the_connection),
        cmocka_unit_test(test_killed_in_the_middle),
        cmocka_unit_test(test_too_long_for_the_store),
        cmocka_unit_test(test_too_long_for_the_account),
        cmocka_unit_test(test_nobody_there),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
