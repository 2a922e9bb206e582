// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/text.h"
#include "server/paper/paper.h"
#include "server/paper/press.h"

/* Pango gives these no width, and a box, whatever the fonts have. */
static bool is_annotation(uint32_t c)
{
    return c >= 0xFFF9 && c <= 0xFFFB;
}

/* Controls, what only directs other signs (Unicode: default ignorable) and blanks: nothing is drawn, and no box either. */
static bool is_invisible(uint32_t c)
{
    return c < 0x20 || (pango_is_zero_width(c) && !is_annotation(c)) || c == 0x061C || c == 0x17B4 || c == 0x17B5 ||
           (c >= 0x180B && c <= 0x180E) || c == 0x3000 || (c >= 0x1D173 && c <= 0x1D17A);
}

struct str paper_lacks(struct str text)
{
    struct str rest = text;
    uint32_t c;

    while (rest.n > 0) {
        struct str from = rest;

        if (!utf8_take(&rest, &c))
            return str_part(from, 0, 1);
        if (!is_invisible(c) && (is_annotation(c) || !press_draws(c)))
            return str_part(from, 0, from.n - rest.n);
    }
    return STR_NONE;
}
