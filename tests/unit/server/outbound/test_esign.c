// SPDX-License-Identifier: AGPL-3.0-or-later
/* What answers of an e-sign service mean, and where a call may go. Calls are tested against a real server: tests/journeys/esign.test.mjs.
 */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "tests/unit/arena.h"

#include "server/outbound/esign.h"
#include "server/outbound/reach.h"

/* Names the row that is wrong. */
#define assert_wrong(...)         \
    do {                          \
        print_error(__VA_ARGS__); \
        assert_true(false);       \
    } while (0)

struct said_row {
    long status;
    const char *body;
    enum esign_outcome outcome;
};

static void assert_judged(const struct said_row *rows, size_t n, enum esign_outcome (*judge)(struct arena *, long, struct str))
{
    for (size_t i = 0; i < n; i++)
        if (judge(arena, rows[i].status, str_c(rows[i].body)) != rows[i].outcome)
            assert_wrong("%ld %s", rows[i].status, rows[i].body);
}

static void test_an_answer_means(void **state)
{
    static const struct said_row rows[] = {
        {200, "%PDF-1.5 and so on", ESIGN_DONE},
        {200, "", ESIGN_GARBLED},
        {200, "<html>Masuk dulu</html>", ESIGN_GARBLED},
        {200, " %PDF-1.5", ESIGN_GARBLED},
        {500, "%PDF-1.5", ESIGN_BROKEN},
        {400, "{\"status_code\":2031,\"error\":\"salah\"}", ESIGN_PASSPHRASE},
        {500, "{\"status_code\":\"2031\"}", ESIGN_PASSPHRASE},
        {400, "{\"error\":\"Passphrase Anda Salah\"}", ESIGN_PASSPHRASE},
        {200, "{\"status_code\":2031}", ESIGN_PASSPHRASE},
        {400, "{\"status_code\":2011,\"error\":\"-\"}", ESIGN_NIK},
        {404, "{\"message\":\"User tidak ditemukan\"}", ESIGN_NIK},
        {400, "{\"error\":\"Sertifikat sudah kadaluarsa\"}", ESIGN_CERTIFICATE},
        {400, "{\"error\":\"CERTIFICATE REVOKED\"}", ESIGN_CERTIFICATE},
        {400, "{\"error\":\"lain\"}", ESIGN_ODD},
        {400, "{\"error\":", ESIGN_ODD},
        {400, "[2031]", ESIGN_ODD},
        {401, "{\"error\":\"Unauthorized\"}", ESIGN_ACCOUNT},
        {401, "{\"error\":\"passphrase\"}", ESIGN_ACCOUNT},
        {403, "", ESIGN_ACCOUNT},
        {302, "", ESIGN_REDIRECT},
        {404, "", ESIGN_ADDRESS},
        {413, "", ESIGN_TOO_MUCH},
        {204, "", ESIGN_GARBLED},
        {500, "", ESIGN_BROKEN},
        {502, "<html>502</html>", ESIGN_GATEWAY},
        {503, "sibuk", ESIGN_GATEWAY},
        {504, "", ESIGN_GATEWAY},
        {504, "{\"status_code\":2031}", ESIGN_PASSPHRASE},
    };

    (void)state;
    assert_judged(rows, COUNT_OF(rows), esign_judge_signed);
}

static void test_a_status_means(void **state)
{
    static const struct said_row rows[] = {
        {200, "{\"status_code\":1111,\"status\":\"ISSUE\"}", ESIGN_DONE},
        {200, "{\"status\":\"ISSUE\"}", ESIGN_DONE},
        {200, "{\"status_code\":1110,\"status\":\"NOT_REGISTERED\"}", ESIGN_NIK},
        {200, "{\"status\":\"EXPIRED\"}", ESIGN_CERTIFICATE},
        {200, "{\"status\":\"NO_CERTIFICATE\"}", ESIGN_CERTIFICATE},
        {200, "{\"status\":\"WAITING_FOR_VERIFICATION\"}", ESIGN_CERTIFICATE},
        {200, "{\"status\":\"apa\"}", ESIGN_ODD},
        {500, "{\"status\":\"ISSUE\"}", ESIGN_BROKEN},
        {401, "", ESIGN_ACCOUNT},
        {502, "", ESIGN_BROKEN}, /* nothing was asked to be signed */
    };

    (void)state;
    assert_judged(rows, COUNT_OF(rows), esign_judge_status);
}

static void test_what_may_be_signed_is_no_refusal(void **state)
{
    (void)state;
    for (enum esign_outcome o = ESIGN_NONE; o <= ESIGN_TOO_MUCH; o++)
        assert_false(esign_may_be_signed(o) && esign_is_refusal(o));
    assert_true(esign_may_be_signed(ESIGN_GATEWAY) && esign_may_be_signed(ESIGN_FOREIGN) && esign_is_refusal(ESIGN_PASSPHRASE));
    /* Neither: nothing reached it, or it failed without a word of what it did. */
    assert_false(esign_may_be_signed(ESIGN_AWAY) || esign_is_refusal(ESIGN_AWAY) || esign_may_be_signed(ESIGN_BROKEN));
}

static void test_addresses(void **state)
{
    static const char *const good[] = {"https://esign.luwukab.go.id", "https://10.1.2.3:8443/tte", "http://127.0.0.1:80", NULL},
                             *const bad[] = {"",
                                             "esign.luwukab.go.id",
                                             "ftp://esign.luwukab.go.id",
                                             "https://",
                                             "https:///x",
                                             "https://esign.luwukab.go.id/",
                                             "https://akun@esign.luwukab.go.id",
                                             "https://esign.luwukab.go.id?x=1",
                                             "https://esign.luwukab.go.id#x",
                                             "https://esign luwu",
                                             "https://esign\r\nHost: x",
                                             "file:///etc/passwd",
                                             NULL};

    (void)state;
    for (const char *const *a = good; *a != NULL; a++)
        assert_true(esign_address_is_valid(str_c(*a)));
    for (const char *const *a = bad; *a != NULL; a++)
        assert_false(esign_address_is_valid(str_c(*a)));
}

static bool reaches(const char *address)
{
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    struct sockaddr_in four = {.sin_family = AF_INET};

    if (inet_pton(AF_INET, address, &four.sin_addr) == 1)
        return reach_is_public((const struct sockaddr *)(const void *)&four);
    assert_int_equal(inet_pton(AF_INET6, address, &six.sin6_addr), 1);
    return reach_is_public((const struct sockaddr *)(const void *)&six);
}

static void test_where_a_call_may_go(void **state)
{
    static const char *const open[] = {"103.101.52.82", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2400:cb00::1", "::ffff:8.8.8.8", NULL},
                             *const closed[] = {"127.0.0.1",
                                                "10.0.0.1",
                                                "172.16.0.1",
                                                "172.31.255.255",
                                                "192.168.1.1",
                                                "169.254.169.254",
                                                "100.64.0.1",
                                                "0.0.0.0",
                                                "224.0.0.1",
                                                "255.255.255.255",
                                                "198.18.0.1",
                                                "::1",
                                                "::",
                                                "fe80::1",
                                                "fd00::1",
                                                "ff02::1",
                                                "::ffff:10.0.0.1",
                                                "64:ff9b::7f00:1",
                                                "2002:7f00:1::",
                                                "2001:db8::1",
                                                "2001::1",
                                                NULL};

    (void)state;
    for (const char *const *a = open; *a != NULL; a++)
        if (!reaches(*a))
            assert_wrong("%s is closed", *a);
    for (const char *const *a = closed; *a != NULL; a++)
        if (reaches(*a))
            assert_wrong("%s is open", *a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_answer_means),
        cmocka_unit_test(test_a_status_means),
        cmocka_unit_test(test_what_may_be_signed_is_no_refusal),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_where_a_call_may_go),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
