// SPDX-License-Identifier: AGPL-3.0-or-later
/* The outbox: put, claim, fence, retry, bury; over the real migrations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "server/base/random.h"
#include "server/loop/loop.h"
#include "server/store/admin.h"
#include "server/store/store_handles.h"
#include "tests/unit/migrations.h"
#include "workers/queue/job.h"

static struct {
    struct arena *arena;
    struct admin_db *admin;
    struct loop *loop;
    struct store *store;
    struct store_account village;
    struct str control;
} rig;

#define EXPECT(wanted, call)                                                                                      \
    do {                                                                                                          \
        enum rc got_ = (call);                                                                                    \
        if (got_ != (wanted)) {                                                                                   \
            print_error("%s:%d: %s, not %s: %s\n", __FILE__, __LINE__, rc_name(got_), rc_name(wanted), err.text); \
            _fail(__FILE__, __LINE__);                                                                            \
        }                                                                                                         \
    } while (0)
#define OK(call) EXPECT(RC_OK, call)

static void make_schema(struct str schema, const char *kind)
{
    const struct admin_value names[] = {ADMIN_ID(schema)};
    struct err err;

    OK(admin_run(rig.admin, "DROP DATABASE IF EXISTS ?", names, 1, &err));
    OK(admin_run(rig.admin, "CREATE DATABASE ?", names, 1, &err));
    OK(admin_script(rig.admin, schema, migrations_script(rig.arena, kind), &err));
}

static int set_up(void **state)
{
    const char *socket = getenv("BALAI_TEST_MYSQL_SOCKET");
    struct err err;

    (void)state;
    base_init();
    if (socket == NULL) {
        print_error("BALAI_TEST_MYSQL_SOCKET is not set: run through tests/harness/with-services\n");
        return -1;
    }
    rig.arena = arena_new();
    rig.loop = loop_new();
    rig.control = STR("lease_control");
    rig.village = (struct store_account){STR("7317102003"), STR("lease_village"), STR("lease_village"), STR("secret")};
    OK(admin_open(rig.arena, str_c(socket), STR("root"), STR(""), &rig.admin, &err));
    make_schema(rig.control, "control");
    make_schema(rig.village.schema, "village");
    OK(admin_run(rig.admin, "CREATE OR REPLACE USER 'lease_village'@'localhost' IDENTIFIED BY 'secret'", NULL, 0, &err));
    OK(admin_run(rig.admin, "GRANT SELECT, INSERT, UPDATE, DELETE ON lease_village.* TO 'lease_village'@'localhost'", NULL, 0, &err));
    OK(admin_run(rig.admin, "GRANT SELECT, INSERT, UPDATE, DELETE ON lease_control.* TO 'lease_village'@'localhost'", NULL, 0, &err));
    const struct store_config config = {str_c(socket), STR("lease_village"), STR("secret"), rig.control, 8, 4, 20, 60000, 0};

    rig.store = store_new(rig.loop, &config);
    return 0;
}

static int tear_down(void **state)
{
    struct err err;

    (void)state;
    store_free(&rig.store);
    loop_free(&rig.loop);
    OK(admin_run(rig.admin, "DROP DATABASE lease_control", NULL, 0, &err));
    OK(admin_run(rig.admin, "DROP DATABASE lease_village", NULL, 0, &err));
    OK(admin_run(rig.admin, "DROP USER 'lease_village'@'localhost'", NULL, 0, &err));
    admin_close(&rig.admin);
    arena_free(&rig.arena);
    return 0;
}

/* Changes rows as the passing of time or another process would. */
static void as_admin(const char *statement)
{
    struct err err;

    OK(admin_run(rig.admin, statement, NULL, 0, &err));
}

static struct village_db *village(void)
{
    return store_village(rig.store, rig.arena, &rig.village);
}

/* ---- bodies ---- */

enum { JOB_RENDER_LETTER = 1 };

struct put {
    uint16_t kind;
    uint64_t subject;
    bool is_once, is_failing;
};

static enum rc put_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct put *put = ctx;

    if (put->is_once)
        TRY(outbox_put_once(txn, put->kind, put->subject, err));
    else
        TRY(outbox_put(txn, put->kind, put->subject, STR("{\"a\":1}"), err));
    return put->is_failing ? fail(err, RC_CONFLICT, "not this time") : RC_OK;
}

static enum rc put(struct village_db *db, struct put what, struct err *err)
{
    return txn_run(db, put_body, &what, err);
}

static enum rc done_body(struct txn *txn, void *ctx, struct err *err)
{
    return lease_done(txn, ctx, err);
}

static enum rc effect_body(struct txn *txn, void *ctx, struct err *err)
{
    return queue_effect(txn, JOB_RENDER_LETTER, *(struct str *)ctx, err);
}

/* ---- the tests, each inside a fiber ---- */

static void put_claim_done(void *arg)
{
    struct village_db *db = village();
    struct lease leases[LEASE_MOST];
    struct queue_depth depth;
    size_t n;
    struct err err;

    (void)arg;
    as_admin("DELETE FROM lease_village.outbox");
    EXPECT(RC_CONFLICT, put(db, (struct put){JOB_RENDER_LETTER, 1, false, true}, &err));
    assert_false(outbox_was_put(db)); /* rolled back: it never was */
    OK(lease_claim(db, NULL, STR("w1"), 4, leases, &n, &err));
    assert_int_equal(n, 0);
    for (uint64_t i = 1; i <= 3; i++)
        OK(put(db, (struct put){JOB_RENDER_LETTER, i, false, false}, &err));
    assert_true(outbox_was_put(db));
    assert_false(outbox_was_put(db));
    OK(lease_claim(db, NULL, STR("w1"), 2, leases, &n, &err));
    assert_int_equal(n, 2);
    assert_int_equal(leases[0].kind, JOB_RENDER_LETTER);
    assert_int_equal(leases[0].attempt, 1);
    assert_true(str_is(leases[0].payload, "{\"a\":1}"));
    assert_true(leases[0].put_at > INT64_C(1700000000000000));
    OK(queue_depth(db, &depth, &err));
    assert_int_equal(depth.ready, 1);
    assert_int_equal(depth.leased, 2);
    OK(txn_run(db, done_body, &leases[0], &err));
    OK(txn_run(db, done_body, &leases[1], &err));
    OK(lease_claim(db, NULL, STR("w2"), 8, leases, &n, &err));
    assert_int_equal(n, 1);
    assert_int_equal(leases[0].subject, 3);
    OK(txn_run(db, done_body, &leases[0], &err));
    OK(lease_claim(db, NULL, STR("w2"), 8, leases, &n, &err));
    assert_int_equal(n, 0);
}

static enum rc nothing(const struct job *job, struct err *err)
{
    (void)job;
    (void)err;
    return RC_OK;
}

static void expect_claimed(struct village_db *db, const struct job_table *jobs, size_t n, uint64_t first, uint64_t last)
{
    struct lease leases[LEASE_MOST];
    size_t claimed;
    struct err err;

    OK(lease_claim(db, jobs, STR("w1"), 8, leases, &claimed, &err));
    assert_int_equal(claimed, n);
    assert_int_equal(leases[0].subject, first);
    assert_int_equal(leases[n - 1].subject, last);
}

static void together(void *arg)
{
    static const struct job_row rows[] = {
        {JOB_RENDER_LETTER, 60, "A", "A", nothing, .together = 3}, {JOB_PUBLISH_ROLLUP, 60, "B", "B", nothing, 0}, {0}};
    static const uint16_t kinds[] = {JOB_RENDER_LETTER, JOB_RENDER_LETTER, JOB_PUBLISH_ROLLUP, JOB_PUBLISH_ROLLUP,
                                     JOB_RENDER_LETTER, JOB_RENDER_LETTER, JOB_RENDER_LETTER,  JOB_RENDER_LETTER};
    struct village_db *db = village();
    struct job_table jobs = {0};
    struct err err;

    (void)arg;
    as_admin("DELETE FROM lease_village.outbox");
    job_table_add(&jobs, rows, NULL);
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        OK(put(db, (struct put){kinds[i], i + 1, false, false}, &err));
    expect_claimed(db, &jobs, 2, 1, 2);
    expect_claimed(db, &jobs, 1, 3, 3);
    expect_claimed(db, &jobs, 1, 4, 4);
    expect_claimed(db, &jobs, 3, 5, 7);
    expect_claimed(db, &jobs, 1, 8, 8);
}

static void lost_worker(void *arg)
{
    struct village_db *db = village();
    struct lease mine, theirs;
    size_t n;
    struct err err;

    (void)arg;
    as_admin("DELETE FROM lease_village.outbox");
    OK(put(db, (struct put){JOB_RENDER_LETTER, 9, false, false}, &err));
    OK(lease_claim(db, NULL, STR("w1"), 1, &mine, &n, &err));
    assert_int_equal(n, 1);
    OK(lease_claim(db, NULL, STR("w2"), 1, &theirs, &n, &err));
    assert_int_equal(n, 0); /* the lease holds */
    as_admin("UPDATE lease_village.outbox SET due_at = NOW(6) - INTERVAL 1 SECOND");
    OK(lease_claim(db, NULL, STR("w2"), 1, &theirs, &n, &err));
    assert_int_equal(n, 1);
    assert_int_equal(theirs.attempt, 2);
    EXPECT(RC_FENCED, txn_run(db, done_body, &mine, &err)); /* the one thought lost comes back: too late */
    EXPECT(RC_FENCED, lease_failed(db, &mine, STR("late"), true, &err));
    OK(txn_run(db, done_body, &theirs, &err));
    EXPECT(RC_FENCED, txn_run(db, done_body, &theirs, &err)); /* done is done */
}

static void failing(void *arg)
{
    struct village_db *db = village();
    struct lease lease;
    struct queue_depth depth;
    size_t n;
    struct err err;

    (void)arg;
    as_admin("DELETE FROM lease_village.outbox");
    OK(put(db, (struct put){JOB_RENDER_LETTER, 9, false, false}, &err));
    for (unsigned try = 1; try <= LEASE_TRIES; try++) {
        as_admin(try == 2 ? "UPDATE lease_village.outbox SET due_at = due_at - INTERVAL 10 SECOND" /* with those below: 20 */
                          : "UPDATE lease_village.outbox SET due_at = NOW(6)");
        OK(lease_claim(db, NULL, STR("w1"), 1, &lease, &n, &err));
        assert_int_equal(n, 1);
        assert_int_equal(lease.attempt, try);
        OK(lease_failed(db, &lease, STR("the press is broken"), true, &err));
        OK(lease_claim(db, NULL, STR("w1"), 1, &lease, &n, &err));
        assert_int_equal(n, 0); /* not before its time */
        if (try == 1) {
            as_admin("UPDATE lease_village.outbox SET due_at = due_at - INTERVAL 10 SECOND");
            OK(lease_claim(db, NULL, STR("w1"), 1, &lease, &n, &err));
            assert_int_equal(n, 0);
        }
    }
    OK(queue_depth(db, &depth, &err));
    assert_int_equal(depth.dead, 1);
    assert_int_equal(depth.ready + depth.leased, 0);
    OK(put(db, (struct put){JOB_RENDER_LETTER, 10, false, false}, &err));
    OK(lease_claim(db, NULL, STR("w1"), 1, &lease, &n, &err));
    OK(lease_failed(db, &lease, STR("never"), false, &err)); /* no use in trying */
    OK(queue_depth(db, &depth, &err));
    assert_int_equal(depth.dead, 2);
}

static void once(void *arg)
{
    struct village_db *db = village();
    struct lease lease;
    struct queue_depth depth;
    size_t n;
    struct err err;

    (void)arg;
    as_admin("DELETE FROM lease_village.outbox");
    OK(put(db, (struct put){JOB_RENDER_LETTER, 0, false, false}, &err));
    for (int i = 0; i < 3; i++)
        OK(put(db, (struct put){JOB_SPREAD_EPOCH, 0, true, false}, &err));
    OK(queue_depth(db, &depth, &err));
    assert_int_equal(depth.ready, 2);
    as_admin("DELETE FROM lease_village.outbox WHERE kind = 1");
    OK(lease_claim(db, NULL, STR("w1"), 1, &lease, &n, &err));
    assert_int_equal(lease.kind, JOB_SPREAD_EPOCH);
    OK(put(db, (struct put){JOB_SPREAD_EPOCH, 0, true, false}, &err)); /* that one may have read already: another */
    OK(queue_depth(db, &depth, &err));
    assert_int_equal(depth.ready, 1);
    OK(txn_run(db, done_body, &lease, &err));
}

/* A held job cannot be claimed before the transaction that counts on it is over. */
static enum rc hold_body(struct txn *txn, void *ctx, struct err *err)
{
    struct lease lease;
    size_t n;

    (void)ctx;
    TRY(outbox_put_once(txn, JOB_SPREAD_EPOCH, 0, err));
    TRY(lease_claim(village(), NULL, STR("w1"), 1, &lease, &n, err));
    assert_int_equal(n, 0);
    return RC_OK;
}

static void held(void *arg)
{
    struct village_db *db = village();
    struct lease lease;
    size_t n;
    struct err err;

    (void)arg;
    as_admin("DELETE FROM lease_village.outbox");
    OK(put(db, (struct put){JOB_SPREAD_EPOCH, 0, true, false}, &err));
    OK(txn_run(db, hold_body, NULL, &err));
    OK(lease_claim(db, NULL, STR("w1"), 1, &lease, &n, &err));
    assert_int_equal(n, 1);
}

/* One waits and says the newest; the next is not before the pause; over the day's budget a known subject waits a day, a new one gets none.
 */
static enum rc paced_body(struct txn *txn, void *ctx, struct err *err)
{
    const uint64_t *subject = ctx;
    const struct outbox_pace pace = {.kind = 8, .subject = *subject, .first = 100, .last = 199, .pause_s = 600, .most_a_day = 3};
    bool is_over;

    TRY(outbox_put_paced(txn, &pace, STR("{\"b\":2}"), &is_over, err));
    return is_over ? fail(err, RC_BUSY, "over the day's budget") : RC_OK;
}

static void paced(void *arg)
{
    struct village_db *db = village();
    uint64_t one = 100, two = 199, three = 150;
    struct lease leases[4];
    struct queue_depth depth;
    struct err err;
    size_t n;

    (void)arg;
    as_admin("DELETE FROM lease_village.outbox");
    OK(put(db, (struct put){8, 200, false, false}, &err)); /* of another stretch: counts for nothing */
    OK(put(db, (struct put){8, one, false, false}, &err));
    OK(txn_run(db, paced_body, &one, &err));
    OK(queue_depth(db, &depth, &err));
    assert_int_equal(depth.ready, 2);
    OK(lease_claim(db, NULL, STR("w1"), 4, leases, &n, &err));
    assert_int_equal(n, 2);
    assert_true(str_is(leases[0].payload, "{\"a\":1}") && str_is(leases[1].payload, "{\"b\":2}"));
    OK(txn_run(db, paced_body, &one, &err)); /* the first is under way: this one waits */
    OK(lease_claim(db, NULL, STR("w1"), 4, leases, &n, &err));
    assert_int_equal(n, 0);
    OK(txn_run(db, paced_body, &two, &err)); /* the third of the day: at once */
    OK(lease_claim(db, NULL, STR("w1"), 4, leases, &n, &err));
    assert_int_equal(n, 1);
    assert_int_equal(txn_run(db, paced_body, &three, &err), RC_BUSY);
    OK(txn_run(db, paced_body, &two, &err));
    as_admin("UPDATE lease_village.outbox SET due_at = due_at - INTERVAL 15 MINUTE WHERE state = 1"); /* the pause, and a lease */
    OK(lease_claim(db, NULL, STR("w1"), 4, leases, &n, &err));
    assert_int_equal(n, 1);
    assert_int_equal(leases[0].subject, one);
}

/* Eight fibers take from one queue: every job once. */
struct race {
    struct wait_list done;
    unsigned alive;
    unsigned char times[200];
};

static void racer(void *arg)
{
    struct race *race = arg;
    struct village_db *db = village();
    struct lease leases[LEASE_MOST];
    size_t n;
    struct err err;

    do {
        OK(lease_claim(db, NULL, STR("r"), 5, leases, &n, &err));
        for (size_t i = 0; i < n; i++) {
            race->times[leases[i].subject]++;
            OK(txn_run(db, done_body, &leases[i], &err));
        }
    } while (n > 0);
    if (--race->alive == 0)
        fiber_wake_all(&race->done);
}

static void contended(void *arg)
{
    struct village_db *db = village();
    struct race race = {.alive = 4};
    struct err err;

    (void)arg;
    as_admin("DELETE FROM lease_village.outbox");
    for (uint64_t i = 0; i < COUNT_OF(race.times); i++)
        OK(put(db, (struct put){JOB_RENDER_LETTER, i, false, false}, &err));
    for (int i = 0; i < 4; i++)
        fiber_spawn(rig.loop, racer, &race);
    while (race.alive > 0)
        OK(fiber_park(&race.done, 0, &err));
    for (size_t i = 0; i < COUNT_OF(race.times); i++)
        assert_int_equal(race.times[i], 1);
}

static void effects(void *arg)
{
    struct village_db *db = village();
    struct str key = STR("letter:218"), other = STR("letter:219");
    struct err err;

    (void)arg;
    OK(txn_run(db, effect_body, &key, &err));
    EXPECT(RC_DUPLICATE, txn_run(db, effect_body, &key, &err));
    OK(txn_run(db, effect_body, &other, &err));
    as_admin("UPDATE lease_village.effect SET at = NOW(6) - INTERVAL 2 YEAR");
    as_admin("UPDATE lease_village.outbox SET state = 3, due_at = NOW(6) - INTERVAL 8 DAY");
    OK(queue_tidy(db, &err));
    OK(txn_run(db, effect_body, &key, &err));
}

static enum rc control_put_body(struct control_txn *txn, void *ctx, struct err *err)
{
    (void)ctx;
    return control_outbox_put(txn, CONTROL_JOB_PROVISION, 7317102003, STR_NONE, err);
}

static void control(void *arg)
{
    struct control_db *db = store_control(rig.store, rig.arena);
    struct control_lease lease, again;
    size_t n;
    struct err err;

    (void)arg;
    OK(control_txn_run(db, control_put_body, NULL, &err));
    OK(control_lease_claim(db, STR("w"), 4, &lease, &n, &err));
    assert_int_equal(n, 1);
    assert_int_equal(lease.subject, 7317102003);
    OK(control_lease_failed(db, &lease, STR("no room"), true, &err));
    as_admin("UPDATE lease_control.outbox SET due_at = due_at - INTERVAL 10 SECOND");
    OK(control_lease_claim(db, STR("w"), 4, &again, &n, &err));
    assert_int_equal(n, 0);
    as_admin("UPDATE lease_control.outbox SET due_at = NOW(6)");
    OK(control_lease_claim(db, STR("w"), 4, &again, &n, &err));
    assert_int_equal(n, 1);
    EXPECT(RC_FENCED, control_lease_done(db, &lease, &err));
    OK(control_lease_done(db, &again, &err));
    OK(control_lease_claim(db, STR("w"), 4, &again, &n, &err));
    assert_int_equal(n, 0);
}

static void in_fiber(void (*fn)(void *arg))
{
    loop_run_fiber(rig.loop, fn, NULL);
}

static void test_a_job_put_is_claimed_and_done_once(void **state)
{
    (void)state;
    in_fiber(put_claim_done);
}
static void test_a_lost_workers_job_goes_to_another_and_the_lost_one_is_fenced(void **state)
{
    (void)state;
    in_fiber(lost_worker);
}
static void test_a_failing_job_backs_off_and_is_buried_after_twelve_tries(void **state)
{
    (void)state;
    in_fiber(failing);
}
static void test_put_once_adds_no_second_untouched_job(void **state)
{
    (void)state;
    in_fiber(once);
}
static void test_a_job_counted_on_is_held_until_the_commit(void **state)
{
    (void)state;
    in_fiber(held);
}
static void test_paced_jobs_keep_their_pace_and_the_days_budget(void **state)
{
    (void)state;
    in_fiber(paced);
}
static void test_only_a_kind_that_goes_together_is_claimed_by_several(void **state)
{
    (void)state;
    in_fiber(together);
}
static void test_many_takers_take_each_job_once(void **state)
{
    (void)state;
    in_fiber(contended);
}
static void test_an_effect_takes_place_once(void **state)
{
    (void)state;
    in_fiber(effects);
}
static void test_controls_own_outbox(void **state)
{
    (void)state;
    in_fiber(control);
}

static void test_back_off_grows_to_an_hour(void **state)
{
    (void)state;
    assert_int_equal(lease_backoff_s(1), 15);
    assert_int_equal(lease_backoff_s(2), 30);
    assert_int_equal(lease_backoff_s(8), 1920);
    assert_int_equal(lease_backoff_s(9), 3600);
    assert_int_equal(lease_backoff_s(4000000000u), 3600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_job_put_is_claimed_and_done_once),
        cmocka_unit_test(test_a_lost_workers_job_goes_to_another_and_the_lost_one_is_fenced),
        cmocka_unit_test(test_a_failing_job_backs_off_and_is_buried_after_twelve_tries),
        cmocka_unit_test(test_put_once_adds_no_second_untouched_job),
        cmocka_unit_test(test_a_job_counted_on_is_held_until_the_commit),
        cmocka_unit_test(test_paced_jobs_keep_their_pace_and_the_days_budget),
        cmocka_unit_test(test_only_a_kind_that_goes_together_is_claimed_by_several),
        cmocka_unit_test(test_many_takers_take_each_job_once),
        cmocka_unit_test(test_an_effect_takes_place_once),
        cmocka_unit_test(test_controls_own_outbox),
        cmocka_unit_test(test_back_off_grows_to_an_hour),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
