// SPDX-License-Identifier: AGPL-3.0-or-later
/* Issuing, as the steps of a letter (letters.c) and the work of piles share it. Private to this room. */
#ifndef BALAI_LETTERS_ISSUE_H
#define BALAI_LETTERS_ISSUE_H

#include "server/web/audit.h"
#include "tenants/village/letters/letters.h"

struct letter;
struct letter_form;
struct letter_subject;

/* The audit's row of an act on a letter; its texts live as long as the arena, `detail` (JSON) as long as the caller keeps it. */
struct audit letter_audit(struct arena *arena, const char *action, uint64_t id, struct str detail, const struct letter_actor *by);
/* RC_INVALID: who died, or moved away, has no such letter. */
enum rc letter_must_fit(const struct letter_form *form, const struct letter_subject *subject, struct err *err) MUST_USE;
/* With the worker, who asks for the signature elsewhere; `word`: of the passphrase (letters_esign.h). */
enum rc letter_queue_signing(struct txn *txn, uint64_t id, struct str word, const struct letter_actor *by, struct err *err) MUST_USE;
/*
 * One that the caller has locked gets its number, is frozen, and its resident told; its paper is put to the worker, or, of a signer
 * elsewhere, the asking for his signature. RC_INVALID: it may not be issued now, or not by this account. RC_CONFLICT: it has its number.
 */
enum rc letter_issue(struct txn *txn, const struct letter *letter, struct str word, const struct letter_actor *by,
                     struct err *err) MUST_USE;

/*
 * Of a pile (letters_pile.h): new letters, issued by who sent or approved it. `pattern`: their type, text, policy's state and who makes
 * them. Of each its subject as the registry has it in this transaction, and its inputs, are given, its id is filled in. Their papers, the
 * village's figures and the head's message are the caller's work; the residents are told as of each letter.
 */
struct letter_of_pile {
    const struct letter_subject *subject;
    struct str inputs; /* JSON */
    uint64_t id;
};
enum rc letters_issue(struct txn *txn, const struct letter *pattern, struct letter_of_pile *letters, size_t n,
                      const struct letter_actor *by, struct err *err) MUST_USE;

#endif
