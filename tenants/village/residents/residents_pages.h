// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room's own pages. Private. */
#ifndef BALAI_RESIDENTS_PAGES_H
#define BALAI_RESIDENTS_PAGES_H

#include "server/web/forms.h"
#include "server/web/village.h"
#include "tenants/village/residents/residents.h"

handler_fn resident_page, resident_add_page;
act_check_fn resident_add_check;
act_fn resident_add_act;

struct resident_member_line {
    struct str href, name, about, role;
    bool is_me, is_gone;
};

struct resident_view {
    struct str name, about, status, letter_href, card_href, family_href, edit_href, email_href, move_href;
    struct form_guard guard;
    struct str href, nik, photo_href;
    uint64_t documents_n;
    bool is_saved, is_nik_shown;
    struct check_rows identity, family_facts, documents;
    struct {
        struct resident_member_line *p;
        size_t n;
    } members;
};

/* One person's page. shows_nik: asked for, and that look is written down already; else this writes the look down. */
enum rc resident_respond(struct request *req, struct response *resp, bool shows_nik, struct err *err) MUST_USE;

struct resident_add_view {
    struct form form;
    struct str letter; /* the type of letter that is wanted, or "" */
};

#endif
