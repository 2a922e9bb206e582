// SPDX-License-Identifier: AGPL-3.0-or-later
/* Private to server/paper: pictures and QR codes as cairo sees them. */
#ifndef BALAI_PAPER_PICTURE_H
#define BALAI_PAPER_PICTURE_H

#include <cairo.h>

#include "server/paper/tree.h"

enum { PICTURE_MAX_SIDE = 6000, PICTURE_MAX_PNG_PIXELS = 16 * 1000 * 1000 };

struct picture {
    cairo_surface_t *surface; /* ends with the arena */
    int width, height;        /* pixels */
};

/*
 * A JPEG is not decoded: its bytes ride along on an empty surface and go into
 * PDF and SVG as they are; they must outlive the picture. A PNG is decoded.
 * RC_INVALID: neither, damaged, of a kind browsers and printers disagree on (CMYK, arithmetic coding), or too large.
 */
enum rc picture_open(struct arena *arena, struct str bytes, struct picture *out, struct err *err) MUST_USE;

/* A QR code as a square of dark and light modules, without its quiet zone. */
struct qr {
    unsigned side;
    unsigned char *dark; /* side × side, 0 or 1 */
};

enum { QR_QUIET = 4 }; /* modules of quiet zone around, as the standard asks */

/* Error level M. RC_INVALID: too long. */
enum rc qr_make(struct arena *arena, struct str text, struct qr *out, struct err *err) MUST_USE;
/* Adds the dark modules to the current path: size points square at x, y, quiet zone included. */
void qr_path(cairo_t *cr, const struct qr *qr, double x, double y, double size);

#endif
