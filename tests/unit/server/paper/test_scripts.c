// SPDX-License-Identifier: AGPL-3.0-or-later
/* Other scripts than Latin: drawn, embedded, readable; or told. */
#include "tests/unit/server/paper/paper_support.h"

static void scripts_of_the_country_are_set(void **state)
{
    static const struct {
        const char *text, *font;
    } cases[] = {
        {"محمد", "NotoNaskhArabic"},    {"ᨈᨚᨒᨚ", "NotoSansBuginese"}, {"ꦲꦤꦕꦫꦏ", "NotoSansJavanese"}, {"ᬳᬦᬘᬭᬓ", "NotoSerifBalinese"},
        {"ᮠᮔᮎᮛᮊ", "NotoSansSundanese"}, {"ᯂᯉᯂ", "NotoSansBatak"},     {"ꤰꤱꤲ", "NotoSansRejang"},     {"🏠", "NotoSansSymbols2"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct paper *paper = paper_of("[{\"type\":\"paragraph\",\"content\":\"Nama {a}, {a:upper}.\"}]",
                                       str_z(arena, str_fmt(arena, "{\"a\":\"%s\"}", cases[i].text)));
        struct str pdf = pdf_of(paper), rest = RUN("pdffonts", keep("script.pdf", pdf)), line;
        bool is_there = false;
        assert_null(paper_lacks(str_c(cases[i].text)).p);
        assert_has(text_of(pdf), cases[i].text);
        for (int n = 0; str_cut(&rest, '\n', &line); n++) {
            if (n < 2 || str_empty(line))
                continue;
            assert_has(line, "yes yes yes");
            is_there |= str_find(line, str_c(cases[i].font)) >= 0;
        }
        assert_true(is_there);
        assert_lacks(RUN("pdffonts", in_folder("script.pdf")), "DejaVu"); /* the digits of a box */
    }
}

/* The first letter of an Arabic word stands at its right; within a Latin line the words around keep their order. */
static void arabic_runs_from_right_to_left(void **state)
{
    const char *pdf = keep("arab.pdf",
                           pdf_of(paper_of("[{\"type\":\"paragraph\",\"align\":\"left\",\"indent\":0,\"content\":\"awal {a} akhir\"}]",
                                           "{\"a\":\"محمد بن\"}")));

    (void)state;
    static const char *const in_order[] = {"awal", "ن", "ب", "د", "ح", "akhir"};

    for (size_t i = 1; i < COUNT_OF(in_order); i++)
        assert_true(box_of(pdf, 1, in_order[i - 1]).right < box_of(pdf, 1, in_order[i]).left + 0.1);
}

/* Higher than Latin: the label stands on the same line all the same. */
static void labels_stand_on_the_line_of_other_scripts(void **state)
{
    const char *pdf = keep(
        "label.pdf", pdf_of(paper_of("[{\"type\":\"identity\",\"rows\":[{\"label\":\"Aksara\",\"content\":\"Latin ᨈᨚ محمد\"}]}]", NULL)));

    (void)state;
    assert_float_equal(box_of(pdf, 1, "Aksara").bottom, box_of(pdf, 1, "Latin").bottom, 0.05);
}

/* No font of ours, or one that is not installed everywhere: told, so that nobody prints a box. */
static void what_no_font_has_is_told(void **state)
{
    bool has_chinese = access("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc", R_OK) == 0;

    (void)state;
    assert_true(str_is(paper_lacks(STR("Nama 𒀀 x")), "𒀀"));
    assert_true(str_is(paper_lacks(STR("🫠")), "🫠"));
    assert_true(str_is(paper_lacks(STR("\xEE\x80\x80")), "\xEE\x80\x80")); /* for private use */
    assert_int_equal(paper_lacks(STR("王小明")).p == NULL, has_chinese);
}

/* In a tree, too, wherever text stands in it; what was laid out once still is. */
static void a_tree_with_a_sign_that_no_font_has_is_refused(void **state)
{
    static const struct {
        const char *tree, *place;
    } cases[] = {
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":[\"a\",\"b{c}𒀀\"]}]}", "body[0].content[1]: no font has the sign \"𒀀\""},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":\"{c|𒀀}\"}]}", "body[0].content: no font"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":{\"type\":\"text\",\"text\":\"𒀀\"}}]}", "body[0].content: no font"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":{\"type\":\"text\",\"pattern\":\"𒀀\"}}]}", "body[0].content.pattern: no font"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":{\"type\":\"field\",\"name\":\"a\",\"if_empty\":\"𒀀\"}}]}",
         "body[0].content: no font"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":{\"type\":\"each\",\"list\":\"a\",\"content\":\"b\",\"last\":\"𒀀\"}}]}",
         "body[0].content: no font"},
        {"{\"if_empty\":\"𒀀\",\"body\":[]}", "no font has"},
        {"{\"body\":[],\"footer\":{\"note\":\"𒀀\"}}", "footer.note: no font"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct paper_input input = {.tree = json_of(str_c(cases[i].tree))};
        assert_int_equal(paper_check(arena, input.tree, NULL, &err), RC_INVALID);
        assert_has(str_c(err.text), cases[i].place);
        assert_true(pdf_of(lay_out(&input)).n > 0);
    }
    assert_int_equal(
        paper_check(arena, json_of(STR("{\"body\":[{\"type\":\"paragraph\",\"content\":\"ᨈᨚ محمد é\\u0301 €\\n\"}]}")), NULL, &err), RC_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(scripts_of_the_country_are_set),
        TEST(arabic_runs_from_right_to_left),
        TEST(labels_stand_on_the_line_of_other_scripts),
        TEST(what_no_font_has_is_told),
        TEST(a_tree_with_a_sign_that_no_font_has_is_refused),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
