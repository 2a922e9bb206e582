// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Private to server/paper: cairo's SVG made fit for a strict
 * Content-Security-Policy (no style attributes) and half as long (numbers to a
 * hundredth of a point, no defaults written out).
 */
#ifndef BALAI_PAPER_SVG_TIDY_H
#define BALAI_PAPER_SVG_TIDY_H

#include "server/base/base.h"

struct str svg_tidy(struct arena *arena, struct str svg);

#endif
