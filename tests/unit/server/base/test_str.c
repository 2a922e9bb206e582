// SPDX-License-Identifier: AGPL-3.0-or-later
/* str, buf, arena, err and the log. */
#include "tests/unit/arena.h"

#include <stdlib.h>
#include <unistd.h>

#define assert_text(got, want) assert_string_equal(str_z(arena, (got)), (want))

static void test_base64url(void **state)
{
    static const char *const plain[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar", "\xFB\xFF\xFE"};
    static const char *const coded[] = {"", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy", "-__-"};
    static const char *const refused[] = {"Z", "Zh", "Zm9", "Zm9vYh", "Zg==", "Zm9v\n", "Zm 9v", "+//+", "Zm9v.", "é"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(plain); i++) {
        assert_text(str_base64url(arena, plain[i], strlen(plain[i])), coded[i]);
        assert_text(str_unbase64url(arena, str_c(coded[i])), plain[i]);
    }
    for (size_t i = 0; i < COUNT_OF(refused); i++) /* among them second spellings of the same bytes */
        assert_null(str_unbase64url(arena, str_c(refused[i])).p);
    assert_null(str_unbase64url(arena, STR_NONE).p);
    assert_non_null(str_unbase64url(arena, STR("")).p);
}

static void test_hex(void **state)
{
    unsigned char out[2] = {9, 9};

    (void)state;
    assert_text(str_hex(arena, "\x00\xff", 2), "00ff");
    assert_true(str_unhex(STR("00fF"), out, 2));
    assert_int_equal(out[1], 255);
    assert_false(str_unhex(STR("00f"), out, 2));
    assert_false(str_unhex(STR("00fg"), out, 2));
    assert_false(str_unhex(STR("00ff00"), out, 2));
    assert_false(str_unhex(STR(" 0ff"), out, 2));
}

static void test_numbers(void **state)
{
    uint64_t u = 7;
    int64_t i = 7;

    (void)state;
    assert_true(str_to_u64(STR("18446744073709551615"), &u) && u == UINT64_MAX);
    assert_true(str_to_u64(STR("007"), &u) && u == 7);
    assert_false(str_to_u64(STR("18446744073709551616"), &u));
    assert_false(str_to_u64(STR(""), &u));
    assert_false(str_to_u64(STR("+1"), &u));
    assert_false(str_to_u64(STR("-1"), &u));
    assert_false(str_to_u64(STR(" 1"), &u));
    assert_false(str_to_u64(STR("1e3"), &u));
    assert_true(str_to_i64(STR("-9223372036854775808"), &i) && i == INT64_MIN);
    assert_true(str_to_i64(STR("9223372036854775807"), &i) && i == INT64_MAX);
    assert_false(str_to_i64(STR("9223372036854775808"), &i));
    assert_false(str_to_i64(STR("-9223372036854775809"), &i));
    assert_false(str_to_i64(STR("-"), &i));
    assert_false(str_to_i64(STR("--1"), &i));
    assert_int_equal(u, 7);
}

static void test_parts(void **state)
{
    struct str rest = STR("a,,b"), head;

    (void)state;
    assert_true(str_cut(&rest, ',', &head) && str_is(head, "a"));
    assert_true(str_cut(&rest, ',', &head) && str_is(head, ""));
    assert_true(str_cut(&rest, ',', &head) && str_is(head, "b"));
    assert_false(str_cut(&rest, ',', &head));
    rest = STR("");
    assert_true(str_cut(&rest, ',', &head) && head.p != NULL && head.n == 0);
    assert_false(str_cut(&rest, ',', &head));
    assert_text(str_trim(STR(" \t\r\na b\v\f ")), "a b");
    assert_text(str_trim(STR(" ")), "");
    assert_text(str_part(STR("abc"), 1, 1), "b");
    assert_text(str_part(STR("abc"), 9, 1), "");
    assert_null(str_from(STR_NONE, 3).p);
    assert_int_equal(str_find(STR("abcabc"), STR("ca")), 2);
    assert_int_equal(str_find(STR("abc"), STR("abcd")), -1);
    assert_true(str_starts(STR("abc"), STR("ab")) && str_ends(STR("abc"), STR("bc")));
    assert_true(str_eq_nocase(STR("To'LONG"), STR("to'long")));
    assert_text(str_replace(arena, STR("aXbXX"), STR("X"), STR("--")), "a--b----");
    assert_text(str_replace(arena, STR("abc"), STR(""), STR("x")), "abc");
    assert_text(str_upper(arena, STR("aé")), "Aé");
}

static int ended;

static void on_end(void *arg)
{
    ended = ended * 10 + *(int *)arg;
}

static void test_arena(void **state)
{
    struct arena *mine = arena_new();
    int one = 1, two = 2;
    struct buf out = {.arena = mine};

    (void)state;
    ended = 0;
    arena_defer(mine, on_end, &one);
    arena_defer(mine, on_end, &two);
    for (size_t n = 0; n < 70000; n = n * 3 + 1) {
        char *p = arena_alloc(mine, n);

        assert_int_equal((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 'x', n);
    }
    for (int i = 0; i < 1000; i++)
        buf_fmt(&out, "%d,", i);
    assert_true(str_ends(buf_str(&out), STR("998,999,")));
    arena_reset(mine);
    assert_int_equal(ended, 21); /* the latest first */
    assert_int_equal(arena_used(mine), 0);
    arena_free(&mine);
    assert_null(mine);
    arena_free(&mine);
    assert_int_equal(ended, 21);
}

static enum rc refuse(struct err *err)
{
    return fail(err, RC_CONFLICT, "letter %d already has its number", 7);
}

static enum rc try_refuse(struct err *err)
{
    TRY(refuse(err));
    return RC_OK;
}

static void test_err(void **state)
{
    struct err err = {0};

    (void)state;
    assert_int_equal(try_refuse(&err), RC_CONFLICT);
    assert_int_equal(err.rc, RC_CONFLICT);
    assert_string_equal(err.text, "letter 7 already has its number");
    assert_int_equal(try_refuse(NULL), RC_CONFLICT);
    assert_string_equal(rc_name(RC_UNSURE), "UNSURE");
    assert_int_equal(rc_http(RC_OK), 200);
    assert_int_equal(rc_http(RC_MISDIRECTED), 421);
    assert_int_equal(rc_http((enum rc)999), 500);
    assert_true(rc_may_retry(RC_AGAIN));
    assert_false(rc_may_retry(RC_CONFLICT));
    assert_int_equal(rc_log_level(RC_FAULT), LOG_ERROR);
}

/* What the log writes while fn runs. */
static struct str logged(void (*fn)(void))
{
    char *text = arena_alloc(arena, 16384);
    int saved = dup(STDERR_FILENO), file;
    char name[] = "/tmp/balai-log-XXXXXX";
    ssize_t n;

    file = mkstemp(name);
    assert_true(file >= 0);
    unlink(name);
    dup2(file, STDERR_FILENO);
    fn();
    dup2(saved, STDERR_FILENO);
    n = pread(file, text, 16383, 0);
    close(file);
    close(saved);
    assert_true(n >= 0);
    return (struct str){text, (size_t)n};
}

static void forge(void)
{
    log_event(LOG_INFO, "note", "%s", "x\"\n2026-01-01T00:00:00.000Z level=error event=forged\r\x1b[2J\\\x7f");
}

static void flood(void)
{
    static char long_text[5000];
    struct log_context context = {.village = "7317102003", .request = "r1", .route = "/kantor/surat/{id}"}, *before;

    memset(long_text, '\n', sizeof(long_text) - 1);
    before = log_swap(&context);
    log_event(LOG_ERROR, "flood", "%s", long_text);
    log_swap(before);
    log_event(LOG_DEBUG, "quiet", "not written at this level");
}

static void failure(void)
{
    struct err err;

    (void)!try_refuse(&err);
    log_err("refused", &err);
}

static void test_log(void **state)
{
    struct str text = logged(forge), line;

    (void)state;
    assert_true(str_cut(&text, '\n', &line));
    assert_true(str_empty(text)); /* one line, whatever was in it */
    assert_true(str_find(line, STR("level=info event=note text=\"x\\\"\\x0a2026")) > 0);
    assert_true(str_ends(line, STR("\\x0d\\x1b[2J\\\\\\x7f\"")));

    text = logged(flood);
    assert_true(str_cut(&text, '\n', &line));
    assert_true(str_empty(text));
    assert_true(line.n < 2048);
    assert_true(str_find(line, STR("village=7317102003 request=r1 route=/kantor/surat/{id} text=\"\\x0a")) > 0);
    assert_true(str_ends(line, STR("\"")));

    text = logged(failure);
    assert_true(str_find(text, STR("CONFLICT at ")) > 0);
    assert_true(str_find(text, STR("already has its number")) > 0);
}

#define STR_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STR_TEST(test_base64url), STR_TEST(test_hex), STR_TEST(test_numbers), STR_TEST(test_parts),
        STR_TEST(test_arena),     STR_TEST(test_err), STR_TEST(test_log),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
