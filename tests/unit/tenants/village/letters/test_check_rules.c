// SPDX-License-Identifier: AGPL-3.0-or-later
/* What is said of a file that somebody puts on the page. */
#include "tests/unit/arena.h"

#include "tenants/village/letters/letters_check.h"
#include "tenants/village/letters/letters_esign.h"

static void a_file_is_judged_by_its_bytes_first(void **state)
{
    static const struct {
        struct letter_found found;
        enum letter_verdict verdict;
    } cases[] = {
        {{.is_pdf = true, .has_seal = true, .names_letter = true, .is_same = true}, VERDICT_SAME},
        {{.is_pdf = true, .has_seal = true, .names_letter = true, .begins_same = true}, VERDICT_EXTENDED},
        {{.is_pdf = true, .has_seal = true, .names_letter = true}, VERDICT_CHANGED},
        {{.is_pdf = true, .names_letter = true}, VERDICT_CHANGED},
        {{.is_pdf = true, .has_seal = true, .names_other = true}, VERDICT_OTHER},
        {{.is_pdf = true, .has_seal = true}, VERDICT_UNKNOWN},
        {{.is_pdf = true}, VERDICT_UNSEALED},
        {{.is_picture = true}, VERDICT_UNSEALED},
        {{0}, VERDICT_NO_PDF},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(letter_verdict_of(&cases[i].found), cases[i].verdict);
}

static void nothing_is_green_over_a_void_letter_or_one_for_practice(void **state)
{
    (void)state;
    for (int verdict = VERDICT_SAME; verdict <= VERDICT_NO_PDF; verdict++)
        for (int of = 0; of < 4; of++) {
            struct file_told told = {0};
            letter_verdict_put((enum letter_verdict)verdict, of & 1, of & 2, &told);
            assert_true(told.title.n > 0 && told.words.n > 0 && told.icon.n > 0);
            assert_int_equal(str_is(told.tone, "hijau"), verdict == VERDICT_SAME && of == 0);
        }
}

static void of_a_seal_only_ours_has_a_name(void **state)
{
    const struct pdf_seal ours = {
        .is_intact = true, .is_ours = true, .covers = 100, .signer = STR("Segel Desa Uji"), .at = INT64_C(1795487520000000)};
    const struct pdf_seal other = {.is_intact = true, .covers = 100}, broken = {.covers = 100};

    (void)state;
    assert_true(str_is(letter_seal_told(arena, &ours, 100, STR(""), ZONE_WITA),
                       "Segel Desa Uji, 24 November 2026, 10.32 WITA: utuh, dari otoritas segel Balai"));
    assert_true(str_find(letter_seal_told(arena, &ours, 101, STR(""), ZONE_WITA), STR("tidak mencakup bagian akhir")) > 0);
    assert_true(str_find(letter_seal_told(arena, &other, 100, STR(""), ZONE_WITA), STR("pihak lain")) > 0);
    assert_true(str_starts(letter_seal_told(arena, &other, 100, STR("Ditandatangani Andi Uji dengan sertifikat BSrE"), ZONE_WITA),
                           STR("Ditandatangani Andi Uji dengan sertifikat BSrE: utuh")));
    assert_true(
        str_is(letter_certificate_told(arena, STR("ANDI UJI"), 0), "sertifikat BSrE atas nama ANDI UJI, sertifikat belum dicocokkan"));
    assert_true(str_is(letter_certificate_told(arena, STR("ANDI UJI"), LETTER_MARK_VOUCHED),
                       "sertifikat BSrE atas nama ANDI UJI, diakui otoritasnya"));
    assert_true(str_find(letter_certificate_told(arena, STR("X"), LETTER_MARK_OTHER), STR("bukan nama penandatangan")) > 0);
    assert_true(str_starts(letter_seal_told(arena, &broken, 100, STR("Andi Uji"), ZONE_WITA), STR("Segel rusak")));
    assert_true(str_starts(letter_seal_told(arena, &broken, 100, STR(""), ZONE_WITA), STR("Segel rusak")));
}

static void a_name_is_told_by_its_initials(void **state)
{
    (void)state;
    assert_true(str_is(letter_initials(arena, STR("SITTI AMINAH, S.PD.")), "S. A."));
    assert_true(str_is(letter_initials(arena, STR("MUSA")), "M."));
    assert_true(str_is(letter_initials(arena, STR("")), ""));
    assert_true(str_is(letter_initials(arena, STR("ÉMILIE ÖZIL")), "É. Ö."));
    assert_true(str_is(letter_link_token(STR("https://balai.example.id/v/abc_-")), "abc_-"));
    assert_true(letter_link_token(STR("https://balai.example.id/x")).p == NULL);
    assert_true(letter_link_token(STR_NONE).p == NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_judged_by_its_bytes_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_green_over_a_void_letter_or_one_for_practice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_a_seal_only_ours_has_a_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_name_is_told_by_its_initials, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
