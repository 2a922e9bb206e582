// SPDX-License-Identifier: AGPL-3.0-or-later
#include <pthread.h>

#include "server/web/gzip.h"
#include "server/web/request.h"
#include "server/web/village.h"
#include "server/web/web_village_sql.h"

enum {
    BUCKETS = 1024,
    PASS_SLOTS = 1024,
    MOST_KEY = 400,
    MOST_PAGE_BYTES = 1 << 20,
    LIVES_MS = 30 * 1000,
    LIVES_S = 30,
    WAIT_MS = 3000,
    BLOCK_BYTES = 16 * 1024, /* what an arena takes at least */
};

struct kept {
    struct arena *arena; /* its own */
    struct kept *in_bucket, *newer, *older;
    struct str key, type, body, gzip, etag;
    uint64_t hash, epoch, until_ms;
    size_t bytes;
    unsigned users; /* requests sending it; and 1 for the memory while it is in there */
};

/* A page that turned out to be one visitor's own: nobody queues for it. */
struct pass {
    uint64_t hash, until_ms;
};

struct page_memory {
    pthread_mutex_t lock; /* guards all below, and every slot in `builds` */
    struct kept *buckets[BUCKETS];
    struct kept *newest, *oldest;
    size_t bytes, most_bytes;
    struct page_slot *builds;
    struct pass passes[PASS_SLOTS];
};

struct page_memory *page_memory_new(struct arena *arena, size_t most_bytes)
{
    struct page_memory *memory = ARENA_NEW(arena, struct page_memory);

    pthread_mutex_init(&memory->lock, NULL);
    memory->most_bytes = most_bytes;
    return memory;
}

static void unlink_page(struct page_memory *memory, struct kept *page)
{
    struct kept **at = &memory->buckets[page->hash % BUCKETS];

    while (*at != page)
        at = &(*at)->in_bucket;
    *at = page->in_bucket;
    *(page->newer != NULL ? &page->newer->older : &memory->newest) = page->older;
    *(page->older != NULL ? &page->older->newer : &memory->oldest) = page->newer;
    memory->bytes -= page->bytes;
}

/* Under the lock. The arena goes with its last user. */
static void drop_user(struct kept *page)
{
    if (--page->users > 0)
        return;
    struct arena *arena = page->arena;
    arena_free(&arena);
}

static void push_newest(struct page_memory *memory, struct kept *page)
{
    page->newer = NULL;
    page->older = memory->newest;
    *(memory->newest != NULL ? &memory->newest->newer : &memory->oldest) = page;
    memory->newest = page;
}

void page_memory_free(struct page_memory *memory)
{
    while (memory->oldest != NULL) {
        struct kept *page = memory->oldest;
        unlink_page(memory, page);
        drop_user(page);
    }
    pthread_mutex_destroy(&memory->lock);
}

size_t page_memory_bytes(struct page_memory *memory)
{
    pthread_mutex_lock(&memory->lock);
    size_t bytes = memory->bytes;
    pthread_mutex_unlock(&memory->lock);
    return bytes;
}

/* ---- what may be kept ---- */

/* Declared names only, in the order of their declaration, first value wins: unknown names never split the cache. */
static bool put_query(const struct request *req, struct buf *key)
{
    struct fields fields = {0};
    const struct input *decl = req->match.route->input;

    if (req->query.n == 0 || decl == NULL)
        return true;
    if (form_read(req->arena, req->query, &fields, NULL) != RC_OK)
        return false;
    for (; decl->kind != INPUT_END_KIND; decl++) {
        if (!input_is_taken(req, decl))
            continue;
        if (decl->kind == INPUT_PREFIX || decl->kind == INPUT_DATE)
            return false;
        for (size_t i = 0; i < fields.n; i++) {
            if (!str_is(fields.p[i].name, decl->name))
                continue;
            buf_fmt(key, "?%s=%zu:", decl->name, fields.p[i].value.n);
            buf_put_str(key, fields.p[i].value);
            break;
        }
    }
    return true;
}

void page_slot_make(struct request *req)
{
    struct buf key = {.arena = req->arena};
    const struct route *route = req->match.route;

    if (req->method != METHOD_GET || req->site != SITE_VILLAGE || route->permission != MAY_VISIT || req->in.is_htmx)
        return;
    for (size_t i = 0; i < req->cookies.n; i++)
        if (str_eq(req->cookies.p[i].name, SESSION_COOKIE) || str_eq(req->cookies.p[i].name, GUEST_COOKIE) ||
            str_eq(req->cookies.p[i].name, KIOSK_COOKIE))
            return;
    buf_put_str(&key, req->village->code);
    buf_put_char(&key, '|');
    buf_put_str(&key, req->path);
    if (!put_query(req, &key) || key.n > MOST_KEY)
        return;
    req->slot = ARENA_NEW(req->arena, struct page_slot);
    req->slot->key = buf_str(&key);
    req->slot->hash = str_hash(req->slot->key);
}

/* ---- memory ---- */

/* Under the lock: the page, or NULL; what is too old is dropped. */
static struct kept *look_up(struct page_memory *memory, const struct request *req, uint64_t now_ms)
{
    const struct page_slot *slot = req->slot;
    struct kept *page = memory->buckets[slot->hash % BUCKETS];

    while (page != NULL && !(page->hash == slot->hash && str_eq(page->key, slot->key)))
        page = page->in_bucket;
    if (page == NULL)
        return NULL;
    if (page->until_ms > now_ms && page->epoch >= req->village->page_epoch) {
        unlink_page(memory, page);
        page->in_bucket = memory->buckets[page->hash % BUCKETS];
        memory->buckets[page->hash % BUCKETS] = page;
        memory->bytes += page->bytes;
        push_newest(memory, page);
        return page;
    }
    unlink_page(memory, page);
    drop_user(page);
    return NULL;
}

struct use {
    struct page_memory *memory;
    struct kept *page;
};

static void end_use(void *arg)
{
    struct use *use = arg;

    pthread_mutex_lock(&use->memory->lock);
    drop_user(use->page);
    pthread_mutex_unlock(&use->memory->lock);
}

static void serve_kept(struct request *req, struct kept *page)
{
    struct use *use = ARENA_NEW(req->arena, struct use);

    *use = (struct use){req->web->house->pages, page};
    arena_defer(req->arena, end_use, use);
    req->resp = (struct response){.arena = req->arena,
                                  .status = 200,
                                  .type = page->type,
                                  .body = page->body,
                                  .gzip = page->gzip,
                                  .etag = page->etag,
                                  .is_final = true};
}

bool page_from_memory(struct request *req)
{
    struct page_memory *memory = req->web->house->pages;

    pthread_mutex_lock(&memory->lock);
    struct kept *page = look_up(memory, req, clock_mono_ms());
    if (page != NULL)
        page->users++;
    pthread_mutex_unlock(&memory->lock);
    if (page == NULL)
        return false;
    serve_kept(req, page);
    return true;
}

/* Takes over the page, which has its own arena. */
static void keep(struct page_memory *memory, struct kept *page)
{
    pthread_mutex_lock(&memory->lock);
    struct kept *old = memory->buckets[page->hash % BUCKETS];
    while (old != NULL && !(old->hash == page->hash && str_eq(old->key, page->key)))
        old = old->in_bucket;
    if (old != NULL) {
        unlink_page(memory, old);
        drop_user(old);
    }
    page->in_bucket = memory->buckets[page->hash % BUCKETS];
    memory->buckets[page->hash % BUCKETS] = page;
    memory->bytes += page->bytes;
    push_newest(memory, page);
    while (memory->bytes > memory->most_bytes && memory->oldest != page) {
        old = memory->oldest;
        unlink_page(memory, old);
        drop_user(old);
    }
    pthread_mutex_unlock(&memory->lock);
}

/* Weak: the same for the page as it is and compressed. */
static struct str etag_of(struct arena *arena, struct str body)
{
    unsigned char hash[HASH_BYTES];

    hash_sha256(body.p, body.n, hash);
    return str_fmt(arena, "W/\"%.*s\"", STR_ARG(str_hex(arena, hash, 12)));
}

static void keep_copy(struct request *req, struct str type, struct str body, struct str gzip, uint64_t epoch, uint64_t lives_ms)
{
    struct arena *arena = arena_new();
    struct kept *page = ARENA_NEW(arena, struct kept);

    page->arena = arena;
    page->key = str_dup(arena, req->slot->key);
    page->hash = req->slot->hash;
    page->type = str_dup(arena, type);
    page->body = str_dup(arena, body);
    page->gzip = gzip.p != NULL ? str_dup(arena, gzip) : STR_NONE;
    page->etag = etag_of(arena, body);
    page->epoch = epoch;
    page->until_ms = clock_mono_ms() + lives_ms;
    page->bytes = arena_used(arena) + BLOCK_BYTES;
    page->users = 1;
    keep(req->web->house->pages, page);
}

/* ---- Redis ---- */

static struct str redis_key(const struct request *req, uint64_t epoch)
{
    unsigned char hash[HASH_BYTES];

    hash_sha256(req->slot->key.p, req->slot->key.n, hash);
    return str_fmt(req->arena, "balai:page:%.*s:%" PRIu64 ":%.*s", STR_ARG(req->village->code), epoch,
                   STR_ARG(str_hex(req->arena, hash, 16)));
}

/* "made_us type_bytes body_bytes gzip_bytes\n" and then the three. */
static void to_redis(struct request *req)
{
    const struct response *resp = &req->resp;
    struct buf value = {.arena = req->arena};

    buf_fmt(&value, "%" PRId64 " %zu %zu %zu\n", req->now, resp->type.n, resp->body.n, resp->gzip.n);
    buf_put_str(&value, resp->type);
    buf_put_str(&value, resp->body);
    buf_put_str(&value, resp->gzip);
    (void)!redis_set(req->web->redis, redis_key(req, req->slot->epoch), buf_str(&value), LIVES_S, NULL);
}

static bool cut_number(struct str *line, uint64_t *out)
{
    struct str word;
    return str_cut(line, ' ', &word) && str_to_u64(word, out);
}

static bool from_redis(struct request *req)
{
    uint64_t epoch = req->village->page_epoch, made, type_n, body_n, gzip_n;
    struct str value;

    if (redis_get(req->web->redis, req->arena, redis_key(req, epoch), &value, NULL) != RC_OK)
        return false;
    ptrdiff_t end = str_find_char(value, '\n');
    struct str line = str_part(value, 0, end > 0 ? (size_t)end : 0), rest = str_from(value, (size_t)(end + 1));
    if (end <= 0 || !cut_number(&line, &made) || !cut_number(&line, &type_n) || !cut_number(&line, &body_n) || !cut_number(&line, &gzip_n))
        return false;
    if (type_n > rest.n || body_n > rest.n || gzip_n > rest.n || type_n + body_n + gzip_n != rest.n)
        return false;
    utc_us age = req->now - (utc_us)made;
    if (age < 0 || age >= LIVES_S * US_PER_S)
        return false;
    struct str gzip = gzip_n > 0 ? str_from(rest, type_n + body_n) : STR_NONE;
    keep_copy(req, str_part(rest, 0, type_n), str_part(rest, type_n, body_n), gzip, epoch, (uint64_t)(LIVES_MS - age / 1000));
    return page_from_memory(req);
}

/* ---- one builder ---- */

static void wake_readers(void *arg)
{
    struct web *web = arg;
    fiber_wake_all(&web->readers);
}

static void wait_for(struct page_slot *build, struct web *web)
{
    for (size_t i = 0; i < build->waiting_count; i++)
        if (build->waiting[i] == web)
            return;
    if (build->waiting_count < COUNT_OF(build->waiting))
        build->waiting[build->waiting_count++] = web;
}

/* Takes this fiber out of the line of builders and wakes those behind it. */
static void end_turn(struct request *req, bool is_own_page)
{
    struct page_memory *memory = req->web->house->pages;
    struct page_slot *slot = req->slot;

    pthread_mutex_lock(&memory->lock);
    struct page_slot **at = &memory->builds;
    while (*at != slot)
        at = &(*at)->next;
    *at = slot->next;
    if (is_own_page)
        memory->passes[slot->hash % PASS_SLOTS] = (struct pass){slot->hash, clock_mono_ms() + LIVES_MS};
    pthread_mutex_unlock(&memory->lock);
    slot->is_builder = false;
    for (size_t i = 0; i < slot->waiting_count; i++)
        loop_post(slot->waiting[i]->loop, wake_readers, slot->waiting[i]);
}

enum turn { TURN_PAGE = 1, TURN_BUILD, TURN_WAIT, TURN_PASS };

static enum turn ask_turn(struct request *req, struct kept **page_out)
{
    struct page_memory *memory = req->web->house->pages;
    struct page_slot *slot = req->slot, *build;
    uint64_t now_ms = clock_mono_ms();
    enum turn turn = TURN_BUILD;

    pthread_mutex_lock(&memory->lock);
    const struct pass *pass = &memory->passes[slot->hash % PASS_SLOTS];
    *page_out = look_up(memory, req, now_ms);
    for (build = memory->builds; build != NULL && !str_eq(build->key, slot->key);)
        build = build->next;
    if (*page_out != NULL) {
        (*page_out)->users++;
        turn = TURN_PAGE;
    } else if (pass->hash == slot->hash && pass->until_ms > now_ms) {
        turn = TURN_PASS;
    } else if (build != NULL) {
        wait_for(build, req->web);
        turn = TURN_WAIT;
    } else {
        slot->next = memory->builds;
        memory->builds = slot;
        slot->is_builder = true;
    }
    pthread_mutex_unlock(&memory->lock);
    return turn;
}

/* The epoch before the page's first statement: a slow builder never puts old data under a new one. */
static uint64_t read_epoch(struct request *req)
{
    struct village_db *db;
    struct page_epoch_row row;
    struct err err = {0};
    enum rc rc = request_village_db(req, &db, &err);

    if (rc == RC_OK)
        rc = sql_page_epoch_read(db, &row, &err);
    if (rc == RC_OK)
        return row.value;
    log_err("page.epoch", &err);
    return 0;
}

bool page_or_turn(struct request *req)
{
    uint64_t give_up_ms = clock_mono_ms() + WAIT_MS;
    struct kept *page;

    for (;;) {
        enum turn turn = ask_turn(req, &page);
        if (turn == TURN_PAGE) {
            serve_kept(req, page);
            return true;
        }
        if (turn == TURN_BUILD)
            break;
        if (turn == TURN_PASS || fiber_park(&req->web->readers, give_up_ms, NULL) != RC_OK) {
            req->slot = NULL; /* makes its own page and keeps nothing */
            return false;
        }
    }
    if (from_redis(req)) {
        end_turn(req, false);
        return true;
    }
    req->slot->epoch = read_epoch(req);
    return false;
}

void page_built(struct request *req)
{
    struct response *resp = &req->resp;
    struct page_slot *slot = req->slot;

    if (slot == NULL || !slot->is_builder)
        return;
    bool is_shared = resp->is_final && (resp->status == 0 || resp->status == 200) && !resp->is_no_cache && !req->is_new_guest &&
                     req->session_cookie.p == NULL && resp->extra_count == 0 && req->faults.n == 0 && req->actor.id == 0;
    bool may_keep = is_shared && slot->epoch != 0 && resp->body.n <= MOST_PAGE_BYTES;
    if (may_keep) {
        resp->gzip = gzip_of(req->arena, resp->body, GZIP_SMALL);
        resp->etag = etag_of(req->arena, resp->body);
        keep_copy(req, resp->type, resp->body, resp->gzip, slot->epoch, LIVES_MS);
    }
    end_turn(req, !is_shared && resp->status < 500);
    if (may_keep)
        to_redis(req);
}
