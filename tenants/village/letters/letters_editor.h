// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The editor of what a type of letters says: its draft, what is wrong with it, how it looks. A version in use is never edited: a draft
 * stands beside it, may have faults, and becomes the next version when it has none that must be mended. Private to this room.
 */
#ifndef BALAI_LETTERS_EDITOR_H
#define BALAI_LETTERS_EDITOR_H

#include "tenants/village/letters/letters_paper.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_type.h"

enum { EDITOR_TREE_MOST = 1024 * 1024, EDITOR_BODY_MOST = 4 * 1024 * 1024, EDITOR_DEADLINE_MS = 20000 };

/* ---- what is wrong with a draft ---- */

struct letter_problem {
    bool is_must;     /* it must be mended before the draft is used */
    struct str path;  /* "body[3].rows[1]"; "" of the whole */
    struct str words; /* for people, whole sentences */
    struct str fix;   /* the address where it is mended, if that is not the text; "" else */
    size_t block;     /* of the body, from 1; 0: elsewhere */
};
struct letter_problems {
    struct letter_problem *p;
    size_t n, musts;
};

/* ---- how it looks ---- */

struct letter_pages { /* drawn, or why it cannot be */
    struct {
        struct str *p;
        size_t n;
    } svg;
    size_t count; /* of the letter; at most EDITOR_PAGES_MOST of them are drawn */
};
enum { EDITOR_PAGES_MOST = 20 };

/* A definition as it is being edited, with the sheet of one who tries it. */
struct letter_try {
    struct village_db *db;
    struct str definition; /* JSON */
    struct letter_form form;
    struct str name, policy;
    uint8_t valid_months;
    uint64_t resident_id; /* 0: an invented one */
};
/* Draws the pages and finds the problems, beside the loop. Looks at residents are the caller's to write down. */
enum rc letter_try_out(struct request *req, const struct letter_try *what, struct letter_pages *pages_out,
                       struct letter_problems *problems_out, struct err *err) MUST_USE;

/* Whether letters could be numbered by the type's format; a problem with the way to its settings else. */
enum rc letter_number_problem(struct request *req, struct village_db *db, uint64_t id, struct str classification, struct str format,
                              struct letter_problems *problems, struct err *err) MUST_USE;

/* ---- pages and acts ---- */

struct letter_editor_view {
    struct str title, sub, back_href, save_action, use_action, drop_action, preview_action, fields_href, state_href, questions_href;
    struct str use_label;
    struct str markup;    /* what stands in the box */
    struct str tree;      /* JSON; "" when the text in the box is no tree */
    struct str fault;     /* of the text in the box */
    struct str theirs;    /* after a conflict: the draft that somebody else saved */
    struct str theirs_by; /* "Hasnah B., 29-11-2026 10.32" */
    uint64_t edition;
    bool has_draft, is_tried;
    struct {
        struct str *p;
        size_t n;
    } sheets; /* images */
    struct {
        struct letter_problem *p;
        size_t n;
    } problems;
    struct str problem_count; /* "1 harus, 1 sebaiknya" */
    struct form form;
};

handler_fn letter_editor_page, letter_editor_preview, letter_editor_fields, letter_editor_state;
act_check_fn letter_editor_check;
act_fn letter_editor_save_act, letter_editor_use_act, letter_editor_drop_act;

#endif
