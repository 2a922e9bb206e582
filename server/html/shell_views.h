// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the shell's views show: struct shell with its defaults filled in. Private to server/html. */
#ifndef BALAI_SHELL_VIEWS_H
#define BALAI_SHELL_VIEWS_H

#include "server/html/shell.h"
#include "server/html/widgets.h"

struct shell_item {
    const char *href, *label, *icon;
    const char *group; /* NULL: the same as before */
    uint32_t badge;
    bool is_active;
    bool is_way_in; /* the sign-in link at the end of a public menu */
};

struct shell_items {
    struct shell_item *p;
    size_t n;
};

struct shell_view {
    const struct shell *s;
    struct str whole_title, accent, theme_colour, home_href, initials, sign_out;
    struct form_guard guard;
    bool is_signed_in, is_office_style, is_kiosk, is_hidden;
    struct shell_items nav, footer;
    struct {
        struct str *p;
        size_t n;
    } address;
};

#endif
