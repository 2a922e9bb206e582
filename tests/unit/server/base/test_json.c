// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/arena.h"

#include "server/base/json.h"

#define assert_text(got, want) assert_string_equal(str_z(arena, (got)), (want))

static struct str repeated(const char *piece, size_t times)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < times; i++)
        buf_put_str(&out, str_c(piece));
    return buf_str(&out);
}

static struct str nested(size_t depth)
{
    struct str open = repeated("[", depth), close = repeated("]", depth);

    return str_fmt(arena, "%.*s%.*s", STR_ARG(open), STR_ARG(close));
}

static void test_nesting_is_limited(void **state)
{
    json_t *value = NULL;
    struct err err;
    struct str objects = repeated("{\"a\":", 33);

    (void)state;
    assert_int_equal(json_read(arena, nested(JSON_MAX_NESTING), &value, &err), RC_OK);
    assert_int_equal(json_read(arena, nested(JSON_MAX_NESTING + 1), &value, &err), RC_INVALID);
    assert_int_equal(json_read(arena, nested(600), &value, &err), RC_INVALID);
    assert_non_null(strstr(err.text, "nested"));
    assert_int_equal(json_read(arena, repeated("[", 600), &value, &err), RC_INVALID);
    assert_int_equal(json_read(arena, repeated("[", 1000000), &value, &err), RC_INVALID);
    assert_int_equal(json_read(arena, objects, &value, &err), RC_INVALID);
    assert_non_null(strstr(err.text, "nested"));
    assert_int_equal(json_read(arena, str_fmt(arena, "[%.*s1]", STR_ARG(repeated("[1],", 500))), &value, &err), RC_OK); /* wide, not deep */
}

static void test_brackets_in_strings_do_not_count(void **state)
{
    struct str brackets = repeated("[{", 300);
    json_t *value = NULL;

    (void)state;
    assert_int_equal(json_read(arena, str_fmt(arena, "[\"%.*s\"]", STR_ARG(brackets)), &value, NULL), RC_OK);
    assert_int_equal(json_read(arena, str_fmt(arena, "[\"\\\"%.*s\\\\\"]", STR_ARG(brackets)), &value, NULL), RC_OK);
    assert_int_equal(json_read(arena, str_fmt(arena, "[\"\\\\\",%.*s", STR_ARG(brackets)), &value, NULL), RC_INVALID);
}

static void test_malformed(void **state)
{
    static const char *const bad[] = {"",        " ",        "{",           "{\"a\":1,\"a\":2}", "[1,]", "{'a':1}", "nul",
                                      "[1] [2]", "\"\xff\"", "\"\\u0000\"", "\"\\ud800\"",       "]",    "\"",      "[01]"};
    json_t *value = NULL;
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_int_equal(json_read(arena, str_c(bad[i]), &value, &err), RC_INVALID);
    assert_null(value);
    assert_int_equal(json_read(arena, STR("{\"nik\": 7317105111570002 x}"), &value, &err), RC_INVALID);
    assert_null(strstr(err.text, "7317")); /* the log never quotes what was sent */
}

static void test_members(void **state)
{
    json_t *value = NULL;

    (void)state;
    assert_int_equal(json_read(arena, STR("{\"b\":true,\"n\":7,\"t\":\"To'long\",\"m\":-1,\"r\":1.5}"), &value, NULL), RC_OK);
    assert_text(json_text(value, "t"), "To'long");
    assert_text(json_text(value, "n"), "");
    assert_text(json_text(value, "none"), "");
    assert_int_equal(json_u64(value, "n"), 7);
    assert_int_equal(json_u64(value, "m"), 0);
    assert_int_equal(json_u64(value, "r"), 0);
    assert_int_equal(json_u64(value, "t"), 0);
    assert_true(json_bool(value, "b"));
    assert_false(json_bool(value, "n"));
    assert_text(json_text(NULL, "t"), "");
    assert_int_equal(json_u64(NULL, "t"), 0);
    assert_false(json_bool(NULL, "t"));
}

static void test_write(void **state)
{
    json_t *a = NULL, *b = NULL;

    (void)state;
    assert_int_equal(json_read(arena, STR("{ \"b\" : [1, \"é\"], \"a\" : null }"), &a, NULL), RC_OK);
    assert_int_equal(json_read(arena, STR("{\"a\":null,\"b\":[1,\"\\u00e9\"]}"), &b, NULL), RC_OK);
    assert_text(json_write(arena, a), "{\"a\":null,\"b\":[1,\"é\"]}");
    assert_true(str_eq(json_write(arena, a), json_write(arena, b)));
    assert_text(json_write(arena, NULL), "null");
}

static void test_string_literals(void **state)
{
    struct buf out = {.arena = arena};
    struct str hostile = STR("</script>\"\\\n\x01\0\x7f&é漢\xFF\xC3");
    json_t *value = NULL;

    (void)state;
    json_put_str(&out, hostile);
    assert_text(buf_str(&out), "\"\\u003c/script\\u003e\\\"\\\\\\n\\u0001\\u0000\\u007f\\u0026é漢\xEF\xBF\xBD\xEF\xBF\xBD\"");
    out = (struct buf){.arena = arena};
    json_put_str(&out, STR("To'long <b>&\"\\\r\n\t"));
    assert_int_equal(json_read(arena, buf_str(&out), &value, NULL), RC_OK);
    assert_string_equal(json_string_value(value), "To'long <b>&\"\\\r\n\t");
    out = (struct buf){.arena = arena};
    json_put_str(&out, STR_NONE);
    assert_text(buf_str(&out), "\"\"");
}

#define JSON_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        JSON_TEST(test_nesting_is_limited),
        JSON_TEST(test_brackets_in_strings_do_not_count),
        JSON_TEST(test_malformed),
        JSON_TEST(test_members),
        JSON_TEST(test_write),
        JSON_TEST(test_string_literals),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
