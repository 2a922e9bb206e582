// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: what stands in the navigation, by site and permission. */
#ifndef BALAI_WEB_NAV_H
#define BALAI_WEB_NAV_H

#include "server/html/shell.h"
#include "server/web/request.h"

/* The entries this person may open, in the request's arena; the office's with what waits (waiting.h). */
struct shell_navs nav_of(struct request *req, enum shell_kind kind, bool may_ask);
/* Links at the foot of public pages. */
struct shell_navs nav_footer(const struct request *req, enum shell_kind kind);
/* Where the office's search form posts, or STR_NONE. */
struct str nav_search(const struct request *req);

/* Office: where the bar of calls looks for them, or STR_NONE. */
struct str nav_calls(struct request *req);

#endif
