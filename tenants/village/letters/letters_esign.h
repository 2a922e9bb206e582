// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Letters signed elsewhere: by an official whose certificate is BSrE's, through the regency's service (server/outbound/esign.h), with
 * his passphrase. His tap gives the number and freezes the letter (state 3 still: it waits for his signature) and puts one job for all the
 * letters of that press. The job carries the word of the passphrase alone (workers/queue/secret.h), which the worker opens once, holds
 * while it works and wipes.
 *
 * Of each letter the worker makes the unsigned paper and stores it, writes down that the request goes out, sends it, judges the answer
 * (pdf_signed_elsewhere; its certificate, where the platform names authorities), and stores the signed file, the state and the end of the
 * try in one transaction. Whatever happens is one of: issued; refused, with the reason, and the letter waits for its signer again; unknown,
 * when all was sent and no whole answer came, or the worker died between the two. The service knows no number of ours and signs whatever it
 * is sent; so nothing is sent twice by itself, after an unknown end the service is asked about the signer before a passphrase goes out
 * again, and of all that it may have signed one file is kept. The first failure ends the batch: a wrong passphrase costs one try, not
 * fifty.
 *
 * A letter with a number is not given back or taken back any more: it is signed, or withdrawn. Private to this room.
 */
#ifndef BALAI_LETTERS_ESIGN_H
#define BALAI_LETTERS_ESIGN_H

#include <jansson.h>

#include "tenants/village/letters/letters.h"
#include "tenants/village/letters/letters_esign_sql.h"

/* What was found out about the signature that came back; what its certificate calls its holder stands beside it. */
enum letter_sign_mark {
    LETTER_MARK_VOUCHED = 1, /* the certificate stands on an authority that the platform trusts; without: nobody was asked */
    LETTER_MARK_ANEW = 2,    /* the service wrote the file anew: people compare it with the original */
    LETTER_MARK_OTHER = 4,   /* the name is not that of the official, titles aside */
};

#define LETTER_PASSPHRASE_KEY "phrase" /* the village's key under which passphrases are left */

/* The paper's tree with the QR code in the signer's own column, and the words of a certified signature. Lives as long as the arena. */
const json_t *letter_esign_tree(struct arena *arena, const json_t *tree);

/*
 * How the service may show its signature of this paper: the paper's own QR code over itself, so that it reads alike and is clicked. The
 * token is the code's. RC_NOT_FOUND: the paper shows none.
 */
struct esign_look;
enum rc letter_esign_look(const struct letter_press *press, uint64_t id, struct str token, struct esign_look *out,
                          struct err *err) MUST_USE;

/*
 * A letter that the caller has locked is with the worker now, to be signed with the passphrase of this word; the first of a word puts the
 * job for all of them, so that none is under way without one. RC_INVALID: the word is empty.
 */
enum rc letter_sign_put(struct txn *txn, uint64_t id, struct str word, uint64_t by, struct err *err) MUST_USE;

/* Hourly: what is under way without a job that would end it (it was given up) waits for its signer again. */
struct job;
enum rc letters_sign_tidy(const struct job *job, struct err *err) MUST_USE;
enum rc letters_sign_job(const struct job *job, struct err *err) MUST_USE;

#endif
