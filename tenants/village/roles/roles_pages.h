// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room. Private. */
#ifndef BALAI_ROLES_PAGES_H
#define BALAI_ROLES_PAGES_H

#include "server/html/widgets.h"
#include "tenants/village/roles/roles.h"

handler_fn role_list_page, role_add_page, role_add_post, role_page, role_post;

struct role_line {
    struct str href, label, holds, accounts;
    bool is_closed; /* only a head changes it */
};
struct role_list_view {
    bool is_saved;
    struct {
        struct role_line *p;
        size_t n;
    } lines;
};

struct role_box {
    struct str name, label;
    bool is_checked, is_closed; /* closed: this person does not hold it himself */
};
struct role_edit_view {
    struct form_guard guard;
    struct faults faults;
    struct str title, action, changed; /* changed: somebody else saved it meanwhile */
    uint32_t version;                  /* 0: a new role */
    struct field_view label;
    struct {
        struct role_box *p;
        size_t n;
    } boxes;
};

#endif
