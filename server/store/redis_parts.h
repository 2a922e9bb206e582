// SPDX-License-Identifier: AGPL-3.0-or-later
/* Private to redis.c, redis_link.c and redis_listen.c. */
#ifndef BALAI_REDIS_PARTS_H
#define BALAI_REDIS_PARTS_H

#include <hiredis/hiredis.h>

#include "server/loop/loop.h"
#include "server/store/redis.h"

enum { RETRY_FIRST_MS = 100, RETRY_LAST_MS = 5000, RING = 512 };

/* Where a waiting call gets its answer; on its own stack. */
struct answer {
    struct wait_list wait;
    redisReply *reply; /* NULL when the link broke */
    bool is_done;
};

struct link {
    unsigned refs; /* its reading fiber and each call under way */
    int fd;
    bool is_broken;
    redisReader *reader;
    struct arena *arena; /* of `out`; reset whenever all is sent */
    struct buf out;
    size_t out_at;                /* sent part of `out` */
    uint64_t sent;                /* bytes, ever */
    uint64_t asked, answered;     /* questions, ever: the generation of a slot */
    uint64_t stalled_ms;          /* since when; 0: not */
    struct answer *waiting[RING]; /* of question n at n % RING; NULL: nobody waits any more */
};

struct channel {
    struct channel *next;
    struct str name;
    void (*fn)(void *ctx, struct str message);
    void *ctx;
    bool was_lost; /* a message may have been missed */
};

struct redis {
    unsigned refs; /* the owner, each fiber of ours and each call under way */
    bool is_freed;
    struct arena *arena;
    struct loop *loop;
    struct str path;
    struct link *link;
    uint64_t retry_ms, retry_at_ms; /* back-off after a failure; 0: none */
    struct channel *channels;
    struct fiber *listener; /* NULL: not running */
    int listener_fd;
    struct wait_list ended; /* redis_free, until the fibers are gone */
    unsigned fibers;
};

/* redis.c */
void redis_leave(struct redis *redis);
void redis_fiber_left(struct redis *redis);

/* redis_link.c */
/* A connected socket, or -1 with errno. Connecting to a unix socket never waits. */
int redis_connect(struct str path);
void redis_put_command(struct buf *out, const struct str *words, size_t n);
/* Feeds what can be read; false at the end of the stream or an error. */
bool redis_read(int fd, redisReader *reader);
/* The next whole answer or NULL; false: what came is not the protocol. */
bool redis_next_reply(redisReader *reader, redisReply **out);

/* Connects redis->link and starts its reading fiber. */
enum rc redis_link_open(struct redis *redis, struct err *err) MUST_USE;
/* Ends the link for everybody: waits on the socket end by the shutdown, waits for answers here. */
void redis_link_break(struct redis *redis, struct link *link, const char *why);
/* Gives out all answers that have come. False: the link is broken. */
bool redis_link_read(struct redis *redis, struct link *link);
/* Sends what it can without waiting. False: the link is broken. */
bool redis_link_flush(struct redis *redis, struct link *link);
void redis_link_leave(struct link *link);

#endif
