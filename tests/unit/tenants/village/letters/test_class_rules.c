// SPDX-License-Identifier: AGPL-3.0-or-later
/* The classification of letters: the official list is whole, in order, and has the code of each type that comes with the program. */
#include "tests/unit/arena.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_class.h"
#include "tenants/village/letters/letters_types.h"

static void the_list_is_whole_and_in_order(void **state)
{
    size_t n;
    const struct letter_class *all = letter_classes(&n);

    (void)state;
    assert_int_equal(n, 993);
    for (size_t i = 0; i < n; i++) {
        assert_true(all[i].code.n >= 3 && all[i].code.n <= 20 && all[i].name.n >= 3 && all[i].name.n <= 200);
        assert_true(utf8_is_valid(all[i].name) && str_find_char(all[i].name, '\t') < 0 && str_find_char(all[i].examples, '\t') < 0);
        if (i > 0)
            assert_true(letter_class_compare(all[i - 1].code, all[i].code) < 0);
        assert_ptr_equal(letter_class_find(all[i].code), &all[i]);
    }
    for (size_t i = 0; i < 3; i++)
        assert_null(letter_class_find((struct str[]){STR("400.8.2.99"), STR(""), STR("0400")}[i]));
}

static void each_code_stands_below_another(void **state)
{
    size_t n;
    const struct letter_class *all = letter_classes(&n);

    (void)state;
    for (size_t i = 0; i < n; i++)
        assert_non_null(letter_class_find(str_part(all[i].code, 0, 3)));
}

static void every_type_of_the_program_has_a_code_of_the_list(void **state)
{
    (void)state;
    for (size_t i = 0; letter_type_sources[i].slug.p != NULL; i++) {
        json_t *root;
        struct err err;
        assert_int_equal(json_read(arena, letter_type_sources[i].definition, &root, &err), RC_OK);
        const struct str code = json_text(root, "classification");
        if (letter_class_find(code) == NULL) {
            print_error("%.*s has %.*s\n", STR_ARG(letter_type_sources[i].slug), STR_ARG(code));
            assert_true(false);
        }
    }
}

static void codes_are_ordered_as_numbers(void **state)
{
    static const char *const rising[] = {"000", "000.1", "000.1.2", "000.2", "000.10", "100", "400.8.2.6", "400.8.2.10", "400.8.A", "900"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rising); i++)
        for (size_t k = 0; k < COUNT_OF(rising); k++) {
            const int order = letter_class_compare(str_c(rising[i]), str_c(rising[k]));
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
        }
}

static void a_code_is_found_by_its_beginning_or_its_words(void **state)
{
    const struct letter_class *death = letter_class_find(STR("400.8.2.6"));

    (void)state;
    assert_non_null(death);
    assert_true(letter_class_fits(arena, death, STR("400.8")));
    assert_true(letter_class_fits(arena, death, text_fold(arena, str_part(death->name, 0, 12))));
    assert_false(letter_class_fits(arena, death, STR("kendaraan dinas")));
    assert_false(letter_class_fits(arena, death, STR("8.2")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_list_is_whole_and_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_code_stands_below_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_type_of_the_program_has_a_code_of_the_list, set_up, tear_down),
        cmocka_unit_test_setup_teardown(codes_are_ordered_as_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_code_is_found_by_its_beginning_or_its_words, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
