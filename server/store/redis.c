// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Two connections a loop: one shared by all questions, one that listens to
 * channels. hiredis only parses; sockets and waits are ours.
 *
 * Questions are pipelined. Each takes the next number of its link; answers
 * come in the same order, so the n-th answer belongs to question n and to
 * nobody else. Who gives up takes its `answer` out of the ring, and the late
 * answer is dropped. A link that left a question without answer is stalled:
 * all calls fail at once until an answer comes, and after STALL_MS it is given
 * up. Breaking a link shuts its socket down, which ends every wait on it.
 */
#include "server/store/redis_parts.h"

#include <stdio.h>

#include "server/base/clock.h"

enum { CALL_MS = 50, STALL_MS = 1000, MAX_PENDING_BYTES = 8 * 1024 * 1024 };

void redis_leave(struct redis *redis)
{
    struct arena *arena = redis->arena;

    if (--redis->refs == 0)
        arena_free(&arena);
}

void redis_fiber_left(struct redis *redis)
{
    redis->fibers--;
    fiber_wake_all(&redis->ended);
    redis_leave(redis);
}

struct redis *redis_new(struct loop *loop, struct str socket_path)
{
    struct arena *arena = arena_new();
    struct redis *redis = ARENA_NEW(arena, struct redis);

    redis->refs = 1;
    redis->arena = arena;
    redis->loop = loop;
    redis->path = str_dup(arena, socket_path);
    redis->listener_fd = -1;
    return redis;
}

/* The link to ask through, opened when it is time to. RC_UNAVAILABLE at once when Redis is away. */
static enum rc link_for_call(struct redis *redis, struct link **out, struct err *err)
{
    uint64_t now = clock_mono_ms();
    struct link *link = redis->link;

    if (redis->is_freed || str_empty(redis->path))
        return fail(err, RC_UNAVAILABLE, "redis: not in use");
    if (fiber_current() == NULL)
        return fail(err, RC_UNAVAILABLE, "redis: called outside a fiber");
    if (link != NULL && link->stalled_ms != 0) {
        uint64_t silent_ms = now - link->stalled_ms;

        if (silent_ms >= STALL_MS)
            redis_link_break(redis, link, "no answers");
        else
            redis_link_flush(redis, link); /* what the one who gave up left unsent */
        return fail(err, RC_UNAVAILABLE, "redis: no answers for %" PRIu64 " ms", silent_ms);
    }
    if (link == NULL && now < redis->retry_at_ms)
        return fail(err, RC_UNAVAILABLE, "redis: away, next try in %" PRIu64 " ms", redis->retry_at_ms - now);
    if (link == NULL)
        TRY(redis_link_open(redis, err));
    link = redis->link;
    if (link == NULL)
        return fail(err, RC_UNAVAILABLE, "redis: connection lost");
    if (redis->retry_ms != 0 && link->asked > link->answered) /* after a failure one call tries, the others do not wait for it */
        return fail(err, RC_UNAVAILABLE, "redis: being tried");
    if (link->asked - link->answered == RING || link->out.n - link->out_at > MAX_PENDING_BYTES)
        return fail(err, RC_UNAVAILABLE, "redis: too many questions under way");
    *out = link;
    return RC_OK;
}

/* Sends the question and waits for its answer or until_ms. */
static enum rc ask(struct redis *redis, struct link *link, const struct str *words, size_t n, struct answer *answer, struct err *err)
{
    uint64_t until_ms = clock_mono_ms() + CALL_MS, number = link->asked, end, own_ms;
    enum rc rc = RC_OK;
    unsigned ready;

    redis_put_command(&link->out, words, n);
    end = link->sent + (link->out.n - link->out_at);
    link->waiting[number % RING] = answer;
    link->asked++;
    while (rc == RC_OK && redis_link_flush(redis, link) && link->sent < end)
        rc = fiber_wait_fd(link->fd, WAIT_WRITE, until_ms, &ready, err);
    while (rc == RC_OK && !answer->is_done)
        rc = fiber_park(&answer->wait, until_ms, err);
    if (rc == RC_TIMEOUT && !answer->is_done) /* it may be this loop that was late, not Redis */
        redis_link_read(redis, link);
    if (answer->is_done)
        return RC_OK;
    link->waiting[number % RING] = NULL; /* still ours: the slot is reused only after its answer, and that has not come */
    own_ms = fiber_deadline(fiber_current());
    if (rc != RC_TIMEOUT || (own_ms != 0 && own_ms < until_ms))
        return rc; /* the fiber's own deadline or cancel says nothing about Redis */
    if (link->stalled_ms == 0)
        link->stalled_ms = clock_mono_ms();
    return fail(err, RC_UNAVAILABLE, "redis: no answer within %d ms", CALL_MS);
}

/* *reply_out is freed by the caller. An error reply is RC_UNAVAILABLE; only its first word is kept, the rest may quote a key. */
static enum rc call(struct redis *redis, const struct str *words, size_t n, redisReply **reply_out, struct err *err)
{
    struct answer answer = {0};
    struct link *link = NULL;
    enum rc rc;

    TRY(link_for_call(redis, &link, err));
    redis->refs++;
    link->refs++;
    rc = ask(redis, link, words, n, &answer, err);
    redis_link_leave(link);
    redis_leave(redis);
    if (rc != RC_OK)
        return rc;
    if (answer.reply == NULL)
        return fail(err, RC_UNAVAILABLE, "redis: connection lost");
    if (answer.reply->type == REDIS_REPLY_ERROR) {
        int word = (int)strcspn(answer.reply->str, " ");

        rc = fail(err, RC_UNAVAILABLE, "redis: error %.*s", word < 40 ? word : 40, answer.reply->str);
        freeReplyObject(answer.reply);
        return rc;
    }
    *reply_out = answer.reply;
    return RC_OK;
}

static enum rc get_by(struct redis *redis, struct arena *arena, struct str command, struct str key, struct str *value_out, struct err *err)
{
    const struct str words[] = {command, key};
    redisReply *reply;
    enum rc rc = RC_OK;

    TRY(call(redis, words, COUNT_OF(words), &reply, err));
    if (reply->type == REDIS_REPLY_STRING)
        *value_out = str_dup(arena, (struct str){reply->str, (size_t)reply->len});
    else if (reply->type == REDIS_REPLY_NIL)
        rc = fail(err, RC_NOT_FOUND, "redis: no such key");
    else
        rc = fail(err, RC_UNAVAILABLE, "redis: a GET answered type %d", reply->type);
    freeReplyObject(reply);
    return rc;
}

enum rc redis_get(struct redis *redis, struct arena *arena, struct str key, struct str *value_out, struct err *err)
{
    return get_by(redis, arena, STR("GET"), key, value_out, err);
}

enum rc redis_take(struct redis *redis, struct arena *arena, struct str key, struct str *value_out, struct err *err)
{
    return get_by(redis, arena, STR("GETDEL"), key, value_out, err);
}

enum rc redis_set(struct redis *redis, struct str key, struct str value, uint32_t ttl_s, struct err *err)
{
    char seconds[16];
    int n = snprintf(seconds, sizeof(seconds), "%" PRIu32, ttl_s);
    const struct str words[] = {STR("SET"), key, value, STR("EX"), {seconds, (size_t)n}};
    redisReply *reply;

    if (value.n > MAX_PENDING_BYTES)
        return fail(err, RC_TOO_LARGE, "redis: value of %zu bytes", value.n);
    TRY(call(redis, words, ttl_s == 0 ? 3 : COUNT_OF(words), &reply, err));
    freeReplyObject(reply);
    return RC_OK;
}

enum rc redis_count(struct redis *redis, struct str key, uint32_t ttl_s, uint64_t *count_out, struct err *err)
{
    /* One atomic script, so that no counter can be left without a time to live. */
    static const struct str script = STR_INIT("local n = redis.call('INCR', KEYS[1]) "
                                              "if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end return n");
    char seconds[16];
    int n = snprintf(seconds, sizeof(seconds), "%" PRIu32, ttl_s > 0 ? ttl_s : 1);
    const struct str words[] = {STR("EVAL"), script, STR("1"), key, {seconds, (size_t)n}};
    redisReply *reply;
    enum rc rc = RC_OK;

    TRY(call(redis, words, COUNT_OF(words), &reply, err));
    if (reply->type == REDIS_REPLY_INTEGER && reply->integer > 0)
        *count_out = (uint64_t)reply->integer;
    else
        rc = fail(err, RC_UNAVAILABLE, "redis: INCR answered type %d", reply->type);
    freeReplyObject(reply);
    return rc;
}

enum rc redis_publish(struct redis *redis, struct str channel, struct str message, struct err *err)
{
    const struct str words[] = {STR("PUBLISH"), channel, message};
    redisReply *reply;

    TRY(call(redis, words, COUNT_OF(words), &reply, err));
    freeReplyObject(reply);
    return RC_OK;
}

static void wait_for_fibers(void *arg)
{
    struct redis *redis = arg;

    while (redis->fibers > 0)
        if (fiber_park(&redis->ended, 0, NULL) != RC_OK)
            break; /* cannot be: this fiber has no deadline and nobody knows it */
}

void redis_free(struct redis **at)
{
    struct redis *redis = *at;

    if (redis == NULL)
        return;
    redis->is_freed = true;
    if (redis->link != NULL)
        redis_link_break(redis, redis->link, "freed");
    if (redis->listener != NULL)
        fiber_cancel(redis->listener);
    if (fiber_current() == NULL) /* else they end on the loop's next turn, by themselves */
        loop_run_fiber(redis->loop, wait_for_fibers, redis);
    redis_leave(redis);
    *at = NULL;
}
