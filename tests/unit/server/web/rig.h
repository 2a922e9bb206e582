// SPDX-License-Identifier: AGPL-3.0-or-later
/* A house with two villages (sampano, dadeko) and a console over a scratch MariaDB, and a way to ask it. */
#ifndef BALAI_TEST_WEB_RIG_H
#define BALAI_TEST_WEB_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "server/base/base.h"
#include "server/store/admin.h"
#include "tests/unit/server/web/values.h"

void expect_rc(enum rc got, enum rc wanted, const struct err *err, const char *file, int line);
#define OK(call) expect_rc((call), RC_OK, &err, __FILE__, __LINE__)

#define RIG_PASSWORD "kapal layar biru tua"

struct rig {
    struct arena *arena;    /* as long as the rig */
    struct arena *requests; /* of all requests */
    struct admin_db *admin;
    struct str tag, control_schema, village_schema[2];
    struct store_config store_config;
    unsigned char master_key[KEY_BYTES], pepper[KEY_BYTES];
    struct loop *loop;
    struct store *store;
    struct redis *redis;
    struct directory *directory;
    struct router *router;
    struct house *house;
    struct web *web;
};

/* tag: [a-z0-9]{1,12}, one a test program. Routes are added before the first question. */
struct rig *rig_new(const char *tag, const struct route *village_routes);
void rig_free(struct rig **at);
/* Runs one statement in control ("C") or village 0 or 1 through the administrator. */
void rig_sql(struct rig *rig, int village, const char *statement);
/* First column of all rows, joined by commas. */
struct str rig_column(struct rig *rig, int village, const char *statement);
enum { RIG_CONTROL = -1 };
/* Reads control again. */
void rig_refresh(struct rig *rig);

struct ask {
    const char *method; /* NULL: GET */
    const char *host;   /* NULL: sampano.localhost:8080 */
    const char *target;
    const char *cookie, *body, *type;
    const char *origin, *fetch_site; /* NULL for a POST: same-origin */
    const char *ip, *if_none_match;
    bool is_gzip, is_htmx, is_https, no_fetch_site;
};
struct told {
    int status;
    struct str body;
    struct str (*header)(const struct told *told, const char *name);
    const struct web_answer *answer;
    const struct request *req;
};
/* In a fiber of its own, to its end. Everything lives as long as the rig. */
struct told rig_ask(struct rig *rig, const struct ask *ask);
/* As above, from inside a fiber. */
struct told rig_ask_here(struct rig *rig, const struct ask *ask);
struct str told_header(const struct told *told, const char *name);
bool told_has(const struct told *told, const char *text);
/* "name=value" of the cookie an answer set, STR_NONE when it did not. */
struct str told_cookie(struct rig *rig, const struct told *told, const char *name);
/* The value of <input name="name" value="…"> */
struct str told_field(const struct told *told, const char *name);

/* Signs in and gives the Cookie header. host NULL: sampano. */
const char *rig_sign_in(struct rig *rig, const char *host, const char *username, const char *password);
/* The form of `page`: "_csrf=…&_once=…" */
const char *rig_guard(struct rig *rig, const char *host, const char *cookie, const char *page);

#endif
