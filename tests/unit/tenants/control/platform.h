// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A whole platform of its own for one test program: schemas, accounts and
 * secrets named after the process, in the scratch MariaDB, gone at the end.
 */
#ifndef TEST_PLATFORM_H
#define TEST_PLATFORM_H

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "server/base/config.h"
#include "server/base/random.h"
#include "server/loop/loop.h"
#include "server/store/admin.h"
#include "tenants/control/provision.h"
#include "tenants/directory/directory.h"

/* cmocka's fail_msg needs its own fail; ours is another. */
#define WRONG(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

struct platform {
    struct arena *arena;
    struct admin_db *root;
    struct config config;
    unsigned char master_key[KEY_BYTES], pepper[KEY_BYTES];
    struct migration_steps steps;
    struct loop *loop;
    struct store *store;
    struct directory *directory;
    struct str admin_password;
    char folder[40];
};

static struct platform pf;

__attribute__((unused)) static void sql_run(const char *statement)
{
    struct err err;

    if (admin_run(pf.root, statement, NULL, 0, &err) != RC_OK)
        WRONG("%s: %s\n", statement, err.text);
}

/* The one text of a statement with one schema name. */
__attribute__((unused)) static struct str sql_text(const char *statement, struct str schema)
{
    struct str_list rows;
    const struct admin_value id[] = {ADMIN_ID(schema)};
    struct err err;

    if (admin_column(pf.root, statement, id, 1, &rows, &err) != RC_OK)
        WRONG("%s: %s\n", statement, err.text);
    return rows.n > 0 && rows.p[0].p != NULL ? rows.p[0] : STR("");
}

__attribute__((unused)) static void sql_in(struct str schema, const char *statement)
{
    const struct admin_value id[] = {ADMIN_ID(schema)};
    struct err err;

    if (admin_run(pf.root, statement, id, 1, &err) != RC_OK)
        WRONG("%s: %s\n", statement, err.text);
}

__attribute__((unused)) static struct str village_schema(const char *code)
{
    return str_fmt(pf.arena, "%.*s%s", STR_ARG(pf.config.village_prefix), code);
}

static struct str secret_file(const char *name, struct str text)
{
    struct str path = str_fmt(pf.arena, "%s/%s", pf.folder, name);
    int fd = open(str_z(pf.arena, path), O_WRONLY | O_CREAT | O_TRUNC, 0600);

    if (fd < 0 || write(fd, text.p, text.n) != (ssize_t)text.n)
        WRONG("cannot write %.*s\n", STR_ARG(path));
    close(fd);
    return path;
}

static int platform_set_up(void **state)
{
    const char *socket = getenv("BALAI_TEST_MYSQL_SOCKET");
    struct err err;
    long pid = (long)getpid();

    (void)state;
    base_init();
    pf.arena = arena_new();
    if (socket == NULL) {
        print_error("BALAI_TEST_MYSQL_SOCKET is not set: run this test under tests/harness/with-services\n");
        return -1;
    }
    snprintf(pf.folder, sizeof(pf.folder), "/tmp/balai-test-XXXXXX");
    if (mkdtemp(pf.folder) == NULL || admin_open(pf.arena, str_c(socket), STR("root"), STR(""), &pf.root, &err) != RC_OK) {
        print_error("cannot begin\n");
        return -1;
    }
    random_bytes(pf.master_key, KEY_BYTES);
    random_bytes(pf.pepper, KEY_BYTES);
    pf.admin_password = random_word(pf.arena, 20);
    pf.steps = migration_steps_builtin();
    pf.config = (struct config){
        .base_host = STR("localhost:8080"),
        .public_scheme = STR("http"),
        .mysql_socket = str_c(socket),
        .mysql_control_user = STR("root"),
        .mysql_admin_user = str_fmt(pf.arena, "t%ld_admin", pid),
        .mysql_admin_secret = secret_file("admin", pf.admin_password),
        .control_schema = str_fmt(pf.arena, "t%ld_control", pid),
        .reference_schema = str_fmt(pf.arena, "t%ld_ref", pid),
        .village_prefix = str_fmt(pf.arena, "t%ld_desa_", pid),
    };
    const struct admin_value user[] = {ADMIN_ID(pf.config.mysql_admin_user), ADMIN_TEXT(pf.admin_password)};
    const struct admin_value grantee[] = {ADMIN_ID(pf.config.mysql_admin_user)};

    assert_int_equal(admin_run(pf.root, "CREATE OR REPLACE USER ?@localhost IDENTIFIED BY ?", user, 2, &err), RC_OK);
    assert_int_equal(admin_run(pf.root, "GRANT ALL PRIVILEGES ON *.* TO ?@localhost WITH GRANT OPTION", grantee, 1, &err), RC_OK);

    struct store_config store = {.socket = str_c(socket),
                                 .control_user = STR("root"),
                                 .control_password = STR(""),
                                 .control_schema = pf.config.control_schema,
                                 .connections = 12,
                                 .village_connections = 1,
                                 .prepared = 10,
                                 .idle_close_ms = 1000};

    pf.loop = loop_new();
    pf.store = store_new(pf.loop, &store);
    pf.directory = directory_new(pf.config.base_host, pf.config.village_prefix, pf.master_key);
    return 0;
}

static void folder_remove(void)
{
    DIR *folder = opendir(pf.folder);
    const struct dirent *entry;

    while (folder != NULL && (entry = readdir(folder)) != NULL)
        if (entry->d_name[0] != '.')
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder != NULL)
        closedir(folder);
    (void)rmdir(pf.folder);
}

static int platform_tear_down(void **state)
{
    struct str_list names;
    struct err err;
    struct str like = str_fmt(pf.arena, "t%ld\\_%%", (long)getpid());
    const struct admin_value pattern[] = {ADMIN_TEXT(like)};

    (void)state;
    if (pf.root == NULL)
        return 0;
    store_free(&pf.store);
    loop_free(&pf.loop);
    directory_free(&pf.directory);
    if (admin_column(pf.root, "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE ?", pattern, 1, &names, &err) ==
        RC_OK)
        for (size_t i = 0; i < names.n; i++)
            sql_in(names.p[i], "DROP DATABASE ?");
    if (admin_column(pf.root, "SELECT user FROM mysql.user WHERE user LIKE ?", pattern, 1, &names, &err) == RC_OK)
        for (size_t i = 0; i < names.n; i++)
            sql_in(names.p[i], "DROP USER ?@localhost");
    admin_close(&pf.root);
    folder_remove();
    arena_free(&pf.arena);
    return 0;
}

/* Runs fn(arg) in a fiber of the platform's loop, to its end. */
__attribute__((unused)) static void in_fiber(void (*fn)(void *arg), void *arg)
{
    loop_run_fiber(pf.loop, fn, arg);
}

__attribute__((unused)) static const struct provision *the_provision(void)
{
    static struct provision p;

    p = (struct provision){&pf.config, pf.master_key, pf.directory, pf.store, pf.steps};
    return &p;
}

#endif
