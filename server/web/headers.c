// SPDX-License-Identifier: AGPL-3.0-or-later
/* From the handler's response to what goes out: every answer gets the same safety headers, here and nowhere else. */
#include <stdlib.h>

#include "server/web/gzip.h"
#include "server/web/request.h"

enum { OFFLOAD_BYTES = 100 * 1024 };

#define POLICY(images)                                                                                     \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'" images "; font-src 'self'; " \
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
#define FEATURES                                                                                       \
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), " \
    "microphone=(), midi=(), payment=(), usb=()"

static void put(struct request *req, const char *name, struct str value)
{
    struct web_answer *answer = &req->answer;

    if (answer->header_count == WEB_MAX_HEADERS)
        abort();
    answer->headers[answer->header_count++] = (struct web_header){name, value};
}

static bool is_text(struct str type)
{
    return str_starts(type, STR("text/")) || str_starts(type, STR("image/svg+xml")) || str_starts(type, STR("application/json"));
}

struct squeeze {
    struct arena *arena;
    struct str body, gzip;
    int level;
};

static void squeeze(void *arg)
{
    struct squeeze *work = arg;
    work->gzip = gzip_of(work->arena, work->body, work->level);
}

/* Long bodies beside the loop; a deadline that passes meanwhile does not matter any more. */
static struct str compress(struct request *req)
{
    struct response *resp = &req->resp;
    struct squeeze work = {req->arena, resp->body, STR_NONE, req->slot != NULL ? GZIP_SMALL : GZIP_FAST};

    if (resp->body.n < OFFLOAD_BYTES || fiber_current() == NULL)
        squeeze(&work);
    else if (fiber_offload(squeeze, &work, NULL) != RC_OK)
        return work.gzip;
    return work.gzip;
}

static struct str cache_control(const struct request *req)
{
    const struct response *resp = &req->resp;
    bool is_open = req->answer.status == 200 && req->actor.id == 0 && !resp->is_no_cache && !req->is_new_guest &&
                   req->match.route != NULL && req->match.route->permission == MAY_VISIT && req->method == METHOD_GET;
    return is_open ? STR("private, no-cache") : STR("no-store");
}

/* Unless the handler says it itself. */
static void put_unless_said(struct request *req, const char *name, struct str value)
{
    for (size_t i = 0; i < req->resp.extra_count; i++)
        if (strcmp(req->resp.extra[i].name, name) == 0)
            return;
    put(req, name, value);
}

static void put_safety(struct request *req)
{
    put(req, "content-security-policy", req->resp.has_own_images ? STR(POLICY(" data: blob:")) : STR(POLICY("")));
    put(req, "x-content-type-options", STR("nosniff"));
    /* What a visitor opened may be a one-time link: its path is told to nobody, not even to us (the front's log quotes it). */
    put_unless_said(req, "referrer-policy", req->actor.id != 0 ? STR("same-origin") : STR("strict-origin"));
    put(req, "cross-origin-opener-policy", STR("same-origin"));
    put(req, "cross-origin-resource-policy", STR("same-origin"));
    put(req, "permissions-policy", STR(FEATURES));
    put(req, "x-frame-options", STR("DENY"));
    if (req->id.p != NULL) /* the number people read out: the front's log has it too */
        put(req, "x-request-id", req->id);
    if (req->in.is_https && str_is(req->web->house->public_scheme, "https")) /* not in the demo, whose browsers also know http */
        put(req, "strict-transport-security", STR("max-age=31536000; includeSubDomains"));
}

static void put_cookies(struct request *req)
{
    if (req->session_cookie.p != NULL)
        put(req, "set-cookie", req->session_cookie);
    if (req->said_cookie.p != NULL)
        put(req, "set-cookie", req->said_cookie);
    if (req->device_cookie.p != NULL)
        put(req, "set-cookie", req->device_cookie);
    if (req->is_new_guest)
        put(req, "set-cookie", str_fmt(req->arena, "__Host-tamu=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax", STR_ARG(req->guest_token)));
}

/* Compressed for who takes it; empty, as a 304, for who has this very page already. */
static struct str body_of(struct request *req)
{
    struct response *resp = &req->resp;
    struct str body = resp->body.p != NULL ? resp->body : STR("");

    if (resp->etag.p != NULL)
        put(req, "etag", resp->etag);
    if (is_text(resp->type) && body.n >= GZIP_LEAST_BYTES)
        put(req, "vary", STR("accept-encoding"));
    if (resp->etag.p != NULL && str_find(req->in.if_none_match, resp->etag) >= 0) {
        req->answer.status = 304;
        return STR("");
    }
    if (!req->in.takes_gzip || !is_text(resp->type) || body.n < GZIP_LEAST_BYTES)
        return body;
    if (resp->gzip.p == NULL)
        resp->gzip = compress(req);
    if (resp->gzip.p == NULL)
        return body;
    put(req, "content-encoding", STR("gzip"));
    return resp->gzip;
}

void answer_finish(struct request *req)
{
    struct response *resp = &req->resp;
    struct web_answer *answer = &req->answer;

    answer->status = resp->status != 0 ? resp->status : 200;
    answer->header_count = 0;
    if (resp->type.p != NULL)
        put(req, "content-type", resp->type);
    put_safety(req);
    put_unless_said(req, "cache-control", cache_control(req));
    put_cookies(req);
    for (size_t i = 0; i < resp->extra_count; i++)
        put(req, resp->extra[i].name, resp->extra[i].value);
    struct str body = body_of(req);
    answer->body_bytes = body.n;
    answer->body = req->is_head ? STR("") : body;
}
