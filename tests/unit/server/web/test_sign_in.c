// SPDX-License-Identifier: AGPL-3.0-or-later
/* Signing in: one answer for every kind of no, a lock that outlives the process, a way on that stays here. */
#include "tests/unit/server/web/rig.h"

#include <stdio.h>

static struct rig *rig;

static enum rc office_page(struct request *req, struct response *resp, struct err *err)
{
    (void)req;
    (void)err;
    return respond_bytes(resp, STR("text/plain"), STR("kantor"), STR_NONE);
}

static enum rc shell_page_of_office(struct request *req, struct response *resp, struct err *err)
{
    return respond_page(req, resp, &(struct page){.title = STR("Kantor"), .body = html_text(req->arena, STR("isi"))}, err);
}

static const struct route routes[] = {
    ROUTE(GET, "/kantor", MAY_BE_STAFF, NULL, office_page),
    ROUTE(GET, "/kantor/halaman", MAY_BE_STAFF, NULL, shell_page_of_office),
    ROUTES_END,
};

#define ASK(...) rig_ask(rig, &(struct ask){__VA_ARGS__})

static struct told try_from(const char *ip, const char *host, const char *username, const char *password, const char *go_to)
{
    struct told form = ASK(.host = host, .target = "/masuk");
    struct str body = str_fmt(rig->arena, "_csrf=%.*s&_once=%.*s&nama=%s&sandi=%s&ke=%s", STR_ARG(told_field(&form, "_csrf")),
                              STR_ARG(told_field(&form, "_once")), username, password, go_to);
    return ASK(.method = "POST", .host = host, .target = "/masuk", .body = str_z(rig->arena, body), .ip = ip,
               .cookie = str_z(rig->arena, told_cookie(rig, &form, "__Host-tamu")));
}

#define RIGHT "kapal+layar+biru+tua"

static struct told try(const char *username, const char *password)
{
    return try_from("198.51.100.7", NULL, username, password, "");
}

/* What differs between two pages of a refused sign-in besides their one-time values. */
static struct str without_values(struct str page)
{
    struct buf out = {.arena = rig->arena};
    bool is_in_value = false;

    for (size_t i = 0; i < page.n; i++) {
        if (str_starts(str_from(page, i), STR("value=\"")))
            is_in_value = true;
        else if (is_in_value && page.p[i] == '"' && page.p[i - 1] != '=')
            is_in_value = false;
        if (!is_in_value)
            buf_put_char(&out, page.p[i]);
    }
    return buf_str(&out);
}

static void one_answer_for_every_kind_of_no(void **state)
{
    struct told wrong = try("hasnah", "Zq7keliru"), unknown = try("tidakada", "Zq7keliru");
    (void)state;

    assert_int_equal(wrong.status, 422);
    assert_int_equal(unknown.status, 422);
    assert_true(told_has(&wrong, "Nama akun atau kata sandi tidak cocok."));
    assert_null(told_cookie(rig, &wrong, "__Host-balai").p);
    assert_true(str_eq(without_values(wrong.body), without_values(unknown.body)));
    assert_false(told_has(&wrong, "Zq7keliru"));
    struct told empty = try("", "");
    assert_int_equal(empty.status, 422);
    assert_true(told_has(&empty, "Nama akun belum diisi."));
}

static void a_locked_account_refuses_the_right_password_too(void **state)
{
    struct told last = {0};
    (void)state;

    rig_sql(rig, 0, "DELETE FROM sign_in_attempt");
    for (int i = 0; i < 5; i++)
        last = try(i % 2 == 0 ? "andi" : "ANDI", "salah"); /* however it is written: one account */
    assert_true(str_is(rig_column(rig, 0, "SELECT CONCAT(COUNT(*), ' ', MAX(failures)) FROM sign_in_attempt"), "1 5"));
    struct told right = try("andi", RIGHT);
    assert_int_equal(right.status, 422);
    assert_true(str_eq(without_values(right.body), without_values(last.body)));
    assert_null(told_cookie(rig, &right, "__Host-balai").p);
    /* another village's account of that name is another account */
    assert_int_equal(try_from(NULL, "dadeko.localhost:8080", "andi", RIGHT, "").status, 303);
    rig_sql(rig, 0, "UPDATE sign_in_attempt SET locked_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
    assert_int_equal(try("andi", RIGHT).status, 303);
    assert_true(str_is(rig_column(rig, 0, "SELECT COUNT(*) FROM sign_in_attempt"), "0"));
}

static void the_way_on_stays_on_this_site(void **state)
{
    static const struct {
        const char *wanted, *given;
    } cases[] = {
        {"", "/kantor"},
        {"/kantor/surat%3Fhal%3D2", "/kantor/surat?hal=2"},
        {"%2F%2Fevil.test", "/kantor"},
        {"%2F%5Cevil.test", "/kantor"},
        {"https%3A%2F%2Fevil.test", "/kantor"},
        {"/masuk", "/kantor"},
        {"/keluar", "/kantor"},
        {"evil.test", "/kantor"},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct told told = try_from(NULL, NULL, "hasnah", RIGHT, cases[i].wanted);
        assert_int_equal(told.status, 303);
        assert_true(str_is(told_header(&told, "location"), cases[i].given));
    }
}

static void the_cookie_is_new_and_guarded(void **state)
{
    struct told first = try("hasnah", RIGHT), second = try("hasnah", RIGHT);
    struct str a = told_cookie(rig, &first, "__Host-balai"), b = told_cookie(rig, &second, "__Host-balai");
    bool is_guarded = false;
    (void)state;

    assert_int_equal(a.n, strlen("__Host-balai=") + 43);
    assert_false(str_eq(a, b));
    for (size_t i = 0; i < first.answer->header_count; i++)
        is_guarded |= str_ends(first.answer->headers[i].value, STR("; Path=/; Secure; HttpOnly; SameSite=Lax"));
    assert_true(is_guarded);
    /* the database knows only a hash of it */
    assert_true(
        str_is(rig_column(rig, 0,
                          str_z(rig->arena,
                                str_fmt(rig->arena, "SELECT COUNT(*) FROM session WHERE token_hash = '%.*s' OR user_agent LIKE '%%%.*s%%'",
                                        STR_ARG(str_part(a, 13, 32)), STR_ARG(str_from(a, 13))))),
               "0"));
    assert_true(str_find(rig_column(rig, 0, "SELECT action FROM audit"), STR("staff.sign_in")) >= 0);
}

static void signing_out_ends_the_session(void **state)
{
    const char *cookie = rig_sign_in(rig, NULL, "hasnah", RIG_PASSWORD);
    struct told told;
    (void)state;

    assert_int_equal(ASK(.target = "/kantor", .cookie = cookie).status, 200);
    told = ASK(.target = "/masuk", .cookie = cookie);
    assert_true(told.status == 303 && str_is(told_header(&told, "location"), "/kantor"));
    assert_int_equal(ASK(.method = "POST", .target = "/keluar", .cookie = cookie, .body = "").status, 403);
    assert_int_equal(ASK(.target = "/kantor", .cookie = cookie).status, 200);

    const char *guard = rig_guard(rig, NULL, cookie, "/kantor/halaman"); /* the sign-out form of the page's own header */
    told = ASK(.method = "POST", .target = "/keluar", .cookie = cookie, .body = guard);
    assert_true(told.status == 303 && str_is(told_header(&told, "location"), "/"));
    assert_true(str_is(told_cookie(rig, &told, "__Host-balai"), "__Host-balai="));
    assert_int_equal(ASK(.target = "/kantor", .cookie = cookie).status, 303);
}

static void one_network_may_not_try_for_ever(void **state)
{
    struct told told = {0};
    (void)state;

    for (int i = 0; i < 60; i++) {
        char name[20];
        snprintf(name, sizeof(name), "orang%d", i);
        told = try_from("203.0.113.9", NULL, name, "salah", "");
        assert_int_equal(told.status, 422);
    }
    told = try_from("203.0.113.9", NULL, "hasnah", RIGHT, "");
    assert_int_equal(told.status, 429);
    assert_true(told_header(&told, "retry-after").p != NULL);
    assert_int_equal(try_from("203.0.113.10", NULL, "hasnah", RIGHT, "").status, 303);
}

static void consoles_have_accounts_of_their_own(void **state)
{
    const char *cookie = rig_sign_in(rig, "kelola.localhost:8080", "rina", RIG_PASSWORD);
    (void)state;

    assert_non_null(cookie);
    struct told told = ASK(.host = "kelola.localhost:8080", .target = "/masuk", .cookie = cookie);
    assert_true(told.status == 303 && str_is(told_header(&told, "location"), "/"));
    told = ASK(.host = "dpmd.localhost:8080", .target = "/masuk", .cookie = cookie);
    assert_int_equal(told.status, 200); /* the same person's session of another console is nothing here */
    assert_null(rig_sign_in(rig, "kelola.localhost:8080", "hasnah", RIG_PASSWORD));
    assert_null(rig_sign_in(rig, NULL, "rina", RIG_PASSWORD));
    assert_true(str_is(rig_column(rig, RIG_CONTROL, "SELECT action FROM audit"), "account.sign_in"));
}

/* Four at once (fewer than would lock the account while they count as tries) through a gate of two: all are served. */
static int at_once_done, at_once_right;

static void at_once_fiber(void *arg)
{
    struct ask *ask = arg;
    struct told told = rig_ask_here(rig, ask);

    at_once_done++;
    at_once_right += told.status == 303;
}

static void wait_fiber(void *arg)
{
    int *wanted = arg;
    while (at_once_done < *wanted)
        if (fiber_sleep_ms(5, NULL) != RC_OK)
            break;
}

static void many_at_once_wait_their_turn(void **state)
{
    static struct ask asks[4];
    int wanted = COUNT_OF(asks);
    (void)state;

    for (size_t i = 0; i < COUNT_OF(asks); i++) {
        struct told form = ASK(.target = "/masuk");
        struct str body = str_fmt(rig->arena, "_csrf=%.*s&_once=%.*s&nama=hasnah&sandi=" RIGHT "&ke=", STR_ARG(told_field(&form, "_csrf")),
                                  STR_ARG(told_field(&form, "_once")));
        asks[i] = (struct ask){.method = "POST",
                               .target = "/masuk",
                               .body = str_z(rig->arena, body),
                               .cookie = str_z(rig->arena, told_cookie(rig, &form, "__Host-tamu"))};
    }
    at_once_done = at_once_right = 0;
    for (size_t i = 0; i < COUNT_OF(asks); i++)
        fiber_spawn(rig->loop, at_once_fiber, &asks[i]);
    loop_run_fiber(rig->loop, wait_fiber, &wanted);
    assert_int_equal(at_once_right, wanted);
}

static int begin(void **state)
{
    (void)state;
    rig = rig_new("signin", routes);
    return 0;
}

static int end(void **state)
{
    (void)state;
    rig_free(&rig);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_answer_for_every_kind_of_no), cmocka_unit_test(a_locked_account_refuses_the_right_password_too),
        cmocka_unit_test(the_way_on_stays_on_this_site),   cmocka_unit_test(the_cookie_is_new_and_guarded),
        cmocka_unit_test(signing_out_ends_the_session),    cmocka_unit_test(consoles_have_accounts_of_their_own),
        cmocka_unit_test(many_at_once_wait_their_turn),    cmocka_unit_test(one_network_may_not_try_for_ever),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
