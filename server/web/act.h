// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * An act is a POST that changes something. It stands as one row,
 *
 *   ACT("/kantor/surat/{id}/setujui", MAY_APPROVE_LETTERS, letter_seen_input, letter_approve_act, letter_page)
 *
 * and web does the same for all of them, in this order:
 *
 *  1. where the POST comes from, the session, the permission, the CSRF token;
 *  2. an earlier sending of the same form (its _once key) was done: the same
 *     answer, whatever the input or the rows say by now; the same key with
 *     other content is a 409;
 *  3. the declared input; then the row's `check`, if it has one: rules that
 *     need no lock, and work that no transaction waits for (hashing a
 *     password, drawing). It adds faults, and works only when there are none;
 *  4. with a fault anywhere, or when the check says act_ask: `page`, the handler
 *     of the form's GET. It gets the same request, so that the form shows what
 *     was typed, and answers 422;
 *  5. one transaction: the key, the lock of the audit chain, the body, and where
 *     the browser goes next (303). The body runs again after a deadlock: locks
 *     first, and no effect outside of the transaction;
 *  6. the worker is woken when work was put.
 *
 * A body that finds something to mend says so with act_refuse (422, at the
 * field) or act_seen (409, the page shows both versions): nothing is written,
 * and `page` answers. Any other rc is the page of errors.c.
 */
#ifndef BALAI_ACT_H
#define BALAI_ACT_H

#include "server/web/web.h"

/* A fault at a field, found under the lock: `return act_refuse(…)`. Gives RC_INVALID. */
enum rc act_refuse(struct request *req, struct err *err, const char *field, const char *format, ...) PRINTF(4, 5) MUST_USE;
/* The same for what is only asked, by a tick or another answer: request_ask. */
enum rc act_doubt(struct request *req, struct err *err, const char *field, const char *format, ...) PRINTF(4, 5) MUST_USE;

/* The version that the form was made from ({{version}}) is still the row's; else RC_CONFLICT, and the page shows both. */
enum rc act_seen(struct request *req, uint64_t version_now, struct err *err) MUST_USE;
/* The same for what a page showed without a version: the hidden field "sidik" holds the digest, in hex, of what was on the screen. */
enum rc act_seen_digest(struct request *req, struct str digest_now, struct err *err) MUST_USE;

/* The act's row of the audit trail: who is signed in, when the request came, `subject` as "letter:218". */
enum rc act_audit(struct txn *txn, const struct request *req, struct err *err, const char *action, const char *subject, ...)
    PRINTF(5, 6) MUST_USE;
enum rc console_act_audit(struct control_txn *txn, const struct request *req, struct err *err, const char *action, const char *subject, ...)
    PRINTF(5, 6) MUST_USE;

/* What the act changed besides its rows: pages of the public site, figures that the regency reads. Last in the body: it reads plainly. */
enum { ACT_PAGES = 1, ACT_FIGURES = 2 };
enum rc act_touch(struct txn *txn, unsigned what, struct err *err) MUST_USE;

/*
 * What the next page says of the act, once, to who did it: "Kelahiran tercatat", one line without a full stop at its end. The page shows it
 * as it is, ends it, and puts the hour behind it as a sentence of its own: "Surat No. 4 terbit. Pukul 9.30". It travels in a sealed
 * cookie, good for two minutes and for that page's path only; no names and numbers of people in it.
 */
void act_say(struct request *req, const char *sentence);
/* The same of what was not done: "Belum tersimpan, tekan lagi". */
void act_warn(struct request *req, const char *sentence);
/* What an act says that finds nothing to do: a form was saved as it was. It writes nothing and goes on to the page of what it is about. */
#define ACT_UNCHANGED "Tidak ada yang berubah, jadi tidak ada yang disimpan"
/*
 * Something that only the next page shows, and no address may carry (a link that lets somebody in): it travels with act_say's sentence,
 * without which it is not sent. On that page, act_handed; STR_NONE when it was shown before, or long ago.
 */
void act_hand(struct request *req, struct str secret);
struct str act_handed(const struct request *req);

/*
 * A form that is sent in steps: the check says that this sending only asks (to see what would be, to go back): `page` answers it, with
 * 200 when nothing is wrong, and nothing is done.
 */
void act_ask(struct request *req);

/* What the check made for the body: one thing a request, in its arena. */
void act_keep(struct request *req, void *made);
void *act_kept(const struct request *req);

/*
 * Who did the act is signed in with it, to this account of the village's staff, made or opened in the same transaction; the answer brings
 * the session. Only for acts that prove by themselves who one is: a one-time link.
 */
enum rc act_enter(struct txn *txn, struct request *req, uint64_t staff_id, struct err *err) MUST_USE;

#endif
