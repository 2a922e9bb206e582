// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The route table of the process: filled by main before any loop starts, read
 * by all loops after. At the first segment where only one of two matching rows
 * is fixed, the fixed one wins; two rows of the same shape, or a malformed row,
 * abort at start.
 */
#ifndef BALAI_ROUTER_H
#define BALAI_ROUTER_H

#include "server/web/web.h"

struct feature;
struct router;

struct router *router_new(struct arena *arena) MUST_USE;
/* Adds the rows of a ROUTES_END table, which must live as long as the router. */
void web_add_routes(struct router *router, enum site site, const struct route *table);
/* Adds the routes of each, and remembers the list (ended by NULL) for menu and tasks; once a router. */
void web_add_features(struct router *router, const struct feature *const *list);
/* That list; an empty one before. */
const struct feature *const *router_features(const struct router *router);
/* "village", "dpmd", "kelola", "platform" */
const char *site_name(enum site site);

enum { ROUTE_PARAMS = 4 };
struct route_match {
    const struct route *route;
    const struct feature *feature; /* whose it is; NULL: of no feature */
    struct {
        struct str name, value;
    } params[ROUTE_PARAMS];
    size_t param_count;
    bool has_get, has_post; /* methods the path knows */
};
/* RC_NOT_FOUND: no such path. RC_WRONG_METHOD: has_get/has_post say which it knows. */
enum rc router_find(const struct router *router, enum site site, enum method method, struct str path, struct route_match *out) MUST_USE;

/* One line a route, `site method path permission`, sorted: the wall tests walk it. */
void router_print(const struct router *router, struct buf *out);
/* One regular expression for the front: the paths that take a body larger than web's own limit. All other bodies end at the front. */
void router_print_uploads(const struct router *router, struct buf *out);

#endif
