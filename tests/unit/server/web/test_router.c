// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "server/base/random.h"
#include "server/web/router.h"

static enum rc console_nothing(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    (void)txn;
    (void)req;
    (void)go_to_out;
    return fail(err, RC_FAULT, "never called");
}

static enum rc nothing(struct request *req, struct response *resp, struct err *err)
{
    (void)req;
    (void)resp;
    (void)err;
    return RC_OK;
}

static const struct route table[] = {
    ROUTE(GET, "/", MAY_VISIT, NULL, nothing),
    ROUTE(GET, "/kantor/surat/{id}", MAY_READ_LETTERS, NULL, nothing),
    ROUTE(GET, "/kantor/surat/buat", MAY_WRITE_LETTERS, NULL, nothing),
    ROUTE(GET, "/kantor/surat/{id}/isi", MAY_WRITE_LETTERS, NULL, nothing),
    ROUTE(GET, "/kantor/surat/buat/{jenis}", MAY_WRITE_LETTERS, NULL, nothing),
    ROUTE(POST, "/kantor/surat/{id}/isi", MAY_WRITE_LETTERS, NULL, nothing),
    ROUTE(POST, "/keluar", MAY_VISIT, NULL, nothing),
    ROUTES_END,
};

static struct router *make(struct arena *arena)
{
    struct router *router = router_new(arena);
    web_add_routes(router, SITE_VILLAGE, table);
    return router;
}

static const char *found(const struct router *router, enum method method, const char *path)
{
    struct route_match match;
    enum rc rc = router_find(router, SITE_VILLAGE, method, str_c(path), &match);
    return rc == RC_OK ? match.route->path : rc_name(rc);
}

static void fixed_segments_win_over_names(void **state)
{
    struct arena *arena = arena_new();
    struct router *router = make(arena);
    (void)state;

    assert_string_equal(found(router, METHOD_GET, "/kantor/surat/buat"), "/kantor/surat/buat");
    assert_string_equal(found(router, METHOD_GET, "/kantor/surat/218"), "/kantor/surat/{id}");
    assert_string_equal(found(router, METHOD_GET, "/kantor/surat/buat/isi"), "/kantor/surat/buat/{jenis}");
    assert_string_equal(found(router, METHOD_GET, "/kantor/surat/7/isi"), "/kantor/surat/{id}/isi");
    assert_string_equal(found(router, METHOD_GET, "/"), "/");
    arena_free(&arena);
}

static void only_whole_paths_match(void **state)
{
    static const char *const paths[] = {"",
                                        "//",
                                        "/kantor",
                                        "/kantor/surat/",
                                        "/kantor/surat/7/",
                                        "/kantor//surat/7",
                                        "/KANTOR/surat/7",
                                        "/kantor/surat/7/isi/8",
                                        "kantor/surat/7",
                                        "/kantor/surat//isi"};
    struct arena *arena = arena_new();
    struct router *router = make(arena);
    (void)state;

    for (size_t i = 0; i < COUNT_OF(paths); i++)
        assert_string_equal(found(router, METHOD_GET, paths[i]), rc_name(RC_NOT_FOUND));
    arena_free(&arena);
}

static void a_known_path_names_its_methods(void **state)
{
    struct arena *arena = arena_new();
    struct router *router = make(arena);
    struct route_match match;
    (void)state;

    assert_int_equal(router_find(router, SITE_VILLAGE, METHOD_GET, STR("/keluar"), &match), RC_WRONG_METHOD);
    assert_true(match.has_post && !match.has_get);
    assert_int_equal(router_find(router, SITE_VILLAGE, METHOD_POST, STR("/kantor/surat/7"), &match), RC_WRONG_METHOD);
    assert_true(match.has_get && !match.has_post);
    assert_int_equal(router_find(router, SITE_VILLAGE, METHOD_POST, STR("/kantor/surat/7/isi"), &match), RC_OK);
    assert_true(match.has_get && match.has_post);
    assert_true(str_is(match.params[0].name, "id") && str_is(match.params[0].value, "7"));
    arena_free(&arena);
}

static void a_site_knows_only_its_own_routes(void **state)
{
    struct arena *arena = arena_new();
    struct router *router = make(arena);
    struct route_match match;
    (void)state;

    assert_int_equal(router_find(router, SITE_KELOLA, METHOD_GET, STR("/"), &match), RC_NOT_FOUND);
    arena_free(&arena);
}

static void the_list_of_routes_is_sorted(void **state)
{
    struct arena *arena = arena_new();
    struct router *router = make(arena);
    struct buf out = {.arena = arena};
    (void)state;

    router_print(router, &out);
    assert_true(str_starts(buf_str(&out), STR("village GET / VISIT\nvillage GET /kantor/surat/buat WRITE_LETTERS\n")));
    assert_true(str_ends(buf_str(&out), STR("village POST /keluar VISIT\n")));
    arena_free(&arena);
}

static bool aborts(const struct route *bad)
{
    pid_t pid = fork();
    int status;

    if (pid == 0) {
        struct arena *arena = arena_new();
        struct router *router = make(arena);
        log_set_level(0);
        signal(SIGABRT, SIG_DFL);
        web_add_routes(router, SITE_VILLAGE, bad);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void a_row_that_cannot_be_told_apart_aborts_the_start(void **state)
{
    static const struct route same_shape[] = {ROUTE(GET, "/kantor/surat/{nomor}", MAY_VISIT, NULL, nothing), ROUTES_END};
    static const struct route no_permission[] = {{.method = METHOD_GET, .path = "/x", .handler = nothing}, ROUTES_END};
    static const struct route other[] = {ROUTE(POST, "/kantor/surat/{nomor}", MAY_VISIT, NULL, nothing), ROUTES_END};
    static const struct route no_body[] = {ACT("/x", MAY_VISIT, NULL, NULL, nothing), ROUTES_END};
    static const struct route of_a_console[] = {CONSOLE_ACT("/x", MAY_VISIT, NULL, NULL, console_nothing, nothing), ROUTES_END};
    (void)state;

    assert_true(aborts(no_body));
    assert_true(aborts(of_a_console));
    assert_true(aborts(same_shape));
    assert_true(aborts(no_permission));
    assert_false(aborts(other));
}

static void a_set_of_permissions_is_what_its_words_say(void **state)
{
    struct arena *arena = arena_new();
    uint64_t clerk = staff_permissions(STR("read_letters,write_letters,no_such_word,,visit"));
    (void)state;

    assert_true(set_may(clerk, MAY_WRITE_LETTERS) && set_may(clerk, MAY_READ_LETTERS) && !set_may(clerk, MAY_APPROVE_LETTERS));
    assert_true(set_may(clerk, MAY_VISIT) && set_may(clerk, MAY_BE_STAFF));
    assert_true(str_is(permission_words(arena, clerk), "read_letters,write_letters"));
    assert_true(str_is(permission_words(arena, staff_permissions(STR(""))), ""));
    assert_false(set_may(UINT64_MAX, MAY_NOTHING) || set_may(UINT64_MAX, (enum permission)99) || set_may(MAY_OF_NOBODY, MAY_BE_STAFF));
    arena_free(&arena);
}

static void no_word_of_a_village_opens_what_belongs_to_no_role(void **state)
{
    static const char *const words[] = {"use_kiosk",       "be_resident",     "read_regency",  "note_regency",
                                        "manage_villages", "MANAGE_VILLAGES", "manage_village"};
    (void)state;

    for (size_t i = 0; i < COUNT_OF(words); i++)
        assert_int_equal(staff_permissions(str_c(words[i])), staff_permissions(STR("")));
}

static void consoles_have_their_own_roles(void **state)
{
    (void)state;

    assert_true(set_may(console_role_find(STR("volunteer"))->may, MAY_MANAGE_VILLAGES));
    assert_false(set_may(console_role_find(STR("volunteer"))->may, MAY_READ_REGENCY));
    assert_false(set_may(console_role_find(STR("volunteer"))->may, MAY_NOTE_REGENCY)); /* who reads them writes none */
    assert_true(set_may(console_role_find(STR("district"))->may, MAY_NOTE_REGENCY));
    assert_false(set_may(console_role_find(STR("dpmd"))->may, MAY_MANAGE_VILLAGES));
    assert_false(set_may(console_role_find(STR("district"))->may, MAY_BE_STAFF));
    assert_null(console_role_find(STR("clerk")));
    assert_null(console_role_find(STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_segments_win_over_names),
        cmocka_unit_test(only_whole_paths_match),
        cmocka_unit_test(a_known_path_names_its_methods),
        cmocka_unit_test(a_site_knows_only_its_own_routes),
        cmocka_unit_test(the_list_of_routes_is_sorted),
        cmocka_unit_test(a_row_that_cannot_be_told_apart_aborts_the_start),
        cmocka_unit_test(a_set_of_permissions_is_what_its_words_say),
        cmocka_unit_test(no_word_of_a_village_opens_what_belongs_to_no_role),
        cmocka_unit_test(consoles_have_their_own_roles),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
