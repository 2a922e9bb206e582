// SPDX-License-Identifier: AGPL-3.0-or-later
/* The guest book (buku tamu): who came to the office, from where, whom to meet and why, and how content the guest left. Written at
 * the counter; a guest is no resident, so nothing here is looked up in the registry. */
#ifndef BALAI_GUESTBOOK_H
#define BALAI_GUESTBOOK_H

#include "server/register/book.h"
#include "server/register/change.h"
#include "server/register/list.h"
#include "server/web/feature.h"
#include "server/web/forms.h"

struct guest_row {
    struct str href, name, origin, meets, purpose, came, satisfaction;
};
struct guest_list_view {
    struct list_view list;
    struct {
        struct guest_row *p;
        size_t n;
    } lines;
    bool may_write;
};
struct guest_view { /* one visit: its page and its form */
    struct str title, about, action, edit_href;
    struct check_rows facts;
    struct kept_view kept; /* history, files, notes */
    struct form form;
    bool may_write, is_kept, asks_again; /* is_kept: of the form, it is a change of one */
};

extern const struct feature guestbook_feature;

#endif
