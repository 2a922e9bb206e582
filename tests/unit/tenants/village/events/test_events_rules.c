// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tenants/village/events/events_rules.h"
#include "tenants/village/residents/nik.h"

static const struct date today = {2026, 11, 24}, born = {1980, 1, 1};

static void a_day_is_between_birth_and_today(void **state)
{
    (void)state;
    assert_true(str_empty(event_date_fault(EVENT_DEATH, today, born, today)));
    assert_true(str_empty(event_date_fault(EVENT_DEATH, born, born, today)));
    assert_false(str_empty(event_date_fault(EVENT_DEATH, (struct date){2026, 11, 25}, born, today)));
    assert_false(str_empty(event_date_fault(EVENT_MOVE_OUT, (struct date){1979, 12, 31}, born, today)));
    assert_true(str_empty(event_date_fault(EVENT_ARRIVAL, (struct date){1979, 12, 31}, (struct date){0}, today)));
    assert_false(str_empty(event_date_fault(EVENT_BIRTH, (struct date){1890, 1, 1}, (struct date){0}, today)));
    assert_true(str_empty(event_date_fault(EVENT_BIRTH, (struct date){0}, (struct date){0}, today)));
}

static void temporary_numbers_follow_one_another(void **state)
{
    struct arena *arena = arena_new();
    const struct str code = STR("7317102003");

    (void)state;
    assert_true(str_is(nik_temporary_after(arena, code, STR("")), "0731710200300001"));
    assert_true(str_is(nik_temporary_after(arena, code, STR("0731710200300009")), "0731710200300010"));
    assert_true(str_is(nik_temporary_after(arena, code, STR("0731710200399998")), "0731710200399999"));
    assert_null(nik_temporary_after(arena, code, STR("0731710200399999")).p);
    assert_null(nik_temporary_after(arena, code, STR("073171020030000x")).p);
    arena_free(&arena);
}

static void a_nik_fits_birth_and_sex(void **state)
{
    const struct date day = {2024, 3, 5};

    (void)state;
    assert_true(str_empty(nik_fault(STR("7317100503240001"), day, false, today)));
    assert_true(str_empty(nik_fault(STR("7317104503240001"), day, true, today)));
    assert_false(str_empty(nik_fault(STR("7317104503240001"), day, false, today)));
    assert_false(str_empty(nik_fault(STR("7317100603240001"), day, false, today)));
    assert_false(str_empty(nik_fault(STR("7317103213240001"), day, false, today)));
    assert_true(str_empty(nik_fault(STR("0731710200300001"), day, true, today)));
    assert_true(str_empty(nik_fault(STR(""), day, true, today)));
}

static void kinds_have_words_and_what_they_make_of_people(void **state)
{
    (void)state;
    for (int k = EVENT_NONE + 1; k < EVENT_END; k++)
        assert_int_equal(event_of_word(event_word((enum event_kind)k)), k);
    assert_int_equal(event_of_path(STR("meninggal")), EVENT_DEATH);
    assert_int_equal(event_of_path(STR("pindah")), EVENT_MOVE_OUT);
    assert_int_equal(event_of_word(STR("correction")), EVENT_NONE);
    assert_int_equal(event_status(EVENT_DEATH), STATUS_DEAD);
    assert_int_equal(event_status(EVENT_MOVE_OUT), STATUS_MOVED);
    assert_int_equal(event_status(EVENT_FOUND), STATUS_ALIVE);
    assert_int_equal(event_status(EVENT_BIRTH), 1);
    assert_int_equal(event_status_back(0), STATUS_NOT_VALID);
    assert_int_equal(event_status_back(3), 3);
}

static void a_child_is_what_its_parent_makes_it(void **state)
{
    (void)state;
    assert_int_equal(newborn_role(1), 4);
    assert_int_equal(newborn_role(3), 4);
    assert_int_equal(newborn_role(4), 6);
    assert_int_equal(newborn_role(5), 6);
    assert_int_equal(newborn_role(9), 9);
}

static void months_are_read_strictly(void **state)
{
    static const char *const wrong[] = {"2026-13", "2026-00", "26-11", "2026/11", "2026-1x", "", "20261111", "0000-01"};
    struct arena *arena = arena_new();
    struct date first;

    (void)state;
    assert_true(month_parse(STR("2026-11"), &first));
    assert_true(str_is(month_word(arena, first), "2026-11"));
    assert_true(str_is(month_long(arena, first), "November 2026"));
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_false(month_parse(str_c(wrong[i]), &first));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_between_birth_and_today),
        cmocka_unit_test(temporary_numbers_follow_one_another),
        cmocka_unit_test(a_nik_fits_birth_and_sex),
        cmocka_unit_test(kinds_have_words_and_what_they_make_of_people),
        cmocka_unit_test(a_child_is_what_its_parent_makes_it),
        cmocka_unit_test(months_are_read_strictly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
