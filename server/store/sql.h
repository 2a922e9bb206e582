// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Not a public door: what the code made by sqlgen.py is written against, and
 * what tests need to PREPARE and EXPLAIN every statement. A statement is data:
 * its text with one '?' per placeholder, and typed columns that say where in a
 * C struct each value lies. Inputs are listed in the order of the '?'.
 */
#ifndef BALAI_STORE_SQL_H
#define BALAI_STORE_SQL_H

#include "server/store/store.h"

enum sql_type {
    SQL_U64 = 1,
    SQL_I64,
    SQL_U32,
    SQL_I32,
    SQL_U16,
    SQL_U8,
    SQL_BOOL,
    SQL_F64,
    SQL_STR,
    SQL_BYTES,
    SQL_DATE,
    SQL_UTC,
    SQL_ENUM /* a C enum, four bytes, stored as its number; nullable: 0 is NULL */
};

/* Nullable numbers lie in the struct as opt_u64 (unsigned types) or opt_i64 (signed types). */
struct sql_column {
    const char *name;
    enum sql_type type;
    bool is_nullable;
    size_t offset;
};

enum sql_kind { SQL_ONE = 1, SQL_MAYBE, SQL_MANY, SQL_EACH, SQL_EXEC, SQL_INSERT, SQL_BULK };

struct sql_statement {
    const char *name;   /* "letter_lock" */
    const char *schema; /* "village" or "control" */
    const char *source; /* "tenants/village/letters/letters.sql:12" */
    enum sql_kind kind;
    bool is_hot;        /* prepared */
    bool writes;        /* INSERT, UPDATE, DELETE, REPLACE or FOR UPDATE */
    bool is_kept;       /* asked once of a handle (kept.c) */
    const char *tables; /* "identity attachment": of one that is kept, or changes rows; else NULL */
    const char *text;
    size_t text_n;
    const uint32_t *marks; /* offset in text of each '?' */
    const struct sql_column *in;
    size_t in_n; /* number of '?' */
    const struct sql_column *out;
    size_t out_n;
    size_t out_bytes;                /* sizeof of the row's struct */
    size_t in_bytes;                 /* bulk: sizeof of a row's struct */
    const char *locks;               /* "registry letter": names of locks.txt; NULL without */
    uint64_t lock_ranks, locks_once; /* one bit each, the first of the file lowest; those of which there is one row */
    const char *holds;               /* those that the transaction has taken before; NULL without */
    uint64_t held_ranks;
};

/* A file's statements, ended by a row whose name is NULL. */
struct sql_file {
    const char *source;
    const struct sql_statement *statements;
};

struct sql_handle;
struct sql_handle *sql_village(struct village_db *db);
struct sql_handle *sql_control(struct control_db *db);
struct sql_handle *sql_txn(struct txn *txn);
struct sql_handle *sql_control_txn(struct control_txn *txn);

enum rc sql_run_one(struct sql_handle *handle, const struct sql_statement *statement, const void *in, void *out, struct err *err) MUST_USE;
enum rc sql_run_maybe(struct sql_handle *handle, const struct sql_statement *statement, const void *in, void *out, bool *found_out,
                      struct err *err) MUST_USE;
/* rows_out points to a struct of {row pointer, size_t}: the layout of every NAME_rows. */
struct sql_rows {
    void *p;
    size_t n;
};
enum rc sql_run_many(struct sql_handle *handle, const struct sql_statement *statement, const void *in, struct sql_rows *rows_out,
                     struct err *err) MUST_USE;
/* The row lies in memory that is used again for the next row. */
typedef enum rc sql_row_fn(void *ctx, const void *row, struct err *err);
enum rc sql_run_each(struct sql_handle *handle, const struct sql_statement *statement, const void *in, sql_row_fn *row, void *ctx,
                     struct err *err) MUST_USE;
/* affected_out and id_out may be NULL. */
enum rc sql_run_exec(struct sql_handle *handle, const struct sql_statement *statement, const void *in, uint64_t *affected_out,
                     struct err *err) MUST_USE;
enum rc sql_run_insert(struct sql_handle *handle, const struct sql_statement *statement, const void *in, uint64_t *id_out,
                       struct err *err) MUST_USE;
enum rc sql_run_bulk(struct sql_handle *handle, const struct sql_statement *statement, const void *rows, size_t n,
                     struct err *err) MUST_USE;

/* ---- lists ---- */

/* One order: the columns it sorts by, in the row and in the cursor of the inputs. */
struct sql_list_order {
    const struct sql_column *keys, *at;
    size_t n;
};

/*
 * A list: statements[(way * orders_n + order) * 2 + is_reversed], then one count for each way (none when it is `like` another).
 * Its inputs are one struct: the filters first, then the cursor, then the limit.
 */
struct sql_list {
    const struct sql_statement *statements;
    const struct sql_list_order *orders;
    size_t orders_n, ways_n;
    size_t find_bytes, ask_bytes, is_set_offset, limit_offset;
};

/* What every count gives. */
struct sql_list_total {
    uint64_t n;
};

/* way counts from 1. The generated doors say in types what these take. */
enum rc sql_list_page(struct sql_handle *handle, const struct sql_list *list, const void *find, unsigned way, const struct list_at *at,
                      uint32_t limit, struct sql_rows *rows_out, struct list_ends *ends_out, struct err *err) MUST_USE;
enum rc sql_list_count(struct sql_handle *handle, const struct sql_list *list, const void *find, unsigned way, uint32_t bound,
                       uint64_t *n_out, struct err *err) MUST_USE;
enum rc sql_list_each(struct sql_handle *handle, const struct sql_list *list, const void *find, unsigned way, const struct list_at *at,
                      sql_row_fn *row, void *ctx, struct err *err) MUST_USE;

#endif
