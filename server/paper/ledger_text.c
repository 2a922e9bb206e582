// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/paper/ledger_text.h"

#include <harfbuzz/hb.h>

#define LINE_SPACING 1.18
#define ROUNDING 0.01
enum { SOFT_HYPHEN = 0xAD, EN_DASH = 0x2013, ELLIPSIS = 0x2026, UNKNOWN = 0 };

static void release(void *arg)
{
    struct ledger_face *face = arg;

    cairo_scaled_font_destroy(face->scaled);
    pango_font_description_free(face->font);
}

static uint32_t glyph_of(hb_font_t *font, uint32_t sign, double *width_out)
{
    hb_codepoint_t glyph = UNKNOWN;

    if (!hb_font_get_nominal_glyph(font, sign, &glyph))
        return UNKNOWN;
    *width_out = (double)hb_font_get_glyph_h_advance(font, glyph) / PANGO_SCALE;
    return glyph;
}

void ledger_face_init(struct arena *arena, struct press *press, bool is_bold, double size, struct ledger_face *out)
{
    PangoContext *context = press_context(press);
    PangoFontDescription *wanted = pango_font_description_copy_static(press_font(press, FAMILY_SANS));
    PangoFontMetrics *metrics;
    PangoFont *font;
    hb_font_t *shapes;

    pango_font_description_set_weight(wanted, is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(wanted, size * PANGO_SCALE);
    font = pango_context_load_font(context, wanted);
    shapes = pango_font_get_hb_font(font);
    *out = (struct ledger_face){.context = context, .font = wanted, .size = size};
    out->scaled = cairo_scaled_font_reference(pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font)));
    metrics = pango_font_get_metrics(font, NULL);
    out->ascent = pango_units_to_double(pango_font_metrics_get_ascent(metrics));
    pango_font_metrics_unref(metrics);
    out->line = size * LINE_SPACING;
    for (uint32_t sign = ' '; sign < LEDGER_SIGNS; sign++)
        out->glyphs[sign] = glyph_of(shapes, sign, &out->widths[sign]);
    out->dash = glyph_of(shapes, EN_DASH, &out->dash_width);
    out->ellipsis = glyph_of(shapes, ELLIPSIS, &out->ellipsis_width);
    g_object_unref(font);
    arena_defer(arena, release, out);
}

/* The sign's glyph and width; UNKNOWN when the font has none of its own. */
static uint32_t sign_glyph(const struct ledger_face *face, uint32_t sign, double *width_out)
{
    if (sign < LEDGER_SIGNS) {
        *width_out = face->widths[sign];
        return face->glyphs[sign];
    }
    *width_out = sign == EN_DASH ? face->dash_width : face->ellipsis_width;
    return sign == EN_DASH ? face->dash : sign == ELLIPSIS ? face->ellipsis : UNKNOWN;
}

static bool is_simple(const struct ledger_face *face, struct str text)
{
    const char *p = text.p, *end = text.p + text.n;
    double width;

    while (p < end) {
        uint32_t sign = g_utf8_get_char(p);

        if (sign != '\n' && sign != SOFT_HYPHEN && sign_glyph(face, sign, &width) == UNKNOWN)
            return false;
        p = g_utf8_next_char(p);
    }
    return true;
}

static PangoLayout *layout_of(const struct ledger_face *face, struct str text, double width, size_t most)
{
    PangoLayout *layout = pango_layout_new(face->context);

    pango_layout_set_font_description(layout, face->font);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_height(layout, -(int)most);
    pango_layout_set_text(layout, text.p, (int)text.n);
    return layout;
}

/* A line in the making. */
struct breaking {
    const struct ledger_face *face;
    struct ledger_lines *out;
    size_t most;
    const char *start;    /* of the line */
    const char *fit_end;  /* where it may end: the last blank or soft hyphen; NULL: nowhere yet */
    const char *fit_next; /* and where the next line begins then */
    double width, fit_width;
    bool fit_hyphen;
};

static bool put(struct breaking *b, const char *end, double width, bool has_hyphen)
{
    struct ledger_lines *out = b->out;

    if (out->n == b->most || out->n == LEDGER_LINES) {
        out->p[out->n - 1].has_hyphen = false;
        return false;
    }
    out->p[out->n++] = (struct ledger_line){{b->start, (size_t)(end - b->start)}, width, has_hyphen};
    return true;
}

static void begin(struct breaking *b, const char *start, double width)
{
    b->start = start;
    b->fit_end = NULL;
    b->width = width;
}

static double width_of(const struct ledger_face *face, const char *p, const char *end)
{
    double sum = 0, width;

    for (; p < end; p = g_utf8_next_char(p)) {
        uint32_t sign = g_utf8_get_char(p);

        if (sign == SOFT_HYPHEN)
            continue;
        sign_glyph(face, sign, &width);
        sum += width;
    }
    return sum;
}

/* The line is full before `p`: it ends at the last blank or soft hyphen, or in the middle of the word. False: no room for more lines. */
static bool wrap(struct breaking *b, const char *p)
{
    if (b->fit_end == NULL) {
        if (!put(b, p, b->width, false))
            return false;
        begin(b, p, 0);
        return true;
    }
    if (!put(b, b->fit_end, b->fit_width, b->fit_hyphen))
        return false;
    begin(b, b->fit_next, width_of(b->face, b->fit_next, p));
    return true;
}

static void may_end(struct breaking *b, const char *end, const char *next, double width, bool has_hyphen)
{
    b->fit_end = end;
    b->fit_next = next;
    b->fit_width = width;
    b->fit_hyphen = has_hyphen;
}

/* The last line did not take all: its end becomes "…". */
static void cut(const struct ledger_face *face, struct ledger_lines *lines, double room)
{
    struct ledger_line *last = &lines->p[lines->n - 1];
    const char *end = last->text.p + last->text.n;

    while (end > last->text.p && width_of(face, last->text.p, end) + face->ellipsis_width > room)
        end = g_utf8_find_prev_char(last->text.p, end);
    last->text.n = (size_t)(end - last->text.p);
    last->width = width_of(face, last->text.p, end) + face->ellipsis_width;
    lines->is_cut = true;
}

/* False: the lines are full before the text is. */
static bool break_all(struct breaking *b, double width, const char *end)
{
    for (const char *p = b->start, *next; p < end; p = next) {
        uint32_t sign = g_utf8_get_char(p);
        double wide = 0;

        next = g_utf8_next_char(p);
        if (sign == '\n') {
            if (!put(b, p, b->width, false))
                return false;
            begin(b, next, 0);
            continue;
        }
        if (sign == SOFT_HYPHEN) {
            if (b->width + b->face->widths['-'] <= width)
                may_end(b, p, next, b->width + b->face->widths['-'], true);
            continue;
        }
        sign_glyph(b->face, sign, &wide);
        if (sign == ' ')
            may_end(b, p, next, b->width, false);
        else if (b->width + wide > width + ROUNDING && p > b->start && !wrap(b, p))
            return false;
        b->width += wide;
        if (sign == '/' && b->width <= width) /* "Petani/pekebun" */
            may_end(b, next, next, b->width, false);
    }
    return put(b, end, b->width, false);
}

void ledger_break(const struct ledger_face *face, struct str text, double width, size_t most, struct ledger_lines *out)
{
    struct breaking b = {.face = face, .out = out, .most = most, .start = text.p};

    out->n = 0;
    out->layout = NULL;
    out->is_cut = false;
    if (text.n == 0)
        return;
    if (!is_simple(face, text)) {
        out->layout = layout_of(face, text, width, most);
        out->n = (size_t)pango_layout_get_line_count(out->layout);
    } else if (!break_all(&b, width, text.p + text.n)) {
        cut(face, out, width);
    }
}

double ledger_least(const struct ledger_face *face, struct str text)
{
    const char *start = text.p, *end = text.p + text.n;
    double least = 0;

    for (const char *p = start, *next; p < end; p = next) {
        uint32_t sign = g_utf8_get_char(p);
        bool is_break = sign == ' ' || sign == '\n' || sign == SOFT_HYPHEN || sign == '/';
        double width;

        next = g_utf8_next_char(p);
        if (!is_break && next < end)
            continue;
        width = width_of(face, start, is_break && sign != '/' ? p : next) + (sign == SOFT_HYPHEN ? face->widths['-'] : 0);
        least = width > least ? width : least;
        start = next;
    }
    return least;
}

void ledger_lines_end(struct ledger_lines *lines)
{
    g_clear_object(&lines->layout);
}

static void draw_line(cairo_t *cr, const struct ledger_face *face, const struct ledger_line *line, bool has_ellipsis, double x, double y)
{
    enum { AT_ONCE = 64 };
    cairo_glyph_t glyphs[AT_ONCE];
    int n = 0;
    double wide;

    for (const char *p = line->text.p, *end = p + line->text.n; p < end; p = g_utf8_next_char(p)) {
        uint32_t sign = g_utf8_get_char(p);

        if (sign == SOFT_HYPHEN)
            continue;
        glyphs[n++] = (cairo_glyph_t){sign_glyph(face, sign, &wide), x, y};
        x += wide;
        if (n == AT_ONCE - 2) {
            cairo_show_glyphs(cr, glyphs, n);
            n = 0;
        }
    }
    if (line->has_hyphen)
        glyphs[n++] = (cairo_glyph_t){face->glyphs['-'], x, y};
    if (has_ellipsis)
        glyphs[n++] = (cairo_glyph_t){face->ellipsis, x, y};
    if (n > 0)
        cairo_show_glyphs(cr, glyphs, n);
}

static void draw_layout(cairo_t *cr, const struct ledger_face *face, PangoLayout *layout, double x, double top, double width, double align)
{
    int n = pango_layout_get_line_count(layout);

    for (int i = 0; i < n; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(layout, i);
        PangoRectangle logical;

        pango_layout_line_get_extents(line, NULL, &logical);
        cairo_move_to(cr, x + (width - pango_units_to_double(logical.width)) * align, top + face->ascent + i * face->line);
        pango_cairo_show_layout_line(cr, line);
    }
}

void ledger_draw(cairo_t *cr, const struct ledger_face *face, const struct ledger_lines *lines, double x, double top, double width,
                 double align)
{
    if (lines->layout != NULL) {
        draw_layout(cr, face, lines->layout, x, top, width, align);
        return;
    }
    cairo_set_scaled_font(cr, face->scaled);
    for (size_t i = 0; i < lines->n; i++) {
        const struct ledger_line *line = &lines->p[i];

        draw_line(cr, face, line, lines->is_cut && i + 1 == lines->n, x + (width - line->width) * align,
                  top + face->ascent + (double)i * face->line);
    }
}
