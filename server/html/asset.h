// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Style sheets, scripts, fonts, icons: built from server/html/assets by npm,
 * embedded in the binary, named by their content, served for ever.
 */
#ifndef BALAI_ASSET_H
#define BALAI_ASSET_H

#include "server/base/base.h"

struct asset {
    struct str name; /* "app.css" */
    struct str path; /* "/aset/app-3f9a12c4.css" */
    struct str type; /* "text/css; charset=utf-8" */
    struct str bytes;
    struct str gzip; /* p == NULL: not worth it */
};

/* Path for a view: {{asset}} of a name known at build; aborts at start-up tests when unknown. */
struct str asset_path(const char *name);
/* By request path; NULL when there is none. */
const struct asset *asset_find(struct str path);
/* The i-th of all, for walking them; NULL after the last. */
const struct asset *asset_at(size_t i);

#endif
