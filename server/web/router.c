// SPDX-License-Identifier: AGPL-3.0-or-later
#include <stdlib.h>

#include "server/web/router.h"

#include "server/web/feature.h"

enum { MAX_ROUTES = 1000 };

struct row {
    enum site site;
    const struct route *route;
    const struct feature *feature;
    struct str path;
    struct str fixed; /* how each path it answers begins: up to its first parameter */
};

struct router {
    struct row rows[MAX_ROUTES]; /* in the order they are asked */
    size_t n;
    const struct feature *const *features;
};

struct router *router_new(struct arena *arena)
{
    return ARENA_NEW(arena, struct router);
}

const char *site_name(enum site site)
{
    switch (site) {
    case SITE_PLATFORM:
        return "platform";
    case SITE_VILLAGE:
        return "village";
    case SITE_DPMD:
        return "dpmd";
    case SITE_KELOLA:
        return "kelola";
    case SITE_NONE:
        break;
    }
    return "none";
}

static bool is_param(struct str segment)
{
    return segment.n > 2 && segment.p[0] == '{' && segment.p[segment.n - 1] == '}';
}

/* Cuts the next "/segment" off *path. */
static bool next_segment(struct str *path, struct str *segment)
{
    if (path->n == 0 || path->p[0] != '/')
        return false;
    size_t end = 1;
    while (end < path->n && path->p[end] != '/')
        end++;
    *segment = str_part(*path, 1, end - 1);
    *path = str_from(*path, end);
    return true;
}

static bool match_pattern(struct str pattern, struct str path, struct route_match *out)
{
    struct str want, have;
    size_t n = 0;

    while (next_segment(&pattern, &want)) {
        if (!next_segment(&path, &have))
            return false;
        if (!is_param(want)) {
            if (!str_eq(want, have))
                return false;
            continue;
        }
        if (have.n == 0 || n == ROUTE_PARAMS)
            return false;
        out->params[n].name = str_part(want, 1, want.n - 2);
        out->params[n].value = have;
        n++;
    }
    if (path.n != 0)
        return false;
    out->param_count = n;
    return true;
}

/*
 * Which of two patterns is asked first: <0 a, >0 b, 0 when they are the same
 * question. At the first segment where only one is fixed, the fixed one wins.
 */
static int compare_patterns(struct str a, struct str b)
{
    struct str sa = STR_NONE, sb = STR_NONE;
    for (;;) {
        bool has_a = next_segment(&a, &sa), has_b = next_segment(&b, &sb);
        if (!has_a || !has_b)
            return (int)has_a - (int)has_b;
        if (is_param(sa) != is_param(sb))
            return is_param(sa) ? 1 : -1;
        if (is_param(sa) || str_eq(sa, sb))
            continue;
        size_t n = sa.n < sb.n ? sa.n : sb.n;
        int c = memcmp(sa.p, sb.p, n);
        return c != 0 ? c : (sa.n > sb.n) - (sa.n < sb.n);
    }
}

static void refuse(const struct route *route, const char *why)
{
    log_event(LOG_ERROR, "route", "%s: %s", route->path != NULL ? route->path : "(no path)", why);
    abort();
}

/* An act has one body: the village's in a village, the control schema's elsewhere. Any other row has none. */
static bool is_whole_act(enum site site, const struct route *route)
{
    bool is_village = site == SITE_VILLAGE;

    if (route->handler != act_handler)
        return route->act == NULL && route->console_act == NULL;
    return (route->act != NULL) == is_village && (route->console_act != NULL) == !is_village;
}

static void add(struct router *router, enum site site, const struct route *route, const struct feature *feature)
{
    struct row row = {site, route, feature, str_c(route->path), str_c(route->path)};
    ptrdiff_t parameter = str_find_char(row.path, '{');
    size_t at = router->n;

    if (parameter >= 0)
        row.fixed = str_part(row.path, 0, (size_t)parameter);

    if (router->n == MAX_ROUTES)
        refuse(route, "too many routes");
    if (row.path.n == 0 || row.path.p[0] != '/' || route->handler == NULL || route->permission <= MAY_NOTHING ||
        route->permission >= PERMISSION_COUNT || (route->method != METHOD_GET && route->method != METHOD_POST))
        refuse(route, "malformed row");
    if (!is_whole_act(site, route))
        refuse(route, "an act without its body, or in the wrong schema");
    for (size_t i = 0; i < router->n; i++) {
        const struct row *other = &router->rows[i];
        if (other->site == site && other->route->method == route->method && compare_patterns(other->path, row.path) == 0)
            refuse(route, "two rows answer the same path");
    }
    while (at > 0 && compare_patterns(router->rows[at - 1].path, row.path) > 0) {
        router->rows[at] = router->rows[at - 1];
        at--;
    }
    router->rows[at] = row;
    router->n++;
}

static void add_all(struct router *router, enum site site, const struct route *table, const struct feature *feature)
{
    for (; table != NULL && table->path != NULL; table++)
        add(router, site, table, feature);
}

void web_add_routes(struct router *router, enum site site, const struct route *table)
{
    add_all(router, site, table, NULL);
}

void web_add_features(struct router *router, const struct feature *const *list)
{
    router->features = list;
    for (; *list != NULL; list++) {
        add_all(router, SITE_VILLAGE, (*list)->routes, *list);
        for (const struct site_routes *more = (*list)->elsewhere; more != NULL && more->site != 0; more++)
            add_all(router, more->site, more->routes, *list);
    }
}

const struct feature *const *router_features(const struct router *router)
{
    static const struct feature *const none[] = {NULL};

    return router->features != NULL ? router->features : none;
}

enum rc router_find(const struct router *router, enum site site, enum method method, struct str path, struct route_match *out)
{
    memset(out, 0, sizeof(*out));
    for (size_t i = 0; i < router->n; i++) {
        const struct row *row = &router->rows[i];
        if (row->site != site || !str_starts(path, row->fixed))
            continue;
        struct route_match match = {0};
        if (!match_pattern(row->path, path, &match))
            continue;
        if (row->route->method == METHOD_GET)
            out->has_get = true;
        else
            out->has_post = true;
        if (row->route->method != method || out->route != NULL)
            continue;
        out->route = row->route;
        out->feature = row->feature;
        memcpy(out->params, match.params, sizeof(match.params));
        out->param_count = match.param_count;
    }
    if (out->route != NULL)
        return RC_OK;
    return out->has_get || out->has_post ? RC_WRONG_METHOD : RC_NOT_FOUND;
}

static int by_line(const void *a, const void *b)
{
    const struct str *const *left = a, *const *right = b;
    size_t n = (*left)->n < (*right)->n ? (*left)->n : (*right)->n;
    int c = memcmp((*left)->p, (*right)->p, n);
    return c != 0 ? c : ((*left)->n > (*right)->n) - ((*left)->n < (*right)->n);
}

void router_print(const struct router *router, struct buf *out)
{
    struct str *lines = ARENA_ARRAY(out->arena, struct str, router->n);
    struct str **sorted = ARENA_ARRAY(out->arena, struct str *, router->n);

    for (size_t i = 0; i < router->n; i++) {
        const struct route *route = router->rows[i].route;
        lines[i] = str_fmt(out->arena, "%s %s %s %s\n", site_name(router->rows[i].site), route->method == METHOD_GET ? "GET" : "POST",
                           route->path, permission_name(route->permission));
        sorted[i] = &lines[i];
    }
    qsort(sorted, router->n, sizeof(sorted[0]), by_line);
    for (size_t i = 0; i < router->n; i++)
        buf_put_str(out, *sorted[i]);
}

/* A {name} is one segment; a path of ours has no sign that means something in a regular expression but the dot. */
static void put_pattern(struct buf *out, const char *path)
{
    for (const char *p = path; *p != '\0'; p++) {
        if (*p == '{') {
            buf_put_str(out, STR("[^/]+"));
            p = strchr(p, '}');
        } else {
            if (*p == '.')
                buf_put_str(out, STR("\\"));
            buf_put(out, p, 1);
        }
    }
}

void router_print_uploads(const struct router *router, struct buf *out)
{
    bool is_first = true;

    buf_put_str(out, STR("^(?:"));
    for (size_t i = 0; i < router->n; i++) {
        if (router->rows[i].route->body_limit == 0)
            continue;
        if (!is_first)
            buf_put_str(out, STR("|"));
        is_first = false;
        put_pattern(out, router->rows[i].route->path);
    }
    buf_put_str(out, STR(")$\n"));
}
