// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * MySQL, from the fibers of one loop, over MariaDB Connector/C's non-blocking
 * calls. Two kinds of handle that never convert into one another:
 *
 *   struct village_db *   one village's schema through that village's own
 *                         account; made only by tenants/directory
 *   struct control_db *   the control schema
 *
 * A handle belongs to one request or job and lives in its arena, which also
 * takes every result. It holds no connection: each statement borrows one from
 * the pool and gives it back; a transaction keeps one until its end. Waiting
 * for a connection ends with RC_BUSY after 2 s, a statement with RC_TIMEOUT at
 * the fiber's deadline (its connection is then closed, never reused).
 *
 * Statements are not written in C: sqlgen.py makes typed functions out of the
 * .sql files of the rooms (see server/store/README.md for the notation).
 */
#ifndef BALAI_STORE_H
#define BALAI_STORE_H

#include "server/base/base.h"
#include "server/base/clock.h"

struct loop;
struct store;
struct village_db;
struct control_db;
struct txn; /* of a village */
struct control_txn;

struct store_config {
    struct str socket; /* of MariaDB */
    struct str control_user, control_password, control_schema;
    uint32_t connections;         /* this loop's share of the process budget */
    uint32_t village_connections; /* of one village on this loop */
    uint32_t prepared;            /* this loop's share of 1,500 prepared statements, LRU */
    uint32_t idle_close_ms;       /* 60,000 */
    uint32_t statement_ms;        /* the server ends a statement that takes longer (RC_TIMEOUT); 0: what the account has */
};

/* One per loop; texts are copied. Connects lazily. Never fails. store_free closes all; call it inside the loop's thread with no handle in
 * use. */
struct store *store_new(struct loop *loop, const struct store_config *config) MUST_USE;
void store_free(struct store **store);

/* What the pool holds and did since it was made: tests, /healthz and the bench read it. */
struct store_stats {
    uint32_t open, idle, waiting;      /* connections now; fibers waiting for one */
    uint32_t prepared;                 /* statements now */
    uint64_t connects, recycled, lost; /* opened; taken over by COM_CHANGE_USER; closed in an unknown state */
    uint64_t busy;                     /* waits that ended without a connection */
};
struct store_stats store_stats(const struct store *store);

/* A handle in the arena, used until the arena ends. */
struct control_db *store_control(struct store *store, struct arena *arena) MUST_USE;

struct arena *village_db_arena(struct village_db *db);
struct arena *control_db_arena(struct control_db *db);
/* Code of the village the handle belongs to. */
struct str village_db_code(const struct village_db *db);
/* Statements sent through this handle so far: tests and the log read it. */
uint32_t village_db_statements(const struct village_db *db);
uint32_t control_db_statements(const struct control_db *db);
/*
 * A note on the handle, one bit each: set inside a transaction it counts when
 * the transaction was committed (or its fate is unknown), and is lost with a
 * rollback. Taking it clears it. workers/queue notes that a job was put.
 */
enum { DB_MARK_OUTBOX = 1 };
void village_db_mark(struct village_db *db, unsigned mark);
bool village_db_take_mark(struct village_db *db, unsigned mark);
/* Marks the handle so that txn_run and writing statements fail with RC_READ_ONLY. */
void village_db_set_read_only(struct village_db *db);
/*
 * A handle of the same village for what Balai records when people sign in and read: attempts, sessions, opened NIKs, downloads. It
 * writes even while the village is read-only; nothing that people typed is written through it.
 */
struct village_db *village_db_notes(struct village_db *db);

/*
 * Runs body in one transaction and commits. The body takes its locks before it
 * reads what it decides on and has no effect outside the transaction: on errors 1020
 * (record changed), 1213 (deadlock), 1205 (lock wait) everything is rolled back
 * and the body runs again, at most 5 times with jitter; then RC_BUSY. An rc of
 * the body rolls back and is returned. RC_UNSURE: the answer to COMMIT was lost.
 */
enum rc txn_run(struct village_db *db, enum rc (*body)(struct txn *txn, void *ctx, struct err *err), void *ctx, struct err *err) MUST_USE;
enum rc control_txn_run(struct control_db *db, enum rc (*body)(struct control_txn *txn, void *ctx, struct err *err), void *ctx,
                        struct err *err) MUST_USE;

/*
 * The same at READ COMMITTED: each statement sees what is committed by then and
 * locks the rows it finds, but not the gaps between them. For work on queues,
 * whose readers would otherwise stop every writer.
 */
enum rc txn_run_read_committed(struct village_db *db, enum rc (*body)(struct txn *txn, void *ctx, struct err *err), void *ctx,
                               struct err *err) MUST_USE;
enum rc control_txn_run_read_committed(struct control_db *db, enum rc (*body)(struct control_txn *txn, void *ctx, struct err *err),
                                       void *ctx, struct err *err) MUST_USE;

/* The handle whose statements run inside the transaction; valid until the body returns. Its arena is the outer handle's. */
struct village_db *in_txn(struct txn *txn);
struct control_db *in_control_txn(struct control_txn *txn);

/* Values that may be NULL (texts use p == NULL, dates year == 0). */
struct opt_u64 {
    bool is_set;
    uint64_t value;
};
struct opt_i64 {
    bool is_set;
    int64_t value;
};
static inline struct opt_u64 some_u64(uint64_t v)
{
    return (struct opt_u64){true, v};
}
static inline struct opt_i64 some_i64(int64_t v)
{
    return (struct opt_i64){true, v};
}

/*
 * Where a page of a list lies (kind `list`, README.md). A spot is the sort values of one row, as the page before gave them; made by the
 * store, kept by the caller (sealed, when it goes through a browser). One of another order, or a broken one, begins at the first row.
 */
struct list_at {
    uint32_t order;   /* NAME_BY_…; 0: the first order of the list */
    bool is_reversed; /* against the directions of the order */
    bool is_back;     /* the rows before the spot, not those after it; without a spot: the last page */
    struct str spot;
};
/* What lies around a page, and the spots of its first and last row (STR_NONE without rows). */
struct list_ends {
    bool has_before, has_after;
    struct str first, last;
};

#endif
