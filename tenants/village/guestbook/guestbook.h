// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The guest book (buku tamu): who came to the village's office, from where, whom to meet and why, and how content the guest left.
 * It is written at the counter. A guest is no resident: nothing here is looked up in the registry.
 */
#ifndef BALAI_GUESTBOOK_H
#define BALAI_GUESTBOOK_H

#include "server/register/kept.h"
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
    bool may_edit;
};
struct guest_view { /* one guest: the page and the form */
    struct str title, about, action, edit_href;
    struct check_rows facts;
    struct form form;
    struct kept_view kept;
    bool is_saved, may_edit;
};

/* "Sangat puas" … "Tidak puas"; empty: not asked. */
struct str guest_satisfaction(struct opt_u64 n);

/* struct feature, training */
enum rc guestbook_training(struct txn *txn, struct date today, struct err *err) MUST_USE;

extern const struct list guestbook_list;
extern const struct book guestbook_book, guest_rows_book;
extern const struct feature guestbook_feature;

#endif
