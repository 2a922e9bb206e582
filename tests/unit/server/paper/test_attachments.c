// SPDX-License-Identifier: AGPL-3.0-or-later
/* Further trees behind the letter, in the same file. */
#include "tests/unit/server/paper/paper_support.h"

#define P(text) "{\"type\":\"paragraph\",\"content\":\"" text "\"}"

static struct paper *paper_for(const char *tree, const char *values)
{
    struct paper_input input = {.tree = json_of(str_c(tree)), .values = json_of(str_c(values))};

    return lay_out(&input);
}

static struct str page_text(const char *pdf, int page)
{
    const char *number = str_z(arena, str_fmt(arena, "%d", page));

    return flat(RUN("pdftotext", "-f", number, "-l", number, pdf, "-"));
}

/* Each has its own sheet, margins, head and foot; pages are counted within it. */
static void attachments_have_their_own_pages(void **state)
{
    struct paper *paper = paper_for(
        "{\"page\":{\"margin\":{\"left\":40}},\"header\":[" P("KOP") "],\"footer\":{\"center\":\"Surat {#page}/{#pages}\"},\"body\":[" P(
            "isi") ",{\"type\":\"page_break\"}," P("lanjut {a}") "],"
                                                                 "\"attachments\":["
                                                                 "{\"page\":{\"size\":\"legal\",\"orientation\":\"landscape\"},\"footer\":{"
                                                                 "\"right\":\"Lampiran {#page}/{#pages}\"},\"body\":[" P(
                                                                     "formulir {a}") "]},"
                                                                                     "{\"page\":{\"margin\":{\"left\":25}},\"font\":{"
                                                                                     "\"family\":\"sans\"},\"if_empty\":\"kosong\","
                                                                                     "\"body\":[" P("denah {b}") "]}]}",
        "{\"a\":\"nilai\"}");
    const char *pdf = keep("attached.pdf", pdf_of(paper));
    struct str info = flat(RUN("pdfinfo", "-l", "9", pdf));
    double width, height;

    (void)state;
    assert_int_equal(paper_page_count(paper), 4);
    paper_page_size(paper, &width, &height);
    assert_float_equal(width, 215 * MM, 0.01);
    assert_float_equal(height, 330 * MM, 0.01);
    assert_has(info, "Page 1 size: 609.449 x 935.433");
    assert_has(info, "Page 2 size: 609.449 x 935.433");
    assert_has(info, "Page 3 size: 1009.13 x 612.283");
    assert_has(info, "Page 4 size: 609.449 x 935.433");
    assert_true(str_is(page_text(pdf, 1), "KOP isi Surat 1/3"));
    assert_true(str_is(page_text(pdf, 2), "KOP lanjut nilai Surat 2/3"));
    assert_true(str_is(page_text(pdf, 3), "formulir nilai Lampiran 1/1"));
    assert_true(str_is(page_text(pdf, 4), "denah kosong Surat 3/3"));
    assert_float_equal(box_of(pdf, 2, "KOP").left, 52.5 * MM, 0.5); /* the indent of 12.5 mm */
    assert_float_equal(box_of(pdf, 3, "formulir").left, 52.5 * MM, 0.5);
    assert_float_equal(box_of(pdf, 4, "denah").left, 37.5 * MM, 0.5);
    assert_has(RUN("pdffonts", pdf), "LiberationSans");
    assert_has(svg_of(paper, 2), "width=\"1009.13");
    assert_has(svg_of(paper, 3), "width=\"609.45");
}

static void without_a_foot_of_their_own_they_have_the_letters(void **state)
{
    const char *tree = str_z(
        arena, str_fmt(arena,
                       "{\"footer\":{\"center\":\"Halaman {#page} dari {#pages}\"},\"body\":[%s,{\"type\":\"page_break\"},%s],"
                       "\"attachments\":[{\"body\":[%s]},{\"if\":{\"field\":\"b\"},\"body\":[%s]},{\"footer_on\":\"none\",\"body\":[%s]},"
                       "{\"footer\":{\"left\":\"sendiri {#page}/{#pages}\"},\"body\":[%s]},{\"body\":[%s]}]}",
                       P("isi"), P("lanjut"), P("daftar"), P("denah"), P("tanpa kaki"), P("formulir"), P("akhir")));
    const char *pdf = keep("counted.pdf", pdf_of(paper_for(tree, "{\"b\":\"\"}")));

    (void)state;
    assert_true(str_is(page_text(pdf, 1), "isi Halaman 1 dari 5"));
    assert_true(str_is(page_text(pdf, 2), "lanjut Halaman 2 dari 5"));
    assert_true(str_is(page_text(pdf, 3), "daftar Halaman 3 dari 5"));
    assert_true(str_is(page_text(pdf, 4), "tanpa kaki")); /* counted, and says so itself */
    assert_true(str_is(page_text(pdf, 5), "formulir sendiri 1/1"));
    assert_true(str_is(page_text(pdf, 6), "akhir Halaman 5 dari 5"));
}

/* What a sheet that was taken out can be checked by; where the letter has no code, or the attachment one of its own, there is none. */
static void their_foot_has_the_letters_code(void **state)
{
    static const struct {
        const char *letter, *attachment;
        bool has_code, is_in_foot;
    } cases[] = {{"{\"type\":\"qr\"}", P("daftar"), true, true},
                 {"{\"type\":\"qr\"}", "{\"type\":\"qr\",\"size\":40}", true, false},
                 {P("tanpa kode"), P("daftar"), false, false}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct paper_input input = {
            .tree = json_of(str_fmt(arena,
                                    "{\"footer\":{\"note\":\"Periksa "
                                    "kodenya.\",\"right\":\"{#page}/{#pages}\"},\"body\":[%s],\"attachments\":[{\"body\":[%s]}]}",
                                    cases[i].letter, cases[i].attachment)),
            .qr_text = STR(LINK)};
        struct paper *paper = lay_out(&input);

        assert_int_equal(paper_page_count(paper), 2);
        const char *pdf = keep("foot.pdf", pdf_of(paper));

        RUN("pdftoppm", "-r", "300", "-f", "2", "-gray", "-png", "-singlefile", pdf, in_folder("foot"));
        struct str read = run_program((const char *const[]){"zbarimg", "--quiet", "--raw", in_folder("foot.png"), NULL}, true);
        assert_int_equal(strstr(str_z(arena, read), LINK) != NULL, cases[i].has_code);
        assert_float_equal(box_of(pdf, 2, "Periksa").left, (cases[i].is_in_foot ? 25 + 19 : 25) * MM, 0.5);
        assert_has(page_text(pdf, 2), "2/2");
    }
}

/* A form for every member of the family, and one only when there is something to tell. */
static void attachments_repeat_and_depend(void **state)
{
    static const char tree[] =
        "{\"body\":[" P("surat") "],\"attachments\":[{\"each\":\"keluarga\",\"footer\":{\"left\":\"{nama} {#page}/{#pages}\"},\"body\":[" P(
            "{#} {nama}") "]},"
                          "{\"if\":{\"field\":\"alasan\",\"equals\":\"lain\"},\"body\":[" P("alasan") "]}]}";
    struct str text = text_of(pdf_of(paper_for(tree, "{\"alasan\":\"lain\",\"keluarga\":[{\"nama\":\"Ani\"},{\"nama\":\"Budi\"}]}")));

    (void)state;
    assert_true(str_is(text, "surat 1 Ani Ani 1/1 2 Budi Budi 1/1 alasan"));
    assert_true(str_is(text_of(pdf_of(paper_for(tree, "{\"alasan\":\"pindah\"}"))), "surat"));
}

/* DATA CONTOH stands on every sheet, in the middle of its own width. */
static void states_stand_on_every_sheet(void **state)
{
    struct paper_input input = {.tree = json_of(STR("{\"body\":[],\"attachments\":[{\"page\":{\"size\":\"half-F4\"},\"body\":[]}]}")),
                                .is_sample = true};
    const char *pdf = keep("states.pdf", pdf_of(lay_out(&input)));

    (void)state;
    for (int page = 1; page <= 2; page++) {
        struct box first = box_of(pdf, page, "DATA"), last = box_of(pdf, page, "CONTOH");
        assert_float_equal((first.left + last.right) / 2, (page == 1 ? 215 : 165) / 2.0 * MM, 0.5);
    }
}

static void mistakes_are_named_by_place(void **state)
{
    static const struct {
        const char *attachments, *message;
    } cases[] = {
        {"{}", "attachments: must be an array"},
        {"[{}]", "attachments[0]: has no body"},
        {"[{\"body\":[],\"attachments\":[]}]", "attachments[0]: has no key \"attachments\""},
        {"[{\"body\":[]},{\"body\":[{\"type\":\"x\"}]}]", "attachments[1].body[0]: is not a block"},
        {"[{\"body\":[],\"page\":{\"size\":\"A5\"}}]", "attachments[0].page.size: \"A5\" is not known"},
        {"[{\"body\":[],\"if\":{}}]", "attachments[0].if: has no field"},
        {"[{\"body\":[],\"if\":{\"field\":\"a\",\"then\":1}}]", "attachments[0].if: has no key \"then\""},
        {"[{\"body\":[],\"each\":\"a b\"}]", "attachments[0].each: a name has only"},
        {"[{\"body\":[" P("{#}") "]}]", "attachments[0].body[0].content: {#} belongs"},
    };
    struct buf many = {.arena = arena};
    struct paper_input input = {
        .tree = json_of(
            STR("{\"body\":[],\"attachments\":[{\"body\":[]},{\"header\":[{\"type\":\"spacer\",\"height\":300}],\"body\":[]}]}"))};
    struct paper *paper;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(paper_check(arena, json_of(str_fmt(arena, "{\"body\":[],\"attachments\":%s}", cases[i].attachments)), NULL, &err),
                         RC_INVALID);
        assert_has(str_c(err.text), cases[i].message);
    }
    for (int i = 0; i < 21; i++)
        buf_fmt(&many, "%s{\"body\":[]}", i > 0 ? "," : "");
    assert_int_equal(
        paper_check(arena, json_of(str_fmt(arena, "{\"body\":[],\"attachments\":[%.*s]}", STR_ARG(buf_str(&many)))), NULL, &err),
        RC_INVALID);
    assert_has(str_c(err.text), "attachments: more than 20");
    assert_int_equal(paper_layout(arena, &input, &paper, &err), RC_INVALID);
    assert_has(str_c(err.text), "attachments[1]: header, footer and page.margin: leave no room");
}

/* 200 pages are the limit of all parts together. */
static void pages_of_all_parts_are_counted(void **state)
{
    struct buf values = {.arena = arena};
    struct paper_input input = {.tree = json_of(STR("{\"body\":[],\"attachments\":[{\"each\":\"l\",\"body\":[]}]}"))};
    struct paper *paper;

    (void)state;
    buf_put_str(&values, STR("{\"l\":[{}"));
    for (int i = 1; i < 199; i++)
        buf_put_str(&values, STR(",{}"));
    input.values = json_of(str_fmt(arena, "%.*s]}", STR_ARG(buf_str(&values))));
    assert_int_equal(paper_layout(arena, &input, &paper, &err), RC_OK);
    assert_int_equal(paper_page_count(paper), 200);
    input.values = json_of(str_fmt(arena, "%.*s,{}]}", STR_ARG(buf_str(&values))));
    assert_int_equal(paper_layout(arena, &input, &paper, &err), RC_TOO_LARGE);
    assert_has(str_c(err.text), "more than 200 pages");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(attachments_have_their_own_pages), TEST(attachments_repeat_and_depend),
        TEST(states_stand_on_every_sheet),      TEST(mistakes_are_named_by_place),
        TEST(pages_of_all_parts_are_counted),   TEST(without_a_foot_of_their_own_they_have_the_letters),
        TEST(their_foot_has_the_letters_code),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
