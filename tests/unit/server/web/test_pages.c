// SPDX-License-Identifier: AGPL-3.0-or-later
/* The page cache: who gets a kept page, who builds it, when it is dropped. */
#include "tests/unit/server/web/rig.h"

#include <stdio.h>

#include "server/web/pagecache.h"
#include "server/web/village.h"

static struct rig *rig;
static int builds;
static bool is_slow;

static enum rc news_page(struct request *req, struct response *resp, struct err *err)
{
    builds++;
    if (is_slow)
        TRY(fiber_sleep_ms(50, err));
    struct str text = str_fmt(req->arena, "berita %d hal %" PRIu64, builds, input_u64(req, "hal"));
    return respond_page(req, resp, &(struct page){.title = STR("Berita"), .body = html_text(req->arena, text)}, err);
}

static enum rc own_page(struct request *req, struct response *resp, struct err *err)
{
    builds++;
    response_no_cache(resp);
    return respond_page(req, resp, &(struct page){.title = STR("Sendiri"), .body = html_text(req->arena, STR("sendiri"))}, err);
}

static enum rc broken_page(struct request *req, struct response *resp, struct err *err)
{
    (void)req;
    (void)resp;
    builds++;
    return fail(err, RC_FAULT, "broken on purpose");
}

static const struct input news_input[] = {FIELD(U64, "hal", "Halaman", false, 0, 0), INPUT_END};
static const struct route routes[] = {
    ROUTE(GET, "/", MAY_VISIT, NULL, own_page),
    ROUTE(GET, "/berita", MAY_VISIT, news_input, news_page),
    ROUTE(GET, "/rusak", MAY_VISIT, NULL, broken_page),
    ROUTES_END,
};

#define ASK(...) rig_ask(rig, &(struct ask){__VA_ARGS__})

static enum rc bump_body(struct txn *txn, void *ctx, struct err *err)
{
    (void)ctx;
    return page_epoch_bump(txn, err);
}

static void bump_fiber(void *arg)
{
    struct village_db *db;
    struct err err;
    (void)arg;

    OK(directory_open(rig->directory, rig->store, rig->arena, STR("7317102003"), &db, &err));
    OK(txn_run(db, bump_body, NULL, &err));
}

/* What the worker's JOB_SPREAD_EPOCH does. */
static void spread(void)
{
    struct str value = rig_column(rig, 0, "SELECT value FROM epoch WHERE name = 'page'");
    rig_sql(rig, RIG_CONTROL,
            str_z(rig->arena, str_fmt(rig->arena,
                                      "UPDATE village SET page_epoch = %.*s WHERE code = '7317102003'; UPDATE change_counter SET value = "
                                      "value + 1 WHERE name = 'page'",
                                      STR_ARG(value))));
    rig_refresh(rig);
}

/* Another epoch, so that no page of an earlier test is left. */
static void fresh(void)
{
    loop_run_fiber(rig->loop, bump_fiber, NULL);
    spread();
    builds = 0;
    is_slow = false;
}

static void a_visitor_gets_the_kept_page_without_a_statement(void **state)
{
    (void)state;
    fresh();
    struct told first = ASK(.target = "/berita"), second = ASK(.target = "/berita?fbclid=1"),
                head = ASK(.method = "HEAD", .target = "/berita");

    assert_int_equal(builds, 1);
    assert_true(first.status == 200 && second.status == 200 && head.status == 200);
    assert_true(str_eq(first.body, second.body));
    assert_null(second.req->village_db);
    assert_true(str_is(told_header(&second, "cache-control"), "private, no-cache"));
    assert_non_null(told_header(&second, "content-security-policy").p);
    assert_int_equal(head.body.n, 0);
    assert_int_equal(head.answer->body_bytes, first.body.n);
    struct told zipped = ASK(.target = "/berita", .is_gzip = true);
    assert_true(str_is(told_header(&zipped, "content-encoding"), "gzip") && zipped.body.n < first.body.n && builds == 1);
    assert_memory_equal(zipped.body.p, "\x1f\x8b", 2);
}

static void who_has_the_page_already_is_told_so_until_it_changes(void **state)
{
    (void)state;
    fresh();
    struct told built = ASK(.target = "/berita"), kept = ASK(.target = "/berita", .is_gzip = true);
    struct str etag = told_header(&built, "etag");
    const char *theirs = str_z(rig->arena, str_fmt(rig->arena, "\"x\", %.*s", STR_ARG(etag)));

    assert_true(str_starts(etag, STR("W/\"")) && str_eq(etag, told_header(&kept, "etag")));
    struct told same = ASK(.target = "/berita", .if_none_match = theirs, .is_gzip = true);
    assert_int_equal(same.status, 304);
    assert_int_equal(same.answer->body_bytes, 0);
    assert_true(str_eq(told_header(&same, "etag"), etag) && str_is(told_header(&same, "cache-control"), "private, no-cache"));
    assert_null(told_header(&same, "content-encoding").p);
    assert_int_equal(ASK(.target = "/berita", .if_none_match = "W/\"0\"").status, 200);
    const char *cookie = rig_sign_in(rig, NULL, "hasnah", RIG_PASSWORD);
    assert_int_equal(ASK(.target = "/berita", .if_none_match = theirs, .cookie = cookie).status, 200);
    fresh();
    builds = 7; /* it says another thing now */
    assert_int_equal(ASK(.target = "/berita", .if_none_match = theirs).status, 200);
}

static void declared_questions_have_pages_of_their_own(void **state)
{
    (void)state;
    fresh();
    struct told one = ASK(.target = "/berita?hal=1"), two = ASK(.target = "/berita?hal=2"), again = ASK(.target = "/berita?x=9&hal=1");

    assert_int_equal(builds, 2);
    assert_true(told_has(&one, "hal 1") && told_has(&two, "hal 2") && told_has(&again, "hal 1"));
    assert_int_equal(ASK(.target = "/berita?hal=x").status, 422);
    assert_int_equal(ASK(.target = "/berita?hal=x").status, 422); /* a form with faults is nobody else's */
}

static void villages_never_share_a_page(void **state)
{
    (void)state;
    fresh();
    struct told own = ASK(.target = "/berita"), other = ASK(.host = "dadeko.localhost:8080", .target = "/berita");

    assert_true(told_has(&own, "Desa Sampano") && told_has(&other, "Desa Dadeko") && !told_has(&other, "Sampano"));
}

static void who_has_a_cookie_or_asks_for_a_part_is_served_apart(void **state)
{
    (void)state;
    fresh();
    (void)ASK(.target = "/berita");
    (void)ASK(.target = "/berita", .cookie = "__Host-tamu=AAAAAAAAAAAAAAAAAAAAAA");
    (void)ASK(.target = "/berita", .cookie = "__Host-balai=x");
    (void)ASK(.target = "/berita", .cookie = "__Host-anjungan=x");
    (void)ASK(.target = "/berita", .is_htmx = true);
    assert_int_equal(builds, 5);
    (void)ASK(.target = "/berita", .cookie = "lain=1");
    assert_int_equal(builds, 5);
    (void)ASK(.target = "/");
    (void)ASK(.target = "/");
    assert_int_equal(builds, 7);
}

static void a_change_drops_the_page(void **state)
{
    (void)state;
    fresh();
    (void)ASK(.target = "/berita");
    loop_run_fiber(rig->loop, bump_fiber, NULL);
    assert_true(str_find(rig_column(rig, 0, "SELECT kind FROM outbox WHERE state = 1"), STR("3")) >= 0);
    (void)ASK(.target = "/berita");
    assert_int_equal(builds, 1); /* not spread yet */
    spread();
    (void)ASK(.target = "/berita");
    (void)ASK(.target = "/berita");
    assert_int_equal(builds, 2);
}

static void another_process_finds_it_in_redis(void **state)
{
    struct page_memory *own = rig->house->pages;
    (void)state;

    fresh();
    struct told first = ASK(.target = "/berita");
    rig->house->pages = page_memory_new(rig->arena, 1 << 20);
    struct told second = ASK(.target = "/berita");
    struct told third = ASK(.target = "/berita");
    assert_int_equal(builds, 1);
    assert_true(str_eq(first.body, second.body) && str_eq(first.body, third.body));
    struct page_memory *mine = rig->house->pages;
    arena_reset(rig->requests);
    rig->house->pages = own;
    page_memory_free(mine);
}

static struct told at_once[20];
static size_t at_once_done;

static void at_once_fiber(void *arg)
{
    struct told told = rig_ask_here(rig, arg);
    at_once[at_once_done++] = told;
}

static void wait_fiber(void *arg)
{
    (void)arg;
    while (at_once_done < COUNT_OF(at_once))
        if (fiber_sleep_ms(5, NULL) != RC_OK)
            break;
}

static void ask_at_once(const char *target)
{
    struct ask ask = {.target = target};

    at_once_done = 0;
    for (size_t i = 0; i < COUNT_OF(at_once); i++)
        fiber_spawn(rig->loop, at_once_fiber, &ask);
    loop_run_fiber(rig->loop, wait_fiber, NULL);
}

static void of_twenty_at_once_one_builds(void **state)
{
    (void)state;
    fresh();
    is_slow = true;
    ask_at_once("/berita");
    assert_int_equal(builds, 1);
    for (size_t i = 0; i < COUNT_OF(at_once); i++) {
        assert_int_equal(at_once[i].status, 200);
        assert_true(str_eq(at_once[i].body, at_once[0].body));
    }
}

static void a_builder_that_fails_leaves_its_turn(void **state)
{
    (void)state;
    fresh();
    ask_at_once("/rusak");
    assert_int_equal(builds, (int)COUNT_OF(at_once)); /* nobody is given an error that was made for another */
    for (size_t i = 0; i < COUNT_OF(at_once); i++)
        assert_int_equal(at_once[i].status, 500);
}

static void the_memory_is_bounded(void **state)
{
    struct page_memory *own = rig->house->pages;
    (void)state;

    fresh();
    rig->house->pages = page_memory_new(rig->arena, 200 * 1024);
    for (int i = 0; i < 60; i++) {
        char target[40];
        snprintf(target, sizeof(target), "/berita?hal=%d", i);
        (void)ASK(.target = target);
    }
    struct page_memory *mine = rig->house->pages;
    struct told last = ASK(.target = "/berita?hal=59");
    assert_true(last.status == 200 && builds == 60);
    assert_true(page_memory_bytes(mine) <= 200 * 1024 && page_memory_bytes(mine) > 50 * 1024);
    arena_reset(rig->requests);
    rig->house->pages = own;
    page_memory_free(mine);
}

static int begin(void **state)
{
    (void)state;
    rig = rig_new("pages", routes);
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
        cmocka_unit_test(a_visitor_gets_the_kept_page_without_a_statement),
        cmocka_unit_test(who_has_the_page_already_is_told_so_until_it_changes),
        cmocka_unit_test(declared_questions_have_pages_of_their_own),
        cmocka_unit_test(villages_never_share_a_page),
        cmocka_unit_test(who_has_a_cookie_or_asks_for_a_part_is_served_apart),
        cmocka_unit_test(a_change_drops_the_page),
        cmocka_unit_test(another_process_finds_it_in_redis),
        cmocka_unit_test(of_twenty_at_once_one_builds),
        cmocka_unit_test(a_builder_that_fails_leaves_its_turn),
        cmocka_unit_test(the_memory_is_bounded),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
