// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/server/store/rig.h"

static const char tables[] =
    "CREATE TABLE item (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, n BIGINT UNSIGNED NOT NULL, word VARCHAR(200) NOT NULL,"
    " UNIQUE KEY word_of_item (word, id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;"
    "CREATE TABLE thing (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,"
    " u64 BIGINT UNSIGNED NOT NULL, u32 INT UNSIGNED NOT NULL, u16 SMALLINT UNSIGNED NOT NULL, u8 TINYINT UNSIGNED NOT NULL,"
    " i64 BIGINT NOT NULL, i32 INT NOT NULL, flag BOOLEAN NOT NULL, f64 DOUBLE NOT NULL, text MEDIUMTEXT NOT NULL,"
    " bin MEDIUMBLOB NOT NULL, day DATE NOT NULL, at DATETIME(6) NOT NULL, colour TINYINT UNSIGNED NOT NULL,"
    " n_u64 BIGINT UNSIGNED NULL, n_i32 INT NULL, n_text VARCHAR(100) NULL, n_bin VARBINARY(100) NULL, n_day DATE NULL,"
    " n_at DATETIME(6) NULL, n_colour TINYINT UNSIGNED NULL)"
    " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;";

void expect_rc(enum rc got, enum rc wanted, const struct err *err, const char *file, int line)
{
    if (got == wanted)
        return;
    print_error("%s:%d: %s, not %s%s%s\n", file, line, rc_name(got), rc_name(wanted), got != RC_OK ? ": " : "",
                got != RC_OK ? err->text : "");
    _fail(file, line);
}

static void make_village(struct rig *rig, const char *tag, size_t i)
{
    struct store_account *village = &rig->village[i];
    struct err err;

    village->code = str_fmt(rig->arena, "731710200%zu", i);
    village->schema = str_fmt(rig->arena, "rig_%s_%zu", tag, i);
    village->user = village->schema;
    village->password = random_word(rig->arena, 20);
    const struct admin_value names[] = {ADMIN_ID(village->schema), ADMIN_TEXT(village->user), ADMIN_TEXT(village->password)};
    const struct admin_value grant[] = {names[0], names[1]};

    OK(admin_run(rig->admin, "DROP DATABASE IF EXISTS ?", names, 1, &err));
    OK(admin_run(rig->admin, "CREATE DATABASE ?", names, 1, &err));
    OK(admin_script(rig->admin, village->schema, str_c(tables), &err));
    OK(admin_run(rig->admin, "CREATE OR REPLACE USER ?@'localhost' IDENTIFIED BY ?", names + 1, 2, &err));
    OK(admin_run(rig->admin, "GRANT SELECT, INSERT, UPDATE, DELETE ON ?.* TO ?@'localhost'", grant, 2, &err));
}

struct rig *rig_new(const char *tag)
{
    const char *socket = getenv("BALAI_TEST_MYSQL_SOCKET");
    struct arena *arena;
    struct rig *rig;
    struct err err;

    base_init();
    if (socket == NULL) {
        print_error("BALAI_TEST_MYSQL_SOCKET is not set: run through tests/harness/with-services\n");
        _fail(__FILE__, __LINE__);
    }
    arena = arena_new();
    rig = ARENA_NEW(arena, struct rig);
    rig->arena = arena;
    rig->socket = str_dup(arena, str_c(socket));
    rig->loop = loop_new();
    OK(admin_open(arena, rig->socket, STR("root"), STR(""), &rig->admin, &err));
    for (size_t i = 0; i < RIG_VILLAGES; i++)
        make_village(rig, tag, i);
    rig_store(rig, 8, 3, 20, 60000);
    return rig;
}

void rig_store(struct rig *rig, uint32_t connections, uint32_t village_connections, uint32_t prepared, uint32_t idle_close_ms)
{
    const struct store_config config = {
        .socket = rig->socket,
        .control_user = rig->village[0].user,
        .control_password = rig->village[0].password,
        .control_schema = rig->village[0].schema,
        .connections = connections,
        .village_connections = village_connections,
        .prepared = prepared,
        .idle_close_ms = idle_close_ms,
    };

    store_free(&rig->store);
    rig->store = store_new(rig->loop, &config);
}

void rig_free(struct rig *rig)
{
    struct arena *arena = rig->arena;
    struct err err;

    store_free(&rig->store);
    assert_int_equal(loop_fibers(rig->loop), 0);
    loop_free(&rig->loop);
    for (size_t i = 0; i < RIG_VILLAGES; i++) {
        const struct admin_value names[] = {ADMIN_ID(rig->village[i].schema)};
        const struct admin_value user[] = {ADMIN_TEXT(rig->village[i].user)};

        OK(admin_run(rig->admin, "DROP DATABASE ?", names, 1, &err));
        OK(admin_run(rig->admin, "DROP USER ?@'localhost'", user, 1, &err));
    }
    admin_close(&rig->admin);
    arena_free(&arena);
}

struct errand {
    struct rig *rig;
    void (*fn)(struct rig *rig);
};

static void run_errand(void *arg)
{
    struct errand *errand = arg;

    errand->fn(errand->rig);
}

void rig_run(struct rig *rig, void (*fn)(struct rig *rig))
{
    struct errand errand = {rig, fn};

    loop_run_fiber(rig->loop, run_errand, &errand);
}

int rig_tear_down(void **state)
{
    rig_free(*state);
    return 0;
}
