// SPDX-License-Identifier: AGPL-3.0-or-later
/* What paper_lacks says of a sign is what Pango does with it: a box, or none. Every sign of the standard is asked. */
#include "tests/unit/server/paper/paper_support.h"

#include "server/base/text.h"
#include "server/paper/press.h"

static int boxes_of(PangoContext *context, const PangoFontDescription *font, gunichar c)
{
    PangoLayout *layout = pango_layout_new(context);
    char text[8];
    int n, length = g_unichar_to_utf8(c, text);

    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, text, length);
    n = pango_layout_get_unknown_glyphs_count(layout);
    g_object_unref(layout);
    return n;
}

static void a_sign_lacks_when_the_paper_would_have_a_box(void **state)
{
    struct press *press;
    size_t boxes = 0, drawn = 0, wrong = 0;

    (void)state;
    assert_int_equal(press_borrow(arena, &press, &err), RC_OK);
    for (gunichar c = 0x20; c < 0x20000; c++) {
        char text[8];
        GUnicodeType type = g_unichar_type(c);
        bool is_ideograph = (c >= 0x3400 && c < 0xA000 && c % 64 != 0) || (c >= 0xAC00 && c < 0xD7A4 && c % 64 != 0) || c >= 0x1FB00;

        if (!g_unichar_validate(c) || type == G_UNICODE_UNASSIGNED || type == G_UNICODE_CONTROL || is_ideograph) /* of large blocks some */
            continue;
        const struct str sign = {text, (size_t)g_unichar_to_utf8(c, text)};
        bool lacks = paper_lacks(sign).p != NULL, is_box = boxes_of(press_context(press), press_font(press, FAMILY_SERIF), c) > 0;
        if (lacks != is_box)
            print_error("U+%04X: %s\n", c, is_box ? "a box, and nothing said" : "refused, though it is drawn");
        wrong += lacks != is_box;
        boxes += is_box;
        drawn += !is_box;
    }
    assert_int_equal(wrong, 0);
    assert_true(boxes > 5000 && drawn > 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(a_sign_lacks_when_the_paper_would_have_a_box)};

    return cmocka_run_group_tests(tests, begin, end);
}
