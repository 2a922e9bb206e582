// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The edge: HTTP/1.1 from our own front over a unix socket, through libh2o, to
 * server/web. One edge a loop, used only on that loop's thread. It bounds
 * everything: bytes of a head and a body, connections, requests at once of the
 * loop and of one village, time to write. A libh2o request can die while its
 * fiber runs: the fiber owns copies of all it needs, and the two know of each
 * other only through a link that either end cuts.
 *
 * /healthz (this process answers) and /readyz (control was read lately) need
 * no Host; the front maps them on loopback only. /aset/ is served from memory.
 */
#ifndef BALAI_EDGE_H
#define BALAI_EDGE_H

#include "server/base/base.h"
#include "server/loop/loop.h"
#include "server/web/serve.h"

struct edge;

struct edge_config {
    uint32_t connections;    /* open at once; 0: 2,000. More wait in the kernel's queue */
    uint32_t requests;       /* in fibers at once; 0: 384. More get 503 at once */
    uint32_t party_requests; /* of one village; 0: 96 */
    uint64_t body_bytes;     /* 0: 16 MiB */
    uint32_t idle_ms;        /* between and within requests; 0: 75,000, longer than the front keeps a connection */
    uint32_t write_ms;       /* until an answer is taken; 0: 60,000 */
};

/* The loop must be the calling thread's. */
struct edge *edge_new(struct loop *loop, struct house *house, struct web *web, const struct edge_config *config) MUST_USE;
/* Listens on a new unix socket (mode 0660), replacing a dead one at that path. */
enum rc edge_listen(struct edge *edge, const char *path, struct err *err) MUST_USE;
/* Listens on a socket inherited from the starter. */
enum rc edge_listen_fd(struct edge *edge, int fd, struct err *err) MUST_USE;

/* Takes no new connections; answers close theirs; idle ones are closed. */
void edge_drain(struct edge *edge);
size_t edge_active(const struct edge *edge);
/* In a fiber: waits until nothing is active, at most ms, then closes everything. False: something would not end, and the loop cannot be
 * freed. */
bool edge_finish(struct edge *edge, uint64_t ms);
void edge_free(struct edge **edge);

#endif
