// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Private to server/paper: fonts. The font configuration is built once from
 * files we name, so no other font of the machine can change a letter. A press
 * is a Pango font map with its context; Pango's maps have no lock, so a press is used by one paper at a time, and is free again when the
 * paper's arena ends.
 */
#ifndef BALAI_PAPER_PRESS_H
#define BALAI_PAPER_PRESS_H

#include <pango/pangocairo.h>

#include "server/paper/tree.h"

struct press;

/* One of our fonts has this sign. Before paper_init none says no. Any thread. */
bool press_draws(uint32_t c);
/* Draws a square of inline_boxes.c where the line has left room for it. */
void square_draw(cairo_t *cr, PangoAttrShape *shape, gboolean is_path, gpointer unused);
/* A press for this arena's lifetime. RC_FAULT before paper_init. */
enum rc press_borrow(struct arena *arena, struct press **press_out, struct err *err) MUST_USE;
PangoContext *press_context(struct press *press);
/* The font of a family; its size is for the caller to set on a copy or by attribute. */
const PangoFontDescription *press_font(struct press *press, enum family family);

/*
 * Texts that this press has set before: headings, labels and closing lines come back letter after letter, and to set one costs more than to
 * draw it. A key says everything that the layout follows from: text, marks, font, measures. NULL: not yet, or not any more. The press has a
 * reference of its own; nobody changes a layout that it keeps.
 */
PangoLayout *press_text_find(struct press *press, struct str key);
/* Keeps the layout when the key was offered before: names and numbers that come once are not. At most 256, each new one in another's place.
 */
void press_text_offer(struct press *press, struct str key, PangoLayout *layout);

#endif
