// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/json.h"
#include "server/paper/paper.h"
#include "tenants/village/letters/letters_pile.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"

#define assert_text(s, z) assert_string_equal(str_z(arena, (s)), (z))

static struct arena *arena;
static const struct date today = {2026, 11, 29};

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

static void lines_are_read_as_people_paste_them(void **state)
{
    (void)state;
    static const struct {
        const char *line, *nik, *answer, *why;
    } cases[] = {
        {"7317105111570002", "7317105111570002", "", ""},
        {"7317 1051 1157 0002", "7317105111570002", "", ""},
        {"'7317105111570002", "7317105111570002", "", ""},
        {"7317105111570002\tbengkel motor", "7317105111570002", "bengkel motor", ""},
        {"7317105111570002; 2014", "7317105111570002", "2014", ""},
        {"7317105111570002 2014", "7317105111570002", "2014", ""},
        {"7317105111570002,\"kios\r", "7317105111570002", "kios", ""},
        {"73171051115700021", "", "", "Bukan NIK: lebih dari 16 angka, atau isian tanpa pemisah"},
        {"7317105111570002kios", "", "", "Bukan NIK: lebih dari 16 angka, atau isian tanpa pemisah"},
        {"731710", "", "", "Bukan NIK: harus 16 angka, di sini 6"},
        {"Sitti Rahmawati", "", "", "Bukan NIK: harus 16 angka"},
        {"7.31713E+15\tkios", "", "",
         "Excel menyingkat NIK ini, angka belakangnya hilang. Tulis ke-16 angkanya di sini, atau jadikan kolomnya Teks di Excel, isi lagi "
         "NIK-nya, lalu tempel lagi"},
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct pile_pasted_lines got = pile_paste_read(arena, str_fmt(arena, "\n%s\n\n", cases[i].line));

        assert_int_equal(got.n, 1);
        assert_int_equal(got.p[0].line, 2);
        assert_text(got.p[0].nik, cases[i].nik);
        assert_text(got.p[0].answer, cases[i].answer);
        assert_text(got.p[0].why, cases[i].why);
    }
    char longest[700] = "7317105111570002\t";
    memset(longest + 17, 'a', 600);
    struct pile_pasted_lines too_long = pile_paste_read(arena, str_c(longest));
    assert_text(too_long.p[0].why, "Isian di baris ini terlalu panjang");
    assert_text(too_long.p[0].answer, "");
    assert_int_equal(pile_paste_read(arena, STR("")).n, 0);
    assert_int_equal(pile_paste_read(arena, STR(" \n\t\n")).n, 0);
}

static void a_row_of_headings_is_no_line(void **state)
{
    struct pile_pasted_lines got = pile_paste_read(arena, STR("No NIK\tJenis usaha\n7317105111570002\tkios\nNIK\n"));

    (void)state;
    assert_true(got.has_heading);
    assert_int_equal(got.n, 2);
    assert_int_equal(got.p[0].line, 2);
    assert_text(got.p[1].why, "Bukan NIK: harus 16 angka"); /* only above the first */
    assert_false(pile_paste_read(arena, STR("Nama\n7317105111570002\n")).has_heading);
}

static void more_lines_than_a_pile_holds_are_seen_and_not_read(void **state)
{
    (void)state;
    struct buf text = {.arena = arena};

    for (int i = 0; i < PILE_MOST + 500; i++)
        buf_fmt(&text, "1\n");
    assert_int_equal(pile_paste_read(arena, buf_str(&text)).n, PILE_MOST + 1);
}

static struct letter_form form_of(const char *definition)
{
    struct letter_form form;
    struct err err;

    assert_int_equal(letter_form_read(arena, str_c(definition), &form, &err), RC_OK);
    return form;
}

#define PAPER ", \"paper\": {\"body\": [{\"type\": \"paragraph\", \"content\": \"{nama} {isi_usaha}\"}]}}"

static void who_may_not_have_one_is_told_why(void **state)
{
    (void)state;
    struct letter_form form = form_of(
        "{\"fields\": [{\"name\": \"usaha\", \"label\": \"Usaha\", \"kind\": \"line\", \"required\": true, \"max\": 20}], "
        "\"subject\": {\"age\": 17}" PAPER);
    const struct letter_identity identity = {.name = STR("SAMPANO"), .district = STR(""), .regency = STR(""), .province = STR("")};
    const struct letter_signer signer = {.name = STR("Andi"), .position = STR("Kepala Desa"), .nip = STR(""), .block = STR("")};
    struct letter_parts parts = {
        .identity = &identity, .signer = &signer, .form = &form, .type_name = STR("Uji"), .number_text = STR(""), .date = today};
    json_t *inputs = json_pack("{s:s}", "usaha", "kios");
    const struct pile_judge judge = {
        .form = &form, .field = pile_field_of(&form, STR("usaha")), .inputs = inputs, .parts = &parts, .today = today};
    struct letter_subject who = {
        .name = STR("SITTI"), .nik = STR("7317105111570002"), .basic_status = 1, .sex = 2, .birth_date = {1980, 1, 1}};

    assert_non_null(judge.field);
    assert_text(pile_why(arena, &judge, &who, NULL, STR("bengkel")), "");
    assert_text(json_text(pile_inputs(arena, &judge, STR("bengkel")), "usaha"), "bengkel");
    assert_text(json_text(inputs, "usaha"), "kios");
    assert_text(pile_why(arena, &judge, &who, NULL, STR("")), ""); /* the letter's own answer */
    assert_text(json_text(pile_inputs(arena, &judge, STR("")), "usaha"), "kios");
    assert_true(str_starts(pile_why(arena, &judge, &who, NULL, STR("lebih dari dua puluh huruf")), STR("Usaha terlalu panjang")));
    who.basic_status = 2;
    assert_false(str_empty(pile_why(arena, &judge, &who, NULL, STR("bengkel"))));
    who.basic_status = 1;
    who.birth_date = (struct date){2015, 1, 1};
    assert_true(str_find(pile_why(arena, &judge, &who, NULL, STR("bengkel")), STR("buat sendiri dengan alasannya")) > 0);
    json_decref(inputs);
}

static void an_answer_to_what_is_not_asked_any_more_is_told(void **state)
{
    (void)state;
    struct letter_form form = form_of("{\"fields\": [{\"name\": \"untuk\", \"label\": \"Untuk\", \"kind\": \"line\"}, {\"name\": "
                                      "\"usaha\", \"label\": \"Usaha\", \"kind\": "
                                      "\"line\", \"only_if\": {\"field\": \"untuk\", \"equals\": \"kredit\"}}]" PAPER);
    const struct letter_identity identity = {.name = STR("SAMPANO"), .district = STR(""), .regency = STR(""), .province = STR("")};
    const struct letter_signer signer = {.name = STR("Andi"), .position = STR("Kepala Desa"), .nip = STR(""), .block = STR("")};
    struct letter_parts parts = {
        .identity = &identity, .signer = &signer, .form = &form, .type_name = STR("Uji"), .number_text = STR(""), .date = today};
    const struct letter_subject who = {
        .name = STR("SITTI"), .nik = STR("7317105111570002"), .basic_status = 1, .sex = 2, .birth_date = {1980, 1, 1}};
    json_t *asked = json_pack("{s:s}", "untuk", "kredit"), *other = json_pack("{s:s}", "untuk", "sekolah");
    struct pile_judge judge = {
        .form = &form, .field = pile_field_of(&form, STR("usaha")), .inputs = asked, .parts = &parts, .today = today};

    assert_text(pile_why(arena, &judge, &who, NULL, STR("bengkel")), "");
    judge.inputs = other;
    assert_true(str_find(pile_why(arena, &judge, &who, NULL, STR("bengkel")), STR("tidak ditanyakan")) > 0);
    assert_text(pile_why(arena, &judge, &who, NULL, STR("")), "");
    json_decref(asked);
    json_decref(other);
}

static void a_type_that_asks_for_others_is_none_for_a_pile(void **state)
{
    (void)state;
    struct letter_form alone = form_of("{\"fields\": [{\"name\": \"usaha\", \"label\": \"Usaha\", \"kind\": \"line\"}]" PAPER);
    struct letter_form others = form_of(
        "{\"fields\": [{\"name\": \"usaha\", \"label\": \"Usaha\", \"kind\": \"line\"}], \"persons\": [{\"name\": \"saksi\", \"label\": "
        "\"Saksi\", \"outside\": \"none\"}]" PAPER);

    assert_null(pile_type_fault(&alone).p);
    assert_non_null(pile_type_fault(&others).p);
    assert_null(pile_field_of(&others, STR("saksi")));
    assert_null(pile_field_of(&alone, STR("")));
    assert_null(pile_field_of(&alone, STR("lain")));
}

int main(void)
{
    struct err err;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_are_read_as_people_paste_them, begin, end),
        cmocka_unit_test_setup_teardown(a_row_of_headings_is_no_line, begin, end),
        cmocka_unit_test_setup_teardown(more_lines_than_a_pile_holds_are_seen_and_not_read, begin, end),
        cmocka_unit_test_setup_teardown(who_may_not_have_one_is_told_why, begin, end),
        cmocka_unit_test_setup_teardown(an_answer_to_what_is_not_asked_any_more_is_told, begin, end),
        cmocka_unit_test_setup_teardown(a_type_that_asks_for_others_is_none_for_a_pile, begin, end),
    };

    if (paper_init(STR(""), &err) != RC_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
