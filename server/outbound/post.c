// SPDX-License-Identifier: AGPL-3.0-or-later
/* The relay: libcurl's SMTP, beside the loop. */
#include <curl/curl.h>
#include <stdlib.h>

#include "server/loop/loop.h"
#include "server/outbound/mail_parts.h"

enum { AT_ONCE = 2, QUIET_TIMES = 2, CONNECT_MOST_MS = 10000 };

struct post {
    const struct config *config;
    struct str user, password, from;
    unsigned under_way;
    uint64_t quiet_until_ms; /* it did not answer: it is not tried again before */
};

/* One message beside the loop: everything it needs, and what came of it. */
struct sending {
    const struct post *post;
    struct arena *arena;
    const struct mail *mail;
    struct mail_head head;
    CURLcode code;
    long answer;
    curl_off_t uploaded;
};

static bool is_loopback(struct str url)
{
    return str_starts(url, STR("smtp://127.0.0.1:")) || str_starts(url, STR("smtp://localhost:")) || str_starts(url, STR("smtp://[::1]:"));
}

/* "surat@BASE" when the configuration names no sender; a name without a dot gets ".localdomain", as on a machine of one's own. */
static struct str sender(struct arena *arena, const struct config *config)
{
    struct str rest = config->base_host, host;

    if (!str_empty(config->smtp_from))
        return config->smtp_from;
    str_cut(&rest, ':', &host);
    return str_fmt(arena, "surat@%.*s%s", STR_ARG(host), str_find_char(host, '.') < 0 ? ".localdomain" : "");
}

enum rc post_new(struct arena *arena, const struct config *config, struct post **out, struct err *err)
{
    struct post *post = ARENA_NEW(arena, struct post);

    post->config = config;
    *out = post;
    if (str_empty(config->smtp_url))
        return RC_OK;
    post->from = sender(arena, config);
    if (!mail_address_is_valid(post->from))
        return fail(err, RC_INVALID, "smtp_from is no address");
    if (str_is(config->smtp_tls, "none") && !is_loopback(config->smtp_url))
        return fail(err, RC_INVALID, "smtp_tls = none is for a relay on this machine only (smtp://127.0.0.1:PORT)");
    if (str_empty(config->smtp_user) != str_empty(config->smtp_secret))
        return fail(err, RC_INVALID, "smtp_user and smtp_secret go together");
    post->user = config->smtp_user;
    return str_empty(config->smtp_secret) ? RC_OK : config_secret(arena, config->smtp_secret, &post->password, err);
}

bool post_is_on(const struct post *post)
{
    return post != NULL && !str_empty(post->config->smtp_url);
}

/* ---- beside the loop ---- */

static struct str with_crlf(struct arena *arena, struct str text)
{
    return str_replace(arena, text, STR("\n"), STR("\r\n"));
}

static void put_relay(CURL *curl, const struct sending *s)
{
    const struct config *config = s->post->config;
    long timeout_ms = (long)config->smtp_timeout_ms;
    bool is_plain = str_is(config->smtp_tls, "none") && str_starts(config->smtp_url, STR("smtp://"));

    /* The part after the address is the name for EHLO. */
    curl_easy_setopt(curl, CURLOPT_URL,
                     str_z(s->arena, str_fmt(s->arena, "%.*s/%.*s", STR_ARG(config->smtp_url), STR_ARG(mail_domain(s->post->from)))));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, timeout_ms < CONNECT_MOST_MS ? timeout_ms : CONNECT_MOST_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (timeout_ms + 999) / 1000); /* of its answer to our QUIT, too */
    curl_easy_setopt(curl, CURLOPT_USE_SSL, is_plain ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (!str_empty(config->smtp_ca))
        curl_easy_setopt(curl, CURLOPT_CAINFO, str_z(s->arena, config->smtp_ca));
    if (!str_empty(s->post->user)) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, str_z(s->arena, s->post->user));
        curl_easy_setopt(curl, CURLOPT_PASSWORD, str_z(s->arena, s->post->password));
    }
}

static struct curl_slist *list_put(struct curl_slist *list, struct arena *arena, struct str line)
{
    struct curl_slist *longer = curl_slist_append(list, str_z(arena, line));

    if (longer == NULL)
        abort();
    return longer;
}

static void send_offloaded(void *arg)
{
    struct sending *s = arg;
    struct curl_slist *to = list_put(NULL, s->arena, str_fmt(s->arena, "<%.*s>", STR_ARG(s->mail->to))), *lines = NULL;
    CURL *curl = curl_easy_init();

    if (curl == NULL)
        abort();
    curl_mime *mime = curl_mime_init(curl);
    curl_mimepart *part = curl_mime_addpart(mime);
    struct str text = with_crlf(s->arena, s->mail->text);

    for (size_t i = 0; i < s->head.n; i++)
        lines = list_put(lines, s->arena, s->head.lines[i]);
    curl_mime_data(part, text.p, text.n);
    curl_mime_type(part, "text/plain; charset=utf-8");
    curl_mime_encoder(part, "quoted-printable");
    put_relay(curl, s);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, str_z(s->arena, str_fmt(s->arena, "<%.*s>", STR_ARG(s->post->from))));
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
    s->code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &s->answer);
    curl_easy_getinfo(curl, CURLINFO_SIZE_UPLOAD_T, &s->uploaded);
    curl_easy_cleanup(curl); /* sends QUIT */
    curl_mime_free(mime);
    curl_slist_free_all(lines);
    curl_slist_free_all(to);
}

/* ---- what came of it ---- */

/* 5xx about us (sign-in, encryption wanted) or before the message was under way is a matter of the relay, not of this message. */
static bool is_final(const struct sending *s)
{
    bool is_about_us = s->answer == 530 || s->answer == 534 || s->answer == 535 || s->answer == 538;
    bool is_message = s->code == CURLE_SEND_ERROR || (s->code == CURLE_WEIRD_SERVER_REPLY && s->uploaded > 0);

    return s->answer >= 500 && s->answer < 600 && !is_about_us && is_message;
}

static enum rc outcome(struct post *post, const struct sending *s, unsigned *answer_out, struct err *err)
{
    *answer_out = s->answer >= 400 && s->answer < 600 ? (unsigned)s->answer : 0;
    if (s->code == CURLE_OK)
        return RC_OK;
    if (is_final(s))
        return fail(err, RC_INVALID, "the relay refused the message: %ld", s->answer);
    if (s->code == CURLE_OPERATION_TIMEDOUT) {
        post->quiet_until_ms = clock_mono_ms() + (uint64_t)QUIET_TIMES * post->config->smtp_timeout_ms;
        return fail(err, RC_TIMEOUT, "the relay did not answer in time");
    }
    return fail(err, RC_BUSY, "the relay did not take the message now: %s, last answer %ld", curl_easy_strerror(s->code), s->answer);
}

enum rc post_send(struct post *post, struct arena *arena, const struct mail *mail, unsigned *answer_out, struct err *err)
{
    struct sending s = {.post = post, .arena = arena, .mail = mail, .code = CURLE_FAILED_INIT};

    *answer_out = 0;
    if (!post_is_on(post))
        return fail(err, RC_FAULT, "no relay is configured");
    TRY(mail_head(arena, post->from, mail, &s.head, err));
    if (post->under_way >= AT_ONCE || clock_mono_ms() < post->quiet_until_ms)
        return fail(err, RC_BUSY, "the relay is busy, or did not answer just now");
    post->under_way++;
    enum rc rc = fiber_offload(send_offloaded, &s, err);
    post->under_way--;
    if (rc == RC_OK || s.code == CURLE_OK)
        return outcome(post, &s, answer_out,
                       err); /* a message that the relay accepted counts as sent, even if the deadline passed meanwhile */
    return rc;
}
