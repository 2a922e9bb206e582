// SPDX-License-Identifier: AGPL-3.0-or-later
/* Statements sent as text: each '?' becomes a literal of its input's type. */
#include "server/store/internal.h"

#include <math.h>

static void put_text(struct buf *out, MYSQL *mysql, struct str s)
{
    buf_reserve(out, 2 * s.n + 2);
    out->p[out->n++] = '\'';
    if (s.n > 0)
        out->n += mysql_real_escape_string(mysql, out->p + out->n, s.p, s.n);
    out->p[out->n++] = '\'';
}

static void put_moment(struct buf *out, utc_us at)
{
    struct moment m = moment_of(at);

    buf_fmt(out, "'%04d-%02u-%02u %02u:%02u:%02u.%06u'", m.date.year, (unsigned)m.date.month, (unsigned)m.date.day, m.hour, m.minute,
            m.second, m.us);
}

static enum rc put_literal(struct buf *out, MYSQL *mysql, const struct sql_statement *statement, const struct sql_column *column,
                           struct value value, struct err *err)
{
    if (value.is_null && !column->is_nullable)
        return fail(err, RC_FAULT, "%s: input %s is NULL", statement->name, column->name);
    if (value.is_null) {
        buf_put(out, "NULL", 4);
    } else if (type_is_signed(column->type)) {
        /* The space keeps "a -:b" from becoming "a --5". */
        buf_fmt(out, " %" PRId64, value.i);
    } else if (type_is_number(column->type)) {
        buf_fmt(out, "%" PRIu64, value.u);
    } else if (column->type == SQL_F64) {
        if (!isfinite(value.f))
            return fail(err, RC_FAULT, "%s: input %s is not finite", statement->name, column->name);
        buf_fmt(out, " %.17g", value.f);
    } else if (column->type == SQL_BYTES) {
        buf_put(out, "_binary", 7);
        put_text(out, mysql, value.s);
    } else if (column->type == SQL_STR) {
        put_text(out, mysql, value.s);
    } else if (column->type == SQL_DATE) {
        buf_fmt(out, "'%04d-%02u-%02u'", value.d.year, (unsigned)value.d.month, (unsigned)value.d.day);
    } else {
        put_moment(out, value.at);
    }
    return RC_OK;
}

/* "(? IS NULL OR …)" with NULL for its mark is sent as "(TRUE)": the server neither reads nor plans what cannot matter. → where the
 * parenthesis closes, 0 when the mark does not stand so (a comma: it is an argument of a function). */
static size_t end_of_unset(const struct sql_statement *statement, size_t mark, size_t end)
{
    const char *text = statement->text;
    size_t depth = 1;
    char quote = '\0';

    if (mark == 0 || text[mark - 1] != '(' || !str_starts((struct str){text + mark + 1, end - mark - 1}, STR(" IS NULL OR ")))
        return 0;
    for (size_t at = mark + 1; at < end; at++) {
        if (quote != '\0') {
            if (text[at] == '\\')
                at++;
            else if (text[at] == quote)
                quote = '\0';
        } else if (text[at] == '\'' || text[at] == '"' || text[at] == '`') {
            quote = text[at];
        } else if (text[at] == '(') {
            depth++;
        } else if (text[at] == ',' && depth == 1) {
            return 0;
        } else if (text[at] == ')' && --depth == 0) {
            return at;
        }
    }
    return 0;
}

/* The part [at, end) of the statement's text with literals for the marks inside it, the first of which is *mark. */
static enum rc put_part(struct buf *out, MYSQL *mysql, const struct sql_statement *statement, size_t at, size_t end, size_t *mark,
                        const void *in, struct err *err)
{
    while (*mark < statement->in_n && statement->marks[*mark] < end) {
        size_t here = statement->marks[*mark];
        const struct sql_column *column = &statement->in[*mark];
        struct value value = value_read(column, in);
        size_t close = value.is_null && column->is_nullable ? end_of_unset(statement, here, end) : 0;

        buf_put(out, statement->text + at, here - at);
        if (close > 0)
            buf_put(out, "TRUE", 4);
        else
            TRY(put_literal(out, mysql, statement, column, value, err));
        at = close > 0 ? close : here + 1;
        while (*mark < statement->in_n && statement->marks[*mark] < at)
            ++*mark;
    }
    buf_put(out, statement->text + at, end - at);
    return RC_OK;
}

static enum rc put_row(struct receiver *receiver, MYSQL_ROW values, const unsigned long *lengths, struct err *err)
{
    const struct sql_statement *statement = receiver->statement;
    void *row = receiver->next(receiver);

    for (size_t i = 0; i < statement->out_n; i++) {
        const struct sql_column *column = &statement->out[i];

        if (values[i] == NULL)
            TRY(value_put_null(statement, column, row, err));
        else
            TRY(value_put_text(statement, column, receiver->arena, row, (struct str){values[i], lengths[i]}, err));
    }
    return receiver->take(receiver, row, err);
}

/* Row by row as they come: no second copy of the result is kept. */
static enum rc fetch_rows(struct conn *conn, MYSQL_RES *result, struct receiver *receiver, struct err *err)
{
    MYSQL_ROW row;
    enum rc rc;

    if (mysql_num_fields(result) != receiver->statement->out_n)
        return fail(err, RC_FAULT, "%s: %u columns came, %zu are declared", receiver->statement->name, mysql_num_fields(result),
                    receiver->statement->out_n);
    for (;;) {
        CONN_AWAIT(rc, conn, mysql_fetch_row_start(&row, result), mysql_fetch_row_cont(&row, result, status), err);
        if (rc != RC_OK)
            return rc;
        if (row == NULL)
            break;
        TRY(put_row(receiver, row, mysql_fetch_lengths(result), err));
    }
    return mysql_errno(conn->mysql) == 0 ? RC_OK : CONN_ERROR(conn, receiver->statement->name, err);
}

static enum rc read_result(struct conn *conn, struct receiver *receiver, struct err *err)
{
    MYSQL_RES *result = mysql_use_result(conn->mysql);
    enum rc rc;

    if (result == NULL)
        return CONN_ERROR(conn, receiver->statement->name, err);
    conn->is_reading = true;
    rc = fetch_rows(conn, result, receiver, err);
    conn->is_reading = false;
    if (rc != RC_OK && mysql_errno(conn->mysql) == 0)
        conn_abandon(conn); /* we stopped, the server did not: rows may be on their way still */
    mysql_free_result(result);
    return rc;
}

enum rc text_run(struct conn *conn, const struct sql_statement *statement, const void *in, struct receiver *receiver,
                 struct outcome *outcome, struct err *err)
{
    struct buf text = {.arena = conn->scratch};
    size_t mark = 0;

    TRY(put_part(&text, conn->mysql, statement, 0, statement->text_n, &mark, in, err));
    TRY(conn_query(conn, statement->name, buf_str(&text), err));
    if (mysql_field_count(conn->mysql) > 0)
        return read_result(conn, receiver, err);
    *outcome = (struct outcome){mysql_affected_rows(conn->mysql), mysql_insert_id(conn->mysql)};
    return RC_OK;
}
