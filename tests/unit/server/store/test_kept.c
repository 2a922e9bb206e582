// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a handle remembers of its kept statements, and when it asks anew. */
#include "tests/unit/server/store/rig.h"

#include "tests/unit/server/store/cases_sql.h"

static struct village_db *open_village(struct rig *rig, struct arena *arena)
{
    return store_village(rig->store, arena, &rig->village[0]);
}

static void start(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = open_village(rig, arena);
    struct err err;

    OK(sql_items_clear(db, NULL, &err));
    for (uint64_t id = 1; id <= 3; id++)
        OK(sql_item_set(db, id, 10 * id, NULL, &err));
    arena_free(&arena);
}

/* Somebody else does it, on another handle. */
static void change(struct rig *rig, uint64_t id, uint64_t n)
{
    struct arena *arena = arena_new();
    struct err err;

    OK(sql_item_change(open_village(rig, arena), id, n, NULL, &err));
    arena_free(&arena);
}

/* n of the item as the handle says it; 0: there is none. */
static uint64_t told(struct village_db *db, uint64_t id, struct str word)
{
    struct item item;
    struct err err;
    bool found;

    OK(sql_item_kept(db, id, word, &item, &found, &err));
    return found ? item.n : 0;
}

static void asked_again_it_asks_nobody(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = open_village(rig, arena);
    struct item_rows rows;
    struct err err;
    char word[] = "w";

    start(rig);
    assert_int_equal(told(db, 1, str_c(word)), 10);
    word[0] = 'x'; /* the caller's own memory is his */
    assert_int_equal(told(db, 1, STR("w")), 10);
    assert_int_equal(village_db_statements(db), 1);
    /* Other inputs are another question, and so is NULL; that there is none is remembered, too. */
    assert_int_equal(told(db, 1, STR("x")), 0);
    assert_int_equal(told(db, 1, STR_NONE), 10);
    assert_int_equal(told(db, 2, STR_NONE), 20);
    assert_int_equal(told(db, 1, STR("x")), 0);
    assert_int_equal(village_db_statements(db), 4);
    /* What one caller does with his rows the next one does not see. */
    for (int i = 0; i < 2; i++) {
        OK(sql_items_kept(db, 2, &rows, &err));
        assert_int_equal(rows.n, 2);
        assert_int_equal(rows.p[0].n, 20);
        assert_string_equal(str_z(arena, rows.p[1].word), "w");
        rows.p[0].n = 99;
    }
    OK(sql_items_kept(db, 9, &rows, &err));
    OK(sql_items_kept(db, 9, &rows, &err));
    assert_int_equal(rows.n, 0);
    assert_int_equal(village_db_statements(db), 6);
    arena_free(&arena);
}

static void a_write_of_its_table_forgets_it(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = open_village(rig, arena);
    struct err err;

    start(rig);
    assert_int_equal(told(db, 1, STR_NONE), 10);
    OK(sql_things_clear(db, NULL, &err)); /* of another table */
    change(rig, 1, 11);
    assert_int_equal(told(db, 1, STR_NONE), 10);
    OK(sql_item_change(db, 2, 21, NULL, &err));
    assert_int_equal(told(db, 1, STR_NONE), 11);
    arena_free(&arena);
}

struct trial {
    struct rig *rig;
    unsigned runs;
};

/* Its first try meets a change: the second knows nothing of what the first read. */
static enum rc trial_body(struct txn *txn, void *ctx, struct err *err)
{
    struct trial *trial = ctx;
    struct item locked;

    trial->runs++;
    const uint64_t before = told(in_txn(txn), 1, STR_NONE);
    if (trial->runs == 1)
        change(trial->rig, 1, 12);
    TRY(sql_item_lock(txn, 1, &locked, err));
    assert_int_equal(before, locked.n);
    assert_int_equal(told(in_txn(txn), 1, STR_NONE), locked.n);
    TRY(sql_item_change(in_txn(txn), 1, 13, NULL, err));
    assert_int_equal(told(in_txn(txn), 1, STR_NONE), 13); /* its own */
    return RC_OK;
}

static void a_transaction_remembers_for_itself(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = open_village(rig, arena);
    struct trial trial = {rig, 0};
    struct err err;

    start(rig);
    assert_int_equal(told(db, 1, STR_NONE), 10);
    change(rig, 1, 11);
    OK(txn_run(db, trial_body, &trial, &err));
    assert_int_equal(trial.runs, 2);
    assert_int_equal(told(db, 1, STR_NONE), 13); /* what was read before it is not believed after it */
    arena_free(&arena);
}

RIG_TEST(asked_again_it_asks_nobody)
RIG_TEST(a_write_of_its_table_forgets_it)
RIG_TEST(a_transaction_remembers_for_itself)

RIG_SET_UP("kept")

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_asked_again_it_asks_nobody),
        cmocka_unit_test(test_a_write_of_its_table_forgets_it),
        cmocka_unit_test(test_a_transaction_remembers_for_itself),
    };

    return cmocka_run_group_tests(tests, set_up, rig_tear_down);
}
