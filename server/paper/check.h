// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Seals in a PDF that anybody may have made: whose they are, and whether its bytes are still those that were sealed. What a reader of
 * PDFs says of a signature (ISO 32000-1, 12.8: ByteRange and Contents), for the platform's own authorities. Nothing in the file is
 * trusted: a range must name all bytes before and behind one hole, and the hole must be that signature's own.
 * CPU work of one digest of the file a seal: inside fiber_offload. Any thread.
 */
#ifndef BALAI_PAPER_CHECK_H
#define BALAI_PAPER_CHECK_H

#include "server/base/base.h"
#include "server/base/clock.h"

enum { CHECK_SEALS = 8 }; /* more are not looked at */

struct pdf_seal {
    bool is_intact;    /* a signature by its certificate over the bytes that it covers, none of them changed */
    bool is_ours;      /* and its certificate stands on an authority of the platform, valid at the time that the signature claims */
    size_t covers;     /* the file up to here, but for the signature itself */
    struct str signer; /* "Segel Elektronik Desa Sampano"; of those that are not ours STR_NONE: anybody may write any name */
    struct str called; /* what the certificate of one that is intact calls its holder, whoever wrote that; "": nothing */
    utc_us at;         /* the time that it claims; 0: none */
};

struct pdf_check {
    bool is_pdf; /* has the head of a PDF */
    struct pdf_seal seals[CHECK_SEALS];
    size_t n;
    struct str link; /* where the file itself says that it is checked (struct paper_info), changed or not; STR_NONE */
};

/* Never fails: what cannot be read is no seal, or one that is not intact. `authorities`: certificates, DER. Texts live in the arena or in
 * the bytes. `at`: when the certificates must be valid; 0: at the time that each signature claims. */
void pdf_check(struct arena *arena, struct str bytes, const struct str *authorities, size_t n, utc_us at, struct pdf_check *out);

#endif
