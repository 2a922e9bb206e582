// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tenants/village/letters/letters_type.h"

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

static const struct letter_number like = {
    .classification = STR_INIT("500.3"), .village_code = STR_INIT("DS-SPN"), .number = 12, .date = {2026, 11, 24}};

static void formats_that_number_letters(void **state)
{
    static const char *const fine[] = {"[nomor]", "[kode_surat]/[nomor,3]/[kode_desa]/[bulan_romawi]/[tahun]",
                                       "No. [nomor_surat, 3] (A-1)_x/[bulan]", "[klasifikasi]/[nomor,0]"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(fine); i++)
        assert_null(letter_number_fault(arena, str_c(fine[i]), STR("type"), &like).p);
    assert_null(letter_number_fault(arena, STR("[nomor] TAHUN [tahun]"), STR("own"), &like).p);
    assert_non_null(letter_number_fault(arena, STR("[nomor]"), STR("own"), &like).p); /* decisions are told apart by their year */
    assert_null(letter_scope_label(STR("mail")).p);
}

static void what_is_wrong_is_said(void **state)
{
    static const struct {
        const char *format, *says;
    } cases[] = {
        {"", "belum memuat [nomor]"},
        {"[tahun]", "belum memuat [nomor]"},
        {"<b>[nomor]</b>", "Tanda \"<\""},
        {"[nomor]&nbsp;", "Tanda \"&\""},
        {"[nomor]{x}", "Tanda \"{\""},
        {"[nomor]'", "Tanda \"'\""},
        {"[nomor]\xF0\x9F\x98\x80", "Tanda \"\xF0\x9F\x98\x80\""},
        {"[nomor]/[", "belum ditutup"},
        {"]", "tidak punya pembuka"},
        {"[]", "Kode [] tidak dikenal"},
        {"[nomor]/[<b>]", "Kode [<b>] tidak dikenal"},
        {"[nomor][[tahun]]", "Kode [[tahun] tidak dikenal"},
        {"[tahun,3][nomor]", "Kode [tahun,3] tidak dikenal"},
        {"[nomor,10]", "Kode [nomor,10] tidak dikenal"},
        {"[nomor,-1]", "Kode [nomor,-1] tidak dikenal"},
        {"[nomor][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa]"
         "[kode_desa][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa]",
         "terlalu panjang"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct str told = letter_number_fault(arena, str_c(cases[i].format), STR(""), &like);

        assert_non_null(told.p);
        assert_non_null(strstr(str_z(arena, told), cases[i].says));
    }
}

static void codes_of_a_village(void **state)
{
    static const char *const fine[] = {"", "DS-SPN", "Ds. Sampano", "2.03/A", "(X)"},
                             *const bad[] = {"]", "[nomor]", "<b>x", "\xE6\xBC\xA2", "\xF0\x9F\x98\x80", "-/-", "A\tB"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(fine); i++)
        assert_null(letter_code_fault(arena, str_c(fine[i])).p);
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_non_null(letter_code_fault(arena, str_c(bad[i])).p);
    assert_string_equal(str_z(arena, letter_code_sample(arena, STR("ds-spn"), (struct date){2026, 11, 24})), "400.8/012/DS-SPN/XI/2026");
    /* With the longest code that may be typed: 1 × 7 digits and 5 × 20 letters. */
    const struct str most = STR("[nomor][kode_desa][kode_desa][kode_desa][kode_desa][kode_desa]");
    assert_null(letter_number_fault(arena, most, STR(""), &like).p);
    assert_non_null(letter_number_fault(arena, str_fmt(arena, "%.*s[kode_desa]", STR_ARG(most)), STR(""), &like).p);
}

static void classifications(void **state)
{
    static const char *const fine[] = {"000", "400.8.2.6", "S-41", "474.1"}, *const bad[] = {"",     ".",   "4.",   ".4",
                                                                                             "4..1", "4 1", "4<b>", "4-.1"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(fine); i++)
        assert_true(letter_classification_ok(str_c(fine[i])));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(letter_classification_ok(str_c(bad[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_that_number_letters),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(codes_of_a_village),
        cmocka_unit_test(classifications),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
