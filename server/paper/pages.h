// SPDX-License-Identifier: AGPL-3.0-or-later
/* Private to server/paper: a paper after layout, and how its pages are drawn. */
#ifndef BALAI_PAPER_PAGES_H
#define BALAI_PAPER_PAGES_H

#include "server/paper/flow.h"

struct placed {
    const struct slice *slice;
    double y; /* from the top of the page */
    struct placed *next;
};

struct page {
    struct placed *placed;
    struct page *next;
};

struct paper {
    const struct tree *tree;
    struct press *press;
    struct page *pages;
    size_t count;
    struct qr qr; /* side 0: none */
    bool is_sample, is_void;
};

/* Draws a page, its top left corner at the origin, in points. */
void page_draw(cairo_t *cr, const struct paper *paper, const struct page *page);

#endif
