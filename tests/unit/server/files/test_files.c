// SPDX-License-Identifier: AGPL-3.0-or-later
/* Files: kept by their uses, deleted by one sweep, and never lost between its read and its deletion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "server/files/files.h"
#include "server/files/files_sql.h"
#include "server/loop/loop.h"
#include "server/store/admin.h"
#include "server/store/store_handles.h"
#include "tests/unit/migrations.h"

/* Every call here has an `err` in sight. */
#define OK(call)                                             \
    do {                                                     \
        enum rc rc_ = (call);                                \
        if (rc_ != RC_OK) {                                  \
            print_error("%s: %s\n", rc_name(rc_), err.text); \
            _fail(__FILE__, __LINE__);                       \
        }                                                    \
    } while (0)

static const struct file_slot scan = {.word = "scan", .most_bytes = 3 * MIB, .takes = FILE_PDF};
static const struct file_slot other = {.word = "other", .most_bytes = 3 * MIB, .takes = FILE_IMAGES};
static const struct file_slot large = {.word = "large", .most_bytes = 20 * MIB};

static struct {
    struct arena *arena;
    struct admin_db *admin;
    struct loop *loop;
    struct store *store;
    struct store_account village;
    struct str name;
} rig;

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
    rig.loop = loop_new();
    rig.name = str_fmt(rig.arena, "files_%ld", (long)getpid());
    rig.village = (struct store_account){STR("7317102003"), rig.name, rig.name, STR("secret")};
    OK(admin_open(rig.arena, str_c(socket), STR("root"), STR(""), &rig.admin, &err));
    rig.store = store_new(rig.loop, &(struct store_config){.socket = str_c(socket),
                                                           .control_user = STR("root"),
                                                           .control_password = STR(""),
                                                           .control_schema = STR("none"),
                                                           .connections = 8,
                                                           .village_connections = 3,
                                                           .prepared = 50,
                                                           .idle_close_ms = 60000});
    const struct admin_value schema[] = {ADMIN_ID(rig.name), ADMIN_ID(rig.name)};
    const struct admin_value user[] = {ADMIN_ID(rig.name), ADMIN_TEXT(STR("secret"))};

    OK(admin_run(rig.admin, "CREATE DATABASE ?", schema, 1, &err));
    OK(admin_script(rig.admin, rig.name, migrations_script(rig.arena, "village"), &err));
    OK(admin_run(rig.admin, "CREATE OR REPLACE USER ?@'localhost' IDENTIFIED BY ?", user, 2, &err));
    OK(admin_run(rig.admin, "GRANT SELECT, INSERT, UPDATE, DELETE ON ?.* TO ?@'localhost'", schema, 2, &err));
    return 0;
}

static int tear_down(void **state)
{
    const struct admin_value schema[] = {ADMIN_ID(rig.name)};
    struct err err;

    (void)state;
    if (rig.admin == NULL)
        return 0;
    store_free(&rig.store);
    loop_free(&rig.loop);
    OK(admin_run(rig.admin, "DROP DATABASE IF EXISTS ?", schema, 1, &err));
    OK(admin_run(rig.admin, "DROP USER IF EXISTS ?@'localhost'", schema, 1, &err));
    admin_close(&rig.admin);
    arena_free(&rig.arena);
    return 0;
}

/* ---- the rig's words ---- */

static void root(const char *statement)
{
    const struct admin_value schema[] = {ADMIN_ID(rig.name)};
    struct err err;

    if (admin_run(rig.admin, statement, schema, 1, &err) != RC_OK) {
        print_error("%s: %s\n", statement, err.text);
        _fail(__FILE__, __LINE__);
    }
}

static uint64_t number(const char *statement)
{
    const struct admin_value schema[] = {ADMIN_ID(rig.name)};
    struct str_list rows;
    struct err err;
    uint64_t n = 0;

    OK(admin_column(rig.admin, statement, schema, 1, &rows, &err));
    assert_true(rows.n == 1 && str_to_u64(rows.p[0], &n));
    return n;
}

static struct village_db *village(void)
{
    return store_village(rig.store, rig.arena, &rig.village);
}

static uint64_t store(const struct file_slot *slot, const char *bytes)
{
    struct err err;
    uint64_t id;

    OK(file_store(village(), slot, STR("application/pdf"), str_c(bytes), &id, &err));
    return id;
}

struct use {
    uint64_t file_id;
    const char *owner;
    uint64_t owner_id;
    enum rc rc;
};

static enum rc hold_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct use *use = ctx;

    return file_hold(txn, use->file_id, use->owner, use->owner_id, "", err);
}

static enum rc hold(uint64_t file_id, const char *owner, uint64_t owner_id)
{
    struct use use = {.file_id = file_id, .owner = owner, .owner_id = owner_id};
    struct err err = {0};

    return txn_run(village(), hold_body, &use, &err);
}

#define HOLD(...) assert_int_equal(hold(__VA_ARGS__), RC_OK)

static enum rc release_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct use *use = ctx;

    return file_release(txn, use->owner, use->owner_id, "", err);
}

static void release(const char *owner, uint64_t owner_id)
{
    struct use use = {.owner = owner, .owner_id = owner_id};
    struct err err;

    OK(txn_run(village(), release_body, &use, &err));
}

static void tidy(void)
{
    struct err err;

    OK(files_tidy(village(), clock_utc(), &err));
}

static bool is_there(uint64_t id)
{
    struct str bytes;
    struct err err;
    enum rc rc = file_load(village(), id, &bytes, &err);

    assert_true(rc == RC_OK || rc == RC_NOT_FOUND);
    return rc == RC_OK;
}

static void two_hours_pass(void)
{
    root("UPDATE ?.file SET touched_at = touched_at - INTERVAL 2 HOUR, made_at = made_at - INTERVAL 2 HOUR");
}

static void run(void (*fn)(void *))
{
    root("DELETE FROM ?.file_use");
    root("DELETE FROM ?.file");
    loop_run_fiber(rig.loop, fn, NULL);
}

/* ---- tests ---- */

static void same_bytes(void *arg)
{
    (void)arg;
    uint64_t id = store(&scan, "%PDF-1");

    assert_int_equal(store(&other, "%PDF-1"), id);
    assert_int_not_equal(store(&scan, "%PDF-2"), id);
    assert_true(is_there(id));
    struct err err;
    uint64_t too_large;
    struct buf bytes = {.arena = rig.arena};

    for (size_t i = 0; i <= 3 * MIB; i++)
        buf_put_char(&bytes, 'x');
    assert_int_equal(file_store(village(), &scan, STR("application/pdf"), buf_str(&bytes), &too_large, &err), RC_TOO_LARGE);
}

static void the_same_bytes_are_stored_once_wherever_they_are_used(void **state)
{
    (void)state;
    run(same_bytes);
}

static void in_transactions(void *arg)
{
    (void)arg;
    struct buf bytes = {.arena = rig.arena};
    struct str loaded;
    struct err err;
    uint64_t id;

    while (bytes.n < 19 * MIB + 5)
        buf_put_str(&bytes, STR("a large book, row after row; "));
    OK(file_store(village(), &large, STR("text/csv"), buf_str(&bytes), &id, &err));
    OK(file_load(village(), id, &loaded, &err));
    assert_true(str_eq(loaded, buf_str(&bytes)));
}

static void a_large_file_is_written_in_several_transactions(void **state)
{
    (void)state;
    run(in_transactions);
}

static void without_use(void *arg)
{
    (void)arg;
    uint64_t id = store(&scan, "%PDF-1");

    tidy();
    assert_true(is_there(id));
    two_hours_pass();
    tidy();
    assert_false(is_there(id));
    assert_int_equal(number("SELECT COUNT(*) FROM ?.file_part"), 0);
    assert_int_equal(hold(id, "letter", 1), RC_NOT_FOUND);
}

static void a_file_without_use_is_kept_for_an_hour(void **state)
{
    (void)state;
    run(without_use);
}

/* It was: stored again within the hour before the sweep, the file went all the same, and the act that came after referred to nothing. */
static void found_again(void *arg)
{
    (void)arg;
    uint64_t id = store(&scan, "%PDF-1");

    two_hours_pass();
    assert_int_equal(store(&scan, "%PDF-1"), id);
    tidy();
    assert_true(is_there(id));
    HOLD(id, "letter", 1);
}

static void a_file_that_is_found_again_has_its_hour_anew(void **state)
{
    (void)state;
    run(found_again);
}

/* It was: the sweep knew who may use a file of each kind, and deleted a photo that another room had found by its bytes. */
static void used_elsewhere(void *arg)
{
    (void)arg;
    uint64_t id = store(&other, "%PDF-1");

    HOLD(id, "resident", 1);
    HOLD(id, "village", 1);
    HOLD(id, "village", 1);
    release("resident", 1);
    two_hours_pass();
    tidy();
    assert_true(is_there(id));
    release("village", 1);
    tidy();
    assert_false(is_there(id));
}

static void a_file_is_kept_as_long_as_anybody_uses_it(void **state)
{
    (void)state;
    run(used_elsewhere);
}

static void released(void *arg)
{
    (void)arg;
    uint64_t gone = store(&scan, "%PDF-1"), anew = store(&scan, "%PDF-2");

    HOLD(gone, "resident", 1);
    HOLD(anew, "resident", 2);
    assert_int_equal(store(&scan, "%PDF-2"), anew); /* by somebody whose act is on its way */
    release("resident", 1);
    release("resident", 2);
    tidy();
    assert_false(is_there(gone)); /* at once: what a camera wrote is not kept for an hour */
    assert_true(is_there(anew));
    HOLD(anew, "resident", 3);
}

static void what_is_released_goes_at_once_unless_it_was_stored_anew(void **state)
{
    (void)state;
    run(released);
}

static void between_read_and_deletion(void *arg)
{
    (void)arg;
    struct village_db *db = village();
    uint64_t id = store(&scan, "%PDF-1"), deleted;
    utc_us before = clock_utc() - 3600 * US_PER_S;
    struct file_unused_rows unused;
    struct err err;

    two_hours_pass();
    OK(sql_files_unused(db, before, 10, &unused, &err));
    assert_int_equal(unused.n, 1);
    assert_int_equal(store(&scan, "%PDF-1"), id);
    OK(sql_file_drop(db, id, before, &deleted, &err));
    assert_int_equal(deleted, 0);

    two_hours_pass();
    OK(sql_files_unused(db, before, 10, &unused, &err));
    assert_int_equal(unused.n, 1);
    HOLD(id, "letter", 1);
    OK(sql_file_drop(db, id, before, &deleted, &err));
    assert_int_equal(deleted, 0);
    assert_true(is_there(id));
}

static void a_put_or_a_hold_between_the_sweeps_read_and_its_deletion_keeps_the_file(void **state)
{
    (void)state;
    run(between_read_and_deletion);
}

/* The other order: the deletion has the row, and the same bytes are stored before it is committed. */
struct storing {
    struct wait_list done;
    uint64_t id;
};

static void store_meanwhile(void *arg)
{
    struct storing *s = arg;

    s->id = store(&scan, "%PDF-1");
    fiber_wake_all(&s->done);
}

struct dropping {
    uint64_t id;
    struct storing *storing;
};

static enum rc drop_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct dropping *d = ctx;
    uint64_t deleted;

    TRY(sql_file_drop(in_txn(txn), d->id, clock_utc() - 3600 * US_PER_S, &deleted, err));
    assert_int_equal(deleted, 1);
    fiber_spawn(rig.loop, store_meanwhile, d->storing);
    while (number("SELECT COUNT(*) FROM information_schema.innodb_lock_waits w JOIN information_schema.innodb_trx t"
                  " ON t.trx_id = w.requesting_trx_id WHERE t.trx_query LIKE 'INSERT INTO file %' OR 0 = (SELECT COUNT(*) + 1 FROM "
                  "?.schema_step)") == 0)
        TRY(fiber_sleep_ms(150, err)); /* asked more often, the server answers from its memory */
    return RC_OK;
}

static void during_the_deletion(void *arg)
{
    (void)arg;
    struct storing s = {.id = 0};
    struct dropping d = {.id = store(&scan, "%PDF-1"), .storing = &s};
    struct err err;

    two_hours_pass();
    OK(txn_run(village(), drop_body, &d, &err));
    while (s.id == 0)
        OK(fiber_park(&s.done, clock_mono_ms() + 10000, &err));
    assert_int_not_equal(s.id, d.id);
    assert_true(is_there(s.id));
    HOLD(s.id, "letter", 1);
}

static void the_same_bytes_stored_while_they_are_deleted_are_there_afterwards(void **state)
{
    (void)state;
    run(during_the_deletion);
}

static void by_foreign_key(void *arg)
{
    (void)arg;
    const struct admin_value schema[] = {ADMIN_ID(rig.name)};
    struct err err;

    HOLD(store(&scan, "%PDF-1"), "letter", 1);
    assert_int_not_equal(admin_run(rig.admin, "DELETE FROM ?.file", schema, 1, &err), RC_OK);
}

static void nobody_deletes_a_file_that_is_used(void **state)
{
    (void)state;
    run(by_foreign_key);
}

/* ---- the quota ---- */

static const utc_us hour_us = 3600 * US_PER_S;
static const utc_us ten_o_clock = INT64_C(1764320400) * US_PER_S; /* the first second of an hour */

static struct file_quota take(utc_us now, uint64_t bytes)
{
    struct file_quota quota;
    struct err err;

    OK(file_quota_take(village(), now, bytes, &quota, &err));
    return quota;
}

static void an_hour_of_uploads(void *arg)
{
    (void)arg;
    for (int i = 0; i < FILE_QUOTA_UPLOADS; i++)
        assert_int_equal(take(ten_o_clock + i * US_PER_S, 1).again_at, 0);
    struct file_quota full = take(ten_o_clock + hour_us - 1, 1);
    assert_true(full.again_at == ten_o_clock + hour_us);
    assert_false(full.is_of_bytes);
    assert_int_equal(number("SELECT SUM(uploads) FROM ?.file_hour"), FILE_QUOTA_UPLOADS); /* what is refused is not counted */
    assert_int_equal(take(full.again_at, 1).again_at, 0);
}

static void an_hours_uploads_are_bounded(void **state)
{
    (void)state;
    root("DELETE FROM ?.file_hour");
    run(an_hour_of_uploads);
}

static void a_day_of_bytes(void *arg)
{
    (void)arg;
    assert_int_equal(take(ten_o_clock, 50 * MIB).again_at, 0);
    assert_int_equal(take(ten_o_clock + 3 * hour_us, 150 * MIB).again_at, 0); /* all of it */
    struct file_quota little = take(ten_o_clock + 4 * hour_us, 1), much = take(ten_o_clock + 4 * hour_us, 51 * MIB);
    assert_true(little.is_of_bytes && little.bytes == FILE_QUOTA_BYTES);
    assert_true(little.again_at == ten_o_clock + 24 * hour_us);
    assert_true(much.again_at == ten_o_clock + 27 * hour_us);
    assert_int_equal(take(much.again_at, 51 * MIB).again_at, 0); /* what was promised holds */
    struct err err;
    OK(files_tidy(village(), ten_o_clock + 28 * hour_us, &err));
    assert_int_equal(number("SELECT COUNT(*) FROM ?.file_hour"), 1);
}

static void a_days_bytes_are_bounded(void **state)
{
    (void)state;
    root("DELETE FROM ?.file_hour");
    run(a_day_of_bytes);
}

static void types_are_told_by_the_bytes(void **state)
{
    (void)state;
#define BODY "%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n"
    static const char *const cut[] = {
        "%PDF-", "%PDF-1.7 x", BODY, BODY "startxref\n%%EOF", BODY "startxref\n40\n", BODY "startxref\n9999\n%%EOF"};

    assert_true(str_is(file_type_of(&scan, STR(BODY "startxref\n40\n%%EOF\n")), "application/pdf"));
    assert_true(str_is(file_type_of(&scan, STR(BODY "startxref\n9999\n%%EOF\nstartxref\r\n40\r\n%%EOF")), "application/pdf"));
    assert_null(file_type_of(&other, STR(BODY "startxref\n40\n%%EOF\n")).p);
    for (size_t i = 0; i < COUNT_OF(cut); i++)
        assert_null(file_type_of(&scan, str_c(cut[i])).p);
    assert_null(file_type_of(&scan, STR("<html>")).p);
    assert_string_equal(file_ending(STR("image/png")), "png");
    assert_string_equal(file_ending(STR("text/html")), "bin");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_bytes_are_stored_once_wherever_they_are_used),
        cmocka_unit_test(a_large_file_is_written_in_several_transactions),
        cmocka_unit_test(a_file_without_use_is_kept_for_an_hour),
        cmocka_unit_test(a_file_that_is_found_again_has_its_hour_anew),
        cmocka_unit_test(a_file_is_kept_as_long_as_anybody_uses_it),
        cmocka_unit_test(what_is_released_goes_at_once_unless_it_was_stored_anew),
        cmocka_unit_test(a_put_or_a_hold_between_the_sweeps_read_and_its_deletion_keeps_the_file),
        cmocka_unit_test(the_same_bytes_stored_while_they_are_deleted_are_there_afterwards),
        cmocka_unit_test(nobody_deletes_a_file_that_is_used),
        cmocka_unit_test(an_hours_uploads_are_bounded),
        cmocka_unit_test(a_days_bytes_are_bounded),
        cmocka_unit_test(types_are_told_by_the_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
