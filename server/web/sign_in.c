// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/act.h"
#include "server/web/audit.h"
#include "server/web/session.h"
#include "server/web/sign_in.h"
#include "server/web/village.h"
#include "server/web/web_both_sql.h"
#include "server/web/web_control_sql.h"
#include "server/web/web_village_sql.h"

enum {
    MOST_USER_AGENT = 200,
    SUBMISSIONS_KEPT_S = 7 * 24 * 3600,
    ATTEMPTS_KEPT_S = 2 * 24 * 3600,
    DEVICE_SIGNS = 22,
    DEVICE_KEPT_S = 180 * 24 * 3600,
    PENDING_MS = 2000, /* a try is counted before its password is looked at: right ones sent at once wait this long for each other */
    LOOK_AGAIN_MS = 250
};

#define DEVICE_COOKIE "__Host-kenal-"

static enum rc staff_find(struct request *req, struct str username, struct account *out, struct err *err)
{
    struct village_db *db;
    struct sign_in_staff_row row;
    bool found;

    TRY(request_village_db(req, &db, err));
    TRY(sql_sign_in_staff(db, username, &row, &found, err));
    if (found)
        *out = (struct account){row.id, row.username, row.name, row.role, row.password_hash, row.role_version};
    return RC_OK;
}

enum rc account_find(struct request *req, struct str username, struct account *out, struct err *err)
{
    struct console_account_row row;
    bool found;

    memset(out, 0, sizeof(*out));
    if (req->site == SITE_VILLAGE)
        return staff_find(req, username, out, err);
    TRY(sql_console_sign_in_account(request_control_db(req), str_c(site_name(req->site)), username, &row, &found, err));
    if (found)
        *out = (struct account){row.id, row.username, row.name, row.role, row.password_hash, row.role_version};
    return RC_OK;
}

/* ---- attempts ---- */

struct attempt_work {
    struct str key_hash;
    utc_us now;
    bool may_try;
    bool is_pending; /* locked by tries of this moment, of which one may yet turn out right */
};

static enum rc attempt_body(struct txn *txn, void *ctx, struct err *err)
{
    struct attempt_work *work = ctx;
    struct attempt_row row;

    TRY(sql_attempt_touch(txn, work->key_hash, work->now, NULL, err));
    TRY(sql_attempt_lock(txn, work->key_hash, &row, err));
    struct attempts next = attempts_next((struct attempts){row.failures, row.last_at, row.locked_until}, work->now, &work->may_try);
    work->is_pending = !work->may_try && work->now - row.last_at < PENDING_MS * 1000;
    if (!work->may_try)
        return RC_OK;
    return sql_attempt_set(txn, next.failures, next.last_at, next.locked_until, work->key_hash, NULL, err);
}

static enum rc console_attempt_body(struct control_txn *txn, void *ctx, struct err *err)
{
    struct attempt_work *work = ctx;
    struct attempt_row row;

    TRY(sql_control_attempt_touch(txn, work->key_hash, work->now, NULL, err));
    TRY(sql_control_attempt_lock(txn, work->key_hash, &row, err));
    struct attempts next = attempts_next((struct attempts){row.failures, row.last_at, row.locked_until}, work->now, &work->may_try);
    work->is_pending = !work->may_try && work->now - row.last_at < PENDING_MS * 1000;
    if (!work->may_try)
        return RC_OK;
    return sql_control_attempt_set(txn, next.failures, next.last_at, next.locked_until, work->key_hash, NULL, err);
}

enum rc attempt_begin(struct request *req, struct str key_hash, bool *may_try_out, struct err *err)
{
    struct attempt_work work = {.key_hash = key_hash, .now = req->now};
    struct village_db *db;

    for (int waited_ms = 0;; waited_ms += LOOK_AGAIN_MS) {
        if (req->site == SITE_VILLAGE) {
            TRY(request_village_db(req, &db, err));
            TRY(txn_run(village_db_notes(db), attempt_body, &work, err));
        } else {
            TRY(control_txn_run(request_control_db(req), console_attempt_body, &work, err));
        }
        *may_try_out = work.may_try;
        if (!work.is_pending || waited_ms >= PENDING_MS)
            return RC_OK;
        TRY(fiber_sleep_ms(LOOK_AGAIN_MS, err));
    }
}

/* ---- the right password ---- */

struct enter_work {
    const struct request *req;
    const struct account *account;
    struct str key_hash, token_hash, user_agent;
    struct audit audit;
};

/* The audit row first: its lock is the one all acts take first. */
static enum rc enter_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct enter_work *work = ctx;
    const struct request *req = work->req;
    struct session_put_in row = {
        .token_hash = work->token_hash,
        .village_code = req->village->code,
        .staff_id = work->account->id,
        .role_version = work->account->role_version,
        .now_at = req->now,
        .expires_at = req->now + SESSION_MOST_S * US_PER_S,
        .user_agent = work->user_agent,
    };

    TRY(audit_put(txn, &work->audit, err));
    TRY(sql_attempt_forget(txn, work->key_hash, NULL, err));
    TRY(sql_sign_in_done(txn, req->now, work->account->id, NULL, err));
    return sql_session_put(txn, &row, NULL, err);
}

static enum rc console_enter_body(struct control_txn *txn, void *ctx, struct err *err)
{
    const struct enter_work *work = ctx;
    const struct request *req = work->req;
    struct console_session_put_in row = {
        .token_hash = work->token_hash,
        .site = str_c(site_name(req->site)),
        .account_id = work->account->id,
        .role_version = work->account->role_version,
        .now_at = req->now,
        .expires_at = req->now + SESSION_MOST_S * US_PER_S,
        .user_agent = work->user_agent,
    };

    TRY(control_audit_put(txn, &work->audit, err));
    TRY(sql_control_attempt_forget(txn, work->key_hash, NULL, err));
    TRY(sql_console_sign_in_done(txn, req->now, work->account->id, NULL, err));
    return sql_console_session_put(txn, &row, NULL, err);
}

/* ASCII of the header, shortened: for the list of one's own sessions. */
static struct str tidy_user_agent(struct request *req)
{
    struct buf out = {.arena = req->arena};

    for (size_t i = 0; i < req->in.user_agent.n && out.n < MOST_USER_AGENT; i++) {
        char c = req->in.user_agent.p[i];
        buf_put_char(&out, c >= 0x20 && c < 0x7f ? c : '?');
    }
    return buf_str(&out);
}

enum rc account_enter(struct request *req, const struct account *account, struct str key_hash, struct err *err)
{
    unsigned char *hash = arena_alloc(req->arena, HASH_BYTES);
    struct str cookie = session_new_token(req, hash);
    bool is_village = req->site == SITE_VILLAGE;
    struct enter_work work = {
        .req = req,
        .account = account,
        .key_hash = key_hash,
        .token_hash = {(const char *)hash, HASH_BYTES},
        .user_agent = tidy_user_agent(req),
        .audit = {.at = req->now,
                  .actor = account->id,
                  .actor_name = account->name,
                  .action = is_village ? STR("staff.sign_in") : STR("account.sign_in"),
                  .subject = str_fmt(req->arena, is_village ? "staff:%" PRIu64 : "account:%" PRIu64, account->id),
                  .detail = STR("{}")},
    };
    struct village_db *db;

    TRY(session_end(req, err)); /* of the cookie that came along: never two */
    if (is_village) {
        TRY(request_village_db(req, &db, err));
        TRY(txn_run(village_db_notes(db), enter_body, &work, err));
    } else {
        TRY(control_txn_run(request_control_db(req), console_enter_body, &work, err));
    }
    req->session_cookie = cookie;
    device_remember(req, account->id);
    return RC_OK;
}

enum rc act_enter(struct txn *txn, struct request *req, uint64_t staff_id, struct err *err)
{
    unsigned char *hash = arena_alloc(req->arena, HASH_BYTES);
    struct str cookie = session_new_token(req, hash);
    struct session_put_in row = {
        .token_hash = {(const char *)hash, HASH_BYTES},
        .village_code = req->village->code,
        .staff_id = staff_id,
        .now_at = req->now,
        .expires_at = req->now + SESSION_MOST_S * US_PER_S,
        .user_agent = tidy_user_agent(req),
    };
    struct sign_in_entered entered;

    TRY(sql_sign_in_entered(in_txn(txn), staff_id, &entered, err));
    row.role_version = entered.role_version;
    TRY(sql_sign_in_done(txn, req->now, staff_id, NULL, err));
    TRY(sql_session_put(txn, &row, NULL, err));
    req->session_cookie = cookie;
    device_remember(req, staff_id);
    return RC_OK;
}

/* ---- devices that are known ---- */

static const char *device_purpose(const struct request *req, uint64_t account_id)
{
    return str_z(req->arena, str_fmt(req->arena, "kenal|%" PRIu64, account_id));
}

/* Of an account that is none it is looked for as well: no answer differs. */
enum rc device_known(struct request *req, uint64_t account_id, struct str *device_out, struct err *err)
{
    struct str cookie;

    TRY(cookie_one(&req->cookies, str_fmt(req->arena, DEVICE_COOKIE "%" PRIu64, account_id), &cookie, err));
    *device_out = cookie.p != NULL ? token_open(req, cookie, device_purpose(req, account_id)) : STR_NONE;
    return RC_OK;
}

void device_remember(struct request *req, uint64_t account_id)
{
    struct str token = token_seal(req, device_purpose(req, account_id), random_word(req->arena, DEVICE_SIGNS), DEVICE_KEPT_S);

    req->device_cookie = str_fmt(req->arena, DEVICE_COOKIE "%" PRIu64 "=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=%d",
                                 account_id, STR_ARG(token), DEVICE_KEPT_S);
}

static void tidied(enum rc rc, const struct err *err)
{
    if (rc != RC_OK)
        log_err("sign_in.tidy", err);
}

void sign_in_tidy(struct request *req)
{
    struct control_db *control;
    struct err err = {0};

    if (req->site == SITE_VILLAGE)
        return;
    control = request_control_db(req);
    tidied(sql_console_old_sessions_drop(control, req->now, NULL, &err), &err);
    tidied(sql_console_old_submissions_drop(control, req->now - SUBMISSIONS_KEPT_S * US_PER_S, NULL, &err), &err);
    tidied(sql_console_old_attempts_drop(control, req->now - ATTEMPTS_KEPT_S * US_PER_S, NULL, &err), &err);
}
