// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the house's own types say, as text that a clerk edits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/json.h"
#include "server/paper/markup.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_types.h"

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

static struct str json_in(struct str text)
{
    const ptrdiff_t block = str_find(text, STR(":::asli")), inside = str_find(text, STR("{!"));

    return str_part(text, block >= 0 ? (size_t)block : inside >= 0 ? (size_t)inside : 0, 400);
}

/* Every built-in type: its tree comes back from its text as it was, and no block needs JSON to be said. */
static void every_type_comes_back_from_its_text(void **state)
{
    size_t n = 0, wrong = 0;

    (void)state;
    for (const struct letter_type_source *s = letter_type_sources; s->slug.p != NULL; s++, n++) {
        struct letter_form form;
        struct err err = {0};
        struct str fault;
        json_t *again;

        assert_int_equal(letter_form_read(arena, s->definition, &form, &err), RC_OK);
        const struct str text = paper_markup_write(arena, form.tree);
        assert_int_equal(paper_markup_read(arena, text, &again, &fault, &err), RC_OK);
        assert_null(fault.p);
        assert_true(json_equal(again, form.tree));
        assert_int_equal(json_read(arena, json_write(arena, form.tree), &again, &err), RC_OK); /* as it is kept once the editor had it */
        assert_true(str_eq(paper_markup_write(arena, again), text));
        if (text.p[0] == '{' || str_find(text, STR(":::asli")) >= 0 || str_find(text, STR("{!")) >= 0)
            print_error("%.*s has JSON in its text: %.*s\n", STR_ARG(s->slug), STR_ARG(json_in(text))), wrong++;
    }
    assert_int_equal(wrong, 0);
    assert_int_equal(n, 75);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(every_type_comes_back_from_its_text, begin, end)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
