// SPDX-License-Identifier: AGPL-3.0-or-later
/* From a letter to what server/paper lays out. Private: pages preview, the job renders. */
#ifndef BALAI_LETTERS_PAPER_H
#define BALAI_LETTERS_PAPER_H

#include "server/paper/paper.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/letters/letters_pictures.h"

struct letter_open;

struct letter_sheet {
    const json_t *tree, *values;
    struct paper_image images[1 + LETTER_PICTURES_MOST]; /* the crest first */
    size_t image_count;
    uint64_t signer; /* the official whose own seal it bears; 0: the village's */
};

/* The paper of these parts, whose identity and signer it reads; parts are filled in. Values live as long as the arena. */
struct letter_parts;
enum rc letter_sheet_of(struct village_db *db, struct letter_parts *parts, const json_t *tree, struct letter_sheet *out,
                        struct err *err) MUST_USE;
/* A draft as it would look today, without number and QR. */
enum rc letter_sheet_from_draft(struct village_db *db, const struct letter_open *open, struct date today, struct letter_sheet *out,
                                struct err *err) MUST_USE;
/* The same of one that is still being filled in (open->inputs: what was typed): words stand where an answer is missing. */
enum rc letter_sheet_from_form(struct village_db *db, const struct letter_open *open, struct date today, struct letter_sheet *out,
                               struct err *err) MUST_USE;
/*
 * What a reader has before him of a letter without a number: the digest (SHA-256) of paper, values and crest, and the values as JSON.
 * What changes by itself from day to day is left out: the day's date, until when it is valid, and ages, which
 * follow from the day of birth.
 */
struct letter_shown {
    struct str digest; /* 32 bytes */
    struct str values;
};
enum rc letter_shown_of(struct village_db *db, const struct letter_open *open, struct date today, struct letter_shown *out,
                        struct err *err) MUST_USE;
/* An issued letter, from its snapshot and nothing else: with the crest it was issued with. `by_esign`: with the block of who signs
 * elsewhere. */
enum rc letter_sheet_from_snapshot(struct village_db *db, struct str snapshot, bool by_esign, struct letter_sheet *out,
                                   struct err *err) MUST_USE;
/* Fills tree, values and images of a paper_input; `sheet` must outlive it. */
void letter_sheet_input(const struct letter_sheet *sheet, struct paper_input *out);

#endif
