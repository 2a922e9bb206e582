// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The village's areas: hamlets, RW and RT, who looks after each, how many live there. The rows are the registry's (area_rows.sql); here
 * they get names, heads, an end. What hangs on one follows at once: everybody asks for the name by the row.
 */
#ifndef BALAI_AREAS_H
#define BALAI_AREAS_H

#include "server/register/change.h"
#include "server/register/list.h"
#include "server/web/feature.h"
#include "server/web/forms.h"
#include "tenants/village/roster/residents_pick.h"

struct area_row {
    struct str href, name, within, level, head, families, men, women, people;
    bool is_head_gone;
};
struct area_list_view {
    struct list_view list;
    struct {
        struct area_row *p;
        size_t n;
    } lines;
    bool may_edit;
};
struct area_view { /* one area: its page and its forms */
    struct str title, about, href, action, noun, people, target;
    struct str seen; /* what the page shows that asks before a merge, sealed: the merge is bound to it */
    struct check_rows facts;
    struct kept_view kept;
    struct form form;
    struct carrieds carried;
    bool is_retired, may_edit, has_people, is_like, is_odd, is_without_hamlets, is_empty, is_changed;
};

extern const struct feature areas_feature;
extern const struct pick_source area_peers_pick; /* where one may be merged into: those of its level */

#endif
