// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A document tree and values become pages, and the pages a PDF or SVG images.
 * The notation of the tree is in README.md beside this file.
 *
 * Invariant: one layout feeds both writers, from fonts named by us alone, with
 * no hinting, so what a preview shows is what prints, on any machine; the same
 * input and time give the same bytes.
 *
 * Everything here is CPU work of some milliseconds: call it inside
 * fiber_offload. A struct paper belongs to one thread at a time but may move
 * between threads; any number of them may be at work at once. It lives in its
 * arena, and until that is freed or reset it holds a font map of its own
 * (a few MB, pooled), so do not keep it longer than its use.
 */
#ifndef BALAI_PAPER_H
#define BALAI_PAPER_H

#include <jansson.h>

#include "server/base/base.h"
#include "server/base/clock.h"

/* The first sign of a text that none of the fonts which paper_init read can draw, so that a paper would have a box in its place; STR_NONE:
 * all can be. Points into it. */
struct str paper_lacks(struct str text);

struct paper; /* laid out, ready to be written any number of times */

struct paper_image {
    struct str name;  /* as the tree calls it: "crest" */
    struct str bytes; /* a baseline or progressive JPEG (grey or RGB; goes into the PDF as it is) or a PNG; must outlive the paper */
};

struct paper_input {
    const json_t *tree;
    const json_t *values; /* object: name → text, or name → array of such objects for `each`; may be NULL. In the place of a text
                             {"unfilled": "harga belum diisi"}: words on yellow ground, for who is still filling it in; as they are,
                             neither converted nor in other letters; a condition takes them for a value, boxes stay empty */
    const struct paper_image *images;
    size_t image_count;
    struct str qr_text; /* at most 500 bytes; empty: a dashed box stands for the code to come */
    bool is_sample;     /* DATA CONTOH across every page */
    bool is_void;       /* DICABUT across every page */
    size_t pages_most;  /* RC_TOO_LARGE beyond them, before more of it is set; 0: 200 */
};

/*
 * Reads the fonts. Once, in main, before the first letter. font_dirs: folders
 * separated by ':', searched for our font files by name; empty for the build's
 * copies without hints, then Debian's places. RC_FAULT names the file that is missing (a Chinese font may be).
 */
enum rc paper_init(struct str font_dirs, struct err *err) MUST_USE;

/* What a tree makes of a value: adds it up or puts it into words, or looks it up in a calendar. */
enum paper_kind { PAPER_NUMBER = 1, PAPER_DATE };

struct paper_need {
    const char *list; /* of whose members, or NULL: of the letter itself */
    const char *field;
    enum paper_kind kind;
};

/* What a tree asks for, in order of first use, each once. */
struct paper_use {
    struct str *fields; /* placeholders, of conditions too, without the members of an `each` list */
    size_t field_count;
    struct str *lists; /* lists of `each` rows */
    size_t list_count;
    struct str *images;
    size_t image_count;
    struct paper_need *needs;
    size_t need_count;
    bool has_qr;
};

/*
 * Checks a tree without values: for the template editor and tests. RC_INVALID names the JSON path, of a text with a sign that no font has,
 * too. use_out may be NULL.
 */
enum rc paper_check(struct arena *arena, const json_t *tree, struct paper_use *use_out, struct err *err) MUST_USE;

/*
 * The first value that is there and that the tree cannot use as what it needs it for: on paper `if_empty` stands in its place. field NULL:
 * there is none. RC_INVALID: the tree is wrong.
 */
enum rc paper_misfit(struct arena *arena, const json_t *tree, const json_t *values, struct paper_need *out, struct err *err) MUST_USE;

/* Lays the tree out. RC_INVALID: tree, values or an image are wrong; RC_TOO_LARGE: beyond the limits. Images must outlive the paper. */
enum rc paper_layout(struct arena *arena, const struct paper_input *input, struct paper **paper_out, struct err *err) MUST_USE;

size_t paper_page_count(const struct paper *paper);
/* Size of the first page in points (1/72 inch); attachments may have another. */
void paper_page_size(const struct paper *paper, double *width_out, double *height_out);

#define PDF_LINK_KEY "/PeriksaDi" /* in the file's information: where it is checked */
struct paper_info {
    struct str title, author, subject;
    struct str link; /* an address without ( ) \: the file says that it is checked there; empty: nowhere */
    utc_us at;       /* creation date; the only time in the file */
};

/* A PDF 1.5 with embedded subset fonts, language id-ID. The bytes are in the arena. */
enum rc paper_pdf(struct arena *arena, struct paper *paper, const struct paper_info *info, struct str *pdf_out, struct err *err) MUST_USE;

/*
 * Many papers as one PDF: fonts and pictures that they share stand in it once. Open, add each while it lives, close, which ends the book in
 * any case; the bytes are in the arena. RC_FAULT when a page could not be drawn. Of one thread at a time, as papers are.
 */
struct paper_book;
struct paper_book *paper_book_open(void) MUST_USE;
void paper_book_add(struct paper_book *book, struct paper *paper);
size_t paper_book_bytes(const struct paper_book *book); /* of what was added until now; its fonts come at the end */
enum rc paper_book_close(struct paper_book **book, struct arena *arena, const struct paper_info *info, struct str *pdf_out,
                         struct err *err) MUST_USE;

/* One page (0 first) as an SVG image: glyphs as outlines, images as data, no outside reference, white ground. For <img>, not for inlining.
 */
enum rc paper_svg(struct arena *arena, struct paper *paper, size_t number, struct str *svg_out, struct err *err) MUST_USE;

/*
 * The paper's first QR code: where it stands, its quiet zone with it, in points from the lower left corner of its page (1 first), and its
 * picture as a PNG. RC_NOT_FOUND: the paper shows none.
 */
struct paper_code {
    size_t page;
    double x, y, side;
    struct str png;
};
enum rc paper_code(struct arena *arena, struct paper *paper, struct paper_code *out, struct err *err) MUST_USE;

/* A QR code for a web page: the path of an SVG drawing that is side_out modules wide, quiet zone and all. */
enum rc qr_path(struct arena *arena, struct str text, unsigned *side_out, struct str *path_out, struct err *err) MUST_USE;

#endif
