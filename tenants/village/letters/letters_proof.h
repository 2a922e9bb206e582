// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What a letter's QR code carries, and how it is checked. Private.
 *
 * token = base64url(version 1 ‖ key id 2 ‖ village code 5 ‖ letter id 5 ‖
 *         digest 16 ‖ Ed25519 signature 64), big-endian; digest is the beginning
 * of SHA-256 of the snapshot. The link holds no name and no NIK, cannot be
 * guessed (128 bits, of the signature and of the digest alike), and names its key, so keys may change while old paper stays valid:
 * the key that signs is the newest that still has its secret; a retired one has none, and is only read by.
 */
#ifndef BALAI_LETTERS_PROOF_H
#define BALAI_LETTERS_PROOF_H

#include "server/base/base.h"
#include "server/store/store.h"
#include "tenants/directory/directory.h"

enum { PROOF_DIGEST = 16, PROOF_SIGNATURE = 64, PROOF_BYTES = 1 + 2 + 5 + 5 + PROOF_DIGEST + PROOF_SIGNATURE };

struct letter_proof_token {
    uint16_t key_id;
    struct str village_code; /* 10 digits */
    uint64_t letter_id;
    unsigned char digest[PROOF_DIGEST];
};

void letter_digest(struct str snapshot, unsigned char out[PROOF_DIGEST]);

/* Signs with the newest key, making one if none can sign. Takes a control handle that may write verify_key. */
enum rc letter_proof_sign(struct control_db *control, struct directory *directory, const struct letter_proof_token *token,
                          struct str *text_out, struct err *err) MUST_USE;
/* Reads and checks a token's form and signature. RC_NOT_FOUND when it is none of ours or was changed. */
enum rc letter_proof_read(struct control_db *control, struct str text, struct letter_proof_token *out, struct err *err) MUST_USE;
/* The address that a paper's QR code holds; `origin` is the platform's. */
struct str letter_proof_link(struct arena *arena, struct str origin, struct str token);

#endif
