// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * An arena of its own for each test: cmocka_unit_test_setup_teardown(test, set_up, tear_down). It is `arena`; with
 * ARENA_IN_STATE before the include it is the test's *state, for files whose functions take one.
 */
#ifndef TEST_ARENA_H
#define TEST_ARENA_H

#include "tests/unit/cmocka.h"

#ifdef ARENA_IN_STATE

static inline int set_up(void **state)
{
    base_init();
    *state = arena_new();
    return 0;
}

static inline int tear_down(void **state)
{
    struct arena *own = *state;

    arena_free(&own);
    return 0;
}

#else

static struct arena *arena;

static inline int set_up(void **state)
{
    (void)state;
    base_init();
    arena = arena_new();
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#endif

#endif
