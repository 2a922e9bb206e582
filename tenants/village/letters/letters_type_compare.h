// SPDX-License-Identifier: AGPL-3.0-or-later
/* Two versions of a type of letters beside each other. Private to this room. */
#ifndef BALAI_LETTERS_TYPE_COMPARE_H
#define BALAI_LETTERS_TYPE_COMPARE_H

#include "tenants/village/letters/letters_type.h"

enum letter_compared { COMPARED_SAME, COMPARED_ADDED, COMPARED_REMOVED, COMPARED_CHANGED, COMPARED_GAP };

struct letter_compared_line {
    struct str label, before, after; /* of a question: what it is called, and what changed */
    struct str word;                 /* "Ditambah", "Dihapus", "Berubah"; "" of what is the same */
    bool is_added, is_removed;       /* of a line of the text */
    bool is_gap;                     /* `label` says how many lines that are the same are left out */
};
struct letter_compared_lines {
    struct letter_compared_line *p;
    size_t n;
};
struct letter_type_compare_view {
    struct str title, sub, back_href, before, after;
    struct letter_compared_lines settings, questions, text;
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
