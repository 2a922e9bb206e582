// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tenants/village/kiosk/kiosk.h"
#include "tenants/village/kiosk/kiosk_rules.h"

#define assert_text(s, z) assert_string_equal(str_z(arena, (s)), (z))

static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void a_card_is_8_to_20_digits_as_readers_type_them(void **state)
{
    static const char *const no[] = {"", "1234567", "123456789012345678901", "12345 678", "0123456G", "kartu-saya", "04:A2:24:5B"};

    (void)state;
    assert_text(card_uid(arena, STR("0012345678")), "0012345678");
    assert_text(card_uid(arena, STR("04a2245b0c6180")), "04A2245B0C6180");
    assert_text(card_uid(arena, STR("12345678901234567890")), "12345678901234567890");
    assert_text(card_uid(arena, STR(" 00000001 ")), "00000001");
    for (size_t i = 0; i < COUNT_OF(no); i++)
        assert_null(card_uid(arena, str_c(no[i])).p);
}

static void easy_pins_are_refused_in_words(void **state)
{
    /* Born 11 November 1957, a woman: the NIK says 51. */
    const struct str nik = STR("7317105111570042");
    const struct date birth = {1957, 11, 11};
    static const char *const no[] = {"",       "12345",  "1234567", "12345a", "123456", "654321", "987654", "098765", "111111", "121212",
                                     "123123", "112233", "111222",  "123321", "024680", "135791", "147258", "159753", "111157", "571111",
                                     "111119", "195711", "957111",  "111957", "570042", "731710", "511157", "115711"};
    static const char *const yes[] = {"482915", "907351", "260814", "395072"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(no); i++)
        if (pin_fault(str_c(no[i]), nik, birth) == NULL) {
            print_error("%s passes\n", no[i]);
            assert_true(false);
        }
    for (size_t i = 0; i < COUNT_OF(yes); i++)
        assert_null(pin_fault(str_c(yes[i]), nik, birth));
    /* Born 5 January 1962: in any order, without the zeros, the year with anything. */
    static const char *const dates[] = {"050162", "620105", "010562", "620501", "056201", "016205",
                                        "051962", "196205", "196201", "511962", "196251", "501962"};
    for (size_t i = 0; i < COUNT_OF(dates); i++)
        assert_non_null(pin_fault(str_c(dates[i]), STR(""), (struct date){1962, 1, 5}));
    assert_null(pin_fault(STR("620162"), STR(""), (struct date){1962, 1, 5}));
    /* Without a birth date on record there is still the NIK. */
    assert_non_null(pin_fault(STR("511157"), nik, (struct date){0}));
    assert_non_null(strstr(pin_fault(STR("111157"), nik, birth), "tanggal lahir"));
    assert_non_null(strstr(pin_fault(STR("570042"), nik, birth), "NIK"));
}

static void random_pins_are_good_ones(void **state)
{
    (void)state;
    for (int i = 0; i < 300; i++) {
        struct str pin = kiosk_random_pin(arena, STR("7317105111570042"), (struct date){1957, 11, 11});
        struct str card = kiosk_random_card(arena);

        assert_null(pin_fault(pin, STR("7317105111570042"), (struct date){1957, 11, 11}));
        assert_true(str_eq(card_uid(arena, card), card));
    }
    assert_int_equal(kiosk_random_code(arena).n, 8);
}

static void test_tries_left(void **state)
{
    static const uint32_t left[] = {5, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 0};
    (void)state;

    for (uint32_t failures = 0; failures < COUNT_OF(left); failures++)
        assert_int_equal(pin_tries_left((struct pin_limit){.failures = failures}), left[failures]);
}

static void wrong_pins_close_an_account_step_by_step(void **state)
{
    struct pin_limit limit = {0};
    utc_us now = INT64_C(1800000000) * US_PER_S;
    bool may_try;

    (void)state;
    for (int i = 1; i <= 15; i++) {
        limit = pin_limit_next(limit, now, &may_try);
        assert_true(may_try);
        assert_int_equal(limit.failures, i);
        if (i == 5 || i == 10) {
            utc_us closed_s = i == 5 ? 15 * 60 : 24 * 3600;

            assert_true(limit.locked_until == now + closed_s * US_PER_S);
            struct pin_limit same = pin_limit_next(limit, now + closed_s * US_PER_S - 1, &may_try);
            assert_false(may_try);
            assert_int_equal(same.failures, i);
            now = limit.locked_until;
        } else if (i < 15) {
            assert_true(limit.locked_until == 0);
            assert_false(pin_limit_is_off(limit));
        }
    }
    assert_true(pin_limit_is_off(limit));
    (void)pin_limit_next(limit, now + INT64_C(100) * 366 * 86400 * US_PER_S, &may_try);
    assert_false(may_try);
}

static void too_many_wrong_pins_of_a_machine_pause_it(void **state)
{
    struct pin_pace pace = {0};
    utc_us now = INT64_C(1800000000) * US_PER_S, minute = 60 * US_PER_S;
    bool may_try, is_tipped;

    (void)state;
    for (int i = 1; i <= 20; i++) {
        pace = pin_pace_next(pace, 20, now, &may_try, &is_tipped);
        assert_true(may_try && !is_tipped);
        assert_int_equal(pace.failures, i);
    }
    pace = pin_pace_next(pace, 20, now + 9 * minute, &may_try, &is_tipped);
    assert_true(!may_try && is_tipped && pace.paused_until == now + 24 * minute);
    pace = pin_pace_next(pace, 20, now + 23 * minute, &may_try, &is_tipped);
    assert_true(!may_try && !is_tipped && pace.paused_until == now + 24 * minute);
    pace = pin_pace_next(pace, 20, now + 24 * minute, &may_try, &is_tipped);
    assert_true(may_try && pace.failures == 1 && pace.paused_until == 0);
    /* A window that is over counts nothing. */
    pace.failures = 19;
    pace = pin_pace_next(pace, 20, now + 35 * minute, &may_try, &is_tipped);
    assert_true(may_try && pace.failures == 1);
    assert_text(left_text(arena, 1), "1 menit");
    assert_text(left_text(arena, 15 * minute), "15 menit");
    assert_text(left_text(arena, 60 * minute), "1 jam");
    assert_text(left_text(arena, 1439 * minute), "23 jam 59 menit");
}

static void people_are_addressed_by_their_given_name(void **state)
{
    (void)state;
    assert_text(given_name(arena, STR("HALIMAH DG. SANGNGING"), 2), "Ibu Halimah");
    assert_text(given_name(arena, STR("H. MUHAMMAD YUSUF"), 1), "Bapak Muhammad");
    assert_text(given_name(arena, STR("SUPRIADI"), 1), "Bapak Supriadi");
    assert_text(given_name(arena, STR("A. B."), 1), "Bapak B.");
}

static void the_median_and_the_95th_of_waiting(void **state)
{
    uint32_t times[100];

    (void)state;
    for (uint32_t i = 0; i < 100; i++)
        times[i] = (i + 1) * 1000;
    assert_int_equal(percentile(times, 100, 50), 50000);
    assert_int_equal(percentile(times, 100, 95), 95000);
    assert_int_equal(percentile(times, 1, 95), 1000);
    assert_int_equal(percentile(times, 0, 50), 0);
    assert_int_equal(percentile(times, 3, 50), 2000);
    assert_text(duration_text(arena, 83400), "1 menit 23 detik");
    assert_text(duration_text(arena, 41000), "41 detik");
    assert_text(duration_text(arena, 120000), "2 menit");
}

static void a_pin_is_bound_to_its_village_and_resident(void **state)
{
    struct str a = kiosk_pin_text(arena, STR("7317102003"), 7, STR("482915"));

    (void)state;
    assert_false(str_eq(a, kiosk_pin_text(arena, STR("7317102004"), 7, STR("482915"))));
    assert_false(str_eq(a, kiosk_pin_text(arena, STR("7317102003"), 74, STR("82915"))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tries_left),
        cmocka_unit_test(a_card_is_8_to_20_digits_as_readers_type_them),
        cmocka_unit_test(easy_pins_are_refused_in_words),
        cmocka_unit_test(random_pins_are_good_ones),
        cmocka_unit_test(wrong_pins_close_an_account_step_by_step),
        cmocka_unit_test(too_many_wrong_pins_of_a_machine_pause_it),
        cmocka_unit_test(people_are_addressed_by_their_given_name),
        cmocka_unit_test(the_median_and_the_95th_of_waiting),
        cmocka_unit_test(a_pin_is_bound_to_its_village_and_resident),
    };

    base_init();
    return cmocka_run_group_tests_name("kiosk rules", tests, begin, end);
}
