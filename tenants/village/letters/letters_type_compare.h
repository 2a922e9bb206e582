// SPDX-License-Identifier: AGPL-3.0-or-later
/* Two versions of a type of letters beside each other. Private to this room. */
#ifndef BALAI_LETTERS_TYPE_COMPARE_H
#define BALAI_LETTERS_TYPE_COMPARE_H

#include "tenants/village/letters/letters_type.h"
#include "tenants/village/letters/letters_views.h"

enum letter_compared { COMPARED_SAME, COMPARED_ADDED, COMPARED_REMOVED, COMPARED_CHANGED, COMPARED_GAP };

struct letter_type_compare_view {
    struct str title, sub, back_href, before, after;
    struct letter_compared_lines settings, questions;
    struct letter_compared_view text;
    bool is_same;
};

handler_fn letter_type_compare_page;

/* ---- without I/O ---- */

/* What makes the one text out of the other, line by line, with two lines that are the same around each change. Empty: nothing. */
struct letter_compared_lines letter_compare_texts(struct arena *arena, struct str before, struct str after);
/* The questions that were added, removed or asked otherwise, in the order in which they are asked now. */
struct letter_compared_lines letter_compare_questions(struct arena *arena, const struct letter_form *before,
                                                      const struct letter_form *after);

#endif
