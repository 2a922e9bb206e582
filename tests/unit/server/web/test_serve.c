// SPDX-License-Identifier: AGPL-3.0-or-later
/* The order of the checks before a handler runs, and the headers after it. */
#include "tests/unit/server/web/rig.h"

#include <stdio.h>

#include "server/web/request.h"
#include "server/web/village.h"

static struct rig *rig;
static int posts;

static enum rc open_page(struct request *req, struct response *resp, struct err *err)
{
    struct page page = {.title = STR("Uji"), .body = html_text(req->arena, input_str(req, "cari"))};
    return respond_page(req, resp, &page, err);
}

static enum rc form_page(struct request *req, struct response *resp, struct err *err)
{
    struct form_guard guard = request_form_guard(req);
    struct str token = token_seal(req, "uji", STR("nilai"), 60);
    (void)err;
    return respond_bytes(resp, STR("text/plain; charset=utf-8"),
                         str_fmt(req->arena, "name=\"_csrf\" value=\"%.*s\" name=\"_once\" value=\"%.*s\" name=\"hal\" value=\"%.*s\"",
                                 STR_ARG(guard.csrf), STR_ARG(guard.once), STR_ARG(token)),
                         STR_NONE);
}

static enum rc form_post(struct request *req, struct response *resp, struct err *err)
{
    (void)req;
    (void)err;
    posts++;
    return respond_redirect(resp, STR("/uji"));
}

static enum rc token_page(struct request *req, struct response *resp, struct err *err)
{
    struct str value = input_token(req, "hal", "uji"), other = input_token(req, "hal", "lain");
    (void)err;
    return respond_bytes(resp, STR("text/plain"), str_fmt(req->arena, "[%.*s][%.*s]", STR_ARG(value), STR_ARG(other)), STR_NONE);
}

static enum rc staff_page(struct request *req, struct response *resp, struct err *err)
{
    return respond_page(
        req, resp, &(struct page){.title = STR("Kantor"), .active = STR("/kantor"), .body = html_text(req->arena, STR("isi kantor"))}, err);
}

static enum rc broken_page(struct request *req, struct response *resp, struct err *err)
{
    (void)req;
    (void)resp;
    return fail(err, RC_FAULT, "broken on purpose");
}

static enum rc silent_page(struct request *req, struct response *resp, struct err *err)
{
    (void)req;
    (void)resp;
    (void)err;
    return RC_OK;
}

static const struct input open_input[] = {FIELD(TEXT, "cari", "Cari", false, 0, 0), INPUT_END};
static const struct input token_input[] = {FIELD(TOKEN, "hal", NULL, false, 0, 0), INPUT_END};
static const struct route routes[] = {
    ROUTE(GET, "/", MAY_VISIT, open_input, open_page),
    ROUTE(GET, "/uji", MAY_VISIT, NULL, form_page),
    ROUTE(POST, "/uji", MAY_VISIT, NULL, form_post),
    ROUTE(GET, "/token", MAY_VISIT, token_input, token_page),
    ROUTE(GET, "/kantor", MAY_BE_STAFF, NULL, staff_page),
    ROUTE(GET, "/kantor/surat", MAY_READ_LETTERS, NULL, staff_page),
    ROUTE(GET, "/kantor/setuju", MAY_APPROVE_LETTERS, NULL, staff_page),
    ROUTE(POST, "/kantor/surat", MAY_WRITE_LETTERS, NULL, form_post),
    ROUTE(GET, "/rusak", MAY_VISIT, NULL, broken_page),
    ROUTE(GET, "/diam", MAY_VISIT, NULL, silent_page),
    ROUTES_END,
};

#define ASK(...) rig_ask(rig, &(struct ask){__VA_ARGS__})

static int status_of(const char *host, const char *target)
{
    return ASK(.host = host, .target = target).status;
}

static void the_village_comes_from_the_host_alone(void **state)
{
    struct told told;
    (void)state;

    told = ASK(.target = "/");
    assert_int_equal(told.status, 200);
    assert_true(told_has(&told, "Desa Sampano"));
    told = ASK(.host = "DADEKO.localhost.:8080", .target = "/");
    assert_true(told_has(&told, "Desa Dadeko") && !told_has(&told, "Sampano"));
    assert_int_equal(status_of("", "/"), 400);
    assert_int_equal(status_of("a b", "/"), 400);
    assert_int_equal(status_of("sampano.localhost:x", "/"), 400);
    assert_int_equal(status_of("sampano.localhost@evil.test", "/"), 400);
    told = ASK(.host = "lain.localhost:8080", .target = "/");
    assert_int_equal(told.status, 421);
    assert_false(told_has(&told, "Desa Sampano") || told_has(&told, "Desa Dadeko"));
    assert_true(told_has(&told, "http://localhost:8080/"));
    assert_int_equal(status_of("sampano.localhost.evil.test", "/"), 421);
    assert_int_equal(status_of("kelola.localhost:8080", "/kantor"), 404);
}

static void strange_targets_are_refused(void **state)
{
    static const char *const bad[] = {"", "kantor", "http://sampano.localhost/", "/a b", "/\x01", "/\xc3\xa9", "/a#b", "/a\\b"};
    (void)state;

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_int_equal(status_of(NULL, bad[i]), 400);
    assert_int_equal(status_of(NULL, "/kantor/../"), 404);
    assert_int_equal(status_of(NULL, "/%6bantor"), 404);
    assert_int_equal(status_of(NULL, "//"), 404);
}

static void methods_are_what_the_path_knows(void **state)
{
    struct told told;
    (void)state;

    told = ASK(.method = "PUT", .target = "/uji");
    assert_int_equal(told.status, 405);
    assert_true(str_is(told_header(&told, "allow"), "GET, HEAD, POST"));
    told = ASK(.method = "POST", .target = "/");
    assert_int_equal(told.status, 405);
    assert_true(str_is(told_header(&told, "allow"), "GET, HEAD"));
    told = ASK(.target = "/keluar");
    assert_true(told.status == 405 && str_is(told_header(&told, "allow"), "POST"));
    assert_int_equal(ASK(.method = "TRACE", .target = "/tidak-ada").status, 404);
    assert_int_equal(ASK(.method = "get", .target = "/").status, 405);

    struct told page = ASK(.target = "/?cari=kepala"), head = ASK(.method = "HEAD", .target = "/?cari=kepala");
    assert_int_equal(head.status, 200);
    assert_int_equal(head.body.n, 0);
    assert_int_equal(head.answer->body_bytes, page.answer->body_bytes);
}

static void every_answer_carries_the_safety_headers(void **state)
{
    static const char *const targets[] = {"/", "/uji", "/tidak-ada", "/kantor", "/rusak", "/masuk"};
    (void)state;

    for (size_t i = 0; i < COUNT_OF(targets); i++) {
        rig->house->public_scheme = STR("https");
        struct told told = ASK(.target = targets[i], .is_https = true);
        rig->house->public_scheme = STR("http");
        assert_true(str_starts(told_header(&told, "content-security-policy"), STR("default-src 'none'; script-src 'self'; ")));
        assert_true(str_is(told_header(&told, "x-content-type-options"), "nosniff"));
        assert_true(str_is(told_header(&told, "cross-origin-opener-policy"), "same-origin"));
        assert_true(str_is(told_header(&told, "strict-transport-security"), "max-age=31536000; includeSubDomains"));
        assert_non_null(told_header(&told, "permissions-policy").p);
        assert_non_null(told_header(&told, "referrer-policy").p);
        assert_non_null(told_header(&told, "cache-control").p);
    }
    struct told plain = ASK(.target = "/"), demo = ASK(.target = "/", .is_https = true);
    assert_null(told_header(&plain, "strict-transport-security").p);
    assert_null(told_header(&demo, "strict-transport-security").p);
}

static void a_fault_shows_its_number_and_no_secret(void **state)
{
    struct told told = ASK(.target = "/rusak");
    (void)state;

    assert_int_equal(told.status, 500);
    assert_true(told_has(&told, "bukan salah Anda") && told_has(&told, "Nomor laporan"));
    assert_true(str_find(told.body, request_id(told.req)) >= 0);
    assert_false(told_has(&told, "broken on purpose"));
    assert_true(str_is(told_header(&told, "cache-control"), "no-store"));
    assert_int_equal(ASK(.target = "/diam").status, 500);
}

static void typed_text_is_escaped(void **state)
{
    struct told told = ASK(.target = "/?cari=%3Cscript%3E&fbclid=%3Cimg%3E");
    (void)state;

    assert_true(told_has(&told, "&lt;script&gt;") && !told_has(&told, "<script>") && !told_has(&told, "fbclid") &&
                !told_has(&told, "img&gt;"));
    assert_int_equal(status_of(NULL, "/?cari=%zz"), 400);
}

static void nobody_is_sent_to_the_sign_in(void **state)
{
    struct told told = ASK(.target = "/kantor/surat?hal=1&x=%22");
    (void)state;

    assert_int_equal(told.status, 303);
    assert_true(str_is(told_header(&told, "location"), "/masuk?ke=/kantor/surat%3Fhal%3D1%26x%3D%2522"));
    told = ASK(.target = "/kantor/surat", .is_htmx = true);
    assert_int_equal(told.status, 401);
    assert_true(str_is(told_header(&told, "hx-redirect"), "/masuk?ke=/kantor/surat"));
    told = ASK(.method = "POST", .target = "/kantor/surat", .body = "");
    assert_int_equal(told.status, 401);
    assert_true(told_has(&told, "/masuk"));
}

static void a_session_opens_its_own_village_only(void **state)
{
    const char *clerk = rig_sign_in(rig, NULL, "hasnah", RIG_PASSWORD);
    struct told told;
    (void)state;

    assert_non_null(clerk);
    told = ASK(.target = "/kantor", .cookie = clerk);
    assert_true(told.status == 200 && told_has(&told, "isi kantor") && told_has(&told, "Hasnah B"));
    assert_true(str_is(told_header(&told, "cache-control"), "no-store"));
    assert_true(told_has(&told, "/kantor/surat") && !told_has(&told, "/kantor/pengaturan"));
    assert_int_equal(ASK(.target = "/kantor/surat", .cookie = clerk).status, 200);
    assert_int_equal(ASK(.target = "/kantor/setuju", .cookie = clerk).status, 403);
    assert_int_equal(ASK(.host = "dadeko.localhost:8080", .target = "/kantor", .cookie = clerk).status, 303);
    /* its row carried over into the other village's schema opens nothing there */
    struct str hash = rig_column(rig, 0, "SELECT HEX(token_hash) FROM session ORDER BY id DESC LIMIT 1");
    rig_sql(rig, 1,
            str_z(rig->arena,
                  str_fmt(rig->arena,
                          "INSERT INTO session (token_hash, village_code, staff_id, role_version, created_at, last_seen_at, expires_at) "
                          "VALUES (X'%.*s', '7317102007', 1, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 1 HOUR)",
                          STR_ARG(hash))));
    assert_int_equal(ASK(.host = "dadeko.localhost:8080", .target = "/kantor", .cookie = clerk).status, 303);
    /* twice the same cookie is a trick of a sibling site */
    struct str twice = str_fmt(rig->arena, "%s; %s", clerk, clerk);
    assert_int_equal(ASK(.target = "/kantor", .cookie = str_z(rig->arena, twice)).status, 400);
    assert_int_equal(ASK(.target = "/kantor", .cookie = "__Host-balai=short").status, 303);
    assert_int_equal(ASK(.target = "/kantor?x=1", .cookie = clerk).status, 400); /* strict behind the sign-in */
}

static void a_session_ends_when_it_should(void **state)
{
    const char *cookie = rig_sign_in(rig, NULL, "andi", RIG_PASSWORD);
    (void)state;

    assert_non_null(cookie);
    assert_int_equal(ASK(.target = "/kantor/setuju", .cookie = cookie).status, 200);
    rig_sql(rig, 0, "UPDATE session SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 29 MINUTE");
    assert_int_equal(ASK(.target = "/kantor", .cookie = cookie).status, 200);
    assert_true(str_is(
        rig_column(rig, 0, "SELECT COUNT(*) FROM session WHERE staff_id = 2 AND last_seen_at > UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE"),
        "1"));
    rig_sql(rig, 0, "UPDATE session SET last_seen_at = UTC_TIMESTAMP(6) - INTERVAL 31 MINUTE");
    assert_int_equal(ASK(.target = "/kantor", .cookie = cookie).status, 303);
    rig_sql(rig, 0, "UPDATE session SET last_seen_at = UTC_TIMESTAMP(6), expires_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
    assert_int_equal(ASK(.target = "/kantor", .cookie = cookie).status, 303);

    cookie = rig_sign_in(rig, NULL, "andi", RIG_PASSWORD);
    rig_sql(rig, 0, "UPDATE staff SET role_version = role_version + 1 WHERE username = 'andi'");
    assert_int_equal(ASK(.target = "/kantor", .cookie = cookie).status, 303);
    cookie = rig_sign_in(rig, NULL, "andi", RIG_PASSWORD);
    rig_sql(rig, 0, "UPDATE staff SET is_active = FALSE WHERE username = 'andi'");
    assert_int_equal(ASK(.target = "/kantor", .cookie = cookie).status, 303);
    rig_sql(rig, 0, "UPDATE staff SET is_active = TRUE WHERE username = 'andi'");
    assert_int_equal(ASK(.target = "/kantor", .cookie = cookie).status, 200);
}

static void a_post_must_come_from_our_own_form(void **state)
{
    struct told form = ASK(.target = "/uji");
    const char *guest = str_z(rig->arena, told_cookie(rig, &form, "__Host-tamu"));
    const char *body = str_z(
        rig->arena, str_fmt(rig->arena, "_csrf=%.*s&_once=%.*s", STR_ARG(told_field(&form, "_csrf")), STR_ARG(told_field(&form, "_once"))));
    int before = posts;
    (void)state;

    assert_int_equal(ASK(.method = "POST", .target = "/uji", .cookie = guest, .body = body).status, 303);
    assert_int_equal(ASK(.method = "POST", .target = "/uji", .cookie = guest, .body = body, .no_fetch_site = true,
                         .origin = "http://sampano.localhost:8080")
                         .status,
                     303);
    assert_int_equal(posts, before + 2);
    static const char *const sites[] = {"same-site", "cross-site", "none", "", "Same-Origin"};
    for (size_t i = 0; i < COUNT_OF(sites); i++)
        assert_int_equal(ASK(.method = "POST", .target = "/uji", .cookie = guest, .body = body, .fetch_site = sites[i],
                             .origin = "http://sampano.localhost:8080")
                             .status,
                         403);
    assert_int_equal(ASK(.method = "POST", .target = "/uji", .cookie = guest, .body = body, .no_fetch_site = true).status, 403);
    assert_int_equal(ASK(.method = "POST", .target = "/uji", .cookie = guest, .body = body, .no_fetch_site = true,
                         .origin = "http://dadeko.localhost:8080")
                         .status,
                     403);
    assert_int_equal(ASK(.method = "POST", .target = "/uji", .cookie = guest, .body = body, .no_fetch_site = true, .origin = "null").status,
                     403);
    assert_int_equal(ASK(.method = "POST", .target = "/uji", .body = body).status, 403);
    assert_int_equal(ASK(.method = "POST", .target = "/uji", .cookie = guest, .body = "").status, 403);
    assert_int_equal(ASK(.method = "POST", .target = "/uji", .cookie = guest, .body = "_csrf=x&_once=y").status, 403);
    assert_int_equal(ASK(.method = "POST", .host = "dadeko.localhost:8080", .target = "/uji", .cookie = guest, .body = body).status, 403);
    const char *clerk = rig_sign_in(rig, NULL, "hasnah", RIG_PASSWORD);
    const char *both = str_z(rig->arena, str_fmt(rig->arena, "%s; %s", clerk, guest));
    assert_int_equal(ASK(.method = "POST", .target = "/uji", .cookie = both, .body = body).status,
                     403); /* a guest's token, a session's cookie */
    assert_int_equal(posts, before + 2);
    const char *own = rig_guard(rig, NULL, clerk, "/uji");
    assert_int_equal(ASK(.method = "POST", .target = "/uji", .cookie = clerk, .body = own).status, 303);
    assert_int_equal(ASK(.method = "POST", .target = "/kantor/surat", .cookie = clerk, .body = own).status, 303);
    assert_int_equal(posts, before + 4);
}

static void a_sealed_token_opens_once_for_its_purpose_and_place(void **state)
{
    struct told form = ASK(.target = "/uji");
    char target[400], changed[400];
    (void)state;

    snprintf(target, sizeof(target), "/token?hal=%.*s", STR_ARG(told_field(&form, "hal")));
    struct told told = ASK(.target = target);
    assert_true(told_has(&told, "[nilai][]"));
    told = ASK(.host = "dadeko.localhost:8080", .target = target);
    assert_true(told_has(&told, "[][]"));
    snprintf(changed, sizeof(changed), "%s", target);
    changed[40] = changed[40] == 'A' ? 'B' : 'A';
    told = ASK(.target = changed);
    assert_true(told_has(&told, "[][]"));
    told = ASK(.target = "/token?hal=abc");
    assert_true(told_has(&told, "[][]"));
}

static void a_suspended_village_says_whom_to_call(void **state)
{
    struct told told;
    (void)state;

    rig_sql(rig, RIG_CONTROL,
            "UPDATE village SET state = 'suspended', state_note = 'Hubungi ForSID 0811 222 333.' WHERE code = '7317102007'");
    rig_refresh(rig);
    told = ASK(.host = "dadeko.localhost:8080", .target = "/");
    assert_int_equal(told.status, 503);
    assert_true(told_has(&told, "Hubungi ForSID 0811 222 333.") && told_header(&told, "retry-after").p != NULL);
    assert_int_equal(status_of("dadeko.localhost:8080", "/masuk"), 503);
    assert_int_equal(status_of(NULL, "/"), 200);
    rig_sql(rig, RIG_CONTROL, "UPDATE village SET state = 'active', state_note = '' WHERE code = '7317102007'");
    rig_refresh(rig);
    assert_int_equal(status_of("dadeko.localhost:8080", "/"), 200);
}

static void a_read_only_village_is_read_by_who_works_there(void **state)
{
    struct told told, form;
    (void)state;

    rig_sql(rig, RIG_CONTROL, "UPDATE village SET state = 'readonly', state_note = 'Sampai pukul 12.00.' WHERE code = '7317102007'");
    rig_refresh(rig);
    assert_int_equal(status_of("dadeko.localhost:8080", "/"), 200);
    form = ASK(.host = "dadeko.localhost:8080", .target = "/masuk");
    struct str body = str_fmt(rig->arena,
                              "_csrf=%.*s&_once=%.*s&nama=hasnah&sandi=kapal+layar+biru+tua&ke=", STR_ARG(told_field(&form, "_csrf")),
                              STR_ARG(told_field(&form, "_once")));
    told = ASK(.method = "POST", .host = "dadeko.localhost:8080", .target = "/masuk", .body = str_z(rig->arena, body),
               .cookie = str_z(rig->arena, told_cookie(rig, &form, "__Host-tamu")));
    assert_int_equal(told.status, 303);
    struct str session = told_cookie(rig, &told, "__Host-balai");
    assert_non_null(session.p);
    told = ASK(.host = "dadeko.localhost:8080", .target = "/kantor", .cookie = str_z(rig->arena, session));
    assert_int_equal(told.status, 200);
    assert_true(told_has(&told, "hanya bisa dibaca"));
    rig_sql(rig, RIG_CONTROL, "UPDATE village SET state = 'active', state_note = '' WHERE code = '7317102007'");
    rig_refresh(rig);
}

static void bodies_over_the_routes_limit_are_refused(void **state)
{
    struct buf body = {.arena = rig->arena};
    (void)state;

    buf_put_str(&body, STR("a="));
    while (body.n <= 256 * 1024)
        buf_put_str(&body, STR("0123456789012345678901234567890123456789"));
    buf_put_char(&body, '\0');
    assert_int_equal(ASK(.method = "POST", .target = "/uji", .body = body.p).status, 413);
}

static int begin(void **state)
{
    (void)state;
    rig = rig_new("serve", routes);
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
        cmocka_unit_test(the_village_comes_from_the_host_alone),
        cmocka_unit_test(strange_targets_are_refused),
        cmocka_unit_test(methods_are_what_the_path_knows),
        cmocka_unit_test(every_answer_carries_the_safety_headers),
        cmocka_unit_test(a_fault_shows_its_number_and_no_secret),
        cmocka_unit_test(typed_text_is_escaped),
        cmocka_unit_test(nobody_is_sent_to_the_sign_in),
        cmocka_unit_test(a_session_opens_its_own_village_only),
        cmocka_unit_test(a_session_ends_when_it_should),
        cmocka_unit_test(a_post_must_come_from_our_own_form),
        cmocka_unit_test(a_sealed_token_opens_once_for_its_purpose_and_place),
        cmocka_unit_test(a_suspended_village_says_whom_to_call),
        cmocka_unit_test(a_read_only_village_is_read_by_who_works_there),
        cmocka_unit_test(bodies_over_the_routes_limit_are_refused),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
