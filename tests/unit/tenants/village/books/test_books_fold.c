// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tenants/village/books/books_fold.h"

enum { WNA_L, WNA_P, WNI_L, WNI_P };

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

#define MELATI STR_INIT("MELATI")
#define PADANG STR_INIT("PADANG")

static struct fold fold_moved(struct fold_event *events, size_t n, struct fold_move *moves, size_t moves_n)
{
    static struct fold_hamlet hamlets[] = {{.hamlet = MELATI}, {.hamlet = PADANG}, {.hamlet = STR_INIT("SEPI")}};
    static struct fold_living living[] = {{.hamlet = MELATI, .class = WNI_L, .n = 211},
                                          {.hamlet = MELATI, .class = WNI_P, .n = 219},
                                          {.hamlet = PADANG, .class = WNA_P, .n = 1}};
    static struct fold_family families[] = {{.hamlet = MELATI, .at_start = 117, .at_end = 118}};
    const struct fold_input in = {
        .hamlets = {hamlets, 3}, .living = {living, 3}, .events = {events, n}, .moves = {moves, moves_n}, .families = {families, 1}};

    return fold_month(arena, &in);
}

static struct fold fold_of(struct fold_event *events, size_t n)
{
    return fold_moved(events, n, NULL, 0);
}

static void a_line_closes(void **state)
{
    struct fold_event events[] = {
        {.hamlet = MELATI, .class = WNI_L, .is_gain = true, .kind = STR_INIT("birth"), .n = 1},
        {.hamlet = MELATI, .class = WNI_P, .is_gain = true, .kind = STR_INIT("arrival"), .n = 2},
        {.hamlet = MELATI, .class = WNI_L, .kind = STR_INIT("death"), .n = 3},
        {.hamlet = MELATI, .class = WNI_P, .kind = STR_INIT("missing"), .n = 1},
        {.hamlet = MELATI, .class = WNI_P, .kind = STR_INIT("correction"), .n = 1},
        {.hamlet = MELATI, .class = WNI_L, .is_later = true, .kind = STR_INIT("death"), .n = 5},
        {.hamlet = MELATI, .class = WNI_P, .is_later = true, .is_gain = true, .kind = STR_INIT("birth"), .n = 4},
    };
    struct fold fold = fold_of(events, COUNT_OF(events));
    const struct fold_line *line = &fold.p[0];

    (void)state;
    assert_int_equal(fold.n, 2); /* where nobody is and nothing happened, no line */
    assert_int_equal(line->end[WNI_L], 216);
    assert_int_equal(line->end[WNI_P], 215);
    assert_int_equal(line->start[WNI_L], 216 - 1 + 3);
    assert_int_equal(line->start[WNI_P], 215 - 2 + 2);
    assert_int_equal(line->left[WNI_P], 2);
    assert_int_equal(line->start_all, line->start_families + line->start_members);
    assert_int_equal(line->end_all, 431);
    assert_int_equal(line->end_members, 431 - 118);
    assert_string_equal(str_z(arena, fold_remark(arena, line)), "termasuk hilang 1; koreksi 1");
    assert_string_equal(str_z(arena, fold_remark(arena, &fold.p[1])), "");
    assert_string_equal(str_z(arena, fold_said(arena, &fold)),
                        "Cocok: 434 awal + 1 lahir + 2 datang − 3 meninggal − 2 pindah = 432 akhir.");
}

static void what_came_after_its_month_was_closed_is_marked(void **state)
{
    struct fold_event events[] = {
        {.hamlet = MELATI, .class = WNI_L, .kind = STR_INIT("death"), .is_late = true, .n = 2},
        {.hamlet = MELATI, .class = WNI_L, .kind = STR_INIT("missing"), .n = 1},
        {.hamlet = PADANG, .class = WNI_L, .kind = STR_INIT("death"), .is_later = true, .is_late = true, .n = 1},
    };
    struct fold fold = fold_of(events, COUNT_OF(events));

    (void)state;
    assert_int_equal(fold.p[0].died[WNI_L], 2);
    assert_string_equal(str_z(arena, fold_remark(arena, &fold.p[0])), "termasuk hilang 1; terlambat 2*");
    assert_string_equal(str_z(arena, fold_remark(arena, &fold.p[1])), "");
}

static void who_is_found_again_came(void **state)
{
    struct fold_event events[] = {
        {.hamlet = MELATI, .class = WNI_L, .is_gain = true, .kind = STR_INIT("found"), .n = 1},
        {.hamlet = MELATI, .class = WNI_P, .kind = STR_INIT("missing"), .n = 1},
    };
    struct fold fold = fold_of(events, COUNT_OF(events));

    (void)state;
    assert_int_equal(fold.p[0].came[WNI_L], 1);
    assert_string_equal(str_z(arena, fold_remark(arena, &fold.p[0])), "termasuk hilang 1; termasuk ditemukan kembali 1");
}

static void who_moves_within_the_village_leaves_one_line_and_comes_into_another(void **state)
{
    struct fold_event events[] = {{.hamlet = MELATI, .class = WNI_P, .is_gain = true, .kind = STR_INIT("arrival"), .n = 2}};
    struct fold_move moves[] = {
        {.was_hamlet = PADANG, .was_class = WNI_L, .hamlet = MELATI, .class = WNI_L, .n = 3},
        {.was_hamlet = MELATI, .was_class = WNI_L, .hamlet = MELATI, .class = WNI_P, .n = 1}, /* the sex was wrong */
    };
    struct fold fold = fold_moved(events, COUNT_OF(events), moves, COUNT_OF(moves));
    const struct fold_line *melati = &fold.p[0], *padang = &fold.p[1];

    (void)state;
    assert_int_equal(melati->start[WNI_L], 211 - 3 + 1);
    assert_int_equal(melati->start[WNI_P], 219 - 2 - 1);
    assert_int_equal(melati->came[WNI_L], 3);
    assert_int_equal(melati->came[WNI_P], 3);
    assert_int_equal(melati->left[WNI_L], 1);
    assert_int_equal(padang->start[WNI_L], 3);
    assert_int_equal(padang->left[WNI_L], 3);
    assert_int_equal(padang->end[WNI_L], 0);
    assert_string_equal(str_z(arena, fold_remark(arena, melati)), "dalam desa 3; koreksi 1");
    assert_string_equal(str_z(arena, fold_remark(arena, padang)), "dalam desa 3");
    assert_string_equal(str_z(arena, fold_said(arena, &fold)),
                        "Cocok: 429 awal + 0 lahir + 2 datang − 0 meninggal − 0 pindah = 431 akhir.");
}

static void one_who_came_and_went_is_a_line(void **state)
{
    struct fold_event events[] = {
        {.hamlet = STR_INIT("SEPI"), .class = WNA_L, .is_gain = true, .kind = STR_INIT("arrival"), .n = 1},
        {.hamlet = STR_INIT("SEPI"), .class = WNA_L, .kind = STR_INIT("move_out"), .n = 1},
    };
    struct fold fold = fold_of(events, COUNT_OF(events));

    (void)state;
    assert_int_equal(fold.n, 3);
    assert_int_equal(fold.p[2].came[WNA_L], 1);
    assert_int_equal(fold.p[2].left[WNA_L], 1);
    assert_int_equal(fold.p[2].start_all + fold.p[2].end_all, 0);
}

static void families_that_are_new_or_gone_are_told(void **state)
{
    struct fold_family families[] = {{.hamlet = MELATI, .at_start = 117, .at_end = 118, .begun = 2, .ended = 1},
                                     {.hamlet = PADANG, .at_start = 1, .at_end = 2, .begun = 1}};
    struct fold_living living[] = {{.hamlet = MELATI, .class = WNI_L, .n = 300}, {.hamlet = PADANG, .class = WNI_P, .n = 3}};
    struct fold_event events[] = {
        {.hamlet = PADANG, .class = WNI_P, .is_gain = true, .kind = STR_INIT("arrival"), .is_late = true, .n = 1}};
    const struct fold_input in = {.living = {living, 2}, .events = {events, 1}, .families = {families, 2}};
    struct fold fold = fold_month(arena, &in);

    (void)state;
    assert_string_equal(str_z(arena, fold_remark(arena, &fold.p[0])), "KK baru 2; KK berkurang 1");
    assert_string_equal(str_z(arena, fold_remark(arena, &fold.p[1])), "terlambat 1*; KK baru 1");
    assert_string_equal(str_z(arena, fold_families_said(arena, &fold)), "KK: 118 awal + 3 baru − 1 berkurang = 120 akhir.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_line_closes, begin, end),
        cmocka_unit_test_setup_teardown(what_came_after_its_month_was_closed_is_marked, begin, end),
        cmocka_unit_test_setup_teardown(who_is_found_again_came, begin, end),
        cmocka_unit_test_setup_teardown(who_moves_within_the_village_leaves_one_line_and_comes_into_another, begin, end),
        cmocka_unit_test_setup_teardown(one_who_came_and_went_is_a_line, begin, end),
        cmocka_unit_test_setup_teardown(families_that_are_new_or_gone_are_told, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
