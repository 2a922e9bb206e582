// SPDX-License-Identifier: AGPL-3.0-or-later
/* Lists: every row once on its pages, forwards and backwards, in every order and direction, with NULL among the sort values. */
#include "tests/unit/server/store/rig.h"

#include "tests/unit/server/store/cases_sql.h"

static struct rig *rig;
static struct arena *arena;
static struct village_db *db;

enum { THINGS = 23 };

/* Few different values, so that every column of an order has ties, and NULL in each that may be. */
static void fill(void)
{
    struct err err;

    for (unsigned i = 0; i < THINGS; i++) {
        const struct thing_put_in in = {.text = str_fmt(arena, "w,%u:%u", i % 3, i % 4),
                                        .bin = STR(""),
                                        .day = {2026, 1, 1},
                                        .at = 1,
                                        .i64 = (int64_t)(i % 3) - 1,
                                        .colour = i % 5 == 0 ? RED : BLUE,
                                        .n_u64 = i % 2 == 0 ? (struct opt_u64){0} : some_u64(i % 4),
                                        .n_text = i % 7 < 3 ? STR_NONE : str_fmt(arena, "t%u", i % 3),
                                        .n_day = i % 4 < 2 ? (struct date){0} : (struct date){2026, 1, (uint8_t)(1 + i % 3)},
                                        .n_at = i % 3 == 0 ? 0 : (utc_us)(1795516325123456 + i % 2)};
        uint64_t id;

        OK(sql_thing_put(db, &in, &id, &err));
        OK(sql_item_set(db, id < 5 ? id : 900 + id, 1, NULL, &err));
    }
}

struct walk {
    uint64_t ids[2 * THINGS];
    size_t n;
};

static enum rc take(void *ctx, const struct spot_row *row, struct err *err)
{
    struct walk *walk = ctx;

    (void)err;
    assert_true(walk->n < COUNT_OF(walk->ids));
    walk->ids[walk->n++] = row->id;
    return RC_OK;
}

static struct walk whole(const struct spot_find *find, enum spot_way way, struct list_at at)
{
    struct walk walk = {0};
    struct err err;

    OK(sql_spot_each(db, find, way, &at, take, &walk, &err));
    return walk;
}

/* All pages one after the other from the first (or, going back, from the last). */
static void walk_pages(const struct spot_find *find, enum spot_way way, struct list_at at, uint32_t limit)
{
    const struct walk all = whole(find, way, at);
    size_t seen = 0, pages = 0;
    struct spot_row_rows rows;
    struct list_ends ends;
    struct err err;

    do {
        OK(sql_spot_page(db, find, way, &at, limit, &rows, &ends, &err));
        assert_true(rows.n > 0 && rows.n <= limit);
        for (size_t i = 0; i < rows.n; i++)
            assert_int_equal(rows.p[i].id, all.ids[at.is_back ? all.n - seen - rows.n + i : seen + i]);
        seen += rows.n;
        assert_int_equal(ends.has_before, at.is_back ? seen < all.n : pages > 0);
        assert_int_equal(ends.has_after, at.is_back ? pages > 0 : seen < all.n);
        at.spot = at.is_back ? ends.first : ends.last;
        assert_true(++pages <= all.n);
    } while (at.is_back ? ends.has_before : ends.has_after);
    assert_int_equal(seen, all.n);
}

static void every_row_stands_on_one_page(struct rig *unused)
{
    static const enum spot_order orders[] = {SPOT_BY_MIXED, SPOT_BY_TIME, SPOT_BY_WORD};
    static const enum spot_way ways[] = {SPOT_WAY_ALL, SPOT_WAY_PAIRS, SPOT_WAY_FEW};
    const struct spot_find all = {0}, blue = {.colour = BLUE};

    (void)unused;
    for (size_t o = 0; o < COUNT_OF(orders); o++)
        for (size_t w = 0; w < COUNT_OF(ways); w++)
            for (int d = 0; d < 4; d++) {
                const struct list_at at = {.order = orders[o], .is_reversed = d & 1, .is_back = d & 2};

                walk_pages(&all, ways[w], at, 1);
                walk_pages(&all, ways[w], at, 4);
                walk_pages(&blue, ways[w], at, 3);
            }
    assert_int_equal(whole(&all, SPOT_WAY_ALL, (struct list_at){0}).n, THINGS);
    assert_int_equal(whole(&all, SPOT_WAY_PAIRS, (struct list_at){0}).n, THINGS);
}

static void reversed_is_the_other_way_round(struct rig *unused)
{
    const struct spot_find all = {0};

    (void)unused;
    for (uint32_t order = SPOT_BY_MIXED; order <= SPOT_BY_WORD; order++) {
        const struct walk up = whole(&all, SPOT_WAY_ALL, (struct list_at){.order = order});
        const struct walk down = whole(&all, SPOT_WAY_ALL, (struct list_at){.order = order, .is_reversed = true});

        for (size_t i = 0; i < up.n; i++)
            assert_int_equal(up.ids[i], down.ids[up.n - 1 - i]);
    }
}

static void counting_ends_at_the_bound(struct rig *unused)
{
    const struct spot_find all = {0}, blue = {.colour = BLUE};
    struct err err;
    uint64_t n;

    (void)unused;
    OK(sql_spot_count(db, &all, SPOT_WAY_ALL, 1000, &n, &err));
    assert_int_equal(n, THINGS);
    OK(sql_spot_count(db, &all, SPOT_WAY_PAIRS, 1000, &n, &err));
    assert_int_equal(n, THINGS); /* each once, though it is found through every item */
    OK(sql_spot_count(db, &blue, SPOT_WAY_ALL, 1000, &n, &err));
    assert_int_equal(n, whole(&blue, SPOT_WAY_ALL, (struct list_at){0}).n);
    OK(sql_spot_count(db, &all, SPOT_WAY_ALL, 10, &n, &err));
    assert_int_equal(n, 11); /* one more: there are more */
    const uint32_t sent = village_db_statements(db);
    OK(sql_spot_count(db, &all, SPOT_WAY_ALL, 10, &n, &err));
    assert_int_equal(n, 11);
    assert_int_equal(village_db_statements(db), sent); /* remembered */
    OK(sql_spot_count(db, &blue, SPOT_WAY_ALL, 3, &n, &err));
    OK(sql_spot_count(db, &blue, SPOT_WAY_ALL, 3, &n, &err));
    assert_int_equal(village_db_statements(db), sent + 2); /* a filter is asked each time */
}

static void a_spot_that_means_nothing_is_the_first_page(struct rig *unused)
{
    static const struct str spots[] = {STR_INIT("x"),
                                       STR_INIT("1;"),
                                       STR_INIT("2;-,1:0,1:1,"),
                                       STR_INIT("1;-,-,-,-,"),
                                       STR_INIT("1;-,-,-,1:x,"),
                                       STR_INIT("1;9:a,-,-,1:1,"),
                                       STR_INIT("1;-,-,-,1:1,x")};
    const struct spot_find all = {0};
    struct spot_row_rows first, rows;
    struct list_ends ends;
    struct err err;

    (void)unused;
    OK(sql_spot_page(db, &all, SPOT_WAY_ALL, &(struct list_at){0}, 5, &first, &ends, &err));
    for (size_t i = 0; i < COUNT_OF(spots); i++)
        for (int back = 0; back < 2; back++) {
            const struct list_at at = {.is_back = back, .spot = spots[i]};

            OK(sql_spot_page(db, &all, SPOT_WAY_ALL, &at, 5, &rows, &ends, &err));
            assert_int_equal(rows.p[0].id, first.p[0].id);
            assert_true(!ends.has_before && ends.has_after);
        }
}

static enum rc stop_at_third(void *ctx, const struct spot_full *row, struct err *err)
{
    (void)row;
    return ++*(unsigned *)ctx == 3 ? fail(err, RC_CONFLICT, "enough") : RC_OK;
}

static void a_list_like_another_is_walked_in_its_orders(struct rig *unused)
{
    const struct spot_find all = {0};
    struct item_rows items;
    struct list_ends ends;
    struct err err;
    unsigned n = 0;

    (void)unused;
    EXPECT(RC_CONFLICT, sql_spot_whole_each(db, &all, SPOT_WAY_ALL, &(struct list_at){.order = SPOT_BY_TIME}, stop_at_third, &n, &err));
    OK(sql_line_page(db, &(struct list_at){0}, 2, &items, &ends, &err));
    assert_true(items.n == 2 && ends.has_after && !ends.has_before);
    OK(sql_line_page(db, &(struct list_at){.spot = ends.last}, 2, &items, &ends, &err));
    assert_true(items.n == 2 && items.p[0].id == 3 && ends.has_before);
}

static int set_up(void **state)
{
    (void)state;
    rig = rig_new("lists");
    arena = arena_new();
    db = store_village(rig->store, arena, &rig->village[0]);
    return 0;
}

static void filled(struct rig *unused)
{
    (void)unused;
    fill();
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    rig_free(rig);
    return 0;
}

#define TEST(fn)                        \
    static void test_##fn(void **state) \
    {                                   \
        (void)state;                    \
        rig_run(rig, fn);               \
    }
TEST(filled)
TEST(every_row_stands_on_one_page)
TEST(reversed_is_the_other_way_round)
TEST(counting_ends_at_the_bound)
TEST(a_spot_that_means_nothing_is_the_first_page)
TEST(a_list_like_another_is_walked_in_its_orders)

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_filled),
                                       cmocka_unit_test(test_every_row_stands_on_one_page),
                                       cmocka_unit_test(test_reversed_is_the_other_way_round),
                                       cmocka_unit_test(test_counting_ends_at_the_bound),
                                       cmocka_unit_test(test_a_spot_that_means_nothing_is_the_first_page),
                                       cmocka_unit_test(test_a_list_like_another_is_walked_in_its_orders)};

    return cmocka_run_group_tests_name("lists", tests, set_up, tear_down);
}
