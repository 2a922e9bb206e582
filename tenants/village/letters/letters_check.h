// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A letter's file, put on the platform's page by whoever holds it: compared with the archive by its bytes, and its seals judged as a
 * reader of PDFs does. Private. Of a letter nobody is told more than its type, number, dates, state, signer, and initials.
 */
#ifndef BALAI_LETTERS_CHECK_H
#define BALAI_LETTERS_CHECK_H

#include "server/files/files.h"
#include "server/paper/check.h"
#include "server/web/web.h"
#include "tenants/village/letters/letters_proof.h"
#include "tenants/village/letters/letters_views.h"

#define CHECK_HOME "/periksa"
#define AUTHORITY_HOME "/ca"

enum {
    CHECK_FILE_MOST = FILE_TXN_BYTES, /* of a file: a letter's own is not larger (letters_render.c, letters_esign.c) */
    CHECK_BODY_MOST = CHECK_FILE_MOST + (1 << 20),
    CHECK_DEADLINE_MS = 20000,
};

/* What was found out about a file. */
struct letter_found {
    bool is_pdf, is_picture;
    bool has_seal;     /* of whomever, intact or not */
    bool is_same;      /* byte by byte what the archive has of the letter */
    bool begins_same;  /* the archive's file, and more behind it */
    bool names_letter; /* it says itself that it is this letter */
    bool names_other;  /* that it is another one of the platform */
};
enum letter_verdict { VERDICT_SAME, VERDICT_EXTENDED, VERDICT_CHANGED, VERDICT_OTHER, VERDICT_UNKNOWN, VERDICT_UNSEALED, VERDICT_NO_PDF };
enum letter_verdict letter_verdict_of(const struct letter_found *found);
/* Tone, icon and words; `is_void`, `is_training` (nothing is green then): of the letter. */
void letter_verdict_put(enum letter_verdict verdict, bool is_void, bool is_training, struct file_told *out);
/* A line about a seal of a file of `bytes` bytes. `certified`: of a file that is the archive's, who signed it by BSrE with what
 * certificate; else empty. */
struct str letter_seal_told(struct arena *arena, const struct pdf_seal *seal, size_t bytes, struct str certified, enum zone zone);
/* "sertifikat BSrE atas nama ANDI UJI, diakui otoritasnya": what is known of the certificate that a letter was signed with elsewhere;
 * `marks`: enum letter_sign_mark. */
struct str letter_certificate_told(struct arena *arena, struct str name, uint8_t marks);
/* What stands behind the first "/v/" of an address; STR_NONE: no address of a letter. */
struct str letter_link_token(struct str link);
/* "S. A.": never the name. */
struct str letter_initials(struct arena *arena, struct str name);

handler_fn letter_verify_page, letter_check_page, letter_authority_page, letter_authority_file;
/* Typed behind a village's own address: the platform's page, the one address that papers name. */
handler_fn letter_check_elsewhere;

/* The fingerprint (SHA-256, in pairs) of the authority that vouches for the villages' seals today; "" before the first seal. */
enum rc letter_authority_fingerprint(struct request *req, struct str *out, struct err *err) MUST_USE;

#endif
