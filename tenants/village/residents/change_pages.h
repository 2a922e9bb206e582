// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of the pages that change one resident and show what changed. Private. */
#ifndef BALAI_CHANGE_PAGES_H
#define BALAI_CHANGE_PAGES_H

#include "server/web/forms.h"
#include "server/web/village.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/edit_beside.h"
#include "server/register/kept_views.h"
#include "tenants/village/residents/residents_pages.h"

handler_fn edit_page, history_page, looks_page, nik_post;
act_check_fn edit_check;
act_fn edit_act;

/* ---- the form ---- */

/* One box of a form, whichever kind it is. */
struct edit_box {
    const struct field_view *field;
    const struct select_view *select;
    const struct date3_view *date;
    /* beside the citizenship, where the form has no section of papers: shown of foreigners only (_forms.scss) */
    const struct field_view *passport, *kitas;
    const struct date3_view *until;
};
struct form_group {
    struct str title;
    struct {
        struct edit_box *p;
        size_t n;
    } boxes;
};

struct edit_view {
    struct form form;
    struct str href, name;
    uint64_t part; /* the one group that is changed; 0: all */
    struct {
        struct form_group *p;
        size_t n;
    } groups;
    bool is_doubted;       /* the NIK does not fit: to be accepted knowingly */
    struct str owner_href; /* whose NIK it is already */
    struct str other_href; /* whose card it is already */
    /* the page to check: what changes, and who else it is about */
    struct check_rows facts;
    struct edit_ticks spouses;
    struct check_view follow;
    struct str living, living_href; /* of who became Cerai mati: the husband or wife, who lives */
    struct carrieds carried;
};

struct resident_edit_form; /* edit_view.h */

/* The name of a column's box. */
const char *edit_field(struct arena *arena, enum resident_column c);
/* Puts the groups of `v->part` (0: all), each box with what was typed or is stored, and its fault. */
enum rc edit_groups(struct request *req, const struct resident_edit_form *form, const struct resident_row *stored, struct edit_view *v,
                    struct err *err) MUST_USE;

/* ---- two versions ---- */

struct conflict_line {
    struct str name, label, before, stored, mine, by;
    bool is_stored_chosen; /* the form did not touch it */
};
struct kept_line {
    struct str label, stored, mine;
};
struct hidden_field {
    struct str name, value;
};
struct conflict_view {
    struct form_guard guard;
    struct str href, name, person_href;
    uint32_t version;
    struct history_view acts;
    struct {
        struct conflict_line *p;
        size_t n;
    } lines;
    struct {
        struct kept_line *p;
        size_t n;
    } kept;
    struct {
        struct hidden_field *p;
        size_t n;
    } hidden;
};

/* ---- history ---- */

struct person_history_view {
    struct person_head head;
    bool is_first;
    struct history_view history;
};
struct look_line {
    struct str when, who, what;
};
struct looks_view {
    struct person_head head;
    struct {
        struct look_line *p;
        size_t n;
    } lines;
    struct pagination_view pages;
};
struct nik_shown_view {
    struct str nik;
};

/* Both versions side by side; status 409. `mine` is what the form would have made. */
enum rc edit_conflict_respond(struct request *req, struct response *resp, const struct resident_now *now, const struct resident_row *mine,
                              struct err *err) MUST_USE;

#endif
