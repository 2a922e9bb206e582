// SPDX-License-Identifier: AGPL-3.0-or-later
/* Squares for single signs. */
#include "tests/unit/server/paper/paper_support.h"

#define BOXES(keys) "{\"type\":\"boxes\"," keys "}"

static const char *pdf_for(const char *body, const char *values)
{
    return keep("boxes.pdf", pdf_of(paper_of(body, values)));
}

/* A stroke at the edges of squares, none between them. */
static void assert_squares(const char *pdf, double x, double y, double side, int count)
{
    cairo_surface_t *surface = picture_of(pdf);

    for (int i = 0; i <= count; i++)
        assert_true(is_dark(surface, x + i * side, y + side / 2));
    for (int i = 0; i < count; i++) {
        assert_true(is_dark(surface, x + (i + 0.5) * side, y));
        assert_true(is_dark(surface, x + (i + 0.5) * side, y + side));
        assert_false(is_dark(surface, x + (i + 0.15) * side, y + side / 2));
    }
    assert_false(is_dark(surface, x + (count + 1) * side, y + side / 2));
    cairo_surface_destroy(surface);
}

static void every_sign_has_its_square(void **state)
{
    const char *pdf = pdf_for("[" BOXES("\"content\":\"{a:upper}\",\"count\":6,\"size\":6") "]", "{\"a\":\"abxd\"}");
    double a = box_of(pdf, 1, "A").left + box_of(pdf, 1, "A").right;

    (void)state;
    assert_squares(pdf, LEFT, TOP + 1, 6 * MM, 6);
    assert_float_equal(a / 2, LEFT + 3 * MM, 0.1);
    for (int i = 1; i < 4; i++) {
        struct box box = box_of(pdf, 1, (const char *const[]){"A", "B", "X", "D"}[i]);
        assert_float_equal((box.left + box.right) / 2, LEFT + (6 * i + 3) * MM, 0.1);
    }
}

/* A field without a value leaves its squares empty: no dash in the first. */
static void no_value_is_empty_squares(void **state)
{
    const char *pdf = pdf_for("[" BOXES("\"content\":\"{a}\",\"count\":4,\"size\":8") "]", NULL);

    (void)state;
    assert_squares(pdf, LEFT, TOP + 1, 8 * MM, 4);
    assert_true(str_empty(text_of(read_all(pdf))));
    assert_has(text_of(pdf_of(paper_of("[" BOXES("\"content\":\"{a|X}\",\"count\":4") "]", NULL))), "X");
}

/* More signs than squares: another row of them, as wide; far more: plain text. Nothing is cut off. */
static void more_signs_than_squares(void **state)
{
    const char *pdf = pdf_for(
        "[" BOXES("\"content\":\"ABCDEFG\",\"count\":4,\"size\":5") ",{\"type\":\"paragraph\",\"content\":\"bawah\"}]", NULL);
    struct buf name = {.arena = arena};

    (void)state;
    assert_float_equal(box_of(pdf, 1, "E").left + box_of(pdf, 1, "E").right, box_of(pdf, 1, "A").left + box_of(pdf, 1, "A").right, 0.2);
    assert_true(box_of(pdf, 1, "E").top > box_of(pdf, 1, "A").top + 5 * MM);
    assert_true(box_of(pdf, 1, "bawah").top > box_of(pdf, 1, "G").bottom);
    for (int i = 0; i < 301; i++)
        buf_put_char(&name, 'Q');
    assert_has(text_of(pdf_of(paper_of("[" BOXES("\"content\":\"{a}\",\"count\":4") "]",
                                       str_z(arena, str_fmt(arena, "{\"a\":\"%.*s\"}", STR_ARG(buf_str(&name))))))),
               "QQQQQQQQQQQQQQQQQQQQ");
}

static void digits_and_gaps(void **state)
{
    const char *pdf = pdf_for("[" BOXES("\"content\":\"{tgl}\",\"count\":8,\"size\":5,\"digits\":true,\"gaps\":[2,4]") "]",
                              "{\"tgl\":\"12/34-5678\"}");

    (void)state;
    for (int i = 2; i <= 8; i++) {
        struct box before = box_of(pdf, 1, str_z(arena, str_fmt(arena, "%d", i - 1))),
                   box = box_of(pdf, 1, str_z(arena, str_fmt(arena, "%d", i)));
        assert_float_equal(box.left - before.left, (i == 3 || i == 5 ? 7 : 5) * MM, 0.1);
    }
    assert_lacks(text_of(read_all(pdf)), "/");
}

/* The line's width, shared; too many for it: smaller. */
static void squares_fit_the_line(void **state)
{
    const char *pdf = pdf_for("[" BOXES("\"content\":\"A\",\"count\":34,\"spread\":true") "]", NULL);
    cairo_surface_t *surface = picture_of(pdf);

    (void)state;
    for (int i = 0; i <= 34; i++)
        assert_true(is_dark(surface, LEFT + i * 5 * MM, TOP + 1 + 2.5 * MM));
    assert_false(is_dark(surface, LEFT + 171 * MM, TOP + 1 + 2.5 * MM));
    cairo_surface_destroy(surface);
    pdf = pdf_for("[" BOXES("\"content\":\"A\",\"count\":60,\"size\":15") "]", NULL);
    surface = picture_of(pdf);
    assert_true(is_dark(surface, LEFT + 170 * MM / 60 * 59, TOP + 1 + 1.4 * MM));
    assert_false(is_dark(surface, LEFT + 171 * MM, TOP + 1 + 1.4 * MM));
    assert_false(is_dark(surface, LEFT + 85 * MM, TOP + 10 * MM)); /* one row */
    cairo_surface_destroy(surface);
}

/* Within text, beside a label and a list's marker: all on one line. */
static void squares_stand_in_the_line(void **state)
{
    const char *pdf = pdf_for("[{\"type\":\"identity\",\"rows\":[{\"label\":\"Label\",\"content\":[\"isi \"," BOXES(
                                  "\"content\":\"Z\",\"size\":8") "]}]},"
                                                                  "{\"type\":\"list\",\"style\":\"letter\",\"items\":[[" BOXES(
                                                                      "\"content\":\"Y\",\"size\":8") ",\" butir\"]]},"
                                                                                                      "{\"type\":\"table\",\"columns\":[{},"
                                                                                                      "{}],\"rows\":[[\"x\",[" BOXES(
                                                                                                          "\"content\":\"W\",\"count\":3,"
                                                                                                          "\"spread\":true") "]]]}]",
                              NULL);

    (void)state;
    assert_float_equal(box_of(pdf, 1, "Label").bottom, box_of(pdf, 1, "isi").bottom, 0.1);
    assert_float_equal(box_of(pdf, 1, "Z").bottom, box_of(pdf, 1, "isi").bottom, 0.1);
    assert_float_equal(box_of(pdf, 1, "a.").bottom, box_of(pdf, 1, "butir").bottom, 0.1);
    assert_true(box_of(pdf, 1, "W").left > LEFT + 85 * MM);
}

/* Marks stay with their letter; signs of other scripts, line ends and an empty text do no harm. */
static void odd_signs_do_no_harm(void **state)
{
    static const char *const values[] = {"e\\u0301\\u0301a",     "عبد", "👨‍👩‍👧", "a\\nb", "", "\\u0301", "\\uFFFC\\u202E",
                                         "\\uD83D\\uDE00\\uD83D"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        json_t *made = NULL;
        if (json_read(arena, str_fmt(arena, "{\"a\":\"%s\"}", values[i]), &made, &err) != RC_OK)
            continue;
        struct paper_input input = {.tree = json_of(STR("{\"body\":[" BOXES("\"content\":\"{a}\"") "," BOXES(
                                        "\"content\":\"{a}\",\"count\":3,\"gaps\":[59]") "]}")),
                                    .values = made};
        assert_true(pdf_of(lay_out(&input)).n > 0);
    }
    struct box second = box_of(pdf_for("[" BOXES("\"content\":\"e\\u0301x\",\"size\":5") "]", NULL), 1, "x");
    assert_true(second.left > LEFT + 5 * MM && second.right < LEFT + 10 * MM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_sign_has_its_square), TEST(no_value_is_empty_squares), TEST(more_signs_than_squares), TEST(digits_and_gaps),
        TEST(squares_fit_the_line),      TEST(squares_stand_in_the_line), TEST(odd_signs_do_no_harm),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
