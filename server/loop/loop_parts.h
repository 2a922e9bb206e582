// SPDX-License-Identifier: AGPL-3.0-or-later
/* Private to server/loop: what loop.c, fiber.c, switch.c, wait_fd.c and alarm.c share. */
#ifndef BALAI_LOOP_PARTS_H
#define BALAI_LOOP_PARTS_H

#include <setjmp.h>
#include <stdatomic.h>
#include <ucontext.h>
#include <uv.h>

#include "server/loop/loop.h"

enum fiber_state {
    FIBER_RUNNING = 1, /* or has resumed another that runs */
    FIBER_READY,       /* woken, in the loop's ready queue */
    FIBER_WAITING,     /* may be woken by an event, its alarm or a cancel */
    FIBER_OFFLOADED,   /* the thread pool uses its memory: nothing may wake it but the work's end */
    FIBER_ENDED,
};

/* A stack with its machine context. The loop's own (the thread's stack) has map == NULL. */
struct context {
    ucontext_t machine; /* where it begins; with a sanitizer also where it goes on */
    jmp_buf jump;       /* where it goes on */
    bool has_begun;
    char *map; /* guard page, then the stack */
    const void *bottom;
    size_t size;
    void *fake_stack, *tsan; /* the sanitizers' own state; unused without them */
};

struct fiber {
    struct context context; /* stays with the stack; what follows is one fiber's */
    struct context *back;   /* who runs when this fiber gives way: the loop, or the fiber that spawned it */
    struct fiber *spawner;  /* the fiber of `back`, NULL for the loop */
    struct loop *loop;
    void (*fn)(void *arg);
    void *arg;
    struct log_context log;
    struct log_context *log_now; /* what the log showed when the fiber gave way */
    enum fiber_state state;
    bool is_cancelled;
    uint64_t deadline_ms;   /* of the whole fiber */
    uint64_t wait_until_ms; /* of the present wait */
    uint64_t alarm_ms;      /* the earlier of the two while waiting */
    size_t alarm_at;        /* place in the heap + 1; 0: not in it */
    enum rc woken_with;
    struct fiber *next, *prev; /* ready queue, free list, wait list or the waiters of a descriptor */
    struct wait_list *list;    /* the wait list it stands in */
    int fd;                    /* the descriptor it waits for, or -1 */
    unsigned events, ready;
};

struct watch { /* a descriptor some fiber has waited for */
    struct fiber *first;
    uint32_t turn; /* of the last arming: events of an earlier one are ignored */
};

struct post {
    struct post *next;
    void (*fn)(void *arg);
    void *arg;
};

struct loop {
    uv_loop_t uv;
    uv_async_t async; /* posts and stop; holds the loop alive while there are fibers */
    uv_timer_t timer; /* for the earliest alarm */
    uv_check_t check; /* runs the ready */
    uv_idle_t idle;   /* keeps poll from blocking while there are ready ones */
    uv_poll_t poll;   /* of epoll_fd */
    int epoll_fd;
    struct watch *watches; /* by descriptor */
    size_t watches_n;
    struct fiber **alarms; /* binary heap */
    size_t alarms_n, alarms_room;
    uint64_t timer_at_ms; /* 0: not armed */
    struct fiber *ready_first, *ready_last;
    struct fiber *running; /* NULL: the loop itself */
    struct fiber *spare;   /* ended fibers with their stacks */
    size_t spare_n, fibers;
    struct context context;
    uv_mutex_t lock; /* of the posts */
    struct post *posts_first, *posts_last;
    atomic_bool is_stopping;
};

/* Memory that cannot be had ends the process: nothing here could go on without it. */
void *loop_alloc(size_t n);
void *loop_realloc(void *p, size_t n);
void loop_broken(const char *what) __attribute__((noreturn));

/* switch.c */
/* Maps a stack on which entry begins at the first switch to it. */
void context_map(struct context *context, void (*entry)(void));
void context_unmap(struct context *context);
/* Switches from `from` to `to`; returns when another context switches back. */
void context_switch(struct context *from, struct context *to);
/* The first thing entry calls. `back` is where control came from. */
void context_entered(struct context *back);

/* fiber.c */
void fiber_run_ready(struct loop *loop);
/* Ends the wait of a waiting fiber; it runs on the loop's next turn. */
void fiber_wake(struct fiber *fiber, enum rc rc);
void fibers_free_spare(struct loop *loop);
/* What a wait of the fiber would end with before it began: RC_CANCELLED, RC_TIMEOUT or, when it may begin, RC_OK. */
enum rc fiber_verdict(const struct fiber *fiber, uint64_t at_ms, const char *what, struct err *err) MUST_USE;
/* Parks the current fiber, already entered into what will wake it. Undoes that entry itself when it does not wait at all. */
enum rc fiber_wait(struct fiber *fiber, uint64_t at_ms, const char *what, struct err *err) MUST_USE;

/* alarm.c */
void alarm_set(struct fiber *fiber);
void alarm_clear(struct fiber *fiber);
void alarm_fired(uv_timer_t *timer);

/* wait_fd.c */
void watch_ready(uv_poll_t *poll, int status, int events);
void watch_leave(struct fiber *fiber);

#endif
