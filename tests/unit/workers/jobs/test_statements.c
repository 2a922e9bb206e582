// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Every statement of the house, prepared and explained by a migrated server:
 * inputs and columns are as many as declared, and each column's type, as the
 * server tells it, fits the declared one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <mysql.h>

#include "server/base/random.h"
#include "server/store/admin.h"
#include "server/store/sql.h"
#include "tenants/control/migrate.h"

extern const struct sql_file all_sql_files[];

static struct {
    struct arena *arena;
    struct admin_db *admin;
    MYSQL *mysql;
    unsigned faults;
} rig;

enum { BINARY = 63 /* the collation of bytes */ };

static void fault(const struct sql_statement *statement, const char *what, const char *detail)
{
    print_error("%s: %s: %s %s\n", statement->source, statement->name, what, detail);
    rig.faults++;
}

/* ---- set-up ---- */

static enum rc migrated(enum schema_kind kind, struct str schema, struct err *err)
{
    const struct admin_value name[] = {ADMIN_ID(schema)};
    struct migration_result result;

    TRY(admin_run(rig.admin, "DROP DATABASE IF EXISTS ?", name, 1, err));
    TRY(admin_run(rig.admin, "CREATE DATABASE ? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", name, 1, err));
    return migrate_schema(rig.admin, migration_steps_builtin(), kind, schema, &result, err);
}

static enum rc platform(const char *socket, struct err *err)
{
    TRY(admin_open(rig.arena, str_c(socket), STR("root"), STR(""), &rig.admin, err));
    TRY(migrated(SCHEMA_CONTROL, STR("statements_control"), err));
    return migrated(SCHEMA_VILLAGE, STR("statements_village"), err);
}

static int set_up(void **state)
{
    const char *socket = getenv("BALAI_TEST_MYSQL_SOCKET");
    struct err err;

    (void)state;
    base_init();
    if (socket == NULL) {
        print_error("BALAI_TEST_MYSQL_SOCKET is not set: run through tests/harness/with-services\n");
        return -1;
    }
    rig.arena = arena_new();
    if (platform(socket, &err) != RC_OK) {
        print_error("%s\n", err.text);
        return -1;
    }
    rig.mysql = mysql_init(NULL);
    mysql_options(rig.mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (mysql_real_connect(rig.mysql, NULL, "root", "", NULL, 0, socket, 0) == NULL) {
        print_error("%s\n", mysql_error(rig.mysql));
        return -1;
    }
    return 0;
}

static int tear_down(void **state)
{
    struct err err;
    int failed = 0;

    (void)state;
    mysql_close(rig.mysql);
    failed |= admin_run(rig.admin, "DROP DATABASE statements_control", NULL, 0, &err) != RC_OK;
    failed |= admin_run(rig.admin, "DROP DATABASE statements_village", NULL, 0, &err) != RC_OK;
    admin_close(&rig.admin);
    arena_free(&rig.arena);
    return failed ? -1 : 0;
}

/* ---- types ---- */

static unsigned bytes_of(enum enum_field_types type)
{
    switch (type) {
    case MYSQL_TYPE_TINY:
        return 1;
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_YEAR:
        return 2;
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
        return 4;
    case MYSQL_TYPE_LONGLONG:
        return 8;
    default:
        return 0;
    }
}

static unsigned room_of(enum sql_type type)
{
    switch (type) {
    case SQL_U8:
    case SQL_BOOL:
        return 1;
    case SQL_U16:
        return 2;
    case SQL_U32:
    case SQL_I32:
    case SQL_ENUM:
        return 4;
    default:
        return 8;
    }
}

/* A column of a table; of expressions the server only guesses width and sign. */
static bool is_stored(const MYSQL_FIELD *field)
{
    return field->org_table != NULL && field->org_table[0] != '\0' && field->org_name[0] != '\0';
}

static const char *number_misfit(const struct sql_column *column, const MYSQL_FIELD *field)
{
    bool is_signed = column->type == SQL_I64 || column->type == SQL_I32;

    if (field->type == MYSQL_TYPE_NEWDECIMAL)
        return field->decimals == 0 ? NULL : "has decimals";
    if (bytes_of(field->type) == 0)
        return "is no whole number";
    if (!is_stored(field))
        return NULL;
    if (bytes_of(field->type) > room_of(column->type))
        return "is wider than declared";
    if (!is_signed && column->type != SQL_BOOL && (field->flags & UNSIGNED_FLAG) == 0)
        return "has a sign";
    return NULL;
}

static bool is_string(enum enum_field_types type)
{
    return type == MYSQL_TYPE_STRING || type == MYSQL_TYPE_VAR_STRING || type == MYSQL_TYPE_VARCHAR || type == MYSQL_TYPE_BLOB ||
           type == MYSQL_TYPE_MEDIUM_BLOB || type == MYSQL_TYPE_LONG_BLOB || type == MYSQL_TYPE_TINY_BLOB;
}

static const char *misfit(const struct sql_column *column, const MYSQL_FIELD *field)
{
    switch (column->type) {
    case SQL_STR:
        if (field->type == MYSQL_TYPE_NEWDECIMAL)
            return "is a number";
        return is_string(field->type) && field->charsetnr != BINARY ? NULL : "is no text";
    case SQL_BYTES:
        return is_string(field->type) && field->charsetnr == BINARY ? NULL : "is not bytes";
    case SQL_DATE:
        return field->type == MYSQL_TYPE_DATE ? NULL : "is no date";
    case SQL_UTC:
        return field->type == MYSQL_TYPE_DATETIME ? NULL : "is no DATETIME";
    case SQL_F64:
        return field->type == MYSQL_TYPE_DOUBLE || field->type == MYSQL_TYPE_NEWDECIMAL ? NULL : "is no DOUBLE";
    default:
        return number_misfit(column, field);
    }
}

/* Two columns of one type in another order than declared would fit by type: their names tell. */
static bool is_misplaced(const struct sql_statement *statement, size_t at, const char *name)
{
    if (strcmp(statement->out[at].name, name) == 0)
        return false;
    for (size_t i = 0; i < statement->out_n; i++)
        if (strcmp(statement->out[i].name, name) == 0)
            return true;
    return false;
}

static void check_columns(const struct sql_statement *statement, MYSQL_STMT *stmt)
{
    MYSQL_RES *result = mysql_stmt_result_metadata(stmt);

    if (mysql_stmt_field_count(stmt) != statement->out_n) {
        fault(statement, "another number of columns than declared", "");
    } else if (result != NULL) {
        for (unsigned i = 0; i < statement->out_n; i++) {
            const MYSQL_FIELD *field = mysql_fetch_field_direct(result, i);
            const char *why = misfit(&statement->out[i], field);

            if (why != NULL)
                fault(statement, statement->out[i].name, why);
            if (is_misplaced(statement, i, field->name))
                fault(statement, field->name, "stands in another place than declared");
            if (is_stored(field) && (field->flags & NOT_NULL_FLAG) == 0 && !statement->out[i].is_nullable &&
                strstr(statement->text, "IS NOT NULL") == NULL)
                fault(statement, statement->out[i].name, "may be NULL but is not declared so");
        }
    }
    mysql_free_result(result);
}

/* ---- explaining ---- */

static void bind_something(MYSQL_BIND *bind, const struct sql_column *column)
{
    static uint64_t number = 1;
    static MYSQL_TIME time = {.year = 2026, .month = 11, .day = 24, .time_type = MYSQL_TIMESTAMP_DATETIME};
    static char text[] = "1";

    *bind = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &number, .is_unsigned = 1};
    if (column->type == SQL_STR || column->type == SQL_BYTES)
        *bind = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING, .buffer = text, .buffer_length = 1};
    else if (column->type == SQL_DATE || column->type == SQL_UTC)
        *bind = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_DATETIME, .buffer = &time};
}

static void explain(const struct sql_statement *statement)
{
    struct str text = str_fmt(rig.arena, "EXPLAIN %s", statement->text);
    MYSQL_STMT *stmt = mysql_stmt_init(rig.mysql);
    MYSQL_BIND *binds = ARENA_ARRAY(rig.arena, MYSQL_BIND, statement->in_n);

    for (size_t i = 0; i < statement->in_n; i++)
        bind_something(&binds[i], &statement->in[i]);
    if (mysql_stmt_prepare(stmt, text.p, text.n) != 0 || (statement->in_n > 0 && mysql_stmt_bind_param(stmt, binds) != 0) ||
        mysql_stmt_execute(stmt) != 0 || mysql_stmt_store_result(stmt) != 0)
        fault(statement, "cannot be explained:", mysql_stmt_error(stmt));
    mysql_stmt_close(stmt);
}

static void check(const struct sql_statement *statement)
{
    MYSQL_STMT *stmt = mysql_stmt_init(rig.mysql);

    if (mysql_stmt_prepare(stmt, statement->text, statement->text_n) != 0) {
        fault(statement, "cannot be prepared:", mysql_stmt_error(stmt));
        mysql_stmt_close(stmt);
        return;
    }
    if (mysql_stmt_param_count(stmt) != statement->in_n)
        fault(statement, "another number of inputs than declared", "");
    check_columns(statement, stmt);
    mysql_stmt_close(stmt);
    explain(statement);
}

static void test_every_statement_fits_the_schema(void **state)
{
    unsigned statements = 0;

    (void)state;
    for (const struct sql_file *file = all_sql_files; file->source != NULL; file++)
        for (const struct sql_statement *s = file->statements; s->name != NULL; s++) {
            const char *schema = strcmp(s->schema, "control") == 0 ? "statements_control" : "statements_village";

            assert_int_equal(mysql_select_db(rig.mysql, schema), 0);
            check(s);
            statements++;
        }
    print_message("%u statements\n", statements);
    assert_true(statements > 50);
    assert_int_equal(rig.faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_statement_fits_the_schema)};

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
