// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Frequent statements are prepared when a connection runs them a second time, and kept; beyond this loop's share of the process's budget
 * the least recently used is closed. Inputs and outputs are bound by their types.
 */
#include "server/store/internal.h"

#include <math.h>
#include <mysqld_error.h>
#include <stdlib.h>

enum { TEXT_ROOM = 256 /* longer texts are fetched a second time, from memory, at their true length */ };

/* ---- the list by last use ---- */

static void use_remove(struct store *store, struct prepared *p)
{
    *(p->older != NULL ? &p->older->newer : &store->oldest_prepared) = p->newer;
    *(p->newer != NULL ? &p->newer->older : &store->newest_prepared) = p->older;
    p->older = p->newer = NULL;
}

static void use_add(struct store *store, struct prepared *p)
{
    p->older = store->newest_prepared;
    *(store->newest_prepared != NULL ? &store->newest_prepared->newer : &store->oldest_prepared) = p;
    store->newest_prepared = p;
}

void prepared_close(struct prepared *p)
{
    struct prepared **at = &p->conn->prepared;

    while (*at != p)
        at = &(*at)->next;
    *at = p->next;
    use_remove(p->conn->store, p);
    p->conn->store->prepared_n--;
    mysql_stmt_close(p->stmt); /* nine bytes to the server, no answer */
    free(p);
}

void prepared_drop_all(struct conn *conn)
{
    while (conn->prepared != NULL)
        prepared_close(conn->prepared);
}

/* Makes room: the statement used longest ago, of an idle connection or our own; connections in use are left alone. */
static void drop_oldest(struct conn *conn)
{
    for (struct prepared *p = conn->store->oldest_prepared; p != NULL; p = p->newer)
        if (p->conn->is_idle || p->conn == conn) {
            prepared_close(p);
            return;
        }
}

static struct prepared *find(struct conn *conn, const struct sql_statement *statement)
{
    for (struct prepared *p = conn->prepared; p != NULL; p = p->next)
        if (p->statement == statement) {
            use_remove(conn->store, p);
            use_add(conn->store, p);
            return p;
        }
    return NULL;
}

enum rc prepared_error(struct conn *conn, const char *what, MYSQL_STMT *stmt, struct err *err)
{
    return conn_error(conn, what, mysql_stmt_errno(stmt), mysql_stmt_sqlstate(stmt), mysql_stmt_error(stmt), err);
}

enum rc prepared_open(struct conn *conn, const struct sql_statement *statement, struct prepared **out, struct err *err)
{
    struct store *store = conn->store;
    struct prepared *p;
    int failed = 0;
    enum rc rc;

    if (store->prepared_n >= store->prepared_cap)
        drop_oldest(conn);
    p = calloc(1, sizeof(*p));
    if (p == NULL)
        abort();
    *p = (struct prepared){.conn = conn, .statement = statement, .stmt = mysql_stmt_init(conn->mysql)};
    if (p->stmt == NULL)
        abort();
    p->next = conn->prepared;
    conn->prepared = p;
    use_add(store, p);
    store->prepared_n++;
    CONN_AWAIT(rc, conn, mysql_stmt_prepare_start(&failed, p->stmt, statement->text, statement->text_n),
               mysql_stmt_prepare_cont(&failed, p->stmt, status), err);
    if (rc == RC_OK && failed)
        rc = prepared_error(conn, statement->name, p->stmt, err);
    if (rc == RC_OK && mysql_stmt_param_count(p->stmt) != statement->in_n)
        rc = fail(err, RC_FAULT, "%s: %lu inputs were prepared, %zu are declared", statement->name, mysql_stmt_param_count(p->stmt),
                  statement->in_n);
    if (rc != RC_OK) {
        prepared_close(p);
        return rc;
    }
    *out = p;
    return RC_OK;
}

/* ---- inputs ---- */

static MYSQL_TIME time_of(struct moment m, enum enum_mysql_timestamp_type type)
{
    return (MYSQL_TIME){.year = (unsigned)m.date.year,
                        .month = m.date.month,
                        .day = m.date.day,
                        .hour = m.hour,
                        .minute = m.minute,
                        .second = m.second,
                        .second_part = m.us,
                        .time_type = type};
}

static void bind_moment(struct conn *conn, MYSQL_BIND *bind, struct moment moment, bool is_date)
{
    MYSQL_TIME *time = ARENA_NEW(conn->scratch, MYSQL_TIME);

    *time = time_of(moment, is_date ? MYSQL_TIMESTAMP_DATE : MYSQL_TIMESTAMP_DATETIME);
    bind->buffer_type = is_date ? MYSQL_TYPE_DATE : MYSQL_TYPE_DATETIME;
    bind->buffer = time;
}

static enum rc bind_input(struct conn *conn, const struct sql_statement *statement, const struct sql_column *column, const void *in,
                          MYSQL_BIND *bind, struct err *err)
{
    struct value *value = ARENA_NEW(conn->scratch, struct value);

    *value = value_read(column, in);
    if (value->is_null && !column->is_nullable)
        return fail(err, RC_FAULT, "%s: input %s is NULL", statement->name, column->name);
    if (value->is_null) {
        bind->buffer_type = MYSQL_TYPE_NULL;
    } else if (type_is_number(column->type)) {
        bind->buffer_type = MYSQL_TYPE_LONGLONG;
        bind->is_unsigned = !type_is_signed(column->type);
        bind->buffer = &value->u;
    } else if (column->type == SQL_F64) {
        if (!isfinite(value->f))
            return fail(err, RC_FAULT, "%s: input %s is not finite", statement->name, column->name);
        bind->buffer_type = MYSQL_TYPE_DOUBLE;
        bind->buffer = &value->f;
    } else if (type_is_text(column->type)) {
        bind->buffer_type = column->type == SQL_BYTES ? MYSQL_TYPE_BLOB : MYSQL_TYPE_STRING;
        bind->buffer = (void *)(uintptr_t)(value->s.p != NULL ? value->s.p : "");
        bind->buffer_length = value->s.n;
    } else if (column->type == SQL_DATE) {
        bind_moment(conn, bind, (struct moment){.date = value->d}, true);
    } else {
        bind_moment(conn, bind, moment_of(value->at), false);
    }
    return RC_OK;
}

static enum rc bind_inputs(struct conn *conn, const struct prepared *p, const void *in, struct err *err)
{
    const struct sql_statement *statement = p->statement;
    MYSQL_BIND *binds = ARENA_ARRAY(conn->scratch, MYSQL_BIND, statement->in_n);

    if (statement->in_n == 0)
        return RC_OK;
    for (size_t i = 0; i < statement->in_n; i++)
        TRY(bind_input(conn, statement, &statement->in[i], in, &binds[i], err));
    return mysql_stmt_bind_param(p->stmt, binds) == 0 ? RC_OK : prepared_error(conn, statement->name, p->stmt, err);
}

/* ---- outputs ---- */

struct output {
    my_bool is_null, is_cut;
    unsigned long length;
    union {
        uint64_t u;
        int64_t i;
        double f;
        MYSQL_TIME time;
        char text[TEXT_ROOM];
    };
};

static void bind_output(const struct sql_column *column, struct output *output, MYSQL_BIND *bind)
{
    bind->is_null = &output->is_null;
    bind->error = &output->is_cut;
    bind->length = &output->length;
    bind->buffer = &output->u;
    if (type_is_number(column->type)) {
        bind->buffer_type = MYSQL_TYPE_LONGLONG;
        bind->is_unsigned = !type_is_signed(column->type);
    } else if (column->type == SQL_F64) {
        bind->buffer_type = MYSQL_TYPE_DOUBLE;
    } else if (type_is_text(column->type)) {
        bind->buffer_type = column->type == SQL_BYTES ? MYSQL_TYPE_BLOB : MYSQL_TYPE_STRING;
        bind->buffer_length = TEXT_ROOM;
    } else {
        bind->buffer_type = column->type == SQL_DATE ? MYSQL_TYPE_DATE : MYSQL_TYPE_DATETIME;
        bind->buffer_length = sizeof(MYSQL_TIME);
    }
}

/* A text longer than its room: once more, at its length. */
static enum rc put_long_text(struct conn *conn, const struct prepared *p, unsigned at, struct output *output, struct arena *arena,
                             struct str *to, struct err *err)
{
    char *text = arena_alloc(arena, output->length);
    MYSQL_BIND bind = {.buffer_type = p->statement->out[at].type == SQL_BYTES ? MYSQL_TYPE_BLOB : MYSQL_TYPE_STRING,
                       .buffer = text,
                       .buffer_length = output->length,
                       .length = &output->length,
                       .is_null = &output->is_null,
                       .error = &output->is_cut};

    if (mysql_stmt_fetch_column(p->stmt, &bind, at, 0) != 0)
        return prepared_error(conn, p->statement->name, p->stmt, err);
    *to = (struct str){text, bind.buffer_length};
    return RC_OK;
}

static enum rc put_output(struct conn *conn, const struct prepared *p, unsigned at, struct output *output, struct arena *arena, void *row,
                          struct err *err)
{
    const struct sql_column *column = &p->statement->out[at];
    void *to = (char *)row + column->offset;

    if (output->is_null)
        return value_put_null(p->statement, column, row, err);
    if (type_is_text(column->type)) {
        if (output->length > TEXT_ROOM)
            return put_long_text(conn, p, at, output, arena, to, err);
        *(struct str *)to = str_dup(arena, (struct str){output->text, output->length});
        return RC_OK;
    }
    if (output->is_cut)
        return fail(err, RC_FAULT, "%s: column %s does not fit its type", p->statement->name, column->name);
    if (type_is_signed(column->type))
        return value_put_i64(p->statement, column, row, output->i, err);
    if (type_is_number(column->type))
        return value_put_u64(p->statement, column, row, output->u, err);
    if (column->type == SQL_F64) {
        *(double *)to = output->f;
        return RC_OK;
    }
    const MYSQL_TIME *t = &output->time;
    struct moment m = {{(int16_t)t->year, (uint8_t)t->month, (uint8_t)t->day}, t->hour, t->minute, t->second, (unsigned)t->second_part};

    if (column->type == SQL_DATE)
        *(struct date *)to = m.date;
    else
        *(utc_us *)to = moment_utc(m);
    return RC_OK;
}

static enum rc fetch_rows(struct conn *conn, const struct prepared *p, struct output *outputs, struct receiver *receiver, struct err *err)
{
    for (;;) {
        int got = 0;
        void *row;
        enum rc rc;

        CONN_AWAIT(rc, conn, mysql_stmt_fetch_start(&got, p->stmt), mysql_stmt_fetch_cont(&got, p->stmt, status), err);
        if (rc != RC_OK)
            return rc;
        if (got == MYSQL_NO_DATA)
            return RC_OK;
        if (got == 1)
            return prepared_error(conn, p->statement->name, p->stmt, err);
        row = receiver->next(receiver);
        for (unsigned i = 0; i < p->statement->out_n; i++)
            TRY(put_output(conn, p, i, &outputs[i], receiver->arena, row, err));
        TRY(receiver->take(receiver, row, err));
    }
}

static enum rc read_rows(struct conn *conn, const struct prepared *p, struct receiver *receiver, struct err *err)
{
    const struct sql_statement *statement = p->statement;
    struct output *outputs = ARENA_ARRAY(conn->scratch, struct output, statement->out_n);
    MYSQL_BIND *binds = ARENA_ARRAY(conn->scratch, MYSQL_BIND, statement->out_n);

    if (mysql_stmt_field_count(p->stmt) != statement->out_n)
        return fail(err, RC_FAULT, "%s: %u columns came, %zu are declared", statement->name, mysql_stmt_field_count(p->stmt),
                    statement->out_n);
    for (size_t i = 0; i < statement->out_n; i++)
        bind_output(&statement->out[i], &outputs[i], &binds[i]);
    if (mysql_stmt_bind_result(p->stmt, binds) != 0)
        return prepared_error(conn, statement->name, p->stmt, err);
    return fetch_rows(conn, p, outputs, receiver, err);
}

static enum rc execute(struct conn *conn, const struct prepared *p, const void *in, struct receiver *receiver, struct outcome *outcome,
                       struct err *err)
{
    int failed = 0;
    enum rc rc;

    TRY(bind_inputs(conn, p, in, err));
    CONN_AWAIT(rc, conn, mysql_stmt_execute_start(&failed, p->stmt), mysql_stmt_execute_cont(&failed, p->stmt, status), err);
    if (rc != RC_OK)
        return rc;
    if (failed)
        return prepared_error(conn, p->statement->name, p->stmt, err);
    if (mysql_stmt_field_count(p->stmt) > 0) {
        rc = read_rows(conn, p, receiver, err);
        if (rc != RC_OK && mysql_stmt_errno(p->stmt) == 0)
            conn_abandon(conn); /* we stopped, the server did not */
        return rc;
    }
    *outcome = (struct outcome){mysql_stmt_affected_rows(p->stmt), mysql_stmt_insert_id(p->stmt)};
    return RC_OK;
}

enum rc prepared_run(struct conn *conn, const struct sql_statement *statement, const void *in, struct receiver *receiver,
                     struct outcome *outcome, struct err *err)
{
    struct prepared *p = find(conn, statement);
    enum rc rc;

    if (p == NULL)
        TRY(prepared_open(conn, statement, &p, err));
    rc = execute(conn, p, in, receiver, outcome, err);
    if (rc != RC_OK)
        prepared_close(p); /* whatever it holds of the failed run goes with it */
    return rc;
}
