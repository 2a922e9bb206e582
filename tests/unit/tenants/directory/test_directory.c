// SPDX-License-Identifier: AGPL-3.0-or-later
/* The directory against a real control schema: who is found, who gets a handle, and what moves while threads look. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "server/loop/loop.h"
#include "server/store/admin.h"
#include "tenants/directory/directory.h"
#include "tests/unit/migrations.h"

/* cmocka's fail_msg needs its own fail; ours is another. */
#define WRONG(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

static const unsigned char master_key[KEY_BYTES] = "a key of the tests, 32 bytes ...";

static struct arena *arena;
static struct admin_db *admin;
static struct str schema;
static struct loop *loop;
static struct store *store;

static void run_sql(const char *statement)
{
    struct err err;

    if (admin_run(admin, statement, NULL, 0, &err) != RC_OK)
        WRONG("%s: %s\n", statement, err.text);
}

static void village_put(const char *code, const char *name, const char *slug, const char *state, const char *password)
{
    unsigned char key[KEY_BYTES];
    struct err err;

    directory_seal_key(master_key, key);
    struct str hex = STR("");

    if (password != NULL) {
        struct str sealed = seal(arena, key, str_c(code), str_c(password));

        hex = str_hex(arena, sealed.p, sealed.n);
    }
    const struct admin_value unit[] = {ADMIN_TEXT(str_c(code)), ADMIN_TEXT(str_c(name))};
    const struct admin_value row[] = {ADMIN_TEXT(str_c(code)), ADMIN_TEXT(str_c(slug)), ADMIN_TEXT(str_c(state)), ADMIN_TEXT(hex)};

    assert_int_equal(admin_run(admin,
                               "INSERT INTO unit (code, kind, name, parent_code, lat, lng) VALUES (?, 'desa', ?, '731710', -3.5, 120.25)",
                               unit, 2, &err),
                     RC_OK);
    assert_int_equal(
        admin_run(admin, "INSERT INTO village (code, slug, state, step, secret_sealed) VALUES (?, ?, ?, 'ready', NULLIF(UNHEX(?), ''))",
                  row, 4, &err),
        RC_OK);
}

static int set_up(void **state)
{
    const char *socket = getenv("BALAI_TEST_MYSQL_SOCKET");
    struct err err;

    (void)state;
    base_init();
    arena = arena_new();
    if (socket == NULL) {
        print_error("BALAI_TEST_MYSQL_SOCKET is not set: run this test under tests/harness/with-services\n");
        return -1;
    }
    if (admin_open(arena, str_c(socket), STR("root"), STR(""), &admin, &err) != RC_OK) {
        print_error("%s\n", err.text);
        return -1;
    }
    schema = str_fmt(arena, "test_directory_%ld", (long)getpid());
    const struct admin_value id[] = {ADMIN_ID(schema)};

    assert_int_equal(admin_run(admin, "CREATE DATABASE ?", id, 1, &err), RC_OK);
    if (admin_script(admin, schema, migrations_script(arena, "control"), &err) != RC_OK)
        WRONG("%s\n", err.text);
    run_sql("INSERT INTO unit (code, kind, name, parent_code) VALUES ('73', 'province', 'Sulawesi Selatan', NULL),"
            " ('7317', 'regency', 'Luwu', '73'), ('731710', 'district', 'Larompong Selatan', '7317')");
    village_put("7317102003", "Sampano", "sampano", "active", "secret one");
    village_put("7317102005", "La'loa", "laloa", "suspended", "secret two");
    village_put("7317102006", "To'long", "tolong", "preparing", "secret three");
    village_put("7317102007", "Malewong", "malewong", "readonly", "secret four");
    village_put("7317102008", "Batu Lappa", "batu-lappa", "active", NULL);
    run_sql("INSERT INTO host (host, village_code, is_canonical, verified_at) VALUES"
            " ('malewong.desa.id', '7317102007', 1, UTC_TIMESTAMP()), ('sampano.desa.id', '7317102003', 0, NULL),"
            " ('batu-lappa.localhost', '7317102007', 0, UTC_TIMESTAMP())");

    struct store_config config = {.socket = str_c(socket),
                                  .control_user = STR("root"),
                                  .control_password = STR(""),
                                  .control_schema = schema,
                                  .connections = 4,
                                  .village_connections = 1,
                                  .prepared = 10,
                                  .idle_close_ms = 60000};

    loop = loop_new();
    store = store_new(loop, &config);
    return 0;
}

static int tear_down(void **state)
{
    struct err err;
    const struct admin_value id[] = {ADMIN_ID(schema)};

    (void)state;
    if (admin != NULL) {
        assert_int_equal(admin_run(admin, "DROP DATABASE IF EXISTS ?", id, 1, &err), RC_OK);
        admin_close(&admin);
    }
    if (loop != NULL) {
        store_free(&store);
        loop_free(&loop);
    }
    arena_free(&arena);
    return 0;
}

struct refreshing {
    struct directory *directory;
    bool force;
    enum rc rc;
    struct err err;
};

static void refresh_fiber(void *arg)
{
    struct refreshing *r = arg;
    struct arena *own = arena_new();

    r->rc = directory_refresh(r->directory, store_control(store, own), r->force, &r->err);
    arena_free(&own);
}

static void refresh(struct directory *directory)
{
    struct refreshing r = {.directory = directory};

    loop_run_fiber(loop, refresh_fiber, &r);
    if (r.rc != RC_OK)
        WRONG("refresh: %s\n", r.err.text);
}

static struct directory *read_directory(void)
{
    struct directory *directory = directory_new(STR("LocalHost:8080"), STR("desa_"), master_key);

    refresh(directory);
    return directory;
}

static const struct village *village_at(struct directory *directory, const char *host)
{
    enum site site = SITE_NONE;
    const struct village *village = NULL;
    struct err err;

    if (directory_by_host(directory, arena, str_c(host), &site, &village, &err) != RC_OK)
        return NULL;
    assert_int_equal(site, SITE_VILLAGE);
    return village;
}

static void a_village_is_found_by_its_host_alone(void **state)
{
    (void)state;
    struct directory *directory = read_directory();
    const struct village *v = village_at(directory, "sampano.localhost");

    assert_non_null(v);
    assert_true(str_is(v->code, "7317102003"));
    assert_true(str_is(v->dotted_code, "73.17.10.2003"));
    assert_true(str_is(v->name, "Sampano"));
    assert_true(str_is(v->district, "Larompong Selatan"));
    assert_true(str_is(v->district_code, "731710"));
    assert_true(str_is(v->regency, "Luwu"));
    assert_true(str_is(v->province, "Sulawesi Selatan"));
    assert_true(v->lat == -3.5 && v->lng == 120.25);
    assert_int_equal(v->state, VILLAGE_ACTIVE);
    assert_int_equal(v->zone, ZONE_WITA);
    assert_true(str_is(village_at(directory, "tolong.localhost")->name, "To'long"));

    assert_null(village_at(directory, "nobody.localhost"));
    assert_null(village_at(directory, "sampano.localhost."));
    assert_null(village_at(directory, "Sampano.localhost"));
    assert_null(village_at(directory, "sampano"));
    assert_null(village_at(directory, "x.sampano.localhost"));
    assert_null(village_at(directory, ""));
    directory_free(&directory);
}

static void own_domains_count_when_verified(void **state)
{
    (void)state;
    struct directory *directory = read_directory();

    assert_true(str_is(village_at(directory, "malewong.desa.id")->code, "7317102007"));
    assert_true(str_is(village_at(directory, "malewong.localhost")->host, "malewong.desa.id"));
    assert_null(village_at(directory, "sampano.desa.id"));
    assert_true(str_is(village_at(directory, "sampano.localhost")->host, "sampano.localhost"));
    directory_free(&directory);
}

static void a_row_takes_no_name_under_the_base(void **state)
{
    (void)state;
    struct directory *directory = read_directory();

    assert_true(str_is(village_at(directory, "batu-lappa.localhost")->code, "7317102008"));
    directory_free(&directory);
}

static void the_platform_has_three_sites_of_its_own(void **state)
{
    (void)state;
    static const struct {
        const char *host;
        enum site site;
    } sites[] = {{"localhost", SITE_PLATFORM}, {"dpmd.localhost", SITE_DPMD}, {"kelola.localhost", SITE_KELOLA}};
    struct directory *directory = read_directory();

    for (size_t i = 0; i < COUNT_OF(sites); i++) {
        enum site site = SITE_NONE;
        const struct village *village = NULL;
        struct err err;

        assert_int_equal(directory_by_host(directory, arena, str_c(sites[i].host), &site, &village, &err), RC_OK);
        assert_int_equal(site, sites[i].site);
        assert_null(village);
    }
    directory_free(&directory);
}

static enum rc nothing_body(struct txn *txn, void *ctx, struct err *err)
{
    (void)txn;
    (void)ctx;
    (void)err;
    return RC_OK;
}

static void handles_follow_the_state(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        enum rc rc;
    } cases[] = {{"7317102003", RC_OK}, {"7317102005", RC_SUSPENDED},   {"7317102006", RC_UNAVAILABLE},
                 {"7317102007", RC_OK}, {"7317102008", RC_UNAVAILABLE}, {"7317102099", RC_NOT_FOUND}};
    struct directory *directory = read_directory();

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct village_db *db = NULL;
        struct err err;

        assert_int_equal(directory_open(directory, store, arena, str_c(cases[i].code), &db, &err), cases[i].rc);
        if (cases[i].rc == RC_OK)
            assert_true(str_is(village_db_code(db), cases[i].code));
        else
            assert_null(db);
    }
    struct village_db *db = NULL;
    struct err err;

    const struct str code = STR("7317102099"); /* made just now: in no table yet */
    unsigned char key[KEY_BYTES];

    directory_seal_key(master_key, key);
    assert_int_equal(directory_open_preparing(directory, store, arena, code, seal(arena, key, code, STR("word")), &db, &err), RC_OK);
    assert_true(str_eq(village_db_code(db), code));
    assert_int_not_equal(
        directory_open_preparing(directory, store, arena, code, seal(arena, key, STR("7317102003"), STR("word")), &db, &err), RC_OK);
    /* what a suspended village issued is still verified; a village that is being prepared issued nothing */
    assert_int_equal(directory_open_record(directory, store, arena, STR("7317102006"), &db, &err), RC_UNAVAILABLE);
    assert_int_equal(directory_open_record(directory, store, arena, STR("7317102005"), &db, &err), RC_OK);
    assert_int_equal(txn_run(db, nothing_body, NULL, &err), RC_READ_ONLY);
    directory_free(&directory);
}

static void a_wrong_master_key_closes_villages_but_serves_the_list(void **state)
{
    (void)state;
    static const unsigned char other_key[KEY_BYTES] = "another key of the tests, no use";
    struct directory *directory = directory_new(STR("localhost:8080"), STR("desa_"), other_key);
    struct village_db *db = NULL;
    struct err err;

    refresh(directory);
    assert_int_equal(directory_all(directory, arena).n, 5);
    assert_int_equal(directory_open(directory, store, arena, STR("7317102003"), &db, &err), RC_UNAVAILABLE);
    directory_free(&directory);
}

static void changes_are_seen_when_the_counter_moves(void **state)
{
    (void)state;
    struct directory *directory = read_directory();

    run_sql("UPDATE village SET failed_step = '0009_x', page_epoch = 7 WHERE code = '7317102003'");
    refresh(directory);
    assert_int_equal(village_at(directory, "sampano.localhost")->state, VILLAGE_ACTIVE);

    run_sql("UPDATE change_counter SET value = value + 1 WHERE name = 'page'");
    refresh(directory);
    assert_int_equal(village_at(directory, "sampano.localhost")->page_epoch, 7);
    assert_int_equal(village_at(directory, "sampano.localhost")->state, VILLAGE_ACTIVE);

    run_sql("UPDATE change_counter SET value = value + 1 WHERE name = 'directory'");
    refresh(directory);
    assert_int_equal(village_at(directory, "sampano.localhost")->state, VILLAGE_READ_ONLY);

    run_sql("UPDATE village SET failed_step = '' WHERE code = '7317102003'");
    run_sql("UPDATE change_counter SET value = value + 1 WHERE name = 'directory'");
    refresh(directory);
    assert_int_equal(village_at(directory, "sampano.localhost")->state, VILLAGE_ACTIVE);
    directory_free(&directory);
}

static void the_old_list_serves_on_when_control_is_away(void **state)
{
    (void)state;
    struct directory *directory = read_directory();
    struct refreshing r = {.directory = directory, .force = true};

    run_sql("RENAME TABLE village TO village_away");
    loop_run_fiber(loop, refresh_fiber, &r);
    run_sql("RENAME TABLE village_away TO village");
    assert_int_not_equal(r.rc, RC_OK);
    assert_non_null(village_at(directory, "sampano.localhost"));
    directory_free(&directory);
}

static void keys_belong_to_one_village_and_purpose(void **state)
{
    (void)state;
    struct directory *directory = read_directory();
    unsigned char a[KEY_BYTES], b[KEY_BYTES], c[KEY_BYTES], again[KEY_BYTES];

    directory_village_key(directory, STR("7317102003"), "session", a);
    directory_village_key(directory, STR("7317102005"), "session", b);
    directory_village_key(directory, STR("7317102003"), "csrf", c);
    directory_village_key(directory, STR("7317102003"), "session", again);
    assert_memory_equal(a, again, KEY_BYTES);
    assert_memory_not_equal(a, b, KEY_BYTES);
    assert_memory_not_equal(a, c, KEY_BYTES);
    directory_free(&directory);
}

struct looking {
    struct directory *directory;
    atomic_bool is_over;
    atomic_int wrong;
};

static void *look_thread(void *arg)
{
    struct looking *l = arg;

    while (!atomic_load(&l->is_over)) {
        struct arena *own = arena_new();
        enum site site;
        const struct village *v;
        struct err err;

        if (directory_by_host(l->directory, own, STR("tolong.localhost"), &site, &v, &err) != RC_OK || !str_is(v->name, "To'long") ||
            directory_all(l->directory, own).n != 5)
            atomic_fetch_add(&l->wrong, 1);
        arena_free(&own);
    }
    return NULL;
}

static void threads_look_while_the_table_is_swapped(void **state)
{
    (void)state;
    struct looking l = {.directory = read_directory()};
    struct refreshing r = {.directory = l.directory, .force = true};
    pthread_t threads[2];

    for (size_t i = 0; i < COUNT_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, look_thread, &l), 0);
    for (int i = 0; i < 50; i++) {
        loop_run_fiber(loop, refresh_fiber, &r);
        assert_int_equal(r.rc, RC_OK);
    }
    atomic_store(&l.is_over, true);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&l.wrong), 0);
    directory_free(&l.directory);
}

static void state_words_are_read_back(void **state)
{
    (void)state;
#define X(name, word, label)                                                                  \
    assert_int_equal(village_state_from(village_state_word(VILLAGE_##name)), VILLAGE_##name); \
    assert_true(str_is(village_state_label(VILLAGE_##name), label));
    VILLAGE_STATES(X)
#undef X
    assert_int_equal(village_state_from(STR("")), VILLAGE_NO_STATE);
    assert_int_equal(village_state_from(STR("Active")), VILLAGE_NO_STATE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_village_is_found_by_its_host_alone),
        cmocka_unit_test(own_domains_count_when_verified),
        cmocka_unit_test(a_row_takes_no_name_under_the_base),
        cmocka_unit_test(the_platform_has_three_sites_of_its_own),
        cmocka_unit_test(handles_follow_the_state),
        cmocka_unit_test(a_wrong_master_key_closes_villages_but_serves_the_list),
        cmocka_unit_test(changes_are_seen_when_the_counter_moves),
        cmocka_unit_test(the_old_list_serves_on_when_control_is_away),
        cmocka_unit_test(keys_belong_to_one_village_and_purpose),
        cmocka_unit_test(threads_look_while_the_table_is_swapped),
        cmocka_unit_test(state_words_are_read_back),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
