// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN 1
#endif
#endif
#ifdef HAS_ASAN
#include <sanitizer/asan_interface.h>
#define RED_ZONE 32
enum { SPARE_MOST = 0 };
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define RED_ZONE 0
enum { SPARE_MOST = 128 };
#endif

enum { BLOCK_BYTES = 16 * 1024, ALIGNMENT = 16 };

struct block {
    struct block *next;
    size_t size, used;
    _Alignas(ALIGNMENT) char data[];
};

struct deferred {
    struct deferred *next;
    void (*fn)(void *arg);
    void *arg;
};

struct arena {
    struct block *first; /* the block allocations come from */
    struct deferred *deferred;
    size_t handed_out;
    bool is_wiped; /* before its memory goes to others */
};

static void *allocate(size_t n)
{
    void *p = malloc(n);

    if (p == NULL) {
        fprintf(stderr, "out of memory: %zu bytes\n", n);
        abort();
    }
    return p;
}

/*
 * Usual blocks that nobody uses, of this thread: after a thousand villages' pages the heap is in so many pieces that malloc looks for 16 kB
 * for longer than a row takes to draw. Sanitized builds keep none, so that each use after the end is seen.
 */
static _Thread_local struct {
    struct block *first;
    size_t n;
} spare;

static struct block *spare_take(void)
{
    struct block *block = spare.first;

    if (block != NULL) {
        spare.first = block->next;
        spare.n--;
    }
    return block;
}

static struct block *block_new(size_t size)
{
    struct block *block = size == BLOCK_BYTES ? spare_take() : NULL;

    if (block == NULL)
        block = allocate(sizeof(*block) + size);
    block->next = NULL;
    block->size = size;
    block->used = 0;
    ASAN_POISON_MEMORY_REGION(block->data, size);
    return block;
}

static void block_free(const struct arena *arena, struct block *block)
{
    ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
    if (arena->is_wiped)
        explicit_bzero(block->data, block->used);
    if (block->size == BLOCK_BYTES && spare.n + 1 <= SPARE_MOST) { /* not n < SPARE_MOST: of builds where that is 0 gcc warns */
        block->next = spare.first;
        spare.first = block;
        spare.n++;
        return;
    }
    free(block);
}

struct arena *arena_new(void)
{
    struct arena *arena = allocate(sizeof(*arena));

    memset(arena, 0, sizeof(*arena));
    arena->first = block_new(BLOCK_BYTES);
    return arena;
}

static void run_deferred(struct arena *arena)
{
    while (arena->deferred != NULL) {
        struct deferred *d = arena->deferred;

        arena->deferred = d->next;
        d->fn(d->arg);
    }
}

void arena_reset(struct arena *arena)
{
    struct block *keep = NULL, *block, *next;

    run_deferred(arena);
    for (block = arena->first; block != NULL; block = next) {
        next = block->next;
        if (keep == NULL && block->size == BLOCK_BYTES)
            keep = block;
        else
            block_free(arena, block);
    }
    if (keep == NULL)
        keep = block_new(BLOCK_BYTES);
    ASAN_UNPOISON_MEMORY_REGION(keep->data, keep->size);
    if (arena->is_wiped)
        explicit_bzero(keep->data, keep->used);
    keep->next = NULL;
    keep->used = 0;
    ASAN_POISON_MEMORY_REGION(keep->data, keep->size);
    arena->first = keep;
    arena->handed_out = 0;
    arena->is_wiped = false;
}

void arena_wipe_at_end(struct arena *arena)
{
    arena->is_wiped = true;
}

void arena_free(struct arena **arena)
{
    struct block *block, *next;

    if (*arena == NULL)
        return;
    run_deferred(*arena);
    for (block = (*arena)->first; block != NULL; block = next) {
        next = block->next;
        block_free(*arena, block);
    }
    free(*arena);
    *arena = NULL;
}

static void *take(struct arena *arena, size_t n)
{
    size_t need;
    struct block *block = arena->first;
    char *p;

    if (n > SIZE_MAX / 2) {
        fprintf(stderr, "arena: absurd allocation of %zu bytes\n", n);
        abort();
    }
    need = (n + RED_ZONE + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (need == 0)
        need = ALIGNMENT;
    if (block->size - block->used < need) {
        if (need > BLOCK_BYTES / 4) { /* a large piece gets its own block, behind the current one */
            block = block_new(need);
            block->next = arena->first->next;
            arena->first->next = block;
        } else {
            block = block_new(BLOCK_BYTES);
            block->next = arena->first;
            arena->first = block;
        }
    }
    p = block->data + block->used;
    block->used += need;
    arena->handed_out += n;
    ASAN_UNPOISON_MEMORY_REGION(p, n);
    return p;
}

void *arena_alloc(struct arena *arena, size_t n)
{
    return memset(take(arena, n), 0, n);
}

void *arena_grown(struct arena *arena, const void *old, size_t n, size_t room)
{
    void *p = take(arena, room);

    return n > 0 ? memcpy(p, old, n) : p;
}

size_t arena_used(const struct arena *arena)
{
    return arena->handed_out;
}

void arena_defer(struct arena *arena, void (*fn)(void *arg), void *arg)
{
    struct deferred *d = ARENA_NEW(arena, struct deferred);

    d->fn = fn;
    d->arg = arg;
    d->next = arena->deferred;
    arena->deferred = d;
}

size_t arena_array_bytes(size_t n, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(n, size, &bytes)) {
        fprintf(stderr, "arena: array of %zu × %zu overflows\n", n, size);
        abort();
    }
    return bytes;
}
