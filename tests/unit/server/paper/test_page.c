// SPDX-License-Identifier: AGPL-3.0-or-later
/* Sheets, headers and footers on some pages, and what stays together. */
#include "tests/unit/server/paper/paper_support.h"

#define P(text) "{\"type\":\"paragraph\",\"content\":\"" text "\"}"

static struct paper *paper_of_tree(struct str tree)
{
    struct paper_input input = {.tree = json_of(tree)};

    return lay_out(&input);
}

static void sheets_have_their_sizes(void **state)
{
    static const struct {
        const char *page;
        double width, height; /* mm */
    } cases[] = {
        {"{\"size\":\"F4\"}", 215, 330},
        {"{\"size\":\"A4\"}", 210, 297},
        {"{\"size\":\"legal\"}", 216, 356},
        {"{\"size\":\"half-F4\"}", 165, 215},
        {"{\"size\":\"half-F4\",\"orientation\":\"landscape\"}", 215, 165},
        {"{\"size\":\"legal\",\"orientation\":\"landscape\"}", 356, 216},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct paper *paper = paper_of_tree(str_fmt(arena, "{\"page\":%s,\"body\":[" P("a") "]}", cases[i].page));
        double width, height;
        paper_page_size(paper, &width, &height);
        assert_float_equal(width, cases[i].width * MM, 0.01);
        assert_float_equal(height, cases[i].height * MM, 0.01);
        assert_has(flat(RUN("pdfinfo", keep("sheet.pdf", pdf_of(paper)))),
                   str_z(arena, str_fmt(arena, "Page size: %g x %g", width, height)));
    }
}

/* Lines that fill several pages; where neither header nor footer stands, more of them go on a page. */
static int lines_on(const char *pdf, int page)
{
    struct str text = RUN("pdftotext", "-f", str_z(arena, str_fmt(arena, "%d", page)), "-l", str_z(arena, str_fmt(arena, "%d", page)), pdf,
                          "-");
    int lines = 0;

    for (ptrdiff_t at; (at = str_find(text, STR("baris"))) >= 0; lines++)
        text = str_from(text, (size_t)at + 5);
    return lines;
}

static void headers_and_footers_stand_where_they_are_wanted(void **state)
{
    static const struct {
        const char *header_on, *footer_on;
        bool header[3], footer[3];
    } cases[] = {
        {"all", "all", {true, true, true}, {true, true, true}},
        {"first", "all", {true, false, false}, {true, true, true}},
        {"all", "first", {true, true, true}, {true, false, false}},
        {"none", "none", {false, false, false}, {false, false, false}},
    };
    struct buf body = {.arena = arena};
    int lines[COUNT_OF(cases)][3];

    (void)state;
    for (int i = 0; i < 160; i++)
        buf_fmt(&body, "%s{\"type\":\"paragraph\",\"after\":0,\"content\":\"baris %d\"}", i > 0 ? "," : "", i);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *pdf = keep(
            "on.pdf", pdf_of(paper_of_tree(
                          str_fmt(arena,
                                  "{\"header\":[" P("KEPALA") "],\"header_on\":\"%s\",\"footer\":{\"note\":\"KAKI {#page}/{#pages}\"},"
                                                              "\"footer_on\":\"%s\",\"body\":[%.*s]}",
                                  cases[i].header_on, cases[i].footer_on, STR_ARG(buf_str(&body))))));
        for (int page = 1; page <= 3; page++) {
            const char *number = str_z(arena, str_fmt(arena, "%d", page));
            struct str text = flat(RUN("pdftotext", "-f", number, "-l", number, pdf, "-"));
            assert_int_equal(str_find(text, STR("KEPALA")) >= 0, cases[i].header[page - 1]);
            assert_int_equal(str_find(text, str_fmt(arena, "KAKI %d/4", page)) >= 0, cases[i].footer[page - 1]);
            lines[i][page - 1] = lines_on(pdf, page);
            assert_true(box_of(pdf, page, "baris").top >= (cases[i].header[page - 1] ? box_of(pdf, page, "KEPALA").bottom : 15 * MM));
        }
    }
    assert_int_equal(lines[0][0], lines[0][1]);
    assert_int_equal(lines[1][0], lines[0][0]);
    assert_true(lines[1][1] > lines[1][0]);
    assert_true(lines[2][1] > lines[2][0]);
    assert_true(lines[3][0] > lines[1][1] && lines[3][0] > lines[2][1]);
}

/* Whatever fills the page before: the end of one block and the beginning of the next are on one page, when that is wanted. */
static void an_end_stays_with_what_follows(void **state)
{
    static const char *const blocks[] = {
        "{\"type\":\"paragraph\",\"content\":\"AKHIR\"",
        "{\"type\":\"list\",\"items\":[\"satu\",\"AKHIR\"]",
        "{\"type\":\"identity\",\"rows\":[{\"label\":\"a\",\"content\":\"AKHIR\"}]",
        "{\"type\":\"table\",\"columns\":[{}],\"rows\":[[\"AKHIR\"]]",
        "{\"type\":\"if\",\"field\":\"tidak\",\"then\":[],\"else\":[" P("AKHIR") "]",
        "{\"type\":\"columns\",\"columns\":[{\"body\":[" P("AKHIR") "]}]",
    };
    int apart = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(blocks); i++)
        for (int height = 260; height < 296; height += 3) {
            int pages[2][2] = {{0}};
            for (int kept = 0; kept < 2; kept++) {
                struct str block = str_fmt(arena, "%s%s}", blocks[i], kept ? ",\"keep_with_next\":true" : "");
                struct str tree = str_fmt(arena, "[{\"type\":\"spacer\",\"height\":%d},%.*s," P("BERIKUT") "]", height, STR_ARG(block));
                struct str text = RUN("pdftotext", keep("kept.pdf", pdf_of(paper_of(str_z(arena, tree), NULL))), "-");
                ptrdiff_t page = str_find_char(text, '\f');
                pages[kept][0] = str_find(text, STR("AKHIR")) > page;
                pages[kept][1] = str_find(text, STR("BERIKUT")) > page;
            }
            apart += pages[0][0] != pages[0][1];
            assert_int_equal(pages[1][0], pages[1][1]);
        }
    assert_true(apart >= (int)COUNT_OF(blocks));
}

/* A paragraph of n lines begins anywhere on a page: no page has only one of its lines, and of two or three none is alone. */
static void no_line_is_alone(void **state)
{
    int divided = 0;

    (void)state;
    for (int n = 2; n <= 6; n++)
        for (int height = 250; height < 300; height += 2) {
            struct buf words = {.arena = arena};
            const char *pdf;
            struct paper *paper;
            int first;
            for (int i = 0; i < n; i++)
                buf_fmt(&words, "baris%d%s", i,
                        i + 1 < n ? " kata kata kata kata kata kata kata kata kata kata kata kata kata kata kata " : ".");
            paper = paper_of(str_z(arena, str_fmt(arena,
                                                  "[{\"type\":\"spacer\",\"height\":%d},{\"type\":\"paragraph\",\"indent\":0,\"align\":"
                                                  "\"left\",\"content\":\"%.*s\"}]",
                                                  height, STR_ARG(buf_str(&words)))),
                             NULL);
            pdf = keep("alone.pdf", pdf_of(paper));
            first = lines_on(pdf, 1);
            assert_true(first == 0 || (first >= 2 && n - first != 1));
            divided += first > 0 && first < n;
        }
    assert_true(divided > 0);
}

/* Room left free above it is nobody's company: the text before comes along. */
static void signature_is_not_alone_behind_a_spacer(void **state)
{
    (void)state;
    for (int height = 200; height < 280; height += 4) {
        struct paper *paper = paper_of(str_z(arena, str_fmt(arena,
                                                            "[{\"type\":\"spacer\",\"height\":%d}," P(
                                                                "PENUTUP") ",{\"type\":\"spacer\",\"height\":8},"
                                                                           "{\"type\":\"group\",\"content\":[{\"type\":\"signature\","
                                                                           "\"lines\":[\"Kepala Desa\"],\"name\":\"NAMA\"}]}]",
                                                            height)),
                                       NULL);
        const char *pdf = keep("spaced.pdf", pdf_of(paper));
        int last = (int)paper_page_count(paper);
        assert_true(box_of(pdf, last, "PENUTUP").bottom < box_of(pdf, last, "NAMA").top);
    }
}

/* So many lines and a signature, with this in the font besides. */
static struct paper *lines_set(const char *font, int lines)
{
    struct buf tree = {.arena = arena};

    buf_fmt(&tree, "{\"font\":{\"size\":12,\"spacing\":1.3%s},\"body\":[", font);
    for (int i = 0; i < lines; i++)
        buf_fmt(&tree, "{\"type\":\"paragraph\",\"content\":\"baris%d\"},", i);
    buf_put_str(&tree, STR("{\"type\":\"signature\",\"lines\":[\"Kepala Desa\"],\"name\":\"Marthen\"}]}"));
    return lay_out(&(struct paper_input){.tree = json_of(buf_str(&tree))});
}

static double step_of(struct paper *paper)
{
    const char *pdf = keep("fit.pdf", pdf_of(paper));

    return box_of(pdf, 1, "baris1").top - box_of(pdf, 1, "baris0").top;
}

/* 36 lines and a signature are a little more than a page, 30 are less, and 200 are far more. */
static void a_letter_is_set_closer_where_that_saves_a_page(void **state)
{
    const double loose = step_of(lines_set("", 30));
    struct paper *fitted = lines_set(",\"tighten\":0.4", 36);

    (void)state;
    assert_int_equal(paper_page_count(lines_set("", 36)), 2);
    assert_int_equal(paper_page_count(fitted), 1);
    assert_true(step_of(fitted) < loose && step_of(fitted) > loose * 0.85); /* no more than it must */
    assert_float_equal(step_of(lines_set(",\"tighten\":0.4", 30)), loose, 0.01);
    assert_int_equal(paper_page_count(lines_set(",\"tighten\":0.4", 200)), paper_page_count(lines_set("", 200)));
    assert_float_equal(step_of(lines_set(",\"tighten\":0.4", 200)), loose, 0.01);
}

/* Three signers: the third has a row for himself, and the code beside him takes no room below. */
static void the_code_stands_beside_a_signer_left_over(void **state)
{
    static const char body[] = "[{\"type\":\"signature\",\"qr\":%s,\"signers\":[{\"lines\":[\"A\"],\"name\":\"B\"},{\"lines\":[\"C\"],"
                               "\"name\":\"D\"}%s]},{\"type\":\"paragraph\",\"content\":\"akhir\"}]";
    static const char third[] = ",{\"lines\":[\"Kepala Desa\"],\"name\":\"F\"}";
    double ends[2][2];

    (void)state;
    for (int i = 0; i < 4; i++) {
        struct paper *paper = paper_of(str_z(arena, str_fmt(arena, body, i % 2 == 1 ? "true" : "false", i / 2 == 1 ? third : "")), NULL);
        ends[i / 2][i % 2] = box_of(keep("beside.pdf", pdf_of(paper)), 1, "akhir").top;
    }
    assert_true(ends[0][1] > ends[0][0] + 25 * 72 / 25.4); /* of two, below them */
    assert_float_equal(ends[1][1], ends[1][0], 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_letter_is_set_closer_where_that_saves_a_page),
        TEST(the_code_stands_beside_a_signer_left_over),
        TEST(sheets_have_their_sizes),
        TEST(headers_and_footers_stand_where_they_are_wanted),
        TEST(an_end_stays_with_what_follows),
        TEST(no_line_is_alone),
        TEST(signature_is_not_alone_behind_a_spacer),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
