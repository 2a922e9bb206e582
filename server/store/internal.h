// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never leaves server/store: what its own files share. */
#ifndef BALAI_STORE_INTERNAL_H
#define BALAI_STORE_INTERNAL_H

#include <mysql.h>

#include "server/loop/loop.h"
#include "server/store/sql.h"
#include "server/store/store.h"
#include "server/store/store_handles.h"

enum {
    ACCOUNT_BUCKETS = 256,
    TAKE_WAIT_MS = 2000,     /* for a connection */
    CONNECT_WAIT_MS = 5000,  /* for the server's greeting and the session's settings */
    ANSWER_WAIT_MS = 600000, /* for an answer, when the fiber has no deadline of its own */
    PACKET_BYTES = 1 << 20,  /* of a bulk INSERT */
    RUN_WORDS = 8
};

struct conn;

/* Whose connections these are. The key of the pool, so a connection's schema is the village's by construction. */
struct account {
    struct account *next; /* of the bucket */
    char *code, *schema, *user, *password;
    uint32_t open; /* connections, those being opened included */
    uint32_t cap;
    struct conn *idle; /* latest used first */
    struct {
        const struct sql_statement *statement;
        uint64_t until_ms;
    } beyond[8]; /* whole lists that were longer than is counted, lately (list.c) */
    unsigned beyond_at;
};

/* A hot statement on one connection. */
struct prepared {
    struct prepared *older, *newer; /* of the loop, by last use */
    struct prepared *next;          /* of the connection */
    struct conn *conn;
    const struct sql_statement *statement;
    MYSQL_STMT *stmt;
};

struct conn {
    struct store *store;
    struct account *account;
    MYSQL *mysql;
    struct conn *next_idle;     /* of the account */
    struct conn *older, *newer; /* idle ones of the loop, by when they were given back */
    uint64_t idle_since_ms;
    uint64_t wait_until_ms; /* while connecting; 0: only the fiber's deadline */
    struct prepared *prepared;
    uint64_t was_run[RUN_WORDS]; /* a bit for each hot statement that this session has run */
    struct arena *scratch;       /* of one statement: its text, its buffers */
    bool is_idle;
    bool is_foreign; /* given to another account, but still logged in as the one before */
    bool is_reading; /* an `each` is under way */
    bool is_broken;  /* its state is unknown: to be closed, never used again */
};

struct waiter {
    struct waiter *next;
    struct account *account;
    struct wait_list list;
    struct conn *conn; /* granted: this connection … */
    bool has_slot;     /* … or permission to open one */
};

/* Outlives the store by one turn of the loop when the store is freed while it sleeps. */
struct reaper {
    struct store *store;
    struct fiber *fiber;
    struct wait_list joiner;
    bool has_joiner, has_ended;
};

struct store {
    struct loop *loop;
    char *socket;
    uint32_t budget, village_cap, prepared_cap, idle_close_ms, statement_ms;
    struct account *buckets[ACCOUNT_BUCKETS];
    struct account *control;
    uint32_t open; /* connections of all accounts, those being opened included */
    struct conn *oldest_idle, *newest_idle;
    struct waiter *first_waiter, *last_waiter;
    struct prepared *oldest_prepared, *newest_prepared;
    uint32_t prepared_n;
    struct reaper *reaper;
    struct store_stats stats;
};

/* Builds for tests look at the order of locks (locks.txt). */
#if !defined(NDEBUG) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define STORE_CHECKS_LOCKS 1
#endif

struct kept;
struct sql_handle {
    struct store *store;
    struct arena *arena;
    struct account *account;
    struct conn *conn;        /* of the transaction, else NULL */
    struct sql_handle *outer; /* of a transaction: the handle it was begun on */
    struct kept *kept;        /* what it remembers of its `kept` statements (kept.c) */
    uint32_t statements;
    unsigned marks;
    bool is_read_only;
    bool wrote;     /* the transaction has sent a writing statement */
    enum rc doomed; /* RC_OK, or why the transaction may not be committed */
#ifdef STORE_CHECKS_LOCKS
    uint64_t locked;                     /* ranks that the transaction has taken */
    const struct sql_statement *highest; /* which took the last of them */
#endif
};

struct village_db {
    struct sql_handle h;
};
struct control_db {
    struct sql_handle h;
};
struct txn {
    struct village_db db;
};
struct control_txn {
    struct control_db db;
};

/* ---- pool.c ---- */
struct account *account_of(struct store *store, const struct store_account *wanted, uint32_t cap);
enum rc pool_take(struct store *store, struct account *account, struct conn **out, struct err *err) MUST_USE;
void pool_give(struct conn *conn);
void pool_close_all(struct store *store);

/* ---- mysql.c: one connection ---- */
enum rc conn_open(struct conn *conn, struct err *err) MUST_USE;
/* Logs the connection in as its account, which has changed; the server forgets its statements and session. */
enum rc conn_change_user(struct conn *conn, struct err *err) MUST_USE;
/* Shuts the socket of a connection that is in use, so that no read or write on it waits any more. */
void conn_abandon(struct conn *conn);
/* Never waits. */
void conn_close(struct conn *conn);
/* Whether the server has closed it, or said something nobody asked for, while it lay idle. */
bool conn_is_stale(const struct conn *conn);
bool conn_in_transaction(const struct conn *conn);
/* A statement of ours without values and rows: START TRANSACTION, COMMIT, ROLLBACK, SET. */
enum rc conn_command(struct conn *conn, const char *text, struct err *err) MUST_USE;
enum rc conn_query(struct conn *conn, const char *what, struct str text, struct err *err) MUST_USE;
/* Waits for what a suspended call of the library wants; *status is in and out. An rc leaves the connection broken. */
enum rc conn_wait(struct conn *conn, int *status, struct err *err) MUST_USE;
/* The error the server or library reported, as an rc; marks the connection broken when it is lost. */
enum rc conn_error(struct conn *conn, const char *what, unsigned code, const char *state, const char *message, struct err *err) MUST_USE;
#define CONN_ERROR(conn, what, err) \
    conn_error((conn), (what), mysql_errno((conn)->mysql), mysql_sqlstate((conn)->mysql), mysql_error((conn)->mysql), (err))

/* Runs a _start call and its _cont calls to the end; `cont` reads the variable `status`. */
#define CONN_AWAIT(rc, conn, start, cont, err)                                     \
    do {                                                                           \
        int status = (start);                                                      \
        (rc) = RC_OK;                                                              \
        while (status != 0 && ((rc) = conn_wait((conn), &status, (err))) == RC_OK) \
            status = (cont);                                                       \
    } while (0)

/* ---- kept.c ---- */
/* The rows that a `kept` statement gave this handle for the same inputs; false: to be asked. */
bool kept_find(struct sql_handle *handle, const struct sql_statement *statement, const void *in, struct sql_rows *out);
void kept_put(struct sql_handle *handle, const struct sql_statement *statement, const void *in, struct sql_rows rows);
/* Before a write: what was read of a table that it names is read anew. */
void kept_forget(struct sql_handle *handle, const struct sql_statement *write);

/* ---- run.c: where rows go ---- */
struct receiver {
    const struct sql_statement *statement;
    struct arena *arena; /* of the texts */
    /* Memory for the next row, zeroed. */
    void *(*next)(struct receiver *receiver);
    /* The row is complete. */
    enum rc (*take)(struct receiver *receiver, void *row, struct err *err);
};
struct outcome {
    uint64_t affected, id;
};

/* ---- text.c, prepared.c, bulk.c ---- */
enum rc text_run(struct conn *conn, const struct sql_statement *statement, const void *in, struct receiver *receiver,
                 struct outcome *outcome, struct err *err) MUST_USE;
/* All rows, in as many runs as their size asks for. */
enum rc bulk_run(struct conn *conn, const struct sql_statement *statement, const void *rows, size_t n, struct err *err) MUST_USE;
enum rc prepared_run(struct conn *conn, const struct sql_statement *statement, const void *in, struct receiver *receiver,
                     struct outcome *outcome, struct err *err) MUST_USE;
/* A statement made ready on a connection, counted in the budget, until prepared_close or the budget's end. */
enum rc prepared_open(struct conn *conn, const struct sql_statement *statement, struct prepared **out, struct err *err) MUST_USE;
void prepared_close(struct prepared *p);
enum rc prepared_error(struct conn *conn, const char *what, MYSQL_STMT *stmt, struct err *err) MUST_USE;
/* Closes all of a connection's statements. */
void prepared_drop_all(struct conn *conn);

/* ---- value.c: C struct members ---- */
/* One input, taken out of its struct. */
struct value {
    bool is_null;
    union {
        uint64_t u;
        int64_t i;
        double f;
        struct str s;
        struct date d;
        utc_us at;
    };
};
struct value value_read(const struct sql_column *column, const void *in);
bool type_is_signed(enum sql_type type);
bool type_is_number(enum sql_type type); /* whole numbers, bool and enum */
bool type_is_text(enum sql_type type);
/* Writes NULL or a value into a row; RC_FAULT when it does not fit the column. */
enum rc value_put_null(const struct sql_statement *statement, const struct sql_column *column, void *row, struct err *err) MUST_USE;
enum rc value_put_u64(const struct sql_statement *statement, const struct sql_column *column, void *row, uint64_t number,
                      struct err *err) MUST_USE;
enum rc value_put_i64(const struct sql_statement *statement, const struct sql_column *column, void *row, int64_t number,
                      struct err *err) MUST_USE;
/* From the server's text form; texts are copied into the arena. */
enum rc value_put_text(const struct sql_statement *statement, const struct sql_column *column, struct arena *arena, void *row,
                       struct str text, struct err *err) MUST_USE;
struct moment {
    struct date date;
    unsigned hour, minute, second, us;
};
struct moment moment_of(utc_us at);
utc_us moment_utc(struct moment moment);

#endif
