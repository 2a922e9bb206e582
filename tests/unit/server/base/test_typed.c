// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/arena.h"

#include "server/base/typed.h"

static void assert_date(struct date got, int year, int month, int day)
{
    assert_int_equal(got.year, year);
    assert_int_equal(got.month, month);
    assert_int_equal(got.day, day);
}

static void a_month_is_understood_by_its_number_its_name_or_how_it_begins(void **state)
{
    static const struct {
        const char *typed;
        int month;
    } cases[] = {{"1", 1},         {" 12 ", 12},        {"011", 0},     {"0", 0},         {"13", 0},        {"Desember", 12},
                 {"desember", 12}, {"Des", 12},         {"DES.", 12},   {"Nopember", 11}, {"nop", 11},      {"Pebruari", 2},
                 {"Agt", 8},       {"Ags", 8},          {"Agustus", 8}, {"Mei", 5},       {"Jun", 6},       {"Jul", 7},
                 {"Sept", 9},      {"XII", 12},         {"iv", 4},      {"De", 0},        {"Desembers", 0}, {"Ju", 0},
                 {"", 0},          {"Januari 2026", 0}, {"Mrt", 3},     {"Agst", 8},      {"dec", 12},      {"oct", 10},
                 {"may", 5},       {"aug", 8},          {"March", 3},   {"September", 9}, {"mayor", 0},     {"ma", 0}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(month_typed(str_c(cases[i].typed)), cases[i].month);
}

static void a_year_of_two_digits_is_the_last_one_that_may_be(void **state)
{
    (void)state;
    assert_int_equal(year_typed(STR("2026"), 2026), 2026);
    assert_int_equal(year_typed(STR("26"), 2026), 2026);
    assert_int_equal(year_typed(STR("27"), 2026), 1927);
    assert_int_equal(year_typed(STR("27"), 2046), 2027);
    assert_int_equal(year_typed(STR("57"), 2046), 1957);
    assert_int_equal(year_typed(STR("00"), 2026), 2000);
    assert_int_equal(year_typed(STR("57"), 0), 0);
    assert_int_equal(year_typed(STR("7"), 2026), 0);
    assert_int_equal(year_typed(STR("126"), 2026), 0);
    assert_int_equal(year_typed(STR("-1"), 2026), 0);
}

static void a_day_is_read_from_its_boxes_and_from_one(void **state)
{
    static const char *const fine[] = {"24 Des 26",  "24 Desember 2026", "24-12-26",   "24/XII/2026",
                                       "24.12.2026", "2026-12-24",       "'24-12-2026"};
    static const char *const bad[] = {"31 Feb 2026", "24 12", "24 Des 2026 x", "", "Des 24 2026", "24--2026", "024 12 2026"};
    struct date got = {0};

    (void)state;
    assert_true(date_boxed(STR(" 24 "), STR("Desember"), STR("26"), 2046, &got));
    assert_date(got, 2026, 12, 24);
    assert_false(date_boxed(STR("29"), STR("Feb"), STR("26"), 2046, &got));
    assert_false(date_boxed(STR(""), STR("12"), STR("2026"), 2046, &got));
    for (size_t i = 0; i < COUNT_OF(fine); i++) {
        got = (struct date){0};
        assert_true(date_typed(str_c(fine[i]), 2046, &got));
        assert_date(got, 2026, 12, 24);
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(date_typed(str_c(bad[i]), 2046, &got));
}

static void an_hour_is_understood_with_its_word_and_the_zone_of_the_village(void **state)
{
    static const struct {
        const char *typed;
        uint32_t minutes;
    } fine[] = {{"8.30", 510},         {"08:30", 510},       {"9", 540},         {"jam 9", 540},      {"Pukul 09.00 WITA", 540},
                {"09.00wita", 540},    {"23.59", 1439},      {"00.00", 0},       {"jam 8 pagi", 480}, {"9 malam", 1260},
                {"pkl 9", 540},        {"Pkl. 09.00", 540},  {"0900", 540},      {"19,30", 1170},     {"jam 12 siang", 720},
                {"1 siang WITA", 780}, {"10.30 siang", 630}, {"4.15 sore", 975}, {"16 sore", 960},    {"19.30 malam", 1170},
                {"11 malam", 1380}};
    static const char *const bad[] = {"24.00",   "24",      "9.5",      "9.",        "9.60",         "jam",      "09.00 WIB",
                                      "WITA",    "",        "sembilan", "9.00.00",   "009",          "12 malam", "0 malam",
                                      "0 siang", "2 malam", "9 siang",  "13 pagi",   "12 pagi",      "9 sore",   "2400",
                                      "0960",    "00900",   "pagi",     "jam malam", "9 malam pagi", "9.00 10"};
    uint32_t minutes;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(fine); i++) {
        assert_true(time_typed(str_c(fine[i].typed), ZONE_WITA, &minutes));
        assert_int_equal(minutes, fine[i].minutes);
    }
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(time_typed(str_c(bad[i]), ZONE_WITA, &minutes));
    assert_false(time_typed(STR("09.00 WITA"), 0, &minutes));
    assert_true(str_is(time_text(arena, 510), "08.30"));
}

static void a_telephone_number_has_digits_enough(void **state)
{
    static const char *const fine[] = {"0812 3456 7890", "+62 812-3456-7890", "(0471) 123456", "0812.3456.7890"};
    static const char *const bad[] = {"belum punya", "0812", "0812 3456 7890 atau 0813", "62+812345678", "1234567890123456", ""};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(fine); i++)
        assert_true(phone_is_number(str_c(fine[i])));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(phone_is_number(str_c(bad[i])));
}

#define TYPED_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TYPED_TEST(a_month_is_understood_by_its_number_its_name_or_how_it_begins),
        TYPED_TEST(a_year_of_two_digits_is_the_last_one_that_may_be),
        TYPED_TEST(a_day_is_read_from_its_boxes_and_from_one),
        TYPED_TEST(an_hour_is_understood_with_its_word_and_the_zone_of_the_village),
        TYPED_TEST(a_telephone_number_has_digits_enough),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
