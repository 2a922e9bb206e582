// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Views. htmlc.py turns each *_NAME.html of a room into a C function
 *     void view_NAME(struct buf *out, const STRUCT *v);
 * in which {{x}} writes the member v->x escaped for where it stands (text,
 * attribute, address) and a missing member does not compile. Only this room
 * makes struct html, the one type that {{{x}}} writes as it is.
 * See server/html/README.md for the notation, shell.h for the page shell.
 */
#ifndef BALAI_HTML_H
#define BALAI_HTML_H

#include "server/base/base.h"

/* Markup known to be safe. Made by views; never from outside text. */
struct html {
    struct str markup;
};

/* The markup a view wrote: html_view(&buf). */
struct html html_view(const struct buf *written);

/* What the generated code calls. */
void html_put_text(struct buf *out, struct str s);     /* & < > " ' */
void html_put_url(struct buf *out, struct str s);      /* a whole address: only /…, #…, ?…, https:, http:, tel:, mailto:; else "#" */
void html_put_url_part(struct buf *out, struct str s); /* percent-encodes everything but unreserved */
void html_put_u64(struct buf *out, uint64_t n);
void html_put_i64(struct buf *out, int64_t n);

#endif
