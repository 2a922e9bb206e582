// SPDX-License-Identifier: AGPL-3.0-or-later
/* Every book of the house as it stands on paper: the words of its heads are whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/paper/paper.h"
#include "server/register/book_parts.h"
#include "server/web/feature.h"
#include "workers/jobs/lanes.h"

static void heads_fit(void **state)
{
    struct arena *arena = arena_new();
    size_t books = 0;

    (void)state;
    for (const struct feature *const *f = features; *f != NULL; f++)
        for (const struct book *const *b = (*f)->books; b != NULL && *b != NULL; b++) {
            struct ledger_pages *pages;
            struct ledger ledger = {0};
            struct err err = {0};

            if ((*b)->n > LEDGER_COLUMNS_MAX && (*b)->period == BOOK_NO_PERIOD)
                continue; /* a sheet */
            book_paper_columns(arena, *b, STR(""), &ledger);
            if (ledger_begin(arena, &ledger, &pages, &err) != RC_OK)
                print_error("%s: %s\n", (*b)->name, err.text);
            assert_int_equal(err.text[0], 0);
            books++;
        }
    assert_in_range(books, 3, 1000);
    arena_free(&arena);
}

static int begin(void **state)
{
    struct err err = {0};

    (void)state;
    base_init();
    return paper_init(STR_NONE, &err) == RC_OK ? 0 : 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(heads_fit)};

    return cmocka_run_group_tests(tests, begin, NULL);
}
