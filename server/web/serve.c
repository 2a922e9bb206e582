// SPDX-License-Identifier: AGPL-3.0-or-later
/* One request from what came in to the answer; the order of the checks is the order of the lines. */
#include <stdatomic.h>
#include <stdio.h>

#include "server/html/html.h"
#include "server/base/text.h"
#include "server/web/limits.h"
#include "server/web/look.h"
#include "server/web/password.h"
#include "server/web/request.h"
#include "server/web/waiting.h"

enum {
    DEADLINE_MS = 10 * 1000,
    BODY_LIMIT = 256 * 1024,
    MOST_TARGET = 8192,
    PAGE_CACHE_BYTES = 8 << 20,
    READY_MS = 10 * 1000,
};

/* ---- what all requests share ---- */

struct house *house_new(struct arena *arena, const struct house_config *config, struct directory *directory, struct router *router)
{
    struct house *house = ARENA_NEW(arena, struct house);

    house->arena = arena;
    house->base_host = str_dup(arena, config->base_host);
    house->public_scheme = str_dup(arena, config->public_scheme);
    memcpy(house->master_key, config->master_key, KEY_BYTES);
    memcpy(house->pepper, config->pepper, KEY_BYTES);
    house->directory = directory;
    house->router = router;
    house->pages = page_memory_new(arena, config->page_cache_bytes != 0 ? config->page_cache_bytes : PAGE_CACHE_BYTES);
    house->gate = hash_gate_new(arena);
    house->limits = limit_table_new(arena);
    return house;
}

void house_free(struct house **house)
{
    if (*house == NULL)
        return;
    page_memory_free((*house)->pages);
    hash_gate_free((*house)->gate);
    limit_table_free((*house)->limits);
    explicit_bzero((*house)->master_key, KEY_BYTES);
    explicit_bzero((*house)->pepper, KEY_BYTES);
    *house = NULL;
}

void house_seen(struct house *house, uint64_t mono_ms)
{
    atomic_store(&house->seen_ms, mono_ms);
}

bool house_is_ready(const struct house *house, uint64_t mono_ms)
{
    uint64_t seen = atomic_load(&house->seen_ms);
    return seen != 0 && mono_ms - seen < READY_MS;
}

struct web *web_new(struct arena *arena, struct house *house, struct loop *loop, struct store *store, struct redis *redis)
{
    struct web *web = ARENA_NEW(arena, struct web);

    web->house = house;
    web->loop = loop;
    web->store = store;
    web->redis = redis;
    web->looks = look_memory_new(arena);
    web->waiting = waiting_memory_new(arena);
    return web;
}

/* ---- one request ---- */

struct request *web_request(struct web *web, struct arena *arena, const struct web_in *in)
{
    struct request *req = ARENA_NEW(arena, struct request);

    req->arena = arena;
    req->web = web;
    req->in = *in;
    req->now = clock_utc();
    req->began_us = clock_mono_us();
    req->resp.arena = arena;
    return req;
}

/* The number people read out on the telephone: K7PM-204X. */
static void give_number(struct request *req)
{
    struct str word = str_upper(req->arena, random_word(req->arena, 8));
    req->id = str_fmt(req->arena, "%.*s-%.*s", 4, word.p, 4, word.p + 4);
}

static enum rc read_target(struct request *req, struct err *err)
{
    struct str target = req->in.target;

    if (target.n == 0 || target.p[0] != '/' || target.n > MOST_TARGET)
        return fail(err, RC_BAD_REQUEST, "a request target that is no path");
    for (size_t i = 0; i < target.n; i++)
        if (target.p[i] <= 0x20 || target.p[i] >= 0x7f || target.p[i] == '#' || target.p[i] == '\\')
            return fail(err, RC_BAD_REQUEST, "a request target with a byte no address has");
    ptrdiff_t mark = str_find_char(target, '?');
    req->path = mark >= 0 ? str_part(target, 0, (size_t)mark) : target;
    req->query = mark >= 0 ? str_from(target, (size_t)mark + 1) : STR("");
    return RC_OK;
}

static enum rc find_site(struct request *req, struct err *err)
{
    struct str host;

    if (str_empty(req->in.host))
        return fail(err, RC_BAD_REQUEST, "no Host");
    TRY(host_canonical(req->arena, req->in.host, &host, err));
    enum rc rc = directory_by_host(req->web->house->directory, req->arena, host, &req->site, &req->village, err);
    if (rc == RC_MISDIRECTED && atomic_load(&req->web->house->seen_ms) == 0)
        return fail(err, RC_UNAVAILABLE, "the directory is not read yet");
    return rc;
}

static enum rc check_state(const struct request *req, struct err *err)
{
    if (req->village == NULL)
        return RC_OK;
    switch (req->village->state) {
    case VILLAGE_TRIAL:
    case VILLAGE_ACTIVE:
    case VILLAGE_READ_ONLY:
        return RC_OK;
    case VILLAGE_SUSPENDED:
    case VILLAGE_CLOSED:
        return fail(err, RC_SUSPENDED, "the village is suspended or closed");
    case VILLAGE_PREPARING:
    case VILLAGE_NO_STATE:
        break;
    }
    return fail(err, RC_PREPARING, "the village is being prepared");
}

static enum rc find_route(struct request *req, struct err *err)
{
    bool is_known = true;

    req->is_head = str_is(req->in.method, "HEAD");
    if (req->is_head || str_is(req->in.method, "GET"))
        req->method = METHOD_GET;
    else if (str_is(req->in.method, "POST"))
        req->method = METHOD_POST;
    else
        is_known = false;
    enum rc rc = router_find(req->web->house->router, req->site, is_known ? req->method : METHOD_GET, req->path, &req->match);
    if (rc == RC_NOT_FOUND)
        return fail(err, rc, "no such page");
    if (rc == RC_OK && is_known)
        return RC_OK;
    req->match.route = NULL;
    return fail(err, RC_WRONG_METHOD, "the page does not know this method");
}

static enum rc check_body(const struct request *req, struct err *err)
{
    const struct route *route = req->match.route;
    uint32_t limit = route->body_limit != 0 ? route->body_limit : BODY_LIMIT;

    if (req->in.body.n > limit)
        return fail(err, RC_TOO_LARGE, "a body of %zu bytes, %" PRIu32 " are taken", req->in.body.n, limit);
    return RC_OK;
}

/* Stands in for a route, so that the session is read in a fiber; run() then answers the refusal, and the handler is never called. */
static const struct route refused_route = ROUTE(GET, "/kantor", MAY_VISIT, NULL, NULL);

/* A refusal in the office waits until it is known who asks: who is signed in keeps the frame and the menu. */
static enum rc refuse_later(struct request *req, enum rc rc, struct err *err)
{
    if (rc == RC_OK || req->site != SITE_VILLAGE || req->session_token.p == NULL || !str_starts(req->path, STR("/kantor")))
        return rc;
    *err = (struct err){0};
    req->refused = rc;
    req->match.route = &refused_route;
    req->in.body = STR("");
    return RC_OK;
}

static enum rc begin(struct request *req, struct err *err)
{
    TRY(find_site(req, err));
    TRY(read_target(req, err));
    TRY(session_cookies(req, err));
    TRY(check_state(req, err));
    TRY(refuse_later(req, find_route(req, err), err));
    TRY(refuse_later(req, check_body(req, err), err));
    page_slot_make(req);
    return RC_OK;
}

static void name_log(const struct request *req, struct log_context *context)
{
    if (req->village != NULL)
        snprintf(context->village, sizeof(context->village), "%.*s", STR_ARG(req->village->code));
    snprintf(context->request, sizeof(context->request), "%.*s", STR_ARG(req->id));
    context->route = req->match.route != NULL ? req->match.route->path : NULL;
}

void web_refuse(struct request *req, const struct err *err)
{
    struct log_context context = {0}, *outer;

    if (req->id.p == NULL)
        give_number(req);
    name_log(req, &context);
    outer = log_swap(&context);
    error_answer(req, err);
    log_swap(outer);
    answer_finish(req);
}

bool web_begin(struct request *req)
{
    struct err err = {0};

    if (begin(req, &err) != RC_OK) {
        req->site = err.rc == RC_MISDIRECTED ? SITE_NONE : req->site;
        web_refuse(req, &err);
        return true;
    }
    if (req->slot != NULL && page_from_memory(req)) {
        answer_finish(req);
        return true;
    }
    give_number(req);
    return false;
}

uint32_t web_deadline_ms(const struct request *req)
{
    uint32_t ms = req->match.route->deadline_ms;
    return ms != 0 ? ms : DEADLINE_MS;
}

struct str web_party(const struct request *req)
{
    return request_party(req);
}

void web_own_body(struct request *req)
{
    if (req->in.body.n > 0)
        req->in.body = str_dup(req->arena, req->in.body);
}

/* Nobody, or somebody without the right: where they may go instead. */
static enum rc check_permission(struct request *req, bool *is_redirected_out, struct err *err)
{
    *is_redirected_out = false;
    if (kiosk_is_door(req->match.route->permission))
        return kiosk_check(req, is_redirected_out, err);
    if (request_may(req, req->match.route->permission))
        return RC_OK;
    if (req->actor.id != 0)
        return fail(err, RC_FORBIDDEN, "%s needs %s", req->match.route->path, permission_name(req->match.route->permission));
    if (req->method == METHOD_POST)
        return fail(err, RC_SIGN_IN, "%s needs a sign-in", req->match.route->path);
    redirect_to_sign_in(req);
    *is_redirected_out = true;
    return RC_OK;
}

static enum rc guarded(struct request *req, enum rc rc)
{
    req->is_foreign_post = rc == RC_FORBIDDEN;
    return rc;
}

static enum rc run(struct request *req, struct err *err)
{
    bool is_redirected, is_answered = false;

    if (req->method == METHOD_POST)
        TRY(guarded(req, csrf_check_origin(req, err)));
    TRY(session_load(req, err));
    if (req->refused != RC_OK)
        return fail(err, req->refused, "refused before the session was read");
    req->is_put_away = feature_is_hidden(req, req->match.feature, true);
    if (req->is_put_away)
        return fail(err, RC_NOT_FOUND, "%s belongs to what the village has put away", req->match.route->path);
    TRY(check_permission(req, &is_redirected, err));
    if (is_redirected)
        return RC_OK;
    TRY(input_collect(req, err));
    if (req->method == METHOD_POST)
        TRY(guarded(req, csrf_check_token(req, err)));
    if (req->match.route->handler == act_handler)
        TRY(act_answer_again(req, &is_answered, err));
    if (is_answered)
        return RC_OK;
    TRY(input_read(req, err));
    TRY(req->match.route->handler(req, &req->resp, err));
    if (!req->resp.is_final)
        return fail(err, RC_FAULT, "%s answered nothing", req->match.route->path);
    return RC_OK;
}

/* What this village calls its hamlets, wherever a page says it. */
static void say_hamlet(struct request *req)
{
    struct response *resp = &req->resp;

    if (req->village == NULL || !str_starts(resp->type, STR("text/html")) || str_find_char(resp->body, '{') < 0)
        return;
    const struct look look = look_of(req, resp->status < 500);
    struct buf word = {.arena = req->arena};
    html_put_text(&word, str_c(look.hamlet_word)); /* the page is markup by now */
    resp->body = text_hamlet(req->arena, resp->body, buf_str(&word));
}

void web_run(struct request *req)
{
    struct err err = {0};

    name_log(req, log_current());
    if (req->slot != NULL && page_or_turn(req)) {
        answer_finish(req);
        return;
    }
    if (run(req, &err) != RC_OK)
        error_answer(req, &err);
    if (req->method == METHOD_POST)
        waiting_stale(req);
    say_hamlet(req);
    page_built(req);
    answer_finish(req);
}

const struct web_answer *web_answer(const struct request *req)
{
    return &req->answer;
}

void web_log(const struct request *req)
{
    struct log_context context = {0};
    uint32_t statements = req->village_db != NULL ? village_db_statements(req->village_db) : 0;

    statements += req->control_db != NULL ? control_db_statements(req->control_db) : 0;
    statements -= req->frame_statements;
    name_log(req, &context);
    struct log_context *outer = log_swap(&context);
    log_event(req->id.p != NULL ? LOG_INFO : LOG_DEBUG, "answer",
              "%.*s %d %zu bytes %" PRIu64 " us %" PRIu32 " statements %" PRIu32 " of the frame %" PRIu32 " hashes",
              (int)(req->in.method.n < 8 ? req->in.method.n : 8), req->in.method.p != NULL ? req->in.method.p : "", req->answer.status,
              req->answer.body_bytes, clock_mono_us() - req->began_us, statements, req->frame_statements, req->hashes);
    log_swap(outer);
}
