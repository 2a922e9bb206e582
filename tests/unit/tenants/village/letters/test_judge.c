// SPDX-License-Identifier: AGPL-3.0-or-later
/* What speaks against a draft before it is used. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/paper/paper.h"
#include "tenants/village/letters/letters_judge.h"
#include "tenants/village/letters/letters_types.h"

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

static struct letter_problems judged(struct str definition, const char *policy)
{
    struct letter_problems problems = {0};
    struct letter_form form;
    struct paper_use use;
    struct err err = {0};

    if (letter_form_read(arena, definition, &form, &err) != RC_OK)
        assert_string_equal(err.text, "a whole definition");
    (void)letter_judge(arena, &form, str_c(policy), &use, &problems);
    return problems;
}

/* Nothing that comes with the house must be mended. */
static void built_in_types_need_no_mending(void **state)
{
    (void)state;
    for (const struct letter_type_source *s = letter_type_sources; s->slug.p != NULL; s++) {
        const struct letter_problems problems = judged(s->definition, "seal");

        for (size_t i = 0; i < problems.n; i++)
            if (problems.p[i].is_must)
                assert_string_equal(str_z(arena, problems.p[i].words), str_z(arena, s->slug));
    }
}

/* A long list of what only should be mended never hides what must. */
static void what_must_be_mended_is_never_left_out(void **state)
{
    struct letter_problems problems = {0};
    size_t musts = 0;

    (void)state;
    for (size_t i = 0; i < 300; i++)
        letter_problem_put(arena, &problems, (struct letter_problem){.words = STR("sebaiknya")});
    letter_problem_put(arena, &problems, (struct letter_problem){.is_must = true, .words = STR("harus")});
    letter_problem_put(arena, &problems, (struct letter_problem){.words = STR("sebaiknya juga")});
    for (size_t i = 0; i < problems.n; i++)
        musts += problems.p[i].is_must;
    assert_int_equal(problems.musts, 1);
    assert_int_equal(musts, 1);
    assert_int_equal(problems.n, 100);
}

#define FIELDS                                                                                                                        \
    "{\"name\":\"cara\",\"label\":\"Cara\",\"kind\":\"select\",\"options\":[\"Jual\",\"Hibah\"]},"                                    \
    "{\"name\":\"nilai\",\"label\":\"Nilai\",\"kind\":\"line\",\"max\":40},{\"name\":\"hari\",\"label\":\"Hari\",\"kind\":\"date\"}," \
    "{\"name\":\"tahun\",\"label\":\"Mulai\",\"kind\":\"year\",\"from_age\":15}"
#define ASKED "{\"type\":\"paragraph\",\"content\":\"{isi_cara} {isi_nilai} {isi_hari} {isi_tahun}\"}"
#define SIGNED "{\"type\":\"signature\",\"lines\":[\"Kepala Desa\"],\"name\":\"{nama_penandatangan}\",\"qr\":true}"

static struct letter_problems of_body(const char *body)
{
    return judged(str_fmt(arena, "{\"fields\":[" FIELDS "],\"paper\":{\"body\":[%s]}}", body), "seal");
}

static void each_fault_is_told_with_its_place(void **state)
{
    static const struct {
        const char *body, *words, *path;
        bool is_must;
        size_t block;
    } cases[] = {
        {ASKED "," SIGNED ",{\"type\":\"paragraph\",\"content\":\"{alamat_lama}\"}", "Isian alamat_lama tidak ada.", "body[2].content",
         true, 3},
        {ASKED "," SIGNED ",{\"type\":\"if\",\"field\":\"usaha\",\"then\":[]}", "Isian usaha tidak ada.", "body[2]", true, 3},
        {ASKED "," SIGNED ",{\"type\":\"if\",\"field\":\"isi_cara\",\"equals\":\"Waris\",\"then\":[]}",
         "Bila Cara = Waris: pilihan itu tidak ada", "body[2]", true, 3},
        {ASKED "," SIGNED ",{\"type\":\"each\",\"list\":\"anak\",\"body\":[]}", "Daftar anak tidak ada", "body[2]", true, 3},
        {ASKED "," SIGNED ",{\"type\":\"paragraph\",\"content\":\"a \\u0e01\"}", "Tanda “\u0e01” tidak bisa dicetak.", "body[2].content",
         true, 3},
        {ASKED "," SIGNED ",{\"type\":\"puisi\"}", "Bagian 3 tidak dapat dicetak", "body[2]", true, 3},
        {ASKED, "Tanda tangan belum ada.", "", true, 0},
        {ASKED ",{\"type\":\"signature\",\"lines\":[\"x\"],\"name\":\"y\"}", "Kode QR belum ada", "", true, 0},
        {SIGNED, "Cara ditanyakan, tetapi tidak pernah dicetak.", "", false, 0},
        {ASKED "," SIGNED ",{\"type\":\"paragraph\",\"content\":\"{=isi_hari+1}\"}", "Hari dipakai sebagai angka, padahal", "", true, 0},
        {ASKED "," SIGNED ",{\"type\":\"paragraph\",\"content\":\"{isi_nilai:terbilang}\"}",
         "Nilai dipakai sebagai angka, tetapi boleh diisi huruf.", "", false, 0},
        {ASKED "," SIGNED ",{\"type\":\"letterhead\",\"lines\":[\"A\"]},{\"type\":\"letterhead\",\"lines\":[\"B\"]}",
         "Kop surat tercetak dua kali.", "", false, 0},
        {ASKED "," SIGNED ",{\"type\":\"boxes\",\"content\":\"{isi_nilai}\",\"count\":16}", "Nilai boleh sampai 40 huruf, kotaknya 16.",
         "body[2]", false, 3},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct letter_problems problems = of_body(cases[i].body);
        bool is_told = false;

        for (size_t k = 0; k < problems.n; k++) {
            const struct letter_problem *p = &problems.p[k];

            is_told = is_told || (str_starts(p->words, str_c(cases[i].words)) && p->is_must == cases[i].is_must &&
                                  str_is(p->path, cases[i].path) && p->block == cases[i].block);
        }
        if (!is_told)
            assert_string_equal(
                problems.n > 0 ? str_z(arena, str_fmt(arena, "%.*s at %.*s", STR_ARG(problems.p[0].words), STR_ARG(problems.p[0].path)))
                               : "nothing",
                cases[i].words);
    }
}

static void a_sound_draft_has_nothing_to_mend(void **state)
{
    (void)state;
    assert_int_equal(of_body(ASKED "," SIGNED).n, 0);
    assert_int_equal(judged(STR("{\"fields\":[],\"family\":true,\"paper\":{\"body\":[{\"type\":\"each\",\"list\":\"keluarga\",\"body\":[{"
                                "\"type\":\"paragraph\","
                                "\"content\":\"{nama} {#} {{x}}\"}]}," SIGNED "]}}"),
                            "approve")
                         .n,
                     0);
}

static int read_fonts(void **state)
{
    struct err err;

    (void)state;
    return paper_init(STR_NONE, &err) == RC_OK ? 0 : 1;
}

static void a_picture_that_is_not_there_is_said(void **state)
{
    const struct paper_image there[] = {{STR("crest"), STR("")}, {STR("picture_1"), STR("")}};
    struct letter_problems problems = {0};
    struct paper_use use = {0};
    struct err err = {0};
    json_t *tree;

    (void)state;
    assert_int_equal(
        json_read(arena,
                  STR("{\"body\":[{\"type\":\"letterhead\",\"crest\":\"garuda\",\"lines\":[\"A\"]},{\"type\":\"image\",\"name\":"
                      "\"photo\",\"width\":30},{\"type\":\"image\",\"name\":\"picture_1\",\"width\":30},{\"type\":\"image\","
                      "\"name\":\"stempel\",\"width\":30}]}"),
                  &tree, &err),
        RC_OK);
    assert_int_equal(paper_check(arena, tree, &use, &err), RC_OK);
    letter_judge_pictures(arena, &use, there, COUNT_OF(there), &problems);
    assert_int_equal(problems.n, 2);
    assert_false(problems.p[0].is_must);
    assert_true(str_starts(problems.p[0].words, STR("Lambang Garuda belum diunggah")));
    assert_true(problems.p[1].is_must);
    assert_true(str_starts(problems.p[1].words, STR("Gambar “stempel” tidak dikenal")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_picture_that_is_not_there_is_said, begin, end),
        cmocka_unit_test_setup_teardown(built_in_types_need_no_mending, begin, end),
        cmocka_unit_test_setup_teardown(each_fault_is_told_with_its_place, begin, end),
        cmocka_unit_test_setup_teardown(a_sound_draft_has_nothing_to_mend, begin, end),
        cmocka_unit_test_setup_teardown(what_must_be_mended_is_never_left_out, begin, end),
    };

    return cmocka_run_group_tests(tests, read_fonts, NULL);
}
