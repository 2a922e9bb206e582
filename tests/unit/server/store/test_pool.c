// SPDX-License-Identifier: AGPL-3.0-or-later
/* Connections: caps, budget, queue, idle ones, changing hands; prepared statements and their budget. */
#include "tests/unit/server/store/rig.h"

#include "tests/unit/server/store/cases_sql.h"

/* Several fibers and the end of the last. */
struct crowd {
    struct rig *rig;
    struct wait_list done;
    unsigned alive, busy;
    size_t village;
    unsigned order[16], n;
};

static void leave(struct crowd *crowd)
{
    if (--crowd->alive == 0)
        fiber_wake_all(&crowd->done);
}

static void wait_for(struct crowd *crowd)
{
    struct err err;

    while (crowd->alive > 0)
        OK(fiber_park(&crowd->done, 0, &err));
}

static struct village_db *open_village(struct rig *rig, struct arena *arena, size_t i)
{
    return store_village(rig->store, arena, &rig->village[i]);
}

/* ---- cap ---- */

static void napper(void *arg)
{
    struct crowd *crowd = arg;
    struct arena *arena = arena_new();
    struct slept slept;
    struct err err;
    unsigned me = crowd->n++;

    OK(sql_nap(open_village(crowd->rig, arena, 0), 0.005, &slept, &err));
    crowd->order[crowd->busy++] = me;
    arena_free(&arena);
    leave(crowd);
}

static void a_village_keeps_to_its_cap(struct rig *rig)
{
    struct crowd crowd = {.rig = rig, .alive = 9};

    rig_store(rig, 8, 2, 10, 60000);
    for (int i = 0; i < 9; i++)
        fiber_spawn(rig->loop, napper, &crowd);
    assert_int_equal(store_stats(rig->store).open, 2);
    assert_int_equal(store_stats(rig->store).waiting, 7);
    wait_for(&crowd);
    assert_int_equal(store_stats(rig->store).connects, 2);
    assert_int_equal(store_stats(rig->store).busy, 0);
}

static void first_come_first_served(struct rig *rig)
{
    struct crowd crowd = {.rig = rig, .alive = 5};

    rig_store(rig, 8, 1, 10, 60000);
    for (int i = 0; i < 5; i++)
        fiber_spawn(rig->loop, napper, &crowd);
    wait_for(&crowd);
    for (unsigned i = 0; i < 5; i++)
        assert_int_equal(crowd.order[i], i);
}

/* ---- budget ---- */

static void check_me(struct rig *rig, struct arena *arena, size_t i)
{
    struct who who;
    struct settings settings;
    struct str account = str_fmt(arena, "%.*s@localhost", STR_ARG(rig->village[i].user));
    struct err err;

    OK(sql_me(open_village(rig, arena, i), &who, &err));
    assert_true(str_eq(who.db, rig->village[i].schema));
    assert_true(str_eq(who.account, account));
    OK(sql_session_settings(open_village(rig, arena, i), &settings, &err));
    assert_true(str_is(settings.zone, "+00:00"));
    assert_true(str_is(settings.collation, "utf8mb4_unicode_ci"));
    assert_null(settings.variable.p);
}

static void a_connection_changes_hands_under_pressure(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct item item;
    bool found;
    struct err err;

    rig_store(rig, 2, 2, 10, 60000);
    for (int turn = 0; turn < 3; turn++)
        for (size_t i = 0; i < RIG_VILLAGES; i++) {
            check_me(rig, arena, i);
            for (int again = 0; again < 2; again++) /* as text, then prepared, anew on each */
                OK(sql_item_find_hot(open_village(rig, arena, i), 1, &item, &found, &err));
        }
    assert_int_equal(store_stats(rig->store).open, 2);
    assert_int_equal(store_stats(rig->store).connects, 2);
    assert_int_equal(store_stats(rig->store).recycled, 10);
    assert_int_equal(store_stats(rig->store).prepared, 2); /* changing hands closed the others */
    arena_free(&arena);
}

/* One village's fibers never starve another's when there is one connection for all. */
static void visitor(void *arg)
{
    struct crowd *crowd = arg;
    struct arena *arena = arena_new();
    size_t village = crowd->n++ % RIG_VILLAGES;
    struct who who;
    struct err err;

    for (int i = 0; i < 10; i++) {
        OK(sql_me(open_village(crowd->rig, arena, village), &who, &err));
        assert_true(str_eq(who.db, crowd->rig->village[village].schema));
    }
    arena_free(&arena);
    leave(crowd);
}

static void sixteen_fibers_of_four_villages_share_one_connection(struct rig *rig)
{
    struct crowd crowd = {.rig = rig, .alive = 16};

    rig_store(rig, 1, 3, 10, 60000);
    for (int i = 0; i < 16; i++)
        fiber_spawn(rig->loop, visitor, &crowd);
    wait_for(&crowd);
    assert_int_equal(store_stats(rig->store).open, 1);
    assert_int_equal(store_stats(rig->store).lost, 0);
}

/* ---- no connection in time ---- */

static void long_napper(void *arg)
{
    struct crowd *crowd = arg;
    struct arena *arena = arena_new();
    struct slept slept;
    struct err err;

    OK(sql_nap(open_village(crowd->rig, arena, 0), 2.6, &slept, &err));
    arena_free(&arena);
    leave(crowd);
}

static void waiting_ends_with_busy(struct rig *rig)
{
    struct crowd crowd = {.rig = rig, .alive = 1};
    struct arena *arena = arena_new();
    struct who who;
    struct err err;

    rig_store(rig, 1, 1, 10, 60000);
    fiber_spawn(rig->loop, long_napper, &crowd);
    EXPECT(RC_BUSY, sql_me(open_village(rig, arena, 0), &who, &err));
    EXPECT(RC_OK, sql_me(open_village(rig, arena, 1), &who, &err)); /* waited less than 2 s */
    fiber_set_deadline(fiber_current(), clock_mono_ms() + 1500);    /* less than the wait in line; a statement of a slow build fits */
    OK(sql_me(open_village(rig, arena, 1), &who, &err));            /* what lies idle is had at once */
    fiber_set_deadline(fiber_current(), 0);
    wait_for(&crowd);
    arena_free(&arena);
}

/* ---- idle ---- */

static void idle_connections_are_closed(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct err err;

    rig_store(rig, 8, 2, 10, 30);
    check_me(rig, arena, 0);
    check_me(rig, arena, 1);
    while (store_stats(rig->store).open > 0) /* ends by the reaper, or the test's own time limit */
        OK(fiber_sleep_ms(5, &err));
    assert_int_equal(store_stats(rig->store).idle, 0);
    assert_int_equal(store_stats(rig->store).lost, 0);
    check_me(rig, arena, 0);
    arena_free(&arena);
}

static void kill_connection(struct rig *rig, uint64_t id)
{
    struct str number = str_fmt(rig->arena, "%" PRIu64, id);
    const struct admin_value value[] = {ADMIN_TEXT(number)};
    struct str_list left;
    struct err err;

    OK(admin_run(rig->admin, "EXECUTE IMMEDIATE CONCAT('KILL ', ?)", value, 1, &err));
    do
        OK(admin_column(rig->admin, "SELECT id FROM information_schema.processlist WHERE id = ?", value, 1, &left, &err));
    while (left.n > 0);
}

static void a_connection_closed_while_idle_is_not_used(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct who who, again;
    struct err err;

    rig_store(rig, 8, 2, 10, 60000);
    OK(sql_me(open_village(rig, arena, 0), &who, &err));
    kill_connection(rig, who.id);
    OK(sql_me(open_village(rig, arena, 0), &again, &err));
    assert_true(again.id != who.id);
    assert_int_equal(store_stats(rig->store).lost, 1);
    arena_free(&arena);
}

static void a_new_secret_is_taken_over(struct rig *rig)
{
    struct arena *arena = arena_new();
    const struct admin_value values[] = {ADMIN_TEXT(rig->village[3].user), ADMIN_TEXT(STR("another secret"))};
    struct store_account village = rig->village[3];
    struct who who;
    struct err err;

    rig_store(rig, 8, 2, 10, 60000);
    OK(sql_me(store_village(rig->store, arena, &village), &who, &err));
    OK(admin_run(rig->admin, "SET PASSWORD FOR ?@'localhost' = PASSWORD(?)", values, 2, &err));
    village.password = STR("another secret");
    OK(sql_me(store_village(rig->store, arena, &village), &who, &err));
    assert_int_equal(store_stats(rig->store).connects, 2);
    village.password = STR("a wrong secret");
    EXPECT(RC_FAULT, sql_me(store_village(rig->store, arena, &village), &who, &err));
    assert_non_null(strstr(err.text, "1045"));
    assert_int_equal(store_stats(rig->store).open, 0);
    rig->village[3].password = STR("another secret");
    arena_free(&arena);
}

/* ---- prepared ---- */

static void prepared_statements_keep_to_their_budget(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db;
    struct item item;
    struct item_rows items;
    struct err err;
    bool found;

    rig_store(rig, 8, 2, 2, 60000);
    db = open_village(rig, arena, 0);
    OK(sql_items_clear(db, NULL, &err));
    OK(sql_item_set(db, 1, 10, NULL, &err));
    for (int i = 0; i < 5; i++) {
        OK(sql_item_find_hot(db, 1, &item, &found, &err));
        assert_true(found && item.n == 10);
        OK(sql_item_find_warm(db, 1, &item, &found, &err));
        assert_true(found && item.n == 10);
        OK(sql_items_up_hot(db, 0, &items, &err));
        assert_int_equal(items.n, 1);
        assert_true(store_stats(rig->store).prepared <= 2);
    }
    /* A changed table is no surprise: the server prepares again. */
    const struct admin_value schema[] = {ADMIN_ID(rig->village[0].schema)};

    OK(sql_item_find_hot(db, 1, &item, &found, &err));
    OK(admin_run(rig->admin, "ALTER TABLE ?.item ADD COLUMN other INT NOT NULL DEFAULT 0 FIRST", schema, 1, &err));
    OK(sql_item_find_hot(db, 1, &item, &found, &err));
    assert_int_equal(item.id, 1);
    OK(admin_run(rig->admin, "ALTER TABLE ?.item DROP COLUMN other", schema, 1, &err));
    OK(sql_items_clear(db, NULL, &err));
    arena_free(&arena);
}

RIG_TEST(a_village_keeps_to_its_cap)
RIG_TEST(first_come_first_served)
RIG_TEST(a_connection_changes_hands_under_pressure)
RIG_TEST(sixteen_fibers_of_four_villages_share_one_connection)
RIG_TEST(waiting_ends_with_busy)
RIG_TEST(idle_connections_are_closed)
RIG_TEST(a_connection_closed_while_idle_is_not_used)
RIG_TEST(a_new_secret_is_taken_over)
RIG_TEST(prepared_statements_keep_to_their_budget)

RIG_SET_UP("pool")

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_village_keeps_to_its_cap),
        cmocka_unit_test(test_first_come_first_served),
        cmocka_unit_test(test_a_connection_changes_hands_under_pressure),
        cmocka_unit_test(test_sixteen_fibers_of_four_villages_share_one_connection),
        cmocka_unit_test(test_waiting_ends_with_busy),
        cmocka_unit_test(test_idle_connections_are_closed),
        cmocka_unit_test(test_a_connection_closed_while_idle_is_not_used),
        cmocka_unit_test(test_a_new_secret_is_taken_over),
        cmocka_unit_test(test_prepared_statements_keep_to_their_budget),
    };

    return cmocka_run_group_tests(tests, set_up, rig_tear_down);
}
