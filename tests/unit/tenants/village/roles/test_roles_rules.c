// SPDX-License-Identifier: AGPL-3.0-or-later
/* Who may give what to a role, and what a village may not do to itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "server/base/base.h"
#include "tenants/village/roles/roles_rules.h"

static void the_head_gives_everything_others_what_they_hold(void **state)
{
    uint64_t held = PERMISSION(READ_LETTERS) | PERMISSION(SET_VILLAGE);
    (void)state;

    assert_true(role_may_open(STR("clerk"), PERMISSION(READ_LETTERS), ROLE_SECRETARY, held));
    assert_false(role_may_open(STR("clerk"), PERMISSION(READ_LETTERS) | PERMISSION(WRITE_LETTERS), ROLE_SECRETARY, held));
    assert_true(role_may_open(STR("clerk"), PERMISSION(WRITE_LETTERS), ROLE_HEAD, held));
    assert_true(role_may_open(ROLE_HEAD, PERMISSION(WRITE_LETTERS), ROLE_HEAD, held));
    assert_false(role_may_open(ROLE_HEAD, PERMISSION(READ_LETTERS), ROLE_SECRETARY, held));
}

static void accounts_that_approve_are_opened_by_who_approves(void **state)
{
    uint64_t secretary = PERMISSION(SET_VILLAGE) | PERMISSION(CHECK_LETTERS), head = PERMISSION(SET_VILLAGE) | PERMISSION(APPROVE_LETTERS);
    (void)state;

    assert_false(role_may_open(ROLE_HEAD, head, ROLE_SECRETARY, secretary));
    assert_false(role_may_open(ROLE_HEAD, 0, STR("x-deputy"), head));
    assert_true(role_may_open(ROLE_HEAD, head, ROLE_HEAD, head));
    assert_false(role_may_open(STR("x-deputy"), PERMISSION(APPROVE_LETTERS), ROLE_SECRETARY, secretary));
    assert_true(role_may_open(STR("clerk"), PERMISSION(WRITE_LETTERS), ROLE_HEAD, head));
    assert_false(role_may_open(ROLE_SECRETARY, secretary, STR("x-admin"), PERMISSION(SET_VILLAGE)));
    assert_true(role_may_open(STR("clerk"), PERMISSION(CHECK_LETTERS), ROLE_SECRETARY, secretary));
}

static void somebody_always_sets_the_village(void **state)
{
    (void)state;

    assert_non_null(role_change_fault(ROLE_HEAD, PERMISSION(READ_LETTERS), 3));
    assert_null(role_change_fault(ROLE_HEAD, PERMISSION(SET_VILLAGE), 1));
    assert_non_null(role_change_fault(ROLE_SECRETARY, 0, 0));
    assert_null(role_change_fault(ROLE_SECRETARY, 0, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_head_gives_everything_others_what_they_hold),
        cmocka_unit_test(accounts_that_approve_are_opened_by_who_approves),
        cmocka_unit_test(somebody_always_sets_the_village),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
