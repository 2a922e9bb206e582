// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/random.h"
#include "tenants/village/letters/letters_archive.h"

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

static void a_month_is_a_word_and_two_days(void **state)
{
    static const char *const no[] = {"", "2026", "2026-13", "2026-00", "2026-1", "26-11-1", "2026/11", "2026-11-01", "1944-12", "20x6-11"};
    struct date from, until;

    (void)state;
    assert_true(archive_month(STR("2026-12"), &from, &until));
    assert_text(date_iso(arena, from), "2026-12-01");
    assert_text(date_iso(arena, until), "2027-01-01");
    assert_text(archive_month_words(arena, from), "Desember 2026");
    assert_text(archive_month_word(arena, until), "2027-01");
    for (size_t i = 0; i < COUNT_OF(no); i++)
        assert_false(archive_month(str_c(no[i]), &from, &until));
}

static void digits_and_strokes_are_a_number_all_else_a_name(void **state)
{
    struct archive_search s = archive_search_of(arena, STR(" 012 "));

    (void)state;
    assert_int_equal(s.kind, SEARCH_NUMBER);
    assert_int_equal(s.number, 12);
    assert_int_equal(s.other_number, 12);
    assert_null(s.part.p);
    s = archive_search_of(arena, STR("500.3/012/DS-SPN/XI/2026"));
    assert_int_equal(s.kind, SEARCH_NUMBER);
    assert_int_equal(s.number, 12);
    assert_int_equal(s.other_number, 2026);
    assert_text(s.part, "500.3/012/DS-SPN/XI/2026");
    s = archive_search_of(arena, STR("12/DS"));
    assert_int_equal(s.number, 12);
    assert_int_equal(archive_search_of(arena, STR("XI/MMXXVI")).kind, SEARCH_NOTHING);
    assert_int_equal(archive_search_of(arena, STR("7317105111570002")).kind, SEARCH_NOTHING); /* no letter has such a number */
    s = archive_search_of(arena, STR("Aminah  SITTI, To'long"));
    assert_int_equal(s.kind, SEARCH_NAME);
    assert_text(s.words[0], "aminah");
    assert_text(s.words[1], "sitti");
    assert_text(s.words[2], "tolong");
    assert_null(s.words[3].p);
    s = archive_search_of(arena, STR("1/%_"));
    assert_int_equal(s.kind, SEARCH_NAME); /* signs that mean something to a pattern never reach one */
    assert_text(s.words[0], "1");
    assert_int_equal(archive_search_of(arena, STR("%%%")).kind, SEARCH_NOTHING);
    assert_int_equal(archive_search_of(arena, STR("  ")).kind, SEARCH_NONE);
}

static void the_way_is_the_one_with_least_to_look_at(void **state)
{
    struct archive_filter f = {
        .group = archive_group_of(STR("semua")), .slug = STR(""), .month = STR(""), .channel = STR(""), .query = STR("")};
    struct archive_search none = {.kind = SEARCH_NONE}, name = {.kind = SEARCH_NAME}, number = {.kind = SEARCH_NUMBER};

    (void)state;
    assert_int_equal(archive_way(&f, &none), WAY_ALL);
    f.group = archive_group_of(STR("terbit"));
    assert_int_equal(archive_way(&f, &none), WAY_STATE);
    f.type_id = 3;
    assert_int_equal(archive_way(&f, &none), WAY_TYPE);
    f.month = STR("2026-11");
    assert_int_equal(archive_way(&f, &none), WAY_DATE);
    f.group = archive_group_of(STR("dicabut"));
    assert_int_equal(archive_way(&f, &none), WAY_STATE);
    assert_int_equal(archive_way(&f, &name), WAY_NAME);
    assert_int_equal(archive_way(&f, &number), WAY_NUMBER);
    assert_int_equal(archive_group_of(STR("lain"))->state, LETTER_NO_STATE);
    assert_text(archive_channel_label(STR("kiosk")), "Anjungan");
}

static void pages_lead_on_and_back(void **state)
{
    struct archive_places places = {0}, back;

    (void)state;
    for (uint64_t i = 1; i <= 3; i++)
        places = archive_places_next(&places, 1000 - i);
    assert_text(archive_places_text(arena, &places), "0.999.998.997");
    back = archive_places_previous(&places);
    assert_text(archive_places_text(arena, &back), "0.999.998");
    assert_true(archive_places_read(STR("0.999.998.997"), &back));
    assert_memory_equal(&back, &places, sizeof(back));
    assert_true(archive_places_read(STR("0"), &back));
    assert_int_equal(back.n, 0);
    assert_false(archive_places_read(STR(""), &back));
    assert_false(archive_places_read(STR("0.x"), &back));
    for (uint64_t i = 4; i <= 60; i++)
        places = archive_places_next(&places, 1000 - i);
    assert_int_equal(places.n, ARCHIVE_PLACES);
    assert_int_equal(places.n + places.forgotten, 60);
    assert_int_equal(places.p[places.n - 1], 940);
    assert_true(archive_places_read(archive_places_text(arena, &places), &back));
    assert_int_equal(back.forgotten, 20);
    for (int i = 0; i < 60; i++)
        back = archive_places_previous(&back);
    assert_int_equal(back.n + back.forgotten, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_is_a_word_and_two_days),
        cmocka_unit_test(digits_and_strokes_are_a_number_all_else_a_name),
        cmocka_unit_test(the_way_is_the_one_with_least_to_look_at),
        cmocka_unit_test(pages_lead_on_and_back),
    };

    base_init();
    return cmocka_run_group_tests_name("archive rules", tests, begin, end);
}
