// SPDX-License-Identifier: AGPL-3.0-or-later
/* Marks of a text → what Pango draws it with. */
#include "server/paper/inline.h"

enum {
    MAX_UNBROKEN = 256, /* bytes */
    GREY = 0x5959,      /* of 0xFFFF: read easily on white, and after a copier */
};

/* Of 0xFFFF: the house's kuning, text and ground, and its thread. */
enum { CARE_R = 0x6E6E, CARE_G = 0x4A4A, CARE_B = 0, GROUND_R = 0xFFFF, GROUND_G = 0xF3F3, GROUND_B = 0xD1D1 };
enum { THREAD_R = 0xF2F2, THREAD_G = 0xB0B0, THREAD_B = 0x1E1E };

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t from, size_t to)
{
    attribute->start_index = (guint)from;
    attribute->end_index = (guint)to;
    pango_attr_list_insert(list, attribute);
}

static void add_marks(PangoAttrList *list, unsigned marks, size_t from, size_t to)
{
    if (marks & MARK_BOLD)
        add_attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, to);
    if (marks & MARK_ITALIC)
        add_attribute(list, pango_attr_style_new(PANGO_STYLE_ITALIC), from, to);
    if (marks & MARK_UNDERLINE)
        add_attribute(list, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), from, to);
    if (marks & MARK_STRIKE)
        add_attribute(list, pango_attr_strikethrough_new(TRUE), from, to);
    if (marks & MARK_GREY)
        add_attribute(list, pango_attr_foreground_new(GREY, GREY, GREY), from, to);
    if (marks & (MARK_SUPER | MARK_SUB)) {
        bool is_super = (marks & MARK_SUPER) != 0;
        add_attribute(list, pango_attr_font_scale_new(is_super ? PANGO_FONT_SCALE_SUPERSCRIPT : PANGO_FONT_SCALE_SUBSCRIPT), from, to);
        add_attribute(list, pango_attr_baseline_shift_new(is_super ? PANGO_BASELINE_SHIFT_SUPERSCRIPT : PANGO_BASELINE_SHIFT_SUBSCRIPT),
                      from, to);
    }
}

static void add_unfilled(PangoAttrList *list, size_t from, size_t to)
{
    add_attribute(list, pango_attr_style_new(PANGO_STYLE_ITALIC), from, to);
    add_attribute(list, pango_attr_foreground_new(CARE_R, CARE_G, CARE_B), from, to);
    add_attribute(list, pango_attr_background_new(GROUND_R, GROUND_G, GROUND_B), from, to);
    add_attribute(list, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), from, to);
    add_attribute(list, pango_attr_underline_color_new(THREAD_R, THREAD_G, THREAD_B), from, to);
}

static void add_look(PangoAttrList *list, struct look look, unsigned base, size_t from, size_t to)
{
    if (look.size > 0)
        add_attribute(list, pango_attr_size_new_absolute((int)(look.size * PANGO_SCALE)), from, to);
    add_marks(list, look.marks & ~base, from, to);
    if (look.marks & MARK_UNFILLED)
        add_unfilled(list, from, to);
}

/*
 * Pango measures all that is left of an item at every line it breaks: a very long word takes quadratic time. An attribute
 * that changes nothing cuts such a word into items.
 */
static void cut_endless_words(PangoAttrList *list, struct str text)
{
    size_t start = 0, bytes;

    for (size_t i = 0; i < text.n; i += bytes) {
        bytes = (size_t)g_utf8_skip[(unsigned char)text.p[i]];
        if (text.p[i] == ' ')
            start = i + 1;
        if (i < start + MAX_UNBROKEN)
            continue;
        add_attribute(list, pango_attr_letter_spacing_new(0), i, i + bytes);
        start = i + bytes;
    }
}

PangoAttrList *ink_marks(const struct ink *ink, size_t from, size_t to, unsigned base)
{
    PangoAttrList *list = pango_attr_list_new();

    add_marks(list, base, 0, to - from);
    for (const struct run *run = ink->runs; run != NULL; run = run->next) {
        size_t start = run->from > from ? run->from : from, end = run->to < to ? run->to : to;
        if (start < end && run->square != NULL)
            add_attribute(list, square_attribute(run->square), start - from, end - from);
        else if (start < end)
            add_look(list, run->look, base, start - from, end - from);
    }
    cut_endless_words(list, str_part(buf_str(&ink->text), from, to - from));
    return list;
}
