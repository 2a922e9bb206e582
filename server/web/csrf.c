// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Was this POST sent by a page of ours, to the one who opened it? Sibling
 * villages are same-site, so SameSite cookies do not tell them apart: the
 * browser's own word (Sec-Fetch-Site, else Origin) and a token bound to the
 * session, or to the guest cookie of an anonymous form, must both say so.
 * The token is nonce ‖ HMAC(key, nonce ‖ cookie ‖ mark ‖ place) ‖ mark ‖ place: a new text each time, so
 * that a compressed page does not leak it. For a press that comes after the session's end the mark says
 * whose page it was (account_mark) and the place which page; nobody can put another's there.
 */
#include "server/web/request.h"

enum {
    NONCE_BYTES = 16,
    TOKEN_BYTES = NONCE_BYTES + HASH_BYTES,
    MARKED_BYTES = TOKEN_BYTES + MARK_BYTES + PLACE_BYTES,
    ONCE_BYTES = 16,
    GUEST_BYTES = 16
};

enum rc csrf_check_origin(const struct request *req, struct err *err)
{
    struct str site = req->in.fetch_site;

    if (site.p != NULL) {
        if (str_is(site, "same-origin"))
            return RC_OK;
        return fail(err, RC_FORBIDDEN, "a POST from another site");
    }
    if (req->in.origin.p == NULL)
        return fail(err, RC_FORBIDDEN, "a POST that does not say where it comes from");
    struct str own = str_fmt(req->arena, "%s://%.*s", req->in.is_https ? "https" : "http", STR_ARG(str_lower(req->arena, req->in.host)));
    if (!str_eq(str_lower(req->arena, req->in.origin), own))
        return fail(err, RC_FORBIDDEN, "a POST from another origin");
    return RC_OK;
}

struct str form_owner(const struct request *req)
{
    if (req->kiosk_owner.p != NULL)
        return req->kiosk_owner;
    return req->session_token.p != NULL && req->actor.id != 0 ? req->session_token : req->guest_token;
}

static char owner_kind(const struct request *req)
{
    return req->kiosk_owner.p != NULL ? 'k' : req->actor.id != 0 ? 's' : 'g';
}

/* `token`: its nonce, and its mark and place when it has them. */
static void token_mac(const struct request *req, struct str token, char kind, struct str owner, unsigned char mac[HASH_BYTES])
{
    unsigned char key[KEY_BYTES];
    struct buf message = {.arena = req->arena};

    request_key(req, "csrf", key);
    buf_put(&message, token.p, NONCE_BYTES);
    buf_put_char(&message, kind);
    buf_put_str(&message, owner);
    buf_put_str(&message, str_from(token, TOKEN_BYTES));
    hash_keyed(key, message.p, message.n, mac);
}

static bool token_fits(const struct request *req, struct str token, char kind, struct str owner)
{
    unsigned char mac[HASH_BYTES];

    if ((token.n != TOKEN_BYTES && token.n != MARKED_BYTES) || owner.n == 0)
        return false;
    token_mac(req, token, kind, owner, mac);
    return bytes_equal(token.p + NONCE_BYTES, mac, HASH_BYTES);
}

struct str field_sent(const struct request *req, const char *name)
{
    for (size_t i = 0; i < req->fields.n; i++)
        if (str_is(req->fields.p[i].name, name) && !req->fields.p[i].is_file)
            return req->fields.p[i].value;
    return STR_NONE;
}

/* What tells two apart without saying which they are: the first bytes of their keyed hash. */
static void mark_of(const struct request *req, const char *purpose, const void *p, size_t n, unsigned char *mark_out, size_t bytes)
{
    unsigned char key[KEY_BYTES], hash[HASH_BYTES];

    request_key(req, purpose, key);
    hash_keyed(key, p, n, hash);
    explicit_bzero(key, sizeof(key));
    memcpy(mark_out, hash, bytes);
}

void account_mark(const struct request *req, uint64_t id, unsigned char mark_out[MARK_BYTES])
{
    mark_of(req, "account", &id, sizeof(id), mark_out, MARK_BYTES);
}

static bool is_place(const struct request *req, struct str path, struct str place)
{
    unsigned char its[PLACE_BYTES];

    mark_of(req, "place", path.p, path.n, its, PLACE_BYTES);
    return bytes_equal(place.p, its, PLACE_BYTES);
}

/* The mark and the place of this page, for all of its forms: a list has one a row. */
static const unsigned char *own_marks(struct request *req)
{
    if (req->marked_for != req->actor.id) {
        account_mark(req, req->actor.id, req->marks);
        mark_of(req, "place", req->path.p, req->path.n, req->marks + MARK_BYTES, PLACE_BYTES);
        req->marked_for = req->actor.id;
    }
    return req->marks;
}

/*
 * Whether the token is of the page that this request's form stood on: of the path itself, of what the path is an act of
 * ("…/10/kembalikan"), or of `before`, where the browser says that it comes from.
 */
static bool is_from_its_page(const struct request *req, struct str before, struct str place)
{
    struct str path = req->path, page = path;
    size_t at = path.n;

    while (at > 0 && path.p[at - 1] != '/')
        at--;
    if (at > 1 && at < path.n && !(path.p[at] >= '0' && path.p[at] <= '9'))
        page = str_part(path, 0, at - 1);
    return is_place(req, path, place) || is_place(req, page, place) || (before.p != NULL && is_place(req, before, place));
}

struct str form_account(const struct request *req, struct str before)
{
    struct str token = str_unbase64url(req->arena, field_sent(req, "_csrf"));

    if (token.n != MARKED_BYTES || !token_fits(req, token, 's', req->session_token) ||
        !is_from_its_page(req, before, str_from(token, TOKEN_BYTES + MARK_BYTES)))
        return STR("");
    return str_hex(req->arena, (const unsigned char *)token.p + TOKEN_BYTES, MARK_BYTES);
}

enum rc csrf_check_token(const struct request *req, struct err *err)
{
    struct str token = str_unbase64url(req->arena, field_sent(req, "_csrf"));
    struct str owner = form_owner(req);

    if (token.n == 0 || owner.n == 0)
        return fail(err, RC_FORBIDDEN, "a POST without the form's token");
    if (!token_fits(req, token, owner_kind(req), owner))
        return fail(err, RC_FORBIDDEN, "a POST with a token of another form, session or village");
    return RC_OK;
}

struct form_guard request_form_guard(struct request *req)
{
    unsigned char token[MARKED_BYTES], once[ONCE_BYTES], guest[GUEST_BYTES];
    bool is_marked = req->actor.id != 0;

    if (form_owner(req).p == NULL) {
        random_bytes(guest, sizeof(guest));
        req->guest_token = str_base64url(req->arena, guest, sizeof(guest));
        req->is_new_guest = true;
    }
    req->resp.is_no_cache = true; /* the form belongs to one visitor */
    random_bytes(token, NONCE_BYTES);
    random_bytes(once, sizeof(once));
    if (is_marked)
        memcpy(token + TOKEN_BYTES, own_marks(req), sizeof(req->marks));
    token_mac(req, (struct str){(const char *)token, is_marked ? MARKED_BYTES : TOKEN_BYTES}, owner_kind(req), form_owner(req),
              token + NONCE_BYTES);
    return (struct form_guard){
        .csrf = str_base64url(req->arena, token, is_marked ? MARKED_BYTES : TOKEN_BYTES),
        .once = str_base64url(req->arena, once, sizeof(once)),
    };
}
