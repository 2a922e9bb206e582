// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of the books. Private. */
#ifndef BALAI_BOOKS_PAGES_H
#define BALAI_BOOKS_PAGES_H

#include "server/html/widgets.h"
#include "server/web/village.h"

handler_fn books_home_page, books_page, books_close_page;
act_fn books_ask_act, books_close_act;

struct books_line {
    struct str href, title, period, last;
};
struct books_home_view {
    struct {
        struct books_line *p;
        size_t n;
    } lines;
};

struct books_form {
    struct form_guard guard;
    struct str format, label, icon;
    bool is_first;
};
struct books_copy_line {
    struct str href, period, when, who, rows, mark, signers;
    bool is_made;
};
struct books_view {
    struct str path, title, about, month, period; /* "November 2026", "2026-11" */
    struct faults faults;
    struct select_view choice;
    struct {
        struct books_form *p;
        size_t n;
    } forms;
    bool is_closed, is_made, may_close;
    struct str closed;     /* by whom, when */
    uint64_t late;         /* what happened in it and was written down afterwards */
    struct str not_closed; /* why this month cannot be closed now, for who may close */
    struct str copy_href;
    struct {
        struct books_copy_line *p;
        size_t n;
    } copies;
};

/* Before a month is closed for good. */
struct books_close_view {
    struct str path, back, month, period;
    struct faults faults;
    struct check_rows facts;
    bool may_close; /* else `why` not */
    struct str why;
    struct form_guard guard;
};

#endif
