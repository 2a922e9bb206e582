// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * balai-worker: does the work that was put into the outboxes. One thread, one
 * loop, a few lanes. SIGTERM or SIGINT: takes no new jobs, ends those under way
 * (at most 10 s) and stops. kill -9 at any moment loses nothing: leases run out,
 * or are taken back at the next start by the worker of the same run directory.
 *
 *   balai-worker --config FILE     (or BALAI_CONFIG)
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>
#include <uv.h>

#include "server/loop/loop.h"
#include "server/outbound/esign.h"
#include "server/outbound/outbound.h"
#include "server/paper/paper.h"
#include "server/paper/sign.h"
#include "server/web/feature.h"
#include "workers/jobs/lanes.h"

enum { DRAIN_MS = 10000, SWEEP_MS = 5000, PREPARED = 200, STATEMENT_MS = 60000, NICE = 5 };

struct worker {
    struct arena *arena;
    struct config config;
    unsigned char master_key[KEY_BYTES];
    struct loop *loop;
    struct store *store, *sweep_store;
    struct redis *redis;
    struct directory *directory;
    struct post *post;
    const struct str *esign_roots; /* DER */
    size_t n_esign_roots;
    uv_signal_t signals[2];
    struct wait_list stop;
    bool is_stopping;
};

static const char *config_path(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--config") == 0)
        return argv[2];
    return argc == 1 ? getenv("BALAI_CONFIG") : NULL;
}

static int level_of(struct str name)
{
    static const char *const names[] = {"error", "warning", "notice", "info", "debug"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_is(name, names[i]))
            return LOG_ERROR + (int)i;
    return LOG_INFO;
}

static enum rc read_config(struct worker *w, const char *path, struct err *err)
{
    TRY(config_read(w->arena, path, &w->config, err));
    log_set_level(level_of(w->config.log_level));
    if (w->config.worker_lanes == 0)
        w->config.worker_lanes = 4;
    TRY(post_new(w->arena, &w->config, &w->post, err));
    if (!str_empty(w->config.esign_roots))
        TRY(seal_roots_read(w->arena, w->config.esign_roots, &w->esign_roots, &w->n_esign_roots, err));
    return config_key(str_z(w->arena, w->config.master_key_file), w->master_key, err);
}

/* Whether we are the only worker of this run directory; the lock lasts as long as the process. */
static bool take_lock(struct worker *w)
{
    struct str path = str_fmt(w->arena, "%.*s/worker.lock", STR_ARG(w->config.run_dir));
    int fd = open(str_z(w->arena, path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0) {
        log_event(LOG_NOTICE, "lock", "not the only worker of the run directory (%s)", strerror(errno));
        return false;
    }
    return true;
}

/* In the lease rows (60 bytes): the same after a restart in the same place. */
static struct str owner_name(struct worker *w, bool is_sole)
{
    unsigned char hash[HASH_BYTES];
    char host[64] = "";

    gethostname(host, sizeof(host) - 1);
    hash_sha256(w->config.run_dir.p, w->config.run_dir.n, hash);
    return str_fmt(w->arena, "%.30s/%.*s%s%.*s", host, STR_ARG(str_hex(w->arena, hash, 4)), is_sole ? "" : "/",
                   STR_ARG(is_sole ? STR("") : random_word(w->arena, 8)));
}

/* As many threads as there can be under way beside the loop, so that who waits for an answer from outside holds up nobody's paper. libuv
 * reads it with the first of them. */
static void size_pool(const struct worker *w)
{
    char threads[16];

    snprintf(threads, sizeof(threads), "%u", w->config.worker_lanes + ESIGN_WAYS);
    setenv("UV_THREADPOOL_SIZE", threads, 1);
}

static enum rc open_stores(struct worker *w, struct err *err)
{
    struct store_config config = {
        .socket = w->config.mysql_socket,
        .control_user = w->config.mysql_control_user,
        .control_schema = w->config.control_schema,
        .connections = w->config.worker_lanes * 3 + 2 + ESIGN_WAYS,
        .village_connections = w->config.worker_lanes + 1,
        .prepared = PREPARED,
        .idle_close_ms = 60000,
        .statement_ms = STATEMENT_MS,
    };

    TRY(config_secret(w->arena, w->config.mysql_control_secret, &config.control_password, err));
    w->store = store_new(w->loop, &config);
    config.connections = 2;
    config.village_connections = 1;
    config.prepared = 0; /* a statement prepared on a connection that changes hands at once is prepared in vain */
    w->sweep_store = store_new(w->loop, &config);
    return RC_OK;
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct worker *w = handle->data;

    if (!w->is_stopping)
        log_event(LOG_NOTICE, "stop", "signal %d: ending the jobs under way", number);
    w->is_stopping = true;
    fiber_wake_all(&w->stop);
}

static void watch_signals(struct worker *w)
{
    static const int numbers[] = {SIGTERM, SIGINT};

    signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        w->signals[i].data = w;
        if (uv_signal_init(loop_uv(w->loop), &w->signals[i]) != 0 || uv_signal_start(&w->signals[i], on_signal, numbers[i]) != 0)
            abort();
    }
}

static void work(void *arg)
{
    struct worker *w = arg;
    bool is_sole = take_lock(w);
    const struct lanes_setup setup = {
        .loop = w->loop,
        .house = {.config = &w->config,
                  .master_key = w->master_key,
                  .directory = w->directory,
                  .store = w->store,
                  .features = features,
                  .origin = str_fmt(w->arena, "%.*s://%.*s", STR_ARG(w->config.public_scheme), STR_ARG(w->config.base_host)),
                  .post = w->post,
                  .esign = esign_new(w->arena, &w->config),
                  .esign_roots = w->esign_roots,
                  .n_esign_roots = w->n_esign_roots,
                  .redis = w->redis},
        .sweep_store = w->sweep_store,
        .redis = w->redis,
        .owner = owner_name(w, is_sole),
        .is_sole_owner = is_sole,
        .lanes = w->config.worker_lanes,
        .sweep_ms = SWEEP_MS,
    };
    struct lanes *lanes = lanes_start(w->arena, &setup);
    struct err err;

    log_event(LOG_NOTICE, "start", "%" PRIu32 " lanes", setup.lanes);
    while (!w->is_stopping)
        if (fiber_park(&w->stop, 0, &err) != RC_OK)
            break;
    lanes_drain(lanes, DRAIN_MS);
    log_event(LOG_NOTICE, "stopped", "nothing is under way");
}

static void close_all(struct worker *w)
{
    redis_free(&w->redis);
    store_free(&w->sweep_store);
    store_free(&w->store);
    directory_free(&w->directory);
    for (size_t i = 0; i < COUNT_OF(w->signals); i++)
        uv_close((uv_handle_t *)&w->signals[i], NULL);
    loop_free(&w->loop);
    explicit_bzero(w->master_key, sizeof(w->master_key));
    arena_free(&w->arena);
}

int main(int argc, char **argv)
{
    struct worker w = {0};
    const char *path = config_path(argc, argv);
    struct err err;

    base_init();
    outbound_init();
    if (path == NULL) {
        fprintf(stderr, "usage: balai-worker --config FILE\n");
        return 2;
    }
    w.arena = arena_new();
    (void)setpriority(PRIO_PROCESS, 0, NICE); /* who waits for a page goes first; threads begun later inherit it */
    if (read_config(&w, path, &err) != RC_OK) {
        fprintf(stderr, "balai-worker: %s\n", err.text);
        return 1;
    }
    if (paper_init(w.config.font_dir, &err) != RC_OK) {
        fprintf(stderr, "balai-worker: %s\n", err.text);
        return 1;
    }
    size_pool(&w);
    w.loop = loop_new();
    if (open_stores(&w, &err) != RC_OK) {
        fprintf(stderr, "balai-worker: %s\n", err.text);
        return 1;
    }
    w.redis = redis_new(w.loop, w.config.redis_socket);
    w.directory = directory_new(w.config.base_host, w.config.village_prefix, w.master_key);
    watch_signals(&w);
    loop_run_fiber(w.loop, work, &w);
    close_all(&w);
    return 0;
}
