// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/arena.h"

static const unsigned char key[KEY_BYTES] = {1, 2, 3};

#define assert_text(got, want) assert_string_equal(str_z(arena, (got)), (want))

static void test_seal_and_unseal(void **state)
{
    struct str plain = STR("rahasia\0ya"), sealed = seal(arena, key, STR("village 7317102003"), plain), opened;
    unsigned char other[KEY_BYTES] = {1, 2, 4};
    struct err err;

    (void)state;
    assert_int_equal(sealed.n, plain.n + SEAL_OVERHEAD);
    assert_int_equal(str_find(sealed, STR("rahasia")), -1);
    assert_false(str_eq(sealed, seal(arena, key, STR("village 7317102003"), plain)));
    assert_int_equal(unseal(arena, key, STR("village 7317102003"), sealed, &opened, &err), RC_OK);
    assert_true(str_eq(opened, plain));
    assert_int_equal(unseal(arena, key, STR("village 7317102004"), sealed, &opened, &err), RC_INVALID);
    assert_int_equal(unseal(arena, key, STR(""), sealed, &opened, &err), RC_INVALID);
    assert_int_equal(unseal(arena, other, STR("village 7317102003"), sealed, &opened, &err), RC_INVALID);
    for (size_t i = 0; i < sealed.n; i++) {
        char *changed = str_z(arena, sealed);

        changed[i] ^= 1;
        assert_int_equal(unseal(arena, key, STR("village 7317102003"), (struct str){changed, sealed.n}, &opened, &err), RC_INVALID);
    }
    for (size_t n = 0; n < sealed.n; n++)
        assert_int_equal(unseal(arena, key, STR("village 7317102003"), str_part(sealed, 0, n), &opened, NULL), RC_INVALID);
    assert_int_equal(unseal(arena, key, STR("x"), STR_NONE, &opened, NULL), RC_INVALID);
}

static void test_seal_nothing(void **state)
{
    struct str opened = STR_NONE, sealed = seal(arena, key, STR_NONE, STR(""));

    (void)state;
    assert_int_equal(sealed.n, SEAL_OVERHEAD);
    assert_int_equal(unseal(arena, key, STR(""), sealed, &opened, NULL), RC_OK);
    assert_true(opened.p != NULL && opened.n == 0);
}

/* Published values: FIPS 180-2 ("abc"), RFC 4231 has no 32-byte key, so HMAC is checked by its definition. */
static void test_hashes(void **state)
{
    unsigned char out[HASH_BYTES], block[64 + 3], inner[64 + HASH_BYTES], want[HASH_BYTES];

    (void)state;
    hash_sha256("abc", 3, out);
    assert_text(str_hex(arena, out, sizeof(out)), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hash_sha256("", 0, out);
    assert_text(str_hex(arena, out, sizeof(out)), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (size_t i = 0; i < 64; i++) {
        block[i] = (unsigned char)((i < KEY_BYTES ? key[i] : 0) ^ 0x36);
        inner[i] = (unsigned char)((i < KEY_BYTES ? key[i] : 0) ^ 0x5c);
    }
    memcpy(block + 64, "abc", 3);
    hash_sha256(block, sizeof(block), inner + 64);
    hash_sha256(inner, sizeof(inner), want);
    hash_keyed(key, "abc", 3, out);
    assert_true(bytes_equal(out, want, sizeof(out)));
}

static void test_derived_keys_differ(void **state)
{
    unsigned char a[KEY_BYTES], b[KEY_BYTES];

    (void)state;
    key_derive(key, "session", 1, a);
    key_derive(key, "session", 1, b);
    assert_true(bytes_equal(a, b, KEY_BYTES));
    key_derive(key, "session", 2, b);
    assert_false(bytes_equal(a, b, KEY_BYTES));
    key_derive(key, "csrf", 1, b);
    assert_false(bytes_equal(a, b, KEY_BYTES));
    assert_false(bytes_equal(a, key, KEY_BYTES));
    assert_true(bytes_equal(a, b, 0));
}

static void test_random(void **state)
{
    struct str a = random_word(arena, 20), b = random_word(arena, 20);
    unsigned seen = 0;

    (void)state;
    assert_int_equal(a.n, 20);
    assert_false(str_eq(a, b));
    for (size_t i = 0; i < a.n; i++)
        assert_true(str_find_char(STR("23456789abcdefghjkmnpqrstuvwxyz"), a.p[i]) >= 0);
    assert_int_equal(random_word(arena, 0).n, 0);
    for (int i = 0; i < 1000; i++) {
        uint32_t n = random_below(3);

        assert_true(n < 3);
        seen |= 1u << n;
    }
    assert_int_equal(seen, 7);
    assert_int_equal(random_below(1), 0);
}

#define RANDOM_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RANDOM_TEST(test_seal_and_unseal),     RANDOM_TEST(test_seal_nothing), RANDOM_TEST(test_hashes),
        RANDOM_TEST(test_derived_keys_differ), RANDOM_TEST(test_random),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
