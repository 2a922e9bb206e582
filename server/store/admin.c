// SPDX-License-Identifier: AGPL-3.0-or-later
/* The administrator's connection: blocking calls, for commands and offloaded work. */
#include "server/store/admin.h"

#include <ctype.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <stdlib.h>

enum { ADMIN_CONNECT_S = 5 };

struct admin_db {
    struct arena *arena;
    MYSQL *mysql;
};

static enum rc admin_fail(struct admin_db *db, const char *what, struct err *err)
{
    unsigned code = mysql_errno(db->mysql);
    enum rc rc = RC_FAULT;

    if (code == ER_DUP_ENTRY)
        return fail(err, RC_DUPLICATE, "%s: duplicate entry", what);
    if (code == ER_LOCK_WAIT_TIMEOUT || code == ER_LOCK_DEADLOCK || code == ER_CHECKREAD)
        rc = RC_AGAIN;
    else if (code == ER_CON_COUNT_ERROR || code == ER_DISK_FULL || code == ER_SERVER_SHUTDOWN || code >= 2000)
        rc = RC_UNAVAILABLE;
    /* Schemas and grants, never rows of villages: the server's words may be shown. */
    return fail(err, rc, "%s: database error %u (%s) %s", what, code, mysql_sqlstate(db->mysql), mysql_error(db->mysql));
}

static void close_at_arena_end(void *arg)
{
    struct admin_db *db = arg;

    if (db->mysql != NULL)
        mysql_close(db->mysql);
    db->mysql = NULL;
}

enum rc admin_open(struct arena *arena, struct str socket, struct str user, struct str password, struct admin_db **out, struct err *err)
{
    struct admin_db *db = ARENA_NEW(arena, struct admin_db);
    unsigned timeout = ADMIN_CONNECT_S;

    db->arena = arena;
    db->mysql = mysql_init(NULL);
    if (db->mysql == NULL)
        abort(); /* out of memory */
    arena_defer(arena, close_at_arena_end, db);
    mysql_options(db->mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options(db->mysql, MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
    mysql_options(db->mysql, MYSQL_INIT_COMMAND,
                  "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci, time_zone = '+00:00',"
                  " sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
                  "NO_ENGINE_SUBSTITUTION'");
    if (mysql_real_connect(db->mysql, NULL, str_z(arena, user), str_z(arena, password), NULL, 0, str_z(arena, socket), 0) == NULL) {
        enum rc rc = admin_fail(db, "connect as administrator", err);

        admin_close(&db);
        return rc;
    }
    *out = db;
    return RC_OK;
}

void admin_close(struct admin_db **db)
{
    if (*db != NULL)
        close_at_arena_end(*db);
    *db = NULL;
}

/* ---- fixed text with values ---- */

static bool is_identifier(struct str s)
{
    if (s.n == 0 || s.n > 64)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_'))
            return false;
    return true;
}

static enum rc put_value(struct admin_db *db, struct buf *out, const struct admin_value *value, struct err *err)
{
    if (value->is_identifier) {
        if (!is_identifier(value->text))
            return fail(err, RC_INVALID, "not a name for a schema or account");
        buf_put_char(out, '`');
        for (size_t i = 0; i < value->text.n; i++) {
            if (value->is_pattern && value->text.p[i] == '_')
                buf_put_char(out, '\\');
            buf_put_char(out, value->text.p[i]);
        }
        buf_put_char(out, '`');
        return RC_OK;
    }
    buf_put_char(out, '\'');
    buf_reserve(out, 2 * value->text.n + 1);
    if (value->text.n > 0)
        out->n += mysql_real_escape_string(db->mysql, out->p + out->n, value->text.p, value->text.n);
    buf_put_char(out, '\'');
    return RC_OK;
}

static enum rc fill(struct admin_db *db, const char *statement, const struct admin_value *values, size_t n, struct str *out,
                    struct err *err)
{
    struct buf text = {.arena = db->arena};
    size_t used = 0;

    for (const char *p = statement; *p != '\0'; p++) {
        if (*p != '?') {
            buf_put_char(&text, *p);
            continue;
        }
        if (used == n)
            return fail(err, RC_FAULT, "more ? than values in: %s", statement);
        TRY(put_value(db, &text, &values[used++], err));
    }
    if (used != n)
        return fail(err, RC_FAULT, "more values than ? in: %s", statement);
    *out = buf_str(&text);
    return RC_OK;
}

static enum rc send(struct admin_db *db, const char *what, struct str text, struct err *err)
{
    if (mysql_real_query(db->mysql, text.p, text.n) != 0)
        return admin_fail(db, what, err);
    return RC_OK;
}

static void discard_result(struct admin_db *db)
{
    MYSQL_RES *result = mysql_store_result(db->mysql);

    if (result != NULL)
        mysql_free_result(result);
}

enum rc admin_run(struct admin_db *db, const char *statement, const struct admin_value *values, size_t n, struct err *err)
{
    struct str text;

    TRY(fill(db, statement, values, n, &text, err));
    TRY(send(db, statement, text, err));
    discard_result(db);
    return RC_OK;
}

enum rc admin_column(struct admin_db *db, const char *statement, const struct admin_value *values, size_t n, struct str_list *out,
                     struct err *err)
{
    struct str text;
    MYSQL_RES *result;
    MYSQL_ROW row;

    TRY(fill(db, statement, values, n, &text, err));
    TRY(send(db, statement, text, err));
    result = mysql_store_result(db->mysql);
    if (result == NULL)
        return mysql_errno(db->mysql) != 0 ? admin_fail(db, statement, err) : fail(err, RC_FAULT, "%s: gives no rows", statement);
    out->p = ARENA_ARRAY(db->arena, struct str, mysql_num_rows(result));
    out->n = 0;
    while ((row = mysql_fetch_row(result)) != NULL)
        out->p[out->n++] = row[0] != NULL ? str_dup(db->arena, (struct str){row[0], mysql_fetch_lengths(result)[0]}) : STR_NONE;
    mysql_free_result(result);
    return RC_OK;
}

enum rc admin_lock(struct admin_db *db, struct str name, uint32_t seconds, struct err *err)
{
    struct str wait = str_fmt(db->arena, "%" PRIu32, seconds);
    const struct admin_value values[] = {ADMIN_TEXT(name), ADMIN_TEXT(wait)};
    struct str_list got;

    TRY(admin_column(db, "SELECT GET_LOCK(?, ?)", values, 2, &got, err));
    if (got.n != 1 || !str_is(got.p[0], "1"))
        return fail(err, RC_BUSY, "another holds the lock %.*s", STR_ARG(name));
    return RC_OK;
}

/* ---- scripts ---- */

struct script {
    struct str text;
    size_t at;
    unsigned line;
};

static size_t skip_to(struct script *s, size_t from, const char *end)
{
    ptrdiff_t at = str_find(str_from(s->text, from), str_c(end));

    return at < 0 ? s->text.n : from + (size_t)at + strlen(end);
}

/* The end of the quoted text that begins at `at`. */
static size_t skip_quoted(const struct script *s, size_t at)
{
    char quote = s->text.p[at++];

    while (at < s->text.n && s->text.p[at] != quote)
        at += s->text.p[at] == '\\' && quote != '`' ? 2 : 1;
    return at < s->text.n ? at + 1 : s->text.n;
}

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static struct str word_at(const struct script *s, size_t at)
{
    size_t end = at;

    while (end < s->text.n && is_word_byte(s->text.p[end]))
        end++;
    return str_part(s->text, at, end - at);
}

/*
 * How far a word opens or closes a body. BEGIN and CASE need their END; IF,
 * LOOP, WHILE and REPEAT end with "END IF" …, whose END must not close the
 * BEGIN around them, so the word after END decides.
 */
static int depth_change(const struct script *s, struct str word, size_t after, bool is_inside)
{
    static const char *const ended_by_name[] = {"IF", "LOOP", "WHILE", "REPEAT", "FOR"};
    struct str next;

    if (str_eq_nocase(word, STR("BEGIN")))
        return 1;
    if (!is_inside)
        return 0;
    if (str_eq_nocase(word, STR("CASE")))
        return 1;
    if (!str_eq_nocase(word, STR("END")))
        return 0;
    while (after < s->text.n && isspace((unsigned char)s->text.p[after]))
        after++;
    next = word_at(s, after);
    for (size_t i = 0; i < COUNT_OF(ended_by_name); i++)
        if (str_eq_nocase(next, str_c(ended_by_name[i])))
            return 0;
    return -1;
}

/* After "END CASE" the CASE is a word of the END, not a new one. */
static bool is_end_case(struct str word, struct str before)
{
    return str_eq_nocase(word, STR("CASE")) && str_eq_nocase(before, STR("END"));
}

static void skip_comments(struct script *s)
{
    for (;;) {
        struct str rest;

        while (s->at < s->text.n && isspace((unsigned char)s->text.p[s->at]))
            s->line += s->text.p[s->at++] == '\n';
        rest = str_from(s->text, s->at);
        if (!(str_starts(rest, STR("--")) || str_starts(rest, STR("#"))))
            return;
        s->at = skip_to(s, s->at, "\n");
        s->line++;
    }
}

/* The next statement without its ';', and its line; false at the end. */
static bool next_statement(struct script *s, struct str *out, unsigned *line_out)
{
    struct str before = STR("");
    size_t at;
    int depth = 0;

    skip_comments(s);
    if (s->at >= s->text.n)
        return false;
    *line_out = s->line;
    for (at = s->at; at < s->text.n;) {
        struct str rest = str_from(s->text, at);
        char c = s->text.p[at];

        if (c == ';' && depth == 0)
            break;
        if (c == '\'' || c == '"' || c == '`') {
            at = skip_quoted(s, at);
        } else if (c == '#' || str_starts(rest, STR("-- ")) || str_starts(rest, STR("--\n"))) {
            at = skip_to(s, at, "\n");
        } else if (str_starts(rest, STR("/*"))) {
            at = skip_to(s, at, "*/");
        } else if (is_word_byte(c)) {
            struct str word = word_at(s, at);

            at += word.n;
            if (!is_end_case(word, before))
                depth += depth_change(s, word, at, depth > 0);
            before = word;
        } else {
            at++;
        }
    }
    *out = str_trim(str_part(s->text, s->at, at - s->at));
    for (size_t i = s->at; i < at; i++)
        s->line += s->text.p[i] == '\n';
    s->at = at < s->text.n ? at + 1 : at;
    return true;
}

enum rc admin_script(struct admin_db *db, struct str schema, struct str script, struct err *err)
{
    struct script s = {script, 0, 1};
    struct str statement;
    unsigned line;

    if (!is_identifier(schema))
        return fail(err, RC_INVALID, "not a name for a schema");
    if (mysql_select_db(db->mysql, str_z(db->arena, schema)) != 0)
        return admin_fail(db, "use schema", err);
    while (next_statement(&s, &statement, &line)) {
        char what[40];

        if (statement.n == 0)
            continue;
        snprintf(what, sizeof(what), "line %u", line);
        TRY(send(db, what, statement, err));
        discard_result(db);
    }
    return RC_OK;
}
