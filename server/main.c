// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * balai-server: answers HTTP for all villages.
 *
 *   balai-server --config FILE     serves on RUN_DIR/balai-0.sock …, one socket and thread a loop
 *   balai-server --routes          prints `site method path permission`, one line a route
 *   balai-server --uploads         prints the paths that take files, as one regular expression for the front
 *
 * Sockets may be inherited instead (LISTEN_FDS, one a loop). SIGTERM: takes no
 * new connections, finishes what is under way within 10 s, ends with 0.
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <uv.h>

#include "server/base/config.h"
#include "server/edge/edge.h"
#include "server/paper/paper.h"
#include "server/web/feature.h"
#include "server/web/serve.h"

enum { MAX_LOOPS = 64, DRAIN_MS = 10 * 1000, POLL_MS = 1000, PREPARED = 1500, IDLE_CLOSE_MS = 60 * 1000, FIRST_FD = 3 };

/* MariaDB ends a statement before the request ends (10 s): none works on for somebody who is gone. */
enum { STATEMENT_MS = 9500 };

struct server;

/* One loop: its thread and everything that belongs to it. */
struct worker {
    struct server *server;
    unsigned number;
    pthread_t thread;
    struct arena *arena;
    struct loop *loop;
    struct store *store;
    struct redis *redis;
    struct web *web;
    struct edge *edge;
    bool is_serving, is_clean; /* is_clean: it ended with nothing left in it */
};

struct server {
    struct arena *arena;
    struct config config;
    struct str control_secret;
    struct router *router;
    struct directory *directory;
    struct house *house;
    struct worker workers[MAX_LOOPS];
    unsigned loops;
    int inherited; /* listening descriptors from FIRST_FD on */
    sem_t started;
    struct fiber *poller;
    bool is_stopping;
};

static int usage(void)
{
    fputs("usage: balai-server --config FILE | --routes | --uploads\n", stderr);
    return 2;
}

static int print_routes(struct server *server, void print(const struct router *router, struct buf *out))
{
    struct buf out = {.arena = server->arena};

    print(server->router, &out);
    if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout) != 0)
        return 1;
    return 0;
}

static int level_from(struct str name)
{
    static const struct {
        const char *name;
        int level;
    } table[] = {{"error", LOG_ERROR}, {"warning", LOG_WARNING}, {"notice", LOG_NOTICE}, {"info", LOG_INFO}, {"debug", LOG_DEBUG}};

    for (size_t i = 0; i < COUNT_OF(table); i++)
        if (str_is(name, table[i].name))
            return table[i].level;
    return LOG_INFO;
}

static enum rc read_keys(struct server *server, struct house_config *house, struct err *err)
{
    struct config *config = &server->config;

    TRY(config_key(str_z(server->arena, config->master_key_file), house->master_key, err));
    TRY(config_key(str_z(server->arena, config->pepper_file), house->pepper, err));
    return config_secret(server->arena, config->mysql_control_secret, &server->control_secret, err);
}

static unsigned count_loops(const struct config *config)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned n = config->loops != 0 ? config->loops : (unsigned)(cores > 0 ? cores : 1);
    return n < MAX_LOOPS ? n : MAX_LOOPS;
}

/* systemd's way: LISTEN_FDS sockets from descriptor 3 on, meant for LISTEN_PID. */
static int count_inherited(void)
{
    uint64_t pid, fds;

    if (!str_to_u64(str_c(getenv("LISTEN_PID")), &pid) || !str_to_u64(str_c(getenv("LISTEN_FDS")), &fds))
        return 0;
    return pid == (uint64_t)getpid() && fds > 0 && fds <= MAX_LOOPS ? (int)fds : 0;
}

static enum rc server_init(struct server *server, const char *path, struct err *err)
{
    struct house_config house = {0};

    TRY(config_read(server->arena, path, &server->config, err));
    log_set_level(level_from(server->config.log_level));
    TRY(read_keys(server, &house, err));
    TRY(paper_init(server->config.font_dir, err));
    house.base_host = server->config.base_host;
    house.public_scheme = server->config.public_scheme;
    server->inherited = count_inherited();
    server->loops = server->inherited > 0 ? (unsigned)server->inherited : count_loops(&server->config);
    server->directory = directory_new(server->config.base_host, server->config.village_prefix, house.master_key);
    server->house = house_new(server->arena, &house, server->directory, server->router);
    explicit_bzero(&house, sizeof(house));
    return RC_OK;
}

/* ---- the directory ---- */

/* Loop 0 looks once a second; when control is away the last copy serves on. */
static void poll_directory(void *arg)
{
    struct worker *worker = arg;
    struct server *server = worker->server;
    struct arena *arena = arena_new();
    bool was_well = true;

    server->poller = fiber_current();
    while (!fiber_is_cancelled(fiber_current())) {
        struct err err = {0};
        enum rc rc = directory_refresh(server->directory, store_control(worker->store, arena), false, &err);
        if (rc == RC_OK)
            house_seen(server->house, clock_mono_ms());
        else if (was_well && rc != RC_CANCELLED)
            log_err("directory", &err);
        was_well = rc == RC_OK;
        arena_reset(arena);
        if (fiber_sleep_ms(POLL_MS, NULL) != RC_OK)
            break;
    }
    arena_free(&arena);
    server->poller = NULL;
}

/* ---- a loop ---- */

static uint32_t share(uint32_t all, unsigned loops)
{
    uint32_t n = (all + loops - 1) / loops;
    return n > 0 ? n : 1;
}

static enum rc worker_listen(struct worker *worker, struct err *err)
{
    const struct server *server = worker->server;

    if (server->inherited > 0)
        return edge_listen_fd(worker->edge, FIRST_FD + (int)worker->number, err);
    struct str path = str_fmt(worker->arena, "%.*s/balai-%u.sock", STR_ARG(server->config.run_dir), worker->number);
    return edge_listen(worker->edge, str_z(worker->arena, path), err);
}

static enum rc worker_start(struct worker *worker, struct err *err)
{
    struct server *server = worker->server;
    const struct config *config = &server->config;
    struct store_config store = {
        .socket = config->mysql_socket,
        .control_user = config->mysql_control_user,
        .control_password = server->control_secret,
        .control_schema = config->control_schema,
        .connections = share(config->connections, server->loops),
        .village_connections = share(config->village_connections, server->loops),
        .prepared = share(PREPARED, server->loops),
        .idle_close_ms = IDLE_CLOSE_MS,
        .statement_ms = STATEMENT_MS,
    };

    worker->arena = arena_new();
    worker->loop = loop_new();
    worker->store = store_new(worker->loop, &store);
    worker->redis = redis_new(worker->loop, config->redis_socket);
    worker->web = web_new(worker->arena, server->house, worker->loop, worker->store, worker->redis);
    worker->edge = edge_new(worker->loop, server->house, worker->web, &(struct edge_config){0});
    return worker_listen(worker, err);
}

static void worker_end(struct worker *worker)
{
    edge_free(&worker->edge);
    redis_free(&worker->redis);
    store_free(&worker->store);
    loop_free(&worker->loop);
    arena_free(&worker->arena);
}

static void drain_worker(void *arg)
{
    struct worker *worker = arg;
    struct server *server = worker->server;

    worker->is_clean = edge_finish(worker->edge, DRAIN_MS);
    if (worker->number == 0 && server->poller != NULL)
        fiber_cancel(server->poller);
    while (worker->number == 0 && server->poller != NULL)
        if (fiber_sleep_ms(5, NULL) != RC_OK)
            break;
    loop_stop(worker->loop);
}

static void *worker_main(void *arg)
{
    struct worker *worker = arg;
    struct err err = {0};

    worker->is_serving = worker_start(worker, &err) == RC_OK;
    if (!worker->is_serving)
        log_err("start", &err);
    bool is_serving = worker->is_serving;
    sem_post(&worker->server->started);
    if (!is_serving)
        return NULL;
    loop_run(worker->loop);
    if (worker->is_clean)
        worker_end(worker);
    return NULL;
}

/* ---- the process ---- */

static void on_signal(uv_signal_t *signal, int number)
{
    struct server *server = signal->data;

    if (server->is_stopping)
        _exit(1); /* asked twice: at once */
    server->is_stopping = true;
    log_event(LOG_NOTICE, "stop", "signal %d: finishing what is under way", number);
    for (unsigned i = 0; i < server->loops; i++)
        loop_post(server->workers[i].loop, drain_worker, &server->workers[i]);
}

static void watch_signals(struct server *server, uv_signal_t signals[2])
{
    static const int numbers[] = {SIGTERM, SIGINT};

    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        uv_signal_init(loop_uv(server->workers[0].loop), &signals[i]);
        signals[i].data = server;
        uv_signal_start(&signals[i], on_signal, numbers[i]);
    }
}

/* All loops listen, or the process ends. */
static bool start_workers(struct server *server)
{
    struct worker *first = &server->workers[0];
    struct err err = {0};
    bool is_well = true;

    for (unsigned i = 1; i < server->loops; i++) {
        struct worker *worker = &server->workers[i];
        if (pthread_create(&worker->thread, NULL, worker_main, worker) != 0) {
            log_event(LOG_ERROR, "start", "no thread for loop %u", i);
            return false;
        }
    }
    if (worker_start(first, &err) != RC_OK) {
        log_err("start", &err);
        return false;
    }
    for (unsigned i = 1; i < server->loops; i++) {
        while (sem_wait(&server->started) != 0 && errno == EINTR)
            continue;
    }
    for (unsigned i = 1; i < server->loops; i++)
        is_well = is_well && server->workers[i].is_serving;
    return is_well;
}

static int serve(struct server *server)
{
    uv_signal_t signals[2];

    sem_init(&server->started, 0, 0);
    for (unsigned i = 0; i < server->loops; i++)
        server->workers[i] = (struct worker){.server = server, .number = i};
    if (!start_workers(server))
        return 1;
    watch_signals(server, signals);
    fiber_spawn(server->workers[0].loop, poll_directory, &server->workers[0]);
    log_event(LOG_NOTICE, "start", "%u loops in %.*s", server->loops, STR_ARG(server->config.run_dir));
    loop_run(server->workers[0].loop);
    for (unsigned i = 1; i < server->loops; i++)
        pthread_join(server->workers[i].thread, NULL);
    for (unsigned i = 0; i < server->loops; i++)
        if (!server->workers[i].is_clean)
            _exit(0); /* what would not end within its time still uses memory of the house */
    uv_close((uv_handle_t *)&signals[0], NULL);
    uv_close((uv_handle_t *)&signals[1], NULL);
    worker_end(&server->workers[0]);
    log_event(LOG_NOTICE, "stop", "ended");
    return 0;
}

int main(int argc, char **argv)
{
    static struct server server;
    struct err err = {0};
    const char *path = getenv("BALAI_CONFIG");
    int rc;

    base_init();
    signal(SIGPIPE, SIG_IGN);
    server.arena = arena_new();
    server.router = router_new(server.arena);
    web_add_features(server.router, features);
    if (argc == 2 && (strcmp(argv[1], "--routes") == 0 || strcmp(argv[1], "--uploads") == 0)) {
        rc = print_routes(&server, strcmp(argv[1], "--routes") == 0 ? router_print : router_print_uploads);
        arena_free(&server.arena);
        return rc;
    }
    if (argc == 3 && strcmp(argv[1], "--config") == 0)
        path = argv[2];
    else if (argc != 1)
        return usage();
    if (path == NULL)
        return usage();
    if (server_init(&server, path, &err) != RC_OK) {
        log_err("start", &err);
        return 1;
    }
    rc = serve(&server);
    if (rc != 0)
        return rc;
    house_free(&server.house);
    directory_free(&server.directory);
    arena_free(&server.arena);
    return 0;
}
