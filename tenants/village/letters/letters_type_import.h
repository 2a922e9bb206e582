// SPDX-License-Identifier: AGPL-3.0-or-later
/* Types of letters as files, for the office: written out, read in, with a report before anything is stored. Private to this room. */
#ifndef BALAI_LETTERS_TYPE_IMPORT_H
#define BALAI_LETTERS_TYPE_IMPORT_H

#include "server/web/forms.h"
#include "tenants/village/letters/letters_type.h"

struct letter_type_import_view {
    struct form form;
    bool is_gone; /* what was uploaded is not kept any more */
};
struct letter_note_lines {
    struct letter_note_line {
        struct str where, words;
    } * p;
    size_t n;
};
struct letter_type_plan_view {
    struct str action, about;
    struct form_guard guard;
    struct faults faults;
    struct {
        struct letter_type_plan_line {
            uint64_t number; /* of the type in the file, from 1 */
            struct str name, facts, fault, known;
            struct letter_note_lines unknown, dropped, tidied;
            uint64_t n_dropped, n_tidied;
            bool is_new, is_draft, is_left; /* what is chosen */
        } * p;
        size_t n;
    } lines;
    bool is_useful; /* something can be imported */
};

handler_fn letter_type_export_file, letter_type_import_page, letter_type_plan_page;
act_check_fn letter_type_import_check, letter_type_plan_check;
act_fn letter_type_import_act, letter_type_plan_act;

#endif
