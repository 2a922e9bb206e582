// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tenants/village/codes/codes.h"
#include "tenants/village/families/families_rules.h"

static struct kin kin(uint8_t role, uint8_t sex)
{
    return (struct kin){.sex = sex, .role = role, .nik = STR(""), .father_nik = STR(""), .mother_nik = STR("")};
}

/* Who leads, and what each other one then is. */
static void roles_turn_round_with_the_head(void **state)
{
    static const struct {
        uint8_t head_was, head_sex, role, sex, becomes;
    } cases[] = {
        {SHDK_WIFE, SEX_FEMALE, SHDK_HEAD, SEX_MALE, SHDK_HUSBAND},
        {SHDK_WIFE, SEX_FEMALE, SHDK_CHILD, SEX_MALE, SHDK_CHILD},
        {SHDK_WIFE, SEX_FEMALE, SHDK_PARENT, SEX_FEMALE, SHDK_PARENT_IN_LAW},
        {SHDK_WIFE, SEX_FEMALE, SHDK_PARENT_IN_LAW, SEX_MALE, SHDK_PARENT},
        {SHDK_WIFE, SEX_FEMALE, SHDK_WIFE, SEX_FEMALE, SHDK_KIN},
        {SHDK_WIFE, SEX_FEMALE, SHDK_GRANDCHILD, SEX_FEMALE, SHDK_GRANDCHILD},
        {SHDK_HUSBAND, SEX_MALE, SHDK_HEAD, SEX_FEMALE, SHDK_WIFE},
        {SHDK_CHILD, SEX_MALE, SHDK_HEAD, SEX_MALE, SHDK_PARENT},
        {SHDK_CHILD, SEX_MALE, SHDK_WIFE, SEX_FEMALE, SHDK_PARENT},
        {SHDK_CHILD, SEX_MALE, SHDK_CHILD, SEX_FEMALE, SHDK_KIN},
        {SHDK_CHILD, SEX_MALE, SHDK_CHILD_IN_LAW, SEX_FEMALE, SHDK_KIN},
        {SHDK_CHILD, SEX_MALE, SHDK_HELP, SEX_FEMALE, SHDK_HELP},
        {SHDK_PARENT, SEX_FEMALE, SHDK_HEAD, SEX_MALE, SHDK_CHILD},
        {SHDK_PARENT, SEX_FEMALE, SHDK_WIFE, SEX_FEMALE, SHDK_CHILD_IN_LAW},
        {SHDK_PARENT, SEX_FEMALE, SHDK_CHILD, SEX_MALE, SHDK_GRANDCHILD},
        {SHDK_PARENT, SEX_FEMALE, SHDK_PARENT, SEX_MALE, SHDK_HUSBAND},
        {SHDK_PARENT_IN_LAW, SEX_FEMALE, SHDK_HEAD, SEX_MALE, SHDK_CHILD_IN_LAW},
        {SHDK_PARENT_IN_LAW, SEX_FEMALE, SHDK_WIFE, SEX_FEMALE, SHDK_CHILD},
        {SHDK_PARENT_IN_LAW, SEX_MALE, SHDK_PARENT_IN_LAW, SEX_FEMALE, SHDK_WIFE},
        {SHDK_CHILD_IN_LAW, SEX_MALE, SHDK_HEAD, SEX_MALE, SHDK_PARENT_IN_LAW},
        {SHDK_KIN, SEX_MALE, SHDK_HEAD, SEX_MALE, SHDK_KIN},
        {SHDK_NONE, SEX_MALE, SHDK_NONE, SEX_MALE, SHDK_KIN},
        {SHDK_OTHER, SEX_MALE, SHDK_OTHER, SEX_MALE, SHDK_OTHER},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct kin who = kin(cases[i].role, cases[i].sex), head = kin(cases[i].head_was, cases[i].head_sex);

        if (role_under(&who, &head) != cases[i].becomes)
            print_error("case %zu\n", i);
        assert_int_equal(role_under(&who, &head), cases[i].becomes);
    }
}

static void a_known_parent_makes_a_child(void **state)
{
    struct kin head = kin(SHDK_CHILD, SEX_FEMALE), grandchild = kin(SHDK_GRANDCHILD, SEX_MALE), in_law = kin(SHDK_KIN, SEX_MALE);

    (void)state;
    assert_int_equal(role_under(&grandchild, &head), SHDK_KIN);
    head.nik = STR("7317105102800001");
    grandchild.mother_nik = head.nik;
    assert_int_equal(role_under(&grandchild, &head), SHDK_CHILD);
    head.role = SHDK_KIN;
    in_law.father_nik = head.nik;
    assert_int_equal(role_under(&in_law, &head), SHDK_CHILD);
}

static void a_role_fits_the_sex(void **state)
{
    (void)state;
    assert_true(str_empty(role_fault(SHDK_WIFE, SEX_FEMALE)));
    assert_false(str_empty(role_fault(SHDK_WIFE, SEX_MALE)));
    assert_false(str_empty(role_fault(SHDK_HUSBAND, SEX_FEMALE)));
    assert_true(str_empty(role_fault(SHDK_CHILD, SEX_FEMALE)));
}

static void what_is_wrong_is_said_in_words(void **state)
{
    (void)state;
    assert_true(str_empty(family_fault(3, 1)));
    assert_true(str_is(family_fault(0, 0), "Tidak ada anggota"));
    assert_true(str_is(family_fault(2, 0), "Belum ada kepala keluarga"));
    assert_true(str_is(family_fault(2, 2), "Dua kepala keluarga"));
    assert_true(str_is(family_fault(5, 3), "Lebih dari satu kepala keluarga"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_turn_round_with_the_head),
        cmocka_unit_test(a_known_parent_makes_a_child),
        cmocka_unit_test(a_role_fits_the_sex),
        cmocka_unit_test(what_is_wrong_is_said_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
