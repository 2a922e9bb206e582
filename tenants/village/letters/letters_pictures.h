// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Pictures that a letter may show beside the village's crest: the state's emblem, which the office uploads (its use is bound by UU 24/2009,
 * so none comes with the program), three pictures of the village's own, and the photo of the letter's subject. A letter holds those that
 * it was issued with.
 */
#ifndef BALAI_LETTERS_PICTURES_H
#define BALAI_LETTERS_PICTURES_H

#include "server/base/json.h"
#include "server/register/kept.h"
#include "server/web/forms.h"
#include "tenants/village/letters/letters_pictures_sql.h"

enum { LETTER_PICTURES_MOST = 5 };

/* The pictures that this tree shows and that are there now, of the village and of this resident (0: nobody). */
enum rc letter_pictures_read(struct village_db *db, const json_t *tree, uint64_t resident_id, struct letter_picture_rows *out,
                             struct err *err) MUST_USE;
/* What people call a picture that a tree may name; STR_NONE: there is no such picture. */
struct str letter_picture_label(struct str name);

/* ---- the page ---- */

struct letter_picture_line {
    struct str label, href, remove_action, refusal;
    bool is_waiting; /* with the worker */
};
struct letter_pictures_list {
    struct {
        struct letter_picture_line *p;
        size_t n;
    } lines;
    struct form_guard guard;
    bool is_waiting;
};
struct letter_picture_add_view {
    struct form form;
};
struct letter_pictures_view {
    struct letter_pictures_list list;
    struct letter_picture_add_view add;
};

extern const struct keeper letter_picture_keeper;
handler_fn letter_pictures_page, letter_pictures_part, letter_picture_image;
act_check_fn letter_picture_check;
act_fn letter_picture_act, letter_picture_out_act;

#endif
