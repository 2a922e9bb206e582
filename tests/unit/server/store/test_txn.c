// SPDX-License-Identifier: AGPL-3.0-or-later
/* Transactions: all or nothing, run again after conflicts, never twice, never half. */
#include "tests/unit/server/store/rig.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/server/store/cases_sql.h"

static struct village_db *open_village(struct rig *rig, struct arena *arena, size_t i)
{
    return store_village(rig->store, arena, &rig->village[i]);
}

static void start(struct rig *rig, struct arena *arena, uint64_t n)
{
    struct village_db *db = open_village(rig, arena, 0);
    struct err err;

    OK(sql_items_clear(db, NULL, &err));
    OK(sql_item_set(db, 1, n, NULL, &err));
}

static uint64_t number_of(struct rig *rig, uint64_t id)
{
    struct arena *arena = arena_new();
    struct item item = {0};
    bool found;
    struct err err;

    OK(sql_item_find(open_village(rig, arena, 0), id, &item, &found, &err));
    arena_free(&arena);
    return found ? item.n : 0;
}

/* ---- all or nothing ---- */

static enum rc half_body(struct txn *txn, void *ctx, struct err *err)
{
    TRY(sql_item_set(in_txn(txn), 1, 77, NULL, err));
    TRY(sql_item_set(in_txn(txn), 2, 77, NULL, err));
    village_db_mark(in_txn(txn), DB_MARK_OUTBOX);
    return *(bool *)ctx ? fail(err, RC_CONFLICT, "changed my mind") : RC_OK;
}

static void all_or_nothing(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = open_village(rig, arena, 0);
    bool is_failing = true;
    struct err err;

    start(rig, arena, 5);
    EXPECT(RC_CONFLICT, txn_run(db, half_body, &is_failing, &err));
    assert_int_equal(number_of(rig, 1), 5);
    assert_int_equal(number_of(rig, 2), 0);
    assert_false(village_db_take_mark(db, DB_MARK_OUTBOX));
    is_failing = false;
    OK(txn_run(db, half_body, &is_failing, &err));
    assert_int_equal(number_of(rig, 1), 77);
    assert_int_equal(number_of(rig, 2), 77);
    assert_true(village_db_take_mark(db, DB_MARK_OUTBOX));
    assert_false(village_db_take_mark(db, DB_MARK_OUTBOX));
    assert_int_equal(village_db_statements(db), 4);
    arena_free(&arena);
}

/* ---- conflicts ---- */

struct conflict {
    struct rig *rig;
    unsigned runs, disturb; /* so many first runs are disturbed by another connection */
};

/* Reads first, locks later, and meanwhile another changes the row: 1020 under snapshot isolation. */
static enum rc stale_body(struct txn *txn, void *ctx, struct err *err)
{
    struct conflict *conflict = ctx;
    struct item before, locked;
    bool found;

    conflict->runs++;
    TRY(sql_item_find(in_txn(txn), 1, &before, &found, err));
    if (conflict->runs <= conflict->disturb) {
        struct arena *arena = arena_new();

        TRY(sql_item_change(open_village(conflict->rig, arena, 0), 1, before.n + 100, NULL, err));
        arena_free(&arena);
    }
    TRY(sql_item_lock(txn, 1, &locked, err));
    assert_int_equal(before.n, locked.n); /* never a lost update */
    return sql_item_change(in_txn(txn), 1, locked.n + 1, NULL, err);
}

static void a_conflict_runs_again(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct conflict conflict = {.rig = rig, .disturb = 2};
    struct err err;

    start(rig, arena, 5);
    OK(txn_run(open_village(rig, arena, 0), stale_body, &conflict, &err));
    assert_int_equal(conflict.runs, 3);
    assert_int_equal(number_of(rig, 1), 206);
    conflict = (struct conflict){.rig = rig, .disturb = 100};
    EXPECT(RC_BUSY, txn_run(open_village(rig, arena, 0), stale_body, &conflict, &err));
    assert_int_equal(conflict.runs, 6); /* the first and five more */
    assert_int_equal(number_of(rig, 1), 806);
    arena_free(&arena);
}

/* Swallowing the conflict does not make it a success: the transaction is gone on the server. */
static enum rc deaf_body(struct txn *txn, void *ctx, struct err *err)
{
    struct conflict *conflict = ctx;
    enum rc rc = stale_body(txn, ctx, err);

    return conflict->runs <= conflict->disturb && rc == RC_AGAIN ? RC_OK : rc;
}

static void a_swallowed_conflict_is_no_success(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct conflict conflict = {.rig = rig, .disturb = 1};
    struct err err;

    start(rig, arena, 5);
    OK(txn_run(open_village(rig, arena, 0), deaf_body, &conflict, &err));
    assert_int_equal(conflict.runs, 2);
    assert_int_equal(number_of(rig, 1), 106);
    arena_free(&arena);
}

/* ---- many writers of one row ---- */

struct crowd {
    struct rig *rig;
    struct wait_list done;
    unsigned alive;
};

static enum rc count_body(struct txn *txn, void *ctx, struct err *err)
{
    struct item item;

    (void)ctx;
    TRY(sql_item_lock(txn, 1, &item, err));
    return sql_item_change(in_txn(txn), 1, item.n + 1, NULL, err);
}

static void counter(void *arg)
{
    struct crowd *crowd = arg;
    struct arena *arena = arena_new();
    struct village_db *db = open_village(crowd->rig, arena, 0);
    struct err err;

    for (int i = 0; i < 25; i++)
        OK(txn_run(db, count_body, NULL, &err));
    arena_free(&arena);
    if (--crowd->alive == 0)
        fiber_wake_all(&crowd->done);
}

static void eight_fibers_count_to_two_hundred(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct crowd crowd = {.rig = rig, .alive = 8};
    struct err err;

    start(rig, arena, 0);
    for (int i = 0; i < 8; i++)
        fiber_spawn(rig->loop, counter, &crowd);
    while (crowd.alive > 0)
        OK(fiber_park(&crowd.done, 0, &err));
    assert_int_equal(number_of(rig, 1), 200);
    arena_free(&arena);
}

/* Two transactions lock two rows crosswise: one is the victim, and both succeed. */
struct cross {
    struct crowd *crowd;
    uint64_t first, second;
    unsigned runs;
};

static enum rc cross_body(struct txn *txn, void *ctx, struct err *err)
{
    struct cross *cross = ctx;
    struct item item;

    cross->runs++;
    TRY(sql_item_lock(txn, cross->first, &item, err));
    if (cross->runs == 1)
        TRY(fiber_sleep_ms(100, err)); /* until the other holds its first: makes the deadlock likely, nothing depends on it */
    TRY(sql_item_lock(txn, cross->second, &item, err));
    TRY(sql_item_change(in_txn(txn), cross->first, item.n + 1, NULL, err));
    return sql_item_change(in_txn(txn), cross->second, item.n + 1, NULL, err);
}

static void crosser(void *arg)
{
    struct cross *cross = arg;
    struct arena *arena = arena_new();
    struct err err;

    OK(txn_run(open_village(cross->crowd->rig, arena, 0), cross_body, cross, &err));
    arena_free(&arena);
    if (--cross->crowd->alive == 0)
        fiber_wake_all(&cross->crowd->done);
}

static void a_deadlock_runs_again(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct crowd crowd = {.rig = rig, .alive = 2};
    struct cross a = {&crowd, 1, 2, 0}, b = {&crowd, 2, 1, 0};
    struct err err;

    start(rig, arena, 0);
    OK(sql_item_set(open_village(rig, arena, 0), 2, 0, NULL, &err));
    fiber_spawn(rig->loop, crosser, &a);
    fiber_spawn(rig->loop, crosser, &b);
    while (crowd.alive > 0)
        OK(fiber_park(&crowd.done, 0, &err));
    assert_int_equal(number_of(rig, 1), 2);
    assert_int_equal(number_of(rig, 2), 2);
    arena_free(&arena);
}

/* ---- the order of locks ---- */

/* Steps: r takes the registry, p a person, l a letter; h writes a person that the transaction holds. */
static enum rc order_body(struct txn *txn, void *ctx, struct err *err)
{
    struct item item;

    for (const char *step = ctx; *step != '\0'; step++) {
        if (*step == 'r')
            TRY(sql_item_registry(txn, 1, &item, err));
        else if (*step == 'p')
            TRY(sql_item_person(txn, 2, NULL, err));
        else if (*step == 'h')
            TRY(sql_item_held(txn, 2, NULL, err));
        else
            TRY(sql_item_lock(txn, 1, &item, err));
    }
    return RC_OK;
}

static void take_in_order(struct rig *rig, char *steps)
{
    struct arena *arena = arena_new();
    struct err err;

    start(rig, arena, 0);
    OK(txn_run(open_village(rig, arena, 0), order_body, steps, &err));
    arena_free(&arena);
}

static void locks_in_order(struct rig *rig)
{
    take_in_order(rig, "rpl");
    take_in_order(rig, "rrl");
    take_in_order(rig, "lll");  /* of one name: by rising id, which nobody judges */
    take_in_order(rig, "rplr"); /* the one row again */
    take_in_order(rig, "plh");  /* what is held is waited for no more */
}

static void people_after_letters(struct rig *rig)
{
    take_in_order(rig, "rlp");
}

static void registry_after_letters(struct rig *rig)
{
    take_in_order(rig, "lr");
}

static void person_again(struct rig *rig)
{
    take_in_order(rig, "plp"); /* may be another one */
}

static void person_not_held(struct rig *rig)
{
    take_in_order(rig, "rlh");
}

/* Runs fn in a process of its own; what it wrote before it was aborted. */
static void aborts_saying(void (*fn)(struct rig *rig), const char *words)
{
    char text[4096];
    size_t n = 0;
    ssize_t got;
    int ends[2], status;
    struct rig *rest;

    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGABRT, SIG_DFL);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        rig_run(rig_new("locks"), fn);
        _exit(0);
    }
    close(ends[1]);
    while (n < sizeof text - 1 && (got = read(ends[0], text + n, sizeof text - 1 - n)) > 0)
        n += (size_t)got;
    text[n] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    assert_non_null(strstr(text, words));
    rest = rig_new("locks"); /* its schemas go with this one */
    rig_free(rest);
}

RIG_TEST(locks_in_order)

static void test_a_lock_out_of_order_aborts(void **state)
{
    (void)state;
    aborts_saying(people_after_letters, "item_person takes the lock resident after item_lock has taken letter");
    aborts_saying(registry_after_letters, "item_registry takes the lock registry after item_lock has taken letter");
    aborts_saying(person_again, "item_person takes the lock resident after item_lock has taken letter");
    aborts_saying(person_not_held, "item_held holds no lock resident");
}

/* ---- what may not be ---- */

static enum rc duplicate_body(struct txn *txn, void *ctx, struct err *err)
{
    (void)ctx;
    if (sql_item_add(in_txn(txn), 1, STR("again"), NULL, err) != RC_DUPLICATE)
        return fail(err, RC_FAULT, "no duplicate");
    return sql_item_set(in_txn(txn), 3, 3, NULL, err); /* a refused row leaves the transaction whole */
}

static enum rc nested_body(struct txn *txn, void *ctx, struct err *err)
{
    return txn_run(in_txn(txn), duplicate_body, ctx, err);
}

static enum rc walk_row(void *ctx, const struct item *row, struct err *err)
{
    return sql_item_change(in_txn(ctx), row->id, 9, NULL, err);
}

static enum rc walk_body(struct txn *txn, void *ctx, struct err *err)
{
    (void)ctx;
    return sql_items_walk(in_txn(txn), walk_row, txn, err);
}

static void what_may_not_be(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = open_village(rig, arena, 0);
    struct item item;
    bool found;
    struct err err;

    start(rig, arena, 5);
    OK(txn_run(db, duplicate_body, NULL, &err));
    assert_int_equal(number_of(rig, 3), 3);
    EXPECT(RC_FAULT, txn_run(db, nested_body, NULL, &err));
    EXPECT(RC_FAULT, txn_run(db, walk_body, NULL, &err)); /* statements inside an each of the same transaction */
    assert_int_equal(number_of(rig, 1), 5);
    village_db_set_read_only(db);
    EXPECT(RC_READ_ONLY, sql_item_set(db, 1, 6, NULL, &err));
    EXPECT(RC_READ_ONLY, txn_run(db, count_body, NULL, &err));
    OK(sql_item_find(db, 1, &item, &found, &err));
    assert_int_equal(item.n, 5);
    arena_free(&arena);
}

/* A body that swallows its fiber's end must not commit what its caller will never hear of. */
static enum rc late_body(struct txn *txn, void *ctx, struct err *err)
{
    TRY(sql_item_change(in_txn(txn), 1, 66, NULL, err));
    if (*(bool *)ctx)
        fiber_cancel(fiber_current());
    else
        fiber_set_deadline(fiber_current(), clock_mono_ms());
    return RC_OK;
}

struct late {
    struct crowd *crowd;
    bool is_cancel;
    enum rc rc;
};

static void late_comer(void *arg)
{
    struct late *late = arg;
    struct arena *arena = arena_new();
    struct err err;

    late->rc = txn_run(open_village(late->crowd->rig, arena, 0), late_body, &late->is_cancel, &err);
    arena_free(&arena);
    late->crowd->alive--;
    fiber_wake_all(&late->crowd->done);
}

static void no_commit_without_a_listener(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct crowd crowd = {.rig = rig};
    struct err err;

    start(rig, arena, 5);
    for (int is_cancel = 0; is_cancel < 2; is_cancel++) {
        struct late late = {&crowd, is_cancel, RC_OK};

        crowd.alive = 1;
        fiber_spawn(rig->loop, late_comer, &late);
        while (crowd.alive > 0)
            OK(fiber_park(&crowd.done, 0, &err));
        assert_int_equal(late.rc, is_cancel ? RC_CANCELLED : RC_TIMEOUT);
        assert_int_equal(number_of(rig, 1), 5);
    }
    arena_free(&arena);
}

static enum rc control_body(struct control_txn *txn, void *ctx, struct err *err)
{
    (void)txn;
    (void)ctx;
    return err == NULL ? RC_FAULT : RC_OK;
}

static void control_alike(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct control_db *db = store_control(rig->store, arena);
    struct err err;

    OK(control_txn_run(db, control_body, NULL, &err));
    OK(control_txn_run_read_committed(db, control_body, NULL, &err));
    assert_int_equal(control_db_statements(db), 0);
    arena_free(&arena);
}

RIG_TEST(all_or_nothing)
RIG_TEST(a_conflict_runs_again)
RIG_TEST(a_swallowed_conflict_is_no_success)
RIG_TEST(eight_fibers_count_to_two_hundred)
RIG_TEST(a_deadlock_runs_again)
RIG_TEST(what_may_not_be)
RIG_TEST(no_commit_without_a_listener)
RIG_TEST(control_alike)

RIG_SET_UP("txn")

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_or_nothing),
        cmocka_unit_test(test_a_conflict_runs_again),
        cmocka_unit_test(test_a_swallowed_conflict_is_no_success),
        cmocka_unit_test(test_eight_fibers_count_to_two_hundred),
        cmocka_unit_test(test_a_deadlock_runs_again),
        cmocka_unit_test(test_locks_in_order),
        cmocka_unit_test(test_a_lock_out_of_order_aborts),
        cmocka_unit_test(test_what_may_not_be),
        cmocka_unit_test(test_no_commit_without_a_listener),
        cmocka_unit_test(test_control_alike),
    };

    return cmocka_run_group_tests(tests, set_up, rig_tear_down);
}
