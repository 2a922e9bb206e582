// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: the insides of the edge. */
#ifndef BALAI_EDGE_PARTS_H
#define BALAI_EDGE_PARTS_H

#define H2O_USE_LIBUV 1
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wundef"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#include <h2o.h>
#include <h2o/http1.h>
#pragma GCC diagnostic pop

#include "server/edge/edge.h"
#include "server/edge/head.h"

struct connection {
    uv_pipe_t pipe; /* first: libuv gives it back when closed */
    struct edge *edge;
    h2o_socket_t *sock;
    struct connection *next, **at; /* among the open, or the spare */
};

/*
 * One request that has an arena. Lives in that arena, which is freed by the
 * later of its two owners: libh2o's request (until the answer is written) and
 * the fiber (until the handler returned).
 */
struct exchange {
    struct edge *edge;
    struct arena *arena;
    struct request *request;
    h2o_req_t *req;      /* NULL once libh2o let go of it */
    struct fiber *fiber; /* NULL before and after */
    bool has_fiber, is_get;
    uint64_t sent_ms; /* 0: not yet */
    h2o_generator_t generator;
    struct exchange *next, **at; /* of edge->exchanges, newest first */
};

struct edge {
    struct arena *arena;
    struct loop *loop;
    struct house *house;
    struct web *web;
    struct edge_config config;
    h2o_globalconf_t conf;
    h2o_context_t context;
    h2o_accept_ctx_t accept;
    uv_pipe_t listener;
    uv_timer_t timer;
    bool is_listening, has_waiting, is_draining, is_closed;
    struct connection *open, *spare;
    uint32_t connections;
    struct exchange *exchanges;
    uint32_t running; /* exchanges with a fiber */
};

/* request.c: the handler libh2o calls. */
int edge_on_request(h2o_handler_t *self, h2o_req_t *req);
struct edge_handler {
    h2o_handler_t super;
    struct edge *edge;
};
/* request.c: closes connections whose client does not read its answer. */
void edge_cut_slow(struct edge *edge);

#endif
