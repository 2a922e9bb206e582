// SPDX-License-Identifier: AGPL-3.0-or-later
/* Private to server/paper: pictures and QR codes as cairo sees them. */
#ifndef BALAI_PAPER_PICTURE_H
#define BALAI_PAPER_PICTURE_H

#include <cairo.h>

#include "server/paper/tree.h"

enum { PICTURE_MAX_SIDE = 6000, PICTURE_MAX_PNG_PIXELS = 16 * 1000 * 1000 };

struct picture {
    cairo_surface_t *surface; /* ends with the arena */
    int width, height;        /* pixels of the picture */
    int units_x, units_y;     /* size of the surface, which is to be stretched over the place of the picture */
};

/*
 * A JPEG is not decoded: its bytes are attached to a surface of one pixel (a larger one would be copied for nothing) and go into PDF and
 * SVG as they are;
 * they must outlive the picture. A PNG is decoded.
 * RC_INVALID: neither, damaged, of a kind browsers and printers disagree on (CMYK, arithmetic coding), or too large.
 */
enum rc picture_open(struct arena *arena, struct str bytes, struct picture *out, struct err *err) MUST_USE;

/*
 * Modules of quiet zone around a QR code, as the standard (ISO/IEC 18004) asks; and pixels a module: enough for sharp edges in a viewer
 * that smooths enlarged pictures.
 */
enum { QR_QUIET = 4, QR_PIXELS = 2 };

/*
 * A QR code as a picture with its quiet zone. A picture, not shapes: of 700 rectangles cairo would write and compress
 * 42 kB a letter, three tenths of the work on it.
 */
struct qr {
    unsigned side; /* modules, without the quiet zone; 0: there is none */
    struct picture picture;
};

/* Error level M. RC_INVALID: too long. */
enum rc qr_make(struct arena *arena, struct str text, struct qr *out, struct err *err) MUST_USE;
/* The quiet zone of a code of size points (without it), in points. */
double qr_quiet(const struct qr *qr, double size);

#endif
