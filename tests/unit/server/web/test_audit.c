// SPDX-License-Identifier: AGPL-3.0-or-later
/* The audit chain shows an edit, a cut and a reordering. */
#include "tests/unit/server/web/rig.h"

#include "server/web/audit.h"
#include "server/web/village.h"

static struct rig *rig;

static struct village_db *open_db(void)
{
    struct village_db *db;
    struct err err;

    OK(directory_open(rig->directory, rig->store, rig->arena, STR("7317102003"), &db, &err));
    return db;
}

static enum rc put_body(struct txn *txn, void *ctx, struct err *err)
{
    struct audit row = {.at = INT64_C(1795500000123456),
                        .actor = 2,
                        .actor_name = STR("Andi Tenri"),
                        .action = STR("letter.issue"),
                        .subject = STR("letter:218"),
                        .detail = *(struct str *)ctx};
    return audit_put(txn, &row, err);
}

static void put_fiber(void *arg)
{
    struct err err;
    (void)arg;
    for (int i = 0; i < 5; i++) {
        struct str detail = str_fmt(rig->arena, "{\"nomor\":%d}", i);
        OK(txn_run(open_db(), put_body, &detail, &err));
    }
}

static uint64_t broken_at;

static void verify_fiber(void *arg)
{
    struct err err;
    (void)arg;
    OK(audit_verify(open_db(), &broken_at, &err));
}

static uint64_t verify(void)
{
    loop_run_fiber(rig->loop, verify_fiber, NULL);
    return broken_at;
}

/* The administrator may do what the triggers refuse to everyone else: take them away first. */
static void tamper(const char *statement)
{
    rig_sql(rig, 0, "DROP TRIGGER IF EXISTS audit_no_update; DROP TRIGGER IF EXISTS audit_no_delete;");
    rig_sql(rig, 0, statement);
}

static void begin_chain(void)
{
    tamper("DELETE FROM audit; UPDATE audit_head SET last_id = 0, hash = REPEAT(CHAR(0), 32);");
    loop_run_fiber(rig->loop, put_fiber, NULL);
}

static void a_whole_chain_is_whole(void **state)
{
    (void)state;
    loop_run_fiber(rig->loop, put_fiber, NULL);
    assert_int_equal(verify(), 0);
    assert_true(str_is(rig_column(rig, 0, "SELECT id FROM audit ORDER BY id"), "1,2,3,4,5"));
}

static void an_edit_a_cut_and_a_reordering_show(void **state)
{
    (void)state;
    begin_chain();
    tamper("UPDATE audit SET detail = '{\"nomor\":9}' WHERE id = 3");
    assert_int_equal(verify(), 3);
    begin_chain();
    tamper("UPDATE audit SET at = at + INTERVAL 1 MICROSECOND WHERE id = 2");
    assert_int_equal(verify(), 2);
    begin_chain();
    tamper("DELETE FROM audit WHERE id = 2");
    assert_int_equal(verify(), 3);
    begin_chain();
    tamper("DELETE FROM audit WHERE id >= 4");
    assert_int_equal(verify(), 4);
    begin_chain();
    tamper("UPDATE audit SET id = 99 WHERE id = 2; UPDATE audit SET id = 2 WHERE id = 3; UPDATE audit SET id = 3 WHERE id = 99;");
    assert_int_equal(verify(), 2);
    begin_chain();
    assert_int_equal(verify(), 0);
}

static struct err refused;

static void long_fiber(void *arg)
{
    struct buf detail = {.arena = rig->arena};
    struct str text;
    (void)arg;

    while (detail.n < 20000)
        buf_put_str(&detail, STR("0123456789"));
    text = buf_str(&detail);
    assert_int_equal(txn_run(open_db(), put_body, &text, &refused), RC_FAULT);
}

static void what_a_column_would_cut_is_refused(void **state)
{
    (void)state;
    begin_chain();
    loop_run_fiber(rig->loop, long_fiber, NULL);
    assert_int_equal(verify(), 0);
}

static int begin(void **state)
{
    (void)state;
    rig = rig_new("audit", NULL);
    return 0;
}

static int end(void **state)
{
    (void)state;
    rig_free(&rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_chain_is_whole),
        cmocka_unit_test(an_edit_a_cut_and_a_reordering_show),
        cmocka_unit_test(what_a_column_would_cut_is_refused),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
