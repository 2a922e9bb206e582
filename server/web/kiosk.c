// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/kiosk.h"

#include "server/web/request.h"
#include "server/web/village.h"
#include "server/web/web_village_sql.h"

enum { DEVICE_SEEN_S = 60, VISIT_SEEN_S = 5 };

const struct kiosk_visit *request_kiosk(const struct request *req)
{
    return &req->kiosk;
}

bool request_is_kiosk(const struct request *req)
{
    return req->site == SITE_VILLAGE && (str_is(req->path, "/anjungan") || str_starts(req->path, STR("/anjungan/")));
}

/* Bound to the village, as the tokens of sessions are. */
static struct str device_hash(const struct request *req, struct str token)
{
    unsigned char *hash = arena_alloc(req->arena, HASH_BYTES);
    struct str message = str_fmt(req->arena, "kiosk|%.*s|%.*s", STR_ARG(req->village->code), STR_ARG(token));

    hash_sha256(message.p, message.n, hash);
    return (struct str){(const char *)hash, HASH_BYTES};
}

struct str kiosk_token_new(struct request *req, struct str *hash_out)
{
    unsigned char bytes[KIOSK_TOKEN_BYTES];

    random_bytes(bytes, sizeof(bytes));
    struct str token = str_base64url(req->arena, bytes, sizeof(bytes));
    *hash_out = device_hash(req, token);
    return token;
}

void request_kiosk_enrolled(struct request *req, struct str token)
{
    req->session_cookie = str_fmt(req->arena, "__Host-anjungan=%.*s; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=315360000",
                                  STR_ARG(token));
}

/* Seen now: seldom enough to cost nothing. A lost write loses nothing but the time. */
static void note_seen(struct request *req, struct village_db *db, const struct kiosk_row *row)
{
    struct err lost = {0};

    if (req->village->state == VILLAGE_READ_ONLY)
        return;
    if (req->now - row->device_seen_at > DEVICE_SEEN_S * US_PER_S &&
        sql_kiosk_device_seen(db, req->now, row->device_id, NULL, &lost) != RC_OK)
        log_err("kiosk.seen", &lost);
    if (req->kiosk.is_begun && req->now - row->visit_seen_at > VISIT_SEEN_S * US_PER_S &&
        sql_kiosk_visit_seen(db, req->now, row->device_id, NULL, &lost) != RC_OK)
        log_err("kiosk.seen", &lost);
}

enum rc kiosk_load(struct request *req, struct err *err)
{
    struct village_db *db;
    struct kiosk_row row;
    bool found;

    if (req->kiosk_token.p == NULL)
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_find(db, device_hash(req, req->kiosk_token), req->now - KIOSK_CALL_S * US_PER_S,
                       req->now - (KIOSK_CALL_S + KIOSK_LATE_S) * US_PER_S, &row, &found, err));
    if (!found)
        return RC_OK;
    req->kiosk.device_id = row.device_id;
    req->kiosk.is_called = row.is_called;
    req->kiosk.is_late = row.is_late && !row.is_called;
    req->kiosk_owner = str_fmt(req->arena, "%.*s|%.*s", STR_ARG(req->kiosk_token),
                               STR_ARG(row.serial.p != NULL ? str_hex(req->arena, row.serial.p, row.serial.n) : STR("-")));
    if (row.serial.p != NULL && row.ends_at > req->now && req->now - row.visit_seen_at < KIOSK_IDLE_S * US_PER_S) {
        req->kiosk.is_begun = true;
        req->kiosk.who_hash = row.who_hash;
        req->kiosk.candidate_id = row.candidate_id.is_set ? row.candidate_id.value : 0;
        req->kiosk.resident_id = row.resident_id.is_set ? row.resident_id.value : 0;
        req->kiosk.letter_id = row.letter_id.is_set ? row.letter_id.value : 0;
        req->kiosk.tapped_at = row.tapped_at;
        req->kiosk.begun_at = row.ends_at - KIOSK_MOST_S * US_PER_S;
    }
    note_seen(req, db, &row);
    return RC_OK;
}

bool kiosk_is_door(enum permission permission)
{
    return permission == MAY_USE_KIOSK || permission == MAY_BE_RESIDENT;
}

enum rc kiosk_check(struct request *req, bool *is_redirected_out, struct err *err)
{
    enum permission permission = req->match.route->permission;

    if (req->kiosk.device_id == 0 && req->method == METHOD_POST)
        return fail(err, RC_SIGN_IN, "%s needs an enrolled kiosk", req->match.route->path);
    *is_redirected_out = true;
    if (req->kiosk.device_id == 0)
        return respond_redirect(&req->resp, STR("/anjungan/daftar"));
    if (permission == MAY_BE_RESIDENT && req->kiosk.resident_id == 0)
        return respond_redirect(&req->resp, STR("/anjungan"));
    *is_redirected_out = false;
    return RC_OK;
}
