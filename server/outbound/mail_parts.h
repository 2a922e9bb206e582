// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never leaves server/outbound: a message's header lines, made here, sent there. */
#ifndef BALAI_MAIL_PARTS_H
#define BALAI_MAIL_PARTS_H

#include "server/outbound/mail.h"

enum { MAIL_LINES = 8, MAIL_LINE_BYTES = 76, MAIL_SUBJECT_BYTES = 400, MAIL_TEXT_BYTES = 64 * 1024 };

struct mail_head {
    struct str lines[MAIL_LINES]; /* "Subject: …", folded, without the last line's end */
    size_t n;
};

/* RC_INVALID: an address that is none, a control character where none may be, or too long a text. Nothing is cut or mended. */
enum rc mail_head(struct arena *arena, struct str from, const struct mail *mail, struct mail_head *out, struct err *err) MUST_USE;
/* The part of an address behind the @. */
struct str mail_domain(struct str address);
/* RFC 5322: "Tue, 24 Nov 2026 02:32:05 +0000". */
struct str mail_date(struct arena *arena, utc_us at);
/* What a header holds: as it is when it is short plain ASCII, else in encoded words (RFC 2047), folded. `used`: bytes before it on its line
 * (at most 14). */
struct str mail_words(struct arena *arena, struct str text, size_t used);

#endif
