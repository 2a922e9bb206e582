// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list's handlers and views. Private. */
#ifndef BALAI_RESIDENTS_LIST_H
#define BALAI_RESIDENTS_LIST_H

#include "server/web/village.h"
#include "tenants/village/roster/roster_filter.h"

handler_fn resident_list_page;

struct resident_line {
    struct str href, name, former, nik, sex, birth, age, kk, role, place, occupation;
    struct resident_fault fault;
};

struct resident_list_view {
    struct list_view list;
    bool may_edit, may_import;
    struct str place_label, said; /* said: read out when what is found changes */
    struct {
        struct resident_line *p;
        size_t n;
    } lines;
};

#endif
