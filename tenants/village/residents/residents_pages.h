// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room's own pages. Private. */
#ifndef BALAI_RESIDENTS_PAGES_H
#define BALAI_RESIDENTS_PAGES_H

#include "server/web/forms.h"
#include "server/web/village.h"
#include "tenants/village/residents/registry_form.h"
#include "tenants/village/residents/residents.h"

handler_fn resident_page, resident_add_page;
act_check_fn resident_add_check;
act_fn resident_add_act, resident_kk_act;

struct resident_member_line {
    struct str href, name, about, role;
    bool is_me;
};

/* What stands above each tab of a person's pages. */
struct person_head {
    struct str href, name, about, status, initials, photo_href, letter_href, move_href;
    struct str out_href, back_href; /* out of the books, or into them again */
    bool is_missing;
    bool may_edit, is_here; /* is_here: lives in the village */
    struct tabs_view tabs;
};

struct person_held_line {
    struct str href, title, day, note, state, tone;
};
struct person_held { /* letters, events */
    struct str title, none, all_href, all_label;
    struct str more; /* that there are more than the lines; empty: these are all */
    struct {
        struct person_held_line *p;
        size_t n;
    } lines;
};

struct person_section {
    struct str title, edit_href;
    struct check_rows facts;
};

struct resident_view {
    struct person_head head;
    struct form_guard guard;
    struct str nik, family_href, nik_href, kk_href; /* nik_href: the NIK is a temporary one; kk_href: is in no family yet */
    bool is_alone;                                  /* just became Kawin, without a husband or wife in the family */
    bool is_nik_shown, is_stand_in, is_family;      /* is_stand_in: of who was taken out, whose own NIK is free */
    struct {
        struct person_section *p;
        size_t n;
    } sections;
    struct person_held letters, events, *open; /* open: the tab that is looked at; NULL: another one */
    bool sees_letters;
    struct {
        struct resident_member_line *p;
        size_t n;
    } members;
};

/*
 * A person's head; `tab` is the word of the tab that is looked at: "" (the data), "keluarga", "surat", "peristiwa", "berkas",
 * "riwayat", "dibuka".
 */
struct person_head person_head_of(struct request *req, const struct resident_full *r, struct str tab);

/* One person's page. shows_nik: asked for, and that look is written down already; else this writes the look down. */
enum rc resident_respond(struct request *req, struct response *resp, bool shows_nik, struct err *err) MUST_USE;

struct resident_add_view {
    struct form form;
    struct hamlet_boxes hamlet;
    struct str letter; /* the type of letter that is wanted, or "" */
    const struct radios_view *same;
    bool asks_family, is_doubted, asks_birth;
    struct str birth_href; /* asks_birth: the family's form of births */
};

#endif
