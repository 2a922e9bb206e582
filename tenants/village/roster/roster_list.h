// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list's handlers and views, and how a request says what is asked for. Private. */
#ifndef BALAI_RESIDENTS_LIST_H
#define BALAI_RESIDENTS_LIST_H

#include "server/web/village.h"
#include "tenants/village/roster/roster_find.h"

handler_fn resident_list_page, resident_search_post;

/* The filter of this request's fields; faults are the request's. The words are not read. */
struct resident_filter request_filter(struct request *req);

struct resident_line {
    struct str href, name, nik, sex, birth, age, kk, role, place, occupation;
    struct resident_fault fault;
};

/* A heading one can sort by: where it leads, and how it is sorted now ("ascending", "descending", empty). */
struct sort_head {
    struct str href, label, sorted;
};

/* A field of a hidden form. */
struct hidden_field {
    struct str name, value;
};

struct export_form {
    struct form_guard guard;
    struct str format;
};

/* What changes when one types: htmx swaps it. */
struct resident_results_view {
    struct form_guard guard; /* of the buttons that show a NIK */
    struct faults faults;
    struct chips_view chips;
    struct sort_head by_name, by_age, by_place;
    struct {
        struct resident_line *p;
        size_t n;
    } lines;
    struct empty_view empty;
    struct pagination_view pages;
    struct str count; /* read out when it changes */
    struct str query;
    bool may_export;
    struct {
        struct hidden_field *p;
        size_t n;
    } fields; /* of the forms that ask for a file */
    struct {
        struct export_form *p;
        size_t n;
    } exports; /* one a format: asking for the other one is another submission */
};

struct resident_list_view {
    struct form_guard guard;
    struct str query, total, age_from, age_until;
    bool may_edit, may_import, is_more;
    struct select_view hamlet, sex, status, lack;
    struct select_view rw, rt, role, occupation, religion, marital, education, nik, card, birth, order, direction;
    struct resident_results_view results;
};

/* roster_list_boxes.c: fills the view's boxes. */
void resident_filter_boxes(struct request *req, const struct resident_filter *filter, const struct resident_total *total,
                           struct resident_list_view *v);

#endif
