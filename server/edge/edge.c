// SPDX-License-Identifier: AGPL-3.0-or-later
/* Listeners, connections, and their end. */
#include <errno.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "server/edge/edge_parts.h"

enum {
    CONNECTIONS = 2000,
    REQUESTS = 384,
    PARTY_REQUESTS = 96,
    BODY_BYTES = 16 << 20,
    IDLE_MS = 75 * 1000,
    WRITE_MS = 60 * 1000,
    BACKLOG = 1024,
    SWEEP_MS = 2000,
    POLL_MS = 20,
};

static void on_timer(uv_timer_t *timer)
{
    edge_cut_slow(timer->data);
}

static void set_defaults(struct edge_config *config)
{
    if (config->connections == 0)
        config->connections = CONNECTIONS;
    if (config->requests == 0)
        config->requests = REQUESTS;
    if (config->party_requests == 0)
        config->party_requests = PARTY_REQUESTS;
    if (config->body_bytes == 0)
        config->body_bytes = BODY_BYTES;
    if (config->idle_ms == 0)
        config->idle_ms = IDLE_MS;
    if (config->write_ms == 0)
        config->write_ms = WRITE_MS;
}

struct edge *edge_new(struct loop *loop, struct house *house, struct web *web, const struct edge_config *config)
{
    struct arena *arena = arena_new();
    struct edge *edge = ARENA_NEW(arena, struct edge);

    edge->arena = arena;
    edge->loop = loop;
    edge->house = house;
    edge->web = web;
    edge->config = *config;
    set_defaults(&edge->config);
    h2o_config_init(&edge->conf);
    edge->conf.server_name = h2o_iovec_init(NULL, 0);
    edge->conf.max_request_entity_size = edge->config.body_bytes;
    edge->conf.http1.req_timeout = edge->config.idle_ms;
    edge->conf.http1.upgrade_to_http2 = 0;
    h2o_hostconf_t *host = h2o_config_register_host(&edge->conf, h2o_iovec_init(H2O_STRLIT("default")), 65535);
    h2o_pathconf_t *path = h2o_config_register_path(host, "/", 0);
    struct edge_handler *handler = (struct edge_handler *)h2o_create_handler(path, sizeof(*handler));
    handler->super.on_req = edge_on_request;
    handler->edge = edge;
    h2o_context_init(&edge->context, loop_uv(loop), &edge->conf);
    edge->accept = (h2o_accept_ctx_t){.ctx = &edge->context, .hosts = edge->conf.hosts};
    uv_timer_init(loop_uv(loop), &edge->timer);
    edge->timer.data = edge;
    uv_timer_start(&edge->timer, on_timer, SWEEP_MS, SWEEP_MS);
    return edge;
}

/* ---- connections ---- */

static void accept_one(struct edge *edge);

static void on_closed(uv_handle_t *handle)
{
    struct connection *connection = (struct connection *)handle;
    struct edge *edge = connection->edge;

    *connection->at = connection->next;
    if (connection->next != NULL)
        connection->next->at = connection->at;
    connection->next = edge->spare;
    edge->spare = connection;
    edge->connections--;
    if (edge->has_waiting && edge->is_listening) {
        edge->has_waiting = false;
        accept_one(edge);
    }
}

static struct connection *take_connection(struct edge *edge)
{
    struct connection *connection = edge->spare;

    if (connection != NULL)
        edge->spare = connection->next;
    else
        connection = ARENA_NEW(edge->arena, struct connection);
    memset(connection, 0, sizeof(*connection));
    connection->edge = edge;
    connection->next = edge->open;
    connection->at = &edge->open;
    if (edge->open != NULL)
        edge->open->at = &connection->next;
    edge->open = connection;
    edge->connections++;
    return connection;
}

/* At the cap nothing is accepted: libuv then leaves the rest in the kernel's queue until we do. */
static void accept_one(struct edge *edge)
{
    if (edge->connections >= edge->config.connections) {
        edge->has_waiting = true;
        return;
    }
    struct connection *connection = take_connection(edge);
    uv_pipe_init(loop_uv(edge->loop), &connection->pipe, 0);
    if (uv_accept((uv_stream_t *)&edge->listener, (uv_stream_t *)&connection->pipe) != 0) {
        uv_close((uv_handle_t *)&connection->pipe, on_closed);
        return;
    }
    connection->sock = h2o_uv_socket_create((uv_stream_t *)&connection->pipe, on_closed);
    h2o_accept(&edge->accept, connection->sock);
}

static void on_connection(uv_stream_t *stream, int status)
{
    if (status == 0)
        accept_one(stream->data);
}

static enum rc start_listening(struct edge *edge, const char *what, struct err *err)
{
    edge->listener.data = edge;
    int rc = uv_listen((uv_stream_t *)&edge->listener, BACKLOG, on_connection);
    if (rc != 0)
        return fail(err, RC_UNAVAILABLE, "cannot listen on %s: %s", what, uv_strerror(rc));
    edge->is_listening = true;
    return RC_OK;
}

/* A socket file on which another process still answers is left alone. */
static bool is_answered(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return false;
    memcpy(address.sun_path, path, strlen(path)); /* its length was checked by edge_listen */
    bool is_taken = connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0;
    close(fd);
    return is_taken;
}

enum rc edge_listen(struct edge *edge, const char *path, struct err *err)
{
    if (strlen(path) >= sizeof(((struct sockaddr_un *)0)->sun_path))
        return fail(err, RC_INVALID, "the socket's path is longer than 107 bytes: %s", path);
    if (is_answered(path))
        return fail(err, RC_CONFLICT, "another server answers on %s", path);
    unlink(path);
    uv_pipe_init(loop_uv(edge->loop), &edge->listener, 0);
    int rc = uv_pipe_bind(&edge->listener, path);
    if (rc != 0)
        return fail(err, RC_UNAVAILABLE, "cannot bind %s: %s", path, uv_strerror(rc));
    if (chmod(path, 0660) != 0)
        return fail(err, RC_UNAVAILABLE, "cannot set the mode of %s: %s", path, strerror(errno));
    return start_listening(edge, path, err);
}

enum rc edge_listen_fd(struct edge *edge, int fd, struct err *err)
{
    uv_pipe_init(loop_uv(edge->loop), &edge->listener, 0);
    int rc = uv_pipe_open(&edge->listener, fd);
    if (rc != 0)
        return fail(err, RC_UNAVAILABLE, "cannot use the inherited socket %d: %s", fd, uv_strerror(rc));
    return start_listening(edge, "the inherited socket", err);
}

/* ---- the end ---- */

static bool is_busy(const struct edge *edge, const struct connection *connection)
{
    for (const struct exchange *x = edge->exchanges; x != NULL; x = x->next)
        if (x->req != NULL && x->req->conn->callbacks->get_socket(x->req->conn) == connection->sock)
            return true;
    return false;
}

/* The other end and libh2o both see an end of file; libh2o then closes it in its own time. */
static void hang_up(struct connection *connection)
{
    uv_os_fd_t fd;

    if (uv_fileno((const uv_handle_t *)&connection->pipe, &fd) == 0)
        (void)shutdown(fd, SHUT_RDWR);
}

void edge_drain(struct edge *edge)
{
    if (edge->is_draining)
        return;
    edge->is_draining = true;
    if (edge->is_listening)
        uv_close((uv_handle_t *)&edge->listener, NULL);
    edge->is_listening = false;
    for (struct connection *c = edge->open; c != NULL; c = c->next)
        if (!is_busy(edge, c))
            hang_up(c);
}

size_t edge_active(const struct edge *edge)
{
    size_t n = 0;

    for (const struct exchange *x = edge->exchanges; x != NULL; x = x->next)
        n++;
    return n;
}

bool edge_finish(struct edge *edge, uint64_t ms)
{
    uint64_t until = clock_mono_ms() + ms;

    edge_drain(edge);
    while (edge->exchanges != NULL && clock_mono_ms() < until)
        if (fiber_sleep_ms(POLL_MS, NULL) != RC_OK)
            break;
    for (struct exchange *x = edge->exchanges; x != NULL; x = x->next)
        if (x->fiber != NULL)
            fiber_cancel(x->fiber);
    for (struct connection *c = edge->open; c != NULL; c = c->next)
        hang_up(c);
    until = clock_mono_ms() + 1000;
    while ((edge->connections > 0 || edge->exchanges != NULL) && clock_mono_ms() < until)
        if (fiber_sleep_ms(POLL_MS, NULL) != RC_OK)
            break;
    edge->is_closed = edge->connections == 0 && edge->exchanges == NULL;
    if (!edge->is_closed)
        log_event(LOG_WARNING, "drain", "%" PRIu32 " connections and %zu requests were cut off", edge->connections, edge_active(edge));
    return edge->is_closed;
}

void edge_free(struct edge **edge)
{
    struct edge *e = *edge;

    if (e == NULL)
        return;
    uv_close((uv_handle_t *)&e->timer, NULL);
    uv_run(loop_uv(e->loop), UV_RUN_NOWAIT);
    if (e->is_closed) {
        h2o_context_dispose(&e->context);
        h2o_config_dispose(&e->conf);
        for (int i = 0; i < 4; i++) /* libh2o closes its timers: their memory is ours until then */
            uv_run(loop_uv(e->loop), UV_RUN_NOWAIT);
    }
    struct arena *arena = e->arena;
    arena_free(&arena);
    *edge = NULL;
}
