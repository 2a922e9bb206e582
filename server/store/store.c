// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handles and transactions. */
#include "server/store/internal.h"

#include <stdlib.h>

#include "server/base/random.h"

enum { TXN_TRIES = 6 /* the first and five more */ };

/* ---- the store ---- */

static void open_control_account(struct store *store, const struct store_config *config)
{
    const struct store_account account = {
        .code = STR("control"),
        .schema = config->control_schema,
        .user = config->control_user,
        .password = config->control_password,
    };
    uint32_t cap = config->connections / 8;

    store->control = account_of(store, &account, cap > config->village_connections ? cap : config->village_connections);
}

struct store *store_new(struct loop *loop, const struct store_config *config)
{
    struct store *store = calloc(1, sizeof(*store));

    if (store == NULL)
        abort();
    store->loop = loop;
    store->socket = strndup(config->socket.p != NULL ? config->socket.p : "", config->socket.n);
    if (store->socket == NULL)
        abort();
    store->budget = config->connections > 0 ? config->connections : 1;
    store->village_cap = config->village_connections > 0 ? config->village_connections : 1;
    store->prepared_cap = config->prepared;
    store->idle_close_ms = config->idle_close_ms;
    store->statement_ms = config->statement_ms;
    open_control_account(store, config);
    return store;
}

void store_free(struct store **store)
{
    if (*store == NULL)
        return;
    pool_close_all(*store);
    free((*store)->socket);
    free(*store);
    *store = NULL;
}

struct store_stats store_stats(const struct store *store)
{
    struct store_stats stats = store->stats;

    stats.open = store->open;
    stats.prepared = store->prepared_n;
    return stats;
}

/* ---- handles ---- */

struct control_db *store_control(struct store *store, struct arena *arena)
{
    struct control_db *db = ARENA_NEW(arena, struct control_db);

    db->h = (struct sql_handle){.store = store, .arena = arena, .account = store->control};
    return db;
}

struct village_db *store_village(struct store *store, struct arena *arena, const struct store_account *account)
{
    struct village_db *db = ARENA_NEW(arena, struct village_db);

    db->h = (struct sql_handle){.store = store, .arena = arena, .account = account_of(store, account, store->village_cap)};
    return db;
}

struct arena *village_db_arena(struct village_db *db)
{
    return db->h.arena;
}

struct arena *control_db_arena(struct control_db *db)
{
    return db->h.arena;
}

struct str village_db_code(const struct village_db *db)
{
    return str_c(db->h.account->code);
}

uint32_t village_db_statements(const struct village_db *db)
{
    return db->h.statements;
}

uint32_t control_db_statements(const struct control_db *db)
{
    return db->h.statements;
}

void village_db_set_read_only(struct village_db *db)
{
    db->h.is_read_only = true;
}

struct village_db *village_db_notes(struct village_db *db)
{
    struct village_db *notes;

    if (!db->h.is_read_only)
        return db;
    notes = ARENA_NEW(db->h.arena, struct village_db);
    notes->h = (struct sql_handle){.store = db->h.store, .arena = db->h.arena, .account = db->h.account};
    return notes;
}

static bool take_mark(struct sql_handle *handle, unsigned mark)
{
    bool is_set = (handle->marks & mark) != 0;

    handle->marks &= ~mark;
    return is_set;
}

void village_db_mark(struct village_db *db, unsigned mark)
{
    db->h.marks |= mark;
}

bool village_db_take_mark(struct village_db *db, unsigned mark)
{
    return take_mark(&db->h, mark);
}

struct sql_handle *sql_village(struct village_db *db)
{
    return &db->h;
}

struct sql_handle *sql_control(struct control_db *db)
{
    return &db->h;
}

struct sql_handle *sql_txn(struct txn *txn)
{
    return &txn->db.h;
}

struct sql_handle *sql_control_txn(struct control_txn *txn)
{
    return &txn->db.h;
}

struct village_db *in_txn(struct txn *txn)
{
    return &txn->db;
}

struct control_db *in_control_txn(struct control_txn *txn)
{
    return &txn->db;
}

/* ---- transactions ---- */

/* The body of a transaction, of a village or of control. */
struct body {
    enum rc (*call)(const struct body *body, struct err *err);
    enum rc (*village)(struct txn *txn, void *ctx, struct err *err);
    enum rc (*control)(struct control_txn *txn, void *ctx, struct err *err);
    void *txn;
    void *ctx;
    bool is_read_committed;
};

/* Whether the fiber may still wait. After its deadline no COMMIT is sent, because its answer would not be read. */
static enum rc may_commit(struct err *err)
{
    struct fiber *fiber = fiber_current();

    if (fiber == NULL)
        return RC_OK;
    if (fiber_is_cancelled(fiber))
        return fail(err, RC_CANCELLED, "cancelled before COMMIT");
    if (fiber_deadline(fiber) != 0 && clock_mono_ms() >= fiber_deadline(fiber))
        return fail(err, RC_TIMEOUT, "no time left for COMMIT");
    return RC_OK;
}

static enum rc commit(struct sql_handle *txn, struct err *err)
{
    enum rc rc;

    if (txn->doomed != RC_OK) /* the body went on after an error that undid the transaction, or its connection is gone */
        return fail(err, txn->doomed, "the transaction cannot be committed");
    TRY(may_commit(err));
    rc = conn_command(txn->conn, "COMMIT", err);
    if (rc == RC_OK || rc == RC_AGAIN)
        return rc;
    if (!txn->wrote)
        return rc;
    return fail(err, RC_UNSURE, "the answer to COMMIT was lost");
}

static void roll_back(struct sql_handle *txn)
{
    struct err ignored;

    if (txn->conn->is_broken)
        return; /* it will be closed, and the server rolls back */
    if (txn->conn->is_reading || conn_command(txn->conn, "ROLLBACK", &ignored) != RC_OK)
        txn->conn->is_broken = true;
}

/* One try: begin, body, commit or roll back. */
static enum rc txn_try(struct sql_handle *outer, struct sql_handle *txn, const struct body *body, struct err *err)
{
    enum rc rc = RC_OK;

    *txn = (struct sql_handle){.store = outer->store, .arena = outer->arena, .account = outer->account, .outer = outer};
    TRY(pool_take(outer->store, outer->account, &txn->conn, err));
    if (body->is_read_committed)
        rc = conn_command(txn->conn, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED", err);
    if (rc == RC_OK)
        rc = conn_command(txn->conn, "START TRANSACTION", err);
    if (rc == RC_OK) {
        rc = body->call(body, err);
        if (rc == RC_OK)
            rc = commit(txn, err);
        if (rc != RC_OK)
            roll_back(txn);
    }
    if (rc == RC_OK || rc == RC_UNSURE)
        outer->marks |= txn->marks;
    outer->kept = NULL; /* what it was told before the COMMIT may be otherwise now */
    pool_give(txn->conn);
    txn->conn = NULL;
    return rc;
}

static enum rc txn_loop(struct sql_handle *outer, struct sql_handle *txn, const struct body *body, struct err *err)
{
    enum rc rc;

    if (outer->outer != NULL)
        return fail(err, RC_FAULT, "a transaction inside a transaction");
    if (outer->is_read_only)
        return fail(err, RC_READ_ONLY, "the village is read-only");
    for (unsigned try = 1;; try++) {
        rc = txn_try(outer, txn, body, err);
        if (rc != RC_AGAIN)
            return rc;
        if (try == TXN_TRIES)
            return fail(err, RC_BUSY, "given up after %u conflicts with other transactions", try);
        if (fiber_current() != NULL)
            TRY(fiber_sleep_ms(1 + random_below(4u << try), err));
    }
}

static enum rc call_village(const struct body *body, struct err *err)
{
    return body->village(body->txn, body->ctx, err);
}

static enum rc call_control(const struct body *body, struct err *err)
{
    return body->control(body->txn, body->ctx, err);
}

static enum rc run_village(struct village_db *db, struct body body, void *ctx, struct err *err)
{
    struct txn txn;

    body.call = call_village;
    body.txn = &txn;
    body.ctx = ctx;
    return txn_loop(&db->h, &txn.db.h, &body, err);
}

static enum rc run_control(struct control_db *db, struct body body, void *ctx, struct err *err)
{
    struct control_txn txn;

    body.call = call_control;
    body.txn = &txn;
    body.ctx = ctx;
    return txn_loop(&db->h, &txn.db.h, &body, err);
}

enum rc txn_run(struct village_db *db, enum rc (*body)(struct txn *txn, void *ctx, struct err *err), void *ctx, struct err *err)
{
    return run_village(db, (struct body){.village = body}, ctx, err);
}

enum rc txn_run_read_committed(struct village_db *db, enum rc (*body)(struct txn *txn, void *ctx, struct err *err), void *ctx,
                               struct err *err)
{
    return run_village(db, (struct body){.village = body, .is_read_committed = true}, ctx, err);
}

enum rc control_txn_run(struct control_db *db, enum rc (*body)(struct control_txn *txn, void *ctx, struct err *err), void *ctx,
                        struct err *err)
{
    return run_control(db, (struct body){.control = body}, ctx, err);
}

enum rc control_txn_run_read_committed(struct control_db *db, enum rc (*body)(struct control_txn *txn, void *ctx, struct err *err),
                                       void *ctx, struct err *err)
{
    return run_control(db, (struct body){.control = body, .is_read_committed = true}, ctx, err);
}
