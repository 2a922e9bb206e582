// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room. Private. */
#ifndef BALAI_ROLES_PAGES_H
#define BALAI_ROLES_PAGES_H

#include "server/register/kept.h"
#include "server/web/forms.h"
#include "tenants/village/roles/roles.h"

handler_fn role_list_page, role_page;
act_fn role_act, role_remove_act;
extern const struct keeper roles_keeper; /* of the history: nothing else is kept beside a role */

struct role_line {
    struct str href, label, holds, accounts;
    bool is_closed;  /* only a head changes it */
    bool is_builtin; /* as the village began */
};
struct role_lines {
    struct role_line *p;
    size_t n;
};
struct role_list_view {
    struct str summary;
    struct str along;             /* what was given besides, because something needs it */
    struct role_lines used, idle; /* idle: no account has it */
};

/* What stands together in the menu. */
struct role_group {
    struct str title;
    struct {
        struct check_view *p;
        size_t n;
    } boxes;
};

struct role_edit_view {
    struct form form;
    struct history_view history;
    struct str title, action, holds, fault; /* holds: what is stored now; fault: of the permissions */
    struct str remove_action;               /* empty: it stays */
    struct str about;                       /* how many accounts have it */
    struct {
        struct role_group *p;
        size_t n;
    } groups;
};

#endif
