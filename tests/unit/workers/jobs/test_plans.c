// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * How the server goes about the statements whose speed hangs on an index:
 * each part of their plan must name it, and read nothing but it where said.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <mysql.h>

#include "server/store/admin.h"
#include "server/store/sql.h"
#include "tenants/control/migrate.h"

extern const struct sql_file all_sql_files[];

/* table, index, whether the rows themselves stay unread */
static const struct plan {
    const char *statement, *table, *index;
    bool is_covering;
} plans[] = {
    {"statistics_sex", "resident", "by_age", true},        {"statistics_age", "resident", "by_age", true},
    {"statistics_occupation", "resident", "by_kind", true}, {"statistics_education", "resident", "by_kind", true},
    {"statistics_religion", "resident", "by_kind", true},  {"statistics_marital", "resident", "by_kind", true},
    {"statistics_hamlet", "resident", "by_kind", true},
};

static struct {
    struct arena *arena;
    MYSQL *mysql;
} rig;

static enum rc migrated(const char *socket, struct err *err)
{
    struct admin_db *admin;
    struct migration_result result;
    const struct admin_value name[] = {ADMIN_ID(STR("plans_village"))};

    TRY(admin_open(rig.arena, str_c(socket), STR("root"), STR(""), &admin, err));
    TRY(admin_run(admin, "DROP DATABASE IF EXISTS ?", name, 1, err));
    TRY(admin_run(admin, "CREATE DATABASE ? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", name, 1, err));
    TRY(migrate_schema(admin, migration_steps_builtin(), SCHEMA_VILLAGE, STR("plans_village"), &result, err));
    admin_close(&admin);
    return RC_OK;
}

static int set_up(void **state)
{
    const char *socket = getenv("BALAI_TEST_MYSQL_SOCKET");
    struct err err = {0};

    (void)state;
    base_init();
    rig.arena = arena_new();
    if (socket == NULL || migrated(socket, &err) != RC_OK) {
        print_error("%s\n", socket == NULL ? "run through tests/harness/with-services" : err.text);
        return -1;
    }
    rig.mysql = mysql_init(NULL);
    mysql_options(rig.mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    return mysql_real_connect(rig.mysql, NULL, "root", "", "plans_village", 0, socket, 0) != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    mysql_close(rig.mysql);
    arena_free(&rig.arena);
    return 0;
}

static const struct sql_statement *statement_named(const char *name)
{
    for (const struct sql_file *file = all_sql_files; file->source != NULL; file++)
        for (const struct sql_statement *s = file->statements; s->name != NULL; s++)
            if (strcmp(s->name, name) == 0)
                return s;
    return NULL;
}

/* Its text with a value in each place: constants are folded before the plan is made, as when the house sends it. */
static struct str with_values(const struct sql_statement *s)
{
    struct buf text = {.arena = rig.arena};
    size_t in = 0;

    buf_put_str(&text, STR("EXPLAIN "));
    for (size_t i = 0; i < s->text_n; i++) {
        if (s->text[i] != '?') {
            buf_put_char(&text, s->text[i]);
            continue;
        }
        assert_true(in < s->in_n);
        buf_put_str(&text, s->in[in].type == SQL_DATE ? STR("DATE '2026-11-24'") : STR("1"));
        in++;
    }
    return buf_str(&text);
}

static unsigned check_plan(const struct plan *plan)
{
    const struct sql_statement *s = statement_named(plan->statement);
    struct str text;
    MYSQL_RES *result;
    MYSQL_ROW row;
    unsigned parts = 0, faults = 0;

    assert_non_null(s);
    text = with_values(s);
    if (mysql_real_query(rig.mysql, text.p, text.n) != 0) {
        print_error("%s: %s\n", plan->statement, mysql_error(rig.mysql));
        return 1;
    }
    result = mysql_store_result(rig.mysql);
    while ((row = mysql_fetch_row(result)) != NULL) { /* id select_type table type possible_keys key key_len ref rows Extra */
        if (row[2] == NULL || strcmp(row[2], plan->table) != 0)
            continue;
        parts++;
        if (row[5] != NULL && strcmp(row[5], plan->index) == 0 && (!plan->is_covering || strstr(row[9], "Using index") != NULL))
            continue;
        print_error("%s: part %u goes by %s (%s, %s), not %s\n", plan->statement, parts, row[5] != NULL ? row[5] : "no index", row[3], row[9], plan->index);
        faults++;
    }
    mysql_free_result(result);
    return parts > 0 ? faults : 1;
}

static void they_go_by_their_index(void **state)
{
    unsigned faults = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(plans); i++)
        faults += check_plan(&plans[i]);
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(they_go_by_their_index)};

    return cmocka_run_group_tests_name("plans", tests, set_up, tear_down);
}
