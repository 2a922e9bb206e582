// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of the files one asks for. Private. */
#ifndef BALAI_EXPORT_PAGES_H
#define BALAI_EXPORT_PAGES_H

#include "tenants/village/roster/export.h"

handler_fn residents_export_post, export_page, export_fetch;

struct export_view {
    struct str path, title, about, back_href, back_label;
    struct str file_href, button; /* empty: not ready */
    struct str warning;
    bool is_busy, has_notice;
    struct notice_view notice;
};

/* "csv" or "xlsx" → what a browser is told. */
struct str export_type(struct str format);

#endif
