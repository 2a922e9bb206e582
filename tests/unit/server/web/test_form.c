// SPDX-License-Identifier: AGPL-3.0-or-later
/* Hostile bytes against the parsers of queries, bodies and cookies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "server/base/random.h"
#include "server/web/form.h"

static struct arena *arena;

static enum rc read_form(const char *text, struct fields *fields)
{
    memset(fields, 0, sizeof(*fields));
    return form_read(arena, str_c(text), fields, NULL);
}

static void pairs_are_decoded(void **state)
{
    struct fields fields;
    (void)state;

    assert_int_equal(read_form("nama=Sitti+Aminah&usia=%34%30&kosong=&tanpa&a=b=c&&", &fields), RC_OK);
    assert_int_equal(fields.n, 5);
    assert_true(str_is(fields.p[0].name, "nama") && str_is(fields.p[0].value, "Sitti Aminah"));
    assert_true(str_is(fields.p[1].value, "40") && str_is(fields.p[2].value, "") && str_is(fields.p[3].value, ""));
    assert_true(str_is(fields.p[4].value, "b=c"));
    assert_int_equal(read_form("desa=To%27long%20%E2%80%A2", &fields), RC_OK);
    assert_true(str_is(fields.p[0].value, "To'long \xE2\x80\xA2"));
}

static void what_no_browser_sends_is_refused(void **state)
{
    static const char *const bad[] = {
        "a=%",     "a=%4", "a=%zz",  "a=%00",   "a=%C3",  "a=%C0%80", "a=%ED%A0%80", "a=\x01",
        "a=\r\nb", "=x",   "a%00=x", "na ma=x", "a[b]=x", "a<b=x",    "%2e%2e/=x",
    };
    struct fields fields;
    (void)state;

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_int_equal(read_form(bad[i], &fields), RC_BAD_REQUEST);
    memset(&fields, 0, sizeof(fields));
    assert_int_equal(form_read(arena, (struct str){"a=\0b", 4}, &fields, NULL), RC_BAD_REQUEST);
}

static void fields_and_names_are_counted(void **state)
{
    struct buf text = {.arena = arena};
    struct fields fields = {0};
    (void)state;

    for (int i = 0; i < FORM_MAX_FIELDS; i++)
        buf_fmt(&text, "a%d=%d&", i, i);
    assert_int_equal(form_read(arena, buf_str(&text), &fields, NULL), RC_OK);
    assert_int_equal(fields.n, FORM_MAX_FIELDS);
    assert_true(str_is(fields.p[499].value, "499") && str_is(fields.p[0].value, "0"));
    assert_int_equal(form_read(arena, STR("b=1"), &fields, NULL), RC_BAD_REQUEST);

    text.n = 0;
    for (int i = 0; i < FORM_MAX_NAME + 1; i++)
        buf_put_char(&text, 'n');
    buf_put_str(&text, STR("=1"));
    memset(&fields, 0, sizeof(fields));
    assert_int_equal(form_read(arena, buf_str(&text), &fields, NULL), RC_BAD_REQUEST);
    assert_int_equal(form_read(arena, str_from(buf_str(&text), 1), &fields, NULL), RC_OK);
}

static enum rc read_parts(const char *body, struct fields *fields)
{
    memset(fields, 0, sizeof(*fields));
    return multipart_read(arena, STR("b"), str_c(body), fields, NULL);
}

static void parts_are_cut_at_their_boundary(void **state)
{
    struct fields fields;
    struct buf body = {.arena = arena};
    (void)state;

    buf_put_str(&body, STR("--b\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"x.xlsx\"\r\n"
                           "Content-Type: application/octet-stream\r\n\r\nPK\x03\x04"));
    buf_put(&body, "\0\r\n--c\r\n", 8);
    buf_put_str(&body, STR("\r\n--b\r\nContent-Disposition: form-data; name=\"kosong\"\r\n\r\n\r\n--b--\r\n"));
    memset(&fields, 0, sizeof(fields));
    assert_int_equal(multipart_read(arena, STR("b"), buf_str(&body), &fields, NULL), RC_OK);
    assert_int_equal(fields.n, 2);
    assert_true(fields.p[0].is_file && str_is(fields.p[0].filename, "x.xlsx"));
    assert_int_equal(fields.p[0].value.n, 12);
    assert_memory_equal(fields.p[0].value.p, "PK\x03\x04\0\r\n--c\r\n", 12);
    assert_false(fields.p[1].is_file);
    assert_int_equal(fields.p[1].value.n, 0);
    assert_int_equal(read_parts("--b--\r\n", &fields), RC_OK);
    assert_int_equal(fields.n, 0);
}

#define PART(head, value) "--b\r\n" head "\r\n\r\n" value "\r\n--b--\r\n"
#define NAMED "Content-Disposition: form-data; name=\"a\""

static void malformed_parts_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "--",
        "--b",
        "--b\r\n",
        "--bx\r\n",
        "x--b--\r\n",
        "--b\n" NAMED "\n\nx\n--b--\n",
        PART("", "x"),
        PART("Content-Type: text/plain", "x"),
        PART("Content-Disposition: form-data", "x"),
        PART("Content-Disposition: attachment; name=\"a\"", "x"),
        PART(NAMED "\r\n" NAMED, "x"),
        PART(NAMED "; name=\"b\"", "x"),
        PART(NAMED "; filename=\"a\"; filename=\"b\"", "x"),
        PART("Content-Disposition: form-data; name=a", "x"),
        PART("Content-Disposition: form-data; name=\"a", "x"),
        PART(NAMED "; filename*=utf-8''x", "x"),
        PART(NAMED "\r\nContent-Transfer-Encoding: base64", "x"),
        PART(NAMED "\r\nno colon", "x"),
        PART(NAMED, "\xff"),
        PART("Content-Disposition: form-data; name=\"a b\"", "x"),
        PART("Content-Disposition: form-data; name=\"\"", "x"),
        PART(NAMED "; filename=\"\xff\"", "x"),
        "--b\r\n" NAMED "\r\n\r\nx\r\n",
        "--b\r\n" NAMED "\r\n\r\nx\r\n--b",
        "--b\r\n" NAMED "\r\n\r\nx\r\n--b--trailing",
        "--b\r\n" NAMED "\r\n\r\nx\r\n--bother\r\n",
    };
    struct fields fields;
    (void)state;

    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        enum rc rc = read_parts(bad[i], &fields);
        if (rc != RC_BAD_REQUEST)
            print_error("case %zu\n", i);
        assert_int_equal(rc, RC_BAD_REQUEST);
    }
}

static void a_boundary_must_be_one(void **state)
{
    static const char *const bad[] = {
        "",
        "multipart/form-data",
        "multipart/mixed; boundary=b",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=a; boundary=b",
        "multipart/form-data; boundary=a b",
        "multipart/form-data; boundary=12345678901234567890123456789012345678901234567890123456789012345678901",
        "multipart/form-data; boundary=a\"b",
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_null(multipart_boundary(str_c(bad[i])).p);
    assert_null(multipart_boundary(STR_NONE).p);
    assert_true(str_is(multipart_boundary(STR("multipart/form-data; boundary=----WebKitFormBoundaryx1")), "----WebKitFormBoundaryx1"));
    assert_true(str_is(multipart_boundary(STR("Multipart/Form-Data;charset=utf-8; Boundary=\"q\"")), "q"));
}

static void many_parts_end(void **state)
{
    struct buf body = {.arena = arena};
    struct fields fields = {0};
    (void)state;

    for (int i = 0; i <= FORM_MAX_FIELDS; i++)
        buf_fmt(&body, "--b\r\nContent-Disposition: form-data; name=\"a%d\"\r\n\r\n\r\n", i);
    buf_put_str(&body, STR("--b--\r\n"));
    assert_int_equal(multipart_read(arena, STR("b"), buf_str(&body), &fields, NULL), RC_BAD_REQUEST);
}

static void cookies_are_read_and_our_own_comes_once(void **state)
{
    struct cookies cookies;
    struct str value = STR("unchanged");
    (void)state;

    assert_int_equal(cookie_read(arena, STR("a=1; __Host-balai=xyz; bad; =x; q=\"v\"; c=3"), &cookies, NULL), RC_OK);
    assert_int_equal(cookies.n, 3);
    assert_int_equal(cookie_one(&cookies, STR("__Host-balai"), &value, NULL), RC_OK);
    assert_true(str_is(value, "xyz"));
    assert_int_equal(cookie_one(&cookies, STR("__host-balai"), &value, NULL), RC_OK);
    assert_null(value.p);
    assert_int_equal(cookie_read(arena, STR("__Host-balai=a; x=1; __Host-balai=b"), &cookies, NULL), RC_OK);
    assert_int_equal(cookie_one(&cookies, STR("__Host-balai"), &value, NULL), RC_BAD_REQUEST);
    assert_int_equal(cookie_read(arena, STR_NONE, &cookies, NULL), RC_OK);
    assert_int_equal(cookies.n, 0);

    struct buf many = {.arena = arena};
    for (int i = 0; i <= COOKIE_MAX; i++)
        buf_fmt(&many, "a%d=1;", i);
    assert_int_equal(cookie_read(arena, buf_str(&many), &cookies, NULL), RC_BAD_REQUEST);
}

/* Any bytes at all: no crash, and what is accepted keeps the promises of form.h. */
static void random_bytes_keep_the_promises(void **state)
{
    static const char signs[] = "ab=&%+;\r\n-\"0fFc: /\xc3\xa9";
    (void)state;

    for (int round = 0; round < 20000; round++) {
        char bytes[80];
        size_t n = random_below(sizeof(bytes));
        struct fields fields = {0};
        struct cookies cookies;
        for (size_t i = 0; i < n; i++)
            bytes[i] = round % 4 == 0 ? (char)random_below(256) : signs[random_below(sizeof(signs) - 1)];
        struct str s = {bytes, n};
        struct arena *scratch = arena_new();
        if (form_read(scratch, s, &fields, NULL) == RC_OK)
            for (size_t i = 0; i < fields.n; i++)
                assert_true(fields.p[i].name.n > 0 && str_find_char(fields.p[i].value, '\0') < 0);
        memset(&fields, 0, sizeof(fields));
        (void)!multipart_read(scratch, STR("b"), str_fmt(scratch, "--b\r\n%.*s\r\n--b--\r\n", STR_ARG(s)), &fields, NULL);
        (void)!cookie_read(scratch, s, &cookies, NULL);
        (void)multipart_boundary(s);
        arena_free(&scratch);
    }
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pairs_are_decoded, begin, end),
        cmocka_unit_test_setup_teardown(what_no_browser_sends_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(fields_and_names_are_counted, begin, end),
        cmocka_unit_test_setup_teardown(parts_are_cut_at_their_boundary, begin, end),
        cmocka_unit_test_setup_teardown(malformed_parts_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_boundary_must_be_one, begin, end),
        cmocka_unit_test_setup_teardown(many_parts_end, begin, end),
        cmocka_unit_test_setup_teardown(cookies_are_read_and_our_own_comes_once, begin, end),
        cmocka_unit_test_setup_teardown(random_bytes_keep_the_promises, begin, end),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
