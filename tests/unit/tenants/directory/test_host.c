// SPDX-License-Identifier: AGPL-3.0-or-later
/* Host names, friendly and hostile. */
#include "tests/unit/arena.h"

#include "tenants/directory/directory.h"

/* cmocka's fail_msg needs its own fail; ours is another. */
#define WRONG(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

static void accepts(struct str host, const char *expected)
{
    struct err err = {0};
    struct str canonical = STR_NONE;

    assert_int_equal(host_canonical(arena, host, &canonical, &err), RC_OK);
    if (!str_is(canonical, expected))
        WRONG("\"%.*s\" became \"%.*s\", not \"%s\"", STR_ARG(host), STR_ARG(canonical), expected);
}

static void refuses(struct str host)
{
    struct err err = {0};
    struct str canonical = STR("untouched");

    if (host_canonical(arena, host, &canonical, &err) != RC_BAD_REQUEST)
        WRONG("\"%.*s\" was not refused", STR_ARG(host));
    assert_true(str_is(canonical, "untouched"));
    assert_int_equal(err.rc, RC_BAD_REQUEST);
}

static void a_host_becomes_canonical(void **state)
{
    (void)state;
    accepts(STR("sampano.localhost"), "sampano.localhost");
    accepts(STR("Sampano.LOCALHOST"), "sampano.localhost");
    accepts(STR("sampano.localhost:8080"), "sampano.localhost");
    accepts(STR("sampano.localhost:0"), "sampano.localhost");
    accepts(STR("sampano.localhost:65535"), "sampano.localhost");
    accepts(STR("sampano.localhost."), "sampano.localhost");
    accepts(STR("SAMPANO.localhost.:8443"), "sampano.localhost");
    accepts(STR("127.0.0.1:8080"), "127.0.0.1");
}

static void only_one_trailing_dot_is_dropped(void **state)
{
    (void)state;
    accepts(STR("sampano.localhost.."), "sampano.localhost.");
    accepts(STR("sampano..localhost"), "sampano..localhost");
    refuses(STR("."));
    refuses(STR(".:8080"));
}

static void what_is_no_host_is_refused(void **state)
{
    (void)state;
    refuses(STR(""));
    refuses(STR_NONE);
    refuses(STR(":8080"));
    refuses(STR("sampano.localhost:"));
    refuses(STR("sampano.localhost:80a"));
    refuses(STR("sampano.localhost:-1"));
    refuses(STR("sampano.localhost:+80"));
    refuses(STR("sampano.localhost:65536"));
    refuses(STR("sampano.localhost:000080"));
    refuses(STR("sampano.localhost:8080.evil"));
    refuses(STR("sampano.localhost:8080:8080"));
    refuses(STR("[::1]:8080"));
    refuses(STR("::1"));
    refuses(STR("sampano.localhost\0.evil"));
    refuses(STR("sampano.localhost\0"));
    refuses(STR(" sampano.localhost"));
    refuses(STR("sampano.localhost "));
    refuses(STR("sampano.localhost\r\nX-A: 1"));
    refuses(STR("sampano.localhost/../x"));
    refuses(STR("user@sampano.localhost"));
    refuses(STR("sampano.localhost,dpmd.localhost"));
    refuses(STR("sampan\xc3\xb6.localhost"));
    refuses(STR("sampano%2elocalhost"));
    refuses(STR("*.localhost"));
}

static void a_host_has_at_most_253_bytes(void **state)
{
    (void)state;
    char long_host[300];

    memset(long_host, 'a', sizeof(long_host));
    refuses((struct str){long_host, 300});
    refuses((struct str){long_host, 254});
    struct err err = {0};
    struct str canonical;

    assert_int_equal(host_canonical(arena, (struct str){long_host, 253}, &canonical, &err), RC_OK);
    assert_int_equal(canonical.n, 253);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_becomes_canonical),
        cmocka_unit_test(only_one_trailing_dot_is_dropped),
        cmocka_unit_test(what_is_no_host_is_refused),
        cmocka_unit_test(a_host_has_at_most_253_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
