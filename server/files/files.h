// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Files of a village, in its own schema: letters' PDFs, people's photos and papers, the crest, books.
 * Content-addressed: the same bytes of one type are stored once and never change. A file is written in parts of at most
 * 1 MiB, at most FILE_TXN_BYTES a transaction, and can be read only when complete, so a crash leaves nothing that looks like a file.
 *
 * What keeps a file is a use, not its kind. A stored file is kept for one hour; within it the act that refers to the file must
 * hold it, in its own transaction, and releases it when it refers to it no more. Storing the same bytes again starts the hour
 * anew. files_tidy, about each hour, is the only one who deletes files: those without a use whose hour is over. The foreign key
 * of a use to its file holds this against everybody.
 *
 * What people upload is stored in the act itself (file_put): an act that refuses leaves no file.
 *
 *   static const struct file_slot scan = {.word = "scan", .label = "Pindaian", .most_bytes = 5 * MIB, .takes = FILE_PDF | FILE_JPEG};
 *   TRY(file_store(db, &scan, type, bytes, &file_id, err));              what the program makes: before the act
 *   TRY(file_hold(txn, file_id, "letter_in", letter_id, "scan", err));   inside of it
 */
#ifndef BALAI_FILES_H
#define BALAI_FILES_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/base/random.h"
#include "server/image/image.h"
#include "server/store/store.h"

enum { MIB = 1024 * 1024, FILE_TXN_BYTES = 8 * MIB /* of one transaction */ };

/* Types of bytes, told by the bytes themselves. */
enum file_type { FILE_PDF = 1, FILE_JPEG = 2, FILE_PNG = 4 };
enum { FILE_IMAGES = FILE_JPEG | FILE_PNG, FILE_PAPERS = FILE_PDF | FILE_JPEG | FILE_PNG };

enum { FILE_SIZES_MAX = 3 };
/* A size a picture is made in. */
struct file_size {
    const char *word; /* the slot of its use: "foto", "kecil" */
    struct image_wish wish;
};

/*
 * What a place for files takes, and what is made of them: constant, one for each place ("photo", "crest", "letter").
 * Of a picture that people upload nothing is given out as it came: the worker makes it into the slot's sizes, or without any into
 * one as large as a page is read, and it is forgotten (server/register/attachment.h).
 */
struct file_slot {
    const char *word;  /* ≤ 20 signs */
    const char *label; /* "Akta kelahiran" */
    const char *file;  /* how the name begins that it is downloaded under: "akta-kelahiran"; NULL: the word */
    uint32_t most_bytes;
    uint8_t takes;    /* of enum file_type; what people upload must be one of them. 0: made by ourselves, not looked at */
    bool is_single;   /* the next one takes the place of the one before */
    bool is_on_pages; /* pages of the village's site show it: they are made anew with it */
    struct file_size sizes[FILE_SIZES_MAX]; /* the first without a word ends them */
};

/* What the bytes are, whatever their name says: a type the slot takes, or STR_NONE. A PDF must have its end, which says where its parts
 * are. */
struct str file_type_of(const struct file_slot *slot, struct str bytes);
/* A file's name as its sender's computer said it, for people: without the folders some browsers send, of one line; empty: none. */
struct str file_name_said(struct arena *arena, struct str said);
/* "pdf", "jpg", "png", … of a type as stored; "bin" for others. */
const char *file_ending(struct str type);

/*
 * Stores bytes and gives the file's id; bytes that are there already give the id they have, and their hour begins anew.
 * RC_TOO_LARGE beyond the slot's limit. Own transactions: call it before the act that holds the file.
 */
enum rc file_store(struct village_db *db, const struct file_slot *slot, struct str type, struct str bytes, uint64_t *id_out,
                   struct err *err) MUST_USE;

/*
 * The same in the caller's transaction: file_prepare checks and hashes outside of it (the bytes stay the caller's), file_put
 * writes. RC_TOO_LARGE also for more than FILE_TXN_BYTES.
 */
struct file_new {
    struct str type, bytes;
    unsigned char sha256[HASH_BYTES];
};
enum rc file_prepare(const struct file_slot *slot, struct str type, struct str bytes, struct file_new *out, struct err *err) MUST_USE;
enum rc file_put(struct txn *txn, const struct file_new *file, uint64_t *id_out, struct err *err) MUST_USE;

/* Who uses the file, in the act that refers to it: holding twice is holding once. RC_NOT_FOUND: its hour was over and it is gone. */
enum rc file_hold(struct txn *txn, uint64_t file_id, const char *owner, uint64_t owner_id, const char *slot, struct err *err) MUST_USE;
/* The same of several that the transaction has just stored, or read as held; n may be 0. */
struct file_holding {
    uint64_t file_id, owner_id;
    const char *slot;
};
enum rc file_hold_all(struct txn *txn, const char *owner, const struct file_holding *uses, size_t n, struct err *err) MUST_USE;
/*
 * Ends the owner's uses in a slot ("" for those held without one). A file that nobody uses any more, and that nobody has stored
 * anew meanwhile, goes with the next files_tidy.
 */
enum rc file_release(struct txn *txn, const char *owner, uint64_t owner_id, const char *slot, struct err *err) MUST_USE;

/*
 * What a village may upload. A clerk who scans papers needs one upload each half minute, and a day's papers or a dozen of the largest
 * workbooks are below 200 MB; without a bound one account writes 4 GB a minute, and the disk is that of all villages.
 */
enum { FILE_QUOTA_UPLOADS = 120, FILE_QUOTA_BYTES = 200 * MIB }; /* of one hour of the clock; of the last 24 of them */
struct file_quota {
    utc_us again_at;  /* when it may be tried again; 0: it was counted */
    bool is_of_bytes; /* the day's bytes are used up; else the hour's uploads */
    uint64_t bytes;   /* of the day, without this one */
};
/* Counts an upload, or says that it is too much, and then counts nothing. Own transaction: call it before the bytes are stored. */
enum rc file_quota_take(struct village_db *db, utc_us now, uint64_t bytes, struct file_quota *out, struct err *err) MUST_USE;

/* Deletes files without a use whose hour is over, at most some hundred a call; and the counts of days that are over. */
enum rc files_tidy(struct village_db *db, utc_us now, struct err *err) MUST_USE;

/*
 * The worker's step for a picture from outside: the upload made into a JPEG of a size, stored. *id_out is 0 when it gave none; then
 * *refusal_out is the word of why not (image_cause_text), else empty. RC_NOT_FOUND: no such upload.
 */
enum rc file_from_picture(struct village_db *db, uint64_t upload_id, const struct image_wish *wish, uint64_t *id_out,
                          struct str *refusal_out, struct err *err) MUST_USE;

/* The bytes, in the handle's arena. RC_NOT_FOUND when there is none or it is not complete; RC_FAULT when they do not have their hash. */
enum rc file_load(struct village_db *db, uint64_t id, struct str *bytes_out, struct err *err) MUST_USE;

#endif
