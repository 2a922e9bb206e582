// SPDX-License-Identifier: AGPL-3.0-or-later
/* The calls: libcurl, beside the loop. */
#include "server/outbound/esign.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <unistd.h>

#include "server/base/clock.h"
#include "server/loop/loop.h"
#include "server/outbound/reach.h"

enum { CONNECT_MOST_MS = 10000, STATUS_BYTES = 64 * 1024 };

/* One that waits for its turn, on its fiber's stack. */
struct turn {
    struct str village;
    struct wait_list waiter;
    bool is_given;
    struct turn *next;
};

struct esign {
    const struct config *config;
    struct str taken[ESIGN_WAYS]; /* by which village; empty: free */
    struct turn *first;           /* who came first */
};

/* One call beside the loop: everything it needs, and what came of it. */
struct calling {
    const struct config *config;
    const struct esign_service *service;
    const struct esign_order *order; /* NULL: a person's status is asked for */
    struct arena *arena;
    struct str url;
    struct buf answer;
    size_t most, passphrase_at;
    bool is_too_large, is_closed; /* is_closed: the host lies where no call may go */
    CURLcode code;
    long status;
    curl_off_t uploaded;
};

struct esign *esign_new(struct arena *arena, const struct config *config)
{
    struct esign *esign = ARENA_NEW(arena, struct esign);

    esign->config = config;
    return esign;
}

/* A way that is free, for a village that has none; NULL: it waits. */
static struct str *way_for(struct esign *esign, struct str village)
{
    struct str *free = NULL;

    for (size_t i = 0; i < ESIGN_WAYS; i++)
        if (str_eq(esign->taken[i], village))
            return NULL;
        else if (free == NULL && str_empty(esign->taken[i]))
            free = &esign->taken[i];
    return free;
}

/* How long its turn may be away: everybody before it has one call, those of its own village one after the other. */
static uint64_t wait_most_ms(const struct esign *esign, struct str village)
{
    size_t all = 0, own = 0;

    for (const struct turn *t = esign->first; t != NULL; t = t->next) {
        all++;
        own += str_eq(t->village, village);
    }
    const size_t rounds = all / ESIGN_WAYS > own ? all / ESIGN_WAYS : own;
    return (rounds + 1) * (uint64_t)esign->config->esign_timeout_ms;
}

static void leave_line(struct esign *esign, const struct turn *turn)
{
    struct turn **at = &esign->first;

    while (*at != turn)
        at = &(*at)->next;
    *at = turn->next;
}

enum rc esign_take(struct esign *esign, struct str village, uint64_t until_ms, struct err *err)
{
    struct turn turn = {.village = village}, **last = &esign->first;
    struct str *way = way_for(esign, village);

    if (way != NULL) { /* whoever waits is one of a village that has its way */
        *way = village;
        return RC_OK;
    }
    if (clock_mono_ms() + wait_most_ms(esign, village) > until_ms)
        return fail(err, RC_BUSY, "too many wait for an e-sign service");
    while (*last != NULL)
        last = &(*last)->next;
    *last = &turn;
    const enum rc rc = fiber_park(&turn.waiter, until_ms, err);
    if (turn.is_given)
        return RC_OK; /* also when its time ended with it: what comes next says so */
    leave_line(esign, &turn);
    return rc;
}

void esign_give(struct esign *esign, struct str village)
{
    size_t i = 0;

    while (!str_eq(esign->taken[i], village))
        i++;
    esign->taken[i] = STR("");
    for (struct turn *t = esign->first; t != NULL; t = t->next) {
        struct str *way = way_for(esign, t->village);

        if (way == NULL)
            continue;
        *way = t->village;
        t->is_given = true;
        leave_line(esign, t);
        fiber_wake_one(&t->waiter);
        return;
    }
}

uint32_t esign_timeout_ms(const struct esign *esign)
{
    return esign->config->esign_timeout_ms;
}

/* ---- beside the loop ---- */

static bool is_private_allowed(const struct calling *c)
{
    return str_is(c->config->esign_reach, "private");
}

static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct calling *c = arg;

    (void)purpose;
    if (!is_private_allowed(c) && !reach_is_public(&address->addr)) {
        c->is_closed = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take_answer(char *p, size_t size, size_t n, void *arg)
{
    struct calling *c = arg;

    if (size * n > c->most - c->answer.n) {
        c->is_too_large = true;
        return 0;
    }
    buf_put(&c->answer, p, size * n);
    return size * n;
}

static size_t give_passphrase(char *out, size_t size, size_t n, void *arg)
{
    struct calling *c = arg;
    const struct str rest = str_from(c->order->passphrase, c->passphrase_at);
    const size_t given = rest.n < size * n ? rest.n : size * n;

    memcpy(out, rest.p, given);
    c->passphrase_at += given;
    return given;
}

static void put_part(curl_mime *mime, const char *name, struct str value)
{
    curl_mimepart *part = curl_mime_addpart(mime);

    curl_mime_name(part, name);
    curl_mime_data(part, value.p, value.n);
}

static void put_file(curl_mime *mime, const char *name, const char *called, const char *type, struct str bytes)
{
    curl_mimepart *part = curl_mime_addpart(mime);

    curl_mime_name(part, name);
    curl_mime_data(part, bytes.p, bytes.n);
    curl_mime_filename(part, called);
    curl_mime_type(part, type);
}

static void put_look(curl_mime *mime, struct arena *arena, const struct esign_look *look)
{
    const struct {
        const char *name;
        uint32_t value;
    } numbers[] = {{"page", look->page}, {"xAxis", look->x}, {"yAxis", look->y}, {"width", look->width}, {"height", look->height}};

    put_part(mime, "tampilan", STR("visible"));
    put_part(mime, "image", STR("true"));
    put_file(mime, "imageTTD", "tanda.png", "image/png", look->png);
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        put_part(mime, numbers[i].name, str_fmt(arena, "%" PRIu32, numbers[i].value));
}

static curl_mime *form_of(CURL *curl, struct calling *c)
{
    curl_mime *mime = curl_mime_init(curl);
    curl_mimepart *passphrase;

    put_file(mime, "file", "surat.pdf", "application/pdf", c->order->pdf);
    put_part(mime, "nik", c->order->nik);
    passphrase = curl_mime_addpart(mime);
    curl_mime_name(passphrase, "passphrase");
    curl_mime_data_cb(passphrase, (curl_off_t)c->order->passphrase.n, give_passphrase, NULL, NULL, c);
    if (c->order->look != NULL)
        put_look(mime, c->arena, c->order->look);
    else
        put_part(mime, "tampilan", STR("invisible"));
    return mime;
}

static void put_call(CURL *curl, struct calling *c)
{
    long timeout_ms = (long)c->config->esign_timeout_ms;

    curl_easy_setopt(curl, CURLOPT_URL, str_z(c->arena, c->url));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, is_private_allowed(c) ? "http,https" : "https");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, timeout_ms < CONNECT_MOST_MS ? timeout_ms : CONNECT_MOST_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
    curl_easy_setopt(curl, CURLOPT_USERNAME, str_z(c->arena, c->service->user));
    curl_easy_setopt(curl, CURLOPT_PASSWORD, str_z(c->arena, c->service->secret));
    if (!str_empty(c->config->esign_ca))
        curl_easy_setopt(curl, CURLOPT_CAINFO, str_z(c->arena, c->config->esign_ca));
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, c);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, c);
}

static void call_offloaded(void *arg)
{
    struct calling *c = arg;
    struct curl_slist *lines = curl_slist_append(NULL, "Expect:"); /* all at once: some of these services do not know it */
    CURL *curl = curl_easy_init();
    curl_mime *mime = NULL;

    if (curl == NULL || lines == NULL)
        abort();
    put_call(curl, c);
    if (c->order != NULL) {
        mime = form_of(curl, c);
        curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines);
    }
    c->code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &c->status);
    curl_easy_getinfo(curl, CURLINFO_SIZE_UPLOAD_T, &c->uploaded);
    curl_easy_cleanup(curl);
    curl_mime_free(mime);
    curl_slist_free_all(lines);
}

/* ---- what came of it ---- */

/* A call that ended without a whole answer. Only when all was sent may the service have signed. */
static enum esign_outcome judge_failure(const struct calling *c)
{
    switch (c->code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_COULDNT_RESOLVE_HOST:
        return ESIGN_ADDRESS;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
        return ESIGN_TLS;
    case CURLE_COULDNT_CONNECT:
        return c->is_closed ? ESIGN_ADDRESS : ESIGN_AWAY;
    default:
        return c->order != NULL && c->uploaded >= (curl_off_t)c->order->pdf.n ? ESIGN_UNKNOWN : ESIGN_AWAY;
    }
}

static enum rc make_call(struct esign *esign, struct calling *c, struct err *err)
{
    c->config = esign->config;
    c->answer.arena = c->arena;
    c->code = CURLE_FAILED_INIT;
    const enum rc rc = fiber_offload(call_offloaded, c, err);

    return c->code == CURLE_FAILED_INIT ? rc : RC_OK;
}

enum rc esign_sign(struct esign *esign, struct arena *arena, const struct esign_service *service, const struct esign_order *order,
                   struct str *signed_out, enum esign_outcome *outcome_out, struct err *err)
{
    struct calling c = {.service = service,
                        .order = order,
                        .arena = arena,
                        .url = str_fmt(arena, "%.*s/api/sign/pdf", STR_ARG(service->address)),
                        .most = order->pdf.n + ESIGN_MORE_BYTES};

    TRY(make_call(esign, &c, err));
    *signed_out = buf_str(&c.answer);
    *outcome_out = c.is_too_large ? ESIGN_LARGE : c.code != CURLE_OK ? judge_failure(&c) : esign_judge_signed(arena, c.status, *signed_out);
    return RC_OK;
}

enum rc esign_status(struct esign *esign, struct arena *arena, const struct esign_service *service, struct str nik,
                     enum esign_outcome *outcome_out, struct err *err)
{
    struct calling c = {.service = service,
                        .arena = arena,
                        .url = str_fmt(arena, "%.*s/api/user/status/%.*s", STR_ARG(service->address), STR_ARG(nik)),
                        .most = STATUS_BYTES};

    TRY(make_call(esign, &c, err));
    *outcome_out = c.is_too_large       ? ESIGN_ODD
                   : c.code != CURLE_OK ? judge_failure(&c)
                                        : esign_judge_status(arena, c.status, buf_str(&c.answer));
    return RC_OK;
}
