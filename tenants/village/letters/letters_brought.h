// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What the applicant brought of what a type asks for ("requirements"): ticked at the counter, kept among the letter's inputs beside its
 * answers, told to who decides. It belongs to that letter alone: no later one, no replacement and no line of a pile takes it over. Inputs
 * without it (asked for at the kiosk, of a pile) say that nobody has looked yet. Without I/O. Private to this room.
 */
#ifndef BALAI_LETTERS_BROUGHT_H
#define BALAI_LETTERS_BROUGHT_H

#include "tenants/village/letters/letters_rules.h"

/* In the inputs: "0,2", which of the requirements are there; with these behind it the number and the day of the RT's letter. No field of
 * a type begins so. */
#define LETTER_BROUGHT "_dibawa"
#define LETTER_BROUGHT_NUMBER LETTER_BROUGHT "_nomor"
#define LETTER_BROUGHT_DAY LETTER_BROUGHT "_tanggal"

/* Whether anything is to be brought: not for a letter of the office itself. */
bool letter_asks_papers(const struct letter_form *form);
/* Whether somebody looked. */
bool letter_is_brought_noted(const json_t *inputs);

/* The boxes for the number and the day of the letter of introduction, the i-th requirement; false: none is among them. */
struct letter_brought_boxes {
    struct letter_field number, day;
    size_t requirement;
};
bool letter_brought_boxes(const struct letter_form *form, struct letter_brought_boxes *out);

/* "e-KTP: ada", line by line, or that nobody looked yet. */
struct str letter_brought_told(struct arena *arena, const struct letter_form *form, const json_t *inputs);
/* What is missing, in words for staff: a doubt. STR_NONE: it is there, is asked "bila …" only, or nobody looked. */
struct str letter_brought_lack(const struct letter_matter *m, size_t i);

/* Whether a doubt is only that: told as "Syarat kurang", for nothing contradicts anything. */
#define LETTER_LACK "Tidak dibawa: "
bool letter_is_lack(struct str doubt);

/* The inputs without it; the same when it is not there. Lives as long as the arena. */
const json_t *letter_inputs_unbrought(struct arena *arena, const json_t *inputs);

#endif
