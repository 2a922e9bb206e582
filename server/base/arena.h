// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * An arena is the memory of one request, one job or one command: everything
 * is allocated from it and dies with it, so features contain no malloc and no
 * free. Memory comes zeroed. Out of memory aborts the process. An arena
 * belongs to one fiber at a time; it has no lock. Under AddressSanitizer
 * every allocation is followed by a red zone.
 */
#ifndef BALAI_ARENA_H
#define BALAI_ARENA_H

#include "server/base/base.h"

struct arena;

/* A new, empty arena; the caller ends it with arena_free. */
struct arena *arena_new(void) MUST_USE;

/* Frees everything allocated from *arena and sets it to NULL; NULL is accepted. */
void arena_free(struct arena **arena);

/* Forgets everything allocated so far but keeps one block for the next use. */
void arena_reset(struct arena *arena);

/* Something in it must not stay in memory: when it is freed or reset, all that was handed out is wiped before it goes to others. */
void arena_wipe_at_end(struct arena *arena);

/* n zeroed bytes, aligned for any type. n == 0 gives a valid, unusable pointer. */
void *arena_alloc(struct arena *arena, size_t n) MUST_USE __attribute__((alloc_size(2)));

/* `room` bytes that begin with the n of `old`; what follows them is not zeroed. `old` stays as it is. */
void *arena_grown(struct arena *arena, const void *old, size_t n, size_t room) MUST_USE __attribute__((alloc_size(4)));

/* Bytes handed out since the arena was made or reset. */
size_t arena_used(const struct arena *arena);

/* Runs fn(arg) when the arena is freed or reset; the latest registered runs first. */
void arena_defer(struct arena *arena, void (*fn)(void *arg), void *arg);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc((arena), arena_array_bytes((n), sizeof(type))))

/* Makes room for one more in the array p, of which n of `room` are used: twice as much, at first `first`. What follows n is not zeroed. */
#define ARENA_MORE(arena, p, n, room, first)                                                            \
    do {                                                                                                \
        if ((n) == (room)) {                                                                            \
            (room) = (room) == 0 ? (first) : (room)*2;                                                  \
            (p) = arena_grown((arena), (p), (n) * sizeof *(p), arena_array_bytes((room), sizeof *(p))); \
        }                                                                                               \
    } while (0)

/* n * size, aborting on overflow. */
size_t arena_array_bytes(size_t n, size_t size);

#endif
