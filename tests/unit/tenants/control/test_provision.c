// SPDX-License-Identifier: AGPL-3.0-or-later
/* Villages are made whole, once, and walled off; and a crash at any step costs one repeated step. */
#include "platform.h"
#include "server/web/web.h"
#include "tenants/control/setup.h"
#include "tenants/control/states.h"

#define LIST                                                                           \
    "code\tkind\tname\tdistrict_code\tdistrict\tlat\tlng\n"                            \
    "73.17.10.2003\tdesa\tSampano\t73.17.10\tLarompong Selatan\t-3.62871\t120.31402\n" \
    "73.17.01.2022\tdesa\tTo'long\t73.17.01\tBasse Sangtempe\t-3.23658\t120.00152\n"   \
    "73.17.04.2007\tdesa\tPangi\t73.17.04\tBajo\t-3.33109\t120.30805\n"                \
    "73.17.12.2007\tdesa\tPangi\t73.17.12\tLatimojong\t-3.28766\t120.14684\n"          \
    "73.17.07.1007\tkelurahan\tBalo-Balo\t73.17.07\tBelopa\t-3.38194\t120.34964\n"

struct making {
    struct unit_list units;
    struct provision_region region;
    struct str_list only;
    struct provision_registered registered;
    uint32_t failed, made;
    enum rc rc;
    struct err err;
};

static enum rc register_body(struct control_txn *txn, void *ctx, struct err *err)
{
    struct making *m = ctx;

    return provision_register(txn, &m->units, &m->region, &m->only, &m->registered, err);
}

static void register_fiber(void *arg)
{
    struct making *m = arg;

    m->rc = control_txn_run(store_control(pf.store, pf.arena), register_body, m, &m->err);
}

static void count(void *ctx, struct str code, const struct provision_result *result, const struct err *err_or_null)
{
    struct making *m = ctx;

    if (err_or_null != NULL)
        print_error("%.*s: %s\n", STR_ARG(code), err_or_null->text);
    m->made += err_or_null == NULL && result->is_new;
}

static void make_fiber(void *arg)
{
    struct making *m = arg;

    register_fiber(m);
    if (m->rc == RC_OK)
        m->rc = provision_villages(the_provision(), &m->registered.codes, 3, count, m, &m->failed, &m->err);
}

static struct making making_of(struct str list, const char *only)
{
    struct making m = {.region = {STR("7317"), STR("Luwu"), STR("Sulawesi Selatan")}};

    units_read(pf.arena, list, &m.units);
    if (only != NULL) {
        m.only.p = ARENA_ARRAY(pf.arena, struct str, 1);
        m.only.p[m.only.n++] = str_c(only);
    }
    return m;
}

static struct making make(const char *only)
{
    struct making m = making_of(STR(LIST), only);

    in_fiber(make_fiber, &m);
    if (m.rc != RC_OK)
        WRONG("%s\n", m.err.text);
    return m;
}

static int begin(void **state)
{
    struct err err;

    if (platform_set_up(state) != 0)
        return -1;
    return migrate_platform(pf.root, pf.steps, &pf.config, &err) == RC_OK ? 0 : -1;
}

static bool is(const char *statement, const char *expected)
{
    struct str text = sql_text(statement, pf.config.control_schema);

    if (!str_is(text, expected))
        print_error("%s gives %.*s, not %s\n", statement, STR_ARG(text), expected);
    return str_is(text, expected);
}

static void nothing_is_done_for_a_bad_list(void **state)
{
    (void)state;
    struct making m = making_of(STR(LIST "73.17.07.1008\tdesa\tSalah\t73.17.07\tBelopa\t\t\n"), NULL);

    in_fiber(register_fiber, &m);
    assert_int_equal(m.rc, RC_INVALID);
    m = making_of(STR(LIST), "7317071007");
    in_fiber(register_fiber, &m);
    assert_int_equal(m.rc, RC_INVALID); /* a kelurahan is never hosted */
    m = making_of(STR(LIST), NULL);
    m.region.regency = m.region.province = STR("");
    in_fiber(register_fiber, &m);
    assert_int_equal(m.rc, RC_INVALID); /* nobody has named the regency yet */
    assert_true(is("SELECT COUNT(*) FROM ?.unit", "0"));
}

static void one_village_of_the_list_is_made_ready(void **state)
{
    (void)state;
    struct making m = make("7317102003");

    assert_int_equal(m.made, 1);
    assert_int_equal(m.failed, 0);
    assert_true(is("SELECT COUNT(*) FROM ?.unit", "12")); /* province, regency, 5 districts, 4 desa, 1 kelurahan */
    assert_true(is("SELECT COUNT(*) FROM ?.village", "1"));
    assert_true(is("SELECT CONCAT(slug, ' ', state, ' ', step) FROM ?.village", "sampano active ready"));
    assert_true(is("SELECT CONCAT(name, ' ', parent_code) FROM ?.unit WHERE code = '731710'", "Larompong Selatan 7317"));
    assert_true(
        str_is(sql_text("SELECT CONCAT(name, ', ', district, ', ', regency, ', ', province) FROM ?.identity", village_schema("7317102003")),
               "Sampano, Larompong Selatan, Luwu, Sulawesi Selatan"));
    assert_true(str_is(sql_text("SELECT COUNT(*) >= 2 FROM ?.letter_type", village_schema("7317102003")), "1"));
}

static void the_rest_follows_and_equal_names_are_told_apart(void **state)
{
    (void)state;
    struct making m = make(NULL);

    assert_int_equal(m.registered.fresh, 3);
    assert_int_equal(m.made, 3);
    assert_true(is("SELECT GROUP_CONCAT(slug ORDER BY code) FROM ?.village", "tolong,pangi-bajo,sampano,pangi-latimojong"));
    assert_true(str_is(sql_text("SELECT name FROM ?.identity", village_schema("7317012022")), "To'long"));
    m = make(NULL);
    assert_int_equal(m.registered.fresh, 0);
    assert_int_equal(m.made, 0);
    assert_int_equal(m.failed, 0);
}

/* As if the process had died between a step's effect and its record: the step before stands in the row. */
static void a_crash_at_any_step_costs_only_that_step(void **state)
{
    (void)state;
    struct str before = sql_text("SELECT HEX(secret_sealed) FROM ?.village WHERE code = '7317102003'", pf.config.control_schema);

    for (int step = PROVISION_REQUESTED; step < PROVISION_READY; step++) {
        const struct admin_value values[] = {ADMIN_ID(pf.config.control_schema),
                                             ADMIN_TEXT(str_c(provision_step_word((enum provision_step)step)))};
        struct err err;

        assert_int_equal(
            admin_run(pf.root, "UPDATE ?.village SET step = ?, state = 'preparing' WHERE code = '7317102003'", values, 2, &err), RC_OK);
        struct making m = make("7317102003");

        assert_int_equal(m.made, 1);
        assert_true(is("SELECT CONCAT(state, ' ', step) FROM ?.village WHERE code = '7317102003'", "active ready"));
    }
    assert_true(str_eq(before, sql_text("SELECT HEX(secret_sealed) FROM ?.village WHERE code = '7317102003'", pf.config.control_schema)));
    assert_true(str_is(sql_text("SELECT COUNT(*) FROM ?.identity", village_schema("7317102003")), "1"));
}

/* ---- walls ---- */

static struct admin_db *village_login(const char *code)
{
    unsigned char key[KEY_BYTES];
    char sealed[200];
    struct admin_db *db = NULL;
    struct str password;
    struct err err;
    const struct admin_value values[] = {ADMIN_ID(pf.config.control_schema), ADMIN_TEXT(str_c(code))};
    struct str_list hex;

    assert_int_equal(admin_column(pf.root, "SELECT LOWER(HEX(secret_sealed)) FROM ?.village WHERE code = ?", values, 2, &hex, &err), RC_OK);
    assert_true(str_unhex(hex.p[0], sealed, hex.p[0].n / 2));
    directory_seal_key(pf.master_key, key);
    assert_int_equal(unseal(pf.arena, key, str_c(code), (struct str){sealed, hex.p[0].n / 2}, &password, &err), RC_OK);
    assert_int_equal(password.n, 32);
    if (admin_open(pf.arena, pf.config.mysql_socket, village_schema(code), password, &db, &err) != RC_OK)
        WRONG("%s\n", err.text);
    return db;
}

static void refuses(struct admin_db *db, const char *statement, struct str schema)
{
    const struct admin_value id[] = {ADMIN_ID(schema)};
    struct err err;

    if (admin_run(db, statement, id, 1, &err) == RC_OK)
        WRONG("a village's account may: %s\n", statement);
}

static void a_village_account_reaches_its_own_rows_and_the_code_lists(void **state)
{
    (void)state;
    struct admin_db *db = village_login("7317102003");
    struct str own = village_schema("7317102003"), neighbour = village_schema("7317012022");
    const struct admin_value id[] = {ADMIN_ID(own)}, lists[] = {ADMIN_ID(pf.config.reference_schema)};
    struct str_list rows;
    struct err err;

    assert_int_equal(admin_column(db, "SELECT name FROM ?.identity", id, 1, &rows, &err), RC_OK);
    assert_int_equal(admin_column(db, "SELECT COUNT(*) FROM ?.code", lists, 1, &rows, &err), RC_OK);
    static const char *const never[] = {
        "SELECT * FROM ?.identity", "UPDATE ?.identity SET name = 'x'", "INSERT INTO ?.area (hamlet) VALUES ('x')",
        "DELETE FROM ?.outbox",     "CREATE TABLE ?.x (id INT)",        "DROP DATABASE ?",
    };

    for (size_t i = 0; i < COUNT_OF(never); i++) {
        refuses(db, never[i], neighbour);
        refuses(db, never[i], pf.config.control_schema);
    }
    refuses(db, "SELECT * FROM ?.village", pf.config.control_schema);
    refuses(db, "DELETE FROM ?.code", pf.config.reference_schema);
    refuses(db, "CREATE TABLE ?.x (id INT)", own);
    refuses(db, "DROP TABLE ?.outbox", own);
    refuses(db, "TRUNCATE TABLE ?.audit", own);
    refuses(db, "DROP TRIGGER ?.audit_no_delete", own);
    refuses(db, "ALTER TABLE ?.staff ADD COLUMN x INT", own);
    refuses(db, "GRANT SELECT ON ?.* TO CURRENT_USER()", own);
    refuses(db, "SELECT user FROM mysql.user WHERE user = ?", own);
    admin_close(&db);
}

static void a_village_account_has_three_grants_and_a_time_limit(void **state)
{
    (void)state;
    struct str_list grants, limit;
    const struct admin_value id[] = {ADMIN_ID(village_schema("7317102003"))};
    const struct admin_value name[] = {ADMIN_TEXT(village_schema("7317102003"))};
    struct err err;

    assert_int_equal(admin_column(pf.root, "SHOW GRANTS FOR ?@localhost", id, 1, &grants, &err), RC_OK);
    assert_int_equal(grants.n, 3); /* USAGE, its own schema, the code lists */
    for (size_t i = 0; i < grants.n; i++)
        assert_true(str_find(grants.p[i], STR("GRANT OPTION")) < 0 && str_find(grants.p[i], STR("ALL PRIVILEGES")) < 0);
    assert_int_equal(admin_column(pf.root, "SELECT max_statement_time > 0 FROM mysql.user WHERE user = ?", name, 1, &limit, &err), RC_OK);
    assert_true(str_is(limit.p[0], "1"));
}

/* ---- set-up links and states ---- */

struct acting {
    struct str token;
    enum state_act act;
    struct str note;
    enum rc rc;
    struct err err;
};

static enum rc link_body(struct control_txn *txn, void *ctx, struct err *err)
{
    struct acting *a = ctx;

    return setup_token_new(txn, STR("7317102003"), SETUP_VILLAGE, clock_utc(), &a->token, err);
}

static void link_fiber(void *arg)
{
    struct acting *a = arg;

    a->rc = control_txn_run(store_control(pf.store, pf.arena), link_body, a, &a->err);
}

static void a_set_up_link_is_kept_only_as_a_hash(void **state)
{
    (void)state;
    struct acting a = {.rc = RC_FAULT}, b = {.rc = RC_FAULT};
    unsigned char hash[HASH_BYTES];

    in_fiber(link_fiber, &a);
    in_fiber(link_fiber, &b);
    assert_int_equal(a.rc, RC_OK);
    assert_int_equal(b.token.n, 43);
    assert_false(str_eq(a.token, b.token));
    hash_sha256(b.token.p, b.token.n, hash);
    assert_true(str_eq(sql_text("SELECT LOWER(HEX(setup_hash)) FROM ?.village WHERE code = '7317102003'", pf.config.control_schema),
                       str_hex(pf.arena, hash, HASH_BYTES)));
    assert_true(is("SELECT setup_until BETWEEN UTC_TIMESTAMP() + INTERVAL 13 DAY AND UTC_TIMESTAMP() + INTERVAL 15 DAY FROM ?.village "
                   "WHERE code = '7317102003'",
                   "1"));
    assert_true(str_is(setup_link(pf.arena, STR("http"), STR("sampano"), STR("localhost:8080"), STR("T0")),
                       "http://sampano.localhost:8080/pasang/T0"));
}

static enum rc act_body(struct control_txn *txn, void *ctx, struct err *err)
{
    const struct acting *a = ctx;
    const struct state_actor by = {7, STR("Relawan Contoh"), clock_utc()};

    return state_change(txn, STR("7317102003"), a->act, a->note, &by, err);
}

static void act_fiber(void *arg)
{
    struct acting *a = arg;

    a->rc = control_txn_run(store_control(pf.store, pf.arena), act_body, a, &a->err);
}

static enum rc act(enum state_act act, const char *note)
{
    struct acting a = {.act = act, .note = str_c(note)};

    in_fiber(act_fiber, &a);
    return a.rc;
}

static void states_change_as_they_may_and_are_audited(void **state)
{
    (void)state;
    assert_int_equal(act(ACT_RESUME, ""), RC_CONFLICT);
    assert_int_equal(act(ACT_SUSPEND, " "), RC_INVALID);
    assert_int_equal(act(ACT_SUSPEND, "Diminta kepala desa. Hubungi 0812 0000 0000."), RC_OK);
    assert_true(is("SELECT CONCAT(state, ': ', state_note) FROM ?.village WHERE code = '7317102003'",
                   "suspended: Diminta kepala desa. Hubungi 0812 0000 0000."));
    assert_int_equal(act(ACT_READ_ONLY, "x"), RC_CONFLICT);
    assert_int_equal(act(ACT_RESUME, ""), RC_OK);
    assert_true(is("SELECT CONCAT(state, ': ', state_note) FROM ?.village WHERE code = '7317102003'", "active: "));
    assert_int_equal(act(ACT_READ_ONLY, "Pindahan data"), RC_OK);
    assert_int_equal(act(ACT_SUSPEND, "Sampai besok"), RC_OK);
    assert_int_equal(act(ACT_RESUME, ""), RC_OK);
    assert_true(is("SELECT COUNT(*) FROM ?.audit WHERE subject = 'village:7317102003' AND actor_id = 7", "5"));
}

static void a_failure_is_kept_for_the_console_and_the_others_go_on(void **state)
{
    (void)state;
    /* Its recorded steps say something else than this binary's: its migrations fail. */
    sql_in(pf.config.control_schema,
           "UPDATE ?.village SET step = 'grants', state = 'preparing' WHERE code IN ('7317012022', '7317042007')");
    sql_in(village_schema("7317012022"), "UPDATE ?.schema_step SET sha256 = REPEAT('0', 64)");
    struct making m = make(NULL);

    assert_int_equal(m.failed, 1);
    assert_int_equal(m.made, 1);
    assert_true(
        is("SELECT CONCAT(state, ' ', step, ' ', step_error <> '', ' ', failed_step <> '') FROM ?.village WHERE code = '7317012022'",
           "preparing grants 1 1"));
    assert_true(is("SELECT CONCAT(state, ' ', step) FROM ?.village WHERE code = '7317042007'", "active ready"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_done_for_a_bad_list),
        cmocka_unit_test(one_village_of_the_list_is_made_ready),
        cmocka_unit_test(the_rest_follows_and_equal_names_are_told_apart),
        cmocka_unit_test(a_crash_at_any_step_costs_only_that_step),
        cmocka_unit_test(a_village_account_reaches_its_own_rows_and_the_code_lists),
        cmocka_unit_test(a_village_account_has_three_grants_and_a_time_limit),
        cmocka_unit_test(a_set_up_link_is_kept_only_as_a_hash),
        cmocka_unit_test(states_change_as_they_may_and_are_audited),
        cmocka_unit_test(a_failure_is_kept_for_the_console_and_the_others_go_on),
    };
    return cmocka_run_group_tests(tests, begin, platform_tear_down);
}
