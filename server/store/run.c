// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the generated functions call: borrow a connection, run, give it back. */
#include <stdlib.h>

#include "server/store/internal.h"

static struct receiver no_rows(const struct sql_statement *statement)
{
    return (struct receiver){.statement = statement};
}

#ifdef STORE_CHECKS_LOCKS
/* Two transactions that take the same locks in different orders wait for each other: a mistake of the program, not of its moment. */
static void check_locks(struct sql_handle *txn, const struct sql_statement *statement)
{
    uint64_t taken = statement->lock_ranks & ~(txn->locked & statement->locks_once);

    if ((statement->held_ranks & ~txn->locked) != 0) {
        log_event(LOG_ERROR, "store.locks", "%s holds no lock %s (%s)", statement->name, statement->holds, statement->source);
        abort();
    }
    if (taken == 0)
        return;
    if (txn->locked > 0 && (taken & -taken) < UINT64_C(1) << (63 - __builtin_clzll(txn->locked))) {
        log_event(LOG_ERROR, "store.locks", "%s takes the lock %s after %s has taken %s (%s, %s)", statement->name, statement->locks,
                  txn->highest->name, txn->highest->locks, statement->source, txn->highest->source);
        abort();
    }
    txn->locked |= taken;
    txn->highest = statement;
}
#endif

/* The transaction's connection, or one from the pool. */
static enum rc borrow(struct sql_handle *handle, const struct sql_statement *statement, struct conn **out, struct err *err)
{
    if (statement->writes && handle->is_read_only)
        return fail(err, RC_READ_ONLY, "%s: the village is read-only", statement->name);
    for (struct sql_handle *h = handle; h != NULL; h = h->outer)
        h->statements++;
    if (statement->tables != NULL && !statement->is_kept)
        kept_forget(handle, statement);
    if (handle->outer == NULL)
        return pool_take(handle->store, handle->account, out, err);
    if (handle->conn == NULL || handle->conn->is_broken)
        return fail(err, handle->doomed != RC_OK ? handle->doomed : RC_UNAVAILABLE, "%s: the transaction has lost its connection",
                    statement->name);
    if (handle->conn->is_reading)
        return fail(err, RC_FAULT, "%s: sent while another statement of the transaction is giving rows", statement->name);
    handle->wrote = handle->wrote || statement->writes;
#ifdef STORE_CHECKS_LOCKS
    check_locks(handle, statement);
#endif
    *out = handle->conn;
    return RC_OK;
}

/*
 * Gives the connection back. Outside a transaction a writing statement commits
 * by itself, so when its answer was lost its fate is unknown.
 */
static enum rc settle(struct sql_handle *handle, const struct sql_statement *statement, struct conn *conn, enum rc rc, struct err *err)
{
    bool is_lost = conn->is_broken;

    if (handle->outer != NULL) {
        if (rc == RC_AGAIN || is_lost)
            handle->doomed = rc != RC_OK ? rc : RC_UNAVAILABLE;
        arena_reset(conn->scratch);
        return rc;
    }
    pool_give(conn);
    if (is_lost && rc != RC_OK && rc != RC_FAULT && statement->writes)
        return fail(err, RC_UNSURE, "%s: the answer was lost", statement->name);
    return rc;
}

/*
 * To prepare a statement costs an answer of its own, and where hundreds of villages share the connections one seldom runs it again before
 * it changes hands: so the first time goes as text. Two statements may share a bit; one of them is then prepared at once.
 */
static bool is_again(struct conn *conn, const struct sql_statement *statement)
{
    size_t at = (uintptr_t)statement / sizeof(*statement) % (RUN_WORDS * 64);
    uint64_t bit = UINT64_C(1) << at % 64, *word = &conn->was_run[at / 64];
    bool was = (*word & bit) != 0;

    *word |= bit;
    return was;
}

static enum rc run(struct sql_handle *handle, const struct sql_statement *statement, const void *in, struct receiver *receiver,
                   struct outcome *outcome, struct err *err)
{
    struct conn *conn;
    enum rc rc;

    TRY(borrow(handle, statement, &conn, err));
    if (statement->is_hot && handle->store->prepared_cap > 0 && is_again(conn, statement))
        rc = prepared_run(conn, statement, in, receiver, outcome, err);
    else
        rc = text_run(conn, statement, in, receiver, outcome, err);
    return settle(handle, statement, conn, rc, err);
}

/* ---- one, maybe ---- */

struct single {
    struct receiver receiver;
    void *row;
    size_t n;
};

static void *single_next(struct receiver *receiver)
{
    struct single *single = (struct single *)receiver;

    single->row = arena_alloc(receiver->arena, receiver->statement->out_bytes);
    return single->row;
}

static enum rc single_take(struct receiver *receiver, void *row, struct err *err)
{
    struct single *single = (struct single *)receiver;

    (void)row;
    if (++single->n > 1)
        return fail(err, RC_FAULT, "%s: more than one row", receiver->statement->name);
    return RC_OK;
}

enum rc sql_run_maybe(struct sql_handle *handle, const struct sql_statement *statement, const void *in, void *out, bool *found_out,
                      struct err *err)
{
    struct single single = {{statement, handle->arena, single_next, single_take}, NULL, 0};
    struct outcome outcome;
    struct sql_rows rows;

    if (!statement->is_kept || !kept_find(handle, statement, in, &rows)) {
        TRY(run(handle, statement, in, &single.receiver, &outcome, err));
        rows = (struct sql_rows){single.row, single.n};
        if (statement->is_kept)
            kept_put(handle, statement, in, rows);
    }
    *found_out = rows.n == 1;
    if (rows.n == 1)
        memcpy(out, rows.p, statement->out_bytes);
    return RC_OK;
}

enum rc sql_run_one(struct sql_handle *handle, const struct sql_statement *statement, const void *in, void *out, struct err *err)
{
    bool found;

    TRY(sql_run_maybe(handle, statement, in, out, &found, err));
    return found ? RC_OK : fail(err, RC_NOT_FOUND, "%s: no row", statement->name);
}

/* ---- many ---- */

struct several {
    struct receiver receiver;
    char *p;
    size_t n, room;
};

static void *several_next(struct receiver *receiver)
{
    struct several *several = (struct several *)receiver;
    size_t size = receiver->statement->out_bytes;

    if (several->n == several->room) {
        size_t room = several->room == 0 ? 16 : 2 * several->room;
        char *p = arena_alloc(receiver->arena, arena_array_bytes(room, size));

        if (several->n > 0)
            memcpy(p, several->p, several->n * size);
        several->p = p;
        several->room = room;
    }
    return several->p + several->n * size;
}

static enum rc several_take(struct receiver *receiver, void *row, struct err *err)
{
    (void)row;
    (void)err;
    ((struct several *)receiver)->n++;
    return RC_OK;
}

enum rc sql_run_many(struct sql_handle *handle, const struct sql_statement *statement, const void *in, struct sql_rows *rows_out,
                     struct err *err)
{
    struct several several = {{statement, handle->arena, several_next, several_take}, NULL, 0, 0};
    struct outcome outcome;

    if (statement->is_kept && kept_find(handle, statement, in, rows_out))
        return RC_OK;
    TRY(run(handle, statement, in, &several.receiver, &outcome, err));
    *rows_out = (struct sql_rows){several.p, several.n};
    if (statement->is_kept)
        kept_put(handle, statement, in, *rows_out);
    return RC_OK;
}

/* ---- each ---- */

struct stream {
    struct receiver receiver;
    sql_row_fn *row;
    void *ctx;
};

static void *stream_next(struct receiver *receiver)
{
    arena_reset(receiver->arena);
    return arena_alloc(receiver->arena, receiver->statement->out_bytes);
}

static enum rc stream_take(struct receiver *receiver, void *row, struct err *err)
{
    struct stream *stream = (struct stream *)receiver;

    return stream->row(stream->ctx, row, err);
}

enum rc sql_run_each(struct sql_handle *handle, const struct sql_statement *statement, const void *in, sql_row_fn *row, void *ctx,
                     struct err *err)
{
    struct stream stream = {{statement, arena_new(), stream_next, stream_take}, row, ctx};
    struct outcome outcome;
    enum rc rc = run(handle, statement, in, &stream.receiver, &outcome, err);

    arena_free(&stream.receiver.arena);
    return rc;
}

/* ---- without rows ---- */

enum rc sql_run_exec(struct sql_handle *handle, const struct sql_statement *statement, const void *in, uint64_t *affected_out,
                     struct err *err)
{
    struct receiver receiver = no_rows(statement);
    struct outcome outcome;

    TRY(run(handle, statement, in, &receiver, &outcome, err));
    if (affected_out != NULL)
        *affected_out = outcome.affected;
    return RC_OK;
}

enum rc sql_run_insert(struct sql_handle *handle, const struct sql_statement *statement, const void *in, uint64_t *id_out, struct err *err)
{
    struct receiver receiver = no_rows(statement);
    struct outcome outcome;

    TRY(run(handle, statement, in, &receiver, &outcome, err));
    if (id_out != NULL)
        *id_out = outcome.id;
    return RC_OK;
}

enum rc sql_run_bulk(struct sql_handle *handle, const struct sql_statement *statement, const void *rows, size_t n, struct err *err)
{
    struct conn *conn;

    if (n == 0)
        return RC_OK;
    TRY(borrow(handle, statement, &conn, err));
    return settle(handle, statement, conn, bulk_run(conn, statement, rows, n, err), err);
}
