// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/paper/picture.h"

#include <qrencode.h>

static unsigned big_endian(const unsigned char *p, unsigned bytes)
{
    unsigned value = 0;

    while (bytes-- > 0)
        value = value << 8 | *p++;
    return value;
}

static void surface_end(void *arg)
{
    cairo_surface_destroy(arg);
}

/* A start of frame that every viewer can show: Huffman coding, 8 bits, grey or three components. */
static enum rc read_frame(unsigned marker, const unsigned char *p, size_t n, struct picture *out, struct err *err)
{
    if (n < 8 || (marker != 0xC0 && marker != 0xC1 && marker != 0xC2))
        return fail(err, RC_INVALID, "this kind of JPEG is not accepted");
    if (p[2] != 8 || (p[7] != 1 && p[7] != 3))
        return fail(err, RC_INVALID, "a JPEG must be grey or RGB with 8 bits");
    out->height = (int)big_endian(p + 3, 2);
    out->width = (int)big_endian(p + 5, 2);
    if (out->width < 1 || out->height < 1 || out->width > PICTURE_MAX_SIDE || out->height > PICTURE_MAX_SIDE)
        return fail(err, RC_INVALID, "a picture has 1 to %d pixels a side", PICTURE_MAX_SIDE);
    return RC_OK;
}

/* Walks the segments up to the first scan; cairo walks them again and must find the same frame. */
static enum rc read_jpeg(struct str bytes, struct picture *out, struct err *err)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t at = 2;
    bool has_frame = false;

    while (at + 4 <= bytes.n && p[at] == 0xFF) {
        unsigned marker = p[at + 1];
        size_t length = big_endian(p + at + 2, 2);
        if (marker == 0xFF || (marker >= 0xD0 && marker <= 0xD9) || marker <= 0x01 || length < 2 || at + 2 + length > bytes.n)
            break;
        if (marker == 0xDA)
            return has_frame ? RC_OK : fail(err, RC_INVALID, "a JPEG without a frame");
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
            TRY(read_frame(marker, p + at + 2, length, out, err));
            has_frame = true;
        }
        at += 2 + length;
    }
    return fail(err, RC_INVALID, "a damaged JPEG");
}

/* The same for the same bytes: a book of many papers holds a picture once. */
static char *picture_word(struct str bytes, size_t *n_out)
{
    char *word = malloc(40);

    *n_out = (size_t)snprintf(word, 40, "%zu-%016" PRIx64, bytes.n, str_hash(bytes));
    return word;
}

/* In memory that cairo gives back: a book needs it until its end, when the paper is gone. */
static bool keep_mime(cairo_surface_t *surface, const char *type, void *bytes, size_t n)
{
    return cairo_surface_set_mime_data(surface, type, bytes, n, free, bytes) == CAIRO_STATUS_SUCCESS;
}

static enum rc open_jpeg(struct arena *arena, struct str bytes, struct picture *out, struct err *err)
{
    TRY(read_jpeg(bytes, out, err));
    out->units_x = out->units_y = 1;
    out->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1);
    arena_defer(arena, surface_end, out->surface);
    unsigned char *copy = malloc(bytes.n);
    size_t n;
    char *word = picture_word(bytes, &n);
    memcpy(copy, bytes.p, bytes.n);
    if (!keep_mime(out->surface, CAIRO_MIME_TYPE_UNIQUE_ID, word, n) || !keep_mime(out->surface, CAIRO_MIME_TYPE_JPEG, copy, bytes.n))
        return fail(err, RC_FAULT, "a JPEG cannot be kept");
    return RC_OK;
}

static cairo_status_t read_more(void *arg, unsigned char *out, unsigned int n)
{
    struct str *rest = arg;

    if (rest->n < n)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(out, rest->p, n);
    *rest = str_from(*rest, n);
    return CAIRO_STATUS_SUCCESS;
}

static enum rc open_png(struct arena *arena, struct str bytes, struct picture *out, struct err *err)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    struct str rest = bytes;
    unsigned width, height;

    if (bytes.n < 33 || memcmp(p + 12, "IHDR", 4) != 0)
        return fail(err, RC_INVALID, "a damaged PNG");
    width = big_endian(p + 16, 4);
    height = big_endian(p + 20, 4);
    if (width < 1 || height < 1 || width > PICTURE_MAX_SIDE || height > PICTURE_MAX_SIDE ||
        (uint64_t)width * height > PICTURE_MAX_PNG_PIXELS)
        return fail(err, RC_INVALID, "a PNG of %u by %u pixels is too large", width, height);
    out->surface = cairo_image_surface_create_from_png_stream(read_more, &rest);
    arena_defer(arena, surface_end, out->surface);
    if (cairo_surface_status(out->surface) != CAIRO_STATUS_SUCCESS)
        return fail(err, RC_INVALID, "a damaged PNG");
    out->width = out->units_x = cairo_image_surface_get_width(out->surface);
    out->height = out->units_y = cairo_image_surface_get_height(out->surface);
    return RC_OK;
}

enum rc picture_open(struct arena *arena, struct str bytes, struct picture *out, struct err *err)
{
    static const char png[] = "\x89PNG\r\n\x1a\n";

    if (bytes.n >= 4 && memcmp(bytes.p, "\xFF\xD8\xFF", 3) == 0)
        return open_jpeg(arena, bytes, out, err);
    if (bytes.n >= 8 && memcmp(bytes.p, png, 8) == 0)
        return open_png(arena, bytes, out, err);
    return fail(err, RC_INVALID, "a picture must be JPEG or PNG");
}

/* Black on white, quiet zone and all: cairo writes such a picture with one bit a pixel. */
static void fill_modules(const QRcode *code, unsigned char *pixels, size_t stride, unsigned side)
{
    unsigned modules = (unsigned)code->width;

    for (unsigned row = 0; row < side; row++) {
        uint32_t *line = (uint32_t *)(void *)(pixels + row * stride);
        unsigned y = row / QR_PIXELS - QR_QUIET; /* in the quiet zone: beyond the modules, above by wrapping round */
        for (unsigned column = 0; column < side; column++) {
            unsigned x = column / QR_PIXELS - QR_QUIET;
            line[column] = x < modules && y < modules && (code->data[y * modules + x] & 1) ? 0 : 0xFFFFFF;
        }
    }
}

static enum rc encode(struct str text, QRcode **out, struct err *err)
{
    if (text.n == 0 || text.n > PAPER_MAX_QR_BYTES)
        return fail(err, RC_INVALID, "a QR code holds 1 to %d bytes", PAPER_MAX_QR_BYTES);
    *out = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
    return *out != NULL ? RC_OK : fail(err, RC_FAULT, "the QR code cannot be made");
}

enum rc qr_path(struct arena *arena, struct str text, unsigned *side_out, struct str *path_out, struct err *err)
{
    struct buf path = {.arena = arena};
    QRcode *code;

    TRY(encode(text, &code, err));
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (code->data[y * code->width + x] & 1)
                buf_fmt(&path, "M%d %dh1v1h-1z", x + QR_QUIET, y + QR_QUIET);
    *side_out = (unsigned)code->width + 2 * QR_QUIET;
    *path_out = buf_str(&path);
    QRcode_free(code);
    return RC_OK;
}

enum rc qr_make(struct arena *arena, struct str text, struct qr *out, struct err *err)
{
    QRcode *code;
    int side;

    TRY(encode(text, &code, err));
    out->side = (unsigned)code->width;
    side = (code->width + 2 * QR_QUIET) * QR_PIXELS;
    out->picture = (struct picture){cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side), side, side, side, side};
    arena_defer(arena, surface_end, out->picture.surface);
    if (cairo_surface_status(out->picture.surface) == CAIRO_STATUS_SUCCESS)
        fill_modules(code, cairo_image_surface_get_data(out->picture.surface), (size_t)cairo_image_surface_get_stride(out->picture.surface),
                     (unsigned)side);
    cairo_surface_mark_dirty(out->picture.surface);
    QRcode_free(code);
    return cairo_surface_status(out->picture.surface) == CAIRO_STATUS_SUCCESS ? RC_OK
                                                                              : fail(err, RC_FAULT, "the QR code's picture cannot be made");
}

double qr_quiet(const struct qr *qr, double size)
{
    return qr->side > 0 ? size / qr->side * QR_QUIET : 0;
}
