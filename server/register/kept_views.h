// SPDX-License-Identifier: AGPL-3.0-or-later
/* The widgets of kept.html, as structs for {{> …}}. */
#ifndef BALAI_REGISTER_KEPT_VIEWS_H
#define BALAI_REGISTER_KEPT_VIEWS_H

#include "server/web/forms.h"

/* {{> history history}}: newest first, old values struck through. */
struct history_field {
    struct str word; /* as stored */
    struct str label, before, after;
};
struct history_person { /* whom the act touched */
    struct str name, href;
};
struct history_line {
    struct str kind, origin; /* as stored */
    utc_us at;
    struct {
        uint64_t *p; /* ids of other owners of the same act, whose rows belong here as well */
        size_t n;
    } others;
    struct str what, who, when, why;
    struct str href, link_label; /* where it leads to */
    struct {
        struct history_person *p;
        size_t n;
    } people;
    uint64_t more; /* further ones, not named */
    struct {
        struct str *p;
        size_t n;
    } notes; /* "Adini: Anak → Famili Lain" */
    struct {
        struct history_field *p;
        size_t n;
    } fields;
};
struct history_view {
    struct {
        struct history_line *p;
        size_t n;
    } lines;
    struct str more_href;
};

/* {{> attachments attachments}} */
struct attachment_line {
    uint64_t id;
    struct str href, label, title, about, put_on; /* put_on: empty while it is not there */
    struct str removed;                           /* who, when, why; empty: it is there */
    struct str remove_href, fault;
    struct form_guard guard;
};
struct attachments_view {
    struct {
        struct attachment_line *p;
        size_t n;
    } lines;
    bool may_remove;
    struct str face_href, face_label; /* the newest photo */
    struct str wait_href;             /* the page's own address while a picture is being made */
};

/* {{> notes notes}} */
struct note_line {
    struct str text, who, when;
};
struct notes_view {
    struct {
        struct note_line *p;
        size_t n;
    } lines;
};

/* {{> kept_face kept}}: the newest photo, for the page's head. {{> kept kept}}, files and notes under what the page is about; {{> kept_side
 * kept}}, the history beside it (class "with-panel"). */
struct kept_view {
    struct history_view history;
    struct attachments_view attachments;
    struct notes_view notes;
    bool has_files;
    struct str add_href; /* empty: this person may not */
};

/* The page where files and notes are added. */
struct kept_attach_view {
    struct str action;
    struct select_view slot;
    struct form form;
};
struct kept_note_view {
    struct str action;
    struct form form;
};
struct kept_page_view {
    struct faults faults;
    struct str home_href, name;
    bool may_write, is_full, is_noted_full;
    struct attachments_view attachments;
    struct notes_view notes;
    struct kept_attach_view attach;
    struct kept_note_view note;
    bool has_files;
};
struct kept_history_view {
    struct str home_href, name;
    struct history_view history;
};

#endif
