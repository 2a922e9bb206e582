// SPDX-License-Identifier: AGPL-3.0-or-later
/* Every type there and back, as text and prepared; kinds of statements; errors that tell no row's content. */
#include "tests/unit/server/store/rig.h"

#include "tests/unit/server/store/cases_sql.h"

static struct str megabyte(struct arena *arena)
{
    char *p = arena_alloc(arena, 1 << 20);

    for (size_t i = 0; i < 1 << 20; i++)
        p[i] = (char)(i * 2654435761u >> 13);
    return (struct str){p, 1 << 20};
}

static struct thing_put_in full(struct arena *arena)
{
    return (struct thing_put_in){
        .u64 = UINT64_MAX,
        .u32 = UINT32_MAX,
        .u16 = UINT16_MAX,
        .u8 = UINT8_MAX,
        .i64 = INT64_MIN,
        .i32 = INT32_MIN,
        .flag = true,
        .f64 = -0.1,
        .text = STR("To'long \"\\' ; -- \0 \n\x1a %_ \xf0\x9f\x8c\xbe ? :u64"),
        .bin = megabyte(arena),
        .day = {2024, 2, 29},
        .at = INT64_C(1795516325123456),
        .colour = BLUE,
        .n_u64 = some_u64(0),
        .n_i32 = some_i64(-7),
        .n_text = STR(""),
        .n_bin = STR("\xff\x00\xfe'\\"),
        .n_day = {1, 1, 1},
        .n_at = -1,
        .n_colour = RED,
    };
}

static struct thing_put_in empty(void)
{
    return (struct thing_put_in){.text = STR(""), .bin = STR(""), .day = {9999, 12, 31}, .at = 0, .colour = GREEN};
}

static void assert_str(struct str got, struct str wanted)
{
    assert_int_equal(got.p == NULL, wanted.p == NULL);
    assert_int_equal(got.n, wanted.n);
    if (got.n > 0)
        assert_memory_equal(got.p, wanted.p, got.n);
}

static void assert_same(const struct thing *got, const struct thing_put_in *put)
{
    assert_true(got->u64 == put->u64 && got->u32 == put->u32 && got->u16 == put->u16 && got->u8 == put->u8);
    assert_true(got->i64 == put->i64 && got->i32 == put->i32 && got->flag == put->flag && got->colour == put->colour);
    assert_true(got->f64 >= put->f64 && got->f64 <= put->f64);
    assert_str(got->text, put->text);
    assert_str(got->bin, put->bin);
    assert_int_equal(date_compare(got->day, put->day), 0);
    assert_int_equal(got->at, put->at);
    assert_int_equal(got->n_u64.is_set, put->n_u64.is_set);
    assert_int_equal(got->n_u64.value, put->n_u64.value);
    assert_int_equal(got->n_i32.is_set, put->n_i32.is_set);
    assert_int_equal(got->n_i32.value, put->n_i32.value);
    assert_str(got->n_text, put->n_text);
    assert_str(got->n_bin, put->n_bin);
    assert_int_equal(date_compare(got->n_day, put->n_day), 0);
    assert_int_equal(got->n_at, put->n_at);
    assert_int_equal(got->n_colour, put->n_colour);
}

static void round_trip(struct village_db *db, const struct thing_put_in *put, bool is_hot)
{
    struct thing_put_hot_in hot;
    struct thing got;
    uint64_t id;
    struct err err;

    _Static_assert(sizeof(hot) == sizeof(*put), "the same inputs");
    memcpy(&hot, put, sizeof(hot));
    OK(is_hot ? sql_thing_put_hot(db, &hot, &id, &err) : sql_thing_put(db, put, &id, &err));
    OK(sql_thing_get(db, id, &got, &err));
    assert_same(&got, put);
    OK(sql_thing_get_hot(db, id, &got, &err));
    assert_same(&got, put);
}

static void every_type(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = store_village(rig->store, arena, &rig->village[0]);
    const struct thing_put_in some = full(arena), none = empty();
    struct found found;
    struct err err;

    for (int is_hot = 0; is_hot < 2; is_hot++) {
        round_trip(db, &some, is_hot);
        round_trip(db, &none, is_hot);
    }
    struct things_found_in same = {some.text, some.bin, some.day, some.at, some.i64, some.n_text};

    OK(sql_things_found(db, &same, &found, &err));
    assert_int_equal(found.n, 2);
    same.n_text = STR_NONE; /* the filter is off */
    OK(sql_things_found(db, &same, &found, &err));
    assert_int_equal(found.n, 2);
    arena_free(&arena);
}

static void unset_filters_are_not_sent(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = store_village(rig->store, arena, &rig->village[0]);
    struct sent sent;
    struct err err;

    OK(sql_own_text(db, STR_NONE, (struct opt_u64){0}, &sent, &err));
    assert_true(str_find(sent.text, STR("CONNECTION_ID() AND (TRUE) AND IF(NULL IS NULL OR FALSE, 1, 0) = 1")) >= 0);
    OK(sql_own_text(db, STR("x"), (struct opt_u64){0}, &sent, &err));
    assert_true(str_find(sent.text, STR("AND ('x' IS NULL OR 'it''s \\') ,' <> 'x' OR (1, 2) = (NULL, 2)) AND IF(")) >= 0);
    arena_free(&arena);
}

static void values_that_do_not_fit(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = store_village(rig->store, arena, &rig->village[0]);
    struct thing_put_in put = empty();
    struct narrow narrow = {77};
    struct wrong wrong;
    struct number number;
    uint64_t id;
    struct err err;

    put.u64 = 256;
    OK(sql_thing_put(db, &put, &id, &err));
    EXPECT(RC_FAULT, sql_thing_wrong_null(db, id, &wrong, &err));
    assert_non_null(strstr(err.text, "column n_u64 is NULL"));
    EXPECT(RC_FAULT, sql_thing_too_wide(db, id, &narrow, &err));
    EXPECT(RC_FAULT, sql_thing_too_wide_hot(db, id, &narrow, &err));
    assert_int_equal(narrow.u64, 77); /* outputs are written only on success */
    EXPECT(RC_NOT_FOUND, sql_thing_get(db, id + 1000, &(struct thing){0}, &err));
    EXPECT(RC_FAULT, sql_things_all(db, &number, &err));
    put.day = (struct date){0};
    EXPECT(RC_FAULT, sql_thing_put(db, &put, NULL, &err)); /* not declared nullable */
    put = empty();
    put.f64 = 0.0 / 0.0;
    EXPECT(RC_FAULT, sql_thing_put(db, &put, NULL, &err));
    put = empty();
    put.n_text = (struct str){megabyte(arena).p, 101};
    EXPECT(RC_FAULT, sql_thing_put(db, &put, NULL, &err)); /* strict mode: nothing is cut silently */
    arena_free(&arena);
}

static enum rc fill_body(struct txn *txn, void *ctx, struct err *err)
{
    struct items_put_in *rows = ctx;

    return sql_items_put(txn, rows, 20000, err);
}

static enum rc sum_row(void *ctx, const struct item *row, struct err *err)
{
    uint64_t *sum = ctx;

    if (row->word.n < 150 || row->word.p[row->word.n - 1] != ')')
        return fail(err, RC_FAULT, "item %" PRIu64 " has another word", row->id);
    *sum += row->n;
    return row->id == 15000 && row->n == 3 ? fail(err, RC_CONFLICT, "stopped") : RC_OK;
}

static void many_rows(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = store_village(rig->store, arena, &rig->village[0]);
    struct items_put_in *rows = ARENA_ARRAY(arena, struct items_put_in, 20000);
    struct item_rows items;
    uint64_t sum = 0, affected;
    size_t used;
    struct err err;

    for (size_t i = 0; i < 20000; i++)
        rows[i] = (struct items_put_in){i + 1, 1, str_fmt(arena, "%0150zu'\\", i)};
    OK(txn_run(db, fill_body, rows, &err)); /* 3.5 MB: several packets */
    OK(txn_run(db, fill_body, rows, &err)); /* and each key again */
    used = arena_used(arena);
    OK(sql_items_walk(db, sum_row, &sum, &err));
    assert_int_equal(sum, 40000);
    assert_true(arena_used(arena) - used < 4096); /* constant memory */
    OK(sql_items_up(db, 10001, &items, &err));
    assert_int_equal(items.n, 10000);
    assert_int_equal(items.p[9999].id, 20000);
    OK(sql_items_up_hot(db, 19999, &items, &err));
    assert_int_equal(items.n, 2);
    assert_true(str_eq(items.p[1].word, str_fmt(arena, "%0150d'\\)", 19999)));
    OK(sql_items_up(db, 20001, &items, &err));
    assert_int_equal(items.n, 0);
    OK(sql_item_change(db, 15000, 3, &affected, &err));
    assert_int_equal(affected, 1);
    OK(sql_item_change(db, 15000, 3, &affected, &err));
    assert_int_equal(affected, 1); /* found, though not changed */
    OK(sql_item_change(db, 30000, 3, &affected, &err));
    assert_int_equal(affected, 0);
    EXPECT(RC_CONFLICT, sql_items_walk(db, sum_row, &sum, &err)); /* the callback's rc ends it */
    OK(sql_items_clear(db, &affected, &err));                     /* and the pool is well */
    assert_int_equal(affected, 20000);
    arena_free(&arena);
}

static void errors_tell_no_content(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = store_village(rig->store, arena, &rig->village[0]);
    struct err err;

    OK(sql_item_add(db, 1, STR("SECRET for key 'x'"), NULL, &err));
    EXPECT(RC_DUPLICATE, sql_item_add(db, 1, STR("SECRET for key 'x'"), NULL, &err));
    assert_null(strstr(err.text, "SECRET"));
    assert_non_null(strstr(err.text, "PRIMARY"));
    EXPECT(RC_FAULT, sql_item_add(db, 2, STR("SECRET \xff\xfe bad"), NULL, &err));
    assert_null(strstr(err.text, "SECRET"));
    assert_non_null(strstr(err.text, "item_add"));
    OK(sql_items_clear(db, NULL, &err));
    arena_free(&arena);
}

static void session_is_ours(struct rig *rig)
{
    struct arena *arena = arena_new();
    struct village_db *db = store_village(rig->store, arena, &rig->village[1]);
    struct settings settings;
    struct who who;
    struct err err;

    OK(sql_session_settings(db, &settings, &err));
    assert_true(str_is(settings.zone, "+00:00"));
    assert_true(str_find(settings.mode, STR("STRICT_ALL_TABLES")) >= 0);
    assert_true(str_is(settings.collation, "utf8mb4_unicode_ci"));
    OK(sql_me(db, &who, &err));
    assert_true(str_eq(who.db, rig->village[1].schema));
    assert_int_equal(village_db_statements(db), 2);
    arena_free(&arena);
}

RIG_TEST(every_type)
RIG_TEST(unset_filters_are_not_sent)
RIG_TEST(values_that_do_not_fit)
RIG_TEST(many_rows)
RIG_TEST(errors_tell_no_content)
RIG_TEST(session_is_ours)
/* Commands call without a fiber: the thread waits. */
static void test_the_same_without_a_fiber(void **state)
{
    every_type(*state);
}

RIG_SET_UP("values")

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type),      cmocka_unit_test(test_values_that_do_not_fit),
        cmocka_unit_test(test_many_rows),       cmocka_unit_test(test_errors_tell_no_content),
        cmocka_unit_test(test_session_is_ours), cmocka_unit_test(test_unset_filters_are_not_sent),
    };
    const struct CMUnitTest alone[] = {cmocka_unit_test(test_the_same_without_a_fiber)};

    return cmocka_run_group_tests(tests, set_up, rig_tear_down) + cmocka_run_group_tests(alone, set_up, rig_tear_down);
}
