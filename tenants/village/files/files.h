// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Files of a village, in its own schema: letters' PDFs, people's photos and papers, the crest.
 * Content-addressed: the same bytes of one kind are stored once and never
 * change. A file is written in parts of at most 1 MiB, at most 8 MiB a
 * transaction, and can be read only when complete, so a crash leaves nothing
 * that looks like a file. Limits go by kind.
 */
#ifndef BALAI_FILES_H
#define BALAI_FILES_H

#include "server/base/base.h"
#include "server/base/random.h"
#include "server/image/image.h"
#include "server/store/store.h"

/* kind, most bytes */
#define FILE_KINDS(X)             \
    X("letter", 4 * 1024 * 1024)  \
    X("import", 16 * 1024 * 1024) \
    X("crest", 512 * 1024)        \
    X("export", 64 * 1024 * 1024) \
    X("upload", 5 * 1024 * 1024)  \
    X("photo", 512 * 1024)        \
    X("document", 5 * 1024 * 1024)

/*
 * Stores bytes and gives the file's id; bytes that are there already give the
 * id they have. RC_TOO_LARGE beyond the kind's limit; RC_FAULT for an unknown
 * kind. Own transactions: call it before the act that refers to the file; a
 * file nobody refers to does no harm.
 */
enum rc file_store(struct village_db *db, struct str kind, struct str type, struct str bytes, uint64_t *id_out, struct err *err) MUST_USE;

/*
 * The same in the caller's transaction, for what is written with the act that
 * refers to it: file_prepare checks and hashes outside of it (the bytes stay the
 * caller's), file_put writes. RC_TOO_LARGE also for more than fits one transaction (8 MiB).
 */
struct file_new {
    struct str kind, type, bytes;
    unsigned char sha256[HASH_BYTES];
};
enum rc file_prepare(struct str kind, struct str type, struct str bytes, struct file_new *out, struct err *err) MUST_USE;
enum rc file_put(struct txn *txn, const struct file_new *file, uint64_t *id_out, struct err *err) MUST_USE;

/*
 * The worker's step for a picture from outside: the upload made into a small JPEG, stored under `kind`. *id_out is 0 when it
 * gave none; then *refusal_out is the word of why not (image_cause_text), else empty. RC_NOT_FOUND: no such upload.
 */
enum rc file_from_picture(struct village_db *db, uint64_t upload_id, struct str kind, const struct image_wish *wish, uint64_t *id_out,
                          struct str *refusal_out, struct err *err) MUST_USE;

/* The bytes, in the handle's arena. RC_NOT_FOUND when there is none or it is not complete; RC_FAULT when they do not have their hash. */
enum rc file_load(struct village_db *db, uint64_t id, struct str *bytes_out, struct err *err) MUST_USE;

#endif
