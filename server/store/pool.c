// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The connections of one loop. Invariant: while a fiber waits for a connection,
 * none that could serve it is idle; so a later one never overtakes it, and the
 * one that has waited longest is served first, across all villages. A village
 * has at most `cap` connections, all together at most `budget`; when the budget
 * is used up, the connection idle longest is given to another village
 * (COM_CHANGE_USER).
 */
#include "server/store/internal.h"

#include <stdlib.h>

/* ---- accounts ---- */

static size_t bucket_of(struct str code)
{
    uint32_t h = 2166136261u; /* FNV-1a: codes are ours, nobody chooses them to collide */

    for (size_t i = 0; i < code.n; i++)
        h = (h ^ (unsigned char)code.p[i]) * 16777619u;
    return h % ACCOUNT_BUCKETS;
}

static char *copy(struct str s)
{
    char *z = malloc(s.n + 1);

    if (z == NULL)
        abort();
    if (s.n > 0)
        memcpy(z, s.p, s.n);
    z[s.n] = '\0';
    return z;
}

static void close_conn(struct conn *conn);
static void serve_slots(struct store *store);

/* Takes over a changed schema, user or secret; idle connections of the old ones go. */
static void renew(struct account *account, const struct store_account *now)
{
    if (str_is(now->schema, account->schema) && str_is(now->user, account->user) && str_is(now->password, account->password))
        return;
    while (account->idle != NULL)
        close_conn(account->idle);
    free(account->schema);
    free(account->user);
    free(account->password);
    account->schema = copy(now->schema);
    account->user = copy(now->user);
    account->password = copy(now->password);
}

struct account *account_of(struct store *store, const struct store_account *wanted, uint32_t cap)
{
    struct account **bucket = &store->buckets[bucket_of(wanted->code)], *account;

    for (account = *bucket; account != NULL; account = account->next)
        if (str_is(wanted->code, account->code)) {
            renew(account, wanted);
            return account;
        }
    account = calloc(1, sizeof(*account));
    if (account == NULL)
        abort();
    *account = (struct account){.next = *bucket,
                                .code = copy(wanted->code),
                                .schema = copy(wanted->schema),
                                .user = copy(wanted->user),
                                .password = copy(wanted->password),
                                .cap = cap > 0 ? cap : 1};
    *bucket = account;
    return account;
}

/* ---- idle lists ---- */

static void idle_remove(struct conn *conn)
{
    struct store *store = conn->store;
    struct conn **at = &conn->account->idle;

    while (*at != conn)
        at = &(*at)->next_idle;
    *at = conn->next_idle;
    *(conn->older != NULL ? &conn->older->newer : &store->oldest_idle) = conn->newer;
    *(conn->newer != NULL ? &conn->newer->older : &store->newest_idle) = conn->older;
    conn->next_idle = conn->older = conn->newer = NULL;
    conn->scratch = arena_new();
    conn->is_idle = false;
    store->stats.idle--;
}

/* Most connections are idle most of the time, so the memory of an idle connection decides the memory of a quiet server. */
static void idle_add(struct conn *conn)
{
    struct store *store = conn->store;

    arena_free(&conn->scratch);
    conn->next_idle = conn->account->idle;
    conn->account->idle = conn;
    conn->older = store->newest_idle;
    *(store->newest_idle != NULL ? &store->newest_idle->newer : &store->oldest_idle) = conn;
    store->newest_idle = conn;
    conn->idle_since_ms = clock_mono_ms();
    conn->is_idle = true;
    store->stats.idle++;
}

/* Ends a connection and gives its place in the budget back, without serving waiters. */
static void close_conn(struct conn *conn)
{
    struct store *store = conn->store;

    if (conn->is_idle)
        idle_remove(conn);
    store->stats.lost += conn->is_broken ? 1 : 0;
    conn->account->open--;
    store->open--;
    conn_close(conn);
}

/* ---- the reaper: a fiber that lives as long as something lies idle ---- */

static void reap(struct store *store)
{
    uint64_t now = clock_mono_ms();

    while (store->oldest_idle != NULL && store->oldest_idle->idle_since_ms + store->idle_close_ms <= now)
        close_conn(store->oldest_idle);
    serve_slots(store);
}

static void reaper_run(void *arg)
{
    struct reaper *reaper = arg;
    struct err err;

    reaper->fiber = fiber_current();
    while (reaper->store != NULL && reaper->store->oldest_idle != NULL) {
        uint64_t due = reaper->store->oldest_idle->idle_since_ms + reaper->store->idle_close_ms, now = clock_mono_ms();

        if (due > now && fiber_sleep_ms(due - now, &err) != RC_OK)
            break;
        if (reaper->store != NULL)
            reap(reaper->store);
    }
    if (reaper->store != NULL)
        reaper->store->reaper = NULL;
    reaper->has_ended = true;
    fiber_wake_all(&reaper->joiner);
    if (!reaper->has_joiner)
        free(reaper);
}

static void start_reaper(struct store *store)
{
    if (store->reaper != NULL || fiber_current() == NULL)
        return;
    store->reaper = calloc(1, sizeof(*store->reaper));
    if (store->reaper == NULL)
        abort();
    store->reaper->store = store;
    fiber_spawn(store->loop, reaper_run, store->reaper);
}

/* ---- taking and giving ---- */

static struct conn *conn_new(struct store *store, struct account *account)
{
    struct conn *conn = calloc(1, sizeof(*conn));

    if (conn == NULL)
        abort();
    conn->store = store;
    conn->account = account;
    conn->scratch = arena_new();
    return conn;
}

/* Opens a connection in a place of the budget already counted for it. */
static enum rc open_slot(struct store *store, struct account *account, struct conn **out, struct err *err)
{
    struct conn *conn = conn_new(store, account);
    enum rc rc = conn_open(conn, err);

    if (rc != RC_OK) {
        close_conn(conn);
        serve_slots(store);
        return rc;
    }
    store->stats.connects++;
    *out = conn;
    return RC_OK;
}

static void reserve(struct store *store, struct account *account)
{
    account->open++;
    store->open++;
}

static void change_hands(struct conn *conn, struct account *account)
{
    conn->account->open--;
    conn->account = account;
    account->open++;
    conn->is_foreign = true;
}

/* Finishes the change of account of a connection that another village had. */
static enum rc enter(struct conn *conn, struct conn **out, struct err *err)
{
    enum rc rc = conn_change_user(conn, err);

    if (rc != RC_OK) {
        pool_give(conn);
        return rc;
    }
    conn->store->stats.recycled++;
    *out = conn;
    return RC_OK;
}

/* Takes the first idle connection of a list that the server has not closed meanwhile; idle_remove and close_conn move the list's head. */
static struct conn *take_fresh(struct conn *const *head)
{
    while (*head != NULL) {
        struct conn *conn = *head;

        if (!conn_is_stale(conn)) {
            idle_remove(conn);
            return conn;
        }
        conn->is_broken = true;
        close_conn(conn);
    }
    return NULL;
}

static void queue_remove(struct store *store, struct waiter *waiter)
{
    struct waiter *before = NULL;

    for (struct waiter *w = store->first_waiter; w != waiter; w = w->next)
        before = w;
    *(before != NULL ? &before->next : &store->first_waiter) = waiter->next;
    if (store->last_waiter == waiter)
        store->last_waiter = before;
    store->stats.waiting--;
}

/* Gives free places of the budget to waiting fibers. */
static void serve_slots(struct store *store)
{
    for (struct waiter *w = store->first_waiter, *next; w != NULL && store->open < store->budget; w = next) {
        next = w->next;
        if (w->account->open >= w->account->cap)
            continue;
        reserve(store, w->account);
        w->has_slot = true;
        queue_remove(store, w);
        fiber_wake_one(&w->list);
    }
}

/* Queues and waits for a connection or a place to be handed over. */
static enum rc wait_turn(struct store *store, struct waiter *waiter, struct err *err)
{
    uint64_t until = clock_mono_ms() + TAKE_WAIT_MS;
    enum rc rc;

    if (fiber_current() == NULL)
        return fail(err, RC_BUSY, "all connections of %s are in use", waiter->account->code);
    *(store->last_waiter != NULL ? &store->last_waiter->next : &store->first_waiter) = waiter;
    store->last_waiter = waiter;
    store->stats.waiting++;
    rc = fiber_park(&waiter->list, until, err);
    if (waiter->conn == NULL && !waiter->has_slot)
        queue_remove(store, waiter);
    else if (rc == RC_OK || rc == RC_TIMEOUT)
        return RC_OK; /* served, perhaps in the very turn the time ran out */
    if (waiter->conn != NULL) {
        pool_give(waiter->conn);
    } else if (waiter->has_slot) {
        waiter->account->open--;
        store->open--;
        serve_slots(store);
    }
    store->stats.busy++;
    if (rc == RC_TIMEOUT && clock_mono_ms() >= until)
        return fail(err, RC_BUSY, "no connection of %s within %d ms", waiter->account->code, TAKE_WAIT_MS);
    return rc != RC_OK ? rc : fail(err, RC_BUSY, "woken without a connection");
}

static enum rc take(struct store *store, struct account *account, struct conn **out, struct err *err)
{
    struct waiter waiter = {.account = account};
    struct conn *conn = take_fresh(&account->idle);

    if (conn != NULL) {
        *out = conn;
        return RC_OK;
    }
    if (account->open < account->cap && store->open < store->budget) {
        reserve(store, account);
        return open_slot(store, account, out, err);
    }
    conn = account->open < account->cap ? take_fresh(&store->oldest_idle) : NULL;
    if (conn != NULL) {
        change_hands(conn, account);
        return enter(conn, out, err);
    }
    if (account->open < account->cap && store->open < store->budget) { /* stale ones were closed just now */
        reserve(store, account);
        return open_slot(store, account, out, err);
    }
    TRY(wait_turn(store, &waiter, err));
    if (waiter.has_slot)
        return open_slot(store, account, out, err);
    if (waiter.conn->is_foreign)
        return enter(waiter.conn, out, err);
    *out = waiter.conn;
    return RC_OK;
}

enum rc pool_take(struct store *store, struct account *account, struct conn **out, struct err *err)
{
    struct conn *conn = NULL;

    TRY(take(store, account, &conn, err));
    if (conn->account != account || conn->is_foreign || conn_in_transaction(conn)) {
        log_event(LOG_ERROR, "pool_broken", "a connection of another account or with an open transaction was about to be used");
        abort();
    }
    *out = conn;
    return RC_OK;
}

void pool_give(struct conn *conn)
{
    struct store *store = conn->store;

    arena_reset(conn->scratch);
    if (!conn->is_broken && (conn->is_foreign || conn->is_reading || conn_in_transaction(conn)))
        conn->is_broken = true;
    if (conn->is_broken) {
        close_conn(conn);
        serve_slots(store);
        return;
    }
    for (struct waiter *w = store->first_waiter; w != NULL; w = w->next) {
        if (w->account != conn->account && w->account->open >= w->account->cap)
            continue;
        if (w->account != conn->account)
            change_hands(conn, w->account);
        w->conn = conn;
        queue_remove(store, w);
        fiber_wake_one(&w->list);
        return;
    }
    idle_add(conn);
    start_reaper(store);
}

static void join_reaper(void *arg)
{
    struct reaper *reaper = arg;
    struct err err;

    while (!reaper->has_ended && fiber_park(&reaper->joiner, 0, &err) == RC_OK)
        ;
    if (reaper->has_ended)
        free(reaper);
    else
        reaper->has_joiner = false; /* it frees itself */
}

void pool_close_all(struct store *store)
{
    struct reaper *reaper = store->reaper;

    while (store->oldest_idle != NULL)
        close_conn(store->oldest_idle);
    if (reaper != NULL) {
        reaper->store = NULL;
        reaper->has_joiner = true;
        fiber_cancel(reaper->fiber);
        if (fiber_current() != NULL)
            join_reaper(reaper);
        else
            loop_run_fiber(store->loop, join_reaper, reaper);
    }
    for (size_t i = 0; i < ACCOUNT_BUCKETS; i++)
        while (store->buckets[i] != NULL) {
            struct account *account = store->buckets[i];

            store->buckets[i] = account->next;
            free(account->code);
            free(account->schema);
            free(account->user);
            free(account->password);
            free(account);
        }
}
