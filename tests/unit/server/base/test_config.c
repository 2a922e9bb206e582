// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/base/config.h"

static struct arena *arena;
static char path[64];

static int set_up(void **state)
{
    int fd;

    (void)state;
    arena = arena_new();
    snprintf(path, sizeof(path), "/tmp/balai-config-XXXXXX");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    unlink(path);
    return 0;
}

static void put(const char *text, mode_t mode)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(chmod(path, mode), 0);
}

#define assert_text(got, want) assert_string_equal(str_z(arena, (got)), (want))
#define NEEDED "base_host = localhost:8080\nmysql_socket = /run/m.sock\n"

static void test_values_and_defaults(void **state)
{
    struct config config;
    struct err err;

    (void)state;
    put("# Balai\r\n\r\n  base_host=localhost:8080\nmysql_socket = /run/m.sock  \nconnections = 64\n"
        "public_scheme = https\nfont_dir = /a b = c#d\nredis_socket =\n  # the end",
        0644);
    assert_int_equal(config_read(arena, path, &config, &err), RC_OK);
    assert_text(config.base_host, "localhost:8080");
    assert_text(config.mysql_socket, "/run/m.sock");
    assert_text(config.public_scheme, "https");
    assert_text(config.font_dir, "/a b = c#d");
    assert_true(str_empty(config.redis_socket));
    assert_int_equal(config.connections, 64);
    assert_int_equal(config.village_connections, 3);
    assert_int_equal(config.worker_lanes, 4);
    assert_int_equal(config.loops, 0);
    assert_text(config.village_prefix, "desa_");
    assert_text(config.control_schema, "balai_control");
    assert_text(config.log_level, "info");
    assert_text(config.smtp_tls, "starttls");
    assert_true(str_empty(config.smtp_url));
}

static void test_mistakes_name_their_line(void **state)
{
    static const struct {
        const char *text, *at, *what;
    } cases[] = {
        {NEEDED "conections = 64\n", ":3:", "conections"},
        {NEEDED "\n\nloops\n", ":5:", "key = value"},
        {NEEDED "loops = two\n", ":3:", "loops must be a number from 0 to 256"},
        {NEEDED "loops = -1\n", ":3:", "loops"},
        {NEEDED "connections = 0\n", ":3:", "connections"},
        {NEEDED "connections = 99999999999999999999\n", ":3:", "connections"},
        {NEEDED "log_level = loud\n", ":3:", "error, warning, notice, info or debug"},
        {NEEDED "public_scheme = ftp\n", ":3:", "http or https"},
        {NEEDED "smtp_url = surel.contoh.id:25\n", ":3:", "smtp://HOST:PORT"},
        {NEEDED "smtp_url = smtp://surel.contoh.id\n", ":3:", "smtp://HOST:PORT"},
        {NEEDED "smtp_url = smtp://balai:rahasia@surel.contoh.id:25\n", ":3:", "smtp://HOST:PORT"},
        {NEEDED "smtp_url = smtp://surel.contoh.id:25/jalan\n", ":3:", "smtp://HOST:PORT"},
        {NEEDED "smtp_url = http://surel.contoh.id:25\n", ":3:", "smtp://HOST:PORT"},
        {NEEDED "smtp_url = smtp://surel.contoh.id:70000\n", ":3:", "smtp://HOST:PORT"},
        {NEEDED "smtp_url = smtp://:25\n", ":3:", "smtp://HOST:PORT"},
        {NEEDED "smtp_tls = boleh\n", ":3:", "starttls or none"},
        {NEEDED "smtp_timeout_ms = 90000\n", ":3:", "smtp_timeout_ms"},
        {NEEDED "esign_reach = all\n", ":3:", "public or private"},
        {NEEDED "esign_answer = other\n", ":3:", "same or anew"},
        {NEEDED "village_prefix = desa`;\n", ":3:", "a-z, 0-9 and _"},
        {NEEDED "control_schema =\n", ":3:", "control_schema"},
        {NEEDED "base_host = x\n", ":3:", "twice"},
        {NEEDED "Base_host = x\n", ":3:", "Base_host"},
        {NEEDED "font_dir = a\x01\n", ":3:", "control character"},
        {"base_host = x\n", "", "mysql_socket is missing"},
        {"", "", "base_host is missing"},
        {NEEDED "redis_socket = /xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                "xxxxxxxxxxxxxxxxxxx\n",
         ":3:", "107 bytes"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct config config = {.loops = 77};
        struct err err = {0};

        put(cases[i].text, 0644);
        assert_int_equal(config_read(arena, path, &config, &err), RC_INVALID);
        assert_non_null(strstr(err.text, path));
        assert_non_null(strstr(err.text, cases[i].at));
        assert_non_null(strstr(err.text, cases[i].what));
        assert_int_equal(config.loops, 77); /* written only on success */
    }
}

static void test_no_file(void **state)
{
    struct config config;
    struct err err;

    (void)state;
    assert_int_equal(config_read(arena, "/tmp/balai-none/none", &config, &err), RC_INVALID);
    assert_int_equal(config_read(arena, "/tmp", &config, &err), RC_INVALID);
    assert_non_null(strstr(err.text, "not a regular file"));
}

static void test_keys(void **state)
{
    unsigned char key[KEY_BYTES];
    struct err err;

    (void)state;
    put("000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F\n", 0600);
    assert_int_equal(config_key(path, key, &err), RC_OK);
    for (int i = 0; i < KEY_BYTES; i++)
        assert_int_equal(key[i], i);
    assert_int_equal(chmod(path, 0400), 0);
    assert_int_equal(config_key(path, key, &err), RC_OK);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(config_key(path, key, &err), RC_INVALID);
    assert_non_null(strstr(err.text, "0600"));
    assert_null(strstr(err.text, "00010203"));
    assert_int_equal(chmod(path, 0604), 0);
    assert_int_equal(config_key(path, key, &err), RC_INVALID);
    put("0001020304", 0600);
    assert_int_equal(config_key(path, key, &err), RC_INVALID);
    assert_null(strstr(err.text, "0001020304"));
    put("zz0102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F\n", 0600);
    assert_int_equal(config_key(path, key, &err), RC_INVALID);
    assert_int_equal(config_key("/tmp/balai-none/none", key, &err), RC_INVALID);
}

static void test_secrets(void **state)
{
    struct str secret = STR_NONE;
    struct err err;

    (void)state;
    put("pass word#1\n", 0600);
    assert_int_equal(config_secret(arena, str_c(path), &secret, &err), RC_OK);
    assert_text(secret, "pass word#1");
    put("last", 0400);
    assert_int_equal(config_secret(arena, str_c(path), &secret, &err), RC_OK);
    assert_text(secret, "last");
    chmod(path, 0600);
    put("one\ntwo\n", 0600);
    assert_int_equal(config_secret(arena, str_c(path), &secret, &err), RC_INVALID);
    put("", 0600);
    assert_int_equal(config_secret(arena, str_c(path), &secret, &err), RC_INVALID);
    put("\n", 0600);
    assert_int_equal(config_secret(arena, str_c(path), &secret, &err), RC_INVALID);
    put("open\n", 0644);
    assert_int_equal(config_secret(arena, str_c(path), &secret, &err), RC_INVALID);
    assert_text(secret, "last");
}

#define CONFIG_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONFIG_TEST(test_values_and_defaults),
        CONFIG_TEST(test_mistakes_name_their_line),
        CONFIG_TEST(test_no_file),
        CONFIG_TEST(test_keys),
        CONFIG_TEST(test_secrets),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
