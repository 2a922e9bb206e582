// SPDX-License-Identifier: AGPL-3.0-or-later
/* What answers of an e-sign service mean, and where a call may go. Calls are tested against a real server: tests/journeys/esign.test.mjs.
 */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "tests/unit/arena.h"

#include "server/base/clock.h"
#include "server/loop/loop.h"
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

/* ---- the ways out ---- */

static struct {
    struct esign *esign;
    struct loop *loop;
    struct str order; /* who had a way, one after the other */
    size_t n_under_way;
} line;

/* Takes its village's way, notes it, and keeps it until the next turn of the loop. */
static void sign_for(void *arg)
{
    struct err err;

    line.n_under_way++;
    assert_int_equal(esign_take(line.esign, str_c(arg), clock_mono_ms() + 3600000, &err), RC_OK);
    line.order = str_fmt(arena, "%.*s%s ", STR_ARG(line.order), (const char *)arg);
    assert_int_equal(fiber_sleep_ms(0, &err), RC_OK);
    esign_give(line.esign, str_c(arg));
    line.n_under_way--;
}

static void one_of_a_village(void *arg)
{
    struct err err;

    (void)arg;
    fiber_spawn(line.loop, sign_for, (char[]){"A"});
    fiber_spawn(line.loop, sign_for, (char[]){"A"});
    fiber_spawn(line.loop, sign_for, (char[]){"B"});
    assert_string_equal(str_z(arena, line.order), "A B "); /* B does not wait for the second of A */
    while (line.n_under_way > 0)
        assert_int_equal(fiber_sleep_ms(0, &err), RC_OK);
    assert_string_equal(str_z(arena, line.order), "A B A ");
}

static void in_the_order_they_came(void *arg)
{
    static const char *const late[] = {"X", "Y", "Z"};
    char *const others = arena_alloc(arena, ESIGN_WAYS * 2);
    struct err err;

    (void)arg;
    for (size_t i = 0; i < ESIGN_WAYS; i++) {
        others[2 * i] = (char)('a' + i);
        others[2 * i + 1] = '\0';
        assert_int_equal(esign_take(line.esign, str_c(&others[2 * i]), 0, &err), RC_OK);
    }
    for (size_t i = 0; i < COUNT_OF(late); i++)
        fiber_spawn(line.loop, sign_for, (void *)(uintptr_t)late[i]);
    assert_int_equal(line.n_under_way, 3);
    /* Whose turn may come after its passphrase is gone hears so at once; whose time ends while it waits, too. */
    assert_int_equal(esign_take(line.esign, STR("P"), clock_mono_ms() + 29000, &err), RC_BUSY);
    esign_give(line.esign, STR("c"));
    while (line.n_under_way > 0)
        assert_int_equal(fiber_sleep_ms(0, &err), RC_OK);
    assert_string_equal(str_z(arena, line.order), "X Y Z ");
    assert_int_equal(esign_take(line.esign, STR("c"), 0, &err), RC_OK);
    fiber_set_deadline(fiber_current(), clock_mono_ms() + 1);
    assert_int_equal(esign_take(line.esign, STR("Q"), clock_mono_ms() + 3600000, &err), RC_TIMEOUT);
    fiber_set_deadline(fiber_current(), 0);
    for (size_t i = 0; i < ESIGN_WAYS; i++)
        esign_give(line.esign, str_c(&others[2 * i]));
}

static void run_line(void (*fn)(void *arg))
{
    static const struct config config = {.esign_timeout_ms = 30000};

    line.order = STR("");
    line.n_under_way = 0;
    line.esign = esign_new(arena, &config);
    line.loop = loop_new();
    loop_run_fiber(line.loop, fn, NULL);
    loop_free(&line.loop);
}

static void test_a_village_has_one_way_out_and_holds_no_other_up(void **state)
{
    (void)state;
    run_line(one_of_a_village);
    run_line(in_the_order_they_came);
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
        cmocka_unit_test(test_a_village_has_one_way_out_and_holds_no_other_up),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_where_a_call_may_go),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
