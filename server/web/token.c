// SPDX-License-Identifier: AGPL-3.0-or-later
/* Sealed values in links: the key is the village's or site's, the purpose is bound, the expiry stands inside. */
#include "server/web/request.h"

static struct str token_bound(const struct request *req, const char *purpose)
{
    return str_fmt(req->arena, "token|%.*s|%s", STR_ARG(request_party(req)), purpose);
}

struct str token_seal(struct request *req, const char *purpose, struct str value, uint32_t valid_s)
{
    unsigned char key[KEY_BYTES];
    struct buf plain = {.arena = req->arena};
    utc_us until = req->now + (utc_us)valid_s * US_PER_S;

    request_key(req, "token", key);
    for (int shift = 56; shift >= 0; shift -= 8)
        buf_put_char(&plain, (char)((uint64_t)until >> shift & 0xff));
    buf_put_str(&plain, value);
    struct str sealed = seal(req->arena, key, token_bound(req, purpose), buf_str(&plain));
    return str_base64url(req->arena, sealed.p, sealed.n);
}

struct str token_open(const struct request *req, struct str token, const char *purpose)
{
    struct str sealed = str_unbase64url(req->arena, token), plain;
    unsigned char key[KEY_BYTES];
    uint64_t until = 0;

    if (sealed.p == NULL || sealed.n == 0)
        return STR_NONE;
    request_key(req, "token", key);
    if (unseal(req->arena, key, token_bound(req, purpose), sealed, &plain, NULL) != RC_OK || plain.n < 8)
        return STR_NONE;
    for (size_t i = 0; i < 8; i++)
        until = until << 8 | (unsigned char)plain.p[i];
    if ((utc_us)until < req->now)
        return STR_NONE;
    return str_from(plain, 8);
}

struct str input_token(struct request *req, const char *name, const char *purpose)
{
    return token_open(req, input_str(req, name), purpose);
}
