// SPDX-License-Identifier: AGPL-3.0-or-later
/* The sample views, run: what they write, and what hostile text becomes in every place. */

#include "tests/unit/arena.h"

#include "tests/unit/server/html/views/sample_view.c" /* the golden file itself */

static const char *written(void (*view)(struct buf *, const struct sample_view *), const struct sample_view *v)
{
    struct buf out = {.arena = arena};

    view(&out, v);
    return str_z(arena, buf_str(&out));
}

static void ordinary_text_stays_as_it_is(void **state)
{
    struct sample_view v = {.text = STR("Desa To'long"), .address = STR("/surat?a=1&b=2"), .word = "kata", .small = 7, .is_on = true};

    (void)state;
    assert_string_equal(written(view_contexts, &v), "<p title=\"Desa To&#39;long\" data-word='kata'>Desa To&#39;long</p>"
                                                    "<a href=\"/surat?a=1&amp;b=2\">whole</a> "
                                                    "<a href=\"/cari?q=Desa%20To%27long&amp;n=7#kata\">parts</a> "
                                                    "<a href=\"/ya\">either</a> "
                                                    "<button aria-pressed=\"true\">ya</button> "
                                                    "<textarea>\n  Desa To&#39;long\n</textarea><title>Desa To&#39;long</title>");
}

static void hostile_text_never_leaves_its_place(void **state)
{
    static const char *const hostile[] = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</textarea><script>",
        "</title><script>",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>",
        "//lain.example/",
        "/\\lain.example",
        "/\t/lain.example",
        "vbscript:x",
        "&#106;avascript:x",
        "\x01javascript:x",
        "--><script>",
        "]]><script>",
        "{{text}}",
        "\xC3\x28<b>",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(hostile); i++) {
        struct str s = str_c(hostile[i]);
        struct sample_view v = {.text = s, .address = s, .word = hostile[i]};
        const char *page = written(view_contexts, &v);
        size_t tags = 0, quotes = 0;

        /* As many tags and quotes as the view itself has, whatever the text. */
        for (const char *c = page; *c != '\0'; c++) {
            tags += *c == '<';
            quotes += *c == '"' || *c == '\'';
        }
        assert_int_equal(tags, 14);
        assert_int_equal(quotes, 12);
        assert_null(strcasestr(page, "href=\"javascript"));
        assert_null(strcasestr(page, "href=\"data:"));
        assert_null(strcasestr(page, "href=\"vbscript:"));
        assert_null(strstr(page, "href=\"//"));
        assert_null(strstr(page, "href=\"/\\"));
    }
}

static void a_zero_byte_does_not_end_the_page(void **state)
{
    struct sample_view v = {.text = {"a\0b", 3}};
    struct buf out = {.arena = arena};

    (void)state;
    view_contexts(&out, &v);
    assert_null(memchr(out.p, '\0', out.n));
    assert_true(str_find(buf_str(&out), STR("a\xEF\xBF\xBD"
                                            "b")) > 0);
}

static void lists_have_a_first_a_last_and_an_empty_form(void **state)
{
    struct sample_place luwu = {STR("Luwu")};
    struct sample_row rows[] = {{1, STR("<Ani>"), "x", true, &luwu}, {22, STR("Budi"), NULL, false, &luwu}};
    struct str lines[] = {STR_INIT("a&b")};
    struct sample_view v = {.rows = {rows, 2}, .lines = {lines, 1}, .place = luwu, .maybe = &luwu};
    struct sample_view empty = {.place = luwu};

    (void)state;
    assert_string_equal(written(view_lists, &v), "<ul class=\"rows\"><li class=\"first\">1 &lt;Ani&gt; x Luwu <b>baru</b> /1,</li>"
                                                 "<li>2 Budi  Luwu /22</li></ul><i>a&amp;b</i> <b>Luwu</b> <b>Luwu</b> ");
    assert_string_equal(written(view_lists, &empty), "<ul class=\"rows\"><li>kosong</li></ul> <b>Luwu</b> ");
}

static void conditions_know_every_kind_of_member(void **state)
{
    struct sample_place luwu = {STR("Luwu")};
    struct sample_row row = {0};
    struct sample_view all = {.text = STR("satu"),
                              .word = "x",
                              .below = -1,
                              .is_on = true,
                              .markup = {STR("<b>")},
                              .rows = {&row, 1},
                              .maybe = &luwu,
                              .state = SAMPLE_DONE};
    struct sample_view none = {.word = "", .text = STR(""), .state = SAMPLE_DRAFT};
    struct sample_view many = {.word = "dua", .text = STR("satu"), .small = 3};

    (void)state;
    assert_string_equal(written(view_conditions, &all), "text word below on markup rows maybe satu selesai ");
    assert_string_equal(written(view_conditions, &none), "lain off nothing ");
    assert_string_equal(written(view_conditions, &many), "text word banyak off ");
}

static void numbers_are_written_for_people_only_when_asked(void **state)
{
    struct sample_view v = {.below = INT32_MIN, .small = 255, .markup = {STR("<b>x</b>")}};

    (void)state;
    assert_string_equal(written(view_values, &v), "<td>-2147483648</td><td>\xE2\x88\x92"
                                                  "2.147.483.648</td><td>255</td>"
                                                  "<td><b>x</b></td>");
}

static void white_space_goes_only_where_nobody_sees_it(void **state)
{
    struct str lines[] = {STR_INIT("a"), STR_INIT("b")};
    struct sample_view v = {.text = STR("t"), .is_on = true, .lines = {lines, 2}};

    (void)state;
    assert_string_equal(written(view_spaces, &v), "<div><span>a</span> <span>b</span> c d t e</div><p> a b</p>"
                                                  "<pre>\n  keeps\n    this\n</pre><input name=\"x\" checked>");
}

static void addresses(void **state)
{
    static const struct {
        const char *from, *to;
    } cases[] = {
        {"/", "/"},
        {"", "#"},
        {"#isi", "#isi"},
        {"?hal=2", "?hal=2"},
        {"https://desa.id/a?b=c&d", "https://desa.id/a?b=c&amp;d"},
        {"HTTP://desa.id", "HTTP://desa.id"},
        {"tel:+62812", "tel:+62812"},
        {"mailto:a@b.id", "mailto:a@b.id"},
        {"/a b\"c", "/a%20b%22c"},
        {"/\t/x", "/%09/x"},
        {"/é", "/%C3%A9"},
        {"ftp://x", "#"},
        {"surat/1", "#"},
        {"https:", "#"},
        {"//x", "#"},
        {"file:///etc/passwd", "#"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf out = {.arena = arena};

        html_put_url(&out, str_c(cases[i].from));
        assert_string_equal(str_z(arena, buf_str(&out)), cases[i].to);
    }
}

static void whole_numbers(void **state)
{
    struct buf out = {.arena = arena};

    (void)state;
    html_put_u64(&out, UINT64_MAX);
    buf_put_char(&out, ' ');
    html_put_i64(&out, INT64_MIN);
    buf_put_char(&out, ' ');
    html_put_number_u(&out, UINT64_MAX);
    buf_put_char(&out, ' ');
    html_put_number_u(&out, 0);
    buf_put_char(&out, ' ');
    html_put_number_u(&out, 1000);
    assert_string_equal(str_z(arena, buf_str(&out)), "18446744073709551615 -9223372036854775808 18.446.744.073.709.551.615 0 1.000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_text_stays_as_it_is),
        cmocka_unit_test(hostile_text_never_leaves_its_place),
        cmocka_unit_test(a_zero_byte_does_not_end_the_page),
        cmocka_unit_test(lists_have_a_first_a_last_and_an_empty_form),
        cmocka_unit_test(conditions_know_every_kind_of_member),
        cmocka_unit_test(numbers_are_written_for_people_only_when_asked),
        cmocka_unit_test(white_space_goes_only_where_nobody_sees_it),
        cmocka_unit_test(addresses),
        cmocka_unit_test(whole_numbers),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
