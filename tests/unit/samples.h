// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Real files, which stand beside the repository and not in it. Each has a small one of its shape in the tests, which always runs; the
 * tests of the real ones stand last in their table, and are neither run nor counted where there are none.
 */
#ifndef TEST_SAMPLES_H
#define TEST_SAMPLES_H

#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/cmocka.h"

#define SAMPLES BALAI_SOURCE_DIR "/../shared/samples/"

static inline struct str sample(struct arena *arena, const char *path)
{
    FILE *stream = fopen(path, "rb");

    assert_non_null(stream);
    assert_int_equal(fseek(stream, 0, SEEK_END), 0);
    size_t n = (size_t)ftell(stream);
    char *p = arena_alloc(arena, n);
    rewind(stream);
    assert_int_equal(fread(p, 1, n, stream), n);
    fclose(stream);
    return (struct str){p, n};
}

#define RUN_TESTS_AND_REAL(tests, n_real) \
    _cmocka_run_group_tests(#tests, tests, COUNT_OF(tests) - (access(SAMPLES, R_OK) == 0 ? 0 : (n_real)), NULL, NULL)

#endif
