// SPDX-License-Identifier: AGPL-3.0-or-later
/* What speaks against a draft before it is used. Pure; private to this room. */
#ifndef BALAI_LETTERS_JUDGE_H
#define BALAI_LETTERS_JUDGE_H

#include "tenants/village/letters/letters_editor.h"

void letter_problem_put(struct arena *arena, struct letter_problems *problems, struct letter_problem problem);

/* Of the tree and the questions; use_out: what the tree uses. False: the tree cannot be laid out at all. */
bool letter_judge(struct arena *arena, const struct letter_form *form, struct str policy, struct paper_use *use_out,
                  struct letter_problems *out);
/* Of the questions alone, beside what the tree prints. */
void letter_judge_questions(struct arena *arena, const struct letter_form *form, const struct paper_use *use, struct letter_problems *out);
/* Of the pages that examples make, and of those that the longest answers make (0: none could be laid out). */
void letter_judge_pages(struct arena *arena, size_t pages, size_t longest, struct letter_problems *out);

/* Of pictures that are used and these are not: of no such name, or not uploaded yet. */
void letter_judge_pictures(struct arena *arena, const struct paper_use *use, const struct paper_image *images, size_t count,
                           struct letter_problems *out);

/* The values with an answer as long as each question allows it. They live as long as the arena. */
const json_t *letter_values_longest(struct arena *arena, const struct letter_form *form, const json_t *values);

#endif
