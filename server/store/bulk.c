// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Inserts many rows with the server's bulk protocol: the INSERT of one row is prepared once and executed with one array per column, so
 * that the server parses no values.
 */
#include "server/store/internal.h"

#include <math.h>
#include <stdlib.h>

enum { ROWS_A_RUN = 2000, NUMBER_BYTES = 8 };

/* One column of the rows of a run. Numbers stand in a row, texts behind pointers. */
struct array {
    void *values;
    unsigned long *lengths;
    char *indicators;
    utc_us last; /* times are mostly one and the same */
    struct str last_text;
};

static bool is_number(enum sql_type type)
{
    return type_is_number(type) || type == SQL_F64;
}

static enum enum_field_types bind_type(enum sql_type type)
{
    if (type == SQL_F64)
        return MYSQL_TYPE_DOUBLE;
    if (type_is_number(type))
        return MYSQL_TYPE_LONGLONG;
    return type == SQL_BYTES ? MYSQL_TYPE_BLOB : MYSQL_TYPE_STRING; /* dates and times too, as text */
}

static struct str text_of(struct arena *arena, enum sql_type type, const struct value *value, struct array *array)
{
    if (type_is_text(type))
        return value->s;
    if (type == SQL_DATE)
        return str_fmt(arena, "%04d-%02u-%02u", value->d.year, (unsigned)value->d.month, (unsigned)value->d.day);
    if (array->last_text.p == NULL || array->last != value->at) {
        struct moment m = moment_of(value->at);

        array->last = value->at;
        array->last_text = str_fmt(arena, "%04d-%02u-%02u %02u:%02u:%02u.%06u", m.date.year, (unsigned)m.date.month, (unsigned)m.date.day,
                                   m.hour, m.minute, m.second, m.us);
    }
    return array->last_text;
}

static enum rc put_value(struct conn *conn, const struct sql_statement *statement, const struct sql_column *column, const void *row,
                         struct array *array, size_t at, size_t *bytes, struct err *err)
{
    struct value value = value_read(column, row);

    if (value.is_null && !column->is_nullable)
        return fail(err, RC_FAULT, "%s: input %s is NULL", statement->name, column->name);
    array->indicators[at] = value.is_null ? STMT_INDICATOR_NULL : STMT_INDICATOR_NONE;
    *bytes += NUMBER_BYTES;
    if (is_number(column->type)) {
        if (column->type == SQL_F64 && !value.is_null && !isfinite(value.f))
            return fail(err, RC_FAULT, "%s: input %s is not finite", statement->name, column->name);
        memcpy((char *)array->values + at * NUMBER_BYTES, &value.u, NUMBER_BYTES);
        return RC_OK;
    }
    struct str text = value.is_null ? STR("") : text_of(conn->scratch, column->type, &value, array);
    ((const char **)array->values)[at] = text.p != NULL ? text.p : "";
    array->lengths[at] = text.n;
    *bytes += text.n;
    return RC_OK;
}

static struct array *arrays_new(struct conn *conn, const struct sql_statement *statement, size_t rows)
{
    struct array *arrays = ARENA_ARRAY(conn->scratch, struct array, statement->in_n);

    for (size_t i = 0; i < statement->in_n; i++)
        arrays[i] = (struct array){.values = arena_alloc(conn->scratch, rows * NUMBER_BYTES),
                                   .lengths = ARENA_ARRAY(conn->scratch, unsigned long, rows),
                                   .indicators = ARENA_ARRAY(conn->scratch, char, rows)};
    return arrays;
}

static enum rc execute(struct conn *conn, const struct sql_statement *statement, MYSQL_STMT *stmt, struct array *arrays, unsigned n,
                       struct err *err)
{
    MYSQL_BIND *binds = ARENA_ARRAY(conn->scratch, MYSQL_BIND, statement->in_n);
    int failed = 0;
    enum rc rc;

    for (size_t i = 0; i < statement->in_n; i++) {
        binds[i].buffer_type = bind_type(statement->in[i].type);
        binds[i].is_unsigned = type_is_number(statement->in[i].type) && !type_is_signed(statement->in[i].type);
        binds[i].buffer = arrays[i].values;
        binds[i].length = arrays[i].lengths;
        binds[i].u.indicator = arrays[i].indicators;
    }
    if (mysql_stmt_attr_set(stmt, STMT_ATTR_ARRAY_SIZE, &n) != 0 || mysql_stmt_bind_param(stmt, binds) != 0)
        return prepared_error(conn, statement->name, stmt, err);
    CONN_AWAIT(rc, conn, mysql_stmt_execute_start(&failed, stmt), mysql_stmt_execute_cont(&failed, stmt, status), err);
    if (rc == RC_OK && failed)
        rc = prepared_error(conn, statement->name, stmt, err);
    return rc;
}

/* As many rows as fit one packet, from rows[*at]; moves *at. */
static enum rc run_part(struct conn *conn, const struct sql_statement *statement, MYSQL_STMT *stmt, const void *rows, size_t n, size_t *at,
                        struct err *err)
{
    size_t most = n - *at < ROWS_A_RUN ? n - *at : ROWS_A_RUN, bytes = 0;
    struct array *arrays = arrays_new(conn, statement, most);
    unsigned taken = 0;

    for (; taken < most && bytes < PACKET_BYTES; taken++)
        for (size_t i = 0; i < statement->in_n; i++)
            TRY(put_value(conn, statement, &statement->in[i], (const char *)rows + (*at + taken) * statement->in_bytes, &arrays[i], taken,
                          &bytes, err));
    TRY(execute(conn, statement, stmt, arrays, taken, err));
    *at += taken;
    arena_reset(conn->scratch);
    return RC_OK;
}

enum rc bulk_run(struct conn *conn, const struct sql_statement *statement, const void *rows, size_t n, struct err *err)
{
    struct prepared *p;
    enum rc rc = RC_OK;

    TRY(prepared_open(conn, statement, &p, err));
    for (size_t at = 0; rc == RC_OK && at < n;)
        rc = run_part(conn, statement, p->stmt, rows, n, &at, err);
    prepared_close(p);
    return rc;
}
