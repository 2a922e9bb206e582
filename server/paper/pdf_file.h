// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Private to server/paper: the skeleton of a PDF as cairo 1.16 and we write it
 * (classic cross-reference tables, flat page tree). Anything else is RC_FAULT:
 * this is no general reader, and it never reads a file from outside.
 */
#ifndef BALAI_PAPER_PDF_FILE_H
#define BALAI_PAPER_PDF_FILE_H

#include "server/paper/paper.h"

struct pdf_file {
    struct str bytes;
    size_t xref;     /* of the newest cross-reference table */
    uint32_t size;   /* objects are numbered below this */
    size_t *offsets; /* by number; 0: none */
    uint32_t root, info;
    struct str id; /* hex digits of the first /ID, or empty */
};

enum rc pdf_open(struct arena *arena, struct str bytes, struct pdf_file *out, struct err *err) MUST_USE;
/* What stands between `N 0 obj` and `endobj` of an object that is no stream. */
enum rc pdf_object(const struct pdf_file *file, uint32_t number, struct str *out, struct err *err) MUST_USE;
/* The number after a key in a dictionary's text: of `/Size 18`, or the object of `/Root 17 0 R`. */
bool pdf_number(struct str dictionary, const char *key, uint64_t *out) MUST_USE;

/* Text as a PDF string (UTF-16 in hex), control characters dropped. */
void pdf_put_text(struct buf *out, struct str text);
/* (D:20261124010203Z) */
void pdf_put_time(struct buf *out, utc_us at);
/* `xref`, its entries for count objects of the given numbers (ascending) and offsets; to follow by the trailer. */
void pdf_put_xref(struct buf *out, const uint32_t *numbers, const size_t *offsets, size_t count);

/* cairo's file with our own information, catalog and identifier instead of its own. */
enum rc pdf_finish(struct arena *arena, struct str cairo, const struct paper_info *info, struct str *out, struct err *err) MUST_USE;

#endif
