// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a list's address means, what is typed into its search box, and what is missing of a person. */

#include "tests/unit/arena.h"

#include "server/register/list_parts.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/roster/roster_filter.h"

static const struct date today = {2026, 11, 24};
static void assert_str(struct str got, const char *wanted)
{
    assert_string_equal(str_z(arena, got), wanted);
}

/* A list asked with pairs of name and value, ended by NULL; what is wrong with it. */
struct asked {
    struct list_reading at;
    struct resident_find find;
    struct faults faults;
};

static struct asked ask_on(struct date day, const char *const *pairs)
{
    struct asked asked = {0};

    list_begin(&asked.at, &residents_list, arena, day);
    for (; *pairs != NULL; pairs += 2)
        assert_true(list_set(&asked.at, str_c(pairs[0]), str_c(pairs[1])));
    asked.faults = list_judge(&asked.at, &asked.find);
    return asked;
}
#define ASK(...) ask_on(today, (const char *const[]){__VA_ARGS__, NULL})

/* The chip that goes when nothing is said of this filter; "" when it has none. */
static struct str list_words_of(const struct list_reading *at, const char *name)
{
    struct list_reading dropped = *at, fresh;
    struct resident_find find;
    struct list_view with = {0}, without = {0};
    size_t i = 0;

    dropped.values = ARENA_ARRAY(arena, struct list_value, at->list->filters_n);
    memcpy(dropped.values, at->values, at->list->filters_n * sizeof *at->values);
    list_begin(&fresh, at->list, arena, today);
    assert_int_equal(list_judge(&fresh, &find).n, 0);
    dropped.values[list_filter_of(at, name)] = fresh.values[list_filter_of(at, name)];
    list_put_chips(at, &with);
    list_put_chips(&dropped, &without);
    while (i < without.chips.n && str_eq(with.chips.p[i].label, without.chips.p[i].label))
        i++;
    return with.chips.n > without.chips.n ? with.chips.p[i].label : STR("");
}

static void test_nothing_said_is_the_living_by_name(void **state)
{
    static const char *const names[] = {"dusun", "rw",    "rt",    "jk",      "umur", "status", "peran",
                                        "kerja", "agama", "kawin", "sekolah", "nik",  "kartu",  "lengkap"};
    struct asked asked = ASK("dusun", "", "jk", "", "status", "", "urut", "");
    enum resident_way way;

    (void)state;
    assert_int_equal(asked.faults.n, 0);
    assert_false(list_is_filtered(&asked.at));
    assert_str(list_href(&asked.at), "/kantor/penduduk");
    assert_true(asked.find.status.is_set && asked.find.status.value == STATUS_ALIVE);
    assert_false(asked.find.sex.is_set || asked.find.role.is_set || asked.find.has_card.is_set);
    assert_null(asked.find.hamlet.p);
    assert_true(resident_way_of(&asked.at, &asked.find, &way));
    assert_int_equal(way, RESIDENT_WAY_LIVING);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        assert_str(list_words_of(&asked.at, names[i]), "");
}

static void test_every_name_goes_out_as_it_came_in(void **state)
{
    static const char all[] = "/kantor/penduduk?dusun=Batu%20Lotong&rw=001&rt=002&jk=2&umur_dari=5&umur_sampai=17&status=2&peran=4&kerja=0"
                              "&agama=1&kawin=2&sekolah=0&nik=sementara&kartu=belum&lengkap=akta&urut=umur&arah=turun";
    struct asked asked = ASK("dusun", "Batu Lotong", "rw", "001", "rt", "002", "jk", "2", "umur_dari", "5", "umur_sampai", "17", "status",
                             "2", "peran", "4", "kerja", "0", "agama", "1", "kawin", "2", "sekolah", "0", "nik", "sementara", "kartu",
                             "belum", "lengkap", "akta", "urut", "umur", "arah", "turun");

    (void)state;
    assert_int_equal(asked.faults.n, 0);
    assert_str(list_href(&asked.at), all);
    assert_true(asked.find.lack.value == LACK_BIRTH_CERT && asked.find.is_temporary.value == 1 && asked.find.has_card.value == 0);
    assert_true(asked.find.occupation.is_set && asked.find.occupation.value == 0);
    assert_true(asked.at.at.order == RESIDENT_BY_AGE && asked.at.at.is_reversed);
    assert_str(list_href_with(&asked.at, "kerja", STR("")),
               "/kantor/penduduk?dusun=Batu%20Lotong&rw=001&rt=002&jk=2&umur_dari=5&umur_sampai=17&status=2&peran=4"
               "&agama=1&kawin=2&sekolah=0&nik=sementara&kartu=belum&lengkap=akta&urut=umur&arah=turun");
}

static void test_what_means_nothing_is_refused(void **state)
{
    static const char *const bad[][2] = {
        {"jk", "3"},      {"jk", "0"},      {"jk", "L"},     {"umur_dari", "-1"}, {"umur_dari", "151"}, {"umur_sampai", "x"},
        {"umur", "muda"}, {"status", "99"}, {"status", "a"}, {"peran", "77"},     {"kerja", "256"},     {"kerja", "9 OR 1"},
        {"agama", "200"}, {"nik", "tidak"}, {"kartu", "1"},  {"urut", "nik"},     {"arah", "atas"}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct asked asked = ASK(bad[i][0], bad[i][1]);

        assert_int_equal(asked.faults.n, 1);
        assert_true(asked.at.is_faulty);
        assert_str(asked.faults.p[0].field, bad[i][0][0] == 'u' && bad[i][0][4] == '_' ? "umur_dari" : bad[i][0]);
    }
    struct list_reading at;
    list_begin(&at, &residents_list, arena, today);
    assert_false(list_set(&at, STR("lain"), STR("1")));
    assert_int_equal(ASK("umur_dari", "9", "umur_sampai", "8").faults.n, 1);
    struct asked both = ASK("umur", "kosong", "umur_dari", "1"), equal = ASK("umur_dari", "9", "umur_sampai", "9");
    assert_non_null(resident_list_fault(&both.find));
    assert_null(resident_list_fault(&equal.find));
}

static void test_ages_are_whole_years_and_inclusive(void **state)
{
    struct asked child = ASK("umur_dari", "5", "umur_sampai", "17"), old = ASK("umur_dari", "60"), young = ASK("umur_sampai", "0");

    (void)state;
    assert_str(date_iso(arena, child.find.born_until), "2021-11-24"); /* five today */
    assert_str(date_iso(arena, child.find.born_after), "2008-11-24"); /* eighteen today: no longer */
    assert_str(date_iso(arena, old.find.born_until), "1966-11-24");
    assert_str(date_iso(arena, young.find.born_after), "2025-11-24");
    assert_str(date_iso(arena, young.find.born_until), "2026-11-24");
    /* The bounds and date_age agree on every day around 29 February. */
    for (int64_t d = date_to_days((struct date){2023, 2, 25}); d < date_to_days((struct date){2024, 3, 5}); d += 1) {
        struct date on = date_from_days(d);
        struct date until = ask_on(on, (const char *const[]){"umur_dari", "18", NULL}).find.born_until;

        for (int64_t b = date_to_days((struct date){2004, 2, 26}); b <= date_to_days((struct date){2004, 3, 3}); b++)
            assert_int_equal(date_age(date_from_days(b), on) >= 18, date_compare(date_from_days(b), until) <= 0);
    }
}

static void test_orders(void **state)
{
    struct asked newest = ASK("urut", "terbaru"), oldest = ASK("urut", "terbaru", "arah", "naik"),
                 name = ASK("urut", "nama", "arah", "naik");

    (void)state;
    assert_true(newest.at.at.order == RESIDENT_BY_ENTRY && !newest.at.at.is_reversed && oldest.at.at.is_reversed);
    assert_str(list_href(&newest.at), "/kantor/penduduk?urut=terbaru");
    assert_str(list_href(&oldest.at), "/kantor/penduduk?urut=terbaru&arah=naik");
    assert_str(list_href(&name.at), "/kantor/penduduk");
}

static void test_words_of_a_filter(void **state)
{
    struct asked asked = ASK("dusun", "BATU LOTONG", "umur_dari", "5", "umur_sampai", "17", "status", "0", "kerja", "0", "kartu", "belum");

    (void)state;
    assert_str(list_words_of(&asked.at, "dusun"), "{Dusun}: Batu Lotong");
    assert_str(list_words_of(&asked.at, "umur"), "Umur: 5–17 tahun");
    assert_str(list_words_of(&asked.at, "status"), "Status: semua");
    assert_str(list_words_of(&asked.at, "kerja"), "Pekerjaan: belum diisi");
    assert_str(list_words_of(&asked.at, "kartu"), "Kartu belum terpasang");
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
    assert_str(resident_fault_of(&dead, today).label, "Meninggal");
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
