// SPDX-License-Identifier: AGPL-3.0-or-later
/* Lock-out, ways on after a sign-in, which passwords are taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "server/web/limits.h"
#include "server/web/password.h"
#include "server/web/sign_in_rules.h"

static const utc_us noon = INT64_C(1795500000) * US_PER_S;

static struct attempts fail_times(struct attempts at, utc_us *now, int n)
{
    bool may_try;

    for (int i = 0; i < n; i++) {
        *now += 10 * US_PER_S;
        at = attempts_next(at, *now, &may_try);
        assert_true(may_try);
    }
    return at;
}

static void five_wrong_lock_for_a_quarter_ten_for_a_day(void **state)
{
    utc_us now = noon;
    bool may_try;
    (void)state;

    struct attempts at = fail_times((struct attempts){0, now, 0}, &now, 4);
    assert_int_equal(at.locked_until, 0);
    at = fail_times(at, &now, 1);
    assert_int_equal(at.failures, 5);
    assert_int_equal(at.locked_until, now + 15 * 60 * US_PER_S);

    struct attempts same = attempts_next(at, at.locked_until - 1, &may_try);
    assert_false(may_try);
    assert_int_equal(same.failures, 5); /* tries while locked do not make it longer */
    assert_int_equal(same.locked_until, at.locked_until);

    now = at.locked_until;
    at = fail_times(at, &now, 4);
    assert_int_equal(at.locked_until, 0);
    at = fail_times(at, &now, 1);
    assert_int_equal(at.locked_until, now + 24 * 3600 * US_PER_S);
    (void)attempts_next(at, now + 23 * 3600 * US_PER_S, &may_try);
    assert_false(may_try);

    now = at.locked_until;
    at = fail_times(at, &now, 1);
    assert_int_equal(at.failures, 1); /* a day of quiet begins anew */
}

static void only_local_paths_are_gone_to(void **state)
{
    static const char *const bad[] = {"",     "kantor",    "//evil.test", "/\\evil.test", "https://evil.test", "/a\\b", "/a b",
                                      "/a\n", "/\xc3\xa9", "\\/evil",     "/\x01"};
    (void)state;

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(is_local_path(str_c(bad[i])));
    assert_true(is_local_path(STR("/")) && is_local_path(STR("/kantor/surat/218?halaman=2")));
    char longest[302];
    memset(longest, 'a', sizeof(longest));
    longest[0] = '/';
    assert_false(is_local_path((struct str){longest, 301}));
    assert_true(is_local_path((struct str){longest, 300}));
}

static const char *judge(struct arena *arena, const char *password)
{
    return password_fault(arena, str_c(password), STR("Sampano"), STR("hasnah"), STR("Hasnah Bachtiar"));
}

static void guessable_passwords_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "pendek",
        "123456789",
        "1234567890",
        "0987654321",
        "qwertyuiop",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "password123",
        "Password2026",
        "P@ssw0rd123",
        "katasandi1",
        "rahasia1234",
        "bismillah99",
        "indonesia45",
        "adminadmin",
        "admin12345",
        "sampano2026",
        "desasampano",
        "Sampano12345",
        "hasnah123456",
        "hasnahbachtiar",
        "sayangkuu1sayangkuu1",
        "q1w2e3r4t5y6",
        "1q2w3e4r5t6y",
        "merdeka1945",
        "kantordesa1",
        "iloveyou123",
        "!!!!!!!!!!!!",
        "..........",
        "12345678901234567890",
        "desaluwu2026",
        "opensid12345",
        "balaidesa123",
    };
    struct arena *arena = arena_new();
    (void)state;

    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        if (judge(arena, bad[i]) == NULL)
            print_error("taken: %s\n", bad[i]);
        assert_non_null(judge(arena, bad[i]));
    }
    arena_free(&arena);
}

static void long_and_unlike_passwords_are_taken(void **state)
{
    static const char *const good[] = {"kapal layar biru tua", "kuda-terbang-9-lemari", "7Tegukkopi&hujan",
                                       "jaring ikan sobek",    "xK9#mQ2$vLp8",          "kursi kuning di tepi sawah sampano jauh"};
    struct arena *arena = arena_new();
    struct buf longest = {.arena = arena};
    (void)state;

    for (size_t i = 0; i < COUNT_OF(good); i++) {
        const char *fault = judge(arena, good[i]);
        if (fault != NULL)
            print_error("refused: %s: %s\n", good[i], fault);
        assert_null(fault);
    }
    for (int i = 0; longest.n < 128; i++)
        buf_fmt(&longest, "%c%c", 'a' + i * i % 23, 'k' + i * i * i % 11);
    assert_null(password_fault(arena, buf_str(&longest), STR(""), STR(""), STR("")));
    buf_put_char(&longest, 'x');
    assert_non_null(password_fault(arena, buf_str(&longest), STR(""), STR(""), STR("")));
    assert_non_null(password_fault(arena, STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), STR(""), STR(""), STR("")));
    arena_free(&arena);
}

static void a_hash_fits_its_password_and_pepper_only(void **state)
{
    struct arena *arena = arena_new();
    unsigned char pepper[KEY_BYTES], other[KEY_BYTES];
    struct str phc, again;
    (void)state;

    random_bytes(pepper, sizeof(pepper));
    random_bytes(other, sizeof(other));
    assert_int_equal(password_hash(arena, pepper, STR("kapal layar biru"), &phc, NULL), RC_OK);
    assert_int_equal(password_hash(arena, pepper, STR("kapal layar biru"), &again, NULL), RC_OK);
    assert_true(str_starts(phc, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_false(str_eq(phc, again));
    assert_true(password_fits(pepper, STR("kapal layar biru"), phc));
    assert_false(password_fits(pepper, STR("kapal layar Biru"), phc));
    assert_false(password_fits(other, STR("kapal layar biru"), phc));
    assert_false(password_fits(pepper, STR("x"), STR("")));
    assert_false(password_fits(pepper, STR("x"), STR("$argon2id$v=19$m=19456,t=2,p=1$broken")));
    assert_false(password_fits(pepper, STR("x"), STR("md5$x")));
    arena_free(&arena);
}

static void counts_begin_anew_after_their_window(void **state)
{
    struct arena *arena = arena_new();
    struct limit_table *table = limit_table_new(arena);
    (void)state;

    assert_int_equal(limit_table_count(table, 7, 1000, 60, 0), 0);
    assert_int_equal(limit_table_count(table, 7, 1000, 60, 1), 1);
    assert_int_equal(limit_table_count(table, 7, 2000, 60, 1), 2);
    assert_int_equal(limit_table_count(table, 7, 2000, 60, 0), 2);
    assert_int_equal(limit_table_count(table, 8, 2000, 60, 0), 0);
    assert_int_equal(limit_table_count(table, 7, 61001, 60, 0), 0);
    assert_int_equal(limit_table_count(table, 7, 61001, 60, 1), 1);
    limit_table_free(table);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_wrong_lock_for_a_quarter_ten_for_a_day),
        cmocka_unit_test(only_local_paths_are_gone_to),
        cmocka_unit_test(guessable_passwords_are_refused),
        cmocka_unit_test(long_and_unlike_passwords_are_taken),
        cmocka_unit_test(a_hash_fits_its_password_and_pepper_only),
        cmocka_unit_test(counts_begin_anew_after_their_window),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
