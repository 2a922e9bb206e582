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

/* statement, values of its inputs where they matter, table, index, whether the rows themselves stay unread */
static const struct plan {
    const char *statement, *values, *table, *index;
    bool is_covering;
} plans[] = {
    {"statistics_sex", "", "resident", "by_age", true},
    {"statistics_age", "", "resident", "by_age", true},
    {"statistics_occupation", "", "resident", "by_kind", true},
    {"statistics_education", "", "resident", "by_kind", true},
    {"statistics_religion", "", "resident", "by_kind", true},
    {"statistics_marital", "", "resident", "by_kind", true},
    {"statistics_hamlet", "", "resident", "by_kind", true},
    /* Each way into the archive reads its own index in the order of ids, and nothing of the other ways. */
    {"letter_archive_all_newest", "at_set=1 at_id=9223372036854775807", "l", "PRIMARY", false},
    {"letter_archive_state_newest", "at_set=1 at_id=9223372036854775807 state=1 other_state=5", "l", "by_state", false},
    {"letter_archive_state_newest", "at_set=1 at_id=9223372036854775807 state=4 other_state=4", "l", "by_state", false},
    {"letter_archive_state_newest", "at_set=1 at_id=9223372036854775807 state=6 other_state=7 type_id=2 channel='kiosk'", "l", "by_state",
     false},
    {"letter_archive_type_newest", "at_set=1 at_id=9223372036854775807 type_id=2", "l", "by_type", false},
    {"letter_archive_pile_newest", "at_set=1 at_id=9223372036854775807 piled=0", "l", "by_pile", false},
    {"letter_archive_date_newest", "at_set=1 at_id=9223372036854775807 from='2026-11-01' until='2026-12-01'", "l", "by_date", false},
    {"letter_archive_number_newest", "at_set=1 at_id=9223372036854775807 number=12 other_number=12", "l", "by_number", false},
    {"letter_archive_name_newest", "at_set=1 at_id=9223372036854775807 first='siti' second='ami'", "l", "by_resident", false},
    {"letter_archive_name_newest", "at_set=1 at_id=9223372036854775807 first='siti' types='[2]'", "n", "by_resident", false},
    {"letter_archive_name_newest", "at_set=1 at_id=9223372036854775807 first='siti' types='[2]'", "m", "PRIMARY", true},
    {"letter_archive_name_newest", "at_set=1 at_id=9223372036854775807 first='siti' types='[2]'", "d", "by_letter", false},
    {"letter_archive_name_newest", "at_set=1 at_id=9223372036854775807 first='siti' types='[2]'", "g", "by_type", true},
    {"letter_archive_name_newest", "at_set=1 at_id=9223372036854775807 first='siti' types='[2]'", "o", "by_office", true},
    {"letter_archive_nik_newest", "at_set=1 at_id=9223372036854775807 nik='0000000000000012'", "n", "by_resident", true},
    {"letter_archive_nik_newest", "at_set=1 at_id=9223372036854775807 nik='0000000000000012'", "m", "PRIMARY", true},
    {"letter_archive_nik_newest", "at_set=1 at_id=9223372036854775807 nik='0000000000000012'", "l", "PRIMARY", false},
    {"letter_archive_state_count", "state=1 other_state=5", "l", "by_state", false},
    {"letter_archive_type_count", "type_id=2", "l", "by_type", false},
    {"letter_archive_date_count", "from='2026-11-01' until='2026-12-01'", "l", "by_date", false},
    /* The lists as they open, and on their later pages. */
    {"resident_living_name", "at_set=0", "r", "by_status", false},
    {"resident_living_name", "at_set=1 at_name='SITI' at_id=5", "r", "by_status", false},
    {"resident_living_name_back", "at_set=1 at_name='SITI' at_id=5", "r", "by_status", false},
    {"family_all_name", "at_set=1 at_head_name='SITI' at_head_id=5", "h", "by_status", false},
    /* The first page's letters: what is asked of each is looked up, and no table read for it. */
    {"letter_latest", "", "l", "by_pile", false},
    {"letter_latest", "", "s", "by_letter", true},
    {"letter_type_shown_usual", "at_set=0", "l", "by_use", true},
    {"letter_type_uses", "", "i", "by_use", true},
    {"letter_agenda", "from='2026-11-01' until='2026-12-01'", "l", "by_date", false},
    /* Asked for each letter of a pile: what was put in the last day is counted, not read. */
    {"notice_in_turn", "since='2026-11-24'", "notice", "by_put", true},
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

/* Enough of everything for the server to think about: 3,000 letters, of which few are drafts, void, or of the second type. */
static const char *const made[] = {
    "INSERT INTO area (id, hamlet) VALUES (1, 'Uji')",
    "INSERT INTO resident (id, nik, name, sex, area_id) SELECT seq, LPAD(seq, 16, '0'), CONCAT('SITI ', seq), 1, 1 FROM seq_1_to_600",
    "INSERT INTO resident_word (word, resident_id) SELECT 'siti', seq FROM seq_1_to_600",
    "INSERT INTO letter_type (id, slug, name, classification, number_format, policy, definition) VALUES (1, 'a', 'A', '1', '1', 'seal', "
    "'{}'), (2, 'b', 'B', '1', '1', 'seal', '{}')",
    "INSERT INTO letter (type_id, state, resident_id, inputs, scope, year, number, letter_date, made_by, made_at) "
    "SELECT IF(seq % 500 = 0, 2, 1), IF(seq % 200 = 0, 1, IF(seq % 300 = 1, 6, 4)), 1 + seq % 600, '{}', 'desa', 2026, seq, DATE "
    "'2026-01-01' + INTERVAL seq DIV 10 DAY, 1, NOW() FROM seq_1_to_3000",
    "INSERT INTO letter_named (resident_id, letter_id, named_as) SELECT 1 + id % 599, id, 'saksi' FROM letter WHERE id % 3 = 0",
    "INSERT INTO notice (letter_id, recipient, address, put_at, is_of_pile) SELECT id, 2, 'a@contoh.id', TIMESTAMP '2026-11-20 08:00:00' + "
    "INTERVAL id MINUTE, TRUE FROM letter WHERE state = 4",
    "ANALYZE TABLE letter, letter_named, notice, resident, resident_word",
};

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
    if (mysql_real_connect(rig.mysql, NULL, "root", "", "plans_village", 0, socket, 0) == NULL)
        return -1;
    for (size_t i = 0; i < COUNT_OF(made); i++)
        if (mysql_query(rig.mysql, made[i]) != 0) {
            print_error("%s: %s\n", made[i], mysql_error(rig.mysql));
            return -1;
        } else {
            mysql_free_result(mysql_store_result(rig.mysql)); /* what ANALYZE tells */
        }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    if (rig.mysql != NULL)
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

/* "way=2 state=4" → the value of that input; without one: NULL where that may be, else some value of its type. */
static struct str value_of(const struct sql_column *in, const char *values)
{
    struct str rest = str_c(values), pair, name;

    while (str_cut(&rest, ' ', &pair))
        if (str_cut(&pair, '=', &name) && str_is(name, in->name))
            return pair;
    if (in->is_nullable)
        return STR("NULL");
    return in->type == SQL_DATE ? STR("DATE '2026-11-24'") : STR("31");
}

/* Its text with a value in each place: constants are folded before the plan is made, as when the house sends it. */
static struct str with_values(const struct sql_statement *s, const char *values)
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
        buf_put_str(&text, value_of(&s->in[in++], values));
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
    text = with_values(s, plan->values);
    if (mysql_real_query(rig.mysql, text.p, text.n) != 0) {
        print_error("%s: %s\n", plan->statement, mysql_error(rig.mysql));
        return 1;
    }
    result = mysql_store_result(rig.mysql);
    while ((row = mysql_fetch_row(result)) != NULL) { /* id select_type table type possible_keys key key_len ref rows Extra */
        if (row[2] == NULL || strcmp(row[2], plan->table) != 0)
            continue;
        parts++;
        if (row[3] != NULL && strcmp(row[3], "eq_ref") == 0) /* the rows of the page, by the ids found */
            continue;
        if (row[5] != NULL && strcmp(row[5], plan->index) == 0 && strcmp(row[3], "index") != 0 &&
            (!plan->is_covering || strstr(row[9], "Using index") != NULL))
            continue;
        print_error("%s: part %u goes by %s (%s, %s), not %s\n", plan->statement, parts, row[5] != NULL ? row[5] : "no index", row[3],
                    row[9] != NULL ? row[9] : "", plan->index);
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
