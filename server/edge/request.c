// SPDX-License-Identifier: AGPL-3.0-or-later
/* From libh2o's request to ours and back. */
#include <sys/socket.h>

#include "server/edge/edge_parts.h"
#include "server/html/asset.h"

#define BUSY_PAGE                                                                          \
    "<!doctype html><html lang=\"id\"><meta charset=\"utf-8\"><title>Sedang ramai</title>" \
    "<h1>Halaman ini sedang ramai</h1><p>Tunggu sebentar, lalu muat ulang halaman ini.</p></html>\n"
#define WRONG_PAGE                                                                                      \
    "<!doctype html><html lang=\"id\"><meta charset=\"utf-8\"><title>Permintaan tidak dikenali</title>" \
    "<h1>Permintaan ini tidak kami kenali</h1><p>Kembali ke halaman sebelumnya, lalu coba lagi.</p></html>\n"

static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } table[] = {
        {200, "OK"},
        {303, "See Other"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {409, "Conflict"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
    };

    for (size_t i = 0; i < COUNT_OF(table); i++)
        if (table[i].status == status)
            return table[i].reason;
    return "Answer";
}

static void put_header(h2o_req_t *req, const char *name, struct str value)
{
    h2o_add_header_by_str(&req->pool, &req->res.headers, name, strlen(name), 1, NULL, value.p, value.n);
}

static void start(h2o_req_t *req, int status, size_t bytes)
{
    req->res.status = status;
    req->res.reason = reason_of(status);
    req->res.content_length = bytes;
}

static void on_stop(h2o_generator_t *generator, h2o_req_t *req)
{
    (void)generator;
    (void)req;
}

static void send_body(h2o_req_t *req, h2o_generator_t *generator, struct str body)
{
    h2o_iovec_t bytes = h2o_iovec_init((char *)(uintptr_t)body.p, body.n);

    *generator = (h2o_generator_t){NULL, on_stop};
    h2o_start_response(req, generator);
    h2o_send(req, &bytes, body.n > 0 ? 1 : 0, H2O_SEND_STATE_FINAL);
}

/* An answer without an arena: its texts are literals or embedded files. */
static int answer_fixed(h2o_req_t *req, int status, struct str type, struct str cache, struct str body, bool is_head)
{
    h2o_generator_t *generator = h2o_mem_alloc_pool(&req->pool, sizeof(*generator));

    start(req, status, body.n);
    put_header(req, "content-type", type);
    put_header(req, "cache-control", cache);
    put_header(req, "x-content-type-options", STR("nosniff"));
    put_header(req, "cross-origin-resource-policy", STR("same-origin"));
    put_header(req, "content-security-policy", STR("default-src 'none'; frame-ancestors 'none'"));
    if (status == 503)
        put_header(req, "retry-after", STR("2"));
    send_body(req, generator, is_head ? STR("") : body);
    return 0;
}

static int answer_busy(h2o_req_t *req)
{
    return answer_fixed(req, 503, STR("text/html; charset=utf-8"), STR("no-store"), STR(BUSY_PAGE), false);
}

/* What follows on such a connection is not to be trusted either. */
static int answer_wrong(h2o_req_t *req, int status)
{
    req->http1_is_persistent = 0;
    return answer_fixed(req, status, STR("text/html; charset=utf-8"), STR("no-store"), STR(WRONG_PAGE), false);
}

static int answer_asset(h2o_req_t *req, const struct asset *asset, const struct head *head)
{
    bool is_gzip = asset->gzip.p != NULL && head_takes_gzip(head->accept_encoding);

    if (asset->gzip.p != NULL)
        put_header(req, "vary", STR("accept-encoding"));
    if (is_gzip)
        put_header(req, "content-encoding", STR("gzip"));
    return answer_fixed(req, 200, asset->type, STR("public, max-age=31536000, immutable"), is_gzip ? asset->gzip : asset->bytes,
                        str_is(head->method, "HEAD"));
}

/* ---- the exchange ---- */

static void unlink_exchange(struct exchange *x)
{
    struct arena *arena = x->arena;

    *x->at = x->next;
    if (x->next != NULL)
        x->next->at = x->at;
    arena_free(&arena); /* x with it */
}

/* libh2o releases the request: its answer is written, or the client has gone. */
static void on_dispose(void *slot)
{
    struct exchange *x = *(struct exchange **)slot;

    x->req = NULL;
    if (!x->has_fiber)
        unlink_exchange(x);
    else if (x->is_get && x->fiber != NULL)
        fiber_cancel(x->fiber); /* nothing depends on it; a POST is finished all the same */
}

static struct exchange *exchange_new(struct edge *edge, h2o_req_t *req, struct arena *arena)
{
    struct exchange *x = ARENA_NEW(arena, struct exchange);
    struct exchange **slot = h2o_mem_alloc_shared(&req->pool, sizeof(*slot), on_dispose);

    *slot = x;
    x->edge = edge;
    x->arena = arena;
    x->req = req;
    x->next = edge->exchanges;
    x->at = &edge->exchanges;
    if (x->next != NULL)
        x->next->at = &x->next;
    edge->exchanges = x;
    return x;
}

static void send_answer(struct exchange *x)
{
    const struct web_answer *answer = web_answer(x->request);
    h2o_req_t *req = x->req;

    web_log(x->request);
    x->sent_ms = clock_mono_ms();
    start(req, answer->status, answer->body_bytes);
    for (size_t i = 0; i < answer->header_count; i++)
        put_header(req, answer->headers[i].name, answer->headers[i].value);
    if (x->edge->is_draining)
        req->http1_is_persistent = 0;
    send_body(req, &x->generator, answer->body);
}

static void exchange_fiber(void *arg)
{
    struct exchange *x = arg;
    struct edge *edge = x->edge;

    x->fiber = fiber_current();
    fiber_set_deadline(x->fiber, clock_mono_ms() + web_deadline_ms(x->request));
    web_run(x->request);
    x->fiber = NULL;
    x->has_fiber = false;
    edge->running--;
    if (x->req != NULL) {
        send_answer(x);
        return;
    }
    web_log(x->request);
    unlink_exchange(x);
}

static uint32_t running_of(const struct edge *edge, struct str party)
{
    uint32_t n = 0;

    for (const struct exchange *x = edge->exchanges; x != NULL; x = x->next)
        if (x->has_fiber && str_eq(web_party(x->request), party))
            n++;
    return n;
}

/* The bytes of this request's head, as libh2o still has them at the front of its buffer. */
static struct str raw_head(h2o_req_t *req)
{
    h2o_buffer_t *input = req->conn->callbacks->get_socket(req->conn)->input;
    struct str all = {input->bytes, input->size};
    ptrdiff_t end = str_find(str_part(all, 0, HEAD_MAX_BYTES + 4), STR("\r\n\r\n"));

    return end >= 0 ? str_part(all, 0, (size_t)end + 4) : str_part(all, 0, HEAD_MAX_BYTES + 1);
}

static struct web_in input_of(const struct head *head, h2o_req_t *req)
{
    return (struct web_in){
        .method = head->method,
        .target = head->target,
        .host = head->host_count == 1 ? head->host : STR_NONE,
        .cookie = head->cookie,
        .content_type = head->content_type,
        .origin = head->origin,
        .referer = head->referer,
        .fetch_site = head->sec_fetch_site,
        .user_agent = head->user_agent,
        .client_ip = head->x_real_ip,
        .body = {req->entity.base, req->entity.base != NULL ? req->entity.len : 0},
        .is_https = str_is(head->x_forwarded_proto, "https"),
        .is_htmx = str_is(head->hx_request, "true"),
        .takes_gzip = head_takes_gzip(head->accept_encoding),
        .if_none_match = head->if_none_match,
    };
}

/* In memory, before there is anything to pay for: health and assets. -1: not one of these. */
static int answer_early(struct edge *edge, h2o_req_t *req, const struct head *head)
{
    bool is_head = str_is(head->method, "HEAD");

    if (!is_head && !str_is(head->method, "GET"))
        return -1;
    if (str_is(head->target, "/healthz"))
        return answer_fixed(req, 200, STR("text/plain; charset=utf-8"), STR("no-store"), STR("ok\n"), is_head);
    if (str_is(head->target, "/readyz")) {
        bool is_ready = house_is_ready(edge->house, clock_mono_ms()) && !edge->is_draining;
        return answer_fixed(req, is_ready ? 200 : 503, STR("text/plain; charset=utf-8"), STR("no-store"),
                            is_ready ? STR("ready\n") : STR("not ready\n"), is_head);
    }
    if (head->host_count != 1 || !str_starts(head->target, STR("/aset/")))
        return -1;
    const struct asset *asset = asset_find(head->target);
    return asset != NULL ? answer_asset(req, asset, head) : -1;
}

static void run_exchange(struct exchange *x)
{
    struct edge *edge = x->edge;
    struct err err;

    if (running_of(edge, web_party(x->request)) >= edge->config.party_requests) {
        (void)!fail(&err, RC_BUSY, "this village has %" PRIu32 " requests under way", edge->config.party_requests);
        web_refuse(x->request, &err);
        send_answer(x);
        return;
    }
    web_own_body(x->request);
    x->has_fiber = true;
    edge->running++;
    fiber_spawn(edge->loop, exchange_fiber, x);
}

int edge_on_request(h2o_handler_t *self, h2o_req_t *req)
{
    struct edge *edge = ((struct edge_handler *)self)->edge;
    struct arena *arena = arena_new();
    struct head head;
    struct str raw = raw_head(req);
    int status = head_read(arena, str_dup(arena, raw), &head);
    size_t body_bytes = req->entity.base != NULL ? req->entity.len : 0;

    if (edge->is_draining)
        req->http1_is_persistent = 0;
    if (status == 0 && (head.has_length ? head.length : 0) != body_bytes)
        status = 400;
    if (status == 0 && head.host_count > 1)
        status = 400;
    int early = status != 0 ? answer_wrong(req, status) : answer_early(edge, req, &head);
    if (early < 0 && edge->running >= edge->config.requests)
        early = answer_busy(req);
    if (early >= 0) {
        arena_free(&arena);
        return early;
    }
    struct exchange *x = exchange_new(edge, req, arena);
    struct web_in in = input_of(&head, req);
    x->is_get = !str_is(head.method, "POST");
    x->request = web_request(edge->web, arena, &in);
    if (web_begin(x->request))
        send_answer(x);
    else
        run_exchange(x);
    return 0;
}

void edge_cut_slow(struct edge *edge)
{
    uint64_t now = clock_mono_ms();

    for (struct exchange *x = edge->exchanges; x != NULL; x = x->next) {
        if (x->sent_ms == 0 || x->req == NULL || now - x->sent_ms < edge->config.write_ms)
            continue;
        int fd = h2o_socket_get_fd(x->req->conn->callbacks->get_socket(x->req->conn));
        if (fd >= 0)
            (void)shutdown(fd, SHUT_RDWR); /* libh2o sees the error and ends it */
    }
}
