// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a list's address means, what is typed into its search box, and what is missing of a person. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tenants/village/codes/codes.h"
#include "tenants/village/roster/roster_filter.h"

static const struct date today = {2026, 11, 24};
static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void assert_str(struct str got, const char *wanted)
{
    assert_string_equal(str_z(arena, got), wanted);
}

/* Pairs of name and value, ended by NULL. */
static struct resident_filter filter_of(const char *const *pairs)
{
    struct resident_filter filter = resident_filter_default();
    const char *fault;

    for (; *pairs != NULL; pairs += 2)
        assert_true(resident_filter_set(&filter, pairs[0], str_c(pairs[1]), &fault));
    return filter;
}
#define FILTER(...) filter_of((const char *const[]){__VA_ARGS__, NULL})

static void test_nothing_said_is_the_living_by_name(void **state)
{
    struct resident_filter filter = FILTER("dusun", "", "jk", "", "status", "", "urut", "");
    struct resident_find find = resident_filter_find(&filter, today);

    (void)state;
    assert_true(resident_filter_is_default(&filter));
    assert_str(resident_filter_href(arena, &filter), "/kantor/penduduk");
    assert_true(find.status.is_set && find.status.value == STATUS_ALIVE);
    assert_false(find.sex.is_set || find.role.is_set || find.has_card.is_set);
    assert_null(find.hamlet.p);
    for (size_t i = 0; i < RESIDENT_FILTER_COUNT; i++)
        assert_str(resident_filter_words(arena, &filter, resident_filter_names[i]), "");
}

static void test_every_name_goes_out_as_it_came_in(void **state)
{
    static const char all[] = "/kantor/penduduk?dusun=Batu%20Lotong&rw=001&rt=002&jk=2&umur_dari=5&umur_sampai=17&status=2&peran=4&kerja=0"
                              "&agama=1&kawin=2&sekolah=0&nik=sementara&kartu=belum&lengkap=akta&urut=umur&arah=turun";
    struct resident_filter filter = FILTER("dusun", "Batu Lotong", "rw", "001", "rt", "002", "jk", "2", "umur_dari", "5", "umur_sampai",
                                           "17", "status", "2", "peran", "4", "kerja", "0", "agama", "1", "kawin", "2", "sekolah", "0",
                                           "nik", "sementara", "kartu", "belum", "lengkap", "akta", "urut", "umur", "arah", "turun");

    (void)state;
    assert_str(resident_filter_href(arena, &filter), all);
    assert_true(resident_filter_is_more(&filter));
    for (size_t i = 0; i < RESIDENT_FILTER_COUNT; i++)
        filter = resident_filter_without(filter, resident_filter_names[i]);
    assert_str(resident_filter_href(arena, &filter), "/kantor/penduduk?urut=umur&arah=turun");
}

static void test_what_means_nothing_is_refused(void **state)
{
    static const char *const bad[][2] = {
        {"jk", "3"},      {"jk", "0"},      {"jk", "L"},     {"umur_dari", "-1"}, {"umur_dari", "151"}, {"umur_sampai", "x"},
        {"umur", "muda"}, {"status", "99"}, {"status", "a"}, {"peran", "77"},     {"kerja", "256"},     {"kerja", "9 OR 1"},
        {"agama", "200"}, {"nik", "tidak"}, {"kartu", "1"},  {"urut", "nik"},     {"arah", "atas"},     {"lain", "1"}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct resident_filter filter = resident_filter_default();
        const char *fault = NULL;

        assert_false(resident_filter_set(&filter, bad[i][0], str_c(bad[i][1]), &fault));
        assert_non_null(fault);
    }
    struct resident_filter turned = FILTER("umur_dari", "9", "umur_sampai", "8"), both = FILTER("umur", "kosong", "umur_dari", "1");
    struct resident_filter equal = FILTER("umur_dari", "9", "umur_sampai", "9");
    assert_non_null(resident_filter_fault(&turned));
    assert_non_null(resident_filter_fault(&both));
    assert_null(resident_filter_fault(&equal));
}

static void test_ages_are_whole_years_and_inclusive(void **state)
{
    struct resident_filter child = FILTER("umur_dari", "5", "umur_sampai", "17"), old = FILTER("umur_dari", "60"),
                           young = FILTER("umur_sampai", "0");
    struct resident_find find = resident_filter_find(&child, today);

    (void)state;
    assert_str(date_iso(arena, find.born_until), "2021-11-24"); /* five today */
    assert_str(date_iso(arena, find.born_after), "2008-11-24"); /* eighteen today: no longer */
    assert_str(date_iso(arena, resident_filter_find(&old, today).born_until), "1966-11-24");
    assert_str(date_iso(arena, resident_filter_find(&young, today).born_after), "2025-11-24");
    assert_str(date_iso(arena, resident_filter_find(&young, today).born_until), "2026-11-24");
    /* The bounds and date_age agree on every day around 29 February. */
    for (int64_t d = date_to_days((struct date){2023, 2, 25}); d < date_to_days((struct date){2024, 3, 5}); d += 1) {
        struct date on = date_from_days(d);
        struct resident_filter grown = FILTER("umur_dari", "18");
        struct date until = resident_filter_find(&grown, on).born_until;

        for (int64_t b = date_to_days((struct date){2004, 2, 26}); b <= date_to_days((struct date){2004, 3, 3}); b++)
            assert_int_equal(date_age(date_from_days(b), on) >= 18, date_compare(date_from_days(b), until) <= 0);
    }
}

static void test_orders(void **state)
{
    struct resident_filter newest = FILTER("urut", "terbaru"), oldest = FILTER("urut", "terbaru", "arah", "naik"),
                           name = FILTER("urut", "nama", "arah", "naik");

    (void)state;
    assert_true(newest.is_down);
    assert_str(resident_filter_href(arena, &newest), "/kantor/penduduk?urut=terbaru");
    assert_str(resident_filter_href(arena, &oldest), "/kantor/penduduk?urut=terbaru&arah=naik");
    assert_true(resident_filter_is_default(&name));
}

static void test_words_of_a_filter(void **state)
{
    struct resident_filter filter = FILTER("dusun", "BATU LOTONG", "umur_dari", "5", "umur_sampai", "17", "status", "0", "kerja", "0",
                                           "kartu", "belum");

    (void)state;
    assert_str(resident_filter_words(arena, &filter, "dusun"), "Dusun: Batu Lotong");
    assert_str(resident_filter_words(arena, &filter, "umur_dari"), "Umur: 5–17 tahun");
    assert_str(resident_filter_words(arena, &filter, "umur_sampai"), "");
    assert_str(resident_filter_words(arena, &filter, "status"), "Status: semua");
    assert_str(resident_filter_words(arena, &filter, "kerja"), "Pekerjaan: belum diisi");
    assert_str(resident_filter_words(arena, &filter, "kartu"), "Kartu belum terpasang");
}

static void test_what_is_typed(void **state)
{
    struct resident_find find = {0};

    (void)state;
    assert_int_equal(resident_find_typed(arena, STR("  "), &find), SEARCH_NONE);
    assert_int_equal(resident_find_typed(arena, STR("7317 1051 1157 0002"), &find), SEARCH_NUMBER);
    assert_str(find.number, "7317105111570002");
    assert_int_equal(resident_find_typed(arena, STR("7317.10"), &find), SEARCH_NUMBER);
    assert_str(find.number_start, "731710");
    assert_int_equal(resident_find_typed(arena, STR("123"), &find), SEARCH_NOTHING);
    assert_int_equal(resident_find_typed(arena, STR("73171051115700021"), &find), SEARCH_NOTHING);
    assert_int_equal(resident_find_typed(arena, STR("%%'"), &find), SEARCH_NOTHING);
    find = (struct resident_find){0};
    assert_int_equal(resident_find_typed(arena, STR(" Hawa  SITTI, an di si lima"), &find), SEARCH_WORDS);
    assert_str(find.first, "hawa");
    assert_str(find.second, "sitti");
    assert_str(find.third, "an");
    assert_str(find.fourth, "di");
}

static struct resident_hit person(void)
{
    return (struct resident_hit){.nik = STR("7317105111570002"),
                                 .sex = SEX_FEMALE,
                                 .birth_date = {1957, 11, 11},
                                 .basic_status = STATUS_ALIVE,
                                 .birth_cert = STR("")};
}

static void test_what_is_missing(void **state)
{
    struct resident_hit whole = person(), dead = person(), temporary = person(), other_day = person(), other_sex = person(),
                        undated = person(), child = person();

    (void)state;
    assert_str(resident_fault_of(&whole, today).label, "");
    dead.basic_status = 2;
    dead.birth_date = (struct date){0};
    assert_str(resident_fault_of(&dead, today).label, "Mati");
    assert_str(resident_fault_of(&dead, today).tone, "abu");
    temporary.nik = STR("0000000000000012");
    assert_str(resident_fault_of(&temporary, today).label, "NIK sementara");
    other_day.birth_date.day = 12;
    assert_str(resident_fault_of(&other_day, today).label, "NIK tidak sesuai tanggal lahir");
    assert_str(resident_fault_of(&other_day, today).tone, "merah");
    other_sex.sex = SEX_MALE;
    assert_str(resident_fault_of(&other_sex, today).label, "NIK tidak sesuai jenis kelamin");
    undated.birth_date = (struct date){0};
    assert_str(resident_fault_of(&undated, today).label, "Tanggal lahir kosong");
    /* A certificate is asked for until somebody is grown up. */
    child.birth_date = (struct date){2008, 11, 25};
    child.nik = STR("7317106511080002");
    assert_str(resident_fault_of(&child, today).label, "Akta lahir belum ada");
    child.birth_date.day = 24;
    child.nik = STR("7317106411080002");
    assert_str(resident_fault_of(&child, today).label, "");
    child.birth_date.day = 25;
    child.nik = STR("0000000000000012");
    assert_int_equal(resident_fault_of(&child, today).more, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_said_is_the_living_by_name),
        cmocka_unit_test(test_every_name_goes_out_as_it_came_in),
        cmocka_unit_test(test_what_means_nothing_is_refused),
        cmocka_unit_test(test_ages_are_whole_years_and_inclusive),
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_words_of_a_filter),
        cmocka_unit_test(test_what_is_typed),
        cmocka_unit_test(test_what_is_missing),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
