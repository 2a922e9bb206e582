// SPDX-License-Identifier: AGPL-3.0-or-later
/* The worker's lanes over two real villages: what is put is done, fairly, once, and stops when told. */
#include "tests/unit/tenants/control/platform.h"

#include "server/web/feature.h"
#include "workers/jobs/lanes.h"
#include "workers/jobs/rollup.h"

extern const struct feature jobs_feature;

#define LIST                                                                           \
    "code\tkind\tname\tdistrict_code\tdistrict\tlat\tlng\n"                            \
    "73.17.10.2003\tdesa\tSampano\t73.17.10\tLarompong Selatan\t-3.62871\t120.31402\n" \
    "73.17.01.2022\tdesa\tTo'long\t73.17.01\tBasse Sangtempe\t-3.23658\t120.00152\n"

#define SAMPANO "7317102003"
#define TOLONG "7317012022"

enum { NO_SWEEP_MS = 3600000, SOON_MS = 20 };

static struct {
    struct store *store, *sweep_store;
    struct lanes_setup setup;
} rig;

#define OK(call)                                                                     \
    do {                                                                             \
        if ((call) != RC_OK)                                                         \
            WRONG("%s:%d: %s: %s\n", __FILE__, __LINE__, rc_name(err.rc), err.text); \
    } while (0)

/* ---- set-up: two ready villages ---- */

static enum rc register_body(struct control_txn *txn, void *ctx, struct err *err)
{
    const struct provision_region region = {STR("7317"), STR("Luwu"), STR("Sulawesi Selatan")};
    struct str_list everything = {0};
    struct unit_list units;

    units_read(pf.arena, STR(LIST), &units);
    return provision_register(txn, &units, &region, &everything, ctx, err);
}

static void provision_fiber(void *arg)
{
    struct provision_registered registered;
    uint32_t failed = 0;
    struct err err;

    (void)arg;
    OK(control_txn_run(store_control(pf.store, pf.arena), register_body, &registered, &err));
    OK(provision_villages(the_provision(), &registered.codes, 2, NULL, NULL, &failed, &err));
    assert_int_equal(failed, 0);
    sql_in(pf.config.control_schema, "UPDATE ?.village SET state = 'active'");
    OK(directory_refresh(pf.directory, store_control(pf.store, pf.arena), true, &err));
}

static struct store *new_store(uint32_t connections, uint32_t village)
{
    const struct store_config config = {.socket = pf.config.mysql_socket,
                                        .control_user = STR("root"),
                                        .control_password = STR(""),
                                        .control_schema = pf.config.control_schema,
                                        .connections = connections,
                                        .village_connections = village,
                                        .prepared = 50,
                                        .idle_close_ms = 60000};

    return store_new(pf.loop, &config);
}

static int begin(void **state)
{
    struct err err;

    if (platform_set_up(state) != 0 || migrate_platform(pf.root, pf.steps, &pf.config, &err) != RC_OK)
        return -1;
    in_fiber(provision_fiber, NULL);
    rig.store = new_store(14, 5);
    rig.sweep_store = new_store(2, 1);
    rig.setup = (struct lanes_setup){
        .loop = pf.loop,
        .house = {.config = &pf.config,
                  .master_key = pf.master_key,
                  .directory = pf.directory,
                  .store = rig.store,
                  .origin = STR("http://localhost:8080"),
                  .features = features},
        .sweep_store = rig.sweep_store,
        .owner = STR("test/1"),
        .is_sole_owner = true,
        .lanes = 4,
        .sweep_ms = SOON_MS,
    };
    return 0;
}

static int end(void **state)
{
    store_free(&rig.sweep_store);
    store_free(&rig.store);
    return platform_tear_down(state);
}

/* ---- helpers ---- */

static void quiet(const char *code)
{
    sql_in(village_schema(code), "DELETE FROM ?.outbox");
}

static void put(const char *code, unsigned kind, unsigned subject)
{
    struct str statement = str_fmt(pf.arena, "INSERT INTO ?.outbox (kind, subject, payload) VALUES (%u, %u, '{}')", kind, subject);

    sql_in(village_schema(code), str_z(pf.arena, statement));
}

static bool is_in(struct str schema, const char *statement, const char *expected)
{
    return str_is(sql_text(statement, schema), expected);
}

/* Until it is so; the test's own time limit ends it otherwise. */
static void until(struct str schema, const char *statement, const char *expected)
{
    struct err err;

    while (!is_in(schema, statement, expected))
        OK(fiber_sleep_ms(2, &err));
}

static struct lanes *start(uint32_t sweep_ms)
{
    rig.setup.sweep_ms = sweep_ms;
    return lanes_start(pf.arena, &rig.setup);
}

/* Every village has figures of this hour, so that no sweep asks for more. */
static void rollups_are_fresh(struct lanes *lanes)
{
    until(pf.config.control_schema, "SELECT COUNT(*) FROM ?.rollup", "2");
    until(village_schema(SAMPANO), "SELECT COUNT(*) FROM ?.outbox WHERE state <> 3", "0");
    until(village_schema(TOLONG), "SELECT COUNT(*) FROM ?.outbox WHERE state <> 3", "0");
    lanes_drain(lanes, 10000);
}

/* ---- the tests ---- */

static void figures_fiber(void *arg)
{
    struct str village = village_schema(SAMPANO), control = pf.config.control_schema;
    struct lanes *lanes;
    struct str version;
    uint64_t before, after;

    (void)arg;
    sql_in(village, "INSERT INTO ?.area (id, hamlet) VALUES (1, 'Salu')");
    sql_in(village, "INSERT INTO ?.family (id, kk_no, area_id) VALUES (1, '7317100101010001', 1), (2, '7317100101010002', 1), (3, "
                    "'7317100101010003', 1)");
    sql_in(village, "INSERT INTO ?.resident (nik, name, sex, birth_date, family_id, area_id, basic_status) VALUES"
                    " ('7317100101900001', 'A', 1, '1990-01-01', 1, 1, 1), ('7317104101900002', 'B', 2, '1990-01-01', 1, 1, 1),"
                    " ('7317100101900003', 'C', 1, NULL, 2, 1, 1), ('0317100101900004', 'D', 1, '1990-01-01', 2, 1, 1),"
                    " ('7317100101900005', 'E', 1, '1990-01-01', 3, 1, 2)"); /* dead, and alone in his family */
    sql_in(village, "INSERT INTO ?.letter (type_id, state, resident_id, inputs, made_by, made_at, issued_at, voided_at)"
                    " SELECT 1, 1, 1, '{}', 1, NOW(6), i.at, i.void FROM"
                    " (SELECT NOW(6) AS at, NULL AS void UNION ALL SELECT NOW(6), NOW(6) UNION ALL SELECT NOW(6) - INTERVAL 2 MONTH, NULL "
                    "UNION ALL SELECT NULL, NULL) i");
    /* Last month's book, closed in the evening of UTC's 10th: in the village it is the 11th. */
    sql_in(village, "INSERT INTO ?.book_copy (book, period, made_by, made_name, made_at) SELECT 'b3',"
                    " DATE_FORMAT(NOW() + INTERVAL 8 HOUR - INTERVAL 1 MONTH, '%Y-%m'), 1, 'A', '2026-03-10 23:30:00'");
    rollups_are_fresh(start(SOON_MS)); /* nobody asked but the clock */
    assert_true(is_in(
        control, "SELECT CONCAT_WS(' ', residents_m, residents_f, families, complete_pct) FROM ?.rollup WHERE village_code = '" SAMPANO "'",
        "3 1 2 50"));
    assert_true(is_in(control,
                      "SELECT CONCAT_WS(' ', letters_month, letters_total, queue_dead, letters_of = DATE_FORMAT(NOW() + INTERVAL 8 HOUR, "
                      "'%Y-%m'), size_bytes > 100000) FROM ?.rollup WHERE village_code = '" SAMPANO "'",
                      "1 2 0 1 1"));
    assert_true(is_in(control, "SELECT CONCAT_WS(' ', residents_m, families) FROM ?.rollup WHERE village_code = '" TOLONG "'", "0 0"));
    /* A year: people, letters, births, the book; of before the village had people none is owed. */
    assert_true(is_in(control, "SELECT SUBSTRING_INDEX(trend, ';', -2) FROM ?.rollup WHERE village_code = '" SAMPANO "'", "4,1,0,-;"));
    assert_true(is_in(
        control,
        "SELECT SUBSTRING_INDEX(SUBSTRING_INDEX(trend, ';', -3), ';', 1) LIKE '%,2026-03-11' FROM ?.rollup WHERE village_code = '" SAMPANO
        "'",
        "1"));
    assert_true(is_in(control,
                      "SELECT SUBSTRING_INDEX(SUBSTRING_INDEX(trend, ';', -4), ';', 1) FROM ?.rollup WHERE village_code = '" SAMPANO "'",
                      "4,1,0,x"));
    assert_true(is_in(control, "SELECT trend = REPEAT('0,0,0,x;', 12) FROM ?.rollup WHERE village_code = '" TOLONG "'", "1"));

    /* Later ones win; what control has of a later version is not overwritten. */
    version = sql_text("SELECT version FROM ?.rollup WHERE village_code = '" SAMPANO "'", control);
    assert_true(str_to_u64(version, &before));
    sql_in(village, "UPDATE ?.resident SET basic_status = 3 WHERE name = 'B'");
    quiet(SAMPANO);
    put(SAMPANO, 2, 0);
    rollups_are_fresh(start(SOON_MS));
    assert_true(str_to_u64(sql_text("SELECT version FROM ?.rollup WHERE village_code = '" SAMPANO "'", control), &after));
    assert_true(after > before);
    assert_true(is_in(control, "SELECT residents_f FROM ?.rollup WHERE village_code = '" SAMPANO "'", "0"));
    sql_in(control, "UPDATE ?.rollup SET version = 9000000000000000000, residents_f = 77 WHERE village_code = '" SAMPANO "'");
    put(SAMPANO, 2, 0);
    rollups_are_fresh(start(SOON_MS));
    assert_true(is_in(control, "SELECT residents_f FROM ?.rollup WHERE village_code = '" SAMPANO "'", "77"));
    sql_in(control, "UPDATE ?.rollup SET version = 1, computed_at = NOW(6) - INTERVAL 61 MINUTE"); /* an hour later */
    lanes = start(SOON_MS);
    until(control, "SELECT COUNT(*) FROM ?.rollup WHERE computed_at < NOW(6) - INTERVAL 1 MINUTE", "0");
    rollups_are_fresh(lanes);
}

static void the_clock_asks_for_figures_and_later_ones_win(void **state)
{
    (void)state;
    in_fiber(figures_fiber, NULL);
}

static void epoch_fiber(void *arg)
{
    struct str control = pf.config.control_schema;
    struct lanes *lanes = start(SOON_MS);

    (void)arg;
    sql_in(village_schema(SAMPANO), "UPDATE ?.epoch SET value = 41 WHERE name = 'page'");
    sql_in(control, "UPDATE ?.change_counter SET value = 10 WHERE name = 'page'");
    put(SAMPANO, 3, 0);
    until(control, "SELECT page_epoch FROM ?.village WHERE code = '" SAMPANO "'", "41");
    until(control, "SELECT value FROM ?.change_counter WHERE name = 'page'", "11");
    sql_in(village_schema(SAMPANO), "UPDATE ?.epoch SET value = 40 WHERE name = 'page'");
    put(SAMPANO, 3, 0);
    until(village_schema(SAMPANO), "SELECT COUNT(*) FROM ?.outbox WHERE state <> 3", "0");
    assert_true(is_in(control, "SELECT page_epoch FROM ?.village WHERE code = '" SAMPANO "'", "41"));
    assert_true(is_in(control, "SELECT value FROM ?.change_counter WHERE name = 'page'", "11"));
    lanes_drain(lanes, 10000);
}

static void the_page_epoch_is_spread_and_never_goes_back(void **state)
{
    (void)state;
    in_fiber(epoch_fiber, NULL);
}

static void fair_fiber(void *arg)
{
    struct str busy = village_schema(SAMPANO), other = village_schema(TOLONG);
    struct str done;
    struct lanes *lanes;
    uint64_t waited;

    (void)arg;
    quiet(SAMPANO);
    quiet(TOLONG);
    sql_in(busy, "INSERT INTO ?.outbox (kind, subject, payload) SELECT 3, seq, '{}' FROM seq_1_to_200");
    put(TOLONG, 3, 0);
    lanes = start(SOON_MS);
    until(busy, "SELECT COUNT(*) FROM ?.outbox WHERE state <> 3", "0");
    until(other, "SELECT COUNT(*) FROM ?.outbox WHERE state <> 3", "0");
    lanes_drain(lanes, 10000);
    done = str_fmt(pf.arena, "SELECT COUNT(*) FROM ?.outbox o WHERE o.done_at < '%.*s'",
                   STR_ARG(sql_text("SELECT MIN(done_at) FROM ?.outbox", other)));
    assert_true(str_to_u64(sql_text(str_z(pf.arena, done), busy), &waited));
    assert_true(waited < 50); /* the sweep that found it is the greater part of it */
    assert_true(is_in(busy, "SELECT COUNT(*) FROM ?.outbox WHERE attempt <> 1", "0"));
}

static void a_thousand_jobs_of_one_do_not_delay_the_other(void **state)
{
    (void)state;
    in_fiber(fair_fiber, NULL);
}

static void dead_fiber(void *arg)
{
    struct str village = village_schema(SAMPANO);
    struct lanes *lanes = start(SOON_MS);

    (void)arg;
    quiet(SAMPANO);
    put(SAMPANO, 1, 999999); /* no such letter */
    put(SAMPANO, 99, 0);     /* no such kind */
    put(SAMPANO, 3, 0);
    until(village, "SELECT GROUP_CONCAT(state ORDER BY id) FROM ?.outbox", "4,4,3");
    assert_true(str_find(sql_text("SELECT why FROM ?.outbox WHERE kind = 1", village), STR("NOT_FOUND")) >= 0);
    lanes_drain(lanes, 10000);
    quiet(SAMPANO);
}

static void work_that_cannot_succeed_is_buried_with_its_reason(void **state)
{
    (void)state;
    in_fiber(dead_fiber, NULL);
}

static void reclaim_fiber(void *arg)
{
    struct lanes *lanes;

    (void)arg;
    quiet(SAMPANO);
    sql_in(village_schema(SAMPANO),
           "INSERT INTO ?.outbox (kind, subject, payload, state, attempt, owner, due_at) VALUES"
           " (3, 1, '{}', 2, 1, 'test/1', NOW(6) + INTERVAL 1 HOUR), (3, 2, '{}', 2, 1, 'another', NOW(6) + INTERVAL 1 HOUR)");
    sql_in(pf.config.control_schema, "INSERT INTO ?.outbox (kind, subject, payload, state, attempt, owner, due_at) VALUES"
                                     " (1, 7317102003, '{}', 2, 1, 'test/1', NOW(6) + INTERVAL 1 HOUR)");
    lanes = start(SOON_MS);
    until(village_schema(SAMPANO), "SELECT GROUP_CONCAT(state ORDER BY id) FROM ?.outbox", "3,2");
    until(pf.config.control_schema, "SELECT GROUP_CONCAT(state) FROM ?.outbox",
          "3"); /* the village is ready: provisioning it again is nothing */
    lanes_drain(lanes, 10000);
    quiet(SAMPANO);
}

static void a_worker_that_starts_again_takes_its_own_leases_back(void **state)
{
    (void)state;
    in_fiber(reclaim_fiber, NULL);
}

static void wake_fiber(void *arg)
{
    struct str village = village_schema(SAMPANO);
    struct lanes *lanes;
    struct err err;

    (void)arg;
    quiet(SAMPANO);
    lanes = start(NO_SWEEP_MS);
    OK(fiber_sleep_ms(1, &err)); /* the first sweep is under way; what it misses only a message can tell */
    put(SAMPANO, 3, 5);
    lanes_wake(lanes, STR("not a code"));
    lanes_wake(lanes, STR("7317999999")); /* unknown: a sweep, no more */
    lanes_wake(lanes, STR(SAMPANO));
    until(village, "SELECT GROUP_CONCAT(state) FROM ?.outbox", "3");
    sql_in(pf.config.control_schema, "UPDATE ?.village SET state = 'suspended' WHERE code = '" SAMPANO "'");
    sql_in(pf.config.control_schema, "UPDATE ?.change_counter SET value = value + 1 WHERE name = 'directory'");
    OK(directory_refresh(pf.directory, store_control(rig.store, pf.arena), true, &err));
    put(SAMPANO, 3, 6);
    lanes_wake(lanes, STR(SAMPANO));
    put(TOLONG, 3, 6);
    lanes_wake(lanes, STR(TOLONG));
    until(village_schema(TOLONG), "SELECT state FROM ?.outbox WHERE subject = 6", "3");
    lanes_drain(lanes, 10000); /* every lane has ended: nobody is at Sampano's any more */
    assert_true(is_in(village, "SELECT state FROM ?.outbox WHERE subject = 6", "1"));
    sql_in(pf.config.control_schema, "UPDATE ?.village SET state = 'active' WHERE code = '" SAMPANO "'");
    OK(directory_refresh(pf.directory, store_control(rig.store, pf.arena), true, &err));
}

static void a_message_wakes_and_a_suspended_village_waits(void **state)
{
    (void)state;
    in_fiber(wake_fiber, NULL);
}

/* Somebody outside who answers when told. */
static struct {
    struct wait_list asked;
    size_t n, answered;
} outside;

static enum rc ask_outside(const struct job *job, struct err *err)
{
    (void)job;
    outside.n++;
    TRY(fiber_park(&outside.asked, 0, err));
    outside.answered++;
    return RC_OK;
}

enum { ASK_OUTSIDE = 250, MANY = 12 };

static void apart_fiber(void *arg)
{
    static const struct job_row rows[] = {{ASK_OUTSIDE, 60, "ASK_OUTSIDE", "Bertanya", ask_outside, .together = JOB_APART}, {0}};
    static const struct feature asking = {.name = "asking", .jobs = rows};
    static const struct feature *const list[] = {&asking, &jobs_feature, NULL};
    const struct feature *const *before = rig.setup.house.features;
    struct str village = village_schema(SAMPANO);
    struct lanes *lanes;
    struct err err;

    (void)arg;
    quiet(SAMPANO);
    rig.setup.house.features = list;
    for (unsigned i = 0; i < MANY; i++)
        put(SAMPANO, ASK_OUTSIDE, i);
    put(SAMPANO, 3, 0);
    lanes = start(SOON_MS);
    while (outside.n < MANY) /* more than there are lanes */
        OK(fiber_sleep_ms(1, &err));
    until(village, "SELECT state FROM ?.outbox WHERE kind = 3", "3");
    until(village, "SELECT COUNT(*) FROM ?.outbox WHERE kind = 250 AND state = 2", "12");
    for (size_t i = 1; i < MANY; i++)
        fiber_wake_one(&outside.asked);
    until(village, "SELECT COUNT(*) FROM ?.outbox WHERE kind = 250 AND state = 3", "11");
    lanes_drain(lanes, 1); /* who still waits is cut off, and begins again with the next worker */
    assert_int_equal(outside.answered, MANY - 1);
    assert_true(is_in(village, "SELECT COUNT(*) FROM ?.outbox WHERE state = 2", "1"));
    rig.setup.house.features = before;
    quiet(SAMPANO);
}

static void who_waits_for_somebody_outside_holds_no_lane(void **state)
{
    (void)state;
    in_fiber(apart_fiber, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_clock_asks_for_figures_and_later_ones_win),
        cmocka_unit_test(the_page_epoch_is_spread_and_never_goes_back),
        cmocka_unit_test(a_thousand_jobs_of_one_do_not_delay_the_other),
        cmocka_unit_test(work_that_cannot_succeed_is_buried_with_its_reason),
        cmocka_unit_test(a_worker_that_starts_again_takes_its_own_leases_back),
        cmocka_unit_test(a_message_wakes_and_a_suspended_village_waits),
        cmocka_unit_test(who_waits_for_somebody_outside_holds_no_lane),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
