// SPDX-License-Identifier: AGPL-3.0-or-later
/* One connection over Connector/C's non-blocking calls, and what its errors mean. */
#include "server/store/internal.h"

#include <errno.h>
#include <errmsg.h>
#include <mysqld_error.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

/* Isolation and lock order of txn_run depend on innodb_snapshot_isolation; strict mode refuses what it cannot store exactly. */
static const char session_settings[] =
    "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci, time_zone = '+00:00', autocommit = 1,"
    " sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',"
    " tx_isolation = 'REPEATABLE-READ', innodb_snapshot_isolation = ON";

/* ---- waiting ---- */

/* Outside fibers (commands, tests) the thread itself waits. */
static enum rc wait_blocking(int fd, unsigned events, uint64_t at_ms, unsigned *ready_out, struct err *err)
{
    struct pollfd poll_fd = {.fd = fd, .events = (short)((events & WAIT_READ ? POLLIN : 0) | (events & WAIT_WRITE ? POLLOUT : 0))};

    for (;;) {
        uint64_t now = clock_mono_ms();
        int n = now >= at_ms ? 0 : poll(&poll_fd, 1, (int)(at_ms - now));

        if (n == 0)
            return fail(err, RC_TIMEOUT, "no answer from the database in time");
        if (n > 0)
            break;
        if (errno != EINTR)
            return fail(err, RC_UNAVAILABLE, "poll: %s", strerror(errno));
    }
    *ready_out = (poll_fd.revents & (POLLIN | POLLHUP | POLLERR) ? WAIT_READ : 0) | (poll_fd.revents & POLLOUT ? WAIT_WRITE : 0);
    return RC_OK;
}

/* When the wait ends: the connection's own limit, else the fiber's deadline, else a long time. */
static uint64_t wait_limit(const struct conn *conn)
{
    if (conn->wait_until_ms != 0)
        return conn->wait_until_ms;
    return clock_mono_ms() + ANSWER_WAIT_MS;
}

enum rc conn_wait(struct conn *conn, int *status, struct err *err)
{
    unsigned events = (*status & MYSQL_WAIT_READ ? WAIT_READ : 0u) | (*status & MYSQL_WAIT_WRITE ? WAIT_WRITE : 0u);
    uint64_t limit = wait_limit(conn), own = UINT64_MAX;
    int fd = mysql_get_socket(conn->mysql);
    unsigned ready = 0;
    enum rc rc;

    if (*status & MYSQL_WAIT_TIMEOUT)
        own = clock_mono_ms() + mysql_get_timeout_value_ms(conn->mysql);
    if (own < limit)
        limit = own;
    rc = fiber_current() != NULL ? fiber_wait_fd(fd, events, limit, &ready, err) : wait_blocking(fd, events, limit, &ready, err);
    if (rc == RC_TIMEOUT && own <= clock_mono_ms()) { /* the library's own limit: it reports that itself */
        *status = MYSQL_WAIT_TIMEOUT;
        return RC_OK;
    }
    if (rc != RC_OK) {
        conn_abandon(conn);
        return rc;
    }
    *status = (ready & WAIT_READ ? MYSQL_WAIT_READ : 0) | (ready & WAIT_WRITE ? MYSQL_WAIT_WRITE : 0);
    return RC_OK;
}

void conn_abandon(struct conn *conn)
{
    int fd = (int)mysql_get_socket(conn->mysql);

    conn->is_broken = true;
    /* mysql_close sends one more packet; on a socket that is shut down this fails at once instead of waiting. */
    if (fd >= 0)
        shutdown(fd, SHUT_RDWR);
}

/* ---- errors ---- */

static bool is_lost(unsigned code)
{
    switch (code) {
    case ER_SERVER_SHUTDOWN:
    case ER_NORMAL_SHUTDOWN:
    case ER_CONNECTION_KILLED:
    case ER_NEW_ABORTING_CONNECTION:
    case ER_ABORTING_CONNECTION:
    case ER_NET_READ_ERROR:
    case ER_NET_READ_INTERRUPTED:
    case ER_NET_ERROR_ON_WRITE:
    case ER_NET_WRITE_INTERRUPTED:
    case ER_NET_PACKETS_OUT_OF_ORDER:
        return true;
    default:
        return code >= CR_MIN_ERROR && code <= CR_MAX_ERROR;
    }
}

static enum rc rc_of(unsigned code)
{
    switch (code) {
    case ER_CHECKREAD: /* 1020: the row changed since our snapshot */
    case ER_LOCK_DEADLOCK:
    case ER_LOCK_WAIT_TIMEOUT:
        return RC_AGAIN;
    case ER_DUP_ENTRY:
    case ER_DUP_ENTRY_WITH_KEY_NAME:
        return RC_DUPLICATE;
    case ER_ROW_IS_REFERENCED_2:
    case ER_NO_REFERENCED_ROW_2:
        return RC_CONFLICT;
    case ER_STATEMENT_TIMEOUT:
        return RC_TIMEOUT;
    case ER_CON_COUNT_ERROR:
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_USER_LIMIT_REACHED:
    case ER_GET_ERRNO: /* the storage engine's errno */
    case ER_ERROR_ON_WRITE:
    case ER_OUT_OF_RESOURCES:
    case ER_OUTOFMEMORY:
    case ER_QUERY_INTERRUPTED:
        return RC_UNAVAILABLE;
    case ER_DISK_FULL:
    case ER_RECORD_FILE_FULL:
    case ER_OPTION_PREVENTS_STATEMENT: /* --read-only: set by deploy's watch when the disk is nearly full */
        return RC_FULL;
    case CR_COMMANDS_OUT_OF_SYNC:
    case CR_MALFORMED_PACKET:
        return RC_FAULT;
    default:
        return is_lost(code) ? RC_UNAVAILABLE : RC_FAULT;
    }
}

/*
 * The part of the server's message that may be logged. Most messages carry
 * values of rows or pieces of the statement; of those only what follows the
 * last " for key " or " for column " is kept, which names a key or column.
 */
static const char *safe_part(unsigned code, const char *message)
{
    const char *mark = code == ER_DUP_ENTRY || code == ER_DUP_ENTRY_WITH_KEY_NAME ? " for key " : " for column ";
    const char *at, *last = NULL;

    switch (code) {
    case ER_CHECKREAD:
    case ER_LOCK_DEADLOCK:
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_ROW_IS_REFERENCED_2:
    case ER_NO_REFERENCED_ROW_2:
    case ER_BAD_NULL_ERROR:
    case ER_DATA_TOO_LONG:
    case ER_WARN_DATA_OUT_OF_RANGE:
    case ER_NO_SUCH_TABLE:
    case ER_BAD_FIELD_ERROR:
    case ER_BAD_DB_ERROR:
    case ER_ACCESS_DENIED_ERROR:
    case ER_DBACCESS_DENIED_ERROR:
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
    case ER_SPECIFIC_ACCESS_DENIED_ERROR:
    case ER_CON_COUNT_ERROR:
    case ER_DISK_FULL:
    case ER_RECORD_FILE_FULL:
    case ER_GET_ERRNO:
    case ER_OPTION_PREVENTS_STATEMENT:
    case ER_NO_DEFAULT_FOR_FIELD:
        return message;
    default:
        break;
    }
    if (is_lost(code))
        return message;
    for (at = strstr(message, mark); at != NULL; at = strstr(at + 1, mark))
        last = at;
    return last != NULL ? last + 1 : "";
}

enum rc conn_error(struct conn *conn, const char *what, unsigned code, const char *state, const char *message, struct err *err)
{
    enum rc rc = rc_of(code);

    if (is_lost(code))
        conn_abandon(conn);
    return fail(err, rc, "%s: database error %u (%s) %s", what, code, state, safe_part(code, message));
}

/* ---- life ---- */

enum rc conn_query(struct conn *conn, const char *what, struct str text, struct err *err)
{
    enum rc rc;
    int failed = 0;

    CONN_AWAIT(rc, conn, mysql_real_query_start(&failed, conn->mysql, text.p, text.n), mysql_real_query_cont(&failed, conn->mysql, status),
               err);
    if (rc != RC_OK)
        return rc;
    return failed == 0 ? RC_OK : CONN_ERROR(conn, what, err);
}

enum rc conn_command(struct conn *conn, const char *text, struct err *err)
{
    return conn_query(conn, text, str_c(text), err);
}

static enum rc begin_session(struct conn *conn, struct err *err)
{
    uint32_t most = conn->store->statement_ms;
    char text[sizeof(session_settings) + 48];
    int n = snprintf(text, sizeof(text), "%s", session_settings);

    if (most > 0)
        snprintf(text + n, sizeof(text) - (size_t)n, ", max_statement_time = %" PRIu32 ".%03" PRIu32, most / 1000, most % 1000);
    return conn_query(conn, "session settings", str_c(text), err);
}

static enum rc connect_once(struct conn *conn, struct err *err)
{
    const struct account *account = conn->account;
    MYSQL *connected = NULL;
    my_bool off = 0;
    unsigned long buffer_bytes = 2048; /* grows for who sends more; most connections lie idle, and theirs would all stay at 8 kB */
    size_t stack_bytes = 32 * 1024; /* of the client's own coroutine: half of its default, eight times the 3.7 kB it was measured to use */
    enum rc rc;

    conn->mysql = mysql_init(NULL);
    if (conn->mysql == NULL)
        abort(); /* out of memory */
    mysql_options(conn->mysql, MYSQL_OPT_NONBLOCK, &stack_bytes);
    mysql_options(conn->mysql, MYSQL_OPT_NET_BUFFER_LENGTH, &buffer_bytes);
    mysql_options(conn->mysql, MYSQL_OPT_RECONNECT, &off);
    mysql_options(conn->mysql, MYSQL_OPT_LOCAL_INFILE, &off);
    mysql_options(conn->mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    CONN_AWAIT(rc, conn,
               mysql_real_connect_start(&connected, conn->mysql, NULL, account->user, account->password, account->schema, 0,
                                        conn->store->socket, CLIENT_FOUND_ROWS),
               mysql_real_connect_cont(&connected, conn->mysql, status), err);
    if (rc != RC_OK)
        return rc;
    return connected != NULL ? RC_OK : CONN_ERROR(conn, "connect", err);
}

/* The server's queue of a unix socket is full (EAGAIN): it will have room again in a moment. */
static bool is_queue_full(const struct conn *conn)
{
    return mysql_errno(conn->mysql) == CR_CONNECTION_ERROR && strstr(mysql_error(conn->mysql), "(11)") != NULL;
}

enum rc conn_open(struct conn *conn, struct err *err)
{
    enum rc rc;

    conn->wait_until_ms = clock_mono_ms() + CONNECT_WAIT_MS;
    for (;;) {
        rc = connect_once(conn, err);
        if (rc == RC_OK || !is_queue_full(conn) || fiber_current() == NULL || clock_mono_ms() >= conn->wait_until_ms)
            break;
        mysql_close(conn->mysql);
        conn->mysql = NULL;
        conn->is_broken = false;
        rc = fiber_sleep_ms(5, err);
        if (rc != RC_OK)
            break;
    }
    if (rc == RC_OK)
        rc = begin_session(conn, err);
    if (rc != RC_OK)
        conn->is_broken = true;
    conn->wait_until_ms = 0;
    return rc;
}

enum rc conn_change_user(struct conn *conn, struct err *err)
{
    const struct account *account = conn->account;
    my_bool failed = 0;
    enum rc rc;

    conn->wait_until_ms = clock_mono_ms() + CONNECT_WAIT_MS;
    CONN_AWAIT(rc, conn, mysql_change_user_start(&failed, conn->mysql, account->user, account->password, account->schema),
               mysql_change_user_cont(&failed, conn->mysql, status), err);
    if (rc == RC_OK && failed)
        rc = CONN_ERROR(conn, "change user", err);
    prepared_drop_all(conn); /* the server closed them with the old session */
    memset(conn->was_run, 0, sizeof(conn->was_run));
    if (rc == RC_OK)
        rc = begin_session(conn, err);
    if (rc != RC_OK)
        conn->is_broken = true;
    conn->is_foreign = conn->is_broken;
    conn->wait_until_ms = 0;
    return rc;
}

bool conn_is_stale(const struct conn *conn)
{
    char byte;
    ssize_t n = recv((int)mysql_get_socket(conn->mysql), &byte, 1, MSG_PEEK | MSG_DONTWAIT);

    return n >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

bool conn_in_transaction(const struct conn *conn)
{
    unsigned status = 0;

    return mariadb_get_infov(conn->mysql, MARIADB_CONNECTION_SERVER_STATUS, &status) != 0 || (status & SERVER_STATUS_IN_TRANS) != 0;
}

void conn_close(struct conn *conn)
{
    if (conn->mysql != NULL) {
        if (conn->is_broken)
            conn_abandon(conn);
        prepared_drop_all(conn);
        mysql_close(conn->mysql);
        conn->mysql = NULL;
    }
    arena_free(&conn->scratch);
    free(conn);
}
