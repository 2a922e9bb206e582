// SPDX-License-Identifier: AGPL-3.0-or-later
/* The sentence of an act, carried to the page after it: sealed, for that path, once. */
#include "server/web/act.h"
#include "server/web/request.h"

#define SAID_COOKIE STR("__Host-kabar")
#define SAID_REST "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age="
enum { SAID_LIVES_S = 120 };

void act_say(struct request *req, const char *sentence)
{
    req->saying = sentence;
}

void act_warn(struct request *req, const char *sentence)
{
    req->saying = sentence;
    req->is_warning = true;
}

void act_hand(struct request *req, struct str secret)
{
    req->handing = secret;
}

static struct str path_of(struct str go_to)
{
    ptrdiff_t mark = str_find_char(go_to, '?');

    return mark >= 0 ? str_part(go_to, 0, (size_t)mark) : go_to;
}

void said_send(struct request *req, struct str go_to)
{
    struct arena *arena = req->arena;

    if (req->saying == NULL || req->actor.id == 0)
        return;
    const struct str clock = req->is_warning ? STR("") : utc_clock(arena, req->now, request_zone(req));
    struct str words = str_fmt(arena, "%.*s\n%.*s\n%s\n%.*s", STR_ARG(path_of(go_to)), STR_ARG(clock), req->saying, STR_ARG(req->handing));
    struct str sealed = token_seal(req, "kabar", words, SAID_LIVES_S);
    req->said_cookie = str_fmt(arena, "%.*s=%.*s" SAID_REST "%d", STR_ARG(SAID_COOKIE), STR_ARG(sealed), SAID_LIVES_S);
}

/* The cookie for this page: its sentence, the hour (none of a warning), and what was handed over with it. STR_NONE: there is none. */
static struct str said_open(const struct request *req, struct str *clock_out, struct str *handed_out)
{
    struct str words, path, sentence;

    if (req->method != METHOD_GET || req->is_head || req->in.is_htmx || req->actor.id == 0)
        return STR_NONE;
    for (size_t i = 0; i < req->cookies.n; i++) {
        if (!str_eq(req->cookies.p[i].name, SAID_COOKIE))
            continue;
        words = token_open(req, req->cookies.p[i].value, "kabar");
        if (words.p == NULL || !str_cut(&words, '\n', &path) || !str_eq(path, req->path) || !str_cut(&words, '\n', clock_out) ||
            !str_cut(&words, '\n', &sentence))
            continue;
        *handed_out = words;
        return sentence;
    }
    return STR_NONE;
}

struct str act_handed(const struct request *req)
{
    struct str clock, handed = STR_NONE;

    return said_open(req, &clock, &handed).p != NULL && !str_empty(handed) ? handed : STR_NONE;
}

struct str said_take(struct request *req, struct str *clock_out)
{
    struct str handed, sentence = said_open(req, clock_out, &handed);

    if (sentence.p != NULL)
        req->said_cookie = str_fmt(req->arena, "%.*s=" SAID_REST "0", STR_ARG(SAID_COOKIE));
    return sentence;
}
