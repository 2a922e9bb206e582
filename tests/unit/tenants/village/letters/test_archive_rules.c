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
    assert_text(month_long(arena, from), "Desember 2026");
    assert_text(month_word(arena, until), "2027-01");
    for (size_t i = 0; i < COUNT_OF(no); i++)
        assert_false(archive_month(str_c(no[i]), &from, &until));
}

static enum archive_search typed(const char *text, struct letter_archive_find *find)
{
    *find = (struct letter_archive_find){0};
    return archive_find_typed(arena, str_c(text), (struct date){2026, 11, 24}, find);
}

static void digits_and_strokes_are_a_number_all_else_a_name(void **state)
{
    struct letter_archive_find s;

    (void)state;
    assert_int_equal(typed(" 012 ", &s), SEARCH_DIGITS);
    assert_int_equal(s.number.value, 12);
    assert_int_equal(s.other_number.value, 12);
    assert_null(s.number_part.p);
    assert_int_equal(typed("500.3/012/DS-SPN/XI/2026", &s), SEARCH_NUMBER);
    assert_int_equal(s.number.value, 12);
    assert_int_equal(s.other_number.value, 2026);
    assert_text(s.number_part, "500.3/012/DS-SPN/XI/2026");
    assert_int_equal(typed("12/DS", &s), SEARCH_NUMBER);
    assert_int_equal(s.number.value, 12);
    assert_int_equal(typed("nomor 3 Tahun 2026", &s), SEARCH_NUMBER);
    assert_int_equal(s.number.value, 3);
    assert_int_equal(s.other_number.value, 3);
    assert_text(s.number_part, "3 Tahun 2026");
    assert_int_equal(typed("rapat tahun 2026", &s), SEARCH_NAME);
    assert_int_equal(typed("XI/MMXXVI", &s), SEARCH_NOTHING);
    assert_int_equal(typed("731710511157000", &s), SEARCH_NOTHING); /* no letter has such a number */
    assert_int_equal(typed(" 7317.1051 1157-0002", &s), SEARCH_NIK);
    assert_text(s.nik, "7317105111570002");
    assert_int_equal(typed("7317/1051/1157/0002", &s), SEARCH_NUMBER);
    assert_int_equal(typed("Aminah  SITTI, To'long", &s), SEARCH_NAME);
    assert_text(s.first, "aminah");
    assert_text(s.second, "sitti");
    assert_text(s.third, "tolong");
    assert_null(s.fourth.p);
    assert_int_equal(typed("1/%_", &s), SEARCH_NAME); /* signs that mean something to a pattern never reach one */
    assert_text(s.first, "1");
    assert_int_equal(typed("%%%", &s), SEARCH_NOTHING);
    assert_int_equal(typed("  ", &s), SEARCH_NONE);
}

static void what_the_slip_says_is_understood_as_people_say_it(void **state)
{
    static const char *const receipts[] = {"48JTUQA5", "48jtuqa5", "resi 48JT UQA5", "Resi 48jt-uqa5"};
    struct letter_archive_find s;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(receipts); i++) {
        assert_int_equal(typed(receipts[i], &s), SEARCH_RECEIPT);
        assert_text(s.receipt, "48JTUQA5");
        assert_text(s.first, "48jtuqa5");
    }
    assert_int_equal(typed("Mattunru", &s), SEARCH_RECEIPT); /* a name of such signs is looked for as both */
    assert_text(s.first, "mattunru");
    assert_int_equal(typed("Halimahs", &s), SEARCH_NAME); /* no receipt has an I or an L */
    assert_int_equal(typed("48JTUQA", &s), SEARCH_NAME);
    assert_int_equal(typed("antrean 7", &s), SEARCH_DIGITS);
    assert_int_equal(s.number.value, 7);
    assert_text(date_iso(arena, s.queue_since), "2026-11-17");
    assert_int_equal(archive_way(&s, SEARCH_DIGITS), LETTER_ARCHIVE_WAY_DIGITS);
    assert_int_equal(archive_way(&s, SEARCH_RECEIPT), LETTER_ARCHIVE_WAY_RECEIPT);
}

static void the_way_is_the_one_with_least_to_look_at(void **state)
{
    struct letter_archive_find f = {0};

    (void)state;
    assert_int_equal(archive_way(&f, SEARCH_NONE), LETTER_ARCHIVE_WAY_ALL);
    archive_put_states(STR("terbit"), &f);
    assert_int_equal(archive_way(&f, SEARCH_NONE), LETTER_ARCHIVE_WAY_STATE);
    f.piled = some_u64(0);
    assert_int_equal(archive_way(&f, SEARCH_NONE), LETTER_ARCHIVE_WAY_PILE);
    f.type_id = some_u64(3);
    assert_int_equal(archive_way(&f, SEARCH_NONE), LETTER_ARCHIVE_WAY_TYPE);
    f.from = (struct date){2026, 11, 1};
    assert_int_equal(archive_way(&f, SEARCH_NONE), LETTER_ARCHIVE_WAY_DATE);
    archive_put_states(STR("dicabut"), &f);
    assert_int_equal(archive_way(&f, SEARCH_NONE), LETTER_ARCHIVE_WAY_STATE);
    assert_int_equal(archive_way(&f, SEARCH_NAME), LETTER_ARCHIVE_WAY_NAME);
    assert_int_equal(archive_way(&f, SEARCH_NUMBER), LETTER_ARCHIVE_WAY_NUMBER);
    f = (struct letter_archive_find){0};
    archive_put_states(STR("lain"), &f);
    assert_int_equal(f.state, LETTER_NO_STATE);
    assert_text(archive_channel_label(STR("kiosk")), "Anjungan");
}

static void a_value_that_means_nothing_is_left_out(void **state)
{
    struct letter_archive_find find;
    struct list_reading at;

    (void)state;
    list_begin(&at, &archive_list, arena, (struct date){2026, 11, 24});
    assert_true(list_set(&at, STR("bulan"), STR("besok")) && list_set(&at, STR("kanal"), STR("pos")));
    assert_true(list_set(&at, STR("keadaan"), STR("terbit")) && !list_set(&at, STR("lain"), STR("1")));
    assert_int_equal(list_judge(&at, &find).n, 0);
    assert_true(date_is_none(find.from));
    assert_text(list_href(&at), "/kantor/surat?keadaan=terbit");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_is_a_word_and_two_days),
        cmocka_unit_test(digits_and_strokes_are_a_number_all_else_a_name),
        cmocka_unit_test(what_the_slip_says_is_understood_as_people_say_it),
        cmocka_unit_test(the_way_is_the_one_with_least_to_look_at),
        cmocka_unit_test(a_value_that_means_nothing_is_left_out),
    };

    base_init();
    return cmocka_run_group_tests_name("archive rules", tests, begin, end);
}
