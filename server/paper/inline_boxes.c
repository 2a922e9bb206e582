// SPDX-License-Identifier: AGPL-3.0-or-later
/* Squares for single signs: set as shapes of a line, so that they stand wherever text does. */
#include <math.h>

#include "server/base/text.h"
#include "server/paper/inline.h"

enum {
    MAX_BOXED = 300, /* signs; longer text stands plainly, so that nothing is lost */
    MAX_SIGNS_ASKED = 64,
};

#define GAP 0.4      /* of a square's side */
#define SIGN 0.75    /* of a square's side: the size of the font at most */
#define CAPITAL 0.66 /* of the font's size */
#define MOST_SPREAD (15 * POINTS_PER_MM)
#define SPREAD_HEIGHT (6 * POINTS_PER_MM)
#define SQUARE_THICKNESS 0.5

/* A sign set before: forms repeat ten digits hundreds of times. */
struct set_sign {
    struct str text;
    double size, width;
    PangoLayoutLine *line;
    struct set_sign *next;
};

/* The next sign of a text with the marks on it, or a blank for a line's end. */
static struct str take_sign(struct str *rest)
{
    struct str from = *rest, after;
    uint32_t c;

    (void)utf8_take(rest, &c); /* cleaned text is valid */
    for (after = *rest; after.n > 0 && utf8_take(&after, &c) && g_unichar_ismark(c);)
        *rest = after;
    return from.p[0] == '\n' ? STR(" ") : str_part(from, 0, from.n - rest->n);
}

static const struct set_sign *set_sign(struct writer *w, struct str text, double size)
{
    struct set_sign *sign = w->signs;
    PangoFontDescription *font;
    PangoLayout *layout;
    PangoRectangle logical;

    for (int i = 0; sign != NULL && i < MAX_SIGNS_ASKED; sign = sign->next, i++)
        if (sign->size == size && str_eq(sign->text, text))
            return sign;
    sign = ARENA_NEW(w->arena, struct set_sign);
    *sign = (struct set_sign){.text = text, .size = size, .next = w->signs};
    w->signs = sign;
    layout = pango_layout_new(press_context(w->press));
    layout_keep(w, layout);
    font = pango_font_description_copy_static(press_font(w->press, w->tree->family));
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, text.p, (int)text.n);
    sign->line = pango_layout_get_line_readonly(layout, 0);
    pango_layout_line_get_extents(sign->line, NULL, &logical);
    sign->width = pango_units_to_double(logical.width);
    return sign;
}

/* A square's width, so that as many fit beside each other, whatever Pango rounds. */
static double width_of(const struct boxes *boxes, unsigned count, double width)
{
    double gaps = 0, most, side = boxes->size > 0 ? boxes->size : MOST_SPREAD;

    for (unsigned i = 0; i + 1 < count && i < MAX_BOXES; i++)
        gaps += boxes->gap_after[i] ? GAP : 0;
    most = (width > 10 ? width : 10) / (count + gaps);
    return floor((side < most ? side : most) * PANGO_SCALE) / PANGO_SCALE;
}

static void put_square(struct writer *w, struct ink *ink, const struct boxes *boxes, struct str sign, double side, double gap)
{
    double height = side < SPREAD_HEIGHT || boxes->size > 0 ? side : SPREAD_HEIGHT;
    double size = ink->style->size < height * SIGN ? ink->style->size : height * SIGN;
    struct square *square = ARENA_NEW(w->arena, struct square);
    struct run *run = ARENA_NEW(w->arena, struct run);

    *square = (struct square){
        .width = side, .height = height, .advance = side + floor(gap * PANGO_SCALE) / PANGO_SCALE, .rise = (height + size * CAPITAL) / 2};
    if (!str_empty(str_trim(sign))) {
        const struct set_sign *set = set_sign(w, sign, size);
        square->sign = set->line;
        square->sign_width = set->width;
    }
    *run = (struct run){.from = ink->text.n, .to = ink->text.n + 3, .square = square};
    buf_put(&ink->text, "\xEF\xBF\xBC", 3);
    ink->is_uneven = true;
    *ink->last = run;
    ink->last = &run->next;
}

enum rc put_boxes(struct writer *w, const struct boxes *boxes, const struct piece *content, struct ink *ink)
{
    struct ink inner = {.text = {.arena = w->arena}, .style = ink->style, .in_boxes = true};
    struct str signs[MAX_BOXED], rest;
    unsigned n = 0, count, rows;
    double side;

    inner.last = &inner.runs;
    TRY(put_pieces(w, content, &inner));
    for (rest = buf_str(&inner.text); rest.n > 0 && n < MAX_BOXED;) {
        signs[n] = take_sign(&rest);
        n += !boxes->digits_only || (signs[n].n == 1 && signs[n].p[0] >= '0' && signs[n].p[0] <= '9');
    }
    if (rest.n > 0) {
        put_run(w, ink, buf_str(&inner.text), (struct look){0});
        return RC_OK;
    }
    count = boxes->count > 0 ? boxes->count : n > MAX_BOXES ? MAX_BOXES : n;
    if (count == 0)
        return RC_OK;
    side = width_of(boxes, count, ink->style->width);
    rows = n > count ? (n + count - 1) / count : 1;
    for (unsigned i = 0; i < rows * count; i++) {
        if (i > 0 && i % count == 0)
            buf_put_char(&ink->text, '\n');
        put_square(w, ink, boxes, i < n ? signs[i] : STR(""), side, boxes->gap_after[i % count] && (i + 1) % count != 0 ? GAP * side : 0);
    }
    return RC_OK;
}

PangoAttribute *square_attribute(const struct square *square)
{
    PangoRectangle room = {.y = pango_units_from_double(-square->rise - 1),
                           .width = pango_units_from_double(square->advance),
                           .height = pango_units_from_double(square->height + 2)};

    return pango_attr_shape_new_with_data(&room, &room, (gpointer)square, NULL, NULL);
}

void square_draw(cairo_t *cr, PangoAttrShape *shape, gboolean is_path, gpointer unused)
{
    const struct square *square = shape->data;
    double x, y;

    (void)unused;
    if (is_path)
        return;
    cairo_get_current_point(cr, &x, &y);
    cairo_set_line_width(cr, SQUARE_THICKNESS);
    cairo_rectangle(cr, x, y - square->rise, square->width, square->height);
    cairo_stroke(cr);
    if (square->sign == NULL)
        return;
    cairo_move_to(cr, x + (square->width - square->sign_width) / 2, y);
    pango_cairo_show_layout_line(cr, square->sign);
}
