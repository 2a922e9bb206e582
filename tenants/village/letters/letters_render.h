// SPDX-License-Identifier: AGPL-3.0-or-later
/* The worker's press, as its jobs share it. Private to this room. */
#ifndef BALAI_LETTERS_RENDER_H
#define BALAI_LETTERS_RENDER_H

#include "tenants/village/letters/letters.h"

struct job;
struct letter_press letter_press_of(const struct job *job);

/* The paper of a frozen letter that nobody has signed yet, and the token of its QR code. Writes nothing of the village. */
enum rc letter_press_plain(const struct letter_press *press, uint64_t id, struct str *pdf_out, struct str *token_out,
                           struct err *err) MUST_USE;

/*
 * The sealed paper in steps, so that one job may make several: begin reads, work is done beside the loop, end wipes the key, store writes
 * in the caller's transaction.
 */
struct letter_pressed {
    uint64_t id;
    struct press_run *run; /* in the arena of the press' handle; NULL: its paper is there already, and nothing is to be done */
    enum rc rc;            /* of the work */
    struct err err;
};

/* Reads what the paper of a letter needs. RC_FAULT: it was never issued. Once it came out well, letter_press_end must follow. */
struct letter_render;
enum rc letter_press_begin(const struct letter_press *press, const struct letter_render *letter, struct letter_pressed *out,
                           struct err *err) MUST_USE;
/* Layout, PDF and seal: some milliseconds of CPU, for fiber_offload. What went wrong is in `one`. */
void letter_press_work(struct letter_pressed *one);
/* After the work, whatever became of it: the key is wiped, the file made ready. Gives one->rc. */
enum rc letter_press_end(struct letter_pressed *one) MUST_USE;
/*
 * The file and the letter that names it; the caller has locked the letter, and seen that it has no paper yet: of two that made one, one
 * stores. Who waits for the paper is the caller's to tell (notices.h).
 */
enum rc letter_press_store(struct txn *txn, const struct letter_pressed *one, utc_us at, struct err *err) MUST_USE;
/* The same of several; n may be 0. */
enum rc letters_press_store(struct txn *txn, const struct letter_pressed *const *ones, size_t n, utc_us at, struct err *err) MUST_USE;

#endif
