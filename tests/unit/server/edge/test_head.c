// SPDX-License-Identifier: AGPL-3.0-or-later
/* The strict reading of a head, against what lax ones let through. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "server/base/random.h"
#include "server/edge/head.h"

static int read_head(const char *text, struct head *head)
{
    struct arena *arena = arena_new();
    int status = head_read(arena, str_c(text), head);
    arena_free(&arena);
    return status;
}

#define GET "GET / HTTP/1.1\r\n"

static void a_plain_head_is_read(void **state)
{
    struct arena *arena = arena_new();
    struct head head;
    (void)state;

    assert_int_equal(head_read(arena,
                               STR("POST /kantor/surat?x=1 HTTP/1.1\r\nHost: sampano.localhost\r\nContent-Length: 12\r\nCOOKIE: a=1\r\n"
                                   "cookie:b=2 \r\nSec-Fetch-Site: same-origin\r\nX-Real-IP: 192.0.2.1\r\nX-Other: anything\r\n\r\n"),
                               &head),
                     0);
    assert_true(str_is(head.method, "POST") && str_is(head.target, "/kantor/surat?x=1") && head.host_count == 1);
    assert_true(str_is(head.host, "sampano.localhost") && head.has_length && head.length == 12);
    assert_true(str_is(head.cookie, "a=1; b=2") && str_is(head.sec_fetch_site, "same-origin") && str_is(head.x_real_ip, "192.0.2.1"));
    assert_null(head.origin.p);
    assert_int_equal(head_read(arena, STR("GET /healthz HTTP/1.0\r\n\r\n"), &head), 0);
    assert_int_equal(head.host_count, 0);
    arena_free(&arena);
}

static void what_two_readers_could_read_differently_is_refused(void **state)
{
    static const struct {
        int status;
        const char *text;
    } cases[] = {
        {400, ""},
        {400, "\r\n"},
        {400, "\r\n" GET "\r\n"},
        {400, "GET / HTTP/1.1\n\n"},
        {400, "GET / HTTP/1.1\r\nHost: a\n\r\n"},
        {400, GET "Host: a\r\n"},
        {400, GET "Host: a\r\n\r\nX"},
        {400, GET "Host : a\r\n\r\n"},
        {400, GET " Host: a\r\n\r\n"},
        {400, GET "Host: a\r\n b\r\n\r\n"},
        {400, GET "Host: a\r\n\tb: c\r\n\r\n"},
        {400, GET "Host\r\n\r\n"},
        {400, GET ": a\r\n\r\n"},
        {400, GET "Host: a\rb\r\n\r\n"},
        {400, GET "Content-Length: +5\r\n\r\n"},
        {400, GET "Content-Length: 5, 5\r\n\r\n"},
        {400, GET "Content-Length: 5\r\nContent-Length: 5\r\n\r\n"},
        {400, GET "Content-Length: 0x5\r\n\r\n"},
        {400, GET "Content-Length: \r\n\r\n"},
        {400, GET "Content-Length: 99999999999999999999\r\n\r\n"},
        {400, GET "Transfer-Encoding: chunked\r\n\r\n"},
        {400, GET "Transfer-Encoding: identity, chunked\r\n\r\n"},
        {400, GET "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"},
        {400, GET "Origin: a\r\nOrigin: b\r\n\r\n"},
        {400, GET "X-Real-IP: a\r\nX-Real-IP: b\r\n\r\n"},
        {400, GET "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: none\r\n\r\n"},
        {400, GET "X: a\x01"
                  "b\r\n\r\n"},
        {400, GET "X(: a\r\n\r\n"},
        {400, "GET http://a/ HTTP/1.1\r\n\r\n"},
        {400, "GET * HTTP/1.1\r\n\r\n"},
        {400, "GET  / HTTP/1.1\r\n\r\n"},
        {400, "GET / \r\n\r\n"},
        {400, "GET /\r\n\r\n"},
        {400, "GET / HTTP/1.1 x\r\n\r\n"},
        {400, "G(T / HTTP/1.1\r\n\r\n"},
        {400, "GET /\x7f HTTP/1.1\r\n\r\n"},
        {400, "GET /\xc3\xa9 HTTP/1.1\r\n\r\n"},
        {505, "GET / HTTP/2.0\r\n\r\n"},
        {505, "GET / HTTP/1.2\r\n\r\n"},
        {400, "PRI * HTTP/2.0\r\n\r\n"},
        {400, "GET / http/1.1\r\n\r\n"},
    };
    struct head head;
    (void)state;

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int status = read_head(cases[i].text, &head);
        if (status != cases[i].status)
            print_error("case %zu: %d\n", i, status);
        assert_int_equal(status, cases[i].status);
    }
    assert_int_equal(read_head(GET "Host: a\r\nhost: b\r\n\r\n", &head), 0);
    assert_int_equal(head.host_count, 2); /* the caller's 400 */
    struct arena *arena = arena_new();
    assert_int_equal(head_read(arena, (struct str){GET "Host: a\0b\r\n\r\n", sizeof(GET "Host: a\0b\r\n\r\n") - 1}, &head), 400);
    arena_free(&arena);
}

static void sizes_are_bounded(void **state)
{
    struct arena *arena = arena_new();
    struct buf text = {.arena = arena};
    struct head head;
    (void)state;

    buf_put_str(&text, STR("GET /"));
    while (text.n < HEAD_MAX_TARGET + 6)
        buf_put_char(&text, 'a');
    buf_put_str(&text, STR(" HTTP/1.1\r\n\r\n"));
    assert_int_equal(head_read(arena, buf_str(&text), &head), 414);
    text.n = 0;
    buf_put_str(&text, STR(GET));
    for (int i = 0; i <= HEAD_MAX_LINES; i++)
        buf_fmt(&text, "X-%d: 1\r\n", i);
    buf_put_str(&text, STR("\r\n"));
    assert_int_equal(head_read(arena, buf_str(&text), &head), 431);
    text.n = 0;
    buf_put_str(&text, STR(GET "X: "));
    while (text.n < HEAD_MAX_BYTES)
        buf_put_char(&text, 'a');
    buf_put_str(&text, STR("\r\n\r\n"));
    assert_int_equal(head_read(arena, buf_str(&text), &head), 431);
    arena_free(&arena);
}

static void gzip_is_taken_when_it_is_said(void **state)
{
    (void)state;
    assert_true(head_takes_gzip(STR("gzip")) && head_takes_gzip(STR("br;q=1.0, GZIP;q=0.8, *;q=0.1")) &&
                head_takes_gzip(STR("gzip;q=0.001")));
    assert_false(head_takes_gzip(STR_NONE) || head_takes_gzip(STR("")) || head_takes_gzip(STR("identity")) ||
                 head_takes_gzip(STR("gzip;q=0")) || head_takes_gzip(STR("gzip; q=0.000")) || head_takes_gzip(STR("xgzip")));
}

static void random_bytes_are_read_without_harm(void **state)
{
    static const char signs[] = "GET /HTTP1.:\r\n\r\n hostContent-Length5a,\t;=\0";
    (void)state;

    for (int round = 0; round < 30000; round++) {
        char bytes[120];
        size_t n = random_below(sizeof(bytes));
        struct arena *arena = arena_new();
        struct head head;
        for (size_t i = 0; i < n; i++)
            bytes[i] = round % 5 == 0 ? (char)random_below(256) : signs[random_below(sizeof(signs) - 1)];
        struct str text = round % 2 == 0 ? (struct str){bytes, n} : str_fmt(arena, GET "%.*s\r\n\r\n", (int)n, bytes);
        int status = head_read(arena, text, &head);
        assert_true(status == 0 || status == 400 || status == 414 || status == 431 || status == 505);
        if (status == 0)
            assert_true(head.target.n > 0 && head.target.p[0] == '/');
        (void)head_takes_gzip((struct str){bytes, n});
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_head_is_read),
        cmocka_unit_test(what_two_readers_could_read_differently_is_refused),
        cmocka_unit_test(sizes_are_bounded),
        cmocka_unit_test(gzip_is_taken_when_it_is_said),
        cmocka_unit_test(random_bytes_are_read_without_harm),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
