// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The door of this room for server/edge and the mains; features never include
 * it. A house is what all loops share: routes, directory, keys, the memory
 * part of the page cache, counters. A web is one loop's part of it.
 *
 * One request goes so: the edge fills a struct web_in (texts living in the
 * request's arena), web_begin finds site, village and route and answers at
 * once what needs no waiting (unknown host, unknown path, a page in memory);
 * otherwise web_run, called in a fiber, does the rest. Either way web_answer
 * then gives status, headers and body, all in the arena.
 */
#ifndef BALAI_WEB_SERVE_H
#define BALAI_WEB_SERVE_H

#include "server/loop/loop.h"
#include "server/store/redis.h"
#include "server/web/router.h"
#include "server/web/web.h"

struct house;
struct web;

struct house_config {
    struct str base_host;     /* "localhost:8080" */
    struct str public_scheme; /* "http" or "https" */
    unsigned char master_key[KEY_BYTES], pepper[KEY_BYTES];
    uint32_t page_cache_bytes; /* 0: 8 MiB */
};
/* Everything given must outlive the house; texts are copied into the arena. */
struct house *house_new(struct arena *arena, const struct house_config *config, struct directory *directory,
                        struct router *router) MUST_USE;
void house_free(struct house **house);

/* For /readyz: said by the directory's poller after each successful look; and asked by the edge. */
void house_seen(struct house *house, uint64_t mono_ms);
bool house_is_ready(const struct house *house, uint64_t mono_ms);

/* /masuk and /keluar: for SITE_VILLAGE, SITE_DPMD, SITE_KELOLA. */
extern const struct route sign_in_routes[];

/* Of the loop of the calling thread. redis may answer RC_UNAVAILABLE, but is never NULL. */
struct web *web_new(struct arena *arena, struct house *house, struct loop *loop, struct store *store, struct redis *redis) MUST_USE;

/* As it came in; a header not sent is STR_NONE. `host` is the one Host header, not yet checked. */
struct web_in {
    struct str method, target, host;
    struct str cookie, content_type, origin, referer, fetch_site, user_agent;
    struct str client_ip; /* from our own front */
    struct str if_none_match;
    struct str body;
    bool is_https, is_htmx, takes_gzip;
};

/* The request, in the arena; never NULL. */
struct request *web_request(struct web *web, struct arena *arena, const struct web_in *in) MUST_USE;
/* True: answered. False: web_run must follow, in a fiber with web_deadline_ms from now. */
bool web_begin(struct request *req) MUST_USE;
uint32_t web_deadline_ms(const struct request *req);
/* 10-digit code, or the site's name: whose share of the loop's places the request takes. */
struct str web_party(const struct request *req);
void web_run(struct request *req);
/* Copies the body into the arena: a fiber outlives the bytes it came in. After web_begin said false. */
void web_own_body(struct request *req);
/* Answers with the page of rc instead: for the edge's own limits. */
void web_refuse(struct request *req, const struct err *err);

enum { WEB_MAX_HEADERS = 24 };
struct web_header {
    const char *name; /* lower-case literal */
    struct str value;
};
struct web_answer {
    int status;
    struct web_header headers[WEB_MAX_HEADERS]; /* with content-type, without content-length */
    size_t header_count;
    struct str body; /* empty for HEAD; body_bytes is its length all the same */
    size_t body_bytes;
};
const struct web_answer *web_answer(const struct request *req);
/* The line of the request for the log: method, route, status, time, statements. */
void web_log(const struct request *req);

#endif
