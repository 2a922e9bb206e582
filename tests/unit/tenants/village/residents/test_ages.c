// SPDX-License-Identifier: AGPL-3.0-or-later
/* Ages of people beside one another: who is asked about, and who is not. */
#include <stdlib.h>

#include "tests/unit/arena.h"

#include "tenants/village/residents/ages.h"

#define TODAY ((struct date){2026, 11, 29})
enum { CHILD = 4, IN_LAW = 5, GRANDCHILD = 6, PARENT = 7, PARENT_IN_LAW = 8, MARRIED = 2 };

static struct resident_row of(uint8_t role, uint8_t sex, int year)
{
    return (struct resident_row){
        .name = STR("SITI"), .kk_no = STR("7317100101010001"), .family_role = role, .sex = sex, .birth_date = {year, 6, 15}, .marital = 1};
}

static void test_alone(void **state)
{
    (void)state;
    struct age_doubt doubt;
    static const struct {
        uint8_t role, marital;
        int year;
        bool is_doubted;
    } people[] = {{SHDK_WIFE, MARRIED, 2016, true}, {SHDK_WIFE, MARRIED, 2010, false}, {CHILD, MARRIED, 2015, true},
                  {CHILD, 1, 2015, false},          {CHILD, 0, 2015, false},           {PARENT_IN_LAW, 1, 2015, true},
                  {IN_LAW, MARRIED, 2015, true},    {SHDK_HEAD, 1, 2016, false},       {PARENT, 1, 1950, false}};

    for (size_t i = 0; i < COUNT_OF(people); i++) {
        struct resident_row who = of(people[i].role, SEX_FEMALE, people[i].year);
        who.marital = people[i].marital;
        assert_int_equal(age_alone(arena, &who, TODAY, &doubt), people[i].is_doubted);
    }
    struct resident_row wife = of(SHDK_WIFE, SEX_FEMALE, 2016);
    assert_true(age_alone(arena, &wife, TODAY, &doubt));
    assert_true(
        str_is(doubt.text, "Siti berumur 10 tahun, tetapi tertulis istri. Periksa tanggal lahir, status dan hubungan keluarganya."));
    wife.birth_date = (struct date){0};
    assert_false(age_alone(arena, &wife, TODAY, &doubt));
}

static void test_by_roles(void **state)
{
    (void)state;
    struct age_doubt doubt;
    static const struct {
        uint8_t elder, younger;
        int elder_year, younger_year;
        bool is_doubted;
    } pairs[] = {
        {SHDK_HEAD, CHILD, 1980, 1950, true},         {SHDK_HEAD, CHILD, 1980, 1991, true},
        {SHDK_HEAD, CHILD, 1980, 1992, false},        {SHDK_WIFE, CHILD, 2009, 2015, true},
        {SHDK_WIFE, CHILD, 1985, 2001, false},        {PARENT, SHDK_HEAD, 1990, 1980, true},
        {PARENT, SHDK_HEAD, 1950, 1980, false},       {PARENT_IN_LAW, SHDK_WIFE, 1990, 1985, true},
        {PARENT_IN_LAW, SHDK_HEAD, 1990, 1980, true}, {PARENT_IN_LAW, SHDK_HEAD, 1960, 1980, false},
        {SHDK_HEAD, GRANDCHILD, 1990, 2010, true},    {SHDK_HEAD, GRANDCHILD, 1980, 2010, false},
        {SHDK_HEAD, SHDK_WIFE, 1980, 1960, false},    {CHILD, CHILD, 1980, 1981, false},
    };

    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        const struct resident_row elder = of(pairs[i].elder, SEX_FEMALE, pairs[i].elder_year),
                                  younger = of(pairs[i].younger, SEX_MALE, pairs[i].younger_year);
        if (age_between(arena, &elder, &younger, false, &doubt) != pairs[i].is_doubted) {
            print_error("pair %zu\n", i);
            assert_true(false);
        }
    }
    /* A wife's mother may be younger than her husband; roles of two families say nothing; of another mother nothing of this wife. */
    struct resident_row elder = of(PARENT_IN_LAW, SEX_FEMALE, 1990), younger = of(SHDK_HEAD, SEX_MALE, 1980);
    assert_false(age_between(arena, &elder, &younger, true, &doubt));
    elder = of(SHDK_HEAD, SEX_MALE, 1980);
    younger = of(CHILD, SEX_MALE, 1980);
    younger.kk_no = STR("7317100101010002");
    assert_false(age_between(arena, &elder, &younger, false, &doubt));
    elder = of(SHDK_WIFE, SEX_FEMALE, 2000);
    younger = of(CHILD, SEX_MALE, 2005);
    younger.mother_name = STR("HALIMAH");
    assert_false(age_between(arena, &elder, &younger, false, &doubt));
    younger.mother_name = STR("siti");
    assert_true(age_between(arena, &elder, &younger, false, &doubt));
}

static void test_by_number(void **state)
{
    (void)state;
    struct age_doubt doubt;
    struct resident_row mother = of(CHILD, SEX_FEMALE, 2009), child = of(GRANDCHILD, SEX_MALE, 2015);

    mother.nik = child.mother_nik = STR("7317105506090001");
    child.kk_no = STR("");
    child.name = STR("UDIN");
    assert_true(age_between(arena, &mother, &child, false, &doubt));
    assert_true(str_is(doubt.text,
                       "Udin lahir 15 Juni 2015, padahal orang tuanya, Siti, lahir 15 Juni 2009. Periksa tanggal lahir dan hubungan "
                       "keluarganya."));
    child.birth_date.year = 2021;
    assert_false(age_between(arena, &mother, &child, false, &doubt));
    mother.birth_date.year = 1961;
    child.birth_date = (struct date){2022, 6, 14}; /* the day before she was 61 */
    assert_false(age_between(arena, &mother, &child, false, &doubt));
    child.birth_date.day = 15;
    assert_true(age_between(arena, &mother, &child, false, &doubt));
    assert_true(str_is(doubt.cause, "Ibu berumur lebih dari 60 tahun saat anaknya lahir."));
    struct resident_row other = child;
    assert_false(age_siblings(arena, &child, &other, &doubt));
    other.birth_date.day++; /* twins share the day; who was written down a day apart is asked about once */
    assert_true(age_siblings(arena, &child, &other, &doubt));
    other.birth_date = (struct date){2023, 3, 11};
    assert_true(age_siblings(arena, &child, &other, &doubt));
    other.birth_date = (struct date){2022, 11, 1};
    assert_true(age_siblings(arena, &child, &other, &doubt));
    other.birth_date = (struct date){2023, 4, 1};
    assert_false(age_siblings(arena, &child, &other, &doubt));
}

static void test_seventeen_is_grown_up(void **state)
{
    const struct date today = {2026, 11, 24};
    (void)state;
    struct age_doubt doubt;

    assert_true(is_minor((struct date){2009, 11, 25}, today));
    assert_false(is_minor((struct date){2009, 11, 24}, today));
    assert_false(is_minor((struct date){0}, today));
    struct resident_row head = of(SHDK_HEAD, SEX_FEMALE, 2009);
    head.birth_date = (struct date){2009, 11, 25};
    assert_true(doubt_alone(arena, &head, today, &doubt));
    assert_true(str_is(doubt.text, "Siti belum 17 tahun. Pilih orang dewasa bila ada yang tinggal bersama mereka."));
    assert_int_equal(doubt.column, COLUMN_BIRTH_DATE);
    head.birth_date.day = 24;
    assert_false(doubt_alone(arena, &head, today, &doubt));
    head.birth_date.day = 25;
    head.family_role = CHILD;
    assert_false(doubt_alone(arena, &head, today, &doubt));
}

static void test_marriage(void **state)
{
    enum { SINGLE = 1, DIVORCED = 3, WIDOWED };
    const struct date wedding = {2010, 1, 1}, divorce = {2015, 1, 1}, none = {0};
    const struct {
        uint8_t role, marital;
        const char *marriage_cert, *divorce_cert;
        struct date married, divorced;
        const char *text;
    } people[] = {
        {SHDK_WIFE, SINGLE, "", "", none, none, "Siti tertulis istri, tetapi status perkawinannya belum kawin."},
        {SHDK_WIFE, DIVORCED, "", "", none, none, "Siti tertulis istri, tetapi status perkawinannya cerai hidup."},
        {SHDK_HUSBAND, WIDOWED, "", "", none, none, "Siti tertulis suami, tetapi status perkawinannya cerai mati."},
        {SHDK_WIFE, MARRIED, "AK-1", "", wedding, none, NULL},
        {SHDK_WIFE, 0, "", "", none, none, NULL},
        {SHDK_HEAD, DIVORCED, "AK-1", "AC-1", wedding, divorce, NULL},
        {SHDK_HEAD, WIDOWED, "AK-1", "", wedding, none, NULL},
        {CHILD, SINGLE, "-", "", none, none, NULL},
        {CHILD, SINGLE, "AK-1", "", none, none, "Siti tertulis belum kawin, tetapi akta atau tanggal perkawinannya terisi."},
        {SHDK_HEAD, SINGLE, "", "", wedding, none, "Siti tertulis belum kawin, tetapi akta atau tanggal perkawinannya terisi."},
        {SHDK_HEAD, SINGLE, "", "", none, divorce, "Siti tertulis belum kawin, tetapi akta atau tanggal perceraiannya terisi."},
        {SHDK_HEAD, MARRIED, "", "", wedding, divorce, "Siti tertulis kawin, tetapi akta atau tanggal perceraiannya terisi."},
        {SHDK_HEAD, MARRIED, "", "AC-1", none, none, "Siti tertulis kawin, tetapi akta atau tanggal perceraiannya terisi."},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(people); i++) {
        struct resident_row who = of(people[i].role, SEX_FEMALE, 1980);
        struct age_doubt doubt = {0};

        who.marital = people[i].marital;
        who.marriage_cert = str_c(people[i].marriage_cert);
        who.divorce_cert = str_c(people[i].divorce_cert);
        who.marriage_date = people[i].married;
        who.divorce_date = people[i].divorced;
        assert_int_equal(doubt_alone(arena, &who, TODAY, &doubt), people[i].text != NULL);
        if (people[i].text == NULL)
            continue;
        assert_true(str_starts(doubt.text, str_c(people[i].text)));
        assert_false(str_empty(doubt.cause));
        assert_int_equal(doubt.column, COLUMN_MARITAL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_by_roles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_by_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_seventeen_is_grown_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_marriage, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
