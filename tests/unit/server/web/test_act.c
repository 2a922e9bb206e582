// SPDX-License-Identifier: AGPL-3.0-or-later
/* One act, however often it is sent: twice in a row, twice at once, with other content, after a refusal. */
#include "tests/unit/server/web/rig.h"

#include <stdio.h>

#include "server/web/audit.h"
#include "server/web/village.h"
#include "workers/queue/queue.h"

static struct rig *rig;
static int runs;

struct act {
    struct request *req;
    struct str word;
};

static enum rc act_body(struct txn *txn, void *ctx, struct str *go_to_out, struct err *err)
{
    const struct act *act = ctx;
    struct audit row = {.at = request_now(act->req), .action = STR("uji.catat"), .subject = STR("uji:1"), .detail = STR("{}")};

    runs++;
    if (str_is(act->word, "tolak"))
        return fail(err, RC_CONFLICT, "refused by its own rule");
    if (str_is(act->word, "ganda"))
        return fail(err, RC_DUPLICATE, "a unique key of the feature");
    TRY(audit_put(txn, &row, err));
    TRY(outbox_put(txn, JOB_PUBLISH_ROLLUP, 1, STR("{}"), err));
    *go_to_out = str_is(act->word, "keluar") ? STR("//evil.test") : str_fmt(request_arena(act->req), "/catatan/%d", runs);
    return RC_OK;
}

static enum rc act_post(struct request *req, struct response *resp, struct err *err)
{
    struct act act = {req, input_str(req, "kata")};
    return village_act(req, resp, act_body, &act, err);
}

static enum rc form_page(struct request *req, struct response *resp, struct err *err)
{
    struct form_guard guard = request_form_guard(req);
    (void)err;
    return respond_bytes(
        resp, STR("text/plain"),
        str_fmt(req->arena, "name=\"_csrf\" value=\"%.*s\" name=\"_once\" value=\"%.*s\"", STR_ARG(guard.csrf), STR_ARG(guard.once)),
        STR_NONE);
}

static const struct input act_input[] = {FIELD(TEXT, "kata", "Kata", true, 0, 0), INPUT_END};
static const struct route routes[] = {
    ROUTE(GET, "/kantor/catatan", MAY_BE_STAFF, NULL, form_page),
    ROUTE(POST, "/kantor/catatan", MAY_BE_STAFF, act_input, act_post),
    ROUTE(POST, "/kantor/lain", MAY_BE_STAFF, act_input, act_post),
    ROUTES_END,
};

#define ASK(...) rig_ask(rig, &(struct ask){__VA_ARGS__})
static const char *cookie;

static const char *body_with(const char *guard, const char *word)
{
    return str_z(rig->arena, str_fmt(rig->arena, "%s&kata=%s", guard, word));
}

static struct str count(const char *table)
{
    return rig_column(rig, 0, str_z(rig->arena, str_fmt(rig->arena, "SELECT COUNT(*) FROM %s", table)));
}

static void begin_clean(void)
{
    rig_sql(rig, 0, "DELETE FROM submission; DELETE FROM outbox;");
    runs = 0;
}

static void the_second_sending_gets_the_first_ones_answer(void **state)
{
    (void)state;
    begin_clean();
    const char *body = body_with(rig_guard(rig, NULL, cookie, "/kantor/catatan"), "satu");
    struct told first = ASK(.method = "POST", .target = "/kantor/catatan", .cookie = cookie, .body = body);
    struct told second = ASK(.method = "POST", .target = "/kantor/catatan", .cookie = cookie, .body = body);

    assert_int_equal(first.status, 303);
    assert_int_equal(second.status, 303);
    assert_true(str_is(told_header(&first, "location"), "/catatan/1"));
    assert_true(str_is(told_header(&second, "location"), "/catatan/1"));
    assert_int_equal(runs, 1);
    assert_true(str_is(count("outbox"), "1") && str_is(count("submission"), "1"));
}

static void other_content_under_the_same_key_is_a_conflict(void **state)
{
    (void)state;
    begin_clean();
    const char *guard = rig_guard(rig, NULL, cookie, "/kantor/catatan");

    assert_int_equal(ASK(.method = "POST", .target = "/kantor/catatan", .cookie = cookie, .body = body_with(guard, "satu")).status, 303);
    assert_int_equal(ASK(.method = "POST", .target = "/kantor/catatan", .cookie = cookie, .body = body_with(guard, "dua")).status, 409);
    assert_int_equal(ASK(.method = "POST", .target = "/kantor/lain", .cookie = cookie, .body = body_with(guard, "satu")).status, 409);
    assert_true(str_is(count("outbox"), "1"));
    /* another session's key of the same text is another key */
    const char *other = rig_sign_in(rig, NULL, "andi", RIG_PASSWORD);
    const char *own = rig_guard(rig, NULL, other, "/kantor/catatan");
    struct str csrf = str_part(str_c(own), 0, (size_t)str_find_char(str_c(own), '&'));
    struct str once = str_from(str_c(guard), (size_t)str_find_char(str_c(guard), '&'));
    const char *mixed = str_z(rig->arena, str_fmt(rig->arena, "%.*s%.*s&kata=satu", STR_ARG(csrf), STR_ARG(once)));
    assert_int_equal(ASK(.method = "POST", .target = "/kantor/catatan", .cookie = other, .body = mixed).status, 303);
    assert_true(str_is(count("outbox"), "2"));
}

static void what_was_refused_may_be_sent_again(void **state)
{
    (void)state;
    begin_clean();
    const char *guard = rig_guard(rig, NULL, cookie, "/kantor/catatan");

    assert_int_equal(ASK(.method = "POST", .target = "/kantor/catatan", .cookie = cookie, .body = body_with(guard, "tolak")).status, 409);
    assert_int_equal(ASK(.method = "POST", .target = "/kantor/catatan", .cookie = cookie, .body = body_with(guard, "ganda")).status, 409);
    assert_true(str_is(count("submission"), "0") && str_is(count("outbox"), "0"));
    assert_int_equal(ASK(.method = "POST", .target = "/kantor/catatan", .cookie = cookie, .body = body_with(guard, "satu")).status, 303);
    assert_int_equal(runs, 3);
}

static void an_act_without_its_key_or_way_on_writes_nothing(void **state)
{
    (void)state;
    begin_clean();
    const char *guard = rig_guard(rig, NULL, cookie, "/kantor/catatan");
    struct str csrf = str_part(str_c(guard), 0, (size_t)str_find_char(str_c(guard), '&'));
    const char *without = str_z(rig->arena, str_fmt(rig->arena, "%.*s&kata=satu", STR_ARG(csrf)));

    assert_int_equal(ASK(.method = "POST", .target = "/kantor/catatan", .cookie = cookie, .body = without).status, 400);
    assert_int_equal(ASK(.method = "POST", .target = "/kantor/catatan", .cookie = cookie, .body = body_with(guard, "keluar")).status, 500);
    assert_true(str_is(count("submission"), "0") && str_is(count("outbox"), "0"));
}

static struct told at_once[6];
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

static void six_at_once_make_one_record(void **state)
{
    (void)state;
    begin_clean();
    const char *body = body_with(rig_guard(rig, NULL, cookie, "/kantor/catatan"), "satu");
    struct ask ask = {.method = "POST", .target = "/kantor/catatan", .cookie = cookie, .body = body};

    at_once_done = 0;
    for (size_t i = 0; i < COUNT_OF(at_once); i++)
        fiber_spawn(rig->loop, at_once_fiber, &ask);
    loop_run_fiber(rig->loop, wait_fiber, NULL);
    for (size_t i = 0; i < COUNT_OF(at_once); i++) {
        assert_int_equal(at_once[i].status, 303);
        assert_true(str_eq(told_header(&at_once[i], "location"), told_header(&at_once[0], "location")));
    }
    assert_true(str_is(count("outbox"), "1") && str_is(count("submission"), "1"));
}

/* Forty different acts at once: all are done, and the chain of their audit rows is whole. */
static void many_different_acts_at_once_are_all_done(void **state)
{
    static struct ask asks[COUNT_OF(at_once)];
    uint64_t before;
    (void)state;

    begin_clean();
    assert_true(str_to_u64(count("audit"), &before));
    for (int round = 0; round < 7; round++) {
        at_once_done = 0;
        for (size_t i = 0; i < COUNT_OF(asks); i++) {
            const char *body = body_with(rig_guard(rig, NULL, cookie, "/kantor/catatan"), "satu");
            asks[i] = (struct ask){.method = "POST", .target = "/kantor/catatan", .cookie = cookie, .body = body};
        }
        for (size_t i = 0; i < COUNT_OF(asks); i++)
            fiber_spawn(rig->loop, at_once_fiber, &asks[i]);
        loop_run_fiber(rig->loop, wait_fiber, NULL);
        for (size_t i = 0; i < COUNT_OF(at_once); i++)
            assert_int_equal(at_once[i].status, 303);
    }
    assert_true(str_is(count("outbox"), "42"));
    struct str after = str_fmt(rig->arena, "%" PRIu64, before + 42);
    assert_true(str_eq(count("audit"), after));
}

static int begin(void **state)
{
    (void)state;
    rig = rig_new("act", routes);
    cookie = rig_sign_in(rig, NULL, "hasnah", RIG_PASSWORD);
    return cookie != NULL ? 0 : -1;
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
        cmocka_unit_test(the_second_sending_gets_the_first_ones_answer),
        cmocka_unit_test(other_content_under_the_same_key_is_a_conflict),
        cmocka_unit_test(what_was_refused_may_be_sent_again),
        cmocka_unit_test(an_act_without_its_key_or_way_on_writes_nothing),
        cmocka_unit_test(six_at_once_make_one_record),
        cmocka_unit_test(many_different_acts_at_once_are_all_done),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
