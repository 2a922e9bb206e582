// SPDX-License-Identifier: AGPL-3.0-or-later
/* Migrations: run once, again after a crash, beside a broken village; and what --check says. */
#include "platform.h"

/* Two villages in the tree, with schemas, as provisioning leaves them before its migrations. */
static void villages_put(void)
{
    static const char *const codes[] = {"7317102003", "7317102004"};

    sql_in(pf.config.control_schema,
           "INSERT INTO ?.unit (code, kind, name, parent_code) VALUES ('73', 'province', 'Sulawesi Selatan', NULL),"
           " ('7317', 'regency', 'Luwu', '73'), ('731710', 'district', 'Larompong Selatan', '7317'),"
           " ('7317102003', 'desa', 'Sampano', '731710'), ('7317102004', 'desa', 'Riwang', '731710')");
    sql_in(pf.config.control_schema, "INSERT INTO ?.village (code, slug, state, step) VALUES ('7317102003', 'sampano', 'active', 'ready'),"
                                     " ('7317102004', 'riwang', 'active', 'ready')");
    for (size_t i = 0; i < COUNT_OF(codes); i++)
        sql_in(village_schema(codes[i]), "CREATE DATABASE ?");
}

static uint32_t number(const char *statement, struct str schema)
{
    uint64_t n = 0;

    assert_true(str_to_u64(sql_text(statement, schema), &n));
    return (uint32_t)n;
}

struct migrating {
    struct migration_steps steps;
    struct migrate_summary summary;
    enum rc rc;
    struct err err;
};

static void migrate_fiber(void *arg)
{
    struct migrating *m = arg;

    m->rc = migrate_all(&pf.config, m->steps, NULL, NULL, &m->summary, &m->err);
}

static struct migrating migrate(struct migration_steps steps)
{
    struct migrating m = {.steps = steps};

    in_fiber(migrate_fiber, &m);
    return m;
}

static struct migrate_check check(struct migration_steps steps)
{
    struct migrate_check found;
    struct err err;

    if (migrate_check(pf.arena, &pf.config, steps, &found, &err) != RC_OK)
        WRONG("check: %s\n", err.text);
    return found;
}

static void everything_is_made_from_nothing_and_only_once(void **state)
{
    (void)state;
    struct migrating m = migrate(pf.steps);

    if (m.rc != RC_OK)
        WRONG("%s\n", m.err.text);
    assert_int_equal(m.summary.villages, 0);
    villages_put();
    m = migrate(pf.steps);
    assert_int_equal(m.rc, RC_OK);
    assert_int_equal(m.summary.villages, 2);
    assert_int_equal(m.summary.changed, 2);
    assert_int_equal(m.summary.failed, 0);
    uint32_t version = migration_version(pf.steps, SCHEMA_VILLAGE);

    assert_true(version >= 1);
    assert_int_equal(number("SELECT schema_version FROM ?.village WHERE code = '7317102003'", pf.config.control_schema), version);
    uint32_t steps = number("SELECT COUNT(*) FROM ?.schema_step", village_schema("7317102003"));

    m = migrate(pf.steps);
    assert_int_equal(m.summary.changed, 0);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.schema_step", village_schema("7317102003")), steps);
    assert_true(check(pf.steps).is_equal);
}

static void a_crash_before_the_record_runs_the_step_again(void **state)
{
    (void)state;
    sql_in(village_schema("7317102003"), "DELETE FROM ?.schema_step");
    struct migrate_check before = check(pf.steps);

    assert_false(before.is_equal);
    assert_true(before.faults_n > 0);
    struct migrating m = migrate(pf.steps);

    assert_int_equal(m.summary.changed, 1);
    assert_int_equal(m.summary.failed, 0);
    assert_true(check(pf.steps).is_equal);
}

static struct migration_steps steps_with(const struct migration_step *extra)
{
    struct migration_step *steps = ARENA_ARRAY(pf.arena, struct migration_step, pf.steps.n + 1);

    memcpy(steps, pf.steps.p, pf.steps.n * sizeof(*steps));
    steps[pf.steps.n] = *extra;
    return (struct migration_steps){steps, pf.steps.n + 1};
}

static void a_village_with_a_failed_step_turns_read_only_and_the_others_go_on(void **state)
{
    (void)state;
    const struct migration_step next = {SCHEMA_VILLAGE, "9001_next", STR_INIT("CREATE TABLE next_thing (id INT PRIMARY KEY);\n")};
    struct migration_steps steps = steps_with(&next);

    sql_in(village_schema("7317102004"), "CREATE TABLE ?.next_thing (other INT)");
    struct migrating m = migrate(steps);

    assert_int_equal(m.rc, RC_OK);
    assert_int_equal(m.summary.villages, 2);
    assert_int_equal(m.summary.failed, 1);
    assert_true(str_is(sql_text("SELECT failed_step FROM ?.village WHERE code = '7317102004'", pf.config.control_schema), "9001_next"));
    assert_true(str_is(sql_text("SELECT failed_step FROM ?.village WHERE code = '7317102003'", pf.config.control_schema), ""));
    assert_int_equal(number("SELECT schema_version FROM ?.village WHERE code = '7317102003'", pf.config.control_schema), 9001);

    struct migrate_check found = check(steps);

    assert_false(found.is_equal);
    assert_true(found.faults_n >= 2); /* the missing step, and the village's mark */

    sql_in(village_schema("7317102004"), "DROP TABLE ?.next_thing");
    m = migrate(steps);
    assert_int_equal(m.summary.failed, 0);
    assert_int_equal(m.summary.changed, 1);
    assert_true(str_is(sql_text("SELECT failed_step FROM ?.village WHERE code = '7317102004'", pf.config.control_schema), ""));
    assert_true(check(steps).is_equal);
}

static void a_server_of_the_version_before_accepts_a_newer_schema(void **state)
{
    (void)state;
    struct migrating m = migrate(pf.steps);

    assert_int_equal(m.rc, RC_OK);
    assert_int_equal(m.summary.failed, 0);
    assert_int_equal(m.summary.changed, 0);
    assert_true(check(pf.steps).is_equal);
}

static void an_edited_step_is_refused(void **state)
{
    (void)state;
    struct migration_step *steps = ARENA_ARRAY(pf.arena, struct migration_step, pf.steps.n);

    memcpy(steps, pf.steps.p, pf.steps.n * sizeof(*steps));
    for (size_t i = 0; i < pf.steps.n; i++)
        if (steps[i].kind == SCHEMA_CONTROL)
            steps[i].text = str_fmt(pf.arena, "%.*s-- edited\n", STR_ARG(steps[i].text));
    struct migrating m = migrate((struct migration_steps){steps, pf.steps.n});

    assert_int_equal(m.rc, RC_CONFLICT);
}

/* Homes of before the baseline record other first steps; what is in them no script tells any more. */
static void a_home_of_before_the_baseline_is_refused_in_words(void **state)
{
    (void)state;
    sql_in(pf.config.control_schema, "UPDATE ?.schema_step SET name = '0001_control' WHERE name = '0001_baseline'");
    struct migrating m = migrate(pf.steps);

    assert_int_equal(m.rc, RC_CONFLICT);
    if (strstr(m.err.text, "a version of Balai that this one cannot migrate") == NULL || strstr(m.err.text, "BALAI_HOME=") == NULL ||
        strstr(m.err.text, "0001_control") == NULL)
        WRONG("not the words: %s\n", m.err.text);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.schema_step", pf.config.control_schema), 1);
    assert_false(check(pf.steps).is_equal);
    sql_in(pf.config.control_schema, "UPDATE ?.schema_step SET name = '0001_baseline' WHERE name = '0001_control'");

    /* One village from an old copy: it alone is read-only. */
    sql_in(village_schema("7317102004"), "UPDATE ?.schema_step SET name = '0001_house' WHERE name = '0001_baseline'");
    m = migrate(pf.steps);
    assert_int_equal(m.rc, RC_OK);
    assert_int_equal(m.summary.failed, 1);
    assert_true(str_is(sql_text("SELECT failed_step FROM ?.village WHERE code = '7317102004'", pf.config.control_schema), "0001_baseline"));
    sql_in(village_schema("7317102004"), "UPDATE ?.schema_step SET name = '0001_baseline' WHERE name = '0001_house'");
    assert_int_equal(migrate(pf.steps).summary.failed, 0);
    assert_true(check(pf.steps).is_equal);
}

static void one_runner_at_a_time(void **state)
{
    (void)state;
    struct err err;

    assert_int_equal(admin_lock(pf.root, STR("balai_migrate"), 5, &err), RC_OK);
    struct migrating m = migrate(pf.steps);

    sql_run("DO RELEASE_LOCK('balai_migrate')");
    assert_int_equal(m.rc, RC_BUSY);
}

static void a_difference_shows_in_the_fingerprint(void **state)
{
    (void)state;
    struct str whole, without;
    struct err err;

    assert_int_equal(schema_fingerprint(pf.root, pf.arena, village_schema("7317102003"), &whole, &err), RC_OK);
    assert_int_equal(whole.n, 64);
    static const struct {
        const char *change, *back;
    } changes[] = {
        {"ALTER TABLE ?.staff ADD COLUMN extra INT NULL", "ALTER TABLE ?.staff DROP COLUMN extra"},
        {"CREATE INDEX extra ON ?.staff (name)", "DROP INDEX extra ON ?.staff"},
        {"ALTER TABLE ?.session DROP CONSTRAINT session_staff",
         "ALTER TABLE ?.session ADD CONSTRAINT session_staff FOREIGN KEY (staff_id) REFERENCES staff (id) ON DELETE CASCADE"},
        {"CREATE TRIGGER ?.extra BEFORE INSERT ON effect FOR EACH ROW SET NEW.at = NEW.at", "DROP TRIGGER ?.extra"},
    };

    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        sql_in(village_schema("7317102003"), changes[i].change);
        assert_int_equal(schema_fingerprint(pf.root, pf.arena, village_schema("7317102003"), &without, &err), RC_OK);
        if (str_eq(whole, without))
            WRONG("not seen: %s\n", changes[i].change);
        sql_in(village_schema("7317102003"), changes[i].back);
    }
    assert_int_equal(schema_fingerprint(pf.root, pf.arena, village_schema("7317102003"), &without, &err), RC_OK);
    assert_true(str_eq(whole, without));
}

enum { TABLES_MOST = 56 }; /* each costs every village its pages and the server its memory */

static void a_village_has_no_more_tables_than_agreed(void **state)
{
    (void)state;
    struct str_list n;
    const struct admin_value name[] = {ADMIN_TEXT(village_schema("7317102003"))};
    uint64_t tables;
    struct err err;

    assert_int_equal(admin_column(pf.root,
                                  "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = ? AND table_name <> 'next_thing'",
                                  name, 1, &n, &err),
                     RC_OK);
    assert_true(str_to_u64(n.p[0], &tables));
    assert_true(tables > 10 && tables <= TABLES_MOST);
}

int main(void)
{
    /* In this order: each begins where the one before ended. */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_made_from_nothing_and_only_once),
        cmocka_unit_test(a_crash_before_the_record_runs_the_step_again),
        cmocka_unit_test(a_village_with_a_failed_step_turns_read_only_and_the_others_go_on),
        cmocka_unit_test(a_server_of_the_version_before_accepts_a_newer_schema),
        cmocka_unit_test(an_edited_step_is_refused),
        cmocka_unit_test(a_home_of_before_the_baseline_is_refused_in_words),
        cmocka_unit_test(one_runner_at_a_time),
        cmocka_unit_test(a_difference_shows_in_the_fingerprint),
        cmocka_unit_test(a_village_has_no_more_tables_than_agreed),
    };
    return cmocka_run_group_tests(tests, platform_set_up, platform_tear_down);
}
