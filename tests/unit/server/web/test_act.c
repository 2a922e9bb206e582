// SPDX-License-Identifier: AGPL-3.0-or-later
/* One act, however often it is sent: twice in a row, twice at once, with other content, after a refusal. */
#include "tests/unit/server/web/rig.h"

#include <stdio.h>

#include "server/web/act.h"
#include "server/web/forms.h"
#include "server/web/village.h"
#include "workers/queue/queue.h"

static struct rig *rig;
static int runs;

static enum rc note_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct str word = input_str(req, "kata");

    runs++;
    if (str_is(word, "tolak"))
        return fail(err, RC_CONFLICT, "refused by its own rule");
    if (str_is(word, "ganda"))
        return fail(err, RC_DUPLICATE, "a unique key of the feature");
    TRY(act_audit(txn, req, err, "uji.catat", "uji:1"));
    TRY(outbox_put(txn, JOB_PUBLISH_ROLLUP, 1, STR("{}"), err));
    *go_to_out = str_is(word, "keluar") ? STR("//evil.test") : str_fmt(request_arena(req), "/catatan/%d", runs);
    return RC_OK;
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

/* ---- with a form and a check ---- */

static uint64_t version = 1;
static bool is_refusing;

/* The form, with what was typed and what is wrong with it; after a 409 the version that is stored now. */
static enum rc row_page(struct request *req, struct response *resp, struct err *err)
{
    struct form_guard guard = request_form_guard(req);
    struct buf body = {.arena = req->arena};

    buf_fmt(&body, "name=\"_csrf\" value=\"%.*s\" name=\"_once\" value=\"%.*s\" versi=%" PRIu64, STR_ARG(guard.csrf), STR_ARG(guard.once),
            version);
    if (request_is_sent(req))
        buf_fmt(&body, " typed=%.*s", STR_ARG(input_typed(req, "kata")));
    for (size_t i = 0; i < request_faults(req)->n; i++)
        buf_fmt(&body, " [%.*s: %.*s]", STR_ARG(request_faults(req)->p[i].field), STR_ARG(request_faults(req)->p[i].text));
    if (request_is_changed(req))
        buf_put_str(&body, STR(" changed"));
    const struct page page = {.title = STR("Catatan"), .body = {buf_str(&body)}};
    return respond_page(req, resp, &page, err);
}

static struct ask *meanwhile; /* sent once while a check is at work */

static enum rc row_check(struct request *req, struct err *err)
{
    struct ask *other = meanwhile;

    (void)err;
    meanwhile = NULL;
    if (other != NULL) {
        rig_ask_here(rig, other);
        is_refusing = true;
    }
    if (str_is(input_str(req, "kata"), "lihat"))
        act_ask(req);
    if (is_refusing)
        request_fault(req, "kata", "Sudah tidak boleh");
    act_keep(req, str_z(req->arena, str_fmt(req->arena, "/dari-cek/%d", runs + 1)));
    return RC_OK;
}

static enum rc row_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    runs++;
    if (str_is(input_str(req, "kata"), "penuh"))
        return act_refuse(req, err, "kata", "Kata %s sudah penuh", "ini");
    if (str_is(input_str(req, "kata"), "deadlock") && runs == 1) {
        request_fault(req, "kata", "only in the run that is undone");
        return fail(err, RC_AGAIN, "as after a deadlock");
    }
    TRY(act_seen(req, version, err));
    version++;
    TRY(act_audit(txn, req, err, "uji.baris", "uji:%d", runs));
    if (str_is(input_str(req, "kata"), "kabar")) {
        act_say(req, "Surat No. 4 terbit. Ambil di meja; bisa dikembalikan dari sini");
        *go_to_out = STR("/kantor/baris?dari=sini");
        return RC_OK;
    }
    *go_to_out = act_kept(req) != NULL ? str_c(act_kept(req)) : str_fmt(req->arena, "/baris/%d", runs);
    return act_touch(txn, ACT_PAGES | ACT_FIGURES, err);
}

static enum rc digest_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    runs++;
    TRY(act_seen_digest(req, STR("\x01\xab"), err));
    *go_to_out = STR("/sidik");
    return act_audit(txn, req, err, "uji.sidik", "uji:%d", runs);
}

static enum rc console_row(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    runs++;
    TRY(act_seen(req, version, err));
    version++;
    *go_to_out = str_fmt(req->arena, "/papan/%d", runs);
    return console_act_audit(txn, req, err, "uji.papan", "uji:%d", runs);
}

static const struct input row_input[] = {FIELD(TEXT, "kata", "Kata", true, 0, 10), FIELD(U64, "versi", NULL, false, 0, 0), INPUT_END};
static const struct input digest_input[] = {FIELD(TEXT, "kata", "Kata", false, 0, 10), FIELD(TEXT, "sidik", NULL, false, 0, 64), INPUT_END};
static const struct route console_routes[] = {
    ROUTE(GET, "/papan", MAY_MANAGE_VILLAGES, NULL, row_page),
    CONSOLE_ACT("/papan", MAY_MANAGE_VILLAGES, row_input, NULL, console_row, row_page),
    ROUTES_END,
};
static const struct input act_input[] = {FIELD(TEXT, "kata", "Kata", true, 0, 0), INPUT_END};
static const struct route routes[] = {
    ROUTE(GET, "/kantor/catatan", MAY_BE_STAFF, NULL, form_page),
    ACT("/kantor/catatan", MAY_BE_STAFF, act_input, note_act, NULL),
    ACT("/kantor/lain", MAY_BE_STAFF, act_input, note_act, NULL),
    ROUTE(GET, "/kantor/baris", MAY_BE_STAFF, NULL, row_page),
    ACT("/kantor/baris", MAY_BE_STAFF, row_input, row_act, row_page),
    ACT("/kantor/tombol", MAY_BE_STAFF, row_input, row_act, NULL),
    ACT_CHECKED("/kantor/cek", MAY_BE_STAFF, row_input, row_check, row_act, row_page),
    ACT_NOTING("/kantor/unduh", MAY_BE_STAFF, row_input, NULL, row_act, row_page),
    ACT("/kantor/sidik", MAY_BE_STAFF, digest_input, digest_act, row_page),
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

/* ---- rows ---- */

static struct told send(const char *target, const char *guard, const char *rest)
{
    const char *body = str_z(rig->arena, str_fmt(rig->arena, "%s&%s", guard, rest));
    return ASK(.method = "POST", .target = target, .cookie = cookie, .body = body);
}

static void begin_rows(void)
{
    begin_clean();
    version = 1;
    is_refusing = false;
}

#define GUARD() rig_guard(rig, NULL, cookie, "/kantor/baris")

static void a_row_is_done_once_and_everything_stands_in_one_transaction(void **state)
{
    (void)state;
    begin_rows();
    const char *guard = GUARD();
    struct str epoch = rig_column(rig, 0, "SELECT value + 1 FROM epoch WHERE name = 'page'");
    struct told first = send("/kantor/baris", guard, "kata=satu&versi=1"), second = send("/kantor/baris", guard, "kata=satu&versi=1");

    assert_int_equal(first.status, 303);
    assert_int_equal(second.status, 303);
    assert_true(str_is(told_header(&first, "location"), "/baris/1") && str_is(told_header(&second, "location"), "/baris/1"));
    assert_int_equal(runs, 1);
    assert_true(str_eq(rig_column(rig, 0, "SELECT value FROM epoch WHERE name = 'page'"), epoch));
    assert_true(str_is(rig_column(rig, 0, "SELECT CONCAT(actor_name, ' ', action, ' ', subject) FROM audit ORDER BY id DESC LIMIT 1"),
                       "Hasnah B uji.baris uji:1"));
    assert_true(str_is(rig_column(rig, 0, "SELECT kind FROM outbox ORDER BY kind"), "2,3"));
}

/* Both were sent at once: the second one's check sees what the first one did, and that is no fault of its form. */
static void a_sending_done_while_the_other_is_checked_is_the_answer_of_both(void **state)
{
    (void)state;
    begin_rows();
    struct ask ask = {.method = "POST",
                      .target = "/kantor/cek",
                      .cookie = cookie,
                      .body = str_z(rig->arena, str_fmt(rig->arena, "%s&kata=satu&versi=1", GUARD()))};

    meanwhile = &ask;
    struct told told = rig_ask(rig, &ask);
    assert_int_equal(told.status, 303);
    assert_true(str_is(told_header(&told, "location"), "/dari-cek/1"));
    assert_int_equal(runs, 1);
}

static void a_sending_that_only_asks_is_answered_by_the_page_and_does_nothing(void **state)
{
    (void)state;
    begin_rows();
    const char *guard = GUARD();
    struct told told = send("/kantor/cek", guard, "kata=lihat&versi=1");

    assert_int_equal(told.status, 200);
    assert_true(told_has(&told, "typed=lihat"));
    assert_true(runs == 0 && str_is(count("submission"), "0"));
    is_refusing = true;
    assert_int_equal(send("/kantor/cek", guard, "kata=lihat&versi=1").status, 422);
    is_refusing = false;
    assert_int_equal(send("/kantor/cek", guard, "kata=satu&versi=1").status, 303);
}

/* The row has another version by now, the check would refuse, and yet who only sends again hears what happened. */
static void a_replay_is_answered_before_checks_and_faults(void **state)
{
    (void)state;
    begin_rows();
    const char *guard = GUARD();
    struct told first = send("/kantor/cek", guard, "kata=satu&versi=1");

    is_refusing = true;
    struct told again = send("/kantor/cek", guard, "kata=satu&versi=1");
    assert_true(str_is(told_header(&first, "location"), "/dari-cek/1") && str_is(told_header(&again, "location"), "/dari-cek/1"));
    struct told other = send("/kantor/cek", guard, "kata=&versi=1");
    assert_int_equal(other.status, 409);
    assert_int_equal(runs, 1);
    struct told fresh = send("/kantor/cek", GUARD(), "kata=dua&versi=2");
    assert_int_equal(fresh.status, 422);
    assert_true(told_has(&fresh, "typed=dua [kata: Sudah tidak boleh]"));
    assert_int_equal(runs, 1);
}

static void faults_bring_the_form_back_with_what_was_typed(void **state)
{
    (void)state;
    begin_rows();
    const char *guard = GUARD();
    struct told told = send("/kantor/baris", guard, "kata=terlalu+panjang&versi=1");

    assert_int_equal(told.status, 422);
    assert_true(told_has(&told, "typed=terlalu panjang [kata: "));
    assert_int_equal(runs, 0);
    told = send("/kantor/baris", guard, "kata=penuh&versi=1"); /* by the body's own rule, under its lock */
    assert_int_equal(told.status, 422);
    assert_true(told_has(&told, "typed=penuh [kata: Kata ini sudah penuh]"));
    assert_int_equal(send("/kantor/tombol", guard, "kata=penuh&versi=1").status, 422);
    assert_true(str_is(count("submission"), "0") && str_is(count("outbox"), "0"));
    assert_int_equal(send("/kantor/baris", guard, "kata=satu&versi=1").status, 303); /* what was refused may be sent again */
}

static void a_version_that_was_overtaken_is_a_409_of_the_page(void **state)
{
    (void)state;
    begin_rows();
    version = 7;
    struct told told = send("/kantor/baris", GUARD(), "kata=satu&versi=6");

    assert_int_equal(told.status, 409);
    assert_true(told_has(&told, "versi=7 typed=satu changed"));
    assert_int_equal(send("/kantor/baris", GUARD(), "kata=satu").status, 409); /* no version at all is none that was seen */
    assert_int_equal(send("/kantor/tombol", GUARD(), "kata=satu&versi=6").status, 409);
    assert_true(str_is(count("submission"), "0"));
    assert_int_equal(send("/kantor/baris", GUARD(), "kata=satu&versi=7").status, 303);
    assert_int_equal(send("/kantor/sidik", GUARD(), "sidik=01AB").status, 409);
    assert_int_equal(send("/kantor/sidik", GUARD(), "kata=satu").status, 409);
    assert_int_equal(send("/kantor/sidik", GUARD(), "sidik=01ab").status, 303);
}

/* Faults of a run that was undone are not shown with the one that went well. */
static void a_body_that_runs_again_starts_clean(void **state)
{
    (void)state;
    begin_rows();
    struct told told = send("/kantor/baris", GUARD(), "kata=deadlock&versi=1");

    assert_int_equal(told.status, 303);
    assert_int_equal(runs, 2);
}

static void a_read_only_village_notes_what_is_taken_out_and_nothing_else(void **state)
{
    (void)state;
    begin_rows();
    const char *guard = GUARD(), *noting = GUARD();

    rig_sql(rig, RIG_CONTROL, "UPDATE village SET state = 'readonly' WHERE code = '7317102003'");
    rig_refresh(rig);
    struct told written = send("/kantor/baris", guard, "kata=satu&versi=1"), noted = send("/kantor/unduh", noting, "kata=satu&versi=1");
    rig_sql(rig, RIG_CONTROL, "UPDATE village SET state = 'active' WHERE code = '7317102003'");
    rig_refresh(rig);
    assert_int_equal(written.status, rc_http(RC_READ_ONLY));
    assert_int_equal(noted.status, 303);
}

static void the_consoles_act_the_same_way(void **state)
{
    const char *host = "kelola.localhost:8080", *rina = rig_sign_in(rig, host, "rina", RIG_PASSWORD);
    (void)state;

    begin_rows();
    const char *guard = rig_guard(rig, host, rina, "/papan");
    const char *body = str_z(rig->arena, str_fmt(rig->arena, "%s&kata=satu&versi=1", guard));
    struct told first = ASK(.method = "POST", .host = host, .target = "/papan", .cookie = rina, .body = body);
    struct told again = ASK(.method = "POST", .host = host, .target = "/papan", .cookie = rina, .body = body);
    const char *late = str_z(rig->arena, str_fmt(rig->arena, "%s&kata=satu&versi=1", rig_guard(rig, host, rina, "/papan")));

    assert_true(str_is(told_header(&first, "location"), "/papan/1") && str_is(told_header(&again, "location"), "/papan/1"));
    assert_int_equal(runs, 1);
    assert_int_equal(ASK(.method = "POST", .host = host, .target = "/papan", .cookie = rina, .body = late).status, 409);
    assert_true(str_is(rig_column(rig, RIG_CONTROL, "SELECT CONCAT(actor_name, ' ', action) FROM audit ORDER BY id DESC LIMIT 1"),
                       "Rina uji.papan"));
}

/* The hour is nobody's clause: the sentence stands as it was said, with a stop behind it and the hour as its own. */
static void what_an_act_says_is_shown_whole_and_the_hour_apart(void **state)
{
    (void)state;
    begin_clean();
    version = 1;
    const char *guard = rig_guard(rig, NULL, cookie, "/kantor/baris");
    struct told done = ASK(.method = "POST", .target = "/kantor/baris", .cookie = cookie,
                           .body = str_z(rig->arena, str_fmt(rig->arena, "%s&kata=kabar&versi=1", guard)));
    struct str said = told_cookie(rig, &done, "__Host-kabar");

    assert_int_equal(done.status, 303);
    assert_non_null(said.p);
    const char *both = str_z(rig->arena, str_fmt(rig->arena, "%s; %.*s", cookie, STR_ARG(said)));
    struct told page = ASK(.target = "/kantor/baris", .cookie = both);
    assert_true(told_has(&page, "<p>Surat No. 4 terbit. Ambil di meja; bisa dikembalikan dari sini. <span class=\"meta nowrap\">Pukul "));
    assert_true(str_is(told_cookie(rig, &page, "__Host-kabar"), "__Host-kabar="));
    struct told elsewhere = ASK(.target = "/kantor/catatan", .cookie = both);
    assert_false(told_has(&elsewhere, "Surat No. 4"));
}

static int begin(void **state)
{
    (void)state;
    rig = rig_new("act", routes);
    web_add_routes(rig->router, SITE_KELOLA, console_routes);
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
        cmocka_unit_test(a_row_is_done_once_and_everything_stands_in_one_transaction),
        cmocka_unit_test(a_sending_done_while_the_other_is_checked_is_the_answer_of_both),
        cmocka_unit_test(a_sending_that_only_asks_is_answered_by_the_page_and_does_nothing),
        cmocka_unit_test(a_replay_is_answered_before_checks_and_faults),
        cmocka_unit_test(faults_bring_the_form_back_with_what_was_typed),
        cmocka_unit_test(a_version_that_was_overtaken_is_a_409_of_the_page),
        cmocka_unit_test(a_body_that_runs_again_starts_clean),
        cmocka_unit_test(what_an_act_says_is_shown_whole_and_the_hour_apart),
        cmocka_unit_test(a_read_only_village_notes_what_is_taken_out_and_nothing_else),
        cmocka_unit_test(the_consoles_act_the_same_way),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
