// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The limit public_home is held against: libh2o answering the same bytes, with
 * the same headers, from memory, one loop a thread on unix sockets behind the
 * same nginx. static SOCKET-PREFIX LOOPS HEADERS-FILE BODY-FILE
 */
#define H2O_USE_LIBUV 1
#include <h2o.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/un.h>
#include <unistd.h>

static h2o_globalconf_t config;
static h2o_iovec_t body;
static struct {
    char *name, *value;
} headers[64];
static size_t header_count;

struct loop {
    h2o_context_t context;
    h2o_accept_ctx_t accept;
    uv_loop_t uv;
    uv_pipe_t listener;
    char path[108];
};

static int answer(h2o_handler_t *self, h2o_req_t *req)
{
    static h2o_generator_t generator = {NULL, NULL};

    (void)self;
    req->res.status = 200;
    req->res.reason = "OK";
    req->res.content_length = body.len;
    for (size_t i = 0; i < header_count; i++)
        h2o_add_header_by_str(&req->pool, &req->res.headers, headers[i].name, strlen(headers[i].name), 0, NULL, headers[i].value,
                              strlen(headers[i].value));
    h2o_start_response(req, &generator);
    h2o_send(req, &body, 1, H2O_SEND_STATE_FINAL);
    return 0;
}

static void on_connection(uv_stream_t *listener, int status)
{
    struct loop *loop = listener->data;
    uv_pipe_t *connection = h2o_mem_alloc(sizeof(*connection));

    if (status != 0)
        return;
    uv_pipe_init(&loop->uv, connection, 0);
    if (uv_accept(listener, (uv_stream_t *)connection) != 0) {
        uv_close((uv_handle_t *)connection, (uv_close_cb)free);
        return;
    }
    h2o_accept(&loop->accept, h2o_uv_socket_create((uv_stream_t *)connection, (uv_close_cb)free));
}

static void *serve(void *arg)
{
    struct loop *loop = arg;

    uv_loop_init(&loop->uv);
    h2o_context_init(&loop->context, &loop->uv, &config);
    loop->accept.ctx = &loop->context;
    loop->accept.hosts = config.hosts;
    unlink(loop->path);
    uv_pipe_init(&loop->uv, &loop->listener, 0);
    loop->listener.data = loop;
    if (uv_pipe_bind(&loop->listener, loop->path) != 0 || uv_listen((uv_stream_t *)&loop->listener, 1024, on_connection) != 0)
        exit(1);
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    return NULL;
}

static h2o_iovec_t file(const char *path)
{
    FILE *in = fopen(path, "rb");
    h2o_iovec_t out = {malloc(1 << 20), 0};

    if (in == NULL || out.base == NULL)
        exit(1);
    out.len = fread(out.base, 1, (1 << 20) - 1, in);
    out.base[out.len] = '\0';
    fclose(in);
    return out;
}

int main(int argc, char **argv)
{
    h2o_hostconf_t *host;
    pthread_t threads[64];
    int loops = argc == 5 ? (int)strtol(argv[2], NULL, 10) : 0;

    if (loops < 1 || loops > 64)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    body = file(argv[4]);
    for (char *save = NULL, *line = strtok_r(file(argv[3]).base, "\n", &save); line != NULL && header_count < 64;
         line = strtok_r(NULL, "\n", &save)) {
        char *colon = strstr(line, ": ");

        if (colon == NULL)
            continue;
        *colon = '\0';
        headers[header_count].name = line;
        headers[header_count++].value = colon + 2;
    }
    h2o_config_init(&config);
    config.http1.upgrade_to_http2 = 0;
    host = h2o_config_register_host(&config, h2o_iovec_init(H2O_STRLIT("default")), 65535);
    h2o_create_handler(h2o_config_register_path(host, "/", 0), sizeof(h2o_handler_t))->on_req = answer;
    for (int i = 0; i < loops; i++) {
        struct loop *loop = calloc(1, sizeof(*loop));

        if (loop == NULL)
            return 1;
        snprintf(loop->path, sizeof(loop->path), "%s-%d.sock", argv[1], i);
        pthread_create(&threads[i], NULL, serve, loop);
    }
    pause();
    return 0;
}
