// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Classification of letters: the 993 codes of Permendagri 83/2022 (kode klasifikasi arsip), compiled in from classification.tsv, and what a
 * village adds to them. Private; the door for other rooms is in letters.h.
 */
#ifndef BALAI_LETTERS_CLASS_H
#define BALAI_LETTERS_CLASS_H

#include "server/web/act.h"
#include "server/web/forms.h"

#define CLASS_HOME "/kantor/klasifikasi"

struct letter_class {
    struct str code, name; /* "400.8.2.6", "Pencatatan kematian" */
    struct str examples;   /* what the regulation names below it; "" */
};
/* All of them, in the order of their numbers. Constant; any thread. */
const struct letter_class *letter_classes(size_t *n_out);
/* NULL: no code of the list. */
const struct letter_class *letter_class_find(struct str code);
/* The order of codes: part by part as numbers, letters behind them. <0, 0, >0 */
int letter_class_compare(struct str a, struct str b);
/* Whether a code begins so, or all words stand in its name or examples; `words` folded (text_fold). Of an own code examples are "". */
bool letter_class_fits(struct arena *arena, const struct letter_class *of, struct str words);

handler_fn letter_class_page, letter_class_add_page, letter_class_choices;
act_fn letter_class_add_act, letter_class_use_act;

struct letter_class_line {
    struct str code, name, examples;
    uint64_t types, issued, mail; /* types of letters, letters issued, letters of the agenda */
    bool is_head;                 /* of a group: "400.8" */
};
struct letter_class_group { /* "400": "Pemerintahan …" */
    struct str code, name, href;
    bool is_current;
};
struct letter_class_own {
    struct letter_class_line line;
    struct str action;
    bool is_active;
};
struct letter_class_view {
    struct str words, found;
    bool may_edit, is_search;
    struct {
        struct letter_class_group *p;
        size_t n;
    } groups;
    struct {
        struct letter_class_line *p;
        size_t n;
    } lines;
    struct {
        struct letter_class_own *p;
        size_t n;
    } own;
    struct {
        struct letter_class *p;
        size_t n;
    } choices;
    struct form_guard guard;
    struct form form;
};

#endif
