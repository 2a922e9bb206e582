// SPDX-License-Identifier: AGPL-3.0-or-later
#include <stdlib.h>

#define ARENA_IN_STATE
#include "tests/unit/arena.h"

#include "tenants/village/codes/address.h"
#include "tenants/village/codes/codes.h"

static uint32_t read(enum code_list list, const char *text)
{
    uint32_t code = 0;

    return code_from_text(list, str_c(text), &code) ? code : 0;
}

static void test_an_address_names_its_hamlet(void **state)
{
    static const struct {
        const char *street, *hamlet;
        bool is_named;
    } rows[] = {
        {"Jl. Pendidikan", "Dusun I", false},
        {"Jl. Poros Malili", "I", false},
        {"Jl. Mawar No. 12", "Dusun 1", false},
        {"Jl. Wara-Wara Raya No. 5", "Wara", false},
        {"Jl. Wara", "Wara", false},
        {"Dusun Waratu", "Wara", false},
        {"Dusun Wara", "Wara", true},
        {"DUSUN WARA RT 01", "Dsn. Wara", true},
        {"Dsn. Batu Lotong No. 3", "BATU LOTONG", true},
        {"Jl. Poros, Dusun II", "Dusun II", true},
        {"Dusun II", "Dusun I", false},
        {"Batu Lotong", "BATU LOTONG", true},
        {"I", "I", false},
        {"", "Wara", false},
        {"Jl. Mawar", "", false},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (str_empty(address_hamlet(*state, str_c(rows[i].street), str_c(rows[i].hamlet))) !=
            (rows[i].is_named || rows[i].hamlet[0] == '\0'))
            print_message("%s, hamlet %s\n", rows[i].street, rows[i].hamlet), assert_true(false);
    assert_true(str_is(address_hamlet(*state, STR("Jl. Mawar"), STR("WARA")), "{Dusun} Wara"));
    assert_true(str_is(address_hamlet(*state, STR("Jl. Mawar"), STR("DUSUN SATU")), "Dusun Satu"));
    assert_true(str_is(address_hamlet(*state, STR_NONE, STR("Lingkungan Padang")), "Lingkungan Padang"));
    assert_true(str_empty(address_hamlet(*state, STR("Jl. Mawar"), STR("-"))));
}

static void test_names_of_hamlets(void **state)
{
    static const struct {
        const char *a, *b;
        bool is_like;
    } pairs[] = {
        {"BATU LOTOGN", "Batu Lotong", true},
        {"Batu Loton", "Batu Lotong", true},
        {"Batu Lotongg", "BATU LOTONG", true},
        {"Batu Latong", "Batu Lotong", true},
        {"Dsn. Batu Latong", "Batu Lotong", true},
        {"Batu Lotong", "BATU LOTONG", false},
        {"Padang I", "Padang II", false},
        {"Padang 1", "Padang 2", false},
        {"Padang", "Padang I", false},
        {"Wara", "Waru", false},
        {"Labombo Indah", "Lempong Pute", false},
        {"Batu Lotong", "Batu Lantung", false},
        {"", "Batu Lotong", false},
    };

    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (hamlet_is_like(*state, str_c(pairs[i].a), str_c(pairs[i].b)) != pairs[i].is_like)
            print_message("%s, %s\n", pairs[i].a, pairs[i].b), assert_true(false);
    assert_true(str_is(hamlet_name(STR("Dusun Dsn. Wara")), "Wara"));
    assert_true(str_is(hamlet_name(STR("Lingkungan")), "Lingkungan"));
    assert_true(str_is(address_place(*state, STR("WARA"), STR("001"), STR("002")), "{Dusun} Wara, RW 001, RT 002"));
    assert_true(str_is(address_place(*state, STR("-"), STR("-"), STR("002")), "RT 002"));
    assert_true(str_is(address_place(*state, STR("-"), STR("-"), STR("-")), "Wilayah belum diisi"));
}

static void test_codes_labels_and_synonyms(void **state)
{
    (void)state;
    assert_int_equal(read(CODE_SEX, "L"), 1);
    assert_int_equal(read(CODE_SEX, "lk"), 1);
    assert_int_equal(read(CODE_SEX, "LAKI - LAKI"), 1);
    assert_int_equal(read(CODE_SEX, "Pr"), 2);
    assert_int_equal(read(CODE_SEX, "2"), 2);
    assert_int_equal(read(CODE_EDUCATION_KK, "Tidak/Blm Sekolah"), 1);
    assert_int_equal(read(CODE_EDUCATION_KK, "TIDAK / BELUM SEKOLAH"), 1);
    assert_int_equal(read(CODE_EDUCATION_KK, "Tidak Tamat SD/Sederajat"), 2);
    assert_int_equal(read(CODE_EDUCATION_KK, "AKADEMI/DIPLOMA III/SARJANA MUDA"), 7);
    assert_int_equal(read(CODE_EDUCATION_KK, "Strata-II"), 9);
    assert_int_equal(read(CODE_MARITAL, "bk"), 1);
    assert_int_equal(read(CODE_MARITAL, "K"), 2);
    assert_int_equal(read(CODE_MARITAL, "KAWIN BELUM TERCATAT"), 2);
    assert_int_equal(read(CODE_MARITAL, "CH"), 3);
    assert_int_equal(read(CODE_MARITAL, "CM"), 4);
    assert_int_equal(read(CODE_BLOOD, "Tdk Th"), 13);
    assert_int_equal(read(CODE_BLOOD, "ab+"), 9);
    assert_int_equal(read(CODE_BLOOD, "AB -"), 10);
    assert_int_equal(read(CODE_BLOOD, "AB"), 3);
    assert_int_equal(read(CODE_KTP_EL, "ktp el"), 2);
    assert_int_equal(read(CODE_KTP_EL, "KIA"), 3);
    assert_int_equal(read(CODE_BASIC_STATUS, "Pindah Luar Negeri"), 3);
    assert_int_equal(read(CODE_CONTRACEPTION, "99"), 99);
    assert_int_equal(read(CODE_OCCUPATION, "PETANI/PEKEBUN"), 9);
    assert_int_equal(read(CODE_FAMILY_ROLE, " Orang Tua "), 7);
}

/* As people write it, in columns that they fill in themselves. */
static void test_common_words(void **state)
{
    static const struct {
        enum code_list list;
        const char *word;
        uint32_t code;
    } words[] = {{CODE_RELIGION, "MUSLIM", 1},
                 {CODE_OCCUPATION, "Tani", 9},
                 {CODE_OCCUPATION, "URT", 2},
                 {CODE_OCCUPATION, "Buruh tani", 20},
                 {CODE_OCCUPATION, "Wirausaha", 88},
                 {CODE_OCCUPATION, "Tidak ada", 1},
                 {CODE_EDUCATION_KK, "Lulusan SMP", 4},
                 {CODE_EDUCATION_KK, "tamat SMA", 5},
                 {CODE_EDUCATION_KK, "SMK sederajat", 5},
                 {CODE_EDUCATION_KK, "S-1", 8},
                 {CODE_EDUCATION_KK, "D-III", 7},
                 {CODE_EDUCATION_KK, "D I/II", 6},
                 {CODE_EDUCATION_KK, "Belum tamat SD", 2},
                 {CODE_EDUCATION_NOW, "Masih SD", 4},
                 {CODE_EDUCATION_NOW, "sedang S1", 11},
                 {CODE_FAMILY_ROLE, "Anak ke-2", 4},
                 {CODE_FAMILY_ROLE, "Anak ke 3", 4},
                 {CODE_FAMILY_ROLE, "ISTRI 2", 3},
                 {CODE_FAMILY_ROLE, "Kemanakan", 9},
                 {CODE_CITIZENSHIP, "RI", 1},
                 {CODE_BLOOD, "A positif", 5},
                 {CODE_BLOOD, "Belum diketahui", 13},
                 {CODE_MARITAL, "Blm nikah", 1},
                 {CODE_RELIGION, "Tamat", 0},
                 {CODE_FAMILY_ROLE, "ke 2", 0},
                 {CODE_EDUCATION_KK, "sederajat", 0},
                 {CODE_EDUCATION_KK, "Tamat", 0},
                 {CODE_OCCUPATION, "Tamat SD", 0}};

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (read(words[i].list, words[i].word) != words[i].code)
            print_message("%s: %u\n", words[i].word, read(words[i].list, words[i].word)), assert_true(false);
}

static void test_what_is_not_in_the_list(void **state)
{
    (void)state;
    assert_int_equal(read(CODE_SEX, "3"), 0);
    assert_int_equal(read(CODE_SEX, "0"), 0);
    assert_int_equal(read(CODE_SEX, ""), 0);
    assert_int_equal(read(CODE_SEX, "--"), 0);
    assert_int_equal(read(CODE_OCCUPATION, "90"), 0);
    assert_int_equal(read(CODE_BASIC_STATUS, "5"), 0);
    assert_int_equal(read(CODE_RELIGION, "4294967297"), 0);
    assert_int_equal(read(CODE_RELIGION, "Islamm"), 0);
    assert_int_equal(read(CODE_NO_LIST, "1"), 0);
    assert_int_equal(code_label(CODE_SEX, 7).n, 0);
    assert_int_equal(code_label(CODE_NO_LIST, 1).n, 0);
}

/* Every label reads back as its own code: no two of a list look alike. */
static void test_labels_are_distinct(void **state)
{
    size_t total = 0;

    (void)state;
    for (enum code_list list = CODE_SEX; list <= CODE_INSURANCE; list++) {
        size_t n;
        const struct code *codes = codes_of(list, &n);
        for (size_t i = 0; i < n; i++, total++) {
            uint32_t code = 0;
            assert_true(code_from_text(list, codes[i].label, &code));
            assert_int_equal(code, codes[i].code);
            assert_true(str_eq(code_label(list, code), codes[i].label));
            assert_true(code <= UINT8_MAX);
        }
        assert_true(n > 0 && code_list_title(list).n > 0);
    }
    assert_int_equal(total, 196);
}

static struct str read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return STR_NONE;
    char *p = arena_alloc(arena, 1 << 20);
    size_t n = fread(p, 1, 1 << 20, file);
    fclose(file);
    return (struct str){p, n};
}

/* The shared schema says the same: each list row stands in the migration, and no other. */
static void test_the_migration_holds_the_same_rows(void **state)
{
    struct arena *arena = *state;
    struct str sql = read_file(arena, BALAI_SOURCE_DIR "/migrations/reference/0001_baseline.sql");
    size_t rows = 0, expected = 0;

    assert_true(sql.n > 0);
    for (enum code_list list = CODE_SEX; list <= CODE_INSURANCE; list++) {
        size_t n;
        const struct code *codes = codes_of(list, &n);
        expected += n;
        for (size_t i = 0; i < n; i++) {
            struct str row = str_fmt(arena, "    ('%.*s', '%u', '%.*s', %zu)", STR_ARG(code_list_word(list)), codes[i].code,
                                     STR_ARG(code_official(list, codes[i].code)), i + 1);
            assert_true(str_find(sql, row) >= 0);
        }
    }
    for (struct str rest = sql, line; str_cut(&rest, '\n', &line);)
        rows += str_starts(line, STR("    ('"));
    assert_int_equal(rows, expected);
}

/* Where the official lists are at hand, every one of their labels is understood. */
static void test_official_lists(void **state)
{
    static const struct {
        const char *official;
        enum code_list list;
    } names[] = {{"jenis_kelamin", CODE_SEX},
                 {"agama", CODE_RELIGION},
                 {"pendidikan_kk", CODE_EDUCATION_KK},
                 {"pendidikan_sedang", CODE_EDUCATION_NOW},
                 {"pekerjaan", CODE_OCCUPATION},
                 {"status_kawin", CODE_MARITAL},
                 {"hubungan_keluarga_shdk", CODE_FAMILY_ROLE},
                 {"warga_negara", CODE_CITIZENSHIP},
                 {"golongan_darah", CODE_BLOOD},
                 {"cacat", CODE_DISABILITY},
                 {"cara_kb", CODE_CONTRACEPTION},
                 {"hamil", CODE_PREGNANCY},
                 {"ktp_el", CODE_KTP_EL},
                 {"status_rekam", CODE_RECORD_STATUS},
                 {"status_dasar", CODE_BASIC_STATUS},
                 {"asuransi", CODE_INSURANCE}};
    struct arena *arena = *state;
    struct str rest = read_file(arena, BALAI_SOURCE_DIR "/../shared/reference/reference_codes.tsv"), line;
    bool is_there = rest.p != NULL;
    size_t seen = 0;

    while (str_cut(&rest, '\n', &line)) {
        struct str list, code;
        str_cut(&line, '\t', &list);
        str_cut(&line, '\t', &code);
        for (size_t i = 0; i < COUNT_OF(names); i++) {
            uint32_t got = 0;
            uint64_t want = 0;
            if (!str_is(list, names[i].official))
                continue;
            assert_true(str_to_u64(code, &want));
            assert_true(code_from_text(names[i].list, line, &got));
            assert_int_equal(got, want);
            seen++;
        }
    }
    assert_int_equal(seen, is_there ? 195 : 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_an_address_names_its_hamlet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names_of_hamlets, set_up, tear_down),
        cmocka_unit_test(test_codes_labels_and_synonyms),
        cmocka_unit_test(test_common_words),
        cmocka_unit_test(test_what_is_not_in_the_list),
        cmocka_unit_test(test_labels_are_distinct),
        cmocka_unit_test_setup_teardown(test_the_migration_holds_the_same_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_official_lists, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
