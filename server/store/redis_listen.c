// SPDX-License-Identifier: AGPL-3.0-or-later
/* The connection that listens to channels, and comes back by itself. */
#include "server/store/redis_parts.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* False: the socket does not take it, and the listener shall connect again. A subscription is far smaller than a socket's buffer. */
static bool subscribe_on(int fd, struct str name)
{
    const struct str words[] = {STR("SUBSCRIBE"), name};
    struct arena *arena = arena_new();
    struct buf out = {.arena = arena};
    bool is_sent;

    redis_put_command(&out, words, COUNT_OF(words));
    is_sent = send(fd, out.p, out.n, MSG_NOSIGNAL) == (ssize_t)out.n;
    arena_free(&arena);
    return is_sent;
}

/* ["subscribe", channel, count] or ["message", channel, text] */
static void hear(struct redis *redis, const redisReply *reply)
{
    struct str kind, name;

    if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 3 || reply->element[0]->type != REDIS_REPLY_STRING ||
        reply->element[1]->type != REDIS_REPLY_STRING)
        return;
    kind = (struct str){reply->element[0]->str, (size_t)reply->element[0]->len};
    name = (struct str){reply->element[1]->str, (size_t)reply->element[1]->len};
    for (struct channel *c = redis->channels; c != NULL && !redis->is_freed; c = c->next) {
        if (!str_eq(c->name, name))
            continue;
        if (str_is(kind, "message") && reply->element[2]->type == REDIS_REPLY_STRING) {
            c->fn(c->ctx, (struct str){reply->element[2]->str, (size_t)reply->element[2]->len});
        } else if (str_is(kind, "subscribe") && c->was_lost) {
            c->was_lost = false;
            c->fn(c->ctx, STR(""));
        }
    }
}

/* One connection's life; true when it heard anything. */
static bool listen_once(struct redis *redis)
{
    redisReader *reader;
    redisReply *reply = NULL;
    bool is_good = true, has_heard = false;
    unsigned ready;

    redis->listener_fd = redis_connect(redis->path);
    if (redis->listener_fd < 0)
        return false;
    reader = redisReaderCreate();
    if (reader == NULL)
        abort(); /* out of memory */
    for (const struct channel *c = redis->channels; c != NULL && is_good; c = c->next)
        is_good = subscribe_on(redis->listener_fd, c->name);
    while (is_good && fiber_wait_fd(redis->listener_fd, WAIT_READ, 0, &ready, NULL) == RC_OK && !redis->is_freed) {
        bool is_open = redis_read(redis->listener_fd, reader); /* what came before the end still counts */

        while ((is_good = redis_next_reply(reader, &reply)) && reply != NULL && !redis->is_freed) {
            has_heard = true;
            hear(redis, reply);
            freeReplyObject(reply);
            reply = NULL;
        }
        if (reply != NULL)
            freeReplyObject(reply);
        is_good = is_good && is_open;
    }
    redisReaderFree(reader);
    close(redis->listener_fd);
    redis->listener_fd = -1;
    return has_heard;
}

static void listen_always(void *arg)
{
    struct redis *redis = arg;
    uint64_t pause_ms = RETRY_FIRST_MS;

    redis->listener = fiber_current();
    while (!redis->is_freed) {
        if (listen_once(redis))
            pause_ms = RETRY_FIRST_MS;
        for (struct channel *c = redis->channels; c != NULL; c = c->next)
            c->was_lost = true;
        if (fiber_sleep_ms(pause_ms, NULL) != RC_OK)
            break;
        pause_ms = pause_ms * 2 < RETRY_LAST_MS ? pause_ms * 2 : RETRY_LAST_MS;
    }
    redis->listener = NULL;
    redis_fiber_left(redis);
}

void redis_subscribe(struct redis *redis, struct str channel, void (*fn)(void *ctx, struct str message), void *ctx)
{
    struct channel *new_channel;

    if (redis->is_freed || str_empty(redis->path))
        return;
    new_channel = ARENA_NEW(redis->arena, struct channel);
    *new_channel = (struct channel){.next = redis->channels, .name = str_dup(redis->arena, channel), .fn = fn, .ctx = ctx};
    redis->channels = new_channel;
    if (redis->listener_fd >= 0) {
        if (!subscribe_on(redis->listener_fd, new_channel->name))
            shutdown(redis->listener_fd, SHUT_RDWR);
        return;
    }
    if (redis->listener != NULL) { /* pausing between two tries */
        new_channel->was_lost = true;
        return;
    }
    redis->refs++;
    redis->fibers++;
    fiber_spawn(redis->loop, listen_always, redis);
}
