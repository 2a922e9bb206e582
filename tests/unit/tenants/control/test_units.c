// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list of villages as people have it, and the host names made of it. */
#include <unistd.h>
#include "tests/unit/arena.h"

#include "tenants/control/units.h"

/* cmocka's fail_msg needs its own fail; ours is another. */
#define WRONG(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

#define HEADER "code\tkind\tname\tdistrict_code\tdistrict\tlat\tlng\n"

static struct unit_list read_text(struct str text)
{
    struct unit_list list;

    units_read(arena, text, &list);
    units_districts(arena, &list, NULL, NULL);
    return list;
}

static void reads(struct str text, size_t n)
{
    struct unit_list list = read_text(text);

    if (list.faults_n > 0)
        WRONG("line %zu: %s (%.*s)", list.faults[0].line, list.faults[0].english, STR_ARG(list.faults[0].value));
    assert_int_equal(list.n, n);
}

/* The first fault is on that line and its words begin so. */
static void faults(struct str text, size_t line, const char *words)
{
    struct unit_list list = read_text(text);

    assert_true(list.faults_n > 0);
    if (list.faults[0].line != line || strncmp(list.faults[0].english, words, strlen(words)) != 0)
        WRONG("line %zu: %s, expected line %zu: %s", list.faults[0].line, list.faults[0].english, line, words);
    assert_true(strlen(list.faults[0].indonesian) > 0);
}

static void a_line_is_read_with_and_without_dots(void **state)
{
    (void)state;
    struct unit_list list = read_text(STR(HEADER "73.17.01.2022\tdesa\tTo'long\t73.17.01\tBasse Sangtempe\t-3.23658\t120.00152\n"
                                                 "7317071007\tK\tBalo-Balo\t731707\tBelopa\t\t\n"));

    assert_int_equal(list.faults_n, 0);
    assert_int_equal(list.n, 2);
    assert_true(str_is(list.p[0].code, "7317012022"));
    assert_true(str_is(list.p[0].name, "To'long"));
    assert_true(str_is(list.p[0].district_code, "731701"));
    assert_true(list.p[0].is_desa && list.p[0].has_point);
    assert_true(list.p[0].lat < -3.2 && list.p[0].lng > 120.0);
    assert_false(list.p[1].is_desa);
    assert_false(list.p[1].has_point);
}

static void headers_stand_in_any_order(void **state)
{
    (void)state;
    reads(STR("\xef\xbb\xbflng\tname\tKIND\tlat\tdistrict\tcode\tremark\r\n"
              "120.31\tSampano\tDesa\t-3.62\tLarompong Selatan\t73.17.10.2003\tfirst\r\n\r\n"),
          1);
    reads(STR("code\tkind\tname\tdistrict\n7317102003\tD\tSampano\tLarompong Selatan"), 1);
}

static void every_bad_line_is_named(void **state)
{
    (void)state;
    struct unit_list list = read_text(STR(HEADER "73.17.01.2005\tdesa\tKanna\t73.17.01\tBasse Sangtempe\t-3.2\t120.0\n"
                                                 "73.17.01.205\tdesa\tKanna Utara\t73.17.01\tBasse Sangtempe\t-3.2\t120.0\n"
                                                 "73.17.01.2008\tdusun\tTabi\t73.17.01\tBasse Sangtempe\t-3.2\t120.0\n"
                                                 "73.17.01.2010\tdesa\t\t73.17.01\tBasse Sangtempe\t-3.2\t12,0\n"));

    assert_int_equal(list.faults_n, 4);
    assert_int_equal(list.faults[0].line, 3);
    assert_int_equal(list.faults[1].line, 4);
    assert_int_equal(list.faults[2].line, 5);
    assert_int_equal(list.faults[3].line, 5);
}

static void faults_say_what_is_wrong(void **state)
{
    (void)state;
    faults(STR(""), 0, "the list is empty");
    faults(STR(HEADER), 0, "the list is empty");
    faults(STR("code\tkind\tdistrict\n"), 1, "the header line has no column \"name\"");
    faults(STR("code\tcode\tkind\tname\tdistrict\n"), 1, "this column stands twice");
    faults(STR(HEADER "73.17.01.2005\tdesa\tKanna\t73.17.01\tBasse\t\t\n"
                      "7317012005\tdesa\tTabi\t73.17.01\tBasse\t\t\n"),
           3, "this code stands in the list twice");
    faults(STR(HEADER "73.17.01.1005\tdesa\tKanna\t73.17.01\tBasse\t\t\n"), 2, "kind and code disagree");
    faults(STR(HEADER "73.17.01.2005\tkelurahan\tKanna\t73.17.01\tBasse\t\t\n"), 2, "kind and code disagree");
    faults(STR(HEADER "73.17.01.2005\tdesa\tKanna\t73.17.02\tBasse\t\t\n"), 2, "the district code is not the beginning");
    faults(STR(HEADER "73.17.01.2005\tdesa\tKanna\t73.17.01\t\t\t\n"), 2, "the name is missing");
    faults(STR(HEADER "73.17.01.2005\tdesa\t'''\t73.17.01\tBasse\t\t\n"), 2, "the name is missing");
    static const char *const none[] = {"<b>x", "=1+1", "12", "xn--abc", "Kanna | Tabi", "-a", "\uff1d1", "@x"};
    for (size_t i = 0; i < COUNT_OF(none); i++) {
        faults(str_fmt(arena, HEADER "73.17.01.2005\tdesa\t%s\t73.17.01\tBasse\t\t\n", none[i]), 2, "this is no name of a place");
        faults(str_fmt(arena, HEADER "73.17.01.2005\tdesa\tKanna\t73.17.01\t%s\t\t\n", none[i]), 2, "this is no name of a place");
    }
    assert_null(unit_name_fault(STR("To'long Wara-Wara 2 (Baru)")));
    faults(STR(HEADER "73.17.01.2005\tdesa\tKan\xffna\t73.17.01\tBasse\t\t\n"), 2, "this text is not UTF-8");
    faults(STR(HEADER "73.17.01.2005\tdesa\tKanna\t73.17.01\tBasse\t3000\t120\n"), 2, "not a latitude");
    faults(STR(HEADER "73.17.01.2005\tdesa\tKanna\t73.17.01\tBasse\t-3.1\t\n"), 2, "not a longitude");
    faults(STR(HEADER "73.17.01.2005\tdesa\tKanna\t73.17.01\tBasse\tnan\t120\n"), 2, "not a latitude");
    faults(STR(HEADER "73.17.01.2005\tdesa\tKanna\t73.17.01\tBasse\t-3.1\t120\tx\n"), 2, "more fields");
    faults(STR(HEADER "73.1701.2005\tdesa\tKanna\t73.17.01\tBasse\t\t\n"), 2, "not a village code");
    faults(STR(HEADER "7.3171E+09\tdesa\tKanna\t73.17.01\tBasse\t\t\n"), 2, "not a village code");
    faults(STR(HEADER "73.17.01.2005\tdesa\tKanna\t73.17.01\tBasse\t\t\n73.18.01.2005\tdesa\tLain\t73.18.01\tLain\t\t\n"), 3,
           "this code is of another regency");
    faults(STR(HEADER "73.17.01.2005\tdesa\tKanna\t73.17.01\tBasse\t\t\n73.17.01.2006\tdesa\tTabi\t73.17.01\tBase\t\t\n"), 3,
           "this district has another name");
}

static void more_faults_than_anyone_reads_are_not_kept(void **state)
{
    (void)state;
    struct buf text = {.arena = arena};

    buf_put_str(&text, STR(HEADER));
    for (int i = 0; i < 6000; i++)
        buf_put_str(&text, STR("x\n"));
    struct unit_list list = read_text(buf_str(&text));

    assert_true(list.faults_n > 100 && list.faults_n <= 500);
}

static void the_list_of_luwu_is_whole(void **state)
{
    (void)state;
    struct unit_list list;
    struct err err;
    size_t desa = 0;

    assert_int_equal(units_read_file(arena, BALAI_SOURCE_DIR "/deploy/luwu.tsv", &list, &err), RC_OK);
    assert_int_equal(list.faults_n, 0);
    assert_int_equal(list.n, 227);
    for (size_t i = 0; i < list.n; i++)
        desa += list.p[i].is_desa;
    assert_int_equal(desa, 207);
    assert_int_not_equal(units_read_file(arena, BALAI_SOURCE_DIR "/deploy/no-such-list.tsv", &list, &err), RC_OK);

    const char *shared = BALAI_SOURCE_DIR "/../shared/reference/luwu_units.tsv";

    if (access(shared, R_OK) == 0) {
        struct unit_list original;

        assert_int_equal(units_read_file(arena, shared, &original, &err), RC_OK);
        assert_int_equal(original.faults_n, 0);
        assert_int_equal(original.n, 227);
    }
}

/* ---- host names ---- */

static void slug_is(struct str name, const char *expected)
{
    struct str slug = slug_of(arena, name);

    if (!str_is(slug, expected))
        WRONG("%.*s became %.*s, not %s", STR_ARG(name), STR_ARG(slug), expected);
}

static void a_name_becomes_a_host_name(void **state)
{
    (void)state;
    slug_is(STR("Sampano"), "sampano");
    slug_is(STR("Komba Selatan"), "komba-selatan");
    slug_is(STR("To'long"), "tolong");
    slug_is(STR("To\xe2\x80\x99long"), "tolong");
    slug_is(STR("Buntu Awo'"), "buntu-awo");
    slug_is(STR("Padang Ma'Bud"), "padang-mabud");
    slug_is(STR("Lare-Lare"), "lare-lare");
    slug_is(STR("  A  (B) / C. "), "a-b-c");
    slug_is(STR("'''"), "");
    slug_is(STR("Sebuah Nama Desa Yang Luar Biasa Panjang Sampai Tidak Muat Di Nama Situs"),
            "sebuah-nama-desa-yang-luar-biasa-panjang-sampai-tidak-muat-d");
}

static struct slug_seat seat(const char *code, const char *name, const char *district, const char *slug)
{
    return (struct slug_seat){str_c(code), str_c(name), str_c(district), str_c(slug)};
}

static void equal_names_get_the_district(void **state)
{
    (void)state;
    struct slug_seat seats[] = {
        seat("7317042007", "Pangi", "Bajo", NULL),
        seat("7317122007", "Pangi", "Latimojong", NULL),
        seat("7317102003", "Sampano", "Larompong Selatan", NULL),
        seat("7317102004", "Kelola", "Larompong Selatan", NULL),
        seat("7317102005", "To'long", "Larompong Selatan", NULL),
        seat("7317102006", "Tolong", "Bua", NULL),
    };

    slugs_assign(arena, seats, COUNT_OF(seats));
    assert_true(str_is(seats[0].slug, "pangi-bajo"));
    assert_true(str_is(seats[1].slug, "pangi-latimojong"));
    assert_true(str_is(seats[2].slug, "sampano"));
    assert_true(str_is(seats[3].slug, "kelola-larompong-selatan"));
    assert_true(str_is(seats[4].slug, "tolong-larompong-selatan"));
    assert_true(str_is(seats[5].slug, "tolong-bua"));
}

static void a_host_name_given_stays(void **state)
{
    (void)state;
    struct slug_seat seats[] = {
        seat("7317042007", "Pangi", "Bajo", "pangi"),
        seat("7317122007", "Pangi", "Latimojong", NULL),
        seat("7317122008", "Pangi", "Latimojong", NULL),
        seat("7317122009", "Pangi Latimojong", "Latimojong", NULL),
    };

    slugs_assign(arena, seats, COUNT_OF(seats));
    assert_true(str_is(seats[0].slug, "pangi"));
    assert_true(str_is(seats[1].slug, "pangi-latimojong"));
    assert_true(str_is(seats[2].slug, "desa-7317122008"));
    assert_true(str_is(seats[3].slug, "pangi-latimojong-latimojong"));
}

static void all_of_luwu_have_different_host_names(void **state)
{
    (void)state;
    struct unit_list list;
    struct err err;
    struct slug_seat seats[227];
    size_t n = 0, with_district = 0;

    assert_int_equal(units_read_file(arena, BALAI_SOURCE_DIR "/deploy/luwu.tsv", &list, &err), RC_OK);
    for (size_t i = 0; i < list.n; i++)
        if (list.p[i].is_desa)
            seats[n++] = (struct slug_seat){list.p[i].code, list.p[i].name, list.p[i].district, STR_NONE};
    slugs_assign(arena, seats, n);
    for (size_t i = 0; i < n; i++) {
        with_district += !str_eq(seats[i].slug, slug_of(arena, seats[i].name));
        for (size_t k = 0; k < i; k++)
            assert_false(str_eq(seats[i].slug, seats[k].slug));
    }
    assert_int_equal(with_district, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_read_with_and_without_dots),
        cmocka_unit_test(headers_stand_in_any_order),
        cmocka_unit_test(every_bad_line_is_named),
        cmocka_unit_test(faults_say_what_is_wrong),
        cmocka_unit_test(more_faults_than_anyone_reads_are_not_kept),
        cmocka_unit_test(the_list_of_luwu_is_whole),
        cmocka_unit_test(a_name_becomes_a_host_name),
        cmocka_unit_test(equal_names_get_the_district),
        cmocka_unit_test(a_host_name_given_stays),
        cmocka_unit_test(all_of_luwu_have_different_host_names),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
