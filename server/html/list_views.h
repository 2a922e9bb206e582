// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What stands around the rows of a register's list, as server/register/list.h fills it. In a view:
 *
 *   {{> list_top list}}       tabs, filters in one line, chips with the count
 *   {{#unless list.is_empty}}<table class="table is-cards"><thead><tr>{{> list_heads list.heads}}</tr></thead>
 *   <tbody data-rows>…</tbody></table>{{/unless}}
 *   {{> list_end list}}       the ways to other pages, or why there is nothing; the forms of the menu
 *   {{> list_file list}}      among the acts of the page's head: the menu "Unduh", for a list that has a file
 */
#ifndef BALAI_LIST_VIEWS_H
#define BALAI_LIST_VIEWS_H

#include "server/html/widgets.h"

/* One filter's box: a select, or two bounds beside each other. */
struct list_box {
    bool is_range;
    struct select_view select;
    struct str label, fault, placeholder_from, placeholder_until;
    struct str from_name, from, until_name, until;
    struct str inputmode; /* numeric for ages */
};
struct list_boxes {
    struct list_box *p;
    size_t n;
};

/* A hidden field of the form. */
struct list_pair {
    struct str name, value;
};
struct list_pairs {
    struct list_pair *p;
    size_t n;
};

/* A column's head; one that sorts has an address. */
struct list_head {
    struct str label, href;
    struct str sorted; /* ascending, descending, or empty */
    bool is_number;
};
struct list_heads {
    struct list_head *p;
    size_t n;
};

/* {{> list_file list}}, the menu "Unduh": the rows of the list as a file, and the printed book. */
struct list_file_form {
    struct form_guard guard;
    struct str format;
};
struct list_file_view {
    struct str action; /* empty: no menu */
    struct str about, note;
    struct str only, all_href, all_label; /* only: what alone is in it while nothing is said; the way to the list of all */
    struct str official_href, official_label, official_about;
    struct list_pairs pairs;
    struct {
        struct list_file_form *p;
        size_t n;
    } forms;
};

struct list_view {
    struct form_guard guard;
    struct faults faults;
    struct str action, label; /* label: for those who do not see the form: "Saring keluarga" */
    struct str total;         /* "312 keluarga", "Lebih dari 1.000 keluarga" */
    struct str summary;       /* "Menampilkan 1–50 dari 312" */
    struct tabs_view tabs;    /* none: no tabs */
    struct str words_name, words_label, words_hint, words, words_fault;
    struct list_boxes boxes, more;             /* in the line; behind "Saringan" */
    bool has_filters, is_more_open, is_sifted; /* is_sifted: many boxes, behind a button on phones */
    bool is_live;                              /* asks while people type: the results stand in <div id="hasil"> */
    struct list_pairs hiddens;                 /* what the form carries on: the tab, the order */
    struct chips_view chips;
    struct list_heads heads;
    bool is_empty;
    struct empty_view empty;
    struct pagination_view pages;
    struct list_file_view file;
};

#endif
