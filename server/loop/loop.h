// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Event loops and fibers. A loop is one libuv loop on one thread. A fiber is a
 * stackful coroutine (ucontext) of one loop: it runs straight-line code and
 * gives way only inside the calls below. Every wait obeys the fiber's own
 * deadline as well as the one given. A fiber never moves to another thread.
 *
 * Stacks are 256 KiB of mapped memory with a guard page, kept on a free list.
 * Code that recurses takes a depth limit. Blocking or CPU-heavy library calls
 * (argon2, Pango, gd, zip, DNS, large file I/O) go through fiber_offload.
 * The log context belongs to the fiber and is swapped with it.
 */
#ifndef BALAI_LOOP_H
#define BALAI_LOOP_H

#include "server/base/base.h"

typedef struct uv_loop_s uv_loop_t;
struct loop;
struct fiber;

/* A new loop for the calling thread, which it becomes the current loop of. The caller ends it with loop_free once no fiber is left. */
struct loop *loop_new(void) MUST_USE;
void loop_free(struct loop **at);
uv_loop_t *loop_uv(struct loop *loop);
struct loop *loop_current(void); /* of this thread, or NULL */

/* Runs until loop_stop or nothing is left to do: no fiber, no post, no active handle of others. */
void loop_run(struct loop *loop);
/* From any thread or signal handler: loop_run returns at the end of its turn, or at once when it has not begun. */
void loop_stop(struct loop *loop);
/* Spawns fn(arg) and runs the loop until that fiber has ended: for commands and tests. */
void loop_run_fiber(struct loop *loop, void (*fn)(void *arg), void *arg);

/* Number of fibers alive on the loop; 0 means it may be freed. */
size_t loop_fibers(const struct loop *loop);

/*
 * Starts fn(arg) as a new fiber of the loop, from its own thread; it first runs at once (before fiber_spawn returns) up to
 * its first wait. The pointer is good until the fiber ends, which may already have happened: who wants to cancel it keeps
 * a flag that the fiber clears at its end, or lets the fiber store fiber_current() itself.
 */
struct fiber *fiber_spawn(struct loop *loop, void (*fn)(void *arg), void *arg);
/* As above, telling from another thread; fn starts on the loop's next turn. */
void loop_post(struct loop *loop, void (*fn)(void *arg), void *arg);

struct fiber *fiber_current(void); /* NULL outside fibers */
/* The moment (clock_mono_ms) at which every wait of this fiber ends with RC_TIMEOUT; 0: none. */
void fiber_set_deadline(struct fiber *fiber, uint64_t at_ms);
uint64_t fiber_deadline(const struct fiber *fiber);
/* The fiber's present or next wait, and all after it, end with RC_CANCELLED. From the loop's own thread. */
void fiber_cancel(struct fiber *fiber);
bool fiber_is_cancelled(const struct fiber *fiber);

enum { WAIT_READ = 1, WAIT_WRITE = 2 };

/* Waits until fd is ready for any of events, or until at_ms (0: only the fiber's deadline). RC_TIMEOUT, RC_CANCELLED. */
enum rc fiber_wait_fd(int fd, unsigned events, uint64_t at_ms, unsigned *ready_out, struct err *err) MUST_USE;
/* RC_OK after ms; RC_CANCELLED, or RC_TIMEOUT when the fiber's deadline comes first. */
enum rc fiber_sleep_ms(uint64_t ms, struct err *err) MUST_USE;
/*
 * Runs work(arg) on libuv's thread pool, always and to its end, whatever the
 * deadline says, because the work uses the fiber's memory. Afterwards
 * RC_TIMEOUT or RC_CANCELLED when the deadline has passed or the fiber was
 * cancelled. Outside a fiber it calls work directly.
 */
enum rc fiber_offload(void (*work)(void *arg), void *arg, struct err *err) MUST_USE;

/* SHA-256, beside the loop when there is much of it: 16 MiB take a tenth of a second. Fails as fiber_offload does. */
enum rc fiber_sha256(struct str bytes, unsigned char hash_out[32], struct err *err) MUST_USE;

/*
 * A place where fibers of one loop wait for one another, first come first
 * served. Zeroed is empty.
 */
struct wait_list {
    struct fiber *first, *last;
};
/* Parks the fiber until woken, at_ms, its deadline or a cancel. */
enum rc fiber_park(struct wait_list *list, uint64_t at_ms, struct err *err) MUST_USE;
/* Wakes the first waiter (false: nobody waits) or all. The woken run on the loop's next turn. */
bool fiber_wake_one(struct wait_list *list);
void fiber_wake_all(struct wait_list *list);

#endif
