// SPDX-License-Identifier: AGPL-3.0-or-later
/* Tables: lines by cell, cells over several rows, heights; seen in the picture of the page. */
#include "tests/unit/server/paper/paper_support.h"

/* Lines of a grid of cells, 20 mm wide, 10 mm high: h of each row from the top, then v, as '-' or '|' and ' '. */
static void assert_lines(const char *rows, const char *const *lines)
{
    struct str body = str_fmt(arena, "[{\"type\":\"table\",\"columns\":[{\"width\":20},{\"width\":20},{\"width\":20}],%s}]", rows);
    cairo_surface_t *surface = picture_of(keep("lines.pdf", pdf_of(paper_of(str_z(arena, body), "{\"l\":[{},{}]}"))));

    for (int row = 0; lines[row] != NULL; row++)
        for (int i = 0; lines[row][i] != '\0'; i++) {
            bool is_flat = row % 2 == 0, is_there;
            int line = row / 2;
            double x = LEFT + (i + (is_flat ? 0.5 : 0)) * 20 * MM, y = TOP + (line + (is_flat ? 0 : 0.5)) * 10 * MM;
            is_there = is_dark(surface, x, y);
            if (is_there != (lines[row][i] != ' '))
                fail_msg("%s: line %d of \"%s\" (row %d) is %s", rows, i, lines[row], row, is_there ? "there" : "missing");
        }
    cairo_surface_destroy(surface);
}

#define ROW(cells) "{\"height\":10,\"cells\":[" cells "]}"
#define SAYS(borders) "{\"content\":\"\",\"borders\":[" borders "]}"

static void cells_say_their_lines(void **state)
{
    (void)state;
    assert_lines("\"rows\":[" ROW("\"\",\"\",\"\"") "," ROW("\"\",\"\",\"\"") "]",
                 (const char *const[]){"---", "||||", "---", "||||", "---", NULL});
    /* an island without lines in a table with all */
    assert_lines("\"rows\":[" ROW("\"\",\"\",\"\"") "," ROW("\"\"," SAYS("") ",\"\"") "," ROW("\"\",\"\",\"\"") "]",
                 (const char *const[]){"---", "||||", "- -", "|  |", "- -", "||||", "---", NULL});
    /* one cell alone with lines above and below in a table without any */
    assert_lines("\"border\":\"none\",\"rows\":[" ROW("\"\",\"\",\"\"") "," ROW("\"\"," SAYS("\"top\",\"bottom\"") ",\"\"") "," ROW(
                     "\"\",\"\",\"\"") "]",
                 (const char *const[]){"   ", "    ", " - ", "    ", " - ", "    ", "   ", NULL});
    /* of two that say theirs, one is enough */
    assert_lines("\"border\":\"none\",\"rows\":[" ROW(SAYS("\"right\"") "," SAYS("") ",\"\"") "," ROW(
                     SAYS("\"left\"") "," SAYS("\"top\"") ",\"\"") "]",
                 (const char *const[]){"   ", " |  ", " - ", "|   ", "   ", NULL});
    /* the outline alone, and rows alone, but for one line more */
    assert_lines("\"border\":\"outer\",\"rows\":[" ROW(SAYS("\"top\",\"left\",\"right\"") ",\"\",\"\"") "," ROW("\"\",\"\",\"\"") "]",
                 (const char *const[]){"---", "|| |", "   ", "|  |", "---", NULL});
    assert_lines("\"border\":\"rows\",\"rows\":[" ROW("\"\"," SAYS("\"left\",\"bottom\"") ",\"\"") "," ROW("\"\",\"\",\"\"") "]",
                 (const char *const[]){"- -", " |  ", "---", "    ", "---", NULL});
}

static void cells_reach_down(void **state)
{
    (void)state;
    assert_lines("\"rows\":[" ROW("{\"content\":\"\",\"rows\":2},\"\",\"\"") "," ROW("\"\",\"\"") "," ROW("\"\",\"\",\"\"") "]",
                 (const char *const[]){"---", "||||", " --", "||||", "---", "||||", "---", NULL});
    /* two columns wide and three rows down, at the right */
    assert_lines("\"rows\":[" ROW("\"\",{\"content\":\"\",\"rows\":3,\"span\":2}") "," ROW("\"\"") "," ROW("\"\"") "]",
                 (const char *const[]){"---", "|| |", "-  ", "|| |", "-  ", "|| |", "---", NULL});
    /* stairs: each begins before the one beside it ends */
    assert_lines(
        "\"rows\":[" ROW("{\"content\":\"\",\"rows\":2},\"\",\"\"") "," ROW("{\"content\":\"\",\"rows\":2},\"\"") "," ROW("\"\",\"\"") "]",
        (const char *const[]){"---", "||||", " --", "||||", "- -", "||||", "---", NULL});
    /* two rows a member of a list */
    assert_lines("\"rows\":[{\"each\":\"l\",\"rows\":[" ROW("{\"content\":\"\",\"rows\":2},\"\",\"\"") "," ROW("\"\",\"\"") "]}]",
                 (const char *const[]){"---", "||||", " --", "||||", "---", "||||", " --", "||||", "---", NULL});
}

/* 10 mm a row at least; a long text in the cell that reaches down makes the last of its rows higher, and stands where it is told. */
static void heights_and_places_in_tied_rows(void **state)
{
    static const char *const valigns[] = {"top", "middle", "bottom"};
    double tops[3];

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct str body = str_fmt(
            arena,
            "[{\"type\":\"table\",\"columns\":[{\"width\":30},{}],\"rows\":[" ROW(
                "{\"content\":\"KIRI\",\"rows\":3,\"valign\":\"%s\"},"
                "\"satu\"") "," ROW("\"dua\"") "," ROW("\"tiga\"") "]},"
                                                                   "{\"type\":\"paragraph\",\"content\":\"sesudah\"}]",
            valigns[i]);
        const char *pdf = keep("tied.pdf", pdf_of(paper_of(str_z(arena, body), NULL)));
        struct box left = box_of(pdf, 1, "KIRI");
        tops[i] = left.top;
        assert_float_equal(box_of(pdf, 1, "dua").top - box_of(pdf, 1, "satu").top, 10 * MM, 0.1);
        assert_float_equal(box_of(pdf, 1, "tiga").top - box_of(pdf, 1, "dua").top, 10 * MM, 0.1);
        if (i == 0)
            assert_float_equal(left.top, box_of(pdf, 1, "satu").top, 0.1);
        if (i == 1)
            assert_float_equal((left.top + left.bottom) / 2, TOP + 15 * MM, 2);
        assert_true(box_of(pdf, 1, "sesudah").top > TOP + 30 * MM);
    }
    assert_true(tops[0] < tops[1] && tops[1] < tops[2]);
    assert_float_equal(tops[2] - tops[1], tops[1] - tops[0], 0.1);
    struct str tall = STR("[{\"type\":\"table\",\"columns\":[{\"width\":30},{}],\"rows\":[" ROW(
        "{\"content\":\"a\\nb\\nc\\nd\\ne\\nf\\ng\\nAKHIR\",\"rows\":2},\"satu\"") "," ROW("\"dua\"") "," ROW("\"tiga\",\"x\"") "]}]");
    const char *pdf = keep("tall.pdf", pdf_of(paper_of(str_z(arena, tall), NULL)));
    assert_float_equal(box_of(pdf, 1, "dua").top - box_of(pdf, 1, "satu").top, 10 * MM, 0.1);
    assert_true(box_of(pdf, 1, "tiga").top > box_of(pdf, 1, "AKHIR").bottom);
}

/* Tied rows move to the next page as one, its head above them; more than a page of them is divided, and nothing is lost. */
static void tied_rows_over_pages(void **state)
{
    static const char table[] = "{\"type\":\"table\",\"columns\":[{},{}],\"header\":[[\"KEPALA\",\"TABEL\"]],\"rows\":[";
    struct buf body = {.arena = arena};
    struct paper *paper;
    const char *pdf;
    struct str text;

    (void)state;
    for (int height = 230; height < 290; height += 10) {
        pdf = keep("move.pdf",
                   pdf_of(paper_of(
                       str_z(arena, str_fmt(arena,
                                            "[{\"type\":\"spacer\",\"height\":%d},%s" ROW("\"\",\"\"") "," ROW(
                                                "{\"content\":\"IKAT\",\"rows\":3},\"satu\"") "," ROW("\"dua\"") "," ROW("\"tiga\"") "]}]",
                                            height, table)),
                       NULL)));
        text = RUN("pdftotext", pdf, "-");
        assert_int_equal(str_find(text, STR("IKAT")) > str_find_char(text, '\f'), str_find(text, STR("tiga")) > str_find_char(text, '\f'));
    }
    buf_fmt(&body, "[%s[{\"content\":\"IKAT\",\"rows\":50},\"baris1\"]", table);
    for (int i = 2; i <= 50; i++)
        buf_fmt(&body, "," ROW("\"baris%d\""), i);
    buf_put_str(&body, STR(",[\"AKHIR\",\"\"]]}]"));
    paper = paper_of(str_z(arena, buf_str(&body)), NULL);
    text = text_of(pdf_of(paper));
    assert_true(paper_page_count(paper) == 2);
    for (int i = 1; i <= 50; i++)
        assert_has(text, str_z(arena, str_fmt(arena, "baris%d", i)));
    assert_has(text, "AKHIR");
}

/* A head of two rows, the first column's over both, comes again on every page. */
static void head_of_two_rows_comes_again(void **state)
{
    struct buf values = {.arena = arena};
    struct paper *paper;
    const char *pdf;

    (void)state;
    buf_put_str(&values, STR("{\"l\":[{}"));
    for (int i = 0; i < 99; i++)
        buf_put_str(&values, STR(",{}"));
    buf_put_str(&values, STR("]}"));
    paper = paper_of("[{\"type\":\"table\",\"columns\":[{\"width\":20},{},{}],\"header\":[[{\"content\":\"NO\",\"rows\":2,\"valign\":"
                     "\"middle\"},{\"content\":\"ORANG\",\"span\":2}],[\"NAMA\",\"UMUR\"]],"
                     "\"rows\":[{\"each\":\"l\",\"cells\":[\"{#}\",\"a\",\"b\"]}]}]",
                     str_z(arena, buf_str(&values)));
    pdf = keep("head.pdf", pdf_of(paper));
    assert_true(paper_page_count(paper) >= 2);
    for (int page = 1; page <= (int)paper_page_count(paper); page++) {
        struct box no = box_of(pdf, page, "NO"), upper = box_of(pdf, page, "ORANG"), lower = box_of(pdf, page, "UMUR");
        assert_true(no.top > upper.top && no.top < lower.top);
        assert_true(upper.left < lower.left);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cells_say_their_lines),        TEST(cells_reach_down), TEST(heights_and_places_in_tied_rows), TEST(tied_rows_over_pages),
        TEST(head_of_two_rows_comes_again),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
