// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of the files one asks for. Private. */
#ifndef BALAI_REGISTER_EXPORT_PAGES_H
#define BALAI_REGISTER_EXPORT_PAGES_H

#include "server/register/export.h"
#include "server/web/feature.h"

handler_fn exports_page, export_page, export_fetch, book_copy_fetch;

/* The work of JOB_EXPORT; the subject is the asked-for file. Runs again without harm. */
enum rc export_make(const struct job *job, struct err *err) MUST_USE;
/* Deletes what nobody is given any more, and what was searched for; each hour. */
enum rc export_tidy(const struct job *job, struct err *err) MUST_USE;

struct export_view {
    struct str path, title, about, back_href, back_label;
    struct str file_href, button; /* empty: not ready */
    struct str warning;
    bool is_busy, has_notice;
    struct notice_view notice;
};

struct export_line {
    struct str href, title, format, when, state, size; /* size empty: nothing to fetch */
    struct str file_href, tone;
};
struct exports_view {
    struct {
        struct export_line *p;
        size_t n;
    } lines;
};

#endif
