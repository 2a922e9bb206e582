// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Files of rows, one table for all registers. A slot (server/files/files.h) says what it takes. What is put is held by its row; one
 * that is taken away stays on the books, with its file, with who, when and why; at most 20 at once, those of slots with one place
 * not counted: there the next takes the place of the one before. A picture is uploaded as it is and made by the worker into the
 * sizes of its slot, upright, without what a camera wrote into it; the job finds the slot by the keepers of the routes. The upload is
 * never given out and goes then; until then the picture before shows.
 */
#ifndef BALAI_REGISTER_ATTACHMENT_H
#define BALAI_REGISTER_ATTACHMENT_H

#include "server/register/kept.h"
#include "workers/queue/job.h"

enum {
    ATTACHMENTS_MOST = 20,  /* of one row at once */
    ATTACHMENTS_EVER = 100, /* with those taken away, which are kept as evidence: without it adding and taking away fills the disk */
    JOB_MAKE_PICTURE = 20
};

struct attachment_new {
    const struct keeper *keeper;
    uint64_t owner_id; /* 0 in the check: the act makes the row, and says its id */
    const struct file_slot *slot;
    struct str title;    /* empty: the file's name */
    struct str filename; /* these two by attachment_take */
    struct file_new file;
};
/*
 * The check of an act: an upload that the slot does not take is a fault of `field`, in words for people; a fine one counts as an
 * upload, and what the act puts is kept for it (act_kept): the act stores it, so that one that refuses leaves no file. Does nothing when
 * there are faults already. RC_NOT_FOUND: the row is not there.
 */
enum rc attachment_take(struct request *req, const struct attachment_new *like, struct upload upload, const char *field,
                        struct err *err) MUST_USE;
/*
 * Counts bytes from outside against the village's quota (server/files/files.h), in an own transaction: call it in an act's check, when the
 * upload is otherwise fine. Beyond the quota it is a fault of `field` that says when to go on, and the answer is 429.
 */
enum rc upload_count(struct request *req, size_t bytes, const char *field, struct err *err) MUST_USE;
/* RC_LIMITED when there are ATTACHMENTS_MOST (attachment_refused says it). Its line in the history is the caller's. */
enum rc attachment_put(struct txn *txn, const struct request *req, const struct attachment_new *attachment, struct err *err) MUST_USE;
/* The file that came with a row's own form, when one did: what attachment_take kept for the act, for this row, with its line in the
 * history. RC_INVALID with a fault at `field` when the row has ATTACHMENTS_MOST. */
enum rc attachment_put_of_form(struct txn *txn, struct request *req, uint64_t owner_id, const char *field, struct err *err) MUST_USE;
/* What attachment_put gave, and RC_LIMITED said at the field of the file. */
enum rc attachment_refused(struct request *req, enum rc rc, const char *field, struct err *err) MUST_USE;
/* The check of an act that takes one away: without a reason it is a fault at its line. */
void attachment_out_check(struct request *req, uint64_t id, struct str reason);
/* RC_NOT_FOUND; RC_CONFLICT when it was taken away already. Its line in the history is the caller's. */
enum rc attachment_remove(struct txn *txn, const struct request *req, const struct keeper *keeper, uint64_t owner_id, uint64_t id,
                          struct str reason, const struct file_slot **slot_out, struct err *err) MUST_USE;
/* "Akta kelahiran: nomor 12", for the history. */
struct str attachment_words(struct arena *arena, const struct file_slot *slot, struct str more);
/* The slot of a word; NULL: none. */
const struct file_slot *attachment_slot(const struct keeper *keeper, struct str word);

/* Those in the keeper's slots: a word that was used once stays among them. */
enum rc attachments_show(struct request *req, struct village_db *db, const struct keeper *keeper, uint64_t id, bool may_remove,
                         struct attachments_view *out, struct err *err) MUST_USE;
bool attachments_are_full(const struct attachments_view *view);
/* One file, as a download that no browser keeps: office computers have many users. The look is written down (keeper), but
 * for a photo that its row's page shows (is_shown): it is taken nowhere. RC_NOT_FOUND. */
enum rc attachment_respond(struct request *req, struct response *resp, const struct keeper *keeper, uint64_t owner_id, uint64_t id,
                           bool is_shown, struct err *err) MUST_USE;

/* JOB_MAKE_PICTURE: what waits becomes the picture in the sizes of its slot, or the reason why not. May run again. */
enum rc attachment_make_picture(const struct job *job, struct err *err) MUST_USE;

#endif
