// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Files of rows, one table for all registers. A slot (server/files/files.h) says what it takes. What is put is held by its row; one
 * that is taken away stays on the books, with its file, with who, when and why; at most 20 at once. Of a slot with one place
 * the next takes the place of the one before. A picture (a slot with sizes) is uploaded as it is and made by the worker, whose job
 * finds the slot by the keepers of the routes; the upload, with all a camera wrote into it, goes then; until then the picture before shows.
 */
#ifndef BALAI_REGISTER_ATTACHMENT_H
#define BALAI_REGISTER_ATTACHMENT_H

#include "server/register/kept.h"
#include "workers/queue/job.h"

enum { ATTACHMENTS_MOST = 20, JOB_MAKE_PICTURE = 20 };

struct attachment_new {
    const char *owner;
    uint64_t owner_id;
    const struct file_slot *slot;
    struct str title;
    uint64_t file_id; /* stored with file_store before the act */
};
/* RC_LIMITED when there are ATTACHMENTS_MOST. With its line in the history. */
enum rc attachment_put(struct txn *txn, const struct request *req, const struct attachment_new *attachment, struct err *err) MUST_USE;
/* RC_NOT_FOUND; RC_CONFLICT when it was taken away already. With its line in the history. */
enum rc attachment_remove(struct txn *txn, const struct request *req, const struct keeper *keeper, uint64_t owner_id, uint64_t id,
                          struct str reason, struct err *err) MUST_USE;

enum rc attachments_show(struct request *req, struct village_db *db, const struct keeper *keeper, uint64_t id, bool may_remove,
                         struct attachments_view *out, struct err *err) MUST_USE;

/* What is wrong with an upload for the slot, in words for people; empty: nothing. */
struct str attachment_fault(const struct file_slot *slot, struct str bytes);

/* JOB_MAKE_PICTURE: what waits becomes the picture in the sizes of its slot, or the reason why not. May run again. */
enum rc attachment_make_picture(const struct job *job, struct err *err) MUST_USE;

#endif
