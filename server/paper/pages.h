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
    const struct tree *tree; /* of the letter, or of an attachment */
    struct placed *placed;
    struct page *next;
};

struct paper {
    struct press *press;
    struct page *pages;
    size_t count;
    struct qr qr; /* side 0: none */
    bool is_sample, is_void;
};

/* Draws a page, its top left corner at the origin, in points. */
void page_draw(cairo_t *cr, const struct paper *paper, const struct page *page);

/* A surface's bytes go into the struct buf given as its closure. */
cairo_status_t surface_write(void *buf, const unsigned char *bytes, unsigned int n);
/* Ends drawing and the surface, both freed whatever comes; RC_FAULT says what cairo found. */
enum rc surface_close(cairo_surface_t *surface, cairo_t *cr, struct err *err) MUST_USE;

#endif
