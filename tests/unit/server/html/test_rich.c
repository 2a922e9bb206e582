// SPDX-License-Identifier: AGPL-3.0-or-later
/* Light markup: what it makes of lines, and that nothing else than its own tags comes out. */
#include "tests/unit/arena.h"

#include "server/html/rich.h"

static const char *html_of(const char *text)
{
    return str_z(arena, html_rich(arena, str_c(text)).markup);
}

static void lines_become_paragraphs_heads_and_lists(void **state)
{
    (void)state;
    assert_string_equal(html_of("satu\ndua\n\ntiga"), "<p>satu<br>dua</p><p>tiga</p>");
    assert_string_equal(html_of("## Acara\n- makan\n- minum\n1. satu\n2. dua\nlalu"),
                        "<h3>Acara</h3><ul><li>makan</li><li>minum</li></ul><ol><li>satu</li><li>dua</li></ol><p>lalu</p>");
    assert_string_equal(html_of("a **b** *c* [d](https://desa.id) e"),
                        "<p>a <strong>b</strong> <em>c</em> <a href=\"https://desa.id\">d</a> e</p>");
    assert_string_equal(html_of(""), "");
}

static void what_is_no_markup_is_text(void **state)
{
    (void)state;
    assert_string_equal(html_of("<b>&\"** * [x](y"), "<p>&lt;b&gt;&amp;&quot;** * [x](y</p>");
    assert_string_equal(html_of("[x](javascript:alert(1))"), "<p><a href=\"#\">x</a>)</p>");
    assert_string_equal(html_of("**<i>**"), "<p><strong>&lt;i&gt;</strong></p>");
    assert_string_equal(html_of("2026. tahun\n-tanpa"), "<p>2026. tahun<br>-tanpa</p>");
}

static void many_open_marks_are_as_long_as_they_are(void **state)
{
    struct buf text = {.arena = arena};

    (void)state;
    for (int i = 0; i < 20000; i++)
        buf_put_str(&text, i % 2 == 0 ? STR("[") : STR("x"));
    assert_int_equal(html_rich(arena, buf_str(&text)).markup.n, 20000 + strlen("<p></p>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_become_paragraphs_heads_and_lists),
        cmocka_unit_test(what_is_no_markup_is_text),
        cmocka_unit_test(many_open_marks_are_as_long_as_they_are),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
