// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room's own pages. Private. */
#ifndef BALAI_FAMILIES_PAGES_H
#define BALAI_FAMILIES_PAGES_H

#include "server/register/list.h"
#include "server/web/forms.h"
#include "tenants/village/families/families.h"
#include "tenants/village/families/families_rules.h"

extern const struct list families_list;
extern const struct book families_book;
struct str family_roles_diff(struct arena *arena, const struct role_change *changes, size_t n);
/* Puts the act into the family's own history: before its version is raised. */
enum rc family_told(struct txn *txn, const struct resident_act *act, const struct family_full *f, struct str diff,
                    struct err *err) MUST_USE;
handler_fn family_list_page, family_page, family_edit_page, family_head_page, family_move_page, family_out_page, family_out_back_page;
act_check_fn family_edit_check, family_head_check, family_move_check, family_out_check;
act_fn family_edit_act, family_head_act, family_move_act, family_out_act, family_out_back_act;

struct family_list_line {
    struct str href, head, kk_no, living, hamlet, area, fault;
};

struct family_list_view {
    struct list_view list;
    struct {
        struct family_list_line *p;
        size_t n;
    } lines;
};

struct family_member_line {
    struct str href, name, nik, role, about, status;
};

struct family_view {
    struct str title, kk_no, fault, saved;
    bool may_edit, has_living, has_head, is_empty;
    struct str edit_href, head_href, move_href, birth_href;
    struct check_rows facts;
    struct {
        struct family_member_line *p;
        size_t n;
    } members;
    struct history_view history;
};

struct family_edit_view {
    struct form form;
    struct hamlet_boxes hamlet;
    struct str action, back, title;
};

struct family_head_view {
    struct form form;
    struct str action, back, title, now, new_name, reason_typed, care;
    struct radios_view heads;
    struct role_selects roles;
    struct carrieds carried;
};

struct family_mover {
    struct check_view tick;
    struct select_view role;
};

struct family_move_view {
    struct form form;
    struct hamlet_boxes hamlet;
    bool has_heads;
    struct str action, back, title, care, care_there; /* care_there: in the family they come to */
    struct {
        struct family_mover *p;
        size_t n;
    } movers;
    struct radios_view heads;
    /* the check page */
    struct check_rows facts;
    struct role_selects roles;
    struct family_ticks married;
    struct carrieds carried;
};

struct family_out_view {
    struct form form;
    struct str back, name, about, out_action, back_action;
    struct str event_href;   /* an event of theirs stands: it is taken back, not the person */
    struct check_rows facts; /* what was done, or will be */
    struct str out_of_href, out_of_name;
    struct radios_view heads;
    bool is_out, is_not_valid, has_heads;
    /* the check page */
    struct str new_head, care;
    struct role_selects roles;
    struct carrieds carried;
};

/* What was typed into a search box, put into `find`; false: nobody can be meant. */
bool family_find_typed(struct arena *arena, struct str typed, struct family_find *find, enum family_way *way_out);
struct str family_href(struct arena *arena, uint64_t id);
struct str family_title(struct arena *arena, const struct family_state *family);

#endif
