// SPDX-License-Identifier: AGPL-3.0-or-later
/* The words that a paper may use, for who writes one. Private. */
#ifndef BALAI_LETTERS_WORDS_H
#define BALAI_LETTERS_WORDS_H

#include "tenants/village/letters/letters_pages.h"

/*
 * {"groups": [{"name": "Pemohon", "fields": [{"name": "nama", "label": "Nama", "sample": "Halimah …", "of": ""}]}]}: of = the list whose
 * members have it ("keluarga", "pengikut"). A question has "question": its own name, and "choices" when it has some.
 * The caller owns the new reference.
 */
json_t *letter_words_json(struct request *req, const struct letter_form *form);

/* Examples for all questions that are asked then. Lives as long as the arena. */
const json_t *letter_inputs_sample(struct arena *arena, const struct letter_form *form, struct date today);

#endif
