// SPDX-License-Identifier: AGPL-3.0-or-later
/* The import over a real database: dry run, commit, the same again, a registry that changed meanwhile; bulk writing. */
#include <unistd.h>

#include "server/loop/loop.h"
#include "server/store/admin.h"
#include "server/store/store_handles.h"
#include "server/files/files.h"
#include "tenants/village/import/import.h"
#include "tenants/village/import/import_sql.h"
#include "tenants/village/residents/registry_store.h"
#include "tests/unit/migrations.h"
#include "tests/unit/tenants/village/import/import_books.h"

#define NOW (INT64_C(1795478400) * US_PER_S)

static struct {
    struct arena *arena;
    struct admin_db *admin;
    struct loop *loop;
    struct store *store;
    struct store_account village;
    struct str name;              /* of schema and account */
    struct import_memory *memory; /* of the test */
} rig;

#define EXPECT(wanted, call)                                                                                      \
    do {                                                                                                          \
        enum rc got_ = (call);                                                                                    \
        if (got_ != (wanted)) {                                                                                   \
            print_error("%s:%d: %s, not %s: %s\n", __FILE__, __LINE__, rc_name(got_), rc_name(wanted), err.text); \
            _fail(__FILE__, __LINE__);                                                                            \
        }                                                                                                         \
    } while (0)
#define OK(call) EXPECT(RC_OK, call)

static void make_village(void)
{
    const struct admin_value schema[] = {ADMIN_ID(rig.name)};
    const struct admin_value both[] = {ADMIN_ID(rig.name), ADMIN_ID(rig.name)};
    const struct admin_value user[] = {ADMIN_ID(rig.name), ADMIN_TEXT(STR("secret"))};
    struct err err;

    OK(admin_run(rig.admin, "DROP DATABASE IF EXISTS ?", schema, 1, &err));
    OK(admin_run(rig.admin, "CREATE DATABASE ?", schema, 1, &err));
    OK(admin_script(rig.admin, rig.name, migrations_script(rig.arena, "village"), &err));
    OK(admin_script(rig.admin, rig.name,
                    STR("INSERT INTO identity (id, code, name, district, regency, province) VALUES (1, '7317102003', 'Sampano', "
                        "'Larompong Selatan', 'Luwu', 'Sulawesi Selatan');"),
                    &err));
    OK(admin_run(rig.admin, "CREATE OR REPLACE USER ?@'localhost' IDENTIFIED BY ?", user, 2, &err));
    OK(admin_run(rig.admin, "GRANT SELECT, INSERT, UPDATE, DELETE ON ?.* TO ?@'localhost'", both, 2, &err));
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
    rig.loop = loop_new();
    rig.name = str_fmt(rig.arena, "import_%ld", (long)getpid());
    rig.village = (struct store_account){CODE, rig.name, rig.name, STR("secret")};
    OK(admin_open(rig.arena, str_c(socket), STR("root"), STR(""), &rig.admin, &err));
    rig.store = store_new(rig.loop, &(struct store_config){.socket = str_c(socket),
                                                           .control_user = STR("root"),
                                                           .control_password = STR(""),
                                                           .control_schema = STR("none"),
                                                           .connections = 8,
                                                           .village_connections = 3,
                                                           .prepared = 50,
                                                           .idle_close_ms = 60000});
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

/* Each test runs in a fiber, in a fresh village. */
struct test_run {
    void (*fn)(struct village_db *db);
};

static void in_fiber(void *arg)
{
    const struct test_run *run = arg;
    struct arena *arena = arena_new();

    rig.memory = import_memory_new(arena);
    run->fn(store_village(rig.store, arena, &rig.village));
    arena_free(&arena);
}

static void run(void (*fn)(struct village_db *db))
{
    struct test_run test = {fn};

    make_village();
    loop_run_fiber(rig.loop, in_fiber, &test);
}

static uint64_t number(const char *statement)
{
    struct str_list rows;
    const struct admin_value schema[] = {ADMIN_ID(rig.name)};
    struct err err;
    uint64_t n = 0;

    OK(admin_column(rig.admin, statement, schema, 1, &rows, &err));
    assert_int_equal(rows.n, 1);
    assert_true(str_to_u64(rows.p[0], &n));
    return n;
}

static const char *text(const char *statement)
{
    struct str_list rows;
    const struct admin_value schema[] = {ADMIN_ID(rig.name)};
    struct err err;

    OK(admin_column(rig.admin, statement, schema, 1, &rows, &err));
    assert_int_equal(rows.n, 1);
    return str_z(rig.arena, rows.p[0]);
}

static void change(const char *statement)
{
    const struct admin_value schema[] = {ADMIN_ID(rig.name)};
    struct err err;

    OK(admin_run(rig.admin, statement, schema, 1, &err));
}

static void assert_refused(const char *statement)
{
    const struct admin_value schema[] = {ADMIN_ID(rig.name)};
    struct err err;

    assert_int_not_equal(admin_run(rig.admin, statement, schema, 1, &err), RC_OK);
}

struct upload_ctx {
    uint64_t file_id, batch_id;
    bool accepts;
};

static enum rc upload_body(struct txn *txn, void *ctx, struct err *err)
{
    struct upload_ctx *u = ctx;

    return sql_import_batch_put(txn,
                                &(struct import_batch_put_in){.file_id = u->file_id,
                                                              .filename = STR("penduduk.xlsx"),
                                                              .staff_id = 7,
                                                              .staff_name = STR("Hasnah"),
                                                              .now = NOW,
                                                              .accepts_mismatch = u->accepts},
                                &u->batch_id, err);
}

static uint64_t upload(struct village_db *db, struct str bytes)
{
    struct upload_ctx u = {0};
    struct err err;

    static const struct file_slot slot = {.word = "import", .most_bytes = 16 * MIB};

    OK(file_store(db, &slot, SHEET_XLSX_TYPE, bytes, &u.file_id, &err));
    OK(txn_run(db, upload_body, &u, &err));
    return u.batch_id;
}

static struct import_batch batch_of(struct village_db *db, uint64_t id)
{
    struct import_batch batch;
    struct err err;

    OK(sql_import_batch_get(db, id, &batch, &err));
    return batch;
}

static enum rc confirm_body(struct txn *txn, void *ctx, struct err *err)
{
    return sql_import_batch_confirm(txn, *(uint64_t *)ctx, 8, STR("Rahman"), NULL, err);
}

static struct import_batch check(struct village_db *db, uint64_t id)
{
    struct import_job job = {id, CODE, NOW, TODAY, rig.memory};
    struct err err;

    OK(import_check(db, &job, &err));
    return batch_of(db, id);
}

static struct import_batch commit(struct village_db *db, uint64_t id)
{
    struct import_job job = {id, CODE, NOW, TODAY, rig.memory};
    struct err err;

    OK(txn_run(db, confirm_body, &id, &err));
    OK(import_commit(db, &job, &err));
    return batch_of(db, id);
}

#define HEAD "nik|nama|no_kk|kk_level|sex|dusun|rw|rt|alamat|tempatlahir|tanggallahir|agama_id|tag_id_card|lat\n"
#define BUDI "7317101111570002|BUDI TO'LONG|7317100101010001|1|L|PADANG|1|2|Jl. Poros|PALOPO|@1957-11-11|Islam|04A1B2C3D4E5F6|-3.5\n"
#define SITI "7317105202600001|SITI|7317100101010001|ISTRI|P|PADANG|001|002||SAMPANO|12-02-1960||\n"
#define UDIN "7317100303850001|UDIN|7317100101010002|1|1|LURA|-|-|Jl. Desa|LARONTO|03-03-1985||\n"
#define BAD "123|X1|7317100101010002|4|1|LURA|-|-|Jl. Desa|LARONTO|31-02-1985||\n"

static void assert_batch(const struct import_batch *b, const char *state, uint32_t new, uint32_t changed, uint32_t unchanged,
                         uint32_t refused)
{
    assert_string_equal(str_z(rig.arena, b->state), state);
    assert_int_equal(b->n_new, new);
    assert_int_equal(b->n_changed, changed);
    assert_int_equal(b->n_unchanged, unchanged);
    assert_int_equal(b->n_refused, refused);
}

static void checked_then_committed(struct village_db *db)
{
    struct str bytes = book_of(rig.arena, "Penduduk",
                               HEAD BUDI SITI UDIN BAD "0|BAYI|7317100101010001|4|L|PADANG|1|2||PALOPO|01-11-2026||\n");
    uint64_t id = upload(db, bytes);
    struct import_batch b = check(db, id);

    assert_batch(&b, "checked", 4, 0, 0, 1);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.resident"), 0);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.import_fault"), 3); /* nik, nama, tanggallahir */
    assert_int_equal(
        number("SELECT COUNT(*) FROM ?.import_fault WHERE row_no = 5 AND column_name = 'nik' AND sheet = 'Penduduk' AND value = '123'"), 1);
}

static void test_a_file_is_checked(void **state)
{
    (void)state;
    run(checked_then_committed);
}

static void committed(struct village_db *db)
{
    struct str bytes = book_of(rig.arena, "Penduduk",
                               HEAD BUDI SITI UDIN "0|BAYI|7317100101010001|4|L|PADANG|1|2||PALOPO|01-11-2026||\n123|X||\n");
    uint64_t id = upload(db, bytes);

    check(db, id);
    struct import_batch b = commit(db, id);
    assert_batch(&b, "committed", 4, 0, 0, 1);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.resident"), 4);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.family"), 2);
    assert_int_equal(number("SELECT COUNT(DISTINCT area_id) FROM ?.resident"), 2);
    assert_string_equal(text("SELECT CONCAT(name, '|', birth_date, '|', religion, '|', card_tag, '|', lat, '|', IFNULL(blood, 'NULL')) "
                             "FROM ?.resident WHERE nik = '7317101111570002'"),
                        "BUDI TO'LONG|1957-11-11|1|04A1B2C3D4E5F6|-3.5|NULL");
    assert_string_equal(text("SELECT nik FROM ?.resident WHERE name = 'BAYI'"), "0731710200300001");
    assert_string_equal(text("SELECT last_temporary FROM ?.registry_lock"), "0731710200300001");
    assert_string_equal(text("SELECT GROUP_CONCAT(word ORDER BY word) FROM ?.resident_word"), "bayi,budi,siti,tolong,udin");
    assert_int_equal(number("SELECT version FROM ?.registry_lock"), 2);
    assert_string_equal(
        text("SELECT CONCAT_WS('|', REPLACE(hamlets, '\n', ','), REPLACE(rws, '\n', ','), REPLACE(rts, '\n', ',')) FROM ?.registry_lock"),
        "LURA,PADANG|-,001|-,002");
    assert_int_equal(number("SELECT COUNT(*) FROM ?.audit WHERE action = 'residents.import' AND actor_name = 'Rahman'"), 1);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.outbox WHERE kind = 2"), 1);
    assert_int_equal(number("SELECT value FROM ?.epoch WHERE name = 'page'"), 2);

    /* the job again, as after a lost lease: nothing more */
    struct import_job job = {id, CODE, NOW, TODAY, rig.memory};
    struct err err;
    OK(import_commit(db, &job, &err));
    assert_int_equal(number("SELECT version FROM ?.registry_lock"), 2);

    /* the same file again changes nothing */
    uint64_t again = upload(db, bytes);
    b = check(db, again);
    assert_batch(&b, "checked", 0, 0, 4, 1);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.file"), 1);
}

static void test_a_file_is_committed_and_the_same_again_changes_nothing(void **state)
{
    (void)state;
    run(committed);
    assert_int_equal(number("SELECT COUNT(head_id) FROM ?.family"), 2);
}

static void heads(struct village_db *db)
{
    uint64_t id = upload(db, book_of(rig.arena, "A", HEAD BUDI SITI UDIN));

    check(db, id);
    commit(db, id);
    assert_string_equal(text("SELECT GROUP_CONCAT(head_id = (SELECT 1) ORDER BY id) FROM ?.family"), "1,0");
    change("UPDATE ?.resident SET basic_status = 2 WHERE id = 1"); /* as the event of his death does */
    /* SITI becomes head where BUDI died; UDIN's family changes its address; RT of nobody is emptied */
    id = upload(db, book_of(rig.arena, "B",
                            "nik|nama|no_kk|kk_level|status_dasar|alamat\n7317101111570002||7317100101010001||2|\n"
                            "7317105202600001|SITI AMINAH|7317100101010001|1||\n7317100303850001||7317100101010002|||Jl. Baru\n"));
    struct import_batch b = check(db, id);
    assert_batch(&b, "checked", 0, 2, 1, 0);
    b = commit(db, id);
    assert_batch(&b, "committed", 0, 2, 1, 0);
    assert_string_equal(text("SELECT CONCAT(head_id, ' ', address, ' ', version) FROM ?.family WHERE kk_no = '7317100101010001'"),
                        "2 Jl. Poros 1");
    assert_string_equal(text("SELECT CONCAT(head_id, ' ', address, ' ', version) FROM ?.family WHERE kk_no = '7317100101010002'"),
                        "3 Jl. Baru 2");
    assert_string_equal(text("SELECT GROUP_CONCAT(word ORDER BY word) FROM ?.resident_word WHERE resident_id = 2 AND NOT is_former"),
                        "aminah,siti");
    assert_string_equal(text("SELECT CONCAT(birth_place, ' ', basic_status, ' ', religion, ' ', version) FROM ?.resident WHERE id = 1"),
                        "PALOPO 2 1 1");
    assert_string_equal(text("SELECT CONCAT(a.rw, '/', a.rt) FROM ?.area a WHERE a.hamlet = 'PADANG' AND a.rt <> '-'"), "001/002");

    /* each one's history: made by the first file, then what the second one changed of them, and nothing else */
    assert_int_equal(number("SELECT COUNT(*) FROM ?.history WHERE kind = 'import' AND version = 1 AND changes = '{}' AND staff_id = 8 AND "
                            "staff_name = 'Rahman'"),
                     3);
    assert_string_equal(text("SELECT changes FROM ?.history WHERE owner_id = 2 AND version = 2"),
                        "{\"name\":[\"SITI\",\"SITI AMINAH\"],\"family_role\":[3,1]}");
    assert_string_equal(text("SELECT CONCAT(changes, origin, also_id) FROM ?.history WHERE owner_id = 3 AND version = 2"),
                        "{\"address\":[\"Jl. Desa\",\"Jl. Baru\"]}import:22");
    assert_int_equal(number("SELECT COUNT(*) FROM ?.history"), 5);
    assert_refused("UPDATE ?.history SET reason = 'lain'");
    assert_refused("DELETE FROM ?.history");
}

static void test_known_people_change(void **state)
{
    (void)state;
    run(heads);
}

/* The child that had the first number has a real one now: the next child gets the second. */
static void numbers_are_given_once(struct village_db *db)
{
    uint64_t id = upload(db, book_of(rig.arena, "A", HEAD BUDI "0|BAYI|7317100101010001|4|L|PADANG|1|2||PALOPO|01-11-2026||\n"));

    check(db, id);
    commit(db, id);
    id = upload(db, book_of(rig.arena, "B", HEAD "7317100111260001|BAYI|7317100101010001|4|L|PADANG|1|2||PALOPO|01-11-2026||\n"));
    check(db, id);
    struct import_batch b = commit(db, id);
    assert_batch(&b, "committed", 0, 1, 0, 0);
    assert_string_equal(text("SELECT detail FROM ?.audit WHERE action = 'residents.import' ORDER BY id DESC LIMIT 1"),
                        "{\"new\":0,\"changed\":1,\"unchanged\":0,\"refused\":0,\"joined\":1,\"mismatch_accepted\":false}");
    assert_int_equal(number("SELECT COUNT(*) FROM ?.resident WHERE nik LIKE '0%'"), 0);
    id = upload(db, book_of(rig.arena, "C", HEAD "|ADIK|7317100101010001|4|L|PADANG|1|2||PALOPO|02-11-2026||\n"));
    check(db, id);
    b = commit(db, id);
    assert_batch(&b, "committed", 1, 0, 0, 0);
    assert_string_equal(text("SELECT nik FROM ?.resident WHERE name = 'ADIK'"), "0731710200300002");

    /* a head without a family card gets a number of the same kind */
    id = upload(db, book_of(rig.arena, "D", HEAD "7317100303850001|UDIN||1|1|LURA|-|-|Jl. Desa|LARONTO|03-03-1985||\n"));
    check(db, id);
    b = commit(db, id);
    assert_batch(&b, "committed", 1, 0, 0, 0);
    assert_string_equal(text("SELECT last_temporary_kk FROM ?.registry_lock"), "0731710200300001");
}

static void test_a_temporary_number_is_given_once(void **state)
{
    (void)state;
    run(numbers_are_given_once);
}

static void changed_meanwhile(struct village_db *db)
{
    uint64_t id = upload(db, book_of(rig.arena, "A", HEAD BUDI SITI UDIN));

    check(db, id);
    /* somebody else adds UDIN between the look and the confirmation */
    uint64_t other = upload(db, book_of(rig.arena, "A", HEAD UDIN));
    check(db, other);
    commit(db, other);
    struct import_batch b = commit(db, id);
    assert_batch(&b, "changed", 2, 0, 1, 0);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.resident"), 1);
    b = commit(db, id);
    assert_batch(&b, "committed", 2, 0, 1, 0);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.resident"), 3);
}

static void test_a_registry_that_changed_is_shown_again(void **state)
{
    (void)state;
    run(changed_meanwhile);
}

/* People the file does not name count too: who holds the card, who heads the family. */
static void others_count(struct village_db *db)
{
    uint64_t id = upload(db, book_of(rig.arena, "A", HEAD BUDI SITI UDIN));

    check(db, id);
    commit(db, id);
    id = upload(db, book_of(rig.arena, "A",
                            HEAD "7317100404900001|ANTO|7317100101010003|1|L|PADANG|1|2|Jl. Poros|PALOPO|04-04-1990|1|04A1B2C3D4E5F6|\n"
                                 "7317100505910001|AMIR|7317100101010002|1|L|LURA|-|-|Jl. Desa|PALOPO|05-05-1991|1||\n"
                                 "7317100606920001|ARIF|7317100101010002|4|L|LURA|-|-|Jl. Desa|PALOPO|06-06-1992|1||\n"));
    struct import_batch b = check(db, id);
    assert_batch(&b, "checked", 1, 0, 0, 2);
    assert_int_equal(
        number("SELECT COUNT(*) FROM ?.import_fault WHERE batch_id = 2 AND row_no = 2 AND column_name = 'tag_id_card' AND NOT is_warning"),
        1);
    assert_int_equal(
        number("SELECT COUNT(*) FROM ?.import_fault WHERE batch_id = 2 AND row_no = 3 AND column_name = 'kk_level' AND NOT is_warning"), 1);
}

static void test_people_the_file_does_not_name_count(void **state)
{
    (void)state;
    run(others_count);
}

static void refused(struct village_db *db)
{
    uint64_t id = upload(db, STR("{\"nik\": 1}"));
    struct import_batch b = check(db, id);

    assert_batch(&b, "refused", 0, 0, 0, 0);
    assert_true(str_starts(b.refusal, STR("Isi berkas ini teks tanpa tabel.")));
    id = upload(db, book_of(rig.arena, "Lembar1", "a|b\n1|2\n"));
    b = check(db, id);
    assert_batch(&b, "refused", 0, 0, 0, 0);
    assert_true(str_find(b.notes, STR("Lembar1")) > 0 && str_find(b.notes, STR("nama, no_kk, nik")) > 0);
}

static void test_a_wrong_file_is_refused_with_words(void **state)
{
    (void)state;
    run(refused);
}

static void cancelled(struct village_db *db)
{
    uint64_t id = upload(db, book_of(rig.arena, "A", HEAD BUDI));

    change("UPDATE ?.import_batch SET state = 'cancelled'");
    struct import_batch b = check(db, id);
    assert_batch(&b, "cancelled", 0, 0, 0, 0);
}

static void test_a_cancelled_file_is_not_checked(void **state)
{
    (void)state;
    run(cancelled);
}

/* ---- bulk ---- */

enum { MANY = 5000 };

static enum rc write_body(struct txn *txn, void *ctx, struct err *err)
{
    return registry_write_rows(txn, ctx, MANY, NULL, NOW, err);
}

static enum rc write_one(struct txn *txn, void *ctx, struct err *err)
{
    return registry_write_rows(txn, ctx, 1, NULL, NOW, err);
}

static void bulk(struct village_db *db)
{
    struct resident_row *rows = ARENA_ARRAY(rig.arena, struct resident_row, MANY);
    struct err err;

    for (uint32_t i = 0; i < MANY; i++)
        rows[i] = (struct resident_row){.nik = str_fmt(rig.arena, "731710%02u0190%04u", i % 28 + 1, i),
                                        .name = str_fmt(rig.arena, "WARGA CONTOH %c%c", 'A' + (int)(i % 26), 'A' + (int)(i / 26 % 26)),
                                        .kk_no = str_fmt(rig.arena, "731710010101%04u", i / 4),
                                        .family_role = i % 4 == 0 ? 1 : 4,
                                        .sex = 1 + i % 2,
                                        .hamlet = i % 3 == 0 ? STR("PADANG") : STR("LURA"),
                                        .rw = STR("001"),
                                        .rt = str_fmt(rig.arena, "%03u", i % 7 + 1),
                                        .address = STR("Jl. Contoh"),
                                        .birth_date = {1990, 1, (uint8_t)(i % 28 + 1)}};
    OK(txn_run(db, write_body, rows, &err));
    assert_int_equal(number("SELECT COUNT(*) FROM ?.resident"), MANY);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.family WHERE head_id IS NOT NULL"), MANY / 4);
    assert_int_equal(number("SELECT COUNT(DISTINCT area_id) FROM ?.resident"), 14);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.area"), 14 + 2 + 2); /* with the RW and the hamlets they lie in */
    assert_int_equal(number("SELECT COUNT(*) FROM ?.resident WHERE name LIKE '% AA'"), 8);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.resident_word WHERE word = 'contoh'"), MANY);

    /* one more, into a family that is there; and one who moves: only what is needed is read */
    struct resident_row one = rows[0];
    one.nik = STR("7317100505050001");
    one.name = STR("ANAK BARU");
    one.family_role = 4;
    OK(txn_run(db, write_one, &one, &err));
    assert_int_equal(number("SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM ?.resident GROUP BY family_id) AS f"), 5);
    one = rows[0]; /* a head leaves for another family */
    one.kk_no = STR("7317109999999999");
    OK(txn_run(db, write_one, &one, &err));
    assert_int_equal(number("SELECT COUNT(*) FROM ?.family WHERE head_id IS NULL"), 1);
    assert_int_equal(number("SELECT COUNT(*) FROM ?.resident"), MANY + 1);
}

static void test_rows_in_bulk(void **state)
{
    (void)state;
    run(bulk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_is_checked),
        cmocka_unit_test(test_a_file_is_committed_and_the_same_again_changes_nothing),
        cmocka_unit_test(test_known_people_change),
        cmocka_unit_test(test_a_temporary_number_is_given_once),
        cmocka_unit_test(test_a_registry_that_changed_is_shown_again),
        cmocka_unit_test(test_people_the_file_does_not_name_count),
        cmocka_unit_test(test_a_wrong_file_is_refused_with_words),
        cmocka_unit_test(test_a_cancelled_file_is_not_checked),
        cmocka_unit_test(test_rows_in_bulk),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
