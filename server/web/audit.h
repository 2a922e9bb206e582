// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The audit trail: one row an act, in the act's own transaction, each carrying
 * the SHA-256 of the previous row and its own content, so an edit, a cut or a
 * reordering shows. Triggers refuse UPDATE and DELETE.
 */
#ifndef BALAI_AUDIT_H
#define BALAI_AUDIT_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/store/store.h"

struct audit {
    utc_us at;
    uint64_t actor; /* staff id; 0: the system */
    struct str actor_name;
    struct str action;  /* "letter.issue": room.verb */
    struct str subject; /* "letter:218" */
    struct str detail;  /* small JSON, no NIK */
};
struct request;
/* A row for what the signed-in person of this request does: `action` "room.verb", `subject` "letter:218", detail {}. Texts must outlive its
 * use. */
/* A row's detail that is one note, {"note":…}, and the note in it; empty when it has none. */
struct str audit_note(struct arena *arena, struct str note);
struct str audit_note_of(struct arena *arena, struct str detail);
/* Of one thing that became another, {"before":…,"after":…}. */
struct str audit_change(struct arena *arena, struct str before, struct str after);

struct audit request_audit(const struct request *req, const char *action, struct str subject);

/*
 * Takes the end of the chain, which stands before nearly all other locks (server/store/locks.txt). An act has it already; any other
 * transaction that locks rows and then puts a row begins with this.
 */
enum rc audit_lock(struct txn *txn, struct err *err) MUST_USE;
enum rc control_audit_lock(struct control_txn *txn, struct err *err) MUST_USE;
enum rc audit_put(struct txn *txn, const struct audit *row, struct err *err) MUST_USE;
/* The same of several, in turn; n may be 0. */
enum rc audit_put_all(struct txn *txn, const struct audit *rows, size_t n, struct err *err) MUST_USE;
enum rc control_audit_put(struct control_txn *txn, const struct audit *row, struct err *err) MUST_USE;
/* Walks the chain: *broken_at_out is 0, or the id of the first row that does not fit. */
enum rc audit_verify(struct village_db *db, uint64_t *broken_at_out, struct err *err) MUST_USE;

#endif
