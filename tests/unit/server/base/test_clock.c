// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/arena.h"

#include "server/base/clock.h"

#define assert_text(got, want) assert_string_equal(str_z(arena, (got)), (want))
#define DATE(y, m, d) ((struct date){(y), (m), (d)})

static void assert_date(struct date got, int year, int month, int day)
{
    assert_int_equal(got.year, year);
    assert_int_equal(got.month, month);
    assert_int_equal(got.day, day);
}

static void test_days_there_and_back(void **state)
{
    int64_t at = date_to_days(DATE(1, 1, 1)), end = date_to_days(DATE(9999, 12, 31));
    struct date before = {0};

    (void)state;
    assert_int_equal(date_to_days(DATE(1970, 1, 1)), 0);
    assert_int_equal(date_to_days(DATE(2000, 3, 1)), 11017);
    assert_int_equal(at, -719162);
    assert_int_equal(end, 2932896);
    for (; at <= end; at++) {
        struct date d = date_from_days(at);

        assert_true(date_is_valid(d));
        assert_int_equal(date_to_days(d), at);
        assert_true(date_compare(before, d) < 0);
        before = d;
    }
    assert_true(date_is_none(date_from_days(end + 1)));
    assert_true(date_is_none(date_from_days(-719163)));
}

static void test_valid_days(void **state)
{
    (void)state;
    assert_true(date_is_valid(DATE(2024, 2, 29)));
    assert_true(date_is_valid(DATE(2000, 2, 29)));
    assert_false(date_is_valid(DATE(1900, 2, 29)));
    assert_false(date_is_valid(DATE(2023, 2, 29)));
    assert_false(date_is_valid(DATE(2023, 4, 31)));
    assert_false(date_is_valid(DATE(2023, 0, 1)));
    assert_false(date_is_valid(DATE(2023, 13, 1)));
    assert_false(date_is_valid(DATE(2023, 1, 0)));
    assert_false(date_is_valid(DATE(0, 1, 1)));
    assert_false(date_is_valid(DATE(-1, 1, 1)));
    assert_false(date_is_valid(DATE(10000, 1, 1)));
}

static void test_age(void **state)
{
    (void)state;
    assert_int_equal(date_age(DATE(2004, 2, 29), DATE(2022, 2, 28)), 17);
    assert_int_equal(date_age(DATE(2004, 2, 29), DATE(2022, 3, 1)), 18);
    assert_int_equal(date_age(DATE(2004, 2, 29), DATE(2024, 2, 28)), 19);
    assert_int_equal(date_age(DATE(2004, 2, 29), DATE(2024, 2, 29)), 20);
    assert_int_equal(date_age(DATE(2026, 11, 24), DATE(2026, 11, 24)), 0);
    assert_int_equal(date_age(DATE(1957, 11, 25), DATE(2026, 11, 24)), 68);
}

static void test_age_text(void **state)
{
    static const struct {
        struct date birth, day;
        const char *words;
    } ages[] = {
        {{2026, 11, 24}, {2026, 11, 24}, "0 hari"},   {{2026, 11, 23}, {2026, 11, 24}, "1 hari"},
        {{2026, 10, 25}, {2026, 11, 24}, "30 hari"},  {{2026, 10, 24}, {2026, 11, 24}, "1 bulan"},
        {{2025, 11, 25}, {2026, 11, 24}, "11 bulan"}, {{2025, 11, 24}, {2026, 11, 24}, "1 tahun"},
        {{1957, 11, 25}, {2026, 11, 24}, "68 tahun"},
    };
    struct arena *own = arena_new();

    (void)state;
    for (size_t i = 0; i < COUNT_OF(ages); i++)
        assert_string_equal(str_z(own, date_age_text(own, ages[i].birth, ages[i].day)), ages[i].words);
    arena_free(&own);
}

static void test_add_months(void **state)
{
    (void)state;
    assert_date(date_add_months(DATE(2026, 1, 31), 1), 2026, 2, 28);
    assert_date(date_add_months(DATE(2024, 1, 31), 1), 2024, 2, 29);
    assert_date(date_add_months(DATE(2024, 2, 29), 12), 2025, 2, 28);
    assert_date(date_add_months(DATE(2026, 11, 24), 3), 2027, 2, 24);
    assert_date(date_add_months(DATE(2026, 1, 15), -1), 2025, 12, 15);
    assert_date(date_add_months(DATE(2026, 3, 31), -13), 2025, 2, 28);
    assert_true(date_is_none(date_add_months(DATE(9999, 12, 1), 1)));
    assert_true(date_is_none(date_add_months(DATE(1, 1, 1), -1)));
    assert_true(date_is_none(date_add_months(DATE(0, 0, 0), 1)));
}

static void test_weekday(void **state)
{
    (void)state;
    assert_int_equal(date_weekday(DATE(2026, 11, 24)), 2);
    assert_int_equal(date_weekday(DATE(1970, 1, 1)), 4);
    assert_int_equal(date_weekday(DATE(1945, 8, 17)), 5);
    assert_int_equal(date_weekday(DATE(1, 1, 1)), 1);
}

static void test_zones(void **state)
{
    utc_us evening = date_utc(DATE(2026, 11, 24), ZONE_WITA) - 1;

    (void)state;
    assert_int_equal(date_utc(DATE(1970, 1, 1), ZONE_WITA), -8 * 3600 * US_PER_S);
    assert_date(utc_date(evening, ZONE_WITA), 2026, 11, 23);
    assert_int_equal(utc_minute_of_day(evening, ZONE_WITA), 23 * 60 + 59);
    assert_date(utc_date(evening, ZONE_WIT), 2026, 11, 24);
    assert_int_equal(utc_minute_of_day(evening, ZONE_WIB), 22 * 60 + 59);
    assert_date(utc_date(-1, ZONE_WIB), 1970, 1, 1);
    assert_date(utc_date(-8 * 3600 * US_PER_S, ZONE_WIB), 1969, 12, 31);
    assert_int_equal(zone_minutes(ZONE_WIT), 540);
    assert_int_equal(zone_of_area(STR("7317102003")), ZONE_WITA);
    assert_int_equal(zone_of_area(STR("3273")), ZONE_WIB);
    assert_int_equal(zone_of_area(STR("94")), ZONE_WIT);
    assert_int_equal(zone_of_area(STR("62")), ZONE_WIB);
    assert_string_equal(zone_name(ZONE_WIB), "WIB");
}

static void test_text(void **state)
{
    utc_us at = date_utc(DATE(2026, 11, 24), ZONE_WITA) + (10 * 60 + 32) * 60 * US_PER_S;

    (void)state;
    assert_text(date_long(arena, DATE(2026, 11, 24)), "24 November 2026");
    assert_text(date_weekday_long(arena, DATE(2026, 11, 24)), "Selasa, 24 November 2026");
    assert_text(date_short(arena, DATE(2026, 1, 4)), "04-01-2026");
    assert_text(date_iso(arena, DATE(987, 1, 4)), "0987-01-04");
    assert_text(utc_clock(arena, at, ZONE_WITA), "10.32");
    assert_text(utc_clock(arena, at, ZONE_WIB), "09.32");
    assert_text(utc_long(arena, at, ZONE_WITA), "24 November 2026, 10.32 WITA");
    assert_text(date_long(arena, DATE(0, 0, 0)), "");
    assert_text(date_short(arena, DATE(2023, 2, 30)), "");
    assert_string_equal(month_name(8), "Agustus");
    assert_string_equal(month_name(0), "");
    assert_string_equal(month_name(13), "");
    assert_string_equal(month_roman(11), "XI");
    assert_string_equal(month_roman(-1), "");
}

static void test_parse(void **state)
{
    static const struct {
        const char *text;
        int year, month, day; /* year 0: refused */
    } cases[] = {
        {"24-11-2026", 2026, 11, 24},
        {"24/11/2026", 2026, 11, 24},
        {"24.11.2026", 2026, 11, 24},
        {"2026-11-24", 2026, 11, 24},
        {"2026/11/24", 2026, 11, 24},
        {"'01-02-1957", 1957, 2, 1},
        {" 1/2/1957 ", 1957, 2, 1},
        {"29-02-2024", 2024, 2, 29},
        {"29-02-2023", 0, 0, 0},
        {"29-02-1900", 0, 0, 0},
        {"31-04-2026", 0, 0, 0},
        {"00-01-2026", 0, 0, 0},
        {"01-00-2026", 0, 0, 0},
        {"01-01-0000", 0, 0, 0},
        {"0000-00-00", 0, 0, 0},
        {"01-13-2026", 0, 0, 0},
        {"11-24-2026", 0, 0, 0},
        {"24-11-26", 0, 0, 0},
        {"24-11-12026", 0, 0, 0},
        {"24-11/2026", 0, 0, 0},
        {"24-11-2026-1", 0, 0, 0},
        {"24-11-2026-", 0, 0, 0},
        {"-24-11-2026", 0, 0, 0},
        {"24--2026", 0, 0, 0},
        {"2026.11.24", 0, 0, 0},
        {"2026-11-24T00:00:00", 0, 0, 0},
        {"''24-11-2026", 0, 0, 0},
        {"24 11 2026", 0, 0, 0},
        {"24- 11-2026", 0, 0, 0},
        {"+1-01-2026", 0, 0, 0},
        {"257-01-2026", 0, 0, 0},
        {"1-257-2026", 0, 0, 0},
        {"99999999999999999999-01-2026", 0, 0, 0},
        {"2026-2026-2026", 0, 0, 0},
        {"24 November 2026", 0, 0, 0},
        {"45620", 0, 0, 0},
        {"-", 0, 0, 0},
        {"--", 0, 0, 0},
        {"'", 0, 0, 0},
        {"", 0, 0, 0},
        {"٢٤-١١-٢٠٢٦", 0, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct date d = {0};

        if (date_parse(str_c(cases[i].text), &d) != (cases[i].year != 0))
            assert_string_equal(cases[i].text, "read as it should be"); /* names the case */
        assert_date(d, cases[i].year, cases[i].month, cases[i].day);
    }
    assert_false(date_parse(STR_NONE, &(struct date){0}));
    assert_false(date_parse(STR("24-11-2026\0"), &(struct date){0}));
}

static void test_clocks_run(void **state)
{
    uint64_t before = clock_mono_us();

    (void)state;
    assert_true(clock_mono_us() >= before);
    assert_true(clock_mono_ms() >= before / 1000);
    assert_true(clock_utc() > date_utc(DATE(2020, 1, 1), ZONE_WITA));
}

#define CLOCK_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLOCK_TEST(test_days_there_and_back),
        CLOCK_TEST(test_valid_days),
        CLOCK_TEST(test_age),
        CLOCK_TEST(test_age_text),
        CLOCK_TEST(test_add_months),
        CLOCK_TEST(test_weekday),
        CLOCK_TEST(test_zones),
        CLOCK_TEST(test_text),
        CLOCK_TEST(test_parse),
        CLOCK_TEST(test_clocks_run),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
