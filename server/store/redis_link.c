// SPDX-License-Identifier: AGPL-3.0-or-later
/* The connection that carries the questions. */
#include "server/store/redis_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "server/base/clock.h"

int redis_connect(struct str path)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    int fd, saved;

    if (path.n >= sizeof(to.sun_path)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(to.sun_path, path.p, path.n);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
        return fd;
    saved = errno;
    close(fd);
    errno = saved;
    return -1;
}

void redis_put_command(struct buf *out, const struct str *words, size_t n)
{
    buf_fmt(out, "*%zu\r\n", n);
    for (size_t i = 0; i < n; i++) {
        buf_fmt(out, "$%zu\r\n", words[i].n);
        buf_put_str(out, words[i]);
        buf_put_str(out, STR("\r\n"));
    }
}

void redis_link_leave(struct link *link)
{
    if (--link->refs > 0)
        return;
    close(link->fd);
    redisReaderFree(link->reader);
    arena_free(&link->arena);
    free(link);
}

static void answer_give(struct answer *answer, redisReply *reply)
{
    answer->reply = reply;
    answer->is_done = true;
    fiber_wake_all(&answer->wait);
}

/* The next try is later at each failure in a row; the first of them is logged. */
static void back_off(struct redis *redis, const char *why)
{
    if (redis->retry_ms == 0 && !redis->is_freed)
        log_event(LOG_WARNING, "redis_away", "%s", why);
    redis->retry_ms = redis->retry_ms == 0 ? RETRY_FIRST_MS : redis->retry_ms * 2;
    if (redis->retry_ms > RETRY_LAST_MS)
        redis->retry_ms = RETRY_LAST_MS;
    redis->retry_at_ms = clock_mono_ms() + redis->retry_ms;
}

void redis_link_break(struct redis *redis, struct link *link, const char *why)
{
    if (link->is_broken)
        return;
    link->is_broken = true;
    shutdown(link->fd, SHUT_RDWR);
    for (; link->answered < link->asked; link->answered++) {
        struct answer *answer = link->waiting[link->answered % RING];

        link->waiting[link->answered % RING] = NULL;
        if (answer != NULL)
            answer_give(answer, NULL);
    }
    if (redis->link != link)
        return;
    redis->link = NULL;
    back_off(redis, why);
}

bool redis_link_flush(struct redis *redis, struct link *link)
{
    while (!link->is_broken && link->out_at < link->out.n) {
        ssize_t n = send(link->fd, link->out.p + link->out_at, link->out.n - link->out_at, MSG_NOSIGNAL);

        if (n > 0) {
            link->out_at += (size_t)n;
            link->sent += (size_t)n;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return true;
        } else if (errno != EINTR) {
            redis_link_break(redis, link, strerror(errno));
        }
    }
    if (link->is_broken)
        return false;
    arena_reset(link->arena);
    link->out = (struct buf){.arena = link->arena};
    link->out_at = 0;
    return true;
}

/* Gives one answer to the question it belongs to. */
static void link_answer(struct redis *redis, struct link *link, redisReply *reply)
{
    struct answer **waiting = &link->waiting[link->answered % RING];
    struct answer *answer = *waiting;

    if (link->answered == link->asked) { /* Redis spoke unasked: the order is lost */
        freeReplyObject(reply);
        redis_link_break(redis, link, "an answer without a question");
        return;
    }
    *waiting = NULL;
    link->answered++;
    link->stalled_ms = 0;
    if (redis->retry_ms != 0)
        log_event(LOG_NOTICE, "redis_back", "answers again");
    redis->retry_ms = 0;
    if (answer != NULL)
        answer_give(answer, reply);
    else
        freeReplyObject(reply);
}

bool redis_read(int fd, redisReader *reader)
{
    char block[16 * 1024];

    for (;;) {
        ssize_t n = recv(fd, block, sizeof(block), 0);

        if (n > 0) {
            if (redisReaderFeed(reader, block, (size_t)n) != REDIS_OK)
                return false;
            if (n < (ssize_t)sizeof(block))
                return true;
        } else if (n == 0) {
            return false;
        } else if (errno != EINTR) {
            return errno == EAGAIN || errno == EWOULDBLOCK;
        }
    }
}

bool redis_next_reply(redisReader *reader, redisReply **out)
{
    void *reply = NULL;

    if (redisReaderGetReply(reader, &reply) != REDIS_OK)
        return false;
    *out = reply;
    return true;
}

bool redis_link_read(struct redis *redis, struct link *link)
{
    redisReply *reply = NULL;

    if (link->is_broken)
        return false;
    if (!redis_read(link->fd, link->reader)) {
        redis_link_break(redis, link, "connection closed");
        return false;
    }
    do {
        if (!redis_next_reply(link->reader, &reply))
            redis_link_break(redis, link, "protocol error");
        else if (reply != NULL)
            link_answer(redis, link, reply);
    } while (!link->is_broken && reply != NULL);
    return redis_link_flush(redis, link);
}

struct reading {
    struct redis *redis;
    struct link *link;
};

/* The fiber that reads a link until it breaks. */
static void read_always(void *arg)
{
    struct redis *redis = ((struct reading *)arg)->redis;
    struct link *link = ((struct reading *)arg)->link;
    struct err err;
    unsigned ready;

    do {
        if (fiber_wait_fd(link->fd, WAIT_READ, 0, &ready, &err) != RC_OK)
            redis_link_break(redis, link, err.text);
    } while (redis_link_read(redis, link));
    redis_link_leave(link);
    redis_fiber_left(redis);
}

enum rc redis_link_open(struct redis *redis, struct err *err)
{
    struct reading reading = {.redis = redis};
    struct link *link;
    int fd = redis_connect(redis->path);

    if (fd < 0) {
        const char *why = strerror(errno);

        back_off(redis, why);
        return fail(err, RC_UNAVAILABLE, "redis: connect: %s", why);
    }
    link = calloc(1, sizeof(*link));
    if (link == NULL || (link->reader = redisReaderCreate()) == NULL)
        abort(); /* out of memory */
    link->refs = 1;
    link->fd = fd;
    link->arena = arena_new();
    link->out.arena = link->arena;
    redis->link = reading.link = link;
    redis->refs++;
    redis->fibers++;
    fiber_spawn(redis->loop, read_always, &reading); /* copies `reading` before its first wait */
    return RC_OK;
}
