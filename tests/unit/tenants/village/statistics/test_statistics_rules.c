// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/random.h"
#include "tenants/village/statistics/statistics_chart.h"

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

static struct statistics_cell cell(uint64_t code, uint8_t sex, uint64_t n)
{
    return (struct statistics_cell){.code = some_u64(code), .sex = sex, .n = n};
}

static struct statistics_cell gap(uint8_t sex, uint64_t n)
{
    return (struct statistics_cell){.sex = sex, .n = n};
}

static const struct statistics_line *line_of(const struct statistics_lines *lines, const char *label)
{
    for (size_t i = 0; i < lines->n; i++)
        if (str_is(lines->p[i].label, label))
            return &lines->p[i];
    print_error("no line %s\n", label);
    return NULL;
}

static void check_line(const struct statistics_lines *lines, const char *label, uint64_t men, uint64_t women, const char *query)
{
    const struct statistics_line *line = line_of(lines, label);

    assert_non_null(line);
    assert_int_equal(line->men, men);
    assert_int_equal(line->women, women);
    assert_int_equal(line->total, men + women);
    assert_text(line->query, query);
}

static void check_whole(const struct statistics_lines *lines)
{
    uint64_t men = 0, women = 0;
    uint32_t permille = 0;

    for (size_t i = 0; i < lines->n; i++) {
        men += lines->p[i].men;
        women += lines->p[i].women;
        permille += lines->p[i].permille;
    }
    assert_int_equal(men, lines->sum.men);
    assert_int_equal(women, lines->sum.women);
    assert_int_equal(men + women, lines->sum.total);
    assert_int_equal(permille, lines->sum.total > 0 ? 1000 : 0);
    assert_text(lines->p[lines->n - 1].label, "Belum mengisi");
}

/* One man in each step, two women in the last two and three people without a birth date. */
static struct statistics_cell_rows ages(void)
{
    static const uint8_t steps[] = {0, 2, 5, 6, 10, 15, 18, 20, 25, 30, 31, 35, 40, 45, 50, 55, 60, 65, 70, 75};
    struct statistics_cell_rows rows = {.p = ARENA_ARRAY(arena, struct statistics_cell, COUNT_OF(steps) + 4)};

    for (size_t i = 0; i < COUNT_OF(steps); i++)
        rows.p[rows.n++] = cell(steps[i], 1, 1);
    rows.p[rows.n++] = cell(70, 2, 2);
    rows.p[rows.n++] = cell(75, 2, 2);
    rows.p[rows.n++] = gap(1, 1);
    rows.p[rows.n++] = gap(2, 2);
    return rows;
}

static void steps_of_age_make_fives_bands_and_categories(void **state)
{
    const struct statistics_cell_rows rows = ages();
    struct statistics_lines lines = statistics_lines_of(arena, STATISTIC_AGE, &rows);

    (void)state;
    assert_int_equal(lines.n, 17);
    check_whole(&lines);
    assert_int_equal(lines.sum.total, 27);
    check_line(&lines, "0–4", 2, 0, "umur_dari=0&umur_sampai=4");
    check_line(&lines, "5–9", 2, 0, "umur_dari=5&umur_sampai=9");
    check_line(&lines, "15–19", 2, 0, "umur_dari=15&umur_sampai=19");
    check_line(&lines, "30–34", 2, 0, "umur_dari=30&umur_sampai=34");
    check_line(&lines, "70–74", 1, 2, "umur_dari=70&umur_sampai=74");
    check_line(&lines, "75 ke atas", 1, 2, "umur_dari=75");
    check_line(&lines, "Belum mengisi", 1, 2, "umur=kosong");
    lines = statistics_lines_of(arena, STATISTIC_AGE_BAND, &rows);
    check_whole(&lines);
    check_line(&lines, "0–1", 1, 0, "umur_dari=0&umur_sampai=1");
    check_line(&lines, "2–4", 1, 0, "umur_dari=2&umur_sampai=4");
    lines = statistics_lines_of(arena, STATISTIC_AGE_CATEGORY, &rows);
    check_whole(&lines);
    assert_int_equal(lines.n, 5);
    check_line(&lines, "Balita (0–5)", 3, 0, "umur_dari=0&umur_sampai=5");
    check_line(&lines, "Anak-anak (6–17)", 3, 0, "umur_dari=6&umur_sampai=17");
    check_line(&lines, "Dewasa (18–30)", 4, 0, "umur_dari=18&umur_sampai=30");
    check_line(&lines, "Tua (31 ke atas)", 10, 4, "umur_dari=31");
}

static void a_short_list_is_shown_whole_and_a_long_one_by_number(void **state)
{
    struct statistics_cell cells[] = {cell(7, 1, 2), cell(1, 1, 5), cell(1, 2, 6), gap(2, 1)};
    const struct statistics_cell_rows rows = {cells, COUNT_OF(cells)};
    struct statistics_lines lines = statistics_lines_of(arena, STATISTIC_RELIGION, &rows);

    (void)state;
    assert_int_equal(lines.n, 8);
    assert_int_equal(lines.left_out, 0);
    check_whole(&lines);
    assert_text(lines.p[0].label, "Islam");
    check_line(&lines, "Islam", 5, 6, "agama=1");
    check_line(&lines, "Hindu", 0, 0, "agama=4");
    check_line(&lines, "Belum mengisi", 0, 1, "agama=0");

    lines = statistics_lines_of(arena, STATISTIC_OCCUPATION, &rows);
    assert_int_equal(lines.n, 3);
    assert_int_equal(lines.left_out, 87);
    check_whole(&lines);
    assert_int_equal(lines.p[0].total, 11);
    assert_int_equal(lines.p[1].total, 2);
    assert_text(lines.p[1].query, "kerja=7");

    lines = statistics_lines_of(arena, STATISTIC_SEX,
                                &(struct statistics_cell_rows){(struct statistics_cell[]){cell(1, 1, 3), cell(2, 2, 4)}, 2});
    check_whole(&lines);
    assert_int_equal(lines.p[1].total, 4);
    assert_text(lines.p[1].query, "jk=2");
    assert_null(lines.p[2].query.p); /* the list knows no such filter, and there is nobody */
}

static void hamlets_stand_by_name_and_their_link_is_an_address(void **state)
{
    struct statistics_place places[] = {{STR("-"), 1, 2}, {STR("BATU LOTONG"), 3, 4}, {STR("Rante & To'long"), 0, 1}};
    const struct statistics_lines lines = statistics_lines_of_places(arena, &(struct statistics_place_rows){places, COUNT_OF(places)});

    (void)state;
    assert_int_equal(lines.n, 3);
    check_whole(&lines);
    check_line(&lines, "Batu Lotong", 3, 4, "dusun=BATU%20LOTONG");
    check_line(&lines, "Rante & To'long", 0, 1, "dusun=Rante%20%26%20To%27long");
    check_line(&lines, "Belum mengisi", 1, 2, "dusun=-");
    check_whole(&(const struct statistics_lines[]){statistics_lines_of_places(arena, &(struct statistics_place_rows){0})}[0]);
}

static void shares_add_up_whatever_the_numbers(void **state)
{
    struct statistics_line three[] = {{.total = 1}, {.total = 1}, {.total = 1}}, none[] = {{.total = 0}, {.total = 0}};
    struct statistics_line many[90];
    uint64_t seed = 7;

    (void)state;
    statistics_share(three, 3);
    assert_int_equal(three[0].permille, 334);
    assert_int_equal(three[1].permille, 333);
    assert_int_equal(three[2].permille, 333);
    statistics_share(none, 2);
    assert_int_equal(none[0].permille + none[1].permille, 0);
    for (int round = 0; round < 200; round++) {
        uint32_t sum = 0;
        uint64_t all = 0;
        size_t n = 1 + (size_t)round % COUNT_OF(many);

        for (size_t i = 0; i < n; i++) {
            seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
            many[i] = (struct statistics_line){.total = (seed >> 33) % (round % 3 == 0 ? 3 : 70000)};
            all += many[i].total;
        }
        statistics_share(many, n);
        for (size_t i = 0; i < n; i++) {
            sum += many[i].permille;
            if (all > 0) /* within one of the exact share */
                assert_in_range(many[i].permille, many[i].total * 1000 / all, many[i].total * 1000 / all + 1);
        }
        assert_int_equal(sum, all > 0 ? 1000 : 0);
    }
    assert_text(permille_text(arena, 123), "12,3%");
    assert_text(permille_text(arena, 1000), "100,0%");
}

static void words_in_addresses_and_back(void **state)
{
    (void)state;
    for (int i = 1; i < STATISTIC_COUNT; i++)
        assert_int_equal(statistic_from(statistic_word((enum statistic)i)), i);
    assert_int_equal(statistic_from(STR("")), STATISTIC_NONE);
    assert_int_equal(statistic_from(STR("umur ")), STATISTIC_NONE);
}

static void a_pyramid_has_its_longest_bar_as_wide_as_its_half(void **state)
{
    const struct statistics_cell_rows rows = ages();
    const struct statistics_lines lines = statistics_lines_of(arena, STATISTIC_AGE, &rows);
    const struct statistics_chart chart = statistics_chart_of(arena, STATISTIC_AGE, &lines);
    size_t longest = 0;

    (void)state;
    assert_int_equal(chart.bars.n, 16 + 2); /* a bar where there is somebody */
    for (size_t i = 0; i < chart.bars.n; i++)
        longest += str_is(chart.bars.p[i].width, "41.00%");
    assert_int_equal(longest, 6);
    assert_text(chart.name, "Bagan penduduk menurut umur");
    assert_text(chart.about, "Laki-laki 21 orang, perempuan 6 orang. Terbanyak: 70–74, 3 orang. Semua angka ada di tabel.");
    assert_text(chart.words.p[2].text, "75+"); /* the oldest on top */
}

static void a_long_list_is_drawn_with_its_first_ones_and_the_rest(void **state)
{
    struct statistics_cell cells[30];
    struct statistics_chart chart;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        cells[i] = cell(1 + i, 1, 1 + i);
    const struct statistics_lines lines = statistics_lines_of(arena, STATISTIC_OCCUPATION,
                                                              &(struct statistics_cell_rows){cells, COUNT_OF(cells)});

    chart = statistics_chart_of(arena, STATISTIC_OCCUPATION, &lines);
    assert_int_equal(chart.words.n, 15 * 2);
    assert_text(chart.words.p[26].text, "17 lainnya");
    assert_text(chart.words.p[27].text, "153 · 32,9%");
    assert_text(chart.words.p[28].text, "Belum mengisi");
    assert_text(chart.bars.p[13].width, "100.00%"); /* the rest is the longest */
    chart = statistics_chart_of(arena, STATISTIC_HAMLET, &(struct statistics_lines){.p = lines.p + lines.n - 1, .n = 1});
    assert_int_equal(chart.bars.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_of_age_make_fives_bands_and_categories),
        cmocka_unit_test(a_short_list_is_shown_whole_and_a_long_one_by_number),
        cmocka_unit_test(hamlets_stand_by_name_and_their_link_is_an_address),
        cmocka_unit_test(shares_add_up_whatever_the_numbers),
        cmocka_unit_test(words_in_addresses_and_back),
        cmocka_unit_test(a_pyramid_has_its_longest_bar_as_wide_as_its_half),
        cmocka_unit_test(a_long_list_is_drawn_with_its_first_ones_and_the_rest),
    };

    base_init();
    return cmocka_run_group_tests_name("statistics rules", tests, begin, end);
}
