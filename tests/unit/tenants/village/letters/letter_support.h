// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the tests of letters have in common: an arena for each, and answers as JSON. */
#ifndef TEST_LETTER_SUPPORT_H
#define TEST_LETTER_SUPPORT_H

#include "server/base/json.h"
#include "tests/unit/arena.h"

#define assert_text(s, z) assert_string_equal(str_z(arena, (s)), (z))

/* Answers; they live as long as the arena. */
static inline json_t *inputs_of(const char *text)
{
    struct err err;
    json_t *out = NULL;

    assert_int_equal(json_read(arena, str_c(text), &out, &err), RC_OK);
    return out;
}

#endif
