// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/session.h"
#include "server/web/village.h"
#include "server/web/web_both_sql.h"
#include "server/web/web_control_sql.h"
#include "server/web/web_village_sql.h"

enum { TOKEN_BYTES = 32, TOKEN_SIGNS = SESSION_SIGNS, GUEST_SIGNS = 22 };

static bool is_token(struct str s, size_t signs)
{
    if (s.n != signs)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return false;
    }
    return true;
}

enum rc session_cookies(struct request *req, struct err *err)
{
    struct str session, guest, kiosk;

    TRY(cookie_read(req->arena, req->in.cookie, &req->cookies, err));
    TRY(cookie_one(&req->cookies, SESSION_COOKIE, &session, err));
    TRY(cookie_one(&req->cookies, GUEST_COOKIE, &guest, err));
    TRY(cookie_one(&req->cookies, KIOSK_COOKIE, &kiosk, err));
    if (is_token(session, TOKEN_SIGNS))
        req->session_token = session;
    if (is_token(guest, GUEST_SIGNS))
        req->guest_token = guest;
    if (is_token(kiosk, TOKEN_SIGNS))
        req->kiosk_token = kiosk;
    return RC_OK;
}

/* Bound to the party, so that a hash copied into another village's table opens nothing there. */
static struct str token_hash(const struct request *req, struct str token)
{
    unsigned char *hash = arena_alloc(req->arena, HASH_BYTES);
    struct str message = str_fmt(req->arena, "session|%.*s|%.*s", STR_ARG(request_party(req)), STR_ARG(token));

    hash_sha256(message.p, message.n, hash);
    return (struct str){(const char *)hash, HASH_BYTES};
}

struct str session_new_token(struct request *req, unsigned char hash_out[HASH_BYTES])
{
    unsigned char bytes[TOKEN_BYTES];

    random_bytes(bytes, sizeof(bytes));
    struct str token = str_base64url(req->arena, bytes, sizeof(bytes));
    memcpy(hash_out, token_hash(req, token).p, HASH_BYTES);
    return str_fmt(req->arena, "__Host-balai=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax", STR_ARG(token));
}

static bool is_stale(const struct request *req, utc_us last_seen_at)
{
    bool is_watch = req->match.route != NULL && req->match.route->is_watch;

    return !is_watch && req->now - last_seen_at > SESSION_SEEN_S * US_PER_S;
}

static utc_us idle_since(const struct request *req)
{
    return req->now - SESSION_IDLE_S * US_PER_S;
}

/* A session last seen after this was made or used while the clock was ahead: no rule of its columns would end it in time. */
static utc_us not_yet(const struct request *req)
{
    return req->now + SESSION_AHEAD_S * US_PER_S;
}

static enum rc find_staff(struct request *req, struct village_db *db, struct session_row *out, bool *found_out, struct err *err)
{
    const struct session_find_in find = {.token_hash = token_hash(req, req->session_token),
                                         .village_code = req->village->code,
                                         .now_at = req->now,
                                         .idle_since = idle_since(req),
                                         .not_yet = not_yet(req),
                                         .today = utc_date(req->now, req->village->zone)};

    return sql_session_find(db, &find, out, found_out, err);
}

/* *role_out NULL: nobody is signed in. */
static enum rc find_account(struct request *req, struct control_db *db, struct console_session_row *out,
                            const struct console_role **role_out, struct err *err)
{
    bool found;

    TRY(sql_console_session_find(db, token_hash(req, req->session_token), str_c(site_name(req->site)), req->now, idle_since(req),
                                 not_yet(req), out, &found, err));
    *role_out = found ? console_role_find(out->role) : NULL;
    return RC_OK;
}

static enum rc load_staff(struct request *req, struct err *err)
{
    struct village_db *db;
    struct session_row row;
    bool found;

    TRY(request_village_db(req, &db, err));
    TRY(find_staff(req, db, &row, &found, err));
    if (!found)
        return RC_OK;
    req->actor = (struct actor){.id = row.staff_id,
                                .may = staff_permissions(row.permissions),
                                .role = row.role,
                                .role_label = row.role_label,
                                .name = row.name,
                                .username = row.username,
                                .session = row.id};
    struct err lost = {0};
    req->is_noted = is_stale(req, row.last_seen_at);
    if (req->is_noted && sql_session_seen(village_db_notes(db), req->now, row.id, NULL, &lost) != RC_OK)
        log_err("session.seen", &lost);
    return RC_OK;
}

static enum rc load_account(struct request *req, struct err *err)
{
    struct control_db *db = request_control_db(req);
    struct console_session_row row;
    const struct console_role *role;

    TRY(find_account(req, db, &row, &role, err));
    if (role == NULL)
        return RC_OK;
    req->actor = (struct actor){.id = row.account_id,
                                .may = role->may,
                                .role = row.role,
                                .role_label = str_c(role->label),
                                .name = row.name,
                                .username = row.username,
                                .session = row.id,
                                .unit_code = row.unit_code};
    struct err lost = {0};
    if (is_stale(req, row.last_seen_at) && sql_control_session_seen(db, req->now, row.id, NULL, &lost) != RC_OK)
        log_err("session.seen", &lost);
    return RC_OK;
}

static enum rc judge(struct request *req, bool is_there, uint64_t may, struct err *err)
{
    if (!is_there)
        return fail(err, RC_SIGN_IN, "the session ended while the act waited");
    req->actor.may = may;
    if (!request_may(req, req->match.route->permission))
        return fail(err, RC_FORBIDDEN, "the right was taken away while the act waited");
    return RC_OK;
}

enum rc session_still_may(struct txn *txn, struct request *req, struct err *err)
{
    struct session_row row;
    bool found;

    if (req->actor.id == 0 || request_is_kiosk(req))
        return RC_OK;
    TRY(find_staff(req, in_txn(txn), &row, &found, err));
    return judge(req, found, found ? staff_permissions(row.permissions) : 0, err);
}

enum rc console_session_still_may(struct control_txn *txn, struct request *req, struct err *err)
{
    struct console_session_row row;
    const struct console_role *role;

    if (req->actor.id == 0)
        return RC_OK;
    TRY(find_account(req, in_control_txn(txn), &row, &role, err));
    return judge(req, role != NULL, role != NULL ? role->may : 0, err);
}

enum rc session_load(struct request *req, struct err *err)
{
    if (request_is_kiosk(req))
        return kiosk_load(req, err);
    if (req->session_token.p == NULL || req->site == SITE_PLATFORM)
        return RC_OK;
    return req->site == SITE_VILLAGE ? load_staff(req, err) : load_account(req, err);
}

enum rc session_end(struct request *req, struct err *err)
{
    struct village_db *db;

    req->session_cookie = STR("__Host-balai=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    if (req->session_token.p == NULL)
        return RC_OK;
    struct str hash = token_hash(req, req->session_token);
    if (req->site != SITE_VILLAGE)
        return sql_control_session_end(request_control_db(req), hash, NULL, err);
    TRY(request_village_db(req, &db, err));
    return sql_session_end(village_db_notes(db), hash, NULL, err);
}
