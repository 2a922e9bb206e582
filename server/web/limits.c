// SPDX-License-Identifier: AGPL-3.0-or-later
#include <arpa/inet.h>
#include <pthread.h>

#include "server/web/limits.h"
#include "server/web/request.h"

enum { SLOTS = 4096 };

struct limit_slot {
    uint64_t key, until_ms;
    uint32_t count;
};

struct limit_table {
    pthread_mutex_t lock;
    struct limit_slot slots[SLOTS]; /* a newer key takes the slot: a count may be lost, never invented */
};

struct limit_table *limit_table_new(struct arena *arena)
{
    struct limit_table *table = ARENA_NEW(arena, struct limit_table);
    pthread_mutex_init(&table->lock, NULL);
    return table;
}

void limit_table_free(struct limit_table *table)
{
    pthread_mutex_destroy(&table->lock);
}

uint64_t limit_table_count(struct limit_table *table, uint64_t key, uint64_t now_ms, uint32_t window_s, uint32_t add)
{
    struct limit_slot *slot = &table->slots[key % SLOTS];

    pthread_mutex_lock(&table->lock);
    bool is_same = slot->key == key && slot->until_ms > now_ms;
    if (!is_same && add > 0)
        *slot = (struct limit_slot){key, now_ms + (uint64_t)window_s * 1000, 0};
    uint64_t count = 0;
    if (is_same || add > 0) {
        slot->count += add;
        count = slot->count;
    }
    pthread_mutex_unlock(&table->lock);
    return count;
}

/* One IPv4 address, or the /64 a subscriber gets of IPv6. */
static struct str network_of(struct request *req)
{
    unsigned char *bytes = arena_alloc(req->arena, 16);
    char *text = str_z(req->arena, req->in.client_ip);

    if (inet_pton(AF_INET, text, bytes) == 1)
        return (struct str){(const char *)bytes, 4};
    if (inet_pton(AF_INET6, text, bytes) == 1)
        return (struct str){(const char *)bytes, 8};
    return STR("?");
}

static uint64_t limit_key(struct request *req, const char *what, struct str *redis_key_out)
{
    unsigned char key[KEY_BYTES], hash[HASH_BYTES];
    struct str network = network_of(req);
    struct buf message = {.arena = req->arena};
    uint64_t number;

    key_derive(req->web->house->master_key, "limits", 1, key);
    buf_fmt(&message, "%s|", what);
    buf_put_str(&message, network);
    hash_keyed(key, message.p, message.n, hash);
    memcpy(&number, hash, sizeof(number));
    *redis_key_out = str_fmt(req->arena, "balai:limit:%s:%.*s", what, STR_ARG(str_hex(req->arena, hash, 16)));
    return number;
}

bool limit_reached(struct request *req, const char *what, uint64_t most)
{
    struct str key, text;
    uint64_t number = limit_key(req, what, &key), count = 0;
    enum rc rc = redis_get(req->web->redis, req->arena, key, &text, NULL);

    if (rc == RC_OK && str_to_u64(text, &count) && count >= most)
        return true;
    return limit_table_count(req->web->house->limits, number, clock_mono_ms(), 0, 0) >= most;
}

void limit_count(struct request *req, const char *what, uint32_t window_s)
{
    struct str key;
    uint64_t number = limit_key(req, what, &key), count;

    if (redis_count(req->web->redis, key, window_s, &count, NULL) != RC_OK)
        (void)limit_table_count(req->web->house->limits, number, clock_mono_ms(), window_s, 1);
}
