// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the edit form makes of what is typed, what the history keeps of it, and a NIK that does not fit. */
#define ARENA_IN_STATE
#include "tests/unit/arena.h"
#include "tests/unit/tenants/village/import/import_books.h"

#include "tenants/village/residents/change.h"
#include "tenants/village/residents/edit_rules.h"

static const struct resident_row dahlia = {
    .nik = STR_INIT("7317105202600001"),
    .name = STR_INIT("Dahlia"),
    .sex = SEX_FEMALE,
    .birth_place = STR_INIT("SAMPANO"),
    .birth_date = {1960, 2, 12},
    .kk_no = STR_INIT("7317100101010001"),
    .family_role = 3,
    .hamlet = STR_INIT("To Bulung"),
    .rw = STR_INIT("001"),
    .rt = STR_INIT("-"),
    .religion = 1,
    .basic_status = 1,
    .ethnicity = STR_INIT("Luwu"),
};

static struct input_pairs pairs_of(struct input_pair *p, size_t n)
{
    return (struct input_pairs){p, n};
}
#define READ(out, faults, ...)                                               \
    do {                                                                     \
        struct input_pair typed_[] = {__VA_ARGS__};                          \
        const struct input_pairs sent_ = pairs_of(typed_, COUNT_OF(typed_)); \
        edit_read(arena, &sent_, &dahlia, TODAY, &(out), faults);            \
    } while (0)
#define TYPED(name, value)              \
    {                                   \
        STR_INIT(name), STR_INIT(value) \
    }

static void assert_diff(struct arena *arena, const struct resident_row *after, const char *diff)
{
    assert_string_equal(str_z(arena, resident_diff(arena, &dahlia, after)), diff);
}

static void test_what_is_typed_is_read_as_the_import_reads_it(void **state)
{
    struct arena *arena = *state;
    struct resident_row out;
    struct str faults[COLUMN_COUNT];

    READ(out, faults, TYPED("nama", "dahlia s."), TYPED("nik", "7317 1052 0260 0001"), TYPED("rt", "7"), TYPED("suku", ""),
         TYPED("agama_id", "3"), TYPED("tanggallahir_hari", "13"), TYPED("tanggallahir_bulan", "2"), TYPED("tanggallahir_tahun", "1960"),
         TYPED("lat", "-3,5"));
    for (int c = 0; c < COLUMN_COUNT; c++)
        assert_null(faults[c].p);
    assert_diff(arena, &out,
                "{\"rt\":[\"-\",\"007\"],\"name\":[\"Dahlia\",\"DAHLIA S.\"],\"birth_date\":[\"1960-02-12\",\"1960-02-13\"],"
                "\"religion\":[1,3],\"ethnicity\":[\"Luwu\",\"\"],\"lat\":[\"\",\"-3.5\"]}");
}

static void test_the_same_again_changes_nothing(void **state)
{
    struct arena *arena = *state;
    struct resident_row out;
    struct str faults[COLUMN_COUNT];

    READ(out, faults, TYPED("nama", "Dahlia"), TYPED("dusun", "to bulung"), TYPED("rw", "1"), TYPED("rt", ""),
         TYPED("tempatlahir", "SAMPANO"), TYPED("kk_level", "3"));
    assert_diff(arena, &out, "{}");
    /* a form that lacks a field leaves it */
    READ(out, faults, TYPED("suku", "Luwu"));
    assert_diff(arena, &out, "{}");
}

static void test_each_mistake_keeps_what_was_stored(void **state)
{
    struct arena *arena = *state;
    struct resident_row out;
    struct str faults[COLUMN_COUNT];

    READ(out, faults, TYPED("nama", ""), TYPED("nik", "0"), TYPED("sex", ""), TYPED("dusun", "-"), TYPED("kk_level", "1"),
         TYPED("agama_id", "77"), TYPED("tanggallahir_hari", "31"), TYPED("tanggallahir_bulan", "2"), TYPED("tanggallahir_tahun", ""),
         TYPED("ayah_nik", "12"));
    const enum resident_column wrong[] = {COLUMN_NAME,        COLUMN_NIK,      COLUMN_SEX,        COLUMN_HAMLET,
                                          COLUMN_FAMILY_ROLE, COLUMN_RELIGION, COLUMN_BIRTH_DATE, COLUMN_FATHER_NIK};
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_non_null(faults[wrong[i]].p);
    out.family_role = dahlia.family_role; /* read, and refused beside the family */
    assert_diff(arena, &out, "{}");
    READ(out, faults, TYPED("sex", "1"), TYPED("hamil", "1"));
    assert_non_null(faults[COLUMN_PREGNANCY].p);
}

/* Every column: what cannot be read leaves what is stored, and is told; what is emptied on purpose is empty. */
static void test_what_cannot_be_read_never_empties(void **state)
{
    struct arena *arena = *state;
    struct resident_row full = dahlia, out;
    struct str faults[COLUMN_COUNT];
    size_t told = 0;

    for (int c = 0; c < COLUMN_COUNT; c++) {
        if (column_rules[c].kind == KIND_CODE && *row_code(&full, (enum resident_column)c) == 0)
            *row_code_at(&full, (enum resident_column)c) = 1;
        else if (kind_is_date(column_rules[c].kind) && c != COLUMN_BIRTH_DATE)
            *row_date_at(&full, (enum resident_column)c) = (struct date){2001, 2, 3};
        else if (column_rules[c].kind == KIND_PARENT || c == COLUMN_LAT || c == COLUMN_LNG || c == COLUMN_CARD_TAG)
            *row_text_at(&full, (enum resident_column)c) = c == COLUMN_FATHER_NIK ? STR("7317101111570002") : STR("12");
    }
    for (size_t i = 0; i < edit_columns_n; i++) {
        const enum resident_column c = edit_columns[i].column;
        const struct column_rule *rule = &column_rules[c];
        const bool is_date = kind_is_date(rule->kind);
        struct input_pair typed[] = {{str_fmt(arena, "%s%s", rule->heading, is_date ? "_hari" : ""), STR("ABC")}};
        const struct input_pairs sent = pairs_of(typed, 1);

        if (rule->kind == KIND_UNIT)
            typed[0].value = STR("RT");
        else if (rule->kind == KIND_NAME)
            typed[0].value = STR("@@@");
        else if (rule->kind == KIND_TEXT || rule->kind == KIND_HAMLET)
            continue; /* any words are words */
        edit_read(arena, &sent, &full, TODAY, &out, faults);
        if (faults[c].p == NULL || !row_same(&full, &out, c)) {
            print_error("%s\n", rule->heading);
            assert_true(false);
        }
        told++;
    }
    assert_int_equal(told, 30);
    READ(out, faults, TYPED("ayah_nik", "belum tahu"));
    assert_non_null(faults[COLUMN_FATHER_NIK].p);
    READ(out, faults, TYPED("ayah_nik", "-"), TYPED("ibu_nik", ""), TYPED("golongan_darah_id", "0"), TYPED("rt", "-"), TYPED("suku", "-"));
    for (int c = 0; c < COLUMN_COUNT; c++)
        assert_null(faults[c].p);
    assert_diff(arena, &out, "{\"ethnicity\":[\"Luwu\",\"\"]}");
}

static void test_a_parent_is_somebody_else(void **state)
{
    struct arena *arena = *state;
    struct resident_row out;
    struct str faults[COLUMN_COUNT];

    READ(out, faults, TYPED("ibu_nik", "7317105202600001"));
    assert_true(str_starts(faults[COLUMN_MOTHER_NIK], STR("Ini NIK warga ini sendiri.")));
    READ(out, faults, TYPED("ibu_nik", "7317101111570002"), TYPED("ayah_nik", "7317101111570002"));
    assert_true(str_starts(faults[COLUMN_FATHER_NIK], STR("NIK ayah dan NIK ibu sama.")));
    READ(out, faults, TYPED("ibu_nik", "7317105111370002"), TYPED("ayah_nik", "7317101111370002"));
    assert_null(faults[COLUMN_FATHER_NIK].p);
    assert_null(faults[COLUMN_MOTHER_NIK].p);
}

static void test_a_nik_that_does_not_fit(void **state)
{
    struct arena *arena = *state;
    struct resident_row row = dahlia;
    enum resident_column column;
    struct str text;

    assert_false(nik_doubt(arena, &row, TODAY, &column, &text));
    row.birth_date.day = 13;
    assert_true(nik_doubt(arena, &row, TODAY, &column, &text));
    assert_int_equal(column, COLUMN_BIRTH_DATE);
    assert_true(nik_doubt_is_new(&dahlia, &row));
    row = dahlia;
    row.sex = SEX_MALE;
    assert_true(nik_doubt(arena, &row, TODAY, &column, &text));
    assert_int_equal(column, COLUMN_SEX);
    row.nik = STR("0731710200300001"); /* temporary: says nothing */
    assert_false(nik_doubt(arena, &row, TODAY, &column, &text));
    row = dahlia;
    row.nik = STR("7317109902600001");
    assert_true(nik_doubt(arena, &row, TODAY, &column, &text));
    assert_int_equal(column, COLUMN_NIK);
    assert_false(nik_doubt_is_new(&row, &row));
}

static void test_values_in_words(void **state)
{
    struct arena *arena = *state;
    struct err err;
    json_t *list;

    assert_int_equal(json_read(arena, STR("[\"1960-02-12\",\"\",3,0,\"7317105202600001\",null]"), &list, &err), RC_OK);
    assert_string_equal(str_z(arena, value_words(arena, COLUMN_BIRTH_DATE, json_array_get(list, 0))), "12 Februari 1960");
    assert_string_equal(str_z(arena, value_words(arena, COLUMN_BIRTH_DATE, json_array_get(list, 1))), "(kosong)");
    assert_string_equal(str_z(arena, value_words(arena, COLUMN_RELIGION, json_array_get(list, 2))),
                        str_z(arena, code_label(CODE_RELIGION, 3)));
    assert_string_equal(str_z(arena, value_words(arena, COLUMN_RELIGION, json_array_get(list, 3))), "(kosong)");
    assert_string_equal(str_z(arena, value_words(arena, COLUMN_NIK, json_array_get(list, 4))), "7317 1052 0260 0001");
    assert_string_equal(str_z(arena, value_words(arena, COLUMN_NAME, json_array_get(list, 5))), "(kosong)");
    for (int c = 0; c < COLUMN_COUNT; c++) {
        assert_int_equal(column_of_word(str_c(column_rules[c].word)), c);
        assert_string_not_equal(str_z(arena, column_label((enum resident_column)c)), column_rules[c].heading);
    }
    assert_int_equal(column_of_word(STR("kecamatan")), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_is_typed_is_read_as_the_import_reads_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_same_again_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_each_mistake_keeps_what_was_stored, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_cannot_be_read_never_empties, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_parent_is_somebody_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_nik_that_does_not_fit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_values_in_words, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
