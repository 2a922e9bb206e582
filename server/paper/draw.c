// SPDX-License-Identifier: AGPL-3.0-or-later
/* Pages → cairo. */
#include <math.h>

#include "server/paper/pages.h"

static void draw_stroke(cairo_t *cr, const struct op *op)
{
    cairo_set_line_width(cr, op->thickness);
    cairo_move_to(cr, op->x, op->y);
    cairo_line_to(cr, op->x + op->w, op->y + op->h);
    cairo_stroke(cr);
}

static void draw_box(cairo_t *cr, const struct op *op)
{
    static const double dashes[] = {3, 2};

    cairo_set_line_width(cr, op->thickness);
    cairo_set_dash(cr, dashes, op->is_dashed ? 2 : 0, 0);
    cairo_rectangle(cr, op->x, op->y, op->w, op->h);
    cairo_stroke(cr);
    cairo_set_dash(cr, dashes, 0, 0);
}

static void draw_picture(cairo_t *cr, const struct picture *picture, double x, double y, double w, double h)
{
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, w / picture->units_x, h / picture->units_y);
    cairo_set_source_surface(cr, picture->surface, 0, 0);
    cairo_paint(cr);
    cairo_restore(cr);
}

/* White behind the code and its quiet zone, because a watermark may lie below. */
static void draw_qr(cairo_t *cr, const struct qr *qr, const struct op *op)
{
    double quiet = qr_quiet(qr, op->w);

    draw_picture(cr, &qr->picture, op->x - quiet, op->y - quiet, op->w + 2 * quiet, op->h + 2 * quiet);
}

static void draw_op(cairo_t *cr, const struct paper *paper, const struct op *op)
{
    switch (op->kind) {
    case OP_TEXT:
        cairo_move_to(cr, op->x, op->y);
        pango_cairo_show_layout_line(cr, op->line);
        break;
    case OP_STROKE:
        draw_stroke(cr, op);
        break;
    case OP_BOX:
        draw_box(cr, op);
        break;
    case OP_PICTURE:
        draw_picture(cr, op->picture, op->x, op->y, op->w, op->h);
        break;
    case OP_QR:
        draw_qr(cr, &paper->qr, op);
        break;
    }
}

static PangoLayout *bold_line(const struct paper *paper, const struct page *page, const char *text, double size)
{
    PangoLayout *layout = pango_layout_new(press_context(paper->press));
    PangoFontDescription *font = pango_font_description_copy_static(press_font(paper->press, page->tree->family));

    pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

/* Across the page from lower left to upper right, under the text, so that nothing becomes hard to read; an outline, no text to be copied.
 */
static void draw_watermark(cairo_t *cr, const struct paper *paper, const struct page *page, const char *text, double shift)
{
    double width = page->tree->page_width, height = page->tree->page_height, scale;
    PangoLayout *layout = bold_line(paper, page, text, 72);
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    PangoRectangle ink;

    pango_layout_line_get_extents(line, &ink, NULL);
    scale = hypot(width, height) * 0.6 / pango_units_to_double(ink.width);
    scale = scale < 2 ? scale : 2;
    cairo_save(cr);
    cairo_translate(cr, width / 2, height / 2);
    cairo_rotate(cr, -atan2(height, width));
    cairo_translate(cr, 0, shift);
    cairo_scale(cr, scale, scale);
    cairo_move_to(cr, -pango_units_to_double(ink.width) / 2, pango_units_to_double(ink.height) / 2);
    pango_cairo_layout_line_path(cr, line);
    cairo_fill(cr);
    cairo_restore(cr);
    g_object_unref(layout);
}

/* The same in small letters at the top edge: as text, for those who search or listen. */
static void draw_notice(cairo_t *cr, const struct paper *paper, const struct page *page, const char *text)
{
    PangoLayout *layout = bold_line(paper, page, text, 8);
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    PangoRectangle logical;

    pango_layout_line_get_extents(line, NULL, &logical);
    cairo_move_to(cr, (page->tree->page_width - pango_units_to_double(logical.width)) / 2, 20);
    pango_cairo_show_layout_line(cr, line);
    g_object_unref(layout);
}

static void draw_states(cairo_t *cr, const struct paper *paper, const struct page *page)
{
    bool both = paper->is_sample && paper->is_void;

    cairo_set_source_rgb(cr, 0.89, 0.89, 0.89);
    if (paper->is_sample)
        draw_watermark(cr, paper, page, "DATA CONTOH", both ? -70 : 0);
    cairo_set_source_rgb(cr, 0.96, 0.76, 0.74);
    if (paper->is_void)
        draw_watermark(cr, paper, page, "DICABUT", both ? 90 : 0);
    cairo_set_source_rgb(cr, 0.35, 0.35, 0.35);
    if (paper->is_sample || paper->is_void)
        draw_notice(cr, paper, page, both ? "DATA CONTOH · DICABUT" : paper->is_sample ? "DATA CONTOH" : "DICABUT");
}

void page_draw(cairo_t *cr, const struct paper *paper, const struct page *page)
{
    draw_states(cr, paper, page);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_save(cr);
    cairo_translate(cr, page->tree->left, 0);
    for (const struct placed *placed = page->placed; placed != NULL; placed = placed->next) {
        cairo_save(cr);
        cairo_translate(cr, 0, placed->y);
        for (const struct op *op = placed->slice->ops; op != NULL; op = op->next)
            draw_op(cr, paper, op);
        cairo_restore(cr);
    }
    cairo_restore(cr);
}
