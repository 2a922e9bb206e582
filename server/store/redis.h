// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Redis: page cache, limits, wake-ups. It holds nothing that cannot be
 * rebuilt, so every call has a 50 ms deadline and every caller a fallback:
 * RC_UNAVAILABLE is an ordinary answer. Our own adapter over fibers: any wait
 * that ends in an error wakes its waiter, and slots carry a generation, so an
 * answer that comes late is never given to another question.
 *
 * Calls are made in fibers of the loop. RC_UNAVAILABLE: Redis is away, silent
 * for 50 ms, or refuses; while it is away or silent further calls answer so at
 * once. RC_TIMEOUT and RC_CANCELLED are the calling fiber's own.
 */
#ifndef BALAI_REDIS_H
#define BALAI_REDIS_H

#include "server/base/base.h"

struct loop;
struct redis;

/* One per loop; connects lazily and again after a failure with back-off. An empty socket path: every call answers RC_UNAVAILABLE at once.
 */
struct redis *redis_new(struct loop *loop, struct str socket_path) MUST_USE;
/* From the loop's thread; calls under way end with RC_UNAVAILABLE. Outside a fiber its own fibers have ended when it returns. */
void redis_free(struct redis **at);

/* RC_NOT_FOUND when there is none. */
enum rc redis_get(struct redis *redis, struct arena *arena, struct str key, struct str *value_out, struct err *err) MUST_USE;
/* The same, and it is gone: of two that ask, one gets it. */
enum rc redis_take(struct redis *redis, struct arena *arena, struct str key, struct str *value_out, struct err *err) MUST_USE;
/* ttl_s 0: for ever. */
enum rc redis_set(struct redis *redis, struct str key, struct str value, uint32_t ttl_s, struct err *err) MUST_USE;
/* Adds 1 and, at the first, sets the time to live; gives the new count. */
enum rc redis_count(struct redis *redis, struct str key, uint32_t ttl_s, uint64_t *count_out, struct err *err) MUST_USE;
enum rc redis_publish(struct redis *redis, struct str channel, struct str message, struct err *err) MUST_USE;

/*
 * Calls fn(ctx, message) on the loop for each message of channel until the
 * redis is freed; subscribes again by itself after a lost connection (fn is
 * then called once with an empty message: something may have been missed).
 */
void redis_subscribe(struct redis *redis, struct str channel, void (*fn)(void *ctx, struct str message), void *ctx);

#endif
