// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Raw bytes over the unix socket, from a thread that is not the loop's: what a
 * hostile or hurried client sends, and that the server is well afterwards.
 */
#include "tests/unit/server/web/rig.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "server/edge/edge.h"
#include "server/html/asset.h"

static struct rig *rig;
static struct edge *edge;
static char socket_path[100];
static atomic_int slow_begun, slow_ended, slow_cancelled;

static enum rc open_page(struct request *req, struct response *resp, struct err *err)
{
    return respond_page(req, resp, &(struct page){.title = STR("Uji"), .body = html_text(req->arena, STR("halaman uji"))}, err);
}

static enum rc slow_page(struct request *req, struct response *resp, struct err *err)
{
    (void)req;
    atomic_fetch_add(&slow_begun, 1);
    enum rc rc = fiber_sleep_ms(400, err);
    atomic_fetch_add(rc == RC_CANCELLED ? &slow_cancelled : &slow_ended, 1);
    TRY(rc);
    return respond_bytes(resp, STR("text/plain"), STR("pelan"), STR_NONE);
}

static enum rc stuck_page(struct request *req, struct response *resp, struct err *err)
{
    (void)req;
    (void)resp;
    return fiber_sleep_ms(60000, err);
}

static enum rc large_page(struct request *req, struct response *resp, struct err *err)
{
    char *bytes = arena_alloc(req->arena, 8 << 20);
    (void)err;
    memset(bytes, 'x', 8 << 20);
    return respond_bytes(resp, STR("application/octet-stream"), (struct str){bytes, 8 << 20}, STR("besar.bin"));
}

static enum rc echo_post(struct request *req, struct response *resp, struct err *err)
{
    (void)err;
    return respond_bytes(resp, STR("text/plain"), str_fmt(req->arena, "%zu", req->in.body.n), STR_NONE);
}

static const struct input echo_input[] = {FIELD(TEXT, "a", "A", false, 0, 1000000), INPUT_END};
static const struct route routes[] = {
    ROUTE(GET, "/", MAY_VISIT, NULL, open_page),
    ROUTE(GET, "/pelan", MAY_VISIT, NULL, slow_page),
    ROUTE_LARGE(GET, "/macet", MAY_VISIT, NULL, stuck_page, 150, 0),
    ROUTE(GET, "/besar", MAY_VISIT, NULL, large_page),
    ROUTE_LARGE(POST, "/gema", MAY_VISIT, echo_input, echo_post, 0, 1 << 20),
    ROUTES_END,
};

/* ---- a client ---- */

static int dial(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    strncpy(address.sun_path, socket_path, sizeof(address.sun_path) - 1);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0)
        return -1;
    return fd;
}

static void say(int fd, struct str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
        if (n <= 0)
            return; /* refused in the middle: the answer tells */
        bytes = str_from(bytes, (size_t)n);
    }
}

/* All that comes until the other end closes, or ten seconds pass without a byte. */
static struct str hear(struct arena *arena, int fd)
{
    struct buf out = {.arena = arena};
    char piece[65536];

    for (;;) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        if (poll(&wait, 1, 10000) <= 0)
            break;
        ssize_t n = recv(fd, piece, sizeof(piece), 0);
        if (n <= 0)
            break;
        buf_put(&out, piece, (size_t)n);
    }
    return buf_str(&out);
}

static struct str talk(struct arena *arena, struct str bytes)
{
    int fd = dial();

    assert_true(fd >= 0);
    say(fd, bytes);
    struct str answer = hear(arena, fd);
    close(fd);
    return answer;
}

#define END "Connection: close\r\n\r\n"
#define HOST "Host: sampano.localhost:8080\r\n"

static void expect_answer(const char *bytes, const char *status_line)
{
    struct arena *arena = arena_new();
    struct str answer = talk(arena, str_c(bytes));

    if (!str_starts(answer, str_c(status_line)))
        print_error("wanted %s, got: %.*s\nfor: %s\n", status_line, (int)(answer.n < 200 ? answer.n : 200), answer.p, bytes);
    assert_true(str_starts(answer, str_c(status_line)));
    arena_free(&arena);
}

static size_t count_answers(struct str all)
{
    size_t n = 0;

    for (ptrdiff_t at = str_find(all, STR("HTTP/1.1 ")); at >= 0; at = str_find(all, STR("HTTP/1.1 "))) {
        all = str_from(all, (size_t)at + 9);
        n++;
    }
    return n;
}

/* ---- the tests ---- */

static void an_ordinary_request_is_answered_whole(void **state)
{
    struct arena *arena = arena_new();
    struct str answer = talk(arena, STR("GET / HTTP/1.1\r\n" HOST END));
    (void)state;

    assert_true(str_starts(answer, STR("HTTP/1.1 200 OK\r\n")));
    assert_true(str_find(answer, STR("halaman uji")) > 0);
    ptrdiff_t at = str_find(answer, STR("Content-Length: ")), end = str_find(answer, STR("\r\n\r\n"));
    uint64_t length;
    assert_true(at > 0 && end > at);
    struct str number = str_from(answer, (size_t)at + 16);
    assert_true(str_to_u64(str_part(number, 0, (size_t)str_find_char(number, '\r')), &length));
    assert_int_equal(length, answer.n - (size_t)end - 4);
    assert_true(str_find(answer, STR("ransfer-encoding")) < 0 && str_find(answer, STR("h2o")) < 0);
    assert_true(str_find(answer, STR("content-security-policy: default-src 'none'")) > 0);
    struct str head = talk(arena, STR("HEAD / HTTP/1.1\r\n" HOST END));
    assert_true(str_starts(head, STR("HTTP/1.1 200 OK\r\n")) && str_ends(head, STR("\r\n\r\n")) &&
                str_find(head, STR("Content-Length: ")) > 0);
    arena_free(&arena);
}

static void hosts_are_exactly_one(void **state)
{
    (void)state;
    expect_answer("GET / HTTP/1.1\r\n" END, "HTTP/1.1 400 ");
    expect_answer("GET / HTTP/1.0\r\n\r\n", "HTTP/1.1 400 ");
    expect_answer("GET / HTTP/1.1\r\nHost:\r\n" END, "HTTP/1.1 400 ");
    expect_answer("GET / HTTP/1.1\r\n" HOST "Host: dadeko.localhost:8080\r\n" END, "HTTP/1.1 400 ");
    expect_answer("GET / HTTP/1.1\r\n" HOST HOST END, "HTTP/1.1 400 ");
    expect_answer("GET / HTTP/1.1\r\nHost: lain.test\r\n" END, "HTTP/1.1 421 ");
    expect_answer("GET http://dadeko.localhost/ HTTP/1.1\r\n" HOST END, "HTTP/1.1 400 ");
}

static void framing_tricks_are_refused_and_nothing_is_smuggled(void **state)
{
    static const char *const tricks[] = {
        "POST /gema HTTP/1.1\r\n" HOST "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n" HOST END,
        "POST /gema HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n" HOST END,
        "POST /gema HTTP/1.1\r\n" HOST "Content-Length: 3\r\nContent-Length: 0\r\n\r\na=1GET / HTTP/1.1\r\n" HOST END,
        "POST /gema HTTP/1.1\r\n" HOST "Content-Length: 0\r\nContent-Length: 44\r\n\r\nGET / HTTP/1.1\r\n" HOST END,
        "GET / HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\nGET / HTTP/1.1\r\n" HOST END,
        "GET / HTTP/1.1\nHost: sampano.localhost\n\nGET / HTTP/1.1\r\n" HOST END,
    };
    struct arena *arena = arena_new();
    (void)state;

    for (size_t i = 0; i < COUNT_OF(tricks); i++) {
        struct str answer = talk(arena, str_c(tricks[i]));
        if (count_answers(answer) != 1 || !str_starts(answer, STR("HTTP/1.1 400 ")))
            print_error("trick %zu: %.*s\n", i, STR_ARG(answer));
        assert_int_equal(count_answers(answer), 1);
        assert_true(str_starts(answer, STR("HTTP/1.1 400 ")));
    }
    arena_free(&arena);
}

static void no_other_protocol_is_spoken(void **state)
{
    (void)state;
    expect_answer("GET / HTTP/1.1\r\n" HOST
                  "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n" END,
                  "HTTP/1.1 200 ");
    struct arena *arena = arena_new();
    struct str answer = talk(arena, STR("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    assert_false(str_starts(answer, STR("HTTP/1.1 200")));
    arena_free(&arena);
    expect_answer("GET / HTTP/1.1\r\n" HOST END, "HTTP/1.1 200 ");
}

static void sizes_are_bounded(void **state)
{
    struct arena *arena = arena_new();
    struct buf text = {.arena = arena};
    (void)state;

    buf_put_str(&text, STR("GET / HTTP/1.1\r\n" HOST "X: "));
    while (text.n < 100 * 1024)
        buf_put_str(&text, STR("aaaaaaaaaaaaaaaa"));
    buf_put_str(&text, STR("\r\n" END));
    assert_true(str_starts(talk(arena, buf_str(&text)), STR("HTTP/1.1 431 ")));
    text.n = 0;
    buf_put_str(&text, STR("GET /"));
    while (text.n < 9000)
        buf_put_char(&text, 'a');
    buf_put_str(&text, STR(" HTTP/1.1\r\n" HOST END));
    assert_true(str_starts(talk(arena, buf_str(&text)), STR("HTTP/1.1 414 ")));
    expect_answer("POST /gema HTTP/1.1\r\n" HOST "Content-Length: 99000000\r\n" END, "HTTP/1.1 413 ");
    text.n = 0;
    buf_fmt(&text, "POST /gema HTTP/1.1\r\n" HOST "Content-Length: %d\r\n" END, 2 << 20);
    while (text.n < (2 << 20) + 200)
        buf_put_str(&text, STR("aaaaaaaaaaaaaaaa"));
    assert_true(str_starts(talk(arena, buf_str(&text)), STR("HTTP/1.1 413 ")));
    arena_free(&arena);
}

/* A head that comes byte by byte holds up nobody else, and is answered in the end. */
static void a_slow_client_holds_up_nobody(void **state)
{
    static const char text[] = "GET / HTTP/1.1\r\n" HOST END;
    struct arena *arena = arena_new();
    int fd = dial();
    (void)state;

    assert_true(fd >= 0);
    for (size_t i = 0; i < sizeof(text) - 1; i++) {
        say(fd, (struct str){text + i, 1});
        if (i % 16 == 0)
            expect_answer("GET /healthz HTTP/1.1\r\n" END, "HTTP/1.1 200 ");
    }
    assert_true(str_starts(hear(arena, fd), STR("HTTP/1.1 200 ")));
    close(fd);
    arena_free(&arena);
}

static void wait_until(atomic_int *counter, int wanted)
{
    for (int i = 0; atomic_load(counter) < wanted && i < 5000; i++)
        usleep(2000);
    assert_true(atomic_load(counter) >= wanted);
}

static void who_leaves_while_his_page_is_made_harms_nothing(void **state)
{
    enum { CLIENTS = 20 };
    int before = atomic_load(&slow_begun), fds[CLIENTS];
    (void)state;

    for (int i = 0; i < CLIENTS; i++) {
        fds[i] = dial();
        assert_true(fds[i] >= 0);
        say(fds[i], STR("GET /pelan HTTP/1.1\r\n" HOST "Cookie: __Host-tamu=AAAAAAAAAAAAAAAAAAAAAA\r\n\r\n"));
    }
    wait_until(&slow_begun, before + CLIENTS);
    for (int i = 0; i < CLIENTS; i++)
        close(fds[i]);
    int done = atomic_load(&slow_ended) + atomic_load(&slow_cancelled);
    for (int i = 0; done < before + CLIENTS && i < 5000; i++) {
        usleep(2000);
        done = atomic_load(&slow_ended) + atomic_load(&slow_cancelled);
    }
    assert_int_equal(done, before + CLIENTS);
    expect_answer("GET / HTTP/1.1\r\n" HOST END, "HTTP/1.1 200 ");
}

static void requests_in_one_connection_are_answered_in_order(void **state)
{
    struct arena *arena = arena_new();
    struct str answer = talk(arena, STR("GET /pelan HTTP/1.1\r\n" HOST "\r\nGET / HTTP/1.1\r\n" HOST "\r\nGET /healthz HTTP/1.1\r\n" END));
    (void)state;

    assert_int_equal(count_answers(answer), 3);
    ptrdiff_t slow = str_find(answer, STR("pelan")), page = str_find(answer, STR("halaman uji")), health = str_find(answer, STR("ok\n"));
    assert_true(slow > 0 && page > slow && health > page);
    arena_free(&arena);
}

static void a_page_past_its_deadline_is_a_503(void **state)
{
    (void)state;
    expect_answer("GET /macet HTTP/1.1\r\n" HOST END, "HTTP/1.1 503 ");
}

static void a_large_answer_arrives_whole(void **state)
{
    struct arena *arena = arena_new();
    struct str answer = talk(arena, STR("GET /besar HTTP/1.1\r\n" HOST END));
    (void)state;

    assert_true(str_find(answer, STR("content-disposition: attachment; filename=\"besar.bin\"")) > 0);
    assert_int_equal(answer.n - (size_t)str_find(answer, STR("\r\n\r\n")) - 4, 8 << 20);
    arena_free(&arena);
}

static void too_many_at_once_are_told_at_once(void **state)
{
    enum { CLIENTS = 30 };
    struct arena *arena = arena_new();
    int fds[CLIENTS], refused = 0, served = 0;
    (void)state;

    for (int i = 0; i < CLIENTS; i++) {
        fds[i] = dial();
        assert_true(fds[i] >= 0);
        say(fds[i], STR("GET /pelan HTTP/1.1\r\n" HOST "Cookie: __Host-tamu=AAAAAAAAAAAAAAAAAAAAAA\r\n" END));
    }
    for (int i = 0; i < CLIENTS; i++) {
        struct str answer = hear(arena, fds[i]);
        served += str_starts(answer, STR("HTTP/1.1 200 "));
        bool is_refused = str_starts(answer, STR("HTTP/1.1 503 "));
        refused += is_refused;
        assert_true(!is_refused || str_find(answer, STR("retry-after: ")) > 0);
        close(fds[i]);
    }
    /* this edge takes 24 of one village at once */
    assert_int_equal(served + refused, CLIENTS);
    assert_true(served >= 24 && refused > 0);
    arena_free(&arena);
}

static void health_needs_no_host(void **state)
{
    (void)state;
    expect_answer("GET /healthz HTTP/1.1\r\n" END, "HTTP/1.1 200 ");
    expect_answer("GET /readyz HTTP/1.0\r\n\r\n", "HTTP/1.1 200 ");
    expect_answer("GET /healthz HTTP/1.1\r\nHost: anything.test\r\n" END, "HTTP/1.1 200 ");
    expect_answer("POST /healthz HTTP/1.1\r\n" HOST "Content-Length: 0\r\n" END, "HTTP/1.1 404 ");
}

static void assets_are_for_ever(void **state)
{
    struct arena *arena = arena_new();
    const struct asset *asset = asset_at(0);
    (void)state;

    assert_non_null(asset);
    struct str answer = talk(arena, str_fmt(arena, "GET %.*s HTTP/1.1\r\n" HOST "Accept-Encoding: gzip\r\n" END, STR_ARG(asset->path)));
    assert_true(str_starts(answer, STR("HTTP/1.1 200 ")));
    assert_true(str_find(answer, STR("cache-control: public, max-age=31536000, immutable")) > 0);
    struct str want = asset->gzip.p != NULL ? asset->gzip : asset->bytes;
    assert_int_equal(answer.n - (size_t)str_find(answer, STR("\r\n\r\n")) - 4, want.n);
    expect_answer("GET /aset/tidak-ada.css HTTP/1.1\r\n" HOST END, "HTTP/1.1 404 ");
    arena_free(&arena);
}

static void the_socket_is_for_the_front_alone(void **state)
{
    struct stat status;
    (void)state;

    assert_int_equal(stat(socket_path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0660);
}

/* ---- the server's thread ---- */

static pthread_t server;
static atomic_int is_listening;
static bool is_finished;

static void finish(void *arg)
{
    (void)arg;
    is_finished = edge_finish(edge, 10000);
    loop_stop(rig->loop);
}

static void *serve(void *arg)
{
    struct err err;
    (void)arg;

    rig = rig_new("edge", routes);
    edge = edge_new(rig->loop, rig->house, rig->web, &(struct edge_config){.party_requests = 24, .requests = 64, .body_bytes = 16 << 20});
    OK(edge_listen(edge, socket_path, &err));
    atomic_store(&is_listening, 1);
    loop_run(rig->loop);
    edge_free(&edge);
    rig_free(&rig);
    return NULL;
}

static int begin(void **state)
{
    (void)state;
    snprintf(socket_path, sizeof(socket_path), "/tmp/balai-test-edge-%d.sock", (int)getpid());
    if (pthread_create(&server, NULL, serve, NULL) != 0)
        return -1;
    for (int i = 0; i < 30000 && atomic_load(&is_listening) == 0; i++)
        usleep(1000);
    return atomic_load(&is_listening) == 1 ? 0 : -1;
}

/* What is under way when the end is asked for is finished; whoever comes later finds the door closed. */
static void the_end_waits_for_what_is_under_way(void **state)
{
    struct arena *arena = arena_new();
    int fd = dial(), idle = dial(), before = atomic_load(&slow_begun);
    char byte;
    (void)state;

    say(fd, STR("GET /pelan HTTP/1.1\r\n" HOST "Cookie: __Host-tamu=AAAAAAAAAAAAAAAAAAAAAA\r\n\r\n"));
    for (int i = 0; i < 5000 && atomic_load(&slow_begun) == before; i++)
        usleep(1000);
    loop_post(rig->loop, finish, NULL);
    struct str answer = hear(arena, fd);
    bool is_served = str_starts(answer, STR("HTTP/1.1 200 ")) && str_ends(answer, STR("pelan"));
    bool is_hung_up = recv(idle, &byte, 1, 0) == 0;
    close(fd);
    close(idle);
    pthread_join(server, NULL);
    bool is_closed = dial() < 0;
    unlink(socket_path);
    arena_free(&arena);
    assert_true(is_finished);
    assert_true(is_served);
    assert_true(is_hung_up);
    assert_true(is_closed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_ordinary_request_is_answered_whole),
        cmocka_unit_test(hosts_are_exactly_one),
        cmocka_unit_test(framing_tricks_are_refused_and_nothing_is_smuggled),
        cmocka_unit_test(no_other_protocol_is_spoken),
        cmocka_unit_test(sizes_are_bounded),
        cmocka_unit_test(a_slow_client_holds_up_nobody),
        cmocka_unit_test(who_leaves_while_his_page_is_made_harms_nothing),
        cmocka_unit_test(requests_in_one_connection_are_answered_in_order),
        cmocka_unit_test(a_page_past_its_deadline_is_a_503),
        cmocka_unit_test(a_large_answer_arrives_whole),
        cmocka_unit_test(too_many_at_once_are_told_at_once),
        cmocka_unit_test(health_needs_no_host),
        cmocka_unit_test(assets_are_for_ever),
        cmocka_unit_test(the_socket_is_for_the_front_alone),
        cmocka_unit_test(the_end_waits_for_what_is_under_way),
    };

    return cmocka_run_group_tests(tests, begin, NULL);
}
