// SPDX-License-Identifier: AGPL-3.0-or-later
/* Private to server/paper: text of registers, measured and drawn glyph by glyph where one family has all its signs. */
#ifndef BALAI_LEDGER_TEXT_H
#define BALAI_LEDGER_TEXT_H

#include "server/paper/press.h"

enum { LEDGER_SIGNS = 0x250, LEDGER_LINES = 60 };

/* A font at one size: glyph and width of each sign of Latin, once. */
struct ledger_face {
    PangoContext *context;
    PangoFontDescription *font;
    cairo_scaled_font_t *scaled;
    double size, ascent, line; /* line: distance of baselines */
    uint32_t glyphs[LEDGER_SIGNS + 1];
    double widths[LEDGER_SIGNS + 1];
    uint32_t dash, ellipsis; /* the signs beyond Latin that registers need: – and … */
    double dash_width, ellipsis_width;
};

/* Where the lines of a text end. */
struct ledger_line {
    struct str text;
    double width;
    bool has_hyphen; /* broken at a soft hyphen */
};
struct ledger_lines {
    struct ledger_line p[LEDGER_LINES];
    size_t n;
    bool is_cut;         /* the last line ends with "…" */
    PangoLayout *layout; /* instead, for texts with other signs; freed by ledger_lines_end */
};

void ledger_face_init(struct arena *arena, struct press *press, bool is_bold, double size, struct ledger_face *out);
/* Breaks a text at blanks, soft hyphens and newlines into lines no wider than `width`, at most `most`, the last one cut with "…". */
void ledger_break(const struct ledger_face *face, struct str text, double width, size_t most, struct ledger_lines *out);
/* The width below which a word of the text would break in its midst: of the longest of what stands between the places it may break at. */
double ledger_least(const struct ledger_face *face, struct str text);
void ledger_lines_end(struct ledger_lines *lines);
/* Draws them from `top`; align: 0 left, 0.5 middle, 1 right, within width. */
void ledger_draw(cairo_t *cr, const struct ledger_face *face, const struct ledger_lines *lines, double x, double top, double width,
                 double align);

#endif
