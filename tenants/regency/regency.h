// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The regency office's console (DPMD; districts see their own): one row per
 * village, sums per district and for the regency, from the figures each
 * village's own worker published in control.rollup. Invariant: this room never
 * opens a village; including server/web/village.h here does not compile. What
 * a figure means stands one click away, at /arti, and only there.
 */
#ifndef BALAI_REGENCY_H
#define BALAI_REGENCY_H

#include "server/web/web.h"

extern const struct route regency_routes[];

#endif
